//! Texts that repeat, each kept once and known by a number.
//!
//! A million documents name a few hundred units, officers and kinds. A table
//! of our own: the one of the standard library is seeded at random, and its
//! order must never be seen in a report.

/// The number of a text; 0 is the empty one.
pub type Name = u32;

/// FNV-1a, 64 bits (Fowler, Noll and Vo).
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The texts.
#[derive(Debug)]
pub struct Names {
    texts: Vec<Box<str>>,
    /// Places of texts by their hash, open addressing; 0 is free.
    slots: Vec<u32>,
}

impl Default for Names {
    fn default() -> Self {
        Self { texts: vec!["".into()], slots: vec![0; 1024] }
    }
}

impl Names {
    /// The number of `text`, which is kept if it was not there.
    pub fn of(&mut self, text: &str) -> Name {
        if text.is_empty() {
            return 0;
        }
        if self.texts.len() * 2 > self.slots.len() {
            self.grow();
        }
        let (slot, found) = self.look(text);
        if found != 0 {
            return found;
        }
        let name = u32::try_from(self.texts.len()).unwrap_or_default();
        self.texts.push(text.into());
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = name;
        }
        name
    }

    /// The number of `text`, if it is there.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Name> {
        match self.look(text).1 {
            0 if !text.is_empty() => None,
            found => Some(found),
        }
    }

    /// All texts, by their numbers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|text| &**text)
    }

    /// The text of a number.
    #[must_use]
    pub fn text(&self, name: Name) -> &str {
        self.texts.get(name as usize).map_or("", |text| text)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.texts.len()
    }

    /// The slot of `text` and what is in it.
    fn look(&self, text: &str) -> (usize, u32) {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        let hash = text.bytes().fold(OFFSET, hash);
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(hash ^ (hash >> 32)).unwrap_or_default() & mask;
        loop {
            match self.slots.get(slot).copied().unwrap_or_default() {
                0 => return (slot, 0),
                name if self.text(name) == text => return (slot, name),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 4];
        for at in 1..self.texts.len() {
            let text = self.texts.get(at).cloned().unwrap_or_default();
            let (slot, _) = self.look(&text);
            if let (Some(slot), Ok(name)) = (self.slots.get_mut(slot), u32::try_from(at))
            {
                *slot = name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number() {
        let mut names = Names::default();
        let all: Vec<_> = (0..5000).map(|n| names.of(&format!("tên {n}"))).collect();
        for (n, name) in all.iter().enumerate() {
            let text = format!("tên {n}");
            assert_eq!(names.find(&text), Some(*name));
            assert_eq!(names.text(*name), text);
        }
        assert_eq!(names.find("khác"), None);
        assert_eq!((names.of(""), names.text(0)), (0, ""));
    }
}
