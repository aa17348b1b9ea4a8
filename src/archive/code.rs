//! Dossier codes (mã hồ sơ): `H32.18-260716-0001`.
//!
//! A code is the agency's identifier, the day of receipt and a number within
//! that day (Thông tư 01/2018/TT-VPCP, Điều 19). Two ways of writing the
//! identifier live side by side: `000.00.18.H32` (QCVN 102:2016/BTTTT) and,
//! since Quyết định 20/2020/QĐ-TTg, the same groups the other way round
//! without those that are zero, `H32.18`. Both name one dossier, so every
//! search tries both; a code is kept the way it was written.
//!
//! Handing out numbers is not done here but in `register.rs`.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::say::{self, Lang, Tell};
use crate::time::Day;

/// Longest agency identifier (Quyết định 20/2020/QĐ-TTg).
const UNIT_LENGTH: usize = 35;
/// Most groups after the first in the newer form of an identifier.
const UNIT_GROUPS: usize = 8;
/// Digits of each group in the older form, outermost first.
const OLD_GROUPS: [usize; 3] = [3, 2, 2];
/// Fewest digits of the number within the day.
const DIGITS: usize = 4;
/// Most digits of the number within the day.
const MOST_DIGITS: usize = 6;
/// Highest number within a day.
pub const LAST: u32 = 999_999;
/// The years `yymmdd` can name.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2099;

/// A dossier code (mã hồ sơ), written the way it was given.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    day: Day,
    sequence: u32,
    digits: usize,
    unit: Unit,
}

impl Code {
    /// The code of dossier number `sequence` that `unit` received on `day`.
    ///
    /// # Errors
    ///
    /// When the number is not from 1 to [`LAST`], or the day not of this century.
    pub fn new(unit: Unit, day: Day, sequence: u32) -> Result<Self, CodeError> {
        if !YEARS.contains(&day.year()) {
            return Err(CodeError::NoSuchDay { found: day.to_string() });
        }
        if !(1..=LAST).contains(&sequence) {
            return Err(CodeError::NoSuchNumber { found: sequence.to_string() });
        }
        let digits = sequence.to_string().len().max(DIGITS);
        Ok(Self { day, sequence, digits, unit })
    }

    /// The agency.
    #[must_use]
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The day of receipt.
    #[must_use]
    pub fn day(&self) -> Day {
        self.day
    }

    /// The number within the day, from 1.
    #[must_use]
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// The one spelling that all spellings of this code share: newer form of
    /// the identifier, four digits or as many as needed.
    #[must_use]
    pub fn canonical(&self) -> Self {
        let digits = self.sequence.to_string().len().max(DIGITS);
        Self { digits, unit: self.unit.newer(), ..self.clone() }
    }

    /// Every way to write this code, the given one first.
    #[must_use]
    pub fn spellings(&self) -> Vec<Self> {
        let mut all = vec![self.clone()];
        let units = [Some(self.unit.newer()), self.unit.older()];
        for unit in units.into_iter().flatten() {
            for digits in self.sequence.to_string().len().max(DIGITS)..=MOST_DIGITS {
                let other = Self { digits, unit: unit.clone(), ..self.clone() };
                if !all.contains(&other) {
                    all.push(other);
                }
            }
        }
        all
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unit, day, sequence, digits } = self;
        write!(f, "{unit}-{}-{sequence:0digits$}", day.yymmdd())
    }
}

impl FromStr for Code {
    type Err = CodeError;

    /// Reads a code as people type it: any case, spaces around it ignored.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let shape = || CodeError::Shape { found: shortened(text) };
        let mut parts = text.split('-');
        let (Some(unit), Some(day), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(shape());
        };
        let unit = unit.parse()?;
        if !is_digits(day, 6..=6) || !is_digits(number, DIGITS..=MOST_DIGITS) {
            return Err(shape());
        }
        let day = Day::from_yymmdd(day)
            .ok_or_else(|| CodeError::NoSuchDay { found: day.to_owned() })?;
        let sequence = match number.parse() {
            Ok(0) | Err(_) => {
                return Err(CodeError::NoSuchNumber { found: number.to_owned() });
            }
            Ok(sequence) => sequence,
        };
        Ok(Self { day, sequence, digits: number.len(), unit })
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The identifier of an agency (mã định danh cơ quan), in either form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit(String);

impl Unit {
    /// The identifier as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In the form of Quyết định 20/2020: `000.00.18.H32` is `H32.18`.
    ///
    /// Only the outermost zero groups fall away, so that the way back is open.
    #[must_use]
    pub fn newer(&self) -> Self {
        if !is_older(&self.0) {
            return self.clone();
        }
        let groups =
            self.0.split('.').skip_while(|group| group.bytes().all(|b| b == b'0'));
        Self(reversed(groups.collect()))
    }

    /// In the form of QCVN 102:2016: `H32.18` is `000.00.18.H32`. `None` where
    /// that form has no room: a group of three digits at the second place, ….
    #[must_use]
    pub fn older(&self) -> Option<Self> {
        if is_older(&self.0) {
            return Some(self.clone());
        }
        let mut groups = self.0.split('.').collect::<Vec<_>>();
        let widths = OLD_GROUPS.iter().rev();
        let fits = groups.len() <= 1 + OLD_GROUPS.len()
            && groups
                .iter()
                .skip(1)
                .zip(widths.clone())
                .all(|(g, width)| g.len() == *width)
            && groups.iter().skip(1).last().is_none_or(|g| g.bytes().any(|b| b != b'0'));
        let given = groups.len().saturating_sub(1);
        let zeros =
            widths.skip(given).map(|width| if *width == 3 { "000" } else { "00" });
        groups.extend(zeros);
        fits.then(|| Self(reversed(groups)))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Unit {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let unit = text.trim().to_ascii_uppercase();
        if unit.len() <= UNIT_LENGTH && (is_older(&unit) || is_newer(&unit)) {
            Ok(Self(unit))
        } else {
            Err(CodeError::Unit { found: shortened(text.trim()) })
        }
    }
}

/// How the agency writes new codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// `H32.18-260716-0001`.
    #[default]
    New,
    /// `000.00.18.H32-260716-0001`.
    Old,
}

impl Scheme {
    /// `unit` written this way; `None` where the older form has no room.
    #[must_use]
    pub fn write(self, unit: &Unit) -> Option<Unit> {
        match self {
            Self::New => Some(unit.newer()),
            Self::Old => unit.older(),
        }
    }

    /// Its name in `sohoa.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Old => "old",
        }
    }
}

/// Why a text is no dossier code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// Not `identifier-yymmdd-number`.
    Shape {
        /// The text.
        found: String,
    },
    /// No agency identifier.
    Unit {
        /// The text.
        found: String,
    },
    /// A day the calendar does not have.
    NoSuchDay {
        /// The text.
        found: String,
    },
    /// A number that is zero or too large.
    NoSuchNumber {
        /// The text.
        found: String,
    },
}

impl Tell for CodeError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Shape { found } => say::archive::code_shape(lang, found),
            Self::Unit { found } => say::archive::code_unit(lang, found),
            Self::NoSuchDay { found } => say::archive::code_day(lang, found),
            Self::NoSuchNumber { found } => say::archive::code_number(lang, found),
        }
    }
}

impl Error for CodeError {}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

/// `^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$`
fn is_older(unit: &str) -> bool {
    let groups: Vec<_> = unit.split('.').collect();
    let Some((level1, outer)) = groups.split_last() else { return false };
    outer.len() == OLD_GROUPS.len()
        && outer.iter().zip(OLD_GROUPS).all(|(group, n)| is_digits(group, n..=n))
        && is_level1(level1)
}

/// `^[A-Z]\d{2}(\.\d{1,3}){0,8}$`
fn is_newer(unit: &str) -> bool {
    let mut groups = unit.split('.');
    groups.next().is_some_and(is_level1)
        && groups.clone().count() <= UNIT_GROUPS
        && groups.all(|group| is_digits(group, 1..=3))
}

/// A ministry or province: a letter and two digits.
fn is_level1(group: &str) -> bool {
    let mut letters = group.chars();
    letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && is_digits(letters.as_str(), 2..=2)
}

/// Whether `text` is nothing but ASCII digits, this many.
fn is_digits(text: &str, count: std::ops::RangeInclusive<usize>) -> bool {
    count.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The groups from the last to the first.
fn reversed(mut groups: Vec<&str>) -> String {
    groups.reverse();
    groups.join(".")
}

/// What fits into a sentence of a text that may be anything.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown: String =
        text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    #[test]
    fn codes_are_written_as_they_were_read() {
        for text in [
            "H32.18-260716-0001",
            "000.00.18.H32-250716-0001",
            "H55.242-260228-12345",
            "G01-240229-999999",
            "H32.1.22.333.4.5.6.7.8-260716-0001",
        ] {
            assert_eq!(code(text).to_string(), text);
        }
    }

    #[test]
    fn typed_in_lower_case_is_the_same_code() {
        assert_eq!(code(" h32.18-260716-0001\n"), code("H32.18-260716-0001"));
    }

    #[test]
    fn what_is_no_code_says_why() {
        let why = |text: &str| text.parse::<Code>().unwrap_err();
        for text in ["", "H32.18", "H32.18-260716", "H32.18-26716-0001"] {
            assert!(matches!(
                why(text),
                CodeError::Shape { .. } | CodeError::Unit { .. }
            ));
        }
        for text in ["H32.18-260716-001", "H32.18-260716-0000001", "H32-260716-0001-1"] {
            assert!(matches!(why(text), CodeError::Shape { .. }), "{text}");
        }
        for unit in ["32.18", "H3", "H32.", "H32.1234", "00.00.18.H32", "H32.Đ", "../H32"]
        {
            let text = format!("{unit}-260716-0001");
            assert!(matches!(why(&text), CodeError::Unit { .. }), "{text}");
        }
        assert!(matches!(why("H32.18-260230-0001"), CodeError::NoSuchDay { .. }));
        assert!(matches!(why("H32.18-260716-0000"), CodeError::NoSuchNumber { .. }));
    }

    #[test]
    fn an_identifier_longer_than_35_characters_is_refused() {
        let long = format!("H32{}", ".123".repeat(8));
        assert_eq!(long.len(), 35);
        assert!(long.parse::<Unit>().is_ok());
        assert!(format!("{long}1").parse::<Unit>().is_err());
        assert!(format!("H32{}", ".1".repeat(9)).parse::<Unit>().is_err());
    }

    #[test]
    fn old_and_new_identifiers_are_the_same_agency() {
        for (old, new) in [
            ("000.00.18.H32", "H32.18"),
            ("000.00.00.H32", "H32"),
            ("001.03.08.H30", "H30.08.03.001"),
            ("000.05.00.H32", "H32.00.05"),
        ] {
            let (old, new) = (old.parse::<Unit>().unwrap(), new.parse::<Unit>().unwrap());
            assert_eq!(old.newer(), new);
            assert_eq!(new.older(), Some(old));
        }
        for none in ["H55.242", "H32.8", "H32.1.2.3.4", "H32.00"] {
            assert_eq!(none.parse::<Unit>().unwrap().older(), None, "{none}");
        }
    }

    /// Numbers that look random, the same in every run.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: u32) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            u32::try_from(self.0 % u64::from(limit)).unwrap()
        }

        fn group(&mut self) -> String {
            let width = 1 + self.below(3) as usize;
            format!("{:0width$}", self.below(10))
        }

        fn unit(&mut self) -> String {
            if self.below(2) == 0 {
                let outer = [self.below(3), self.below(3), self.below(30)];
                format!(
                    "{:03}.{:02}.{:02}.H{:02}",
                    outer[0],
                    outer[1],
                    outer[2],
                    self.below(100)
                )
            } else {
                let level1 = format!("G{:02}", self.below(100));
                (0..self.below(5)).fold(level1, |unit, _| unit + "." + &self.group())
            }
        }
    }

    #[test]
    fn every_spelling_has_the_same_canonical_form() {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        for _ in 0..2000 {
            let (year, month, day) =
                (dice.below(100), 1 + dice.below(12), 1 + dice.below(28));
            let number = 1 + dice.below(LAST);
            let text = format!("{}-{year:02}{month:02}{day:02}-{number:04}", dice.unit());
            let code = code(&text);
            assert_eq!(code.to_string(), text);
            assert_eq!(code.canonical().canonical(), code.canonical());
            for spelling in code.spellings() {
                assert_eq!(spelling.canonical(), code.canonical(), "{text}");
                assert_eq!(spelling.to_string().parse(), Ok(spelling));
            }
        }
    }

    #[test]
    fn any_text_at_all_is_refused_or_read_without_panic() {
        let alphabet: Vec<char> = "H032.-18\u{110}é \0".chars().collect();
        let mut dice = Dice(88_172_645_463_325_252);
        for _ in 0..20_000 {
            let length = dice.below(24);
            let letters = u32::try_from(alphabet.len()).unwrap();
            let text: String =
                (0..length).map(|_| alphabet[dice.below(letters) as usize]).collect();
            if let Ok(code) = text.parse::<Code>() {
                assert_eq!(code.to_string().parse(), Ok(code));
            }
        }
    }
}
