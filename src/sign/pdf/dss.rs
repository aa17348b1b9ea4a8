//! Validation data put into a file: `/DSS` (EN 319 142-1, 5.4.2.2).
//!
//! What is there already is not put in again, and nothing there is taken out.
//! `/VRI` is not written: what hangs in `/DSS` speaks for itself.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::cos::syntax::{dict, named};
use crate::cos::{Id, Object};
use crate::sign::SignError;
use crate::sign::update::Update;
use crate::sign::vouch::Vouched;
use crate::verify::dss::read;

/// Adds what is new; whether anything was.
///
/// # Errors
///
/// When the catalogue cannot be read.
pub fn add(update: &mut Update<'_>, vouched: &Vouched) -> Result<bool, SignError> {
    let known = read(update.view());
    let certificates = vouched.certificates.iter();
    let certificates = certificates.filter(|it| !known.certificates.contains(it));
    let lists = vouched.evidence.crls.iter();
    let lists = lists.filter(|it| !known.evidence.crls.contains(it));
    let answers = vouched.evidence.ocsps.iter();
    let answers = answers.filter(|it| !known.evidence.ocsps.contains(it));
    let groups: [(&[u8], Vec<&[u8]>); 3] = [
        (b"Certs", certificates.map(|it| it.der()).collect()),
        (b"CRLs", lists.map(|it| it.der()).collect()),
        (b"OCSPs", answers.map(|it| it.der()).collect()),
    ];
    if groups.iter().all(|(_, items)| items.is_empty()) && known.present {
        return Ok(false);
    }
    let (id, catalog) = update.root()?;
    let place = catalog.get(b"DSS").and_then(Object::reference);
    let own = update.view().get(&catalog, b"DSS");
    let mut own = own.dict().cloned().unwrap_or_else(|| dict([("Type", named("DSS"))]));
    for (key, items) in groups {
        if items.is_empty() {
            continue;
        }
        let list = update.view().get(&own, key);
        let mut list = list.array().unwrap_or_default().to_vec();
        for item in items {
            list.push(Object::Ref(stream(update, item)?));
        }
        own = own.with(key, Object::Array(list));
    }
    match place {
        Some(place) => update.put(place, own),
        None => {
            let place = update.add(own);
            update.put(id, catalog.with(b"DSS", Object::Ref(place)));
        }
    }
    Ok(true)
}

fn stream(update: &mut Update<'_>, bytes: &[u8]) -> Result<Id, SignError> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes)?;
    let head = dict([("Filter", named("FlateDecode"))]);
    Ok(update.add_stream(head, packed.finish()?))
}
