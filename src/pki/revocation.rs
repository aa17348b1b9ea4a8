//! Whether a certificate was revoked: lists (RFC 5280, 6.3) and answers of
//! responders (RFC 6960, 3.2).
//!
//! Every piece of evidence that speaks of the certificate is told, used or
//! not, with the reason why not. A revocation counts from its date, or from when the
//! key may have been in other hands: evidence
//! made later than the moment asked about still proves that the certificate
//! held then, which is how archives keep signatures alive. Nothing is fetched.

use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::crl::{Crl, Entry, Reason};
use crate::pki::extension::Reasons;
use crate::pki::key::PublicKey;
use crate::pki::ocsp::Ocsp;
use crate::pki::oid;
use crate::pki::purpose::Purpose;
use crate::pki::signature::Scheme;
use crate::pki::walk::Walk;
use crate::time::Timestamp;

mod answers;
mod lists;

/// Seconds of the longest life of a certificate that need not be revocable: a week.
const SHORT_TERM: i64 = 7 * 86_400;
/// Seconds that the clocks of two authorities may be apart.
const SKEW: i64 = 300;
/// Signers tried for one list or answer.
const MOST_SIGNERS: usize = 8;
/// Lists, or answers, that are looked at for one certificate: the newest.
const MOST_PIECES: usize = 64;

/// Revocation lists and OCSP answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Revocation lists.
    pub crls: Vec<Crl>,
    /// OCSP answers.
    pub ocsps: Vec<Ocsp>,
}

/// Whether a certificate was revoked, and what says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The conclusion.
    pub revocation: Revocation,
    /// Every piece of evidence that speaks of the certificate.
    pub evidence: Vec<Used>,
}

/// Whether a certificate was revoked at the moment asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// Not looked into.
    NotAsked,
    /// An OCSP responder that its issuer vouches for (`ocsp-nocheck`), or a certificate
    /// that ends too soon to be revoked.
    NotNeeded,
    /// Not revoked then.
    Good {
        /// Revoked afterwards.
        later: Option<Entry>,
    },
    /// Revoked by then.
    Revoked(Entry),
    /// It cannot be told.
    Unknown(Why),
}

/// Why it cannot be told whether a certificate was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nothing speaks of it.
    NoEvidence,
    /// What speaks of it is not signed by who may.
    NotAuthorised,
    /// What speaks of it cannot be used.
    Unusable,
    /// The responder does not know it.
    UnknownToResponder,
    /// The lists do not cover every reason.
    ReasonsMissing,
    /// It had ended before the evidence was made.
    MadeAfterExpiry,
    /// The evidence had run out before the moment asked about.
    Stale,
    /// Its algorithms are too weak for whoever asks
    /// ([`Request::barred`](crate::pki::path::Request)).
    Weak,
    /// Nobody knows that it was made before its issuer was revoked.
    IssuerRevoked,
}

/// A piece of evidence and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// What it is.
    pub kind: EvidenceKind,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// When what it says was known to be so.
    pub this_update: Timestamp,
    /// When more was to be known.
    pub next_update: Option<Timestamp>,
    /// When the answer was signed.
    pub produced_at: Option<Timestamp>,
    /// How it is signed.
    pub scheme: Scheme,
    /// The certificate whose key signed it.
    pub signer: Option<Certificate>,
    /// What it says; `None` if it was not usable so far as to say anything.
    pub says: Option<Says>,
    /// Why it does not count; `None` if it does.
    pub refused: Option<Why>,
    /// Whether the signer's own revocation was left open.
    pub signer_unchecked: bool,
}

/// What a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceKind {
    /// A revocation list.
    Crl,
    /// A list of changes to another list.
    DeltaCrl,
    /// An OCSP answer.
    Ocsp,
}

/// What a piece of evidence says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Not revoked.
    Good,
    /// Revoked.
    Revoked(Entry),
    /// Not known.
    Unknown,
}

impl Standing {
    /// Of a certificate whose revocation is not looked into.
    pub(crate) fn not_asked() -> Self {
        Self { revocation: Revocation::NotAsked, evidence: Vec::new() }
    }
}

/// A certificate, who issued it and by which key, and below which anchor.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'s> {
    pub(crate) certificate: &'s Certificate,
    pub(crate) issuer: &'s Certificate,
    pub(crate) key: &'s PublicKey,
    pub(crate) anchor: &'s Certificate,
    pub(crate) at: Timestamp,
    /// Certificates that came with an answer.
    pub(crate) extra: &'s [Certificate],
    /// Whether the certificate itself names who signs the list in hand.
    pub(crate) named_issuer: bool,
}

impl Walk<'_> {
    /// Whether a certificate was revoked.
    pub(crate) fn standing(
        &mut self,
        subject: Subject<'_>,
        purpose: Purpose,
    ) -> Standing {
        if purpose == Purpose::Ocsp && subject.certificate.extensions().ocsp_no_check {
            return Standing { revocation: Revocation::NotNeeded, evidence: Vec::new() };
        }
        let mut evidence = self.by_answers(subject);
        let (by_lists, reasons) = self.by_lists(subject);
        evidence.extend(by_lists);
        let mut revocation = conclude(&evidence, reasons, subject.at);
        if matches!(revocation, Revocation::Unknown(_))
            && is_too_short_lived(subject.certificate)
        {
            revocation = Revocation::NotNeeded;
        }
        // Whoever fills a file with evidence must not push out what speaks against him.
        if self.spent.exhausted && matches!(revocation, Revocation::Good { .. }) {
            revocation = Revocation::Unknown(Why::Unusable);
        }
        Standing { revocation, evidence }
    }

    /// Why evidence that a certificate is good does not count.
    fn refuse_good(
        &self,
        subject: Subject<'_>,
        used: &Used,
        knows_since: Option<Timestamp>,
    ) -> Option<Why> {
        let ended = subject.certificate.not_after();
        // RFC 5280, 5.: entries go when their certificates have ended.
        if used.this_update > ended && knows_since.is_none_or(|since| since > ended) {
            return Some(Why::MadeAfterExpiry);
        }
        let fresh = match used.next_update {
            Some(next) => subject.at <= next,
            None => {
                let age = subject.at.unix().saturating_sub(used.this_update.unix());
                age <= self.request.limits.age
            }
        };
        if !fresh {
            return Some(Why::Stale);
        }
        self.request.barred.get(&used.sha256).copied()
    }
}

/// Whether a certificate ends before it could be revoked, and says so: then there are
/// no lists and no answers about it (RFC 9608; EN 319 412-1, 5.2.2). Of one that lasts,
/// or that names where revocation is told, it is asked as of any other.
fn is_too_short_lived(certificate: &Certificate) -> bool {
    let extensions = certificate.extensions();
    let promised = [oid::NO_REV_AVAIL, oid::VALIDITY_ASSURED];
    let says = extensions.present.iter().any(|(kind, _)| promised.contains(kind));
    let authority = extensions.basic_constraints.is_some_and(|is| is.authority);
    let told = !extensions.crl_distribution_points.is_empty()
        || !extensions.freshest_crl.is_empty()
        || !extensions.ocsp_urls.is_empty();
    let (from, until) = (certificate.not_before().unix(), certificate.not_after().unix());
    says && !authority && !told && until.saturating_sub(from) <= SHORT_TERM
}

/// What all evidence together says.
fn conclude(evidence: &[Used], covered: Reasons, at: Timestamp) -> Revocation {
    let revoked = evidence.iter().filter(|used| used.kind != EvidenceKind::DeltaCrl);
    let mut newest: Option<&Used> = None;
    let mut earliest: Option<Entry> = None;
    for used in revoked.clone().filter(|used| used.refused.is_none()) {
        if newest.is_none_or(|newest| used.this_update >= newest.this_update) {
            newest = Some(used);
        }
        // Only a certificate on hold comes back (RFC 5280, 5.3.1).
        if let Some(Says::Revoked(entry)) = used.says
            && entry.reason != Reason::CertificateHold
            && earliest.is_none_or(|earliest| entry.effective() < earliest.at)
        {
            earliest = Some(Entry { at: entry.effective(), ..entry });
        }
    }
    let held = newest.and_then(|newest| match newest.says {
        Some(Says::Revoked(entry)) => Some(entry),
        Some(Says::Good | Says::Unknown) | None => None,
    });
    match earliest.or(held) {
        Some(entry) if entry.at <= at => return Revocation::Revoked(entry),
        Some(entry) => return Revocation::Good { later: Some(entry) },
        None => {}
    }
    let by_answer = evidence
        .iter()
        .any(|used| used.kind == EvidenceKind::Ocsp && used.refused.is_none());
    if by_answer || covered.holds(Reasons::ALL) {
        return Revocation::Good { later: None };
    }
    if newest.is_some() {
        return Revocation::Unknown(Why::ReasonsMissing);
    }
    // The refusal that is nearest to an answer.
    Revocation::Unknown(
        revoked.filter_map(|used| used.refused).max().unwrap_or(Why::NoEvidence),
    )
}

fn is_from_the_future(made: Timestamp, now: Timestamp) -> bool {
    made.unix() > now.unix().saturating_add(SKEW)
}
