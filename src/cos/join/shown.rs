//! What a form shows, without the form: a field becomes a stamp that looks the same.

use crate::cos::document::View;
use crate::cos::{Dict, Object, Stream};

/// Flags of annotations (table 167): not to be seen, or not to be printed.
const HIDDEN: i64 = 1 << 1 | 1 << 5;
/// Flags of annotations: to be printed.
const PRINT: i64 = 1 << 2;

/// What a field shows, as a stamp (ISO 32000-2, 12.5.6.12); `None` where it shows
/// nothing.
pub(super) fn shown(view: View<'_>, field: &Dict) -> Option<Dict> {
    let flags = view.get(field, b"F").int().unwrap_or(0);
    let looks = view.get(field, b"AP");
    let looks = looks.dict()?;
    let (mut place, mut look) = (looks.get(b"N")?.clone(), view.get(looks, b"N"));
    // One look for each state, as check boxes have it.
    if let Object::Dict(states) = &*look {
        let state = view.get(field, b"AS");
        place = states.get(state.name()?)?.clone();
        look = view.resolve(&place).ok()?;
    }
    let is_seen = flags & HIDDEN == 0 && is_form(look.stream()?);
    let mut shown = Dict::empty();
    for key in [b"Type".as_slice(), b"Rect", b"OC"] {
        if let Some(value) = field.get(key) {
            shown = shown.with(key, value.clone());
        }
    }
    let looks = Dict::empty().with(b"N", place);
    let shown = shown
        .with(b"Subtype", Object::Name(b"Stamp".as_slice().into()))
        .with(b"F", Object::Int(PRINT))
        .with(b"AP", Object::Dict(looks));
    is_seen.then_some(shown)
}

/// Whether a stream paints something.
fn is_form(stream: &Stream) -> bool {
    !stream.data.is_empty()
}
