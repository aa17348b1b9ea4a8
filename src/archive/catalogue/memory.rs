//! Verdicts on the signatures of files, remembered so that no file is judged
//! twice for the same question.
//!
//! A file that bears no signature is so for ever. What is said of a signature
//! depends on what is trusted and on the day: lists of revoked certificates grow
//! old and certificates end. So such a verdict is remembered under the digest
//! of the trust and the day, and forgotten when either changes. A file of its
//! own beside the catalogue: it can be deleted at any time.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};

use crate::archive::catalogue::{CatalogueError, PATIENCE};
use crate::digest::Digest;
use crate::time::{Day, Timestamp};

const TABLE: &str = "
CREATE TABLE IF NOT EXISTS verdicts (
    sha256 BLOB PRIMARY KEY,
    question BLOB NOT NULL,
    verdict BLOB NOT NULL
) WITHOUT ROWID;
";

/// What `sohoa verify` said of each file, whole: to which question, when, and until when
/// that holds.
const ANSWERS: &str = "
CREATE TABLE IF NOT EXISTS answers (
    sha256 BLOB PRIMARY KEY,
    question BLOB NOT NULL,
    judged INTEGER NOT NULL,
    until INTEGER,
    answer TEXT NOT NULL
) WITHOUT ROWID;
";

/// What a verdict answers: nothing for one that cannot change.
fn question(trust: &Digest, day: Day) -> Vec<u8> {
    let mut question = trust.bytes().to_vec();
    question.extend(day.to_string().bytes());
    question
}

/// Hands over what is remembered, in order of digests.
pub(crate) fn remembered(
    path: &Path,
    trust: &Digest,
    day: Day,
    each: &mut dyn FnMut(Digest, &[u8]),
) -> Result<(), CatalogueError> {
    if !path.exists() {
        return Ok(());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags)?;
    database.busy_timeout(PATIENCE)?;
    let mut query = database.prepare(
        "SELECT sha256, verdict FROM verdicts
         WHERE question = x'' OR question = ?1 ORDER BY sha256",
    )?;
    let mut rows = query.query([question(trust, day)])?;
    while let Some(row) = rows.next()? {
        let digest =
            row.get_ref(0)?.as_blob().ok().and_then(|digest| digest.try_into().ok());
        if let (Some(digest), Ok(verdict)) = (digest, row.get_ref(1)?.as_blob()) {
            each(Digest::from_bytes(digest), verdict);
        }
    }
    Ok(())
}

/// Remembers verdicts: the file, whether the verdict can change, the verdict.
pub(crate) fn remember(
    path: &Path,
    trust: &Digest,
    day: Day,
    verdicts: &[(Digest, bool, Vec<u8>)],
) -> Result<(), CatalogueError> {
    let mut database = Connection::open(path)?;
    database.busy_timeout(PATIENCE)?;
    let transaction = database.transaction()?;
    transaction.execute_batch(TABLE)?;
    let asked = question(trust, day);
    {
        let mut insert =
            transaction.prepare("INSERT OR REPLACE INTO verdicts VALUES (?1, ?2, ?3)")?;
        for (digest, can_change, verdict) in verdicts {
            let question: &[u8] = if *can_change { &asked } else { &[] };
            insert.execute(params![digest.bytes(), question, verdict])?;
        }
    }
    Ok(transaction.commit()?)
}

/// The answers to one question.
pub(crate) struct Answers {
    database: Connection,
    question: Digest,
}

impl Answers {
    /// Opens what is remembered, or begins it.
    pub(crate) fn open(path: &Path, question: Digest) -> Result<Self, CatalogueError> {
        let database = Connection::open(path)?;
        database.busy_timeout(PATIENCE)?;
        database.execute_batch(ANSWERS)?;
        Ok(Self { database, question })
    }

    /// What was said of a file, where that holds at this moment.
    pub(crate) fn get(
        &self,
        sha256: &Digest,
        at: Timestamp,
    ) -> Result<Option<String>, CatalogueError> {
        let mut query = self.database.prepare_cached(
            "SELECT answer FROM answers WHERE sha256 = ?1 AND question = ?2
             AND judged <= ?3 AND (until IS NULL OR ?3 < until)",
        )?;
        let mut rows =
            query.query(params![sha256.bytes(), self.question.bytes(), at.unix()])?;
        let found = rows.next()?;
        Ok(found.map(|row| row.get(0)).transpose()?)
    }

    /// Remembers what was said of files: until when, and what.
    pub(crate) fn put(
        &mut self,
        at: Timestamp,
        rows: &mut dyn Iterator<Item = (Digest, Option<Timestamp>, &str)>,
    ) -> Result<(), CatalogueError> {
        let transaction = self.database.transaction()?;
        {
            let mut insert = transaction
                .prepare("INSERT OR REPLACE INTO answers VALUES (?1, ?2, ?3, ?4, ?5)")?;
            for (sha256, until, row) in rows {
                let until = until.map(Timestamp::unix);
                let question = self.question.bytes();
                insert.execute(params![
                    sha256.bytes(),
                    question,
                    at.unix(),
                    until,
                    row
                ])?;
            }
        }
        Ok(transaction.commit()?)
    }
}
