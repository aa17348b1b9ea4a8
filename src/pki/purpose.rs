//! What a certificate may be used for (RFC 5280, 4.2.1.3 and 4.2.1.12).

use crate::pki::certificate::Certificate;
use crate::pki::extension::KeyUsage;
use crate::pki::path::Constraint;
use crate::pki::{Oid, oid};

/// What a certificate is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Whatever it may be.
    Any,
    /// Signing documents.
    Signer,
    /// Signing time-stamps (RFC 3161, 2.3).
    Tsa,
    /// Signing OCSP answers (RFC 6960, 4.2.2.2).
    Ocsp,
    /// Signing revocation lists (RFC 5280, 6.3.3 (f)).
    CrlIssuer,
}

/// The rule that forbids this certificate this purpose, if one does.
#[must_use]
pub fn unfit(certificate: &Certificate, purpose: Purpose) -> Option<Constraint> {
    let extensions = certificate.extensions();
    let usage = extensions.key_usage;
    let signs = usage.is_none_or(|u| u.digital_signature() || u.non_repudiation());
    let extended = extensions.extended_key_usage.as_ref();
    match purpose {
        Purpose::Any => None,
        Purpose::Signer if !signs => Some(Constraint::KeyUsage),
        Purpose::Signer => {
            let fits =
                extended.is_none_or(|e| e.purposes.iter().any(|p| signs_documents(*p)));
            (!fits).then_some(Constraint::ExtendedKeyUsage)
        }
        Purpose::Tsa if !signs => Some(Constraint::KeyUsage),
        // RFC 3161, 2.3: critical, and this purpose alone.
        Purpose::Tsa => {
            let fits = extended
                .is_some_and(|e| e.critical && e.purposes == [oid::TIME_STAMPING]);
            (!fits).then_some(Constraint::ExtendedKeyUsage)
        }
        Purpose::Ocsp if !signs => Some(Constraint::KeyUsage),
        Purpose::Ocsp => {
            let fits = extended.is_some_and(|e| e.names(oid::OCSP_SIGNING));
            (!fits).then_some(Constraint::ExtendedKeyUsage)
        }
        Purpose::CrlIssuer => {
            let lists = usage.is_none_or(KeyUsage::revocation_lists);
            (!lists).then_some(Constraint::KeyUsage)
        }
    }
}

/// Whether this purpose does not speak against signing documents. Authorities
/// give signers many: what is left out are the purposes of machines.
fn signs_documents(purpose: Oid) -> bool {
    const MACHINES: [Oid; 4] =
        [oid::SERVER_AUTH, oid::CODE_SIGNING, oid::TIME_STAMPING, oid::OCSP_SIGNING];
    !MACHINES.contains(&purpose)
}
