//! `sohoa qr publish DIR`: writes status pages for a web server.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::store::{self, Existing};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang};
use crate::track::status::Status;
use crate::track::{publish, secret};

/// The words of `sohoa qr publish`.
pub(crate) const WORDS: Words = Words {
    path: "qr publish",
    about: help::QR_PUBLISH_ABOUT,
    long: help::QR_PUBLISH_LONG,
    usage: help::QR_PUBLISH_USAGE,
    examples: help::QR_PUBLISH_EXAMPLES,
};

/// Most dossiers published at once.
const MOST: usize = 1_000_000;
/// The ending of a page.
const ENDING: &str = ".html";

/// `sohoa qr publish DIR`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang).help_heading(help::OPTIONS.in_lang(lang))
    };
    let dir = layout::positional("dir", help::VALUE_DIR, help::QR_PUBLISH_DIR, lang)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath);
    layout::command(&WORDS, lang)
        .arg(dir)
        .arg(place::flag(lang))
        .arg(option("from", help::VALUE_DAY, help::QR_PUBLISH_FROM))
        .arg(option("to", help::VALUE_DAY, help::QR_PUBLISH_TO))
}

/// Writes a page for every dossier of the days asked for; a page that says the
/// same already stays as it is.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        folder: &'a str,
        pages: usize,
        written: usize,
    }
    let lang = ui.lang;
    let now = around.now(lang)?;
    let folder = layout::value::<PathBuf>(matches, "dir").unwrap_or_default();
    let days = |flag| crate::cli::find::day(matches, flag, lang);
    let (from, to) = (days("from")?, days("to")?);
    // To be published pages need names, which need the archive's secret.
    let archive = place::open(matches, ui)?;
    let told = |error| place::told(&error, &archive, lang);
    if is_inside(&folder, archive.root()) {
        let folder = harmless(&folder.to_string_lossy());
        return Err(Failure::new(say::track::publish_inside(lang, folder)));
    }
    let key = archive.secret().map_err(told)?;
    fs::create_dir_all(&folder).map_err(|error| {
        Failure::io(say::track::cannot_make(lang, folder.display()), &error, lang)
    })?;
    let agency = &archive.settings().agency_name;
    let mut names = BTreeSet::new();
    let mut written = 0;
    for listed in archive.list((from, to), MOST).map_err(told)? {
        let Some(dossier) = archive.dossier(&listed.code).map_err(told)? else {
            continue;
        };
        let status = Status::of(&dossier, now.day());
        let name = secret::page(&key, &dossier.code) + ENDING;
        let page = publish::page(&status, agency, now);
        let path = folder.join(&name);
        if fs::read(&path).is_ok_and(|old| says_the_same(&old, page.as_bytes())) {
            names.insert(name);
            continue;
        }
        store::write_whole(&path, page.as_bytes(), Existing::Replace)
            .map_err(|error| Failure::told(&error, lang))?;
        names.insert(name);
        written += 1;
    }
    let shown = folder.to_string_lossy();
    if ui.json {
        let schema = "sohoa.qr-publish/1";
        let answer = Answer { schema, folder: &shown, pages: names.len(), written };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        let pages = number::many(names.len(), lang);
        let written = number::many(written, lang);
        ui.remark(&say::track::published(lang, harmless(&shown), pages, written));
    }
    Ok(Exit::Yes)
}

/// Whether two pages differ in nothing but when they were written.
fn says_the_same(old: &[u8], new: &[u8]) -> bool {
    let body = |page: &[u8]| {
        let text = String::from_utf8_lossy(page).into_owned();
        text.split_once("<footer>").map(|(body, _)| body.to_owned())
    };
    body(old).is_some() && body(old) == body(new)
}

/// Whether a folder, there or not, lies in another.
fn is_inside(folder: &Path, other: &Path) -> bool {
    let real = folder.ancestors().find_map(|folder| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        fs::canonicalize(folder).ok()
    });
    real.is_some_and(|real| real.starts_with(other))
}
