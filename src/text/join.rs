//! Words that were parted or glued where no space is, or one is.
//!
//! The number of a document is one word to whoever looks for it, also where
//! its line breaks behind a hyphen (`18/2025/TT-` and `BCT`) or a wide letter
//! left a gap (`115 /NQ-CP`). And `ngày23` and `Nhưtrên` are two. Letters and digits
//! stay as they were read; only where words end changes.

use crate::text::bigram;
use crate::text::fold::bare;
use crate::text::rescore::could_be_syllable;
use crate::text::token::{Kind, Token};
use crate::text::{Correction, TextLayer, Word};
use crate::units::Rect;

/// Words before a number, glued to it at times, bare.
const BEFORE_NUMBER: [&str; 7] = ["ngay", "thang", "nam", "dieu", "khoan", "so", "diem"];
/// The most digits of the part of a number that came off: `1 93/2025/NĐ-CP`.
const FEW_DIGITS: usize = 2;

/// Letters of the shortest syllable that is glued to another: `và`, `xã`.
const SHORT: usize = 2;
/// How often two syllables are met beside each other, that they are taken for two where
/// they make no word.
const MET: f64 = 1.5;

/// Joins and parts the words of `layer`; returns what was changed.
pub fn rejoin(layer: &mut TextLayer) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for line in &mut layer.lines {
        line.words = parted(std::mem::take(&mut line.words), &mut corrections);
        line.words = joined(std::mem::take(&mut line.words), &mut corrections);
    }
    across_lines(layer, &mut corrections);
    corrections
}

/// Parts a syllable from the number or the syllable behind it.
fn parted(words: Vec<Word>, corrections: &mut Vec<Correction>) -> Vec<Word> {
    let mut all = Vec::with_capacity(words.len());
    for word in words {
        match glued(&word.text).or_else(|| two_syllables(&word.text)) {
            Some((first, second)) => {
                let written = format!("{first} {second}");
                corrections.push(changed(&word.text, written));
                all.extend(cut(&word, first, second));
            }
            None => all.push(word),
        }
    }
    all
}

/// The two words that `ngày23` is.
fn glued(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = text.split_at_checked(at)?;
    let core = number.trim_end_matches(['.', ',', ';', ':', ')']);
    let is_number = core.chars().all(|c| c.is_ascii_digit()) && !core.is_empty();
    let is_known = BEFORE_NUMBER.contains(&bare(letters).as_str()) && !letters.is_ascii();
    (is_number && is_known).then_some((letters, number))
}

/// The two syllables that `Nhưtrên` is: it could be none itself, and they are met beside
/// each other.
fn two_syllables(text: &str) -> Option<(&str, &str)> {
    let token = Token::of(text);
    let pairs = bigram::embedded();
    if !matches!(token.kind, Kind::Letters(_)) || could_be_syllable(&token.bare()) {
        return None;
    }
    let whole = token.folded()?;
    if pairs.id(&whole).is_some() {
        return None;
    }
    let seams = token.core.char_indices().map(|(at, _)| at).skip(SHORT);
    let met = seams.filter_map(|seam| {
        let (first, second) = token.core.split_at_checked(seam)?;
        let id = |part: &str| pairs.id(&Token::of(part).folded()?);
        let met = pairs.count(id(first)?, id(second)?);
        let is_long = second.chars().count() >= SHORT;
        (is_long && met >= MET).then_some((seam, met))
    });
    let (seam, _) = met.max_by(|a, b| a.1.total_cmp(&b.1))?;
    text.split_at_checked(token.before.len() + seam)
}

/// A word cut in two where its letters let expect it.
fn cut(word: &Word, first: &str, second: &str) -> [Word; 2] {
    let count =
        |text: &str| f64::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX));
    let (a, b) = (count(first), count(second));
    let Rect { left, right, .. } = word.place;
    let width = (right - left) / (a + b + 0.5).max(1.0);
    let part = |text: &str, left: f64, right: f64, from: usize| {
        let place = Rect { left, right, ..word.place };
        let many = text.chars().count();
        let symbols = word.symbols.iter().skip(from).take(many).cloned().collect();
        Word { symbols, ..Word::new(text.to_owned(), place, word.confidence) }
    };
    [
        part(first, left, left + a * width, 0),
        part(second, right - b * width, right, first.chars().count()),
    ]
}

/// Joins the parts of a number on one line.
fn joined(words: Vec<Word>, corrections: &mut Vec<Correction>) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let before = all.len().checked_sub(2).and_then(|at| all.get(at));
        let after_so = before.is_some_and(|word| bare(&word.text).starts_with("so"));
        let Some(last) = all.last_mut().filter(|last| belong(last, &word, after_so))
        else {
            all.push(word);
            continue;
        };
        last.is_filled_in |= last.text.chars().all(|c| c.is_ascii_digit());
        let written = format!("{}{}", last.text, word.text);
        corrections.push(changed(&format!("{} {}", last.text, word.text), written));
        last.text.push_str(&word.text);
        last.place = last.place.union(word.place);
        last.confidence = last.confidence.min(word.confidence);
        last.symbols.extend(word.symbols);
    }
    all
}

/// Whether two neighbours on a line are one number.
fn belong(first: &Word, second: &Word, after_so: bool) -> bool {
    let (a, b) = (first.text.as_str(), second.text.as_str());
    let is_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let is_capital = |text: &str| text.starts_with(char::is_uppercase);
    let gap = second.place.left - first.place.right;
    let is_near = gap < 0.6 * first.place.height().max(second.place.height());
    let notation = b.strip_prefix(['/', '-']).is_some_and(|rest| {
        // `/NQ-CP`, `/2026/TT-BCT`
        is_capital(rest) || rest.split('/').nth(1).is_some_and(is_capital)
    });
    let core = b.trim_end_matches(['.', ',', ';', ':', ')']);
    match () {
        // `115 /NQ-CP`, `05/QĐ -UBND`
        () if notation && has_digit(a) && (is_digits(a) || a.contains('/')) => is_near,
        // `80- NQ/TW`, `18/2025/TT- BCT`
        () if a.ends_with('-') && has_digit(a) && is_capital(b) => {
            let number = a.trim_end_matches('-');
            is_digits(number) && b.contains('/') || number.contains('/')
        }
        // `64/2025/QH 15`
        () if a.ends_with("/QH") && has_digit(a) => is_digits(core) && core.len() <= 2,
        // `số 1 93/2025/NĐ-CP`
        () if after_so && is_digits(a) && a.len() <= FEW_DIGITS => {
            let mut parts = b.split('/');
            let number = parts.next().unwrap_or_default();
            let year = parts.next().unwrap_or_default();
            is_near
                && is_digits(number)
                && !number.is_empty()
                && is_digits(year)
                && year.len() == 4
                && parts.next().is_some_and(is_capital)
        }
        () => false,
    }
}

/// Brings the end of a number from the next line.
fn across_lines(layer: &mut TextLayer, corrections: &mut Vec<Correction>) {
    for at in 1..layer.lines.len() {
        let Some([line, next]) = layer.lines.get_mut(at - 1..=at) else { continue };
        let (Some(last), Some(first)) = (line.words.last_mut(), next.words.first())
        else {
            continue;
        };
        let is_open = last.text.ends_with('-')
            && last.text.contains('/')
            && last.text.contains(|c: char| c.is_ascii_digit());
        if is_open && is_notation(&first.text) {
            let read = format!("{} {}", last.text, first.text);
            last.text.push_str(&first.text);
            last.symbols.clear();
            corrections.push(changed(&read, last.text.clone()));
            next.words.remove(0);
        }
    }
    layer.lines.retain(|line| !line.words.is_empty());
}

/// Whether a word is the abbreviation of an agency: capitals but for one.
fn is_notation(text: &str) -> bool {
    let core = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let capitals = core.chars().filter(|c| c.is_uppercase()).count();
    core.starts_with(char::is_uppercase)
        && core.chars().all(|c| c.is_alphanumeric() || c == '-')
        && core.chars().count() <= capitals + 1
}

fn changed(read: &str, written: String) -> Correction {
    Correction { read: read.to_owned(), written, by: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Line;

    /// Words a space apart, ten pixels a letter.
    fn line(text: &str) -> Line {
        let mut left = 0.0;
        let words = text.split(' ').map(|text| {
            let right = left + 10.0 * text.chars().count() as f64;
            let place = Rect { left, top: 0.0, right, bottom: 24.0 };
            left = right + 8.0;
            Word::new(text.to_owned(), place, 90.0)
        });
        Line { words: words.collect(), ..Line::default() }
    }

    fn rejoined(lines: &[&str]) -> Vec<String> {
        let lines = lines.iter().map(|text| line(text)).collect();
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        rejoin(&mut layer);
        layer.lines.iter().map(Line::text).collect()
    }

    #[test]
    fn the_number_of_a_document_is_one_word() {
        for (read, written) in [
            ("Số: 115 /NQ-CP", "Số: 115/NQ-CP"),
            ("số 80- NQ/TW ngày", "số 80-NQ/TW ngày"),
            ("Luật số 64/2025/QH 15;", "Luật số 64/2025/QH15;"),
            ("định số 1 93/2025/NĐ-CP;", "định số 193/2025/NĐ-CP;"),
            ("số 05/QĐ -UBND của", "số 05/QĐ-UBND của"),
        ] {
            assert_eq!(rejoined(&[read]), [written]);
        }
    }

    #[test]
    fn digits_that_stood_apart_are_told() {
        let is_filled_in = |text: &str| {
            let mut layer = TextLayer { lines: vec![line(text)], ..TextLayer::default() };
            rejoin(&mut layer);
            layer.words().any(|word| word.is_filled_in)
        };
        assert!(is_filled_in("Số: 445 /NQ-CP"));
        assert!(is_filled_in("Số: 1 93/2025/NĐ-CP"));
        assert!(!is_filled_in("Số: 445/NQ-CP"));
        assert!(!is_filled_in("Số: 445/NQ -CP"));
    }

    #[test]
    fn a_number_goes_on_in_the_next_line() {
        let lines = ["Thông tư số 18/2025/TT-", "BCT ngày 13 tháng 3"];
        assert_eq!(rejoined(&lines), ["Thông tư số 18/2025/TT-BCT", "ngày 13 tháng 3"]);
    }

    #[test]
    fn two_syllables_that_stand_beside_each_other_elsewhere_are_two() {
        for (read, written) in [
            ("- Nhưtrên;", "- Như trên;"),
            ("phải cungcấp đủ", "phải cung cấp đủ"),
            ("ỦY BAN NHÂNDÂN", "ỦY BAN NHÂN DÂN"),
            ("phường, đặc khu", "phường, đặc khu"),
            ("Samsung Internet Facebook", "Samsung Internet Facebook"),
            ("nghiêng thuyền QĐUBND", "nghiêng thuyền QĐUBND"),
        ] {
            assert_eq!(rejoined(&[read]), [written]);
        }
    }

    #[test]
    fn a_word_and_its_number_are_two() {
        assert_eq!(rejoined(&["ngày23 tháng 4"]), ["ngày 23 tháng 4"]);
        assert_eq!(rejoined(&["Điều1. Phạm vi"]), ["Điều 1. Phạm vi"]);
        assert_eq!(rejoined(&["so12 QH15 A4"]), ["so12 QH15 A4"]);
    }

    #[test]
    fn what_stands_side_by_side_stays_apart() {
        for text in [
            "khoản 1 Điều 5 - Luật",
            "2026 - 2031",
            "từ 5 /10 hộ",
            "số 2 10/2025",
            "nhiệm kỳ 2025- Hà Nội",
        ] {
            assert_eq!(rejoined(&[text]), [text]);
        }
    }
}
