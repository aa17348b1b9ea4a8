//! A report as one HTML file that needs nothing else: no network, no script.
//!
//! It is read on a telephone and printed on A4: figures are cards that stand
//! side by side where there is room, wide tables scroll within their frame and
//! shrink on paper, charts are inline SVG.

use std::fmt::Write as _;

use crate::report::figure::Figure;
use crate::report::format;
use crate::report::svg::{self, escaped};
use crate::report::table::{Block, Report, Table};
use crate::report::value::Value;
use crate::say::{self, Lang};

/// Rows of a table that are shown; CSV and XLSX have them all.
const MOST_ROWS: usize = 2_000;
/// Words longer than this get a column that is not too narrow.
const LONG: usize = 18;
/// Oddities that are shown.
const MOST_ODDITIES: usize = 200;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--card:#f6f7f9;--line:#d5dae1;--care:#9a3b00;--good:#0a6b35}\
@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#15181c;--card:#1e2228;--line:#363c45;--care:#ffb27d;--good:#7fd6a2}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:72rem;padding:1rem;background:var(--paper);color:var(--ink);\
font:1rem/1.5 system-ui,'Noto Sans','Segoe UI',Roboto,sans-serif}\
header{border-bottom:2px solid var(--line);margin-bottom:1rem}\
header p{margin:.1rem 0}h1{font-size:1.4rem;line-height:1.3;margin:.4rem 0}\
h2{font-size:1.15rem;margin:1.6rem 0 .6rem}\
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:.8rem}\
.figure{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.8rem}\
.figure h3{font-size:1rem;line-height:1.35;margin:0 0 .3rem}\
.percent{font-size:1.6rem;font-weight:700;margin:0}.percent small{font-size:.95rem;font-weight:400}\
.figure p{margin:.2rem 0}.rule{font-size:.8rem;opacity:.75}.good{color:var(--good);font-weight:600}\
.care{color:var(--care);font-weight:600}\
.chart{max-width:34rem;margin:.6rem 0}svg{display:block;width:100%;height:auto}\
svg text{font-size:11px;fill:currentColor}\
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:.4rem}\
table{border-collapse:collapse;font-size:.9rem;width:100%}\
th,td{padding:.35rem .55rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\
th{background:var(--card);white-space:normal}td.n,th.n{text-align:right;white-space:nowrap}\
th.n{white-space:normal}td.t{min-width:11rem}th.g{text-align:center}tr.total td{font-weight:700;border-top:2px solid var(--line)}\
.small{font-size:.85rem}\
@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--card:#fff;--line:#999}\
@page{size:A4;margin:15mm}body{max-width:none;padding:0;font-size:10pt}\
.wide{overflow:visible;border:0}table{font-size:8pt}h2{break-after:avoid}\
.figure,tr,svg{break-inside:avoid}thead{display:table-header-group}}\
";

/// The page.
#[must_use]
pub fn page(report: &Report, lang: Lang) -> String {
    let title = escaped(&report.title);
    let agency = escaped(&report.agency);
    let scope = escaped(&say::report::scope_line(lang, &report.scope));
    let made = escaped(&say::report::made_line(lang, report.made.day().vietnamese()));
    let mut body = String::new();
    for block in &report.blocks {
        match block {
            Block::Figures { title, figures } => {
                write!(body, "<h2>{}</h2>\n<div class=\"figures\">\n", escaped(title))
                    .ok();
                figures.iter().for_each(|figure| body.push_str(&card(figure, lang)));
                body.push_str("</div>\n");
            }
            Block::Table(table) => body.push_str(&of_table(table, lang)),
        }
    }
    if !report.notes.is_empty() {
        write!(
            body,
            "<h2>{}</h2>\n<ul class=\"small\">\n",
            escaped(&say::report::notes(lang))
        )
        .ok();
        for note in &report.notes {
            writeln!(body, "<li>{}</li>", escaped(note)).ok();
        }
        body.push_str("</ul>\n");
    }
    body.push_str(&oddities(report, lang));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<p>{agency}</p>\n<h1>{title}</h1>\n<p>{scope}</p>\n\
         <p class=\"small\">{made}</p>\n</header>\n{body}</body>\n</html>\n",
        report.lang
    )
}

/// One figure.
fn card(figure: &Figure, lang: Lang) -> String {
    let share = figure.share();
    let parts = format!(
        "{}/{}",
        format::count(figure.numerator, lang),
        format::count(figure.denominator, lang)
    );
    let mut asides = Vec::new();
    asides.push(say::report::exempted(lang, format::count(figure.exempted, lang)));
    asides.push(say::report::unverified(lang, format::count(figure.unverified, lang)));
    let told: String = format::aside(figure, lang)
        .into_iter()
        .map(|line| {
            let class = match figure.reached {
                Some(true) => "good",
                Some(false) => "care",
                None => "",
            };
            format!("<p class=\"{class}\">{}</p>\n", escaped(&line))
        })
        .collect();
    format!(
        "<div class=\"figure\">\n<h3>{}</h3>\n<p class=\"percent\">{} <small>{parts}</small></p>\n{}\
         <p>{}</p>\n{told}<p class=\"rule\">{}</p>\n</div>\n",
        escaped(&figure.name),
        escaped(&format::percent(share, lang)),
        svg::share(share, figure.demanded),
        escaped(&asides.join(" · ")),
        escaped(&figure.rule),
    )
}

/// A table under its title, with its chart.
fn of_table(table: &Table, lang: Lang) -> String {
    let mut html = format!("<h2>{}</h2>\n", escaped(&table.title));
    if table.rows.is_empty() {
        writeln!(html, "<p>{}</p>", escaped(&say::report::nothing(lang))).ok();
        return html;
    }
    if let Some(chart) = svg::chart(table, lang) {
        writeln!(html, "<div class=\"chart\">{chart}</div>").ok();
    }
    html.push_str("<div class=\"wide\"><table>\n<thead>\n");
    html.push_str(&heads(table));
    html.push_str("</thead>\n<tbody>\n");
    for row in table.rows.iter().take(MOST_ROWS) {
        html.push_str(&row_of(row, "", lang));
    }
    if let Some(total) = &table.total {
        html.push_str(&row_of(total, " class=\"total\"", lang));
    }
    html.push_str("</tbody>\n</table></div>\n");
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    if more > 0 {
        let more = say::report::more_rows(lang, format::count(more as u64, lang));
        writeln!(html, "<p class=\"small\">{}</p>", escaped(&more)).ok();
    }
    html
}

/// The headings, in two rows where columns have a common one.
fn heads(table: &Table) -> String {
    let is_number =
        |at: usize| table.rows.first().and_then(|row| row.get(at)).is_some_and(numeric);
    let has_groups = table.columns.iter().any(|column| column.group.is_some());
    let (mut first, mut second) = (String::new(), String::new());
    let mut columns = table.columns.iter().enumerate().peekable();
    while let Some((at, column)) = columns.next() {
        let class = if is_number(at) { " class=\"n\"" } else { "" };
        let title = escaped(&column.title);
        match &column.group {
            None if has_groups => {
                write!(first, "<th{class} rowspan=\"2\">{title}</th>").ok();
            }
            None => {
                write!(first, "<th{class}>{title}</th>").ok();
            }
            Some(group) => {
                write!(second, "<th{class}>{title}</th>").ok();
                let mut span = 1;
                while let Some((at, next)) =
                    columns.next_if(|(_, next)| next.group.as_ref() == Some(group))
                {
                    let class = if is_number(at) { " class=\"n\"" } else { "" };
                    write!(second, "<th{class}>{}</th>", escaped(&next.title)).ok();
                    span += 1;
                }
                write!(
                    first,
                    "<th class=\"g\" colspan=\"{span}\">{}</th>",
                    escaped(group)
                )
                .ok();
            }
        }
    }
    let second = if second.is_empty() { second } else { format!("<tr>{second}</tr>\n") };
    format!("<tr>{first}</tr>\n{second}")
}

fn row_of(row: &[Value], class: &str, lang: Lang) -> String {
    let cells: String = row
        .iter()
        .map(|value| {
            let class = match value {
                Value::Text(text) if text.chars().count() > LONG => " class=\"t\"",
                other if numeric(other) => " class=\"n\"",
                _ => "",
            };
            format!("<td{class}>{}</td>", escaped(&format::value(value, lang)))
        })
        .collect();
    format!("<tr{class}>{cells}</tr>\n")
}

/// Whether a value stands on the right of its column.
#[must_use]
pub fn numeric(value: &Value) -> bool {
    match value {
        Value::Count(_)
        | Value::Change(_)
        | Value::Share(_)
        | Value::Money(_)
        | Value::Hundredths(_) => true,
        Value::Empty | Value::Text(_) | Value::Day(_) => false,
    }
}

/// What cannot be as it stands.
fn oddities(report: &Report, lang: Lang) -> String {
    if report.oddities.is_empty() {
        return String::new();
    }
    let count = report.oddities.len() as u64 + report.more_oddities;
    let title = say::report::oddities(lang, format::count(count, lang));
    let mut html = format!("<h2>{}</h2>\n<ul class=\"small\">\n", escaped(&title));
    for odd in report.oddities.iter().take(MOST_ODDITIES) {
        let (at, told) = (escaped(&odd.at), escaped(odd.finding.tell(lang)));
        writeln!(html, "<li>{at}: {told}</li>").ok();
    }
    html + "</ul>\n"
}
