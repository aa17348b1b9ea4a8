//! A watched folder: which papers in it are whole and may be taken.
//!
//! A scanner, a share and a mail program all write slowly, and none says when
//! it is done. So a paper is taken when nothing about it has changed for a
//! while, or earlier where somebody says that it is whole: a file of the same name
//! with `.ready` behind it (`scan.tif.ready`; `.ready` in a folder), or its
//! being renamed into the inbox. A folder in the inbox is one dossier, and is
//! whole when all the files below it are.
//!
//! What the system tells of changes ([`Notices`]) only makes the next look come
//! earlier. What counts is the look itself, so that a lost notice, a share that
//! sends none and papers that lay there before are all the same.
//!
//! What cannot be read, because a program holds it or it vanishes, is tried again
//! and again, each time later than the last.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::inotify::{self, CreateFlags, ReadFlags, WatchFlags};

use crate::archive::seen::Stamp;
use crate::digest::Digest;
use crate::ingest::inputs::{self, Group, READY, Source};

/// How long to wait before the first new attempt …
const FIRST_RETRY: Duration = Duration::from_secs(5);
/// … and at most before each later one.
const LAST_RETRY: Duration = Duration::from_secs(600);
/// The file that is locked where a folder itself cannot be.
const LOCK: &str = ".sohoa-lock";
/// Bytes for notices read at once.
const NOTICES: usize = 4096;

/// What lies in an inbox: a paper, or a folder of papers that is a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its path.
    pub path: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Stands for everything the system says of its files.
    state: Digest,
    /// Whether somebody said that it is whole.
    is_ready: bool,
}

impl Item {
    /// As a source of a run.
    #[must_use]
    pub fn source(&self) -> Source {
        let path = self.path.clone();
        if self.is_folder { Source::Dossier(path) } else { Source::File(path) }
    }

    /// A file as it lies now; one that vanished is no item.
    fn file(path: PathBuf) -> Option<Self> {
        let state = Digest::of(&stamp(&path)?);
        let is_ready = is_said(&[mark(&path)], std::slice::from_ref(&path));
        Some(Self { path, is_folder: false, state, is_ready })
    }

    /// A folder as it lies now; one with nothing in it is no item.
    fn folder(path: PathBuf) -> Option<Self> {
        let (mut state, mut files) = (Vec::new(), Vec::new());
        for source in Group::folder(&path).sources {
            let (Source::File(file)
            | Source::Dossier(file)
            | Source::Unreadable(file, _)) = source
            else {
                continue;
            };
            state.extend(file.as_os_str().as_encoded_bytes());
            state.push(0);
            state.extend(stamp(&file).unwrap_or([0; 48]));
            files.push(file);
        }
        if state.is_empty() {
            return None;
        }
        let is_ready = is_said(&[path.join(READY), mark(&path)], &files);
        let state = Digest::of(&state);
        Some(Self { path, is_folder: true, state, is_ready })
    }

    /// Whether the system says the same of its files as when it was looked at.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        let path = self.path.clone();
        let now = if self.is_folder { Self::folder(path) } else { Self::file(path) };
        now.is_some_and(|now| now.state == self.state)
    }
}

/// Looks at everything in an inbox, in order; empty folders and what is no
/// input are passed over.
///
/// # Errors
///
/// When the inbox cannot be listed.
pub fn look(inbox: &Path) -> io::Result<Vec<Item>> {
    let (files, folders) = inputs::entries(inbox)?;
    let mut items = Vec::new();
    items.extend(files.into_iter().filter_map(Item::file));
    items.extend(folders.into_iter().filter_map(Item::folder));
    Ok(items)
}

/// Whether one of the marks was put there after the last change of the files: a
/// mark left over from an earlier paper of the same name says nothing.
fn is_said(marks: &[PathBuf], files: &[PathBuf]) -> bool {
    let changed = |path: &PathBuf| fs::metadata(path)?.modified();
    let last = files.iter().filter_map(|file| changed(file).ok()).max();
    let said = marks.iter().filter_map(|mark| changed(mark).ok()).max();
    said.is_some_and(|said| last.is_none_or(|last| said >= last))
}

fn stamp(path: &Path) -> Option<[u8; 48]> {
    fs::metadata(path).ok().map(|found| Stamp::of(&found).bytes())
}

/// The mark beside `path` that says that it is whole.
pub(crate) fn mark(path: &Path) -> PathBuf {
    beside(path, READY)
}

/// `path` with an ending more.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// What is known of the items of an inbox from earlier looks. Time is counted
/// from any moment, by a clock that never goes back.
#[derive(Debug)]
pub struct Settling {
    settle: Duration,
    known: BTreeMap<PathBuf, Known>,
}

/// What is known of an item.
#[derive(Debug)]
struct Known {
    state: Digest,
    since: Duration,
    turn: Turn,
}

/// Whose turn it is with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// It has to keep still.
    Settling,
    /// It was taken, and is left alone until it changes.
    Taken,
    /// It could not be taken so many times, and is tried again then.
    Again(u32, Duration),
}

impl Settling {
    /// Nothing is known yet; items must be still for `settle`.
    #[must_use]
    pub fn new(settle: Duration) -> Self {
        Self { settle, known: BTreeMap::new() }
    }

    /// Which of the items found at `now` are to be taken, in their order.
    /// `renamed` are those whose last change was to be renamed into place.
    pub fn take(
        &mut self,
        found: Vec<Item>,
        renamed: &BTreeSet<PathBuf>,
        now: Duration,
    ) -> Vec<Item> {
        let there: BTreeSet<&PathBuf> = found.iter().map(|item| &item.path).collect();
        self.known.retain(|path, _| there.contains(path));
        let mut whole = Vec::new();
        for item in found {
            let fresh = Known { state: item.state, since: now, turn: Turn::Settling };
            let known = self.known.entry(item.path.clone()).or_insert(fresh);
            if known.state != item.state {
                *known = Known { state: item.state, since: now, turn: Turn::Settling };
            }
            let is_due = match known.turn {
                Turn::Settling => {
                    item.is_ready
                        || renamed.contains(&item.path)
                        || now.saturating_sub(known.since) >= self.settle
                }
                Turn::Taken => false,
                Turn::Again(_, at) => now >= at,
            };
            if is_due {
                whole.push(item);
            }
        }
        whole
    }

    /// Notes what became of an item that was taken.
    pub fn ended(&mut self, item: &Item, is_done: bool, now: Duration) {
        let Some(known) = self.known.get_mut(&item.path) else { return };
        known.turn = match known.turn {
            Turn::Settling | Turn::Taken | Turn::Again(..) if is_done => Turn::Taken,
            Turn::Again(times, _) => Turn::Again(times + 1, now + pause(times)),
            Turn::Settling | Turn::Taken => Turn::Again(1, now + pause(0)),
        };
    }

    /// Whether some item waits for its time, so that looking soon is worth it.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.known.values().any(|known| known.turn == Turn::Settling)
    }

    /// Items that could not be taken so far.
    #[must_use]
    pub fn troubled(&self) -> usize {
        let is_troubled = |known: &&Known| matches!(known.turn, Turn::Again(..));
        self.known.values().filter(is_troubled).count()
    }
}

/// How long to wait after so many attempts before: twice as long each time.
fn pause(times: u32) -> Duration {
    let factor = 1_u32.checked_shl(times).unwrap_or(u32::MAX);
    FIRST_RETRY.saturating_mul(factor).min(LAST_RETRY)
}

/// What the system tells of changes in an inbox, where it tells any.
#[derive(Debug, Default)]
pub struct Notices {
    system: Option<OwnedFd>,
    /// The folders watched, by the number the system gave them.
    folders: BTreeMap<i32, PathBuf>,
    /// Items renamed into the inbox and not changed since.
    renamed: BTreeSet<PathBuf>,
}

impl Notices {
    /// Begins to listen; where the system has no notices, there are none.
    #[must_use]
    pub fn listen(inbox: &Path) -> Self {
        let flags = CreateFlags::NONBLOCK | CreateFlags::CLOEXEC;
        let mut notices = Self { system: inotify::init(flags).ok(), ..Self::default() };
        notices.add(inbox);
        notices
    }

    /// Listens in one more folder.
    fn add(&mut self, folder: &Path) {
        let what = WatchFlags::CREATE
            | WatchFlags::CLOSE_WRITE
            | WatchFlags::MODIFY
            | WatchFlags::MOVED_TO
            | WatchFlags::ONLYDIR;
        if let Some(system) = &self.system
            && let Ok(number) = inotify::add_watch(system, folder, what)
        {
            self.folders.insert(number, folder.to_owned());
        }
    }

    /// Listens in the folders among the items as well.
    pub fn follow(&mut self, items: &[Item]) {
        let known: BTreeSet<PathBuf> = self.folders.values().cloned().collect();
        let new =
            items.iter().filter(|item| item.is_folder && !known.contains(&item.path));
        new.for_each(|item| self.add(&item.path));
    }

    /// Whether anything was told since the last time it was asked.
    pub fn heard(&mut self) -> bool {
        let Some(system) = &self.system else { return false };
        let mut space = [MaybeUninit::uninit(); NOTICES];
        let mut reader = inotify::Reader::new(system, &mut space);
        let mut heard = false;
        while let Ok(notice) = reader.next() {
            heard = true;
            let Some(folder) = self.folders.get(&notice.wd()) else { continue };
            if notice.events().contains(ReadFlags::IGNORED) {
                // The folder is gone.
                self.folders.remove(&notice.wd());
                continue;
            }
            let name = notice.file_name().map(|name| name.to_string_lossy().into_owned());
            let Some(name) = name else { continue };
            let path = folder.join(name);
            if notice.events().contains(ReadFlags::MOVED_TO) {
                self.renamed.insert(path);
            } else {
                self.renamed.remove(&path);
            }
        }
        heard
    }

    /// The items that were renamed into place and not changed since; they are
    /// told once.
    pub fn renamed(&mut self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.renamed)
    }
}

/// The right to watch an inbox, given back when the process ends.
#[derive(Debug)]
pub struct Watching {
    _lock: File,
}

/// Why an inbox cannot be watched.
#[derive(Debug)]
pub enum Denied {
    /// Another process watches it.
    Watched,
    /// It cannot be locked, or is no folder.
    Refused(io::Error),
}

/// Takes the right to watch an inbox: two that watch one folder would take
/// every paper twice.
///
/// # Errors
///
/// When another process has it, or nothing there can be locked.
pub fn lock(inbox: &Path) -> Result<Watching, Denied> {
    let folder = File::open(inbox).map_err(Denied::Refused)?;
    match folder.try_lock() {
        Ok(()) => return Ok(Watching { _lock: folder }),
        Err(TryLockError::WouldBlock) => return Err(Denied::Watched),
        // Some shares lock files only, and only those that can be written.
        Err(TryLockError::Error(_)) => {}
    }
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let file = options.open(inbox.join(LOCK)).map_err(Denied::Refused)?;
    match file.try_lock() {
        Ok(()) => Ok(Watching { _lock: file }),
        Err(TryLockError::WouldBlock) => Err(Denied::Watched),
        Err(TryLockError::Error(error)) => Err(Denied::Refused(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    const SETTLE: Duration = Duration::from_secs(5);

    fn item(name: &str, state: &[u8], is_ready: bool) -> Item {
        let path = PathBuf::from(name);
        Item { path, is_folder: false, state: Digest::of(state), is_ready }
    }

    fn names(items: &[Item]) -> Vec<String> {
        items.iter().map(|item| item.path.display().to_string()).collect()
    }

    fn take(settling: &mut Settling, found: &[Item], second: u64) -> Vec<String> {
        let none = BTreeSet::new();
        let taken = settling.take(found.to_vec(), &none, Duration::from_secs(second));
        for item in &taken {
            settling.ended(item, true, Duration::from_secs(second));
        }
        names(&taken)
    }

    #[test]
    fn a_paper_is_taken_once_it_has_kept_still() {
        let mut settling = Settling::new(SETTLE);
        let [short, long] = [b"1".as_slice(), b"12"].map(|s| item("a.tif", s, false));
        assert!(take(&mut settling, std::slice::from_ref(&short), 0).is_empty());
        assert!(take(&mut settling, std::slice::from_ref(&short), 4).is_empty());
        assert!(
            take(&mut settling, std::slice::from_ref(&long), 6).is_empty(),
            "it grew"
        );
        assert!(take(&mut settling, std::slice::from_ref(&long), 10).is_empty());
        assert_eq!(take(&mut settling, std::slice::from_ref(&long), 11), ["a.tif"]);
        assert!(!settling.is_waiting());
        assert!(take(&mut settling, std::slice::from_ref(&long), 99).is_empty(), "once");
        assert!(take(&mut settling, &[short], 100).is_empty(), "changed, so it settles");
    }

    #[test]
    fn a_paper_that_is_said_to_be_whole_is_taken_at_once() {
        let mut settling = Settling::new(SETTLE);
        let ready = item("a.tif", b"1", true);
        let renamed = item("b.tif", b"1", false);
        let found = vec![ready, renamed.clone(), item("c.tif", b"1", false)];
        let told = BTreeSet::from([renamed.path]);
        let taken = settling.take(found, &told, Duration::ZERO);
        assert_eq!(names(&taken), ["a.tif", "b.tif"]);
    }

    #[test]
    fn what_cannot_be_taken_is_tried_later_and_later() {
        let mut settling = Settling::new(Duration::ZERO);
        let locked = item("a.tif", b"1", false);
        let mut tried = Vec::new();
        for second in 0..100 {
            let now = Duration::from_secs(second);
            let none = BTreeSet::new();
            for item in settling.take(vec![locked.clone()], &none, now) {
                settling.ended(&item, false, now);
                tried.push(second);
            }
        }
        assert_eq!(tried, [0, 5, 15, 35, 75]);
        assert_eq!(settling.troubled(), 1);
        assert_eq!((pause(7), pause(40)), (LAST_RETRY, LAST_RETRY));
        let gone = settling.take(Vec::new(), &BTreeSet::new(), Duration::from_secs(200));
        assert!(
            gone.is_empty() && settling.troubled() == 0,
            "one that vanished is forgotten"
        );
    }

    #[test]
    fn folders_are_dossiers_and_temporary_files_are_none() {
        let scratch = Scratch::within(&std::env::temp_dir(), "inbox");
        let inbox = scratch.0.clone();
        fs::create_dir_all(inbox.join("hồ sơ 1")).unwrap();
        fs::create_dir_all(inbox.join("trống")).unwrap();
        for name in ["a.tif", "a.tif.ready", "b.part", "hồ sơ 1/1.tif", ".x", "Thumbs.db"]
        {
            File::create(inbox.join(name)).unwrap();
        }
        let items = look(&inbox).unwrap();
        let shown: Vec<_> = items
            .iter()
            .map(|item| {
                let name = item.path.file_name().unwrap().to_str().unwrap();
                (name, item.is_folder, item.is_ready)
            })
            .collect();
        assert_eq!(shown, [("a.tif", false, true), ("hồ sơ 1", true, false)]);
        let before = items[1].state;
        File::create(inbox.join("hồ sơ 1/2.tif")).unwrap();
        assert_ne!(look(&inbox).unwrap()[1].state, before, "a paper more");
    }

    #[test]
    fn an_inbox_is_watched_by_one_and_tells_of_renames() {
        let scratch = Scratch::within(&std::env::temp_dir(), "watch");
        let inbox = scratch.0.clone();
        fs::create_dir_all(&inbox).unwrap();
        let first = lock(&inbox).unwrap();
        assert!(matches!(lock(&inbox), Err(Denied::Watched)));
        drop(first);
        assert!(lock(&inbox).is_ok());
        let mut notices = Notices::listen(&inbox);
        File::create(inbox.join("a.part")).unwrap();
        fs::rename(inbox.join("a.part"), inbox.join("a.tif")).unwrap();
        if notices.heard() {
            assert_eq!(notices.renamed(), BTreeSet::from([inbox.join("a.tif")]));
        }
    }
}
