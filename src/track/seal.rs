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

use std::error::Error;
use std::fmt;
use std::path::Path;

use ciborium::Value;
use coset::{CborSerializable as _, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};

use crate::archive::Code;
use crate::archive::code::Unit;
use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::der::{self, Reader};
use crate::pki::key::{Curve, PublicKey};
use crate::pki::path::{self, Purpose, Request, Status};
use crate::pki::revocation::Evidence;
use crate::pki::signature::PssParameters;
use crate::pki::{Hash, Message, Scheme, Store, pem};
use crate::qr::Correction;
use crate::qr::make::Symbol;
use crate::say::{self, Lang, Tell};
use crate::time::{Day, Timestamp};
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
        let mut map = vec![
            text(CODE, self.code.to_string()),
            (Value::from(HASH), Value::Bytes(self.hash.to_vec())),
            (Value::from(LENGTH), Value::from(self.length)),
            (Value::from(PAGES), Value::from(self.pages)),
            text(DAY, self.day.yymmdd()),
        ];
        // The agency stands in the code, unless another one issued the document.
        if self.issuer != *self.code.unit() {
            map.insert(0, text(ISSUER, self.issuer.to_string()));
        }
        let map = Value::Map(map);
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
        let code: Code = text(CODE)?.parse().ok()?;
        Some(Self {
            issuer: match text(ISSUER) {
                Some(issuer) => issuer.parse().ok()?,
                None => code.unit().clone(),
            },
            code,
            hash: value(HASH)?.as_bytes()?.clone().try_into().ok()?,
            length: number(LENGTH)?.try_into().ok()?,
            pages: number(PAGES)?.try_into().ok()?,
            day: Day::from_yymmdd(text(DAY)?)?,
        })
    }
}

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
        let payload = format!("{SEAL_MARK}{}", base45(&bytes));
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

/// What names a key in a message.
type KeyId = [u8; KEY_ID_LENGTH];

/// The keys that are believed.
#[derive(Clone, Debug, Default)]
pub struct Trusted {
    /// Keys believed because somebody named them, with their certificates.
    keys: Vec<(PublicKey, Option<Certificate>)>,
    /// What certificates of offices must chain to.
    store: Option<Store>,
}

impl Trusted {
    /// Adds the keys of a file in PEM: public keys (RFC 5480) and those of
    /// certificates, whose dates and issuers are not looked at: whoever names
    /// the file trusts its keys. How many there were.
    pub fn add(&mut self, file: &[u8]) -> usize {
        let before = self.keys.len();
        for (label, bytes) in pem::blocks(file) {
            let Some(bytes) = bytes else { continue };
            match label.as_str() {
                "PUBLIC KEY" => {
                    let key = PublicKey::read(&mut Reader::new(&bytes));
                    self.keys.extend(key.ok().map(|key| (key, None)));
                }
                "CERTIFICATE" => {
                    let certificate = Certificate::parse(&bytes).ok();
                    self.keys.extend(
                        certificate.map(|found| (found.key().clone(), Some(found))),
                    );
                }
                _ => {}
            }
        }
        self.keys.retain(|(key, _)| id_of_key(key).is_some());
        self.keys.len().saturating_sub(before)
    }

    /// Adds a folder of trust: certificates in it are believed as far as they
    /// chain to its anchors.
    pub fn add_store(&mut self, store: Store) {
        self.store = Some(store);
    }

    /// The keys that `named` can mean.
    fn named(&self, named: &[u8]) -> Vec<(&PublicKey, Option<&Certificate>, bool)> {
        let is_it = |key: &PublicKey, certificate: Option<&Certificate>| {
            id_of_key(key).is_some_and(|id| id == named)
                || certificate.is_some_and(|found| id_of_certificate(found) == named)
        };
        let own = self.keys.iter().map(|(key, found)| (key, found.as_ref(), true));
        let stores = self.store.iter().flat_map(|store| {
            let anchors = store.anchors().iter().map(|anchor| &anchor.certificate);
            anchors.chain(store.intermediates())
        });
        let chained = stores.map(|found| (found.key(), Some(found), false));
        own.chain(chained).filter(|(key, found, _)| is_it(key, *found)).collect()
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
    let message = from_base45(sealed)
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

impl Trusted {
    /// How a certificate stands that was used on a day.
    fn standing(&self, target: &Certificate, day: Day, now: Timestamp) -> Status {
        let (nothing, evidence) = (Store::default(), Evidence::default());
        let store = self.store.as_ref().unwrap_or(&nothing);
        let asked = |at: Timestamp| {
            let request = Request {
                at,
                purpose: Purpose::Any,
                ..Request::new(target, store, &evidence, now)
            };
            path::validate(&request).status
        };
        let at = Timestamp::at(day, 12, 0).unwrap_or(now).min(now);
        let today = asked(now);
        let is_sound = today == Status::Valid && target.is_valid_at(at);
        if is_sound || matches!(today, Status::Revoked(_)) { today } else { asked(at) }
    }
}

/// What names a key without a certificate: the first bytes of the hash of its
/// point, or of its modulus; `None` for keys that no seal is made with.
fn id_of_key(key: &PublicKey) -> Option<KeyId> {
    match key {
        PublicKey::Ec { curve: Curve::P256, point } => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
            Some(first_bytes(&Digest::of(key.to_sec1_point(false).as_bytes())))
        }
        PublicKey::Rsa { modulus, .. } => Some(first_bytes(&Digest::of(modulus))),
        PublicKey::Ec { .. }
        | PublicKey::Dsa { .. }
        | PublicKey::Ed25519(_)
        | PublicKey::Ed448(_)
        | PublicKey::Unknown(_) => None,
    }
}

/// What names a key with a certificate: the first bytes of the certificate's hash.
fn id_of_certificate(certificate: &Certificate) -> KeyId {
    first_bytes(&certificate.sha256())
}

fn first_bytes(digest: &Digest) -> KeyId {
    let mut id = [0; KEY_ID_LENGTH];
    id.iter_mut().zip(digest.bytes()).for_each(|(to, from)| *to = *from);
    id
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealError {
    /// The file holds no private key that can be read.
    NoKey,
    /// The key is neither RSA nor of the curve P-256.
    OtherKind,
    /// The code would be too dense.
    TooLong,
    /// The key would not sign, in the words of what holds it.
    Refused(String),
}

impl SealError {
    /// Told about the file of the key.
    #[must_use]
    pub fn about(&self, file: &Path, lang: Lang) -> String {
        match self {
            Self::NoKey => say::track::seal_no_key(lang, file.display()),
            Self::OtherKind => say::track::seal_other_kind(lang, file.display()),
            Self::TooLong | Self::Refused(_) => self.tell(lang),
        }
    }
}

impl Tell for SealError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoKey => say::track::seal_no_key(lang, ""),
            Self::OtherKind => say::track::seal_other_kind(lang, ""),
            Self::TooLong => say::track::seal_too_long(lang, MOST_VERSION),
            Self::Refused(why) => say::track::seal_refused(lang, why),
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
    use signature::Signer as _;

    use super::*;

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

    fn statement() -> Statement {
        let code = "H32.18-260716-0001".parse().unwrap();
        Statement::about(b"document", &code, 3, Day::new(2026, 7, 16).unwrap())
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
}
