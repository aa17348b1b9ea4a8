//! Whether algorithms and keys were strong enough at a time (ETSI TS 119 312), and
//! whether they are those that Thông tư 15/2025/TT-BKHCN asks for.

use crate::cms::timestamp::Token;
use crate::finding::{Finding, Weight};
use crate::pki::path::Path;
use crate::pki::{Certificate, Hash, PublicKey, Scheme};
use crate::say;
use crate::time::Timestamp;
use crate::verify::signature::{Facts, Format, Proof};

/// Since 2017 nobody should rely on SHA-1; MD5 was broken before PDF signatures
/// had time-stamps (ETSI TS 119 312).
fn broken_since(hash: Hash) -> Option<i64> {
    if hash == Hash::Sha1 { Some(1_483_228_800) } else { hash.weakness().map(|_| 0) }
}

/// Fewest bits of an RSA or DSA key that sufficed, and until when: shorter ones
/// never did (ETSI TS 119 312; in the end the 1900 bits of its legacy keys).
const MODULUS: [(usize, i64); 2] = [(1024, UNTIL_2014), (1900, UNTIL_2029)];
/// The same of curves.
const CURVE: [(usize, i64); 3] = [(160, UNTIL_2013), (224, UNTIL_2016), (256, i64::MAX)];
/// 2013-03-01, 2014-01-01, 2016-03-01 and 2029-01-01.
const UNTIL_2013: i64 = 1_362_096_000;
const UNTIL_2014: i64 = 1_388_534_400;
const UNTIL_2016: i64 = 1_456_790_400;
const UNTIL_2029: i64 = 1_861_920_000;
/// The moments at which something that sufficed does not any more.
pub(crate) fn turning_points() -> impl Iterator<Item = Timestamp> {
    let ends = MODULUS.iter().chain(&CURVE).map(|(_, until)| *until);
    let digests = [Hash::Sha1, Hash::Md5].into_iter().filter_map(broken_since);
    ends.chain(digests).filter_map(Timestamp::from_unix)
}

/// TT 15/2025/TT-BKHCN: RSA of 2048 bits at least.
const LEAST_RSA: usize = 2048;
/// TT 15/2025/TT-BKHCN: ECDSA of 256 bits at least.
const LEAST_EC: usize = 256;

/// TT 15/2025/TT-BKHCN: RSASSA-PSS or ECDSA with a digest of SHA-2 or SHA-3.
pub(crate) fn is_modern(scheme: Scheme, key: &PublicKey) -> bool {
    let bits = key.bits().unwrap_or(0);
    let hash = scheme
        .hash()
        .is_some_and(|hash| hash.weakness().is_none() && hash != Hash::Sha224);
    let pss = matches!(scheme, Scheme::Pss(_)) && bits >= LEAST_RSA;
    let usual = matches!(key, PublicKey::Ec { curve, .. } if curve.is_usual());
    let ecdsa = matches!(scheme, Scheme::Ecdsa(_)) && usual && bits >= LEAST_EC;
    hash && (pss || ecdsa)
}

/// Whether a digest was too weak to rely on at this time.
fn is_broken(hash: Hash, at: Timestamp) -> bool {
    broken_since(hash).is_some_and(|until| at.unix() >= until)
}

/// Whether the digest of a scheme is called weak, and whether it was too weak to rely
/// on at this time.
pub(crate) fn weak_digest(scheme: Scheme, at: Timestamp) -> Option<(Hash, bool)> {
    let hash = scheme.hash()?;
    broken_since(hash).map(|_| (hash, is_broken(hash, at)))
}

/// The digests that a signature rests on.
pub(crate) fn digests(facts: &Facts) -> Vec<Hash> {
    let beneath = match &facts.proof {
        Proof::Stamped(stamp) => stamp.token.info.hash.ok(),
        // ISO 32000-1, 12.8.3.3.1: whatever is signed is the SHA-1 of the file.
        Proof::Signed(_) => {
            Some(Hash::Sha1).filter(|_| facts.format == Format::Pkcs7Sha1)
        }
        Proof::NoRange(_) | Proof::Unreadable | Proof::Bare { .. } => None,
    };
    let mut hashes: Vec<_> = facts.scheme().and_then(Scheme::hash).into_iter().collect();
    hashes.extend(beneath.filter(|hash| !hashes.contains(hash)));
    hashes
}

/// Those of them that are called weak, and whether each was too weak to rely on at this
/// time.
pub(crate) fn weak_digests(facts: &Facts, at: Timestamp) -> Vec<(Hash, bool)> {
    let weak = |hash: Hash| broken_since(hash).map(|_| (hash, is_broken(hash, at)));
    digests(facts).into_iter().filter_map(weak).collect()
}

/// Whether a key that is called weak was too short to rely on at this time.
pub(crate) fn weak_key(key: &PublicKey, at: Timestamp) -> Option<bool> {
    let bits = key.bits().unwrap_or(0);
    let sufficed: &[(usize, i64)] = match key {
        PublicKey::Rsa { .. } | PublicKey::Dsa { .. } => &MODULUS,
        PublicKey::Ec { .. } => &CURVE,
        PublicKey::Ed25519(_) | PublicKey::Ed448(_) | PublicKey::Unknown(_) => &[],
    };
    let enough = |(least, until): &(usize, i64)| bits >= *least && at.unix() < *until;
    key.weakness().map(|_| !sufficed.iter().any(enough))
}

/// The first certificate of a chain, from its end, that nobody should have relied on at
/// this time: by the digest it was signed with, or by the key of an authority. The
/// anchor is trusted as it is.
pub(crate) fn weak_link(path: &Path, at: Timestamp) -> Option<&Certificate> {
    let anchor = path.anchor.as_ref().map(|anchor| &anchor.certificate);
    let links = path.links.iter().map(|link| &link.certificate).enumerate();
    let mut below = links.filter(|(_, link)| Some(*link) != anchor);
    let weak = below.find(|(index, link)| {
        let digest = weak_digest(link.scheme(), at).is_some_and(|(_, broken)| broken);
        digest || *index > 0 && weak_key(link.key(), at) == Some(true)
    });
    weak.map(|(_, link)| link)
}

/// Whether the authority of a time-stamp held its certificate when it says it made it
/// (RFC 3161, 4).
pub(crate) fn was_held(token: &Token, authority: &Certificate) -> bool {
    authority.is_valid_at(token.info.time)
}

/// Whether a time-stamp that is proven to have existed at `at` can prove its time: by then
/// neither its digests were broken nor its authority's key too short. What it says itself
/// of its age is no proof of that (EN 319 102-1, 5.6.2.4).
pub(crate) fn can_prove(token: &Token, authority: &Certificate, at: Timestamp) -> bool {
    let signers = token.signed.signers.iter();
    let hashes = signers.filter_map(|signer| signer.scheme.hash().or(signer.hash.ok()));
    let mut hashes = hashes.chain(token.info.hash.ok());
    weak_key(authority.key(), at) != Some(true) && !hashes.any(|hash| is_broken(hash, at))
}

/// A time-stamp whose digest or key was broken before it is proven to have existed.
pub(crate) fn weak_stamp(time: Timestamp) -> Finding {
    Finding::new("stamp.weak", Weight::Warning, |lang| {
        say::verify::weak_stamp(lang, time)
    })
}

pub(crate) fn odd_curve() -> Finding {
    Finding::new("key.curve", Weight::Warning, say::verify::odd_curve)
}

pub(crate) fn bare_numbers() -> Finding {
    Finding::new("cms.ecdsa-bare", Weight::Note, say::verify::bare_numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::key::Curve;

    #[test]
    fn short_keys_sufficed_for_a_time() {
        let rsa = |bits: usize| PublicKey::Rsa {
            modulus: [vec![0xff >> (7 - (bits + 7) % 8)], vec![0xff; (bits - 1) / 8]]
                .concat(),
            exponent: vec![3],
            negative: false,
            pss: None,
        };
        let ec = |curve| PublicKey::Ec { curve, point: Vec::new() };
        let at =
            |key: &PublicKey, unix| weak_key(key, Timestamp::from_unix(unix).unwrap());
        let [y2012, y2015, y2026] = [1_325_376_000, 1_420_070_400, 1_767_225_600];
        assert_eq!(rsa(1023).bits(), Some(1023));
        assert_eq!(at(&rsa(1023), y2012), Some(true));
        assert_eq!(
            (at(&rsa(1024), y2012), at(&rsa(1024), y2015)),
            (Some(false), Some(true))
        );
        assert_eq!(
            (at(&rsa(2047), y2026), at(&rsa(1899), y2026)),
            (Some(false), Some(true))
        );
        assert_eq!(at(&rsa(2048), y2026), None);
        let [short, middle] = [Curve::P192, Curve::P224].map(ec);
        assert_eq!((at(&short, y2012), at(&short, y2015)), (Some(false), Some(true)));
        assert_eq!((at(&middle, y2015), at(&middle, y2026)), (Some(false), Some(true)));
        assert_eq!(at(&ec(Curve::P256), y2026), None);
    }

    #[test]
    fn a_curve_of_a_currency_is_not_what_the_circular_asks_for() {
        let key = |curve| PublicKey::Ec { curve, point: Vec::new() };
        let modern = |curve| is_modern(Scheme::Ecdsa(Hash::Sha256), &key(curve));
        assert!(modern(Curve::P256) && modern(Curve::Brainpool256));
        assert!(!modern(Curve::K256) && !modern(Curve::P224));
    }
}
