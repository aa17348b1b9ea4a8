//! What a page costs beside the engine alone and beside `OCRmyPDF`.
//!
//! Each input goes through every program three times in turn; the best run of
//! each is shown, with ratios, because machines are noisy and peers in one run
//! share the noise. `make bench` runs it over the project's own example scans.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

#[path = "../src/scratch.rs"]
mod scratch;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::scratch::Scratch;

const ROUNDS: usize = 3;
const STARTS: usize = 20;

fn main() {
    let work = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR")), "bench-ingest");
    start_up();
    println!();
    println!(
        "{:<26} {:<12} {:>7} {:>7} {:>8}   vs engine",
        "one page", "", "CPU s", "wall s", "peak MB"
    );
    for page in pages() {
        compare(&page, &work.0);
    }
}

/// The scans of one page, smallest format first.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .map(PathBuf::from)
        .collect();
    if pages.is_empty() {
        let folder = Path::new("examples/scans");
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let is_image = |path: &PathBuf| {
            path.extension().is_some_and(|end| {
                ["tif", "jpg", "png"].iter().any(|known| end == *known)
            })
        };
        pages = entries.filter(is_image).collect();
    }
    pages.sort();
    pages
}

/// Time from the command to its first answer.
fn start_up() {
    let best = (0..STARTS).map(|_| {
        let start = Instant::now();
        Command::new(sohoa()).arg("--version").stdout(Stdio::null()).status().unwrap();
        start.elapsed().as_secs_f64() * 1000.0
    });
    println!("start-up: {:.1} ms (best of {STARTS})", best.fold(f64::MAX, f64::min));
}

/// The program measured: the one built with this, or the one `SOHOA_BIN` names.
fn sohoa() -> String {
    env::var("SOHOA_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sohoa").to_owned())
}

/// One program's best run.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    wall: f64,
    megabytes: f64,
}

fn compare(page: &Path, work: &Path) {
    let out = work.join("out.pdf");
    let text = work.join("out");
    let mut best: [Option<Cost>; 3] = [None; 3];
    for _ in 0..ROUNDS {
        let engine = timed(&["tesseract", arg(page), arg(&text), "-l", "vie", "txt"]);
        let ours = timed(&[
            &sohoa(),
            "ingest",
            "--quiet",
            "--force",
            "--jobs",
            "1",
            "-o",
            arg(&out),
            arg(page),
        ]);
        let peer = timed(&[
            "ocrmypdf",
            "-q",
            "--jobs",
            "1",
            "-l",
            "vie",
            "--image-dpi",
            "200",
            arg(page),
            arg(&out),
        ]);
        for (slot, cost) in best.iter_mut().zip([engine, ours, peer]) {
            *slot = match (*slot, cost) {
                (Some(old), Some(new)) if old.cpu <= new.cpu => Some(old),
                (old, None) => old,
                (_, new) => new,
            };
        }
    }
    let name = page.file_name().unwrap().to_string_lossy();
    let engine = best[0];
    for (program, cost) in ["tesseract", "sohoa", "ocrmypdf"].into_iter().zip(best) {
        let Some(cost) = cost else {
            println!("{name:<26} {program:<12} not installed, or refuses the file");
            continue;
        };
        let against = engine.map_or(String::new(), |engine| {
            format!("CPU ×{:.2} ({:+.2} s)", cost.cpu / engine.cpu, cost.cpu - engine.cpu)
        });
        println!(
            "{name:<26} {program:<12} {:>7.2} {:>7.2} {:>8.0}   {against}",
            cost.cpu, cost.wall, cost.megabytes
        );
    }
}

fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Runs a command under GNU time, the engine's own threads off in all.
fn timed(words: &[&str]) -> Option<Cost> {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%U %S %e %M"]).args(words).env("OMP_THREAD_LIMIT", "1");
    let output = command.stdout(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let numbers: Vec<f64> = told
        .lines()
        .last()?
        .split(' ')
        .filter_map(|number| number.parse().ok())
        .collect();
    match (output.status.code(), numbers.as_slice()) {
        (Some(0 | 1), &[user, system, wall, kilobytes]) => {
            Some(Cost { cpu: user + system, wall, megabytes: kilobytes / 1024.0 })
        }
        _ => None,
    }
}
