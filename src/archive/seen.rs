//! Inputs that were taken before, known without reading them again.
//!
//! A batch of ten thousand scans that was cut off is started again with the same
//! command. What is filed already must then cost a look at the folder and not
//! the reading of a hundred gigabytes. So for every input that ended in the
//! archive it is noted where it lay, what the system said of it (size, times,
//! inode) and what it hashed to.
//!
//! **When a note is believed.** As git believes its index: only if size, both
//! times and inode are what they were, and the last change lay clearly before the
//! run that read the file. A file that changed while or just before it was
//! read may change once more without any of them telling; no note is made of
//! it, and it is read again. A believed note only says which bytes the file
//! has; whether those are filed is asked of the archive, as always.
//!
//! The notes lie under `.catalogue/` and can be deleted: that costs time and
//! nothing else. They hold no name: a path is kept as what it hashes to.

use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::archive::code::Code;
use crate::archive::{Archive, catalogue, store};
use crate::digest::Digest;

/// The name of the notes, in the folder of the catalogue.
const FILE: &str = "inputs.sqlite";
/// The version of the table.
const VERSION: i64 = 1;
/// A change closer to the reading than this may have been followed by another
/// with the same time: two seconds are the coarsest clock of a file system (FAT).
const RACY: Moment = Moment(2, 0);
/// How long to wait for another run that is noting something.
const PATIENCE: Duration = Duration::from_secs(2);

/// Seconds and nanoseconds since 1970, as a file system tells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Moment(i64, i64);

/// What the system says of a file. The same stamp means the same bytes, unless
/// the file was changed within [`RACY`] of being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Moment,
    changed: Moment,
    inode: u64,
}

impl Stamp {
    /// The stamp of a file.
    #[must_use]
    pub fn of(found: &Metadata) -> Self {
        Self {
            size: found.size(),
            modified: Moment(found.mtime(), found.mtime_nsec()),
            changed: Moment(found.ctime(), found.ctime_nsec()),
            inode: found.ino(),
        }
    }

    /// Bytes of the file.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Its bytes, for hashing and for a row.
    #[must_use]
    pub fn bytes(&self) -> [u8; 48] {
        let mut bytes = [0; 48];
        let parts = [
            self.size.to_be_bytes(),
            self.modified.0.to_be_bytes(),
            self.modified.1.to_be_bytes(),
            self.changed.0.to_be_bytes(),
            self.changed.1.to_be_bytes(),
            self.inode.to_be_bytes(),
        ];
        for (to, part) in bytes.chunks_mut(8).zip(parts) {
            to.copy_from_slice(&part);
        }
        bytes
    }

    /// Whether the file had been left alone for long enough at `moment`.
    fn is_settled(&self, moment: Moment) -> bool {
        let last = self.modified.max(self.changed);
        Moment(last.0.saturating_add(RACY.0), last.1.saturating_add(RACY.1)) <= moment
    }
}

/// A file as it lies before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What its path hashes to.
    place: Digest,
    stamp: Stamp,
}

impl Mark {
    /// The mark of the file at `path`; `None` where no plain file is.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let real = fs::canonicalize(path).ok()?;
        let found = fs::metadata(&real).ok().filter(Metadata::is_file)?;
        Some(Self { place: place(&real), stamp: Stamp::of(&found) })
    }

    /// What the system said of the file.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        self.stamp
    }
}

fn place(real: &Path) -> Digest {
    Digest::of(real.as_os_str().as_bytes())
}

/// The notes of an archive.
#[derive(Debug)]
pub struct Seen {
    database: Connection,
    /// When the run began, by the clock of the archive's file system.
    begun: Moment,
}

impl Archive {
    /// The notes; `None` where they cannot be had, which costs time only.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        let folder = self.run().ok()?.folder().ok()?;
        let found = fs::metadata(&folder).ok();
        store::remove_tree(&folder).ok()?;
        let found = found?;
        let begun = Moment(found.mtime(), found.mtime_nsec());
        let path = self.root.join(catalogue::FOLDER).join(FILE);
        let database = open(&path).or_else(|_damaged| {
            drop(store::remove_file(&path));
            open(&path)
        });
        Some(Seen { database: database.ok()?, begun })
    }
}

impl Seen {
    /// What the file hashes to, if that is known without reading it.
    #[must_use]
    pub fn digest(&self, mark: &Mark) -> Option<Digest> {
        let (stamp, sha256, dossier, check) = self.row(&mark.place)?;
        let is_sound = check == checksum(&mark.place, &stamp, &sha256, &dossier);
        (is_sound && stamp == mark.stamp.bytes()).then_some(sha256)
    }

    /// The dossier the input at `path` went into, whatever became of the file since.
    #[must_use]
    pub fn dossier(&self, path: &Path) -> Option<Code> {
        let place = place(&fs::canonicalize(path).ok()?);
        let (stamp, sha256, dossier, check) = self.row(&place)?;
        let is_sound = check == checksum(&place, &stamp, &sha256, &dossier);
        is_sound.then(|| dossier.parse().ok())?
    }

    /// Notes that the file with this mark hashes to `sha256` and that it lies in
    /// `dossier`, if that can be relied on later.
    pub fn note(&self, mark: &Mark, sha256: &Digest, dossier: &str) {
        if !mark.stamp.is_settled(self.begun) {
            return;
        }
        let stamp = mark.stamp.bytes();
        let check = checksum(&mark.place, &stamp, sha256, dossier);
        let noted = self.database.execute(
            "INSERT OR REPLACE INTO inputs VALUES (?1, ?2, ?3, ?4, ?5)",
            params![mark.place.bytes(), stamp, sha256.bytes(), dossier, check],
        );
        // A note that cannot be made costs a reading later.
        drop(noted);
    }

    fn row(&self, place: &Digest) -> Option<([u8; 48], Digest, String, Vec<u8>)> {
        let query = "SELECT stamp, sha256, dossier, checked FROM inputs WHERE place = ?1";
        let mut query = self.database.prepare_cached(query).ok()?;
        let row = query.query_row([place.bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        });
        let (stamp, sha256, dossier, check) = row.optional().ok()??;
        Some((stamp, Digest::from_bytes(sha256), dossier, check))
    }
}

/// What a row must carry to be believed: it is written without waiting for the
/// disk, so that a loss of power may leave anything.
fn checksum(place: &Digest, stamp: &[u8], sha256: &Digest, dossier: &str) -> Vec<u8> {
    let all = [place.bytes(), stamp, sha256.bytes(), dossier.as_bytes()].concat();
    Digest::of(&all).bytes().to_vec()
}

/// Opens the notes and makes them where they are missing.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let database = Connection::open(path)?;
    database.busy_timeout(PATIENCE)?;
    database.query_row("PRAGMA journal_mode = TRUNCATE", [], |_| Ok(()))?;
    database.pragma_update(None, "synchronous", "OFF")?;
    let version: i64 = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != VERSION {
        database.execute_batch(
            "DROP TABLE IF EXISTS inputs;
             CREATE TABLE inputs (
                 place BLOB PRIMARY KEY,
                 stamp BLOB NOT NULL,
                 sha256 BLOB NOT NULL,
                 dossier TEXT NOT NULL,
                 checked BLOB NOT NULL
             ) WITHOUT ROWID;",
        )?;
        database.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(database)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen() -> Seen {
        Seen { database: open(Path::new("")).unwrap(), begun: Moment(1000, 0) }
    }

    fn mark(modified: i64, changed: i64) -> Mark {
        let stamp = Stamp {
            size: 7,
            modified: Moment(modified, 5),
            changed: Moment(changed, 5),
            inode: 3,
        };
        Mark { place: Digest::of(b"/srv/a.tif"), stamp }
    }

    #[test]
    fn a_file_is_known_while_nothing_about_it_changes() {
        let (seen, sha256) = (seen(), Digest::of(b"bytes"));
        let known = mark(900, 990);
        assert_eq!(seen.digest(&known), None);
        seen.note(&known, &sha256, "H32.18-260716-0001");
        assert_eq!(seen.digest(&known), Some(sha256));
        for other in [mark(901, 990), mark(900, 991)] {
            assert_eq!(seen.digest(&other), None);
        }
        let mut longer = known;
        longer.stamp.size = 8;
        let mut moved = known;
        moved.stamp.inode = 4;
        assert_eq!((seen.digest(&longer), seen.digest(&moved)), (None, None));
    }

    #[test]
    fn a_file_that_changed_when_it_was_read_is_not_believed() {
        let (seen, sha256) = (seen(), Digest::of(b"bytes"));
        for racy in [mark(999, 900), mark(900, 998), mark(2000, 900), mark(900, 2000)] {
            seen.note(&racy, &sha256, "H32.18-260716-0001");
            assert_eq!(seen.digest(&racy), None, "{racy:?}");
        }
        seen.note(&mark(997, 997), &sha256, "");
        assert_eq!(seen.digest(&mark(997, 997)), Some(sha256));
    }

    #[test]
    fn a_row_that_the_disk_garbled_is_not_believed() {
        let (seen, known) = (seen(), mark(900, 900));
        seen.note(&known, &Digest::of(b"bytes"), "H32.18-260716-0001");
        let other = Digest::of(b"other").bytes().to_vec();
        seen.database.execute("UPDATE inputs SET sha256 = ?1", [other]).unwrap();
        assert_eq!(seen.digest(&known), None);
    }
}
