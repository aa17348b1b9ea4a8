//! `sohoa verify`: whether the signatures of files and folders hold.
//!
//! Files are judged in parallel and told in order. Nothing is fetched unless
//! `--online` allows it: the same files, trust and moment give the same report,
//! byte for byte.

pub(crate) mod beside;
mod bench;
mod chosen;
mod evidence;
mod kept;
mod online;
mod resume;

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::archive::{QUARANTINE, is_archive};
use crate::cli::archive::prove::{self, Asked};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::cli::verdicts::{Format, Paper};
use crate::cli::verify::bench::Bench;
use crate::cli::verify::chosen::Chosen;
use crate::cli::verify::evidence::export_trust;
use crate::cli::verify::kept::Shelf;
use crate::cli::verify::resume::Notes;
use crate::cli::{connect, crew, signing, stop};
use crate::digest::Digest;
use crate::net::Door;
use crate::pki::store::{Item, ItemKind};
use crate::pki::{Store, folder};
use crate::say::help;
use crate::say::{self, Lang};
use crate::sign::key::random;
use crate::time::Timestamp;
use crate::verify::demand::{Demands, stage};
use crate::verify::examine::Terms;
use crate::verify::fetch::Fetcher;
use crate::verify::lasting::PROGRAM;
use crate::verify::report::{FileRow, SCHEMA, TrustRow, indication};
use crate::verify::verdict::Indication;

/// The words of `sohoa verify`.
pub(crate) const WORDS: Words = Words {
    path: "verify",
    about: help::VERIFY_ABOUT,
    long: help::VERIFY_LONG,
    usage: help::VERIFY_USAGE,
    examples: help::VERIFY_EXAMPLES,
};

/// Folders within folders.
const MOST_DEPTH: usize = 64;
/// The roles that can be demanded.
const ROLES: [&str; 3] = ["leader", "agency", "sao-y"];

/// `sohoa verify PATH…`.
pub(crate) fn command(lang: Lang) -> Command {
    let paths = layout::positional("paths", help::VALUE_PATH, help::VERIFY_PATHS, lang)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath);
    layout::command(&WORDS, lang)
        .arg(paths.required(false).required_unless_present("proof"))
        .next_help_heading(help::PROOFS.in_lang(lang))
        .args(proofs(lang))
        .next_help_heading(help::JUDGING.in_lang(lang))
        .args(judging(lang))
        .next_help_heading(help::DEMANDS.in_lang(lang))
        .args(demands_flags(lang))
        .next_help_heading(help::REPORTING.in_lang(lang))
        .args(reporting(lang))
}

/// Flags of proofs from the ledger of an archive.
fn proofs(lang: Lang) -> [Arg; 2] {
    let path = |arg: Arg| {
        arg.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::FilePath)
    };
    [
        path(layout::option("proof", help::VALUE_FILE, help::VERIFY_PROOF, lang))
            .conflicts_with("paths"),
        path(layout::option("key", help::VALUE_FILE, help::PROVE_KEY, lang))
            .requires("proof"),
    ]
}

/// Flags that say what to judge by.
fn judging(lang: Lang) -> [Arg; 8] {
    [
        layout::option("trust", help::VALUE_DIR, help::VERIFY_TRUST, lang)
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath),
        layout::option("at", help::VALUE_TIME, help::VERIFY_AT, lang),
        layout::flag("online", help::VERIFY_ONLINE, lang),
        signing::tls_ca(lang).requires("online"),
        layout::option("policy", help::VALUE_POLICY, help::VERIFY_POLICY, lang)
            .value_hint(ValueHint::FilePath),
        layout::option("password-file", help::VALUE_FILE, help::VERIFY_PASSWORD, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        content(lang),
        layout::flag("all", help::VERIFY_ALL, lang),
    ]
}

/// The flag that names what signatures beside files are about.
pub(crate) fn content(lang: Lang) -> Arg {
    layout::option("content", help::VALUE_PATH, help::VERIFY_CONTENT, lang)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath)
}

/// Flags that demand something.
fn demands_flags(lang: Lang) -> [Arg; 4] {
    [
        layout::flag("require-signed", help::VERIFY_REQUIRE_SIGNED, lang),
        layout::option(
            "require-signer",
            help::VALUE_PERSON,
            help::VERIFY_REQUIRE_SIGNER,
            lang,
        ),
        layout::option(
            "require-roles",
            help::VALUE_ROLES,
            help::VERIFY_REQUIRE_ROLES,
            lang,
        )
        .value_delimiter(',')
        .action(ArgAction::Append),
        signing::level_flag("at-least", help::VERIFY_AT_LEAST, 0, lang),
    ]
}

/// Flags that say how to tell.
fn reporting(lang: Lang) -> [Arg; 6] {
    [
        layout::flag("verbose", help::VERIFY_VERBOSE, lang).short('v'),
        layout::flag("csv", help::VERIFY_CSV, lang)
            .conflicts_with_all(["html", "etsi-xml"]),
        layout::flag("html", help::VERIFY_HTML, lang).conflicts_with("etsi-xml"),
        layout::flag("etsi-xml", help::VERIFY_XML, lang),
        layout::option("resume", help::VALUE_FILE, help::VERIFY_RESUME, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        layout::option("export-evidence", help::VALUE_DIR, help::VERIFY_EXPORT, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::DirPath),
    ]
}

/// What is asked, checked before any work.
struct Plan {
    paths: Vec<PathBuf>,
    trust: Store,
    at: Timestamp,
    policy: Chosen,
    password: Option<String>,
    demands: Demands,
    format: Format,
    evidence: Option<PathBuf>,
    /// What signatures beside files are about, or the folder where that lies.
    content: Option<PathBuf>,
    online: bool,
    jobs: NonZeroUsize,
}

/// Judges what the line names and tells.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    if let Some(proof) = layout::value::<PathBuf>(matches, "proof") {
        return judge_proof(&proof, matches, around, ui);
    }
    let mut plan = plan(matches, around, ui)?;
    let notes = match layout::value::<PathBuf>(matches, "resume") {
        Some(path) => Some(Notes::open(&path, &mut plan, matches.contains_id("at"), ui)?),
        None => None,
    };
    let files = files(&plan.paths, Kinds::Signed, ui.lang)?;
    beside::check(plan.content.as_deref(), &files, ui.lang)?;
    if plan.trust.anchors().is_empty() {
        ui.remark(&say::verify::no_trust(ui.lang));
    }
    work(&plan, notes, &files, (matches, around), ui)
}

/// Judges the files of a plan and tells of each.
fn work(
    plan: &Plan,
    mut notes: Option<Notes>,
    files: &[PathBuf],
    (matches, around): (&ArgMatches, &Surroundings),
    ui: &Ui,
) -> Result<Exit, Failure> {
    let by = (&plan.trust, plan.policy.row());
    let mut paper = Paper::new(plan.format, plan.at, by);
    for line in TrustRow::of(&plan.trust).unchecked(ui.lang) {
        ui.remark(&line);
    }
    let mut exit = Exit::Yes;
    if let Some(dir) = &plan.evidence {
        export_trust(dir, &plan.trust, ui.lang)?;
        plan.policy.export(dir, ui.lang)?;
    }
    let stop = stop::on_request(ui.lang)?;
    paper.begin(ui)?;
    let mut told = Ok(());
    let door = match plan.online {
        true => signing::door(matches, around, ui.lang)?,
        false => Door::default(),
    };
    let ask = online::asker(&door);
    let fetcher = plan.online.then(|| Fetcher::new(&ask, &|| random().ok()));
    let finished = notes.as_mut().map(Notes::take).unwrap_or_default();
    let shelf = plan.shelf(matches, ui);
    let bench =
        Bench { plan, fetcher: fetcher.as_ref(), finished: &finished, shelf: &shelf };
    bench.judge_all(files, &stop, ui, |mut judged| {
        if let (Some(notes), true) = (&mut notes, told.is_ok() && judged.new) {
            told = notes.note(&judged.row, ui.lang);
        }
        shelf.take(&judged.row, (judged.new, judged.until), plan.at);
        plan.demand(&mut judged.row);
        exit = exit.and(exit_of(&judged.row));
        if told.is_ok() {
            told = paper.tell(&judged.row, ui);
        }
        if told.is_err() {
            stop.store(true, Ordering::Relaxed);
        }
    });
    told?;
    let left = files.len() - paper.files();
    paper.end(left, ui)?;
    shelf.close(plan, left == 0, ui.lang)?;
    if left == 0 {
        return Ok(exit);
    }
    ui.insist(&paper.stopped(left, ui.lang));
    ui.insist(&match notes {
        Some(notes) => say::verify::hint_resume(ui.lang, notes.path().display()),
        None if shelf.keeps() => say::verify::hint_kept(ui.lang),
        None => say::verify::hint_keep_notes(ui.lang),
    });
    Ok(exit.and(Exit::Interrupted))
}

/// Judges a proof from a ledger.
fn judge_proof(
    proof: &Path,
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let key = layout::value::<PathBuf>(matches, "key");
    let key = key.map(|key| prove::key(&key, ui.lang)).transpose()?;
    let trust = trust(matches, &[], ui.lang)?;
    let at = moment(matches, around, ui.lang)?;
    let is_trust_named = matches.contains_id("trust");
    let asked = Asked { believed: key.as_ref(), trust: &trust, is_trust_named, at };
    prove::judge(proof, &asked, ui)
}

fn exit_of(row: &FileRow) -> Exit {
    match indication(&row.verdict) {
        None => Exit::Trouble,
        Some(Indication::TotalFailed) => Exit::No,
        Some(Indication::Indeterminate) => Exit::Undecided,
        Some(Indication::TotalPassed) => Exit::Yes,
    }
}

fn plan(matches: &ArgMatches, around: &Surroundings, ui: &Ui) -> Result<Plan, Failure> {
    let lang = ui.lang;
    let paths: Vec<PathBuf> =
        matches.get_many::<PathBuf>("paths").unwrap_or_default().cloned().collect();
    let at = moment(matches, around, lang)?;
    let password = layout::value::<PathBuf>(matches, "password-file");
    let password = password.map(|file| connect::password(&file, lang)).transpose()?;
    let other =
        ["csv", "html", "etsi-xml"].into_iter().find(|form| matches.get_flag(form));
    if let (true, Some(other)) = (ui.json, other) {
        return Err(Failure::new(say::cli::conflict(
            lang,
            "--json",
            format!("--{other}"),
        )));
    }
    if let Some(form) = other
        && let Some(path) = paths.iter().find(|path| is_meant_for(path, form))
    {
        let shown = harmless(&path.to_string_lossy());
        return Err(Failure::new(say::cli::form_is_streamed(lang, form))
            .hint(say::cli::hint_stream_to(lang, shown)));
    }
    let format = if ui.json {
        Format::Json
    } else if matches.get_flag("csv") {
        Format::Csv
    } else if matches.get_flag("html") {
        Format::Html
    } else if matches.get_flag("etsi-xml") {
        Format::EtsiXml
    } else {
        Format::Text { reasons: matches.get_flag("verbose") }
    };
    let policy = Chosen::of(layout::value::<String>(matches, "policy"), lang)?;
    Ok(Plan {
        trust: trust(matches, &paths, lang)?,
        paths,
        at,
        password,
        demands: demands(matches, &policy.demands, lang)?,
        policy,
        format,
        evidence: layout::value::<PathBuf>(matches, "export-evidence"),
        content: layout::value::<PathBuf>(matches, "content"),
        online: matches.get_flag("online"),
        jobs: crew::jobs(matches, lang)?,
    })
}

/// Whether somebody named the file that a report of this form is to become: no file
/// that is there, of the ending of the form.
fn is_meant_for(path: &Path, form: &str) -> bool {
    let ending = path.extension().and_then(OsStr::to_str);
    ending.is_some_and(|ending| form.ends_with(ending)) && !path.exists()
}

/// The moment of judgement: what the line says, or now.
fn moment(
    matches: &ArgMatches,
    around: &Surroundings,
    lang: Lang,
) -> Result<Timestamp, Failure> {
    match layout::value::<String>(matches, "at") {
        None => around.now(lang),
        Some(text) => Timestamp::named(&text)
            .ok_or_else(|| Failure::new(say::verify::bad_time(lang, &text))),
    }
}

/// What is demanded: by the line, and where that says nothing by the policy.
fn demands(
    matches: &ArgMatches,
    policy: &Demands,
    lang: Lang,
) -> Result<Demands, Failure> {
    let mut roles: Vec<String> = matches
        .get_many::<String>("require-roles")
        .unwrap_or_default()
        .map(|role| role.to_ascii_lowercase())
        .collect();
    if let Some(unknown) = roles.iter().find(|role| !ROLES.contains(&role.as_str())) {
        return Err(Failure::new(say::verify::bad_role(lang, unknown)));
    }
    if roles.is_empty() {
        roles.clone_from(&policy.roles);
    }
    let least = layout::value::<String>(matches, "at-least");
    let least = least.map(|level| stage(&level.to_ascii_uppercase()));
    let signer = layout::value::<String>(matches, "require-signer");
    Ok(Demands {
        signed: matches.get_flag("require-signed") || policy.signed,
        signer: signer.or_else(|| policy.signer.clone()),
        at_least: least.or(policy.at_least),
        roles,
    })
}

/// What is trusted: the folders named, or those of the archives to be judged.
pub(crate) fn trust(
    matches: &ArgMatches,
    paths: &[PathBuf],
    lang: Lang,
) -> Result<Store, Failure> {
    let mut named: Vec<PathBuf> =
        matches.get_many::<PathBuf>("trust").unwrap_or_default().cloned().collect();
    if named.is_empty() {
        let own = paths.iter().filter(|path| is_archive(path));
        named.extend(own.map(|path| path.join("trust")).filter(|trust| trust.is_dir()));
    }
    stores(&named, lang)
}

/// Folders of trust as one store.
pub(crate) fn stores(folders: &[PathBuf], lang: Lang) -> Result<Store, Failure> {
    let mut all = Store::default();
    for path in folders {
        let store = folder::open(path).map_err(|error| {
            let path = path.to_string_lossy();
            Failure::io(say::verify::cannot_read_trust(lang, path), &error.error, lang)
        })?;
        // A folder may be empty still; a file is named for what it holds.
        let holds = |item: &Item| item.kind != ItemKind::Unreadable;
        if path.is_file() && !store.items().iter().any(holds) {
            return Err(Failure::new(say::verify::no_trust_in(lang, path.display())));
        }
        all.join(store);
    }
    Ok(all)
}

/// Which files below a folder are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kinds {
    /// PDF files.
    Pdf,
    /// PDF files, and signatures that lie beside others.
    Signed,
}

impl Kinds {
    fn take(self, path: &Path) -> bool {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
            || self == Self::Signed && beside::is_named_so(path)
    }
}

/// The files meant: those named, and those of these kinds below folders named.
pub(crate) fn files(
    paths: &[PathBuf],
    kinds: Kinds,
    lang: Lang,
) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let before = files.len();
        below(path, (kinds, MOST_DEPTH), &mut files).map_err(|error| {
            Failure::io(say::cli::cannot_read(lang, path.display()), &error, lang)
        })?;
        if files.len() == before {
            let told = match kinds {
                Kinds::Pdf => say::verify::no_pdf(lang, path.display()),
                Kinds::Signed => say::verify::nothing_to_judge(lang, path.display()),
            };
            return Err(Failure::new(told));
        }
    }
    Ok(files)
}

/// The files below a folder, in the order of their names; hidden ones are not looked
/// into, nor the quarantine of an archive: what lies there is no document of it.
fn below(
    dir: &Path,
    (kinds, depth): (Kinds, usize),
    files: &mut Vec<PathBuf>,
) -> io::Result<()> {
    let is_kept = is_archive(dir);
    let mut entries = Vec::new();
    for entry in fs::read_dir(dir)? {
        entries.push(entry?);
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        let is_hidden = name.to_string_lossy().starts_with('.');
        if is_hidden || is_kept && name == QUARANTINE {
            continue;
        }
        if entry.file_type()?.is_dir() {
            if depth > 0 {
                below(&path, (kinds, depth - 1), files)?;
            }
        } else if kinds.take(&path) {
            files.push(path);
        }
    }
    Ok(())
}

impl Plan {
    fn terms<'a>(&'a self, trust: &'a Store) -> Terms<'a> {
        let password = self.password.as_deref();
        Terms { trust, at: self.at, policy: self.policy.policy, password }
    }

    /// The archives whose verdicts are kept: those judged at this moment, by what they
    /// and this program know alone.
    fn shelf(&self, matches: &ArgMatches, ui: &Ui) -> Shelf {
        let of_now = !matches.contains_id("at") && !matches.contains_id("resume");
        if !of_now || self.online || self.password.is_some() {
            return Shelf::default();
        }
        // Pictures and evidence are made of what is judged now.
        let needs_all = self.format == Format::Html || self.evidence.is_some();
        Shelf::open(self, !needs_all && !matches.get_flag("all"), ui)
    }

    /// What kept verdicts must answer to: this program, trust and policy.
    fn question(&self) -> Digest {
        let policy = self.policy.row();
        let of_file = policy.sha256.map(|sha256| sha256.to_string());
        let trust = self.trust.digest();
        let name = of_file.unwrap_or(policy.name);
        Digest::of(format!("{SCHEMA} {PROGRAM} {trust} {name}").as_bytes())
    }

    /// Holds a row against what is demanded besides.
    fn demand(&self, row: &mut FileRow) {
        if row.verdict != "unreadable" {
            let unmet = self.demands.unmet(row);
            if !unmet.is_empty() {
                row.verdict = Indication::TotalFailed.word().into();
                row.findings.extend(unmet);
            }
        }
    }
}
