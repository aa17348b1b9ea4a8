//! Whether a certificate was revoked: lists (RFC 5280, 6.3) and answers of
//! responders (RFC 6960, 3.2).
//!
//! Every piece of evidence that speaks of the certificate is told, used or
//! not, with the reason why not. A revocation counts from its date: evidence
//! made later than the moment asked about still proves that the certificate
//! held then, which is how archives keep signatures alive. Nothing is fetched.

use std::cmp::Reverse;

use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::crl::{Crl, Entry, Lookup, Reason};
use crate::pki::extension::{DistributionPoint, PointName, Reasons, Scope};
use crate::pki::general_name::GeneralName;
use crate::pki::key::PublicKey;
use crate::pki::ocsp::{Answer, AnswerStatus, Ocsp};
use crate::pki::path::Check;
use crate::pki::purpose::{Purpose, unfit};
use crate::pki::walk::{Question, Walk};
use crate::time::Timestamp;

/// Seconds that the clocks of two authorities may be apart.
const SKEW: i64 = 300;
/// Issuers of lists whose own lists have other issuers, and so on.
const MOST_ISSUERS: usize = 2;
/// Signers tried for one list or answer.
const MOST_SIGNERS: usize = 8;
/// Lists, or answers, that are looked at for one certificate: the newest.
const MOST_PIECES: usize = 64;
/// Distribution points that are looked at.
const MOST_POINTS: usize = 32;

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
    /// An OCSP responder that its issuer vouches for (`ocsp-nocheck`).
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

impl<'w> Walk<'w> {
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
        // Whoever fills a file with evidence must not push out what speaks against him.
        if self.spent.exhausted && matches!(revocation, Revocation::Good { .. }) {
            revocation = Revocation::Unknown(Why::Unusable);
        }
        Standing { revocation, evidence }
    }

    /// What OCSP answers say.
    fn by_answers(&mut self, subject: Subject<'_>) -> Vec<Used> {
        let request = self.request;
        let ocsps = request.evidence.ocsps.iter().chain(&request.store.evidence().ocsps);
        let about = |ocsp: &'w Ocsp| {
            let (certificate, issuer) = (subject.certificate, subject.issuer);
            let mut answers = ocsp.answers().iter();
            let answer = answers.find(|answer| answer.is_about(certificate, issuer));
            answer.map(|answer| (ocsp, answer))
        };
        let mut answers: Vec<(&Ocsp, &Answer)> = ocsps.filter_map(about).collect();
        answers.sort_by_key(|(_, answer)| Reverse(answer.this_update));
        answers.dedup_by_key(|(ocsp, _)| ocsp.sha256());
        self.spent.exhausted |= answers.len() > MOST_PIECES;
        answers.truncate(MOST_PIECES);
        let told = answers.into_iter();
        told.map(|(ocsp, answer)| self.by_answer(subject, ocsp, answer)).collect()
    }

    fn by_answer(&mut self, subject: Subject<'_>, ocsp: &Ocsp, answer: &Answer) -> Used {
        let mut used = Used {
            kind: EvidenceKind::Ocsp,
            sha256: ocsp.sha256(),
            this_update: answer.this_update,
            next_update: answer.next_update,
            produced_at: Some(ocsp.produced_at()),
            signer: None,
            says: None,
            refused: None,
            signer_unchecked: false,
        };
        let critical = !ocsp.extensions().unknown_critical.is_empty()
            || !answer.extensions.unknown_critical.is_empty();
        let newest = ocsp.produced_at().max(answer.this_update);
        if critical || is_from_the_future(newest, self.request.now) {
            used.refused = Some(Why::Unusable);
            return used;
        }
        let Some((signer, unchecked)) = self.responder(subject, ocsp) else {
            used.refused = Some(Why::NotAuthorised);
            return used;
        };
        used.signer = Some(signer);
        used.signer_unchecked = unchecked;
        used.says = Some(match answer.status {
            AnswerStatus::Good => Says::Good,
            AnswerStatus::Revoked(entry) => Says::Revoked(entry),
            AnswerStatus::Unknown => Says::Unknown,
        });
        let known_since = answer.extensions.archive_cutoff;
        let known_since = known_since.or(ocsp.extensions().archive_cutoff);
        used.refused = match answer.status {
            AnswerStatus::Unknown => Some(Why::UnknownToResponder),
            AnswerStatus::Revoked(_) => None,
            AnswerStatus::Good => self.refuse_good(subject, &used, known_since),
        };
        used
    }

    /// Who signed the answer and may: the issuer, someone the issuer says may,
    /// or an anchor for that purpose (RFC 6960, 4.2.2.2). Also whether that
    /// signer's own revocation stays open.
    fn responder(
        &mut self,
        subject: Subject<'_>,
        ocsp: &Ocsp,
    ) -> Option<(Certificate, bool)> {
        let issuer = subject.issuer;
        if ocsp.is_from(issuer)
            && self
                .once((ocsp.sha256(), ocsp.der().len()), issuer.key_info(), || {
                    ocsp.is_signed_by(subject.key)
                })
                .is_ok()
        {
            return Some((issuer.clone(), false));
        }
        let request = self.request;
        let own = ocsp.certificates().iter().chain(request.pool).chain(subject.extra);
        let anchors = request.store.anchors().iter().map(|anchor| &anchor.certificate);
        let all = own.chain(request.store.intermediates()).chain(anchors.clone());
        let named: Vec<&Certificate> =
            all.filter(|other| ocsp.is_from(other)).take(MOST_SIGNERS).collect();
        for signer in named {
            let made = |key: &PublicKey| ocsp.is_signed_by(key);
            let fits = unfit(signer, Purpose::Ocsp).is_none()
                && signer.extensions().unknown_critical.is_empty()
                && signer.is_valid_at(ocsp.produced_at())
                && self
                    .once((ocsp.sha256(), ocsp.der().len()), signer.key_info(), || {
                        made(signer.key())
                    })
                    .is_ok();
            if !fits {
                continue;
            }
            if anchors.clone().any(|anchor| anchor == signer) {
                return Some((signer.clone(), false));
            }
            let delegated = signer.issuer() == issuer.subject()
                && self.verify(signer, subject.key, issuer.key_info()).is_ok();
            if !delegated {
                continue;
            }
            if signer.extensions().ocsp_no_check {
                return Some((signer.clone(), false));
            }
            let own = Subject { certificate: signer, at: ocsp.produced_at(), ..subject };
            let (lists, reasons) = self.by_lists(own);
            match conclude(&lists, reasons, own.at) {
                Revocation::Revoked(_) => {}
                Revocation::Good { .. } => return Some((signer.clone(), false)),
                Revocation::NotAsked | Revocation::NotNeeded | Revocation::Unknown(_) => {
                    return Some((signer.clone(), true));
                }
            }
        }
        None
    }

    /// What lists say, and which reasons they cover (RFC 5280, 6.3.3).
    fn by_lists(&mut self, subject: Subject<'_>) -> (Vec<Used>, Reasons) {
        let request = self.request;
        let lists = request.evidence.crls.iter().chain(&request.store.evidence().crls);
        let indirect = |crl: &Crl| {
            let point = crl.extensions().issuing_distribution_point.as_ref();
            point.is_some_and(|point| point.indirect)
        };
        let issuer = subject.certificate.issuer();
        let about = |crl: &&Crl| crl.issuer() == issuer || indirect(crl);
        let mut lists: Vec<&Crl> = lists.filter(about).collect();
        // The newest first: it knows what the older ones know.
        lists.sort_by_key(|crl| Reverse(crl.this_update()));
        lists.dedup();
        self.spent.exhausted |= lists.len() > MOST_PIECES;
        lists.truncate(MOST_PIECES);
        let points = &subject.certificate.extensions().crl_distribution_points;
        let mut points: Vec<_> = points.iter().take(MOST_POINTS).cloned().collect();
        // 6.3.3, at the end: any list of the issuer, as if so named.
        points.push(DistributionPoint {
            names: PointName::Full(vec![GeneralName::Directory(
                subject.certificate.issuer().clone(),
            )]),
            reasons: None,
            crl_issuer: Vec::new(),
        });
        let mut evidence: Vec<Used> = Vec::new();
        let mut covered = Reasons::NONE;
        for point in &points {
            for crl in &lists {
                // (b), (d) and (e)
                let Some(reasons) = covers(subject.certificate, point, crl) else {
                    continue;
                };
                let told = evidence.iter().any(|used| used.sha256 == crl.sha256());
                if covered.holds(reasons) || told {
                    continue;
                }
                let subject =
                    Subject { named_issuer: !point.crl_issuer.is_empty(), ..subject };
                let (used, delta) = self.by_list(subject, crl, &lists);
                if used.refused.is_none() {
                    covered = covered.or(reasons);
                }
                evidence.push(used);
                evidence.extend(delta);
            }
        }
        (evidence, covered)
    }

    /// RFC 5280, 6.3.3 (c) and (f) to (l), for one list.
    fn by_list(
        &mut self,
        subject: Subject<'_>,
        crl: &Crl,
        lists: &[&Crl],
    ) -> (Used, Option<Used>) {
        let mut used = told(crl, EvidenceKind::Crl);
        let damaged = !crl.extensions().unknown_critical.is_empty()
            || !crl.extensions().damaged.is_empty();
        if damaged || is_from_the_future(crl.this_update(), self.request.now) {
            used.refused = Some(Why::Unusable);
            return (used, None);
        }
        let Some((signer, key)) = self.list_issuer(subject, crl) else {
            used.refused = Some(Why::NotAuthorised);
            return (used, None);
        };
        used.signer = Some(signer.clone());
        let issuer = subject.certificate.issuer();
        let serial = subject.certificate.serial();
        let affords = self.affords(crl.der().len());
        let Some(listed) = crl.lookup(issuer, serial).ok().filter(|_| affords) else {
            used.refused = Some(Why::Unusable);
            return (used, None);
        };
        let delta = self.delta(subject, crl, (&signer, &key), lists);
        used.says = match (delta.as_ref().and_then(|delta| delta.says), listed) {
            // (i) to (k): the changes first; what they take off is off.
            (Some(Says::Revoked(entry)), _) if entry.reason == Reason::RemoveFromCrl => {
                Some(Says::Good)
            }
            (Some(says @ Says::Revoked(_)), _) => Some(says),
            (_, Lookup::Listed(entry)) if entry.reason != Reason::RemoveFromCrl => {
                Some(Says::Revoked(entry))
            }
            (_, Lookup::Listed(_) | Lookup::Absent) => Some(Says::Good),
            (_, Lookup::Unusable) => None,
        };
        used.refused = match used.says {
            None | Some(Says::Unknown) => Some(Why::Unusable),
            Some(Says::Revoked(_)) => None,
            Some(Says::Good) => {
                self.refuse_good(subject, &used, crl.extensions().expired_certs_since)
            }
        };
        (used, delta)
    }

    /// The newest list of changes that goes with a complete list (6.3.3 (c)
    /// and (h)).
    fn delta(
        &mut self,
        subject: Subject<'_>,
        complete: &Crl,
        signer: (&Certificate, &PublicKey),
        lists: &[&Crl],
    ) -> Option<Used> {
        let number = complete.extensions().crl_number.as_deref()?;
        for delta in lists {
            let Some(base) = delta.extensions().delta_base.as_deref() else { continue };
            let Some(own) = delta.extensions().crl_number.as_deref() else { continue };
            let points = |crl: &Crl| crl.extensions().issuing_distribution_point.clone();
            let keys = |crl: &Crl| crl.extensions().authority_key_id.clone();
            let fits = delta.issuer() == complete.issuer()
                && points(delta) == points(complete)
                && keys(delta) == keys(complete)
                && !is_less(number, base)
                && is_less(number, own)
                && delta.extensions().unknown_critical.is_empty()
                && !is_from_the_future(delta.this_update(), self.request.now);
            if !fits {
                continue;
            }
            let mut used = told(delta, EvidenceKind::DeltaCrl);
            used.signer = Some(signer.0.clone());
            let signed = self.once(
                (delta.sha256(), delta.der().len()),
                signer.0.key_info(),
                || delta.is_signed_by(signer.1),
            );
            let issuer = subject.certificate.issuer();
            let listed = delta.lookup(issuer, subject.certificate.serial());
            match (signed, listed) {
                (Err(_), _) => used.refused = Some(Why::NotAuthorised),
                (Ok(()), Ok(Lookup::Listed(entry))) => {
                    used.says = Some(Says::Revoked(entry));
                }
                (Ok(()), Ok(Lookup::Absent)) => used.says = Some(Says::Good),
                (Ok(()), Ok(Lookup::Unusable) | Err(_)) => {
                    used.refused = Some(Why::Unusable);
                }
            }
            return Some(used);
        }
        None
    }

    /// Whose key signed a list, and may (6.3.3 (f) and (g)): the issuer in the
    /// chain, or another certificate of the list's issuer below the same anchor.
    fn list_issuer(
        &mut self,
        subject: Subject<'_>,
        crl: &Crl,
    ) -> Option<(Certificate, PublicKey)> {
        let signs =
            |certificate: &Certificate| unfit(certificate, Purpose::CrlIssuer).is_none();
        let issuer = subject.issuer;
        if issuer.subject() == crl.issuer()
            && signs(issuer)
            && self
                .once((crl.sha256(), crl.der().len()), issuer.key_info(), || {
                    crl.is_signed_by(subject.key)
                })
                .is_ok()
        {
            return Some((issuer.clone(), subject.key.clone()));
        }
        let request = self.request;
        let anchor = subject.anchor;
        let pool = request.pool.iter().chain(subject.extra);
        let named = pool.filter(|other| other.subject() == crl.issuer());
        let all = named.chain(request.store.intermediates_named(crl.issuer()));
        let all =
            std::iter::once(anchor).filter(|a| a.subject() == crl.issuer()).chain(all);
        let others: Vec<&Certificate> =
            all.filter(|other| *other != issuer).take(MOST_SIGNERS).collect();
        for other in others {
            let fits = signs(other)
                && self
                    .once((crl.sha256(), crl.der().len()), other.key_info(), || {
                        crl.is_signed_by(other.key())
                    })
                    .is_ok()
                && self.is_below(other, subject, crl);
            if fits {
                return Some((other.clone(), other.key().clone()));
            }
        }
        None
    }

    /// Whether a list's issuer has a good chain to the same anchor.
    fn is_below(&mut self, other: &Certificate, subject: Subject<'_>, crl: &Crl) -> bool {
        let anchor = subject.anchor;
        // Nobody vouches for himself, unless his issuer said he should: then
        // his list speaks of him too.
        if self.issuers.contains(&other.sha256()) {
            return subject.named_issuer && other == subject.certificate;
        }
        // Questions about questions end.
        if self.issuers.len() >= MOST_ISSUERS {
            return false;
        }
        self.issuers.push(other.sha256());
        let path = self.best(&Question {
            target: other,
            extra: subject.extra,
            at: crl.this_update(),
            purpose: Purpose::CrlIssuer,
            check: Check::Revocation,
            anchor: Some(anchor),
        });
        self.issuers.pop();
        path.is_valid()
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
        (!fresh).then_some(Why::Stale)
    }
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
            && earliest.is_none_or(|earliest| entry.at < earliest.at)
        {
            earliest = Some(entry);
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

/// The reasons that a list covers for a certificate by way of a distribution
/// point; `None` if it does not speak of the certificate (6.3.3 (b) and (d)).
fn covers(
    certificate: &Certificate,
    point: &DistributionPoint,
    crl: &Crl,
) -> Option<Reasons> {
    if crl.extensions().delta_base.is_some() {
        return None;
    }
    let own = crl.extensions().issuing_distribution_point.as_ref();
    // (b) (1)
    let issuer_fits = if point.crl_issuer.is_empty() {
        crl.issuer() == certificate.issuer()
    } else {
        let named = |name: &GeneralName| matches!(name, GeneralName::Directory(name) if name == crl.issuer());
        point.crl_issuer.iter().any(named) && own.is_some_and(|own| own.indirect)
    };
    if !issuer_fits {
        return None;
    }
    let mut reasons = point.reasons.unwrap_or(Reasons::ALL);
    if let Some(own) = own {
        // (b) (2) (i)
        let own_names = own.names.against(crl.issuer());
        if own.names != PointName::None {
            let names = match &point.names {
                PointName::None => point.crl_issuer.clone(),
                named @ (PointName::Full(_) | PointName::Relative(_)) => {
                    named.against(crl.issuer())
                }
            };
            if !own_names.iter().any(|name| names.contains(name)) {
                return None;
            }
        }
        // (b) (2) (ii) to (iv)
        let constraints = certificate.extensions().basic_constraints;
        let authority = constraints.is_some_and(|constraints| constraints.authority);
        match own.scope {
            Scope::All => {}
            Scope::Users if !authority => {}
            Scope::Authorities if authority => {}
            Scope::Users | Scope::Authorities | Scope::Neither => return None,
        }
        // (d)
        reasons = reasons.and(own.reasons.unwrap_or(Reasons::ALL));
    }
    Some(reasons)
}

fn told(crl: &Crl, kind: EvidenceKind) -> Used {
    Used {
        kind,
        sha256: crl.sha256(),
        this_update: crl.this_update(),
        next_update: crl.next_update(),
        produced_at: None,
        signer: None,
        says: None,
        refused: None,
        signer_unchecked: false,
    }
}

/// Whether one list number is less than another.
fn is_less(number: &[u8], other: &[u8]) -> bool {
    (number.len(), number) < (other.len(), other)
}

fn is_from_the_future(made: Timestamp, now: Timestamp) -> bool {
    made.unix() > now.unix().saturating_add(SKEW)
}
