//! A signature beside a file, for what is no PDF: CAdES, `.p7s`
//! (ETSI EN 319 122-1; Thông tư 15/2025/TT-BKHCN).

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::archive::store::{self, Existing};
use crate::pki::Hash;
use crate::sign::SignError;
use crate::sign::cades::Plan;
use crate::sign::key::Identity;
use crate::sign::stamp::Authorities;
use crate::time::Timestamp;

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
    (identity, compat): (&Identity, bool),
    authorities: Option<&Authorities>,
    now: Timestamp,
) -> Result<u64, SignError> {
    identity.check(now)?;
    let scheme = identity.scheme(compat);
    let plan = Plan { identity, scheme, time: Some(now) };
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
fn digest(path: &Path, hash: Hash) -> Result<Vec<u8>, SignError> {
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
