//! Secrecy markings: MẬT, TỐI MẬT, TUYỆT MẬT.
//!
//! State secrets must not be on a networked machine (Luật 117/2025/QH15), so
//! a marked paper is stopped before anything about it is written. The marking
//! stands alone, in capitals (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 10a); the
//! same word in running text (“bảo mật”, “bí mật kinh doanh”) is no marking.

use crate::text::fold::bare;
use crate::text::{Line, TextLayer, Word};

/// The part of the page, from the top, in which the marking has its place.
const MARKING_PART: f64 = 0.4;
/// Words farther apart than this many of their heights do not belong together.
const APART: f64 = 1.6;
/// Lines closer than this many heights may be one heading.
const HEADING: f64 = 2.5;

/// A degree of secrecy (độ mật).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// MẬT.
    Secret,
    /// TỐI MẬT.
    HighlySecret,
    /// TUYỆT MẬT.
    TopSecret,
}

/// The highest marking on a page `height` pixels high.
#[must_use]
pub fn marking(layer: &TextLayer, height: f64) -> Option<Degree> {
    let pieces: Vec<Line> = layer.lines.iter().flat_map(pieces).collect();
    pieces
        .iter()
        .filter_map(|piece| Some((piece, degree(piece, height)?)))
        .filter(|(piece, _)| !ends_a_heading(piece, &pieces))
        .map(|(_, degree)| degree)
        .max()
}

/// The highest marking in text that has no places, line by line.
#[must_use]
pub fn marking_in_text(text: &str) -> Option<Degree> {
    let is_heading = |line: &str| {
        let bare = bare(line);
        bare.ends_with(" bi") || bare == "bi" || bare.ends_with(" bao")
    };
    let mut before = "";
    let mut found = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if !is_heading(before) {
            found = found.max(degree_of(&words, true));
        }
        before = line;
    }
    found
}

/// What stands in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Framed {
    /// No marking.
    Other,
    /// Perhaps a marking, too worn to be read.
    Doubtful,
    /// A marking.
    Marked(Degree),
}

/// What else stands in frames in the head of a paper, without diacritics and spaces.
const NO_MARKINGS: [&str; 8] =
    ["khan", "thuongkhan", "hoatoc", "mau", "mauso", "mauthu", "bansao", "saoy"];

/// What these words in a frame are. Nothing but a marking, a degree of urgency or the
/// like stands framed by itself in the head of a paper, so a few letters of the long
/// markings may have been misread, and what is as short as the short one is in doubt.
#[must_use]
pub fn framed(words: &[String]) -> Framed {
    let letters = |word: &String| -> String {
        bare(word).chars().filter(|letter| letter.is_alphabetic()).collect()
    };
    let read: Vec<String> =
        words.iter().map(letters).filter(|word| !word.is_empty()).collect();
    let whole = read.concat();
    let is = |marking: &str, misread| distance(&whole, marking) <= misread;
    let last = read.last().map(String::as_str).unwrap_or_default();
    if is("tuyetmat", 2) {
        Framed::Marked(Degree::TopSecret)
    } else if is("toimat", 1) {
        Framed::Marked(Degree::HighlySecret)
    } else if ["mat", "domatmat"].contains(&whole.as_str()) {
        Framed::Marked(Degree::Secret)
    } else if whole.contains("tuyet")
        || (3..=5).contains(&last.len())
            && distance(last, "mat") <= 2
            && !NO_MARKINGS.contains(&whole.as_str())
    {
        Framed::Doubtful
    } else {
        Framed::Other
    }
}

/// How many letters must be put in, left out or exchanged to make `b` of `a`
/// (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (letter, place) in a.chars().zip(1..) {
        let mut next = vec![place];
        for (other, at) in b.iter().zip(0..) {
            let near =
                |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX);
            let changed = near(&row, at).saturating_add(usize::from(letter != *other));
            let added = near(&next, at).saturating_add(1);
            let left_out = near(&row, at + 1).saturating_add(1);
            next.push(changed.min(added).min(left_out));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// A line cut where its words stand apart.
fn pieces(line: &Line) -> Vec<Line> {
    let together = |a: &Word, b: &Word| {
        b.place.left - a.place.right <= APART * a.place.height().max(1.0)
    };
    let parts = line.words.chunk_by(together);
    parts.map(|words| Line { words: words.to_vec(), ..line.clone() }).collect()
}

/// The marking that this piece of a line is, standing alone.
fn degree(piece: &Line, height: f64) -> Option<Degree> {
    let (_, y) = piece.place().centre();
    let words: Vec<&str> = piece.words.iter().map(|word| word.text.as_str()).collect();
    degree_of(&words, y < MARKING_PART * height)
}

/// The marking that these words are. Where a marking has its place, the
/// other tones a recogniser makes of `Ậ` count as well.
fn degree_of(words: &[&str], in_place: bool) -> Option<Degree> {
    let letters =
        |word: &&str| -> String { word.chars().filter(|c| c.is_alphabetic()).collect() };
    let words: Vec<String> =
        words.iter().map(letters).filter(|word| !word.is_empty()).collect();
    if words.iter().any(|word| word.chars().any(char::is_lowercase)) {
        return None;
    }
    let secret = words.last()?;
    let exact = ["MẬT", "MÂT", "MẠT", "MAT"].contains(&secret.as_str());
    let is_secret = exact || in_place && bare(secret) == "mat";
    if !is_secret {
        return None;
    }
    let before: Vec<String> =
        words.iter().take(words.len() - 1).map(|word| bare(word)).collect();
    match before.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] | ["do", "mat"] => Some(Degree::Secret),
        ["toi"] | ["do", "mat", "toi"] => Some(Degree::HighlySecret),
        ["tuyet"] | ["do", "mat", "tuyet"] => Some(Degree::TopSecret),
        _ => None,
    }
}

/// Whether the piece only ends a heading in capitals: `… BẢO VỆ BÍ` / `MẬT`.
fn ends_a_heading(piece: &Line, pieces: &[Line]) -> bool {
    let place = piece.place();
    pieces.iter().any(|other| {
        let above = other.place();
        let step = place.top - above.bottom;
        let near = (-0.3..HEADING).contains(&(step / place.height().max(1.0)));
        let text = bare(&other.text());
        near && above.left < place.right
            && place.left < above.right
            && (text.ends_with(" bi") || text == "bi" || text.ends_with(" bao"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rect;

    fn page(lines: &[(f64, f64, &str)]) -> TextLayer {
        let line = |&(x, y, text): &(f64, f64, &str)| {
            let mut left = x;
            let words = text.split(' ').map(|part| {
                let right = left + 20.0 * part.chars().count() as f64;
                let place = Rect { left, top: y, right, bottom: y + 30.0 };
                left = right + 12.0;
                Word::new(part.to_owned(), place, 90.0)
            });
            Line { words: words.collect(), ..Line::default() }
        };
        TextLayer { lines: lines.iter().map(line).collect(), ..TextLayer::default() }
    }

    fn found(lines: &[(f64, f64, &str)]) -> Option<Degree> {
        marking(&page(lines), 2339.0)
    }

    #[test]
    fn the_three_markings_are_found_with_their_boxes() {
        assert_eq!(found(&[(200.0, 300.0, "MẬT")]), Some(Degree::Secret));
        assert_eq!(found(&[(200.0, 300.0, "|TỐI MẬT|")]), Some(Degree::HighlySecret));
        assert_eq!(found(&[(200.0, 300.0, "TUYỆT MẶT")]), Some(Degree::TopSecret));
        assert_eq!(found(&[(200.0, 300.0, "Độ mật: MẬT")]), None);
        assert_eq!(found(&[(200.0, 300.0, "ĐỘ MẬT: MẬT")]), Some(Degree::Secret));
    }

    #[test]
    fn a_framed_marking_may_be_misread_and_urgency_is_none() {
        let found = |words: &[&str]| {
            framed(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
        };
        let marked = Framed::Marked;
        assert_eq!(found(&["MẶT"]), marked(Degree::Secret));
        assert_eq!(found(&["|", "TỐI", "MAT", "|"]), marked(Degree::HighlySecret));
        assert_eq!(found(&["TUYẸT", "MAI"]), marked(Degree::TopSecret));
        assert_eq!(found(&["TUYETMÁT"]), marked(Degree::TopSecret));
        assert_eq!(found(&["AIÁT"]), Framed::Doubtful);
        assert_eq!(found(&["Số:", "TUYẾT", "UBND"]), Framed::Doubtful);
        for other in ["KHẨN", "HỎA TỐC", "THƯỢNG KHẨN", "MẪU", "BẢN SAO", "Mẫu số 01", ""]
        {
            let words: Vec<&str> = other.split(' ').collect();
            assert_eq!(found(&words), Framed::Other, "{other}");
        }
    }

    #[test]
    fn a_marking_beside_the_other_column_is_found() {
        let mut layer = page(&[(200.0, 300.0, "MẬT"), (900.0, 300.0, "Hà Nội, ngày 5")]);
        let right = layer.lines.remove(1);
        layer.lines[0].words.extend(right.words);
        assert_eq!(marking(&layer, 2339.0), Some(Degree::Secret));
    }

    #[test]
    fn the_word_in_running_text_is_no_marking() {
        for text in [
            "bảo mật",
            "BÍ MẬT KINH DOANH",
            "An toàn, bảo mật",
            "mật",
            "BẢO MẬT",
            "MẬT ONG",
        ] {
            assert_eq!(found(&[(200.0, 300.0, text)]), None, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_heading_is_no_marking() {
        let heading = [(500.0, 300.0, "QUY CHẾ BẢO VỆ BÍ"), (600.0, 340.0, "MẬT")];
        assert_eq!(found(&heading), None);
    }

    #[test]
    fn a_face_far_down_the_page_is_no_marking() {
        assert_eq!(found(&[(200.0, 2000.0, "MẶT")]), None);
        assert_eq!(found(&[(200.0, 2000.0, "MẬT")]), Some(Degree::Secret));
    }

    #[test]
    fn text_without_places_is_judged_line_by_line() {
        assert_eq!(
            marking_in_text("Số: 1/QĐ\nTỐI MẬT\nvăn bản"),
            Some(Degree::HighlySecret)
        );
        assert_eq!(marking_in_text("tài liệu bảo mật\nMật khẩu"), None);
    }
}
