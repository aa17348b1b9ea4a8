//! What a register asks of a document, found on its pages.
//!
//! Number and notation, day and place, agency and the one above it, type,
//! subject, signer, recipients, urgency: the fields of Nghị định 30/2020/NĐ-CP,
//! Phụ lục VI, Phần II, each with the words it was read from, where they stand
//! and how sure it is. A [`Field`] never guesses: what does not have the form
//! such a thing has carries a [`Doubt`], and a person decides.
//!
//! ```text
//! sheet     a page as head, body and foot
//! kind      the title          code      number and notation
//!                              numbering the grammar of what stands there
//!                              notation  the abbreviations it is made of
//! issued    day and place      agency    who issued it, and who is above
//!                              bodies    what bodies and provinces are called
//! subject   trích yếu          signer    signer, recipients, urgency
//!                              people    what people are called
//! personal  identity numbers and amounts: only checked, never kept whole
//! again     lines worth a second look, and what looks agree on
//! ```
//!
//! Places are in the units of the layers given; who calls turns them into
//! millimetres on the page.

use crate::text::fields::consensus::Said;
use crate::text::fields::kind::{Class, Kind, Title};
use crate::text::fields::personal::Amount;
use crate::text::fields::sheet::{Heading, Sheet};
use crate::text::fields::usage::is_no_syllable;
use crate::text::numbers::{Doubt, Personal};
use crate::text::{TextLayer, Word, fold};
use crate::time::Day;
use crate::units::Rect;

pub(crate) mod again;
mod agency;
mod bodies;
mod code;
mod consensus;
mod issued;
mod notation;
mod numbering;
pub mod kind;
mod people;
pub mod personal;
mod sheet;
mod signer;
mod subject;
mod usage;

/// A field a register asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// The type (tên loại).
    TypeName,
    /// The number (số).
    CodeNumber,
    /// The notation (ký hiệu): what follows the number's slash or dash.
    CodeNotation,
    /// The day, ISO 8601.
    IssuedDate,
    /// The place before the day (địa danh).
    Place,
    /// The issuing agency (cơ quan ban hành).
    OrganName,
    /// The agency above it (cơ quan chủ quản).
    Superior,
    /// What it is about (trích yếu).
    Subject,
    /// By whose authority it is signed: `TM.`, `KT.`, `TL.`, `TUQ.`, `Q.`, and of whom.
    Authority,
    /// The signer's position (chức vụ).
    Position,
    /// The signer's name.
    FullName,
    /// Who gets it (nơi nhận), each ended by a line break.
    Recipients,
    /// How urgent it is: 1 KHẨN, 2 THƯỢNG KHẨN, 3 HỎA TỐC.
    Priority,
}

/// Each name as the record spells it. Those of Phụ lục VI begin with a
/// capital; what is ours does not. `0` is no limit.
const NAMES: [(Name, &str, usize); 13] = [
    (Name::TypeName, "TypeName", 100),
    (Name::CodeNumber, "CodeNumber", 11),
    (Name::CodeNotation, "CodeNotation", 30),
    (Name::IssuedDate, "IssuedDate", 10),
    (Name::Place, "place", 0),
    (Name::OrganName, "OrganName", 200),
    (Name::Superior, "superior", 0),
    (Name::Subject, "Subject", 500),
    (Name::Authority, "authority", 0),
    (Name::Position, "Position", 100),
    (Name::FullName, "FullName", 50),
    (Name::Recipients, "recipients", 0),
    (Name::Priority, "Priority", 1),
];

impl Name {
    /// All of them, in the order people read them.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|(name, ..)| *name)
    }

    /// How the record spells it.
    #[must_use]
    pub fn key(self) -> &'static str {
        NAMES.iter().find(|(name, ..)| *name == self).map_or("", |(_, key, _)| key)
    }

    /// Most characters its value may have (Phụ lục VI, Phần II).
    #[must_use]
    pub fn limit(self) -> Option<usize> {
        let (.., limit) = NAMES.iter().find(|(name, ..)| *name == self)?;
        (*limit > 0).then_some(*limit)
    }

    /// Whether the document is found by it: a person must see it if it is doubtful.
    #[must_use]
    pub fn is_key(self) -> bool {
        matches!(self, Self::CodeNumber | Self::CodeNotation | Self::IssuedDate)
    }
}

/// A field as found.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Which.
    pub name: Name,
    /// Its value; `None` where its place was found and no value in it.
    pub value: Option<String>,
    /// The words it was read from, as they were recognised.
    pub read: String,
    /// The page, from 1.
    pub page: u32,
    /// Where on it, in the units of the page's layer.
    pub place: Option<Rect>,
    /// How sure the recogniser was, 0 to 100: of the least sure word for
    /// numbers, on the whole for text.
    pub confidence: f32,
    /// Why a person should look, nothing if nobody need.
    pub doubts: Vec<Doubt>,
}

impl Field {
    /// A field without a value yet.
    pub(crate) fn of(name: Name) -> Self {
        Self {
            name,
            value: None,
            read: String::new(),
            page: 1,
            place: None,
            confidence: 0.0,
            doubts: Vec::new(),
        }
    }

    /// A field read from `words`.
    pub(crate) fn read(name: Name, value: String, words: &[Word]) -> Self {
        let read =
            words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Self {
            value: Some(value),
            read,
            place: sheet::around(words),
            confidence: mean(words),
            ..Self::of(name)
        }
    }

    /// With a doubt more.
    pub(crate) fn doubted(mut self, doubt: Option<Doubt>) -> Self {
        self.doubts.extend(doubt.filter(|doubt| !self.doubts.contains(doubt)));
        self
    }

    /// Whether a person should look.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        !self.doubts.is_empty()
    }

    /// The value, cut between words to what Phụ lục VI has room for.
    #[must_use]
    pub fn fitted(&self) -> Option<String> {
        let value = self.value.as_deref()?;
        let Some(limit) = self.name.limit() else { return Some(value.to_owned()) };
        if value.chars().count() <= limit {
            return Some(value.to_owned());
        }
        let cut: String = value.chars().take(limit - 1).collect();
        let end = cut.rfind(' ').unwrap_or(cut.len());
        Some(format!("{}…", cut.get(..end).unwrap_or(&cut)))
    }
}

/// Everything found on a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// What kind of paper it is; `None` if no title says so.
    pub kind: Option<&'static Kind>,
    /// The fields, in the order of [`Name::all`]; none twice.
    pub all: Vec<Field>,
    /// Numbers of persons, masked, with the page and place of each.
    pub personal: Vec<Spotted<Personal>>,
    /// Amounts of money that state their words.
    pub amounts: Vec<Spotted<Amount>>,
}

/// Something found on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Spotted<T> {
    /// What.
    pub what: T,
    /// The page, from 1.
    pub page: u32,
    /// Where on it.
    pub place: Rect,
}

impl Fields {
    /// The field called `name`, if its place was found.
    #[must_use]
    pub fn get(&self, name: Name) -> Option<&Field> {
        self.all.iter().find(|field| field.name == name)
    }

    /// The value of a field.
    #[must_use]
    pub fn value(&self, name: Name) -> Option<&str> {
        self.get(name)?.value.as_deref()
    }

    /// Key fields that a person should look at.
    pub fn doubtful(&self) -> impl Iterator<Item = &Field> {
        self.all.iter().filter(|field| field.name.is_key() && field.is_doubtful())
    }
}

/// A page to look for fields on.
#[derive(Clone, Copy, Debug)]
pub struct Read<'a> {
    /// Its number in the source, from 1.
    pub number: u32,
    /// What was read on it, upright.
    pub text: &'a TextLayer,
    /// Its width in the units of the words' places.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

/// Below this confidence a number is doubtful: print of good scans is read with more, and what
/// a pen wrote, where it is read at all, with less…
const UNSURE_NUMBER: f32 = 55.0;
/// …and below this a text.
const UNSURE_TEXT: f32 = 60.0;

/// Looks for the fields of a document on its `pages`, which stand in order.
/// Days after `today` are doubtful.
#[must_use]
pub fn extract(pages: &[Read<'_>], today: Day) -> Fields {
    let sheets: Vec<(u32, Sheet)> = pages
        .iter()
        .map(|page| (page.number, Sheet::of(page.text, page.width, page.height)))
        .collect();
    let Some((first, others)) = sheets.split_first() else { return Fields::default() };
    let (number, sheet) = (first.0, &first.1);
    let title = kind::title(sheet);
    let mut all = agency::fields(sheet);
    let organ = all.iter().find(|field| field.name == Name::OrganName);
    let organ = organ.and_then(|field| field.value.clone());
    let said = title.as_ref().map(|title| title.kind);
    all.extend(code::fields(sheet, said, organ.as_deref(), today));
    let (kind, type_field) = type_of(sheet, title.as_ref(), &all);
    all.extend(type_field);
    let title = title.or_else(|| kind::of_notation(sheet, kind?));
    all.extend(subject::field(sheet, title.as_ref(), organ.as_deref()));
    all.extend(signer::priority(sheet));
    on_page(&mut all, number);
    let is_intake = kind.is_some_and(|kind| kind.class == Class::Intake);
    let issued = issued::fields(sheet, today, is_intake);
    let (at, mut issued) = if issued.is_empty() {
        // A citizen's paper bears its day above the signature.
        let later =
            others.iter().map(|(n, sheet)| (*n, issued::at_the_foot(sheet, today)));
        later.into_iter().find(|(_, fields)| !fields.is_empty()).unwrap_or_default()
    } else {
        (number, issued)
    };
    on_page(&mut issued, at);
    all.append(&mut issued);
    let (at, mut signed) = signed(&sheets);
    on_page(&mut signed, at);
    all.append(&mut signed);
    all.extend(missing(sheet, kind, &all));
    let said = Said::on(&sheets);
    all.iter_mut().for_each(|field| said.settle(field));
    all.iter_mut().for_each(mend_usage);
    all.iter_mut().for_each(doubt_unsure);
    all.sort_by_key(|field| field.name);
    all.dedup_by_key(|field| field.name);
    let (personal, amounts) = personal::on(&sheets, today);
    Fields { kind, all, personal, amounts }
}

/// Whether a line in capitals is the authority or position of a signer: `TM. …`,
/// `CHỦ TỊCH`.
#[must_use]
pub fn is_signers_title(line: &str) -> bool {
    signer::is_title(&fold::bare(line), line)
}

/// The signer and the recipients, on the page where they stand: the first
/// one with a list of recipients, else the last with a signer. Annexes follow.
fn signed(sheets: &[(u32, Sheet)]) -> (u32, Vec<Field>) {
    let found: Vec<(u32, Vec<Field>)> =
        sheets.iter().map(|(number, sheet)| (*number, signer::fields(sheet))).collect();
    let has = |fields: &[Field], name| fields.iter().any(|field| field.name == name);
    let with_list = found.iter().find(|(_, fields)| has(fields, Name::Recipients));
    let with_signer = found.iter().rfind(|(_, fields)| has(fields, Name::FullName));
    with_list.or(with_signer).cloned().unwrap_or_default()
}

/// The kind of a paper and the field that states it. A paper of an agency
/// without a title is a letter; where a title could not be read, the notation
/// still says which.
fn type_of(
    sheet: &Sheet,
    title: Option<&Title>,
    found: &[Field],
) -> (Option<&'static Kind>, Option<Field>) {
    let named = |kind: &'static Kind| kind.name.to_owned();
    if let Some(title) = title {
        let words = sheet.body.get(title.at).map(|piece| piece.words.as_slice());
        let words = words.unwrap_or_default();
        let words = words.get(title.from..title.words).unwrap_or(words);
        let field = Field::read(Name::TypeName, named(title.kind), words);
        let doubt = (!title.exact).then_some(Doubt::Unsure);
        return (Some(title.kind), Some(field.doubted(doubt)));
    }
    if let Some((kind, lines)) = kind::card(sheet) {
        let words: Vec<Word> = lines.into_iter().flat_map(|line| line.words).collect();
        return (Some(kind), Some(Field::read(Name::TypeName, named(kind), &words)));
    }
    let notation = found.iter().find(|field| field.name == Name::CodeNotation);
    let value = notation.and_then(|field| field.value.as_deref()).unwrap_or_default();
    let mut parts = value.split(['-', '/']).filter(|part| !part.starts_with('2'));
    if let Some(law) = parts.clone().find(|part| part.starts_with("QH")) {
        let of_law = Kind::named(if law.is_empty() { "" } else { "Luật" });
        return concluded(of_law, notation);
    }
    let of_notation = parts.next().and_then(Kind::of_short);
    if of_notation.is_some() {
        return concluded(of_notation, notation);
    }
    let is_official = matches!(sheet.heading, Heading::State | Heading::Party);
    let is_letter = is_official && subject::is_letter(sheet);
    // Where a stamp hides the number's line, it is still a letter that lacks its number.
    let has_organ = found.iter().any(|field| field.name == Name::OrganName);
    let letter = Kind::named("Công văn")
        .filter(|_| is_letter && (notation.is_some() || has_organ));
    let field = letter.map(|kind| Field {
        value: Some(named(kind)),
        confidence: notation.map_or(0.0, |field| field.confidence),
        doubts: notation.is_none().then_some(Doubt::Concluded).into_iter().collect(),
        ..Field::of(Name::TypeName)
    });
    (letter, field)
}

/// A kind that the notation states and no title confirms.
fn concluded(
    kind: Option<&'static Kind>,
    notation: Option<&Field>,
) -> (Option<&'static Kind>, Option<Field>) {
    // A notation that is plain says the type as surely as the title does.
    let is_plain = notation.is_some_and(|field| {
        field.doubts.is_empty() && field.confidence >= UNSURE_NUMBER
    });
    let doubts = if is_plain { Vec::new() } else { vec![Doubt::Concluded] };
    let field = kind.map(|kind| Field {
        name: Name::TypeName,
        value: Some(kind.name.to_owned()),
        doubts: doubts.clone(),
        ..notation.cloned().unwrap_or(Field::of(Name::TypeName))
    });
    (kind, field)
}

/// What a paper of an agency must have and this one does not show: its number
/// and its day are then to be entered by a person.
fn missing(sheet: &Sheet, kind: Option<&Kind>, found: &[Field]) -> Vec<Field> {
    let is_official = matches!(sheet.heading, Heading::State | Heading::Party)
        && found.iter().any(|field| field.name == Name::OrganName)
        && kind.is_some_and(|kind| {
            matches!(kind.class, Class::Administrative | Class::Legal)
        });
    if !is_official {
        return Vec::new();
    }
    let lacks = |name: Name| !found.iter().any(|field| field.name == name);
    // A law says at its end when it was passed, minutes in their first line.
    let is_undated =
        kind.is_some_and(|kind| matches!(kind.name, "Luật" | "Bộ luật" | "Biên bản"));
    // Without its number's line a paper lacks its notation as well.
    let is_unnumbered = lacks(Name::CodeNumber);
    let names = [Name::CodeNumber, Name::CodeNotation, Name::IssuedDate].into_iter();
    names
        .filter(|name| lacks(*name) && !(*name == Name::IssuedDate && is_undated))
        .filter(|name| is_unnumbered || *name != Name::CodeNotation)
        .map(|name| Field::of(name).doubted(Some(Doubt::Blank)))
        .collect()
}

/// Notes the page of fields found on it.
fn on_page(fields: &mut [Field], number: u32) {
    for field in fields {
        field.page = number;
    }
}

/// Spells a subject as it is said.
fn mend_usage(field: &mut Field) {
    let value = field.value.as_deref().filter(|_| field.name == Name::Subject);
    if let Some(mended) = value.and_then(usage::mended) {
        field.value = Some(mended);
    }
}

/// Doubts what the recogniser was not sure of.
fn doubt_unsure(field: &mut Field) {
    let least = if field.name.is_key() { UNSURE_NUMBER } else { UNSURE_TEXT };
    // A title that is one of a closed table letter by letter was read well enough.
    let is_organ = matches!(field.name, Name::OrganName | Name::Superior);
    let is_usual = is_organ
        && field.value.as_deref().is_some_and(|name| {
            bodies::known(&name.split(' ').collect::<Vec<_>>())
                .into_iter()
                .all(|known| known)
        });
    let is_unsure = field.value.is_some()
        && field.confidence < least
        && field.name != Name::TypeName
        && !is_usual;
    let is_text = matches!(
        field.name,
        Name::OrganName | Name::Superior | Name::Subject | Name::FullName | Name::Place
    );
    let is_odd = |value: &String| value.split_whitespace().any(is_no_syllable);
    if is_text && field.value.as_ref().is_some_and(is_odd) && field.doubts.is_empty() {
        field.doubts.push(Doubt::Malformed);
    }
    let is_unusual = field.name == Name::Subject
        && field.value.as_deref().is_some_and(|value| {
            usage::is_unusual(value)
                || value.split_whitespace().any(notation::is_odd_citation)
        });
    if (is_unsure || is_unusual) && field.doubts.is_empty() {
        field.doubts.push(Doubt::Unsure);
    }
}

/// The confidence of the least sure word; 0 without words.
pub(crate) fn least(words: &[Word]) -> f32 {
    words.iter().map(|word| word.confidence).reduce(f32::min).unwrap_or(0.0)
}

/// Mean confidence of words, weighted by length.
pub(crate) fn mean(words: &[Word]) -> f32 {
    let lines =
        vec![crate::text::Line { words: words.to_vec(), ..crate::text::Line::default() }];
    let layer = TextLayer { lines, ..TextLayer::default() };
    layer.confidence()
}

#[cfg(test)]
mod tests;
