//! How well pages are read: word recall, word precision and character errors
//! against transcripts, with the processor time it takes.
//!
//! Four ways to read each page stand beside each other: the recogniser's own
//! program on the page's own pixels; ours with the words as they were read;
//! ours; ours with care. A fifth, `pdf`, is what other programs find in the
//! PDF we make; a sixth, `grey`, is ours without the colours of the page, which
//! tells what is read under coloured stamps by them. Three sets: `real` and `synthetic` from the corpus
//! (`SOHOA_CORPUS`, default `../shared/corpus`), `fixtures` typeset and
//! degraded by `examples/make_scans` (`SOHOA_FIXTURES`, default
//! `target/fixtures`).
//!
//! ```sh
//! make accuracy
//! make accuracy PARTS="--set real --modes read,usual"
//! make accuracy PARTS="--set fixtures --pages 20 --each"
//! ```
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measuring program for developers"
)]

mod kept;
mod letters;
mod pages;
mod readers;
mod score;
#[path = "../../src/scratch.rs"]
mod scratch;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::letters::Letters;
use crate::pages::Page;
use crate::readers::{Bench, Mode, Read};
use crate::score::{Changes, Score};
use crate::scratch::Scratch;

fn main() {
    let matches = command().get_matches_from(
        // What `cargo bench` adds for its own harness.
        env::args().filter(|arg| arg != "--bench"),
    );
    let number = |name: &str| matches.get_one::<usize>(name).copied();
    let sets: Vec<&String> = matches.get_many::<String>("set").unwrap().collect();
    let modes: Vec<Mode> =
        matches.get_many::<String>("modes").unwrap().map(|m| Mode::named(m)).collect();
    let work = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR")), "accuracy");
    for set in sets {
        let mut pages = pages::of(set);
        if pages.is_empty() {
            println!("{set}: skipped, there are no pages of it here");
            continue;
        }
        if let Some(name) = matches.get_one::<String>("page") {
            pages.retain(|page| page.id.contains(name.as_str()));
        }
        pages.truncate(number("pages").unwrap_or(usize::MAX));
        measure(set, pages, &modes, &matches, &work.0.join(set.as_str()));
    }
}

/// The command line.
fn command() -> Command {
    let list = |name: &'static str, default: &'static str| {
        Arg::new(name).long(name).value_delimiter(',').default_value(default)
    };
    let number =
        |name: &'static str| Arg::new(name).long(name).value_parser(value_parser!(usize));
    Command::new("accuracy")
        .arg(list("set", "real,synthetic,fixtures").help("The sets to measure"))
        .arg(list("modes", "alone,read,usual,careful,pdf").help("The ways to read"))
        .arg(number("pages").help("Measure only so many pages of each set"))
        .arg(number("jobs").default_value("1").help("Pages read at a time"))
        .arg(Arg::new("page").long("page").help("Only pages with this in their name"))
        .arg(Arg::new("show").long("show").help("Write texts and truths here"))
        .arg(
            Arg::new("keep")
                .long("keep")
                .value_parser(value_parser!(PathBuf))
                .help("Keep what the recogniser says here, and use it again"),
        )
        .arg(
            Arg::new("letters")
                .long("letters")
                .action(ArgAction::SetTrue)
                .help("Count how often letters that were offered besides are right"),
        )
        .arg(
            Arg::new("each")
                .long("each")
                .action(ArgAction::SetTrue)
                .help("Print every page, not only the means"),
        )
}

/// A page, measured in each way.
struct Measured {
    id: String,
    scores: Vec<(Score, Score, f64)>,
    changes: Changes,
    letters: Letters,
}

/// Measures a set and prints it.
fn measure(
    set: &str,
    pages: Vec<Page>,
    modes: &[Mode],
    matches: &ArgMatches,
    work: &Path,
) {
    let keep = matches.get_one::<PathBuf>("keep");
    let show = matches.get_one::<String>("show").map(PathBuf::from);
    let jobs = matches.get_one::<usize>("jobs").copied().unwrap_or(1);
    let count = pages.len();
    let queue = Mutex::new(pages.into_iter().enumerate());
    let done: Mutex<BTreeMap<usize, Measured>> = Mutex::default();
    std::thread::scope(|scope| {
        for job in 0..jobs.max(1) {
            let (queue, done, show) = (&queue, &done, &show);
            let work = work.join(job.to_string());
            scope.spawn(move || {
                fs::create_dir_all(&work).unwrap();
                let mut bench = Bench::new(work, keep.cloned());
                loop {
                    let Some((at, page)) = queue.lock().unwrap().next() else { break };
                    let one = one(&mut bench, &page, modes, show.as_deref());
                    done.lock().unwrap().insert(at, one);
                    eprint!("\r{set}: {} of {count}", done.lock().unwrap().len());
                }
            });
        }
    });
    eprintln!();
    let done: Vec<Measured> = done.into_inner().unwrap().into_values().collect();
    print(set, &done, modes, matches.get_flag("each"));
    if matches.get_flag("letters") {
        let mut all = Letters::default();
        done.into_iter().for_each(|page| all += page.letters);
        all.print();
    }
}

/// Measures a page in each way.
fn one(bench: &mut Bench, page: &Page, modes: &[Mode], show: Option<&Path>) -> Measured {
    let mut scores = Vec::new();
    let mut changes = Changes::default();
    let mut letters = Letters::default();
    for &mode in modes {
        let Read { text, layer, cpu, corrections, aside } = bench.read(&page.path, mode);
        if let Some(show) = show {
            fs::create_dir_all(show).unwrap();
            let named = |end: &str| show.join(format!("{}.{end}.txt", page.id));
            fs::write(named(mode.name()), &text).unwrap();
            fs::write(named("truth"), &page.text).unwrap();
            fs::write(named(&format!("{}-aside", mode.name())), aside.join("\n"))
                .unwrap();
            let told = corrections.iter().map(|c| format!("{c:?}\n"));
            fs::write(
                named(&format!("{}-changes", mode.name())),
                told.collect::<String>(),
            )
            .unwrap();
        }
        if mode == Mode::AsRead {
            letters = Letters::of(&page.text, &layer);
        }
        if mode == Mode::Usual {
            changes = Changes::of(&page.text, &text, &corrections);
        }
        let truth = (page.text.as_str(), page.optional.as_str());
        scores.push((score::exact(truth, &text), score::folded(truth, &text), cpu));
    }
    Measured { id: page.id.clone(), scores, changes, letters }
}

/// Prints a set: each page, if wanted, and the means.
fn print(set: &str, done: &[Measured], modes: &[Mode], each: bool) {
    println!(
        "{:<30} {:<8} {:>7} {:>7} {:>7}   {:>7} {:>7} {:>7}   {:>6}",
        format!("{set}, {} pages", done.len()),
        "",
        "recall",
        "precis.",
        "CER",
        "recall",
        "precis.",
        "CER",
        "CPU s"
    );
    let row = |id: &str, mode: &Mode, (exact, folded, cpu): &(Score, Score, f64)| {
        println!("{id:<30} {:<8} {exact}   {folded}   {cpu:>6.2}", mode.name());
    };
    for page in done.iter().filter(|_| each) {
        for (mode, scores) in modes.iter().zip(&page.scores) {
            row(&page.id, mode, scores);
        }
    }
    for (at, mode) in modes.iter().enumerate() {
        let all: Vec<_> = done.iter().filter_map(|page| page.scores.get(at)).collect();
        let n = all.len().max(1) as f64;
        let cpu = all.iter().map(|(.., cpu)| cpu).sum::<f64>() / n;
        let exact = Score::mean(all.iter().map(|(exact, ..)| *exact));
        let folded = Score::mean(all.iter().map(|(_, folded, _)| *folded));
        row("mean", mode, &(exact, folded, cpu));
    }
    if modes.contains(&Mode::Usual) {
        let all = done.iter().fold(Changes::default(), |sum, page| sum + page.changes);
        println!("changes of words: {all}");
    }
    println!("(left: exact; right: tone places, dashes and quotes folded)\n");
}
