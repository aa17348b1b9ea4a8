//! Letters taken apart into base, shape and tone, and how easily one is read for
//! another.

use unicode_normalization::UnicodeNormalization as _;

/// How one letter differs from another of the same base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It has a hat, breve or horn more: `ó` for `ố`, what recognisers lose most.
    AddsShape,
    /// It has a tone more: `ô` for `ổ`.
    AddsTone,
    /// It has another tone: `ố` for `ổ`.
    OtherTone,
    /// It has no tone: `ầ` for `â`.
    LosesTone,
    /// It has a dot below more, or one in the place of another tone.
    AddsDot,
    /// It has no dot below.
    LosesDot,
    /// It has no hat, breve or horn.
    LosesShape,
    /// It has another of these three.
    OtherShape,
    /// Hat and tone are others.
    Both,
    /// One is a `đ`.
    Bar,
}

/// How `other` differs from `read`, a letter of the same base, both in lower case and
/// composed (NFC).
#[must_use]
pub fn change(read: char, other: char) -> Change {
    let (a, b) = (Parts::of(read), Parts::of(other));
    let is_dotted = |parts: &Parts| parts.tone == Some(Parts::DOT);
    match (a.shape == b.shape, a.tone == b.tone) {
        _ if a.shape == Shape::Bar || b.shape == Shape::Bar => Change::Bar,
        (false, false) => Change::Both,
        (false, true) if a.shape == Shape::None => Change::AddsShape,
        (false, true) if b.shape == Shape::None => Change::LosesShape,
        (false, true) => Change::OtherShape,
        (true, _) if is_dotted(&b) => Change::AddsDot,
        (true, _) if is_dotted(&a) && b.tone.is_none() => Change::LosesDot,
        (true, _) if is_dotted(&a) => Change::AddsDot,
        (true, _) if a.tone.is_none() => Change::AddsTone,
        (true, _) if b.tone.is_none() => Change::LosesTone,
        (true, _) => Change::OtherTone,
    }
}

/// A letter taken apart.
struct Parts {
    base: char,
    shape: Shape,
    tone: Option<char>,
}

/// What makes a base letter another letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    None,
    Circumflex,
    Breve,
    Horn,
    Bar,
}

impl Parts {
    /// The dot below.
    const DOT: char = '\u{323}';

    fn of(letter: char) -> Self {
        let mut parts = Self { base: letter, shape: Shape::None, tone: None };
        for (index, c) in std::iter::once(letter).nfd().enumerate() {
            match c {
                'đ' => (parts.base, parts.shape) = ('d', Shape::Bar),
                _ if index == 0 => parts.base = c,
                '\u{302}' => parts.shape = Shape::Circumflex,
                '\u{306}' => parts.shape = Shape::Breve,
                '\u{31b}' => parts.shape = Shape::Horn,
                tone => parts.tone = Some(tone),
            }
        }
        parts
    }
}

pub(crate) fn base(letter: char) -> char {
    Parts::of(letter).base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_differ_in_shape_in_tone_or_in_both() {
        for (read, other, how) in [
            ('ó', 'ố', Change::AddsShape),
            ('ô', 'ổ', Change::AddsTone),
            ('ố', 'ổ', Change::OtherTone),
            ('ầ', 'â', Change::LosesTone),
            ('o', 'ọ', Change::AddsDot),
            ('ọ', 'ỏ', Change::AddsDot),
            ('ọ', 'o', Change::LosesDot),
            ('ơ', 'o', Change::LosesShape),
            ('ô', 'ơ', Change::OtherShape),
            ('o', 'ổ', Change::Both),
            ('đ', 'd', Change::Bar),
        ] {
            assert_eq!(change(read, other), how, "{read} {other}");
        }
        assert_eq!(base('đ'), 'd');
        assert_eq!(base('ệ'), 'e');
    }
}
