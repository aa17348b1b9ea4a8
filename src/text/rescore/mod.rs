//! Words weighed against what else they could be.
//!
//! The recogniser sees letters; it does not know that `PHÓ HÀ NỘI` says
//! nothing and `PHỐ HÀ NỘI` does. Half of its errors are diacritics, and the
//! right letter is mostly among those it considered. So each syllable gets
//! the spellings that differ in diacritics only, and those it itself offers;
//! each candidate costs what its letters differ from the picture, more the
//! surer the recogniser was of the symbol; and the sequence is chosen that is
//! likeliest together with what follows what in Vietnamese ([`bigram`]).
//!
//! Guards against making sense where there is none: words that are not
//! Vietnamese syllables have no candidates; a page whose pairs of syllables are
//! mostly unknown to the table changes only under overwhelming evidence; a
//! syllable in use gives way only to one that was seen with a neighbour.
//! Digits, codes and abbreviations are untouched by construction.
//!
//! [`bigram`]: crate::text::bigram

use crate::text::bigram;
use crate::text::rescore::speller::speller;
use crate::text::token::{Kind, Token};
use crate::text::{Correction, TextLayer};

pub use crate::text::rescore::evidence::OFFERED;
pub use crate::text::rescore::letters::{Change, change};
pub use crate::text::rescore::speller::{could_be_syllable, is_syllable, spellings_of};

mod candidates;
mod evidence;
mod guard;
mod lattice;
mod letters;
mod speller;

/// The most rounds in which unproven changes are taken back.
const ROUNDS: usize = 12;

/// Weighs every word of `layer` and changes those that others beat. Returns
/// what was changed, in reading order.
pub fn rescore(layer: &mut TextLayer) -> Vec<Correction> {
    let pairs = bigram::embedded();
    let mut slots = candidates::slots(layer, speller(), pairs);
    guard::ask(&mut slots, pairs);
    let steps = lattice::steps(&slots, pairs);
    let mut choice = lattice::best(&slots, &steps);
    for _ in 0..ROUNDS {
        if !guard::take_back(&mut slots, &choice, pairs) {
            break;
        }
        choice = lattice::best(&slots, &steps);
    }
    let mut corrections = Vec::new();
    let words = layer.lines.iter_mut().flat_map(|line| &mut line.words);
    for ((word, slot), taken) in words.zip(&slots).zip(&choice) {
        if taken.index == 0 {
            continue;
        }
        let Some(candidate) = slot.candidates.get(taken.index) else { continue };
        let read = word.text.clone();
        let token = Token::of(&read);
        let case = match token.kind {
            Kind::Letters(case) => case,
            Kind::Number | Kind::Roman | Kind::Code | Kind::Marks => continue,
        };
        let written = case.apply(&candidate.spelling);
        word.text = format!("{}{written}{}", token.before, token.after);
        let written = word.text.clone();
        let by = Some((taken.won_by * 100.0).round() / 100.0);
        corrections.push(Correction { read, written, by });
    }
    corrections
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Choice, Line, Symbol, Word};
    use crate::units::Rect;

    /// A line of words read with `confidence` in each symbol.
    fn layer(text: &str, confidence: f32) -> TextLayer {
        let word = |text: &str| {
            let symbol =
                |c: char| Symbol { text: c.to_string(), confidence, choices: Vec::new() };
            let word = Word::new(text.to_owned(), Rect::default(), confidence);
            Word { symbols: text.chars().map(symbol).collect(), ..word }
        };
        let words = text.split(' ').map(word).collect();
        let line = Line { words, begins_paragraph: true, ..Line::default() };
        TextLayer { lines: vec![line], ..TextLayer::default() }
    }

    fn rescored(text: &str, confidence: f32) -> String {
        let mut layer = layer(text, confidence);
        rescore(&mut layer);
        layer.lines[0].text()
    }

    #[test]
    fn a_missing_hat_is_put_back_where_the_language_wants_it() {
        let read = "Ủy ban nhân dân thành phó ban hành Quyết định về việc tổ chức";
        let right = "Ủy ban nhân dân thành phố ban hành Quyết định về việc tổ chức";
        assert_eq!(rescored(read, 98.2), right);
    }

    #[test]
    fn what_was_changed_is_told_with_its_lead() {
        let mut layer =
            layer("Ủy ban nhân dân thành phó, tổ chức thực hiện theo quy định", 98.0);
        let changed = rescore(&mut layer);
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].read.as_str(), changed[0].written.as_str()),
            ("phó,", "phố,")
        );
        assert!(changed[0].by.unwrap() > 0.0);
    }

    #[test]
    fn a_name_that_was_never_seen_stays() {
        let read = "Ủy ban nhân dân xã Yên Mỗ tổ chức thực hiện theo quy định";
        assert_eq!(rescored(read, 99.0), read);
    }

    #[test]
    fn capitals_alone_are_a_code_and_capitals_among_their_like_a_heading() {
        let read = "Thửa đất số 5 LUC diện tích 520 mét thuộc PHU LUC kèm theo";
        let written = "Thửa đất số 5 LUC diện tích 520 mét thuộc PHỤ LỤC kèm theo";
        assert_eq!(rescored(read, 95.0), written);
    }

    #[test]
    fn sure_symbols_stay_against_the_language() {
        let read = "Ủy ban nhân dân thành phó ban hành Quyết định về việc tổ chức";
        assert_eq!(rescored(read, 99.9), read);
    }

    #[test]
    fn digits_codes_and_abbreviations_are_never_touched() {
        let read = "Số 1O/QĐ-UBND ngày 5 thang 3 UBND TTg QH15 2O25 A4 XIV";
        let after = rescored(read, 50.0);
        for word in ["1O/QĐ-UBND", "5", "3", "UBND", "TTg", "QH15", "2O25", "A4", "XIV"]
        {
            assert!(after.split(' ').any(|w| w == word), "{word} in {after}");
        }
    }

    #[test]
    fn a_page_in_no_known_language_is_left_alone_unless_misread() {
        let read = "the quick fox ran home to see an old man do it";
        assert_eq!(rescored(read, 97.0), read);
    }

    #[test]
    fn a_letter_the_recogniser_considered_is_a_candidate() {
        let mut layer =
            layer("thực hiện nhiệm vụ phát triền kinh tế xã hội của địa phương", 99.0);
        let symbol = &mut layer.lines[0].words[5].symbols[3];
        assert_eq!(symbol.text, "ề");
        symbol.confidence = 80.0;
        symbol.choices = vec![Choice { text: "ể".to_owned(), confidence: 15.0 }];
        rescore(&mut layer);
        assert_eq!(layer.lines[0].words[5].text, "triển");
    }
}
