//! `sohoa archive prove`: a proof of what happened to a dossier, to be carried
//! away, and the check of such a proof on another machine.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::ArchiveError;
use crate::archive::ledger::Event;
use crate::archive::ledger::note::Believed;
use crate::archive::ledger::proof;
use crate::archive::store::{self, Existing};
use crate::cli::archive::{log, place, show};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::ui::{Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive prove`.
pub(crate) const WORDS: Words = Words {
    path: "archive prove",
    about: help::PROVE_ABOUT,
    long: help::PROVE_LONG,
    usage: help::PROVE_USAGE,
    examples: help::PROVE_EXAMPLES,
};

/// Longest proof or key that is read.
const MOST: u64 = 1 << 20;

/// `sohoa archive prove (CODE | --check FILE)`.
pub(crate) fn command(lang: Lang) -> Command {
    let path = |arg: Arg| {
        arg.help_heading(help::OPTIONS.in_lang(lang))
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
    };
    let check = path(layout::option("check", help::VALUE_FILE, help::PROVE_CHECK, lang));
    let code = layout::positional("code", help::VALUE_CODE, help::SHOW_CODE, lang);
    let output = layout::option("output", help::VALUE_FILE, help::PROVE_OUTPUT, lang);
    layout::command(&WORDS, lang)
        .arg(code.required(false).required_unless_present("check"))
        .arg(place::flag(lang))
        .arg(path(output).short('o'))
        .arg(check.conflicts_with_all(["code", "output"]))
        .arg(path(layout::option("key", help::VALUE_FILE, help::PROVE_KEY, lang)))
}

/// Writes a proof, or checks one.
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    match layout::value::<PathBuf>(matches, "check") {
        Some(file) => check(&file, matches, ui),
        None => write(matches, ui),
    }
}

/// Writes the proof of a dossier, to a new file or as the answer.
fn write(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let code = show::code(matches, lang)?;
    let archive = place::consult(matches, ui)?;
    let proof = archive
        .prove(&code)
        .and_then(|proof| proof.ok_or_else(|| ArchiveError::NoSuchDossier(code.clone())));
    let proof = proof.map_err(|error| place::told(&error, &archive, lang))?;
    match layout::value::<PathBuf>(matches, "output") {
        Some(file) => {
            store::write_whole(&file, proof.as_bytes(), Existing::Keep)
                .map_err(|error| Failure::told(&error, lang))?;
            let shown = harmless(&file.to_string_lossy());
            ui.remark(&say::cli::proof_written(lang, shown));
        }
        None => ui.answer_bytes(proof.as_bytes())?,
    }
    Ok(Exit::Yes)
}

/// Checks a proof with the key the line names.
fn check(file: &Path, matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    let believed = believed(matches, ui)?;
    judge(file, believed.as_ref(), ui)
}

/// Checks a proof; without a key that is believed, nothing is concluded.
pub(crate) fn judge(
    file: &Path,
    believed: Option<&Believed>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        proved: Option<bool>,
        reason: Option<String>,
        origin: Option<String>,
        index: Option<u64>,
        size: Option<u64>,
        event: Option<Event>,
    }
    let lang = ui.lang;
    let text = read(file, lang)?;
    let checked = proof::check(&text, believed);
    let exit = match &checked {
        Ok(proved) if proved.is_signed => Exit::Yes,
        Ok(_) => Exit::Undecided,
        Err(_) => Exit::No,
    };
    if ui.json {
        let reason = checked.as_ref().err().map(|error| say::Tell::tell(error, lang));
        let proved = checked.ok();
        let answer = Answer {
            schema: "sohoa.archive-proof/1",
            proved: match exit {
                Exit::Yes => Some(true),
                Exit::No | Exit::Trouble | Exit::Interrupted => Some(false),
                Exit::Undecided => None,
            },
            reason,
            origin: proved.as_ref().map(|proved| proved.origin.clone()),
            index: proved.as_ref().map(|proved| proved.index),
            size: proved.as_ref().map(|proved| proved.size),
            event: proved.map(|proved| proved.event),
        };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(exit);
    }
    match checked {
        Ok(proved) => {
            let said = if proved.is_signed {
                say::cli::proof_good(lang, harmless(&proved.origin))
            } else {
                say::cli::proof_undecided(lang, harmless(&proved.origin))
            };
            ui.answer(&format!("{said}\n  {}", log::line(&proved.event, lang)))?;
        }
        Err(error) => {
            ui.answer(&say::cli::proof_bad(lang, say::Tell::tell(&error, lang)))?;
        }
    }
    Ok(exit)
}

/// The key of `--key`, or of the archive named with `--archive`.
fn believed(matches: &ArgMatches, ui: &Ui) -> Result<Option<Believed>, Failure> {
    if let Some(file) = layout::value::<PathBuf>(matches, "key") {
        return key(&file, ui.lang).map(Some);
    }
    if layout::value::<PathBuf>(matches, "archive").is_none() {
        return Ok(None);
    }
    let archive = place::consult(matches, ui)?;
    let key = archive.ledger_key();
    key.map(Some).map_err(|error| place::told(&error, &archive, ui.lang))
}

/// The public key of a ledger in a file.
pub(crate) fn key(file: &Path, lang: Lang) -> Result<Believed, Failure> {
    let key = Believed::read(&read(file, lang)?);
    key.ok_or_else(|| Failure::new(say::cli::no_key(lang, file.display())))
}

fn read(file: &Path, lang: Lang) -> Result<String, Failure> {
    let mut text = String::new();
    let read = fs::File::open(file).and_then(|f| f.take(MOST).read_to_string(&mut text));
    read.map_err(|error| {
        Failure::io(say::cli::cannot_read(lang, file.display()), &error, lang)
    })?;
    Ok(text)
}
