//! `sohoa ingest`: from flags to a checked plan, and from the plan to an account.

mod choice;
mod paths;
mod plan;
mod values;

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::cli::account::{self, Account};
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::progress::Progress;
use crate::cli::stop;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::cli::watch;
use crate::ingest::outcome::Outcome;
use crate::say::help;
use crate::say::{self, Lang};

pub(crate) use choice::{
    Blank, Collate, Damaged, Done, Existing, Picture, Profile, Reuse, Text, Work,
};
use paths::lies;
pub(crate) use paths::{Source, Target};
pub(crate) use plan::Plan;
use plan::plan;
pub(crate) use values::person;

/// The words of `sohoa ingest`.
pub(crate) const WORDS: Words = Words {
    path: "ingest",
    about: help::INGEST_ABOUT,
    long: help::INGEST_LONG,
    usage: help::INGEST_USAGE,
    examples: help::INGEST_EXAMPLES,
};

/// Names told of files that were no inputs.
const MOST_NAMED: usize = 5;

/// `sohoa ingest SOURCE… (--archive DIR | -o PDF)`.
pub(crate) fn command(lang: Lang) -> Command {
    let sources = layout::positional("sources", help::VALUE_SOURCE, help::SOURCES, lang)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath);
    layout::command(&WORDS, lang)
        .arg(sources)
        .next_help_heading(help::WHERE_TO.in_lang(lang))
        .args(where_to(lang))
        .next_help_heading(help::WATCHING.in_lang(lang))
        .args(watching(lang))
        .next_help_heading(help::READING.in_lang(lang))
        .args(reading(lang))
        .next_help_heading(help::DIFFICULT.in_lang(lang))
        .args(difficult(lang))
}

/// Flags that say where the documents go.
fn where_to(lang: Lang) -> [Arg; 7] {
    let path = |arg: Arg, hint| arg.value_parser(value_parser!(PathBuf)).value_hint(hint);
    [
        path(
            layout::option("archive", help::VALUE_DIR, help::ARCHIVE, lang),
            ValueHint::DirPath,
        ),
        path(
            layout::option("output", help::VALUE_PDF, help::OUTPUT, lang),
            ValueHint::FilePath,
        )
        .short('o'),
        path(
            layout::option("text-out", help::VALUE_FILE, help::TEXT_OUT, lang),
            ValueHint::FilePath,
        ),
        layout::option("dossier", help::VALUE_CODE, help::DOSSIER, lang),
        layout::flag("reuse", help::REUSE, lang).conflicts_with("output"),
        layout::flag("force", help::FORCE, lang),
        layout::flag("dry-run", help::DRY_RUN, lang).short('n'),
    ]
}

/// Flags of a folder that is watched.
fn watching(lang: Lang) -> [Arg; 3] {
    [
        layout::flag("watch", help::WATCH, lang)
            .conflicts_with_all(["output", "dossier", "dry-run"]),
        layout::option("settle", help::VALUE_SECONDS, help::SETTLE, lang)
            .requires("watch"),
        layout::choice::<Done>("done", "keep|move", help::DONE, lang).requires("watch"),
    ]
}

/// Flags that say how pages are read and kept.
fn reading(lang: Lang) -> [Arg; 10] {
    [
        layout::choice::<Profile>("profile", "nd30|luutru|gon", help::PROFILE, lang),
        layout::choice::<Text>("text", "keep|redo|force", help::TEXT, lang),
        layout::option("language", help::VALUE_LANGUAGES, help::LANGUAGE, lang),
        layout::option("dpi", help::VALUE_NUMBER, help::DPI, lang),
        layout::choice::<Blank>("blank", "set-aside|keep", help::BLANK, lang),
        layout::flag("deskew", help::DESKEW, lang),
        layout::flag("careful", help::CAREFUL, lang),
        layout::flag("as-read", help::AS_READ, lang).conflicts_with("careful"),
        layout::option("separator", help::VALUE_TEXT, help::SEPARATOR, lang)
            .value_parser(NonEmptyStringValueParser::new())
            .action(ArgAction::Append),
        layout::choice::<Collate>(
            "collate",
            help::VALUE_ORDER.in_lang(lang),
            help::COLLATE,
            lang,
        ),
    ]
}

/// Flags for files that would otherwise be refused.
fn difficult(lang: Lang) -> [Arg; 5] {
    [
        layout::option("password-file", help::VALUE_FILE, help::PASSWORD_FILE, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        layout::flag("skip-damaged", help::SKIP_DAMAGED, lang),
        layout::option("max-pixels", help::VALUE_NUMBER, help::MAX_PIXELS, lang),
        layout::option("page-timeout", help::VALUE_SECONDS, help::PAGE_TIMEOUT, lang),
        layout::option("not-secret", help::VALUE_PERSON, help::NOT_SECRET, lang)
            .action(ArgAction::Set),
    ]
}

/// Digitises what the line names, and gives account of it.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let plan = plan(matches, lies, ui.lang)?;
    if plan.sources.contains(&Source::Stdin) && Ui::stdin_is_terminal() {
        return Err(Failure::new(say::cli::stdin_is_terminal(ui.lang))
            .hint(say::cli::hint_redirect(ui.lang)));
    }
    let stop = stop::on_request(ui.lang)?;
    if let Some(settle) = plan.watch {
        return watch::run(&plan, settle, around, &stop, ui);
    }
    let each = |outcome: &Outcome| {
        if ui.json
            && let Ok(line) = account::json::document(outcome)
        {
            ui.tell(&line);
        }
    };
    let progress = Progress::new(ui, &stop, &each);
    let ended = connect::ingest(&plan, around, &stop, &progress, ui.lang);
    let elapsed = progress.finish();
    let report = ended?;
    for finding in &report.repaired {
        ui.remark(finding.tell(ui.lang));
    }
    if !report.passed_over.is_empty() {
        ui.insist(&passed_over(&report.passed_over, ui.lang));
    }
    let account = Account {
        outcomes: &report.outcomes,
        summary: report.summary,
        target: &plan.target,
        work: plan.work,
        elapsed,
        interrupted: stop.load(Ordering::Relaxed),
        broken_off: report.ended_by.is_some(),
    };
    give(&account, ui)?;
    match report.ended_by {
        Some(error) => Err(connect::told(&error, ui.lang)),
        None => Ok(account.exit()),
    }
}

/// That files were no inputs, with the names of the first.
fn passed_over(files: &[PathBuf], lang: Lang) -> String {
    let name = |file: &PathBuf| format!("`{}`", harmless(&file.to_string_lossy()));
    let mut names: Vec<_> = files.iter().take(MOST_NAMED).map(name).collect();
    if files.len() > MOST_NAMED {
        names.push("…".to_owned());
    }
    say::cli::passed_over(lang, number::many(files.len(), lang), names.join(", "))
}

/// Gives the account: the closing table, or the last line of JSON.
pub(crate) fn give(account: &Account<'_>, ui: &Ui) -> Result<(), Failure> {
    if ui.json {
        let line = account::json::summary(account).map_err(Failure::new)?;
        ui.tell(&line);
        return Ok(());
    }
    let paint = |text: &str, tone| ui.paint(text, tone);
    let text = account.text(ui.lang, ui.quiet, ui.width(), &paint);
    if text.is_empty() { Ok(()) } else { ui.answer(&text) }
}
