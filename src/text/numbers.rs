//! Numbers are sacred: what a number must look like, and what makes it doubtful.
//!
//! A wrong digit files a paper where nobody finds it, and no language model can
//! tell: `15` and `16` are both good Vietnamese. So nothing here guesses. Text
//! is held against the grammar of what it should be – a document number (Nghị
//! định 30/2020/NĐ-CP, Phụ lục I, Phần I, II.3), a day of the calendar, an
//! identity number (Nghị định 137/2015/NĐ-CP, Điều 13), an amount with its words – and what does not fit
//! leaves with a [`Doubt`]. The few letters that recognisers write for digits
//! (`O`, `l`) are understood, and that is a doubt as well.

use crate::say::{self, Lang};
use crate::text::fold::bare;
use crate::time::Day;

/// Why a value should be looked at by a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The recogniser was not sure of its letters.
    Unsure,
    /// The place for it is there, and empty or unreadable: a draft, or written by hand.
    Blank,
    /// It does not have the form such a thing has.
    Malformed,
    /// Letters stand where digits belong.
    LettersForDigits,
    /// The calendar has no such day.
    NoSuchDay,
    /// A day that has not come yet.
    Future,
    /// A day before 1945, when these papers began.
    TooOld,
    /// Two places of the document say different things.
    Contradicted,
    /// Not read but concluded from something else.
    Concluded,
}

/// Each doubt with the word scripts know it by.
const DOUBTS: [(Doubt, &str); 9] = [
    (Doubt::Unsure, "unsure"),
    (Doubt::Blank, "blank"),
    (Doubt::Malformed, "malformed"),
    (Doubt::LettersForDigits, "letters-for-digits"),
    (Doubt::NoSuchDay, "no-such-day"),
    (Doubt::Future, "future"),
    (Doubt::TooOld, "too-old"),
    (Doubt::Contradicted, "contradicted"),
    (Doubt::Concluded, "concluded"),
];

impl Doubt {
    /// A stable word for scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        DOUBTS.iter().find(|(doubt, _)| *doubt == self).map_or("", |(_, code)| code)
    }

    /// The doubt that scripts know by `code`.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        DOUBTS.iter().find(|(_, known)| *known == code).map(|(doubt, _)| *doubt)
    }

    /// What to say of it, a clause without a capital.
    #[must_use]
    pub fn tell(self, lang: Lang) -> String {
        match self {
            Self::Unsure => say::fields::doubt_unsure(lang),
            Self::Blank => say::fields::doubt_blank(lang),
            Self::Malformed => say::fields::doubt_malformed(lang),
            Self::LettersForDigits => say::fields::doubt_letters(lang),
            Self::NoSuchDay => say::fields::doubt_no_such_day(lang),
            Self::Future => say::fields::doubt_future(lang),
            Self::TooOld => say::fields::doubt_too_old(lang),
            Self::Contradicted => say::fields::doubt_contradicted(lang),
            Self::Concluded => say::fields::doubt_concluded(lang),
        }
    }
}

/// Digits read from text, and whether letters had to be understood as digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// Decimal digits only, as printed, zeros in front included.
    pub digits: String,
    /// Whether a letter stood for one of them.
    pub repaired: bool,
}

/// The digit a letter is mistaken for, or that it is.
fn digit(letter: char) -> Option<(char, bool)> {
    match letter {
        '0'..='9' => Some((letter, false)),
        'O' | 'o' | 'Q' | 'D' => Some(('0', true)),
        'l' | 'I' | '|' | ']' | '[' | '!' | 'i' => Some(('1', true)),
        'Z' | 'z' => Some(('2', true)),
        'S' | 's' => Some(('5', true)),
        'B' | '§' => Some(('8', true)),
        _ => None,
    }
}

/// `text` as digits; `None` if another sign is among them, or no true digit
/// and more than one letter taken for one.
#[must_use]
pub fn digits(text: &str) -> Option<Digits> {
    let read: Vec<(char, bool)> = text.chars().map(digit).collect::<Option<_>>()?;
    let true_digits = read.iter().filter(|(_, repaired)| !repaired).count();
    if read.is_empty() || true_digits == 0 {
        return None;
    }
    Some(Digits {
        digits: read.iter().map(|(digit, _)| digit).collect(),
        repaired: true_digits < read.len(),
    })
}

/// The first year in which papers of this form were written.
const FIRST_YEAR: i16 = 1945;

/// The day `day`/`month`/`year`, held against the calendar and against `today`.
///
/// # Errors
///
/// The doubt that keeps it from being a day: it is none, or not one of these papers'.
pub fn day(day: &str, month: &str, year: &str, today: Day) -> Result<Day, Doubt> {
    let found = (|| {
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        Day::new(year.parse().ok()?, month, day)
    })();
    match found {
        None => Err(Doubt::NoSuchDay),
        Some(found) if found.year() < FIRST_YEAR => Err(Doubt::TooOld),
        Some(found) if found > today => Err(Doubt::Future),
        Some(found) => Ok(found),
    }
}

/// What kind of number a person is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identifier {
    /// Twelve digits: số định danh cá nhân, on the căn cước.
    Citizen,
    /// Nine digits of the old chứng minh nhân dân.
    OldCard,
    /// A telephone number.
    Telephone,
}

impl Identifier {
    /// All of them.
    const ALL: [Self; 3] = [Self::Citizen, Self::OldCard, Self::Telephone];

    /// A stable word for scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::OldCard => "old-card",
            Self::Telephone => "telephone",
        }
    }

    /// What scripts know by `code`.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A number a person is known by, never whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// What it is.
    pub kind: Identifier,
    /// The first and last three digits: `056******123`.
    pub masked: String,
    /// What does not fit.
    pub doubt: Option<Doubt>,
}

/// The provinces that identity numbers begin with, from Thông tư
/// 59/2021/TT-BCA, Phụ lục I: two to ninety-six, not all of them.
const PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34,
    35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67,
    68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];
/// Above the provinces, codes of the countries of birth.
const COUNTRIES: std::ops::RangeInclusive<u16> = 101..=395;

/// Reads twelve digits as an identity number (Nghị định 137/2015/NĐ-CP, Điều 13):
/// three of the place, one of century and sex, two of the year of birth, six of chance.
#[must_use]
pub fn citizen(digits: &str, today: Day) -> Personal {
    let place: u16 = part(digits, 0, 3);
    let known = u8::try_from(place).is_ok_and(|code| PROVINCES.contains(&code))
        || COUNTRIES.contains(&place);
    let century = 1900 + 100 * (part::<i16>(digits, 3, 4) / 2);
    let is_born = century + part::<i16>(digits, 4, 6) <= today.year();
    let fits = digits.len() == 12 && known && is_born;
    Personal {
        kind: Identifier::Citizen,
        masked: masked(digits),
        doubt: (!fits).then_some(Doubt::Malformed),
    }
}

/// A number among `digits`; 0 where there is none.
fn part<T: std::str::FromStr + Default>(digits: &str, from: usize, to: usize) -> T {
    digits.get(from..to).and_then(|part| part.parse().ok()).unwrap_or_default()
}

/// The first and last three of `digits`, the others as stars.
#[must_use]
pub fn masked(digits: &str) -> String {
    let count = digits.chars().count();
    let mask = |(at, digit)| if at < 3 || at + 3 >= count { digit } else { '*' };
    digits.chars().enumerate().map(mask).collect()
}

/// Fewest digits of a number that a person may be known by: an old identity card.
const FEWEST_OF_PERSON: usize = 9;

/// `text` with every number that a person may be known by masked: nine digits or more
/// in one, or in groups after one that begins with zero (`0905 123 456`). Amounts of
/// money have dots between their groups and stay.
#[must_use]
pub fn without_persons(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let end = number_end(from);
        let (number, behind) = from.split_at_checked(end).unwrap_or((from, ""));
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if digits < FEWEST_OF_PERSON {
            out.push_str(number);
        } else {
            let mut seen = 0;
            out.extend(number.chars().map(|c| {
                seen += usize::from(c.is_ascii_digit());
                let is_shown = seen <= 3 || seen + 3 > digits || !c.is_ascii_digit();
                if is_shown { c } else { '*' }
            }));
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Where the number ends that `text` begins with: groups parted by single spaces are
/// one number if the first begins with zero.
fn number_end(text: &str) -> usize {
    let group = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        from + rest.bytes().take_while(u8::is_ascii_digit).count()
    };
    let mut end = group(0);
    while text.starts_with('0') && text.get(end..).is_some_and(|r| r.starts_with(' ')) {
        let next = group(end + 1);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

/// An amount of money in figures: `12.450.000`, `12,450,000` or `12450000`.
#[must_use]
pub fn amount(text: &str) -> Option<u64> {
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let is_group = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let whole = is_group(first)
        && !first.is_empty()
        && (rest.is_empty() || first.len() <= 3)
        && rest.iter().all(|group| group.len() == 3 && is_group(group));
    if whole { groups.concat().parse().ok() } else { None }
}

/// Numerals, without diacritics, as they stand in words.
const NUMERALS: [(&str, u64); 13] = [
    ("khong", 0),
    ("mot", 1),
    ("hai", 2),
    ("ba", 3),
    ("bon", 4),
    ("tu", 4),
    ("nam", 5),
    ("lam", 5),
    ("nham", 5),
    ("sau", 6),
    ("bay", 7),
    ("tam", 8),
    ("chin", 9),
];
/// Words for powers of a thousand.
const THOUSANDS: [(&str, u64); 5] = [
    ("nghin", 1_000),
    ("ngan", 1_000),
    ("trieu", 1_000_000),
    ("ty", 1_000_000_000),
    ("ti", 1_000_000_000),
];

/// An amount in words: `mười hai triệu bốn trăm năm mươi nghìn đồng`. Stops at
/// `đồng` or `chẵn`; `None` at any other word.
#[must_use]
pub fn amount_in_words(text: &str) -> Option<u64> {
    let bare = bare(text);
    let words =
        bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // Below a thousand, below its power of a thousand, and the whole.
    let (mut hundreds, mut unit, mut sum, mut any) = (0_u64, None, 0_u64, false);
    for word in words {
        if matches!(word, "dong" | "chan" | "viet") {
            break;
        }
        any = true;
        if let Some(&(_, power)) = THOUSANDS.iter().find(|(name, _)| *name == word) {
            let group = hundreds.checked_add(unit.take().unwrap_or(0))?;
            // `ba nghìn tỷ` multiplies what stands before it.
            let lower = sum % power;
            sum = (sum - lower)
                .checked_add(lower.checked_add(group)?.checked_mul(power)?)?;
            hundreds = 0;
        } else if word == "tram" {
            hundreds = hundreds.checked_add(unit.take()?.checked_mul(100)?)?;
        } else if word == "muoi" {
            let tens = unit.take().unwrap_or(1);
            hundreds = hundreds.checked_add(tens.checked_mul(10)?)?;
        } else if !matches!(word, "linh" | "le" | "va" | "muoi") {
            let &(_, value) = NUMERALS.iter().find(|(name, _)| *name == word)?;
            if unit.replace(value).is_some_and(|before| before != 0) {
                return None;
            }
        }
    }
    let group = hundreds.checked_add(unit.unwrap_or(0))?;
    any.then(|| sum.checked_add(group)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 7, 16).unwrap()
    }

    #[test]
    fn letters_for_digits_are_understood_and_doubted() {
        assert_eq!(digits("05"), Some(Digits { digits: "05".into(), repaired: false }));
        assert_eq!(digits("1O"), Some(Digits { digits: "10".into(), repaired: true }));
        assert_eq!(digits("l8"), Some(Digits { digits: "18".into(), repaired: true }));
        assert_eq!(digits("1x"), None);
        assert_eq!(digits("OI"), None);
        assert_eq!(digits(""), None);
    }

    #[test]
    fn a_day_is_one_of_the_calendar_and_has_come() {
        assert_eq!(day("05", "01", "2026", today()), Ok(Day::new(2026, 1, 5).unwrap()));
        assert_eq!(day("30", "02", "2026", today()), Err(Doubt::NoSuchDay));
        assert_eq!(day("17", "7", "2026", today()), Err(Doubt::Future));
        assert_eq!(day("2", "9", "1944", today()), Err(Doubt::TooOld));
        assert_eq!(day("2", "9", "1945", today()), Ok(Day::new(1945, 9, 2).unwrap()));
    }

    #[test]
    fn an_identity_number_is_held_against_its_parts_and_never_kept_whole() {
        let sound = citizen("056090000123", today());
        assert_eq!((sound.masked.as_str(), sound.doubt), ("056******123", None));
        let nowhere = citizen("003090000123", today());
        assert_eq!(nowhere.doubt, Some(Doubt::Malformed));
        let unborn = citizen("056290000123", today());
        assert_eq!(unborn.doubt, Some(Doubt::Malformed));
    }

    #[test]
    fn numbers_of_persons_are_masked_wherever_they_stand() {
        for (text, masked) in [
            ("CCCD 056090000123, cấp ngày", "CCCD 056******123, cấp ngày"),
            ("IDVNM0900001236056090000123<<4", "IDVNM090****************123<<4"),
            ("ĐT 0905 123 456.", "ĐT 090* *** 456."),
            ("225123456", "225***456"),
            (
                "12.450.000.000 đồng ngày 16/07/2026",
                "12.450.000.000 đồng ngày 16/07/2026",
            ),
            ("giai đoạn 2026 2030", "giai đoạn 2026 2030"),
        ] {
            assert_eq!(without_persons(text), masked, "{text}");
        }
    }

    #[test]
    fn amounts_in_figures_have_groups_of_three() {
        assert_eq!(amount("12.450.000"), Some(12_450_000));
        assert_eq!(amount("12450000"), Some(12_450_000));
        assert_eq!(amount("12.45.000"), None);
        assert_eq!(amount("1.2345"), None);
    }

    #[test]
    fn amounts_in_words_are_added_up() {
        for (words, sum) in [
            ("Mười hai triệu bốn trăm năm mươi nghìn đồng", 12_450_000),
            ("một trăm linh năm triệu đồng chẵn", 105_000_000),
            ("hai mươi mốt tỷ ba trăm triệu không trăm lẻ bảy đồng", 21_300_000_007),
            ("Ba nghìn hai trăm tỷ đồng", 3_200_000_000_000),
            ("tám trăm ngàn", 800_000),
        ] {
            assert_eq!(amount_in_words(words), Some(sum), "{words}");
        }
        assert_eq!(amount_in_words("mười hai con trâu"), None);
        assert_eq!(amount_in_words(""), None);
    }

    #[test]
    fn a_doubt_is_known_by_its_code() {
        for (doubt, code) in DOUBTS {
            assert_eq!((doubt.code(), Doubt::of_code(code)), (code, Some(doubt)));
        }
    }
}
