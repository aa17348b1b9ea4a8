//! Where the strips or tiles of a page lie, and what a PDF can carry as it is.

use std::sync::Arc;

use crate::raster::jpeg::{Facts, PdfColours};
use crate::raster::pixels::{Ink, Stored};
use crate::raster::strips::{Coding, Fax};
use crate::raster::tiff::directory::{
    COMPRESSION, Directory, FILL_ORDER, File, JPEG_LENGTH, JPEG_OFFSET, JPEG_TABLES,
    PLANAR, PREDICTOR, ROWS_PER_STRIP, STRIP_BYTE_COUNTS, STRIP_OFFSETS,
    TILE_BYTE_COUNTS, TILE_LENGTH, TILE_OFFSETS, TILE_WIDTH, Tag, Values, invalid,
    unsupported,
};
use crate::raster::{DecodeError, Filter, Passthrough, Slice};

/// Where the strips or tiles of a page lie and how they are unpacked.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) coding: Coding,
    pub(super) reversed: bool,
    /// Whether each sample is the difference to the one on its left.
    pub(super) predicted: bool,
    /// How colour differences are thinned out, outside JPEG.
    pub(super) subsampling: Option<(u8, u8)>,
    /// Planes of their own for each sample, or 1 for all together.
    pub(super) planes: u8,
    pub(super) height: u32,
    /// Columns of a strip or tile.
    pub(super) chunk_width: u32,
    /// Rows of a strip or tile, at most `height` for a strip.
    pub(super) chunk_rows: u32,
    /// Tiles side by side.
    pub(super) across: u32,
    source: Source,
    pub(super) tables: Option<Values>,
}

/// Where the bytes of strips and tiles are found.
#[derive(Debug)]
pub(super) enum Source {
    /// Where the directory's tables say. Without a table of lengths there is
    /// one strip, up to the end of the file.
    Tables { offsets: (Tag, Values), lengths: Option<(Tag, Values)> },
    /// One old-style JPEG stream (TIFF 6.0, section 22).
    Stream { offset: u64, length: u64 },
}

/// Most tiles side by side, each with a decoder of its own.
pub(super) const MOST_TILES_ACROSS: u32 = 2048;
/// Widest and highest tile, in pixels.
pub(super) const LARGEST_TILE: u32 = 1 << 16;

impl Plan {
    pub(super) fn new(
        directory: &Directory<'_>,
        coding: Coding,
        stored: &Stored,
        height: u32,
    ) -> Result<Self, DecodeError> {
        let predictable = matches!(coding, Coding::Lzw | Coding::Deflate);
        let predicted = match directory.number_or(PREDICTOR, 1)? {
            2 if predictable && !matches!(stored.bits, 8 | 16) => {
                return unsupported(format!("TIFF Predictor 2, {} bit", stored.bits));
            }
            2 => predictable,
            other @ (0 | 3..) if predictable => {
                return unsupported(format!("TIFF Predictor {other}"));
            }
            _ => false,
        };
        let planes = match directory.number_or(PLANAR, 1)? {
            2 => stored.samples,
            _ => 1,
        };
        let is_thinned = matches!(stored.ink, Ink::YCbCr) && coding != Coding::Jpeg;
        let subsampling = match is_thinned.then(|| directory.subsampling()).transpose()? {
            None | Some((1, 1)) => None,
            Some(_)
                if (stored.bits, stored.samples, planes) != (8, 3, 1) || predicted =>
            {
                return unsupported("TIFF YCbCr".to_owned());
            }
            thinned => thinned,
        };
        let mut plan = Self {
            coding,
            // JPEG has one bit order only.
            reversed: coding != Coding::Jpeg && directory.number(FILL_ORDER)? == Some(2),
            predicted,
            subsampling,
            planes,
            height,
            chunk_width: stored.width,
            chunk_rows: height,
            across: 1,
            source: Source::Stream { offset: 0, length: 0 },
            tables: directory.values(JPEG_TABLES)?,
        };
        plan.locate(directory, stored)?;
        Ok(plan)
    }

    /// Fills in the source and the size of its pieces.
    fn locate(
        &mut self,
        directory: &Directory<'_>,
        stored: &Stored,
    ) -> Result<(), DecodeError> {
        if directory.number(COMPRESSION)? == Some(6) {
            let offset = directory.number_or(JPEG_OFFSET, 0)?;
            let rest = directory.file.size().saturating_sub(offset);
            let length = directory.number_or(JPEG_LENGTH, rest)?;
            self.source = Source::Stream { offset, length };
            return Ok(());
        }
        let tiled = directory.has(TILE_OFFSETS);
        let (offsets, lengths) = if tiled {
            self.tile(directory, stored)?;
            (TILE_OFFSETS, TILE_BYTE_COUNTS)
        } else {
            let rows = directory.number_or(ROWS_PER_STRIP, u64::MAX)?;
            if rows == 0 {
                return invalid(ROWS_PER_STRIP, rows);
            }
            self.chunk_rows = u32::try_from(rows).unwrap_or(u32::MAX).min(self.height);
            (STRIP_OFFSETS, STRIP_BYTE_COUNTS)
        };
        let down = self.height.div_ceil(self.chunk_rows);
        let needed = u64::from(down) * u64::from(self.across) * u64::from(self.planes);
        let table = |tag: Tag| match directory.values(tag)? {
            Some(values) if values.count < needed => invalid(tag, values.count),
            values => Ok(values.map(|values| (tag, values))),
        };
        let offsets = table(offsets)?.ok_or(DecodeError::Lacks { field: offsets.1 })?;
        let lengths = match table(lengths)? {
            None if needed > 1 => return Err(DecodeError::Lacks { field: lengths.1 }),
            lengths => lengths,
        };
        self.source = Source::Tables { offsets, lengths };
        Ok(())
    }

    fn tile(
        &mut self,
        directory: &Directory<'_>,
        stored: &Stored,
    ) -> Result<(), DecodeError> {
        let side = |tag| match directory.u32(tag)? {
            side @ 1..=LARGEST_TILE => Ok(side),
            other => invalid(tag, other.into()),
        };
        (self.chunk_width, self.chunk_rows) = (side(TILE_WIDTH)?, side(TILE_LENGTH)?);
        self.across = stored.width.div_ceil(self.chunk_width);
        let bits =
            self.chunk_width * u32::from(self.samples(stored)) * u32::from(stored.bits);
        // TIFF 6.0, page 67: a multiple of 16, so that rows of tiles join at bytes.
        if self.across > MOST_TILES_ACROSS || self.across > 1 && !bits.is_multiple_of(8) {
            return invalid(TILE_WIDTH, self.chunk_width.into());
        }
        Ok(())
    }

    /// Samples a pixel within one strip or tile.
    pub(super) fn samples(&self, stored: &Stored) -> u8 {
        if self.planes > 1 { 1 } else { stored.samples }
    }

    /// The stored bytes of strip or tile number `place`.
    pub(super) fn bytes<'a>(
        &self,
        file: &'a File,
        place: u64,
    ) -> Result<&'a [u8], DecodeError> {
        let (field, offset, length) = match &self.source {
            Source::Stream { offset, length } => (JPEG_OFFSET.1, *offset, *length),
            Source::Tables { offsets: (tag, offsets), lengths } => {
                let field = tag.1;
                let offset =
                    offsets.get(file, place).ok_or(DecodeError::Lacks { field })?;
                let length = match lengths {
                    Some((tag, lengths)) => lengths
                        .get(file, place)
                        .ok_or(DecodeError::Lacks { field: tag.1 })?,
                    None => file.size().saturating_sub(offset),
                };
                (field, offset, length)
            }
        };
        if offset >= file.size() {
            return Err(DecodeError::Outside { field, offset, size: file.size() });
        }
        let expected = offset.saturating_add(length);
        let found = file.size();
        file.slice(offset, length).ok_or(DecodeError::EndsEarly { found, expected })
    }

    /// The stored data, where a PDF can carry it as it is.
    pub(super) fn passthrough(
        &self,
        directory: &Directory<'_>,
        stored: &Stored,
    ) -> Option<Passthrough> {
        let is_whole =
            self.chunk_rows == self.height && self.across == 1 && self.planes == 1;
        let is_strip = self.chunk_width == stored.width;
        if !is_whole || !is_strip || stored.mirrored || self.reversed {
            return None;
        }
        let file = directory.file;
        let bytes = self.bytes(file, 0).ok()?;
        let filter = match self.coding {
            // Photometric 1 calls white what T.6 calls black.
            Coding::Fax(Fax::G4) => Filter::G4 { black_is_1: !stored.inverted },
            Coding::Jpeg if self.tables.is_none() => {
                let facts = Facts::read(bytes).ok()?;
                let agrees = match (facts.pdf_colours()?, &stored.ink) {
                    (PdfColours::Grey, Ink::Grey) => !stored.inverted,
                    (PdfColours::YCbCr, Ink::YCbCr) | (PdfColours::Rgb, Ink::Rgb) => true,
                    _ => false,
                };
                let size = (facts.width.into(), facts.height.into());
                let same = agrees && size == (stored.width, self.height);
                facts.end.filter(|_| same)?;
                Filter::Jpeg
            }
            Coding::Plain
            | Coding::Fax(Fax::Rows | Fax::G3 | Fax::G3TwoD)
            | Coding::Lzw
            | Coding::Jpeg
            | Coding::Deflate
            | Coding::PackBits => return None,
        };
        let start = match &self.source {
            Source::Stream { offset, .. } => *offset,
            Source::Tables { offsets: (_, offsets), .. } => offsets.get(file, 0)?,
        };
        let start = usize::try_from(start).ok()?;
        let bytes = Slice::new(Arc::clone(&file.bytes), start, start + bytes.len())?;
        Some(Passthrough { filter, bytes })
    }
}
