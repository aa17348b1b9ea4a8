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
/// Comparisons in the time that it takes to look an object up.
const STEPS_TO_READ: usize = 4;
/// How far off a number may be that was written again, in its own unit.
const MOST_OFF: f64 = 0.005;
/// The same in parts of the number.
const MOST_OFF_IN_PARTS: f64 = 0.001;
/// Changes of one revision that are told; what is not told is not known to be
/// allowed ([`Kind::Unknown`]).
const MOST_CHANGES: usize = 2_000;
/// Changes of all revisions together that are told.
const MOST_OF_ALL: usize = 5_000;
/// Pages and nodes of the page tree.
const MOST_PAGES: usize = 300_000;

/// Which object refers to which.
#[derive(Debug)]
pub struct Graph<'d> {
    /// Target, then source, of the objects that lie in the file; in order.
    lying: &'d [(u32, u32)],
    /// The same of those in object streams.
    packed: Vec<(u32, u32)>,
    /// Object streams that hold something.
    holding: BTreeSet<u32>,
}

/// The edges that lead to `target`.
fn to(edges: &[(u32, u32)], target: u32) -> impl Iterator<Item = u32> {
    let from = edges.partition_point(|edge| edge.0 < target);
    let edges = edges.get(from..).unwrap_or_default().iter();
    edges.take_while(move |edge| edge.0 == target).map(|edge| edge.1)
}

impl<'d> Graph<'d> {
    /// The graph of all revisions of a document together.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        let mut packed = Vec::new();
        let mut holding = BTreeSet::new();
        for (number, section, place) in document.table.rows() {
            if let Place::In { stream, .. } = place {
                holding.insert(*stream);
                let view = View { document, section: *section };
                let id = Id { number: *number, generation: 0 };
                if let Ok(object) = view.object(id) {
                    references(&object, *number, &mut packed);
                }
            }
        }
        packed.sort_unstable();
        packed.dedup();
        Self { lying: &document.walk.references, packed, holding }
    }

    /// The objects that refer to this one.
    fn sources(&self, target: u32) -> impl Iterator<Item = u32> {
        to(self.lying, target).chain(to(&self.packed, target))
    }

    /// Whether some object refers to this one, or lies in it.
    fn leads_to(&self, number: u32) -> bool {
        self.sources(number).next().is_some() || self.holding.contains(&number)
    }

    /// The objects from which one of these can be reached; `steps` counts them.
    fn above(&self, changed: &BTreeSet<u32>, steps: &Cell<usize>) -> BTreeSet<u32> {
        let mut above = changed.clone();
        let mut waiting: Vec<u32> = changed.iter().copied().collect();
        while let Some(target) = waiting.pop() {
            for source in self.sources(target) {
                steps.set(steps.get().saturating_add(1));
                if above.insert(source) {
                    waiting.push(source);
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
    let mut told = 0;
    for revision in first + 1..document.revisions.len() {
        // What there is no time to look at may be anything.
        if steps.get() > MOST_STEPS {
            all.push(vec![unknown(revision)]);
            continue;
        }
        let none = BTreeSet::new();
        let dirty = touched.get(revision).unwrap_or(&none);
        let pair = Pair {
            old: document.at(revision - 1),
            new: document.at(revision),
            graph: &graph,
            above: graph.above(dirty, &steps),
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
            room: MOST_CHANGES.min(MOST_OF_ALL.saturating_sub(told)),
            full: false,
        };
        let found = pair.compare();
        told += found.len();
        all.push(found);
    }
    all
}

/// A revision that was not compared to its end.
fn unknown(revision: usize) -> Change {
    Change {
        kind: Kind::Unknown,
        revision,
        about: String::new(),
        page: None,
        object: None,
        before: None,
        after: None,
    }
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
    graph: &'d Graph<'d>,
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
    /// How many changes are told.
    room: usize,
    /// Whether there were more.
    full: bool,
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
        self.torn(&new);
        self.unreferenced();
        if self.is_spent() && !self.full {
            self.found.push(unknown(self.revision));
        }
        self.found
    }

    /// Counts work; whether any is left.
    fn work(&self, steps: usize) -> bool {
        self.steps.set(self.steps.get().saturating_add(steps));
        !self.is_spent()
    }

    fn is_spent(&self) -> bool {
        self.steps.get() > MOST_STEPS
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
        self.push(change);
    }

    fn push(&mut self, change: Change) {
        if self.found.contains(&change) {
            return;
        }
        if self.found.len() < self.room {
            self.found.push(change);
        } else if !self.full {
            self.full = true;
            self.found.push(unknown(self.revision));
        }
    }

    /// Learns which objects are compared in places of their own.
    fn learn(&mut self, trailer: &Dict, catalog: &Object) {
        let mut spent = 0;
        let numbers = &mut self.known.numbers;
        numbers
            .extend(trailer.get(b"Root").and_then(Object::reference).map(|id| id.number));
        let fields = fields(self.old);
        spent += fields.len();
        for field in fields {
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
            spent += 1 + ids.len();
            self.known
                .numbers
                .extend(ids.filter_map(Object::reference).map(|id| id.number));
        }
        self.known.numbers.extend(pages.nodes.iter().map(|id| id.number));
        let elements = elements(self.old, catalog);
        spent += elements.len();
        self.known.numbers.extend(elements.keys());
        self.work(spent.saturating_mul(STEPS_TO_READ));
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
        if !self.work(1) {
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

    // ----- what readers differ about -----

    /// Keys that stand twice in what the revision brings.
    fn torn(&mut self, trailer: &Dict) {
        if let Some(key) = trailer.torn() {
            self.note(Kind::KeyTwice, named(key));
        }
        for number in self.dirty {
            let place = self.new.document.table.place(*number, self.new.section);
            let generation = match place {
                Place::At { generation, .. } => generation,
                Place::In { .. } => 0,
                Place::Free => continue,
            };
            let id = Id { number: *number, generation };
            if !self.work(STEPS_TO_READ) {
                return;
            }
            let Ok(object) = self.new.object(id) else { continue };
            if let Some(key) = object.torn()
                && self.old.object(id).is_ok_and(|old| old.torn() != Some(key))
            {
                self.tell(Kind::KeyTwice, named(key), None, Some(id));
            }
        }
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

/// A key as people read it.
fn named(key: &[u8]) -> String {
    String::from_utf8_lossy(key).into_owned()
}
