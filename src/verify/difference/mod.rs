//! Finds what a revision changed: one walk over two views of a document.

mod action;
mod catalog;
mod form;
mod graph;
mod page;
mod same;
mod structure;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use crate::cos::document::View;
use crate::cos::section::Place;
use crate::cos::walk::looks_signed;
use crate::cos::{Dict, Document, Id};
use crate::verify::change::{Change, Kind};
use crate::verify::difference::graph::{Graph, Known};
pub(crate) use crate::verify::difference::page::pages;
use crate::verify::difference::same::Reach;

/// Comparisons of one file.
const MOST_STEPS: usize = 6_000_000;
/// Comparisons in the time that it takes to look an object up.
const STEPS_TO_READ: usize = 4;
/// Changes of one revision that are told; what is not told is not known to be
/// allowed ([`Kind::Unknown`]).
const MOST_CHANGES: usize = 2_000;
/// Changes of all revisions together that are told.
const MOST_OF_ALL: usize = 5_000;
/// Pages and nodes of the page tree.
const MOST_PAGES: usize = 300_000;

/// What each revision after `first` changed, oldest first.
#[must_use]
pub fn changes(document: &Document, first: usize) -> Vec<Vec<Change>> {
    let mut all = vec![Vec::new(); first.saturating_add(1).min(document.revisions.len())];
    if first + 1 >= document.revisions.len() {
        return all;
    }
    let graph = Graph::of(document);
    let touched = touched(document);
    let (steps, looked) = (Cell::new(0), Cell::new(0));
    let mut told = 0;
    let mut before = Known::of(document.at(first), &steps);
    for revision in first + 1..document.revisions.len() {
        // What there is no time to look at may be anything.
        if steps.get() > MOST_STEPS {
            all.push(vec![unknown(revision)]);
            continue;
        }
        let none = BTreeSet::new();
        let dirty = touched.get(revision).unwrap_or(&none);
        let (old, new) = (document.at(revision - 1), document.at(revision));
        let after = Known::of(new, &steps);
        let known = before.and(&after);
        before = after;
        let pair = Pair {
            old,
            new,
            graph: &graph,
            above: graph.above(dirty, &known, &steps),
            dirty,
            revision,
            steps: &steps,
            looked: &looked,
            to_the_letter: false,
            reach: Reach::Own,
            seen: BTreeSet::new(),
            known,
            new_widgets: BTreeSet::new(),
            lost_annotations: BTreeSet::new(),
            signed: BTreeSet::new(),
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

/// The numbers each revision lists, and those in the object streams that it wrote
/// anew: sections before it may still find objects there.
fn touched(document: &Document) -> Vec<BTreeSet<u32>> {
    let mut of_section = BTreeMap::new();
    for (index, revision) in document.revisions.iter().enumerate() {
        for section in revision.first..=revision.last {
            of_section.insert(section, index);
        }
    }
    let mut touched = vec![BTreeSet::new(); document.revisions.len()];
    // Of numbers that are listed once nothing was written anew.
    let numbers: Vec<u32> = document.table.rows().map(|(number, ..)| *number).collect();
    let pairs = numbers.iter().zip(numbers.iter().skip(1));
    let again: BTreeSet<u32> =
        pairs.filter(|(one, next)| one == next).map(|(one, _)| *one).collect();
    let mut held: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (number, section, place) in document.table.rows() {
        let index = of_section.get(section);
        if let Some(set) = index.and_then(|index| touched.get_mut(*index)) {
            set.insert(*number);
        }
        if let Place::In { stream, .. } = place
            && again.contains(stream)
        {
            held.entry(*stream).or_default().insert(*number);
        }
    }
    for (revision, set) in document.revisions.iter().zip(&mut touched) {
        let streams = held.iter().filter(|(stream, _)| set.contains(stream));
        let inside = |stream: u32, number: u32| {
            let place = document.table.place(number, revision.last);
            matches!(place, Place::In { stream: other, .. } if other == stream)
        };
        let numbers: Vec<u32> = streams
            .flat_map(|(stream, numbers)| numbers.iter().map(|number| (*stream, *number)))
            .filter(|(stream, number)| inside(*stream, *number))
            .map(|(_, number)| number)
            .collect();
        set.extend(numbers);
    }
    touched
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
    /// Bytes of looks that were held against values.
    looked: &'d Cell<usize>,
    /// Whether a value within and the same value as an object of its own differ.
    to_the_letter: bool,
    /// How far what is compared is followed.
    reach: Reach,
    /// Pairs of objects found equal, as far as that.
    seen: BTreeSet<(u32, u32, Reach)>,
    known: Known,
    /// Widgets of new signature fields.
    new_widgets: BTreeSet<u32>,
    lost_annotations: BTreeSet<u32>,
    /// Names of fields that were signed before.
    signed: BTreeSet<String>,
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
        // Another catalogue is another document, however alike: who looks for one in the
        // file may find the other.
        if old.get(b"Root") != new.get(b"Root") {
            self.note(Kind::Catalog, "Root");
        }
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
            // Of two values the old object may have had, one is forgotten by now.
            if let Some(key) = object.torn() {
                let new = self.old.place(id) == Place::Free;
                if new && object.dict().is_some_and(is_named_twice) {
                    continue;
                }
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

/// Whether a signature dictionary says twice what it is and nothing else twice: some
/// programs call a time-stamp a signature besides. What it is follows from
/// `/SubFilter`, and nothing is shown by its `/Type`.
fn is_named_twice(dict: &Dict) -> bool {
    looks_signed(dict)
        && dict.torn() == Some(b"Type")
        && dict.entries().all(|(_, value)| value.torn().is_none())
}

/// The keys of both dictionaries, in order.
fn keys(old: &Dict, new: &Dict) -> BTreeSet<Box<[u8]>> {
    old.entries().chain(new.entries()).map(|(key, _)| key.into()).collect()
}

/// A key as people read it.
fn named(key: &[u8]) -> String {
    String::from_utf8_lossy(key).into_owned()
}
