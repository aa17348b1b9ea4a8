//! Private keys as they stand in files: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017, A.1.2)
//! and SEC 1 (RFC 5915).

use zeroize::Zeroizing;

use crate::pki::der::{self, Reader, Tag};
use crate::pki::{Oid, oid};
use crate::sign::key::{KeyError, Password, Secret, pbe};

/// A key under a password: `EncryptedPrivateKeyInfo` (RFC 5958, 3).
///
/// # Errors
///
/// When it is none, or the password does not open it.
pub fn encrypted(bytes: &[u8], password: Option<&Password>) -> Result<Secret, KeyError> {
    let mut parts = der::whole_sequence(bytes)?;
    let algorithm = parts.expect(Tag::SEQUENCE)?;
    let sealed = parts.octets()?;
    let password = password.ok_or(KeyError::PasswordNeeded)?;
    let clear = pbe::decrypt(algorithm.reader(), &sealed, password)?;
    // A wrong password seldom leaves good padding, and never a good key; where the
    // kind of one was read it was opened.
    plain(&clear).map_err(|error| {
        let is_opened = matches!(error, KeyError::Kind(_));
        if is_opened { error } else { KeyError::WrongPassword }
    })
}

/// A key in the clear: `PrivateKeyInfo` (RFC 5958, 2).
///
/// # Errors
///
/// When it is none.
pub fn plain(bytes: &[u8]) -> Result<Secret, KeyError> {
    let mut parts = der::whole_sequence(bytes)?;
    parts.small()?;
    let mut algorithm = parts.sequence()?;
    let kind = algorithm.oid()?;
    let inner = Zeroizing::new(parts.octets()?.into_owned());
    match kind {
        oid::RSA | oid::RSA_PSS => rsa(&inner),
        oid::EC => {
            let curve = algorithm.optional(Tag::OID)?;
            let curve = curve.map(|curve| der::oid(&curve)).transpose()?;
            ec(&inner, curve)
        }
        other => Err(KeyError::Kind(other.to_string())),
    }
}

/// `RSAPrivateKey`.
///
/// # Errors
///
/// When it is none.
pub fn rsa(bytes: &[u8]) -> Result<Secret, KeyError> {
    let mut parts = der::whole_sequence(bytes)?;
    parts.small()?;
    let mut next = || {
        let digits = parts.integer().map(der::magnitude)?;
        Ok::<_, KeyError>(rsa::BoxedUint::from_be_slice_vartime(digits))
    };
    let (n, e, d, p, q) = (next()?, next()?, next()?, next()?, next()?);
    let key = rsa::PrivateKey::from_components(n, e, d, vec![p, q]);
    key.map(Box::new).map(Secret::Rsa).map_err(|_bad| KeyError::Damaged)
}

/// `ECPrivateKey`; the curve may be told outside.
///
/// # Errors
///
/// When it is none.
pub fn ec(bytes: &[u8], curve: Option<Oid>) -> Result<Secret, KeyError> {
    let mut parts = der::whole_sequence(bytes)?;
    parts.small()?;
    let scalar = Zeroizing::new(parts.octets()?.into_owned());
    let own = match parts.optional(Tag::context(0))? {
        Some(named) => Some(Reader::new(named.value).oid()?),
        None => None,
    };
    let curve = curve.or(own).ok_or(KeyError::Kind("EC".to_owned()))?;
    let padded = |bytes: usize| {
        let mut whole = Zeroizing::new(vec![0; bytes.saturating_sub(scalar.len())]);
        whole.extend_from_slice(&scalar);
        whole
    };
    match curve {
        oid::P256 => p256::ecdsa::SigningKey::from_slice(&padded(32))
            .map(|key| Secret::P256(Box::new(key)))
            .map_err(|_bad| KeyError::Damaged),
        oid::P384 => p384::ecdsa::SigningKey::from_slice(&padded(48))
            .map(|key| Secret::P384(Box::new(key)))
            .map_err(|_bad| KeyError::Damaged),
        other => Err(KeyError::Kind(other.to_string())),
    }
}
