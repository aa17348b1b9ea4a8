//! `sohoa qr`: tracking codes on paper and in files.

use clap::{ArgMatches, Command};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::{Day, Timestamp};

pub(crate) mod code;
pub(crate) mod read;

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
    layout::command(&WORDS, lang)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(code::command(lang))
        .subcommand(read::command(lang))
}

/// Carries out the command the line names.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    match matches.subcommand() {
        Some(("code", matches)) => code::run(matches, around, ui),
        Some(("read", matches)) => read::run(matches, ui),
        Some(_) | None => Err(Failure::new(say::cli::command_missing(ui.lang))),
    }
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
