//! `sohoa qr code`: gives out the next dossier code, or checks codes.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::archive::{Archive, Code, CodeError, Filing};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::qr::moment;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang, Tell as _};
use crate::time::Timestamp;
use crate::track::due::{self, Term};
use crate::track::reception::{Reception, Terms};

/// The words of `sohoa qr code`.
pub(crate) const WORDS: Words = Words {
    path: "qr code",
    about: help::QR_CODE_ABOUT,
    long: help::QR_CODE_LONG,
    usage: help::QR_CODE_USAGE,
    examples: help::QR_CODE_EXAMPLES,
};

/// Most codes given out at once.
pub(crate) const MOST: usize = 1_000;

/// `sohoa qr code [CODE…]`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| layout::option(name, value, help, lang);
    let codes = layout::positional("codes", help::VALUE_CODE, help::QR_CODE_CODES, lang);
    layout::command(&WORDS, lang)
        .arg(codes.num_args(0..).required(false))
        .arg(place::flag(lang))
        .next_help_heading(help::OPTIONS.in_lang(lang))
        .arg(option("procedure", help::VALUE_PROCEDURE, help::QR_PROCEDURE))
        .arg(option("received", help::VALUE_SPAN, help::QR_RECEIVED))
        .arg(option("days", help::VALUE_NUMBER, help::QR_DAYS))
        .arg(option("count", help::VALUE_NUMBER, help::QR_COUNT))
}

/// Checks the codes named, or gives out new ones.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let typed = matches.get_many::<String>("codes").unwrap_or_default();
    let typed: Vec<&String> = typed.collect();
    if typed.is_empty() {
        return give_out(matches, around, ui);
    }
    for flag in ["procedure", "received", "days", "count"] {
        if layout::value::<String>(matches, flag).is_some() {
            let flag = format!("--{flag}");
            return Err(Failure::new(say::track::check_takes_no_flag(ui.lang, flag)));
        }
    }
    check(&typed, matches, ui)
}

/// A code that was checked.
#[derive(Serialize)]
struct Checked<'a> {
    typed: &'a str,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    older: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// Whether the archive named has or gave out the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Says of each code whether it is one, and how it is spelt.
fn check(typed: &[&String], matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        codes: Vec<Checked<'a>>,
    }
    let lang = ui.lang;
    let is_named = layout::value::<std::path::PathBuf>(matches, "archive").is_some();
    let archive = if is_named { Some(place::consult(matches, ui)?) } else { None };
    let mut codes = Vec::new();
    for typed in typed {
        codes.push(checked(typed, archive.as_ref(), lang)?);
    }
    let is_no = codes.iter().any(|code| !code.valid || code.known == Some(false));
    if ui.json {
        let answer = Answer { schema: "sohoa.qr-check/1", codes };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        for checked in &codes {
            ui.answer(&line(checked, ui))?;
        }
    }
    Ok(if is_no { Exit::No } else { Exit::Yes })
}

/// Checks one code.
fn checked<'a>(
    typed: &'a str,
    archive: Option<&Archive>,
    lang: Lang,
) -> Result<Checked<'a>, Failure> {
    let read: Result<Code, CodeError> = typed.parse();
    let known = match (archive, &read) {
        (Some(archive), Ok(code)) => {
            let known = archive.knows(code);
            Some(known.map_err(|error| place::told(&error, archive, lang))?)
        }
        (Some(_) | None, _) => None,
    };
    let code = read.as_ref().ok();
    Ok(Checked {
        typed,
        valid: code.is_some(),
        code: code.map(Code::canonical),
        older: code.and_then(older),
        day: code.map(|code| code.day().to_string()),
        number: code.map(Code::sequence),
        known,
        reason: read.as_ref().err().map(|error| error.tell(lang)),
    })
}

/// A checked code for people.
fn line(checked: &Checked<'_>, ui: &Ui) -> String {
    let Some(code) = &checked.code else {
        let reason = harmless(checked.reason.as_deref().unwrap_or_default());
        return format!("{}  {reason}", ui.paint(&harmless(checked.typed), Tone::Bad));
    };
    let is_unknown = checked.known == Some(false);
    let note =
        if is_unknown { say::track::check_unknown(ui.lang) } else { String::new() };
    let code = ui.paint(&code.to_string(), Tone::Good);
    let older = checked.older.clone().unwrap_or_default();
    format!("{code}  {older}{note}").trim_end().to_owned()
}

/// The older spelling, where there is room for it.
fn older(code: &Code) -> Option<String> {
    let unit = code.unit().older()?;
    Code::new(unit, code.day(), code.sequence()).ok().map(|code| code.to_string())
}

/// Gives out the next codes and notes when their results are owed.
fn give_out(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Given {
        code: Code,
        older: Option<String>,
        received: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    }
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        codes: Vec<Given>,
    }
    let lang = ui.lang;
    let now = around.now(lang)?;
    let received = moment(matches, "received", now, lang)?.unwrap_or(now);
    let count = count(matches, lang)?;
    let archive = place::open(matches, ui)?;
    let reception = reception(matches, received, &archive, ui)?;
    let mut codes = Vec::new();
    for _ in 0..count {
        let code = allot(&archive, &reception, now)
            .map_err(|error| place::told(&error, &archive, lang))?;
        codes.push(Given { older: older(&code), code, received, due: reception.due });
    }
    if ui.json {
        let answer = Answer { schema: "sohoa.qr-code/1", codes };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(Exit::Yes);
    }
    for given in &codes {
        ui.answer(&given.code.to_string())?;
    }
    if let Some(due) = reception.due {
        let (hour, minute) = due.hour_and_minute();
        let hour = format!("{hour:02}:{minute:02}");
        ui.remark(&say::track::due_at(lang, hour, due.day().vietnamese()));
    }
    Ok(Exit::Yes)
}

/// The next code, its dossier recorded where anything is known of it.
fn allot(
    archive: &Archive,
    reception: &Reception,
    now: Timestamp,
) -> Result<Code, crate::archive::ArchiveError> {
    let day = reception.received.day();
    let code = archive.allocate(day)?;
    if reception.procedure.is_some() || reception.term.is_some() {
        let fields = reception.fields();
        let filing =
            Filing { dossier: Some(code.clone()), day, now, title: None, fields };
        archive.file(filing, Vec::new(), &|| false)?;
    }
    Ok(code)
}

/// What the flags say about a dossier being taken in.
pub(crate) fn reception(
    matches: &ArgMatches,
    received: Timestamp,
    archive: &Archive,
    ui: &Ui,
) -> Result<Reception, Failure> {
    let lang = ui.lang;
    let terms = Terms::of(archive).map_err(|error| Failure::told(&error, lang))?;
    let procedure = layout::value::<String>(matches, "procedure");
    if let Some(code) = procedure.as_ref().filter(|code| !due::is_procedure(code)) {
        return Err(Failure::new(say::cli::value_unknown(lang, code, "--procedure"))
            .hint(say::track::hint_procedure(lang)));
    }
    let known = procedure.as_ref().and_then(|code| terms.procedures.get(code));
    let term = match (days(matches, lang)?, known) {
        (Some(days), _) => Some(Term::Days(days)),
        (None, Some(known)) => Some(known.term),
        (None, None) => None,
    };
    if let (Some(code), None) = (&procedure, term) {
        return Err(Failure::new(say::track::procedure_unknown(lang, code))
            .hint(say::track::hint_procedures(lang, due::PROCEDURES_FILE)));
    }
    let due = match term {
        Some(term) => match term.due(received, &terms.calendar) {
            Some(due) => Some(due),
            None => return Err(Failure::new(say::track::no_due(lang))),
        },
        None => None,
    };
    if let Some(year) = due.map(|due| due.day().year())
        && !terms.calendar.knows(year)
    {
        ui.remark(&say::track::year_unknown(lang, year, due::HOLIDAYS_FILE));
    }
    let name = known.map_or_else(String::new, |known| known.name.clone());
    Ok(Reception { procedure, name, term, received, due })
}

/// Working days the line gives.
fn days(matches: &ArgMatches, lang: Lang) -> Result<Option<u32>, Failure> {
    let Some(typed) = layout::value::<String>(matches, "days") else { return Ok(None) };
    match typed.parse() {
        Ok(days) if (1..=due::MOST_DAYS).contains(&days) => Ok(Some(days)),
        Ok(_) | Err(_) => {
            let most = due::MOST_DAYS;
            Err(Failure::new(say::cli::out_of_range(lang, typed, "--days", 1, most)))
        }
    }
}

/// How many codes are wanted.
fn count(matches: &ArgMatches, lang: Lang) -> Result<usize, Failure> {
    let Some(typed) = layout::value::<String>(matches, "count") else { return Ok(1) };
    match typed.parse() {
        Ok(count) if (1..=MOST).contains(&count) => Ok(count),
        Ok(_) | Err(_) => {
            Err(Failure::new(say::cli::out_of_range(lang, typed, "--count", 1, MOST)))
        }
    }
}
