//! Signed data as it lies in a file (RFC 5652, 5).

use crate::cms::attributes::Attributes;
use crate::cms::error::CmsError;
use crate::pki::der::{self, Reader, Tag, Tlv};
use crate::pki::{
    Certificate, Crl, Evidence, Hash, Malformed, Name, Ocsp, Oid, Scheme, oid,
};

/// Bytes of the largest signed data that is read; lists of large authorities
/// may be within.
const MOST_BYTES: usize = 32 << 20;
/// Bytes of the largest signed attributes that are put in order when they are not.
const MOST_UNORDERED: usize = 4 << 20;
/// Certificates, lists or signers that are looked at.
const MOST_PARTS: usize = 256;

/// Signed data.
#[derive(Clone, Debug)]
pub struct SignedData {
    /// Bytes from the start to the end of the value.
    pub length: usize,
    /// What stands behind it.
    pub trailing: Trailing,
    /// Whether all of it is written by the distinguished encoding rules.
    pub is_der: bool,
    /// The version.
    pub version: u32,
    /// The digests that signers are said to use; unknown ones by identifier.
    pub digests: Vec<Result<Hash, Oid>>,
    /// The type of what is signed.
    pub content_type: Oid,
    /// What is signed, where it is within.
    pub content: Option<Vec<u8>>,
    /// The certificates that can be read.
    pub certificates: Vec<Certificate>,
    /// Certificates that cannot be read, or are none of X.509.
    pub unreadable: usize,
    /// Revocation lists and OCSP answers.
    pub evidence: Evidence,
    /// The signers.
    pub signers: Vec<SignerInfo>,
}

/// What stands behind signed data: PDF fills the place it reserved with zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trailing {
    /// Nothing.
    None,
    /// This many zeros.
    Zeros(usize),
    /// Something else, first at this offset.
    Other(usize),
}

/// One signer.
#[derive(Clone, Debug)]
pub struct SignerInfo {
    /// The version.
    pub version: u32,
    /// Which certificate.
    pub id: SignerId,
    /// The digest over the content, or its identifier if it is not known here.
    pub hash: Result<Hash, Oid>,
    /// How the signature is made, as named.
    pub scheme: Scheme,
    /// What is signed beside the content, where anything is.
    pub signed: Option<SignedAttributes>,
    /// The signature.
    pub signature: Vec<u8>,
    /// What was added afterwards.
    pub unsigned: Attributes,
}

/// The certificate of a signer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignerId {
    /// By issuer and serial number.
    IssuerSerial(Name, Vec<u8>),
    /// By the identifier of its key.
    KeyId(Vec<u8>),
}

/// Signed attributes, read and as bytes.
#[derive(Clone, Debug)]
pub struct SignedAttributes {
    /// What they say.
    pub attributes: Attributes,
    /// The bytes as they stand, with the tag of a SET (RFC 5652, 5.4).
    pub stored: Vec<u8>,
    /// Their distinguished encoding, which is what should be signed.
    pub der: Vec<u8>,
}

impl SignedAttributes {
    /// Whether they stand as they should be signed.
    #[must_use]
    pub fn is_der(&self) -> bool {
        self.stored == self.der
    }
}

impl SignerId {
    /// Whether it names this certificate.
    #[must_use]
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerSerial(issuer, serial) => certificate.is_named(issuer, serial),
            Self::KeyId(id) => {
                certificate.extensions().subject_key_id.as_ref() == Some(id)
            }
        }
    }
}

impl SignerInfo {
    /// The attributes under the signature; none where there are none.
    #[must_use]
    pub fn signed_attributes(&self) -> Option<&Attributes> {
        self.signed.as_ref().map(|signed| &signed.attributes)
    }

    /// The signer's certificate among these. Where several bear its issuer
    /// and serial number, the one that the signed reference has the digest of.
    #[must_use]
    pub fn certificate<'c>(
        &self,
        among: impl IntoIterator<Item = &'c Certificate>,
    ) -> Option<&'c Certificate> {
        let reference =
            self.signed_attributes().and_then(|signed| signed.references.first());
        let mut named = None;
        for certificate in among {
            if !self.id.names(certificate) {
                continue;
            }
            let referred = reference.is_none_or(|reference| {
                reference
                    .hash
                    .is_ok_and(|hash| hash.of(certificate.der()) == reference.value)
            });
            if referred {
                return Some(certificate);
            }
            named.get_or_insert(certificate);
        }
        named
    }
}

impl SignedData {
    /// Reads the `ContentInfo` at the start of `bytes`.
    ///
    /// # Errors
    ///
    /// When there is none, it is of another kind, or cannot be read.
    pub fn parse(bytes: &[u8]) -> Result<Self, CmsError> {
        if bytes.len() > MOST_BYTES {
            return Err(Malformed::TooMany.into());
        }
        let mut outer = Reader::new(bytes);
        let whole = outer.any()?;
        if whole.tag != Tag::SEQUENCE {
            return Err(Malformed::Unexpected(Tag::SEQUENCE.0).into());
        }
        let mut info = whole.reader();
        if info.oid()? != oid::SIGNED_DATA {
            return Err(CmsError::NotSignedData);
        }
        let mut parts = info.expect(Tag::context(0))?.reader().sequence()?;
        let version = parts.small()?;
        let digests = digests(parts.expect(Tag::SET)?.reader())?;
        let mut enclosed = parts.sequence()?;
        let content_type = enclosed.oid()?;
        let content = match enclosed.optional(Tag::context(0))? {
            Some(content) => Some(content_bytes(&content)?),
            None => None,
        };
        let mut found = Self {
            length: whole.raw.len(),
            trailing: trailing(outer.rest(), whole.raw.len()),
            is_der: der::is_der(whole.raw),
            version,
            digests,
            content_type,
            content,
            certificates: Vec::new(),
            unreadable: 0,
            evidence: Evidence::default(),
            signers: Vec::new(),
        };
        if let Some(list) = parts.optional(Tag::context(0))? {
            found.read_certificates(list.reader())?;
        }
        if let Some(list) = parts.optional(Tag::context(1))? {
            found.read_evidence(list.reader())?;
        }
        let mut signers = parts.expect(Tag::SET)?.reader();
        while !signers.is_empty() {
            if found.signers.len() == MOST_PARTS {
                return Err(Malformed::TooMany.into());
            }
            found.signers.push(signer(signers.sequence()?)?);
        }
        Ok(found)
    }

    /// RFC 5652, 10.2.3: certificates, and older kinds that nobody writes. One
    /// that cannot be read must not hide the others.
    fn read_certificates(&mut self, mut list: Reader<'_>) -> Result<(), Malformed> {
        while !list.is_empty() {
            if self.certificates.len() + self.unreadable == MOST_PARTS {
                return Err(Malformed::TooMany);
            }
            match Certificate::parse(list.any()?.raw) {
                Ok(certificate) => self.certificates.push(certificate),
                Err(_) => self.unreadable += 1,
            }
        }
        Ok(())
    }

    /// RFC 5652, 10.2.1: revocation lists, and OCSP answers as RFC 5940 has them.
    fn read_evidence(&mut self, mut list: Reader<'_>) -> Result<(), Malformed> {
        let mut count = 0;
        while !list.is_empty() {
            count += 1;
            if count > MOST_PARTS {
                return Err(Malformed::TooMany);
            }
            let value = list.any()?;
            if value.tag != Tag::context(1) {
                self.evidence.crls.extend(Crl::parse(value.raw));
                continue;
            }
            let mut other = value.reader();
            if matches!(other.oid(), Ok(oid::RI_OCSP_RESPONSE | oid::OCSP_BASIC))
                && let Ok(answer) = other.any()
            {
                self.evidence.ocsps.extend(Ocsp::parse(answer.raw));
            }
        }
        Ok(())
    }
}

fn digests(mut list: Reader<'_>) -> Result<Vec<Result<Hash, Oid>>, Malformed> {
    let mut found = Vec::new();
    while !list.is_empty() {
        if found.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        found.push(Hash::read(&mut list)?);
    }
    Ok(found)
}

/// What is signed: an OCTET STRING, or in PKCS#7 anything (RFC 5652, 5.2.1).
fn content_bytes(content: &Tlv<'_>) -> Result<Vec<u8>, Malformed> {
    let mut inner = content.reader();
    if let Ok(octets) = inner.octets() {
        return Ok(octets.into_owned());
    }
    Ok(content.reader().any()?.value.to_vec())
}

fn trailing(rest: &[u8], start: usize) -> Trailing {
    match rest.iter().position(|byte| *byte != 0) {
        Some(at) => Trailing::Other(start + at),
        None if rest.is_empty() => Trailing::None,
        None => Trailing::Zeros(rest.len()),
    }
}

fn signer(mut parts: Reader<'_>) -> Result<SignerInfo, Malformed> {
    let version = parts.small()?;
    let id = parts.any()?;
    let id = match id.tag {
        Tag::SEQUENCE => {
            let mut pair = id.reader();
            SignerId::IssuerSerial(Name::read(&mut pair)?, pair.integer()?.to_vec())
        }
        Tag(0x80) => SignerId::KeyId(id.value.to_vec()),
        Tag(0xa0) => SignerId::KeyId(id.reader().octets()?.into_owned()),
        Tag(other) => return Err(Malformed::Unexpected(other)),
    };
    let hash = Hash::read(&mut parts)?;
    let signed = parts.optional(Tag::context(0))?;
    let signed = signed.map(|signed| signed_attributes(&signed)).transpose()?;
    let scheme = Scheme::read(&mut parts)?;
    let signature = parts.octets()?.into_owned();
    let unsigned = match parts.optional(Tag::context(1))? {
        Some(unsigned) => Attributes::read(unsigned.reader())?,
        None => Attributes::default(),
    };
    Ok(SignerInfo { version, id, hash, scheme, signed, signature, unsigned })
}

fn signed_attributes(value: &Tlv<'_>) -> Result<SignedAttributes, Malformed> {
    let mut stored = value.raw.to_vec();
    if let Some(tag) = stored.first_mut() {
        *tag = Tag::SET.0;
    }
    let der = if der::is_der(&stored) {
        stored.clone()
    } else if stored.len() <= MOST_UNORDERED {
        der::to_der(&stored)?
    } else {
        return Err(Malformed::TooMany);
    };
    Ok(SignedAttributes { attributes: Attributes::read(value.reader())?, stored, der })
}
