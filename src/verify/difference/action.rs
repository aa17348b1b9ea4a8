//! Annotations that act (ISO 32000-2, 12.6): a certification that permits notes
//! permits nothing that runs, plays or changes what is seen.

use crate::cos::document::View;
use crate::cos::{Dict, Object};
use crate::verify::difference::Pair;

/// Actions that lead somewhere and do nothing else (table 201). Whatever is not among
/// them runs, plays, hides or sends something, or nobody knows what it does.
const LEADING: [&[u8]; 6] = [b"GoTo", b"GoToR", b"GoToE", b"Named", b"Thread", b"URI"];
/// Annotations whose content plays (table 171).
const PLAYING: [&[u8]; 4] = [b"3D", b"Movie", b"RichMedia", b"Screen"];
/// Actions of one annotation that are looked at.
const MOST_ACTIONS: usize = 256;

/// Whether an annotation does more than to lead somewhere.
pub(super) fn acts(view: View<'_>, annotation: &Dict) -> bool {
    let subtype = view.get(annotation, b"Subtype");
    if subtype.name().is_some_and(|subtype| PLAYING.contains(&subtype)) {
        return true;
    }
    let mut waiting: Vec<Object> = annotation.get(b"A").cloned().into_iter().collect();
    let events = view.get(annotation, b"AA");
    match events.dict() {
        Some(events) => waiting.extend(events.entries().map(|(_, act)| act.clone())),
        None if *events == Object::Null => {}
        None => return true,
    }
    let mut looked = 0;
    while let Some(act) = waiting.pop() {
        looked += 1;
        if looked > MOST_ACTIONS {
            return true;
        }
        let Ok(act) = view.resolve(&act) else { return true };
        if *act == Object::Null {
            continue;
        }
        // `/Next` is one action or a list.
        if let Some(acts) = act.array() {
            waiting.extend(acts.iter().cloned());
            continue;
        }
        let Some(act) = act.dict() else { return true };
        let kind = view.get(act, b"S");
        if !kind.name().is_some_and(|kind| LEADING.contains(&kind)) {
            return true;
        }
        waiting.extend(act.get(b"Next").cloned());
    }
    false
}

/// Whether an annotation acts as it did before.
pub(super) fn acts_alike(pair: &mut Pair<'_>, old: &Dict, new: &Dict) -> bool {
    let keys: [&[u8]; 3] = [b"Subtype", b"A", b"AA"];
    keys.into_iter().all(|key| pair.same_through(old, new, key))
}
