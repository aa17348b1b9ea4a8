//! Until when a verdict holds: the same file, judged by the same trust and policy, is
//! judged the same until something that it rests on begins, ends or grows old.

use crate::pki::path::Limits;
use crate::pki::{Certificate, Evidence, Store};
use crate::time::Timestamp;
use crate::verify::examine::Report;
use crate::verify::strength;

/// The program that judges, its version and what it was built from: another may judge
/// otherwise.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("SOHOA_SOURCES"));
/// Seconds after which nothing is taken for known any more.
const MOST: i64 = 30 * 86_400;

/// The first moment after `at` at which a file that was judged then may be judged
/// otherwise; none for one without signatures, which stays as it is.
#[must_use]
pub fn until(report: &Report, trust: &Store, at: Timestamp) -> Option<Timestamp> {
    if report.signatures.is_empty() {
        return None;
    }
    let mut moments = vec![at.after(MOST)];
    moments.extend(strength::turning_points());
    for judged in &report.signatures {
        let links = judged.path.iter().flat_map(|path| &path.links);
        let links = links.map(|link| &link.certificate);
        ends(&mut judged.facts.pool.iter().chain(links), &mut moments);
        ages(&judged.facts.own_evidence, &mut moments);
    }
    ages(&report.dss.evidence, &mut moments);
    ages(trust.evidence(), &mut moments);
    let anchors = trust.anchors();
    ends(&mut anchors.iter().map(|anchor| &anchor.certificate), &mut moments);
    ends(&mut trust.intermediates().iter(), &mut moments);
    let services = anchors.iter().flat_map(|anchor| &anchor.services);
    moments.extend(services.flat_map(|service| &service.states).map(|state| state.from));
    moments.into_iter().filter(|moment| *moment > at).min()
}

/// When certificates begin and end.
fn ends(
    certificates: &mut dyn Iterator<Item = &Certificate>,
    moments: &mut Vec<Timestamp>,
) {
    for certificate in certificates {
        moments.push(certificate.not_before());
        moments.push(certificate.not_after().after(1));
    }
}

/// When revocation data begin to count and grow old, and when those who answered end.
fn ages(evidence: &Evidence, moments: &mut Vec<Timestamp>) {
    let age = Limits::default().age;
    let mut span = |since: Timestamp, next: Option<Timestamp>| {
        moments.push(since);
        moments.push(next.unwrap_or(since.after(age)).after(1));
    };
    for crl in &evidence.crls {
        span(crl.this_update(), crl.next_update());
    }
    for ocsp in &evidence.ocsps {
        for answer in ocsp.answers() {
            span(answer.this_update, answer.next_update);
        }
    }
    for ocsp in &evidence.ocsps {
        ends(&mut ocsp.certificates().iter(), moments);
    }
}
