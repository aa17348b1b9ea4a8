//! What a report is about: a stretch of days, and perhaps one unit, officer or
//! procedure.
//!
//! Units merge and are renamed (the mergers of 2025). What a unit did under its
//! old name counts for its successor from the day on which that was founded:
//! a report on days after the end of a unit shows its successor.

use std::collections::BTreeMap;

use crate::archive::settings::reporting::{Reporting, UnitEntry};
use crate::report::facts::{DocumentRow, DossierRow, Facts};
use crate::report::names::Name;
use crate::say::{self, Lang};
use crate::time::Day;

/// How far successors are followed.
const MOST_SUCCESSORS: usize = 16;

/// What a report is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
    /// One unit, and those before it.
    pub unit: Option<String>,
    /// One officer.
    pub officer: Option<String>,
    /// One procedure.
    pub procedure: Option<String>,
}

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Period {
    /// Its first and last day around `day`.
    #[must_use]
    pub fn around(self, day: Day) -> (Day, Day) {
        let months = |first: i8, last: i8| {
            let begin = Day::new(day.year(), first, 1);
            let end = Day::new(day.year(), last, 1).map(Day::last_of_month);
            (begin.unwrap_or(day), end.unwrap_or(day))
        };
        match self {
            Self::Week => {
                let monday = day.plus(1 - i32::from(day.weekday()));
                (monday, monday.plus(6))
            }
            Self::Month => (day.first_of_month(), day.last_of_month()),
            Self::Quarter => {
                let first = (day.month() - 1) / 3 * 3 + 1;
                months(first, first + 2)
            }
            Self::Year => months(1, 12),
        }
    }
}

impl Scope {
    /// The stretch of the same length before; of whole months, the months before.
    #[must_use]
    pub fn previous(&self) -> Option<Self> {
        let (from, to) = (self.from?, self.to?);
        let last = from.plus(-1);
        let is_months = from == from.first_of_month() && to == to.last_of_month();
        let first = if is_months {
            let months = (i32::from(to.year()) - i32::from(from.year())) * 12
                + i32::from(to.month())
                - i32::from(from.month());
            (0..months)
                .fold(last.first_of_month(), |day, _| day.plus(-1).first_of_month())
        } else {
            last.plus(-i32::try_from(from.days_until(to)).unwrap_or_default())
        };
        Some(Self { from: Some(first), to: Some(last), ..self.clone() })
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn has(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Its days in words.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let day = |day: Day| day.vietnamese();
        match (self.from, self.to) {
            (Some(from), Some(to)) => say::report::period(lang, day(from), day(to)),
            (Some(from), None) => say::report::period_from(lang, day(from)),
            (None, Some(to)) => say::report::period_to(lang, day(to)),
            (None, None) => say::report::period_all(lang),
        }
    }
}

/// The facts within a scope, seen on a day.
#[derive(Debug)]
pub struct View<'a> {
    /// All facts.
    pub facts: &'a Facts,
    /// What it is about.
    pub scope: Scope,
    /// Today: what is open is counted up to the end of the scope, or to today.
    pub today: Day,
    /// The rows of dossiers received in it.
    pub dossiers: Vec<u32>,
    /// The rows of documents whose day lies in it.
    pub documents: Vec<u32>,
    /// Dossiers that are not counted because nothing says when they were received.
    pub undated: u64,
    /// The units its rows count for, by agency and the unit a row names; looked up
    /// once for each, not for each of a million rows.
    units: BTreeMap<(u16, Name), UnitName<'a>>,
}

impl<'a> View<'a> {
    /// What of the facts lies in the scope.
    #[must_use]
    pub fn new(facts: &'a Facts, scope: &Scope, today: Day) -> Self {
        let wanted =
            |text: &Option<String>| text.as_ref().map(|text| facts.names.find(text));
        let units = scope.unit.as_ref().map(|unit| units_of(facts, unit));
        let (officer, procedure) = (wanted(&scope.officer), wanted(&scope.procedure));
        let fits = |row: &DossierRow| {
            let is = |wanted: &Option<Option<Name>>, found: &[Name]| {
                wanted.is_none_or(|name| name.is_some_and(|name| found.contains(&name)))
            };
            let agency = facts.agencies.get(usize::from(row.agency));
            let is_agency =
                || scope.unit.as_deref() == agency.map(|agency| agency.id.as_str());
            units.as_ref().is_none_or(|units| units.contains(&row.unit) || is_agency())
                && is(&officer, &[row.receiver, row.handler])
                && is(&procedure, &[row.procedure])
        };
        let mut view = Self {
            facts,
            today,
            dossiers: Vec::new(),
            documents: Vec::new(),
            undated: 0,
            scope: scope.clone(),
            units: BTreeMap::new(),
        };
        let end = view.end();
        for (row, at) in facts.dossiers.iter().zip(0_u32..) {
            if !fits(row) {
                continue;
            }
            match row.received {
                Some(day) if scope.has(day) => view.dossiers.push(at),
                Some(_) => {}
                None => view.undated += 1,
            }
            view.units
                .entry((row.agency, row.unit))
                .or_insert_with(|| unit_name(facts, row, end));
            for (document, number) in
                facts.documents_of(row).iter().zip(row.documents.clone())
            {
                if scope.has(document.day()) {
                    view.documents.push(number);
                }
            }
        }
        view
    }

    /// The dossiers in it.
    pub fn dossiers(&self) -> impl Iterator<Item = &'a DossierRow> + '_ {
        let all = &self.facts.dossiers;
        self.dossiers.iter().filter_map(|at| all.get(*at as usize))
    }

    /// The documents in it, each with its dossier.
    pub fn documents(
        &self,
    ) -> impl Iterator<Item = (&'a DossierRow, &'a DocumentRow)> + '_ {
        let facts = self.facts;
        self.documents.iter().filter_map(move |at| {
            let document = facts.documents.get(*at as usize)?;
            Some((facts.dossier_of(document)?, document))
        })
    }

    /// The last day that counts for what is still open.
    #[must_use]
    pub fn end(&self) -> Day {
        self.scope.to.map_or(self.today, |to| to.min(self.today))
    }

    /// The settings of a dossier's agency.
    #[must_use]
    pub fn reporting(&self, row: &DossierRow) -> Option<&'a Reporting> {
        self.facts.agencies.get(usize::from(row.agency)).map(|agency| &agency.reporting)
    }

    /// The unit a dossier counts for: its own, or what came after it. Where the
    /// facts are of several agencies, the agency.
    #[must_use]
    pub fn unit(&self, row: &DossierRow) -> UnitName<'a> {
        let known = self.units.get(&(row.agency, row.unit));
        known.copied().unwrap_or_else(|| unit_name(self.facts, row, self.end()))
    }
}

/// A unit as tables name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitName<'a> {
    /// Its group: `I`, `II`, `III`, or nothing.
    pub group: &'a str,
    /// Its identifier.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// The unit a dossier counts for on `day`.
fn unit_name<'a>(facts: &'a Facts, row: &DossierRow, day: Day) -> UnitName<'a> {
    let agency = facts.agencies.get(usize::from(row.agency));
    let own = facts.names.text(row.unit);
    let (id, name) = agency.map_or(("", ""), |agency| (&agency.id, &agency.name));
    if facts.agencies.len() > 1 || own.is_empty() {
        return UnitName { id, name, group: "" };
    }
    let units =
        agency.map(|agency| agency.reporting.units.as_slice()).unwrap_or_default();
    match successor(units, own, day) {
        Some(unit) => UnitName { id: &unit.id, name: &unit.name, group: &unit.group },
        None => UnitName { id: own, name: own, group: "" },
    }
}

/// The unit with this identifier, or its successor where it has ended by `day`.
fn successor<'a>(units: &'a [UnitEntry], id: &str, day: Day) -> Option<&'a UnitEntry> {
    let mut unit = units.iter().find(|unit| unit.id == id)?;
    for _ in 0..MOST_SUCCESSORS {
        let has_ended = unit.until.is_some_and(|until| until < day);
        let next = units.iter().find(|next| next.id == unit.successor);
        match next {
            Some(next) if has_ended && next.from.is_none_or(|from| from <= day) => {
                unit = next;
            }
            Some(_) | None => return Some(unit),
        }
    }
    Some(unit)
}

/// The names of a unit and of all that it came after.
fn units_of(facts: &Facts, id: &str) -> Vec<Name> {
    let mut ids = vec![id.to_owned()];
    let all = || facts.agencies.iter().flat_map(|agency| &agency.reporting.units);
    // By its name as well as by its identifier.
    ids.extend(all().filter(|unit| unit.name == id).map(|unit| unit.id.clone()));
    for _ in 0..MOST_SUCCESSORS {
        let before: Vec<_> = all()
            .filter(|unit| ids.contains(&unit.successor) && !ids.contains(&unit.id))
            .map(|unit| unit.id.clone())
            .collect();
        if before.is_empty() {
            break;
        }
        ids.extend(before);
    }
    ids.iter().filter_map(|id| facts.names.find(id)).filter(|name| *name != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::typed(text).unwrap()
    }

    #[test]
    fn periods_begin_and_end_as_the_calendar_says() {
        let around = |period: Period, text| {
            let (from, to) = period.around(day(text));
            format!("{from} {to}")
        };
        assert_eq!(around(Period::Week, "2026-07-16"), "2026-07-13 2026-07-19");
        assert_eq!(around(Period::Month, "2026-02-10"), "2026-02-01 2026-02-28");
        assert_eq!(around(Period::Quarter, "2026-08-01"), "2026-07-01 2026-09-30");
        assert_eq!(around(Period::Year, "2026-08-01"), "2026-01-01 2026-12-31");
    }

    #[test]
    fn the_period_before_is_as_long() {
        let before = |from, to| {
            let scope =
                Scope { from: Some(day(from)), to: Some(day(to)), ..Scope::default() };
            let before = scope.previous().unwrap();
            format!("{} {}", before.from.unwrap(), before.to.unwrap())
        };
        assert_eq!(before("2026-03-01", "2026-03-31"), "2026-02-01 2026-02-28");
        assert_eq!(before("2026-07-01", "2026-09-30"), "2026-04-01 2026-06-30");
        assert_eq!(before("2026-01-01", "2026-12-31"), "2025-01-01 2025-12-31");
        assert_eq!(before("2026-07-13", "2026-07-19"), "2026-07-06 2026-07-12");
    }

    #[test]
    fn a_unit_that_ended_counts_for_what_came_after_it() {
        let unit = |id: &str, from: &str, until: &str, successor: &str| UnitEntry {
            id: id.to_owned(),
            name: id.to_owned(),
            from: Day::typed(from),
            until: Day::typed(until),
            successor: successor.to_owned(),
            ..UnitEntry::default()
        };
        let units = [
            unit("A", "", "2025-06-30", "C"),
            unit("B", "", "2025-06-30", "C"),
            unit("C", "2025-07-01", "", ""),
        ];
        let of = |id, on| successor(&units, id, day(on)).map(|unit| unit.id.as_str());
        assert_eq!(of("A", "2025-06-30"), Some("A"));
        assert_eq!(of("A", "2025-07-01"), Some("C"));
        assert_eq!(of("B", "2026-01-01"), Some("C"));
        assert_eq!(of("D", "2026-01-01"), None);
    }
}
