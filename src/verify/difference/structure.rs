//! What a revision changed in the structure tree (ISO 32000-2, 14.7).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::{Dict, Object};
use crate::verify::change::Kind;
use crate::verify::difference::same::Reach;
use crate::verify::difference::{MOST_PAGES, Pair, keys, named};

/// Keys of an element whose text is read aloud in the place of what it holds.
const SPOKEN: [&[u8]; 3] = [b"ActualText", b"Alt", b"E"];

/// Keys of an element that says nothing but what it is.
const PLAIN: [&[u8]; 5] = [b"K", b"NS", b"P", b"S", b"Type"];

impl Pair<'_> {
    pub(super) fn structure(&mut self, old: &Dict, new: &Dict) {
        let (had, has) = (old.has(b"StructTreeRoot"), new.has(b"StructTreeRoot"));
        if !has {
            self.note(Kind::StructureRemoved, "StructTreeRoot");
            return;
        }
        if !had {
            self.note(Kind::StructureAdded, "StructTreeRoot");
            return;
        }
        let root = new.get(b"StructTreeRoot").and_then(Object::reference);
        let same = old.get(b"StructTreeRoot") == new.get(b"StructTreeRoot");
        if same && root.is_some_and(|root| !self.above.contains(&root.number)) {
            return;
        }
        let (before, had_more) = elements(self.old, old, MOST_PAGES);
        let (after, has_more) = elements(self.new, new, MOST_PAGES);
        if had_more || has_more {
            self.note(Kind::NotCompared, "StructTreeRoot");
        }
        let trees = Trees { before: &before, after: &after };
        for (number, element) in &before {
            match after.get(number) {
                None if self.only_lost(element, trees) => {}
                None => self.note(Kind::Structure, ""),
                Some(_) if !self.above.contains(number) => {}
                Some(now) => self.element(element, now, trees),
            }
        }
        let roots =
            (self.old.get(old, b"StructTreeRoot"), self.new.get(new, b"StructTreeRoot"));
        let around = self.document_around(&roots.1, trees);
        let now = around.and_then(|number| trees.after.get(&number)).unwrap_or(&roots.1);
        self.kids_stay(&roots.0, now, trees);
        self.added(trees, around);
        if let (Some(old), Some(new)) = (roots.0.dict(), roots.1.dict()) {
            for key in keys(old, new) {
                let tree = matches!(
                    &*key,
                    b"K" | b"ParentTree" | b"ParentTreeNextKey" | b"IDTree"
                );
                if !tree && !self.grown(old, new, &key, 1) {
                    self.note(Kind::Structure, named(&key));
                }
                if *key == *b"ParentTree" && !self.same_key(old, new, &key) {
                    self.note(Kind::StructureForAnnotation, "");
                }
            }
        }
    }

    /// The element that a revision put around all that hung on the root: the document
    /// (ISO 32000-2, 14.8.4.3), as programs add it where it is missing.
    fn document_around(&self, root: &Arc<Object>, trees: Trees<'_>) -> Option<u32> {
        let kids = self.new.get(root.dict()?, b"K");
        if kids.array().is_some_and(|kids| kids.len() > 1) {
            return None;
        }
        let kids = kids_of(self.new, root, trees.after);
        let [Kid::Element(number)] = kids.as_slice() else { return None };
        let element = trees.after.get(number)?.dict()?;
        let plain = element.entries().all(|(key, _)| PLAIN.contains(&key));
        let added = !trees.before.contains_key(number);
        (added && plain && element.is(b"S", b"Document")).then_some(*number)
    }

    /// Elements that a revision added: for annotations, and for nothing that was there,
    /// but `around` it.
    fn added(&mut self, trees: Trees<'_>, around: Option<u32>) {
        let added: Vec<_> =
            trees.after.iter().filter(|it| !trees.before.contains_key(it.0)).collect();
        if !added.is_empty() {
            self.note(Kind::StructureForAnnotation, "");
        }
        for (_, element) in added.into_iter().filter(|it| Some(*it.0) != around) {
            let kids = kids_of(self.new, element, trees.after);
            // What was read already is read where it was.
            let taken = kids.iter().any(|kid| match kid {
                Kid::Content(_) => true,
                Kid::Element(number) => trees.before.contains_key(number),
                Kid::Annotation(_) => false,
            });
            // Words in the place of what an element holds (14.9.3 to 14.9.5) are for
            // what was added with it.
            let own = kids.iter().all(|kid| matches!(kid, Kid::Annotation(_)));
            let speaks = element
                .dict()
                .is_some_and(|element| SPOKEN.into_iter().any(|key| element.has(key)));
            if taken || speaks && (kids.is_empty() || !own) {
                self.note(Kind::Structure, "");
            }
        }
    }

    /// Whether an element held nothing but annotations that are gone, and elements
    /// that are gone with it: each of those is asked the same.
    fn only_lost(&self, element: &Arc<Object>, trees: Trees<'_>) -> bool {
        let kids = kids_of(self.old, element, trees.before);
        !kids.is_empty()
            && kids.iter().all(|kid| match kid {
                Kid::Annotation(number) => self.lost_annotations.contains(number),
                Kid::Element(number) => {
                    trees.before.contains_key(number) && !trees.after.contains_key(number)
                }
                Kid::Content(_) => false,
            })
    }

    fn element(&mut self, old: &Arc<Object>, new: &Arc<Object>, trees: Trees<'_>) {
        let (Some(before), Some(after)) = (old.dict(), new.dict()) else { return };
        for key in keys(before, after) {
            // Which way up it is, writers change as they like; a way up it stays.
            let up = |dict: &Dict| dict.get(b"P").and_then(Object::reference).is_some();
            let tree = match &*key {
                b"K" => true,
                b"P" => up(before) && up(after),
                _ => false,
            };
            if !tree && !self.same_key(before, after, &key) {
                self.note(Kind::Structure, named(&key));
            }
        }
        self.kids_stay(old, new, trees);
    }

    /// Tells where an element, or the root, holds something else than before: what is
    /// read, and in which order. What was added for annotations, and what was lost
    /// with them, makes no difference.
    fn kids_stay(&mut self, old: &Arc<Object>, new: &Arc<Object>, trees: Trees<'_>) {
        let (old, new) =
            (kids_of(self.old, old, trees.before), kids_of(self.new, new, trees.after));
        let had: BTreeSet<u32> = old.iter().filter_map(Kid::annotation).collect();
        let stays = |kid: &&Kid| match kid {
            Kid::Annotation(number) => !self.lost_annotations.contains(number),
            Kid::Element(number) => trees.after.contains_key(number),
            Kid::Content(_) => true,
        };
        let was_there = |kid: &&Kid| match kid {
            Kid::Annotation(number) => {
                had.contains(number) && !self.lost_annotations.contains(number)
            }
            Kid::Element(number) => trees.before.contains_key(number),
            Kid::Content(_) => true,
        };
        let before: Vec<&Kid> = old.iter().filter(stays).collect();
        let after: Vec<&Kid> = new.iter().filter(was_there).collect();
        let same = before.len() == after.len()
            && before.iter().zip(&after).all(|pair| match pair {
                (Kid::Content(old), Kid::Content(new)) => self.same(old, new, Reach::Own),
                (old, new) => old == new,
            });
        if !same {
            self.note(Kind::Structure, "");
        } else if old.len() != before.len() || new.len() != after.len() {
            self.note(Kind::StructureForAnnotation, "");
        }
    }
}

/// The elements of the structure before and after a revision.
#[derive(Clone, Copy)]
struct Trees<'a> {
    before: &'a BTreeMap<u32, Arc<Object>>,
    after: &'a BTreeMap<u32, Arc<Object>>,
}

/// What an element of the structure tree holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kid {
    Element(u32),
    Annotation(u32),
    /// Marked content, as it stands or as the reference to it stands; an element
    /// that is no object of its own.
    Content(Object),
}

impl Kid {
    fn annotation(&self) -> Option<u32> {
        match self {
            Self::Annotation(number) => Some(*number),
            Self::Element(_) | Self::Content(_) => None,
        }
    }
}

/// The elements of the structure tree that are objects of their own, up to so many,
/// and whether there are more.
pub(super) fn elements(
    view: View<'_>,
    catalog: &Dict,
    most: usize,
) -> (BTreeMap<u32, Arc<Object>>, bool) {
    let mut found = BTreeMap::new();
    let root = view.get(catalog, b"StructTreeRoot");
    let Some(root) = root.dict() else { return (found, false) };
    let mut waiting: Vec<Object> = root.get(b"K").cloned().into_iter().collect();
    while let Some(object) = waiting.pop() {
        if found.len() >= most {
            return (found, true);
        }
        match &object {
            Object::Ref(id) => {
                if found.contains_key(&id.number) {
                    continue;
                }
                let Ok(element) = view.object(*id) else { continue };
                match &*element {
                    Object::Dict(dict) => {
                        if !dict.is(b"Type", b"OBJR") && !dict.is(b"Type", b"MCR") {
                            waiting.extend(dict.get(b"K").cloned());
                            found.insert(id.number, Arc::clone(&element));
                        }
                    }
                    Object::Array(items) => waiting.extend(items.iter().cloned()),
                    Object::Null
                    | Object::Bool(_)
                    | Object::Int(_)
                    | Object::Real(_)
                    | Object::Name(_)
                    | Object::Text(_)
                    | Object::Stream(_)
                    | Object::Ref(_) => {}
                }
            }
            Object::Array(items) => waiting.extend(items.iter().cloned()),
            Object::Dict(dict) => waiting.extend(dict.get(b"K").cloned()),
            Object::Null
            | Object::Bool(_)
            | Object::Int(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::Text(_)
            | Object::Stream(_) => {}
        }
    }
    (found, false)
}

/// What an element holds, itself; `known` are the elements of the structure.
fn kids_of(
    view: View<'_>,
    element: &Arc<Object>,
    known: &BTreeMap<u32, Arc<Object>>,
) -> Vec<Kid> {
    let Some(dict) = element.dict() else { return Vec::new() };
    let kids = view.get(dict, b"K");
    let kids = match kids.array() {
        Some(items) => items.to_vec(),
        None => dict.get(b"K").cloned().into_iter().collect(),
    };
    let one = |kid: &Object| {
        if let Object::Ref(id) = kid
            && known.contains_key(&id.number)
        {
            return Kid::Element(id.number);
        }
        let resolved = view.resolve(kid).unwrap_or_else(|_| Arc::new(Object::Null));
        match (kid, resolved.dict()) {
            (_, Some(dict)) if dict.is(b"Type", b"OBJR") => {
                let object = dict.get(b"Obj").and_then(Object::reference);
                Kid::Annotation(object.map_or(0, |id| id.number))
            }
            (_, Some(dict)) if dict.is(b"Type", b"MCR") => {
                Kid::Content(Object::Dict(dict.clone()))
            }
            (Object::Ref(id), Some(_)) => Kid::Element(id.number),
            _ => Kid::Content((*resolved).clone()),
        }
    };
    kids.iter().map(one).collect()
}
