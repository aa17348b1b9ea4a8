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

use crate::archive::state::State;
use crate::archive::{Code, Line};
use crate::report::facts::Exempt;
use crate::report::sheet::{self, Form};
use crate::say::{self, Lang};
use crate::text::fold;
use crate::time::{Day, Timestamp};

/// Rows of a register that are read.
pub const MOST_ROWS: usize = 2_000_000;
/// Letters of a value.
const MOST_LETTERS: usize = 1_000;
/// Rows looked through for the headings.
const HEADING_ROWS: usize = 20;

/// What a field of a line may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Code,
    Text,
    Day,
    Moment,
    Number,
    /// 0 or 1, also as words.
    Flag,
    OneOf(&'static [u64]),
    State,
    Exemption,
    /// A list, in JSON alone.
    List,
}

/// A field of a line, and other headings it goes by, without diacritics.
struct Field {
    name: &'static str,
    kind: Kind,
    also: &'static [&'static str],
}

const fn field(name: &'static str, kind: Kind, also: &'static [&'static str]) -> Field {
    Field { name, kind, also }
}

/// The fields, in the order in which lines have them.
const FIELDS: [Field; 38] = [
    field("MaHoSo", Kind::Code, &["ma ho so", "so ho so", "ma so ho so"]),
    field("MaTTHC", Kind::Text, &["ma tthc", "ma thu tuc"]),
    field("TenTTHC", Kind::Text, &["ten tthc", "ten thu tuc", "thu tuc"]),
    field(
        "DonVi",
        Kind::Text,
        &["don vi", "don vi xu ly", "co quan giai quyet", "don vi giai quyet"],
    ),
    field("CanBoTiepNhan", Kind::Text, &["can bo tiep nhan", "nguoi tiep nhan"]),
    field("CanBoXuLy", Kind::Text, &["can bo xu ly", "nguoi xu ly"]),
    field("NgayNop", Kind::Day, &["ngay nop"]),
    field("NgayTiepNhan", Kind::Day, &["ngay tiep nhan", "ngay nhan"]),
    field("NgayHenTra", Kind::Day, &["ngay hen tra", "han tra", "han xu ly"]),
    field(
        "NgayKetThucXuLy",
        Kind::Day,
        &["ngay ket thuc", "ngay ket thuc xu ly", "ngay tra", "ngay tra ket qua"],
    ),
    field("ThoiGianGiaiQuyet", Kind::Number, &["thoi gian giai quyet"]),
    field("DonViTinh", Kind::Text, &["don vi tinh"]),
    field(
        "KenhThucHien",
        Kind::OneOf(&[1, 2, 3]),
        &["kenh", "kenh thuc hien", "hinh thuc nop"],
    ),
    field("TrangThai", Kind::State, &["trang thai", "tinh trang"]),
    field("MaKetQua", Kind::Text, &["ma ket qua"]),
    field(
        "DuongDanTepTinKetQua",
        Kind::Text,
        &["duong dan tep tin ket qua", "tep ket qua"],
    ),
    field("KetQuaLaGiayTo", Kind::Flag, &[]),
    field("DaDongBoKetQua", Kind::Flag, &[]),
    field("HoSoCoThanhPhanSoHoa", Kind::Flag, &[]),
    field("SoThanhPhan", Kind::Number, &["so thanh phan"]),
    field("SoThanhPhanSoHoa", Kind::Number, &["so thanh phan so hoa"]),
    field("SoThanhPhanTaiSuDung", Kind::Number, &["so thanh phan tai su dung"]),
    field("SoThanhPhanTuKho", Kind::Number, &["so thanh phan tu kho"]),
    field("DuocLayTuKhoDMQG", Kind::Flag, &[]),
    field("TaiLieuNop", Kind::List, &[]),
    field("TaiKhoanDuocXacThucVoiVNeID", Kind::Flag, &[]),
    field("MaCSDL", Kind::Text, &[]),
    field("DoiTuongCongDan", Kind::Flag, &[]),
    field("DuocThanhToanTrucTuyen", Kind::OneOf(&[0, 1, 2]), &["thanh toan truc tuyen"]),
    field("Gia", Kind::Number, &["phi", "le phi", "phi, le phi"]),
    field("DanhSachPhiLePhi", Kind::List, &[]),
    field("SoLanBoSung", Kind::Number, &["so lan bo sung"]),
    field("SoNgayBoSung", Kind::Number, &["so ngay bo sung"]),
    field("ThoiDiemTiepNhan", Kind::Moment, &[]),
    field("ThoiDiemInPhieu", Kind::Moment, &[]),
    field("MienTru", Kind::Exemption, &["mien tru"]),
    field("LyDoMienTru", Kind::Text, &["ly do mien tru"]),
    field("NguoiMienTru", Kind::Text, &[]),
];

/// Headings of columns about persons, which are left out without a word of doubt.
const PERSONAL: [&str; 12] = [
    "ho ten",
    "ho va ten",
    "ten ca nhan",
    "nguoi nop",
    "chu ho so",
    "dia chi",
    "so dien thoai",
    "dien thoai",
    "email",
    "cccd",
    "so cccd",
    "can cuoc",
];

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

/// The field with this name.
fn named(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The field a heading means.
fn meant(heading: &str, mapping: &Mapping) -> Option<&'static Field> {
    let heading = heading.trim();
    if let Some(name) = mapping.get(heading) {
        return named(name);
    }
    let bare = fold::bare(heading);
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_it = |field: &&Field| {
        field.name.eq_ignore_ascii_case(heading) || field.also.contains(&bare.as_str())
    };
    FIELDS.iter().find(is_it)
}

/// A value held against its type; what is expected where it is not of it.
fn checked(kind: Kind, value: &Value) -> Result<Value, &'static str> {
    let text = match value {
        Value::String(text) => crate::text::keys::nfc(text.trim()),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => u8::from(*flag).to_string(),
        Value::Array(_) if kind == Kind::List => return Ok(listed(value)),
        Value::Null | Value::Array(_) | Value::Object(_) => return Err("\"…\""),
    };
    if text.chars().count() > MOST_LETTERS || text.chars().any(char::is_control) {
        return Err("≤ 1000 ký tự / characters");
    }
    let number = || text.parse::<u64>().ok();
    match kind {
        Kind::Text => Ok(text.into()),
        Kind::Code => {
            let code = text.parse::<Code>().ok().ok_or("H32.18-260716-0001")?;
            Ok(code.to_string().into())
        }
        Kind::Day => {
            let day = text.split(['T', ' ']).next().and_then(Day::typed);
            Ok(day.ok_or("16/07/2026 · 2026-07-16")?.to_string().into())
        }
        Kind::Moment => {
            let moment =
                moment(&text).ok_or("16/07/2026 10:13:45 · 2026-07-16T10:13:45+07:00")?;
            Ok(moment.to_string().into())
        }
        Kind::Number => {
            Ok(number().filter(|n| *n <= u64::from(u32::MAX)).ok_or("0, 1, 2, …")?.into())
        }
        Kind::Flag => {
            let flag = match fold::bare(&text).as_str() {
                "1" | "co" | "true" | "x" | "yes" => 1,
                "0" | "khong" | "false" | "no" => 0,
                _ => return Err("0 · 1"),
            };
            Ok(Value::from(flag))
        }
        Kind::OneOf(all) => {
            let words = [("truc tiep", 1), ("truc tuyen", 2), ("buu chinh", 3)];
            let bare = fold::bare(&text);
            let by_word = words.iter().find(|(word, _)| bare.starts_with(word));
            let number = number().or(by_word.map(|(_, number)| *number));
            let number = number.filter(|number| all.contains(number));
            Ok(number
                .ok_or(if all.contains(&0) { "0 · 1 · 2" } else { "1 · 2 · 3" })?
                .into())
        }
        Kind::State => match State::typed(&text) {
            Some(_) => Ok(text.into()),
            None => Err(
                "Đang xử lý · Yêu cầu bổ sung · Đã xử lý xong · Đã trả kết quả · Từ chối · Dừng xử lý",
            ),
        },
        Kind::Exemption => match Exempt::named(&text) {
            Some(_) => Ok(text.into()),
            None => Err("MAT · KTNN · GCNQSDD · BANDO · QUYHOACH · KHAC"),
        },
        Kind::List => Err("[ … ]"),
    }
}

/// A list of components or fees with nothing in it but what is counted.
fn listed(value: &Value) -> Value {
    const KEPT: [&str; 4] = ["DuocSoHoa", "DuocLayTuKhoDMQG", "DuocTaiSuDung", "Gia"];
    let items = value.as_array().into_iter().flatten();
    let items = items.map(|item| {
        let fields = item.as_object().into_iter().flatten();
        let kept = fields.filter(|(name, _)| KEPT.contains(&name.as_str()));
        Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
    });
    Value::Array(items.collect())
}

/// A moment in ISO 8601, or day and time as people write them.
fn moment(text: &str) -> Option<Timestamp> {
    if let Some(moment) = Timestamp::read(text) {
        return Some(moment);
    }
    let (day, time) = text.split_once([' ', 'T'])?;
    let time = if time.matches(':').count() == 1 {
        format!("{time}:00")
    } else {
        time.to_owned()
    };
    Timestamp::read(&format!("{}T{time:0>8}+07:00", Day::typed(day)?))
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

    #[test]
    fn moments_are_read_as_people_write_them() {
        let read = |text| moment(text).map(|moment| moment.to_string());
        assert_eq!(read("16/07/2026 8:05").unwrap(), "2026-07-16T08:05:00+07:00");
        assert_eq!(
            read("2026-07-16T10:13:45+07:00").unwrap(),
            "2026-07-16T10:13:45+07:00"
        );
        assert_eq!(read("16/07/2026"), None);
    }
}
