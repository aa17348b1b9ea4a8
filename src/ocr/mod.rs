//! Recognising text: one narrow interface, and the engine behind it.
//!
//! An [`Engine`] is loaded once and shared; it makes one [`Reader`] for each
//! worker thread. Nothing outside this module knows which engine reads, so
//! that a second one is an addition.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use crate::raster::Raster;
use crate::say::{self, Lang, Tell};
use crate::text::TextLayer;
use crate::units::Dpi;

pub mod tesseract;

/// A recogniser with its data in memory.
pub trait Engine: Send + Sync {
    /// Name, version and language for the record: `tesseract 5.3.0 vie`.
    fn name(&self) -> String;

    /// A reader for the calling thread.
    ///
    /// # Errors
    ///
    /// When the engine refuses its data or runs out of memory.
    fn reader(&self) -> Result<Box<dyn Reader>, ReadError>;
}

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A page: the engine finds its blocks.
    Page,
    /// One block of lines.
    Block,
    /// One line.
    Line,
}

/// Reads one picture after the other on one thread.
pub trait Reader {
    /// Reads an upright grey picture and returns the words where they stand,
    /// in the order the engine found them, NFC, with the symbols they are made
    /// of and what else those could be.
    ///
    /// `dpi` is the picture's resolution. After `budget` reading stops.
    ///
    /// # Errors
    ///
    /// [`ReadError::TimedOut`] with what had been read by then, or
    /// [`ReadError::Refused`] when the engine gives nothing.
    fn look(
        &mut self,
        picture: &Raster,
        dpi: Dpi,
        layout: Layout,
        budget: Duration,
    ) -> Result<TextLayer, ReadError>;
}

/// Why a page was not read.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadError {
    /// The data of a language is in none of the folders searched.
    NoData {
        /// The language asked for.
        language: String,
        /// The folders searched, joined with `, `.
        searched: String,
    },
    /// The engine does not accept its data or the picture.
    Refused {
        /// What was asked of it.
        step: &'static str,
    },
    /// Time ran out.
    TimedOut {
        /// The time it was given.
        budget: Duration,
        /// The words read by then.
        partial: TextLayer,
    },
}

impl Tell for ReadError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoData { language, searched } => {
                say::page::no_ocr_data(lang, language, searched)
            }
            Self::Refused { step } => say::page::ocr_refused(lang, step),
            Self::TimedOut { budget, partial } => {
                let words = partial.words().count();
                say::page::ocr_timed_out(lang, budget.as_secs(), words)
            }
        }
    }
}

impl Error for ReadError {}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
