//! What an archive says of its own wholeness: proofs and quarantine.

use crate::archive::{Archive, ArchiveError};
use crate::time::Timestamp;

/// What is known about the wholeness of archives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Integrity {
    /// Dossiers proved good as they are now.
    pub proved: u64,
    /// Dossiers never proved good as they are now, by code.
    pub never: Vec<String>,
    /// The proof that is longest ago.
    pub oldest: Option<Timestamp>,
    /// The proof that is newest.
    pub newest: Option<Timestamp>,
    /// Files in quarantine: since when, and why.
    pub quarantine: Vec<(Timestamp, String)>,
}

impl Integrity {
    /// Adds what an archive says.
    ///
    /// # Errors
    ///
    /// When its folders cannot be read.
    pub fn add(&mut self, archive: &Archive) -> Result<(), ArchiveError> {
        archive.proved(&mut |code, proof| match proof {
            None => self.never.push(code.to_owned()),
            Some(at) => {
                self.proved += 1;
                self.oldest = Some(self.oldest.map_or(at, |oldest| oldest.min(at)));
                self.newest = Some(self.newest.map_or(at, |newest| newest.max(at)));
            }
        })?;
        for entry in archive.quarantined()? {
            let why = entry.findings.first().map(|finding| finding.code.clone());
            self.quarantine.push((entry.at, why.unwrap_or_default()));
        }
        Ok(())
    }
}
