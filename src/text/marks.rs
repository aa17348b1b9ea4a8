//! Marks that specks and small print make of each other.
//!
//! A dash before an item becomes `~`, a comma with its tail cut becomes a
//! point, a speck beside a word a brace. Only what can be nothing else is
//! settled, before noise is told from words: letters and digits stay.

use crate::text::fold::bare;
use crate::text::rescore::is_syllable;
use crate::text::token::{Case, Kind, Token};
use crate::text::{Choice, Correction, Line, TextLayer, Word};

/// What a dash before an item is read as.
const LIKE_DASH: [char; 5] = ['~', '¬', '_', '=', '―'];
/// A speck beside it.
const SPECK_BESIDE: [char; 4] = ['.', ',', '\'', 'ˆ'];
/// A dash is no wider than this many letter heights, and no higher.
const DASH: (f64, f64) = (1.2, 0.6);
/// What no word of a paper ends or begins with.
const SPECKS: [char; 11] = ['}', '{', '|', '\\', '^', '~', 'ˆ', '`', '¬', '_', '¡'];
/// Under whose authority a paper is signed, where a comma stands for the point
/// (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II, II.7).
const AUTHORITY: [&str; 4] = ["KT,", "TM,", "TL,", "TUQ,"];
/// A point surer than this is one unless a comma was considered.
const SURE_POINT: f32 = 97.0;

/// Settles the marks of `layer`; returns what was changed, in reading order.
pub fn settle(layer: &mut TextLayer) -> Vec<Correction> {
    let Some(letter) = layer.letter_height() else { return Vec::new() };
    let mut corrections = Vec::new();
    let dashes = dashes(layer);
    for line in &mut layer.lines {
        leading_dash(line, letter, &dashes, &mut corrections);
        let closed = line.words.iter().any(|w| w.text.ends_with(['\'', '’']));
        for word in &mut line.words {
            without_specks(word, closed, &mut corrections);
        }
        authority(line, &mut corrections);
        leaders(line, &mut corrections);
        points_within(line, &mut corrections);
    }
    corrections
}

/// Writes `text` for the word, and says so.
fn rewrite(word: &mut Word, text: String, corrections: &mut Vec<Correction>) {
    let read = std::mem::replace(&mut word.text, text.clone());
    corrections.push(Correction { read, written: text, by: None });
}

/// Where lines begin with a dash.
fn dashes(layer: &TextLayer) -> Vec<f64> {
    let first = layer.lines.iter().filter_map(|line| line.words.first());
    first.filter(|word| is_dash(&word.text)).map(|word| word.place.left).collect()
}

/// Whether a word is a dash, with a speck beside it at most.
fn is_dash(text: &str) -> bool {
    let is_dash = |c: char| LIKE_DASH.contains(&c) || "-—–".contains(c);
    text.chars().any(is_dash)
        && text.chars().all(|c| is_dash(c) || SPECK_BESIDE.contains(&c))
}

/// A mark like a dash before an item of a list is one; in a list, below or above
/// another, one that was hardly read too.
fn leading_dash(
    line: &mut Line,
    letter: f64,
    dashes: &[f64],
    corrections: &mut Vec<Correction>,
) {
    let [first, second, ..] = line.words.as_mut_slice() else { return };
    let place = first.place;
    let fits = place.width() < DASH.0 * letter && place.height() < DASH.1 * letter;
    if !is_dash(&first.text) || !fits || !second.text.starts_with(char::is_alphabetic) {
        return;
    }
    let is_plain = matches!(first.text.as_str(), "-" | "–" | "—");
    let near = dashes.iter().filter(|x| (place.left - **x).abs() < ALIGNED * letter);
    if is_plain && near.count() < 2 {
        return; // a speck beside the line may be read as one
    }
    if !is_plain {
        rewrite(first, "-".to_owned(), corrections);
        first.symbols.clear();
    }
    first.confidence = first.confidence.max(LEAST_DASH);
}

/// Dashes of one list stand below each other this exactly, in letter heights.
const ALIGNED: f64 = 1.0;
/// As sure as a dash whose form and place say what it is.
const LEAST_DASH: f32 = 60.0;

/// Takes specks off the ends of a word of letters; a single quotation mark that
/// nothing on its line closes (`closed`) is one.
fn without_specks(word: &mut Word, closed: bool, corrections: &mut Vec<Correction>) {
    let token = Token::of(&word.text);
    if !matches!(token.kind, Kind::Letters(_)) || token.core.chars().count() < 2 {
        return;
    }
    let is_speck = |c: char| SPECKS.contains(&c);
    let opens = |c: char| is_speck(c) || !closed && matches!(c, '\'' | '‘');
    let kept = word.text.trim_start_matches(opens).trim_end_matches(is_speck);
    let before = word.text.chars().take_while(|c| opens(*c)).count();
    let count = kept.chars().count();
    if kept == word.text {
        return;
    }
    let spelt: usize = word.symbols.iter().map(|s| s.text.chars().count()).sum();
    let is_each = spelt == word.symbols.len() && spelt == word.text.chars().count();
    let kept = kept.to_owned();
    if is_each {
        word.symbols.truncate(before + count);
        word.symbols.drain(..before);
    } else {
        word.symbols.clear();
    }
    rewrite(word, kept, corrections);
}

/// `KT, BỘ TRƯỞNG` is `KT. BỘ TRƯỞNG`.
fn authority(line: &mut Line, corrections: &mut Vec<Correction>) {
    let [first, second, ..] = line.words.as_mut_slice() else { return };
    if AUTHORITY.contains(&first.text.as_str())
        && second.text.starts_with(char::is_uppercase)
    {
        let written = first.text.replace(',', ".");
        rewrite(first, written, corrections);
    }
}

/// Takes the dots off words that a form leaves or left to be filled in: a row of
/// them behind a word, and behind a label on the line a point that might as well
/// be a stroke or a colon, which is what is left of the row under a word.
fn leaders(line: &mut Line, corrections: &mut Vec<Correction>) {
    let mut is_labelled = false;
    for word in &mut line.words {
        let has_row =
            word.text.contains(ROW) && word.text.contains(char::is_alphanumeric);
        let kept = if has_row {
            word.text.trim_matches('.').to_owned()
        } else if is_labelled && ends_in_leader(word) {
            word.text.trim_end_matches('.').to_owned()
        } else {
            word.text.clone()
        };
        // `- Lưu: VT.` ends a list and leaves nothing to be filled in.
        let is_label = kept.ends_with(':') && kept.contains(char::is_alphabetic);
        is_labelled |= is_label && bare(&kept) != "luu:";
        if kept != word.text && !kept.is_empty() {
            let is_each = word.text.starts_with(&kept)
                && word.symbols.iter().all(|s| s.text.chars().count() == 1);
            let count = if is_each { kept.chars().count() } else { 0 };
            word.symbols.truncate(count);
            rewrite(word, kept, corrections);
        }
    }
}

/// So many dots are a row to write on.
const ROW: &str = "....";

/// Whether the last point of a word is one of a row of dots below it.
fn ends_in_leader(word: &Word) -> bool {
    let Some(point) = word.symbols.last().filter(|last| last.text == ".") else {
        return false;
    };
    let is_like = |choice: &Choice| match choice.text.as_str() {
        "_" | ":" => choice.confidence >= LIKE_ROW,
        "," => choice.confidence >= LIKE_COMMA && point.confidence < SURE_POINT + 2.0,
        _ => false,
    };
    word.text.matches('.').count() == 1 && point.choices.iter().any(is_like)
}

/// What a row of dots is nearly read as, at least so nearly.
const LIKE_ROW: f32 = 30.0;
/// The same of the comma, which a single point is like as well.
const LIKE_COMMA: f32 = 55.0;

/// A point in the middle of a sentence is a comma, if the recogniser was in
/// doubt of it: small letters go on behind it.
fn points_within(line: &mut Line, corrections: &mut Vec<Correction>) {
    for at in 1..line.words.len() {
        let Some([word, next]) = line.words.get_mut(at - 1..=at) else { continue };
        let goes_on = {
            let next = Token::of(&next.text);
            next.kind == Kind::Letters(Case::Lower)
                && next.before.is_empty()
                && is_syllable(next.core)
        };
        let token = Token::of(&word.text);
        let is_end = token.after == "."
            && matches!(token.kind, Kind::Letters(Case::Lower | Case::Title))
            && token.core.chars().count() > 1
            && is_syllable(&token.core.to_lowercase())
            // `tr.` and the like have no vowel; `tp.` neither.
            && bare(token.core).contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let is_doubted = word.symbols.last().is_some_and(|symbol| {
            symbol.text == "."
                && (symbol.confidence < SURE_POINT
                    || symbol.choices.iter().any(|c| c.text == "," && c.confidence > 1.0))
        });
        if goes_on && is_end && is_doubted {
            let written = format!("{}{},", token.before, token.core);
            rewrite(word, written, corrections);
            if let Some(symbol) = word.symbols.last_mut() {
                ",".clone_into(&mut symbol.text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Symbol;
    use crate::units::Rect;

    /// Words a space apart, each letter a symbol; a point was nearly a comma.
    fn line(text: &str) -> Line {
        let mut left = 0.0;
        let words = text.split(' ').map(|text| {
            let right = left + 14.0 * text.chars().count() as f64;
            let high = if text.contains(char::is_alphanumeric) { 30.0 } else { 6.0 };
            let place = Rect { left, top: 0.0, right, bottom: high };
            left = right + 8.0;
            let symbol = |c: char| Symbol {
                text: c.to_string(),
                confidence: 98.0,
                choices: vec![Choice { text: ",".to_owned(), confidence: 30.0 }],
            };
            let symbols = text.chars().map(symbol).collect();
            Word { symbols, ..Word::new(text.to_owned(), place, 30.0) }
        });
        Line { words: words.collect(), ..Line::default() }
    }

    fn settled(text: &str) -> String {
        let mut layer = TextLayer { lines: vec![line(text)], ..TextLayer::default() };
        settle(&mut layer);
        layer.text().trim_end().to_owned()
    }

    #[test]
    fn marks_become_what_they_stand_for() {
        for (read, written) in [
            ("~ Văn phòng Chính phủ;", "- Văn phòng Chính phủ;"),
            ("¬ Ủy ban Trung ương", "- Ủy ban Trung ương"),
            ("trong kỷ} nguyên mới", "trong kỷ nguyên mới"),
            ("KT, BỘ TRƯỞNG", "KT. BỘ TRƯỞNG"),
            ("'HỢP ĐỒNG LAO ĐỘNG_", "HỢP ĐỒNG LAO ĐỘNG"),
            ("các sở. ngành và", "các sở, ngành và"),
        ] {
            assert_eq!(settled(read), written);
        }
    }

    #[test]
    fn a_dash_that_was_hardly_read_is_one_in_a_list_and_a_speck_alone() {
        let sure = |texts: &[&str]| {
            let lines = texts.iter().map(|text| line(text)).collect();
            let mut layer = TextLayer { lines, ..TextLayer::default() };
            settle(&mut layer);
            layer.lines[0].words[0].confidence
        };
        assert!(sure(&["- Sở Nội vụ;", "- Sở Tài chính;"]) >= LEAST_DASH);
        assert!(sure(&["- Quy định chi tiết", "trữ về tiêm"]) < LEAST_DASH);
    }

    #[test]
    fn what_may_be_meant_stays() {
        for text in [
            "- Lưu: VT.",
            "1 ~ 2 triệu",
            "hết. Điều",
            "tr. năm",
            "khoản 5. ngành",
            "a~b",
            "KT, giá",
            "{5}",
            "gọi là 'bên thuê' và",
        ] {
            assert_eq!(settled(text), text);
        }
    }

    #[test]
    fn dots_to_write_on_are_no_marks_of_the_words_before_them() {
        assert_eq!(settled("Ngày sinh:......... Dân tộc:....."), "Ngày sinh: Dân tộc:");
        let mut form = line("Giới tính: Nam. Quốc tịch: Lào.");
        let choice = Choice { text: "_".to_owned(), confidence: 60.0 };
        form.words[2].symbols[3].choices = vec![choice];
        let mut layer = TextLayer { lines: vec![form], ..TextLayer::default() };
        settle(&mut layer);
        assert_eq!(layer.text(), "Giới tính: Nam Quốc tịch: Lào.\n");
        assert_eq!(layer.lines[0].words[2].symbols.len(), 3);
    }

    #[test]
    fn symbols_stay_with_their_letters() {
        let mut layer =
            TextLayer { lines: vec![line("kỷ} nguyên")], ..TextLayer::default() };
        settle(&mut layer);
        assert_eq!(layer.lines[0].words[0].symbols.len(), 2);
    }
}
