//! `sohoa archive check`: is everything still what was filed?

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;

use clap::{ArgMatches, Command};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::archive::{Archive, Checked, Checking, Fault, Stamped};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Stopwatch, Tone, Ui, harmless};
use crate::cli::{crew, number, stop, verify};
use crate::finding::Weight;
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// The words of `sohoa archive check`.
pub(crate) const WORDS: Words = Words {
    path: "archive check",
    about: help::CHECK_ABOUT,
    long: help::CHECK_LONG,
    usage: help::CHECK_USAGE,
    examples: help::CHECK_EXAMPLES,
};

/// Units of time, as typed after a number, in seconds.
const UNITS: [(char, u64); 4] = [('d', 86_400), ('h', 3600), ('m', 60), ('s', 1)];
/// How often the line on a terminal is redrawn.
const TICK: Duration = Duration::from_millis(250);

/// `sohoa archive check`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, help| {
        layout::option(name, help::VALUE_SPAN, help, lang)
            .help_heading(help::OPTIONS.in_lang(lang))
    };
    layout::command(&WORDS, lang)
        .arg(place::flag(lang))
        .arg(option("since-last", help::CHECK_SINCE_LAST))
        .arg(option("budget", help::CHECK_BUDGET))
}

/// Checks; anything wrong is the answer "no".
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let age = time(matches, "since-last", lang)?;
    let since = age.and_then(|age| {
        let seconds = i64::try_from(age.as_secs()).ok()?;
        Timestamp::from_unix(now.unix().saturating_sub(seconds))
    });
    let budget = time(matches, "budget", lang)?;
    let jobs = crew::jobs(matches, lang)?;
    let asked = stop::on_request(lang)?;
    let archive = place::writable(matches, ui)?;
    let clock = Stopwatch::start();
    let line = Line::new(ui);
    let stop = || {
        asked.load(Ordering::Relaxed)
            || budget.is_some_and(|most| clock.elapsed() >= most)
    };
    let watch = |files, bytes| line.more(files, bytes, lang);
    let own = archive.root().join("trust");
    let own = own.is_dir().then_some(own);
    let trust = verify::stores(own.as_slice(), lang)?;
    let checking =
        Checking { since, jobs, now, trust: &trust, stop: &stop, watch: &watch };
    let checked = archive.check(&checking);
    line.end();
    let checked = checked.map_err(|error| place::told(&error, &archive, lang))?;
    let interrupted = asked.load(Ordering::Relaxed) && !checked.is_whole();
    if ui.json {
        answer_json(&archive, &checked, interrupted, ui)?;
    } else {
        tell(&checked, clock.elapsed(), ui)?;
    }
    let news = if checked.is_good() { Exit::Yes } else { Exit::No };
    Ok(if interrupted { Exit::Interrupted } else { news })
}

/// The stretch of time a flag gives: `30d`, `2h`, `90m`.
fn time(
    matches: &ArgMatches,
    name: &str,
    lang: Lang,
) -> Result<Option<Duration>, Failure> {
    let Some(typed) = layout::value::<String>(matches, name) else { return Ok(None) };
    read_time(&typed).map(Some).ok_or_else(|| {
        Failure::new(say::cli::value_unknown(lang, &typed, format!("--{name}")))
            .hint(say::cli::hint_time(lang))
    })
}

/// A number and a unit of time.
fn read_time(typed: &str) -> Option<Duration> {
    let (unit, seconds) = UNITS.into_iter().find(|(unit, _)| typed.ends_with(*unit))?;
    let number: u64 = typed.strip_suffix(unit)?.parse().ok()?;
    Some(Duration::from_secs(number.checked_mul(seconds)?))
}

/// One line of a terminal that says how far the check is.
struct Line {
    bar: Option<ProgressBar>,
    done: Mutex<(u64, u64)>,
}

impl Line {
    fn new(ui: &Ui) -> Self {
        let bar = (ui.converses() && !ui.quiet).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(TICK);
            bar
        });
        Self { bar, done: Mutex::default() }
    }

    fn more(&self, files: u64, bytes: u64, lang: Lang) {
        let Some(bar) = &self.bar else { return };
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.0 += files;
        done.1 += bytes;
        let (files, bytes) = (number::count(done.0, lang), number::bytes(done.1, lang));
        bar.set_message(say::cli::check_so_far(lang, files, bytes));
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What is wrong, and then how much was looked at.
fn tell(checked: &Checked, elapsed: Duration, ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    for Fault { path, finding } in &checked.faults {
        let tone = match finding.weight {
            Weight::NeedsPerson => Tone::Bad,
            Weight::Warning | Weight::Note => Tone::Care,
        };
        let path = ui.paint(&harmless(&path.to_string_lossy()), tone);
        ui.answer(&format!("{path}: {}", harmless(finding.tell(lang))))?;
    }
    let count = |number| number::count(number, lang);
    ui.remark(&say::cli::check_done(
        lang,
        count(checked.dossiers),
        count(checked.files),
        number::bytes(checked.bytes, lang),
        number::duration(elapsed, lang),
    ));
    if checked.passed_over > 0 {
        ui.remark(&say::cli::check_passed_over(lang, count(checked.passed_over)));
    }
    if checked.not_reached > 0 {
        ui.remark(&say::cli::check_not_reached(lang, count(checked.not_reached)));
    }
    if checked.quarantine_not_reached > 0 {
        let left = count(checked.quarantine_not_reached);
        ui.remark(&say::cli::check_quarantine_not_reached(lang, left));
    }
    if let Some(Stamped { size, at, is_proven }) = checked.stamped {
        let told = match is_proven {
            true => say::cli::check_stamped(lang, count(size), at),
            false => say::cli::check_stamped_unproved(lang, count(size), at),
        };
        ui.remark(&told);
    }
    if let Some(oldest) = checked.oldest_proof {
        ui.remark(&say::cli::check_oldest(lang, oldest.day().vietnamese()));
    }
    if checked.is_good() && checked.is_whole() {
        ui.remark(&say::cli::check_good(lang));
    }
    Ok(())
}

/// The same for scripts.
fn answer_json(
    archive: &Archive,
    checked: &Checked,
    interrupted: bool,
    ui: &Ui,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        archive: String,
        good: bool,
        interrupted: bool,
        dossiers: u64,
        files: u64,
        bytes: u64,
        passed_over: u64,
        not_reached: u64,
        quarantined: u64,
        quarantine_not_reached: u64,
        stamped: Option<Told>,
        never_proved_before: u64,
        oldest_proof: Option<Timestamp>,
        faults: Vec<Line<'a>>,
    }
    #[derive(Serialize)]
    struct Told {
        size: u64,
        time: Timestamp,
        proved: bool,
    }
    #[derive(Serialize)]
    struct Line<'a> {
        path: String,
        #[serde(flatten)]
        finding: &'a crate::finding::Finding,
    }
    let line = |fault: &'_ Fault| fault.path.to_string_lossy().into_owned();
    let faults = checked.faults.iter();
    let answer = Answer {
        schema: "sohoa.archive-check/1",
        archive: archive.root().to_string_lossy().into_owned(),
        good: checked.is_good(),
        interrupted,
        dossiers: checked.dossiers,
        files: checked.files,
        bytes: checked.bytes,
        passed_over: checked.passed_over,
        not_reached: checked.not_reached,
        quarantined: checked.quarantined,
        quarantine_not_reached: checked.quarantine_not_reached,
        stamped: checked.stamped.map(|Stamped { size, at: time, is_proven: proved }| {
            Told { size, time, proved }
        }),
        never_proved_before: checked.never_proved,
        oldest_proof: checked.oldest_proof,
        faults: faults.map(|f| Line { path: line(f), finding: &f.finding }).collect(),
    };
    ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_number_and_a_unit() {
        assert_eq!(read_time("30d"), Some(Duration::from_secs(30 * 86_400)));
        assert_eq!(read_time("2h"), Some(Duration::from_secs(7200)));
        for none in ["", "h", "2", "-2h", "2 h", "2x", "99999999999999999999d"] {
            assert_eq!(read_time(none), None, "{none}");
        }
    }
}
