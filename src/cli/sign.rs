//! `sohoa sign`: signatures on one file or ten thousand.
//!
//! One file is signed into a named output; several go into a folder or take the
//! place of their originals. A run that was cut off is simply typed again: a file
//! that already bears this signer's signature, or whose output is there and begins
//! with every byte of the input, is done and counted as such.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use serde_json::{Value, json};

use crate::archive::store::{self, Existing};
use crate::archive::{Archive, ArchiveError, Signing};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::signing::{self, Keys, Stamping};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui};
use crate::cli::{connect, stop, verify};
use crate::letters::hex;
use crate::pki::{Certificate, oid};
use crate::print::{Faces, font_folders};
use crate::say::help;
use crate::say::{self, Lang};
use crate::sign::look::{self, As, Brief};
use crate::sign::pdf::{self, Order};
use crate::sign::place::{Certify, Sayings};
use crate::sign::vouch::{Known, Sources};
use crate::sign::{Identity, SignError, detached, done};
use crate::text::fold::bare;
use crate::time::Timestamp;
use crate::verify::level::Stage;

/// The words of `sohoa sign`.
pub(crate) const WORDS: Words = Words {
    path: "sign",
    about: help::SIGN_ABOUT,
    long: help::SIGN_LONG,
    usage: help::SIGN_USAGE,
    examples: help::SIGN_EXAMPLES,
};

/// The schema of the JSON rows.
const SCHEMA: &str = "sohoa.sign/1";

/// `sohoa sign FILE…`.
pub(crate) fn command(lang: Lang) -> Command {
    let paths = layout::positional("paths", help::VALUE_PATH, help::SIGN_PATHS, lang)
        .num_args(1..)
        .required_unless_present("list-keys")
        .required(false)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath);
    layout::command(&WORDS, lang)
        .arg(paths)
        .next_help_heading(help::SIGN_PLACES.in_lang(lang))
        .args(signing::places(lang))
        .arg(layout::flag("unsigned", help::SIGN_UNSIGNED, lang))
        .arg(
            layout::option("type", help::VALUE_TEXT, help::SIGN_TYPE, lang)
                .requires("in-place"),
        )
        .arg(layout::flag("again", help::SIGN_AGAIN, lang).conflicts_with("unsigned"))
        .next_help_heading(help::SIGN_KEYS.in_lang(lang))
        .args(signing::keys(lang))
        .arg(layout::flag("list-keys", help::SIGN_LIST_KEYS, lang))
        .next_help_heading(help::SIGN_HOW.in_lang(lang))
        .args(how(lang))
        .next_help_heading(help::SIGN_SEEN.in_lang(lang))
        .args(seen(lang))
        .next_help_heading(help::SIGN_LASTING.in_lang(lang))
        .arg(
            layout::option("level", help::VALUE_LEVEL, help::SIGN_LEVEL, lang)
                .value_parser(signing::LEVELS)
                .hide_possible_values(true),
        )
        .args(signing::lasting(lang))
}

/// Flags that say how the signature is made.
fn how(lang: Lang) -> [Arg; 10] {
    let text = |name, about| layout::option(name, help::VALUE_TEXT, about, lang);
    [
        layout::flag("compat", help::SIGN_COMPAT, lang),
        text("field", help::SIGN_FIELD),
        layout::option("certify", help::VALUE_LEVEL, help::SIGN_CERTIFY, lang)
            .value_parser(["1", "2", "3"])
            .hide_possible_values(true),
        text("reason", help::SIGN_REASON),
        text("location", help::SIGN_LOCATION),
        text("contact", help::SIGN_CONTACT),
        text("name", help::SIGN_NAME),
        layout::flag("strict", help::SIGN_STRICT, lang),
        layout::flag("detached", help::SIGN_DETACHED, lang)
            .conflicts_with_all(["field", "certify", "in-place", "strict"]),
        layout::option("password-file", help::VALUE_FILE, help::SIGN_PASSWORD, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
            .action(ArgAction::Set),
    ]
}

/// Flags that say how the signature looks.
fn seen(lang: Lang) -> [Arg; 5] {
    [
        layout::option("as", help::VALUE_AS, help::SIGN_AS, lang)
            .value_parser(KINDS.map(|(name, _)| name))
            .hide_possible_values(true)
            .conflicts_with("detached"),
        layout::option("agency-name", help::VALUE_TEXT, help::SIGN_AGENCY_NAME, lang),
        layout::option("number", help::VALUE_TEXT, help::SIGN_NUMBER, lang),
        layout::option("image", help::VALUE_FILE, help::SIGN_IMAGE, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        layout::option("image-width", help::VALUE_NUMBER, help::SIGN_IMAGE_WIDTH, lang)
            .value_parser(value_parser!(f64)),
    ]
}

/// What a signature can be.
const KINDS: [(&str, Option<As>); 8] = [
    ("invisible", None),
    ("sao-y", Some(As::TrueCopy)),
    ("sao-luc", Some(As::Recopy)),
    ("trich-sao", Some(As::Extract)),
    ("annex", Some(As::Annex)),
    ("leader", Some(As::Leader)),
    ("agency", Some(As::Agency)),
    ("officer", Some(As::Officer)),
];

/// What the signature is, where it is to be seen.
fn kind(matches: &ArgMatches) -> Option<As> {
    let named = layout::value::<String>(matches, "as")?;
    KINDS.iter().find(|(name, _)| *name == named).and_then(|(_, kind)| *kind)
}

/// How the signature looks, as the line says.
fn brief_of<'a>(
    matches: &ArgMatches,
    kind: As,
    (identity, faces): (&Identity, &'a Faces),
    now: Timestamp,
    lang: Lang,
) -> Result<Brief<'a>, Failure> {
    let subject = identity.certificate.subject();
    let first = |oid| subject.texts(oid).next().map(str::to_owned);
    let named = layout::value::<String>(matches, "agency-name");
    let common = first(oid::COMMON_NAME).unwrap_or_default();
    let agency = match kind {
        As::Leader | As::Officer => first(oid::ORGANIZATION),
        As::TrueCopy | As::Recopy | As::Extract | As::Annex | As::Agency => None,
    };
    let mut picture = None;
    if let Some(path) = layout::value::<PathBuf>(matches, "image") {
        let bytes = fs::read(&path).map_err(|error| {
            Failure::io(say::cli::cannot_read(lang, path.display()), &error, lang)
        })?;
        let read = look::picture(&bytes);
        picture = Some(read.map_err(|error| Failure::new(error.told(lang)))?);
    }
    Ok(Brief {
        kind,
        agency: named.or(agency).unwrap_or_else(|| common.clone()),
        name: common,
        number: layout::value(matches, "number"),
        picture,
        width: layout::value(matches, "image-width"),
        faces,
        now,
    })
}

/// A file and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Task {
    input: PathBuf,
    output: PathBuf,
    existing: Existing,
}

/// How a file ended.
enum Ended {
    Signed {
        added: u64,
        concerns: Vec<crate::sign::lint::Concern>,
    },
    /// It bears this signature already.
    Before,
    /// Somebody signed it, and only files without signatures are wanted.
    LeftOut,
    Failed(SignError),
}

/// Everything that is the same for all files.
struct Job<'a> {
    order: Order<'a>,
    detached: bool,
    /// Whether there may have been an earlier run over the same files.
    many: bool,
    wanted: Wanted,
}

/// Which files of many are signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Those that this signer has not signed.
    Usual,
    /// Those that nobody has signed.
    Unsigned,
    /// All, also once more.
    All,
}

/// Signs what the line names.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let keys = Keys::open(matches, around, ui)?;
    if matches.get_flag("list-keys") {
        return list(&keys.owned(lang)?, now, ui);
    }
    let wanted = layout::value::<String>(matches, "signer");
    let identity = keys.identity(wanted.as_deref(), now, lang)?;
    let stage = signing::stage(matches).unwrap_or(Stage::B);
    let stamping = Stamping::of(matches, around, stage, lang)?;
    let store = signing::data(matches, lang)?;
    let sources = Sources { store: &store, online: stamping.online() };
    let kind = kind(matches);
    let faces = kind.map(|_| faces(around, lang)).transpose()?;
    let brief = kind.zip(faces.as_ref());
    let brief =
        brief.map(|(kind, faces)| brief_of(matches, kind, (&identity, faces), now, lang));
    let brief = brief.transpose()?;
    let sayings = sayings(matches, kind);
    let password = password(matches, lang)?;
    let field = layout::value::<String>(matches, "field");
    let order = Order {
        identity: &identity,
        compat: matches.get_flag("compat"),
        stage,
        sayings: &sayings,
        certify: certify(matches),
        look: brief.as_ref(),
        field: field.as_deref(),
        strict: matches.get_flag("strict"),
        password: password.as_deref(),
        now,
        authorities: stamping.authorities.as_ref(),
        sources: &sources,
    };
    let detached = matches.get_flag("detached");
    if detached && stage > Stage::T {
        return Err(Failure::new(say::cli::sign_detached_level(lang)));
    }
    let archive = archive_of(matches);
    let tasks = match archive {
        Some(_) => Vec::new(),
        None => tasks(matches, detached, lang)?,
    };
    identity.check(now).map_err(|error| signing::failed(&error, lang))?;
    standing(&identity, &order, ui)?;
    let many = tasks.len() > 1 || !matches.contains_id("output");
    let job = Job { order, detached, many, wanted: Wanted::of(matches) };
    match archive {
        Some(path) => {
            let kind = layout::value::<String>(matches, "type");
            in_archive(&job, path, kind.as_deref(), ui)
        }
        None => work(&job, &tasks, verify::jobs(matches, lang)?, ui),
    }
}

impl Wanted {
    fn of(matches: &ArgMatches) -> Self {
        match (matches.get_flag("again"), matches.get_flag("unsigned")) {
            (true, _) => Self::All,
            (false, true) => Self::Unsigned,
            (false, false) => Self::Usual,
        }
    }
}

/// What opens encrypted files.
fn password(matches: &ArgMatches, lang: Lang) -> Result<Option<String>, Failure> {
    let file = layout::value::<PathBuf>(matches, "password-file");
    file.map(|file| connect::password(&file, lang)).transpose()
}

/// The fonts of this machine.
fn faces(around: &Surroundings, lang: Lang) -> Result<Faces, Failure> {
    Faces::find(&font_folders(around.home.as_deref()))
        .map_err(|error| Failure::told(&error, lang).hint(say::cli::hint_font(lang)))
}

/// What the signature says, as the line or the kind of signature has it.
fn sayings(matches: &ArgMatches, kind: Option<As>) -> Sayings {
    let reason = layout::value(matches, "reason");
    Sayings {
        reason: reason.or_else(|| kind.and_then(As::reason).map(str::to_owned)),
        location: layout::value(matches, "location"),
        contact: layout::value(matches, "contact"),
        name: layout::value(matches, "name"),
    }
}

/// The archive whose documents are to be signed in it.
fn archive_of(matches: &ArgMatches) -> Option<&PathBuf> {
    let mut paths = matches.get_many::<PathBuf>("paths")?;
    let only = paths.next().filter(|_| paths.next().is_none())?;
    (is_archive(only) && matches.get_flag("in-place")).then_some(only)
}

fn is_archive(path: &Path) -> bool {
    path.join("sohoa.toml").is_file()
}

/// Signs the documents of an archive, one after the other: each becomes a new
/// version of its dossier and an entry of the ledger.
fn in_archive(
    job: &Job<'_>,
    path: &Path,
    kind: Option<&str>,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let stop = stop::on_request()
        .map_err(|error| Failure::io(say::cli::cannot_stop(lang), &error, lang))?;
    let (archive, _) =
        Archive::open(path).map_err(|error| Failure::told(&error, lang))?;
    let told = |error: &ArchiveError| Failure::told(error, lang);
    let mut tally = Tally::default();
    let signer = job.order.identity.certificate.display_name();
    let listed = archive.list((None, None), usize::MAX).map_err(|error| told(&error))?;
    for row in listed {
        let dossier = archive.dossier(&row.code).map_err(|error| told(&error))?;
        let Some(dossier) = dossier else { continue };
        for document in &dossier.documents {
            let typed = document.fields.get("TypeName").and_then(Value::as_str);
            let wanted = kind
                .is_none_or(|kind| typed.is_some_and(|typed| bare(typed) == bare(kind)));
            if !wanted || !document.file.to_ascii_lowercase().ends_with(".pdf") {
                continue;
            }
            tally.inputs += 1;
            if stop.load(Ordering::Relaxed) {
                continue;
            }
            let input = archive.folder(&dossier.code).join(&document.file);
            let task = Task { output: input.clone(), input, existing: Existing::Keep };
            let signing = Signing {
                dossier: &dossier.code,
                ordinal: document.ordinal,
                signer: &signer,
                now: job.order.now,
            };
            let ended = match before(job, &task) {
                Some(ended) => ended,
                None => {
                    file_signed(&archive, &signing, job).map_err(|error| told(&error))?
                }
            };
            tell(&task, &ended, job, ui)?;
            tally.count(&ended);
        }
    }
    close(&mut tally, ui)?;
    Ok(tally.exit(&stop))
}

/// Signs one document of an archive.
fn file_signed(
    archive: &Archive,
    signing: &Signing<'_>,
    job: &Job<'_>,
) -> Result<Ended, ArchiveError> {
    let mut made = None;
    let done = archive.sign(signing, &mut |input, output| {
        made = Some(pdf::sign(input, output, Existing::Keep, &job.order)?);
        Ok(())
    })?;
    Ok(match (done, made) {
        (Ok(()), Some(made)) => {
            Ended::Signed { added: made.added, concerns: made.concerns }
        }
        (Ok(()), None) => Ended::Before,
        (Err(error), _) => Ended::Failed(error),
    })
}

fn certify(matches: &ArgMatches) -> Option<Certify> {
    match layout::value::<String>(matches, "certify")?.as_str() {
        "1" => Some(Certify::Nothing),
        "3" => Some(Certify::Annotations),
        _ => Some(Certify::Forms),
    }
}

/// Refuses a revoked certificate; says when that could not be told.
fn standing(identity: &Identity, order: &Order<'_>, ui: &Ui) -> Result<(), Failure> {
    let known = order.sources.standing(&identity.certificate, &identity.chain, order.now);
    match known {
        Known::Good => Ok(()),
        Known::Revoked(at) => Err(signing::failed(&SignError::Revoked(at), ui.lang)),
        Known::Unknown => {
            ui.remark(&say::cli::sign_revocation_unknown(ui.lang));
            Ok(())
        }
    }
}

/// The certificates that can be signed with.
fn list(owned: &[Certificate], now: Timestamp, ui: &Ui) -> Result<Exit, Failure> {
    if ui.json {
        let rows: Vec<_> = owned.iter().map(|one| row_of(one, now)).collect();
        let whole = json!({ "schema": "sohoa.keys/1", "keys": rows });
        ui.answer(&whole.to_string())?;
        return Ok(Exit::Yes);
    }
    for one in owned {
        let row = row_of(one, now);
        let fits = row.get("usable").and_then(Value::as_bool) == Some(true);
        let usable = if fits {
            ui.paint(&say::cli::key_usable(ui.lang), Tone::Good)
        } else {
            ui.paint(&say::cli::key_unusable(ui.lang), Tone::Bad)
        };
        let kind = one.key().kind();
        let bits = one.key().bits().unwrap_or(0);
        ui.answer(&say::cli::key_line(
            ui.lang,
            format!("{} · {}", one.display_name(), hex(one.serial())),
            format!("{kind} {bits}"),
            format!("{} – {}", one.not_before(), one.not_after()),
            usable,
        ))?;
    }
    Ok(Exit::Yes)
}

fn row_of(one: &Certificate, now: Timestamp) -> Value {
    use crate::pki::path::{Purpose, unfit};
    let usable = one.is_valid_at(now) && unfit(one, Purpose::Signer).is_none();
    json!({
        "name": one.display_name(),
        "serial": hex(one.serial()),
        "issuer": one.issuer().common(),
        "kind": one.key().kind(),
        "bits": one.key().bits(),
        "from": one.not_before(),
        "until": one.not_after(),
        "sha256": one.sha256().to_string(),
        "usable": usable,
    })
}

/// The files and where each goes, checked before any work.
fn tasks(matches: &ArgMatches, detached: bool, lang: Lang) -> Result<Vec<Task>, Failure> {
    let paths: Vec<PathBuf> =
        matches.get_many::<PathBuf>("paths").unwrap_or_default().cloned().collect();
    let existing = match matches.get_flag("force") {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    if let Some(archive) = paths.iter().find(|path| is_archive(path)) {
        return Err(Failure::new(say::cli::sign_archive(lang, archive.display()))
            .hint(say::cli::hint_archive_in_place(lang)));
    }
    let files = signing::files(&paths, detached, lang)?;
    let beside = |input: &Path| {
        let mut name = input.as_os_str().to_owned();
        name.push(".p7s");
        PathBuf::from(name)
    };
    if let Some(output) = layout::value::<PathBuf>(matches, "output") {
        let [(input, _)] = files.as_slice() else {
            return Err(Failure::new(say::cli::sign_one_output(lang)));
        };
        if signing::same(input, &output) {
            return Err(Failure::new(say::cli::sign_same(lang))
                .hint(say::cli::hint_in_place(lang)));
        }
        return Ok(vec![Task { input: input.clone(), output, existing }]);
    }
    let dir = layout::value::<PathBuf>(matches, "out-dir");
    let in_place = matches.get_flag("in-place");
    if dir.is_none() && !in_place && !detached {
        return Err(Failure::new(say::cli::sign_no_output(lang))
            .hint(say::cli::hint_sign_output(lang)));
    }
    let mut taken = BTreeSet::new();
    let mut tasks = Vec::new();
    for (input, below) in files {
        let (output, existing) = match (&dir, in_place) {
            (Some(dir), _) if detached => (dir.join(beside(&below)), existing),
            (Some(dir), _) => (dir.join(&below), existing),
            (None, true) => (input.clone(), Existing::Replace),
            (None, false) => (beside(&input), existing),
        };
        if !taken.insert(output.clone()) {
            let shown = output.display();
            return Err(Failure::new(say::cli::sign_two_into_one(lang, shown)));
        }
        if dir.is_some() && signing::same(&input, &output) {
            return Err(Failure::new(say::cli::sign_same(lang))
                .hint(say::cli::hint_in_place(lang)));
        }
        tasks.push(Task { input, output, existing });
    }
    Ok(tasks)
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

/// Signs on as many threads as are wanted and tells each as it ends.
fn work(
    job: &Job<'_>,
    tasks: &[Task],
    jobs: NonZeroUsize,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let stop = stop::on_request()
        .map_err(|error| Failure::io(say::cli::cannot_stop(lang), &error, lang))?;
    let folders: BTreeSet<&Path> =
        tasks.iter().filter_map(|task| task.output.parent()).collect();
    for folder in folders.into_iter().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| {
            Failure::io(say::cli::sign_no_folder(lang, folder.display()), &error, lang)
        })?;
        store::sweep(folder);
    }
    let mut tally = Tally { inputs: tasks.len(), ..Tally::default() };
    let mut failure = None;
    let mut told = Ok(());
    each(job, tasks, jobs, &stop, |task, ended| {
        if told.is_ok() {
            told = tell(task, &ended, job, ui);
        }
        tally.count(&ended);
        if let Ended::Failed(error) = ended {
            // Without its token, or with a wrong PIN, nothing else can be signed.
            if matches!(error, SignError::Key(_)) {
                stop.store(true, Ordering::Relaxed);
            }
            failure.get_or_insert(error);
        }
    });
    told?;
    match failure {
        Some(error) if !job.many => return Err(signing::failed(&error, lang)),
        _ => {}
    }
    if job.many {
        close(&mut tally, ui)?;
    }
    Ok(tally.exit(&stop))
}

impl Tally {
    fn count(&mut self, ended: &Ended) {
        match ended {
            Ended::Signed { .. } => self.signed += 1,
            Ended::Before => self.before += 1,
            Ended::LeftOut => self.left_out += 1,
            Ended::Failed(_) => self.failed += 1,
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

/// Hands tasks to threads and what became of them back.
fn each(
    job: &Job<'_>,
    tasks: &[Task],
    jobs: NonZeroUsize,
    stop: &AtomicBool,
    mut hand_out: impl FnMut(&Task, Ended),
) {
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::sync_channel(2 * jobs.get());
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(tasks.len()) {
            let send = send.clone();
            let next = &next;
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(index) else { return };
                    if send.send((task, sign(job, task))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for (task, ended) in receive {
            hand_out(task, ended);
        }
    });
}

fn sign(job: &Job<'_>, task: &Task) -> Ended {
    let order = &job.order;
    if let Some(ended) = before(job, task) {
        return ended;
    }
    let made = if job.detached {
        let authorities = order.authorities.filter(|_| order.stage >= Stage::T);
        let place = (task.output.as_path(), task.existing);
        let who = (order.identity, order.compat);
        detached::sign(&task.input, place, who, authorities, order.now)
            .map(|added| Ended::Signed { added, concerns: Vec::new() })
    } else {
        pdf::sign(&task.input, &task.output, task.existing, order)
            .map(|made| Ended::Signed { added: made.added, concerns: made.concerns })
    };
    made.unwrap_or_else(Ended::Failed)
}

/// How a file ends without being signed: an earlier run did it, or it is not wanted.
fn before(job: &Job<'_>, task: &Task) -> Option<Ended> {
    if !job.many || job.wanted == Wanted::All || job.detached {
        return None;
    }
    let own = &job.order.identity.certificate;
    match done::look(&task.input, &task.output, own, job.order.password) {
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

/// Tells of one file.
fn tell(task: &Task, ended: &Ended, job: &Job<'_>, ui: &Ui) -> Result<(), Failure> {
    use crate::say::Tell as _;
    let lang = ui.lang;
    let input = task.input.display();
    if ui.json {
        let (status, detail) = match ended {
            Ended::Signed { added, concerns } => {
                let concerns: Vec<_> = concerns.iter().map(|c| c.code()).collect();
                ("signed", json!({ "added": added, "concerns": concerns }))
            }
            Ended::Before => ("signed_before", json!({})),
            Ended::LeftOut => ("left_out", json!({})),
            Ended::Failed(error) => ("failed", json!({ "why": error.tell(lang) })),
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
        Ended::Failed(error) if job.many => {
            ui.fail(&Failure::new(say::cli::sign_failed(lang, input, error.tell(lang))));
        }
        Ended::Failed(_) => {}
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
