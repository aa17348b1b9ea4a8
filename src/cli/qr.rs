//! `sohoa qr`: tracking codes on paper and in files.

use clap::{ArgMatches, Command};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};

pub(crate) mod read;

/// The words of `sohoa qr`.
pub(crate) const WORDS: Words = Words {
    path: "qr",
    about: help::QR_ABOUT,
    long: help::QR_LONG,
    usage: help::QR_USAGE,
    examples: help::QR_EXAMPLES,
};

/// `sohoa qr COMMAND`.
pub(crate) fn command(lang: Lang) -> Command {
    layout::command(&WORDS, lang)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(read::command(lang))
}

/// Carries out the command the line names.
pub(crate) fn run(
    matches: &ArgMatches,
    _around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("read", matches)) => read::run(matches, ui),
        Some(_) | None => Err(Failure::new(say::cli::command_missing(ui.lang))),
    }
}
