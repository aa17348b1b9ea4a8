//! Keeping: fields set by people, an archive checked to the last bit, and the
//! end of a stay in quarantine.
#![expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "helpers of tests: a panic fails the test"
)]

use std::env;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use serde_json::Value;
use sohoa::archive::{Archive, Checked, Checking, NewDocument};
use sohoa::digest::Digest;
use sohoa::pki::Store;
use sohoa::time::Timestamp;
use unicode_normalization::UnicodeNormalization as _;

use crate::archive::{tree, validate_with_bagit};
use crate::find::{self, filing};
use crate::office::{DAY, Desk, EPOCH, Run};

const FIRST: &str = "H32.18-260716-0001";

// ---------------------------------------------------------------------------------- set

#[test]
fn what_a_person_says_is_kept_marked_and_remembered() {
    let kept = Kept::new("set");
    let set = |line: &[&str]| kept.archive_command("set", line);
    let done = set(&[FIRST, "Title=Cấp giấy phép", "KenhThucHien=1", "--by", "Lê Thị B"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let done = set(&[FIRST, "Title=Cấp giấy phép xây dựng", "--by", "Lê Thị B"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let line =
        [FIRST, "--document", "1", "SignerInfo.FullName=Trần C", "IssuedDate=1/2/2026"];
    assert_eq!(set(&line).code, Some(0));
    let record = kept.record(FIRST);
    assert_eq!(record["Title"], "Cấp giấy phép xây dựng");
    assert_eq!(record["KenhThucHien"], 1);
    assert_eq!(record["by_hand"]["Title"]["by"], "Lê Thị B");
    let document = &record["documents"][0];
    assert_eq!(document["SignerInfo"]["FullName"], "Trần C");
    assert_eq!(document["IssuedDate"], "2026-02-01");
    assert_eq!(document["by_hand"]["IssuedDate"]["by"], Value::Null);
    let history = record["history"].as_array().unwrap();
    let changes: Vec<_> =
        history.iter().filter(|event| event["event"] == "field_changed").collect();
    assert_eq!(changes.len(), 5);
    assert_eq!(changes[2]["was"], "Cấp giấy phép");
    kept.is_a_bag(FIRST);
    assert!(kept.check().is_good());
    let found =
        Run::of(kept.0.sohoa().args(["find", "giấy phép xây dựng", "--archive", "kho"]));
    assert_eq!(found.code, Some(0), "the catalogue knows");
    let shown = kept.archive_command("show", &[FIRST]);
    for part in ["Cấp giấy phép xây dựng", "Lê Thị B nhập", "SignerInfo.FullName: Trần C"]
    {
        assert!(shown.stdout.contains(part), "{}", shown.stdout);
    }
}

#[test]
fn what_cannot_be_set_changes_nothing() {
    let kept = Kept::new("not-set");
    let before = fs::read(kept.file(FIRST, "dossier.json")).unwrap();
    for (line, told) in [
        (vec![FIRST, "Titel=x"], "`Title`"),
        (vec![FIRST, "Subject=x"], "--document"),
        (vec![FIRST, "Title=tốt", "KenhThucHien=9"], "1, 2, 3"),
        (vec![FIRST, "code=x"], "`code`"),
        (vec![FIRST, "StartDate=31/02/2026"], "31/02/2026"),
        (vec![FIRST, "Title"], "TRƯỜNG=GIÁ_TRỊ"),
        (vec![FIRST, "--document", "7", "Subject=x"], "tài liệu số 7"),
        (vec!["H32.18-260716-0999", "Title=x"], "H32.18-260716-0999"),
    ] {
        let run = kept.archive_command("set", &line);
        assert_eq!(run.code, Some(2), "{line:?}");
        assert!(run.stderr.contains(told), "{line:?}: {}", run.stderr);
    }
    let already = kept.archive_command("set", &[FIRST, "Title="]);
    assert_eq!(already.code, Some(0));
    assert!(already.stderr.contains("không có gì thay đổi"), "{}", already.stderr);
    assert_eq!(fs::read(kept.file(FIRST, "dossier.json")).unwrap(), before);
}

#[test]
fn dossiers_are_listed_the_newest_first() {
    let kept = Kept::new("list");
    let listed = kept.archive_command("list", &["--json", "--limit", "1"]);
    let answer: Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!(answer["dossiers"][0]["code"], "H32.18-260716-0002");
    assert_eq!(
        (&answer["more"], &answer["dossiers"][0]["pages"]),
        (&true.into(), &1.into())
    );
    let none = kept.archive_command("list", &["--from", "17/07/2026", "--json"]);
    let answer: Value = serde_json::from_str(&none.stdout).unwrap();
    assert_eq!(answer["dossiers"].as_array().unwrap().len(), 0);
}

// -------------------------------------------------------------------------------- check

#[test]
fn a_good_archive_is_good_and_the_proof_is_kept() {
    let kept = Kept::new("good");
    let checked = kept.check();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    assert_eq!((checked.dossiers, checked.files, checked.never_proved), (2, 14, 2));
    let bytes: u64 = tree(&kept.0.path("kho/dossiers"))
        .iter()
        .map(|file| fs::metadata(kept.0.path("kho/dossiers").join(file)).unwrap().len())
        .sum();
    assert_eq!(checked.bytes, bytes, "each byte once");
    let proofs = fs::read_to_string(kept.0.path("kho/checks/2026/260716.txt")).unwrap();
    assert!(
        proofs.starts_with(&format!("{FIRST} 2026-07-16T10:13:45+07:00 ")),
        "{proofs}"
    );
    let rolling = kept.check_with(Some(now()), &|| false);
    assert_eq!((rolling.dossiers, rolling.passed_over), (0, 2));
    // What changed since counts as never proved.
    assert_eq!(kept.archive_command("set", &[FIRST, "Title=x"]).code, Some(0));
    let rolling = kept.check_with(Some(now()), &|| false);
    assert_eq!((rolling.dossiers, rolling.passed_over), (1, 1));
    let later = Timestamp::from_unix(now().unix() + 1);
    assert_eq!(kept.check_with(later, &|| false).dossiers, 2);
    // A budget that is used up proves nothing, and forgets nothing.
    let over = kept.check_with(None, &|| true);
    assert_eq!((over.dossiers, over.not_reached), (0, 2));
    assert_eq!(kept.check_with(Some(now()), &|| false).passed_over, 2);
}

#[test]
fn every_flipped_bit_is_found() {
    let kept = Kept::with("bits", 1);
    let root = kept.0.path("kho");
    kept.0.put("hong.tif", b"II*\0 broken");
    assert_eq!(kept.0.ingest(&["hong.tif"]).code, Some(1));
    drop(kept.open());
    let folders =
        ["dossiers", "codes", "quarantine", "ledger"].map(|name| root.join(name));
    let below = |folder: &PathBuf| {
        tree(folder).into_iter().map(|file| folder.join(file)).collect()
    };
    let mut files: Vec<PathBuf> =
        folders.iter().flat_map::<Vec<PathBuf>, _>(below).collect();
    files.push(root.join("sohoa.toml"));
    // All of them with `make flips`, otherwise one in so many, which is each of
    // the eight in a byte in turn.
    let stride = if env::var("SOHOA_ALL_BITS").is_ok() { 1 } else { 37 };
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let missed = AtomicU32::new(0);
    let flips = AtomicU32::new(0);
    thread::scope(|scope| {
        for worker in 0..workers {
            let copy = kept.0.path(&format!("copy-{worker}"));
            let (files, root, missed, flips) = (&files, &root, &missed, &flips);
            scope.spawn(move || {
                copy_tree(root, &copy);
                // Opened for looking, a check leaves no notes behind.
                let archive = Archive::look(&copy).unwrap();
                for file in files {
                    let path = copy.join(file.strip_prefix(root).unwrap());
                    let bytes = fs::read(&path).unwrap();
                    for bit in
                        (worker * stride..bytes.len() * 8).step_by(workers * stride)
                    {
                        let mut flipped = bytes.clone();
                        flipped[bit / 8] ^= 1 << (bit % 8);
                        fs::write(&path, &flipped).unwrap();
                        flips.fetch_add(1, Ordering::Relaxed);
                        let checked = archive.check(&checking(None, &|| false)).unwrap();
                        if checked.faults.is_empty() {
                            missed.fetch_add(1, Ordering::Relaxed);
                            println!("missed: {} bit {bit}", path.display());
                        }
                    }
                    fs::write(&path, &bytes).unwrap();
                }
            });
        }
    });
    assert_eq!(missed.into_inner(), 0);
    assert!(flips.into_inner() > 10_000 / stride as u32);
}

#[test]
fn each_kind_of_damage_is_named_where_it_is() {
    let data = "data/001-don.pdf";
    damage("removed", "check.missing", data, |kept| {
        fs::remove_file(kept.file(FIRST, data)).unwrap();
    });
    damage("added", "check.extra", "data/thumbs.db", |kept| {
        fs::write(kept.file(FIRST, "data/thumbs.db"), b"x").unwrap();
    });
    damage("renamed", "check.renamed", data, |kept| {
        fs::rename(kept.file(FIRST, data), kept.file(FIRST, "data/don.pdf")).unwrap();
    });
    damage("changed", "check.changed", data, |kept| {
        fs::write(kept.file(FIRST, data), b"%PDF other").unwrap();
    });
    damage("json", "check.record", "dossier.json", |kept| {
        fs::write(kept.file(FIRST, "dossier.json"), b"{").unwrap();
    });
    damage("manifest", "check.missing", "manifest-sha256.txt", |kept| {
        fs::remove_file(kept.file(FIRST, "manifest-sha256.txt")).unwrap();
    });
    damage("link", "check.link", "text/001-don.txt", |kept| {
        let file = kept.file(FIRST, "text/001-don.txt");
        fs::remove_file(&file).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", file).unwrap();
    });
    damage("misplaced", "check.code", "../H32.18-260717-0001", |kept| {
        let folder = kept.file(FIRST, "");
        fs::rename(&folder, folder.with_file_name("H32.18-260717-0001")).unwrap();
    });
    damage("double", "check.duplicate", "", |kept| {
        let folder = kept.file(FIRST, "");
        copy_tree(&folder, &folder.with_file_name("000.00.18.H32-260716-0001"));
    });
    damage("gone", "check.missing", "", |kept| {
        assert!(kept.check().is_good());
        fs::remove_dir_all(kept.file(FIRST, "")).unwrap();
        assert!(!kept.check().is_good());
    });
    damage("gap", "check.gap", "../../../../../codes/2026/260716.txt", |kept| {
        let register = kept.0.path("kho/codes/2026/260716.txt");
        let text = fs::read_to_string(&register).unwrap();
        fs::write(register, text + "H32.18-260716-0005\n").unwrap();
    });
    damage("stranger", "check.extra", "../../../../../ghi chu.txt", |kept| {
        fs::write(kept.0.path("kho/ghi chu.txt"), b"x").unwrap();
    });
}

#[test]
fn a_bag_that_went_through_macos_passes_and_twins_are_refused() {
    let kept = Kept::new("nfc");
    let folder = kept.file(FIRST, "");
    let composed = "data/002-đề nghị.pdf";
    let apart: String = composed.nfd().collect();
    // As another tool may have made it: a name with accents, promised composed.
    fs::write(folder.join(&apart), b"x").unwrap();
    kept.promise(FIRST, composed, b"x");
    // The ledger knows that this was not done by the program.
    let codes = || -> Vec<String> {
        let faults = kept.check().faults.into_iter();
        faults.map(|f| f.finding.code).filter(|code| code != "check.ledger").collect()
    };
    assert!(codes().is_empty(), "{:?}", codes());
    fs::write(folder.join(composed), b"x").unwrap();
    let codes = codes();
    assert!(codes.contains(&"check.twin".to_owned()), "{codes:?}");
}

#[test]
fn the_program_says_what_is_wrong_and_exits_with_one() {
    let kept = Kept::new("says");
    let good = kept.archive_command("check", &[]);
    assert_eq!((good.code, good.stdout.as_str()), (Some(0), ""), "{}", good.stderr);
    fs::write(kept.file(FIRST, "data/001-don.pdf"), b"%PDF other").unwrap();
    let bad = kept.archive_command("check", &[]);
    assert_eq!(bad.code, Some(1));
    assert!(
        bad.stdout.contains(&format!("{DAY}/{FIRST}/data/001-don.pdf: ")),
        "{}",
        bad.stdout
    );
    let json = kept.archive_command("check", &["--json", "--budget", "1h"]);
    let answer: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&answer["good"], &answer["dossiers"]), (&false.into(), &2.into()));
    assert_eq!(answer["faults"][0]["code"], "check.changed");
    assert_eq!(kept.archive_command("check", &["--budget", "2"]).code, Some(2));
}

// ------------------------------------------------------------------------------- ledger

#[test]
fn every_event_is_in_the_ledger_and_nothing_else() {
    let kept = Kept::new("ledger");
    assert_eq!(kept.archive_command("set", &[FIRST, "Title=x"]).code, Some(0));
    assert_eq!(kept.archive_command("set", &[FIRST, "Title=x"]).code, Some(0));
    assert_eq!(kept.archive_command("check", &[]).code, Some(0));
    assert_eq!(kept.events(), ["checked", "altered", "filed", "filed", "settings"]);
    let told = kept.archive_command("log", &["--limit", "2"]);
    for part in ["kiểm tra kho", "sửa thông tin", FIRST, "sổ nhật ký có 5 mục"]
    {
        let said = told.stdout.clone() + &told.stderr;
        assert!(said.contains(part), "{said}");
    }
    let secret = fs::metadata(kept.0.path("kho/ledger/signing-key")).unwrap();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&secret.permissions()) & 0o777,
        0o600
    );
}

#[test]
fn a_proof_is_checked_on_another_machine() {
    let kept = Kept::new("proof");
    let out = kept.0.path("x.tlog-proof");
    let written = kept.archive_command("prove", &[FIRST, "-o", out.to_str().unwrap()]);
    assert_eq!(written.code, Some(0), "{}", written.stderr);
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "), "{text}");
    kept.0.put("key", &fs::read(kept.0.path("kho/ledger/key")).unwrap());
    let check = |key: &[&str]| {
        let line = ["archive", "prove", "--check", "x.tlog-proof"];
        Run::of(kept.0.sohoa().args(line).args(key))
    };
    // More events do not make the proof worse.
    assert_eq!(kept.archive_command("set", &[FIRST, "Title=x"]).code, Some(0));
    fs::rename(kept.0.path("kho"), kept.0.path("kho khac")).unwrap();
    let good = check(&["--key", "key"]);
    assert_eq!(good.code, Some(0), "{}", good.stderr);
    assert!(
        good.stdout.contains(FIRST) && good.stdout.contains("ĐÚNG"),
        "{}",
        good.stdout
    );
    assert_eq!(check(&[]).code, Some(3), "without a key nothing is concluded");
    drop(kept.0.archive());
    assert_eq!(check(&["--archive", "kho"]).code, Some(1), "the key of another archive");
    // No byte of it can be another.
    let believed = sohoa::archive::ledger::note::Believed::read(
        &fs::read_to_string(kept.0.path("key")).unwrap(),
    );
    let whole = text.as_bytes();
    for at in 0..whole.len() {
        let mut other = whole.to_vec();
        other[at] ^= 1;
        let Ok(other) = String::from_utf8(other) else { continue };
        let checked = sohoa::archive::ledger::proof::check(&other, believed.as_ref());
        // A space or line feed after the last signature means nothing.
        assert!(checked.is_err() || at + 1 == whole.len(), "byte {at}");
    }
}

#[test]
fn what_is_done_behind_the_ledgers_back_is_named() {
    let ledger = |kept: &Kept| {
        let faults = kept.check().faults.into_iter();
        let ours = faults.filter(|fault| fault.finding.code == "check.ledger");
        ours.map(|fault| (fault.path, fault.finding.en)).collect::<Vec<_>>()
    };
    let place = Path::new(DAY).join(FIRST);
    // A dossier altered with all its manifests, as if by this program.
    let kept = Kept::new("behind");
    kept.promise(FIRST, "data/002-them.pdf", b"x");
    fs::write(kept.file(FIRST, "data/002-them.pdf"), b"x").unwrap();
    let places: Vec<_> = ledger(&kept).into_iter().map(|(path, _)| path).collect();
    assert_eq!(places, [place]);
    // A dossier removed, and one put in that comes from elsewhere.
    let kept = Kept::new("removed-behind");
    fs::remove_dir_all(kept.file(FIRST, "")).unwrap();
    assert!(ledger(&kept)[0].1.contains("no longer"));
    let kept = Kept::new("put-in");
    let other = Kept::new("put-in-from");
    let third = kept.file("H32.18-260716-0003", "");
    other.open().file(filing(), vec![document(9)], &|| false).unwrap();
    copy_tree(&other.file("H32.18-260716-0003", ""), &third);
    assert!(ledger(&kept)[0].1.contains("not in the ledger"), "{:?}", ledger(&kept));
    // Entries removed, changed, in another order; another checkpoint.
    let rewritten = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let kept = Kept::new(name);
        let path = kept.0.path("kho/ledger/tile/entries/000.p/3");
        let mut bytes = fs::read(&path).unwrap();
        change(&mut bytes);
        fs::write(&path, bytes).unwrap();
        let faults = ledger(&kept);
        assert!(
            faults.iter().any(|(path, _)| path == Path::new("ledger")),
            "{name}: {faults:?}"
        );
    };
    rewritten("entry-removed", &|bytes| bytes.truncate(bytes.len() / 2));
    rewritten("entry-changed", &|bytes| {
        let at = bytes.len() - 10;
        bytes[at] ^= 1;
    });
    rewritten("entries-swapped", &|bytes| {
        let half = bytes.len() / 2;
        bytes.rotate_left(half);
    });
    let kept = Kept::new("back-dated");
    let text = fs::read_to_string(kept.0.path("kho/ledger/checkpoint")).unwrap();
    fs::write(kept.0.path("kho/ledger/checkpoint"), text.replace("\n3\n", "\n1\n"))
        .unwrap();
    assert!(ledger(&kept)[0].1.contains("not signed"), "{:?}", ledger(&kept));
    let refused = kept.archive_command("set", &[FIRST, "Title=x"]);
    assert_eq!(
        refused.code,
        Some(2),
        "nothing is added to a ledger that was tampered with"
    );
}

#[test]
fn a_clock_that_went_back_is_refused_and_changes_nothing() {
    let kept = Kept::new("clock");
    let before = fs::read(kept.file(FIRST, "dossier.json")).unwrap();
    let mut program = kept.0.sohoa();
    program.env("SOURCE_DATE_EPOCH", (now().unix() - 90_000).to_string());
    let line = ["archive", "set", FIRST, "Title=x", "--archive", "kho"];
    let run = Run::of(program.args(line));
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("đồng hồ"), "{}", run.stderr);
    assert_eq!(fs::read(kept.file(FIRST, "dossier.json")).unwrap(), before);
    assert!(kept.check().is_good());
}

#[test]
fn an_archive_from_before_the_ledger_gets_one() {
    let kept = Kept::new("before");
    fs::remove_dir_all(kept.0.path("kho/ledger")).unwrap();
    assert!(kept.check().is_good());
    assert_eq!(kept.events(), ["checked", "found", "found"]);
    assert!(kept.check().is_good());
}

#[test]
fn many_writers_keep_the_ledger_in_one_line() {
    let kept = Kept::with("writers", 1);
    thread::scope(|scope| {
        for writer in 0..4 {
            let kept = &kept;
            scope.spawn(move || {
                let archive = kept.open();
                for number in 0..5 {
                    let document = document(100 + 10 * writer + number);
                    archive.file(filing(), vec![document], &|| false).unwrap();
                }
            });
        }
    });
    assert_eq!(kept.events().len(), 22);
    assert!(kept.check().is_good());
}

// --------------------------------------------------------------------------- quarantine

#[test]
fn a_person_ends_a_stay_in_quarantine_and_the_reason_stays() {
    let desk = Desk::new("keeping-quarantine");
    drop(desk.archive());
    let kept = Kept(desk);
    kept.0.put("quet/hong.tif", b"II*\0 broken");
    kept.0.put("quet/hong2.tif", b"II*\0 broken too");
    assert_eq!(kept.0.ingest(&["quet"]).code, Some(1));
    let quarantine = |line: &[&str]| kept.archive_command("quarantine", line);
    let listed = quarantine(&["list", "--json"]);
    let entries: Value = serde_json::from_str(&listed.stdout).unwrap();
    let id = |at: usize| entries["entries"][at]["id"].as_str().unwrap().to_owned();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 2);
    assert!(quarantine(&["list"]).stdout.contains("hong.tif"));

    let out = kept.0.path("tra lai.tif");
    let release = |id: &str| quarantine(&["release", id, "--to", out.to_str().unwrap()]);
    assert_eq!(
        release(id(0).split_at(8).0).code,
        Some(0),
        "the beginning of an id is enough"
    );
    let bytes = fs::read(&out).unwrap();
    assert!(bytes.starts_with(b"II*\0 broken"));
    let again = release(&id(1));
    assert_eq!(again.code, Some(2), "a file that exists stays");
    assert_eq!(fs::read(&out).unwrap(), bytes);

    assert_eq!(quarantine(&["discard", &id(1), "--why", " "]).code, Some(2));
    assert_eq!(quarantine(&["discard", &id(1), "--why", "đã quét lại"]).code, Some(0));
    let left: Value =
        serde_json::from_str(&quarantine(&["list", "--json"]).stdout).unwrap();
    assert_eq!(left["entries"].as_array().unwrap().len(), 0);
    let closed = kept.0.path("kho/quarantine/closed").join(format!("{}.json", id(1)));
    let record: Value = serde_json::from_slice(&fs::read(closed).unwrap()).unwrap();
    assert_eq!(record["closing"]["discarded"]["why"], "đã quét lại");
    assert!(record["findings"][0]["vi"].is_string(), "{record}");
    for unknown in ["ffff", "", ".."] {
        assert_eq!(quarantine(&["discard", unknown, "--why", "x"]).code, Some(2));
    }
}

#[test]
fn a_budget_ends_in_the_quarantine_too_and_the_rest_comes_first_next_time() {
    let desk = Desk::new("keeping-quarantine-budget");
    drop(desk.archive());
    let kept = Kept(desk);
    for number in 0..5 {
        kept.0.put(&format!("quet/{number}.tif"), format!("II*\0 {number}").as_bytes());
    }
    assert_eq!(kept.0.ingest(&["quet"]).code, Some(1));
    let archive = kept.open();
    static NOBODY: LazyLock<Store> = LazyLock::new(Store::default);
    let run = |most: u32| {
        let read = AtomicU32::new(0);
        let checking = Checking {
            since: None,
            jobs: NonZeroUsize::MIN,
            now: now(),
            trust: &NOBODY,
            stop: &|| read.load(Ordering::SeqCst) >= most,
            watch: &|_, _| {
                read.fetch_add(1, Ordering::SeqCst);
            },
        };
        let checked = archive.check(&checking).unwrap();
        assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        (checked.quarantined, checked.quarantine_not_reached)
    };
    let proved = || {
        let text = fs::read_to_string(kept.0.path("kho/checks/quarantine.txt")).unwrap();
        text.lines()
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(run(2), (2, 3));
    let first = proved();
    assert_eq!(first.len(), 2);
    assert_eq!(run(2), (2, 3));
    assert_eq!(proved().len(), 2 + 2, "others than before");
    assert_eq!(run(u32::MAX), (5, 0));
    assert_eq!(proved().len(), 5);
    // Only a check that saw everything is an event.
    assert_eq!(kept.events().iter().filter(|event| *event == "checked").count(), 1);
    let told = kept.archive_command("check", &["--budget", "0s"]);
    assert!(told.stderr.contains("5 mục trong khu cách ly"), "{}", told.stderr);
    assert!(!told.stderr.contains("không có gì sai lệch"), "{}", told.stderr);
    // What lies there is known to the ledger by name even where it was not read.
    let entry = fs::read_dir(kept.0.path("kho/quarantine")).unwrap().next().unwrap();
    fs::remove_dir_all(entry.unwrap().path()).unwrap();
    let told = kept.archive_command("check", &["--budget", "0s"]);
    assert_eq!(told.code, Some(1), "one that is gone is told without reading any");
}

// ------------------------------------------------------------------------------ helpers

/// Does the damage to the first dossier of an archive; the check names it.
fn damage(name: &str, code: &str, at: &str, harm: impl FnOnce(&Kept)) {
    let kept = Kept::new(name);
    harm(&kept);
    let checked = kept.check();
    let place = Path::new(DAY).join(FIRST).join(at);
    let mut parts: Vec<_> = Vec::new();
    for part in place.components() {
        match part.as_os_str().to_str() {
            Some("..") => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let place: PathBuf = parts.iter().collect();
    let is_named =
        |fault: &sohoa::archive::Fault| fault.finding.code == code && fault.path == place;
    assert!(checked.faults.iter().any(is_named), "{name}: {:?}", checked.faults);
}

/// An archive with small dossiers.
struct Kept(Desk);

impl Kept {
    fn new(name: &str) -> Self {
        Self::with(name, 2)
    }

    fn with(name: &str, dossiers: u32) -> Self {
        let desk = Desk::new(&format!("keeping-{name}"));
        drop(desk.archive());
        let kept = Self(desk);
        for number in 0..dossiers {
            kept.open().file(filing(), vec![document(number)], &|| false).unwrap();
        }
        kept
    }

    fn open(&self) -> Archive {
        Archive::open(&self.0.path("kho")).unwrap().0
    }

    /// `sohoa archive COMMAND … --archive kho`.
    fn archive_command(&self, command: &str, line: &[&str]) -> Run {
        let mut program: Command = self.0.sohoa();
        Run::of(program.args(["archive", command]).args(line).args(["--archive", "kho"]))
    }

    /// The events of the ledger, the newest first.
    fn events(&self) -> Vec<String> {
        let log = self.archive_command("log", &["--json", "--limit", "100"]);
        let answer: Value = serde_json::from_str(&log.stdout).unwrap();
        let events = answer["events"].as_array().unwrap().iter();
        events.map(|event| event["event"].as_str().unwrap().to_owned()).collect()
    }

    fn check(&self) -> Checked {
        self.check_with(None, &|| false)
    }

    fn check_with(
        &self,
        since: Option<Timestamp>,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Checked {
        self.open().check(&checking(since, stop)).unwrap()
    }

    fn file(&self, code: &str, inside: &str) -> PathBuf {
        self.0.path("kho").join(DAY).join(code).join(inside)
    }

    fn record(&self, code: &str) -> Value {
        serde_json::from_slice(&fs::read(self.file(code, "dossier.json")).unwrap())
            .unwrap()
    }

    /// Others find nothing to say against the dossier.
    fn is_a_bag(&self, code: &str) {
        for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
            let check = Command::new("sha256sum")
                .args(["--check", "--strict", "--quiet", manifest])
                .current_dir(self.file(code, ""))
                .status();
            assert!(check.unwrap().success(), "{manifest}");
        }
        validate_with_bagit(&self.file(code, ""));
    }

    /// Promises one more payload file in the manifests of a dossier.
    fn promise(&self, code: &str, inside: &str, bytes: &[u8]) {
        let digest = |path: &Path| Digest::of(&fs::read(path).unwrap());
        let info = self.file(code, "bag-info.txt");
        let text = fs::read_to_string(&info).unwrap();
        let oxum = sohoa::archive::bag::Oxum::read(&text).unwrap();
        let (old, new) = (
            format!("{}.{}", oxum.bytes, oxum.files),
            format!("{}.{}", oxum.bytes + bytes.len() as u64, oxum.files + 1),
        );
        fs::write(&info, text.replace(&old, &new)).unwrap();
        let manifest = self.file(code, "manifest-sha256.txt");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, format!("{text}{}  {inside}\n", Digest::of(bytes))).unwrap();
        let tags = self.file(code, "tagmanifest-sha256.txt");
        let text = fs::read_to_string(&tags).unwrap();
        let line = |line: &str| {
            let (_, name) = line.split_once("  ").unwrap();
            format!("{}  {name}\n", digest(&self.file(code, name)))
        };
        fs::write(&tags, text.lines().map(line).collect::<String>()).unwrap();
    }
}

fn checking(since: Option<Timestamp>, stop: &(dyn Fn() -> bool + Sync)) -> Checking<'_> {
    let jobs = NonZeroUsize::new(2).unwrap();
    static NOBODY: LazyLock<Store> = LazyLock::new(Store::default);
    Checking { since, jobs, now: now(), trust: &NOBODY, stop, watch: &|_, _| {} }
}

fn now() -> Timestamp {
    Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap()
}

fn document(number: u32) -> NewDocument {
    find::document(number, "đơn")
}

pub(crate) fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
