//! Digests of what a signature covers, and moments as PDF writes them.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::cos::lexer::hex;
use crate::cos::{Source, Span};
use crate::pki::Hash;
use crate::time::Timestamp;

/// Bytes hashed at a time.
const CHUNK: usize = 1 << 18;

/// Digests of a signed range, each computed once.
#[derive(Debug)]
pub struct Imprint<'s> {
    source: &'s Source,
    hole: Span,
    end: usize,
    known: RefCell<Vec<(Hash, Vec<u8>)>>,
}

impl<'s> Imprint<'s> {
    /// Of all bytes before `end` but those of `hole`.
    #[must_use]
    pub fn new(source: &'s Source, hole: Span, end: usize) -> Self {
        Self { source, hole, end, known: RefCell::default() }
    }

    /// Of all bytes.
    #[must_use]
    pub fn whole(source: &'s Source) -> Self {
        Self::new(source, Span { start: 0, end: 0 }, source.len())
    }

    /// All bytes, if there are no more than so many.
    #[must_use]
    pub fn bytes(&self, most: usize) -> Option<Cow<'s, [u8]>> {
        let fits = self.source.len() <= most;
        fits.then(|| self.source.slice(0, most).ok()).flatten()
    }

    /// Where what it is about ends.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end
    }

    /// The digest; empty if the file can no longer be read, which is no digest.
    #[must_use]
    pub fn of(&self, hash: Hash) -> Vec<u8> {
        let known = self.known.borrow().iter().find(|known| known.0 == hash).cloned();
        if let Some((_, value)) = known {
            return value;
        }
        let mut hasher = hash.hasher();
        for (start, end) in [(0, self.hole.start), (self.hole.end, self.end)] {
            let mut at = start;
            while at < end {
                let chunk = self.source.slice(at, end.min(at.saturating_add(CHUNK)));
                let Ok(chunk) = chunk else { return Vec::new() };
                if chunk.is_empty() {
                    return Vec::new();
                }
                hasher.update(&chunk);
                at += chunk.len();
            }
        }
        let value = hasher.finish();
        self.known.borrow_mut().push((hash, value.clone()));
        value
    }
}

/// The bytes of a hexadecimal string with its delimiters.
#[must_use]
pub fn decoded(raw: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = raw.iter().filter_map(|byte| hex(*byte)).collect();
    digits
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => high << 4 | low,
            [high] => high << 4,
            _ => 0,
        })
        .collect()
}

/// A moment as PDF writes it, such as `D:20200730143512+07'00'` (ISO 32000-2,
/// 7.9.4). A moment without a zone is taken as universal time.
#[must_use]
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim().trim_start_matches("D:");
    let (digits, zone) = match text.find(|letter: char| !letter.is_ascii_digit()) {
        Some(at) => text.split_at_checked(at)?,
        None => (text, ""),
    };
    let part = |from: usize, len: usize, default: i64| match digits.get(from..from + len)
    {
        Some(part) => part.parse::<i64>().ok(),
        None => Some(default),
    };
    let (year, month, day) =
        (digits.get(..4)?.parse::<i64>().ok()?, part(4, 2, 1)?, part(6, 2, 1)?);
    let (hour, minute, second) = (part(8, 2, 0)?, part(10, 2, 0)?, part(12, 2, 0)?);
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day);
    if !in_range || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let local = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    Timestamp::from_unix(local - offset(zone)?)
}

/// Seconds east of Greenwich.
fn offset(zone: &str) -> Option<i64> {
    let sign = match zone.chars().next() {
        None | Some('Z' | 'z') => return Some(0),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let hours: i64 = digits.get(..2)?.parse().ok()?;
    let minutes: i64 = digits.get(2..4).unwrap_or("00").parse().ok()?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// Days from 1970-01-01 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leaps + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_all_their_spellings() {
        let unix = |text| moment(text).map(Timestamp::unix);
        assert_eq!(unix("D:19700101000000Z"), Some(0));
        assert_eq!(unix("D:20260716101345+07'00'"), Some(1_784_171_625));
        assert_eq!(unix("D:20260716101345+07'00"), Some(1_784_171_625));
        assert_eq!(unix("20260716031345"), Some(1_784_171_625));
        assert_eq!(unix("D:2000"), Some(946_684_800));
        assert_eq!(unix("D:20001301"), None);
        assert_eq!(unix("hôm nay"), None);
    }
}
