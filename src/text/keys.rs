//! Keys: the forms under which a Vietnamese word is looked up.
//!
//! A word is compared in three ways, each more lenient than the one before:
//! as it is written, without its tone (`đường` and `đương` are one), and without any
//! diacritic (`đường` and `Dương` are one). Letters are always compared in lower
//! case and in NFC. Two ways of placing a tone are one in every form: `HÒA`
//! (older) and `HOÀ` (newer), as Nghị định 30/2020/NĐ-CP itself uses both.
//!
//! A word is a run of letters and digits. Everything else separates, so that
//! `123/QĐ-UBND` is the three words `123`, `qđ`, `ubnd`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{compose, is_combining_mark};

use crate::text::fold;

/// How strictly words are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// As written, in either way of placing a tone.
    Exact,
    /// Without tones; `ă â đ ê ô ơ ư` stay what they are.
    Toneless,
    /// Without any diacritic, `đ` as `d`.
    Bare,
}

impl Tier {
    /// Every tier, the strictest first.
    pub const ALL: [Self; 3] = [Self::Exact, Self::Toneless, Self::Bare];

    /// The key of a word.
    #[must_use]
    pub fn key(self, word: &str) -> String {
        match self {
            Self::Exact => exact(word),
            Self::Toneless => toneless(word),
            Self::Bare => fold::bare(word),
        }
    }

    /// The keys of all words of `text`, a space between two of them.
    #[must_use]
    pub fn keys(self, text: &str) -> String {
        let text = nfc(text);
        let mut keys = String::with_capacity(text.len());
        for range in words(&text) {
            if !keys.is_empty() {
                keys.push(' ');
            }
            keys.push_str(&self.key(text.get(range).unwrap_or_default()));
        }
        keys
    }
}

/// `text` in NFC, in which [`words`] finds its words.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// Where the words of `text` stand, in bytes.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = letters.find(|(_, letter)| letter.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, letter)| is_of_word(*letter))
        {
            end = at + letter.len_utf8();
        }
        Some(start..end)
    })
}

/// Whether a word goes on with this letter.
fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Lower case in NFC, the tone where the newer way puts it.
fn exact(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut letters: Vec<char> =
        word.nfc().flat_map(char::to_lowercase).map(one_stroke).collect();
    for at in 1..letters.len() {
        let [first, second] = [at - 1, at].map(|at| letters.get(at).copied());
        let (Some(first), Some(second)) = (first, second) else { continue };
        let (plain, tone) = parted(first);
        if let Some(tone) = tone
            && matches!((plain, second), ('o', 'a' | 'e') | ('u', 'y'))
            && let Some(moved) = compose(second, tone)
        {
            for (place, letter) in letters.iter_mut().skip(at - 1).zip([plain, moved]) {
                *place = letter;
            }
        }
    }
    letters.into_iter().collect()
}

/// Lower case in NFC without tones.
fn toneless(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = word.nfd().filter(|letter| !is_tone(*letter));
    lower.nfc().flat_map(char::to_lowercase).map(one_stroke).collect()
}

/// A letter and its tone, where it has one.
fn parted(letter: char) -> (char, Option<char>) {
    let mut parts = [letter].into_iter().nfd();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(plain), Some(tone), None) if is_tone(tone) => (plain, Some(tone)),
        _ => (letter, None),
    }
}

/// Whether a combining mark is a Vietnamese tone: grave, acute, tilde, hook
/// above, dot below.
fn is_tone(mark: char) -> bool {
    matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// Recognisers and old fonts write the Icelandic letter for `đ`.
fn one_stroke(letter: char) -> char {
    if letter == '\u{f0}' { 'đ' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(tier: Tier, a: &str, b: &str) -> bool {
        tier.keys(a) == tier.keys(b)
    }

    #[test]
    fn each_tier_is_more_lenient_than_the_one_before() {
        for (a, b, first) in [
            ("Đường", "đường", Some(Tier::Exact)),
            ("đường", "đương", Some(Tier::Toneless)),
            ("đường", "đướng", Some(Tier::Toneless)),
            ("đường", "Dương", Some(Tier::Bare)),
            ("đường", "duong", Some(Tier::Bare)),
            ("đường", "đuốc", None),
        ] {
            let found = Tier::ALL.into_iter().find(|tier| same(*tier, a, b));
            assert_eq!(found, first, "{a} {b}");
            let last = found.unwrap_or(Tier::Bare);
            assert!(
                Tier::ALL.iter().all(|t| *t < last || first.is_none() || same(*t, a, b))
            );
        }
    }

    #[test]
    fn both_ways_of_placing_a_tone_are_one() {
        for (older, newer) in [
            ("HÒA", "HOÀ"),
            ("ỦY", "UỶ"),
            ("thỏa", "thoả"),
            ("khỏe", "khoẻ"),
            ("hòan", "hoàn"),
            ("qúy", "quý"),
        ] {
            assert!(same(Tier::Exact, older, newer), "{older} {newer}");
        }
        assert!(!same(Tier::Exact, "mùa", "muà"), "that would be no word");
        assert!(!same(Tier::Exact, "hòa", "hóa"));
    }

    #[test]
    fn decomposed_and_composed_are_one() {
        let text = "Ủy ban nhân dân phường Nghĩa Lộ, số 12/QĐ-UBND";
        let apart: String = text.nfd().collect();
        for tier in Tier::ALL {
            assert!(same(tier, text, &apart));
        }
        assert!(same(Tier::Exact, "QÐ", "qđ"), "U+00D0");
    }

    #[test]
    fn what_is_no_letter_or_digit_separates() {
        assert_eq!(Tier::Exact.keys("Số: 123/QĐ-UBND."), "số 123 qđ ubnd");
        assert_eq!(Tier::Exact.keys("H32.18-260716-0001"), "h32 18 260716 0001");
        assert_eq!(Tier::Exact.keys(" — \u{301} "), "");
    }
}
