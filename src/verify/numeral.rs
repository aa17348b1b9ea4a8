//! Whether two texts are one number in two spellings.
//!
//! `1000` is shown as `1.000` in Vietnamese, as `1,000.00` in English, and both may
//! stand in one form. A point is a mark of thousands here and of decimals there, so
//! that a text may be two numbers: `1.500` is fifteen hundred or one and a half.
//! Nothing is taken for the same that could be another number.

/// What stands before or after a sum of money.
const CURRENCIES: [&str; 9] = ["$", "€", "₫", "đồng", "vnđ", "vnd", "usd", "eur", "đ"];
/// Signs of a number below zero.
const MINUS: [char; 3] = ['-', '\u{2212}', '\u{2013}'];

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// The second is the first, perhaps with zeros after the decimal mark.
    Same,
    /// They may be the same, as one of them is read.
    Perhaps,
    /// However they are read, they differ.
    Differ,
}

/// How two texts compare as numbers; nothing if one of them is none.
pub(crate) fn compared(one: &str, other: &str) -> Option<Compared> {
    let (one, other) = (readings(one), readings(other));
    match (one.as_slice(), other.as_slice()) {
        ([], _) | (_, []) => None,
        ([one], [other]) if one.is_continued_by(other) => Some(Compared::Same),
        _ => {
            let mut pairs =
                one.iter().flat_map(|one| other.iter().map(move |it| (one, it)));
            let perhaps = pairs.any(|(one, other)| one.is(other));
            Some(if perhaps { Compared::Perhaps } else { Compared::Differ })
        }
    }
}

/// A number, digit by digit.
#[derive(Debug, PartialEq, Eq)]
struct Number {
    negative: bool,
    whole: String,
    part: String,
}

impl Number {
    /// Whether another is the same number, of which no digit but a zero was added.
    /// Zeros in front are part of codes and stay.
    fn is_continued_by(&self, other: &Self) -> bool {
        let zeros = other.part.strip_prefix(&*self.part);
        self.negative == other.negative
            && self.whole == other.whole
            && zeros.is_some_and(|zeros| zeros.bytes().all(|digit| digit == b'0'))
    }

    fn is(&self, other: &Self) -> bool {
        self.is_continued_by(other) || other.is_continued_by(self)
    }
}

/// Every number that a text may be.
fn readings(text: &str) -> Vec<Number> {
    let text = without_currency(text);
    let signed = text.strip_prefix(MINUS);
    let bracketed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let negative = signed.is_some() || bracketed.is_some();
    let digits = signed.or(bracketed).unwrap_or(&text).trim();
    let Some((groups, marks)) = groups(digits) else { return Vec::new() };
    let number = |whole: &[&str], part: &str| Number {
        negative,
        whole: whole.concat(),
        part: part.to_owned(),
    };
    let is_decimal = |mark: char| mark == '.' || mark == ',';
    let mut found = Vec::new();
    let (Some((last, before)), Some(first)) = (groups.split_last(), marks.first()) else {
        return groups.first().map(|only| number(&[only], "")).into_iter().collect();
    };
    if marks.iter().all(|mark| mark == first) && are_thousands(&groups) {
        found.push(number(&groups, ""));
    }
    let decimal = marks.last().copied().filter(|mark| is_decimal(*mark));
    let thousands = marks.get(..marks.len() - 1).unwrap_or_default();
    let of_thousands = thousands.first().is_none_or(|mark| {
        Some(*mark) != decimal && thousands.iter().all(|other| other == mark)
    });
    let plain = before.len() == 1 && before.first().is_some_and(|only| !only.is_empty());
    if decimal.is_some() && of_thousands && (plain || are_thousands(before)) {
        found.push(number(before, last));
    }
    found
}

/// Without the name or sign of a currency at one end.
fn without_currency(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let bare = CURRENCIES
        .iter()
        .find_map(|name| text.strip_suffix(name).or_else(|| text.strip_prefix(name)));
    bare.map_or_else(|| text.clone(), |bare| bare.trim().to_owned())
}

/// Groups of digits and the marks between them; nothing if anything else is there.
fn groups(text: &str) -> Option<(Vec<&str>, Vec<char>)> {
    let is_space = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}');
    let is_mark = |letter: char| matches!(letter, '.' | ',' | '\'') || is_space(letter);
    let groups: Vec<&str> = text.split(is_mark).collect();
    let digits = |group: &&str| {
        !group.is_empty() && group.bytes().all(|letter| letter.is_ascii_digit())
    };
    let marks = text.chars().filter(|letter| is_mark(*letter));
    let marks = marks.map(|mark| if is_space(mark) { ' ' } else { mark }).collect();
    groups.iter().all(digits).then_some((groups, marks))
}

/// Whether digits are put in threes from the right.
fn are_thousands(groups: &[&str]) -> bool {
    groups.split_first().is_some_and(|(first, rest)| {
        !rest.is_empty()
            && (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && rest.iter().all(|group| group.len() == 3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_known_in_the_spellings_of_both_languages() {
        let same = [
            ("1000", "1,000.00"),
            ("1000", "1.000,00"),
            ("1000", "1 000,00"),
            ("1000", "1000.00"),
            ("1000", "$1,000.00"),
            ("1000", "1.000,00 VNĐ"),
            ("1234567.5", "1,234,567.50"),
            ("1.5", "1,50"),
            ("-5", "(5)"),
            ("-1234.5", "\u{2212}1.234,50"),
            ("0.5", "0,50"),
        ];
        for (value, shown) in same {
            assert_eq!(compared(value, shown), Some(Compared::Same), "{value} {shown}");
        }
    }

    #[test]
    fn what_may_be_two_numbers_is_not_taken_for_one() {
        let perhaps = [("1000", "1.000"), ("1.500", "1.5"), ("1.000", "1.000,00")];
        for (value, shown) in perhaps {
            let found = compared(value, shown);
            assert_eq!(found, Some(Compared::Perhaps), "{value} {shown}");
        }
    }

    #[test]
    fn another_number_is_another() {
        let differ = [
            ("1000", "9,000.00"),
            ("1000", "10,00"),
            ("1000", "1,000.01"),
            ("15", "1.5"),
            ("5", "-5"),
            ("-5", "5"),
            ("0912", "912"),
            ("100", "1.000"),
        ];
        for (value, shown) in differ {
            let found = compared(value, shown);
            assert_eq!(found, Some(Compared::Differ), "{value} {shown}");
        }
        for (value, shown) in [("29.11.2026", "29112026"), ("1000", "1,0000"), ("a", "1")]
        {
            let found = compared(value, shown);
            assert!(
                found.is_none_or(|found| found == Compared::Differ),
                "{value} {shown}"
            );
        }
        assert_eq!(compared("0912 345 678", "0912345678"), None);
    }
}
