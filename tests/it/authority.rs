//! A public key infrastructure played in the test process: a root, an issuing
//! authority, signers, a time-stamping authority and an OCSP responder.
//!
//! Everything is written value by value, so that a test can make each mistake
//! an authority or an attacker can make. The same calls give the same bytes:
//! keys are fixtures, numbers and times are arguments, ECDSA takes its secret
//! number from the message (RFC 6979).
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::path::Path;

use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rsa::rand_core::{TryCryptoRng, TryRng};
use sohoa::pki::der::{self, Reader, Tag};
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Crl, Evidence, Hash, Ocsp, Oid, Store, oid, pem};
use sohoa::time::Timestamp;

/// From when the certificates of the tests hold.
pub(crate) const FROM: &str = "20240101000000Z";
/// Until when.
pub(crate) const UNTIL: &str = "20340101000000Z";
/// The moment that tests ask about: 2026-01-01T00:00:00Z.
pub(crate) const NOW: i64 = 1_767_225_600;

/// The moment that tests ask about.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_unix(NOW).unwrap()
}

/// A private key of the fixtures.
pub(crate) struct Key {
    secret: Secret,
    /// The `SubjectPublicKeyInfo`.
    pub(crate) info: Vec<u8>,
}

enum Secret {
    Rsa(Box<rsa::PrivateKey>),
    P256(p256::ecdsa::SigningKey),
}

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// PKCS#1 v1.5 for RSA, ECDSA for P-256, with this digest.
    Plain(Hash),
    /// RSASSA-PSS with SHA-256, told with the digest of this mask.
    Pss(Hash),
}

/// What nearly every signature of the tests is made with.
pub(crate) const PLAIN: Sign = Sign::Plain(Hash::Sha256);

impl Key {
    /// The key `name` of `tests/fixtures/pki/keys`.
    pub(crate) fn fixture(name: &str) -> Self {
        let path = Path::new("tests/fixtures/pki/keys").join(format!("{name}.pem"));
        let blocks = pem::blocks(&std::fs::read(path).unwrap());
        let der = blocks[0].1.clone().unwrap();
        let mut parts = der::whole_sequence(&der).unwrap();
        parts.small().unwrap();
        let kind = parts.sequence().unwrap().oid().unwrap();
        let inner = parts.octets().unwrap().into_owned();
        let mut inner = der::whole_sequence(&inner).unwrap();
        if kind == oid::RSA { Self::rsa(&mut inner) } else { Self::p256(&mut inner) }
    }

    fn rsa(parts: &mut Reader<'_>) -> Self {
        let mut next = || rsa::BoxedUint::from_be_slice_vartime(parts.integer().unwrap());
        next();
        let (n, e, d, p, q) = (next(), next(), next(), next(), next());
        let integer = |value: &rsa::BoxedUint| {
            let bytes = [&[0][..], &value.to_be_bytes()].concat();
            der::encode(Tag::INTEGER, der::shortest(&bytes))
        };
        let bits = [&[0][..], &der::sequence(&[&integer(&n), &integer(&e)])].concat();
        let algorithm = algorithm(oid::RSA);
        let info = der::sequence(&[&algorithm, &der::encode(Tag::BIT_STRING, &bits)]);
        let secret = rsa::PrivateKey::from_components(n, e, d, vec![p, q]).unwrap();
        Self { secret: Secret::Rsa(Box::new(secret)), info }
    }

    fn p256(parts: &mut Reader<'_>) -> Self {
        parts.small().unwrap();
        let scalar = parts.octets().unwrap();
        let secret = p256::ecdsa::SigningKey::from_slice(&scalar).unwrap();
        let point = secret.verifying_key().to_sec1_point(false);
        let bits = [&[0][..], point.as_bytes()].concat();
        let algorithm =
            der::sequence(&[&der::encode_oid(oid::EC), &der::encode_oid(oid::P256)]);
        let info = der::sequence(&[&algorithm, &der::encode(Tag::BIT_STRING, &bits)]);
        Self { secret: Secret::P256(secret), info }
    }

    /// The `AlgorithmIdentifier` of signatures made so.
    pub(crate) fn scheme(&self, sign: Sign) -> Vec<u8> {
        match (&self.secret, sign) {
            (Secret::Rsa(_), Sign::Plain(Hash::Sha1)) => algorithm(oid::RSA_SHA1),
            (Secret::Rsa(_), Sign::Plain(_)) => algorithm(oid::RSA_SHA256),
            (Secret::P256(_), _) => der::sequence(&[&der::encode_oid(oid::ECDSA_SHA256)]),
            (Secret::Rsa(_), Sign::Pss(mask)) => {
                let mask =
                    der::sequence(&[&der::encode_oid(oid::MGF1), &algorithm(mask.oid())]);
                let parameters = der::sequence(&[
                    &der::encode(Tag::context(0), &algorithm(oid::SHA256)),
                    &der::encode(Tag::context(1), &mask),
                    &der::encode(Tag::context(2), &der::encode(Tag::INTEGER, &[32])),
                ]);
                der::sequence(&[&der::encode_oid(oid::RSA_PSS), &parameters])
            }
        }
    }

    /// The signature over `message`.
    pub(crate) fn sign(&self, sign: Sign, message: &[u8]) -> Vec<u8> {
        match (&self.secret, sign) {
            (Secret::Rsa(key), Sign::Plain(hash)) => {
                let algorithm = algorithm(hash.oid());
                let digest = der::encode(Tag::OCTET_STRING, &hash.of(message));
                let info = der::sequence(&[&algorithm, &digest]);
                key.sign(rsa::Pkcs1v15Sign::new_unprefixed(), &info).unwrap()
            }
            (Secret::Rsa(key), Sign::Pss(_)) => {
                let digest = Hash::Sha256.of(message);
                key.sign_with_rng(
                    &mut Counter(7),
                    rsa::Pss::<sha2::Sha256>::new(),
                    &digest,
                )
                .unwrap()
            }
            (Secret::P256(key), _) => {
                let signature: p256::ecdsa::Signature =
                    key.sign_prehash(&Hash::Sha256.of(message)).unwrap();
                let (r, s) = signature.split_bytes();
                let integer = |bytes: &[u8]| {
                    let bytes = [&[0][..], bytes].concat();
                    der::encode(Tag::INTEGER, der::shortest(&bytes))
                };
                der::sequence(&[&integer(&r), &integer(&s)])
            }
        }
    }

    /// `tbs` with the signature over it, as certificates, lists and answers
    /// have it; `after` follows.
    fn seal(&self, sign: Sign, tbs: &[u8], after: &[u8]) -> Vec<u8> {
        let signature = [&[0][..], &self.sign(sign, tbs)].concat();
        let signature = der::encode(Tag::BIT_STRING, &signature);
        der::sequence(&[tbs, &self.scheme(sign), &signature, after])
    }
}

/// Numbers for salts and blinding that are the same in every run.
struct Counter(u64);

impl TryRng for Counter {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(u32::try_from(self.try_next_u64()? >> 32).unwrap_or_default())
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Self::Error> {
        for byte in to {
            *byte = u8::try_from(self.try_next_u64()? >> 56).unwrap_or_default();
        }
        Ok(())
    }
}

impl TryCryptoRng for Counter {}

/// An `AlgorithmIdentifier` with NULL.
pub(crate) fn algorithm(oid: Oid) -> Vec<u8> {
    der::sequence(&[&der::encode_oid(oid), &[5, 0]])
}

/// `C=VN, O=Sohoa Test, CN=<common>`.
pub(crate) fn name(common: &str) -> Vec<u8> {
    let part = |kind, tag, text: &str| {
        let value = der::encode(tag, text.as_bytes());
        der::set_of(vec![der::sequence(&[&der::encode_oid(kind), &value])])
    };
    der::sequence(&[
        &part(oid::COUNTRY, Tag::PRINTABLE, "VN"),
        &part(oid::ORGANIZATION, Tag::UTF8, "Sohoa Test"),
        &part(oid::COMMON_NAME, Tag::UTF8, common),
    ])
}

pub(crate) fn time(text: &str) -> Vec<u8> {
    der::encode(Tag::GENERALIZED_TIME, text.as_bytes())
}

/// A certificate to be.
pub(crate) struct Draft {
    subject: Vec<u8>,
    issuer: Vec<u8>,
    serial: Vec<u8>,
    from: String,
    until: String,
    info: Vec<u8>,
    extensions: Vec<Vec<u8>>,
}

impl Draft {
    /// About `subject`, issued by `issuer`, for the key of `key`.
    pub(crate) fn new(subject: &str, issuer: &str, serial: u8, key: &Key) -> Self {
        Self {
            subject: name(subject),
            issuer: name(issuer),
            serial: vec![serial],
            from: FROM.to_owned(),
            until: UNTIL.to_owned(),
            info: key.info.clone(),
            extensions: Vec::new(),
        }
    }

    /// Holds between these moments.
    pub(crate) fn between(mut self, from: &str, until: &str) -> Self {
        self.from = from.to_owned();
        self.until = until.to_owned();
        self
    }

    /// With this `SubjectPublicKeyInfo`.
    pub(crate) fn key_info(mut self, info: &[u8]) -> Self {
        self.info = info.to_vec();
        self
    }

    /// An authority that may sign certificates and lists.
    pub(crate) fn authority(self) -> Self {
        let yes = der::sequence(&[&der::encode(Tag::BOOLEAN, &[0xff])]);
        self.extension(oid::BASIC_CONSTRAINTS, true, &yes).usage(0x06)
    }

    /// Key usage: the first byte of its bits.
    pub(crate) fn usage(self, bits: u8) -> Self {
        self.extension(oid::KEY_USAGE, true, &der::encode(Tag::BIT_STRING, &[0, bits]))
    }

    /// Extended key usage.
    pub(crate) fn purpose(self, purpose: Oid, critical: bool) -> Self {
        let list = der::sequence(&[&der::encode_oid(purpose)]);
        self.extension(oid::EXTENDED_KEY_USAGE, critical, &list)
    }

    /// Any extension.
    pub(crate) fn extension(mut self, kind: Oid, critical: bool, value: &[u8]) -> Self {
        self.extensions.push(extension(kind, critical, value));
        self
    }

    /// Signed by `key`.
    pub(crate) fn sign(&self, key: &Key, sign: Sign) -> Vec<u8> {
        let version = der::encode(Tag::context(0), &der::encode(Tag::INTEGER, &[2]));
        let serial = der::encode(Tag::INTEGER, &self.serial);
        let validity = der::sequence(&[&time(&self.from), &time(&self.until)]);
        let extensions = extensions(3, &self.extensions);
        let parts: [&[u8]; 8] = [
            &version,
            &serial,
            &key.scheme(sign),
            &self.issuer,
            &validity,
            &self.subject,
            &self.info,
            &extensions,
        ];
        key.seal(sign, &der::sequence(&parts), &[])
    }

    /// Signed by `key` and read.
    pub(crate) fn issue(&self, key: &Key) -> Certificate {
        Certificate::parse(&self.sign(key, PLAIN)).unwrap()
    }
}

/// One Extension.
pub(crate) fn extension(kind: Oid, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { vec![1, 1, 0xff] } else { Vec::new() };
    der::sequence(&[
        &der::encode_oid(kind),
        &critical,
        &der::encode(Tag::OCTET_STRING, value),
    ])
}

fn extensions(number: u8, list: &[Vec<u8>]) -> Vec<u8> {
    if list.is_empty() {
        return Vec::new();
    }
    der::encode(Tag::context(number), &der::encode(Tag::SEQUENCE, &list.concat()))
}

/// A revocation list of `issuer`: serial number, moment and reason of each.
pub(crate) fn crl(
    issuer: &str,
    key: &Key,
    when: (&str, &str),
    entries: &[(u8, &str, u8)],
) -> Crl {
    crl_by(issuer, (key, PLAIN), when, entries)
}

/// [`crl`] signed in this way.
pub(crate) fn crl_by(
    issuer: &str,
    (key, sign): (&Key, Sign),
    (this, next): (&str, &str),
    entries: &[(u8, &str, u8)],
) -> Crl {
    let entries: Vec<Vec<u8>> = entries
        .iter()
        .map(|(serial, at, reason)| {
            let reason = der::encode(Tag::ENUMERATED, &[*reason]);
            entry(*serial, at, &[extension(oid::REASON_CODE, false, &reason)])
        })
        .collect();
    crl_of(issuer, (key, sign), (this, next), &entries)
}

/// One entry of a list, with these extensions.
pub(crate) fn entry(serial: u8, at: &str, extensions: &[Vec<u8>]) -> Vec<u8> {
    let serial = der::encode(Tag::INTEGER, &[serial]);
    let extensions = der::encode(Tag::SEQUENCE, &extensions.concat());
    der::sequence(&[&serial, &time(at), &extensions])
}

/// A revocation list of these entries.
pub(crate) fn crl_of(
    issuer: &str,
    (key, sign): (&Key, Sign),
    (this, next): (&str, &str),
    entries: &[Vec<u8>],
) -> Crl {
    let list = match entries.is_empty() {
        true => Vec::new(),
        false => der::encode(Tag::SEQUENCE, &entries.concat()),
    };
    let number = extension(oid::CRL_NUMBER, false, &der::encode(Tag::INTEGER, &[1]));
    let parts: [&[u8]; 7] = [
        &der::encode(Tag::INTEGER, &[1]),
        &key.scheme(sign),
        &name(issuer),
        &time(this),
        &time(next),
        &list,
        &extensions(0, &[number]),
    ];
    Crl::parse(&key.seal(sign, &der::sequence(&parts), &[])).unwrap()
}

/// What an OCSP responder says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Say<'s> {
    /// Not revoked.
    Good,
    /// Revoked at this moment.
    Revoked(&'s str),
    /// Not known.
    Unknown,
}

/// `AuthorityInfoAccess` that names a responder.
pub(crate) fn ocsp_access(url: &str) -> Vec<u8> {
    let place = der::encode(Tag::implicit(6), url.as_bytes());
    der::sequence(&[&der::sequence(&[&der::encode_oid(oid::ACCESS_OCSP), &place])])
}

/// An OCSP answer about `certificate`, issued by `issuer`; produced when
/// `this` is, signed by `key` of `responder`, whose certificate goes with it.
pub(crate) fn ocsp(
    about: (&Certificate, &Certificate),
    say: Say<'_>,
    when: (&str, &str),
    by: (&Certificate, &Key),
) -> Ocsp {
    ocsp_repeating(&[], about, say, when, by)
}

/// [`ocsp`] that repeats this nonce, if it is any.
pub(crate) fn ocsp_repeating(
    nonce: &[u8],
    about: (&Certificate, &Certificate),
    say: Say<'_>,
    when: (&str, &str),
    (responder, key): (&Certificate, &Key),
) -> Ocsp {
    ocsp_by((responder, key, PLAIN), nonce, about, say, when)
}

/// [`ocsp_repeating`] signed in this way.
pub(crate) fn ocsp_by(
    by: (&Certificate, &Key, Sign),
    nonce: &[u8],
    about: (&Certificate, &Certificate),
    say: Say<'_>,
    when: (&str, &str),
) -> Ocsp {
    ocsp_saying(by, nonce, about, &[say], when)
}

/// [`ocsp_by`] that says several things of one certificate.
pub(crate) fn ocsp_saying(
    (responder, key, sign): (&Certificate, &Key, Sign),
    nonce: &[u8],
    (certificate, issuer): (&Certificate, &Certificate),
    says: &[Say<'_>],
    (this, next): (&str, &str),
) -> Ocsp {
    let nonce = match nonce {
        [] => Vec::new(),
        _ => extension(oid::OCSP_NONCE, false, &der::encode(Tag::OCTET_STRING, nonce)),
    };
    let nonce: Vec<Vec<u8>> =
        Some(nonce).into_iter().filter(|it| !it.is_empty()).collect();
    let id = der::sequence(&[
        &algorithm(oid::SHA1),
        &der::encode(Tag::OCTET_STRING, &Hash::Sha1.of(issuer.subject().der())),
        &der::encode(Tag::OCTET_STRING, &Hash::Sha1.of(issuer.key_bits())),
        &der::encode(Tag::INTEGER, certificate.serial()),
    ]);
    let next = der::encode(Tag::context(0), &time(next));
    let single = |say: &Say<'_>| {
        let status = match say {
            Say::Good => vec![0x80, 0],
            Say::Revoked(at) => der::encode(Tag::context(1), &time(at)),
            Say::Unknown => vec![0x82, 0],
        };
        der::sequence(&[&id, &status, &time(this), &next])
    };
    let singles: Vec<Vec<u8>> = says.iter().map(single).collect();
    let by_name = der::encode(Tag::context(1), responder.subject().der());
    let tbs = der::sequence(&[
        &by_name,
        &time(this),
        &der::encode(Tag::SEQUENCE, &singles.concat()),
        &extensions(1, &nonce),
    ]);
    let with = der::encode(Tag::context(0), &der::sequence(&[responder.der()]));
    let basic = key.seal(sign, &tbs, &with);
    let basic = der::encode(Tag::OCTET_STRING, &basic);
    let bytes = der::sequence(&[&der::encode_oid(oid::OCSP_BASIC), &basic]);
    let bytes = der::encode(Tag::context(0), &bytes);
    Ocsp::parse(&der::sequence(&[&[0x0a, 1, 0], &bytes])).unwrap()
}

/// An attribute with one value.
pub(crate) fn attribute(kind: Oid, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::encode_oid(kind), &der::set_of(vec![value.to_vec()])])
}

/// Signed data to be.
pub(crate) struct Cms {
    /// The type of the content.
    pub(crate) content_type: Oid,
    /// The content, where it is to be within.
    pub(crate) content: Option<Vec<u8>>,
    /// Certificates to go with it.
    pub(crate) certificates: Vec<Vec<u8>>,
    /// `SignerInfos` already made.
    pub(crate) signers: Vec<Vec<u8>>,
}

impl Cms {
    /// Signed data without signers.
    pub(crate) fn new(content_type: Oid, content: Option<Vec<u8>>) -> Self {
        Self { content_type, content, certificates: Vec::new(), signers: Vec::new() }
    }

    /// With this certificate.
    pub(crate) fn with(mut self, certificate: &Certificate) -> Self {
        self.certificates.push(certificate.der().to_vec());
        self
    }

    /// Signed by `signer`.
    pub(crate) fn signed(mut self, signer: Vec<u8>) -> Self {
        self.signers.push(signer);
        self
    }

    /// The `ContentInfo`.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let content = self.content.as_ref().map_or_else(Vec::new, |content| {
            der::encode(Tag::context(0), &der::encode(Tag::OCTET_STRING, content))
        });
        let certificates = der::encode(Tag::context(0), &self.certificates.concat());
        // RFC 5652, 5.1: 3 where the content is something else than data.
        let version = if self.content_type == oid::DATA { 1 } else { 3 };
        let signed = der::sequence(&[
            &der::encode(Tag::INTEGER, &[version]),
            &der::set_of(vec![algorithm(oid::SHA256)]),
            &der::sequence(&[&der::encode_oid(self.content_type), &content]),
            &certificates,
            &der::set_of(self.signers.clone()),
        ]);
        let signed = der::encode(Tag::context(0), &signed);
        der::sequence(&[&der::encode_oid(oid::SIGNED_DATA), &signed])
    }
}

/// The attributes of a PAdES signer: type, digest and reference.
pub(crate) fn attributes(
    content_type: Oid,
    content: &[u8],
    certificate: &Certificate,
) -> Vec<Vec<u8>> {
    vec![
        attribute(oid::CONTENT_TYPE, &der::encode_oid(content_type)),
        attribute(
            oid::MESSAGE_DIGEST,
            &der::encode(Tag::OCTET_STRING, &Hash::Sha256.of(content)),
        ),
        attribute(oid::SIGNING_CERTIFICATE_V2, &reference(certificate)),
    ]
}

/// `SigningCertificateV2` with SHA-256.
pub(crate) fn reference(certificate: &Certificate) -> Vec<u8> {
    let hash = der::encode(Tag::OCTET_STRING, certificate.sha256().bytes());
    der::sequence(&[&der::sequence(&[&der::sequence(&[&hash])])])
}

/// A `SignerInfo` over `attributes` in the order DER gives them.
pub(crate) fn signer(
    certificate: &Certificate,
    (key, sign): (&Key, Sign),
    attributes: Vec<Vec<u8>>,
    unsigned: &[Vec<u8>],
) -> Vec<u8> {
    let set = der::set_of(attributes);
    let signature = key.sign(sign, &set);
    signer_with(certificate, &key.scheme(sign), (&set, &signature), unsigned)
}

/// A `SignerInfo` of these parts, whatever they are.
pub(crate) fn signer_with(
    certificate: &Certificate,
    scheme: &[u8],
    (set, signature): (&[u8], &[u8]),
    unsigned: &[Vec<u8>],
) -> Vec<u8> {
    let mut stored = set.to_vec();
    stored[0] = Tag::context(0).0;
    let id = der::sequence(&[
        certificate.issuer().der(),
        &der::encode(Tag::INTEGER, certificate.serial()),
    ]);
    let unsigned = match unsigned.is_empty() {
        true => Vec::new(),
        false => der::encode(Tag::context(1), &unsigned.concat()),
    };
    der::sequence(&[
        &der::encode(Tag::INTEGER, &[1]),
        &id,
        &algorithm(oid::SHA256),
        &stored,
        scheme,
        &der::encode(Tag::OCTET_STRING, signature),
        &unsigned,
    ])
}

/// A time-stamp token at `at` over something with this SHA-256.
pub(crate) fn token(
    imprint: &[u8],
    at: &str,
    certificate: &Certificate,
    key: &Key,
) -> Vec<u8> {
    let imprint = der::sequence(&[
        &algorithm(oid::SHA256),
        &der::encode(Tag::OCTET_STRING, imprint),
    ]);
    stamped(&imprint, &[], at, certificate, key)
}

/// A token over this `MessageImprint`; `nonce` is an INTEGER or nothing.
pub(crate) fn stamped(
    imprint: &[u8],
    nonce: &[u8],
    at: &str,
    certificate: &Certificate,
    key: &Key,
) -> Vec<u8> {
    let accuracy = der::sequence(&[&der::encode(Tag::INTEGER, &[1])]);
    let info = der::sequence(&[
        &der::encode(Tag::INTEGER, &[1]),
        &der::encode_oid(Oid::new_unwrap("1.3.6.1.4.1.99999.1")),
        imprint,
        &der::encode(Tag::INTEGER, &[42]),
        &time(at),
        &accuracy,
        nonce,
    ]);
    let attributes = attributes(oid::TST_INFO, &info, certificate);
    Cms::new(oid::TST_INFO, Some(info))
        .with(certificate)
        .signed(signer(certificate, (key, PLAIN), attributes, &[]))
        .bytes()
}

/// Root, issuing authority, signers, time-stamping authority and responder,
/// and lists on which nobody is.
pub(crate) struct Office {
    /// The root.
    pub(crate) root: Certificate,
    /// Its key.
    pub(crate) root_key: Key,
    /// The issuing authority, below the root.
    pub(crate) issuing: Certificate,
    /// Its key.
    pub(crate) issuing_key: Key,
    /// A person with an RSA key: serial number 10.
    pub(crate) signer: Certificate,
    /// The person's key.
    pub(crate) signer_key: Key,
    /// A person with a P-256 key: serial number 11.
    pub(crate) signer_p256: Certificate,
    /// The person's key.
    pub(crate) signer_p256_key: Key,
    /// The time-stamping authority: serial number 12.
    pub(crate) tsa: Certificate,
    /// Its key.
    pub(crate) tsa_key: Key,
    /// The OCSP responder of the issuing authority: serial number 13.
    pub(crate) responder: Certificate,
    /// Its key.
    pub(crate) responder_key: Key,
}

/// When the lists of the tests were made, and until when they hold.
pub(crate) const FRESH: (&str, &str) = ("20251231000000Z", "20260107000000Z");

impl Office {
    /// The office as every test finds it.
    pub(crate) fn new() -> Self {
        let [root_key, issuing_key, signer_key, tsa_key, signer_p256_key, responder_key] =
            ["root", "issuing", "signer", "tsa", "signer-p256", "responder"]
                .map(Key::fixture);
        let below = |name: &str, serial, key: &Key| Draft::new(name, "CA", serial, key);
        Self {
            root: Draft::new("Root", "Root", 1, &root_key).authority().issue(&root_key),
            issuing: Draft::new("CA", "Root", 2, &issuing_key)
                .authority()
                .issue(&root_key),
            signer: below("Nguyễn Thị Hồng", 10, &signer_key)
                .usage(0xc0)
                .issue(&issuing_key),
            signer_p256: below("Trần Văn Bình", 11, &signer_p256_key)
                .usage(0xc0)
                .issue(&issuing_key),
            tsa: below("TSA", 12, &tsa_key)
                .usage(0xc0)
                .purpose(oid::TIME_STAMPING, true)
                .issue(&issuing_key),
            responder: below("OCSP", 13, &responder_key)
                .usage(0x80)
                .purpose(oid::OCSP_SIGNING, false)
                .extension(oid::OCSP_NO_CHECK, false, &[5, 0])
                .issue(&issuing_key),
            root_key,
            issuing_key,
            signer_key,
            signer_p256_key,
            tsa_key,
            responder_key,
        }
    }

    /// A store that trusts the root.
    pub(crate) fn store(&self) -> Store {
        let mut store = Store::default();
        store.add_anchor(&Place::default(), self.root.clone());
        store
    }

    /// Lists on which nobody is.
    pub(crate) fn lists(&self) -> Evidence {
        Evidence { crls: vec![self.root_list(), self.list(&[])], ocsps: Vec::new() }
    }

    /// The root's list, on which nobody is.
    pub(crate) fn root_list(&self) -> Crl {
        crl("Root", &self.root_key, FRESH, &[])
    }

    /// The issuing authority's list.
    pub(crate) fn list(&self, entries: &[(u8, &str, u8)]) -> Crl {
        crl("CA", &self.issuing_key, FRESH, entries)
    }
}
