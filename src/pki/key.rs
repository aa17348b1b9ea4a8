//! Public keys (RFC 5280, 4.1.2.7; RFC 3279; RFC 4055; RFC 5480; RFC 8410).

use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
use crate::pki::hash::Weakness;
use crate::pki::signature::PssParameters;
use crate::pki::{Oid, oid};

/// Fewest bits of an RSA or DSA modulus that are not called short
/// (Thông tư 15/2025/TT-BKHCN; ETSI TS 119 312).
const ENOUGH_MODULUS_BITS: usize = 2048;
/// Fewest bits of a curve that are not called short.
const ENOUGH_CURVE_BITS: usize = 256;

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSA.
    Rsa {
        /// The modulus, without leading zeros.
        modulus: Vec<u8>,
        /// The public exponent, without leading zeros.
        exponent: Vec<u8>,
        /// Whether the modulus is written as a negative number. It has one
        /// reading all the same: the sign bit was meant as the highest bit.
        negative: bool,
        /// What a key for PSS alone demands (RFC 4055, 1.2).
        pss: Option<PssKey>,
    },
    /// A point on an elliptic curve.
    Ec {
        /// The curve.
        curve: Curve,
        /// The point, compressed or not (SEC 1, 2.3.3).
        point: Vec<u8>,
    },
    /// DSA.
    Dsa {
        /// Prime, order and generator; `None` where the issuer's are meant
        /// (RFC 5280, 6.1.4 (f)).
        domain: Option<Box<DsaDomain>>,
        /// The public value.
        y: Vec<u8>,
    },
    /// Ed25519 (RFC 8032).
    Ed25519(Vec<u8>),
    /// Ed448 (RFC 8032).
    Ed448(Vec<u8>),
    /// A kind of key that is not known here.
    Unknown(Oid),
}

/// What an RSA key may be used with when it is for PSS alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PssKey {
    /// Any parameters.
    Any,
    /// These, and at least this much salt.
    Only(PssParameters),
    /// Parameters that cannot be honoured.
    Unusable,
}

/// Prime, order and generator of a DSA key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DsaDomain {
    /// The prime modulus.
    pub p: Vec<u8>,
    /// The order of the subgroup.
    pub q: Vec<u8>,
    /// The generator.
    pub g: Vec<u8>,
}

/// An elliptic curve for ECDSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// brainpoolP256r1 (RFC 5639).
    Brainpool256,
    /// brainpoolP384r1 (RFC 5639).
    Brainpool384,
    /// NIST P-192.
    P192,
    /// NIST P-224.
    P224,
    /// secp256k1 (SEC 2).
    K256,
    /// brainpoolP224r1 (RFC 5639).
    Brainpool224,
    /// brainpoolP320r1 (RFC 5639).
    Brainpool320,
    /// brainpoolP512r1 (RFC 5639).
    Brainpool512,
    /// A curve that is not known here.
    Unknown(Option<Oid>),
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut info = reader.sequence()?;
        let mut algorithm = info.sequence()?;
        let kind = algorithm.oid()?;
        let bits = info.bits()?;
        info.end()?;
        match kind {
            oid::RSA => rsa(bits, None),
            oid::RSA_PSS => {
                let pss = match algorithm.is_empty() {
                    true => PssKey::Any,
                    false => match PssParameters::read(algorithm.rest())? {
                        Some(parameters) => PssKey::Only(parameters),
                        None => PssKey::Unusable,
                    },
                };
                rsa(bits, Some(pss))
            }
            oid::EC => {
                let named = algorithm.optional(Tag::OID)?;
                let named = named.map(|named| der::oid(&named)).transpose()?;
                Ok(Self::Ec { curve: Curve::from_oid(named), point: bits.to_vec() })
            }
            oid::DSA => dsa(algorithm, bits),
            oid::ED25519 => Ok(Self::Ed25519(bits.to_vec())),
            oid::ED448 => Ok(Self::Ed448(bits.to_vec())),
            other => Ok(Self::Unknown(other)),
        }
    }

    /// Bits of the modulus or of the curve; `None` for an unknown kind.
    #[must_use]
    pub fn bits(&self) -> Option<usize> {
        match self {
            Self::Rsa { modulus, .. } => Some(bits(modulus)),
            Self::Ec { curve, .. } => curve.bits(),
            Self::Dsa { domain, .. } => domain.as_ref().map(|domain| bits(&domain.p)),
            Self::Ed25519(_) => Some(256),
            Self::Ed448(_) => Some(448),
            Self::Unknown(_) => None,
        }
    }

    /// The kind of key, as people call it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Rsa { pss: None, .. } => "RSA",
            Self::Rsa { pss: Some(_), .. } => "RSA-PSS",
            Self::Ec { curve, .. } => curve.name(),
            Self::Dsa { .. } => "DSA",
            Self::Ed25519(_) => "Ed25519",
            Self::Ed448(_) => "Ed448",
            Self::Unknown(_) => "?",
        }
    }

    /// Why a signature by this key proves less than it should.
    #[must_use]
    pub fn weakness(&self) -> Option<Weakness> {
        let enough = match self {
            Self::Rsa { .. } | Self::Dsa { .. } => ENOUGH_MODULUS_BITS,
            Self::Ec { .. } | Self::Ed25519(_) | Self::Ed448(_) | Self::Unknown(_) => {
                ENOUGH_CURVE_BITS
            }
        };
        self.bits().filter(|bits| *bits < enough).map(|_| Weakness::Short)
    }

    /// This key with the parameters of its issuer's where it has none of its
    /// own (RFC 5280, 6.1.4 (f)).
    #[must_use]
    pub fn completed_by(&self, issuer: &Self) -> Self {
        match (self, issuer) {
            (Self::Dsa { domain: None, y }, Self::Dsa { domain, .. }) => {
                Self::Dsa { domain: domain.clone(), y: y.clone() }
            }
            _ => self.clone(),
        }
    }

    /// Whether it cannot be used without its issuer's parameters.
    #[must_use]
    pub fn lacks_parameters(&self) -> bool {
        matches!(self, Self::Dsa { domain: None, .. })
    }
}

impl Curve {
    /// Whether standards on signatures of documents name it: those of NIST, and of
    /// RFC 5639 (ETSI TS 119 312, 6.2.2.3), not that of a currency.
    #[must_use]
    pub fn is_usual(self) -> bool {
        !matches!(self, Self::K256 | Self::Unknown(_))
    }

    pub(crate) fn from_oid(named: Option<Oid>) -> Self {
        match named {
            Some(oid::P256) => Self::P256,
            Some(oid::P384) => Self::P384,
            Some(oid::P521) => Self::P521,
            Some(oid::BRAINPOOL_P256R1) => Self::Brainpool256,
            Some(oid::BRAINPOOL_P384R1) => Self::Brainpool384,
            Some(oid::P192) => Self::P192,
            Some(oid::P224) => Self::P224,
            Some(oid::K256) => Self::K256,
            Some(oid::BRAINPOOL_P224R1) => Self::Brainpool224,
            Some(oid::BRAINPOOL_P320R1) => Self::Brainpool320,
            Some(oid::BRAINPOOL_P512R1) => Self::Brainpool512,
            other => Self::Unknown(other),
        }
    }

    /// Bits of its field.
    #[must_use]
    pub fn bits(self) -> Option<usize> {
        match self {
            Self::P192 => Some(192),
            Self::P224 | Self::Brainpool224 => Some(224),
            Self::P256 | Self::K256 | Self::Brainpool256 => Some(256),
            Self::Brainpool320 => Some(320),
            Self::Brainpool512 => Some(512),
            Self::P384 | Self::Brainpool384 => Some(384),
            Self::P521 => Some(521),
            Self::Unknown(_) => None,
        }
    }

    /// The name of the curve.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Brainpool256 => "brainpoolP256r1",
            Self::Brainpool384 => "brainpoolP384r1",
            Self::P192 => "P-192",
            Self::P224 => "P-224",
            Self::K256 => "secp256k1",
            Self::Brainpool224 => "brainpoolP224r1",
            Self::Brainpool320 => "brainpoolP320r1",
            Self::Brainpool512 => "brainpoolP512r1",
            Self::Unknown(_) => "EC",
        }
    }
}

fn rsa(bits: &[u8], pss: Option<PssKey>) -> Result<PublicKey, Malformed> {
    let mut numbers = der::whole_sequence(bits)?;
    let modulus = numbers.integer()?;
    let exponent = numbers.integer()?;
    numbers.end()?;
    Ok(PublicKey::Rsa {
        negative: modulus.first().is_some_and(|first| first & 0x80 != 0),
        modulus: der::magnitude(modulus).to_vec(),
        exponent: der::magnitude(exponent).to_vec(),
        pss,
    })
}

fn dsa(mut algorithm: Reader<'_>, bits: &[u8]) -> Result<PublicKey, Malformed> {
    let mut domain = None;
    if let Some(parameters) = algorithm.optional(Tag::SEQUENCE)? {
        let mut numbers = parameters.reader();
        let mut next = || numbers.integer().map(|number| der::magnitude(number).to_vec());
        domain = Some(Box::new(DsaDomain { p: next()?, q: next()?, g: next()? }));
    }
    let mut value = Reader::new(bits);
    let y = der::magnitude(value.integer()?).to_vec();
    value.end()?;
    Ok(PublicKey::Dsa { domain, y })
}

/// Bits of a number without leading zeros.
fn bits(magnitude: &[u8]) -> usize {
    let unused = magnitude.first().map_or(0, |first| first.leading_zeros());
    (magnitude.len() * 8).saturating_sub(usize::try_from(unused).unwrap_or_default())
}
