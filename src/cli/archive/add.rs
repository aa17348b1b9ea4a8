//! `sohoa archive add FILE…`: files that come from a computer, filed as they are.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::archive::Code;
use crate::archive::fields::Of;
use crate::cli::account::{self, Account};
use crate::cli::archive::{place, set};
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ingest::{self, Target, Work};
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Stopwatch, Ui};
use crate::ingest::born::Adding;
use crate::ingest::outcome::Summary;
use crate::say::Lang;
use crate::say::help;

/// The words of `sohoa archive add`.
pub(crate) const WORDS: Words = Words {
    path: "archive add",
    about: help::ADD_ABOUT,
    long: help::ADD_LONG,
    usage: help::ADD_USAGE,
    examples: help::ADD_EXAMPLES,
};

/// `sohoa archive add FILE…`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang).help_heading(help::OPTIONS.in_lang(lang))
    };
    let files = layout::positional("files", help::VALUE_FILE, help::ADD_FILES, lang)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath);
    layout::command(&WORDS, lang)
        .arg(files)
        .arg(place::flag(lang))
        .arg(option("dossier", help::VALUE_CODE, help::ADD_DOSSIER))
        .arg(option("title", help::VALUE_TEXT, help::ADD_TITLE))
        .arg(option("set", help::VALUE_FIELD, help::ADD_SET).action(ArgAction::Append))
        .arg(option("by", help::VALUE_PERSON, help::SET_BY))
        .arg(option("not-secret", help::VALUE_PERSON, help::NOT_SECRET))
        .arg(
            option("password-file", help::VALUE_FILE, help::PASSWORD_FILE)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
}

/// Files them one after the other and gives account.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let dossier = layout::value::<String>(matches, "dossier");
    let dossier = dossier.as_deref().map(str::parse::<Code>).transpose();
    let dossier = dossier.map_err(|error| Failure::told(&error, lang))?;
    let typed = matches.get_many::<String>("set").unwrap_or_default();
    let changes: Result<Vec<_>, _> =
        typed.map(|typed| set::change(typed, Of::Document, lang)).collect();
    let changes = changes?;
    let title = match layout::value::<String>(matches, "title") {
        Some(title) => {
            let change = set::change(&format!("Title={title}"), Of::Dossier, lang)?;
            change.value.and_then(|value| value.as_str().map(str::to_owned))
        }
        None => None,
    };
    let by = layout::value::<String>(matches, "by");
    let not_secret = ingest::person(matches, lang)?;
    let password = layout::value::<PathBuf>(matches, "password-file");
    let password = password.map(|file| connect::password(&file, lang)).transpose()?;
    let now = around.now(lang)?;
    let archive = place::open(matches, ui)?;
    let adding = Adding {
        archive: &archive,
        dossier: dossier.as_ref(),
        title: title.as_deref(),
        changes: &changes,
        by: by.as_deref(),
        not_secret: not_secret.as_deref(),
        password: password.as_deref(),
        now,
    };
    let clock = Stopwatch::start();
    let files = matches.get_many::<PathBuf>("files").unwrap_or_default();
    let mut outcomes = Vec::new();
    let mut summary = Summary { inputs: files.len(), ..Summary::default() };
    for (path, number) in files.zip(1..) {
        let begun = clock.elapsed();
        let mut outcome = adding.add(path, number);
        outcome.seconds = (clock.elapsed().saturating_sub(begun)).as_secs_f64();
        summary.count(&outcome);
        if ui.json {
            ui.answer(&account::json::document(&outcome).map_err(Failure::new)?)?;
        }
        outcomes.push(outcome);
    }
    let target = Target::Archive(place::folder(matches));
    let account = Account {
        outcomes: &outcomes,
        summary,
        target: &target,
        work: Work::Real,
        elapsed: clock.elapsed(),
        interrupted: false,
        broken_off: false,
    };
    ingest::give(&account, ui)?;
    Ok(account.exit())
}
