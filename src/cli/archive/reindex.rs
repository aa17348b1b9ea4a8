//! `sohoa archive reindex`: makes the catalogue anew from the dossiers.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::ui::{Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang, Tell as _};

/// The words of `sohoa archive reindex`.
pub(crate) const WORDS: Words = Words {
    path: "archive reindex",
    about: help::REINDEX_ABOUT,
    long: help::REINDEX_LONG,
    usage: help::REINDEX_USAGE,
    examples: help::REINDEX_EXAMPLES,
};

/// `sohoa archive reindex`.
pub(crate) fn command(lang: Lang) -> Command {
    layout::command(&WORDS, lang).arg(place::flag(lang))
}

/// Fills the catalogue; dossiers that cannot be read are the answer "no".
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Unreadable {
        path: String,
        reason: String,
    }
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        dossiers: u64,
        documents: u64,
        unreadable: Vec<Unreadable>,
    }
    let archive = place::open(matches, ui)?;
    let made = archive.reindex().map_err(|e| place::told(&e, &archive, ui.lang))?;
    let unreadable = made.unreadable.iter().map(|(path, error)| Unreadable {
        path: path.to_string_lossy().into_owned(),
        reason: say::Tell::cause(error)
            .map_or_else(|| error.tell(ui.lang), |cause| cause.tell(ui.lang)),
    });
    let unreadable: Vec<_> = unreadable.collect();
    let exit = if unreadable.is_empty() { Exit::Yes } else { Exit::No };
    if ui.json {
        let (dossiers, documents) = (made.dossiers, made.documents);
        let schema = "sohoa.archive-reindex/1";
        let answer = Answer { schema, dossiers, documents, unreadable };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(exit);
    }
    ui.remark(&say::archive::reindexed(
        ui.lang,
        number::count(made.dossiers, ui.lang),
        number::count(made.documents, ui.lang),
    ));
    for Unreadable { path, reason } in &unreadable {
        let line = say::cli::unreadable_dossier(ui.lang, path, reason);
        ui.answer(&harmless(&line))?;
    }
    Ok(exit)
}
