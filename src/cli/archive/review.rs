//! `sohoa archive review`: what a person has to look at, listed or as a page
//! of pictures.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde_json::json;

use crate::archive::store::{self, Existing};
use crate::archive::{Archive, ArchiveError};
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::table::{Cell, Row, Side, lay_out};
use crate::cli::ui::{Tone, Ui, harmless};
use crate::pdf;
use crate::raster::Limits;
use crate::review::html::{self, Shown};
use crate::review::picture::Page;
use crate::review::{self, Case, Question};
use crate::say::help;
use crate::say::{self, Lang, Tell as _};

/// The words of `sohoa archive review`.
pub(crate) const WORDS: Words = Words {
    path: "archive review",
    about: help::REVIEW_ABOUT,
    long: help::REVIEW_LONG,
    usage: help::REVIEW_USAGE,
    examples: help::REVIEW_EXAMPLES,
};

/// `sohoa archive review --archive DIR [--html FILE]`.
pub(crate) fn command(lang: Lang) -> Command {
    let path = |name, value, help, hint| {
        layout::option(name, value, help, lang)
            .help_heading(help::OPTIONS.in_lang(lang))
            .value_parser(value_parser!(PathBuf))
            .value_hint(hint)
    };
    let archive =
        path("archive", help::VALUE_DIR, help::REVIEW_ARCHIVE, ValueHint::DirPath);
    let html = path("html", help::VALUE_FILE, help::REVIEW_HTML, ValueHint::FilePath);
    layout::command(&WORDS, lang).arg(archive).arg(html).arg(
        layout::flag("force", help::REVIEW_FORCE, lang)
            .help_heading(help::OPTIONS.in_lang(lang)),
    )
}

/// Lists what needs a person; says no where anything does.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let dir = layout::value::<PathBuf>(matches, "archive").unwrap_or(PathBuf::from("."));
    let archive = Archive::look(&dir).map_err(|error| told(&error, lang))?;
    let mut cases = Vec::new();
    let mut unreadable = Vec::new();
    archive
        .each_dossier(&mut |folder, dossier| match dossier {
            Ok(dossier) => cases.extend(review::cases(&archive, &dossier)),
            Err(error) => unreadable.push((folder.to_owned(), error.tell(lang))),
        })
        .map_err(|error| told(&error, lang))?;
    for (folder, why) in &unreadable {
        let folder = harmless(&folder.to_string_lossy());
        ui.remark(&say::review::unreadable(lang, folder, why));
    }
    if let Some(file) = layout::value::<PathBuf>(matches, "html") {
        let shown: Vec<Shown> =
            cases.iter().map(|case| with_pictures(&archive, case)).collect();
        let agency = &archive.settings().agency_name;
        let page = html::page(&shown, agency, around.now(lang)?, lang);
        let existing =
            if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
        store::write_whole(&file, page.as_bytes(), existing)
            .map_err(|error| connect::unwritten(&error, true, lang))?;
        ui.remark(&say::review::written(lang, harmless(&file.to_string_lossy())));
    }
    give(&cases, ui)?;
    let news = if cases.is_empty() { Exit::Yes } else { Exit::No };
    Ok(news.and(if unreadable.is_empty() { Exit::Yes } else { Exit::Trouble }))
}

/// A case with a picture for each of its questions.
fn with_pictures(archive: &Archive, case: &Case) -> Shown {
    let opened = review::bytes(archive, case)
        .ok()
        .flatten()
        .and_then(|bytes| pdf::open(Arc::clone(&bytes), None, Limits::default()).ok());
    // Questions of one document are mostly about one page.
    let mut page: Option<(usize, Option<Page>)> = None;
    let mut picture = |question: &Question| {
        let index = question.page?;
        if page.as_ref().is_none_or(|(loaded, _)| *loaded != index) {
            let loaded = opened.as_ref().and_then(|pdf| Page::load(pdf, index));
            page = Some((index, loaded));
        }
        let (_, page) = page.as_ref()?;
        page.as_ref()?.piece(review::shown(question))
    };
    let pictures = case.questions.iter().map(&mut picture).collect();
    Shown { case: case.clone(), pictures }
}

/// The list.
fn give(cases: &[Case], ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    if ui.json {
        return ui.answer(
            &json!({
                "schema": "sohoa.archive-review/1",
                "documents": cases.iter().map(told_in_json).collect::<Vec<_>>(),
            })
            .to_string(),
        );
    }
    if cases.is_empty() {
        ui.remark(&say::review::none(lang));
        return Ok(());
    }
    let headings = [
        (say::cli::heading_dossier(lang), Side::Left),
        (say::review::heading_document(lang), Side::Left),
    ];
    let row = |case: &Case| Row {
        cells: vec![
            Cell::plain(&case.dossier.to_string()),
            Cell::new(
                &format!("{:03} {}", case.ordinal, case.kind.clone().unwrap_or_default()),
                Tone::Plain,
            ),
        ],
        notes: notes(case, lang),
    };
    let rows: Vec<Row> = cases.iter().map(row).collect();
    ui.answer(&lay_out(&headings, &rows, ui.width(), |text: &str, tone| {
        ui.paint(text, tone)
    }))?;
    ui.remark(&say::review::count(lang, cases.len()));
    Ok(())
}

/// What is open about a document, a line each.
fn notes(case: &Case, lang: Lang) -> Vec<String> {
    let questions = case.questions.iter().map(|question| {
        let name = html::name(question, lang);
        let doubts: Vec<String> =
            question.doubts.iter().map(|doubt| doubt.tell(lang)).collect();
        let doubts = doubts.join("; ");
        let read = question.read.trim().trim_start_matches(':').trim();
        if read.chars().any(char::is_alphanumeric) {
            say::review::question(lang, name, harmless(read), doubts)
        } else {
            say::review::question_unread(lang, name, doubts)
        }
    });
    let findings = case.findings.iter().map(|finding| match finding.page {
        Some(page) => say::review::on_page(lang, page, finding.tell(lang)),
        None => finding.tell(lang).to_owned(),
    });
    questions.chain(findings).collect()
}

/// A case for scripts.
fn told_in_json(case: &Case) -> serde_json::Value {
    let question = |question: &Question| {
        let place = question.place.map(|at| [at.left, at.top, at.right, at.bottom]);
        json!({
            "field": question.asked.key(),
            "value": question.value,
            "read": question.read,
            "doubts": question.doubts.iter().map(|doubt| doubt.code()).collect::<Vec<_>>(),
            "page": question.page.map(|page| page + 1),
            "place_mm": place,
        })
    };
    json!({
        "dossier": case.dossier,
        "document": case.ordinal,
        "file": case.file,
        "type": case.kind,
        "questions": case.questions.iter().map(question).collect::<Vec<_>>(),
        "findings": case.findings,
    })
}

/// Why the archive does not answer.
fn told(error: &ArchiveError, lang: Lang) -> Failure {
    let failure = Failure::told(error, lang);
    if matches!(error, ArchiveError::NotAnArchive(_)) {
        return failure.hint(say::cli::hint_no_archive(lang));
    }
    failure
}
