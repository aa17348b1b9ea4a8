//! The quarantine against its own records and against the ledger.
//!
//! An entry is the input, as it hashed when it came, and `reason.json`, which the
//! ledger knows by its digest; so is the record that stays when an entry is
//! closed. An entry that the ledger does not know was put there by a run that
//! was cut off before it could say so: it is told to the ledger by the check.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::Path;

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
/// what input and record hash to.
pub(crate) fn check(
    archive: &Archive,
    told: &Told,
) -> (Vec<Fault>, Vec<(Digest, Digest)>) {
    let mut check =
        Check { told, faults: Vec::new(), there: BTreeSet::new(), new: Vec::new() };
    let folder = archive.root.join(QUARANTINE);
    let names = store::list(&folder).unwrap_or_default();
    for name in &names {
        let place = folder.join(name);
        if name == CLOSED {
            continue;
        }
        let id = name.to_str().filter(|id| id.bytes().all(|b| b.is_ascii_hexdigit()));
        match id {
            Some(id) if place.is_dir() => check.entry(&place, id),
            Some(_) | None => {
                check.fault(&place, "check.extra", say::archive::check_extra);
            }
        }
    }
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

struct Check<'a> {
    told: &'a Told,
    faults: Vec<Fault>,
    /// Inputs that lie there.
    there: BTreeSet<Digest>,
    /// Entries the ledger does not know.
    new: Vec<(Digest, Digest)>,
}

impl Check<'_> {
    /// Looks at an entry.
    fn entry(&mut self, place: &Path, id: &str) {
        let reason = place.join(REASON_FILE);
        let json = store::read(&reason, LIMIT).ok().flatten();
        let record =
            json.as_deref().and_then(|json| serde_json::from_slice::<Record>(json).ok());
        let (Some(json), Some(record)) = (json, record) else {
            let say = say::archive::check_bad_reason;
            return self.fault(&reason, "check.quarantine", say);
        };
        let kept = [REASON_FILE, record.file.as_str()];
        for name in store::list(place).unwrap_or_default() {
            if !kept.iter().any(|kept| name == *kept) {
                self.fault(&place.join(&name), "check.extra", say::archive::check_extra);
            }
        }
        let input = place.join(&record.file);
        let is_file = fs::symlink_metadata(&input).is_ok_and(|found| found.is_file());
        let found =
            File::open(&input).and_then(Digest::of_reader).ok().filter(|_| is_file);
        let Some(found) = found else {
            return self.fault(&input, "check.missing", say::archive::check_missing);
        };
        self.there.insert(found);
        let length = fs::metadata(&input).map_or(0, |found| found.len());
        let is_it = found == record.sha256
            && length == record.bytes
            && found.to_string().starts_with(id);
        if !is_it {
            return self.fault(&input, "check.changed", say::archive::check_changed);
        }
        let sealed = Digest::of(&json);
        match self.told.inputs.get(&found) {
            Some((Happened::Quarantined, Some(known))) if *known != sealed => {
                self.fault(&reason, "check.changed", say::archive::check_changed);
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
