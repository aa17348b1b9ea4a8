//! What was named on the command line, as the files and dossiers it means.
//!
//! A file is a dossier of its own. A folder is an inbox: each file directly
//! in it is a dossier, and each folder in it is one dossier with all the
//! files below it. With a dossier code given, everything goes into that one.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders deeper than this are refused: a loop made by mounts, or a mistake.
const MOST_DEPTH: usize = 32;
/// Names that systems and programs leave behind, never an input.
const SYSTEM_NAMES: [&str; 4] = ["thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"];
/// Endings of files still being written, or of an editor's lock.
const UNFINISHED: [&str; 6] =
    [".tmp", ".part", ".partial", ".crdownload", ".filepart", ".swp"];
/// Endings of the files that scanners make.
const SCANS: [&str; 8] = ["tif", "tiff", "jpg", "jpeg", "png", "webp", "bmp", "pdf"];
/// The ending of a file that says that another is whole.
pub(crate) const READY: &str = ".ready";

/// Inputs that are filed at once into a dossier that was named. A run that is
/// killed has to do at most so many again; each filing touches every file of
/// the dossier, so one at a time would be too few.
const MOST_TOGETHER: usize = 64;

/// Where an input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// A folder that is one dossier with all the files below it.
    Dossier(PathBuf),
    /// The fronts and the backs of a stack, in two files that are one input.
    Stacks(PathBuf, PathBuf),
    /// Bytes that were read from standard input.
    Stream(Arc<[u8]>),
    /// A file or folder that could not be looked at, with the reason.
    Unreadable(PathBuf, io::ErrorKind),
}

impl Source {
    /// The name people know it by.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Dossier(path) | Self::Unreadable(path, _) => {
                path.display().to_string()
            }
            Self::Stacks(fronts, backs) => {
                format!("{} + {}", fronts.display(), backs.display())
            }
            Self::Stream(_) => "-".to_owned(),
        }
    }

    /// The names of its files.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Stacks(fronts, backs) => {
                [fronts, backs].map(|path| path.display().to_string()).to_vec()
            }
            Self::File(_) | Self::Dossier(_) | Self::Stream(_) | Self::Unreadable(..) => {
                vec![self.name()]
            }
        }
    }
}

/// Inputs that become one dossier, in the order of its documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its inputs, at least one.
    pub sources: Vec<Source>,
    /// Whether they lie in one folder that is this dossier: what comes into
    /// the folder later belongs to it as well.
    pub is_folder: bool,
}

impl Group {
    /// Inputs that are no folder of their own.
    fn loose(sources: Vec<Source>) -> Self {
        Self { sources, is_folder: false }
    }

    /// A folder that is a dossier.
    pub(crate) fn folder(folder: &Path) -> Self {
        let mut sources = Vec::new();
        below(folder, 1, &mut sources);
        Self { sources, is_folder: true }
    }
}

/// Finds every input that `named` means, grouped into dossiers; into groups of
/// at most [`MOST_TOGETHER`] if all go `together` into one dossier.
#[must_use]
pub fn groups(named: Vec<Source>, together: bool) -> Vec<Group> {
    let mut groups = Vec::new();
    for source in named {
        match source {
            Source::File(path) if path.is_dir() => inbox(&path, &mut groups),
            Source::Dossier(folder) => groups.push(Group::folder(&folder)),
            other @ (Source::File(_)
            | Source::Stacks(..)
            | Source::Stream(_)
            | Source::Unreadable(..)) => {
                groups.push(Group::loose(vec![other]));
            }
        }
    }
    if together {
        let sources: Vec<_> =
            groups.into_iter().flat_map(|group| group.sources).collect();
        let group = |sources: &[Source]| Group::loose(sources.to_vec());
        groups = sources.chunks(MOST_TOGETHER).map(group).collect();
    }
    groups.retain(|group| !group.sources.is_empty());
    groups
}

/// The dossiers in an inbox: its files, then its folders.
fn inbox(folder: &Path, groups: &mut Vec<Group>) {
    match entries(folder) {
        Ok((files, folders)) => {
            groups.extend(
                files.into_iter().map(|file| Group::loose(vec![Source::File(file)])),
            );
            groups.extend(folders.iter().map(|folder| Group::folder(folder)));
        }
        Err(error) => groups.push(Group::loose(vec![unreadable(folder, &error)])),
    }
}

/// Every file below a folder: its files first, then those of its folders.
fn below(folder: &Path, depth: usize, sources: &mut Vec<Source>) {
    let listed = if depth > MOST_DEPTH {
        Err(io::Error::from(io::ErrorKind::InvalidInput))
    } else {
        entries(folder)
    };
    match listed {
        Ok((files, folders)) => {
            sources.extend(files.into_iter().map(Source::File));
            for folder in folders {
                below(&folder, depth + 1, sources);
            }
        }
        Err(error) => sources.push(unreadable(folder, &error)),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Source {
    Source::Unreadable(path.to_owned(), error.kind())
}

/// The files and the folders directly in `folder`, in natural order. Links
/// are followed to files but not to folders, so that no loop can arise: a
/// linked folder, like a pipe or a device, counts as a file, which then is
/// refused by name instead of passed over in silence.
pub(crate) fn entries(folder: &Path) -> io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if is_ignored(&entry.file_name()) {
            continue;
        }
        let kind = entry.file_type()?;
        let path = entry.path();
        if kind.is_dir() {
            folders.push(path);
        } else {
            files.push(path);
        }
    }
    files.sort_by(|a, b| natural(a, b));
    folders.sort_by(|a, b| natural(a, b));
    Ok((files, folders))
}

/// Whether a name is no input: hidden, the system's, or not yet whole.
fn is_ignored(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    name.starts_with(['.', '~'])
        || SYSTEM_NAMES.contains(&name.as_str())
        || UNFINISHED.iter().chain([&READY]).any(|ending| name.ends_with(ending))
}

/// Files that their names call scans and that are no inputs, because they are hidden
/// or called unfinished. A run says so: nobody else would miss them.
pub(crate) fn passed_over(named: &[Source]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for source in named {
        match source {
            Source::File(path) | Source::Dossier(path) if path.is_dir() => {
                pass(path, 0, &mut found);
            }
            Source::File(_)
            | Source::Dossier(_)
            | Source::Stacks(..)
            | Source::Stream(_)
            | Source::Unreadable(..) => {}
        }
    }
    found
}

/// Those in a folder, and in the folders below it that are looked into.
fn pass(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by(|a, b| natural(&a.path(), &b.path()));
    for entry in entries {
        let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
        match (is_ignored(&entry.file_name()), is_dir) {
            (true, false) if is_scan_by_name(&entry.file_name()) => {
                found.push(entry.path());
            }
            (false, true) if depth < MOST_DEPTH => pass(&entry.path(), depth + 1, found),
            (true | false, true | false) => {}
        }
    }
}

/// Whether a name is that of a scan, but for what hides it or calls it unfinished.
fn is_scan_by_name(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    // What macOS and Microsoft Office keep beside a file.
    if name.starts_with("._") || name.starts_with("~$") {
        return false;
    }
    let whole = UNFINISHED.iter().find_map(|ending| name.strip_suffix(ending));
    let ending = Path::new(whole.unwrap_or(&name)).extension();
    ending.is_some_and(|ending| SCANS.iter().any(|known| ending == *known))
}

/// Whether a folder holds exactly so many inputs, and nothing that may yet become
/// one: no hidden and no unfinished file. What systems leave behind and marks
/// that say something is whole do not count.
pub(crate) fn holds_only(folder: &Path, inputs: usize) -> bool {
    Group::folder(folder).sources.len() == inputs && !is_growing(folder, 1)
}

fn is_growing(folder: &Path, depth: usize) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return true };
    let is_left = |name: &str| {
        SYSTEM_NAMES.contains(&name) || name == ".ds_store" || name.ends_with(READY)
    };
    depth > MOST_DEPTH
        || entries.into_iter().any(|entry| {
            let Ok(entry) = entry else { return true };
            let name = entry.file_name().to_string_lossy().to_lowercase();
            if is_ignored(&entry.file_name()) {
                return !is_left(&name);
            }
            let is_dir = entry.file_type().is_ok_and(|kind| kind.is_dir());
            is_dir && is_growing(&entry.path(), depth + 1)
        })
}

/// The order in which people count: `scan2` before `scan10`.
fn natural(a: &Path, b: &Path) -> Ordering {
    let (a, b) = (a.to_string_lossy(), b.to_string_lossy());
    let by_parts = runs(&a).cmp(runs(&b));
    by_parts.then_with(|| a.cmp(&b))
}

/// A name in runs of digits, compared as numbers, and of other letters.
fn runs(name: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_digit = first.is_ascii_digit();
        let end =
            rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        let (run, after) = rest.split_at_checked(end)?;
        rest = after;
        Some(if is_digit {
            let number = run.trim_start_matches('0');
            Run::Number(number.len(), number)
        } else {
            Run::Letters(run)
        })
    })
}

/// A part of a name. Numbers of more digits are larger.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Run<'a> {
    Number(usize, &'a str),
    Letters(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut paths: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
        paths.sort_by(|a, b| natural(a, b));
        paths.iter().map(|path| path.display().to_string()).collect()
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let names = ["scan10.tif", "scan2.tif", "scan010.tif", "scan1.tif", "a.tif"];
        let order = ["a.tif", "scan1.tif", "scan2.tif", "scan010.tif", "scan10.tif"];
        assert_eq!(sorted(&names), order);
    }

    #[test]
    fn leftovers_of_systems_are_no_inputs() {
        for name in
            [".DS_Store", "Thumbs.db", "~$don.docx", "scan.tif.part", "desktop.ini"]
        {
            assert!(is_ignored(OsStr::new(name)), "{name}");
        }
        assert!(!is_ignored(OsStr::new("scan.tif")));
    }

    #[test]
    fn files_of_an_inbox_are_dossiers_and_folders_too() {
        let scratch = Scratch::within(&std::env::temp_dir(), "inputs");
        let inbox = scratch.0.clone();
        fs::create_dir_all(inbox.join("b/deep")).unwrap();
        for name in ["2.tif", "10.tif", "b/1.tif", "b/deep/2.tif", ".hidden"] {
            fs::File::create(inbox.join(name)).unwrap();
        }
        let found = groups(vec![Source::File(inbox.clone())], false);
        let counts: Vec<usize> = found.iter().map(|group| group.sources.len()).collect();
        assert_eq!(counts, [1, 1, 2]);
        let together = groups(vec![Source::File(inbox.clone())], true);
        assert_eq!(together.len(), 1);
        let many = vec![Source::Stream(Arc::from([])); 2 * MOST_TOGETHER + 1];
        let parts = groups(many, true);
        assert_eq!(parts.last().map(|part| part.sources.len()), Some(1));
        assert_eq!(parts.len(), 3);
    }

    #[test]
    fn what_is_called_a_scan_is_not_passed_over_in_silence() {
        for name in [".scan.tif", "scan.tif.part", "~scan.PDF", "a.jpg.tmp"] {
            let name = OsStr::new(name);
            assert!(is_ignored(name) && is_scan_by_name(name), "{name:?}");
        }
        for name in
            ["._scan.tif", "~$don.pdf", ".DS_Store", "Thumbs.db", "scan.tif.ready"]
        {
            assert!(!is_scan_by_name(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn a_missing_folder_stays_an_input_to_be_accounted_for() {
        let gone = Source::File(PathBuf::from("no-such-file.tif"));
        assert_eq!(groups(vec![gone.clone()], false), [Group::loose(vec![gone])]);
    }
}
