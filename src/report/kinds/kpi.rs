//! Officers and units: what the system of KPIs is fed with.
//!
//! One row for each officer of the list and for everybody else the dossiers
//! name. Dossiers are told apart by who received and who handled them;
//! signatures by the name in the certificate.

use std::collections::BTreeMap;

use crate::report::class::Class;
use crate::report::context::Context;
use crate::report::indicators;
use crate::report::kinds::{Parts, columns};
use crate::report::names::Name;
use crate::report::table::{Block, Table};
use crate::report::value::{Share, Value};
use crate::say;
use crate::text::fold;

/// What is counted for an officer.
#[derive(Default)]
struct Work {
    name: String,
    unit: String,
    received: u64,
    handled: u64,
    ended: u64,
    digitised: u64,
    signed: u64,
    on_time: Share,
    pages: u64,
    minutes: Vec<u32>,
    sure: u64,
    scans: u64,
}

pub(crate) fn kpi(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let people = table(context);
    let units = context.by_unit(&["so_hoa", "ky_so", "dung_han", "phieu_hen"]);
    let blocks = vec![
        context.block(
            say::report::block_figures(lang),
            &["kpi", "da_ky_so", "dung_han", "phieu_hen"],
        ),
        Block::Table(people),
        Block::Table(units),
    ];
    (blocks, vec![say::report::note_kpi(lang), say::report::note_parts(lang)])
}

fn table(context: &Context<'_>) -> Table {
    let lang = context.lang;
    let rows = gather(context).into_iter().map(|((_, id), work)| {
        vec![
            Value::Text(id),
            Value::Text(work.name),
            Value::Text(work.unit),
            Value::Count(work.received),
            Value::Count(work.digitised),
            Value::Count(work.handled),
            Value::Count(work.ended),
            Value::Share(work.on_time),
            Value::Count(work.signed),
            Value::Count(work.pages),
            quantile(&work.minutes, 50),
            quantile(&work.minutes, 95),
            work.sure.checked_div(work.scans).map_or(Value::Empty, Value::Hundredths),
        ]
    });
    let heads = [
        ("can_bo", say::report::col_officer as say::Sentence),
        ("ho_ten", say::report::col_name),
        ("don_vi", say::report::col_unit),
        ("tiep_nhan", say::report::col_received),
        ("so_hoa", say::report::col_digitised_papers),
        ("xu_ly", say::report::col_handled),
        ("da_giai_quyet", say::report::col_ended),
        ("dung_han", say::report::col_on_time),
        ("ky_so", say::report::col_signed_documents),
        ("trang", say::report::col_pages),
        ("phut_trung_vi", say::report::col_median),
        ("phut_p95", say::report::col_p95),
        ("chat_luong", say::report::col_quality),
    ];
    let mut table = Table {
        name: "can_bo",
        title: say::report::table_officers(lang),
        columns: columns(lang, &heads),
        rows: rows.collect(),
        ..Table::default()
    };
    table.add_up(say::report::total(lang));
    table
}

/// The work of everybody, by agency and identifier.
fn gather(context: &Context<'_>) -> BTreeMap<(u16, String), Work> {
    let view = &context.view;
    let facts = view.facts;
    let mut by_name: BTreeMap<(u16, Name), Work> = BTreeMap::new();
    for row in view.dossiers() {
        if row.receiver != 0 {
            let work = by_name.entry((row.agency, row.receiver)).or_default();
            work.received += 1;
            work.digitised += u64::from(row.components.digitised);
            work.minutes.extend(row.slip_minutes);
            for document in facts.documents_of(row) {
                work.pages += u64::from(document.pages);
                if let Some(sure) = document.confidence {
                    work.sure += u64::from(sure) * 100;
                    work.scans += 1;
                }
            }
        }
        if row.handler != 0 {
            let work = by_name.entry((row.agency, row.handler)).or_default();
            work.handled += 1;
            work.ended += u64::from(row.state.is_end());
            match indicators::on_time(view, row) {
                Class::Counts => {
                    work.on_time.part += 1;
                    work.on_time.whole += 1;
                }
                Class::Misses | Class::Unverified => work.on_time.whole += 1,
                Class::Exempt | Class::Outside => {}
            }
        }
    }
    let named = |((agency, name), work): ((u16, Name), Work)| {
        ((agency, facts.names.text(name).to_owned()), work)
    };
    let mut all: BTreeMap<(u16, String), Work> = by_name.into_iter().map(named).collect();
    let signed = indicators::valid_signatures(view);
    for (agency, officer) in context.officers() {
        let work = all.entry((agency, officer.id.clone())).or_default();
        work.name.clone_from(&officer.name);
        work.unit.clone_from(&officer.unit);
        work.signed = signed.get(&fold::bare(&officer.name)).copied().unwrap_or_default();
    }
    all
}

/// The value that so many of a hundred do not exceed, by rank.
fn quantile(minutes: &[u32], percent: usize) -> Value {
    let mut sorted = minutes.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(rank).map_or(Value::Empty, |minutes| Value::Count((*minutes).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let minutes = [4, 1, 9, 3, 2];
        assert_eq!(quantile(&minutes, 50), Value::Count(3));
        assert_eq!(quantile(&minutes, 95), Value::Count(9));
        assert_eq!(quantile(&[7], 50), Value::Count(7));
        assert_eq!(quantile(&[], 50), Value::Empty);
    }
}
