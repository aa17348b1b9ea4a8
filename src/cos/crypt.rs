//! Encrypted files: the standard security handler (ISO 32000-2, 7.6).
//!
//! Signatures are over bytes as they lie and need no password; names of fields
//! and object streams do. Without a password, or under a handler that is not
//! known here, a file is *sealed*: what can be read in clear is read, and the
//! rest is said to be closed.

use lopdf::encryption::{decrypt_object, encrypt_object};

use crate::cos::CosError;
use crate::cos::document::{Document, View};
use crate::cos::object::{Dict, Id, Object};

/// Dictionaries within the encryption dictionary.
const MOST_DEPTH: usize = 6;

/// What opens an encrypted file, or does not.
#[derive(Debug)]
pub enum Cipher {
    /// The key is known.
    Open(Box<lopdf::EncryptionState>),
    /// A password is needed and none was given.
    Sealed,
    /// Encrypted for certain recipients, or in a way not known here.
    Foreign,
}

/// What a file lets those do who open it without its owner's password (ISO 32000-2,
/// table 22).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permits {
    /// Adding a field, such as one for a signature: bits 4 and 6.
    pub new_field: bool,
    /// Filling or signing a field that is there: bit 6 or 9.
    pub filling: bool,
}

impl Permits {
    /// What `document` permits who opens it with `password`.
    #[must_use]
    pub fn of(document: &Document, password: Option<&str>) -> Self {
        let all = Self { new_field: true, filling: true };
        let view = document.now();
        let Some(trailer) = trailer(document) else { return all };
        let encrypt = view.get(trailer, b"Encrypt");
        let Some(dict) = encrypt.dict().filter(|it| it.is(b"Filter", b"Standard")) else {
            return all;
        };
        let owns = |password| {
            let shell = shell(view, trailer, &encrypt);
            shell.authenticate_owner_password(password).is_ok()
        };
        if password.filter(|it| !it.is_empty()).is_some_and(owns) {
            return all;
        }
        let bits = view.get(dict, b"P").int().unwrap_or(0);
        let bit = |number: u32| bits >> (number - 1) & 1 == 1;
        Self { new_field: bit(4) && bit(6), filling: bit(6) || bit(9) }
    }
}

/// The newest trailer that names an encryption dictionary.
fn trailer(document: &Document) -> Option<&Dict> {
    let trailers = document.links.iter().rev().map(|link| &link.trailer);
    trailers.into_iter().find(|trailer| trailer.has(b"Encrypt"))
}

/// A document of `lopdf` with this encryption and nothing else.
fn shell(view: View<'_>, trailer: &Dict, encrypt: &Object) -> lopdf::Document {
    let mut shell = lopdf::Document::new();
    // `lopdf` looks for an object of its own.
    let held = shell.add_object(theirs(view, encrypt, MOST_DEPTH));
    shell.trailer.set("Encrypt", held);
    shell.trailer.set("ID", theirs(view, &view.get(trailer, b"ID"), MOST_DEPTH));
    shell
}

impl Cipher {
    /// What opens `document`, if it is encrypted.
    ///
    /// # Errors
    ///
    /// When the password given does not open it.
    pub fn of(
        document: &Document,
        password: Option<&str>,
    ) -> Result<Option<Self>, CosError> {
        let view = document.now();
        let Some(trailer) = trailer(document) else { return Ok(None) };
        let encrypt = view.get(trailer, b"Encrypt");
        let Some(dict) = encrypt.dict() else { return Ok(Some(Self::Foreign)) };
        if !dict.is(b"Filter", b"Standard") {
            return Ok(Some(Self::Foreign));
        }
        let shell = shell(view, trailer, &encrypt);
        let with = |password: &str| lopdf::EncryptionState::decode(&shell, password);
        if let Ok(state) = with("") {
            return Ok(Some(Self::Open(Box::new(state))));
        }
        match password.filter(|password| !password.is_empty()) {
            None => Ok(Some(Self::Sealed)),
            Some(password) => match with(password) {
                Ok(state) => Ok(Some(Self::Open(Box::new(state)))),
                Err(_) => Err(CosError::Locked),
            },
        }
    }

    /// Whether strings and streams can be read.
    #[must_use]
    pub fn opens(&self) -> bool {
        matches!(self, Self::Open(_))
    }

    /// The data of a stream, decrypted; as they are if the file is sealed.
    #[must_use]
    pub fn stream(&self, id: Id, dict: &Dict, raw: &[u8]) -> Vec<u8> {
        let Self::Open(state) = self else { return raw.to_vec() };
        let mut head = lopdf::Dictionary::new();
        for key in [&b"Type"[..], b"Filter", b"DecodeParms"] {
            if let Some(value) = dict.get(key) {
                head.set(key, plain(value));
            }
        }
        let stream = lopdf::Stream::new(head, raw.to_vec());
        let mut object = lopdf::Object::Stream(stream);
        // What cannot be decrypted fails its filter, which is told.
        decrypt_object(state, (id.number, id.generation), &mut object).ok();
        if let lopdf::Object::Stream(stream) = object {
            stream.content
        } else {
            Vec::new()
        }
    }

    /// The data of a stream as they are to lie in the file; `None` if the file
    /// is sealed.
    #[must_use]
    pub fn closed_stream(&self, id: Id, clear: &[u8]) -> Option<Vec<u8>> {
        let Self::Open(state) = self else { return None };
        let stream = lopdf::Stream::new(lopdf::Dictionary::new(), clear.to_vec());
        let mut object = lopdf::Object::Stream(stream);
        encrypt_object(state, (id.number, id.generation), &mut object).ok()?;
        if let lopdf::Object::Stream(stream) = object {
            Some(stream.content)
        } else {
            None
        }
    }

    /// Encrypts the strings of an object that is to lie in the file by itself;
    /// whether all could be. Signature dictionaries are not for this.
    pub fn close(&self, id: Id, object: &mut Object) -> bool {
        let Self::Open(state) = self else { return false };
        match object {
            Object::Text(text) => {
                let format = lopdf::StringFormat::Literal;
                let mut string = lopdf::Object::String(text.to_vec(), format);
                let done = encrypt_object(state, (id.number, id.generation), &mut string);
                if let (Ok(()), lopdf::Object::String(closed, _)) = (done, string) {
                    *text = closed.into();
                    return true;
                }
                false
            }
            Object::Array(items) => items.iter_mut().all(|item| self.close(id, item)),
            Object::Dict(dict) => {
                let mut all = true;
                dict.each_value(|_, value| all &= self.close(id, value));
                all
            }
            Object::Stream(_) => false,
            Object::Null
            | Object::Bool(_)
            | Object::Int(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::Ref(_) => true,
        }
    }

    /// Decrypts the strings of an object that lies in the file by itself.
    pub fn open(&self, id: Id, object: &mut Object) {
        let Self::Open(state) = self else { return };
        match object {
            Object::Text(text) => {
                let format = lopdf::StringFormat::Literal;
                let mut string = lopdf::Object::String(text.to_vec(), format);
                let done = decrypt_object(state, (id.number, id.generation), &mut string);
                if let (Ok(()), lopdf::Object::String(clear, _)) = (done, string) {
                    *text = clear.into();
                }
            }
            Object::Array(items) => {
                items.iter_mut().for_each(|item| self.open(id, item));
            }
            Object::Dict(dict) => self.open_dict(id, dict),
            Object::Stream(stream) => {
                let mut clear = (**stream).clone();
                self.open_dict(id, &mut clear.dict);
                *stream = clear.into();
            }
            Object::Null
            | Object::Bool(_)
            | Object::Int(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::Ref(_) => {}
        }
    }

    fn open_dict(&self, id: Id, dict: &mut Dict) {
        // 7.6.2: the `/Contents` of a signature are not encrypted.
        let signs = crate::cos::walk::looks_signed(dict);
        dict.each_value(|key, value| {
            if !(signs && key == b"Contents") {
                self.open(id, value);
            }
        });
    }
}

/// The same object for `lopdf`, references followed.
fn theirs(view: View<'_>, object: &Object, depth: usize) -> lopdf::Object {
    let Some(depth) = depth.checked_sub(1) else { return lopdf::Object::Null };
    match object {
        Object::Ref(_) => match view.resolve(object) {
            Ok(found) => theirs(view, &found, depth),
            Err(_) => lopdf::Object::Null,
        },
        Object::Dict(dict) => {
            let mut copy = lopdf::Dictionary::new();
            for (key, value) in dict.entries() {
                copy.set(key, theirs(view, value, depth));
            }
            copy.into()
        }
        Object::Array(items) => {
            items.iter().map(|item| theirs(view, item, depth)).collect::<Vec<_>>().into()
        }
        Object::Null
        | Object::Bool(_)
        | Object::Int(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::Text(_)
        | Object::Stream(_) => plain(object),
    }
}

/// A simple object for `lopdf`.
fn plain(object: &Object) -> lopdf::Object {
    match object {
        Object::Bool(value) => (*value).into(),
        Object::Int(value) => (*value).into(),
        Object::Name(name) => lopdf::Object::Name(name.to_vec()),
        Object::Text(text) => {
            lopdf::Object::String(text.to_vec(), lopdf::StringFormat::Literal)
        }
        Object::Array(items) => items.iter().map(plain).collect::<Vec<_>>().into(),
        Object::Dict(dict) => {
            let mut copy = lopdf::Dictionary::new();
            for (key, value) in dict.entries() {
                copy.set(key, plain(value));
            }
            copy.into()
        }
        Object::Null | Object::Real(_) | Object::Stream(_) | Object::Ref(_) => {
            lopdf::Object::Null
        }
    }
}
