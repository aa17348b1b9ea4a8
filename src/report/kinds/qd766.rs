//! Quyết định 766/QĐ-TTg: the group of digitisation with its 22 points, the
//! group of time limits, and the table by which offices follow them.

use std::collections::BTreeMap;

use crate::archive::facts::Mark;
use crate::report::class::Class;
use crate::report::context::Context;
use crate::report::figure::Figure;
use crate::report::indicators;
use crate::report::kinds::{Parts, columns};
use crate::report::scope::UnitName;
use crate::report::table::{Block, Chart, Column, Table};
use crate::report::value::Value;
use crate::say::{self, Lang};

/// Group 4, in the order of the decision.
const DIGITISATION: [&str; 7] = [
    "ket_qua_dien_tu",
    "so_hoa_ho_so",
    "tai_su_dung",
    "chia_se",
    "tthc_dan_cu",
    "ho_so_dan_cu",
    "chung_thuc_dien_tu",
];

pub(crate) fn qd766(context: &Context<'_>) -> Parts {
    let lang = context.lang;
    let figures = context.figures(&DIGITISATION);
    let points = score(&figures, context);
    let blocks = vec![
        Block::Figures { title: say::report::block_766_4(lang), figures },
        Block::Table(points),
        context.block(
            say::report::block_766_2(lang),
            &["dung_han", "truc_tuyen", "thanh_toan"],
        ),
        Block::Table(dashboard(context)),
        Block::Table(punctuality(context)),
    ];
    (blocks, vec![say::report::note_766(lang), say::report::note_parts(lang)])
}

/// Points of each figure, and their sum.
fn score(figures: &[Figure], context: &Context<'_>) -> Table {
    let lang = context.lang;
    let row = |figure: &Figure| {
        let points = figure.scored?;
        let got = points.of(figure.share());
        Some(vec![
            Value::text(&figure.name),
            got.map_or(Value::Empty, Value::Hundredths),
            Value::Count(points.most.into()),
            Value::Share(figure.share()),
            Value::Text(format!("{}%", points.threshold)),
        ])
    };
    let rows: Vec<_> = figures.iter().filter_map(row).collect();
    let got = figures.iter().filter_map(|figure| figure.scored?.of(figure.share()));
    // What nothing is counted for has no points, which is not none of 22.
    let got = got.reduce(|sum, points| sum + points);
    let most =
        figures.iter().filter_map(|figure| Some(u64::from(figure.scored?.most))).sum();
    Table {
        name: "diem",
        title: say::report::table_points(lang),
        columns: columns(
            lang,
            &[
                ("chi_tieu", say::report::col_figure),
                ("diem", say::report::col_points),
                ("toi_da", say::report::col_most),
                ("ty_le", say::report::col_share),
                ("nguong", say::report::col_threshold),
            ],
        ),
        rows,
        total: Some(vec![
            Value::Text(say::report::total(lang)),
            got.map_or(Value::Empty, Value::Hundredths),
            Value::Count(most),
            Value::Empty,
            Value::Empty,
        ]),
        chart: None,
    }
}

/// "Theo dõi mức độ số hóa – QĐ 766", as the one-stop software lays it out.
fn dashboard(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let mut units: BTreeMap<UnitName<'_>, [u64; 8]> = BTreeMap::new();
    for row in view.dossiers().filter(|row| !indicators::is_secret(row)) {
        let counts = units.entry(view.unit(row)).or_default();
        let file = indicators::has_component_file(view, row);
        let ended = row.state.has_result();
        let result = indicators::has_result_file(view, row);
        let paper_result = !row.marks.has(Mark::NoPaperResult);
        let facts = [
            true,
            !file,
            file,
            row.components.reused > 0,
            row.components.from_store > 0,
            ended,
            ended && paper_result && !result,
            ended && result,
        ];
        for (count, is_so) in counts.iter_mut().zip(facts) {
            *count += u64::from(is_so);
        }
    }
    let row = |((unit, counts), number): ((UnitName<'_>, [u64; 8]), u64)| {
        let mut row = vec![
            Value::Text(number.to_string()),
            Value::text(unit.group),
            Value::text(unit.name),
        ];
        row.extend(counts.map(Value::Count));
        row
    };
    let mut table = Table {
        name: "so_hoa_766",
        title: say::report::table_dashboard(lang),
        columns: dashboard_columns(lang),
        rows: units.into_iter().zip(1..).map(row).collect(),
        total: None,
        chart: Some(Chart { label: 2, series: vec![4, 5] }),
    };
    table.add_up(say::report::total(lang));
    table
}

/// The columns of the table, two groups among them.
fn dashboard_columns(lang: Lang) -> Vec<Column> {
    let received = say::report::group_received(lang);
    let result = say::report::group_result(lang);
    let columns = columns(
        lang,
        &[
            ("stt", say::report::col_number),
            ("nhom", say::report::col_group),
            ("don_vi", say::report::col_unit),
            ("tiep_nhan", say::report::col_received),
            ("chua_so_hoa_tphs", say::report::col_not_digitised),
            ("co_so_hoa_tphs", say::report::col_digitised),
            ("tai_su_dung", say::report::col_reused),
            ("tai_su_dung_cong", say::report::col_from_store),
            ("da_giai_quyet", say::report::col_ended),
            ("kq_chua_so_hoa", say::report::col_result_missing),
            ("kq_da_so_hoa", say::report::col_result_there),
        ],
    );
    let columns = columns.into_iter().enumerate();
    let grouped = columns.map(|(at, column)| match at {
        4..=7 => column.under(&received),
        9 | 10 => column.under(&result),
        _ => column,
    });
    grouped.collect()
}

/// On time, late, and what cannot be told, by unit.
fn punctuality(context: &Context<'_>) -> Table {
    let (lang, view) = (context.lang, &context.view);
    let mut units: BTreeMap<UnitName<'_>, [u64; 5]> = BTreeMap::new();
    for row in view.dossiers().filter(|row| !indicators::is_secret(row)) {
        let [all, on_time, late, open, unknown] =
            units.entry(view.unit(row)).or_default();
        *all += 1;
        *open += u64::from(row.ended.is_none() && !row.state.is_end());
        match indicators::on_time(view, row) {
            Class::Counts => *on_time += 1,
            Class::Misses => *late += 1,
            Class::Unverified | Class::Exempt | Class::Outside => *unknown += 1,
        }
    }
    let row = |(unit, counts): (UnitName<'_>, [u64; 5])| {
        let mut row = vec![Value::text(unit.name)];
        row.extend(counts.map(Value::Count));
        row
    };
    let mut table = Table {
        name: "dung_han",
        title: say::report::table_punctuality(lang),
        columns: columns(
            lang,
            &[
                ("don_vi", say::report::col_unit),
                ("tiep_nhan", say::report::col_received),
                ("dung_han", say::report::col_on_time),
                ("qua_han", say::report::col_late),
                ("dang_giai_quyet", say::report::col_open),
                ("khong_ro", say::report::col_unknown),
            ],
        ),
        rows: units.into_iter().map(row).collect(),
        total: None,
        chart: Some(Chart { label: 0, series: vec![2, 3, 5] }),
    };
    table.add_up(say::report::total(lang));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_of_digitisation_has_22_points() {
        let points = DIGITISATION
            .map(|code| indicators::named(code).unwrap().points.unwrap().most);
        assert_eq!(points, [6, 4, 2, 4, 2, 2, 2]);
        assert_eq!(points.iter().sum::<u32>(), 22);
    }
}
