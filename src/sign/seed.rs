//! What an empty field demands of its signature: seed values (ISO 32000-2, 12.7.5.5,
//! tables 237 to 239).
//!
//! A bit of `/Ff` makes a wish a demand; `/MDP` is always one. What is demanded and
//! would be kept anyway is no obstacle; what the line can change is told with the flag
//! to type; the rest is refused. Wishes are left to the signer.

use crate::cos::document::View;
use crate::cos::syntax::named;
use crate::cos::{Dict, Object};
use crate::pdf::text_string;
use crate::pki::name::Name;
use crate::pki::{Certificate, Hash, Oid, oid};
use crate::say::{self, Lang};
use crate::sign::dictionary::Certify;
use crate::sign::{Identity, SignError};

/// What is about to be signed, as far as a field can make demands on it.
#[derive(Clone, Copy, Debug)]
pub struct Meant<'a> {
    /// Who signs.
    pub identity: &'a Identity,
    /// The digest.
    pub hash: Hash,
    /// Why it is signed.
    pub reason: Option<&'a str>,
    /// Whether it certifies.
    pub certify: Option<Certify>,
    /// Whether it gets a time-stamp.
    pub stamped: bool,
}

/// A demand that would not be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Another handler or format.
    Format,
    /// One of these digests.
    Digest(Vec<String>),
    /// One of these reasons; none at all if there are none.
    Reasons(Vec<String>),
    /// A certification that permits this much.
    Certify(i64),
    /// No certification.
    Approve,
    /// A time-stamp.
    Stamp,
    /// Another certificate.
    Certificate,
    /// Something that cannot be done here, by its key.
    Other(&'static str),
}

/// Demands by their bit in `/Ff` that are not known how to be met (table 237).
const OTHERS: [(i64, &str); 2] =
    [(1 << 4, "LegalAttestation"), (1 << 8, "AppearanceFilter")];
const FILTER: i64 = 1;
const SUB_FILTER: i64 = 1 << 1;
const VERSION: i64 = 1 << 2;
const REASONS: i64 = 1 << 3;
const REVOCATION: i64 = 1 << 5;
const DIGEST: i64 = 1 << 6;
const LOCK: i64 = 1 << 7;
/// The newest version of these rules that is known here.
const NEWEST: f64 = 3.0;
/// Demands on the certificate (table 238).
const SUBJECT: i64 = 1;
const ISSUER: i64 = 1 << 1;
const POLICY: i64 = 1 << 2;
const SUBJECT_DN: i64 = 1 << 3;
const KEY_USAGE: i64 = 1 << 5;
/// Attributes of names as seed values call them (table 238).
const NAMES: [(&[u8], Oid); 7] = [
    (b"CN", oid::COMMON_NAME),
    (b"O", oid::ORGANIZATION),
    (b"OU", oid::ORGANIZATIONAL_UNIT),
    (b"C", oid::COUNTRY),
    (b"L", oid::LOCALITY),
    (b"ST", oid::STATE),
    (b"SN", oid::SURNAME),
];

impl Demand {
    /// In words.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Format => say::sign::seed_format(lang),
            Self::Digest(names) => say::sign::seed_digest(lang, names.join(", ")),
            Self::Reasons(all) if all.is_empty() => say::sign::seed_no_reason(lang),
            Self::Reasons(all) => say::sign::seed_reasons(lang, all.join("; ")),
            Self::Certify(level) => say::sign::seed_certify(lang, level),
            Self::Approve => say::sign::seed_approve(lang),
            Self::Stamp => say::sign::seed_stamp(lang),
            Self::Certificate => say::sign::seed_certificate(lang),
            Self::Other(key) => say::sign::seed_other(lang, key),
        }
    }
}

/// Checks a field's demands.
///
/// # Errors
///
/// The first that would not be met.
pub fn heed(
    view: View<'_>,
    field: (&str, &Dict),
    meant: &Meant<'_>,
) -> Result<(), SignError> {
    let (name, own) = field;
    let seed = view.get(own, b"SV");
    let Some(seed) = seed.dict() else { return Ok(()) };
    match unmet(view, seed, meant) {
        Some(demand) => Err(SignError::SeedValue(name.to_owned(), demand)),
        None => Ok(()),
    }
}

fn unmet(view: View<'_>, seed: &Dict, meant: &Meant<'_>) -> Option<Demand> {
    let flags = view.get(seed, b"Ff").int().unwrap_or(0);
    let demanded = |bit: i64, key: &[u8]| flags & bit != 0 && seed.has(key);
    for (bit, key) in OTHERS {
        if demanded(bit, key.as_bytes()) {
            return Some(Demand::Other(key));
        }
    }
    if demanded(FILTER, b"Filter") && *view.get(seed, b"Filter") != named("Adobe.PPKLite")
        || demanded(SUB_FILTER, b"SubFilter")
            && !names(view, seed, b"SubFilter")
                .contains(&"ETSI.CAdES.detached".to_owned())
    {
        return Some(Demand::Format);
    }
    let version = view.get(seed, b"V").number().unwrap_or(0.0);
    if demanded(VERSION, b"V") && version > NEWEST {
        return Some(Demand::Other("V"));
    }
    // Revocation data within the signature are no part of PAdES (EN 319 142-1, 6.3).
    if demanded(REVOCATION, b"AddRevInfo")
        && *view.get(seed, b"AddRevInfo") == Object::Bool(true)
    {
        return Some(Demand::Other("AddRevInfo"));
    }
    if demanded(LOCK, b"LockDocument")
        && *view.get(seed, b"LockDocument") == named("true")
    {
        return Some(Demand::Other("LockDocument"));
    }
    if demanded(DIGEST, b"DigestMethod") {
        let wanted = names(view, seed, b"DigestMethod");
        let plain = |name: &str| name.replace('-', "").to_ascii_uppercase();
        if !wanted.iter().any(|name| plain(name) == plain(meant.hash.name())) {
            return Some(Demand::Digest(wanted));
        }
    }
    reasons(view, seed, flags, meant)
        .or_else(|| certification(view, seed, meant))
        .or_else(|| stamp(view, seed, meant))
        .or_else(|| certificate(view, seed, meant))
}

fn reasons(view: View<'_>, seed: &Dict, flags: i64, meant: &Meant<'_>) -> Option<Demand> {
    if flags & REASONS == 0 {
        return None;
    }
    let mut wanted = texts(view, seed, b"Reasons");
    // Table 237: a single full stop, or nothing, means that there must be none.
    wanted.retain(|reason| reason != ".");
    let kept = match meant.reason {
        None => wanted.is_empty(),
        Some(reason) => wanted.iter().any(|one| one == reason),
    };
    (!kept).then_some(Demand::Reasons(wanted))
}

fn certification(view: View<'_>, seed: &Dict, meant: &Meant<'_>) -> Option<Demand> {
    let mdp = view.get(seed, b"MDP");
    let level = mdp.dict().and_then(|mdp| view.get(mdp, b"P").int())?;
    let own = meant.certify.map_or(0, |certify| certify as i64);
    match level {
        _ if level == own => None,
        0 => Some(Demand::Approve),
        level => Some(Demand::Certify(level)),
    }
}

fn stamp(view: View<'_>, seed: &Dict, meant: &Meant<'_>) -> Option<Demand> {
    let stamp = view.get(seed, b"TimeStamp");
    let flags = stamp.dict().and_then(|stamp| view.get(stamp, b"Ff").int());
    let needs = flags.unwrap_or(0) & 1 != 0 && !meant.stamped;
    needs.then_some(Demand::Stamp)
}

fn certificate(view: View<'_>, seed: &Dict, meant: &Meant<'_>) -> Option<Demand> {
    let demands = view.get(seed, b"Cert");
    let demands = demands.dict()?;
    let flags = view.get(demands, b"Ff").int().unwrap_or(0);
    let demanded = |bit: i64, key: &[u8]| flags & bit != 0 && demands.has(key);
    let own = &meant.identity.certificate;
    let among = |key: &[u8], of: &[&Certificate]| {
        let list = view.get(demands, key);
        list.array().unwrap_or_default().iter().any(|item| {
            let item = view.resolve(item).ok();
            let der = item.as_ref().and_then(|item| item.text());
            der.is_some_and(|der| of.iter().any(|one| one.der() == der))
        })
    };
    if demanded(POLICY, b"OID") {
        return Some(Demand::Other("Cert/OID"));
    }
    if demanded(KEY_USAGE, b"KeyUsage") && !usage(own, &texts(view, demands, b"KeyUsage"))
    {
        return Some(Demand::Certificate);
    }
    let chain: Vec<&Certificate> = meant.identity.chain.iter().collect();
    let kept = (!demanded(SUBJECT, b"Subject") || among(b"Subject", &[own]))
        && (!demanded(ISSUER, b"Issuer") || among(b"Issuer", &chain))
        && (!demanded(SUBJECT_DN, b"SubjectDN")
            || is_named(view, demands, own.subject()));
    (!kept).then_some(Demand::Certificate)
}

/// Whether one of the names wanted is within this one; attributes not known here are
/// never there.
fn is_named(view: View<'_>, demands: &Dict, subject: &Name) -> bool {
    let list = view.get(demands, b"SubjectDN");
    list.array().unwrap_or_default().iter().any(|item| {
        let item = view.resolve(item).ok();
        let Some(wanted) = item.as_ref().and_then(|item| item.dict()) else {
            return false;
        };
        wanted.entries().all(|(key, value)| {
            let value = view.resolve(value).ok();
            let value = value.as_ref().and_then(|value| value.text()).map(text_string);
            let known = NAMES.iter().find(|(name, _)| *name == key);
            let is = |(_, kind): &(&[u8], Oid)| {
                subject.texts(*kind).any(|own| Some(own) == value.as_deref())
            };
            known.is_some_and(is)
        })
    })
}

/// Whether the uses of a key are one of those wanted: for each bit `1`, `0`, or `X` if
/// it does not matter (table 238). Only the first two bits are about signing documents;
/// a demand on others is not met.
fn usage(own: &Certificate, wanted: &[String]) -> bool {
    let own = own.extensions().key_usage;
    let bits =
        own.map_or([true, true], |own| [own.digital_signature(), own.non_repudiation()]);
    wanted.iter().any(|wanted| {
        wanted.chars().enumerate().all(|(place, letter)| {
            match (letter, bits.get(place)) {
                ('X' | 'x', _) => true,
                ('1', Some(bit)) => *bit,
                ('0', Some(bit)) => !*bit,
                _ => false,
            }
        })
    })
}

fn names(view: View<'_>, dict: &Dict, key: &[u8]) -> Vec<String> {
    let list = view.get(dict, key);
    let items = list.array().unwrap_or_default().iter();
    let items = items.filter_map(|item| view.resolve(item).ok());
    let word = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    items.filter_map(|item| item.name().or(item.text()).map(word)).collect()
}

fn texts(view: View<'_>, dict: &Dict, key: &[u8]) -> Vec<String> {
    let list = view.get(dict, key);
    let items = list.array().unwrap_or_default().iter();
    let items = items.filter_map(|item| view.resolve(item).ok());
    items.filter_map(|item| item.text().map(text_string)).collect()
}
