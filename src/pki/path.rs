//! The chain from a certificate to an anchor, and what is wrong with it.
//!
//! Chains are searched from the certificate upwards, the likeliest issuer
//! first, and each one that reaches an anchor is checked from the anchor
//! downwards as RFC 5280, 6.1, says. The first without a fault ends the
//! search; otherwise the one with the least grave fault is told. Nothing here
//! decides a verdict: [`Status`] names the fault in such a way that EN 319
//! 102-1 has a sub-indication for it.
//!
//! Cross certificates may form loops and a file may bring thousands of
//! certificates of one name, so steps, signature checks, lengths and chains
//! are counted and limited ([`Limits`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::constraints::NameError;
use crate::pki::crl;
use crate::pki::oid::Oid;
use crate::pki::policy::{PolicyError, PolicyInputs};
use crate::pki::revocation::{Evidence, Revocation, Standing, Why};
use crate::pki::signature::SignatureError;
use crate::pki::store::{Anchor, Store};
use crate::pki::walk::{Question, Walk};
use crate::time::Timestamp;

pub use crate::pki::purpose::{Purpose, unfit};

/// What is asked about a certificate.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The certificate.
    pub target: &'a Certificate,
    /// Certificates that came with it and may lie between it and an anchor.
    pub pool: &'a [Certificate],
    /// What is trusted.
    pub store: &'a Store,
    /// Revocation lists and OCSP answers beside those of the store.
    pub evidence: &'a Evidence,
    /// The moment the certificate must hold at.
    pub at: Timestamp,
    /// The moment of asking: evidence from after it does not exist yet.
    pub now: Timestamp,
    /// What the certificate is used for.
    pub purpose: Purpose,
    /// Whether revocation is looked into.
    pub check: Check,
    /// The policies demanded.
    pub policy: PolicyInputs,
    /// The work allowed.
    pub limits: Limits,
    /// Evidence, by SHA-256, that does not show a certificate to be good, and why.
    pub barred: &'a BTreeMap<Digest, Why>,
}

/// No evidence at all.
pub(crate) const NONE_BARRED: &BTreeMap<Digest, Why> = &BTreeMap::new();

/// Whether revocation is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// For every certificate but the anchor.
    Revocation,
    /// For none.
    NoRevocation,
}

/// The work allowed for one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Certificates in a chain, the anchor included.
    pub length: usize,
    /// Issuers tried for one certificate.
    pub candidates: usize,
    /// Chains to an anchor that are checked.
    pub chains: usize,
    /// Signatures computed.
    pub signatures: usize,
    /// Bytes hashed for signatures or searched for a serial number.
    pub bytes: usize,
    /// Issuers tried in all.
    pub steps: usize,
    /// Seconds for which evidence without an end counts as fresh.
    pub age: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            length: 12,
            candidates: 24,
            chains: 16,
            signatures: 256,
            bytes: 1 << 30,
            steps: 2_000,
            age: 86_400,
        }
    }
}

impl<'a> Request<'a> {
    /// Asks about `target` now, as a signer's certificate, revocation included.
    #[must_use]
    pub fn new(
        target: &'a Certificate,
        store: &'a Store,
        evidence: &'a Evidence,
        now: Timestamp,
    ) -> Self {
        Self {
            target,
            pool: &[],
            store,
            evidence,
            at: now,
            now,
            purpose: Purpose::Signer,
            check: Check::Revocation,
            policy: PolicyInputs::default(),
            limits: Limits::default(),
            barred: NONE_BARRED,
        }
    }
}

/// A chain and what was found about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The gravest thing that is wrong, or that nothing is.
    pub status: Status,
    /// The certificates, the asked one first. The last is the anchor, unless
    /// none was reached: then this is as far as the chain goes.
    pub links: Vec<Link>,
    /// The anchor that was reached.
    pub anchor: Option<Anchor>,
    /// All that is wrong.
    pub problems: Vec<Problem>,
    /// The policies the chain holds for; `None` for any.
    pub policies: Option<BTreeSet<Oid>>,
    /// The work it took.
    pub spent: Spent,
}

impl Path {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.status == Status::Valid
    }
}

/// One certificate of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The certificate.
    pub certificate: Certificate,
    /// Whether it was revoked, and how that is known.
    pub standing: Standing,
}

/// Something wrong with the certificate at a place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place: 0 is the certificate asked about.
    pub index: usize,
    /// What is wrong.
    pub status: Status,
}

/// What is wrong with a chain, gravest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// No chain reaches an anchor: `NO_CERTIFICATE_CHAIN_FOUND`.
    NoChain(NoChain),
    /// A chain that proves nothing: `CERTIFICATE_CHAIN_GENERAL_FAILURE`.
    General(General),
    /// A chain that may not be used so: `CHAIN_CONSTRAINTS_FAILURE`.
    Constraints(Constraint),
    /// A signature that cannot be checked: `CRYPTO_CONSTRAINTS_FAILURE`.
    Crypto(SignatureError),
    /// Revoked by the moment asked about: `REVOKED` for the certificate asked
    /// about (index 0), `REVOKED_CA` for one above it.
    Revoked(crl::Entry),
    /// Not yet, or no longer, valid at that moment: `OUT_OF_BOUNDS`.
    NotYetValid(Timestamp),
    /// No longer valid at that moment: `OUT_OF_BOUNDS`.
    Expired(Timestamp),
    /// Revocation is not known or not freshly known: `TRY_LATER`.
    RevocationUnknown(Why),
    /// Nothing is wrong.
    Valid,
}

impl Status {
    /// How grave it is: the least number is the gravest.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Self::NoChain(_) => 0,
            Self::General(_) => 1,
            Self::Constraints(_) => 2,
            Self::Crypto(_) => 3,
            Self::Revoked(_) => 4,
            Self::NotYetValid(_) | Self::Expired(_) => 5,
            Self::RevocationUnknown(_) => 6,
            Self::Valid => 7,
        }
    }
}

/// Why no chain reaches an anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChain {
    /// An issuer's certificate is nowhere.
    IssuerMissing,
    /// The end is signed by its own key and is not trusted.
    RootNotTrusted,
    /// More certificates and loops than are followed.
    Limit,
}

/// Why a chain proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum General {
    /// No issuer of that name made the signature.
    BadSignature,
    /// An extension cannot be read or stands twice.
    DamagedExtension,
    /// The signature algorithm differs inside and outside.
    AlgorithmsDiffer,
}

/// The rule that a chain breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// An issuer that is no authority (RFC 5280, 6.1.4 (k)).
    NotAnAuthority,
    /// More authorities than allowed (6.1.4 (l) and (m)).
    PathLength,
    /// A key used against its key usage (6.1.4 (n)).
    KeyUsage,
    /// A key used against its extended key usage.
    ExtendedKeyUsage,
    /// A critical extension that is not known here (6.1.4 (o), 6.1.5 (f)).
    UnknownCritical,
    /// A name that the issuer may not speak for (6.1.3 (b), (c)).
    Name(NameError),
    /// No policy, or the wrong one (6.1.3 (f), 6.1.5 (g)).
    Policy(PolicyError),
    /// An anchor that its trusted list did not grant this at that moment.
    NotGranted,
}

/// The work a question took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Signatures computed.
    pub signatures: usize,
    /// Bytes hashed for signatures or searched for a serial number.
    pub bytes: usize,
    /// Issuers tried.
    pub steps: usize,
    /// Whether a limit was reached, so that more work might find more.
    pub exhausted: bool,
}

/// The best chain for a certificate, checked.
#[must_use]
pub fn validate(request: &Request<'_>) -> Path {
    let mut walk = Walk::new(request);
    let mut path = walk.best(&Question {
        target: request.target,
        extra: &[],
        at: request.at,
        purpose: request.purpose,
        check: request.check,
        anchor: None,
    });
    path.spent = walk.spent;
    path
}

impl Standing {
    /// What is wrong because of it.
    pub(crate) fn problem(&self, index: usize) -> Option<Problem> {
        let status = match self.revocation {
            Revocation::Revoked(entry) => Status::Revoked(entry),
            Revocation::Unknown(why) => Status::RevocationUnknown(why),
            Revocation::NotAsked | Revocation::NotNeeded | Revocation::Good { .. } => {
                return None;
            }
        };
        Some(Problem { index, status })
    }
}
