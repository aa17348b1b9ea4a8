//! Why bytes are not the signed data they should be.

use std::error::Error;
use std::fmt;

use crate::pki::Malformed;
use crate::say::{self, Lang, Tell};

/// Why bytes are not the signed data they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmsError {
    /// Another kind of content.
    NotSignedData,
    /// Signed data without a time-stamp in it.
    NotAToken,
    /// What is wrong with its encoding.
    Malformed(Malformed),
}

impl From<Malformed> for CmsError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl Tell for CmsError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NotSignedData => say::pki::not_signed_data(lang),
            Self::NotAToken => say::pki::not_a_token(lang),
            Self::Malformed(malformed) => {
                say::pki::cms_malformed(lang, malformed.tell(lang))
            }
        }
    }
}

impl fmt::Display for CmsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for CmsError {}
