//! A signature beside a file, for what is no PDF: CAdES, `.p7s`
//! (ETSI EN 319 122-1; Thông tư 15/2025/TT-BKHCN).

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::archive::store::{self, Existing};
use crate::pki::Hash;
use crate::sign::SignError;
use crate::sign::cades::Plan;
use crate::sign::pdf::Order;
use crate::verify::level::Stage;

/// Bytes read at a time.
const CHUNK: usize = 1 << 18;

/// Signs `input` and writes the signature to `output`; bytes of the signature.
///
/// # Errors
///
/// When it cannot be done; nothing is left behind then.
pub fn sign(
    input: &Path,
    (output, existing): (&Path, Existing),
    order: &Order<'_>,
) -> Result<u64, SignError> {
    let (identity, now) = (order.identity, order.now);
    identity.check(now)?;
    let scheme = identity.scheme(order.compat);
    let plan = Plan { identity, scheme, time: Some(now) };
    let authorities = order.authorities.filter(|_| order.stage >= Stage::T);
    let signer = plan.sign(&digest(input, plan.hash())?)?;
    let token = match authorities {
        Some(authorities) => {
            let imprint = plan.hash().of(&signer.signature);
            Some(authorities.stamp(plan.hash(), &imprint, now)?.bytes)
        }
        None => None,
    };
    let signed = plan.signed_data(&signer, token.as_deref());
    store::write_whole(output, &signed, existing)?;
    Ok(u64::try_from(signed.len()).unwrap_or(u64::MAX))
}

/// The digest of a file, read in pieces.
pub(crate) fn digest(path: &Path, hash: Hash) -> Result<Vec<u8>, SignError> {
    let mut file = File::open(path)?;
    let mut hasher = hash.hasher();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(hasher.finish());
        }
        hasher.update(chunk.get(..read).unwrap_or_default());
    }
}
