//! The checks of RFC 5280, 6.1, for one chain: signatures, times, names,
//! policies, lengths and usages, from the anchor down. Revocation, 6.1.3 (a)
//! (3), is looked into afterwards.

use std::collections::BTreeSet;

use crate::pki::certificate::{Certificate, Oddity};
use crate::pki::constraints::Names;
use crate::pki::key::PublicKey;
use crate::pki::oid::Oid;
use crate::pki::path::{Constraint, General, Problem, Status};
use crate::pki::policy::Policies;
use crate::pki::purpose::{Purpose, unfit};
use crate::pki::signature::SignatureError;
use crate::pki::store::Anchor;
use crate::pki::walk::{Question, Walk};
use crate::time::Timestamp;

/// The checks of RFC 5280, 6.1, and their state variables.
pub(crate) struct Rules<'r, 'a, 'q> {
    walk: &'r mut Walk<'a>,
    question: &'r Question<'q>,
    chain: &'r [Certificate],
    pub(crate) problems: Vec<Problem>,
    names: Names,
    state: Option<Policies>,
    /// 6.1.2 (g) to (j): the key that must have signed the next certificate.
    key: PublicKey,
    key_info: Vec<u8>,
    /// 6.1.2 (k): authorities that may still follow.
    length: usize,
    /// The working keys of the issuers, by place in the chain.
    pub(crate) keys: Vec<PublicKey>,
    pub(crate) policies: Option<BTreeSet<Oid>>,
}

impl<'r, 'a, 'q> Rules<'r, 'a, 'q> {
    /// RFC 5280, 6.1.2: before the first certificate.
    pub(crate) fn new(
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

    pub(crate) fn run(&mut self) {
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
pub(crate) fn check_bounds(
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
pub(crate) fn check_purpose(
    certificate: &Certificate,
    purpose: Purpose,
    problems: &mut Vec<Problem>,
) {
    if let Some(constraint) = unfit(certificate, purpose) {
        problems.push(Problem { index: 0, status: Status::Constraints(constraint) });
    }
}
