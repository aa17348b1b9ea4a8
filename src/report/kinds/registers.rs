//! Registers: incoming and outgoing documents (Nghị định 30/2020/NĐ-CP, Phụ lục
//! IV), dossiers (Thông tư 03/2025/TT-VPCP, Mẫu 07), and what is wrong with the
//! numbering.
//!
//! Numbers begin again at 01 on the first of January (Điều 15); a secret paper has
//! a series of its own, so that a gap in the ordinary one is no trace of it. The
//! register of dossiers leaves out names, addresses and telephone numbers of
//! applicants: the archive does not keep them.

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::state::State;
use crate::report::context::Context;
use crate::report::facts::{DocumentRow, Way};
use crate::report::indicators;
use crate::report::kinds::{Parts, columns};
use crate::report::names::Name;
use crate::report::table::{Block, Table};
use crate::report::value::Value;
use crate::say::{self, Lang, Sentence};

/// Ranges of missing numbers that are told for one series.
const MOST_GAPS: usize = 30;
/// The highest number that is believed: a misread one would open a great gap.
const HIGHEST: u32 = 99_999;

pub(crate) fn registers(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let blocks =
        [incoming(context), outgoing(context), dossiers(context), numbering(context)];
    let blocks = blocks.into_iter().map(Block::Table).collect();
    (blocks, vec![say::report::note_registers(lang)])
}

/// Kind and subject, as registers write them.
fn about(context: &Context<'_>, document: &DocumentRow) -> Value {
    let names = &context.view.facts.names;
    let [subject, ..] = document.words;
    let words = [names.text(document.kind), names.text(subject)];
    Value::Text(
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" – "),
    )
}

fn symbol(context: &Context<'_>, document: &DocumentRow) -> Value {
    let names = &context.view.facts.names;
    match (names.text(document.number), names.text(document.notation)) {
        ("", "") => Value::Empty,
        (number, "") => Value::text(number),
        (number, notation) => Value::Text(format!("{number}/{notation}")),
    }
}

fn incoming(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let of_day = |document: &DocumentRow| (document.arrived, document.arrival_number);
    let mut all: Vec<_> =
        view.documents().filter(|(_, d)| d.way == Way::Incoming).collect();
    all.sort_by_key(|(_, document)| of_day(document));
    let rows = all.into_iter().map(|(row, document)| {
        vec![
            Value::day(document.arrived),
            document
                .arrival_number
                .map_or(Value::Empty, |number| Value::Count(number.into())),
            Value::text(view.facts.names.text(document.organ)),
            symbol(context, document),
            Value::day(document.issued),
            about(context, document),
            Value::text(view.unit(row).name),
            Value::Day(document.added),
            Value::Empty,
            Value::text(&row.code),
        ]
    });
    let heads: [(&'static str, Sentence); 10] = [
        ("ngay_den", say::report::col_arrived),
        ("so_den", say::report::col_arrival_number),
        ("tac_gia", say::report::col_author),
        ("so_ky_hieu", say::report::col_symbol),
        ("ngay_thang", say::report::col_issued_on),
        ("trich_yeu", say::report::col_subject),
        ("don_vi_nhan", say::report::col_receiver),
        ("ngay_chuyen", say::report::col_passed_on),
        ("ky_nhan", say::report::col_signed_for),
        ("ghi_chu", say::report::col_note),
    ];
    Table {
        name: "van_ban_den",
        title: say::report::table_incoming(lang),
        columns: columns(lang, &heads),
        rows: rows.collect(),
        ..Table::default()
    }
}

fn outgoing(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let mut all: Vec<_> =
        view.documents().filter(|(_, d)| d.way == Way::Outgoing).collect();
    all.sort_by_key(|(_, document)| (document.issued, number(context, document.number)));
    let rows = all.into_iter().map(|(row, document)| {
        let [_, to, signer] = document.words.map(|name| view.facts.names.text(name));
        vec![
            symbol(context, document),
            Value::day(document.issued),
            about(context, document),
            Value::text(signer),
            Value::text(to),
            Value::text(view.unit(row).name),
            Value::Count(u64::from(document.printed).max(1)),
            Value::Day(document.added),
            Value::Empty,
            Value::text(&row.code),
        ]
    });
    let heads: [(&'static str, Sentence); 10] = [
        ("so_ky_hieu", say::report::col_symbol),
        ("ngay_thang", say::report::col_issued_on),
        ("trich_yeu", say::report::col_subject),
        ("nguoi_ky", say::report::col_signer),
        ("noi_nhan", say::report::col_recipients),
        ("don_vi_luu", say::report::col_keeper),
        ("so_ban", say::report::col_copies),
        ("ngay_chuyen", say::report::col_passed_on),
        ("ky_nhan", say::report::col_signed_for),
        ("ghi_chu", say::report::col_note),
    ];
    Table {
        name: "van_ban_di",
        title: say::report::table_outgoing(lang),
        columns: columns(lang, &heads),
        rows: rows.collect(),
        ..Table::default()
    }
}

fn dossiers(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let open = view.dossiers().filter(|row| !indicators::is_secret(row));
    let rows = open.zip(1_u64..).map(|(row, at)| {
        let channel = match row.channel {
            2 => say::report::col_online(lang),
            3 => say::report::col_post(lang),
            _ => say::report::col_counter(lang),
        };
        vec![
            Value::Count(at),
            Value::text(&row.code),
            Value::text(&row.title),
            Value::text(view.facts.names.text(row.procedure)),
            Value::text(view.unit(row).name),
            Value::day(row.received),
            Value::day(row.due),
            Value::day(row.ended),
            Value::Text(state(row.state, lang)),
            Value::Text(channel),
        ]
    });
    let heads: [(&'static str, Sentence); 10] = [
        ("stt", say::report::col_number),
        ("ma_ho_so", say::report::col_dossier),
        ("ten", say::report::col_title),
        ("ma_tthc", say::report::col_procedure),
        ("don_vi", say::report::col_unit),
        ("ngay_nhan", say::report::col_received_on),
        ("ngay_hen_tra", say::report::col_due_on),
        ("ngay_ket_thuc", say::report::col_ended_on),
        ("trang_thai", say::report::col_state),
        ("kenh", say::report::col_channel),
    ];
    Table {
        name: "so_theo_doi_ho_so",
        title: say::report::table_dossiers(lang),
        columns: columns(lang, &heads),
        rows: rows.collect(),
        ..Table::default()
    }
}

fn state(state: State, lang: Lang) -> String {
    match state {
        State::Received => say::report::state_received(lang),
        State::InHand => say::report::state_open(lang),
        State::Wanting => say::report::state_supplement(lang),
        State::Done => say::report::state_done(lang),
        State::HandedOver => say::report::state_returned(lang),
        State::Refused => say::report::state_refused(lang),
        State::Stopped => say::report::state_stopped(lang),
        State::Withdrawn => say::report::state_withdrawn(lang),
    }
}

/// The digits a number begins with.
fn number(context: &Context<'_>, name: Name) -> Option<u32> {
    let text = context.view.facts.names.text(name);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|number| (1..=HIGHEST).contains(number))
}

/// A series: agency, year, notation.
type Series = (u16, i16, String);
/// Numbers of a series as numbers and as written, and how often each was given.
type Numbers = BTreeMap<(u32, String), u32>;

/// The numbers of every series in the years that the report touches.
fn series(context: &Context<'_>) -> BTreeMap<Series, Numbers> {
    let (lang, view) = (context.lang, &context.view);
    let years: BTreeSet<i16> =
        view.documents().map(|(_, document)| document.day().year()).collect();
    // What arrives has one series for all.
    let mut series: BTreeMap<Series, Numbers> = BTreeMap::new();
    for document in &view.facts.documents {
        let day = document.day();
        let Some(row) = view.facts.dossier_of(document) else { continue };
        if !years.contains(&day.year()) {
            continue;
        }
        let names = &view.facts.names;
        let (name, number, whole) = match document.way {
            Way::Component => continue,
            Way::Incoming => {
                let Some(number) = document.arrival_number else { continue };
                (say::report::series_incoming(lang), number, number.to_string())
            }
            Way::Outgoing => {
                let Some(number) = number(context, document.number) else { continue };
                let whole = names.text(document.number).to_lowercase();
                (names.text(document.notation).to_owned(), number, whole)
            }
        };
        // `05` and `5` are one number, `5a` is another.
        let whole = whole.trim_start_matches('0').to_owned();
        let numbers = series.entry((row.agency, day.year(), name)).or_default();
        *numbers.entry((number, whole)).or_default() += 1;
    }
    series
}

/// Gaps and duplicates, in the whole years that the report touches.
fn numbering(context: &Context<'_>) -> Table {
    let lang = context.lang;
    let row = |((_, year, name), numbers): (Series, Numbers)| {
        let twice: Vec<_> = numbers
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|((_, whole), count)| format!("{whole} (×{count})"))
            .collect();
        let there: BTreeSet<u32> = numbers.keys().map(|(number, _)| *number).collect();
        let (gaps, missing) = gaps(&there);
        vec![
            Value::Text(year.to_string()),
            Value::Text(name),
            Value::Count(there.last().copied().unwrap_or_default().into()),
            Value::Count(numbers.values().map(|count| u64::from(*count)).sum()),
            Value::Count(missing),
            Value::Text(gaps),
            Value::Text(twice.join(", ")),
        ]
    };
    Table {
        name: "danh_so",
        title: say::report::table_numbering(lang),
        columns: columns(
            lang,
            &[
                ("nam", say::report::col_year),
                ("ky_hieu", say::report::col_series),
                ("so_cuoi", say::report::col_last_number),
                ("so_van_ban", say::report::col_documents),
                ("so_thieu", say::report::col_missing_count),
                ("thieu", say::report::col_missing),
                ("trung", say::report::col_twice),
            ],
        ),
        rows: series(context).into_iter().map(row).collect(),
        ..Table::default()
    }
}

/// What is missing from 1 to the highest, as ranges, and how many.
fn gaps(there: &BTreeSet<u32>) -> (String, u64) {
    let (mut ranges, mut missing, mut next) = (Vec::new(), 0_u64, 1_u32);
    for number in there {
        if *number > next {
            let last = number - 1;
            missing += u64::from(number - next);
            ranges.push(if next == last {
                next.to_string()
            } else {
                format!("{next}–{last}")
            });
        }
        next = number.saturating_add(1);
    }
    let more = ranges.len() > MOST_GAPS;
    ranges.truncate(MOST_GAPS);
    let text = ranges.join(", ");
    (if more { text + ", …" } else { text }, missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_numbers_are_told_as_ranges() {
        let of = |numbers: &[u32]| gaps(&numbers.iter().copied().collect());
        assert_eq!(of(&[1, 2, 4, 9]), ("3, 5–8".to_owned(), 5));
        assert_eq!(of(&[3]), ("1–2".to_owned(), 2));
        assert_eq!(of(&[1, 2]), (String::new(), 0));
        assert_eq!(of(&[]), (String::new(), 0));
    }
}
