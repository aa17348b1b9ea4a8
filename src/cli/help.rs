//! `sohoa help`: the full help of a command, as `--help` after it gives.

use clap::{ArgMatches, Command};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa help`.
pub(crate) const WORDS: Words = Words {
    path: "help",
    about: help::HELP_ABOUT,
    long: help::HELP_ABOUT,
    usage: help::HELP_USAGE,
    examples: help::HELP_EXAMPLES,
};

/// `sohoa help [COMMAND]...`.
pub(crate) fn command(lang: Lang) -> Command {
    let of = layout::positional("command", help::VALUE_COMMAND, help::HELP_COMMAND, lang);
    layout::command(&WORDS, lang).arg(of.required(false).num_args(0..))
}

/// Shows the help of the named command of `whole`, or of `whole` itself.
pub(crate) fn run(
    matches: &ArgMatches,
    mut whole: Command,
    ui: &Ui,
) -> Result<Exit, Failure> {
    whole.build();
    let mut named = &mut whole;
    for name in matches.get_many::<String>("command").unwrap_or_default() {
        named = named.find_subcommand_mut(name).ok_or_else(|| {
            Failure::new(say::cli::unknown_command(ui.lang, name))
                .hint(say::cli::hint_see_help(ui.lang, "sohoa"))
        })?;
    }
    let help = named.render_long_help();
    ui.answer(&ui.styled(&help))?;
    Ok(Exit::Yes)
}
