//! What verifying costs beside `pdfsig` (Poppler) and pyHanko, on the same files
//! in one run.
//!
//! The files are the small signed ones of the corpus. Each program is given all
//! of them, on one core, three times in turn; the best run counts. `pdfsig` takes
//! one file a process, and so it is started for each; what that start costs is
//! shown beside it. None of them is asked for trust or the network.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

use std::env;
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
        return;
    }
    let python = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let python = format!("{python}/judges/venv/bin/python");
    let (mut ours, mut poppler, mut start, mut pyhanko) = (None, None, None, None);
    for _ in 0..ROUNDS {
        let mut command = Command::new(sohoa());
        least(
            &mut ours,
            run(command.args(["verify", "--json", "--jobs", "1"]).args(&files)),
        );
        least(
            &mut pyhanko,
            run(Command::new(&python).args(["-c", PYHANKO]).args(&files)),
        );
        let begun = Instant::now();
        for file in &files {
            run(Command::new("pdfsig").args(["-nocert", file.to_str().unwrap()]));
        }
        least(&mut poppler, Some(begun.elapsed().as_secs_f64()));
        let begun = Instant::now();
        for _ in &files {
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
