//! A policy of validation: what is demanded of a signature beyond that it holds
//! (ETSI TS 119 172-4; Thông tư 15/2025/TT-BKHCN).

use crate::pki::{Hash, PublicKey};
use crate::verify::rights::Effect;

/// What is demanded of algorithms, and of what comes after a signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Thông tư 15/2025/TT-BKHCN: RSASSA-PSS or ECDSA, and nothing older.
    pub tt15: bool,
    /// Fewest bits of RSA and DSA keys; 0 demands none.
    pub rsa: usize,
    /// Fewest bits of keys on curves; 0 demands none.
    pub ec: usize,
    /// Fewest bits of digests; 0 demands none.
    pub digest: usize,
    /// Whether what is merely allowed after a signature is forbidden, so that only
    /// validation data, time-stamps, metadata and further signatures may follow.
    pub only_expected: bool,
}

impl Policy {
    /// Thông tư 15/2025/TT-BKHCN.
    pub const TT15: Self =
        Self { tt15: true, rsa: 0, ec: 0, digest: 0, only_expected: false };

    /// Whether digests and key are as large as is demanded.
    pub(crate) fn suffices(&self, digests: &[Hash], key: &PublicKey) -> bool {
        let least = match key {
            PublicKey::Rsa { .. } | PublicKey::Dsa { .. } => self.rsa,
            PublicKey::Ec { .. } | PublicKey::Ed25519(_) | PublicKey::Ed448(_) => self.ec,
            PublicKey::Unknown(_) => 0,
        };
        let large = |hash: &Hash| hash.length() * 8 >= self.digest;
        key.bits().unwrap_or(0) >= least && digests.iter().all(large)
    }

    /// What a change means that means so much by itself.
    pub(crate) fn weigh(&self, effect: Effect) -> Effect {
        if self.only_expected && effect > Effect::Fine { Effect::Breaks } else { effect }
    }
}
