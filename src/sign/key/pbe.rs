//! Encryption under a password: PBES2 (RFC 8018, 6.2) and the older forms of
//! PKCS#12 (RFC 7292, appendices B and C).

use aes::{Aes128, Aes192, Aes256};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, InnerIvInit as _, KeyIvInit as _};
use des::TdesEde3;
use hmac::{Hmac, KeyInit as _, Mac};
use rc2::Rc2;
use zeroize::Zeroizing;

use crate::pki::der::{Reader, Tag};
use crate::pki::{Hash, Oid};
use crate::sign::key::{KeyError, Password};

/// Rounds of key derivation that are computed; more only waste time.
const MOST_ROUNDS: u32 = 10_000_000;

const PBES2: Oid = Oid::new_unwrap("1.2.840.113549.1.5.13");
const PBKDF2: Oid = Oid::new_unwrap("1.2.840.113549.1.5.12");
const HMAC_SHA1: Oid = Oid::new_unwrap("1.2.840.113549.2.7");
const HMAC_SHA256: Oid = Oid::new_unwrap("1.2.840.113549.2.9");
const HMAC_SHA384: Oid = Oid::new_unwrap("1.2.840.113549.2.10");
const HMAC_SHA512: Oid = Oid::new_unwrap("1.2.840.113549.2.11");
const DES_EDE3_CBC: Oid = Oid::new_unwrap("1.2.840.113549.3.7");
const AES128_CBC: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.1.2");
const AES192_CBC: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.1.22");
const AES256_CBC: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.1.42");
const SHA1_3DES: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.3");
const SHA1_RC2_128: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.5");
const SHA1_RC2_40: Oid = Oid::new_unwrap("1.2.840.113549.1.12.1.6");

/// Bytes in the clear, wiped after use.
pub type Clear = Zeroizing<Vec<u8>>;

/// What the key derivation of PKCS#12 makes (RFC 7292, B.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// A key for a cipher.
    Key = 1,
    /// An initial vector.
    Iv = 2,
    /// A key for the seal.
    Mac = 3,
}

/// Decrypts `sealed` as `algorithm` says.
///
/// # Errors
///
/// When the algorithm is not known here, or the password does not fit.
pub fn decrypt(
    mut algorithm: Reader<'_>,
    sealed: &[u8],
    password: &Password,
) -> Result<Clear, KeyError> {
    match algorithm.oid()? {
        PBES2 => pbes2(algorithm.sequence()?, sealed, password),
        kind @ (SHA1_3DES | SHA1_RC2_128 | SHA1_RC2_40) => {
            let mut parameters = algorithm.sequence()?;
            let salt = parameters.octets()?.into_owned();
            let rounds = rounds(parameters.small()?)?;
            let length = match kind {
                SHA1_3DES => 24,
                SHA1_RC2_128 => 16,
                _ => 5,
            };
            let part = |what, length| {
                derive(Hash::Sha1, what, &utf16(password), (&salt, rounds), length)
            };
            let (key, iv) = (part(Use::Key, length), part(Use::Iv, 8));
            if kind == SHA1_3DES {
                return triple_des(&key, &iv, sealed);
            }
            let cipher = Rc2::new_with_eff_key_len(&key, key.len() * 8);
            let opened = cbc::Decryptor::<Rc2>::inner_iv_slice_init(cipher, &iv)
                .map_err(|_length| KeyError::Damaged)?
                .decrypt_padded_vec::<Pkcs7>(sealed);
            clear(opened.ok())
        }
        other => Err(KeyError::Cipher(other.to_string())),
    }
}

fn pbes2(
    mut parameters: Reader<'_>,
    sealed: &[u8],
    password: &Password,
) -> Result<Clear, KeyError> {
    let mut derivation = parameters.sequence()?;
    let kind = derivation.oid()?;
    if kind != PBKDF2 {
        return Err(KeyError::Cipher(kind.to_string()));
    }
    let mut derivation = derivation.sequence()?;
    let salt = derivation.octets()?.into_owned();
    let rounds = rounds(derivation.small()?)?;
    derivation.optional(Tag::INTEGER)?;
    let prf = match derivation.optional(Tag::SEQUENCE)? {
        Some(prf) => prf.reader().oid()?,
        None => HMAC_SHA1,
    };
    let mut cipher = parameters.sequence()?;
    let kind = cipher.oid()?;
    let iv = cipher.octets()?.into_owned();
    let length = match kind {
        AES128_CBC => 16,
        AES192_CBC | DES_EDE3_CBC => 24,
        AES256_CBC => 32,
        other => return Err(KeyError::Cipher(other.to_string())),
    };
    let key = pbkdf2(prf, password.as_bytes(), (&salt, rounds), length)?;
    macro_rules! aes {
        ($cipher:ty) => {
            clear(
                cbc::Decryptor::<$cipher>::new_from_slices(&key, &iv)
                    .map_err(|_length| KeyError::Damaged)?
                    .decrypt_padded_vec::<Pkcs7>(sealed)
                    .ok(),
            )
        };
    }
    match kind {
        AES128_CBC => aes!(Aes128),
        AES192_CBC => aes!(Aes192),
        AES256_CBC => aes!(Aes256),
        _ => triple_des(&key, &iv, sealed),
    }
}

fn triple_des(key: &[u8], iv: &[u8], sealed: &[u8]) -> Result<Clear, KeyError> {
    let opened = cbc::Decryptor::<TdesEde3>::new_from_slices(key, iv)
        .map_err(|_length| KeyError::Damaged)?
        .decrypt_padded_vec::<Pkcs7>(sealed);
    clear(opened.ok())
}

fn clear(opened: Option<Vec<u8>>) -> Result<Clear, KeyError> {
    opened.map(Zeroizing::new).ok_or(KeyError::WrongPassword)
}

/// The number of rounds, if it is one that is computed.
///
/// # Errors
///
/// When it is none, or too many.
pub fn rounds(number: u32) -> Result<u32, KeyError> {
    if (1..=MOST_ROUNDS).contains(&number) { Ok(number) } else { Err(KeyError::Damaged) }
}

/// PBKDF2 (RFC 8018, 5.2).
fn pbkdf2(
    prf: Oid,
    password: &[u8],
    (salt, rounds): (&[u8], u32),
    length: usize,
) -> Result<Clear, KeyError> {
    macro_rules! with {
        ($digest:ty) => {
            blocks::<Hmac<$digest>>(password, salt, rounds, length)
        };
    }
    match prf {
        HMAC_SHA1 => with!(sha1::Sha1),
        HMAC_SHA256 => with!(sha2::Sha256),
        HMAC_SHA384 => with!(sha2::Sha384),
        HMAC_SHA512 => with!(sha2::Sha512),
        other => Err(KeyError::Cipher(other.to_string())),
    }
}

fn blocks<M: Mac + hmac::KeyInit + Clone>(
    password: &[u8],
    salt: &[u8],
    rounds: u32,
    length: usize,
) -> Result<Clear, KeyError> {
    let keyed = <M as hmac::KeyInit>::new_from_slice(password)
        .map_err(|_never| KeyError::Damaged)?;
    let mut out = Zeroizing::new(Vec::new());
    for number in 1_u32.. {
        if out.len() >= length {
            break;
        }
        let mut mac = keyed.clone();
        mac.update(salt);
        mac.update(&number.to_be_bytes());
        let mut last = mac.finalize().into_bytes();
        let mut block = last.clone();
        for _ in 1..rounds {
            let mut mac = keyed.clone();
            mac.update(&last);
            last = mac.finalize().into_bytes();
            for (sum, byte) in block.iter_mut().zip(&last) {
                *sum ^= byte;
            }
        }
        out.extend_from_slice(&block);
    }
    out.truncate(length);
    Ok(out)
}

/// A password as PKCS#12 has it: UTF-16 with a zero at the end (RFC 7292, B.1).
#[must_use]
pub fn utf16(password: &str) -> Clear {
    let units = password.encode_utf16().chain([0]);
    Zeroizing::new(units.flat_map(u16::to_be_bytes).collect())
}

/// The key derivation of PKCS#12 (RFC 7292, B.2).
#[must_use]
pub fn derive(
    hash: Hash,
    what: Use,
    password: &[u8],
    (salt, rounds): (&[u8], u32),
    length: usize,
) -> Clear {
    let block = if hash.length() > 32 { 128 } else { 64 };
    let filled = |bytes: &[u8]| -> Vec<u8> {
        let size = bytes.len().div_ceil(block) * block;
        bytes
            .iter()
            .copied()
            .cycle()
            .take(if bytes.is_empty() { 0 } else { size })
            .collect()
    };
    let diversifier = vec![what as u8; block];
    let mut input = Zeroizing::new([filled(salt), filled(password)].concat());
    let mut out = Zeroizing::new(Vec::new());
    while out.len() < length {
        let mut value = Zeroizing::new(hash.of(&[&diversifier[..], &input].concat()));
        for _ in 1..rounds {
            value = Zeroizing::new(hash.of(&value));
        }
        out.extend_from_slice(&value);
        let addend: Vec<u8> = value.iter().copied().cycle().take(block).collect();
        for part in input.chunks_mut(block) {
            let mut carry = 1_u16;
            for (sum, byte) in part.iter_mut().rev().zip(addend.iter().rev()) {
                carry += u16::from(*sum) + u16::from(*byte);
                *sum = u8::try_from(carry & 0xff).unwrap_or_default();
                carry >>= 8;
            }
        }
    }
    out.truncate(length);
    out
}

/// HMAC with one of the digests that seal PKCS#12.
///
/// # Errors
///
/// When the digest is not known here.
pub fn hmac(hash: Hash, key: &[u8], message: &[u8]) -> Result<Vec<u8>, KeyError> {
    macro_rules! with {
        ($digest:ty) => {{
            let keyed = Hmac::<$digest>::new_from_slice(key);
            let mut keyed = keyed.map_err(|_never| KeyError::Damaged)?;
            keyed.update(message);
            Ok(keyed.finalize().into_bytes().to_vec())
        }};
    }
    match hash {
        Hash::Sha1 => with!(sha1::Sha1),
        Hash::Sha224 => with!(sha2::Sha224),
        Hash::Sha256 => with!(sha2::Sha256),
        Hash::Sha384 => with!(sha2::Sha384),
        Hash::Sha512 => with!(sha2::Sha512),
        Hash::Md5
        | Hash::Sha512t224
        | Hash::Sha512t256
        | Hash::Sha3x224
        | Hash::Sha3x256
        | Hash::Sha3x384
        | Hash::Sha3x512
        | Hash::Shake256 => Err(KeyError::Cipher(hash.name().to_owned())),
    }
}
