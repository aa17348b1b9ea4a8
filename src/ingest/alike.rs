//! Whether the archive holds a paper already, asked without filing anything.
//!
//! The bytes are asked first, which is quick; only where they are not known the
//! paper is read as it would be for filing.

use std::path::Path;
use std::sync::Arc;

use serde_json::Map;

use crate::archive::settings::Profile;
use crate::archive::{Archive, ArchiveError, Paper, Same};
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::ingest::born;
use crate::ingest::document::{self, Circumstances};
use crate::ingest::job::Work;
use crate::ingest::source::{self, Fault, Opened};
use crate::ingest::split::Splitting;
use crate::ingest::work;
use crate::ocr::Engine;
use crate::say::Tell as _;
use crate::time::Timestamp;
use crate::track::payload::Known;

/// Why it cannot be said.
#[derive(Debug)]
pub enum Unsaid {
    /// The file cannot be read, or is nothing that could be filed.
    File(Finding),
    /// The archive cannot be asked.
    Archive(ArchiveError),
}

impl From<ArchiveError> for Unsaid {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

/// The documents of the archive that are the paper in a file, the surest first.
///
/// # Errors
///
/// When the file cannot be read, or the archive cannot be asked.
pub fn held(
    archive: &Archive,
    path: &Path,
    engine: &dyn Engine,
    work: &Work,
    now: Timestamp,
) -> Result<Vec<Same>, Unsaid> {
    let refused = |fault: Fault| Unsaid::File(fault.finding());
    let bytes = source::read(path).map_err(refused)?;
    let digest = Digest::of(&bytes);
    let nothing = Map::new();
    let same = archive.same(&Paper { sha256: &digest, fields: &nothing, text: "" })?;
    if !same.is_empty() {
        return Ok(same);
    }
    let password = work.password.as_deref();
    let opened = match Opened::of(Arc::clone(&bytes), digest, password, work.limits) {
        Ok(opened) => opened,
        Err(Fault::NotAScan(_)) => {
            let (fields, text) =
                born::said(&bytes, password, now).map_err(Unsaid::File)?;
            let paper = Paper { sha256: &digest, fields: &fields, text: &text };
            return Ok(archive.same(&paper)?);
        }
        Err(fault) => return Err(refused(fault)),
    };
    let mut reader = engine.reader().map_err(|error| {
        let say = |lang| error.tell(lang);
        Unsaid::File(Finding::new("program.fault", Weight::NeedsPerson, say))
    })?;
    let pages = (0..opened.page_count())
        .map(|page| work::page(&opened, page, work, Profile::default(), &mut *reader))
        .collect();
    let settings = archive.settings();
    let known = Known { address: settings.look_up.clone(), separators: Vec::new() };
    let with = Circumstances {
        now,
        profile: Profile::default(),
        agency: None,
        skip_damaged: true,
        collate: None,
        password,
        splitting: Splitting {
            known: &known,
            agency: Some(&settings.agency_id),
            dossier: None,
            is_known: &|_| false,
        },
    };
    let unreadable = |mut findings: Vec<Finding>| {
        Unsaid::File(if findings.is_empty() {
            Fault::Internal.finding()
        } else {
            findings.swap_remove(0)
        })
    };
    let made = document::make(&opened, pages, with).map_err(unreadable)?;
    let mut all: Vec<Same> = Vec::new();
    for made in made {
        let (fields, text) = (&made.described.fields, made.text.as_str());
        for same in archive.same(&Paper { sha256: &digest, fields, text })? {
            if all.iter().all(|other| other.held != same.held) {
                all.push(same);
            }
        }
    }
    Ok(all)
}
