//! What a person has to look at: documents whose number or day is doubtful, whose
//! figures do not fit, or of which something could not be read, with a picture of
//! each doubtful place.
//!
//! Numbers of persons are told masked; the picture shows them, since only the
//! paper can settle them.
//! Everything comes from the dossiers' records, which say where each field was
//! read; the pictures are cut from the kept PDF. A field that a person has set
//! is settled and asked no more.

use std::sync::Arc;

use serde_json::Value;

use crate::archive::dossier::Document;
use crate::archive::reread::is_by_hand;
use crate::archive::{Archive, ArchiveError, Code, Dossier};
use crate::finding::{Finding, Weight};
use crate::page::record::{PageRecord, Place};
use crate::text::fields::Name;
use crate::text::numbers::{Doubt, Identifier};
use crate::units::{Mm, Rect};

pub mod html;
pub mod picture;

/// Largest kept PDF that pictures are cut from.
const MOST_BYTES: u64 = 2 << 30;

/// A document that a person has to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its dossier.
    pub dossier: Code,
    /// Its number within it.
    pub ordinal: u32,
    /// Its file, relative to the archive.
    pub file: String,
    /// What kind of paper it is, if that is known.
    pub kind: Option<String>,
    /// What is doubtful, keys first.
    pub questions: Vec<Question>,
    /// What else needs a person.
    pub findings: Vec<Finding>,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A field of the register.
    Field(Name),
    /// A number that a person is known by.
    Person(Identifier),
    /// An amount of money that is stated in words as well.
    Amount,
}

impl Asked {
    /// Whether the document is found by it.
    #[must_use]
    pub fn is_key(self) -> bool {
        match self {
            Self::Field(name) => name.is_key(),
            Self::Person(_) | Self::Amount => false,
        }
    }

    /// How scripts know it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Field(name) => name.key(),
            Self::Person(kind) => kind.code(),
            Self::Amount => "amount",
        }
    }

    /// The name under which a person settles it: the field itself, or that all
    /// figures of the document have been compared with the paper.
    #[must_use]
    pub fn settable(self) -> Option<String> {
        match self {
            Self::Field(name) => settable(name),
            Self::Person(_) | Self::Amount => Some(COMPARED.to_owned()),
        }
    }
}

/// The field that says that a person has compared the figures with the paper.
pub const COMPARED: &str = "DaDoiChieuSo";

/// Something doubtful.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What.
    pub asked: Asked,
    /// The value read, if one was.
    pub value: Option<String>,
    /// The words it was read from.
    pub read: String,
    /// Why it is doubtful.
    pub doubts: Vec<Doubt>,
    /// The page of the kept PDF, from 0; `None` if it is not in it.
    pub page: Option<usize>,
    /// Where on it, in millimetres from the top left; `None` if nothing was found there.
    pub place: Option<Rect>,
}

/// The documents of `dossier` that a person has to look at.
#[must_use]
pub fn cases(archive: &Archive, dossier: &Dossier) -> Vec<Case> {
    let folder = archive.relative(&dossier.code);
    let of_document = |document: &Document| {
        let questions = questions(document);
        let findings = findings(document);
        // A name read badly can wait; a number, a day or a sum cannot.
        let is_pressing = |question: &Question| match question.asked {
            Asked::Field(name) => name.is_key(),
            Asked::Person(_) | Asked::Amount => true,
        };
        let presses = questions.iter().any(is_pressing);
        (presses || !findings.is_empty()).then(|| Case {
            dossier: dossier.code.clone(),
            ordinal: document.ordinal,
            file: folder.join(&document.file).to_string_lossy().into_owned(),
            kind: text(document.fields.get("TypeName")),
            questions,
            findings,
        })
    };
    dossier.documents.iter().filter_map(of_document).collect()
}

/// The name under which a person sets a field.
#[must_use]
pub fn settable(name: Name) -> Option<String> {
    match name {
        Name::Position | Name::FullName => Some(format!("SignerInfo.{}", name.key())),
        Name::Recipients => Some("ToPlaces".to_owned()),
        Name::TypeName
        | Name::CodeNumber
        | Name::CodeNotation
        | Name::IssuedDate
        | Name::OrganName
        | Name::Subject
        | Name::Priority => Some(name.key().to_owned()),
        Name::Place | Name::Superior | Name::Authority => None,
    }
}

/// What is doubtful about a document and no person has settled.
fn questions(document: &Document) -> Vec<Question> {
    let pages = pages(document);
    let is_open = |settable: &String| !is_by_hand(&document.fields, settable.as_str());
    let kept = document.record.get("fields");
    let fields = Name::all()
        .filter(|name| settable(*name).as_ref().is_some_and(is_open))
        .filter_map(|name| {
            question(Asked::Field(name), kept?.get(name.key())?, "value", &pages)
        });
    let mut questions: Vec<Question> = fields.collect();
    if is_open(&COMPARED.to_owned()) {
        questions.extend(figures(document, &pages));
    }
    questions.sort_by_key(|question| !question.asked.is_key());
    questions
}

/// Doubtful numbers of persons, masked as the record has them, and sums that are
/// not what their words say.
fn figures(document: &Document, pages: &[PageRecord]) -> Vec<Question> {
    let all = |name: &str| {
        let kept = document.record.get(name).and_then(Value::as_array);
        kept.into_iter().flatten()
    };
    let persons = all("personal").filter_map(|kept| {
        let kind = kept.get("kind").and_then(Value::as_str)?;
        let kind = Identifier::of_code(kind)?;
        question(Asked::Person(kind), kept, "masked", pages)
    });
    let amounts =
        all("amounts").filter_map(|kept| question(Asked::Amount, kept, "figures", pages));
    persons.chain(amounts).collect()
}

/// Something the record keeps, if it is doubtful. `value` names what was read.
fn question(
    asked: Asked,
    kept: &Value,
    value: &str,
    pages: &[PageRecord],
) -> Option<Question> {
    let doubts = kept.get("doubts")?.as_array()?;
    let doubts: Vec<Doubt> =
        doubts.iter().filter_map(|code| Doubt::of_code(code.as_str()?)).collect();
    let number = kept.get("page").and_then(Value::as_u64).unwrap_or(1);
    let place = kept.get("place_mm").and_then(Value::as_array).and_then(|sides| {
        let mut sides = sides.iter().filter_map(Value::as_f64);
        let mut next = || sides.next();
        Some(Rect { left: next()?, top: next()?, right: next()?, bottom: next()? })
    });
    let value = text(kept.get(value));
    let read = text(kept.get("read")).or_else(|| value.clone()).unwrap_or_default();
    let page = page_in_pdf(pages, number);
    (!doubts.is_empty()).then_some(Question { asked, value, read, doubts, page, place })
}

/// Findings that need a person and are not about fields.
fn findings(document: &Document) -> Vec<Finding> {
    let own = document.record.get("findings").cloned().unwrap_or_default();
    let own: Vec<Finding> = serde_json::from_value(own).unwrap_or_default();
    let of_pages = pages(document).into_iter().flat_map(|page| page.findings);
    own.into_iter()
        .chain(of_pages)
        .filter(|finding| finding.weight == Weight::NeedsPerson)
        .filter(|finding| !finding.code.starts_with("fields."))
        .collect()
}

/// The records of a document's pages.
fn pages(document: &Document) -> Vec<PageRecord> {
    let pages = document.record.get("pages").cloned().unwrap_or_default();
    serde_json::from_value(pages).unwrap_or_default()
}

/// Where page `number` of the source is in the PDF: pages set aside are not.
fn page_in_pdf(pages: &[PageRecord], number: u64) -> Option<usize> {
    let mut kept = pages.iter().filter(|page| page.place == Place::Kept);
    kept.position(|page| u64::from(page.number) == number)
}

/// A text that is not empty.
fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned).filter(|text| !text.is_empty())
}

/// The bytes of a document's file.
///
/// # Errors
///
/// When the disk refuses, or it is not there.
pub fn bytes(archive: &Archive, case: &Case) -> Result<Option<Arc<[u8]>>, ArchiveError> {
    let path = archive.root().join(&case.file);
    Ok(crate::archive::store::read(&path, MOST_BYTES)?.map(Into::into))
}

/// The part of the page to show for a question: around the place, or the left
/// part of the head where nothing was found.
#[must_use]
pub fn shown(question: &Question) -> Rect {
    /// Around a place, across and down.
    const MARGIN: (Mm, Mm) = (Mm(8.0), Mm(5.0));
    /// The smallest piece that a person recognises.
    const LEAST: (Mm, Mm) = (Mm(70.0), Mm(16.0));
    /// The head of a page: agency, number and date.
    const HEAD: Rect = Rect { left: 10.0, top: 10.0, right: 205.0, bottom: 80.0 };
    let Some(place) = question.place else { return HEAD };
    let (x, y) = place.centre();
    let across = (place.width() / 2.0 + MARGIN.0.0).max(LEAST.0.0 / 2.0);
    let down = (place.height() / 2.0 + MARGIN.1.0).max(LEAST.1.0 / 2.0);
    Rect { left: x - across, top: y - down, right: x + across, bottom: y + down }
}
