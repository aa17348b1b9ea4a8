//! Which object refers to which, and which objects are compared in places of
//! their own.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::cos::document::View;
use crate::cos::section::Place;
use crate::cos::walk::{References, references};
use crate::cos::{Document, Id, Object};
use crate::verify::claim::fields;
use crate::verify::difference::page::pages;
use crate::verify::difference::structure::elements;
use crate::verify::difference::{MOST_PAGES, STEPS_TO_READ};

/// Which object refers to which, in all revisions together.
#[derive(Debug)]
pub(super) struct Graph<'d> {
    /// References of the objects that lie in the file.
    lying: &'d References,
    /// Those of objects in object streams.
    packed: References,
    /// Object streams that hold something.
    holding: BTreeSet<u32>,
}

/// The sources of the references to `target`.
fn to(edges: &[(u32, u32)], target: u32) -> impl Iterator<Item = u32> {
    let from = edges.partition_point(|edge| edge.0 < target);
    let edges = edges.get(from..).unwrap_or_default().iter();
    edges.take_while(move |edge| edge.0 == target).map(|edge| edge.1)
}

impl<'d> Graph<'d> {
    /// The graph of a document.
    pub(super) fn of(document: &'d Document) -> Self {
        let mut packed = References::default();
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
        packed.settle();
        Self { lying: &document.walk.references, packed, holding }
    }

    /// The objects that refer to this one, by keys that lead on.
    fn forward(&self, target: u32) -> impl Iterator<Item = u32> {
        to(&self.lying.forward, target).chain(to(&self.packed.forward, target))
    }

    /// The same by keys that mostly lead back.
    fn back(&self, target: u32) -> impl Iterator<Item = u32> {
        to(&self.lying.back, target).chain(to(&self.packed.back, target))
    }

    /// Whether some object refers to this one, or lies in it.
    pub(super) fn leads_to(&self, number: u32) -> bool {
        self.forward(number).chain(self.back(number)).next().is_some()
            || self.holding.contains(&number)
    }

    /// The objects from which one of these can be reached; `steps` counts them. What
    /// leads back to a landmark shows nothing of it; under the same keys resources
    /// may stand, which are followed.
    pub(super) fn above(
        &self,
        changed: &BTreeSet<u32>,
        known: &Known,
        steps: &Cell<usize>,
    ) -> BTreeSet<u32> {
        let mut above = changed.clone();
        let mut waiting: Vec<u32> = changed.iter().copied().collect();
        while let Some(target) = waiting.pop() {
            let mut take = |source| {
                steps.set(steps.get().saturating_add(1));
                if above.insert(source) {
                    waiting.push(source);
                }
            };
            self.forward(target).for_each(&mut take);
            if !known.landmarks.contains(&target) {
                self.back(target).for_each(&mut take);
            }
        }
        above
    }
}

/// Objects that are compared in a place of their own, and where others that
/// lead to them stop.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The catalogue, pages, nodes of their tree, the structure and its elements.
    pub(super) landmarks: BTreeSet<u32>,
    /// Fields of the form.
    pub(super) fields: BTreeSet<u32>,
    /// Annotations, and signatures in their fields.
    pub(super) others: BTreeSet<u32>,
}

impl Known {
    /// Those of one revision; `steps` counts them.
    pub(super) fn of(view: View<'_>, steps: &Cell<usize>) -> Self {
        let mut known = Self::default();
        let root = view.trailer().get(b"Root").and_then(Object::reference);
        known.landmarks.extend(root.map(|id| id.number));
        let fields = fields(view);
        let mut spent = fields.len();
        for field in fields {
            known.fields.extend(field.id.map(|id| id.number));
            let value = field.dict.dict().and_then(|dict| dict.get(b"V"));
            if field.kind.as_deref() == Some(b"Sig") {
                known
                    .others
                    .extend(value.and_then(Object::reference).map(|id| id.number));
            }
        }
        let catalog = view.catalog().ok();
        let Some(catalog) = catalog.as_ref().and_then(|catalog| catalog.dict()) else {
            return known;
        };
        let pages = pages(view, catalog);
        for page in pages.ids() {
            known.landmarks.insert(page.number);
            let Ok(page) = view.object(page) else { continue };
            let Some(page) = page.dict() else { continue };
            let annotations = view.get(page, b"Annots");
            let ids = annotations.array().unwrap_or_default().iter();
            spent += 1 + ids.len();
            known.others.extend(ids.filter_map(Object::reference).map(|id| id.number));
        }
        known.landmarks.extend(pages.nodes.iter().map(|id| id.number));
        let tree = catalog.get(b"StructTreeRoot").and_then(Object::reference);
        known.landmarks.extend(tree.map(|id| id.number));
        let (elements, _) = elements(view, catalog, MOST_PAGES);
        spent += elements.len();
        known.landmarks.extend(elements.keys());
        let spent = spent.saturating_mul(STEPS_TO_READ);
        steps.set(steps.get().saturating_add(spent));
        known
    }

    /// Those that have such a place in both revisions: what has lost it is compared
    /// where it is still led to.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            landmarks: &self.landmarks & &other.landmarks,
            fields: &self.fields & &other.fields,
            others: &self.others & &other.others,
        }
    }
}
