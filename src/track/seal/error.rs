//! Why nothing was sealed.

use std::error::Error;
use std::fmt;
use std::path::Path;

use crate::say::{self, Lang, Tell};
use crate::track::seal::MOST_VERSION;

/// Why nothing was sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The file holds no private key that can be read.
    NoKey,
    /// The key is neither RSA nor of the curve P-256.
    OtherKind,
    /// The code would be too dense.
    TooLong,
    /// The key would not sign, in the words of what holds it.
    Refused(String),
}

impl SealError {
    /// Told about the file of the key.
    #[must_use]
    pub fn about(&self, file: &Path, lang: Lang) -> String {
        match self {
            Self::NoKey => say::track::seal_no_key(lang, file.display()),
            Self::OtherKind => say::track::seal_other_kind(lang, file.display()),
            Self::TooLong | Self::Refused(_) => self.tell(lang),
        }
    }
}

impl Tell for SealError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoKey => say::track::seal_no_key(lang, ""),
            Self::OtherKind => say::track::seal_other_kind(lang, ""),
            Self::TooLong => say::track::seal_too_long(lang, MOST_VERSION),
            Self::Refused(why) => say::track::seal_refused(lang, why),
        }
    }
}

impl Error for SealError {}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
