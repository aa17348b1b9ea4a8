//! Runs: the folders under `.staging/` in which processes build, and the locks
//! that tell the living from the dead.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::archive::store::{Doing, StoreError, list, make_dir, remove_tree, sync_dir};

/// The file that is locked while its run or archive is in use.
pub(crate) const LOCK_FILE: &str = "lock";
/// What the name of a run's folder begins with.
const RUN: &str = "run-";
/// How many names for a run's folder are tried.
const ATTEMPTS: u32 = 1000;

/// A folder of one process under `.staging/`, alive while its lock is held.
#[derive(Debug)]
pub(crate) struct Run {
    dir: PathBuf,
    /// Held until the process ends, however it ends.
    _lock: File,
    folders: AtomicU64,
}

impl Run {
    /// Begins a run under `staging`. The caller holds the archive's lock, so
    /// that nobody takes the new folder for a dead one before it is locked.
    pub(crate) fn begin(staging: &Path) -> Result<Self, StoreError> {
        for number in 0..ATTEMPTS {
            let dir = staging.join(format!("{RUN}{}-{number}", std::process::id()));
            match make_dir(&dir) {
                Err(error) if error.is_taken() => {}
                Err(error) => return Err(error),
                Ok(()) => {
                    let lock = open_lock(&dir.join(LOCK_FILE))?;
                    lock.try_lock().map_err(|e| lock_error(&dir, e))?;
                    sync_dir(&dir)?;
                    sync_dir(staging)?;
                    return Ok(Self { dir, _lock: lock, folders: AtomicU64::new(0) });
                }
            }
        }
        let taken = io::Error::from(io::ErrorKind::AlreadyExists);
        Err(StoreError::new(Doing::Folder, staging, taken))
    }

    /// Its folder.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// A new folder in it for one piece of work.
    pub(crate) fn folder(&self) -> Result<PathBuf, StoreError> {
        let number = self.folders.fetch_add(1, Ordering::Relaxed);
        let dir = self.dir.join(number.to_string());
        make_dir(&dir).map(|()| dir)
    }
}

impl Drop for Run {
    /// Leaves folders that still mean something to the next opening: only
    /// an empty run goes.
    fn drop(&mut self) {
        let lock = OsStr::new(LOCK_FILE);
        if list(&self.dir).is_ok_and(|names| names.iter().all(|name| name == lock)) {
            drop(remove_tree(&self.dir));
        }
    }
}

/// The folders of all runs under `staging`, sorted.
pub(crate) fn runs(staging: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let names = list(staging)?.into_iter();
    let runs =
        names.filter(|name| name.to_str().is_some_and(|name| name.starts_with(RUN)));
    Ok(runs.map(|name| staging.join(name)).collect())
}

/// Whether the process that began the run in `dir` is gone. The caller holds
/// the archive's lock.
pub(crate) fn is_dead(dir: &Path) -> bool {
    match File::open(dir.join(LOCK_FILE)) {
        Ok(lock) => lock.try_lock().is_ok(),
        // Killed between making the folder and its lock.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Opens the file `path` for locking and creates it where it is missing.
pub(crate) fn open_lock(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    options.open(path).map_err(|e| StoreError::new(Doing::Lock, path, e))
}

/// Why a lock was not to be had, told about `path`.
pub(crate) fn lock_error(path: &Path, error: TryLockError) -> StoreError {
    StoreError::new(Doing::Lock, path, error.into())
}
