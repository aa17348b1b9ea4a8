//! Makes scans of papers that no office ever wrote, with the answers a reader
//! of them should give.
//!
//! ```text
//! cargo run --example make_scans -- examples/scans
//! cargo run --release --example make_scans -- --fixtures DIR --pages 300 --seed 7
//! ```
//!
//! The first line makes the small set that the demonstration files; the second
//! a large graded one to measure reading with. The folder holds nothing but
//! scans, as a scanner leaves it; beside it, in `…-answers/`, `answers.jsonl` has
//! a line a page: its words in reading order, what a register records, and what
//! was done to it. The same seed and fonts give the same bytes.

mod canvas;
mod degrade;
mod demo;
mod dice;
mod encode;
mod fixtures;
mod fonts;
mod ink;
mod job;
mod marks;
mod nd30;
mod paper;
mod phrases;
mod table;
mod typeset;

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use anyhow::{Context as _, Result, anyhow};
use clap::{Arg, ArgAction, Command, value_parser};
use serde_json::Value;

use crate::fonts::Fonts;
use crate::job::Job;

fn main() -> Result<()> {
    let matches = command().get_matches();
    let path = |name: &str| matches.get_one::<PathBuf>(name).map(PathBuf::as_path);
    let fonts = Fonts::load(path("fonts"))?;
    let folder = path("out").or(path("fixtures")).context("no folder to write to")?;
    if path("out").is_some() {
        make(folder, demo::JOBS, |one| one(&fonts))?;
    } else {
        let number = |name: &str| matches.get_one::<u32>(name).copied().unwrap_or(1);
        let seed = u64::from(number("seed"));
        let pages = 1..=number("pages");
        if matches.get_flag("layouts") {
            make(folder, pages, |page| fixtures::layout_job(&fonts, seed, page))?;
        } else if matches.get_flag("stamps") {
            make(folder, pages, |page| fixtures::stamp_job(&fonts, seed, page))?;
        } else if matches.get_flag("register") {
            make(folder, pages, |page| fixtures::register_job(&fonts, seed, page))?;
        } else {
            make(folder, pages, |page| fixtures::job(&fonts, seed, page))?;
        }
    }
    write(&beside(folder)?.join("fonts.sha256"), fonts.checksums().as_bytes())
}

/// The command line.
fn command() -> Command {
    let folder = |name: &'static str, help: &'static str| {
        Arg::new(name).value_name("DIR").value_parser(value_parser!(PathBuf)).help(help)
    };
    let number = |name: &'static str, default: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("N")
            .value_parser(value_parser!(u32))
            .default_value(default)
            .help(help)
    };
    Command::new("make_scans")
        .about("Make Vietnamese office scans with their answers")
        .arg(
            folder("out", "Folder for the small set of examples")
                .required_unless_present("fixtures"),
        )
        .arg(
            folder("fixtures", "Folder for a large graded set instead")
                .long("fixtures")
                .conflicts_with("out"),
        )
        .arg(
            Arg::new("register")
                .long("register")
                .requires("fixtures")
                .action(ArgAction::SetTrue)
                .help("Papers of every kind a register meets, to measure fields with"),
        )
        .arg(
            Arg::new("layouts")
                .long("layouts")
                .requires("fixtures")
                .action(ArgAction::SetTrue)
                .help("Newspapers, tables and forms, to measure reading order with"),
        )
        .arg(
            Arg::new("stamps")
                .long("stamps")
                .requires("fixtures")
                .action(ArgAction::SetTrue)
                .help("Papers with red and blue stamps on their text"),
        )
        .arg(number("pages", "300", "Pages of the graded set"))
        .arg(number("seed", "1", "Seed of the graded set"))
        .arg(
            folder("fonts", "Folder with Tinos and Arimo [default: the system's fonts]")
                .long("fonts")
                .env("SOHOA_FONTS"),
        )
}

/// Makes the files of all orders on all cores, and writes them and, in the
/// order of their names, their answers.
fn make<O: Send>(
    folder: &Path,
    orders: impl IntoIterator<Item = O, IntoIter: Send>,
    job: impl Fn(O) -> Result<Job> + Sync,
) -> Result<()> {
    let orders = Mutex::new(orders.into_iter());
    let work = || -> Result<Vec<(String, Vec<Value>)>> {
        let mut done = Vec::new();
        loop {
            let order = orders.lock().map_err(|_gone| anyhow!("a worker failed"))?.next();
            let Some(order) = order else { return Ok(done) };
            let job = job(order)?;
            let (bytes, answers) = job.run()?;
            write(&folder.join(&job.name), &bytes)?;
            done.push((job.name, answers));
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut all = thread::scope(|scope| -> Result<Vec<(String, Vec<Value>)>> {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.join().map_err(|_panic| anyhow!("a worker failed"))??);
        }
        Ok(all)
    })?;
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let rows = all.iter().flat_map(|(_, answers)| answers);
    let text: String =
        rows.fold(String::new(), |text, row| text + &row.to_string() + "\n");
    write(&beside(folder)?.join("answers.jsonl"), text.as_bytes())
}

/// The folder of the answers: `scans-answers` for `scans`.
fn beside(folder: &Path) -> Result<PathBuf> {
    let name = folder.file_name().context("the folder has no name")?;
    let mut name = name.to_owned();
    name.push("-answers");
    Ok(folder.with_file_name(name))
}

/// Writes a file, and the folders it lies in.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = || -> std::io::Result<()> {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        File::create(path)?.write_all(bytes)
    };
    written().with_context(|| format!("cannot write `{}`", path.display()))
}
