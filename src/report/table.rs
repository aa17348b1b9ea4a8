//! A report as data: figures and tables, before anybody has laid them out.
//!
//! Terminal, CSV, JSON, XLSX, HTML and PDF are made from this and from nothing
//! else, so that all of them say the same.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::report::facts::Oddity;
use crate::report::figure::Figure;
use crate::report::value::{Share, Value};
use crate::time::{Day, Timestamp};

/// A report.
#[derive(Debug, Serialize)]
pub struct Report {
    /// `sohoa.report/1`.
    pub schema: &'static str,
    /// The kind: `paperless`, `qd766`, ….
    pub kind: &'static str,
    /// The language of its words.
    pub lang: &'static str,
    /// Its title.
    pub title: String,
    /// The agency's identifier; `+` and a number where there are several.
    pub agency_id: String,
    /// The agency.
    pub agency: String,
    /// The days it is about, and what it is restricted to.
    pub scope: String,
    /// Its first day.
    pub from: Option<Day>,
    /// Its last day.
    pub to: Option<Day>,
    /// When it was made.
    pub made: Timestamp,
    /// What it consists of.
    pub blocks: Vec<Block>,
    /// What a reader must know: definitions, assumptions.
    pub notes: Vec<String>,
    /// What cannot be as it stands in the archive or a register.
    pub oddities: Vec<Oddity>,
    /// How many more there are.
    pub more_oddities: u64,
}

/// The name of the schema.
pub const SCHEMA: &str = "sohoa.report/1";

/// A part of a report.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// Figures: shares with all their parts.
    Figures {
        /// What they are about.
        title: String,
        /// They.
        figures: Vec<Figure>,
    },
    /// A table.
    Table(Table),
}

impl Report {
    /// All figures.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.blocks.iter().flat_map(|block| match block {
            Block::Figures { figures, .. } => figures.as_slice(),
            Block::Table(_) => &[],
        })
    }

    /// All tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Figures { .. } => None,
            Block::Table(table) => Some(table),
        })
    }
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// Its name for programs: the name of a sheet, of a file.
    pub name: &'static str,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a value for each column.
    pub rows: Vec<Vec<Value>>,
    /// The row of totals.
    pub total: Option<Vec<Value>>,
    /// How it is drawn.
    pub chart: Option<Chart>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name for programs.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// The heading over several columns.
    pub group: Option<String>,
}

/// A chart over some columns of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The column that names the bars.
    pub label: usize,
    /// The columns that are drawn, one on the other.
    pub series: Vec<usize>,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(key: &'static str, title: String) -> Self {
        Self { key, title, group: None }
    }

    /// Under a common heading.
    #[must_use]
    pub fn under(mut self, group: &str) -> Self {
        self.group = Some(group.to_owned());
        self
    }
}

/// Rows of a table whose parts do not make up the total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The heading of the column.
    pub column: String,
    /// What the parts come to.
    pub sum: u64,
    /// What the total says.
    pub total: u64,
    /// The rows, as they name themselves, and their parts.
    pub rows: Vec<(String, u64)>,
}

impl Table {
    /// The columns whose parts do not make up the total.
    #[must_use]
    pub fn mismatches(&self) -> Vec<Mismatch> {
        let Some(total) = &self.total else { return Vec::new() };
        let mut wrong = Vec::new();
        for (at, (column, total)) in self.columns.iter().zip(total).enumerate() {
            let (Value::Count(total) | Value::Money(total)) = total else { continue };
            let part = |row: &Vec<Value>| match row.get(at) {
                Some(Value::Count(part) | Value::Money(part)) => *part,
                Some(_) | None => 0,
            };
            let sum = self.rows.iter().map(part).fold(0, u64::saturating_add);
            if sum != *total {
                let name = |row: &Vec<Value>| match row.iter().find_map(Value::word) {
                    Some(name) => (name.to_owned(), part(row)),
                    None => (String::new(), part(row)),
                };
                let rows = self.rows.iter().map(name).collect();
                wrong.push(Mismatch {
                    column: column.title.clone(),
                    sum,
                    total: *total,
                    rows,
                });
            }
        }
        wrong
    }

    /// Adds the row of totals: sums of what can be summed.
    pub fn add_up(&mut self, label: String) {
        let mut label = Some(label);
        let total = (0..self.columns.len()).map(|at| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(at)).peekable();
            match cells.peek() {
                Some(Value::Count(_)) => Value::Count(
                    cells.filter_map(Value::amount).fold(0, u64::saturating_add),
                ),
                Some(Value::Money(_)) => Value::Money(
                    cells.filter_map(Value::amount).fold(0, u64::saturating_add),
                ),
                Some(Value::Share(_)) => {
                    let shares = cells.filter_map(|cell| match cell {
                        Value::Share(share) => Some(*share),
                        _ => None,
                    });
                    let add = |a: Share, b: Share| Share {
                        part: a.part.saturating_add(b.part),
                        whole: a.whole.saturating_add(b.whole),
                    };
                    Value::Share(shares.fold(Share::default(), add))
                }
                Some(Value::Text(_)) => label.take().map_or(Value::Empty, Value::Text),
                Some(
                    Value::Empty
                    | Value::Change(_)
                    | Value::Day(_)
                    | Value::Hundredths(_),
                )
                | None => Value::Empty,
            }
        });
        self.total = Some(total.collect());
    }
}

// JSON: rows are objects under the keys of the columns; numbers are plain.

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        struct Row<'a>(&'a [Column], &'a [Value]);
        impl Serialize for Row<'_> {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let mut map = to.serialize_map(Some(self.1.len()))?;
                for (column, value) in self.0.iter().zip(self.1) {
                    map.serialize_entry(column.key, value)?;
                }
                map.end()
            }
        }
        let rows: Vec<_> = self.rows.iter().map(|row| Row(&self.columns, row)).collect();
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("name", self.name)?;
        map.serialize_entry("title", &self.title)?;
        let titles: Vec<_> =
            self.columns.iter().map(|column| (column.key, &column.title)).collect();
        map.serialize_entry("columns", &titles)?;
        map.serialize_entry("rows", &rows)?;
        if let Some(total) = &self.total {
            map.serialize_entry("total", &Row(&self.columns, total))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_that_does_not_add_up_is_named_with_its_rows() {
        // 335 một phần + 1.101 toàn trình ≠ 1.406.
        let mut table = Table {
            columns: vec![
                Column::new("loai", "Loại".to_owned()),
                Column::new("so", "Số".to_owned()),
            ],
            rows: vec![
                vec![Value::text("Một phần"), Value::Count(335)],
                vec![Value::text("Toàn trình"), Value::Count(1101)],
            ],
            ..Table::default()
        };
        table.total = Some(vec![Value::text("Tổng"), Value::Count(1406)]);
        let [wrong] = table.mismatches().try_into().unwrap();
        assert_eq!((wrong.sum, wrong.total), (1436, 1406));
        assert_eq!(wrong.rows[0], ("Một phần".to_owned(), 335));
        table.add_up("Tổng".to_owned());
        assert_eq!(table.total.as_ref().unwrap()[1], Value::Count(1436));
        assert!(table.mismatches().is_empty());
    }
}
