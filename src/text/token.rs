//! A word as read, taken apart: what stands around it, its core, its kind.
//!
//! `(Nghị` is a bracket and a syllable, `2026;` a number and a mark,
//! `05/QĐ-UBND` a code. Only cores that are nothing but letters are ever
//! weighed against other readings; digits, codes and abbreviations are not.

use crate::text::fold::bare;
use crate::text::syllable::fold_tone;

/// The most letters a syllable has: `nghiêng`, and one to spare.
const MOST_LETTERS: usize = 8;

/// A word taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Marks before the core.
    pub before: &'a str,
    /// From the first letter or digit to the last; empty in a word of marks.
    pub core: &'a str,
    /// Marks behind the core.
    pub after: &'a str,
    /// What the core is.
    pub kind: Kind,
}

/// What the core of a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters in a case that syllables are written in.
    Letters(Case),
    /// Digits, with dots and commas between them.
    Number,
    /// I, V, X, L, C in capitals, a number of chapters.
    Roman,
    /// Letters and digits or marks mixed, as in `05/QĐ-UBND`, or letters in a
    /// case of their own, as in `TTg`.
    Code,
    /// No letter and no digit.
    Marks,
}

/// How a syllable is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `nghị`.
    Lower,
    /// `Nghị`.
    Title,
    /// `NGHỊ`.
    Upper,
}

impl<'a> Token<'a> {
    /// Takes a word apart.
    #[must_use]
    pub fn of(word: &'a str) -> Self {
        let (before, rest) = split_start(word);
        let core = rest.trim_end_matches(|c: char| !is_core(c));
        let after = rest.strip_prefix(core).unwrap_or_default();
        Self { before, core, after, kind: kind(core) }
    }

    /// The folded syllable the core could be: lower case, the tone in one
    /// place. `None` for what is no letters.
    #[must_use]
    pub fn folded(&self) -> Option<String> {
        matches!(self.kind, Kind::Letters(_))
            .then(|| fold_tone(&self.core.to_lowercase()))
    }

    /// Whether a sentence ends with this word.
    #[must_use]
    pub fn ends_sentence(&self) -> bool {
        self.after.contains(['.', ';', ':', '?', '!'])
    }

    /// The core without diacritics in lower case.
    #[must_use]
    pub fn bare(&self) -> String {
        bare(self.core)
    }
}

impl Case {
    /// `lower` in this case.
    #[must_use]
    pub fn apply(self, lower: &str) -> String {
        match self {
            Self::Lower => lower.to_owned(),
            Self::Upper => lower.to_uppercase(),
            Self::Title => {
                let mut letters = lower.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(letters).collect()
            }
        }
    }
}

/// The marks a word begins with, and the rest.
fn split_start(word: &str) -> (&str, &str) {
    let rest = word.trim_start_matches(|c: char| !is_core(c));
    (word.strip_suffix(rest).unwrap_or_default(), rest)
}

fn is_core(c: char) -> bool {
    c.is_alphanumeric()
}

fn kind(core: &str) -> Kind {
    if core.is_empty() {
        return Kind::Marks;
    }
    if core.chars().all(char::is_alphabetic) {
        let is_roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        if core.chars().all(is_roman) {
            return Kind::Roman;
        }
        return match case(core) {
            Some(case) if core.chars().count() <= MOST_LETTERS => Kind::Letters(case),
            Some(_) | None => Kind::Code,
        };
    }
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    if core.chars().all(is_figure) { Kind::Number } else { Kind::Code }
}

fn case(core: &str) -> Option<Case> {
    let mut letters = core.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    if first.is_lowercase() {
        return (!rest.contains(char::is_uppercase)).then_some(Case::Lower);
    }
    if rest.is_empty() || !rest.contains(char::is_uppercase) {
        return Some(Case::Title);
    }
    (!rest.contains(char::is_lowercase)).then_some(Case::Upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart() {
        let token = Token::of("“Nghị");
        assert_eq!((token.before, token.core, token.after), ("“", "Nghị", ""));
        assert_eq!(token.kind, Kind::Letters(Case::Title));
        let token = Token::of("(2026);");
        assert_eq!((token.before, token.core, token.after), ("(", "2026", ");"));
        assert!(token.ends_sentence());
        assert_eq!(Token::of("./.").kind, Kind::Marks);
    }

    #[test]
    fn codes_and_abbreviations_are_no_syllables() {
        for code in ["05/QĐ-UBND", "TTg", "m²", "A4", "QH15", "số1", "X-quang"] {
            assert_eq!(Token::of(code).kind, Kind::Code, "{code}");
        }
        assert_eq!(Token::of("1.204,5").kind, Kind::Number);
        assert_eq!(Token::of("XIV").kind, Kind::Roman);
        assert_eq!(Token::of("NGHỊ").kind, Kind::Letters(Case::Upper));
    }

    #[test]
    fn case_is_copied() {
        assert_eq!(Case::Title.apply("đồng"), "Đồng");
        assert_eq!(Case::Upper.apply("đồng"), "ĐỒNG");
    }
}
