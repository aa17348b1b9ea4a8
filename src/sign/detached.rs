//! A signature beside a file, for what is no PDF: CAdES, `.p7s`
//! (ETSI EN 319 122-1; Thông tư 15/2025/TT-BKHCN).
//!
//! Signatures of others are made to last as well, whether they bring what they sign
//! or lie beside it. What was signed is never written anew: time-stamps become
//! unsigned attributes, certificates and revocation data lie in the signed data, and
//! an archive time-stamp covers all of it by `ats-hash-index-v3`.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use crate::archive::store::{self, Existing};
use crate::cms::{Index, Parts};
use crate::cos::Source;
use crate::pki::path::Purpose;
use crate::pki::{Certificate, Hash, Store, oid};
use crate::sign::SignError;
use crate::sign::cades::Plan;
use crate::sign::extend::{self, Done, Outlook, outlook_of};
use crate::sign::pdf::Order;
use crate::sign::stamp::Authorities;
use crate::sign::vouch::{Sources, Vouched};
use crate::time::Timestamp;
use crate::verify::beside::{self, Beside, BesideError};
use crate::verify::examine::{Policy, Report, Terms};
use crate::verify::imprint::Imprint;
use crate::verify::level::Stage;

/// The digest of archive time-stamps.
const ARCHIVE_HASH: Hash = Hash::Sha256;

/// Signs `input` and writes the signature to `output`; bytes of the signature.
///
/// # Errors
///
/// When it cannot be done; nothing is left behind then.
pub fn sign(
    input: &Path,
    (output, existing): (&Path, Existing),
    order: &Order<'_>,
) -> Result<u64, SignError> {
    let (identity, now) = (order.identity, order.now);
    identity.check(now)?;
    let scheme = identity.scheme(order.compat);
    let plan = Plan { identity, scheme, time: Some(now) };
    let source = Source::open(input)?;
    let imprint = Imprint::whole(&source);
    let signer = plan.sign(&digest(&imprint, plan.hash())?)?;
    let mut signed = plan.signed_data(&signer, None);
    if order.stage >= Stage::T {
        let Some(authorities) = order.authorities else {
            return Err(SignError::NoStamp(Vec::new()));
        };
        let raising =
            Raising { stage: order.stage, authorities, sources: order.sources, now };
        let made = beside::read(&signed)?;
        signed = raising.raise(made, Some(&imprint), false)?.0;
    }
    store::write_whole(output, &signed, existing)?;
    Ok(u64::try_from(signed.len()).unwrap_or(u64::MAX))
}

/// The digest of a file; one that became shorter meanwhile has none.
pub(crate) fn digest(imprint: &Imprint<'_>, hash: Hash) -> Result<Vec<u8>, SignError> {
    let value = imprint.of(hash);
    if value.is_empty() {
        return Err(SignError::Io(std::io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(value)
}

/// The signature in a file.
///
/// # Errors
///
/// When it cannot be read, or is none.
pub fn read(path: &Path) -> Result<Beside, SignError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(beside::MOST_BYTES).unwrap_or(u64::MAX);
    fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(beside::read(&bytes)?)
}

/// How long a signature lasts that lies beside the file of this imprint, or brings
/// what it signs.
///
/// # Errors
///
/// When it does not hold.
pub fn outlook(
    signature: &Beside,
    content: Option<&Imprint<'_>>,
    now: Timestamp,
) -> Result<(Outlook, Report), SignError> {
    let trust = Store::default();
    let terms =
        Terms { trust: &trust, at: now, policy: Policy::default(), password: None };
    let report = beside::examine(signature, content, &terms)?;
    Ok((outlook_of(&report)?, report))
}

/// Extends the signature `input` over `content` into `output`, unless it lasts as it is.
///
/// # Errors
///
/// When it cannot be done; nothing is left behind then.
pub fn extend(
    (input, content): (&Path, Option<&Path>),
    (output, existing): (&Path, Existing),
    order: &extend::Order<'_>,
) -> Result<Done, SignError> {
    let signature = read(input)?;
    let source = content.map(Source::open).transpose()?;
    let imprint = source.as_ref().map(Imprint::whole);
    let (before, _) = outlook(&signature, imprint.as_ref(), order.now)?;
    if !order.needs(&before) {
        return Ok(Done::Nothing(before));
    }
    let raising = Raising {
        stage: order.stage,
        authorities: order.authorities,
        sources: order.sources,
        now: order.now,
    };
    let renews = before.stage >= order.stage;
    let (signed, after) = raising.raise(signature, imprint.as_ref(), renews)?;
    store::write_whole(output, &signed, existing)?;
    Ok(Done::Extended { before, after })
}

/// How far signatures are raised, and with what.
struct Raising<'a> {
    stage: Stage,
    authorities: &'a Authorities,
    sources: &'a Sources<'a>,
    now: Timestamp,
}

/// An end of a chain, what came with it, and what it is for.
type End = (Certificate, Vec<Certificate>, Purpose);

impl Raising<'_> {
    /// Adds what is missing, and to what `renews` a time-stamp more; the new
    /// signature, which was judged, and how long it lasts.
    fn raise(
        &self,
        signature: Beside,
        content: Option<&Imprint<'_>>,
        renews: bool,
    ) -> Result<(Vec<u8>, Outlook), SignError> {
        let (_, report) = outlook(&signature, content, self.now)?;
        let mut parts = signature.parts;
        let mut ends = extend::ends(&report);
        for (judged, signer) in report.signatures.iter().zip(&mut parts.signers) {
            let lacks = judged.facts.good_stamps().next().is_none();
            if lacks || renews && self.stage < Stage::Lta {
                let hash = signature_hash(judged.facts.scheme().and_then(|it| it.hash()));
                let made = self.authorities.stamp(
                    hash,
                    &hash.of(&signer.signature),
                    self.now,
                )?;
                signer.add(oid::SIGNATURE_TIME_STAMP, &made.bytes);
                ends.push((made.certificate, made.pool, Purpose::Tsa));
            }
        }
        if self.stage >= Stage::Lt {
            self.vouch(&ends, &mut parts)?;
        }
        if self.stage >= Stage::Lta {
            let within = signature.data.content.as_deref();
            let digest = match (content, within) {
                (Some(imprint), _) => digest(imprint, ARCHIVE_HASH)?,
                (None, Some(within)) => ARCHIVE_HASH.of(within),
                (None, None) => return Err(BesideError::NoContent.into()),
            };
            self.archive(&mut parts, &digest)?;
        }
        let signed = parts.der();
        let (after, _) = outlook(&beside::read(&signed)?, content, self.now)?;
        // Nothing is said to last that would not.
        if after.stage < self.stage {
            return Err(SignError::NotHolding);
        }
        Ok((signed, after))
    }

    /// Adds chains and what was said of their links (EN 319 122-1, 5.4).
    fn vouch(&self, ends: &[End], parts: &mut Parts) -> Result<(), SignError> {
        let mut vouched = Vouched::default();
        for (certificate, pool, purpose) in ends {
            let purpose = (*purpose, self.now);
            self.sources.vouch(certificate, pool, purpose, &mut vouched)?;
        }
        for certificate in &vouched.certificates {
            parts.add_certificate(certificate.der());
        }
        for list in &vouched.evidence.crls {
            parts.add_list(list.der());
        }
        for answer in &vouched.evidence.ocsps {
            parts.add_answer(answer);
        }
        Ok(())
    }

    /// Puts a time-stamp over each signature and all that proves it
    /// (EN 319 122-1, 5.5.3).
    fn archive(&self, parts: &mut Parts, content: &[u8]) -> Result<(), SignError> {
        for place in 0..parts.signers.len() {
            let Some(signer) = parts.signers.get(place) else { continue };
            let index = Index::of(ARCHIVE_HASH, parts, signer)?;
            let imprint = index.imprint(parts, signer, content)?;
            let made = self.authorities.stamp(ARCHIVE_HASH, &imprint, self.now)?;
            let mut token = Parts::parse(&made.bytes)?;
            let authority = token.signers.first_mut().ok_or(SignError::NotHolding)?;
            authority.add(oid::ATS_HASH_INDEX_V3, index.der());
            let token = token.der();
            if let Some(signer) = parts.signers.get_mut(place) {
                signer.add(oid::ARCHIVE_TIME_STAMP_V3, &token);
            }
        }
        Ok(())
    }
}

/// The digest of a signature's time-stamp: its own, unless that is too weak for one.
fn signature_hash(own: Option<Hash>) -> Hash {
    own.filter(|hash| hash.weakness().is_none()).unwrap_or(Hash::Sha256)
}
