//! Answers of OCSP responders (RFC 6960).

use std::fmt;
use std::sync::Arc;

use crate::digest::Digest;
use crate::pki::certificate::{Certificate, Signed, place};
use crate::pki::crl::{Entry, Reason};
use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
use crate::pki::extension::{Extensions, Known};
use crate::pki::hash::Hash;
use crate::pki::key::PublicKey;
use crate::pki::name::Name;
use crate::pki::oid;
use crate::pki::signature::{Scheme, SignatureError};
use crate::time::Timestamp;

/// Bytes of the largest answer that is read.
const MOST_BYTES: usize = 1 << 22;
/// Certificates or single answers in one response that are looked at.
const MOST_PARTS: usize = 256;

/// A response that was successful. Copies share one content.
#[derive(Clone)]
pub struct Ocsp(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    der: Vec<u8>,
    basic: Vec<u8>,
    sha256: Digest,
    signed: Signed,
    responder: Responder,
    produced_at: Timestamp,
    answers: Vec<Answer>,
    certificates: Vec<Certificate>,
    extensions: Extensions,
}

/// Who answered (RFC 6960, 4.2.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Responder {
    /// Someone of this name.
    Name(Name),
    /// The holder of the key with this SHA-1.
    Key(Vec<u8>),
}

/// What is said of one certificate.
#[derive(Clone, Debug)]
pub struct Answer {
    hash: Option<Hash>,
    name_hash: Vec<u8>,
    key_hash: Vec<u8>,
    serial: Vec<u8>,
    /// Good, revoked or unknown.
    pub status: AnswerStatus,
    /// When this was known to be so.
    pub this_update: Timestamp,
    /// When more will be known.
    pub next_update: Option<Timestamp>,
    /// What its extensions say.
    pub extensions: Extensions,
}

/// Good, revoked or unknown (RFC 6960, 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerStatus {
    /// Not revoked.
    Good,
    /// Revoked, perhaps for a time.
    Revoked(Entry),
    /// The responder knows no such certificate.
    Unknown,
}

impl Ocsp {
    /// Reads an `OCSPResponse`, or the `BasicOCSPResponse` within one, that is
    /// alone in `bytes`.
    ///
    /// # Errors
    ///
    /// When it is neither, or the responder did not answer.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        if bytes.len() > MOST_BYTES {
            return Err(Malformed::TooMany);
        }
        let mut outer = der::whole_sequence(bytes)?;
        let Some(status) = outer.optional(Tag::ENUMERATED)? else {
            return Self::parse_basic(bytes, bytes);
        };
        if der::small(status.value)? != 0 {
            return Err(Malformed::Value);
        }
        let mut wrapper = outer.expect(Tag::context(0))?.reader().sequence()?;
        if wrapper.oid()? != oid::OCSP_BASIC {
            return Err(Malformed::Value);
        }
        Self::parse_basic(bytes, &wrapper.octets()?)
    }

    fn parse_basic(der: &[u8], basic: &[u8]) -> Result<Self, Malformed> {
        let mut outer = der::whole_sequence(basic)?;
        let tbs = outer.expect(Tag::SEQUENCE)?;
        let scheme = Scheme::read(&mut outer)?;
        let signature = outer.signature_bits()?.to_vec();
        let mut certificates = Vec::new();
        if let Some(list) = outer.optional(Tag::context(0))? {
            let mut list = list.reader().sequence()?;
            while !list.is_empty() && certificates.len() < MOST_PARTS {
                // One that cannot be read must not hide the others.
                certificates.extend(Certificate::parse(list.any()?.raw));
            }
        }

        let mut parts = tbs.reader();
        parts.optional(Tag::context(0))?;
        let responder = parts.any()?;
        let responder = match responder.tag.0 {
            0xa1 => Responder::Name(Name::read(&mut responder.reader())?),
            0xa2 => Responder::Key(responder.reader().octets()?.into_owned()),
            tag => return Err(Malformed::Unexpected(tag)),
        };
        let produced_at = parts.time()?;
        let mut list = parts.sequence()?;
        let mut answers = Vec::new();
        while !list.is_empty() {
            if answers.len() == MOST_PARTS {
                return Err(Malformed::TooMany);
            }
            answers.push(answer(list.sequence()?)?);
        }
        let extensions = extensions(&mut parts, 1)?;
        Ok(Self(Arc::new(Parts {
            sha256: Digest::of(der),
            signed: Signed { bytes: place(basic, tbs.raw)?, scheme, signature },
            der: der.to_vec(),
            basic: basic.to_vec(),
            responder,
            produced_at,
            answers,
            certificates,
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

    /// Who answered.
    #[must_use]
    pub fn responder(&self) -> &Responder {
        &self.0.responder
    }

    /// When the answer was signed.
    #[must_use]
    pub fn produced_at(&self) -> Timestamp {
        self.0.produced_at
    }

    /// The single answers.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.0.answers
    }

    /// The certificates that came with it.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.0.certificates
    }

    /// Whether it can be the answer to a request with this nonce. Answers made
    /// beforehand repeat none (RFC 9654, 2.1); one that repeats another is another's.
    #[must_use]
    pub fn answers_to(&self, nonce: &[u8]) -> bool {
        let own = self.extensions().ocsp_nonce.as_deref();
        // Some responders leave the inner encoding out.
        own.is_none_or(|own| own == nonce || own == der::encode(Tag::OCTET_STRING, nonce))
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
        self.0.signed.verify(&self.0.basic, key)
    }

    /// Whether this certificate is the one that the answer names as its signer.
    #[must_use]
    pub fn is_from(&self, certificate: &Certificate) -> bool {
        match self.responder() {
            Responder::Name(name) => certificate.subject() == name,
            Responder::Key(hash) => Hash::Sha1.of(certificate.key_bits()) == *hash,
        }
    }
}

impl Answer {
    /// Whether it speaks of this certificate, issued by the holder of this
    /// name and key (RFC 6960, 4.1.1).
    #[must_use]
    pub fn is_about(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let Some(hash) = self.hash else { return false };
        der::shortest(&self.serial) == der::shortest(certificate.serial())
            && hash.of(issuer.key_bits()) == self.key_hash
            && (hash.of(certificate.issuer().der()) == self.name_hash
                || hash.of(issuer.subject().der()) == self.name_hash)
    }
}

fn answer(mut parts: Reader<'_>) -> Result<Answer, Malformed> {
    let mut id = parts.sequence()?;
    let hash = Hash::read(&mut id)?.ok();
    let name_hash = id.octets()?.into_owned();
    let key_hash = id.octets()?.into_owned();
    let serial = id.integer()?.to_vec();
    let status = parts.any()?;
    let status = match status.tag.0 {
        0x80 => AnswerStatus::Good,
        0xa1 => AnswerStatus::Revoked(revoked(status.reader())?),
        0x82 => AnswerStatus::Unknown,
        tag => return Err(Malformed::Unexpected(tag)),
    };
    let this_update = parts.time()?;
    let next = parts.optional(Tag::context(0))?;
    let next_update = next.map(|next| next.reader().time()).transpose()?;
    let extensions = extensions(&mut parts, 1)?;
    Ok(Answer {
        hash,
        name_hash,
        key_hash,
        serial,
        status,
        this_update,
        next_update,
        extensions,
    })
}

fn revoked(mut parts: Reader<'_>) -> Result<Entry, Malformed> {
    let at = parts.time()?;
    let mut reason = Reason::Unspecified;
    if let Some(code) = parts.optional(Tag::context(0))? {
        let code = der::small(code.reader().expect(Tag::ENUMERATED)?.value)?;
        reason =
            Reason::from_code(u8::try_from(code).map_err(|_large| Malformed::Value)?);
    }
    Ok(Entry { at, reason, invalid_since: None })
}

fn extensions(parts: &mut Reader<'_>, number: u8) -> Result<Extensions, Malformed> {
    match parts.optional(Tag::context(number))? {
        Some(list) => Extensions::read(list.reader().sequence()?, Known::InAnswer),
        None => Ok(Extensions::default()),
    }
}

impl PartialEq for Ocsp {
    fn eq(&self, other: &Self) -> bool {
        self.sha256() == other.sha256()
    }
}

impl Eq for Ocsp {}

impl fmt::Debug for Ocsp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ocsp({}, {})", self.produced_at(), self.sha256())
    }
}
/// An `OCSPRequest` about a certificate (RFC 6960, 4.1.1), with a nonce where one
/// is given (RFC 9654).
#[must_use]
pub fn request(
    link: &Certificate,
    issuer: &Certificate,
    nonce: Option<&[u8]>,
) -> Vec<u8> {
    let sha1 =
        der::sequence(&[&der::encode_oid(oid::SHA1), &der::encode(Tag::NULL, &[])]);
    let id = der::sequence(&[
        &sha1,
        &der::encode(Tag::OCTET_STRING, &Hash::Sha1.of(issuer.subject().der())),
        &der::encode(Tag::OCTET_STRING, &Hash::Sha1.of(issuer.key_bits())),
        &der::encode(Tag::INTEGER, link.serial()),
    ]);
    let list = der::sequence(&[&der::sequence(&[&id])]);
    let extensions = nonce.map_or_else(Vec::new, |nonce| {
        let nonce =
            der::encode(Tag::OCTET_STRING, &der::encode(Tag::OCTET_STRING, nonce));
        let extension = der::sequence(&[&der::encode_oid(oid::OCSP_NONCE), &nonce]);
        der::encode(Tag::context(2), &der::sequence(&[&extension]))
    });
    der::sequence(&[&der::sequence(&[&list, &extensions])])
}
