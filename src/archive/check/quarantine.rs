//! The quarantine against its own records and against the ledger.
//!
//! An entry is the input, as it hashed when it came, and `reason.json`, which the
//! ledger knows by its digest; so is the record that stays when an entry is
//! closed. An entry that the ledger does not know was put there by a run that
//! was cut off before it could say so: it is told to the ledger by the check.
//!
//! When each entry was last proved good is kept as it is for dossiers, so that a
//! check whose time is up goes on with the others the next time.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::archive::check::proofs::Proof;
use crate::archive::check::{Checking, Fault};
use crate::archive::closing::CLOSED;
use crate::archive::ledger::{Event, Happened};
use crate::archive::quarantine::{LIMIT, REASON_FILE, Record};
use crate::archive::store::{self, Existing, StoreError};
use crate::archive::{Archive, CHECKS, QUARANTINE};
use crate::digest::Digest;
use crate::finding::Weight;
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// What the ledger says of inputs that could not be taken.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// The last that happened to an input, and what its record hashes to.
    inputs: BTreeMap<Digest, (Happened, Option<Digest>)>,
    /// Records of closed entries, and the inputs they are about.
    closed: BTreeMap<Digest, Digest>,
}

impl Told {
    /// Takes an event in.
    pub(crate) fn hear(&mut self, event: &Event) {
        let Some(sha256) = event.sha256 else { return };
        match event.event {
            Happened::Quarantined => {}
            Happened::Released | Happened::Discarded => {
                self.closed.extend(event.record.map(|record| (record, sha256)));
            }
            Happened::Filed
            | Happened::Altered
            | Happened::Signed
            | Happened::Found
            | Happened::Checked
            | Happened::Exported
            | Happened::Settings
            | Happened::Imported
            | Happened::Reported
            | Happened::Attested
            | Happened::Verified => return,
        }
        self.inputs.insert(sha256, (event.event, event.record));
    }
}

/// When each entry was last proved good, in a file of `checks/`: a line each with
/// its id, the moment and what its record hashed to.
const PROVED: &str = "quarantine.txt";
/// Largest such file that is read.
const PROVED_LIMIT: u64 = 64 << 20;

/// The quarantine as it was read, as far as the time went.
pub(super) struct Reading {
    entries: Vec<Entry>,
    /// The entries not reached.
    pub(super) left: Vec<String>,
    /// Everything that lies in the folder, as it was listed.
    names: Vec<OsString>,
    /// What is no entry.
    odd: Vec<PathBuf>,
}

impl Reading {
    /// How many entries were read.
    pub(super) fn count(&self) -> u64 {
        self.entries.len() as u64
    }
}

/// What came of judging it.
pub(super) struct Judged {
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
    /// Entries the ledger must be told of: what input and record hash to.
    pub(super) new: Vec<(Digest, Digest)>,
    /// Entries that are as they were put there.
    pub(super) good: Vec<(String, Proof)>,
}

/// Whether an entry was last proved good before `other`, or never.
pub(super) fn is_older_than(archive: &Archive, other: Option<Timestamp>) -> bool {
    let known = proved(archive);
    let (entries, ..) = list(archive);
    let last = |(_, id): &(PathBuf, String)| known.get(id).map(|proof| proof.at);
    entries.iter().map(last).min().is_some_and(|oldest| oldest < other)
}

/// Reads the entries, those first that were proved good the longest ago, on as many
/// threads as are wanted, until time is up.
pub(super) fn read(archive: &Archive, checking: &Checking<'_>) -> Reading {
    let known = proved(archive);
    let (mut entries, names, odd) = list(archive);
    entries.sort_by_key(|(_, id)| known.get(id).map(|proof| proof.at));
    let (entries, left) = read_all(&entries, checking);
    Reading { entries, left, names, odd }
}

/// Keeps in mind what was proved good; what is gone is forgotten.
pub(super) fn remember(
    archive: &Archive,
    good: Vec<(String, Proof)>,
    left: &[String],
) -> Result<(), StoreError> {
    let mut known = proved(archive);
    let before = known.clone();
    known.retain(|id, _| left.contains(id));
    known.extend(good);
    if known == before {
        return Ok(());
    }
    let line =
        |(id, Proof { at, seal }): (&String, &Proof)| format!("{id} {at} {seal}\n");
    let text: String = known.iter().map(line).collect();
    store::make_dirs(&archive.root, &[CHECKS.to_owned()])?;
    let path = archive.root.join(CHECKS).join(PROVED);
    store::write_whole(&path, text.as_bytes(), Existing::Replace)
}

/// When each entry was last proved good; a line that cannot be read proves nothing.
fn proved(archive: &Archive) -> BTreeMap<String, Proof> {
    let path = archive.root.join(CHECKS).join(PROVED);
    let bytes = store::read(&path, PROVED_LIMIT).ok().flatten().unwrap_or_default();
    let line = |line: &str| {
        let mut parts = line.split(' ');
        let (id, at, seal) = (parts.next()?, parts.next()?, parts.next()?);
        let proof = Proof { at: Timestamp::read(at)?, seal: Digest::from_hex(seal)? };
        Some((id.to_owned(), proof))
    };
    String::from_utf8_lossy(&bytes).lines().filter_map(line).collect()
}

/// The entries with their ids, all names, and what is no entry.
fn list(archive: &Archive) -> (Vec<(PathBuf, String)>, Vec<OsString>, Vec<PathBuf>) {
    let folder = archive.root.join(QUARANTINE);
    let names = store::list(&folder).unwrap_or_default();
    let (mut entries, mut odd) = (Vec::new(), Vec::new());
    for name in names.iter().filter(|name| *name != CLOSED) {
        let place = folder.join(name);
        let id = name.to_str().filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()));
        match id {
            Some(id) if place.is_dir() => entries.push((place, id.to_owned())),
            Some(_) | None => odd.push(place),
        }
    }
    (entries, names, odd)
}

/// What is wrong with the quarantine, as far as it was read.
pub(super) fn judge(
    archive: &Archive,
    told: &Told,
    reading: Reading,
    now: Timestamp,
) -> Judged {
    let Reading { entries, left, names, odd } = reading;
    let (there, good, new) = (BTreeSet::new(), Vec::new(), Vec::new());
    let mut check = Check { told, now, left, faults: Vec::new(), there, good, new };
    let folder = archive.root.join(QUARANTINE);
    for place in odd {
        check.fault(&place, "check.extra", say::archive::check_extra);
    }
    entries.into_iter().for_each(|entry| check.entry(entry));
    check.closed(&folder.join(CLOSED));
    for (sha256, (happened, _)) in &told.inputs {
        // Of an entry that is damaged, that has been said.
        let whole = sha256.to_string();
        let is_id =
            |name: &OsString| name.to_str().is_some_and(|id| whole.starts_with(id));
        if *happened == Happened::Quarantined && !names.iter().any(is_id) {
            let say = |lang| say::archive::check_entry_gone(lang, sha256);
            check.fault(&folder, "check.quarantine", say);
        }
    }
    Judged { faults: check.faults, new: check.new, good: check.good }
}

/// What was read of an entry.
struct Entry {
    place: PathBuf,
    id: String,
    /// Its record, and what that hashes to; `None` where it is none.
    reason: Option<(Record, Digest)>,
    /// What lies there besides.
    extra: Vec<PathBuf>,
    /// What the input hashes to, and its length; `None` where it is gone.
    input: Option<(Digest, u64)>,
}

impl Entry {
    /// Reads an entry, every byte of it; `None` when `stop` ends that.
    fn read(place: PathBuf, id: String, stop: &dyn Fn() -> bool) -> Option<Self> {
        let json = store::read(&place.join(REASON_FILE), LIMIT).ok().flatten();
        let reason = json.and_then(|json| {
            let record = serde_json::from_slice::<Record>(&json).ok()?;
            Some((record, Digest::of(&json)))
        });
        let mut entry = Self { place, id, reason, extra: Vec::new(), input: None };
        if let Some((record, _)) = &entry.reason {
            let kept = [REASON_FILE, record.file.as_str()];
            let names = store::list(&entry.place).unwrap_or_default();
            let is_extra = |name: &OsString| !kept.iter().any(|kept| name == *kept);
            let extra = names.into_iter().filter(is_extra);
            entry.extra = extra.map(|name| entry.place.join(name)).collect();
            let input = entry.place.join(&record.file);
            let is_file = fs::symlink_metadata(&input).is_ok_and(|found| found.is_file());
            let mut was_stopped = false;
            let found = File::open(&input).and_then(|file| {
                Digest::of_reader(Stopping { file, stop, was_stopped: &mut was_stopped })
            });
            if was_stopped {
                return None;
            }
            let found = found.ok().filter(|_| is_file);
            let length = fs::metadata(&input).map_or(0, |found| found.len());
            entry.input = found.map(|found| (found, length));
        }
        Some(entry)
    }
}

/// A file that is read until time is up.
struct Stopping<'a> {
    file: File,
    stop: &'a dyn Fn() -> bool,
    was_stopped: &'a mut bool,
}

impl Read for Stopping<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if (self.stop)() {
            *self.was_stopped = true;
            return Err(io::Error::from(io::ErrorKind::TimedOut));
        }
        self.file.read(to)
    }
}

/// Reads entries on as many threads as are wanted; they come back in their order,
/// and after them the ids of those that were not reached.
fn read_all(
    places: &[(PathBuf, String)],
    checking: &Checking<'_>,
) -> (Vec<Entry>, Vec<String>) {
    let next = AtomicUsize::new(0);
    let read = || {
        let mut read = Vec::new();
        while !(checking.stop)() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((place, id)) = places.get(number) else { break };
            let Some(entry) = Entry::read(place.clone(), id.clone(), checking.stop)
            else {
                break;
            };
            (checking.watch)(1, entry.input.map_or(0, |(_, length)| length));
            read.push((number, entry));
        }
        read
    };
    let mut all: BTreeMap<usize, Entry> = thread::scope(|scope| {
        let threads: Vec<_> = (1..checking.jobs.get().min(places.len()))
            .map(|_| scope.spawn(read))
            .collect();
        let mut all: BTreeMap<usize, Entry> = read().into_iter().collect();
        for thread in threads {
            // What a thread that died had taken counts as not reached.
            all.extend(thread.join().unwrap_or_default());
        }
        all
    });
    let (mut entries, mut left) = (Vec::new(), Vec::new());
    for (number, (_, id)) in places.iter().enumerate() {
        match all.remove(&number) {
            Some(entry) => entries.push(entry),
            None => left.push(id.clone()),
        }
    }
    (entries, left)
}

struct Check<'a> {
    told: &'a Told,
    now: Timestamp,
    /// Entries not read.
    left: Vec<String>,
    faults: Vec<Fault>,
    /// Inputs that lie there.
    there: BTreeSet<Digest>,
    /// Entries that are as they were put there.
    good: Vec<(String, Proof)>,
    /// Entries the ledger does not know.
    new: Vec<(Digest, Digest)>,
}

impl Check<'_> {
    /// Judges an entry by what was read of it.
    fn entry(&mut self, entry: Entry) {
        let Entry { place, id, reason, extra, input } = entry;
        let at = place.join(REASON_FILE);
        let Some((record, sealed)) = reason else {
            let say = say::archive::check_bad_reason;
            return self.fault(&at, "check.quarantine", say);
        };
        let before = self.faults.len();
        for path in extra {
            self.fault(&path, "check.extra", say::archive::check_extra);
        }
        let path = place.join(&record.file);
        let Some((found, length)) = input else {
            return self.fault(&path, "check.missing", say::archive::check_missing);
        };
        self.there.insert(found);
        let is_it = found == record.sha256
            && length == record.bytes
            && found.to_string().starts_with(&id);
        if !is_it {
            return self.fault(&path, "check.changed", say::archive::check_changed);
        }
        match self.told.inputs.get(&found) {
            Some((Happened::Quarantined, Some(known))) if *known != sealed => {
                self.fault(&at, "check.changed", say::archive::check_changed);
            }
            Some((Happened::Quarantined, _)) => {}
            // Closed by a run that was cut off, or come again.
            Some(_) | None => self.new.push((found, sealed)),
        }
        if self.faults.len() == before {
            self.good.push((id, Proof { at: self.now, seal: sealed }));
        }
    }

    /// Looks at the records of closed entries.
    fn closed(&mut self, folder: &Path) {
        let (mut kept, mut changed) = (BTreeSet::new(), Vec::new());
        for name in store::list(folder).unwrap_or_default() {
            let path = folder.join(&name);
            let bytes = store::read(&path, LIMIT).ok().flatten().unwrap_or_default();
            let sealed = Digest::of(&bytes);
            if !self.told.closed.contains_key(&sealed) {
                self.fault(&path, "check.changed", say::archive::check_changed);
                let name = name.to_string_lossy();
                changed.push(name.split('.').next().unwrap_or_default().to_owned());
            }
            kept.insert(sealed);
        }
        let told = self.told;
        for (sealed, sha256) in &told.closed {
            // A run that was cut off has said so and not done it.
            let whole = sha256.to_string();
            let is_explained = kept.contains(sealed)
                || self.there.contains(sha256)
                || self.left.iter().any(|id| whole.starts_with(id));
            if !is_explained && !changed.iter().any(|id| whole.starts_with(id)) {
                let say = |lang| say::archive::check_closed_gone(lang, sha256);
                self.fault(folder, "check.quarantine", say);
            }
        }
    }

    fn fault(&mut self, path: &Path, code: &str, say: impl Fn(Lang) -> String) {
        let weight = Weight::NeedsPerson;
        self.faults.push(Fault::new(path.to_owned(), code, weight, say));
    }
}
