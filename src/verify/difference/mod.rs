//! Finds what a revision changed: one walk over two views of a document.

mod catalog;
mod form;
mod page;
mod structure;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::section::Place;
use crate::cos::walk::references;
use crate::cos::{Dict, Document, Id, Object, Stream};
use crate::verify::change::{Change, Kind};
use crate::verify::claim::fields;
pub(crate) use crate::verify::difference::page::pages;
use crate::verify::difference::structure::elements;

/// Comparisons of one file.
const MOST_STEPS: usize = 6_000_000;
/// Changes of one revision that are told.
const MOST_CHANGES: usize = 500;
/// Pages and nodes of the page tree.
const MOST_PAGES: usize = 300_000;

/// Which object refers to which.
#[derive(Debug)]
pub struct Graph {
    /// Target, then source; in order.
    up: Vec<(u32, u32)>,
    /// Object streams that hold something.
    holding: BTreeSet<u32>,
}

impl Graph {
    /// The graph of all revisions of a document together.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let mut up = document.walk.references.clone();
        let mut holding = BTreeSet::new();
        for (number, section, place) in document.table.rows() {
            if let Place::In { stream, .. } = place {
                holding.insert(*stream);
                let view = View { document, section: *section };
                let id = Id { number: *number, generation: 0 };
                if let Ok(object) = view.object(id) {
                    references(&object, *number, &mut up);
                }
            }
        }
        up.sort_unstable();
        up.dedup();
        Self { up, holding }
    }

    /// Whether some object refers to this one, or lies in it.
    fn leads_to(&self, number: u32) -> bool {
        let at = self.up.partition_point(|edge| edge.0 < number);
        let edge = self.up.get(at).is_some_and(|edge| edge.0 == number);
        edge || self.holding.contains(&number)
    }

    /// The objects from which one of these can be reached.
    fn above(&self, changed: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut above = changed.clone();
        let mut waiting: Vec<u32> = changed.iter().copied().collect();
        while let Some(target) = waiting.pop() {
            let from = self.up.partition_point(|edge| edge.0 < target);
            let sources = self.up.get(from..).unwrap_or_default();
            for (_, source) in sources.iter().take_while(|edge| edge.0 == target) {
                if above.insert(*source) {
                    waiting.push(*source);
                }
            }
        }
        above
    }
}

/// What each revision after `first` changed, oldest first.
#[must_use]
pub fn changes(document: &Document, first: usize) -> Vec<Vec<Change>> {
    let mut all = vec![Vec::new(); first.saturating_add(1).min(document.revisions.len())];
    if first + 1 >= document.revisions.len() {
        return all;
    }
    let graph = Graph::of(document);
    let touched = touched(document);
    let steps = Cell::new(0);
    for revision in first + 1..document.revisions.len() {
        let none = BTreeSet::new();
        let dirty = touched.get(revision).unwrap_or(&none);
        let pair = Pair {
            old: document.at(revision - 1),
            new: document.at(revision),
            graph: &graph,
            above: graph.above(dirty),
            dirty,
            revision,
            steps: &steps,
            to_the_letter: false,
            seen: BTreeSet::new(),
            known: Known::default(),
            new_widgets: BTreeSet::new(),
            lost_annotations: BTreeSet::new(),
            filled: BTreeMap::new(),
            found: Vec::new(),
        };
        all.push(pair.compare());
    }
    all
}

/// The numbers each revision lists.
fn touched(document: &Document) -> Vec<BTreeSet<u32>> {
    let mut of_section = BTreeMap::new();
    for (index, revision) in document.revisions.iter().enumerate() {
        for section in revision.first..=revision.last {
            of_section.insert(section, index);
        }
    }
    let mut touched = vec![BTreeSet::new(); document.revisions.len()];
    for (number, section, _) in document.table.rows() {
        let index = of_section.get(section);
        if let Some(set) = index.and_then(|index| touched.get_mut(*index)) {
            set.insert(*number);
        }
    }
    touched
}

/// Objects that are compared in a place of their own, and where others that
/// lead to them stop.
#[derive(Debug, Default)]
struct Known {
    numbers: BTreeSet<u32>,
    /// Those of them that are fields of the form.
    fields: BTreeSet<u32>,
}

/// Two revisions, one after the other.
struct Pair<'d> {
    old: View<'d>,
    new: View<'d>,
    graph: &'d Graph,
    /// Objects from which something the revision touched can be reached.
    above: BTreeSet<u32>,
    dirty: &'d BTreeSet<u32>,
    revision: usize,
    steps: &'d Cell<usize>,
    /// Whether a value within and the same value as an object of its own differ.
    to_the_letter: bool,
    /// Pairs of objects found equal.
    seen: BTreeSet<(u32, u32)>,
    known: Known,
    /// Widgets of new signature fields.
    new_widgets: BTreeSet<u32>,
    lost_annotations: BTreeSet<u32>,
    /// What happened to the value of fields, by name.
    filled: BTreeMap<String, Kind>,
    found: Vec<Change>,
}

impl Pair<'_> {
    fn compare(mut self) -> Vec<Change> {
        let (old, new) = (self.old.trailer().clone(), self.new.trailer().clone());
        let catalogs = (self.old.catalog().ok(), self.new.catalog().ok());
        let (Some(before), Some(after)) = catalogs else {
            self.note(Kind::Catalog, "Root");
            return self.found;
        };
        self.learn(&old, &before);
        let empty = Dict::empty();
        let before = before.dict().unwrap_or(&empty).clone();
        let after = after.dict().unwrap_or(&empty).clone();
        self.form(&before, &after);
        self.pages(&before, &after);
        self.catalog(&before, &after);
        self.trailer(&old, &new);
        self.unreferenced();
        if self.steps.get() > MOST_STEPS {
            self.note(Kind::Unknown, "");
        }
        self.found
    }

    fn note(&mut self, kind: Kind, about: impl Into<String>) {
        self.tell(kind, about, None, None);
    }

    fn tell(
        &mut self,
        kind: Kind,
        about: impl Into<String>,
        page: Option<usize>,
        object: Option<Id>,
    ) {
        let change = Change {
            kind,
            revision: self.revision,
            about: about.into(),
            page,
            object,
            before: None,
            after: None,
        };
        if self.found.len() < MOST_CHANGES && !self.found.contains(&change) {
            self.found.push(change);
        }
    }

    /// Learns which objects are compared in places of their own.
    fn learn(&mut self, trailer: &Dict, catalog: &Object) {
        let numbers = &mut self.known.numbers;
        numbers
            .extend(trailer.get(b"Root").and_then(Object::reference).map(|id| id.number));
        for field in fields(self.old) {
            numbers.extend(field.id.map(|id| id.number));
            self.known.fields.extend(field.id.map(|id| id.number));
            let value = field.dict.dict().and_then(|dict| dict.get(b"V"));
            if field.kind.as_deref() == Some(b"Sig") {
                numbers.extend(value.and_then(Object::reference).map(|id| id.number));
            }
        }
        let Some(catalog) = catalog.dict() else { return };
        let pages = pages(self.old, catalog);
        for page in pages.pages.iter().flatten() {
            self.known.numbers.insert(page.number);
            let Ok(page) = self.old.object(*page) else { continue };
            let Some(page) = page.dict() else { continue };
            let annotations = self.old.get(page, b"Annots");
            let ids = annotations.array().unwrap_or_default().iter();
            self.known
                .numbers
                .extend(ids.filter_map(Object::reference).map(|id| id.number));
        }
        self.known.numbers.extend(pages.nodes.iter().map(|id| id.number));
        for element in elements(self.old, catalog).keys() {
            self.known.numbers.insert(*element);
        }
    }

    // ----- whether two objects are equal -----

    /// Whether two objects are the same, all that they lead to included.
    fn same(&mut self, old: &Object, new: &Object) -> bool {
        let mut tried = Vec::new();
        let same = self.same_so_far(old, new, &mut tried);
        if !same {
            // What leads to a difference is not equal, however alike it is itself.
            for pair in tried {
                self.seen.remove(&pair);
            }
        }
        same
    }

    fn same_so_far(
        &mut self,
        old: &Object,
        new: &Object,
        tried: &mut Vec<(u32, u32)>,
    ) -> bool {
        let mut waiting = Vec::new();
        if !self.alike(old, new, &mut waiting) {
            return false;
        }
        while let Some((old_id, new_id)) = waiting.pop() {
            if !self.seen.insert((old_id.number, new_id.number)) {
                continue;
            }
            tried.push((old_id.number, new_id.number));
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
                (old, new) => self.alike(old, new, &mut waiting),
            };
            if !same {
                return false;
            }
        }
        true
    }

    /// Whether two values are equal as far as they stand here; references that
    /// must be followed go into `waiting`.
    fn alike(&mut self, old: &Object, new: &Object, waiting: &mut Vec<(Id, Id)>) -> bool {
        self.steps.set(self.steps.get() + 1);
        if self.steps.get() > MOST_STEPS {
            return false;
        }
        match (old, new) {
            (Object::Ref(old), Object::Ref(new)) => {
                let known = self.known.numbers.contains(&old.number);
                if old == new && (known || !self.above.contains(&new.number)) {
                    return true;
                }
                if known {
                    return false;
                }
                waiting.push((*old, *new));
                true
            }
            (Object::Array(old), Object::Array(new)) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(old, new)| self.alike(old, new, waiting))
            }
            (Object::Dict(old), Object::Dict(new)) => self.alike_dicts(old, new, waiting),
            (Object::Ref(_), _) | (_, Object::Ref(_)) if self.to_the_letter => false,
            (Object::Ref(_), _) => {
                let old =
                    self.old.resolve(old).unwrap_or_else(|_| Arc::new(Object::Null));
                !matches!(*old, Object::Ref(_) | Object::Stream(_))
                    && self.alike(&old, new, waiting)
            }
            (_, Object::Ref(_)) => {
                let new =
                    self.new.resolve(new).unwrap_or_else(|_| Arc::new(Object::Null));
                !matches!(*new, Object::Ref(_) | Object::Stream(_))
                    && self.alike(old, &new, waiting)
            }
            (old, new) => old == new,
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
            // A way back up a tree is not content: identity is enough.
            if matches!(&*key, b"Parent" | b"P") {
                return old == new
                    || matches!((old, new), (Object::Ref(_), Object::Ref(_)));
            }
            self.alike(old, new, waiting)
        })
    }

    fn same_data(&mut self, old: (Id, &Arc<Stream>), new: (Id, &Arc<Stream>)) -> bool {
        if old.1.data == new.1.data {
            return true;
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

    /// Whether the values of a key are the same.
    fn same_key(&mut self, old: &Dict, new: &Dict, key: &[u8]) -> bool {
        let null = Object::Null;
        let (old, new) = (old.get(key).unwrap_or(&null), new.get(key).unwrap_or(&null));
        self.same(&old.clone(), &new.clone())
    }

    // ----- what nothing leads to -----

    fn unreferenced(&mut self) {
        let (document, section) = (self.new.document, self.new.section);
        let trailer = self.new.trailer().clone();
        for number in self.dirty {
            let (id, offset) = match document.table.place(*number, section) {
                Place::At { offset, generation } => {
                    (Id { number: *number, generation }, Some(offset))
                }
                Place::In { .. } => (Id { number: *number, generation: 0 }, None),
                Place::Free => continue,
            };
            let new = self.old.place(id) == Place::Free;
            let own = document.links.iter().any(|link| {
                offset == Some(link.offset) || offset.is_some() && offset == link.stream
            });
            let named = trailer.entries().any(|(_, value)| value.reference() == Some(id));
            if new && !own && !named && !self.graph.leads_to(*number) {
                self.tell(Kind::Unreferenced, "", None, Some(id));
                return;
            }
        }
    }
}

/// The keys of both dictionaries, in order.
fn keys(old: &Dict, new: &Dict) -> BTreeSet<Box<[u8]>> {
    old.entries().chain(new.entries()).map(|(key, _)| key.into()).collect()
}

/// A key as people read it.
fn named(key: &[u8]) -> String {
    String::from_utf8_lossy(key).into_owned()
}
