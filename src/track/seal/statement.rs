//! What a sealed code states of a document.

use ciborium::Value;

use crate::archive::Code;
use crate::archive::code::Unit;
use crate::digest::Digest;
use crate::time::Day;

/// Bytes of the document's hash in the code: nobody finds two documents that
/// share sixteen.
const HASH_LENGTH: usize = 16;

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
    pub(super) fn write(&self) -> Vec<u8> {
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

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// About a document of eight bytes.
    pub(in crate::track::seal) fn statement() -> Statement {
        let code = "H32.18-260716-0001".parse().unwrap();
        Statement::about(b"document", &code, 3, Day::new(2026, 7, 16).unwrap())
    }

    #[test]
    fn a_copy_is_held_against_its_original() {
        let statement = statement();
        assert!(statement.is_of(b"document"));
        assert!(statement.is_of(b"document and a stamp"), "an update is appended");
        assert!(!statement.is_of(b"documenT") && !statement.is_of(b"docu"));
    }
}
