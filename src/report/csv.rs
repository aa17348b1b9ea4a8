//! CSV as spreadsheets read it: UTF-8 with a mark at the beginning, RFC 4180.
//!
//! Numbers are plain, so that other programs can compute with them: no thousands
//! set apart, a point before decimals, days in ISO 8601. A share takes three
//! columns. A text that a spreadsheet would take for a formula gets an apostrophe.

use crate::report::figure::Figure;
use crate::report::table::{Block, Report, Table};
use crate::report::value::{Value, in_hundredths};
use crate::say::{self, Lang};

/// The mark by which spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";
/// How a formula begins.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The whole report: a title line before each part, an empty line after it.
#[must_use]
pub fn whole(report: &Report, lang: Lang) -> String {
    let mut text = MARK.to_owned();
    let mut parts = report.blocks.iter().peekable();
    while let Some(block) = parts.next() {
        match block {
            Block::Figures { title, figures } => {
                line(&mut text, &[title.clone()]);
                figures_into(&mut text, figures, lang);
            }
            Block::Table(table) => {
                line(&mut text, &[table.title.clone()]);
                table_into(&mut text, table);
            }
        }
        if parts.peek().is_some() {
            text.push_str("\r\n");
        }
    }
    text
}

/// One table alone, for another program: the first with this name.
#[must_use]
pub fn one(report: &Report, name: &str, lang: Lang) -> Option<String> {
    let mut text = MARK.to_owned();
    if name == "figures" {
        let figures: Vec<_> = report.figures().cloned().collect();
        figures_into(&mut text, &figures, lang);
        return Some(text);
    }
    let table = report.tables().find(|table| table.name == name)?;
    table_into(&mut text, table);
    Some(text)
}

fn figures_into(text: &mut String, figures: &[Figure], lang: Lang) {
    let heads = [
        "code".to_owned(),
        say::report::col_figure(lang),
        say::report::col_numerator(lang),
        say::report::col_denominator(lang),
        say::report::col_exempted(lang),
        say::report::col_unverified(lang),
        say::report::col_percent(lang),
        say::report::col_target(lang),
        say::report::col_points(lang),
        say::report::col_most(lang),
        say::report::col_article(lang),
    ];
    line(text, &heads);
    for figure in figures {
        let number =
            |number: Option<f64>| number.map_or_else(String::new, |n| format!("{n:.2}"));
        let cells = [
            figure.code.to_owned(),
            figure.name.clone(),
            figure.numerator.to_string(),
            figure.denominator.to_string(),
            figure.exempted.to_string(),
            figure.unverified.to_string(),
            number(figure.percent),
            number(figure.target),
            number(figure.points.map(|[got, _]| got)),
            number(figure.points.map(|[_, most]| most)),
            figure.rule.clone(),
        ];
        line(text, &cells);
    }
}

fn table_into(text: &mut String, table: &Table) {
    let is_share = |at: usize| {
        let rows = table.rows.iter().chain(&table.total);
        rows.into_iter().any(|row| matches!(row.get(at), Some(Value::Share(_))))
    };
    let shares: Vec<bool> = (0..table.columns.len()).map(is_share).collect();
    let mut heads = Vec::new();
    for (column, is_share) in table.columns.iter().zip(&shares) {
        let title = match &column.group {
            Some(group) => format!("{group}: {}", column.title),
            None => column.title.clone(),
        };
        if *is_share {
            heads.extend([format!("{title} (tử/part)"), format!("{title} (mẫu/whole)")]);
        }
        heads.push(title);
    }
    line(text, &heads);
    for row in table.rows.iter().chain(&table.total) {
        let mut cells = Vec::new();
        for (value, is_share) in row.iter().zip(&shares) {
            match value {
                Value::Share(share) => {
                    cells.extend([share.part.to_string(), share.whole.to_string()]);
                    let percent = share.hundredths().map(in_hundredths);
                    cells.push(percent.map_or_else(String::new, |n| format!("{n:.2}")));
                }
                other => {
                    if *is_share {
                        cells.extend([String::new(), String::new()]);
                    }
                    cells.push(plain(other));
                }
            }
        }
        line(text, &cells);
    }
}

/// A value as programs read it.
fn plain(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Count(number) | Value::Money(number) => number.to_string(),
        Value::Change(number) => number.to_string(),
        Value::Share(share) => {
            let percent = share.hundredths().map(in_hundredths);
            percent.map_or_else(String::new, |percent| format!("{percent:.2}"))
        }
        Value::Day(day) => day.to_string(),
        Value::Hundredths(number) => format!("{:.2}", in_hundredths(*number)),
    }
}

/// A line of cells.
fn line(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&quoted(cell));
    }
    text.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    let guarded = if cell.starts_with(FORMULA) && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if guarded.contains(['"', ',', '\n', '\r', ';']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_cannot_break_a_line_or_be_a_formula() {
        assert_eq!(quoted("a,b"), "\"a,b\"");
        assert_eq!(quoted("nói \"có\""), "\"nói \"\"có\"\"\"");
        assert_eq!(quoted("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(quoted("-12"), "-12");
        assert_eq!(quoted("05/QĐ-UBND"), "05/QĐ-UBND");
    }
}
