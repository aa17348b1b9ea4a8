//! The extensions of certificates and revocation lists (RFC 5280, 4.2, 5.2).
//!
//! Unknown extensions are kept by name: a critical one forbids relying on
//! its certificate. One that is known and cannot be read is remembered in
//! [`Extensions::damaged`] and treated alike.

use std::collections::BTreeSet;

use crate::pki::der::{self, Reader, Tag};
use crate::pki::error::Malformed;
pub use crate::pki::extension::points::{
    DistributionPoint, IssuingDistributionPoint, PointName, Reasons, Scope,
};
use crate::pki::extension::points::{distribution_points, issuing_distribution_point};
use crate::pki::general_name::GeneralName;
use crate::pki::{Oid, oid};
use crate::time::Timestamp;

mod points;

/// Parts of one extension that are looked at.
const MOST_PARTS: usize = 1024;

/// What the extensions of a certificate or revocation list say.
#[derive(Clone, Debug, Default)]
pub struct Extensions {
    /// Whether the subject is an authority, and how long paths below it may be.
    pub basic_constraints: Option<BasicConstraints>,
    /// What the key may do.
    pub key_usage: Option<KeyUsage>,
    /// What the key may be for.
    pub extended_key_usage: Option<ExtendedKeyUsage>,
    /// Which key of the subject this is.
    pub subject_key_id: Option<Vec<u8>>,
    /// Which key of the issuer signed.
    pub authority_key_id: Option<Vec<u8>>,
    /// Other names of the subject.
    pub subject_alt_names: Vec<GeneralName>,
    /// Names that certificates below may have.
    pub name_constraints: Option<NameConstraints>,
    /// The policies it was issued under.
    pub policies: Option<BTreeSet<Oid>>,
    /// Policies of the subject's domain that count as the issuer's.
    pub policy_mappings: Vec<(Oid, Oid)>,
    /// Certificates to follow before a policy is demanded.
    pub require_explicit_policy: Option<u32>,
    /// Certificates to follow before mapping is forbidden.
    pub inhibit_policy_mapping: Option<u32>,
    /// Certificates to follow before `anyPolicy` counts no more.
    pub inhibit_any_policy: Option<u32>,
    /// Where revocation lists are.
    pub crl_distribution_points: Vec<DistributionPoint>,
    /// Where newer, partial lists are.
    pub freshest_crl: Vec<DistributionPoint>,
    /// Addresses of OCSP responders.
    pub ocsp_urls: Vec<String>,
    /// Addresses of the issuer's certificate.
    pub issuer_urls: Vec<String>,
    /// Whether this responder's own revocation need not be asked
    /// (RFC 6960, 4.2.2.2.1).
    pub ocsp_no_check: bool,
    /// What an OCSP answer repeats of the request, as encoded (RFC 8954).
    pub ocsp_nonce: Option<Vec<u8>>,
    /// Statements on qualified certificates, by name (EN 319 412-5).
    pub qc_statements: Vec<Oid>,
    /// The number of a list.
    pub crl_number: Option<Vec<u8>>,
    /// The number of the list that a partial list adds to.
    pub delta_base: Option<Vec<u8>>,
    /// What a list is about.
    pub issuing_distribution_point: Option<IssuingDistributionPoint>,
    /// Since when certificates that have ended stay on the list
    /// (ISO/IEC 9594-8, 9.5.2.8).
    pub expired_certs_since: Option<Timestamp>,
    /// Until when in the past a responder knows (RFC 6960, 4.4.4).
    pub archive_cutoff: Option<Timestamp>,
    /// Critical extensions that are not known here.
    pub unknown_critical: Vec<Oid>,
    /// Extensions that cannot be read or stand twice.
    pub damaged: Vec<Oid>,
    /// Every extension and whether it is critical, in order.
    pub present: Vec<(Oid, bool)>,
}

/// Whether the subject is an authority (RFC 5280, 4.2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasicConstraints {
    /// Whether it may issue certificates.
    pub authority: bool,
    /// Authorities that may follow below it.
    pub path_length: Option<u32>,
}

/// What a key may do (RFC 5280, 4.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(u8);

impl KeyUsage {
    /// Sign other things than certificates and lists.
    #[must_use]
    pub fn digital_signature(self) -> bool {
        self.0 & 0x80 != 0
    }

    /// Sign with the intent to be bound (`contentCommitment`).
    #[must_use]
    pub fn non_repudiation(self) -> bool {
        self.0 & 0x40 != 0
    }

    /// Sign certificates.
    #[must_use]
    pub fn certificates(self) -> bool {
        self.0 & 0x04 != 0
    }

    /// Sign revocation lists.
    #[must_use]
    pub fn revocation_lists(self) -> bool {
        self.0 & 0x02 != 0
    }
}

/// What a key may be for (RFC 5280, 4.2.1.12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedKeyUsage {
    /// The purposes.
    pub purposes: Vec<Oid>,
    /// Whether the extension is critical.
    pub critical: bool,
}

impl ExtendedKeyUsage {
    /// Whether this purpose is named.
    #[must_use]
    pub fn names(&self, purpose: Oid) -> bool {
        self.purposes.contains(&purpose)
    }
}

/// Names that certificates below may have (RFC 5280, 4.2.1.10).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    /// Of a kind that is here, a name must lie in one of these.
    pub permitted: Vec<GeneralName>,
    /// No name may lie in one of these.
    pub excluded: Vec<GeneralName>,
    /// Whether a subtree has bounds that RFC 5280 does not allow.
    pub bounded: bool,
}

impl Extensions {
    /// Reads Extensions; `known` are the kinds that have a meaning here.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(mut list: Reader<'_>, known: Known) -> Result<Self, Malformed> {
        let mut found = Self::default();
        while !list.is_empty() {
            if found.present.len() == MOST_PARTS {
                return Err(Malformed::TooMany);
            }
            let mut extension = list.sequence()?;
            let kind = extension.oid()?;
            let critical = extension.flag()?;
            let value = extension.octets()?;
            extension.end()?;
            // RFC 5280, 4.2: no extension stands twice.
            if found.present.iter().any(|(other, _)| *other == kind) {
                found.damaged.push(kind);
            }
            found.present.push((kind, critical));
            if !known.holds(kind) {
                if critical {
                    found.unknown_critical.push(kind);
                }
            } else if found.take(kind, critical, &value).is_err() {
                found.damaged.push(kind);
            }
        }
        Ok(found)
    }

    fn take(&mut self, kind: Oid, critical: bool, value: &[u8]) -> Result<(), Malformed> {
        match kind {
            oid::BASIC_CONSTRAINTS => {
                self.basic_constraints = Some(basic_constraints(value)?);
            }
            oid::KEY_USAGE => self.key_usage = Some(key_usage(value)?),
            oid::EXTENDED_KEY_USAGE => {
                let purposes = oids(der::whole_sequence(value)?)?;
                self.extended_key_usage = Some(ExtendedKeyUsage { purposes, critical });
            }
            oid::SUBJECT_KEY_ID => {
                self.subject_key_id = Some(Reader::new(value).octets()?.into_owned());
            }
            oid::AUTHORITY_KEY_ID => {
                let key = der::whole_sequence(value)?.optional(Tag::implicit(0))?;
                self.authority_key_id = key.map(|key| key.value.to_vec());
            }
            oid::SUBJECT_ALT_NAME => {
                self.subject_alt_names =
                    GeneralName::read_all(der::whole_sequence(value)?)?;
            }
            oid::NAME_CONSTRAINTS => {
                self.name_constraints = Some(name_constraints(value)?);
            }
            oid::CERTIFICATE_POLICIES => self.policies = Some(policies(value)?),
            oid::POLICY_MAPPINGS => self.policy_mappings = policy_mappings(value)?,
            oid::POLICY_CONSTRAINTS => self.policy_constraints(value)?,
            oid::INHIBIT_ANY_POLICY => {
                self.inhibit_any_policy = Some(Reader::new(value).small()?);
            }
            oid::CRL_DISTRIBUTION_POINTS => {
                self.crl_distribution_points = distribution_points(value)?;
            }
            oid::FRESHEST_CRL => self.freshest_crl = distribution_points(value)?,
            oid::AUTHORITY_INFO_ACCESS => self.authority_access(value)?,
            oid::OCSP_NO_CHECK => self.ocsp_no_check = true,
            oid::OCSP_NONCE => self.ocsp_nonce = Some(value.to_vec()),
            oid::QC_STATEMENTS => self.qc_statements = statements(value)?,
            oid::CRL_NUMBER => {
                self.crl_number =
                    Some(der::magnitude(Reader::new(value).integer()?).to_vec());
            }
            oid::DELTA_CRL_INDICATOR => {
                self.delta_base =
                    Some(der::magnitude(Reader::new(value).integer()?).to_vec());
            }
            oid::ISSUING_DISTRIBUTION_POINT => {
                self.issuing_distribution_point =
                    Some(issuing_distribution_point(value)?);
            }
            oid::EXPIRED_CERTS_ON_CRL => {
                self.expired_certs_since = Some(Reader::new(value).time()?);
            }
            oid::OCSP_ARCHIVE_CUTOFF => {
                self.archive_cutoff = Some(Reader::new(value).time()?);
            }
            _ => {}
        }
        Ok(())
    }

    fn policy_constraints(&mut self, value: &[u8]) -> Result<(), Malformed> {
        let mut parts = der::whole_sequence(value)?;
        let explicit = parts.optional(Tag::implicit(0))?;
        self.require_explicit_policy =
            explicit.map(|n| der::small(n.value)).transpose()?;
        let mapping = parts.optional(Tag::implicit(1))?;
        self.inhibit_policy_mapping = mapping.map(|n| der::small(n.value)).transpose()?;
        parts.end()
    }

    fn authority_access(&mut self, value: &[u8]) -> Result<(), Malformed> {
        let mut list = der::whole_sequence(value)?;
        while !list.is_empty() {
            let mut access = list.sequence()?;
            let method = access.oid()?;
            let GeneralName::Uri(url) = GeneralName::read(&mut access)? else { continue };
            match method {
                oid::ACCESS_OCSP => self.ocsp_urls.push(url),
                oid::ACCESS_CA_ISSUERS => self.issuer_urls.push(url),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Where extensions stand, and so which have a meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// In a certificate.
    InCertificate,
    /// In a revocation list.
    InList,
    /// In an OCSP answer.
    InAnswer,
}

impl Known {
    fn holds(self, kind: Oid) -> bool {
        match self {
            Self::InCertificate => matches!(
                kind,
                oid::SUBJECT_KEY_ID
                    | oid::KEY_USAGE
                    | oid::SUBJECT_ALT_NAME
                    | oid::ISSUER_ALT_NAME
                    | oid::BASIC_CONSTRAINTS
                    | oid::NAME_CONSTRAINTS
                    | oid::CRL_DISTRIBUTION_POINTS
                    | oid::CERTIFICATE_POLICIES
                    | oid::POLICY_MAPPINGS
                    | oid::AUTHORITY_KEY_ID
                    | oid::POLICY_CONSTRAINTS
                    | oid::EXTENDED_KEY_USAGE
                    | oid::FRESHEST_CRL
                    | oid::INHIBIT_ANY_POLICY
                    | oid::AUTHORITY_INFO_ACCESS
                    | oid::SUBJECT_INFO_ACCESS
                    | oid::OCSP_NO_CHECK
                    | oid::QC_STATEMENTS
            ),
            Self::InList => matches!(
                kind,
                oid::AUTHORITY_KEY_ID
                    | oid::ISSUER_ALT_NAME
                    | oid::CRL_NUMBER
                    | oid::DELTA_CRL_INDICATOR
                    | oid::ISSUING_DISTRIBUTION_POINT
                    | oid::FRESHEST_CRL
                    | oid::AUTHORITY_INFO_ACCESS
                    | oid::EXPIRED_CERTS_ON_CRL
            ),
            Self::InAnswer => matches!(kind, oid::OCSP_NONCE | oid::OCSP_ARCHIVE_CUTOFF),
        }
    }
}

fn basic_constraints(value: &[u8]) -> Result<BasicConstraints, Malformed> {
    let mut parts = der::whole_sequence(value)?;
    let authority = parts.flag()?;
    let length = parts.optional(Tag::INTEGER)?;
    parts.end()?;
    let path_length = length.map(|length| der::small(length.value)).transpose()?;
    Ok(BasicConstraints { authority, path_length })
}

fn key_usage(value: &[u8]) -> Result<KeyUsage, Malformed> {
    let bits = der::whole(value)?;
    match (bits.tag, bits.value) {
        (Tag::BIT_STRING, [_unused, first, ..]) => Ok(KeyUsage(*first)),
        (Tag::BIT_STRING, [_unused]) => Ok(KeyUsage(0)),
        _ => Err(Malformed::Value),
    }
}

fn oids(mut list: Reader<'_>) -> Result<Vec<Oid>, Malformed> {
    let mut found = Vec::new();
    while !list.is_empty() {
        if found.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        found.push(list.oid()?);
    }
    Ok(found)
}

fn name_constraints(value: &[u8]) -> Result<NameConstraints, Malformed> {
    let mut parts = der::whole_sequence(value)?;
    let mut found = NameConstraints::default();
    if let Some(trees) = parts.optional(Tag::context(0))? {
        found.permitted = subtrees(trees.reader(), &mut found.bounded)?;
    }
    if let Some(trees) = parts.optional(Tag::context(1))? {
        found.excluded = subtrees(trees.reader(), &mut found.bounded)?;
    }
    parts.end()?;
    Ok(found)
}

fn subtrees(
    mut list: Reader<'_>,
    bounded: &mut bool,
) -> Result<Vec<GeneralName>, Malformed> {
    let mut trees = Vec::new();
    while !list.is_empty() {
        if trees.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        let mut tree = list.sequence()?;
        trees.push(GeneralName::read(&mut tree)?);
        // RFC 5280, 4.2.1.10: minimum is zero and maximum is absent.
        let minimum = tree.optional(Tag::implicit(0))?;
        *bounded |= minimum.is_some_and(|n| !der::magnitude(n.value).is_empty());
        *bounded |= tree.optional(Tag::implicit(1))?.is_some();
    }
    Ok(trees)
}

fn policies(value: &[u8]) -> Result<BTreeSet<Oid>, Malformed> {
    let mut list = der::whole_sequence(value)?;
    let mut found = BTreeSet::new();
    while !list.is_empty() {
        // RFC 5280, 4.2.1.4: no policy stands twice.
        if found.len() == MOST_PARTS || !found.insert(list.sequence()?.oid()?) {
            return Err(Malformed::Value);
        }
    }
    Ok(found)
}

fn policy_mappings(value: &[u8]) -> Result<Vec<(Oid, Oid)>, Malformed> {
    let mut list = der::whole_sequence(value)?;
    let mut found = Vec::new();
    while !list.is_empty() {
        if found.len() == MOST_PARTS {
            return Err(Malformed::TooMany);
        }
        let mut pair = list.sequence()?;
        found.push((pair.oid()?, pair.oid()?));
    }
    Ok(found)
}

fn statements(value: &[u8]) -> Result<Vec<Oid>, Malformed> {
    let mut list = der::whole_sequence(value)?;
    let mut found = Vec::new();
    while !list.is_empty() && found.len() < MOST_PARTS {
        found.push(list.sequence()?.oid()?);
    }
    Ok(found)
}
