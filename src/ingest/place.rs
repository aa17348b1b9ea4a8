//! Where finished documents go: an archive, or one file.

use std::path::PathBuf;

use crate::archive::code::Unit;
use crate::archive::settings::Profile;
use crate::archive::store::{Existing, Unfinished};
use crate::archive::{Archive, ArchiveError, Code, Held, Quarantined, Reason};
use crate::digest::Digest;
use crate::finding::Finding;
use crate::ingest::error::IngestError;
use crate::ingest::job::{Job, Target};
use crate::text::export::Format;
use crate::time::Timestamp;
use crate::track::payload::Known;

/// Where documents go.
#[derive(Debug)]
pub(crate) enum Destination {
    /// An archive; the dossier is the one named.
    Archive(Box<Archive>, Option<Code>),
    /// One file.
    File(PathBuf, Existing, Option<(PathBuf, Format)>),
}

impl Destination {
    /// Opens it, and says what was repaired.
    pub(crate) fn open(job: &Job<'_>) -> Result<(Self, Vec<Finding>), IngestError> {
        match &job.target {
            Target::File { path, overwrite, text } => {
                let existing =
                    if *overwrite { Existing::Replace } else { Existing::Keep };
                let written = [path].into_iter().chain(text.iter().map(|(path, _)| path));
                let taken = written.clone().find(|path| path.exists());
                if let Some(taken) =
                    taken.filter(|_| existing == Existing::Keep && !job.dry_run)
                {
                    return Err(IngestError::OutputExists(taken.clone()));
                }
                // A folder that is not there is told before all pages are read.
                if !job.dry_run {
                    written
                        .clone()
                        .try_for_each(|path| Unfinished::try_out(path, existing))?;
                }
                Ok((Self::File(path.clone(), existing, text.clone()), Vec::new()))
            }
            Target::Archive { dir, dossier } => {
                let (archive, findings) = if job.dry_run {
                    (Archive::look(dir)?, Vec::new())
                } else {
                    let (archive, recovered) = Archive::open(dir)?;
                    (archive, recovered.findings())
                };
                Ok((Self::Archive(Box::new(archive), dossier.clone()), findings))
            }
        }
    }

    /// The archive, if it is one.
    pub(crate) fn archive(&self) -> Option<&Archive> {
        match self {
            Self::Archive(archive, _) => Some(archive),
            Self::File(..) => None,
        }
    }

    /// Whether there is a dossier with exactly this code.
    pub(crate) fn has(&self, code: &Code) -> bool {
        self.archive().is_some_and(|archive| archive.folder(code).is_dir())
    }

    /// The dossier that was named.
    pub(crate) fn dossier(&self) -> Option<&Code> {
        match self {
            Self::Archive(_, dossier) => dossier.as_ref(),
            Self::File(..) => None,
        }
    }

    /// Whether all inputs belong together.
    pub(crate) fn is_one_group(&self) -> bool {
        match self {
            Self::Archive(_, dossier) => dossier.is_some(),
            Self::File(..) => true,
        }
    }

    /// The profile of documents where the job names none.
    pub(crate) fn profile(&self) -> Profile {
        match self {
            Self::Archive(archive, _) => archive.settings().profile,
            Self::File(..) => Profile::default(),
        }
    }

    /// The agency that converts.
    pub(crate) fn agency(&self) -> Option<&str> {
        match self {
            Self::Archive(archive, _) => Some(&archive.settings().agency_name),
            Self::File(..) => None,
        }
    }

    /// Where an input of these files is held already, whole: as one document,
    /// or as documents that cover all of the pages of each file together, once
    /// their number is known. The first of them is told.
    pub(crate) fn held(
        &self,
        files: &[(Digest, Option<usize>)],
    ) -> Result<Option<Spot>, ArchiveError> {
        let Self::Archive(archive, dossier) = self else { return Ok(None) };
        let mut all = Vec::new();
        for (source, _) in files {
            let mut parts = archive.parts(source)?;
            if let Some(code) = dossier {
                parts.retain(|held| held.dossier.canonical() == code.canonical());
            }
            all.push(parts);
        }
        // Stacks that were filed apart are not the paper they make together.
        let is_with = |held: &Held, parts: &Vec<Held>| {
            parts.iter().any(|other| other.is_beside(held))
        };
        let together: Vec<Vec<Held>> = all
            .iter()
            .map(|parts| {
                let held = parts.iter().filter(|it| all.iter().all(|p| is_with(it, p)));
                held.cloned().collect()
            })
            .collect();
        let mut first = None;
        for (parts, (_, pages)) in together.iter().zip(files) {
            let whole = parts.iter().find(|held| held.pages.is_none());
            let held = whole.or_else(|| parts.first().filter(|_| covers(parts, *pages)));
            let Some(held) = held else { return Ok(None) };
            first = first.or(Some(held));
        }
        Ok(first.map(|held| Spot::of_held(archive, held)))
    }

    /// What the codes on papers are held against.
    pub(crate) fn known(&self, separators: &[String]) -> Known {
        let mut separators = separators.to_vec();
        let address = match self {
            Self::Archive(archive, _) => {
                let settings = archive.settings();
                separators.extend(settings.separators.iter().cloned());
                settings.look_up.clone()
            }
            Self::File(..) => None,
        };
        Known { address, separators }
    }

    /// The agency whose codes count.
    pub(crate) fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Archive(archive, _) => Some(&archive.settings().agency_id),
            Self::File(..) => None,
        }
    }

    /// Whether the archive has or gave out a code; one that cannot be looked up
    /// is not known.
    pub(crate) fn knows(&self, code: &Code) -> bool {
        match self {
            Self::Archive(archive, _) => archive.knows(code).unwrap_or(false),
            Self::File(..) => false,
        }
    }

    /// Keeps an input that cannot be taken; `None` where there is no archive.
    pub(crate) fn quarantine(
        &self,
        bytes: &[u8],
        name: &str,
        findings: Vec<Finding>,
        now: Timestamp,
    ) -> Result<Option<Quarantined>, ArchiveError> {
        match self {
            Self::Archive(archive, _) => {
                let reason = Reason { source_name: Some(name.to_owned()), findings, now };
                let mut bytes = bytes;
                archive.quarantine(&mut bytes, &reason).map(Some)
            }
            Self::File(..) => Ok(None),
        }
    }

    /// Takes a filed source out of quarantine, if an earlier run put it there;
    /// where it lay.
    pub(crate) fn release(
        &self,
        source: &Digest,
        now: Timestamp,
    ) -> Result<Option<String>, ArchiveError> {
        match self {
            Self::Archive(archive, _) => archive.release(source, now),
            Self::File(..) => Ok(None),
        }
    }
}

/// Where a document was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Its dossier, in an archive.
    pub(crate) dossier: Option<String>,
    /// Its file, relative to the archive.
    pub(crate) file: PathBuf,
    /// Whether the same source was there already, and nothing was added.
    pub(crate) was_there: bool,
}

impl Spot {
    /// Where a document lies that was filed before.
    pub(crate) fn of_held(archive: &Archive, held: &Held) -> Self {
        let file = archive.relative(&held.dossier).join(&held.file);
        Self { dossier: Some(held.dossier.to_string()), file, was_there: true }
    }
}

/// Whether parts of a source cover all its pages without a gap.
fn covers(parts: &[Held], pages: Option<usize>) -> bool {
    let Some(pages) = pages else { return false };
    let mut spans: Vec<_> = parts.iter().filter_map(|held| held.pages).collect();
    spans.sort_unstable();
    let end = spans.into_iter().fold(0_u32, |end, [first, last]| {
        if first <= end.saturating_add(1) { end.max(last) } else { end }
    });
    end as usize >= pages
}
