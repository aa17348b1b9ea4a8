//! What an archive time-stamp covers: `archive-time-stamp-v3` with its
//! `ats-hash-index-v3` (ETSI EN 319 122-1, 5.5.2 and 5.5.3).
//!
//! The index lists the digest of every certificate, of all revocation data and of
//! each unsigned attribute that were there; the imprint is over the type of what is
//! signed, its digest, the fields of the signer, and the index. What the index lists
//! must still be there; what came later is not covered.

use crate::cms::error::CmsError;
use crate::cms::parts::{Parts, SignerParts};
use crate::pki::der::{self, Reader, Tag};
use crate::pki::{Hash, Malformed};

/// Digests of one list of the index.
const MOST_DIGESTS: usize = 4096;

/// An `ats-hash-index-v3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The digest it lists with.
    pub hash: Hash,
    certificates: Vec<Vec<u8>>,
    lists: Vec<Vec<u8>>,
    attributes: Vec<Vec<u8>>,
    der: Vec<u8>,
}

impl Index {
    /// The index of all that is there now.
    ///
    /// # Errors
    ///
    /// When an unsigned attribute is none.
    pub fn of(hash: Hash, parts: &Parts, signer: &SignerParts) -> Result<Self, CmsError> {
        let all = |items: &[Vec<u8>]| -> Vec<Vec<u8>> {
            items.iter().map(|item| hash.of(item)).collect()
        };
        let certificates = all(parts.certificates());
        let lists = all(parts.lists());
        let attributes = digests(hash, signer)?;
        let list = |items: &[Vec<u8>]| {
            let items = items.iter().map(|item| der::encode(Tag::OCTET_STRING, item));
            der::encode(Tag::SEQUENCE, &items.collect::<Vec<_>>().concat())
        };
        let der = der::sequence(&[
            &der::sequence(&[&der::encode_oid(hash.oid())]),
            &list(&certificates),
            &list(&lists),
            &list(&attributes),
        ]);
        Ok(Self { hash, certificates, lists, attributes, der })
    }

    /// Reads an index.
    ///
    /// # Errors
    ///
    /// When it is none, or of a digest that is not known here.
    pub fn read(bytes: &[u8]) -> Result<Self, CmsError> {
        let mut parts = der::whole_sequence(bytes)?;
        let hash = Hash::read(&mut parts)?.map_err(|_unknown| Malformed::Value)?;
        let certificates = list(parts.sequence()?)?;
        let lists = list(parts.sequence()?)?;
        let attributes = list(parts.sequence()?)?;
        parts.end()?;
        Ok(Self { hash, certificates, lists, attributes, der: bytes.to_vec() })
    }

    /// Its encoding.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether all that it lists is still there.
    ///
    /// # Errors
    ///
    /// When an unsigned attribute is none.
    pub fn holds(&self, parts: &Parts, signer: &SignerParts) -> Result<bool, CmsError> {
        let all = |items: &[Vec<u8>]| -> Vec<Vec<u8>> {
            items.iter().map(|item| self.hash.of(item)).collect()
        };
        let within = |listed: &[Vec<u8>], there: &[Vec<u8>]| {
            listed.iter().all(|digest| there.contains(digest))
        };
        Ok(within(&self.certificates, &all(parts.certificates()))
            && within(&self.lists, &all(parts.lists()))
            && within(&self.attributes, &digests(self.hash, signer)?))
    }

    /// Whether it lists this certificate.
    #[must_use]
    pub fn lists_certificate(&self, certificate: &[u8]) -> bool {
        self.certificates.contains(&self.hash.of(certificate))
    }

    /// Whether it lists these revocation data, in their wrapping.
    #[must_use]
    pub fn lists_list(&self, list: &[u8]) -> bool {
        self.lists.contains(&self.hash.of(list))
    }

    /// Whether it lists this value of an unsigned attribute.
    #[must_use]
    pub fn lists_value(&self, (kind, value): (&[u8], &[u8])) -> bool {
        self.attributes.contains(&self.hash.of(&[kind, value].concat()))
    }

    /// The digest that the time-stamp is over, where that of what is signed is
    /// `content`, by the same algorithm.
    ///
    /// # Errors
    ///
    /// When the signed data do not say what kind of thing is signed.
    pub fn imprint(
        &self,
        parts: &Parts,
        signer: &SignerParts,
        content: &[u8],
    ) -> Result<Vec<u8>, CmsError> {
        let mut hasher = self.hash.hasher();
        for part in [parts.content_type()?, content, &signer.fields, &self.der] {
            hasher.update(part);
        }
        Ok(hasher.finish())
    }
}

/// The digests of each value of the unsigned attributes, with its type before it.
fn digests(hash: Hash, signer: &SignerParts) -> Result<Vec<Vec<u8>>, CmsError> {
    let values = signer.values()?;
    Ok(values.iter().map(|(kind, value)| hash.of(&[&kind[..], value].concat())).collect())
}

fn list(mut items: Reader<'_>) -> Result<Vec<Vec<u8>>, Malformed> {
    let mut found = Vec::new();
    while !items.is_empty() {
        if found.len() == MOST_DIGESTS {
            return Err(Malformed::TooMany);
        }
        found.push(items.octets()?.into_owned());
    }
    Ok(found)
}
