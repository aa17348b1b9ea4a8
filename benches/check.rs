//! `archive check` beside plain SHA-256 of the same bytes: what `make bench-check`
//! prints.
//!
//! An archive of so many megabytes is made for it, in memory where that is
//! possible, so that the disk does not decide. Both take the same files on as many
//! threads, in turns, and the best turn of each counts. What plain SHA-256 leaves
//! out is what a check adds: finding the files, and holding records, manifests,
//! registers and the ledger against each other.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a benchmark that panics has failed, and it measures time and prints it"
)]

use std::env;
use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use sohoa::archive::{
    Archive, Checking, Content, Filing, NewDocument, Settings, SourceInfo,
};
use sohoa::digest::Digest;
use sohoa::pki::Store;
use sohoa::time::Timestamp;

#[path = "common/memory.rs"]
mod memory;

/// Megabytes (10⁶ bytes) where `SOHOA_MB` says nothing.
const MEGABYTES: u32 = 1000;
/// Documents of a dossier, of a megabyte each: a few pages at 300 dpi.
const DOCUMENTS: u32 = 5;
/// Turns of each.
const TURNS: usize = 3;
/// What is to be reached of plain SHA-256.
const GOAL: f64 = 0.85;

fn main() {
    let asked = env::var("SOHOA_MB").ok().and_then(|megabytes| megabytes.parse().ok());
    let megabytes: u32 = asked.unwrap_or(MEGABYTES);
    let desk = memory::folder("check");
    fs::create_dir_all(&desk).unwrap();
    let settings = Settings::new("H32.18".parse().unwrap(), "UBND phường").unwrap();
    Archive::create(&desk.join("kho"), &settings).unwrap();
    let archive = Archive::open(&desk.join("kho")).unwrap().0;
    for dossier in 0..megabytes.div_ceil(DOCUMENTS) {
        let documents = (0..DOCUMENTS).map(|number| document(dossier, number)).collect();
        archive.file(filing(), documents, &|| false).unwrap();
    }
    let mut files = Vec::new();
    walk(&desk.join("kho/dossiers"), &mut files);
    let jobs = thread::available_parallelism().unwrap();
    let (mut plain, mut check) = (0.0_f64, 0.0_f64);
    for _ in 0..TURNS {
        plain = plain.max(rate(|| hashed(&files, jobs)));
        check = check.max(rate(|| checked(&archive, jobs)));
    }
    let ratio = check / plain;
    println!(
        "{} files on {jobs} threads: plain SHA-256 {plain:.0} MB/s, archive check \
         {check:.0} MB/s, ratio {ratio:.3} (goal {GOAL})",
        files.len()
    );
    drop(archive);
    fs::remove_dir_all(&desk).unwrap();
    assert!(ratio >= GOAL || cfg!(debug_assertions), "the goal is missed");
}

/// Megabytes a second of work that says how many bytes it took.
fn rate(work: impl FnOnce() -> u64) -> f64 {
    let begun = Instant::now();
    let bytes = work();
    bytes as f64 / 1e6 / begun.elapsed().max(Duration::from_nanos(1)).as_secs_f64()
}

/// Every byte of the files through SHA-256 and nothing else.
fn hashed(files: &[PathBuf], jobs: NonZeroUsize) -> u64 {
    let (next, bytes) = (AtomicUsize::new(0), AtomicU64::new(0));
    thread::scope(|scope| {
        for _ in 0..jobs.get() {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let file = File::open(path).unwrap();
                    bytes.fetch_add(file.metadata().unwrap().len(), Ordering::Relaxed);
                    Digest::of_reader(file).unwrap();
                }
            });
        }
    });
    bytes.into_inner()
}

fn checked(archive: &Archive, jobs: NonZeroUsize) -> u64 {
    let (stop, watch) = (&|| false, &|_, _| {});
    let trust = Store::default();
    let checking = Checking { since: None, jobs, now: now(), trust: &trust, stop, watch };
    let checked = archive.check(&checking).unwrap();
    assert!(checked.is_good(), "{:?}", checked.faults);
    checked.bytes
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn now() -> Timestamp {
    Timestamp::from_unix(1_784_171_625).unwrap()
}

fn filing() -> Filing {
    let (day, now) = (now().day(), now());
    Filing { dossier: None, day, now, title: None, fields: Map::new() }
}

fn document(dossier: u32, number: u32) -> NewDocument {
    let own = [dossier.to_le_bytes(), number.to_le_bytes()].concat();
    let bytes = own.repeat(1_000_000 / own.len());
    NewDocument {
        kind_of_paper: String::new(),
        suffix: ".pdf".to_owned(),
        source: SourceInfo::of(&bytes, Digest::of(&bytes), "TIFF"),
        content: Content::Bytes(bytes),
        pages: 1,
        companions: Vec::new(),
        fields: Map::new(),
        record: Value::Null,
        text: None,
    }
}
