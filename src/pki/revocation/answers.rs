//! What responders answer about a certificate (RFC 6960, 3.2 and 4.2.2.2).

use std::cmp::Reverse;

use crate::pki::certificate::Certificate;
use crate::pki::key::PublicKey;
use crate::pki::ocsp::{Answer, AnswerStatus, Ocsp};
use crate::pki::purpose::{Purpose, unfit};
use crate::pki::revocation::{
    EvidenceKind, MOST_PIECES, MOST_SIGNERS, Revocation, Says, Subject, Used, Why,
    conclude, is_from_the_future,
};
use crate::pki::walk::Walk;

impl<'w> Walk<'w> {
    /// What OCSP answers say.
    pub(super) fn by_answers(&mut self, subject: Subject<'_>) -> Vec<Used> {
        let request = self.request;
        let ocsps = request.evidence.ocsps.iter().chain(&request.store.evidence().ocsps);
        let about = |ocsp: &'w Ocsp| {
            let (certificate, issuer) = (subject.certificate, subject.issuer);
            let answers = ocsp.answers().iter();
            let about = answers.filter(|answer| answer.is_about(certificate, issuer));
            // Of several, which contradict each other, the gravest.
            about.max_by_key(|answer| gravity(answer)).map(|answer| (ocsp, answer))
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
            scheme: ocsp.scheme(),
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
        used.signer = Some(signer.clone());
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
            // RFC 6960, 4.2.2.2.1: where a responder's certificate says how to ask
            // about itself, it must be asked about; where it says nothing, that is left
            // to whoever relies on it, and told.
            AnswerStatus::Good if unchecked && asks_for_a_check(&signer) => {
                Some(Why::NotAuthorised)
            }
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
}

fn gravity(answer: &Answer) -> u8 {
    match answer.status {
        AnswerStatus::Good => 0,
        AnswerStatus::Unknown => 1,
        AnswerStatus::Revoked(_) => 2,
    }
}

/// Whether a responder's certificate says where its own revocation is told.
fn asks_for_a_check(responder: &Certificate) -> bool {
    let extensions = responder.extensions();
    !extensions.crl_distribution_points.is_empty() || !extensions.ocsp_urls.is_empty()
}
