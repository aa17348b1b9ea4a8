//! `sohoa archive import FILE`: a register of the one-stop shop.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::Imported;
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::digest::Digest;
use crate::report::import::{self, Mapping};
use crate::report::sheet::Form;
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive import`.
pub(crate) const WORDS: Words = Words {
    path: "archive import",
    about: help::IMPORT_ABOUT,
    long: help::IMPORT_LONG,
    usage: help::IMPORT_USAGE,
    examples: help::IMPORT_EXAMPLES,
};

/// Largest register that is read.
const MOST_BYTES: u64 = 1 << 30;
/// Faults told one by one; JSON has them all.
const MOST_TOLD: usize = 50;

/// `sohoa archive import FILE`.
pub(crate) fn command(lang: Lang) -> Command {
    let path = |arg: clap::Arg| {
        arg.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::FilePath)
    };
    let heading = help::OPTIONS.in_lang(lang);
    let register =
        layout::positional("register", help::VALUE_FILE, help::IMPORT_FILE, lang);
    let mapping = layout::option("mapping", help::VALUE_FILE, help::IMPORT_MAPPING, lang);
    layout::command(&WORDS, lang)
        .arg(path(register))
        .arg(place::flag(lang))
        .arg(path(mapping).help_heading(heading))
        .arg(layout::flag("dry-run", help::IMPORT_DRY_RUN, lang).help_heading(heading))
}

/// Imports; a row that is wrong makes the answer "no", the others are taken.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let path = layout::value::<PathBuf>(matches, "register").unwrap_or_default();
    let dry = matches.get_flag("dry-run");
    let mapping = match layout::value::<PathBuf>(matches, "mapping") {
        None => Mapping::new(),
        Some(path) => import::mapping(&bytes(&path, lang)?).map_err(|detail| {
            let shown = harmless(&path.to_string_lossy());
            Failure::new(say::report::bad_mapping(lang, shown, detail))
        })?,
    };
    let form = form(&path, lang)?;
    let bytes = bytes(&path, lang)?;
    let read = import::read(&bytes, form, &mapping, now.day());
    let archive =
        if dry { place::consult(matches, ui)? } else { place::open(matches, ui)? };
    let source = Digest::of(&bytes);
    let imported = archive.import(read.lines.clone(), source, now, dry);
    let imported = imported.map_err(|error| place::told(&error, &archive, lang))?;
    tell(&read, imported, dry, ui)?;
    Ok(if read.faults.is_empty() && read.doubts.is_empty() {
        Exit::Yes
    } else {
        Exit::No
    })
}

/// What the name of a table says it is written in.
pub(crate) fn form(path: &Path, lang: Lang) -> Result<Form, Failure> {
    Form::of(path).ok_or_else(|| {
        let shown = harmless(&path.to_string_lossy());
        Failure::new(say::report::unknown_form(lang, shown))
    })
}

/// A table as bytes, none that is larger than any office keeps.
pub(crate) fn bytes(path: &Path, lang: Lang) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
        .and_then(|_| match bytes.len() as u64 > MOST_BYTES {
            true => Err(std::io::ErrorKind::FileTooLarge.into()),
            false => Ok(()),
        });
    read.map_err(|error| {
        Failure::io(say::cli::cannot_read(lang, path.display()), &error, lang)
    })?;
    Ok(bytes)
}

fn tell(
    read: &import::Read,
    imported: Imported,
    dry: bool,
    ui: &Ui,
) -> Result<(), Failure> {
    let lang = ui.lang;
    if ui.json {
        return answer_json(read, imported, dry, ui);
    }
    let wrong = || read.faults.iter().chain(&read.doubts);
    for fault in wrong().take(MOST_TOLD) {
        ui.answer(&harmless(&fault.tell(lang)))?;
    }
    let more = wrong().count().saturating_sub(MOST_TOLD);
    if more > 0 {
        ui.answer(&say::report::more_faults(lang, number::many(more, lang)))?;
    }
    if !read.personal.is_empty() {
        ui.remark(&harmless(&say::report::left_personal(lang, read.personal.join(", "))));
    }
    if !read.unknown.is_empty() {
        ui.remark(&harmless(&say::report::left_unknown(lang, read.unknown.join(", "))));
    }
    let Imported { new, changed, same } = imported;
    let wrong = read.rows.saturating_sub(read.lines.len());
    let count = |many| number::count(many, lang);
    let say = if dry { say::report::would_import } else { say::report::imported };
    let wrong = number::many(wrong, lang);
    ui.remark(&say(lang, count(new), count(changed), count(same), wrong));
    Ok(())
}

fn answer_json(
    read: &import::Read,
    imported: Imported,
    dry: bool,
    ui: &Ui,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Line<'a> {
        row: usize,
        column: &'a str,
        vi: String,
        en: String,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        dry_run: bool,
        rows: usize,
        new: u64,
        changed: u64,
        same: u64,
        faults: Vec<Line<'a>>,
        doubts: Vec<Line<'a>>,
        left_out: Vec<&'a String>,
    }
    fn lines(faults: &[import::Fault]) -> Vec<Line<'_>> {
        let line = |fault: &import::Fault| (fault.tell(Lang::Vi), fault.tell(Lang::En));
        let lines = faults.iter().map(|fault| {
            let (vi, en) = line(fault);
            Line { row: fault.row, column: &fault.column, vi, en }
        });
        lines.collect()
    }
    let answer = Answer {
        schema: "sohoa.archive-import/1",
        dry_run: dry,
        rows: read.rows,
        new: imported.new,
        changed: imported.changed,
        same: imported.same,
        faults: lines(&read.faults),
        doubts: lines(&read.doubts),
        left_out: read.personal.iter().chain(&read.unknown).collect(),
    };
    ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)
}
