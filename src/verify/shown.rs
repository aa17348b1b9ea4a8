//! Whether a field shows what it says: its value against the text of its look.
//!
//! The two are separate objects, so that a form can say one sum to programs and
//! show another to people. Honest programs break lines, draw one letter a box,
//! leave out what a font lacks or shorten what does not fit. So a difference is
//! told only where every letter shown is known for certain, and where none of
//! these explains it; a font whose letters are not known proves nothing.

use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::{Dict, Object};
use crate::pdf::text_string;
use crate::text::fold;
use crate::verify::glyphs;
use crate::verify::numeral::{self, Compared};

/// Fields above a field.
const MOST_DEPTH: usize = 24;
/// Bytes of a look that is read, as they stand in the file.
const MOST_BYTES: usize = 64 << 10;
/// The flags of a field (ISO 32000-2, tables 228, 231 and 233): a password, a path
/// of a file, rich text; and a choice that shows one line.
const UNLIKE: i64 = 1 << 13 | 1 << 20 | 1 << 25;
pub(crate) const COMBO: i64 = 1 << 17;

/// What a widget shows, held against its field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    /// The value, or what cannot be told from it.
    Value,
    /// Something else.
    Other,
}

/// What this widget of a field of this type shows, and how many bytes were read for
/// it. Lists show more than their value and are not judged, nor is what a script
/// formats.
pub(crate) fn shows(
    view: View<'_>,
    widget: &Dict,
    kind: Option<&[u8]>,
) -> (Shows, usize) {
    if kind == Some(b"Btn") {
        let other = is_in_another_state(view, widget);
        return (if other { Shows::Other } else { Shows::Value }, 0);
    }
    let Some((value, content, look)) = looked_at(view, widget, kind) else {
        return (Shows::Value, 0);
    };
    let limited = *inherited(view, widget, b"MaxLen") != Object::Null;
    let text = glyphs::text(view, &look, &content);
    let other = text.is_some_and(|text| !explains(&value, &text, limited));
    (if other { Shows::Other } else { Shows::Value }, content.len())
}

/// Whether a button shows another state than its value (ISO 32000-2, 12.7.5.2.3): the
/// one of that name if it has it, or else the one that is off.
fn is_in_another_state(view: View<'_>, widget: &Dict) -> bool {
    let value = inherited(view, widget, b"V");
    let looks = view.get(widget, b"AP");
    let states = looks.dict().map(|looks| view.get(looks, b"N"));
    let states = states.as_ref().and_then(|states| states.dict());
    let state = view.get(widget, b"AS");
    let (Some(value), Some(states), Some(state)) = (value.name(), states, state.name())
    else {
        return false;
    };
    let due: &[u8] = if states.has(value) { value } else { b"Off" };
    state != due
}

/// The value of a field and the content of its look with its dictionary, where one can
/// be held against the other.
fn looked_at(
    view: View<'_>,
    widget: &Dict,
    kind: Option<&[u8]>,
) -> Option<(String, Vec<u8>, Dict)> {
    let flags = inherited(view, widget, b"Ff").int().unwrap_or(0);
    match kind? {
        b"Tx" if flags & UNLIKE == 0 => {}
        b"Ch" if flags & COMBO != 0 => {}
        _ => return None,
    }
    if inherited(view, widget, b"AA").dict().is_some_and(|acts| acts.has(b"F")) {
        return None;
    }
    let value = inherited(view, widget, b"V");
    // Where nothing is filled in any more, nothing is to be shown.
    let value = if *value == Object::Null {
        String::new()
    } else {
        text_string(&chosen(view, widget, value.text()?))
    };
    let looks = view.get(widget, b"AP");
    let normal = looks.dict()?.get(b"N")?.clone();
    let look = view.resolve(&normal).ok()?;
    let stream = look.stream()?;
    if stream.data.len() > MOST_BYTES {
        return None;
    }
    let content = view.data(normal.reference(), stream).ok()?;
    Some((value, content, stream.dict.clone()))
}

/// Whether a text shown is a value as an honest program may show it. `limited` says
/// that the field takes only so many letters.
fn explains(value: &str, shown: &str, limited: bool) -> bool {
    let lossy = !value.is_ascii();
    // Letters that are drawn from right to left stand in the look in that order.
    let leftward =
        |letter: char| matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfefc);
    if value.chars().chain(shown.chars()).any(leftward) {
        return true;
    }
    match numeral::compared(value, shown) {
        Some(Compared::Same) => return true,
        // What does not fit may still be cut off.
        Some(Compared::Differ) if !limited => return false,
        Some(Compared::Differ | Compared::Perhaps) | None => {}
    }
    let nothing = value.trim().is_empty();
    let (value, shown) = (Words::of(value), Words::of(shown));
    if nothing {
        return shown.letters.is_empty();
    }
    if shown.letters.is_empty() || value.letters.is_empty() {
        return true;
    }
    let figures = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    value.letters == shown.letters
        // Lines that do not fit are left out.
        || value.holds(&shown.letters)
        || limited && value.letters.starts_with(&shown.letters)
        // A look may say what its value is about, and no other figures.
        || shown.holds(&value.letters) && figures(&shown.letters) == figures(&value.letters)
        // Letters that the font lacks are left out too.
        || lossy
            && figures(&shown.letters) == figures(&value.letters)
            && is_left_of(&shown.letters, &value.letters)
}

/// A text without marks and spaces, and where its words begin and end.
struct Words {
    letters: String,
    bounds: Vec<usize>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { letters: String::new(), bounds: vec![0] };
        for word in fold::bare(text).split_whitespace() {
            words.letters.extend(word.chars().filter(|letter| letter.is_alphanumeric()));
            words.bounds.push(words.letters.len());
        }
        words
    }

    /// Whether some of its words, one after the other, are these letters.
    fn holds(&self, letters: &str) -> bool {
        let bound = |at: usize| self.bounds.binary_search(&at).is_ok();
        let mut found = self.letters.match_indices(letters);
        found.any(|(at, found)| bound(at) && bound(at + found.len()))
    }
}

/// Whether a text is what is left of another when letters are taken out.
fn is_left_of(rest: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    rest.chars().all(|letter| whole.any(|other| other == letter))
}

/// What the reader is shown for a value: its text in `/Opt`, or itself (12.7.5.4).
pub(crate) fn chosen(view: View<'_>, widget: &Dict, value: &[u8]) -> Vec<u8> {
    let options = inherited(view, widget, b"Opt");
    for option in options.array().unwrap_or_default() {
        let option = view.resolve(option).ok();
        let pair = option.as_ref().and_then(|option| option.array());
        if let Some([exported, text]) = pair
            && exported.text() == Some(value)
        {
            return text.text().unwrap_or(value).to_vec();
        }
    }
    value.to_vec()
}

/// An entry of a widget, or of the fields above it.
pub(crate) fn inherited(view: View<'_>, own: &Dict, key: &[u8]) -> Arc<Object> {
    let mut own = own.clone();
    for _ in 0..MOST_DEPTH {
        if own.has(key) {
            return view.get(&own, key);
        }
        match view.get(&own, b"Parent").dict() {
            Some(above) => own = above.clone(),
            None => break,
        }
    }
    Arc::new(Object::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_honest_programs_do_to_a_value_explains_its_look() {
        let pairs = [
            ("1 000 000", "1000000"),
            ("1 000 000", "1.000.000"),
            ("Số 12, phố Huế\nHà Nội", "So 12, pho Hue Ha Noi"),
            ("Nguyễn Văn Á", "Nguyn Vn "),
            ("một hai ba bốn năm", "một hai ba"),
            ("1 000 000", "So tien: 1 000 000 dong"),
            ("ABC", "a b c"),
            ("1000", "1,000.00"),
            ("1000", "1.000,00 đồng"),
            ("—", "1"),
            ("", " "),
        ];
        for (value, shown) in pairs {
            assert!(explains(value, shown, false), "{value} {shown}");
        }
        assert!(explains("1234567", "1234", true));
    }

    #[test]
    fn another_sum_or_name_is_not_explained() {
        let pairs = [
            ("1 000 000", "9 000 000"),
            ("1000", "10000"),
            ("10000", "1000"),
            ("100", "1 00 000"),
            ("1000", "10,00"),
            ("15", "1.5"),
            ("-5", "5"),
            ("1.500", "1.5"),
            ("Nguyễn Văn An", "Trần Thị Bình"),
            ("Phí 100", "Phi 1000"),
            ("", "9 000 000"),
            (" ", "An"),
        ];
        for (value, shown) in pairs {
            assert!(!explains(value, shown, false), "{value} {shown}");
        }
    }
}
