//! A CAdES signature of level B (ETSI EN 319 122-1, 5; RFC 5652).
//!
//! Distinguished encoding throughout, one signer, the content outside. The
//! attributes under the signature are those that PAdES asks for and no more: the
//! type, the digest, and the certificate by its SHA-256 (EN 319 142-1, 6.3). For a
//! PDF the time is claimed in the signature dictionary; for other files
//! `signing-time` does it.

use crate::pki::der::{self, Tag};
use crate::pki::{Certificate, Hash, Oid, Scheme, oid};
use crate::sign::key::{Identity, KeyError};
use crate::time::Timestamp;

/// How the key signs, and over what.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// Who signs.
    pub identity: &'a Identity,
    /// How.
    pub scheme: Scheme,
    /// The time to claim under the signature; none for PDF.
    pub time: Option<Timestamp>,
}

/// A signer made: all but what is added to it unsigned.
#[derive(Clone, Debug)]
pub struct Signer {
    /// The signature value, which time-stamps are about.
    pub signature: Vec<u8>,
    set: Vec<u8>,
}

impl Plan<'_> {
    /// The digest that content and attributes are hashed with.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.scheme.hash().unwrap_or(Hash::Sha256)
    }

    /// Signs content with this digest.
    ///
    /// # Errors
    ///
    /// When the key does not.
    pub fn sign(&self, digest: &[u8]) -> Result<Signer, KeyError> {
        let set = self.attributes(digest);
        let signature = self.identity.sign(self.scheme, &set)?;
        Ok(Signer { signature, set })
    }

    /// A signer of the largest size that this key can make, for measuring.
    #[must_use]
    pub fn dummy(&self) -> Signer {
        let set = self.attributes(&vec![0; self.hash().length()]);
        Signer { signature: vec![0xff; self.identity.most_bytes()], set }
    }

    fn attributes(&self, digest: &[u8]) -> Vec<u8> {
        let mut attributes = vec![
            attribute(oid::CONTENT_TYPE, &der::encode_oid(oid::DATA)),
            attribute(oid::MESSAGE_DIGEST, &der::encode(Tag::OCTET_STRING, digest)),
            attribute(
                oid::SIGNING_CERTIFICATE_V2,
                &reference(&self.identity.certificate),
            ),
        ];
        if let Some(time) = self.time {
            let text = der::encode(Tag::UTC_TIME, time.utc().as_bytes());
            attributes.push(attribute(oid::SIGNING_TIME, &text));
        }
        der::set_of(attributes)
    }

    /// The signed data (RFC 5652, 5.1), with a time-stamp if there is one.
    #[must_use]
    pub fn signed_data(&self, signer: &Signer, token: Option<&[u8]>) -> Vec<u8> {
        let certificate = &self.identity.certificate;
        let digest = algorithm(self.hash().oid());
        let id = der::sequence(&[
            certificate.issuer().der(),
            &der::encode(Tag::INTEGER, certificate.serial()),
        ]);
        // RFC 5652, 5.4: under the signature the attributes are a SET, here [0].
        let mut stored = signer.set.clone();
        if let Some(tag) = stored.first_mut() {
            *tag = Tag::context(0).0;
        }
        let unsigned = token.map_or_else(Vec::new, |token| {
            der::encode(Tag::context(1), &attribute(oid::SIGNATURE_TIME_STAMP, token))
        });
        let info = der::sequence(&[
            &der::encode(Tag::INTEGER, &[1]),
            &id,
            &digest,
            &stored,
            &scheme(self.scheme),
            &der::encode(Tag::OCTET_STRING, &signer.signature),
            &unsigned,
        ]);
        let mut certificates: Vec<Vec<u8>> = vec![certificate.der().to_vec()];
        let chain = self.identity.chain.iter().map(|other| other.der().to_vec());
        certificates.extend(chain);
        certificates.sort();
        certificates.dedup();
        let signed = der::sequence(&[
            &der::encode(Tag::INTEGER, &[1]),
            &der::set_of(vec![digest]),
            &der::sequence(&[&der::encode_oid(oid::DATA)]),
            &der::encode(Tag::context(0), &certificates.concat()),
            &der::set_of(vec![info]),
        ]);
        let signed = der::encode(Tag::context(0), &signed);
        der::sequence(&[&der::encode_oid(oid::SIGNED_DATA), &signed])
    }
}

/// An attribute with one value.
fn attribute(kind: Oid, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::encode_oid(kind), &der::encode(Tag::SET, value)])
}

/// `SigningCertificateV2` with SHA-256, which is its default (RFC 5035, 4).
fn reference(certificate: &Certificate) -> Vec<u8> {
    let hash = der::encode(Tag::OCTET_STRING, certificate.sha256().bytes());
    der::sequence(&[&der::sequence(&[&der::sequence(&[&hash])])])
}

/// An `AlgorithmIdentifier` of a digest. RFC 5754, 2: without parameters.
#[must_use]
pub fn algorithm(oid: Oid) -> Vec<u8> {
    der::sequence(&[&der::encode_oid(oid)])
}

/// The `AlgorithmIdentifier` of a scheme.
fn scheme(scheme: Scheme) -> Vec<u8> {
    match scheme {
        Scheme::Pss(parameters) => {
            // RFC 4055, 3.1: digests in parameters have NULL.
            let hash = der::sequence(&[
                &der::encode_oid(parameters.hash.oid()),
                &der::encode(Tag::NULL, &[]),
            ]);
            let mask = der::sequence(&[&der::encode_oid(oid::MGF1), &hash]);
            let salt = u8::try_from(parameters.salt).unwrap_or(u8::MAX);
            let parameters = der::sequence(&[
                &der::encode(Tag::context(0), &hash),
                &der::encode(Tag::context(1), &mask),
                &der::encode(Tag::context(2), &der::encode(Tag::INTEGER, &[salt])),
            ]);
            der::sequence(&[&der::encode_oid(oid::RSA_PSS), &parameters])
        }
        // RFC 3370, 3.2: NULL; RFC 5758, 3.2: nothing.
        Scheme::Ecdsa(Hash::Sha384) => algorithm(oid::ECDSA_SHA384),
        Scheme::Ecdsa(_) => algorithm(oid::ECDSA_SHA256),
        Scheme::Pkcs1(_)
        | Scheme::Dsa(_)
        | Scheme::Ed25519
        | Scheme::Ed448
        | Scheme::KeyOnly(_)
        | Scheme::BadParameters(_)
        | Scheme::Unknown(_) => der::sequence(&[
            &der::encode_oid(oid::RSA_SHA256),
            &der::encode(Tag::NULL, &[]),
        ]),
    }
}
