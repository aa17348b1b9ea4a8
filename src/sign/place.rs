//! Where a signature goes, and whether it may go there.
//!
//! Everything is looked at before anything is written: whether the file is whole,
//! what earlier signatures allow (ISO 32000-2, 12.8.2), which field is meant.

use crate::cos::crypt::{Cipher, Permits};
use crate::cos::document::View;
use crate::cos::{Dict, Document, Id, Object, Source, pages};
use crate::sign::SignError;
use crate::sign::error::Ban;
use crate::sign::seed::{self, Meant};
use crate::verify::agreement::{Oddity, oddities};
use crate::verify::claim::{self, Claim, Field};
use crate::verify::rights::{Level, Rights};
use crate::verify::widget::UNSEEN;

/// A field that nobody may change (table 227).
const READ_ONLY: i64 = 1;

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
            | Oddity::Ahead { .. }
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
pub(super) fn widget(
    view: View<'_>,
    field: &Field,
    unsigned: bool,
) -> Option<(Id, Dict)> {
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

/// The sides of a widget that has an area, in order.
pub(super) fn area(view: View<'_>, widget: &Dict) -> Option<[f64; 4]> {
    let rect = view.get(widget, b"Rect");
    let sides = rect.array()?.iter().map(|side| view.resolve(side).ok()?.number());
    let sides: Vec<f64> = sides.collect::<Option<_>>()?;
    let [one, low, other, high] = *sides else { return None };
    let rect = [one.min(other), low.min(high), one.max(other), low.max(high)];
    let [left, bottom, right, top] = rect;
    (left < right && bottom < top).then_some(rect)
}

/// Whether earlier signatures allow a signature in this field.
pub(super) fn allowed(
    view: View<'_>,
    claims: &[Claim],
    name: &str,
) -> Result<(), SignError> {
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

pub(super) fn empty_field<'f>(
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

fn is_signature(field: &Field) -> bool {
    field.kind.as_deref() == Some(b"Sig") && field.own_name
}

fn is_filled(view: View<'_>, field: &Field) -> bool {
    field.dict.dict().is_some_and(|own| *view.get(own, b"V") != Object::Null)
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
