//! `sohoa qr`: tracking codes on paper and in files.

use clap::{ArgMatches, Command};

use crate::archive::address::Address;
use crate::archive::{Archive, Code};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::print::{Faces, font_folders};
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::{Day, Timestamp};
use crate::track::payload::{Known, Payload};
use crate::track::secret;

pub(crate) mod code;
mod codes;
pub(crate) mod publish;
pub(crate) mod read;
pub(crate) mod selftest;
pub(crate) mod sheet;
pub(crate) mod slip;
pub(crate) mod stamp;
pub(crate) mod status;

/// The words of `sohoa qr`.
pub(crate) const WORDS: Words = Words {
    path: "qr",
    about: help::QR_ABOUT,
    long: help::QR_LONG,
    usage: help::QR_USAGE,
    examples: help::QR_EXAMPLES,
};

/// `sohoa qr COMMAND`.
pub(crate) fn command(lang: Lang) -> Command {
    layout::family(
        &WORDS,
        [
            code::command(lang),
            slip::command(lang),
            stamp::command(lang),
            sheet::command(lang),
            read::command(lang),
            selftest::command(lang),
            status::command(lang),
            publish::command(lang),
        ],
        lang,
    )
}

/// Carries out the command the line names.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("code", matches)) => code::run(matches, around, ui),
        Some(("slip", matches)) => slip::run(matches, around, ui),
        Some(("stamp", matches)) => stamp::run(matches, around, ui),
        Some(("sheet", matches)) => sheet::run(matches, around, ui),
        Some(("status", matches)) => status::run(matches, around, ui),
        Some(("publish", matches)) => publish::run(matches, around, ui),
        Some(("selftest", matches)) => selftest::run(matches, ui),
        Some(("read", matches)) => read::run(matches, around, ui),
        Some(_) | None => Err(Failure::new(say::cli::command_missing(ui.lang))),
    }
}

/// The faces to print with.
pub(crate) fn faces(around: &Surroundings, lang: Lang) -> Result<Faces, Failure> {
    Faces::find(&font_folders(around.home.as_deref()))
        .map_err(|error| Failure::told(&error, lang))
}

/// What a code on paper says of a dossier: the address of the look-up page, by
/// `address` or by the archive's settings, or the bare code.
pub(crate) fn payload_of(
    code: &Code,
    address: Option<&Address>,
    archive: Option<&Archive>,
    lang: Lang,
) -> Result<String, Failure> {
    match address {
        Some(address) if address.has_key() => match archive {
            Some(archive) => Ok(address.of(code, &key(code, archive, lang)?)),
            None => Err(Failure::new(say::track::key_needs_archive(lang))),
        },
        Some(address) => Ok(address.of(code, "")),
        None => payload_in(code, archive, lang),
    }
}

/// What a code on paper says of a dossier of an archive.
pub(crate) fn payload_in(
    code: &Code,
    archive: Option<&Archive>,
    lang: Lang,
) -> Result<String, Failure> {
    let address = archive.and_then(|archive| archive.settings().look_up.as_ref());
    match (archive, address) {
        (Some(archive), Some(address)) if address.has_key() => {
            Ok(address.of(code, &key(code, archive, lang)?))
        }
        (_, Some(address)) => Ok(address.of(code, "")),
        (_, None) => Ok(code.to_string()),
    }
}

/// The name of the published page of a dossier.
fn key(code: &Code, archive: &Archive, lang: Lang) -> Result<String, Failure> {
    let secret = archive.secret().map_err(|error| place::told(&error, archive, lang))?;
    Ok(secret::page(&secret, code))
}

/// Refuses to put on paper what looks like personal data: the code of a
/// citizen's card, or its number.
pub(crate) fn refuse_personal(payload: &str, lang: Lang) -> Result<(), Failure> {
    /// Digits of the number of a citizen's card.
    const CARD_DIGITS: usize = 12;
    let is_card = Payload::read(payload.as_bytes(), &Known::default()) == Payload::Card;
    let mut runs = payload.split(|c: char| !c.is_ascii_digit());
    if is_card || runs.any(|run| run.len() == CARD_DIGITS) {
        return Err(Failure::new(say::track::personal(lang)));
    }
    Ok(())
}

/// The moment a flag names, as people type it: `2026-07-16T09:30+07:00`,
/// `16/07/2026 09:30`, or `09:30` for today. One that is still to come is
/// refused: nothing is received before it arrives.
pub(crate) fn moment(
    matches: &ArgMatches,
    flag: &str,
    now: Timestamp,
    lang: Lang,
) -> Result<Option<Timestamp>, Failure> {
    let Some(typed) = layout::value::<String>(matches, flag) else { return Ok(None) };
    let name = format!("--{flag}");
    let Some(moment) = moment_typed(&typed, now) else {
        return Err(Failure::new(say::cli::value_unknown(lang, typed, name))
            .hint(say::track::hint_moment(lang)));
    };
    if moment > now {
        return Err(Failure::new(say::track::moment_to_come(lang, typed, name)));
    }
    Ok(Some(moment))
}

/// The moment a text names.
fn moment_typed(typed: &str, now: Timestamp) -> Option<Timestamp> {
    let typed = typed.trim();
    if let Some(moment) = Timestamp::read(typed) {
        return Some(moment);
    }
    let (day, time) = match typed.split_once([' ', 'T']) {
        Some((day, time)) => (Day::typed(day)?, time.trim()),
        None => (now.day(), typed),
    };
    let (hour, minute) = time.split_once([':', 'h'])?;
    Timestamp::at(day, hour.parse().ok()?, minute.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_people_type_it() {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let expected = Timestamp::read("2026-07-16T09:05:00+07:00");
        for typed in
            ["2026-07-16T09:05:00+07:00", "16/7/2026 9:05", "9h05", "2026-07-16T09:05"]
        {
            assert_eq!(moment_typed(typed, now), expected, "{typed}");
        }
        for none in ["31/02/2026 9:05", "25:00", "9", "", "hôm nay"] {
            assert_eq!(moment_typed(none, now), None, "{none}");
        }
    }
}
