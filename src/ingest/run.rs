//! A run: inputs in, one outcome for each of them out.
//!
//! One thread opens inputs, puts finished documents together and places them;
//! the others do pages. What is opened but not finished is bounded, so that a
//! run over ten thousand files needs the memory of a few.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::vec;

use crate::archive::ArchiveError;
use crate::archive::runs::How;
use crate::archive::settings::Profile;
use crate::finding::Finding;
use crate::ingest::again::Again;
use crate::ingest::batch::{Batch, Ending, OpenPages, State};
use crate::ingest::document::{self, Circumstances};
use crate::ingest::error::IngestError;
use crate::ingest::inputs::{self, Group, Source};
use crate::ingest::job::Job;
use crate::ingest::journal::Journal;
use crate::ingest::outcome::{Event, Outcome, Status, Summary, Watch};
use crate::ingest::place::Destination;
use crate::ingest::secrecy;
use crate::ingest::source::{Given, Opened};
use crate::ingest::split::Splitting;
use crate::ingest::stage::Ready;
use crate::ingest::work::Done;
use crate::ingest::workers::{self, Desk, Finished};
use crate::track::payload::Known;

mod opening;
mod placing;

/// Pages opened ahead of the workers, for each of them.
const AHEAD: usize = 4;

/// Everything a run has to tell when it is over.
#[derive(Debug)]
pub struct Report {
    /// One for each input reached, in the order of the inputs.
    pub outcomes: Vec<Outcome>,
    /// Their conservation.
    pub summary: Summary,
    /// What was repaired in the archive before the run.
    pub repaired: Vec<Finding>,
    /// Files in the folders named that are called scans and were no inputs, because
    /// they are hidden or called unfinished.
    pub passed_over: Vec<PathBuf>,
    /// Why the run ended early, unless it was interrupted.
    pub ended_by: Option<IngestError>,
}

/// Carries a job out.
///
/// Every input ends in exactly one outcome; what was not reached because the
/// run was interrupted or the disk filled up is counted in the summary.
///
/// # Errors
///
/// When nothing can be begun: no archive, or no recogniser.
pub fn run(job: &Job<'_>, watch: &dyn Watch) -> Result<Report, IngestError> {
    let (destination, repaired) = Destination::open(job)?;
    let groups = inputs::groups(job.sources.clone(), destination.is_one_group());
    let inputs = groups.iter().map(|group| group.sources.len()).sum();
    if matches!(destination, Destination::File(..)) && inputs != 1 {
        return Err(IngestError::NotOneInput(inputs));
    }
    watch.event(Event::Started { inputs });
    let profile = job.work.profile.unwrap_or_else(|| destination.profile());
    let known = destination.known(&job.work.separators);
    // Before the workers are there: who waits for pages must be told when none come.
    let journal = if job.dry_run {
        Journal::none()
    } else {
        Journal::begin(&destination, job.now, inputs)?
    };
    let desk = Desk::default();
    let (send, receive) = mpsc::channel();
    Ok(thread::scope(|scope| {
        for _ in 0..job.jobs.get() {
            let (send, desk) = (send.clone(), &desk);
            scope.spawn(move || {
                workers::serve(desk, &job.work, profile, &*job.engine, &send);
            });
        }
        drop(send);
        let summary = Summary { inputs, ..Summary::default() };
        let report = Report {
            outcomes: Vec::new(),
            summary,
            repaired,
            passed_over: inputs::passed_over(&job.sources),
            ended_by: None,
        };
        let mut coordinator = Coordinator {
            job,
            watch,
            known: &known,
            destination: &destination,
            profile,
            desk: &desk,
            open: VecDeque::new(),
            opened: 0,
            pages_out: 0,
            again: Again::new(&destination, job),
            report,
            journal,
        };
        coordinator.work(groups, &receive);
        desk.close();
        coordinator.close()
    }))
}

struct Coordinator<'a> {
    job: &'a Job<'a>,
    watch: &'a dyn Watch,
    destination: &'a Destination,
    /// What the codes on papers are held against.
    known: &'a Known,
    profile: Profile,
    desk: &'a Desk,
    open: VecDeque<Batch<'a>>,
    /// Inputs opened so far.
    opened: usize,
    /// Pages with the workers.
    pages_out: usize,
    again: Again<'a>,
    report: Report,
    journal: Journal,
}

impl Coordinator<'_> {
    fn work(&mut self, groups: Vec<Group>, results: &Receiver<Finished>) {
        let mut groups = groups.into_iter();
        loop {
            while !self.is_ending() && self.pages_out < AHEAD * self.job.jobs.get() {
                let Some(source) = self.next_source(&mut groups) else { break };
                self.open(source);
                self.place_finished();
            }
            if self.is_ending() || self.pages_out == 0 {
                return;
            }
            if let Ok(finished) = results.recv() {
                self.collect(finished);
                self.place_finished();
            }
        }
    }

    /// The next input of the dossier begun last, or the first of the next one.
    fn next_source(&mut self, groups: &mut vec::IntoIter<Group>) -> Option<Source> {
        let waiting = |batch: &mut Batch<'_>| batch.waiting.pop_front();
        self.open.back_mut().and_then(waiting).or_else(|| {
            let batch = Batch::of(groups.next()?, self.destination, &self.journal);
            self.open.push_back(batch);
            self.open.back_mut().and_then(waiting)
        })
    }

    /// Opens an input of the dossier begun last and lays its pages on the desk.
    fn open(&mut self, source: Source) {
        self.opened += 1;
        let input = self.input(source, self.opened);
        if let Some(batch) = self.open.back_mut() {
            batch.inputs.push(input);
        }
    }

    /// Whether nothing more is to be begun.
    fn is_ending(&self) -> bool {
        self.report.ended_by.is_some() || (self.job.interrupted)()
    }

    /// Takes a page back, and makes the document when it was the last one.
    fn collect(&mut self, finished: Finished) {
        self.pages_out -= 1;
        self.watch.event(Event::Page);
        let inputs = self.open.iter_mut().flat_map(|batch| &mut batch.inputs);
        let Some(input) = inputs.into_iter().find(|input| input.number == finished.input)
        else {
            return;
        };
        let State::Open(open) = &mut input.state else { return };
        open.left -= 1;
        let is_secret = matches!(&finished.done, Some(Ok(done)) if done.is_secret());
        if is_secret && self.job.work.not_secret.is_none() {
            open.dropped.store(true, Ordering::Relaxed);
            let finding = secrecy::stopped();
            input.state = State::Over(Ending::new(Status::Secret, vec![finding]));
            return;
        }
        if let Some(slot) = open.pages.get_mut(finished.page) {
            *slot = finished.done;
        }
        if open.left == 0 {
            let (number, names) = (input.number, input.names.clone());
            let open = std::mem::replace(
                &mut input.state,
                State::Over(Ending::new(Status::Failed, Vec::new())),
            );
            let state = match open {
                State::Open(open) => self.made(open, number, &names),
                other @ (State::Ready(_) | State::Staged(_) | State::Over(_)) => other,
            };
            self.set(number, state);
        }
    }

    fn set(&mut self, number: usize, state: State) {
        let mut inputs = self.open.iter_mut().flat_map(|batch| &mut batch.inputs);
        if let Some(input) = inputs.find(|input| input.number == number) {
            input.state = state;
        }
    }

    /// The documents of an input all of whose pages are done.
    fn made(&mut self, open: OpenPages, number: usize, names: &[String]) -> State {
        let destination = self.destination;
        let with = Circumstances {
            now: self.job.now,
            profile: self.profile,
            agency: self.destination.agency(),
            skip_damaged: self.job.work.skip_damaged,
            collate: self.job.work.collate,
            password: self.job.work.password.as_deref(),
            splitting: Splitting {
                known: self.known,
                agency: destination.unit(),
                dossier: destination.dossier(),
                is_known: &|code| destination.knows(code),
            },
        };
        let pages: Vec<_> = open.pages.into_iter().flatten().collect();
        let is_marked = pages.iter().flatten().any(Done::is_secret);
        match document::make(&open.opened, pages, with) {
            Ok(mut made) => {
                if let Some(person) =
                    self.job.work.not_secret.as_ref().filter(|_| is_marked)
                {
                    let finding = secrecy::answered_for(person);
                    made.iter_mut().for_each(|m| m.findings.push(finding.clone()));
                }
                let ready =
                    |made| self.looked_at(Ready::new(number, names, &open.opened, made));
                State::Ready(made.into_iter().map(ready).collect())
            }
            Err(findings) => {
                let given = |(stack, name): (&Opened, &String)| Given {
                    name: name.clone(),
                    bytes: Arc::clone(&stack.bytes),
                    digest: stack.digest,
                };
                let given: Vec<_> = open.opened.stacks().zip(names).map(given).collect();
                State::Over(self.reject(&given, findings))
            }
        }
    }

    /// The document, held against what came before it.
    fn looked_at(&mut self, mut ready: Ready) -> Ready {
        if let Err(error) = self.again.look(&mut ready) {
            let finding = self.trouble(error.into());
            ready.made.findings.push(finding);
        }
        ready
    }

    /// What went wrong with the archive or the disk, as a finding. Begins
    /// nothing more where every other input would fare the same.
    fn trouble(&mut self, error: IngestError) -> Finding {
        let finding = error.finding();
        end_by(&mut self.report, error);
        finding
    }

    /// How an input ends that the archive refused.
    fn failed(&mut self, error: ArchiveError) -> Ending {
        Ending::new(Status::Failed, vec![self.trouble(error.into())])
    }

    /// The report; what was not finished was not reached.
    fn close(self) -> Report {
        let Self { mut report, job, journal, .. } = self;
        report.summary.not_reached = report.summary.inputs - report.outcomes.len();
        let how = if report.ended_by.is_some() {
            How::BrokenOff
        } else if report.summary.not_reached > 0 {
            How::Interrupted
        } else {
            How::Done
        };
        journal.end(job, how, &report.summary);
        report
    }
}

/// Begins nothing more, if this error would meet every other input.
fn end_by(report: &mut Report, error: IngestError) {
    if error.ends_run() && report.ended_by.is_none() {
        report.ended_by = Some(error);
    }
}
