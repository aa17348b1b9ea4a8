//! An incremental update: what is added to a file, and nothing else
//! (ISO 32000-2, 7.5.6).
//!
//! New and changed objects follow the last byte, then a cross-reference section
//! of the kind the file had last, whose `/Prev` names that one. A hybrid file
//! gets a table: what its older stream adds is still found through `/Prev`. In an
//! encrypted file strings and streams are encrypted like all others, except the
//! `/Contents` of a signature (7.6.2).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cos::document::View;
use crate::cos::syntax::{self, dict};
use crate::cos::{Dict, Document, Id, Object, Span};
use crate::sign::SignError;

/// Columns for each number of `/ByteRange`: files up to ten gigabytes.
const NUMBER: usize = 10;
/// The largest offset a table can hold (7.5.4).
const MOST_OFFSET: usize = 9_999_999_999;

/// An update to be.
#[derive(Debug)]
pub struct Update<'d> {
    document: &'d Document,
    next: u32,
    bodies: BTreeMap<u32, (Id, Body)>,
}

#[derive(Debug)]
enum Body {
    Value(Object),
    Stream(Dict, Vec<u8>),
    /// A signature dictionary and the bytes its signature may take.
    Blank(Dict, usize),
}

/// An update written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What follows the last byte of the file.
    pub bytes: Vec<u8>,
    /// Where in `bytes` the signature goes, with its delimiters.
    pub hole: Option<Span>,
}

impl<'d> Update<'d> {
    /// An update of `document` as it is now.
    #[must_use]
    pub fn new(document: &'d Document) -> Self {
        let sizes = document.links.iter().filter_map(|link| {
            u32::try_from(link.trailer.get(b"Size").and_then(Object::count)?).ok()
        });
        let listed = document.table.rows().map(|(number, _, _)| number.saturating_add(1));
        let lying = document.walk.objects.iter().map(|o| o.id.number.saturating_add(1));
        let next = sizes.chain(listed).chain(lying).max().unwrap_or(1);
        Self { document, next, bodies: BTreeMap::new() }
    }

    /// The document as it was before.
    #[must_use]
    pub fn view(&self) -> View<'d> {
        self.document.now()
    }

    /// The number that the next new object will have.
    #[must_use]
    pub fn next(&self) -> u32 {
        self.next
    }

    /// The number of a new object.
    pub fn fresh(&mut self) -> Id {
        let id = Id { number: self.next, generation: 0 };
        self.next = self.next.saturating_add(1);
        id
    }

    /// An object as it will be.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn get(&self, id: Id) -> Result<Arc<Object>, SignError> {
        match self.bodies.get(&id.number) {
            Some((_, Body::Value(object))) => Ok(Arc::new(object.clone())),
            Some((_, Body::Stream(dict, _) | Body::Blank(dict, _))) => {
                Ok(Arc::new(Object::Dict(dict.clone())))
            }
            None => Ok(self.view().object(id)?),
        }
    }

    /// Gives an object a value.
    pub fn put(&mut self, id: Id, object: impl Into<Object>) {
        self.bodies.insert(id.number, (id, Body::Value(object.into())));
    }

    /// Adds an object.
    pub fn add(&mut self, object: impl Into<Object>) -> Id {
        let id = self.fresh();
        self.put(id, object);
        id
    }

    /// Adds a stream, whose data are as `dict` says.
    pub fn add_stream(&mut self, dict: Dict, data: Vec<u8>) -> Id {
        let id = self.fresh();
        self.bodies.insert(id.number, (id, Body::Stream(dict, data)));
        id
    }

    /// Adds a reference to the list that an object has under `key`, wherever the list lies.
    ///
    /// # Errors
    ///
    /// When the holder cannot be read.
    pub fn append(&mut self, holder: Id, key: &[u8], item: Id) -> Result<(), SignError> {
        let own = self.get(holder)?;
        let own = own.dict().cloned().unwrap_or_default();
        let list = own.get(key).cloned().unwrap_or(Object::Null);
        if let Some(list) = self.longer(&list, item)? {
            self.put(holder, own.with(key, list));
        }
        Ok(())
    }

    /// A list with one more reference: put where it lies, or handed back where it lies
    /// within its holder. A reference to nothing is no list, and nothing is put there.
    pub(crate) fn longer(
        &mut self,
        list: &Object,
        item: Id,
    ) -> Result<Option<Object>, SignError> {
        let longer = |items: &[Object]| {
            let mut items = items.to_vec();
            items.push(Object::Ref(item));
            Object::Array(items)
        };
        if let Object::Ref(id) = list {
            let found = self.get(*id)?;
            if let Some(items) = found.array() {
                self.put(*id, longer(items));
                return Ok(None);
            }
        }
        Ok(Some(longer(list.array().unwrap_or_default())))
    }

    /// The catalogue as it will be, and its number.
    pub(crate) fn root(&self) -> Result<(Id, Dict), SignError> {
        let links = &self.document.links;
        let root = links.iter().rev().find_map(|link| link.trailer.get(b"Root"));
        let id = root.and_then(Object::reference).ok_or(SignError::NoPage)?;
        let catalog = self.get(id)?;
        Ok((id, catalog.dict().cloned().ok_or(SignError::NoPage)?))
    }

    /// Gives a number its signature dictionary, without `/Contents` and
    /// `/ByteRange`, and room for `room` bytes.
    pub fn blank(&mut self, id: Id, dict: Dict, room: usize) {
        self.bodies.insert(id.number, (id, Body::Blank(dict, room)));
    }

    /// Writes the update down.
    ///
    /// # Errors
    ///
    /// When the file is too large for its format, or sealed.
    pub fn write(self) -> Result<Written, SignError> {
        let base = self.document.source().len();
        let mut out = Vec::new();
        let last = self.document.source().slice(base.saturating_sub(1), base)?;
        if !matches!(last.first(), Some(b'\n' | b'\r')) {
            out.push(b'\n');
        }
        let mut hole = None;
        let mut range_at = None;
        let mut rows = Vec::new();
        for (id, body) in self.bodies.values() {
            rows.push((*id, base + out.len()));
            let head = format!("{} {} obj\n", id.number, id.generation);
            out.extend_from_slice(head.as_bytes());
            match body {
                Body::Value(object) => {
                    syntax::write(&self.closed(*id, object)?, &mut out);
                }
                Body::Stream(dict, data) => self.stream(*id, dict, data, &mut out)?,
                Body::Blank(dict, room) => {
                    let (at, span) = self.signature(*id, dict, *room, &mut out)?;
                    (range_at, hole) = (Some(at), Some(span));
                }
            }
            out.extend_from_slice(b"\nendobj\n");
        }
        self.section(&mut rows, base, &mut out)?;
        if base.saturating_add(out.len()) > MOST_OFFSET {
            return Err(SignError::TooLarge);
        }
        if let (Some(at), Some(hole)) = (range_at, hole) {
            let (first, second) = (base + hole.start, base + hole.end);
            let rest = base + out.len() - second;
            let range = format!("[0 {first} {second} {rest}]");
            for (to, from) in out.iter_mut().skip(at).zip(range.bytes()) {
                *to = from;
            }
        }
        Ok(Written { bytes: out, hole })
    }

    /// An object with its strings as they are to lie in the file.
    fn closed(&self, id: Id, object: &Object) -> Result<Object, SignError> {
        let mut object = object.clone();
        match self.document.cipher() {
            None => Ok(object),
            Some(cipher) if cipher.close(id, &mut object) => Ok(object),
            Some(_) => Err(SignError::Sealed),
        }
    }

    fn stream(
        &self,
        id: Id,
        dict: &Dict,
        data: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<(), SignError> {
        let closed = match self.document.cipher() {
            None => None,
            Some(cipher) => {
                Some(cipher.closed_stream(id, data).ok_or(SignError::Sealed)?)
            }
        };
        let data = closed.as_deref().unwrap_or(data);
        let length = i64::try_from(data.len()).map_err(|_wide| SignError::TooLarge)?;
        let dict = dict.with(b"Length", Object::Int(length));
        syntax::write(&self.closed(id, &Object::Dict(dict))?, out);
        out.extend_from_slice(b"\nstream\n");
        out.extend_from_slice(data);
        out.extend_from_slice(b"\nendstream");
        Ok(())
    }

    /// Writes a signature dictionary; where its range stands, and its hole.
    fn signature(
        &self,
        id: Id,
        dict: &Dict,
        room: usize,
        out: &mut Vec<u8>,
    ) -> Result<(usize, Span), SignError> {
        let closed = self.closed(id, &Object::Dict(dict.clone()))?;
        out.extend_from_slice(b"<<");
        if let Object::Dict(closed) = &closed {
            syntax::inner(closed, out);
        }
        out.extend_from_slice(b"/ByteRange ");
        let at = out.len();
        // `[0 a b c]` and blanks after it.
        out.resize(at + 3 * NUMBER + 6, b' ');
        out.extend_from_slice(b"/Contents ");
        let start = out.len();
        out.push(b'<');
        out.resize(out.len() + 2 * room, b'0');
        out.push(b'>');
        let hole = Span { start, end: out.len() };
        out.extend_from_slice(b">>");
        Ok((at, hole))
    }

    /// Writes the section, of the kind that the file had last.
    fn section(
        &self,
        rows: &mut Vec<(Id, usize)>,
        base: usize,
        out: &mut Vec<u8>,
    ) -> Result<(), SignError> {
        let newest = self.document.links.last();
        let table = newest.is_none_or(|link| link.table);
        let previous = newest.map_or(0, |link| link.offset);
        let at = base + out.len();
        let mut size = self.next;
        let own = Id { number: size, generation: 0 };
        if !table {
            size = size.saturating_add(1);
            rows.push((own, at));
        }
        let previous = i64::try_from(previous).map_err(|_wide| SignError::TooLarge)?;
        let mut trailer = dict([
            ("Size", Object::Int(i64::from(size))),
            ("Prev", Object::Int(previous)),
        ]);
        for key in [&b"Root"[..], b"Info", b"ID", b"Encrypt"] {
            let mut newer = self.document.links.iter().rev();
            let value = newer.find_map(|link| link.trailer.get(key));
            if let Some(value) = value {
                trailer = trailer.with(key, value.clone());
            }
        }
        if table {
            out.extend_from_slice(b"xref\n");
            for run in runs(rows) {
                let first = run.first().map_or(0, |row| row.0.number);
                let head = format!("{first} {}\n", run.len());
                out.extend_from_slice(head.as_bytes());
                for (id, offset) in run {
                    let line = format!("{offset:010} {:05} n \n", id.generation);
                    out.extend_from_slice(line.as_bytes());
                }
            }
            out.extend_from_slice(b"trailer\n");
            syntax::write(&Object::Dict(trailer), out);
            out.push(b'\n');
        } else {
            self.section_stream(rows, own, &trailer, out)?;
        }
        out.extend_from_slice(format!("startxref\n{at}\n%%EOF\n").as_bytes());
        Ok(())
    }

    /// A cross-reference stream (7.5.8), uncompressed: it has few rows.
    fn section_stream(
        &self,
        rows: &[(Id, usize)],
        own: Id,
        trailer: &Dict,
        out: &mut Vec<u8>,
    ) -> Result<(), SignError> {
        let mut index = Vec::new();
        let mut data = Vec::new();
        for run in runs(rows) {
            let first = run.first().map_or(0, |row| row.0.number);
            index.push(Object::Int(i64::from(first)));
            index.push(Object::Int(i64::try_from(run.len()).unwrap_or_default()));
            for (id, offset) in run {
                data.push(1);
                let offset =
                    u64::try_from(*offset).map_err(|_wide| SignError::TooLarge)?;
                data.extend_from_slice(offset.to_be_bytes().get(2..).unwrap_or_default());
                data.extend_from_slice(&id.generation.to_be_bytes());
            }
        }
        let widths = [1, 6, 2].map(Object::Int).to_vec();
        let length = i64::try_from(data.len()).map_err(|_wide| SignError::TooLarge)?;
        let trailer = trailer
            .with(b"Type", syntax::named("XRef"))
            .with(b"W", Object::Array(widths))
            .with(b"Index", Object::Array(index))
            .with(b"Length", Object::Int(length));
        out.extend_from_slice(format!("{} 0 obj\n", own.number).as_bytes());
        syntax::write(&Object::Dict(trailer), out);
        out.extend_from_slice(b"\nstream\n");
        out.extend_from_slice(&data);
        out.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }
}

/// The rows in runs of consecutive numbers; they come in the order of their numbers.
fn runs(rows: &[(Id, usize)]) -> impl Iterator<Item = &[(Id, usize)]> {
    rows.chunk_by(|one, next| one.0.number.checked_add(1) == Some(next.0.number))
}

impl From<Dict> for Object {
    fn from(dict: Dict) -> Self {
        Self::Dict(dict)
    }
}
