//! Numbers and names on the line of `sohoa ingest`, each held against what it may be.

use std::ops::RangeInclusive;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use clap::ArgMatches;

use crate::cli::failure::Failure;
use crate::cli::ingest::paths::{Lies, Source};
use crate::cli::{layout, number};
use crate::page::read::USUAL_BUDGET;
use crate::raster::Limits;
use crate::say::{self, Lang};
use crate::units::Dpi;

/// The longest time a page may be given, in seconds.
const MOST_PAGE_SECONDS: u64 = 3600;
/// The most pixels a page may be allowed: a square metre at 1 600 dpi.
const MOST_PIXELS: u64 = 4_000_000_000;
/// How long papers in a watched folder must keep still where nothing is said.
const USUAL_SETTLE: Duration = Duration::from_secs(5);
/// The longest that can be asked for.
const MOST_SETTLE_SECONDS: u64 = 3600;

/// Languages by the names of their data. They become file names, so nothing
/// else may stand in them.
pub(super) fn languages(matches: &ArgMatches, lang: Lang) -> Result<String, Failure> {
    let named = layout::value::<String>(matches, "language").unwrap_or("vie".to_owned());
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if named.split('+').all(is_name) {
        return Ok(named);
    }
    Err(Failure::new(say::cli::value_unknown(lang, named, "--language"))
        .hint(say::cli::hint_language(lang)))
}

/// A resolution that a scanner can have made.
pub(super) fn dpi(matches: &ArgMatches, lang: Lang) -> Result<Option<Dpi>, Failure> {
    let Some(text) = layout::value::<String>(matches, "dpi") else { return Ok(None) };
    match text.parse().ok().and_then(Dpi::square) {
        Some(dpi) => Ok(Some(dpi)),
        None => {
            let range = [Dpi::LEAST, Dpi::MOST].map(|end| number::decimal(end, 0, lang));
            let [least, most] = range;
            Err(Failure::new(say::cli::out_of_range(lang, text, "--dpi", least, most)))
        }
    }
}

/// How large a page may be: a number, or millions with `M`.
pub(super) fn limits(matches: &ArgMatches, lang: Lang) -> Result<Limits, Failure> {
    let Some(text) = layout::value::<String>(matches, "max-pixels") else {
        return Ok(Limits::default());
    };
    let (digits, unit) = match text.strip_suffix(['M', 'm']) {
        Some(millions) => (millions, 1_000_000),
        None => (text.as_str(), 1),
    };
    let pixels = digits.parse().ok().and_then(|number: u64| number.checked_mul(unit));
    match pixels.filter(|pixels| (1..=MOST_PIXELS).contains(pixels)) {
        Some(pixels) => Ok(Limits { pixels, ..Limits::default() }),
        None => {
            let most = number::count(MOST_PIXELS, lang);
            Err(Failure::new(say::cli::out_of_range(lang, text, "--max-pixels", 1, most)))
        }
    }
}

/// How long a page may take.
pub(super) fn page_timeout(
    matches: &ArgMatches,
    lang: Lang,
) -> Result<Duration, Failure> {
    let most = number::count(MOST_PAGE_SECONDS, lang);
    let seconds = within(matches, "page-timeout", 1..=MOST_PAGE_SECONDS, |text| {
        Failure::new(say::cli::out_of_range(lang, text, "--page-timeout", 1, &most))
    })?;
    Ok(seconds.map_or(USUAL_BUDGET, Duration::from_secs))
}

/// How long papers must keep still, where one folder is to be watched.
pub(super) fn watch_settle(
    matches: &ArgMatches,
    sources: &[Source],
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<Option<Duration>, Failure> {
    if !matches.get_flag("watch") {
        return Ok(None);
    }
    let is_folder = match sources {
        [Source::Path(path)] => matches!(look(path), Lies::Folder(_)),
        _ => false,
    };
    if !is_folder {
        return Err(Failure::new(say::cli::watch_one_folder(lang)));
    }
    let most = number::count(MOST_SETTLE_SECONDS, lang);
    let seconds = within(matches, "settle", 0..=MOST_SETTLE_SECONDS, |text| {
        Failure::new(say::cli::out_of_range(lang, text, "--settle", 0, &most))
    })?;
    Ok(Some(seconds.map_or(USUAL_SETTLE, Duration::from_secs)))
}

/// The whole number of a flag, if it is given and lies in `range`.
fn within<T: FromStr + PartialOrd>(
    matches: &ArgMatches,
    flag: &str,
    range: RangeInclusive<T>,
    refuse: impl Fn(&str) -> Failure,
) -> Result<Option<T>, Failure> {
    let Some(text) = layout::value::<String>(matches, flag) else { return Ok(None) };
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.map(Some).ok_or_else(|| refuse(&text))
}

/// A person answers for it by name.
pub(crate) fn person(
    matches: &ArgMatches,
    lang: Lang,
) -> Result<Option<String>, Failure> {
    let Some(name) = layout::value::<String>(matches, "not-secret") else {
        return Ok(None);
    };
    let name = name.trim();
    if name.chars().filter(|letter| letter.is_alphabetic()).count() < 2 {
        return Err(
            Failure::new(say::cli::no_person(lang)).hint(say::cli::hint_person(lang))
        );
    }
    Ok(Some(name.to_owned()))
}
