//! Numbers as tables write them.

use crate::report::format;
use crate::say::Lang;

/// Millionths: the smallest step that is kept.
const STEP: i128 = 1_000_000;
/// Decimals of a step.
const DECIMALS: u32 = 6;
/// Digits before the decimals that are read.
const MOST_DIGITS: usize = 18;

/// A number of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    steps: i128,
    /// Decimals it was written with, at most six.
    decimals: u32,
}

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self { steps: 0, decimals: 0 };

    /// Reads `1.406`, `1 406`, `1,406`, `12,5`, `12.50`, `-3`. A mark before exactly
    /// three digits sets thousands apart, as tables of offices use it; a percentage
    /// is no amount.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_space = |letter: char| letter.is_whitespace() || letter == '\u{a0}';
        let text: String =
            text.trim().chars().filter(|letter| !is_space(*letter)).collect();
        let (is_negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let is_known =
            |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
        if !digits.starts_with(|letter: char| letter.is_ascii_digit())
            || !digits.chars().all(is_known)
        {
            return None;
        }
        let (whole, fraction) = parted(digits)?;
        if whole.len() > MOST_DIGITS {
            return None;
        }
        let decimals = u32::try_from(fraction.len()).ok()?.min(DECIMALS);
        let kept: String =
            fraction.chars().take(usize::try_from(DECIMALS).ok()?).collect();
        let padded = format!("{kept:0<6}");
        let steps = whole.parse::<i128>().ok()? * STEP + padded.parse::<i128>().ok()?;
        Some(Self { steps: if is_negative { -steps } else { steps }, decimals })
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            steps: self.steps.saturating_add(other.steps),
            decimals: self.decimals.max(other.decimals),
        }
    }

    /// Whether a sum of `parts` numbers is `total` but for rounding: whole numbers
    /// must be equal, others may be off by half a unit of the last place each.
    #[must_use]
    pub fn is_about(self, total: Self, parts: usize) -> bool {
        let decimals = self.decimals.max(total.decimals);
        let off = (self.steps - total.steps).abs();
        if decimals == 0 {
            return off == 0;
        }
        let coarsest =
            if total.decimals == 0 { 0 } else { self.decimals.min(total.decimals) };
        let unit = 10_i128.pow(DECIMALS - coarsest);
        let many = i128::try_from(parts).unwrap_or(i128::MAX).saturating_add(1);
        off.saturating_mul(2) <= unit.saturating_mul(many)
    }

    /// As JSON has it; exact up to fifteen digits.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "JSON has no other numbers")]
    pub fn number(self) -> f64 {
        self.steps as f64 / STEP as f64
    }

    /// As people of the language write it.
    #[must_use]
    pub fn tell(self, lang: Lang) -> String {
        let sign = if self.steps < 0 { "−" } else { "" };
        let whole = u64::try_from(self.steps.abs() / STEP).unwrap_or(u64::MAX);
        let fraction = format!("{:06}", self.steps.abs() % STEP);
        let decimals = usize::try_from(self.decimals).unwrap_or_default();
        match fraction.get(..decimals) {
            None | Some("") => format!("{sign}{}", format::count(whole, lang)),
            Some(kept) => {
                format!(
                    "{sign}{}{}{kept}",
                    format::count(whole, lang),
                    lang.decimal_mark()
                )
            }
        }
    }
}

/// Digits before and after the decimal mark.
fn parted(text: &str) -> Option<(String, &str)> {
    let grouped = |text: &str, mark: char| {
        let mut groups = text.split(mark);
        let is_head = |group: &str| (1..=3).contains(&group.len()) && group != "0";
        groups.next().is_some_and(is_head) && groups.all(|group| group.len() == 3)
    };
    let bare = |text: &str| text.replace(['.', ','], "");
    let Some(last) = text.rfind(['.', ',']) else { return Some((text.to_owned(), "")) };
    let (whole, rest) = text.split_at_checked(last)?;
    let mark = rest.chars().next()?;
    let fraction = rest.get(1..)?;
    let other = if mark == '.' { ',' } else { '.' };
    if whole.contains(other) {
        // 1.234,5: the two marks have their own tasks.
        return (!whole.contains(mark) && grouped(whole, other))
            .then(|| (bare(whole), fraction));
    }
    if grouped(text, mark) {
        return Some((bare(text), ""));
    }
    (!whole.contains(mark) && !fraction.is_empty()).then(|| (whole.to_owned(), fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        let told = |text: &str| Amount::read(text).map(|amount| amount.tell(Lang::Vi));
        for (text, is) in [
            ("1.406", "1.406"),
            ("1,406", "1.406"),
            ("1 406", "1.406"),
            ("1.234.567", "1.234.567"),
            ("12,5", "12,5"),
            ("12.50", "12,50"),
            ("1.234,56", "1.234,56"),
            ("0,125", "0,125"),
            ("-3", "−3"),
            ("0", "0"),
        ] {
            assert_eq!(told(text).as_deref(), Some(is), "{text}");
        }
        for text in ["", "12%", "2026-07-01", "1.2.3", "x", "12.", "1,2,3", "01/07"] {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn only_what_is_rounded_may_be_off() {
        let read = |text| Amount::read(text).unwrap();
        assert!(!read("1436").is_about(read("1406"), 2));
        assert!(!read("1407").is_about(read("1406"), 2));
        assert!(read("33,3").plus(read("66,6")).is_about(read("100,0"), 2));
        assert!(!read("33,3").plus(read("66,6")).is_about(read("101,0"), 2));
    }
}
