//! What a report is made from, and what all kinds of it share.

use std::collections::BTreeMap;

use crate::archive::settings::reporting::{Campaign, Officer, Reporting};
use crate::report::class::Class;
use crate::report::facts::DossierRow;
use crate::report::figure::Figure;
use crate::report::indicators::{self, Indicator, Things};
use crate::report::integrity::Integrity;
use crate::report::names::Name;
use crate::report::scope::{UnitName, View};
use crate::report::table::{Block, Column, Table};
use crate::report::value::{Share, Value};
use crate::say::{self, Lang, Sentence};
use crate::time::Timestamp;

/// What a report is made from.
pub struct Context<'a> {
    /// The facts in scope.
    pub view: View<'a>,
    /// Those of the period before, where a comparison is wanted.
    pub previous: Option<View<'a>>,
    /// The language.
    pub lang: Lang,
    /// Now.
    pub now: Timestamp,
    /// Whether anything is trusted.
    pub has_trust: bool,
    /// The campaign, for that kind.
    pub campaign: Option<&'a Campaign>,
    /// What the archives say of themselves, for that kind.
    pub integrity: Option<Integrity>,
    /// Papers that were stopped as secret when they were scanned, in the period.
    pub stopped: u64,
    /// Figures and what they should be, in hundredths of a percent.
    pub targets: Vec<(String, u32)>,
}

/// A unit, its dossiers, and a share for each figure.
type Counted<'a> = (UnitName<'a>, (u64, Vec<Share>));

/// The name of a figure over a narrow column.
fn short(indicator: &Indicator) -> Sentence {
    match indicator.code {
        "so_hoa" => say::report::short_digitised,
        "ky_so" => say::report::short_signed,
        "ket_qua_dien_tu" => say::report::short_result,
        "tai_su_dung" => say::report::short_reused,
        "dung_han" => say::report::col_on_time,
        "phieu_hen" => say::report::short_slip,
        _ => indicator.name,
    }
}

impl<'a> Context<'a> {
    /// A whole number as people read it.
    #[must_use]
    pub fn count(&self, number: u64) -> String {
        crate::report::format::count(number, self.lang)
    }

    /// Figures by their names, each with its target and the period before.
    #[must_use]
    pub fn figures(&self, codes: &[&str]) -> Vec<Figure> {
        let all = codes.iter().filter_map(|code| indicators::named(code));
        let figure = |indicator: &'static Indicator| {
            let target = self.targets.iter().find(|(code, _)| code == indicator.code);
            let mut figure = Figure::of(indicator, &self.view, self.lang)
                .held_against(target.map(|(_, percent)| *percent));
            figure.previous = self
                .previous
                .as_ref()
                .map(|view| Figure::of(indicator, view, self.lang).share());
            figure
        };
        all.map(figure).collect()
    }

    /// A block of figures.
    #[must_use]
    pub fn block(&self, title: String, codes: &[&str]) -> Block {
        Block::Figures { title, figures: self.figures(codes) }
    }

    /// Figures by unit: a share for each, and how many dossiers there are.
    #[must_use]
    pub fn by_unit(&self, codes: &[&'static str]) -> Table {
        let units = self.counted_by_unit(codes);
        let lang = self.lang;
        let mut columns = vec![
            Column::new("don_vi", say::report::col_unit(lang)),
            Column::new("tiep_nhan", say::report::col_received(lang)),
        ];
        columns.extend(codes.iter().filter_map(|code| {
            let indicator = indicators::named(code)?;
            Some(Column::new(indicator.code, short(indicator)(lang)))
        }));
        let row = |(unit, (count, shares)): (UnitName<'_>, (u64, Vec<Share>))| {
            let mut row = vec![Value::text(unit.name), Value::Count(count)];
            row.extend(shares.into_iter().map(Value::Share));
            row
        };
        let mut table = Table {
            name: "don_vi",
            title: say::report::table_units(lang),
            columns,
            rows: units.into_iter().map(row).collect(),
            ..Table::default()
        };
        table.add_up(say::report::total(lang));
        table
    }

    /// Dossiers and shares of units, by their names.
    fn counted_by_unit(
        &self,
        codes: &[&'static str],
    ) -> BTreeMap<UnitName<'a>, (u64, Vec<Share>)> {
        let view = &self.view;
        let empty = || (0, vec![Share::default(); codes.len()]);
        // By the numbers of the names that rows give: many rows, few units.
        let named = |row: &DossierRow| (row.agency, row.unit);
        let mut by_name: BTreeMap<(u16, Name), Counted<'a>> = BTreeMap::new();
        for row in view.dossiers() {
            let unit = by_name.entry(named(row));
            unit.or_insert_with(|| (view.unit(row), empty())).1.0 += 1;
        }
        for (at, code) in codes.iter().enumerate() {
            let mut add = |row: &DossierRow, class: Class| {
                let (part, whole) = match class {
                    Class::Counts => (1, 1),
                    Class::Misses | Class::Unverified => (0, 1),
                    Class::Exempt | Class::Outside => return,
                };
                let unit = by_name.entry(named(row));
                let (_, counted) = unit.or_insert_with(|| (view.unit(row), empty()));
                if let Some(share) = counted.1.get_mut(at) {
                    share.part += part;
                    share.whole += whole;
                }
            };
            match indicators::named(code).map(|indicator| indicator.things) {
                Some(Things::Dossiers(class)) => {
                    view.dossiers().for_each(|row| add(row, class(view, row)));
                }
                Some(Things::Documents(class)) => view
                    .documents()
                    .for_each(|(row, document)| add(row, class(view, row, document))),
                Some(Things::Others(..)) | None => {}
            }
        }
        let mut units: BTreeMap<UnitName<'a>, (u64, Vec<Share>)> = BTreeMap::new();
        for (name, (count, shares)) in by_name.into_values() {
            let unit = units.entry(name).or_insert_with(empty);
            unit.0 += count;
            for (whole, share) in unit.1.iter_mut().zip(shares) {
                whole.part += share.part;
                whole.whole += share.whole;
            }
        }
        units
    }

    /// The settings of all agencies.
    pub fn reportings(&self) -> impl Iterator<Item = &'a Reporting> + use<'a> {
        let facts = self.view.facts;
        facts.agencies.iter().map(|agency| &agency.reporting)
    }

    /// All officers of the lists.
    pub fn officers(&self) -> impl Iterator<Item = (u16, &'a Officer)> + use<'a> {
        let numbered = self.reportings().zip(0_u16..);
        numbered.flat_map(|(reporting, agency)| {
            reporting.officers.iter().map(move |officer| (agency, officer))
        })
    }
}
