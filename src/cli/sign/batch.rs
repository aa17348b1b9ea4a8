//! The work of `sohoa sign`: one file or ten thousand, in folders or in an archive,
//! several at a time, each told as it ends, all adding up.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use crate::archive::code::Code;
use crate::archive::store::Existing;
use crate::archive::{Adding, Archive, ArchiveError, Signing};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::outputs::Task;
use crate::cli::signing;
use crate::cli::ui::Ui;
use crate::cli::{crew, stop};
use crate::say::{self, Lang, Tell as _};
use crate::sign::pdf::{self, Order};
use crate::sign::queue::{Queue, Waiting};
use crate::sign::{SignError, detached, done};
use crate::verify::concerns::Concern;

/// The schema of the JSON rows.
const SCHEMA: &str = "sohoa.sign/1";

/// How a file ended.
enum Ended {
    Signed {
        added: u64,
        concerns: Vec<Concern>,
    },
    /// It bears this signature already.
    Before,
    /// Somebody signed it, and only files without signatures are wanted.
    LeftOut,
    Failed(SignError),
    /// The archive refused it.
    Refused(ArchiveError),
}

/// Everything that is the same for all files.
pub(crate) struct Job<'a> {
    pub(crate) order: Order<'a>,
    pub(crate) detached: bool,
    /// Whether there may have been an earlier run over the same files.
    pub(crate) many: bool,
    pub(crate) wanted: Wanted,
    /// The level that signed files wait for, and where that is noted.
    pub(crate) later: Option<(&'static str, Queue)>,
    pub(crate) jobs: NonZeroUsize,
}

/// Which files of many are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Those that this signer has not signed.
    Usual,
    /// Those that nobody has signed.
    Unsigned,
    /// All, also once more.
    All,
}

/// Signs on as many threads as are wanted and tells each as it ends; documents of
/// `archive` become new versions there, each an entry of the ledger.
pub(crate) fn work(
    job: &Job<'_>,
    tasks: &[Task],
    archive: Option<&Archive>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let stop = stop::on_request(lang)?;
    let noted = job.note(tasks, lang)?;
    let mut tally = Tally { inputs: tasks.len(), ..Tally::default() };
    let mut failure = None;
    let mut told = Ok(());
    let mut wait: BTreeSet<PathBuf> = BTreeSet::new();
    let mut patience = signing::Unstamped::default();
    crew::each(
        (tasks, job.jobs),
        &stop,
        ui,
        |task| {
            let ended = sign(job, task, archive);
            // Without its token, or with a wrong PIN, nothing else can be signed: the
            // worker itself says so, before it takes the next file.
            if matches!(ended, Ended::Failed(SignError::Key(_))) {
                stop.store(true, Ordering::Relaxed);
            }
            ended
        },
        |task, ended| {
            if told.is_ok() {
                told = tell(task, &ended, job, ui);
            }
            tally.count(&ended);
            if matches!(ended, Ended::Signed { .. } | Ended::Before) {
                wait.insert(job.place(task));
            }
            let failed = match &ended {
                Ended::Failed(error) => Some(error),
                Ended::Signed { .. }
                | Ended::Before
                | Ended::LeftOut
                | Ended::Refused(_) => None,
            };
            patience.after(failed, &stop);
            if let Ended::Failed(error) = ended {
                failure.get_or_insert((task.input.clone(), error));
            }
        },
    );
    job.settle(&noted, &wait, lang)?;
    told?;
    match failure {
        Some((input, error)) if !job.many => {
            let sentence = say::cli::cannot_sign(lang, input.display());
            return Err(signing::failed(&error, lang).behind(sentence));
        }
        _ => {}
    }
    if job.many {
        close(&mut tally, ui)?;
    }
    if let Some((level, queue)) = job.later.as_ref().filter(|_| !wait.is_empty()) {
        let level = level.to_uppercase();
        ui.remark(&say::cli::sign_waits(lang, wait.len(), level, queue.path().display()));
    }
    Ok(tally.exit(&stop))
}

impl Job<'_> {
    /// The file as the queue names it.
    fn place(&self, task: &Task) -> PathBuf {
        let folder = self.later.as_ref().map(|(_, queue)| queue.folder());
        let below = folder.and_then(|folder| task.output.strip_prefix(folder).ok());
        match below {
            Some(below) => below.to_owned(),
            None => {
                std::path::absolute(&task.output).unwrap_or_else(|_| task.output.clone())
            }
        }
    }

    /// Notes what is to be stamped later, before anything is signed; what was new.
    fn note(&self, tasks: &[Task], lang: Lang) -> Result<BTreeSet<PathBuf>, Failure> {
        let Some((level, queue)) = &self.later else { return Ok(BTreeSet::new()) };
        let told = |error: SignError| signing::failed(&error, lang);
        let known = queue.read().map_err(told)?;
        let known: BTreeSet<PathBuf> = known.into_iter().map(|one| one.file).collect();
        let new = tasks.iter().map(|task| {
            let mut one = Waiting::new(self.place(task), level, self.order.now);
            let code = |(code, ordinal): &(Code, u32)| (code.to_string(), *ordinal);
            one.document = task.document.as_ref().map(code);
            one
        });
        let new: Vec<Waiting> = new.collect();
        let files = new.iter().map(|one| one.file.clone());
        let noted = files.filter(|file| !known.contains(file)).collect();
        queue.add(new).map_err(told)?;
        Ok(noted)
    }

    /// Takes out again what was noted and not signed.
    fn settle(
        &self,
        noted: &BTreeSet<PathBuf>,
        signed: &BTreeSet<PathBuf>,
        lang: Lang,
    ) -> Result<(), Failure> {
        let Some((_, queue)) = &self.later else { return Ok(()) };
        let stays =
            |one: &Waiting| signed.contains(&one.file) || !noted.contains(&one.file);
        let settled = queue.change(|all| all.retain(stays));
        settled.map_err(|error| signing::failed(&error, lang))
    }
}

fn sign(job: &Job<'_>, task: &Task, archive: Option<&Archive>) -> Ended {
    if let Some(ended) = before(job, task) {
        return ended;
    }
    let order = &job.order;
    if let (Some(archive), Some((code, ordinal))) = (archive, &task.document) {
        return filed(job, archive, (code, *ordinal));
    }
    let made = if job.detached {
        let place = (task.output.as_path(), task.existing);
        detached::sign(&task.input, place, order)
            .map(|added| Ended::Signed { added, concerns: Vec::new() })
    } else {
        pdf::sign(&task.input, &task.output, task.existing, order)
            .map(|made| Ended::Signed { added: made.added, concerns: made.concerns })
    };
    made.unwrap_or_else(Ended::Failed)
}

/// Signs one document of an archive.
fn filed(job: &Job<'_>, archive: &Archive, (dossier, ordinal): (&Code, u32)) -> Ended {
    let signer = job.order.identity.certificate.display_name();
    let adding = Adding::Signature(&signer);
    let signing = Signing { dossier, ordinal, adding, now: job.order.now };
    let mut made = None;
    let done = archive.sign(&signing, &mut |input, output| {
        made = Some(pdf::sign(input, output, Existing::Keep, &job.order)?);
        Ok(())
    });
    match (done, made) {
        (Ok(Ok(())), Some(made)) => {
            Ended::Signed { added: made.added, concerns: made.concerns }
        }
        (Ok(Ok(())), None) => Ended::Before,
        (Ok(Err(error)), _) => Ended::Failed(error),
        (Err(error), _) => Ended::Refused(error),
    }
}

/// How a file ends without being signed: an earlier run did it, or it is not wanted.
fn before(job: &Job<'_>, task: &Task) -> Option<Ended> {
    if !job.many || job.wanted == Wanted::All {
        return None;
    }
    let own = &job.order.identity.certificate;
    let state = if job.detached {
        done::beside(&task.input, &task.output, own)
    } else {
        done::look(&task.input, &task.output, own, job.order.password)
    };
    match state {
        Ok(done::State::Unsigned) => None,
        Ok(done::State::SignedByOthers | done::State::SignedBefore)
            if job.wanted == Wanted::Unsigned =>
        {
            Some(Ended::LeftOut)
        }
        Ok(done::State::SignedByOthers) => None,
        Ok(done::State::SignedBefore | done::State::OutputThere) => Some(Ended::Before),
        Err(error) => Some(Ended::Failed(error)),
    }
}

/// How many ended how; they add up to the inputs.
#[derive(Default)]
struct Tally {
    inputs: usize,
    signed: usize,
    before: usize,
    left_out: usize,
    failed: usize,
    not_reached: usize,
}

impl Tally {
    fn count(&mut self, ended: &Ended) {
        match ended {
            Ended::Signed { .. } => self.signed += 1,
            Ended::Before => self.before += 1,
            Ended::LeftOut => self.left_out += 1,
            Ended::Failed(_) | Ended::Refused(_) => self.failed += 1,
        }
    }

    fn exit(&self, stop: &AtomicBool) -> Exit {
        if self.failed > 0 {
            Exit::Trouble
        } else if stop.load(Ordering::Relaxed) && self.not_reached > 0 {
            Exit::Interrupted
        } else {
            Exit::Yes
        }
    }
}

/// Tells of one file.
fn tell(task: &Task, ended: &Ended, job: &Job<'_>, ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    let input = task.input.display();
    let why = match ended {
        Ended::Signed { .. } | Ended::Before | Ended::LeftOut => String::new(),
        Ended::Failed(error) => error.tell(lang),
        Ended::Refused(error) => error.tell(lang),
    };
    if ui.json {
        let (status, detail) = match ended {
            Ended::Signed { added, concerns } => {
                let concerns: Vec<_> = concerns.iter().map(|c| c.code()).collect();
                let mut detail = json!({ "added": added, "concerns": concerns });
                if let (Value::Object(all), Some((level, _))) = (&mut detail, &job.later)
                {
                    all.insert("level".to_owned(), "B".into());
                    all.insert("waits_for".to_owned(), level.to_uppercase().into());
                }
                ("signed", detail)
            }
            Ended::Before => ("signed_before", json!({})),
            Ended::LeftOut => ("left_out", json!({})),
            Ended::Failed(_) | Ended::Refused(_) => ("failed", json!({ "why": why })),
        };
        let row = json!({
            "schema": SCHEMA, "kind": "file", "input": input.to_string(),
            "output": task.output.display().to_string(), "status": status, "detail": detail,
        });
        return ui.answer(&row.to_string());
    }
    match ended {
        Ended::Signed { concerns, .. } => {
            for concern in concerns {
                let told = concern.told(lang);
                ui.remark(&say::cli::sign_concern(lang, &input, told));
            }
            let line = say::cli::signed(lang, task.output.display());
            if job.many { ui.remark(&line) } else { ui.answer(&line)? }
        }
        Ended::Before => ui.remark(&say::cli::signed_before(lang, input)),
        Ended::LeftOut => ui.remark(&say::cli::signed_left_out(lang, input)),
        Ended::Failed(_) | Ended::Refused(_) if job.many => {
            ui.fail(&Failure::new(say::cli::sign_failed(lang, input, why)));
        }
        Ended::Failed(_) | Ended::Refused(_) => {}
    }
    Ok(())
}

/// The line that adds up.
fn close(tally: &mut Tally, ui: &Ui) -> Result<(), Failure> {
    let ended = tally.signed + tally.before + tally.left_out + tally.failed;
    tally.not_reached = tally.inputs - ended;
    if ui.json {
        let row = json!({
            "schema": SCHEMA, "kind": "summary", "inputs": tally.inputs,
            "signed": tally.signed, "signed_before": tally.before,
            "left_out": tally.left_out, "failed": tally.failed,
            "not_reached": tally.not_reached,
        });
        return ui.answer(&row.to_string());
    }
    let Tally { failed, not_reached, .. } = *tally;
    let undone = say::cli::sign_undone(ui.lang, failed, not_reached);
    ui.answer(&say::cli::sign_tally(
        ui.lang,
        tally.inputs,
        tally.signed,
        say::cli::sign_done_before(ui.lang, tally.before, tally.left_out),
        undone,
    ))
}
