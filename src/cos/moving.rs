//! Objects on their way into another file: the same values under other numbers.

use std::collections::BTreeMap;

use crate::cos::{Dict, Id, Object};

/// Objects and arrays within each other.
const MOST_DEPTH: usize = 64;

/// The numbers that the objects of one file have in another, and which of them have
/// not been taken over yet.
#[derive(Debug)]
pub struct Moving {
    numbers: BTreeMap<Id, u32>,
    waiting: Vec<(Id, u32)>,
    most: usize,
}

impl Moving {
    /// At most so many objects.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { numbers: BTreeMap::new(), waiting: Vec::new(), most }
    }

    /// How many objects have a number.
    #[must_use]
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether none has.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// Settles the number of an object that is taken over by other means.
    pub fn settle(&mut self, id: Id, to: u32) {
        if self.numbers.insert(id, to).is_some() {
            self.waiting.retain(|(other, _)| *other != id);
        }
    }

    /// The number that was settled for an object.
    #[must_use]
    pub fn settled(&self, id: Id) -> Option<u32> {
        self.numbers.get(&id).copied()
    }

    /// An object that waits to be taken over, and its number there.
    pub fn take(&mut self) -> Option<(Id, u32)> {
        self.waiting.pop()
    }

    /// An object with the new numbers of what it refers to. `give` makes a number for
    /// what has none yet. What lies too deep or is too much becomes `null`.
    pub fn moved(&mut self, object: &Object, give: &mut dyn FnMut() -> u32) -> Object {
        self.at(object, give, MOST_DEPTH)
    }

    /// The same of a dictionary.
    pub fn dict(&mut self, dict: &Dict, give: &mut dyn FnMut() -> u32) -> Dict {
        let mut own = dict.clone();
        own.each_value(|_, value| *value = self.at(value, give, MOST_DEPTH));
        own
    }

    fn at(
        &mut self,
        object: &Object,
        give: &mut dyn FnMut() -> u32,
        depth: usize,
    ) -> Object {
        let Some(depth) = depth.checked_sub(1) else { return Object::Null };
        match object {
            Object::Ref(id) => match self.number_of(*id, give) {
                Some(number) => Object::Ref(Id { number, generation: 0 }),
                None => Object::Null,
            },
            Object::Array(items) => Object::Array(
                items.iter().map(|item| self.at(item, give, depth)).collect(),
            ),
            Object::Dict(own) => {
                let mut own = own.clone();
                own.each_value(|_, value| *value = self.at(value, give, depth));
                Object::Dict(own)
            }
            other @ (Object::Null
            | Object::Bool(_)
            | Object::Int(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::Text(_)
            | Object::Stream(_)) => other.clone(),
        }
    }

    fn number_of(&mut self, id: Id, give: &mut dyn FnMut() -> u32) -> Option<u32> {
        if let Some(known) = self.numbers.get(&id) {
            return Some(*known);
        }
        if self.numbers.len() >= self.most {
            return None;
        }
        let to = give();
        self.numbers.insert(id, to);
        self.waiting.push((id, to));
        Some(to)
    }
}
