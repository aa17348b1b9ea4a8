//! The formats of one picture a file besides JPEG: PNG, WebP and BMP.
//!
//! PNG comes row by row from the `png` crate, which `image` wraps without its
//! rows. WebP, and the rarer codings of BMP, come whole from `image`, which
//! holds them in memory; plain bitmaps are read in place. What a header
//! claims is read here first, before any decoder may allocate for it.

use std::io::Cursor;
use std::ops::Range;
use std::sync::Arc;

use image::codecs::bmp::BmpDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, ImageResult};

use crate::raster::jpeg::Exif;
use crate::raster::pixels::{Alpha, Converter, Ink, Stored};
use crate::raster::{DecodeError, Header, Limits, Rows, Scan, guarded, icc};
use crate::units::Dpi;

type Each<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), DecodeError>;

/// Opens a PNG file (ISO/IEC 15948).
pub(crate) fn png(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let bad = || DecodeError::BadHeader { format: "PNG" };
    // 11.2.2: IHDR comes first, width and height first in it.
    let size: [u8; 8] = *bytes.get(16..).and_then(<[u8]>::first_chunk).ok_or_else(bad)?;
    let [w3, w2, w1, w0, h3, h2, h1, h0] = size;
    let width = u32::from_be_bytes([w3, w2, w1, w0]);
    let height = u32::from_be_bytes([h3, h2, h1, h0]);
    limits.admit(width, height)?;
    let reader = guarded(|| png_reader(&bytes, png::Transformations::IDENTITY));
    let reader = reader.flatten().ok_or_else(bad)?;
    let info = reader.info();
    if (info.width, info.height) != (width, height) {
        return Err(bad());
    }
    let exif = info.exif_metadata.as_deref().map(Exif::read).unwrap_or_default();
    let (mirrored, turn) = exif.upright();
    let (stored, transforms) = png_samples(info, mirrored)?;
    let depth = stored.depth();
    let per_metre = info.pixel_dims.filter(|dims| dims.unit == png::Unit::Meter);
    let dpi = per_metre.and_then(|dims| dpi_of_metres(dims.xppu, dims.yppu));
    let header = Header {
        width,
        height,
        depth,
        dpi: dpi.or(exif.dpi),
        turn,
        icc: info.icc_profile.as_deref().and_then(|profile| icc::fitting(profile, depth)),
        passthrough: None,
        encoding: "PNG".to_owned(),
    };
    let interlaced = info.interlaced;
    drop(reader);
    let rows = Box::new(Png { bytes, stored, height, transforms, interlaced });
    Ok(Scan { header, rows, placed: None })
}

/// Most memory the PNG decoder may take for chunks and profiles, in bytes; a
/// compressed profile that grows beyond it is ignored.
const PNG_MEMORY: usize = 16 << 20;

fn png_reader(
    bytes: &[u8],
    transforms: png::Transformations,
) -> Option<png::Reader<Cursor<&[u8]>>> {
    let limits = png::Limits { bytes: PNG_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    // Compressed text may be a bomb, and no page needs it.
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(transforms);
    decoder.read_info().ok()
}

/// What the samples mean once the decoder has made the changes asked for.
fn png_samples(
    info: &png::Info<'_>,
    mirrored: bool,
) -> Result<(Stored, png::Transformations), DecodeError> {
    use png::{ColorType, Transformations};
    let mut transforms = Transformations::IDENTITY;
    let mut bits = info.bit_depth as u8;
    let mut alpha = Alpha::None;
    let ink = match info.color_type {
        ColorType::Indexed => Ink::Palette(png_palette(info)?),
        ColorType::Grayscale | ColorType::GrayscaleAlpha => Ink::Grey,
        ColorType::Rgb | ColorType::Rgba => Ink::Rgb,
    };
    let is_keyed = info.trns.is_some() && info.color_type != ColorType::Indexed;
    if is_keyed {
        // The decoder turns the one transparent colour into an alpha channel.
        transforms = Transformations::EXPAND;
        bits = bits.max(8);
    }
    if is_keyed || matches!(info.color_type, ColorType::GrayscaleAlpha | ColorType::Rgba)
    {
        alpha = Alpha::Straight;
    }
    if info.interlaced && bits == 16 {
        // It must be held whole; half of it will do.
        transforms |= Transformations::STRIP_16;
        bits = 8;
    }
    let samples = ink.samples() + u8::from(alpha != Alpha::None);
    let stored = Stored {
        width: info.width,
        bits,
        samples,
        ink,
        alpha,
        inverted: false,
        big_endian: true,
        mirrored,
    };
    Ok((stored, transforms))
}

/// The palette, its transparent colours laid over white.
fn png_palette(info: &png::Info<'_>) -> Result<Vec<[u8; 3]>, DecodeError> {
    let colours = info.palette.as_deref().ok_or(DecodeError::Lacks { field: "PLTE" })?;
    let opacities = info.trns.as_deref().unwrap_or_default();
    let opacities = opacities.iter().copied().chain(std::iter::repeat(255));
    let over_white = |(colour, opacity): (&[u8; 3], u8)| {
        colour.map(|value| {
            let sum =
                u16::from(value) * u16::from(opacity) + 255 * u16::from(255 - opacity);
            let [low, ..] = ((sum + 127) / 255).to_le_bytes();
            low
        })
    };
    Ok(colours.as_chunks().0.iter().zip(opacities).map(over_white).collect())
}

#[derive(Debug)]
struct Png {
    bytes: Arc<[u8]>,
    stored: Stored,
    height: u32,
    transforms: png::Transformations,
    interlaced: bool,
}

impl Rows for Png {
    fn decode(&self, each: Each<'_>) -> Result<(), DecodeError> {
        let reader = guarded(|| png_reader(&self.bytes, self.transforms)).flatten();
        let mut reader = reader.ok_or(DecodeError::BadHeader { format: "PNG" })?;
        if self.interlaced {
            return self.decode_whole(&mut reader, each);
        }
        let mut converter = Converter::new(&self.stored);
        for row in 0..self.height {
            let next = guarded(|| {
                reader.next_row().map(|row| row.map(|row| row.data().to_vec()))
            });
            let line = match next {
                Some(Ok(Some(line))) => line,
                Some(Ok(None)) => {
                    let expected = self.height;
                    return Err(DecodeError::RowsMissing { found: row, expected });
                }
                Some(Err(error)) => return Err(self.blame(&error, row)),
                None => return Err(DecodeError::Damaged { coding: "PNG", row }),
            };
            each(converter.convert(&line)?)?;
        }
        // Past the last row lie the checksums of the data.
        match guarded(|| reader.next_row().map(|row| row.is_none())) {
            Some(Ok(true)) => Ok(()),
            Some(Err(error)) => Err(self.blame(&error, self.height)),
            Some(Ok(false)) | None => {
                Err(DecodeError::Damaged { coding: "PNG", row: self.height })
            }
        }
    }
}

impl Png {
    /// Adam7 brings the last rows last, so the page is held whole.
    fn decode_whole(
        &self,
        reader: &mut png::Reader<Cursor<&[u8]>>,
        each: Each<'_>,
    ) -> Result<(), DecodeError> {
        let row_bytes = self.stored.row_bytes().unwrap_or_default();
        let mut page = vec![0; reader.output_buffer_size().unwrap_or_default()];
        match guarded(|| reader.next_frame(&mut page)) {
            Some(Ok(_)) => {}
            // How many rows are whole is unknown: all are touched early.
            Some(Err(error)) => return Err(self.blame(&error, 0)),
            None => return Err(DecodeError::Damaged { coding: "PNG", row: 0 }),
        }
        let mut converter = Converter::new(&self.stored);
        for line in page.chunks_exact(row_bytes.max(1)) {
            each(converter.convert(line)?)?;
        }
        Ok(())
    }

    fn blame(&self, error: &png::DecodingError, row: u32) -> DecodeError {
        match error {
            png::DecodingError::IoError(_) => {
                let found = self.bytes.len() as u64;
                DecodeError::NoEndMark { format: "PNG", found }
            }
            png::DecodingError::Format(_)
            | png::DecodingError::Parameter(_)
            | png::DecodingError::LimitsExceeded => {
                DecodeError::Damaged { coding: "PNG", row }
            }
        }
    }
}

fn dpi_of_metres(across: u32, down: u32) -> Option<Dpi> {
    Dpi::plausible(f64::from(across) * 0.0254, f64::from(down) * 0.0254)
}

/// Opens a WebP file (RFC 9649).
pub(crate) fn webp(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let chunks = WebpChunks::read(&bytes)?;
    let WebpChunks { width, height, has_alpha, .. } = chunks;
    limits.for_decoder_of_whole().admit(width, height)?;
    let part = |at: &Option<Range<usize>>| {
        let at = at.as_ref()?;
        bytes.get(at.clone())
    };
    let exif = part(&chunks.exif).map(|block| {
        // Some writers keep the marker of JPEG segments before the block.
        Exif::read(block.strip_prefix(b"Exif\0\0").unwrap_or(block))
    });
    let exif = exif.unwrap_or_default();
    let (mirrored, turn) = exif.upright();
    let stored = eight_bit_rgb(width, has_alpha, mirrored);
    let depth = stored.depth();
    let icc = part(&chunks.icc).and_then(|profile| icc::fitting(profile, depth));
    let header = Header {
        width,
        height,
        depth,
        dpi: exif.dpi,
        turn,
        icc,
        passthrough: None,
        encoding: if chunks.lossless { "WebP lossless" } else { "WebP" }.to_owned(),
    };
    let rows = Box::new(Whole { bytes, stored, height, coding: WholeCoding::Webp });
    Ok(Scan { header, rows, placed: None })
}

/// What the chunks of a WebP file say, all of them within the file.
struct WebpChunks {
    width: u32,
    height: u32,
    has_alpha: bool,
    lossless: bool,
    icc: Option<Range<usize>>,
    exif: Option<Range<usize>>,
}

impl WebpChunks {
    /// Walks the chunks, so that a file cut short is known as one and the
    /// decoder meets no picture larger than the canvas.
    fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let bad = || DecodeError::BadHeader { format: "WebP" };
        let size = little32(bytes, 4).ok_or_else(bad)? as usize;
        let (found, expected) = (bytes.len() as u64, size as u64 + 8);
        let body =
            bytes.get(..size + 8).ok_or(DecodeError::EndsEarly { found, expected })?;
        let (mut icc, mut exif, mut canvas, mut picture) = (None, None, None, None);
        let mut at = 12;
        while let Some(id) = body.get(at..at + 4) {
            let length = little32(body, at + 4).ok_or_else(bad)? as usize;
            let range = at + 8..at + 8 + length;
            let chunk = body.get(range.clone()).ok_or_else(bad)?;
            match id {
                b"VP8X" => canvas = Some(Self::canvas(chunk).ok_or_else(bad)?),
                b"VP8 " if picture.is_none() => {
                    picture = Some(Self::lossy(chunk).ok_or_else(bad)?);
                }
                b"VP8L" if picture.is_none() => {
                    picture = Some(Self::lossless(chunk).ok_or_else(bad)?);
                }
                b"ICCP" if icc.is_none() => icc = Some(range),
                b"EXIF" if exif.is_none() => exif = Some(range),
                b"ANIM" | b"ANMF" => {
                    return Err(DecodeError::Unsupported {
                        kind: "WebP animation".to_owned(),
                    });
                }
                _ => {}
            }
            // RFC 9649, 2.3: chunks are padded to even sizes.
            at += 8 + length + length % 2;
        }
        let (width, height, lossless, own_alpha) =
            picture.ok_or(DecodeError::NoEndMark { format: "WebP", found })?;
        let has_alpha = match canvas {
            // The canvas of a still picture is the picture.
            Some((w, h, _)) if (w, h) != (width, height) => return Err(bad()),
            Some((_, _, alpha)) => alpha,
            None => own_alpha,
        };
        Ok(Self { width, height, has_alpha, lossless, icc, exif })
    }

    /// 2.7.1.1: flags, then width and height less one in 24 bits each.
    fn canvas(chunk: &[u8]) -> Option<(u32, u32, bool)> {
        let &[flags, _, _, _, w0, w1, w2, h0, h1, h2] = chunk.first_chunk()?;
        let width = u32::from_le_bytes([w0, w1, w2, 0]) + 1;
        let height = u32::from_le_bytes([h0, h1, h2, 0]) + 1;
        Some((width, height, flags & 0x10 != 0))
    }

    /// RFC 6386, 9.1: frame tag, start code, then 14 bits of each size.
    fn lossy(chunk: &[u8]) -> Option<(u32, u32, bool, bool)> {
        let &[_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1] = chunk.first_chunk()? else {
            return None;
        };
        let size = |pair| u32::from(u16::from_le_bytes(pair) & 0x3fff);
        Some((size([w0, w1]), size([h0, h1]), false, false))
    }

    /// RFC 9649, 3.4: signature, sizes less one in 14 bits each, alpha hint.
    fn lossless(chunk: &[u8]) -> Option<(u32, u32, bool, bool)> {
        let (&[0x2f], rest) = chunk.split_first_chunk()? else { return None };
        let bits = u32::from_le_bytes(*rest.first_chunk()?);
        let (width, height) = ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
        Some((width, height, true, bits >> 28 & 1 == 1))
    }
}

fn little32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn eight_bit_rgb(width: u32, has_alpha: bool, mirrored: bool) -> Stored {
    Stored {
        width,
        bits: 8,
        samples: if has_alpha { 4 } else { 3 },
        ink: Ink::Rgb,
        alpha: if has_alpha { Alpha::Straight } else { Alpha::None },
        inverted: false,
        big_endian: false,
        mirrored,
    }
}

/// A picture that its decoder hands out only whole.
#[derive(Debug)]
struct Whole {
    bytes: Arc<[u8]>,
    stored: Stored,
    height: u32,
    coding: WholeCoding,
}

#[derive(Clone, Copy, Debug)]
enum WholeCoding {
    Webp,
    Bmp,
}

impl Rows for Whole {
    fn decode(&self, each: Each<'_>) -> Result<(), DecodeError> {
        let coding = match self.coding {
            WholeCoding::Webp => "WebP",
            WholeCoding::Bmp => "BMP",
        };
        let row_bytes = self.stored.row_bytes().unwrap_or_default();
        let page = guarded(|| {
            let file = Cursor::new(&*self.bytes);
            match self.coding {
                WholeCoding::Webp => self.whole(WebPDecoder::new(file)),
                WholeCoding::Bmp => self.whole(BmpDecoder::new(file)),
            }
        });
        let page = page.flatten().ok_or(DecodeError::Damaged { coding, row: 0 })?;
        let mut converter = Converter::new(&self.stored);
        for line in page.chunks_exact(row_bytes.max(1)) {
            each(converter.convert(line)?)?;
        }
        Ok(())
    }
}

impl Whole {
    /// Decodes, if the decoder sees the picture that the header was taken for.
    fn whole(&self, decoder: ImageResult<impl ImageDecoder>) -> Option<Vec<u8>> {
        let decoder = decoder.ok()?;
        let has_alpha = self.stored.alpha != Alpha::None;
        let expected = if has_alpha { ColorType::Rgba8 } else { ColorType::Rgb8 };
        if decoder.dimensions() != (self.stored.width, self.height)
            || decoder.color_type() != expected
        {
            return None;
        }
        let mut page = vec![0; usize::try_from(decoder.total_bytes()).ok()?];
        decoder.read_image(&mut page).ok()?;
        Some(page)
    }
}

/// Whether bytes that begin with `BM` go on like a bitmap, and not like text.
pub(crate) fn is_bmp(bytes: &[u8]) -> bool {
    matches!(little32(bytes, 14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// Opens a Windows bitmap.
pub(crate) fn bmp(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let bitmap = Bitmap::read(&bytes)?;
    limits.admit(bitmap.width, bitmap.height)?;
    let height = bitmap.height;
    let dpi = bitmap.per_metre.and_then(|(x, y)| dpi_of_metres(x, y));
    let (stored, encoding) = match bitmap.coding {
        BitmapCoding::Plain => (bitmap.samples(&bytes)?, "BMP"),
        BitmapCoding::Runs { four_bit } => {
            bitmap.check_runs(&bytes, four_bit)?;
            (eight_bit_rgb(bitmap.width, false, false), "BMP RLE")
        }
        BitmapCoding::Masks { alpha } => {
            (eight_bit_rgb(bitmap.width, alpha, false), "BMP")
        }
    };
    let header = Header {
        width: bitmap.width,
        height,
        depth: stored.depth(),
        dpi,
        turn: crate::units::Quarter::None,
        icc: None,
        passthrough: None,
        encoding: encoding.to_owned(),
    };
    let rows: Box<dyn Rows> = match bitmap.coding {
        BitmapCoding::Plain => Box::new(PlainBitmap { bytes, stored, bitmap }),
        BitmapCoding::Runs { .. } | BitmapCoding::Masks { .. } => {
            Box::new(Whole { bytes, stored, height, coding: WholeCoding::Bmp })
        }
    };
    Ok(Scan { header, rows, placed: None })
}

/// The headers of a bitmap (BITMAPFILEHEADER and its successors).
#[derive(Debug)]
struct Bitmap {
    width: u32,
    height: u32,
    top_down: bool,
    bits: u8,
    coding: BitmapCoding,
    /// Where the colours of the palette lie, and the bytes of each.
    palette: Range<usize>,
    palette_step: usize,
    /// Where the pixels begin.
    pixels: usize,
    per_metre: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug)]
enum BitmapCoding {
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

    fn coding(
        bits: u8,
        compression: u32,
        alpha: bool,
    ) -> Result<BitmapCoding, DecodeError> {
        match (compression, bits) {
            (0, 1 | 4 | 8 | 24 | 32) => Ok(BitmapCoding::Plain),
            (0, 16) => Ok(BitmapCoding::Masks { alpha: false }),
            (1, 8) => Ok(BitmapCoding::Runs { four_bit: false }),
            (2, 4) => Ok(BitmapCoding::Runs { four_bit: true }),
            (3 | 6, 16 | 32) => Ok(BitmapCoding::Masks { alpha }),
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
