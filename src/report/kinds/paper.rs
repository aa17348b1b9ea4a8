//! Paper: what need not be electronic, what was saved, where it still leaks out.

use std::collections::BTreeMap;

use crate::archive::facts::Trait;
use crate::archive::settings::reporting::Savings;
use crate::report::class::Class;
use crate::report::context::Context;
use crate::report::facts::{Exempt, ExemptionRow, Way};
use crate::report::indicators::{self, Things};
use crate::report::kinds::{Parts, columns};
use crate::report::scope::UnitName;
use crate::report::table::{Block, Chart, Table};
use crate::report::value::Value;
use crate::say::{self, Lang};

/// Grams of a sheet of A4 of 80 g/m².
const GRAMS: f64 = 4.99;

// ---------------------------------------------------------------- exemptions

pub(crate) fn exemptions(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let blocks = vec![Block::Table(by_code(context)), Block::Table(listed(context))];
    (blocks, vec![say::report::note_exemptions(lang)])
}

fn by_code(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let mut counts: BTreeMap<Exempt, [u64; 2]> =
        Exempt::ALL.into_iter().map(|code| (code, [0; 2])).collect();
    for row in view.dossiers() {
        if let Some(exemption) = row.exemption {
            let [dossiers, _] = counts.entry(exemption.code).or_default();
            *dossiers += 1;
        }
    }
    for (_, document) in view.documents() {
        if let Some(exemption) = document.exemption {
            let [_, documents] = counts.entry(exemption.code).or_default();
            *documents += 1;
        }
    }
    let row = |(code, [dossiers, documents]): (Exempt, [u64; 2])| {
        vec![
            Value::text(code.code()),
            Value::Text(meaning(code, lang)),
            Value::Count(dossiers),
            Value::Count(documents),
        ]
    };
    let mut table = Table {
        name: "mien_tru",
        title: say::report::table_exemptions(lang),
        columns: columns(
            lang,
            &[
                ("ma", say::report::col_code),
                ("noi_dung", say::report::col_what),
                ("ho_so", say::report::col_dossiers),
                ("tai_lieu", say::report::col_documents),
            ],
        ),
        rows: counts.into_iter().map(row).collect(),
        total: None,
        chart: Some(Chart { label: 0, series: vec![2, 3] }),
    };
    table.add_up(say::report::total(lang));
    table
}

fn meaning(code: Exempt, lang: Lang) -> String {
    match code {
        Exempt::Secret => say::report::exempt_secret(lang),
        Exempt::Award => say::report::exempt_award(lang),
        Exempt::Land => say::report::exempt_land(lang),
        Exempt::Map => say::report::exempt_map(lang),
        Exempt::Plan => say::report::exempt_plan(lang),
        Exempt::Other => say::report::exempt_other(lang),
    }
}

/// Who exempted what, why and when; secrets are not listed.
fn listed(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let mut rows = Vec::new();
    let mut add = |code: &str, ordinal: Option<u32>, found: Option<ExemptionRow>| {
        let Some(found) = found.filter(|found| found.code != Exempt::Secret) else {
            return;
        };
        rows.push(vec![
            Value::text(found.code.code()),
            Value::text(code),
            ordinal.map_or(Value::Empty, |ordinal| Value::Count(ordinal.into())),
            Value::text(view.facts.names.text(found.reason)),
            Value::text(view.facts.names.text(found.by)),
            Value::day(found.on),
        ]);
    };
    view.dossiers().for_each(|row| add(&row.code, None, row.exemption));
    for (row, document) in view.documents() {
        add(&row.code, Some(document.ordinal), document.exemption);
    }
    Table {
        name: "danh_sach_mien_tru",
        title: say::report::table_exempted(lang),
        columns: columns(
            lang,
            &[
                ("ma", say::report::col_code),
                ("ho_so", say::report::col_dossier),
                ("tai_lieu", say::report::col_ordinal),
                ("ly_do", say::report::col_reason),
                ("nguoi", say::report::col_by),
                ("ngay", say::report::col_day),
            ],
        ),
        rows,
        ..Table::default()
    }
}

// ------------------------------------------------------------------- savings

pub(crate) fn savings(context: &Context<'_>) -> Parts {
    let (lang, view) = (context.lang, &context.view);
    let usual = Savings::default();
    let mut units: BTreeMap<UnitName<'_>, [u64; 4]> = BTreeMap::new();
    for (row, document) in view.documents() {
        let costs = view.reporting(row).map_or(&usual, |reporting| &reporting.savings);
        if document.traits.has(Trait::OnPaper) || document.way == Way::Component {
            continue;
        }
        let sheets = sheets(document.pages, costs.duplex);
        // What was printed after all was not saved.
        let copies = u64::from(costs.copies).saturating_sub(document.printed.into());
        let [documents, pages, saved, money] = units.entry(view.unit(row)).or_default();
        *documents += 1;
        *pages += u64::from(document.pages);
        *saved += sheets * copies;
        *money += sheets * copies * u64::from(costs.price);
    }
    let row = |(unit, [documents, pages, saved, money]): (UnitName<'_>, [u64; 4])| {
        vec![
            Value::text(unit.name),
            Value::Count(documents),
            Value::Count(pages),
            Value::Count(saved),
            Value::Money(money),
        ]
    };
    let mut table = Table {
        name: "tiet_kiem",
        title: say::report::table_savings(lang),
        columns: columns(
            lang,
            &[
                ("don_vi", say::report::col_unit),
                ("tai_lieu", say::report::col_documents),
                ("trang", say::report::col_pages),
                ("to_giay", say::report::col_sheets),
                ("tien", say::report::col_money),
            ],
        ),
        rows: units.into_iter().map(row).collect(),
        total: None,
        chart: Some(Chart { label: 0, series: vec![3] }),
    };
    table.add_up(say::report::total(lang));
    let saved =
        table.total.as_ref().and_then(|total| total.get(3)?.amount()).unwrap_or_default();
    let mut notes = vec![say::report::note_savings(lang)];
    for (agency, reporting) in view.facts.agencies.iter().zip(context.reportings()) {
        let Savings { price, duplex, copies } = &reporting.savings;
        let sides = if *duplex { 2 } else { 1 };
        let price = context.count((*price).into());
        notes.push(say::report::note_costs(lang, &agency.name, price, sides, copies));
    }
    notes.push(say::report::note_weight(lang, kilograms(saved, lang)));
    (vec![Block::Table(table)], notes)
}

/// Sheets that so many pages take.
fn sheets(pages: u32, duplex: bool) -> u64 {
    u64::from(pages).div_ceil(if duplex { 2 } else { 1 })
}

#[expect(clippy::cast_precision_loss, reason = "an estimate, far below 2^53")]
fn kilograms(sheets: u64, lang: Lang) -> String {
    let text = format!("{:.1}", sheets as f64 * GRAMS / 1000.0);
    match lang {
        Lang::Vi => text.replace('.', ","),
        Lang::En => text,
    }
}

// ------------------------------------------------------------------- leakage

pub(crate) fn leakage(context: &Context<'_>) -> Parts {
    let (lang, view) = (context.lang, &context.view);
    let mut units: BTreeMap<UnitName<'_>, [u64; 4]> = BTreeMap::new();
    let mut rows = Vec::new();
    let signed = indicators::named("ky_so").map(|indicator| indicator.things);
    for (row, document) in view.documents().filter(|(_, d)| d.way == Way::Outgoing) {
        let Some(Things::Documents(class)) = signed else { continue };
        let class = class(view, row, document);
        if class == Class::Exempt {
            continue;
        }
        let on_paper = document.traits.has(Trait::OnPaper);
        let (printed, unsigned) = (document.printed > 0, class == Class::Misses);
        let [all, paper, prints, none] = units.entry(view.unit(row)).or_default();
        *all += 1;
        *paper += u64::from(on_paper);
        *prints += u64::from(printed);
        *none += u64::from(unsigned);
        if !(on_paper || printed || unsigned) {
            continue;
        }
        let mut why = Vec::new();
        why.extend(on_paper.then(|| say::report::leak_paper(lang)));
        why.extend(printed.then(|| say::report::leak_printed(lang, document.printed)));
        why.extend(unsigned.then(|| say::report::leak_unsigned(lang)));
        let name = |name| view.facts.names.text(name);
        rows.push(vec![
            Value::text(view.unit(row).name),
            Value::text(&row.code),
            Value::Count(document.ordinal.into()),
            Value::Text(format!("{}/{}", name(document.number), name(document.notation))),
            Value::day(document.issued),
            Value::Text(why.join("; ")),
        ]);
    }
    let line = |(unit, counts): (UnitName<'_>, [u64; 4])| {
        let mut line = vec![Value::text(unit.name)];
        line.extend(counts.map(Value::Count));
        line
    };
    let mut by_unit = Table {
        name: "ro_ri",
        title: say::report::table_leakage(lang),
        columns: columns(
            lang,
            &[
                ("don_vi", say::report::col_unit),
                ("ban_hanh", say::report::col_issued),
                ("ban_giay", say::report::col_on_paper),
                ("in_sau_ky", say::report::col_printed_after),
                ("chua_ky", say::report::col_unsigned),
            ],
        ),
        rows: units.into_iter().map(line).collect(),
        total: None,
        chart: Some(Chart { label: 0, series: vec![2, 3, 4] }),
    };
    by_unit.add_up(say::report::total(lang));
    let list = Table {
        name: "danh_sach_ro_ri",
        title: say::report::table_leaks(lang),
        columns: columns(
            lang,
            &[
                ("don_vi", say::report::col_unit),
                ("ho_so", say::report::col_dossier),
                ("tai_lieu", say::report::col_ordinal),
                ("so_ky_hieu", say::report::col_symbol),
                ("ngay", say::report::col_issued_on),
                ("vi_sao", say::report::col_reason),
            ],
        ),
        rows,
        ..Table::default()
    };
    (
        vec![Block::Table(by_unit), Block::Table(list)],
        vec![say::report::note_leakage(lang)],
    )
}
