//! Batches: what was done is not done again, past runs are accounted for, and a
//! folder is watched until told to stop.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::mem::MaybeUninit;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use sohoa::archive::Archive;
use sohoa::archive::runs::How;
use sohoa::time::Timestamp;

use crate::office::{DAY, Desk, EPOCH, Run, sha256, typed_pdf};

/// Longer than any file system takes to give a change another time.
const SETTLED: Duration = Duration::from_millis(2100);
/// How long to wait for something that must come.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn what_was_filed_is_known_without_being_read_again() {
    let desk = Desk::new("seen");
    let archive = desk.archive();
    for (name, text) in [("1.pdf", "so 1"), ("2.pdf", "so 2"), ("hs/1.pdf", "so 3")] {
        desk.put(&format!("quet/{name}"), &typed_pdf(text));
    }
    thread::sleep(SETTLED);
    let opened = Opened::watch(&[desk.path("quet"), desk.path("quet/hs")]);
    let first = desk.ingest(&["quet"]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    assert_eq!(opened.names(), set(&["1.pdf", "2.pdf"]), "the files beside the folder");
    let again = desk.ingest(&["quet"]);
    assert_eq!(again.statuses(), ["already_filed"; 3], "{}", again.stderr);
    again.summary();
    assert_eq!(opened.names(), set(&[]), "not one of them was opened");
    // A file that was written over is read, and is another paper.
    desk.put("quet/1.pdf", &typed_pdf("so 4"));
    assert_eq!(desk.ingest(&["quet/1.pdf"]).statuses(), ["filed"]);
    assert_eq!(opened.names(), set(&["1.pdf"]));
    // A paper put into the folder of a dossier belongs to it.
    desk.put("quet/hs/2.pdf", &typed_pdf("so 5"));
    let more = desk.ingest(&["quet"]);
    assert_eq!(more.summary()["filed"], 1, "{}", more.stdout);
    let [one, two] = ["hs/1.pdf", "hs/2.pdf"].map(|name| {
        archive.document_of(&desk.path("quet").join(name)).0.parent().unwrap().to_owned()
    });
    assert_eq!(one, two, "in the same dossier");
    archive.is_tidy("after all of it");
    // The notes are only notes.
    fs::write(archive.0.join(".catalogue/inputs.sqlite"), b"garbled").unwrap();
    assert_eq!(desk.ingest(&["quet"]).statuses(), ["already_filed"; 4]);
    assert_eq!(archive.documents().len(), 5);
}

#[test]
fn past_runs_are_accounted_for_and_killed_ones_as_far_as_they_came() {
    let desk = Desk::new("runs");
    let kept = desk.archive();
    desk.put("quet/1.pdf", &typed_pdf("so 1"));
    desk.put("quet/2.tif", b"II*\0 broken");
    assert_eq!(desk.ingest(&["quet", "--dry-run"]).code, Some(1));
    assert_eq!(desk.ingest(&["quet"]).code, Some(1));
    {
        // A run at work, and then one that was killed.
        let archive = Archive::open(&kept.0).unwrap().0;
        let now = Timestamp::from_unix(EPOCH.parse::<i64>().unwrap() + 60).unwrap();
        let mut account = archive.begin_run(now, 5).unwrap();
        account.input("filed", 3);
        account.input("failed", 0);
        assert_eq!(archive.runs(1).unwrap()[0].how, How::Running);
        drop(account);
    }
    let runs =
        Run::of(desk.sohoa().args(["archive", "runs", "--archive", "kho", "--json"]));
    let answer: Value = serde_json::from_str(&runs.stdout).unwrap();
    let runs = answer["runs"].as_array().unwrap();
    assert_eq!(runs.len(), 2, "a rehearsal is no run: {answer}");
    let (killed, done) = (&runs[0], &runs[1]);
    assert_eq!(killed["how"], "cut_short");
    let counts = ["inputs", "filed", "failed", "not_reached", "pages"];
    assert_eq!(counts.map(|name| killed[name].as_u64().unwrap()), [5, 1, 1, 3, 3]);
    assert_eq!(done["how"], "done");
    let counts = ["inputs", "filed", "quarantined", "already_filed", "needs_person"];
    assert_eq!(counts.map(|name| done[name].as_u64().unwrap()), [2, 1, 1, 0, 0]);
    let shown = Run::of(desk.sohoa().args(["archive", "runs", "--archive", "kho"]));
    assert!(shown.stdout.contains("bị ngắt đột ngột (3 chưa làm)"), "{}", shown.stdout);
    let names =
        fs::read_to_string(kept.0.join("runs/2026/260716-101345-1.jsonl")).unwrap();
    assert!(!names.contains(".pdf"), "names of scans name people: {names}");
}

#[test]
fn a_watched_folder_is_emptied_of_what_is_whole_and_of_nothing_else() {
    let desk = Desk::new("watch");
    let archive = desk.archive();
    desk.put("quet/there-before.pdf", &typed_pdf("so 1"));
    desk.put("quet/hồ sơ/1.pdf", &typed_pdf("so 2"));
    desk.put("quet/hồ sơ/2.pdf", &typed_pdf("so 3"));
    desk.put("quet/Thumbs.db", b"x");
    desk.put("quet/half.pdf.part", b"%PDF-");
    let line =
        ["ingest", "--watch", "quet", "--archive", "kho", "--settle", "2", "--json"];
    let mut program = desk.sohoa();
    program.args(line).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    wait_for(&desk, 3);
    let second = Run::of(desk.sohoa().args(line));
    assert_eq!(second.code, Some(2), "one watches a folder: {}", second.stderr);
    assert!(second.stderr.contains("đang theo dõi"), "{}", second.stderr);
    // A slow scanner: the file grows, and is not taken before it keeps still.
    let bytes = typed_pdf("so 4");
    let slow = desk.put("quet/slow.pdf", &bytes[..bytes.len() / 2]);
    let mut file = fs::OpenOptions::new().append(true).open(&slow).unwrap();
    for part in bytes[bytes.len() / 2..].chunks(bytes.len() / 4) {
        thread::sleep(Duration::from_millis(700));
        file.write_all(part).unwrap();
    }
    wait_for(&desk, 4);
    // Somebody says that a file is whole; one is renamed into place; and a
    // paper comes to the dossier.
    let begun = Instant::now();
    desk.put("quet/told.pdf", &typed_pdf("so 5"));
    desk.put("quet/told.pdf.ready", b"");
    fs::write(desk.path("quet/half.pdf.part"), typed_pdf("so 6")).unwrap();
    fs::rename(desk.path("quet/half.pdf.part"), desk.path("quet/half.pdf")).unwrap();
    wait_for(&desk, 6);
    println!("said to be whole: taken after {:?}", begun.elapsed());
    desk.put("quet/hồ sơ/3.pdf", &typed_pdf("so 7"));
    wait_for(&desk, 7);
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let ended = begun.elapsed() + PATIENCE;
    while child.try_wait().unwrap().is_none() && begun.elapsed() < ended {
        thread::sleep(Duration::from_millis(20));
    }
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(0), "nothing was in hand: {}", run.stderr);
    let statuses: BTreeSet<String> = run.statuses().into_iter().collect();
    assert!(!statuses.contains("quarantined") && !statuses.contains("failed"));
    let mut expected: Vec<String> = ["there-before", "slow", "told", "half"]
        .map(|name| sha256(&desk.path(&format!("quet/{name}.pdf"))))
        .to_vec();
    let of_dossier = ["1", "2", "3"].map(|n| desk.path(&format!("quet/hồ sơ/{n}.pdf")));
    expected.extend(of_dossier.iter().map(|path| sha256(path)));
    expected.sort();
    assert_eq!(archive.sources(), expected);
    let folders: BTreeSet<PathBuf> = of_dossier
        .iter()
        .map(|path| archive.document_of(path).0.parent().unwrap().to_owned())
        .collect();
    assert_eq!(folders.len(), 1, "a folder is one dossier: {folders:?}");
    archive.is_tidy("after watching");
}

#[test]
fn what_is_filed_leaves_a_watched_folder_that_is_to_be_emptied() {
    let desk = Desk::new("watch-done");
    let archive = desk.archive();
    let bytes = [typed_pdf("so 1"), typed_pdf("so 2")];
    desk.put("quet/a.pdf", &bytes[0]);
    desk.put("quet/hồ sơ/1.pdf", &bytes[1]);
    desk.put("quet/bad.pdf", b"%PDF-1.7 and nothing else");
    let line = ["ingest", "--watch", "quet", "--archive", "kho", "--settle", "0"];
    let mut program = desk.sohoa();
    program.args(line).args(["--done", "move", "--json"]);
    let mut child =
        program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    let done = desk.path("quet/.xong/2026-07-16");
    let came = |name: &str| {
        while !done.join(name).exists() {
            assert!(begun.elapsed() < PATIENCE, "{name} stays");
            thread::sleep(Duration::from_millis(50));
        }
    };
    came("a.pdf");
    came("hồ sơ");
    // The scanner counts from one again.
    desk.put("quet/a.pdf", &typed_pdf("so 3"));
    came("a (2).pdf");
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    while child.try_wait().unwrap().is_none() && begun.elapsed() < 2 * PATIENCE {
        thread::sleep(Duration::from_millis(20));
    }
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(fs::read(done.join("a.pdf")).unwrap(), bytes[0]);
    assert_eq!(fs::read(done.join("hồ sơ/1.pdf")).unwrap(), bytes[1]);
    assert!(desk.path("quet/bad.pdf").exists(), "quarantined, so a person sees it");
    assert_eq!((archive.sources().len(), archive.quarantine().len()), (3, 1));
    archive.is_tidy("after emptying");
}

#[test]
fn a_watch_goes_on_where_nobody_can_be_told_and_says_so_at_its_end() {
    let desk = Desk::new("watch-full");
    desk.archive();
    desk.put("quet/1.pdf", &typed_pdf("so 1"));
    let line =
        ["ingest", "--watch", "quet", "--archive", "kho", "--settle", "0", "--json"];
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut program = desk.sohoa();
    program.args(line).stdout(full).stderr(Stdio::piped());
    let child = program.spawn().unwrap();
    wait_for(&desk, 1);
    desk.put("quet/2.pdf", &typed_pdf("so 2"));
    wait_for(&desk, 2);
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let told = run.stderr.matches("không ghi được ra đầu ra chuẩn").count();
    assert_eq!(told, 1, "{}", run.stderr);
}

#[test]
fn only_one_folder_that_is_there_can_be_watched() {
    let desk = Desk::new("watch-what");
    drop(desk.archive());
    let file = desk.put("a.pdf", &typed_pdf("so 1"));
    for line in [vec![file.to_str().unwrap()], vec!["nowhere"], vec!["kho", "a.pdf"]] {
        let mut program = desk.sohoa();
        program.args(["ingest", "--watch", "--archive", "kho"]).args(&line);
        let run = Run::of(&mut program);
        assert_eq!(run.code, Some(2), "{line:?}");
    }
    assert!(!desk.path("kho").join(DAY).exists());
}

// ----------------------------------------------------------------------- helpers

/// Waits until so many documents are filed.
fn wait_for(desk: &Desk, documents: u64) {
    let begun = Instant::now();
    let count = || {
        let line = ["archive", "list", "--archive", "kho", "--json"];
        let listed = Run::of(
            Command::new(env!("CARGO_BIN_EXE_sohoa")).current_dir(&desk.0).args(line),
        );
        let answer: Value = serde_json::from_str(&listed.stdout).unwrap_or_default();
        let all = answer["dossiers"].as_array().cloned().unwrap_or_default();
        all.iter().filter_map(|one| one["documents"].as_u64()).sum::<u64>()
    };
    while count() < documents {
        assert!(begun.elapsed() < PATIENCE, "{} of {documents} documents", count());
        thread::sleep(Duration::from_millis(100));
    }
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Tells which files of folders were opened, by the system's own word.
struct Opened(rustix::fd::OwnedFd);

impl Opened {
    fn watch(folders: &[PathBuf]) -> Self {
        let system = inotify::init(CreateFlags::NONBLOCK | CreateFlags::CLOEXEC).unwrap();
        for folder in folders {
            inotify::add_watch(&system, folder.as_path(), WatchFlags::OPEN).unwrap();
        }
        Self(system)
    }

    /// The PDF files opened since it was last asked, those of dossiers aside.
    fn names(&self) -> BTreeSet<String> {
        let mut space = [MaybeUninit::uninit(); 8192];
        let mut reader = inotify::Reader::new(&self.0, &mut space);
        let mut names = BTreeSet::new();
        while let Ok(event) = reader.next() {
            let name = event.file_name().map(|name| name.to_string_lossy().into_owned());
            names.extend(name.filter(|name| Path::new(name).extension().is_some()));
        }
        names
    }
}
