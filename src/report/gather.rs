//! Filling the table of facts from archives and their registers.

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::facts::{DossierFacts, Mark};
use crate::archive::{Archive, ArchiveError, Code};
use crate::report::facts::{Agency, Facts, Taking, merged};
use crate::say::{self, Tell as _};
use crate::time::Day;
use crate::track::due::{Calendar, HOLIDAYS_FILE};
use crate::track::reception;

/// A line of a register: where it stands, and its facts packed.
type Waiting = BTreeMap<String, (String, Vec<u8>)>;

/// Adds everything an archive and its registers say to the table.
///
/// # Errors
///
/// When the catalogue or a register cannot be read.
pub fn gather(
    archive: &Archive,
    facts: &mut Facts,
    how: Taking,
) -> Result<(), ArchiveError> {
    let settings = archive.settings();
    let id = settings.agency_id.newer();
    let calendar = reception::calendar(archive).unwrap_or_else(|error| {
        facts.odd(HOLIDAYS_FILE, "report.calendar", |lang| error.tell(lang));
        Calendar::default()
    });
    let (name, reporting) = (&settings.agency_name, &settings.reporting);
    facts.agencies.push(Agency::new(id.as_str(), name, reporting, calendar));
    let mut waiting = registers(archive, facts, how.today)?;
    let before = facts.dossiers.len();
    archive.each_facts(&mut |record| {
        let line = match waiting.is_empty() {
            true => None,
            false => waiting.remove(&canonical(record.code)),
        };
        let line = line.as_ref();
        let line =
            line.and_then(|(at, packed)| Some((at, DossierFacts::unpack(packed)?)));
        match line {
            None => facts.take(record, record.code, how),
            Some((at, line)) => {
                let (both, differ) = merged(record, &line);
                for field in differ {
                    facts.odd(at, "report.differs", |lang| {
                        say::report::odd_differs(lang, field, record.code)
                    });
                }
                facts.take(&both, record.code, how);
            }
        }
    })?;
    for (place, packed) in waiting.values() {
        if let Some(line) = DossierFacts::unpack(packed) {
            facts.take(&line, place, how);
        }
    }
    if facts.dossiers.len() == before {
        facts.odd(id.as_str(), "report.empty", say::report::empty);
    }
    Ok(())
}

/// The lines of the registers by their codes, the older spelling made newer.
fn registers(
    archive: &Archive,
    facts: &mut Facts,
    today: Day,
) -> Result<Waiting, ArchiveError> {
    let mut waiting = Waiting::new();
    let mut months = BTreeSet::new();
    archive.registered(&mut |file, number, line| {
        months.extend(month(file));
        let place = format!("{file}:{number}");
        let line = match line {
            Ok(line) => line,
            Err(detail) => {
                let say = |lang| say::report::odd_line(lang, &detail);
                return facts.odd(&place, "report.line", say);
            }
        };
        let mut read = DossierFacts::of_fields(&line);
        read.marks = read.marks.with(Mark::Registered, true);
        if read.code.is_empty() {
            return facts.odd(&place, "report.code", say::report::odd_no_code);
        }
        let code = canonical(read.code);
        let packed = read.pack();
        if let Some((other, _)) = waiting.get(&code) {
            let say = |lang| say::report::odd_twice(lang, read.code, other);
            return facts.odd(&place, "report.twice", say);
        }
        waiting.insert(code, (place, packed));
    })?;
    for (first, last) in gaps(&months, month_of(today)) {
        facts.odd(&register(first), "report.no-register", |lang| match first == last {
            true => say::report::odd_no_register(lang),
            false => say::report::odd_no_registers(lang, register(last)),
        });
    }
    Ok(waiting)
}

/// Months without a register between two that have one: somebody forgot them. A
/// mistyped year to come must not make a gap of all the months up to it.
fn gaps(months: &BTreeSet<u32>, today: u32) -> Vec<(u32, u32)> {
    let past = months.range(..=today);
    let pairs = past.clone().zip(past.skip(1));
    pairs
        .filter(|(before, after)| **after > **before + 1)
        .map(|(before, after)| (before + 1, after - 1))
        .collect()
}

/// The register of a month.
fn register(month: u32) -> String {
    format!("registers/{:04}/{:02}.jsonl", month / 12, month % 12 + 1)
}

/// The month of a day.
fn month_of(day: Day) -> u32 {
    let year = u32::try_from(day.year()).unwrap_or_default();
    year * 12 + u32::try_from(day.month() - 1).unwrap_or_default()
}

/// The month of a register, counted from the year 0: `registers/2026/07.jsonl`.
fn month(file: &str) -> Option<u32> {
    let mut parts = file.trim_end_matches(".jsonl").rsplit('/');
    let month: u32 = parts.next()?.parse().ok()?;
    let year: u32 = parts.next()?.parse().ok()?;
    ((1..=12).contains(&month) && year < 10_000).then(|| year * 12 + month - 1)
}

/// One spelling for each dossier, where the code is one.
fn canonical(code: &str) -> String {
    code.parse::<Code>()
        .map_or_else(|_| code.to_owned(), |code| code.canonical().to_string())
}

/// The first and last day on which something was received.
#[must_use]
pub fn span(facts: &Facts) -> Option<(Day, Day)> {
    let days = || facts.dossiers.iter().filter_map(|row| row.received);
    Some((days().min()?, days().max()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_were_forgotten_are_one_gap_and_years_to_come_none() {
        let months = |all: &[u32]| all.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(gaps(&months(&[10, 11, 12]), 20), []);
        assert_eq!(gaps(&months(&[10, 12, 16]), 20), [(11, 11), (13, 15)]);
        assert_eq!(gaps(&months(&[10, 90]), 20), []);
        assert_eq!(
            register(month("registers/2026/07.jsonl").unwrap()),
            "registers/2026/07.jsonl"
        );
        let day = Day::new(2026, 7, 31).unwrap();
        assert_eq!(register(month_of(day)), "registers/2026/07.jsonl");
    }
}
