//! One cross-reference section: a table with its trailer, or a stream
//! (ISO 32000-2, 7.5.4, 7.5.5, 7.5.8).

use crate::cos::lexer::{Lexer, Stop};
use crate::cos::object::{Dict, Object};
use crate::cos::reader::Reader;
use crate::cos::{CosError, Expected, Limit, inflate, wrong};

/// Entries of all sections of a file together.
pub const MOST_ENTRIES: usize = 1_500_000;
/// Bytes of one table; a million entries are twenty megabytes.
pub const MOST_TABLE: usize = 48 << 20;

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: it was removed, or never was.
    Free,
    /// At this offset, with this generation.
    At {
        /// Of its header.
        offset: usize,
        /// Its generation.
        generation: u16,
    },
    /// In an object stream.
    In {
        /// The number of the stream.
        stream: u32,
        /// Which of its objects.
        index: u32,
    },
}

/// One section.
#[derive(Clone, Debug)]
pub struct Section {
    /// Where it begins.
    pub offset: usize,
    /// Where it ends, its trailer with it.
    pub end: usize,
    /// What it says, in the order in which it says it.
    pub entries: Vec<(u32, Place)>,
    /// Its trailer dictionary.
    pub trailer: Dict,
    /// Whether it is a table; otherwise it is a stream.
    pub table: bool,
    /// The offset of the section before it.
    pub prev: Option<usize>,
    /// The offset of the stream a hybrid-reference table points to.
    pub stream: Option<usize>,
}

impl Section {
    /// The section at `offset`.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn read(reader: &Reader, offset: usize) -> Result<Self, CosError> {
        if offset >= reader.source().len() {
            return wrong(offset, Expected::Section);
        }
        let offset = reader.after_spaces(offset)?;
        let head = reader.source().slice(offset, offset.saturating_add(4))?;
        if &*head == b"xref" {
            Self::table(reader, offset)
        } else {
            Self::stream(reader, offset)
        }
    }

    fn table(reader: &Reader, offset: usize) -> Result<Self, CosError> {
        let ((entries, trailer), end) = reader.within(offset, MOST_TABLE, |lexer| {
            lexer.skip(4);
            let entries = entries(lexer)?;
            let start = lexer.at();
            let Object::Dict(trailer) = lexer.object()? else {
                return Err(Stop::Wrong(start, Expected::Trailer));
            };
            Ok((entries, trailer))
        })?;
        let prev = offset_of(&trailer, b"Prev", offset)?;
        let stream = offset_of(&trailer, b"XRefStm", offset)?;
        Ok(Self { offset, end, entries, trailer, table: true, prev, stream })
    }

    fn stream(reader: &Reader, offset: usize) -> Result<Self, CosError> {
        let found = reader.indirect(offset, &|_| None)?;
        let Object::Stream(stream) = found.object else {
            return wrong(offset, Expected::Section);
        };
        if !stream.dict.is(b"Type", b"XRef") {
            return wrong(offset, Expected::Section);
        }
        let raw = reader.source().slice(stream.data.start, stream.data.end)?;
        let bytes = inflate::decode(&stream.dict, &raw, stream.data.start)?;
        let trailer = stream.dict.clone();
        let entries = rows(&trailer, &bytes, offset)?;
        let prev = offset_of(&trailer, b"Prev", offset)?;
        let end = found.span.end;
        Ok(Self { offset, end, entries, trailer, table: false, prev, stream: None })
    }
}

/// An offset in a trailer, which must be a direct number.
fn offset_of(trailer: &Dict, key: &[u8], at: usize) -> Result<Option<usize>, CosError> {
    match trailer.get(key) {
        None => Ok(None),
        Some(value) => match value.count() {
            Some(offset) => Ok(Some(offset)),
            None => wrong(at, Expected::Trailer),
        },
    }
}

/// The subsections of a table up to `trailer`.
fn entries(lexer: &mut Lexer<'_>) -> Result<Vec<(u32, Place)>, Stop> {
    let mut entries = Vec::new();
    loop {
        lexer.blank();
        if lexer.rest().is_empty() {
            return Err(Stop::Short);
        }
        if lexer.rest().starts_with(b"trailer") {
            lexer.skip(7);
            return Ok(entries);
        }
        let (first, count) = pair(lexer, Expected::Entry)?;
        let first = u32::try_from(first).ok().ok_or_else(|| bad(lexer))?;
        if count > MOST_ENTRIES as u64 {
            return Err(Stop::Much(lexer.at(), Limit::Entries));
        }
        for index in 0..u32::try_from(count).ok().ok_or_else(|| bad(lexer))? {
            let (offset, generation) = pair(lexer, Expected::Entry)?;
            lexer.spaces();
            let place = match lexer.peek().ok_or(Stop::Short)? {
                b'n' => Place::At {
                    offset: usize::try_from(offset).ok().ok_or_else(|| bad(lexer))?,
                    generation: u16::try_from(generation)
                        .ok()
                        .ok_or_else(|| bad(lexer))?,
                },
                b'f' => Place::Free,
                _ => return Err(bad(lexer)),
            };
            lexer.skip(1);
            let number = first.checked_add(index).ok_or_else(|| bad(lexer))?;
            entries.push((number, place));
            if entries.len() > MOST_ENTRIES {
                return Err(Stop::Much(lexer.at(), Limit::Entries));
            }
        }
    }
}

fn bad(lexer: &Lexer<'_>) -> Stop {
    Stop::Wrong(lexer.at(), Expected::Entry)
}

/// Two numbers; the first window may end between them.
fn pair(lexer: &mut Lexer<'_>, expected: Expected) -> Result<(u64, u64), Stop> {
    let mut one = || {
        lexer.spaces();
        let value = lexer.unsigned();
        match value {
            // The number may go on beyond the window.
            _ if lexer.rest().is_empty() => Err(Stop::Short),
            Some(value) => Ok(value),
            None => Err(Stop::Wrong(lexer.at(), expected)),
        }
    };
    Ok((one()?, one()?))
}

/// The rows of a cross-reference stream (7.5.8.3).
fn rows(dict: &Dict, bytes: &[u8], at: usize) -> Result<Vec<(u32, Place)>, CosError> {
    let bad = CosError::Syntax { offset: at, expected: Expected::Entry };
    let widths: Vec<usize> = dict
        .get(b"W")
        .and_then(Object::array)
        .map(|widths| widths.iter().filter_map(Object::count).collect())
        .unwrap_or_default();
    let [kind, first, second] = *widths else { return Err(bad) };
    if kind > 8 || first > 8 || second > 8 || first == 0 {
        return Err(bad);
    }
    let size = dict.get(b"Size").and_then(Object::count).unwrap_or(0);
    let index: Vec<usize> = match dict.get(b"Index").and_then(Object::array) {
        Some(index) => index.iter().filter_map(Object::count).collect(),
        None => vec![0, size],
    };
    let mut rows = bytes.chunks_exact(kind + first + second);
    let mut entries = Vec::new();
    for run in index.chunks_exact(2) {
        let [start, count] = *run else { break };
        for number in (start..).take(count) {
            let Some(row) = rows.next() else { return Err(bad) };
            let (kind_bytes, rest) = row.split_at_checked(kind).unwrap_or_default();
            let (first, second) = rest.split_at_checked(first).unwrap_or_default();
            // Table 18: a width of 0 for the type means type 1.
            let kind = if kind_bytes.is_empty() { 1 } else { big_endian(kind_bytes) };
            let place = place(kind, big_endian(first), big_endian(second));
            let number = u32::try_from(number).ok();
            let (Some(place), Some(number)) = (place, number) else { return Err(bad) };
            entries.push((number, place));
            if entries.len() > MOST_ENTRIES {
                return Err(CosError::TooMuch { offset: at, of: Limit::Entries });
            }
        }
    }
    Ok(entries)
}

fn place(kind: u64, first: u64, second: u64) -> Option<Place> {
    match kind {
        1 => Some(Place::At {
            offset: usize::try_from(first).ok()?,
            generation: u16::try_from(second).ok()?,
        }),
        2 => Some(Place::In {
            stream: u32::try_from(first).ok()?,
            index: u32::try_from(second).ok()?,
        }),
        // Table 18: unknown types are references to null.
        _ => Some(Place::Free),
    }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}
