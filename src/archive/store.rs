//! The one door to the disk for everything this library writes.
//!
//! A file appears whole or not at all: written beside its place, made durable
//! (`fsync`), renamed, and the folder made durable. Every failure names what
//! was being done and to which path. Folders that grow step by step lie in a
//! [`Run`] under `.staging/`, which a lock marks as alive; what a dead process
//! left there is found by the next one.
//!
//! SQLite writes its own file; `catalogue.rs` is its keeper.

use std::error::Error;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use crate::digest::{Digest, Hashing};
use crate::say::{self, Lang, Tell};

/// Bytes copied at once.
const CHUNK: usize = 1 << 17;
/// How deep a tree may be that is copied or walked.
const DEPTH: usize = 16;
/// What the name of an unfinished file ends with.
const UNFINISHED: &str = ".sohoa-part";
/// How many names for an unfinished file are tried.
const ATTEMPTS: u32 = 1000;
/// What the name of a run's folder begins with.
const RUN: &str = "run-";
/// The file that is locked while its run or archive is in use.
pub(crate) const LOCK_FILE: &str = "lock";

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
    if existing == Existing::Keep && fs::symlink_metadata(path).is_ok() {
        let taken = io::Error::from(io::ErrorKind::AlreadyExists);
        return Err(StoreError::new(Doing::Write, path, taken));
    }
    let folder = folder_of(path);
    sweep_unfinished(folder, path);
    let (unfinished, mut file) = create_unfinished(folder, path)?;
    let finish = || {
        file.write_all(bytes).map_err(|e| StoreError::new(Doing::Write, path, e))?;
        file.sync_all().map_err(|e| StoreError::new(Doing::Sync, path, e))?;
        match existing {
            Existing::Keep => rename_file_new(&unfinished, path)?,
            Existing::Replace => rename(&unfinished, path)?,
        }
        sync_dir(folder)
    };
    let mut finish = finish;
    finish().inspect_err(|_| drop(fs::remove_file(&unfinished)))
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
        if existing == Existing::Keep && fs::symlink_metadata(path).is_ok() {
            let taken = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(StoreError::new(Doing::Write, path, taken));
        }
        let (part, file) = create_unfinished(folder_of(path), path)?;
        Ok(Self { path: path.to_owned(), part, file, existing, placed: false })
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
            Existing::Keep => rename_file_new(&self.part, &self.path)?,
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

/// Removes what killed processes left unfinished in a folder, for whatever path.
pub fn sweep(folder: &Path) {
    for name in list(folder).unwrap_or_default() {
        let left =
            name.to_str().is_some_and(|n| n.starts_with('.') && n.ends_with(UNFINISHED));
        let file = folder.join(&name);
        if left && File::open(&file).is_ok_and(|file| file.try_lock().is_ok()) {
            drop(fs::remove_file(&file));
        }
    }
}

/// What a run is doing when the disk refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading a file or its metadata.
    Read,
    /// Creating or writing a file.
    Write,
    /// Making written bytes durable.
    Sync,
    /// Creating a folder.
    Folder,
    /// Listing a folder.
    List,
    /// Renaming into place.
    Rename,
    /// Removing.
    Remove,
    /// Locking.
    Lock,
}

impl Doing {
    /// As a verb.
    fn tell(self, lang: Lang) -> String {
        match self {
            Self::Read => say::archive::doing_read(lang),
            Self::Write => say::archive::doing_write(lang),
            Self::Sync => say::archive::doing_sync(lang),
            Self::Folder => say::archive::doing_folder(lang),
            Self::List => say::archive::doing_list(lang),
            Self::Rename => say::archive::doing_rename(lang),
            Self::Remove => say::archive::doing_remove(lang),
            Self::Lock => say::archive::doing_lock(lang),
        }
    }
}

/// The disk refused.
#[derive(Debug)]
pub struct StoreError {
    /// What was being done.
    pub doing: Doing,
    /// To which path.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl StoreError {
    /// `doing` this to `path` failed with `source`.
    pub(crate) fn new(doing: Doing, path: &Path, source: io::Error) -> Self {
        Self { doing, path: path.to_owned(), source }
    }

    /// Whether there is no room left, on the disk or in the quota.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let kind = self.source.kind();
        kind == io::ErrorKind::StorageFull || kind == io::ErrorKind::QuotaExceeded
    }

    /// Whether the path was already taken.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        let kind = self.source.kind();
        kind == io::ErrorKind::AlreadyExists || kind == io::ErrorKind::DirectoryNotEmpty
    }

    /// Whether the path is not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }
}

impl Tell for StoreError {
    fn tell(&self, lang: Lang) -> String {
        let doing = self.doing.tell(lang);
        let path = self.path.display();
        say::archive::refused(lang, doing, path, say::io_reason(lang, &self.source))
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

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
    let mut file =
        File::create(path).map_err(|e| StoreError::new(Doing::Write, path, e))?;
    file.write_all(bytes).map_err(|e| StoreError::new(Doing::Write, path, e))?;
    file.sync_all().map_err(|e| StoreError::new(Doing::Sync, path, e))?;
    sync_dir(folder_of(path))
}

/// A new file that only its owner may read, durable.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let write = |e| StoreError::new(Doing::Write, path, e);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut file = options.open(path).map_err(write)?;
    file.write_all(bytes).map_err(write)?;
    file.sync_all().map_err(|e| StoreError::new(Doing::Sync, path, e))?;
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
    file.write_all(line.as_bytes()).map_err(write)?;
    file.sync_all().map_err(|e| StoreError::new(Doing::Sync, path, e))?;
    if is_new { sync_dir(folder_of(path)) } else { Ok(()) }
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

/// Puts the folder `new` where `place` is, whose old content is then at `new`
/// or `old`. Where the file system cannot exchange in one step, two renames
/// do, and [`complete_exchange`] repairs what a crash between them leaves.
pub(crate) fn exchange(new: &Path, place: &Path, old: &Path) -> Result<(), StoreError> {
    match renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            // Both names must be durable before anything is moved away.
            sync_dir(folder_of(new))?;
            rename(place, old)?;
            rename(new, place).inspect_err(|_| drop(fs::rename(old, place)))
        }
        Err(error) => Err(StoreError::new(Doing::Rename, place, error.into())),
    }
}

/// Repairs an [`exchange`] that was cut between its two renames. Says whether
/// there was something to repair.
pub(crate) fn complete_exchange(
    new: &Path,
    place: &Path,
    old: &Path,
) -> Result<bool, StoreError> {
    if place.exists() || !old.exists() {
        return Ok(false);
    }
    // `old` was moved away only after `new` was durable.
    rename(if new.exists() { new } else { old }, place)?;
    sync_dir(folder_of(place)).map(|()| true)
}

/// A second name for the file `from`, or a copy where there are no links.
/// The copy is durable; a link needs only its folder to be.
pub(crate) fn link_or_copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
    if error.kind() == io::ErrorKind::StorageFull
        || error.kind() == io::ErrorKind::NotFound
    {
        return Err(StoreError::new(Doing::Write, to, error));
    }
    let mut read = File::open(from).map_err(|e| StoreError::new(Doing::Read, from, e))?;
    write_new(to, &mut Source { path: from, read: &mut read }, &|| false).map(|_| ())
}

/// Gives the tree `from` a second life at `to`, file by file as
/// [`link_or_copy`] does, folders durable; top-level names in `except` stay
/// behind. Links and devices are refused.
pub(crate) fn clone_tree(
    from: &Path,
    to: &Path,
    except: &[&str],
) -> Result<(), StoreError> {
    clone_level(from, to, except, DEPTH)
}

fn clone_level(
    from: &Path,
    to: &Path,
    except: &[&str],
    depth: usize,
) -> Result<(), StoreError> {
    let odd = |path: &Path| {
        let kind = io::Error::from(io::ErrorKind::InvalidInput);
        Err(StoreError::new(Doing::Read, path, kind))
    };
    if depth == 0 {
        return odd(from);
    }
    for name in list(from)? {
        if except.iter().any(|other| name == *other) {
            continue;
        }
        let (source, target) = (from.join(&name), to.join(&name));
        let kind = fs::symlink_metadata(&source)
            .map_err(|e| StoreError::new(Doing::Read, &source, e))?
            .file_type();
        if kind.is_dir() {
            make_dir(&target)?;
            clone_level(&source, &target, &[], depth - 1)?;
        } else if kind.is_file() {
            link_or_copy(&source, &target)?;
        } else {
            return odd(&source);
        }
    }
    sync_dir(to)
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove_tree(dir: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::new(Doing::Remove, dir, error))
        }
        _ => Ok(()),
    }
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

/// A name beside `path` for a file that is not finished.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let process = std::process::id();
    let name = format!("{}{process}{UNFINISHED}", unfinished_prefix(path));
    folder_of(path).join(name)
}

/// Gives a finished file its name unless the name is taken.
pub(crate) fn rename_new(from: &Path, to: &Path) -> Result<(), StoreError> {
    rename_file_new(from, to)
}

/// Gives a finished file its name unless the name is taken.
fn rename_file_new(from: &Path, to: &Path) -> Result<(), StoreError> {
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

/// Creates an unfinished file for `path`, locked while it is being written.
fn create_unfinished(folder: &Path, path: &Path) -> Result<(PathBuf, File), StoreError> {
    let process = std::process::id();
    for number in 0..ATTEMPTS {
        let name = format!("{}{process}-{number}{UNFINISHED}", unfinished_prefix(path));
        let unfinished = folder.join(name);
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

/// Removes what killed processes left of earlier attempts to write `path`.
fn sweep_unfinished(folder: &Path, path: &Path) {
    let prefix = unfinished_prefix(path);
    // A folder that cannot be listed has nothing to sweep; writing will tell.
    for name in list(folder).unwrap_or_default() {
        let left = name
            .to_str()
            .is_some_and(|name| name.starts_with(&prefix) && name.ends_with(UNFINISHED));
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test alone, removed with it.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let name = format!("sohoa-store-{name}-{}", std::process::id());
            let dir = std::env::temp_dir().join(name);
            drop(fs::remove_dir_all(&dir));
            fs::create_dir(&dir).unwrap();
            Self(dir)
        }

        fn names(&self) -> Vec<std::ffi::OsString> {
            list(&self.0).unwrap()
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    #[test]
    fn a_file_that_exists_is_kept() {
        let scratch = Scratch::new("kept");
        let path = scratch.0.join("x.pdf");
        write_whole(&path, b"first", Existing::Keep).unwrap();
        let error = write_whole(&path, b"second", Existing::Keep).unwrap_err();
        assert!(error.is_taken(), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"first");
        write_whole(&path, b"second", Existing::Replace).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(scratch.names(), ["x.pdf"]);
    }

    #[test]
    fn of_many_writers_one_wins() {
        let scratch = Scratch::new("race");
        let path = scratch.0.join("x.pdf");
        let write = |n: u8| write_whole(&path, &[n; 1000], Existing::Keep).is_ok();
        let won = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|n| scope.spawn(move || write(n))).collect();
            all.into_iter()
                .filter(|_| true)
                .map(|t| t.join().unwrap())
                .filter(|w| *w)
                .count()
        });
        assert_eq!(won, 1);
        assert_eq!(scratch.names(), ["x.pdf"]);
    }

    #[test]
    fn what_a_killed_writer_left_is_swept() {
        let scratch = Scratch::new("swept");
        let path = scratch.0.join("x.pdf");
        let (left, file) = create_unfinished(&scratch.0, &path).unwrap();
        write_whole(&path, b"live", Existing::Keep).unwrap();
        assert!(left.exists(), "the lock of a live writer protects its file");
        drop(file);
        write_whole(&path, b"again", Existing::Replace).unwrap();
        assert_eq!(scratch.names(), ["x.pdf"]);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let scratch = Scratch::new("missing");
        let path = scratch.0.join("no/x.pdf");
        let error = write_whole(&path, b"", Existing::Keep).unwrap_err();
        assert!(error.is_missing());
        assert!(error.to_string().contains("no/x.pdf"), "{error}");
    }

    #[test]
    fn an_exchange_cut_in_two_is_completed() {
        let scratch = Scratch::new("cut");
        let [new, place, old] = ["new", "place", "old"].map(|name| scratch.0.join(name));
        fs::create_dir(&new).unwrap();
        fs::create_dir(&old).unwrap();
        assert!(complete_exchange(&new, &place, &old).unwrap());
        assert_eq!(scratch.names(), ["old", "place"]);
        assert!(!complete_exchange(&new, &place, &old).unwrap());
        fs::remove_dir(&place).unwrap();
        assert!(complete_exchange(&new, &place, &old).unwrap(), "the old one comes back");
        assert_eq!(scratch.names(), ["place"]);
    }

    #[test]
    fn a_symbolic_link_is_not_cloned() {
        let scratch = Scratch::new("link");
        let [from, to] = ["from", "to"].map(|name| scratch.0.join(name));
        fs::create_dir(&from).unwrap();
        fs::create_dir(&to).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", from.join("x")).unwrap();
        assert!(clone_tree(&from, &to, &[]).is_err());
    }
}
