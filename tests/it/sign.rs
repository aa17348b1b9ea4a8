//! `sohoa sign` and `sohoa extend`: what they write is accepted by our own verdict,
//! by pyHanko and by Poppler; what they must not do, they refuse.
#![expect(
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics is a test that fails; one that is skipped says so"
)]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;

use sohoa::cos::Source;
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Hash, Store, oid};
use sohoa::sign::key::KeyFile;
use sohoa::time::Timestamp;
use sohoa::verify::appearance::Form;
use sohoa::verify::examine::{Policy, Report, Terms, examine};
use sohoa::verify::verdict::Indication;

use crate::authority::{self, Draft, Key, Office, Say, crl};
use crate::https::{ALTERNATIVE_NAME, at_address};
use crate::office::{Desk, EPOCH, Run};
use crate::pdfa::judges::{boxes, conformance, python};
use crate::services::{self, Mood, Service};

/// The moment of [`EPOCH`], as authorities write it.
pub(crate) const AT: &str = "20260716031345Z";
/// Where a bureau's trust and revocation lists lie, as options of `sign` and `extend`.
const TRUSTED: [&str; 4] = ["--trust", "trust", "--validation-data", "lists"];
/// When lists and answers of these tests were made, and until when they hold.
const FRESH: (&str, &str) = ("20260715000000Z", "20260801000000Z");

// ---------------------------------------------------------------------- papers

/// A PDF put together from its objects.
pub(crate) struct Paper {
    objects: Vec<String>,
    root: String,
}

impl Paper {
    /// One page with a line of text; `catalog` and `page` are more of their entries.
    pub(crate) fn new(catalog: &str, page: &str) -> Self {
        let text = "BT /F1 12 Tf 72 720 Td (So: 05/QD-UBND) Tj ET";
        Self {
            objects: vec![
                format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
                "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
                format!(
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
                     /Resources<</Font<</F1 5 0 R>>>>{page}>>"
                ),
                format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
                "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
            ],
            root: "/Root 1 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]".to_owned(),
        }
    }

    /// With one more object.
    pub(crate) fn with(mut self, object: &str) -> Self {
        self.objects.push(object.to_owned());
        self
    }

    fn body(&self) -> (Vec<u8>, Vec<usize>) {
        let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut offsets = Vec::new();
        for (number, object) in (1..).zip(&self.objects) {
            offsets.push(out.len());
            out.extend_from_slice(
                format!("{number} 0 obj\n{object}\nendobj\n").as_bytes(),
            );
        }
        (out, offsets)
    }

    /// With a cross-reference table.
    pub(crate) fn classic(&self) -> Vec<u8> {
        let (mut out, offsets) = self.body();
        let at = out.len();
        out.extend_from_slice(table(&offsets).as_bytes());
        let size = offsets.len() + 1;
        let tail =
            format!("trailer\n<</Size {size}{}>>\nstartxref\n{at}\n%%EOF\n", self.root);
        out.extend_from_slice(tail.as_bytes());
        out
    }

    /// With a cross-reference stream, and no end of line at the end.
    pub(crate) fn streamed(&self) -> Vec<u8> {
        let (mut out, offsets) = self.body();
        let at = out.len();
        let (number, size) = (offsets.len() + 1, offsets.len() + 2);
        let rows = rows(&[offsets, vec![at]].concat());
        let head = format!(
            "{number} 0 obj\n<</Type/XRef/W[1 4 1]/Size {size}{}/Length {}>>\nstream\n",
            self.root,
            rows.len()
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&rows);
        let tail = format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF");
        out.extend_from_slice(tail.as_bytes());
        out
    }

    /// With a table for old readers and a stream for new ones.
    pub(crate) fn hybrid(&self) -> Vec<u8> {
        let (mut out, offsets) = self.body();
        let stream = out.len();
        let (number, size) = (offsets.len() + 1, offsets.len() + 2);
        let rows = rows(&offsets);
        let head = format!(
            "{number} 0 obj\n<</Type/XRef/W[1 4 1]/Size {size}{}/Index[0 {number}]/Length {}>>\nstream\n",
            self.root,
            rows.len()
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&rows);
        out.extend_from_slice(b"\nendstream\nendobj\n");
        let at = out.len();
        out.extend_from_slice(table(&[offsets, vec![stream]].concat()).as_bytes());
        let tail = format!(
            "trailer\n<</Size {size}{}/XRefStm {stream}>>\nstartxref\n{at}\n%%EOF\n",
            self.root
        );
        out.extend_from_slice(tail.as_bytes());
        out
    }
}

fn table(offsets: &[usize]) -> String {
    let mut text = format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1);
    for offset in offsets {
        writeln!(text, "{offset:010} 00000 n ").unwrap();
    }
    text
}

fn rows(offsets: &[usize]) -> Vec<u8> {
    let mut rows = vec![0, 0, 0, 0, 0, 255];
    for offset in offsets {
        rows.push(1);
        rows.extend_from_slice(&u32::try_from(*offset).unwrap().to_be_bytes());
        rows.push(0);
    }
    rows
}

pub(crate) fn plain() -> Paper {
    Paper::new("", "")
}

/// A paper with an empty signature field `Leader`, seen at the bottom right.
fn with_field(lock: &str) -> Paper {
    Paper::new("/AcroForm<</Fields[6 0 R]>>", "/Annots[6 0 R]").with(&format!(
        "<</Type/Annot/Subtype/Widget/FT/Sig/T(Leader)/F 4/P 3 0 R/Rect[350 100 500 160]{lock}>>"
    ))
}

// ------------------------------------------------------------------ an office

/// The desk of an office: keys, certificates, lists.
pub(crate) struct Bureau {
    pub(crate) desk: Desk,
    pub(crate) office: Office,
}

/// All that a signature needs to last, as options of `sign` and `extend`: this authority
/// for time-stamps, and what a bureau trusts.
pub(crate) fn to_last(tsa: &Service) -> [&str; 6] {
    let [trust, roots, lists, folder] = TRUSTED;
    ["--tsa", &tsa.url, trust, roots, lists, folder]
}

impl Bureau {
    pub(crate) fn new(name: &str) -> Self {
        let desk = Desk::new(name);
        let office = Office::new();
        for key in ["signer", "signer-p256"] {
            let bytes = fs::read(format!("tests/fixtures/pki/keys/{key}.pem")).unwrap();
            desk.put(&format!("{key}.pem"), &bytes);
        }
        for (name, certificate) in [
            ("signer", &office.signer),
            ("signer-p256", &office.signer_p256),
            ("issuing", &office.issuing),
        ] {
            desk.put(&format!("{name}.cer"), certificate.der());
        }
        desk.put("trust/root.cer", office.root.der());
        desk.put("root.pem", pem(&office.root).as_bytes());
        let lists = [
            ("root.crl", crl("Root", &office.root_key, FRESH, &[])),
            ("ca.crl", crl("CA", &office.issuing_key, FRESH, &[])),
        ];
        for (name, list) in lists {
            desk.put(&format!("lists/{name}"), list.der());
        }
        desk.put("lists/issuing.cer", office.issuing.der());
        Self { desk, office }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.desk.path(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// `sohoa sign` with the key of the signer.
    pub(crate) fn sign(&self, line: &[&str]) -> Run {
        self.sign_as("signer", line)
    }

    pub(crate) fn sign_as(&self, key: &str, line: &[&str]) -> Run {
        let (pem, cer) = (format!("{key}.pem"), format!("{key}.cer"));
        let mut program = self.desk.sohoa();
        program.arg("sign").args(line).args(["--key", &pem, "--cert", &cer]);
        program.args(["--cert", "issuing.cer", "--lang", "en"]);
        Run::of(&mut program)
    }

    pub(crate) fn run(&self, line: &[&str]) -> Run {
        Run::of(self.desk.sohoa().args(line).args(["--lang", "en"]))
    }

    /// Our own verdict, with trust in the root and the lists of the office.
    pub(crate) fn judged(&self, name: &str) -> Report {
        let mut trust = Store::default();
        trust.add_anchor(&Place::default(), self.office.root.clone());
        trust.add_intermediate(&Place::default(), self.office.issuing.clone());
        let own = self.office.lists_at(FRESH);
        for list in own {
            trust.add_crl(&Place::default(), list);
        }
        let at = Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap();
        let terms =
            Terms { trust: &trust, at, policy: Policy::default(), password: Some("mo") };
        examine(Source::open(&self.path(name)).unwrap(), &terms).unwrap()
    }

    /// Asserts that our own verdict is VALID at this level, and nothing before was touched.
    pub(crate) fn holds(&self, before: &[u8], name: &str, level: &str) {
        let after = self.read(name);
        assert!(after.starts_with(before), "{name}: bytes that were there were changed");
        let report = self.judged(name);
        for judged in &report.signatures {
            let codes: Vec<_> = judged.findings.iter().map(|f| f.code.as_str()).collect();
            let told = (judged.verdict.indication, &judged.verdict, codes);
            assert_eq!(told.0, Indication::TotalPassed, "{name}: {told:?}");
        }
        let levels: Vec<_> =
            report.signatures.iter().map(|it| it.level.to_string()).collect();
        assert!(levels.contains(&level.to_owned()), "{name}: {levels:?}");
    }
}

impl Office {
    fn lists_at(&self, when: (&str, &str)) -> [sohoa::pki::Crl; 2] {
        [crl("Root", &self.root_key, when, &[]), crl("CA", &self.issuing_key, when, &[])]
    }
}

pub(crate) fn pem(certificate: &Certificate) -> String {
    const LETTERS: &[u8; 64] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut body = String::new();
    for part in certificate.der().chunks(3) {
        let sum = part.iter().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        let sum = sum << (8 * (3 - part.len()));
        for place in 0..4 {
            let six = (sum >> (18 - 6 * place)) & 63;
            let letter = char::from(LETTERS[six as usize]);
            body.push(if place > part.len() { '=' } else { letter });
        }
    }
    let lines: Vec<_> = body.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    )
}

// -------------------------------------------------------------- other judges

/// The moment that pyHanko is to judge at.
const MOMENT: [&str; 2] = ["--validation-time", "2026-07-16T03:14:00+00:00"];

/// What pyHanko says to each of these lines, after `pyhanko sign`; nothing where it
/// is not installed. One process answers all, since starting it takes longest.
pub(crate) fn pyhanko(bureau: &Bureau, lines: &[Vec<&str>]) -> Vec<String> {
    let trust =
        ["--trust", "root.pem", "--trust-replace", "--other-certs", "issuing.cer"];
    let mut whole: Vec<Vec<&str>> = Vec::new();
    for line in lines {
        let (file, flags) = line.split_last().unwrap();
        whole.push([&["sign"], flags, &MOMENT, &trust, &[*file]].concat());
    }
    let answers = commands(bureau, &whole);
    answers.iter().map(|answer| answer["said"].as_str().unwrap().to_owned()).collect()
}

/// What pyHanko's command line answers to each of these lines; nothing where it is not
/// installed.
pub(crate) fn commands(bureau: &Bureau, lines: &[Vec<&str>]) -> Vec<serde_json::Value> {
    let script = fs::canonicalize("tests/judges/validate.py").unwrap();
    let mut program = Command::new(python());
    program.current_dir(&bureau.desk.0).arg(script);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = program.spawn() else {
        println!("skipped: there is no Python");
        return Vec::new();
    };
    let asked = serde_json::to_vec(lines).unwrap();
    // Without pyHanko nobody reads it.
    drop(child.stdin.take().unwrap().write_all(&asked));
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        assert!(said.contains("ModuleNotFoundError"), "{said}");
        println!("skipped: pyHanko is not there; `tests/judges/setup.sh` installs it");
        return Vec::new();
    }
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), lines.len());
    answers
}

/// pyHanko finds every signature of these files valid, Poppler too.
pub(crate) fn judges_agree(bureau: &Bureau, names: &[&str]) {
    let lines: Vec<Vec<&str>> = names
        .iter()
        .map(|name| {
            let mut line = vec!["validate", "--pretty-print"];
            // pyHanko reads hybrid files only so.
            line.extend(name.starts_with("hybrid").then_some("--no-strict-syntax"));
            line.push(name);
            line
        })
        .collect();
    for (told, name) in pyhanko(bureau, &lines).iter().zip(names) {
        let bad = told.contains("INVALID") || told.contains("Error");
        assert!(told.contains("is judged VALID") && !bad, "{name}: {told}");
    }
    for name in names {
        let Ok(output) = Command::new("pdfsig").arg(bureau.path(name)).output() else {
            println!("skipped: pdfsig is not there");
            return;
        };
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains("Signature is Valid"), "{name}: {told}");
        assert!(!told.contains("Signature is Invalid"), "{name}: {told}");
    }
}

// ----------------------------------------------------------------- the levels

#[test]
fn every_kind_of_file_key_and_scheme_is_signed_and_judges_agree() {
    let bureau = Bureau::new("sign-kinds");
    let papers = [
        ("classic", plain().classic()),
        ("streamed", plain().streamed()),
        ("hybrid", plain().hybrid()),
    ];
    let mut made = Vec::new();
    for (kind, paper) in papers {
        bureau.desk.put(&format!("{kind}.pdf"), &paper);
        for (key, how) in [("signer", ""), ("signer", "--compat"), ("signer-p256", "")] {
            if kind != "classic" && how == "--compat" {
                continue;
            }
            let (input, output) =
                (format!("{kind}.pdf"), format!("{kind}-{key}{how}.pdf"));
            let mut line = vec![input.as_str(), "-o", &output];
            line.extend((!how.is_empty()).then_some(how));
            line.extend(["--reason", "Phê duyệt", "--location", "Hà Nội"]);
            let run = bureau.sign_as(key, &line);
            assert_eq!(run.code, Some(0), "{output}: {}{}", run.stdout, run.stderr);
            if how.is_empty() {
                bureau.holds(&paper, &output, "B-B");
            }
            made.push(output);
        }
    }
    judges_agree(&bureau, &made.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn a_file_that_cannot_be_signed_extended_or_looked_at_is_named() {
    let bureau = Bureau::new("sign-named");
    bureau.desk.put("bad.pdf", b"no PDF");
    for name in ["bad.pdf", "gone.pdf"] {
        let named = format!("cannot sign `{name}`");
        let run = bureau.sign(&[name, "-o", "x.pdf"]);
        assert!(run.code == Some(2) && run.stderr.contains(&named), "{}", run.stderr);
        let line = ["extend", name, "-o", "x.pdf", "--tsa", "http://127.0.0.1:9"];
        let run = bureau.run(&line);
        let named = format!("cannot extend `{name}`");
        assert!(run.code == Some(2) && run.stderr.contains(&named), "{}", run.stderr);
    }
    // A file that is not there is trouble, and no answer about its signatures.
    let run = bureau.run(&["extend", "--radar", "gone.pdf"]);
    let named = "cannot look at the signatures of `gone.pdf`";
    assert!(run.code == Some(2) && run.stderr.contains(named), "{}", run.stderr);
}

#[test]
fn a_signature_lasts_as_long_as_was_asked() {
    let bureau = Bureau::new("sign-levels");
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    let paper = plain().streamed();
    bureau.desk.put("a.pdf", &paper);
    for level in ["t", "lt", "lta"] {
        let output = format!("{level}.pdf");
        let line =
            [&["a.pdf", "-o", &output, "--level", level][..], &to_last(&tsa)].concat();
        let run = bureau.sign(&line);
        assert_eq!(run.code, Some(0), "{level}: {}{}", run.stdout, run.stderr);
        bureau.holds(&paper, &output, &format!("B-{}", level.to_uppercase()));
    }
    judges_agree(&bureau, &["t.pdf", "lt.pdf", "lta.pdf"]);
    let strict = |name| vec!["adesverify", "--pretty-print", name];
    for told in pyhanko(&bureau, &[strict("lt.pdf"), strict("lta.pdf")]) {
        assert!(
            told.contains("INTACT:TRUSTED") || told.contains("is judged VALID"),
            "{told}"
        );
    }
    // Nothing is said to last that would not.
    let line = ["a.pdf", "-o", "x.pdf", "--level", "lt", "--tsa", &tsa.url, "--offline"];
    let run = bureau.sign(&line);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(
        run.stderr.contains("missing") && !bureau.path("x.pdf").exists(),
        "{}",
        run.stderr
    );
}

#[test]
fn signatures_made_before_are_extended_and_the_radar_tells_when_they_end() {
    let bureau = Bureau::new("sign-extend");
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    let paper = plain().classic();
    bureau.desk.put("a.pdf", &paper);
    assert_eq!(bureau.sign(&["a.pdf", "-o", "b.pdf"]).code, Some(0));
    let data = to_last(&tsa);
    let mut from = "b.pdf".to_owned();
    for level in ["t", "lt", "lta"] {
        let to = format!("{level}.pdf");
        let line = [&["extend", &from, "-o", &to, "--level", level][..], &data].concat();
        let run = bureau.run(&line);
        assert_eq!(run.code, Some(0), "{level}: {}{}", run.stdout, run.stderr);
        bureau.holds(&bureau.read(&from), &to, &format!("B-{}", level.to_uppercase()));
        from = to;
    }
    judges_agree(&bureau, &["t.pdf", "lt.pdf", "lta.pdf"]);
    let line = [&["extend", "lta.pdf", "-o", "c.pdf"][..], &data].concat();
    let run = bureau.run(&line);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("has level LTA") && !bureau.path("c.pdf").exists());
    let line =
        [&["extend", "lta.pdf", "-o", "c.pdf", "--within", "9999"][..], &data].concat();
    let run = bureau.run(&line);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.holds(&bureau.read("lta.pdf"), "c.pdf", "B-LTA");
    let run = bureau.run(&["extend", "--radar", ".", "--json"]);
    assert_eq!(run.stdout.lines().count(), 5, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.lines().all(|line| line.contains("\"ends\":\"2034-01-01")));
}

// ---------------------------------------------------- what was there before

#[test]
fn earlier_signatures_keep_their_value_or_nothing_is_signed() {
    let bureau = Bureau::new("sign-earlier");
    let paper = with_field("/Lock<</Type/SigFieldLock/Action/All>>").classic();
    bureau.desk.put("a.pdf", &paper);
    let run = bureau.sign(&["a.pdf", "-o", "locked.pdf", "--field", "Leader"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.holds(&paper, "locked.pdf", "B-B");
    let run = bureau.sign_as("signer-p256", &["locked.pdf", "-o", "x.pdf"]);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("locked"), "{}", run.stderr);

    for (certify, more) in [("1", false), ("2", true), ("3", true)] {
        let name = format!("certified-{certify}.pdf");
        bureau.desk.put("b.pdf", &plain().classic());
        let run = bureau.sign(&["b.pdf", "-o", &name, "--certify", certify]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let output = format!("both-{certify}.pdf");
        let run = bureau.sign_as("signer-p256", &[&name, "-o", &output]);
        assert_eq!(run.code == Some(0), more, "{certify}: {}", run.stderr);
        if more {
            bureau.holds(&bureau.read(&name), &output, "B-B");
            let run = bureau.sign(&[&output, "-o", "y.pdf", "--certify", "2"]);
            assert!(run.stderr.contains("must be the first"), "{}", run.stderr);
        }
    }
    judges_agree(&bureau, &["locked.pdf", "certified-1.pdf", "both-2.pdf", "both-3.pdf"]);
    let run = bureau.sign(&["a.pdf", "-o", "x.pdf", "--field", "Nobody"]);
    assert!(run.code == Some(2) && run.stderr.contains("Nobody"), "{}", run.stderr);
    let run = bureau.sign(&["locked.pdf", "-o", "x.pdf", "--field", "Leader"]);
    assert!(run.stderr.contains("signed already"), "{}", run.stderr);
    assert!(!bureau.path("x.pdf").exists());
}

#[test]
fn a_code_is_stamped_on_a_signed_file_only_where_the_signature_permits_it() {
    let bureau = Bureau::new("sign-stamp");
    let stamp = |name: &str| {
        let line = ["qr", "stamp", name, "-o", "x.pdf", "--payload", "MA-THU", "--force"];
        bureau.run(&line)
    };
    for (certify, turn) in [("3", ""), ("3", "/Rotate 90"), ("2", ""), ("", "")] {
        bureau.desk.put("a.pdf", &Paper::new("", turn).classic());
        let mut line = vec!["a.pdf", "-o", "signed.pdf", "--force"];
        line.extend(
            (!certify.is_empty()).then_some(["--certify", certify]).iter().flatten(),
        );
        assert_eq!(bureau.sign(&line).code, Some(0));
        let signed = bureau.read("signed.pdf");
        drop(fs::remove_file(bureau.path("x.pdf")));
        let run = stamp("signed.pdf");
        if certify == "3" {
            assert_eq!(run.code, Some(0), "{turn}: {}", run.stderr);
            bureau.holds(&signed, "x.pdf", "B-B");
            let read = bureau.run(&["qr", "read", "x.pdf"]);
            assert!(read.stdout.contains("MA-THU"), "{turn}: {}", read.stdout);
            let codes = bureau.judged("x.pdf");
            let codes = codes.signatures.iter().flat_map(|it| &it.changes);
            assert_eq!(codes.count(), 1, "the reader is told of the stamp");
            let again =
                bureau.sign_as("signer-p256", &["x.pdf", "-o", "y.pdf", "--force"]);
            assert_eq!(again.code, Some(0), "{}", again.stderr);
            bureau.holds(&bureau.read("x.pdf"), "y.pdf", "B-B");
        } else {
            assert_eq!(run.code, Some(1), "{certify}: {}", run.stdout);
            assert!(run.stderr.contains("DocMDP"), "{}", run.stderr);
            assert!(!bureau.path("x.pdf").exists());
        }
    }
}

#[test]
fn other_judges_look_at_a_code_on_a_certified_file() {
    let bureau = Bureau::new("sign-stamp-judged");
    for (name, turn) in [("plain", ""), ("turned", "/Rotate 90")] {
        bureau.desk.put("a.pdf", &Paper::new("", turn).classic());
        let signed = format!("{name}-signed.pdf");
        assert_eq!(
            bureau.sign(&["a.pdf", "-o", &signed, "--certify", "3"]).code,
            Some(0)
        );
        let output = format!("{name}.pdf");
        let line = ["qr", "stamp", &signed, "-o", &output, "--payload", "MA-THU"];
        let run = bureau.run(&line);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stderr.contains("taken for tampering"), "{}", run.stderr);
    }
    for name in ["plain.pdf", "turned.pdf"] {
        let Ok(output) = Command::new("pdfsig").arg(bureau.path(name)).output() else {
            println!("skipped: pdfsig is not there");
            break;
        };
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains("Signature is Valid"), "{name}: {told}");
    }
    // pyHanko finds the signature sound and says that it cannot judge what level 3
    // permits, which it then takes for a breach: users are told of such verifiers.
    let line = |name| vec!["validate", "--pretty-print", name];
    for told in pyhanko(&bureau, &[line("plain.pdf"), line("turned.pdf")]) {
        assert!(told.contains("cryptographically sound"), "{told}");
        assert!(told.contains("certificate is trusted"), "{told}");
        let is_beyond_it = told.contains("not designed to support DocMDP level 3");
        assert!(is_beyond_it || told.contains("is judged VALID"), "{told}");
    }
    // A locked one is refused, with the reason.
    let mut qpdf = Command::new("qpdf");
    qpdf.current_dir(&bureau.desk.0).args(["--encrypt", "", "chu", "256", "--"]);
    if qpdf.args(["a.pdf", "locked.pdf"]).output().is_ok_and(|it| it.status.success()) {
        bureau.desk.put("owner", b"chu\n");
        let line = ["locked.pdf", "-o", "locked-signed.pdf", "--certify", "3"];
        let line = [&line[..], &["--password-file", "owner"]].concat();
        assert_eq!(bureau.sign(&line).code, Some(0));
        for name in ["locked.pdf", "locked-signed.pdf"] {
            let line = ["qr", "stamp", name, "-o", "x.pdf", "--payload", "MA-THU"];
            let run = bureau.run(&line);
            assert_eq!(run.code, Some(2), "{name}: {}", run.stderr);
            assert!(run.stderr.contains("is encrypted"), "{name}: {}", run.stderr);
            assert!(!bureau.path("x.pdf").exists());
        }
    }
}

#[test]
fn damaged_locked_and_foreign_files_are_refused_and_left_as_they_are() {
    let bureau = Bureau::new("sign-refused");
    let whole = plain().classic();
    let mut cut = whole.clone();
    cut.truncate(whole.len() - 40);
    let mut moved = whole.clone();
    let at = moved.windows(6).position(|six| six == b"xref\n0").unwrap() + 36;
    moved[at] ^= 1;
    let before = [b"junk\n".to_vec(), whole.clone()].concat();
    let cases: [(&str, &[u8], &str); 5] = [
        ("cut", &cut, "damaged"),
        ("moved", &moved, "damaged"),
        ("before", &before, "damaged"),
        ("text", b"hello", "PDF"),
        ("empty", b"", "PDF"),
    ];
    for (name, bytes, said) in cases {
        let file = format!("{name}.pdf");
        bureau.desk.put(&file, bytes);
        let run = bureau.sign(&[&file, "-o", "x.pdf"]);
        assert_eq!(run.code, Some(2), "{name}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
        let run = bureau.sign(&[&file, "--in-place"]);
        assert_eq!(run.code, Some(2), "{name}: {}", run.stdout);
        assert_eq!(bureau.read(&file), bytes, "{name}");
    }
    let leftovers = fs::read_dir(&bureau.desk.0).unwrap();
    let leftovers = leftovers.map(|entry| entry.unwrap().file_name());
    assert!(leftovers.into_iter().all(|name| !name.to_string_lossy().starts_with('.')));
    assert!(!bureau.path("x.pdf").exists());
}

#[test]
fn encrypted_files_are_signed_with_their_password() {
    let bureau = Bureau::new("sign-encrypted");
    bureau.desk.put("a.pdf", &plain().classic());
    bureau.desk.put("word", b"mo\n");
    for bits in ["128", "256"] {
        let locked = format!("locked-{bits}.pdf");
        let mut qpdf = Command::new("qpdf");
        qpdf.current_dir(&bureau.desk.0).args(["--encrypt", "mo", "chu", bits]);
        qpdf.args((bits == "128").then_some("--use-aes=y"))
            .args(["--", "a.pdf", &locked]);
        let Ok(output) = qpdf.output() else {
            println!("skipped: qpdf is not there");
            return;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let run = bureau.sign(&[&locked, "-o", "x.pdf"]);
        assert!(
            run.code == Some(2) && run.stderr.contains("--password-file"),
            "{}",
            run.stderr
        );
        let signed = format!("signed-{bits}.pdf");
        let line =
            [&locked, "-o", &signed, "--password-file", "word", "--reason", "Phê duyệt"];
        let run = bureau.sign(&line);
        assert_eq!(run.code, Some(0), "{bits}: {}", run.stderr);
        bureau.holds(&bureau.read(&locked), &signed, "B-B");
    }
    // What its owner forbids is not done, unless the owner does it.
    bureau.desk.put("owner", b"chu\n");
    bureau.desk.put("f.pdf", &with_field("").classic());
    for (may, field, refused) in
        [("none", None, true), ("form", None, true), ("form", Some("Leader"), false)]
    {
        let mut qpdf = Command::new("qpdf");
        qpdf.current_dir(&bureau.desk.0).args(["--encrypt", "", "chu", "256"]);
        qpdf.arg(format!("--modify={may}")).args(["--", "f.pdf", "kept.pdf"]);
        assert!(qpdf.output().unwrap().status.success());
        let mut line = vec!["kept.pdf", "-o", "y.pdf", "--force"];
        line.extend(field.iter().flat_map(|name| ["--field", *name]));
        let run = bureau.sign(&line);
        assert_eq!(run.code == Some(2), refused, "{may}: {}", run.stderr);
        assert!(!refused || run.stderr.contains("its owner permits"), "{}", run.stderr);
        let run = bureau.sign(&[&line[..], &["--password-file", "owner"]].concat());
        assert_eq!(run.code, Some(0), "{may}: {}", run.stderr);
        bureau.holds(&bureau.read("kept.pdf"), "y.pdf", "B-B");
    }
    let line = |name| vec!["validate", "--pretty-print", "--password", "mo", name];
    for told in pyhanko(&bureau, &[line("signed-128.pdf"), line("signed-256.pdf")]) {
        assert!(told.contains("is judged VALID"), "{told}");
    }
}

// ------------------------------------------------------------------- the looks

/// A transparent PNG with a blue stroke.
fn stroke(clear: bool) -> Vec<u8> {
    let mut picture =
        image::RgbaImage::from_pixel(80, 40, image::Rgba([255, 255, 255, 255]));
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let inked = x.abs_diff(2 * y) < 4;
        let alpha = if inked || !clear { 255 } else { 0 };
        *pixel = image::Rgba([20, 30, if inked { 200 } else { 255 }, alpha]);
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The words of a file as Poppler reads them.
fn words(bureau: &Bureau, name: &str) -> Option<String> {
    let output =
        Command::new("pdftotext").arg("-layout").arg(bureau.path(name)).arg("-").output();
    output.ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
#[expect(clippy::too_many_lines, reason = "one case after the other over one desk")]
fn stamps_say_what_the_decree_says_where_it_says_and_cover_nothing() {
    let bureau = Bureau::new("sign-looks");
    let faces = sohoa::print::Faces::find(&sohoa::print::font_folders(None));
    if faces.is_err() {
        println!("skipped: no font with the metrics of Times");
        return;
    }
    let key = Key::fixture("signer");
    let agency = Draft::new("UBND phường Nam Nha Trang", "CA", 40, &key).usage(0xc0);
    bureau.desk.put("agency.cer", agency.issue(&bureau.office.issuing_key).der());
    let line = ["--key", "signer.pem", "--cert", "agency.cer", "--cert", "issuing.cer"];
    let agency = |more: &[&str]| bureau.run(&[&["sign"], more, &line[..]].concat());
    bureau.desk.put("a.pdf", &plain().classic());

    let run = bureau.sign(&["a.pdf", "-o", "x.pdf", "--as", "sao-y"]);
    assert!(
        run.code == Some(2) && run.stderr.contains("agency's certificate"),
        "{}",
        run.stderr
    );
    let run = agency(&["a.pdf", "-o", "copy.pdf", "--as", "sao-y"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.holds(&bureau.read("a.pdf"), "copy.pdf", "B-B");
    if let Some(words) = words(&bureau, "copy.pdf") {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = "SAO Y; UBND phường Nam Nha Trang; 16/07/2026; 10:13:45 +07:00";
        assert!(words.contains(text), "{words}");
    }
    // Upright in the top right margin, however the page is turned.
    bureau.desk.put("turned.pdf", &Paper::new("", "/Rotate 90").classic());
    assert_eq!(
        agency(&["turned.pdf", "-o", "turned-copy.pdf", "--as", "sao-y"]).code,
        Some(0)
    );
    for (name, width) in [("copy.pdf", 595.0), ("turned-copy.pdf", 842.0)] {
        let Some(words) = boxes(&bureau.path(name), 1) else { break };
        let word = |text: &str| words.iter().find(|(word, _)| word == text).unwrap().1;
        let (first, last) = (word("SAO"), word("+07:00"));
        let high = last.bottom.max(first.bottom);
        assert!(first.top > 5.0 && high < 57.0, "{name}: {first:?} {last:?}");
        assert!(first.left > width / 2.0 - 60.0 && last.right < width - 40.0, "{name}");
        assert!(last.right > width - 60.0 && first.top <= last.top, "{name}: {last:?}");
    }
    let added = bureau.read("copy.pdf").len() - bureau.read("a.pdf").len();
    assert!(added < 60_000 + 12_000, "font and signature take {added} bytes");
    let annex = ["a.pdf", "-o", "annex.pdf", "--as", "annex", "--number", "05/QĐ-UBND"];
    assert_eq!(agency(&annex).code, Some(0));
    if let Some(words) = words(&bureau, "annex.pdf") {
        assert!(words.contains("Số: 05/QĐ-UBND; 16/07/2026; 10:13:45 +07:00"), "{words}");
    }
    // A second stamp finds another place, or none.
    let run = agency(&["copy.pdf", "-o", "twice.pdf", "--as", "sao-luc"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let mut full = Paper::new("", "");
    let text = "BT /F1 70 Tf 0 770 Td (MMMMMMMMMMMM) Tj 0 40 Td (MMMMMMMMMMMM) Tj ET";
    full.objects[3] = format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    bureau.desk.put("full.pdf", &full.classic());
    let run = agency(&["full.pdf", "-o", "x.pdf", "--as", "sao-y"]);
    assert!(
        run.code == Some(2) && run.stderr.contains("no free place"),
        "{}",
        run.stderr
    );
    assert!(!bureau.path("x.pdf").exists());

    // PDF/A stays PDF/A.
    let now = Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap();
    let about = sohoa::pdfa::About::new("a", now, sohoa::digest::Digest::of(b"a"));
    let mut made = Vec::new();
    let mut sheet = sohoa::print::Sheet::new(sohoa::print::A4);
    let style = sohoa::print::Style::new(sohoa::print::Cut::Regular, 13.0);
    sheet.text(30.0, 60.0, style, "Đơn đề nghị");
    sohoa::print::print(&mut made, about, &[sheet], faces.as_ref().unwrap()).unwrap();
    bureau.desk.put("pdfa.pdf", &made);
    let run = agency(&["pdfa.pdf", "-o", "pdfa-copy.pdf", "--as", "sao-y"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    if let Some(verdict) = conformance(&bureau.path("pdfa-copy.pdf")) {
        // pikepdf judges no forms, and says so of each.
        let form = "/AcroForm: interactive forms (/AcroForm) are not supported";
        let fine = verdict.contains("(0 violation(s), 1 unsupported)");
        assert!(fine && verdict.contains(form), "{verdict}");
    }

    // A leader's signature, then the seal over a third of it.
    let mut letter = Paper::new("", "/Rotate 0");
    let text = "BT /F1 13 Tf 380 300 Td (CHU TICH) Tj -20 -90 Td (Nguyen Van Binh) Tj ET";
    letter.objects[3] = format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    bureau.desk.put("letter.pdf", &letter.classic());
    bureau.desk.put("ink.png", &stroke(true));
    bureau.desk.put("opaque.png", &stroke(false));
    let seal = ["letter.pdf", "-o", "x.pdf", "--as", "agency", "--image", "ink.png"];
    assert!(agency(&seal).stderr.contains("after the leader"));
    let run = bureau.sign(&[
        "letter.pdf",
        "-o",
        "x.pdf",
        "--as",
        "leader",
        "--image",
        "opaque.png",
    ]);
    assert!(run.stderr.contains("transparent"), "{}", run.stderr);
    let run = bureau.sign_as(
        "signer-p256",
        &["letter.pdf", "-o", "led.pdf", "--as", "leader", "--image", "ink.png"],
    );
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let run =
        agency(&["led.pdf", "-o", "sealed.pdf", "--as", "agency", "--image", "ink.png"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.holds(&bureau.read("led.pdf"), "sealed.pdf", "B-B");
    judges_agree(&bureau, &["copy.pdf", "annex.pdf", "sealed.pdf"]);
    assert_eq!(bureau.judged("sealed.pdf").signatures.len(), 2);
    // All of them are as the decree asks.
    for (name, form) in [
        ("copy.pdf", Form::Copy),
        ("turned-copy.pdf", Form::Copy),
        ("pdfa-copy.pdf", Form::Copy),
        ("annex.pdf", Form::Annex),
        ("led.pdf", Form::Picture),
        ("sealed.pdf", Form::Picture),
    ] {
        let report = bureau.judged(name);
        let last = report.signatures.last().unwrap();
        let look = last.facts.appearance.as_ref().unwrap();
        let codes: Vec<_> = last.findings.iter().map(|found| &found.code).collect();
        assert_eq!(look.form, form, "{name}: {look:?}");
        let odd = codes.iter().any(|code| code.starts_with("appearance."));
        assert!(!odd, "{name}: {codes:?} {look:?}");
    }
}

// ------------------------------------------------------------------------ keys

#[test]
fn only_a_certificate_that_may_sign_now_signs() {
    let bureau = Bureau::new("sign-keys");
    bureau.desk.put("a.pdf", &plain().classic());
    let key = Key::fixture("signer");
    let ca = &bureau.office.issuing_key;
    let draft = || Draft::new("Nguyễn Thị Hồng", "CA", 20, &key).usage(0xc0);
    let cases = [
        ("expired", draft().between("20200101000000Z", "20210101000000Z").issue(ca)),
        (
            "not valid yet",
            draft().between("20300101000000Z", "20310101000000Z").issue(ca),
        ),
        ("not issued", Draft::new("A", "CA", 21, &key).usage(0x20).issue(ca)),
        ("goes with", bureau.office.signer_p256.clone()),
    ];
    for (said, certificate) in cases {
        bureau.desk.put("c.cer", certificate.der());
        let line =
            ["sign", "a.pdf", "-o", "x.pdf", "--key", "signer.pem", "--cert", "c.cer"];
        let run = bureau.run(&line);
        assert_eq!(run.code, Some(2), "{said}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
    let revoked = crl("CA", ca, FRESH, &[(10, "20260101000000Z", 1)]);
    bureau.desk.put("lists/ca.crl", revoked.der());
    let run = bureau.sign(&[&["a.pdf", "-o", "x.pdf"][..], &TRUSTED].concat());
    assert!(run.code == Some(2) && run.stderr.contains("revoked"), "{}", run.stderr);
    assert!(!bureau.path("x.pdf").exists());
}

#[test]
fn what_the_addresses_in_a_certificate_say_counts() {
    let bureau = Bureau::new("sign-online");
    bureau.desk.put("a.pdf", &plain().classic());
    let key = Key::fixture("signer");
    let revoked = Say::Revoked("20260101000000Z");
    // The last answers somebody else's question: it counts for nothing.
    let cases: [(&[u8], _, _); 3] =
        [(b"", Say::Good, 0), (b"", revoked, 2), (b"0123456789abcdef", revoked, 0)];
    for (nonce, say, code) in cases {
        let bare = Draft::new("Nguyễn Thị Hồng", "CA", 30, &key).usage(0xc0);
        let service = services::responder(
            nonce,
            &bureau.office,
            bare.issue(&bureau.office.issuing_key),
            say,
            FRESH,
        );
        let access = authority::ocsp_access(&service.url);
        let certificate = bare
            .extension(oid::AUTHORITY_INFO_ACCESS, false, &access)
            .issue(&bureau.office.issuing_key);
        bureau.desk.put("signer.cer", certificate.der());
        let line = [
            "a.pdf",
            "-o",
            "x.pdf",
            "--force",
            "--cert",
            "issuing.cer",
            "--trust",
            "trust",
        ];
        let run =
            bureau.sign(&[&line[..], &["--validation-data", "lists/root.crl"]].concat());
        assert_eq!(run.code, Some(code), "{}", run.stderr);
        let unknown = run.stderr.contains("nothing tells");
        assert_eq!(unknown, !nonce.is_empty(), "{}", run.stderr);
        assert_eq!(service.asked.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn keys_are_read_as_every_program_writes_them() {
    let folder = Path::new("tests/fixtures/pki/stores");
    let now = Timestamp::from_unix(EPOCH.parse().unwrap()).unwrap();
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let word = if name.contains("empty") { "" } else { "Mật-khẩu 1" };
        let word = sohoa::sign::key::Password::new(word.to_owned());
        let mut file =
            KeyFile::read(&bytes, Some(&word)).unwrap_or_else(|e| panic!("{name}: {e}"));
        seen += 1;
        if file.certificates.is_empty() {
            let own = fs::read(folder.join("cert.pem")).unwrap();
            file.certificates = KeyFile::read(&own, None).unwrap().certificates;
        }
        if file.secrets.is_empty() {
            assert_eq!(name, "cert.pem");
            continue;
        }
        let identity = file.identity(None, now).unwrap_or_else(|e| panic!("{name}: {e}"));
        for compat in [false, true] {
            let digest = Hash::Sha256.of(name.as_bytes());
            identity.sign(identity.scheme(compat), &digest).unwrap();
        }
        if !name.contains("plain") && !name.contains("empty") {
            let wrong = sohoa::sign::key::Password::new("sai".to_owned());
            let error = KeyFile::read(&bytes, Some(&wrong)).unwrap_err();
            assert!(error.to_string().contains("wrong"), "{name}: {error}");
            assert!(KeyFile::read(&bytes, None).is_err(), "{name}");
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn a_key_that_cannot_sign_here_is_not_called_a_wrong_password() {
    let bytes = fs::read("tests/fixtures/pki/unfit/p521.pem").unwrap();
    let read = |word: &str| {
        let word = sohoa::sign::key::Password::new(word.to_owned());
        KeyFile::read(&bytes, Some(&word)).unwrap_err().to_string()
    };
    // secp521r1, SEC 2, A.2.1.
    assert!(read("Mật-khẩu 1").contains("1.3.132.0.35"), "{}", read("Mật-khẩu 1"));
    assert!(read("sai").contains("wrong"), "{}", read("sai"));
}

// ----------------------------------------------------------------- time-stamps

#[test]
fn authorities_that_fail_are_passed_over_and_told() {
    let bureau = Bureau::new("sign-stamps");
    bureau.desk.put("a.pdf", &plain().classic());
    let well = services::tsa(&bureau.office, AT, Mood::Well);
    let moods = [
        (Mood::Nonsense, "no time-stamp"),
        (Mood::OtherDigest, "another request"),
        (Mood::OtherNonce, "another request"),
        (Mood::Refuses, "refused"),
        (Mood::Ahead, "clock"),
    ];
    for (mood, said) in moods {
        let bad = services::tsa(&bureau.office, AT, mood);
        let line = ["a.pdf", "-o", "x.pdf", "--level", "t", "--tsa", &bad.url];
        let run = bureau.sign(&line);
        assert_eq!(run.code, Some(2), "{mood:?}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{mood:?}: {}", run.stderr);
        assert!(!bureau.path("x.pdf").exists());
        let output = format!("{mood:?}.pdf");
        let line = [
            "a.pdf", "-o", &output, "--level", "t", "--tsa", &bad.url, "--tsa", &well.url,
        ];
        let run = bureau.sign(&line);
        assert_eq!(run.code, Some(0), "{mood:?}: {}", run.stderr);
    }
    // By a safe line, whose authority the office names.
    let key = Key::fixture("signer-p256");
    let root = Draft::new("Noi bo", "Noi bo", 1, &key).authority().issue(&key);
    bureau.desk.put("noi-bo.pem", pem(&root).as_bytes());
    let here = at_address([127, 0, 0, 1]);
    let server = Draft::new("tsa", "Noi bo", 2, &key);
    let server = server.extension(ALTERNATIVE_NAME, false, &here).issue(&key);
    let safe = services::safe(&server, "signer-p256");
    let safe = services::tsa_by(Some(safe), &bureau.office, AT, Mood::Well);
    let line = ["a.pdf", "-o", "safe.pdf", "--level", "t", "--tsa", &safe.url];
    let run = bureau.sign(&line);
    assert!(run.code == Some(2) && run.stderr.contains("--tls-ca"), "{}", run.stderr);
    assert!(!bureau.path("safe.pdf").exists());
    let run = bureau.sign(&[&line[..], &["--tls-ca", "noi-bo.pem"]].concat());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.holds(&bureau.read("a.pdf"), "safe.pdf", "B-T");
    let busy = services::tsa(&bureau.office, AT, Mood::BusyOnce);
    let line = ["a.pdf", "-o", "busy.pdf", "--level", "t", "--tsa", &busy.url];
    assert_eq!(bureau.sign(&line).code, Some(0));
    let down = services::tsa(&bureau.office, AT, Mood::Busy);
    let run = bureau.sign(&["a.pdf", "-o", "x.pdf", "--level", "t", "--tsa", &down.url]);
    assert!(run.code == Some(2) && run.stderr.contains("503"), "{}", run.stderr);
    assert_eq!(
        down.asked.load(Ordering::SeqCst),
        3,
        "it is asked again, but not for ever"
    );
}

// ----------------------------------------------------------------------- batch

#[test]
fn a_batch_that_was_cut_off_is_finished_and_nothing_is_signed_twice() {
    let bureau = Bureau::new("sign-batch");
    for number in 0..12 {
        let paper = plain().with(&format!("<</N {number}>>")).classic();
        bureau.desk.put(&format!("papers/{}/{number}.pdf", number % 3), &paper);
    }
    bureau.desk.put("papers/0/broken.pdf", b"%PDF-1.7\n");
    let line = ["papers", "--out-dir", "out", "--json", "--jobs", "2"];
    let mut program = bureau.desk.sohoa();
    program.arg("sign").args(line).args(["--key", "signer.pem", "--cert", "signer.cer"]);
    program.args(["--cert", "issuing.cer"]);
    let mut child = program.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(120));
    child.kill().unwrap();
    child.wait().unwrap();
    let done = |run: &Run, key: &str| {
        let last: serde_json::Value =
            serde_json::from_str(run.stdout.lines().last().unwrap()).unwrap();
        last[key].as_u64().unwrap()
    };
    let run = bureau.sign(&line);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert_eq!(done(&run, "failed"), 1, "{}", run.stdout);
    assert_eq!(done(&run, "signed") + done(&run, "signed_before"), 12, "{}", run.stdout);
    let again = bureau.sign(&line);
    assert_eq!(done(&again, "signed_before"), 12, "{}", again.stdout);
    for number in 0..12 {
        let name = format!("{}/{number}.pdf", number % 3);
        let before = bureau.read(&format!("papers/{name}"));
        bureau.holds(&before, &format!("out/{name}"), "B-B");
        assert_eq!(bureau.judged(&format!("out/{name}")).signatures.len(), 1);
    }
    let run = bureau.sign(&["out", "--in-place", "--json"]);
    assert_eq!(done(&run, "signed_before"), 12, "{}", run.stdout);
    let run =
        bureau.sign_as("signer-p256", &["out", "--in-place", "--json", "--unsigned"]);
    assert_eq!(done(&run, "left_out"), 12, "{}", run.stdout);
}

#[test]
fn documents_of_an_archive_are_signed_in_it_and_the_ledger_knows() {
    let bureau = Bureau::new("sign-archive");
    bureau.desk.archive();
    let paper = crate::office::typed_pdf("Don de nghi");
    bureau.desk.put("don.pdf", &paper);
    let filed = bureau.run(&["ingest", "don.pdf", "--archive", "kho", "--json"]);
    assert_eq!(filed.code, Some(0), "{}{}", filed.stdout, filed.stderr);
    let run = bureau.sign(&["kho", "--in-place", "--json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("\"signed\":1"), "{}", run.stdout);
    let again = bureau.sign(&["kho", "--in-place", "--json"]);
    assert!(again.stdout.contains("\"signed_before\":1"), "{}", again.stdout);
    let row: serde_json::Value =
        serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    let report = bureau.judged(row["output"].as_str().unwrap());
    assert_eq!(report.indication, Indication::TotalPassed);
    let check = bureau.run(&["archive", "check", "--archive", "kho"]);
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);
    let log = bureau.run(&["archive", "log", "--archive", "kho"]);
    assert!(log.stdout.contains("signed"), "{}", log.stdout);

    // What the radar lists is extended by the same door.
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    let data = to_last(&tsa);
    let line =
        |more: &[&str]| bureau.run(&[&["extend", "kho", "--json"], more, &data].concat());
    assert_eq!(line(&[]).code, Some(2), "only in its place");
    let run = line(&["--in-place"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("\"extended\":1"), "{}", run.stdout);
    let report = bureau.judged(row["output"].as_str().unwrap());
    assert_eq!(report.signatures[0].level.to_string(), "B-LTA");
    let run = line(&["--in-place"]);
    assert!(run.stdout.contains("\"lasting\":1"), "{}", run.stdout);
    let check = bureau.run(&["archive", "check", "--archive", "kho"]);
    assert_eq!(check.code, Some(0), "{}{}", check.stdout, check.stderr);

    // What the office always uses stands in its settings.
    let line = ["kho", "--in-place", "--level", "t", "--json"];
    let refused = bureau.sign_as("signer-p256", &line);
    assert!(refused.stderr.contains("--tsa"), "{}", refused.stderr);
    let settings = String::from_utf8(bureau.read("kho/sohoa.toml")).unwrap();
    let told = settings.replace("tsa = []", &format!("tsa = [\"{}\"]", tsa.url));
    assert_ne!(told, settings);
    bureau.desk.put("kho/sohoa.toml", told.as_bytes());
    let run = bureau.sign_as("signer-p256", &line);
    assert!(run.stdout.contains("\"signed\":1"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn a_report_counts_a_signature_where_it_is_proved_and_nowhere_else() {
    let bureau = Bureau::new("sign-report");
    bureau.desk.archive();
    bureau.desk.put("qd.pdf", &crate::office::typed_pdf("Quyet dinh"));
    // Files a paper as one the office issued; the path of its file.
    let issue = |name: &str, number: &str| {
        let filed = bureau.run(&["ingest", name, "--archive", "kho", "--json"]);
        let filed: serde_json::Value =
            serde_json::from_str(filed.stdout.lines().next().unwrap()).unwrap();
        let code = filed["dossier"].as_str().unwrap();
        let number = format!("CodeNumber={number}");
        let line =
            ["archive", "set", code, "--archive", "kho", "--document", "1", "VanBanDi=1"];
        let set = bureau.run(&[&line[..], &["CodeNotation=QĐ-UBND", &number]].concat());
        assert_eq!(set.code, Some(0), "{}", set.stderr);
        let folder = bureau.path(&format!("kho/{}/{code}/data", crate::office::DAY));
        fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
    };
    issue("qd.pdf", "05");
    // Numerator, denominator and unverified of the documents a leader signed.
    let share = |trust: &[&str]| {
        let line = ["report", "signatures", "kho", "--json"];
        let run = bureau.run(&[&line[..], trust].concat());
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let figures = report["blocks"].as_array().unwrap().iter();
        let figures = figures.filter_map(|block| block["figures"].as_array()).flatten();
        let found = figures.clone().find(|it| it["code"] == "ky_so_lanh_dao").unwrap();
        ["numerator", "denominator", "unverified"]
            .map(|name| found[name].as_u64().unwrap())
    };
    let trust = ["--trust", "trust", "--trust", "lists"];
    assert_eq!(share(&trust), [0, 1, 0], "not signed");
    let run = bureau.sign(&["kho", "--in-place", "--json"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    assert_eq!(share(&trust), [1, 1, 0], "signed, and the office is trusted");
    assert_eq!(share(&[]), [0, 1, 1], "nothing here says whether it is trusted");
    // A document that was altered after it was signed, and is filed so.
    let altered = |bytes: &[u8]| {
        let at = bytes.windows(10).position(|it| it == b"Quyet dinh").unwrap();
        let mut bytes = bytes.to_vec();
        bytes[at] = b'q';
        bytes
    };
    let run = bureau.sign(&["qd.pdf", "-o", "ky.pdf"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    bureau.desk.put("sai.pdf", &altered(&bureau.read("ky.pdf")));
    issue("sai.pdf", "06");
    assert_eq!(share(&trust), [1, 2, 0], "signed but invalid is unsigned");
    // And one that was altered in the archive, behind its back.
    bureau.desk.put("khac.pdf", &crate::office::typed_pdf("Quyet dinh khac"));
    let path = issue("khac.pdf", "07");
    fs::write(&path, altered(&fs::read(&path).unwrap())).unwrap();
    assert_eq!(share(&trust), [1, 3, 1], "nobody can say what was filed");
    let run = bureau.run(&["report", "signatures", "kho"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stdout.contains("archive check"), "{}", run.stdout);
}

#[test]
fn what_is_signed_without_a_network_is_stamped_later_and_none_is_forgotten() {
    let bureau = Bureau::new("sign-later");
    for number in 0..5 {
        let paper = plain().with(&format!("<</N {number}>>")).classic();
        bureau.desk.put(&format!("papers/{number}.pdf"), &paper);
    }
    bureau.desk.put("papers/x.pdf", b"%PDF-1.7\n");
    let line = ["papers", "--out-dir", "out", "--level", "lt", "--stamp-later", "--json"];
    let run = bureau.sign(&line);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(
        run.stdout.contains("\"level\":\"B\",\"waits_for\":\"LT\""),
        "{}",
        run.stdout
    );
    let waiting = || {
        let text = fs::read_to_string(bureau.path("out/stamp-later.jsonl"));
        text.map_or(0, |text| text.lines().count())
    };
    assert_eq!(waiting(), 5, "what was not signed waits for nothing");
    assert_eq!(bureau.judged("out/3.pdf").signatures[0].level.to_string(), "B-B");
    bureau.sign(&line);
    assert_eq!(waiting(), 5, "nothing waits twice");

    let stamp = |tsa: &str| {
        let line = ["extend", "--queue", "out", "--json", "--tsa", tsa];
        bureau.run(&[&line[..], &TRUSTED].concat())
    };
    let refuses = services::tsa(&bureau.office, AT, Mood::Refuses);
    let run = stamp(&refuses.url);
    assert!(run.code == Some(2) && waiting() == 5, "{}", run.stdout);
    let run = stamp(&refuses.url);
    assert!(run.code == Some(1), "not before its time: {}", run.stdout);
    assert_eq!(run.stdout.matches("\"status\":\"waiting\"").count(), 5, "{}", run.stdout);
    bureau.sign(&line);
    // One is lost on the way; it goes on waiting, and the others do not wait for it.
    fs::rename(bureau.path("out/4.pdf"), bureau.path("4.pdf")).unwrap();
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    let run = stamp(&tsa.url);
    assert!(run.code == Some(2) && waiting() == 1, "{}", run.stdout);
    fs::rename(bureau.path("4.pdf"), bureau.path("out/4.pdf")).unwrap();
    bureau.sign(&line);
    let run = stamp(&tsa.url);
    assert!(run.code == Some(0) && waiting() == 0, "{}", run.stdout);
    for number in 0..5 {
        let before = bureau.read(&format!("papers/{number}.pdf"));
        bureau.holds(&before, &format!("out/{number}.pdf"), "B-LT");
        let signatures = bureau.judged(&format!("out/{number}.pdf")).signatures.len();
        assert_eq!(signatures, 2, "one signature and one time-stamp");
    }
}

#[test]
fn whoever_is_killed_while_stamping_later_forgets_none_and_doubles_none() {
    let Some(shim) = crate::archive::shim() else {
        println!("skipped: no C compiler for tests/fault/shim.c");
        return;
    };
    let bureau = Bureau::new("sign-later-killed");
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    let sign = ["in", "--out-dir", "out", "--level", "t", "--stamp-later", "--jobs", "1"];
    let stamp = ["extend", "--queue", "out", "--tsa", &tsa.url, "--jobs", "1"];
    for number in 0..2 {
        let paper = plain().with(&format!("<</N {number}>>")).classic();
        bureau.desk.put(&format!("in/{number}.pdf"), &paper);
    }
    let key = ["--key", "signer.pem", "--cert", "signer.cer", "--cert", "issuing.cer"];
    let sign = [&["sign"], &sign[..], &key].concat();
    let killed = |line: &[&str], call: u32| {
        let mut program = bureau.desk.sohoa();
        program.args(line).env("LD_PRELOAD", shim).env("SOHOA_FAULT_KILL", "1");
        program.env("SOHOA_FAULT_UNDER", bureau.path("out"));
        Run::of(program.env("SOHOA_FAULT_AT", call.to_string())).code
    };
    for struck in [&sign[..], &stamp] {
        let mut call = 1;
        loop {
            fs::remove_dir_all(bureau.path("out")).ok();
            fs::create_dir(bureau.path("out")).unwrap();
            if struck[0] == "extend" {
                assert_eq!(bureau.run(&sign).code, Some(0));
            }
            let code = killed(struck, call);
            // Whatever was reached, the same lines once more bring all to an end.
            let run = bureau.run(&sign);
            assert_eq!(run.code, Some(0), "{call}: {}", run.stderr);
            let run = bureau.run(&stamp);
            assert_eq!(run.code, Some(0), "{call}: {}{}", run.stdout, run.stderr);
            assert!(!bureau.path("out/stamp-later.jsonl").exists(), "{call}");
            for name in ["out/0.pdf", "out/1.pdf"] {
                let signatures = bureau.judged(name).signatures;
                assert_eq!(signatures.len(), 2, "{call}: {name}");
                assert_eq!(signatures[0].level.to_string(), "B-T", "{call}: {name}");
            }
            if code == Some(0) {
                assert!(call > 5, "nothing was struck");
                break;
            }
            call += 2;
        }
    }
}

#[test]
fn a_disk_that_fills_while_signing_leaves_nothing_half_done() {
    let Some(shim) = crate::archive::shim() else {
        println!("skipped: no C compiler for tests/fault/shim.c");
        return;
    };
    let bureau = Bureau::new("sign-full");
    let paper = plain().classic();
    bureau.desk.put("a.pdf", &paper);
    fs::create_dir(bureau.path("out")).unwrap();
    for (errno, said) in [("ENOSPC", "full"), ("EIO", "Input/output")] {
        for (line, own) in [
            (&["a.pdf", "-o", "out/b.pdf", "--force"][..], "out"),
            (&["out/c.pdf", "--in-place"][..], "out"),
        ] {
            let mut call = 0;
            loop {
                call += 1;
                bureau.desk.put("out/c.pdf", &paper);
                drop(fs::remove_file(bureau.path("out/b.pdf")));
                let mut program = bureau.desk.sohoa();
                program.arg("sign").args(line).args(["--key", "signer.pem"]);
                program.args(["--cert", "signer.cer", "--lang", "en"]);
                program
                    .env("LD_PRELOAD", shim)
                    .env("SOHOA_FAULT_UNDER", bureau.path(own));
                program.env("SOHOA_FAULT_AT", call.to_string());
                program.env("SOHOA_FAULT_ERRNO", errno).env("SOHOA_FAULT_STICKY", "1");
                let run = Run::of(&mut program);
                if run.code == Some(0) {
                    assert!(call > 3, "{errno}: nothing was struck");
                    break;
                }
                let told = format!("{errno} at {call}: {}{}", run.stdout, run.stderr);
                assert!(run.code == Some(2) && told.contains(said), "{told}");
                // The last call makes the folder durable, when the file has its place.
                let c = bureau.read("out/c.pdf");
                assert!(
                    c == paper || c.len() > paper.len() && c.ends_with(b"%%EOF\n"),
                    "{told}"
                );
                let names = fs::read_dir(bureau.path("out")).unwrap();
                let names: Vec<_> = names.map(|name| name.unwrap().file_name()).collect();
                let usual = ["b.pdf", "c.pdf"];
                let strange =
                    |name: &&std::ffi::OsString| !usual.iter().any(|it| *name == it);
                // A disk that fails also refuses to remove.
                let left = names.iter().filter(strange).count();
                assert!(left == 0 || errno == "EIO", "{told}: {names:?}");
                assert!(call < 40, "{told}");
            }
        }
    }
}

#[test]
fn a_file_that_is_no_pdf_gets_its_signature_beside_it() {
    let bureau = Bureau::new("sign-detached");
    bureau.desk.put("bang.xml", "<a>số liệu</a>".as_bytes());
    let tsa = services::tsa(&bureau.office, AT, Mood::Well);
    let line = ["bang.xml", "--detached", "--level", "t", "--tsa", &tsa.url];
    let run = bureau.sign(&line);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let line =
        vec!["validate", "--pretty-print", "--detached", "bang.xml.p7s", "bang.xml"];
    for told in pyhanko(&bureau, &[line]) {
        assert!(told.contains("is judged VALID"), "{told}");
    }
    let more = ["--level", "lt", "--tsa", &tsa.url, "--offline", "-o", "x.p7s"];
    let higher = bureau.sign(&[&["bang.xml", "--detached"], &more[..]].concat());
    assert_eq!(higher.code, Some(2), "never less than was asked for");
    assert!(!bureau.path("x.p7s").exists());
    let again = bureau.sign(&["bang.xml", "--detached"]);
    assert!(
        again.code == Some(0) && again.stdout.contains("1 signed before"),
        "{}",
        again.stdout
    );
    let other = bureau.sign_as("signer-p256", &["bang.xml", "--detached"]);
    assert_eq!(
        other.code,
        Some(2),
        "somebody else's signature is there: {}",
        other.stdout
    );
}

#[test]
fn what_could_change_its_meaning_is_told_and_refused_when_asked() {
    let bureau = Bureau::new("sign-lint");
    let script = Paper::new("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", "");
    bureau.desk.put("a.pdf", &script.classic());
    let run = bureau.sign(&["a.pdf", "-o", "b.pdf"]);
    assert!(run.code == Some(0) && run.stderr.contains("JavaScript"), "{}", run.stderr);
    let run = bureau.sign(&["a.pdf", "-o", "c.pdf", "--strict"]);
    assert!(run.code == Some(2) && !bureau.path("c.pdf").exists(), "{}", run.stderr);

    // What a field shows is held against its value.
    let form = |kind: &str, value: &str, shown: &str| {
        let text = format!("/Tx BMC BT /F1 12 Tf 2 5 Td {shown} ET EMC");
        let look = format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 90 20]/Length {}>>\nstream\n{text}\nendstream",
            text.len()
        );
        let paper = Paper::new("/AcroForm<</Fields[6 0 R]>>", "/Annots[6 0 R]");
        paper
            .with(&format!(
                "<</Type/Annot/Subtype/Widget/F 4/P 3 0 R/Rect[72 500 162 520]/T(a){kind}{value}\
                 /AP<</N 7 0 R>>>>"
            ))
            .with(&look)
            .classic()
    };
    let opt = "/FT/Ch/Ff 131072/Opt[[(1)(Dong y)][(2)(Tu choi)]]";
    let cases = [
        ("/FT/Tx", "/V(1 000 000)", "(1 000 000) Tj", None),
        ("/FT/Tx", "/V(1 000 000)", "[(1)-20(000)-20(000)] TJ", None),
        ("/FT/Tx", "/V(1 000 000)", "(9 000 000) Tj", Some("value-differs")),
        ("/FT/Tx", "", "(9 000 000) Tj", Some("value-differs")),
        ("/FT/Tx", "/V(1 000 000)", "", Some("value-unshown")),
        (opt, "/V(1)", "(Dong y) Tj", None),
        (opt, "/V(2)", "(Dong y) Tj", Some("value-differs")),
    ];
    for (kind, value, shown, concern) in cases {
        bureau.desk.put("form.pdf", &form(kind, value, shown));
        let run = bureau.sign(&["form.pdf", "-o", "d.pdf", "--force", "--json"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let found = run.stdout.contains("content.value");
        assert_eq!(found, concern.is_some(), "{value} {shown}: {}", run.stdout);
        assert!(concern.is_none_or(|code| run.stdout.contains(code)), "{}", run.stdout);
        // Who verifies is told the same.
        let report = bureau.judged("d.pdf");
        let mut told = report.findings.iter().map(|finding| finding.code.as_str());
        let told = told.find(|code| code.starts_with("content."));
        let wanted = concern.map(|code| format!("content.{code}"));
        assert_eq!(told, wanted.as_deref());
        assert_eq!(report.indication, Indication::TotalPassed);
    }
}
