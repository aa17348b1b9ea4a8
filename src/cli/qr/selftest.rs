//! `sohoa qr selftest SCAN`: what the calibration sheet tells.

use std::path::PathBuf;

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;
use serde_json::json;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::ui::{Ui, harmless};
use crate::digest::Digest;
use crate::ingest::source::{self, Opened};
use crate::raster::Limits;
use crate::say::help;
use crate::say::{self, Lang};
use crate::track::selftest::{MOST_TINT, Measured, measure};

/// The words of `sohoa qr selftest`.
pub(crate) const WORDS: Words = Words {
    path: "qr selftest",
    about: help::QR_SELFTEST_ABOUT,
    long: help::QR_SELFTEST_LONG,
    usage: help::QR_SELFTEST_USAGE,
    examples: help::QR_SELFTEST_EXAMPLES,
};

/// What the answer for programs is called.
const SCHEMA: &str = "sohoa.qr-selftest/1";

/// `sohoa qr selftest SCAN`.
pub(crate) fn command(lang: Lang) -> Command {
    let scan = layout::positional("scan", help::VALUE_FILE, help::QR_SELFTEST_SCAN, lang)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath);
    layout::command(&WORDS, lang).arg(scan)
}

/// Measures the first page that is a calibration sheet.
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let path = layout::value::<PathBuf>(matches, "scan").unwrap_or_default();
    let unread = || say::cli::cannot_read(lang, harmless(&path.to_string_lossy()));
    let told = |fault: source::Fault| {
        Failure::new(format!("{}: {}", unread(), say::Tell::tell(&fault, lang)))
    };
    let bytes = source::read(&path).map_err(told)?;
    let digest = Digest::of(&bytes);
    let opened = Opened::of(bytes, digest, None, Limits::default()).map_err(told)?;
    for index in 0..opened.page_count() {
        let page = opened.page(index).map_err(told)?;
        let measured =
            measure(page.scan()).map_err(|error| told(source::Fault::Decode(error)))?;
        if let Some(measured) = measured {
            tell(&measured, index + 1, ui)?;
            return Ok(if measured.is_good() { Exit::Yes } else { Exit::No });
        }
    }
    let told = say::track::no_calibration(lang, harmless(&path.to_string_lossy()));
    ui.insist(&told);
    if ui.json {
        let answer =
            json!({ "schema": SCHEMA, "page": null, "good": false, "reason": told });
        ui.answer(&answer.to_string())?;
    }
    Ok(Exit::No)
}

/// Tells what was measured.
fn tell(measured: &Measured, page: usize, ui: &Ui) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        page: usize,
        dpi: (f64, f64),
        scale_error_percent: (f64, f64),
        quarter_turns: u8,
        skew_degrees: f64,
        tint: Option<f64>,
        smallest_module_mm: Option<f64>,
        read_mm: Vec<f64>,
        unread_mm: Vec<f64>,
        good: bool,
    }
    let lang = ui.lang;
    let mm = |module: u32| f64::from(module) / 100.0;
    let rounded = |value: f64| (value * 100.0).round() / 100.0;
    let both =
        |(one, other): (f64, f64), by: f64| (rounded(one * by), rounded(other * by));
    if ui.json {
        let answer = Answer {
            schema: SCHEMA,
            page,
            dpi: both(measured.dpi, 1.0),
            scale_error_percent: both(measured.scale_error, 100.0),
            quarter_turns: measured.quarters,
            skew_degrees: rounded(measured.skew),
            tint: measured.tint.map(rounded),
            smallest_module_mm: measured.smallest().map(mm),
            read_mm: measured.read.iter().copied().map(mm).collect(),
            unread_mm: measured.unread.iter().copied().map(mm).collect(),
            good: measured.is_good(),
        };
        return ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?);
    }
    let figure = |value: f64, digits| number::decimal(value, digits, lang);
    let (across, down) = measured.dpi;
    ui.answer(&say::track::test_dpi(lang, figure(across, 1), figure(down, 1)))?;
    let (across, down) = both(measured.scale_error, 100.0);
    ui.answer(&say::track::test_scale(lang, figure(across, 2), figure(down, 2)))?;
    ui.answer(&say::track::test_skew(lang, figure(measured.skew, 2)))?;
    match measured.tint {
        Some(tint) if tint > MOST_TINT => {
            ui.answer(&say::track::test_tint(lang, figure(tint, 0)))?;
        }
        Some(tint) => ui.answer(&say::track::test_no_tint(lang, figure(tint, 0)))?,
        None => ui.answer(&say::track::test_no_colour(lang))?,
    }
    match measured.smallest() {
        Some(module) => {
            ui.answer(&say::track::test_module(lang, figure(mm(module), 2)))?;
        }
        None => ui.answer(&say::track::test_no_module(lang))?,
    }
    let verdict =
        if measured.is_good() { say::track::test_good } else { say::track::test_bad };
    ui.answer(&verdict(lang))
}
