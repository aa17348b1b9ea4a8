//! What `sohoa verify` takes to judge and to judge by, and the form of its report for
//! other programs.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::office::{Desk, Run, typed_pdf};
use crate::sign::{Bureau, plain};

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

/// What stands in each element of this name.
fn inside<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&begin).skip(1).map(|rest| rest.split(&end).next().unwrap()).collect()
}
