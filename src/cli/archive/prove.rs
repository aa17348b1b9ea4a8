//! `sohoa archive prove`: a proof of what happened to a dossier, to be carried
//! away, and the check of such a proof on another machine.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::archive::ArchiveError;
use crate::archive::ledger::note::Believed;
use crate::archive::ledger::proof;
use crate::archive::store::{self, Existing};
use crate::cli::archive::{place, show};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::cli::{connect, verify};
use crate::pki::Store;
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::Timestamp;

mod shown;

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
        .arg(
            path(layout::option("trust", help::VALUE_DIR, help::PROVE_TRUST, lang))
                .action(ArgAction::Append)
                .requires("check"),
        )
}

/// Writes a proof, or checks one.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    match layout::value::<PathBuf>(matches, "check") {
        Some(file) => check(&file, matches, around, ui),
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
                .map_err(|error| connect::unwritten(&error, false, lang))?;
            let shown = harmless(&file.to_string_lossy());
            ui.remark(&say::cli::proof_written(lang, shown));
        }
        None => ui.answer_bytes(proof.as_bytes())?,
    }
    Ok(Exit::Yes)
}

/// Checks a proof with the key and the trust the line names.
fn check(
    file: &Path,
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let believed = believed(matches, ui)?;
    let trust = verify::trust(matches, &[], ui.lang)?;
    let at = around.now(ui.lang)?;
    let is_trust_named = matches.contains_id("trust");
    let believed = believed.as_ref();
    judge(file, &Asked { believed, trust: &trust, is_trust_named, at }, ui)
}

/// What a proof is held against.
pub(crate) struct Asked<'a> {
    /// The key of the ledger, where it is known.
    pub(crate) believed: Option<&'a Believed>,
    /// Who is trusted about offices and time.
    pub(crate) trust: &'a Store,
    /// Whether somebody named whom to trust, and so asks who vouches and for when.
    pub(crate) is_trust_named: bool,
    /// The moment of judgement.
    pub(crate) at: Timestamp,
}

/// Checks a proof; without a key that is believed or an office that is trusted,
/// nothing is concluded.
pub(crate) fn judge(file: &Path, asked: &Asked<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let text = read(file, ui.lang)?;
    match proof::check(&text, asked.believed) {
        Ok(proved) => shown::good(&proved, asked, ui),
        Err(error) => shown::bad(&error, ui),
    }
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
