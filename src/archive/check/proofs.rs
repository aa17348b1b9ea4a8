//! When each dossier was last proved good.
//!
//! One text file a day of dossiers, `checks/2026/260716.txt`: a line each with its
//! code, the moment of the proof and the digest of its `tagmanifest-sha256.txt`,
//! which stands for every file in it. What was added or set since then has
//! another digest, and so counts as never proved. This cannot be made anew from
//! the dossiers, which is why it lies beside them and not in the catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::archive::check::registers;
use crate::archive::code::Code;
use crate::archive::store::{self, Existing, StoreError};
use crate::archive::{CHECKS, day_parts};
use crate::digest::Digest;
use crate::time::{Day, Timestamp};

/// Largest file that is read: half a million lines.
const LIMIT: u64 = 64 << 20;

/// A dossier that was as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proof {
    /// When.
    pub(crate) at: Timestamp,
    /// What its manifest of tag files hashed to.
    pub(crate) seal: Digest,
}

/// The proofs of the dossiers of one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Proofs(pub(crate) BTreeMap<Code, Proof>);

impl Proofs {
    /// Reads them; a line that cannot be read proves nothing.
    pub(crate) fn read(root: &Path, day: Day) -> Result<Self, StoreError> {
        let bytes = store::read(&path(root, day), LIMIT)?.unwrap_or_default();
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let (code, at, seal) = (parts.next()?, parts.next()?, parts.next()?);
            let proof = Proof { at: Timestamp::read(at)?, seal: Digest::from_hex(seal)? };
            Some((code.parse().ok()?, proof))
        };
        Ok(Self(String::from_utf8_lossy(&bytes).lines().filter_map(line).collect()))
    }

    /// Writes them, whole or not at all.
    pub(crate) fn write(&self, root: &Path, day: Day) -> Result<(), StoreError> {
        let line =
            |(code, Proof { at, seal }): (&Code, &Proof)| format!("{code} {at} {seal}\n");
        let text: String = self.0.iter().map(line).collect();
        let [year, ..] = day_parts(day);
        store::make_dirs(root, &[CHECKS.to_owned(), year])?;
        store::write_whole(&path(root, day), text.as_bytes(), Existing::Replace)
    }
}

/// Days of which something was proved.
pub(crate) fn days(root: &Path) -> Result<BTreeSet<Day>, StoreError> {
    registers::days_in(&root.join(CHECKS))
}

fn path(root: &Path, day: Day) -> PathBuf {
    let [year, ..] = day_parts(day);
    root.join(CHECKS).join(year).join(format!("{}.txt", day.yymmdd()))
}

/// The proofs of the dossiers of one day.
pub(crate) fn read(root: &Path, day: Day) -> Result<Proofs, StoreError> {
    Proofs::read(root, day)
}
