//! Where the files go that are signed or extended, checked before any work: no two
//! into one, none into itself unless that is what is meant.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, ValueHint, value_parser};

use crate::archive::code::Code;
use crate::archive::dossier::Document;
use crate::archive::store::{self, Existing};
use crate::archive::{Archive, ArchiveError};
use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::say::help;
use crate::say::{self, Lang};

/// A file and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) input: PathBuf,
    pub(crate) output: PathBuf,
    pub(crate) existing: Existing,
    /// Its dossier and ordinal, in an archive.
    pub(crate) document: Option<(Code, u32)>,
}

/// Flags that say where outputs go.
pub(crate) fn flags(lang: Lang) -> [Arg; 4] {
    let others = ["out-dir", "in-place"];
    [
        layout::option("output", help::VALUE_FILE, help::SIGN_OUTPUT, lang)
            .short('o')
            .conflicts_with_all(others)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        layout::option("out-dir", help::VALUE_DIR, help::SIGN_OUT_DIR, lang)
            .conflicts_with("in-place")
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath),
        layout::flag("in-place", help::SIGN_IN_PLACE, lang),
        layout::flag("force", help::SIGN_FORCE, lang),
    ]
}

/// Where each of these files goes, which come with their names below the folder they
/// were found in. Outputs that lie beside their inputs end in `ending`; without one, a
/// flag must say where they go.
pub(crate) fn tasks(
    matches: &ArgMatches,
    files: Vec<(PathBuf, PathBuf)>,
    ending: Option<&str>,
    lang: Lang,
) -> Result<Vec<Task>, Failure> {
    let existing =
        if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
    let task = |input: PathBuf, output, existing| Task {
        input,
        output,
        existing,
        document: None,
    };
    let same =
        || Failure::new(say::cli::sign_same(lang)).hint(say::cli::hint_in_place(lang));
    if let Some(output) = layout::value::<PathBuf>(matches, "output") {
        let [(input, _)] = files.as_slice() else {
            return Err(Failure::new(say::cli::sign_one_output(lang)));
        };
        if is_same(input, &output) {
            return Err(same());
        }
        return Ok(vec![task(input.clone(), output, existing)]);
    }
    let named = |path: &Path| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending.unwrap_or_default());
        PathBuf::from(name)
    };
    let dir = layout::value::<PathBuf>(matches, "out-dir");
    let in_place = matches.get_flag("in-place");
    if dir.is_none() && !in_place && ending.is_none() {
        return Err(Failure::new(say::cli::sign_no_output(lang))
            .hint(say::cli::hint_sign_output(lang)));
    }
    let mut taken = BTreeSet::new();
    let mut tasks = Vec::new();
    for (input, below) in files {
        let (output, existing) = match &dir {
            Some(dir) => (dir.join(named(&below)), existing),
            None if in_place => (input.clone(), Existing::Replace),
            None => (named(&input), existing),
        };
        if !taken.insert(output.clone()) {
            let shown = output.display();
            return Err(Failure::new(say::cli::sign_two_into_one(lang, shown)));
        }
        if dir.is_some() && is_same(&input, &output) {
            return Err(same());
        }
        tasks.push(task(input, output, existing));
    }
    Ok(tasks)
}

/// The PDF documents of an archive that are wanted, to be changed in it.
pub(crate) fn documents(
    archive: &Archive,
    wanted: impl Fn(&Document) -> bool,
) -> Result<Vec<Task>, ArchiveError> {
    let mut tasks = Vec::new();
    for row in archive.list((None, None), usize::MAX)? {
        let Some(dossier) = archive.dossier(&row.code)? else { continue };
        for document in dossier.documents.iter().filter(|document| wanted(document)) {
            if document.file.to_ascii_lowercase().ends_with(".pdf") {
                let input = archive.folder(&dossier.code).join(&document.file);
                tasks.push(Task {
                    output: input.clone(),
                    input,
                    existing: Existing::Keep,
                    document: Some((dossier.code.clone(), document.ordinal)),
                });
            }
        }
    }
    Ok(tasks)
}

/// Makes the folders of the outputs, and sweeps what killed runs left in them.
pub(crate) fn folders(tasks: &[Task], lang: Lang) -> Result<(), Failure> {
    let folders: BTreeSet<&Path> =
        tasks.iter().filter_map(|task| task.output.parent()).collect();
    for folder in folders.into_iter().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| {
            Failure::io(say::cli::sign_no_folder(lang, folder.display()), &error, lang)
        })?;
        store::sweep(folder);
    }
    Ok(())
}

/// Whether two paths are one file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> ArgMatches {
        let words = ["sohoa", "extend"].into_iter().chain(line.split(' '));
        let matches = crate::cli::command(Lang::Vi).try_get_matches_from(words).unwrap();
        matches.subcommand_matches("extend").unwrap().clone()
    }

    /// What the line of `sohoa extend` makes of these files.
    fn planned(line: &str, files: &[(&str, &str)]) -> Result<Vec<Task>, String> {
        let files = files.iter().map(|(file, below)| (file.into(), below.into()));
        tasks(&parsed(line), files.collect(), None, Lang::Vi).map_err(|refused| {
            refused.lines(Lang::Vi, |text, _| text.to_owned()).join("\n")
        })
    }

    #[test]
    fn two_files_never_go_into_one() {
        let files = [("a/x.pdf", "x.pdf"), ("b/x.pdf", "x.pdf")];
        let refused = planned("a/x.pdf b/x.pdf --out-dir ra --force", &files);
        assert!(refused.unwrap_err().contains("ra/x.pdf"));
    }

    #[test]
    fn a_file_goes_into_itself_only_where_that_is_asked_for() {
        let own = [("Cargo.toml", "Cargo.toml")];
        assert!(planned("Cargo.toml --out-dir . --force", &own).is_err());
        assert!(planned("Cargo.toml -o ./Cargo.toml --force", &own).is_err());
        let tasks = planned("Cargo.toml --in-place", &own).unwrap();
        assert_eq!(tasks[0].output, Path::new("Cargo.toml"));
        assert_eq!(tasks[0].existing, Existing::Replace);
    }
}
