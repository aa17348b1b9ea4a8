//! Papers that come as files, leave as copies, and are held already; and what
//! surrounds them: proofs, settings, the quarantine.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use lopdf::{Document, Object};
use serde_json::Value;
use sohoa::time::Timestamp;
use sohoa::zip::{Writer, Zip};

use crate::archive::{problems_of_bag, tree, validate_with_bagit};
use crate::ingest::encrypt;
use crate::office::{DAY, Desk, EPOCH, Run, contents, sha256, typed_pdf};

const FIRST: &str = "H32.18-260716-0001";
const SECOND: &str = "H32.18-260716-0002";

// -------------------------------------------------------------------------------- add

#[test]
fn files_from_a_computer_are_filed_as_they_are() {
    let desk = Desk::new("add");
    let archive = desk.archive();
    let words = "<w:document><w:p><w:t>Kính gửi phường Hoa Sen</w:t></w:p></w:document>";
    let docx = zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", words)]);
    desk.put("to-trinh.docx", &docx);
    desk.put("hoa-don.xml", "<HDon><Ten>Công ty Bạch Đằng</Ten></HDon>".as_bytes());
    desk.put("tb.pdf", &typed_pdf("Thong bao so 12"));
    let line = ["to-trinh.docx", "hoa-don.xml", "tb.pdf", "--set", "TypeName=Tờ trình"];
    let run =
        add(&desk, &[&line[..], &["--by", "Lê Thị B", "--title", "Điện tử"]].concat());
    assert_eq!(run.code, Some(0), "{} {}", run.stdout, run.stderr);
    run.summary();
    assert_eq!(archive.dossiers().len(), 3);
    for (name, file) in
        [("to-trinh.docx", "001-to-trinh.docx"), ("tb.pdf", "001-to-trinh.pdf")]
    {
        let (path, record) = archive.document_of(&desk.path(name));
        assert!(path.ends_with(format!("data/{file}")), "{}", path.display());
        assert_eq!(sha256(&path), sha256(&desk.path(name)), "byte for byte");
        assert_eq!(record["by_hand"]["TypeName"]["by"], "Lê Thị B");
        assert_eq!(record["record"]["born_digital"], true);
    }
    for (folder, dossier) in archive.dossiers() {
        assert_eq!(dossier["Title"], "Điện tử");
        validate_with_bagit(&folder);
    }
    for query in ["Hoa Sen", "Bạch Đằng", "Thong bao so 12"] {
        let found = Run::of(desk.sohoa().args(["find", query, "--archive", "kho"]));
        assert_eq!(found.code, Some(0), "{query}");
    }
    let again = add(&desk, &["tb.pdf", "hoa-don.xml", "--dossier", FIRST]);
    assert_eq!(again.statuses(), ["filed", "filed"], "into the dossier named");
    assert_eq!(add(&desk, &["tb.pdf"]).statuses(), ["already_filed"]);
}

#[test]
fn a_paper_that_was_never_on_paper_gives_its_fields() {
    let desk = Desk::new("born-fields");
    let archive = desk.archive();
    let report = ["report", "qd766", "kho", "--format", "pdf", "-o", "bc.pdf"];
    let signed = ["--place", "Hoa Sen", "--position", "CHỦ TỊCH", "--signer", "Trần An"];
    assert!(Run::of(desk.sohoa().args(report).args(signed)).stderr.contains("bc.pdf"));
    // Its number is still to be given: a person must see it.
    assert_eq!(add(&desk, &["bc.pdf"]).code, Some(1));
    let (path, record) = archive.document_of(&desk.path("bc.pdf"));
    assert!(path.ends_with("data/001-bao-cao.pdf"), "{}", path.display());
    assert!(record["OrganName"].as_str().unwrap().starts_with("UBND PHƯỜNG"));
    assert_eq!(record["IssuedDate"], "2026-07-16");
    assert_eq!(record["SignerInfo"]["Position"], "CHỦ TỊCH");
    assert_eq!(record["SignerInfo"]["FullName"], "Trần An");
    let subject = record["Subject"].as_str().unwrap();
    assert!(subject.starts_with("Mức độ số hóa theo Quyết định 766"), "{subject}");
    let fields = &record["record"]["fields"];
    let top = |name: &str| fields[name]["place_mm"][1].as_f64().unwrap();
    assert!(15.0 < top("OrganName") && top("OrganName") < top("Subject"), "{fields}");
    assert!(top("Subject") < 80.0, "{fields}");
}

#[test]
fn a_locked_file_is_read_with_its_password_and_filed_as_it_is() {
    let desk = Desk::new("add-locked");
    let archive = desk.archive();
    let file = desk.put("tb.pdf", &typed_pdf("Thong bao so 12"));
    desk.put("mo.txt", b"chia khoa\n");
    if !encrypt(&file, "chia khoa", &desk.path("khoa.pdf")) {
        println!("skipped: no qpdf");
        return;
    }
    let shut = add(&desk, &["khoa.pdf"]);
    assert_eq!(shut.documents()[0]["findings"][0]["code"], "pdf.needs-password");
    let opened = add(&desk, &["khoa.pdf", "--password-file", "mo.txt"]);
    assert_eq!(opened.statuses(), ["needs_person"], "{}", opened.stdout);
    let (kept, _) = archive.document_of(&desk.path("khoa.pdf"));
    assert_eq!(sha256(&kept), sha256(&desk.path("khoa.pdf")), "byte for byte");
    let found = Run::of(desk.sohoa().args(["find", "Thong bao", "--archive", "kho"]));
    assert_eq!(found.code, Some(0), "what it says is found");
}

#[test]
fn an_archive_is_made_by_answering_at_a_terminal() {
    let desk = Desk::new("asked");
    let program = env!("CARGO_BIN_EXE_sohoa");
    for (folder, answers, code) in [
        ("kho", "H32.18\nUBND phường Nam\nold\n", 0),
        ("moi", "H32.18\nUBND phường Nam\n\n", 0),
        ("sai", "không phải mã\nUBND phường Nam\n\n", 2),
        ("rong", "H32.18\n\n", 2),
    ] {
        // `script` gives the program a terminal of its own.
        let mut asked = Command::new("script");
        asked.args(["-qec", &format!("{program} archive init {folder}"), "/dev/null"]);
        asked.current_dir(&desk.0).env("SOURCE_DATE_EPOCH", EPOCH);
        asked.stdin(Stdio::piped()).stdout(Stdio::piped());
        let Ok(mut child) = asked.spawn() else {
            println!("skipped: no script");
            return;
        };
        child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
        let run: Run = child.wait_with_output().unwrap().into();
        assert_eq!(run.code, Some(code), "{folder}: {}", run.stdout);
        assert!(run.stdout.contains("QĐ 20/2020/QĐ-TTg"), "asked: {}", run.stdout);
        let settings = fs::read_to_string(desk.path(folder).join("sohoa.toml"));
        assert_eq!(settings.is_ok(), code == 0, "{folder}");
        if let Ok(settings) = settings {
            let scheme = if folder == "kho" { "old" } else { "new" };
            assert!(settings.contains("UBND phường Nam"), "{settings}");
            assert!(settings.contains(&format!("\"{scheme}\"")), "{settings}");
        }
    }
}

#[test]
fn what_is_not_what_it_says_is_refused_and_nothing_is_filed() {
    let desk = Desk::new("add-bad");
    let archive = desk.archive();
    let before = contents(&archive.0);
    for (name, bytes, code) in [
        ("a.docx", typed_pdf("x"), "input.other-ending"),
        ("a.pdf", b"MZ\x90\0\x03".to_vec(), "input.not-kept"),
        ("b.pdf", b"%PDF-1.7 and nothing else".to_vec(), "pdf.damaged"),
        ("a.xml", b"<a><b></a>".to_vec(), "input.damaged"),
        ("a.zip", zip(&[("a", "b")]), "input.not-kept"),
        ("a.jpg", b"\xff\xd8\xff\xe0".to_vec(), "input.is-a-scan"),
        ("a.txt", Vec::new(), "input.empty"),
    ] {
        desk.put(name, &bytes);
        let run = add(&desk, &[name]);
        assert_eq!(run.code, Some(2), "{name}: {}", run.stdout);
        assert_eq!(run.documents()[0]["findings"][0]["code"], code, "{name}");
    }
    desk.put("mat.xml", "<a><b>TỐI MẬT</b><c>Họp</c></a>".as_bytes());
    let run = add(&desk, &["mat.xml"]);
    assert_eq!((run.code, run.statuses()), (Some(1), vec!["secret".to_owned()]));
    assert!(!run.stdout.contains("mat.xml"), "counted, never named: {}", run.stdout);
    assert!(contents(&archive.0) == before, "nothing changed");
    let run = add(&desk, &["mat.xml", "--not-secret", "Trần Văn C"]);
    assert_eq!(run.statuses(), ["filed"]);
}

// ----------------------------------------------------------------------------- export

#[test]
fn dossiers_leave_as_bags_and_as_one_pdf() {
    let desk = Desk::new("export");
    let archive = desk.archive();
    desk.put("sau.pdf", &typed_pdf("Viet sau"));
    desk.put("truoc.pdf", &typed_pdf("Viet truoc"));
    desk.put("bang.csv", "số,ngày\n1,2\n".as_bytes());
    assert_eq!(add(&desk, &["sau.pdf", "--set", "IssuedDate=3/7/2026"]).code, Some(0));
    let set = ["--set", "IssuedDate=2/7/2026", "--set", "Subject=Việc trước"];
    assert_eq!(
        add(&desk, &[&["truoc.pdf", "bang.csv"], &set[..]].concat()).code,
        Some(0)
    );
    // A folder of bags, for days.
    let days = ["--from", "16/07/2026", "--to", "16/07/2026", "-o", "ra"];
    let run = export(&desk, &days);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for (folder, _) in archive.dossiers() {
        let copy = desk.path("ra").join(folder.file_name().unwrap());
        assert_eq!(contents(&copy), contents(&folder));
        validate_with_bagit(&copy);
    }
    // A container of one.
    assert_eq!(export(&desk, &[FIRST, "-o", "mot.zip"]).code, Some(0));
    let bytes = fs::read(desk.path("mot.zip")).unwrap();
    let container = Zip::open(&bytes).unwrap();
    for (name, content) in contents(&archive.0.join(DAY).join(FIRST)) {
        assert_eq!(container.read(&format!("{FIRST}/{name}"), 1 << 20), Some(content));
    }
    // One PDF, the earliest paper first, though its dossier is the later one.
    let run = export(
        &desk,
        &[FIRST, SECOND, "H32.18-260716-0003", "-o", "tat-ca.pdf", "--json"],
    );
    assert_eq!(run.code, Some(1), "not all of it left: {}", run.stderr);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(answer["left_out"].as_array().unwrap().len(), 1, "the table: {answer}");
    let joined = Document::load(desk.path("tat-ca.pdf")).unwrap();
    assert_eq!(joined.get_pages().len(), 2);
    let marks = bookmarks(&joined);
    assert!(
        marks[0].contains("2026-07-02") && marks[0].contains("Việc trước"),
        "{marks:?}"
    );
    assert!(marks[1].contains("2026-07-03") && marks[1].contains(FIRST), "{marks:?}");
    let text = joined.extract_text(&[1]).unwrap();
    assert!(text.contains("Viet truoc"), "{text}");
    // All of it is in the ledger, and nothing there is wrong.
    assert_eq!(events(&desk, "exported").len(), 3 + 1 + 3);
    let check = Run::of(desk.sohoa().args(["archive", "check", "--archive", "kho"]));
    assert_eq!(check.code, Some(0), "{}", check.stdout);
}

#[test]
fn a_dossier_that_is_not_as_it_was_filed_does_not_leave() {
    let desk = Desk::new("export-bad");
    let archive = desk.archive();
    desk.put("a.pdf", &typed_pdf("Thong bao"));
    assert_eq!(add(&desk, &["a.pdf"]).code, Some(0));
    desk.put("there.zip", b"x");
    assert_eq!(
        export(&desk, &[FIRST, "-o", "there.zip"]).code,
        Some(2),
        "never overwritten"
    );
    assert_eq!(export(&desk, &[SECOND, "-o", "b.zip"]).code, Some(2), "no such dossier");
    let file = &archive.pdfs()[0];
    let mut bytes = fs::read(file).unwrap();
    bytes[100] ^= 1;
    fs::write(file, bytes).unwrap();
    for to in ["ra", "ra.zip", "ra.pdf"] {
        let run = export(&desk, &[FIRST, "-o", to]);
        assert_eq!(run.code, Some(1), "{to}: {}", run.stderr);
        assert!(run.stderr.contains("không còn như lúc lưu"), "{}", run.stderr);
    }
    let left: Vec<String> =
        tree(&desk.0).into_iter().filter(|file| !file.starts_with("kho/")).collect();
    assert_eq!(left, ["a.pdf", "there.zip"], "nothing half written");
    assert!(events(&desk, "exported").is_empty());
}

#[test]
fn a_damaged_record_is_told_by_whatever_meets_it() {
    let desk = Desk::new("damaged-record");
    let archive = desk.archive();
    desk.put("a.txt", "đường Trần Phú".as_bytes());
    desk.put("b.txt", "đường Trần Phú, số hai".as_bytes());
    assert_eq!(add(&desk, &["a.txt"]).code, Some(0));
    assert_eq!(add(&desk, &["b.txt"]).code, Some(0));
    let find = || {
        let line = ["find", "Trần Phú", "--archive", "kho", "--json"];
        let run = Run::of(desk.sohoa().args(line));
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        (run.code, answer, run.stderr)
    };
    let (code, answer, _) = find();
    assert_eq!((code, answer["hits"].as_array().unwrap().len()), (Some(0), 2));
    let folder = archive.0.join(DAY).join(FIRST);
    let spoilt = |file: &str, by: &[u8], does: &dyn Fn()| {
        let file = folder.join(file);
        let whole = fs::read(&file).unwrap();
        fs::write(&file, by).unwrap();
        does();
        fs::write(&file, whole).unwrap();
    };
    // The other hit is shown, and that one is missing is not kept back.
    let is_told = || {
        let (code, answer, told) = find();
        assert_eq!((code, answer["hits"].as_array().unwrap().len()), (Some(2), 1));
        assert_eq!(answer["unread"][0], FIRST, "{answer}");
        assert!(told.contains(FIRST) && told.contains("archive check"), "{told}");
    };
    spoilt("dossier.json", b"{\"x", &is_told);
    spoilt("dossier.json", b"{\"x", &|| {
        for to in ["hong.zip", "hong.pdf", "hong"] {
            let run = export(&desk, &[FIRST, "-o", to]);
            assert_eq!(run.code, Some(1), "{to}: {}", run.stderr);
            assert!(!desk.path(to).exists());
        }
    });
    // A record that says other papers were filed does not make them so.
    let record = fs::read_to_string(folder.join("dossier.json")).unwrap();
    let other = record.replace("\"DocOrdinal\": 1", "\"DocOrdinal\": 2");
    assert_ne!(record, other);
    spoilt("dossier.json", other.as_bytes(), &|| {
        assert_eq!(export(&desk, &[FIRST, "-o", "khac.pdf"]).code, Some(1));
    });
    assert_eq!(find().0, Some(0));
}

#[test]
fn a_link_out_of_the_archive_is_named_wherever_it_is() {
    let desk = Desk::new("links");
    let archive = desk.archive();
    desk.put("a.txt", b"x");
    assert_eq!(add(&desk, &["a.txt"]).code, Some(0));
    for name in ["dossiers", "ledger", "codes", "quarantine"] {
        let place = archive.0.join(name);
        if !place.exists() {
            fs::create_dir(&place).unwrap();
        }
        fs::rename(&place, desk.path("outside")).unwrap();
        std::os::unix::fs::symlink(desk.path("outside"), &place).unwrap();
        let check = Run::of(desk.sohoa().args(["archive", "check", "--archive", "kho"]));
        assert_eq!(check.code, Some(1), "{name}: {}{}", check.stdout, check.stderr);
        let told = check.stdout.lines().any(|line| {
            line.starts_with(&format!("{name}: ")) && line.contains("liên kết")
        });
        assert!(told, "{name}: {}", check.stdout);
        fs::remove_file(&place).unwrap();
        fs::rename(desk.path("outside"), &place).unwrap();
    }
}

// ------------------------------------------------------------------------------ reuse

/// An application for a building permit, each line of which fits the page.
const APPLICATION: [&str; 4] = [
    "Don de nghi cap giay phep xay dung",
    "nha o rieng le so 123 ngay 12 thang 3",
    "nam 2026 cua ong Nguyen Van An",
    "tai phuong Nam Nha Trang",
];

/// It as a PDF; each `tail` makes other bytes of the same paper.
fn application(tail: &[u8]) -> Vec<u8> {
    [typed_pdf(&APPLICATION.join(") Tj 0 -16 Td (")), tail.to_vec()].concat()
}

#[test]
fn a_paper_that_is_held_is_offered_and_its_reuse_recorded() {
    let desk = Desk::new("reuse");
    let archive = desk.archive();
    let text = APPLICATION.join(") Tj 0 -16 Td (");
    let first = desk.put("goc.pdf", &application(b""));
    assert_eq!(desk.ingest(&["goc.pdf"]).statuses(), ["filed"]);
    // The same bytes, nearly the same text, and another paper.
    let other_scan = desk.put("quet-lai.pdf", &application(b"\n"));
    desk.put("khac.pdf", &typed_pdf(&text.replace("123", "456").replace("12 ", "30 ")));
    for (name, code, why) in
        [("goc.pdf", 0, "bytes"), ("quet-lai.pdf", 0, "text"), ("khac.pdf", 1, "")]
    {
        let line = ["find", "--same", name, "--archive", "kho", "--json"];
        let run = Run::of(desk.sohoa().args(line));
        assert_eq!(run.code, Some(code), "{name}: {} {}", run.stdout, run.stderr);
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(answer["held"][0]["why"].as_str().unwrap_or_default(), why);
    }
    // Unasked, it is filed and the copy that is held is named.
    let offered = desk.ingest(&["quet-lai.pdf", "--dry-run"]);
    let findings = offered.documents()[0]["findings"].to_string();
    assert!(findings.contains("document.held") && findings.contains(FIRST), "{findings}");
    // Accepted, it is recorded with its source and no copy is made.
    for (paper, why) in [(&other_scan, "text"), (&first, "bytes")] {
        let line = [paper.to_str().unwrap(), "--dossier", SECOND, "--reuse"];
        let run = desk.ingest(&line);
        assert_eq!(run.statuses(), ["already_filed"], "{} {}", run.stdout, run.stderr);
        let record = archive.dossiers().pop().unwrap().1;
        let reused = record["reused"].as_array().unwrap().last().unwrap();
        assert_eq!((&reused["dossier"], &reused["why"]), (&FIRST.into(), &why.into()));
        assert_eq!(reused["sha256"], sha256(&archive.pdfs()[0]).as_str());
        assert_eq!(reused["source"]["sha256"], sha256(paper).as_str());
        let again = desk.ingest(&line);
        assert_eq!(again.statuses(), ["already_filed"]);
    }
    let (folder, record) = archive.dossiers().pop().unwrap();
    assert_eq!(record["reused"].as_array().unwrap().len(), 2, "each once: {record}");
    assert_eq!((archive.documents().len(), record["DocTotal"].as_u64()), (1, Some(0)));
    assert_eq!(problems_of_bag(&folder), Vec::<String>::new());
    validate_with_bagit(&folder);
    archive.is_tidy("after the reuse");
    let check = Run::of(desk.sohoa().args(["archive", "check", "--archive", "kho"]));
    assert_eq!(check.code, Some(0), "{}", check.stdout);
    // The catalogue made anew knows the reuse as well.
    fs::remove_dir_all(archive.0.join(".catalogue")).unwrap();
    let again = desk.ingest(&["quet-lai.pdf"]);
    assert_eq!(again.statuses(), ["already_filed"], "{}", again.stdout);
    let shown =
        Run::of(desk.sohoa().args(["archive", "show", SECOND, "--archive", "kho"]));
    assert!(shown.stdout.contains("tái sử dụng"), "{}", shown.stdout);
}

#[test]
fn a_paper_scanned_twice_is_told_though_another_dossier_holds_it() {
    let desk = Desk::new("reuse-twice");
    desk.archive();
    desk.put("goc.pdf", &application(b""));
    assert_eq!(desk.ingest(&["goc.pdf"]).statuses(), ["filed"]);
    desk.put("moi/1.pdf", &application(b"\n"));
    desk.put("moi/2.pdf", &application(b"\n\n"));
    desk.put("moi/.an.tif", b"");
    desk.put("moi/3.tif.part", b"");
    let run = desk.ingest(&["moi", "--dossier", SECOND]);
    // The one that was read later is in question, whichever it is.
    let documents = run.documents();
    let doubted: Vec<_> =
        documents.iter().filter(|one| one["status"] == "needs_person").collect();
    assert_eq!((documents.len(), doubted.len()), (2, 1), "{}", run.stdout);
    let twice = doubted[0]["findings"].to_string();
    for code in ["document.held\"", "document.held-in-run"] {
        assert!(twice.contains(code), "{code}: {twice}");
    }
    // What is no input and is called a scan is named, once.
    let told = run.stderr.lines().filter(|line| line.contains("moi/.an.tif"));
    assert_eq!(told.filter(|line| line.contains("moi/3.tif.part")).count(), 1);
    assert_eq!(run.summary()["inputs"], 2);
}

#[test]
fn a_paper_scanned_twice_needs_a_person_however_far_apart_the_scans_lie() {
    let desk = Desk::new("twice-apart");
    desk.archive();
    desk.put("moi/01.pdf", &application(b"\n"));
    // Enough between them for the first to be placed before the last is opened.
    for number in 10..30 {
        desk.put(&format!("moi/{number}.pdf"), &typed_pdf(&format!("To so {number}")));
    }
    desk.put("moi/99.pdf", &application(b"\n\n"));
    let rehearsed = desk.ingest(&["moi", "--jobs", "1", "--dry-run"]);
    let run = desk.ingest(&["moi", "--jobs", "1"]);
    assert_eq!(rehearsed.statuses(), run.statuses());
    let last = run.documents().pop().unwrap();
    assert_eq!(last["status"], "needs_person", "{last}");
    let findings = last["findings"].to_string();
    assert!(findings.contains("document.held-in-run"), "{findings}");
    assert!(findings.contains("01.pdf") && !findings.contains("document.held\""));
    // In a run of its own it is only told: the archive holds it.
    desk.put("sau.pdf", &application(b"\n\n\n"));
    assert_eq!(desk.ingest(&["sau.pdf"]).statuses(), ["filed"]);
}

// ---------------------------------------------------------------- what surrounds them

#[test]
fn a_proof_is_checked_by_verify_where_there_is_no_archive() {
    let desk = Desk::new("verify-proof");
    let archive = desk.archive();
    desk.put("a.pdf", &typed_pdf("Thong bao"));
    assert_eq!(add(&desk, &["a.pdf"]).code, Some(0));
    let line = ["archive", "prove", FIRST, "--archive", "kho", "-o", "p"];
    assert_eq!(Run::of(desk.sohoa().args(line)).code, Some(0));
    let away = Desk::new("verify-proof-away");
    let proof = fs::read_to_string(desk.path("p")).unwrap();
    away.put("p", proof.as_bytes());
    away.put("bad", proof.replacen("index ", "index 1", 1).as_bytes());
    away.put("key", &fs::read(archive.0.join("ledger/key")).unwrap());
    let verify = |line: &[&str]| Run::of(away.sohoa().arg("verify").args(line)).code;
    assert_eq!(verify(&["--proof", "p", "--key", "key"]), Some(0));
    assert_eq!(verify(&["--proof", "p"]), Some(3), "without a key nothing is concluded");
    assert_eq!(verify(&["--proof", "bad", "--key", "key"]), Some(1));
    assert_eq!(verify(&["--key", "key"]), Some(2));
}

#[test]
fn init_says_what_it_needs_where_nobody_can_be_asked() {
    let desk = Desk::new("init");
    let init = |line: &[&str]| Run::of(desk.sohoa().args(["archive", "init"]).args(line));
    let run = init(&["kho"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("--agency") && !desk.path("kho").exists(),
        "{}",
        run.stderr
    );
    let named = ["kho", "--agency", "H32.18", "--name", "UBND"];
    let run = init(&[&named[..], &["--scheme", "old"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    desk.put("a.pdf", &typed_pdf("x"));
    let run = add(&desk, &["a.pdf"]);
    assert_eq!(run.documents()[0]["dossier"], "000.00.18.H32-260716-0001");
}

#[test]
fn what_is_changed_beside_the_dossiers_is_found_and_named() {
    let desk = Desk::new("beside");
    let archive = desk.archive();
    desk.put("hong.tif", b"II*\0 broken");
    desk.put("bo.tif", b"II*\0 broken too");
    assert_eq!(desk.ingest(&["hong.tif", "bo.tif"]).code, Some(1));
    let id =
        |name: &str| -> String { sha256(&desk.path(name)).chars().take(16).collect() };
    let discarded = id("bo.tif");
    let line = ["archive", "quarantine", "discard", &discarded, "--why", "quét lại"];
    let run = Run::of(desk.sohoa().args(line).args(["--archive", "kho"]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let codes = || -> Vec<String> {
        let line = ["archive", "check", "--archive", "kho", "--json"];
        let run = Run::of(desk.sohoa().args(line));
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        let faults = answer["faults"].as_array().unwrap().iter();
        faults.map(|fault| fault["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(), Vec::<String>::new());
    let entry = archive.0.join("quarantine").join(id("hong.tif"));
    let closed = archive.0.join("quarantine/closed").join(format!("{discarded}.json"));
    for file in [entry.join("reason.json"), entry.join("input.tif"), closed.clone()] {
        let is_named = |code: &String| {
            // A byte that JSON cannot do without makes the record unreadable.
            ["check.changed", "check.quarantine"].contains(&code.as_str())
        };
        with_change(&file, || {
            let codes = codes();
            assert!(
                codes.len() == 1 && codes.iter().all(is_named),
                "{file:?}: {codes:?}"
            );
        });
    }
    fs::write(entry.join("more"), b"x").unwrap();
    assert_eq!(codes(), ["check.extra"]);
    fs::remove_file(entry.join("more")).unwrap();
    for gone in [&closed, &entry] {
        let away = desk.path("away");
        fs::rename(gone, &away).unwrap();
        assert_eq!(codes(), ["check.quarantine"], "{}", gone.display());
        fs::rename(&away, gone).unwrap();
    }
    assert_eq!(codes(), Vec::<String>::new());
    // The settings may be changed by whoever has the right; it is seen once.
    let settings = archive.0.join("sohoa.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("UBND phường X", "UBND phường Y")).unwrap();
    assert_eq!(codes(), ["check.settings"]);
    assert_eq!(codes(), Vec::<String>::new());
    assert_eq!(events(&desk, "settings").len(), 2);
    assert_eq!(
        (events(&desk, "quarantined").len(), events(&desk, "discarded").len()),
        (2, 1)
    );
}

// ----------------------------------------------------------------------- helpers

fn add(desk: &Desk, line: &[&str]) -> Run {
    let mut program = desk.sohoa();
    Run::of(program.args(["archive", "add", "--archive", "kho", "--json"]).args(line))
}

fn export(desk: &Desk, line: &[&str]) -> Run {
    Run::of(desk.sohoa().args(["archive", "export", "--archive", "kho"]).args(line))
}

/// The events of this kind in the ledger.
fn events(desk: &Desk, kind: &str) -> Vec<Value> {
    let line = ["archive", "log", "--archive", "kho", "--json", "--limit", "100"];
    let log = Run::of(desk.sohoa().args(line));
    let answer: Value = serde_json::from_str(&log.stdout).unwrap();
    let mut events = answer["events"].as_array().unwrap().clone();
    events.retain(|event| event["event"] == kind);
    events
}

/// Does something while a bit of a file is another.
fn with_change(file: &Path, does: impl Fn()) {
    let bytes = fs::read(file).unwrap();
    let mut changed = bytes.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    fs::write(file, changed).unwrap();
    does();
    fs::write(file, bytes).unwrap();
}

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let now = Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap();
    let mut zip = Writer::begin(Cursor::new(Vec::new()), now);
    for (name, text) in files {
        zip.file(name, text.len() as u64, &mut text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The bookmarks of a PDF, in order.
fn bookmarks(document: &Document) -> Vec<String> {
    let outlines = document.catalog().unwrap().get(b"Outlines").unwrap();
    let outlines = document.get_dictionary(outlines.as_reference().unwrap()).unwrap();
    let mut next = outlines.get(b"First").ok().cloned();
    let mut titles = Vec::new();
    while let Some(Object::Reference(id)) = next {
        let mark = document.get_dictionary(id).unwrap();
        let title = mark.get(b"Title").unwrap().as_str().unwrap();
        let units: Vec<u16> = title[2..]
            .chunks(2)
            .map(|two| u16::from_be_bytes([two[0], two[1]]))
            .collect();
        titles.push(String::from_utf16(&units).unwrap());
        next = mark.get(b"Next").ok().cloned();
    }
    titles
}
