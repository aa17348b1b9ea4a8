//! WebP (RFC 9649): its chunks are walked here, its picture is decoded whole.

use std::ops::Range;
use std::sync::Arc;

use crate::raster::jpeg::Exif;
use crate::raster::still::{Coding, Whole, eight_bit_rgb, little32};
use crate::raster::{DecodeError, Header, Limits, Scan, icc};

/// Opens a WebP file (RFC 9649).
pub(crate) fn open(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let chunks = Chunks::read(&bytes)?;
    let Chunks { width, height, has_alpha, .. } = chunks;
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
    let rows = Box::new(Whole { bytes, stored, height, coding: Coding::Webp });
    Ok(Scan { header, rows, placed: None })
}

/// What the chunks of a WebP file say, all of them within the file.
struct Chunks {
    width: u32,
    height: u32,
    has_alpha: bool,
    lossless: bool,
    icc: Option<Range<usize>>,
    exif: Option<Range<usize>>,
}

impl Chunks {
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
