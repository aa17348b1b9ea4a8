//! Looks for input that makes a reader of hostile files panic, or work for
//! too long.
//!
//! `make fuzz SECONDS=60` gives every target that many seconds of one core;
//! `make fuzz SECONDS=3600 WHAT=crl` one of them. It needs no nightly
//! compiler: inputs are seeds altered at random, and those whose outcome is
//! new join the seeds. The same `FUZZ_SEED` gives the same alterations. An
//! input that fails is kept in `target/fuzz/` and ends the run with 1.
//!
//! A new target is a row in `targets.rs`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

#[path = "../../tests/it/authority.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod authority;
mod mutate;
mod targets;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use sohoa::digest::Digest;

use crate::mutate::Mutator;
use crate::targets::{TARGETS, Target};

/// Longer than this, and a verifier could be held up.
const SLOW: Duration = Duration::from_secs(2);
/// Inputs with a new outcome that are kept beside the seeds.
const MOST_KEPT: usize = 4_096;

fn main() {
    let arguments: Vec<String> =
        env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let seconds = arguments.first().map_or(10, |seconds| seconds.parse().unwrap());
    let only = arguments.get(1);
    let seed = env::var("FUZZ_SEED").map_or(1, |seed| seed.parse().unwrap());
    panic::set_hook(Box::new(|_| {}));
    let mut failed = false;
    for target in &TARGETS {
        if only.is_none_or(|only| only == target.name) {
            failed |= !run(target, Duration::from_secs(seconds), seed);
        }
    }
    if failed {
        std::process::exit(1);
    }
}

/// Gives a target its time; says whether it stood.
fn run(target: &Target, time: Duration, seed: u64) -> bool {
    let mut pool = (target.seeds)();
    let seeds = pool.len();
    let mut mutator = Mutator::new(seed);
    let mut outcomes = BTreeSet::new();
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    let start = Instant::now();
    while start.elapsed() < time {
        let input = match pool.get(usize::try_from(runs).unwrap()) {
            // The seeds themselves, first.
            Some(seed) if runs < seeds as u64 => seed.clone(),
            Some(_) | None => mutator.next(&pool),
        };
        runs += 1;
        let begun = Instant::now();
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let Ok(outcome) = outcome else { return report(target, &input, "panics") };
        let mut took = begun.elapsed();
        if took > SLOW {
            // On a busy machine another program may have had the processor.
            let again = Instant::now();
            (target.run)(&input);
            took = took.min(again.elapsed());
        }
        slowest = slowest.max(took);
        if took > SLOW {
            return report(target, &input, "takes too long");
        }
        if outcomes.insert(outcome) && pool.len() < seeds + MOST_KEPT {
            pool.push(input);
        }
    }
    println!(
        "{:<14} {runs:>9} runs from {seeds} seeds, {} outcomes, slowest {} ms",
        target.name,
        outcomes.len(),
        slowest.as_millis()
    );
    true
}

/// Keeps an input that failed.
fn report(target: &Target, input: &[u8], how: &str) -> bool {
    let folder = PathBuf::from("target/fuzz");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{}-{}", target.name, Digest::of(input)));
    fs::write(&path, input).unwrap();
    println!("{:<14} {how}: `{}`", target.name, path.display());
    false
}
