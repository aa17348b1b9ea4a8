//! Where a signature goes, and whether it may go there.
//!
//! Everything is looked at before anything is written: whether the file is whole,
//! what earlier signatures allow (ISO 32000-2, 12.8.2), which field is meant. A
//! signature field is a field and its widget in one dictionary (12.7.5.5); one
//! without a look has an empty rectangle, as PDF/A allows (ISO 19005-2, 6.3.3).

use std::sync::Arc;

use crate::cos::crypt::{Cipher, Permits};
use crate::cos::document::View;
use crate::cos::syntax::{dict, named, text};
use crate::cos::{Dict, Document, Id, Object, Source, pages};
use crate::sign::SignError;
use crate::sign::error::Ban;
use crate::sign::seed::{self, Meant};
use crate::sign::update::Update;
use crate::time::Timestamp;
use crate::verify::agreement::{Oddity, oddities};
use crate::verify::claim::{self, Claim, Field};
use crate::verify::rights::{Level, Rights};

/// Print, and locked against moving (ISO 32000-2, table 167).
const WIDGET_FLAGS: i64 = 132;
/// Hidden, or not shown on a screen (table 167).
const UNSEEN: i64 = 2 | 32;
/// A field that nobody may change (table 227).
const READ_ONLY: i64 = 1;
/// There are signatures, and the file is only to be added to (table 225).
const SIG_FLAGS: i64 = 3;

/// What a certification permits afterwards (`P` of table 257).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certify {
    /// Nothing.
    Nothing = 1,
    /// Forms and signatures.
    Forms = 2,
    /// Annotations too.
    Annotations = 3,
}

/// What a signature dictionary says besides the signature.
#[derive(Clone, Debug, Default)]
pub struct Sayings {
    /// Why it was signed.
    pub reason: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// How to reach the signer.
    pub contact: Option<String>,
    /// Who signs.
    pub name: Option<String>,
}

/// What is to be put into the file.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// A signature.
    Signature {
        /// What it says.
        sayings: &'a Sayings,
        /// When.
        now: Timestamp,
        /// Whether it certifies the document.
        certify: Option<Certify>,
    },
    /// A document time-stamp.
    TimeStamp,
}

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

/// Opens a file to be added to.
///
/// # Errors
///
/// When it is no PDF, damaged, or closed.
pub fn open(source: Source, password: Option<&str>) -> Result<Document, SignError> {
    if !source.slice(0, 1024)?.windows(5).any(|five| five == b"%PDF-") {
        return Err(SignError::NotPdf);
    }
    let opening = Document::open(source, password)?;
    if let Some(broken) = opening.broken {
        return Err(SignError::Broken(broken));
    }
    let document = opening.document;
    match document.cipher() {
        None | Some(Cipher::Open(_)) => {}
        Some(Cipher::Sealed) => return Err(SignError::Sealed),
        Some(Cipher::Foreign) => return Err(SignError::ForeignCipher),
    }
    // A verifier would refuse the signature over such a file, and rightly.
    let bad = oddities(&document).into_iter().map(|(_, oddity)| oddity).find(|oddity| {
        match oddity {
            Oddity::Unlisted { wins, .. } => *wins,
            Oddity::Junk(_) => false,
            Oddity::Before { .. }
            | Oddity::After(_)
            | Oddity::Misplaced { .. }
            | Oddity::Disputed { .. }
            | Oddity::Unmarked { .. }
            | Oddity::Unsound { .. } => true,
        }
    });
    match bad {
        Some(oddity) => Err(SignError::Damaged(oddity)),
        None => Ok(document),
    }
}

/// Whether an encrypted file lets us sign it: in a field that is there, or in a new
/// one. Its owner's password lets us do all.
///
/// # Errors
///
/// When it does not.
pub fn permitted(
    document: &Document,
    password: Option<&str>,
    field: Option<&str>,
) -> Result<(), SignError> {
    let permits = Permits::of(document, password);
    let may = if field.is_some() { permits.filling } else { permits.new_field };
    if may { Ok(()) } else { Err(SignError::NotPermitted) }
}

/// Whether the field of this name permits the signature that is meant.
///
/// # Errors
///
/// When it does not, or there is no such field that can be signed.
pub fn heeded(view: View<'_>, name: &str, meant: &Meant<'_>) -> Result<(), SignError> {
    let fields = claim::fields(view);
    let field = empty_field(view, &fields, name)?;
    match field.dict.dict() {
        Some(own) => seed::heed(view, (name, own), meant),
        None => Ok(()),
    }
}

/// Where a field is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The page that has its widget.
    pub page: Id,
    /// Left, bottom, right, top in the page's own units.
    pub rect: [f64; 4],
}

/// Where the empty field of this name is seen; nothing where it has no area on a page,
/// several, or is hidden.
///
/// # Errors
///
/// When there is no such field, or the file cannot be read.
pub fn spot(view: View<'_>, name: &str) -> Result<Option<Spot>, SignError> {
    let fields = claim::fields(view);
    let field = empty_field(view, &fields, name)?;
    let unsigned = claim::claims(view.document).is_empty();
    let Some((id, widget)) = widget(view, field, unsigned) else { return Ok(None) };
    let hidden = view.get(&widget, b"F").int().unwrap_or(0) & UNSEEN != 0;
    let Some(rect) = area(view, &widget).filter(|_| !hidden) else { return Ok(None) };
    let shows = |page: &Id| {
        let page = view.object(*page).ok();
        let list = page.as_ref().and_then(|page| page.dict());
        let list = list.map(|page| view.get(page, b"Annots"));
        let list = list.as_ref().and_then(|list| list.array()).unwrap_or_default();
        list.iter().any(|item| item.reference() == Some(id))
    };
    let told = widget.get(b"P").and_then(Object::reference).filter(shows);
    let page = match told {
        Some(page) => Some(page),
        None => pages::pages(view, usize::MAX)?.into_iter().find(shows),
    };
    Ok(page.map(|page| Spot { page, rect }))
}

/// The one widget of a field: itself, or its only kid (12.7.4.1). In a file that was
/// signed before a kid stays as it is: not every verifier takes a change of it for the
/// signing of its field.
fn widget(view: View<'_>, field: &Field, unsigned: bool) -> Option<(Id, Dict)> {
    let own = field.dict.dict()?;
    if own.has(b"Rect") {
        return Some((field.id?, own.clone()));
    }
    if !unsigned {
        return None;
    }
    let kids = view.get(own, b"Kids");
    let [only] = kids.array()? else { return None };
    let id = only.reference()?;
    let kid = view.object(id).ok()?;
    let kid = kid.dict().filter(|kid| kid.has(b"Rect"))?;
    Some((id, kid.clone()))
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
        Some(name) => Some(empty_field(view, &fields, name)?),
    };
    let name = field.map_or_else(|| free_name(&fields, kind), |field| field.name.clone());
    if let Kind::Signature { certify, .. } = kind {
        allowed(view, &claims, &name)?;
        let perms = permissions(view);
        if certify.is_some() && (!claims.is_empty() || perms.has(b"DocMDP")) {
            return Err(SignError::CertifyTooLate);
        }
    }
    let value = update.fresh();
    let lock =
        field.and_then(|field| field.dict.dict().map(|own| view.get(own, b"Lock")));
    let body = signature(view, kind, lock.as_ref().and_then(|lock| lock.dict()));
    match field {
        Some(field) => fill(update, field, value, (look, claims.is_empty()))?,
        None => add(update, &name, value, look)?,
    }
    catalog(update, kind, value)?;
    Ok((value, body))
}

/// Whether earlier signatures allow a signature in this field.
fn allowed(view: View<'_>, claims: &[Claim], name: &str) -> Result<(), SignError> {
    for claim in claims {
        let holder = claim.holder.and_then(|id| view.object(id).ok());
        let holder = holder.as_ref().and_then(|holder| holder.dict());
        let Some(own) = claim.dict.dict() else { continue };
        let rights = Rights::of(view, own, holder);
        if [rights.certifies, rights.lock_level].contains(&Some(Level::Nothing)) {
            return Err(SignError::Forbidden(Ban::Anything(claim.field.clone())));
        }
        if rights.locked(name) {
            let ban = Ban::Field(claim.field.clone(), name.to_owned());
            return Err(SignError::Forbidden(ban));
        }
    }
    Ok(())
}

/// The names of the signature fields that are not signed yet.
#[must_use]
pub fn empty_fields(view: View<'_>) -> Vec<String> {
    let fields = claim::fields(view);
    let empty =
        fields.iter().filter(|field| is_signature(field) && !is_filled(view, field));
    empty.map(|field| field.name.clone()).collect()
}

fn is_signature(field: &Field) -> bool {
    field.kind.as_deref() == Some(b"Sig") && field.own_name
}

fn is_filled(view: View<'_>, field: &Field) -> bool {
    field.dict.dict().is_some_and(|own| *view.get(own, b"V") != Object::Null)
}

fn empty_field<'f>(
    view: View<'_>,
    fields: &'f [Field],
    name: &str,
) -> Result<&'f Field, SignError> {
    let mut named =
        fields.iter().filter(|field| field.name == name && is_signature(field));
    let field = named.next().filter(|field| field.id.is_some());
    let field = field.ok_or_else(|| SignError::NoField(name.to_owned()))?;
    if is_filled(view, field) {
        return Err(SignError::FieldSigned(name.to_owned()));
    }
    let flags = field.dict.dict().map(|own| view.get(own, b"Ff"));
    if flags.and_then(|flags| flags.int()).unwrap_or(0) & READ_ONLY != 0 {
        return Err(SignError::ReadOnly(name.to_owned()));
    }
    Ok(field)
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

/// The entries of the signature dictionary (table 255).
fn signature(view: View<'_>, kind: &Kind<'_>, lock: Option<&Dict>) -> Dict {
    match kind {
        Kind::TimeStamp => dict([
            ("Type", named("DocTimeStamp")),
            ("Filter", named("Adobe.PPKLite")),
            ("SubFilter", named("ETSI.RFC3161")),
            // Table 255 wants it where it is not the default.
            ("V", Object::Int(0)),
        ]),
        Kind::Signature { sayings, now, certify } => {
            let mut body = dict([
                ("Type", named("Sig")),
                ("Filter", named("Adobe.PPKLite")),
                ("SubFilter", named("ETSI.CAdES.detached")),
                ("M", text(&now.pdf())),
            ]);
            let said = [
                ("Reason", &sayings.reason),
                ("Location", &sayings.location),
                ("ContactInfo", &sayings.contact),
                ("Name", &sayings.name),
            ];
            for (key, value) in said {
                if let Some(value) = value {
                    body = body.with(key.as_bytes(), text(value));
                }
            }
            let mut references = Vec::new();
            if let Some(certify) = certify {
                references.push(reference("DocMDP", doc_mdp(*certify)));
            }
            if let Some(lock) = lock {
                references.push(reference("FieldMDP", field_mdp(view, lock)));
            }
            if !references.is_empty() {
                body = body.with(b"Reference", Object::Array(references));
            }
            body
        }
    }
}

fn reference(method: &str, parameters: Dict) -> Object {
    Object::Dict(dict([
        ("Type", named("SigRef")),
        ("TransformMethod", named(method)),
        ("TransformParams", Object::Dict(parameters)),
    ]))
}

fn doc_mdp(certify: Certify) -> Dict {
    dict([
        ("Type", named("TransformParams")),
        ("P", Object::Int(certify as i64)),
        ("V", named("1.2")),
    ])
}

/// The fields that the lock of a field locks (table 236), as the signature says it.
fn field_mdp(view: View<'_>, lock: &Dict) -> Dict {
    let mut parameters = dict([("Type", named("TransformParams")), ("V", named("1.2"))]);
    for key in [&b"Action"[..], b"Fields", b"P"] {
        let value = view.get(lock, key);
        if *value != Object::Null {
            parameters = parameters.with(key, (*value).clone());
        }
    }
    parameters
}

fn permissions(view: View<'_>) -> Dict {
    let catalog = view.catalog().unwrap_or_else(|_| Arc::new(Object::Null));
    let perms = catalog.dict().map(|catalog| view.get(catalog, b"Perms"));
    perms.and_then(|perms| perms.dict().cloned()).unwrap_or_default()
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
    if let Some((at, widget)) = widget(update.view(), field, unsigned) {
        let shown = match look {
            Some(look) => Some(look.form),
            // ISO 19005-2, 6.3.3: a widget with an area has an appearance.
            None if !widget.has(b"AP") && area(update.view(), &widget).is_some() => {
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

/// The sides of a widget that has an area, in order.
fn area(view: View<'_>, widget: &Dict) -> Option<[f64; 4]> {
    let rect = view.get(widget, b"Rect");
    let sides = rect.array()?.iter().map(|side| view.resolve(side).ok()?.number());
    let sides: Vec<f64> = sides.collect::<Option<_>>()?;
    let [one, low, other, high] = *sides else { return None };
    let rect = [one.min(other), low.min(high), one.max(other), low.max(high)];
    let [left, bottom, right, top] = rect;
    (left < right && bottom < top).then_some(rect)
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
    let page = page(update.view(), look.map_or(0, |look| look.page))?;
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
    append(update, page, b"Annots", field)?;
    form(update, Some(field))
}

/// A length in points, to a hundredth.
#[must_use]
pub fn number(value: f64) -> Object {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.parse().map_or_else(|_| Object::Real(text.into()), Object::Int)
}

/// Adds a reference to the list that an object has under `key`, wherever the list lies.
///
/// # Errors
///
/// When the holder cannot be read.
pub(crate) fn append(
    update: &mut Update<'_>,
    holder: Id,
    key: &[u8],
    item: Id,
) -> Result<(), SignError> {
    let own = update.get(holder)?;
    let own = own.dict().cloned().unwrap_or_default();
    let list = own.get(key).cloned().unwrap_or(Object::Null);
    if let Some(list) = longer(update, &list, item)? {
        update.put(holder, own.with(key, list));
    }
    Ok(())
}

/// A list with one more reference: put where it lies, or handed back where it lies
/// within its holder. A reference to nothing is no list, and nothing is put there.
fn longer(
    update: &mut Update<'_>,
    list: &Object,
    item: Id,
) -> Result<Option<Object>, SignError> {
    let longer = |items: &[Object]| {
        let mut items = items.to_vec();
        items.push(Object::Ref(item));
        Object::Array(items)
    };
    if let Object::Ref(id) = list {
        let found = update.get(*id)?;
        if let Some(items) = found.array() {
            update.put(*id, longer(items));
            return Ok(None);
        }
    }
    Ok(Some(longer(list.array().unwrap_or_default())))
}

/// Puts a field into the form, and says that there are signatures.
fn form(update: &mut Update<'_>, field: Option<Id>) -> Result<(), SignError> {
    let (root, catalog) = root(update)?;
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
                Some(field) => append(update, id, b"Fields", field),
                None => Ok(()),
            }
        }
        Some(Object::Dict(own)) => {
            let mut own = flags(own);
            if let Some(field) = field {
                let list = own.get(b"Fields").cloned().unwrap_or(Object::Null);
                if let Some(own_list) = longer(update, &list, field)? {
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

/// The catalogue as it will be, and its number.
pub(crate) fn root(update: &Update<'_>) -> Result<(Id, Dict), SignError> {
    let links = &update.view().document.links;
    let root = links.iter().rev().find_map(|link| link.trailer.get(b"Root"));
    let id = root.and_then(Object::reference).ok_or(SignError::NoPage)?;
    let catalog = update.get(id)?;
    Ok((id, catalog.dict().cloned().ok_or(SignError::NoPage)?))
}

/// What the catalogue says of a new signature.
fn catalog(update: &mut Update<'_>, kind: &Kind<'_>, value: Id) -> Result<(), SignError> {
    let (id, before) = root(update)?;
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

fn is_version_1_7(view: View<'_>, catalog: &Dict) -> Result<bool, SignError> {
    let head = view.document.source().slice(0, 8)?;
    let named = view.get(catalog, b"Version");
    Ok(named.name() == Some(b"1.7") || named.name().is_none() && *head == *b"%PDF-1.7")
}

/// The number of a page, from 0.
///
/// # Errors
///
/// When there is no such page, or it is no object of its own.
pub fn page(view: View<'_>, wanted: usize) -> Result<Id, SignError> {
    let found = pages::pages(view, wanted.saturating_add(1))?;
    found.get(wanted).copied().ok_or(SignError::NoPage)
}
