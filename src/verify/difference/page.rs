//! What a revision changed on pages: their tree, their content, their annotations.

use std::collections::BTreeSet;

use crate::cos::document::View;
use crate::cos::{Dict, Id, Object};
use crate::verify::change::Kind;
use crate::verify::difference::same::Reach;
use crate::verify::difference::{MOST_PAGES, Pair, action, keys, named};

/// Nodes of the page tree within one another that are no objects of their own.
const MOST_WITHIN: usize = 32;

/// Pages in order, with the nodes of their tree.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    pub(crate) pages: Vec<Leaf>,
    pub(crate) nodes: Vec<Id>,
    /// Whether there are more than are looked at.
    pub(crate) cut: bool,
}

/// A page and the node it hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// Its number; none for a page that is no object of its own.
    pub(crate) id: Option<Id>,
    /// Its place among the nodes.
    node: Option<usize>,
    /// The page itself, or the node, that is no object of its own.
    within: Vec<Object>,
}

impl Pages {
    /// The pages that are objects of their own.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> {
        self.pages.iter().filter_map(|page| page.id)
    }
}

impl Pair<'_> {
    pub(super) fn pages(&mut self, old: &Dict, new: &Dict) {
        let root = (old.get(b"Pages"), new.get(b"Pages"));
        if let (Some(Object::Ref(before)), Some(Object::Ref(after))) = root
            && before == after
            && !self.above.contains(&after.number)
        {
            return;
        }
        let (before, after) = (pages(self.old, old), pages(self.new, new));
        if before.pages != after.pages || before.nodes != after.nodes {
            self.note(Kind::Pages, "");
        }
        if before.cut || after.cut {
            self.note(Kind::Unknown, "");
        }
        for (old, new) in before.nodes.iter().zip(&after.nodes) {
            if old == new && !self.above.contains(&new.number) {
                continue;
            }
            let both = (self.old.object(*old), self.new.object(*new));
            let (Ok(one), Ok(other)) = both else { continue };
            let (Some(one), Some(other)) = (one.dict(), other.dict()) else { continue };
            for key in keys(one, other) {
                if *key != *b"Kids" && !self.same_key(one, other, &key) {
                    self.note(Kind::Pages, named(&key));
                }
            }
        }
        let pairs = before.pages.iter().zip(&after.pages).enumerate();
        for (index, (old, new)) in pairs {
            for (one, other) in old.within.iter().zip(&new.within) {
                let (Some(one), Some(other)) = (one.dict(), other.dict()) else {
                    continue;
                };
                for key in keys(one, other) {
                    if !self.same_key(one, other, &key) {
                        self.tell(Kind::Page, named(&key), Some(index + 1), None);
                    }
                }
            }
            let (Some(old), Some(new)) = (old.id, new.id) else { continue };
            if old == new && self.above.contains(&new.number) {
                self.page(old, new, index + 1);
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
                b"Contents" if self.same_content(old, new) => {}
                _ => {
                    if !self.same_key(old, new, &key) {
                        self.tell(Kind::Page, named(&key), Some(number), Some(new_id));
                    }
                }
            }
        }
    }

    /// Whether a page has the same content where a stream stands by itself on one side
    /// and is the only one of an array on the other (ISO 32000-2, table 31).
    fn same_content(&mut self, old: &Dict, new: &Dict) -> bool {
        let sole = |view: View<'_>, page: &Dict| {
            let stands = page.get(b"Contents").cloned().unwrap_or(Object::Null);
            match view.get(page, b"Contents").array() {
                Some([only]) => only.clone(),
                Some(_) | None => stands,
            }
        };
        let (old, new) = (sole(self.old, old), sole(self.new, new));
        self.same(&old, &new, Reach::Shown)
    }

    fn annotations(&mut self, old: &Dict, new: &Dict, page: usize) {
        let (old, new) = (self.old.get(old, b"Annots"), self.new.get(new, b"Annots"));
        let (old, new) =
            (old.array().unwrap_or_default(), new.array().unwrap_or_default());
        let olds: BTreeSet<_> = old.iter().filter_map(Object::reference).collect();
        let news: BTreeSet<_> = new.iter().filter_map(Object::reference).collect();
        // Those that are no objects of their own are compared each with each.
        let bare = |list: &[Object]| {
            list.iter().filter(|item| item.reference().is_none()).count()
        };
        let bare =
            bare(old).saturating_mul(new.len()) + bare(new).saturating_mul(old.len());
        if !self.work(bare) {
            return;
        }
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
        // What lies on top of what is their order, and one may be painted twice.
        let common = |list: &[Object]| -> Vec<Object> {
            let stays = |item: &&Object| match item.reference() {
                Some(id) => olds.contains(&id) && news.contains(&id),
                None => old.contains(item) && new.contains(item),
            };
            list.iter().filter(stays).cloned().collect()
        };
        let (before, after) = (common(old), common(new));
        if before != after {
            self.tell(Kind::PageAnnotations, "Annots", Some(page), None);
        }
        for annotation in before.iter().filter_map(Object::dict) {
            self.annotation_within(annotation, page);
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
        if action::acts(self.new, dict) {
            self.tell(Kind::ActiveContent, subtype(self.new, dict), Some(page), id);
        }
    }

    /// An annotation that is no object of its own and stands there before and after:
    /// what it refers to may be another.
    fn annotation_within(&mut self, dict: &Dict, page: usize) {
        for (key, _) in dict.entries() {
            if !matches!(key, b"P" | b"Parent") && !self.same_note(dict, dict, key) {
                let what = subtype(self.new, dict);
                self.tell(Kind::AnnotationChanged, &*what, Some(page), None);
                if action::acts(self.new, dict) && !action::acts_alike(self, dict, dict) {
                    self.tell(Kind::ActiveContent, what, Some(page), None);
                }
                return;
            }
        }
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
            if !tree && !self.same_note(old, new, &key) {
                let kind =
                    if widget { Kind::PageAnnotations } else { Kind::AnnotationChanged };
                self.tell(kind, subtype(self.new, new), Some(page), Some(id));
                // What acted before was there to be seen.
                if action::acts(self.new, new) && !action::acts_alike(self, old, new) {
                    self.tell(
                        Kind::ActiveContent,
                        subtype(self.new, new),
                        Some(page),
                        Some(id),
                    );
                }
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
}

fn subtype(view: View<'_>, dict: &Dict) -> String {
    view.get(dict, b"Subtype").name().map(named).unwrap_or_default()
}

/// The pages of a document in order.
pub(crate) fn pages(view: View<'_>, catalog: &Dict) -> Pages {
    let mut found = Pages::default();
    let mut seen = BTreeSet::new();
    let root = catalog.get(b"Pages").cloned();
    let mut waiting: Vec<_> =
        root.into_iter().map(|root| (root, None, Vec::new())).collect();
    while let Some((object, node, mut within)) = waiting.pop() {
        let id = object.reference();
        if found.pages.len() + found.nodes.len() > MOST_PAGES
            || within.len() > MOST_WITHIN
        {
            found.cut = true;
            break;
        }
        // What hangs in the tree twice is shown twice.
        if id.is_some_and(|id| !seen.insert(id)) {
            found.pages.push(Leaf { id, node, within });
            continue;
        }
        let Ok(resolved) = view.resolve(&object) else { continue };
        let kids = resolved.dict().map(|dict| view.get(dict, b"Kids"));
        if let Some(kids) = kids.as_ref().and_then(|kids| kids.array()) {
            let above = if let Some(id) = id {
                found.nodes.push(id);
                within = Vec::new();
                Some(found.nodes.len())
            } else {
                // Its kids are told with each of them.
                let own = resolved.dict().map(|dict| dict.without(b"Kids"));
                within.extend(own.map(Object::Dict));
                node
            };
            let kids = kids.iter().rev();
            waiting.extend(kids.map(|kid| (kid.clone(), above, within.clone())));
        } else {
            if id.is_none() {
                within.push(object);
            }
            found.pages.push(Leaf { id, node, within });
        }
    }
    found
}
