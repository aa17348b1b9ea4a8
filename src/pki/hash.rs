//! The digests that signatures are made over, strong and weak.
//!
//! That a digest is weak is a fact of [`Hash::weakness`]; whether a verdict
//! may rest on it is judged elsewhere.

use digest::DynDigest;

use crate::pki::der::Reader;
use crate::pki::error::Malformed;
use crate::pki::{Oid, oid};

/// A digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hash {
    /// MD5 (RFC 1321).
    Md5,
    /// SHA-1 (FIPS 180-4).
    Sha1,
    /// SHA-224 (FIPS 180-4).
    Sha224,
    /// SHA-256 (FIPS 180-4).
    Sha256,
    /// SHA-384 (FIPS 180-4).
    Sha384,
    /// SHA-512 (FIPS 180-4).
    Sha512,
    /// SHA-512/224 (FIPS 180-4).
    Sha512t224,
    /// SHA-512/256 (FIPS 180-4).
    Sha512t256,
    /// SHA3-224 (FIPS 202).
    Sha3x224,
    /// SHA3-256 (FIPS 202).
    Sha3x256,
    /// SHA3-384 (FIPS 202).
    Sha3x384,
    /// SHA3-512 (FIPS 202).
    Sha3x512,
    /// SHAKE256 with 512 bits, the digest of Ed448 (RFC 8419, 3.1).
    Shake256,
}

/// How far a digest or key can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weakness {
    /// Collisions are practical: a second document may have the same value.
    Collisions,
    /// Too short for signatures made today.
    Short,
}

/// Bits that SHAKE256 yields here.
const SHAKE_BITS: u32 = 512;

/// A digest, its name, its identifier and the bytes it yields.
type Row = (Hash, &'static str, Oid, usize);

const TABLE: [Row; 13] = [
    (Hash::Md5, "MD5", oid::MD5, 16),
    (Hash::Sha1, "SHA-1", oid::SHA1, 20),
    (Hash::Sha224, "SHA-224", oid::SHA224, 28),
    (Hash::Sha256, "SHA-256", oid::SHA256, 32),
    (Hash::Sha384, "SHA-384", oid::SHA384, 48),
    (Hash::Sha512, "SHA-512", oid::SHA512, 64),
    (Hash::Sha512t224, "SHA-512/224", oid::SHA512_224, 28),
    (Hash::Sha512t256, "SHA-512/256", oid::SHA512_256, 32),
    (Hash::Sha3x224, "SHA3-224", oid::SHA3_224, 28),
    (Hash::Sha3x256, "SHA3-256", oid::SHA3_256, 32),
    (Hash::Sha3x384, "SHA3-384", oid::SHA3_384, 48),
    (Hash::Sha3x512, "SHA3-512", oid::SHA3_512, 64),
    (Hash::Shake256, "SHAKE256", oid::SHAKE256, 64),
];

impl Hash {
    /// The digest this identifier names.
    #[must_use]
    pub fn from_oid(oid: Oid) -> Option<Self> {
        TABLE.iter().find(|row| row.2 == oid).map(|row| row.0)
    }

    /// The digest an `AlgorithmIdentifier` names; parameters are absent or NULL
    /// and not looked at (RFC 5754, 2), but for SHAKE256 with its length in bits
    /// (RFC 8702, 3.1; ISO 32001 has it with Ed448).
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(reader: &mut Reader<'_>) -> Result<Result<Self, Oid>, Malformed> {
        let mut parts = reader.sequence()?;
        let oid = parts.oid()?;
        if oid == oid::SHAKE256_LEN && parts.small() == Ok(SHAKE_BITS) {
            return Ok(Ok(Self::Shake256));
        }
        Ok(Self::from_oid(oid).ok_or(oid))
    }

    /// The identifier of this digest.
    #[must_use]
    pub fn oid(self) -> Oid {
        self.row().map_or(oid::SHA256, |row| row.2)
    }

    /// The name of this digest.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// Bytes of a value.
    #[must_use]
    pub fn length(self) -> usize {
        self.row().map_or(0, |row| row.3)
    }

    /// Why this digest proves less than it should.
    #[must_use]
    pub fn weakness(self) -> Option<Weakness> {
        match self {
            Self::Md5 | Self::Sha1 => Some(Weakness::Collisions),
            Self::Sha224
            | Self::Sha256
            | Self::Sha384
            | Self::Sha512
            | Self::Sha512t224
            | Self::Sha512t256
            | Self::Sha3x224
            | Self::Sha3x256
            | Self::Sha3x384
            | Self::Sha3x512
            | Self::Shake256 => None,
        }
    }

    /// The digest of `bytes`.
    #[must_use]
    pub fn of(self, bytes: &[u8]) -> Vec<u8> {
        let mut hasher = self.hasher();
        hasher.update(bytes);
        hasher.finish()
    }

    /// A digest fed piece by piece.
    #[must_use]
    pub fn hasher(self) -> Hasher {
        Hasher(match self {
            Self::Md5 => boxed::<md5::Md5>(),
            Self::Sha1 => boxed::<sha1::Sha1>(),
            Self::Sha224 => boxed::<sha2::Sha224>(),
            Self::Sha256 => boxed::<sha2::Sha256>(),
            Self::Sha384 => boxed::<sha2::Sha384>(),
            Self::Sha512 => boxed::<sha2::Sha512>(),
            Self::Sha512t224 => boxed::<sha2::Sha512_224>(),
            Self::Sha512t256 => boxed::<sha2::Sha512_256>(),
            Self::Sha3x224 => boxed::<sha3::Sha3_224>(),
            Self::Sha3x256 => boxed::<sha3::Sha3_256>(),
            Self::Sha3x384 => boxed::<sha3::Sha3_384>(),
            Self::Sha3x512 => boxed::<sha3::Sha3_512>(),
            Self::Shake256 => Inner::Shake(shake::Shake256::default()),
        })
    }

    fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.0 == self)
    }
}

/// A digest fed piece by piece.
pub struct Hasher(Inner);

enum Inner {
    Fixed(Box<dyn DynDigest + Send>),
    Shake(shake::Shake256),
}

fn boxed<D: DynDigest + Default + Send + 'static>() -> Inner {
    Inner::Fixed(Box::new(D::default()))
}

impl Hasher {
    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Inner::Fixed(digest) => digest.update(bytes),
            Inner::Shake(digest) => digest::Update::update(digest, bytes),
        }
    }

    /// The value of all bytes taken.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            Inner::Fixed(digest) => digest.finalize().into_vec(),
            Inner::Shake(digest) => {
                let mut value = vec![0; 64];
                digest::ExtendableOutput::finalize_xof_into(digest, &mut value);
                value
            }
        }
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hasher")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digest_has_its_length_and_identifier() {
        for (hash, name, oid, length) in TABLE {
            assert_eq!(hash.of(b"").len(), length, "{name}");
            assert_eq!(Hash::from_oid(oid), Some(hash));
            assert_eq!((hash.name(), hash.length(), hash.oid()), (name, length, oid));
        }
    }

    #[test]
    fn known_values() {
        let hex = |hash: Hash, text: &str| {
            hash.of(text.as_bytes())
                .iter()
                .take(4)
                .fold(0, |sum, b| sum << 8 | u32::from(*b))
        };
        assert_eq!(hex(Hash::Md5, "abc"), 0x9001_5098);
        assert_eq!(hex(Hash::Sha1, "abc"), 0xa999_3e36);
        assert_eq!(hex(Hash::Sha384, "abc"), 0xcb00_753f);
        assert_eq!(hex(Hash::Sha512t256, "abc"), 0x5304_8e26);
        assert_eq!(hex(Hash::Sha3x256, "abc"), 0x3a98_5da7);
        assert_eq!(hex(Hash::Shake256, ""), 0x46b9_dd2b);
    }
}
