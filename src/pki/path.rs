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

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::pki::certificate::{Certificate, Oddity};
use crate::pki::constraints::{NameError, Names};
use crate::pki::key::PublicKey;
use crate::pki::policy::{Policies, PolicyError, PolicyInputs};
use crate::pki::revocation::{Evidence, Revocation, Standing, Why};
use crate::pki::signature::SignatureError;
use crate::pki::store::{Anchor, Store};
use crate::pki::{crl, oid};
use crate::time::Timestamp;

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
}

/// What a certificate is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Whatever it may be.
    Any,
    /// Signing documents.
    Signer,
    /// Signing time-stamps (RFC 3161, 2.3).
    Tsa,
    /// Signing OCSP answers (RFC 6960, 4.2.2.2).
    Ocsp,
    /// Signing revocation lists (RFC 5280, 6.3.3 (f)).
    CrlIssuer,
}

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
            signatures: 400,
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
    pub policies: Option<BTreeSet<oid::Oid>>,
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
    fn rank(&self) -> u8 {
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
}

/// The work a question took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Signatures computed.
    pub signatures: usize,
    /// Issuers tried.
    pub steps: usize,
}

/// The best chain for a certificate, checked.
#[must_use]
pub fn validate(request: &Request<'_>) -> Path {
    let mut walk = Walk {
        request,
        verified: BTreeMap::new(),
        spent: Spent::default(),
        issuers: Vec::new(),
    };
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

/// One search for a chain. Checking revocation asks further ones.
pub(crate) struct Walk<'a> {
    pub(crate) request: &'a Request<'a>,
    /// Signatures already computed, by signed bytes and key.
    verified: BTreeMap<(Digest, Digest), Result<(), SignatureError>>,
    spent: Spent,
    /// Issuers of revocation lists that are being looked into, so that none
    /// vouches for itself.
    pub(crate) issuers: Vec<Digest>,
}

/// What one search is for.
pub(crate) struct Question<'q> {
    pub(crate) target: &'q Certificate,
    /// Certificates that came with an answer.
    pub(crate) extra: &'q [Certificate],
    pub(crate) at: Timestamp,
    pub(crate) purpose: Purpose,
    pub(crate) check: Check,
    /// The anchor that must be reached, where not any will do.
    pub(crate) anchor: Option<&'q Certificate>,
}

/// A step upwards from a certificate.
#[derive(Clone)]
enum Issuer {
    Anchor(Anchor),
    Certificate(Certificate),
}

impl Issuer {
    fn certificate(&self) -> &Certificate {
        match self {
            Self::Anchor(anchor) => &anchor.certificate,
            Self::Certificate(certificate) => certificate,
        }
    }
}

/// A certificate on the way up and the issuers not yet tried.
struct Frame {
    certificate: Certificate,
    untried: std::vec::IntoIter<Issuer>,
}

/// What a search has seen.
#[derive(Default)]
struct Seen {
    best: Option<Path>,
    longest: Vec<Certificate>,
    /// Somewhere an issuer had the right name and the wrong key.
    wrong_key: Option<(usize, SignatureError)>,
    limited: bool,
    chains: usize,
}

impl Walk<'_> {
    /// The best chain that answers the question.
    pub(crate) fn best(&mut self, question: &Question<'_>) -> Path {
        if let Some(anchor) = self.request.store.anchor_of(question.target) {
            let chain = [question.target.clone()];
            return self.check(question, &chain, anchor);
        }
        let mut seen = Seen::default();
        let mut frames = vec![self.frame(question, question.target, &mut seen)];
        while let Some(frame) = frames.last_mut() {
            let Some(issuer) = frame.untried.next() else {
                frames.pop();
                continue;
            };
            self.spent.steps += 1;
            if self.spent.steps > self.request.limits.steps
                || seen.chains >= self.request.limits.chains
            {
                seen.limited = true;
                break;
            }
            if self.step(question, &mut frames, &issuer, &mut seen) {
                break;
            }
        }
        seen.best.take().unwrap_or_else(|| no_chain(seen))
    }

    /// Goes one step up; says whether the search is over.
    fn step(
        &mut self,
        question: &Question<'_>,
        frames: &mut Vec<Frame>,
        issuer: &Issuer,
        seen: &mut Seen,
    ) -> bool {
        let chain: Vec<Certificate> =
            frames.iter().map(|frame| frame.certificate.clone()).collect();
        let Some(top) = chain.last() else { return true };
        if chain.len() > seen.longest.len() {
            seen.longest.clone_from(&chain);
        }
        let above = issuer.certificate();
        // A key that waits for its issuer's parameters is tried later, in `check`.
        if !above.key().lacks_parameters()
            && let Err(error) = self.verify(top, above.key(), above.key_info())
        {
            seen.wrong_key.get_or_insert((chain.len() - 1, error));
            return false;
        }
        match issuer {
            Issuer::Anchor(anchor) => {
                seen.chains += 1;
                let path = self.check(question, &chain, anchor);
                let over = path.is_valid();
                if seen.best.as_ref().is_none_or(|best| is_better(&path, best)) {
                    seen.best = Some(path);
                }
                over
            }
            Issuer::Certificate(above) => {
                let returns = chain.iter().any(|below| {
                    below.subject() == above.subject()
                        && below.key_info() == above.key_info()
                });
                if returns {
                    return false;
                }
                if chain.len() + 1 >= self.request.limits.length {
                    seen.limited = true;
                    return false;
                }
                let frame = self.frame(question, above, seen);
                frames.push(frame);
                false
            }
        }
    }

    /// The issuers a certificate may have, the likeliest first.
    fn frame(
        &self,
        question: &Question<'_>,
        below: &Certificate,
        seen: &mut Seen,
    ) -> Frame {
        let store = self.request.store;
        let name = below.issuer();
        let anchors = store.anchors_named(name).filter(|anchor| {
            question.anchor.is_none_or(|wanted| anchor.certificate == *wanted)
        });
        let mut untried: Vec<Issuer> = anchors.cloned().map(Issuer::Anchor).collect();
        let pool = self.request.pool.iter().chain(question.extra);
        let named = pool.filter(|other| other.subject() == name);
        let mut known = BTreeSet::new();
        for other in store.intermediates_named(name).chain(named) {
            if other != below && known.insert(other.sha256()) {
                untried.push(Issuer::Certificate(other.clone()));
            }
        }
        let key_id = below.extensions().authority_key_id.as_ref();
        untried.sort_by_key(|issuer| {
            let above = issuer.certificate();
            let other_key = key_id.is_some()
                && above.extensions().subject_key_id.is_some()
                && above.extensions().subject_key_id.as_ref() != key_id;
            let is_anchor = matches!(issuer, Issuer::Anchor(_));
            let held = above.is_valid_at(question.at);
            (other_key, !is_anchor, !held, Reverse(above.not_before()))
        });
        if untried.len() > self.request.limits.candidates {
            untried.truncate(self.request.limits.candidates);
            seen.limited = true;
        }
        Frame { certificate: below.clone(), untried: untried.into_iter() }
    }

    /// Whether `key` signed `certificate`; computed once, and counted.
    pub(crate) fn verify(
        &mut self,
        certificate: &Certificate,
        key: &PublicKey,
        key_info: &[u8],
    ) -> Result<(), SignatureError> {
        self.once(certificate.sha256(), key_info, || certificate.is_signed_by(key))
    }

    /// What `compute` says of the signature on something, computed once.
    pub(crate) fn once(
        &mut self,
        signed: Digest,
        key_info: &[u8],
        compute: impl FnOnce() -> Result<(), SignatureError>,
    ) -> Result<(), SignatureError> {
        let place = (signed, Digest::of(key_info));
        if let Some(known) = self.verified.get(&place) {
            return *known;
        }
        if self.spent.signatures >= self.request.limits.signatures {
            return Err(SignatureError::Unsupported);
        }
        self.spent.signatures += 1;
        let result = compute();
        self.verified.insert(place, result);
        result
    }

    /// RFC 5280, 6.1, for one chain: `chain` from the certificate upwards,
    /// without the anchor that follows (unless it is the anchor itself).
    fn check(
        &mut self,
        question: &Question<'_>,
        chain: &[Certificate],
        anchor: &Anchor,
    ) -> Path {
        let trusted = chain.first() == Some(&anchor.certificate);
        let below: &[Certificate] = if trusted { &[] } else { chain };
        let mut rules = Rules::new(self, question, below, anchor);
        rules.run();
        let Rules { problems, keys, policies, .. } = rules;
        let mut path = Path {
            status: Status::Valid,
            links: Vec::new(),
            anchor: Some(anchor.clone()),
            problems,
            policies,
            spent: Spent::default(),
        };
        if trusted {
            let mut problems = Vec::new();
            check_bounds(&anchor.certificate, 0, question.at, &mut problems);
            check_purpose(&anchor.certificate, question.purpose, &mut problems);
            path.problems.extend(problems);
        }
        let hopeless = path.problems.iter().any(|problem| problem.status.rank() <= 3);
        for (index, certificate) in below.iter().enumerate() {
            let issuer = below.get(index + 1).unwrap_or(&anchor.certificate);
            let asked = question.check == Check::Revocation && !hopeless;
            let standing = match keys.get(index) {
                Some(key) if asked => {
                    self.standing(certificate, issuer, key, anchor, question)
                }
                Some(_) | None => Standing::not_asked(),
            };
            path.problems.extend(standing.problem(index));
            path.links.push(Link { certificate: certificate.clone(), standing });
        }
        path.links.push(Link {
            certificate: anchor.certificate.clone(),
            standing: Standing::not_asked(),
        });
        let gravest = path.problems.iter().min_by_key(|problem| problem.status.rank());
        path.status = gravest.map_or(Status::Valid, |problem| problem.status.clone());
        path
    }
}

/// Whether a chain is the better one to tell about.
fn is_better(path: &Path, best: &Path) -> bool {
    (path.status.rank(), Reverse(path.problems.len()))
        > (best.status.rank(), Reverse(best.problems.len()))
}

/// What is told when no chain reaches an anchor.
fn no_chain(seen: Seen) -> Path {
    let last = seen.longest.last();
    let index = seen.longest.len().saturating_sub(1);
    let status = match (seen.wrong_key, seen.limited) {
        (Some((at, error)), _) if at == index => match error {
            SignatureError::Unsupported | SignatureError::Parameters => {
                Status::Crypto(error)
            }
            SignatureError::Mismatch | SignatureError::WrongKey | SignatureError::Key => {
                Status::General(General::BadSignature)
            }
        },
        (_, true) => Status::NoChain(NoChain::Limit),
        _ if last.is_some_and(Certificate::is_self_issued) => {
            Status::NoChain(NoChain::RootNotTrusted)
        }
        _ => Status::NoChain(NoChain::IssuerMissing),
    };
    let link = |certificate| Link { certificate, standing: Standing::not_asked() };
    Path {
        problems: vec![Problem { index, status: status.clone() }],
        status,
        links: seen.longest.into_iter().map(link).collect(),
        anchor: None,
        policies: Some(BTreeSet::new()),
        spent: Spent::default(),
    }
}

/// The checks of RFC 5280, 6.1, and their state variables.
struct Rules<'r, 'a, 'q> {
    walk: &'r mut Walk<'a>,
    question: &'r Question<'q>,
    chain: &'r [Certificate],
    problems: Vec<Problem>,
    names: Names,
    state: Option<Policies>,
    /// 6.1.2 (g) to (j): the key that must have signed the next certificate.
    key: PublicKey,
    key_info: Vec<u8>,
    /// 6.1.2 (k): authorities that may still follow.
    length: usize,
    /// The working keys of the issuers, by place in the chain.
    keys: Vec<PublicKey>,
    policies: Option<BTreeSet<oid::Oid>>,
}

impl<'r, 'a, 'q> Rules<'r, 'a, 'q> {
    /// RFC 5280, 6.1.2: before the first certificate.
    fn new(
        walk: &'r mut Walk<'a>,
        question: &'r Question<'q>,
        chain: &'r [Certificate],
        anchor: &Anchor,
    ) -> Self {
        let state = Policies::new(&walk.request.policy, chain.len());
        Self {
            walk,
            question,
            chain,
            problems: Vec::new(),
            names: Names::default(),
            state: Some(state),
            key: anchor.certificate.key().clone(),
            key_info: anchor.certificate.key_info().to_vec(),
            length: chain.len(),
            keys: Vec::new(),
            policies: None,
        }
    }

    fn run(&mut self) {
        for (index, certificate) in self.chain.iter().enumerate().rev() {
            self.basic(certificate, index);
            if index > 0 {
                self.prepare(certificate, index);
            } else {
                self.wrap_up(certificate);
            }
        }
        self.keys.reverse();
    }

    fn problem(&mut self, index: usize, status: Status) {
        self.problems.push(Problem { index, status });
    }

    /// RFC 5280, 6.1.3. Revocation, (a) (3), comes later.
    fn basic(&mut self, certificate: &Certificate, index: usize) {
        self.keys.push(self.key.clone());
        // (a) (1)
        if let Err(error) = self.walk.verify(certificate, &self.key, &self.key_info) {
            self.problem(index, signature_status(error));
        }
        if certificate.oddities().contains(&Oddity::AlgorithmsDiffer) {
            self.problem(index, Status::General(General::AlgorithmsDiffer));
        }
        if !certificate.extensions().damaged.is_empty() {
            self.problem(index, Status::General(General::DamagedExtension));
        }
        // (a) (2)
        check_bounds(certificate, index, self.question.at, &mut self.problems);
        // (b) and (c): a new key of the same authority has no new name.
        if (index == 0 || !certificate.is_self_issued())
            && let Err(error) = self.names.check(certificate)
        {
            self.problem(index, Status::Constraints(Constraint::Name(error)));
        }
        // (d) to (f)
        let taken = self.state.as_mut().map(|state| state.take(certificate, index == 0));
        if let Some(Err(error)) = taken {
            self.problem(index, Status::Constraints(Constraint::Policy(error)));
            self.state = None;
        }
    }

    /// RFC 5280, 6.1.4.
    fn prepare(&mut self, certificate: &Certificate, index: usize) {
        // (a) and (b)
        let mapped = self.state.as_mut().map(|state| state.map(certificate));
        if let Some(Err(error)) = mapped {
            self.problem(index, Status::Constraints(Constraint::Policy(error)));
            self.state = None;
        }
        // (c) to (f)
        let completed = certificate.key().completed_by(&self.key);
        self.key_info = match certificate.key().lacks_parameters() {
            true => [certificate.key_info(), &self.key_info].concat(),
            false => certificate.key_info().to_vec(),
        };
        self.key = completed;
        // (g)
        self.names.add(certificate);
        // (h) to (j)
        if let Some(state) = &mut self.state {
            state.prepare(certificate);
        }
        // (k)
        let constraints = certificate.extensions().basic_constraints;
        if certificate.version() < 2 || !constraints.is_some_and(|is| is.authority) {
            self.problem(index, Status::Constraints(Constraint::NotAnAuthority));
        }
        // (l) and (m)
        if !certificate.is_self_issued() {
            match self.length.checked_sub(1) {
                Some(left) => self.length = left,
                None => self.problem(index, Status::Constraints(Constraint::PathLength)),
            }
        }
        if let Some(most) = constraints.and_then(|constraints| constraints.path_length) {
            self.length = self.length.min(usize::try_from(most).unwrap_or(usize::MAX));
        }
        // (n)
        if certificate.extensions().key_usage.is_some_and(|usage| !usage.certificates()) {
            self.problem(index, Status::Constraints(Constraint::KeyUsage));
        }
        // (o)
        self.critical(certificate, index);
    }

    /// RFC 5280, 6.1.5.
    fn wrap_up(&mut self, certificate: &Certificate) {
        self.critical(certificate, 0);
        let accepted = self.walk.request.policy.accepted.as_ref();
        let left = self.state.take().map(|state| state.finish(certificate, accepted));
        match left {
            Some(Ok(policies)) => self.policies = policies,
            Some(Err(error)) => {
                self.problem(0, Status::Constraints(Constraint::Policy(error)));
            }
            None => self.policies = Some(BTreeSet::new()),
        }
        check_purpose(certificate, self.question.purpose, &mut self.problems);
    }

    fn critical(&mut self, certificate: &Certificate, index: usize) {
        if !certificate.extensions().unknown_critical.is_empty() {
            self.problem(index, Status::Constraints(Constraint::UnknownCritical));
        }
    }
}

fn signature_status(error: SignatureError) -> Status {
    match error {
        SignatureError::Mismatch | SignatureError::WrongKey | SignatureError::Key => {
            Status::General(General::BadSignature)
        }
        SignatureError::Parameters | SignatureError::Unsupported => Status::Crypto(error),
    }
}

/// RFC 5280, 6.1.3 (a) (2).
fn check_bounds(
    certificate: &Certificate,
    index: usize,
    at: Timestamp,
    problems: &mut Vec<Problem>,
) {
    if at < certificate.not_before() {
        let status = Status::NotYetValid(certificate.not_before());
        problems.push(Problem { index, status });
    }
    if at > certificate.not_after() {
        let status = Status::Expired(certificate.not_after());
        problems.push(Problem { index, status });
    }
}

/// Whether the key may be used for the purpose.
fn check_purpose(
    certificate: &Certificate,
    purpose: Purpose,
    problems: &mut Vec<Problem>,
) {
    if let Some(constraint) = unfit(certificate, purpose) {
        problems.push(Problem { index: 0, status: Status::Constraints(constraint) });
    }
}

/// The rule that forbids this certificate this purpose, if one does.
#[must_use]
pub fn unfit(certificate: &Certificate, purpose: Purpose) -> Option<Constraint> {
    let extensions = certificate.extensions();
    let usage = extensions.key_usage;
    let signs = usage.is_none_or(|u| u.digital_signature() || u.non_repudiation());
    let extended = extensions.extended_key_usage.as_ref();
    match purpose {
        Purpose::Any => None,
        Purpose::Signer if !signs => Some(Constraint::KeyUsage),
        Purpose::Signer => {
            let fits =
                extended.is_none_or(|e| e.purposes.iter().any(|p| signs_documents(*p)));
            (!fits).then_some(Constraint::ExtendedKeyUsage)
        }
        Purpose::Tsa if !signs => Some(Constraint::KeyUsage),
        // RFC 3161, 2.3: critical, and this purpose alone.
        Purpose::Tsa => {
            let fits = extended
                .is_some_and(|e| e.critical && e.purposes == [oid::TIME_STAMPING]);
            (!fits).then_some(Constraint::ExtendedKeyUsage)
        }
        Purpose::Ocsp if !signs => Some(Constraint::KeyUsage),
        Purpose::Ocsp => {
            let fits = extended.is_some_and(|e| e.names(oid::OCSP_SIGNING));
            (!fits).then_some(Constraint::ExtendedKeyUsage)
        }
        Purpose::CrlIssuer => {
            let lists =
                usage.is_none_or(crate::pki::extension::KeyUsage::revocation_lists);
            (!lists).then_some(Constraint::KeyUsage)
        }
    }
}

/// Whether this purpose does not speak against signing documents. Authorities
/// give signers many: what is left out are the purposes of machines.
fn signs_documents(purpose: oid::Oid) -> bool {
    const MACHINES: [oid::Oid; 4] =
        [oid::SERVER_AUTH, oid::CODE_SIGNING, oid::TIME_STAMPING, oid::OCSP_SIGNING];
    !MACHINES.contains(&purpose)
}

impl Standing {
    /// What is wrong because of it.
    fn problem(&self, index: usize) -> Option<Problem> {
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
