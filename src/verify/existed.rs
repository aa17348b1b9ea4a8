//! What is proven to have existed by when (EN 319 102-1, 5.6.2.3), and the revocation
//! data that were too weak to be relied on by then.
//!
//! Whoever can make a second message for a digest can make a list or an answer say what he
//! likes, and date it as he likes. So what such data say counts only where a time-stamp
//! proves that they were there before their algorithms were broken.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::pki::path::Path;
use crate::pki::revocation::{Revocation, Says, Used, Why};
use crate::pki::{Certificate, Evidence, Scheme, Store};
use crate::say;
use crate::time::Timestamp;
use crate::verify::level::Seal;
use crate::verify::signature::{Facts, Format};
use crate::verify::strength;

/// The moments by which trusted time-stamps prove that something existed.
#[derive(Clone, Debug)]
pub(crate) struct Existed {
    /// The moment of judgement, at which everything is there.
    now: Timestamp,
    /// For each revision with a trusted document time-stamp: the moment at which
    /// all up to it existed.
    revisions: BTreeMap<usize, Timestamp>,
    /// Revocation data, by SHA-256.
    evidence: BTreeMap<Digest, Timestamp>,
    /// The first revision with a signature that brings these revocation data.
    within: BTreeMap<Digest, usize>,
}

impl Existed {
    /// Nothing but now.
    pub(crate) fn new(now: Timestamp, facts: &[Facts]) -> Self {
        let mut within = BTreeMap::new();
        for facts in facts {
            // Outside of PDF a time-stamp covers what it lists, and no more.
            let beside = matches!(facts.format, Format::Beside | Format::Enclosed);
            let Some(range) = facts.claim.range.ok().filter(|_| !beside) else {
                continue;
            };
            for piece in digests(&facts.own_evidence) {
                let first = within.entry(piece).or_insert(range.revision);
                *first = range.revision.min(*first);
            }
        }
        Self { now, revisions: BTreeMap::new(), evidence: BTreeMap::new(), within }
    }

    /// What a trusted document time-stamp adds: older ones are added later, and prove
    /// no later moment.
    pub(crate) fn prove(&mut self, seal: &Seal<'_>, at: Timestamp) {
        self.revisions.insert(seal.revision, at);
        self.note(&seal.covered.evidence, at);
    }

    /// These were there by this moment.
    pub(crate) fn note(&mut self, evidence: &Evidence, at: Timestamp) {
        for piece in digests(evidence) {
            let known = self.evidence.entry(piece).or_insert(at);
            *known = at.min(*known);
        }
    }

    /// The moment by which what stands before this revision existed.
    pub(crate) fn before(&self, revision: usize) -> Option<Timestamp> {
        self.revisions.range(revision + 1..).map(|(_, at)| *at).next()
    }

    fn since(&self, piece: Digest) -> Timestamp {
        let noted = self.evidence.get(&piece).copied();
        let within = self.within.get(&piece).and_then(|first| self.before(*first));
        noted.into_iter().chain(within).min().unwrap_or(self.now)
    }

    /// The evidence whose digest was broken before it is proven to have existed.
    pub(crate) fn broken(&self, evidence: [&Evidence; 2]) -> BTreeMap<Digest, Why> {
        let weak = |piece: Digest, scheme: Scheme| {
            let since = self.since(piece);
            let broken = strength::weak_digest(scheme, since).is_some_and(|it| it.1);
            broken.then_some((piece, Why::Weak))
        };
        let crls = evidence.iter().flat_map(|evidence| &evidence.crls);
        let crls = crls.filter_map(|crl| weak(crl.sha256(), crl.scheme()));
        let ocsps = evidence.iter().flat_map(|evidence| &evidence.ocsps);
        crls.chain(ocsps.filter_map(|ocsp| weak(ocsp.sha256(), ocsp.scheme()))).collect()
    }

    /// Evidence that a chain rests on and that nobody can know to be its signer's: made by
    /// an authority that was revoked since, or by a key or certificate that is too weak.
    pub(crate) fn unfit(&self, path: &Path) -> BTreeMap<Digest, Why> {
        let mut unfit = BTreeMap::new();
        // EN 319 102-1, 5.6.2.2: from the anchor down, the moment slides back to each
        // revocation, and all below must have been there before it.
        let mut until: Option<Timestamp> = None;
        for link in path.links.iter().rev() {
            let counts =
                |used: &&Used| used.refused.is_none() && used.says == Some(Says::Good);
            for used in link.standing.evidence.iter().filter(counts) {
                let since = self.since(used.sha256);
                if until.is_some_and(|until| since >= until) {
                    unfit.insert(used.sha256, Why::IssuerRevoked);
                } else if has_weak_signer(used, path, since) {
                    unfit.insert(used.sha256, Why::Weak);
                }
            }
            if let Revocation::Good { later: Some(entry) } = link.standing.revocation {
                until = Some(until.map_or(entry.at, |until| until.min(entry.at)));
            }
        }
        unfit
    }
}

/// Whether evidence was signed by a key that was too short, or by one whose certificate
/// beside the chain was signed with a digest that was broken.
fn has_weak_signer(used: &Used, path: &Path, since: Timestamp) -> bool {
    let Some(signer) = used.signer.as_ref() else { return false };
    let in_chain = path.links.iter().any(|link| link.certificate == *signer);
    let digest = || strength::weak_digest(signer.scheme(), since);
    // The anchor is trusted as it is.
    path.anchor.as_ref().is_none_or(|anchor| anchor.certificate != *signer)
        && (strength::weak_key(signer.key(), since) == Some(true)
            || !in_chain && digest().is_some_and(|it| it.1))
}

/// Everything that evidence consists of and what is trusted brings.
pub(crate) fn both<'e>(evidence: &'e Evidence, store: &'e Store) -> [&'e Evidence; 2] {
    [evidence, store.evidence()]
}

fn digests(evidence: &Evidence) -> impl Iterator<Item = Digest> {
    let crls = evidence.crls.iter().map(|crl| crl.sha256());
    crls.chain(evidence.ocsps.iter().map(|ocsp| ocsp.sha256()))
}

/// Revocation data of a chain that do not count.
pub(crate) fn weak_evidence(path: &Path) -> Option<Finding> {
    let used = || path.links.iter().flat_map(|link| &link.standing.evidence);
    let by = |used: &Used| {
        used.signer.as_ref().map_or("?".to_owned(), Certificate::display_name)
    };
    if let Some(weak) = used().find(|used| used.refused == Some(Why::Weak)) {
        return Some(Finding::new("revocation.weak", Weight::Warning, |lang| {
            say::verify::weak_evidence(lang, by(weak), weak.scheme.name())
        }));
    }
    let late = used().find(|used| used.refused == Some(Why::IssuerRevoked))?;
    Some(Finding::new("revocation.issuer-revoked", Weight::Warning, |lang| {
        say::verify::evidence_of_revoked(lang, by(late))
    }))
}
