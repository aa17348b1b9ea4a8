//! The command line: flags, terminal, environment, clock, exit codes.
//!
//! The only part that knows a person is there. A command is one file: its
//! words and flags, a plan where there is something to check, and `run`. The
//! library below never prints, exits or reads the environment.

use std::env;
use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgMatches, Command};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::Words;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::say::help as words;
use crate::say::{self, Lang};

pub mod exit;
mod failure;
mod surroundings;
mod ui;
mod number;
mod table;
pub mod layout;
mod common;
mod usage;
mod stop;
mod apology;
mod progress;
mod account;
mod connect;
mod crew;
mod watch;

// The commands, in the order help shows them.
mod ingest;
mod verdicts;
mod verify;
mod outputs;
mod signing;
mod sign;
mod extend;
mod archive;
mod find;
mod qr;
mod report;
mod doctor;
mod completions;
mod help;

/// The words of `sohoa` itself.
const WORDS: Words = Words {
    path: "",
    about: words::ABOUT,
    long: words::ABOUT_LONG,
    usage: words::ROOT_USAGE,
    examples: words::ROOT_EXAMPLES,
};

/// The words of every command, in the order help shows them; the manual has a
/// page for each.
pub const COMMANDS: &[Words] = &[
    WORDS,
    ingest::WORDS,
    verify::WORDS,
    sign::WORDS,
    extend::WORDS,
    archive::WORDS,
    archive::INIT_WORDS,
    archive::add::WORDS,
    archive::list::WORDS,
    archive::show::WORDS,
    archive::set::WORDS,
    archive::check::WORDS,
    archive::export::WORDS,
    archive::quarantine::WORDS,
    archive::quarantine::LIST_WORDS,
    archive::quarantine::RELEASE_WORDS,
    archive::quarantine::DISCARD_WORDS,
    archive::runs::WORDS,
    archive::log::WORDS,
    archive::prove::WORDS,
    archive::attest::WORDS,
    archive::reindex::WORDS,
    archive::review::WORDS,
    archive::import::WORDS,
    find::WORDS,
    qr::WORDS,
    qr::code::WORDS,
    qr::slip::WORDS,
    qr::stamp::WORDS,
    qr::sheet::WORDS,
    qr::read::WORDS,
    qr::selftest::WORDS,
    qr::status::WORDS,
    qr::publish::WORDS,
    report::WORDS,
    doctor::WORDS,
    completions::WORDS,
    help::WORDS,
];

/// Columns of help at most.
const HELP_WIDTH: usize = 100;

/// Runs the program as the shell started it.
#[must_use]
pub fn main() -> ExitCode {
    apology::keep_panics();
    let around = Surroundings::read();
    let args: Vec<_> = env::args_os().collect();
    let ui = common::first_ui(&args, &around);
    let ended = panic::catch_unwind(|| obey(&args, &around));
    let exit = ended.unwrap_or_else(|_| {
        ui.fail(&apology::failure(ui.lang));
        Exit::Trouble
    });
    exit.into()
}

/// The whole command line, in one language.
#[must_use]
pub fn command(lang: Lang) -> Command {
    let members = [
        ingest::command(lang),
        verify::command(lang),
        sign::command(lang),
        extend::command(lang),
        archive::command(lang),
        find::command(lang),
        qr::command(lang),
        report::command(lang),
        doctor::command(lang),
        completions::command(lang),
        help::command(lang),
    ];
    let root = layout::family(&WORDS, members, lang).version(env!("CARGO_PKG_VERSION"));
    common::with_common_flags(root, lang)
}

/// Parses the line and does what it says.
fn obey(args: &[OsString], around: &Surroundings) -> Exit {
    let mut ui = common::first_ui(args, around);
    let parsed = command(ui.lang)
        .term_width(ui.width().min(HELP_WIDTH))
        .try_get_matches_from(args);
    let done = match parsed {
        Ok(matches) => {
            common::complete(&mut ui, &matches);
            // Held against its range whether or not the command has use for it.
            crew::asked(&matches, ui.lang)
                .and_then(|_| common::names_outputs(&matches, ui.lang))
                .and_then(|()| dispatch(&matches, around, &ui))
        }
        Err(error) => explain(&error, args, &ui),
    };
    match done {
        Ok(exit) if ui.has_lost() => exit.and(Exit::Trouble),
        Ok(exit) => exit,
        Err(failure) => {
            ui.fail(&failure);
            failure.exit()
        }
    }
}

/// Runs the command the line names.
fn dispatch(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let whole = || command(ui.lang).term_width(ui.width().min(HELP_WIDTH));
    match matches.subcommand() {
        Some(("ingest", matches)) => ingest::run(matches, around, ui),
        Some(("verify", matches)) => verify::run(matches, around, ui),
        Some(("sign", matches)) => sign::run(matches, around, ui),
        Some(("extend", matches)) => extend::run(matches, around, ui),
        Some(("archive", matches)) => archive::run(matches, around, ui),
        Some(("find", matches)) => find::run(matches, around, ui),
        Some(("qr", matches)) => qr::run(matches, around, ui),
        Some(("report", matches)) => report::run(matches, around, ui),
        Some(("doctor", matches)) => doctor::run(matches, around, ui),
        Some(("completions", matches)) => completions::run(matches, whole(), ui),
        Some(("help", matches)) => help::run(matches, whole(), ui),
        Some(_) | None => Err(Failure::new(say::cli::command_missing(ui.lang))),
    }
}

/// What clap has to say instead of a parsed line: help that was asked for, or
/// what is wrong.
fn explain(error: &clap::Error, args: &[OsString], ui: &Ui) -> Result<Exit, Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            ui.answer(&ui.styled(&error.render()))?;
            Ok(Exit::Yes)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui::say_aside(error.render().to_string().trim_end());
            Ok(Exit::Trouble)
        }
        ErrorKind::InvalidValue
        | ErrorKind::UnknownArgument
        | ErrorKind::InvalidSubcommand
        | ErrorKind::NoEquals
        | ErrorKind::ValueValidation
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::ArgumentConflict
        | ErrorKind::MissingRequiredArgument
        | ErrorKind::MissingSubcommand
        | ErrorKind::InvalidUtf8
        | ErrorKind::Io
        | ErrorKind::Format
        | _ => {
            let whole = command(ui.lang);
            let (path, typed) = typed(args, &whole);
            Err(usage::failure(error, (&path, typed), ui.lang))
        }
    }
}

/// The command being typed, as far as it can be told: `sohoa archive init`.
fn typed<'a>(args: &[OsString], whole: &'a Command) -> (String, &'a Command) {
    let mut path = "sohoa".to_owned();
    let mut at = whole;
    for arg in args.iter().skip(1) {
        let Some(below) = at.find_subcommand(arg) else { continue };
        path.push(' ');
        path.push_str(below.get_name());
        at = below;
    }
    (path, at)
}
