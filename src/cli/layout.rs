//! How commands and flags are declared, and how their help is laid out.
//!
//! clap parses and lays out; every word it would say of its own is replaced,
//! so that help is Vietnamese or English throughout. `locales/help.rs` has the
//! words.

use clap::builder::{EnumValueParser, StyledStr};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum};

use crate::say::help;
use crate::say::{Lang, Text};

/// The words of one command, in help and in its manual page.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// How it is called, after `sohoa`: `archive init`. Empty for `sohoa` itself.
    pub path: &'static str,
    /// What it does, in one line.
    pub about: Text,
    /// What it does, in full; starts with `about`.
    pub long: Text,
    /// How it is typed.
    pub usage: Text,
    /// Examples of use, each a sentence and the line to type.
    pub examples: Text,
}

/// A command with these words and no flags yet.
pub(crate) fn command(words: &Words, lang: Lang) -> Command {
    let name = words.path.rsplit(' ').next().filter(|name| !name.is_empty());
    Command::new(name.unwrap_or("sohoa"))
        .about(words.about.in_lang(lang))
        .long_about(words.long.in_lang(lang))
        .override_usage(words.usage.in_lang(lang))
        .after_long_help(examples(words, lang))
        .help_template(template(lang))
        .subcommand_help_heading(help::COMMANDS.in_lang(lang))
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
}

/// A command that is a choice among others.
pub(crate) fn family<const N: usize>(
    words: &Words,
    members: [Command; N],
    lang: Lang,
) -> Command {
    command(words, lang)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(members)
}

/// A flag that takes no value.
pub(crate) fn flag(name: &'static str, help: Text, lang: Lang) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help.in_lang(lang))
}

/// A flag that takes a value, named `value` in help.
pub(crate) fn option(name: &'static str, value: Text, help: Text, lang: Lang) -> Arg {
    Arg::new(name).long(name).value_name(value.in_lang(lang)).help(help.in_lang(lang))
}

/// A flag that takes one of a few words, which help shows as `words`.
pub(crate) fn choice<T>(
    name: &'static str,
    words: &'static str,
    help: Text,
    lang: Lang,
) -> Arg
where
    T: ValueEnum + Clone + Send + Sync + 'static,
{
    Arg::new(name)
        .long(name)
        .value_name(words)
        .value_parser(EnumValueParser::<T>::new())
        .hide_possible_values(true)
        .help(help.in_lang(lang))
}

/// A value that must stand on the line without a flag before it.
pub(crate) fn positional(name: &'static str, value: Text, help: Text, lang: Lang) -> Arg {
    Arg::new(name)
        .value_name(value.in_lang(lang))
        .help(help.in_lang(lang))
        .help_heading(help::ARGUMENTS.in_lang(lang))
        .required(true)
}

/// The value of `name`, where the command declares it with this type.
pub(crate) fn value<T: Clone + Send + Sync + 'static>(
    matches: &ArgMatches,
    name: &str,
) -> Option<T> {
    matches.get_one::<T>(name).cloned()
}

/// The order of a help page: what it does, how it is typed, the flags.
fn template(lang: Lang) -> StyledStr {
    let heading = heading(help::USAGE, lang);
    format!(
        "{{about-with-newline}}\n{heading}\n  {{usage}}\n\n{{all-args}}{{after-help}}"
    )
    .into()
}

/// The examples under their heading.
fn examples(words: &Words, lang: Lang) -> StyledStr {
    format!("{}\n{}", heading(help::EXAMPLES, lang), words.examples.in_lang(lang)).into()
}

/// A heading as clap writes its own.
fn heading(text: Text, lang: Lang) -> String {
    let style = clap::builder::Styles::default();
    let style = style.get_header();
    format!("{style}{}:{style:#}", text.in_lang(lang))
}
