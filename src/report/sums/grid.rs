//! A table as people lay it out: headings, rows with a name, cells with numbers.

use std::collections::BTreeMap;

use crate::report::sheet::Sheet;
use crate::report::sums::{Amount, MOST_COLUMNS, MOST_ROWS, is_total};
use crate::text::fold::bare;

/// Words of headings over numbers that are not added up.
const NO_SUMS: [&str; 8] =
    ["ty le", "ti le", "binh quan", "trung binh", "thu tu", "xep", "chi so", "ghi chu"];

/// A table.
pub(super) struct Grid {
    /// The heading of each column, the lowest where there are several.
    pub(super) headings: Vec<String>,
    /// What a row of numbers under the headings defines: a column and its parts.
    pub(super) formulas: BTreeMap<usize, Vec<usize>>,
    /// The rows under the headings that have something in them.
    pub(super) rows: Vec<Row>,
}

/// A row.
pub(super) struct Row {
    /// As a spreadsheet counts it.
    pub(super) number: usize,
    /// It calls itself a total.
    pub(super) is_total: bool,
    /// It stands under a Roman numeral or a capital letter, over others.
    pub(super) is_group: bool,
    name: String,
    amounts: Vec<Option<Amount>>,
}

impl Row {
    fn of(cells: &[String], number: usize) -> Self {
        let mut words =
            cells.iter().map(|cell| cell.trim()).filter(|cell| has_letters(cell));
        let first = words.next().unwrap_or_default();
        let is_group = is_group(first);
        let name = if is_group { words.next().unwrap_or(first) } else { first };
        Self {
            number,
            is_total: is_total(name),
            is_group,
            name: name.to_owned(),
            amounts: cells.iter().map(|cell| Amount::read(cell)).collect(),
        }
    }

    /// What it is called.
    pub(super) fn name(&self) -> String {
        if self.name.is_empty() { format!("#{}", self.number) } else { self.name.clone() }
    }

    pub(super) fn amount(&self, column: usize) -> Option<Amount> {
        self.amounts.get(column).copied().flatten()
    }

    pub(super) fn has_amounts(&self) -> bool {
        self.amounts.iter().any(Option::is_some)
    }
}

impl Grid {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let wide = |row: &Vec<String>| row.get(..MOST_COLUMNS).unwrap_or(row).to_vec();
        let rows: Vec<_> = sheet.rows.iter().take(MOST_ROWS).map(wide).collect();
        let filled =
            |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        // The first row with two cells is a heading, also where it names years.
        let first = rows.iter().position(|row| filled(row) > 1).unwrap_or(rows.len());
        let is_head = |row: &Vec<String>| {
            numbered(row).is_some()
                || !row.iter().any(|cell| Amount::read(cell).is_some())
        };
        let under = rows.get(first + 1..).unwrap_or_default();
        let more = under.iter().take_while(|row| is_head(row)).count();
        let (head, body) =
            rows.split_at_checked(first + 1 + more).unwrap_or((&rows, &[]));
        let mut grid =
            Self { headings: Vec::new(), formulas: BTreeMap::new(), rows: Vec::new() };
        for row in head.get(first..).unwrap_or_default() {
            match numbered(row) {
                Some(numbers) => grid.formulas = formulas(&numbers),
                None => grid.head(row),
            }
        }
        let width = body.iter().map(Vec::len).max().unwrap_or_default();
        if grid.headings.len() < width {
            grid.headings.resize(width, String::new());
        }
        let body = body.iter().zip(first + more + 2..);
        let body = body.filter(|(row, _)| filled(row) > 0);
        grid.rows = body.map(|(row, number)| Row::of(row, number)).collect();
        grid
    }

    fn head(&mut self, row: &[String]) {
        if self.headings.len() < row.len() {
            self.headings.resize(row.len(), String::new());
        }
        for (heading, cell) in self.headings.iter_mut().zip(row) {
            if !cell.trim().is_empty() {
                cell.trim().clone_into(heading);
            }
        }
    }

    pub(super) fn row(&self, at: usize) -> Option<&Row> {
        self.rows.get(at)
    }

    /// The heading of a column; its place where it has none.
    pub(super) fn heading(&self, column: usize) -> String {
        match self.headings.get(column).map(String::as_str) {
            None | Some("") => format!("#{}", column + 1),
            Some(heading) => heading.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    /// Whether what stands in this column may be added up.
    pub(super) fn is_summable(&self, column: usize) -> bool {
        let heading = self.headings.get(column).map(String::as_str).unwrap_or_default();
        let folded = bare(heading);
        let is_rank = matches!(folded.trim(), "tt" | "stt" | "so tt" | "nam");
        let is_share =
            heading.contains('%') || NO_SUMS.iter().any(|word| folded.contains(word));
        !(is_rank || is_share)
    }

    pub(super) fn is_total_column(&self, column: usize) -> bool {
        self.is_summable(column)
            && self.headings.get(column).is_some_and(|heading| is_total(heading))
    }
}

/// Numbers of columns, as the row under the headings gives them, each with the
/// columns it is the sum of; `None` for any other row.
fn numbered(row: &[String]) -> Option<Vec<(usize, u32, Vec<u32>)>> {
    let mut found: Vec<(usize, u32, Vec<u32>)> = Vec::new();
    for (column, cell) in row.iter().enumerate() {
        let cell: String =
            cell.chars().filter(|c| !matches!(c, '(' | ')' | ' ')).collect();
        if cell.is_empty() || matches!(cell.as_str(), "A" | "B" | "C" | "D") {
            continue;
        }
        let (number, formula) = cell.split_once('=').unwrap_or((&cell, ""));
        let number: u32 = number.parse().ok()?;
        let parts: Vec<u32> = match formula {
            "" => Vec::new(),
            // A difference or a quotient says nothing about a sum.
            formula => formula
                .split('+')
                .map(|part| part.parse().ok())
                .collect::<Option<_>>()
                .unwrap_or_default(),
        };
        if found.last().is_some_and(|(_, last, _)| last + 1 != number) {
            return None;
        }
        found.push((column, number, parts));
    }
    let begins = found.first().is_some_and(|(_, number, _)| *number == 1);
    (begins && found.len() > 2).then_some(found)
}

/// The columns of each sum.
fn formulas(numbers: &[(usize, u32, Vec<u32>)]) -> BTreeMap<usize, Vec<usize>> {
    let place = |wanted: &u32| {
        let at = numbers.iter().find(|(_, number, _)| number == wanted);
        at.map(|(column, _, _)| *column)
    };
    let sums = numbers.iter().filter(|(_, _, parts)| parts.len() > 1);
    let placed = sums.filter_map(|(column, _, parts)| {
        Some((*column, parts.iter().map(place).collect::<Option<Vec<_>>>()?))
    });
    placed.collect()
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

/// A Roman numeral up to thirty-nine, or one capital letter.
fn is_group(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ')']);
    let is_roman =
        text.len() <= 7 && text.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'));
    let is_letter = matches!(text, "A" | "B" | "C" | "D" | "E");
    !text.is_empty() && (is_roman || is_letter)
}
