//! The environment, read once: language, colour, clock, where data lies.
//!
//! This is the one door to `std::env` and to the system's clock. Everything
//! below `cli` takes these as arguments.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::cli::failure::Failure;
use crate::net::Proxies;
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// What the process was started with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// The language of the locale.
    pub(crate) lang: Lang,
    /// The locale's name, such as `vi_VN.UTF-8`; empty when none is set.
    pub(crate) locale: String,
    /// Whether the terminal is said to show UTF-8.
    pub(crate) utf8: bool,
    /// Whether `NO_COLOR` or a dumb terminal asks for plain text.
    pub(crate) plain: bool,
    /// Where recognition data lies, if `TESSDATA_PREFIX` says so.
    pub(crate) tessdata: Option<PathBuf>,
    /// The user's home, for fonts installed there.
    pub(crate) home: Option<PathBuf>,
    /// The office's proxies.
    pub(crate) proxies: Proxies,
    /// `SOURCE_DATE_EPOCH`, unchecked.
    epoch: Option<OsString>,
}

impl Surroundings {
    /// Reads the environment of this process.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads it")]
    pub(crate) fn read() -> Self {
        Self::from(|name| env::var_os(name))
    }

    /// Reads an environment; a variable set to nothing counts as absent.
    fn from(get: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        let text =
            |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
        // POSIX.1-2017, Base Definitions, 8.2: the first one set decides.
        let first = |names: [&str; 3]| {
            names.iter().find_map(|name| text(name)).unwrap_or_default()
        };
        let characters = first(["LC_ALL", "LC_CTYPE", "LANG"]).to_ascii_lowercase();
        Self {
            lang: language_of(&first(["LC_ALL", "LC_MESSAGES", "LANG"])),
            utf8: characters.contains("utf-8") || characters.contains("utf8"),
            locale: characters,
            plain: set("NO_COLOR").is_some()
                || get("TERM").as_deref() == Some(OsStr::new("dumb")),
            tessdata: set("TESSDATA_PREFIX").map(PathBuf::from),
            home: set("HOME").map(PathBuf::from),
            proxies: Proxies::of(text),
            epoch: set("SOURCE_DATE_EPOCH"),
        }
    }

    /// A variable that a flag names, such as one that holds a PIN.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads it")]
    pub(crate) fn variable(&self, name: &str) -> Option<String> {
        env::var_os(name)?.into_string().ok().filter(|value| !value.is_empty())
    }

    /// The moment this run happens: the clock's, unless `SOURCE_DATE_EPOCH` fixes it
    /// (reproducible-builds.org, specification 1.1).
    pub(crate) fn now(&self, lang: Lang) -> Result<Timestamp, Failure> {
        let Some(epoch) = &self.epoch else {
            return Timestamp::from_unix(clock())
                .ok_or_else(|| Failure::new(say::cli::bad_clock(lang)));
        };
        let seconds = epoch.to_str().and_then(|text| text.parse().ok());
        seconds.and_then(Timestamp::from_unix).ok_or_else(|| {
            Failure::new(say::cli::bad_epoch(lang, epoch.to_string_lossy()))
                .hint(say::cli::hint_epoch(lang))
        })
    }
}

/// English for a locale such as `en_GB.UTF-8`; Vietnamese for every other.
fn language_of(locale: &str) -> Lang {
    if locale.starts_with("en") { Lang::En } else { Lang::Vi }
}

/// Seconds since 1970 by the system's clock; a clock before 1970 reads as 1970.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(set: &[(&str, &str)]) -> Surroundings {
        Surroundings::from(|name| {
            set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
        })
    }

    #[test]
    fn english_is_for_english_locales_and_vietnamese_for_all_others() {
        assert_eq!(around(&[]).lang, Lang::Vi);
        assert_eq!(around(&[("LANG", "C.UTF-8")]).lang, Lang::Vi);
        assert_eq!(around(&[("LANG", "en_GB.UTF-8")]).lang, Lang::En);
        assert_eq!(around(&[("LANG", "en_GB"), ("LC_ALL", "vi_VN")]).lang, Lang::Vi);
        assert_eq!(around(&[("LANG", "vi_VN"), ("LC_MESSAGES", "en")]).lang, Lang::En);
        assert_eq!(around(&[("LANG", "en_US"), ("LC_ALL", "")]).lang, Lang::En);
    }

    #[test]
    fn the_epoch_fixes_the_clock_or_is_refused() {
        let fixed = around(&[("SOURCE_DATE_EPOCH", "1784171625")]);
        assert_eq!(fixed.now(Lang::Vi).unwrap().unix(), 1_784_171_625);
        assert!(around(&[("SOURCE_DATE_EPOCH", "hôm nay")]).now(Lang::Vi).is_err());
    }

    #[test]
    fn no_color_must_have_a_value_to_count() {
        assert!(around(&[("NO_COLOR", "1")]).plain);
        assert!(!around(&[("NO_COLOR", "")]).plain);
        assert!(around(&[("TERM", "dumb")]).plain);
    }
}
