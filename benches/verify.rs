//! What verifying costs beside `pdfsig` (Poppler) and pyHanko, on the same files
//! in one run.
//!
//! The files are the small signed ones of the corpus. Each program is given all
//! of them, on one core, three times in turn; the best run counts. `pdfsig` takes
//! one file a process, and so it is started for each; what that start costs is
//! shown beside it. None of them is asked for trust or the network. Two files made
//! here follow, alone: one with many signatures, and one of 600 MB. Last come files
//! made to cost time and memory.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

#[path = "../tests/it/authority.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod authority;
#[path = "../src/scratch.rs"]
mod scratch;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::scratch::Scratch;

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
    println!("hostile files, one core: time and memory of one run");
    hostile();
}

/// Files made to cost time and memory: what an answer takes.
fn hostile() {
    let scratch = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR")), "hostile");
    let folder = &scratch.0;
    for (name, bytes) in traps() {
        let file = folder.join("trap.pdf");
        fs::write(&file, bytes).unwrap();
        let verify = || {
            let mut command = Command::new(sohoa());
            command.args(["verify", "--jobs", "1"]).arg(&file);
            command
        };
        let seconds = run(&mut verify());
        let peak = peak(&verify());
        let peak = peak.map_or("?".to_owned(), |kib| (kib / 1024).to_string());
        println!("  {name:<32} {:>7.3} s {peak:>8} MB", seconds.unwrap());
    }
}

/// Traps by name.
fn traps() -> Vec<(&'static str, Vec<u8>)> {
    const MANY: usize = 100_000;
    const CLAIM: &str = "<</Type/Sig/ByteRange[0 9 20 9]/Contents<00>>>";
    let pages = "<</Type/Pages/Kids[]/Count 0>>".to_owned();
    let form = |fields: &[String]| {
        format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{}]>>>>", fields.join(" "))
    };
    let refs: Vec<String> = (0..MANY).map(|at| format!("{} 0 R", at + 3)).collect();
    let mut claimed = vec![form(&refs), pages.clone()];
    claimed.extend((0..MANY).map(|at| format!("<</FT/Sig/T(s{at})/V{CLAIM}>>")));
    let direct: Vec<String> =
        (0..MANY).map(|at| format!("<</FT/Sig/T(s{at})/V{CLAIM}>>")).collect();
    let bare = vec![form(&direct), pages.clone()];
    let mut objects = vec![form(&[]), pages.clone()];
    objects.extend((0..10 * MANY).map(|at| format!("[{} 0 R]", at + 4)));
    let mut orphans = vec![form(&[]), pages.clone()];
    orphans.extend((0..MANY).map(|_| CLAIM.to_owned()));
    let chain = "4 0 R".to_owned();
    let nested = vec![form(&["3 0 R".to_owned()]), pages, "[".repeat(4 * MANY), chain];
    let mut astray = pdf(&objects[..MANY]);
    // Every object is sought where it does not lie.
    let table = astray.windows(5).rposition(|part| part == b"xref\n").unwrap();
    astray[table + 5..].iter_mut().filter(|byte| **byte == b'1').for_each(|b| *b = b'2');
    let mut marks = pdf(&claimed[..2]);
    marks.extend(b"startxref\n9\n%%EOF\n".repeat(10 * MANY));
    let mut updates = pdf(&claimed[..200]);
    for _ in 0..5_000 {
        let at = updates.len();
        let text = String::from_utf8_lossy(&updates[at - 40..]).into_owned();
        let prev = text.rsplit("startxref").next().unwrap();
        let prev: String = prev.chars().filter(char::is_ascii_digit).collect();
        let more = format!(
            "xref\n0 0\ntrailer\n<</Size 300/Root 1 0 R/Prev {prev}>>\nstartxref\n{at}\n%%EOF\n"
        );
        updates.extend(more.bytes());
    }
    vec![
        ("100 000 signatures", pdf(&claimed)),
        ("100 000 signatures in one array", pdf(&bare)),
        ("100 000 signatures of no field", pdf(&orphans)),
        ("a million objects", pdf(&objects)),
        ("objects that lie elsewhere", astray),
        ("arrays within arrays", pdf(&nested)),
        ("a million end marks", marks),
        ("5 000 updates", updates),
        ("open arrays", b"%PDF-1.7\n1 0 obj\n[".repeat(MANY)),
        ("open streams", b"1 0 obj<<>>stream\n".repeat(MANY)),
    ]
}

/// A file of these objects, numbered from 1; the first is its catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let (at, size) = (file.len(), objects.len() + 1);
    let trailer =
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(trailer.as_bytes());
    file
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
    let scratch = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR")), "bench-verify");
    let folder = &scratch.0;
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
