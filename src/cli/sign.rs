//! `sohoa sign`: signatures on one file or ten thousand.
//!
//! One file is signed into a named output; several go into a folder or take the
//! place of their originals. A run that was cut off is simply typed again: a file
//! that already bears this signer's signature, or whose output is there and begins
//! with every byte of the input, is done and counted as such.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use serde_json::{Value, json};

use crate::archive::dossier::Document;
use crate::archive::{Archive, is_archive};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::outputs::{self, Task};
use crate::cli::sign::batch::{Job, Wanted};
use crate::cli::signing::{self, Keys, Stamping};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui};
use crate::cli::verify::Kinds;
use crate::cli::{connect, crew};
use crate::digest::hex;
use crate::pki::{Certificate, oid};
use crate::print::{Faces, font_folders};
use crate::say::help;
use crate::say::{self, Lang};
use crate::sign::dictionary::{Certify, Sayings};
use crate::sign::look::{self, As, Brief};
use crate::sign::pdf::Order;
use crate::sign::queue::Queue;
use crate::sign::vouch::{Known, Sources};
use crate::sign::{Identity, SignError};
use crate::text::fold::bare;
use crate::time::Timestamp;
use crate::verify::level::Stage;

mod batch;

/// The words of `sohoa sign`.
pub(crate) const WORDS: Words = Words {
    path: "sign",
    about: help::SIGN_ABOUT,
    long: help::SIGN_LONG,
    usage: help::SIGN_USAGE,
    examples: help::SIGN_EXAMPLES,
};

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
        .args(outputs::flags(lang))
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
        .arg(signing::level_flag("level", help::SIGN_LEVEL, 0, lang))
        .args(signing::lasting(lang))
        .arg(
            layout::flag("stamp-later", help::SIGN_STAMP_LATER, lang)
                .conflicts_with_all(["detached", "tsa"]),
        )
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

/// Files signed at a time for each core, where nothing is said: each waits for the
/// disk twice, and for the servers of time-stamps.
const EACH_CORE: NonZeroUsize = NonZeroUsize::new(4).unwrap();
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
    let level = signing::stage(matches).unwrap_or(Stage::B);
    let later = matches.get_flag("stamp-later");
    let stage = if later { Stage::B } else { level };
    let detached = matches.get_flag("detached");
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
    let (archive, tasks) = meant(matches, detached, lang)?;
    identity.check(now).map_err(|error| signing::failed(&error, lang))?;
    standing(&identity, &order, ui)?;
    if archive.is_none() {
        outputs::folders(&tasks, lang)?;
    }
    let job = Job {
        order,
        detached,
        many: tasks.len() > 1 || !matches.contains_id("output"),
        wanted: wanted_of(matches),
        later: later.then(|| (word(level), queue(matches, &tasks))),
        jobs: crew::asked(matches, lang)?
            .unwrap_or_else(|| crew::cores().saturating_mul(EACH_CORE)),
    };
    batch::work(&job, &tasks, archive.as_ref(), ui)
}

/// The files meant, or the documents of the archive that is meant.
fn meant(
    matches: &ArgMatches,
    detached: bool,
    lang: Lang,
) -> Result<(Option<Archive>, Vec<Task>), Failure> {
    let Some(path) = archive_of(matches) else {
        return Ok((None, tasks(matches, detached, lang)?));
    };
    let told = |error| Failure::told(&error, lang);
    let (archive, _) = Archive::open(path).map_err(told)?;
    let kind = layout::value::<String>(matches, "type");
    let wanted = |document: &Document| {
        let typed = document.fields.get("TypeName").and_then(Value::as_str);
        let is_it = |kind: &String| typed.is_some_and(|typed| bare(typed) == bare(kind));
        kind.as_ref().is_none_or(is_it)
    };
    let tasks = outputs::documents(&archive, wanted).map_err(told)?;
    Ok((Some(archive), tasks))
}

fn wanted_of(matches: &ArgMatches) -> Wanted {
    match (matches.get_flag("again"), matches.get_flag("unsigned")) {
        (true, _) => Wanted::All,
        (false, true) => Wanted::Unsigned,
        (false, false) => Wanted::Usual,
    }
}

/// A level as the line says it.
fn word(stage: Stage) -> &'static str {
    match stage {
        // `--stamp-later` alone means a time-stamp.
        Stage::B | Stage::T => "t",
        Stage::Lt => "lt",
        Stage::Lta => "lta",
    }
}

/// Where it is noted what is to be stamped later: in the folder that all outputs go
/// into, or the deepest one that they have in common; in an archive, in its root.
fn queue(matches: &ArgMatches, tasks: &[Task]) -> Queue {
    let folder = archive_of(matches).cloned();
    let folder = folder.or_else(|| layout::value::<PathBuf>(matches, "out-dir"));
    let folder = folder.unwrap_or_else(|| {
        let mut folders = tasks.iter().filter_map(|task| task.output.parent());
        let first = folders.next().unwrap_or(Path::new("")).to_owned();
        folders.fold(first, |common, folder| {
            let same = common.components().zip(folder.components());
            let same = same.take_while(|(one, other)| one == other);
            same.map(|(one, _)| one).collect()
        })
    });
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    Queue::of(&folder)
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

/// The files and where each goes.
fn tasks(matches: &ArgMatches, detached: bool, lang: Lang) -> Result<Vec<Task>, Failure> {
    let paths: Vec<PathBuf> =
        matches.get_many::<PathBuf>("paths").unwrap_or_default().cloned().collect();
    if let Some(archive) = paths.iter().find(|path| is_archive(path)) {
        return Err(Failure::new(say::cli::sign_archive(lang, archive.display()))
            .hint(say::cli::hint_archive_in_place(lang)));
    }
    let files = signing::files(&paths, Kinds::Pdf, detached, lang)?;
    outputs::tasks(matches, files, detached.then_some(".p7s"), lang)
}
