//! Numbers of persons and amounts of money: checked, never kept whole.
//!
//! Identity numbers are found so that they can be checked and masked (Luật Bảo
//! vệ dữ liệu cá nhân 91/2025/QH15); an amount is of use to the record only where
//! the paper states it in words as well (`Bằng chữ: …`), for then the two can be
//! compared.

use crate::text::Word;
use crate::text::fields::Spotted;
use crate::text::fields::sheet::{Piece, Sheet, around};
use crate::text::numbers::{self, Doubt, Identifier, Personal};
use crate::time::Day;

/// An amount stated in figures and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The figures, as they were read.
    pub figures: String,
    /// Whether figures and words are one amount.
    pub doubt: Option<Doubt>,
}

/// Most numbers of persons kept of a document: a list of a commune has hundreds.
const MOST: usize = 200;

/// Numbers of persons and amounts on all pages.
pub(crate) fn on(
    sheets: &[(u32, Sheet)],
    today: Day,
) -> (Vec<Spotted<Personal>>, Vec<Spotted<Amount>>) {
    let (mut personal, mut amounts) = (Vec::new(), Vec::new());
    for (page, sheet) in sheets {
        let pieces: Vec<&Piece> =
            sheet.left.iter().chain(&sheet.right).chain(&sheet.body).collect();
        for (at, piece) in pieces.iter().enumerate() {
            personal.extend(persons(piece, today).into_iter().map(|(what, words)| {
                Spotted {
                    what,
                    page: *page,
                    place: around(&words).unwrap_or(piece.place),
                }
            }));
            let next = pieces.get(at + 1).map(|piece| piece.text.as_str());
            let above = at.checked_sub(1).and_then(|above| pieces.get(above));
            amounts.extend(amount(piece, above.copied(), next).map(|what| Spotted {
                what,
                page: *page,
                place: piece.place,
            }));
        }
    }
    personal.truncate(MOST);
    (personal, amounts)
}

/// Labels of identity numbers and of telephones, without diacritics.
const IDENTITY: [&str; 8] =
    ["can cuoc", "cccd", "cmnd", "cmtnd", "dinh danh", "chung minh", "ho chieu", "so cc"];
const TELEPHONE: [&str; 5] = ["dien thoai", "di dong", "sdt", "dt:", "tel"];

/// The numbers of persons in a line.
fn persons(piece: &Piece, today: Day) -> Vec<(Personal, Vec<Word>)> {
    let labelled =
        |labels: &[&str]| labels.iter().any(|label| piece.bare.contains(label));
    let (is_identity, is_telephone) = (labelled(&IDENTITY), labelled(&TELEPHONE));
    let mut found = Vec::new();
    for (digits, words) in runs(&piece.words) {
        let phone =
            is_telephone && digits.starts_with('0') && matches!(digits.len(), 10..=11);
        let person = match digits.len() {
            _ if phone => Personal {
                kind: Identifier::Telephone,
                masked: numbers::masked(&digits),
                doubt: None,
            },
            12 if is_identity || digits.starts_with('0') => {
                numbers::citizen(&digits, today)
            }
            9 if is_identity => Personal {
                kind: Identifier::OldCard,
                masked: numbers::masked(&digits),
                doubt: None,
            },
            // One digit lost or one too many.
            10 | 11 | 13 if is_identity => Personal {
                kind: Identifier::Citizen,
                masked: numbers::masked(&digits),
                doubt: Some(Doubt::Malformed),
            },
            _ => continue,
        };
        found.push((person, words));
    }
    found
}

/// Runs of digits in a line: one word, or neighbours that are digits only.
fn runs(words: &[Word]) -> Vec<(String, Vec<Word>)> {
    let plain = |word: &Word| -> Option<String> {
        let text = word.text.trim_matches(|c: char| !c.is_alphanumeric());
        let is_number = !text.is_empty()
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
        is_number.then(|| text.chars().filter(char::is_ascii_digit).collect())
    };
    let mut runs: Vec<(String, Vec<Word>)> = Vec::new();
    let mut open = false;
    for word in words {
        let Some(digits) = plain(word) else {
            open = false;
            continue;
        };
        match runs.last_mut().filter(|_| open) {
            // `0972 345 678`: groups of two to four.
            Some((run, of)) if digits.len() <= 4 && run.len() < 12 => {
                run.push_str(&digits);
                of.push(word.clone());
            }
            _ => runs.push((digits, vec![word.clone()])),
        }
        // A comma or a full stop ends a number.
        open = !word.text.ends_with([',', ';', '.', ')']);
    }
    runs
}

/// The amount whose words a line states.
fn amount(piece: &Piece, above: Option<&Piece>, below: Option<&str>) -> Option<Amount> {
    let at =
        ["bang chu", "viet bang chu"].iter().find_map(|label| piece.bare.find(label))?;
    let behind =
        piece.bare.get(at..)?.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
    let before = piece.bare.get(..at)?;
    let figures = |text: &str| {
        let words = text
            .split_whitespace()
            .map(|w| w.trim_matches(|c: char| !c.is_ascii_digit()));
        words
            .filter(|word| word.len() >= 4)
            .filter_map(|word| Some((word.to_owned(), numbers::amount(word)?)))
            .next_back()
    };
    let above = above.map(|piece| piece.bare.as_str()).unwrap_or_default();
    let (figures, stated) = figures(before).or_else(|| figures(above))?;
    let words = behind.trim_start_matches(|c: char| !c.is_alphanumeric());
    let whole = format!("{words} {}", below.unwrap_or_default());
    // The words may go on in the next line; a line that ends the sentence does not.
    let said = numbers::amount_in_words(words).filter(|_| words.contains("dong"));
    let said = said.or_else(|| numbers::amount_in_words(&whole));
    let doubt = (said != Some(stated)).then_some(Doubt::Contradicted);
    Some(Amount { figures, doubt })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Line;
    use crate::text::fields::sheet::piece;
    use crate::units::Rect;

    fn line(text: &str) -> Piece {
        let word = |text: &str| Word {
            text: text.to_owned(),
            place: Rect::default(),
            confidence: 90.0,
            ..Word::default()
        };
        let words = text.split(' ').map(word).collect();
        piece(&Line { words, ..Line::default() }).unwrap()
    }

    fn found(text: &str) -> Vec<(Identifier, String, bool)> {
        let today = Day::new(2026, 7, 16).unwrap();
        let persons = persons(&line(text), today).into_iter();
        persons.map(|(p, _)| (p.kind, p.masked, p.doubt.is_some())).collect()
    }

    #[test]
    fn identity_numbers_are_found_checked_and_masked() {
        let masked = "056******123".to_owned();
        assert_eq!(
            found("Số CCCD: 056090000123, cấp ngày"),
            [(Identifier::Citizen, masked, false)]
        );
        assert!(found("Số định danh: 05609000012")[0].2, "a digit is lost");
        assert_eq!(
            found("CMND số 225 123 456"),
            [(Identifier::OldCard, "225***456".into(), false)]
        );
        let phone = [(Identifier::Telephone, "097****678".into(), false)];
        assert_eq!(found("Số điện thoại: 0972 345 678"), phone);
        assert_eq!(found("Tổng cộng 12.450.000 đồng"), []);
    }

    #[test]
    fn figures_are_held_against_their_words() {
        let amount = |text| amount(&line(text), None, None).unwrap().doubt;
        assert_eq!(
            amount("Số tiền: 1.500.000 đồng (Bằng chữ: Một triệu năm trăm nghìn đồng)"),
            None
        );
        let wrong =
            amount("Số tiền: 1.800.000 đồng (Bằng chữ: Một triệu năm trăm nghìn đồng)");
        assert_eq!(wrong, Some(Doubt::Contradicted));
    }
}
