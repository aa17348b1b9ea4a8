//! Files that appear whole or not at all, even through a crash.
//!
//! Each grows beside its place under a name that says it is unfinished, and is
//! locked while its writer lives; so what a killed writer left is known, and swept
//! by the next one.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::archive::store::{
    Doing, StoreError, create_new, folder_of, list, rename, rename_new, sync_dir,
};
use crate::digest::Digest;

/// What the name of an unfinished file ends with.
const UNFINISHED: &str = ".sohoa-part";
/// How many names for an unfinished file are tried.
const ATTEMPTS: u32 = 1000;

/// Whether a file that exists may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays; writing is an error.
    Keep,
    /// It is replaced at once by the finished new one.
    Replace,
}

/// Writes a file so that it is there whole or not at all, even through a crash.
///
/// Of two processes that write the same path with [`Existing::Keep`], one wins
/// and the other gets an error. What a killed process left beside `path` from
/// an earlier attempt is removed.
///
/// # Errors
///
/// When the path exists and is to be kept, or the disk refuses.
pub fn write_whole(
    path: &Path,
    bytes: &[u8],
    existing: Existing,
) -> Result<(), StoreError> {
    refuse_taken(path, existing)?;
    sweep_named(folder_of(path), &unfinished_prefix(path));
    let mut file = Unfinished::begin(path, existing)?;
    file.add(bytes)?;
    file.finish()
}

/// A file that grows beside its place and takes it when it is finished. One that
/// is dropped before leaves nothing.
#[derive(Debug)]
pub struct Unfinished {
    path: PathBuf,
    part: PathBuf,
    file: File,
    existing: Existing,
    placed: bool,
}

impl Unfinished {
    /// Begins a file for `path`.
    ///
    /// # Errors
    ///
    /// When the path exists and is to be kept, or the disk refuses.
    pub fn begin(path: &Path, existing: Existing) -> Result<Self, StoreError> {
        refuse_taken(path, existing)?;
        let (part, file) = create_unfinished(path)?;
        Ok(Self { path: path.to_owned(), part, file, existing, placed: false })
    }

    /// Whether a file for `path` can be begun, told before the work that fills it;
    /// nothing is left there.
    ///
    /// # Errors
    ///
    /// As [`Unfinished::begin`].
    pub fn try_out(path: &Path, existing: Existing) -> Result<(), StoreError> {
        Self::begin(path, existing).map(drop)
    }

    /// Where it grows.
    #[must_use]
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file
            .write_all(bytes)
            .map_err(|e| StoreError::new(Doing::Write, &self.path, e))
    }

    /// Makes it durable and gives it its place.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or somebody else has taken the place meanwhile.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.file.sync_all().map_err(|e| StoreError::new(Doing::Sync, &self.path, e))?;
        match self.existing {
            Existing::Keep => rename_new(&self.part, &self.path)?,
            Existing::Replace => rename(&self.part, &self.path)?,
        }
        self.placed = true;
        sync_dir(folder_of(&self.path))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.placed {
            drop(fs::remove_file(&self.part));
        }
    }
}

/// An error where a path exists that is to be kept, or is a device, a pipe or a socket:
/// the file would take the place of the device itself.
fn refuse_taken(path: &Path, existing: Existing) -> Result<(), StoreError> {
    let is_device = |found: fs::Metadata| !found.is_file() && !found.is_dir();
    if existing == Existing::Replace && fs::metadata(path).is_ok_and(is_device) {
        let device = io::Error::from(io::ErrorKind::NotSeekable);
        return Err(StoreError::new(Doing::Write, path, device));
    }
    if existing == Existing::Keep && fs::symlink_metadata(path).is_ok() {
        let taken = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(StoreError::new(Doing::Write, path, taken));
    }
    Ok(())
}

/// Removes what killed processes left unfinished in a folder, for whatever path.
pub fn sweep(folder: &Path) {
    sweep_named(folder, ".");
}

/// A name beside `path` for a file that is not finished.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let process = std::process::id();
    let name = format!("{}{process}{UNFINISHED}", unfinished_prefix(path));
    folder_of(path).join(name)
}

/// Creates an unfinished file for `path`, locked while it is being written.
fn create_unfinished(path: &Path) -> Result<(PathBuf, File), StoreError> {
    let process = std::process::id();
    for number in 0..ATTEMPTS {
        let name = format!("{}{process}-{number}{UNFINISHED}", unfinished_prefix(path));
        let unfinished = folder_of(path).join(name);
        let file = match create_new(&unfinished) {
            Ok(file) => file,
            Err(error) if error.is_taken() => continue,
            Err(error) => return Err(StoreError { path: path.to_owned(), ..error }),
        };
        match file.try_lock() {
            // Somebody sweeping took it for dead; it is gone.
            Err(TryLockError::WouldBlock) => continue,
            // Without locks nobody sweeps.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        if unfinished.exists() {
            return Ok((unfinished, file));
        }
    }
    let taken = io::Error::from(io::ErrorKind::AlreadyExists);
    Err(StoreError::new(Doing::Write, path, taken))
}

/// Removes the unfinished files of dead writers whose names begin so.
fn sweep_named(folder: &Path, prefix: &str) {
    // A folder that cannot be listed has nothing to sweep; writing will tell.
    for name in list(folder).unwrap_or_default() {
        let left = name
            .to_str()
            .is_some_and(|name| name.starts_with(prefix) && name.ends_with(UNFINISHED));
        let file = folder.join(&name);
        if left && File::open(&file).is_ok_and(|file| file.try_lock().is_ok()) {
            drop(fs::remove_file(&file));
        }
    }
}

/// What the names of unfinished files for `path` begin with. Hashed, so that
/// the longest name a file may have still leaves room.
fn unfinished_prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    let hash = Digest::of(name.as_encoded_bytes()).to_string();
    format!(".{}.", hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_file_that_exists_is_kept() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-kept");
        let path = scratch.0.join("x.pdf");
        write_whole(&path, b"first", Existing::Keep).unwrap();
        let error = write_whole(&path, b"second", Existing::Keep).unwrap_err();
        assert!(error.is_taken(), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write_whole(&path, b"second", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(list(&scratch.0).unwrap(), ["x.pdf"]);
    }

    #[test]
    fn a_device_is_not_replaced_by_a_file() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-device");
        let path = scratch.0.join("x.pdf");
        let _listens = std::os::unix::net::UnixListener::bind(&path).unwrap();
        std::os::unix::fs::symlink(&path, scratch.0.join("link.pdf")).unwrap();
        for name in ["x.pdf", "link.pdf"] {
            let path = scratch.0.join(name);
            let error = write_whole(&path, b"second", Existing::Replace).unwrap_err();
            assert_eq!(error.source.kind(), io::ErrorKind::NotSeekable, "{error}");
            assert!(!path.metadata().unwrap().is_file(), "{name}");
        }
        assert_eq!(list(&scratch.0).unwrap(), ["link.pdf", "x.pdf"]);
    }

    #[test]
    fn of_many_writers_one_wins() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-race");
        let path = scratch.0.join("x.pdf");
        let write = |n: u8| write_whole(&path, &[n; 1000], Existing::Keep).is_ok();
        let won = std::thread::scope(|scope| {
            let all = [0, 1, 2, 3, 4, 5, 6, 7].map(|n| scope.spawn(move || write(n)));
            all.map(|writer| writer.join().unwrap())
        });
        assert_eq!(won.iter().filter(|won| **won).count(), 1);
        assert_eq!(list(&scratch.0).unwrap(), ["x.pdf"]);
    }

    #[test]
    fn what_a_killed_writer_left_is_swept() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-swept");
        let path = scratch.0.join("x.pdf");
        let (left, file) = create_unfinished(&path).unwrap();
        write_whole(&path, b"live", Existing::Keep).unwrap();
        assert!(left.exists(), "the lock of a live writer protects its file");
        drop(file);
        write_whole(&path, b"again", Existing::Replace).unwrap();
        assert_eq!(list(&scratch.0).unwrap(), ["x.pdf"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-missing");
        let path = scratch.0.join("no/x.pdf");
        let error = write_whole(&path, b"", Existing::Keep).unwrap_err();
        assert!(error.is_missing());
        assert!(error.to_string().contains("no/x.pdf"), "{error}");
    }
}
