//! A folder for one test or one measurement; nothing of the program itself. What it
//! writes of its own accord lies in the archive or beside the output.

use std::path::{Path, PathBuf};
use std::{fs, process};

/// How the names of these folders begin; they end with the process they are of.
const PREFIX: &str = "sohoa-test-";

/// An empty folder in `base`. Names of those that are there at once differ. What
/// others left there goes, if their process is gone: it was killed.
pub(crate) fn empty(base: &Path, name: &str) -> PathBuf {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let rest = file.to_str().and_then(|file| file.strip_prefix(PREFIX));
        let process = rest.and_then(|rest| rest.rsplit('-').next());
        let is_number = |id: &&str| id.chars().all(|digit| digit.is_ascii_digit());
        let is_gone = |id: &str| !Path::new("/proc").join(id).exists();
        if process.filter(is_number).is_some_and(is_gone) {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
    let folder = base.join(format!("{PREFIX}{name}-{}", process::id()));
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// An empty folder of one test alone, removed with it.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    /// A new one in `base`.
    pub(crate) fn within(base: &Path, name: &str) -> Self {
        Self(empty(base, name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
