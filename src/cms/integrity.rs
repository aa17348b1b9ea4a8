//! Whether a signer's digest, signature and references agree with the content
//! and with a certificate (RFC 5652, 5.4 to 5.6; RFC 5035, 5.4).

use crate::cms::attributes::{Attributes, Reference};
use crate::cms::signed_data::{SignedData, SignerInfo};
use crate::pki::general_name::GeneralName;
use crate::pki::{Certificate, Hash, Message, Oid, Scheme, SignatureError, der, oid};

/// Where what is signed lies.
#[derive(Clone, Copy)]
pub enum Content<'c> {
    /// Outside: this gives its digest.
    Detached(&'c dyn Fn(Hash) -> Vec<u8>),
    /// Within the signed data.
    Enclosed,
}

impl std::fmt::Debug for Content<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Detached(_) => "Detached",
            Self::Enclosed => "Enclosed",
        })
    }
}

/// What was found about a signer. Each part is a fact of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integrity {
    /// Whether the digest under the signature is that of the content.
    pub digest: DigestFact,
    /// The signature scheme, with the digest of the signer where it names none.
    pub scheme: Scheme,
    /// Whether the certificate's key signed what it should have: the
    /// distinguished encoding of the attributes, or the content.
    pub signature: Result<(), SignatureError>,
    /// The same over the attributes as they stand, where those are other bytes.
    pub signature_as_stored: Option<Result<(), SignatureError>>,
    /// Whether the type of the content under the signature is its type.
    pub content_type: ContentTypeFact,
    /// Whether all places that name the digest name the same.
    pub algorithms: AlgorithmFact,
    /// Whether the certificate is the one that the signer refers to.
    pub reference: ReferenceFact,
    /// Whether the signer's issuer and serial number, or key, are the
    /// certificate's.
    pub named: bool,
}

impl Integrity {
    /// Whether the content is what the key signed. Says nothing about whose
    /// key it is.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        matches!(self.digest, DigestFact::Matches | DigestFact::Signed)
            && self.signature.is_ok()
            && self.content_type != ContentTypeFact::Differs
    }
}

/// Whether the digest under the signature is that of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DigestFact {
    /// It is.
    Matches,
    /// It is another.
    Differs {
        /// The digest of the content.
        found: Vec<u8>,
        /// The digest that was signed.
        signed: Vec<u8>,
    },
    /// There are no signed attributes: the signature is over the content itself.
    Signed,
    /// There are signed attributes without a digest (RFC 5652, 5.3).
    Missing,
    /// There is no content within the signed data.
    NoContent,
    /// A digest that is not known here.
    Unsupported(Oid),
}

/// Whether the type of the content under the signature is its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentTypeFact {
    /// It is.
    Matches,
    /// It is another.
    Differs,
    /// There are signed attributes without it (RFC 5652, 11.1).
    Missing,
    /// There are no signed attributes, and none are needed.
    NotNeeded,
}

/// Whether all places that name algorithms name the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlgorithmFact {
    /// They do.
    Agree,
    /// The signature's digest is not the content's.
    DigestsDiffer,
    /// The signer's digest is not among those of the signed data.
    NotAnnounced,
    /// The protected algorithms are others (RFC 6211).
    NotAsProtected,
}

/// Whether the certificate is the one a signer refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceFact {
    /// It is.
    Matches,
    /// The signer refers to none.
    Missing,
    /// It has another digest.
    Differs,
    /// It has another issuer or serial number.
    IssuerSerialDiffers,
    /// A digest that is not known here.
    Unsupported(Oid),
}

/// What is true of `signer` if `certificate` is its certificate.
#[must_use]
pub fn verify(
    signed: &SignedData,
    signer: &SignerInfo,
    content: Content<'_>,
    certificate: &Certificate,
) -> Integrity {
    let scheme =
        signer.hash.map_or(signer.scheme, |hash| signer.scheme.with_digest(hash));
    let digest = content_digest(signed, signer, content);
    let attributes = signer.signed_attributes();
    let (signature, signature_as_stored) = match &signer.signed {
        Some(own) => {
            let check = |bytes: &[u8]| {
                scheme.verify(certificate.key(), Message::Whole(bytes), &signer.signature)
            };
            let stored = (!own.is_der()).then(|| check(&own.stored));
            (check(&own.der), stored)
        }
        None => (over_content(signed, signer, content, (scheme, certificate)), None),
    };
    Integrity {
        digest: match digest {
            Ok(found) => digest_fact(found, attributes),
            Err(fact) => fact,
        },
        scheme,
        signature,
        signature_as_stored,
        content_type: content_type(signed, attributes),
        algorithms: algorithms(signed, signer, scheme),
        reference: reference(attributes, certificate),
        named: signer.id.names(certificate),
    }
}

fn content_digest(
    signed: &SignedData,
    signer: &SignerInfo,
    content: Content<'_>,
) -> Result<Vec<u8>, DigestFact> {
    let hash = signer.hash.map_err(DigestFact::Unsupported)?;
    match content {
        Content::Detached(digest) => Ok(digest(hash)),
        Content::Enclosed => {
            let content = signed.content.as_ref().ok_or(DigestFact::NoContent)?;
            Ok(hash.of(content))
        }
    }
}

fn digest_fact(found: Vec<u8>, attributes: Option<&Attributes>) -> DigestFact {
    let Some(attributes) = attributes else { return DigestFact::Signed };
    match &attributes.message_digest {
        None => DigestFact::Missing,
        Some(signed) if *signed == found => DigestFact::Matches,
        Some(signed) => DigestFact::Differs { found, signed: signed.clone() },
    }
}

/// RFC 5652, 5.4: without signed attributes the content itself is signed.
fn over_content(
    signed: &SignedData,
    signer: &SignerInfo,
    content: Content<'_>,
    (scheme, certificate): (Scheme, &Certificate),
) -> Result<(), SignatureError> {
    let key = certificate.key();
    match (content, scheme.hash()) {
        (Content::Detached(digest), Some(hash)) => {
            scheme.verify(key, Message::Digest(&digest(hash)), &signer.signature)
        }
        (Content::Enclosed, _) => {
            let content = signed.content.as_deref().ok_or(SignatureError::Mismatch)?;
            scheme.verify(key, Message::Whole(content), &signer.signature)
        }
        (Content::Detached(_), None) => Err(SignatureError::Unsupported),
    }
}

fn content_type(signed: &SignedData, attributes: Option<&Attributes>) -> ContentTypeFact {
    match attributes {
        // RFC 5652, 5.3: needed as soon as the content is no plain data.
        None if signed.content_type == oid::DATA => ContentTypeFact::NotNeeded,
        None => ContentTypeFact::Missing,
        Some(attributes) => match attributes.content_type {
            None => ContentTypeFact::Missing,
            Some(own) if own == signed.content_type => ContentTypeFact::Matches,
            Some(_) => ContentTypeFact::Differs,
        },
    }
}

fn algorithms(signed: &SignedData, signer: &SignerInfo, scheme: Scheme) -> AlgorithmFact {
    let own = match scheme {
        // RFC 8419, 3.1: these take the attributes whole, and each goes with one digest.
        Scheme::Ed25519 => Some(Hash::Sha512),
        Scheme::Ed448 => Some(Hash::Shake256),
        Scheme::Pkcs1(_)
        | Scheme::Pss(_)
        | Scheme::Ecdsa(_)
        | Scheme::Dsa(_)
        | Scheme::KeyOnly(_)
        | Scheme::BadParameters(_)
        | Scheme::Unknown(_) => scheme.hash(),
    };
    if let (Some(own), Ok(hash)) = (own, signer.hash)
        && own != hash
    {
        return AlgorithmFact::DigestsDiffer;
    }
    let protection = signer.signed_attributes().and_then(|own| own.protection);
    if let Some(protection) = protection {
        let named = |named: Scheme| signer.hash.map_or(named, |it| named.with_digest(it));
        // RFC 6211, 2: for a signer the scheme must be there.
        let same = protection.scheme.is_some_and(|it| named(it) == named(signer.scheme));
        if protection.hash != signer.hash || !same {
            return AlgorithmFact::NotAsProtected;
        }
    }
    if signed.digests.contains(&signer.hash) {
        AlgorithmFact::Agree
    } else {
        AlgorithmFact::NotAnnounced
    }
}

fn reference(
    attributes: Option<&Attributes>,
    certificate: &Certificate,
) -> ReferenceFact {
    let references = attributes.map_or(&[][..], |own| own.references.as_slice());
    // Where both kinds are there, each one's first must agree.
    let firsts =
        [true, false].map(|kind| references.iter().find(|r| r.first_kind == kind));
    let mut fact = ReferenceFact::Missing;
    for reference in firsts.into_iter().flatten() {
        fact = refers(reference, certificate);
        if fact != ReferenceFact::Matches {
            break;
        }
    }
    fact
}

fn refers(reference: &Reference, certificate: &Certificate) -> ReferenceFact {
    let hash = match reference.hash {
        Ok(hash) => hash,
        Err(unknown) => return ReferenceFact::Unsupported(unknown),
    };
    if hash.of(certificate.der()) != reference.value {
        return ReferenceFact::Differs;
    }
    let Some((names, serial)) = &reference.issuer_serial else {
        return ReferenceFact::Matches;
    };
    let is_issuer = |name: &GeneralName| matches!(name, GeneralName::Directory(name) if name == certificate.issuer());
    if der::shortest(serial) == der::shortest(certificate.serial())
        && names.iter().any(is_issuer)
    {
        ReferenceFact::Matches
    } else {
        ReferenceFact::IssuerSerialDiffers
    }
}
