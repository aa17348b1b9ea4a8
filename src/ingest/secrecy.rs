//! Papers with a secrecy marking: they are counted, and nothing about them is
//! written or named, unless a person answers for it that they are not secret.

use crate::finding::{Finding, Weight};
use crate::ingest::outcome::{Outcome, Status};
use crate::say;

/// That a paper bears a marking and goes no further.
pub(crate) fn stopped() -> Finding {
    Finding::new("input.secret", Weight::NeedsPerson, say::ingest::secret)
}

/// That a marking was found, and who answers for it that the paper is not secret.
pub(crate) fn answered_for(person: &str) -> Finding {
    let say = |lang| say::ingest::not_secret(lang, person);
    Finding::new("input.not-secret", Weight::Note, say)
}

/// Leaves of a secret paper nothing but that it was there.
pub(crate) fn conceal(outcome: &mut Outcome) {
    outcome.status = Status::Secret;
    outcome.input = String::new();
    outcome.bytes_in = 0;
    outcome.seconds = 0.0;
}
