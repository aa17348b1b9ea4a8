//! Moments as ASN.1 writes them: `UTCTime` and `GeneralizedTime` (RFC 5280, 4.1.2.5).

use crate::pki::der::{Tag, Tlv};
use crate::pki::error::Malformed;
use crate::time::Timestamp;

/// Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar.
const DAYS_TO_EPOCH: i64 = 719_468;
/// The last second that can be told in every time zone of the calendar.
const LAST_SECOND: i64 = 253_402_207_200;

/// The moment a `UTCTime` or `GeneralizedTime` names (RFC 5280, 4.1.2.5; RFC 3161
/// allows fractions of a second, which are dropped).
pub fn time(value: &Tlv<'_>) -> Result<Timestamp, Malformed> {
    let text = std::str::from_utf8(value.value).map_err(|_bytes| Malformed::Value)?;
    let year_digits = match value.tag {
        Tag::UTC_TIME => 2,
        Tag::GENERALIZED_TIME => 4,
        _ => return Err(Malformed::Unexpected(Tag::GENERALIZED_TIME.0)),
    };
    moment(text, year_digits).ok_or(Malformed::Value)
}

fn moment(text: &str, year_digits: usize) -> Option<Timestamp> {
    let (mut year, text) = number(text, year_digits)?;
    if year_digits == 2 {
        // RFC 5280, 4.1.2.5.1: 50 to 99 are of the twentieth century.
        year += if year >= 50 { 1900 } else { 2000 };
    }
    let (month, text) = number(text, 2)?;
    let (day, text) = number(text, 2)?;
    let (hour, text) = number(text, 2)?;
    let (minute, text) = number(text, 2).unwrap_or((0, text));
    let (second, text) = number(text, 2).unwrap_or((0, text));
    let text = text.strip_prefix(['.', ',']).map_or(text, |fraction| {
        fraction.trim_start_matches(|digit: char| digit.is_ascii_digit())
    });
    let ahead = match text.get(..1)? {
        "Z" if text.len() == 1 => 0,
        sign @ ("+" | "-") => {
            let (hours, rest) = number(text.get(1..)?, 2)?;
            let (minutes, rest) = number(rest, 2)?;
            let offset = hours * 3600 + minutes * 60;
            rest.is_empty().then_some(if sign == "+" { offset } else { -offset })?
        }
        _ => return None,
    };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
    if !fits || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds =
        days_since_epoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
            - ahead;
    // RFC 5280, 4.1.2.5: 99991231235959Z means without end.
    Timestamp::from_unix(seconds.min(LAST_SECOND))
}

/// `digits` decimal digits from the start of `text`, and what follows.
fn number(text: &str, digits: usize) -> Option<(i64, &str)> {
    let (head, rest) = text.split_at_checked(digits)?;
    let plain = head.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| head.parse().ok().map(|value| (value, rest)))?
}

/// Days from 1970-01-01, counting years from March so that the leap day ends one.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_EPOCH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_both_kinds() {
        let time = |tag, text: &str| time(&Tlv { tag, raw: &[], value: text.as_bytes() });
        let utc = |text| time(Tag::UTC_TIME, text).map(Timestamp::unix);
        let general = |text| time(Tag::GENERALIZED_TIME, text).map(Timestamp::unix);
        assert_eq!(utc("700101000000Z"), Ok(0));
        assert_eq!(utc("500101000000Z"), Ok(-631_152_000));
        assert_eq!(general("20000229120000Z"), Ok(951_825_600));
        assert_eq!(general("20261121162612.283Z"), Ok(1_795_278_372));
        assert_eq!(utc("260716101345+0700"), Ok(1_784_171_625));
        assert_eq!(general("99991231235959Z"), Ok(LAST_SECOND));
        assert!(utc("261316000000Z").is_err() && utc("2607161013").is_err());
    }
}
