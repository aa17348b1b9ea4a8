//! The catalogue: an index of the dossiers that answers without reading them.
//!
//! One SQLite file under `.catalogue/`. It holds nothing that the dossiers do
//! not hold; whoever deletes it loses time and nothing else. Everything the
//! rest of the library asks of it goes through [`Catalogue`], so that another
//! database can take its place: no SQL and no row leaves this module.
//!
//! **Cost.** Adding a dossier touches its own rows and the ends of a few trees,
//! in an archive of ten as of a million. Filling the catalogue anew streams: one
//! dossier is in memory at a time.
//!
//! **Journal.** Rollback journal with `synchronous = FULL`: a commit that
//! returned survives a loss of power, and a database on a network share works
//! wherever the share has locks. The write-ahead log would save two waits for
//! the disk per dossier and does not work across machines at all. Writers
//! already take turns on the archive's lock, so that its other gain, readers
//! beside writers, is small for rows as short as these.

use std::error::Error;
use std::fmt;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction};

mod memory;
mod rows;
mod search;

use crate::archive::code::Code;
use crate::archive::dossier::{Document, Dossier};
use crate::digest::Digest;
use crate::say::{self, Lang, Tell};
use crate::time::Day;

pub(crate) use crate::archive::catalogue::memory::{Answers, remember, remembered};
pub(crate) use crate::archive::catalogue::rows::{said_of_document, said_of_dossier};
pub(crate) use crate::archive::catalogue::search::Hit;

/// The folder of the catalogue, in the archive's root.
pub(crate) const FOLDER: &str = ".catalogue";
/// The name of the database, in its folder.
pub(crate) const FILE: &str = "catalogue.sqlite";
/// The version of the tables in `rows.rs`.
const VERSION: i64 = 4;
/// How long to wait for another process to finish a commit.
const PATIENCE: Duration = Duration::from_secs(30);
/// Memory for pages of the database while it is filled, in KiB.
const FILL_CACHE: i64 = 64 << 10;

/// Where a source has been filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The dossier.
    pub dossier: Code,
    /// The document made from it, relative to the dossier.
    pub file: String,
    /// First and last page of the source that the document holds; `None`
    /// where it holds all of them.
    pub pages: Option<[u32; 2]>,
}

impl Held {
    /// Whether both are parts of one document.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        (&self.dossier, &self.file) == (&other.dossier, &other.file)
    }
}

/// A dossier as the catalogue knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its code.
    pub code: Code,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its documents.
    pub documents: u32,
    /// Their pages together.
    pub pages: u32,
}

/// What the catalogue is told about a dossier.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// The dossier.
    pub(crate) dossier: &'a Dossier,
    /// The text of a document, pages ended by form feeds, if it has any.
    pub(crate) text: &'a dyn Fn(&Document) -> Option<String>,
}

/// The catalogue of an archive.
#[derive(Debug)]
pub(crate) struct Catalogue {
    database: Connection,
    /// The file and its identity; `None` for one that passes.
    file: Option<(PathBuf, (u64, u64))>,
}

impl Catalogue {
    /// Opens the catalogue in `path`; `None` where there is none that is
    /// complete, or what is there is no database.
    pub(crate) fn open(path: &Path) -> Result<Option<Self>, CatalogueError> {
        if !path.exists() {
            return Ok(None);
        }
        let open = || {
            let database = Connection::open_with_flags(path, flags(true))?;
            prepare(&database)?;
            Self::complete(database, path)
        };
        match open() {
            Err(CatalogueError::Damaged) => Ok(None),
            other => other,
        }
    }

    /// Opens it without the right to write.
    pub(crate) fn look(path: &Path) -> Result<Option<Self>, CatalogueError> {
        if !path.exists() {
            return Ok(None);
        }
        let database = Connection::open_with_flags(path, flags(false))?;
        database.busy_timeout(PATIENCE)?;
        Self::complete(database, path)
    }

    /// A new, empty one in `path`, or a passing one without. It counts as
    /// complete only when [`Rebuild::finish`] says so.
    pub(crate) fn create(path: Option<&Path>) -> Result<Self, CatalogueError> {
        let Some(path) = path else {
            // SQLite keeps what does not fit into memory in a file of its own.
            return Ok(Self { database: Connection::open("")?, file: None });
        };
        let flags = flags(true) | OpenFlags::SQLITE_OPEN_CREATE;
        let database = Connection::open_with_flags(path, flags)?;
        prepare(&database)?;
        Ok(Self { database, file: identity(path).map(|id| (path.to_owned(), id)) })
    }

    /// The catalogue behind `database`, if its tables are there and known.
    fn complete(
        database: Connection,
        path: &Path,
    ) -> Result<Option<Self>, CatalogueError> {
        match database.query_row("PRAGMA user_version", [], |row| row.get(0))? {
            VERSION => {
                let file = identity(path).map(|id| (path.to_owned(), id));
                Ok(Some(Self { database, file }))
            }
            found if found > VERSION => Err(CatalogueError::Newer { found }),
            // Unfinished, or of an older version: it is made anew.
            _ => Ok(None),
        }
    }

    /// Whether its file is still the one in its place: not deleted meanwhile.
    pub(crate) fn is_in_place(&self) -> bool {
        self.file.as_ref().is_none_or(|(path, id)| identity(path) == Some(*id))
    }

    /// Begins to fill it anew. Without [`Rebuild::finish`] nothing changes.
    pub(crate) fn rebuild(&mut self) -> Result<Rebuild<'_>, CatalogueError> {
        self.database.pragma_update(None, "cache_size", -FILL_CACHE)?;
        let transaction = self.database.transaction()?;
        rows::make_tables(&transaction)?;
        Ok(Rebuild { transaction })
    }

    /// Brings the rows of one dossier up to date, durably.
    pub(crate) fn index(&mut self, entry: Entry<'_>) -> Result<(), CatalogueError> {
        let transaction = self.database.transaction()?;
        rows::bring_up_to_date(&transaction, entry)?;
        Ok(transaction.commit()?)
    }

    /// Removes the rows of one dossier.
    pub(crate) fn forget(&mut self, code: &Code) -> Result<(), CatalogueError> {
        let transaction = self.database.transaction()?;
        rows::forget(&transaction, code)?;
        Ok(transaction.commit()?)
    }

    /// The newest `limit` dossiers between two days, the newest first.
    pub(crate) fn list(
        &self,
        (from, to): (Option<Day>, Option<Day>),
        limit: usize,
    ) -> Result<Vec<Listed>, CatalogueError> {
        let day = |day: Option<Day>, otherwise: &str| {
            day.map_or(otherwise.to_owned(), |day| day.to_string())
        };
        let mut query = self.database.prepare_cached(
            "SELECT code, title, documents, pages FROM dossiers
             WHERE day BETWEEN ?1 AND ?2 ORDER BY day DESC, code DESC LIMIT ?3",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (from, to) = (day(from, ""), day(to, "9999-12-31"));
        let rows = query.query_map((from, to, limit), |row| {
            let code: String = row.get(0)?;
            Ok(code.parse().ok().map(|code| (code, row.get(1), row.get(2), row.get(3))))
        })?;
        let mut listed = Vec::new();
        for row in rows {
            if let Some((code, title, documents, pages)) = row? {
                let (title, documents, pages) = (title?, documents?, pages?);
                listed.push(Listed { code, title, documents, pages });
            }
        }
        Ok(listed)
    }

    /// Hands over the packed facts of every dossier, in order of codes, until
    /// `each` says that something is wrong with them.
    pub(crate) fn each_facts(
        &self,
        each: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<(), CatalogueError> {
        let mut query = self.database.prepare("SELECT facts FROM facts ORDER BY code")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let packed = row.get_ref(0)?.as_blob().unwrap_or_default();
            if !each(packed) {
                return Err(CatalogueError::Damaged);
            }
        }
        Ok(())
    }

    /// Where this source was filed, in order of dossiers and files. Says what
    /// was written down; whether it is still true, the directory knows.
    pub(crate) fn sources(&self, digest: &Digest) -> Result<Vec<Held>, CatalogueError> {
        let mut query = self.database.prepare_cached(
            "SELECT dossier, file, first, last FROM sources WHERE sha256 = ?1",
        )?;
        let rows = query.query_map([digest.bytes()], |row| {
            let pages: [u32; 2] = [row.get(2)?, row.get(3)?];
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, pages))
        })?;
        let mut held = Vec::new();
        for row in rows {
            let (code, file, pages) = row?;
            let pages = Some(pages).filter(|[first, _]| *first > 0);
            // A row with a code that cannot be read names nothing on disk.
            if let Ok(dossier) = code.parse() {
                held.push(Held { dossier, file, pages });
            }
        }
        Ok(held)
    }
}

/// A catalogue being filled.
pub(crate) struct Rebuild<'a> {
    transaction: Transaction<'a>,
}

impl Rebuild<'_> {
    /// Adds a dossier.
    pub(crate) fn add(&self, entry: Entry<'_>) -> Result<(), CatalogueError> {
        rows::bring_up_to_date(&self.transaction, entry)
    }

    /// Declares it complete.
    pub(crate) fn finish(self) -> Result<(), CatalogueError> {
        self.transaction.pragma_update(None, "user_version", VERSION)?;
        Ok(self.transaction.commit()?)
    }
}

/// Why the catalogue cannot be used.
#[derive(Debug)]
pub enum CatalogueError {
    /// Made by a newer version of this program.
    Newer {
        /// Its version.
        found: i64,
    },
    /// No room left on the disk.
    Full,
    /// The file system has no locks.
    NoLocks,
    /// Another process has been writing for too long.
    Busy,
    /// Not a database, or one with wrong pages.
    Damaged,
    /// The system lets nobody open, read or write the file; SQLite does not
    /// say whether for want of room, of rights or of the disk.
    Refused,
    /// Anything else SQLite said.
    Sqlite(rusqlite::Error),
}

impl CatalogueError {
    /// Whether there is no room left on the disk.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full)
    }
}

impl From<rusqlite::Error> for CatalogueError {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        if code == Some(ErrorCode::DiskFull) {
            Self::Full
        } else if code == Some(ErrorCode::FileLockingProtocolFailed) {
            Self::NoLocks
        } else if code == Some(ErrorCode::DatabaseBusy) {
            Self::Busy
        } else if code == Some(ErrorCode::NotADatabase)
            || code == Some(ErrorCode::DatabaseCorrupt)
        {
            Self::Damaged
        } else if code == Some(ErrorCode::CannotOpen)
            || code == Some(ErrorCode::SystemIoFailure)
            || code == Some(ErrorCode::ReadOnly)
            || code == Some(ErrorCode::PermissionDenied)
        {
            Self::Refused
        } else {
            Self::Sqlite(error)
        }
    }
}

impl Tell for CatalogueError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Newer { found } => say::archive::catalogue_newer(lang, found, VERSION),
            Self::Full => say::archive::catalogue_full(lang),
            Self::NoLocks => say::archive::catalogue_no_locks(lang),
            Self::Busy => say::archive::catalogue_busy(lang),
            Self::Damaged => say::archive::catalogue_damaged(lang),
            Self::Refused => say::archive::catalogue_refused(lang),
            Self::Sqlite(error) => say::archive::catalogue_other(lang, error),
        }
    }
}

impl Error for CatalogueError {}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

/// How the file is opened. Each connection is used by one thread at a time.
fn flags(write: bool) -> OpenFlags {
    let mode = if write {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    mode | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Chooses safety as the module's head says, and the patience.
fn prepare(database: &Connection) -> Result<(), CatalogueError> {
    database.busy_timeout(PATIENCE)?;
    // Answers with the mode.
    database.query_row("PRAGMA journal_mode = TRUNCATE", [], |_| Ok(()))?;
    Ok(database.pragma_update(None, "synchronous", "FULL")?)
}

/// Device and inode of a file.
fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::store;
    use crate::scratch::Scratch;
    use crate::time::Timestamp;

    #[test]
    fn an_unfinished_catalogue_is_none() {
        let scratch = Scratch::within(&std::env::temp_dir(), "catalogue");
        let path = scratch.0.join("catalogue.sqlite");
        assert!(Catalogue::open(&path).unwrap().is_none());
        let mut catalogue = Catalogue::create(Some(&path)).unwrap();
        drop(catalogue.rebuild().unwrap());
        assert!(Catalogue::open(&path).unwrap().is_none());
        catalogue.rebuild().unwrap().finish().unwrap();
        assert!(Catalogue::open(&path).unwrap().is_some());
        catalogue.database.pragma_update(None, "user_version", 99).unwrap();
        let error = Catalogue::open(&path).unwrap_err();
        assert!(matches!(error, CatalogueError::Newer { found: 99 }), "{error}");
        let text = b"this is no database at all, but long enough";
        store::write_whole(&path, text, store::Existing::Replace).unwrap();
        assert!(Catalogue::open(&path).unwrap().is_none());
        fs::remove_file(&path).unwrap();
        assert!(!catalogue.is_in_place());
    }

    #[test]
    fn a_dossier_indexed_twice_is_there_once() {
        let mut catalogue = Catalogue::create(None).unwrap();
        catalogue.rebuild().unwrap().finish().unwrap();
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let dossier = Dossier::new("H32.18-260716-0001".parse().unwrap(), now);
        let entry = Entry { dossier: &dossier, text: &|_| None };
        catalogue.index(entry).unwrap();
        catalogue.index(entry).unwrap();
        let count = "SELECT count(*) FROM dossiers";
        assert_eq!(catalogue.database.query_row(count, [], |row| row.get(0)), Ok(1));
        catalogue.forget(&dossier.code).unwrap();
        assert_eq!(catalogue.database.query_row(count, [], |row| row.get(0)), Ok(0));
    }
}
