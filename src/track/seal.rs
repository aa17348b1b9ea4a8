//! A sealed code: a printed copy that can be held against its original.
//!
//! The symbol carries who issued what: agency, dossier code, the beginning of
//! the document's SHA-256, its length and pages, and the day, signed with the
//! office's key. It is a COSE message of one signer (RFC 9052, 4.2), ECDSA on
//! P-256 with SHA-256 (RFC 9053, 2.1) or RSASSA-PSS with SHA-256 (RFC 8230, 2), in
//! base 45 (RFC 9285), so that the symbol is written in alphanumeric mode. Whoever
//! has the public key, or trusts an authority above the office's certificate,
//! checks it without any network. A signature of RSA takes 256 bytes and more, so
//! such a code has less correction, and keys over 2048 bits do not fit.

use std::fmt;

use coset::{CborSerializable as _, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};

use crate::pki::certificate::Certificate;
use crate::pki::der;
use crate::pki::key::{Curve, PublicKey};
use crate::pki::path::Status;
use crate::pki::signature::PssParameters;
use crate::pki::{Hash, Message, Scheme};
use crate::qr::Correction;
use crate::qr::make::Symbol;
use crate::time::Timestamp;
use crate::track::payload::SEAL_MARK;
use crate::track::seal::trusted::{KeyId, id_of_certificate, id_of_key};

mod base45;
mod error;
mod statement;
mod trusted;

pub use crate::track::seal::error::SealError;
pub use crate::track::seal::statement::Statement;
pub use crate::track::seal::trusted::Trusted;

/// The largest version a sealed code may have.
const MOST_VERSION: u32 = 12;
/// Most bytes of a message that is opened.
const MOST_BYTES: usize = 1_000;

/// How an office signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256; the signature is two numbers of 32 bytes.
    Es256,
    /// RSASSA-PSS with SHA-256 and a salt of 32 bytes.
    Ps256,
}

impl Algorithm {
    fn cose(self) -> iana::Algorithm {
        match self {
            Self::Es256 => iana::Algorithm::ES256,
            Self::Ps256 => iana::Algorithm::PS256,
        }
    }

    fn read(named: Option<&coset::Algorithm>) -> Option<Self> {
        [Self::Es256, Self::Ps256]
            .into_iter()
            .find(|own| named == Some(&coset::Algorithm::Assigned(own.cose())))
    }

    /// Whether `key` made `signature` over `signed`.
    fn is_signed(self, key: &PublicKey, signed: &[u8], signature: &[u8]) -> bool {
        let message = Message::Whole(signed);
        match self {
            Self::Es256 => {
                // RFC 9053, 2.1: the numbers stand side by side.
                let Some((r, s)) = signature.split_at_checked(32) else { return false };
                let is_p256 = matches!(key, PublicKey::Ec { curve: Curve::P256, .. });
                is_p256
                    && s.len() == 32
                    && Scheme::Ecdsa(Hash::Sha256)
                        .verify(key, message, &der::two_numbers(r, s))
                        .is_ok()
            }
            Self::Ps256 => {
                let parameters = PssParameters { hash: Hash::Sha256, salt: 32 };
                Scheme::Pss(parameters).verify(key, message, signature).is_ok()
            }
        }
    }
}

/// What signs bytes with the office's key.
pub type Sign = dyn Fn(&[u8]) -> Result<Vec<u8>, SealError>;

/// The office's key: `sign::seal` reads it from a file or asks a token.
pub struct Sealer {
    algorithm: Algorithm,
    key_id: KeyId,
    sign: Box<Sign>,
}

impl Sealer {
    /// A key that signs so, with the certificate that readers know it by, if it
    /// has one, or its public half.
    #[must_use]
    pub fn new(
        algorithm: Algorithm,
        known_by: Result<&Certificate, &PublicKey>,
        sign: Box<Sign>,
    ) -> Option<Self> {
        let key_id = match known_by {
            Ok(certificate) => id_of_certificate(certificate),
            Err(key) => id_of_key(key)?,
        };
        Some(Self { algorithm, key_id, sign })
    }

    /// The payload that states this, and how much correction its symbol has room
    /// for.
    ///
    /// # Errors
    ///
    /// When the key does not sign, or the payload does not fit a symbol that is
    /// still read easily.
    pub fn seal(&self, statement: &Statement) -> Result<(String, Correction), SealError> {
        let protected = HeaderBuilder::new().algorithm(self.algorithm.cose()).build();
        let unprotected = HeaderBuilder::new().key_id(self.key_id.to_vec()).build();
        let message = CoseSign1Builder::new()
            .protected(protected)
            .unprotected(unprotected)
            .payload(statement.write())
            .try_create_signature(&[], |signed| (self.sign)(signed))?
            .build();
        let bytes = message.to_vec().map_err(|_unwritable| SealError::TooLong)?;
        let payload = format!("{SEAL_MARK}{}", base45::encode(&bytes));
        let fits = |correction: &Correction| {
            let symbol = Symbol::of(payload.as_bytes(), *correction);
            symbol.is_some_and(|symbol| symbol.version() <= MOST_VERSION)
        };
        let correction = [Correction::M, Correction::L].into_iter().find(fits);
        let correction = correction.ok_or(SealError::TooLong)?;
        Ok((payload, correction))
    }
}

impl fmt::Debug for Sealer {
    /// Never shows the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

/// What became of a sealed code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Whether it is believed.
    pub state: State,
    /// What it states, unless it is no sealed code.
    pub statement: Option<Statement>,
    /// The name in the certificate of its key, where that is known.
    pub signer: Option<String>,
}

/// Whether a sealed code is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A trusted key signed this.
    Sound,
    /// It names a key that is known, and that key did not sign it.
    Forged,
    /// It names a key that is not known, or none was named to trust.
    UnknownKey,
    /// Its key signed it, and the certificate of the key is not to be believed.
    Untrusted(Status),
    /// It is no sealed code.
    Unreadable,
}

/// Opens a payload, without its mark. Certificates must have been valid on the day
/// that is stated, and not be revoked `now`: a stolen key can state any day.
#[must_use]
pub fn open(sealed: &str, trusted: &Trusted, now: Timestamp) -> Opened {
    let unreadable = Opened { state: State::Unreadable, statement: None, signer: None };
    let message = base45::decode(sealed)
        .filter(|bytes| bytes.len() <= MOST_BYTES)
        .and_then(|bytes| CoseSign1::from_slice(&bytes).ok());
    let Some(message) = message else { return unreadable };
    let algorithm = Algorithm::read(message.protected.header.alg.as_ref());
    let statement = message.payload.as_deref().and_then(Statement::read);
    let (Some(algorithm), Some(statement)) = (algorithm, statement) else {
        return unreadable;
    };
    let keys = trusted.named(&message.unprotected.key_id);
    let is_signed = |key: &PublicKey| {
        let checked = message.verify_signature(&[], |signature, signed| {
            if algorithm.is_signed(key, signed, signature) { Ok(()) } else { Err(()) }
        });
        checked.is_ok()
    };
    let is_known = !keys.is_empty();
    let mut state = if is_known { State::Forged } else { State::UnknownKey };
    let mut signer = None;
    for (key, certificate, outright) in keys {
        if !is_signed(key) {
            continue;
        }
        signer = certificate.map(Certificate::display_name);
        let standing = match (certificate, outright) {
            (_, true) | (None, false) => Status::Valid,
            (Some(found), false) => trusted.standing(found, statement.day, now),
        };
        if standing == Status::Valid {
            state = State::Sound;
            break;
        }
        state = State::Untrusted(standing);
    }
    Opened { state, statement: Some(statement), signer }
}

#[cfg(test)]
mod tests {
    use signature::Signer as _;

    use super::*;
    use crate::archive::Code;
    use crate::track::seal::statement::tests::statement;

    /// A key of nobody's, from its secret number.
    fn key(secret: u8) -> (Sealer, Trusted) {
        let key = p256::ecdsa::SigningKey::from_slice(&[secret; 32]).unwrap();
        let point = key.verifying_key().to_sec1_point(true).as_bytes().to_vec();
        let public = PublicKey::Ec { curve: Curve::P256, point };
        let sign = move |signed: &[u8]| {
            let made: p256::ecdsa::Signature = key.sign(signed);
            Ok(made.to_bytes().to_vec())
        };
        let sealer = Sealer::new(Algorithm::Es256, Err(&public), Box::new(sign));
        let trusted = Trusted { keys: vec![(public, None)], store: None };
        (sealer.unwrap(), trusted)
    }

    fn open_payload(payload: &str, trusted: &Trusted) -> Opened {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        open(payload.strip_prefix(SEAL_MARK).unwrap(), trusted, now)
    }

    #[test]
    fn what_was_sealed_is_opened_by_whoever_trusts_the_key() {
        let (sealer, trusted) = key(7);
        let (payload, correction) = sealer.seal(&statement()).unwrap();
        assert_eq!(correction, Correction::M);
        let symbol = Symbol::of(payload.as_bytes(), correction).unwrap();
        assert!(symbol.version() <= MOST_VERSION, "version {}", symbol.version());
        let sound = open_payload(&payload, &trusted);
        assert_eq!((sound.state, sound.statement), (State::Sound, Some(statement())));
        let unknown = open_payload(&payload, &key(8).1);
        assert_eq!(
            (unknown.state, unknown.statement),
            (State::UnknownKey, Some(statement()))
        );
        let other = Statement { issuer: "H99.18".parse().unwrap(), ..statement() };
        let (payload, _) = sealer.seal(&other).unwrap();
        assert_eq!(open_payload(&payload, &trusted).statement, Some(other));
    }

    #[test]
    fn signatures_of_rsa_fit_up_to_2048_bits_and_no_further() {
        let seal = |bytes: usize, code: &str| {
            let public = PublicKey::Rsa {
                modulus: vec![0xc1; bytes],
                exponent: vec![1, 0, 1],
                negative: false,
                pss: None,
            };
            let byte = |at: usize| u8::try_from(at * 37 % 251).unwrap();
            let sign = move |_: &[u8]| Ok((0..bytes).map(byte).collect());
            let sealer = Sealer::new(Algorithm::Ps256, Err(&public), Box::new(sign));
            let code: Code = code.parse().unwrap();
            let issuer = code.unit().clone();
            let statement = Statement { issuer, code, length: 1 << 31, ..statement() };
            sealer.unwrap().seal(&statement)
        };
        for code in ["H32.18-260716-0001", "000.00.18.H32-260716-0001"] {
            assert_eq!(seal(256, code).unwrap().1, Correction::L, "{code}");
        }
        assert_eq!(seal(384, "H32.18-260716-0001"), Err(SealError::TooLong));
    }

    #[test]
    fn a_letter_changed_breaks_the_seal() {
        let (sealer, trusted) = key(7);
        let (payload, _) = sealer.seal(&statement()).unwrap();
        for at in SEAL_MARK.len()..payload.len() {
            let mut wrong = payload.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).unwrap();
            let opened = open_payload(&wrong, &trusted);
            assert_ne!(opened.state, State::Sound, "letter {at}: {opened:?}");
        }
    }
}
