//! How fast files are signed, what a large one takes, and what 200 kills leave.
//!
//! `make bench` prints it. The program itself is run, as an office runs it, with an
//! RSA key of 2048 bits from a file, and from a token that `SoftHSM` plays: there the
//! measure is what the token gives when it is asked for nothing but signatures.
//!
//! `SIGN_FILES` is the number of files of a batch, for a quick look.
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
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, ObjectClass};
use cryptoki::session::UserType;
use cryptoki::types::AuthPin;

use sohoa::pki::Store;
use sohoa::sign::done::{State, look};
use sohoa::time::Timestamp;
use sohoa::verify::examine::{Policy, Terms, examine};

use crate::authority::{Draft, Key, Office};

/// Files of a batch.
const FILES: usize = 1_000;
/// Megabytes of the large file.
const LARGE: usize = 600;
/// Runs that are killed.
const KILLS: u64 = 200;
/// The agency whose stamp a true copy bears.
const AGENCY: &str = "UBND phường Nam Nha Trang";
/// A moment at which the certificates of the tests hold.
const EPOCH: i64 = 1_784_171_625;

/// The library of the token.
const LIBRARY: &str = "/usr/lib/softhsm/libsofthsm2.so";
/// Its PIN.
const PIN: &str = "123456";
/// The flag by which this program calls itself for the bare signatures of a token.
const BARE: &str = "--bare-signatures";

fn main() {
    let mut words = std::env::args().skip_while(|word| word != BARE).skip(1);
    if let Some(threads) = words.next() {
        return bare(threads.parse().unwrap(), words.next().unwrap().parse().unwrap());
    }
    let files = files();
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-sign");
    drop(fs::remove_dir_all(&dir));
    fs::create_dir_all(dir.join("papers")).unwrap();
    let office = Office::new();
    let key = fs::read("tests/fixtures/pki/keys/signer.pem").unwrap();
    fs::write(dir.join("key.pem"), key).unwrap();
    fs::write(dir.join("signer.cer"), office.signer.der()).unwrap();
    fs::write(dir.join("issuing.cer"), office.issuing.der()).unwrap();
    let agency = Draft::new(AGENCY, "CA", 40, &Key::fixture("signer")).usage(0xc0);
    fs::write(dir.join("agency.cer"), agency.issue(&office.issuing_key).der()).unwrap();
    for number in 0..files {
        let path = dir.join(format!("papers/{number:04}.pdf"));
        write_pdf(&path, 40_000, number);
    }
    speed(&dir, files);
    token(&dir, files);
    large(&dir);
    kills(&dir, &office, files);
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
fn speed(dir: &Path, files: usize) {
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
        let count = f64::from(u32::try_from(files).unwrap());
        // On a machine with other work to do the second figure is the truer one.
        println!(
            "sign a batch of {files} files, RSA 2048 {name}: {:.0} signatures/s, \
             {:.0} in each second of processor time",
            count / took,
            count / spent
        );
    }
}

/// Files of a batch.
fn files() -> usize {
    let told = std::env::var("SIGN_FILES").ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(FILES)
}

/// How near the program comes to what a token gives: the same key, and as many threads.
fn token(dir: &Path, files: usize) {
    if !Path::new(LIBRARY).exists() {
        println!("skipped: SoftHSM is not there");
        return;
    }
    let store = dir.join("tokens");
    fs::create_dir_all(&store).unwrap();
    let conf = dir.join("softhsm.conf");
    let settings =
        format!("directories.tokendir = {}\nlog.level = ERROR\n", store.display());
    fs::write(&conf, settings).unwrap();
    let init =
        ["--init-token", "--free", "--label", "t", "--so-pin", "5678", "--pin", PIN];
    let import = [
        "--import", "key.pem", "--token", "t", "--label", "k", "--id", "a1", "--pin", PIN,
    ];
    for line in [&init[..], &import] {
        let mut util = Command::new("softhsm2-util");
        util.current_dir(dir)
            .env("SOFTHSM2_CONF", &conf)
            .args(line)
            .stdout(Stdio::null());
        assert!(util.status().unwrap().success());
    }
    let threads = thread::available_parallelism().unwrap().to_string();
    let count = f64::from(u32::try_from(files).unwrap());
    // Both begin with a process, an open library and a login.
    let timed = |program: &mut Command| {
        program.env("SOFTHSM2_CONF", &conf).env("PIN", PIN);
        let start = Instant::now();
        assert!(program.status().unwrap().success());
        count / start.elapsed().as_secs_f64()
    };
    let mut bare = Command::new(std::env::current_exe().unwrap());
    bare.args([BARE, &threads, &files.to_string()]);
    let bare = timed(&mut bare);
    let mut ours = Command::new(env!("CARGO_BIN_EXE_sohoa"));
    ours.current_dir(dir).env("SOURCE_DATE_EPOCH", EPOCH.to_string());
    ours.args(["sign", "--offline", "--token-lib", LIBRARY, "--pin-env", "PIN"]);
    ours.args(["--cert", "signer.cer", "--cert", "issuing.cer"]);
    ours.args(["papers", "--out-dir", "by-token", "--quiet"]).stdout(Stdio::null());
    let ours = timed(&mut ours);
    println!(
        "sign a batch of {files} files with a token, {threads} threads: {ours:.0} \
         signatures/s; its bare signatures: {bare:.0}/s; {:.0} %",
        100.0 * ours / bare
    );
}

/// Signs a digest so many times, on so many threads, with the key of the token.
fn bare(threads: usize, times: usize) {
    let context = Pkcs11::new(LIBRARY).unwrap();
    context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).unwrap();
    let slot = *context.get_slots_with_initialized_token().unwrap().first().unwrap();
    let login = context.open_ro_session(slot).unwrap();
    login.login(UserType::User, Some(&AuthPin::new(PIN.into()))).unwrap();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let session = context.open_ro_session(slot).unwrap();
                let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY)];
                let keys = session.find_objects(&wanted).unwrap();
                let how = Mechanism::RsaPkcsPss(PkcsPssParams {
                    hash_alg: MechanismType::SHA256,
                    mgf: PkcsMgfType::MGF1_SHA256,
                    s_len: 32.into(),
                });
                while next.fetch_add(1, Ordering::Relaxed) < times {
                    session.sign(&how, *keys.first().unwrap(), &[7; 32]).unwrap();
                }
            });
        }
    });
}

/// Time and memory for a large file: signed unseen, and with the stamp of a true copy.
fn large(dir: &Path) {
    write_pdf(&dir.join("large.pdf"), LARGE << 20, 0);
    for (name, more) in [("", &[][..]), (" as a true copy", &["--as", "sao-y"])] {
        let start = Instant::now();
        let mut program = program(dir, Some("%M"));
        program.args(["large.pdf", "-o", "large-signed.pdf", "--quiet", "--force"]);
        if !more.is_empty() {
            program.args(["--cert", "agency.cer", "--signer", AGENCY]).args(more);
        }
        let output = program.stderr(Stdio::piped()).output().unwrap();
        let took = start.elapsed().as_secs_f64();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        let peak: f64 = told.lines().last().unwrap().trim().parse().unwrap();
        println!(
            "sign a file of {LARGE} MB{name}: {took:.1} s, {:.0} MB of memory",
            peak / 1024.0
        );
    }
    drop(fs::remove_file(dir.join("large.pdf")));
    drop(fs::remove_file(dir.join("large-signed.pdf")));
}

/// Kills a batch again and again, then lets it finish.
fn kills(dir: &Path, office: &Office, files: usize) {
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
    let terms = Terms { trust: &trust, at, policy: Policy::default(), password: None };
    for number in 0..files {
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
        "{KILLS} kills during a batch of {files}: {lost} lost, {doubled} signed twice, \
         {damaged} damaged, {} unfinished files left",
        left.len()
    );
}
