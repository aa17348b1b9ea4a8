//! What a job demands of a report: `ky_so>=100`.

use std::error::Error;
use std::fmt;

use crate::archive::settings::reporting::{INDICATORS, hundredths};
use crate::report::figure::Figure;
use crate::report::format;
use crate::report::value::Share;
use crate::say::{self, Lang, Tell};

/// A figure and what it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The figure.
    pub code: &'static str,
    /// How it is compared.
    pub sign: Sign,
    /// With how many hundredths of a percent.
    pub percent: u32,
}

/// How a figure is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `>=`
    AtLeast,
    /// `>`
    MoreThan,
    /// `<=`
    AtMost,
    /// `<`
    LessThan,
    /// `=`
    Exactly,
}

/// The signs, those of two letters first.
const SIGNS: [(&str, Sign); 6] = [
    (">=", Sign::AtLeast),
    ("<=", Sign::AtMost),
    ("≥", Sign::AtLeast),
    ("=", Sign::Exactly),
    (">", Sign::MoreThan),
    ("<", Sign::LessThan),
];

/// What is wrong with a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemandError {
    /// It is not `name>=number`.
    Shape(String),
    /// There is no such figure.
    Unknown(String),
}

impl Tell for DemandError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Shape(text) => say::report::demand_shape(lang, text),
            Self::Unknown(name) => {
                say::report::demand_unknown(lang, name, INDICATORS.join(", "))
            }
        }
    }
}

impl Error for DemandError {}

impl fmt::Display for DemandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Demand {
    /// Reads a demand.
    ///
    /// # Errors
    ///
    /// When it is none, or of a figure there is not.
    pub fn read(text: &str) -> Result<Self, DemandError> {
        let shape = || DemandError::Shape(text.to_owned());
        let cut = |(word, sign): &(&str, Sign)| {
            text.split_once(word).map(|(name, percent)| (name, *sign, percent))
        };
        let (name, sign, percent) = SIGNS.iter().find_map(cut).ok_or_else(shape)?;
        let percent = hundredths(percent).ok_or_else(shape)?;
        let name = name.trim();
        let code = INDICATORS.into_iter().find(|code| *code == name);
        let code = code.ok_or_else(|| DemandError::Unknown(name.to_owned()))?;
        Ok(Self { code, sign, percent })
    }

    /// Whether a share is as demanded, exactly. No whole is never enough: what
    /// cannot be counted is not met.
    #[must_use]
    pub fn is_met(&self, share: Share) -> bool {
        let (part, whole) = (u128::from(share.part), u128::from(share.whole));
        let (found, wanted) = (part * 10_000, u128::from(self.percent) * whole);
        whole > 0
            && match self.sign {
                Sign::AtLeast => found >= wanted,
                Sign::MoreThan => found > wanted,
                Sign::AtMost => found <= wanted,
                Sign::LessThan => found < wanted,
                Sign::Exactly => found == wanted,
            }
    }

    /// What misses, and by how much.
    #[must_use]
    pub fn told(&self, figure: &Figure, lang: Lang) -> String {
        let share = figure.share();
        let sign = SIGNS.iter().find(|(_, sign)| *sign == self.sign);
        let wanted = format!(
            "{} {}%",
            sign.map_or("", |(word, _)| word),
            format::hundredths(self.percent.into(), lang)
        );
        let Some(found) = share.hundredths() else {
            return say::report::demand_nothing(lang, &figure.name, wanted);
        };
        let by = format::hundredths(found.abs_diff(self.percent.into()), lang);
        let found = format::percent(share, lang);
        let parts = format!(
            "{}/{}",
            format::count(share.part, lang),
            format::count(share.whole, lang)
        );
        say::report::demand_missed(lang, &figure.name, wanted, found, parts, by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_demand_is_read_and_held_exactly() {
        let met =
            |text, part, whole| Demand::read(text).unwrap().is_met(Share { part, whole });
        assert!(met("ky_so>=100", 7, 7));
        assert!(!met("ky_so>=100", 99_999, 100_000));
        assert!(met("so_hoa >= 79,5", 795, 1000));
        assert!(met("so_hoa>79", 4, 5));
        assert!(!met("dung_han<=10", 1, 9));
        assert!(!met("ky_so>=0", 0, 0), "nothing to count meets nothing");
        assert!(matches!(Demand::read("kyso>=1"), Err(DemandError::Unknown(_))));
        for wrong in ["ky_so", "ky_so>=x", "ky_so>=101", ""] {
            assert!(matches!(Demand::read(wrong), Err(DemandError::Shape(_))), "{wrong}");
        }
    }
}
