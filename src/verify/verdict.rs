//! The one judgement over the facts of a signature (ETSI EN 319 102-1).
//!
//! [`verdict`] goes through the building blocks of the standard in their
//! order and stops at the first that does not hold. It never says more than the
//! facts: where trust or revocation is open, the answer is open too.

use serde::Serialize;

use crate::pki::path::Status;
use crate::pki::revocation::Why;
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// Main indication (EN 319 102-1, 5.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Indication {
    /// Valid.
    #[serde(rename = "TOTAL-PASSED")]
    TotalPassed,
    /// Neither shown to be valid nor to be broken.
    #[serde(rename = "INDETERMINATE")]
    Indeterminate,
    /// Broken.
    #[serde(rename = "TOTAL-FAILED")]
    TotalFailed,
}

/// Sub-indications that this program gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the names are the standard's")]
pub enum Sub {
    FormatFailure,
    HashFailure,
    SigCryptoFailure,
    Revoked,
    Expired,
    NotYetValid,
    SigConstraintsFailure,
    ChainConstraintsFailure,
    CertificateChainGeneralFailure,
    CryptoConstraintsFailure,
    CryptoConstraintsFailureNoPoe,
    NoSigningCertificateFound,
    NoCertificateChainFound,
    RevokedNoPoe,
    RevokedCaNoPoe,
    OutOfBoundsNoPoe,
    TimestampOrderFailure,
    TryLater,
}

impl Sub {
    /// Its name in the standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FormatFailure => "FORMAT_FAILURE",
            Self::HashFailure => "HASH_FAILURE",
            Self::SigCryptoFailure => "SIG_CRYPTO_FAILURE",
            Self::Revoked => "REVOKED",
            Self::Expired => "EXPIRED",
            Self::NotYetValid => "NOT_YET_VALID",
            Self::SigConstraintsFailure => "SIG_CONSTRAINTS_FAILURE",
            Self::ChainConstraintsFailure => "CHAIN_CONSTRAINTS_FAILURE",
            Self::CertificateChainGeneralFailure => "CERTIFICATE_CHAIN_GENERAL_FAILURE",
            Self::CryptoConstraintsFailure => "CRYPTO_CONSTRAINTS_FAILURE",
            Self::CryptoConstraintsFailureNoPoe => "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
            Self::NoSigningCertificateFound => "NO_SIGNING_CERTIFICATE_FOUND",
            Self::NoCertificateChainFound => "NO_CERTIFICATE_CHAIN_FOUND",
            Self::RevokedNoPoe => "REVOKED_NO_POE",
            Self::RevokedCaNoPoe => "REVOKED_CA_NO_POE",
            Self::OutOfBoundsNoPoe => "OUT_OF_BOUNDS_NO_POE",
            Self::TimestampOrderFailure => "TIMESTAMP_ORDER_FAILURE",
            Self::TryLater => "TRY_LATER",
        }
    }
}

impl Indication {
    /// Its name in the standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TotalPassed => "TOTAL-PASSED",
            Self::Indeterminate => "INDETERMINATE",
            Self::TotalFailed => "TOTAL-FAILED",
        }
    }

    /// The word for scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::TotalPassed => "passed",
            Self::Indeterminate => "undecided",
            Self::TotalFailed => "failed",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn told(self, lang: Lang) -> String {
        match self {
            Self::TotalPassed => say::verify::passed(lang),
            Self::Indeterminate => say::verify::undecided(lang),
            Self::TotalFailed => say::verify::failed(lang),
        }
    }
}

/// What the verdict is derived from: a fact each, none of them a judgement.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, named by the standard"
)]
pub struct Case {
    /// Whether range, dictionary and file obey their rules.
    pub well_formed: bool,
    /// Whether the field still bears the signature.
    pub borne: bool,
    /// Whether every later change is allowed.
    pub unchanged: bool,
    /// Whether the signed data could be read.
    pub readable: bool,
    /// Whether the signer's certificate is there.
    pub certificate: bool,
    /// Whether the digest is that of the bytes.
    pub digest: bool,
    /// Whether the key made the signature.
    pub signature: bool,
    /// Whether the signed reference is to another certificate.
    pub other_certificate: bool,
    /// Whether attributes and dictionary break a rule that the format demands.
    pub constraints: bool,
    /// Whether algorithm or key is too weak for the time that is proven.
    pub weak: bool,
    /// Whether a trusted time-stamp claims to be younger than one that covers it.
    pub disordered: bool,
    /// Whether the policy forbids the algorithm.
    pub forbidden: bool,
    /// The chain at the best time.
    pub chain: Option<Status>,
    /// Whether a certificate of the chain is too weak for that time.
    pub weak_link: bool,
    /// Whether a certificate above the signer's is the one at fault.
    pub above: bool,
    /// Whether the best time is proven.
    pub proven: bool,
    /// When, as is proven, what was signed had not been signed yet.
    pub unsigned_at: Option<Timestamp>,
}

impl Case {
    /// Whether it is proven to have been signed later than this.
    fn signed_after(&self, moment: Timestamp) -> bool {
        self.unsigned_at.is_some_and(|unsigned| unsigned > moment)
    }
}

/// Main indication and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The main indication.
    pub indication: Indication,
    /// Why, where it is not a pass.
    pub sub: Option<Sub>,
}

/// The verdict on a case.
#[must_use]
pub fn verdict(case: &Case) -> Verdict {
    let failed = |sub| Verdict { indication: Indication::TotalFailed, sub: Some(sub) };
    let open = |sub| Verdict { indication: Indication::Indeterminate, sub: Some(sub) };
    // 5.2.2: format checking.
    if !case.well_formed || !case.borne || !case.readable {
        return failed(Sub::FormatFailure);
    }
    // 5.2.3: identification of the signing certificate.
    if !case.certificate {
        return open(Sub::NoSigningCertificateFound);
    }
    // 5.2.7: cryptographic verification, before trust is even asked about.
    if !case.digest {
        return failed(Sub::HashFailure);
    }
    if !case.signature {
        return failed(Sub::SigCryptoFailure);
    }
    // What was signed is not what the file shows now (ISO 32000-2, 12.8.2.2.2).
    if !case.unchanged {
        return failed(Sub::FormatFailure);
    }
    // 5.2.8: acceptance of the signature.
    if case.other_certificate || case.constraints {
        return open(Sub::SigConstraintsFailure);
    }
    // 5.5.4: of time-stamps that contradict each other none tells the time.
    if case.disordered {
        return open(Sub::TimestampOrderFailure);
    }
    if case.weak {
        return open(Sub::CryptoConstraintsFailureNoPoe);
    }
    if case.forbidden {
        return open(Sub::CryptoConstraintsFailure);
    }
    // 5.2.6: the chain.
    match &case.chain {
        None | Some(Status::NoChain(_)) => open(Sub::NoCertificateChainFound),
        Some(Status::General(_)) => open(Sub::CertificateChainGeneralFailure),
        Some(Status::Constraints(_)) => open(Sub::ChainConstraintsFailure),
        Some(Status::Crypto(_)) => open(Sub::CryptoConstraintsFailure),
        Some(Status::Revoked(_)) if case.above => open(Sub::RevokedCaNoPoe),
        // 5.3.4: proven to have signed after that.
        Some(Status::Revoked(entry)) if case.signed_after(entry.at) => {
            failed(Sub::Revoked)
        }
        Some(Status::Revoked(_)) => open(Sub::RevokedNoPoe),
        // 5.5.4: proven to be older than its certificate.
        Some(Status::NotYetValid(_)) if case.proven && !case.above => {
            failed(Sub::NotYetValid)
        }
        Some(Status::Expired(until)) if !case.above && case.signed_after(*until) => {
            failed(Sub::Expired)
        }
        Some(Status::NotYetValid(_) | Status::Expired(_)) => open(Sub::OutOfBoundsNoPoe),
        Some(Status::RevocationUnknown(Why::Weak)) => {
            open(Sub::CryptoConstraintsFailureNoPoe)
        }
        // 5.6.2.2: what an authority said is believed from before it was revoked.
        Some(Status::RevocationUnknown(Why::IssuerRevoked)) => open(Sub::RevokedCaNoPoe),
        Some(Status::RevocationUnknown(_)) => open(Sub::TryLater),
        Some(Status::Valid) if case.weak_link => open(Sub::CryptoConstraintsFailureNoPoe),
        Some(Status::Valid) => Verdict { indication: Indication::TotalPassed, sub: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::path::NoChain;

    fn sound() -> Case {
        Case {
            well_formed: true,
            borne: true,
            unchanged: true,
            readable: true,
            certificate: true,
            digest: true,
            signature: true,
            other_certificate: false,
            constraints: false,
            weak: false,
            disordered: false,
            forbidden: false,
            chain: Some(Status::Valid),
            weak_link: false,
            above: false,
            proven: false,
            unsigned_at: None,
        }
    }

    #[test]
    fn only_a_case_without_any_fault_passes() {
        assert_eq!(verdict(&sound()).indication, Indication::TotalPassed);
        let faults: [fn(&mut Case); 13] = [
            |case| case.well_formed = false,
            |case| case.borne = false,
            |case| case.unchanged = false,
            |case| case.readable = false,
            |case| case.certificate = false,
            |case| case.digest = false,
            |case| case.signature = false,
            |case| case.other_certificate = true,
            |case| case.weak = true,
            |case| case.disordered = true,
            |case| case.weak_link = true,
            |case| case.forbidden = true,
            |case| case.chain = None,
        ];
        for fault in faults {
            let mut case = sound();
            fault(&mut case);
            assert_ne!(verdict(&case).indication, Indication::TotalPassed, "{case:?}");
        }
    }

    #[test]
    fn a_broken_signature_is_broken_whether_trusted_or_not() {
        let chain = Some(Status::NoChain(NoChain::IssuerMissing));
        let case = Case { digest: false, chain, ..sound() };
        assert_eq!(verdict(&case).indication, Indication::TotalFailed);
        assert_eq!(verdict(&case).sub, Some(Sub::HashFailure));
    }

    #[test]
    fn without_trust_nothing_is_valid() {
        let chain = Some(Status::NoChain(NoChain::RootNotTrusted));
        let open = verdict(&Case { chain, ..sound() });
        assert_eq!(open.indication, Indication::Indeterminate);
        assert_eq!(open.sub, Some(Sub::NoCertificateChainFound));
    }
}
