//! Where fields and annotations lie on their pages.

use std::collections::BTreeSet;

use crate::cos::document::View;
use crate::cos::{Dict, Id, Object};
use crate::units::Rect;

/// Fields and widgets below one field that are looked at for one purpose.
pub(crate) const MOST_BELOW: usize = 2_000;
/// Flags of an annotation that is hidden or not shown on a screen (ISO 32000-2, table 167).
pub(crate) const UNSEEN: i64 = 2 | 32;
/// Points that are no area.
const NO_AREA: f64 = 0.5;

/// A field and all that is below it, widgets and fields; cut short at so many.
pub(crate) fn with_kids(view: View<'_>, id: Id, most: usize) -> Vec<Id> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if all.len() >= most || !seen.insert(id) {
            continue;
        }
        all.push(id);
        if let Ok(field) = view.object(id)
            && let Some(field) = field.dict()
        {
            let kids = view.get(field, b"Kids");
            let kids = kids.array().unwrap_or_default().iter().rev();
            waiting.extend(kids.filter_map(Object::reference));
        }
    }
    all
}

/// Where an annotation lies, if it takes room.
pub(crate) fn place(view: View<'_>, id: Id) -> Option<Rect> {
    area(view, view.object(id).ok()?.dict()?)
}

/// The same for one that is no object of its own.
pub(crate) fn area(view: View<'_>, annotation: &Dict) -> Option<Rect> {
    let place = rect(view, annotation)?;
    (place.width() > NO_AREA && place.height() > NO_AREA).then_some(place)
}

/// The rectangle of an annotation, whatever its corners are.
pub(crate) fn rect(view: View<'_>, annotation: &Dict) -> Option<Rect> {
    let rect = view.get(annotation, b"Rect");
    let sides = rect.array()?.iter().map(|side| view.resolve(side).ok()?.number());
    let sides: Vec<f64> = sides.collect::<Option<_>>()?;
    let [x0, y0, x1, y1] = *sides else { return None };
    Some(Rect {
        left: x0.min(x1),
        top: y0.min(y1),
        right: x0.max(x1),
        bottom: y0.max(y1),
    })
}
