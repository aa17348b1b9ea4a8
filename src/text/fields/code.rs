//! The number and the notation of a document: `Số: 05/QĐ-UBND`.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, II.3: a number, a slash, then the
//! abbreviation of the type and that of the agency, joined by a dash; a letter
//! has agency and unit instead. Legal acts have their year between two slashes
//! (`118/2025/NĐ-CP`), papers of the Party a dash first (`09-NQ/TU`).
//!
//! The number is never changed. The notation is made of a small set of
//! abbreviations; where what was read differs from one of them only by marks
//! that recognisers confuse (`QD` for `QĐ`), the abbreviation is meant.

use crate::text::Word;
use crate::text::fields::kind::{KINDS, Kind};
use crate::text::fields::notation::Hints;
use crate::text::fields::sheet::{Heading, Piece, Sheet, around, label_end};
use crate::text::fields::{Field, Name, least};
use crate::text::numbers::{self, Doubt};
use crate::time::Day;

/// What the number line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Parsed {
    /// The number, as printed.
    number: Option<String>,
    number_doubt: Option<Doubt>,
    /// Everything behind the first separator.
    notation: Option<String>,
    notation_doubt: Option<Doubt>,
}

/// The number and the notation on a first page, as far as there is a place for
/// them. `kind` is what the title says, `agency` who issued it.
pub(crate) fn fields(
    sheet: &Sheet,
    kind: Option<&Kind>,
    agency: Option<&str>,
    today: Day,
) -> Vec<Field> {
    let Some((read, words)) = line(sheet) else { return Vec::new() };
    let mut parsed = parse(&read, today);
    if sheet.heading == Heading::Middle && parsed.notation.is_none() {
        // `Số:` on a citizen's form is a field to fill in, no document number.
        return Vec::new();
    }
    // Every official paper has a notation: without one, part of the line is lost.
    let is_part = parsed.notation.is_none() && parsed.number.is_some();
    if parsed.number_doubt.is_none() && (is_part || is_filled_in(&words)) {
        parsed.number_doubt = Some(Doubt::Unsure);
    }
    if let Some(notation) = &parsed.notation {
        let hints = Hints { kind, agency };
        let (repaired, doubt) = hints.repair(notation);
        parsed.notation = Some(repaired);
        parsed.notation_doubt = parsed.notation_doubt.or(doubt);
    }
    // The first word may hold both; each word counts for what it holds.
    let confidence = least(&words);
    let field = |name, value: Option<String>, doubt: Option<Doubt>| Field {
        name,
        value,
        read: read.clone(),
        place: around(&words),
        confidence,
        doubts: doubt.into_iter().collect(),
        ..Field::of(name)
    };
    let mut fields = vec![field(Name::CodeNumber, parsed.number, parsed.number_doubt)];
    if parsed.notation.is_some() || parsed.notation_doubt.is_some() {
        fields.push(field(Name::CodeNotation, parsed.notation, parsed.notation_doubt));
    }
    fields
}

/// What a look at a number line heard.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// The number, where it could be read.
    pub(crate) number: Option<String>,
    /// The notation with its abbreviations as they are spelt.
    pub(crate) notation: Option<String>,
    /// Whether the number has the form of one.
    pub(crate) is_number: bool,
    /// Whether every abbreviation is one of the table or of this page's agency.
    pub(crate) is_spelt: bool,
    /// The confidence of the least sure digit of the number.
    pub(crate) sure: f32,
    /// What stands between number and notation.
    pub(crate) separator: char,
    /// The words that say it, the label aside.
    pub(crate) words: Vec<Word>,
}

impl Heard {
    /// Whether the number has the form of one, or nearly: a slash too many or too
    /// few behind it is no matter where other looks saw the same digits.
    pub(crate) fn has_form(&self) -> bool {
        self.number.as_deref().is_some_and(|number| {
            number.chars().next().is_some_and(|first| first.is_ascii_digit())
        })
    }

    /// Number and notation as one word, `sure` of its digits.
    pub(crate) fn written(&self, sure: f32) -> Option<Word> {
        let notation = self.notation.as_ref()?;
        let number = self.number.as_deref().unwrap_or_default();
        let text = format!("{number}{}{notation}", self.separator);
        Some(Word::new(text, around(&self.words)?, sure))
    }
}

/// What the words of one line say as a number line; `None` if they have neither
/// its label nor its form. `kind` and `agency` as for [`fields`].
pub(crate) fn heard(
    words: &[Word],
    kind: Option<&Kind>,
    agency: Option<&str>,
    today: Day,
) -> Option<Heard> {
    let piece = Piece::of(words.to_vec())?;
    let (read, words) = if label_end(&piece.bare).is_some() {
        behind_label(&piece, None)
    } else {
        // The label lies outside of what was looked at, or under a stamp.
        let at = piece.words.iter().position(|word| looks_like_code(&word.text))?;
        let word = piece.words.get(at)?;
        (word.text.clone(), vec![word.clone()])
    };
    let (_, separator, _) = split(&read)?;
    let parsed = parse(&read, today);
    let hints = Hints { kind, agency };
    let repaired = parsed.notation.as_deref().map(|notation| hints.repair(notation));
    let is_spelt = parsed.notation_doubt.is_none()
        && repaired
            .as_ref()
            .is_some_and(|(spelt, doubt)| doubt.is_none() && hints.is_known(spelt));
    let sure = surest_digits(&words, parsed.number.as_deref().unwrap_or_default());
    Some(Heard {
        is_number: parsed.number.is_some() && parsed.number_doubt.is_none(),
        number: parsed.number,
        notation: repaired.map(|(spelt, _)| spelt),
        is_spelt,
        sure,
        separator,
        words,
    })
}

/// The confidence of the least sure digit of `number`, from the symbols of its words
/// where the engine told them, else from the words.
fn surest_digits(words: &[Word], number: &str) -> f32 {
    let symbols = words.iter().flat_map(|word| &word.symbols);
    let digits: Vec<f32> = symbols
        .skip_while(|symbol| !symbol.text.contains(|c: char| c.is_ascii_digit()))
        .take_while(|symbol| symbol.text.contains(|c: char| c.is_ascii_digit()))
        .map(|symbol| symbol.confidence)
        .collect();
    if digits.is_empty() || digits.len() != number.chars().count() {
        return least(words);
    }
    digits.into_iter().fold(100.0, f32::min)
}

/// Whether the number was written or stamped into the space left for it: it was
/// joined to its notation across a space, or there is room for a digit that was
/// not read. Recognisers know print, and read `115` by hand as `445` without doubt.
pub(crate) fn is_filled_in(words: &[Word]) -> bool {
    let has_gap = words.windows(2).any(|pair| match pair {
        [number, notation] => {
            let gap = notation.place.left - number.place.right;
            number.text.chars().all(|c| c.is_ascii_digit())
                && notation.text.starts_with(['/', '-'])
                && gap > MOST_GAP * number.place.height()
        }
        _ => false,
    });
    has_gap || words.iter().any(|word| word.is_filled_in)
}

/// A digit is half as wide as it is high, and has air on both sides.
const MOST_GAP: f64 = 1.3;

/// The whole line that bears the number, its label included.
pub(crate) fn whole_line(sheet: &Sheet) -> Option<(Piece, Vec<Word>)> {
    let (_, words) = line(sheet)?;
    let first = words.first()?;
    let bears = |piece: &&Piece| piece.words.iter().any(|word| word.place == first.place);
    let piece = sheet.left.iter().chain(&sheet.body).find(bears)?;
    Some((piece.clone(), words))
}

/// What stands behind `Số:`, and its words.
fn line(sheet: &Sheet) -> Option<(String, Vec<Word>)> {
    let labelled = |pieces: &[Piece], most: usize| -> Vec<(String, Vec<Word>)> {
        let near = pieces.iter().enumerate().take(most);
        near.filter(|(_, piece)| label_end(&piece.bare).is_some())
            .filter(|(at, _)| !is_stamp(pieces, *at))
            .map(|(at, piece)| behind_label(piece, pieces.get(at + 1)))
            .collect()
    };
    let has_notation = |(read, _): &&(String, Vec<Word>)| {
        split(read)
            .is_some_and(|(_, _, notation)| notation.chars().any(char::is_alphabetic))
    };
    let in_head = labelled(&sheet.left, usize::MAX);
    if let Some(found) = in_head.iter().find(has_notation) {
        return Some(found.clone());
    }
    // Without its label: `15/QĐ-UBND` alone on a line of the left column.
    let bare_number = sheet.left.iter().find_map(|piece| {
        let words = piece.words.iter().find(|word| looks_like_code(&word.text))?;
        Some((words.text.clone(), vec![words.clone()]))
    });
    if let Some(found) = bare_number.or_else(|| in_head.first().cloned()) {
        return Some(found);
    }
    // Contracts have it below the title.
    // `Sở Văn hóa … Công văn số 474/UBND-KT` is no label.
    let has_number = |(read, _): &(String, Vec<Word>)| {
        split(read).is_some_and(|(number, ..)| number_of(&number).0.is_some())
    };
    labelled(&sheet.body, 8)
        .into_iter()
        .find(|found| has_notation(&found) && has_number(found))
}

/// Whether the line belongs to a received stamp: `CÔNG VĂN ĐẾN`, `Số: …`.
fn is_stamp(pieces: &[Piece], at: usize) -> bool {
    let above = at.checked_sub(1).and_then(|above| pieces.get(above));
    above.is_some_and(|piece| {
        let text = piece.bare.trim();
        text.ends_with(" den") || text == "den" || text.contains("cong van den")
    })
}

/// The text behind the label; a number that breaks at a dash goes on below.
fn behind_label(piece: &Piece, next: Option<&Piece>) -> (String, Vec<Word>) {
    let skip = label_end(&piece.bare).unwrap_or(0);
    let skip = piece.bare.get(..skip).unwrap_or_default().chars().count();
    let mut read: String = piece.text.chars().skip(skip).collect();
    let mut at = 0;
    let mut words: Vec<Word> = Vec::new();
    for word in &piece.words {
        let end = at + word.text.chars().count();
        let behind = word.text.chars().skip(skip.saturating_sub(at));
        if behind.into_iter().any(|c| c.is_alphanumeric() || c == '/') {
            words.push(word.clone());
        }
        at = end + 1;
    }
    // A date that stands close goes on: `05/QĐ-UBND Khánh Hòa, ngày …`.
    let end = code_end(&read);
    let kept = read.chars().take(end).collect::<String>();
    let dropped = read.split_whitespace().count() - kept.split_whitespace().count();
    words.truncate(words.len().saturating_sub(dropped).max(1));
    read = kept;
    let breaks = read.trim_end().ends_with(['-', '–', '/']);
    if let Some(next) = next.filter(|_| breaks) {
        let goes_on = next.text.chars().next().is_some_and(char::is_uppercase)
            && next.words.len() == 1;
        if goes_on {
            read.push_str(&next.text);
            words.extend(next.words.iter().cloned());
        }
    }
    if words.is_empty() {
        words.extend(piece.words.iter().cloned());
    }
    (read, words)
}

/// How many characters the number and its notation take: they end at a space
/// before a small letter or a name, unless a dash or slash joins them.
fn code_end(read: &str) -> usize {
    let mut end = 0;
    let mut is_begun = false;
    for token in read.split_inclusive(' ') {
        let plain = token.trim();
        let joins = |text: &str, at_end: bool| {
            let sign =
                if at_end { text.chars().next_back() } else { text.chars().next() };
            sign.is_some_and(|sign| matches!(plain_sign(sign), '/' | '-'))
        };
        let so_far: String = read.chars().take(end).collect();
        let is_joined = joins(plain, false) || joins(so_far.trim_end(), true);
        let is_word = plain.chars().filter(|c| c.is_alphabetic()).count() >= 2
            && plain.chars().skip(1).any(char::is_lowercase)
            && !plain.contains(['/', '-']);
        if is_begun && is_word && !is_joined {
            break;
        }
        is_begun |= plain.contains('/') || plain.contains('-');
        end += token.chars().count();
    }
    end
}

/// Whether a word alone has the form of a number with its notation.
fn looks_like_code(word: &str) -> bool {
    split(word).is_some_and(|(number, separator, notation)| {
        separator == '/'
            && numbers::digits(&number).is_some_and(|digits| !digits.repaired)
            && notation.contains('-')
            && notation.chars().next().is_some_and(char::is_uppercase)
    })
}

/// Before, at and behind the first separator, spaces and odd dashes gone.
fn split(read: &str) -> Option<(String, char, String)> {
    let plain: String =
        read.chars().filter(|c| !c.is_whitespace()).map(plain_sign).collect();
    let plain =
        plain.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '/' && c != '-');
    // A slanting slash is read twice: `31/⁄2026/HĐKT`.
    let plain = plain.replace("//", "/");
    let plain = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    let at = plain.find(['/', '-'])?;
    let (number, rest) = plain.split_at_checked(at)?;
    let separator = rest.chars().next()?;
    Some((number.to_owned(), separator, rest.chars().skip(1).collect()))
}

/// Signs that look alike, as one.
fn plain_sign(sign: char) -> char {
    match sign {
        '–' | '—' | '‐' | '‑' | '−' | '~' => '-',
        '∕' | '⁄' | '\\' => '/',
        '\u{d0}' => 'Đ',
        other => other,
    }
}

/// Reads what stands behind the label.
fn parse(read: &str, today: Day) -> Parsed {
    let Some((number, separator, notation)) = split(read) else {
        return alone(read);
    };
    if separator == '-'
        && !number.is_empty()
        && KINDS.iter().any(|kind| kind.short == number)
    {
        // `Số:      KH-UBND`: nothing stands before the notation, not even its slash.
        return Parsed {
            number_doubt: Some(Doubt::Blank),
            notation: Some(format!("{number}-{notation}")),
            notation_doubt: Some(Doubt::Malformed),
            ..Parsed::default()
        };
    }
    if let Some((number, kind)) = unslashed(&number) {
        // `136GM-UBND`: the slash was not read, and may have been a digit.
        let (number, doubt) = number_of(number);
        return Parsed {
            number,
            number_doubt: doubt.or(Some(Doubt::Malformed)),
            notation: Some(format!("{kind}-{notation}")),
            notation_doubt: Some(Doubt::Malformed),
        };
    }
    let mut parsed = Parsed::default();
    if number.is_empty() {
        parsed.number_doubt = Some(Doubt::Blank);
    } else {
        (parsed.number, parsed.number_doubt) = number_of(&number);
        // One of two slashes may have been a digit.
        let is_doubled = has_doubled_slash(read, &number);
        parsed.number_doubt =
            parsed.number_doubt.or(is_doubled.then_some(Doubt::Malformed));
    }
    let notation = notation.trim_matches(|c: char| !c.is_alphanumeric());
    // Specks beside the dash: `SVHTTDL.-TTr`.
    let notation = notation.replace(".-", "-").replace("-.", "-").replace("--", "-");
    if !notation.chars().any(char::is_alphabetic) {
        parsed.notation_doubt = Some(Doubt::Malformed);
        return parsed;
    }
    let (notation, doubt) = dated(&notation, today);
    parsed.notation = Some(notation);
    // A paper of the Party: a dash, then the type, a slash and the organ.
    let is_odd =
        separator == '-' && parsed.notation.as_deref().is_none_or(|n| !n.contains('/'));
    parsed.notation_doubt = doubt.or(is_odd.then_some(Doubt::Malformed));
    parsed
}

/// Whether two slashes stand behind `number`.
fn has_doubled_slash(read: &str, number: &str) -> bool {
    let signs: String = read.chars().map(plain_sign).collect();
    signs.split_once(number).is_some_and(|(_, rest)| rest.trim_start().starts_with("//"))
}

/// The number and the abbreviation of a type that stand in one.
fn unslashed(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (number, kind) = text.split_at_checked(at)?;
    let is_kind = KINDS.iter().any(|known| known.short == kind && kind.len() > 1);
    is_kind.then_some((number, kind))
}

/// A number without a notation, or nothing.
fn alone(read: &str) -> Parsed {
    let plain: String = read.chars().filter(|c| c.is_alphanumeric()).collect();
    let (number, doubt) = number_of(&plain);
    let doubt = if plain.is_empty() { Some(Doubt::Blank) } else { doubt };
    Parsed { number, number_doubt: doubt, ..Parsed::default() }
}

/// Most digits of a number: `CodeNumber` has eleven places, five are in use.
const MOST_DIGITS: usize = 7;

/// The number before the separator: digits, perhaps a small letter (`12a`).
fn number_of(text: &str) -> (Option<String>, Option<Doubt>) {
    let (stem, letter) = match text.char_indices().last() {
        // `l` and `o` are digits ill read rather than a letter behind them.
        Some((at, last)) if at > 0 && matches!(last, 'a'..='h' | 'đ') => {
            (text.get(..at).unwrap_or(text), Some(last))
        }
        _ => (text, None),
    };
    match numbers::digits(stem) {
        Some(read) if read.digits.len() <= MOST_DIGITS => {
            let doubt = read.repaired.then_some(Doubt::LettersForDigits);
            (Some(read.digits.chars().chain(letter).collect()), doubt)
        }
        _ => (None, Some(Doubt::Malformed)),
    }
}

/// A notation whose year, where it has one, is a year.
fn dated(notation: &str, today: Day) -> (String, Option<Doubt>) {
    let Some(head) =
        notation.get(..4).filter(|head| head.bytes().all(|b| b.is_ascii_digit()))
    else {
        return (notation.to_owned(), None);
    };
    let year: i16 = head.parse().unwrap_or(0);
    let is_year = (1945..=today.year()).contains(&year);
    let rest = notation.get(4..).unwrap_or_default();
    let doubt = (!is_year).then_some(Doubt::Malformed);
    match rest.strip_prefix('/') {
        Some(rest) => (format!("{head}/{rest}"), doubt),
        // The slash was not read: `2025QH15`.
        None => (format!("{head}/{rest}"), doubt.or(Some(Doubt::Unsure))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        text: &str,
    ) -> (Option<String>, Option<String>, Option<Doubt>, Option<Doubt>) {
        let today = Day::new(2026, 7, 16).unwrap();
        let parsed = parse(text, today);
        let hints = Hints { kind: None, agency: None };
        let (notation, doubt) = match parsed.notation {
            Some(notation) => {
                let (notation, doubt) = hints.repair(&notation);
                (Some(notation), doubt)
            }
            None => (None, None),
        };
        (parsed.number, notation, parsed.number_doubt, parsed.notation_doubt.or(doubt))
    }

    fn sound(text: &str, number: &str, notation: &str) {
        let found = read(text);
        assert_eq!(
            found,
            (Some(number.into()), Some(notation.into()), None, None),
            "{text}"
        );
    }

    #[test]
    fn numbers_of_all_three_worlds_are_read() {
        sound(": 05/QĐ-UBND", "05", "QĐ-UBND");
        sound(" 12/UBND-VX", "12", "UBND-VX");
        sound(": 118/2025/NĐ-CP", "118", "2025/NĐ-CP");
        sound(": 59/2024/QH15", "59", "2024/QH15");
        sound(" 09-NQ/TU", "09", "NQ/TU");
        sound(" 399-QĐ/TW", "399", "QĐ/TW");
        sound(": 12a/TTr-SNV", "12a", "TTr-SNV");
        sound(": 867/HĐLĐ/2026", "867", "HĐLĐ/2026");
    }

    #[test]
    fn what_recognisers_confuse_in_the_notation_is_mended() {
        sound(": 15/QD-UBND", "15", "QĐ-UBND");
        sound(": 729/QÐ-TTg", "729", "QĐ-TTg");
        sound(": 15 / QĐ – UBND", "15", "QĐ-UBND");
        sound(":15/NQ-HDND", "15", "NQ-HĐND");
        sound(": 4/QĐ-U8ND", "4", "QĐ-UBND");
    }

    #[test]
    fn digits_are_never_guessed() {
        let (number, _, doubt, _) = read(": 1O/QĐ-UBND");
        assert_eq!(
            (number.as_deref(), doubt),
            (Some("10"), Some(Doubt::LettersForDigits))
        );
        let (number, _, doubt, _) = read(": 15lQĐ-UBND");
        assert_eq!((number, doubt), (None, Some(Doubt::Malformed)));
        let (number, _, doubt, _) = read(": 2 † /2026/TT-BCT");
        assert_eq!((number, doubt), (None, Some(Doubt::Malformed)));
        let (number, notation, doubt, _) = read(": /KH-UBND");
        assert_eq!((number, doubt), (None, Some(Doubt::Blank)));
        assert_eq!(notation.as_deref(), Some("KH-UBND"));
    }

    #[test]
    fn a_year_that_cannot_be_is_doubted() {
        let (_, _, _, doubt) = read(": 18/2925/TT-BCT");
        assert_eq!(doubt, Some(Doubt::Malformed));
        let (_, notation, _, doubt) = read(": 18/2025QH15");
        assert_eq!(
            (notation.as_deref(), doubt),
            (Some("2025/QH15"), Some(Doubt::Unsure))
        );
    }

    #[test]
    fn the_agencys_initials_spell_its_notation() {
        let hints =
            Hints { kind: None, agency: Some("SỞ GIÁO DỤC VÀ ĐÀO TẠO") };
        assert_eq!(hints.repair("SGDDT-VP").0, "SGDĐT-VP");
        let hints = Hints { kind: None, agency: Some("PHÒNG VĂN HÓA - XÃ HỘI") };
        assert_eq!(hints.repair("PVHXH"), ("PVHXH".to_owned(), None));
    }

    #[test]
    fn title_and_notation_must_agree() {
        let hints = Hints { kind: Kind::named("Hướng dẫn"), agency: None };
        assert_eq!(hints.repair("HĐ-SNV"), ("HD-SNV".to_owned(), None));
        let hints = Hints { kind: Kind::named("Kế hoạch"), agency: None };
        assert_eq!(hints.repair("QĐ-SNV").1, Some(Doubt::Contradicted));
        assert_eq!(hints.repair("QKH-SNV").1, Some(Doubt::Contradicted));
        assert_eq!(hints.repair("KHH-SNV"), ("KH-SNV".to_owned(), None));
    }
}
