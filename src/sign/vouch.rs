//! What proves, long after, that a certificate was good: its chain, and for every
//! link of it an OCSP answer or a revocation list (EN 319 142-1, 5.4.2).
//!
//! Data are taken from what the office has in files first, then, unless it works
//! offline, from the addresses that the certificates name. An answer is used only
//! if `pki` accepts it, so that a signature is never said to last that would not.

use std::time::Duration;

use crate::net::{Door, Patience, Question};
use crate::pki::extension::PointName;
use crate::pki::general_name::GeneralName;
use crate::pki::path::{Check, Limits, NONE_BARRED, Purpose, Request, Status, validate};
use crate::pki::policy::PolicyInputs;
use crate::pki::revocation::Revocation;
use crate::pki::store::Place;
use crate::pki::{Certificate, Crl, Evidence, Ocsp, Store, ocsp, pem};
use crate::sign::SignError;
use crate::sign::key::random;
use crate::time::Timestamp;
use crate::verify::fetch::NONCE;

/// Certificates of one chain.
const MOST_LINKS: usize = 12;
/// Bytes of a revocation list that is fetched.
const MOST_LIST: usize = 64 << 20;
/// Addresses of one kind that are asked for one certificate.
const MOST_ADDRESSES: usize = 4;

/// Where validation data come from.
#[derive(Debug)]
pub struct Sources<'a> {
    /// Certificates, lists and answers that the office has.
    pub store: &'a Store,
    /// The way to the addresses that certificates name, if they may be asked.
    pub online: Option<&'a Door>,
}

/// Validation data: chains and what was said of their links.
#[derive(Clone, Debug, Default)]
pub struct Vouched {
    /// The certificates.
    pub certificates: Vec<Certificate>,
    /// Lists and answers.
    pub evidence: Evidence,
}

impl Vouched {
    fn know(&mut self, certificate: &Certificate) {
        if !self.certificates.contains(certificate) {
            self.certificates.push(certificate.clone());
        }
    }

    fn take_crl(&mut self, crl: &Crl) {
        if !self.evidence.crls.contains(crl) {
            self.evidence.crls.push(crl.clone());
        }
    }

    fn take_ocsp(&mut self, ocsp: &Ocsp) {
        if !self.evidence.ocsps.contains(ocsp) {
            self.evidence.ocsps.push(ocsp.clone());
        }
        for certificate in ocsp.certificates() {
            self.know(certificate);
        }
    }
}

/// Whether a certificate was revoked, as far as can be told before signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Good, or nothing says otherwise and a list or answer was there.
    Good,
    /// Revoked then.
    Revoked(Timestamp),
    /// Nothing speaks of it.
    Unknown,
}

impl Sources<'_> {
    /// What is known about a signer's certificate now.
    #[must_use]
    pub fn standing(
        &self,
        target: &Certificate,
        pool: &[Certificate],
        now: Timestamp,
    ) -> Known {
        let mut vouched = Vouched::default();
        match self.vouch(target, pool, (Purpose::Signer, now), &mut vouched) {
            Ok(()) => Known::Good,
            Err(SignError::Revoked(at)) => Known::Revoked(at),
            Err(_) => Known::Unknown,
        }
    }

    /// Gathers the chain of `target` and what vouches for it.
    ///
    /// # Errors
    ///
    /// When an issuer is missing, nothing speaks of a link, or one was revoked.
    pub fn vouch(
        &self,
        target: &Certificate,
        pool: &[Certificate],
        (purpose, now): (Purpose, Timestamp),
        vouched: &mut Vouched,
    ) -> Result<(), SignError> {
        let chain = self.chain(target, pool, vouched)?;
        for certificate in &chain {
            vouched.know(certificate);
        }
        let mut store = Store::default();
        if let Some(top) = chain.last() {
            store.add_anchor(&Place::default(), top.clone());
        }
        for pair in chain.windows(2) {
            let [link, issuer] = pair else { continue };
            self.vouch_link((link, issuer), (&chain, &store), (purpose, now), vouched)?;
        }
        Ok(())
    }

    /// The certificates from `target` to one signed by its own key.
    fn chain(
        &self,
        target: &Certificate,
        pool: &[Certificate],
        vouched: &Vouched,
    ) -> Result<Vec<Certificate>, SignError> {
        let mut chain = vec![target.clone()];
        while let Some(last) = chain.last().filter(|last| !last.is_self_signed()) {
            if chain.len() > MOST_LINKS {
                return Err(SignError::IssuerMissing(last.issuer().common()));
            }
            let anchors = self.store.anchors().iter().map(|anchor| &anchor.certificate);
            let all = pool.iter().chain(self.store.intermediates()).chain(anchors);
            let mut all = all.chain(&vouched.certificates);
            let issuer = all.find(|other| is_issuer(other, last)).cloned();
            let Some(issuer) = issuer.or_else(|| self.fetch_issuer(last)) else {
                return Err(SignError::IssuerMissing(last.issuer().common()));
            };
            if chain.contains(&issuer) {
                break;
            }
            chain.push(issuer);
        }
        Ok(chain)
    }

    fn fetch_issuer(&self, certificate: &Certificate) -> Option<Certificate> {
        let door = self.online?;
        let urls = certificate.extensions().issuer_urls.iter().take(MOST_ADDRESSES);
        urls.filter_map(|url| door.ask(url, Question::Get).ok()).find_map(|bytes| {
            let certificate_of = |der: &[u8]| Certificate::parse(der).ok();
            let found = if pem::is_pem(&bytes) {
                let blocks = pem::blocks(&bytes);
                blocks.into_iter().find_map(|(_, der)| certificate_of(&der?))
            } else {
                certificate_of(&bytes)
            };
            found.filter(|issuer| is_issuer(issuer, certificate))
        })
    }

    /// Finds something that says whether `link` was revoked.
    fn vouch_link(
        &self,
        (link, issuer): (&Certificate, &Certificate),
        trusted: (&[Certificate], &Store),
        (purpose, now): (Purpose, Timestamp),
        vouched: &mut Vouched,
    ) -> Result<(), SignError> {
        let own = self.store.evidence();
        let speaks =
            |ocsp: &&Ocsp| ocsp.answers().iter().any(|a| a.is_about(link, issuer));
        let answers = own.ocsps.iter().filter(speaks).cloned();
        let lists = own.crls.iter().filter(|crl| crl.issuer() == link.issuer()).cloned();
        let mut offered = Evidence { ocsps: answers.collect(), crls: lists.collect() };
        if let Some(done) = settle(link, trusted, (purpose, now), &offered, vouched) {
            return done;
        }
        if let Some(door) = self.online {
            offered.ocsps.extend(fetch_answer(link, issuer, door));
            if let Some(done) = settle(link, trusted, (purpose, now), &offered, vouched) {
                return done;
            }
            offered.crls.extend(fetch_list(link, door));
            if let Some(done) = settle(link, trusted, (purpose, now), &offered, vouched) {
                return done;
            }
        }
        Err(SignError::NotVouched(link.display_name()))
    }
}

fn is_issuer(issuer: &Certificate, of: &Certificate) -> bool {
    issuer.subject() == of.issuer() && of.is_signed_by(issuer.key()).is_ok()
}

/// Whether what is offered decides about `link`; if it does, it is kept.
fn settle(
    link: &Certificate,
    (chain, store): (&[Certificate], &Store),
    (purpose, now): (Purpose, Timestamp),
    offered: &Evidence,
    vouched: &mut Vouched,
) -> Option<Result<(), SignError>> {
    // Authorities in the chain are not for the purpose of its end.
    let purpose = if chain.first() == Some(link) { purpose } else { Purpose::Any };
    let path = validate(&Request {
        target: link,
        pool: chain,
        store,
        evidence: offered,
        at: now,
        now,
        purpose,
        check: Check::Revocation,
        policy: PolicyInputs::default(),
        limits: Limits::default(),
        barred: NONE_BARRED,
    });
    let standing = &path.links.first()?.standing;
    match standing.revocation {
        Revocation::NotNeeded => Some(Ok(())),
        Revocation::Revoked(entry) => Some(Err(SignError::Revoked(entry.at))),
        Revocation::Good { .. } => {
            let used = |sha256| {
                let counts =
                    |used: &&crate::pki::revocation::Used| used.refused.is_none();
                standing.evidence.iter().filter(counts).any(|used| used.sha256 == sha256)
            };
            for ocsp in offered.ocsps.iter().filter(|ocsp| used(ocsp.sha256())) {
                vouched.take_ocsp(ocsp);
            }
            let answered = !vouched.evidence.ocsps.is_empty()
                && offered.ocsps.iter().any(|ocsp| used(ocsp.sha256()));
            for crl in offered.crls.iter().filter(|crl| !answered && used(crl.sha256())) {
                vouched.take_crl(crl);
            }
            Some(Ok(()))
        }
        Revocation::NotAsked | Revocation::Unknown(_) => {
            debug_assert!(path.status != Status::Valid, "valid without an answer");
            None
        }
    }
}

/// Asks the responders that a certificate names (RFC 6960, appendix A).
fn fetch_answer(link: &Certificate, issuer: &Certificate, door: &Door) -> Option<Ocsp> {
    let nonce: [u8; NONCE] = random().ok()?;
    let request = ocsp::request(link, issuer, Some(&nonce));
    let urls = link.extensions().ocsp_urls.iter().take(MOST_ADDRESSES);
    urls.filter_map(|url| {
        let question = Question::Post("application/ocsp-request", &request);
        let answer = door.ask(url, question).ok()?;
        Ocsp::parse(&answer).ok().filter(|ocsp| ocsp.answers_to(&nonce))
    })
    .find(|ocsp| ocsp.answers().iter().any(|answer| answer.is_about(link, issuer)))
}

/// Fetches a list from where a certificate says that it is.
fn fetch_list(link: &Certificate, door: &Door) -> Option<Crl> {
    let patience = Patience {
        most: MOST_LIST,
        total: door.patience.total.max(Duration::from_secs(60)),
        ..door.patience
    };
    let points = &link.extensions().crl_distribution_points;
    let urls = points.iter().flat_map(|point| match &point.names {
        PointName::Full(names) => names.as_slice(),
        PointName::None | PointName::Relative(_) => &[],
    });
    let urls = urls.filter_map(|name| {
        if let GeneralName::Uri(url) = name { Some(url.clone()) } else { None }
    });
    urls.take(MOST_ADDRESSES).find_map(|url| {
        let bytes = door.ask_for(&url, Question::Get, patience).ok()?;
        Crl::parse(&bytes).ok().filter(|crl| crl.issuer() == link.issuer())
    })
}
