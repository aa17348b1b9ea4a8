//! The facts about one signature, without any judgement.

use std::sync::Arc;

use crate::cms::attributes::Attributes;
use crate::cms::integrity::{AlgorithmFact, DigestFact, Integrity};
use crate::cms::timestamp::{Token, TokenFacts};
use crate::cms::{Content, SignedData, Trailing, legacy, verify};
use crate::cos::document::View;
use crate::cos::{Dict, Document, Object, Span};
use crate::pdf::text_string;
use crate::pki::{Certificate, Evidence, Hash, Oid, Scheme, SignatureError, oid};
use crate::time::Timestamp;
use crate::verify::appearance::Appearance;
use crate::verify::claim::{Claim, Range, RangeFault};
use crate::verify::dss::Dss;
use crate::verify::imprint::{Imprint, decoded, moment};
use crate::verify::rights::Rights;

/// Certificates taken from one place.
const MOST_CERTIFICATES: usize = 2_000;
/// Time-stamps within one signature.
pub(crate) const MOST_TOKENS: usize = 64;

/// What a signature is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A signature of approval.
    Approval,
    /// A certification, which says what may be changed.
    Certification,
    /// A document time-stamp.
    TimeStamp,
}

/// How a signature is written (ISO 32000-2, table 255; EN 319 142-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `ETSI.CAdES.detached`.
    Cades,
    /// `ETSI.RFC3161`.
    Rfc3161,
    /// `adbe.pkcs7.detached`.
    Pkcs7,
    /// `adbe.pkcs7.sha1`.
    Pkcs7Sha1,
    /// `adbe.x509.rsa_sha1`.
    X509,
    /// Anything else, read as if it were signed data.
    Other,
    /// Signed data beside the file they sign, `.p7s` (EN 319 122-1; RFC 5652).
    Beside,
    /// Signed data with what they sign within.
    Enclosed,
}

/// A time-stamp within a signature.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The token.
    pub token: Token,
    /// What was found about it.
    pub facts: TokenFacts,
}

/// What the cryptography of a signature shows.
#[derive(Clone, Debug)]
pub enum Proof {
    /// The range breaks a rule, so that there is nothing to check.
    NoRange(RangeFault),
    /// `/Contents` are not what the format says.
    Unreadable,
    /// Signed data.
    Signed(Box<Signed>),
    /// A document time-stamp.
    Stamped(Box<Stamp>),
    /// A bare signature with its certificate beside it.
    Bare {
        /// The certificate.
        certificate: Certificate,
        /// The digest it is over, or why not.
        result: Result<Hash, SignatureError>,
    },
}

/// Signed data and what was found about its signer.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The data.
    pub data: SignedData,
    /// The signer's certificate.
    pub certificate: Option<Certificate>,
    /// Whether digest and signature agree.
    pub integrity: Option<Integrity>,
    /// Whether the content within, where there is any, is what the file says:
    /// its bytes, or for `adbe.pkcs7.sha1` their digest.
    pub content_matches: bool,
    /// Whether what the other signers signed is intact as well.
    pub others_intact: bool,
    /// Time-stamps over the signature.
    pub stamps: Vec<Stamp>,
    /// Time-stamps that cannot be read.
    pub bad_stamps: usize,
    /// Time-stamps over what is signed, from before it was signed.
    pub content_stamps: Vec<Stamp>,
    /// Those of them that cannot be read.
    pub bad_content_stamps: usize,
    /// Archive time-stamps over signature and validation data, outside of PDF.
    pub archived: Vec<Archived>,
}

/// An archive time-stamp (EN 319 122-1, 5.5.3).
#[derive(Clone, Debug)]
pub struct Archived {
    /// The time-stamp.
    pub stamp: Stamp,
    /// The validation data it covers.
    pub covered: Dss,
}

/// All that is known about one signature.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Where it is and what it covers.
    pub claim: Claim,
    /// What it is for.
    pub purpose: Purpose,
    /// How it is written.
    pub format: Format,
    /// What it says about changes.
    pub rights: Rights,
    /// The time it claims, `/M`.
    pub claimed: Option<Timestamp>,
    /// Why it was made, as it says.
    pub reason: Option<String>,
    /// Who signed, as its dictionary says.
    pub name: Option<String>,
    /// What it shows on its page, where that can be told.
    pub appearance: Option<Appearance>,
    /// Whether its dictionary bears certificates, which PAdES forbids.
    pub cert_key: bool,
    /// What the cryptography shows.
    pub proof: Proof,
    /// All certificates that came with it and with the file.
    pub pool: Vec<Certificate>,
    /// Revocation data within the signature.
    pub own_evidence: Evidence,
}

impl Facts {
    /// Gathers the facts about a claim. `dss` is the file's validation data.
    #[must_use]
    pub fn gather(
        document: &Document,
        claim: Claim,
        appearance: Option<Appearance>,
        dss: &Dss,
    ) -> Self {
        // As it was when it signed: what it refers to may have been written anew.
        let signed = claim.range.ok().map(|range| range.revision);
        let view = signed.map_or(document.now(), |revision| document.at(revision));
        let empty = Dict::empty();
        let dict = claim.dict.dict().unwrap_or(&empty).clone();
        let dict = &dict;
        let holder = claim.holder.and_then(|holder| view.object(holder).ok());
        let rights =
            Rights::of(view, dict, holder.as_ref().and_then(|object| object.dict()));
        let format = Format::of(view, dict);
        let stamp = format == Format::Rfc3161 || dict.is(b"Type", b"DocTimeStamp");
        let purpose = if stamp {
            Purpose::TimeStamp
        } else if rights.certifies.is_some() {
            Purpose::Certification
        } else {
            Purpose::Approval
        };
        let text = |key: &[u8]| view.get(dict, key).text().map(text_string);
        let mut facts = Self {
            purpose,
            format,
            rights,
            claimed: text(b"M").and_then(|text| moment(&text)),
            reason: text(b"Reason").filter(|text| !text.trim().is_empty()),
            name: text(b"Name").filter(|text| !text.trim().is_empty()),
            appearance,
            cert_key: dict.has(b"Cert"),
            proof: Proof::Unreadable,
            pool: Vec::new(),
            own_evidence: Evidence::default(),
            claim,
        };
        facts.proof = match facts.claim.range {
            Err(fault) => Proof::NoRange(fault),
            Ok(range) => {
                facts.pool.clone_from(&dss.certificates);
                facts.prove(document, dict, range)
            }
        };
        facts
    }

    /// The facts about the first signer of signed data that do not lie in a PDF.
    /// `digest` is of what is signed, which has `bytes` bytes; `format` tells where
    /// that lies.
    #[must_use]
    pub fn of_signed_data(
        data: SignedData,
        digest: &dyn Fn(Hash) -> Vec<u8>,
        (format, bytes): (Format, usize),
    ) -> Self {
        let none = Span { start: 0, end: 0 };
        let range = Range { hole: none, end: bytes, revision: 0, whole: true };
        let mut facts = Self {
            claim: Claim {
                field: String::new(),
                holder: None,
                id: None,
                dict: Arc::new(Object::Null),
                range: Ok(range),
                removed: false,
                holders: 1,
            },
            purpose: Purpose::Approval,
            format,
            rights: Rights::default(),
            claimed: None,
            reason: None,
            name: None,
            appearance: None,
            cert_key: false,
            proof: Proof::Unreadable,
            pool: Vec::new(),
            own_evidence: Evidence::default(),
        };
        facts.proof = facts.signed(data, digest);
        facts
    }

    fn prove(&mut self, document: &Document, dict: &Dict, range: Range) -> Proof {
        let raw = document.source().slice(range.hole.start, range.hole.end);
        let Ok(raw) = raw else { return Proof::Unreadable };
        let contents = decoded(&raw);
        let imprint = Imprint::new(document.source(), range.hole, range.end);
        let digest = |hash| imprint.of(hash);
        match self.format {
            Format::X509 => {
                self.bare(document.at(range.revision), dict, &contents, &digest)
            }
            Format::Rfc3161 => match Token::parse(&contents) {
                Ok(token) => {
                    self.learn(&token.signed);
                    let facts = token.verify(&digest, &self.pool);
                    Proof::Stamped(Box::new(Stamp { token, facts }))
                }
                Err(_) => Proof::Unreadable,
            },
            Format::Cades
            | Format::Pkcs7
            | Format::Pkcs7Sha1
            | Format::Other
            | Format::Beside
            | Format::Enclosed => match SignedData::parse(&contents) {
                Ok(data) => self.signed(data, &digest),
                Err(_) => Proof::Unreadable,
            },
        }
    }

    fn signed(&mut self, data: SignedData, digest: &dyn Fn(Hash) -> Vec<u8>) -> Proof {
        self.learn(&data);
        let Some(signer) = data.signers.first().cloned() else {
            return Proof::Unreadable;
        };
        let certificate = signer.certificate(&self.pool).cloned();
        let mut content_matches = true;
        let integrity = certificate.as_ref().map(|certificate| {
            if self.format == Format::Pkcs7Sha1 {
                let within = legacy::pkcs7_sha1(&data, &signer, digest, certificate);
                content_matches = within.content_matches;
                within.integrity
            } else {
                // A reader of signed data alone would be shown what is within.
                content_matches = match (&data.content, signer.hash) {
                    (Some(content), Ok(hash)) => hash.of(content) == digest(hash),
                    (Some(_), Err(_)) => false,
                    (None, _) => true,
                };
                verify(&data, &signer, Content::Detached(digest), certificate)
            }
        });
        let others_intact = data.signers.iter().skip(1).all(|other| {
            let certificate = other.certificate(&self.pool);
            certificate.is_some_and(|certificate| {
                verify(&data, other, Content::Detached(digest), certificate).is_intact()
            })
        });
        let (stamps, bad_stamps) = self
            .stamps(&signer.unsigned.signature_time_stamps, &|hash| {
                hash.of(&signer.signature)
            });
        let own = signer.signed_attributes();
        let tokens = own.map_or(&[][..], |own| &own.content_time_stamps);
        // EN 319 122-1, 5.2.8: over what is within, or else over what lies outside.
        let (content_stamps, bad_content_stamps) = match &data.content {
            Some(content) => self.stamps(tokens, &|hash| hash.of(content)),
            None => self.stamps(tokens, digest),
        };
        let signed = Signed {
            data,
            certificate,
            integrity,
            content_matches,
            others_intact,
            stamps,
            bad_stamps,
            content_stamps,
            bad_content_stamps,
            archived: Vec::new(),
        };
        Proof::Signed(Box::new(signed))
    }

    /// Time-stamps over what `digest` gives the digest of.
    fn stamps(
        &mut self,
        tokens: &[Vec<u8>],
        digest: &dyn Fn(Hash) -> Vec<u8>,
    ) -> (Vec<Stamp>, usize) {
        let mut stamps = Vec::new();
        let mut bad = 0;
        for bytes in tokens.iter().take(MOST_TOKENS) {
            let Ok(token) = Token::parse(bytes) else {
                bad += 1;
                continue;
            };
            self.learn(&token.signed);
            let facts = token.verify(digest, &self.pool);
            stamps.push(Stamp { token, facts });
        }
        (stamps, bad)
    }

    fn bare(
        &mut self,
        view: View<'_>,
        dict: &Dict,
        contents: &[u8],
        digest: &dyn Fn(Hash) -> Vec<u8>,
    ) -> Proof {
        let cert = view.get(dict, b"Cert");
        let parse = |one: &Object| {
            let one = view.resolve(one).ok()?;
            Certificate::parse(one.text()?).ok()
        };
        let certificates: Vec<_> = match cert.array() {
            Some(several) => {
                several.iter().filter_map(parse).take(MOST_CERTIFICATES).collect()
            }
            None => parse(&cert).into_iter().collect(),
        };
        let Some(certificate) = certificates.first().cloned() else {
            return Proof::Unreadable;
        };
        self.pool.extend(certificates);
        match legacy::rsa_sha1(contents, digest, &certificate) {
            Ok(result) => Proof::Bare { certificate, result },
            Err(_) => Proof::Unreadable,
        }
    }

    /// Takes what came within signed data.
    pub(crate) fn learn(&mut self, data: &SignedData) {
        let room = MOST_CERTIFICATES.saturating_sub(self.pool.len());
        let mut new = Vec::new();
        for certificate in data.certificates.iter().take(room) {
            if !self.pool.contains(certificate) {
                new.push(certificate.clone());
            }
        }
        self.pool.extend(new);
        let mut take = |evidence: &Evidence| {
            self.own_evidence.crls.extend(evidence.crls.iter().cloned());
            self.own_evidence.ocsps.extend(evidence.ocsps.iter().cloned());
        };
        take(&data.evidence);
        for signer in &data.signers {
            take(&signer.unsigned.revocation_values);
            take(&signer.unsigned.adobe_revocation);
            if let Some(signed) = signer.signed_attributes() {
                take(&signed.adobe_revocation);
            }
        }
        let values =
            data.signers.iter().flat_map(|signer| &signer.unsigned.certificate_values);
        self.pool.extend(values.take(room).cloned());
    }

    /// The signer's certificate, or the time-stamp authority's.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        match &self.proof {
            Proof::NoRange(_) | Proof::Unreadable => None,
            Proof::Signed(signed) => signed.certificate.as_ref(),
            Proof::Stamped(stamp) => stamp.facts.certificate.as_ref(),
            Proof::Bare { certificate, .. } => Some(certificate),
        }
    }

    /// Whether the bytes are what the key signed.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        match &self.proof {
            Proof::NoRange(_) | Proof::Unreadable => false,
            Proof::Signed(signed) => {
                signed.content_matches
                    && signed.others_intact
                    && signed.integrity.as_ref().is_some_and(Integrity::is_intact)
            }
            Proof::Stamped(stamp) => stamp.facts.is_intact(),
            Proof::Bare { result, .. } => result.is_ok(),
        }
    }

    /// Time-stamps within the signature that are about it.
    pub fn good_stamps(&self) -> impl Iterator<Item = &Stamp> {
        let stamps = match &self.proof {
            Proof::Signed(signed) => signed.stamps.as_slice(),
            Proof::NoRange(_)
            | Proof::Unreadable
            | Proof::Stamped(_)
            | Proof::Bare { .. } => &[],
        };
        stamps.iter().filter(|stamp| stamp.facts.is_intact())
    }

    /// Archive time-stamps that are about it.
    pub fn good_archived(&self) -> impl Iterator<Item = &Stamp> {
        let stamps = match &self.proof {
            Proof::Signed(signed) => signed.archived.as_slice(),
            Proof::NoRange(_)
            | Proof::Unreadable
            | Proof::Stamped(_)
            | Proof::Bare { .. } => &[],
        };
        let stamps = stamps.iter().map(|archived| &archived.stamp);
        stamps.filter(|stamp| stamp.facts.is_intact())
    }

    /// The digest and scheme it was made with.
    #[must_use]
    pub fn scheme(&self) -> Option<Scheme> {
        match &self.proof {
            Proof::NoRange(_) | Proof::Unreadable => None,
            Proof::Signed(signed) => signed.integrity.as_ref().map(|found| found.scheme),
            Proof::Stamped(stamp) => {
                stamp.facts.integrity.as_ref().map(|found| found.scheme)
            }
            Proof::Bare { result, .. } => result.ok().map(Scheme::Pkcs1),
        }
    }

    /// The time its signed attributes claim.
    #[must_use]
    pub fn signing_time(&self) -> Option<Timestamp> {
        let Proof::Signed(signed) = &self.proof else { return None };
        signed.data.signers.first()?.signed_attributes()?.signing_time
    }

    /// Whether the signed data obey what a baseline signature asks of them
    /// (EN 319 142-1, 6.3; outside of PDF EN 319 122-1, 6.3): the rules of level B
    /// but for trust.
    #[must_use]
    pub fn is_baseline(&self) -> bool {
        let Proof::Signed(signed) = &self.proof else { return false };
        let [signer] = signed.data.signers.as_slice() else { return false };
        let Some(own) = signer.signed_attributes() else { return false };
        let as_its_kind = match self.format {
            Format::Cades => {
                self.claimed.is_some()
                    && self.has_filter()
                    && !self.cert_key
                    && signed.data.content.is_none()
                    && self.not_in_pades().is_empty()
                    && !self.reasons_twice()
            }
            // EN 319 122-1, table 1: there the attribute claims the time.
            Format::Beside | Format::Enclosed => own.signing_time.is_some(),
            Format::Rfc3161
            | Format::Pkcs7
            | Format::Pkcs7Sha1
            | Format::X509
            | Format::Other => false,
        };
        as_its_kind
            && matches!(signed.data.trailing, Trailing::None | Trailing::Zeros(_))
            && own.content_type == Some(oid::DATA)
            && own.message_digest.is_some()
            && own.duplicates.is_empty()
            && !own.references.is_empty()
            && match &signed.certificate {
                Some(own) => signed.data.certificates.contains(own),
                None => !signed.data.certificates.is_empty(),
            }
    }

    /// A digest algorithm that is none (TS 119 312), or algorithms that
    /// contradict each other or those under the signature (RFC 6211, 2).
    #[must_use]
    pub fn has_odd_algorithms(&self) -> bool {
        let Proof::Signed(signed) = &self.proof else { return false };
        signed.integrity.as_ref().is_some_and(|found| {
            matches!(found.digest, DigestFact::Unsupported(_))
                || match found.algorithms {
                    AlgorithmFact::DigestsDiffer | AlgorithmFact::NotAsProtected => true,
                    AlgorithmFact::Agree | AlgorithmFact::NotAnnounced => false,
                }
        })
    }

    /// Attributes that a PAdES baseline signature does not have (EN 319 142-1, 6.3).
    #[must_use]
    pub fn not_in_pades(&self) -> Vec<Oid> {
        let Proof::Signed(signed) = &self.proof else { return Vec::new() };
        let Some(signer) = signed.data.signers.first() else { return Vec::new() };
        let own =
            signer.signed_attributes().into_iter().flat_map(Attributes::not_in_pades);
        own.chain(signer.unsigned.not_in_pades()).collect()
    }

    /// Whether the two numbers of its ECDSA stand bare (RFC 5753, 7.2).
    #[must_use]
    pub fn is_bare_ecdsa(&self) -> bool {
        let value = match &self.proof {
            Proof::NoRange(_) | Proof::Unreadable | Proof::Bare { .. } => None,
            Proof::Signed(signed) => signed.data.signers.first(),
            Proof::Stamped(stamp) => stamp.token.signed.signers.first(),
        };
        let scheme = self.scheme();
        value.zip(scheme).is_some_and(|(signer, by)| by.is_bare(&signer.signature))
    }

    /// Whether the dictionary says that it is something else than a document time-stamp.
    #[must_use]
    pub fn is_of_another_type(&self) -> bool {
        let dict = self.claim.dict.dict();
        dict.is_some_and(|it| it.has(b"Type") && !it.is(b"Type", b"DocTimeStamp"))
    }

    /// Whether the dictionary says what can check it (ISO 32000-2, table 255).
    #[must_use]
    pub fn has_filter(&self) -> bool {
        self.claim.dict.dict().is_some_and(|dict| dict.has(b"Filter"))
    }

    /// Whether its attributes hold validation data.
    #[must_use]
    pub fn has_validation_data(&self) -> bool {
        let Proof::Signed(signed) = &self.proof else { return false };
        signed.data.signers.first().is_some_and(|signer| {
            let own = signer.signed_attributes();
            own.is_some_and(Attributes::has_validation_data)
                || signer.unsigned.has_validation_data()
        })
    }

    /// Whether the dictionary says why it was signed and the signed attributes say it
    /// again, which EN 319 142-1, 6.3, does not have.
    #[must_use]
    pub fn reasons_twice(&self) -> bool {
        let Proof::Signed(signed) = &self.proof else { return false };
        let signer = signed.data.signers.first();
        let own = signer.and_then(|signer| signer.signed_attributes());
        self.reason.is_some()
            && own.is_some_and(|own| own.policy.is_some() || !own.commitments.is_empty())
    }
}

impl Format {
    fn of(view: View<'_>, dict: &Dict) -> Self {
        match view.get(dict, b"SubFilter").name() {
            Some(b"ETSI.CAdES.detached") => Self::Cades,
            Some(b"ETSI.RFC3161") => Self::Rfc3161,
            Some(b"adbe.pkcs7.detached") => Self::Pkcs7,
            Some(b"adbe.pkcs7.sha1") => Self::Pkcs7Sha1,
            Some(b"adbe.x509.rsa_sha1") => Self::X509,
            Some(_) | None => Self::Other,
        }
    }

    /// Its name in the file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Cades => "ETSI.CAdES.detached",
            Self::Rfc3161 => "ETSI.RFC3161",
            Self::Pkcs7 => "adbe.pkcs7.detached",
            Self::Pkcs7Sha1 => "adbe.pkcs7.sha1",
            Self::X509 => "adbe.x509.rsa_sha1",
            Self::Other => "?",
            Self::Beside => "CMS.detached",
            Self::Enclosed => "CMS.enclosed",
        }
    }
}
