//! Objects of a PDF by value (ISO 32000-2, 7.3).
//!
//! Two spellings of one value are equal: `1.0` is `1`, `<41>` is `(A)`, and
//! the order of a dictionary's keys does not count.

use std::sync::Arc;

/// The number and generation of an indirect object (7.3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// Object number.
    pub number: u32,
    /// Generation.
    pub generation: u16,
}

/// Bytes of the file from `start` up to `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// Number of bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// `null`; an entry with this value is the same as none.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number, however it is written.
    Int(i64),
    /// Another number, in its shortest spelling.
    Real(Box<str>),
    /// A name without its solidus, escapes resolved.
    Name(Box<[u8]>),
    /// A string, literal or hexadecimal.
    Text(Box<[u8]>),
    /// An array.
    Array(Vec<Self>),
    /// A dictionary.
    Dict(Dict),
    /// A stream.
    Stream(Arc<Stream>),
    /// A reference to an indirect object.
    Ref(Id),
}

/// A dictionary.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    /// In the order of their names.
    entries: Vec<(Box<[u8]>, Object)>,
    /// A key that stands twice with different values, so that readers differ about
    /// it; `/Type` only where no other does.
    torn: Option<Box<[u8]>>,
}

impl PartialEq for Dict {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Eq for Dict {}

/// A stream: its dictionary and where its data lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// Its dictionary.
    pub dict: Dict,
    /// Its data as they lie in the file.
    pub data: Span,
    /// Whether `endstream` stands where the length ends.
    pub sound: bool,
}

impl Object {
    /// The whole number.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    /// The number as an offset or count.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        usize::try_from(self.int()?).ok()
    }

    /// The number, whole or not.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(value) => i32::try_from(*value).ok().map(f64::from),
            Self::Real(text) => text.parse().ok(),
            Self::Null
            | Self::Bool(_)
            | Self::Name(_)
            | Self::Text(_)
            | Self::Array(_)
            | Self::Dict(_)
            | Self::Stream(_)
            | Self::Ref(_) => None,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    /// The string.
    #[must_use]
    pub fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The array.
    #[must_use]
    pub fn array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The dictionary, also of a stream.
    #[must_use]
    pub fn dict(&self) -> Option<&Dict> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Real(_)
            | Self::Name(_)
            | Self::Text(_)
            | Self::Array(_)
            | Self::Ref(_) => None,
        }
    }

    /// The stream.
    #[must_use]
    pub fn stream(&self) -> Option<&Arc<Stream>> {
        if let Self::Stream(stream) = self { Some(stream) } else { None }
    }

    /// A key that stands twice with different values in a dictionary here or
    /// within.
    #[must_use]
    pub fn torn(&self) -> Option<&[u8]> {
        if let Self::Array(items) = self {
            return items.iter().find_map(Self::torn);
        }
        let dict = self.dict()?;
        dict.torn().or_else(|| dict.entries().find_map(|(_, value)| value.torn()))
    }

    /// The reference.
    #[must_use]
    pub fn reference(&self) -> Option<Id> {
        if let Self::Ref(id) = self { Some(*id) } else { None }
    }
}

impl Dict {
    /// A dictionary without entries.
    #[must_use]
    pub const fn empty() -> Self {
        Self { entries: Vec::new(), torn: None }
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A dictionary of these entries, in whatever order.
    #[must_use]
    pub fn new(mut entries: Vec<(Box<[u8]>, Object)>) -> Self {
        // 7.3.7: a null value is the same as no entry.
        entries.retain(|(_, value)| *value != Object::Null);
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        let mut torn = None;
        entries.dedup_by(|later, earlier| {
            let twice = later.0 == earlier.0;
            if twice && later.1 != earlier.1 {
                if torn.as_deref().is_none_or(|torn| torn == b"Type") {
                    torn = Some(later.0.clone());
                }
                // The last one wins with most readers.
                std::mem::swap(later, earlier);
            }
            twice
        });
        Self { entries, torn }
    }

    /// The value of `key` as it stands here, perhaps a reference.
    #[must_use]
    pub fn get(&self, key: &[u8]) -> Option<&Object> {
        let at = self.entries.binary_search_by(|(name, _)| (**name).cmp(key)).ok()?;
        self.entries.get(at).map(|(_, value)| value)
    }

    /// Whether there is such an entry.
    #[must_use]
    pub fn has(&self, key: &[u8]) -> bool {
        self.get(key).is_some()
    }

    /// Whether `key` stands here and names `name`.
    #[must_use]
    pub fn is(&self, key: &[u8], name: &[u8]) -> bool {
        self.get(key).and_then(Object::name) == Some(name)
    }

    /// All entries in the order of their names.
    pub fn entries(&self) -> impl Iterator<Item = (&[u8], &Object)> {
        self.entries.iter().map(|(name, value)| (&**name, value))
    }

    /// Changes values in their places.
    pub fn each_value(&mut self, mut change: impl FnMut(&[u8], &mut Object)) {
        for (name, value) in &mut self.entries {
            change(name, value);
        }
    }

    /// A key that stands twice with different values.
    #[must_use]
    pub fn torn(&self) -> Option<&[u8]> {
        self.torn.as_deref()
    }

    /// With this entry, in the place of one of the same name.
    #[must_use]
    pub fn with(&self, key: &[u8], value: Object) -> Self {
        let mut entries = self.without(key).entries;
        entries.push((key.into(), value));
        Self::new(entries)
    }

    /// Without this entry.
    #[must_use]
    pub fn without(&self, key: &[u8]) -> Self {
        let mut rest = self.clone();
        rest.entries.retain(|(name, _)| **name != *key);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, value: i64) -> (Box<[u8]>, Object) {
        (name.as_bytes().into(), Object::Int(value))
    }

    #[test]
    fn a_key_that_stands_twice_is_noticed_unless_both_say_the_same() {
        let torn = Dict::new(vec![entry("B", 1), entry("A", 0), entry("B", 2)]);
        assert_eq!(torn.torn(), Some(&b"B"[..]));
        assert_eq!(torn.get(b"B"), Some(&Object::Int(2)));
        assert_eq!(Dict::new(vec![entry("B", 1), entry("B", 1)]).torn(), None);
        let torn = |keys: [&str; 4]| {
            let values = (0..).zip(keys).map(|(at, key)| entry(key, at)).collect();
            Dict::new(values).torn().map(<[u8]>::to_vec)
        };
        // What a thing is matters least.
        assert_eq!(torn(["A", "A", "Type", "Type"]), Some(b"A".to_vec()));
        assert_eq!(torn(["Type", "Type", "V", "V"]), Some(b"V".to_vec()));
    }
}
