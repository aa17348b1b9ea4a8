//! From a plan to an answer: archives opened, facts gathered, a report built,
//! held against what is demanded, written and kept.

use std::num::NonZeroUsize;

use clap::ArgMatches;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::archive::Archive;
use crate::archive::settings::reporting::Campaign;
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::report::show;
use crate::cli::report::{Format, Plan, campaign, write};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::cli::{crew, verify};
use crate::digest::Digest;
use crate::pdfa::About;
use crate::pki::Store;
use crate::print;
use crate::report::build::{Kind, build};
use crate::report::class::Class;
use crate::report::context::Context;
use crate::report::facts::{Facts, Taking};
use crate::report::figure::{Figure, behind};
use crate::report::integrity::Integrity;
use crate::report::scope::View;
use crate::report::table::Report;
use crate::report::{csv, gather, html, indicators, judge, paper, xlsx};
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// Kinds that say something about signatures.
const JUDGED: [Kind; 6] = [
    Kind::Paperless,
    Kind::Campaign,
    Kind::Kpi,
    Kind::Signatures,
    Kind::Integrity,
    Kind::Leakage,
];
/// Figures about signatures.
const OF_SIGNATURES: [&str; 3] = ["ky_so", "ky_so_lanh_dao", "da_ky_so"];

/// Something demanded that is not so.
#[derive(Debug, Serialize)]
pub(super) struct Missed {
    /// The figure.
    pub(super) code: &'static str,
    /// What misses, and by how much.
    pub(super) told: String,
    /// What does not count, where a list was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) missing: Vec<String>,
    /// What nothing here can tell, where a list was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) unverified: Vec<String>,
}

impl Missed {
    /// Whether a list was asked for, and is not empty.
    pub(super) fn lists_anything(&self) -> bool {
        !self.missing.is_empty() || !self.unverified.is_empty()
    }
}

/// Does what the plan says.
pub(super) fn run(
    plan: &Plan,
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let jobs = crew::jobs(matches, lang)?;
    let archives = open(plan, ui)?;
    let trust = verify::trust(matches, &plan.dirs, lang)?;
    let facts = gather_all(plan, &archives, &trust, jobs, ui)?;
    let campaigns: Vec<_> = facts
        .agencies
        .iter()
        .flat_map(|agency| agency.reporting.campaigns.iter().cloned())
        .collect();
    let campaign = campaign(plan, &campaigns, lang)?;
    let mut context = context(plan, &facts, campaign, &trust, lang);
    context.integrity = integrity(plan, &archives, lang)?;
    context.stopped = stopped(plan, &context, &archives, lang)?;
    let report = build(plan.kind, &context);
    reconcile(&report, lang)?;
    let missed = missed(plan, &context, lang);
    answer(plan, &report, &missed, around, ui)?;
    for missed in &missed {
        let is_shown = plan.format == Format::Text && plan.output.is_none();
        let is_answered = ui.quiet && is_shown && missed.lists_anything();
        if plan.format != Format::Json && !is_answered {
            ui.insist(&missed.told);
        }
    }
    if plan.freeze {
        freeze(plan, &report, &archives, &trust, ui)?;
    }
    let mut exit = if missed.is_empty() { Exit::Yes } else { Exit::No };
    let odd = facts.oddities.len() as u64 + facts.more_oddities;
    if odd > 0 {
        ui.insist(&say::report::oddities(lang, crate::report::format::count(odd, lang)));
        exit = exit.and(Exit::No);
    }
    Ok(exit)
}

fn open(plan: &Plan, ui: &Ui) -> Result<Vec<Archive>, Failure> {
    let open = |dir| match plan.freeze {
        true => place::opened(Archive::open(dir), dir, ui),
        false => place::opened(Archive::consult(dir), dir, ui),
    };
    plan.dirs.iter().map(|dir| open(dir)).collect()
}

/// The facts of all archives, judged where signatures matter.
fn gather_all(
    plan: &Plan,
    archives: &[Archive],
    trust: &Store,
    jobs: NonZeroUsize,
    ui: &Ui,
) -> Result<Facts, Failure> {
    let lang = ui.lang;
    let how = Taking { today: plan.now.day(), words: plan.kind == Kind::Registers };
    let demands_signatures =
        plan.demands.iter().any(|demand| OF_SIGNATURES.contains(&demand.code));
    let is_judged = JUDGED.contains(&plan.kind) || demands_signatures;
    let mut facts = Facts::new();
    for archive in archives {
        let told = |error| place::told(&error, archive, lang);
        if !is_judged {
            gather::gather(archive, &mut facts, how).map_err(told)?;
            continue;
        }
        let bar =
            if ui.converses() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(say::report::judging(lang));
        let watch = |done: usize, all: usize| {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        };
        let judging = judge::Judging { trust, at: plan.now, jobs, watch: &watch };
        judge::gather(archive, &mut facts, how, &judging).map_err(told)?;
        bar.finish_and_clear();
    }
    Ok(facts)
}

/// What the archives say of their wholeness, where it is asked for.
fn integrity(
    plan: &Plan,
    archives: &[Archive],
    lang: Lang,
) -> Result<Option<Integrity>, Failure> {
    if plan.kind != Kind::Integrity {
        return Ok(None);
    }
    let mut found = Integrity::default();
    for archive in archives {
        found.add(archive).map_err(|error| place::told(&error, archive, lang))?;
    }
    Ok(Some(found))
}

/// Papers that were stopped as secret when they were scanned, in the period.
fn stopped(
    plan: &Plan,
    context: &Context<'_>,
    archives: &[Archive],
    lang: Lang,
) -> Result<u64, Failure> {
    if plan.kind != Kind::Exemptions {
        return Ok(0);
    }
    let mut stopped = 0;
    for archive in archives {
        let runs = archive.runs(usize::MAX);
        let runs = runs.map_err(|error| place::told(&error, archive, lang))?;
        let within = runs.iter().filter(|run| context.view.scope.has(run.begun.day()));
        stopped += within.map(|run| run.counts.secret).sum::<u64>();
    }
    Ok(stopped)
}

/// What the report is made from.
fn context<'a>(
    plan: &Plan,
    facts: &'a Facts,
    campaign: Option<&'a Campaign>,
    trust: &Store,
    lang: Lang,
) -> Context<'a> {
    let today = plan.now.day();
    let mut scope = plan.scope.clone();
    let targets = facts.agencies.first().map(|agency| agency.reporting.targets.clone());
    let mut targets = targets.unwrap_or_default();
    if let Some(campaign) = campaign {
        (scope.from, scope.to) = (Some(campaign.from), Some(campaign.to));
        targets.splice(0..0, campaign.targets.iter().cloned());
    }
    let previous = scope.previous().filter(|_| plan.compare);
    Context {
        view: View::new(facts, &scope, today),
        previous: previous.map(|scope| View::new(facts, &scope, today)),
        lang,
        now: plan.now,
        has_trust: !trust.anchors().is_empty(),
        campaign,
        integrity: None,
        stopped: 0,
        targets,
    }
}

/// Refuses a report with a table whose parts do not make up its total.
fn reconcile(report: &Report, lang: Lang) -> Result<(), Failure> {
    for table in report.tables() {
        if let Some(wrong) = table.mismatches().first() {
            let rows: Vec<_> =
                wrong.rows.iter().map(|(name, part)| format!("{name}: {part}")).collect();
            let place = format!("“{}”, “{}”", table.title, wrong.column);
            let (sum, total) = (wrong.sum, wrong.total);
            let rows = rows.join("; ");
            return Err(Failure::new(say::report::no_sum(lang, place, sum, total, rows)));
        }
    }
    Ok(())
}

/// What is demanded and is not so.
fn missed(plan: &Plan, context: &Context<'_>, lang: Lang) -> Vec<Missed> {
    let mut all = Vec::new();
    for demand in &plan.demands {
        let Some(indicator) = indicators::named(demand.code) else { continue };
        let figure = Figure::of(indicator, &context.view, lang);
        if demand.is_met(figure.share()) {
            continue;
        }
        let list = |class| match plan.list_missing {
            true => behind(indicator, &context.view, class),
            false => Vec::new(),
        };
        all.push(Missed {
            code: demand.code,
            told: demand.told(&figure, lang),
            missing: list(Class::Misses),
            unverified: list(Class::Unverified),
        });
    }
    all
}

/// Writes the answer in the form that is wanted.
fn answer(
    plan: &Plan,
    report: &Report,
    missed: &[Missed],
    around: &Surroundings,
    ui: &Ui,
) -> Result<(), Failure> {
    let lang = ui.lang;
    match plan.format {
        Format::Text => {
            let text = show::text(report, missed, plan.output.is_none(), ui);
            // Quietly: only what a person must see.
            if !text.is_empty() {
                write(plan, format!("{}\n", text.trim_end()).as_bytes(), ui)?;
            }
            Ok(())
        }
        Format::Json => write(plan, &json(report, missed)?, ui),
        Format::Csv => {
            let text = match &plan.table {
                None => csv::whole(report, lang),
                Some(name) => csv::one(report, name, lang).ok_or_else(|| {
                    let names: Vec<_> = report.tables().map(|table| table.name).collect();
                    let names = format!("figures, {}", names.join(", "));
                    Failure::new(say::report::no_table(lang, name, names))
                })?,
            };
            write(plan, text.as_bytes(), ui)
        }
        Format::Html => write(plan, html::page(report, lang).as_bytes(), ui),
        Format::Xlsx => {
            let book = xlsx::workbook(report, lang);
            write(
                plan,
                &book.map_err(|e| Failure::new(say::report::no_book(lang, e)))?,
                ui,
            )
        }
        Format::Pdf => write(plan, &pdf(plan, report, around, lang)?, ui),
    }
}

/// The report and what misses, as one document.
fn json(report: &Report, missed: &[Missed]) -> Result<Vec<u8>, Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        #[serde(flatten)]
        report: &'a Report,
        missed: &'a [Missed],
    }
    let mut bytes =
        serde_json::to_vec(&Answer { report, missed }).map_err(Failure::new)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The report as an administrative paper.
fn pdf(
    plan: &Plan,
    report: &Report,
    around: &Surroundings,
    lang: Lang,
) -> Result<Vec<u8>, Failure> {
    let folders = print::font_folders(around.home.as_deref());
    let faces = print::Faces::find(&folders);
    let faces = faces.map_err(|error| Failure::told(&error, lang))?;
    let sheets = paper::sheets(report, &plan.signing, &faces, lang);
    let origin = Digest::of(&serde_json::to_vec(report).unwrap_or_default());
    let mut bytes = Vec::new();
    print::print(
        &mut bytes,
        About::new(&report.title, plan.now, origin),
        &sheets,
        &faces,
    )
    .map_err(|error| Failure::told(&error, lang))?;
    Ok(bytes)
}

/// Keeps the report with what it was made from.
fn freeze(
    plan: &Plan,
    report: &Report,
    archives: &[Archive],
    trust: &Store,
    ui: &Ui,
) -> Result<(), Failure> {
    let lang = ui.lang;
    let Some(archive) = archives.first() else { return Ok(()) };
    let told = |error| place::told(&error, archive, lang);
    let mut basis = archive.basis().map_err(told)?;
    basis.push(format!("{}  trust", trust.digest()));
    let json = serde_json::to_vec_pretty(report).map_err(Failure::new)?;
    let files = [
        ("report.json", json),
        ("report.csv", csv::whole(report, lang).into_bytes()),
        ("report.html", html::page(report, lang).into_bytes()),
    ];
    let now: Timestamp = plan.now;
    let place = archive.freeze(plan.kind.name(), &files, &basis, now).map_err(told)?;
    ui.remark(&say::report::frozen(lang, place.display()));
    Ok(())
}
