//! Content time-stamps: signed attributes that prove what is signed to have existed
//! before it was signed (EN 319 122-1, 5.2.8). They prove nothing about the signature,
//! but one that is younger than it contradicts what proves its time.

use crate::cms::timestamp::ImprintFact;
use crate::finding::{Finding, Weight};
use crate::say;
use crate::time::Timestamp;
use crate::verify::signature::{Facts, Proof, Stamp};

/// Whether a content time-stamp is trusted, and what is weak about its chain.
pub(crate) type Trusts<'t> = &'t dyn Fn(&Stamp) -> (bool, Vec<Finding>);

/// What is to be said of the content time-stamps of a signature, and the time of the latest
/// that is trusted: what is signed was not signed before.
pub(crate) fn stamps(
    facts: &Facts,
    trusts: Trusts<'_>,
) -> (Vec<Finding>, Option<Timestamp>) {
    let Proof::Signed(signed) = &facts.proof else { return (Vec::new(), None) };
    let mut told = Vec::new();
    let mut latest = None;
    for stamp in &signed.content_stamps {
        if !stamp.facts.is_intact() {
            told.push(bad(stamp));
            continue;
        }
        let time = stamp.token.info.time;
        let (trusted, why) = trusts(stamp);
        told.extend(why);
        told.push(fine(time, trusted));
        latest = latest.max(Some(time).filter(|_| trusted));
    }
    if signed.bad_content_stamps > 0 {
        told.push(unreadable());
    }
    (told, latest)
}

/// A content time-stamp that holds.
fn fine(time: Timestamp, trusted: bool) -> Finding {
    if trusted {
        Finding::new("content-stamp.proven", Weight::Note, |lang| {
            say::verify::content_stamp(lang, time)
        })
    } else {
        Finding::new("content-stamp.untrusted", Weight::Warning, |lang| {
            say::verify::content_stamp_untrusted(lang, time)
        })
    }
}

/// A content time-stamp of something else, or one that its authority did not sign so.
fn bad(stamp: &Stamp) -> Finding {
    if stamp.facts.imprint == ImprintFact::Matches {
        Finding::new(
            "content-stamp.broken",
            Weight::Warning,
            say::verify::content_stamp_broken,
        )
    } else {
        Finding::new(
            "content-stamp.imprint",
            Weight::Warning,
            say::verify::content_stamp_imprint,
        )
    }
}

fn unreadable() -> Finding {
    Finding::new(
        "content-stamp.unreadable",
        Weight::Warning,
        say::verify::content_stamp_unreadable,
    )
}

pub(crate) fn late() -> Finding {
    Finding::new(
        "content-stamp.order",
        Weight::NeedsPerson,
        say::verify::content_stamp_late,
    )
}
