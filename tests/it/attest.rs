//! Others vouch for the ledger: the office with its own key, and an authority that
//! stamps time. What is stripped, swapped, altered or dated wrongly is found.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use sohoa::archive::ledger::attested::{Flaw, with_time};
use sohoa::archive::ledger::note::Believed;
use sohoa::archive::ledger::proof::{self, ProofError, Proved};
use sohoa::digest::Digest;
use sohoa::pki::oid;

use crate::authority::{Draft, token};
use crate::keeping::copy_tree;
use crate::office::{EPOCH, Run};
use crate::services::{Mood, Service, tsa};
use crate::sign::Bureau;

const FIRST: &str = "H32.18-260716-0001";
/// The clock of the authority: that of the desk, in UTC.
const AT: &str = "20260716031345Z";
const TRUST: [&str; 4] = ["--trust", "trust", "--trust", "lists"];

/// An office with an archive of one dossier.
struct Place(Bureau);

impl Place {
    fn new(name: &str) -> Self {
        let place = Self(Bureau::new(&format!("attest-{name}")));
        drop(place.0.desk.archive());
        place.add();
        place
    }

    /// Files one more paper.
    fn add(&self) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let name = format!("vb-{number}.txt");
        self.0.desk.put(&name, format!("văn bản {number}").as_bytes());
        self.done(&["archive", "add", &name, "--archive", "kho"]);
    }

    fn run(&self, line: &[&str]) -> Run {
        self.0.run(line)
    }

    /// The same, which must go well.
    fn done(&self, line: &[&str]) -> String {
        let run = self.run(line);
        assert_eq!(run.code, Some(0), "{line:?}: {}{}", run.stdout, run.stderr);
        run.stdout
    }

    fn tsa(&self, mood: Mood) -> Service {
        tsa(&self.0.office, AT, mood)
    }

    fn attest(&self, line: &[&str]) -> Run {
        self.run(&[&["archive", "attest", "--archive", "kho"], line].concat())
    }

    /// Signed by the office and time-stamped.
    fn attest_both(&self) {
        let service = self.tsa(Mood::Well);
        let key =
            ["--key", "signer.pem", "--cert", "signer.cer", "--cert", "issuing.cer"];
        let run = self.attest(&[&["--tsa", &service.url], key.as_slice()].concat());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }

    fn stamp(&self) {
        let run = self.attest(&["--tsa", &self.tsa(Mood::Well).url]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }

    /// What is kept, in order of size.
    fn kept(&self) -> Vec<PathBuf> {
        let folder = fs::read_dir(self.0.path("kho/ledger/attested")).unwrap();
        let mut kept: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        kept.sort();
        kept
    }

    fn prove(&self, name: &str) -> String {
        self.done(&["archive", "prove", FIRST, "--archive", "kho", "-o", name]);
        fs::read_to_string(self.0.path(name)).unwrap()
    }

    /// `sohoa verify --proof`.
    fn verify(&self, name: &str, line: &[&str]) -> Run {
        self.run(&[&["verify", "--proof", name], line].concat())
    }

    fn check(&self) -> Value {
        let run = self.run(&["archive", "check", "--archive", "kho", "--json"]);
        let answer: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(run.code == Some(0), answer["good"] == true, "{answer}");
        answer
    }

    /// The faults of a check are these.
    fn finds(&self, told: &str) {
        let answer = self.check();
        assert_eq!(answer["good"], false, "{told}");
        let faults = answer["faults"].to_string();
        assert!(faults.contains("check.attested") && faults.contains(told), "{faults}");
    }
}

#[test]
fn a_time_is_told_where_it_is_proved_and_else_undecided() {
    let place = Place::new("time");
    place.stamp();
    place.add();
    let text = place.prove("p");
    fs::copy(place.0.path("kho/ledger/key"), place.0.path("key")).unwrap();
    assert!(text.contains("— sohoa/H32.18/time "), "{text}");
    fs::rename(place.0.path("kho"), place.0.path("elsewhere")).unwrap();
    let key = ["--key", "key"];
    // Trust in nobody: in the ledger, at a time that is not proved.
    let open = place.verify("p", &key);
    assert_eq!(open.code, Some(0), "{}", open.stdout);
    assert!(open.stdout.contains("undecided"), "{}", open.stdout);
    // Trust in the authority: the time is told as proved.
    let proved = place.verify("p", &[key.as_slice(), &TRUST].concat());
    assert_eq!(proved.code, Some(0), "{}", proved.stdout);
    assert!(
        proved.stdout.contains("there at 2026-07-16T10:13:45+07:00 at the latest"),
        "{}",
        proved.stdout
    );
    // Trust in somebody else, and without revocation lists: asked and not answered.
    place.0.desk.put("other/x.cer", place.0.office.tsa.der());
    for trust in [["--trust", "other"], ["--trust", "trust"]] {
        let open = place.verify("p", &[key.as_slice(), &trust].concat());
        assert_eq!(open.code, Some(3), "{trust:?}: {}", open.stdout);
    }
    let json = place.verify("p", &[key.as_slice(), &TRUST, &["--json"]].concat());
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&json["stamp"]["proved"], &json["proved"]), (&true.into(), &true.into()));
    assert_eq!(json["stamp"]["name"], "TSA");
    // Before the time-stamp, nothing was proved by it.
    let early = [key.as_slice(), &TRUST, &["--at", "2026-07-15"]].concat();
    assert_eq!(place.verify("p", &early).code, Some(3));
}

#[test]
fn the_office_vouches_with_its_key_and_its_certificate_is_told() {
    let place = Place::new("office");
    place.attest_both();
    place.prove("p");
    // Who trusts the office needs no key of the ledger.
    let good = place.verify("p", &TRUST);
    assert_eq!(good.code, Some(0), "{}", good.stdout);
    let certificate = place.0.office.signer.sha256().to_string();
    for part in ["GOOD", "signed by the office", "Nguyễn Thị Hồng", &certificate] {
        assert!(good.stdout.contains(part), "{part}: {}", good.stdout);
    }
    assert_eq!(place.verify("p", &[]).code, Some(3), "nobody is trusted");
    let json = place.verify("p", &[TRUST.as_slice(), &["--json"]].concat());
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&json["key"], &json["agency"]["proved"]), (&false.into(), &true.into()));
    // A key on the curve, without a time.
    let place = Place::new("office-p256");
    let key = ["--key", "signer-p256.pem", "--cert", "signer-p256.cer"];
    let run = place.attest(&[key.as_slice(), &["--cert", "issuing.cer"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    place.prove("p");
    let open = place.verify("p", &TRUST);
    assert_eq!(
        open.code,
        Some(3),
        "a time is asked for and there is none: {}",
        open.stdout
    );
    assert!(open.stdout.contains("no time-stamp"), "{}", open.stdout);
    assert_eq!(place.check()["good"], true);
}

#[test]
fn no_byte_of_what_vouches_can_be_another() {
    let place = Place::new("bytes");
    place.attest_both();
    let text = place.prove("p");
    let key = fs::read_to_string(place.0.path("kho/ledger/key")).unwrap();
    let believed = Believed::read(&key).unwrap();
    let good = proof::check(&text, Some(&believed)).unwrap();
    assert!(good.attested.agency.is_some() && good.attested.stamp.is_some());
    let said = |proved: &Proved| {
        let agency = proved.attested.agency.as_ref();
        let stamp = proved.attested.stamp.as_ref();
        let stamp = stamp.map(|stamp| (stamp.time, stamp.certificate.sha256()));
        (agency.map(|agency| agency.certificate.sha256()), stamp)
    };
    let whole_said = said(&good);
    let start = text.find("/agency ").unwrap();
    let whole = text.as_bytes();
    // Every byte would take minutes: primes reach every kind of place.
    for at in (start..whole.len() - 1).step_by(13) {
        let mut other = whole.to_vec();
        other[at] ^= 1;
        let Ok(other) = String::from_utf8(other) else { continue };
        // Under another name it is the line of somebody unknown, and vouches no more;
        // what nobody signed in a token may change, and then says nothing else.
        if let Ok(checked) = proof::check(&other, Some(&believed)) {
            let said = said(&checked);
            assert!(said.0.is_none() || said.1.is_none() || said == whole_said, "{at}");
        }
    }
    // Lines in another order, twice, or with the signature under the time-stamp gone.
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (head, vouching) = lines.split_at(lines.len() - 2);
    let made = |lines: &[&str]| head.concat() + &lines.concat();
    let [agency, time] = vouching else { panic!("{text}") };
    for wrong in [
        made(&[time, agency]),
        made(&[agency, agency, time]),
        made(&[agency, time, time]),
        made(&[time]),
        made(&[&agency.replace("/agency", "/other"), time]),
    ] {
        let checked = proof::check(&wrong, Some(&believed));
        assert!(matches!(checked, Err(ProofError::Attested(_))), "{wrong}");
    }
}

#[test]
fn a_checkpoint_that_others_vouch_for_is_missed_when_it_goes_or_changes() {
    let place = Place::new("stripped");
    place.stamp();
    place.add();
    place.attest_both();
    let answer = place.check();
    assert_eq!(answer["good"], true, "{answer}");
    assert_eq!(answer["stamped"]["proved"], false, "the archive trusts nobody");
    let [first, second] = place.kept().try_into().unwrap();
    let (one, two) = (fs::read(&first).unwrap(), fs::read(&second).unwrap());
    // Taken away.
    fs::remove_file(&first).unwrap();
    place.finds("was taken away");
    // Swapped.
    fs::write(&first, &two).unwrap();
    place.finds("was taken away");
    // Stripped of its last line, so that nothing is left that vouches.
    let text = String::from_utf8(one.clone()).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    fs::write(&first, lines[..lines.len() - 1].concat()).unwrap();
    place.finds("cannot be read or were altered");
    // With the time-stamp of the other.
    let other = String::from_utf8(two.clone()).unwrap();
    let token = other.lines().last().unwrap();
    let swapped = lines[..lines.len() - 1].concat() + token + "\n";
    fs::write(&first, &swapped).unwrap();
    place.finds("is not of this");
    // A proof carries no such thing.
    fs::remove_file(&second).unwrap();
    assert!(!place.prove("p").contains("/time "));
    // One that lies there by a name that is not its own.
    fs::write(&first, &one).unwrap();
    fs::write(&second, &two).unwrap();
    assert_eq!(place.check()["good"], true);
    fs::write(second.with_file_name("0000000099-0000000000000000"), &two).unwrap();
    place.finds("0000000099");
}

#[test]
fn what_a_killed_run_kept_is_noted_by_the_check() {
    let place = Place::new("killed");
    // An archive like this one, whose run was killed before it could note.
    copy_tree(&place.0.path("kho"), &place.0.path("like"));
    place.stamp();
    let kept = place.kept().remove(0);
    let there = place.0.path("like/ledger/attested");
    fs::create_dir(&there).unwrap();
    fs::copy(&kept, there.join(kept.file_name().unwrap())).unwrap();
    for _ in 0..2 {
        assert_eq!(place.run(&["archive", "check", "--archive", "like"]).code, Some(0));
        let log = place.done(&["archive", "log", "--archive", "like"]);
        assert_eq!(log.matches("attested").count(), 1, "{log}");
    }
    // Another archive's is not taken for ours.
    let other = Place::new("killed-other");
    other.stamp();
    let foreign = other.kept().remove(0);
    let there = place.0.path("kho/ledger/attested").join(foreign.file_name().unwrap());
    fs::copy(&foreign, &there).unwrap();
    place.finds("not signed with its key");
}

#[test]
fn nothing_is_kept_where_nobody_vouches() {
    let place = Place::new("refused");
    for mood in
        [Mood::Nonsense, Mood::OtherDigest, Mood::OtherNonce, Mood::Refuses, Mood::Ahead]
    {
        let run = place.attest(&["--tsa", &place.tsa(mood).url]);
        assert_eq!(run.code, Some(2), "{mood:?}: {}", run.stderr);
    }
    assert_eq!(place.attest(&[]).code, Some(2), "somebody must be named");
    assert!(!place.0.path("kho/ledger/attested").exists());
    // The key of somebody whose certificate has run out.
    let later = (EPOCH.parse::<i64>().unwrap() + 20 * 31_556_952).to_string();
    let mut program = place.0.desk.sohoa();
    program.env("SOURCE_DATE_EPOCH", later).args([
        "archive",
        "attest",
        "--archive",
        "kho",
    ]);
    let run = Run::of(program.args(["--key", "signer.pem", "--cert", "signer.cer"]));
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(place.check()["good"], true);
}

#[test]
fn entries_dated_after_their_time_stamp_are_refused() {
    // The clock of the archive is an hour ahead, then set right: what was filed in
    // that hour cannot be under an honest time-stamp.
    let place = Place::new("ahead");
    let ahead = (EPOCH.parse::<i64>().unwrap() + 3600).to_string();
    place.0.desk.put("x.txt", b"x");
    let mut program = place.0.desk.sohoa();
    program.env("SOURCE_DATE_EPOCH", ahead);
    let run = Run::of(program.args(["archive", "add", "x.txt", "--archive", "kho"]));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let run = place.attest(&["--tsa", &place.tsa(Mood::Well).url]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("dated after the time-stamp"), "{}", run.stderr);
    assert!(!place.0.path("kho/ledger/attested").exists());
}

#[test]
fn a_token_that_is_back_dated_is_found_in_the_archive_and_in_a_proof() {
    let place = Place::new("back-dated");
    let key = fs::read_to_string(place.0.path("kho/ledger/key")).unwrap();
    let believed = Believed::read(&key).unwrap();
    let note = fs::read_to_string(place.0.path("kho/ledger/checkpoint")).unwrap();
    let proof = place.prove("p");
    // An authority that lies, or whose key was stolen: the day before the entries.
    for (at, is_found) in [("20260715031345Z", true), (AT, false)] {
        let digest = Digest::of(note.as_bytes());
        let office = &place.0.office;
        let token = token(digest.bytes(), at, &office.tsa, &office.tsa_key);
        let whole = with_time(&note, &office.tsa, &token);
        let checked = proof::check(&proof.replace(&note, &whole), Some(&believed));
        let is_told = matches!(checked, Err(ProofError::Attested(Flaw::Dates)));
        assert_eq!(is_told, is_found, "{at}: {checked:?}");
        let size: u64 = note.lines().nth(1).unwrap().parse().unwrap();
        let name = Digest::of(whole.as_bytes()).to_string();
        let name = format!("kho/ledger/attested/{size:010}-{}", name.get(..16).unwrap());
        place.0.desk.put(&name, whole.as_bytes());
        if is_found {
            place.finds("dated after the time-stamp");
        } else {
            assert_eq!(place.check()["good"], true);
        }
        fs::remove_file(place.0.path(&name)).unwrap();
    }
}

#[test]
fn a_time_stamp_outlives_its_authority_by_the_next_one() {
    let mut place = Place::new("renewed");
    for name in ["trust/root.cer", "lists/root.crl", "lists/ca.crl", "lists/issuing.cer"]
    {
        let bytes = place.0.read(name);
        place.0.desk.put(&format!("kho/{}", name.replace("lists", "trust")), &bytes);
    }
    // A week later the certificate of the first authority has run out.
    let later = (EPOCH.parse::<i64>().unwrap() + 7 * 86_400).to_string();
    let check = |place: &Place| -> Value {
        let mut program = place.0.desk.sohoa();
        program.env("SOURCE_DATE_EPOCH", &later);
        let line = ["archive", "check", "--archive", "kho", "--json", "--lang", "en"];
        let run = Run::of(program.args(line));
        assert_eq!(run.code, Some(0), "{}", run.stdout);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let lasting = place.0.office.tsa.clone();
    place.0.office.tsa = Draft::new("TSA", "CA", 14, &place.0.office.tsa_key)
        .usage(0xc0)
        .purpose(oid::TIME_STAMPING, true)
        .between("20240101000000Z", "20260718000000Z")
        .issue(&place.0.office.issuing_key);
    place.stamp();
    copy_tree(&place.0.path("kho"), &place.0.path("one"));
    let answer = check(&place);
    assert_eq!(answer["stamped"]["proved"], false, "{answer}");
    assert!(answer["faults"].to_string().contains("undecided"), "{answer}");
    // One in time by another authority keeps it.
    fs::remove_dir_all(place.0.path("kho")).unwrap();
    fs::rename(place.0.path("one"), place.0.path("kho")).unwrap();
    place.0.office.tsa = lasting;
    place.stamp();
    let answer = check(&place);
    assert_eq!(answer["stamped"]["proved"], true, "{answer}");
    assert_eq!(answer["faults"].as_array().unwrap().len(), 0, "{answer}");
}
