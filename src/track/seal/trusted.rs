//! The keys that are believed, and what names them in a message.

use crate::digest::Digest;
use crate::pki::certificate::Certificate;
use crate::pki::der::Reader;
use crate::pki::key::{Curve, PublicKey};
use crate::pki::path::{self, Purpose, Request, Status};
use crate::pki::revocation::Evidence;
use crate::pki::{Store, pem};
use crate::time::{Day, Timestamp};

/// Bytes that name a key.
const KEY_ID_LENGTH: usize = 8;

/// What names a key in a message.
pub(super) type KeyId = [u8; KEY_ID_LENGTH];

/// The keys that are believed.
#[derive(Clone, Debug, Default)]
pub struct Trusted {
    /// Keys believed because somebody named them, with their certificates.
    pub(super) keys: Vec<(PublicKey, Option<Certificate>)>,
    /// What certificates of offices must chain to.
    pub(super) store: Option<Store>,
}

impl Trusted {
    /// Adds the keys of a file in PEM: public keys (RFC 5480) and those of
    /// certificates, whose dates and issuers are not looked at: whoever names
    /// the file trusts its keys. How many there were.
    pub fn add(&mut self, file: &[u8]) -> usize {
        let before = self.keys.len();
        for (label, bytes) in pem::blocks(file) {
            let Some(bytes) = bytes else { continue };
            match label.as_str() {
                "PUBLIC KEY" => {
                    let key = PublicKey::read(&mut Reader::new(&bytes));
                    self.keys.extend(key.ok().map(|key| (key, None)));
                }
                "CERTIFICATE" => {
                    let certificate = Certificate::parse(&bytes).ok();
                    self.keys.extend(
                        certificate.map(|found| (found.key().clone(), Some(found))),
                    );
                }
                _ => {}
            }
        }
        self.keys.retain(|(key, _)| id_of_key(key).is_some());
        self.keys.len().saturating_sub(before)
    }

    /// Adds a folder of trust: certificates in it are believed as far as they
    /// chain to its anchors.
    pub fn add_store(&mut self, store: Store) {
        self.store = Some(store);
    }

    /// The keys that `named` can mean.
    pub(super) fn named(
        &self,
        named: &[u8],
    ) -> Vec<(&PublicKey, Option<&Certificate>, bool)> {
        let is_it = |key: &PublicKey, certificate: Option<&Certificate>| {
            id_of_key(key).is_some_and(|id| id == named)
                || certificate.is_some_and(|found| id_of_certificate(found) == named)
        };
        let own = self.keys.iter().map(|(key, found)| (key, found.as_ref(), true));
        let stores = self.store.iter().flat_map(|store| {
            let anchors = store.anchors().iter().map(|anchor| &anchor.certificate);
            anchors.chain(store.intermediates())
        });
        let chained = stores.map(|found| (found.key(), Some(found), false));
        own.chain(chained).filter(|(key, found, _)| is_it(key, *found)).collect()
    }

    /// How a certificate stands that was used on a day.
    pub(super) fn standing(
        &self,
        target: &Certificate,
        day: Day,
        now: Timestamp,
    ) -> Status {
        let (nothing, evidence) = (Store::default(), Evidence::default());
        let store = self.store.as_ref().unwrap_or(&nothing);
        let asked = |at: Timestamp| {
            let request = Request {
                at,
                purpose: Purpose::Any,
                ..Request::new(target, store, &evidence, now)
            };
            path::validate(&request).status
        };
        let at = Timestamp::at(day, 12, 0).unwrap_or(now).min(now);
        let today = asked(now);
        let is_sound = today == Status::Valid && target.is_valid_at(at);
        if is_sound || matches!(today, Status::Revoked(_)) { today } else { asked(at) }
    }
}

/// What names a key without a certificate: the first bytes of the hash of its
/// point, or of its modulus; `None` for keys that no seal is made with.
pub(super) fn id_of_key(key: &PublicKey) -> Option<KeyId> {
    match key {
        PublicKey::Ec { curve: Curve::P256, point } => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
            Some(first_bytes(&Digest::of(key.to_sec1_point(false).as_bytes())))
        }
        PublicKey::Rsa { modulus, .. } => Some(first_bytes(&Digest::of(modulus))),
        PublicKey::Ec { .. }
        | PublicKey::Dsa { .. }
        | PublicKey::Ed25519(_)
        | PublicKey::Ed448(_)
        | PublicKey::Unknown(_) => None,
    }
}

/// What names a key with a certificate: the first bytes of the certificate's hash.
pub(super) fn id_of_certificate(certificate: &Certificate) -> KeyId {
    first_bytes(&certificate.sha256())
}

fn first_bytes(digest: &Digest) -> KeyId {
    let mut id = [0; KEY_ID_LENGTH];
    id.iter_mut().zip(digest.bytes()).for_each(|(to, from)| *to = *from);
    id
}
