//! Where revocation lists are, and what each is about (RFC 5280, 4.2.1.13, 5.2.5).

use crate::pki::der::{self, Reader, Tag, Tlv};
use crate::pki::error::Malformed;
use crate::pki::extension::MOST_PARTS;
use crate::pki::general_name::GeneralName;
use crate::pki::name::Name;

/// Where a revocation list is and what it is about (RFC 5280, 4.2.1.13).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DistributionPoint {
    /// Names of the point.
    pub names: PointName,
    /// The reasons its list covers; `None` for all.
    pub reasons: Option<Reasons>,
    /// Who signs the list, where that is not the issuer.
    pub crl_issuer: Vec<GeneralName>,
}

/// How a distribution point is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PointName {
    /// Not at all.
    #[default]
    None,
    /// By whole names.
    Full(Vec<GeneralName>),
    /// By one more part to the name of the list's issuer: the value itself.
    Relative(Vec<u8>),
}

impl PointName {
    /// All names of the point, given who issues the list.
    #[must_use]
    pub fn against(&self, issuer: &Name) -> Vec<GeneralName> {
        match self {
            Self::None => Vec::new(),
            Self::Full(names) => names.clone(),
            Self::Relative(set) => {
                let set = Tlv { tag: Tag::SET, raw: set, value: set };
                issuer.with_part(&set).map(GeneralName::Directory).into_iter().collect()
            }
        }
    }
}

/// A set of reasons for revocation, bit by bit as `ReasonFlags` has them
/// (RFC 5280, 4.2.1.13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons(u16);

impl Reasons {
    /// No reason.
    pub const NONE: Self = Self(0);
    /// Every reason but `unused`.
    pub const ALL: Self = Self(0x7f80);

    /// Reads `ReasonFlags`.
    fn read(bits: &[u8]) -> Self {
        let first = bits.get(1).copied().unwrap_or(0);
        let second = bits.get(2).copied().unwrap_or(0);
        Self((u16::from(first) << 8 | u16::from(second)) & Self::ALL.0)
    }

    /// The reasons in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The reasons in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every reason of `other` is here.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What a revocation list is about (RFC 5280, 5.2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssuingDistributionPoint {
    /// Names of the point.
    pub names: PointName,
    /// Whose certificates it lists.
    pub scope: Scope,
    /// The reasons it covers; `None` for all.
    pub reasons: Option<Reasons>,
    /// Whether it lists certificates of other issuers.
    pub indirect: bool,
}

/// Whose certificates a list is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Everyone's.
    #[default]
    All,
    /// People's and machines' only.
    Users,
    /// Authorities' only.
    Authorities,
    /// Attribute certificates only, or nothing that makes sense.
    Neither,
}

/// Reads the points of one extension.
pub(super) fn distribution_points(
    value: &[u8],
) -> Result<Vec<DistributionPoint>, Malformed> {
    let mut list = der::whole_sequence(value)?;
    let mut points = Vec::new();
    while !list.is_empty() {
        if points.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        let mut parts = list.sequence()?;
        let names = point_name(&mut parts)?;
        let reasons = parts.optional(Tag::implicit(1))?;
        let reasons = reasons.map(|bits| Reasons::read(bits.value));
        let crl_issuer = match parts.optional(Tag::context(2))? {
            Some(names) => GeneralName::read_all(names.reader())?,
            None => Vec::new(),
        };
        parts.end()?;
        points.push(DistributionPoint { names, reasons, crl_issuer });
    }
    Ok(points)
}

fn point_name(parts: &mut Reader<'_>) -> Result<PointName, Malformed> {
    let Some(choice) = parts.optional(Tag::context(0))? else {
        return Ok(PointName::None);
    };
    let name = choice.reader().any()?;
    match name.tag.0 {
        0xa0 => Ok(PointName::Full(GeneralName::read_all(name.reader())?)),
        0xa1 => Ok(PointName::Relative(name.value.to_vec())),
        tag => Err(Malformed::Unexpected(tag)),
    }
}

/// Reads what a list is about.
pub(super) fn issuing_distribution_point(
    value: &[u8],
) -> Result<IssuingDistributionPoint, Malformed> {
    let mut parts = der::whole_sequence(value)?;
    let names = point_name(&mut parts)?;
    let flag = |parts: &mut Reader<'_>, number| -> Result<bool, Malformed> {
        let value = parts.optional(Tag::implicit(number))?;
        Ok(value.is_some_and(|value| value.value != [0]))
    };
    let users = flag(&mut parts, 1)?;
    let authorities = flag(&mut parts, 2)?;
    let reasons = parts.optional(Tag::implicit(3))?;
    let reasons = reasons.map(|bits| Reasons::read(bits.value));
    let indirect = flag(&mut parts, 4)?;
    let attributes = flag(&mut parts, 5)?;
    parts.end()?;
    let scope = match (users, authorities, attributes) {
        (false, false, false) => Scope::All,
        (true, false, false) => Scope::Users,
        (false, true, false) => Scope::Authorities,
        (_, _, true) | (true, true, _) => Scope::Neither,
    };
    Ok(IssuingDistributionPoint { names, scope, reasons, indirect })
}
