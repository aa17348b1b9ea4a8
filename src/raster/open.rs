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
        Some(Kind::Png) => vec![still::png::open(bytes, limits)],
        Some(Kind::WebP) => vec![still::webp::open(bytes, limits)],
        Some(Kind::Bmp) => vec![still::bmp::open(bytes, limits)],
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
    if bytes.starts_with(b"BM") && still::bmp::is_one(bytes) {
        return Some(Kind::Bmp);
    }
    // Readers accept junk before the header if it starts in the first 1024
    // bytes (Adobe's implementation note 13 to ISO 32000-1, 7.5.2).
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(5).any(|five| five == b"%PDF-").then_some(Kind::Pdf)
}

/// What a file is that [`sniff`] does not know, as people call it; `None` if
/// it is nothing well known either. It is what they need to hear who dragged
/// the wrong file into the folder of scans.
#[must_use]
pub fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(usize, &[u8], &str); 19] = [
        (0, b"GIF8", "GIF"),
        (4, b"ftyphei", "HEIC"),
        (4, b"ftyphev", "HEIC"),
        (4, b"ftypmif1", "HEIC"),
        (4, b"ftypavi", "AVIF"),
        (4, b"ftyp", "MP4"),
        (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel (DOC, XLS)"),
        (0, b"{\\rtf", "RTF"),
        (0, b"AT&TFORM", "DjVu"),
        (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
        (0, b"\xff\x4f\xff\x51", "JPEG 2000"),
        (0, b"\x97JB2", "JBIG2"),
        (0, b"8BPS", "PSD"),
        (0, b"%!PS", "PostScript"),
        (0, b"Rar!", "RAR"),
        (0, b"7z\xbc\xaf", "7-Zip"),
        (0, b"\x1f\x8b", "GZIP"),
        (0, b"MZ", "EXE"),
        (0, b"<?xml", "XML"),
    ];
    let starts = |(at, magic, _): &&(usize, &[u8], &str)| {
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic))
    };
    if bytes.starts_with(b"PK\x03\x04") {
        // Office files are ZIP files; what they hold stands near the beginning.
        let head = bytes.get(..4096).unwrap_or(bytes);
        let holds = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
        let office = holds(b"[Content_Types].xml") || holds(b"opendocument");
        return Some(if office { "Word/Excel (DOCX, XLSX, ODT)" } else { "ZIP" });
    }
    MAGIC.iter().find(starts).map(|(_, _, name)| *name).or_else(|| text(bytes))
}

/// Whether bytes are plain text or a web page.
fn text(bytes: &[u8]) -> Option<&'static str> {
    let head = bytes.get(..1024).unwrap_or(bytes);
    let is_control = |byte: &u8| *byte < b' ' && !byte.is_ascii_whitespace();
    if head.is_empty() || head.iter().any(is_control) {
        return None;
    }
    let start = String::from_utf8_lossy(head).trim_start().to_lowercase();
    let web = ["<!doctype html", "<html"].iter().any(|tag| start.starts_with(tag));
    Some(if web { "HTML" } else { "TXT" })
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
