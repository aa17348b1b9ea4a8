//! What verifying costs beside `pdfsig` (Poppler) and pyHanko, on the same files
//! in one run.
//!
//! The files are the small signed ones of the corpus. Each program is given all
//! of them, on one core, three times in turn; the best run counts. `pdfsig` takes
//! one file a process, and so it is started for each; what that start costs is
//! shown beside it. None of them is asked for trust or the network. Two files made
//! here follow, alone: one with many signatures, and one of 600 MB.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

#[path = "../tests/it/authority.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod authority;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 3;
/// Bytes of the longest file that is small.
const SMALL: u64 = 200_000;

/// Validates the files it is told of, signature by signature, and goes on when one
/// cannot be read.
const PYHANKO: &str = r#"
import logging, sys
logging.disable(logging.CRITICAL)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        try:
            for signature in PdfFileReader(file, strict=False).embedded_signatures:
                try:
                    validate_pdf_signature(signature, ValidationContext(trust_roots=[], allow_fetching=False))
                except Exception:
                    pass
        except Exception:
            pass
"#;

fn main() {
    let files = files();
    if files.is_empty() {
        println!("verify: the corpus is not there");
    } else {
        beside_others(&files);
    }
    println!("files made here, one core, best of {ROUNDS} and the memory of one run:");
    made_here();
}

fn beside_others(files: &[PathBuf]) {
    let python = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let python = format!("{python}/judges/venv/bin/python");
    let (mut ours, mut poppler, mut start, mut pyhanko) = (None, None, None, None);
    for _ in 0..ROUNDS {
        let mut command = Command::new(sohoa());
        least(
            &mut ours,
            run(command.args(["verify", "--json", "--jobs", "1"]).args(files)),
        );
        least(&mut pyhanko, run(Command::new(&python).args(["-c", PYHANKO]).args(files)));
        let begun = Instant::now();
        for file in files {
            run(Command::new("pdfsig").args(["-nocert", file.to_str().unwrap()]));
        }
        least(&mut poppler, Some(begun.elapsed().as_secs_f64()));
        let begun = Instant::now();
        for _ in files {
            run(Command::new("pdfsig").arg("-v"));
        }
        least(&mut start, Some(begun.elapsed().as_secs_f64()));
    }
    println!("{} signed files of at most {} kB, one core:", files.len(), SMALL / 1000);
    let own = ours.unwrap();
    let count = f64::from(u32::try_from(files.len()).unwrap());
    for (name, seconds) in [
        ("sohoa verify", ours),
        ("pdfsig", poppler),
        ("  of it starts", start),
        ("pyHanko", pyhanko),
    ] {
        match seconds {
            Some(s) => println!(
                "  {name:<16} {s:>7.2} s {:>8.0} files/s   ×{:.1}",
                count / s,
                s / own
            ),
            None => println!("  {name:<16} is not installed"),
        }
    }
}

/// A file that this program signs again and again, and one of 600 MB that it signs
/// once: what verifying each of them takes. The document is an example's.
fn made_here() {
    const SIGNATURES: usize = 40;
    const LARGE: usize = 600 << 20;
    let folder = env::temp_dir().join(format!("sohoa-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let keys = Path::new("tests/fixtures/pki/keys").canonicalize().unwrap();
    let key = keys.join("signer-p256.pem");
    let sign = |from: &Path, to: &Path| {
        let mut command = Command::new(sohoa());
        command.arg("sign").arg(from).arg("-o").arg(to).arg("--key").arg(&key);
        command.arg("--cert").arg(folder.join("signer.cer")).args(["--again", "--quiet"]);
        command.stdout(Stdio::null()).status().unwrap()
    };
    let office = authority::Office::new();
    fs::write(folder.join("signer.cer"), office.signer_p256.der()).unwrap();
    let (mut many, large) = (folder.join("0.pdf"), folder.join("large.pdf"));
    fs::write(&many, paper(0)).unwrap();
    for number in 1..=SIGNATURES {
        let next = folder.join(format!("{number}.pdf"));
        assert!(sign(&many, &next).success(), "signature {number}");
        fs::remove_file(&many).unwrap();
        many = next;
    }
    fs::write(folder.join("plain.pdf"), paper(LARGE)).unwrap();
    assert!(sign(&folder.join("plain.pdf"), &large).success(), "the large file");
    for (name, file) in [("40 signatures", &many), ("600 MB", &large)] {
        let mut best = None;
        for _ in 0..ROUNDS {
            let mut command = Command::new(sohoa());
            least(&mut best, run(command.args(["verify", "--jobs", "1"]).arg(file)));
        }
        let peak = peak(Command::new(sohoa()).args(["verify", "--jobs", "1"]).arg(file));
        let peak = peak.map_or("?".to_owned(), |kib| (kib / 1024).to_string());
        println!("  {name:<16} {:>7.3} s {peak:>8} MB", best.unwrap());
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// Kilobytes of memory that a command takes at most, as GNU time tells.
fn peak(command: &Command) -> Option<u64> {
    let mut timed = Command::new("/usr/bin/time");
    timed.args(["-f", "%M"]).arg(command.get_program()).args(command.get_args());
    let told = timed.output().ok()?;
    String::from_utf8_lossy(&told.stderr).lines().last()?.trim().parse().ok()
}

/// A page of a PDF, with a stream of so many bytes that nothing shows.
fn paper(bytes: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 5\n0000000000 65535 f \n");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/PieceInfo 4 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_owned(),
        format!("<</Length {bytes}>>\nstream\n"),
    ];
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend_from_slice(format!("{number} 0 obj\n{object}").as_bytes());
        if number == 4 {
            // Not zeros, which a file system may leave out.
            file.extend((0..bytes).map(|at| u8::try_from(at * 7 % 251).unwrap()));
            file.extend_from_slice(b"\nendstream");
        }
        file.extend_from_slice(b"\nendobj\n");
    }
    let at = file.len();
    let trailer = format!("trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(trailer.as_bytes());
    file
}

/// The small signed files of the corpus, in the order of their names.
fn files() -> Vec<PathBuf> {
    let corpus =
        env::var("SOHOA_CORPUS").unwrap_or_else(|_| "../shared/corpus".to_owned());
    let mut files = Vec::new();
    collect(&Path::new(&corpus).join("signed"), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|end| end == "pdf")
            && fs::metadata(&path).unwrap().len() <= SMALL
        {
            into.push(path);
        }
    }
}

/// The program measured: the one built with this, or the one `SOHOA_BIN` names.
fn sohoa() -> String {
    env::var("SOHOA_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sohoa").to_owned())
}

/// Seconds a command takes, whatever it says; `None` when it is absent.
fn run(command: &mut Command) -> Option<f64> {
    let begun = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    // Ours says with 1 to 3 what it found; a Python that lacks pyHanko ends with 1.
    let done = status.success() || command.get_program() == sohoa().as_str();
    done.then(|| begun.elapsed().as_secs_f64())
}

fn least(best: &mut Option<f64>, new: Option<f64>) {
    if let Some(new) = new {
        *best = Some(best.map_or(new, |old| old.min(new)));
    }
}
