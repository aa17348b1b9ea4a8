//! The two oldest forms of PDF signatures, read and never written
//! (ISO 32000-1, 12.8.3.2 and 12.8.3.3; deprecated in ISO 32000-2).

use crate::cms::error::CmsError;
use crate::cms::integrity::{Content, Integrity, verify};
use crate::cms::signed_data::{SignedData, SignerInfo};
use crate::pki::der::Reader;
use crate::pki::{Certificate, Hash, Message, Scheme, SignatureError};

/// `adbe.pkcs7.sha1`: the content within is the SHA-1 of the file's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sha1Within {
    /// Whether the content within is that digest.
    pub content_matches: bool,
    /// What was found about the signer, over the content within.
    pub integrity: Integrity,
}

/// What is true of a signer of `adbe.pkcs7.sha1`.
#[must_use]
pub fn pkcs7_sha1(
    signed: &SignedData,
    signer: &SignerInfo,
    digest: &dyn Fn(Hash) -> Vec<u8>,
    certificate: &Certificate,
) -> Sha1Within {
    Sha1Within {
        content_matches: signed.content.as_deref() == Some(&digest(Hash::Sha1)),
        integrity: verify(signed, signer, Content::Enclosed, certificate),
    }
}

/// `adbe.x509.rsa_sha1`: a bare PKCS#1 signature in an OCTET STRING. The
/// digest is SHA-1 by name, and SHA-2 in files of later programs; the first
/// one that the key signed is told.
///
/// # Errors
///
/// When there is no OCTET STRING.
pub fn rsa_sha1(
    contents: &[u8],
    digest: &dyn Fn(Hash) -> Vec<u8>,
    certificate: &Certificate,
) -> Result<Result<Hash, SignatureError>, CmsError> {
    const TRIED: [Hash; 4] = [Hash::Sha1, Hash::Sha256, Hash::Sha384, Hash::Sha512];
    let signature = Reader::new(contents).octets()?;
    let mut first = SignatureError::Mismatch;
    for hash in TRIED {
        let message = digest(hash);
        let scheme = Scheme::Pkcs1(hash);
        match scheme.verify(certificate.key(), Message::Digest(&message), &signature) {
            Ok(()) => return Ok(Ok(hash)),
            Err(error) => first = error,
        }
    }
    Ok(Err(first))
}
