//! The search for a chain: from a certificate upwards, the likeliest issuer
//! first, without going in circles and with all work counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::key::PublicKey;
use crate::pki::path::{
    Check, Constraint, General, Link, NoChain, Path, Problem, Request, Spent, Status,
};
use crate::pki::purpose::Purpose;
use crate::pki::revocation::{Standing, Subject};
use crate::pki::rules::{Rules, check_bounds, check_purpose};
use crate::pki::signature::SignatureError;
use crate::pki::store::Anchor;
use crate::time::Timestamp;

/// One search for a chain. Checking revocation asks further ones.
pub(crate) struct Walk<'a> {
    pub(crate) request: &'a Request<'a>,
    /// Signatures already computed, by signed bytes and key.
    verified: BTreeMap<(Digest, Digest), Result<(), SignatureError>>,
    /// Revocation already looked into, by certificate, issuer and moment.
    standings: BTreeMap<([Digest; 3], Timestamp), Standing>,
    pub(crate) spent: Spent,
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

impl Question<'_> {
    /// Whether a chain to this anchor answers it.
    fn may_end_at(&self, anchor: &Anchor) -> bool {
        self.anchor.is_none_or(|wanted| anchor.certificate == *wanted)
    }
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

impl<'a> Walk<'a> {
    /// A search that has not begun.
    pub(crate) fn new(request: &'a Request<'a>) -> Self {
        Self {
            request,
            verified: BTreeMap::new(),
            standings: BTreeMap::new(),
            spent: Spent::default(),
            issuers: Vec::new(),
        }
    }

    /// The best chain that answers the question.
    pub(crate) fn best(&mut self, question: &Question<'_>) -> Path {
        let trusted = self.request.store.anchor_of(question.target);
        if let Some(anchor) = trusted.filter(|anchor| question.may_end_at(anchor)) {
            let chain = [question.target.clone()];
            return self.check(question, &chain, anchor);
        }
        let mut seen = Seen::default();
        let mut frames = vec![self.frame(question, question.target, &mut seen)];
        seen.longest.push(question.target.clone());
        while let Some(frame) = frames.last_mut() {
            let Some(issuer) = frame.untried.next() else {
                frames.pop();
                continue;
            };
            if self.spent.steps >= self.request.limits.steps
                || seen.chains >= self.request.limits.chains
            {
                seen.limited = true;
                break;
            }
            self.spent.steps += 1;
            if self.step(question, &mut frames, &issuer, &mut seen) {
                break;
            }
        }
        self.spent.exhausted |= seen.limited;
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
                if frames.len() > seen.longest.len() {
                    seen.longest = [&chain[..], std::slice::from_ref(above)].concat();
                }
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
        let anchors =
            store.anchors_named(name).filter(|anchor| question.may_end_at(anchor));
        let mut untried: Vec<Issuer> = anchors.cloned().map(Issuer::Anchor).collect();
        let pool = self.request.pool.iter().chain(question.extra);
        let named = pool.filter(|other| other.subject() == name);
        let mut known = BTreeSet::new();
        for other in store.intermediates_named(name).chain(named) {
            let is_new = other != below && known.insert(other.sha256());
            if is_new && store.anchor_of(other).is_none() {
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
        let signed = (certificate.sha256(), certificate.der().len());
        self.once(signed, key_info, || certificate.is_signed_by(key))
    }

    /// What `compute` says of the signature on something of this digest and
    /// size, computed once.
    pub(crate) fn once(
        &mut self,
        (signed, size): (Digest, usize),
        key_info: &[u8],
        compute: impl FnOnce() -> Result<(), SignatureError>,
    ) -> Result<(), SignatureError> {
        let place = (signed, Digest::of(key_info));
        if let Some(known) = self.verified.get(&place) {
            return *known;
        }
        if self.spent.signatures >= self.request.limits.signatures || !self.affords(size)
        {
            self.spent.exhausted = true;
            return Err(SignatureError::Unsupported);
        }
        self.spent.signatures += 1;
        let result = compute();
        self.verified.insert(place, result);
        result
    }

    /// Whether so many bytes more may be gone through.
    pub(crate) fn affords(&mut self, size: usize) -> bool {
        self.spent.bytes = self.spent.bytes.saturating_add(size);
        let affords = self.spent.bytes <= self.request.limits.bytes;
        self.spent.exhausted |= !affords;
        affords
    }

    /// Whether a certificate was revoked; looked into once.
    fn standing_once(&mut self, subject: Subject<'_>, purpose: Purpose) -> Standing {
        let place = [subject.certificate, subject.issuer, subject.anchor]
            .map(Certificate::sha256);
        let place = (place, subject.at);
        // Within a question about a list's issuer the answer may differ.
        let plain = self.issuers.is_empty() && purpose != Purpose::Ocsp;
        if let Some(known) = self.standings.get(&place).filter(|_| plain) {
            return known.clone();
        }
        let standing = self.standing(subject, purpose);
        if plain {
            self.standings.insert(place, standing.clone());
        }
        standing
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
        // A list's own issuers are good for what the target's anchor is.
        if question.anchor.is_none() && !anchor.is_granted(question.at, question.purpose)
        {
            let status = Status::Constraints(Constraint::NotGranted);
            path.problems.push(Problem { index: below.len(), status });
        }
        let hopeless = path.problems.iter().any(|problem| problem.status.rank() <= 3);
        for (index, certificate) in below.iter().enumerate() {
            let issuer = below.get(index + 1).unwrap_or(&anchor.certificate);
            let asked = question.check == Check::Revocation && !hopeless;
            let standing = match keys.get(index) {
                Some(key) if asked => {
                    let subject = Subject {
                        certificate,
                        issuer,
                        key,
                        anchor: &anchor.certificate,
                        at: question.at,
                        extra: question.extra,
                        named_issuer: false,
                    };
                    // What the purpose excuses it excuses for the target alone.
                    let purpose =
                        if index == 0 { question.purpose } else { Purpose::Any };
                    self.standing_once(subject, purpose)
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
