//! Opens a scan file (TIFF, JPEG, PNG, WebP, BMP) into pages.
//!
//! Only headers are read here; rows come when a page is decoded. The format
//! is told from the first bytes, never from the name. A damaged page does not
//! hide the others: each page of the answer is a scan or its own error.

use std::sync::Arc;

use crate::raster::{DecodeError, Limits, Scan, jpeg, still, tiff};
use crate::say::{self, Lang, Tell};

/// Opens the pages of a scan file, first page first.
///
/// A page that cannot be opened keeps its place as an error. A chain of TIFF
/// pages that breaks off ends with one error that says after which page. A
/// file whose only page cannot be opened is an error as a whole.
///
/// # Errors
///
/// When the file is no image we know, has more than [`Limits::pages`] pages,
/// or has only one page and that cannot be opened.
pub fn open(
    bytes: Arc<[u8]>,
    limits: Limits,
) -> Result<Vec<Result<Scan, DecodeError>>, OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::Empty);
    }
    let pages = match sniff(&bytes) {
        Some(Kind::Tiff) => tiff::pages(&bytes, limits),
        Some(Kind::Jpeg) => vec![jpeg::page(bytes, limits)],
        Some(Kind::Png) => vec![still::png(bytes, limits)],
        Some(Kind::WebP) => vec![still::webp(bytes, limits)],
        Some(Kind::Bmp) => vec![still::bmp(bytes, limits)],
        Some(Kind::Pdf) => return Err(OpenError::Pdf),
        None => return Err(OpenError::NotAnImage),
    };
    if pages.len() > limits.pages {
        return Err(OpenError::TooManyPages { limit: limits.pages });
    }
    match pages.as_slice() {
        [Err(only)] => Err(OpenError::Page { page: 1, source: only.clone() }),
        _ => Ok(pages),
    }
}

/// A file format that scans come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// TIFF 6.0 or `BigTIFF`.
    Tiff,
    /// JPEG, with or without JFIF or EXIF.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    WebP,
    /// Windows bitmap.
    Bmp,
    /// PDF, which `crate::pdf` opens.
    Pdf,
}

impl Kind {
    /// Its name, as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tiff => "TIFF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Bmp => "BMP",
            Self::Pdf => "PDF",
        }
    }
}

/// Tells the format from the first bytes; `None` if it is none of ours.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<Kind> {
    const MAGIC: [(&[u8], Kind); 6] = [
        (b"II\x2a\x00", Kind::Tiff),
        (b"MM\x00\x2a", Kind::Tiff),
        (b"II\x2b\x00", Kind::Tiff),
        (b"MM\x00\x2b", Kind::Tiff),
        (b"\xff\xd8\xff", Kind::Jpeg),
        (b"\x89PNG\r\n\x1a\n", Kind::Png),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(*kind);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()) {
        return Some(Kind::WebP);
    }
    if bytes.starts_with(b"BM") && still::is_bmp(bytes) {
        return Some(Kind::Bmp);
    }
    // Readers accept junk before the header if it starts in the first 1024
    // bytes (Adobe's implementation note 13 to ISO 32000-1, 7.5.2).
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(5).any(|five| five == b"%PDF-").then_some(Kind::Pdf)
}

/// Why a file cannot be opened as a scan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// Zero bytes.
    Empty,
    /// No format we know.
    NotAnImage,
    /// A PDF, which `crate::pdf` opens.
    Pdf,
    /// More pages than allowed.
    TooManyPages {
        /// Pages allowed.
        limit: usize,
    },
    /// The only page cannot be opened.
    Page {
        /// Its number, from 1.
        page: usize,
        /// The reason.
        source: DecodeError,
    },
}

impl Tell for OpenError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Empty => say::raster::file_is_empty(lang),
            Self::NotAnImage => say::raster::not_an_image(lang),
            Self::Pdf => say::raster::file_is_pdf(lang),
            Self::TooManyPages { limit } => say::raster::too_many_pages(lang, limit),
            Self::Page { page, .. } => say::raster::cannot_read_page(lang, page),
        }
    }

    fn cause(&self) -> Option<&dyn Tell> {
        match self {
            Self::Page { source, .. } => Some(source),
            Self::Empty | Self::NotAnImage | Self::Pdf | Self::TooManyPages { .. } => {
                None
            }
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Page { source, .. } => Some(source),
            Self::Empty | Self::NotAnImage | Self::Pdf | Self::TooManyPages { .. } => {
                None
            }
        }
    }
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
