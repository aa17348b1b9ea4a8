//! `sohoa report KIND [DIR]…`: the figures an office owes, from its archive.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, ValueHint, value_parser};

mod show;
mod sums;
mod work;

use crate::archive::settings::reporting::Campaign;
use crate::archive::store::{self, Existing};
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::find::day;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::report::build::Kind;
use crate::report::demand::Demand;
use crate::report::paper::Signing;
use crate::report::scope::{Period, Scope};
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::{Day, Timestamp};

/// The words of `sohoa report`.
pub(crate) const WORDS: Words = Words {
    path: "report",
    about: help::REPORT_ABOUT,
    long: help::REPORT_LONG,
    usage: help::REPORT_USAGE,
    examples: help::REPORT_EXAMPLES,
};

/// What stands in the place of a kind for tables of others.
const SUMS: &str = "sums";

impl ValueEnum for Period {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Week, Self::Month, Self::Quarter, Self::Year]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }))
    }
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people at a terminal.
    #[default]
    Text,
    /// For scripts.
    Json,
    /// For spreadsheets and other systems.
    Csv,
    /// A workbook.
    Xlsx,
    /// A page.
    Html,
    /// An administrative paper.
    Pdf,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Text, Self::Json, Self::Csv, Self::Xlsx, Self::Html, Self::Pdf]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Html => "html",
            Self::Pdf => "pdf",
        }))
    }
}

/// `sohoa report KIND [DIR]…`.
pub(crate) fn command(lang: Lang) -> Command {
    let kind = layout::positional("kind", help::VALUE_KIND, help::REPORT_KIND, lang)
        .value_parser(PossibleValuesParser::new(
            Kind::ALL.into_iter().map(Kind::name).chain([SUMS]),
        ))
        .hide_possible_values(true)
        .display_order(0);
    let dirs = layout::positional("dirs", help::VALUE_DIR, help::REPORT_DIRS, lang)
        .required(false)
        .num_args(0..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath);
    layout::command(&WORDS, lang)
        .arg(kind)
        .arg(dirs)
        .next_help_heading(help::SCOPE.in_lang(lang))
        .args(scope_flags(lang))
        .next_help_heading(help::DEMANDS.in_lang(lang))
        .args(demand_flags(lang))
        .next_help_heading(help::REPORTING.in_lang(lang))
        .args(form_flags(lang))
}

/// Flags that say what the report is about.
fn scope_flags(lang: Lang) -> [Arg; 10] {
    [
        layout::option("from", help::VALUE_DAY, help::REPORT_FROM, lang),
        layout::option("to", help::VALUE_DAY, help::REPORT_TO, lang),
        layout::choice::<Period>(
            "period",
            "week|month|quarter|year",
            help::REPORT_PERIOD,
            lang,
        )
        .conflicts_with("to"),
        layout::option("campaign", help::VALUE_WORD, help::REPORT_CAMPAIGN, lang)
            .conflicts_with_all(["from", "to", "period"]),
        layout::option("unit", help::VALUE_WORD, help::REPORT_UNIT, lang),
        layout::option("officer", help::VALUE_WORD, help::REPORT_OFFICER, lang),
        layout::option("procedure", help::VALUE_WORD, help::REPORT_PROCEDURE, lang),
        layout::flag("compare", help::REPORT_COMPARE, lang),
        layout::flag("roll-up", help::REPORT_ROLL_UP, lang),
        layout::option("trust", help::VALUE_DIR, help::VERIFY_TRUST, lang)
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath),
    ]
}

/// Flags for jobs.
fn demand_flags(lang: Lang) -> [Arg; 3] {
    [
        layout::option("require", help::VALUE_DEMAND, help::REPORT_REQUIRE, lang)
            .action(ArgAction::Append),
        layout::flag("list-missing", help::REPORT_LIST_MISSING, lang),
        layout::flag("freeze", help::REPORT_FREEZE, lang),
    ]
}

/// Flags that say how to tell.
fn form_flags(lang: Lang) -> [Arg; 7] {
    let words = "text|json|csv|xlsx|html|pdf";
    [
        layout::choice::<Format>("format", words, help::REPORT_FORMAT, lang),
        layout::option("output", help::VALUE_FILE, help::REPORT_OUTPUT, lang)
            .short('o')
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        layout::flag("force", help::REPORT_FORCE, lang),
        layout::option("table", help::VALUE_WORD, help::REPORT_TABLE, lang),
        layout::option("place", help::VALUE_WORD, help::REPORT_PLACE, lang),
        layout::option("position", help::VALUE_WORD, help::REPORT_POSITION, lang)
            .action(ArgAction::Append),
        layout::option("signer", help::VALUE_PERSON, help::REPORT_SIGNER, lang),
    ]
}

/// What is asked, checked before any work.
#[derive(Debug)]
pub(crate) struct Plan {
    kind: Kind,
    dirs: Vec<PathBuf>,
    scope: Scope,
    campaign: Option<String>,
    compare: bool,
    demands: Vec<Demand>,
    list_missing: bool,
    freeze: bool,
    format: Format,
    output: Option<PathBuf>,
    existing: Existing,
    table: Option<String>,
    signing: Signing,
    now: Timestamp,
}

/// Makes the report and tells it.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    if layout::value::<String>(matches, "kind").as_deref() == Some(SUMS) {
        return sums::run(matches, ui);
    }
    let plan = plan(matches, around, ui)?;
    work::run(&plan, matches, around, ui)
}

fn plan(matches: &ArgMatches, around: &Surroundings, ui: &Ui) -> Result<Plan, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let name = layout::value::<String>(matches, "kind").unwrap_or_default();
    let named = |kind: &Kind| kind.name() == name;
    let kind = Kind::ALL.into_iter().find(named).unwrap_or(Kind::Paperless);
    let mut dirs: Vec<PathBuf> =
        matches.get_many::<PathBuf>("dirs").unwrap_or_default().cloned().collect();
    if dirs.is_empty() {
        dirs.push(PathBuf::from("."));
    }
    if dirs.len() > 1 && !matches.get_flag("roll-up") {
        return Err(Failure::new(say::report::many_archives(lang))
            .hint(say::report::hint_roll_up(lang)));
    }
    let campaign = layout::value::<String>(matches, "campaign");
    if campaign.is_some() && kind != Kind::Campaign {
        return Err(Failure::new(say::report::campaign_elsewhere(lang)));
    }
    let freeze = matches.get_flag("freeze");
    if freeze && dirs.len() > 1 {
        return Err(Failure::new(say::report::freeze_many(lang)));
    }
    let format = format(matches, ui)?;
    let (output, existing) = output(matches, format, ui)?;
    let word = |name| layout::value::<String>(matches, name);
    Ok(Plan {
        kind,
        dirs,
        scope: scope(matches, now.day(), lang)?,
        campaign,
        compare: matches.get_flag("compare"),
        demands: demands(matches, lang)?,
        list_missing: matches.get_flag("list-missing"),
        freeze,
        format,
        output,
        existing,
        table: word("table"),
        signing: Signing {
            place: word("place").unwrap_or_default(),
            position: matches.get_many("position").unwrap_or_default().cloned().collect(),
            name: word("signer").unwrap_or_default(),
            superior: String::new(),
        },
        now,
    })
}

/// The form of the answer: as it is named, or as the name of the file says it.
fn format(matches: &ArgMatches, ui: &Ui) -> Result<Format, Failure> {
    let named = layout::value::<Format>(matches, "format");
    if ui.json {
        return match named {
            None | Some(Format::Json) => Ok(Format::Json),
            Some(
                Format::Text | Format::Csv | Format::Xlsx | Format::Html | Format::Pdf,
            ) => Err(Failure::new(say::cli::conflict(ui.lang, "--json", "--format"))),
        };
    }
    let ending = |path: PathBuf| {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        Format::value_variants().iter().copied().find(|form| {
            form.to_possible_value().is_some_and(|word| word.get_name() == ending)
        })
    };
    let output = layout::value::<PathBuf>(matches, "output");
    Ok(named.or_else(|| output.and_then(ending)).unwrap_or_default())
}

/// Where the answer goes, and whether a file there may be replaced.
fn output(
    matches: &ArgMatches,
    format: Format,
    ui: &Ui,
) -> Result<(Option<PathBuf>, Existing), Failure> {
    let lang = ui.lang;
    let output =
        layout::value::<PathBuf>(matches, "output").filter(|path| path != Path::new("-"));
    let is_binary = matches!(format, Format::Xlsx | Format::Pdf);
    if is_binary && output.is_none() && ui.answers_terminal() {
        return Err(Failure::new(say::report::binary_to_terminal(lang))
            .hint(say::report::hint_output(lang)));
    }
    let existing =
        if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
    let taken =
        output.as_ref().filter(|path| existing == Existing::Keep && path.exists());
    if let Some(path) = taken {
        let shown = harmless(&path.to_string_lossy());
        return Err(Failure::new(say::report::output_exists(lang, shown))
            .hint(say::cli::hint_force(lang)));
    }
    Ok((output, existing))
}

fn scope(matches: &ArgMatches, today: Day, lang: Lang) -> Result<Scope, Failure> {
    let (mut from, mut to) = (day(matches, "from", lang)?, day(matches, "to", lang)?);
    if let Some(period) = layout::value::<Period>(matches, "period") {
        let (first, last) = period.around(from.unwrap_or(today));
        (from, to) = (Some(first), Some(last));
    }
    if let (Some(first), Some(last)) = (from, to)
        && last < first
    {
        return Err(Failure::new(say::report::ends_before(lang)));
    }
    let word =
        |name| layout::value::<String>(matches, name).filter(|word| !word.is_empty());
    let (unit, officer, procedure) = (word("unit"), word("officer"), word("procedure"));
    Ok(Scope { from, to, unit, officer, procedure })
}

fn demands(matches: &ArgMatches, lang: Lang) -> Result<Vec<Demand>, Failure> {
    let all = matches.get_many::<String>("require").unwrap_or_default();
    let read =
        |text: &String| Demand::read(text).map_err(|error| Failure::told(&error, lang));
    all.map(read).collect()
}

/// Where bytes go: the file named, or standard output.
fn write(plan: &Plan, bytes: &[u8], ui: &Ui) -> Result<(), Failure> {
    let Some(path) = &plan.output else { return ui.answer_bytes(bytes) };
    store::write_whole(path, bytes, plan.existing)
        .map_err(|error| connect::unwritten(&error, true, ui.lang))?;
    ui.remark(&say::report::written(ui.lang, harmless(&path.to_string_lossy())));
    Ok(())
}

/// The campaign of this name, or the only one, or the latest that has begun.
fn campaign<'a>(
    plan: &Plan,
    all: &'a [Campaign],
    lang: Lang,
) -> Result<Option<&'a Campaign>, Failure> {
    if plan.kind != Kind::Campaign {
        return Ok(None);
    }
    if let Some(name) = &plan.campaign {
        let found = all.iter().find(|campaign| campaign.name == *name);
        return found.map(Some).ok_or_else(|| {
            let names: Vec<_> =
                all.iter().map(|campaign| campaign.name.as_str()).collect();
            Failure::new(say::report::no_campaign(lang, name, names.join(", ")))
        });
    }
    let begun = all.iter().filter(|campaign| campaign.from <= plan.now.day());
    Ok(begun.max_by_key(|campaign| campaign.from))
}
