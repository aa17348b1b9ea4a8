//! Keys that sign, with the certificates that go with them.
//!
//! A key comes from a file (PKCS#12, PEM or DER; [`pkcs12`], [`pkcs8`]) or stays in
//! a token ([`token`]). Passwords and keys are wiped when they are done with, and
//! neither is ever printed. RSA signs with PSS unless older readers must be served;
//! keys under 2048 bits sign nothing (Thông tư 15/2025/TT-BKHCN).

use std::error::Error;
use std::fmt;

use getrandom::SysRng;
use signature::hazmat::PrehashSigner as _;
use zeroize::Zeroizing;

use crate::digest::hex;
use crate::pki::der::{self, Tag};
use crate::pki::key::Curve;
use crate::pki::path::{Purpose, unfit};
use crate::pki::signature::PssParameters;
use crate::pki::{Certificate, Hash, Malformed, Message, PublicKey, Scheme, pem};
use crate::say::{self, Lang, Sentence, Tell};
use crate::sign::SignError;
use crate::time::Timestamp;

pub use crate::pki::der::two_numbers;

pub mod pbe;
mod pool;
pub mod pkcs8;
pub mod pkcs12;
pub mod token;

/// Bytes of the largest file of keys that is read.
pub const MOST_BYTES: u64 = 16 << 20;
/// Bits of an RSA key that may sign (Thông tư 15/2025/TT-BKHCN).
const LEAST_RSA_BITS: usize = 2048;

/// A password or PIN, wiped after use.
pub type Password = Zeroizing<String>;

/// A key, its certificate, and certificates of its issuers.
#[derive(Debug)]
pub struct Identity {
    /// The signer's certificate.
    pub certificate: Certificate,
    /// Certificates of issuers, as far as they came with the key.
    pub chain: Vec<Certificate>,
    secret: Secret,
}

/// A private key.
pub enum Secret {
    /// RSA.
    Rsa(Box<rsa::PrivateKey>),
    /// ECDSA on P-256.
    P256(Box<p256::ecdsa::SigningKey>),
    /// ECDSA on P-384.
    P384(Box<p384::ecdsa::SigningKey>),
    /// In a token.
    Token(Box<token::TokenKey>),
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// What a file of keys holds.
#[derive(Debug, Default)]
pub struct KeyFile {
    /// Private keys.
    pub secrets: Vec<Secret>,
    /// Certificates.
    pub certificates: Vec<Certificate>,
}

/// Why a key cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// What is wrong with the encoding.
    Malformed(Malformed),
    /// A password is needed.
    PasswordNeeded,
    /// The password is not the right one.
    WrongPassword,
    /// Encrypted in a way that is not known here.
    Cipher(String),
    /// A kind of key that is not known here.
    Kind(String),
    /// PEM encrypted the old way of OpenSSL.
    OldPem,
    /// No private key.
    NoKey,
    /// No certificate that goes with the key.
    NoCertificate,
    /// Several certificates with keys; which one must be said.
    Several(Vec<String>),
    /// No certificate of that name.
    NoneNamed(String),
    /// An RSA key with so few bits.
    Short(usize),
    /// The key is damaged.
    Damaged,
    /// The key would not sign.
    Failed(String),
    /// No token of that name, or none at all.
    NoToken(String),
    /// Several tokens; which one must be said.
    SeveralTokens(Vec<String>),
    /// The PIN is wrong; it is not tried again.
    WrongPin,
    /// The token has locked itself.
    PinLocked,
    /// One more wrong PIN would lock the token.
    FinalTry,
    /// The token is not there any more.
    TokenGone,
    /// The token cannot make RSASSA-PSS.
    NoPss,
    /// What else the token said.
    Token(String),
}

impl Tell for KeyError {
    fn tell(&self, lang: Lang) -> String {
        let plain: Sentence = match self {
            Self::PasswordNeeded => say::sign::password_needed,
            Self::WrongPassword => say::sign::wrong_password,
            Self::OldPem => say::sign::old_pem,
            Self::NoKey => say::sign::no_key,
            Self::NoCertificate => say::sign::no_certificate,
            Self::Damaged => say::sign::key_damaged,
            Self::WrongPin => say::sign::wrong_pin,
            Self::PinLocked => say::sign::pin_locked,
            Self::FinalTry => say::sign::final_try,
            Self::TokenGone => say::sign::token_gone,
            Self::NoPss => say::sign::no_pss,
            Self::NoToken(name) => return say::sign::no_token(lang, name),
            Self::SeveralTokens(names) => {
                return say::sign::several_tokens(lang, names.join(", "));
            }
            Self::Token(said) => return say::sign::token_said(lang, said),
            Self::Malformed(error) => {
                return say::sign::key_malformed(lang, error.tell(lang));
            }
            Self::Cipher(name) => return say::sign::key_cipher(lang, name),
            Self::Kind(name) => return say::sign::key_kind(lang, name),
            Self::Several(names) => {
                return say::sign::several_keys(lang, names.join(", "));
            }
            Self::NoneNamed(name) => return say::sign::none_named(lang, name),
            Self::Short(bits) => return say::sign::key_short(lang, bits, LEAST_RSA_BITS),
            Self::Failed(why) => return say::sign::key_failed(lang, why),
        };
        plain(lang)
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for KeyError {}

impl From<Malformed> for KeyError {
    fn from(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl KeyFile {
    /// Reads a file of keys, whichever of the kinds it is.
    ///
    /// # Errors
    ///
    /// When it is none of them, or the password does not open it.
    pub fn read(bytes: &[u8], password: Option<&Password>) -> Result<Self, KeyError> {
        let mut file = Self::default();
        if !pem::is_pem(bytes) {
            file.add_der(bytes, password)?;
            return Ok(file);
        }
        for (label, block) in pem::blocks(bytes) {
            if !label.contains("PRIVATE KEY") {
                let der = block.unwrap_or_default();
                file.certificates.extend(Certificate::parse(&der));
                continue;
            }
            // RFC 1421 headers make the block no base 64.
            let der = Zeroizing::new(block.ok_or(KeyError::OldPem)?);
            let secret = match label.as_str() {
                "ENCRYPTED PRIVATE KEY" => pkcs8::encrypted(&der, password)?,
                "RSA PRIVATE KEY" => pkcs8::rsa(&der)?,
                "EC PRIVATE KEY" => pkcs8::ec(&der, None)?,
                _ => pkcs8::plain(&der)?,
            };
            file.secrets.push(secret);
        }
        Ok(file)
    }

    fn add_der(
        &mut self,
        bytes: &[u8],
        password: Option<&Password>,
    ) -> Result<(), KeyError> {
        let mut first = der::whole_sequence(bytes)?;
        let first = first.any()?;
        if first.tag == Tag::INTEGER && der::small(first.value).ok() == Some(3) {
            return pkcs12::read(bytes, password, self);
        }
        let secret = match first.tag {
            Tag::INTEGER => pkcs8::plain(bytes).or_else(|_not| pkcs8::rsa(bytes))?,
            _ => pkcs8::encrypted(bytes, password)?,
        };
        self.secrets.push(secret);
        Ok(())
    }

    /// The certificates that have their key here.
    #[must_use]
    pub fn owned(&self) -> Vec<&Certificate> {
        let mut owned: Vec<&Certificate> = Vec::new();
        for certificate in &self.certificates {
            let has = self.secrets.iter().any(|secret| secret.is_of(certificate));
            if has && !owned.contains(&certificate) {
                owned.push(certificate);
            }
        }
        owned
    }

    /// The identity to sign with: the one that `named` names, or the only one that
    /// can sign documents now.
    ///
    /// # Errors
    ///
    /// When there is none, or which one is meant cannot be told.
    pub fn identity(
        mut self,
        named: Option<&str>,
        now: Timestamp,
    ) -> Result<Identity, KeyError> {
        if self.secrets.is_empty() {
            return Err(KeyError::NoKey);
        }
        let owned: Vec<Certificate> = self.owned().into_iter().cloned().collect();
        if owned.is_empty() {
            return Err(KeyError::NoCertificate);
        }
        let certificate = pick(&owned, named, now)?;
        let place = self.secrets.iter().position(|secret| secret.is_of(&certificate));
        let secret = self.secrets.swap_remove(place.ok_or(KeyError::NoKey)?);
        let mut chain = self.certificates;
        chain.retain(|other| *other != certificate && other.is_authority());
        Identity::new(certificate, chain, secret)
    }
}

/// The certificate meant among several.
///
/// # Errors
///
/// When there is none, or which one is meant cannot be told.
pub fn pick(
    owned: &[Certificate],
    named: Option<&str>,
    now: Timestamp,
) -> Result<Certificate, KeyError> {
    if let Some(name) = named {
        let is = |certificate: &&Certificate| {
            certificate.display_name() == name
                || certificate.sha256().to_string().starts_with(&name.to_lowercase())
                || hex(certificate.serial()) == name.to_lowercase()
        };
        let mut all = owned.iter().filter(is);
        return match (all.next(), all.next()) {
            (Some(one), None) => Ok(one.clone()),
            (Some(one), Some(other)) => {
                Err(KeyError::Several(vec![one.display_name(), other.display_name()]))
            }
            (None, _) => Err(KeyError::NoneNamed(name.to_owned())),
        };
    }
    let fits = |certificate: &&Certificate| {
        certificate.is_valid_at(now) && unfit(certificate, Purpose::Signer).is_none()
    };
    let fitting: Vec<&Certificate> = owned.iter().filter(fits).collect();
    match (fitting.as_slice(), owned) {
        ([one], _) => Ok(Certificate::clone(one)),
        // The checks before signing say what is wrong with it.
        ([], [one]) => Ok(one.clone()),
        _ => {
            let names = owned
                .iter()
                .map(|c| format!("{} ({})", c.display_name(), hex(c.serial())));
            Err(KeyError::Several(names.collect()))
        }
    }
}

impl Identity {
    /// A key with its certificate.
    ///
    /// # Errors
    ///
    /// When the key is too short, or not of the certificate.
    pub fn new(
        certificate: Certificate,
        chain: Vec<Certificate>,
        secret: Secret,
    ) -> Result<Self, KeyError> {
        if let PublicKey::Rsa { .. } = certificate.key() {
            let bits = certificate.key().bits().unwrap_or(0);
            if bits < LEAST_RSA_BITS {
                return Err(KeyError::Short(bits));
            }
        }
        if !secret.is_of(&certificate) {
            return Err(KeyError::NoCertificate);
        }
        Ok(Self { certificate, chain, secret })
    }

    /// How this key signs: RSASSA-PSS or ECDSA; with `compat` RSA as older readers
    /// know it.
    #[must_use]
    pub fn scheme(&self, compat: bool) -> Scheme {
        match self.certificate.key() {
            PublicKey::Ec { curve: Curve::P384, .. } => Scheme::Ecdsa(Hash::Sha384),
            PublicKey::Ec { .. } => Scheme::Ecdsa(Hash::Sha256),
            PublicKey::Rsa { pss: None, .. } if compat => Scheme::Pkcs1(Hash::Sha256),
            PublicKey::Rsa { .. }
            | PublicKey::Dsa { .. }
            | PublicKey::Ed25519(_)
            | PublicKey::Ed448(_)
            | PublicKey::Unknown(_) => {
                Scheme::Pss(PssParameters { hash: Hash::Sha256, salt: 32 })
            }
        }
    }

    /// The most bytes of a signature by this key.
    #[must_use]
    pub fn most_bytes(&self) -> usize {
        match self.certificate.key() {
            // RFC 3279, 2.2.2: two INTEGERs in a SEQUENCE.
            PublicKey::Ec { curve, .. } => {
                2 * (curve.bits().unwrap_or(521).div_ceil(8) + 3) + 3
            }
            other @ (PublicKey::Rsa { .. }
            | PublicKey::Dsa { .. }
            | PublicKey::Ed25519(_)
            | PublicKey::Ed448(_)
            | PublicKey::Unknown(_)) => other.bits().unwrap_or(8192).div_ceil(8),
        }
    }

    /// Signs a message, and makes sure that it did.
    ///
    /// # Errors
    ///
    /// When the key does not sign.
    pub fn sign(&self, scheme: Scheme, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let signature = self.secret.sign(scheme, message)?;
        let key = self.certificate.key();
        // A fault in the computation would tell the key to whoever reads the file.
        match scheme.verify(key, Message::Whole(message), &signature) {
            Ok(()) => Ok(signature),
            Err(_no) => Err(KeyError::Failed(say::sign::not_holding(Lang::En))),
        }
    }

    /// Whether the certificate may sign documents now.
    ///
    /// # Errors
    ///
    /// When it may not, with the reason.
    pub fn check(&self, now: Timestamp) -> Result<(), SignError> {
        let certificate = &self.certificate;
        if now < certificate.not_before() {
            return Err(SignError::NotYetValid(certificate.not_before()));
        }
        if now > certificate.not_after() {
            return Err(SignError::Expired(certificate.not_after()));
        }
        match unfit(certificate, Purpose::Signer) {
            Some(rule) => Err(SignError::Unfit(rule)),
            None => Ok(()),
        }
    }
}

impl Secret {
    /// Whether this is the key of the certificate.
    #[must_use]
    pub fn is_of(&self, certificate: &Certificate) -> bool {
        match (self, certificate.key()) {
            (Self::Rsa(own), PublicKey::Rsa { modulus, .. }) => {
                use rsa::traits::PublicKeyParts as _;
                der::magnitude(&own.n().to_be_bytes()) == modulus.as_slice()
            }
            (Self::P256(own), PublicKey::Ec { curve: Curve::P256, point }) => {
                let other = p256::ecdsa::VerifyingKey::from_sec1_bytes(point);
                other.is_ok_and(|other| other == *own.verifying_key())
            }
            (Self::P384(own), PublicKey::Ec { curve: Curve::P384, point }) => {
                let other = p384::ecdsa::VerifyingKey::from_sec1_bytes(point);
                other.is_ok_and(|other| other == *own.verifying_key())
            }
            (Self::Token(own), _) => own.is_of(certificate),
            _ => false,
        }
    }

    fn sign(&self, scheme: Scheme, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let digest = &scheme.hash().unwrap_or(Hash::Sha256).of(message);
        let failed = |error: &dyn fmt::Display| KeyError::Failed(error.to_string());
        match (self, scheme) {
            (Self::Token(key), _) => key.sign(scheme, message),
            (Self::Rsa(key), Scheme::Pss(_)) => key
                .sign_with_rng(&mut SysRng, rsa::Pss::<sha2::Sha256>::new(), digest)
                .map_err(|error| failed(&error)),
            (Self::Rsa(key), _) => key
                .sign_with_rng(
                    &mut SysRng,
                    rsa::Pkcs1v15Sign::new_unprefixed(),
                    &digest_info(digest),
                )
                .map_err(|error| failed(&error)),
            (Self::P256(key), _) => {
                let made: p256::ecdsa::Signature =
                    key.sign_prehash(digest).map_err(|error| failed(&error))?;
                let (r, s) = made.split_bytes();
                Ok(two_numbers(&r, &s))
            }
            (Self::P384(key), _) => {
                let made: p384::ecdsa::Signature =
                    key.sign_prehash(digest).map_err(|error| failed(&error))?;
                let (r, s) = made.split_bytes();
                Ok(two_numbers(&r, &s))
            }
        }
    }
}

/// `DigestInfo` of SHA-256 (RFC 8017, 9.2).
#[must_use]
pub fn digest_info(digest: &[u8]) -> Vec<u8> {
    let algorithm = der::sequence(&[
        &der::encode_oid(Hash::Sha256.oid()),
        &der::encode(Tag::NULL, &[]),
    ]);
    der::sequence(&[&algorithm, &der::encode(Tag::OCTET_STRING, digest)])
}

/// Random bytes from the system.
///
/// # Errors
///
/// When the system has none.
pub fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| KeyError::Failed(error.to_string()))?;
    Ok(bytes)
}
