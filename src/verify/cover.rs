//! Whether what was laid over a page after a signature hides what was signed.
//!
//! A certification may permit annotations, values and further signatures, and
//! each of them paints where it likes: over an amount, over a name. (Rohlmann,
//! Mladenov, Mainka, Schwenk: "Breaking the Specification: PDF Certification",
//! 2021, calls this the evil annotation and the sneaky signature.) No rule about
//! keys tells such an addition from an honest one, so the page is painted
//! before and after: edges of its own content that could be seen and are gone
//! were hidden. Text that shines through a highlight keeps its edges.

mod over;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::{Document, Id, Object};
use crate::pdf::{self, Layers, Opened, Sight};
use crate::raster::Limits;
use crate::units::Rect;
use crate::verify::change::{Change, Kind};
use crate::verify::cover::over::{Over, over};
use crate::verify::difference::pages;
use crate::verify::widget::{place, with_kids};

/// Resolution at which pages are compared; small print is still there.
const DPI: f64 = 100.0;
/// Pages painted of one file before the rest counts as not seen.
const MOST_PAGES: usize = 24;
/// Bytes of the largest file that is painted where signatures lay down what may be
/// changed.
pub(crate) const MOST_BYTES: usize = 256 << 20;
/// The same where none does.
const MOST_BYTES_APPROVED: usize = 48 << 20;
/// Grey levels between neighbours that make an edge.
const EDGE: u8 = 72;
/// Edges that must be gone; letters of ten points have a dozen each.
const LEAST_LOST: usize = 8;
/// The same for what fields are filled in with.
const LEAST_FILLED_OVER: usize = 24;
/// Annotations, fields and what is below them that are looked at in one revision.
const MOST_LAID: usize = 50_000;
/// Changes that lay something over a page.
const LAID: [Kind; 3] =
    [Kind::SignatureAdded, Kind::AnnotationAdded, Kind::AnnotationChanged];
/// Changes by which a signer may have moved what was there.
const SIGNED: [Kind; 2] = [Kind::FieldSigned, Kind::TimeStamp];
/// Changes by which something is filled in where a field was made to be.
const FILLED: [Kind; 2] = [Kind::FieldFilled, Kind::FieldAppearance];

/// Which revisions are looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    /// Those after this one.
    pub(crate) from: usize,
    /// After this one, signatures lay down what may be changed, and larger files
    /// are worth the work.
    pub(crate) permitted: Option<usize>,
}

/// What the changes of a range of revisions hide. `changes` are those of each
/// revision.
#[must_use]
pub(crate) fn hidden(
    document: &Document,
    password: Option<&str>,
    changes: &[Vec<Change>],
    range: Range,
) -> Vec<Change> {
    let mut found = Vec::new();
    let mut painted = 0;
    let mut contents = BTreeMap::new();
    for (revision, changes) in changes.iter().enumerate().skip(range.from + 1) {
        let permitted = range.permitted.is_some_and(|permitted| permitted < revision);
        let Some(before) = revision.checked_sub(1) else { continue };
        let Some(laid) = laid(document, (revision, permitted), changes) else {
            found.push(change(Kind::ContentUnseen, revision, 0, &[]));
            continue;
        };
        if laid.is_empty() {
            continue;
        }
        let most = if permitted { MOST_BYTES } else { MOST_BYTES_APPROVED };
        let open = |revision| open(document, revision, (password, most));
        let Some(file) = open(before) else {
            found.extend(
                laid.into_iter().map(|(page, over)| {
                    change(Kind::ContentUnseen, revision, page, &over)
                }),
            );
            continue;
        };
        let mut after = None;
        for (page, over) in laid {
            // What a page consists of never changes without notice.
            let own = contents.entry(page).or_insert_with(|| {
                painted += 1;
                let own = || file.sight(page, Layers::Content, DPI).ok();
                (painted <= MOST_PAGES).then(own).flatten()
            });
            let Some(own) = own else {
                found.push(change(Kind::ContentUnseen, revision, page, &over));
                continue;
            };
            let place = |over: &Over| edges(own, over.place).count();
            if over.iter().map(place).sum::<usize>() < LEAST_LOST {
                continue;
            }
            let after = after.get_or_insert_with(|| open(revision));
            painted += 1;
            let kinds = match after {
                Some(after) if painted <= MOST_PAGES => {
                    hides(own, [&file, after], page, &over)
                }
                Some(_) | None => vec![Kind::ContentUnseen],
            };
            found.extend(
                kinds.into_iter().map(|kind| change(kind, revision, page, &over)),
            );
        }
    }
    found
}

fn change(kind: Kind, revision: usize, page: usize, over: &[Over]) -> Change {
    Change {
        kind,
        revision,
        about: String::new(),
        page: Some(page + 1),
        object: over.first().and_then(|over| over.id),
        before: None,
        after: None,
    }
}

/// What a revision laid over pages, by the index of the page; none where it is more
/// than is looked at. `permitted` says that signatures before it lay down what may be
/// changed.
fn laid(
    document: &Document,
    (revision, permitted): (usize, bool),
    changes: &[Change],
) -> Option<BTreeMap<usize, Vec<Over>>> {
    let (old, new) = (document.at(revision.saturating_sub(1)), document.at(revision));
    let mut wanted = BTreeMap::new();
    let mut within = BTreeSet::new();
    let mut room = MOST_LAID;
    for change in changes {
        let Some(id) = change.object else {
            // An annotation that is no object of its own is known by its page.
            let page = change.page.filter(|_| LAID.contains(&change.kind));
            within.extend(page.and_then(|page| page.checked_sub(1)));
            continue;
        };
        let fills = FILLED.contains(&change.kind);
        let (lays, signs) =
            (LAID.contains(&change.kind) || fills, SIGNED.contains(&change.kind));
        if !lays && !signs {
            continue;
        }
        let all = with_kids(new, id, room);
        room -= all.len();
        if room == 0 {
            return None;
        }
        let all = all.into_iter();
        if lays {
            wanted.extend(all.map(|id| (id, fills)));
        } else {
            // Whoever certified saw where fields were left to be signed, and not what
            // would be shown there. After an approval the next signer's own field is
            // as it was meant to be.
            let stays = |id: Id| place(new, id) == place(old, id);
            let all = all.map(|id| (id, stays(id)));
            wanted.extend(all.filter(|(_, stays)| permitted || !stays));
        }
    }
    let mut found: BTreeMap<usize, Vec<Over>> = BTreeMap::new();
    for (page, over) in laid_within((old, new), &within) {
        room = room.checked_sub(1)?;
        found.entry(page).or_default().push(over);
    }
    let ids = wanted.keys().copied().collect();
    for (page, id) in places(new, &ids) {
        let fills = wanted.get(&id).copied().unwrap_or(false);
        let object = new.object(id).ok();
        let dict = object.as_ref().and_then(|object| object.dict());
        if let Some(over) = dict.and_then(|dict| over(new, (Some(id), dict), page, fills))
        {
            found.entry(page).or_default().push(over);
        }
    }
    Some(found)
}

/// Annotations of these pages, by index, that are no objects of their own.
fn laid_within(
    (old, new): (View<'_>, View<'_>),
    wanted: &BTreeSet<usize>,
) -> Vec<(usize, Over)> {
    let mut found = Vec::new();
    let (before, after) = (annotations(old, wanted), annotations(new, wanted));
    for (page, list) in after {
        let had = before.get(&page).map_or(&[][..], |had| had.as_slice());
        for annotation in &list {
            let Object::Dict(dict) = annotation else { continue };
            // One that stood there and has no look shows what it showed.
            let over = over(new, (None, dict), page, false);
            let stays = |over: &Over| over.unpainted && had.contains(annotation);
            found.extend(over.filter(|over| !stays(over)).map(|over| (page, over)));
        }
    }
    found
}

/// The lists of annotations of these pages, by index.
fn annotations(view: View<'_>, wanted: &BTreeSet<usize>) -> BTreeMap<usize, Vec<Object>> {
    let mut found = BTreeMap::new();
    let Some(catalog) = view.catalog().ok().filter(|_| !wanted.is_empty()) else {
        return found;
    };
    let Some(catalog) = catalog.dict() else { return found };
    let pages = pages(view, catalog).pages;
    for (index, page) in pages.iter().enumerate().filter(|(at, _)| wanted.contains(at)) {
        let page = page.id.and_then(|page| view.object(page).ok());
        let list = page.as_ref().and_then(|page| page.dict());
        let list = list.map(|page| view.get(page, b"Annots"));
        let list = list.as_ref().and_then(|list| list.array());
        found.insert(index, list.unwrap_or_default().to_vec());
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
        let page = page.id.and_then(|page| view.object(page).ok());
        let Some(page) = page else { continue };
        let Some(page) = page.dict() else { continue };
        let annotations = view.get(page, b"Annots");
        let ids = annotations.array().unwrap_or_default().iter();
        let ids = ids.filter_map(Object::reference).filter(|id| wanted.contains(id));
        found.extend(ids.map(|id| (index, id)));
    }
    found
}

/// The file as it was when a revision ended, if it has at most so many bytes.
pub(crate) fn open(
    document: &Document,
    revision: usize,
    (password, most): (Option<&str>, usize),
) -> Option<Opened> {
    let mark = document.revisions.get(revision)?.mark;
    let end = mark.map_or(document.source().len(), |mark| mark.end);
    if end > most {
        return None;
    }
    let bytes = document.source().slice(0, end).ok()?;
    pdf::open(Arc::from(&*bytes), password, Limits::default()).ok()
}

/// What that which lies over a page does to the page's own content.
fn hides(
    own: &Sight,
    [before, after]: [&Opened; 2],
    page: usize,
    over: &[Over],
) -> Vec<Kind> {
    let seen = before.sight(page, Layers::All, DPI);
    let now = after.sight(page, Layers::All, DPI);
    let (Ok(seen), Ok(now)) = (seen, now) else { return vec![Kind::ContentUnseen] };
    let lost = |fills: bool| -> usize {
        let over = over.iter().filter(|over| over.fills == fills);
        over.map(|over| lost_edges([own, &seen, &now], over)).sum()
    };
    let mut kinds = Vec::new();
    if lost(false) >= LEAST_LOST {
        kinds.push(Kind::ContentHidden);
    }
    // Lines to write on are meant to be written over.
    if lost(true) >= LEAST_FILLED_OVER {
        kinds.push(Kind::ContentFilledOver);
    }
    kinds
}

/// Edges of the page's own content, seen before and not seen now, in one place.
fn lost_edges([own, seen, now]: [&Sight; 3], over: &Over) -> usize {
    let size = |sight: &Sight| (sight.grey.width, sight.grey.height);
    if size(own) != size(seen) || size(own) != size(now) {
        return usize::MAX / 2;
    }
    let edges = edges(own, over.place);
    edges
        .filter(|at| {
            let (seen, now) = (step(seen, *at), step(now, *at));
            let now = if over.unpainted { 0 } else { now };
            seen >= EDGE && now < EDGE.min(seen / 3)
        })
        .count()
}

/// Where a page shows edges in this place: row, and the left one of two columns.
fn edges(sight: &Sight, place: Rect) -> impl Iterator<Item = (usize, usize)> {
    let grey = &sight.grey;
    let (columns, rows) = match sight.own.inverse() {
        Some(inward) => {
            let (x0, y0) = inward.apply(place.left, place.top);
            let (x1, y1) = inward.apply(place.right, place.bottom);
            (range(x0, x1, grey.width), range(y0, y1, grey.height))
        }
        None => ((0, usize::MAX), (0, usize::MAX)),
    };
    let within = grey.rows().enumerate().take(rows.1).skip(rows.0);
    within.flat_map(move |(row, samples)| {
        let pairs = samples.iter().zip(samples.iter().skip(1)).enumerate();
        let pairs = pairs.take(columns.1.saturating_sub(1)).skip(columns.0);
        let edge = pairs.filter(|(_, (one, other))| one.abs_diff(**other) >= EDGE);
        edge.map(move |(column, _)| (row, column))
    })
}

/// How much two neighbours differ.
fn step(sight: &Sight, (row, column): (usize, usize)) -> u8 {
    let width = usize::try_from(sight.grey.width).unwrap_or(usize::MAX);
    let at = row.saturating_mul(width).saturating_add(column);
    match sight.grey.samples.get(at..at.saturating_add(2)) {
        Some([one, other]) => one.abs_diff(*other),
        Some(_) | None => 0,
    }
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
