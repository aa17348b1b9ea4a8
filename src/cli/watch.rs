//! `sohoa ingest --watch INBOX`: takes what comes into a folder, until told to stop.
//!
//! When papers are whole is decided in `ingest::inbox`. Here is the round: look,
//! take, tell, wait. Each taking is a run like any other, with its account.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::cli::account::{self, Account};
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ingest::{Done, Plan, Source};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Stopwatch, Ui, harmless};
use crate::ingest::inbox::{self, Denied, Item, Notices, Settling};
use crate::ingest::leave;
use crate::ingest::outcome::{Event, Outcome, Status, Watch};
use crate::ingest::run::Report;
use crate::say::{self, Lang, Tell as _};

/// How often it is asked whether to stop, and whether something was told.
const TICK: Duration = Duration::from_millis(200);
/// How often the inbox is looked at while papers in it settle.
const SETTLING: Duration = Duration::from_secs(1);
/// How often it is looked at anyway: notices get lost, and shares send none.
const RESCAN: Duration = Duration::from_secs(10);
/// Papers taken in one run at most, so that each run has an end.
const MOST_AT_ONCE: usize = 256;

/// Watches the one source of the plan.
pub(crate) fn run(
    plan: &Plan,
    settle: Duration,
    around: &Surroundings,
    stop: &Arc<AtomicBool>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let folder = match plan.sources.as_slice() {
        [Source::Path(folder)] => folder.clone(),
        _ => return Err(Failure::new(say::cli::watch_one_folder(lang))),
    };
    let _watching =
        inbox::lock(&folder).map_err(|denied| told(&denied, &folder, lang))?;
    // Listening begins before the first look, so that nothing falls between.
    let mut notices = Notices::listen(&folder);
    let mut settling = Settling::new(settle);
    let clock = Stopwatch::start();
    ui.remark(&say::cli::watching(lang, harmless(&folder.to_string_lossy())));
    let mut lost = false;
    while !stop.load(Ordering::Relaxed) {
        notices.heard();
        let renamed = notices.renamed();
        let found = inbox::look(&folder);
        if let Err(error) = &found
            && !lost
        {
            let shown = harmless(&folder.to_string_lossy());
            ui.fail(&Failure::io(say::cli::cannot_look(lang, shown), error, lang));
        }
        lost = found.is_err();
        // A share that is gone has not lost its papers: what is known stays.
        if let Ok(found) = found {
            notices.follow(&found);
            let whole = settling.take(found, &renamed, clock.elapsed());
            for items in whole.chunks(MOST_AT_ONCE) {
                if stop.load(Ordering::Relaxed) {
                    return Ok(Exit::Yes);
                }
                let report = take(plan, items, around, stop, ui);
                let now = clock.elapsed();
                for item in items {
                    let is_done =
                        report.as_ref().is_some_and(|report| is_done(item, report));
                    settling.ended(item, is_done, now);
                }
                if let (Done::Move, Some(report)) = (plan.done, &report) {
                    move_away(&folder, items, report, around, ui)?;
                }
                if stop.load(Ordering::Relaxed)
                    && report.is_some_and(|report| report.summary.not_reached > 0)
                {
                    return Ok(Exit::Interrupted);
                }
            }
        }
        wait(&mut notices, &settling, stop);
    }
    Ok(Exit::Yes)
}

/// Waits until it is time to look again.
fn wait(notices: &mut Notices, settling: &Settling, stop: &AtomicBool) {
    let clock = Stopwatch::start();
    let most =
        if settling.is_waiting() || settling.troubled() > 0 { SETTLING } else { RESCAN };
    while clock.elapsed() < most && !stop.load(Ordering::Relaxed) {
        thread::sleep(TICK);
        if notices.heard() && clock.elapsed() >= TICK {
            return;
        }
    }
}

/// Takes papers that are whole; `None` where nothing could be begun.
fn take(
    plan: &Plan,
    items: &[Item],
    around: &Surroundings,
    stop: &AtomicBool,
    ui: &Ui,
) -> Option<Report> {
    let source = |item: &Item| {
        let path = item.path.clone();
        if item.is_folder { Source::Dossier(path) } else { Source::Path(path) }
    };
    let plan = Plan { sources: items.iter().map(source).collect(), ..plan.clone() };
    let clock = Stopwatch::start();
    let teller = Teller { ui };
    let report = match connect::ingest(&plan, around, stop, &teller, ui.lang) {
        Ok(report) => report,
        Err(failure) => {
            ui.fail(&failure);
            return None;
        }
    };
    for finding in &report.repaired {
        ui.remark(finding.tell(ui.lang));
    }
    if ui.json {
        let account = Account {
            outcomes: &report.outcomes,
            summary: report.summary,
            target: &plan.target,
            work: plan.work,
            elapsed: clock.elapsed(),
            interrupted: stop.load(Ordering::Relaxed),
            broken_off: report.ended_by.is_some(),
        };
        if let Ok(line) = account::json::summary(&account) {
            ui.tell(&line);
        }
    }
    if let Some(error) = &report.ended_by {
        ui.fail(&connect::told(error, ui.lang));
    }
    Some(report)
}

/// Moves what is filed aside. What cannot be moved is told; it is filed all the
/// same.
fn move_away(
    folder: &Path,
    items: &[Item],
    report: &Report,
    around: &Surroundings,
    ui: &Ui,
) -> Result<(), Failure> {
    let today = around.now(ui.lang)?.day();
    for item in items {
        if let Err(error) = leave::leave(folder, item, &report.outcomes, today) {
            let shown = item.path.to_string_lossy();
            let sentence = say::cli::cannot_move_away(ui.lang, harmless(&shown));
            ui.fail(&Failure::new(format!("{sentence}: {}", error.tell(ui.lang))));
        }
    }
    Ok(())
}

/// Whether nothing of an item is left to be tried again.
fn is_done(item: &Item, report: &Report) -> bool {
    let is_of_item =
        |outcome: &&Outcome| Path::new(&outcome.input).starts_with(&item.path);
    let failed = report.outcomes.iter().filter(|o| o.status == Status::Failed);
    let is_whole = report.summary.not_reached == 0 && report.ended_by.is_none();
    is_whole && !failed.into_iter().any(|outcome| is_of_item(&outcome))
}

/// Tells each paper as it ends.
struct Teller<'a> {
    ui: &'a Ui,
}

impl Watch for Teller<'_> {
    fn event(&self, event: Event<'_>) {
        let Event::Done(outcome) = event else { return };
        let ui = self.ui;
        let line = if ui.json {
            account::json::document(outcome).unwrap_or_default()
        } else if !account::is_trouble(outcome.status)
            && (ui.quiet || outcome.status == Status::AlreadyFiled)
        {
            // Papers that were taken before are of no interest: at the start
            // they may be ten thousand.
            return;
        } else {
            let paint = |text: &str, tone| ui.paint(text, tone);
            account::line(outcome, ui.lang, &paint)
        };
        // A stream that cannot be written is no reason to stop filing.
        ui.tell(&line);
    }
}

fn told(denied: &Denied, folder: &Path, lang: Lang) -> Failure {
    let shown = harmless(&folder.to_string_lossy());
    match denied {
        Denied::Watched => Failure::new(say::cli::watched_already(lang, shown))
            .hint(say::cli::hint_watched(lang)),
        Denied::Refused(error) => {
            Failure::io(say::cli::cannot_watch(lang, shown), error, lang)
        }
    }
}
