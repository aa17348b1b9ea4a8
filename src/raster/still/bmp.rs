//! Windows bitmaps: plain ones are read in place, the rarer codings decoded whole.

use std::ops::Range;
use std::sync::Arc;

use crate::raster::pixels::{Alpha, Converter, Ink, Stored};
use crate::raster::still::{Coding, Each, Whole, dpi_of_metres, eight_bit_rgb, little32};
use crate::raster::{DecodeError, Header, Limits, Rows, Scan};
use crate::units::Quarter;

/// Opens a Windows bitmap.
pub(crate) fn open(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let bitmap = Bitmap::read(&bytes)?;
    limits.admit(bitmap.width, bitmap.height)?;
    let height = bitmap.height;
    let dpi = bitmap.per_metre.and_then(|(x, y)| dpi_of_metres(x, y));
    let (stored, encoding) = match bitmap.coding {
        Pixels::Plain => (bitmap.samples(&bytes)?, "BMP"),
        Pixels::Runs { four_bit } => {
            bitmap.check_runs(&bytes, four_bit)?;
            (eight_bit_rgb(bitmap.width, false, false), "BMP RLE")
        }
        Pixels::Masks { alpha } => (eight_bit_rgb(bitmap.width, alpha, false), "BMP"),
    };
    let header = Header {
        width: bitmap.width,
        height,
        depth: stored.depth(),
        dpi,
        turn: Quarter::None,
        icc: None,
        passthrough: None,
        encoding: encoding.to_owned(),
    };
    let rows: Box<dyn Rows> = match bitmap.coding {
        Pixels::Plain => Box::new(PlainBitmap { bytes, stored, bitmap }),
        Pixels::Runs { .. } | Pixels::Masks { .. } => {
            Box::new(Whole { bytes, stored, height, coding: Coding::Bmp })
        }
    };
    Ok(Scan { header, rows, placed: None })
}

/// Whether bytes that begin with `BM` go on like a bitmap, and not like text.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    matches!(little32(bytes, 14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// The headers of a bitmap (BITMAPFILEHEADER and its successors).
#[derive(Debug)]
struct Bitmap {
    width: u32,
    height: u32,
    top_down: bool,
    bits: u8,
    coding: Pixels,
    /// Where the colours of the palette lie, and the bytes of each.
    palette: Range<usize>,
    palette_step: usize,
    /// Where the pixels begin.
    pixels: usize,
    per_metre: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug)]
enum Pixels {
    /// Rows of 1, 4, 8, 24 or 32 bits a pixel.
    Plain,
    /// Runs, of 4 or 8 bits a pixel.
    Runs { four_bit: bool },
    /// 16 bits a pixel, or what masks pick out of it.
    Masks { alpha: bool },
}

impl Bitmap {
    fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let bad = || DecodeError::BadHeader { format: "BMP" };
        let word = |at| little32(bytes, at).ok_or_else(bad);
        let half = |at| word(at).map(|word| word & 0xffff);
        let (pixels, header) = (word(10)? as usize, word(14)? as usize);
        let after_header = 14 + header;
        if header == 12 {
            // BITMAPCOREHEADER: sizes of 16 bits, colours of three bytes.
            let bits = u8::try_from(half(24)?).ok().ok_or_else(bad)?;
            return Ok(Self {
                width: half(18)?,
                height: half(20)?,
                top_down: false,
                bits,
                coding: Self::coding(bits, 0, false)?,
                palette: after_header..pixels,
                palette_step: 3,
                pixels,
                per_metre: None,
            });
        }
        let (width, height) = (word(18)?.cast_signed(), word(22)?.cast_signed());
        let width = u32::try_from(width).map_err(|_negative| {
            let value = width.to_string();
            DecodeError::Invalid { field: "biWidth", value }
        })?;
        let bits = u8::try_from(half(28)?).ok().ok_or_else(bad)?;
        let compression = word(30)?;
        // The fourth mask, in headers that have one.
        let alpha = header >= 56 && word(66)? != 0;
        let used = match word(46)? as usize {
            0 => 1 << bits.min(8),
            used => used.min(256),
        };
        Ok(Self {
            width,
            height: height.unsigned_abs(),
            top_down: height < 0,
            bits,
            coding: Self::coding(bits, compression, alpha)?,
            palette: after_header..after_header + 4 * used,
            palette_step: 4,
            pixels,
            per_metre: Some((word(38)?, word(42)?)),
        })
    }

    fn coding(bits: u8, compression: u32, alpha: bool) -> Result<Pixels, DecodeError> {
        match (compression, bits) {
            (0, 1 | 4 | 8 | 24 | 32) => Ok(Pixels::Plain),
            (0, 16) => Ok(Pixels::Masks { alpha: false }),
            (1, 8) => Ok(Pixels::Runs { four_bit: false }),
            (2, 4) => Ok(Pixels::Runs { four_bit: true }),
            (3 | 6, 16 | 32) => Ok(Pixels::Masks { alpha }),
            _ => {
                let kind = format!("BMP biCompression {compression}, {bits} bit");
                Err(DecodeError::Unsupported { kind })
            }
        }
    }

    /// What the samples of a plain bitmap mean.
    fn samples(&self, bytes: &[u8]) -> Result<Stored, DecodeError> {
        let (bits, samples, ink) = match self.bits {
            24 => (8, 3, Ink::Rgb),
            32 => (8, 4, Ink::Rgb),
            bits => {
                // What runs into the pixels is no palette.
                let end = self.palette.end.min(self.pixels);
                let colours = bytes.get(self.palette.start..end);
                let colours = colours.ok_or(DecodeError::Lacks { field: "palette" })?;
                let colours = colours.chunks_exact(self.palette_step);
                let colours = colours.filter_map(|colour| {
                    let &[blue, green, red] = colour.first_chunk()?;
                    Some([red, green, blue])
                });
                (bits, 1, Ink::Palette(colours.take(1 << bits).collect()))
            }
        };
        Ok(Stored {
            width: self.width,
            bits,
            samples,
            ink,
            alpha: Alpha::None,
            inverted: false,
            big_endian: false,
            mirrored: false,
        })
    }

    /// Follows the runs without painting them: `image` leaves rows black that
    /// no run reaches, so they must reach the last.
    fn check_runs(&self, bytes: &[u8], four_bit: bool) -> Result<(), DecodeError> {
        let mut codes = bytes.get(self.pixels..).unwrap_or_default();
        let mut row = 0_u32;
        let mut x = 0_u32;
        let missing =
            |row| DecodeError::RowsMissing { found: row, expected: self.height };
        while row < self.height {
            let (&[count, code], rest) =
                codes.split_first_chunk().ok_or_else(|| missing(row))?;
            codes = rest;
            match (count, code) {
                (0, 0) => (row, x) = (row + 1, 0),
                (0, 1) => {
                    // The last row need not be closed, but it must be full.
                    let full = row + 1 == self.height && x >= self.width;
                    return if full { Ok(()) } else { Err(missing(row)) };
                }
                (0, 2) => {
                    let (&[right, up], rest) =
                        codes.split_first_chunk().ok_or_else(|| missing(row))?;
                    (row, codes) = (row.saturating_add(up.into()), rest);
                    x = x.saturating_add(right.into());
                }
                (0, pixels) => {
                    let stored = if four_bit { pixels.div_ceil(2) } else { pixels };
                    let stored = usize::from(stored).next_multiple_of(2);
                    codes = codes.get(stored..).ok_or_else(|| missing(row))?;
                    x = x.saturating_add(pixels.into());
                }
                (count, _) => x = x.saturating_add(count.into()),
            }
        }
        Ok(())
    }
}

/// A bitmap whose rows lie in the file as they are.
#[derive(Debug)]
struct PlainBitmap {
    bytes: Arc<[u8]>,
    stored: Stored,
    bitmap: Bitmap,
}

impl Rows for PlainBitmap {
    fn decode(&self, each: Each<'_>) -> Result<(), DecodeError> {
        let Bitmap { height, top_down, pixels, .. } = self.bitmap;
        let row_bytes = self.stored.row_bytes().unwrap_or_default();
        // Rows are padded to four bytes.
        let stride = row_bytes.next_multiple_of(4);
        let expected = (height as usize).saturating_mul(stride).saturating_add(pixels);
        let rows = self.bytes.get(pixels..expected).ok_or(DecodeError::EndsEarly {
            found: self.bytes.len() as u64,
            expected: expected as u64,
        })?;
        let mut converter = Converter::new(&self.stored);
        let mut line = Vec::new();
        let rows = rows.chunks_exact(stride.max(1));
        let rows: &mut dyn Iterator<Item = &[u8]> =
            if top_down { &mut rows.into_iter() } else { &mut rows.rev() };
        for row in rows {
            line.clear();
            line.extend(row.iter().take(row_bytes));
            if matches!(self.stored.ink, Ink::Rgb) {
                for pixel in line.chunks_exact_mut(self.stored.samples.into()) {
                    // Blue comes first.
                    if let Some(colour) = pixel.first_chunk_mut::<3>() {
                        colour.reverse();
                    }
                }
            }
            each(converter.convert(&line)?)?;
        }
        Ok(())
    }
}
