//! Which archive a command works on: the one `--archive` names, or the one in
//! the current folder.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, ValueHint, value_parser};

use crate::archive::{Archive, ArchiveError, Recovered};
use crate::cli::connect;
use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};

/// The flag that names the archive.
pub(crate) fn flag(lang: Lang) -> Arg {
    layout::option("archive", help::VALUE_DIR, help::WHICH_ARCHIVE, lang)
        .help_heading(help::OPTIONS.in_lang(lang))
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath)
}

/// The folder of the archive.
pub(crate) fn folder(matches: &ArgMatches) -> PathBuf {
    layout::value(matches, "archive").unwrap_or_else(|| PathBuf::from("."))
}

/// The archive, to ask it something.
pub(crate) fn consult(matches: &ArgMatches, ui: &Ui) -> Result<Archive, Failure> {
    let dir = folder(matches);
    opened(Archive::consult(&dir), &dir, ui)
}

/// The archive, to change it.
pub(crate) fn open(matches: &ArgMatches, ui: &Ui) -> Result<Archive, Failure> {
    let dir = folder(matches);
    opened(Archive::open(&dir), &dir, ui)
}

/// The archive, to change it if the disk lets anybody: a check of a disk that
/// cannot be written still answers.
pub(crate) fn writable(matches: &ArgMatches, ui: &Ui) -> Result<Archive, Failure> {
    let dir = folder(matches);
    match Archive::open(&dir) {
        Err(error) if error.is_forbidden() => {
            ui.remark(&say::cli::only_looking(ui.lang));
            opened(Archive::consult(&dir), &dir, ui)
        }
        other => opened(other, &dir, ui),
    }
}

/// The archive, after a word about what was mended.
pub(crate) fn opened(
    opened: Result<(Archive, Recovered), ArchiveError>,
    dir: &Path,
    ui: &Ui,
) -> Result<Archive, Failure> {
    let (archive, recovered) = opened.map_err(|error| advised(&error, dir, ui.lang))?;
    for finding in recovered.findings() {
        ui.remark(finding.tell(ui.lang));
    }
    Ok(archive)
}

/// What stopped a command, with what to type next.
pub(crate) fn told(error: &ArchiveError, archive: &Archive, lang: Lang) -> Failure {
    advised(error, archive.root(), lang)
}

fn advised(error: &ArchiveError, dir: &Path, lang: Lang) -> Failure {
    let failure = Failure::told(error, lang);
    if matches!(error, ArchiveError::NotAnArchive(_)) {
        let is_here = dir == Path::new(".");
        let hint =
            if is_here { say::cli::hint_name_archive } else { say::cli::hint_no_archive };
        return failure.hint(hint(lang));
    }
    if matches!(error, ArchiveError::Dossier(..)) {
        return failure.hint(say::cli::hint_dossier(lang, dir.display()));
    }
    if matches!(error, ArchiveError::Ledger(..)) {
        return failure.hint(say::cli::hint_ledger(lang, dir.display()));
    }
    if matches!(error, ArchiveError::Catalogue(..)) {
        return failure.hint(say::cli::hint_catalogue(lang, dir.display()));
    }
    match connect::of_disk(error) {
        Some(hint) => failure.hint(hint(lang)),
        None => failure,
    }
}
