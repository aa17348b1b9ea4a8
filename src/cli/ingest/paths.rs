//! Where papers come from and where documents go, as the line names them.
//!
//! Nothing may swallow itself: no archive the scans it is filled from, no document
//! the file it is made of.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::failure::Failure;
use crate::cli::ingest::choice::Existing;
use crate::cli::layout;
use crate::say::{self, Lang};
use crate::text::export::Format;

/// The name of standard input among the sources.
const STDIN: &str = "-";

/// Where documents go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Into this archive.
    Archive(PathBuf),
    /// Into this one file.
    File(PathBuf),
}

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
    /// A folder that is one dossier.
    Dossier(PathBuf),
    /// Fronts and backs of one stack.
    Stacks(PathBuf, PathBuf),
}

/// What a path leads to, as far as a plan must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// Nothing, or nothing we may see.
    Nowhere,
    /// A file; its path without links.
    File(PathBuf),
    /// A folder; its path without links.
    Folder(PathBuf),
}

/// The sources; standard input at most once.
pub(super) fn sources(matches: &ArgMatches, lang: Lang) -> Result<Vec<Source>, Failure> {
    let named = matches.get_many::<PathBuf>("sources").unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut sources = Vec::new();
    for path in named {
        if !seen.insert(path) {
            return Err(Failure::new(say::cli::source_twice(lang, path.display())));
        }
        let stdin = path.as_os_str() == STDIN;
        sources.push(if stdin { Source::Stdin } else { Source::Path(path.clone()) });
    }
    Ok(sources)
}

/// Two files are the fronts and the backs; one source is both.
pub(super) fn stacks(
    mut sources: Vec<Source>,
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<Vec<Source>, Failure> {
    let is_folder = |path: &Path| matches!(look(path), Lies::Folder(_));
    if let [Source::Path(fronts), Source::Path(backs)] = sources.as_slice()
        && !is_folder(fronts)
        && !is_folder(backs)
    {
        sources = vec![Source::Stacks(fronts.clone(), backs.clone())];
    }
    match sources.as_slice() {
        [_] => Ok(sources),
        _ => Err(Failure::new(say::cli::collate_sources(lang))),
    }
}

/// Where documents go: exactly one of the two flags.
pub(super) fn target(matches: &ArgMatches, lang: Lang) -> Result<Target, Failure> {
    let archive = layout::value::<PathBuf>(matches, "archive");
    let output = layout::value::<PathBuf>(matches, "output");
    match (archive, output) {
        (Some(dir), None) => Ok(Target::Archive(dir)),
        (None, Some(file)) => Ok(Target::File(file)),
        (Some(_), Some(_)) => Err(Failure::new(say::cli::two_targets(lang))),
        (None, None) => Err(Failure::new(say::cli::no_target(lang))
            .hint(say::cli::hint_archive(lang))
            .hint(say::cli::hint_output(lang))),
    }
}

/// The text of one document, in the form its name ends in.
pub(super) fn text_out(
    matches: &ArgMatches,
    target: &Target,
    lang: Lang,
) -> Result<Option<(PathBuf, Format)>, Failure> {
    let Some(path) = layout::value::<PathBuf>(matches, "text-out") else {
        return Ok(None);
    };
    let Target::File(pdf) = target else {
        return Err(Failure::new(say::cli::needs_output(lang, "--text-out"))
            .hint(say::cli::hint_output(lang)));
    };
    match Format::of_name(&path.to_string_lossy()) {
        Some(form) if path != *pdf => Ok(Some((path, form))),
        Some(_) | None => {
            let endings = Format::ENDINGS.map(|(ending, _)| ending).join(", ");
            Err(Failure::new(say::cli::text_ending(lang, path.display(), endings)))
        }
    }
}

/// An archive must not lie in a folder it takes scans from, or it would
/// swallow its own documents at the next run.
pub(super) fn check_archive(
    dir: &Path,
    sources: &[Source],
    existing: Existing,
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<(), Failure> {
    if existing == Existing::Replaced {
        return Err(Failure::new(say::cli::force_without_output(lang)));
    }
    let Lies::Folder(archive) = look(dir) else { return Ok(()) };
    for source in sources {
        let Source::Path(path) = source else { continue };
        let Lies::Folder(folder) = look(path) else { continue };
        if archive.starts_with(&folder) {
            let (dir, path) = (dir.display(), path.display());
            return Err(Failure::new(say::cli::archive_in_source(lang, dir, path))
                .hint(say::cli::hint_separate_folders(lang)));
        }
    }
    Ok(())
}

/// One file comes from one file, and replaces nothing unasked.
pub(super) fn check_file(
    file: &Path,
    sources: &[Source],
    existing: Existing,
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<(), Failure> {
    let one_file = || {
        Failure::new(say::cli::output_of_many(lang, file.display()))
            .hint(say::cli::hint_archive(lang))
    };
    let [source] = sources else { return Err(one_file()) };
    let there = look(file);
    let input = match source {
        Source::Stdin => Lies::Nowhere,
        Source::Path(path) | Source::Dossier(path) | Source::Stacks(path, _) => {
            look(path)
        }
    };
    match (&input, &there) {
        (Lies::Folder(_), _) => Err(one_file()),
        (_, Lies::Folder(_)) => {
            Err(Failure::new(say::cli::output_is_folder(lang, file.display()))
                .hint(say::cli::hint_archive(lang)))
        }
        (_, Lies::File(_)) if existing == Existing::Replaced => Ok(()),
        (Lies::File(from), Lies::File(to)) if from == to => {
            Err(Failure::new(say::cli::output_is_input(lang, file.display()))
                .hint(say::cli::hint_force(lang)))
        }
        (_, Lies::File(_)) => {
            Err(Failure::new(say::cli::output_exists(lang, file.display()))
                .hint(say::cli::hint_force(lang)))
        }
        (Lies::File(_) | Lies::Nowhere, Lies::Nowhere) => Ok(()),
    }
}

/// The password's file; it cannot come from where the scan comes from.
pub(super) fn password_file(
    matches: &ArgMatches,
    sources: &[Source],
    lang: Lang,
) -> Result<Option<PathBuf>, Failure> {
    let file = layout::value::<PathBuf>(matches, "password-file");
    let from_stdin = file.as_ref().is_some_and(|file| file.as_os_str() == STDIN);
    if from_stdin && sources.contains(&Source::Stdin) {
        return Err(Failure::new(say::cli::stdin_twice(lang)));
    }
    Ok(file)
}

/// What lies at a path of this machine.
pub(super) fn lies(path: &Path) -> Lies {
    match fs::canonicalize(path) {
        Ok(real) if real.is_dir() => Lies::Folder(real),
        Ok(real) => Lies::File(real),
        Err(_) => Lies::Nowhere,
    }
}
