//! A campaign without paper: every day and every week of it.
//!
//! A day without printing is a working day on which nothing was issued on paper
//! and nothing was printed after it had been signed, as far as records say.

use std::collections::BTreeMap;

use crate::archive::facts::Trait;
use crate::report::class::Class;
use crate::report::context::Context;
use crate::report::facts::Way;
use crate::report::indicators::{self, Things};
use crate::report::kinds::{Parts, columns};
use crate::report::table::{Block, Chart, Table};
use crate::report::value::Value;
use crate::say;
use crate::time::Day;

/// Days of a campaign that are listed.
const MOST_DAYS: i64 = 1_000;
/// Saturday is 6.
const LAST_WORKDAY: i8 = 5;

/// What happened on a day, or in a week.
#[derive(Clone, Copy, Default)]
struct Tally {
    channels: [u64; 3],
    issued: u64,
    signed: u64,
    printed: u64,
}

impl Tally {
    fn received(&self) -> u64 {
        self.channels.iter().sum()
    }

    fn add(&mut self, other: &Self) {
        for (own, other) in self.channels.iter_mut().zip(other.channels) {
            *own += other;
        }
        self.issued += other.issued;
        self.signed += other.signed;
        self.printed += other.printed;
    }
}

pub(crate) fn campaign(context: &Context<'_>) -> Parts {
    let (lang, view) = (context.lang, &context.view);
    let days = days(context);
    let mut blocks = vec![context.block(
        say::report::block_figures(lang),
        &[
            "xu_ly_mang",
            "ky_so",
            "so_hoa",
            "ket_qua_dien_tu",
            "truc_tuyen",
            "kpi",
            "da_ky_so",
        ],
    )];
    blocks.push(Block::Table(by_week(context, &days)));
    blocks.push(Block::Table(by_day(context, &days)));
    let mut notes =
        vec![say::report::note_parts(lang), say::report::note_day_off_paper(lang)];
    if let Some(due) = context.campaign.and_then(|campaign| campaign.due) {
        let left = view.today.days_until(due);
        let day = due.vietnamese();
        notes.insert(
            0,
            match left {
                0.. => say::report::note_due(lang, day, left),
                _ => say::report::note_overdue(lang, day, -left),
            },
        );
    }
    (blocks, notes)
}

/// Every day from the first to the last that has come.
fn days(context: &Context<'_>) -> BTreeMap<Day, Tally> {
    let view = &context.view;
    let mut days: BTreeMap<Day, Tally> = BTreeMap::new();
    let first =
        view.scope.from.or_else(|| view.dossiers().filter_map(|row| row.received).min());
    if let Some(first) = first {
        let mut day = first;
        while day <= view.end() && first.days_until(day) < MOST_DAYS {
            days.insert(day, Tally::default());
            day = day.plus(1);
        }
    }
    for row in view.dossiers() {
        let Some(tally) = row.received.and_then(|day| days.get_mut(&day)) else {
            continue;
        };
        let at = usize::from(row.channel.saturating_sub(1));
        if let Some(count) = tally.channels.get_mut(at) {
            *count += 1;
        }
    }
    let signed = indicators::named("ky_so").map(|indicator| indicator.things);
    for (row, document) in view.documents() {
        if let Some(tally) = days.get_mut(&document.day())
            && document.way == Way::Outgoing
        {
            tally.issued += 1;
            tally.printed += u64::from(document.traits.has(Trait::OnPaper));
            if let Some(Things::Documents(class)) = signed {
                tally.signed += u64::from(class(view, row, document) == Class::Counts);
            }
        }
        // A copy printed later counts on the day it was printed.
        if document.printed > 0
            && let Some(tally) =
                days.get_mut(&document.printed_on.unwrap_or_else(|| document.day()))
        {
            tally.printed += 1;
        }
    }
    days
}

fn cells(tally: &Tally) -> Vec<Value> {
    let [counter, online, post] = tally.channels;
    [tally.received(), counter, online, post, tally.issued, tally.signed, tally.printed]
        .map(Value::Count)
        .into()
}

const COLUMNS: [(&str, say::Sentence); 7] = [
    ("tiep_nhan", say::report::col_received),
    ("truc_tiep", say::report::col_counter),
    ("truc_tuyen", say::report::col_online),
    ("buu_chinh", say::report::col_post),
    ("ban_hanh", say::report::col_issued),
    ("ky_so", say::report::col_signed),
    ("in_giay", say::report::col_printed),
];

fn by_day(context: &Context<'_>, days: &BTreeMap<Day, Tally>) -> Table {
    let lang = context.lang;
    let mut heads = vec![("ngay", say::report::col_day as say::Sentence)];
    heads.extend(COLUMNS);
    heads.push(("khong_in", say::report::col_no_printing));
    let row = |(day, tally): (&Day, &Tally)| {
        let mut row = vec![Value::Day(*day)];
        row.extend(cells(tally));
        let works = day.weekday() <= LAST_WORKDAY;
        row.push(match (works, tally.printed) {
            (false, 0) => Value::text(""),
            (true, 0) => Value::Text(say::report::yes(lang)),
            (_, _) => Value::Text(say::report::no(lang)),
        });
        row
    };
    let mut table = Table {
        name: "theo_ngay",
        title: say::report::table_days(lang),
        columns: columns(lang, &heads),
        rows: days.iter().map(row).collect(),
        total: None,
        chart: Some(Chart { label: 0, series: vec![2, 3, 4] }),
    };
    table.add_up(say::report::total(lang));
    if let Some(total) = &mut table.total {
        let free = days
            .iter()
            .filter(|(day, tally)| day.weekday() <= LAST_WORKDAY && tally.printed == 0);
        if let Some(cell) = total.last_mut() {
            *cell = Value::Text(say::report::days(lang, free.count()));
        }
        if let Some(cell) = total.first_mut() {
            *cell = Value::Text(say::report::total(lang));
        }
    }
    table
}

fn by_week(context: &Context<'_>, days: &BTreeMap<Day, Tally>) -> Table {
    let lang = context.lang;
    let mut weeks: BTreeMap<(i16, i8), Tally> = BTreeMap::new();
    for (day, tally) in days {
        weeks.entry(day.week()).or_default().add(tally);
    }
    let mut heads = vec![("tuan", say::report::col_week as say::Sentence)];
    heads.extend(COLUMNS);
    heads.push(("so_tuan_truoc", say::report::col_change));
    let mut before: Option<u64> = None;
    let mut rows = Vec::new();
    for ((year, week), tally) in weeks {
        let mut row = vec![Value::Text(format!("{year}-W{week:02}"))];
        row.extend(cells(&tally));
        let now = tally.received();
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        row.push(before.map_or(Value::Empty, |before| {
            Value::Change(signed(now).saturating_sub(signed(before)))
        }));
        before = Some(now);
        rows.push(row);
    }
    let mut table = Table {
        name: "theo_tuan",
        title: say::report::table_weeks(lang),
        columns: columns(lang, &heads),
        rows,
        total: None,
        chart: Some(Chart { label: 0, series: vec![2, 3, 4] }),
    };
    table.add_up(say::report::total(lang));
    table
}
