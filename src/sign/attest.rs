//! Vouching for a checkpoint of an archive's ledger: with the office's key, with a
//! time-stamp, or with both. What the lines are is said in
//! [`attested`](crate::archive::ledger::attested).

use crate::archive::ledger::attested::{with_agency, with_time};
use crate::archive::ledger::note;
use crate::pki::Hash;
use crate::sign::cades::Plan;
use crate::sign::stamp::Authorities;
use crate::sign::{Identity, SignError};
use crate::time::Timestamp;

/// Who vouches.
#[derive(Clone, Copy, Debug)]
pub struct Vouching<'a> {
    /// The office's key, if it signs.
    pub identity: Option<&'a Identity>,
    /// Whether RSA signs as older readers know it.
    pub compat: bool,
    /// Who stamps time, if anybody does.
    pub authorities: Option<&'a Authorities>,
    /// When.
    pub now: Timestamp,
}

impl Vouching<'_> {
    /// The checkpoint `whole` with the lines of all who vouch under it.
    ///
    /// # Errors
    ///
    /// When the key may not or does not sign, or no authority stamps.
    pub fn of(&self, whole: &str) -> Result<String, SignError> {
        let mut vouched = whole.to_owned();
        if let Some(identity) = self.identity {
            identity.check(self.now)?;
            let scheme = identity.scheme(self.compat);
            let plan = Plan { identity, scheme, time: Some(self.now) };
            let text = note::split(whole).map_or(whole, |(text, _)| text);
            let signer = plan.sign(&plan.hash().of(text.as_bytes()))?;
            let signed = plan.signed_data(&signer, None);
            vouched = with_agency(&vouched, &identity.certificate, &signed);
        }
        if let Some(authorities) = self.authorities {
            let digest = Hash::Sha256.of(vouched.as_bytes());
            let stamped = authorities.stamp(Hash::Sha256, &digest, self.now)?;
            vouched = with_time(&vouched, &stamped.certificate, &stamped.bytes);
        }
        Ok(vouched)
    }
}
