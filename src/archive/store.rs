//! The one door to the disk for everything this library writes.
//!
//! A file appears whole or not at all: written beside its place, made durable
//! (`fsync`), renamed, and the folder made durable. Every failure names what
//! was being done and to which path. Folders that grow step by step lie in a
//! [`Run`] under `.staging/`, which a lock marks as alive; what a dead process
//! left there is found by the next one.
//!
//! SQLite writes its own file; `catalogue.rs` is its keeper.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use crate::digest::{Digest, Hashing};

mod error;
mod run;
mod tree;
mod whole;

pub use crate::archive::store::error::{Doing, StoreError};
pub(crate) use crate::archive::store::run::{
    LOCK_FILE, Run, is_dead, lock_error, open_lock, runs,
};
pub(crate) use crate::archive::store::tree::{
    clone_tree, complete_exchange, exchange, remove_tree,
};
pub(crate) use crate::archive::store::whole::beside;
pub use crate::archive::store::whole::{Existing, Unfinished, sweep, write_whole};

/// Bytes copied at once.
const CHUNK: usize = 1 << 17;

/// What a new file is made from.
pub(crate) struct Source<'a> {
    /// What to name when reading fails.
    pub(crate) path: &'a Path,
    /// The bytes.
    pub(crate) read: &'a mut dyn Read,
}

/// Writes a new file, durable, and hashes it on the way. `None` when
/// `interrupted` says so between two chunks.
pub(crate) fn write_new(
    path: &Path,
    from: &mut Source<'_>,
    interrupted: &dyn Fn() -> bool,
) -> Result<Option<(Digest, u64)>, StoreError> {
    let mut to = Hashing::new(create_new(path)?);
    let mut chunk = vec![0; CHUNK];
    loop {
        if interrupted() {
            return Ok(None);
        }
        let count = match from.read.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(StoreError::new(Doing::Read, from.path, error)),
        };
        to.write_all(chunk.get(..count).unwrap_or_default())
            .map_err(|e| StoreError::new(Doing::Write, path, e))?;
    }
    let (file, digest, length) = to.finish();
    file.sync_all().map_err(|e| StoreError::new(Doing::Sync, path, e))?;
    Ok(Some((digest, length)))
}

/// Writes small new files into `dir`, all durable. The caller makes `dir` durable.
pub(crate) fn write_small<'a>(
    dir: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), StoreError> {
    // All written before the first is waited for: one commit of a journalling
    // file system then serves them all.
    let mut written = Vec::new();
    for (name, bytes) in files {
        let path = dir.join(name);
        let mut file = create_new(&path)?;
        file.write_all(bytes).map_err(|e| StoreError::new(Doing::Write, &path, e))?;
        written.push((path, file));
    }
    let sync = |(path, file): (PathBuf, File)| {
        file.sync_all().map_err(|e| StoreError::new(Doing::Sync, &path, e))
    };
    written.into_iter().try_for_each(sync)
}

/// A file to which nothing refers yet, durable: what is there is replaced, and
/// a crash may leave a part of it.
pub(crate) fn write_over(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let file = File::create(path).map_err(|e| StoreError::new(Doing::Write, path, e))?;
    fill(file, path, bytes)?;
    sync_dir(folder_of(path))
}

/// A new file that only its owner may read, durable.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let file = options.open(path).map_err(|e| StoreError::new(Doing::Write, path, e))?;
    fill(file, path, bytes)?;
    sync_dir(folder_of(path))
}

/// Bytes that nobody can guess, from the system; `path` is what they are for.
pub(crate) fn random<const N: usize>(path: &Path) -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    let source =
        File::open("/dev/urandom").and_then(|mut from| from.read_exact(&mut bytes));
    source.map_err(|e| StoreError::new(Doing::Write, path, e)).map(|()| bytes)
}

/// A line added to a register, durable; the file and its folder are made
/// where missing. A last line without its end, left by a crash, goes first.
pub(crate) fn append_line(path: &Path, keep: u64, line: &str) -> Result<(), StoreError> {
    let write = |e| StoreError::new(Doing::Write, path, e);
    let is_new = !path.exists();
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let mut file = options.open(path).map_err(write)?;
    file.set_len(keep).map_err(write)?;
    file.seek(SeekFrom::End(0)).map_err(write)?;
    fill(file, path, line.as_bytes())?;
    if is_new { sync_dir(folder_of(path)) } else { Ok(()) }
}

/// Writes the rest of a file and makes it durable.
fn fill(mut file: File, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    file.write_all(bytes).map_err(|e| StoreError::new(Doing::Write, path, e))?;
    file.sync_all().map_err(|e| StoreError::new(Doing::Sync, path, e))
}

/// The whole file, at most `limit` bytes of it; `None` where it is not there.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let failed = |e| StoreError::new(Doing::Read, path, e);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(failed(io::ErrorKind::FileTooLarge.into()));
    }
    Ok(Some(bytes))
}

/// Makes one folder inside an existing one.
pub(crate) fn make_dir(path: &Path) -> Result<(), StoreError> {
    fs::create_dir(path).map_err(|e| StoreError::new(Doing::Folder, path, e))
}

/// Makes the folders `parts` one inside the other below `base`, which must
/// exist, so that nothing is ever written to where a share was mounted.
pub(crate) fn make_dirs(base: &Path, parts: &[String]) -> Result<PathBuf, StoreError> {
    let mut dir = base.to_owned();
    for part in parts {
        let parent = dir.clone();
        dir.push(part);
        match make_dir(&dir) {
            Ok(()) => sync_dir(&parent)?,
            Err(error) if error.is_taken() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(dir)
}

/// Makes the entries of a folder durable.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    let synced = File::open(dir).and_then(|dir| dir.sync_all());
    match synced {
        // Some network and FAT file systems have no such thing and need none.
        Err(error) if is_unsupported(&error) => Ok(()),
        other => other.map_err(|e| StoreError::new(Doing::Sync, dir, e)),
    }
}

/// Renames. A folder never replaces one that has something in it (POSIX
/// `rename`), a file replaces a file.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|e| StoreError::new(Doing::Rename, to, e))
}

/// Removes a file, if it is there.
pub(crate) fn remove_file(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::new(Doing::Remove, path, error))
        }
        _ => Ok(()),
    }
}

/// The names in a folder, sorted.
pub(crate) fn list(dir: &Path) -> Result<Vec<std::ffi::OsString>, StoreError> {
    let failed = |e| StoreError::new(Doing::List, dir, e);
    let entries = fs::read_dir(dir).map_err(failed)?;
    let names: io::Result<Vec<_>> =
        entries.map(|entry| entry.map(|e| e.file_name())).collect();
    let mut names = names.map_err(failed)?;
    names.sort();
    Ok(names)
}

/// Gives a finished file its name unless the name is taken.
pub(crate) fn rename_new(from: &Path, to: &Path) -> Result<(), StoreError> {
    let failed = |e| StoreError::new(Doing::Rename, to, e);
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Ok(()) => return Ok(()),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
        Err(error) => return Err(failed(error.into())),
    }
    match fs::hard_link(from, to) {
        Ok(()) => remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(failed(error)),
        // No links either (exFAT, some shares): whoever creates the name owns it.
        Err(_) => {
            drop(create_new(to)?);
            rename(from, to).inspect_err(|_| drop(fs::remove_file(to)))
        }
    }
}

/// Creates a file that must not exist.
pub(crate) fn create_new(path: &Path) -> Result<File, StoreError> {
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    created.map_err(|e| StoreError::new(Doing::Write, path, e))
}

/// The folder a path lies in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}

/// Whether a file system does not know the operation.
fn is_unsupported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidInput
        || error.kind() == io::ErrorKind::Unsupported
}
