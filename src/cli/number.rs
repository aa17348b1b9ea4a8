//! Numbers as people read them: `1.234` and `12,5` in Vietnamese, `1,234` and
//! `12.5` in English. JSON never passes through here.

use std::time::Duration;

use crate::say::{self, Lang};

/// A whole number with its thousands set apart.
pub(crate) fn count(number: u64, lang: Lang) -> String {
    grouped(&number.to_string(), lang)
}

/// [`count`] for the lengths of lists.
pub(crate) fn many(number: usize, lang: Lang) -> String {
    grouped(&number.to_string(), lang)
}

/// A number with this many digits after the separator.
pub(crate) fn decimal(number: f64, digits: usize, lang: Lang) -> String {
    let plain = format!("{number:.digits$}");
    match plain.split_once('.') {
        Some((whole, part)) => {
            format!("{}{}{part}", grouped(whole, lang), lang.decimal_mark())
        }
        None => grouped(&plain, lang),
    }
}

/// A quantity of bytes in the largest decimal unit that leaves a whole part.
pub(crate) fn bytes(bytes: u64, lang: Lang) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let unit = units.into_iter().find(|(_, size)| bytes >= *size);
    let Some((name, size)) = unit else {
        return format!("{} byte", count(bytes, lang));
    };
    let tenths = bytes / (size / 10);
    format!("{}{}{} {name}", count(tenths / 10, lang), lang.decimal_mark(), tenths % 10)
}

/// A stretch of time in its two largest units; tenths only where a short one has them.
pub(crate) fn duration(time: Duration, lang: Lang) -> String {
    let seconds = time.as_secs();
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    if hours > 0 {
        say::cli::hours_minutes(lang, count(hours, lang), minutes)
    } else if minutes > 0 {
        say::cli::minutes_seconds(lang, minutes, seconds % 60)
    } else if seconds >= 10 || time.subsec_nanos() == 0 {
        say::cli::seconds(lang, seconds)
    } else {
        say::cli::seconds(lang, decimal(time.as_secs_f64(), 1, lang))
    }
}

/// Digits in groups of three from the right.
fn grouped(digits: &str, lang: Lang) -> String {
    let separator = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let length = digits.chars().count();
    let mut text = String::with_capacity(length + length / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (length - place).is_multiple_of(3) && text != "-" {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_and_decimals_follow_the_language() {
        assert_eq!(count(1_234_567, Lang::Vi), "1.234.567");
        assert_eq!(count(1_234, Lang::En), "1,234");
        assert_eq!(count(12, Lang::Vi), "12");
        assert_eq!(decimal(1406.75, 1, Lang::Vi), "1.406,8");
        assert_eq!(decimal(12.5, 1, Lang::En), "12.5");
        assert_eq!(decimal(-123.0, 0, Lang::Vi), "-123");
    }

    #[test]
    fn sizes_and_times_are_short() {
        assert_eq!(bytes(999, Lang::Vi), "999 byte");
        assert_eq!(bytes(12_550_000, Lang::Vi), "12,5 MB");
        assert_eq!(bytes(1_234_000_000_000, Lang::En), "1,234.0 GB");
        assert_eq!(duration(Duration::from_millis(420), Lang::Vi), "0,4 giây");
        assert_eq!(duration(Duration::from_secs(65), Lang::Vi), "1 phút 5 giây");
        assert_eq!(duration(Duration::from_secs(4320), Lang::En), "1 h 12 min");
    }
}
