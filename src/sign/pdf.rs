//! One PDF signed, from its bytes to its place.
//!
//! The file is read once: what is there is copied and hashed, the update follows,
//! and the signature goes into the room that was measured for it. For the longer
//! levels validation data and a time-stamp are added to the unfinished copy, each
//! as an update of its own. Only when all is done does the copy take its place; the
//! input is never written to.

use std::path::Path;

use crate::archive::store::{Existing, Unfinished};
use crate::cos::syntax;
use crate::cos::{Document, Source, Span};
use crate::pki::path::Purpose;
use crate::pki::{Certificate, Hash};
use crate::sign::SignError;
use crate::sign::cades::Plan;
use crate::sign::dictionary::{Certify, Kind, Sayings};
use crate::sign::done::signer;
use crate::sign::field::{self, Look};
use crate::sign::key::Identity;
use crate::sign::look::{Brief, LookError};
use crate::sign::place;
use crate::sign::seed::Meant;
use crate::sign::stamp::{Authorities, Stamped};
use crate::sign::update::{Update, Written};
use crate::sign::vouch::{Sources, Vouched};
use crate::time::Timestamp;
use crate::verify::claim::claims;
use crate::verify::concerns::{Concern, concerns};
use crate::verify::level::Stage;

pub mod dss;

/// Bytes copied at a time.
const CHUNK: usize = 1 << 18;
/// How often room is measured anew if a time-stamp outgrows it.
const TRIES: usize = 3;

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Who signs.
    pub identity: &'a Identity,
    /// RSA as older readers know it.
    pub compat: bool,
    /// How long it is to last.
    pub stage: Stage,
    /// What the signature says.
    pub sayings: &'a Sayings,
    /// Whether it certifies.
    pub certify: Option<Certify>,
    /// How the signature looks; nothing for one that is not seen.
    pub look: Option<&'a Brief<'a>>,
    /// The empty field to sign.
    pub field: Option<&'a str>,
    /// Whether content that can change its meaning is refused.
    pub strict: bool,
    /// What opens the file.
    pub password: Option<&'a str>,
    /// When.
    pub now: Timestamp,
    /// Who stamps time.
    pub authorities: Option<&'a Authorities>,
    /// Where validation data come from.
    pub sources: &'a Sources<'a>,
}

/// A file signed.
#[derive(Clone, Debug)]
pub struct Made {
    /// What could change its meaning.
    pub concerns: Vec<Concern>,
    /// Bytes added.
    pub added: u64,
}

/// Signs `input` into `output`.
///
/// # Errors
///
/// When it cannot be done; nothing is left behind then.
pub fn sign(
    input: &Path,
    output: &Path,
    existing: Existing,
    order: &Order<'_>,
) -> Result<Made, SignError> {
    order.identity.check(order.now)?;
    let document = place::open(Source::open(input)?, order.password)?;
    place::permitted(&document, order.password, order.field)?;
    let concerns = concerns(&document);
    if order.strict && !concerns.is_empty() {
        return Err(SignError::Concerns(concerns));
    }
    let scheme = order.identity.scheme(order.compat);
    let plan = Plan { identity: order.identity, scheme, time: None };
    heed(&document, &plan, order)?;
    let mut room = plan.signed_data(&plan.dummy(), None).len();
    let stamps = if order.stage >= Stage::T { order.authorities } else { None };
    if let Some(authorities) = stamps {
        room += authorities.size(plan.hash(), order.now)?;
    } else if order.stage >= Stage::T {
        return Err(SignError::NoStamp(Vec::new()));
    }
    for _ in 0..TRIES {
        let mut out = Unfinished::begin(output, existing)?;
        let mut update = Update::new(&document);
        let kind = Kind::Signature {
            sayings: order.sayings,
            now: order.now,
            certify: order.certify,
        };
        let look = look(&document, &mut update, order)?;
        let (id, body) = field::prepare(&mut update, &kind, order.field, look.as_ref())?;
        update.blank(id, body, room);
        let written = update.write()?;
        let mut stamped = None;
        let mut make = |digest: &[u8]| {
            let signer = plan.sign(digest)?;
            if let Some(authorities) = stamps {
                let imprint = plan.hash().of(&signer.signature);
                stamped = Some(authorities.stamp(plan.hash(), &imprint, order.now)?);
            }
            let token =
                stamped.as_ref().map(|stamped: &Stamped| stamped.bytes.as_slice());
            Ok(plan.signed_data(&signer, token))
        };
        let sealed = seal(&mut out, &document, &written, (plan.hash(), true), &mut make)?;
        if let Sealed::Outgrown(needed) = sealed {
            room = needed + crate::sign::stamp::SLACK;
            continue;
        }
        let before = document.source().len();
        if order.stage >= Stage::Lt {
            last(&mut out, order, stamped.as_ref())?;
        }
        let whole = std::fs::metadata(out.part())?.len();
        out.finish()?;
        let added = whole.saturating_sub(u64::try_from(before).unwrap_or(u64::MAX));
        return Ok(Made { concerns, added });
    }
    Err(SignError::TooLarge)
}

/// Checks what the field to sign demands.
fn heed(
    document: &Document,
    plan: &Plan<'_>,
    order: &Order<'_>,
) -> Result<(), SignError> {
    let Some(field) = order.field else { return Ok(()) };
    let meant = Meant {
        identity: order.identity,
        hash: plan.hash(),
        reason: order.sayings.reason.as_deref(),
        certify: order.certify,
        stamped: order.stage >= Stage::T,
    };
    place::heeded(document.now(), field, &meant)
}

/// The look of the signature, put into the update.
fn look(
    document: &Document,
    update: &mut Update<'_>,
    order: &Order<'_>,
) -> Result<Option<Look>, SignError> {
    let Some(brief) = order.look else { return Ok(None) };
    let claims = claims(document);
    let signed: Vec<Certificate> =
        claims.iter().filter_map(|claim| signer(document, claim)).collect();
    brief.in_order(&order.identity.certificate, &signed)?;
    let Some(field) = order.field else {
        return brief.put(update, &claims).map(Some);
    };
    let spot = place::spot(update.view(), field)?;
    let spot = spot.ok_or(SignError::Look(LookError::NoWidget))?;
    brief.put_in(update, &spot).map(Some)
}

/// Validation data over the signature just made, and a time-stamp over them.
fn last(
    out: &mut Unfinished,
    order: &Order<'_>,
    stamped: Option<&Stamped>,
) -> Result<(), SignError> {
    let mut vouched = Vouched::default();
    let identity = order.identity;
    let signer = (Purpose::Signer, order.now);
    order.sources.vouch(&identity.certificate, &identity.chain, signer, &mut vouched)?;
    if let Some(stamped) = stamped {
        let tsa = (Purpose::Tsa, order.now);
        order.sources.vouch(&stamped.certificate, &stamped.pool, tsa, &mut vouched)?;
    }
    add_data(out, &vouched, order.password)?;
    if order.stage >= Stage::Lta
        && let Some(authorities) = order.authorities
    {
        add_stamp(out, authorities, order.password, order.now)?;
    }
    Ok(())
}

/// Adds validation data to an unfinished file.
pub(crate) fn add_data(
    out: &mut Unfinished,
    vouched: &Vouched,
    password: Option<&str>,
) -> Result<(), SignError> {
    let document = place::open(Source::open(out.part())?, password)?;
    let mut update = Update::new(&document);
    if dss::add(&mut update, vouched)? {
        out.add(&update.write()?.bytes)?;
    }
    Ok(())
}

/// Adds a document time-stamp to an unfinished file; the authority's certificate.
pub(crate) fn add_stamp(
    out: &mut Unfinished,
    authorities: &Authorities,
    password: Option<&str>,
    now: Timestamp,
) -> Result<(Certificate, Vec<Certificate>), SignError> {
    let document = place::open(Source::open(out.part())?, password)?;
    place::permitted(&document, password, None)?;
    let room = authorities.size(Hash::Sha256, now)?;
    let mut update = Update::new(&document);
    let (id, body) = field::prepare(&mut update, &Kind::TimeStamp, None, None)?;
    update.blank(id, body, room);
    let written = update.write()?;
    let mut who = None;
    let mut make = |digest: &[u8]| {
        let stamped = authorities.stamp(Hash::Sha256, digest, now)?;
        who = Some((stamped.certificate, stamped.pool));
        Ok(stamped.bytes)
    };
    match seal(out, &document, &written, (Hash::Sha256, false), &mut make)? {
        Sealed::Done => who.ok_or(SignError::NotHolding),
        // The authority was measured a moment ago.
        Sealed::Outgrown(_) => Err(SignError::TooLarge),
    }
}

/// Whether the signature found room.
enum Sealed {
    Done,
    /// It takes so many bytes.
    Outgrown(usize),
}

/// Makes the signature over a digest.
type Make<'m> = &'m mut dyn FnMut(&[u8]) -> Result<Vec<u8>, SignError>;

/// Hashes the document and its update, and adds the update with the signature
/// that `make` makes; with `copies` the document is copied first.
fn seal(
    out: &mut Unfinished,
    document: &Document,
    written: &Written,
    (hash, copies): (Hash, bool),
    make: Make<'_>,
) -> Result<Sealed, SignError> {
    let mut hasher = hash.hasher();
    let source = document.source();
    let mut at = 0;
    while at < source.len() {
        let chunk = source.slice(at, at.saturating_add(CHUNK))?;
        if chunk.is_empty() {
            return Err(SignError::Io(std::io::ErrorKind::UnexpectedEof.into()));
        }
        hasher.update(&chunk);
        if copies {
            out.add(&chunk)?;
        }
        at += chunk.len();
    }
    let Span { start, end } = written.hole.ok_or(SignError::NotHolding)?;
    let before = written.bytes.get(..start).ok_or(SignError::NotHolding)?;
    let after = written.bytes.get(end..).ok_or(SignError::NotHolding)?;
    hasher.update(before);
    hasher.update(after);
    let made = make(&hasher.finish())?;
    let room = (end - start).saturating_sub(2) / 2;
    if made.len() > room {
        return Ok(Sealed::Outgrown(made.len()));
    }
    let mut hole = Vec::with_capacity(end - start);
    hole.push(b'<');
    syntax::hexadecimal(&made, &mut hole);
    hole.resize(end - start - 1, b'0');
    hole.push(b'>');
    out.add(before)?;
    out.add(&hole)?;
    out.add(after)?;
    Ok(Sealed::Done)
}
