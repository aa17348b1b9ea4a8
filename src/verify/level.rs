//! The level a signature has reached: B-B, B-T, B-LT, B-LTA (ETSI EN 319
//! 142-1, 6), or what the older formats call it.
//!
//! A level is about what is there, not about trust: the rules ask for a
//! time-stamp over the signature, for revocation data about every certificate
//! of the signer's and the time-stamp's chain, and for a document time-stamp
//! over those data. A time-stamp of something else does not count.

use std::fmt;

use crate::cms::timestamp::Token;
use crate::pki::path::{
    Check, Limits, NONE_BARRED, NoChain, Purpose, Request, Status, validate,
};
use crate::pki::policy::PolicyInputs;
use crate::pki::revocation::{Revocation, Why};
use crate::pki::store::Place;
use crate::pki::{Certificate, Evidence, Store};
use crate::time::Timestamp;
use crate::verify::dss::Dss;
use crate::verify::signature::{Facts, Format, Proof, Purpose as Use};

/// Document time-stamps whose validation data are looked at, the newest first.
const MOST_SEALS: usize = 4;

/// How far a signature is made to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The signature alone.
    B,
    /// With proof of its time.
    T,
    /// With revocation data.
    Lt,
    /// With a time-stamp over them.
    Lta,
}

/// The level of one signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// How far it lasts.
    pub stage: Stage,
    /// The family of rules it follows.
    pub family: Family,
}

/// A family of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// EN 319 142-1.
    Baseline,
    /// EN 319 142-2: PAdES that is not baseline; with a policy or without.
    Extended {
        /// Whether it names a signature policy.
        policy: bool,
    },
    /// ISO 32000: `adbe.*`.
    Pkcs7,
    /// A document time-stamp.
    TimeStamp,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = match self.stage {
            Stage::B => "B",
            Stage::T => "T",
            Stage::Lt => "LT",
            Stage::Lta => "LTA",
        };
        match (self.family, self.stage) {
            (Family::Baseline, _) => write!(f, "B-{stage}"),
            (Family::Pkcs7, _) => write!(f, "PKCS7-{stage}"),
            (Family::Extended { .. }, Stage::Lt | Stage::Lta) => f.write_str("PAdES-LTV"),
            (Family::Extended { policy: true }, _) => f.write_str("PAdES-EPES"),
            (Family::Extended { policy: false }, _) => f.write_str("PAdES-BES"),
            (Family::TimeStamp, _) => f.write_str("DocTimeStamp"),
        }
    }
}

/// A document time-stamp that is as its authority signed it, and the validation
/// data under it.
#[derive(Debug)]
pub struct Seal<'f> {
    /// The revision it ends.
    pub revision: usize,
    /// The token.
    pub token: &'f Token,
    /// The authority's certificate.
    pub certificate: &'f Certificate,
    /// The validation data under it.
    pub covered: Dss,
    /// Whether its dictionary says that it is something else (ISO 32000-2, table 255):
    /// then it proves a time and is no document time-stamp (EN 319 142-1, 5.4.3).
    pub other: bool,
}

/// The level of a signature. `seals` are the good document time-stamps of the
/// file, oldest first; `added` its validation data as they are now, and the
/// revision that first brought some after the signature. Of what is trusted nothing
/// needs to be vouched for.
#[must_use]
pub fn of(
    facts: &Facts,
    seals: &[Seal<'_>],
    added: Option<(usize, &Dss)>,
    (trust, now): (&Store, Timestamp),
) -> Level {
    let family = family(facts);
    let level = |stage| Level { stage, family };
    let Ok(range) = facts.claim.range else { return level(Stage::B) };
    if facts.purpose == Use::TimeStamp {
        return level(Stage::B);
    }
    let later: Vec<_> = seals
        .iter()
        .filter(|seal| seal.revision > range.revision && !seal.other)
        .collect();
    let stamp = facts.good_stamps().next();
    let proof = stamp.map(|stamp| (&stamp.token, stamp.facts.certificate.as_ref()));
    let proof = proof.or(later.first().map(|seal| (seal.token, Some(seal.certificate))));
    let Some((token, authority)) = proof else { return level(Stage::B) };
    let mut chains: Vec<&Certificate> = facts.certificate().into_iter().collect();
    chains.extend(authority);
    let at = token.info.time;
    let lasting = |data: &Dss| {
        data.present
            && chains.len() == 2
            && chains.iter().all(|end| vouched(end, (facts, data), trust, (at, now)))
    };
    let Some((revision, dss)) = added else { return level(Stage::T) };
    if family == Family::Baseline
        && facts.format == Format::Cades
        && facts.has_validation_data()
    {
        return level(Stage::T);
    }
    // The last time-stamp covers what all others cover.
    let over = later.iter().rev().filter(|seal| seal.revision >= revision);
    let mut over = over.take(MOST_SEALS);
    if over.any(|seal| lasting(&seal.covered)) {
        return level(Stage::Lta);
    }
    level(if lasting(dss) { Stage::Lt } else { Stage::T })
}

fn family(facts: &Facts) -> Family {
    match facts.format {
        Format::Cades if facts.is_baseline() => Family::Baseline,
        Format::Cades => {
            let Proof::Signed(signed) = &facts.proof else {
                return Family::Extended { policy: false };
            };
            let own =
                signed.data.signers.first().and_then(|signer| signer.signed_attributes());
            // EN 319 142-2, 5.4: with a policy there is no reason in the dictionary.
            let policy = own.is_some_and(|own| own.policy.is_some());
            Family::Extended { policy: policy && facts.reason.is_none() }
        }
        Format::Rfc3161 => Family::TimeStamp,
        Format::Beside | Format::Enclosed if facts.is_baseline() => Family::Baseline,
        Format::Pkcs7
        | Format::Pkcs7Sha1
        | Format::X509
        | Format::Other
        | Format::Beside
        | Format::Enclosed => Family::Pkcs7,
    }
}

/// Whether there are revocation data about every certificate of a chain, as far
/// as the chain can be followed in the file.
fn vouched(
    end: &Certificate,
    (facts, dss): (&Facts, &Dss),
    trust: &Store,
    (at, now): (Timestamp, Timestamp),
) -> bool {
    let mut pool = match facts.format {
        // What an archive time-stamp does not cover does not last.
        Format::Beside | Format::Enclosed => Vec::new(),
        Format::Cades
        | Format::Rfc3161
        | Format::Pkcs7
        | Format::Pkcs7Sha1
        | Format::X509
        | Format::Other => facts.pool.clone(),
    };
    pool.extend(dss.certificates.iter().cloned());
    let mut evidence = dss.evidence.clone();
    // Outside of PDF the data lie in the signed data, and are in `dss` already.
    if !matches!(facts.format, Format::Cades | Format::Beside | Format::Enclosed) {
        evidence.crls.extend(facts.own_evidence.crls.iter().cloned());
        evidence.ocsps.extend(facts.own_evidence.ocsps.iter().cloned());
    }
    let mut store = Store::default();
    for certificate in pool.iter().filter(|certificate| certificate.is_self_signed()) {
        store.add_anchor(&Place::default(), certificate.clone());
    }
    for anchor in trust.anchors() {
        store.add_anchor(&Place::default(), anchor.certificate.clone());
    }
    let mut path = follow(end, &pool, (&store, &evidence), at, now);
    if let Status::NoChain(NoChain::IssuerMissing | NoChain::RootNotTrusted) = path.status
        && let Some(top) = path.links.last()
        && top.certificate != *end
    {
        store.add_anchor(&Place::default(), top.certificate.clone());
        path = follow(end, &pool, (&store, &evidence), at, now);
    }
    let (Some(anchor), links) = (&path.anchor, &path.links) else { return false };
    let below = links.iter().filter(|link| link.certificate != anchor.certificate);
    below.into_iter().all(|link| match link.standing.revocation {
        Revocation::NotNeeded | Revocation::Good { .. } | Revocation::Revoked(_) => true,
        Revocation::Unknown(why) => matches!(why, Why::Stale | Why::MadeAfterExpiry),
        Revocation::NotAsked => false,
    })
}

fn follow(
    end: &Certificate,
    pool: &[Certificate],
    (store, evidence): (&Store, &Evidence),
    at: Timestamp,
    now: Timestamp,
) -> crate::pki::Path {
    validate(&Request {
        target: end,
        pool,
        store,
        evidence,
        at,
        now,
        purpose: Purpose::Any,
        check: Check::Revocation,
        policy: PolicyInputs::default(),
        limits: Limits::default(),
        barred: NONE_BARRED,
    })
}
