//! Finds what a revision changed: one walk over two views of a document.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::section::Place;
use crate::cos::walk::{looks_signed, references};
use crate::cos::{Dict, Document, Id, Object, Stream};
use crate::pdf::text_string;
use crate::verify::change::{Change, Kind};
use crate::verify::claim::{Field, fields};

/// Comparisons of one file.
const MOST_STEPS: usize = 6_000_000;
/// Changes of one revision that are told.
const MOST_CHANGES: usize = 500;
/// Pages and nodes of the page tree.
const MOST_PAGES: usize = 300_000;
/// Letters of a value that are told.
const MOST_LETTERS: usize = 60;

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

/// Pages in order, with the nodes of their tree.
#[derive(Debug, Default)]
struct Pages {
    pages: Vec<Option<Id>>,
    nodes: Vec<Id>,
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

    // ----- the trailer and the catalogue -----

    fn trailer(&mut self, old: &Dict, new: &Dict) {
        const OWN: [&[u8]; 12] = [
            b"Root",
            b"Size",
            b"Prev",
            b"XRefStm",
            b"ID",
            b"Type",
            b"W",
            b"Index",
            b"Filter",
            b"DecodeParms",
            b"Length",
            b"Info",
        ];
        for key in keys(old, new) {
            if OWN.contains(&&*key) {
                continue;
            }
            // Linearized files and updates leave out what they need not repeat.
            let Some(value) = new.get(&key) else { continue };
            let same = self.same_key(old, new, &key);
            match &*key {
                b"Encrypt" if !same => self.note(Kind::Encryption, named(&key)),
                b"Encrypt" | b"DocChecksum" => {}
                // The source of the document, as LibreOffice keeps it beside the pages.
                b"AdditionalStreams" if same || !self.has_stream(value) => {}
                // An unknown way into the objects: nobody knows what it may show.
                _ if !same || leads_on(value) => self.note(Kind::Catalog, named(&key)),
                _ => {}
            }
        }
        if old.has(b"Encrypt") && !new.has(b"Encrypt") {
            self.note(Kind::Encryption, "Encrypt");
        }
        if !self.same_key(old, new, b"Info") {
            self.note(Kind::Metadata, "Info");
        }
    }

    /// Whether an array holds a stream.
    fn has_stream(&self, value: &Object) -> bool {
        let items = self.new.resolve(value);
        items.is_ok_and(|items| {
            let items = items.array().unwrap_or_default().iter();
            items
                .filter_map(|item| self.new.resolve(item).ok())
                .any(|item| item.stream().is_some())
        })
    }

    fn catalog(&mut self, old: &Dict, new: &Dict) {
        for key in keys(old, new) {
            let name = named(&key);
            match &*key {
                b"AcroForm" | b"Pages" => {}
                b"DSS" => self.validation_data(old, new),
                b"Extensions" => self.extensions(old, new),
                b"Version" => self.version(old, new),
                b"Perms" => self.permissions(old, new),
                b"StructTreeRoot" => self.structure(old, new),
                b"Metadata" => {
                    if !self.same_key(old, new, b"Metadata") {
                        self.note(Kind::Metadata, name);
                    }
                }
                _ => {
                    if !self.same_key(old, new, &key) {
                        self.note(Kind::Catalog, name);
                    }
                }
            }
        }
    }

    fn validation_data(&mut self, old: &Dict, new: &Dict) {
        if !new.has(b"DSS") {
            self.note(Kind::ValidationDataRemoved, "DSS");
        } else if !self.same_key(old, new, b"DSS") {
            self.note(Kind::ValidationData, "DSS");
        }
    }

    fn version(&mut self, old: &Dict, new: &Dict) {
        let of =
            |dict: &Dict| dict.get(b"Version").and_then(Object::name).map(<[u8]>::to_vec);
        let (old, new) = (of(old), of(new));
        if old != new {
            let kind = if new > old { Kind::Version } else { Kind::VersionLowered };
            self.note(kind, "Version");
        }
    }

    /// Developers' extensions (ISO 32000-2, 7.12).
    fn extensions(&mut self, old: &Dict, new: &Dict) {
        let (old, new) =
            (self.old.get(old, b"Extensions"), self.new.get(new, b"Extensions"));
        let Some(new) = new.dict() else {
            if old.dict().is_some() {
                self.note(Kind::ExtensionsRemoved, "Extensions");
            }
            return;
        };
        let empty = Dict::empty();
        let old = old.dict().unwrap_or(&empty);
        for key in keys(old, new) {
            if *key == *b"Type" {
                continue;
            }
            let (before, after) =
                (extension(self.old, old, &key), extension(self.new, new, &key));
            let Some(after) = after else {
                self.note(Kind::ExtensionRemoved, named(&key));
                continue;
            };
            let Some(before) = before else {
                self.note(Kind::Version, named(&key));
                continue;
            };
            if after.0 < before.0 {
                self.note(Kind::VersionLowered, named(&key));
            } else if after.1 < before.1 {
                self.note(Kind::ExtensionLowered, named(&key));
            } else if after != before {
                self.note(Kind::Version, named(&key));
            }
        }
    }

    fn permissions(&mut self, old: &Dict, new: &Dict) {
        if !new.has(b"Perms") {
            self.note(Kind::PermissionsRemoved, "Perms");
            return;
        }
        let (old, new) = (self.old.get(old, b"Perms"), self.new.get(new, b"Perms"));
        let (Some(old), Some(new)) = (old.dict(), new.dict()) else { return };
        for key in keys(old, new) {
            if !new.has(&key) || old.has(&key) && old.get(&key) != new.get(&key) {
                self.note(Kind::PermissionsChanged, named(&key));
            }
        }
    }

    // ----- pages and annotations -----

    fn pages(&mut self, old: &Dict, new: &Dict) {
        let root = (old.get(b"Pages"), new.get(b"Pages"));
        if let (Some(Object::Ref(before)), Some(Object::Ref(after))) = root
            && before == after
            && !self.above.contains(&after.number)
        {
            return;
        }
        let (before, after) = (pages(self.old, old), pages(self.new, new));
        if before.pages != after.pages || before.nodes.len() != after.nodes.len() {
            self.note(Kind::Pages, "");
        }
        for (old, new) in before.nodes.iter().zip(&after.nodes) {
            if old == new
                && !self.dirty.contains(&new.number)
                && !self.above.contains(&new.number)
            {
                continue;
            }
            let both = (self.old.object(*old), self.new.object(*new));
            let (Ok(one), Ok(other)) = both else { continue };
            let (Some(one), Some(other)) = (one.dict(), other.dict()) else { continue };
            for key in keys(one, other) {
                let tree = matches!(&*key, b"Kids" | b"Count" | b"Parent");
                if !tree && !self.same_key(one, other, &key) {
                    self.note(Kind::Pages, named(&key));
                }
            }
        }
        let pairs = before.pages.iter().zip(&after.pages).enumerate();
        for (index, (old, new)) in pairs {
            let (Some(old), Some(new)) = (old, new) else { continue };
            if old == new && self.above.contains(&new.number) {
                self.page(*old, *new, index + 1);
            }
        }
    }

    fn page(&mut self, old_id: Id, new_id: Id, number: usize) {
        let both = (self.old.object(old_id), self.new.object(new_id));
        let (Ok(old), Ok(new)) = both else {
            self.tell(Kind::Page, "", Some(number), Some(new_id));
            return;
        };
        let (Some(old), Some(new)) = (old.dict(), new.dict()) else {
            self.tell(Kind::Page, "", Some(number), Some(new_id));
            return;
        };
        for key in keys(old, new) {
            match &*key {
                b"Annots" => self.annotations(old, new, number),
                b"Tabs" => {
                    // 12.5: structure order is what taggers of annotations set.
                    let set = !old.has(b"Tabs") && new.is(b"Tabs", b"S");
                    if old.get(b"Tabs") != new.get(b"Tabs") && !set {
                        self.tell(Kind::Tabs, "Tabs", Some(number), Some(new_id));
                    }
                }
                b"Metadata" | b"LastModified" => {
                    if !self.same_key(old, new, &key) {
                        self.tell(
                            Kind::Metadata,
                            named(&key),
                            Some(number),
                            Some(new_id),
                        );
                    }
                }
                b"StructParents" if !old.has(b"StructParents") => {}
                _ => {
                    if !self.same_key(old, new, &key) {
                        self.tell(Kind::Page, named(&key), Some(number), Some(new_id));
                    }
                }
            }
        }
    }

    fn annotations(&mut self, old: &Dict, new: &Dict, page: usize) {
        let (old, new) = (self.old.get(old, b"Annots"), self.new.get(new, b"Annots"));
        let (old, new) =
            (old.array().unwrap_or_default(), new.array().unwrap_or_default());
        let olds: BTreeSet<_> = old.iter().filter_map(Object::reference).collect();
        let news: BTreeSet<_> = new.iter().filter_map(Object::reference).collect();
        for annotation in old {
            let kept = match annotation.reference() {
                Some(id) => news.contains(&id),
                None => new.contains(annotation),
            };
            if !kept {
                self.lost_annotation(annotation, page);
            }
        }
        for annotation in new {
            let known = match annotation.reference() {
                Some(id) => olds.contains(&id),
                None => old.contains(annotation),
            };
            if !known {
                self.new_annotation(annotation, page);
            }
        }
        for id in news.intersection(&olds) {
            if self.above.contains(&id.number) {
                self.annotation(*id, page);
            }
        }
    }

    fn lost_annotation(&mut self, annotation: &Object, page: usize) {
        let id = annotation.reference();
        self.lost_annotations.extend(id.map(|id| id.number));
        let Ok(object) = self.old.resolve(annotation) else { return };
        let Some(dict) = object.dict() else { return };
        let widget = self.old.get(dict, b"Subtype").name() == Some(b"Widget");
        let kind = if widget { Kind::PageAnnotations } else { Kind::AnnotationRemoved };
        self.tell(kind, subtype(self.old, dict), Some(page), id);
    }

    fn new_annotation(&mut self, annotation: &Object, page: usize) {
        let id = annotation.reference();
        if id.is_some_and(|id| self.new_widgets.contains(&id.number)) {
            return;
        }
        let Ok(object) = self.new.resolve(annotation) else { return };
        let Some(dict) = object.dict() else {
            self.tell(Kind::PageAnnotations, "", Some(page), id);
            return;
        };
        let widget = self.new.get(dict, b"Subtype").name() == Some(b"Widget");
        let kind = if widget { Kind::PageAnnotations } else { Kind::AnnotationAdded };
        self.tell(kind, subtype(self.new, dict), Some(page), id);
    }

    /// An annotation that is there before and after. Widgets are compared with
    /// their fields; here only those that belong to none.
    fn annotation(&mut self, id: Id, page: usize) {
        let both = (self.old.object(id), self.new.object(id));
        let (Ok(old), Ok(new)) = both else { return };
        let (Some(old), Some(new)) = (old.dict(), new.dict()) else {
            self.tell(Kind::PageAnnotations, "", Some(page), Some(id));
            return;
        };
        let subtypes = [(self.old, old), (self.new, new)]
            .map(|(view, dict)| view.get(dict, b"Subtype").name().map(<[u8]>::to_vec));
        let [before, after] = &subtypes;
        let widget = before.as_deref() == Some(b"Widget");
        if widget && after == before {
            self.widget(old, new, (id, page));
            return;
        }
        for key in keys(old, new) {
            let tree = matches!(&*key, b"P" | b"StructParent");
            if !tree && !self.same_key(old, new, &key) {
                let kind =
                    if widget { Kind::PageAnnotations } else { Kind::AnnotationChanged };
                self.tell(kind, subtype(self.new, new), Some(page), Some(id));
                return;
            }
        }
    }

    /// A widget: its appearance may change with its field.
    fn widget(&mut self, old: &Dict, new: &Dict, (id, page): (Id, usize)) {
        for key in keys(old, new) {
            match &*key {
                // With the field.
                b"V" | b"T" | b"FT" | b"Kids" | b"Parent" | b"P" | b"StructParent"
                | b"AP" | b"AS" | b"M" | b"Lock" | b"SV" | b"DV" | b"DA" | b"Ff"
                | b"F" | b"MK" | b"Rect" | b"Opt" | b"I" | b"Type" | b"TU" | b"TM"
                | b"MaxLen" | b"RV" | b"DS" | b"Q" | b"BS" | b"Border" | b"H" | b"AA"
                | b"A" | b"Contents" | b"NM" | b"Subtype" | b"TI"
                    if self.known.fields.contains(&id.number) => {}
                _ => {
                    if !self.same_key(old, new, &key) {
                        self.tell(
                            Kind::PageAnnotations,
                            named(&key),
                            Some(page),
                            Some(id),
                        );
                    }
                }
            }
        }
    }

    // ----- the form -----

    fn form(&mut self, old: &Dict, new: &Dict) {
        let (old, new) = (self.old.get(old, b"AcroForm"), self.new.get(new, b"AcroForm"));
        let empty = Dict::empty();
        let Some(new) = new.dict() else {
            if old.dict().is_some() {
                self.note(Kind::FormRemoved, "AcroForm");
                self.fields();
            }
            return;
        };
        let added = old.dict().is_none();
        let old = old.dict().unwrap_or(&empty);
        self.fields();
        for key in keys(old, new) {
            let allowed = match &*key {
                b"Fields" => true,
                b"SigFlags" => {
                    let of = |dict: &Dict| {
                        dict.get(b"SigFlags").and_then(Object::int).unwrap_or(0)
                    };
                    of(new) | of(old) == of(new)
                }
                b"DR" => self.resources(old, new),
                b"DA" if !old.has(b"DA") => true,
                b"NeedAppearances" => {
                    self.new.get(new, b"NeedAppearances").as_ref() != &Object::Bool(true)
                        || self.old.get(old, b"NeedAppearances").as_ref()
                            == &Object::Bool(true)
                }
                _ => added || self.same_key(old, new, &key),
            };
            if !allowed {
                self.note(Kind::FormChanged, named(&key));
            }
        }
    }

    /// Whether the form's resources have grown at most. Forms in them are layers
    /// of signatures that signers replace; nothing is shown by way of here.
    fn resources(&mut self, old: &Dict, new: &Dict) -> bool {
        let (old, new) = (self.old.get(old, b"DR"), self.new.get(new, b"DR"));
        let (Some(old), Some(new)) = (old.dict(), new.dict()) else {
            return *old == Object::Null;
        };
        let kept = |key: &[u8]| !matches!(key, b"XObject" | b"ProcSet");
        keys(old, new).into_iter().all(|key| !kept(&key) || self.grown(old, new, &key, 2))
    }

    /// Whether the dictionary under `key` has grown at most, down to `depth`.
    fn grown(&mut self, old: &Dict, new: &Dict, key: &[u8], depth: usize) -> bool {
        if self.same_key(old, new, key) {
            return true;
        }
        let (old, new) = (self.old.get(old, key), self.new.get(new, key));
        match (old.dict(), new.dict()) {
            (Some(old), Some(new)) if depth > 0 => keys(old, new)
                .into_iter()
                .all(|key| !old.has(&key) || self.grown(old, new, &key, depth - 1)),
            (None, Some(_)) => *old == Object::Null,
            _ => false,
        }
    }

    fn fields(&mut self) {
        let (old, new) = (fields(self.old), fields(self.new));
        let by_id = |fields: &[Field]| -> BTreeMap<Id, usize> {
            fields
                .iter()
                .enumerate()
                .filter_map(|(at, field)| Some((field.id?, at)))
                .collect()
        };
        let (olds, news) = (by_id(&old), by_id(&new));
        for field in &old {
            let now = match field.id {
                Some(id) => news.get(&id).and_then(|at| new.get(*at)),
                None => new
                    .iter()
                    .find(|other| other.id.is_none() && other.name == field.name),
            };
            match now {
                Some(now) => {
                    let touched =
                        field.id.is_none_or(|id| self.above.contains(&id.number));
                    if touched || now.name != field.name {
                        self.field(field, now);
                    }
                }
                None => self.tell(Kind::FieldRemoved, &*field.name, None, field.id),
            }
        }
        for field in &new {
            let known = match field.id {
                Some(id) => olds.contains_key(&id),
                None => {
                    old.iter().any(|other| other.id.is_none() && other.name == field.name)
                }
            };
            if !known {
                self.new_field(field, &old, &new);
            }
        }
    }

    fn new_field(&mut self, field: &Field, old: &[Field], new: &[Field]) {
        let Some(dict) = field.dict.dict() else { return };
        // A widget below a new field comes with it; below an old one it is a change.
        let parent = dict.get(b"Parent").and_then(Object::reference);
        let parent = parent.and_then(|id| new.iter().find(|other| other.id == Some(id)));
        let is_widget = !field.own_name && field.below;
        let under_old = parent
            .and_then(|parent| parent.id)
            .is_some_and(|id| old.iter().any(|other| other.id == Some(id)));
        if field.kind.as_deref() != Some(b"Sig") {
            let kind = if is_widget { Kind::FormChanged } else { Kind::FieldAdded };
            self.tell(kind, &*field.name, None, field.id);
            return;
        }
        self.new_widgets.extend(field.id.map(|id| id.number));
        if is_widget {
            if under_old {
                self.tell(Kind::FormChanged, &*field.name, None, field.id);
            }
            return;
        }
        let value = self.new.get(dict, b"V");
        let kind = match value.dict() {
            None => Kind::EmptyFieldAdded,
            Some(value) if value.is(b"Type", b"DocTimeStamp") && !self.visible(dict) => {
                Kind::TimeStamp
            }
            Some(_) => Kind::SignatureAdded,
        };
        self.tell(kind, &*field.name, None, field.id);
    }

    /// Whether a widget takes room on its page.
    fn visible(&self, dict: &Dict) -> bool {
        let rect = self.new.get(dict, b"Rect");
        let sides: Vec<f64> =
            rect.array().unwrap_or_default().iter().filter_map(Object::number).collect();
        match *sides {
            [left, bottom, right, top] => {
                (right - left).abs() > 0.01 && (top - bottom).abs() > 0.01
            }
            _ => false,
        }
    }

    fn field(&mut self, field: &Field, now: &Field) {
        let (Some(old), Some(new)) = (field.dict.dict(), now.dict.dict()) else {
            self.tell(Kind::FieldRemoved, &*field.name, None, field.id);
            return;
        };
        if field.name != now.name || field.kind != now.kind {
            self.tell(Kind::FieldRemoved, &*field.name, None, field.id);
            self.tell(Kind::FormChanged, &*now.name, None, now.id);
        }
        let signs = field.kind.as_deref() == Some(b"Sig");
        // A widget goes with the field above it, which comes first in the tree.
        let value = self.value(field, (old, new), signs);
        if let Some(kind) = value {
            self.filled.insert(field.name.clone(), kind);
        }
        let value = value.or_else(|| self.filled.get(&field.name).copied());
        let signed = signs && self.old.get(old, b"V").dict().is_some();
        for key in keys(old, new) {
            let what = match &*key {
                b"V" | b"Parent" | b"P" | b"StructParent" | b"T" | b"M" | b"FT" => None,
                // Kids that came or went are told as fields.
                b"Kids" if !signs => self.kids(old, new),
                b"Kids" => None,
                b"AP" | b"AS" | b"RV" | b"MK" | b"I" | b"F" | b"Ff" | b"DA" | b"Q"
                | b"BS" | b"Border" | b"Rect" => match self.look(old, new, &key, value) {
                    // What a signature looks like is part of what was signed.
                    Some(_) if signed => Some(Kind::SignatureReplaced),
                    look => look,
                },
                _ => (!self.same_key(old, new, &key)).then_some(Kind::FormChanged),
            };
            if let Some(kind) = what {
                self.tell(kind, &*field.name, None, field.id);
            }
        }
    }

    fn kids(&mut self, old: &Dict, new: &Dict) -> Option<Kind> {
        let list = |view: View<'_>, dict| -> Vec<Id> {
            let kids = view.get(dict, b"Kids");
            kids.array()
                .unwrap_or_default()
                .iter()
                .filter_map(Object::reference)
                .collect()
        };
        (list(self.old, old) != list(self.new, new)).then_some(Kind::FormChanged)
    }

    /// A key of a field that shows; `value` is what happened to its value.
    fn look(
        &mut self,
        old: &Dict,
        new: &Dict,
        key: &[u8],
        value: Option<Kind>,
    ) -> Option<Kind> {
        if self.same_key(old, new, key) {
            return None;
        }
        let signed = value == Some(Kind::FieldSigned);
        match key {
            b"AP" | b"AS" | b"RV" | b"I" if value.is_some() => None,
            b"AP" | b"AS" | b"RV" | b"I" => Some(Kind::FieldAppearance),
            // A signer fills an empty field: its flags and its place are the signer's.
            b"F" | b"MK" | b"Ff" | b"Rect" if signed => None,
            // 12.7.4.1, table 227: a form made final is read-only.
            b"Ff" => {
                let of = |dict: &Dict| dict.get(b"Ff").and_then(Object::int).unwrap_or(0);
                (of(old) | 1 != of(new)).then_some(Kind::FormChanged)
            }
            _ => Some(Kind::FormChanged),
        }
    }

    /// What happened to the value of a field, which is told.
    fn value(
        &mut self,
        field: &Field,
        (old, new): (&Dict, &Dict),
        signs: bool,
    ) -> Option<Kind> {
        let (before, after) = (old.get(b"V"), new.get(b"V"));
        if before.is_none() && after.is_none() {
            return None;
        }
        let (had, has) = (self.old.get(old, b"V"), self.new.get(new, b"V"));
        if signs || had.dict().is_some_and(looks_signed) {
            let kind = match (had.dict(), has.dict()) {
                (None, None) => return None,
                (None, Some(value)) => {
                    let stamp = value.is(b"Type", b"DocTimeStamp") && !self.visible(new);
                    if stamp { Kind::TimeStamp } else { Kind::FieldSigned }
                }
                (Some(_), None) => Kind::SignatureRemoved,
                (Some(_), Some(_)) if before == after && *had == *has => return None,
                (Some(_), Some(_)) => Kind::SignatureReplaced,
            };
            self.tell(kind, &*field.name, None, field.id);
            let signed = matches!(kind, Kind::FieldSigned | Kind::TimeStamp);
            return signed.then_some(Kind::FieldSigned);
        }
        if self.same_key(old, new, b"V") {
            return None;
        }
        self.tell(Kind::FieldFilled, &*field.name, None, field.id);
        if let Some(change) = self.found.last_mut() {
            change.before = Some(shown(&had));
            change.after = Some(shown(&has));
        }
        Some(Kind::FieldFilled)
    }

    // ----- structure -----

    fn structure(&mut self, old: &Dict, new: &Dict) {
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
        let (before, after) = (elements(self.old, old), elements(self.new, new));
        for (number, element) in &before {
            match after.get(number) {
                None if self.only_lost(element) => {}
                None => self.note(Kind::Structure, ""),
                Some(_) if !self.dirty.contains(number) => {}
                Some(now) => self.element(element, now),
            }
        }
        let added: Vec<_> =
            after.iter().filter(|(number, _)| !before.contains_key(number)).collect();
        if !added.is_empty() {
            self.note(Kind::StructureForAnnotation, "");
        }
        for (_, element) in added {
            if kids_of(self.new, element).iter().any(|kid| matches!(kid, Kid::Content)) {
                self.note(Kind::Structure, "");
            }
        }
        let roots =
            (self.old.get(old, b"StructTreeRoot"), self.new.get(new, b"StructTreeRoot"));
        if let (Some(old), Some(new)) = (roots.0.dict(), roots.1.dict()) {
            for key in keys(old, new) {
                let tree = matches!(
                    &*key,
                    b"K" | b"ParentTree" | b"ParentTreeNextKey" | b"IDTree"
                );
                if !tree && !self.grown(old, new, &key, 2) {
                    self.note(Kind::Structure, named(&key));
                }
            }
        }
    }

    /// Whether an element held nothing but annotations that are gone.
    fn only_lost(&self, element: &Arc<Object>) -> bool {
        let kids = kids_of(self.old, element);
        !kids.is_empty()
            && kids.iter().all(|kid| match kid {
                Kid::Annotation(number) => self.lost_annotations.contains(number),
                Kid::Element(_) | Kid::Content => false,
            })
    }

    fn element(&mut self, old: &Arc<Object>, new: &Arc<Object>) {
        let (Some(before), Some(after)) = (old.dict(), new.dict()) else { return };
        for key in keys(before, after) {
            let tree = matches!(&*key, b"K" | b"P" | b"Pg");
            if !tree && !self.same_key(before, after, &key) {
                self.note(Kind::Structure, named(&key));
            }
        }
        let (old, new) = (kids_of(self.old, old), kids_of(self.new, new));
        let lost = old.iter().filter(|kid| !new.contains(kid)).any(|kid| match kid {
            Kid::Annotation(number) => !self.lost_annotations.contains(number),
            Kid::Element(_) => false,
            Kid::Content => true,
        });
        let content =
            |kids: &[Kid]| kids.iter().filter(|kid| **kid == Kid::Content).count();
        if lost || content(&old) != content(&new) {
            self.note(Kind::Structure, "");
        } else if old != new {
            self.note(Kind::StructureForAnnotation, "");
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

/// Whether a value refers to objects.
fn leads_on(value: &Object) -> bool {
    let mut edges = Vec::new();
    references(value, 0, &mut edges);
    !edges.is_empty()
}

/// The keys of both dictionaries, in order.
fn keys(old: &Dict, new: &Dict) -> BTreeSet<Box<[u8]>> {
    old.entries().chain(new.entries()).map(|(key, _)| key.into()).collect()
}

/// A key as people read it.
fn named(key: &[u8]) -> String {
    String::from_utf8_lossy(key).into_owned()
}

fn subtype(view: View<'_>, dict: &Dict) -> String {
    view.get(dict, b"Subtype").name().map(named).unwrap_or_default()
}

/// A value as people read it, cut short.
fn shown(value: &Object) -> String {
    let text = match value {
        Object::Text(text) => text_string(text),
        Object::Name(name) => named(name),
        Object::Int(number) => number.to_string(),
        Object::Real(number) => number.to_string(),
        Object::Null => String::new(),
        Object::Bool(_)
        | Object::Array(_)
        | Object::Dict(_)
        | Object::Stream(_)
        | Object::Ref(_) => "…".to_owned(),
    };
    let mut short: String = text.chars().take(MOST_LETTERS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Base version and level of a developer's extensions; the highest of several.
fn extension(view: View<'_>, dict: &Dict, key: &[u8]) -> Option<(Vec<u8>, i64)> {
    let of = |object: &Object| {
        let object = view.resolve(object).ok()?;
        let dict = object.dict()?;
        let base = view.get(dict, b"BaseVersion").name().map(<[u8]>::to_vec)?;
        Some((base, view.get(dict, b"ExtensionLevel").int().unwrap_or(0)))
    };
    let value = view.get(dict, key);
    match value.array() {
        Some(several) => several.iter().filter_map(of).max(),
        None => of(&value),
    }
}

/// The pages of a document in order.
fn pages(view: View<'_>, catalog: &Dict) -> Pages {
    let mut found = Pages::default();
    let mut seen = BTreeSet::new();
    let mut waiting: Vec<Object> = catalog.get(b"Pages").cloned().into_iter().collect();
    while let Some(object) = waiting.pop() {
        let id = object.reference();
        if id.is_some_and(|id| !seen.insert(id)) || seen.len() > MOST_PAGES {
            continue;
        }
        let Ok(node) = view.resolve(&object) else { continue };
        let Some(dict) = node.dict() else {
            found.pages.push(id);
            continue;
        };
        let kids = view.get(dict, b"Kids");
        match kids.array() {
            Some(kids) => {
                found.nodes.extend(id);
                waiting.extend(kids.iter().rev().cloned());
            }
            None => found.pages.push(id),
        }
    }
    found
}

/// What an element of the structure tree holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kid {
    Element(u32),
    Annotation(u32),
    Content,
}

/// The elements of the structure tree that are objects of their own.
fn elements(view: View<'_>, catalog: &Dict) -> BTreeMap<u32, Arc<Object>> {
    let mut found = BTreeMap::new();
    let root = view.get(catalog, b"StructTreeRoot");
    let Some(root) = root.dict() else { return found };
    let mut waiting: Vec<Object> = root.get(b"K").cloned().into_iter().collect();
    while let Some(object) = waiting.pop() {
        if found.len() > MOST_PAGES {
            break;
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
    found
}

/// What an element holds, itself.
fn kids_of(view: View<'_>, element: &Arc<Object>) -> Vec<Kid> {
    let Some(dict) = element.dict() else { return Vec::new() };
    let kids = view.get(dict, b"K");
    let kids = match kids.array() {
        Some(items) => items.to_vec(),
        None => dict.get(b"K").cloned().into_iter().collect(),
    };
    let one = |kid: &Object| {
        let resolved = view.resolve(kid).unwrap_or_else(|_| Arc::new(Object::Null));
        match (kid, resolved.dict()) {
            (_, Some(dict)) if dict.is(b"Type", b"OBJR") => {
                let object = dict.get(b"Obj").and_then(Object::reference);
                Kid::Annotation(object.map_or(0, |id| id.number))
            }
            (_, Some(dict)) if dict.is(b"Type", b"MCR") => Kid::Content,
            (Object::Ref(id), Some(_)) => Kid::Element(id.number),
            _ => Kid::Content,
        }
    };
    kids.iter().map(one).collect()
}
