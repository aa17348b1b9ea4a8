//! A document at each of its revisions.
//!
//! [`Document`] holds the file, the chain, the walk and what was decoded so
//! far; a [`View`] is the document as of one revision and gives its objects.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cos::chain::{Chain, Link, Table};
use crate::cos::crypt::Cipher;
use crate::cos::lexer::Lexer;
use crate::cos::object::{Dict, Id, Object, Span, Stream};
use crate::cos::reader::Reader;
use crate::cos::section::Place;
use crate::cos::walk::{Mark, Role, Walk};
use crate::cos::{CosError, Expected, Source, inflate, wrong};

/// Objects in one object stream.
const MOST_IN_STREAM: usize = 500_000;
/// Bytes of objects, as they lie, that are kept parsed.
const MOST_CACHED: usize = 6 << 20;
/// Bytes of object streams that are kept inflated.
const MOST_STREAMS: usize = 64 << 20;
/// White space before a section that its offset may point to.
const MOST_GAP: usize = 4;
/// References that lead to references.
const MOST_HOPS: usize = 16;

/// What opening found.
#[derive(Debug)]
pub struct Opening {
    /// The document; by the walk alone if the chain is broken.
    pub document: Document,
    /// Why the chain is broken.
    pub broken: Option<CosError>,
}

/// A part of the file that one writer added, with the sections it consists of.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The index of its first section, oldest first.
    pub first: u32,
    /// The index of its last section.
    pub last: u32,
    /// The end mark that names its section; none if the file has no such mark.
    pub mark: Option<Mark>,
}

/// An open file.
#[derive(Debug)]
pub struct Document {
    reader: Reader,
    /// The sections, oldest first.
    pub links: Vec<Link>,
    /// Where objects are.
    pub table: Table,
    /// What lies in the file.
    pub walk: Walk,
    /// The revisions, oldest first; at least one.
    pub revisions: Vec<Revision>,
    cipher: Option<Cipher>,
    /// Objects that do not lie where the chain has them.
    astray: RefCell<BTreeSet<u32>>,
    /// Where objects lie, by number; put in order when one is sought.
    lying: OnceCell<Vec<(Id, Span)>>,
    objects: RefCell<BTreeMap<usize, Arc<Object>>>,
    packed: RefCell<BTreeMap<(usize, u32), Arc<Object>>>,
    cached: Cell<usize>,
    streams: RefCell<BTreeMap<usize, Arc<Packed>>>,
    inflated: Cell<usize>,
}

/// An object stream out of its filters (7.5.7).
#[derive(Debug)]
struct Packed {
    bytes: Vec<u8>,
    /// Object number and offset of each object.
    index: Vec<(u32, usize)>,
}

impl Document {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read at all, is locked, or is a trap.
    pub fn open(source: Source, password: Option<&str>) -> Result<Opening, CosError> {
        let reader = Reader::new(source);
        let chain = Chain::follow(&reader);
        let (links, table, broken) = match chain {
            Ok(chain) => (chain.links, chain.table, None),
            Err(error @ (CosError::Io(_) | CosError::TooMuch { .. })) => {
                return Err(error);
            }
            Err(error) => (Vec::new(), Table::default(), Some(error)),
        };
        let mut document = Self {
            reader,
            links,
            table,
            walk: Walk::default(),
            revisions: Vec::new(),
            cipher: None,
            astray: RefCell::default(),
            lying: OnceCell::new(),
            objects: RefCell::default(),
            packed: RefCell::default(),
            cached: Cell::new(0),
            streams: RefCell::default(),
            inflated: Cell::new(0),
        };
        document.walk = Walk::through(&document.reader, &|id| document.length(id))?;
        if broken.is_some() {
            document.rebuild();
        }
        document.revisions = document.revise();
        document.cipher = Cipher::of(&document, password)?;
        Ok(Opening { document, broken })
    }

    /// The bytes.
    #[must_use]
    pub fn source(&self) -> &Source {
        self.reader.source()
    }

    /// The reader.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// How it is encrypted, if it is.
    #[must_use]
    pub fn cipher(&self) -> Option<&Cipher> {
        self.cipher.as_ref()
    }

    /// Objects met so far that do not lie where the chain has them.
    #[must_use]
    pub fn astray(&self) -> BTreeSet<u32> {
        self.astray.borrow().clone()
    }

    /// Where the walk last met an object before `end`.
    fn found(&self, id: Id, end: usize) -> Option<usize> {
        let lying = self.lying.get_or_init(|| {
            let spans = self.walk.objects.iter().map(|lying| (lying.id, lying.span));
            let mut lying: Vec<_> = spans.collect();
            lying.sort_unstable();
            lying
        });
        let from = lying.partition_point(|(other, _)| *other < id);
        let own = lying.get(from..).unwrap_or_default().iter();
        // Objects do not overlap: the last to begin is the last to end.
        let own = own.take_while(|(other, span)| *other == id && span.end <= end);
        own.last().map(|(_, span)| span.start)
    }

    /// The document as of a revision.
    #[must_use]
    pub fn at(&self, revision: usize) -> View<'_> {
        let last = self.revisions.get(revision).or(self.revisions.last());
        View { document: self, section: last.map_or(0, |revision| revision.last) }
    }

    /// The document as it is now.
    #[must_use]
    pub fn now(&self) -> View<'_> {
        self.at(usize::MAX)
    }

    /// A length that stands in an object of its own.
    fn length(&self, id: Id) -> Option<usize> {
        let section = u32::try_from(self.links.len()).unwrap_or(u32::MAX);
        match self.table.place(id.number, section) {
            Place::At { offset, .. } => {
                let found = self.reader.indirect(offset, &|_| None).ok()?;
                found.object.count().filter(|_| found.id == id)
            }
            Place::In { stream, index } => {
                let view = View { document: self, section };
                view.packed(stream, index, id.number).ok()?.count()
            }
            Place::Free => None,
        }
    }

    /// Puts a table together from what lies in the file: the last object counts.
    fn rebuild(&mut self) {
        let place = |id: Id, offset| Place::At { offset, generation: id.generation };
        let rows = self.walk.objects.iter();
        let rows = rows.map(|lying| (lying.id.number, place(lying.id, lying.span.start)));
        self.table = Table::of(rows.collect());
        let mut trailer = self.walk.tables.last().map(|(_, dict)| dict.clone());
        for lying in
            self.walk.objects.iter().rev().filter(|lying| lying.role == Role::Section)
        {
            let found = self.reader.indirect(lying.span.start, &|_| None);
            trailer = trailer.or_else(|| found.ok()?.object.dict().cloned());
        }
        self.links = vec![Link {
            offset: 0,
            end: 0,
            trailer: trailer.unwrap_or_default(),
            table: true,
            stream: None,
            disputed: Vec::new(),
        }];
    }

    /// Which sections belong together. A linearized file is one revision of two
    /// sections, the older of which lies behind the newer (Annex F).
    fn revise(&self) -> Vec<Revision> {
        let mut revisions: Vec<Revision> = Vec::new();
        let mut before = None;
        // The last mark that names a section counts.
        let marks: BTreeMap<usize, Mark> =
            self.walk.marks.iter().map(|mark| (mark.names, *mark)).collect();
        for (index, link) in self.links.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            // White space before the section is forgiven.
            let named = marks.range(link.offset.saturating_sub(MOST_GAP)..=link.offset);
            let mark = named.map(|(_, mark)| *mark).max_by_key(|mark| mark.at);
            if let (Some(last), Some(before)) = (revisions.last_mut(), before)
                && link.offset < before
            {
                last.last = index;
                last.mark = mark.or(last.mark);
            } else {
                revisions.push(Revision { first: index, last: index, mark });
            }
            before = Some(link.offset);
        }
        revisions
    }

    fn keep(&self, bytes: usize) -> bool {
        let cached = self.cached.get().saturating_add(bytes).saturating_add(32);
        if cached <= MOST_CACHED {
            self.cached.set(cached);
        }
        cached <= MOST_CACHED
    }
}

/// A document as of one revision.
#[derive(Clone, Copy, Debug)]
pub struct View<'d> {
    /// The file.
    pub document: &'d Document,
    /// The last section that counts.
    pub section: u32,
}

impl View<'_> {
    /// The trailer dictionary. In a linearized file the one of the newest section.
    #[must_use]
    pub fn trailer(&self) -> &Dict {
        static EMPTY: Dict = Dict::empty();
        let at = usize::try_from(self.section).unwrap_or(usize::MAX);
        let links = &self.document.links;
        links.get(at).or(links.last()).map_or(&EMPTY, |link| &link.trailer)
    }

    /// The catalogue.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn catalog(&self) -> Result<Arc<Object>, CosError> {
        match self.trailer().get(b"Root") {
            Some(root) => self.resolve(root),
            None => Ok(Arc::new(Object::Null)),
        }
    }

    /// Where an object is.
    #[must_use]
    pub fn place(&self, id: Id) -> Place {
        match self.document.table.place(id.number, self.section) {
            Place::At { generation, .. } if generation != id.generation => Place::Free,
            Place::In { .. } if id.generation != 0 => Place::Free,
            place @ (Place::At { .. } | Place::In { .. } | Place::Free) => place,
        }
    }

    /// An indirect object; `null` where there is none (7.3.10). Where something
    /// else lies in its place, readers look for it in the file, and so it is
    /// taken from there and noted in [`Document::astray`].
    ///
    /// # Errors
    ///
    /// When it is nowhere.
    pub fn object(&self, id: Id) -> Result<Arc<Object>, CosError> {
        match self.place(id) {
            Place::Free => Ok(Arc::new(Object::Null)),
            Place::At { offset, .. } => match self.lying(id, offset) {
                Err(CosError::Syntax { .. }) => match self.document.found(id, self.end())
                {
                    Some(start) => {
                        self.document.astray.borrow_mut().insert(id.number);
                        self.lying(id, start)
                    }
                    None => Ok(Arc::new(Object::Null)),
                },
                found => found,
            },
            Place::In { stream, index } => self.packed(stream, index, id.number),
        }
    }

    /// Where this revision ends.
    fn end(&self) -> usize {
        let revisions = &self.document.revisions;
        let at = revisions.partition_point(|revision| revision.last < self.section);
        let revision = revisions.get(at);
        revision.and_then(|revision| revision.mark).map_or(usize::MAX, |mark| mark.end)
    }

    /// The objects in the object stream at `offset` whose numbers are `wanted`;
    /// none for one that cannot be read.
    ///
    /// # Errors
    ///
    /// When there is no such stream, or it cannot be read.
    pub fn held(
        &self,
        stream: u32,
        offset: usize,
        wanted: &dyn Fn(u32) -> bool,
    ) -> Result<Vec<(u32, Option<Object>)>, CosError> {
        let packed = self.unpack(stream, offset)?;
        let index = packed.index.iter().filter(|(number, _)| wanted(*number));
        let object = |start| Lexer::new(&packed.bytes, start).object().ok();
        Ok(index.map(|(number, start)| (*number, object(*start))).collect())
    }

    /// What an object is in the end, if it is a reference.
    ///
    /// # Errors
    ///
    /// As [`Self::object`].
    pub fn resolve(&self, object: &Object) -> Result<Arc<Object>, CosError> {
        let Object::Ref(id) = object else { return Ok(Arc::new(object.clone())) };
        let mut found = self.object(*id)?;
        for _ in 0..MOST_HOPS {
            let Object::Ref(next) = &*found else { return Ok(found) };
            found = self.object(*next)?;
        }
        Ok(Arc::new(Object::Null))
    }

    /// The value of a key, in the end; `null` if there is none or it cannot be read.
    #[must_use]
    pub fn get(&self, dict: &Dict, key: &[u8]) -> Arc<Object> {
        let value = dict.get(key).map(|value| self.resolve(value).ok());
        value.flatten().unwrap_or_else(|| Arc::new(Object::Null))
    }

    /// The data of a stream out of their filters.
    ///
    /// # Errors
    ///
    /// When a filter is unknown or the data do not pass.
    pub fn data(&self, id: Option<Id>, stream: &Stream) -> Result<Vec<u8>, CosError> {
        inflate::decode(&stream.dict, &self.raw(id, stream)?, stream.data.start)
    }

    /// The data of a stream in clear and still in their filters.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    pub fn raw(
        &self,
        id: Option<Id>,
        stream: &Stream,
    ) -> Result<Cow<'_, [u8]>, CosError> {
        let raw = self.document.source().slice(stream.data.start, stream.data.end)?;
        Ok(match (&self.document.cipher, id) {
            (Some(cipher), Some(id)) => cipher.stream(id, &stream.dict, &raw).into(),
            _ => raw,
        })
    }

    fn lying(&self, id: Id, offset: usize) -> Result<Arc<Object>, CosError> {
        let document = self.document;
        // Some writers count the end of line before an object as part of it.
        let offset = document.reader.after_spaces(offset)?;
        if let Some(known) = document.objects.borrow().get(&offset) {
            return Ok(Arc::clone(known));
        }
        let found = document.reader.indirect(offset, &|id| document.length(id))?;
        if found.id != id {
            return wrong(offset, Expected::IndirectObject);
        }
        let mut object = found.object;
        if let Some(cipher) = &document.cipher {
            cipher.open(id, &mut object);
        }
        let object = Arc::new(object);
        let data = object.stream().map_or(0, |stream| stream.data.len());
        if document.keep(found.span.len().saturating_sub(data)) {
            document.objects.borrow_mut().insert(offset, Arc::clone(&object));
        }
        Ok(object)
    }

    /// An object out of an object stream.
    fn packed(
        &self,
        stream: u32,
        index: u32,
        number: u32,
    ) -> Result<Arc<Object>, CosError> {
        let place = self.document.table.place(stream, self.section);
        let Place::At { offset, generation: 0 } = place else {
            return wrong(0, Expected::ObjectStream);
        };
        let key = (offset, index);
        if let Some(known) = self.document.packed.borrow().get(&key) {
            return Ok(Arc::clone(known));
        }
        let packed = self.unpack(stream, offset)?;
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        let entry = packed.index.get(at).filter(|entry| entry.0 == number);
        // Table 18 has the index, but writers count wrong: the number decides.
        let entry = entry.or_else(|| packed.index.iter().find(|entry| entry.0 == number));
        let Some((_, start)) = entry else {
            return wrong(offset, Expected::ObjectStream);
        };
        let mut lexer = Lexer::new(&packed.bytes, *start);
        let Ok(object) = lexer.object() else {
            return wrong(offset, Expected::ObjectStream);
        };
        let object = Arc::new(object);
        if self.document.keep(lexer.at().saturating_sub(*start)) {
            self.document.packed.borrow_mut().insert(key, Arc::clone(&object));
        }
        Ok(object)
    }

    fn unpack(&self, number: u32, offset: usize) -> Result<Arc<Packed>, CosError> {
        let document = self.document;
        if let Some(known) = document.streams.borrow().get(&offset) {
            return Ok(Arc::clone(known));
        }
        let id = Id { number, generation: 0 };
        let object = self.lying(id, offset)?;
        let Some(stream) =
            object.stream().filter(|stream| stream.dict.is(b"Type", b"ObjStm"))
        else {
            return wrong(offset, Expected::ObjectStream);
        };
        let mut bytes = self.data(Some(id), stream)?;
        // A number at the very end must end somewhere.
        bytes.push(b' ');
        let count = |key| stream.dict.get(key).and_then(Object::count).unwrap_or(0);
        let (count, first) = (count(b"N").min(MOST_IN_STREAM), count(b"First"));
        let mut lexer = Lexer::new(&bytes, 0);
        let mut index = Vec::new();
        for _ in 0..count {
            let mut one = || {
                lexer.blank();
                lexer.unsigned()
            };
            let (Some(number), Some(start)) = (one(), one()) else { break };
            let number = u32::try_from(number).ok();
            let start = usize::try_from(start).ok().and_then(|at| at.checked_add(first));
            index.extend(number.zip(start));
        }
        let packed = Arc::new(Packed { bytes, index });
        let inflated = document.inflated.get().saturating_add(packed.bytes.len());
        if inflated > MOST_STREAMS {
            document.streams.borrow_mut().clear();
            document.inflated.set(packed.bytes.len());
        } else {
            document.inflated.set(inflated);
        }
        document.streams.borrow_mut().insert(offset, Arc::clone(&packed));
        Ok(packed)
    }
}
