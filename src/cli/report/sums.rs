//! `sohoa report sums FILE…`: whether the totals of tables are right.

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde::Serialize;

use crate::cli::archive::import;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::cli::number;
use crate::cli::report::Format;
use crate::cli::ui::{Ui, harmless};
use crate::report::sheet;
use crate::report::sums::{self, Amount, Checked, MOST_ROWS, Wrong};
use crate::say::{self, Lang};

/// The schema of the JSON.
const SCHEMA: &str = "sohoa.sums/1";
/// Flags that mean something here.
const TAKEN: [&str; 9] =
    ["kind", "dirs", "format", "lang", "json", "quiet", "color", "jobs", "verbose"];

/// Holds each table against itself. No total that is wrong is yes, one is no, and a
/// file without totals leaves it undecided.
pub(super) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let given = |id: &&str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let mut ids = matches.ids().map(clap::Id::as_str);
    if let Some(flag) = ids.find(|id| !TAKEN.contains(id) && given(id)) {
        return Err(Failure::new(say::report::sums_flag(lang, format!("--{flag}"))));
    }
    let files: Vec<PathBuf> =
        matches.get_many("dirs").unwrap_or_default().cloned().collect();
    if files.is_empty() {
        return Err(Failure::new(say::report::sums_no_file(lang)));
    }
    let json = ui.json
        || layout::value::<Format>(matches, "format").is_some_and(|f| f == Format::Json);
    let (mut exit, mut told) = (Exit::Yes, Vec::new());
    for path in &files {
        match check(path, lang) {
            Err(failure) => {
                ui.fail(&failure);
                exit = exit.and(Exit::Trouble);
            }
            Ok(checked) => {
                exit = exit.and(match (checked.wrong.len(), checked.totals) {
                    (0, 0) => Exit::Undecided,
                    (0, _) => Exit::Yes,
                    (_, _) => Exit::No,
                });
                if json {
                    told.push(File::of(path, &checked));
                } else {
                    tell(path, &checked, ui)?;
                }
            }
        }
    }
    if json {
        let answer = Answer { schema: SCHEMA, files: told };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    }
    Ok(exit)
}

/// Every sheet of a file, together.
fn check(path: &Path, lang: Lang) -> Result<Checked, Failure> {
    let form = import::form(path, lang)?;
    let bytes = import::bytes(path, lang)?;
    let sheets = sheet::sheets(&bytes, form, MOST_ROWS).map_err(|detail| {
        let shown = harmless(&path.to_string_lossy());
        let what = say::report::import_file(lang, harmless(&detail));
        Failure::new(format!("{shown}: {what}"))
    })?;
    let mut all = Checked::default();
    let is_one = sheets.len() == 1;
    for mut sheet in sheets {
        if is_one {
            sheet.name.clear();
        }
        let checked = sums::check(&sheet);
        all.totals += checked.totals;
        all.wrong.extend(checked.wrong);
    }
    Ok(all)
}

fn tell(path: &Path, checked: &Checked, ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    let shown = harmless(&path.to_string_lossy());
    let totals = number::many(checked.totals, lang);
    if checked.totals == 0 {
        return ui.answer(&say::report::sums_none(lang, shown));
    }
    if checked.wrong.is_empty() {
        return ui.answer(&say::report::sums_right(lang, shown, totals));
    }
    let wrong = number::many(checked.wrong.len(), lang);
    ui.answer(&say::report::sums_counted(lang, shown, wrong, totals))?;
    for wrong in &checked.wrong {
        ui.answer(&format!("  {}", harmless(&wrong.tell(lang))))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    files: Vec<File>,
}

#[derive(Serialize)]
struct File {
    path: String,
    totals: usize,
    wrong: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    sheet: String,
    row: usize,
    column: String,
    total: f64,
    sum: f64,
    parts: Vec<(String, f64)>,
}

impl File {
    fn of(path: &Path, checked: &Checked) -> Self {
        let wrong = checked.wrong.iter().map(Cell::of).collect();
        Self { path: path.to_string_lossy().into_owned(), totals: checked.totals, wrong }
    }
}

impl Cell {
    fn of(wrong: &Wrong) -> Self {
        let part = |(name, amount): &(String, Amount)| (name.clone(), amount.number());
        Self {
            sheet: wrong.sheet.clone(),
            row: wrong.row,
            column: wrong.column.clone(),
            total: wrong.total.number(),
            sum: wrong.sum.number(),
            parts: wrong.parts.iter().map(part).collect(),
        }
    }
}
