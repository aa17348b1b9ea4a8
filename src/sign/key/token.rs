//! Keys that stay in a token: PKCS#11 (OASIS, version 2.40), through the library
//! that came with it.
//!
//! Tokens of Ban Cơ yếu and of public authorities lock themselves after a few wrong
//! PINs, and an office without its token cannot issue papers. So a PIN is tried once
//! and never again by itself, and not at all when the token says that one more
//! mistake would lock it. Sessions are kept and shared out among workers; the login
//! is the token's and happens once.

use std::fmt;
use std::path::Path;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error as TokenError, RvError};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::{Slot, TokenInfo};
use cryptoki::types::AuthPin;

use crate::pki::{Certificate, Hash, PublicKey, Scheme, der};
use crate::sign::key::pool::{More, Pool};
use crate::sign::key::{
    Identity, KeyError, Password, Secret, digest_info, pick, two_numbers,
};
use crate::time::Timestamp;

/// Objects of a token that are looked at.
const MOST_OBJECTS: usize = 256;
/// Sessions that are opened with a token, where it has so many.
const MOST_SESSIONS: usize = 16;

/// A token, logged in.
pub struct Token {
    context: Pkcs11,
    slot: Slot,
    way: WayIn,
    pin: Option<AuthPin>,
    /// Certificates, and the identifier each shares with its key.
    certificates: Vec<(Certificate, Vec<u8>)>,
    session: Session,
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// What a token says of its PIN (PKCS#11, table 8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the standard")]
struct Flags {
    /// `CKF_LOGIN_REQUIRED`.
    login_required: bool,
    /// `CKF_PROTECTED_AUTHENTICATION_PATH`: the PIN is typed on the token's own pad.
    own_pad: bool,
    /// `CKF_USER_PIN_FINAL_TRY`.
    final_try: bool,
    /// `CKF_USER_PIN_LOCKED`.
    locked: bool,
}

/// How a token lets its user in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WayIn {
    /// Without a PIN.
    Open,
    /// By a PIN that comes from the computer.
    Pin,
    /// By a PIN typed on the token's own pad.
    Pad,
}

impl Flags {
    fn of(info: &TokenInfo) -> Self {
        Self {
            login_required: info.login_required(),
            own_pad: info.protected_authentication_path(),
            final_try: info.user_pin_final_try(),
            locked: info.user_pin_locked(),
        }
    }

    /// How to log in; not at all where one more mistake would lock the token.
    fn way_in(self) -> Result<WayIn, KeyError> {
        if self.locked {
            return Err(KeyError::PinLocked);
        }
        if self.final_try {
            return Err(KeyError::FinalTry);
        }
        Ok(match (self.login_required, self.own_pad) {
            (false, _) => WayIn::Open,
            (true, false) => WayIn::Pin,
            (true, true) => WayIn::Pad,
        })
    }
}

/// How a key asks for the PIN with each signature (`CKA_ALWAYS_AUTHENTICATE`).
#[derive(Debug)]
enum Each {
    /// It does not.
    No,
    /// It wants this one.
    Pin(AuthPin),
    /// It has it typed on the token's own pad.
    Pad,
}

impl Each {
    fn of(always: bool, way: WayIn, pin: Option<AuthPin>) -> Self {
        match (always, way, pin) {
            (true, WayIn::Pin, Some(pin)) => Self::Pin(pin),
            // A token that is open may still ask at its pad.
            (true, _, _) => Self::Pad,
            (false, _, _) => Self::No,
        }
    }
}

/// A key in a token.
pub struct TokenKey {
    context: Pkcs11,
    slot: Slot,
    id: Vec<u8>,
    each: Each,
    sessions: Pool<(Session, ObjectHandle)>,
    certificate: Certificate,
    pss: bool,
}

impl TokenKey {
    /// Whether this is the key of the certificate, as the token says.
    #[must_use]
    pub fn is_of(&self, certificate: &Certificate) -> bool {
        self.certificate == *certificate
    }

    /// Signs a message.
    ///
    /// # Errors
    ///
    /// When the token does not.
    pub fn sign(&self, scheme: Scheme, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        if matches!(scheme, Scheme::Pss(_)) && !self.pss {
            return Err(KeyError::NoPss);
        }
        let made = self.sessions.with(
            || self.open(),
            |(session, key)| {
                let made = match &self.each {
                    Each::No => once(session, *key, scheme, message),
                    Each::Pin(pin) => each(session, *key, (scheme, Some(pin)), message),
                    Each::Pad => each(session, *key, (scheme, None), message),
                };
                made.map_err(told)
            },
        )?;
        // PKCS#11, 2.3.1: ECDSA gives two numbers of equal length.
        if let Scheme::Ecdsa(_) = scheme {
            let (r, s) = made.split_at_checked(made.len() / 2).unwrap_or_default();
            return Ok(two_numbers(r, s));
        }
        Ok(made)
    }

    /// One more session with the key, where the token has one.
    fn open(&self) -> More<(Session, ObjectHandle), KeyError> {
        let session = match self.context.open_ro_session(self.slot) {
            Ok(session) => session,
            Err(error) => {
                let is_full =
                    matches!(error, TokenError::Pkcs11(RvError::SessionCount, _));
                let error = told(error);
                return if is_full { More::Enough(error) } else { More::Failed(error) };
            }
        };
        match private(&session, &self.id) {
            Ok(Some(key)) => More::One((session, key)),
            Ok(None) => More::Failed(KeyError::NoKey),
            Err(error) => More::Failed(error),
        }
    }
}

fn salted() -> PkcsPssParams {
    PkcsPssParams {
        hash_alg: MechanismType::SHA256,
        mgf: PkcsMgfType::MGF1_SHA256,
        s_len: 32.into(),
    }
}

/// A signature over the digest, which every token can make.
fn once(
    session: &Session,
    key: ObjectHandle,
    scheme: Scheme,
    message: &[u8],
) -> Result<Vec<u8>, TokenError> {
    let digest = scheme.hash().unwrap_or(Hash::Sha256).of(message);
    match scheme {
        Scheme::Pss(_) => session.sign(&Mechanism::RsaPkcsPss(salted()), key, &digest),
        Scheme::Ecdsa(_) => session.sign(&Mechanism::Ecdsa, key, &digest),
        Scheme::Pkcs1(_)
        | Scheme::Dsa(_)
        | Scheme::Ed25519
        | Scheme::Ed448
        | Scheme::KeyOnly(_)
        | Scheme::BadParameters(_)
        | Scheme::Unknown(_) => {
            session.sign(&Mechanism::RsaPkcs, key, &digest_info(&digest))
        }
    }
}

/// A signature by a key that asks for the PIN each time (`CKA_ALWAYS_AUTHENTICATE`).
fn each(
    session: &Session,
    key: ObjectHandle,
    (scheme, pin): (Scheme, Option<&AuthPin>),
    message: &[u8],
) -> Result<Vec<u8>, TokenError> {
    let mechanism = match scheme {
        Scheme::Pss(_) => Mechanism::Sha256RsaPkcsPss(salted()),
        Scheme::Ecdsa(Hash::Sha384) => Mechanism::EcdsaSha384,
        Scheme::Ecdsa(_) => Mechanism::EcdsaSha256,
        Scheme::Pkcs1(_)
        | Scheme::Dsa(_)
        | Scheme::Ed25519
        | Scheme::Ed448
        | Scheme::KeyOnly(_)
        | Scheme::BadParameters(_)
        | Scheme::Unknown(_) => Mechanism::Sha256RsaPkcs,
    };
    session.sign_init(&mechanism, key)?;
    session.login(UserType::ContextSpecific, pin)?;
    session.sign_update(message)?;
    session.sign_final()
}

/// What the token said.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn told(error: TokenError) -> KeyError {
    const WRONG: [RvError; 3] =
        [RvError::PinIncorrect, RvError::PinInvalid, RvError::PinLenRange];
    const GONE: [RvError; 5] = [
        RvError::DeviceRemoved,
        RvError::DeviceError,
        RvError::TokenNotPresent,
        RvError::SessionHandleInvalid,
        RvError::SessionClosed,
    ];
    let is = |known: &[RvError]| matches!(&error, TokenError::Pkcs11(code, _) if known.contains(code));
    if is(&WRONG) {
        KeyError::WrongPin
    } else if is(&[RvError::PinLocked]) {
        KeyError::PinLocked
    } else if is(&GONE) {
        KeyError::TokenGone
    } else if is(&[RvError::MechanismInvalid]) {
        KeyError::NoPss
    } else {
        KeyError::Token(error.to_string())
    }
}

impl Token {
    /// Opens the token called `label`, or the only one there is. `pin` is asked for
    /// the PIN when the token wants it from the computer; `more` are certificates that
    /// are not in the token and may be of its keys.
    ///
    /// # Errors
    ///
    /// When there is no such token, or it does not let us in.
    pub fn open(
        library: &Path,
        label: Option<&str>,
        more: &[Certificate],
        pin: &dyn Fn(&str) -> Result<Password, KeyError>,
    ) -> Result<Self, KeyError> {
        let context = Pkcs11::new(library).map_err(told)?;
        let args = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
        context.initialize(args).map_err(told)?;
        let mut found = Vec::new();
        for slot in context.get_slots_with_token().map_err(told)? {
            let info = context.get_token_info(slot).map_err(told)?;
            let named = info.label().trim() == label.unwrap_or_default()
                || info.serial_number().trim() == label.unwrap_or_default();
            if info.token_initialized() && (label.is_none() || named) {
                found.push((slot, info));
            }
        }
        let names = || found.iter().map(|(_, info)| info.label().trim().to_owned());
        let (slot, info) = match found.as_slice() {
            [one] => one,
            [] => return Err(KeyError::NoToken(label.unwrap_or_default().to_owned())),
            _ => return Err(KeyError::SeveralTokens(names().collect())),
        };
        let way = Flags::of(info).way_in()?;
        let session = context.open_ro_session(*slot).map_err(told)?;
        let mut own = None;
        if way != WayIn::Open {
            if way == WayIn::Pin {
                let asked = pin(info.label().trim())?;
                own = Some(AuthPin::new(asked.as_str().into()));
            }
            match session.login(UserType::User, own.as_ref()) {
                Ok(()) | Err(TokenError::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
                Err(error) => return Err(told(error)),
            }
        }
        let mut certificates = certificates(&session)?;
        certificates.extend(outside(&session, more)?);
        Ok(Self { slot: *slot, way, pin: own, certificates, session, context })
    }

    /// The certificates that have their key in the token.
    ///
    /// # Errors
    ///
    /// When the token does not say.
    pub fn owned(&self) -> Result<Vec<Certificate>, KeyError> {
        let mut owned = Vec::new();
        for (certificate, id) in &self.certificates {
            if !owned.contains(certificate) && private(&self.session, id)?.is_some() {
                owned.push(certificate.clone());
            }
        }
        Ok(owned)
    }

    /// The identity to sign with, chosen as with files of keys.
    ///
    /// # Errors
    ///
    /// When there is none, or which one is meant cannot be told.
    pub fn identity(
        self,
        named: Option<&str>,
        more: Vec<Certificate>,
        now: Timestamp,
    ) -> Result<Identity, KeyError> {
        let owned = self.owned()?;
        if owned.is_empty() {
            return Err(KeyError::NoKey);
        }
        let certificate = pick(&owned, named, now)?;
        let all = self.certificates.iter();
        let mut chain: Vec<Certificate> =
            all.clone().map(|(other, _)| other.clone()).collect();
        chain.extend(more);
        chain.retain(|other| *other != certificate && other.is_authority());
        let id = all.into_iter().find(|(other, _)| *other == certificate);
        let id = id.map(|(_, id)| id.clone()).ok_or(KeyError::NoKey)?;
        let key = private(&self.session, &id)?.ok_or(KeyError::NoKey)?;
        let asked = [AttributeType::AlwaysAuthenticate];
        let always = self.session.get_attributes(key, &asked).unwrap_or_default();
        let always = always.contains(&Attribute::AlwaysAuthenticate(true));
        let can = self.context.get_mechanism_list(self.slot).map_err(told)?;
        let each = Each::of(always, self.way, self.pin);
        // Nobody can answer two questions of one pad.
        let most = if matches!(each, Each::Pad) { 1 } else { MOST_SESSIONS };
        let token = TokenKey {
            context: self.context,
            slot: self.slot,
            id,
            each,
            // The login ends with the last session, so this one stays open.
            sessions: Pool::new((self.session, key), most),
            certificate: certificate.clone(),
            pss: can.contains(&MechanismType::RSA_PKCS_PSS),
        };
        Identity::new(certificate, chain, Secret::Token(Box::new(token)))
    }
}

/// The private key with this identifier.
fn private(session: &Session, id: &[u8]) -> Result<Option<ObjectHandle>, KeyError> {
    let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(id.to_vec())];
    Ok(session.find_objects(&wanted).map_err(told)?.first().copied())
}

/// Certificates from outside the token whose keys are in it: told by the modulus, or
/// by the point of the public key beside the private one.
fn outside(
    session: &Session,
    more: &[Certificate],
) -> Result<Vec<(Certificate, Vec<u8>)>, KeyError> {
    let mut found = Vec::new();
    for class in [ObjectClass::PRIVATE_KEY, ObjectClass::PUBLIC_KEY] {
        let objects = session.find_objects(&[Attribute::Class(class)]).map_err(told)?;
        for object in objects.into_iter().take(MOST_OBJECTS) {
            let asked =
                [AttributeType::Id, AttributeType::Modulus, AttributeType::EcPoint];
            let (mut id, mut number) = (Vec::new(), Vec::new());
            for attribute in session.get_attributes(object, &asked).map_err(told)? {
                if let Attribute::Id(bytes) = attribute {
                    id = bytes;
                } else if let Attribute::Modulus(bytes) | Attribute::EcPoint(bytes) =
                    attribute
                {
                    number = bytes;
                }
            }
            let of = |certificate: &&Certificate| match certificate.key() {
                PublicKey::Rsa { modulus, .. } => der::magnitude(&number) == *modulus,
                PublicKey::Ec { point, .. } => number.ends_with(point),
                PublicKey::Dsa { .. }
                | PublicKey::Ed25519(_)
                | PublicKey::Ed448(_)
                | PublicKey::Unknown(_) => false,
            };
            let own = more.iter().find(of).filter(|_| !number.is_empty());
            found.extend(own.map(|certificate| (certificate.clone(), id)));
        }
    }
    Ok(found)
}

/// The certificates of a token.
fn certificates(session: &Session) -> Result<Vec<(Certificate, Vec<u8>)>, KeyError> {
    let wanted = [Attribute::Class(ObjectClass::CERTIFICATE)];
    let mut found = Vec::new();
    for object in
        session.find_objects(&wanted).map_err(told)?.into_iter().take(MOST_OBJECTS)
    {
        let asked = [AttributeType::Value, AttributeType::Id];
        let (mut value, mut id) = (Vec::new(), Vec::new());
        for attribute in session.get_attributes(object, &asked).map_err(told)? {
            if let Attribute::Value(bytes) = attribute {
                value = bytes;
            } else if let Attribute::Id(bytes) = attribute {
                id = bytes;
            }
        }
        found
            .extend(Certificate::parse(&value).ok().map(|certificate| (certificate, id)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_near_its_lock_is_left_alone() {
        let asks = Flags { login_required: true, ..Flags::default() };
        assert_eq!(asks.way_in().ok(), Some(WayIn::Pin));
        assert_eq!(Flags { own_pad: true, ..asks }.way_in().ok(), Some(WayIn::Pad));
        assert_eq!(Flags::default().way_in().ok(), Some(WayIn::Open));
        let last = Flags { final_try: true, ..asks };
        assert!(matches!(last.way_in(), Err(KeyError::FinalTry)));
        // A pad does not make it safe: the next mistake counts there as well.
        let pad = Flags { own_pad: true, ..last };
        assert!(matches!(pad.way_in(), Err(KeyError::FinalTry)));
        let locked = Flags { locked: true, ..last };
        assert!(matches!(locked.way_in(), Err(KeyError::PinLocked)));
    }

    #[test]
    fn a_key_that_always_asks_gets_its_pin_from_where_it_came() {
        let pin = || Some(AuthPin::new("1234".into()));
        assert!(matches!(Each::of(true, WayIn::Pin, pin()), Each::Pin(_)));
        assert!(matches!(Each::of(true, WayIn::Pad, None), Each::Pad));
        assert!(matches!(Each::of(true, WayIn::Open, None), Each::Pad));
        assert!(matches!(Each::of(false, WayIn::Pin, pin()), Each::No));
        assert!(matches!(Each::of(false, WayIn::Pad, None), Each::No));
    }

    #[test]
    fn what_the_token_said_is_told_apart() {
        use cryptoki::context::Function;
        let said = |code| told(TokenError::Pkcs11(code, Function::Login));
        assert!(matches!(said(RvError::PinIncorrect), KeyError::WrongPin));
        assert!(matches!(said(RvError::PinLocked), KeyError::PinLocked));
        assert!(matches!(said(RvError::DeviceRemoved), KeyError::TokenGone));
        assert!(matches!(said(RvError::MechanismInvalid), KeyError::NoPss));
        assert!(matches!(said(RvError::FunctionFailed), KeyError::Token(_)));
    }
}
