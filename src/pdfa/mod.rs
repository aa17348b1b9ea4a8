//! PDF/A-2u documents made of scanned pages: one picture a page and, laid
//! invisibly over it, the text that was read.
//!
//! This is a writer for that one kind of document, after ISO 19005-2 on top
//! of ISO 32000-1. Pages go out as they come, so that a document of a
//! thousand pages needs the memory of one. The same input gives the same
//! bytes. [`check`](check::check) reads back what was written.
//!
//! It compresses no picture and reads no foreign file: see `raster` and `pdf`.

use crate::digest::Digest;
use crate::raster::{Depth, Filter, Slice};
use crate::text::TextLayer;
use crate::time::Timestamp;
use crate::units::Affine;

pub mod check;
mod error;
pub(crate) mod file;
mod layer;
mod letters;
mod lines;
mod writer;
pub(crate) mod xmp;

pub use error::PdfaError;
pub(crate) use file::{deflate, number};
pub(crate) use letters::unicode_map;
pub use writer::Writer;
pub(crate) use writer::information;

/// A page is at least this long on each side, in points, and at most
/// [`LONGEST`] (ISO 19005-2, 6.1.13).
pub const SHORTEST: f64 = 3.0;

/// See [`SHORTEST`].
pub const LONGEST: f64 = 14_400.0;

/// Judges the size of a page, in points, before any work is spent on it.
///
/// # Errors
///
/// When no page of a PDF/A file may be so small or so large.
pub fn admit(width: f64, height: f64) -> Result<(), PdfaError> {
    let fits = |side: f64| (SHORTEST..=LONGEST).contains(&side);
    if fits(width) && fits(height) {
        Ok(())
    } else {
        Err(PdfaError::Box { width, height })
    }
}

/// A document with all its pages.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it says about itself.
    pub about: About,
    /// Its pages, first to last, at least one.
    pub pages: Vec<Page>,
}

/// What a document says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Its title, shown in the title bar of a viewer; may be empty.
    pub title: String,
    /// When it was made.
    pub created: Timestamp,
    /// The digest of the source, from which the file identifier is derived.
    pub origin: Digest,
    /// For the searchable companion of a signed file: the digest of that file.
    pub bound_to: Option<Digest>,
    /// The mark of a conversion from paper, as the agency words it (Luật Giao
    /// dịch điện tử 2023, Điều 12.1.c).
    pub conversion: Option<String>,
}

impl About {
    /// A plain document: neither a companion nor marked as a conversion.
    #[must_use]
    pub fn new(title: &str, created: Timestamp, origin: Digest) -> Self {
        Self {
            title: title.to_owned(),
            created,
            origin,
            bound_to: None,
            conversion: None,
        }
    }
}

/// A page: paper, picture, text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width of the paper in points.
    pub width: f64,
    /// Height of the paper in points.
    pub height: f64,
    /// What is seen; `None` leaves the paper white.
    pub image: Option<Picture>,
    /// Maps pixels of the image (origin top left, y down) to points of the
    /// page (origin bottom left, y up).
    pub image_map: Affine,
    /// What was read.
    pub text: TextLayer,
    /// Maps pixels of the picture that was read to points of the page. May
    /// turn by any angle, so that text leans with a skewed page.
    pub text_map: Affine,
}

/// A compressed picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What the samples are once decoded: bilevel or grey are one component,
    /// RGB three.
    pub depth: Depth,
    /// The filter that decodes `bytes`.
    pub filter: PictureFilter,
    /// The compressed data, written as they are.
    pub bytes: Slice,
    /// The colour profile of the samples; [`admits`] says which are allowed.
    /// Without one they are sRGB, or grey of that kind.
    pub icc: Option<Vec<u8>>,
}

/// How a picture is compressed (ISO 32000-1, 7.4).
#[derive(Clone, Debug, PartialEq)]
pub enum PictureFilter {
    /// `DCTDecode`: a whole JPEG file.
    Jpeg,
    /// `JPXDecode`: a whole JP2 file.
    Jpx,
    /// `CCITTFaxDecode`, Group 4.
    G4 {
        /// The parameter `BlackIs1`.
        black_is_1: bool,
    },
    /// `JBIG2Decode`, in the embedded organisation.
    Jbig2 {
        /// The `JBIG2Globals` stream. Pages with equal ones share it.
        globals: Option<Slice>,
    },
    /// `FlateDecode`: rows as [`Depth`] packs them, in the zlib format.
    Flate {
        /// Whether each row begins with the tag of a PNG predictor
        /// (`Predictor` 15).
        predicted: bool,
    },
}

impl From<Filter> for PictureFilter {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::Jpeg => Self::Jpeg,
            Filter::Jpx => Self::Jpx,
            Filter::G4 { black_is_1 } => Self::G4 { black_is_1 },
            Filter::Jbig2 { globals } => Self::Jbig2 { globals },
        }
    }
}

/// An object another module has composed: a font, a picture, a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The entries of its dictionary. For a stream they tell the filter but
    /// not the length.
    pub entries: String,
    /// The bytes of a stream, compressed as the entries say.
    pub data: Option<Vec<u8>>,
}

impl Part {
    /// A dictionary.
    #[must_use]
    pub fn dictionary(entries: String) -> Self {
        Self { entries, data: None }
    }

    /// A stream.
    #[must_use]
    pub fn stream(entries: String, data: Vec<u8>) -> Self {
        Self { entries, data: Some(data) }
    }
}

/// Writes a document into memory.
///
/// # Errors
///
/// See [`PdfaError`]; a document without pages is [`PdfaError::NoPages`].
pub fn write(document: &Document) -> Result<Vec<u8>, PdfaError> {
    let mut writer = Writer::begin(Vec::new(), document.about.clone())?;
    for page in &document.pages {
        writer.page(page)?;
    }
    writer.finish()
}

/// Whether a picture of `depth` may carry this colour profile: one for
/// displays, scanners or printers, of version 2 or 4, with the right number of
/// components (ISO 19005-2, 6.2.4.2).
#[must_use]
pub fn admits(profile: &[u8], depth: Depth) -> bool {
    let part = |from: usize| profile.get(from..from + 4);
    let space: &[u8] = match depth {
        Depth::Bilevel | Depth::Grey => b"GRAY",
        Depth::Rgb => b"RGB ",
    };
    let class = part(12).is_some_and(|class| {
        [b"scnr", b"mntr", b"prtr", b"spac"].iter().any(|known| class == *known)
    });
    let version = part(8).and_then(<[u8]>::first).is_some_and(|major| *major <= 4);
    let length =
        part(0).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes);
    let whole = length.is_some_and(|length| length as usize == profile.len());
    whole && class && version && part(16) == Some(space) && part(36) == Some(b"acsp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdfa::writer::srgb;

    #[test]
    fn the_output_profile_does_not_know_what_time_it_is() {
        let profile = srgb().unwrap();
        assert!(admits(&profile, Depth::Rgb));
        assert!(!admits(&profile, Depth::Grey));
        assert_eq!(profile[24..36], [0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_damaged_profile_is_not_admitted() {
        let profile = srgb().unwrap();
        assert!(!admits(&profile[..100], Depth::Rgb));
        assert!(!admits(&[], Depth::Rgb));
        let mut newer = profile;
        newer[8] = 5;
        assert!(!admits(&newer, Depth::Rgb));
    }
}
