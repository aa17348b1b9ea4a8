//! Numbers as people read them: `1.234` and `31,07%` in Vietnamese, `1,234` and
//! `31.07%` in English.

use crate::report::figure::Figure;
use crate::report::value::{Share, Value};
use crate::say::{self, Lang};

/// What stands for nothing.
pub const NOTHING: &str = "–";

/// A whole number with its thousands set apart.
#[must_use]
pub fn count(number: u64, lang: Lang) -> String {
    let separator = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A number of hundredths with two decimals.
#[must_use]
pub fn hundredths(number: u64, lang: Lang) -> String {
    format!("{}{}{:02}", count(number / 100, lang), lang.decimal_mark(), number % 100)
}

/// A share in percent; where there is no whole, it says so.
#[must_use]
pub fn percent(share: Share, lang: Lang) -> String {
    match share.hundredths() {
        Some(number) => format!("{}%", hundredths(number, lang)),
        None => say::report::no_whole(lang),
    }
}

/// A difference with its sign.
#[must_use]
pub fn change(change: i64, lang: Lang) -> String {
    let sign = match change {
        0 => "±",
        1.. => "+",
        _ => "−",
    };
    format!("{sign}{}", count(change.unsigned_abs(), lang))
}

/// How a share changed, in percentage points.
fn points_changed(now: Share, before: Share, lang: Lang) -> Option<String> {
    let (now, before) = (now.hundredths()?, before.hundredths()?);
    let sign = match now.cmp(&before) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "±",
        std::cmp::Ordering::Greater => "+",
    };
    Some(format!("{sign}{}", hundredths(now.abs_diff(before), lang)))
}

/// A cell.
#[must_use]
pub fn value(value: &Value, lang: Lang) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.clone(),
        Value::Count(number) => count(*number, lang),
        Value::Change(number) => change(*number, lang),
        Value::Share(share) => match share.hundredths() {
            Some(_) => format!(
                "{} ({}/{})",
                percent(*share, lang),
                count(share.part, lang),
                count(share.whole, lang)
            ),
            None => NOTHING.to_owned(),
        },
        Value::Money(number) => format!("{} đ", count(*number, lang)),
        Value::Day(day) => match lang {
            Lang::Vi => day.vietnamese(),
            Lang::En => day.to_string(),
        },
        Value::Hundredths(number) => hundredths(*number, lang),
    }
}

/// A bar of `width` cells for a share, as terminals draw one.
#[must_use]
pub fn bar(share: Share, width: u64) -> String {
    /// Eighths of a cell.
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let Some(number) = share.hundredths() else { return String::new() };
    let eighths = (number.min(10_000) * width * 8 + 5_000) / 10_000;
    let whole = usize::try_from(eighths / 8).unwrap_or_default();
    let part = usize::try_from(eighths % 8).unwrap_or_default();
    let text = "█".repeat(whole) + EIGHTHS.get(part).copied().unwrap_or_default();
    let filled = whole + usize::from(part > 0);
    let width = usize::try_from(width).unwrap_or_default();
    text + &"·".repeat(width.saturating_sub(filled))
}

/// What is said about a figure beside its share: target, points, change.
#[must_use]
pub fn aside(figure: &Figure, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(target) = figure.demanded {
        let target = format!("{}%", hundredths(target.into(), lang));
        let say = match figure.reached {
            Some(true) => say::report::target_reached,
            Some(false) => say::report::target_missed,
            None => say::report::target_open,
        };
        all.push(say(lang, target));
    }
    if let Some(points) = figure.scored {
        let got = points.of(figure.share());
        let got = got.map_or_else(|| NOTHING.to_owned(), |got| hundredths(got, lang));
        all.push(say::report::points(lang, got, points.most));
    }
    if let Some(before) = figure.previous {
        let changed = points_changed(figure.share(), before, lang);
        let before = percent(before, lang);
        all.push(match changed {
            Some(changed) => say::report::changed(lang, before, changed),
            None => say::report::before(lang, before),
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(count(1_406, Lang::Vi), "1.406");
        assert_eq!(count(1_234_567, Lang::En), "1,234,567");
        assert_eq!(percent(Share { part: 3107, whole: 10_000 }, Lang::Vi), "31,07%");
        assert_eq!(percent(Share { part: 1, whole: 1 }, Lang::En), "100.00%");
        assert_eq!(change(-1_200, Lang::Vi), "−1.200");
        let (now, before) = (Share { part: 3, whole: 4 }, Share { part: 1, whole: 2 });
        assert_eq!(points_changed(now, before, Lang::Vi).unwrap(), "+25,00");
    }

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(Share { part: 1, whole: 2 }, 8), "████····");
        assert_eq!(bar(Share { part: 1, whole: 1 }, 4), "████");
        assert_eq!(bar(Share { part: 1, whole: 16 }, 4), "▎···");
        assert_eq!(bar(Share { part: 0, whole: 0 }, 4), "");
    }
}
