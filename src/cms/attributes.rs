//! What a signer says beside the signature (RFC 5652, 11; RFC 5035; EN 319
//! 122-1, 5).

use crate::pki::certificate::Certificate;
use crate::pki::crl::Crl;
use crate::pki::der::{self, Reader, Tag};
use crate::pki::general_name::GeneralName;
use crate::pki::ocsp::Ocsp;
use crate::pki::{Evidence, Hash, Malformed, Oid, Scheme, oid};
use crate::time::Timestamp;

/// Attributes, values of one, or parts of a value that are looked at.
const MOST_PARTS: usize = 256;

/// The signed or the unsigned attributes of a signer.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    /// Every attribute, in order: its kind and how many values it has.
    pub present: Vec<(Oid, usize)>,
    /// What was signed: its type.
    pub content_type: Option<Oid>,
    /// What was signed: its digest.
    pub message_digest: Option<Vec<u8>>,
    /// When the signer says it signed.
    pub signing_time: Option<Timestamp>,
    /// The certificates it says it signs with, its own first.
    pub references: Vec<Reference>,
    /// Time-stamps over the signature, as they stand.
    pub signature_time_stamps: Vec<Vec<u8>>,
    /// Time-stamps over the content from before signing, as they stand.
    pub content_time_stamps: Vec<Vec<u8>>,
    /// Archive time-stamps of the third kind, as they stand.
    pub archive_time_stamps: Vec<Vec<u8>>,
    /// In the token of an archive time-stamp: what that covers, as it stands.
    pub ats_hash_index: Option<Vec<u8>>,
    /// Lists and answers of `adbe-revocationInfoArchival`.
    pub adobe_revocation: Evidence,
    /// Lists and answers of CAdES `revocation-values`.
    pub revocation_values: Evidence,
    /// Certificates of CAdES `certificate-values`.
    pub certificate_values: Vec<Certificate>,
    /// The algorithms, once more under the signature (RFC 6211).
    pub protection: Option<Protection>,
    /// What the signer commits to.
    pub commitments: Vec<Oid>,
    /// The policy it signs under.
    pub policy: Option<SignaturePolicy>,
    /// Attributes that stand twice, or have several values where one is allowed.
    pub duplicates: Vec<Oid>,
    /// Attributes that are known and cannot be read.
    pub damaged: Vec<Oid>,
}

/// A certificate a signer says it signs with (RFC 5035, 3 and 4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Whether it is of the first kind, which knows SHA-1 only.
    pub first_kind: bool,
    /// The digest used, or its identifier if it is not known here.
    pub hash: Result<Hash, Oid>,
    /// The digest of the certificate.
    pub value: Vec<u8>,
    /// Issuer and serial number, where told.
    pub issuer_serial: Option<(Vec<GeneralName>, Vec<u8>)>,
}

/// The algorithms, once more under the signature (RFC 6211).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// The digest.
    pub hash: Result<Hash, Oid>,
    /// The signature scheme.
    pub scheme: Option<Scheme>,
}

/// The policy a signer signs under (RFC 5126, 5.8.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignaturePolicy {
    /// One that follows from the content.
    Implied,
    /// This one, of which the digest is also told.
    Named {
        /// Which policy.
        policy: Oid,
        /// The digest algorithm.
        hash: Option<Hash>,
        /// The digest of the policy.
        value: Vec<u8>,
    },
}

/// Attributes that PAdES baseline signatures do not have (EN 319 142-1, 6.3).
const NOT_IN_PADES: [Oid; 7] = [
    oid::SIGNING_TIME,
    oid::COUNTER_SIGNATURE,
    oid::CONTENT_HINTS,
    oid::CONTENT_REFERENCE,
    oid::CONTENT_IDENTIFIER,
    oid::MIME_TYPE,
    oid::SIGNER_LOCATION,
];

/// Attributes with validation data, which those that last have in the file instead.
const VALIDATION_DATA: [Oid; 3] =
    [oid::CERTIFICATE_VALUES, oid::REVOCATION_VALUES, oid::ADOBE_REVOCATION];

/// Attributes that a signer has once, with one value.
const SINGLE: [Oid; 13] = [
    oid::CONTENT_TYPE,
    oid::MESSAGE_DIGEST,
    oid::SIGNING_TIME,
    oid::SIGNING_CERTIFICATE,
    oid::SIGNING_CERTIFICATE_V2,
    oid::ALGORITHM_PROTECTION,
    oid::COMMITMENT_TYPE,
    oid::SIGNATURE_POLICY,
    oid::SIGNER_LOCATION,
    oid::SIGNER_ATTRIBUTES,
    oid::SIGNER_ATTRIBUTES_V2,
    oid::ADOBE_REVOCATION,
    oid::ATS_HASH_INDEX_V3,
];

impl Attributes {
    /// Reads attributes until nothing is left.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(mut list: Reader<'_>) -> Result<Self, Malformed> {
        let mut found = Self::default();
        while !list.is_empty() {
            if found.present.len() == MOST_PARTS {
                return Err(Malformed::TooMany);
            }
            let mut attribute = list.sequence()?;
            let kind = attribute.oid()?;
            let mut values = attribute.expect(Tag::SET)?.reader();
            attribute.end()?;
            let again = found.has(kind);
            let mut count = 0;
            while !values.is_empty() {
                count += 1;
                if count > MOST_PARTS {
                    return Err(Malformed::TooMany);
                }
                let value = values.any()?;
                if found.take(kind, value.raw).is_err() {
                    found.damaged.push(kind);
                }
            }
            if (again || count != 1) && SINGLE.contains(&kind) {
                found.duplicates.push(kind);
            }
            found.present.push((kind, count));
        }
        Ok(found)
    }

    /// Whether an attribute of this kind is there.
    #[must_use]
    pub fn has(&self, kind: Oid) -> bool {
        self.present.iter().any(|(other, _)| *other == kind)
    }

    /// The attributes that a PAdES baseline signature does not have.
    pub fn not_in_pades(&self) -> impl Iterator<Item = Oid> {
        let kinds = self.present.iter().map(|(kind, _)| *kind);
        kinds.filter(|kind| NOT_IN_PADES.contains(kind))
    }

    /// Whether there are validation data among them, which a PAdES signature of level
    /// B-LT has in `/DSS` alone (EN 319 142-1, 6.3).
    #[must_use]
    pub fn has_validation_data(&self) -> bool {
        VALIDATION_DATA.into_iter().any(|kind| self.has(kind))
    }

    fn take(&mut self, kind: Oid, value: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(value);
        match kind {
            oid::CONTENT_TYPE => self.content_type = Some(reader.oid()?),
            oid::MESSAGE_DIGEST => {
                self.message_digest = Some(reader.octets()?.into_owned());
            }
            oid::SIGNING_TIME => self.signing_time = Some(reader.time()?),
            oid::SIGNING_CERTIFICATE => self.references.extend(references(value, true)?),
            oid::SIGNING_CERTIFICATE_V2 => {
                self.references.extend(references(value, false)?);
            }
            oid::SIGNATURE_TIME_STAMP | oid::MICROSOFT_TIME_STAMP => {
                self.signature_time_stamps.push(value.to_vec());
            }
            oid::CONTENT_TIME_STAMP => self.content_time_stamps.push(value.to_vec()),
            oid::ARCHIVE_TIME_STAMP_V3 => self.archive_time_stamps.push(value.to_vec()),
            oid::ATS_HASH_INDEX_V3 => self.ats_hash_index = Some(value.to_vec()),
            oid::ADOBE_REVOCATION => gather(value, &mut self.adobe_revocation)?,
            oid::REVOCATION_VALUES => gather(value, &mut self.revocation_values)?,
            oid::CERTIFICATE_VALUES => {
                let mut list = reader.sequence()?;
                while !list.is_empty() && self.certificate_values.len() < MOST_PARTS {
                    self.certificate_values.extend(Certificate::parse(list.any()?.raw));
                }
            }
            oid::ALGORITHM_PROTECTION => self.protection = Some(protection(value)?),
            oid::COMMITMENT_TYPE => self.commitments.push(reader.sequence()?.oid()?),
            oid::SIGNATURE_POLICY => self.policy = Some(policy(value)?),
            _ => {}
        }
        Ok(())
    }
}

/// `SigningCertificate` and `SigningCertificateV2` (RFC 5035, 3 and 5.4).
fn references(value: &[u8], first_kind: bool) -> Result<Vec<Reference>, Malformed> {
    let mut list = der::whole_sequence(value)?.sequence()?;
    let mut found = Vec::new();
    while !list.is_empty() {
        if found.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        let mut parts = list.sequence()?;
        let named = !first_kind && parts.rest().first() == Some(&Tag::SEQUENCE.0);
        let hash = match (named, first_kind) {
            (true, _) => Hash::read(&mut parts)?,
            (false, true) => Ok(Hash::Sha1),
            (false, false) => Ok(Hash::Sha256),
        };
        let value = parts.octets()?.into_owned();
        let mut issuer_serial = None;
        if let Some(pair) = parts.optional(Tag::SEQUENCE)? {
            let mut pair = pair.reader();
            let names = GeneralName::read_all(pair.sequence()?)?;
            issuer_serial = Some((names, pair.integer()?.to_vec()));
        }
        found.push(Reference { first_kind, hash, value, issuer_serial });
    }
    Ok(found)
}

/// `RevocationInfoArchival` (ISO 32000-2, 12.8.3.3.2) and `RevocationValues`
/// (RFC 5126, 6.3.4), which have one form: lists under 0, answers under 1.
fn gather(value: &[u8], into: &mut Evidence) -> Result<(), Malformed> {
    let mut parts = der::whole_sequence(value)?;
    if let Some(lists) = parts.optional(Tag::context(0))? {
        let mut lists = lists.reader().sequence()?;
        while !lists.is_empty() && into.crls.len() < MOST_PARTS {
            into.crls.extend(Crl::parse(lists.any()?.raw));
        }
    }
    if let Some(answers) = parts.optional(Tag::context(1))? {
        let mut answers = answers.reader().sequence()?;
        while !answers.is_empty() && into.ocsps.len() < MOST_PARTS {
            into.ocsps.extend(Ocsp::parse(answers.any()?.raw));
        }
    }
    Ok(())
}

fn protection(value: &[u8]) -> Result<Protection, Malformed> {
    let mut parts = der::whole_sequence(value)?;
    let hash = Hash::read(&mut parts)?;
    let scheme = match parts.optional(Tag::context(1))? {
        Some(scheme) => {
            let as_sequence = der::encode(Tag::SEQUENCE, scheme.value);
            Some(Scheme::read(&mut Reader::new(&as_sequence))?)
        }
        None => None,
    };
    Ok(Protection { hash, scheme })
}

fn policy(value: &[u8]) -> Result<SignaturePolicy, Malformed> {
    let value = der::whole(value)?;
    if value.tag == Tag::NULL {
        return Ok(SignaturePolicy::Implied);
    }
    let mut parts = value.reader();
    let policy = parts.oid()?;
    let Some(digest) = parts.optional(Tag::SEQUENCE)? else {
        return Ok(SignaturePolicy::Named { policy, hash: None, value: Vec::new() });
    };
    let mut digest = digest.reader();
    let hash = Hash::read(&mut digest)?.ok();
    Ok(SignaturePolicy::Named { policy, hash, value: digest.octets()?.into_owned() })
}
