//! Why bytes are not the certificate, list, answer or signed data they should be.

use std::error::Error;
use std::fmt;

use crate::say::{self, Lang, Tell};

/// What is wrong with an ASN.1 value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// It ends before its length says.
    Ends,
    /// A length that cannot be.
    Length,
    /// A value of this identifier octet was expected, or is of no known kind.
    Unexpected(u8),
    /// Values lie within values beyond all reason.
    Depth,
    /// A value of the right kind that means nothing.
    Value,
    /// Something follows where nothing may.
    Trailing,
    /// More parts than are looked at.
    TooMany,
}

impl Tell for Malformed {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Ends => say::pki::ends(lang),
            Self::Length => say::pki::length(lang),
            Self::Unexpected(tag) => {
                say::pki::unexpected(lang, format_args!("{tag:02x}"))
            }
            Self::Depth => say::pki::depth(lang),
            Self::Value => say::pki::value(lang),
            Self::Trailing => say::pki::trailing(lang),
            Self::TooMany => say::pki::too_many(lang),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for Malformed {}
