//! Arrival stamps: what another office pressed on a paper when it came in.
//!
//! A frame with the receiving office's name, `ĐẾN`, and lines for number, day,
//! hour and who gets it (Nghị định 30/2020/NĐ-CP, Phụ lục IV, mẫu dấu "Đến").
//! It stands where there was room, beside the title or over the date, and a
//! recogniser reads it into the lines it lies across. It is no part of what
//! the paper says, and its number and day are not the paper's: so its words
//! go aside ([`TextLayer::aside`]), before anything is put in order.

use crate::text::columns::COLUMN_GAP;
use crate::text::fold::bare;
use crate::text::landmarks::{is_mostly_capitals, is_national};
use crate::text::{Line, TextLayer, Word};
use crate::units::Rect;

/// Stamps are pressed on this upper part of a page.
const UPPER: f64 = 0.5;
/// What belongs to a stamp lies within so many letter heights of its `ĐẾN`: to
/// both sides, above and below.
const BESIDE: f64 = 11.0;
const ABOVE: f64 = 3.2;
const BELOW: f64 = 7.0;
/// A stamp is at most this many letter heights wide.
const WIDEST: f64 = 18.0;
/// A word this sure beside `ĐẾN` makes it a word of a sentence.
const SURE: f32 = 60.0;
/// How the lines of a stamp begin, bare.
const LINES: [&str; 8] = [
    "gio",
    "ngay",
    "chuyen",
    "kinh chuyen",
    "so:",
    "so den",
    "so va ky hieu",
    "luu ho so",
];

/// Puts the words of arrival stamps aside, on a page `height` pixels high.
pub fn put_aside(layer: &mut TextLayer, height: f64) {
    let Some(letter) = layer.letter_height() else { return };
    let gap = COLUMN_GAP * letter;
    let pieces: Vec<Line> = layer.lines.iter().flat_map(|l| l.pieces(gap)).collect();
    let heads = pieces.iter().filter_map(head);
    let heads = heads.filter(|head| head.centre().1 < UPPER * height);
    let stamps: Vec<Rect> =
        heads.filter_map(|head| stamp(&pieces, head, letter)).collect();
    for stamp in stamps {
        take(layer, &stamp);
    }
}

/// The place of `ĐẾN` in a piece of a line, if it is said by itself or after
/// `CÔNG VĂN`.
fn head(piece: &Line) -> Option<Rect> {
    let words = piece.words.as_slice();
    let at = words.iter().position(|word| is_capital(word, "den"))?;
    // What was read badly beside it is what it lies across.
    let is_said = |word: &Word| {
        word.confidence >= SURE
            && word.text.chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    let is_mail = |word: &Word| is_capital(word, "van");
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    // Beside it stands the first line of the stamp, or it is read twice.
    let begins_line = |word: &Word| LINES.iter().any(|l| bare(&word.text).starts_with(l));
    let after = words.get(at + 1);
    let after = after.filter(|word| !is_capital(word, "en") && !begins_line(word));
    let alone = before.is_none_or(|word| !is_said(word) || is_mail(word))
        && !after.is_some_and(is_said);
    alone.then(|| words.get(at).map(|word| word.place))?
}

/// Whether a word is `core` in capitals, diacritics and marks apart.
fn is_capital(word: &Word, core: &str) -> bool {
    let letters: String = word.text.chars().filter(|c| c.is_alphabetic()).collect();
    !letters.contains(char::is_lowercase) && bare(&letters) == core
}

/// The stamp around `head`, if something else of one is there.
fn stamp(pieces: &[Line], head: Rect, letter: f64) -> Option<Rect> {
    let near = Rect {
        left: head.left - BESIDE * letter,
        top: head.top - ABOVE * letter,
        right: head.right + BESIDE * letter,
        bottom: head.bottom + BELOW * letter,
    };
    let motto_end = pieces.iter().filter(|piece| is_national(piece));
    let motto_end = motto_end.map(|piece| piece.place().bottom).fold(0.0, f64::max);
    let parts = pieces.iter().filter(|piece| {
        let place = piece.place();
        let is_near = near.left <= place.left
            && place.right <= near.right
            && near.top <= place.top
            && place.bottom <= near.bottom;
        let is_name = motto_end > 0.0
            && place.top > motto_end
            && place.centre().1 < head.top
            && place.left < head.right
            && head.left < place.right
            && is_mostly_capitals(piece)
            && !piece.text().contains(|c: char| c.is_ascii_digit());
        // The paper's own number stands above.
        let is_under = place.centre().1 > head.top;
        is_near && (is_name || is_under && is_line(piece))
    });
    let whole = parts.map(Line::place).reduce(Rect::union)?.union(head);
    (whole.width() <= WIDEST * letter).then_some(whole)
}

/// Whether a piece is one of the lines of a stamp. `Ngày 05 tháng 01` and
/// `Số: 05/QĐ-UBND` are the paper's own.
fn is_line(piece: &Line) -> bool {
    let text = bare(&piece.text());
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = text.strip_prefix("den ").unwrap_or(text);
    let own = text.contains("thang") || text.contains('/') && text.starts_with("so");
    !own && LINES.iter().any(|begin| text.starts_with(begin))
}

/// Moves the words within `stamp` aside.
fn take(layer: &mut TextLayer, stamp: &Rect) {
    let is_in = |word: &Word| {
        let (x, y) = word.place.centre();
        (stamp.left..=stamp.right).contains(&x) && (stamp.top..=stamp.bottom).contains(&y)
    };
    for line in &mut layer.lines {
        let words = std::mem::take(&mut line.words);
        let (stamped, rest) = words.into_iter().partition(is_in);
        line.words = rest;
        let stamped: Vec<Word> = stamped;
        if stamped.iter().any(|word| word.text.contains(char::is_alphanumeric)) {
            layer.aside.push(Line { words: stamped, ..*line });
        }
    }
    // A paragraph whose first line goes begins with its second.
    let mut begins = false;
    layer.lines.retain_mut(|line| {
        begins |= line.begins_paragraph;
        if line.words.is_empty() {
            return false;
        }
        line.begins_paragraph = std::mem::take(&mut begins);
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line at `y`: words from `x` on, 20 pixels a letter, 30 high.
    fn line(y: f64, parts: &[(f64, &str, f32)]) -> Line {
        let mut words = Vec::new();
        for (x, text, sure) in parts {
            let mut left = *x;
            for part in text.split(' ') {
                let right = left + 16.0 * part.chars().count() as f64;
                let place = Rect { left, top: y, right, bottom: y + 30.0 };
                words.push(Word::new(part.to_owned(), place, *sure));
                left = right + 10.0;
            }
        }
        Line { words, begins_paragraph: true, ..Line::default() }
    }

    fn parted(lines: Vec<Line>) -> (Vec<String>, Vec<String>) {
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        put_aside(&mut layer, 2339.0);
        let text = |lines: &[Line]| lines.iter().map(Line::text).collect();
        (text(&layer.lines), text(&layer.aside))
    }

    fn motto() -> Line {
        line(160.0, &[(850.0, "Độc lập - Tự do - Hạnh phúc", 95.0)])
    }

    #[test]
    fn a_stamp_beside_the_title_goes_aside_and_the_title_stays() {
        let (kept, aside) = parted(vec![
            motto(),
            line(220.0, &[(200.0, "Số: 729/QĐ-TTg", 90.0)]),
            line(300.0, &[(120.0, "CỔNG THÔNG TIN", 80.0)]),
            line(350.0, &[(125.0, "ĐẾN Giờ:", 95.0), (770.0, "QUYẾT ĐỊNH", 90.0)]),
            line(390.0, &[(150.0, "Ngày: 23/4", 40.0), (700.0, "Phê chuẩn", 95.0)]),
        ]);
        assert_eq!(
            kept,
            ["Độc lập - Tự do - Hạnh phúc", "Số: 729/QĐ-TTg", "QUYẾT ĐỊNH", "Phê chuẩn"]
        );
        assert_eq!(aside, ["CỔNG THÔNG TIN", "ĐẾN Giờ:", "Ngày: 23/4"]);
    }

    #[test]
    fn the_number_and_the_day_of_the_paper_stay() {
        let (kept, aside) = parted(vec![
            motto(),
            line(230.0, &[(200.0, "Số: 05/CV-UBND", 90.0)]),
            line(260.0, &[(900.0, "Ngày 05 tháng 01 năm 2026", 90.0)]),
            line(300.0, &[(220.0, "CÔNG VĂN ĐẾN", 90.0)]),
            line(340.0, &[(220.0, "Số: 118", 90.0)]),
            line(380.0, &[(220.0, "Ngày: 07/01", 90.0)]),
        ]);
        assert_eq!(kept.len(), 3);
        assert_eq!(aside, ["CÔNG VĂN ĐẾN", "Số: 118", "Ngày: 07/01"]);
    }

    #[test]
    fn a_title_with_the_word_in_it_is_no_stamp() {
        let lines = vec![
            motto(),
            line(300.0, &[(500.0, "KẾ HOẠCH", 95.0)]),
            line(340.0, &[(400.0, "PHÁT TRIỂN ĐẾN NĂM 2030", 95.0)]),
            line(380.0, &[(400.0, "VÀ TẦM NHÌN ĐẾN", 95.0)]),
            line(420.0, &[(400.0, "Ngày hội", 95.0)]),
        ];
        let before: Vec<String> = lines.iter().map(Line::text).collect();
        assert_eq!(parted(lines), (before, Vec::new()));
    }
}
