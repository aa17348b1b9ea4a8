//! The fields a person may set, with the type and length each must have.
//!
//! Names, types and lengths are those of Nghị định 30/2020/NĐ-CP, Phụ lục VI,
//! Phần II, for dossiers and documents; those of the one-stop shop are what
//! the national public service portal exchanges (Quyết định 766/QĐ-TTg). The
//! portal gives its texts no length; [`FREE`] bounds them here.

use std::error::Error;
use std::fmt;

use serde_json::Value;

use crate::archive::state::{self, State};
use crate::say::{self, Lang, Tell};
use crate::time::Day;

/// Most characters of a text for which no rule gives a length.
const FREE: usize = 1000;

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most so many characters (`String`).
    Text(usize),
    /// A day, kept in ISO 8601 (`Date`).
    Date,
    /// A whole number of at most so many digits (`Number`).
    Number(usize),
    /// One of these numbers.
    OneOf(&'static [u64]),
    /// How far a dossier has come.
    State,
}

/// What a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A dossier.
    Dossier,
    /// A document of a dossier.
    Document,
}

/// A field that may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name; a dot leads into a group (`SignerInfo.Position`).
    pub name: &'static str,
    /// What it belongs to.
    pub of: Of,
    /// What it may hold.
    pub kind: Kind,
}

const fn dossier(name: &'static str, kind: Kind) -> Field {
    Field { name, of: Of::Dossier, kind }
}

const fn document(name: &'static str, kind: Kind) -> Field {
    Field { name, of: Of::Document, kind }
}

/// Every field that may be set.
pub const FIELDS: &[Field] = &[
    // Phụ lục VI, Phần II: hồ sơ.
    dossier("Title", Kind::Text(500)),
    dossier("Maintenance", Kind::Text(30)),
    dossier("Rights", Kind::Text(30)),
    dossier("Creator", Kind::Text(30)),
    dossier("Language", Kind::Text(50)),
    dossier("StartDate", Kind::Date),
    dossier("EndDate", Kind::Date),
    dossier("Description", Kind::Text(500)),
    // The one-stop shop.
    dossier("MaTTHC", Kind::Text(30)),
    dossier("TenTTHC", Kind::Text(FREE)),
    dossier("NgayNop", Kind::Date),
    dossier("NgayTiepNhan", Kind::Date),
    dossier("NgayHenTra", Kind::Date),
    dossier("NgayKetThucXuLy", Kind::Date),
    dossier("ThoiGianGiaiQuyet", Kind::Number(5)),
    dossier("DonViTinh", Kind::Text(30)),
    dossier("KenhThucHien", Kind::OneOf(&[1, 2, 3])),
    dossier(state::FIELD, Kind::State),
    dossier("MaKetQua", Kind::Text(FREE)),
    dossier("DuongDanTepTinKetQua", Kind::Text(FREE)),
    dossier("HoSoCoThanhPhanSoHoa", Kind::OneOf(&[0, 1])),
    dossier("TaiKhoanDuocXacThucVoiVNeID", Kind::OneOf(&[0, 1])),
    dossier("DuocThanhToanTrucTuyen", Kind::OneOf(&[0, 1, 2])),
    dossier("MaCSDL", Kind::Text(FREE)),
    // What reports count besides.
    dossier("DonVi", Kind::Text(100)),
    dossier("CanBoTiepNhan", Kind::Text(100)),
    dossier("CanBoXuLy", Kind::Text(100)),
    dossier("SoLanBoSung", Kind::Number(3)),
    dossier("SoNgayBoSung", Kind::Number(4)),
    dossier("KetQuaLaGiayTo", Kind::OneOf(&[0, 1])),
    dossier("DaDongBoKetQua", Kind::OneOf(&[0, 1])),
    dossier("DoiTuongCongDan", Kind::OneOf(&[0, 1])),
    dossier("MienTru", Kind::Text(20)),
    dossier("LyDoMienTru", Kind::Text(500)),
    dossier("NguoiMienTru", Kind::Text(100)),
    dossier("NgayMienTru", Kind::Date),
    // Phụ lục VI, Phần II: văn bản đi, văn bản đến.
    document("TypeName", Kind::Text(100)),
    document("CodeNumber", Kind::Text(11)),
    document("CodeNotation", Kind::Text(30)),
    document("IssuedDate", Kind::Date),
    document("OrganName", Kind::Text(200)),
    document("Subject", Kind::Text(500)),
    document("Language", Kind::Text(30)),
    document("Description", Kind::Text(500)),
    document("SignerInfo.Position", Kind::Text(100)),
    document("SignerInfo.FullName", Kind::Text(50)),
    document("Priority", Kind::OneOf(&[0, 1, 2, 3])),
    document("IssuedAmount", Kind::Number(3)),
    document("DueDate", Kind::Date),
    document("ArrivalDate", Kind::Date),
    document("ArrivalNumber", Kind::Number(10)),
    document("ToPlaces", Kind::Text(1000)),
    // Components of a one-stop dossier.
    document("DuocSoHoa", Kind::OneOf(&[0, 1])),
    document("DuocLayTuKhoDMQG", Kind::OneOf(&[0, 1])),
    document("DuocTaiSuDung", Kind::OneOf(&[0, 1])),
    // A person has compared identity numbers and amounts with the paper.
    document("DaDoiChieuSo", Kind::OneOf(&[0, 1])),
    // What reports count besides: issued or not, on paper or not, printed or not.
    document("VanBanDi", Kind::OneOf(&[0, 1])),
    document("PhatHanhGiay", Kind::OneOf(&[0, 1])),
    document("SoBanIn", Kind::Number(4)),
    document("NgayIn", Kind::Date),
    document("MienTru", Kind::Text(20)),
    document("LyDoMienTru", Kind::Text(500)),
    document("NguoiMienTru", Kind::Text(100)),
    document("NgayMienTru", Kind::Date),
];

impl Field {
    /// The field of this name.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn named(name: &str, of: Of) -> Result<Self, FieldError> {
        let is_it = |field: &&Self| field.name == name;
        let mut all = FIELDS.iter().filter(is_it);
        let found = all.clone().find(|field| field.of == of).copied();
        found.ok_or_else(|| match all.next() {
            Some(_) => FieldError::Elsewhere { name: name.to_owned(), of },
            None => {
                FieldError::Unknown { name: name.to_owned(), near: nearest(name, of) }
            }
        })
    }

    /// What the field holds when a person types `text`; `None` for nothing.
    ///
    /// # Errors
    ///
    /// When it cannot hold that.
    pub fn read(&self, text: &str) -> Result<Option<Value>, FieldError> {
        let text = crate::text::keys::nfc(text.trim());
        if text.is_empty() {
            return Ok(None);
        }
        let bad = |problem| FieldError::Value {
            name: self.name.to_owned(),
            found: text.clone(),
            problem,
        };
        let value = match self.kind {
            Kind::Text(most) => {
                let length = text.chars().count();
                if length > most {
                    return Err(bad(Problem::TooLong { length, most }));
                }
                if text.chars().any(char::is_control) {
                    return Err(bad(Problem::NotOneLine));
                }
                text.clone().into()
            }
            Kind::Date => {
                let day = Day::typed(&text).ok_or_else(|| bad(Problem::NoDay))?;
                day.to_string().into()
            }
            Kind::Number(digits) => {
                let number = text.parse::<u64>().ok();
                let number = number.ok_or_else(|| bad(Problem::NoNumber))?;
                let length = number.to_string().len();
                if length > digits {
                    return Err(bad(Problem::TooLong { length, most: digits }));
                }
                number.into()
            }
            Kind::State => {
                let state = State::typed(&text).ok_or_else(|| bad(Problem::NoState))?;
                state.name().into()
            }
            Kind::OneOf(all) => {
                let number = text.parse::<u64>().ok();
                let number = number.filter(|number| all.contains(number));
                number.ok_or_else(|| bad(Problem::NotOneOf(all)))?.into()
            }
        };
        Ok(Some(value))
    }
}

/// The name a person probably meant: the same letters in another case, or one
/// that begins alike.
fn nearest(name: &str, of: Of) -> Option<&'static str> {
    let alike = |known: &str| {
        let pairs = known.chars().zip(name.chars());
        pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    let here = FIELDS.iter().filter(|field| field.of == of);
    let best = here.max_by_key(|field| alike(field.name))?;
    (alike(best.name) >= 3).then_some(best.name)
}

/// Why a field cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldError {
    /// There is no such field.
    Unknown {
        /// The name.
        name: String,
        /// One that was perhaps meant.
        near: Option<&'static str>,
    },
    /// The field belongs to something else.
    Elsewhere {
        /// The name.
        name: String,
        /// What it was to be set on.
        of: Of,
    },
    /// The field cannot hold this.
    Value {
        /// The name.
        name: String,
        /// What was given.
        found: String,
        /// What is wrong with it.
        problem: Problem,
    },
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Longer than the rule allows.
    TooLong {
        /// Characters or digits given.
        length: usize,
        /// Characters or digits allowed.
        most: usize,
    },
    /// Control characters or several lines.
    NotOneLine,
    /// Not a day of the calendar.
    NoDay,
    /// Not a whole number.
    NoNumber,
    /// No state a dossier can be in.
    NoState,
    /// None of the numbers there are.
    NotOneOf(&'static [u64]),
}

impl Tell for FieldError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Unknown { name, near: Some(near) } => {
                say::archive::field_near(lang, name, near)
            }
            Self::Unknown { name, near: None } => say::archive::field_unknown(lang, name),
            Self::Elsewhere { name, of: Of::Dossier } => {
                say::archive::field_of_document(lang, name)
            }
            Self::Elsewhere { name, of: Of::Document } => {
                say::archive::field_of_dossier(lang, name)
            }
            Self::Value { name, found, problem } => match problem {
                Problem::TooLong { length, most } => {
                    say::archive::field_too_long(lang, name, length, most)
                }
                Problem::NotOneLine => say::archive::field_lines(lang, name),
                Problem::NoDay => say::archive::field_day(lang, name, found),
                Problem::NoNumber => say::archive::field_number(lang, name, found),
                Problem::NoState => {
                    let all: Vec<_> = State::ALL.into_iter().map(State::name).collect();
                    say::archive::field_choice(lang, name, found, all.join(", "))
                }
                Problem::NotOneOf(all) => {
                    let all: Vec<_> = all.iter().map(ToString::to_string).collect();
                    say::archive::field_choice(lang, name, found, all.join(", "))
                }
            },
        }
    }
}

impl Error for FieldError {}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, of: Of, text: &str) -> Result<Option<Value>, FieldError> {
        Field::named(name, of)?.read(text)
    }

    #[test]
    fn values_have_the_type_and_length_of_the_decree() {
        use Of::{Document, Dossier};
        assert_eq!(read("Title", Dossier, " Hồ sơ đất "), Ok(Some("Hồ sơ đất".into())));
        assert_eq!(read("Title", Dossier, ""), Ok(None), "nothing empties a field");
        let long = "đ".repeat(500);
        assert!(read("Title", Dossier, &long).is_ok(), "letters count, not bytes");
        assert!(read("Title", Dossier, &(long + "x")).is_err());
        assert!(read("Title", Dossier, "hai\ndòng").is_err());
        let day = Ok(Some("2026-07-16".into()));
        assert_eq!(read("IssuedDate", Document, "16/07/2026"), day);
        assert!(read("IssuedDate", Document, "31/02/2026").is_err());
        assert_eq!(read("IssuedAmount", Document, "12"), Ok(Some(12.into())));
        assert!(read("IssuedAmount", Document, "1000").is_err());
        assert_eq!(read("KenhThucHien", Dossier, "3"), Ok(Some(3.into())));
        assert!(read("KenhThucHien", Dossier, "4").is_err());
    }

    #[test]
    fn a_misspelt_name_is_told_with_the_one_meant() {
        let error = Field::named("title", Of::Dossier).unwrap_err();
        assert!(error.to_string().contains("`Title`"), "{error}");
        let error = Field::named("xyz", Of::Dossier).unwrap_err();
        assert!(matches!(error, FieldError::Unknown { near: None, .. }));
        let error = Field::named("Subject", Of::Dossier).unwrap_err();
        assert!(matches!(error, FieldError::Elsewhere { .. }));
    }
}
