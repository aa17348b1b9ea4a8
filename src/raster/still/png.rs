//! PNG (ISO/IEC 15948), row by row from the `png` crate, which `image` wraps without
//! its rows.

use std::io::Cursor;
use std::sync::Arc;

use crate::raster::jpeg::Exif;
use crate::raster::pixels::{Alpha, Converter, Ink, Stored};
use crate::raster::still::{Each, dpi_of_metres};
use crate::raster::{DecodeError, Header, Limits, Rows, Scan, guarded, icc};

/// Most memory the PNG decoder may take for chunks and profiles, in bytes; a
/// compressed profile that grows beyond it is ignored.
const MOST_MEMORY: usize = 16 << 20;

/// Opens a PNG file (ISO/IEC 15948).
pub(crate) fn open(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let bad = || DecodeError::BadHeader { format: "PNG" };
    // 11.2.2: IHDR comes first, width and height first in it.
    let size: [u8; 8] = *bytes.get(16..).and_then(<[u8]>::first_chunk).ok_or_else(bad)?;
    let [w3, w2, w1, w0, h3, h2, h1, h0] = size;
    let width = u32::from_be_bytes([w3, w2, w1, w0]);
    let height = u32::from_be_bytes([h3, h2, h1, h0]);
    limits.admit(width, height)?;
    let opened = guarded(|| reader(&bytes, png::Transformations::IDENTITY));
    let opened = opened.flatten().ok_or_else(bad)?;
    let info = opened.info();
    if (info.width, info.height) != (width, height) {
        return Err(bad());
    }
    let exif = info.exif_metadata.as_deref().map(Exif::read).unwrap_or_default();
    let (mirrored, turn) = exif.upright();
    let (stored, transforms) = samples(info, mirrored)?;
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
    drop(opened);
    let rows = Box::new(Png { bytes, stored, height, transforms, interlaced });
    Ok(Scan { header, rows, placed: None })
}

fn reader(
    bytes: &[u8],
    transforms: png::Transformations,
) -> Option<png::Reader<Cursor<&[u8]>>> {
    let limits = png::Limits { bytes: MOST_MEMORY };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    // Compressed text may be a bomb, and no page needs it.
    decoder.set_ignore_text_chunk(true);
    decoder.set_transformations(transforms);
    decoder.read_info().ok()
}

/// What the samples mean once the decoder has made the changes asked for.
fn samples(
    info: &png::Info<'_>,
    mirrored: bool,
) -> Result<(Stored, png::Transformations), DecodeError> {
    use png::{ColorType, Transformations};
    let mut transforms = Transformations::IDENTITY;
    let mut bits = info.bit_depth as u8;
    let mut alpha = Alpha::None;
    let ink = match info.color_type {
        ColorType::Indexed => Ink::Palette(palette(info)?),
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
fn palette(info: &png::Info<'_>) -> Result<Vec<[u8; 3]>, DecodeError> {
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
        let reader = guarded(|| reader(&self.bytes, self.transforms)).flatten();
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
