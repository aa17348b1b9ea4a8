//! `sohoa archive quarantine`: what could not be taken, and what becomes of it.

use std::path::PathBuf;

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::{Closed, Closing, Entry};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::surroundings::Surroundings;
use crate::cli::table::{Cell, Row, Side, lay_out};
use crate::cli::ui::{Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive quarantine`.
pub(crate) const WORDS: Words = Words {
    path: "archive quarantine",
    about: help::QUARANTINE_ABOUT,
    long: help::QUARANTINE_LONG,
    usage: help::QUARANTINE_USAGE,
    examples: help::QUARANTINE_EXAMPLES,
};

/// The words of `sohoa archive quarantine list`.
pub(crate) const LIST_WORDS: Words = Words {
    path: "archive quarantine list",
    about: help::QUARANTINE_LIST_ABOUT,
    long: help::QUARANTINE_LIST_LONG,
    usage: help::QUARANTINE_LIST_USAGE,
    examples: help::QUARANTINE_LIST_EXAMPLES,
};

/// The words of `sohoa archive quarantine release`.
pub(crate) const RELEASE_WORDS: Words = Words {
    path: "archive quarantine release",
    about: help::RELEASE_ABOUT,
    long: help::RELEASE_LONG,
    usage: help::RELEASE_USAGE,
    examples: help::RELEASE_EXAMPLES,
};

/// The words of `sohoa archive quarantine discard`.
pub(crate) const DISCARD_WORDS: Words = Words {
    path: "archive quarantine discard",
    about: help::DISCARD_ABOUT,
    long: help::DISCARD_LONG,
    usage: help::DISCARD_USAGE,
    examples: help::DISCARD_EXAMPLES,
};

/// `sohoa archive quarantine COMMAND`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang)
            .help_heading(help::OPTIONS.in_lang(lang))
            .required(true)
    };
    let id = || layout::positional("id", help::VALUE_ID, help::QUARANTINE_ID, lang);
    let to = option("to", help::VALUE_FILE, help::RELEASE_TO)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath);
    let list = layout::command(&LIST_WORDS, lang).arg(place::flag(lang));
    let release =
        layout::command(&RELEASE_WORDS, lang).arg(id()).arg(to).arg(place::flag(lang));
    let discard = layout::command(&DISCARD_WORDS, lang)
        .arg(id())
        .arg(option("why", help::VALUE_TEXT, help::DISCARD_WHY))
        .arg(place::flag(lang));
    layout::family(&WORDS, [list, release, discard], lang)
}

/// Carries out the command the line names.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => list(matches, ui),
        Some(("release", matches)) => {
            let to = layout::value::<PathBuf>(matches, "to").unwrap_or_default();
            close(matches, Closing::Released { to }, around, ui)
        }
        Some(("discard", matches)) => {
            let why = layout::value::<String>(matches, "why").unwrap_or_default();
            if why.trim().is_empty() {
                return Err(Failure::new(say::cli::no_why(ui.lang)));
            }
            close(matches, Closing::Discarded { why }, around, ui)
        }
        Some(_) | None => Err(Failure::new(say::cli::command_missing(ui.lang))),
    }
}

/// Lists the entries; where there are any, somebody has to act.
fn list(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        entries: Vec<Entry>,
    }
    let lang = ui.lang;
    let archive = place::consult(matches, ui)?;
    let entries = archive.quarantined();
    let entries = entries.map_err(|error| place::told(&error, &archive, lang))?;
    if ui.json {
        let answer = Answer { schema: "sohoa.archive-quarantine/1", entries };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(Exit::Yes);
    }
    if entries.is_empty() {
        ui.remark(&say::cli::quarantine_empty(lang));
        return Ok(Exit::Yes);
    }
    let headings = [
        (say::cli::head_id(lang), Side::Left),
        (say::cli::head_since(lang), Side::Left),
        (say::cli::head_size(lang), Side::Right),
        (say::cli::head_name(lang), Side::Left),
    ];
    let row = |entry: &Entry| Row {
        cells: vec![
            Cell::plain(&entry.id),
            Cell::plain(&entry.at.day().vietnamese()),
            Cell::plain(&number::bytes(entry.bytes, lang)),
            Cell::plain(entry.name.as_deref().unwrap_or_default()),
        ],
        notes: entry.findings.iter().take(1).map(|f| f.tell(lang).to_owned()).collect(),
    };
    let rows: Vec<_> = entries.iter().map(row).collect();
    ui.answer(&lay_out(&headings, &rows, ui.width(), |text, tone| ui.paint(text, tone)))?;
    Ok(Exit::Yes)
}

/// Closes an entry.
fn close(
    matches: &ArgMatches,
    closing: Closing,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        #[serde(flatten)]
        closed: Closed,
    }
    let lang = ui.lang;
    let id = layout::value::<String>(matches, "id").unwrap_or_default();
    let now = around.now(lang)?;
    let archive = place::open(matches, ui)?;
    let closed = archive
        .close(&id, closing, now)
        .map_err(|error| place::told(&error, &archive, lang))?;
    if ui.json {
        let answer = Answer { schema: "sohoa.archive-quarantine-closed/1", closed };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(Exit::Yes);
    }
    let line = match &closed.closing {
        Closing::Released { to } => say::cli::quarantine_released(
            lang,
            closed.id,
            harmless(&to.to_string_lossy()),
        ),
        Closing::Discarded { .. } => say::cli::quarantine_discarded(lang, closed.id),
    };
    ui.remark(&line);
    Ok(Exit::Yes)
}
