//! What a run is asked to do, checked and complete.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::archive::Code;
use crate::archive::settings::Profile;
use crate::ingest::collate::Order;
use crate::ingest::inputs::Source;
use crate::ocr::Engine;
use crate::page::read::Rules;
use crate::raster::Limits;
use crate::text::export::Format;
use crate::time::Timestamp;

/// A run of ingest.
pub struct Job<'a> {
    /// What was named; folders are not yet opened.
    pub sources: Vec<Source>,
    /// Where it goes.
    pub target: Target,
    /// What is done to each page.
    pub work: Work,
    /// The recogniser.
    pub engine: Arc<dyn Engine>,
    /// Pages worked on at a time.
    pub jobs: NonZeroUsize,
    /// Decide everything, write nothing.
    pub dry_run: bool,
    /// Whether a paper that is held already is recorded as reused (tái sử dụng)
    /// instead of being filed again.
    pub reuse: bool,
    /// The time that records and files carry.
    pub now: Timestamp,
    /// Time since the run began, for what it tells.
    pub clock: &'a (dyn Fn() -> Duration + Sync),
    /// Asked between pages; `true` ends the run after the pages in hand.
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
}

/// Where documents go.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Into an archive, each group into this dossier or one with the next code.
    Archive {
        /// The archive's folder.
        dir: PathBuf,
        /// The dossier named.
        dossier: Option<Code>,
    },
    /// Into one file.
    File {
        /// Its path.
        path: PathBuf,
        /// Whether a file there is replaced.
        overwrite: bool,
        /// Where its text goes, and in which form.
        text: Option<(PathBuf, Format)>,
    },
}

/// What is done to each page and document.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The rules of inspection and reading.
    pub rules: Rules,
    /// What a file may ask for.
    pub limits: Limits,
    /// How pictures are kept; `None` takes the archive's own profile.
    pub profile: Option<Profile>,
    /// What happens to text a PDF has already.
    pub text: TextMode,
    /// Opens encrypted PDFs.
    pub password: Option<String>,
    /// Whether damaged pages are left out instead of stopping their document.
    pub skip_damaged: bool,
    /// Payloads that are the office's own separator sheets, to the letter.
    pub separators: Vec<String>,
    /// Whether inputs are the fronts and then the backs of a stack, and how the
    /// backs lie.
    pub collate: Option<Order>,
    /// Who confirms that papers with a secrecy marking are not secret.
    pub not_secret: Option<String>,
}

/// What happens to text a PDF has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextMode {
    /// Pages with text keep it; the others are read.
    #[default]
    Keep,
    /// An invisible layer from an earlier reading is read anew.
    Redo,
    /// Every page is read anew from its picture.
    Force,
}

impl fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Job")
            .field("sources", &self.sources.len())
            .field("target", &self.target)
            .field("work", &self.work)
            .field("jobs", &self.jobs)
            .field("dry_run", &self.dry_run)
            .finish_non_exhaustive()
    }
}
