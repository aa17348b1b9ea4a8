//! The end of an input: its documents placed, those of a dossier together, and what is
//! told of it.

use std::vec;

use crate::digest::Digest;
use crate::finding::Finding;
use crate::ingest::batch::{Batch, Ending, Input, State, Told};
use crate::ingest::outcome::{Event, Outcome, Part, Status};
use crate::ingest::place::Spot;
use crate::ingest::run::opening::supposed;
use crate::ingest::run::{Coordinator, end_by};
use crate::ingest::secrecy;

/// What became of the documents of a dossier.
enum Placing {
    /// They would be placed, in a run that only looks.
    Supposed,
    /// They are placed, in their order.
    Placed(vec::IntoIter<Spot>),
    /// None of them is, and this is why.
    Refused(Finding),
}

impl Coordinator<'_> {
    /// Stages what is done, and places every dossier at the front whose inputs
    /// all are.
    pub(super) fn place_finished(&mut self) {
        for batch in &mut self.open {
            if let Err(error) = batch.stage_finished(self.job.dry_run) {
                batch.refused = Some(error.finding());
                end_by(&mut self.report, error);
            }
        }
        while self.open.front().is_some_and(Batch::is_done) {
            if let Some(batch) = self.open.pop_front() {
                self.place(batch);
            }
        }
    }

    /// Places the documents of a dossier and tells how each of its inputs ended.
    fn place(&mut self, batch: Batch<'_>) {
        let Batch { inputs, stage, refused, .. } = batch;
        let mut placing = match refused {
            Some(finding) => Placing::Refused(finding),
            None if self.job.dry_run => Placing::Supposed,
            None => match stage.place(self.job) {
                Ok(spots) => Placing::Placed(spots.into_iter()),
                Err(error) => Placing::Refused(self.trouble(error)),
            },
        };
        for input in inputs {
            let Input { number, name, names: _, started, bytes, state, known } = input;
            // A run that only looks tells the archive of nothing.
            if !self.job.dry_run {
                self.again.forget(number);
            }
            let mut outcome = Outcome::begun(number, name);
            outcome.bytes_in = bytes;
            outcome.seconds = (self.job.clock)().as_secs_f64() - started;
            match state {
                State::Staged(told) => self.placed(&mut outcome, told, &mut placing),
                State::Over(ending) => settle(&mut outcome, ending),
                State::Open(_) | State::Ready(_) => {}
            }
            self.journal.ended(&outcome, known);
            self.watch.event(Event::Done(&outcome));
            self.report.summary.count(&outcome);
            self.report.outcomes.push(outcome);
        }
    }

    /// Fills in how an input ended that became a document or several.
    fn placed(&mut self, outcome: &mut Outcome, told: Vec<Told>, placing: &mut Placing) {
        let files = files_of(&told);
        match placing {
            Placing::Supposed => {
                if let Some(name) = self.again.supposed(&files) {
                    settle(outcome, supposed(name));
                    return;
                }
                tell(outcome, told, &[]);
                outcome.status = outcome.filed();
                self.again.suppose(files, &outcome.input);
            }
            Placing::Refused(finding) => {
                tell(outcome, told, &[]);
                outcome.findings.insert(0, finding.clone());
            }
            Placing::Placed(spots) => {
                let spots: Vec<_> = spots.by_ref().take(told.len()).collect();
                let Some(first) = spots.first().filter(|_| spots.len() == told.len())
                else {
                    return;
                };
                let was_there = spots.iter().all(|spot| spot.was_there);
                // Another one of the same bytes was filed while this one was read.
                if was_there && !told.iter().any(|told| told.is_reused) {
                    let ending = self.filed_before(first.clone(), &files);
                    settle(outcome, ending);
                    return;
                }
                tell(outcome, told, &spots);
                for spot in spots.iter().filter(|spot| !spot.was_there) {
                    self.again.place(&spot.file, &outcome.input);
                }
                let released = files.iter().filter_map(|file| self.released(file));
                outcome.findings.extend(released);
                outcome.status =
                    if was_there { Status::AlreadyFiled } else { outcome.filed() };
            }
        }
    }
}

/// Fills in how an input ended that became no document.
fn settle(outcome: &mut Outcome, ending: Ending) {
    outcome.status = ending.status;
    outcome.findings = ending.findings;
    outcome.dossier = ending.dossier;
    outcome.file = ending.file;
    if ending.status == Status::Secret {
        secrecy::conceal(outcome);
    }
}

/// The files an input was made from, each once.
fn files_of(told: &[Told]) -> Vec<Digest> {
    let mut files = Vec::new();
    for source in told.iter().flat_map(|told| &told.sources) {
        if !files.contains(source) {
            files.push(*source);
        }
    }
    files
}

/// Fills in what is told of the documents an input became, and where they lie, as
/// far as they were placed.
fn tell(outcome: &mut Outcome, told: Vec<Told>, spots: &[Spot]) {
    let is_stack = told.len() > 1;
    let spots = spots.iter().map(Some).chain(std::iter::repeat(None));
    for (Told { findings, pages, bytes, .. }, spot) in told.into_iter().zip(spots) {
        outcome.bytes_out += bytes;
        let numbers = pages.iter().map(|page| page.number);
        let span = numbers.clone().min().zip(numbers.max());
        outcome.pages.extend(pages);
        // What is true of the whole stack is told once.
        for finding in findings {
            if !outcome.findings.contains(&finding) {
                outcome.findings.push(finding);
            }
        }
        let dossier = spot.and_then(|spot| spot.dossier.clone());
        let file = spot.map(|spot| spot.file.clone());
        if is_stack {
            outcome.documents.push(Part {
                dossier: dossier.clone(),
                file: file.clone(),
                pages: span.map(|(from, to)| [from, to]),
            });
        }
        outcome.dossier = outcome.dossier.take().or(dossier);
        outcome.file = outcome.file.take().or(file);
    }
}
