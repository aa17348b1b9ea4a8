//! The flags every command takes.

use std::ffi::OsString;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum};

use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Colour, Ui};
use crate::say::help;
use crate::say::{self, Lang};

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Vi, Self::En]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Vi => "vi",
            Self::En => "en",
        }))
    }
}

impl ValueEnum for Colour {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }))
    }
}

/// The order of the flag that stands last under its heading.
const LAST: usize = 900;

/// Adds the common flags to the whole command line.
pub(crate) fn with_common_flags(command: Command, lang: Lang) -> Command {
    let common = |arg: Arg, order| {
        arg.global(true)
            .help_heading(help::COMMON_OPTIONS.in_lang(lang))
            .display_order(LAST - order)
    };
    command
        .arg(common(layout::choice::<Lang>("lang", "vi|en", help::LANG, lang), 9))
        .arg(common(layout::flag("json", help::JSON, lang), 8))
        .arg(common(layout::flag("quiet", help::QUIET, lang).short('q'), 7))
        .arg(common(
            layout::choice::<Colour>("color", "auto|always|never", help::COLOR, lang),
            6,
        ))
        .arg(common(
            layout::option("jobs", help::VALUE_NUMBER, help::JOBS, lang).short('j'),
            5,
        ))
        .arg(common(
            Arg::new("help")
                .long("help")
                .short('h')
                .action(ArgAction::Help)
                .help(help::HELP.in_lang(lang)),
            1,
        ))
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(help::VERSION.in_lang(lang))
                .help_heading(help::COMMON_OPTIONS.in_lang(lang))
                .display_order(LAST),
        )
}

/// The channels, as far as they must be known before the line is parsed: an
/// error in the line is already told in the right language and colour.
pub(crate) fn first_ui(args: &[OsString], around: &Surroundings) -> Ui {
    let lang = early(args, "--lang").unwrap_or(around.lang);
    let colour = early(args, "--color").unwrap_or_default();
    Ui::new(lang, colour, around.plain)
}

/// Completes the channels with what the parsed line says.
pub(crate) fn complete(ui: &mut Ui, matches: &ArgMatches) {
    ui.json = matches.get_flag("json");
    ui.quiet = matches.get_flag("quiet");
}

/// Options that name what is written, in whichever command.
const WRITTEN: [&str; 6] = ["output", "out-dir", "into", "text-out", "to", "html"];
/// The command whose answer can be bytes, so that `-` is its stream.
const STREAMS: &str = "report";

/// Refuses `-` as the name of what is written: files take their place whole or not at
/// all, which a stream cannot, and one called `-` is hard to get rid of.
pub(crate) fn names_outputs(matches: &ArgMatches, lang: Lang) -> Result<(), Failure> {
    let mut at = matches;
    while let Some((name, below)) = at.subcommand() {
        if name == STREAMS {
            return Ok(());
        }
        at = below;
    }
    let is_stream = |option: &str| {
        let raw = at.try_get_raw(option).ok().flatten();
        raw.is_some_and(|mut values| values.any(|value| value == "-"))
    };
    match WRITTEN.into_iter().find(|option| is_stream(option)) {
        Some(option) => Err(Failure::new(say::cli::not_on_stdout(lang, option))),
        None => Ok(()),
    }
}

/// The last valid value given to `name` before a bare `--`.
fn early<T: ValueEnum>(args: &[OsString], name: &str) -> Option<T> {
    let words: Vec<_> = args
        .iter()
        .map(|arg| arg.to_string_lossy())
        .take_while(|arg| arg != "--")
        .collect();
    let after = words.windows(2).filter_map(|pair| match pair {
        [flag, value] if flag == name => Some(value.as_ref()),
        _ => None,
    });
    let joined =
        words.iter().filter_map(|word| word.strip_prefix(name)?.strip_prefix('='));
    after.chain(joined).filter_map(|value| T::from_str(value, false).ok()).next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(line: &str) -> Option<Lang> {
        let args: Vec<_> = line.split(' ').map(OsString::from).collect();
        early(&args, "--lang")
    }

    #[test]
    fn the_language_is_known_before_the_line_is_parsed() {
        assert_eq!(lang("sohoa ingest --nonsense --lang en"), Some(Lang::En));
        assert_eq!(lang("sohoa --lang=en ingest"), Some(Lang::En));
        assert_eq!(lang("sohoa --lang fr"), None);
        assert_eq!(lang("sohoa ingest -- --lang en"), None);
    }
}
