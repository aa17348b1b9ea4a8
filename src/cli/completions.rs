//! `sohoa completions`: the flags, told to a shell.

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::ui::Ui;
use crate::say::Lang;
use crate::say::help;

/// The words of `sohoa completions`.
pub(crate) const WORDS: Words = Words {
    path: "completions",
    about: help::COMPLETIONS_ABOUT,
    long: help::COMPLETIONS_LONG,
    usage: help::COMPLETIONS_USAGE,
    examples: help::COMPLETIONS_EXAMPLES,
};

/// `sohoa completions SHELL`.
pub(crate) fn command(lang: Lang) -> Command {
    layout::command(&WORDS, lang).arg(
        Arg::new("shell")
            .value_name("bash|zsh|fish|elvish|powershell")
            .value_parser(value_parser!(Shell))
            .hide_possible_values(true)
            .help(help::SHELL.in_lang(lang))
            .help_heading(help::ARGUMENTS.in_lang(lang))
            .required(true),
    )
}

/// Prints the completions of `whole`, the command line they are about.
pub(crate) fn run(
    matches: &ArgMatches,
    mut whole: Command,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    if let Some(shell) = layout::value::<Shell>(matches, "shell") {
        clap_complete::generate(shell, &mut whole, "sohoa", &mut script);
    }
    ui.answer_bytes(&script)?;
    Ok(Exit::Yes)
}
