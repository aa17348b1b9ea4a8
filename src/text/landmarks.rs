//! What lines of an administrative page say that tells where they belong: the
//! country's name and its motto, number, day, recipients, signer (Nghị định
//! 30/2020/NĐ-CP, Phụ lục I). Recognisers lose diacritics and pieces of words, so
//! each is known by what bad scans leave of it.

use crate::text::fold::bare;
use crate::text::{Line, Word};

/// What the country's name leaves of itself in bad scans.
pub(crate) const COUNTRY: [&str; 4] =
    ["hoa xa h", "a xa hoi ch", "chu nghia viet", "nghia viet nam"];
/// The motto.
pub(crate) const MOTTO: [&str; 3] = ["doc lap", "hanh phuc", "tu do"];
/// Place and date.
pub(crate) const DATE: [&str; 3] = ["ngay", "thang", "nam 2"];
/// Authority under which a document is signed (Phụ lục I, Phần I, II.7).
const AUTHORITY: [&str; 5] = ["TM", "KT", "TL", "TUQ", "Q"];

/// Whether a line says the country's name or its motto.
pub(crate) fn is_national(line: &Line) -> bool {
    says(line, &COUNTRY) || says(line, &MOTTO)
}

/// Whether the bare text of a line holds one of `phrases`.
pub(crate) fn says(line: &Line, phrases: &[&str]) -> bool {
    let text = bare(&line.text());
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// Whether a line begins the document number: `Số: 05/QĐ-UBND`.
pub(crate) fn is_number(line: &Line) -> bool {
    let text = bare(&line.text());
    let rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let after = rest.strip_prefix("so").unwrap_or("x");
    // A speck before it is read as a word at times.
    let is_second = text.split(' ').nth(1).is_some_and(|word| word == "so:")
        && text.split(' ').next().is_some_and(|word| word.chars().count() <= 2);
    after.starts_with([':', ' ', '.', '/'])
        || after.starts_with(|c: char| c.is_ascii_digit())
        || is_second
}

/// Whether a line begins the list of recipients: `Nơi nhận:`.
pub(crate) fn is_recipients(line: &Line) -> bool {
    let text = bare(&line.text());
    text.contains("noi nhan") || text.starts_with("oi nhan")
}

/// Whether a piece says nothing but `Nơi nhận:`.
pub(crate) fn is_recipients_alone(line: &Line) -> bool {
    let text = line.text();
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':');
    bare(text).trim_start_matches(|c: char| !c.is_alphanumeric()) == "noi nhan:"
}

/// Whether a word names the authority of who signs: `KT.`.
pub(crate) fn is_authority(word: &Word) -> bool {
    let text = word.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    AUTHORITY.iter().any(|title| {
        // The point is read as a comma at times.
        let rest = text.strip_prefix(title);
        rest.is_some_and(|rest| rest.starts_with(['.', ',']))
    })
}

/// Whether a word can begin the signer's column.
pub(crate) fn is_signer(word: &Word, width: f64) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
    let is_capital = letters > 1 && !word.text.chars().any(char::is_lowercase);
    is_capital && word.place.left > 0.45 * width
}

/// Whether at least 60 % of the words have no small letter.
pub(crate) fn is_mostly_capitals(line: &Line) -> bool {
    let capital = |word: &&Word| {
        word.text.chars().any(char::is_alphabetic)
            && !word.text.chars().any(char::is_lowercase)
    };
    line.words.iter().filter(capital).count() * 10 >= line.words.len() * 6
}

/// Where `CỘNG HÒA …` begins on its line; the `CÔNG` of `BỘ CÔNG AN` does not count.
pub(crate) fn country_start(line: &Line) -> f64 {
    let followed = line.words.windows(2).find_map(|pair| match pair {
        [first, second] => {
            let is_start = bare(&first.text).ends_with("ong")
                && bare(&second.text).starts_with("ho");
            is_start.then_some(first.place.left)
        }
        _ => None,
    });
    followed.unwrap_or_else(|| line.place().left)
}
