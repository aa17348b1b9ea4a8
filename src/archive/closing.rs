//! The end of a stay in quarantine.
//!
//! A person looks at what could not be taken and decides: it is released, to be
//! mended and scanned again, or discarded for a reason. Either way the record
//! of the entry stays, in `quarantine/closed/`, with what became of it; only
//! the bytes go, and only after the record is durable.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event, Happened};
use crate::archive::quarantine::{LIMIT, REASON_FILE, Record};
use crate::archive::store::{self, Doing, Existing, Source, StoreError};
use crate::archive::{Archive, QUARANTINE};
use crate::digest::Digest;
use crate::finding::Finding;
use crate::time::Timestamp;

/// The folder of closed entries, in the quarantine.
pub(crate) const CLOSED: &str = "closed";

/// An input in quarantine.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The name of its folder.
    pub id: String,
    /// What the input hashes to.
    pub sha256: Digest,
    /// Its bytes.
    pub bytes: u64,
    /// The name it had.
    pub name: Option<String>,
    /// Since when it is there.
    pub at: Timestamp,
    /// Why.
    pub findings: Vec<Finding>,
}

/// What becomes of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The input is given back.
    Released {
        /// As this file.
        to: PathBuf,
    },
    /// The input is not wanted.
    Discarded {
        /// Why not.
        why: String,
    },
}

/// A closed entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Closed {
    /// What it was called.
    pub id: String,
    /// What became of it.
    pub closing: Closing,
}

impl Archive {
    /// What lies in quarantine, the oldest first.
    ///
    /// # Errors
    ///
    /// When the quarantine or a record in it cannot be read.
    pub fn quarantined(&self) -> Result<Vec<Entry>, ArchiveError> {
        let all = || {
            let folder = self.root.join(QUARANTINE);
            let names = match store::list(&folder) {
                Err(error) if error.is_missing() => return Ok(Vec::new()),
                other => other?,
            };
            let mut entries = Vec::new();
            for name in names.iter().filter_map(|name| name.to_str()) {
                // Closed since it was listed, or nothing of ours.
                if let Some((record, _)) = read(&folder.join(name))? {
                    entries.push(Entry {
                        id: name.to_owned(),
                        sha256: record.sha256,
                        bytes: record.bytes,
                        name: record.name,
                        at: record.at,
                        findings: record.findings,
                    });
                }
            }
            entries.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
            Ok(entries)
        };
        self.told(all())
    }

    /// Closes the entry `id`, or the one whose id begins like that.
    ///
    /// # Errors
    ///
    /// When there is no such entry, its input is not what it was, the file to
    /// write exists, or the disk refuses. The entry then stays.
    pub fn close(
        &self,
        id: &str,
        closing: Closing,
        now: Timestamp,
    ) -> Result<Closed, ArchiveError> {
        let close = || {
            let _turn = self.turn(&|| false)?;
            let ledger = ledger::ensure(self, now)?;
            ledger.admit(now)?;
            let folder = self.root.join(QUARANTINE);
            let id = self.entry_named(&folder, id)?;
            let place = folder.join(&id);
            self.guard(&place)?;
            let (record, json) =
                read(&place)?.ok_or_else(|| ArchiveError::NoSuchEntry(id.clone()))?;
            if let Closing::Released { to } = &closing {
                give_back(&place, &record, to)?;
            }
            let event = match &closing {
                Closing::Released { .. } => Happened::Released,
                Closing::Discarded { .. } => Happened::Discarded,
            };
            let closed = Closed { id: id.clone(), closing };
            let kept = kept_of(&closed, &json, now);
            let sealed = Some(Digest::of(&kept));
            let event = Event::file(now, event, record.sha256, sealed);
            ledger.add(&event, self.settings.agency_id.as_str())?;
            note(&folder, &closed, &kept)?;
            // Out of sight in one step; a crash leaves what is swept later.
            let dir = self.run()?.folder()?;
            store::rename(&place, &dir.join(&id))?;
            store::sync_dir(&folder)?;
            store::remove_tree(&dir)?;
            Ok(closed)
        };
        self.told(close())
    }

    /// The id of the one entry that begins like this.
    fn entry_named(&self, folder: &Path, begins: &str) -> Result<String, ArchiveError> {
        let unknown = || ArchiveError::NoSuchEntry(begins.to_owned());
        let names = store::list(folder)?;
        let ids = names.iter().filter_map(|name| name.to_str());
        let is_id = |name: &&str| name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let mut alike = ids.filter(is_id).filter(|id| id.starts_with(begins));
        match (begins.is_empty(), alike.next(), alike.next()) {
            (false, Some(id), None) => Ok(id.to_owned()),
            (false, Some(id), Some(_)) if id == begins => Ok(id.to_owned()),
            _ => Err(unknown()),
        }
    }
}

/// The record of the entry in `place` and its bytes; `None` where there is none.
fn read(place: &Path) -> Result<Option<(Record, Vec<u8>)>, ArchiveError> {
    let path = place.join(REASON_FILE);
    let json = match store::read(&path, LIMIT) {
        Err(error) if error.source.kind() == std::io::ErrorKind::NotADirectory => None,
        other => other?,
    };
    let Some(json) = json else { return Ok(None) };
    let record = serde_json::from_slice(&json);
    let record =
        record.map_err(|error| ArchiveError::BadReason(path, error.to_string()))?;
    Ok(Some((record, json)))
}

/// Writes the input to a new file, whole and checked.
fn give_back(place: &Path, record: &Record, to: &Path) -> Result<(), ArchiveError> {
    let from = place.join(&record.file);
    // A record altered by hand must not lead out of its folder.
    if !crate::archive::bag::is_inside(&record.file) {
        return Err(ArchiveError::Link(from));
    }
    let mut file =
        File::open(&from).map_err(|e| StoreError::new(Doing::Read, &from, e))?;
    let mut source = Source { path: &from, read: &mut file };
    let part = store::beside(to);
    let written = store::write_new(&part, &mut source, &|| false);
    let finish = || match written? {
        Some((digest, _)) if digest == record.sha256 => Ok(store::rename_new(&part, to)
            .and_then(|()| store::sync_dir(store::folder_of(to)))?),
        Some(_) => Err(ArchiveError::SourceChanged(from.clone())),
        None => Err(ArchiveError::Interrupted),
    };
    finish().inspect_err(|_| drop(store::remove_file(&part)))
}

/// The record of an entry with what became of it.
fn kept_of(closed: &Closed, json: &[u8], now: Timestamp) -> Vec<u8> {
    let mut record: serde_json::Value = serde_json::from_slice(json).unwrap_or_default();
    if let Some(record) = record.as_object_mut() {
        let closing = serde_json::to_value(&closed.closing).unwrap_or_default();
        record.insert("closing".to_owned(), closing);
        record.insert("closed_at".to_owned(), now.to_string().into());
    }
    let mut bytes = serde_json::to_vec_pretty(&record).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Keeps the record of a closed entry.
fn note(folder: &Path, closed: &Closed, bytes: &[u8]) -> Result<(), ArchiveError> {
    let closed_folder = store::make_dirs(folder, &[CLOSED.to_owned()])?;
    // The same bytes may come, and be closed, again and again.
    for number in 1_u32.. {
        let name = match number {
            1 => format!("{}.json", closed.id),
            _ => format!("{}.{number}.json", closed.id),
        };
        match store::write_whole(&closed_folder.join(name), bytes, Existing::Keep) {
            Err(error) if error.is_taken() => {}
            other => return Ok(other?),
        }
    }
    Ok(())
}
