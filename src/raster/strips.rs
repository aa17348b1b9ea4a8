//! The codings of TIFF strips and tiles, each as a stream of unpacked bytes.
//!
//! A strip may be a whole page of 81 megapixels, so nothing here unpacks more
//! than a few rows ahead; CCITT, whose decoder pushes, is unpacked a strip at a
//! time into bits. A stream that ends or breaks before the rows it owes is
//! the caller's to judge, which counts them.

use std::borrow::Cow;
use std::io::{self, BufReader, Read};

use flate2::read::ZlibDecoder;
use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};
use weezl::{BitOrder, LzwStatus};

use crate::raster::jpeg::{Facts, Lines};
use crate::raster::{DecodeError, guarded};

/// How a strip or tile is compressed (TIFF 6.0, tag Compression).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// 1: not at all.
    Plain,
    /// 2, 3 and 4.
    Fax(Fax),
    /// 5.
    Lzw,
    /// 7: one JPEG stream a strip; also 6 where that is so.
    Jpeg,
    /// 8, and 32946 of old.
    Deflate,
    /// 32773.
    PackBits,
}

/// A coding of ITU-T T.4 or T.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fax {
    /// Modified Huffman: T.4 in one dimension without line ends, each row
    /// starting on a byte (TIFF 6.0, section 10).
    Rows,
    /// T.4 in one dimension.
    G3,
    /// T.4 in two dimensions.
    G3TwoD,
    /// T.6.
    G4,
}

impl Coding {
    /// Its name in messages and records.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Plain => "uncompressed",
            Self::Fax(Fax::Rows) => "MH",
            Self::Fax(Fax::G3) => "G3",
            Self::Fax(Fax::G3TwoD) => "G3 2D",
            Self::Fax(Fax::G4) => "G4",
            Self::Lzw => "LZW",
            Self::Jpeg => "JPEG",
            Self::Deflate => "Deflate",
            Self::PackBits => "PackBits",
        }
    }
}

/// The stored bytes of a strip or tile, and what its coding must be told.
pub(crate) struct Strip<'a> {
    /// As they lie in the file.
    pub(crate) bytes: &'a [u8],
    /// Whether the low bit of each byte comes first (`FillOrder` 2).
    pub(crate) reversed: bool,
    /// Shared JPEG tables (tag `JPEGTables`), a stream without a picture.
    pub(crate) tables: Option<&'a [u8]>,
    /// Columns.
    pub(crate) width: u32,
    /// Rows that are wanted.
    pub(crate) rows: u32,
    /// Rows that the strip may have at most.
    pub(crate) most_rows: u32,
    /// Samples a pixel.
    pub(crate) samples: u8,
}

/// A stream of unpacked bytes.
pub(crate) type Unpacked<'a> = Box<dyn Read + 'a>;

impl<'a> Strip<'a> {
    /// Begins to unpack.
    ///
    /// # Errors
    ///
    /// When a JPEG stream is not the picture that the page says.
    pub(crate) fn unpack(self, coding: Coding) -> Result<Unpacked<'a>, DecodeError> {
        Ok(match coding {
            Coding::Plain => self.in_order(),
            Coding::Fax(kind) => Box::new(self.fax(kind)),
            Coding::Lzw => Box::new(Lzw::new(self.bits_in_order())),
            Coding::Jpeg => Box::new(self.jpeg()?),
            // Its own buffer would take 32 KB for each of a row of tiles.
            Coding::Deflate => {
                Box::new(ZlibDecoder::new_with_buf(self.in_order(), vec![0; 4096]))
            }
            Coding::PackBits => {
                let packed = BufReader::with_capacity(4096, self.in_order());
                Box::new(PackBits { packed, run: Run::Copy(0) })
            }
        })
    }

    fn in_order(self) -> Unpacked<'a> {
        if self.reversed { Box::new(Reversed(self.bytes)) } else { Box::new(self.bytes) }
    }

    fn bits_in_order(&self) -> Cow<'a, [u8]> {
        if self.reversed {
            Cow::Owned(self.bytes.iter().map(|byte| byte.reverse_bits()).collect())
        } else {
            Cow::Borrowed(self.bytes)
        }
    }

    fn fax(&self, kind: Fax) -> Bits {
        let settings = DecodeSettings {
            columns: self.width,
            rows: self.rows,
            end_of_block: true,
            end_of_line: false,
            rows_are_byte_aligned: kind == Fax::Rows,
            encoding: match kind {
                Fax::Rows | Fax::G3 => EncodingMode::Group3_1D,
                Fax::G3TwoD => EncodingMode::Group3_2D,
                Fax::G4 => EncodingMode::Group4,
            },
            // Lenient decoding paints a damaged line white.
            strict: true,
        };
        let bytes = self.bits_in_order();
        let mut rows = BlackRuns { width: self.width, left: self.rows, bits: Vec::new() };
        let outcome = guarded(|| {
            hayro_ccitt::decode(&bytes, &mut rows, &mut DecoderContext::new(settings))
        });
        let damage = match outcome {
            Some(Ok(_) | Err(hayro_ccitt::DecodeError::UnexpectedEof)) => None,
            Some(Err(_)) | None => Some(io::ErrorKind::InvalidData),
        };
        Bits { bits: io::Cursor::new(rows.bits), damage }
    }

    fn jpeg(self) -> Result<JpegBytes<'a>, DecodeError> {
        let facts = Facts::read(self.bytes)?;
        let (width, height) = (u32::from(facts.width), u32::from(facts.height));
        // The frame decides on memory, so it may not be larger than the strip.
        let fits = width == self.width
            && (self.rows..=self.most_rows.next_multiple_of(16)).contains(&height)
            && facts.component_count() == usize::from(self.samples);
        if !fits {
            let value = format!("{width} × {height} × {}", facts.component_count());
            return Err(DecodeError::Invalid { field: "JPEG frame", value });
        }
        // TIFF Technical Note 2: the tables come first, both without what
        // would end one stream and begin another.
        let tables =
            self.tables.map(|tables| tables.strip_suffix(b"\xff\xd9").unwrap_or(tables));
        let parts = match tables {
            Some(tables) => {
                [tables, self.bytes.strip_prefix(b"\xff\xd8").unwrap_or(self.bytes)]
            }
            None => [self.bytes, &[]],
        };
        let lines = Lines::start(parts, &facts, None)?;
        let line = vec![0; lines.row_bytes()];
        Ok(JpegBytes { at: line.len(), lines, line })
    }
}

/// Bytes with their bits turned round.
struct Reversed<'a>(&'a [u8]);

impl Read for Reversed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        for byte in buffer.iter_mut().take(count) {
            *byte = byte.reverse_bits();
        }
        Ok(count)
    }
}

/// LZW as TIFF 6.0, section 13 has it, or as it was before version 6.
struct Lzw<'a> {
    packed: Cow<'a, [u8]>,
    at: usize,
    decoder: weezl::decode::Decoder,
}

impl<'a> Lzw<'a> {
    fn new(packed: Cow<'a, [u8]>) -> Self {
        // The clear code that begins every strip, in the bit order of old.
        let of_old = matches!(*packed, [0, second, ..] if second & 1 == 1);
        let decoder = if of_old {
            weezl::decode::Decoder::new(BitOrder::Lsb, 8)
        } else {
            weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
        };
        Self { packed, at: 0, decoder }
    }
}

impl Read for Lzw<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let packed = self.packed.get(self.at..).unwrap_or_default();
            let result = self.decoder.decode_bytes(packed, buffer);
            self.at += result.consumed_in;
            if result.consumed_out > 0 || buffer.is_empty() {
                return Ok(result.consumed_out);
            }
            match result.status {
                Ok(LzwStatus::Ok) if result.consumed_in > 0 => {}
                Ok(LzwStatus::Ok | LzwStatus::NoProgress | LzwStatus::Done) => {
                    return Ok(0);
                }
                Err(_) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
    }
}

/// `PackBits` (TIFF 6.0, section 9).
struct PackBits<R> {
    packed: R,
    run: Run,
}

/// What is left of a run.
enum Run {
    Copy(usize),
    Repeat(u8, usize),
}

impl<R: Read> Read for PackBits<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match &mut self.run {
                Run::Copy(0) | Run::Repeat(_, 0) => {}
                Run::Copy(left) => {
                    let count = self.packed.by_ref().take(*left as u64).read(buffer)?;
                    *left -= count;
                    return Ok(count);
                }
                Run::Repeat(byte, left) => {
                    let count = buffer.len().min(*left);
                    buffer.iter_mut().take(count).for_each(|to| *to = *byte);
                    *left -= count;
                    return Ok(count);
                }
            }
            let [mut head, mut byte] = [[0]; 2];
            if self.packed.read(&mut head)? == 0 {
                return Ok(0);
            }
            let [head] = head;
            self.run = match head {
                0..=127 => Run::Copy(usize::from(head) + 1),
                128 => continue,
                129..=255 => {
                    self.packed.read_exact(&mut byte)?;
                    let [byte] = byte;
                    Run::Repeat(byte, 257 - usize::from(head))
                }
            };
        }
    }
}

/// Takes rows from the CCITT decoder and packs them, 1 for black.
struct BlackRuns {
    width: u32,
    left: u32,
    bits: Vec<u8>,
}

impl hayro_ccitt::Decoder for BlackRuns {
    fn push_row(&mut self, changes: &[u32]) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let start = self.bits.len();
        self.bits.resize(start + self.width.div_ceil(8) as usize, 0);
        let row = self.bits.get_mut(start..).unwrap_or_default();
        for run in changes.chunks(2) {
            let (Some(&from), to) = (run.first(), run.get(1)) else { continue };
            blacken(row, from, to.copied().unwrap_or(self.width).min(self.width));
        }
    }
}

/// Sets the bits `from..to` of a row.
fn blacken(row: &mut [u8], from: u32, to: u32) {
    if from >= to {
        return;
    }
    let (first, last) = (from as usize / 8, (to as usize - 1) / 8);
    let head = 0xff_u8 >> (from % 8);
    let tail = 0xff_u8 << (7 - (to - 1) % 8);
    let Some(bytes) = row.get_mut(first..=last) else { return };
    match bytes {
        [] => {}
        [only] => *only |= head & tail,
        [first, between @ .., last] => {
            *first |= head;
            between.fill(0xff);
            *last |= tail;
        }
    }
}

/// Bits that were decoded, and then the damage that ended them.
struct Bits {
    bits: io::Cursor<Vec<u8>>,
    damage: Option<io::ErrorKind>,
}

impl Read for Bits {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.bits.read(buffer)?, self.damage) {
            (0, Some(damage)) if !buffer.is_empty() => Err(damage.into()),
            (count, _) => Ok(count),
        }
    }
}

/// The rows of a JPEG stream as bytes.
struct JpegBytes<'a> {
    lines: Lines<'a>,
    line: Vec<u8>,
    at: usize,
}

impl Read for JpegBytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.line.len() {
            self.lines.next(&mut self.line).ok_or(io::ErrorKind::InvalidData)?;
            self.at = 0;
        }
        let count = self.line.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

/// Subsampled YCbCr outside JPEG (TIFF 6.0, section 21): units of `across` ×
/// `down` lumas and one pair of differences, spread to three samples a pixel.
pub(crate) struct Subsampled<'a> {
    units: Unpacked<'a>,
    across: usize,
    down: usize,
    width: usize,
    rows: Vec<u8>,
    at: usize,
}

impl<'a> Subsampled<'a> {
    pub(crate) fn new(units: Unpacked<'a>, (across, down): (u8, u8), width: u32) -> Self {
        let (across, down) = (usize::from(across), usize::from(down));
        let width = width as usize;
        Self { units, across, down, width, rows: Vec::new(), at: 0 }
    }

    /// Bytes of the units that hold `rows` rows.
    pub(crate) fn stored_bytes((across, down): (u8, u8), width: u32, rows: u32) -> u64 {
        let units = u64::from(width.div_ceil(across.max(1).into()))
            * u64::from(rows.div_ceil(down.max(1).into()));
        units * (u64::from(across) * u64::from(down) + 2)
    }

    /// Reads one row of units, which is `down` rows of pixels.
    fn fill(&mut self) -> io::Result<()> {
        let mut unit = vec![0; self.across * self.down + 2];
        let mut rows = vec![0; self.width * 3 * self.down];
        for left in (0..self.width).step_by(self.across) {
            self.units.read_exact(&mut unit)?;
            let (lumas, differences) = unit.split_at(self.across * self.down);
            for (row, lumas) in
                rows.chunks_mut(self.width * 3).zip(lumas.chunks(self.across))
            {
                let pixels = row.as_chunks_mut::<3>().0.iter_mut().skip(left);
                for ([y, cb, cr], luma) in pixels.zip(lumas) {
                    *y = *luma;
                    if let &[blue, red] = differences {
                        (*cb, *cr) = (blue, red);
                    }
                }
            }
        }
        (self.rows, self.at) = (rows, 0);
        Ok(())
    }
}

impl Read for Subsampled<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.rows.len() {
            self.fill()?;
        }
        let count = self.rows.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unpacked(bytes: &[u8], coding: Coding) -> io::Result<Vec<u8>> {
        let strip = Strip {
            bytes,
            reversed: false,
            tables: None,
            width: 16,
            rows: 2,
            most_rows: 2,
            samples: 1,
        };
        let mut out = Vec::new();
        strip.unpack(coding).map_err(io::Error::other)?.read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn the_example_of_the_packbits_chapter_unpacks() {
        let packed = [
            0xfe, 0xaa, 0x02, 0x80, 0x00, 0x2a, 0xfd, 0xaa, 0x03, 0x80, 0x00, 0x2a, 0x22,
            0xf7, 0xaa,
        ];
        let mut expected =
            vec![0xaa, 0xaa, 0xaa, 0x80, 0x00, 0x2a, 0xaa, 0xaa, 0xaa, 0xaa];
        expected.extend([0x80, 0x00, 0x2a, 0x22]);
        expected.extend([0xaa; 10]);
        assert_eq!(unpacked(&packed, Coding::PackBits).unwrap(), expected);
    }

    #[test]
    fn a_packbits_run_without_its_byte_is_an_error() {
        assert!(unpacked(&[0xfe], Coding::PackBits).is_err());
    }

    #[test]
    fn lzw_of_before_version_6_unpacks() {
        let text = b"sao y ban chinh, sao y ban chinh".repeat(40);
        let old = weezl::encode::Encoder::new(BitOrder::Lsb, 8).encode(&text).unwrap();
        assert_eq!(unpacked(&old, Coding::Lzw).unwrap(), text);
        let new = weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8)
            .encode(&text)
            .unwrap();
        assert_eq!(unpacked(&new, Coding::Lzw).unwrap(), text);
    }

    #[test]
    fn runs_of_black_cover_exactly_their_pixels() {
        for (from, to) in [(0, 16), (3, 5), (7, 9), (0, 8), (8, 16), (5, 5)] {
            let mut row = [0; 2];
            blacken(&mut row, from, to);
            let expected = (from..to).fold(0_u16, |bits, at| bits | 0x8000 >> at);
            assert_eq!(u16::from_be_bytes(row), expected, "{from}..{to}");
        }
    }
}
