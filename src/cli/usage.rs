//! What clap could not parse, said in the user's language.
//!
//! clap knows what is wrong and what was probably meant; it says so in English
//! only. Here its findings become a [`Failure`] like every other.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::failure::Failure;
use crate::say::{self, Lang};

/// The failure behind `error`. `path` is what was being typed, such as `sohoa ingest`,
/// and `typed` the command of that name; its help is the last advice.
pub(crate) fn failure(
    error: &clap::Error,
    (path, typed): (&str, &Command),
    lang: Lang,
) -> Failure {
    let failure = Failure::new(sentence(error, lang));
    let failure = match too_early(error, typed) {
        Some(option) => failure.hint(say::cli::hint_after(lang, option, path)),
        None => advice(error, lang).into_iter().fold(failure, Failure::hint),
    };
    failure.hint(say::cli::hint_see_help(lang, path))
}

/// An option of the command that stands before the last of its words, where it is
/// not known yet: `sohoa archive --archive kho list`.
fn too_early(error: &clap::Error, typed: &Command) -> Option<String> {
    if error.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let option = words(error, ContextKind::InvalidArg).into_iter().next()?;
    let name = option.strip_prefix("--")?;
    typed.get_arguments().any(|arg| arg.get_long() == Some(name)).then_some(option)
}

/// What is wrong.
fn sentence(error: &clap::Error, lang: Lang) -> String {
    let context = |kind| words(error, kind).join("`, `");
    let arg = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => {
            say::cli::unknown_option(lang, arg)
        }
        ErrorKind::UnknownArgument => say::cli::unknown_argument(lang, arg),
        ErrorKind::InvalidSubcommand => {
            say::cli::unknown_command(lang, context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => say::cli::value_missing(lang, arg),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            // `--text <keep|redo|force>` is called `--text`.
            say::cli::value_unknown(lang, value, arg.split(' ').next().unwrap_or(&arg))
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => say::cli::value_missing(lang, arg),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            if other.is_empty() || other == arg {
                say::cli::repeated(lang, arg)
            } else {
                say::cli::conflict(lang, arg, other)
            }
        }
        ErrorKind::MissingRequiredArgument => say::cli::required_missing(lang, arg),
        ErrorKind::MissingSubcommand
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say::cli::command_missing(lang)
        }
        ErrorKind::InvalidUtf8 => say::cli::not_utf8(lang),
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::Io
        | ErrorKind::Format
        | _ => say::cli::cannot_parse(lang),
    }
}

/// What was probably meant.
fn advice(error: &clap::Error, lang: Lang) -> Vec<String> {
    let suggested = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let meant =
        suggested.into_iter().find_map(|kind| words(error, kind).into_iter().next());
    if let Some(meant) = meant {
        return vec![say::cli::hint_meant(lang, meant)];
    }
    let valid: Vec<_> = words(error, ContextKind::ValidValue)
        .into_iter()
        .map(|word| format!("`{word}`"))
        .collect();
    if !valid.is_empty() {
        return vec![say::cli::hint_one_of(lang, valid.join(", "))];
    }
    Vec::new()
}

/// The strings clap keeps under `kind`, in its order.
fn words(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        Some(
            ContextValue::None
            | ContextValue::Bool(_)
            | ContextValue::StyledStr(_)
            | ContextValue::StyledStrs(_)
            | ContextValue::Number(_)
            | _,
        )
        | None => Vec::new(),
    }
}
