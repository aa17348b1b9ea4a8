//! Why a document cannot be written.

use std::io;

use crate::pdfa::{LONGEST, SHORTEST};
use crate::say::{self, Lang, Tell};
use crate::units::Pt;

/// Why a document cannot be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum PdfaError {
    /// A document without a page.
    NoPages,
    /// A page too small or too large for PDF/A, sides in points.
    Box {
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A picture without rows or columns.
    EmptyPicture,
    /// A colour profile PDF/A-2 does not admit for this picture.
    Profile,
    /// A picture map that is no map, or leads far off the page.
    MisplacedPicture,
    /// A word whose place is no place, or far off the page.
    MisplacedText,
    /// More different characters than a font has codes.
    TooManyLetters,
    /// The file cannot be written.
    Write(io::Error),
}

impl From<io::Error> for PdfaError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl Tell for PdfaError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoPages => say::pdf::no_pages_to_write(lang),
            Self::Box { width, height } => {
                let [width, height, least, most] =
                    [*width, *height, SHORTEST, LONGEST].map(|side| Pt(side).to_mm().0);
                let sides = format!("{width:.1} × {height:.1}");
                say::pdf::page_box_out_of_range(lang, sides, least.round(), most.round())
            }
            Self::EmptyPicture => say::pdf::picture_is_empty(lang),
            Self::Profile => say::pdf::profile_not_admitted(lang),
            Self::MisplacedPicture => say::pdf::picture_off_page(lang),
            Self::MisplacedText => say::pdf::text_off_page(lang),
            Self::TooManyLetters => say::pdf::too_many_letters(lang),
            Self::Write(error) => say::pdf::cannot_write_document(lang, error),
        }
    }
}

impl std::error::Error for PdfaError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(error) => Some(error),
            Self::NoPages
            | Self::Box { .. }
            | Self::EmptyPicture
            | Self::Profile
            | Self::MisplacedPicture
            | Self::MisplacedText
            | Self::TooManyLetters => None,
        }
    }
}

impl std::fmt::Display for PdfaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
