//! One file from its bytes to its report.
//!
//! Facts are gathered first ([`signature`](crate::verify::signature)), then
//! the proven times, then the case of each signature, and `verdict` judges it.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::cos::crypt::Cipher;
use crate::cos::{CosError, Document, Limit, Source};
use crate::finding::{Finding, Weight};
use crate::pki::path::Path;
use crate::say;
use crate::verify::agreement::{Oddity, oddities, packed};
use crate::verify::appearance;
use crate::verify::change::Change;
use crate::verify::claim::{Claim, MOST_CLAIMS, claims};
use crate::verify::concerns::{Concern, concerns};
use crate::verify::court::{Court, MOST_WEIGHED, Opinion, certifications};
use crate::verify::cover;
use crate::verify::difference;
use crate::verify::dss::{self, Dss};
use crate::verify::level::{Level, Seal};
use crate::verify::notes;
use crate::verify::signature::{Archived, Facts, Proof};
use crate::verify::verdict::{Indication, Verdict};

pub use crate::verify::court::{Terms, Times};
pub use crate::verify::policy::Policy;
pub use crate::verify::rights::Weighed;

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
    let facts = gathered(&document, claims, &dss);
    hidden(&document, terms.password, &facts, &mut changes);
    let court = Court {
        terms,
        odd: &odd,
        broken: opening.broken.is_some(),
        sealed: is_sealed(&document),
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
    let indication = worst(&signatures);
    // Objects that were not read any more were not compared either.
    if document.reader().is_exhausted() {
        return Err(CosError::TooMuch { offset: 0, of: Limit::Work });
    }
    // Of a file that claims more signatures than are judged nothing is believed.
    if (1..MOST_CLAIMS).contains(&signatures.len()) {
        let concerns = concerns(&document);
        findings.extend(concerns.into_iter().map(Concern::finding));
    }
    Ok(Report {
        signatures,
        indication,
        findings,
        revisions: document.revisions.len(),
        dss,
    })
}

/// The worst verdict of these; open where there is none.
fn worst(signatures: &[Judged]) -> Indication {
    let worst = signatures.iter().map(|judged| judged.verdict.indication).max();
    let worst = worst.unwrap_or(Indication::Indeterminate);
    // Claims that were not looked at are open.
    let open = signatures.len() >= MOST_CLAIMS;
    if open { worst.max(Indication::Indeterminate) } else { worst }
}

/// The facts about each of these claims.
fn gathered(document: &Document, claims: Vec<Claim>, dss: &Dss) -> Vec<Facts> {
    let looks = appearance::of(document, &claims);
    let both = claims.into_iter().zip(looks);
    both.map(|(claim, look)| Facts::gather(document, claim, look, dss)).collect()
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
            sealed: false,
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
        seals.push(Seal { revision, token, certificate, covered, other: false });
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

/// Whether a file is encrypted and was not opened.
fn is_sealed(document: &Document) -> bool {
    document.cipher().is_some_and(|cipher| !cipher.opens())
}

/// What is to be said of the file before any signature.
fn about(
    document: &Document,
    broken: Option<&CosError>,
    odd: &[(usize, Oddity)],
) -> Vec<Finding> {
    let mut findings: Vec<_> = broken.map(notes::chain_broken).into_iter().collect();
    if is_sealed(document) {
        let foreign = matches!(document.cipher(), Some(Cipher::Foreign));
        findings.push(notes::sealed(foreign));
    }
    if document.now().trailer().has(b"AuthCode") {
        let sentence = say::verify::mac_unchecked;
        findings.push(Finding::new("file.mac-unchecked", Weight::Note, sentence));
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
        let (revision, other) = (range.revision, facts.is_of_another_type());
        seals.push(Seal { revision, token, certificate, covered, other });
    }
    seals
}

/// The first revision that a signature ends which says what may be changed.
fn first_restriction(facts: &[Facts]) -> Option<usize> {
    let restricts = |facts: &&Facts| {
        facts.rights.certifies.is_some() || facts.rights.lock_level.is_some()
    };
    let ends = |facts: &Facts| facts.claim.range.ok().map(|range| range.revision);
    facts.iter().filter(restricts).filter_map(ends).min()
}
