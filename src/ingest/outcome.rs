//! What a run tells while it works and when it is done.
//!
//! Every input ends in exactly one [`Status`], and a [`Summary`] adds them up:
//! *inputs = filed + needs a person + already filed + quarantined + failed +
//! secret*. The equation is checked, not assumed.

use std::path::PathBuf;

use serde::Serialize;

use crate::finding::{Finding, Weight};
use crate::page::record::PageRecord;

/// How one input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In the archive, or written with `-o`; with `--dry-run`: would be.
    Filed,
    /// In the archive, but a person must look: a page has no text, ….
    NeedsPerson,
    /// The same bytes were in the archive before.
    AlreadyFiled,
    /// Could not be taken; the file and its reason lie in quarantine.
    Quarantined,
    /// Could not be taken nor put aside: unreadable, disk full, ….
    Failed,
    /// Bears a secrecy marking: nothing about it was written anywhere.
    Secret,
}

/// How one input ended, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// Its number in the order of the inputs, from 1.
    pub number: usize,
    /// Its path as given or found; empty for a secret one, which is only counted.
    pub input: String,
    /// How it ended.
    pub status: Status,
    /// The dossier it lies in; of a stack, that of its first document.
    pub dossier: Option<String>,
    /// The PDF written, relative to the archive, or as given with `-o`.
    pub file: Option<PathBuf>,
    /// The documents a stack was split into, in its order; empty where the input
    /// is one document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Part>,
    /// Bytes of the input.
    pub bytes_in: u64,
    /// Bytes of the PDF.
    pub bytes_out: u64,
    /// Seconds of wall time spent on it.
    pub seconds: f64,
    /// What was found about the input as a whole, the reason of its status first.
    pub findings: Vec<Finding>,
    /// What was found and decided page by page.
    pub pages: Vec<PageRecord>,
}

impl Outcome {
    /// That of an input just begun: failed, until more is known of it.
    #[must_use]
    pub fn begun(number: usize, input: String) -> Self {
        Self {
            number,
            input,
            status: Status::Failed,
            dossier: None,
            file: None,
            documents: Vec::new(),
            bytes_in: 0,
            bytes_out: 0,
            seconds: 0.0,
            findings: Vec::new(),
            pages: Vec::new(),
        }
    }

    /// How an input ends that lies at its place: whether a person must look.
    pub(crate) fn filed(&self) -> Status {
        let of_pages = self.pages.iter().flat_map(|page| &page.findings);
        let worst = of_pages.chain(&self.findings).map(|finding| finding.weight).max();
        if worst == Some(Weight::NeedsPerson) {
            Status::NeedsPerson
        } else {
            Status::Filed
        }
    }
}

/// A document of a stack that was split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The dossier it lies in; `None` in a run that only looks.
    pub dossier: Option<String>,
    /// The PDF written, relative to the archive.
    pub file: Option<PathBuf>,
    /// First and last page of the input it covers, from 1.
    pub pages: Option<[u32; 2]>,
}

/// The conservation of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Inputs named or found.
    pub inputs: usize,
    /// Ended as [`Status::Filed`].
    pub filed: usize,
    /// Ended as [`Status::NeedsPerson`].
    pub needs_person: usize,
    /// Ended as [`Status::AlreadyFiled`].
    pub already_filed: usize,
    /// Ended as [`Status::Quarantined`].
    pub quarantined: usize,
    /// Ended as [`Status::Failed`].
    pub failed: usize,
    /// Ended as [`Status::Secret`].
    pub secret: usize,
    /// Not reached, because the run was interrupted.
    pub not_reached: usize,
    /// Pages of all inputs that were read or kept.
    pub pages: usize,
}

impl Summary {
    /// Counts one outcome.
    pub fn count(&mut self, outcome: &Outcome) {
        let slot = match outcome.status {
            Status::Filed => &mut self.filed,
            Status::NeedsPerson => &mut self.needs_person,
            Status::AlreadyFiled => &mut self.already_filed,
            Status::Quarantined => &mut self.quarantined,
            Status::Failed => &mut self.failed,
            Status::Secret => &mut self.secret,
        };
        *slot += 1;
        self.pages += outcome.pages.len();
    }

    /// Whether every input is accounted for exactly once.
    #[must_use]
    pub fn is_conserved(&self) -> bool {
        self.inputs
            == self.filed
                + self.needs_person
                + self.already_filed
                + self.quarantined
                + self.failed
                + self.secret
                + self.not_reached
    }
}

/// Something a watcher may want to show.
#[derive(Debug)]
pub enum Event<'a> {
    /// The inputs are known; pages are counted as files are opened.
    Started {
        /// Number of inputs.
        inputs: usize,
    },
    /// A file was opened and has this many pages to do.
    Opened {
        /// Its path.
        input: &'a str,
        /// Its pages.
        pages: usize,
    },
    /// One page is done.
    Page,
    /// One input is done.
    Done(&'a Outcome),
}

/// Somebody who watches a run: a progress bar, a JSON Lines writer, a test.
pub trait Watch: Sync {
    /// Called from worker threads, one event at a time.
    fn event(&self, event: Event<'_>);
}
