//! What a recogniser makes of stamps, signatures, specks and rules, told from
//! words.
//!
//! A word is held against what it could be: a syllable in use, a number, a
//! code; a possible syllable; neither. The less it could be, the surer the
//! recogniser must have been. In a line that mostly makes sense a doubtful word
//! is believed sooner than one that stands alone.
//!
//! What is not believed goes aside ([`TextLayer::aside`]) if it has a letter or
//! digit. The number in a stamp is noise to a reader and a find to a searcher:
//! of what was put aside, [`findable`] tells what was read well.

use std::ops::Range;

use crate::text::bigram;
use crate::text::landmarks;
use crate::text::rescore;
use crate::text::token::{Kind, Token};
use crate::text::{Line, TextLayer, Word};

/// Words in a line that makes sense.
const SOLID_WORDS: usize = 4;
/// The share of them that are surely words.
const SOLID_SHARE: f64 = 0.7;
/// Ink this many letter heights high is no short word.
const TALL: f64 = 3.2;
/// Letters a tall word has at least.
const TALL_LETTERS: usize = 6;

/// Letters and digits are at least this many letter heights high: what is lower was
/// the mark over a capital.
const LOW: f64 = 0.25;
/// A dash is no wider than this many letter heights; a rule is.
const WIDE: f64 = 2.2;

/// How much a word looks like one.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum Likeness {
    /// Nothing known.
    None,
    /// The letters of some syllable.
    Possible,
    /// A code, an abbreviation, an address.
    Code,
    /// A syllable in use, a number.
    Word,
}

/// Puts aside what is no word. A page without a word of the language stays.
pub fn filter(layer: &mut TextLayer) {
    let Some(letter) = layer.letter_height() else { return };
    let mut aside = Vec::new();
    let mut kept = Vec::new();
    // A paragraph whose first line goes begins with its second.
    let mut begins = false;
    for mut line in std::mem::take(&mut layer.lines) {
        begins |= line.begins_paragraph;
        let numbered = number_place(&line);
        let bears_number = landmarks::is_number(&line);
        let words = std::mem::take(&mut line.words);
        let solid = is_solid(&words);
        let has_word = words.iter().any(is_believable);
        let (mut stay, mut go) = (Vec::new(), Vec::new());
        for word in words {
            let stays = is_word(&word, solid, letter) && (has_word || !is_marks(&word))
                || bears_number && is_number(&word);
            if stays { &mut stay } else { &mut go }.push(word);
        }
        put_strays_aside(&mut stay, &mut go, letter);
        drop_dash_behind(&mut stay);
        let is_numbered = bears_number && stay.iter().any(is_number);
        if !stay.is_empty() && !is_line(&stay) && !is_numbered {
            go.append(&mut stay);
            go.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
        }
        // A mark in the place of the number may be a digit: who reads fields
        // must know of it.
        go.retain(|word| !is_marks(word) || numbered.contains(&word.place.left));
        if !go.is_empty() {
            aside.push(Line { words: go, ..line.clone() });
        }
        if !stay.is_empty() {
            line.begins_paragraph = std::mem::take(&mut begins);
            kept.push(Line { words: stay, ..line });
        }
    }
    if kept.is_empty() {
        // A page of nothing but noise, or of one faint number: who can say?
        kept = std::mem::take(&mut aside);
    }
    layer.lines = kept;
    layer.aside.extend(aside);
}

/// Of what was put aside, the words that somebody may search for: read well, and
/// such as words are. They stand in the hidden layer of the PDF, at the end of
/// their page, and in the index of an archive, and in no text.
#[must_use]
pub fn findable(aside: &[Line]) -> Vec<Line> {
    let lines = aside.iter().filter_map(|line| {
        let words = line.words.iter().filter(|word| is_believable(word) && is_long(word));
        // What is left to be filled in is dotted.
        let undotted = |word: &Word| Word {
            text: word.text.trim_matches(['.', '…']).to_owned(),
            ..word.clone()
        };
        let words: Vec<Word> = words.map(undotted).collect();
        (!words.is_empty()).then(|| Line { words, ..line.clone() })
    });
    lines.collect()
}

/// Whether a word is a number or has more than one letter.
fn is_long(word: &Word) -> bool {
    let core = Token::of(&word.text).core;
    core.chars().nth(1).is_some() || core.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word has the form of a number with its notation: behind its label it
/// stands in the text however it was read, for fields to be doubted and read again.
fn is_number(word: &Word) -> bool {
    word.text.starts_with(|c: char| c.is_ascii_digit())
        && word.text.contains(['/', '⁄', '∕', '-'])
        && likeness(&word.text) >= Likeness::Code
}

/// From where to where the number stands on its line, between `Số:` and the
/// notation; nowhere on another line.
fn number_place(line: &Line) -> Range<f64> {
    let end = line.words.iter().skip(1).find(|word| word.text.contains('/'));
    match (line.words.first(), end) {
        (Some(label), Some(end)) if landmarks::is_number(line) => {
            label.place.right..end.place.left
        }
        _ => 0.0..0.0,
    }
}

/// Takes doubtful words from the ends of a line that stand off it: a stamp
/// beside the text was read into its line.
fn put_strays_aside(stay: &mut Vec<Word>, go: &mut Vec<Word>, letter: f64) {
    let is_stray = |word: &Word, gap: f64| {
        let has_digit = word.text.contains(|c: char| c.is_ascii_digit());
        gap > STRAY_GAP * letter && word.confidence < STRAY && !has_digit
    };
    while let [first, second, ..] = stay.as_slice()
        && is_stray(first, second.place.left - first.place.right)
    {
        go.push(stay.remove(0));
    }
    while let [.., second, last] = stay.as_slice()
        && is_stray(last, last.place.left - second.place.right)
    {
        go.extend(stay.pop());
    }
    go.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
}

/// Drops a dash behind the mark that ends its line: a speck.
fn drop_dash_behind(stay: &mut Vec<Word>) {
    while let [.., before, last] = stay.as_slice()
        && before.text.ends_with([';', '.', ':'])
        && is_marks(last)
    {
        stay.pop();
    }
}

/// A doubtful word farther than this from its line, in letter heights…
const STRAY_GAP: f64 = 2.5;
/// …and below this confidence does not belong to it.
const STRAY: f32 = 60.0;

/// What is read with less is ink, if nothing else speaks for it.
const LEAST: f32 = 20.0;

/// Whether a word is one.
fn is_word(word: &Word, solid: bool, letter: f64) -> bool {
    let sure = word.confidence;
    let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
    let like = likeness(&word.text);
    let high = word.place.height() / letter;
    if high > TALL && letters < TALL_LETTERS || high < LOW && letters > 0 {
        return false;
    }
    // What is spelt as it may be stays in its line, however it was read: a gap
    // in a sentence is worse than a word to be weighed.
    let holds = solid && like >= Likeness::Code && letters > 1;
    if sure < LEAST && !holds {
        return false;
    }
    if letters == 0 {
        if word.text.starts_with("....") {
            return false; // left to be filled in
        }
        let is_dash = word.text.chars().count() == 1
            && word.place.width() < WIDE * letter
            && word.text.chars().all(|c| "-–—+*•".contains(c));
        // `12 %,` and `30 °C`
        let is_unit = word.text.starts_with(['%', '‰', '°', '&', '=', '×', '<', '>'])
            && word.text.chars().count() <= 3;
        let is_usual = word.text.chars().all(|c| "“”\"'()./,:;…".contains(c));
        return (is_dash || is_unit) && sure > 45.0 || is_usual && sure > 85.0;
    }
    if letters == 1 && is_odd_letter(&word.text) {
        return sure >= if solid { 60.0 } else { 90.0 };
    }
    let least = match (like, solid) {
        (Likeness::None, false) => 70.0,
        (Likeness::None, true) => 30.0,
        (Likeness::Possible, false) => 40.0,
        (Likeness::Possible, true) => 25.0,
        (Likeness::Code | Likeness::Word, true) => 0.0,
        (Likeness::Code | Likeness::Word, false) => LEAST,
    };
    sure >= least
}

/// Whether there is no letter and no digit in a word: of a line with nothing
/// else it is a rule.
fn is_marks(word: &Word) -> bool {
    !word.text.contains(char::is_alphanumeric)
}

/// Whether a word is surely one, and long enough to hold a line together.
fn is_believable(word: &Word) -> bool {
    likeness(&word.text) >= Likeness::Code && word.confidence >= 50.0
}

/// Whether a single letter stands for nothing: no digit, no numbering, no
/// syllable.
fn is_odd_letter(text: &str) -> bool {
    let core = Token::of(text).core;
    let is_numbering = text.ends_with([')', '.']);
    !core.chars().all(|c| c.is_ascii_digit())
        && !is_numbering
        && core != "ý"
        && core != "Ý"
}

/// Whether words that each could be one are a line of text.
fn is_line(words: &[Word]) -> bool {
    let count = words.len();
    let plausible =
        words.iter().filter(|word| likeness(&word.text) >= Likeness::Possible).count();
    let letters: usize = words
        .iter()
        .map(|word| word.text.chars().filter(|c| c.is_alphanumeric()).count())
        .sum();
    let sum: f32 = words.iter().map(|word| word.confidence).sum();
    let mean = sum / f32::from(u16::try_from(count.max(1)).unwrap_or(u16::MAX));
    let senseless = plausible * 2 < count && mean < 75.0;
    let is_number =
        |word: &Word| matches!(Token::of(&word.text).kind, Kind::Number | Kind::Roman);
    let least = if words.iter().all(is_number) { 50.0 } else { 80.0 };
    let tiny = count <= 2 && letters <= 3 && mean < least;
    !(senseless || tiny || mean < 45.0 && !(is_phrase(words) && mean >= LEAST))
}

/// Whether words are met one after the other elsewhere: no speck reads so.
fn is_phrase(words: &[Word]) -> bool {
    let pairs = bigram::embedded();
    let tokens = || words.iter().map(|word| Token::of(&word.text));
    let ids = tokens().filter(|token| !token.core.is_empty());
    let ids: Vec<_> = ids.map(|token| pairs.id(&token.folded()?)).collect();
    let met = |pair: &[Option<bigram::Id>]| matches!(pair, [Some(first), Some(second)] if pairs.count(*first, *second) >= 1.0);
    ids.len() >= 2 && ids.windows(2).all(met)
}

fn is_solid(words: &[Word]) -> bool {
    let sure = words.iter().filter(|word| likeness(&word.text) >= Likeness::Code).count();
    #[expect(clippy::cast_precision_loss, reason = "words of a line")]
    let share = sure as f64 / words.len().max(1) as f64;
    words.len() >= SOLID_WORDS && share >= SOLID_SHARE
}

fn likeness(text: &str) -> Likeness {
    let token = Token::of(text);
    match token.kind {
        Kind::Marks => Likeness::None,
        Kind::Number | Kind::Roman => Likeness::Word,
        Kind::Code => code(token.core),
        Kind::Letters(_) => {
            let folded = token.folded().unwrap_or_default();
            if bigram::embedded().id(&folded).is_some() {
                Likeness::Word
            } else if rescore::could_be_syllable(&token.bare())
                || could_be_two(&token.bare())
            {
                Likeness::Possible
            } else if is_abbreviation(token.core) {
                Likeness::Code
            } else {
                Likeness::None
            }
        }
    }
}

/// Letters of the shortest word that is taken for two syllables glued together.
const GLUED: usize = 6;

/// Whether letters without diacritics could be those of two syllables.
fn could_be_two(bare: &str) -> bool {
    bare.len() >= GLUED
        && (2..bare.len() - 1).any(|seam| {
            bare.split_at_checked(seam).is_some_and(|(first, second)| {
                rescore::could_be_syllable(first) && rescore::could_be_syllable(second)
            })
        })
}

/// A code has a digit or a mark that codes have, an address its at or dots.
fn code(core: &str) -> Likeness {
    // `§` is an eight that a rule puts back later.
    let is_mark = |c: char| "/⁄∕-.&@_:+%§".contains(c);
    let all = core.chars().all(|c| c.is_alphanumeric() || is_mark(c));
    let parts = core.split(is_mark).filter(|part| !part.is_empty());
    let has_sense = |part: &str| {
        part.chars().all(|c| c.is_ascii_digit())
            || is_abbreviation(part)
            || rescore::could_be_syllable(&Token::of(part).bare())
    };
    let sense = parts.clone().filter(|part| has_sense(part)).count();
    if all && sense * 2 >= parts.count() { Likeness::Code } else { Likeness::None }
}

/// Two to eight capitals, `TTg` and the like, digits behind.
fn is_abbreviation(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let count = text.chars().count();
    (2..=8).contains(&count) && capitals * 3 >= count * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rect;

    fn line(words: &[(&str, f32)]) -> Line {
        let word = |(at, (text, confidence)): (usize, &(&str, f32))| {
            let left = 100.0 * at as f64;
            let place = Rect { left, top: 0.0, right: left + 80.0, bottom: 30.0 };
            Word::new((*text).to_owned(), place, *confidence)
        };
        Line { words: words.iter().enumerate().map(word).collect(), ..Line::default() }
    }

    fn filtered(words: &[(&str, f32)]) -> (String, String) {
        page(vec![line(words)])
    }

    fn page(lines: Vec<Line>) -> (String, String) {
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        filter(&mut layer);
        let text =
            |lines: &[Line]| lines.iter().map(Line::text).collect::<Vec<_>>().join("|");
        (text(&layer.lines), text(&layer.aside))
    }

    #[test]
    fn a_line_of_print_keeps_its_weak_words() {
        let words = [
            ("Căn", 92.0),
            ("cứ", 88.0),
            ("Nghị", 35.0),
            ("định", 91.0),
            ("số", 93.0),
            ("30/2020/NĐ-CP", 28.0),
        ];
        assert_eq!(filtered(&words).0, "Căn cứ Nghị định số 30/2020/NĐ-CP");
    }

    #[test]
    fn what_a_signature_was_taken_for_goes_aside() {
        let print = line(&[("Điều", 95.0), ("1", 95.0)]);
        let ink = line(&[("£—đ2ˆ", 31.0), ("fƒ#", 22.0), ("Qx", 24.0)]);
        let (kept, aside) = page(vec![print, ink]);
        assert_eq!(kept, "Điều 1");
        assert_eq!(aside, "£—đ2ˆ fƒ# Qx");
    }

    #[test]
    fn a_faint_phrase_stays_and_faint_words_that_are_none_go() {
        let print = || line(&[("Điều", 95.0), ("1", 95.0)]);
        let (kept, _) = page(vec![print(), line(&[("Như", 31.0), ("trên;", 28.0)])]);
        assert_eq!(kept, "Điều 1|Như trên;");
        let (kept, _) = page(vec![print(), line(&[("trên", 31.0), ("nhau;", 28.0)])]);
        assert_eq!(kept, "Điều 1");
    }

    #[test]
    fn of_what_went_aside_the_words_of_a_stamp_are_findable_and_ink_is_not() {
        let aside = [
            line(&[("ĐẾN", 91.0), ("Số:....", 74.0), ("118", 66.0), ("ý", 80.0)]),
            line(&[("£—đ2ˆ", 61.0), ("ƒ#", 88.0), ("Ngày", 31.0)]),
        ];
        let found: Vec<String> = findable(&aside).iter().map(Line::text).collect();
        assert_eq!(found, ["ĐẾN Số: 118"]);
    }

    #[test]
    fn the_number_behind_its_label_stays_however_it_was_read() {
        let words = [("Số:", 93.0), ("81⁄2026HĐÐKT", 27.0), ("£ƒ", 30.0)];
        assert_eq!(filtered(&words).0, "Số: 81⁄2026HĐÐKT");
        // Its label may be read worse.
        let worn = [("SỐ:", 5.0), ("3252/SVHTETDL--TH", 0.0)];
        assert_eq!(filtered(&worn).0, "3252/SVHTETDL--TH");
    }

    #[test]
    fn the_marks_of_a_line_in_capitals_are_no_line_above_it() {
        let title = line(&[("QUYỀN", 96.0), ("SỞ", 97.0), ("HỮU", 97.0)]);
        let mut marks = line(&[("3", 85.0), ("3", 76.0), ("3", 70.0)]);
        marks.words.iter_mut().for_each(|word| word.place.bottom = 5.0);
        let (kept, aside) = page(vec![marks, title]);
        assert_eq!((kept.as_str(), aside.as_str()), ("QUYỀN SỞ HỮU", "3 3 3"));
    }

    #[test]
    fn rules_and_specks_are_nothing_at_all() {
        let (kept, aside) = filtered(&[("—_—", 40.0), ("|", 50.0), ("Điều", 96.0)]);
        assert_eq!((kept.as_str(), aside.as_str()), ("Điều", ""));
    }

    #[test]
    fn a_page_with_one_faint_number_keeps_it() {
        assert_eq!(filtered(&[("7", 31.0)]).0, "7");
    }

    #[test]
    fn a_percent_sign_is_a_word() {
        assert_eq!(
            filtered(&[("đạt", 95.0), ("12,5", 92.0), ("%,", 80.0)]).0,
            "đạt 12,5 %,"
        );
    }

    #[test]
    fn a_name_a_number_and_a_foreign_word_stay() {
        for (word, confidence) in [("Hạnh", 45.0), ("17", 90.0), ("Kilogam", 91.0)] {
            let shown = [(word, confidence), ("Nguyễn", 90.0), ("Văn", 90.0)];
            assert!(filtered(&shown).0.starts_with(word), "{word}");
        }
    }
}
