//! Slips of recognisers that a rule undoes, without weighing anything.
//!
//! Only what can be nothing else: a foreign letter that looks like `Đ`, a
//! letter among digits, an abbreviation whose stroke became a letter, the mark
//! at the end of a ground. A digit is never changed into another.

use crate::text::fold::bare;
use crate::text::landmarks;
use crate::text::rescore::is_syllable;
use crate::text::token::{Case, Kind, Token};
use crate::text::{Correction, Line, TextLayer, Word, roman};

/// How the grounds of a decision begin (Nghị định 30/2020/NĐ-CP, Phụ lục I,
/// Phần II, I.6), bare.
const GROUNDS: [&str; 5] =
    ["can cu", "theo de nghi", "xet de nghi", "thuc hien", "tren co so"];
/// What may follow the last ground that ends in a semicolon.
const AFTER_GROUNDS: [&str; 2] = ["bo truong", "thu tuong"];

/// Abbreviations with a stroke, as they are misread and as they are written.
const STROKES: [(&str, &str); 4] =
    [("Địc", "Đ/c"), ("địc", "đ/c"), ("bíc", "b/c"), ("Vív", "V/v")];

/// What recognisers make of `LUC`, the sign of rice land in land registers: a word that
/// they know.
const RICE_LAND: (&str, &str) = ("LÚC", "LUC");

/// Repairs the words of `layer`; returns what was changed, in reading order.
pub fn repair(layer: &mut TextLayer) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for line in &mut layer.lines {
        let mut is_first = true;
        // What bears the document's own number is looked at again instead.
        let is_own = landmarks::is_number(line);
        corrections.extend(rice_land(line));
        for word in &mut line.words {
            let act = if is_own { None } else { act(&word.text) };
            if let Some(written) = act.or_else(|| repaired(&word.text, is_first)) {
                corrections.push(word.write(written));
            }
            is_first = false;
        }
    }
    end_grounds(layer, &mut corrections);
    corrections.extend(roman::repair(layer));
    corrections
}

/// Writes the sign of rice land where it stands by itself: a heading in capitals has
/// other words in capitals.
fn rice_land(line: &mut Line) -> Option<Correction> {
    let (read, written) = RICE_LAND;
    let is_capitals = |word: &&Word| {
        let token = Token::of(&word.text);
        token.kind == Kind::Letters(Case::Upper) && token.core.chars().count() > 1
    };
    if line.words.len() < 2 || line.words.iter().filter(is_capitals).count() > 1 {
        return None;
    }
    let word = line.words.iter_mut().find(|word| Token::of(&word.text).core == read)?;
    let spelt = word.text.replacen(read, written, 1);
    Some(word.write(spelt))
}

/// The word as it must be, if that differs.
fn repaired(word: &str, begins_line: bool) -> Option<String> {
    let mut text: String = word
        .chars()
        .map(|c| match c {
            // U+00D0 and U+00F0 are Icelandic.
            '\u{d0}' => 'Đ',
            '\u{f0}' => 'đ',
            other => other,
        })
        .collect();
    for (read, written) in STROKES {
        let rest = text.strip_prefix(read);
        if rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic)) {
            text = text.replacen(read, written, 1);
        }
    }
    if begins_line && ["V/", "VW", "V/w", "Vw"].contains(&text.as_str()) {
        "V/v".clone_into(&mut text);
    }
    text = square(&stroke(&text));
    text = one_case(&text);
    text = digits(&text);
    text = sections(&text);
    text = assembly(&text).unwrap_or(text);
    (text != word).then_some(text)
}

/// The stroke of a fraction before a capital is that of a notation: `25⁄NQ`. Before
/// a digit it may be a digit itself.
fn stroke(text: &str) -> String {
    let next = text.chars().skip(1).map(Some).chain([None]);
    let each = text.chars().zip(next).map(|(c, next)| {
        let is_stroke = matches!(c, '\u{2044}' | '\u{2215}');
        if is_stroke && next.is_some_and(char::is_uppercase) { '/' } else { c }
    });
    each.collect()
}

/// A raised two that was read as a question mark: `m?` and `(m?)` are areas.
fn square(text: &str) -> String {
    let core = text.trim_start_matches('(').trim_end_matches([')', ';', ',', '.']);
    let is_area = ["m?", "km?", "cm?", "dm?", "mˆ"].contains(&core);
    if is_area { text.replacen(['?', 'ˆ'], "²", 1) } else { text.to_owned() }
}

/// A syllable is small, capital or has a capital first: `gỠ` is `gỡ`,
/// `QUYếT` is `QUYẾT`.
fn one_case(text: &str) -> String {
    let token = Token::of(text);
    let letters = token.core.chars().count();
    let capitals = token.core.chars().filter(|c| c.is_uppercase()).count();
    let lower = token.core.to_lowercase();
    let first_small = token.core.starts_with(char::is_lowercase);
    let is_odd = token.kind == Kind::Code
        && capitals > 0
        && token.core.chars().all(char::is_alphabetic)
        && (2..=8).contains(&letters)
        && !token.core.is_ascii()
        && is_syllable(&lower);
    if !is_odd {
        return text.to_owned();
    }
    let case = match (first_small, capitals * 2 > letters) {
        (true, false) => Case::Lower,
        (false, true) if letters > 2 => Case::Upper,
        (false, false) => Case::Title,
        (true | false, true) => return text.to_owned(),
    };
    format!("{}{}{}", token.before, case.apply(&lower), token.after)
}

/// `l`, `I`, `|` and `]` are ones in a word that else is digits.
fn digits(text: &str) -> String {
    let is_one = |c: char| matches!(c, 'l' | 'I' | '|' | ']');
    let core = text.trim_end_matches(['.', ',', ';', ':', ')']);
    let count = core.chars().filter(char::is_ascii_digit).count();
    let ones = core.chars().filter(|c| is_one(*c)).count();
    // `[1]` is a reference, `(1]` a slip that stays.
    let is_whole = count + ones == core.chars().count() && !core.starts_with(']');
    if count == 0 || ones == 0 || ones > count || !is_whole {
        return text.to_owned();
    }
    text.chars().map(|c| if is_one(c) { '1' } else { c }).collect()
}

/// `§` beside a digit, a stroke or a dash is an eight, and before a vowel with marks
/// at the beginning of a word the capital that it looks like: `§ố:`.
fn sections(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    if let [first, second, ..] = letters.as_slice()
        && *first == '§'
        && second.is_alphabetic()
        && !second.is_ascii()
    {
        return text.replacen('§', "S", 1);
    }
    let is_near = |c: Option<&char>| {
        c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '/' | '-'))
    };
    let each = letters.iter().enumerate().map(|(at, c)| {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let beside = is_near(before) || is_near(letters.get(at + 1));
        if *c == '§' && beside { '8' } else { *c }
    });
    each.collect()
}

/// `20250H15` and `2025/0H15` are acts of the fifteenth National Assembly:
/// `2025/QH15`.
fn assembly(text: &str) -> Option<String> {
    let at = text.find("0H").or_else(|| text.find("OH"))?;
    let (before, rest) = text.split_at_checked(at)?;
    let number = rest.get(2..)?;
    let year = before.strip_suffix('/').unwrap_or(before);
    let (lead, year) = year.split_at_checked(year.len().checked_sub(4)?)?;
    let is_year = year.chars().all(|c| c.is_ascii_digit())
        && (year.starts_with("19") || year.starts_with("20"))
        && (lead.is_empty() || lead.ends_with('/'));
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    (is_year && is_number).then(|| format!("{lead}{year}/QH{number}"))
}

/// `29I2025ITT-BTP` and `29/2025ITT-BTP` are acts of which a stroke was read as a letter:
/// a year stands between two, and behind them what no digit begins.
fn act(text: &str) -> Option<String> {
    let is_stroke = |c: char| matches!(c, 'I' | 'l' | '|');
    let (number, rest) = text.split_once(|c| is_stroke(c) || c == '/')?;
    let (year, kind) = rest.split_once(is_stroke)?;
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let is_act = matches!(number.len(), 1..=4)
        && is_digits(number)
        && year.len() == 4
        && is_digits(year)
        && (year.starts_with("19") || year.starts_with("20"))
        && kind.starts_with(char::is_uppercase)
        && (kind.contains('-') || kind.starts_with("QH"));
    is_act.then(|| format!("{number}/{year}/{kind}"))
}

/// A ground that ends in a comma before the next one ends in a semicolon.
fn end_grounds(layer: &mut TextLayer, corrections: &mut Vec<Correction>) {
    let begins = |line: &Line, phrases: &[&str]| {
        let first: Vec<&str> =
            line.words.iter().take(4).map(|word| word.text.as_str()).collect();
        let is_capital = first.first().is_some_and(|w| w.starts_with(char::is_uppercase));
        let text = bare(&first.join(" "));
        is_capital && phrases.iter().any(|phrase| text.starts_with(phrase))
    };
    let mut in_ground = false;
    for at in 0..layer.lines.len() {
        let follows = layer
            .lines
            .get(at + 1)
            .is_some_and(|next| begins(next, &GROUNDS) || begins(next, &AFTER_GROUNDS));
        let Some(line) = layer.lines.get_mut(at) else { break };
        if begins(line, &GROUNDS) {
            in_ground = true;
        }
        let Some(word) = line.words.last_mut().filter(|_| in_ground && follows) else {
            continue;
        };
        if let Some(text) = word.text.strip_suffix(',') {
            let written = format!("{text};");
            let read = std::mem::replace(&mut word.text, written.clone());
            corrections.push(Correction { read, written, by: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Rect;

    fn word(text: &str) -> String {
        repaired(text, false).unwrap_or_else(|| text.to_owned())
    }

    fn layer(lines: &[&str]) -> TextLayer {
        let word = |text: &str| Word::new(text.to_owned(), Rect::default(), 90.0);
        let line = |text: &&str| Line {
            words: text.split(' ').map(word).collect(),
            ..Line::default()
        };
        TextLayer { lines: lines.iter().map(line).collect(), ..TextLayer::default() }
    }

    #[test]
    fn the_sign_of_rice_land_is_no_word_of_a_heading() {
        let mut page = layer(&["02 Đào Kỳ Bình 547,3 LÚC Đủ", "LÚC 7 GIỜ", "LÚC"]);
        let changed = repair(&mut page);
        assert_eq!(changed.len(), 1);
        let first = page.lines.first().map(Line::text);
        assert_eq!(first.as_deref(), Some("02 Đào Kỳ Bình 547,3 LUC Đủ"));
    }

    #[test]
    fn look_alikes_become_what_they_stand_for() {
        for (read, written) in [
            ("Ðiều", "Điều"),
            ("2l", "21"),
            ("1],", "11,"),
            ("§/2025", "8/2025"),
            ("72/20250H15", "72/2025/QH15"),
            ("80/2015/0H13,", "80/2015/QH13,"),
            ("(Địc", "(Địc"),
            ("bíc);", "b/c);"),
            ("gỠ,", "gỡ,"),
            ("25⁄NQ-HĐND", "25/NQ-HĐND"),
            ("(m?)", "(m²)"),
            ("QUYếT", "QUYẾT"),
            ("§ố:/KH-UBND", "Số:/KH-UBND"),
            ("§Ở", "SỞ"),
        ] {
            assert_eq!(word(read), written);
        }
    }

    #[test]
    fn what_may_be_right_stays() {
        for text in [
            "II", "I.1", "lI", "A]", "§", "§ 5", "OH", "0H", "bích", "l", "12", "TTg",
            "HĐND", "QĐ", "1⁄2", "19⁄3", "gì?", "làm?",
        ] {
            assert_eq!(word(text), text);
        }
    }

    #[test]
    fn strokes_of_an_act_are_told_from_letters_by_the_year_between_them() {
        let number = "Số: 29I2025ITT-BTP";
        let mut layer = layer(&["Thông tư số 29I2025ITT-BTP, Luật 31/2024lQH15", number]);
        let changed = repair(&mut layer);
        assert_eq!(changed.len(), 2);
        assert_eq!(
            layer.lines[0].text(),
            "Thông tư số 29/2025/TT-BTP, Luật 31/2024/QH15"
        );
        // The document's own number is never made sound by a rule.
        assert_eq!(layer.lines[1].text(), number);
        for text in ["29I2025", "29I3025ITT-BTP", "II2025ITT", "29I2025I1-BTP"] {
            assert_eq!(act(text), None, "{text}");
        }
    }

    #[test]
    fn a_ground_before_another_ends_in_a_semicolon() {
        let mut layer = layer(&[
            "Căn cứ Luật Đất đai ngày 18 tháng 01,",
            "năm 2024,",
            "Căn cứ Nghị định số 102/2024/NĐ-CP,",
            "Điều 1. Phê duyệt,",
        ]);
        let changed = repair(&mut layer);
        assert_eq!(changed.len(), 1);
        assert_eq!(layer.lines[1].text(), "năm 2024;");
        assert_eq!(layer.lines[3].text(), "Điều 1. Phê duyệt,");
    }
}
