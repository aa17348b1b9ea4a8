//! What the text of a look states: its form, who signed, for which agency, and when.

use std::ops::Range;

use crate::text::fold::bare;
use crate::time::Timestamp;

/// Labels of the signer, without marks; the foreign ones stand without a colon too.
const SIGNER: [&str; 6] = [
    "nguoi ky",
    "ky boi",
    "duoc ky boi",
    "digitally signed by",
    "signed by",
    "ky so boi",
];
/// Labels of the agency.
const AGENCY: [&str; 4] = ["co quan", "to chuc", "don vi", "co quan, to chuc"];
/// Labels of the time.
const TIME: [&str; 6] =
    ["thoi gian ky", "thoi gian", "ngay ky", "ky ngay", "date", "timestamp"];
/// Labels of anything else.
const OTHER: [&str; 12] = [
    "email", "dn", "reason", "location", "ly do", "dia diem", "chuc vu", "so", "contact",
    "serial", "noi ky", "loai ky",
];
/// How copies call themselves.
const COPIES: [&str; 3] = ["sao y", "sao luc", "trich sao"];
/// Seconds from Greenwich to Vietnam.
const VIETNAM: i64 = 7 * 3600;

/// The form of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing can be seen.
    None,
    /// A picture alone: a leader's signature, an agency's seal.
    Picture,
    /// The text of a copy: SAO Y, SAO LỤC, TRÍCH SAO.
    Copy,
    /// The text of an annex: number, day and hour.
    Annex,
    /// Lines with labels: `Người ký: …`, as the programs of Ban Cơ yếu have them.
    Labels,
    /// Another text.
    Text,
    /// Letters that are not known, or lines alone.
    Unknown,
}

impl Form {
    /// Its name for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Picture => "picture",
            Self::Copy => "copy",
            Self::Annex => "annex",
            Self::Labels => "labels",
            Self::Text => "text",
            Self::Unknown => "unknown",
        }
    }
}

/// What a text states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The signer's name.
    pub(crate) signer: Option<String>,
    /// The agency.
    pub(crate) agency: Option<String>,
    /// The moment.
    pub(crate) time: Option<Timestamp>,
    /// Whether the moment is given with its offset.
    pub(crate) has_offset: bool,
}

impl Form {
    /// The form of a look with this text.
    pub(crate) fn of(text: Option<&str>, picture: bool, empty: bool) -> Self {
        let Some(text) = text else { return Self::Unknown };
        let flat = flat(text);
        if flat.is_empty() {
            return match (picture, empty) {
                (true, _) => Self::Picture,
                (false, true) => Self::None,
                (false, false) => Self::Unknown,
            };
        }
        let parts: Vec<&str> = flat.split(';').map(str::trim).collect();
        let first = parts.first().copied().unwrap_or_default();
        if parts.len() > 1 && COPIES.contains(&first) {
            Self::Copy
        } else if parts.len() > 1 && is_number(first) {
            Self::Annex
        } else if labels(&flat).iter().any(|(kind, _)| *kind == Kind::Signer) {
            Self::Labels
        } else {
            Self::Text
        }
    }
}

/// What a text of this form states.
pub(crate) fn stated(form: Form, text: &str) -> Stated {
    let flat = flat(text);
    let mut stated = Stated::default();
    match form {
        Form::Copy | Form::Annex => {
            if form == Form::Copy {
                stated.agency = flat.split(';').nth(1).map(|name| name.trim().to_owned());
            }
            (stated.time, stated.has_offset) = moment(&flat);
        }
        Form::Labels => {
            let found = labels(&flat);
            for (place, (kind, label)) in found.iter().enumerate() {
                let end = found.get(place + 1).map_or(flat.len(), |next| next.1.start);
                let value = flat.get(label.end..end).unwrap_or_default();
                // Addresses stand behind names.
                let value = match kind {
                    Kind::Signer | Kind::Agency => value.split(['<', '(']).next(),
                    Kind::Time | Kind::Other => Some(value),
                };
                let value = value.unwrap_or_default();
                let value = value.trim_matches([' ', ':', ',', ';']);
                if value.is_empty() {
                    continue;
                }
                match kind {
                    Kind::Signer => {
                        stated.signer.get_or_insert_with(|| value.to_owned());
                    }
                    Kind::Agency => {
                        stated.agency.get_or_insert_with(|| value.to_owned());
                    }
                    Kind::Time if stated.time.is_none() => {
                        (stated.time, stated.has_offset) = moment(value);
                    }
                    Kind::Time | Kind::Other => {}
                }
            }
        }
        Form::None | Form::Picture | Form::Text | Form::Unknown => {}
    }
    stated
}

/// Small letters without marks, single spaces, none before a colon.
fn flat(text: &str) -> String {
    let words = bare(text);
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").replace(" :", ":").replace(" ;", ";")
}

/// Whether this is number and notation of a document: `so: 05/qd-ubnd`.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix("so:").unwrap_or(text).trim();
    let (number, notation) = text.split_once('/').unwrap_or_default();
    let figures =
        |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    figures(number) && notation.contains(|letter: char| letter.is_ascii_alphabetic())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Signer,
    Agency,
    Time,
    Other,
}

/// The labels of a text in their order, each with its bytes.
fn labels(flat: &str) -> Vec<(Kind, Range<usize>)> {
    let kinds = [
        (Kind::Signer, &SIGNER[..]),
        (Kind::Agency, &AGENCY[..]),
        (Kind::Time, &TIME[..]),
        (Kind::Other, &OTHER[..]),
    ];
    let mut found: Vec<(Kind, Range<usize>)> = Vec::new();
    for (kind, words) in kinds {
        for word in words {
            for (start, _) in flat.match_indices(word) {
                let (before, after) = flat.split_at(start);
                let after = after.get(word.len()..).unwrap_or_default();
                let free = !before.ends_with(char::is_alphanumeric);
                let colon = after.starts_with(':');
                if free
                    && (colon || word.ends_with("signed by") && after.starts_with(' '))
                {
                    found.push((kind, start..start + word.len() + usize::from(colon)));
                }
            }
        }
    }
    // Of labels within one another the longest is meant.
    found.sort_by_key(|(_, label)| (label.start, std::cmp::Reverse(label.end)));
    let mut end = 0;
    found.retain(|(_, label)| {
        let own = label.start >= end;
        end = end.max(label.end);
        own
    });
    found
}

/// The first day and hour in a text, and whether it is given with its offset; Vietnam's
/// where none is.
fn moment(text: &str) -> (Option<Timestamp>, bool) {
    let starts = text.char_indices().filter(|(at, letter)| {
        letter.is_ascii_digit()
            && !text
                .get(..*at)
                .unwrap_or_default()
                .ends_with(|c: char| c.is_ascii_digit())
    });
    let read = |(at, _): (usize, char)| moment_at(text.get(at..)?);
    starts.filter_map(read).next().map_or((None, false), |(time, has)| (Some(time), has))
}

/// The moment at the beginning of a text: `16/07/2026; 10:13:45 +07:00`,
/// `16.07.2026 10:13:45`, `2026.07.16 10:13:45 +07'00'`.
fn moment_at(text: &str) -> Option<(Timestamp, bool)> {
    let (numbers, rest) = numbers(text, &['/', '.', '-'])?;
    let [first, middle, last] = numbers;
    let (year, month, day) =
        if first > 31 { (first, middle, last) } else { (last, middle, first) };
    let rest = rest.trim_start_matches([' ', ';', ',', 't']);
    let ([hour, minute, second], rest) = numbers_of_clock(rest)?;
    let offset = offset(rest);
    let (sign, seconds) = offset.map_or(('+', VIETNAM), |offset| offset);
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    let named = format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}\
         {sign}{hours:02}:{minutes:02}"
    );
    Some((Timestamp::read(&named)?, offset.is_some()))
}

/// Hours, minutes and, if there are any, seconds.
fn numbers_of_clock(text: &str) -> Option<([u32; 3], &str)> {
    if let Some(found) = numbers(text, &[':']) {
        return Some(found);
    }
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(rest.strip_prefix(':')?)?;
    Some(([hour, minute, 0], rest))
}

/// Three numbers with one of these between them, blanks too.
fn numbers<'t>(text: &'t str, between: &[char]) -> Option<([u32; 3], &'t str)> {
    let (first, rest) = number(text)?;
    let (second, rest) = number(rest.trim_start().strip_prefix(between)?.trim_start())?;
    let (third, rest) = number(rest.trim_start().strip_prefix(between)?.trim_start())?;
    Some(([first, second, third], rest))
}

fn number(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (figures, rest) = text.split_at_checked(length)?;
    (1..=4).contains(&length).then_some((figures.parse().ok()?, rest))
}

/// `+07:00`, `+07'00'`, `+0700`, `Z`; its sign and seconds.
fn offset(text: &str) -> Option<(char, i64)> {
    let text = text.trim_start();
    if text.starts_with('z') {
        return Some(('+', 0));
    }
    let sign = text.chars().next().filter(|sign| matches!(sign, '+' | '-'))?;
    let rest = text.get(1..)?;
    let figures: String =
        rest.chars().filter(|c| !matches!(c, ':' | '\'')).take(4).collect();
    let hours: i64 = figures.get(..2)?.parse().ok()?;
    let minutes: i64 = figures.get(2..4).unwrap_or("00").parse().ok()?;
    (hours < 15 && minutes < 60).then_some((sign, hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Form, Stated) {
        let form = Form::of(Some(text), false, false);
        (form, stated(form, text))
    }

    #[test]
    fn the_text_of_a_copy_is_read_as_offices_write_it() {
        let moment = Timestamp::read("2026-07-16T10:13:45+07:00");
        for (text, has_offset) in [
            ("SAO Y; UBND phường Nam Nha Trang; 16/07/2026; 10:13:45 +07:00", true),
            ("SAO Y; UBND phường Nam Nha Trang; 16/07/2026 10:13:45", false),
            ("TRÍCH SAO ; UBND phường Nam Nha Trang; 16.07.2026; 10:13:45 +07:00", true),
        ] {
            let (form, stated) = read(text);
            assert_eq!(form, Form::Copy, "{text}");
            assert_eq!(stated.agency.as_deref(), Some("ubnd phuong nam nha trang"));
            assert_eq!((stated.time, stated.has_offset), (moment, has_offset), "{text}");
        }
        let (form, stated) = read("Số: 05/QĐ-UBND; 16/07/2026; 10:13:45 +07:00");
        assert_eq!((form, stated.time), (Form::Annex, moment));
        assert_eq!(read("05/QĐ-UBND; 16/07/2026; 10:13:45 +07:00").0, Form::Annex);
    }

    #[test]
    fn labels_are_read_as_programs_write_them() {
        let (form, stated) = read(
            "Ký bởi: Cổng Thông tin điện tử Chính phủ Email: a@chinhphu.vn Cơ quan: Văn \
             phòng Chính phủ Thời gian ký: 16.03.2015 11:02:35 +07:00",
        );
        assert_eq!(form, Form::Labels);
        assert_eq!(stated.signer.as_deref(), Some("cong thong tin dien tu chinh phu"));
        assert_eq!(stated.agency.as_deref(), Some("van phong chinh phu"));
        assert_eq!(stated.time, Timestamp::read("2015-03-16T11:02:35+07:00"));
        let (form, stated) =
            read("Digitally signed by John Doe Date: 2020.05.06 10:11:12 -04'00'");
        assert_eq!((form, stated.signer.as_deref()), (Form::Labels, Some("john doe")));
        assert_eq!(stated.time, Timestamp::read("2020-05-06T10:11:12-04:00"));
        let (form, stated) =
            read("Digitally signed by Jo <jo@a.vn>. Timestamp: 2022-11-23 00:37:18 CET.");
        assert_eq!((form, stated.signer.as_deref()), (Form::Labels, Some("jo")));
        assert!(stated.time.is_some() && !stated.has_offset);
    }

    #[test]
    fn other_texts_state_nothing() {
        for text in ["Cộng hòa xã hội chủ nghĩa Việt Nam", "SAO Y", "12/2026; x"]
        {
            let (form, stated) = read(text);
            assert_eq!((form, stated), (Form::Text, Stated::default()), "{text}");
        }
        assert_eq!(Form::of(Some(" "), true, false), Form::Picture);
        assert_eq!(Form::of(Some(""), false, true), Form::None);
        assert_eq!(Form::of(None, true, false), Form::Unknown);
    }

    #[test]
    fn days_that_are_none_are_no_moment() {
        for text in
            ["SAO Y; A; 32/07/2026; 10:00:00", "SAO Y; A; 1/2; 10:00", "SAO Y; A; "]
        {
            assert_eq!(read(text).1.time, None, "{text}");
        }
    }
}
