//! `sohoa verify --online` and `--resume`: what addresses add is named and can be
//! repeated without them, and a run that was cut off goes on where it was.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics is a test that fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use sohoa::pki::der::{self, Tag};
use sohoa::pki::{Certificate, oid};

use crate::afterwards::signed_by;
use crate::authority::{self, Draft, Key, Office, Say, crl};
use crate::office::{Desk, Run};
use crate::pki::base64;
use crate::services;
use crate::sign::{Bureau, plain};

/// The moment that these tests judge at, and the lists that hold then.
const AT: &str = "2026-01-01T07:00:00+07:00";
const FRESH: (&str, &str) = ("20251231000000Z", "20260107000000Z");

/// Serves files over HTTP and counts how often.
fn serve(
    files: impl FnOnce(&str) -> BTreeMap<String, Vec<u8>>,
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let files = files(&url);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = text.split(' ').nth(1).unwrap_or_default();
            count.fetch_add(1, Ordering::SeqCst);
            let (status, body) = match files.get(path) {
                Some(body) => (200, body.clone()),
                None => (404, Vec::new()),
            };
            let head = format!(
                "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            drop(
                stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)),
            );
        }
    });
    (url, asked)
}

fn uri(url: &str) -> Vec<u8> {
    der::encode(Tag(0x86), url.as_bytes())
}

/// `AuthorityInfoAccess` with a place of the issuer's certificate.
fn issuer_at(url: &str) -> Vec<u8> {
    let access = der::sequence(&[&der::encode_oid(oid::ACCESS_CA_ISSUERS), &uri(url)]);
    der::sequence(&[&access])
}

/// `CRLDistributionPoints` with one address.
fn list_at(url: &str) -> Vec<u8> {
    let names = der::encode(Tag::context(0), &uri(url));
    der::sequence(&[&der::sequence(&[&der::encode(Tag::context(0), &names)])])
}

/// A desk with a file signed by somebody whose issuer and whose lists lie behind
/// addresses, and trust in the root alone. `revoked` is on the issuer's list.
fn desk(name: &str, revoked: bool) -> (Desk, Arc<AtomicUsize>) {
    let office = Office::new();
    let mut signer: Option<Certificate> = None;
    let (_, asked) = serve(|url| {
        let issuing = Draft::new("CA", "Root", 50, &office.issuing_key)
            .authority()
            .extension(
                oid::CRL_DISTRIBUTION_POINTS,
                false,
                &list_at(&format!("{url}/root.crl")),
            )
            .issue(&office.root_key);
        signer = Some(
            Draft::new("Nguyen Van A", "CA", 60, &office.signer_p256_key)
                .usage(0x80)
                .extension(
                    oid::AUTHORITY_INFO_ACCESS,
                    false,
                    &issuer_at(&format!("{url}/ca.cer")),
                )
                .extension(
                    oid::CRL_DISTRIBUTION_POINTS,
                    false,
                    &list_at(&format!("{url}/ca.crl")),
                )
                .issue(&office.issuing_key),
        );
        let entries: &[(u8, &str, u8)] = &[(60, "20251201000000Z", 1)];
        let entries = if revoked { entries } else { &[] };
        BTreeMap::from([
            ("/ca.cer".to_owned(), issuing.der().to_vec()),
            (
                "/root.crl".to_owned(),
                crl("Root", &office.root_key, FRESH, &[]).der().to_vec(),
            ),
            (
                "/ca.crl".to_owned(),
                crl("CA", &office.issuing_key, FRESH, entries).der().to_vec(),
            ),
        ])
    });
    let desk = Desk::new(name);
    let signer = signer.unwrap();
    desk.put("in/a.pdf", &signed_by(&signer, &office.signer_p256_key));
    desk.put("trust/root.cer", office.root.der());
    (desk, asked)
}

fn verify(desk: &Desk, line: &[&str]) -> (Run, Value) {
    let run = Run::of(
        desk.sohoa()
            .args(["verify", "in", "--at", AT, "--json", "--lang", "en"])
            .args(line),
    );
    let report = serde_json::from_str(&run.stdout).unwrap_or(Value::Null);
    (run, report)
}

fn codes(file: &Value) -> Vec<&str> {
    let findings = file["findings"].as_array().unwrap();
    findings.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn what_addresses_add_is_named_and_the_verdict_is_repeated_without_them() {
    let (desk, asked) = desk("verify-online", false);
    let (run, report) = verify(&desk, &["--trust", "trust"]);
    assert_eq!((run.code, asked.load(Ordering::SeqCst)), (Some(3), 0), "{}", run.stderr);
    assert_eq!(
        report["files"][0]["signatures"][0]["sub_indication"],
        "NO_CERTIFICATE_CHAIN_FOUND"
    );
    let line = ["--trust", "trust", "--online", "--export-evidence", "proof"];
    let (run, report) = verify(&desk, &line);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let file = &report["files"][0];
    assert_eq!(codes(file), ["evidence.fetched"; 3], "{file}");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    for one in file["findings"].as_array().unwrap() {
        let said = one["en"].as_str().unwrap();
        let sha256 = said.rsplit(' ').next().unwrap();
        let held = ["intermediates", "crls"].iter().any(|folder| {
            let files = fs::read_dir(desk.path("proof/trust").join(folder)).unwrap();
            files
                .map(|file| file.unwrap().file_name())
                .any(|name| name.to_string_lossy().starts_with(sha256))
        });
        assert!(held, "{said}");
    }
    // Whoever holds what was exported needs nobody's answer.
    let (run, report) = verify(&desk, &["--trust", "proof/trust"]);
    assert_eq!((run.code, asked.load(Ordering::SeqCst)), (Some(0), 3), "{}", run.stdout);
    assert_eq!(report["files"][0]["verdict"], "passed");
}

#[test]
fn what_addresses_say_against_a_signature_counts_and_silence_proves_nothing() {
    let (desk, _) = desk("verify-online-revoked", true);
    let (run, report) = verify(&desk, &["--trust", "trust", "--online"]);
    assert_eq!(run.code, Some(3), "{}", run.stdout);
    assert_eq!(report["files"][0]["signatures"][0]["sub_indication"], "REVOKED_NO_POE");
    // Nobody there: open as before, and told.
    let office = Office::new();
    let lonely = Draft::new("Nguyen Van A", "CA", 61, &office.signer_p256_key)
        .usage(0x80)
        .extension(
            oid::AUTHORITY_INFO_ACCESS,
            false,
            &issuer_at("http://127.0.0.1:9/ca.cer"),
        )
        .issue(&office.issuing_key);
    desk.put("in/a.pdf", &signed_by(&lonely, &office.signer_p256_key));
    let (run, report) = verify(&desk, &["--trust", "trust", "--online"]);
    assert_eq!(run.code, Some(3), "{}", run.stdout);
    assert_eq!(codes(&report["files"][0]), ["evidence.not-fetched"]);
}

#[test]
fn an_answer_to_somebody_elses_question_is_not_believed() {
    let bureau = Bureau::new("verify-nonce");
    bureau.desk.put("a.pdf", &plain().classic());
    let key = Key::fixture("signer");
    let holds = ("20260715000000Z", "20260801000000Z");
    for (nonce, code, found) in [
        (&b""[..], 0, "evidence.fetched"),
        (b"0123456789abcdef", 3, "evidence.not-fetched"),
    ] {
        let bare = Draft::new("Nguyễn Thị Hồng", "CA", 31, &key).usage(0xc0);
        let own = bare.issue(&bureau.office.issuing_key);
        let service = services::responder(nonce, &bureau.office, own, Say::Good, holds);
        let access = authority::ocsp_access(&service.url);
        let own = bare
            .extension(oid::AUTHORITY_INFO_ACCESS, false, &access)
            .issue(&bureau.office.issuing_key);
        bureau.desk.put("signer.cer", own.der());
        let run = bureau.sign(&["a.pdf", "-o", "b.pdf", "--force", "--offline"]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let lists = "lists/root.crl";
        let line = [
            "verify", "b.pdf", "--trust", "trust", "--trust", lists, "--online", "--json",
        ];
        let run = bureau.run(&line);
        assert_eq!(run.code, Some(code), "{}", run.stdout);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(codes(&report["files"][0]), [found], "{}", run.stdout);
        assert_eq!(service.asked.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_run_that_was_cut_off_goes_on_and_says_the_same() {
    let desk = Desk::new("verify-resume");
    let office = Office::new();
    let file = signed_by(&office.signer_p256, &office.signer_p256_key);
    for name in ["a", "b", "c"] {
        desk.put(&format!("in/{name}.pdf"), &file);
    }
    desk.put("trust/root.cer", office.root.der());
    let line = ["--trust", "trust", "--resume", "notes"];
    let (whole, _) = verify(&desk, &line);
    let notes = fs::read_to_string(desk.path("notes")).unwrap();
    let lines: Vec<&str> = notes.lines().collect();
    assert_eq!(lines.len(), 4, "{notes}");
    // Cut off in the middle of the last line, with one verdict altered to tell it by.
    let first = lines[1].replace("\"level\":\"B-B\"", "\"level\":\"B-X\"");
    assert_ne!(first, lines[1]);
    let cut = format!("{}\n{first}\n{}", lines[0], &lines[2][..40]);
    desk.put("notes", cut.as_bytes());
    let (run, report) = verify(&desk, &line);
    assert_eq!(run.code, whole.code, "{}", run.stderr);
    assert!(run.stderr.contains("has the verdicts of 1 file"), "{}", run.stderr);
    let levels: Vec<_> =
        (0..3).map(|at| report["files"][at]["signatures"][0]["level"].clone()).collect();
    assert_eq!(levels, ["B-X", "B-B", "B-B"], "the first was not judged again");
    assert_eq!(fs::read_to_string(desk.path("notes")).unwrap().lines().count(), 4);
    // A file that is another now is judged again; other trust is another run.
    desk.put("notes", notes.as_bytes());
    desk.put("in/b.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF\n");
    let (run, report) = verify(&desk, &line);
    assert_eq!(report["files"][1]["signatures"], serde_json::json!([]), "{}", run.stdout);
    let (run, _) = verify(&desk, &["--trust", "in", "--resume", "notes"]);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("of another run"), "{}", run.stderr);
    desk.put("no-notes", b"a list\n");
    let (run, _) = verify(&desk, &["--resume", "no-notes"]);
    assert!(
        run.code == Some(2) && run.stderr.contains("does not hold notes"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read(desk.path("no-notes")).unwrap(), b"a list\n");
}

#[test]
fn a_run_that_is_stopped_says_what_is_left_and_how_to_go_on() {
    // Their rows are more than a pipe holds: no run is done before it is told to stop.
    const FILES: usize = 900;
    let desk = Desk::new("verify-stopped");
    for number in 0..FILES {
        desk.put(&format!("in/{number:03}.pdf"), &plain().classic());
    }
    let line = ["verify", "in", "--at", AT, "--jobs", "1", "--lang", "en"];
    let stopped = |more: &[&str]| {
        let mut program = desk.sohoa();
        program.args(line).args(more).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        // What answers can be told.
        let mut begun = [0; 1];
        child.stdout.as_mut().unwrap().read_exact(&mut begun).unwrap();
        kill_process(Pid::from_child(&child), Signal::INT).unwrap();
        let run = Run::from(child.wait_with_output().unwrap());
        assert_eq!(run.code, Some(130), "{}", run.stderr);
        Run { stdout: format!("{}{}", char::from(begun[0]), run.stdout), ..run }
    };

    let run = stopped(&["--csv", "--resume", "notes"]);
    let judged = run.stdout.lines().count() - 1;
    let told = format!("files judged: {judged}, not reached: {}", FILES - judged);
    assert!(judged < FILES && run.stderr.contains(&told), "{}", run.stderr);
    assert!(run.stderr.contains("the same command goes on: `notes`"), "{}", run.stderr);
    let whole = Run::of(desk.sohoa().args(line).args(["--csv", "--resume", "notes"]));
    assert_eq!(whole.stdout.lines().count(), FILES + 1);
    assert!(whole.stdout.starts_with(&run.stdout) && !whole.stderr.contains("stopped"));

    // A report that ends early says so itself.
    let run = stopped(&["--json"]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let judged = report["files"].as_array().unwrap().len();
    assert_eq!(report["summary"]["not_reached"], FILES - judged, "{}", run.stderr);
    assert!(run.stderr.contains("with `--resume FILE`"), "{}", run.stderr);
    let run = stopped(&["--html"]);
    assert!(run.stdout.contains("not reached: ") && run.stdout.ends_with("</html>\n"));
}

/// A trusted list with one authority that was granted and withdrawn.
fn list_of(authority: &Certificate, withdrawn: &str) -> String {
    let granted = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus";
    format!(
        "<?xml version=\"1.0\"?><TrustServiceStatusList><TSPService><ServiceInformation>\
         <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>\
         <ServiceDigitalIdentity><DigitalId><X509Certificate>{}</X509Certificate></DigitalId>\
         </ServiceDigitalIdentity><ServiceStatus>{granted}/withdrawn</ServiceStatus>\
         <StatusStartingTime>{withdrawn}</StatusStartingTime></ServiceInformation>\
         <ServiceHistory><ServiceHistoryInstance>\
         <ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>\
         <ServiceStatus>{granted}/granted</ServiceStatus>\
         <StatusStartingTime>2024-01-01T00:00:00Z</StatusStartingTime>\
         </ServiceHistoryInstance></ServiceHistory></TSPService></TrustServiceStatusList>",
        base64(authority.der())
    )
}

#[test]
fn a_trusted_list_counts_while_it_grants_and_is_owned_up_to() {
    let (desk, _) = desk("verify-list", false);
    let office = Office::new();
    fs::remove_file(desk.path("trust/root.cer")).unwrap();
    for (withdrawn, code) in [("2026-02-01T00:00:00Z", 0), ("2025-02-01T00:00:00Z", 3)] {
        desk.put("trust/list.xml", list_of(&office.root, withdrawn).as_bytes());
        let proof = format!("proof-{code}");
        let line = ["--trust", "trust", "--online", "--export-evidence", &proof];
        let (run, report) = verify(&desk, &line);
        assert_eq!(run.code, Some(code), "{withdrawn}: {}", run.stdout);
        assert!(
            run.stderr.contains("its own signature is not checked"),
            "{}",
            run.stderr
        );
        let items = report["trust"]["items"].as_array().unwrap();
        let list = items.iter().find(|item| item["kind"] == "trusted-list").unwrap();
        assert_eq!(list["signature_checked"], false);
        // What was exported says the same, no more.
        let trust = format!("{proof}/trust");
        let (run, _) = verify(&desk, &["--trust", &trust]);
        assert_eq!(run.code, Some(code), "{withdrawn}: {}", run.stdout);
    }
}
