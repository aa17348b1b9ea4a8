//! `sohoa archive`: the commands about an archive as a whole.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, ValueHint, value_parser};
use serde::Serialize;

pub(crate) mod add;
pub(crate) mod attest;
pub(crate) mod check;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod place;
pub(crate) mod prove;
pub(crate) mod quarantine;
pub(crate) mod reindex;
pub(crate) mod review;
pub(crate) mod runs;
pub(crate) mod set;
pub(crate) mod show;

use crate::archive::code::Scheme;
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang, Sentence};

/// The words of `sohoa archive`.
pub(crate) const WORDS: Words = Words {
    path: "archive",
    about: help::ARCHIVE_ABOUT,
    long: help::ARCHIVE_LONG,
    usage: help::ARCHIVE_USAGE,
    examples: help::ARCHIVE_EXAMPLES,
};

/// The words of `sohoa archive init`.
pub(crate) const INIT_WORDS: Words = Words {
    path: "archive init",
    about: help::ARCHIVE_INIT_ABOUT,
    long: help::ARCHIVE_INIT_LONG,
    usage: help::ARCHIVE_INIT_USAGE,
    examples: help::ARCHIVE_INIT_EXAMPLES,
};

/// `sohoa archive COMMAND`.
pub(crate) fn command(lang: Lang) -> Command {
    let dir = layout::positional("dir", help::VALUE_DIR, help::INIT_DIR, lang)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath);
    let option = |arg: Arg| arg.help_heading(help::OPTIONS.in_lang(lang));
    let agency = layout::option("agency", help::VALUE_AGENCY, help::INIT_AGENCY, lang);
    let name = layout::option("name", help::VALUE_AGENCY_NAME, help::INIT_NAME, lang);
    let scheme = layout::choice::<Scheme>("scheme", "new|old", help::INIT_SCHEME, lang);
    let init = layout::command(&INIT_WORDS, lang)
        .arg(dir)
        .arg(option(agency))
        .arg(option(name))
        .arg(option(scheme));
    layout::family(
        &WORDS,
        [
            init,
            add::command(lang),
            list::command(lang),
            show::command(lang),
            set::command(lang),
            check::command(lang),
            export::command(lang),
            quarantine::command(lang),
            runs::command(lang),
            log::command(lang),
            prove::command(lang),
            attest::command(lang),
            reindex::command(lang),
            review::command(lang),
            import::command(lang),
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
        Some(("init", matches)) => init(matches, around, ui),
        Some(("add", matches)) => add::run(matches, around, ui),
        Some(("list", matches)) => list::run(matches, ui),
        Some(("show", matches)) => show::run(matches, ui),
        Some(("set", matches)) => set::run(matches, around, ui),
        Some(("check", matches)) => check::run(matches, around, ui),
        Some(("runs", matches)) => runs::run(matches, ui),
        Some(("export", matches)) => export::run(matches, around, ui),
        Some(("log", matches)) => log::run(matches, ui),
        Some(("prove", matches)) => prove::run(matches, around, ui),
        Some(("attest", matches)) => attest::run(matches, around, ui),
        Some(("quarantine", matches)) => quarantine::run(matches, around, ui),
        Some(("reindex", matches)) => reindex::run(matches, ui),
        Some(("review", matches)) => review::run(matches, around, ui),
        Some(("import", matches)) => import::run(matches, around, ui),
        Some(_) | None => Err(Failure::new(say::cli::command_missing(ui.lang))),
    }
}

/// Creates an archive. What the line does not give is asked for, where there is
/// a person to ask.
fn init(matches: &ArgMatches, around: &Surroundings, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let dir = layout::value::<PathBuf>(matches, "dir").unwrap_or_default();
    let asks = ui.converses() && Ui::stdin_is_terminal() && !ui.json;
    let given = |name: &str, flag: &str, question: Sentence| match layout::value::<String>(
        matches, name,
    ) {
        Some(value) => Ok(value.trim().to_owned()),
        None if asks => ui.ask(&question(lang)),
        None => Err(Failure::new(say::cli::init_needs(lang, flag))
            .hint(say::cli::hint_init_needs(lang))),
    };
    let agency = given("agency", "--agency", say::cli::ask_agency)?;
    let name = given("name", "--name", say::cli::ask_agency_name)?;
    if name.is_empty() {
        return Err(Failure::new(say::cli::no_agency_name(lang)));
    }
    let scheme = match layout::value::<Scheme>(matches, "scheme") {
        Some(scheme) => scheme,
        None if asks => match ui.ask(&say::cli::ask_scheme(lang))?.as_str() {
            "old" => Scheme::Old,
            _ => Scheme::New,
        },
        None => Scheme::default(),
    };
    let now = around.now(lang)?;
    connect::create_archive(&dir, (&agency, &name), scheme, now, lang)?;
    tell(&dir, &agency, &name, ui)?;
    Ok(Exit::Yes)
}

impl ValueEnum for Scheme {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::New, Self::Old]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Says that the archive is there, and what to do with it.
fn tell(dir: &Path, agency: &str, name: &str, ui: &Ui) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Created<'a> {
        schema: &'static str,
        archive: &'a Path,
        agency: &'a str,
        name: &'a str,
    }
    if ui.json {
        let created =
            Created { schema: "sohoa.archive-init/1", archive: dir, agency, name };
        return ui.answer(&serde_json::to_string(&created).map_err(Failure::new)?);
    }
    let shown = harmless(&dir.to_string_lossy());
    ui.remark(&say::cli::archive_created(ui.lang, &shown, harmless(name)));
    ui.remark(&say::cli::archive_next(ui.lang, shown));
    Ok(())
}
