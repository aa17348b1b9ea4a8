//! Tables with ruled cells.

use crate::fonts::Style;
use crate::ink::{Paint, Shape};
use crate::typeset::{Align, Broken, Column, Flow, Form};

/// White space between a rule and the text, in points.
const PADDING: f64 = 4.0;

/// The pen of the rules, in points.
const RULE: f64 = 0.6;

/// Sets a table in the text column. The first row is its head; a column is as
/// wide as its longest cell deserves. A row is never split between sheets.
pub(crate) fn set(flow: &mut Flow<'_>, rows: &[Vec<String>], style: Style) {
    let columns = columns(flow, rows, style);
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<(Broken, Column)> = row
            .iter()
            .zip(&columns)
            .map(|(text, &column)| {
                let form = form_of(text, number == 0, style);
                (flow.broken(text, form, column.inset(PADDING).width), column)
            })
            .collect();
        set_row(flow, &cells, number == 0);
    }
    flow.y += style.size * 0.6;
}

/// Sets one row and its rules, and accounts for its words.
fn set_row(flow: &mut Flow<'_>, cells: &[(Broken, Column)], head: bool) {
    let text = cells.iter().map(|(cell, _)| cell.height()).fold(0.0, f64::max);
    let height = text + 2.0 * PADDING;
    flow.need(height);
    let top = flow.y;
    for (cell, column) in cells {
        let spare = if head { (text - cell.height()) / 2.0 } else { 0.0 };
        flow.set(cell, column.inset(PADDING), top + PADDING + spare);
        let frame = Shape::frame((column.left, top), (column.width, height), RULE);
        flow.sheet().draw(frame, Paint::TONER);
    }
    let words: Vec<String> = cells.iter().map(|(cell, _)| cell.text()).collect();
    flow.sheet().lines.push(words.join(" ").trim().to_owned());
    flow.y += height;
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
fn columns(flow: &Flow<'_>, rows: &[Vec<String>], style: Style) -> Vec<Column> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = style.cut(style.face.other_weight());
    let least = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        let words = cells.flat_map(|cell| cell.split_whitespace());
        words.map(|word| flow.fonts.width(word, wide)).fold(0.0, f64::max)
            + 2.0 * PADDING
            + 1.0
    };
    let want = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index));
        cells.map(|cell| flow.fonts.width(cell, style)).fold(1.0, f64::max).powf(0.8)
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
