//! A run: inputs in, one outcome for each of them out.
//!
//! One thread opens inputs, puts finished documents together and places them;
//! the others do pages. What is opened but not finished is bounded, so that a
//! run over ten thousand files needs the memory of a few.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::vec;

use crate::archive::runs::How;
use crate::archive::settings::Profile;
use crate::archive::{ArchiveError, Quarantined};
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::ingest::again::Again;
use crate::ingest::batch::{Batch, Ending, Input, OpenPages, State, Told};
use crate::ingest::document::{self, Circumstances};
use crate::ingest::error::IngestError;
use crate::ingest::inputs::{self, Group, Source};
use crate::ingest::job::Job;
use crate::ingest::journal::Journal;
use crate::ingest::outcome::{Event, Outcome, Part, Status, Summary, Watch};
use crate::ingest::place::{Destination, Spot};
use crate::ingest::secrecy;
use crate::ingest::source::{self, Fault, Given, Opened};
use crate::ingest::split::Splitting;
use crate::ingest::stage::Ready;
use crate::ingest::work::Done;
use crate::ingest::workers::{self, Desk, Finished, Task};
use crate::say;
use crate::track::payload::Known;

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

/// What became of the documents of a dossier.
enum Placing {
    /// They would be placed, in a run that only looks.
    Supposed,
    /// They are placed, in their order.
    Placed(vec::IntoIter<Spot>),
    /// None of them is, and this is why.
    Refused(Finding),
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

    fn input(&mut self, source: Source, number: usize) -> Input {
        let name = source.name();
        let names = source.names();
        let started = (self.job.clock)().as_secs_f64();
        let mark = self.journal.mark(&source);
        let mut input = Input {
            number,
            name,
            names,
            started,
            bytes: 0,
            state: State::Over(Ending::new(Status::Failed, Vec::new())),
            known: None,
        };
        if let Some((mark, digest)) = mark.and_then(|mark| self.journal.known(mark))
            && let Ok(Some(held)) = self.held(&[(digest, None)])
        {
            input.bytes = mark.stamp().size();
            input.state = State::Over(held);
            return input;
        }
        let read = |path: &PathBuf| source::read(path);
        let files = match source {
            Source::File(path) | Source::Dossier(path) => {
                read(&path).map(|bytes| vec![bytes])
            }
            Source::Stacks(fronts, backs) => [fronts, backs].iter().map(read).collect(),
            Source::Stream(bytes) => Ok(vec![bytes]),
            Source::Unreadable(_, kind) => Err(Fault::Read(kind)),
        };
        input.state = match files {
            Ok(files) => {
                input.bytes = files.iter().map(|bytes| bytes.len() as u64).sum();
                let given: Vec<Given> = files
                    .into_iter()
                    .zip(&input.names)
                    .map(|(bytes, name)| Given::of(bytes, name))
                    .collect();
                input.known = mark.zip(given.first().map(|given| given.digest));
                let opened = self.opened(&given, &input.name, number);
                opened.unwrap_or_else(State::Over)
            }
            Err(fault) => State::Over(Ending::new(Status::Failed, vec![fault.finding()])),
        };
        input
    }

    /// Opens an input whose bytes are there, unless they are held already.
    fn opened(
        &mut self,
        given: &[Given],
        name: &str,
        number: usize,
    ) -> Result<State, Ending> {
        let files: Vec<_> = given.iter().map(|given| (given.digest, None)).collect();
        if let Some(held) = self.held(&files)? {
            return Ok(State::Over(held));
        }
        if let [given] = given
            && let Some(ready) =
                self.again.by_bytes(given, number).map_err(|error| self.failed(error))?
        {
            return Ok(State::Ready(vec![ready]));
        }
        let opened = self
            .open_all(given)
            .map_err(|fault| self.reject(given, vec![fault.finding()]))?;
        // The parts of a stack are held against the number of its pages.
        let files: Vec<_> = opened
            .stacks()
            .map(|stack| (stack.digest, Some(stack.own_pages())))
            .collect();
        if let Some(held) = self.held(&files)? {
            return Ok(State::Over(held));
        }
        let count = opened.page_count();
        self.watch.event(Event::Opened { input: name, pages: count });
        let opened = Arc::new(opened);
        let dropped = Arc::new(AtomicBool::new(false));
        for page in 0..count {
            let (opened, dropped) = (Arc::clone(&opened), Arc::clone(&dropped));
            self.desk.put(Task { opened, dropped, input: number, page });
        }
        self.pages_out += count;
        let pages = (0..count).map(|_| None).collect();
        Ok(State::Open(OpenPages { opened, dropped, pages, left: count }))
    }

    /// Looks at the files of an input: one, or fronts and backs.
    fn open_all(&self, given: &[Given]) -> Result<Opened, Fault> {
        let (password, limits) =
            (self.job.work.password.as_deref(), self.job.work.limits);
        let open = |given: &Given| {
            Opened::of(Arc::clone(&given.bytes), given.digest, password, limits)
        };
        let mut opened = open(given.first().ok_or(Fault::Empty)?)?;
        opened.backs = given.get(1).map(open).transpose()?.map(Box::new);
        Ok(opened)
    }

    /// How an input ends whose bytes are known already.
    fn held(
        &mut self,
        files: &[(Digest, Option<usize>)],
    ) -> Result<Option<Ending>, Ending> {
        let digests: Vec<_> = files.iter().map(|(digest, _)| *digest).collect();
        if let Some(name) = self.again.supposed(&digests) {
            return Ok(Some(supposed(name)));
        }
        let held = self.destination.held(files).map_err(|error| self.failed(error))?;
        Ok(held.map(|spot| self.filed_before(spot, &digests)))
    }

    /// How an input of these files ends that lies here already.
    fn filed_before(&mut self, spot: Spot, files: &[Digest]) -> Ending {
        let dossier = spot.dossier.unwrap_or_default();
        let finding = Finding::new("input.already-filed", Weight::Note, |lang| {
            say::ingest::already_filed(lang, &dossier, spot.file.display())
        });
        let released = files.iter().filter_map(|digest| self.released(digest));
        let findings = [finding].into_iter().chain(released).collect();
        let ending = Ending::new(Status::AlreadyFiled, findings);
        Ending { dossier: Some(dossier), file: Some(spot.file), ..ending }
    }

    /// Takes a filed input out of quarantine, if it is there, and says so.
    fn released(&mut self, source: &Digest) -> Option<Finding> {
        if self.job.dry_run {
            return None;
        }
        match self.destination.release(source, self.job.now) {
            Ok(id) => id.map(|id| {
                let say = |lang| say::ingest::released(lang, &id);
                Finding::new("input.released", Weight::Note, say)
            }),
            Err(error) => Some(self.trouble(error.into())),
        }
    }

    /// Puts an input aside that cannot be taken, with all its files.
    fn reject(&mut self, given: &[Given], mut findings: Vec<Finding>) -> Ending {
        if self.job.dry_run {
            return Ending::new(Status::Quarantined, findings);
        }
        let why = findings.clone();
        for Given { name, bytes, .. } in given {
            match self.destination.quarantine(bytes, name, why.clone(), self.job.now) {
                Ok(Some(Quarantined { id, already_there })) => {
                    let say = if already_there {
                        say::ingest::quarantined_before
                    } else {
                        say::ingest::quarantined
                    };
                    let say = |lang| say(lang, &id);
                    let code = "input.quarantined";
                    findings.push(Finding::new(code, Weight::Note, say));
                }
                Ok(None) => return Ending::new(Status::Failed, findings),
                Err(error) => {
                    findings.push(self.trouble(error.into()));
                    return Ending::new(Status::Failed, findings);
                }
            }
        }
        Ending::new(Status::Quarantined, findings)
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

    /// Stages what is done, and places every dossier at the front whose inputs
    /// all are.
    fn place_finished(&mut self) {
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
            self.again.forget(number);
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
                let released = files.iter().filter_map(|file| self.released(file));
                outcome.findings.extend(released);
                outcome.status =
                    if was_there { Status::AlreadyFiled } else { outcome.filed() };
            }
        }
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

/// How an input ends that another one before it is to the byte, in a run that only
/// looks.
fn supposed(name: &str) -> Ending {
    let say = |lang| say::ingest::already_in_run(lang, name);
    let finding = Finding::new("input.already-filed", Weight::Note, say);
    Ending::new(Status::AlreadyFiled, vec![finding])
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
