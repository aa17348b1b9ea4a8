//! Signatures: verdicts, levels, what ends when, who has never signed.

use std::collections::BTreeMap;

use crate::report::context::Context;
use crate::report::facts::Way;
use crate::report::indicators;
use crate::report::kinds::{Parts, columns};
use crate::report::names::Name;
use crate::report::table::{Block, Chart, Table};
use crate::report::value::Value;
use crate::report::verdict::{SignatureFact, Signed};
use crate::say::{self, Lang};
use crate::text::fold;
use crate::time::{Day, Timestamp};
use crate::verify::role::Role;

/// A certificate that ends within so many days is told first.
const SOON: i64 = 90;

pub(crate) fn signatures(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let mut blocks = vec![context.block(
        say::report::block_figures(lang),
        &["ky_so", "ky_so_lanh_dao", "da_ky_so"],
    )];
    blocks.push(Block::Table(verdicts(context)));
    blocks.push(Block::Table(levels(context)));
    blocks.push(Block::Table(certificates(context)));
    blocks.push(Block::Table(never(context)));
    let mut notes = vec![say::report::note_signed(lang)];
    if !context.has_trust {
        notes.push(say::report::note_no_trust(lang));
    }
    (blocks, notes)
}

/// A verdict as it is told.
pub(crate) fn word(signed: Option<Signed>, lang: Lang) -> String {
    match signed {
        Some(Signed::Valid) => say::report::valid(lang),
        Some(Signed::Invalid) => say::report::invalid(lang),
        Some(Signed::Undecided) => say::report::undecided(lang),
        Some(Signed::Unsigned) => say::report::unsigned(lang),
        None => say::report::unjudged(lang),
    }
}

/// Documents by verdict and by the way they go.
fn verdicts(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let order = [
        Some(Signed::Valid),
        Some(Signed::Undecided),
        Some(Signed::Invalid),
        Some(Signed::Unsigned),
        None,
    ];
    let mut counts = [[0_u64; 3]; 5];
    for (_, document) in view.documents() {
        let signed = view.facts.verdict(document).map(|verdict| verdict.signed);
        let way = match document.way {
            Way::Outgoing => 0,
            Way::Incoming => 1,
            Way::Component => 2,
        };
        let at = order.iter().position(|one| *one == signed).unwrap_or(4);
        if let Some(count) = counts.get_mut(at).and_then(|row| row.get_mut(way)) {
            *count += 1;
        }
    }
    let row = |(signed, counts): (&Option<Signed>, [u64; 3])| {
        let mut row = vec![Value::Text(word(*signed, lang))];
        row.extend(counts.map(Value::Count));
        row.push(Value::Count(counts.iter().sum()));
        row
    };
    let mut table = Table {
        name: "ket_luan",
        title: say::report::table_verdicts(lang),
        columns: columns(
            lang,
            &[
                ("ket_luan", say::report::col_verdict),
                ("van_ban_di", say::report::col_outgoing),
                ("van_ban_den", say::report::col_incoming),
                ("thanh_phan", say::report::col_components),
                ("tong", say::report::col_all),
            ],
        ),
        rows: order.iter().zip(counts).map(row).collect(),
        total: None,
        chart: Some(Chart { label: 0, series: vec![4] }),
    };
    table.add_up(say::report::total(lang));
    table
}

/// Signatures by the level they reach.
fn levels(context: &Context<'_>) -> Table {
    let lang = context.lang;
    let mut counted: BTreeMap<Name, [u64; 3]> = BTreeMap::new();
    for one in all(context) {
        let [valid, undecided, invalid] = counted.entry(one.level).or_default();
        match one.signed {
            Signed::Valid => *valid += 1,
            Signed::Undecided | Signed::Unsigned => *undecided += 1,
            Signed::Invalid => *invalid += 1,
        }
    }
    let names = &context.view.facts.names;
    let levels: BTreeMap<&str, [u64; 3]> =
        counted.into_iter().map(|(level, counts)| (names.text(level), counts)).collect();
    let row = |(level, counts): (&str, [u64; 3])| {
        let mut row = vec![Value::text(level)];
        row.extend(counts.map(Value::Count));
        row
    };
    let mut table = Table {
        name: "muc_chu_ky",
        title: say::report::table_levels(lang),
        columns: columns(
            lang,
            &[
                ("muc", say::report::col_level),
                ("hop_le", say::report::valid),
                ("chua_ket_luan", say::report::undecided),
                ("khong_hop_le", say::report::invalid),
            ],
        ),
        rows: levels.into_iter().map(row).collect(),
        ..Table::default()
    };
    table.add_up(say::report::total(lang));
    table
}

/// Who signed, and when each certificate ends; the next to end first.
fn certificates(context: &Context<'_>) -> Table {
    let (lang, today) = (context.lang, context.view.today);
    // Many signatures, few certificates: days and names are asked for once each.
    let mut counted: BTreeMap<(Option<Timestamp>, Name, Option<Role>), u64> =
        BTreeMap::new();
    for one in all(context) {
        *counted.entry((one.until, one.name, one.role)).or_default() += 1;
    }
    let names = &context.view.facts.names;
    let mut ends: BTreeMap<(Option<Day>, &str, Option<Role>), u64> = BTreeMap::new();
    for ((until, name, role), count) in counted {
        let end = (until.map(Timestamp::day), names.text(name), role);
        *ends.entry(end).or_default() += count;
    }
    let row = |((until, name, role), count): ((Option<Day>, &str, Option<Role>), u64)| {
        let left = until.map(|until| today.days_until(until));
        let state = match left {
            None => String::new(),
            Some(left) if left < 0 => say::report::has_ended(lang),
            Some(left) if left <= SOON => say::report::ends_soon(lang, left),
            Some(_) => say::report::holds(lang),
        };
        let role = match role {
            Some(Role::Person) => say::report::role_leader(lang),
            Some(Role::Agency) => say::report::role_agency(lang),
            Some(Role::Copy) => say::report::role_copy(lang),
            None => say::report::role_stamp(lang),
        };
        vec![
            Value::text(name),
            Value::Text(role),
            Value::day(until),
            Value::Text(state),
            Value::Count(count),
        ]
    };
    Table {
        name: "chung_thu",
        title: say::report::table_certificates(lang),
        columns: columns(
            lang,
            &[
                ("nguoi_ky", say::report::col_signer),
                ("vai_tro", say::report::col_role),
                ("het_han", say::report::col_ends),
                ("tinh_trang", say::report::col_state),
                ("chu_ky", say::report::col_signatures),
            ],
        ),
        rows: ends.into_iter().map(row).collect(),
        ..Table::default()
    }
}

/// Officers of the list without a valid signature in the period.
fn never(context: &Context<'_>) -> Table {
    let lang = context.lang;
    let signed = indicators::valid_signatures(&context.view);
    let missing = context
        .officers()
        .filter(|(_, one)| !signed.contains_key(&fold::bare(&one.name)));
    let rows = missing.map(|(_, officer)| {
        vec![
            Value::text(&officer.id),
            Value::text(&officer.name),
            Value::text(&officer.unit),
            Value::Text(if officer.leader {
                say::report::yes(lang)
            } else {
                String::new()
            }),
        ]
    });
    Table {
        name: "chua_ky",
        title: say::report::table_never(lang),
        columns: columns(
            lang,
            &[
                ("can_bo", say::report::col_officer),
                ("ho_ten", say::report::col_name),
                ("don_vi", say::report::col_unit),
                ("lanh_dao", say::report::col_leader),
            ],
        ),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// Every signature in scope.
fn all<'a>(context: &'a Context<'_>) -> impl Iterator<Item = &'a SignatureFact> {
    let view = &context.view;
    let verdicts =
        view.documents().filter_map(|(_, document)| view.facts.verdict(document));
    verdicts.flat_map(|verdict| &verdict.signatures)
}
