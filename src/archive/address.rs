//! The address of the page where a citizen looks up a dossier.
//!
//! A code on paper may be the bare dossier code or an address with the code in
//! it. Only an address that fits the agency's template to the letter counts as
//! its own; a template may have a place for the key of a published page, so
//! that the code stays behind the `#` and no server is told it.

use std::error::Error;
use std::fmt;

use crate::archive::code::Code;
use crate::say::{self, Lang, Tell};

/// Hexadecimal digits of the key of a published page.
pub const KEY_LENGTH: usize = 32;

/// The address of an agency's look-up page, with places for the dossier code
/// and, where pages are published, for the key of the dossier's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    template: String,
    parts: Vec<Part>,
}

/// A part of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Code,
    Key,
}

/// Where the dossier code stands in an address.
const CODE_PLACE: &str = "{ma_ho_so}";
/// Where the key of the published page stands.
const KEY_PLACE: &str = "{khoa}";

impl Address {
    /// Longest template.
    const LONGEST: usize = 300;

    /// Reads a template: `https://…?ma={ma_ho_so}`.
    ///
    /// # Errors
    ///
    /// When it is no web address, or has not exactly one place for the code.
    pub fn read_template(template: &str) -> Result<Self, AddressError> {
        let template = template.trim();
        let found = || template.chars().take(80).collect::<String>();
        let is_web =
            ["https://", "http://"].iter().any(|scheme| template.starts_with(scheme));
        let is_plain = template.len() <= Self::LONGEST
            && template.chars().all(|c| c.is_ascii_graphic());
        if !is_web || !is_plain {
            return Err(AddressError::NotWeb { found: found() });
        }
        if template.matches(CODE_PLACE).count() != 1
            || template.matches(KEY_PLACE).count() > 1
        {
            return Err(AddressError::NoPlace { found: found() });
        }
        let mut parts = Vec::new();
        let mut rest = template;
        while !rest.is_empty() {
            let places = [(CODE_PLACE, Part::Code), (KEY_PLACE, Part::Key)];
            let next = places
                .into_iter()
                .filter_map(|(place, part)| rest.split_once(place).map(|cut| (cut, part)))
                .min_by_key(|((before, _), _)| before.len());
            let Some(((before, after), part)) = next else {
                parts.push(Part::Text(rest.to_owned()));
                break;
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(part);
            rest = after;
        }
        Ok(Self { template: template.to_owned(), parts })
    }

    /// The template as written.
    #[must_use]
    pub fn template(&self) -> &str {
        &self.template
    }

    /// Whether it leads to published pages.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.parts.contains(&Part::Key)
    }

    /// The address for a dossier.
    #[must_use]
    pub fn of(&self, code: &Code, key: &str) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Code => code.to_string(),
            Part::Key => key.to_owned(),
        };
        self.parts.iter().map(part).collect()
    }

    /// The dossier an address leads to, if it is one of these to the letter.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<Code> {
        let mut rest = text;
        let mut code = None;
        let mut parts = self.parts.iter().peekable();
        while let Some(part) = parts.next() {
            let end = match parts.peek() {
                Some(Part::Text(next)) => rest.find(next.as_str())?,
                Some(Part::Code | Part::Key) => KEY_LENGTH,
                None => rest.len(),
            };
            rest = match part {
                Part::Text(text) => rest.strip_prefix(text.as_str())?,
                Part::Key => {
                    let (key, after) = rest.split_at_checked(KEY_LENGTH)?;
                    key.bytes().all(|b| b.is_ascii_hexdigit()).then_some(after)?
                }
                Part::Code => {
                    let (found, after) = rest.split_at_checked(end)?;
                    code = Some(found.parse().ok()?);
                    after
                }
            };
        }
        code.filter(|_| rest.is_empty())
    }
}

/// Why a text is no address of a look-up page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// It does not begin as a web address does, or has foreign letters.
    NotWeb {
        /// Its beginning.
        found: String,
    },
    /// It has no place for the code, or several.
    NoPlace {
        /// Its beginning.
        found: String,
    },
}

impl Tell for AddressError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NotWeb { found } => say::track::address_not_web(lang, found),
            Self::NoPlace { found } => {
                say::track::address_no_place(lang, found, CODE_PLACE)
            }
        }
    }
}

impl Error for AddressError {}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> Code {
        "H32.18-260716-0001".parse().unwrap()
    }

    #[test]
    fn an_address_leads_to_its_dossier_and_no_other_address_does() {
        let address = |text| Address::read_template(text).unwrap();
        let plain = address("https://x.gov.vn/tra-cuu?ma={ma_ho_so}&k=1");
        let text = plain.of(&code(), "");
        assert_eq!(text, "https://x.gov.vn/tra-cuu?ma=H32.18-260716-0001&k=1");
        assert_eq!(plain.read(&text), Some(code()));
        for other in [
            "https://x.gov.vn/tra-cuu?ma=H32.18-260716-0001",
            "https://evil.vn/tra-cuu?ma=H32.18-260716-0001&k=1",
            "https://x.gov.vn/tra-cuu?ma=&k=1",
            "https://x.gov.vn/tra-cuu?ma=H32.18-260716-0001&k=12",
        ] {
            assert_eq!(plain.read(other), None, "{other}");
        }
        let published = address("https://x.gov.vn/{khoa}.html#{ma_ho_so}");
        let key = "0123456789abcdef0123456789abcdef";
        assert_eq!(published.read(&published.of(&code(), key)), Some(code()));
        for wrong in
            ["x.vn/{ma_ho_so}", "https://x.vn/", "https://x.vn/{ma_ho_so}{ma_ho_so}"]
        {
            assert!(Address::read_template(wrong).is_err(), "{wrong}");
        }
    }
}
