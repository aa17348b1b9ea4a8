//! The way from a verdict to the addresses in certificates, and what they gave as
//! findings.

use crate::finding::{Finding, Weight};
use crate::net::{self, Patience, Question};
use crate::say;
use crate::verify::fetch::{Asked, Fetched};

/// Bytes of a revocation list that is fetched.
const MOST_LIST: usize = 64 << 20;

/// Asks an address; nothing where nothing usable comes back in time.
pub(super) fn asker() -> impl Fn(&str, Asked<'_>) -> Option<Vec<u8>> + Sync {
    |url, asked| {
        let patience = Patience::default();
        let (question, patience) = match asked {
            Asked::Issuer => (Question::Get, patience),
            Asked::List => (Question::Get, Patience { most: MOST_LIST, ..patience }),
            Asked::Answer(request) => {
                (Question::Post("application/ocsp-request", request), patience)
            }
        };
        net::ask(url, question, patience).ok()
    }
}

/// What an address gave, by its hash.
pub(super) fn told(fetched: &Fetched) -> Finding {
    let url = &fetched.url;
    match &fetched.got {
        Some(got) => Finding::new("evidence.fetched", Weight::Note, |lang| {
            say::verify::fetched(lang, url, got.kind(), got.sha256())
        }),
        None => Finding::new("evidence.not-fetched", Weight::Warning, |lang| {
            say::verify::not_fetched(lang, url)
        }),
    }
}
