//! What is proven to have existed by when (EN 319 102-1, 5.6.2.3), and the revocation
//! data that were too weak to be relied on by then.
//!
//! Whoever can make a second message for a digest can make a list or an answer say what he
//! likes, and date it as he likes. So what such data say counts only where a time-stamp
//! proves that they were there before their algorithms were broken.

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::pki::path::Path;
use crate::pki::revocation::{Says, Used, Why};
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
    pub(crate) fn broken(&self, evidence: [&Evidence; 2]) -> BTreeSet<Digest> {
        let weak = |piece: Digest, scheme: Scheme| {
            let since = self.since(piece);
            let broken = strength::weak_digest(scheme, since).is_some_and(|it| it.1);
            broken.then_some(piece)
        };
        let crls = evidence.iter().flat_map(|evidence| &evidence.crls);
        let crls = crls.filter_map(|crl| weak(crl.sha256(), crl.scheme()));
        let ocsps = evidence.iter().flat_map(|evidence| &evidence.ocsps);
        crls.chain(ocsps.filter_map(|ocsp| weak(ocsp.sha256(), ocsp.scheme()))).collect()
    }

    /// Evidence that a chain rests on and whose signer was too weak: by a key, or by the
    /// digest that a certificate beside the chain was signed with.
    pub(crate) fn of_weak_signers(&self, path: &Path) -> BTreeSet<Digest> {
        let anchor = path.anchor.as_ref().map(|anchor| &anchor.certificate);
        let in_chain = |used: &Used| {
            path.links.iter().any(|link| Some(&link.certificate) == used.signer.as_ref())
        };
        let weak = |used: &&Used| {
            let Some(signer) = used.signer.as_ref() else { return false };
            if used.refused.is_some() || used.says != Some(Says::Good) {
                return false;
            }
            let since = self.since(used.sha256);
            let digest = || strength::weak_digest(signer.scheme(), since);
            // The anchor is trusted as it is.
            Some(signer) != anchor
                && (strength::weak_key(signer.key(), since) == Some(true)
                    || !in_chain(used) && digest().is_some_and(|it| it.1))
        };
        let used = path.links.iter().flat_map(|link| &link.standing.evidence);
        used.filter(weak).map(|used| used.sha256).collect()
    }
}

/// Everything that evidence consists of and what is trusted brings.
pub(crate) fn both<'e>(evidence: &'e Evidence, store: &'e Store) -> [&'e Evidence; 2] {
    [evidence, store.evidence()]
}

fn digests(evidence: &Evidence) -> impl Iterator<Item = Digest> {
    let crls = evidence.crls.iter().map(|crl| crl.sha256());
    crls.chain(evidence.ocsps.iter().map(|ocsp| ocsp.sha256()))
}

/// Revocation data of a chain that were too weak to count.
pub(crate) fn weak_evidence(path: &Path) -> Option<Finding> {
    let mut used = path.links.iter().flat_map(|link| &link.standing.evidence);
    let weak = used.find(|used| used.refused == Some(Why::Barred))?;
    let by = weak.signer.as_ref().map_or("?".to_owned(), Certificate::display_name);
    Some(Finding::new("revocation.weak", Weight::Warning, |lang| {
        say::verify::weak_evidence(lang, &by, weak.scheme.name())
    }))
}
