//! What a revision changed in the form: fields, their values and their looks.

use std::collections::{BTreeMap, BTreeSet};

use crate::cos::document::View;
use crate::cos::section::Place;
use crate::cos::walk::looks_signed;
use crate::cos::{Dict, Id, Object};
use crate::pdf::text_string;
use crate::verify::change::Kind;
use crate::verify::claim::{Field, listed};
use crate::verify::difference::same::Reach;
use crate::verify::difference::{Pair, STEPS_TO_READ, keys, named};
use crate::verify::shown::{Shows, shows};
use crate::verify::widget::{self, MOST_BELOW};

/// Points of a side that is none.
const NO_SIDE: f64 = 0.01;
/// Bytes of looks that are held against their values, in one file.
const MOST_LOOKED: usize = 32 << 20;
/// Letters of a value that are told.
const MOST_LETTERS: usize = 60;

impl Pair<'_> {
    pub(super) fn form(&mut self, old: &Dict, new: &Dict) {
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
        keys(old, new).into_iter().all(|key| !kept(&key) || self.grown(old, new, &key, 1))
    }

    /// Whether the dictionary under `key` has grown at most, down to `depth`.
    pub(super) fn grown(
        &mut self,
        old: &Dict,
        new: &Dict,
        key: &[u8],
        depth: usize,
    ) -> bool {
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
        let ((old, had_more), (new, has_more)) = (listed(self.old), listed(self.new));
        if had_more || has_more {
            self.note(Kind::NotCompared, "");
        }
        let by_id = |fields: &[Field]| -> BTreeMap<Id, usize> {
            fields
                .iter()
                .enumerate()
                .filter_map(|(at, field)| Some((field.id?, at)))
                .collect()
        };
        // Fields that are no objects of their own are known by their names.
        let by_name = |fields: &[Field]| -> BTreeMap<String, usize> {
            let bare = fields.iter().enumerate().filter(|(_, field)| field.id.is_none());
            bare.rev().map(|(at, field)| (field.name.clone(), at)).collect()
        };
        // A widget below its field bears no value of its own.
        for field in old.iter().filter(|field| field.kind.as_deref() == Some(b"Sig")) {
            let value = field.dict.dict().map(|dict| self.old.get(dict, b"V"));
            if value.is_some_and(|value| value.dict().is_some()) {
                self.signed.insert(field.name.clone());
            }
        }
        let (olds, news) = (by_id(&old), by_id(&new));
        let (old_names, new_names) = (by_name(&old), by_name(&new));
        for field in &old {
            let now = match field.id {
                Some(id) => news.get(&id),
                None => new_names.get(&field.name),
            };
            let now = now.and_then(|at| new.get(*at));
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
                None => old_names.contains_key(&field.name),
            };
            if !known {
                let dict = field.dict.dict();
                let parent = dict.and_then(|dict| dict.get(b"Parent"));
                let parent = parent.and_then(Object::reference);
                let under_old = parent
                    .is_some_and(|id| news.contains_key(&id) && olds.contains_key(&id));
                self.new_field(field, under_old);
            }
        }
    }

    fn new_field(&mut self, field: &Field, under_old: bool) {
        let Some(dict) = field.dict.dict() else { return };
        // A widget below a new field comes with it; below an old one it is a change.
        let is_widget = !field.own_name && field.below;
        if field.kind.as_deref() != Some(b"Sig") {
            let kind = if is_widget { Kind::FormChanged } else { Kind::FieldAdded };
            self.tell(kind, &*field.name, None, field.id);
            return;
        }
        self.new_widgets.extend(field.id.map(|id| id.number));
        if is_widget {
            if under_old || dict.has(b"A") || dict.has(b"AA") {
                self.tell(Kind::FormChanged, &*field.name, None, field.id);
            }
            return;
        }
        // What a signature does besides being one, nobody asked for.
        if dict.has(b"A") || dict.has(b"AA") {
            self.tell(Kind::FormChanged, &*field.name, None, field.id);
        }
        let value = self.new.get(dict, b"V");
        let kind = match value.dict() {
            None => Kind::EmptyFieldAdded,
            Some(_) if !self.is_made_now(dict) => Kind::FieldAdded,
            Some(value) if stamps(value) && !self.visible(field) => Kind::TimeStamp,
            Some(_) => Kind::SignatureAdded,
        };
        self.tell(kind, &*field.name, None, field.id);
    }

    /// Whether the signature of a field was made with this revision: whoever signs covers
    /// the field that bears the signature, and another one borrows it.
    fn is_made_now(&self, field: &Dict) -> bool {
        let Some(id) = field.get(b"V").and_then(Object::reference) else { return true };
        match (self.old.place(id), self.old.object(id)) {
            (Place::Free, _) | (_, Err(_)) => true,
            (_, Ok(had)) => {
                *had == Object::Null || self.new.object(id).is_ok_and(|has| has != had)
            }
        }
    }

    /// Whether a field takes room on a page, itself or by a widget below it, or
    /// nobody has the time to tell.
    fn visible(&self, field: &Field) -> bool {
        let own = field.dict.dict();
        let own = own.and_then(|dict| widget::rect(self.new, dict));
        if own.is_some_and(|rect| rect.width() > NO_SIDE && rect.height() > NO_SIDE) {
            return true;
        }
        let Some(id) = field.id else { return false };
        let all = widget::with_kids(self.new, id, MOST_BELOW);
        !self.work(all.len().saturating_mul(STEPS_TO_READ))
            || all.len() == MOST_BELOW
            || all.into_iter().any(|kid| widget::place(self.new, kid).is_some())
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
        let value = self.value((field, now), (old, new), signs);
        if let Some(kind) = value {
            self.filled.insert(field.name.clone(), kind);
        }
        let value = value.or_else(|| self.filled.get(&field.name).copied());
        let signed = signs && self.signed.contains(&field.name);
        for key in keys(old, new) {
            let what = match &*key {
                b"V" | b"StructParent" | b"T" | b"M" | b"FT" => None,
                // A field inherits from above.
                b"Parent" => {
                    let same = old.get(&key) == new.get(&key);
                    (!same).then_some(Kind::FormChanged)
                }
                // A way up that leads elsewhere now puts the widget elsewhere.
                b"P" => {
                    let moved = old.has(&key) && old.get(&key) != new.get(&key);
                    moved.then_some(Kind::FormChanged)
                }
                b"Kids" => self.kids(old, new),
                // Table 166 has it optional.
                b"Type" if !old.has(b"Type") && new.is(b"Type", b"Annot") => None,
                b"AP" | b"AS" | b"RV" | b"MK" | b"I" | b"TI" | b"F" | b"Ff" | b"DA"
                | b"DS" | b"Q" | b"BS" | b"Border" | b"Rect" => {
                    // What a signature looks like is part of what was signed, and
                    // nobody has a reason to put it together anew.
                    self.to_the_letter = signed;
                    let look = self.look(old, new, &key, value);
                    self.to_the_letter = false;
                    look.map(|look| if signed { Kind::SignatureReplaced } else { look })
                }
                _ => (!self.same_key(old, new, &key)).then_some(Kind::FormChanged),
            };
            if let Some(kind) = what {
                self.tell(kind, &*field.name, None, field.id);
            }
        }
    }

    /// The list of what is below a field. A group of fields may get signature fields
    /// besides (12.7.4.2), which are told with their names.
    fn kids(&mut self, old: &Dict, new: &Dict) -> Option<Kind> {
        let list = |view: View<'_>, dict| -> Vec<Id> {
            let kids = view.get(dict, b"Kids");
            kids.array()
                .unwrap_or_default()
                .iter()
                .filter_map(Object::reference)
                .collect()
        };
        // What is no reference is no kid, but was not there either.
        let bare = |view: View<'_>, dict| {
            let kids = view.get(dict, b"Kids");
            kids.array().map(<[Object]>::len)
        };
        let (had, has) = (list(self.old, old), list(self.new, new));
        let (all, more) = (bare(self.old, old), bare(self.new, new));
        let same = had == has && all == more && old.has(b"Kids") == new.has(b"Kids");
        if same {
            return None;
        }
        let named = |view: View<'_>, id: Id, signs: bool| {
            view.object(id).is_ok_and(|kid| {
                kid.dict().is_some_and(|kid| {
                    kid.has(b"T")
                        && (!signs || view.get(kid, b"FT").name() == Some(b"Sig"))
                })
            })
        };
        let whole = all == Some(had.len()) && more == Some(has.len());
        let group =
            !old.has(b"V") && !old.has(b"FT") && !new.has(b"V") && !new.has(b"FT");
        if !whole || !group || !self.work(has.len().saturating_mul(STEPS_TO_READ)) {
            return Some(Kind::FormChanged);
        }
        let before: BTreeSet<Id> = had.iter().copied().collect();
        let (kept, added): (Vec<Id>, Vec<Id>) =
            has.iter().copied().partition(|id| before.contains(id));
        let grown = kept == had
            && had.iter().all(|id| named(self.old, *id, false))
            && added.iter().all(|id| named(self.new, *id, true));
        (!grown).then_some(Kind::FormChanged)
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
        let filled = value == Some(Kind::FieldFilled);
        let number = || self.new.get(new, key).int().is_some();
        match key {
            b"AP" | b"AS" | b"RV" | b"I" if value.is_some() => None,
            // Programs draw a look anew, and leave alone what it draws with.
            b"AP" if self.is_drawn_as_before(old, new) => Some(Kind::FormChanged),
            b"AP" | b"AS" | b"RV" | b"I" => Some(Kind::FieldAppearance),
            // A signer fills an empty field: its flags and its place are the signer's.
            b"F" | b"Ff" if signed && !new.has(key) => None,
            b"F" | b"Ff" if signed && number() => None,
            b"MK" | b"Rect" if signed => None,
            // Programs fit a value to its field, and forms show what is due.
            b"F" | b"Q" if filled && number() => Some(Kind::FieldDrawnAnew),
            b"TI" if filled && number() => None,
            b"DA" | b"DS" if filled => Some(Kind::FieldDrawnAnew),
            // 12.7.4.1, table 227: a form made final is read-only.
            b"Ff" => {
                let of = |dict: &Dict| dict.get(b"Ff").and_then(Object::int).unwrap_or(0);
                (of(old) | 1 != of(new)).then_some(Kind::FormChanged)
            }
            _ => Some(Kind::FormChanged),
        }
    }

    /// Whether the streams of an appearance are those of before, so that only what
    /// they refer to can be another.
    fn is_drawn_as_before(&self, old: &Dict, new: &Dict) -> bool {
        let drawn = |view: View<'_>, dict: &Dict| -> Vec<Object> {
            let looks = view.get(dict, b"AP");
            let looks = looks.dict().into_iter().flat_map(Dict::entries);
            // States of a button have one look each.
            let states = looks.flat_map(|(_, look)| match view.resolve(look) {
                Ok(states) if matches!(*states, Object::Dict(_)) => {
                    let entries = states.dict().into_iter().flat_map(Dict::entries);
                    entries.map(|(_, look)| look.clone()).collect()
                }
                Ok(_) | Err(_) => vec![look.clone()],
            });
            states.collect()
        };
        let (before, after) = (drawn(self.old, old), drawn(self.new, new));
        let anew = |look: &Object| {
            look.reference().is_none_or(|id| self.dirty.contains(&id.number))
        };
        before == after && !after.iter().any(anew)
    }

    /// What happened to the value of a field, which is told.
    fn value(
        &mut self,
        (field, now): (&Field, &Field),
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
                (None, Some(_)) if !self.is_made_now(new) => Kind::FormChanged,
                (None, Some(value)) => {
                    let stamp = stamps(value) && !self.visible(now);
                    if stamp { Kind::TimeStamp } else { Kind::FieldSigned }
                }
                (Some(_), None) => Kind::SignatureRemoved,
                (Some(had), Some(has))
                    if before == after && self.same_signature(had, has) =>
                {
                    return None;
                }
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
        self.held_against_its_looks(now, new);
        Some(Kind::FieldFilled)
    }

    /// Tells where a field that was filled in shows something else.
    fn held_against_its_looks(&mut self, now: &Field, own: &Dict) {
        // Where the reader is asked to draw the looks anew, these are not shown.
        let catalog = self.new.catalog().ok();
        let form = catalog.as_ref().and_then(|catalog| catalog.dict());
        let form = form.map(|catalog| self.new.get(catalog, b"AcroForm"));
        let form = form.as_ref().and_then(|form| form.dict());
        let anew = form.map(|form| self.new.get(form, b"NeedAppearances"));
        if anew.is_some_and(|anew| *anew == Object::Bool(true)) {
            return;
        }
        let below = now.id.map(|id| widget::with_kids(self.new, id, MOST_BELOW));
        let below = below.unwrap_or_default();
        if !self.work(below.len().saturating_mul(STEPS_TO_READ)) {
            return;
        }
        let kids = below.into_iter().filter(|id| now.id != Some(*id));
        let kids = kids.filter_map(|id| self.new.object(id).ok());
        let kids: Vec<_> = kids
            .filter_map(|kid| kid.dict().filter(|kid| !kid.has(b"T")).cloned())
            .collect();
        for widget in std::iter::once(own).chain(&kids).filter(|it| it.has(b"Rect")) {
            if self.looked.get() > MOST_LOOKED {
                self.note(Kind::NotCompared, &*now.name);
                return;
            }
            let (shows, bytes) = shows(self.new, widget, now.kind.as_deref());
            self.looked.set(self.looked.get().saturating_add(bytes));
            if shows == Shows::Other {
                self.tell(Kind::FieldShowsOther, &*now.name, None, now.id);
                return;
            }
        }
    }

    /// Whether a signature dictionary is the same with all that it leads to, but
    /// for the objects that a reference says it is about.
    fn same_signature(&mut self, old: &Dict, new: &Dict) -> bool {
        old == new
            && keys(old, new).into_iter().all(|key| {
                if *key != *b"Reference" {
                    return self.same_key(old, new, &key);
                }
                let list = |view: View<'_>, dict: &Dict| -> Vec<Object> {
                    let list = view.get(dict, b"Reference");
                    let one = |item: &Object| {
                        let item = view.resolve(item).ok()?;
                        Some(Object::Dict(item.dict()?.without(b"Data")))
                    };
                    list.array().unwrap_or_default().iter().filter_map(one).collect()
                };
                let lists = (list(self.old, old), list(self.new, new));
                self.same(&Object::Array(lists.0), &Object::Array(lists.1), Reach::Own)
            })
    }
}

/// Whether a signature dictionary is a document time-stamp's; some writers
/// leave its `/Type` out, or write that of a signature.
fn stamps(value: &Dict) -> bool {
    value.is(b"Type", b"DocTimeStamp") || value.is(b"SubFilter", b"ETSI.RFC3161")
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
