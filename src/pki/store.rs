//! What a person trusts: anchors, and helpful material that needs no trust.
//!
//! A store is made of named stores (Ban Cơ yếu, NEAC, …). Anchors are the
//! certificates trusted without a chain; intermediates, revocation lists and
//! OCSP answers only help to build and check chains and prove themselves.
//! Every item is listed with its SHA-256, so that a report can name what a
//! verdict stands on.

use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::crl::Crl;
use crate::pki::error::Malformed;
use crate::pki::name::Name;
use crate::pki::ocsp::Ocsp;
use crate::pki::purpose::Purpose;
use crate::pki::revocation::Evidence;
use crate::pki::trusted_list::{self, Service, ServiceKind};
use crate::pki::{der, pem};
use crate::time::Timestamp;

/// Trust anchors and what helps to reach them.
#[derive(Clone, Debug, Default)]
pub struct Store {
    anchors: Vec<Anchor>,
    intermediates: Vec<Certificate>,
    evidence: Evidence,
    items: Vec<Item>,
    /// Trusted lists as they were read.
    lists: Vec<Vec<u8>>,
    anchors_by_name: BTreeMap<Vec<u8>, Vec<usize>>,
    intermediates_by_name: BTreeMap<Vec<u8>, Vec<usize>>,
}

/// A certificate trusted without a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The certificate whose name and key are trusted.
    pub certificate: Certificate,
    /// The named store it is from; empty for the store itself.
    pub store: String,
    /// What trusted lists say of it, and when; nothing where it is trusted as
    /// it is.
    pub services: Vec<Service>,
}

impl Anchor {
    /// Whether trust in it holds at this moment: always, or while a trusted
    /// list grants it a service that may end a chain for the purpose.
    #[must_use]
    pub fn is_granted(&self, at: Timestamp, purpose: Purpose) -> bool {
        let fits = |service: &Service| match service.kind {
            ServiceKind::Authority => true,
            ServiceKind::TimeStamping => purpose == Purpose::Tsa,
            ServiceKind::Other => false,
        };
        let mut services = self.services.iter();
        self.services.is_empty()
            || services.any(|service| fits(service) && service.is_granted_at(at))
    }
}

/// One thing in the store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// The named store it is in.
    pub store: String,
    /// Where it was read from.
    pub source: String,
    /// What it is.
    pub kind: ItemKind,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// Whom it is about, or who issued it.
    pub about: String,
}

/// What an item of the store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// A certificate trusted without a chain.
    Anchor,
    /// A certificate that helps to build chains.
    Intermediate,
    /// A revocation list.
    Crl,
    /// An OCSP answer.
    Ocsp,
    /// A trusted list; its certificates are anchors of their own.
    TrustedList,
    /// Something that is none of these.
    Unreadable,
}

/// Where in a store something was found, and so what it may become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The named store.
    pub store: String,
    /// The file.
    pub source: String,
    /// Whether every certificate here is an anchor, not only those signed by
    /// their own key.
    pub anchors: bool,
}

impl Store {
    /// Adds what `bytes` hold: a certificate, revocation list or OCSP answer
    /// in DER, any number of them in PEM, or a trusted list.
    pub fn add(&mut self, place: &Place, bytes: &[u8]) {
        if trusted_list::is_trusted_list(bytes) {
            self.add_trusted_list(place, bytes);
            return;
        }
        if !pem::is_pem(bytes) {
            self.add_der(place, bytes);
            return;
        }
        for (label, block) in pem::blocks(bytes) {
            match block {
                // Keys have no place in a store of trust, and are no error.
                _ if label.contains("PRIVATE KEY") || label == "PUBLIC KEY" => {}
                Some(der) => self.add_der(place, &der),
                None => self.list(place, ItemKind::Unreadable, Digest::of(bytes), ""),
            }
        }
    }

    /// Adds a certificate trusted without a chain.
    pub fn add_anchor(&mut self, place: &Place, certificate: Certificate) {
        self.trust(place, certificate, Vec::new());
    }

    /// Adds the authorities and time-stamping services of a trusted list.
    fn add_trusted_list(&mut self, place: &Place, bytes: &[u8]) {
        let Ok(services) = trusted_list::parse(bytes) else {
            self.list(place, ItemKind::Unreadable, Digest::of(bytes), "");
            return;
        };
        self.list(place, ItemKind::TrustedList, Digest::of(bytes), &place.source);
        self.lists.push(bytes.to_vec());
        for (service, certificates) in services {
            for certificate in certificates {
                if service.kind != ServiceKind::Other {
                    self.trust(place, certificate, vec![service.clone()]);
                }
            }
        }
    }

    /// Adds all that another store holds, with what trusted lists say of it.
    pub fn join(&mut self, other: Self) {
        for anchor in other.anchors {
            self.hold(&anchor.store, anchor.certificate, anchor.services);
        }
        for certificate in other.intermediates {
            self.help(certificate);
        }
        self.evidence.crls.extend(other.evidence.crls);
        self.evidence.ocsps.extend(other.evidence.ocsps);
        self.items.extend(other.items);
        self.lists.extend(other.lists);
    }

    fn trust(&mut self, place: &Place, certificate: Certificate, services: Vec<Service>) {
        let about = certificate.subject().to_string();
        self.list(place, ItemKind::Anchor, certificate.sha256(), &about);
        self.hold(&place.store, certificate, services);
    }

    fn hold(&mut self, store: &str, certificate: Certificate, services: Vec<Service>) {
        let name = certificate.subject().key();
        let named = self.anchors_by_name.entry(name).or_default();
        let known = named.iter().find(|known| {
            self.anchors
                .get(**known)
                .is_some_and(|known| known.certificate == certificate)
        });
        if let Some(known) = known.and_then(|known| self.anchors.get_mut(*known)) {
            // Trust as it is outweighs what lists say of it.
            if services.is_empty() {
                known.services.clear();
            } else if !known.services.is_empty() {
                known.services.extend(services);
            }
            return;
        }
        named.push(self.anchors.len());
        self.anchors.push(Anchor { certificate, store: store.to_owned(), services });
    }

    /// Adds a certificate that helps to build chains.
    pub fn add_intermediate(&mut self, place: &Place, certificate: Certificate) {
        let about = certificate.subject().to_string();
        self.list(place, ItemKind::Intermediate, certificate.sha256(), &about);
        self.help(certificate);
    }

    fn help(&mut self, certificate: Certificate) {
        let key = certificate.subject().key();
        self.intermediates_by_name.entry(key).or_default().push(self.intermediates.len());
        self.intermediates.push(certificate);
    }

    /// Adds a revocation list.
    pub fn add_crl(&mut self, place: &Place, crl: Crl) {
        self.list(place, ItemKind::Crl, crl.sha256(), &crl.issuer().to_string());
        self.evidence.crls.push(crl);
    }

    /// Adds an OCSP answer.
    pub fn add_ocsp(&mut self, place: &Place, ocsp: Ocsp) {
        self.list(place, ItemKind::Ocsp, ocsp.sha256(), "");
        self.evidence.ocsps.push(ocsp);
    }

    /// The anchors, in the order they were added.
    #[must_use]
    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// The certificates that help to build chains.
    #[must_use]
    pub fn intermediates(&self) -> &[Certificate] {
        &self.intermediates
    }

    /// The revocation lists and OCSP answers.
    #[must_use]
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The trusted lists, as they were read.
    #[must_use]
    pub fn lists(&self) -> &[Vec<u8>] {
        &self.lists
    }

    /// Everything in the store.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// One value for all that is in the store, whatever the files are called
    /// and in whatever order they were read.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut lines: Vec<String> = self
            .items
            .iter()
            .map(|item| format!("{} {:?} {}\n", item.store, item.kind, item.sha256))
            .collect();
        lines.sort();
        lines.dedup();
        Digest::of(lines.concat().as_bytes())
    }

    /// The anchors of this name.
    pub(crate) fn anchors_named(&self, name: &Name) -> impl Iterator<Item = &Anchor> {
        let places = self.anchors_by_name.get(&name.key()).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.anchors.get(*place))
    }

    /// The intermediates of this name.
    pub(crate) fn intermediates_named(
        &self,
        name: &Name,
    ) -> impl Iterator<Item = &Certificate> {
        let places =
            self.intermediates_by_name.get(&name.key()).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.intermediates.get(*place))
    }

    /// The anchor that is this very certificate.
    pub(crate) fn anchor_of(&self, certificate: &Certificate) -> Option<&Anchor> {
        let mut named = self.anchors_named(certificate.subject());
        named.find(|anchor| anchor.certificate == *certificate)
    }

    fn add_der(&mut self, place: &Place, bytes: &[u8]) {
        match read(bytes) {
            Ok(Thing::Certificate(certificate)) => {
                if place.anchors || certificate.is_self_signed() {
                    self.add_anchor(place, certificate);
                } else {
                    self.add_intermediate(place, certificate);
                }
            }
            Ok(Thing::Crl(crl)) => self.add_crl(place, crl),
            Ok(Thing::Ocsp(ocsp)) => self.add_ocsp(place, ocsp),
            Err(_) => self.list(place, ItemKind::Unreadable, Digest::of(bytes), ""),
        }
    }

    fn list(&mut self, place: &Place, kind: ItemKind, sha256: Digest, about: &str) {
        self.items.push(Item {
            store: place.store.clone(),
            source: place.source.clone(),
            kind,
            sha256,
            about: about.to_owned(),
        });
    }
}

/// What a file of a store may hold.
enum Thing {
    Certificate(Certificate),
    Crl(Crl),
    Ocsp(Ocsp),
}

fn read(bytes: &[u8]) -> Result<Thing, Malformed> {
    der::whole_sequence(bytes)?;
    Certificate::parse(bytes)
        .map(Thing::Certificate)
        .or_else(|_not| Crl::parse(bytes).map(Thing::Crl))
        .or_else(|_not| Ocsp::parse(bytes).map(Thing::Ocsp))
}
