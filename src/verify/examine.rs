//! One file from its bytes to its report.
//!
//! Facts are gathered first ([`signature`](crate::verify::signature)), then
//! the proven times, then the case of each signature, and `verdict` judges it.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::cms::integrity::{ContentTypeFact, DigestFact, ReferenceFact};
use crate::cos::crypt::Cipher;
use crate::cos::{CosError, Document, Limit, Source};
use crate::finding::{Finding, Weight};
use crate::pki::path::{Check, Limits, Path, Purpose, Request, Status, validate};
use crate::pki::policy::PolicyInputs;
use crate::pki::{Certificate, Evidence, Hash, PublicKey, Scheme, Store, oid};
use crate::time::Timestamp;
use crate::verify::agreement::{Oddity, oddities, packed};
use crate::verify::change::{Change, Kind};
use crate::verify::claim::{MOST_CLAIMS, claims};
use crate::verify::cover;
use crate::verify::difference;
use crate::verify::dss::{self, Dss};
use crate::verify::level::{self, Level, Seal};
use crate::verify::notes;
use crate::verify::rights::{self, Effect};
use crate::verify::signature::{Archived, Facts, Format, Proof, Purpose as Use, Signed};
use crate::verify::verdict::{Case, Indication, Verdict, verdict};

/// Changes that are kept for all signatures of a file together.
const MOST_WEIGHED: usize = 50_000;

/// What is demanded of algorithms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// What cryptographers call weak is weak.
    #[default]
    Usual,
    /// Thông tư 15/2025/TT-BKHCN: RSASSA-PSS or ECDSA, and nothing older.
    Tt15,
}

/// What a file is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// What is trusted.
    pub trust: &'a Store,
    /// The moment of judgement.
    pub at: Timestamp,
    /// What is demanded.
    pub policy: Policy,
    /// What opens an encrypted file.
    pub password: Option<&'a str>,
}

/// A change and what it means for a signature.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The change.
    pub change: Change,
    /// What it means.
    pub effect: Effect,
    /// Which rule it comes under.
    pub code: &'static str,
}

/// When something was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// As the dictionary claims, or else the signed attribute.
    pub claimed: Option<Timestamp>,
    /// As the signed attribute claims.
    pub attribute: Option<Timestamp>,
    /// As the earliest time-stamp over it says, trusted or not.
    pub stamped: Option<Timestamp>,
    /// As a trusted time-stamp proves: it existed then.
    pub proven: Option<Timestamp>,
}

/// A signature and its verdict.
#[derive(Debug)]
pub struct Judged {
    /// The facts.
    pub facts: Facts,
    /// The verdict.
    pub verdict: Verdict,
    /// The level reached.
    pub level: Level,
    /// When it was signed.
    pub times: Times,
    /// The chain at the best time.
    pub path: Option<Path>,
    /// What was changed afterwards.
    pub changes: Vec<Weighed>,
    /// Why the verdict is as it is, and what else is worth knowing.
    pub findings: Vec<Finding>,
}

/// A file and its verdict.
#[derive(Debug)]
pub struct Report {
    /// Its signatures in the order in which they signed.
    pub signatures: Vec<Judged>,
    /// The worst verdict of them; open if there is none.
    pub indication: Indication,
    /// What is to be said of the file as a whole.
    pub findings: Vec<Finding>,
    /// How many revisions the file has.
    pub revisions: usize,
    /// Its validation data.
    pub dss: Dss,
}

/// Judges one file.
///
/// # Errors
///
/// When it cannot be read at all, the password is wrong, or it is a trap.
pub fn examine(source: Source, terms: &Terms<'_>) -> Result<Report, CosError> {
    let opening = Document::open(source, terms.password)?;
    let document = opening.document;
    let mut odd = oddities(&document);
    let dss = dss::read(document.now());
    let claims = claims(&document);
    let ends = claims.iter().filter_map(|claim| claim.range.ok());
    if let Some(end) = ends.map(|range| range.end).min() {
        odd.extend(packed(&document, end));
    }
    let mut findings = about(&document, opening.broken.as_ref(), &odd);
    if claims.len() >= MOST_CLAIMS {
        findings.push(notes::too_many(MOST_CLAIMS));
    }
    let first = claims
        .iter()
        .filter_map(|claim| claim.range.ok())
        .map(|range| range.revision)
        .min();
    let mut changes =
        difference::changes(&document, first.unwrap_or(document.revisions.len()));
    let facts: Vec<Facts> =
        claims.into_iter().map(|claim| Facts::gather(&document, claim, &dss)).collect();
    hidden(&document, terms.password, &facts, &mut changes);
    let court = Court {
        terms,
        odd: &odd,
        broken: opening.broken.is_some(),
        changes: &changes,
        dss: &dss,
        seals: seals(&document, &facts),
        certifications: certifications(&facts),
        facts: &facts,
        room: Cell::new(MOST_WEIGHED),
    };
    let proven = court.proven();
    let opinions: Vec<_> =
        facts.iter().map(|facts| court.judge(facts, &proven)).collect();
    drop(court);
    let signatures: Vec<_> = facts.into_iter().zip(opinions).map(Judged::of).collect();
    if signatures.is_empty() {
        findings.push(notes::none());
    }
    let worst = signatures.iter().map(|judged| judged.verdict.indication).max();
    let indication = worst.unwrap_or(Indication::Indeterminate);
    // Claims that were not looked at are open.
    let indication = if signatures.len() >= MOST_CLAIMS {
        indication.max(Indication::Indeterminate)
    } else {
        indication
    };
    // Objects that were not read any more were not compared either.
    if document.reader().is_exhausted() {
        return Err(CosError::TooMuch { offset: 0, of: Limit::Work });
    }
    Ok(Report {
        signatures,
        indication,
        findings,
        revisions: document.revisions.len(),
        dss,
    })
}

/// Judges facts about signed data that lie in no PDF, each by itself: nothing comes
/// after such a signature.
pub(crate) fn judge_alone(facts: Vec<Facts>, terms: &Terms<'_>) -> Vec<Judged> {
    let judge = |facts: Facts| {
        // EN 319 122-1, 5.5: outside of PDF validation data lie in the signed data.
        let evidence = facts.own_evidence.clone();
        let dss = Dss {
            present: !evidence.crls.is_empty() || !evidence.ocsps.is_empty(),
            certificates: facts.pool.clone(),
            evidence,
            unreadable: 0,
        };
        let court = Court {
            terms,
            odd: &[],
            broken: false,
            changes: &[],
            dss: &dss,
            seals: archive_seals(&facts),
            certifications: BTreeMap::new(),
            facts: std::slice::from_ref(&facts),
            room: Cell::new(MOST_WEIGHED),
        };
        let opinion = court.judge(&facts, &court.proven());
        drop(court);
        Judged::of((facts, opinion))
    };
    facts.into_iter().map(judge).collect()
}

/// Good archive time-stamps as document time-stamps are, oldest first.
fn archive_seals(facts: &Facts) -> Vec<Seal<'_>> {
    let Proof::Signed(signed) = &facts.proof else { return Vec::new() };
    let good = |archived: &&Archived| archived.stamp.facts.is_intact();
    let mut stamps: Vec<&Archived> = signed.archived.iter().filter(good).collect();
    stamps.sort_by_key(|archived| archived.stamp.token.info.time);
    let mut seals = Vec::new();
    for (archived, revision) in stamps.into_iter().zip(1..) {
        let Some(certificate) = &archived.stamp.facts.certificate else { continue };
        let (token, covered) = (&archived.stamp.token, archived.covered.clone());
        seals.push(Seal { revision, token, certificate, covered });
    }
    seals
}

/// Adds to the changes what they hide.
fn hidden(
    document: &Document,
    password: Option<&str>,
    facts: &[Facts],
    changes: &mut [Vec<Change>],
) {
    let ends = facts.iter().filter_map(|facts| facts.claim.range.ok());
    let Some(from) = ends.map(|range| range.revision).min() else { return };
    let range = cover::Range { from, permitted: first_restriction(facts) };
    for change in cover::hidden(document, password, changes, range) {
        if let Some(changes) = changes.get_mut(change.revision) {
            changes.push(change);
        }
    }
}

/// What is to be said of the file before any signature.
fn about(
    document: &Document,
    broken: Option<&CosError>,
    odd: &[(usize, Oddity)],
) -> Vec<Finding> {
    let mut findings: Vec<_> = broken.map(notes::chain_broken).into_iter().collect();
    if document.cipher().is_some_and(|cipher| !cipher.opens()) {
        let foreign = matches!(document.cipher(), Some(Cipher::Foreign));
        findings.push(notes::sealed(foreign));
    }
    findings.extend(odd.iter().map(|(_, oddity)| notes::oddity(oddity)));
    findings
}

impl Judged {
    fn of((facts, opinion): (Facts, Opinion)) -> Self {
        let Opinion { verdict, level, times, path, changes, findings } = opinion;
        Self { facts, verdict, level, times, path, changes, findings }
    }
}

/// The document time-stamps that are as their authorities signed them, oldest
/// first, each with the validation data under it.
fn seals<'f>(document: &Document, facts: &'f [Facts]) -> Vec<Seal<'f>> {
    let mut seals = Vec::new();
    for facts in facts {
        let (Proof::Stamped(stamp), Ok(range)) = (&facts.proof, facts.claim.range) else {
            continue;
        };
        let Some(certificate) = &stamp.facts.certificate else { continue };
        if !stamp.facts.is_intact() || facts.claim.removed {
            continue;
        }
        // What its own revision brings is under it as well.
        let covered = dss::read(document.at(range.revision));
        let token = &stamp.token;
        seals.push(Seal { revision: range.revision, token, certificate, covered });
    }
    seals
}

/// Certifications by the revision they end, and what they and all before them
/// permit.
fn certifications(facts: &[Facts]) -> BTreeMap<usize, rights::Level> {
    let certifies =
        |facts: &Facts| Some((facts.claim.range.ok()?.revision, facts.rights.certifies?));
    let mut permitted = BTreeMap::new();
    for (revision, level) in facts.iter().filter_map(certifies) {
        let known = permitted.entry(revision).or_insert(level);
        *known = level.min(*known);
    }
    let mut least = None;
    for level in permitted.values_mut() {
        *level = least.map_or(*level, |least: rights::Level| least.min(*level));
        least = Some(*level);
    }
    permitted
}

/// The first revision that a signature ends which says what may be changed.
fn first_restriction(facts: &[Facts]) -> Option<usize> {
    let restricts = |facts: &&Facts| {
        facts.rights.certifies.is_some() || facts.rights.lock_level.is_some()
    };
    let ends = |facts: &Facts| facts.claim.range.ok().map(|range| range.revision);
    facts.iter().filter(restricts).filter_map(ends).min()
}

/// Everything a signature is judged with.
struct Court<'a> {
    terms: &'a Terms<'a>,
    odd: &'a [(usize, Oddity)],
    broken: bool,
    changes: &'a [Vec<Change>],
    dss: &'a Dss,
    seals: Vec<Seal<'a>>,
    certifications: BTreeMap<usize, rights::Level>,
    facts: &'a [Facts],
    /// Changes that may still be kept to be told.
    room: Cell<usize>,
}

/// What the court thinks of one signature.
struct Opinion {
    verdict: Verdict,
    level: Level,
    times: Times,
    path: Option<Path>,
    changes: Vec<Weighed>,
    findings: Vec<Finding>,
}

/// For each revision with a trusted document time-stamp: the moment at which
/// all up to it existed.
type Proven = BTreeMap<usize, Timestamp>;

impl Court<'_> {
    /// Proofs of existence, from the newest time-stamp to the oldest: each is
    /// judged at the time that the one after it proves (EN 319 102-1, 5.6.2).
    fn proven(&self) -> Proven {
        let mut proven = Proven::new();
        let mut at = self.terms.at;
        let pools = self.facts.iter().flat_map(|facts| &facts.pool);
        let pool: BTreeMap<_, _> = pools
            .map(|certificate| (certificate.sha256(), certificate.clone()))
            .collect();
        let pool: Vec<Certificate> = pool.into_values().collect();
        for seal in self.seals.iter().rev() {
            if self.chain(seal.certificate, &pool, Purpose::Tsa, at).is_valid()
                && seal.token.info.time <= at
            {
                at = seal.token.info.time;
                proven.insert(seal.revision, at);
            }
        }
        proven
    }

    /// The best chain for a certificate at a moment.
    fn chain(
        &self,
        target: &Certificate,
        pool: &[Certificate],
        purpose: Purpose,
        at: Timestamp,
    ) -> Path {
        let mut evidence = self.dss.evidence.clone();
        for facts in self.facts {
            let own = &facts.own_evidence;
            if facts.certificate() == Some(target) || purpose == Purpose::Tsa {
                evidence.crls.extend(own.crls.iter().cloned());
                evidence.ocsps.extend(own.ocsps.iter().cloned());
            }
        }
        self.asked(target, pool, &evidence, (purpose, at))
    }

    fn asked(
        &self,
        target: &Certificate,
        pool: &[Certificate],
        evidence: &Evidence,
        (purpose, at): (Purpose, Timestamp),
    ) -> Path {
        validate(&Request {
            target,
            pool,
            store: self.terms.trust,
            evidence,
            at,
            now: self.terms.at,
            purpose,
            check: Check::Revocation,
            policy: PolicyInputs::default(),
            limits: Limits::default(),
        })
    }

    fn judge(&self, facts: &Facts, proven: &Proven) -> Opinion {
        let mut findings = notes::of(facts);
        let changes = self.changes_after(facts);
        let times = self.times(facts, proven, &mut findings);
        let purpose = match facts.purpose {
            Use::TimeStamp => Purpose::Tsa,
            Use::Approval | Use::Certification => Purpose::Signer,
        };
        let at = times.proven.unwrap_or(self.terms.at);
        let path = facts
            .certificate()
            .map(|certificate| self.chain(certificate, &facts.pool, purpose, at));
        let odd = self.odd_for(facts);
        findings.extend(odd.iter().map(|oddity| notes::breaking_oddity(oddity)));
        let certified = self.certification_order(facts, &mut findings);
        let (weak, forbidden) = self.algorithms(facts, times, &mut findings);
        let mut case = case(facts, path.as_ref(), times);
        case.well_formed &= odd.is_empty() && !self.broken;
        case.unchanged = changes.iter().all(|change| change.effect != Effect::Breaks)
            && certified != Certified::Twice;
        let doubted = |change: &Weighed| change.effect == Effect::Doubted;
        case.constraints |= certified == Certified::Late
            || changes.iter().any(doubted)
            || self.raises_permission(facts, &mut findings);
        case.weak = weak;
        case.forbidden = forbidden;
        let verdict = verdict(&case);
        findings.extend(path.as_ref().map(notes::chain));
        if !changes.is_empty() {
            findings.push(notes::changed(&changes));
        }
        let level = level::of(facts, &self.seals, self.added_after(facts), self.terms.at);
        Opinion { verdict, level, times, path, changes, findings }
    }

    /// The file's validation data and the first revision that brought some after
    /// the signature: older data are about older signatures.
    fn added_after(&self, facts: &Facts) -> Option<(usize, &Dss)> {
        let signed = facts.claim.range.ok()?.revision;
        if matches!(facts.format, Format::Beside | Format::Enclosed) {
            return Some((signed, self.dss));
        }
        let brings = |changes: &[Change]| {
            changes.iter().any(|change| change.kind == Kind::ValidationData)
        };
        let mut later = self.changes.iter().enumerate().skip(signed + 1);
        let (revision, _) = later.find(|(_, changes)| brings(changes))?;
        Some((revision, self.dss))
    }

    /// What later revisions changed, and what that means for this signature.
    fn changes_after(&self, facts: &Facts) -> Vec<Weighed> {
        let Ok(range) = facts.claim.range else { return Vec::new() };
        let later = self.changes.iter().skip(range.revision + 1).flatten();
        let mut weighed: Vec<Weighed> = Vec::new();
        for change in later {
            let mut before = self.certifications.range(..change.revision);
            let certified = before.next_back().map(|(_, level)| *level);
            let (effect, code) = rights::judge(change, &facts.rights, certified);
            // Of very many, one of each effect decides.
            let room = self.room.get();
            if room > 0 || weighed.iter().all(|known| known.effect != effect) {
                self.room.set(room.saturating_sub(1));
                weighed.push(Weighed { change: change.clone(), effect, code });
            }
        }
        weighed
    }

    /// Oddities of the file that this signature cannot live with.
    fn odd_for(&self, facts: &Facts) -> Vec<&Oddity> {
        let Ok(range) = facts.claim.range else { return Vec::new() };
        let bad = |(at, oddity): &&(usize, Oddity)| match oddity {
            Oddity::Before { .. } | Oddity::After(_) | Oddity::Disputed { .. } => true,
            Oddity::Unlisted { wins, .. } => *wins || *at >= range.end,
            Oddity::Misplaced { hidden, .. } => *hidden || *at >= range.end,
            Oddity::Junk(_) | Oddity::Unmarked { .. } | Oddity::Unsound { .. } => {
                *at >= range.end
            }
        };
        self.odd.iter().filter(bad).map(|(_, oddity)| oddity).collect()
    }

    /// When it was signed, and what is odd about that.
    fn times(
        &self,
        facts: &Facts,
        proven: &Proven,
        findings: &mut Vec<Finding>,
    ) -> Times {
        let Ok(range) = facts.claim.range else {
            return Times { claimed: facts.claimed, ..Times::default() };
        };
        let claimed = facts.claimed.or(facts.signing_time());
        let later = || self.seals.iter().filter(|seal| seal.revision > range.revision);
        let own = facts.good_stamps().map(|stamp| stamp.token.info.time).min();
        let stamped = match &facts.proof {
            Proof::Stamped(stamp) => Some(stamp.token.info.time),
            Proof::NoRange(_)
            | Proof::Unreadable
            | Proof::Signed(_)
            | Proof::Bare { .. } => {
                own.or(later().map(|seal| seal.token.info.time).min())
            }
        };
        // The oldest document time-stamp over it proves when its own were there.
        let sealed = proven.range(range.revision + 1..).map(|(_, at)| *at).min();
        let at = sealed.unwrap_or(self.terms.at);
        let mut best = sealed;
        for stamp in facts.good_stamps() {
            let Some(authority) = &stamp.facts.certificate else { continue };
            let path = self.chain(authority, &facts.pool, Purpose::Tsa, at);
            let time = stamp.token.info.time;
            if path.is_valid() && time <= at {
                best = Some(best.map_or(time, |best: Timestamp| best.min(time)));
            } else {
                findings.push(notes::stamp_untrusted(time, &path.status));
            }
        }
        let attribute = facts.signing_time();
        findings.extend(notes::times([claimed, attribute], stamped, best));
        Times { claimed, attribute, stamped, proven: best }
    }

    fn certification_order(
        &self,
        facts: &Facts,
        findings: &mut Vec<Finding>,
    ) -> Certified {
        let (Some(_), Ok(range)) = (facts.rights.certifies, facts.claim.range) else {
            return Certified::InOrder;
        };
        let earlier = self.facts.iter().filter(|other| {
            other.purpose != Use::TimeStamp
                && other.claim.range.is_ok_and(|other| other.revision < range.revision)
        });
        let mut certified = Certified::InOrder;
        for other in earlier {
            if other.rights.certifies.is_some() {
                findings.push(notes::second_certification());
                return Certified::Twice;
            }
            certified = Certified::Late;
        }
        if certified == Certified::Late {
            findings.push(notes::late_certification());
        }
        certified
    }

    /// Whether the lock of a signature's field permits more than a signature before
    /// it does (ISO 32000-2, table 236, has the lower of them in force).
    fn raises_permission(&self, facts: &Facts, findings: &mut Vec<Finding>) -> bool {
        let (Some(own), Ok(range)) = (facts.rights.lock_level, facts.claim.range) else {
            return false;
        };
        let before = |other: &&Facts| {
            other.claim.range.is_ok_and(|other| other.revision < range.revision)
        };
        let said = |other: &Facts| {
            [other.rights.certifies, other.rights.lock_level].into_iter().flatten().min()
        };
        let least = self.facts.iter().filter(before).filter_map(said).min();
        let raises = least.is_some_and(|least| least < own);
        if raises {
            findings.push(notes::raised_permission());
        }
        raises
    }

    /// Whether algorithm and key are too weak for the time proven, and whether
    /// the policy forbids them.
    fn algorithms(
        &self,
        facts: &Facts,
        times: Times,
        findings: &mut Vec<Finding>,
    ) -> (bool, bool) {
        let (Some(scheme), Some(certificate)) = (facts.scheme(), facts.certificate())
        else {
            return (false, false);
        };
        let at = times.proven.unwrap_or(self.terms.at);
        let mut weak = false;
        if let Some(hash) = scheme.hash()
            && let Some(until) = broken_since(hash)
        {
            weak |= at.unix() >= until;
            findings.push(notes::weak_hash(hash));
        }
        let bits = certificate.key().bits().unwrap_or(0);
        if certificate.key().weakness().is_some() {
            weak |= bits < LEAST_BITS_EVER || at.unix() >= SHORT_RSA_UNTIL;
            findings.push(notes::weak_key(certificate.key().kind(), bits));
        }
        let modern = is_modern(scheme, certificate.key());
        if !modern {
            let demanded = self.terms.policy == Policy::Tt15;
            findings.push(notes::not_tt15(&scheme.name(), bits, demanded));
        }
        (weak, !modern && self.terms.policy == Policy::Tt15)
    }
}

/// Whether a certification stands where it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Certified {
    InOrder,
    /// After an approval.
    Late,
    /// After another certification.
    Twice,
}

/// Since 2017 nobody should rely on SHA-1; MD5 was broken before PDF signatures
/// had time-stamps (ETSI TS 119 312).
fn broken_since(hash: Hash) -> Option<i64> {
    if hash == Hash::Sha1 { Some(1_483_228_800) } else { hash.weakness().map(|_| 0) }
}

/// RSA keys shorter than this never counted.
const LEAST_BITS_EVER: usize = 1024;
/// Until the end of 2013 shorter keys than 2048 bits were in use.
const SHORT_RSA_UNTIL: i64 = 1_388_534_400;
/// TT 15/2025/TT-BKHCN: RSA of 2048 bits at least.
const LEAST_RSA: usize = 2048;
/// TT 15/2025/TT-BKHCN: ECDSA of 256 bits at least.
const LEAST_EC: usize = 256;

/// TT 15/2025/TT-BKHCN: RSASSA-PSS or ECDSA with a digest of SHA-2 or SHA-3.
fn is_modern(scheme: Scheme, key: &PublicKey) -> bool {
    let bits = key.bits().unwrap_or(0);
    let hash = scheme
        .hash()
        .is_some_and(|hash| hash.weakness().is_none() && hash != Hash::Sha224);
    let pss = matches!(scheme, Scheme::Pss(_)) && bits >= LEAST_RSA;
    let ecdsa = matches!(scheme, Scheme::Ecdsa(_)) && bits >= LEAST_EC;
    hash && (pss || ecdsa)
}

/// The facts of a signature as a case.
fn case(facts: &Facts, path: Option<&Path>, times: Times) -> Case {
    let mut case = Case {
        well_formed: facts.claim.range.is_ok(),
        borne: !facts.claim.removed,
        unchanged: true,
        readable: !matches!(facts.proof, Proof::Unreadable),
        certificate: facts.certificate().is_some(),
        digest: true,
        signature: true,
        other_certificate: false,
        constraints: false,
        weak: false,
        forbidden: false,
        chain: path.map(|path| path.status.clone()),
        above: path.is_some_and(|path| {
            path.problems
                .iter()
                .any(|problem| problem.status == path.status && problem.index > 0)
                && !path
                    .problems
                    .iter()
                    .any(|problem| problem.status == path.status && problem.index == 0)
        }),
        proven: times.proven.is_some(),
    };
    match &facts.proof {
        Proof::NoRange(_) | Proof::Unreadable => {}
        Proof::Bare { result, .. } => case.signature = result.is_ok(),
        Proof::Stamped(stamp) => {
            case.digest =
                stamp.facts.imprint == crate::cms::timestamp::ImprintFact::Matches;
            case.signature = stamp
                .facts
                .integrity
                .as_ref()
                .is_some_and(crate::cms::integrity::Integrity::is_intact);
            case.readable &= stamp.facts.signers == 1;
            case.constraints = stamp.facts.unfit.is_some() || !stamp.facts.name_agrees;
        }
        Proof::Signed(signed) => signed_case(&mut case, facts, signed),
    }
    case
}

/// What signed data add to a case.
fn signed_case(case: &mut Case, facts: &Facts, signed: &Signed) {
    // 12.8.3.3.1: nothing within, one signer. Readers differ about files that
    // break this, so such a signature may be sound and never passes.
    let detached = signed.data.content.is_none() || facts.format == Format::Pkcs7Sha1;
    case.constraints = !detached || signed.data.signers.len() != 1;
    // RFC 5652, 11.1 and 11.2: of two digests each reader takes its own.
    let signer = signed.data.signers.first();
    let own = signer.and_then(|signer| signer.signed_attributes());
    let repeated = own.map_or(&[][..], |own| &own.duplicates);
    case.constraints |= !repeated.is_empty();
    case.signature = signed.others_intact;
    let Some(found) = &signed.integrity else { return };
    case.digest = matches!(found.digest, DigestFact::Matches | DigestFact::Signed)
        && signed.content_matches
        && !repeated.contains(&oid::MESSAGE_DIGEST);
    // RFC 5652, 5.3: what is signed says what kind of thing it is.
    case.constraints |= found.content_type == ContentTypeFact::Missing;
    case.signature &= found.signature.is_ok()
        && found.content_type != ContentTypeFact::Differs
        && !facts.has_odd_algorithms();
    case.other_certificate = matches!(
        found.reference,
        ReferenceFact::Differs | ReferenceFact::IssuerSerialDiffers
    );
    // EN 319 142-1, 6.3: a baseline signature names its certificate.
    case.constraints |=
        found.reference == ReferenceFact::Missing && facts.format == Format::Cades;
}

/// Whether a change shows on paper.
#[must_use]
pub fn is_visible(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::ValidationData
            | Kind::TimeStamp
            | Kind::ValidationDataShrunk
            | Kind::Metadata
            | Kind::MetadataRemoved
            | Kind::Version
            | Kind::Unreferenced
    )
}

/// How a fault in a chain is told apart from an open question.
#[must_use]
pub fn weight(status: &Status) -> Weight {
    match status {
        Status::Valid => Weight::Note,
        Status::Revoked(_) | Status::General(_) => Weight::NeedsPerson,
        Status::NoChain(_)
        | Status::Constraints(_)
        | Status::Crypto(_)
        | Status::NotYetValid(_)
        | Status::Expired(_)
        | Status::RevocationUnknown(_) => Weight::Warning,
    }
}
