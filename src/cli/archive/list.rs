//! `sohoa archive list`: the dossiers, the newest first.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::archive::{Archive, Code, Listed};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::find::{day, limit};
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::table::{Cell, Row, Side, lay_out};
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive list`.
pub(crate) const WORDS: Words = Words {
    path: "archive list",
    about: help::LIST_ABOUT,
    long: help::LIST_LONG,
    usage: help::LIST_USAGE,
    examples: help::LIST_EXAMPLES,
};

/// `sohoa archive list`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang).help_heading(help::OPTIONS.in_lang(lang))
    };
    layout::command(&WORDS, lang)
        .arg(place::flag(lang))
        .arg(option("from", help::VALUE_DAY, help::LIST_FROM))
        .arg(option("to", help::VALUE_DAY, help::LIST_TO))
        .arg(option("limit", help::VALUE_NUMBER, help::LIST_LIMIT))
}

/// Lists them.
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let days = (day(matches, "from", lang)?, day(matches, "to", lang)?);
    let limit = limit(matches, lang)?;
    let archive = place::consult(matches, ui)?;
    let listed = archive.list(days, limit + 1);
    let mut listed = listed.map_err(|error| place::told(&error, &archive, lang))?;
    let more = listed.len() > limit;
    listed.truncate(limit);
    if ui.json {
        answer_json(&archive, &listed, more, ui)?;
        return Ok(Exit::Yes);
    }
    if listed.is_empty() {
        ui.remark(&say::cli::no_dossiers(lang));
        return Ok(Exit::Yes);
    }
    let headings = [
        (say::cli::head_dossier(lang), Side::Left),
        (say::cli::head_documents(lang), Side::Right),
        (say::cli::head_pages(lang), Side::Right),
        (say::cli::head_title(lang), Side::Left),
    ];
    let row = |one: &Listed| Row {
        cells: vec![
            Cell::plain(&one.code.to_string()),
            Cell::plain(&number::count(one.documents.into(), lang)),
            Cell::plain(&number::count(one.pages.into(), lang)),
            Cell::plain(one.title.as_deref().unwrap_or_default()),
        ],
        notes: Vec::new(),
    };
    let rows: Vec<_> = listed.iter().map(row).collect();
    ui.answer(&lay_out(&headings, &rows, ui.width(), |text, tone| ui.paint(text, tone)))?;
    if more {
        ui.remark(&say::cli::find_more(lang, limit));
    }
    Ok(Exit::Yes)
}

/// The same for scripts.
fn answer_json(
    archive: &Archive,
    listed: &[Listed],
    more: bool,
    ui: &Ui,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Line<'a> {
        code: &'a Code,
        title: Option<&'a str>,
        documents: u32,
        pages: u32,
        path: String,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        dossiers: Vec<Line<'a>>,
        more: bool,
    }
    let lines = listed.iter().map(|one| Line {
        code: &one.code,
        title: one.title.as_deref(),
        documents: one.documents,
        pages: one.pages,
        path: archive.relative(&one.code).to_string_lossy().into_owned(),
    });
    let dossiers = lines.collect();
    let answer = Answer { schema: "sohoa.archive-list/1", dossiers, more };
    ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)
}
