//! Whether what was laid over a page after a certification hides what was
//! certified.
//!
//! A certification may permit annotations and further signatures, and each of
//! them paints where it likes: over an amount, over a name. (Rohlmann,
//! Mladenov, Mainka, Schwenk: "Breaking the Specification: PDF Certification",
//! 2021, calls this the evil annotation and the sneaky signature.) No rule about
//! keys tells such an addition from an honest one, so the page is painted
//! before and after: edges of its own content that could be seen and are gone
//! were hidden. Text that shines through a highlight keeps its edges.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::{Dict, Document, Id, Object};
use crate::pdf::{self, Layers, Opened, Sight};
use crate::raster::Limits;
use crate::units::Rect;
use crate::verify::change::{Change, Kind};
use crate::verify::difference::pages;

/// Resolution at which pages are compared; small print is still there.
const DPI: f64 = 100.0;
/// Pages painted of one file before the rest counts as not seen.
const MOST_PAGES: usize = 24;
/// Bytes of the largest file that is painted.
const MOST_BYTES: usize = 256 << 20;
/// Grey levels between neighbours that make an edge.
const EDGE: u8 = 72;
/// Edges that must be gone; letters of ten points have a dozen each.
const LEAST_LOST: usize = 8;
/// Points that are no area.
const NO_AREA: f64 = 0.5;
/// Annotations that readers paint from their other keys where they have no
/// appearance, and that cover what is below (ISO 32000-2, table 171).
const PAINTED: [&[u8]; 6] =
    [b"FreeText", b"Redact", b"Stamp", b"Square", b"Circle", b"Polygon"];

/// Changes that lay something over a page.
const LAID: [Kind; 3] =
    [Kind::SignatureAdded, Kind::AnnotationAdded, Kind::AnnotationChanged];
/// Changes by which a signer may have moved what was there.
const SIGNED: [Kind; 2] = [Kind::FieldSigned, Kind::TimeStamp];

/// What the changes after revision `from` hide. `changes` are those of each
/// revision.
#[must_use]
pub(crate) fn hidden(
    document: &Document,
    password: Option<&str>,
    changes: &[Vec<Change>],
    from: usize,
) -> Vec<Change> {
    let mut found = Vec::new();
    let mut painted = 0;
    for (revision, changes) in changes.iter().enumerate().skip(from + 1) {
        let laid = laid(document, revision, changes);
        let Some(before) = revision.checked_sub(1) else { continue };
        if laid.is_empty() {
            continue;
        }
        let files =
            (open(document, before, password), open(document, revision, password));
        for (page, over) in laid {
            painted += 1;
            let verdict = match &files {
                (Some(before), Some(after)) if painted <= MOST_PAGES => {
                    hides(before, after, page, &over)
                }
                _ => Some(Kind::ContentUnseen),
            };
            let page = Some(page + 1);
            found.extend(verdict.map(|kind| Change {
                kind,
                revision,
                about: String::new(),
                page,
                object: over.first().and_then(|over| over.id),
                before: None,
                after: None,
            }));
        }
    }
    found
}

/// Something laid over a page.
#[derive(Debug)]
struct Over {
    id: Option<Id>,
    /// In the page's own coordinates.
    place: Rect,
    /// Whether a reader covers its place though it has no appearance.
    unpainted: bool,
}

/// What a revision laid over pages, by the index of the page.
fn laid(
    document: &Document,
    revision: usize,
    changes: &[Change],
) -> BTreeMap<usize, Vec<Over>> {
    let (old, new) = (document.at(revision.saturating_sub(1)), document.at(revision));
    let mut wanted = BTreeSet::new();
    for change in changes {
        let Some(id) = change.object else { continue };
        if LAID.contains(&change.kind) {
            wanted.extend(with_kids(new, id));
        } else if SIGNED.contains(&change.kind) {
            // A field that was there and stays where it was hides nothing more.
            let moved = |id: &Id| place(new, *id) != place(old, *id);
            wanted.extend(with_kids(new, id).into_iter().filter(moved));
        }
    }
    let mut found: BTreeMap<usize, Vec<Over>> = BTreeMap::new();
    for (page, id) in places(new, &wanted) {
        if let Some(over) = over(new, id) {
            found.entry(page).or_default().push(over);
        }
    }
    found
}

/// The pages, by index, on which these annotations are.
pub(crate) fn places(view: View<'_>, wanted: &BTreeSet<Id>) -> Vec<(usize, Id)> {
    let mut found = Vec::new();
    let Ok(catalog) = view.catalog() else { return found };
    let Some(catalog) = catalog.dict().filter(|_| !wanted.is_empty()) else {
        return found;
    };
    for (index, page) in pages(view, catalog).pages.iter().enumerate() {
        let Some(page) = page.and_then(|page| view.object(page).ok()) else { continue };
        let Some(page) = page.dict() else { continue };
        let annotations = view.get(page, b"Annots");
        let ids = annotations.array().unwrap_or_default().iter();
        let ids = ids.filter_map(Object::reference).filter(|id| wanted.contains(id));
        found.extend(ids.map(|id| (index, id)));
    }
    found
}

/// A field and the widgets below it.
pub(crate) fn with_kids(view: View<'_>, id: Id) -> Vec<Id> {
    let mut all = vec![id];
    if let Ok(field) = view.object(id)
        && let Some(field) = field.dict()
    {
        let kids = view.get(field, b"Kids");
        let kids = kids.array().unwrap_or_default().iter();
        all.extend(kids.filter_map(Object::reference));
    }
    all
}

fn over(view: View<'_>, id: Id) -> Option<Over> {
    let place = place(view, id)?;
    let object = view.object(id).ok()?;
    let dict = object.dict()?;
    let subtype = view.get(dict, b"Subtype");
    let painted = PAINTED.iter().any(|kind| subtype.name() == Some(kind));
    let unpainted = painted && view.get(dict, b"AP").dict().is_none_or(Dict::is_empty);
    Some(Over { id: Some(id), place, unpainted })
}

/// Where an annotation lies, if it takes room.
fn place(view: View<'_>, id: Id) -> Option<Rect> {
    let object = view.object(id).ok()?;
    let rect = view.get(object.dict()?, b"Rect");
    let sides: Vec<f64> = rect.array()?.iter().filter_map(Object::number).collect();
    let [x0, y0, x1, y1] = *sides else { return None };
    let place =
        Rect { left: x0.min(x1), top: y0.min(y1), right: x0.max(x1), bottom: y0.max(y1) };
    (place.width() > NO_AREA && place.height() > NO_AREA).then_some(place)
}

/// The file as it was when a revision ended.
pub(crate) fn open(
    document: &Document,
    revision: usize,
    password: Option<&str>,
) -> Option<Opened> {
    let mark = document.revisions.get(revision)?.mark;
    let end = mark.map_or(document.source().len(), |mark| mark.end);
    if end > MOST_BYTES {
        return None;
    }
    let bytes = document.source().slice(0, end).ok()?;
    pdf::open(Arc::from(&*bytes), password, Limits::default()).ok()
}

/// Whether what lies over a page hides some of it; nothing if not.
fn hides(before: &Opened, after: &Opened, page: usize, over: &[Over]) -> Option<Kind> {
    let own = before.sight(page, Layers::Content, DPI);
    let seen = before.sight(page, Layers::All, DPI);
    let now = after.sight(page, Layers::All, DPI);
    let (Ok(own), Ok(seen), Ok(now)) = (own, seen, now) else {
        return Some(Kind::ContentUnseen);
    };
    let lost: usize = over.iter().map(|over| lost_edges([&own, &seen, &now], over)).sum();
    (lost >= LEAST_LOST).then_some(Kind::ContentHidden)
}

/// Edges of the page's own content, seen before and not seen now, in one place.
fn lost_edges([own, seen, now]: [&Sight; 3], over: &Over) -> usize {
    let Some(inward) = own.own.inverse() else { return usize::MAX };
    let size = |sight: &Sight| (sight.grey.width, sight.grey.height);
    if size(own) != size(seen) || size(own) != size(now) {
        return LEAST_LOST;
    }
    let place = over.place;
    let (x0, y0) = inward.apply(place.left, place.top);
    let (x1, y1) = inward.apply(place.right, place.bottom);
    let columns = range(x0, x1, own.grey.width);
    let rows = own.grey.rows().zip(seen.grey.rows()).zip(now.grey.rows());
    let (top, bottom) = range(y0, y1, own.grey.height);
    let rows = rows.skip(top).take(bottom.saturating_sub(top));
    rows.map(|((own, seen), now)| {
        let edges = |row: &[u8]| -> Vec<u8> {
            let part = row.get(columns.0..columns.1).unwrap_or_default();
            let pairs = part.iter().zip(part.iter().skip(1));
            pairs.map(|(one, other)| one.abs_diff(*other)).collect()
        };
        let now = if over.unpainted { Vec::new() } else { edges(now) };
        let now = now.into_iter().chain(std::iter::repeat(0));
        let edges = edges(own).into_iter().zip(edges(seen)).zip(now);
        edges
            .filter(|((own, seen), now)| {
                *own >= EDGE && *seen >= EDGE && *now < EDGE.min(*seen / 3)
            })
            .count()
    })
    .sum()
}

/// Whole pixels between two places along one side of a picture.
fn range(one: f64, other: f64, side: u32) -> (usize, usize) {
    let whole = |at: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the picture"
        )]
        let at = at.round().clamp(0.0, f64::from(side)) as usize;
        at
    };
    (whole(one.min(other)), whole(one.max(other)))
}
