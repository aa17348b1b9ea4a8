//! TIFF 6.0 and `BigTIFF`: the pages of a file and their rows.
//!
//! Directories are read here and not by a crate, because one bad page must
//! not hide the others, a strip must be unpacked while it is read, and arrays
//! that ten thousand directories share must not be copied ten thousand times.
//! Nothing is kept of a file but its bytes and, for each page, where its
//! tables lie.

mod directory;
mod plan;

use std::io::Read as _;
use std::sync::Arc;

use crate::raster::pixels::{Converter, Ink, Stored, packed_bytes, upright};
use crate::raster::strips::{Coding, Strip, Subsampled, Unpacked};
use crate::raster::tiff::directory::{
    Chain, Directory, File, HEIGHT, ICC_PROFILE, ORIENTATION, WIDTH,
};
use crate::raster::tiff::plan::Plan;
use crate::raster::{DecodeError, Header, Limits, Rows, Scan, icc};

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
