//! Registers from outside: CSV, XLSX or JSON under the one-stop field names.
//!
//! A column is known by the portal's own name (`MaHoSo`, `NgayTiepNhan`,
//! `KenhThucHien`, …), by a common Vietnamese heading, or by what a mapping says.
//! Every value is held against its type before anything is taken; what is wrong
//! is told by row and column, and only the rows that are right are taken. A
//! column that means nothing here is told, not guessed at, and columns with names,
//! addresses or numbers of persons are left out: a report needs none of them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::archive::Line;
use crate::report::import::field::{FIELDS, Field, PERSONAL, checked, meant, named};
use crate::report::sheet::{self, Form};
use crate::say::{self, Lang};
use crate::text::fold;
use crate::time::Day;

mod field;

/// Rows of a register that are read.
pub const MOST_ROWS: usize = 2_000_000;
/// Rows looked through for the headings.
const HEADING_ROWS: usize = 20;

/// A register as read.
#[derive(Debug, Default, PartialEq)]
pub struct Read {
    /// The rows that are right.
    pub lines: Vec<Line>,
    /// The row of each of them.
    numbers: Vec<usize>,
    /// What is wrong, by row.
    pub faults: Vec<Fault>,
    /// What can hardly be in rows that are taken: a day to come, an end before
    /// its beginning.
    pub doubts: Vec<Fault>,
    /// Columns that mean nothing here.
    pub unknown: Vec<String>,
    /// Columns left out because they are about persons.
    pub personal: Vec<String>,
    /// Rows there are, right or wrong.
    pub rows: usize,
}

/// Something wrong in a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The row, as a spreadsheet counts them; 0 for the whole file.
    pub row: usize,
    /// The heading of the column; empty for the whole row.
    pub column: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file is not what its name says; the reader's own words.
    File(String),
    /// No heading is known, or none is `MaHoSo`.
    NoHeadings,
    /// Two columns mean the same field.
    TwoColumns(&'static str),
    /// The mapping names a field there is not.
    NoField(String),
    /// The row has no code.
    NoCode,
    /// The row before has this code, too.
    Twice(usize),
    /// The value is not of its type; what was found and what is expected.
    Value(String, &'static str),
    /// More rows than are read.
    TooMany,
    /// The day is still to come; the row is taken.
    Future,
    /// The day is before that of receipt; the row is taken.
    BeforeReceipt,
}

impl Fault {
    /// Row, column and problem.
    #[must_use]
    pub fn tell(&self, lang: Lang) -> String {
        let what = match &self.problem {
            Problem::File(detail) => return say::report::import_file(lang, detail),
            Problem::NoHeadings => return say::report::import_no_headings(lang),
            Problem::TwoColumns(field) => say::report::import_two_columns(lang, field),
            Problem::NoField(field) => return say::report::import_no_field(lang, field),
            Problem::NoCode => say::report::import_no_code(lang),
            Problem::Twice(row) => say::report::import_twice(lang, row),
            Problem::Value(found, expected) => {
                say::report::import_value(lang, found, expected)
            }
            Problem::TooMany => say::report::import_too_many(lang, MOST_ROWS),
            Problem::Future => say::report::import_future(lang),
            Problem::BeforeReceipt => say::report::import_order(lang),
        };
        match self.column.as_str() {
            "" => say::report::import_row(lang, self.row, what),
            column => say::report::import_cell(lang, self.row, column, what),
        }
    }
}

/// Columns and the fields they mean, as a person says.
pub type Mapping = BTreeMap<String, String>;

/// Reads a register on the day `today`.
#[must_use]
pub fn read(bytes: &[u8], form: Form, mapping: &Mapping, today: Day) -> Read {
    let mut read = Read::default();
    for field in mapping.values().filter(|field| named(field).is_none()) {
        let problem = Problem::NoField(field.clone());
        read.faults.push(Fault { row: 0, column: String::new(), problem });
    }
    let mut fail = |detail| read.fault(0, "", Problem::File(detail));
    match form {
        Form::Json => match sheet::objects(bytes) {
            Err(detail) => fail(detail),
            Ok(rows) => read.take_objects(rows, mapping),
        },
        Form::Csv | Form::Xlsx => match sheet::sheets(bytes, form, MOST_ROWS + 2) {
            Err(detail) => fail(detail),
            Ok(sheets) => {
                let rows = sheets.into_iter().next().map(|sheet| sheet.rows);
                read.take_cells(rows.unwrap_or_default(), mapping);
            }
        },
    }
    read.doubts = read.doubted(today);
    read
}

impl Read {
    fn fault(&mut self, row: usize, column: &str, problem: Problem) {
        self.faults.push(Fault { row, column: column.to_owned(), problem });
    }

    fn take_cells(&mut self, rows: Vec<Vec<String>>, mapping: &Mapping) {
        let heading = rows.iter().take(HEADING_ROWS).position(|row| {
            let mut known = row.iter().filter_map(|cell| meant(cell, mapping));
            known.any(|field| field.name == "MaHoSo")
        });
        let Some(heading) = heading else {
            return self.fault(0, "", Problem::NoHeadings);
        };
        let mut rows = rows.into_iter().enumerate().skip(heading);
        let Some((_, headings)) = rows.next() else { return };
        let columns = self.columns(&headings, heading + 1, mapping);
        let mut seen = BTreeMap::new();
        for (at, cells) in rows {
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let values = columns.iter().filter_map(|(column, field)| {
                let cell = cells.get(*column)?.trim();
                let heading =
                    headings.get(*column).map(String::as_str).unwrap_or_default();
                (!cell.is_empty()).then(|| (heading, *field, Value::from(cell)))
            });
            self.take(at + 1, values.collect(), &mut seen);
        }
    }

    /// Which column means which field.
    fn columns(
        &mut self,
        headings: &[String],
        row: usize,
        mapping: &Mapping,
    ) -> Vec<(usize, &'static Field)> {
        let mut columns: Vec<(usize, &'static Field)> = Vec::new();
        for (at, heading) in
            headings.iter().enumerate().filter(|(_, h)| !h.trim().is_empty())
        {
            match meant(heading, mapping) {
                Some(field)
                    if columns.iter().any(|(_, other)| other.name == field.name) =>
                {
                    self.fault(row, heading, Problem::TwoColumns(field.name));
                }
                Some(field) => columns.push((at, field)),
                None => self.leave_out(heading),
            }
        }
        columns
    }

    fn leave_out(&mut self, heading: &str) {
        let bare = fold::bare(heading);
        let is_personal = PERSONAL.iter().any(|name| bare.trim().starts_with(name));
        let list = if is_personal { &mut self.personal } else { &mut self.unknown };
        if !list.iter().any(|known| known == heading) {
            list.push(heading.to_owned());
        }
    }

    fn take_objects(&mut self, rows: Vec<Map<String, Value>>, mapping: &Mapping) {
        let mut seen = BTreeMap::new();
        for (row, number) in rows.into_iter().zip(1..) {
            let mut values = Vec::new();
            for (name, value) in &row {
                match meant(name, mapping) {
                    None => self.leave_out(name),
                    Some(_) if value.is_null() => {}
                    Some(field) => values.push((name.as_str(), field, value.clone())),
                }
            }
            self.take(number, values, &mut seen);
        }
    }

    /// Takes a row, if everything in it is right.
    fn take(
        &mut self,
        row: usize,
        values: Vec<(&str, &'static Field, Value)>,
        seen: &mut BTreeMap<String, usize>,
    ) {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            if self.rows == MOST_ROWS + 1 {
                self.fault(row, "", Problem::TooMany);
            }
            return;
        }
        let before = self.faults.len();
        let mut found = BTreeMap::new();
        for (heading, field, value) in values {
            match checked(field.kind, &value) {
                Ok(value) => drop(found.insert(field.name, value)),
                Err(expected) => {
                    let shown =
                        value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    let shown: String = shown.chars().take(60).collect();
                    self.fault(row, heading, Problem::Value(shown, expected));
                }
            }
        }
        let code = found.get("MaHoSo").and_then(Value::as_str).map(str::to_owned);
        match code {
            None if self.faults.len() == before => self.fault(row, "", Problem::NoCode),
            None => {}
            Some(code) => {
                if let Some(other) = seen.get(&code) {
                    let other = *other;
                    self.fault(row, "MaHoSo", Problem::Twice(other));
                } else {
                    seen.insert(code, row);
                }
            }
        }
        if self.faults.len() == before {
            let in_order = FIELDS.iter().filter_map(|field| {
                found.remove(field.name).map(|value| (field.name.to_owned(), value))
            });
            self.lines.push(in_order.collect());
            self.numbers.push(row);
        }
    }

    /// What can hardly be in the rows that are taken.
    fn doubted(&self, today: Day) -> Vec<Fault> {
        let mut doubts = Vec::new();
        for (line, row) in self.lines.iter().zip(&self.numbers) {
            let day = |name: &str| line.get(name)?.as_str().and_then(Day::typed);
            let mut doubt = |column: &str, problem| {
                doubts.push(Fault { row: *row, column: column.to_owned(), problem });
            };
            let received = day("NgayTiepNhan");
            for name in ["NgayTiepNhan", "NgayKetThucXuLy"] {
                if day(name).is_some_and(|day| day > today) {
                    doubt(name, Problem::Future);
                }
            }
            for name in ["NgayHenTra", "NgayKetThucXuLy"] {
                if day(name).zip(received).is_some_and(|(day, first)| day < first) {
                    doubt(name, Problem::BeforeReceipt);
                }
            }
        }
        doubts
    }
}

/// Reads a mapping: a JSON object, heading to field.
///
/// # Errors
///
/// When it is no object of texts; the parser's own words.
pub fn mapping(bytes: &[u8]) -> Result<Mapping, String> {
    serde_json::from_slice(bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::typed("2026-07-20").unwrap()
    }

    fn csv(text: &str) -> Read {
        read(text.as_bytes(), Form::Csv, &Mapping::new(), today())
    }

    #[test]
    fn what_can_hardly_be_is_told_by_row_and_taken() {
        let read = csv("MaHoSo,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy\n\
            H32.18-260716-0001,2026-07-16,2026-07-15,2026-07-16\n\
            H32.18-260716-0002,2026-07-16,2026-07-20,2026-07-14\n\
            H32.18-270716-0003,2027-07-16,2027-07-20,\n");
        assert_eq!((read.faults.as_slice(), read.lines.len()), (&[][..], 3));
        let told: Vec<_> =
            read.doubts.iter().map(|doubt| (doubt.row, doubt.column.as_str())).collect();
        let expected = [(2, "NgayHenTra"), (3, "NgayKetThucXuLy"), (4, "NgayTiepNhan")];
        assert_eq!(told, expected);
    }

    #[test]
    fn headings_of_the_portal_and_of_people_are_known() {
        let read = csv(
            "\u{feff}Sổ theo dõi;;\r\nMã hồ sơ;Ngày tiếp nhận;Kênh;Họ và tên;Cột lạ\r\n\
            H32.18-260716-0001;16/07/2026;Trực tuyến;Nguyễn Văn A;z\r\n;;;;\r\n",
        );
        assert_eq!(read.faults, []);
        assert_eq!(read.personal, ["Họ và tên"]);
        assert_eq!(read.unknown, ["Cột lạ"]);
        let [line] = read.lines.try_into().unwrap();
        let text = serde_json::to_string(&line).unwrap();
        assert_eq!(
            text,
            r#"{"MaHoSo":"H32.18-260716-0001","NgayTiepNhan":"2026-07-16","KenhThucHien":2}"#
        );
    }

    #[test]
    fn what_is_wrong_is_told_by_row_and_column_and_the_rest_is_taken() {
        let read = csv("MaHoSo,NgayTiepNhan,KenhThucHien\n\
            H32.18-260716-0001,31/02/2026,1\n\
            H32.18-260716-0002,16/07/2026,4\n\
            ,16/07/2026,1\n\
            H32.18-260716-0003,16/07/2026,1\n\
            H32.18-260716-0003,17/07/2026,1\n");
        let at: Vec<_> = read.faults.iter().map(|f| (f.row, f.column.as_str())).collect();
        assert_eq!(
            at,
            [(2, "NgayTiepNhan"), (3, "KenhThucHien"), (4, ""), (6, "MaHoSo")]
        );
        assert_eq!(read.faults[3].problem, Problem::Twice(5));
        assert_eq!((read.lines.len(), read.rows), (1, 5));
        for fault in &read.faults {
            assert!(
                fault.tell(Lang::Vi).contains(&format!("{}", fault.row)),
                "{fault:?}"
            );
        }
    }

    #[test]
    fn quotes_and_separators_are_those_of_rfc_4180() {
        let read = csv("MaHoSo,TenTTHC\n\"H32.18-260716-0001\",\"Cấp, \"\"lại\"\"\"\n");
        assert_eq!(read.lines[0]["TenTTHC"], "Cấp, \"lại\"");
    }

    #[test]
    fn a_mapping_says_what_other_headings_mean() {
        let mapping = mapping(br#"{"Code": "MaHoSo", "In": "NgayTiepNhan"}"#).unwrap();
        let read = read(
            b"Code,In\nH32.18-260716-0001,2026-07-16\n",
            Form::Csv,
            &mapping,
            today(),
        );
        assert_eq!(read.lines[0]["NgayTiepNhan"], "2026-07-16");
        assert_eq!(csv("Code,In\nx,y\n").faults[0].problem, Problem::NoHeadings);
    }

    #[test]
    fn json_keeps_of_components_only_what_is_counted() {
        let text = r#"{"HoSo": [{"MaHoSo": "H32.18-260716-0001", "NgayNop": null,
            "TaiLieuNop": [{"TenTaiLieu": "CCCD của A", "DuocSoHoa": 1}], "HoTen": "A"}]}"#;
        let read = read(text.as_bytes(), Form::Json, &Mapping::new(), today());
        assert_eq!(read.faults, []);
        let line = serde_json::to_string(&read.lines[0]).unwrap();
        assert!(!line.contains("CCCD") && line.contains(r#""DuocSoHoa":1"#), "{line}");
    }
}
