//! Finding, as a person asks: what comes first, what is one word and what is
//! not, and that the catalogue tells the truth after any bad luck.
use std::fs;

use serde_json::{Map, Value};
use sohoa::archive::{
    Archive, ArchiveError, Content, Filing, Filter, Found, NewDocument, SourceInfo,
};
use sohoa::digest::Digest;
use sohoa::text::keys::Tier;
use sohoa::time::{Day, Timestamp};
use unicode_normalization::UnicodeNormalization as _;

use crate::office::{Desk, EPOCH, Run};

// -------------------------------------------------------------------- what is one word

#[test]
fn exact_accents_come_first_then_other_tones_then_other_accents() {
    let kept = Kept::with("tiers", &["ông Dương", "con đương", "con đường", "duong"]);
    assert_eq!(kept.lines("đường"), ["con đường", "con đương", "ông Dương", "duong"]);
    assert_eq!(kept.lines("duong")[0], "duong");
    let all = kept.lines("duong");
    assert!(["con đường", "ông Dương"].iter().all(|line| all.contains(&(*line).into())));
    let tiers: Vec<_> = kept.ask("đường").iter().map(|hit| hit.tier).collect();
    assert_eq!(tiers, [Tier::Exact, Tier::Toneless, Tier::Bare, Tier::Bare]);
}

#[test]
fn both_ways_of_placing_a_tone_find_each_other() {
    let kept = Kept::with("placing", &["CỘNG HÒA XÃ HỘI", "Cộng hoà xã hội"]);
    for query in ["HÒA", "HOÀ", "cộng hòa"] {
        let hits = kept.ask(query);
        assert_eq!(hits.len(), 2, "{query}");
        assert!(hits.iter().all(|hit| hit.tier == Tier::Exact), "{query}");
    }
}

#[test]
fn decomposed_text_is_composed_text() {
    let apart: String = "Ủy ban nhân dân phường Nghĩa Lộ".nfd().collect();
    let kept = Kept::with("nfd", &[&apart]);
    for query in ["nghĩa lộ".to_owned(), "nghĩa lộ".nfd().collect::<String>()] {
        assert_eq!(kept.ask(&query)[0].tier, Tier::Exact, "{query}");
    }
    assert_eq!(kept.ask("nghĩa")[0].line, "Ủy ban nhân dân phường Nghĩa Lộ");
}

#[test]
fn d_and_d_with_stroke_are_told_apart_until_the_last() {
    let kept = Kept::with("stroke", &["da", "đa"]);
    assert_eq!(kept.lines("đa"), ["đa", "da"]);
    assert_eq!(kept.ask("đa")[1].tier, Tier::Bare);
}

// ------------------------------------------------------------------------ what is asked

#[test]
fn words_that_stand_together_come_before_scattered_ones() {
    let kept = Kept::with("together", &["Phú, đường, Trần", "đường Trần Phú", "Trần"]);
    assert_eq!(kept.lines("đường Trần Phú"), ["đường Trần Phú", "Phú, đường, Trần"]);
    assert_eq!(kept.lines("\"Trần Phú\""), ["đường Trần Phú"]);
    assert!(kept.lines("\"Phú Trần\"").is_empty());
}

#[test]
fn the_beginning_of_a_word_is_enough_with_a_star() {
    let kept = Kept::with("beginning", &["quyết định", "quyền", "quý"]);
    assert!(kept.lines("quyế").is_empty());
    assert_eq!(kept.lines("quyế*")[0], "quyết định");
    assert_eq!(kept.lines("\"quyết đị*\""), ["quyết định"]);
}

#[test]
fn numbers_and_codes_are_found_as_they_are_written() {
    let lines = ["Số: 123/QĐ-UBND", "Số: 1123/QĐ-UBND", "QĐ 123 của UBND", "số 09-NQ/TU"];
    let kept = Kept::with("numbers", &lines);
    assert_eq!(kept.lines("123/QĐ-UBND"), ["Số: 123/QĐ-UBND"]);
    assert_eq!(kept.lines("123/qd-ubnd"), ["Số: 123/QĐ-UBND"]);
    for spelt in ["09-NQ/TU", "9-NQ/TU", "số 9-NQ/TU", "Số: 09-NQ/TU"] {
        assert_eq!(kept.lines(spelt), ["số 09-NQ/TU"], "{spelt}");
    }
    assert_eq!(kept.lines("Số 123/QĐ-UBND"), ["Số: 123/QĐ-UBND"]);
    for spelt in ["H32.18-260716-0002", "000.00.18.H32-260716-0002"] {
        let hits = kept.ask(spelt);
        assert_eq!(hits.len(), 1, "{spelt}");
        assert_eq!(hits[0].dossier.to_string(), "H32.18-260716-0002");
        assert_eq!(hits[0].file, None);
    }
}

#[test]
fn what_a_stamp_says_is_found_on_its_page() {
    let kept = Kept::with("stamp", &["giấy mời họp"]);
    let text = "Kế hoạch trồng cây\n\u{c}Người ký\n\u{c}";
    let mut document = document(8, text);
    document.record = serde_json::json!({ "pages": [
        { "number": 1, "place": "kept" },
        { "number": 2, "place": "kept", "findable": ["ĐẾN", "Số: 1204 Ngày: 17/3"] },
    ] });
    kept.archive().file(filing(), vec![document], &|| false).unwrap();
    let hits = kept.ask("1204");
    assert_eq!(hits.len(), 1);
    assert_eq!((hits[0].line.as_str(), hits[0].page), ("Số: 1204 Ngày: 17/3", Some(2)));
    assert_eq!(kept.ask("trồng cây")[0].page, Some(1));
}

#[test]
fn the_record_is_found_before_the_pages() {
    let kept = Kept::with("record", &["giấy khai sinh"]);
    let mut filing = filing();
    filing.title = Some("Cấp lại giấy khai sinh".to_owned());
    let mut document = document(7, "trang không có gì");
    let fields = [
        ("TypeName", "Quyết định"),
        ("CodeNumber", "45"),
        ("CodeNotation", "QĐ-UBND"),
        ("Subject", "Về việc cấp giấy khai sinh"),
        ("OrganName", "UBND phường Nam Nha Trang"),
        ("IssuedDate", "2025-03-02"),
    ];
    for (field, value) in fields {
        document.fields.insert(field.to_owned(), value.into());
    }
    kept.archive().file(filing, vec![document], &|| false).unwrap();
    let fields: Vec<_> =
        kept.ask("giấy khai sinh").iter().map(|h| h.field.clone()).collect();
    assert_eq!(fields, [Some("Subject".into()), Some("Title".into()), None]);
    assert_eq!(kept.ask("45/QĐ-UBND")[0].field.as_deref(), Some("CodeNumber"));
    let count = |filter: Filter| {
        kept.archive().search("giấy khai sinh", &filter, 9).unwrap().found.len()
    };
    let usual = Filter::default;
    assert_eq!(count(Filter { kind: Some("QUYẾT ĐỊNH".into()), ..usual() }), 1);
    assert_eq!(count(Filter { kind: Some("quyết".into()), ..usual() }), 0);
    assert_eq!(count(Filter { issuer: Some("nam nha trang".into()), ..usual() }), 1);
    assert_eq!(count(Filter { to: Day::new(2025, 3, 2), ..usual() }), 1);
    assert_eq!(count(Filter { from: Day::new(2026, 1, 1), ..usual() }), 2);
    let (from, to) = (Day::new(2026, 8, 1), Day::new(2026, 8, 2));
    assert_eq!(count(Filter { from, to, ..usual() }), 0);
}

#[test]
fn a_hit_names_its_page_and_its_line() {
    let kept = Kept::with(
        "page",
        &["trang một\u{c}\u{c}dòng đầu\nđây là chỗ cần tìm\ndòng cuối"],
    );
    let hit = kept.ask("cần tìm").remove(0);
    assert_eq!((hit.page, hit.line.as_str()), (Some(3), "đây là chỗ cần tìm"));
    let word = |mark: &std::ops::Range<usize>| hit.line.get(mark.clone()).unwrap();
    let words: Vec<_> = hit.marks.iter().map(word).collect();
    assert_eq!(words, ["cần", "tìm"]);
    let many = kept.archive().search("trang", &Filter::default(), 1).unwrap().found;
    assert_eq!(many.len(), 1, "no more than asked for");
}

// ------------------------------------------------------------------------- the catalogue

#[test]
fn a_document_added_later_is_found_and_nothing_is_found_twice() {
    let kept = Kept::with("added", &["tờ khai"]);
    let code = kept.ask("tờ khai")[0].dossier.clone();
    let filing = Filing { dossier: Some(code), ..filing() };
    kept.archive().file(filing, vec![document(9, "biên lai")], &|| false).unwrap();
    assert_eq!(kept.lines("biên lai"), ["biên lai"]);
    assert_eq!(kept.lines("tờ khai"), ["tờ khai"]);
    let before = kept.everything();
    kept.archive().reindex().unwrap();
    assert_eq!(kept.everything(), before, "anew or step by step, it says the same");
}

#[test]
fn a_catalogue_that_is_gone_or_older_is_made_anew_and_a_newer_one_is_refused() {
    let kept = Kept::with("version", &["tờ khai"]);
    let file = kept.0.path("kho/.catalogue/catalogue.sqlite");
    fs::remove_dir_all(kept.0.path("kho/.catalogue")).unwrap();
    assert_eq!(kept.lines("tờ khai"), ["tờ khai"]);
    let version = |version: i64| {
        let database = rusqlite::Connection::open(&file).unwrap();
        database.pragma_update(None, "user_version", version).unwrap();
    };
    version(1);
    assert_eq!(kept.lines("tờ khai"), ["tờ khai"]);
    version(99);
    let run = Run::of(kept.0.sohoa().args(["find", "tờ", "--archive", "kho"]));
    assert_eq!(run.code, Some(2));
    for word in ["99", "gợi ý", "reindex"] {
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
    let error = Archive::consult(&kept.0.path("kho")).unwrap_err();
    assert!(matches!(error, ArchiveError::Catalogue(..)), "{error}");
}

#[test]
fn a_dossier_that_is_gone_is_not_shown() {
    let kept = Kept::with("gone", &["tờ khai"]);
    let folder = kept.archive().folder(&kept.ask("tờ khai")[0].dossier);
    fs::remove_dir_all(folder).unwrap();
    assert!(kept.lines("tờ khai").is_empty());
}

// ---------------------------------------------------------------------------- the program

#[test]
fn the_program_answers_people_and_scripts() {
    let kept = Kept::with("program", &["đường Trần Phú", "ông Trần"]);
    let find = |line: &[&str]| Run::of(kept.0.sohoa().arg("find").args(line));
    let told = find(&["trần phú", "--archive", "kho"]);
    assert_eq!(told.code, Some(0));
    for part in ["H32.18-260716-0002", "001-don.pdf, trang 1", "đường Trần Phú"] {
        assert!(told.stdout.contains(part), "{}", told.stdout);
    }
    let nothing = find(&["không có", "--archive", "kho"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (Some(1), ""));
    let json = find(&["tran", "--archive", "kho", "--json", "--limit", "1"]);
    let answer: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (&answer["schema"], &answer["more"]),
        (&"sohoa.find/1".into(), &true.into())
    );
    let hit = &answer["hits"][0];
    assert_eq!((&hit["matched"], &hit["page"]), (&"bare".into(), &1.into()));
    assert_eq!(hit["words"], serde_json::json!(["Trần"]));
    for bad in [["--from", "32/01/2026"], ["--limit", "0"]] {
        assert_eq!(find(&["a", "--archive", "kho", bad[0], bad[1]]).code, Some(2));
    }
    let elsewhere = find(&["a"]);
    assert!(elsewhere.stderr.contains("--archive"), "{}", elsewhere.stderr);
}

// -------------------------------------------------------------------------------- helpers

/// An archive with a dossier for each text, filed in this order.
struct Kept(Desk);

impl Kept {
    fn with(name: &str, texts: &[&str]) -> Self {
        let desk = Desk::new(&format!("find-{name}"));
        drop(desk.archive());
        let kept = Self(desk);
        let archive = kept.archive();
        // The newest comes first, so the first is filed last.
        for (text, number) in texts.iter().rev().zip(0..) {
            archive.file(filing(), vec![document(number, text)], &|| false).unwrap();
        }
        kept
    }

    fn archive(&self) -> Archive {
        Archive::open(&self.0.path("kho")).unwrap().0
    }

    fn ask(&self, query: &str) -> Vec<Found> {
        let (archive, _) = Archive::consult(&self.0.path("kho")).unwrap();
        archive.search(query, &Filter::default(), 100).unwrap().found
    }

    fn lines(&self, query: &str) -> Vec<String> {
        self.ask(query).into_iter().map(|hit| hit.line).collect()
    }

    /// Every row of the catalogue a person could see.
    fn everything(&self) -> Vec<Found> {
        ["tờ", "khai", "biên", "H32*"].iter().flat_map(|query| self.ask(query)).collect()
    }
}

/// Filed that day, into the next dossier.
pub(crate) fn filing() -> Filing {
    let now = Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap();
    Filing { dossier: None, day: now.day(), now, title: None, fields: Map::new() }
}

/// A paper of one page that says this.
pub(crate) fn document(number: u32, text: &str) -> NewDocument {
    let bytes = format!("%PDF {number} {text}").into_bytes();
    NewDocument {
        kind_of_paper: "Đơn".to_owned(),
        suffix: ".pdf".to_owned(),
        source: SourceInfo::of(&bytes, Digest::of(&bytes), "PDF"),
        content: Content::Bytes(bytes),
        pages: 1,
        companions: Vec::new(),
        fields: Map::new(),
        record: Value::Null,
        text: Some(text.to_owned() + "\u{c}"),
    }
}
