//! Content time-stamps: signed attributes that prove what is signed to have existed
//! before it was signed (EN 319 122-1, 5.2.8). They prove nothing about the signature,
//! but one that is younger than it contradicts what proves its time.

use crate::finding::Finding;
use crate::time::Timestamp;
use crate::verify::notes;
use crate::verify::signature::{Facts, Proof, Stamp};

/// Whether a content time-stamp is trusted, and what is weak about its chain.
pub(crate) type Trusts<'t> = &'t dyn Fn(&Stamp) -> (bool, Vec<Finding>);

/// What is to be said of the content time-stamps of a signature, and whether a trusted one
/// is later than `best`, when it is known to have been there (EN 319 102-1, 5.5.4).
pub(crate) fn stamps(
    facts: &Facts,
    is_later: &dyn Fn(Timestamp) -> bool,
    trusts: Trusts<'_>,
) -> (Vec<Finding>, bool) {
    let Proof::Signed(signed) = &facts.proof else { return (Vec::new(), false) };
    let mut told = Vec::new();
    let mut late = false;
    for stamp in &signed.content_stamps {
        if !stamp.facts.is_intact() {
            told.push(notes::bad_content_stamp(stamp));
            continue;
        }
        let time = stamp.token.info.time;
        let (trusted, why) = trusts(stamp);
        told.extend(why);
        told.push(notes::content_stamp(time, trusted));
        late |= trusted && is_later(time);
    }
    if signed.bad_content_stamps > 0 {
        told.push(notes::unreadable_content_stamp());
    }
    (told, late)
}
