//! A batch of papers that are filed already, run again: what `make bench-resume`
//! prints.
//!
//! An archive of so many dossiers is made for it, each from one small file in an
//! inbox. The first run reads every file, finds it filed and notes it; the second
//! knows it without reading.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark that panics has failed, and it measures time and prints it"
)]

use std::env;
use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use sohoa::archive::{Archive, Content, Filing, NewDocument, Settings, SourceInfo};
use sohoa::digest::Digest;
use sohoa::time::Timestamp;

#[path = "common/memory.rs"]
mod memory;

/// Papers where `SOHOA_PAPERS` says nothing.
const PAPERS: u32 = 10_000;
/// Bytes of a paper: a very small scan, so that many fit into memory.
const BYTES: usize = 20_000;

fn main() {
    let asked = env::var("SOHOA_PAPERS").ok().and_then(|papers| papers.parse().ok());
    let papers: u32 = asked.unwrap_or(PAPERS);
    // In memory where that is possible: filing waits for the disk, resuming does not.
    let desk = memory::folder("resume");
    let (kho, inbox) = (desk.join("kho"), desk.join("quet"));
    fs::create_dir_all(&inbox).unwrap();
    let settings = Settings::new("H32.18".parse().unwrap(), "UBND phường").unwrap();
    Archive::create(&kho, &settings).unwrap();
    let archive = Archive::open(&kho).unwrap().0;
    let begun = Instant::now();
    for number in 0..papers {
        let bytes: Vec<u8> = number.to_le_bytes().repeat(BYTES / 4);
        fs::write(inbox.join(format!("{number}.tif")), &bytes).unwrap();
        archive.file(filing(), vec![document(&bytes)], &|| false).unwrap();
    }
    drop(archive);
    println!(
        "{papers} papers filed one by one in {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    thread::sleep(Duration::from_secs(3));
    for what in ["read and found filed", "known without reading"] {
        let begun = Instant::now();
        let run = Command::new(env!("CARGO_BIN_EXE_sohoa"))
            .args(["ingest", "--json", "--quiet", "--archive"])
            .args([&kho, &inbox])
            .output()
            .unwrap();
        let seconds = begun.elapsed().as_secs_f64();
        let said = String::from_utf8(run.stdout).unwrap();
        let summary: Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
        assert_eq!(summary.get("already_filed"), Some(&papers.into()), "{summary}");
        println!("{papers} papers {what}: {seconds:.2} s");
    }
    fs::remove_dir_all(&desk).unwrap();
}

fn now() -> Timestamp {
    Timestamp::from_unix(1_784_171_625).unwrap()
}

fn filing() -> Filing {
    let (day, now) = (now().day(), now());
    Filing { dossier: None, day, now, title: None, fields: Map::new() }
}

fn document(bytes: &[u8]) -> NewDocument {
    NewDocument {
        kind_of_paper: String::new(),
        suffix: ".pdf".to_owned(),
        source: SourceInfo::of(bytes, Digest::of(bytes), "TIFF"),
        content: Content::Bytes(b"%PDF".to_vec()),
        pages: 1,
        companions: Vec::new(),
        fields: Map::new(),
        record: Value::Null,
        text: None,
    }
}
