//! Why nothing was signed.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::archive::store::StoreError;
use crate::cms::CmsError;
use crate::cos::CosError;
use crate::net::NetError;
use crate::pki::path::Constraint;
use crate::say::{self, Lang, Sentence, Tell};
use crate::sign::key::KeyError;
use crate::sign::look::LookError;
use crate::sign::seed::Demand;
use crate::time::Timestamp;
use crate::verify::agreement::Oddity;
use crate::verify::beside::BesideError;
use crate::verify::concerns::Concern;

/// Why something was not signed. Nothing was written then.
#[derive(Debug)]
#[non_exhaustive]
pub enum SignError {
    /// The file cannot be read to the letter.
    Unreadable(CosError),
    /// It is no PDF.
    NotPdf,
    /// Its cross-references are broken.
    Broken(CosError),
    /// Two readings of the file differ, or a part of it is damaged.
    Damaged(Oddity),
    /// It is encrypted and the password is missing.
    Sealed,
    /// It is encrypted, and its owner forbids what is to be done.
    NotPermitted,
    /// It is encrypted in a way that is not known here.
    ForeignCipher,
    /// An earlier signature forbids what is to be done.
    Forbidden(Ban),
    /// No page to put a field on.
    NoPage,
    /// No field of this name that can be signed.
    NoField(String),
    /// The field is signed already.
    FieldSigned(String),
    /// The field is read-only.
    ReadOnly(String),
    /// The field makes a demand on its signature that would not be met.
    SeedValue(String, Demand),
    /// A document that bears signatures cannot be certified afterwards.
    CertifyTooLate,
    /// A signature that does not hold cannot be made to last.
    NotIntact(String),
    /// No signature that could be extended.
    NothingSigned,
    /// The file has content that can change its meaning.
    Concerns(Vec<Concern>),
    /// The key or its certificate.
    Key(KeyError),
    /// The certificate is not valid yet.
    NotYetValid(Timestamp),
    /// The certificate is valid no more.
    Expired(Timestamp),
    /// The certificate is not for signing documents.
    Unfit(Constraint),
    /// The certificate was revoked.
    Revoked(Timestamp),
    /// No time-stamp was to be had.
    NoStamp(Vec<(String, StampError)>),
    /// An issuer's certificate is missing.
    IssuerMissing(String),
    /// Nothing proves that a certificate was not revoked.
    NotVouched(String),
    /// A signature that was just made does not hold; a fault of this program
    /// or of the token.
    NotHolding,
    /// The signature cannot look as it should.
    Look(LookError),
    /// Larger than the format allows.
    TooLarge,
    /// A line of the queue of papers that wait for a time-stamp is none.
    Queue(PathBuf, usize),
    /// The disk.
    Store(StoreError),
    /// Reading the file.
    Io(io::Error),
    /// A signature beside a file is none, or what it signs is missing.
    Beside(BesideError),
}

/// What an earlier signature forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ban {
    /// Any change (`P` is 1).
    Anything(String),
    /// Signing this field, which it locks.
    Field(String, String),
}

/// Why an authority gave no time-stamp that can be used.
#[derive(Debug)]
pub enum StampError {
    /// It could not be reached.
    Net(NetError),
    /// It answered that it will not.
    Refused(u32, String),
    /// Its answer is none.
    Nonsense,
    /// Its token is about something else, or answers another question.
    Other,
    /// Its token or its certificate is not as RFC 3161 asks.
    Unfit,
    /// Its clock and ours differ by so many seconds.
    Clock(i64),
}

impl Tell for StampError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Net(error) => error.tell(lang),
            Self::Refused(status, why) => say::sign::stamp_refused(lang, status, why),
            Self::Nonsense => say::sign::stamp_nonsense(lang),
            Self::Other => say::sign::stamp_other(lang),
            Self::Unfit => say::sign::stamp_unfit(lang),
            Self::Clock(seconds) => say::sign::stamp_clock(lang, seconds),
        }
    }
}

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for StampError {}

impl Tell for SignError {
    fn tell(&self, lang: Lang) -> String {
        let plain: Sentence = match self {
            Self::NotPdf => say::pdf::not_pdf,
            Self::Sealed => say::sign::sealed,
            Self::NotPermitted => say::sign::not_permitted,
            Self::ForeignCipher => say::sign::foreign_cipher,
            Self::NoPage => say::sign::no_page,
            Self::CertifyTooLate => say::sign::certify_too_late,
            Self::NothingSigned => say::sign::nothing_signed,
            Self::NotHolding => say::sign::not_holding,
            Self::TooLarge => say::sign::too_large,
            Self::Unreadable(error) => return error.tell(lang),
            Self::Broken(error) => return say::sign::damaged(lang, error.tell(lang)),
            Self::Damaged(odd) => return say::sign::damaged(lang, odd.told(lang)),
            Self::Forbidden(Ban::Anything(field)) => {
                return say::sign::forbidden(lang, field);
            }
            Self::Forbidden(Ban::Field(by, field)) => {
                return say::sign::field_locked(lang, field, by);
            }
            Self::NotIntact(name) => return say::sign::not_intact(lang, name),
            Self::NoField(name) => return say::sign::no_field(lang, name),
            Self::FieldSigned(name) => return say::sign::field_signed(lang, name),
            Self::ReadOnly(name) => return say::sign::field_read_only(lang, name),
            Self::SeedValue(name, demand) => {
                return say::sign::seed_value(lang, name, demand.told(lang));
            }
            Self::Concerns(concerns) => {
                let told: Vec<_> = concerns.iter().map(|c| c.told(lang)).collect();
                return say::sign::concerns(lang, told.join("; "));
            }
            Self::Key(error) => return error.tell(lang),
            Self::NotYetValid(from) => return say::sign::not_yet_valid(lang, from),
            Self::Expired(until) => return say::sign::expired(lang, until),
            Self::Unfit(_) => say::sign::unfit,
            Self::Revoked(at) => return say::sign::revoked(lang, at),
            Self::NoStamp(tried) => {
                let told = |(url, error): &(String, StampError)| {
                    format!("{url}: {}", error.tell(lang))
                };
                let told: Vec<_> = tried.iter().map(told).collect();
                return say::sign::no_stamp(lang, told.join("; "));
            }
            Self::Look(error) => return error.told(lang),
            Self::IssuerMissing(name) => return say::sign::issuer_missing(lang, name),
            Self::NotVouched(name) => return say::sign::not_vouched(lang, name),
            Self::Queue(path, line) => {
                return say::sign::queue_line(lang, path.display(), line);
            }
            Self::Store(error) => return error.tell(lang),
            Self::Beside(error) => return error.tell(lang),
            Self::Io(error) => return say::io_reason(lang, error),
        };
        plain(lang)
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for SignError {}

impl From<CosError> for SignError {
    fn from(error: CosError) -> Self {
        Self::Unreadable(error)
    }
}

impl From<KeyError> for SignError {
    fn from(error: KeyError) -> Self {
        Self::Key(error)
    }
}

impl From<StoreError> for SignError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for SignError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<CmsError> for SignError {
    fn from(error: CmsError) -> Self {
        Self::Beside(BesideError::Cms(error))
    }
}

impl From<BesideError> for SignError {
    fn from(error: BesideError) -> Self {
        match error {
            BesideError::Io(error) => Self::Io(error),
            other @ (BesideError::Cms(_) | BesideError::NoContent) => Self::Beside(other),
        }
    }
}
