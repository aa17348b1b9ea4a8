//! `sohoa qr slip CODE`: prints the slip a citizen takes home.

use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgMatches, Command, ValueEnum, ValueHint, value_parser};

use crate::archive::{Archive, Code, Filing};
use crate::cli::archive::{place, show};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::qr::{code, faces, moment, payload_in, sheet};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::Timestamp;
use crate::track::reception::Reception;
use crate::track::secret;
use crate::track::slip::{Particulars, Slip};

/// The words of `sohoa qr slip`.
pub(crate) const WORDS: Words = Words {
    path: "qr slip",
    about: help::QR_SLIP_ABOUT,
    long: help::QR_SLIP_LONG,
    usage: help::QR_SLIP_USAGE,
    examples: help::QR_SLIP_EXAMPLES,
};

/// Longest file of particulars that is read.
const MOST_PARTICULARS: u64 = 1 << 20;
/// The field that notes when the slip was printed.
const PRINTED: &str = "slip_printed_at";
/// Seconds from the first page or the receipt to the slip that an office aims
/// at: five minutes.
const TARGET_SECONDS: i64 = 300;

/// The paper of a slip.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Paper {
    /// A4.
    #[default]
    A4,
    /// A5.
    A5,
}

impl ValueEnum for Paper {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::A4, Self::A5]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::A4 => "a4",
            Self::A5 => "a5",
        }))
    }
}

/// `sohoa qr slip CODE -o PDF`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| layout::option(name, value, help, lang);
    let path = |arg: clap::Arg| {
        arg.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::FilePath)
    };
    layout::command(&WORDS, lang)
        .arg(layout::positional("code", help::VALUE_CODE, help::SHOW_CODE, lang))
        .next_help_heading(help::WHERE_TO.in_lang(lang))
        .arg(
            path(option("output", help::VALUE_PDF, help::QR_PRINT_OUT))
                .short('o')
                .required(true),
        )
        .arg(layout::flag("force", help::FORCE, lang))
        .arg(place::flag(lang))
        .next_help_heading(help::OPTIONS.in_lang(lang))
        .arg(path(option("data", help::VALUE_FILE, help::QR_SLIP_DATA)))
        .arg(layout::choice::<Paper>("paper", "a4|a5", help::QR_SLIP_PAPER, lang))
        .arg(option("procedure", help::VALUE_PROCEDURE, help::QR_PROCEDURE))
        .arg(option("received", help::VALUE_SPAN, help::QR_RECEIVED))
        .arg(option("days", help::VALUE_NUMBER, help::QR_DAYS))
}

/// Prints the slip and notes in the dossier when.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let code = show::code(matches, lang)?;
    let particulars = particulars(matches, lang)?;
    let archive = place::open(matches, ui)?;
    let told = |error| place::told(&error, &archive, lang);
    if !archive.knows(&code).map_err(told)? {
        return Err(Failure::new(say::track::never_given(lang, &code))
            .hint(say::track::hint_give_out(lang)));
    }
    let reception = reception(matches, &code, &archive, now, ui)?;
    let secret = secret::look_up(&archive.secret().map_err(told)?, &code);
    let payload = payload_in(&code, Some(&archive), lang)?;
    let paper = layout::value::<Paper>(matches, "paper").unwrap_or_default();
    let slip = Slip {
        code: &code,
        payload: &payload,
        secret: &secret,
        agency: &archive.settings().agency_name,
        reception: &reception,
        particulars: &particulars,
        is_small: paper == Paper::A5,
    };
    let sheets = slip.print(&faces(around, lang)?);
    let title = say::track::title_slip(Lang::Vi, &code);
    let exit = sheet::write(&sheets, &title, matches, around, ui)?;
    let seconds = note(&archive, &code, &reception, now, lang)?;
    if seconds > TARGET_SECONDS {
        ui.remark(&say::track::slip_late(lang, seconds / 60, TARGET_SECONDS / 60));
    }
    Ok(exit)
}

/// When the dossier came and is owed: what its record says, or the flags.
fn reception(
    matches: &ArgMatches,
    code: &Code,
    archive: &Archive,
    now: Timestamp,
    ui: &Ui,
) -> Result<Reception, Failure> {
    let lang = ui.lang;
    let flags = ["procedure", "received", "days"];
    let is_told =
        flags.iter().any(|flag| layout::value::<String>(matches, flag).is_some());
    let dossier =
        archive.dossier(code).map_err(|error| place::told(&error, archive, lang))?;
    let known = dossier.as_ref().and_then(Reception::of);
    match known {
        Some(known) if !is_told => Ok(known),
        known => {
            let received = moment(matches, "received", now, lang)?;
            let received = received.or(known.map(|known| known.received)).unwrap_or(now);
            if received.day() != code.day() {
                let (day, on) = (received.day().vietnamese(), code.day().vietnamese());
                return Err(Failure::new(say::track::other_day(lang, code, on, day)));
            }
            code::reception(matches, received, archive, ui)
        }
    }
}

/// What the person at the counter said, from a file or standard input.
fn particulars(matches: &ArgMatches, lang: Lang) -> Result<Particulars, Failure> {
    let Some(file) = layout::value::<PathBuf>(matches, "data") else {
        return Ok(Particulars::default());
    };
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        io::stdin().lock().take(MOST_PARTICULARS).read_to_string(&mut text)
    } else {
        fs::File::open(&file)
            .and_then(|file| file.take(MOST_PARTICULARS).read_to_string(&mut text))
    };
    read.map_err(|error| {
        Failure::io(say::cli::cannot_read(lang, file.display()), &error, lang)
    })?;
    let said: Particulars = serde_json::from_str(&text).map_err(|error| {
        // The parser's own words could repeat what a person said.
        let (line, column) = (error.line(), error.column());
        Failure::new(say::track::bad_particulars(lang, file.display(), line, column))
            .hint(say::track::hint_particulars(lang))
    })?;
    if said.is_printable() {
        return Ok(said);
    }
    Err(Failure::new(say::track::long_particulars(lang, file.display())))
}

/// Notes in the dossier that the slip was printed, and says how many seconds
/// after the first page or the receipt.
fn note(
    archive: &Archive,
    code: &Code,
    reception: &Reception,
    now: Timestamp,
    lang: Lang,
) -> Result<i64, Failure> {
    let told = |error| place::told(&error, archive, lang);
    let dossier = archive.dossier(code).map_err(told)?;
    let mut fields = match &dossier {
        Some(dossier) => {
            let mut fields = reception.fields();
            fields.retain(|name, _| !dossier.fields.contains_key(name));
            fields
        }
        None => reception.fields(),
    };
    let first_page = dossier.iter().flat_map(|d| &d.documents).map(|d| d.added).min();
    let began =
        first_page.map_or(reception.received, |page| page.min(reception.received));
    let seconds = now.unix().saturating_sub(began.unix());
    fields.insert(PRINTED.to_owned(), now.to_string().into());
    fields.insert("slip_seconds".to_owned(), seconds.into());
    let filing =
        Filing { dossier: Some(code.clone()), day: code.day(), now, title: None, fields };
    archive.file(filing, Vec::new(), &|| false).map_err(told)?;
    Ok(seconds)
}
