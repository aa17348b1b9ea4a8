//! Pictures of pages: what a scan is before anything is known about it.
//!
//! A [`Scan`] is a page whose header has been read; its rows come on demand,
//! so that a page of 81 megapixels never has to lie in memory whole. A
//! [`Raster`] is a picture that does.

use std::fmt::Debug;
use std::sync::Arc;

pub use crate::raster::error::DecodeError;
pub(crate) use crate::raster::error::told_too_large;
use crate::raster::reduced::Boxes;
use crate::units::{Affine, Dpi, Quarter};

mod error;
mod icc;
pub(crate) mod jpeg;
pub mod open;
mod ccitt;
mod jbig2;
pub mod bilevel;
pub mod jpx;
pub mod write_jpeg;
pub mod deflate;
pub mod change;
pub mod cut;
pub mod tones;
#[cfg(test)]
mod samples;
mod pixels;
mod reduced;
mod still;
mod strips;
mod tiff;

/// What one sample row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// One bit a pixel, eight to the byte, first pixel in the high bit, rows
    /// padded to a byte; **1 is black**.
    Bilevel,
    /// One byte a pixel, 0 is black.
    Grey,
    /// Three bytes a pixel: red, green, blue.
    Rgb,
}

impl Depth {
    /// Bytes in a row of `width` pixels.
    #[must_use]
    pub fn row_bytes(self, width: u32) -> usize {
        let width = width as usize;
        match self {
            Self::Bilevel => width.div_ceil(8),
            Self::Grey => width,
            Self::Rgb => 3 * width,
        }
    }
}

/// A picture in memory, rows from the top, packed as [`Depth`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// Columns, at least 1.
    pub width: u32,
    /// Rows, at least 1.
    pub height: u32,
    /// The packing of `samples`.
    pub depth: Depth,
    /// `height` rows of `depth.row_bytes(width)` bytes.
    pub samples: Vec<u8>,
}

impl Raster {
    /// The rows from the top.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[u8]> + ExactSizeIterator {
        self.samples.chunks_exact(self.depth.row_bytes(self.width).max(1))
    }
}

/// Compressed image data a PDF can carry as it stands (ISO 32000-2, 7.4).
#[derive(Clone, Debug, PartialEq)]
pub struct Passthrough {
    /// The filter that decodes it.
    pub filter: Filter,
    /// The bytes: a whole JPEG or JPX file, or bare CCITT or JBIG2 data.
    pub bytes: Slice,
}

/// A PDF image filter and what it must be told.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// `DCTDecode`: baseline or progressive JPEG, grey or RGB/YCbCr.
    Jpeg,
    /// `JPXDecode`.
    Jpx,
    /// `CCITTFaxDecode`, Group 4: `K -1`, `BlackIs1` as given.
    G4 {
        /// Whether a 1 bit of the decoded data is black.
        black_is_1: bool,
    },
    /// `JBIG2Decode`, with the global segments where there are any.
    Jbig2 {
        /// The `JBIG2Globals` stream.
        globals: Option<Slice>,
    },
}

/// A part of a file that several pages share without copying it.
#[derive(Clone)]
pub struct Slice {
    whole: Arc<[u8]>,
    start: usize,
    end: usize,
}

impl Slice {
    /// Bytes `start..end` of `whole`; `None` if they are not all there.
    #[must_use]
    pub fn new(whole: Arc<[u8]>, start: usize, end: usize) -> Option<Self> {
        whole.get(start..end).is_some().then_some(Self { whole, start, end })
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.whole.get(self.start..self.end).unwrap_or_default()
    }
}

impl From<Vec<u8>> for Slice {
    fn from(bytes: Vec<u8>) -> Self {
        Self { start: 0, end: bytes.len(), whole: bytes.into() }
    }
}

impl PartialEq for Slice {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Debug for Slice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Slice({} bytes at {})", self.end - self.start, self.start)
    }
}

/// What the header of a scanned page says, before a pixel is decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Columns as stored, at least 1.
    pub width: u32,
    /// Rows as stored, at least 1.
    pub height: u32,
    /// The packing the rows will come in. CMYK, palettes, 16 bits and alpha
    /// have been turned into one of these (alpha over white).
    pub depth: Depth,
    /// The resolution the file states, if it states a plausible one.
    pub dpi: Option<Dpi>,
    /// The turn that makes the stored picture upright, from EXIF or the TIFF
    /// tag Orientation. Mirrored orientations are undone while decoding.
    pub turn: Quarter,
    /// An ICC profile that describes the rows, if it is a valid grey or RGB one.
    pub icc: Option<Vec<u8>>,
    /// The stored data where a PDF can carry it untouched.
    pub passthrough: Option<Passthrough>,
    /// What the stored image was, for the record: `TIFF G4`, `JPEG CMYK`, ….
    pub encoding: String,
}

/// Where the rows of a page come from.
pub trait Rows: Debug + Send + Sync {
    /// Decodes from the top and hands each row to `each`, as the page's
    /// header packs it. May be called more than once.
    ///
    /// # Errors
    ///
    /// When the data is damaged, or `each` refuses a row.
    fn decode(
        &self,
        each: &mut dyn FnMut(&[u8]) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError>;
}

/// One page of a scan: its header, and its rows on demand.
#[derive(Debug)]
pub struct Scan {
    /// What is known without decoding.
    pub header: Header,
    /// The pixels.
    pub rows: Box<dyn Rows>,
    /// For a page of a PDF: where the image lies on the page. `None` for an
    /// image file, whose page is as large as the image.
    pub placed: Option<Placed>,
}

/// Where an image lies on an existing page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Page width in points as seen (after `/Rotate` and `UserUnit`).
    pub width: f64,
    /// Page height in points as seen.
    pub height: f64,
    /// Maps image pixels (origin top left, y down) to the page as seen, in
    /// points (origin bottom left, y up).
    pub map: Affine,
}

/// Limits on what a header may ask for before anything is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest number of pixels a page may have.
    pub pixels: u64,
    /// Largest number of pages a file may have.
    pub pages: usize,
}

impl Default for Limits {
    /// 128 megapixels: an A2 sheet at 600 dpi; 10 000 pages a file.
    fn default() -> Self {
        Self { pixels: 128_000_000, pages: 10_000 }
    }
}

impl Scan {
    /// The whole page in memory.
    ///
    /// # Errors
    ///
    /// When the data is damaged or incomplete.
    pub fn load(&self) -> Result<Raster, DecodeError> {
        let Header { width, height, depth, .. } = self.header;
        let size = depth.row_bytes(width).saturating_mul(height as usize);
        let mut samples = Vec::with_capacity(size);
        self.each_row(&mut |row| samples.extend_from_slice(row))?;
        Ok(Raster { width, height, depth, samples })
    }

    /// The page in grey, each pixel the mean of `factor` × `factor` stored
    /// ones (of fewer at the right and lower edge), without ever holding the
    /// page whole. A `factor` of 0 counts as 1.
    ///
    /// # Errors
    ///
    /// When the data is damaged or incomplete.
    pub fn load_grey_reduced(&self, factor: u32) -> Result<Raster, DecodeError> {
        let Header { width, height, depth, .. } = self.header;
        let mut boxes = Boxes::new(width, height, factor.max(1));
        self.each_row(&mut |row| boxes.add(row, depth))?;
        let samples = boxes.finish();
        let (width, height) =
            (width.div_ceil(factor.max(1)), height.div_ceil(factor.max(1)));
        Ok(Raster { width, height, depth: Depth::Grey, samples })
    }

    /// Hands every row the header promises to `take`, each as long as it
    /// promises.
    ///
    /// # Errors
    ///
    /// When the data is damaged or incomplete.
    pub fn each_row(&self, take: &mut dyn FnMut(&[u8])) -> Result<(), DecodeError> {
        let expected = self.header.height;
        let row_bytes = self.header.depth.row_bytes(self.header.width);
        let mut found = 0_u32;
        self.rows.decode(&mut |row| {
            let row = row
                .get(..row_bytes)
                .filter(|_| found < expected)
                .ok_or(DecodeError::RowsMissing { found, expected })?;
            take(row);
            found += 1;
            Ok(())
        })?;
        if found < expected {
            return Err(DecodeError::RowsMissing { found, expected });
        }
        Ok(())
    }
}

impl Limits {
    /// Widest or highest picture that is taken, in pixels, whatever its area:
    /// 13 m at 2 000 dpi. It bounds the memory of a single row.
    pub const SIDE: u32 = 1_000_000;

    /// Times the memory that a decoder takes which holds a picture whole, its
    /// own copy beside ours, instead of a few rows: measured on WebP, 7 bytes a pixel.
    const WHOLE: u64 = 3;

    /// The limits of such a decoder, so that one page costs no more than others.
    fn for_decoder_of_whole(self) -> Self {
        Self { pixels: self.pixels / Self::WHOLE, ..self }
    }

    /// Judges what a header claims before anything is allocated for it.
    fn admit(self, width: u32, height: u32) -> Result<(), DecodeError> {
        if width == 0 || height == 0 {
            return Err(DecodeError::NoPixels { width, height });
        }
        let area = u64::from(width) * u64::from(height);
        if area > self.pixels {
            return Err(DecodeError::TooLarge { width, height, limit: self.pixels });
        }
        if width.max(height) > Self::SIDE {
            return Err(DecodeError::TooLong { width, height, limit: Self::SIDE });
        }
        Ok(())
    }
}

/// Runs a decoder of others, which may panic on hostile bytes.
fn guarded<T>(decode: impl FnOnce() -> T) -> Option<T> {
    // What the decoder held when it panicked is dropped with it, never used again.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(decode)).ok()
}
