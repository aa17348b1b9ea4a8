//! The quarantine against its own records and against the ledger.
//!
//! An entry is the input, as it hashed when it came, and `reason.json`, which the
//! ledger knows by its digest; so is the record that stays when an entry is
//! closed. An entry that the ledger does not know was put there by a run that
//! was cut off before it could say so: it is told to the ledger by the check.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::archive::check::Fault;
use crate::archive::closing::CLOSED;
use crate::archive::ledger::{Event, Happened};
use crate::archive::quarantine::{LIMIT, REASON_FILE, Record};
use crate::archive::{Archive, QUARANTINE, store};
use crate::digest::Digest;
use crate::finding::Weight;
use crate::say::{self, Lang};

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
            | Happened::Reported => return,
        }
        self.inputs.insert(sha256, (event.event, event.record));
    }
}

/// What is wrong with the quarantine, and the entries the ledger must be told of:
/// what input and record hash to. Inputs are hashed on `jobs` threads.
pub(crate) fn check(
    archive: &Archive,
    told: &Told,
    jobs: NonZeroUsize,
) -> (Vec<Fault>, Vec<(Digest, Digest)>) {
    let mut check =
        Check { told, faults: Vec::new(), there: BTreeSet::new(), new: Vec::new() };
    let folder = archive.root.join(QUARANTINE);
    let names = store::list(&folder).unwrap_or_default();
    let mut entries = Vec::new();
    for name in &names {
        let place = folder.join(name);
        if name == CLOSED {
            continue;
        }
        let id = name.to_str().filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()));
        match id {
            Some(id) if place.is_dir() => entries.push((place, id.to_owned())),
            Some(_) | None => {
                check.fault(&place, "check.extra", say::archive::check_extra);
            }
        }
    }
    read_all(&entries, jobs).into_iter().for_each(|entry| check.entry(entry));
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
    (check.faults, check.new)
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
    /// Reads an entry, every byte of it.
    fn read(place: PathBuf, id: String) -> Self {
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
            let found =
                File::open(&input).and_then(Digest::of_reader).ok().filter(|_| is_file);
            let length = fs::metadata(&input).map_or(0, |found| found.len());
            entry.input = found.map(|found| (found, length));
        }
        entry
    }
}

/// Reads entries on so many threads; they come back in their order.
fn read_all(places: &[(PathBuf, String)], jobs: NonZeroUsize) -> Vec<Entry> {
    let next = AtomicUsize::new(0);
    let read = || {
        let mut read = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((place, id)) = places.get(number) else { return read };
            read.push((number, Entry::read(place.clone(), id.clone())));
        }
    };
    let mut all: Vec<(usize, Entry)> = thread::scope(|scope| {
        let threads: Vec<_> =
            (1..jobs.get().min(places.len())).map(|_| scope.spawn(read)).collect();
        let mut all = read();
        for thread in threads {
            // A thread that died has lost what it took: it is read again below.
            all.extend(thread.join().unwrap_or_default());
        }
        all
    });
    let is_read: BTreeSet<usize> = all.iter().map(|(number, _)| *number).collect();
    for (number, (place, id)) in places.iter().enumerate() {
        if !is_read.contains(&number) {
            all.push((number, Entry::read(place.clone(), id.clone())));
        }
    }
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, entry)| entry).collect()
}

struct Check<'a> {
    told: &'a Told,
    faults: Vec<Fault>,
    /// Inputs that lie there.
    there: BTreeSet<Digest>,
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
            let is_explained = kept.contains(sealed) || self.there.contains(sha256);
            let whole = sha256.to_string();
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
