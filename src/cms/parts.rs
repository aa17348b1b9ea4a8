//! Signed data taken apart, each part as it stands, to add to it and to hash what
//! archive time-stamps cover (RFC 5652, 5).
//!
//! Nothing that was signed is written anew: the fields of a signer go back byte for
//! byte. Only the lengths around them, and the order of sets, are those of DER.

use crate::cms::error::CmsError;
use crate::pki::der::{self, Reader, Tag};
use crate::pki::{Malformed, Ocsp, oid};

/// Certificates, lists, signers or attributes that are looked at.
const MOST_PARTS: usize = 1024;
/// RFC 5652, 5.1: the version of signed data with revocation data that are no list.
const OTHER_LISTS: u32 = 5;

/// Signed data taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    version: u32,
    digests: Vec<u8>,
    content: Vec<u8>,
    /// The certificates.
    certificates: Vec<Vec<u8>>,
    /// Revocation lists, and answers in their wrapping.
    lists: Vec<Vec<u8>>,
    /// The signers.
    pub signers: Vec<SignerParts>,
}

/// One signer taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignerParts {
    /// From the version to the signature: all that is not added to.
    pub fields: Vec<u8>,
    /// The signature's value.
    pub signature: Vec<u8>,
    /// The unsigned attributes.
    unsigned: Vec<Vec<u8>>,
}

/// A value of an attribute: the attribute's type and itself, as they stand.
pub type Value = (Vec<u8>, Vec<u8>);

impl Parts {
    /// Takes the `ContentInfo` at the start of `bytes` apart.
    ///
    /// # Errors
    ///
    /// When it is no signed data.
    pub fn parse(bytes: &[u8]) -> Result<Self, CmsError> {
        let mut info = Reader::new(bytes).sequence()?;
        if info.oid()? != oid::SIGNED_DATA {
            return Err(CmsError::NotSignedData);
        }
        let mut parts = info.expect(Tag::context(0))?.reader().sequence()?;
        let version = parts.small()?;
        let digests = parts.expect(Tag::SET)?.raw.to_vec();
        let content = parts.expect(Tag::SEQUENCE)?.raw.to_vec();
        let certificates = optional(&mut parts, 0)?;
        let lists = optional(&mut parts, 1)?;
        let signers = each(parts.expect(Tag::SET)?.reader())?;
        let signers: Result<_, Malformed> =
            signers.iter().map(|signer| SignerParts::parse(signer)).collect();
        let signers = signers?;
        Ok(Self { version, digests, content, certificates, lists, signers })
    }

    /// The type of what is signed, as it stands.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn content_type(&self) -> Result<&[u8], CmsError> {
        Ok(der::whole_sequence(&self.content)?.expect(Tag::OID)?.raw)
    }

    /// The certificates as they stand.
    #[must_use]
    pub fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    /// Revocation lists, and answers in their wrapping, as they stand.
    #[must_use]
    pub fn lists(&self) -> &[Vec<u8>] {
        &self.lists
    }

    /// Adds a certificate, unless it is there.
    pub fn add_certificate(&mut self, certificate: &[u8]) {
        add(&mut self.certificates, certificate.to_vec());
    }

    /// Adds a revocation list, unless it is there.
    pub fn add_list(&mut self, list: &[u8]) {
        add(&mut self.lists, list.to_vec());
    }

    /// Adds an OCSP answer, unless it is there (RFC 5940, 2.1).
    pub fn add_answer(&mut self, answer: &Ocsp) {
        // A whole response begins with its status; the answer within one does not.
        let whole = der::whole_sequence(answer.der())
            .is_ok_and(|reader| reader.rest().first() == Some(&Tag::ENUMERATED.0));
        let kind = if whole { oid::RI_OCSP_RESPONSE } else { oid::OCSP_BASIC };
        let held = [&der::encode_oid(kind)[..], answer.der()].concat();
        add(&mut self.lists, der::encode(Tag::context(1), &held));
    }

    /// The `ContentInfo` of these parts.
    #[must_use]
    pub fn der(&self) -> Vec<u8> {
        let others = self.lists.iter().any(|list| list.first() == Some(&0xa1));
        let version = if others { self.version.max(OTHER_LISTS) } else { self.version };
        let version = u8::try_from(version).unwrap_or(u8::MAX);
        let set = |number, items: &[Vec<u8>]| {
            let mut set = der::set_of(items.to_vec());
            if let Some(tag) = set.first_mut() {
                *tag = Tag::context(number).0;
            }
            if items.is_empty() { Vec::new() } else { set }
        };
        let signers = self.signers.iter().map(SignerParts::der).collect();
        let signed = der::sequence(&[
            &der::encode(Tag::INTEGER, &[version]),
            &self.digests,
            &self.content,
            &set(0, &self.certificates),
            &set(1, &self.lists),
            &der::set_of(signers),
        ]);
        let signed = der::encode(Tag::context(0), &signed);
        der::sequence(&[&der::encode_oid(oid::SIGNED_DATA), &signed])
    }
}

impl SignerParts {
    fn parse(signer: &[u8]) -> Result<Self, Malformed> {
        let mut parts = der::whole_sequence(signer)?;
        let whole = parts.rest();
        parts.small()?;
        parts.any()?;
        parts.expect(Tag::SEQUENCE)?;
        parts.optional(Tag::context(0))?;
        parts.expect(Tag::SEQUENCE)?;
        let signature = parts.octets()?.into_owned();
        let length = whole.len().saturating_sub(parts.rest().len());
        let fields = whole.get(..length).unwrap_or_default().to_vec();
        let unsigned = optional(&mut parts, 1)?;
        Ok(Self { fields, signature, unsigned })
    }

    /// The values of the unsigned attributes.
    ///
    /// # Errors
    ///
    /// When an attribute is none.
    pub fn values(&self) -> Result<Vec<Value>, CmsError> {
        let mut found = Vec::new();
        for attribute in &self.unsigned {
            let mut attribute = der::whole_sequence(attribute)?;
            let kind = attribute.expect(Tag::OID)?.raw.to_vec();
            let values = each(attribute.expect(Tag::SET)?.reader())?;
            found.extend(values.into_iter().map(|value| (kind.clone(), value)));
        }
        Ok(found)
    }

    /// Adds an unsigned attribute of one value.
    pub fn add(&mut self, kind: crate::pki::Oid, value: &[u8]) {
        let values = der::encode(Tag::SET, value);
        self.unsigned.push(der::sequence(&[&der::encode_oid(kind), &values]));
    }

    fn der(&self) -> Vec<u8> {
        let mut unsigned = der::set_of(self.unsigned.clone());
        if let Some(tag) = unsigned.first_mut() {
            *tag = Tag::context(1).0;
        }
        let unsigned = if self.unsigned.is_empty() { Vec::new() } else { unsigned };
        der::sequence(&[&self.fields, &unsigned])
    }
}

fn add(list: &mut Vec<Vec<u8>>, item: Vec<u8>) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The values of `[number]`, where it is there.
fn optional(parts: &mut Reader<'_>, number: u8) -> Result<Vec<Vec<u8>>, Malformed> {
    match parts.optional(Tag::context(number))? {
        Some(list) => each(list.reader()),
        None => Ok(Vec::new()),
    }
}

fn each(mut list: Reader<'_>) -> Result<Vec<Vec<u8>>, Malformed> {
    let mut found = Vec::new();
    while !list.is_empty() {
        if found.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        found.push(list.any()?.raw.to_vec());
    }
    Ok(found)
}
