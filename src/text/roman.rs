//! Roman numerals two strokes of which were read as one letter: `Quý H` is `Quý II`.
//!
//! `H` is no numeral, and where a numeral must stand it can be nothing but two strokes
//! with a speck between them. Elsewhere the same letters are names and abbreviations
//! and stay.

use crate::text::token::{Case, Kind, Token};
use crate::text::{Correction, TextLayer, Word};

/// Behind these a numeral stands, in lower case.
const BEFORE: [&str; 12] = [
    "thứ", "quý", "quí", "khóa", "khoá", "chương", "phần", "lục", "kỳ", "hạng", "cấp",
    "đợt",
];
/// No numeral of a heading or of a term is longer.
const LONGEST: usize = 6;

/// Writes numerals of `layer` as they must be; returns what was changed.
pub(crate) fn repair(layer: &mut TextLayer) -> Vec<Correction> {
    let lettered = layer.lines.iter().any(|line| {
        let first = line.words.first().map_or("", |word| word.text.as_str());
        matches!(first, "A." | "B." | "D." | "E." | "G.")
    });
    let mut corrections = Vec::new();
    for line in &mut layer.lines {
        for at in 0..line.words.len() {
            let before = at.checked_sub(1).and_then(|at| line.words.get(at));
            let is_counted = before.is_some_and(|word| {
                let token = Token::of(&word.text);
                token.after.is_empty()
                    && BEFORE.contains(&token.core.to_lowercase().as_str())
            });
            let is_heading = at == 0
                && !lettered
                && line.words.get(1).is_some_and(is_capitals)
                && line.words.first().is_some_and(|word| word.text.ends_with('.'));
            let Some(word) = line.words.get_mut(at).filter(|_| is_counted || is_heading)
            else {
                continue;
            };
            if let Some(written) = numeral(&word.text) {
                corrections.push(word.write(written));
            }
        }
    }
    corrections
}

/// Whether a word is in capitals, as headings of parts are.
fn is_capitals(word: &Word) -> bool {
    let token = Token::of(&word.text);
    // `XH` is an abbreviation, `CƠ` a word.
    let is_word = token.core.chars().count() > 2 || !token.core.is_ascii();
    token.kind == Kind::Letters(Case::Upper) && is_word
}

/// The numeral that a word must be where one stands: `IH.` is `III.`, `H/2026` is
/// `II/2026`; `None` if it is one as it is, or can be none.
fn numeral(word: &str) -> Option<String> {
    let start = word.find(char::is_alphanumeric)?;
    let (before, rest) = word.split_at_checked(start)?;
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (core, after) = rest.split_at_checked(end)?;
    let is_alike = |c: char| matches!(c, 'H' | 'I' | 'V' | 'X' | '1' | 'l');
    // Ones alone are Arabic.
    let is_roman = core.contains(['H', 'I', 'V', 'X']) && core.chars().all(is_alike);
    if !is_roman || !core.contains(['H', '1', 'l']) || core.len() > LONGEST {
        return None;
    }
    let spelt = core.replace('H', "II").replace(['1', 'l'], "I");
    is_numeral(&spelt).then(|| format!("{before}{spelt}{after}"))
}

/// Whether letters are a numeral below forty.
fn is_numeral(letters: &str) -> bool {
    let ones = letters.trim_start_matches('X');
    letters.len() - ones.len() <= 3
        && matches!(
            ones,
            "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Line;
    use crate::units::Rect;

    fn repaired(text: &str) -> String {
        let word = |text: &str| Word::new(text.to_owned(), Rect::default(), 90.0);
        let line = |text: &str| Line {
            words: text.split(' ').map(word).collect(),
            ..Line::default()
        };
        let lines = text.split('\n').map(line).collect();
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        repair(&mut layer);
        layer.text().trim_end().to_owned()
    }

    #[test]
    fn strokes_read_as_one_letter_are_two_where_a_numeral_stands() {
        for (read, written) in [
            ("lần thứ H, năm 2026", "lần thứ II, năm 2026"),
            ("Báo cáo quý H/2026", "Báo cáo quý II/2026"),
            ("khóa XIH kỳ họp", "khóa XIII kỳ họp"),
            ("H. CƠ QUAN CHỈ ĐẠO", "II. CƠ QUAN CHỈ ĐẠO"),
            ("IH. CHỦ ĐỀ", "III. CHỦ ĐỀ"),
            ("1V. TỔ CHỨC", "IV. TỔ CHỨC"),
            ("Phụ lục HI kèm theo", "Phụ lục III kèm theo"),
        ] {
            assert_eq!(repaired(read), written);
        }
    }

    #[test]
    fn the_same_letters_stay_elsewhere() {
        for text in [
            "Bà Nguyễn Thị H. trú tại",
            "điểm H khoản 2",
            "VH. XH và KT",
            "lần thứ 11",
            "thứ nhất, HH",
            "G. KẾT LUẬN\nH. PHỤ LỤC",
            "H. và những người khác",
            "thứ HVH",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
