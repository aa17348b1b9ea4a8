//! A tracking code put on a signed PDF, where the signatures permit it.
//!
//! What is drawn on a page changes what was signed, so on a signed file the code
//! is an annotation: a rubber stamp (ISO 32000-2, 12.5.6.12) with an appearance of
//! its own, in an appended update. That is permitted where the certification says
//! so, `P` of `DocMDP` being 3 (12.8.2.2, table 257), and no lock of a field is
//! stricter. After plain approvals `verify` takes an annotation for tampering,
//! because nobody can tell it from one; there the code is refused, with the
//! reason. When all is written `verify`'s own eyes look at it once more.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::syntax::{dict, named, text};
use crate::cos::{Id, Object, Source};
use crate::say::{self, Lang, Tell};
use crate::sign::SignError;
use crate::sign::place;
use crate::sign::update::Update;
use crate::track::stamp::{self, Laid, Stamp, StampError, Stamped};
use crate::units::Affine;
use crate::verify::claim;
use crate::verify::difference;
use crate::verify::rights::{self, Effect, Level, Rights};

/// Print, and locked against moving (ISO 32000-2, table 167).
const FLAGS: i64 = 132;

/// Stamps a PDF that is signed, every page asked for or none.
///
/// # Errors
///
/// When a signature forbids it, or the file or the stamp is not fit for it.
pub fn stamp(file: &Arc<[u8]>, stamp: &Stamp) -> Result<Stamped, NotStamped> {
    let document = place::open(Source::held(Arc::clone(file)), None)?;
    permitted(document.now())?;
    let (laid, count) = stamp::lay(file, stamp)?;
    let mut update = Update::new(&document);
    for laid in &laid {
        let page = place::page(update.view(), laid.index)?;
        let annotation = annotation(&mut update, page, laid, &stamp.payload);
        update.append(page, b"Annots", annotation)?;
    }
    let mut bytes = file.to_vec();
    bytes.extend(update.write()?.bytes);
    let places = laid.iter().map(|laid| (laid.index + 1, laid.place)).collect();
    let stamped = Stamped { bytes, places };
    stamp::prove(&stamped, stamp, count)?;
    is_kept(&stamped.bytes)?;
    Ok(stamped)
}

/// Whether every signature permits annotations.
fn permitted(view: View<'_>) -> Result<(), NotStamped> {
    let mut certified = None;
    for (field, rights) in all_rights(view) {
        for level in [rights.certifies, rights.lock_level].into_iter().flatten() {
            if level != Level::Annotations {
                return Err(NotStamped::Forbidden(field));
            }
        }
        certified = certified.or(rights.certifies);
    }
    if certified.is_some() { Ok(()) } else { Err(NotStamped::Approval) }
}

/// What each signature lays down, with the name of its field.
fn all_rights(view: View<'_>) -> Vec<(String, Rights)> {
    let rights = |claim: claim::Claim| {
        let holder = claim.holder.and_then(|id| view.object(id).ok());
        let holder = holder.as_ref().and_then(|holder| holder.dict());
        let own = claim.dict.dict()?;
        Some((claim.field, Rights::of(view, own, holder)))
    };
    claim::claims(view.document).into_iter().filter_map(rights).collect()
}

/// Adds the annotation to the update. Its appearance is drawn in the coordinates of
/// the page as seen, and its matrix leads to the page's own, so that the box it
/// fills there is the rectangle itself (12.5.5, algorithm 8.1).
fn annotation(update: &mut Update<'_>, page: Id, laid: &Laid, payload: &str) -> Id {
    let numbers = |all: &[f64]| Object::Array(all.iter().copied().map(exact).collect());
    let [left, bottom, right, top] = laid.seen;
    let Affine { a, b, c, d, e, f } = laid.own;
    let form = dict([
        ("Type", named("XObject")),
        ("Subtype", named("Form")),
        ("BBox", numbers(&laid.seen)),
        ("Matrix", numbers(&[a, b, c, d, e, f])),
        ("Resources", Object::Dict(dict([]))),
    ]);
    let content = format!("0 g\n{}", laid.modules).into_bytes();
    let form = update.add_stream(form, content);
    let corners = [(left, bottom), (right, top)].map(|(x, y)| laid.own.apply(x, y));
    let [one, other] = corners;
    let rect =
        [one.0.min(other.0), one.1.min(other.1), one.0.max(other.0), one.1.max(other.1)];
    update.add(dict([
        ("Type", named("Annot")),
        ("Subtype", named("Stamp")),
        ("Rect", numbers(&rect)),
        ("F", Object::Int(FLAGS)),
        ("P", Object::Ref(page)),
        ("Contents", text(payload)),
        ("AP", Object::Dict(dict([("N", Object::Ref(form))]))),
    ]))
}

/// A length in points, to a ten-thousandth.
fn exact(value: f64) -> Object {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.parse().map_or_else(|_| Object::Real(text.into()), Object::Int)
}

/// Whether no signature is broken by the last revision, as `verify` sees it.
fn is_kept(bytes: &[u8]) -> Result<(), NotStamped> {
    let document = place::open(Source::held(bytes), None)?;
    let last = document.revisions.len().saturating_sub(1);
    let changes = difference::changes(&document, last.saturating_sub(1));
    let all = all_rights(document.now());
    let certified = all.iter().filter_map(|(_, rights)| rights.certifies).min();
    for change in changes.iter().skip(last).flatten() {
        for (field, rights) in &all {
            if rights::judge(change, rights, certified).0 == Effect::Breaks {
                return Err(NotStamped::Forbidden(field.clone()));
            }
        }
    }
    Ok(())
}

/// Why a signed file was not stamped.
#[derive(Debug)]
pub enum NotStamped {
    /// The stamp, or the file as any reader sees it.
    Stamp(StampError),
    /// The file to the letter.
    File(SignError),
    /// The signature in this field forbids annotations.
    Forbidden(String),
    /// There are approvals only: an annotation after them counts as tampering.
    Approval,
}

impl NotStamped {
    /// Whether the file is sound and the answer is no.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        match self {
            Self::Stamp(error) => error.is_answer(),
            Self::File(_) => false,
            Self::Forbidden(_) | Self::Approval => true,
        }
    }
}

impl From<StampError> for NotStamped {
    fn from(error: StampError) -> Self {
        Self::Stamp(error)
    }
}

impl From<SignError> for NotStamped {
    fn from(error: SignError) -> Self {
        Self::File(error)
    }
}

impl Tell for NotStamped {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Stamp(error) => error.tell(lang),
            Self::File(error) => error.tell(lang),
            Self::Forbidden(field) => say::track::stamp_forbidden(lang, field),
            Self::Approval => say::track::stamp_approved(lang),
        }
    }
}

impl Error for NotStamped {}

impl fmt::Display for NotStamped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
