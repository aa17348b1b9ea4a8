//! `sohoa archive export`: copies of dossiers for somebody else.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::{ArchiveError, Code, Exported, Exporting, Form};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::find::day;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::cli::{connect, number, stop};
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive export`.
pub(crate) const WORDS: Words = Words {
    path: "archive export",
    about: help::EXPORT_ABOUT,
    long: help::EXPORT_LONG,
    usage: help::EXPORT_USAGE,
    examples: help::EXPORT_EXAMPLES,
};

/// Dossiers that leave at once at most.
const MOST: usize = 1_000_000;

/// `sohoa archive export [CODE…] -o PATH`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang).help_heading(help::OPTIONS.in_lang(lang))
    };
    let codes = layout::positional("code", help::VALUE_CODE, help::EXPORT_CODE, lang)
        .num_args(1..)
        .required(false)
        .required_unless_present_any(["from", "to"]);
    let output = option("output", help::VALUE_PATH, help::EXPORT_OUTPUT)
        .short('o')
        .required(true)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath);
    layout::command(&WORDS, lang)
        .arg(codes)
        .arg(place::flag(lang))
        .arg(output)
        .arg(option("from", help::VALUE_DAY, help::LIST_FROM).conflicts_with("code"))
        .arg(option("to", help::VALUE_DAY, help::LIST_TO).conflicts_with("code"))
}

/// Exports what the line names.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let to = layout::value::<PathBuf>(matches, "output").unwrap_or_default();
    let form = form(&to);
    let now = around.now(lang)?;
    let named = codes(matches, lang)?;
    let days = (day(matches, "from", lang)?, day(matches, "to", lang)?);
    let asked = stop::on_request(lang)?;
    let archive = place::writable(matches, ui)?;
    let told = |error| place::told(&error, &archive, lang);
    let codes = if named.is_empty() {
        let listed = archive.list(days, MOST).map_err(told)?;
        listed.into_iter().rev().map(|listed| listed.code).collect()
    } else {
        named
    };
    if codes.is_empty() {
        ui.insist(&say::cli::no_dossiers(lang));
        return Ok(Exit::No);
    }
    let exporting = Exporting { codes: &codes, to: &to, form, now };
    match archive.export(&exporting, &|| asked.load(Ordering::Relaxed)) {
        Ok(exported) => {
            tell(&exported, &to, ui)?;
            Ok(if exported.left_out.is_empty() { Exit::Yes } else { Exit::No })
        }
        Err(ArchiveError::Interrupted) => {
            ui.remark(&say::cli::export_interrupted(lang));
            Ok(Exit::Interrupted)
        }
        // Not as it was filed: an answer about the archive, and nothing left.
        Err(error @ ArchiveError::Unsound(_)) => {
            ui.fail(&place::told(&error, &archive, lang));
            Ok(Exit::No)
        }
        Err(ArchiveError::Store(error)) => Err(connect::unwritten(&error, false, lang)),
        Err(error) => Err(place::told(&error, &archive, lang)),
    }
}

/// The form that the name of the output asks for.
fn form(to: &Path) -> Form {
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("zip") => Form::Zip,
        Some("pdf") => Form::Pdf,
        Some(_) | None => Form::Folder,
    }
}

/// The codes on the line, each once.
fn codes(matches: &ArgMatches, lang: Lang) -> Result<Vec<Code>, Failure> {
    let mut codes: Vec<Code> = Vec::new();
    for typed in matches.get_many::<String>("code").unwrap_or_default() {
        let code: Code = typed.parse().map_err(|error| Failure::told(&error, lang))?;
        if !codes.iter().any(|other| other.canonical() == code.canonical()) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// Says what left.
fn tell(exported: &Exported, to: &Path, ui: &Ui) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        output: &'a Path,
        dossiers: u64,
        files: u64,
        bytes: u64,
        left_out: &'a [PathBuf],
        pdfa: Option<bool>,
        not_pdfa: Vec<Reason<'a>>,
        noted: bool,
    }
    #[derive(Serialize)]
    struct Reason<'a> {
        file: &'a Path,
        reason: String,
    }
    let lang = ui.lang;
    let unfit = exported.unfit.iter();
    if ui.json {
        let answer = Answer {
            schema: "sohoa.archive-export/1",
            output: to,
            dossiers: exported.dossiers,
            files: exported.files,
            bytes: exported.bytes,
            left_out: &exported.left_out,
            pdfa: exported.is_pdfa,
            not_pdfa: unfit
                .map(|(file, unfit)| Reason { file, reason: unfit.told(lang) })
                .collect(),
            noted: exported.is_noted,
        };
        return ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?);
    }
    for file in &exported.left_out {
        ui.insist(&say::cli::export_left_out(lang, harmless(&file.to_string_lossy())));
    }
    for (file, unfit) in unfit {
        let file = harmless(&file.to_string_lossy());
        ui.remark(&say::cli::export_unfit(lang, file, unfit.told(lang)));
    }
    match exported.is_pdfa {
        Some(true) => ui.remark(&say::cli::export_pdfa(lang)),
        Some(false) => ui.remark(&say::cli::export_not_pdfa(lang)),
        None => {}
    }
    if !exported.is_noted {
        ui.remark(&say::cli::export_not_noted(lang));
    }
    ui.remark(&say::cli::exported(
        lang,
        number::count(exported.dossiers, lang),
        number::count(exported.files, lang),
        number::bytes(exported.bytes, lang),
        harmless(&to.to_string_lossy()),
    ));
    Ok(())
}
