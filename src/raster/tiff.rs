//! TIFF 6.0 and `BigTIFF`: the pages of a file and their rows.
//!
//! Directories are read here and not by a crate, because one bad page must
//! not hide the others, a strip must be unpacked while it is read, and arrays
//! that ten thousand directories share must not be copied ten thousand times.
//! Nothing is kept of a file but its bytes and, for each page, where its
//! tables lie.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::sync::Arc;

use crate::raster::jpeg::{Facts, PdfColours};
use crate::raster::pixels::{Alpha, Converter, Ink, Stored, packed_bytes, upright};
use crate::raster::strips::{Coding, Fax, Strip, Subsampled, Unpacked};
use crate::raster::{
    DecodeError, Filter, Header, Limits, Passthrough, Rows, Scan, Slice, icc,
};
use crate::units::Dpi;

/// Opens the pages of a file: the directories of its chain, without previews
/// and masks of other pages. A chain that breaks ends with its error. Stops at
/// one page more than the limit.
pub(crate) fn pages(bytes: &Arc<[u8]>, limits: Limits) -> Vec<Result<Scan, DecodeError>> {
    let file = File::new(Arc::clone(bytes));
    // Real profiles each lie in the file once; what many pages share may cost
    // no more memory than that.
    let mut profiles = bytes.len();
    let mut pages = Vec::new();
    let mut largest = (0, 0);
    // Without an end to what is passed over, a small file could hold millions
    // of directories that overlap.
    let most_passed_over = limits.pages.saturating_mul(4);
    for (place, directory) in Chain::new(&file).enumerate() {
        let page = match directory {
            Ok(directory)
                if place < most_passed_over && directory.is_part_of_another(largest) =>
            {
                continue;
            }
            Ok(directory) => page(&directory, limits, &mut profiles),
            Err(broken) => Err(broken),
        };
        if let Ok(Scan { header, .. }) = &page {
            largest = (largest.0.max(header.width), largest.1.max(header.height));
        }
        pages.push(page);
        if pages.len() > limits.pages {
            break;
        }
    }
    pages
}

/// Opens one page and draws on the bytes left for profiles.
fn page(
    directory: &Directory<'_>,
    limits: Limits,
    profiles: &mut usize,
) -> Result<Scan, DecodeError> {
    let (width, height) = (directory.u32(WIDTH)?, directory.u32(HEIGHT)?);
    limits.admit(width, height)?;
    let (mirrored, turn) = upright(directory.number(ORIENTATION)?.unwrap_or(1));
    let coding = directory.coding()?;
    let stored = directory.stored(coding, mirrored)?;
    let plan = Plan::new(directory, coding, &stored, height)?;
    let depth = stored.depth();
    let icc = directory
        .bytes(ICC_PROFILE)
        .filter(|profile| profile.len() <= *profiles)
        .and_then(|profile| icc::fitting(profile, depth));
    *profiles -= icc.as_ref().map_or(0, Vec::len);
    let passthrough = plan.passthrough(directory, &stored);
    let header = Header {
        width,
        height,
        depth,
        dpi: directory.dpi(),
        turn,
        icc,
        passthrough,
        encoding: encoding(coding, &stored),
    };
    let rows = Box::new(Page { file: directory.file.clone(), stored, plan });
    Ok(Scan { header, rows, placed: None })
}

fn encoding(coding: Coding, stored: &Stored) -> String {
    let colours = match stored.ink {
        Ink::Grey | Ink::Rgb => "",
        Ink::YCbCr if coding == Coding::Jpeg => "",
        Ink::YCbCr => " YCbCr",
        Ink::Cmyk(_) => " CMYK",
        Ink::Palette(_) => " palette",
    };
    let bits = if stored.bits == 16 { " 16 bit" } else { "" };
    format!("TIFF {}{colours}{bits}", coding.name())
}

/// A tag of a directory: its number and its name.
#[derive(Clone, Copy)]
struct Tag(u16, &'static str);

impl std::fmt::Debug for Tag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.1)
    }
}

const NEW_SUBFILE_TYPE: Tag = Tag(254, "NewSubfileType");
const WIDTH: Tag = Tag(256, "ImageWidth");
const HEIGHT: Tag = Tag(257, "ImageLength");
const BITS: Tag = Tag(258, "BitsPerSample");
const COMPRESSION: Tag = Tag(259, "Compression");
const PHOTOMETRIC: Tag = Tag(262, "PhotometricInterpretation");
const FILL_ORDER: Tag = Tag(266, "FillOrder");
const STRIP_OFFSETS: Tag = Tag(273, "StripOffsets");
const ORIENTATION: Tag = Tag(274, "Orientation");
const SAMPLES: Tag = Tag(277, "SamplesPerPixel");
const ROWS_PER_STRIP: Tag = Tag(278, "RowsPerStrip");
const STRIP_BYTE_COUNTS: Tag = Tag(279, "StripByteCounts");
const X_RESOLUTION: Tag = Tag(282, "XResolution");
const Y_RESOLUTION: Tag = Tag(283, "YResolution");
const PLANAR: Tag = Tag(284, "PlanarConfiguration");
const T4_OPTIONS: Tag = Tag(292, "T4Options");
const RESOLUTION_UNIT: Tag = Tag(296, "ResolutionUnit");
const PREDICTOR: Tag = Tag(317, "Predictor");
const COLOR_MAP: Tag = Tag(320, "ColorMap");
const TILE_WIDTH: Tag = Tag(322, "TileWidth");
const TILE_LENGTH: Tag = Tag(323, "TileLength");
const TILE_OFFSETS: Tag = Tag(324, "TileOffsets");
const TILE_BYTE_COUNTS: Tag = Tag(325, "TileByteCounts");
const INK_SET: Tag = Tag(332, "InkSet");
const EXTRA_SAMPLES: Tag = Tag(338, "ExtraSamples");
const SAMPLE_FORMAT: Tag = Tag(339, "SampleFormat");
const JPEG_TABLES: Tag = Tag(347, "JPEGTables");
const JPEG_OFFSET: Tag = Tag(513, "JPEGInterchangeFormat");
const JPEG_LENGTH: Tag = Tag(514, "JPEGInterchangeFormatLength");
const YCBCR_SUBSAMPLING: Tag = Tag(530, "YCbCrSubSampling");
const ICC_PROFILE: Tag = Tag(34675, "ICCProfile");

/// Whether a tag may be one of those above.
fn is_read(tag: u16) -> bool {
    matches!(tag, 254..=347 | 513 | 514 | 530 | 34675)
}

/// The bytes of a file, and how numbers lie in them.
#[derive(Clone, Debug)]
struct File {
    bytes: Arc<[u8]>,
    big_endian: bool,
    /// `BigTIFF`: offsets of 8 bytes.
    big: bool,
}

impl File {
    fn new(bytes: Arc<[u8]>) -> Self {
        let big_endian = bytes.starts_with(b"MM");
        let file = Self { bytes, big_endian, big: false };
        Self { big: file.u16(2) == Some(43), ..file }
    }

    fn array<const N: usize>(&self, at: u64) -> Option<[u8; N]> {
        let at = usize::try_from(at).ok()?;
        self.bytes.get(at..)?.first_chunk().copied()
    }

    fn u16(&self, at: u64) -> Option<u16> {
        let two = self.array(at)?;
        Some(if self.big_endian {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        })
    }

    fn u32(&self, at: u64) -> Option<u32> {
        let four = self.array(at)?;
        Some(if self.big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        })
    }

    fn u64(&self, at: u64) -> Option<u64> {
        let eight = self.array(at)?;
        Some(if self.big_endian {
            u64::from_be_bytes(eight)
        } else {
            u64::from_le_bytes(eight)
        })
    }

    /// An offset or count, as wide as the file has them.
    fn offset(&self, at: u64) -> Option<u64> {
        if self.big { self.u64(at) } else { self.u32(at).map(u64::from) }
    }

    fn slice(&self, at: u64, length: u64) -> Option<&[u8]> {
        let start = usize::try_from(at).ok()?;
        let end = usize::try_from(at.checked_add(length)?).ok()?;
        self.bytes.get(start..end)
    }

    fn size(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// The directories of a file in order, each visited once.
struct Chain<'a> {
    file: &'a File,
    next: Option<u64>,
    seen: BTreeSet<u64>,
}

/// Most entries a directory may have. Real ones have some twenty.
const MOST_ENTRIES: u64 = 4096;

impl<'a> Chain<'a> {
    fn new(file: &'a File) -> Self {
        // A file too short for a first offset leads nowhere, to its start.
        let first = file.offset(if file.big { 8 } else { 4 }).unwrap_or(0);
        Self { file, next: Some(first), seen: BTreeSet::new() }
    }

    /// The directory at `at` and the offset after it, 0 at the end.
    fn read(&self, at: u64) -> Option<(Directory<'a>, u64)> {
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
struct Entry {
    kind: u16,
    count: u64,
    /// Where the value field lies; longer values lie where it points.
    value: u64,
}

/// Values of one entry, all of them within the file.
#[derive(Clone, Copy, Debug)]
struct Values {
    kind: u16,
    count: u64,
    at: u64,
}

impl Values {
    /// Value number `place` as an unsigned integer.
    fn get(&self, file: &File, place: u64) -> Option<u64> {
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

    fn bytes<'a>(&self, file: &'a File) -> Option<&'a [u8]> {
        file.slice(self.at, self.count * bytes_of_kind(self.kind)?)
    }
}

/// Bytes a value of a field type takes (TIFF 6.0, page 15, and `BigTIFF`).
fn bytes_of_kind(kind: u16) -> Option<u64> {
    match kind {
        1 | 2 | 6 | 7 => Some(1),
        3 | 8 => Some(2),
        4 | 9 | 11 | 13 => Some(4),
        5 | 10 | 12 | 16..=18 => Some(8),
        _ => None,
    }
}

/// A directory: the fields that describe one page.
struct Directory<'a> {
    file: &'a File,
    entries: BTreeMap<u16, Entry>,
}

impl Directory<'_> {
    /// The values of a field that has any; an error if they are not there.
    fn values(&self, tag: Tag) -> Result<Option<Values>, DecodeError> {
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
    fn number(&self, tag: Tag) -> Result<Option<u64>, DecodeError> {
        Ok(self.values(tag)?.and_then(|values| values.get(self.file, 0)))
    }

    fn number_or(&self, tag: Tag, default: u64) -> Result<u64, DecodeError> {
        Ok(self.number(tag)?.unwrap_or(default))
    }

    /// The first value of a field that must be there.
    fn u32(&self, tag: Tag) -> Result<u32, DecodeError> {
        let value = self.number(tag)?.ok_or(DecodeError::Lacks { field: tag.1 })?;
        u32::try_from(value).or_else(|_| invalid(tag, value))
    }

    /// The bytes of a field that may as well be missing.
    fn bytes(&self, tag: Tag) -> Option<&[u8]> {
        self.values(tag).ok()??.bytes(self.file)
    }

    /// Whether this is a preview or a mask of another page (TIFF 6.0, page 36).
    /// A scanner that sets the flag on full pages must lose none of them, so a
    /// preview must be smaller than a page before it.
    fn is_part_of_another(&self, largest: (u32, u32)) -> bool {
        let kind = self.number(NEW_SUBFILE_TYPE).ok().flatten().unwrap_or(0);
        let smaller = |tag, than| self.u32(tag).is_ok_and(|side| side < than);
        let is_mask = kind & 4 != 0 && self.number(PHOTOMETRIC) == Ok(Some(4));
        let is_preview =
            kind & 1 != 0 && smaller(WIDTH, largest.0) && smaller(HEIGHT, largest.1);
        is_preview || is_mask && largest.0 > 0
    }

    fn dpi(&self) -> Option<Dpi> {
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

    fn coding(&self) -> Result<Coding, DecodeError> {
        Ok(match self.number_or(COMPRESSION, 1)? {
            1 => Coding::Plain,
            2 => Coding::Fax(Fax::Rows),
            3 if self.number_or(T4_OPTIONS, 0)? & 1 == 1 => Coding::Fax(Fax::G3TwoD),
            3 => Coding::Fax(Fax::G3),
            4 => Coding::Fax(Fax::G4),
            5 => Coding::Lzw,
            6 if self.entries.contains_key(&JPEG_OFFSET.0) => Coding::Jpeg,
            7 => Coding::Jpeg,
            8 | 32946 => Coding::Deflate,
            32773 => Coding::PackBits,
            other => return unsupported(format!("TIFF Compression {other}")),
        })
    }

    /// What the samples are, judged by their count, size and meaning.
    fn stored(&self, coding: Coding, mirrored: bool) -> Result<Stored, DecodeError> {
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
    fn bits(&self) -> Result<u8, DecodeError> {
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

    fn ink(&self, photometric: u64, bits: u8) -> Result<Ink, DecodeError> {
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
    fn palette(&self, bits: u8) -> Result<Vec<[u8; 3]>, DecodeError> {
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
    fn subsampling(&self) -> Result<(u8, u8), DecodeError> {
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

fn invalid<T>(tag: Tag, value: u64) -> Result<T, DecodeError> {
    Err(DecodeError::Invalid { field: tag.1, value: value.to_string() })
}

fn unsupported<T>(kind: String) -> Result<T, DecodeError> {
    Err(DecodeError::Unsupported { kind })
}

/// Where the strips or tiles of a page lie and how they are unpacked.
#[derive(Debug)]
struct Plan {
    coding: Coding,
    reversed: bool,
    /// Whether each sample is the difference to the one on its left.
    predicted: bool,
    /// How colour differences are thinned out, outside JPEG.
    subsampling: Option<(u8, u8)>,
    /// Planes of their own for each sample, or 1 for all together.
    planes: u8,
    height: u32,
    /// Columns of a strip or tile.
    chunk_width: u32,
    /// Rows of a strip or tile, at most `height` for a strip.
    chunk_rows: u32,
    /// Tiles side by side.
    across: u32,
    source: Source,
    tables: Option<Values>,
}

/// Where the bytes of strips and tiles are found.
#[derive(Debug)]
enum Source {
    /// Where the directory's tables say. Without a table of lengths there is
    /// one strip, up to the end of the file.
    Tables { offsets: (Tag, Values), lengths: Option<(Tag, Values)> },
    /// One old-style JPEG stream (TIFF 6.0, section 22).
    Stream { offset: u64, length: u64 },
}

/// Most tiles side by side, each with a decoder of its own.
const MOST_TILES_ACROSS: u32 = 2048;
/// Widest and highest tile, in pixels.
const LARGEST_TILE: u32 = 1 << 16;

impl Plan {
    fn new(
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
        let tiled = directory.entries.contains_key(&TILE_OFFSETS.0);
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
    fn samples(&self, stored: &Stored) -> u8 {
        if self.planes > 1 { 1 } else { stored.samples }
    }

    /// The stored bytes of strip or tile number `place`.
    fn bytes<'a>(&self, file: &'a File, place: u64) -> Result<&'a [u8], DecodeError> {
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
    fn passthrough(
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

/// A page whose rows are unpacked on demand.
#[derive(Debug)]
struct Page {
    file: File,
    stored: Stored,
    plan: Plan,
}

impl Rows for Page {
    fn decode(
        &self,
        each: &mut dyn FnMut(&[u8]) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let Plan { height, chunk_rows, planes, .. } = self.plan;
        let mut converter = Converter::new(&self.stored);
        let mut line = vec![0; self.stored.row_bytes().unwrap_or_default()];
        let mut lines = vec![Vec::new(); planes.into()];
        for band in 0..height.div_ceil(chunk_rows) {
            let first = band * chunk_rows;
            let rows = chunk_rows.min(height - first);
            let mut chunks = self.band(band, rows)?;
            for row in first..first + rows {
                for (plane, lines) in chunks.iter_mut().zip(&mut lines) {
                    lines.clear();
                    for chunk in plane {
                        chunk.next(lines).map_err(|error| self.blame(&error, row))?;
                    }
                }
                interleave(&lines, self.stored.bits, &mut line);
                each(converter.convert(&line)?)?;
            }
        }
        Ok(())
    }
}

impl Page {
    /// The strips or tiles that hold some rows, for each plane from the left.
    fn band(&self, band: u32, rows: u32) -> Result<Vec<Vec<Chunk<'_>>>, DecodeError> {
        let Plan { across, planes, height, chunk_rows, .. } = self.plan;
        let down = u64::from(height.div_ceil(chunk_rows));
        let of_plane = |plane: u8| {
            let of_band = u64::from(plane) * down + u64::from(band);
            let first = of_band * u64::from(across);
            let last = first + u64::from(across);
            (first..last).map(|place| self.chunk(place, rows)).collect()
        };
        (0..planes).map(of_plane).collect()
    }

    /// Begins to unpack strip or tile number `place`.
    fn chunk(&self, place: u64, rows: u32) -> Result<Chunk<'_>, DecodeError> {
        let plan = &self.plan;
        let samples = plan.samples(&self.stored);
        let bytes = plan.bytes(&self.file, place)?;
        let row_bytes = packed_bytes(plan.chunk_width, samples, self.stored.bits);
        let line = vec![0; row_bytes.unwrap_or_default()];
        if plan.coding == Coding::Plain {
            let expected = match plan.subsampling {
                None => line.len() as u64 * u64::from(rows),
                Some(factors) => {
                    Subsampled::stored_bytes(factors, plan.chunk_width, rows)
                }
            };
            let found = bytes.len() as u64;
            if found < expected {
                return Err(DecodeError::EndsEarly { found, expected });
            }
        }
        let strip = Strip {
            bytes,
            reversed: plan.reversed,
            tables: plan.tables.and_then(|tables| tables.bytes(&self.file)),
            width: plan.chunk_width,
            rows,
            most_rows: plan.chunk_rows,
            samples,
        };
        let unpacked = strip.unpack(plan.coding)?;
        let unpacked: Unpacked<'_> = match plan.subsampling {
            None => unpacked,
            Some(factors) => {
                Box::new(Subsampled::new(unpacked, factors, plan.chunk_width))
            }
        };
        let difference = plan.predicted.then_some(Difference {
            step: samples.into(),
            bits: self.stored.bits,
            big_endian: self.stored.big_endian,
        });
        Ok(Chunk { unpacked, line, difference })
    }

    /// What a failed read of row `row` means.
    fn blame(&self, error: &std::io::Error, row: u32) -> DecodeError {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            DecodeError::RowsMissing { found: row, expected: self.plan.height }
        } else {
            DecodeError::Damaged { coding: self.plan.coding.name(), row }
        }
    }
}

/// A strip or tile being unpacked.
struct Chunk<'a> {
    unpacked: Unpacked<'a>,
    line: Vec<u8>,
    difference: Option<Difference>,
}

impl Chunk<'_> {
    /// Appends the next row.
    fn next(&mut self, row: &mut Vec<u8>) -> std::io::Result<()> {
        self.unpacked.read_exact(&mut self.line)?;
        if let Some(difference) = &self.difference {
            difference.undo(&mut self.line);
        }
        row.extend_from_slice(&self.line);
        Ok(())
    }
}

/// Horizontal differencing (TIFF 6.0, section 14).
struct Difference {
    /// Samples between a sample and its left neighbour.
    step: usize,
    bits: u8,
    big_endian: bool,
}

impl Difference {
    fn undo(&self, row: &mut [u8]) {
        let mut left = [0_u16; 8];
        let left = left.get_mut(..self.step).unwrap_or_default();
        if self.bits == 16 {
            for pixel in row.as_chunks_mut::<2>().0.chunks_mut(self.step) {
                for (sample, left) in pixel.iter_mut().zip(&mut *left) {
                    let value = if self.big_endian {
                        u16::from_be_bytes(*sample)
                    } else {
                        u16::from_le_bytes(*sample)
                    };
                    *left = left.wrapping_add(value);
                    *sample = if self.big_endian {
                        left.to_be_bytes()
                    } else {
                        left.to_le_bytes()
                    };
                }
            }
        } else {
            for pixel in row.chunks_mut(self.step) {
                for (sample, left) in pixel.iter_mut().zip(&mut *left) {
                    *left = left.wrapping_add(u16::from(*sample));
                    [*sample, _] = left.to_le_bytes();
                }
            }
        }
    }
}

/// Joins the rows of the planes into one of whole pixels; what does not fit
/// in `line`, the padding of tiles, falls away.
fn interleave(planes: &[Vec<u8>], bits: u8, line: &mut [u8]) {
    if let [only] = planes {
        for (to, from) in line.iter_mut().zip(only) {
            *to = *from;
        }
        return;
    }
    let count = planes.len();
    if let whole @ (8 | 16) = bits {
        let size = usize::from(whole / 8);
        for (place, plane) in planes.iter().enumerate() {
            let to = line.chunks_mut(size).skip(place).step_by(count);
            for (to, from) in to.zip(plane.chunks_exact(size)) {
                to.copy_from_slice(from);
            }
        }
        return;
    }
    let per_byte = usize::from(8 / bits);
    let mask = (1_u8 << bits) - 1;
    let shift = |place: usize| 8 - usize::from(bits) * (place % per_byte + 1);
    line.fill(0);
    for place in 0..line.len() * per_byte {
        let (pixel, plane) = (place / count, place % count);
        let byte = planes.get(plane).and_then(|plane| plane.get(pixel / per_byte));
        let sample = (byte.copied().unwrap_or(0) >> shift(pixel)) & mask;
        if let Some(to) = line.get_mut(place / per_byte) {
            *to |= sample << shift(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_of_bits_are_joined_pixel_by_pixel() {
        let mut line = [0; 3];
        interleave(&[vec![0b1111_0000], vec![0b1010_1010], vec![0]], 1, &mut line);
        assert_eq!(line, [0b1101_0011, 0b0100_0100, 0b0001_0000]);
        let mut line = [0; 6];
        interleave(&[vec![1, 2, 3], vec![4, 5, 6]], 8, &mut line);
        assert_eq!(line, [1, 4, 2, 5, 3, 6]);
    }

    #[test]
    fn differences_wrap_around() {
        let mut row = [250, 1, 10, 1, 10, 1];
        Difference { step: 2, bits: 8, big_endian: true }.undo(&mut row);
        assert_eq!(row, [250, 1, 4, 2, 14, 3]);
        let mut row = [0xff, 0xff, 0x00, 0x02];
        Difference { step: 1, bits: 16, big_endian: true }.undo(&mut row);
        assert_eq!(row, [0xff, 0xff, 0x00, 0x01]);
    }
}
