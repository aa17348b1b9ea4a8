//! Quarantine: what could not be taken, kept with the reason.
//!
//! An input that no reader can make sense of must neither stop the others nor
//! get lost. Its bytes go to `quarantine/<id>/` beside a `reason.json`. The id comes
//! from the bytes, so the same poison delivered a hundred times is one entry.

use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event, Happened};
use crate::archive::store::{self, Source};
use crate::archive::{Archive, QUARANTINE, names};
use crate::digest::Digest;
use crate::finding::Finding;
use crate::time::Timestamp;

/// The file that says why, in the entry's folder.
pub(crate) const REASON_FILE: &str = "reason.json";
/// The name of its form and version.
const SCHEMA: &str = "sohoa.quarantine/1";
/// The input's name in the entry's folder, before its ending.
const INPUT: &str = "input";
/// Hexadecimal digits of an id: enough for a person to copy.
const ID_LENGTH: usize = 16;
/// Largest `reason.json` that is read.
pub(crate) const LIMIT: u64 = 16 << 20;

/// Why an input cannot be taken.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The name the input had, so that a person can find its owner.
    pub source_name: Option<String>,
    /// What was found, the deciding one first.
    pub findings: Vec<Finding>,
    /// When.
    pub now: Timestamp,
}

/// Where an input lies in quarantine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// The entry: the name of its folder.
    pub id: String,
    /// Whether the same bytes had been there before.
    pub already_there: bool,
}

/// `reason.json`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    pub(crate) schema: String,
    pub(crate) sha256: Digest,
    pub(crate) bytes: u64,
    pub(crate) file: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) name: Option<String>,
    pub(crate) at: Timestamp,
    pub(crate) findings: Vec<Finding>,
}

impl Archive {
    /// Keeps an input that cannot be taken, whole or not at all, durably.
    ///
    /// # Errors
    ///
    /// When it cannot be read to its end, or the disk refuses.
    pub fn quarantine(
        &self,
        input: &mut dyn Read,
        reason: &Reason,
    ) -> Result<Quarantined, ArchiveError> {
        let dir = self.told(self.run().and_then(|run| Ok(run.folder()?)))?;
        let entered = self.enter(&dir, input, reason);
        // There only if it was not renamed to its place; what cannot be
        // removed now is swept when the archive is opened.
        drop(store::remove_tree(&dir));
        self.told(entered)
    }

    /// Takes out the entry about these bytes, because they have been filed
    /// since; its id, `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the disk refuses. The entry then stays whole.
    pub fn release(
        &self,
        sha256: &Digest,
        now: Timestamp,
    ) -> Result<Option<String>, ArchiveError> {
        self.told(self.take_out(sha256, now))
    }

    /// [`Archive::release`], its errors not yet explained.
    fn take_out(
        &self,
        sha256: &Digest,
        now: Timestamp,
    ) -> Result<Option<String>, ArchiveError> {
        let folder = self.root.join(QUARANTINE);
        let whole = sha256.to_string();
        let short = whole.get(..ID_LENGTH).unwrap_or(&whole).to_owned();
        for id in [short, whole] {
            let place = folder.join(&id);
            if !holds(&place, sha256)? {
                continue;
            }
            self.guard(&place)?;
            let _turn = self.turn(&|| false)?;
            let event = Event::file(now, Happened::Released, *sha256, None);
            ledger::ensure(self, now)?.add(&event, self.settings.agency_id.as_str())?;
            let dir = self.run()?.folder()?;
            // Out of sight in one step; a crash leaves what is swept later.
            store::rename(&place, &dir.join(&id))?;
            store::sync_dir(&folder)?;
            drop(store::remove_tree(&dir));
            return Ok(Some(id));
        }
        Ok(None)
    }

    /// Builds the entry in `dir` and gives it its place.
    fn enter(
        &self,
        dir: &Path,
        input: &mut dyn Read,
        reason: &Reason,
    ) -> Result<Quarantined, ArchiveError> {
        let name = reason.source_name.as_deref().unwrap_or("-");
        let file = format!("{INPUT}{}", ending(name));
        let mut source = Source { path: Path::new(name), read: input };
        let written = store::write_new(&dir.join(&file), &mut source, &|| false)?;
        let (sha256, bytes) = written.ok_or(ArchiveError::Interrupted)?;
        let record = Record {
            schema: SCHEMA.to_owned(),
            sha256,
            bytes,
            file,
            name: reason.source_name.clone(),
            at: reason.now,
            findings: reason.findings.clone(),
        };
        // Nothing in a record can fail to be written.
        let mut json = serde_json::to_vec_pretty(&record).unwrap_or_default();
        json.push(b'\n');
        store::write_small(dir, [(REASON_FILE, json.as_slice())])?;
        store::sync_dir(dir)?;
        let _turn = self.turn(&|| false)?;
        let entered = self.enter_as(dir, &sha256)?;
        if !entered.already_there {
            let record = Some(Digest::of(&json));
            let event = Event::file(reason.now, Happened::Quarantined, sha256, record);
            let ledger = ledger::ensure(self, reason.now)?;
            ledger.add(&event, self.settings.agency_id.as_str())?;
        }
        Ok(entered)
    }

    /// Renames the finished entry to its id. A short id that other bytes have
    /// makes way for the whole digest.
    fn enter_as(&self, dir: &Path, sha256: &Digest) -> Result<Quarantined, ArchiveError> {
        let folder = self.root.join(QUARANTINE);
        self.guard(&folder)?;
        let whole = sha256.to_string();
        let short = whole.get(..ID_LENGTH).unwrap_or(&whole).to_owned();
        let mut id = short;
        loop {
            let place = folder.join(&id);
            match store::rename(dir, &place) {
                Ok(()) => {
                    store::sync_dir(&folder)?;
                    return Ok(Quarantined { id, already_there: false });
                }
                Err(error) if !error.is_taken() => return Err(error.into()),
                Err(_) if id == whole || holds(&place, sha256)? => {
                    return Ok(Quarantined { id, already_there: true });
                }
                Err(_) => id.clone_from(&whole),
            }
        }
    }
}

/// Whether the entry in `place` is about these bytes.
fn holds(place: &Path, sha256: &Digest) -> Result<bool, ArchiveError> {
    let json = store::read(&place.join(REASON_FILE), LIMIT)?.unwrap_or_default();
    let record = serde_json::from_slice::<Record>(&json);
    Ok(record.is_ok_and(|record| record.sha256 == *sha256))
}

/// The ending of a file name, if it is a plain one: `.tif`.
fn ending(name: &str) -> String {
    match Path::new(name).extension().and_then(|ending| ending.to_str()) {
        Some(ending) => names::suffix(&format!(".{ending}")),
        None => String::new(),
    }
}
