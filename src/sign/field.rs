//! The field of a signature, put into an update: its value, its widget on a page, its
//! entry in the form and in the catalogue.
//!
//! A signature field is a field and its widget in one dictionary (ISO 32000-2,
//! 12.7.5.5); one without a look has an empty rectangle, as PDF/A allows (ISO 19005-2,
//! 6.3.3).

use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::syntax::{dict, named, number, text};
use crate::cos::{Dict, Id, Object};
use crate::sign::dictionary::{self, Kind};
use crate::sign::update::Update;
use crate::sign::{SignError, place};
use crate::verify::claim::{self, Field};

/// Print, and locked against moving (ISO 32000-2, table 167).
const WIDGET_FLAGS: i64 = 132;
/// There are signatures, and the file is only to be added to (table 225).
const SIG_FLAGS: i64 = 3;

/// How a signature looks on its page.
#[derive(Clone, Debug)]
pub struct Look {
    /// The page, from 0.
    pub page: usize,
    /// Left, bottom, right, top in points.
    pub rect: [f64; 4],
    /// The form that paints it.
    pub form: Id,
}

/// Puts a field with an empty signature into the update; the number of its
/// signature dictionary and what that dictionary says.
///
/// # Errors
///
/// When earlier signatures forbid it, or there is no such field.
pub fn prepare(
    update: &mut Update<'_>,
    kind: &Kind<'_>,
    wanted: Option<&str>,
    look: Option<&Look>,
) -> Result<(Id, Dict), SignError> {
    let view = update.view();
    let fields = claim::fields(view);
    let claims = claim::claims(view.document);
    let field = match wanted {
        None => None,
        Some(name) => Some(place::empty_field(view, &fields, name)?),
    };
    let name = field.map_or_else(|| free_name(&fields, kind), |field| field.name.clone());
    if let Kind::Signature { certify, .. } = kind {
        place::allowed(view, &claims, &name)?;
        let perms = permissions(view);
        if certify.is_some() && (!claims.is_empty() || perms.has(b"DocMDP")) {
            return Err(SignError::CertifyTooLate);
        }
    }
    let value = update.fresh();
    let lock =
        field.and_then(|field| field.dict.dict().map(|own| view.get(own, b"Lock")));
    let body =
        dictionary::entries(view, kind, lock.as_ref().and_then(|lock| lock.dict()));
    match field {
        Some(field) => fill(update, field, value, (look, claims.is_empty()))?,
        None => add(update, &name, value, look)?,
    }
    catalog(update, kind, value)?;
    Ok((value, body))
}

/// A name that no field has.
fn free_name(fields: &[Field], kind: &Kind<'_>) -> String {
    let stem = match kind {
        Kind::Signature { .. } => "Signature",
        Kind::TimeStamp => "TimeStamp",
    };
    let taken = |name: &String| fields.iter().any(|field| field.name == *name);
    let names = (1..=fields.len() + 1).map(|number| format!("{stem}{number}"));
    names.into_iter().find(|name| !taken(name)).unwrap_or_else(|| stem.to_owned())
}

/// Gives an existing field its value.
fn fill(
    update: &mut Update<'_>,
    field: &Field,
    value: Id,
    (look, unsigned): (Option<&Look>, bool),
) -> Result<(), SignError> {
    let (Some(id), Some(own)) = (field.id, field.dict.dict()) else {
        return Err(SignError::NoField(field.name.clone()));
    };
    update.put(id, own.with(b"V", Object::Ref(value)));
    if let Some((at, widget)) = place::widget(update.view(), field, unsigned) {
        let shown = match look {
            Some(look) => Some(look.form),
            // ISO 19005-2, 6.3.3: a widget with an area has an appearance.
            None if !widget.has(b"AP")
                && place::area(update.view(), &widget).is_some() =>
            {
                Some(empty_form(update))
            }
            None => None,
        };
        if let Some(form) = shown {
            let normal = dict([("N", Object::Ref(form))]);
            let now = update.get(at)?.dict().cloned().unwrap_or(widget);
            update.put(at, now.with(b"AP", Object::Dict(normal)));
        }
    }
    form(update, None)
}

fn empty_form(update: &mut Update<'_>) -> Id {
    let zeros = Object::Array(vec![Object::Int(0); 4]);
    let head = dict([
        ("Type", named("XObject")),
        ("Subtype", named("Form")),
        ("BBox", zeros),
        ("Resources", Object::Dict(Dict::empty())),
    ]);
    update.add_stream(head, Vec::new())
}

/// Adds a field with its widget to a page and to the form.
fn add(
    update: &mut Update<'_>,
    name: &str,
    value: Id,
    look: Option<&Look>,
) -> Result<(), SignError> {
    let page = place::page(update.view(), look.map_or(0, |look| look.page))?;
    let rect = look.map_or([0.0; 4], |look| look.rect);
    let rect = Object::Array(rect.iter().copied().map(number).collect());
    let mut field = dict([
        ("Type", named("Annot")),
        ("Subtype", named("Widget")),
        ("FT", named("Sig")),
        ("T", text(name)),
        ("F", Object::Int(WIDGET_FLAGS)),
        ("Rect", rect),
        ("P", Object::Ref(page)),
        ("V", Object::Ref(value)),
    ]);
    if let Some(look) = look {
        let normal = dict([("N", Object::Ref(look.form))]);
        field = field.with(b"AP", Object::Dict(normal));
    }
    let field = update.add(field);
    update.append(page, b"Annots", field)?;
    form(update, Some(field))
}

/// Puts a field into the form, and says that there are signatures.
fn form(update: &mut Update<'_>, field: Option<Id>) -> Result<(), SignError> {
    let (root, catalog) = update.root()?;
    let flags = |form: &Dict| {
        let own = form.get(b"SigFlags").and_then(Object::int).unwrap_or(0);
        form.with(b"SigFlags", Object::Int(own | SIG_FLAGS))
    };
    // A reference to nothing is null (7.3.10), and so is a form that is none.
    let far = catalog.get(b"AcroForm").and_then(Object::reference);
    let far = far.filter(|id| update.get(*id).is_ok_and(|own| own.dict().is_some()));
    match catalog.get(b"AcroForm") {
        Some(Object::Ref(_)) if let Some(id) = far => {
            let own = update.get(id)?.dict().cloned().unwrap_or_default();
            update.put(id, flags(&own));
            match field {
                Some(field) => update.append(id, b"Fields", field),
                None => Ok(()),
            }
        }
        Some(Object::Dict(own)) => {
            let mut own = flags(own);
            if let Some(field) = field {
                let list = own.get(b"Fields").cloned().unwrap_or(Object::Null);
                if let Some(own_list) = update.longer(&list, field)? {
                    own = own.with(b"Fields", own_list);
                }
            }
            update.put(root, catalog.with(b"AcroForm", Object::Dict(own)));
            Ok(())
        }
        _ => {
            let fields = field.into_iter().map(Object::Ref).collect();
            let own = dict([
                ("Fields", Object::Array(fields)),
                ("SigFlags", Object::Int(SIG_FLAGS)),
            ]);
            let own = update.add(own);
            update.put(root, catalog.with(b"AcroForm", Object::Ref(own)));
            Ok(())
        }
    }
}

/// What the catalogue says of a new signature.
fn catalog(update: &mut Update<'_>, kind: &Kind<'_>, value: Id) -> Result<(), SignError> {
    let (id, before) = update.root()?;
    let mut catalog = before.clone();
    if let Kind::Signature { certify: Some(_), .. } = kind {
        let perms = permissions(update.view()).with(b"DocMDP", Object::Ref(value));
        catalog = catalog.with(b"Perms", Object::Dict(perms));
    }
    if is_version_1_7(update.view(), &catalog)? {
        // EN 319 142-1, 5.6: PDF 1.7 is extended by what PAdES adds.
        let own = update.view().get(&catalog, b"Extensions");
        let own = own.dict().cloned().unwrap_or_default();
        if !own.has(b"ESIC") {
            let esic =
                dict([("BaseVersion", named("1.7")), ("ExtensionLevel", Object::Int(2))]);
            let own = own.with(b"ESIC", Object::Dict(esic));
            catalog = catalog.with(b"Extensions", Object::Dict(own));
        }
    }
    if catalog != before {
        update.put(id, catalog);
    }
    Ok(())
}

fn permissions(view: View<'_>) -> Dict {
    let catalog = view.catalog().unwrap_or_else(|_| Arc::new(Object::Null));
    let perms = catalog.dict().map(|catalog| view.get(catalog, b"Perms"));
    perms.and_then(|perms| perms.dict().cloned()).unwrap_or_default()
}

fn is_version_1_7(view: View<'_>, catalog: &Dict) -> Result<bool, SignError> {
    let head = view.document.source().slice(0, 8)?;
    let named = view.get(catalog, b"Version");
    Ok(named.name() == Some(b"1.7") || named.name().is_none() && *head == *b"%PDF-1.7")
}
