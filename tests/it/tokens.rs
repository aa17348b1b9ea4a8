//! Keys in tokens: `SoftHSM` plays the token of a clerk, with its PIN, and is pulled out.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics is a test that fails; one that is skipped says so"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;
use sohoa::pki::der::{self, Tag};
use sohoa::pki::oid;

use crate::authority::{Draft, Key};
use crate::office::{Run, typed_pdf};
use crate::sign::{Bureau, judges_agree, plain};

/// The library of the token.
const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";

/// `sohoa sign` with the token.
fn with_token(bureau: &Bureau, around: &[(&'static str, String)], line: &[&str]) -> Run {
    let mut program = bureau.desk.sohoa();
    program.envs(around.iter().cloned()).args(["sign", "--lang", "en"]).args(line);
    program.args(["--token-lib", LIBRARY, "--token-label", "van-thu"]);
    Run::of(program.args(["--cert", "issuing.cer", "--cert", "signer.cer"]))
}

/// A token of `SoftHSM` in a folder of its own, with the signer's key and certificate.
fn token(bureau: &Bureau) -> Option<Vec<(&'static str, String)>> {
    if !Path::new(LIBRARY).exists() {
        println!("skipped: SoftHSM is not there");
        return None;
    }
    let store = bureau.path("tokens");
    fs::create_dir_all(&store).unwrap();
    let conf = format!("directories.tokendir = {}\nlog.level = ERROR\n", store.display());
    let conf = bureau.desk.put("softhsm.conf", conf.as_bytes());
    let around = vec![
        ("SOFTHSM2_CONF", conf.to_string_lossy().into_owned()),
        ("PIN", "123456".to_owned()),
        ("SAI", "000000".to_owned()),
    ];
    let util = |line: &[&str]| softhsm(bureau, &around, line);
    util(&[
        "--init-token",
        "--free",
        "--label",
        "van-thu",
        "--so-pin",
        "5678",
        "--pin",
        "123456",
    ]);
    util(&[
        "--import",
        "signer.pem",
        "--token",
        "van-thu",
        "--label",
        "k",
        "--id",
        "a1",
        "--pin",
        "123456",
    ]);
    Some(around)
}

/// Runs the tool that comes with the token.
fn softhsm(bureau: &Bureau, around: &[(&str, String)], line: &[&str]) {
    let mut program = Command::new("softhsm2-util");
    program.envs(around.iter().cloned()).current_dir(&bureau.desk.0).args(line);
    let output = program.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_key_in_a_token_signs_and_a_wrong_pin_is_tried_once() {
    let bureau = Bureau::new("sign-token");
    let Some(around) = token(&bureau) else { return };
    bureau.desk.put("a.pdf", &plain().classic());
    let run = |line: &[&str]| with_token(&bureau, &around, line);
    for compat in [false, true] {
        let output = format!("{compat}.pdf");
        let mut line = vec!["a.pdf", "-o", output.as_str(), "--pin-env", "PIN"];
        line.extend(compat.then_some("--compat"));
        let signed = run(&line);
        assert_eq!(signed.code, Some(0), "{}", signed.stderr);
        bureau.holds(&bureau.read("a.pdf"), &output, "B-B");
    }
    judges_agree(&bureau, &["false.pdf", "true.pdf"]);
    for number in 0..4 {
        bureau.desk.put(&format!("many/{number}.pdf"), &plain().classic());
    }
    let many = run(&["many", "--out-dir", "out", "--pin-env", "PIN", "--jobs", "2"]);
    assert!(many.code == Some(0) && many.stdout.contains("4 signed"), "{}", many.stdout);
    let wrong = run(&["many", "--out-dir", "out2", "--pin-env", "SAI"]);
    assert!(
        wrong.code == Some(2) && wrong.stderr.contains("not tried again"),
        "{}",
        wrong.stderr
    );
    let keys = run(&["--list-keys", "--pin-env", "PIN"]);
    assert!(keys.stdout.contains("RSA 2048"), "{}{}", keys.stdout, keys.stderr);
}

#[test]
fn the_curve_p384_signs_from_a_file_and_from_a_token() {
    let bureau = Bureau::new("sign-p384");
    let Some(around) = token(&bureau) else { return };
    bureau.desk.put("a.pdf", &plain().classic());
    let key = fs::read("tests/fixtures/pki/keys/signer-p384.pem").unwrap();
    bureau.desk.put("signer-p384.pem", &key);
    let draft = Draft::new("Lê Thị Mai", "CA", 41, &Key::fixture("signer-p256"));
    let own =
        draft.key_info(&p384_info(&key)).usage(0xc0).issue(&bureau.office.issuing_key);
    bureau.desk.put("signer-p384.cer", own.der());
    assert_eq!(bureau.sign_as("signer-p384", &["a.pdf", "-o", "p384.pdf"]).code, Some(0));
    softhsm(
        &bureau,
        &around,
        &[
            "--import",
            "signer-p384.pem",
            "--token",
            "van-thu",
            "--label",
            "p",
            "--id",
            "b2",
            "--pin",
            "123456",
        ],
    );
    let line = [
        "a.pdf",
        "-o",
        "p384-token.pdf",
        "--pin-env",
        "PIN",
        "--signer",
        "Lê Thị Mai",
        "--cert",
        "signer-p384.cer",
    ];
    let signed = with_token(&bureau, &around, &line);
    assert_eq!(signed.code, Some(0), "{}", signed.stderr);
    for name in ["p384.pdf", "p384-token.pdf"] {
        bureau.holds(&bureau.read("a.pdf"), name, "B-B");
    }
    judges_agree(&bureau, &["p384.pdf", "p384-token.pdf"]);
}

#[test]
fn a_token_pulled_out_in_the_middle_ends_the_batch_and_harms_nothing() {
    let bureau = Bureau::new("sign-pulled");
    let Some(around) = token(&bureau) else { return };
    for number in 0..60 {
        bureau.desk.put(&format!("long/{number:02}.pdf"), &plain().classic());
    }
    let mut program = bureau.desk.sohoa();
    program.envs(around.iter().cloned()).args(["sign", "long", "--out-dir", "gone"]);
    program.args(["--token-lib", LIBRARY, "--pin-env", "PIN"]);
    program.args(["--cert", "issuing.cer", "--cert", "signer.cer", "--jobs", "1"]);
    program.args(["--lang", "en"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = program.spawn().unwrap();
    while !bureau.path("gone/02.pdf").exists() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    fs::remove_dir_all(bureau.path("tokens")).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("1 failed") && !told.contains("0 not reached"), "{told}");
    let left = fs::read_dir(bureau.path("gone")).unwrap();
    for entry in left {
        let name = entry.unwrap().file_name().into_string().unwrap();
        bureau.holds(&plain().classic(), &format!("gone/{name}"), "B-B");
    }
}

#[test]
fn a_key_in_a_token_seals_codes_on_paper() {
    let bureau = Bureau::new("seal-token");
    let Some(around) = token(&bureau) else { return };
    let import = |file: &str, id: &str| {
        let line = ["--import", file, "--token", "van-thu", "--label", id, "--id", id];
        softhsm(&bureau, &around, &[line.as_slice(), &["--pin", "123456"]].concat());
    };
    import("signer-p256.pem", "c3");
    bureau.desk.put("goc.pdf", &typed_pdf("Thong bao"));
    let stamp = |output: &str, line: &[&str]| {
        let mut program = bureau.desk.sohoa();
        program
            .envs(around.iter().cloned())
            .args(["qr", "stamp", "goc.pdf", "-o", output]);
        program.args(["--code", "H32.18-260716-0001", "--lang", "en"]);
        program.args(["--token-lib", LIBRARY, "--token-label", "van-thu"]);
        Run::of(program.args(line))
    };
    for (key, kind) in [("signer", "RSA"), ("signer-p256", "P-256")] {
        let certificate = match key {
            "signer" => &bureau.office.signer,
            _ => &bureau.office.signer_p256,
        };
        let (cer, output) = (format!("{key}.cer"), format!("{key}.pdf"));
        let run = stamp(&output, &["--pin-env", "PIN", "--cert", &cer]);
        assert_eq!(run.code, Some(0), "{kind}: {}{}", run.stdout, run.stderr);
        bureau.desk.put("tin.pem", crate::sign::pem(certificate).as_bytes());
        let line = ["qr", "read", &output, "--trust", "tin.pem", "--against", "goc.pdf"];
        let read = bureau.run(&[line.as_slice(), &["--json"]].concat());
        assert_eq!(read.code, Some(0), "{kind}: {}{}", read.stdout, read.stderr);
        assert!(read.stdout.contains("\"sound\""), "{kind}: {}", read.stdout);
    }
    // Which key is meant must be clear, and a wrong PIN is tried once.
    let both = ["--cert", "signer.cer", "--cert", "signer-p256.cer"];
    let run = stamp("hai.pdf", &[&["--pin-env", "PIN"], both.as_slice()].concat());
    assert!(run.code == Some(2) && run.stderr.contains("--signer"), "{}", run.stderr);
    let named =
        [both.as_slice(), &["--pin-env", "PIN", "--signer", "Trần Văn Bình"]].concat();
    assert_eq!(stamp("hai.pdf", &named).code, Some(0));
    let run = stamp("ba.pdf", &["--pin-env", "SAI", "--cert", "signer.cer"]);
    assert!(
        run.code == Some(2) && run.stderr.contains("not tried again"),
        "{}",
        run.stderr
    );
    assert!(!bureau.path("ba.pdf").exists());
    // A key of another curve seals nothing.
    let key = fs::read("tests/fixtures/pki/keys/signer-p384.pem").unwrap();
    bureau.desk.put("signer-p384.pem", &key);
    import("signer-p384.pem", "d4");
    let draft = Draft::new("Lê Thị Mai", "CA", 41, &Key::fixture("signer-p256"));
    let own =
        draft.key_info(&p384_info(&key)).usage(0xc0).issue(&bureau.office.issuing_key);
    bureau.desk.put("signer-p384.cer", own.der());
    let run = stamp("bon.pdf", &["--pin-env", "PIN", "--cert", "signer-p384.cer"]);
    assert!(run.code == Some(2) && run.stderr.contains("P-256"), "{}", run.stderr);
    // The flags of the token mean nothing without it.
    let line =
        ["qr", "stamp", "goc.pdf", "-o", "nam.pdf", "--code", "H32.18-260716-0001"];
    let run = bureau.run(&[line.as_slice(), &["--signer", "x"]].concat());
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}

/// Plays the office that makes a key which always asks for its PIN: it needs the
/// library of the token in a process with the token's settings, so the test below runs
/// it as one of its own.
#[test]
#[ignore = "a part of the next one, which runs it with a token"]
fn a_key_is_made_that_always_asks() {
    let context = Pkcs11::new(LIBRARY).unwrap();
    context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
    let slot = context.get_slots_with_initialized_token().unwrap()[0];
    let session = context.open_rw_session(slot).unwrap();
    session.login(UserType::User, Some(&AuthPin::new("123456".into()))).unwrap();
    let id = Attribute::Id(vec![0xc3]);
    let public = [
        Attribute::Token(true),
        Attribute::ModulusBits(2048.into()),
        Attribute::PublicExponent(vec![1, 0, 1]),
        id.clone(),
    ];
    let private = [
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Sign(true),
        Attribute::AlwaysAuthenticate(true),
        id,
    ];
    let made =
        session.generate_key_pair(&Mechanism::RsaPkcsKeyPairGen, &public, &private);
    let (public, _) = made.unwrap();
    let asked = session.get_attributes(public, &[AttributeType::Modulus]).unwrap();
    let Attribute::Modulus(modulus) = &asked[0] else { panic!("no modulus") };
    fs::write("modulus", modulus).unwrap();
}

#[test]
fn a_key_that_always_asks_gets_its_pin_with_each_signature() {
    let bureau = Bureau::new("sign-always");
    let Some(around) = token(&bureau) else { return };
    let mut helper = Command::new(std::env::current_exe().unwrap());
    helper.envs(around.iter().cloned()).current_dir(&bureau.desk.0);
    helper.args(["--exact", "tokens::a_key_is_made_that_always_asks", "--ignored"]);
    let made = helper.output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stdout));
    let modulus = [&[0][..], &bureau.read("modulus")].concat();
    let key = der::sequence(&[
        &der::encode(Tag::INTEGER, &modulus),
        &der::encode(Tag::INTEGER, &[1, 0, 1]),
    ]);
    let kind = der::sequence(&[&der::encode_oid(oid::RSA), &der::encode(Tag::NULL, &[])]);
    let bits = der::encode(Tag::BIT_STRING, &[&[0][..], &key].concat());
    let draft = Draft::new("Trần Văn Cẩn", "CA", 42, &Key::fixture("signer-p256"));
    let own = draft.key_info(&der::sequence(&[&kind, &bits])).usage(0xc0);
    bureau.desk.put("always.cer", own.issue(&bureau.office.issuing_key).der());
    for number in 0..3 {
        bureau.desk.put(&format!("many/{number}.pdf"), &plain().classic());
    }
    for (out, compat) in [("pss", None), ("pkcs1", Some("--compat"))] {
        let mut line = vec!["many", "--out-dir", out, "--pin-env", "PIN"];
        line.extend(["--cert", "always.cer", "--signer", "Trần Văn Cẩn", "--jobs", "2"]);
        line.extend(compat);
        let signed = with_token(&bureau, &around, &line);
        assert_eq!(signed.code, Some(0), "{}{}", signed.stdout, signed.stderr);
        for number in 0..3 {
            let name = format!("{out}/{number}.pdf");
            bureau.holds(&plain().classic(), &name, "B-B");
        }
    }
    judges_agree(&bureau, &["pss/0.pdf", "pkcs1/1.pdf"]);
}

/// The `SubjectPublicKeyInfo` of a P-384 key in PEM.
fn p384_info(pem: &[u8]) -> Vec<u8> {
    let der = sohoa::pki::pem::blocks(pem)[0].1.clone().unwrap();
    let mut parts = der::whole_sequence(&der).unwrap();
    parts.small().unwrap();
    parts.sequence().unwrap();
    let inner = parts.octets().unwrap().into_owned();
    let mut inner = der::whole_sequence(&inner).unwrap();
    inner.small().unwrap();
    let secret = p384::ecdsa::SigningKey::from_slice(&inner.octets().unwrap()).unwrap();
    let point = secret.verifying_key().to_sec1_point(false);
    let bits = [&[0][..], point.as_bytes()].concat();
    let curve = sohoa::pki::Oid::new_unwrap("1.3.132.0.34");
    let kind = der::sequence(&[&der::encode_oid(oid::EC), &der::encode_oid(curve)]);
    der::sequence(&[&kind, &der::encode(Tag::BIT_STRING, &bits)])
}
