//! Signed notes (C2SP signed-note): a text, and under it who vouches for it.
//!
//! ```text
//! sohoa/H32.18
//! 2
//! 7Zv2Yw2…=
//!
//! — sohoa/H32.18 wBs5bQ…=
//! ```
//!
//! Only Ed25519 (RFC 8032), which is what logs sign with; [`attested`] knows those
//! who vouch besides.
//!
//! [`attested`]: crate::archive::ledger::attested

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};

use crate::digest::{Digest, hex};
use crate::text::base64;

/// The kind of key, before its bytes: Ed25519.
const ED25519: u8 = 1;
/// Bytes of the digest of a key that stand for it.
pub(crate) const ID_LENGTH: usize = 4;

/// Who signs: a name and a key.
pub(crate) struct Signer {
    name: String,
    key: SigningKey,
}

/// Whose signature is believed: a name and a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Believed {
    /// The name.
    pub name: String,
    key: VerifyingKey,
}

impl Signer {
    /// The signer of this name with the key of these secret bytes.
    pub(crate) fn new(name: &str, secret: [u8; 32]) -> Self {
        Self { name: name.to_owned(), key: SigningKey::from_bytes(&secret) }
    }

    /// What others need to believe it.
    pub(crate) fn believed(&self) -> Believed {
        Believed { name: self.name.clone(), key: self.key.verifying_key() }
    }

    /// `text`, which ends with a line feed, and the signature under it.
    pub(crate) fn sign(&self, text: &str) -> String {
        let signature = self.key.sign(text.as_bytes()).to_bytes();
        let bytes = [self.believed().id().as_slice(), &signature].concat();
        format!("{text}\n— {} {}\n", self.name, base64::encode(&bytes))
    }
}

impl Believed {
    /// Reads `name+id+key`, as published.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '+');
        let (name, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let key = base64::decode(key)?;
        let (kind, key) = key.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
        let believed = Self { name: name.to_owned(), key };
        let is_it = *kind == ED25519 && hex(&believed.id()) == id && !name.is_empty();
        is_it.then_some(believed)
    }

    /// As published.
    #[must_use]
    pub fn write(&self) -> String {
        let key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        format!("{}+{}+{}", self.name, hex(&self.id()), base64::encode(&key))
    }

    /// What stands for the key in signatures.
    fn id(&self) -> [u8; ID_LENGTH] {
        key_id(&self.name, &[ED25519], self.key.as_bytes())
    }

    /// The text of a note, if this is under it.
    #[must_use]
    pub fn verify<'n>(&self, note: &'n str) -> Option<&'n str> {
        let (text, signatures) = split(note)?;
        let vouches = |line: &str| {
            let (name, value) = line.strip_prefix("— ")?.split_once(' ')?;
            let value = base64::decode(value)?;
            let (id, signature) = value.split_at_checked(ID_LENGTH)?;
            if name != self.name || id != self.id() {
                return None;
            }
            let signature = Signature::from_slice(signature).ok()?;
            self.key.verify(text.as_bytes(), &signature).ok()
        };
        signatures.lines().find_map(vouches).map(|()| text)
    }
}

/// What stands for a key in signatures, as the C2SP recommends.
pub(crate) fn key_id(name: &str, kind: &[u8], key: &[u8]) -> [u8; ID_LENGTH] {
    let digest = Digest::of(&[name.as_bytes(), b"\n", kind, key].concat());
    let mut id = [0; ID_LENGTH];
    id.iter_mut().zip(digest.bytes()).for_each(|(to, from)| *to = *from);
    id
}

/// The text of a note with its last line feed, and its signatures.
pub(crate) fn split(note: &str) -> Option<(&str, &str)> {
    let at = note.rfind("\n\n")?;
    Some((note.get(..=at)?, note.get(at + 2..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_verifies() {
        // The example of golang.org/x/mod/sumdb/note, where the format comes from.
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let note = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n\n\
                    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        let believed = Believed::read(key).unwrap();
        assert_eq!(believed.write(), key);
        assert!(believed.verify(note).unwrap().ends_with("problem is.\n"));
        assert_eq!(believed.verify(&note.replace("think", "thinc")), None);
    }

    #[test]
    fn what_is_signed_verifies_under_that_name_only() {
        let signer = Signer::new("sohoa/H32.18", [7; 32]);
        let note = signer.sign("một\nhai\n");
        assert_eq!(signer.believed().verify(&note), Some("một\nhai\n"));
        let other = Signer::new("sohoa/H32.19", [7; 32]).believed();
        assert_eq!(other.verify(&note), None);
        assert_eq!(Believed::read(&signer.believed().write()), Some(signer.believed()));
    }
}
