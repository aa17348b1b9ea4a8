//! `sohoa extend --queue`: what was signed without a time-stamp gets it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use serde_json::json;

use crate::archive::code::Code;
use crate::archive::store::Existing;
use crate::archive::{Archive, is_archive};
use crate::cli::exit::Exit;
use crate::cli::extend::{SCHEMA, Stopped, raise, tell, tell_failed};
use crate::cli::failure::Failure;
use crate::cli::outputs::Task;
use crate::cli::ui::Ui;
use crate::cli::{crew, signing, stop};
use crate::say::{self, Lang};
use crate::sign::SignError;
use crate::sign::extend::{Done, Order};
use crate::sign::queue::{Queue, Waiting};
use crate::verify::demand::stage;

/// Papers after whose end the queue is written anew. After a crash those in between
/// are looked at again, and found to have their level.
const WRITE_AFTER: usize = 200;

/// Raises what waits to the level it waits for.
pub(crate) fn work_off(
    path: &Path,
    order: &Order<'_>,
    jobs: NonZeroUsize,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let failed = |error: &SignError| signing::failed(error, lang);
    let queue = Queue::of(path);
    let Some(_turn) = queue.turn().map_err(|error| failed(&error))? else {
        return Err(Failure::new(say::cli::queue_busy(lang, queue.path().display())));
    };
    let all = queue.read().map_err(|error| failed(&error))?;
    if all.is_empty() && !ui.json {
        ui.answer(&say::cli::queue_empty(lang, queue.path().display()))?;
        return Ok(Exit::Yes);
    }
    let archive = match is_archive(queue.folder()) {
        true => {
            Some(Archive::open(queue.folder()).map_err(|e| Failure::told(&e, lang))?.0)
        }
        false => None,
    };
    let stop = stop::on_request(lang)?;
    let (due, later): (Vec<Waiting>, Vec<Waiting>) =
        all.into_iter().partition(|one| one.is_due(order.now));
    let mut run =
        Run { queue: &queue, ended: BTreeMap::new(), counts: Counts::default() };
    let mut patience = signing::Unstamped::default();
    let mut told = later.iter().try_for_each(|one| put_off(one, &queue, ui));
    crew::each(
        (&due, jobs),
        &stop,
        ui,
        |one| stamp(one, &queue, order, archive.as_ref()),
        |one, ended| {
            patience.after(ended.as_ref().err().and_then(Stopped::signing), &stop);
            let file = queue.folder().join(&one.file);
            let row = match &ended {
                Ok(done) => tell(&file, &file, done, ui),
                Err(error) => tell_failed(&file, &error.tell(lang), ui),
            };
            let noted = run.note(one, &ended, order, lang);
            if told.is_ok() {
                told = row.and(noted.map_err(|error| failed(&error)));
            }
        },
    );
    run.write().map_err(|error| failed(&error))?;
    told?;
    let waits = later.len() + due.len().saturating_sub(run.counts.reached());
    run.counts.close((due.len() + later.len(), waits), ui)?;
    Ok(if run.counts.failed > 0 {
        Exit::Trouble
    } else if stop.load(Ordering::Relaxed) && run.counts.reached() < due.len() {
        Exit::Interrupted
    } else if waits > 0 {
        Exit::No
    } else {
        Exit::Yes
    })
}

/// Raises one paper.
fn stamp(
    one: &Waiting,
    queue: &Queue,
    order: &Order<'_>,
    archive: Option<&Archive>,
) -> Result<Done, Stopped> {
    let file = queue.folder().join(&one.file);
    let document = match &one.document {
        Some((code, ordinal)) => {
            let code: Option<Code> = code.parse().ok();
            let missing = || SignError::Io(std::io::ErrorKind::NotFound.into());
            Some((code.ok_or_else(missing)?, *ordinal))
        }
        None => None,
    };
    let task =
        Task { input: file.clone(), output: file, existing: Existing::Replace, document };
    // Only the level counts here; renewing what has it is another matter.
    let order = Order { stage: stage(&one.level.to_uppercase()), within: 0, ..*order };
    raise(&task, None, &order, archive)
}

/// What became of the queue so far.
struct Run<'q> {
    queue: &'q Queue,
    /// Papers since the queue was written: gone, or put off.
    ended: BTreeMap<PathBuf, Option<Waiting>>,
    counts: Counts,
}

impl Run<'_> {
    fn note(
        &mut self,
        one: &Waiting,
        ended: &Result<Done, Stopped>,
        order: &Order<'_>,
        lang: Lang,
    ) -> Result<(), SignError> {
        let mut left = None;
        match ended {
            Ok(Done::Extended { .. }) => self.counts.extended += 1,
            Ok(Done::Nothing(_)) => self.counts.lasting += 1,
            Err(error) => {
                self.counts.failed += 1;
                let mut one = one.clone();
                one.failed(error.tell(lang), order.now);
                left = Some(one);
            }
        }
        self.ended.insert(one.file.clone(), left);
        if self.ended.len() >= WRITE_AFTER { self.write() } else { Ok(()) }
    }

    /// Writes down what ended since the last time.
    fn write(&mut self) -> Result<(), SignError> {
        let mut ended = std::mem::take(&mut self.ended);
        self.queue.change(|all| {
            let now = std::mem::take(all).into_iter();
            *all = now
                .filter_map(|one| match ended.remove(&one.file) {
                    Some(left) => left,
                    None => Some(one),
                })
                .collect();
        })
    }
}

#[derive(Default)]
struct Counts {
    extended: usize,
    lasting: usize,
    failed: usize,
}

impl Counts {
    fn reached(&self) -> usize {
        self.extended + self.lasting + self.failed
    }

    /// The line that adds up.
    fn close(&self, (inputs, later): (usize, usize), ui: &Ui) -> Result<(), Failure> {
        let Self { extended, lasting, failed } = *self;
        if ui.json {
            let row = json!({
                "schema": SCHEMA, "kind": "summary", "inputs": inputs,
                "extended": extended, "lasting": lasting, "failed": failed,
                "waiting": later,
            });
            return ui.answer(&row.to_string());
        }
        let done = say::cli::queue_done(ui.lang, extended, lasting);
        let left = say::cli::queue_left(ui.lang, failed, later);
        ui.answer(&say::cli::queue_tally(ui.lang, inputs, done, left))
    }
}

/// Tells of a paper whose next try is not due.
fn put_off(one: &Waiting, queue: &Queue, ui: &Ui) -> Result<(), Failure> {
    let file = queue.folder().join(&one.file);
    let why = one.why.clone().unwrap_or_default();
    if ui.json {
        let row = json!({
            "schema": SCHEMA, "kind": "file", "input": file.display().to_string(),
            "status": "waiting", "next": one.next, "tries": one.tries, "why": why,
        });
        return ui.answer(&row.to_string());
    }
    let next = one.next.map(|next| next.to_string()).unwrap_or_default();
    ui.remark(&say::cli::queue_later(ui.lang, file.display(), next, why));
    Ok(())
}
