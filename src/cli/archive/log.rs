//! `sohoa archive log`: what happened to the archive, the newest first.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::archive::ledger::{Event, Happened};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::find::limit;
use crate::cli::layout::{self, Words};
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang, Sentence};

/// The words of `sohoa archive log`.
pub(crate) const WORDS: Words = Words {
    path: "archive log",
    about: help::LOG_ABOUT,
    long: help::LOG_LONG,
    usage: help::LOG_USAGE,
    examples: help::LOG_EXAMPLES,
};

/// `sohoa archive log`.
pub(crate) fn command(lang: Lang) -> Command {
    let limit = layout::option("limit", help::VALUE_NUMBER, help::LOG_LIMIT, lang)
        .help_heading(help::OPTIONS.in_lang(lang));
    layout::command(&WORDS, lang).arg(place::flag(lang)).arg(limit)
}

/// Shows the events.
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Line {
        index: u64,
        #[serde(flatten)]
        event: Event,
    }
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        size: u64,
        key: String,
        events: Vec<Line>,
    }
    let limit = limit(matches, ui.lang)?;
    let archive = place::consult(matches, ui)?;
    let told = |error| place::told(&error, &archive, ui.lang);
    let (size, events) = archive.log(limit).map_err(told)?;
    if ui.json {
        let key = archive.ledger_key().map_err(told)?.write();
        let events = events.into_iter().map(|(index, event)| Line { index, event });
        let schema = "sohoa.archive-log/1";
        let answer = Answer { schema, size, key, events: events.collect() };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(Exit::Yes);
    }
    for (index, event) in &events {
        ui.answer(&format!("{index:>6}  {}", line(event, ui.lang)))?;
    }
    ui.remark(&say::cli::log_size(ui.lang, size));
    Ok(Exit::Yes)
}

/// An event on one line.
pub(crate) fn line(event: &Event, lang: Lang) -> String {
    let what: Sentence = match event.event {
        Happened::Filed => say::cli::log_filed,
        Happened::Altered => say::cli::log_altered,
        Happened::Signed => say::cli::log_signed,
        Happened::Found => say::cli::log_found,
        Happened::Checked => say::cli::log_checked,
        Happened::Released => say::cli::log_released,
        Happened::Discarded => say::cli::log_discarded,
        Happened::Quarantined => say::cli::log_quarantined,
        Happened::Exported => say::cli::log_exported,
        Happened::Settings => say::cli::log_settings,
        Happened::Imported => say::cli::log_imported,
        Happened::Reported => say::cli::log_reported,
        Happened::Attested => say::cli::log_attested,
        Happened::Verified => say::cli::log_verified,
    };
    let about = match (&event.dossier, &event.sha256, event.faults) {
        (Some(code), _, _) => format!("  {code}"),
        (None, Some(sha256), None) => format!("  {sha256}"),
        (None, Some(sha256), Some(faults)) => {
            format!("  {sha256}  {}", say::cli::log_faults(lang, faults))
        }
        (None, None, Some(faults)) => format!("  {}", say::cli::log_faults(lang, faults)),
        (None, None, None) => String::new(),
    };
    format!("{}  {}{about}", event.at, what(lang))
}
