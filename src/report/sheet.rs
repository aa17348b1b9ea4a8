//! Tables of other programs: CSV, workbooks, JSON, as rows of text.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Map, Value};

/// Names of objects that become columns.
const MOST_NAMES: usize = 1_000;

/// What a table is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma, semicolon or tabulator between columns.
    Csv,
    /// A workbook.
    Xlsx,
    /// A list of objects, or one object that has such a list.
    Json,
}

impl Form {
    /// What the ending of a file's name says.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "json" | "jsonl" => Some(Self::Json),
            _ => None,
        }
    }
}

/// A table of cells, each as people see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a file that is one table.
    pub name: String,
    /// Its rows from the first of the file on, also the empty ones.
    pub rows: Vec<Vec<String>>,
}

/// The tables of a file that have anything in them, in order; of each no more than
/// `most` rows. A list of objects is a table with their names as headings.
///
/// # Errors
///
/// When the file is not what its name says; the reader's own words.
pub fn sheets(bytes: &[u8], form: Form, most: usize) -> Result<Vec<Sheet>, String> {
    match form {
        Form::Csv => Ok(vec![Sheet { name: String::new(), rows: csv(bytes, most) }]),
        Form::Xlsx => workbook(bytes, most),
        Form::Json => Ok(vec![of_objects(&objects(bytes)?, most)]),
    }
}

/// RFC 4180, with whatever stands between the columns of the first line.
fn csv(bytes: &[u8], most: usize) -> Vec<Vec<String>> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: &char| first.matches(*mark).count();
    let separator = [';', '\t', ','].into_iter().max_by_key(count).unwrap_or(',');
    let mut rows = vec![vec![String::new()]];
    let mut letters = text.chars().peekable();
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        let Some(row) = rows.last_mut() else { break };
        let is_empty = row.last().is_some_and(String::is_empty);
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                if let Some(cell) = row.last_mut() {
                    cell.push('"');
                }
            }
            '"' if quoted => quoted = false,
            '"' if is_empty => quoted = true,
            mark if mark == separator && !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                if rows.len() >= most {
                    break;
                }
                rows.push(vec![String::new()]);
            }
            other => {
                if let Some(cell) = row.last_mut() {
                    cell.push(other);
                }
            }
        }
    }
    rows
}

/// Every sheet of a workbook that has anything in it.
fn workbook(bytes: &[u8], most: usize) -> Result<Vec<Sheet>, String> {
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| error.to_string())?;
        let Some((first, _)) = range.start() else { continue };
        let blank = (0..first).map(|_| Vec::new());
        let rows = range.rows().map(|row| row.iter().map(cell).collect());
        sheets.push(Sheet { name, rows: blank.chain(rows).take(most).collect() });
    }
    Ok(sheets)
}

/// A cell as people see it; days and moments in ISO 8601.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        Data::Float(number) => plain(number.to_string()),
        Data::Bool(flag) => u8::from(*flag).to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!(
                    "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+07:00"
                ),
            }
        }
        Data::Int(_) | Data::String(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => {
            data.to_string()
        }
    }
}

/// A number as programs write it, with a fourth decimal where three would read as
/// thousands.
fn plain(text: String) -> String {
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if decimals == 3 { text + "0" } else { text }
}

fn of_objects(objects: &[Map<String, Value>], most: usize) -> Sheet {
    let mut headings: Vec<String> = Vec::new();
    for name in objects.iter().flat_map(Map::keys) {
        if headings.len() < MOST_NAMES && !headings.contains(name) {
            headings.push(name.clone());
        }
    }
    let cell = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => plain(number.to_string()),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    let cells = |object: &Map<String, Value>| {
        let cells =
            headings.iter().map(|name| object.get(name).map(cell).unwrap_or_default());
        cells.collect()
    };
    let rows: Vec<Vec<String>> = objects.iter().map(cells).collect();
    let rows = [headings.clone()].into_iter().chain(rows).take(most).collect();
    Sheet { name: String::new(), rows }
}

/// A list of objects, or the first such list in an object; also JSON Lines.
///
/// # Errors
///
/// When it is no JSON; the parser's own words.
pub fn objects(bytes: &[u8]) -> Result<Vec<Map<String, Value>>, String> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let lines = || -> Option<Vec<Value>> {
        let lines = text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.trim_ascii().is_empty());
        lines.map(|line| serde_json::from_slice(line).ok()).collect()
    };
    let list = match serde_json::from_slice::<Value>(text) {
        Ok(Value::Array(list)) => list,
        Ok(Value::Object(fields)) if fields.contains_key("MaHoSo") => {
            vec![Value::Object(fields)]
        }
        Ok(Value::Object(fields)) => {
            let list = fields.into_iter().find_map(|(_, value)| match value {
                Value::Array(list) => Some(list),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Object(_) => None,
            });
            list.unwrap_or_default()
        }
        Ok(_) => Vec::new(),
        Err(error) => lines().ok_or_else(|| error.to_string())?,
    };
    let objects = list.into_iter().map(|item| match item {
        Value::Object(fields) => fields,
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Array(_) => Map::new(),
    });
    Ok(objects.collect())
}
