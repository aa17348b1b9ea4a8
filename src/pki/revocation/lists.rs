//! What lists say about a certificate (RFC 5280, 6.3).

use std::cmp::Reverse;

use crate::pki::certificate::Certificate;
use crate::pki::crl::{Crl, Lookup, Reason};
use crate::pki::extension::{DistributionPoint, PointName, Reasons, Scope};
use crate::pki::general_name::GeneralName;
use crate::pki::key::PublicKey;
use crate::pki::path::Check;
use crate::pki::purpose::{Purpose, unfit};
use crate::pki::revocation::{
    EvidenceKind, MOST_PIECES, MOST_SIGNERS, Says, Subject, Used, Why, is_from_the_future,
};
use crate::pki::walk::{Question, Walk};

/// Issuers of lists whose own lists have other issuers, and so on.
const MOST_ISSUERS: usize = 2;
/// Distribution points that are looked at.
const MOST_POINTS: usize = 32;

impl Walk<'_> {
    /// What lists say, and which reasons they cover (RFC 5280, 6.3.3).
    pub(super) fn by_lists(&mut self, subject: Subject<'_>) -> (Vec<Used>, Reasons) {
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
                && !is_from_the_future(delta.this_update(), self.request.now)
                && !self.request.barred.contains_key(&delta.sha256());
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
        scheme: crl.scheme(),
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
