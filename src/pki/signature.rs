//! Whether a key made a signature: RSA (PKCS#1 v1.5 and PSS), ECDSA, `EdDSA`
//! and DSA.
//!
//! The mathematics is that of the crates in `Cargo.toml`; what is here are the
//! identifiers and their parameters. Parameters leave no room: the digest of
//! a PSS mask is that of its message, a key for PSS alone signs nothing else,
//! and what an identifier does not fit is an error, not a guess.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, Resize as _};
use signature::hazmat::PrehashVerifier as _;

use crate::pki::curve;
use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
use crate::pki::hash::Hash;
use crate::pki::key::{Curve, DsaDomain, PssKey, PublicKey};
use crate::pki::{Oid, oid};

/// Bits of an RSA modulus that are computed with. Larger ones exist only to
/// waste time.
const RSA_BITS: std::ops::RangeInclusive<usize> = 512..=8_192;
/// Bytes of a DSA prime and of its order (FIPS 186-4, 4.2).
const MOST_DSA_BYTES: (usize, usize) = (384, 32);
/// Salt that still fits the largest key.
const MOST_SALT: u32 = 1024;

/// How a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// RSASSA-PKCS1-v1_5 with this digest.
    Pkcs1(Hash),
    /// RSASSA-PSS.
    Pss(PssParameters),
    /// ECDSA with this digest.
    Ecdsa(Hash),
    /// DSA with this digest.
    Dsa(Hash),
    /// Ed25519.
    Ed25519,
    /// Ed448.
    Ed448,
    /// Only the kind of key is named; the digest is told elsewhere
    /// (RFC 5652 allows `rsaEncryption`).
    KeyOnly(Oid),
    /// A known scheme with parameters that it does not have.
    BadParameters(Oid),
    /// A scheme that is not known here.
    Unknown(Oid),
}

/// Digest and salt of RSASSA-PSS; the mask has the same digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PssParameters {
    /// The digest of message and mask.
    pub hash: Hash,
    /// Bytes of salt.
    pub salt: u32,
}

/// Why a signature does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureError {
    /// The numbers do not agree: message, key or signature is another.
    Mismatch,
    /// The scheme is not one for this kind of key.
    WrongKey,
    /// The parameters are not those of the scheme.
    Parameters,
    /// The key is no key: too large, too small, or not on its curve.
    Key,
    /// The scheme or curve is not known here.
    Unsupported,
}

/// What was signed.
#[derive(Clone, Copy, Debug)]
pub enum Message<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// Its digest by the scheme's own algorithm.
    Digest(&'a [u8]),
}

/// Identifiers of schemes that have no parameters but NULL.
const SCHEMES: [(Oid, Scheme); 35] = [
    (oid::RSA_MD5, Scheme::Pkcs1(Hash::Md5)),
    (oid::RSA_SHA1, Scheme::Pkcs1(Hash::Sha1)),
    (oid::RSA_SHA1_OIW, Scheme::Pkcs1(Hash::Sha1)),
    (oid::RSA_SHA224, Scheme::Pkcs1(Hash::Sha224)),
    (oid::RSA_SHA256, Scheme::Pkcs1(Hash::Sha256)),
    (oid::RSA_SHA384, Scheme::Pkcs1(Hash::Sha384)),
    (oid::RSA_SHA512, Scheme::Pkcs1(Hash::Sha512)),
    (oid::RSA_SHA512_224, Scheme::Pkcs1(Hash::Sha512t224)),
    (oid::RSA_SHA512_256, Scheme::Pkcs1(Hash::Sha512t256)),
    (oid::RSA_SHA3_224, Scheme::Pkcs1(Hash::Sha3x224)),
    (oid::RSA_SHA3_256, Scheme::Pkcs1(Hash::Sha3x256)),
    (oid::RSA_SHA3_384, Scheme::Pkcs1(Hash::Sha3x384)),
    (oid::RSA_SHA3_512, Scheme::Pkcs1(Hash::Sha3x512)),
    (oid::ECDSA_SHA1, Scheme::Ecdsa(Hash::Sha1)),
    (oid::ECDSA_SHA224, Scheme::Ecdsa(Hash::Sha224)),
    (oid::ECDSA_SHA256, Scheme::Ecdsa(Hash::Sha256)),
    (oid::ECDSA_SHA384, Scheme::Ecdsa(Hash::Sha384)),
    (oid::ECDSA_SHA512, Scheme::Ecdsa(Hash::Sha512)),
    (oid::ECDSA_SHA3_224, Scheme::Ecdsa(Hash::Sha3x224)),
    (oid::ECDSA_SHA3_256, Scheme::Ecdsa(Hash::Sha3x256)),
    (oid::ECDSA_SHA3_384, Scheme::Ecdsa(Hash::Sha3x384)),
    (oid::ECDSA_SHA3_512, Scheme::Ecdsa(Hash::Sha3x512)),
    (oid::DSA_SHA1, Scheme::Dsa(Hash::Sha1)),
    (oid::DSA_SHA224, Scheme::Dsa(Hash::Sha224)),
    (oid::DSA_SHA256, Scheme::Dsa(Hash::Sha256)),
    (oid::DSA_SHA384, Scheme::Dsa(Hash::Sha384)),
    (oid::DSA_SHA512, Scheme::Dsa(Hash::Sha512)),
    // BSI TR-03111, 5.2.1.1: the same numbers, written one after the other.
    (oid::ECDSA_PLAIN_SHA224, Scheme::Ecdsa(Hash::Sha224)),
    (oid::ECDSA_PLAIN_SHA256, Scheme::Ecdsa(Hash::Sha256)),
    (oid::ECDSA_PLAIN_SHA384, Scheme::Ecdsa(Hash::Sha384)),
    (oid::ECDSA_PLAIN_SHA512, Scheme::Ecdsa(Hash::Sha512)),
    (oid::ED25519, Scheme::Ed25519),
    (oid::ED448, Scheme::Ed448),
    (oid::RSA, Scheme::KeyOnly(oid::RSA)),
    (oid::EC, Scheme::KeyOnly(oid::EC)),
];

impl Scheme {
    /// Reads the `AlgorithmIdentifier` of a signature.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut parts = reader.sequence()?;
        let named = parts.oid()?;
        if named == oid::RSA_PSS {
            // RFC 4055, 3.1: a signature must have parameters.
            let parameters = PssParameters::read(parts.rest())?;
            return Ok(parameters.map_or(Self::BadParameters(named), Self::Pss));
        }
        if named == oid::DSA {
            return Ok(Self::KeyOnly(named));
        }
        let Some((_, scheme)) = SCHEMES.iter().find(|(oid, _)| *oid == named) else {
            return Ok(Self::Unknown(named));
        };
        // RFC 3279, 2.2.1 wants NULL; RFC 5758 and RFC 8410 want nothing.
        // Either says nothing, and both are seen with every scheme.
        let nothing = match parts.optional(Tag::NULL)? {
            Some(null) => null.value.is_empty() && parts.is_empty(),
            None => parts.is_empty() || matches!(scheme, Self::KeyOnly(_) | Self::Dsa(_)),
        };
        Ok(if nothing { *scheme } else { Self::BadParameters(named) })
    }

    /// The scheme with a digest told elsewhere, where it lacks one.
    #[must_use]
    pub fn with_digest(self, hash: Hash) -> Self {
        let Self::KeyOnly(kind) = self else { return self };
        match kind {
            oid::RSA => Self::Pkcs1(hash),
            oid::EC => Self::Ecdsa(hash),
            oid::DSA => Self::Dsa(hash),
            _ => self,
        }
    }

    /// The digest over the message; `None` for schemes that take it whole.
    #[must_use]
    pub fn hash(self) -> Option<Hash> {
        match self {
            Self::Pkcs1(hash) | Self::Ecdsa(hash) | Self::Dsa(hash) => Some(hash),
            Self::Pss(parameters) => Some(parameters.hash),
            Self::Ed25519
            | Self::Ed448
            | Self::KeyOnly(_)
            | Self::BadParameters(_)
            | Self::Unknown(_) => None,
        }
    }

    /// The name of the scheme, as standards write it.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Pkcs1(hash) => format!("RSA PKCS#1 v1.5, {}", hash.name()),
            Self::Pss(parameters) => format!("RSA-PSS, {}", parameters.hash.name()),
            Self::Ecdsa(hash) => format!("ECDSA, {}", hash.name()),
            Self::Dsa(hash) => format!("DSA, {}", hash.name()),
            Self::Ed25519 => "Ed25519".to_owned(),
            Self::Ed448 => "Ed448".to_owned(),
            Self::KeyOnly(oid) | Self::BadParameters(oid) | Self::Unknown(oid) => {
                oid.to_string()
            }
        }
    }

    /// Whether a signature of ECDSA is its two numbers one after the other and not
    /// the SEQUENCE that certificates and signed data have (RFC 5480; RFC 5753, 7.2).
    #[must_use]
    pub fn is_bare(self, signature: &[u8]) -> bool {
        matches!(self, Self::Ecdsa(_)) && two_numbers(signature).is_err()
    }

    /// Whether `key` made `signature` over `message`.
    ///
    /// # Errors
    ///
    /// When it did not, or that cannot be known.
    pub fn verify(
        self,
        key: &PublicKey,
        message: Message<'_>,
        signature: &[u8],
    ) -> Result<(), SignatureError> {
        match self {
            Self::Pkcs1(hash) => pkcs1(key, hash, &digest(hash, message)?, signature),
            Self::Pss(parameters) => {
                pss(key, parameters, &digest(parameters.hash, message)?, signature)
            }
            Self::Ecdsa(hash) => ecdsa(key, &digest(hash, message)?, signature),
            Self::Dsa(hash) => dsa(key, &digest(hash, message)?, signature),
            Self::Ed25519 => ed25519(key, message, signature),
            Self::Ed448 => ed448(key, message, signature),
            Self::BadParameters(_) => Err(SignatureError::Parameters),
            Self::KeyOnly(_) | Self::Unknown(_) => Err(SignatureError::Unsupported),
        }
    }
}

impl PssParameters {
    /// Reads RSASSA-PSS-params (RFC 4055, 3.1); `None` for values that no
    /// signature here may have.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let Ok(mut parts) = der::whole_sequence(bytes) else { return Ok(None) };
        let (mut hash, mut mask, mut salt) = (Hash::Sha1, Hash::Sha1, 20);
        if let Some(field) = parts.optional(Tag::context(0))? {
            let Ok(named) = Hash::read(&mut field.reader())? else { return Ok(None) };
            hash = named;
        }
        if let Some(field) = parts.optional(Tag::context(1))? {
            let mut function = field.reader().sequence()?;
            if function.oid()? != oid::MGF1 {
                return Ok(None);
            }
            let Ok(named) = Hash::read(&mut function)? else { return Ok(None) };
            mask = named;
        }
        if let Some(field) = parts.optional(Tag::context(2))? {
            salt = field.reader().small()?;
        }
        if let Some(field) = parts.optional(Tag::context(3))?
            && field.reader().small()? != 1
        {
            return Ok(None);
        }
        parts.end()?;
        Ok((hash == mask && salt <= MOST_SALT).then_some(Self { hash, salt }))
    }
}

/// The digest of the message, of the length it must have.
fn digest(hash: Hash, message: Message<'_>) -> Result<Vec<u8>, SignatureError> {
    match message {
        Message::Whole(bytes) => Ok(hash.of(bytes)),
        Message::Digest(value) if value.len() == hash.length() => Ok(value.to_vec()),
        Message::Digest(_) => Err(SignatureError::Mismatch),
    }
}

fn rsa_key(modulus: &[u8], exponent: &[u8]) -> Result<rsa::PublicKey, SignatureError> {
    if modulus.len() * 8 > *RSA_BITS.end() + 7 || exponent.len() > 8 {
        return Err(SignatureError::Key);
    }
    let modulus = BoxedUint::from_be_slice_vartime(modulus);
    let exponent = BoxedUint::from_be_slice_vartime(exponent);
    rsa::PublicKey::new_with_size_limits(modulus, exponent, RSA_BITS)
        .map_err(|_unusable| SignatureError::Key)
}

fn pkcs1(
    key: &PublicKey,
    hash: Hash,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), SignatureError> {
    let PublicKey::Rsa { modulus, exponent, pss: None, .. } = key else {
        return Err(SignatureError::WrongKey);
    };
    let key = rsa_key(modulus, exponent)?;
    // RFC 8017, 9.2, note 1: DigestInfo with NULL, and without in old signatures.
    let verify = |parameters: &[u8]| {
        let algorithm = der::sequence(&[&der::encode_oid(hash.oid()), parameters]);
        let info = der::sequence(&[&algorithm, &der::encode(Tag::OCTET_STRING, digest)]);
        key.verify(rsa::Pkcs1v15Sign::new_unprefixed(), &info, signature)
    };
    verify(&[5, 0]).or_else(|_other| verify(&[])).map_err(|_no| SignatureError::Mismatch)
}

fn pss(
    key: &PublicKey,
    parameters: PssParameters,
    digest: &[u8],
    signature: &[u8],
) -> Result<(), SignatureError> {
    let PublicKey::Rsa { modulus, exponent, pss, .. } = key else {
        return Err(SignatureError::WrongKey);
    };
    match pss {
        None | Some(PssKey::Any) => {}
        // RFC 4055, 1.2: the same digest and at least as much salt.
        Some(PssKey::Only(own))
            if own.hash == parameters.hash && own.salt <= parameters.salt => {}
        Some(PssKey::Only(_) | PssKey::Unusable) => {
            return Err(SignatureError::Parameters);
        }
    }
    let key = rsa_key(modulus, exponent)?;
    let salt = usize::try_from(parameters.salt).unwrap_or(usize::MAX);
    macro_rules! with {
        ($digest:ty) => {
            key.verify(rsa::Pss::<$digest>::new_with_salt(salt), digest, signature)
        };
    }
    let verified = match parameters.hash {
        Hash::Md5 | Hash::Shake256 => return Err(SignatureError::Parameters),
        Hash::Sha1 => with!(sha1::Sha1),
        Hash::Sha224 => with!(sha2::Sha224),
        Hash::Sha256 => with!(sha2::Sha256),
        Hash::Sha384 => with!(sha2::Sha384),
        Hash::Sha512 => with!(sha2::Sha512),
        Hash::Sha512t224 => with!(sha2::Sha512_224),
        Hash::Sha512t256 => with!(sha2::Sha512_256),
        Hash::Sha3x224 => with!(sha3::Sha3_224),
        Hash::Sha3x256 => with!(sha3::Sha3_256),
        Hash::Sha3x384 => with!(sha3::Sha3_384),
        Hash::Sha3x512 => with!(sha3::Sha3_512),
    };
    verified.map_err(|_no| SignatureError::Mismatch)
}

fn ecdsa(key: &PublicKey, digest: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
    let PublicKey::Ec { curve, point } = key else {
        return Err(SignatureError::WrongKey);
    };
    let bytes = curve.bits().ok_or(SignatureError::Unsupported)?.div_ceil(8);
    // Tokens give the numbers bare, and some programs write them as they come.
    let (r, s) = match two_numbers(signature) {
        Err(_) if signature.len() == 2 * bytes => {
            let (r, s) = signature.split_at_checked(bytes).unwrap_or_default();
            (r.to_vec(), s.to_vec())
        }
        numbers => numbers?,
    };
    if let Some(domain) = domain(*curve) {
        return match domain.verify(point, digest, (&r, &s)) {
            Some(true) => Ok(()),
            Some(false) => Err(SignatureError::Mismatch),
            None => Err(SignatureError::Key),
        };
    }
    let pair = [fixed(&r, bytes)?, fixed(&s, bytes)?].concat();
    // SEC 1, 4.1.4: a digest is a number; a short one has zeros in front.
    let digest = if digest.len() < bytes.div_ceil(2) {
        fixed(digest, bytes.div_ceil(2))?
    } else {
        digest.to_vec()
    };
    macro_rules! on {
        ($curve:ty) => {
            ecdsa::VerifyingKey::<$curve>::from_sec1_bytes(point)
                .map_err(|_not_on_curve| SignatureError::Key)?
                .verify_prehash(
                    &digest,
                    &ecdsa::Signature::<$curve>::from_slice(&pair)
                        .map_err(|_out_of_range| SignatureError::Mismatch)?,
                )
        };
    }
    let verified = match curve {
        Curve::P256 => on!(p256::NistP256),
        Curve::P384 => on!(p384::NistP384),
        Curve::P521 => on!(p521::NistP521),
        Curve::Brainpool256 => on!(bp256::BrainpoolP256r1),
        Curve::Brainpool384 => on!(bp384::BrainpoolP384r1),
        Curve::P192
        | Curve::P224
        | Curve::K256
        | Curve::Brainpool224
        | Curve::Brainpool320
        | Curve::Brainpool512
        | Curve::Unknown(_) => return Err(SignatureError::Unsupported),
    };
    verified.map_err(|_no| SignatureError::Mismatch)
}

/// A curve that has no crate of its own.
fn domain(curve: Curve) -> Option<curve::Domain> {
    match curve {
        Curve::P192 => Some(curve::P192),
        Curve::P224 => Some(curve::P224),
        Curve::K256 => Some(curve::K256),
        Curve::Brainpool224 => Some(curve::BRAINPOOL_224),
        Curve::Brainpool320 => Some(curve::BRAINPOOL_320),
        Curve::Brainpool512 => Some(curve::BRAINPOOL_512),
        Curve::P256
        | Curve::P384
        | Curve::P521
        | Curve::Brainpool256
        | Curve::Brainpool384
        | Curve::Unknown(_) => None,
    }
}

/// The two INTEGERs of an ECDSA or DSA signature (RFC 3279, 2.2.2).
fn two_numbers(signature: &[u8]) -> Result<(Vec<u8>, Vec<u8>), SignatureError> {
    let numbers = || -> Result<_, Malformed> {
        let mut numbers = der::whole_sequence(signature)?;
        let (r, s) = (numbers.integer()?, numbers.integer()?);
        numbers.end()?;
        Ok((der::magnitude(r).to_vec(), der::magnitude(s).to_vec()))
    };
    numbers().map_err(|_malformed| SignatureError::Mismatch)
}

/// A number with zeros in front, so that it has this many bytes.
fn fixed(number: &[u8], bytes: usize) -> Result<Vec<u8>, SignatureError> {
    let zeros = bytes.checked_sub(number.len()).ok_or(SignatureError::Mismatch)?;
    let mut out = vec![0; zeros];
    out.extend_from_slice(number);
    Ok(out)
}

fn ed25519(
    key: &PublicKey,
    message: Message<'_>,
    signature: &[u8],
) -> Result<(), SignatureError> {
    let PublicKey::Ed25519(key) = key else { return Err(SignatureError::WrongKey) };
    let Message::Whole(message) = message else {
        return Err(SignatureError::Unsupported);
    };
    let key: &[u8; 32] =
        key.as_slice().try_into().map_err(|_size| SignatureError::Key)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(key)
        .map_err(|_not_on_curve| SignatureError::Key)?;
    let signature = ed25519_dalek::Signature::from_slice(signature)
        .map_err(|_size| SignatureError::Mismatch)?;
    key.verify_strict(message, &signature).map_err(|_no| SignatureError::Mismatch)
}

fn ed448(
    key: &PublicKey,
    message: Message<'_>,
    signature: &[u8],
) -> Result<(), SignatureError> {
    let PublicKey::Ed448(key) = key else { return Err(SignatureError::WrongKey) };
    let Message::Whole(message) = message else {
        return Err(SignatureError::Unsupported);
    };
    let key: &[u8; 57] =
        key.as_slice().try_into().map_err(|_size| SignatureError::Key)?;
    let key = ed448_goldilocks::VerifyingKey::from_bytes(key)
        .map_err(|_not_on_curve| SignatureError::Key)?;
    let signature = ed448_goldilocks::Signature::from_slice(signature)
        .map_err(|_size| SignatureError::Mismatch)?;
    key.verify_raw(&signature, message).map_err(|_no| SignatureError::Mismatch)
}

/// FIPS 186-4, 4.7. Everything here is public, so time may depend on it.
fn dsa(key: &PublicKey, digest: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
    let PublicKey::Dsa { domain, y } = key else { return Err(SignatureError::WrongKey) };
    let DsaDomain { p, q, g } = domain.as_deref().ok_or(SignatureError::Key)?;
    let (r, s) = two_numbers(signature)?;
    let (most_p, most_q) = MOST_DSA_BYTES;
    if p.len() > most_p || q.len() > most_q || q.len() > p.len() {
        return Err(SignatureError::Key);
    }
    if g.len() > p.len() || y.len() > p.len() {
        return Err(SignatureError::Key);
    }
    let wide = u32::try_from(p.len() * 8).map_err(|_wide| SignatureError::Key)?;
    let number = |bytes: &[u8]| {
        BoxedUint::from_be_slice(bytes, wide).map_err(|_wide| SignatureError::Mismatch)
    };
    let odd =
        |bytes: &[u8]| Odd::new(number(bytes)?).into_option().ok_or(SignatureError::Key);
    let (p, q) = (odd(p)?, odd(q)?);
    let (g, y, r, s) = (number(g)?, number(y)?, number(&r)?, number(&s)?);
    let zero = BoxedUint::zero_with_precision(wide);
    if g >= *p || y >= *p || r == zero || s == zero || r >= *q || s >= *q {
        return Err(SignatureError::Mismatch);
    }
    let w = s.invert_odd_mod(&q).into_option().ok_or(SignatureError::Mismatch)?;
    let order = q.as_nz_ref();
    let bytes = usize::try_from(q.bit_width().div_ceil(8))
        .map_err(|_wide| SignatureError::Key)?;
    let z = number(digest.get(..bytes).unwrap_or(digest))?.rem_vartime(order);
    let u1 = z.resize(wide).mul_mod(&w, order);
    let u2 = r.mul_mod(&w, order);
    let field = BoxedMontyParams::new_vartime(p);
    let raised = |base: BoxedUint, power: &BoxedUint| {
        let base = BoxedMontyForm::new(base, &field);
        base.pow_bounded_exp(power, q.bit_width())
    };
    let v = raised(g, &u1).mul(&raised(y, &u2)).retrieve().rem_vartime(order);
    if v.resize(wide) == r { Ok(()) } else { Err(SignatureError::Mismatch) }
}
