//! The file from its first byte to its last, as readers see it that have lost
//! the cross-reference chain.
//!
//! Every byte belongs to something: a header, an object, a section, an end
//! mark, a comment, white space, or it is junk and its place is told.

use crate::cos::CosError;
use crate::cos::Limit;
use crate::cos::lexer::Lexer;
use crate::cos::object::{Dict, Id, Object, Span};
use crate::cos::reader::Reader;
use crate::cos::section::{MOST_ENTRIES, MOST_TABLE};

/// Bytes looked at to tell what stands in a place.
const LOOK: usize = 64;
/// A comment is at most so long before it counts as junk.
const MOST_COMMENT: usize = 4096;
/// Bytes of a trailer.
const MOST_TRAILER: usize = 1 << 20;
/// References for each object that may be.
const MOST_REFERENCES: usize = 8;
/// Stretches of junk that are told apart; what follows is one more.
const MOST_JUNK: usize = 1000;

/// An object that lies in the file, in a section's table or not.
#[derive(Clone, Copy, Debug)]
pub struct Lying {
    /// What its header says.
    pub id: Id,
    /// The bytes it occupies.
    pub span: Span,
    /// Whether it is closed as the standard has it.
    pub sound: bool,
    /// Whether its dictionary looks like a signature's.
    pub signs: bool,
    /// What it is for.
    pub role: Role,
}

/// What an object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A cross-reference stream.
    Section,
    /// An object stream.
    Pack,
    /// Anything else.
    Other,
}

impl Role {
    fn of(dict: Option<&Dict>) -> Self {
        match dict {
            Some(dict) if dict.is(b"Type", b"XRef") => Self::Section,
            Some(dict) if dict.is(b"Type", b"ObjStm") => Self::Pack,
            Some(_) | None => Self::Other,
        }
    }
}

/// `startxref`, a number and `%%EOF`.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Where `startxref` stands.
    pub at: usize,
    /// The offset it names.
    pub names: usize,
    /// Where `%%EOF` ends, without the end of line.
    pub eof: usize,
    /// Where its end of line ends: CR, LF or CR LF.
    pub end: usize,
}

/// What lies in a file.
#[derive(Debug, Default)]
pub struct Walk {
    /// Where `%PDF-` stands, if within the first kilobyte.
    pub header: Option<usize>,
    /// Objects in the order in which they lie.
    pub objects: Vec<Lying>,
    /// Tables with their trailers: where they lie.
    pub tables: Vec<(Span, Dict)>,
    /// End marks.
    pub marks: Vec<Mark>,
    /// What belongs to nothing.
    pub junk: Vec<Span>,
    /// Where the first comment after the last end mark stands.
    pub remark: Option<usize>,
    /// References from one object to another.
    pub references: References,
}

/// References, in order once the walk is over: the number referred to, then the
/// number of the object that refers.
#[derive(Debug, Default)]
pub struct References {
    /// Those under keys that lead on.
    pub forward: Vec<(u32, u32)>,
    /// Those under keys that mostly lead back up a tree; a resource may bear the
    /// name of such a key as well.
    pub back: Vec<(u32, u32)>,
}

impl References {
    /// Puts them in order.
    pub fn settle(&mut self) {
        for list in [&mut self.forward, &mut self.back] {
            list.sort_unstable();
            list.dedup();
        }
    }

    fn len(&self) -> usize {
        self.forward.len().saturating_add(self.back.len())
    }
}

/// Keys that lead back up a tree or across to a page, and so to everything.
const BACK: [&[u8]; 10] = [
    b"Parent",
    b"P",
    b"Pg",
    b"Dest",
    b"D",
    b"SD",
    b"IRT",
    b"Popup",
    b"Prev",
    b"StructParent",
];

/// Whether a key mostly leads back up a tree or across to a page.
#[must_use]
pub fn leads_back(key: &[u8]) -> bool {
    BACK.contains(&key)
}

/// The references in the object `from`.
pub fn references(object: &Object, from: u32, into: &mut References) {
    refer(object, from, false, into);
}

fn refer(object: &Object, from: u32, back: bool, into: &mut References) {
    match object {
        Object::Ref(id) if back => into.back.push((id.number, from)),
        Object::Ref(id) => into.forward.push((id.number, from)),
        Object::Array(items) => {
            items.iter().for_each(|item| refer(item, from, back, into));
        }
        // A dictionary has keys of its own, whatever it stands under.
        Object::Dict(_) | Object::Stream(_) => {
            let entries = object.dict().into_iter().flat_map(Dict::entries);
            entries.for_each(|(key, value)| refer(value, from, leads_back(key), into));
        }
        Object::Null
        | Object::Bool(_)
        | Object::Int(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::Text(_) => {}
    }
}

impl Walk {
    /// Walks through the file. `length_of` knows lengths that stand in objects of
    /// their own.
    ///
    /// # Errors
    ///
    /// When reading fails or the file is a trap.
    pub fn through(
        reader: &Reader,
        length_of: &dyn Fn(Id) -> Option<usize>,
    ) -> Result<Self, CosError> {
        let mut walk = Self::default();
        let head = reader.source().slice(0, 1024)?;
        walk.header = memchr::memmem::find(&head, b"%PDF-");
        let len = reader.source().len();
        let mut at = 0;
        if let Some(header) = walk.header {
            if header > 0 {
                walk.junk.push(Span { start: 0, end: header });
            }
            at = header;
        }
        while at < len {
            at = reader.after_spaces(at)?;
            if at >= len {
                break;
            }
            at = match walk.step(reader, at, length_of)? {
                Some(end) => end.max(at + 1),
                None => walk.resynchronise(reader, at, len)?,
            };
            let count = walk.objects.len().max(walk.references.len() / MOST_REFERENCES);
            if count > MOST_ENTRIES {
                return Err(CosError::TooMuch { offset: at, of: Limit::Entries });
            }
        }
        walk.references.settle();
        Ok(walk)
    }

    /// Takes what stands at `at` and says where it ends; `None` if it is nothing.
    fn step(
        &mut self,
        reader: &Reader,
        at: usize,
        length_of: &dyn Fn(Id) -> Option<usize>,
    ) -> Result<Option<usize>, CosError> {
        let look = reader.source().slice(at, at.saturating_add(LOOK))?;
        match look.first() {
            Some(b'%') => self.comment(reader, at),
            Some(b'0'..=b'9') if is_header(&look) => {
                let found = match reader.indirect(at, length_of) {
                    Err(CosError::Syntax { .. }) => return Ok(None),
                    found => found?,
                };
                let dict = found.object.dict();
                references(&found.object, found.id.number, &mut self.references);
                self.objects.push(Lying {
                    id: found.id,
                    span: found.span,
                    sound: found.sound,
                    signs: dict.is_some_and(looks_signed),
                    role: Role::of(dict),
                });
                Ok(Some(found.span.end))
            }
            Some(b'x') if look.starts_with(b"xref") => self.table(reader, at),
            Some(b's') if look.starts_with(b"startxref") => Ok(self.mark(&look, at)),
            _ => Ok(None),
        }
    }

    /// A comment; an end mark is one too.
    fn comment(&mut self, reader: &Reader, at: usize) -> Result<Option<usize>, CosError> {
        let line = reader.source().slice(at, at.saturating_add(MOST_COMMENT))?;
        let line = line.get(..MOST_COMMENT).unwrap_or(&line);
        if line.starts_with(b"%%EOF") {
            let eof = at + 5;
            let end = eof + end_of_line(line.get(5..).unwrap_or_default());
            if let Some(mark) = self.marks.last_mut()
                && mark.eof == 0
            {
                (mark.eof, mark.end) = (eof, end);
                self.remark = None;
            } else {
                self.remark.get_or_insert(at);
            }
            return Ok(Some(end));
        }
        self.remark.get_or_insert(at);
        let ends = line.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        Ok(match ends {
            Some(length) => Some(at + length),
            None if at + line.len() >= reader.source().len() => Some(at + line.len()),
            None => None,
        })
    }

    fn table(&mut self, reader: &Reader, at: usize) -> Result<Option<usize>, CosError> {
        let Some(trailer) = reader.search(at, b"trailer")? else { return Ok(None) };
        if trailer - at > MOST_TABLE {
            return Ok(None);
        }
        // Nothing but numbers and marks stands in a table.
        let body = reader.source().slice(at + 4, trailer)?;
        let body = body.get(..trailer - at - 4).unwrap_or(&body);
        let plain = |byte: &u8| {
            matches!(byte, b'0'..=b'9' | b'n' | b'f' | b' ' | b'\r' | b'\n' | b'\t' | 0)
        };
        if !body.iter().all(plain) {
            return Ok(None);
        }
        match reader.within(trailer + 7, MOST_TRAILER, |lexer| lexer.object()) {
            Ok((Object::Dict(dict), end)) => {
                self.tables.push((Span { start: at, end }, dict));
                Ok(Some(end))
            }
            Ok(_) | Err(CosError::Syntax { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn mark(&mut self, look: &[u8], at: usize) -> Option<usize> {
        let mut lexer = Lexer::new(look, 9);
        lexer.spaces();
        let names = usize::try_from(lexer.unsigned()?).ok()?;
        self.marks.push(Mark { at, names, eof: 0, end: 0 });
        Some(at + lexer.at())
    }

    /// Passes over junk to the next line that is something.
    fn resynchronise(
        &mut self,
        reader: &Reader,
        start: usize,
        len: usize,
    ) -> Result<usize, CosError> {
        let mut at = start;
        let end = loop {
            let Some(line) = next_line(reader, at)? else { break len };
            at = line;
            let look = reader.source().slice(at, at.saturating_add(LOOK))?;
            let known: [&[u8]; 4] = [b"xref", b"trailer", b"startxref", b"%%EOF"];
            if is_header(&look) || known.iter().any(|word| look.starts_with(word)) {
                break at;
            }
        };
        let full = self.junk.len() >= MOST_JUNK;
        match self.junk.last_mut() {
            Some(last) if full || last.end == start => last.end = end,
            Some(_) | None => self.junk.push(Span { start, end }),
        }
        Ok(end)
    }
}

/// Whether `N G obj` stands here.
fn is_header(look: &[u8]) -> bool {
    look.first().is_some_and(u8::is_ascii_digit) && Lexer::new(look, 0).header().is_some()
}

/// Whether a dictionary looks like a signature's, on purpose broadly.
#[must_use]
pub fn looks_signed(dict: &Dict) -> bool {
    let typed = dict.is(b"Type", b"Sig") || dict.is(b"Type", b"DocTimeStamp");
    // Signature references and seed values bear `/Filter` too, but no `/Contents`.
    let signs = dict.has(b"ByteRange") || dict.has(b"Contents") && dict.has(b"SubFilter");
    typed && !dict.has(b"FT") || signs && !dict.has(b"Subtype")
}

/// Where the line after `at` begins.
fn next_line(reader: &Reader, at: usize) -> Result<Option<usize>, CosError> {
    let mut from = at;
    loop {
        let chunk = reader.source().slice(from, from.saturating_add(4096))?;
        if chunk.is_empty() {
            return Ok(None);
        }
        if let Some(found) = memchr::memchr2(b'\r', b'\n', &chunk) {
            return Ok(Some(from + found + 1));
        }
        from += chunk.len();
    }
}

/// Bytes of the end of line that stands here.
fn end_of_line(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}
