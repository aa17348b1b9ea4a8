//! What the addresses in certificates have to say: missing issuers, OCSP answers
//! and revocation lists (RFC 5280, 4.2.1.13 and 4.2.2.1; RFC 6960).
//!
//! Nothing here touches the network: who calls brings the way there. What comes
//! back is believed no more than what comes from a folder; it proves itself or
//! is of no use, and the report names it by its hash, so that the verdict can be
//! repeated without asking anybody.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::digest::Digest;
use crate::pki::extension::PointName;
use crate::pki::general_name::GeneralName;
use crate::pki::store::Place;
use crate::pki::{Certificate, Crl, Ocsp, Store, ocsp, pem};
use crate::verify::examine::Report;
use crate::verify::verdict::Indication;

/// Times a file is judged anew with what was fetched: issuers lead to issuers.
pub const MOST_ROUNDS: usize = 4;
/// Certificates of one chain.
const MOST_LINKS: usize = 12;
/// Addresses of one kind that are asked for one certificate.
const MOST_ADDRESSES: usize = 4;
/// Bytes of a nonce in a question (RFC 9654, 2.1).
pub const NONCE: usize = 32;
/// Addresses asked about one file; a signature can bring thousands of certificates.
const MOST_ASKED: usize = 64;

/// What is asked of an address.
#[derive(Clone, Copy, Debug)]
pub enum Asked<'a> {
    /// A certificate.
    Issuer,
    /// A revocation list; some are large.
    List,
    /// An OCSP answer to this request.
    Answer(&'a [u8]),
}

/// What is wanted of an address.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Issuer,
    List,
    /// What the responder says of the first, whose issuer is the second.
    Standing(&'a Certificate, &'a Certificate),
}

/// Something that came back.
#[derive(Clone, Debug)]
pub enum Got {
    /// An issuer's certificate.
    Issuer(Certificate),
    /// A revocation list.
    List(Crl),
    /// An OCSP answer.
    Answer(Ocsp),
}

/// What an address gave; nothing if what came back was of no use.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// The address.
    pub url: String,
    /// What it gave.
    pub got: Option<Got>,
}

impl Got {
    /// What it is, as stores call it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Issuer(_) => "intermediate",
            Self::List(_) => "crl",
            Self::Answer(_) => "ocsp",
        }
    }

    /// SHA-256 of its bytes.
    #[must_use]
    pub fn sha256(&self) -> Digest {
        match self {
            Self::Issuer(certificate) => certificate.sha256(),
            Self::List(list) => list.sha256(),
            Self::Answer(answer) => answer.sha256(),
        }
    }

    /// Its bytes.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        match self {
            Self::Issuer(certificate) => certificate.der(),
            Self::List(list) => list.der(),
            Self::Answer(answer) => answer.der(),
        }
    }
}

/// A way to the network: the body of a good answer.
pub type Ask<'a> = dyn Fn(&str, Asked<'_>) -> Option<Vec<u8>> + Sync + 'a;
/// Where nonces of questions come from; nothing where chance is not to be had.
pub type Nonces<'a> = dyn Fn() -> Option<[u8; NONCE]> + Sync + 'a;

/// Asks each address once, however many files lead to it and from however many
/// threads.
pub struct Fetcher<'a> {
    ask: &'a Ask<'a>,
    nonces: &'a Nonces<'a>,
    known: Mutex<BTreeMap<Question, Option<Vec<u8>>>>,
}

/// An address and what is sent to it, but for the nonce.
type Question = (String, Vec<u8>);

impl std::fmt::Debug for Fetcher<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetcher").finish_non_exhaustive()
    }
}

impl<'a> Fetcher<'a> {
    /// One that has asked nobody yet.
    #[must_use]
    pub fn new(ask: &'a Ask<'a>, nonces: &'a Nonces<'a>) -> Self {
        Self { ask, nonces, known: Mutex::default() }
    }

    fn asked(&self, url: &str, what: Wanted<'_>) -> Option<Vec<u8>> {
        let body = match what {
            Wanted::Issuer | Wanted::List => Vec::new(),
            Wanted::Standing(link, issuer) => ocsp::request(link, issuer, None),
        };
        let key = (url.to_owned(), body);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&key) {
            return found.clone();
        }
        drop(known);
        let found = match what {
            Wanted::Issuer => (self.ask)(url, Asked::Issuer),
            Wanted::List => (self.ask)(url, Asked::List),
            Wanted::Standing(link, issuer) => self.answer(url, link, issuer),
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(key).or_insert(found).clone()
    }

    /// Asks a responder. An answer that repeats another nonce is to somebody else's
    /// question, and may be an old one (RFC 9654, 1).
    fn answer(
        &self,
        url: &str,
        link: &Certificate,
        issuer: &Certificate,
    ) -> Option<Vec<u8>> {
        let nonce = (self.nonces)();
        let nonce = nonce.as_ref().map(<[u8; NONCE]>::as_slice);
        let request = ocsp::request(link, issuer, nonce);
        let found = (self.ask)(url, Asked::Answer(&request))?;
        let ours = |answer: &Ocsp| nonce.is_none_or(|nonce| answer.answers_to(nonce));
        Ocsp::parse(&found).is_ok_and(|answer| ours(&answer)).then_some(found)
    }

    /// Asks about the chains of what is still open in a report, and adds what
    /// comes back to `store`. Addresses in `done` were asked before.
    pub fn fetch(
        &self,
        report: &Report,
        store: &mut Store,
        done: &mut Vec<Fetched>,
    ) -> bool {
        let before = done.len();
        for judged in &report.signatures {
            if judged.verdict.indication != Indication::Indeterminate {
                continue;
            }
            let facts = &judged.facts;
            let stamps =
                facts.good_stamps().filter_map(|stamp| stamp.facts.certificate.as_ref());
            for end in facts.certificate().into_iter().chain(stamps) {
                self.chain(end, &facts.pool, store, done);
            }
        }
        done.iter().skip(before).any(|fetched| fetched.got.is_some())
    }

    /// Goes up the chain of a certificate and asks about each link.
    fn chain(
        &self,
        end: &Certificate,
        pool: &[Certificate],
        store: &mut Store,
        done: &mut Vec<Fetched>,
    ) {
        let mut link = end.clone();
        for _ in 0..MOST_LINKS {
            if link.is_self_signed() || is_anchor(store, &link) {
                return;
            }
            let anchors = store.anchors().iter().map(|anchor| &anchor.certificate);
            let mut known = pool.iter().chain(store.intermediates()).chain(anchors);
            let issuer = known.find(|other| issued(other, &link)).cloned();
            let Some(issuer) = issuer.or_else(|| self.issuer(&link, store, done)) else {
                return;
            };
            self.standing(&link, &issuer, store, done);
            link = issuer;
        }
    }

    fn issuer(
        &self,
        of: &Certificate,
        store: &mut Store,
        done: &mut Vec<Fetched>,
    ) -> Option<Certificate> {
        for url in of.extensions().issuer_urls.iter().take(MOST_ADDRESSES) {
            let found = self.once(url, Wanted::Issuer, done, |bytes| {
                certificates(bytes)
                    .into_iter()
                    .find(|issuer| issued(issuer, of))
                    .map(Got::Issuer)
            });
            if let Some(Got::Issuer(issuer)) = found {
                store.add_intermediate(&place(url), issuer.clone());
                return Some(issuer);
            }
        }
        None
    }

    /// Asks whether a link was revoked: the responder first, then for a list.
    fn standing(
        &self,
        link: &Certificate,
        issuer: &Certificate,
        store: &mut Store,
        done: &mut Vec<Fetched>,
    ) {
        for url in link.extensions().ocsp_urls.iter().take(MOST_ADDRESSES) {
            let found = self.once(url, Wanted::Standing(link, issuer), done, |bytes| {
                let answer = Ocsp::parse(bytes).ok()?;
                let about = answer.answers().iter().any(|one| one.is_about(link, issuer));
                about.then_some(Got::Answer(answer))
            });
            if let Some(Got::Answer(answer)) = found {
                store.add_ocsp(&place(url), answer);
                return;
            }
        }
        for url in lists(link).iter().take(MOST_ADDRESSES) {
            let found = self.once(url, Wanted::List, done, |bytes| {
                Crl::parse(&unwrapped(bytes)).ok().map(Got::List)
            });
            if let Some(Got::List(list)) = found {
                store.add_crl(&place(url), list);
                return;
            }
        }
    }

    /// Asks an address unless it was asked about this file before.
    fn once(
        &self,
        url: &str,
        what: Wanted<'_>,
        done: &mut Vec<Fetched>,
        read: impl Fn(&[u8]) -> Option<Got>,
    ) -> Option<Got> {
        if done.len() >= MOST_ASKED {
            return None;
        }
        let got = self.asked(url, what).and_then(|bytes| read(&bytes));
        let same = |one: &Fetched| {
            one.url == url
                && one.got.as_ref().map(Got::sha256) == got.as_ref().map(Got::sha256)
        };
        if done.iter().any(same) {
            return None;
        }
        done.push(Fetched { url: url.to_owned(), got: got.clone() });
        got
    }
}

fn place(url: &str) -> Place {
    Place { source: url.to_owned(), ..Place::default() }
}

fn is_anchor(store: &Store, certificate: &Certificate) -> bool {
    store.anchors().iter().any(|anchor| anchor.certificate == *certificate)
}

fn issued(issuer: &Certificate, of: &Certificate) -> bool {
    issuer.subject() == of.issuer() && of.is_signed_by(issuer.key()).is_ok()
}

/// The certificates in an answer, in DER or PEM.
fn certificates(bytes: &[u8]) -> Vec<Certificate> {
    if !pem::is_pem(bytes) {
        return Certificate::parse(bytes).into_iter().collect();
    }
    let blocks = pem::blocks(bytes).into_iter().filter_map(|(_, der)| der);
    blocks.filter_map(|der| Certificate::parse(&der).ok()).collect()
}

/// A list out of PEM, where it came so.
fn unwrapped(bytes: &[u8]) -> Vec<u8> {
    let first =
        pem::is_pem(bytes).then(|| pem::blocks(bytes).into_iter().find_map(|one| one.1));
    first.flatten().unwrap_or_else(|| bytes.to_vec())
}

/// Where a certificate says that lists about it are.
fn lists(link: &Certificate) -> Vec<String> {
    let names = link.extensions().crl_distribution_points.iter().flat_map(|point| {
        match &point.names {
            PointName::Full(names) => names.as_slice(),
            PointName::None | PointName::Relative(_) => &[],
        }
    });
    names
        .filter_map(|name| {
            if let GeneralName::Uri(url) = name { Some(url.clone()) } else { None }
        })
        .collect()
}
