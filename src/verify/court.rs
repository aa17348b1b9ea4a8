//! Every signature of a file before the one verdict: proven times, later changes
//! and their rules, the order of certifications, and the strength of algorithms
//! are put to its case.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use crate::digest::Digest;
use crate::finding::Finding;
use crate::pki::path::{Check, Limits, Path, Purpose, Request, Status, validate};
use crate::pki::policy::PolicyInputs;
use crate::pki::revocation::Why;
use crate::pki::{Certificate, Evidence, PublicKey, Store};
use crate::time::Timestamp;
use crate::verify::agreement::Oddity;
use crate::verify::case::case;
use crate::verify::change::{Change, Kind};
use crate::verify::content;
use crate::verify::dss::Dss;
use crate::verify::existed::{self, Existed, both};
use crate::verify::level::{self, Level, Seal};
use crate::verify::nd30;
use crate::verify::notes;
use crate::verify::policy::Policy;
use crate::verify::rights::{self, Effect, Weighed};
use crate::verify::signature::{Facts, Format, Proof, Purpose as Use};
use crate::verify::strength;
use crate::verify::verdict::{Verdict, verdict};

/// Changes that are kept for all signatures of a file together.
pub(crate) const MOST_WEIGHED: usize = 50_000;

/// Times that a chain is sought once more without the evidence that does not count.
const MOST_BARRINGS: usize = 3;

/// Seconds that the clocks of two authorities may be apart.
const SKEW: i64 = 300;

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

/// When something was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// As the dictionary claims, or else the signed attribute.
    pub claimed: Option<Timestamp>,
    /// As the signed attribute claims.
    pub attribute: Option<Timestamp>,
    /// As the earliest time-stamp over it says, trusted or not.
    pub stamped: Option<Timestamp>,
    /// As a trusted time-stamp over the content proves: it was not signed before.
    pub unsigned: Option<Timestamp>,
    /// As a trusted time-stamp proves: it existed then.
    pub proven: Option<Timestamp>,
}

/// Everything a signature is judged with.
pub(crate) struct Court<'a> {
    pub(crate) terms: &'a Terms<'a>,
    pub(crate) odd: &'a [(usize, Oddity)],
    pub(crate) broken: bool,
    /// Whether the file is encrypted and was not opened.
    pub(crate) sealed: bool,
    pub(crate) changes: &'a [Vec<Change>],
    pub(crate) dss: &'a Dss,
    pub(crate) seals: Vec<Seal<'a>>,
    pub(crate) certifications: BTreeMap<usize, rights::Level>,
    pub(crate) facts: &'a [Facts],
    /// Changes that may still be kept to be told.
    pub(crate) room: Cell<usize>,
}

/// What the court thinks of one signature.
pub(crate) struct Opinion {
    pub(crate) verdict: Verdict,
    pub(crate) level: Level,
    pub(crate) times: Times,
    pub(crate) path: Option<Path>,
    pub(crate) changes: Vec<Weighed>,
    pub(crate) findings: Vec<Finding>,
}

impl Court<'_> {
    /// Proofs of existence, from the newest time-stamp to the oldest: each is
    /// judged at the time that the one after it proves (EN 319 102-1, 5.6.2).
    pub(crate) fn proven(&self) -> Existed {
        let mut proven = Existed::new(self.terms.at, self.facts);
        let mut at = self.terms.at;
        let pools = self.facts.iter().flat_map(|facts| &facts.pool);
        let pool: BTreeMap<_, _> = pools
            .map(|certificate| (certificate.sha256(), certificate.clone()))
            .collect();
        let pool: Vec<Certificate> = pool.into_values().collect();
        for seal in self.seals.iter().rev() {
            let time = seal.token.info.time;
            let can = || {
                let asked = (Purpose::Tsa, at);
                let path = self.chain(seal.certificate, &pool, asked, &proven);
                path.is_valid() && strength::weak_link(&path, time).is_none()
            };
            if !follows(time, at)
                && strength::was_held(seal.token, seal.certificate)
                && strength::can_prove(seal.token, seal.certificate, at)
                && can()
            {
                at = at.min(time);
                proven.prove(seal, at);
            }
        }
        proven
    }

    /// The best chain for a certificate at a moment, on evidence that was strong enough
    /// when it is proven to have existed.
    fn chain(
        &self,
        target: &Certificate,
        pool: &[Certificate],
        (purpose, at): (Purpose, Timestamp),
        existed: &Existed,
    ) -> Path {
        let mut evidence = self.dss.evidence.clone();
        for facts in self.facts {
            let own = &facts.own_evidence;
            if facts.certificate() == Some(target) || purpose == Purpose::Tsa {
                evidence.crls.extend(own.crls.iter().cloned());
                evidence.ocsps.extend(own.ocsps.iter().cloned());
            }
        }
        let mut barred = existed.broken(both(&evidence, self.terms.trust));
        let mut path = self.asked(target, (pool, &evidence), (purpose, at), &barred);
        for _ in 0..MOST_BARRINGS {
            let unfit = existed.unfit(&path);
            if unfit.is_empty() {
                return path;
            }
            barred.extend(unfit);
            path = self.asked(target, (pool, &evidence), (purpose, at), &barred);
        }
        let unfit = existed.unfit(&path).into_values().next();
        if let Some(why) = unfit.filter(|_| path.is_valid()) {
            path.status = Status::RevocationUnknown(why);
        }
        path
    }

    fn asked(
        &self,
        target: &Certificate,
        (pool, evidence): (&[Certificate], &Evidence),
        (purpose, at): (Purpose, Timestamp),
        barred: &BTreeMap<Digest, Why>,
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
            barred,
        })
    }

    pub(crate) fn judge(&self, facts: &Facts, proven: &Existed) -> Opinion {
        let mut findings = notes::of(facts);
        findings.extend(nd30::told(facts, self.facts));
        let changes = self.changes_after(facts);
        let (times, disordered) = self.times(facts, proven, &mut findings);
        let purpose = match facts.purpose {
            Use::TimeStamp => Purpose::Tsa,
            Use::Approval | Use::Certification => Purpose::Signer,
        };
        let at = times.proven.unwrap_or(self.terms.at);
        let there = with_signed(proven, facts, times.proven);
        let path = facts.certificate().map(|certificate| {
            self.chain(certificate, &facts.pool, (purpose, at), &there)
        });
        let odd = self.odd_for(facts);
        findings.extend(odd.iter().map(|oddity| notes::breaking_oddity(oddity)));
        let certified = self.certification_order(facts, &mut findings);
        let (weak, forbidden) = self.algorithms(facts, times, &mut findings);
        let mut case = case(facts, path.as_ref(), times.proven.is_some());
        case.well_formed &= odd.is_empty() && !self.broken;
        case.unchanged = changes.iter().all(|change| change.effect != Effect::Breaks)
            && certified != Certified::Twice;
        let doubted = |change: &Weighed| change.effect == Effect::Doubted;
        case.constraints |= certified == Certified::Late
            || changes.iter().any(doubted)
            || self.raises_permission(facts, &mut findings);
        // A document time-stamp under another one.
        let own = times.stamped.filter(|_| facts.purpose == Use::TimeStamp);
        let valid = path.as_ref().is_some_and(Path::is_valid);
        let early = own.zip(times.proven).is_some_and(|(own, at)| follows(own, at));
        if valid && early {
            findings.push(notes::stamp_order());
        }
        case.unsigned_at = times.unsigned;
        case.disordered = disordered || valid && early;
        let link = path.as_ref().filter(|path| path.is_valid());
        let link = link.and_then(|path| strength::weak_link(path, at));
        findings.extend(link.map(notes::weak_link));
        case.weak_link = link.is_some();
        case.weak = weak;
        case.forbidden = forbidden;
        let verdict = verdict(&case);
        findings.extend(path.as_ref().map(notes::chain));
        findings.extend(path.as_ref().and_then(notes::responders));
        findings.extend(path.as_ref().and_then(existed::weak_evidence));
        if !changes.is_empty() {
            findings.push(notes::changed(&changes));
        }
        findings.extend(notes::told_of(&changes));
        let is_broken = || changes.iter().any(|change| change.effect == Effect::Breaks);
        if self.terms.policy.only_expected && is_broken() {
            findings.push(notes::policy_permits());
        }
        let level = level::of(
            facts,
            &self.seals,
            self.added_after(facts),
            (self.terms.trust, self.terms.at),
        );
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
            let effect = if self.sealed { unread(change.kind, effect) } else { effect };
            let effect = self.terms.policy.weigh(effect);
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
            Oddity::Junk(_)
            | Oddity::Unmarked { .. }
            | Oddity::Unsound { .. }
            | Oddity::Ahead { .. } => *at >= range.end,
        };
        self.odd.iter().filter(bad).map(|(_, oddity)| oddity).collect()
    }

    /// When it was signed, and what is odd about that; and whether a trusted time-stamp
    /// over the signature is younger than one that covers both.
    fn times(
        &self,
        facts: &Facts,
        proven: &Existed,
        findings: &mut Vec<Finding>,
    ) -> (Times, bool) {
        let Ok(range) = facts.claim.range else {
            return (Times { claimed: facts.claimed, ..Times::default() }, false);
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
        let sealed = proven.before(range.revision);
        let at = sealed.unwrap_or(self.terms.at);
        let mut best = sealed;
        let mut disordered = false;
        for stamp in facts.good_stamps() {
            let Some(authority) = &stamp.facts.certificate else { continue };
            let path = self.chain(authority, &facts.pool, (Purpose::Tsa, at), proven);
            let time = stamp.token.info.time;
            let weak = strength::weak_link(&path, time).filter(|_| path.is_valid());
            findings.extend(weak.map(notes::weak_link));
            let held = strength::was_held(&stamp.token, authority);
            let strong = strength::can_prove(&stamp.token, authority, at);
            let proves = held && strong && weak.is_none();
            if path.is_valid() && !follows(time, at) && proves {
                best = Some(best.map_or(time, |best: Timestamp| best.min(time)));
            } else if path.is_valid() && sealed.is_some() && proves {
                disordered = true;
            } else if path.is_valid() && !strong {
                findings.push(strength::weak_stamp(time));
            } else if weak.is_none() {
                findings.push(notes::stamp_untrusted(time, &path.status));
                findings.extend(existed::weak_evidence(&path));
            }
        }
        if disordered {
            findings.push(notes::stamp_order());
        }
        let (told, unsigned) = self.content_stamps(facts, best, proven);
        findings.extend(told);
        let at = best.unwrap_or(self.terms.at);
        if unsigned.is_some_and(|unsigned| follows(unsigned, at)) {
            findings.push(content::late());
            disordered = true;
        }
        let attribute = facts.signing_time();
        findings.extend(notes::times([claimed, attribute], stamped, best));
        (Times { claimed, attribute, stamped, unsigned, proven: best }, disordered)
    }

    /// What is said of time-stamps under the signature, and the latest of them.
    fn content_stamps(
        &self,
        facts: &Facts,
        best: Option<Timestamp>,
        proven: &Existed,
    ) -> (Vec<Finding>, Option<Timestamp>) {
        let at = best.unwrap_or(self.terms.at);
        content::stamps(facts, &|stamp| {
            let Some(authority) = &stamp.facts.certificate else {
                return (false, Vec::new());
            };
            let path = self.chain(authority, &facts.pool, (Purpose::Tsa, at), proven);
            let link = strength::weak_link(&path, stamp.token.info.time);
            let link = link.filter(|_| path.is_valid());
            let can = strength::was_held(&stamp.token, authority)
                && strength::can_prove(&stamp.token, authority, at);
            let told = link.map(notes::weak_link).into_iter();
            let told = told.chain(existed::weak_evidence(&path)).collect();
            (path.is_valid() && link.is_none() && can, told)
        })
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
        for (hash, broken) in strength::weak_digests(facts, at) {
            weak |= broken;
            findings.push(notes::weak_hash(hash));
        }
        let bits = certificate.key().bits().unwrap_or(0);
        if let Some(too_short) = strength::weak_key(certificate.key(), at) {
            weak |= too_short;
            findings.push(notes::weak_key(certificate.key().kind(), bits));
        }
        if let PublicKey::Ec { curve, .. } = certificate.key()
            && !curve.is_usual()
        {
            findings.push(strength::odd_curve());
        }
        let bare = facts.is_bare_ecdsa();
        if bare {
            findings.push(strength::bare_numbers());
        }
        let policy = &self.terms.policy;
        let modern = strength::is_modern(scheme, certificate.key()) && !bare;
        if !modern {
            findings.push(notes::not_tt15(&scheme.name(), bits, policy.tt15));
        }
        let suffices = policy.suffices(&strength::digests(facts), certificate.key());
        if !suffices {
            findings.push(notes::not_of_policy(&scheme.name(), bits));
        }
        (weak, !modern && policy.tt15 || !suffices)
    }
}

/// What is proven to have existed, with what stands under a signature of this moment.
fn with_signed<'e>(
    existed: &'e Existed,
    facts: &Facts,
    at: Option<Timestamp>,
) -> Cow<'e, Existed> {
    let mut existed = Cow::Borrowed(existed);
    if let (Proof::Signed(signed), Some(at)) = (&facts.proof, at) {
        let signers = signed.data.signers.iter();
        for own in signers.filter_map(|signer| signer.signed_attributes()) {
            if own.adobe_revocation != Evidence::default() {
                existed.to_mut().note(&own.adobe_revocation, at);
            }
        }
    }
    existed
}

/// Whether a time is later than another by any clock.
fn follows(time: Timestamp, other: Timestamp) -> bool {
    time.unix() > other.unix().saturating_add(SKEW)
}

/// What a change means where values, names of fields and pages cannot be read: nobody
/// knows whether it is permitted, or hides anything.
fn unread(kind: Kind, effect: Effect) -> Effect {
    if kind == Kind::ContentUnseen {
        return Effect::Doubted;
    }
    let always = rights::effect(kind, rights::Level::Nothing) <= Effect::Told;
    if always { effect } else { effect.max(Effect::Doubted) }
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

/// Certifications by the revision they end, and what they and all before them
/// permit.
pub(crate) fn certifications(facts: &[Facts]) -> BTreeMap<usize, rights::Level> {
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
