//! Turns: one writer at a time, across threads and processes.
//!
//! The long work, copying and hashing, happens before a turn. A turn is short:
//! choose the code, rename into place, tell the catalogue. One lock for the whole
//! archive is what keeps codes unique, additions to one dossier from
//! overwriting each other, and a source from being filed by two runs at once.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::{MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::archive::error::ArchiveError;
use crate::archive::store::{self, Run};
use crate::archive::{Archive, STAGING, recover};

/// How long to sleep between two attempts to get the lock.
const NAP: Duration = Duration::from_millis(5);
/// How many naps make five minutes, after which the other run is called stuck.
const NAPS: u32 = 60_000;

/// The right to write, held for one change.
pub(crate) struct Turn<'a> {
    /// The archive.
    pub(crate) archive: &'a Archive,
    /// Where this process builds.
    pub(crate) run: &'a Run,
    _thread: MutexGuard<'a, ()>,
    _process: File,
}

impl Archive {
    /// Waits for a turn. Whatever an earlier writer did not finish is finished
    /// first.
    pub(crate) fn turn(
        &self,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Turn<'_>, ArchiveError> {
        let run = self.run()?;
        let thread = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let process = lock(&self.root, interrupted)?;
        if !self.is_there() {
            return Err(ArchiveError::Vanished(self.root.clone()));
        }
        if !self.catalogue().is_in_place() {
            recover::renew_catalogue(self)?;
        }
        recover::settle_all(self)?;
        Ok(Turn { archive: self, run, _thread: thread, _process: process })
    }

    /// Where this process builds.
    pub(crate) fn run(&self) -> Result<&Run, ArchiveError> {
        self.run.as_ref().ok_or_else(|| ArchiveError::LookingOnly(self.root.clone()))
    }
}

/// Takes the lock of the archive in `root`; it is given back when the file is
/// closed, however the process ends.
pub(crate) fn lock(
    root: &Path,
    interrupted: &dyn Fn() -> bool,
) -> Result<File, ArchiveError> {
    let path = root.join(STAGING).join(store::LOCK_FILE);
    let file = store::open_lock(&path)?;
    for _ in 0..NAPS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if interrupted() => {
                return Err(ArchiveError::Interrupted);
            }
            Err(TryLockError::WouldBlock) => thread::sleep(NAP),
            Err(TryLockError::Error(error)) if has_no_locks(&error) => {
                return Err(ArchiveError::NoLocks(path));
            }
            Err(error) => return Err(store::lock_error(&path, error).into()),
        }
    }
    Err(ArchiveError::Busy(path))
}

/// Whether the file system does not know locks (`ENOLCK`, `ENOSYS`, `ENOTSUP`).
fn has_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error())
}
