//! Who else vouches for a checkpoint: the office with its own key, and an authority
//! that stamps time.
//!
//! A signed note may bear several signatures (C2SP signed-note). Under that of the
//! ledger's own key come, in this order and both optional,
//!
//! - `ORIGIN/agency`: a CAdES signature over the text of the note, as every other
//!   signature of the office is made (RFC 5652, detached), and
//! - `ORIGIN/time`: a time-stamp token (RFC 3161) over all of the note that stands
//!   before its line, so that it proves when the ledger's key and the office signed.
//!
//! Both bring their certificates, so that whoever trusts the authorities needs
//! nothing else. Readers that know only Ed25519 pass such lines over, as they must.
//! What is read here are facts; [`Attested::judge`] asks a store of trust.
//!
//! An attested checkpoint is kept as it is, beside the newest one, and that it was
//! made is an event of the ledger: one that is taken away later is missed.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use crate::archive::Archive;
use crate::archive::error::ArchiveError;
use crate::archive::ledger::note::{self, Believed};
use crate::archive::ledger::{self, Broken, Event, Happened, Head, Ledger, read_head};
use crate::archive::store::{self, Existing};
use crate::cms::integrity::{Content, Integrity, ReferenceFact, verify};
use crate::cms::signed_data::{SignedData, Trailing};
use crate::cms::timestamp::Token;
use crate::digest::{Digest, hex};
use crate::finding::Finding;
use crate::pki::path::{Check, Limits, NONE_BARRED, Purpose, Request, validate};
use crate::pki::policy::PolicyInputs;
use crate::pki::{Certificate, Evidence, Scheme, Store, oid};
use crate::say::{self, Lang, Tell};
use crate::text::base64;
use crate::time::Timestamp;
use crate::verify::notes;

/// The folder of attested checkpoints, in that of the ledger.
pub(crate) const FOLDER: &str = "attested";
/// Largest attested checkpoint that is read: both lines with long chains.
pub(crate) const MOST_BYTES: u64 = 1 << 18;
/// The kind of key, before its name (C2SP signed-note): one without a byte of its own.
const OTHER: u8 = 0xff;
/// What the line of the office is called, and its kind of signature.
const AGENCY: (&str, &str) = ("/agency", "sohoa/cades-detached/1");
/// What the line of a time-stamp is called, and its kind of signature.
const TIME: (&str, &str) = ("/time", "sohoa/rfc3161-token/1");
/// Seconds by which the clocks of the archive and of an authority may differ.
pub(crate) const DRIFT: i64 = 300;
/// Digits of the digest of an attested checkpoint in its name.
const DIGITS: usize = 16;

/// Who else vouches for a checkpoint, as far as the note itself shows.
#[derive(Clone, Debug, Default)]
pub struct Attested {
    /// The office.
    pub agency: Option<Agency>,
    /// A time-stamp.
    pub stamp: Option<Stamp>,
}

/// The signature of an office, which is what its certificate's key made.
#[derive(Clone, Debug)]
pub struct Agency {
    /// The certificate of the key.
    pub certificate: Certificate,
    scheme: Scheme,
    pool: Vec<Certificate>,
    evidence: Evidence,
}

/// A time-stamp, which is what its authority made over this note.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The time it tells.
    pub time: Timestamp,
    /// The certificate of the authority.
    pub certificate: Certificate,
    scheme: Scheme,
    is_weak: bool,
    pool: Vec<Certificate>,
    evidence: Evidence,
}

/// What is wrong with a line that vouches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flaw {
    /// A line that cannot be read, stands twice or in the wrong place.
    Shape,
    /// The office did not sign this.
    Agency,
    /// The time-stamp is of something else, or damaged.
    Stamp,
    /// Entries under a time-stamp are dated after it.
    Dates,
}

impl Tell for Flaw {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Shape => say::archive::attested_shape(lang),
            Self::Agency => say::archive::attested_agency(lang),
            Self::Stamp => say::archive::attested_stamp(lang),
            Self::Dates => say::archive::attested_dates(lang),
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for Flaw {}

/// What a store of trust makes of those who vouch.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// Of the office: why its signature proves nothing, or nothing.
    pub agency: Option<Result<(), Finding>>,
    /// Of the time-stamp: the time it proves, or why it proves none.
    pub time: Option<Result<Timestamp, Finding>>,
}

impl Attested {
    /// Reads the lines of a note that vouch; others are passed over.
    ///
    /// # Errors
    ///
    /// When one of them does not belong to this note.
    pub fn read(whole: &str) -> Result<Self, Flaw> {
        let (text, lines) = note::split(whole).ok_or(Flaw::Shape)?;
        let origin = text.lines().next().unwrap_or_default();
        let mut found = Self::default();
        let mut before = whole.len() - lines.len();
        for line in lines.split_inclusive('\n') {
            let above = whole.get(..before).unwrap_or_default();
            before += line.len();
            let named = line.trim_end().strip_prefix("— ").ok_or(Flaw::Shape)?;
            let (name, value) = named.split_once(' ').ok_or(Flaw::Shape)?;
            let kind = name.strip_prefix(origin).unwrap_or_default();
            if kind == AGENCY.0 {
                if found.agency.is_some() || found.stamp.is_some() {
                    return Err(Flaw::Shape);
                }
                found.agency = Some(Agency::read(name, value, text)?);
            } else if kind == TIME.0 {
                if found.stamp.is_some() {
                    return Err(Flaw::Shape);
                }
                found.stamp = Some(Stamp::read(name, value, above)?);
            } else if name != origin && kind.starts_with('/') {
                // In the name of this ledger nobody else speaks.
                return Err(Flaw::Shape);
            }
        }
        Ok(found)
    }

    /// Whether an entry of this time cannot have been under the time-stamp.
    #[must_use]
    pub fn is_before(&self, at: Timestamp) -> bool {
        let stamp = self.stamp.as_ref();
        stamp.is_some_and(|stamp| stamp.time.unix() + DRIFT < at.unix())
    }

    /// Whether anybody vouches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.agency.is_none() && self.stamp.is_none()
    }

    /// What is proved at `at` by who is trusted. The office is judged at the time
    /// that is proved to be after its signature (EN 319 102-1, 5.5).
    #[must_use]
    pub fn judge(&self, trust: &Store, at: Timestamp) -> Judged {
        let time = self.stamp.as_ref().map(|stamp| stamp.judge(trust, at));
        let known = time.iter().flatten().copied().next();
        let agency = self.agency.as_ref();
        let agency = agency.map(|agency| agency.judge(trust, known.unwrap_or(at), at));
        Judged { agency, time }
    }
}

impl Agency {
    fn read(name: &str, value: &str, text: &str) -> Result<Self, Flaw> {
        let (id, bytes) = parts(value)?;
        let data = SignedData::parse(&bytes).map_err(|_not| Flaw::Agency)?;
        let [signer] = data.signers.as_slice() else { return Err(Flaw::Agency) };
        let certificate = signer.certificate(data.certificates.iter());
        let certificate = certificate.ok_or(Flaw::Agency)?;
        let digest = |hash: crate::pki::Hash| hash.of(text.as_bytes());
        let found = verify(&data, signer, Content::Detached(&digest), certificate);
        let is_whole = data.trailing == Trailing::None
            && data.content.is_none()
            && data.content_type == oid::DATA;
        let is_it = is_whole
            && found.is_intact()
            && found.reference == ReferenceFact::Matches
            && id == id_of(name, AGENCY.1, certificate);
        if !is_it {
            return Err(Flaw::Agency);
        }
        Ok(Self {
            certificate: certificate.clone(),
            scheme: found.scheme,
            pool: data.certificates.clone(),
            evidence: data.evidence.clone(),
        })
    }

    fn judge(&self, trust: &Store, at: Timestamp, now: Timestamp) -> Result<(), Finding> {
        let by = (&self.certificate, self.scheme);
        let with = (self.pool.as_slice(), &self.evidence);
        chain(by, with, trust, Purpose::Signer, (at, now))
    }
}

impl Stamp {
    fn read(name: &str, value: &str, above: &str) -> Result<Self, Flaw> {
        let (id, bytes) = parts(value)?;
        let token = Token::parse(&bytes).map_err(|_not| Flaw::Stamp)?;
        let facts = token.verify(&|hash| hash.of(above.as_bytes()), &[]);
        let is_fit = facts.is_intact()
            && facts.unfit.is_none()
            && facts.name_agrees
            && token.signed.trailing == Trailing::None;
        let certificate = facts.certificate.filter(|_| is_fit).ok_or(Flaw::Stamp)?;
        // RFC 3161, 2.4.2: the token refers to its authority's certificate.
        let refers = |found: &Integrity| found.reference == ReferenceFact::Matches;
        let found = facts.integrity.filter(refers).ok_or(Flaw::Stamp)?;
        let scheme = found.scheme;
        if id != id_of(name, TIME.1, &certificate) {
            return Err(Flaw::Stamp);
        }
        Ok(Self {
            time: token.info.time,
            certificate,
            scheme,
            is_weak: token.info.hash.is_ok_and(|hash| hash.weakness().is_some()),
            pool: token.signed.certificates.clone(),
            evidence: token.signed.evidence,
        })
    }

    /// The time it proves to who trusts, or why it proves none.
    ///
    /// # Errors
    ///
    /// When its authority is not trusted at `at`, or `at` is before its time.
    pub fn judge(&self, trust: &Store, at: Timestamp) -> Result<Timestamp, Finding> {
        let by = (&self.certificate, self.scheme);
        let with = (self.pool.as_slice(), &self.evidence);
        if self.is_weak {
            return Err(weak());
        }
        if self.time > at {
            return Err(Finding::new(
                "stamp.future",
                crate::finding::Weight::Warning,
                |lang| say::archive::attested_future(lang, self.time),
            ));
        }
        chain(by, with, trust, Purpose::Tsa, (at, at)).map(|()| self.time)
    }
}

/// Whether a chain to what is trusted holds.
fn chain(
    (target, scheme): (&Certificate, Scheme),
    (pool, evidence): (&[Certificate], &Evidence),
    trust: &Store,
    purpose: Purpose,
    (at, now): (Timestamp, Timestamp),
) -> Result<(), Finding> {
    let is_weak = scheme.hash().is_some_and(|hash| hash.weakness().is_some());
    if is_weak || target.key().weakness().is_some() {
        return Err(weak());
    }
    let path = validate(&Request {
        target,
        pool,
        store: trust,
        evidence,
        at,
        now,
        purpose,
        check: Check::Revocation,
        policy: PolicyInputs::default(),
        limits: Limits::default(),
        barred: NONE_BARRED,
    });
    if path.is_valid() { Ok(()) } else { Err(notes::chain(&path)) }
}

fn weak() -> Finding {
    let weight = crate::finding::Weight::Warning;
    Finding::new("attested.weak", weight, say::archive::attested_weak)
}

/// The key's identifier and the rest of a signature.
fn parts(value: &str) -> Result<([u8; note::ID_LENGTH], Vec<u8>), Flaw> {
    let bytes = base64::decode(value).ok_or(Flaw::Shape)?;
    let (id, rest) = bytes.split_first_chunk().ok_or(Flaw::Shape)?;
    Ok((*id, rest.to_vec()))
}

/// What stands for the key of a certificate (C2SP signed-note): its public key is
/// encoded as the certificate has it.
fn id_of(name: &str, kind: &str, certificate: &Certificate) -> [u8; note::ID_LENGTH] {
    let kind = [&[OTHER], kind.as_bytes()].concat();
    note::key_id(name, &kind, certificate.key_info())
}

fn line(
    whole: &str,
    (suffix, kind): (&str, &str),
    certificate: &Certificate,
    bytes: &[u8],
) -> String {
    let origin = whole.lines().next().unwrap_or_default();
    let name = format!("{origin}{suffix}");
    let id = id_of(&name, kind, certificate);
    let value = base64::encode(&[id.as_slice(), bytes].concat());
    format!("{whole}— {name} {value}\n")
}

/// `whole` with the signature of an office under it; `signed` is CAdES over its text.
#[must_use]
pub fn with_agency(whole: &str, certificate: &Certificate, signed: &[u8]) -> String {
    line(whole, AGENCY, certificate, signed)
}

/// `whole` with a time-stamp under it; the token is over all of `whole`.
#[must_use]
pub fn with_time(whole: &str, certificate: &Certificate, token: &[u8]) -> String {
    line(whole, TIME, certificate, token)
}

/// An attested checkpoint that was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Entries of the ledger that it is about.
    pub size: u64,
    /// Where it lies.
    pub path: PathBuf,
    /// Who vouches.
    pub attested: Attested,
}

impl Archive {
    /// The signed checkpoint of the ledger as it is now, for others to vouch for.
    ///
    /// # Errors
    ///
    /// When the ledger is damaged, or the archive cannot be written.
    pub fn checkpoint(&self, now: Timestamp) -> Result<String, ArchiveError> {
        let read = || {
            let _turn = self.turn(&|| false)?;
            let ledger = ledger::ensure(self, now)?;
            ledger.admit(now)?;
            ledger.head()?;
            ledger.checkpoint()
        };
        self.told(read())
    }

    /// Keeps a checkpoint that others vouch for, and notes it in the ledger.
    ///
    /// # Errors
    ///
    /// When it is not of this ledger, or cannot be written.
    pub fn attest(&self, whole: &str, now: Timestamp) -> Result<Kept, ArchiveError> {
        let keep = || {
            let _turn = self.turn(&|| false)?;
            let ledger = ledger::ensure(self, now)?;
            let found = ledger.attested(whole)?;
            let (head, attested) = found;
            let folder = ledger.folder.join(FOLDER);
            store::make_dirs(&ledger.folder, &[FOLDER.to_owned()])?;
            let path = folder.join(name_of(head.size, whole));
            store::write_whole(&path, whole.as_bytes(), Existing::Replace)?;
            let sha256 = Digest::of(whole.as_bytes());
            let event = Event::file(now, Happened::Attested, sha256, None);
            ledger.add(&event, self.settings.agency_id.as_str())?;
            Ok(Kept { size: head.size, path, attested })
        };
        self.told(keep())
    }
}

/// What an attested checkpoint is called: how many entries, and its digest.
pub(crate) fn name_of(size: u64, whole: &str) -> String {
    let digest = hex(Digest::of(whole.as_bytes()).bytes());
    format!("{size:010}-{}", digest.get(..DIGITS).unwrap_or_default())
}

impl Ledger {
    /// The size and root of an attested checkpoint, and who vouches, if it is one of
    /// this ledger.
    pub(crate) fn attested(&self, whole: &str) -> Result<(Head, Attested), ArchiveError> {
        let flawed = |flaw| self.broken(Broken::Attested(flaw));
        let (ours, head) = (self.believed()?, self.head()?);
        let found =
            head_of(whole, &ours).ok_or_else(|| self.broken(Broken::Signature))?;
        let attested = Attested::read(whole).map_err(flawed)?;
        if attested.is_empty() {
            return Err(flawed(Flaw::Shape));
        }
        if found.size > head.size || self.root_at(found.size, &head)? != found.root {
            return Err(self.broken(Broken::Root));
        }
        // Entries are in order of their times: the last is the latest.
        let latest = match found.size.checked_sub(1) {
            Some(index) => Event::read(&self.entry(index, &head)?),
            None => None,
        };
        if latest.is_some_and(|latest| attested.is_before(latest.at)) {
            return Err(flawed(Flaw::Dates));
        }
        Ok((found, attested))
    }

    /// The attested checkpoints over the entry `index`, the earliest first: what their
    /// names say of their size, and their text.
    pub(crate) fn attested_over(&self, index: u64) -> Result<Vec<PathBuf>, ArchiveError> {
        let folder = self.folder.join(FOLDER);
        let names = match store::list(&folder) {
            Err(error) if error.is_missing() => return Ok(Vec::new()),
            other => other?,
        };
        let mut found: Vec<(u64, PathBuf)> = names
            .into_iter()
            .filter_map(|name| {
                let size: u64 = name.to_str()?.split('-').next()?.parse().ok()?;
                (size > index).then(|| (size, folder.join(&name)))
            })
            .collect();
        found.sort();
        Ok(found.into_iter().map(|(_, path)| path).collect())
    }
}

/// What a checkpoint says, if this key signed it.
fn head_of(whole: &str, ours: &Believed) -> Option<Head> {
    read_head(ours.verify(whole)?, &ours.name)
}
