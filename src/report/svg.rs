//! Charts as SVG, drawn for a telephone and as sharp on paper.
//!
//! 360 units wide, as a narrow screen is; labels stand over their bars, so that
//! no name is too long. Days and weeks are columns side by side, everything else
//! is bars. The numbers stand beside the marks and in the table below the
//! chart: nothing is told by colour alone.

use std::fmt::Write as _;

use crate::report::format;
use crate::report::table::{Chart, Table};
use crate::report::value::{Share, Value};
use crate::say::Lang;
use crate::text::markup;

/// The width of every chart.
const WIDTH: f64 = 360.0;
/// Bars that are drawn; the table has them all.
const MOST_BARS: usize = 30;
/// Columns side by side.
const MOST_COLUMNS: usize = 62;
/// The colours of the series, told apart also in grey.
const COLOURS: [&str; 4] = ["#0b5394", "#6fa8dc", "#e69138", "#999999"];

/// A chart over a table; `None` where there is nothing to draw.
#[must_use]
pub fn chart(table: &Table, lang: Lang) -> Option<String> {
    let chart = table.chart.as_ref()?;
    if !table.rows.iter().any(|row| sum(row, chart) > 0) {
        return None;
    }
    let is_time =
        table.rows.iter().any(|row| matches!(row.get(chart.label), Some(Value::Day(_))))
            || table.name == "theo_tuan";
    Some(if is_time { columns(table, chart, lang) } else { bars(table, chart, lang) })
}

/// A bar for one share, with a mark at its target.
#[must_use]
pub fn share(share: Share, target: Option<u32>) -> String {
    let Some(found) = share.hundredths() else { return String::new() };
    let x = |hundredths: u64| scaled(hundredths.min(10_000), 10_000, WIDTH);
    let mut svg = open(14.0, "");
    write!(svg, "<rect width=\"360\" height=\"14\" rx=\"3\" fill=\"#8883\"/>").ok();
    let colour = COLOURS.first().copied().unwrap_or_default();
    write!(
        svg,
        "<rect width=\"{:.1}\" height=\"14\" rx=\"3\" fill=\"{colour}\"/>",
        x(found)
    )
    .ok();
    if let Some(target) = target {
        let at = x(target.into()).clamp(1.5, WIDTH - 1.5);
        write!(svg, "<path d=\"M{at:.1} 0v14\" stroke=\"#e69138\" stroke-width=\"3\"/>")
            .ok();
    }
    svg + "</svg>"
}

fn open(height: f64, label: &str) -> String {
    let label = escaped(label);
    let label = if label.is_empty() {
        " aria-hidden=\"true\"".to_owned()
    } else {
        format!(" role=\"img\" aria-label=\"{label}\"")
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 {height:.0}\"{label}>"
    )
}

/// Horizontal bars, one for each row.
fn bars(table: &Table, chart: &Chart, lang: Lang) -> String {
    const ROW: f64 = 34.0;
    let rows: Vec<_> = table.rows.iter().take(MOST_BARS).collect();
    let most = rows.iter().map(|row| sum(row, chart)).max().unwrap_or(1).max(1);
    let legend = legend(table, chart);
    let top = legend.1;
    let height = top + ROW * count(rows.len());
    let mut svg = open(height, &table.title) + &legend.0;
    for (row, at) in rows.into_iter().zip(0..) {
        let y = top + ROW * f64::from(at);
        let label = row.get(chart.label).map(|value| format::value(value, lang));
        let label = escaped(&cut(&label.unwrap_or_default(), 44));
        write!(svg, "<text x=\"0\" y=\"{:.0}\">{label}</text>", y + 13.0).ok();
        let mut x = 0.0;
        for (series, colour) in chart.series.iter().zip(COLOURS) {
            let amount = row.get(*series).and_then(Value::amount).unwrap_or_default();
            let width = scaled(amount, most, WIDTH);
            write!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{:.0}\" width=\"{width:.1}\" height=\"12\" fill=\"{colour}\"/>",
                y + 18.0
            )
            .ok();
            x += width;
        }
        let all: Vec<_> = chart
            .series
            .iter()
            .filter_map(|series| row.get(*series))
            .map(|value| amount_told(value, lang))
            .collect();
        let y = y + 13.0;
        write!(
            svg,
            "<text x=\"360\" y=\"{y:.0}\" text-anchor=\"end\">{}</text>",
            all.join(" · ")
        )
        .ok();
    }
    svg + "</svg>"
}

/// Columns side by side, one for each day or week.
fn columns(table: &Table, chart: &Chart, lang: Lang) -> String {
    const HIGH: f64 = 120.0;
    let skip = table.rows.len().saturating_sub(MOST_COLUMNS);
    let rows: Vec<_> = table.rows.iter().skip(skip).collect();
    let most = rows.iter().map(|row| sum(row, chart)).max().unwrap_or(1).max(1);
    let (legend, top) = legend(table, chart);
    let mut svg = open(top + HIGH + 34.0, &table.title) + &legend;
    let step = WIDTH / count(rows.len()).max(1.0);
    let floor = top + HIGH + 14.0;
    for (row, at) in rows.iter().zip(0..) {
        let x = step * f64::from(at);
        let mut y = floor;
        for (series, colour) in chart.series.iter().zip(COLOURS) {
            let amount = row.get(*series).and_then(Value::amount).unwrap_or_default();
            let height = scaled(amount, most, HIGH);
            y -= height;
            write!(
                svg,
                "<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>",
                x + step * 0.1,
                step * 0.8
            )
            .ok();
        }
    }
    write!(
        svg,
        "<path d=\"M0 {floor:.0}h360\" stroke=\"currentColor\" stroke-width=\"1\"/>"
    )
    .ok();
    write!(
        svg,
        "<text x=\"0\" y=\"{:.0}\">{}</text>",
        top + 9.0,
        format::count(most, lang)
    )
    .ok();
    let label = |row: Option<&&Vec<Value>>| {
        let value = row.and_then(|row| row.get(chart.label));
        escaped(&value.map(|value| format::value(value, lang)).unwrap_or_default())
    };
    let below = floor + 15.0;
    write!(svg, "<text x=\"0\" y=\"{below:.0}\">{}</text>", label(rows.first())).ok();
    if rows.len() > 1 {
        let last = label(rows.last());
        write!(svg, "<text x=\"360\" y=\"{below:.0}\" text-anchor=\"end\">{last}</text>")
            .ok();
    }
    svg + "</svg>"
}

/// The names of the series, and where the chart begins below them.
fn legend(table: &Table, chart: &Chart) -> (String, f64) {
    if chart.series.len() < 2 {
        return (String::new(), 0.0);
    }
    let mut svg = String::new();
    let mut y = 0.0;
    for (series, colour) in chart.series.iter().zip(COLOURS) {
        let title = table.columns.get(*series).map(|column| column.title.as_str());
        write!(
            svg,
            "<rect x=\"0\" y=\"{:.0}\" width=\"10\" height=\"10\" fill=\"{colour}\"/><text x=\"16\" y=\"{:.0}\">{}</text>",
            y + 2.0,
            y + 11.0,
            escaped(title.unwrap_or_default())
        )
        .ok();
        y += 16.0;
    }
    (svg, y + 6.0)
}

/// What a row comes to in a chart.
fn sum(row: &[Value], chart: &Chart) -> u64 {
    let parts = chart.series.iter().filter_map(|series| row.get(*series)?.amount());
    parts.fold(0, u64::saturating_add)
}

fn amount_told(value: &Value, lang: Lang) -> String {
    if let Value::Share(share) = value {
        return format::percent(*share, lang);
    }
    format::value(value, lang)
}

/// `part` of `whole` of a length.
#[expect(clippy::cast_precision_loss, reason = "a drawing")]
fn scaled(part: u64, whole: u64, length: f64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 * length }
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// At most so many letters.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// Text as HTML and XML.
#[must_use]
pub fn escaped(text: &str) -> String {
    // XML 1.0, 2.2: no control characters.
    let allowed = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    markup::escaped(&text.chars().filter(allowed).collect::<String>())
}
