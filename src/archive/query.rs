//! What a person asks for: words, phrases, beginnings of words, dossier codes and
//! document numbers, all typed as they stand on paper.
//!
//! `đường Trần Phú` asks for three words on one page; `"Trần Phú"` for two that stand
//! together; `quyết*` for a beginning. What is written without a space belongs
//! together as well: `123/QĐ-UBND`, `H32.18-260716-0001`, `16/07/2026`. A "số" before
//! the number of a document asks for nothing.

use std::error::Error;
use std::fmt;

use crate::say::{self, Lang, Tell};
use crate::text::keys;

/// Most words that are looked for at once.
const MOST_WORDS: usize = 32;
/// Fewest letters of a beginning: shorter ones are half of all words.
const LEAST_BEGINNING: usize = 2;
/// What people say before the number of a document.
const NUMBER_WORDS: [&str; 4] = ["số", "Số", "SỐ", "so"];
/// What opens or closes a phrase.
const QUOTES: [char; 3] = ['"', '“', '”'];

/// A question, not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// Words that must stand together, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words, in NFC.
    pub words: Vec<String>,
    /// Whether the last word is only a beginning.
    pub is_beginning: bool,
}

impl Query {
    /// Reads a question as it was typed.
    ///
    /// # Errors
    ///
    /// When it has no word, too many, or a beginning that is too short.
    pub fn read(text: &str) -> Result<Self, QueryError> {
        let text = keys::nfc(text);
        let mut terms = Vec::new();
        for (part, number) in text.split(QUOTES).zip(0_usize..) {
            let is_phrase = number % 2 == 1;
            if is_phrase {
                terms.extend(term(part));
            } else {
                // A star may stand behind a closing quote.
                let part = match (part.strip_prefix('*'), terms.last_mut()) {
                    (Some(rest), Some(Term { is_beginning, .. })) => {
                        *is_beginning = true;
                        rest
                    }
                    (_, _) => part,
                };
                let mut words = part.split_whitespace().peekable();
                while let Some(word) = words.next() {
                    // Where the number stands alone, in a field or a list, it says no
                    // "số" before it.
                    let is_said = words.peek().is_some_and(|next| is_number(next));
                    if !(is_said && NUMBER_WORDS.contains(&word.trim_end_matches(':'))) {
                        terms.extend(term(word));
                    }
                }
            }
        }
        let count: usize = terms.iter().map(|term| term.words.len()).sum();
        if count == 0 {
            return Err(QueryError::Empty);
        }
        if count > MOST_WORDS {
            return Err(QueryError::TooLong { words: count });
        }
        for Term { words, is_beginning } in &terms {
            let last = words.last().map_or("", String::as_str);
            if *is_beginning && last.chars().count() < LEAST_BEGINNING {
                return Err(QueryError::ShortBeginning { found: format!("{last}*") });
            }
        }
        Ok(Self { terms })
    }

    /// What must all be on a page.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The same with numbers below ten written the other way, `05/TTr-STC` for
    /// `5/TTr-STC`; `None` where there is none. Papers have both (NĐ 30/2020, Phụ lục I,
    /// has the nought).
    #[must_use]
    pub fn with_other_noughts(&self) -> Option<Self> {
        let mut other = self.clone();
        for Term { words, .. } in &mut other.terms {
            let [first, _, ..] = words.as_mut_slice() else { continue };
            if !first.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            match (first.len(), first.strip_prefix('0')) {
                (1, None) => first.insert(0, '0'),
                (2, Some(rest)) => *first = rest.to_owned(),
                _ => {}
            }
        }
        (other != *self).then_some(other)
    }

    /// Everything as one phrase; `None` where it is one already, or where a
    /// beginning stands before its end.
    #[must_use]
    pub fn together(&self) -> Option<Self> {
        let (last, others) = self.terms.split_last()?;
        if others.is_empty() || others.iter().any(|term| term.is_beginning) {
            return None;
        }
        let words = self.terms.iter().flat_map(|term| term.words.clone()).collect();
        Some(Self { terms: vec![Term { words, is_beginning: last.is_beginning }] })
    }
}

/// Whether it is the number of a document with its notation: `123/QĐ-UBND`, `09-NQ/TU`.
fn is_number(word: &str) -> bool {
    let notation = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    notation.len() < word.len()
        && notation.starts_with(['/', '-'])
        && notation.contains(char::is_alphabetic)
}

/// The words of a part, if it has any.
fn term(part: &str) -> Option<Term> {
    let words: Vec<String> = keys::words(part)
        .filter_map(|range| part.get(range).map(str::to_owned))
        .collect();
    let is_beginning = part.ends_with('*');
    (!words.is_empty()).then_some(Term { words, is_beginning })
}

/// Why a question cannot be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// No letter and no digit.
    Empty,
    /// More words than are looked for.
    TooLong {
        /// How many there are.
        words: usize,
    },
    /// A beginning of one letter.
    ShortBeginning {
        /// As typed.
        found: String,
    },
}

impl Tell for QueryError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Empty => say::archive::query_empty(lang),
            Self::TooLong { words } => {
                say::archive::query_too_long(lang, words, MOST_WORDS)
            }
            Self::ShortBeginning { found } => {
                say::archive::query_short_beginning(lang, found, LEAST_BEGINNING)
            }
        }
    }
}

impl Error for QueryError {}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, bool)> {
        let query = Query::read(text).unwrap();
        let shown = |term: &Term| (term.words.join(" "), term.is_beginning);
        query.terms.iter().map(shown).collect()
    }

    fn plain(text: &str) -> (String, bool) {
        (text.to_owned(), false)
    }

    #[test]
    fn words_phrases_and_beginnings_are_told_apart() {
        assert_eq!(read("đường Trần"), [plain("đường"), plain("Trần")]);
        assert_eq!(read("\"Trần Phú\" số"), [plain("Trần Phú"), plain("số")]);
        assert_eq!(read("“Trần Phú”"), [plain("Trần Phú")]);
        assert_eq!(read("quyết*"), [("quyết".to_owned(), true)]);
        assert_eq!(
            read("\"quyết đị\"* 12"),
            [("quyết đị".to_owned(), true), plain("12")]
        );
    }

    #[test]
    fn numbers_and_codes_belong_together() {
        assert_eq!(read("123/QĐ-UBND"), [plain("123 QĐ UBND")]);
        assert_eq!(read("H32.18-260716-0001"), [plain("H32 18 260716 0001")]);
        assert_eq!(read("Số: 12/KH-UBND"), [plain("12 KH UBND")]);
        assert_eq!(read("nhà số 12/3"), [plain("nhà"), plain("số"), plain("12 3")]);
        assert_eq!(read("\"số 12/KH\""), [plain("số 12 KH")]);
    }

    #[test]
    fn a_number_below_ten_is_written_in_two_ways() {
        let other = |text| {
            let other = Query::read(text).unwrap().with_other_noughts()?;
            Some(other.terms[0].words.join(" "))
        };
        assert_eq!(other("5/TTr-STC").as_deref(), Some("05 TTr STC"));
        assert_eq!(other("05/TTr-STC").as_deref(), Some("5 TTr STC"));
        for same in ["15/TTr", "0/TTr", "5", "005/TTr", "QĐ/5"] {
            let is_same = other(same).is_none() || same == "0/TTr";
            assert!(is_same, "{same}");
        }
    }

    #[test]
    fn what_asks_for_nothing_is_refused() {
        for empty in ["", "  ", "\"\"", "/ - *", "\u{301}"] {
            assert_eq!(Query::read(empty), Err(QueryError::Empty), "{empty}");
        }
        assert!(matches!(Query::read("đ*"), Err(QueryError::ShortBeginning { .. })));
        let long = "a ".repeat(MOST_WORDS + 1);
        assert!(matches!(Query::read(&long), Err(QueryError::TooLong { .. })));
        // An open quote goes to the end.
        assert_eq!(read("\"Trần Phú"), [plain("Trần Phú")]);
    }

    #[test]
    fn everything_together_is_one_phrase() {
        let together = |text| Query::read(text).unwrap().together();
        assert_eq!(
            together("đường Trần*"),
            Some(Query::read("\"đường Trần*\"").unwrap())
        );
        assert_eq!(together("đường"), None);
        assert_eq!(together("đườ* Trần"), None);
    }
}
