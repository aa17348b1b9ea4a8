//! Whether two objects are equal, with all that they lead to.
//!
//! References are followed until they come to what is compared in a place of
//! its own (`graph::Known`). Where that may stop depends on what
//! is asked: a field that serves as a resource of a page besides is no less shown
//! for being a field, so that what is shown is followed through everything.

use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::walk::leads_back;
use crate::cos::{Dict, Id, Object, Stream};
use crate::verify::difference::{Pair, keys};

/// How far off a number may be that was written again, in its own unit.
const MOST_OFF: f64 = 0.005;
/// The same in parts of the number.
const MOST_OFF_IN_PARTS: f64 = 0.001;
/// Keys whose values are painted, or say what is.
const SHOWN: [&[u8]; 8] =
    [b"Contents", b"Resources", b"Group", b"AP", b"MK", b"DR", b"OC", b"OCProperties"];

/// Keys by which annotations lead to each other (ISO 32000-2, tables 172 and 186).
const BETWEEN_NOTES: [&[u8]; 3] = [b"IRT", b"Parent", b"Popup"];

/// How far a comparison follows references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// To what is compared in a place of its own.
    Notes,
    /// The same, but through annotations: where they may be changed, any of their keys
    /// may.
    Own,
    /// To pages and structure elements, but through fields and annotations.
    Through,
    /// Through everything but ways back to pages and structure elements.
    Shown,
}

impl Pair<'_> {
    /// Whether two objects are the same, all that they lead to included.
    pub(super) fn same(&mut self, old: &Object, new: &Object, reach: Reach) -> bool {
        let mut tried = Vec::new();
        self.reach = reach;
        let same = self.same_so_far(old, new, &mut tried);
        if !same {
            // What leads to a difference is not equal, however alike it is itself.
            for pair in tried {
                self.seen.remove(&pair);
            }
        }
        same
    }

    /// Whether the values of a key are the same.
    pub(super) fn same_key(&mut self, old: &Dict, new: &Dict, key: &[u8]) -> bool {
        let reach = if SHOWN.contains(&key) { Reach::Shown } else { Reach::Own };
        self.same_as_far(old, new, key, reach)
    }

    /// The same for a key of an annotation.
    pub(super) fn same_note(&mut self, old: &Dict, new: &Dict, key: &[u8]) -> bool {
        if BETWEEN_NOTES.contains(&key) {
            self.same_as_far(old, new, key, Reach::Notes)
        } else {
            self.same_key(old, new, key)
        }
    }

    /// The same, through fields and annotations.
    pub(super) fn same_through(&mut self, old: &Dict, new: &Dict, key: &[u8]) -> bool {
        let reach = if SHOWN.contains(&key) { Reach::Shown } else { Reach::Through };
        self.same_as_far(old, new, key, reach)
    }

    fn same_as_far(&mut self, old: &Dict, new: &Dict, key: &[u8], reach: Reach) -> bool {
        let null = Object::Null;
        let (old, new) = (old.get(key).unwrap_or(&null), new.get(key).unwrap_or(&null));
        self.same(&old.clone(), &new.clone(), reach)
    }

    /// Whether a reference to this object, by way of a key that leads back or not,
    /// is followed no further.
    fn stops(&self, number: u32, back: bool) -> bool {
        let landmark = self.known.landmarks.contains(&number);
        let field = self.known.fields.contains(&number);
        match self.reach {
            Reach::Notes => landmark || field || self.known.others.contains(&number),
            Reach::Own => landmark || field,
            Reach::Through => landmark,
            Reach::Shown => landmark && back,
        }
    }

    /// Whether an object is a dictionary before and after: data of a stream are
    /// compared in no place of their own.
    fn is_dict(&self, id: Id) -> bool {
        let plain = |view: View<'_>| {
            view.object(id).is_ok_and(|object| matches!(*object, Object::Dict(_)))
        };
        plain(self.old) && plain(self.new)
    }

    fn same_so_far(
        &mut self,
        old: &Object,
        new: &Object,
        tried: &mut Vec<(u32, u32, Reach)>,
    ) -> bool {
        let mut waiting = Vec::new();
        if !self.alike(old, new, false, &mut waiting) {
            return false;
        }
        while let Some((old_id, new_id)) = waiting.pop() {
            let pair = (old_id.number, new_id.number, self.reach);
            if !self.seen.insert(pair) {
                continue;
            }
            tried.push(pair);
            let both = (self.old.object(old_id), self.new.object(new_id));
            let (Ok(old), Ok(new)) = both else { return false };
            let same = match (&*old, &*new) {
                (Object::Stream(old), Object::Stream(new)) => {
                    self.same_data((old_id, old), (new_id, new))
                        && self.alike_dicts(
                            &old.dict.without(b"Length"),
                            &new.dict.without(b"Length"),
                            &mut waiting,
                        )
                }
                (old, new) => self.alike(old, new, false, &mut waiting),
            };
            if !same {
                return false;
            }
        }
        true
    }

    /// Whether two values are equal as far as they stand here; references that
    /// must be followed go into `waiting`. `back` says that they stand under a key
    /// that mostly leads back.
    fn alike(
        &mut self,
        old: &Object,
        new: &Object,
        back: bool,
        waiting: &mut Vec<(Id, Id)>,
    ) -> bool {
        if !self.work(1) {
            return false;
        }
        match (old, new) {
            (Object::Ref(old), Object::Ref(new)) => {
                if old == new && !self.above.contains(&new.number) {
                    return true;
                }
                if self.stops(old.number, back) && (old != new || self.is_dict(*new)) {
                    return old == new;
                }
                waiting.push((*old, *new));
                true
            }
            (Object::Array(old), Object::Array(new)) => {
                old.len() == new.len()
                    && old
                        .iter()
                        .zip(new)
                        .all(|(old, new)| self.alike(old, new, back, waiting))
            }
            (Object::Dict(old), Object::Dict(new)) => self.alike_dicts(old, new, waiting),
            (Object::Ref(_), _) | (_, Object::Ref(_)) if self.to_the_letter => false,
            (Object::Ref(_), _) => {
                let old =
                    self.old.resolve(old).unwrap_or_else(|_| Arc::new(Object::Null));
                !matches!(*old, Object::Ref(_) | Object::Stream(_))
                    && self.alike(&old, new, back, waiting)
            }
            (_, Object::Ref(_)) => {
                let new =
                    self.new.resolve(new).unwrap_or_else(|_| Arc::new(Object::Null));
                !matches!(*new, Object::Ref(_) | Object::Stream(_))
                    && self.alike(old, &new, back, waiting)
            }
            (old, new) => old == new || is_rounded(old, new),
        }
    }

    fn alike_dicts(
        &mut self,
        old: &Dict,
        new: &Dict,
        waiting: &mut Vec<(Id, Id)>,
    ) -> bool {
        if new.torn().is_some() && old != new {
            return false;
        }
        keys(old, new).into_iter().all(|key| {
            let null = Object::Null;
            let (old, new) =
                (old.get(&key).unwrap_or(&null), new.get(&key).unwrap_or(&null));
            self.alike(old, new, leads_back(&key), waiting)
        })
    }

    fn same_data(&mut self, old: (Id, &Arc<Stream>), new: (Id, &Arc<Stream>)) -> bool {
        // A length that stands in an object of its own may have become another, and
        // readers that trust it see less, or more, of the same stream.
        if old.1.data.start == new.1.data.start {
            let length =
                |view: View<'_>, stream: &Stream| view.get(&stream.dict, b"Length");
            return old.1.data == new.1.data
                && length(self.old, old.1) == length(self.new, new.1);
        }
        let raw = |view: View<'_>, stream: &Stream| {
            view.document
                .source()
                .slice(stream.data.start, stream.data.end)
                .ok()
                .map(std::borrow::Cow::into_owned)
        };
        if raw(self.old, old.1) == raw(self.new, new.1)
            && self.old.document.cipher().is_none()
        {
            return true;
        }
        let old = self.old.data(Some(old.0), old.1);
        let new = self.new.data(Some(new.0), new.1);
        matches!((old, new), (Ok(old), Ok(new)) if old == new)
    }
}

/// Whether a number is another one with digits cut off that nobody sees: programs
/// write numbers again as they computed with them. Each such step loses digits,
/// so that many of them together do not move anything either.
fn is_rounded(from: &Object, to: &Object) -> bool {
    let (Object::Real(had), Some(old), Some(new)) = (from, from.number(), to.number())
    else {
        return false;
    };
    let digits = |text: &str| text.split_once('.').map_or(0, |(_, part)| part.len());
    let has = if let Object::Real(has) = to { digits(has) } else { 0 };
    let off = (old - new).abs();
    has < digits(had) && off <= MOST_OFF && off <= MOST_OFF_IN_PARTS * old.abs()
}
