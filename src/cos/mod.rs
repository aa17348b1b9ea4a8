//! A PDF as it lies in the file: objects with the bytes they occupy, revisions,
//! and nothing guessed.
//!
//! `pdf` reads what a person would see and mends what is broken on the way. A
//! signature is about bytes, so this module reads the other way round: it
//! follows the cross-reference chain to the letter ([`chain`]), and besides
//! walks the file from its first byte to its last ([`walk`]), as readers do
//! that have lost the chain. Where the two see different documents, it says
//! so; it never chooses. The standard is ISO 32000-2; Carousel Object System is
//! its old name for this layer.
//!
//! ```text
//! source ── lexer ── section ── chain ─┬─ walk      (every byte accounted for)
//!  bytes    objects   one xref  revisions └─ document (objects of a revision)
//! ```
//!
//! [`join`] makes one file of many, by way of [`syntax`], which writes objects down.
//!
//! Files are read in windows, never whole if they are large, and every count,
//! depth and length has a named limit.

pub mod object;
pub mod source;
pub mod lexer;
pub mod reader;
pub mod inflate;
pub mod crypt;
pub mod section;
pub mod chain;
pub mod document;
pub mod walk;
pub mod syntax;
pub mod pages;
mod moving;
pub mod join;

pub use document::{Document, Opening};
pub use moving::Moving;
pub use object::{Dict, Id, Object, Span, Stream};
pub use source::Source;

use std::fmt;
use std::io;

use crate::say::{self, Lang, Tell};

/// Why something cannot be read to the letter.
#[derive(Debug)]
#[non_exhaustive]
pub enum CosError {
    /// What stands at `offset` is not what the standard has there.
    Syntax {
        /// Where.
        offset: usize,
        /// What was expected.
        expected: Expected,
    },
    /// More than a named limit allows.
    TooMuch {
        /// Where it was noticed.
        offset: usize,
        /// Of what.
        of: Limit,
    },
    /// The password given does not open the file.
    Locked,
    /// The system refused to read.
    Io(io::Error),
}

/// What the standard has in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Any object.
    Object,
    /// `N G obj`.
    IndirectObject,
    /// A cross-reference table or stream.
    Section,
    /// An entry of it.
    Entry,
    /// `trailer` and its dictionary.
    Trailer,
    /// `startxref` and a number.
    StartXref,
    /// An object stream that holds what its entry promises.
    ObjectStream,
    /// A filter that is known and data that pass it.
    Filter,
}

/// What may not be too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Objects within objects.
    Depth,
    /// The bytes of one object.
    ObjectLength,
    /// Entries of all cross-reference sections.
    Entries,
    /// Sections.
    Sections,
    /// Bytes out of a filter.
    Inflated,
    /// Bytes looked at, over and over.
    Work,
}

impl Expected {
    fn told(self, lang: Lang) -> String {
        let sentence: say::Sentence = match self {
            Self::Object => say::verify::expected_object,
            Self::IndirectObject => say::verify::expected_indirect,
            Self::Section => say::verify::expected_section,
            Self::Entry => say::verify::expected_entry,
            Self::Trailer => say::verify::expected_trailer,
            Self::StartXref => say::verify::expected_startxref,
            Self::ObjectStream => say::verify::expected_object_stream,
            Self::Filter => say::verify::expected_filter,
        };
        sentence(lang)
    }
}

impl Limit {
    fn told(self, lang: Lang) -> String {
        let sentence: say::Sentence = match self {
            Self::Depth => say::verify::limit_depth,
            Self::ObjectLength => say::verify::limit_object,
            Self::Entries => say::verify::limit_entries,
            Self::Sections => say::verify::limit_sections,
            Self::Inflated => say::verify::limit_inflated,
            Self::Work => say::verify::limit_work,
        };
        sentence(lang)
    }
}

impl Tell for CosError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Syntax { offset, expected } => {
                say::verify::syntax(lang, offset, expected.told(lang))
            }
            Self::TooMuch { offset, of } => {
                say::verify::too_much(lang, offset, of.told(lang))
            }
            Self::Locked => say::pdf::wrong_password(lang),
            Self::Io(error) => say::io_reason(lang, error),
        }
    }
}

impl fmt::Display for CosError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl std::error::Error for CosError {}

impl From<io::Error> for CosError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// An error about what stands at `offset`.
pub(crate) fn wrong<T>(offset: usize, expected: Expected) -> Result<T, CosError> {
    Err(CosError::Syntax { offset, expected })
}
