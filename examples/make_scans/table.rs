//! Tables, ruled or not, whose cells may run over several columns or rows.

use std::ops::Range;

use crate::fonts::Style;
use crate::ink::{Paint, Shape};
use crate::paper::Table;
use crate::typeset::{Align, Broken, Column, Flow, Form};

/// White space between a rule and the text, in points.
const PADDING: f64 = 4.0;

/// White space on both sides of a cell without rules, in points.
const APART: f64 = 9.0;

/// The pen of the rules, in points.
const RULE: f64 = 0.6;

/// What stands for a cell that is one with the one to its left.
const LEFT: &str = "<";
/// What stands for a cell that is one with the one above it.
const ABOVE: &str = "^";

/// A cell as it is set.
struct Cell {
    text: Broken,
    column: Column,
    /// How many rows it takes.
    rows: usize,
}

/// Sets a table in the text column. The first row is its head, and so is what is
/// one with it; a column is as wide as its longest cell deserves. Rows that are one
/// are never split between sheets.
pub(crate) fn set(flow: &mut Flow<'_>, table: &Table, style: Style) {
    let rows = &table.rows;
    let padding = if table.ruled { PADDING } else { APART };
    let columns = columns(flow, rows, style, padding);
    let mut from = 0;
    while from < rows.len() {
        let to = end_of_group(rows, from);
        let head = from == 0;
        let group: Vec<Vec<Cell>> = (from..to)
            .map(|row| cells(flow, (rows, row..to), &columns, (style, head), padding))
            .collect();
        set_group(flow, &group, head, (padding, table.ruled));
        from = to;
    }
    flow.y += style.size * 0.6;
}

/// The row behind those that are one with row `from`.
fn end_of_group(rows: &[Vec<String>], from: usize) -> usize {
    let is_one = |row: &&Vec<String>| row.iter().any(|cell| cell == ABOVE);
    from + 1 + rows.iter().skip(from + 1).take_while(is_one).count()
}

/// The cells that begin in the first of the rows of `span`.
fn cells(
    flow: &Flow<'_>,
    (rows, span): (&[Vec<String>], Range<usize>),
    columns: &[Column],
    (style, head): (Style, bool),
    padding: f64,
) -> Vec<Cell> {
    let at = |row: usize, cell: usize| {
        let row = rows.get(row)?;
        row.get(cell)
    };
    let row = rows.get(span.start).map(Vec::as_slice).unwrap_or_default();
    let mut cells = Vec::new();
    for (text, first) in row.iter().zip(0..) {
        if text == LEFT || text == ABOVE {
            continue;
        }
        let last = (first + 1..)
            .take_while(|&cell| at(span.start, cell).is_some_and(|text| text == LEFT))
            .last()
            .unwrap_or(first);
        let (Some(one), Some(other)) = (columns.get(first), columns.get(last)) else {
            continue;
        };
        let width = other.left + other.width - one.left;
        let column = Column { left: one.left, width };
        let below = |row: &usize| at(*row, first).is_some_and(|text| text == ABOVE);
        let rows = 1 + (span.start + 1..span.end).take_while(below).count();
        let form = form_of(text, head, style);
        let text = flow.broken(text, form, column.inset(padding).width);
        cells.push(Cell { text, column, rows });
    }
    cells
}

/// Sets rows that are one, with their rules, and accounts for their words.
fn set_group(
    flow: &mut Flow<'_>,
    group: &[Vec<Cell>],
    head: bool,
    (padding, ruled): (f64, bool),
) {
    let heights = heights(group, if ruled { 2.0 * PADDING } else { 1.4 * PADDING });
    flow.need(heights.iter().sum());
    for (at, cells) in group.iter().enumerate() {
        let top = flow.y;
        for Cell { text, column, rows } in cells {
            let height: f64 = heights.iter().skip(at).take(*rows).sum();
            let spare = height - 2.0 * PADDING - text.height();
            let spare = if head { spare / 2.0 } else { 0.0 };
            flow.set(text, column.inset(padding), top + PADDING + spare.max(0.0));
            if ruled {
                let frame =
                    Shape::frame((column.left, top), (column.width, height), RULE);
                flow.sheet().draw(frame, Paint::TONER);
            }
        }
        let words: Vec<String> = cells.iter().map(|cell| cell.text.text()).collect();
        flow.sheet().lines.push(words.join(" ").trim().to_owned());
        flow.y += heights.get(at).copied().unwrap_or(0.0);
    }
}

/// The heights of rows, so that each cell fits into its own.
fn heights(group: &[Vec<Cell>], around: f64) -> Vec<f64> {
    let mut heights = vec![0.0_f64; group.len()];
    for rows in 1..=group.len() {
        for (at, cells) in group.iter().enumerate() {
            let wanted = cells.iter().filter(|cell| cell.rows == rows);
            let wanted = wanted.map(|cell| cell.text.height() + around);
            let wanted = wanted.fold(0.0, f64::max);
            let taken: f64 = heights.iter().skip(at).take(rows).sum();
            if let Some(last) = heights.get_mut(at + rows - 1) {
                *last += (wanted - taken).max(0.0);
            }
        }
    }
    heights
}

/// Heads are bold and centred, short cells centred, long ones flush left.
fn form_of(text: &str, head: bool, style: Style) -> Form {
    if head {
        return Form::plain(style.cut(style.face.other_weight()), Align::Centre);
    }
    let short = text.chars().count() < 14;
    Form::plain(style, if short { Align::Centre } else { Align::Left })
}

/// Shares the text column out. The share of a column grows a little
/// slower than its longest cell, and its longest word must fit.
fn columns(
    flow: &Flow<'_>,
    rows: &[Vec<String>],
    style: Style,
    padding: f64,
) -> Vec<Column> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = style.cut(style.face.other_weight());
    // What several columns share makes none of them wide.
    let cells = |index: usize| {
        let is_own =
            move |row: &&Vec<String>| row.get(index + 1).is_none_or(|next| next != LEFT);
        rows.iter().filter(is_own).filter_map(move |row| row.get(index))
    };
    let least = |index: usize| {
        let words = cells(index).flat_map(|cell| cell.split_whitespace());
        words.map(|word| flow.fonts.width(word, wide)).fold(0.0, f64::max)
            + 2.0 * padding
            + 1.0
    };
    let want = |index: usize| {
        let widths = cells(index).map(|cell| flow.fonts.width(cell, style));
        widths.fold(1.0, f64::max).powf(0.8)
    };
    let least: Vec<f64> = (0..count).map(least).collect();
    let want: Vec<f64> = (0..count).map(want).collect();
    let spare = (flow.frame.column.width - least.iter().sum::<f64>()).max(0.0);
    let total: f64 = want.iter().sum();
    let mut left = flow.frame.column.left;
    let mut columns = Vec::new();
    for (least, want) in least.iter().zip(want) {
        let width = least + spare * want / total;
        columns.push(Column { left, width });
        left += width;
    }
    columns
}
