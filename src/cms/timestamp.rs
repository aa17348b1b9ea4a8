//! Time-stamp tokens (RFC 3161): proof that something existed at a time.

use crate::cms::error::CmsError;
use crate::cms::integrity::{Content, Integrity, ReferenceFact, verify};
use crate::cms::signed_data::SignedData;
use crate::pki::der::{self, Tag};
use crate::pki::general_name::GeneralName;
use crate::pki::path::{Constraint, Purpose, unfit};
use crate::pki::{Certificate, Hash, Malformed, Oid, oid};
use crate::time::Timestamp;

/// A time-stamp token.
#[derive(Clone, Debug)]
pub struct Token {
    /// The signed data it is.
    pub signed: SignedData,
    /// What it says.
    pub info: TstInfo,
}

/// What a token says (RFC 3161, 2.4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TstInfo {
    /// The authority's policy.
    pub policy: Oid,
    /// The digest algorithm, or its identifier if it is not known here.
    pub hash: Result<Hash, Oid>,
    /// The digest of what existed.
    pub imprint: Vec<u8>,
    /// The number of the token.
    pub serial: Vec<u8>,
    /// When it existed, to the second.
    pub time: Timestamp,
    /// How far off that may be, in microseconds.
    pub accuracy: Option<u64>,
    /// The number that the asker chose.
    pub nonce: Option<Vec<u8>>,
    /// Whom the authority says it is.
    pub tsa: Option<GeneralName>,
}

/// What was found about a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFacts {
    /// Whether the imprint is the digest of what it should be about.
    pub imprint: ImprintFact,
    /// The authority's certificate, where it is among those offered.
    pub certificate: Option<Certificate>,
    /// Whether the token is as the authority signed it.
    pub integrity: Option<Integrity>,
    /// The rule that forbids the certificate to stamp time.
    pub unfit: Option<Constraint>,
    /// Whether the authority's name, where told, is one of its certificate.
    pub name_agrees: bool,
    /// Signers: exactly one is right (RFC 3161, 2.4.2).
    pub signers: usize,
}

/// Whether an imprint is the digest of what it should be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImprintFact {
    /// It is.
    Matches,
    /// It is the digest of something else.
    Differs,
    /// A digest that is not known here.
    Unsupported(Oid),
}

impl TokenFacts {
    /// Whether the token proves what it says, if its authority is trusted.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.imprint == ImprintFact::Matches
            && self.signers == 1
            && self.integrity.as_ref().is_some_and(Integrity::is_intact)
            && !self.names_another()
    }

    /// Whether the authority refers to another certificate than the one there is.
    #[must_use]
    pub fn names_another(&self) -> bool {
        let reference = self.integrity.as_ref().map(|found| &found.reference);
        reference == Some(&ReferenceFact::Differs)
    }
}

impl Token {
    /// Reads the token at the start of `bytes`.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, CmsError> {
        let signed = SignedData::parse(bytes)?;
        if signed.content_type != oid::TST_INFO {
            return Err(CmsError::NotAToken);
        }
        let info = TstInfo::parse(signed.content.as_deref().ok_or(CmsError::NotAToken)?)?;
        Ok(Self { signed, info })
    }

    /// What is true of the token if it is about that of which `digest` gives
    /// the digest. The authority's certificate is sought in the token and in
    /// `pool`.
    #[must_use]
    pub fn verify(
        &self,
        digest: &dyn Fn(Hash) -> Vec<u8>,
        pool: &[Certificate],
    ) -> TokenFacts {
        let imprint = match self.info.hash {
            Ok(hash) if digest(hash) == self.info.imprint => ImprintFact::Matches,
            Ok(_) => ImprintFact::Differs,
            Err(unknown) => ImprintFact::Unsupported(unknown),
        };
        let signer = self.signed.signers.first();
        let offered = self.signed.certificates.iter().chain(pool);
        let certificate = signer.and_then(|signer| signer.certificate(offered));
        let integrity = signer.zip(certificate).map(|(signer, certificate)| {
            verify(&self.signed, signer, Content::Enclosed, certificate)
        });
        TokenFacts {
            imprint,
            certificate: certificate.cloned(),
            integrity,
            unfit: certificate.and_then(|certificate| unfit(certificate, Purpose::Tsa)),
            name_agrees: certificate.is_none_or(|certificate| self.is_from(certificate)),
            signers: self.signed.signers.len(),
        }
    }

    /// RFC 3161, 2.4.2: the name is one of the certificate's.
    fn is_from(&self, certificate: &Certificate) -> bool {
        match &self.info.tsa {
            None => true,
            Some(GeneralName::Directory(name)) if name == certificate.subject() => true,
            Some(name) => certificate.extensions().subject_alt_names.contains(name),
        }
    }
}

impl TstInfo {
    /// Reads a `TSTInfo`.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut parts = der::whole_sequence(bytes)?;
        parts.small()?;
        let policy = parts.oid()?;
        let mut imprint = parts.sequence()?;
        let hash = Hash::read(&mut imprint)?;
        let imprint = imprint.octets()?.into_owned();
        let serial = parts.integer()?.to_vec();
        let time = parts.time()?;
        let accuracy = match parts.optional(Tag::SEQUENCE)? {
            Some(accuracy) => Some(microseconds(accuracy.reader())?),
            None => None,
        };
        parts.flag()?;
        let nonce = parts.optional(Tag::INTEGER)?.map(|nonce| nonce.value.to_vec());
        let tsa = match parts.optional(Tag::context(0))? {
            Some(name) => Some(GeneralName::read(&mut name.reader())?),
            None => None,
        };
        parts.optional(Tag::context(1))?;
        parts.end()?;
        Ok(Self { policy, hash, imprint, serial, time, accuracy, nonce, tsa })
    }
}

fn microseconds(mut parts: der::Reader<'_>) -> Result<u64, Malformed> {
    let mut sum = 0;
    if let Some(seconds) = parts.optional(Tag::INTEGER)? {
        sum += u64::from(der::small(seconds.value)?) * 1_000_000;
    }
    if let Some(milli) = parts.optional(Tag::implicit(0))? {
        sum += u64::from(der::small(milli.value)?) * 1_000;
    }
    if let Some(micro) = parts.optional(Tag::implicit(1))? {
        sum += u64::from(der::small(micro.value)?);
    }
    Ok(sum)
}
