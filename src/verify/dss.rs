//! Validation data in the file: `/DSS` (ETSI EN 319 142-1, 5.4).
//!
//! Everything that hangs in it is taken, whatever `/VRI` says it is for:
//! certificates, lists and answers speak for themselves.

use std::collections::BTreeSet;

use crate::cos::document::View;
use crate::cos::{Dict, Id, Object};
use crate::pki::{Certificate, Crl, Evidence, Ocsp};

/// Streams of one `/DSS` that are read.
const MOST_STREAMS: usize = 5_000;
/// Entries of `/VRI` that are looked into.
const MOST_ENTRIES: usize = 2_000;

/// Certificates and revocation data.
#[derive(Clone, Debug, Default)]
pub struct Dss {
    /// Certificates.
    pub certificates: Vec<Certificate>,
    /// Lists and answers.
    pub evidence: Evidence,
    /// Whether there is a `/DSS` at all.
    pub present: bool,
    /// Streams that are not what they should be.
    pub unreadable: usize,
}

/// The validation data of a document as of one revision.
#[must_use]
pub fn read(view: View<'_>) -> Dss {
    let mut found = Dss::default();
    let Ok(catalog) = view.catalog() else { return found };
    let Some(catalog) = catalog.dict() else { return found };
    let dss = view.get(catalog, b"DSS");
    let Some(dss) = dss.dict() else { return found };
    found.present = true;
    let mut seen = BTreeSet::new();
    take(view, dss, ["Certs", "CRLs", "OCSPs"], &mut seen, &mut found);
    let vri = view.get(dss, b"VRI");
    let entries = vri.dict().into_iter().flat_map(Dict::entries).take(MOST_ENTRIES);
    for (_, entry) in entries {
        let Ok(entry) = view.resolve(entry) else { continue };
        if let Some(entry) = entry.dict() {
            take(view, entry, ["Cert", "CRL", "OCSP"], &mut seen, &mut found);
        }
    }
    found
}

/// The objects that the validation data of a catalogue consist of; `None` if
/// they are not in their form. What the streams say is not asked.
#[must_use]
pub(crate) fn parts(view: View<'_>, catalog: &Dict) -> Option<BTreeSet<Id>> {
    let mut found = BTreeSet::new();
    let dss = view.get(catalog, b"DSS");
    let Object::Dict(dss) = &*dss else { return None };
    streams(view, dss, ["Certs", "CRLs", "OCSPs"], &mut found)?;
    let vri = view.get(dss, b"VRI");
    if *vri == Object::Null {
        return Some(found);
    }
    for (_, entry) in vri.dict()?.entries().take(MOST_ENTRIES) {
        let entry = view.resolve(entry).ok()?;
        let Object::Dict(entry) = &*entry else { return None };
        streams(view, entry, ["Cert", "CRL", "OCSP"], &mut found)?;
    }
    Some(found)
}

fn streams(
    view: View<'_>,
    dict: &Dict,
    keys: [&str; 3],
    found: &mut BTreeSet<Id>,
) -> Option<()> {
    for key in keys {
        let list = view.get(dict, key.as_bytes());
        if *list != Object::Null {
            for item in list.array()?.iter().take(MOST_STREAMS) {
                let id = item.reference()?;
                let object = view.object(id).ok()?;
                if !matches!(*object, Object::Stream(_) | Object::Null) {
                    return None;
                }
                found.insert(id);
            }
        }
    }
    Some(())
}

fn take(
    view: View<'_>,
    dict: &Dict,
    keys: [&str; 3],
    seen: &mut BTreeSet<Id>,
    found: &mut Dss,
) {
    for (place, key) in keys.into_iter().enumerate() {
        let list = view.get(dict, key.as_bytes());
        for item in list.array().unwrap_or_default() {
            let Some(id) = item.reference() else { continue };
            if seen.len() >= MOST_STREAMS || !seen.insert(id) {
                continue;
            }
            let object = view.object(id).unwrap_or_else(|_| Object::Null.into());
            let bytes =
                object.stream().and_then(|stream| view.data(Some(id), stream).ok());
            let Some(bytes) = bytes else {
                found.unreadable += 1;
                continue;
            };
            let taken = match place {
                0 => Certificate::parse(&bytes).map(|it| found.certificates.push(it)),
                1 => Crl::parse(&bytes).map(|it| found.evidence.crls.push(it)),
                _ => Ocsp::parse(&bytes).map(|it| found.evidence.ocsps.push(it)),
            };
            if taken.is_err() {
                found.unreadable += 1;
            }
        }
    }
}
