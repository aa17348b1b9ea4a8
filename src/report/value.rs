//! What stands in the cells of a report: numbers with their meaning.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::time::Day;

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A number of things.
    Count(u64),
    /// A difference.
    Change(i64),
    /// A share.
    Share(Share),
    /// Đồng.
    Money(u64),
    /// A day.
    Day(Day),
    /// A number in hundredths.
    Hundredths(u64),
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The numerator.
    pub part: u64,
    /// The denominator.
    pub whole: u64,
}

impl Share {
    /// In hundredths of a percent, rounded; `None` where there is no whole.
    /// What is not all is never rounded to all.
    #[must_use]
    pub fn hundredths(self) -> Option<u64> {
        let Self { part, whole } = self;
        let rounded =
            (part.checked_mul(20_000)?.checked_add(whole)?).checked_div(whole * 2)?;
        Some(if part < whole { rounded.min(9_999) } else { rounded })
    }

    /// Whether it is at least so many hundredths of a percent, exactly; no whole
    /// is never enough.
    #[must_use]
    pub fn reaches(self, hundredths: u32) -> bool {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        whole > 0 && part * 10_000 >= u128::from(hundredths) * whole
    }
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The length of a list.
    #[must_use]
    pub fn many(count: usize) -> Self {
        Self::Count(count as u64)
    }

    /// A day, if there is one.
    #[must_use]
    pub fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// How much it is in a chart or a sum.
    #[must_use]
    pub fn amount(&self) -> Option<u64> {
        match self {
            Self::Count(count) | Self::Money(count) => Some(*count),
            Self::Hundredths(number) => Some(*number),
            Self::Share(share) => share.hundredths(),
            Self::Empty | Self::Text(_) | Self::Change(_) | Self::Day(_) => None,
        }
    }
}

impl Value {
    /// Its words, if it is words.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Empty
            | Self::Count(_)
            | Self::Change(_)
            | Self::Share(_)
            | Self::Money(_)
            | Self::Day(_)
            | Self::Hundredths(_) => None,
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Empty => to.serialize_none(),
            Self::Text(text) => to.serialize_str(text),
            Self::Count(count) | Self::Money(count) => to.serialize_u64(*count),
            Self::Change(change) => to.serialize_i64(*change),
            Self::Share(share) => share.serialize(to),
            Self::Day(day) => to.collect_str(day),
            Self::Hundredths(number) => to.serialize_f64(in_hundredths(*number)),
        }
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(3))?;
        map.serialize_entry("numerator", &self.part)?;
        map.serialize_entry("denominator", &self.whole)?;
        map.serialize_entry("percent", &self.hundredths().map(in_hundredths))?;
        map.end()
    }
}

/// A number of hundredths as a fraction.
#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
#[must_use]
pub fn in_hundredths(number: u64) -> f64 {
    number as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_but_never_to_all() {
        let hundredths = |part, whole| Share { part, whole }.hundredths();
        assert_eq!(hundredths(1, 3), Some(3333));
        assert_eq!(hundredths(2, 3), Some(6667));
        assert_eq!(hundredths(99_999, 100_000), Some(9_999));
        assert_eq!(hundredths(7, 7), Some(10_000));
        assert_eq!(hundredths(0, 0), None);
        assert!(!Share { part: 99_999, whole: 100_000 }.reaches(10_000));
        assert!(Share { part: 4, whole: 5 }.reaches(8_000));
        assert!(!Share { part: 0, whole: 0 }.reaches(0));
    }
}
