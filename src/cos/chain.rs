//! The chain of cross-reference sections, followed to the letter.
//!
//! `startxref` at the end names the newest section, and each names the one
//! before it (ISO 32000-2, 7.5.5). [`Table`] answers where an object was as of
//! any of them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::cos::object::Dict;
use crate::cos::reader::Reader;
use crate::cos::section::{MOST_ENTRIES, Place, Section};
use crate::cos::{CosError, Expected, Limit, wrong};

/// Sections of one file.
const MOST_SECTIONS: usize = 20_000;
/// From the end of the file `startxref` is looked for within so many bytes.
const TAIL: usize = 64 << 10;

/// A section without its entries, which stand in the [`Table`].
#[derive(Clone, Debug)]
pub struct Link {
    /// Where it begins.
    pub offset: usize,
    /// Where its trailer ends.
    pub end: usize,
    /// Its trailer dictionary.
    pub trailer: Dict,
    /// Whether it is a table; otherwise it is a stream.
    pub table: bool,
    /// Where the stream of a hybrid-reference table begins.
    pub stream: Option<usize>,
    /// Objects that the table and the stream of a hybrid place differently.
    pub disputed: Vec<u32>,
}

/// All sections, oldest first, and where every object was.
#[derive(Debug)]
pub struct Chain {
    /// The sections.
    pub links: Vec<Link>,
    /// Where objects are.
    pub table: Table,
    /// Where the last `startxref` stands.
    pub startxref: usize,
}

/// Where objects were as of each section.
#[derive(Debug, Default)]
pub struct Table {
    /// By number, then by section.
    rows: Vec<(u32, u32, Place)>,
}

impl Chain {
    /// Follows the chain from the end of the file.
    ///
    /// # Errors
    ///
    /// Where it breaks.
    pub fn follow(reader: &Reader) -> Result<Self, CosError> {
        let (startxref, newest) = last_startxref(reader)?;
        let mut seen = BTreeSet::new();
        let mut sections = Vec::new();
        let mut next = Some(newest);
        let mut count = 0;
        while let Some(offset) = next {
            if !seen.insert(offset) {
                return wrong(offset, Expected::Section);
            }
            if sections.len() >= MOST_SECTIONS || count > MOST_ENTRIES {
                return Err(CosError::TooMuch { offset, of: Limit::Sections });
            }
            let section = Section::read(reader, offset)?;
            let hidden = match section.stream {
                Some(stream) => Some(Section::read(reader, stream)?),
                None => None,
            };
            count += section.entries.len();
            count += hidden.as_ref().map_or(0, |hidden| hidden.entries.len());
            next = section.prev;
            sections.push((section, hidden));
        }
        if count > MOST_ENTRIES {
            return Err(CosError::TooMuch { offset: newest, of: Limit::Entries });
        }
        sections.reverse();
        let mut links = Vec::with_capacity(sections.len());
        let mut rows = Vec::with_capacity(count);
        for (section, hidden) in sections {
            let index = u32::try_from(links.len()).unwrap_or(u32::MAX);
            links.push(link(section, hidden, index, &mut rows));
        }
        rows.sort_by_key(|(number, section, _)| (*number, *section));
        Ok(Self { links, table: Table { rows }, startxref })
    }
}

/// Puts the entries of a section, and of its hybrid stream, into the rows.
fn link(
    mut section: Section,
    hidden: Option<Section>,
    index: u32,
    rows: &mut Vec<(u32, u32, Place)>,
) -> Link {
    let mut entries = std::mem::take(&mut section.entries);
    entries.sort_by_key(|(number, _)| *number);
    // The first entry for a number counts, as with most readers.
    entries.dedup_by_key(|(number, _)| *number);
    let mut disputed = Vec::new();
    for (number, place) in hidden.map(|hidden| hidden.entries).unwrap_or_default() {
        // 7.5.8.4: what the table marks as free or does not list, the stream may show.
        match entries.binary_search_by_key(&number, |(number, _)| *number) {
            Ok(at) => match entries.get_mut(at) {
                Some((_, shown @ Place::Free)) => *shown = place,
                Some((_, shown)) if *shown != place && place != Place::Free => {
                    disputed.push(number);
                }
                Some(_) | None => {}
            },
            Err(at) => entries.insert(at, (number, place)),
        }
    }
    rows.extend(entries.into_iter().map(|(number, place)| (number, index, place)));
    Link {
        offset: section.offset,
        end: section.end,
        trailer: section.trailer,
        table: section.table,
        stream: section.stream,
        disputed,
    }
}

/// Where the last `startxref` stands, and the offset it names.
fn last_startxref(reader: &Reader) -> Result<(usize, usize), CosError> {
    let len = reader.source().len();
    let Some(at) = reader.search_back(len, TAIL, b"startxref")? else {
        return wrong(len, Expected::StartXref);
    };
    let tail = reader.source().slice(at, at.saturating_add(64))?;
    let mut lexer = crate::cos::lexer::Lexer::new(&tail, 9);
    lexer.spaces();
    let named = lexer.unsigned().and_then(|value| usize::try_from(value).ok());
    match named {
        Some(offset) => Ok((at, offset)),
        None => wrong(at, Expected::StartXref),
    }
}

impl Table {
    /// A table of one section that somebody else has put together.
    #[must_use]
    pub fn of(mut rows: Vec<(u32, Place)>) -> Self {
        // The last one for a number counts.
        rows.reverse();
        rows.sort_by_key(|(number, _)| *number);
        rows.dedup_by_key(|(number, _)| *number);
        let rows = rows.into_iter().map(|(number, place)| (number, 0, place)).collect();
        Self { rows }
    }

    /// Where the object with this number was as of this section.
    #[must_use]
    pub fn place(&self, number: u32, section: u32) -> Place {
        let after = self.rows.partition_point(|row| (row.0, row.1) <= (number, section));
        let row = after.checked_sub(1).and_then(|at| self.rows.get(at));
        row.filter(|row| row.0 == number).map_or(Place::Free, |row| row.2)
    }

    /// Whether any section has something to say of an object with this number.
    #[must_use]
    pub fn lists(&self, number: u32) -> bool {
        let at = self.rows.partition_point(|row| row.0 < number);
        self.rows.get(at).is_some_and(|row| row.0 == number)
    }

    /// The numbers of this range of which some section has something to say; one may
    /// come several times.
    pub fn listed(&self, numbers: Range<u32>) -> impl Iterator<Item = u32> {
        let from = self.rows.partition_point(|row| row.0 < numbers.start);
        let rows = self.rows.get(from..).unwrap_or_default().iter();
        rows.map(|row| row.0).take_while(move |number| *number < numbers.end)
    }

    /// Every row: object number, section, place; by number and then section.
    pub fn rows(&self) -> impl Iterator<Item = &(u32, u32, Place)> {
        self.rows.iter()
    }
}
