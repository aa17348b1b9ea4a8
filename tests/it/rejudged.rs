//! `sohoa verify ARCHIVE`: what an archive keeps of verdicts and until when that counts,
//! and what its ledger knows of them.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::fs::{self, OpenOptions};
use std::io::Write as _;

use serde_json::Value;
use sohoa::digest::Digest;

use crate::office::{EPOCH, Run, typed_pdf};
use crate::sign::Bureau;

const TRUST: [&str; 4] = ["--trust", "trust", "--trust", "lists"];
const DAY: u64 = 86_400;

/// An office with an archive of two documents, one of them signed.
struct Place(Bureau);

impl Place {
    fn new(name: &str) -> Self {
        let bureau = Bureau::new(name);
        bureau.desk.archive();
        for title in ["Don de nghi", "Thong bao"] {
            bureau.desk.put("in.pdf", &typed_pdf(title));
            let filed = bureau.run(&["ingest", "in.pdf", "--archive", "kho", "--json"]);
            assert_eq!(filed.code, Some(0), "{}{}", filed.stdout, filed.stderr);
        }
        let first = "kho/dossiers/2026/07/16/H32.18-260716-0001";
        let signed = bureau.sign(&[first, "--in-place"]);
        if signed.code != Some(0) {
            let signed = bureau.sign(&["kho", "--in-place"]);
            assert_eq!(signed.code, Some(0), "{}{}", signed.stdout, signed.stderr);
        }
        Self(bureau)
    }

    /// The report on the archive, this many days later.
    fn verify(&self, days: u64, more: &[&str]) -> Value {
        let now = EPOCH.parse::<u64>().unwrap() + days * DAY;
        let mut program = self.0.desk.sohoa();
        program.env("SOURCE_DATE_EPOCH", now.to_string());
        let run =
            Run::of(program.args(["verify", "kho", "--json"]).args(TRUST).args(more));
        serde_json::from_str(&run.stdout).expect(&run.stderr)
    }

    /// The level of the first signature as the report has it.
    fn level(&self, days: u64, more: &[&str]) -> String {
        let report = self.verify(days, more);
        let signature = &report["files"][0]["signatures"][0];
        signature["level"].as_str().unwrap().to_owned()
    }

    /// Alters what is kept, to tell it by.
    fn mark(&self) {
        let file = self.0.path("kho/.catalogue/verdicts.sqlite");
        let database = rusqlite::Connection::open(file).unwrap();
        let change = "UPDATE answers SET answer = replace(answer, 'B-B', 'B-X')";
        assert_eq!(database.execute(change, []).unwrap(), 2);
    }

    /// The events of the ledger, the newest first.
    fn log(&self) -> Vec<Value> {
        let run = self.0.run(&["archive", "log", "--archive", "kho", "--json"]);
        let log: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
        log["events"].as_array().unwrap().clone()
    }
}

#[test]
fn a_document_is_judged_again_once_its_verdict_may_have_changed() {
    let place = Place::new("rejudged");
    let first = place.verify(0, &[]);
    assert_eq!(place.verify(0, &[]), first, "what is kept is what was said");
    assert_eq!(place.level(0, &[]), "B-B", "{first}");
    place.mark();
    assert_eq!(place.level(0, &[]), "B-X", "what is kept holds");
    assert_eq!(place.level(10, &[]), "B-X", "lists are as good as before");
    assert_eq!(place.level(20, &[]), "B-B", "lists have grown old");
    place.mark();
    // A named moment is another question, and pictures and evidence need what was judged.
    let at = ["--at", "2026-07-16T10:13:45+07:00"];
    let page: [&[&str]; 3] = [&at, &["--export-evidence", "evidence"], &["--all"]];
    for more in page {
        assert_eq!(place.level(20, more), "B-B", "{more:?}");
    }
    place.mark();
    assert_eq!(place.level(19, &[]), "B-B", "nobody knows of a day before");
    place.mark();
    assert_eq!(place.level(20, &["--policy", "tt15"]), "B-B", "other demands");
    place.mark();
    // Other demands of the line are held against what is kept.
    let report = place.verify(20, &["--policy", "tt15", "--at-least", "t"]);
    assert_eq!(report["files"][0]["verdict"], "failed");
    assert_eq!(report["files"][0]["signatures"][0]["level"], "B-X");
    // Another file is no known one.
    let path = first["files"][0]["path"].as_str().unwrap();
    let mut file = OpenOptions::new().append(true).open(place.0.path(path)).unwrap();
    file.write_all(b"% more").unwrap();
    drop(file);
    assert_eq!(place.level(20, &["--policy", "tt15"]), "B-B");
}

#[test]
fn the_ledger_knows_what_was_found() {
    let place = Place::new("rejudged-ledger");
    let before = place.log().len();
    let report = place.verify(0, &[]);
    let event = place.log().swap_remove(0);
    assert_eq!(event["event"], "verified", "{event}");
    assert_eq!(event["record"], report["trust"]["sha256"]);
    assert_eq!(event["faults"], 0);
    let lines = report["files"].as_array().unwrap().iter().map(|file| {
        let part = |name: &str| file[name].as_str().unwrap();
        format!("{}  {}\n", part("sha256"), part("verdict"))
    });
    let found = Digest::of(lines.collect::<String>().as_bytes()).to_string();
    assert_eq!(event["sha256"], found);
    // Another day asked about, or another part, is not written down.
    place.verify(0, &["--at", "2026-07-16"]);
    let dossier = place.0.run(&["verify", "kho/dossiers", "--json"]);
    assert!(dossier.stdout.contains("\"files\":2"), "{}", dossier.stdout);
    assert_eq!(place.log().len(), before + 1);
    // What was altered is a fault; the next check of the archive finds it too.
    let path = place.0.path(report["files"][0]["path"].as_str().unwrap());
    let mut bytes = fs::read(&path).unwrap();
    let at = bytes.windows(5).position(|five| five == b"(Don ").unwrap_or(400);
    bytes[at + 1] ^= 1;
    fs::write(&path, bytes).unwrap();
    let report = place.verify(0, &[]);
    assert_eq!(report["summary"]["failed"], 1, "{report}");
    assert_eq!(place.log()[0]["faults"], 1);
    let log = place.0.run(&["archive", "log", "--archive", "kho"]);
    let line = log.stdout.lines().next().unwrap();
    assert!(
        line.contains("verified signatures") && line.ends_with("faults: 1"),
        "{line}"
    );
}
