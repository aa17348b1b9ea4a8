//! Keys of files and tokens as they seal codes on paper (`track::seal`).

use std::fmt::Display;

use getrandom::SysRng;
use signature::Signer as _;

use crate::pki::der;
use crate::pki::key::Curve;
use crate::pki::{Hash, Malformed, PublicKey, Scheme};
use crate::sign::Identity;
use crate::sign::key::{KeyFile, Secret};
use crate::track::seal::{Algorithm, SealError, Sealer, Sign};

/// The key of a file that seals: one that has its certificate with it, else the
/// first. Readers know it by its certificate then, and may trust it by a chain.
///
/// # Errors
///
/// When there is none, or it is neither RSA nor of the curve P-256.
pub fn sealer(file: KeyFile) -> Result<Sealer, SealError> {
    let KeyFile { mut secrets, certificates } = file;
    let owner = |secret: &Secret| certificates.iter().find(|it| secret.is_of(it));
    let at = secrets.iter().position(|secret| owner(secret).is_some()).unwrap_or(0);
    if at >= secrets.len() {
        return Err(SealError::NoKey);
    }
    let secret = secrets.swap_remove(at);
    let certificate = owner(&secret);
    let (algorithm, public, sign): (_, _, Box<Sign>) = match secret {
        Secret::P256(key) => {
            let point = key.verifying_key().to_sec1_point(false).as_bytes().to_vec();
            let public = PublicKey::Ec { curve: Curve::P256, point };
            let sign = move |signed: &[u8]| {
                let made: p256::ecdsa::Signature =
                    key.try_sign(signed).map_err(refused)?;
                Ok(made.to_bytes().to_vec())
            };
            (Algorithm::Es256, public, Box::new(sign))
        }
        Secret::Rsa(key) => {
            use rsa::traits::PublicKeyParts as _;
            let digits = |number: Box<[u8]>| {
                number.iter().copied().skip_while(|byte| *byte == 0).collect()
            };
            let public = PublicKey::Rsa {
                modulus: digits(key.n().to_be_bytes()),
                exponent: digits(key.e().to_be_bytes()),
                negative: false,
                pss: None,
            };
            let sign = move |signed: &[u8]| {
                let digest = Hash::Sha256.of(signed);
                let padding = rsa::Pss::<sha2::Sha256>::new();
                key.sign_with_rng(&mut SysRng, padding, &digest).map_err(refused)
            };
            (Algorithm::Ps256, public, Box::new(sign))
        }
        Secret::P384(_) | Secret::Token(_) => return Err(SealError::OtherKind),
    };
    let known_by = certificate.ok_or(&public);
    Sealer::new(algorithm, known_by, sign).ok_or(SealError::OtherKind)
}

/// A key with its certificate that seals, such as one in a token. Readers know it by
/// the certificate.
///
/// # Errors
///
/// When it is neither RSA nor of the curve P-256.
pub fn of_identity(identity: Identity) -> Result<Sealer, SealError> {
    let certificate = identity.certificate.clone();
    let scheme = identity.scheme(false);
    let algorithm = match (certificate.key(), scheme) {
        (PublicKey::Ec { curve: Curve::P256, .. }, Scheme::Ecdsa(Hash::Sha256)) => {
            Algorithm::Es256
        }
        (PublicKey::Rsa { .. }, Scheme::Pss(_)) => Algorithm::Ps256,
        _ => return Err(SealError::OtherKind),
    };
    let sign = move |signed: &[u8]| {
        let made = identity.sign(scheme, signed).map_err(refused)?;
        match algorithm {
            Algorithm::Es256 => side_by_side(&made).map_err(refused),
            Algorithm::Ps256 => Ok(made),
        }
    };
    Sealer::new(algorithm, Ok(&certificate), Box::new(sign)).ok_or(SealError::OtherKind)
}

/// The two numbers of a signature on P-256 side by side (RFC 9053, 2.1), which
/// elsewhere are two INTEGERs (RFC 3279, 2.2.2).
fn side_by_side(made: &[u8]) -> Result<Vec<u8>, Malformed> {
    /// Bytes of a number.
    const WIDTH: usize = 32;
    let mut parts = der::whole_sequence(made)?;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let number = der::magnitude(parts.integer()?);
        numbers.resize(numbers.len() + WIDTH.saturating_sub(number.len()), 0);
        numbers.extend(number);
    }
    Ok(numbers)
}

fn refused(error: impl Display) -> SealError {
    SealError::Refused(error.to_string())
}
