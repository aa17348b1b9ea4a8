//! How fast files are signed, what a large one takes, and what 200 kills leave.
//!
//! `make bench` prints it. The program itself is run, as an office runs it, with an
//! RSA key of 2048 bits from a file.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

#[path = "../tests/it/authority.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod authority;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sohoa::pki::Store;
use sohoa::sign::done::{State, look};
use sohoa::time::Timestamp;
use sohoa::verify::examine::{Policy, Terms, examine};

use crate::authority::Office;

/// Files of a batch.
const FILES: usize = 1_000;
/// Megabytes of the large file.
const LARGE: usize = 600;
/// Runs that are killed.
const KILLS: u64 = 200;
/// A moment at which the certificates of the tests hold.
const EPOCH: i64 = 1_784_171_625;

fn main() {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-sign");
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(dir.join("papers")).unwrap();
    let office = Office::new();
    let key = fs::read("tests/fixtures/pki/keys/signer.pem").unwrap();
    fs::write(dir.join("key.pem"), key).unwrap();
    fs::write(dir.join("signer.cer"), office.signer.der()).unwrap();
    fs::write(dir.join("issuing.cer"), office.issuing.der()).unwrap();
    for number in 0..FILES {
        let path = dir.join(format!("papers/{number:04}.pdf"));
        write_pdf(&path, 40_000, number);
    }
    speed(&dir);
    large(&dir);
    kills(&dir, &office);
    fs::remove_dir_all(&dir).unwrap();
}

/// A PDF of one page with a stream of so many bytes.
fn write_pdf(path: &Path, bytes: usize, number: usize) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let mut offsets = Vec::new();
    let mut at = out.write(b"%PDF-1.7\n").unwrap();
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/N {number}>>"),
    ];
    for (object, place) in objects.iter().zip(1..) {
        offsets.push(at);
        let text = format!("{place} 0 obj\n{object}\nendobj\n");
        out.write_all(text.as_bytes()).unwrap();
        at += text.len();
    }
    offsets.push(at);
    let head = format!("4 0 obj\n<</Length {bytes}>>\nstream\n");
    out.write_all(head.as_bytes()).unwrap();
    let block: Vec<u8> = (0..=u8::MAX).cycle().take(1 << 16).collect();
    let mut left = bytes;
    while left > 0 {
        let part = left.min(block.len());
        out.write_all(block.split_at(part).0).unwrap();
        left -= part;
    }
    out.write_all(b"\nendstream\nendobj\n").unwrap();
    at += head.len() + bytes + 18;
    let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
    for offset in &offsets {
        writeln!(table, "{offset:010} 00000 n ").unwrap();
    }
    let tail = format!("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    out.write_all((table + &tail).as_bytes()).unwrap();
    out.flush().unwrap();
}

fn program(dir: &Path, wrap: Option<&str>) -> Command {
    let sohoa = env!("CARGO_BIN_EXE_sohoa");
    let mut program = match wrap {
        None => Command::new(sohoa),
        Some(format) => {
            let mut time = Command::new("/usr/bin/time");
            time.args(["-f", format, sohoa]);
            time
        }
    };
    program.current_dir(dir).env("SOURCE_DATE_EPOCH", EPOCH.to_string());
    program.args(["sign", "--offline", "--key", "key.pem", "--cert", "signer.cer"]);
    program.args(["--cert", "issuing.cer"]).stdout(Stdio::null());
    program
}

/// Signatures a second over a batch.
fn speed(dir: &Path) {
    for (name, more) in [("RSA-PSS", None), ("PKCS#1 v1.5", Some("--compat"))] {
        drop(fs::remove_dir_all(dir.join("out")));
        let start = Instant::now();
        let mut program = program(dir, Some("%U %S"));
        program.args(["papers", "--out-dir", "out", "--quiet"]).args(more);
        let output = program.stderr(Stdio::piped()).output().unwrap();
        assert!(output.status.success());
        let took = start.elapsed().as_secs_f64();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let spent = told.lines().last().unwrap().split(' ');
        let spent: f64 = spent.map(|part| part.parse::<f64>().unwrap()).sum();
        let files = f64::from(u32::try_from(FILES).unwrap());
        // On a machine with other work to do the second figure is the truer one.
        println!(
            "sign a batch of {FILES} files, RSA 2048 {name}: {:.0} signatures/s, \
             {:.0} in each second of processor time",
            files / took,
            files / spent
        );
    }
}

/// Time and memory for a large file.
fn large(dir: &Path) {
    write_pdf(&dir.join("large.pdf"), LARGE << 20, 0);
    let start = Instant::now();
    let mut program = program(dir, Some("%M"));
    program.args(["large.pdf", "-o", "large-signed.pdf", "--quiet"]);
    let output = program.stderr(Stdio::piped()).output().unwrap();
    let took = start.elapsed().as_secs_f64();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let peak: f64 = told.lines().last().unwrap().trim().parse().unwrap();
    println!("sign a file of {LARGE} MB: {took:.1} s, {:.0} MB of memory", peak / 1024.0);
    drop(fs::remove_file(dir.join("large.pdf")));
    drop(fs::remove_file(dir.join("large-signed.pdf")));
}

/// Kills a batch again and again, then lets it finish.
fn kills(dir: &Path, office: &Office) {
    let out = dir.join("killed");
    let line = ["papers", "--out-dir", "killed", "--quiet"];
    for number in 0..KILLS {
        let mut child = program(dir, None).args(line).spawn().unwrap();
        // Anything from nothing done to some tens of files.
        thread::sleep(Duration::from_millis(number * 7_919 % 97 + 5));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(program(dir, None).args(line).status().unwrap().success());
    let (mut lost, mut doubled, mut damaged) = (0, 0, 0);
    let trust = Store::default();
    let at = Timestamp::from_unix(EPOCH).unwrap();
    let terms = Terms { trust: &trust, at, policy: Policy::Usual, password: None };
    for number in 0..FILES {
        let name = format!("{number:04}.pdf");
        let (input, output) = (dir.join("papers").join(&name), out.join(&name));
        let state = look(&input, &output, &office.signer, None);
        lost += usize::from(!matches!(state, Ok(State::OutputThere)));
        let Ok(source) = sohoa::cos::Source::open(&output) else { continue };
        let report = examine(source, &terms).unwrap();
        doubled += usize::from(report.signatures.len() > 1);
        let whole = report.signatures.iter().all(|signature| signature.facts.is_intact());
        damaged += usize::from(!whole);
    }
    let left: Vec<PathBuf> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|ending| ending != "pdf"))
        .collect();
    println!(
        "{KILLS} kills during a batch of {FILES}: {lost} lost, {doubled} signed twice, \
         {damaged} damaged, {} unfinished files left",
        left.len()
    );
}
