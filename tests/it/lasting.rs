//! Signatures beside files that are to last: time-stamps, validation data and archive
//! time-stamps, made at once or added later, and what must still be there.
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::fs;
use std::process::Command;

use sohoa::cms::{Parts, SignedData};

use crate::beside::{openssl_agrees, row, verify};
use crate::pdfa::judges::python;
use crate::services::{self, Mood};
use crate::sign::{AT, Bureau, pyhanko, to_last};

/// So many archive time-stamps cover what the standard says, as `tests/judges/archive.py`
/// reads it.
fn archived(bureau: &Bureau, signature: &str, content: &str, count: usize) {
    let script = fs::canonicalize("tests/judges/archive.py").unwrap();
    let mut judge = Command::new(python());
    judge.current_dir(&bureau.desk.0).arg(script).args([signature, content]);
    let Ok(output) = judge.output() else {
        println!("skipped: there is no Python");
        return;
    };
    let said = String::from_utf8_lossy(&output.stderr);
    if said.contains("ModuleNotFoundError") {
        println!("skipped: asn1crypto is not there; `tests/judges/setup.sh` installs it");
        return;
    }
    let agrees = "agrees\n".repeat(count);
    assert_eq!(String::from_utf8_lossy(&output.stdout), agrees, "{signature}: {said}");
}

#[test]
fn signatures_beside_files_last_as_long_as_those_of_pdf() {
    let bureau = Bureau::new("beside-levels");
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    bureau.desk.put("a.xml", "<a>số liệu</a>".as_bytes());
    let data = to_last(&tsa);
    let mut from = "b.p7s".to_owned();
    assert_eq!(bureau.sign(&["a.xml", "--detached", "-o", &from]).code, Some(0));
    let judged = |name: &str| {
        // Nothing but the root: all else must be in the signature.
        let line = ["verify", name, "--content", "a.xml", "--trust", "trust", "--json"];
        row(&bureau.run(&line))
    };
    for level in ["t", "lt", "lta"] {
        let expected = format!("B-{}", level.to_uppercase());
        let made = format!("sign-{level}.p7s");
        let line =
            [&["a.xml", "--detached", "-o", &made, "--level", level][..], &data].concat();
        let run = bureau.sign(&line);
        assert_eq!(run.code, Some(0), "{level}: {}{}", run.stdout, run.stderr);
        let to = format!("extend-{level}.p7s");
        let line = [
            &["extend", &from, "-o", &to, "--level", level, "--content", "a.xml"][..],
            &data,
        ]
        .concat();
        let run = bureau.run(&line);
        assert_eq!(run.code, Some(0), "{level}: {}{}", run.stdout, run.stderr);
        for name in [made.as_str(), &to] {
            let found = judged(name);
            let signature = &found["signatures"][0];
            assert_eq!(signature["level"], expected.as_str(), "{name}: {found}");
            let passes = level != "t";
            assert_eq!(found["verdict"] == "passed", passes, "{name}: {found}");
            assert!(SignedData::parse(&bureau.read(name)).unwrap().is_der, "{name}");
            openssl_agrees(&bureau, name, "a.xml");
            archived(&bureau, name, "a.xml", usize::from(level == "lta"));
        }
        from = to;
    }
    let again =
        [&["extend", "sign-lta.p7s", "-o", "c.p7s", "--content", "a.xml"][..], &data]
            .concat();
    let run = bureau.run(&again);
    assert!(run.stdout.contains("has level LTA") && !bureau.path("c.p7s").exists());
    let run = bureau.run(&[&again[..], &["--within", "9999"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(judged("c.p7s")["signatures"][0]["level"], "B-LTA");
    archived(&bureau, "c.p7s", "a.xml", 2);
    let run = bureau.run(&["extend", "--radar", "c.p7s", "--content", "a.xml", "--json"]);
    assert!(run.stdout.contains("\"ends\":\"2034-01-01"), "{}{}", run.stdout, run.stderr);
    let line = vec!["validate", "--pretty-print", "--detached", "sign-lt.p7s", "a.xml"];
    for told in pyhanko(&bureau, &[line]) {
        assert!(told.contains("is judged VALID"), "{told}");
    }
}

#[test]
fn what_an_archive_time_stamp_covered_must_still_be_there() {
    let bureau = Bureau::new("beside-covered");
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    bureau.desk.put("a.xml", b"<a/>");
    let line = ["a.xml", "--detached", "--level", "lta"];
    let run = bureau.sign(&[&line[..], &to_last(&tsa)].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let whole = bureau.read("a.xml.p7s");
    let level = |bytes: &[u8]| {
        bureau.desk.put("a.xml.p7s", bytes);
        row(&verify(&bureau, &["a.xml.p7s"]))["signatures"][0]["level"].clone()
    };
    assert_eq!(level(&whole), "B-LTA");
    // More may come.
    let mut parts = Parts::parse(&whole).unwrap();
    parts.add_certificate(bureau.office.responder.der());
    assert_eq!(level(&parts.der()), "B-LTA");
    // A list that was covered is another one.
    let lists = Parts::parse(&whole).unwrap().lists().to_vec();
    assert!(!lists.is_empty());
    let at = whole.windows(lists[0].len()).position(|own| own == lists[0]).unwrap();
    let mut other = whole.clone();
    other[at + lists[0].len() - 1] ^= 1;
    assert_ne!(level(&other), "B-LTA");
}
