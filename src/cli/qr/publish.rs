//! `sohoa qr publish DIR`: writes status pages for a web server.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::Archive;
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
/// Bytes of a page at most; larger files are none of ours.
const MOST_BYTES: u64 = 64 << 10;
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
/// same already stays as it is. Pages of dossiers that are gone are removed.
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
        removed: usize,
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
    let removed = remove_gone(&folder, &names, &archive, lang)?;
    let shown = folder.to_string_lossy();
    if ui.json {
        let schema = "sohoa.qr-publish/1";
        let pages = names.len();
        let answer = Answer { schema, folder: &shown, pages, written, removed };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        let pages = number::many(names.len(), lang);
        let written = number::many(written, lang);
        let removed = number::many(removed, lang);
        let shown = harmless(&shown);
        ui.remark(&say::track::published(lang, shown, pages, written, removed));
    }
    Ok(Exit::Yes)
}

/// Removes the pages of dossiers that the archive has no more, and says how many.
/// Only what this archive wrote is touched: a page bears a code, and under the
/// archive's secret that code has just the name of the file. `kept` are names of
/// pages that are known to be due.
fn remove_gone(
    folder: &Path,
    kept: &BTreeSet<String>,
    archive: &Archive,
    lang: Lang,
) -> Result<usize, Failure> {
    let told = |error| place::told(&error, archive, lang);
    let key = archive.secret().map_err(told)?;
    let mut removed = 0;
    for name in store::list(folder).map_err(|error| Failure::told(&error, lang))? {
        let Some(name) = name.to_str().filter(|name| name.ends_with(ENDING)) else {
            continue;
        };
        let path = folder.join(name);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        if kept.contains(name) || !is_file {
            continue;
        }
        let page = store::read(&path, MOST_BYTES).ok().flatten().unwrap_or_default();
        let code = publish::code_on(&String::from_utf8_lossy(&page));
        let Some(code) = code.filter(|code| secret::page(&key, code) + ENDING == name)
        else {
            continue;
        };
        if archive.dossier(&code).map_err(told)?.is_none() {
            store::remove_file(&path).map_err(|error| Failure::told(&error, lang))?;
            removed += 1;
        }
    }
    Ok(removed)
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
