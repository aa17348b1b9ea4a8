//! Making signatures last that are there already: B to T, LT and LTA, and renewal
//! before a time-stamp's authority ends (EN 319 142-1, 6).
//!
//! Nothing is put into a signature that was made. A time-stamp that is missing is
//! added as a document time-stamp, which covers all signatures before it; then come
//! the validation data of every signer and authority, then a time-stamp over those.

use std::path::Path;

use crate::archive::store::{Existing, Unfinished};
use crate::cos::Source;
use crate::pki::path::Purpose;
use crate::pki::{Certificate, Store};
use crate::sign::SignError;
use crate::sign::pdf::{add_data, add_stamp};
use crate::sign::place;
use crate::sign::stamp::Authorities;
use crate::sign::vouch::{Sources, Vouched};
use crate::time::Timestamp;
use crate::verify::examine::{Judged, Policy, Report, Terms, examine};
use crate::verify::level::Stage;
use crate::verify::rights::Effect;
use crate::verify::signature::Purpose as Use;

/// Bytes copied at a time.
const CHUNK: usize = 1 << 18;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// How long signatures are to last.
    pub stage: Stage,
    /// Seconds before the end of the newest time-stamp's authority in which a file
    /// of the wanted level is renewed.
    pub within: i64,
    /// What opens the file.
    pub password: Option<&'a str>,
    /// When.
    pub now: Timestamp,
    /// Who stamps time.
    pub authorities: &'a Authorities,
    /// Where validation data come from.
    pub sources: &'a Sources<'a>,
}

impl Order<'_> {
    /// Whether a file with this outlook is to be extended.
    #[must_use]
    pub fn needs(&self, outlook: &Outlook) -> bool {
        let soon = outlook.ends < self.now.after(self.within);
        outlook.stage < self.stage || soon && self.stage >= Stage::T
    }
}

/// How long the signatures of a file last as they are.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// The level of the least of them.
    pub stage: Stage,
    /// How many signatures there are.
    pub signatures: usize,
    /// Until when they can be proved: the end of the newest authority's
    /// certificate, or of the first signer's where no time is proven.
    pub ends: Timestamp,
}

/// What was done to a file.
#[derive(Clone, Debug)]
pub enum Done {
    /// It lasts as it is.
    Nothing(Outlook),
    /// It was extended.
    Extended {
        /// How it was.
        before: Outlook,
        /// How it is.
        after: Outlook,
    },
}

/// How long the signatures of a file last.
///
/// # Errors
///
/// When it has none that holds, or cannot be read.
pub fn outlook(
    source: Source,
    password: Option<&str>,
    now: Timestamp,
) -> Result<(Outlook, Report), SignError> {
    let trust = Store::default();
    let terms = Terms { trust: &trust, at: now, policy: Policy::default(), password };
    let report = examine(source, &terms)?;
    Ok((outlook_of(&report)?, report))
}

/// How long the signatures of a report last.
pub(crate) fn outlook_of(report: &Report) -> Result<Outlook, SignError> {
    let signs = |judged: &&Judged| judged.facts.purpose != Use::TimeStamp;
    let signatures: Vec<&Judged> = report.signatures.iter().filter(signs).collect();
    for judged in &report.signatures {
        let broken = judged.changes.iter().any(|change| change.effect == Effect::Breaks);
        if !judged.facts.is_intact() || judged.facts.claim.range.is_err() || broken {
            return Err(SignError::NotIntact(judged.facts.claim.field.clone()));
        }
    }
    let stage = signatures.iter().map(|judged| judged.level.stage).min();
    let stage = stage.ok_or(SignError::NothingSigned)?;
    // The newest proof of time counts for everything before it.
    let newest = report.signatures.iter().rev().find_map(stamp_of);
    let first = signatures.iter().filter_map(|judged| judged.facts.certificate());
    let ends = match newest {
        Some(authority) => Some(authority.not_after()),
        None => first.map(Certificate::not_after).min(),
    };
    let ends = ends.ok_or(SignError::NothingSigned)?;
    Ok(Outlook { stage, signatures: signatures.len(), ends })
}

/// The authority that stamped a signature or is one.
fn stamp_of(judged: &Judged) -> Option<Certificate> {
    if judged.facts.purpose == Use::TimeStamp {
        return judged.facts.certificate().cloned();
    }
    let stamps = judged.facts.good_stamps().chain(judged.facts.good_archived());
    let newest = stamps.max_by_key(|stamp| stamp.token.info.time)?;
    newest.facts.certificate.clone()
}

/// Extends `input` into `output`, unless it lasts as it is.
///
/// # Errors
///
/// When it cannot be done; nothing is left behind then.
pub fn extend(
    input: &Path,
    output: &Path,
    existing: Existing,
    order: &Order<'_>,
) -> Result<Done, SignError> {
    let (before, report) = outlook(Source::open(input)?, order.password, order.now)?;
    if !order.needs(&before) {
        return Ok(Done::Nothing(before));
    }
    let mut out = Unfinished::begin(output, existing)?;
    let document = place::open(Source::open(input)?, order.password)?;
    copy(&document, &mut out)?;
    let mut ends = ends(&report);
    let renews = before.stage >= Stage::T && order.stage == Stage::T;
    if before.stage < Stage::T || renews {
        let (certificate, pool) =
            add_stamp(&mut out, order.authorities, order.password, order.now)?;
        ends.push((certificate, pool, Purpose::Tsa));
    }
    if order.stage >= Stage::Lt {
        let mut vouched = Vouched::default();
        vouched.certificates.extend(report.dss.certificates.iter().cloned());
        for (certificate, pool, purpose) in &ends {
            let purpose = (*purpose, order.now);
            order.sources.vouch(certificate, pool, purpose, &mut vouched)?;
        }
        add_data(&mut out, &vouched, order.password)?;
    }
    if order.stage >= Stage::Lta {
        add_stamp(&mut out, order.authorities, order.password, order.now)?;
    }
    let (after, _) = outlook(Source::open(out.part())?, order.password, order.now)?;
    if after.stage < order.stage {
        return Err(SignError::NotHolding);
    }
    out.finish()?;
    Ok(Done::Extended { before, after })
}

/// Whoever signed or stamped, with the certificates that came along.
pub(crate) fn ends(report: &Report) -> Vec<(Certificate, Vec<Certificate>, Purpose)> {
    let mut ends = Vec::new();
    for judged in &report.signatures {
        let purpose = match judged.facts.purpose {
            Use::TimeStamp => Purpose::Tsa,
            Use::Approval | Use::Certification => Purpose::Signer,
        };
        let pool = &judged.facts.pool;
        let own =
            judged.facts.certificate().map(|it| (it.clone(), pool.clone(), purpose));
        ends.extend(own);
        for stamp in judged.facts.good_stamps().chain(judged.facts.good_archived()) {
            let mut pool = pool.clone();
            pool.extend(stamp.token.signed.certificates.iter().cloned());
            let authority = stamp.facts.certificate.clone();
            ends.extend(authority.map(|it| (it, pool, Purpose::Tsa)));
        }
    }
    ends
}

fn copy(document: &crate::cos::Document, out: &mut Unfinished) -> Result<(), SignError> {
    let source = document.source();
    let mut at = 0;
    while at < source.len() {
        let chunk = source.slice(at, at.saturating_add(CHUNK))?;
        if chunk.is_empty() {
            return Err(SignError::Io(std::io::ErrorKind::UnexpectedEof.into()));
        }
        out.add(&chunk)?;
        at += chunk.len();
    }
    Ok(())
}
