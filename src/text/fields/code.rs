//! The number and the notation of a document: `Số: 05/QĐ-UBND`.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, II.3: a number, a slash, then the
//! abbreviation of the type and that of the agency, joined by a dash; a letter
//! has agency and unit instead. Legal acts have their year between two slashes
//! (`118/2025/NĐ-CP`), papers of the Party a dash first (`09-NQ/TU`).
//!
//! The number is never changed. The notation is made of a small set of
//! abbreviations; where what was read differs from one of them only by marks
//! that recognisers confuse (`QD` for `QĐ`), the abbreviation is meant.

use crate::text::fields::kind::Kind;
use crate::text::fields::notation::Hints;
use crate::text::fields::numbering::{
    looks_like_code, number_of, parse, plain_sign, split,
};
use crate::text::fields::sheet::{Heading, Piece, Sheet, around, label_end};
use crate::text::fields::{Field, Name, least};
use crate::text::numbers::Doubt;
use crate::text::{Choice, Symbol, Word};
use crate::time::Day;

/// The number and the notation on a first page, as far as there is a place for
/// them. `kind` is what the title says, `agency` who issued it.
pub(crate) fn fields(
    sheet: &Sheet,
    kind: Option<&Kind>,
    agency: Option<&str>,
    today: Day,
) -> Vec<Field> {
    let Some((read, words)) = line(sheet) else { return Vec::new() };
    let mut parsed = parse(&read, today);
    if sheet.heading == Heading::Middle && parsed.notation.is_none() {
        // `Số:` on a citizen's form is a field to fill in, no document number.
        return Vec::new();
    }
    // Every official paper has a notation: without one, part of the line is lost.
    let is_part = parsed.notation.is_none() && parsed.number.is_some();
    if parsed.number_doubt.is_none() && (is_part || is_filled_in(&words)) {
        parsed.number_doubt = Some(Doubt::Unsure);
    }
    if let Some(notation) = &parsed.notation {
        let hints = Hints { kind, agency };
        let (repaired, doubt) = hints.repair(notation);
        parsed.notation = Some(repaired);
        parsed.notation_doubt = parsed.notation_doubt.or(doubt);
    }
    // The first word may hold both; each word counts for what it holds.
    let confidence = least(&words);
    let field = |name, value: Option<String>, doubt: Option<Doubt>| Field {
        name,
        value,
        read: read.clone(),
        place: around(&words),
        confidence,
        doubts: doubt.into_iter().collect(),
        ..Field::of(name)
    };
    let mut fields = vec![field(Name::CodeNumber, parsed.number, parsed.number_doubt)];
    if parsed.notation.is_some() || parsed.notation_doubt.is_some() {
        fields.push(field(Name::CodeNotation, parsed.notation, parsed.notation_doubt));
    }
    fields
}

/// What a look at a number line heard.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// The number, where it could be read.
    pub(crate) number: Option<String>,
    /// The notation with its abbreviations as they are spelt.
    pub(crate) notation: Option<String>,
    /// Whether the number has the form of one.
    pub(crate) is_number: bool,
    /// Whether every abbreviation is one of the table or of this page's agency.
    pub(crate) is_spelt: bool,
    /// The confidence of the least sure digit of the number.
    pub(crate) sure: f32,
    /// What stands between number and notation.
    pub(crate) separator: char,
    /// The words that say it, the label aside.
    pub(crate) words: Vec<Word>,
}

impl Heard {
    /// Whether the number has the form of one, or nearly: a slash too many or too
    /// few behind it is no matter where other looks saw the same digits.
    pub(crate) fn has_form(&self) -> bool {
        self.number.as_deref().is_some_and(|number| {
            number.chars().next().is_some_and(|first| first.is_ascii_digit())
        })
    }

    /// Number and notation as one word, `sure` of its digits.
    pub(crate) fn written(&self, sure: f32) -> Option<Word> {
        let notation = self.notation.as_ref()?;
        let number = self.number.as_deref().unwrap_or_default();
        let text = format!("{number}{}{notation}", self.separator);
        Some(Word::new(text, around(&self.words)?, sure))
    }
}

/// What the words of one line say as a number line; `None` if they have neither
/// its label nor its form. `kind` and `agency` as for [`fields`].
pub(crate) fn heard(
    words: &[Word],
    kind: Option<&Kind>,
    agency: Option<&str>,
    today: Day,
) -> Option<Heard> {
    let piece = Piece::of(words.iter().map(single_strokes).collect())?;
    let (read, words) = if label_end(&piece.bare).is_some() {
        behind_label(&piece, None)
    } else {
        // The label lies outside of what was looked at, or under a stamp.
        let at = piece.words.iter().position(|word| looks_like_code(&word.text))?;
        let word = piece.words.get(at)?;
        (word.text.clone(), vec![word.clone()])
    };
    let (_, separator, _) = split(&read)?;
    let parsed = parse(&read, today);
    let hints = Hints { kind, agency };
    let repaired = parsed.notation.as_deref().map(|notation| hints.repair(notation));
    let is_spelt = parsed.notation_doubt.is_none()
        && repaired
            .as_ref()
            .is_some_and(|(spelt, doubt)| doubt.is_none() && hints.is_known(spelt));
    let sure = surest_digits(&words, parsed.number.as_deref().unwrap_or_default());
    Some(Heard {
        is_number: parsed.number.is_some() && parsed.number_doubt.is_none(),
        number: parsed.number,
        notation: repaired.map(|(spelt, _)| spelt),
        is_spelt,
        sure,
        separator,
        words,
    })
}

/// The word without the echo of a stroke: recognisers that know two signs for it write
/// both (`31/⁄2026`). Each must then have been nearly taken for the other; where
/// something else was thought of, one of them may be a digit, and both stay.
fn single_strokes(word: &Word) -> Word {
    let mut kept: Vec<&Symbol> = Vec::new();
    for symbol in &word.symbols {
        let is_echo = kept.last().is_some_and(|last| {
            last.text != symbol.text
                && is_nearly(last, &symbol.text)
                && is_nearly(symbol, &last.text)
        });
        if !is_echo {
            kept.push(symbol);
        }
    }
    if kept.len() == word.symbols.len() {
        return word.clone();
    }
    let text = kept.iter().map(|symbol| symbol.text.as_str()).collect();
    let symbols = kept.into_iter().cloned().collect();
    Word { text, symbols, ..word.clone() }
}

/// Whether a stroke was nearly taken for `other`, another sign for a stroke, and for
/// nothing else.
fn is_nearly(symbol: &Symbol, other: &str) -> bool {
    let is_stroke = |text: &str| {
        let mut signs = text.chars().map(plain_sign);
        signs.next() == Some('/') && signs.next().is_none()
    };
    let likely = |choice: &&Choice| choice.confidence >= LEAST_CHOICE;
    is_stroke(&symbol.text)
        && is_stroke(other)
        && symbol.choices.iter().any(|choice| likely(&choice) && choice.text == other)
        && symbol.choices.iter().filter(likely).all(|choice| is_stroke(&choice.text))
}

/// What a recogniser thought of with less is no rival of what it wrote.
const LEAST_CHOICE: f32 = 20.0;

/// The confidence of the least sure digit of `number`, from the symbols of its words
/// where the engine told them, else from the words.
fn surest_digits(words: &[Word], number: &str) -> f32 {
    let symbols = words.iter().flat_map(|word| &word.symbols);
    let digits: Vec<f32> = symbols
        .skip_while(|symbol| !symbol.text.contains(|c: char| c.is_ascii_digit()))
        .take_while(|symbol| symbol.text.contains(|c: char| c.is_ascii_digit()))
        .map(|symbol| symbol.confidence)
        .collect();
    if digits.is_empty() || digits.len() != number.chars().count() {
        return least(words);
    }
    digits.into_iter().fold(100.0, f32::min)
}

/// Whether the number was written or stamped into the space left for it: it was
/// joined to its notation across a space, or there is room for a digit that was
/// not read. Recognisers know print, and read `115` by hand as `445` without doubt.
pub(crate) fn is_filled_in(words: &[Word]) -> bool {
    let has_gap = words.windows(2).any(|pair| match pair {
        [number, notation] => {
            let gap = notation.place.left - number.place.right;
            number.text.chars().all(|c| c.is_ascii_digit())
                && notation.text.starts_with(['/', '-'])
                && gap > MOST_GAP * number.place.height()
        }
        _ => false,
    });
    has_gap || words.iter().any(|word| word.is_filled_in)
}

/// A digit is half as wide as it is high, and has air on both sides.
const MOST_GAP: f64 = 1.3;

/// The whole line that bears the number, its label included.
pub(crate) fn whole_line(sheet: &Sheet) -> Option<(Piece, Vec<Word>)> {
    let (_, words) = line(sheet)?;
    let first = words.first()?;
    let bears = |piece: &&Piece| piece.words.iter().any(|word| word.place == first.place);
    let piece = sheet.left.iter().chain(&sheet.body).find(bears)?;
    Some((piece.clone(), words))
}

/// What stands behind `Số:`, and its words.
fn line(sheet: &Sheet) -> Option<(String, Vec<Word>)> {
    let labelled = |pieces: &[Piece], most: usize| -> Vec<(String, Vec<Word>)> {
        let near = pieces.iter().enumerate().take(most);
        near.filter(|(_, piece)| label_end(&piece.bare).is_some())
            .filter(|(at, _)| !is_stamp(pieces, *at))
            .map(|(at, piece)| behind_label(piece, pieces.get(at + 1)))
            .collect()
    };
    let has_notation = |(read, _): &&(String, Vec<Word>)| {
        split(read)
            .is_some_and(|(_, _, notation)| notation.chars().any(char::is_alphabetic))
    };
    let in_head = labelled(&sheet.left, usize::MAX);
    if let Some(found) = in_head.iter().find(has_notation) {
        return Some(found.clone());
    }
    // Without its label: `15/QĐ-UBND` alone on a line of the left column.
    let bare_number = sheet.left.iter().find_map(|piece| {
        let words = piece.words.iter().find(|word| looks_like_code(&word.text))?;
        Some((words.text.clone(), vec![words.clone()]))
    });
    if let Some(found) = bare_number.or_else(|| in_head.first().cloned()) {
        return Some(found);
    }
    // Contracts have it below the title.
    // `Sở Văn hóa … Công văn số 474/UBND-KT` is no label.
    let has_number = |(read, _): &(String, Vec<Word>)| {
        split(read).is_some_and(|(number, ..)| number_of(&number).0.is_some())
    };
    labelled(&sheet.body, 8)
        .into_iter()
        .find(|found| has_notation(&found) && has_number(found))
}

/// Whether the line belongs to a received stamp: `CÔNG VĂN ĐẾN`, `Số: …`.
fn is_stamp(pieces: &[Piece], at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|above| pieces.get(above));
    above.is_some_and(|piece| {
        let text = piece.bare.trim();
        text.ends_with(" den") || text == "den" || text.contains("cong van den")
    })
}

/// The text behind the label; a number that breaks at a dash goes on below.
fn behind_label(piece: &Piece, next: Option<&Piece>) -> (String, Vec<Word>) {
    let skip = label_end(&piece.bare).unwrap_or(0);
    let skip = piece.bare.get(..skip).unwrap_or_default().chars().count();
    let mut read: String = piece.text.chars().skip(skip).collect();
    let mut at = 0;
    let mut words: Vec<Word> = Vec::new();
    for word in &piece.words {
        let end = at + word.text.chars().count();
        let behind = word.text.chars().skip(skip.saturating_sub(at));
        if behind.into_iter().any(|c| c.is_alphanumeric() || c == '/') {
            words.push(word.clone());
        }
        at = end + 1;
    }
    // A date that stands close goes on: `05/QĐ-UBND Khánh Hòa, ngày …`.
    let end = code_end(&read);
    let kept = read.chars().take(end).collect::<String>();
    let dropped = read.split_whitespace().count() - kept.split_whitespace().count();
    words.truncate(words.len().saturating_sub(dropped).max(1));
    read = kept;
    let breaks = read.trim_end().ends_with(['-', '–', '/']);
    if let Some(next) = next.filter(|_| breaks) {
        let goes_on = next.text.chars().next().is_some_and(char::is_uppercase)
            && next.words.len() == 1;
        if goes_on {
            read.push_str(&next.text);
            words.extend(next.words.iter().cloned());
        }
    }
    if words.is_empty() {
        words.extend(piece.words.iter().cloned());
    }
    (read, words)
}

/// How many characters the number and its notation take: they end at a space
/// before a small letter or a name, unless a dash or slash joins them.
fn code_end(read: &str) -> usize {
    let mut end = 0;
    let mut is_begun = false;
    for token in read.split_inclusive(' ') {
        let plain = token.trim();
        let joins = |text: &str, at_end: bool| {
            let sign =
                if at_end { text.chars().next_back() } else { text.chars().next() };
            sign.is_some_and(|sign| matches!(plain_sign(sign), '/' | '-'))
        };
        let so_far: String = read.chars().take(end).collect();
        let is_joined = joins(plain, false) || joins(so_far.trim_end(), true);
        let is_word = plain.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && plain.chars().skip(1).any(char::is_lowercase)
            && !plain.contains(['/', '-']);
        if is_begun && is_word && !is_joined {
            break;
        }
        is_begun |= plain.contains('/') || plain.contains('-');
        end += token.chars().count();
    }
    end
}
