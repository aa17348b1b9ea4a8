//! A workbook: a sheet of figures and one for each table, with number formats
//! and charts.
//!
//! Numbers are numbers and days are days, so that a spreadsheet computes with
//! them; how they look is a format. The grouping of thousands follows the
//! language of the spreadsheet, as its users expect.

use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Workbook, Worksheet, XlsxError,
};

use crate::report::figure::Figure;
use crate::report::html::numeric;
use crate::report::table::{Report, Table};
use crate::report::value::{Value, in_hundredths};
use crate::say::{self, Lang};
use crate::time::{Day, Timestamp};

/// Letters of the name of a sheet.
const NAME_LENGTH: usize = 31;
/// Rows of a sheet, one left for the total (ECMA-376: 1 048 576).
const MOST_ROWS: usize = 1_000_000;
/// Rows a chart is drawn over.
const MOST_BARS: usize = 60;
/// Widths of columns in letters.
const WIDTHS: (usize, usize) = (8, 48);

/// How cells look.
struct Formats {
    title: Format,
    head: Format,
    text: Format,
    count: Format,
    change: Format,
    percent: Format,
    money: Format,
    day: Format,
    decimal: Format,
}

impl Formats {
    fn new() -> Self {
        let cell =
            || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        let number = |form: &str| cell().set_num_format(form);
        Self {
            title: Format::new().set_bold().set_font_size(13.0),
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(0x00E8_EEF4),
            text: cell().set_text_wrap(),
            count: number("#,##0"),
            change: number("+#,##0;-#,##0;0"),
            percent: number("0.00%"),
            money: number("#,##0\" đ\""),
            day: number("dd/mm/yyyy"),
            decimal: number("#,##0.00"),
        }
    }
}

/// The bytes of the workbook.
///
/// # Errors
///
/// When a text is longer than a cell may be.
pub fn workbook(report: &Report, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    let mut properties =
        DocProperties::new().set_title(&report.title).set_author(&report.agency);
    // The same report made at the same moment is the same file.
    if let Some(moment) = moment(report.made) {
        properties = properties.set_creation_datetime(&moment);
    }
    book.set_properties(&properties);
    let figures: Vec<_> = report.figures().collect();
    if !figures.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(say::report::sheet_figures(lang))?;
        of_figures(sheet, report, &figures, &formats, lang)?;
    }
    for table in report.tables() {
        let sheet = book.add_worksheet();
        let name: String = table.title.replace(['[', ']', ':', '*', '?', '/', '\\'], " ");
        let name: String = name.chars().take(NAME_LENGTH).collect();
        if sheet.set_name(name.trim().trim_matches('\'')).is_err() {
            sheet.set_name(table.name)?;
        }
        of_table(sheet, report, table, &formats)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name(say::report::notes(lang))?;
    let mut row = 0;
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 100)?;
    for note in &report.notes {
        sheet.write_with_format(row, 1, note, &formats.text)?;
        row += 1;
    }
    for odd in report.oddities.iter().take(MOST_ROWS) {
        sheet.write_with_format(row, 0, &odd.at, &formats.text)?;
        sheet.write_with_format(row, 1, odd.finding.tell(lang), &formats.text)?;
        row += 1;
    }
    book.save_to_buffer()
}

/// Title and scope over a sheet; the row below them.
fn head(
    sheet: &mut Worksheet,
    report: &Report,
    title: &str,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    sheet.write_with_format(0, 0, title, &formats.title)?;
    sheet.write(1, 0, format!("{} – {}", report.agency, report.scope))?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(3)
}

fn of_figures(
    sheet: &mut Worksheet,
    report: &Report,
    figures: &[&Figure],
    formats: &Formats,
    lang: Lang,
) -> Result<(), XlsxError> {
    let top = head(sheet, report, &report.title, formats)?;
    let heads = [
        (say::report::col_figure(lang), 48),
        (say::report::col_share(lang), 12),
        (say::report::col_numerator(lang), 12),
        (say::report::col_denominator(lang), 12),
        (say::report::col_exempted(lang), 12),
        (say::report::col_unverified(lang), 14),
        (say::report::col_target(lang), 12),
        (say::report::col_points(lang), 10),
        (say::report::col_most(lang), 10),
        (say::report::col_article(lang), 60),
    ];
    for ((title, width), column) in heads.iter().zip(0..) {
        sheet.write_with_format(top, column, title, &formats.head)?;
        sheet.set_column_width(column, *width)?;
    }
    let mut row = top;
    for figure in figures {
        row += 1;
        sheet.write_with_format(row, 0, &figure.name, &formats.text)?;
        let percent = |number: Option<f64>| number.map(|number| number / 100.0);
        let counts =
            [figure.numerator, figure.denominator, figure.exempted, figure.unverified];
        optional(sheet, (row, 1), percent(figure.percent), &formats.percent)?;
        for (count, column) in counts.into_iter().zip(2..) {
            sheet.write_with_format(row, column, count, &formats.count)?;
        }
        optional(sheet, (row, 6), percent(figure.target), &formats.percent)?;
        optional(sheet, (row, 7), figure.points.map(|[got, _]| got), &formats.decimal)?;
        optional(sheet, (row, 8), figure.points.map(|[_, most]| most), &formats.count)?;
        sheet.write_with_format(row, 9, &figure.rule, &formats.text)?;
    }
    sheet.set_freeze_panes(top + 1, 1)?;
    let name = sheet.name();
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_categories((name.as_str(), top + 1, 0, row, 0)).set_values((
        name.as_str(),
        top + 1,
        1,
        row,
        1,
    ));
    chart.legend().set_hidden();
    chart.title().set_name(&report.title);
    chart.x_axis().set_max(1.0).set_min(0.0);
    chart.y_axis().set_reverse();
    chart.set_width(760).set_height(60 + 34 * (row - top));
    sheet.insert_chart(row + 2, 0, &chart)?;
    Ok(())
}

fn optional(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    number: Option<f64>,
    format: &Format,
) -> Result<(), XlsxError> {
    match number {
        Some(number) => sheet.write_with_format(row, column, number, format)?,
        None => sheet.write_blank(row, column, format)?,
    };
    Ok(())
}

fn of_table(
    sheet: &mut Worksheet,
    report: &Report,
    table: &Table,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let top = head(sheet, report, &table.title, formats)?;
    for (column, at) in table.columns.iter().zip(0_u16..) {
        let title = match &column.group {
            Some(group) => format!("{group}: {}", column.title),
            None => column.title.clone(),
        };
        sheet.write_with_format(top, at, title, &formats.head)?;
        let cells =
            table.rows.iter().take(500).filter_map(|row| row.get(usize::from(at)));
        let widest = cells.map(letters).max().unwrap_or_default();
        let width =
            widest.max(column.title.chars().count() / 2).clamp(WIDTHS.0, WIDTHS.1);
        sheet.set_column_width(at, u32::try_from(width + 2).unwrap_or(20))?;
    }
    let mut row = top;
    for values in table.rows.iter().take(MOST_ROWS).chain(&table.total) {
        row += 1;
        for (value, column) in values.iter().zip(0..) {
            cell(sheet, (row, column), value, formats)?;
        }
    }
    sheet.set_freeze_panes(top + 1, 1)?;
    if let Some(drawn) = &table.chart
        && !table.rows.is_empty()
    {
        let last = top + u32::try_from(table.rows.len().min(MOST_BARS)).unwrap_or(1);
        let name = sheet.name();
        let mut chart = Chart::new(ChartType::BarStacked);
        let column = |at: usize| u16::try_from(at).unwrap_or_default();
        for series in &drawn.series {
            chart
                .add_series()
                .set_name((name.as_str(), top, column(*series)))
                .set_categories((
                    name.as_str(),
                    top + 1,
                    column(drawn.label),
                    last,
                    column(drawn.label),
                ))
                .set_values((
                    name.as_str(),
                    top + 1,
                    column(*series),
                    last,
                    column(*series),
                ));
        }
        chart.title().set_name(&table.title);
        chart.y_axis().set_reverse();
        chart.set_width(760).set_height((80 + 26 * (last - top)).min(1_600));
        sheet.insert_chart(row + 2, 0, &chart)?;
    }
    Ok(())
}

fn letters(value: &Value) -> usize {
    match value {
        Value::Text(text) => text.chars().count(),
        other if numeric(other) => 12,
        _ => 10,
    }
}

fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => sheet.write_blank(row, column, &formats.text)?,
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, text, &formats.text)?
        }
        Value::Count(number) => {
            sheet.write_with_format(row, column, *number, &formats.count)?
        }
        Value::Change(number) => {
            sheet.write_with_format(row, column, *number, &formats.change)?
        }
        Value::Money(number) => {
            sheet.write_with_format(row, column, *number, &formats.money)?
        }
        Value::Hundredths(number) => sheet.write_with_format(
            row,
            column,
            in_hundredths(*number),
            &formats.decimal,
        )?,
        Value::Share(share) => match share.hundredths() {
            Some(percent) => {
                let percent = in_hundredths(percent) / 100.0;
                sheet.write_with_format(row, column, percent, &formats.percent)?
            }
            None => sheet.write_blank(row, column, &formats.text)?,
        },
        Value::Day(day) => match date(*day) {
            Some(date) => sheet.write_with_format(row, column, &date, &formats.day)?,
            None => sheet.write_string_with_format(
                row,
                column,
                day.to_string(),
                &formats.text,
            )?,
        },
    };
    Ok(())
}

/// A day as spreadsheets count them, from 1900 on.
fn date(day: Day) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

fn moment(made: Timestamp) -> Option<ExcelDateTime> {
    ExcelDateTime::from_timestamp(made.unix()).ok()
}
