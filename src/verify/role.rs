//! Who signed: a person or an agency, by the names in the certificate.
//!
//! Nghị định 30/2020/NĐ-CP, Điều 5, asks for the signature of a competent
//! person and then the agency's. No certificate says which it is; an agency's
//! common name begins with the kind of agency, a person's is a name. So this
//! is a reading, told as such, and only used where roles are demanded.

use crate::pki::{Certificate, oid};
use crate::text::fold::bare;

/// What a signer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A person: whoever signs in a leader's place is one.
    Person,
    /// An agency.
    Agency,
    /// An agency that certifies a copy (Điều 25): SAO Y, SAO LỤC, TRÍCH SAO.
    Copy,
}

/// How the names of agencies begin, without diacritics.
const AGENCIES: [&str; 34] = [
    "uy ban",
    "ubnd",
    "hoi dong",
    "hdnd",
    "van phong",
    "so ",
    "bo ",
    "cuc ",
    "tong cuc",
    "chi cuc",
    "phong ",
    "ban ",
    "trung tam",
    "truong ",
    "vien ",
    "toa an",
    "chi nhanh",
    "cong ty",
    "cong an",
    "kho bac",
    "bao hiem",
    "ngan hang",
    "cong thong tin",
    "chinh phu",
    "quoc hoi",
    "tong cong ty",
    "benh vien",
    "hoc vien",
    "thanh tra",
    "kiem toan",
    "dai hoc",
    "lien doan",
    "hiep hoi",
    "mttq",
];

impl Role {
    /// What the certificate's names and the reason stated say.
    #[must_use]
    pub fn of(certificate: &Certificate, reason: Option<&str>) -> Self {
        let subject = certificate.subject();
        let name = bare(subject.texts(oid::COMMON_NAME).next().unwrap_or_default());
        let given = subject.texts(oid::GIVEN_NAME).next().is_some();
        let name = format!("{} ", name.trim());
        let agency = !given && AGENCIES.iter().any(|start| name.starts_with(start));
        let reason = bare(reason.unwrap_or_default());
        let copy =
            ["sao y", "sao luc", "trich sao"].iter().any(|kind| reason.contains(kind));
        match (agency, copy) {
            (true, true) => Self::Copy,
            (true, false) => Self::Agency,
            (false, _) => Self::Person,
        }
    }

    /// The role of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Person, Self::Agency, Self::Copy]
            .into_iter()
            .find(|role| role.name() == name)
    }

    /// Its name for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "leader",
            Self::Agency => "agency",
            Self::Copy => "sao-y",
        }
    }
}
