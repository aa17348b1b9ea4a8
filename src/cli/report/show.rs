//! A report at the terminal: figures with small bars, tables that fit.

use crate::cli::report::work::Missed;
use crate::cli::table::{Cell, Row, Side, lay_out, wrap};
use crate::cli::ui::{Tone, Ui, harmless};
use crate::report::figure::Figure;
use crate::report::format;
use crate::report::html::numeric;
use crate::report::table::{Block, Report, Table};
use crate::report::value::Value;
use crate::say::{self, Lang};

/// Rows of a table at the terminal.
const MOST_ROWS: usize = 40;
/// Oddities at the terminal.
const MOST_ODDITIES: usize = 20;
/// Cells of a bar.
const BAR: u64 = 10;

/// The whole report; what is shown quietly, only what misses.
pub(super) fn text(
    report: &Report,
    missed: &[Missed],
    is_shown: bool,
    ui: &Ui,
) -> String {
    let lang = ui.lang;
    let paint =
        |text: &str, tone| if is_shown { ui.paint(text, tone) } else { text.to_owned() };
    let mut parts = Vec::new();
    if !ui.quiet || !is_shown {
        parts.push(format!(
            "{}\n{}\n{}",
            harmless(&report.agency),
            paint(&report.title, Tone::Strong),
            harmless(&say::report::scope_line(lang, &report.scope))
        ));
        for block in &report.blocks {
            parts.push(match block {
                Block::Figures { title, figures } => {
                    format!(
                        "{}\n{}",
                        paint(title, Tone::Strong),
                        of_figures(figures, ui, &paint)
                    )
                }
                Block::Table(table) => {
                    format!(
                        "{}\n{}",
                        paint(&table.title, Tone::Strong),
                        of_table(table, ui, &paint)
                    )
                }
            });
        }
        let notes: Vec<_> =
            report.notes.iter().flat_map(|note| bullet(note, ui.width())).collect();
        if !notes.is_empty() {
            parts.push(format!("{}\n{}", say::report::notes(lang), notes.join("\n")));
        }
        parts.extend(oddities(report, lang));
    }
    for missed in missed.iter().filter(|one| one.lists_anything()) {
        let mut lines = vec![missed.told.clone()];
        lines.extend(missed.missing.iter().map(|code| format!("  {}", harmless(code))));
        lines.extend(missed.unverified.iter().map(|code| {
            format!("  {} ({})", harmless(code), say::report::undecided(lang))
        }));
        parts.push(lines.join("\n"));
    }
    parts.join("\n\n")
}

fn bullet(note: &str, width: usize) -> Vec<String> {
    let lines = wrap(&harmless(note), width.saturating_sub(2));
    let begin = |at: usize| if at == 0 { "- " } else { "  " };
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| format!("{}{line}", begin(at)))
        .collect()
}

fn of_figures(
    figures: &[Figure],
    ui: &Ui,
    paint: &dyn Fn(&str, Tone) -> String,
) -> String {
    let lang = ui.lang;
    let headings = [
        (say::report::col_share(lang), Side::Right),
        (String::new(), Side::Left),
        (say::report::col_parts(lang), Side::Right),
        (say::report::col_exempted(lang), Side::Right),
        (say::report::col_unverified(lang), Side::Right),
        (say::report::col_figure(lang), Side::Left),
    ];
    let row = |figure: &Figure| {
        let share = figure.share();
        let tone = match figure.reached {
            Some(true) => Tone::Good,
            Some(false) => Tone::Bad,
            None => Tone::Plain,
        };
        let percent = match share.hundredths() {
            Some(_) => format::percent(share, lang),
            None => format::NOTHING.to_owned(),
        };
        let parts = format!(
            "{}/{}",
            format::count(share.part, lang),
            format::count(share.whole, lang)
        );
        let mut notes = format::aside(figure, lang);
        if share.whole == 0 {
            notes.push(say::report::no_whole(lang));
        }
        Row {
            cells: vec![
                Cell::new(&percent, tone),
                Cell::new(&format::bar(share, BAR), Tone::Plain),
                Cell::plain(&parts),
                Cell::plain(&format::count(figure.exempted, lang)),
                Cell::plain(&format::count(figure.unverified, lang)),
                Cell::plain(&figure.name),
            ],
            notes: if notes.is_empty() { notes } else { vec![notes.join("; ")] },
        }
    };
    let rows: Vec<_> = figures.iter().map(row).collect();
    lay_out(&headings, &rows, ui.width(), paint)
}

/// A table; the column of the longest words stands last, where it can wrap.
fn of_table(table: &Table, ui: &Ui, paint: &dyn Fn(&str, Tone) -> String) -> String {
    let lang = ui.lang;
    if table.rows.is_empty() {
        return say::report::nothing(lang);
    }
    let side = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(at));
        if cells.any(numeric) { Side::Right } else { Side::Left }
    };
    let longest = |at: &usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(*at));
        cells
            .map(|value| format::value(value, lang).chars().count())
            .max()
            .unwrap_or_default()
    };
    let mut order: Vec<usize> = (0..table.columns.len()).collect();
    let words = order.iter().copied().filter(|at| side(*at) == Side::Left);
    if let Some(last) = words.max_by_key(longest) {
        order.retain(|at| *at != last);
        order.push(last);
    }
    let cells = |row: &Vec<Value>, tone| {
        let cell = |at: &usize| {
            let text = row.get(*at).map(|value| format::value(value, lang));
            Cell::new(&text.unwrap_or_default(), tone)
        };
        Row { cells: order.iter().map(cell).collect(), notes: Vec::new() }
    };
    let broken: Vec<_> =
        order.iter().map(|at| heading(table, *at, longest(at))).collect();
    let line = |line: usize| {
        broken.iter().map(move |all| all.get(line).cloned().unwrap_or_default())
    };
    let headings: Vec<_> =
        line(0).zip(&order).map(|(text, at)| (text, side(*at))).collect();
    let high = broken.iter().map(Vec::len).max().unwrap_or(1);
    let mut rows: Vec<_> = (1..high)
        .map(|at| Row {
            cells: line(at).map(|text| Cell::new(&text, Tone::Strong)).collect(),
            notes: Vec::new(),
        })
        .collect();
    rows.extend(table.rows.iter().take(MOST_ROWS).map(|row| cells(row, Tone::Plain)));
    rows.extend(table.total.iter().map(|total| cells(total, Tone::Strong)));
    let mut text = lay_out(&headings, &rows, ui.width(), paint);
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        text.push('\n');
        text.push_str(&say::report::more_rows(lang, format::count(more as u64, lang)));
    }
    text
}

/// The heading of a column, no wider than what stands under it needs.
fn heading(table: &Table, at: usize, widest: usize) -> Vec<String> {
    let title = table.columns.get(at).map_or("", |column| column.title.as_str());
    let word =
        title.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
    wrap(title, widest.max(word))
}

fn oddities(report: &Report, lang: Lang) -> Option<String> {
    if report.oddities.is_empty() {
        return None;
    }
    let count = report.oddities.len() as u64 + report.more_oddities;
    let mut lines = vec![say::report::oddities(lang, format::count(count, lang))];
    for odd in report.oddities.iter().take(MOST_ODDITIES) {
        lines.push(format!(
            "  {}: {}",
            harmless(&odd.at),
            harmless(odd.finding.tell(lang))
        ));
    }
    Some(lines.join("\n"))
}
