//! `sohoa qr sheet`: prints separator sheets, labels and the calibration sheet.

use std::path::PathBuf;

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::store::{self, Existing};
use crate::archive::{Archive, Code};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::qr::{faces, payload_in};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::cli::{connect, number};
use crate::digest::Digest;
use crate::pdfa::About;
use crate::print::{Sheet, print};
use crate::say::help;
use crate::say::{self, Lang};
use crate::track::paper::{self, Labels};
use crate::track::payload::{self, Begins, MOST_ANNOUNCED, Side};

/// The words of `sohoa qr sheet`.
pub(crate) const WORDS: Words = Words {
    path: "qr sheet",
    about: help::QR_SHEET_ABOUT,
    long: help::QR_SHEET_LONG,
    usage: help::QR_SHEET_USAGE,
    examples: help::QR_SHEET_EXAMPLES,
};

/// `sohoa qr sheet [CODE…] -o PDF`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| layout::option(name, value, help, lang);
    let codes = layout::positional("codes", help::VALUE_CODE, help::QR_SHEET_CODES, lang);
    layout::command(&WORDS, lang)
        .arg(codes.num_args(0..).required(false))
        .next_help_heading(help::WHERE_TO.in_lang(lang))
        .arg(
            option("output", help::VALUE_PDF, help::QR_PRINT_OUT)
                .short('o')
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .required(true),
        )
        .arg(layout::flag("force", help::FORCE, lang))
        .arg(place::flag(lang))
        .next_help_heading(help::OPTIONS.in_lang(lang))
        .arg(layout::flag("document", help::QR_SHEET_DOCUMENT, lang))
        .arg(option("documents", help::VALUE_NUMBER, help::QR_SHEET_DOCUMENTS))
        .arg(option("pages", help::VALUE_NUMBER, help::QR_SHEET_PAGES))
        .arg(layout::flag("duplex", help::QR_SHEET_DUPLEX, lang))
        .arg(option("blank", help::VALUE_NUMBER, help::QR_SHEET_BLANK))
        .arg(option("labels", help::VALUE_GRID, help::QR_SHEET_LABELS))
        .arg(layout::flag("calibration", help::QR_SHEET_CALIBRATION, lang))
}

/// Prints what is asked for.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let codes: Result<Vec<Code>, _> = matches
        .get_many::<String>("codes")
        .unwrap_or_default()
        .map(|typed| typed.parse())
        .collect();
    let codes = codes.map_err(|error| Failure::told(&error, lang))?;
    let is_named = layout::value::<PathBuf>(matches, "archive").is_some();
    let archive = if is_named { Some(place::consult(matches, ui)?) } else { None };
    let faces = faces(around, lang)?;
    let labels = layout::value::<String>(matches, "labels");
    let sheets = if matches.get_flag("calibration") {
        vec![paper::calibration(&faces, lang)]
    } else if let Some(typed) = labels {
        let grid = Labels::typed(&typed).ok_or_else(|| {
            Failure::new(say::cli::value_unknown(lang, &typed, "--labels"))
                .hint(say::track::hint_labels(lang))
        })?;
        if codes.is_empty() {
            return Err(Failure::new(say::track::no_codes(lang)));
        }
        let with_payload = |code: &Code| {
            let payload = payload_in(code, archive.as_ref(), lang)?;
            Ok((code.clone(), payload))
        };
        let codes: Result<Vec<_>, Failure> = codes.iter().map(with_payload).collect();
        let printed = grid.print(&codes?, &faces);
        printed.ok_or_else(|| Failure::new(say::track::labels_too_small(lang, typed)))?
    } else {
        let agency = archive.as_ref().map(agency).unwrap_or_default();
        let all = separators(matches, &codes, lang)?;
        all.iter().map(|sheet| paper::separator(sheet, &agency, &faces, lang)).collect()
    };
    write(&sheets, &say::track::title_sheets(Lang::Vi), matches, around, ui)
}

fn agency(archive: &Archive) -> String {
    archive.settings().agency_name.clone()
}

/// The separator sheets the flags describe, in their order.
fn separators(
    matches: &ArgMatches,
    codes: &[Code],
    lang: Lang,
) -> Result<Vec<payload::Sheet>, Failure> {
    let documents = announced(matches, "documents", lang)?;
    let pages = announced(matches, "pages", lang)?;
    let is_document = matches.get_flag("document");
    if is_document && documents.is_some() {
        return Err(Failure::new(say::track::document_of_documents(lang)));
    }
    let blank = match layout::value::<String>(matches, "blank") {
        None => None,
        Some(typed) => match typed.parse::<u32>() {
            Ok(count) if (1..=1000).contains(&count) => Some(count),
            Ok(_) | Err(_) => {
                let range = say::cli::out_of_range(lang, typed, "--blank", 1, 1000);
                return Err(Failure::new(range));
            }
        },
    };
    let begins = if is_document { Begins::Document } else { Begins::Dossier };
    let sheet = |dossier: Option<Code>, serial| payload::Sheet {
        begins,
        dossier,
        serial,
        documents,
        pages,
        side: Side::Front,
    };
    let mut all: Vec<_> = codes.iter().map(|code| sheet(Some(code.clone()), 0)).collect();
    all.extend((1..=blank.unwrap_or(0)).map(|serial| sheet(None, serial)));
    if all.is_empty() {
        all.push(sheet(None, 0));
    }
    if matches.get_flag("duplex") {
        let both = |front: payload::Sheet| {
            let back = payload::Sheet { side: Side::Back, ..front.clone() };
            [front, back]
        };
        all = all.into_iter().flat_map(both).collect();
    }
    Ok(all)
}

/// How many of something follow.
fn announced(
    matches: &ArgMatches,
    flag: &str,
    lang: Lang,
) -> Result<Option<u32>, Failure> {
    let Some(typed) = layout::value::<String>(matches, flag) else { return Ok(None) };
    match typed.parse() {
        Ok(count) if (1..=MOST_ANNOUNCED).contains(&count) => Ok(Some(count)),
        Ok(_) | Err(_) => {
            let flag = format!("--{flag}");
            Err(Failure::new(say::cli::out_of_range(
                lang,
                typed,
                flag,
                1,
                MOST_ANNOUNCED,
            )))
        }
    }
}

/// Prints sheets to the file that `-o` names.
pub(crate) fn write(
    sheets: &[Sheet],
    title: &str,
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        output: &'a str,
        pages: usize,
    }
    let lang = ui.lang;
    let path = layout::value::<PathBuf>(matches, "output").unwrap_or_default();
    let existing =
        if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
    // Nothing was scanned; the paper comes from its own title.
    let about = About::new(title, around.now(lang)?, Digest::of(title.as_bytes()));
    let mut bytes = Vec::new();
    let missing = print(&mut bytes, about, sheets, &faces(around, lang)?)
        .map_err(|error| Failure::told(&error, lang))?;
    store::write_whole(&path, &bytes, existing)
        .map_err(|error| connect::unwritten(&error, true, lang))?;
    let shown = path.to_string_lossy();
    if !missing.is_empty() {
        let letters: Vec<String> = missing.iter().map(char::to_string).collect();
        ui.remark(&say::track::letters_missing(lang, letters.join(" ")));
    }
    if ui.json {
        let answer =
            Answer { schema: "sohoa.qr-print/1", output: &shown, pages: sheets.len() };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        let pages = number::many(sheets.len(), lang);
        ui.remark(&say::track::printed(lang, harmless(&shown), pages));
    }
    Ok(Exit::Yes)
}
