//! Where an annotation paints, and whether one look at the page tells what it paints.
//!
//! What shows on paper, under the pointer, in a layer that is off, or from other
//! keys than its look is not in the picture of the page; it counts as covering its
//! place.

use std::collections::BTreeSet;

use crate::cos::document::View;
use crate::cos::{Dict, Id, Object};
use crate::units::Rect;
use crate::verify::difference::pages;
use crate::verify::widget::area;

/// Annotations that readers paint from their other keys where they have no
/// appearance, and that cover what is below (ISO 32000-2, table 171).
const PAINTED: [&[u8]; 9] = [
    b"FreeText",
    b"Redact",
    b"Stamp",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Line",
    b"Ink",
];
/// Keys that say where those paint, in points of the page; readers ask no rectangle
/// (tables 178 to 182).
const POINTS: [&[u8]; 6] = [b"L", b"Vertices", b"InkList", b"QuadPoints", b"CL", b"Path"];
/// Points of one annotation that are looked at.
const MOST_POINTS: usize = 100_000;

/// More than any page.
const EVERYWHERE: Rect = Rect { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };

/// Flags of annotations (table 167).
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;
const NO_ROTATE: i64 = 1 << 4;
const NO_VIEW: i64 = 1 << 5;
const TOGGLE_NO_VIEW: i64 = 1 << 8;
/// Points of a side of what is a mark beside the print, and no more.
const MARK: f64 = 40.0;
/// Points of a frame around a link that hides nothing.
const MOST_FRAME: f64 = 4.0;
/// The part of a colour below which it is dark.
const DARK: f64 = 0.5;
/// Objects of a look among which layers are sought.
const MOST_IN_LOOK: usize = 2_000;
/// Nodes of the page tree above one another.
const MOST_ABOVE: usize = 64;

/// Something laid over a page.
#[derive(Debug)]
pub(super) struct Over {
    pub(super) id: Option<Id>,
    /// In the page's own coordinates.
    pub(super) place: Rect,
    /// Whether a reader covers its place though the picture does not show it.
    pub(super) unpainted: bool,
    /// Whether the place was made to be filled in.
    pub(super) fills: bool,
}

/// Where an annotation paints on the page with this index, if it takes room.
pub(super) fn over(
    view: View<'_>,
    (id, dict): (Option<Id>, &Dict),
    page: usize,
    fills: bool,
) -> Option<Over> {
    let looks = view.get(dict, b"AP");
    let looks = looks.dict().filter(|looks| looks.has(b"N"));
    let place = area(view, dict);
    let Some(looks) = looks else {
        let place = match (place, points(view, dict)) {
            (Some(place), Some(points)) => place.union(points),
            (place, points) => place.or(points)?,
        };
        return Some(Over { id, place, unpainted: covers(view, dict), fills });
    };
    // 12.5.6.22: on paper it lies where that says, whatever its rectangle.
    if dict.has(b"FixedPrint") {
        return Some(Over { id, place: EVERYWHERE, unpainted: true, fills });
    }
    let place = place?;
    let flags = view.get(dict, b"F").int().unwrap_or(0);
    // 12.5.3: such a one stays upright about its upper left corner.
    let side = place.width().max(place.height());
    if flags & NO_ROTATE != 0 && side > MARK && is_turned(view, page) {
        let place = Rect {
            left: place.left - side,
            top: place.bottom - side,
            right: place.left + side,
            bottom: place.bottom + side,
        };
        return Some(Over { id, place, unpainted: true, fills });
    }
    let unpainted = is_shown_elsewhere(dict, flags)
        || !fills && has_other_looks(looks)
        || has_layers(view, looks);
    Some(Over { id, place, unpainted, fills })
}

/// Whether what an annotation looks like is not on the screen and yet on paper or
/// under the pointer, or where somebody switches a layer on.
fn is_shown_elsewhere(annotation: &Dict, flags: i64) -> bool {
    let viewed = flags & (HIDDEN | NO_VIEW) == NO_VIEW;
    viewed && flags & (PRINT | TOGGLE_NO_VIEW) != 0 || annotation.has(b"OC")
}

/// Whether it looks otherwise under the pointer or when it is pressed (12.5.5).
fn has_other_looks(looks: &Dict) -> bool {
    let plain = looks.get(b"N");
    let other = |key: &[u8]| {
        looks.get(key).is_some_and(|look| *look != Object::Null && Some(look) != plain)
    };
    other(b"R") || other(b"D")
}

/// Whether anything a look consists of stands in a layer (8.11), or there is too much
/// of it to tell.
fn has_layers(view: View<'_>, looks: &Dict) -> bool {
    let mut waiting = vec![Object::Dict(looks.clone())];
    let mut seen = BTreeSet::new();
    while let Some(object) = waiting.pop() {
        if object.reference().is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        if seen.len() > MOST_IN_LOOK {
            return true;
        }
        let Ok(object) = view.resolve(&object) else { continue };
        if let Some(items) = object.array() {
            waiting.extend(items.iter().filter(|item| leads_on(item)).cloned());
        }
        let stream = object.stream().map(|stream| &stream.dict);
        let Some(dict) = stream.or(object.dict()) else { continue };
        if dict.has(b"OC") || dict.is(b"Type", b"OCG") || dict.is(b"Type", b"OCMD") {
            return true;
        }
        let parts = dict.entries().filter(|(key, _)| !matches!(*key, b"P" | b"Parent"));
        waiting.extend(parts.map(|(_, part)| part).filter(|it| leads_on(it)).cloned());
    }
    false
}

/// Whether there may be a dictionary in a value.
fn leads_on(value: &Object) -> bool {
    matches!(value, Object::Ref(_) | Object::Array(_) | Object::Dict(_))
}

/// Whether a page is shown turned (14.11.2: inherited).
fn is_turned(view: View<'_>, page: usize) -> bool {
    let Ok(catalog) = view.catalog() else { return true };
    let Some(catalog) = catalog.dict() else { return true };
    let mut at = pages(view, catalog).pages.get(page).and_then(|page| page.id);
    for _ in 0..MOST_ABOVE {
        let node = at.and_then(|at| view.object(at).ok());
        let Some(node) = node.as_ref().and_then(|node| node.dict()) else { return true };
        if node.has(b"Rotate") {
            return view.get(node, b"Rotate").int() != Some(0);
        }
        at = node.get(b"Parent").and_then(Object::reference);
        if at.is_none() {
            return false;
        }
    }
    true
}

/// What an annotation without a look covers besides its rectangle.
fn points(view: View<'_>, annotation: &Dict) -> Option<Rect> {
    let mut points = Vec::new();
    for key in POINTS {
        let list = view.get(annotation, key);
        for item in list.array().unwrap_or_default() {
            let Ok(item) = view.resolve(item) else { continue };
            // Lists of points within a list are strokes of their own.
            let stroke = item.array().unwrap_or_default().iter();
            let stroke = stroke.filter_map(|item| view.resolve(item).ok()?.number());
            points.extend(item.number().into_iter().chain(stroke));
            if points.len() > MOST_POINTS {
                break;
            }
        }
        if points.len() % 2 == 1 {
            points.pop();
        }
    }
    let width = frame(view, annotation).unwrap_or(1.0).abs();
    let around = points.chunks_exact(2).filter_map(|point| match point {
        [x, y] => Some(Rect {
            left: x - width,
            top: y - width,
            right: x + width,
            bottom: y + width,
        }),
        _ => None,
    });
    around.reduce(Rect::union)
}

/// How thick the line of an annotation is (12.5.4).
fn frame(view: View<'_>, annotation: &Dict) -> Option<f64> {
    let style = view.get(annotation, b"BS");
    let style = style.dict().and_then(|style| view.get(style, b"W").number());
    style.or_else(|| numbers(view, annotation, b"Border").get(2).copied())
}

fn numbers(view: View<'_>, annotation: &Dict, key: &[u8]) -> Vec<f64> {
    let number = |object: &Object| view.resolve(object).ok()?.number();
    let list = view.get(annotation, key);
    list.array().unwrap_or_default().iter().filter_map(number).collect()
}

/// Whether a reader that makes up the look of an annotation covers what is below it.
fn covers(view: View<'_>, annotation: &Dict) -> bool {
    match view.get(annotation, b"Subtype").name() {
        Some(b"Link") => frame(view, annotation).is_some_and(|width| width > MOST_FRAME),
        // It is laid over print so that dark stays dark.
        Some(b"Highlight") => match numbers(view, annotation, b"C").as_slice() {
            [] => false,
            [_, _, _, black] => *black > DARK,
            parts => parts.iter().all(|part| *part < DARK),
        },
        Some(kind) => PAINTED.contains(&kind),
        None => false,
    }
}
