//! Certificate revocation lists (RFC 5280, 5).
//!
//! A national authority's list has hundreds of thousands of entries, so the
//! entries stay bytes and are walked when a certificate is looked up.

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::digest::Digest;
use crate::pki::certificate::{Signed, place};
use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
use crate::pki::extension::{Extensions, Known};
use crate::pki::general_name::GeneralName;
use crate::pki::key::PublicKey;
use crate::pki::name::Name;
use crate::pki::oid;
use crate::pki::signature::{Scheme, SignatureError};
use crate::time::Timestamp;

/// A revocation list. Copies share one content.
#[derive(Clone)]
pub struct Crl(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    der: Vec<u8>,
    sha256: Digest,
    signed: Signed,
    issuer: Name,
    this_update: Timestamp,
    next_update: Option<Timestamp>,
    entries: Range<usize>,
    extensions: Extensions,
}

/// Why a certificate was revoked (RFC 5280, 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No reason is told.
    Unspecified,
    /// Others may have the key.
    KeyCompromise,
    /// Others may have the authority's key.
    CaCompromise,
    /// The subject's name or office changed.
    AffiliationChanged,
    /// Another certificate took its place.
    Superseded,
    /// The subject no longer needs it.
    CessationOfOperation,
    /// Suspended, perhaps for a time.
    CertificateHold,
    /// No longer on hold: only in partial lists.
    RemoveFromCrl,
    /// A privilege ended.
    PrivilegeWithdrawn,
    /// Others may have the attribute authority's key.
    AaCompromise,
    /// A number without a meaning.
    Unknown(u8),
}

impl Reason {
    /// The reason this number stands for.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Unspecified,
            1 => Self::KeyCompromise,
            2 => Self::CaCompromise,
            3 => Self::AffiliationChanged,
            4 => Self::Superseded,
            5 => Self::CessationOfOperation,
            6 => Self::CertificateHold,
            8 => Self::RemoveFromCrl,
            9 => Self::PrivilegeWithdrawn,
            10 => Self::AaCompromise,
            other => Self::Unknown(other),
        }
    }

    /// The number of this reason.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::RemoveFromCrl => 8,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
            Self::Unknown(code) => code,
        }
    }
}

/// One entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When the certificate was revoked.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Since when the key may have been in other hands.
    pub invalid_since: Option<Timestamp>,
}

impl Entry {
    /// From when the certificate is not to be relied on: a key that may have been in other
    /// hands before was so (RFC 5280, 5.3.2).
    #[must_use]
    pub fn effective(&self) -> Timestamp {
        self.invalid_since.map_or(self.at, |since| since.min(self.at))
    }
}

/// What a list says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It is not on the list.
    Absent,
    /// It is on the list.
    Listed(Entry),
    /// An entry before it, or its own, has a critical extension that is not
    /// known here, so nothing can be concluded (RFC 5280, 5.3).
    Unusable,
}

impl Crl {
    /// Reads a list that is alone in `bytes`.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut outer = der::whole_sequence(bytes)?;
        let tbs = outer.expect(Tag::SEQUENCE)?;
        let scheme = Scheme::read(&mut outer)?;
        let signature = outer.signature_bits()?.to_vec();
        outer.end()?;

        let mut parts = tbs.reader();
        parts.optional(Tag::INTEGER)?;
        parts.expect(Tag::SEQUENCE)?;
        let issuer = Name::read(&mut parts)?;
        let this_update = parts.time()?;
        let next_update = match parts.rest().first() {
            Some(0x17 | 0x18) => Some(parts.time()?),
            Some(_) | None => None,
        };
        let entries = match parts.optional(Tag::SEQUENCE)? {
            Some(list) => place(bytes, list.value)?,
            None => 0..0,
        };
        let extensions = match parts.optional(Tag::context(0))? {
            Some(list) => Extensions::read(list.reader().sequence()?, Known::InList)?,
            None => Extensions::default(),
        };
        parts.end()?;
        Ok(Self(Arc::new(Parts {
            sha256: Digest::of(bytes),
            signed: Signed { bytes: place(bytes, tbs.raw)?, scheme, signature },
            der: bytes.to_vec(),
            issuer,
            this_update,
            next_update,
            entries,
            extensions,
        })))
    }

    /// The bytes as they were read.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.0.der
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub fn sha256(&self) -> Digest {
        self.0.sha256
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// When it was made.
    #[must_use]
    pub fn this_update(&self) -> Timestamp {
        self.0.this_update
    }

    /// By when the next one will be made.
    #[must_use]
    pub fn next_update(&self) -> Option<Timestamp> {
        self.0.next_update
    }

    /// What its extensions say.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.0.extensions
    }

    /// How it is signed.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.0.signed.scheme
    }

    /// Whether this key signed it.
    ///
    /// # Errors
    ///
    /// When it did not, or that cannot be known.
    pub fn is_signed_by(&self, key: &PublicKey) -> Result<(), SignatureError> {
        self.0.signed.verify(self.der(), key)
    }

    /// What the list says of the certificate that `issuer` gave this serial
    /// number.
    ///
    /// # Errors
    ///
    /// When an entry cannot be read.
    pub fn lookup(&self, issuer: &Name, serial: &[u8]) -> Result<Lookup, Malformed> {
        let wanted = der::shortest(serial);
        let indirect = self.extensions().issuing_distribution_point.as_ref();
        let indirect = indirect.is_some_and(|point| point.indirect);
        let mut ours = self.issuer() == issuer;
        let mut found = Lookup::Absent;
        let bytes = self.der().get(self.0.entries.clone()).unwrap_or_default();
        let mut entries = Reader::new(bytes);
        while !entries.is_empty() {
            let mut entry = entries.sequence()?;
            let listed = entry.integer()?;
            let matches = der::shortest(listed) == wanted;
            if entry.rest().is_empty() {
                return Err(Malformed::Ends);
            }
            // Most entries of most lists: another serial number, and no
            // extension that could change whose the following ones are.
            if !matches && !indirect && !has_critical(entry) {
                continue;
            }
            let at = entry.time()?;
            let details = details(&mut entry, at)?;
            // RFC 5280, 5.3.3: the issuer of an entry holds until the next one.
            if let Some(named) = details.issuer {
                ours = named.iter().any(
                    |name| matches!(name, GeneralName::Directory(name) if name == issuer),
                );
            }
            if details.unknown_critical {
                return Ok(Lookup::Unusable);
            }
            if matches && ours {
                found = graver(found, details.entry);
            }
        }
        Ok(found)
    }
}

/// Of two entries about one certificate, which no list should have, the one that weighs
/// more.
fn graver(found: Lookup, entry: Entry) -> Lookup {
    let rank = |entry: &Entry| {
        let lifted = entry.reason == Reason::RemoveFromCrl;
        let held = entry.reason == Reason::CertificateHold;
        if lifted { 0 } else { 2 - u8::from(held) }
    };
    let weighs = |entry: &Entry| (rank(entry), Reverse(entry.at));
    match found {
        Lookup::Listed(known) if weighs(&known) >= weighs(&entry) => found,
        Lookup::Listed(_) | Lookup::Absent | Lookup::Unusable => Lookup::Listed(entry),
    }
}

/// Whether the extensions of an entry, if any, hold BOOLEAN TRUE: a quick
/// look that may say yes too often.
fn has_critical(entry: Reader<'_>) -> bool {
    let mut entry = entry;
    entry.any().is_err() || entry.rest().windows(2).any(|pair| pair == [0x01, 0x01])
}

struct Details {
    entry: Entry,
    issuer: Option<Vec<GeneralName>>,
    unknown_critical: bool,
}

fn details(rest: &mut Reader<'_>, at: Timestamp) -> Result<Details, Malformed> {
    let entry = Entry { at, reason: Reason::Unspecified, invalid_since: None };
    let mut details = Details { entry, issuer: None, unknown_critical: false };
    let Some(list) = rest.optional(Tag::SEQUENCE)? else { return Ok(details) };
    let mut list = list.reader();
    while !list.is_empty() {
        let mut extension = list.sequence()?;
        let kind = extension.oid()?;
        let critical = extension.flag()?;
        let value = extension.octets()?;
        match kind {
            oid::REASON_CODE => {
                let code = der::whole(&value)?;
                let code = u8::try_from(der::small(code.value)?);
                details.entry.reason =
                    Reason::from_code(code.map_err(|_large| Malformed::Value)?);
            }
            oid::INVALIDITY_DATE => {
                details.entry.invalid_since = Some(Reader::new(&value).time()?);
            }
            oid::CERTIFICATE_ISSUER => {
                details.issuer =
                    Some(GeneralName::read_all(der::whole_sequence(&value)?)?);
            }
            oid::HOLD_INSTRUCTION => {}
            _ => details.unknown_critical |= critical,
        }
    }
    Ok(details)
}

impl PartialEq for Crl {
    fn eq(&self, other: &Self) -> bool {
        self.sha256() == other.sha256()
    }
}

impl Eq for Crl {}

impl fmt::Debug for Crl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Crl({}, {})", self.issuer(), self.sha256())
    }
}
