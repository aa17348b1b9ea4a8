//! A dossier on its way: inputs opened one after the other, documents staged
//! in their order as soon as they are done, so that a dossier of hundreds of
//! scans never lies in memory whole.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::archive::seen::Mark;
use crate::digest::Digest;
use crate::finding::Finding;
use crate::ingest::error::IngestError;
use crate::ingest::inputs::{Group, Source};
use crate::ingest::journal::Journal;
use crate::ingest::outcome::Status;
use crate::ingest::place::Destination;
use crate::ingest::source::{Fault, Opened};
use crate::ingest::stage::{Ready, Stage};
use crate::ingest::work::Done;
use crate::page::record::PageRecord;

/// A dossier on its way.
pub(crate) struct Batch<'a> {
    /// Its inputs that were opened, in order.
    pub(crate) inputs: Vec<Input>,
    /// Its inputs that wait to be opened.
    pub(crate) waiting: VecDeque<Source>,
    /// Its documents that are done.
    pub(crate) stage: Stage<'a>,
    /// Why none of its documents can be placed.
    pub(crate) refused: Option<Finding>,
}

impl<'a> Batch<'a> {
    /// The dossier of a group, nothing of it opened.
    pub(crate) fn of(
        group: Group,
        destination: &'a Destination,
        journal: &Journal,
    ) -> Self {
        let home = if group.is_folder { journal.home(&group.sources) } else { None };
        let home = home.filter(|code| destination.has(code));
        Self {
            inputs: Vec::new(),
            waiting: group.sources.into(),
            stage: Stage::new(destination, home),
            refused: None,
        }
    }

    /// Whether it can be placed, or given up.
    pub(crate) fn is_done(&self) -> bool {
        let is_whole = self.waiting.is_empty() || self.refused.is_some();
        is_whole && !self.inputs.iter().any(Input::is_open)
    }

    /// Stages its documents up to the first input that is not done; lets them
    /// go in a run that only looks.
    pub(crate) fn stage_finished(&mut self, dry_run: bool) -> Result<(), IngestError> {
        let finished = self.inputs.iter_mut().take_while(|input| !input.is_open());
        for ready in finished.flat_map(Input::tell) {
            if !dry_run && self.refused.is_none() {
                self.stage.add(ready)?;
            }
        }
        Ok(())
    }
}

/// An input on its way.
pub(crate) struct Input {
    pub(crate) number: usize,
    pub(crate) name: String,
    /// The names of its files.
    pub(crate) names: Vec<String>,
    pub(crate) started: f64,
    pub(crate) bytes: u64,
    pub(crate) state: State,
    /// As it lay before it was read, and what it hashed to; `None` where
    /// nothing is to be noted about it.
    pub(crate) known: Option<(Mark, Digest)>,
}

impl Input {
    fn is_open(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    /// Hands its documents over, if there are any, and keeps what is told of
    /// them.
    fn tell(&mut self) -> Vec<Ready> {
        let State::Ready(ready) = &self.state else { return Vec::new() };
        let told = |ready: &Ready| Told {
            sources: ready.source.stacks().map(|stack| stack.sha256).collect(),
            findings: ready.made.findings.clone(),
            pages: ready.made.pages.clone(),
            bytes: ready.length(),
            is_reused: ready.reused.is_some(),
        };
        let told = State::Staged(ready.iter().map(told).collect());
        match std::mem::replace(&mut self.state, told) {
            State::Ready(ready) => ready,
            State::Open(_) | State::Staged(_) | State::Over(_) => Vec::new(),
        }
    }
}

/// How far an input has come.
pub(crate) enum State {
    /// Its pages are being done.
    Open(OpenPages),
    /// It is a document or several, waiting for those before it.
    Ready(Vec<Ready>),
    /// It is a document or several, and staged.
    Staged(Vec<Told>),
    /// It is no document, and this is why.
    Over(Ending),
}

/// The pages of an input while they are being done.
pub(crate) struct OpenPages {
    pub(crate) opened: Arc<Opened>,
    pub(crate) dropped: Arc<AtomicBool>,
    pub(crate) pages: Vec<Option<Result<Done, Fault>>>,
    pub(crate) left: usize,
}

/// What is told of a document.
pub(crate) struct Told {
    /// The files it was made from.
    pub(crate) sources: Vec<Digest>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) pages: Vec<PageRecord>,
    /// Bytes of its file.
    pub(crate) bytes: u64,
    /// Whether a copy that is held was taken instead.
    pub(crate) is_reused: bool,
}

/// Why an input became no document.
pub(crate) struct Ending {
    pub(crate) status: Status,
    pub(crate) findings: Vec<Finding>,
    pub(crate) dossier: Option<String>,
    pub(crate) file: Option<PathBuf>,
}

impl Ending {
    /// Nowhere.
    pub(crate) fn new(status: Status, findings: Vec<Finding>) -> Self {
        Self { status, findings, dossier: None, file: None }
    }
}
