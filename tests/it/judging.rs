//! What `sohoa verify` takes to judge and to judge by, and the form of its report for
//! other programs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use sohoa::verify::change::Kind;
use sohoa::verify::rights::{Effect, Level, effect};

use crate::architecture::sources;
use crate::office::{Desk, Run, typed_pdf};
use crate::sign::{Bureau, plain};

/// What the reports are said to mean.
const REFERENCE: &str = include_str!("../../docs/verify.md");

/// Kinds of changes that are not always forbidden, and one that is.
const CHANGES: [Kind; 24] = [
    Kind::ValidationData,
    Kind::TimeStamp,
    Kind::Metadata,
    Kind::Version,
    Kind::FieldSigned,
    Kind::SignatureAdded,
    Kind::EmptyFieldAdded,
    Kind::FieldFilled,
    Kind::FieldAppearance,
    Kind::FieldShowsOther,
    Kind::FieldDrawnAnew,
    Kind::ContentFilledOver,
    Kind::ContentHidden,
    Kind::ContentUnseen,
    Kind::AnnotationAdded,
    Kind::AnnotationChanged,
    Kind::AnnotationRemoved,
    Kind::StructureForAnnotation,
    Kind::Unreferenced,
    Kind::ValidationDataShrunk,
    Kind::MetadataRemoved,
    Kind::SizeLowered,
    Kind::NotCompared,
    Kind::Page,
];

#[test]
fn what_lies_in_quarantine_is_no_document_of_the_archive() {
    let desk = Desk::new("judging-quarantine");
    let archive = desk.archive();
    desk.put("in/a.pdf", &typed_pdf("Thong bao"));
    desk.put("in/b.pdf", b"");
    assert_eq!(desk.ingest(&["in"]).statuses(), ["filed", "quarantined"]);
    let kept = fs::read_dir(archive.0.join("quarantine")).unwrap().count();
    assert_eq!(kept, 1);
    let run = Run::of(desk.sohoa().args(["verify", "kho", "--json"]));
    assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
    let whole: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(whole["files"].as_array().unwrap().len(), 1, "{whole}");
    // Named, it is judged like any other.
    let named = Run::of(desk.sohoa().args(["verify", "kho/quarantine"]));
    assert_eq!(named.code, Some(2), "{}", named.stdout);
}

#[test]
fn a_file_named_as_trust_that_holds_none_is_an_error() {
    let bureau = Bureau::new("judging-trust");
    bureau.desk.put("a.pdf", &plain().classic());
    assert_eq!(bureau.sign(&["a.pdf", "-o", "b.pdf"]).code, Some(0));
    for no_trust in ["a.pdf", "signer.pem"] {
        let run = bureau.run(&["verify", "b.pdf", "--trust", no_trust]);
        assert_eq!(run.code, Some(2), "{no_trust}: {}", run.stdout);
        assert!(run.stdout.is_empty() && run.stderr.contains(no_trust), "{}", run.stderr);
    }
    let run = bureau.run(&["verify", "b.pdf", "--trust", "root.pem"]);
    assert_eq!(run.code, Some(3), "a root, and no revocation: {}", run.stdout);
}

#[test]
fn a_report_of_etsi_has_the_form_of_its_schema() {
    let bureau = Bureau::new("judging-etsi");
    bureau.desk.put("in/0 & <1>.pdf", &plain().classic());
    bureau.desk.put("in/2.pdf", b"");
    bureau.desk.put("c.pdf", &plain().classic());
    assert_eq!(bureau.sign(&["c.pdf", "-o", "in/3.pdf"]).code, Some(0));
    let line = ["verify", "in", "--trust", "trust", "--trust", "lists", "--etsi-xml"];
    let run = bureau.run(&line);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let xml = &run.stdout;
    // TS 119 102-2, annex B: one element holds all, a report is never without status.
    assert_eq!(xml.matches("<ValidationReport ").count(), 1, "{xml}");
    assert!(xml.trim_end().ends_with("</ValidationReport>"), "{xml}");
    assert!(xml.contains("<sohoa:path>in/0 &amp; &lt;1&gt;.pdf</sohoa:path>"), "{xml}");
    let reports = inside(xml, "SignatureValidationReport");
    let indications: Vec<_> = reports
        .iter()
        .map(|report| inside(report, "MainIndication")[0].rsplit(':').next().unwrap())
        .collect();
    assert_eq!(indications, ["indeterminate", "indeterminate", "total-passed"]);
    let signed = reports[2];
    let order = [
        "<ValidationTimeInfo>",
        "<POETime>",
        "<TypeOfProof>urn:etsi:019102:poetype:validation</TypeOfProof>",
        "<SignersDocument>",
        "<SignerInformation><SignerCertificate VOReference=\"",
        "<Signer>",
        "<SignatureValidationStatus>",
        "<sohoa:subject>",
    ];
    let places: Vec<_> = order.iter().map(|part| signed.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {xml}");
    // What is referred to is there, once.
    let all = |before: &str| -> Vec<String> {
        let after = xml.split(before).skip(1);
        after.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let (referred, there) = (all("VOReference=\""), all(" id=\""));
    let once: BTreeSet<_> = there.iter().collect();
    assert_eq!(once.len(), there.len());
    assert!(!referred.is_empty() && referred.iter().all(|name| once.contains(name)));
}

/// What looks like a code in the sources and is none.
const NO_CODES: [&str; 3] =
    ["SCREAMING_SNAKE_CASE", "CARGO_PKG_VERSION", "SOHOA_SOURCES"];

#[test]
fn the_reference_names_every_code_and_no_other() {
    let (_, chapters) = REFERENCE.split_once("## Codes of findings").unwrap();
    let told: BTreeSet<&str> =
        quoted(REFERENCE, '`').filter(|one| is_code(one)).collect();
    let listed = quoted(chapters, '`').filter(|one| is_code(one));
    let all = [sources(Path::new("src/verify")), sources(Path::new("src/cli/verify"))];
    let code = |(_, text): &(String, String)| {
        text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
    };
    let sources: Vec<String> = all.iter().flatten().map(code).collect();
    let given: BTreeSet<&str> = sources
        .iter()
        .flat_map(|text| quoted(text, '"'))
        .filter(|one| is_code(one) && !NO_CODES.contains(one))
        .collect();
    assert!(given.len() > 140, "{given:?}");
    let untold: Vec<_> = given.difference(&told).collect();
    assert!(untold.is_empty(), "not in docs/verify.md: {untold:?}");
    let gone: Vec<_> = listed.filter(|one| !given.contains(one)).collect();
    assert!(gone.is_empty(), "only in docs/verify.md: {gone:?}");
}

#[test]
fn the_reference_says_what_changes_mean() {
    let levels = [Level::Nothing, Level::Forms, Level::Approval, Level::Annotations];
    let mark = |effect| match effect {
        Effect::Fine => "=",
        Effect::Told => "+",
        Effect::Doubted => "?",
        Effect::Breaks => "!",
    };
    let (_, chapter) = REFERENCE.split_once("## Codes of changes").unwrap();
    let (table, forbidden) = chapter.split_once("Forbidden after any").unwrap();
    for kind in CHANGES {
        let name = format!("`{}`", kind.code());
        let row =
            table.lines().find(|line| line.starts_with('|') && line.contains(&name));
        let means = levels.map(|level| mark(effect(kind, level)));
        match row {
            Some(row) => {
                let cells: Vec<_> = row.split('|').map(str::trim).collect();
                assert_eq!(cells[3..7], means, "{kind:?}");
            }
            None => {
                assert!(forbidden.contains(&name), "{kind:?}");
                assert_eq!(means, ["!"; 4], "{kind:?}");
            }
        }
    }
}

#[test]
fn the_reference_names_every_field_of_the_report() {
    let bureau = Bureau::new("judging-fields");
    bureau.desk.put("a.pdf", &plain().classic());
    assert_eq!(bureau.sign(&["a.pdf", "-o", "b.pdf"]).code, Some(0));
    assert_eq!(bureau.sign(&["b.pdf", "-o", "c.pdf"]).code, Some(0));
    let line = ["verify", "c.pdf", "--trust", "trust", "--trust", "lists"];
    let run = bureau.run(&[&line[..], &["--json"]].concat());
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(!report["files"][0]["signatures"][0]["changes"][0].is_null(), "{report}");
    let mut names = BTreeSet::new();
    keys(&report, &mut names);
    let (_, chapter) = REFERENCE.split_once("```json").unwrap();
    let (example, _) = chapter.split_once("```").unwrap();
    let shown: Value = serde_json::from_str(example).unwrap();
    let mut known = BTreeSet::new();
    keys(&shown, &mut known);
    let untold: Vec<_> = names.difference(&known).collect();
    assert!(untold.is_empty(), "{untold:?}");
    let run = bureau.run(&[&line[..], &["--csv"]].concat());
    let columns = run.stdout.lines().next().unwrap().replace(',', ", ");
    let reference = REFERENCE.replace('\n', " ");
    assert!(reference.contains(&format!("`{columns}`")), "{columns}");
}

/// All names of members, however deep.
fn keys(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                names.insert(name.clone());
                keys(member, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands between two of these marks in one line.
fn quoted(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.lines().flat_map(move |line| line.split(mark).skip(1).step_by(2))
}

/// Whether this is the code of a finding or change: two words of small letters about one
/// point, or words of capitals.
fn is_code(text: &str) -> bool {
    let all =
        |word: &str, fits: fn(char) -> bool| !word.is_empty() && word.chars().all(fits);
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let dotted = text.split_once('.').is_some_and(|(about, what)| {
        about.starts_with(|c: char| c.is_ascii_lowercase())
            && all(about, small)
            && all(what, small)
    });
    dotted
        || text.contains('_')
            && text.split('_').all(|word| all(word, |c| c.is_ascii_uppercase()))
}

/// What stands in each element of this name.
fn inside<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&begin).skip(1).map(|rest| rest.split(&end).next().unwrap()).collect()
}
