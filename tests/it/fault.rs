//! The main job under bad luck: killed at any moment, told to stop, on a disk
//! that fills or fails, on a share that goes away, and beside another run.
//! Whatever happens, no input is lost, none is filed twice, and the next run
//! finishes the work.
//!
//! `SOHOA_FAULT_RUNS` says how many runs are killed; `make fault` kills 200.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test that panics is a test that fails, and it may say what it measured"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::archive::{shim, tree};
use crate::office::{Desk, Kept, Run, blank, contents, sha256, slip, tiff, typed_pdf};
use crate::pdfa::sheet::font;

/// Runs that are killed where nothing else is said.
const RUNS: u32 = 16;
/// Runs killed over one archive before one may come to its end.
const MOST_KILLS: u32 = 8;
/// Calls of a run of [`Inbox::new`] that change the disk, about.
const WRITES: f64 = 300.0;

#[test]
fn killed_at_random_moments_nothing_is_lost_or_doubled() {
    let asked = env::var("SOHOA_FAULT_RUNS").ok();
    let wanted: u32 = asked.map_or(RUNS, |runs| runs.parse().unwrap());
    let started = Instant::now();
    let usual = {
        let inbox = Inbox::new("killed");
        let begun = Instant::now();
        inbox.finishes("without faults");
        begun.elapsed()
    };
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (mut killed, mut archives, mut late) = (0, 0, 0);
    while killed < wanted {
        let inbox = Inbox::new("killed");
        archives += 1;
        for _ in 0..MOST_KILLS.min(wanted - killed) {
            let run = if killed % 2 == 0 {
                // Early moments more often: an archive is to meet several kills.
                inbox.killed_after(usual.mul_f64(dice.share().powf(1.5)))
            } else {
                inbox.killed_at(1 + (dice.share() * WRITES) as u32)
            };
            inbox.is_sound(&run, &format!("run {killed} of archive {archives}"));
            if run.code.is_some() {
                break;
            }
            killed += 1;
            late += u32::from(!inbox.archive.sources().is_empty());
        }
        inbox.finishes(&format!("archive {archives} after its kills"));
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{killed} runs killed, {late} with papers filed, over {archives} archives in {seconds:.0} s"
    );
}

#[test]
fn a_disk_that_fills_at_any_write_is_said_and_loses_nothing() {
    let fault = [("SOHOA_FAULT_ERRNO", "ENOSPC"), ("SOHOA_FAULT_STICKY", "1")];
    at_every_write(&fault, |run, when| {
        if run.code == Some(2) {
            let told = run.stderr.clone() + &run.stdout;
            assert!(told.contains("đầy"), "{when}: {told}");
        }
    });
}

#[test]
fn one_failing_write_anywhere_is_said_and_loses_nothing() {
    let fault = [("SOHOA_FAULT_ERRNO", "EIO"), ("SOHOA_FAULT_SHORT", "1")];
    at_every_write(&fault, |run, when| {
        if run.code == Some(2) {
            let told = run.stderr.clone() + &run.stdout;
            let is_clear =
                ["Input/output error", "đĩa hỏng"].iter().any(|why| told.contains(why));
            assert!(is_clear, "{when}: {told}");
        }
    });
}

/// One run for each call that changes the disk, the fault striking there.
fn at_every_write(fault: &[(&str, &str)], is_told: impl Fn(&Run, &str)) {
    let Some(shim) = shim() else {
        println!("skipped: no C compiler for tests/fault/shim.c");
        return;
    };
    let started = Instant::now();
    let name = fault[0].1.to_lowercase();
    // Where not every call is struck, two faults strike between each other's.
    let step = if env::var_os("SOHOA_FAULT_RUNS").is_some() { 1 } else { 16 };
    let offset = if name == "enospc" { 0 } else { step / 2 };
    let (mut call, mut quiet) = (offset, 0);
    loop {
        call += step;
        let inbox = Inbox::small(&name);
        let run = Run::of(
            inbox
                .command()
                .env("LD_PRELOAD", shim)
                .env("SOHOA_FAULT_UNDER", &inbox.archive.0)
                .env("SOHOA_FAULT_COUNT", inbox.desk.path("count"))
                .env("SOHOA_FAULT_AT", call.to_string())
                .envs(fault.iter().copied()),
        );
        let when = format!("{name} at call {call}: {} {}", run.stdout, run.stderr);
        let count = fs::read_to_string(inbox.desk.path("count")).unwrap();
        let count: u32 = count.trim().parse().unwrap();
        if count < call {
            assert_eq!(run.code, Some(1), "{when}");
            break;
        }
        assert!([1, 2].contains(&run.code.unwrap()), "{when}");
        quiet += u32::from(run.code == Some(1));
        is_told(&run, &when);
        inbox.is_sound(&run, &when);
        inbox.finishes(&when);
    }
    let seconds = started.elapsed().as_secs_f64();
    println!("{name}: {} calls, {quiet} did no harm, {seconds:.0} s", call - 1);
    assert!(call > 50, "the shim must see the calls");
}

#[test]
fn a_run_told_to_stop_ends_in_order_and_the_next_goes_on() {
    let begun = Instant::now();
    Inbox::new("usual").finishes("without faults");
    let usual = begun.elapsed();
    for (signal, share) in
        [(Signal::INT, 0.3), (Signal::TERM, 0.5), (Signal::INT, 0.8), (Signal::TERM, 0.1)]
    {
        let inbox = Inbox::new("stopped");
        let mut child = inbox.start();
        thread::sleep(usual.mul_f64(share));
        let ended = child.try_wait().unwrap().is_some();
        if !ended {
            kill_process(Pid::from_child(&child), signal).unwrap();
        }
        let run = Run::from(child.wait_with_output().unwrap());
        let when =
            format!("{signal:?} after {share} of a run: {} {}", run.stdout, run.stderr);
        // Before the handlers are there, the signal's own effect ends it; and
        // a run may be done when it is told to stop.
        match run.code {
            Some(130) => {
                let summary = run.summary();
                assert_eq!(summary["interrupted"], true, "{when}");
                inbox.archive.is_tidy(&when);
            }
            Some(1) | None => {}
            other => panic!("exit code {other:?}: {when}"),
        }
        println!("{signal:?} after {share} of a run: {:?}", run.code);
        inbox.is_sound(&run, &when);
        inbox.finishes(&when);
    }
}

#[test]
fn two_runs_at_once_file_every_input_once() {
    let inbox = Inbox::new("together");
    let children = [inbox.start(), inbox.start(), inbox.start()];
    let runs = children.map(|child| Run::from(child.wait_with_output().unwrap()));
    let mut filed: BTreeMap<String, usize> = BTreeMap::new();
    for run in &runs {
        assert_eq!(run.code, Some(1), "{} {}", run.stdout, run.stderr);
        run.summary();
        for line in run.documents().iter().filter(|line| line["status"] == "filed") {
            *filed.entry(line["input"].to_string()).or_default() += 1;
        }
    }
    assert!(filed.values().all(|times| *times == 1), "{filed:?}");
    inbox.finishes("after three runs at once");
}

#[test]
fn an_archive_that_goes_away_ends_the_run_and_says_so() {
    let inbox = Inbox::new("away");
    for number in 10..40 {
        inbox.desk.put(&format!("quet/them-{number}.tif"), &tiff(&[&blank(number)]));
    }
    let away = inbox.desk.path("mat ket noi");
    let child = inbox.start();
    let first = inbox.archive.0.join("dossiers/2026");
    let begun = Instant::now();
    while !first.exists() && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(1));
    }
    fs::rename(&inbox.archive.0, &away).unwrap();
    fs::create_dir(&inbox.archive.0).unwrap(); // the mount point stays
    let run = Run::from(child.wait_with_output().unwrap());
    assert_eq!(run.code, Some(2), "{} {}", run.stdout, run.stderr);
    assert!(run.stderr.contains("kho"), "{}", run.stderr);
    assert!(!run.stderr.contains("theo yêu cầu"), "{}", run.stderr);
    let summary = run.summary();
    assert!(summary["not_reached"].as_u64() > Some(0), "it does not go on: {summary}");
    assert!(tree(&inbox.archive.0).is_empty(), "nothing is written where it was");
    fs::remove_dir(&inbox.archive.0).unwrap();
    fs::rename(&away, &inbox.archive.0).unwrap();
    inbox.is_sound(&run, "after the share went");
    inbox.finishes("after the share came back");
}

/// What people do with an archive that has papers in it; `{n}` is another
/// number each time.
const DEEDS: [&[&str]; 5] = [
    &["archive", "set", "H32.18-260716-0001", "Title=Cấp giấy phép {n}"],
    &["archive", "check"],
    &["archive", "reindex"],
    &["archive", "set", "H32.18-260716-0001", "--document", "1", "Subject=V/v họp {n}"],
    &["archive", "export", "H32.18-260716-0001", "-o", "ra-{n}.zip"],
];

#[test]
fn set_check_and_reindex_survive_kills_and_a_failing_disk() {
    let Some(shim) = shim() else {
        println!("skipped: no C compiler for tests/fault/shim.c");
        return;
    };
    // Every call of every deed with `make fault`, a few of them otherwise.
    let step = if env::var("SOHOA_FAULT_RUNS").is_ok() { 1 } else { 31 };
    let inbox = Inbox::small("deeds");
    inbox.finishes("before the deeds");
    let faults: [&[(&str, &str)]; 3] = [
        &[("SOHOA_FAULT_KILL", "1")],
        &[("SOHOA_FAULT_ERRNO", "ENOSPC"), ("SOHOA_FAULT_STICKY", "1")],
        &[("SOHOA_FAULT_ERRNO", "EIO"), ("SOHOA_FAULT_SHORT", "1")],
    ];
    let mut done = Deeds { inbox, shim, runs: 0, harmed: 0 };
    for (fault, first) in faults.iter().zip(1_u32..) {
        for deed in DEEDS {
            let mut call = first;
            while done.with_fault(deed, fault, call) {
                call += step;
            }
        }
    }
    let Deeds { inbox, runs, harmed, .. } = done;
    inbox.finishes("after the deeds");
    println!("{runs} deeds with a fault, {harmed} of them cut short");
    assert!(harmed > 10, "the shim must see the calls");
}

/// Deeds done to one archive.
struct Deeds<'a> {
    inbox: Inbox,
    shim: &'a Path,
    runs: u32,
    harmed: u32,
}

impl Deeds<'_> {
    /// Does a deed, the fault striking at this call; whatever happens, the
    /// archive is good and the deed can be done. Says whether there are later
    /// calls.
    fn with_fault(&mut self, deed: &[&str], fault: &[(&str, &str)], call: u32) -> bool {
        let Self { inbox, shim, runs, harmed } = self;
        let line: Vec<String> =
            deed.iter().map(|word| word.replace("{n}", &runs.to_string())).collect();
        let program = || {
            let mut program = inbox.desk.sohoa();
            program.args(&line).args(["--archive", "kho"]);
            program
        };
        let run = Run::of(
            program()
                .env("LD_PRELOAD", shim)
                .env("SOHOA_FAULT_UNDER", &inbox.archive.0)
                .env("SOHOA_FAULT_COUNT", inbox.desk.path("count"))
                .env("SOHOA_FAULT_AT", call.to_string())
                .envs(fault.iter().copied()),
        );
        let when =
            format!("{deed:?}, {fault:?} at {call}: {} {}", run.stdout, run.stderr);
        assert!(!run.stderr.contains("panicked"), "{when}");
        assert!([None, Some(0), Some(2)].contains(&run.code), "{when}");
        *runs += 1;
        *harmed += u32::from(run.code != Some(0));
        inbox.archive.is_consistent(&when);
        let check = ["archive", "check", "--archive", "kho"];
        let checked = Run::of(inbox.desk.sohoa().args(check));
        assert_eq!(checked.code, Some(0), "{when}: {}", checked.stdout);
        // What leaves is never written over what left before.
        drop(fs::remove_file(inbox.desk.path(&format!("ra-{}.zip", *runs - 1))));
        // Done again without a fault, it is done.
        let again = Run::of(&mut program());
        assert_eq!(again.code, Some(0), "{when}: {}", again.stderr);
        let count = fs::read_to_string(inbox.desk.path("count")).unwrap_or_default();
        let count: u32 = count.trim().parse().unwrap_or(u32::MAX);
        // A process that was killed wrote no count.
        run.code.is_none() || count >= call
    }
}

// ----------------------------------------------------------------------- helpers

/// An archive and a folder of papers that are to go into it.
struct Inbox {
    desk: Desk,
    archive: Kept,
    /// The papers as they were put there.
    before: BTreeMap<String, Vec<u8>>,
}

impl Inbox {
    /// Papers of every kind: read, blank, with text, broken, a folder of two.
    fn new(name: &str) -> Self {
        let inbox = Self::small(name);
        if font().is_some() {
            let read = slip(&["Kính gửi: Ủy ban nhân dân xã", "Số: 12/TB-UBND"]);
            inbox.desk.put("quet/4-chu.tif", &tiff(&[&read, &blank(7)]));
        }
        inbox.desk.put("quet/5-typed.pdf", &typed_pdf("Thong bao so 12"));
        inbox.desk.put("quet/ho so/1.tif", &tiff(&[&blank(8), &blank(9)]));
        inbox.desk.put("quet/ho so/2.pdf", &typed_pdf("Thong bao so 13"));
        let before = contents(&inbox.desk.path("quet"));
        Self { before, ..inbox }
    }

    /// The least: one that is filed and one that is quarantined.
    fn small(name: &str) -> Self {
        let desk = Desk::new(name);
        let archive = desk.archive();
        desk.put("quet/1-hong.tif", b"II*\0 broken");
        desk.put("quet/2-typed.pdf", &typed_pdf("Thong bao so 14"));
        let before = contents(&desk.path("quet"));
        Self { desk, archive, before }
    }

    fn command(&self) -> Command {
        self.desk.ingest_command(&["quet", "--blank", "keep"])
    }

    fn start(&self) -> Child {
        let mut program = self.command();
        program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// A run that is killed after so long, unless it has come to its end.
    fn killed_after(&self, time: Duration) -> Run {
        let mut child = self.start();
        thread::sleep(time);
        drop(child.kill());
        child.wait_with_output().unwrap().into()
    }

    /// A run that is killed at the call with this number that changes the
    /// disk, or after no time where there is no C compiler for the shim.
    fn killed_at(&self, call: u32) -> Run {
        let Some(shim) = shim() else { return self.killed_after(Duration::ZERO) };
        Run::of(
            self.command()
                .env("LD_PRELOAD", shim)
                .env("SOHOA_FAULT_UNDER", &self.archive.0)
                .env("SOHOA_FAULT_KILL", "1")
                .env("SOHOA_FAULT_AT", call.to_string()),
        )
    }

    /// Whatever happened: the archive is consistent, what was said to be filed
    /// is there, and the papers lie untouched where they were.
    fn is_sound(&self, run: &Run, when: &str) {
        self.archive.is_consistent(when);
        assert!(!run.stderr.contains("panicked"), "{when}");
        let sources = self.archive.sources();
        let quarantine = self.archive.quarantine();
        for line in run.documents() {
            let digest = sha256(&self.desk.path(line["input"].as_str().unwrap()));
            let is_kept = match line["status"].as_str().unwrap() {
                "filed" | "already_filed" => sources.contains(&digest),
                "quarantined" => quarantine.contains_key(&digest),
                _ => true,
            };
            assert!(is_kept, "{when}: said and not done: {line}");
        }
        for (name, bytes) in &self.before {
            let path = self.desk.path("quet").join(name);
            assert!(fs::read(path).unwrap() == *bytes, "{when}: `{name}` was touched");
        }
    }

    /// A run without faults ends what is left, and then every paper is in one
    /// place and nothing else is.
    fn finishes(&self, when: &str) {
        let run = Run::of(&mut self.command());
        assert_eq!(run.code, Some(1), "{when}, then: {} {}", run.stdout, run.stderr);
        run.summary();
        self.is_sound(&run, when);
        self.archive.is_tidy(when);
        let mut expected: Vec<String> = tree(&self.desk.path("quet"))
            .iter()
            .map(|name| sha256(&self.desk.path("quet").join(name)))
            .collect();
        expected.sort();
        let mut kept = self.archive.sources();
        kept.extend(self.archive.quarantine().into_keys());
        kept.sort();
        assert_eq!(kept, expected, "{when}");
        assert_eq!(self.archive.quarantine().len(), 1, "{when}");
    }
}

/// `SplitMix64` (Steele, Lea and Flood, 2014).
struct Dice(u64);

impl Dice {
    /// A number from 0 up to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        f64::from(u32::try_from(bits >> 40).unwrap()) / f64::from(1 << 24)
    }
}
