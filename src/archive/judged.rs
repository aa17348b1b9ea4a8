//! Verdicts on the documents of an archive, kept until they may have changed, and the
//! event of the ledger that they were judged.
//!
//! They lie beside the catalogue and can be deleted at will: then all is judged anew.

use std::path::PathBuf;

use crate::archive::catalogue::{self, Answers};
use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event};
use crate::archive::{Archive, store};
use crate::digest::Digest;
use crate::time::Timestamp;

/// A verdict to be kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The file that was judged.
    pub sha256: Digest,
    /// The moment from which it may be judged otherwise; none for never.
    pub until: Option<Timestamp>,
    /// What was said of it.
    pub row: String,
}

/// The verdicts kept in an archive that answer one question.
pub struct Verdicts {
    answers: Answers,
    path: PathBuf,
}

impl Archive {
    /// The verdicts kept that answer a question: by what is trusted, and what is
    /// demanded.
    ///
    /// # Errors
    ///
    /// When they cannot be read and written, as on a disk that is read-only.
    pub fn verdicts(&self, question: Digest) -> Result<Verdicts, ArchiveError> {
        let open = || {
            store::make_dirs(&self.root, &[catalogue::FOLDER.to_owned()])?;
            let path = self.verdicts_file();
            match Answers::open(&path, question) {
                Ok(answers) => Ok(Verdicts { answers, path }),
                Err(error) => Err(ArchiveError::Catalogue(path, error)),
            }
        };
        self.told(open())
    }

    /// Notes in the ledger that the signatures of all documents were judged: what was
    /// found, by which trust, and how many do not hold or could not be read.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written.
    pub fn note_verified(
        &self,
        now: Timestamp,
        (found, trust): (Digest, Digest),
        faults: u64,
    ) -> Result<(), ArchiveError> {
        let note = || {
            let _turn = self.turn(&|| false)?;
            let ledger = ledger::ensure(self, now)?;
            let event = Event::verified(now, (found, trust), faults);
            ledger.add(&event, self.settings.agency_id.as_str())
        };
        self.told(note())
    }
}

impl Verdicts {
    /// What was said of a file, where that still holds at this moment.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn get(
        &self,
        sha256: &Digest,
        at: Timestamp,
    ) -> Result<Option<String>, ArchiveError> {
        let found = self.answers.get(sha256, at);
        found.map_err(|error| ArchiveError::Catalogue(self.path.clone(), error))
    }

    /// Keeps verdicts of this moment.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn keep(&mut self, at: Timestamp, verdicts: &[Kept]) -> Result<(), ArchiveError> {
        let mut rows = verdicts.iter().map(|kept| (kept.sha256, kept.until, &*kept.row));
        let kept = self.answers.put(at, &mut rows);
        kept.map_err(|error| ArchiveError::Catalogue(self.path.clone(), error))
    }
}
