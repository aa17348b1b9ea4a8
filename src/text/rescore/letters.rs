//! Letters taken apart into base, shape and tone, and how easily one is read for
//! another.

use unicode_normalization::UnicodeNormalization as _;

/// Whether `read` is `other` without the tone above its hat: what recognisers
/// lose in small print even where they are sure, `ô` for `ổ`.
pub(crate) fn lost_tone(read: char, other: char) -> bool {
    let (a, b) = (Parts::of(read), Parts::of(other));
    a.base == b.base
        && a.shape == b.shape
        && a.shape == Shape::Circumflex
        && a.tone.is_none()
        && !matches!(b.tone, None | Some(Parts::DOT))
}

/// How far two letters of one base lie apart for the eye of the recogniser:
/// what it confuses often costs little.
pub(crate) fn difference(read: char, other: char) -> f64 {
    let (a, b) = (Parts::of(read), Parts::of(other));
    if a.base != b.base {
        return 6.0;
    }
    let has_hat = |shape: Shape| shape == Shape::Circumflex;
    let shape = match (a.shape, b.shape) {
        (x, y) if x == y => 0.0,
        (Shape::Bar, _) | (_, Shape::Bar) => 3.0,
        (Shape::Circumflex, Shape::Breve) | (Shape::Breve, Shape::Circumflex) => 3.0,
        (Shape::Horn, _) | (_, Shape::Horn) => 3.5,
        // A hat under a tone is what it misses most.
        (Shape::None, Shape::Circumflex)
            if !matches!(b.tone, None | Some(Parts::DOT)) && a.tone.is_some() =>
        {
            1.5
        }
        _ => 3.0,
    };
    let on_hat = has_hat(a.shape) || has_hat(b.shape);
    let tone = match (a.tone, b.tone) {
        (x, y) if x == y => 0.0,
        (Some(Parts::DOT), _) | (_, Some(Parts::DOT)) => 3.5,
        (Some(_), None) => {
            if on_hat {
                1.8
            } else {
                3.0
            }
        }
        _ => {
            if on_hat {
                1.2
            } else {
                2.2
            }
        }
    };
    shape + tone
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
    fn the_letters_differ_by_what_the_eye_confuses() {
        assert!(difference('ó', 'ố') < difference('o', 'ơ'));
        assert!(difference('ấ', 'ầ') < difference('á', 'à'));
        assert_eq!(base('đ'), 'd');
        assert_eq!(base('ệ'), 'e');
    }
}
