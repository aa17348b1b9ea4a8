//! `sohoa archive runs`: past runs of ingest and what became of their inputs.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::archive::runs::{How, PastRun};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::find::limit;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::table::{Cell, Row, Side, lay_out};
use crate::cli::ui::{Tone, Ui};
use crate::say::help;
use crate::say::{self, Lang, Sentence};

/// The words of `sohoa archive runs`.
pub(crate) const WORDS: Words = Words {
    path: "archive runs",
    about: help::RUNS_ABOUT,
    long: help::RUNS_LONG,
    usage: help::RUNS_USAGE,
    examples: help::RUNS_EXAMPLES,
};

/// `sohoa archive runs`.
pub(crate) fn command(lang: Lang) -> Command {
    let limit = layout::option("limit", help::VALUE_NUMBER, help::RUNS_LIMIT, lang)
        .help_heading(help::OPTIONS.in_lang(lang));
    layout::command(&WORDS, lang).arg(place::flag(lang)).arg(limit)
}

/// Lists them.
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        runs: Vec<PastRun>,
    }
    let limit = limit(matches, ui.lang)?;
    let archive = place::consult(matches, ui)?;
    let runs = archive.runs(limit);
    let runs = runs.map_err(|error| place::told(&error, &archive, ui.lang))?;
    if ui.json {
        let answer = Answer { schema: "sohoa.archive-runs/1", runs };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else if runs.is_empty() {
        ui.remark(&say::cli::no_runs(ui.lang));
    } else {
        ui.answer(&table(&runs, ui))?;
    }
    Ok(Exit::Yes)
}

/// A row for each run.
fn table(runs: &[PastRun], ui: &Ui) -> String {
    let lang = ui.lang;
    let headings = [
        (say::cli::head_begun(lang), Side::Left),
        (say::cli::head_in(lang), Side::Right),
        (say::cli::status_filed(lang), Side::Right),
        (say::cli::status_already_filed(lang), Side::Right),
        (say::cli::status_needs_person(lang), Side::Right),
        (say::cli::status_quarantined(lang), Side::Right),
        (say::cli::status_failed(lang), Side::Right),
        (say::cli::status_secret(lang), Side::Right),
        (say::cli::head_end(lang), Side::Left),
    ];
    let rows: Vec<_> = runs.iter().map(|run| row(run, lang)).collect();
    lay_out(&headings, &rows, ui.width(), |text, tone| ui.paint(text, tone))
}

fn row(run: &PastRun, lang: Lang) -> Row {
    let counts = &run.counts;
    let number = |count: u64| Cell::plain(&number::count(count, lang));
    let (how, tone): (Sentence, Tone) = match run.how {
        How::Done => (say::cli::run_done, Tone::Plain),
        How::Interrupted => (say::cli::run_interrupted, Tone::Care),
        How::BrokenOff => (say::cli::run_broken_off, Tone::Bad),
        How::CutShort => (say::cli::run_cut_short, Tone::Bad),
        How::Running => (say::cli::run_running, Tone::Good),
    };
    let mut end = how(lang);
    if counts.not_reached > 0 {
        let left = number::count(counts.not_reached, lang);
        end = format!("{end} ({left} {})", say::cli::status_not_reached(lang));
    }
    let cells = vec![
        Cell::plain(&run.begun.minute()),
        number(counts.inputs),
        number(counts.filed),
        number(counts.already_filed),
        number(counts.needs_person),
        number(counts.quarantined),
        number(counts.failed),
        number(counts.secret),
        Cell::new(&end, tone),
    ];
    Row { cells, notes: Vec::new() }
}
