//! Findings about chains of certificates.

use crate::finding::{Finding, Weight};
use crate::pki::Certificate;
use crate::pki::path::{NoChain, Path, Status};
use crate::pki::revocation::{Used, Why};
use crate::say;
use crate::time::Timestamp;

/// What is to be said of the chain.
pub(crate) fn chain(path: &Path) -> Finding {
    let code = match &path.status {
        Status::NoChain(_) => "chain.none",
        Status::General(_) => "chain.broken",
        Status::Constraints(_) => "chain.constraints",
        Status::Crypto(_) => "chain.algorithm",
        Status::Revoked(_) => "chain.revoked",
        Status::NotYetValid(_) => "chain.not-yet-valid",
        Status::Expired(_) => "chain.expired",
        Status::RevocationUnknown(_) => "chain.revocation-unknown",
        Status::Valid => "chain.valid",
    };
    Finding::new(code, weight(&path.status), |lang| chain_told(&path.status, lang))
}

fn chain_told(status: &Status, lang: say::Lang) -> String {
    match status {
        Status::NoChain(NoChain::IssuerMissing) => {
            say::verify::chain_issuer_missing(lang)
        }
        Status::NoChain(NoChain::RootNotTrusted) => say::verify::chain_not_trusted(lang),
        Status::NoChain(NoChain::Limit) => say::verify::chain_limit(lang),
        Status::General(_) => say::verify::chain_general(lang),
        Status::Constraints(_) => say::verify::chain_constraints(lang),
        Status::Crypto(_) => say::verify::chain_algorithm(lang),
        Status::Revoked(entry) => say::verify::chain_revoked(lang, entry.at),
        Status::NotYetValid(from) => say::verify::chain_early(lang, from),
        Status::Expired(until) => say::verify::chain_expired(lang, until),
        Status::RevocationUnknown(_) => say::verify::chain_unknown(lang),
        Status::Valid => say::verify::chain_valid(lang),
    }
}

/// A certificate of a chain that is too weak.
pub(crate) fn weak_link(certificate: &Certificate) -> Finding {
    let by = certificate.scheme().name();
    let bits = certificate.key().bits().unwrap_or(0);
    Finding::new("chain.weak", Weight::Warning, |lang| {
        say::verify::weak_link(lang, certificate.display_name(), &by, bits)
    })
}

/// How a fault in a chain is told apart from an open question.
fn weight(status: &Status) -> Weight {
    match status {
        Status::Valid => Weight::Note,
        Status::Revoked(_) | Status::General(_) => Weight::NeedsPerson,
        Status::NoChain(_)
        | Status::Constraints(_)
        | Status::Crypto(_)
        | Status::NotYetValid(_)
        | Status::Expired(_)
        | Status::RevocationUnknown(_) => Weight::Warning,
    }
}

/// What is to be said of a chain besides its state.
pub(crate) fn responders(path: &Path) -> Option<Finding> {
    let mut used = path.links.iter().flat_map(|link| &link.standing.evidence);
    let open = |used: &Used| {
        used.signer_unchecked && matches!(used.refused, None | Some(Why::NotAuthorised))
    };
    used.any(open).then(|| {
        Finding::new(
            "chain.responder-unchecked",
            Weight::Warning,
            say::verify::responder_unchecked,
        )
    })
}

/// A time-stamp whose chain does not hold.
pub(crate) fn stamp_untrusted(time: Timestamp, status: &Status) -> Finding {
    Finding::new("stamp.untrusted", weight(status), |lang| {
        say::verify::stamp_untrusted(lang, time, chain_told(status, lang))
    })
}
