//! A sealed code: a printed copy that can be held against its original.
//!
//! The symbol carries who issued what: agency, dossier code, the beginning of
//! the document's SHA-256, its length and pages, and the day, signed with the
//! office's key. It is a COSE message of one signer (RFC 9052, 4.2), ECDSA on
//! P-256 with SHA-256 (RFC 9053, 2.1), in base 45 (RFC 9285), so that the
//! symbol is written in alphanumeric mode. Whoever has the public key checks it
//! without any network.

use std::error::Error;
use std::fmt;
use std::path::Path;

use ciborium::Value;
use coset::{CborSerializable as _, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use signature::{Signer as _, Verifier as _};

use crate::archive::Code;
use crate::archive::code::Unit;
use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
use crate::pki::key::{Curve, PublicKey};
use crate::pki::pem;
use crate::qr::Correction;
use crate::qr::make::Symbol;
use crate::say::{self, Lang, Tell};
use crate::time::Day;
use crate::track::payload::SEAL_MARK;

/// Bytes of the document's hash in the code: nobody finds two documents that
/// share sixteen.
pub const HASH_LENGTH: usize = 16;
/// Bytes that name a key.
const KEY_ID_LENGTH: usize = 8;
/// The largest version a sealed code may have.
pub const MOST_VERSION: u32 = 12;
/// Most bytes of a message that is opened.
const MOST_BYTES: usize = 1_000;
/// The letters of base 45 (RFC 9285, 4).
const BASE45: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// What a sealed code states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The agency that issued the document.
    pub issuer: Unit,
    /// The dossier it belongs to.
    pub code: Code,
    /// The first bytes of its SHA-256.
    pub hash: [u8; HASH_LENGTH],
    /// Its bytes. A file that was stamped begins with it.
    pub length: u64,
    /// Its pages.
    pub pages: u32,
    /// The day it was sealed.
    pub day: Day,
}

/// The keys of the fields, small so that the code is.
const ISSUER: i64 = 1;
const CODE: i64 = 2;
const HASH: i64 = 3;
const LENGTH: i64 = 4;
const PAGES: i64 = 5;
const DAY: i64 = 6;

impl Statement {
    /// About a document.
    #[must_use]
    pub fn about(document: &[u8], code: &Code, pages: u32, day: Day) -> Self {
        let mut hash = [0; HASH_LENGTH];
        let whole = Digest::of(document);
        hash.iter_mut().zip(whole.bytes()).for_each(|(to, from)| *to = *from);
        Self {
            issuer: code.unit().clone(),
            code: code.clone(),
            hash,
            length: document.len() as u64,
            pages,
            day,
        }
    }

    /// Whether `file` is the document, or begins with it, as a stamped one does.
    #[must_use]
    pub fn is_of(&self, file: &[u8]) -> bool {
        let length = usize::try_from(self.length).unwrap_or(usize::MAX);
        file.get(..length)
            .is_some_and(|document| Digest::of(document).bytes().starts_with(&self.hash))
    }

    /// What stands in the message.
    fn write(&self) -> Vec<u8> {
        let text = |key: i64, text: String| (Value::from(key), Value::from(text));
        let map = Value::Map(vec![
            text(ISSUER, self.issuer.to_string()),
            text(CODE, self.code.to_string()),
            (Value::from(HASH), Value::Bytes(self.hash.to_vec())),
            (Value::from(LENGTH), Value::from(self.length)),
            (Value::from(PAGES), Value::from(self.pages)),
            text(DAY, self.day.yymmdd()),
        ]);
        let mut bytes = Vec::new();
        // Writing to a `Vec` cannot fail.
        drop(ciborium::into_writer(&map, &mut bytes));
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let Value::Map(map) = ciborium::from_reader::<Value, _>(bytes).ok()? else {
            return None;
        };
        let value = |wanted: i64| {
            map.iter()
                .find(|(key, _)| *key == Value::from(wanted))
                .map(|(_, value)| value)
        };
        let text = |key| value(key).and_then(Value::as_text);
        let number = |key| value(key).and_then(Value::as_integer);
        Some(Self {
            issuer: text(ISSUER)?.parse().ok()?,
            code: text(CODE)?.parse().ok()?,
            hash: value(HASH)?.as_bytes()?.clone().try_into().ok()?,
            length: number(LENGTH)?.try_into().ok()?,
            pages: number(PAGES)?.try_into().ok()?,
            day: Day::from_yymmdd(text(DAY)?)?,
        })
    }
}

/// The office's key.
pub struct Sealer(SigningKey);

impl Sealer {
    /// Reads a private key in PEM: PKCS#8 (RFC 5958) or SEC 1 (RFC 5915).
    ///
    /// # Errors
    ///
    /// When there is none, or none of P-256.
    pub fn read(file: &[u8]) -> Result<Self, SealError> {
        for (label, bytes) in pem::blocks(file) {
            let Some(bytes) = bytes else { continue };
            let secret = match label.as_str() {
                "PRIVATE KEY" => pkcs8(&bytes),
                "EC PRIVATE KEY" => sec1(&bytes, None),
                _ => continue,
            };
            let secret = secret.map_err(|_malformed| SealError::NoKey)?;
            let secret = secret.ok_or(SealError::NotP256)?;
            return SigningKey::from_slice(&secret)
                .map(Self)
                .map_err(|_out_of_range| SealError::NoKey);
        }
        Err(SealError::NoKey)
    }

    /// The payload that states this.
    ///
    /// # Errors
    ///
    /// When it does not fit a symbol that is still read easily.
    pub fn seal(&self, statement: &Statement) -> Result<String, SealError> {
        let public = VerifyingKey::from(&self.0);
        let protected = HeaderBuilder::new().algorithm(iana::Algorithm::ES256).build();
        let unprotected = HeaderBuilder::new().key_id(key_id(&public)).build();
        let message = CoseSign1Builder::new()
            .protected(protected)
            .unprotected(unprotected)
            .payload(statement.write())
            .create_signature(&[], |signed| {
                let signature: Signature = self.0.sign(signed);
                signature.to_bytes().to_vec()
            })
            .build();
        let bytes = message.to_vec().map_err(|_unwritable| SealError::TooLong)?;
        let payload = format!("{SEAL_MARK}{}", base45(&bytes));
        let symbol = Symbol::of(payload.as_bytes(), Correction::M);
        let fits = symbol.is_some_and(|symbol| symbol.version() <= MOST_VERSION);
        if fits { Ok(payload) } else { Err(SealError::TooLong) }
    }
}

impl fmt::Debug for Sealer {
    /// Never shows the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sealer").finish_non_exhaustive()
    }
}

/// The public keys that are believed.
#[derive(Clone, Debug, Default)]
pub struct Trusted(Vec<VerifyingKey>);

impl Trusted {
    /// Adds the keys of a file in PEM: public keys (RFC 5480) and those of
    /// certificates, whose dates and issuers are not looked at: whoever names
    /// the file trusts its keys. How many there were.
    pub fn add(&mut self, file: &[u8]) -> usize {
        let before = self.0.len();
        for (label, bytes) in pem::blocks(file) {
            let Some(bytes) = bytes else { continue };
            let key = match label.as_str() {
                "PUBLIC KEY" => PublicKey::read(&mut Reader::new(&bytes)).ok(),
                "CERTIFICATE" => Certificate::parse(&bytes).ok().map(|c| c.key().clone()),
                _ => None,
            };
            if let Some(PublicKey::Ec { curve: Curve::P256, point }) = key
                && let Ok(key) = VerifyingKey::from_sec1_bytes(&point)
            {
                self.0.push(key);
            }
        }
        self.0.len() - before
    }
}

/// What became of a sealed code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A trusted key signed this.
    Sound(Statement),
    /// It names a trusted key, and that key did not sign it.
    Forged(Statement),
    /// It names a key that is not trusted, or none was named to trust.
    UnknownKey(Statement),
    /// It is no sealed code.
    Unreadable,
}

/// Opens a payload, without its mark.
#[must_use]
pub fn open(sealed: &str, trusted: &Trusted) -> Opened {
    let message = from_base45(sealed)
        .filter(|bytes| bytes.len() <= MOST_BYTES)
        .and_then(|bytes| CoseSign1::from_slice(&bytes).ok());
    let Some(message) = message else { return Opened::Unreadable };
    let algorithm = &message.protected.header.alg;
    let is_ours = *algorithm == Some(coset::Algorithm::Assigned(iana::Algorithm::ES256));
    let statement = message.payload.as_deref().and_then(Statement::read);
    let Some(statement) = statement.filter(|_| is_ours) else {
        return Opened::Unreadable;
    };
    let named = &message.unprotected.key_id;
    let mut keys = trusted.0.iter().filter(|key| key_id(key) == *named).peekable();
    if keys.peek().is_none() {
        return Opened::UnknownKey(statement);
    }
    let is_signed = |key: &VerifyingKey| {
        let checked = message.verify_signature(&[], |signature, signed| {
            let signature = Signature::from_slice(signature)?;
            key.verify(signed, &signature)
        });
        checked.is_ok()
    };
    if keys.any(is_signed) { Opened::Sound(statement) } else { Opened::Forged(statement) }
}

/// What names a key: the first bytes of the hash of its point.
fn key_id(key: &VerifyingKey) -> Vec<u8> {
    let point = key.to_sec1_point(false);
    let digest = Digest::of(point.as_bytes());
    digest.bytes().iter().take(KEY_ID_LENGTH).copied().collect()
}

/// The secret of a `PrivateKeyInfo`; `None` for another kind of key.
fn pkcs8(bytes: &[u8]) -> Result<Option<Vec<u8>>, Malformed> {
    let mut info = der::whole_sequence(bytes)?;
    info.small()?;
    let mut algorithm = info.sequence()?;
    let kind = algorithm.oid()?;
    if kind != crate::pki::oid::EC {
        return Ok(None);
    }
    let named = algorithm.optional(Tag::OID)?;
    let curve = named.map(|named| der::oid(&named)).transpose()?;
    let key = info.octets()?;
    sec1(&key, Some(Curve::from_oid(curve)))
}

/// The secret of an `ECPrivateKey`; `None` for another curve than P-256.
fn sec1(bytes: &[u8], curve: Option<Curve>) -> Result<Option<Vec<u8>>, Malformed> {
    let mut key = der::whole_sequence(bytes)?;
    key.small()?;
    let secret = key.octets()?.into_owned();
    let curve = match curve {
        Some(curve) => curve,
        None => match key.optional(Tag::context(0))? {
            Some(parameters) => Curve::from_oid(Some(parameters.reader().oid()?)),
            None => Curve::Unknown(None),
        },
    };
    Ok(Some(secret).filter(|_| curve == Curve::P256))
}

/// Base 45: two bytes in three letters, one in two (RFC 9285, 4).
fn base45(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let (mut value, letters) = match pair {
            [high, low] => (usize::from(*high) * 256 + usize::from(*low), 3),
            [one, ..] => (usize::from(*one), 2),
            [] => continue,
        };
        for _ in 0..letters {
            text.push(char::from(*BASE45.get(value % 45).unwrap_or(&b'0')));
            value /= 45;
        }
    }
    text
}

/// The way back; `None` for what is no base 45.
fn from_base45(text: &str) -> Option<Vec<u8>> {
    let place = |letter: u8| BASE45.iter().position(|known| *known == letter);
    let places: Vec<usize> = text.bytes().map(place).collect::<Option<_>>()?;
    let mut bytes = Vec::with_capacity(places.len() * 2 / 3);
    for group in places.chunks(3) {
        let value = group.iter().rev().fold(0_usize, |value, place| value * 45 + place);
        match group.len() {
            3 => bytes.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

/// Why nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The file holds no private key that can be read.
    NoKey,
    /// The key is not of the curve P-256.
    NotP256,
    /// The code would be too dense.
    TooLong,
}

impl SealError {
    /// Told about the file of the key.
    #[must_use]
    pub fn about(self, file: &Path, lang: Lang) -> String {
        match self {
            Self::NoKey => say::track::seal_no_key(lang, file.display()),
            Self::NotP256 => say::track::seal_not_p256(lang, file.display()),
            Self::TooLong => self.tell(lang),
        }
    }
}

impl Tell for SealError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoKey => say::track::seal_no_key(lang, ""),
            Self::NotP256 => say::track::seal_not_p256(lang, ""),
            Self::TooLong => say::track::seal_too_long(lang, MOST_VERSION),
        }
    }
}

impl Error for SealError {}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `openssl ecparam -genkey -name prime256v1`.
    const SEC1: &str = "-----BEGIN EC PRIVATE KEY-----\n\
        MHcCAQEEIM3eTGhLfiTcNnxNl69TM0MrjzOMpxc/HnrERa9rn0OfoAoGCCqGSM49\n\
        AwEHoUQDQgAEtqHGevImHS3il4vvd+YARzbtUcGoQ9tefguoxuqXYMxPlODOwleX\n\
        4A2EOdzdYQCykJmsxfEcngGpYQfK4MK7hQ==\n\
        -----END EC PRIVATE KEY-----";
    /// The same key, `openssl pkcs8 -topk8 -nocrypt`.
    const PKCS8: &str = "-----BEGIN PRIVATE KEY-----\n\
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzd5MaEt+JNw2fE2X\n\
        r1MzQyuPM4ynFz8eesRFr2ufQ5+hRANCAAS2ocZ68iYdLeKXi+935gBHNu1RwahD\n\
        215+C6jG6pdgzE+U4M7CV5fgDYQ53N1hALKQmazF8RyeAalhB8rgwruF\n\
        -----END PRIVATE KEY-----";
    /// Its public key, `openssl ec -pubout`.
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\n\
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtqHGevImHS3il4vvd+YARzbtUcGo\n\
        Q9tefguoxuqXYMxPlODOwleX4A2EOdzdYQCykJmsxfEcngGpYQfK4MK7hQ==\n\
        -----END PUBLIC KEY-----";
    /// Another one.
    const OTHER: &str = "-----BEGIN PUBLIC KEY-----\n\
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5LZ1DzHFriMu+DcV7b4sx64fH7Wd\n\
        +NFmnw3xN8G/nd66Kx2SLLF1JwrmaYr/LGX5a3Z4AcboVHcxxdz7xoOC6g==\n\
        -----END PUBLIC KEY-----";

    fn trusted(pem: &str) -> Trusted {
        let mut trusted = Trusted::default();
        assert_eq!(trusted.add(pem.as_bytes()), 1);
        trusted
    }

    fn statement() -> Statement {
        let code = "H32.18-260716-0001".parse().unwrap();
        Statement::about(b"document", &code, 3, Day::new(2026, 7, 16).unwrap())
    }

    fn open_payload(payload: &str, trusted: &Trusted) -> Opened {
        open(payload.strip_prefix(SEAL_MARK).unwrap(), trusted)
    }

    #[test]
    fn what_was_sealed_is_opened_by_whoever_trusts_the_key() {
        for key in [SEC1, PKCS8] {
            let payload =
                Sealer::read(key.as_bytes()).unwrap().seal(&statement()).unwrap();
            let symbol = Symbol::of(payload.as_bytes(), Correction::M).unwrap();
            assert!(symbol.version() <= MOST_VERSION, "version {}", symbol.version());
            let sound = open_payload(&payload, &trusted(PUBLIC));
            assert_eq!(sound, Opened::Sound(statement()));
            let unknown = open_payload(&payload, &trusted(OTHER));
            assert_eq!(unknown, Opened::UnknownKey(statement()));
        }
    }

    #[test]
    fn a_letter_changed_breaks_the_seal() {
        let payload = Sealer::read(SEC1.as_bytes()).unwrap().seal(&statement()).unwrap();
        let trusted = trusted(PUBLIC);
        for at in SEAL_MARK.len()..payload.len() {
            let mut wrong = payload.clone().into_bytes();
            wrong[at] = if wrong[at] == b'A' { b'B' } else { b'A' };
            let wrong = String::from_utf8(wrong).unwrap();
            let opened = open_payload(&wrong, &trusted);
            assert!(!matches!(opened, Opened::Sound(_)), "letter {at}: {opened:?}");
        }
    }

    #[test]
    fn a_copy_is_held_against_its_original() {
        let statement = statement();
        assert!(statement.is_of(b"document"));
        assert!(statement.is_of(b"document and a stamp"), "an update is appended");
        assert!(!statement.is_of(b"documenT") && !statement.is_of(b"docu"));
    }

    #[test]
    fn base_45_is_that_of_the_standard() {
        // RFC 9285, 4.3 and 4.4.
        assert_eq!(base45(b"AB"), "BB8");
        assert_eq!(base45(b"Hello!!"), "%69 VD92EX0");
        assert_eq!(from_base45("QED8WEX0"), Some(b"ietf!".to_vec()));
        for none in ["GGW", "A", "::", "a"] {
            assert_eq!(from_base45(none), None, "{none}");
        }
    }

    #[test]
    fn other_keys_are_refused_by_name() {
        let refused = |pem: &str| Sealer::read(pem.as_bytes()).unwrap_err();
        assert_eq!(refused(PUBLIC), SealError::NoKey);
        assert_eq!(refused(""), SealError::NoKey);
        let p384 = "-----BEGIN EC PRIVATE KEY-----\n\
        MIGkAgEBBDCFbqlwT+iSFm+BtfSuwkC8FyeO2/veU194qZcJ7IxvDF0kbEPZwwEj\n\
        t4mrwi0aM3KgBwYFK4EEACKhZANiAASapr4r7j6RuSDBSrS2ZacNwf++6BBsFQb7\n\
        rALT8VkipXSkaWSLC9a0bByOHut/Z0EUEwOjOd74Mer1tdZ4Xs2Je4wx57gEtF7T\n\
        vKFBZoVlqa1KeJb5pTguYT1M9jY6voI=\n\
        -----END EC PRIVATE KEY-----";
        assert_eq!(refused(p384), SealError::NotP256);
    }
}
