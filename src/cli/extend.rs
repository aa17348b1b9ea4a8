//! `sohoa extend`: signatures that last longer, and which of them end when.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde_json::json;

use crate::archive::store::Existing;
use crate::archive::{Adding, Archive, ArchiveError, Signing, is_archive};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::outputs::{self, Task};
use crate::cli::signing::{self, Stamping};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui};
use crate::cli::verify::{Kinds, beside};
use crate::cli::{connect, crew, stop, verify};
use crate::cos::Source;
use crate::say::help;
use crate::say::{self, Lang, Tell as _};
use crate::sign::extend::{Done, Order, Outlook, extend, outlook};
use crate::sign::vouch::Sources;
use crate::sign::{SignError, detached};
use crate::time::Timestamp;
use crate::verify::beside::{Beside, BesideError};
use crate::verify::imprint::Imprint;
use crate::verify::level::Stage;

mod waiting;

/// The words of `sohoa extend`.
pub(crate) const WORDS: Words = Words {
    path: "extend",
    about: help::EXTEND_ABOUT,
    long: help::EXTEND_LONG,
    usage: help::EXTEND_USAGE,
    examples: help::EXTEND_EXAMPLES,
};

/// The schema of the JSON rows.
const SCHEMA: &str = "sohoa.extend/1";
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Days before the end in which a file is renewed.
const WITHIN: i64 = 180;

/// `sohoa extend FILE…`.
pub(crate) fn command(lang: Lang) -> Command {
    let paths = layout::positional("paths", help::VALUE_PATH, help::EXTEND_PATHS, lang)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath);
    layout::command(&WORDS, lang)
        .arg(paths.required(false).required_unless_present("queue"))
        .next_help_heading(help::SIGN_PLACES.in_lang(lang))
        .arg(layout::flag("radar", help::EXTEND_RADAR, lang))
        .arg(
            layout::option("queue", help::VALUE_PATH, help::EXTEND_QUEUE, lang)
                .conflicts_with_all([
                    "paths", "radar", "output", "out-dir", "in-place", "level",
                ])
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::AnyPath),
        )
        .args(outputs::flags(lang))
        .next_help_heading(help::SIGN_LASTING.in_lang(lang))
        .arg(signing::level_flag("level", help::EXTEND_LEVEL, 1, lang))
        .arg(
            layout::option("within", help::VALUE_NUMBER, help::EXTEND_WITHIN, lang)
                .value_parser(value_parser!(u16)),
        )
        .args(signing::lasting(lang))
        .arg(verify::content(lang).conflicts_with("queue"))
        .arg(
            layout::option("password-file", help::VALUE_FILE, help::SIGN_PASSWORD, lang)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
}

/// Extends what the line names, or tells when it ends.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let paths: Vec<PathBuf> =
        matches.get_many::<PathBuf>("paths").unwrap_or_default().cloned().collect();
    let password = layout::value::<PathBuf>(matches, "password-file");
    let password = password.map(|file| connect::password(&file, lang)).transpose()?;
    if matches.get_flag("radar") {
        let content = layout::value::<PathBuf>(matches, "content");
        return radar(&paths, (content.as_deref(), password.as_deref()), now, ui);
    }
    let stage = signing::stage(matches).unwrap_or(Stage::Lta);
    let stamping = Stamping::of(matches, around, stage, lang)?;
    let store = signing::data(matches, lang)?;
    let sources = Sources { store: &store, online: stamping.online() };
    let Some(authorities) = &stamping.authorities else {
        return Err(Failure::new(say::cli::sign_needs_tsa(lang)));
    };
    let within = layout::value::<u16>(matches, "within").map_or(WITHIN, i64::from);
    let order = Order {
        stage,
        within: within * DAY,
        password: password.as_deref(),
        now,
        authorities,
        sources: &sources,
    };
    let jobs = crew::jobs(matches, lang)?;
    if let Some(queue) = layout::value::<PathBuf>(matches, "queue") {
        return waiting::work_off(&queue, &order, jobs, ui);
    }
    let archive = archive_of(matches, &paths, lang)?;
    let content = layout::value::<PathBuf>(matches, "content");
    let tasks = match &archive {
        Some(archive) => outputs::documents(archive, |_| true)
            .map_err(|error| Failure::told(&error, lang))?,
        None => {
            let files = signing::files(&paths, Kinds::Signed, false, lang)?;
            let named: Vec<PathBuf> =
                files.iter().map(|(input, _)| input.clone()).collect();
            beside::check(content.as_deref(), &named, lang)?;
            let tasks = outputs::tasks(matches, files, None, lang)?;
            outputs::folders(&tasks, lang)?;
            tasks
        }
    };
    let job = Job {
        order: &order,
        archive: archive.as_ref(),
        content: content.as_deref(),
        many: archive.is_some() || tasks.len() > 1,
        jobs,
    };
    work(&tasks, &job, ui)
}

/// Everything that is the same for all files.
struct Job<'a> {
    order: &'a Order<'a>,
    archive: Option<&'a Archive>,
    /// Where the file lies that a signature beside it is about, if that is told.
    content: Option<&'a Path>,
    /// Whether each file is told and all are added up.
    many: bool,
    jobs: NonZeroUsize,
}

/// Extends on as many threads as are wanted and tells each file as it ends.
fn work(tasks: &[Task], job: &Job<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let Job { order, archive, content, many, jobs } = *job;
    let stop = stop::on_request(lang)?;
    let mut tally = Tally { inputs: tasks.len(), ..Tally::default() };
    let mut told = Ok(());
    let mut alone = None;
    let mut patience = signing::Unstamped::default();
    crew::each(
        (tasks, jobs),
        &stop,
        ui,
        |task| raise(task, content, order, archive),
        |task, ended| {
            patience.after(ended.as_ref().err().and_then(Stopped::signing), &stop);
            tally.count(&ended, archive.is_some());
            let row = match ended {
                Ok(done) => tell(&task.input, &task.output, &done, ui),
                // An archive also holds what nobody has signed.
                Err(Stopped::Sign(SignError::NothingSigned)) if archive.is_some() => {
                    Ok(())
                }
                Err(error) if many => tell_failed(&task.input, &error.tell(lang), ui),
                Err(error) => {
                    alone = Some((task.input.clone(), error));
                    Ok(())
                }
            };
            if told.is_ok() {
                told = row;
            }
        },
    );
    told?;
    if let Some((input, error)) = alone {
        let sentence = say::cli::cannot_extend(lang, input.display());
        return Err(error.failure(lang).behind(sentence));
    }
    if many {
        tally.close(ui)?;
    }
    Ok(if tally.failed > 0 {
        Exit::Trouble
    } else if stop.load(Ordering::Relaxed) && tally.missed() > 0 {
        Exit::Interrupted
    } else {
        Exit::Yes
    })
}

/// How many ended how; they add up to the inputs.
#[derive(Default)]
struct Tally {
    inputs: usize,
    extended: usize,
    lasting: usize,
    unsigned: usize,
    failed: usize,
}

impl Tally {
    fn count(&mut self, ended: &Result<Done, Stopped>, in_archive: bool) {
        match ended {
            Ok(Done::Extended { .. }) => self.extended += 1,
            Ok(Done::Nothing(_)) => self.lasting += 1,
            Err(Stopped::Sign(SignError::NothingSigned)) if in_archive => {
                self.unsigned += 1;
            }
            Err(_) => self.failed += 1,
        }
    }

    fn missed(&self) -> usize {
        let ended = self.extended + self.lasting + self.unsigned + self.failed;
        self.inputs.saturating_sub(ended)
    }

    /// The line that adds up.
    fn close(&self, ui: &Ui) -> Result<(), Failure> {
        let Self { inputs, extended, lasting, unsigned, failed } = *self;
        if ui.json {
            let row = json!({
                "schema": SCHEMA, "kind": "summary", "inputs": inputs,
                "extended": extended, "lasting": lasting, "unsigned": unsigned,
                "failed": failed, "not_reached": self.missed(),
            });
            return ui.answer(&row.to_string());
        }
        let done = say::cli::extend_done(ui.lang, extended, lasting, unsigned);
        let left = say::cli::extend_left(ui.lang, failed, self.missed());
        ui.answer(&say::cli::extend_tally(ui.lang, inputs, done, left))
    }
}

/// Why a file was not extended.
enum Stopped {
    Sign(SignError),
    Archive(ArchiveError),
}

impl Stopped {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Sign(error) => error.tell(lang),
            Self::Archive(error) => error.tell(lang),
        }
    }

    /// What stopped the signing itself.
    fn signing(&self) -> Option<&SignError> {
        match self {
            Self::Sign(error) => Some(error),
            Self::Archive(_) => None,
        }
    }

    fn failure(&self, lang: Lang) -> Failure {
        match self {
            Self::Sign(error) => signing::failed(error, lang),
            Self::Archive(error) => Failure::told(error, lang),
        }
    }
}

impl From<SignError> for Stopped {
    fn from(error: SignError) -> Self {
        Self::Sign(error)
    }
}

/// Extends one file; a document of an archive becomes a new version there, with an
/// entry of the ledger.
fn raise(
    task: &Task,
    content: Option<&Path>,
    order: &Order<'_>,
    archive: Option<&Archive>,
) -> Result<Done, Stopped> {
    let (Some(archive), Some((dossier, ordinal))) = (archive, &task.document) else {
        let source = Source::open(&task.input).map_err(SignError::Io)?;
        if beside::is_one(&source) {
            let own = detached::read(&task.input)?;
            let content = signed_file(&task.input, content, &own)?;
            let from = (task.input.as_path(), content.as_deref());
            return Ok(detached::extend(from, (&task.output, task.existing), order)?);
        }
        return Ok(extend(&task.input, &task.output, task.existing, order)?);
    };
    // Whether anything is to be done is asked first: most need nothing.
    let source = Source::open(&task.input).map_err(SignError::Io)?;
    let (now, _) = outlook(source, order.password, order.now)?;
    if !order.needs(&now) {
        return Ok(Done::Nothing(now));
    }
    let adding = Adding::Lasting(level(order.stage));
    let signing = Signing { dossier, ordinal: *ordinal, adding, now: order.now };
    let mut made = Done::Nothing(now);
    let filed = archive.sign(&signing, &mut |input, output| {
        made = extend(input, output, Existing::Keep, order)?;
        match made {
            Done::Extended { .. } => Ok(()),
            // Another run was faster: nothing was written, nothing is replaced.
            Done::Nothing(_) => Err(SignError::NothingSigned),
        }
    });
    match (filed, made) {
        (Ok(Ok(()) | Err(SignError::NothingSigned)), made) => Ok(made),
        (Ok(Err(error)), _) => Err(Stopped::Sign(error)),
        (Err(error), _) => Err(Stopped::Archive(error)),
    }
}

/// The one archive that is meant, to be changed in its place.
fn archive_of(
    matches: &ArgMatches,
    paths: &[PathBuf],
    lang: Lang,
) -> Result<Option<Archive>, Failure> {
    let Some(path) = paths.iter().find(|path| is_archive(path)) else { return Ok(None) };
    if paths.len() > 1 || !matches.get_flag("in-place") {
        return Err(Failure::new(say::cli::sign_archive(lang, path.display()))
            .hint(say::cli::hint_extend_archive(lang)));
    }
    let opened = Archive::open(path).map_err(|error| Failure::told(&error, lang))?;
    Ok(Some(opened.0))
}

/// The name of a level.
fn level(stage: Stage) -> &'static str {
    match stage {
        Stage::B => "B",
        Stage::T => "T",
        Stage::Lt => "LT",
        Stage::Lta => "LTA",
    }
}

fn tell(input: &Path, output: &Path, done: &Done, ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    let input = input.display();
    if ui.json {
        let row = match done {
            Done::Nothing(now) => json!({
                "schema": SCHEMA, "kind": "file", "input": input.to_string(),
                "status": "lasts", "level": level(now.stage), "ends": now.ends,
            }),
            Done::Extended { before, after } => json!({
                "schema": SCHEMA, "kind": "file", "input": input.to_string(),
                "output": output.display().to_string(), "status": "extended",
                "level_before": level(before.stage), "level": level(after.stage),
                "ends_before": before.ends, "ends": after.ends,
            }),
        };
        return ui.answer(&row.to_string());
    }
    ui.answer(&match done {
        Done::Nothing(now) => {
            say::cli::extend_nothing(lang, input, level(now.stage), now.ends)
        }
        Done::Extended { before, after } => say::cli::extended(
            lang,
            output.display(),
            level(before.stage),
            level(after.stage),
            after.ends,
        ),
    })
}

fn tell_failed(input: &Path, told: &str, ui: &Ui) -> Result<(), Failure> {
    if ui.json {
        let row = json!({
            "schema": SCHEMA, "kind": "file", "input": input.display().to_string(),
            "status": "failed", "why": told,
        });
        return ui.answer(&row.to_string());
    }
    ui.fail(&Failure::new(say::cli::extend_failed(ui.lang, input.display(), told)));
    Ok(())
}

/// How long the signatures of a file last, or the one that lies beside it.
fn outlook_at(
    file: &Path,
    (content, password): (Option<&Path>, Option<&str>),
    now: Timestamp,
) -> Result<Outlook, SignError> {
    let source = Source::open(file)?;
    if !beside::is_one(&source) {
        return Ok(outlook(source, password, now)?.0);
    }
    let signature = detached::read(file)?;
    let content = signed_file(file, content, &signature)?;
    let content = content.map(|place| Source::open(&place)).transpose()?;
    let imprint = content.as_ref().map(Imprint::whole);
    Ok(detached::outlook(&signature, imprint.as_ref(), now)?.0)
}

/// The file that a signature is about, which must be there.
fn signed_file(
    signature: &Path,
    named: Option<&Path>,
    own: &Beside,
) -> Result<Option<PathBuf>, SignError> {
    match beside::signed_file(signature, named, own) {
        Some(place) if !place.exists() => Err(BesideError::NoContent.into()),
        place => Ok(place),
    }
}

/// Tells what ends when, the first to end first.
fn radar(
    paths: &[PathBuf],
    (content, password): (Option<&Path>, Option<&str>),
    now: Timestamp,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let mut rows: Vec<(Timestamp, PathBuf, Outlook)> = Vec::new();
    let (mut unsigned, mut failed, mut exit) = (0, 0, Exit::Yes);
    for file in verify::files(paths, Kinds::Signed, ui.lang)? {
        match outlook_at(&file, (content, password), now) {
            Ok(outlook) => rows.push((outlook.ends, file, outlook)),
            Err(SignError::NothingSigned) => unsigned += 1,
            Err(error) => {
                failed += 1;
                let is_unread = matches!(error, SignError::Io(_));
                exit = exit.and(if is_unread { Exit::Trouble } else { Exit::No });
                let why = error.tell(ui.lang);
                if ui.json {
                    tell_failed(&file, &why, ui)?;
                } else {
                    let told = say::cli::radar_failed(ui.lang, file.display(), why);
                    ui.fail(&Failure::new(told));
                }
            }
        }
    }
    rows.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    for (ends, file, outlook) in &rows {
        let left = (ends.unix() - now.unix()).div_euclid(DAY);
        let shown = file.display();
        if ui.json {
            let row = json!({
                "schema": "sohoa.radar/1", "kind": "file", "path": shown.to_string(),
                "level": level(outlook.stage), "signatures": outlook.signatures,
                "ends": ends, "days_left": left,
            });
            ui.answer(&row.to_string())?;
        } else {
            let line = say::cli::radar_line(
                ui.lang,
                ends.day().vietnamese(),
                left,
                level(outlook.stage),
                shown,
            );
            let tone = if left < WITHIN { Tone::Care } else { Tone::Plain };
            ui.answer(&ui.paint(&line, tone))?;
        }
    }
    if !ui.json {
        ui.remark(&say::cli::radar_tally(ui.lang, rows.len(), unsigned, failed));
    }
    Ok(exit)
}
