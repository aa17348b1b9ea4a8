//! The registers of codes, and the codes of the dossiers there are.
//!
//! A register only grows, so its numbers rise from line to line. A number that
//! was given out and has no dossier is no fault: a receipt may have been
//! printed and the dossier never filed. A number that neither register nor
//! dossier knows is a gap, and somebody should be able to explain it.

use std::collections::BTreeSet;
use std::path::Path;

use crate::archive::check::Fault;
use crate::archive::code::{Code, Unit};
use crate::archive::store::{self, StoreError};
use crate::archive::{CODES, day_parts};
use crate::finding::Weight;
use crate::say::{self, Tell as _};
use crate::time::Day;

/// Largest register that is read.
const LIMIT: u64 = 64 << 20;
/// Gaps named one by one; the others are counted.
const MOST_GAPS: usize = 20;

/// Looks at the register of a day and at the codes of its dossiers.
pub(crate) fn faults(root: &Path, day: Day, agency: &Unit, there: &[Code]) -> Vec<Fault> {
    let [year, ..] = day_parts(day);
    let path = root.join(CODES).join(year).join(format!("{}.txt", day.yymmdd()));
    let mut faults = Vec::new();
    let noted = match read(&path) {
        Ok(text) => lines(&path, &text, day, agency, &mut faults),
        Err(error) => {
            let say = |lang| error.tell(lang);
            faults.push(Fault::new(
                path.clone(),
                "check.unreadable",
                Weight::NeedsPerson,
                say,
            ));
            BTreeSet::new()
        }
    };
    let ours = |code: &&Code| code.unit().newer() == agency.newer();
    let numbers: BTreeSet<u32> =
        there.iter().filter(ours).map(Code::sequence).chain(noted).collect();
    let last = numbers.last().copied().unwrap_or(0);
    let gaps: Vec<u32> = (1..last).filter(|number| !numbers.contains(number)).collect();
    if !gaps.is_empty() {
        let shown = gaps.iter().take(MOST_GAPS).map(ToString::to_string);
        let shown = shown.collect::<Vec<_>>().join(", ");
        let say = |lang| say::archive::check_gap(lang, gaps.len(), &shown);
        faults.push(Fault::new(path, "check.gap", Weight::Warning, say));
    }
    faults
}

/// Days that have a register.
pub(crate) fn days(root: &Path) -> Result<BTreeSet<Day>, StoreError> {
    days_in(&root.join(CODES))
}

/// The days for which a folder of years has a file: `2026/260716.txt`.
pub(crate) fn days_in(folder: &Path) -> Result<BTreeSet<Day>, StoreError> {
    let mut days = BTreeSet::new();
    let years = match store::list(folder) {
        Err(error) if error.is_missing() => return Ok(days),
        other => other?,
    };
    for year in years {
        // A file that somebody put there is no folder.
        let Ok(names) = store::list(&folder.join(year)) else { continue };
        let day = |name: &std::ffi::OsString| {
            Day::from_yymmdd(name.to_str()?.strip_suffix(".txt")?)
        };
        days.extend(names.iter().filter_map(day));
    }
    Ok(days)
}

fn read(path: &Path) -> Result<String, StoreError> {
    let bytes = store::read(path, LIMIT)?.unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The numbers a register notes, and what is wrong with its lines.
fn lines(
    path: &Path,
    text: &str,
    day: Day,
    agency: &Unit,
    faults: &mut Vec<Fault>,
) -> BTreeSet<u32> {
    let mut numbers = BTreeSet::new();
    let mut last = 0;
    // A last line without its end was being written when the power went.
    let (whole, torn) = text.rsplit_once('\n').unwrap_or(("", text));
    if !torn.is_empty() {
        let say = |lang| say::archive::check_torn(lang, torn);
        faults.push(Fault::new(path.to_owned(), "check.code", Weight::Warning, say));
    }
    for (line, number) in whole.split_terminator('\n').zip(1_usize..) {
        let code = line.parse::<Code>().ok();
        // As written: no spaces, upper case.
        let code = code.filter(|code| code.to_string() == line);
        let is_ours =
            |code: &Code| code.day() == day && code.unit().newer() == agency.newer();
        match code {
            Some(code) if is_ours(&code) && code.sequence() > last => {
                last = code.sequence();
                numbers.insert(last);
            }
            Some(code) if is_ours(&code) => {
                let say = |lang| say::archive::check_repeated(lang, number, &code);
                faults.push(Fault::new(
                    path.to_owned(),
                    "check.duplicate",
                    Weight::NeedsPerson,
                    say,
                ));
            }
            Some(_) | None => {
                let say = |lang| say::archive::check_register(lang, number, line);
                faults.push(Fault::new(
                    path.to_owned(),
                    "check.code",
                    Weight::NeedsPerson,
                    say,
                ));
            }
        }
    }
    numbers
}
