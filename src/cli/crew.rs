//! Many files at a time: how many, workers, a line that shows how far they are, and
//! the answers one after the other.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::cli::ui::Ui;
use crate::say::{self, Lang};

/// The most that is worked on at a time.
const MOST_JOBS: usize = 256;
/// Columns of the bar.
const BAR: usize = 20;

/// How much is worked on at a time: what `--jobs` says, or as many as the machine
/// has cores.
///
/// # Errors
///
/// When it says something else than a number from 1 to 256.
pub(crate) fn jobs(matches: &ArgMatches, lang: Lang) -> Result<NonZeroUsize, Failure> {
    Ok(asked(matches, lang)?.unwrap_or_else(cores))
}

/// What `--jobs` says, if it is given.
///
/// # Errors
///
/// When it says something else than a number from 1 to 256.
pub(crate) fn asked(
    matches: &ArgMatches,
    lang: Lang,
) -> Result<Option<NonZeroUsize>, Failure> {
    let Some(text) = layout::value::<String>(matches, "jobs") else { return Ok(None) };
    let number = text.parse().ok().filter(|jobs| (1..=MOST_JOBS).contains(jobs));
    let number = number.and_then(NonZeroUsize::new).ok_or_else(|| {
        Failure::new(say::cli::out_of_range(lang, &text, "--jobs", 1, MOST_JOBS))
    })?;
    Ok(Some(number))
}

/// The cores of this machine.
pub(crate) fn cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Hands tasks to as many threads as are wanted, and what became of them back on
/// this one. No task is begun after `stop` is raised; the ones in hand are finished.
pub(crate) fn each<T: Sync, R: Send>(
    (tasks, jobs): (&[T], NonZeroUsize),
    stop: &AtomicBool,
    ui: &Ui,
    work: impl Fn(&T) -> R + Sync,
    mut hand_out: impl FnMut(&T, R),
) {
    let bar = bar(tasks.len(), ui);
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::sync_channel(2 * jobs.get());
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(tasks.len()) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(index) else { return };
                    if send.send((task, work(task))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for (task, ended) in receive {
            bar.suspend(|| hand_out(task, ended));
            bar.inc(1);
        }
    });
    bar.finish_and_clear();
}

/// A bar on a terminal; nothing for one file, in a log, or where quiet was asked for.
fn bar(files: usize, ui: &Ui) -> ProgressBar {
    if files < 2 || ui.quiet || !ui.converses() {
        return ProgressBar::hidden();
    }
    let template = format!(" {{bar:{BAR}.green/dim}}  {{pos}}/{{len}} · {{eta}}");
    let style = ProgressStyle::with_template(&template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("━╸─");
    let length = u64::try_from(files).unwrap_or(u64::MAX);
    ProgressBar::new(length).with_style(style)
}
