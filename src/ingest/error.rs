//! Why a run cannot go on, or a document cannot be placed.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use crate::archive::ArchiveError;
use crate::archive::store::StoreError;
use crate::finding::{Finding, Weight};
use crate::ocr::ReadError;
use crate::say::{self, Lang, Tell};

/// Why a run cannot go on, or a document cannot be placed.
#[derive(Debug)]
#[non_exhaustive]
pub enum IngestError {
    /// The archive refuses.
    Archive(ArchiveError),
    /// The disk refuses.
    Store(StoreError),
    /// The recogniser does not start.
    Engine(ReadError),
    /// The file to write is there already.
    OutputExists(PathBuf),
    /// One file is to be written from so many inputs.
    NotOneInput(usize),
}

impl IngestError {
    /// Whether every input after this one would fare the same: the disk is
    /// full, or the archive is gone.
    #[must_use]
    pub fn ends_run(&self) -> bool {
        let is_gone = matches!(self, Self::Archive(ArchiveError::Vanished(_)));
        is_gone || self.is_disk_full()
    }

    /// Whether there is no room left.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Archive(error) => error.is_disk_full(),
            Self::Store(error) => error.is_full(),
            Self::Engine(_) | Self::OutputExists(_) | Self::NotOneInput(_) => false,
        }
    }

    /// What went wrong with the archive or the disk, as a finding about the input
    /// that met it.
    pub(crate) fn finding(&self) -> Finding {
        let say = |lang: Lang| match Tell::cause(self) {
            Some(cause) => format!("{}: {}", self.tell(lang), cause.tell(lang)),
            None => self.tell(lang),
        };
        let code = if self.is_disk_full() { "disk.full" } else { "archive.refused" };
        Finding::new(code, Weight::NeedsPerson, say)
    }
}

impl From<ArchiveError> for IngestError {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl From<StoreError> for IngestError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Tell for IngestError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Archive(error) => error.tell(lang),
            Self::Store(error) => error.tell(lang),
            Self::Engine(error) => error.tell(lang),
            Self::OutputExists(path) => say::ingest::output_exists(lang, path.display()),
            Self::NotOneInput(count) => say::ingest::not_one_input(lang, count),
        }
    }

    fn cause(&self) -> Option<&dyn Tell> {
        match self {
            Self::Archive(error) => Tell::cause(error),
            Self::Store(error) => Tell::cause(error),
            Self::Engine(_) | Self::OutputExists(_) | Self::NotOneInput(_) => None,
        }
    }
}

impl Error for IngestError {}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
