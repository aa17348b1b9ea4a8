//! The directories of a TIFF file: where its fields lie and what they say.
//!
//! TIFF 6.0, section 2 and the baseline fields; `BigTIFF` with offsets of 8 bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::raster::pixels::{Alpha, Ink, Stored};
use crate::raster::strips::{Coding, Fax};
use crate::raster::{DecodeError, Slice, icc};
use crate::units::Dpi;

/// A tag of a directory: its number and its name.
#[derive(Clone, Copy)]
pub(super) struct Tag(u16, pub(super) &'static str);

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.1)
    }
}

pub(super) const NEW_SUBFILE_TYPE: Tag = Tag(254, "NewSubfileType");
pub(super) const WIDTH: Tag = Tag(256, "ImageWidth");
pub(super) const HEIGHT: Tag = Tag(257, "ImageLength");
pub(super) const BITS: Tag = Tag(258, "BitsPerSample");
pub(super) const COMPRESSION: Tag = Tag(259, "Compression");
pub(super) const PHOTOMETRIC: Tag = Tag(262, "PhotometricInterpretation");
pub(super) const FILL_ORDER: Tag = Tag(266, "FillOrder");
pub(super) const STRIP_OFFSETS: Tag = Tag(273, "StripOffsets");
pub(super) const ORIENTATION: Tag = Tag(274, "Orientation");
pub(super) const SAMPLES: Tag = Tag(277, "SamplesPerPixel");
pub(super) const ROWS_PER_STRIP: Tag = Tag(278, "RowsPerStrip");
pub(super) const STRIP_BYTE_COUNTS: Tag = Tag(279, "StripByteCounts");
pub(super) const X_RESOLUTION: Tag = Tag(282, "XResolution");
pub(super) const Y_RESOLUTION: Tag = Tag(283, "YResolution");
pub(super) const PLANAR: Tag = Tag(284, "PlanarConfiguration");
pub(super) const T4_OPTIONS: Tag = Tag(292, "T4Options");
pub(super) const RESOLUTION_UNIT: Tag = Tag(296, "ResolutionUnit");
pub(super) const PREDICTOR: Tag = Tag(317, "Predictor");
pub(super) const COLOR_MAP: Tag = Tag(320, "ColorMap");
pub(super) const TILE_WIDTH: Tag = Tag(322, "TileWidth");
pub(super) const TILE_LENGTH: Tag = Tag(323, "TileLength");
pub(super) const TILE_OFFSETS: Tag = Tag(324, "TileOffsets");
pub(super) const TILE_BYTE_COUNTS: Tag = Tag(325, "TileByteCounts");
pub(super) const INK_SET: Tag = Tag(332, "InkSet");
pub(super) const EXTRA_SAMPLES: Tag = Tag(338, "ExtraSamples");
pub(super) const SAMPLE_FORMAT: Tag = Tag(339, "SampleFormat");
pub(super) const JPEG_TABLES: Tag = Tag(347, "JPEGTables");
pub(super) const JPEG_OFFSET: Tag = Tag(513, "JPEGInterchangeFormat");
pub(super) const JPEG_LENGTH: Tag = Tag(514, "JPEGInterchangeFormatLength");
pub(super) const YCBCR_SUBSAMPLING: Tag = Tag(530, "YCbCrSubSampling");
pub(super) const ICC_PROFILE: Tag = Tag(34675, "ICCProfile");

/// Whether a tag may be one of those above.
pub(super) fn is_read(tag: u16) -> bool {
    matches!(tag, 254..=347 | 513 | 514 | 530 | 34675)
}

/// The bytes of a file, and how numbers lie in them.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) bytes: Arc<[u8]>,
    big_endian: bool,
    /// `BigTIFF`: offsets of 8 bytes.
    big: bool,
}

impl File {
    pub(super) fn new(bytes: Arc<[u8]>) -> Self {
        let big_endian = bytes.starts_with(b"MM");
        let file = Self { bytes, big_endian, big: false };
        Self { big: file.u16(2) == Some(43), ..file }
    }

    pub(super) fn array<const N: usize>(&self, at: u64) -> Option<[u8; N]> {
        let at = usize::try_from(at).ok()?;
        self.bytes.get(at..)?.first_chunk().copied()
    }

    pub(super) fn u16(&self, at: u64) -> Option<u16> {
        let two = self.array(at)?;
        Some(if self.big_endian {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        })
    }

    pub(super) fn u32(&self, at: u64) -> Option<u32> {
        let four = self.array(at)?;
        Some(if self.big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        })
    }

    pub(super) fn u64(&self, at: u64) -> Option<u64> {
        let eight = self.array(at)?;
        Some(if self.big_endian {
            u64::from_be_bytes(eight)
        } else {
            u64::from_le_bytes(eight)
        })
    }

    /// An offset or count, as wide as the file has them.
    pub(super) fn offset(&self, at: u64) -> Option<u64> {
        if self.big { self.u64(at) } else { self.u32(at).map(u64::from) }
    }

    pub(super) fn slice(&self, at: u64, length: u64) -> Option<&[u8]> {
        let start = usize::try_from(at).ok()?;
        let end = usize::try_from(at.checked_add(length)?).ok()?;
        self.bytes.get(start..end)
    }

    pub(super) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// The directories of a file in order, each visited once.
pub(super) struct Chain<'a> {
    file: &'a File,
    next: Option<u64>,
    seen: BTreeSet<u64>,
}

/// Most entries a directory may have. Real ones have some twenty.
pub(super) const MOST_ENTRIES: u64 = 4096;

impl<'a> Chain<'a> {
    pub(super) fn new(file: &'a File) -> Self {
        // A file too short for a first offset leads nowhere, to its start.
        let first = file.offset(if file.big { 8 } else { 4 }).unwrap_or(0);
        Self { file, next: Some(first), seen: BTreeSet::new() }
    }

    /// The directory at `at` and the offset after it, 0 at the end.
    pub(super) fn read(&self, at: u64) -> Option<(Directory<'a>, u64)> {
        let file = self.file;
        let (head, size) = if file.big { (8, 20) } else { (2, 12) };
        let count = if file.big { file.u64(at)? } else { file.u16(at)?.into() };
        if at == 0 || count > MOST_ENTRIES {
            return None;
        }
        let start = at.checked_add(head)?;
        let mut entries = BTreeMap::new();
        for place in 0..count {
            let entry = start.checked_add(place * size)?;
            let (tag, kind) = (file.u16(entry)?, file.u16(entry + 2)?);
            let count = file.offset(entry + 4)?;
            let value = entry + if file.big { 12 } else { 8 };
            file.offset(value)?;
            if is_read(tag) {
                entries.entry(tag).or_insert(Entry { kind, count, value });
            }
        }
        let next = file.offset(start.checked_add(count * size)?)?;
        Some((Directory { file, entries }, next))
    }
}

impl<'a> Iterator for Chain<'a> {
    type Item = Result<Directory<'a>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.next.take()?;
        let after = self.seen.len();
        if !self.seen.insert(at) {
            return Some(Err(DecodeError::ChainCycle { after }));
        }
        let Some((directory, next)) = self.read(at) else {
            return Some(Err(DecodeError::ChainBroken { after, offset: at }));
        };
        self.next = (next != 0).then_some(next);
        Some(Ok(directory))
    }
}

/// A directory entry: where its values are said to lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    kind: u16,
    count: u64,
    /// Where the value field lies; longer values lie where it points.
    value: u64,
}

/// Values of one entry, all of them within the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values {
    kind: u16,
    pub(super) count: u64,
    at: u64,
}

impl Values {
    /// Value number `place` as an unsigned integer.
    pub(super) fn get(&self, file: &File, place: u64) -> Option<u64> {
        if place >= self.count {
            return None;
        }
        match self.kind {
            1 | 7 => file.array(self.at + place).map(|[byte]| byte.into()),
            3 => file.u16(self.at + place * 2).map(u64::from),
            4 | 13 => file.u32(self.at + place * 4).map(u64::from),
            16 | 18 => file.u64(self.at + place * 8),
            _ => None,
        }
    }

    pub(super) fn bytes<'a>(&self, file: &'a File) -> Option<&'a [u8]> {
        file.slice(self.at, self.count * bytes_of_kind(self.kind)?)
    }
}

/// Bytes a value of a field type takes (TIFF 6.0, page 15, and `BigTIFF`).
pub(super) fn bytes_of_kind(kind: u16) -> Option<u64> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16..=18 => Some(8),
        _ => None,
    }
}

/// A directory: the fields that describe one page.
pub(super) struct Directory<'a> {
    pub(super) file: &'a File,
    entries: BTreeMap<u16, Entry>,
}

impl Directory<'_> {
    /// Whether a field is there at all.
    pub(super) fn has(&self, tag: Tag) -> bool {
        self.entries.contains_key(&tag.0)
    }

    /// The values of a field that has any; an error if they are not there.
    pub(super) fn values(&self, tag: Tag) -> Result<Option<Values>, DecodeError> {
        let Some(&Entry { kind, count, value }) = self.entries.get(&tag.0) else {
            return Ok(None);
        };
        let Some(size) = bytes_of_kind(kind).and_then(|size| size.checked_mul(count))
        else {
            let value = format!("type {kind} × {count}");
            return Err(DecodeError::Invalid { field: tag.1, value });
        };
        if count == 0 {
            return Ok(None);
        }
        let inline = if self.file.big { 8 } else { 4 };
        let at = if size <= inline { Some(value) } else { self.file.offset(value) };
        let at = at.unwrap_or(u64::MAX);
        if self.file.slice(at, size).is_none() {
            let size = self.file.size();
            return Err(DecodeError::Outside { field: tag.1, offset: at, size });
        }
        Ok(Some(Values { kind, count, at }))
    }

    /// The first value of a field.
    pub(super) fn number(&self, tag: Tag) -> Result<Option<u64>, DecodeError> {
        Ok(self.values(tag)?.and_then(|values| values.get(self.file, 0)))
    }

    pub(super) fn number_or(&self, tag: Tag, default: u64) -> Result<u64, DecodeError> {
        Ok(self.number(tag)?.unwrap_or(default))
    }

    /// The first value of a field that must be there.
    pub(super) fn u32(&self, tag: Tag) -> Result<u32, DecodeError> {
        let value = self.number(tag)?.ok_or(DecodeError::Lacks { field: tag.1 })?;
        u32::try_from(value).or_else(|_| invalid(tag, value))
    }

    /// The bytes of a field that may as well be missing.
    pub(super) fn bytes(&self, tag: Tag) -> Option<&[u8]> {
        self.values(tag).ok()??.bytes(self.file)
    }

    /// Whether this is a preview or a mask of another page (TIFF 6.0, page 36).
    /// A scanner that sets the flag on full pages must lose none of them, so a
    /// preview must be smaller than a page before it.
    pub(super) fn is_part_of_another(&self, largest: (u32, u32)) -> bool {
        let kind = self.number(NEW_SUBFILE_TYPE).ok().flatten().unwrap_or(0);
        let smaller = |tag, than| self.u32(tag).is_ok_and(|side| side < than);
        let is_mask = kind & 4 != 0 && self.number(PHOTOMETRIC) == Ok(Some(4));
        let is_preview =
            kind & 1 != 0 && smaller(WIDTH, largest.0) && smaller(HEIGHT, largest.1);
        is_preview || is_mask && largest.0 > 0
    }

    pub(super) fn dpi(&self) -> Option<Dpi> {
        let axis = |tag| {
            let values = self.values(tag).ok()??;
            let (upper, lower) = match values.kind {
                5 => (self.file.u32(values.at)?, self.file.u32(values.at + 4)?),
                _ => (u32::try_from(values.get(self.file, 0)?).ok()?, 1),
            };
            Some(f64::from(upper) / f64::from(lower))
        };
        let per_inch = match self.number_or(RESOLUTION_UNIT, 2) {
            Ok(2) => 1.0,
            Ok(3) => 2.54,
            _ => return None,
        };
        Dpi::plausible(axis(X_RESOLUTION)? * per_inch, axis(Y_RESOLUTION)? * per_inch)
    }

    pub(super) fn coding(&self) -> Result<Coding, DecodeError> {
        Ok(match self.number_or(COMPRESSION, 1)? {
            1 => Coding::Plain,
            2 => Coding::Fax(Fax::Rows),
            3 if self.number_or(T4_OPTIONS, 0)? & 1 == 1 => Coding::Fax(Fax::G3TwoD),
            3 => Coding::Fax(Fax::G3),
            4 => Coding::Fax(Fax::G4),
            5 => Coding::Lzw,
            6 if self.has(JPEG_OFFSET) => Coding::Jpeg,
            7 => Coding::Jpeg,
            8 | 32946 => Coding::Deflate,
            32773 => Coding::PackBits,
            other => return unsupported(format!("TIFF Compression {other}")),
        })
    }

    /// What the samples are, judged by their count, size and meaning.
    pub(super) fn stored(
        &self,
        coding: Coding,
        mirrored: bool,
    ) -> Result<Stored, DecodeError> {
        /// Most samples a pixel: CMYK with alpha and some spot colours.
        const MOST_SAMPLES: u64 = 8;
        let samples = match self.number_or(SAMPLES, 1)? {
            samples @ 1..=MOST_SAMPLES => u8::try_from(samples).unwrap_or(1),
            0 => return invalid(SAMPLES, 0),
            many => return unsupported(format!("TIFF, {many} samples")),
        };
        let bits = self.bits()?;
        let format = self.number_or(SAMPLE_FORMAT, 1)?;
        if !matches!(format, 1 | 4) {
            return unsupported(format!("TIFF SampleFormat {format}"));
        }
        let is_fax = matches!(coding, Coding::Fax(_));
        if is_fax && (bits, samples) != (1, 1) || coding == Coding::Jpeg && bits != 8 {
            return unsupported(format!(
                "TIFF {}, {samples} × {bits} bit",
                coding.name()
            ));
        }
        let photometric = self.number_or(
            PHOTOMETRIC,
            match samples {
                _ if is_fax => 0,
                1 | 2 => 1,
                _ => 2,
            },
        )?;
        let ink = self.ink(photometric, bits)?;
        if samples < ink.samples() {
            return invalid(SAMPLES, samples.into());
        }
        // Only what is declared as opacity is taken for it: stray fourth
        // samples of 0 would else blank the page.
        let alpha = match self.number_or(EXTRA_SAMPLES, 0)? {
            1 if samples > ink.samples() => Alpha::Premultiplied,
            2 if samples > ink.samples() => Alpha::Straight,
            _ => Alpha::None,
        };
        Ok(Stored {
            width: self.u32(WIDTH)?,
            bits,
            samples,
            ink,
            alpha,
            inverted: photometric == 0,
            big_endian: self.file.big_endian,
            mirrored,
        })
    }

    /// The size of all samples of a pixel, which must be the same.
    pub(super) fn bits(&self) -> Result<u8, DecodeError> {
        let Some(values) = self.values(BITS)? else { return Ok(1) };
        let sizes =
            (0..values.count.min(8)).filter_map(|place| values.get(self.file, place));
        let sizes: BTreeSet<u64> = sizes.collect();
        match sizes.first() {
            Some(&bits @ (1 | 2 | 4 | 8 | 16)) if sizes.len() == 1 => {
                Ok(u8::try_from(bits).unwrap_or(8))
            }
            _ => {
                let sizes: Vec<String> = sizes.iter().map(u64::to_string).collect();
                unsupported(format!("TIFF BitsPerSample {}", sizes.join(", ")))
            }
        }
    }

    pub(super) fn ink(&self, photometric: u64, bits: u8) -> Result<Ink, DecodeError> {
        Ok(match photometric {
            0 | 1 | 4 => Ink::Grey,
            2 => Ink::Rgb,
            3 => Ink::Palette(self.palette(bits)?),
            5 if self.number_or(INK_SET, 1)? == 1 => {
                // Without its profile the page would come out in other colours.
                let profile = self.values(ICC_PROFILE)?;
                let profile = profile.and_then(|values| {
                    let start = usize::try_from(values.at).ok()?;
                    let end = start.checked_add(values.bytes(self.file)?.len())?;
                    Slice::new(Arc::clone(&self.file.bytes), start, end)
                });
                Ink::Cmyk(profile.and_then(icc::for_cmyk))
            }
            6 => Ink::YCbCr,
            other => {
                return unsupported(format!("TIFF PhotometricInterpretation {other}"));
            }
        })
    }

    /// All reds, then all greens, then all blues, of 16 bits (TIFF 6.0, page 23).
    pub(super) fn palette(&self, bits: u8) -> Result<Vec<[u8; 3]>, DecodeError> {
        if bits > 8 {
            return unsupported(format!("TIFF palette, {bits} bit"));
        }
        let size = 1_u64 << bits;
        let values = self.values(COLOR_MAP)?;
        let values = values.ok_or(DecodeError::Lacks { field: COLOR_MAP.1 })?;
        let get = |place| values.get(self.file, place);
        // Some writers scaled to 8 bits; then no value has a high byte. The
        // others multiply by 256 or 257, and the high byte undoes both.
        let narrow = (0..3 * size).filter_map(get).all(|value| value < 256);
        let colour = |place| {
            let scale = |value: u64| {
                let [low, high, ..] = value.to_le_bytes();
                if narrow { low } else { high }
            };
            let rgb = [get(place)?, get(size + place)?, get(2 * size + place)?];
            Some(rgb.map(scale))
        };
        let colours: Option<Vec<_>> = (0..size).map(colour).collect();
        colours.map_or_else(|| invalid(COLOR_MAP, values.count), Ok)
    }

    /// The factors of the colour differences across and down.
    pub(super) fn subsampling(&self) -> Result<(u8, u8), DecodeError> {
        let values = self.values(YCBCR_SUBSAMPLING)?;
        let get =
            |place| values.and_then(|values| values.get(self.file, place)).unwrap_or(2);
        let factor = |value| match value {
            1 | 2 | 4 => Ok(u8::try_from(value).unwrap_or(1)),
            other => invalid(YCBCR_SUBSAMPLING, other),
        };
        Ok((factor(get(0))?, factor(get(1))?))
    }
}

pub(super) fn invalid<T>(tag: Tag, value: u64) -> Result<T, DecodeError> {
    Err(DecodeError::Invalid { field: tag.1, value: value.to_string() })
}

pub(super) fn unsupported<T>(kind: String) -> Result<T, DecodeError> {
    Err(DecodeError::Unsupported { kind })
}
