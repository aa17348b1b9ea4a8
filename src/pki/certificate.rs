//! Certificates (RFC 5280, 4.1), read tolerantly and kept as they are.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::digest::Digest;
use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
use crate::pki::extension::{Extensions, Known};
use crate::pki::hash::Hash;
use crate::pki::key::PublicKey;
use crate::pki::name::Name;
use crate::pki::signature::{Message, Scheme, SignatureError};
use crate::time::Timestamp;

/// Bytes of the largest certificate that is read.
const MOST_BYTES: usize = 1 << 20;

/// A certificate. Copies share one content; two are equal when their bytes are.
#[derive(Clone)]
pub struct Certificate(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    der: Vec<u8>,
    sha256: Digest,
    signed: Signed,
    serial: Vec<u8>,
    issuer: Name,
    not_before: Timestamp,
    not_after: Timestamp,
    subject: Name,
    key_info: Vec<u8>,
    key: PublicKey,
    extensions: Extensions,
    version: u32,
    oddities: Vec<Oddity>,
}

/// What a certificate, list or answer has in common: bytes and a signature
/// over them.
#[derive(Clone, Debug)]
pub(crate) struct Signed {
    /// Where in the file the signed bytes lie.
    pub(crate) bytes: std::ops::Range<usize>,
    /// How they are signed.
    pub(crate) scheme: Scheme,
    /// The signature.
    pub(crate) signature: Vec<u8>,
}

/// What is not as it should be in a certificate that is readable all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// Not written by the distinguished encoding rules.
    NotDer,
    /// The RSA modulus is written as a negative number.
    NegativeModulus,
    /// The algorithm inside and outside the signed part differ
    /// (RFC 5280, 4.1.1.2).
    AlgorithmsDiffer,
    /// The serial number is negative, zero or longer than 20 bytes
    /// (RFC 5280, 4.1.2.2).
    SerialNumber,
    /// Extensions in a certificate of a version that has none.
    Version,
}

impl Certificate {
    /// Reads a certificate that is alone in `bytes`.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MOST_BYTES {
            return Err(Malformed::TooMany);
        }
        let mut outer = der::whole_sequence(bytes)?;
        let tbs = outer.expect(Tag::SEQUENCE)?;
        let scheme_outside = outer.expect(Tag::SEQUENCE)?;
        let scheme = Scheme::read(&mut Reader::new(scheme_outside.raw))?;
        let signature = outer.signature_bits()?.to_vec();
        outer.end()?;

        let mut parts = tbs.reader();
        let version = match parts.optional(Tag::context(0))? {
            Some(version) => version.reader().small()?,
            None => 0,
        };
        let serial = parts.integer()?.to_vec();
        let scheme_inside = parts.expect(Tag::SEQUENCE)?;
        let issuer = Name::read(&mut parts)?;
        let mut validity = parts.sequence()?;
        let (not_before, not_after) = (validity.time()?, validity.time()?);
        let subject = Name::read(&mut parts)?;
        let key_info = parts.expect(Tag::SEQUENCE)?;
        let key = PublicKey::read(&mut Reader::new(key_info.raw))?;
        parts.optional(Tag::implicit(1))?;
        parts.optional(Tag::implicit(2))?;
        let extensions = match parts.optional(Tag::context(3))? {
            Some(list) => {
                Extensions::read(list.reader().sequence()?, Known::InCertificate)?
            }
            None => Extensions::default(),
        };
        parts.end()?;

        let mut oddities = Vec::new();
        let mut odd = |is: bool, oddity| {
            if is {
                oddities.push(oddity);
            }
        };
        odd(!der::is_der(bytes), Oddity::NotDer);
        odd(
            matches!(key, PublicKey::Rsa { negative: true, .. }),
            Oddity::NegativeModulus,
        );
        odd(scheme_inside.raw != scheme_outside.raw, Oddity::AlgorithmsDiffer);
        odd(is_odd_serial(&serial), Oddity::SerialNumber);
        odd(version != 2 && !extensions.present.is_empty(), Oddity::Version);
        Ok(Self(Arc::new(Parts {
            sha256: Digest::of(bytes),
            signed: Signed { bytes: place(bytes, tbs.raw)?, scheme, signature },
            der: bytes.to_vec(),
            serial,
            issuer,
            not_before,
            not_after,
            subject,
            key_info: key_info.raw.to_vec(),
            key,
            extensions,
            version,
            oddities,
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

    /// SHA-1 of the bytes, as other programs show it.
    #[must_use]
    pub fn sha1(&self) -> Vec<u8> {
        Hash::Sha1.of(self.der())
    }

    /// The serial number, as a two's complement number.
    #[must_use]
    pub fn serial(&self) -> &[u8] {
        &self.0.serial
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> &Name {
        &self.0.issuer
    }

    /// Whom it is about.
    #[must_use]
    pub fn subject(&self) -> &Name {
        &self.0.subject
    }

    /// The name people know the subject by.
    #[must_use]
    pub fn display_name(&self) -> String {
        self.subject().common()
    }

    /// From when it holds.
    #[must_use]
    pub fn not_before(&self) -> Timestamp {
        self.0.not_before
    }

    /// Until when it holds, this second included.
    #[must_use]
    pub fn not_after(&self) -> Timestamp {
        self.0.not_after
    }

    /// Whether it holds at this moment.
    #[must_use]
    pub fn is_valid_at(&self, at: Timestamp) -> bool {
        (self.not_before()..=self.not_after()).contains(&at)
    }

    /// The subject's key.
    #[must_use]
    pub fn key(&self) -> &PublicKey {
        &self.0.key
    }

    /// The `SubjectPublicKeyInfo` as it stands.
    #[must_use]
    pub fn key_info(&self) -> &[u8] {
        &self.0.key_info
    }

    /// The bits of the key alone, which OCSP hashes (RFC 6960, 4.1.1).
    #[must_use]
    pub fn key_bits(&self) -> &[u8] {
        let bits = || -> Result<&[u8], Malformed> {
            let mut info = der::whole_sequence(self.key_info())?;
            info.any()?;
            info.bits()
        };
        bits().unwrap_or_default()
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

    /// The version, counted from zero as in the file: 2 is version 3.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.0.version
    }

    /// What is not as it should be.
    #[must_use]
    pub fn oddities(&self) -> &[Oddity] {
        &self.0.oddities
    }

    /// Whether subject and issuer have one name (RFC 5280, 3.2).
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer() == self.subject()
    }

    /// Whether it is signed by its own key.
    #[must_use]
    pub fn is_self_signed(&self) -> bool {
        self.is_self_issued() && self.is_signed_by(self.key()).is_ok()
    }

    /// Whether it may issue certificates: basic constraints and key usage
    /// (RFC 5280, 6.1.4 (k) and (n)).
    #[must_use]
    pub fn is_authority(&self) -> bool {
        let constraints = self.extensions().basic_constraints;
        constraints.is_some_and(|constraints| constraints.authority)
            && self.extensions().key_usage.is_none_or(|usage| usage.certificates())
    }

    /// Whether this key signed it.
    ///
    /// # Errors
    ///
    /// When it did not, or that cannot be known.
    pub fn is_signed_by(&self, key: &PublicKey) -> Result<(), SignatureError> {
        self.0.signed.verify(self.der(), key)
    }

    /// Whether a signer identified by issuer and serial number is this one.
    #[must_use]
    pub fn is_named(&self, issuer: &Name, serial: &[u8]) -> bool {
        der::shortest(self.serial()) == der::shortest(serial) && self.issuer() == issuer
    }
}

impl Signed {
    /// Whether `key` signed the part of `file` that is signed.
    pub(crate) fn verify(
        &self,
        file: &[u8],
        key: &PublicKey,
    ) -> Result<(), SignatureError> {
        let bytes = file.get(self.bytes.clone()).unwrap_or_default();
        self.scheme.verify(key, Message::Whole(bytes), &self.signature)
    }
}

/// Where `part`, a slice of `whole`, lies in it.
pub(crate) fn place(
    whole: &[u8],
    part: &[u8],
) -> Result<std::ops::Range<usize>, Malformed> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr());
    let start = start.filter(|start| start + part.len() <= whole.len());
    start.map(|start| start..start + part.len()).ok_or(Malformed::Value)
}

fn is_odd_serial(serial: &[u8]) -> bool {
    let negative = serial.first().is_some_and(|first| first & 0x80 != 0);
    negative || der::magnitude(serial).is_empty() || der::magnitude(serial).len() > 20
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Self) -> bool {
        self.sha256() == other.sha256()
    }
}

impl Eq for Certificate {}

impl PartialOrd for Certificate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Certificate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sha256().cmp(&other.sha256())
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Certificate({}, {})", self.subject(), self.sha256())
    }
}
