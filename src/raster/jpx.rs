//! JPEG 2000 (ISO/IEC 15444-1), the `JPXDecode` filter of PDF: whole JP2 files
//! or bare codestreams, decoded to grey or RGB of eight bits.
//!
//! `hayro-jpeg2000` does the work. It decodes what is left of a truncated
//! codestream without a word, so the tile-parts are counted here first.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_jpeg2000::{DecodeSettings, DecoderContext, Image};

use crate::raster::{DecodeError, Depth, Raster};

const DAMAGED: DecodeError = DecodeError::Undecodable { codec: "JPX" };

/// Columns, rows and colour components (alpha not counted), before a pixel is
/// decoded.
///
/// # Errors
///
/// When the header cannot be read.
pub fn header(coded: &[u8]) -> Result<(u32, u32, u8), DecodeError> {
    guarded(|| {
        let image = open(coded)?;
        Ok((image.width(), image.height(), image.color_space().num_channels()))
    })
}

/// Decodes to grey or RGB: palettes resolved, CMYK and YCC turned into RGB,
/// alpha laid over white, deeper samples scaled to eight bits. The size is
/// [`header`]'s; whether it may be had is the caller's to judge.
///
/// # Errors
///
/// When the codestream is truncated or damaged, or its colours are unknown.
pub fn decode(coded: &[u8]) -> Result<Raster, DecodeError> {
    complete(coded)?;
    guarded(|| {
        let image = open(coded)?;
        let mut context = DecoderContext::default();
        let decoded = image.decode(&mut context).map_err(damaged)?;
        let channels = image.color_space().num_channels();
        let layout = Layout { channels, alpha: image.has_alpha() };
        let pixels = u64::from(image.width()) * u64::from(image.height());
        let planes = decoded.components();
        if planes.len() != layout.bytes()
            || planes.iter().any(|plane| plane.samples().len() as u64 != pixels)
        {
            return Err(DAMAGED);
        }
        let samples = decoded.data_u8();
        let (depth, samples) = layout.seen(samples)?;
        Ok(Raster { width: image.width(), height: image.height(), depth, samples })
    })
}

fn open(coded: &[u8]) -> Result<Image<'_>, DecodeError> {
    Image::new(coded, &DecodeSettings::default()).map_err(damaged)
}

fn guarded<T>(work: impl FnOnce() -> Result<T, DecodeError>) -> Result<T, DecodeError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(DAMAGED))
}

/// The decoder's reason is English prose about the standard: for its logs.
fn damaged(_reason: hayro_jpeg2000::DecodeError) -> DecodeError {
    DAMAGED
}

/// How decoded samples are interleaved: colours first, alpha last.
#[derive(Clone, Copy)]
struct Layout {
    channels: u8,
    alpha: bool,
}

impl Layout {
    /// Bytes of a pixel.
    fn bytes(self) -> usize {
        usize::from(self.channels) + usize::from(self.alpha)
    }

    /// The samples as they are seen on white paper.
    fn seen(self, samples: Vec<u8>) -> Result<(Depth, Vec<u8>), DecodeError> {
        let unknown =
            DecodeError::UnknownColours { codec: "JPX", components: self.channels };
        let depth = match self.channels {
            1 => Depth::Grey,
            3 | 4 => Depth::Rgb,
            _ => return Err(unknown),
        };
        if !self.alpha && self.channels != 4 {
            return Ok((depth, samples));
        }
        let mut seen = Vec::with_capacity(samples.len());
        for pixel in samples.chunks_exact(self.bytes()) {
            match *pixel {
                [grey, alpha] => seen.push(over_white(grey, alpha)),
                [r, g, b, alpha] if self.alpha => {
                    seen.extend([r, g, b].map(|v| over_white(v, alpha)));
                }
                [c, m, y, k] => seen.extend(inks(c, m, y, k)),
                [c, m, y, k, alpha] => {
                    seen.extend(inks(c, m, y, k).map(|v| over_white(v, alpha)));
                }
                _ => return Err(unknown),
            }
        }
        Ok((depth, seen))
    }
}

/// A sample laid over white paper with an opacity of 255ths.
fn over_white(sample: u8, alpha: u8) -> u8 {
    255 - multiply(255 - sample, alpha)
}

/// CMYK inks on white paper, without a profile (ISO 32000-2, 10.4.2.5).
fn inks(c: u8, m: u8, y: u8, k: u8) -> [u8; 3] {
    [c, m, y].map(|ink| multiply(255 - ink, 255 - k))
}

/// A product of 255ths, rounded.
fn multiply(a: u8, b: u8) -> u8 {
    let product = (u16::from(a) * u16::from(b) + 127) / 255;
    u8::try_from(product).unwrap_or(u8::MAX)
}

/// Checks that every tile has a tile-part and that every tile-part is all
/// there (ISO/IEC 15444-1, A.4.2).
fn complete(coded: &[u8]) -> Result<(), DecodeError> {
    // SOC and SIZ open a codestream (A.4.1), wherever a JP2 file holds it.
    const START: &[u8] = &[0xFF, 0x4F, 0xFF, 0x51];
    let start = coded.windows(START.len()).position(|w| w == START).ok_or(DAMAGED)?;
    let stream = coded.get(start..).unwrap_or_default();
    let tiles = Siz::read(stream).ok_or(DAMAGED)?.tiles();
    let mut at = START.len() - 2;
    let mut begun = BTreeSet::new();
    while begun.len() as u64 <= tiles {
        match word(stream, at) {
            Some(SOT) => {
                let (tile, end) = tile_part(stream, at).ok_or(DAMAGED)?;
                if end > stream.len() {
                    let (found, expected) = (coded.len() as u64, (start + end) as u64);
                    return Err(DecodeError::EndsEarly { found, expected });
                }
                begun.insert(tile);
                at = end;
            }
            Some(0xFF30..=0xFF3F) => at += 2,
            // Any other segment of the main header states its length (A.1.3).
            Some(0xFF40..) if begun.is_empty() => {
                at += 2 + usize::from(word(stream, at + 2).ok_or(DAMAGED)?);
            }
            // End of codestream, its absence, or what a writer left behind it.
            Some(_) | None => break,
        }
    }
    if (begun.len() as u64) < tiles {
        return Err(DAMAGED);
    }
    Ok(())
}

/// The marker that starts a tile-part.
const SOT: u16 = 0xFF90;

/// The tile of the tile-part at `at`, and where it ends (A.4.2).
fn tile_part(stream: &[u8], at: usize) -> Option<(u16, usize)> {
    let tile = word(stream, at + 4)?;
    let length = match long(stream, at + 6)? {
        0 => stream.len() - at, // the last one may leave it open
        stated => stated as usize,
    };
    // A tile-part is no shorter than its own marker segment.
    (length >= 12).then_some((tile, at + length))
}

/// The part of the SIZ marker that places the tiles (A.5.1).
struct Siz {
    end: (u32, u32),
    tile: (u32, u32),
    origin: (u32, u32),
}

impl Siz {
    fn read(stream: &[u8]) -> Option<Self> {
        let pair = |at| Some((long(stream, at)?, long(stream, at + 4)?));
        let (end, tile, origin) = (pair(8)?, pair(24)?, pair(32)?);
        (tile.0 > 0 && tile.1 > 0).then_some(Self { end, tile, origin })
    }

    fn tiles(&self) -> u64 {
        let along = |end: u32, origin: u32, tile: u32| {
            u64::from(end.saturating_sub(origin).div_ceil(tile))
        };
        along(self.end.0, self.origin.0, self.tile.0)
            * along(self.end.1, self.origin.1, self.tile.1)
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREY: &[u8] = include_bytes!("../../tests/fixtures/jpx/grey.jp2");
    const GREY_16: &[u8] = include_bytes!("../../tests/fixtures/jpx/grey-16-bit.jp2");
    const GREY_ALPHA: &[u8] = include_bytes!("../../tests/fixtures/jpx/grey-alpha.jp2");
    const RGB: &[u8] = include_bytes!("../../tests/fixtures/jpx/rgb.jp2");
    const RGB_TILES: &[u8] = include_bytes!("../../tests/fixtures/jpx/rgb-tiles.j2k");
    const CMYK: &[u8] = include_bytes!("../../tests/fixtures/jpx/cmyk.jp2");

    /// A picture of the fixtures' size.
    fn drawn<const N: usize>(depth: Depth, pixel: impl Fn(u8, u8) -> [u8; N]) -> Raster {
        let places = (0..24).flat_map(|y| (0..40).map(move |x| (x, y)));
        let samples = places.flat_map(|(x, y)| pixel(x, y)).collect();
        Raster { width: 40, height: 24, depth, samples }
    }

    #[test]
    fn eight_and_sixteen_bits_are_the_same_grey() {
        let expected = drawn(Depth::Grey, |x, y| [4 * x + y]);
        assert_eq!(decode(GREY).unwrap(), expected);
        assert_eq!(decode(GREY_16).unwrap(), expected);
    }

    #[test]
    fn files_and_bare_codestreams_are_the_same_colours() {
        let expected = drawn(Depth::Rgb, |x, y| [6 * x, 10 * y, 255 - 3 * x]);
        assert_eq!(decode(RGB).unwrap(), expected);
        assert_eq!(decode(RGB_TILES).unwrap(), expected);
    }

    #[test]
    fn alpha_is_laid_over_white() {
        let expected = drawn(Depth::Grey, |x, y| [if y < 12 { 4 * x } else { 255 }]);
        assert_eq!(decode(GREY_ALPHA).unwrap(), expected);
    }

    #[test]
    fn inks_become_light() {
        let light = |ink: u8| multiply(255 - ink, 204);
        let expected = drawn(Depth::Rgb, |x, y| [light(6 * x), light(10 * y), 204]);
        assert_eq!(decode(CMYK).unwrap(), expected);
    }

    #[test]
    fn the_header_is_told_without_decoding() {
        for (coded, components) in [
            (GREY, 1),
            (GREY_16, 1),
            (GREY_ALPHA, 1),
            (RGB, 3),
            (RGB_TILES, 3),
            (CMYK, 4),
        ] {
            assert_eq!(header(coded), Ok((40, 24, components)));
        }
        let start = &RGB[..RGB.len() / 2];
        assert_eq!(header(start), Ok((40, 24, 3)));
    }

    #[test]
    fn a_truncated_codestream_is_an_error_and_not_a_blur() {
        for (coded, cut) in [(RGB, 10), (RGB_TILES, 10), (RGB_TILES, 500), (GREY, 100)] {
            let start = &coded[..coded.len() - cut];
            let error = decode(start).unwrap_err();
            assert!(
                matches!(
                    error,
                    DecodeError::EndsEarly { .. } | DecodeError::Undecodable { .. }
                ),
                "{error}"
            );
        }
        assert!(decode(&[]).is_err());
    }

    #[test]
    fn a_missing_end_marker_is_no_loss() {
        let start = &RGB_TILES[..RGB_TILES.len() - 2];
        assert_eq!(decode(start).unwrap(), decode(RGB_TILES).unwrap());
    }

    #[test]
    fn damaged_data_never_panics() {
        for coded in [RGB, RGB_TILES, CMYK] {
            for place in 0..coded.len() {
                let mut damaged = coded.to_vec();
                damaged[place] ^= 0x41;
                // What the header asks for is the caller's to refuse.
                if header(&damaged)
                    .is_ok_and(|(w, h, _)| u64::from(w) * u64::from(h) < 1 << 16)
                {
                    drop(decode(&damaged));
                }
            }
        }
    }
}
