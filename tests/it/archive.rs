//! The archive under other people's tools, many writers, and bad luck.
//!
//! Bad luck is made by `tests/fault/shim.c`, loaded before libc: it kills the
//! child at, or fails, each single call that changes the disk. The child is this
//! test binary itself, told by its environment what to file.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "helpers of tests: a panic fails the test, figures go to its output"
)]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use sohoa::archive::bag::{Manifest, Oxum};
use sohoa::archive::{
    Archive, ArchiveError, Code, Companion, Content, Dossier, Filed, Filing, NewDocument,
    Placed, Reason, Settings, SourceInfo,
};
use sohoa::digest::Digest;
use sohoa::finding::{Finding, Weight};
use sohoa::say::{Lang, Tell as _};
use sohoa::time::{Day, Timestamp};

use crate::pdfa::judges::python;
use crate::scratch::Scratch;

/// Names the archive the child is to work on.
const CHILD: &str = "SOHOA_TEST_ARCHIVE";
/// Files of a ledger that differ with its key.
const OF_ONE_KEY: [&str; 3] = ["ledger/checkpoint", "ledger/key", "ledger/signing-key"];
/// Inputs the child files.
const INPUTS: u32 = 4;
/// The dossier that takes every second input of the child.
const SHARED: &str = "H32.18-260716-0500";

// ---------------------------------------------------------------- what is filed

#[test]
fn a_dossier_is_a_bag_that_others_accept() {
    let scratch = Scratch::archive("bag");
    let filed = file(&scratch.open(), None, &[1, 2], &never).unwrap();
    assert_eq!(filed.code.to_string(), "H32.18-260716-0001");
    let folder = scratch.dossier("H32.18-260716-0001");
    assert_eq!(
        tree(&folder),
        [
            "bag-info.txt",
            "bagit.txt",
            "data/001-don-de-nghi.pdf",
            "data/001-don-de-nghi.source.tif",
            "data/002-don-de-nghi.pdf",
            "data/002-don-de-nghi.source.tif",
            "dossier.json",
            "manifest-sha256.txt",
            "tagmanifest-sha256.txt",
            "text/001-don-de-nghi.txt",
            "text/002-don-de-nghi.txt",
        ]
    );
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let check = Command::new("sha256sum")
            .args(["--check", "--strict", "--quiet", manifest])
            .current_dir(&folder)
            .status();
        assert!(check.unwrap().success(), "{manifest}");
    }
    validate_with_bagit(&folder);
}

#[test]
fn adding_keeps_what_is_there() {
    let scratch = Scratch::archive("add");
    let archive = scratch.open();
    let code = file(&archive, None, &[1], &never).unwrap().code;
    let mut more = filing(Some(&code));
    more.title = Some("Cấp giấy chứng nhận".to_owned());
    archive.file(more, vec![document(2)], &never).unwrap();
    let dossier = archive.dossier(&code).unwrap().unwrap();
    assert_eq!((dossier.doc_total, dossier.page_total), (2, 4));
    assert_eq!(dossier.title.as_deref(), Some("Cấp giấy chứng nhận"));
    let events: Vec<_> = dossier.history.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(events, ["created", "documents_added", "documents_added"]);
    scratch.check(&[1, 2]);
    validate_with_bagit(&archive.folder(&code));
}

#[test]
fn the_same_source_is_filed_once() {
    let scratch = Scratch::archive("once");
    let archive = scratch.open();
    let first = file(&archive, None, &[1, 1, 2], &never).unwrap();
    assert!(matches!(first.documents[0], Placed::Added(_)));
    assert!(matches!(first.documents[1], Placed::AlreadyHeld(_)));
    for dossier in [None, Some(&first.code)] {
        let before = tree_bytes(&scratch.0);
        let again = file(&archive, dossier, &[2, 1], &never).unwrap();
        assert_eq!(again.code, first.code);
        assert!(again.documents.iter().all(|d| matches!(d, Placed::AlreadyHeld(_))));
        assert_eq!(tree_bytes(&scratch.0), before, "nothing changes on disk");
    }
    let held = archive.held(&source(1).sha256).unwrap().unwrap();
    assert_eq!(
        (held.dossier, held.file.as_str()),
        (first.code, "data/001-don-de-nghi.pdf")
    );
    assert_eq!(archive.held(&source(9).sha256).unwrap(), None);
}

#[test]
fn a_draft_that_is_given_up_leaves_nothing() {
    let scratch = Scratch::archive("draft");
    let archive = scratch.open();
    let mut draft = archive.draft().unwrap();
    draft.add(document(1), &never).unwrap();
    drop(draft);
    drop(archive);
    assert_eq!(tree(&scratch.0.join(".staging")), ["lock"]);
    scratch.check(&[]);
}

#[test]
fn parts_of_one_source_may_go_to_different_dossiers() {
    let scratch = Scratch::archive("parts");
    let archive = scratch.open();
    for (pages, dossier) in [([1, 2], "0001"), ([3, 4], "0002")] {
        let mut part = document(7);
        part.source.pages = Some(pages);
        let code = archive.file(filing(None), vec![part], &never).unwrap().code;
        assert_eq!(code.to_string(), format!("H32.18-260716-{dossier}"));
    }
    let parts = archive.parts(&source(7).sha256).unwrap();
    let pages: Vec<_> = parts.iter().map(|part| part.pages).collect();
    assert_eq!(pages, [Some([1, 2]), Some([3, 4])]);
}

#[test]
fn adding_never_vouches_for_a_damaged_file() {
    let scratch = Scratch::archive("damage");
    let archive = scratch.open();
    let code = file(&archive, None, &[1], &never).unwrap().code;
    let folder = archive.folder(&code);
    let before = fs::read_to_string(folder.join("manifest-sha256.txt")).unwrap();
    fs::write(folder.join("data/001-don-de-nghi.pdf"), "altered").unwrap();
    file(&archive, Some(&code), &[2], &never).unwrap();
    let after = fs::read_to_string(folder.join("manifest-sha256.txt")).unwrap();
    assert!(before.lines().all(|line| after.lines().any(|other| other == line)));
    let problems = problems_of_bag(&folder);
    assert!(problems.iter().any(|p| p.contains("001-don-de-nghi.pdf")), "{problems:?}");
    assert!(problems.iter().any(|p| p.contains("Oxum")), "{problems:?}");
}

#[test]
fn the_other_spelling_of_a_code_is_the_same_dossier() {
    let scratch = Scratch::archive("spelling");
    let archive = scratch.open();
    let old: Code = "000.00.18.H32-260716-0001".parse().unwrap();
    let new: Code = "H32.18-260716-0001".parse().unwrap();
    assert_eq!(file(&archive, Some(&old), &[1], &never).unwrap().code, old);
    assert_eq!(file(&archive, Some(&new), &[2], &never).unwrap().code, old);
    let next = file(&archive, None, &[3], &never).unwrap().code;
    assert_eq!(next.to_string(), "H32.18-260716-0002");
    scratch.check(&[1, 2, 3]);
}

#[test]
fn the_same_inputs_at_the_same_time_give_the_same_bytes() {
    let bytes = ["same-a", "same-b"].map(|name| {
        let scratch = Scratch::archive(name);
        let archive = scratch.open();
        let code = file(&archive, None, &[1, 2], &never).unwrap().code;
        file(&archive, Some(&code), &[3], &never).unwrap();
        let mut bytes = tree_bytes(&scratch.0);
        // Every archive has a key of its own, and what is signed with it.
        bytes.retain(|file, _| !OF_ONE_KEY.contains(&file.as_str()));
        bytes
    });
    assert_eq!(bytes[0], bytes[1]);
}

#[test]
fn names_of_sources_stay_out_unless_allowed() {
    let scratch = Scratch::archive("names");
    let name = |archive: &Archive, n| {
        let code = file(archive, None, &[n], &never).unwrap().code;
        archive.dossier(&code).unwrap().unwrap().documents[0].source.name.clone()
    };
    assert_eq!(name(&scratch.open(), 1), None);
    let file = scratch.0.join("sohoa.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("names = false", "names = true")).unwrap();
    assert_eq!(name(&scratch.open(), 2).as_deref(), Some("Nguyễn Văn A.tif"));
}

#[test]
fn a_source_that_changed_is_not_filed() {
    let scratch = Scratch::archive("changed");
    let archive = scratch.open();
    let path = scratch.0.with_extension("tif");
    fs::write(&path, "something else").unwrap();
    let mut changed = document(1);
    changed.content = Content::File { path: path.clone(), sha256: source(1).sha256 };
    let error = archive.file(filing(None), vec![changed], &never).unwrap_err();
    assert!(matches!(&error, ArchiveError::SourceChanged(p) if *p == path), "{error}");
    scratch.check(&[]);
    fs::remove_file(path).unwrap();
}

#[test]
fn an_interrupted_filing_leaves_nothing() {
    let scratch = Scratch::archive("interrupted");
    let error = file(&scratch.open(), None, &[1], &|| true).unwrap_err();
    assert!(matches!(error, ArchiveError::Interrupted));
    scratch.check(&[]);
    assert_eq!(tree(&scratch.0.join(".staging")), ["lock"]);
}

#[test]
fn fields_of_the_archive_cannot_be_set() {
    let scratch = Scratch::archive("reserved");
    let archive = scratch.open();
    let mut total = filing(None);
    total.fields.insert("DocTotal".to_owned(), 7.into());
    let mut pages = document(1);
    pages.fields.insert("PageAmount".to_owned(), 7.into());
    for (filing, document) in [(total, document(1)), (filing(None), pages)] {
        let error = archive.file(filing, vec![document], &never).unwrap_err();
        assert!(matches!(error, ArchiveError::ReservedField(_)), "{error}");
    }
    scratch.check(&[]);
}

// ------------------------------------------------------------------- quarantine

#[test]
fn the_same_poison_twice_is_one_entry() {
    let scratch = Scratch::archive("poison");
    let archive = scratch.open();
    let say = |_| "không đọc được".to_owned();
    let reason = Reason {
        source_name: Some("Quét 01.TIF".to_owned()),
        findings: vec![Finding::new("image.unreadable", Weight::NeedsPerson, say)],
        now: now(),
    };
    let first = archive.quarantine(&mut &b"poison"[..], &reason).unwrap();
    let again = archive.quarantine(&mut &b"poison"[..], &reason).unwrap();
    assert_eq!((first.already_there, again.already_there), (false, true));
    assert_eq!(first.id, again.id);
    let folder = scratch.0.join("quarantine").join(&first.id);
    assert_eq!(tree(&scratch.0.join("quarantine")).len(), 2);
    assert_eq!(fs::read(folder.join("input.tif")).unwrap(), b"poison");
    let json = fs::read(folder.join("reason.json")).unwrap();
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json["name"], "Quét 01.TIF");
    assert_eq!(json["findings"][0]["code"], "image.unreadable");
    assert_eq!(json["at"], "2026-07-16T10:13:45+07:00");
}

#[test]
fn other_poison_with_the_same_short_id_is_kept_too() {
    let scratch = Scratch::archive("collision");
    let archive = scratch.open();
    let whole = Digest::of(b"poison").to_string();
    let squatter = scratch.0.join("quarantine").join(whole.get(..16).unwrap());
    fs::create_dir(&squatter).unwrap();
    fs::write(squatter.join("input"), "other").unwrap();
    let reason = Reason { source_name: None, findings: Vec::new(), now: now() };
    let entry = archive.quarantine(&mut &b"poison"[..], &reason).unwrap();
    assert_eq!(entry.id, whole);
}

// --------------------------------------------------------------- opening, looking

#[test]
fn an_archive_is_made_once_and_only_in_an_empty_folder() {
    let scratch = Scratch::folder("create");
    fs::write(scratch.0.join("letter.txt"), "x").unwrap();
    let create = || Archive::create(&scratch.0, &settings());
    assert!(matches!(create(), Err(ArchiveError::NotEmpty(_))));
    assert!(matches!(Archive::open(&scratch.0), Err(ArchiveError::NotAnArchive(_))));
    fs::remove_file(scratch.0.join("letter.txt")).unwrap();
    // As a run killed while making it would leave it.
    fs::create_dir(scratch.0.join("dossiers")).unwrap();
    create().unwrap();
    assert!(matches!(create(), Err(ArchiveError::AlreadyAnArchive(_))));
    let (archive, recovered) = Archive::open(&scratch.0).unwrap();
    assert_eq!(archive.settings(), &settings());
    assert!(recovered.findings().is_empty());
}

#[test]
fn a_deleted_catalogue_is_made_again() {
    let scratch = Scratch::archive("deleted");
    file(&scratch.open(), None, &[1, 2], &never).unwrap();
    fs::remove_dir_all(scratch.0.join(".catalogue")).unwrap();
    let (archive, recovered) = Archive::open(&scratch.0).unwrap();
    let made = recovered.reindexed.unwrap();
    assert_eq!((made.dossiers, made.documents), (1, 2));
    assert!(archive.held(&source(2).sha256).unwrap().is_some());
    // And while somebody has it open.
    fs::remove_dir_all(scratch.0.join(".catalogue")).unwrap();
    assert!(archive.held(&source(1).sha256).unwrap().is_some());
    file(&archive, None, &[3], &never).unwrap();
    assert!(scratch.open().held(&source(3).sha256).unwrap().is_some());
}

#[test]
fn a_damaged_catalogue_is_made_again_and_a_newer_one_is_left_alone() {
    let scratch = Scratch::archive("catalogue");
    file(&scratch.open(), None, &[1], &never).unwrap();
    let file = scratch.0.join(".catalogue/catalogue.sqlite");
    fs::write(&file, "no database".repeat(1000)).unwrap();
    assert!(scratch.open().held(&source(1).sha256).unwrap().is_some());
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let error = Archive::open(&scratch.0).unwrap_err();
    assert!(matches!(error, ArchiveError::Catalogue(..)), "{error}");
    assert!(error.cause().unwrap().tell(Lang::Vi).contains("99"));
}

#[test]
fn a_dossier_that_is_gone_is_not_held() {
    let scratch = Scratch::archive("gone");
    let archive = scratch.open();
    let code = file(&archive, None, &[1], &never).unwrap().code;
    fs::remove_dir_all(archive.folder(&code)).unwrap();
    assert_eq!(archive.held(&source(1).sha256).unwrap(), None);
    let again = file(&archive, None, &[1], &never).unwrap().code;
    assert_ne!(again, code, "a number is not given twice");
}

#[test]
fn looking_writes_nothing() {
    let scratch = Scratch::archive("look");
    file(&scratch.open(), None, &[1], &never).unwrap();
    for with_catalogue in [true, false] {
        if !with_catalogue {
            fs::remove_dir_all(scratch.0.join(".catalogue")).unwrap();
        }
        let before = tree(&scratch.0);
        let archive = Archive::look(&scratch.0).unwrap();
        assert!(archive.held(&source(1).sha256).unwrap().is_some());
        let error = file(&archive, None, &[2], &never).unwrap_err();
        assert!(matches!(error, ArchiveError::LookingOnly(_)));
        drop(archive);
        assert_eq!(tree(&scratch.0), before);
    }
}

#[test]
fn an_archive_that_vanished_is_said_so() {
    let scratch = Scratch::archive("vanished");
    let archive = scratch.open();
    file(&archive, None, &[1], &never).unwrap();
    let away = scratch.0.with_extension("away");
    fs::rename(&scratch.0, &away).unwrap();
    fs::create_dir(&scratch.0).unwrap(); // the mount point stays
    let filing = file(&archive, None, &[2], &never).unwrap_err();
    let held = archive.held(&source(1).sha256).unwrap_err();
    let allocate = archive.allocate(day()).unwrap_err();
    for error in [filing, held, allocate] {
        assert!(matches!(error, ArchiveError::Vanished(_)), "{error}");
    }
    assert!(tree(&scratch.0).is_empty(), "nothing is written where it was");
    fs::remove_dir_all(away).unwrap();
}

#[test]
fn a_symbolic_link_is_not_followed_out_of_the_archive() {
    let scratch = Scratch::archive("link");
    let outside = Scratch::folder("outside");
    let archive = scratch.open();
    std::os::unix::fs::symlink(&outside.0, scratch.0.join("dossiers/2026")).unwrap();
    let error = file(&archive, None, &[1], &never).unwrap_err();
    assert!(matches!(error, ArchiveError::Link(_)), "{error}");
    assert!(tree(&outside.0).is_empty());
}

#[test]
fn a_file_system_without_locks_is_refused() {
    let Some(shim) = shim() else {
        println!("skipped: no C compiler for tests/fault/shim.c");
        return;
    };
    let scratch = Scratch::archive("locks");
    let shim = ("LD_PRELOAD", shim.to_str().unwrap());
    let child = child(&scratch, &[shim, ("SOHOA_FAULT_WITHOUT", "flock")]);
    let refused = said(&child.wait_with_output().unwrap().stdout, "refused");
    assert!(refused[0].contains("no locks"), "{refused:?}");
}

#[test]
fn a_damaged_dossier_is_an_error_that_stops_only_itself() {
    let scratch = Scratch::archive("json");
    let archive = scratch.open();
    let code = file(&archive, None, &[1], &never).unwrap().code;
    fs::write(archive.folder(&code).join("dossier.json"), "{").unwrap();
    let error = file(&archive, Some(&code), &[2], &never).unwrap_err();
    assert!(matches!(error, ArchiveError::Dossier(..)), "{error}");
    file(&archive, None, &[3], &never).unwrap();
    let made = archive.reindex().unwrap();
    assert_eq!((made.dossiers, made.unreadable.len()), (1, 1));
}

// --------------------------------------------------------------------- the codes

#[test]
fn codes_are_unique_whoever_asks() {
    let scratch = Scratch::archive("codes");
    let children: Vec<_> =
        (0..3).map(|_| child(&scratch, &[("SOHOA_TEST_ALLOCATE", "20")])).collect();
    let archive = &scratch.open();
    let mut codes: Vec<String> = std::thread::scope(|scope| {
        let one = || archive.allocate(day()).unwrap().to_string();
        let ask = move || (0..10).map(|_| one()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        codes.extend(said(&output.stdout, "code"));
    }
    codes.sort();
    let expected: Vec<_> = (1..=80).map(|n| format!("H32.18-260716-{n:04}")).collect();
    assert_eq!(codes, expected);
}

#[test]
fn a_number_comes_back_neither_with_the_catalogue_nor_the_register_gone() {
    let scratch = Scratch::archive("register");
    let archive = scratch.open();
    assert_eq!(archive.allocate(day()).unwrap().sequence(), 1);
    assert_eq!(file(&archive, None, &[1], &never).unwrap().code.sequence(), 2);
    fs::remove_dir_all(scratch.0.join(".catalogue")).unwrap();
    assert_eq!(archive.allocate(day()).unwrap().sequence(), 3);
    fs::remove_dir_all(scratch.0.join("codes")).unwrap();
    fs::create_dir(scratch.0.join("codes")).unwrap();
    assert_eq!(archive.allocate(day()).unwrap().sequence(), 3, "after dossier 2");
    let register = scratch.0.join("codes/2026/260716.txt");
    let mut file = File::options().append(true).open(&register).unwrap();
    file.write_all(b"H32.18-2607").unwrap(); // cut off by a loss of power
    assert_eq!(archive.allocate(day()).unwrap().sequence(), 4);
    let text = fs::read_to_string(register).unwrap();
    assert_eq!(text, "H32.18-260716-0003\nH32.18-260716-0004\n");
}

#[test]
fn writers_of_one_dossier_do_not_lose_each_others_documents() {
    let scratch = Scratch::archive("writers");
    let code: Code = SHARED.parse().unwrap();
    let children: Vec<_> = ["10", "20", "30"]
        .map(|from| child(&scratch, &[("SOHOA_TEST_ADD", from)]))
        .into_iter()
        .collect();
    let archive = scratch.open();
    std::thread::scope(|scope| {
        for from in [40, 50] {
            let (archive, code) = (&archive, &code);
            scope.spawn(move || {
                for n in from..from + 5 {
                    file(archive, Some(code), &[n], &never).unwrap();
                }
            });
        }
    });
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    let all: Vec<u32> = (1..6).flat_map(|tens| tens * 10..tens * 10 + 5).collect();
    scratch.check(&all);
    let dossier = archive.dossier(&code).unwrap().unwrap();
    let ordinals: Vec<_> = dossier.documents.iter().map(|d| d.ordinal).collect();
    assert_eq!(ordinals, (1..=25).collect::<Vec<_>>());
}

#[test]
fn two_runs_over_the_same_inputs_file_each_once() {
    let scratch = Scratch::archive("two-runs");
    let children: Vec<_> = (0..3).map(|_| child(&scratch, &[])).collect();
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    scratch.check(&inputs());
}

// ----------------------------------------------------------------------- bad luck

#[test]
fn killed_at_random_moments_nothing_is_lost_or_doubled() {
    let scratch = Scratch::archive("random");
    let started = Instant::now();
    let output = child(&scratch, &[]).wait_with_output().unwrap();
    assert!(output.status.success());
    let usual = started.elapsed();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..50 {
        let scratch = Scratch::archive("random");
        let mut acknowledged = Vec::new();
        for _ in 0..3 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let share =
                f64::from(u32::try_from(random >> 40).unwrap()) / f64::from(1 << 24);
            let mut child = child(&scratch, &[]);
            std::thread::sleep(usual.mul_f64(share));
            drop(child.kill());
            acknowledged.extend(said(&child.wait_with_output().unwrap().stdout, "filed"));
        }
        scratch.mends(&acknowledged, &format!("round {round}"));
    }
}

#[test]
fn killed_at_every_single_write_nothing_is_lost_or_doubled() {
    at_every_call(&[("SOHOA_FAULT_KILL", "1")]);
}

#[test]
fn killed_on_a_file_system_that_can_neither_exchange_nor_link() {
    let without = ("SOHOA_FAULT_WITHOUT", "renameat2,link");
    at_every_call(&[("SOHOA_FAULT_KILL", "1"), without]);
}

#[test]
fn one_failing_write_anywhere_is_an_error_and_nothing_else() {
    at_every_call(&[("SOHOA_FAULT_ERRNO", "EIO"), ("SOHOA_FAULT_SHORT", "1")]);
}

#[test]
fn a_disk_that_fills_at_any_moment_loses_nothing() {
    at_every_call(&[("SOHOA_FAULT_ERRNO", "ENOSPC"), ("SOHOA_FAULT_STICKY", "1")]);
}

/// Runs the child once for each call it makes to the disk, the fault striking
/// at that call; afterwards the archive must mend and all be filed once.
fn at_every_call(fault: &[(&str, &str)]) {
    let Some(shim) = shim() else {
        println!("skipped: no C compiler for tests/fault/shim.c");
        return;
    };
    let counter = Scratch::archive("count");
    let count = counter.0.with_extension("count");
    let shim = ("LD_PRELOAD", shim.to_str().unwrap());
    let run = |scratch: &Scratch, more: &[(&str, &str)]| {
        let under = ("SOHOA_FAULT_UNDER", scratch.0.to_str().unwrap());
        let all: Vec<_> = [shim, under].iter().chain(more).copied().collect();
        child(scratch, &all).wait_with_output().unwrap()
    };
    let without = fault.iter().filter(|(name, _)| name.ends_with("WITHOUT")).copied();
    let report = ("SOHOA_FAULT_COUNT", count.to_str().unwrap());
    let output = run(&counter, &without.chain([report]).collect::<Vec<_>>());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let calls: u32 = fs::read_to_string(&count).unwrap().trim().parse().unwrap();
    fs::remove_file(&count).unwrap();
    println!("{calls} calls");
    assert!(calls > 50, "the shim must see the calls: {calls}");
    // Every eighth call, each kind of fault between those of the others; `make fault`
    // takes every one.
    let (step, first) = match std::env::var_os("SOHOA_FAULT_RUNS") {
        Some(_) => (1, 1),
        None => (8, 1 + u32::try_from(2 * fault[0].1.len() % 8).unwrap()),
    };
    for call in (first..=calls).step_by(step) {
        let scratch = Scratch::archive("fault");
        let number = call.to_string();
        let at = ("SOHOA_FAULT_AT", number.as_str());
        let output =
            run(&scratch, &fault.iter().copied().chain([at]).collect::<Vec<_>>());
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!text.contains("panicked"), "call {call}: {text}");
        scratch.mends(&said(&output.stdout, "filed"), &format!("call {call}: {text}"));
    }
}

/// What the child does: files the inputs that are not held, as ingest would.
#[test]
fn the_child() {
    let Ok(root) = std::env::var(CHILD) else { return };
    let (archive, _) = match Archive::open(Path::new(&root)) {
        Ok(opened) => opened,
        Err(error) => return println!("\nrefused {error}"),
    };
    if let Ok(count) = std::env::var("SOHOA_TEST_ALLOCATE") {
        for _ in 0..count.parse().unwrap() {
            println!("\ncode {}", archive.allocate(day()).unwrap());
        }
    } else if let Ok(from) = std::env::var("SOHOA_TEST_ADD") {
        let from: u32 = from.parse().unwrap();
        for n in from..from + 5 {
            file(&archive, Some(&SHARED.parse().unwrap()), &[n], &never).unwrap();
        }
    } else {
        for n in inputs() {
            match file_unless_held(&archive, n) {
                Ok(()) => println!("\nfiled {n}"),
                Err(error) => println!("\nfailed {n}: {error}"),
            }
        }
    }
}

/// Odd inputs get dossiers of their own, even ones share one.
fn file_unless_held(archive: &Archive, n: u32) -> Result<(), ArchiveError> {
    if archive.held(&source(n).sha256)?.is_none() {
        let shared = n.is_multiple_of(2).then(|| SHARED.parse().unwrap());
        file(archive, shared.as_ref(), &[n], &never)?;
    }
    let reason = Reason { source_name: None, findings: Vec::new(), now: now() };
    archive.quarantine(&mut &b"poison"[..], &reason).map(|_| ())
}

// -------------------------------------------------------------------------- costs

#[test]
#[ignore = "a minute; run with --ignored --nocapture for the figures"]
fn filing_costs_the_same_after_two_thousand_dossiers() {
    flat_cost(2000, 2.0);
}

/// Files `count` dossiers of 100 KB; the last tenth may cost at most `factor`
/// of the first, by the median.
fn flat_cost(count: u32, factor: f64) {
    let scratch = Scratch::archive("flat");
    let archive = scratch.open();
    let mut took = Vec::new();
    for n in 0..count {
        let mut document = document(n + 100);
        document.content = Content::Bytes(n.to_le_bytes().repeat(25_000));
        let started = Instant::now();
        archive.file(filing(None), vec![document], &never).unwrap();
        took.push(started.elapsed());
    }
    let median = |times: &[Duration]| {
        let mut times = times.to_vec();
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let tenth = took.len() / 10;
    let (first, last) = (median(&took[..tenth]), median(&took[took.len() - tenth..]));
    let started = Instant::now();
    for n in 0..100 {
        assert!(archive.held(&source(n + 100).sha256).unwrap().is_some());
    }
    let held = started.elapsed().as_secs_f64() / 100.0;
    let started = Instant::now();
    archive.reindex().unwrap();
    let reindex = started.elapsed().as_secs_f64();
    println!(
        "{count} dossiers: first {:.2} ms, last {:.2} ms, held {:.3} ms, reindex {reindex:.2} s",
        first * 1e3,
        last * 1e3,
        held * 1e3
    );
    assert!(last < first * factor, "{first} s became {last} s");
}

// ------------------------------------------------------------------------ helpers

impl Scratch {
    /// One in memory where that is possible, so that thousands of `fsync` are quick.
    fn folder(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        let base = match std::env::var("SOHOA_TEST_DISK") {
            Ok(dir) => PathBuf::from(dir),
            Err(_) if memory.is_dir() => memory.to_owned(),
            Err(_) => std::env::temp_dir(),
        };
        let thread = format!("{:?}", std::thread::current().id());
        let thread: String = thread.chars().filter(char::is_ascii_digit).collect();
        Self::within(&base, &format!("{name}-{thread}"))
    }

    fn archive(name: &str) -> Self {
        let scratch = Self::folder(name);
        Archive::create(&scratch.0, &settings()).unwrap();
        scratch
    }

    fn open(&self) -> Archive {
        Archive::open(&self.0).unwrap().0
    }

    fn dossier(&self, code: &str) -> PathBuf {
        self.0.join("dossiers/2026/07/16").join(code)
    }

    /// After a fault: what was acknowledged is held, what is missing can be
    /// filed, and then everything is there once and nothing else.
    fn mends(&self, acknowledged: &[String], when: &str) {
        let archive = self.open();
        for n in acknowledged {
            let held = archive.held(&source(n.parse().unwrap()).sha256).unwrap();
            assert!(held.is_some(), "{when}: {n} was acknowledged and is lost");
        }
        for n in inputs() {
            file_unless_held(&archive, n).unwrap();
        }
        drop(archive);
        self.check(&inputs());
        assert_eq!(tree(&self.0.join(".staging")), ["lock"], "{when}");
        assert_eq!(tree(&self.0.join("quarantine")).len(), 2, "{when}");
    }

    /// Every bag is valid, the sources are these, each once, and the catalogue
    /// agrees with one made anew.
    fn check(&self, expected: &[u32]) {
        let mut sources = Vec::new();
        let mut files = tree(&self.0.join("dossiers"));
        files.retain(|file| file.ends_with("/dossier.json"));
        for file in files {
            let folder = self.0.join("dossiers").join(file);
            let folder = folder.parent().unwrap();
            assert_eq!(problems_of_bag(folder), Vec::<String>::new(), "{folder:?}");
            let json = fs::read(folder.join("dossier.json")).unwrap();
            let dossier = Dossier::read(&json).unwrap();
            sources.extend(dossier.documents.iter().map(|d| d.source.sha256));
        }
        let mut expected: Vec<_> = expected.iter().map(|n| source(*n).sha256).collect();
        expected.sort();
        sources.sort();
        assert_eq!(sources, expected);
        let archive = self.open();
        let before: Vec<_> = expected.iter().map(|d| archive.parts(d).unwrap()).collect();
        archive.reindex().unwrap();
        let after: Vec<_> = expected.iter().map(|d| archive.parts(d).unwrap()).collect();
        assert_eq!(before, after);
    }
}

/// What is wrong with a bag, by RFC 8493, 3: every file of the payload in the
/// manifest, every file of a manifest there and as it says, the payload's weight.
pub(crate) fn problems_of_bag(folder: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let mut named = BTreeMap::new();
    for name in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        match Manifest::read(&read(name)) {
            Ok(manifest) => named.extend(manifest.0),
            Err(line) => problems.push(format!("{name}: line {line}")),
        }
    }
    let mut weight = Oxum::default();
    for file in tree(folder) {
        let bytes = fs::read(folder.join(&file)).unwrap();
        if file.starts_with("data/") {
            weight.add(bytes.len() as u64);
        }
        match named.remove(&file) {
            Some(digest) if digest == Digest::of(&bytes) => {}
            None if file == "tagmanifest-sha256.txt" => {}
            other => problems.push(format!("{file}: {other:?}")),
        }
    }
    problems.extend(named.keys().map(|file| format!("{file}: missing")));
    if Oxum::read(&read("bag-info.txt")) != Some(weight) {
        problems.push("Payload-Oxum".to_owned());
    }
    problems
}

/// Asks `bagit.py`, where Python has it: `tests/judges/setup.sh`.
pub(crate) fn validate_with_bagit(folder: &Path) {
    let python = python();
    let has = Command::new(&python).args(["-c", "import bagit"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        println!("skipped: {python} has no bagit; `tests/judges/setup.sh` installs it");
        return;
    }
    let output =
        Command::new(&python).args(["-m", "bagit", "--validate"]).arg(folder).output();
    let output = output.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The compiled shim; `None` without a C compiler.
pub(crate) fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let compile = || {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shim.so");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&path);
        let done = cc.args(["tests/fault/shim.c", "-ldl"]).status().ok()?;
        assert!(done.success(), "tests/fault/shim.c does not compile");
        Some(path)
    };
    SHIM.get_or_init(compile).as_deref()
}

/// Starts this test binary as a child that works on the archive.
fn child(scratch: &Scratch, environment: &[(&str, &str)]) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["archive::the_child", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, &scratch.0)
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What the child said after this word, line by line.
fn said(output: &[u8], word: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(output);
    let prefix = format!("{word} ");
    let whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole
        .filter_map(|line| line.trim_end().strip_prefix(&prefix))
        .map(str::to_owned)
        .collect()
}

/// All files below a folder, relative to it, sorted.
pub(crate) fn tree(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(
                    path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned(),
                );
            }
        }
    }
    files.sort();
    files
}

/// The files of an archive with their bytes, but for the catalogue and the
/// process's own folder.
fn tree_bytes(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(root);
    files.retain(|file| !file.starts_with('.'));
    files
        .into_iter()
        .map(|file| (file.clone(), fs::read(root.join(file)).unwrap()))
        .collect()
}

fn inputs() -> Vec<u32> {
    (1..=INPUTS).collect()
}

fn settings() -> Settings {
    let name = "Ủy ban nhân dân phường Nam Nha Trang";
    Settings::new("H32.18".parse().unwrap(), name).unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_unix(1_784_171_625).unwrap()
}

fn day() -> Day {
    now().day()
}

fn never() -> bool {
    false
}

/// What input `n` is.
fn source(n: u32) -> SourceInfo {
    let bytes = format!("source {n}");
    SourceInfo {
        sha256: Digest::of(bytes.as_bytes()),
        bytes: bytes.len() as u64,
        kind: "TIFF".to_owned(),
        pages: None,
        name: Some("Nguyễn Văn A.tif".to_owned()),
        backs: None,
    }
}

/// Files these inputs.
fn file(
    archive: &Archive,
    dossier: Option<&Code>,
    inputs: &[u32],
    interrupted: &dyn Fn() -> bool,
) -> Result<Filed, ArchiveError> {
    let documents = inputs.iter().copied().map(document).collect();
    archive.file(filing(dossier), documents, interrupted)
}

fn filing(dossier: Option<&Code>) -> Filing {
    let dossier = dossier.cloned();
    Filing { dossier, day: day(), now: now(), title: None, fields: Map::new() }
}

/// What is made of input `n`.
fn document(n: u32) -> NewDocument {
    NewDocument {
        kind_of_paper: "Đơn đề nghị".to_owned(),
        suffix: ".pdf".to_owned(),
        content: Content::Bytes(format!("%PDF of {n}").into_bytes()),
        source: source(n),
        pages: 2,
        companions: vec![Companion {
            suffix: ".source.tif".to_owned(),
            content: Content::Bytes(format!("source {n}").into_bytes()),
        }],
        fields: Map::new(),
        record: serde_json::json!({"pages": [{"number": 1, "skew_degrees": 0.1}]}),
        text: Some(format!("Văn bản số {n}\n\u{c}")),
    }
}

/// The types the library hands out can go between threads.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<Archive>();
    shared::<Filed>();
    shared::<ArchiveError>();
};
