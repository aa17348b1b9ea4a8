//! The beginning of an input: read, held against what is filed already, opened, its
//! pages laid on the desk, or put aside.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::archive::Quarantined;
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::ingest::batch::{Ending, Input, OpenPages, State};
use crate::ingest::inputs::Source;
use crate::ingest::outcome::{Event, Status};
use crate::ingest::place::Spot;
use crate::ingest::run::Coordinator;
use crate::ingest::source::{self, Fault, Given, Opened};
use crate::ingest::workers::Task;
use crate::say;

impl Coordinator<'_> {
    /// An input, begun.
    pub(super) fn input(&mut self, source: Source, number: usize) -> Input {
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
    pub(super) fn filed_before(&mut self, spot: Spot, files: &[Digest]) -> Ending {
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
    pub(super) fn released(&mut self, source: &Digest) -> Option<Finding> {
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
    pub(super) fn reject(
        &mut self,
        given: &[Given],
        mut findings: Vec<Finding>,
    ) -> Ending {
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
}

/// How an input ends that another one before it is to the byte, in a run that only
/// looks.
pub(super) fn supposed(name: &str) -> Ending {
    let say = |lang| say::ingest::already_in_run(lang, name);
    let finding = Finding::new("input.already-filed", Weight::Note, say);
    Ending::new(Status::AlreadyFiled, vec![finding])
}
