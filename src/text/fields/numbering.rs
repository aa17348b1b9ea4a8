//! What is written behind the label of a number line: the number, what parts it from
//! the notation, and the notation.
//!
//! The number is never changed: what does not have the form of one leaves with a
//! doubt. Which abbreviations the notation is made of is not asked here
//! ([`notation`]).
//!
//! [`notation`]: crate::text::fields::notation

use crate::text::fields::kind::KINDS;
use crate::text::numbers::{self, Doubt};
use crate::time::Day;

/// What the number line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// The number, as printed.
    pub(crate) number: Option<String>,
    pub(crate) number_doubt: Option<Doubt>,
    /// Everything behind the first separator.
    pub(crate) notation: Option<String>,
    pub(crate) notation_doubt: Option<Doubt>,
}

/// Reads what stands behind the label.
pub(crate) fn parse(read: &str, today: Day) -> Parsed {
    let Some((number, separator, notation)) = split(read) else {
        return alone(read);
    };
    if separator == '-'
        && !number.is_empty()
        && KINDS.iter().any(|kind| kind.short == number)
    {
        // `Số:      KH-UBND`: nothing stands before the notation, not even its slash.
        return Parsed {
            number_doubt: Some(Doubt::Blank),
            notation: Some(format!("{number}-{notation}")),
            notation_doubt: Some(Doubt::Malformed),
            ..Parsed::default()
        };
    }
    if let Some((number, kind)) = unslashed(&number) {
        // `136GM-UBND`: the slash was not read, and may have been a digit.
        let (number, doubt) = number_of(number);
        return Parsed {
            number,
            number_doubt: doubt.or(Some(Doubt::Malformed)),
            notation: Some(format!("{kind}-{notation}")),
            notation_doubt: Some(Doubt::Malformed),
        };
    }
    let mut parsed = Parsed::default();
    if number.is_empty() {
        parsed.number_doubt = Some(Doubt::Blank);
    } else {
        (parsed.number, parsed.number_doubt) = number_of(&number);
        // One of two slashes may have been a digit.
        let is_doubled = has_doubled_slash(read, &number);
        let is_odd = is_doubled || is_glued(&number);
        parsed.number_doubt = parsed.number_doubt.or(is_odd.then_some(Doubt::Malformed));
    }
    let notation = notation.trim_matches(|c: char| !c.is_alphanumeric());
    // Specks beside the dash: `SVHTTDL.-TTr`.
    let notation = notation.replace(".-", "-").replace("-.", "-").replace("--", "-");
    if !notation.chars().any(char::is_alphabetic) {
        parsed.notation_doubt = Some(Doubt::Malformed);
        return parsed;
    }
    let (notation, doubt) = dated(&notation, today);
    parsed.notation = Some(notation);
    // A paper of the Party: a dash, then the type, a slash and the organ.
    let is_odd =
        separator == '-' && parsed.notation.as_deref().is_none_or(|n| !n.contains('/'));
    parsed.notation_doubt = doubt.or(is_odd.then_some(Doubt::Malformed));
    parsed
}

/// Before, at and behind the first separator, spaces and odd dashes gone.
pub(crate) fn split(read: &str) -> Option<(String, char, String)> {
    let plain: String =
        read.chars().filter(|c| !c.is_whitespace()).map(plain_sign).collect();
    let plain =
        plain.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '/' && c != '-');
    // A slanting slash is read twice: `31/⁄2026/HĐKT`.
    let plain = plain.replace("//", "/");
    let plain = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    let at = plain.find(['/', '-'])?;
    let (number, rest) = plain.split_at_checked(at)?;
    let separator = rest.chars().next()?;
    Some((number.to_owned(), separator, rest.chars().skip(1).collect()))
}

/// Signs that look alike, as one.
pub(crate) fn plain_sign(sign: char) -> char {
    match sign {
        '–' | '—' | '‐' | '‑' | '−' | '~' => '-',
        '∕' | '⁄' | '\\' => '/',
        '\u{d0}' => 'Đ',
        other => other,
    }
}

/// Whether two slashes stand behind `number`.
fn has_doubled_slash(read: &str, number: &str) -> bool {
    let signs: String = read.chars().map(plain_sign).collect();
    signs.split_once(number).is_some_and(|(_, rest)| rest.trim_start().starts_with("//"))
}

/// Whether a number before a notation has more digits than offices give out: the
/// slash of `89/2026` read as one more, `8972026`.
fn is_glued(number: &str) -> bool {
    number.chars().filter(char::is_ascii_digit).count() > MOST_GIVEN_OUT
}

/// Numbers of papers begin anew each year and have five digits at most.
const MOST_GIVEN_OUT: usize = 5;

/// The number and the abbreviation of a type that stand in one.
fn unslashed(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (number, kind) = text.split_at_checked(at)?;
    let is_kind = KINDS.iter().any(|known| known.short == kind && kind.len() > 1);
    is_kind.then_some((number, kind))
}

/// A number without a notation, or nothing.
fn alone(read: &str) -> Parsed {
    let plain: String = read.chars().filter(|c| c.is_alphanumeric()).collect();
    let (number, doubt) = number_of(&plain);
    let doubt = if plain.is_empty() { Some(Doubt::Blank) } else { doubt };
    Parsed { number, number_doubt: doubt, ..Parsed::default() }
}

/// Most digits of a number: `CodeNumber` has eleven places, five are in use.
const MOST_DIGITS: usize = 7;

/// The number before the separator: digits, perhaps a small letter (`12a`).
pub(crate) fn number_of(text: &str) -> (Option<String>, Option<Doubt>) {
    let (stem, letter) = match text.char_indices().last() {
        // `l` and `o` are digits ill read rather than a letter behind them.
        Some((at, last)) if at > 0 && matches!(last, 'a'..='h' | 'đ') => {
            (text.get(..at).unwrap_or(text), Some(last))
        }
        _ => (text, None),
    };
    match numbers::digits(stem) {
        Some(read) if read.digits.len() <= MOST_DIGITS => {
            let doubt = read.repaired.then_some(Doubt::LettersForDigits);
            (Some(read.digits.chars().chain(letter).collect()), doubt)
        }
        _ => (None, Some(Doubt::Malformed)),
    }
}

/// A notation whose year, where it has one, is a year.
fn dated(notation: &str, today: Day) -> (String, Option<Doubt>) {
    let Some(head) =
        notation.get(..4).filter(|head| head.bytes().all(|b| b.is_ascii_digit()))
    else {
        return (notation.to_owned(), None);
    };
    let year: i16 = head.parse().unwrap_or(0);
    let is_year = (1945..=today.year()).contains(&year);
    let rest = notation.get(4..).unwrap_or_default();
    let doubt = (!is_year).then_some(Doubt::Malformed);
    match rest.strip_prefix('/') {
        Some(rest) => (format!("{head}/{rest}"), doubt),
        // The slash was not read: `2025QH15`.
        None => (format!("{head}/{rest}"), doubt.or(Some(Doubt::Unsure))),
    }
}

/// Whether a word alone has the form of a number with its notation.
pub(crate) fn looks_like_code(word: &str) -> bool {
    split(word).is_some_and(|(number, separator, notation)| {
        separator == '/'
            && numbers::digits(&number).is_some_and(|digits| !digits.repaired)
            && notation.contains('-')
            && notation.chars().next().is_some_and(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fields::notation::Hints;

    fn read(
        text: &str,
    ) -> (Option<String>, Option<String>, Option<Doubt>, Option<Doubt>) {
        let today = Day::new(2026, 7, 16).unwrap();
        let parsed = parse(text, today);
        let hints = Hints { kind: None, agency: None };
        let (notation, doubt) = match parsed.notation {
            Some(notation) => {
                let (notation, doubt) = hints.repair(&notation);
                (Some(notation), doubt)
            }
            None => (None, None),
        };
        (parsed.number, notation, parsed.number_doubt, parsed.notation_doubt.or(doubt))
    }

    fn sound(text: &str, number: &str, notation: &str) {
        let found = read(text);
        assert_eq!(
            found,
            (Some(number.into()), Some(notation.into()), None, None),
            "{text}"
        );
    }

    #[test]
    fn numbers_of_all_three_worlds_are_read() {
        sound(": 05/QĐ-UBND", "05", "QĐ-UBND");
        sound(" 12/UBND-VX", "12", "UBND-VX");
        sound(": 118/2025/NĐ-CP", "118", "2025/NĐ-CP");
        sound(": 59/2024/QH15", "59", "2024/QH15");
        sound(" 09-NQ/TU", "09", "NQ/TU");
        sound(" 399-QĐ/TW", "399", "QĐ/TW");
        sound(": 12a/TTr-SNV", "12a", "TTr-SNV");
        sound(": 867/HĐLĐ/2026", "867", "HĐLĐ/2026");
    }

    #[test]
    fn what_recognisers_confuse_in_the_notation_is_mended() {
        sound(": 15/QD-UBND", "15", "QĐ-UBND");
        sound(": 729/QÐ-TTg", "729", "QĐ-TTg");
        sound(": 15 / QĐ – UBND", "15", "QĐ-UBND");
        sound(":15/NQ-HDND", "15", "NQ-HĐND");
        sound(": 4/QĐ-U8ND", "4", "QĐ-UBND");
    }

    #[test]
    fn digits_are_never_guessed() {
        let (number, _, doubt, _) = read(": 1O/QĐ-UBND");
        assert_eq!(
            (number.as_deref(), doubt),
            (Some("10"), Some(Doubt::LettersForDigits))
        );
        let (number, _, doubt, _) = read(": 15lQĐ-UBND");
        assert_eq!((number, doubt), (None, Some(Doubt::Malformed)));
        let (number, _, doubt, _) = read(": 2 † /2026/TT-BCT");
        assert_eq!((number, doubt), (None, Some(Doubt::Malformed)));
        let (number, _, doubt, _) = read(": 8972026/QH16");
        assert_eq!((number.as_deref(), doubt), (Some("8972026"), Some(Doubt::Malformed)));
        let (number, notation, doubt, _) = read(": /KH-UBND");
        assert_eq!((number, doubt), (None, Some(Doubt::Blank)));
        assert_eq!(notation.as_deref(), Some("KH-UBND"));
    }

    #[test]
    fn a_year_that_cannot_be_is_doubted() {
        let (_, _, _, doubt) = read(": 18/2925/TT-BCT");
        assert_eq!(doubt, Some(Doubt::Malformed));
        let (_, notation, _, doubt) = read(": 18/2025QH15");
        assert_eq!(
            (notation.as_deref(), doubt),
            (Some("2025/QH15"), Some(Doubt::Unsure))
        );
    }
}
