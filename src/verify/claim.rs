//! Every signature a file claims to bear, and what its `/ByteRange` covers.
//!
//! Signature dictionaries are counted, not fields: two fields may share one,
//! and a text field may hide one. Whatever claims to sign is listed; a claim
//! that cannot be checked is a failed signature, never an absent one. The rules
//! of the range are those of ISO 32000-2, 12.8.1, and ETSI EN 319 142-1, 5.3.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::lexer::{Entry, Lexer, Stop, hex};
use crate::cos::section::Place;
use crate::cos::walk::looks_signed;
use crate::cos::{Dict, Document, Id, Object, Span};
use crate::pdf::text_string;

/// Signatures of one file that are judged.
pub const MOST_CLAIMS: usize = 2_000;
/// Nodes of the tree of fields.
pub const MOST_FIELDS: usize = 200_000;
/// Nodes of that tree, in all revisions together, among which signatures are
/// sought that no field bears any more.
const MOST_SEARCHED: usize = 2_000_000;
/// Fields within fields.
const MOST_DEPTH: usize = 64;
/// Bytes of a signature dictionary.
const MOST_DICT: usize = 8 << 20;

/// A signature dictionary and what it covers.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The full name of the field that bears it; empty if none does.
    pub field: String,
    /// The field's dictionary.
    pub holder: Option<Id>,
    /// The signature dictionary's own number.
    pub id: Option<Id>,
    /// The signature dictionary as it is now.
    pub dict: Arc<Object>,
    /// What its range covers.
    pub range: Result<Range, RangeFault>,
    /// Whether no field bears it any more.
    pub removed: bool,
    /// How many fields bear it.
    pub holders: usize,
}

/// A range that obeys the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The hexadecimal string of `/Contents` with its delimiters.
    pub hole: Span,
    /// Where the range ends.
    pub end: usize,
    /// The revision it ends with.
    pub revision: usize,
    /// Whether nothing but white space follows.
    pub whole: bool,
}

/// Which rule a range breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeFault {
    /// No dictionary, or not one that lies in the file by itself.
    NoDictionary,
    /// No `/ByteRange`.
    Missing,
    /// Not four whole numbers.
    NotFour,
    /// It does not begin at the first byte.
    LateStart,
    /// Its parts overlap or are out of order.
    Overlap,
    /// It goes beyond the end of the file.
    BeyondFile,
    /// No `/Contents`, or not a hexadecimal string.
    NoContents,
    /// A key of the dictionary stands twice.
    Twice,
    /// What is left out is not exactly the `/Contents`.
    HoleNotContents,
    /// The dictionary does not lie within what it signs.
    Outside,
    /// It does not end where a revision ends.
    NoRevision,
    /// The dictionary was changed after it signed.
    Rewritten,
}

/// A node of the tree of fields.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its number, if it is an object of its own.
    pub id: Option<Id>,
    /// Its full name.
    pub name: String,
    /// Its dictionary.
    pub dict: Arc<Object>,
    /// The type of field, its own or inherited.
    pub kind: Option<Box<[u8]>>,
    /// Whether it has a name of its own; a widget has none.
    pub own_name: bool,
    /// Whether it lies below another.
    pub below: bool,
}

/// All fields of the form, in the order of the tree; cut short at
/// [`MOST_FIELDS`].
#[must_use]
pub fn fields(view: View<'_>) -> Vec<Field> {
    listed(view).0
}

/// The same, and whether there are more.
#[must_use]
pub fn listed(view: View<'_>) -> (Vec<Field>, bool) {
    first(view, MOST_FIELDS)
}

/// The first fields, so many at most, and whether there are more.
#[must_use]
pub(crate) fn first(view: View<'_>, most: usize) -> (Vec<Field>, bool) {
    let form = view.catalog().ok().and_then(|catalog| taken(view, catalog, b"AcroForm"));
    let roots = form.and_then(|form| taken(view, form, b"Fields"));
    let roots = match roots.map(Arc::try_unwrap) {
        Some(Ok(Object::Array(items))) => items,
        Some(Ok(_)) | None => Vec::new(),
        Some(Err(shared)) => shared.array().unwrap_or_default().to_vec(),
    };
    let mut found = Vec::new();
    let mut cut = false;
    let mut seen = BTreeSet::new();
    let root = |root: Object| (root, String::new(), None, 0);
    let mut waiting: Vec<_> = roots.into_iter().rev().map(root).collect();
    while let Some((object, above, kind, depth)) = waiting.pop() {
        if found.len() >= most {
            cut = true;
            break;
        }
        let id = object.reference();
        if id.is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        if depth > MOST_DEPTH {
            cut = true;
            continue;
        }
        let node = match id {
            Some(_) => view.resolve(&object).ok(),
            None => Some(Arc::new(object)),
        };
        let Some(node) = node else { continue };
        let Some(dict) = node.dict() else { continue };
        let own = view.get(dict, b"T");
        let name = match own.text().map(text_string) {
            Some(own) if above.is_empty() => own,
            Some(own) => format!("{above}.{own}"),
            None => above,
        };
        let kind = view.get(dict, b"FT").name().map(Box::<[u8]>::from).or(kind);
        let kids = view.get(dict, b"Kids");
        let kids = kids.array().unwrap_or_default();
        waiting.extend(
            kids.iter()
                .rev()
                .map(|kid| (kid.clone(), name.clone(), kind.clone(), depth + 1)),
        );
        let (own_name, below) = (own.text().is_some(), depth > 0);
        found.push(Field { id, name, dict: Arc::clone(&node), kind, own_name, below });
    }
    (found, cut)
}

/// The value of a key, in the end. A form may hold all its fields within itself, and
/// the catalogue the form: what nobody else holds is not copied.
fn taken(view: View<'_>, from: Arc<Object>, key: &[u8]) -> Option<Arc<Object>> {
    let value = match Arc::try_unwrap(from) {
        Ok(Object::Dict(mut dict)) => {
            let mut value = Object::Null;
            dict.each_value(|name, own| {
                if name == key {
                    value = std::mem::replace(own, Object::Null);
                }
            });
            value
        }
        Ok(other) => other.dict()?.get(key)?.clone(),
        Err(shared) => shared.dict()?.get(key)?.clone(),
    };
    if value.reference().is_some() {
        view.resolve(&value).ok()
    } else {
        Some(Arc::new(value))
    }
}

/// Every signature the file claims to bear, in the order in which they signed.
#[must_use]
pub fn claims(document: &Document) -> Vec<Claim> {
    let view = document.now();
    let mut claims: Vec<Claim> = Vec::new();
    let mut borne = BTreeSet::new();
    for field in fields(view) {
        let Some(dict) = field.dict.dict() else { continue };
        let Some(value) = dict.get(b"V") else { continue };
        let id = value.reference();
        let Ok(found) = view.resolve(value) else { continue };
        let signs = found.dict().is_some_and(looks_signed);
        let empty = *found == Object::Null;
        let is_field = field.kind.as_deref() == Some(b"Sig");
        // `/V` that leads nowhere still claims a signature.
        if !signs && (!is_field || empty && id.is_none()) {
            continue;
        }
        // What is not judged any more is borne all the same.
        let first = id.is_none_or(|id| borne.insert(id));
        if !first {
            let twin = claims.iter_mut().find(|claim| claim.id == id);
            twin.into_iter().for_each(|twin| twin.holders += 1);
            continue;
        }
        if claims.len() >= MOST_CLAIMS {
            continue;
        }
        let home = id.or(field.id);
        let range = range(document, home, id.is_none(), &found);
        let holder = field.id;
        let (field, dict) = (field.name, found);
        claims.push(Claim { field, holder, id, dict, range, removed: false, holders: 1 });
    }
    let room = MOST_CLAIMS.saturating_sub(claims.len());
    claims.extend(removed(document, &borne, room));
    claims.sort_by_key(|claim| match claim.range {
        Ok(range) => (0, range.end),
        Err(_) => (1, 0),
    });
    claims
}

/// Signature dictionaries that a field once bore and none bears now, up to
/// `room` of them.
fn removed(document: &Document, borne: &BTreeSet<Id>, room: usize) -> Vec<Claim> {
    let mut lost = BTreeSet::new();
    let lying = document.walk.objects.iter().filter(|lying| lying.signs);
    lost.extend(lying.map(|lying| lying.id).filter(|id| !borne.contains(id)));
    if lost.is_empty() {
        return Vec::new();
    }
    // What lies in the file and in none of its revisions is nobody's; but where
    // there is no other signature, a reader that recovers finds this one.
    let alone = borne.is_empty() && !document.links.is_empty();
    let mut claims = Vec::new();
    let mut searched = 0;
    for revision in (0..document.revisions.len()).rev() {
        if lost.is_empty() || claims.len() >= room || searched > MOST_SEARCHED {
            break;
        }
        let view = document.at(revision);
        let fields = fields(view);
        searched += fields.len();
        for field in fields {
            let value = field.dict.dict().and_then(|dict| dict.get(b"V"));
            let Some(id) = value.and_then(Object::reference) else { continue };
            if claims.len() >= room || !lost.remove(&id) {
                continue;
            }
            let Ok(found) = view.object(id) else { continue };
            let range = range(document, Some(id), false, &found);
            claims.push(Claim {
                field: field.name,
                holder: field.id,
                id: Some(id),
                dict: found,
                range,
                removed: true,
                holders: 0,
            });
        }
    }
    // Where the search was given up, any of them may have been borne.
    let given_up = searched > MOST_SEARCHED;
    let alone = alone && claims.is_empty();
    let unlisted = |id: &Id| !document.table.lists(id.number);
    let left = lost.into_iter().filter(|id| given_up || alone && unlisted(id));
    let left = left.take(room.saturating_sub(claims.len()));
    claims.extend(left.map(|id| Claim {
        field: String::new(),
        holder: None,
        id: Some(id),
        dict: Arc::new(Object::Null),
        range: Err(RangeFault::NoDictionary),
        removed: true,
        holders: 0,
    }));
    claims
}

/// What the range of a signature dictionary covers. `home` is the object it
/// lies in; `within` says that it is the `/V` of that object.
fn range(
    document: &Document,
    home: Option<Id>,
    within: bool,
    found: &Object,
) -> Result<Range, RangeFault> {
    // ISO 32000-2, table 255: no stream, whatever its dictionary says.
    let Object::Dict(dict) = found else { return Err(RangeFault::NoDictionary) };
    let view = document.now();
    let (start, hole, end) = numbers(view, dict)?;
    if start != 0 {
        return Err(RangeFault::LateStart);
    }
    if hole.end < hole.start.saturating_add(2) {
        return Err(RangeFault::Overlap);
    }
    if end > document.source().len() {
        return Err(RangeFault::BeyondFile);
    }
    let marks = document.revisions.iter().map(|revision| revision.mark);
    let ends = |mark: crate::cos::walk::Mark| (mark.eof..=mark.end).contains(&end);
    let revision = marks.into_iter().position(|mark| mark.is_some_and(ends));
    // The dictionary as it was when it signed.
    let signed = revision.map_or(view, |revision| document.at(revision));
    let place = home.map(|home| (home, signed.place(home)));
    let Some((home, Place::At { offset, .. })) = place else {
        return Err(RangeFault::NoDictionary);
    };
    let offset =
        document.reader().after_spaces(offset).ok().ok_or(RangeFault::NoDictionary)?;
    if offset >= end {
        return Err(RangeFault::Outside);
    }
    let contents = contents(document, signed, offset, within)?;
    if contents != hole {
        return Err(RangeFault::HoleNotContents);
    }
    let raw = document.source().slice(hole.start, hole.end);
    let raw = raw.ok().ok_or(RangeFault::NoContents)?;
    let digits = raw.strip_prefix(b"<").and_then(|raw| raw.strip_suffix(b">"));
    let plain = |digits: &[u8]| digits.iter().all(|digit| hex(*digit).is_some());
    if !digits.is_some_and(plain) {
        return Err(RangeFault::HoleNotContents);
    }
    let revision = revision.ok_or(RangeFault::NoRevision)?;
    let then = signed.object(home).ok().ok_or(RangeFault::NoDictionary)?;
    let now = view.object(home).ok().ok_or(RangeFault::NoDictionary)?;
    if !within && then != now {
        return Err(RangeFault::Rewritten);
    }
    let rest = document.reader().after_spaces(end).unwrap_or(end);
    let whole = rest >= document.source().len();
    Ok(Range { hole, end, revision, whole })
}

/// The start of the range, what it leaves out, and where it ends.
fn numbers(view: View<'_>, dict: &Dict) -> Result<(usize, Span, usize), RangeFault> {
    let range = dict.get(b"ByteRange").ok_or(RangeFault::Missing)?;
    let range = view.resolve(range).ok().ok_or(RangeFault::Missing)?;
    let range = range.array().ok_or(RangeFault::NotFour)?;
    let numbers: Option<Vec<usize>> = range.iter().map(Object::count).collect();
    match numbers.as_deref() {
        Some([start, first, second, rest]) => {
            let hole_start = start.checked_add(*first).ok_or(RangeFault::Overlap)?;
            let end = second.checked_add(*rest).ok_or(RangeFault::BeyondFile)?;
            Ok((*start, Span { start: hole_start, end: *second }, end))
        }
        _ => Err(RangeFault::NotFour),
    }
}

/// The bytes of `/Contents` in the dictionary of the object at `offset`.
fn contents(
    document: &Document,
    view: View<'_>,
    offset: usize,
    within: bool,
) -> Result<Span, RangeFault> {
    let mut at = value_at(document, offset)?;
    if within {
        at = only(&entries(document, at)?, b"V")?.start;
    }
    let entries = entries(document, at)?;
    only(&entries, b"ByteRange")?;
    let span = only(&entries, b"Contents")?;
    let raw = document.source().slice(span.start, span.end);
    let raw = raw.ok().ok_or(RangeFault::NoContents)?;
    let string = raw.first() == Some(&b'<');
    if string {
        return Ok(span);
    }
    // A string that is an object of its own, as some writers have it.
    let mut spaced = raw.to_vec();
    spaced.push(b' ');
    let reference = Lexer::new(&spaced, 0).object().ok();
    let id =
        reference.and_then(|object| object.reference()).ok_or(RangeFault::NoContents)?;
    let Place::At { offset, .. } = view.place(id) else {
        return Err(RangeFault::NoContents);
    };
    let start = value_at(document, offset)?;
    let found = document.reader().within(start, MOST_DICT, |lexer| lexer.object());
    match found {
        Ok((Object::Text(_), end)) => Ok(Span { start, end }),
        Ok(_) | Err(_) => Err(RangeFault::NoContents),
    }
}

/// Where the value of the indirect object at `offset` begins.
fn value_at(document: &Document, offset: usize) -> Result<usize, RangeFault> {
    let header = document.reader().within(offset, 128, |lexer| {
        lexer.blank();
        lexer.header().ok_or(Stop::Short)?;
        lexer.blank();
        Ok(())
    });
    header.map(|((), at)| at).ok().ok_or(RangeFault::NoDictionary)
}

/// The entries of the dictionary at `at`, with where they lie in the file.
fn entries(document: &Document, at: usize) -> Result<Vec<Entry>, RangeFault> {
    let spans = document.reader().within(at, MOST_DICT, |lexer| lexer.spans());
    let (mut spans, _) = spans.ok().ok_or(RangeFault::NoDictionary)?;
    for (_, span) in &mut spans {
        *span = Span { start: span.start + at, end: span.end + at };
    }
    Ok(spans)
}

/// Where the value of `key` lies, which must stand there once.
fn only(entries: &[Entry], key: &[u8]) -> Result<Span, RangeFault> {
    let mut found = entries.iter().filter(|(name, _)| **name == *key);
    match (found.next(), found.next()) {
        (Some((_, span)), None) => Ok(*span),
        (None, _) => Err(RangeFault::NoContents),
        (Some(_), Some(_)) => Err(RangeFault::Twice),
    }
}
