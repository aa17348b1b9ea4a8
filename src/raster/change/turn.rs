//! Quarter turns of pictures, sample by sample: nothing is interpolated, and four of
//! them change nothing.

use std::iter::zip;

use crate::raster::{Depth, Raster};
use crate::units::Quarter;

/// The picture turned by a quarter, in its own depth.
#[must_use]
pub fn turn(raster: &Raster, quarter: Quarter) -> Raster {
    let (width, height) = match quarter.swaps_axes() {
        true => (raster.height, raster.width),
        false => (raster.width, raster.height),
    };
    let samples = match (quarter, raster.depth) {
        (Quarter::None, _) => raster.samples.clone(),
        (Quarter::Half, depth) => half_turn(raster, depth),
        (Quarter::Right, depth) => aside(raster, depth, Side::Right),
        (Quarter::Left, depth) => aside(raster, depth, Side::Left),
    };
    Raster { width, height, depth: raster.depth, samples }
}

fn half_turn(raster: &Raster, depth: Depth) -> Vec<u8> {
    let mut samples = Vec::with_capacity(raster.samples.len());
    for row in raster.rows().rev() {
        match depth {
            Depth::Bilevel => reversed_bits(row, raster.width, &mut samples),
            Depth::Grey => samples.extend(row.iter().rev()),
            Depth::Rgb => samples.extend(row.as_chunks::<3>().0.iter().rev().flatten()),
        }
    }
    samples
}

/// Appends a packed row with its pixels in reverse order.
fn reversed_bits(row: &[u8], width: u32, out: &mut Vec<u8>) {
    // Reversed, the padding comes first and is shifted out.
    let padding = (8 - width % 8) % 8;
    let mut bytes = row.iter().rev().map(|byte| byte.reverse_bits()).peekable();
    while let Some(byte) = bytes.next() {
        let next = bytes.peek().copied().unwrap_or(0);
        let pair = u16::from_be_bytes([byte, next]) << padding;
        out.push(pair.to_be_bytes()[0]);
    }
}

/// Which way a picture is laid on its side.
#[derive(Clone, Copy)]
enum Side {
    /// The left edge comes up.
    Right,
    /// The right edge comes up.
    Left,
}

/// The samples of a picture turned by 90°: its rows become columns.
fn aside(raster: &Raster, depth: Depth, side: Side) -> Vec<u8> {
    let rows: Vec<&[u8]> = match side {
        Side::Right => raster.rows().rev().collect(),
        Side::Left => raster.rows().collect(),
    };
    let width = raster.width as usize;
    let columns = match depth {
        Depth::Bilevel => transposed_bits(&rows, width),
        Depth::Grey => transposed::<1>(&rows, width),
        Depth::Rgb => transposed::<3>(&rows, width),
    };
    match side {
        Side::Right => columns,
        Side::Left => {
            let stride = depth.row_bytes(raster.height).max(1);
            let mut reversed = Vec::with_capacity(columns.len());
            for column in columns.chunks_exact(stride).rev() {
                reversed.extend_from_slice(column);
            }
            reversed
        }
    }
}

/// Rows and columns exchanged, for pixels of `N` bytes.
fn transposed<const N: usize>(rows: &[&[u8]], width: usize) -> Vec<u8> {
    // As many pixels as a cache line holds, so that each line is filled at once.
    const BAND: usize = 64;
    let mut columns = vec![0; width * rows.len() * N];
    for (band, start) in rows.chunks(BAND).zip((0..).step_by(BAND)) {
        let band: Vec<&[[u8; N]]> = band.iter().map(|row| row.as_chunks().0).collect();
        for (x, column) in columns.chunks_exact_mut((rows.len() * N).max(1)).enumerate() {
            let pixels = column.as_chunks_mut::<N>().0.iter_mut().skip(start);
            for (pixel, row) in zip(pixels, &band) {
                *pixel = row.get(x).copied().unwrap_or([0; N]);
            }
        }
    }
    columns
}

/// Rows and columns exchanged, for packed pixels, in blocks of 8 × 8.
fn transposed_bits(rows: &[&[u8]], width: usize) -> Vec<u8> {
    let stride = rows.len().div_ceil(8).max(1);
    let mut columns = vec![0; width * stride];
    for (x, band) in rows.chunks(8).enumerate() {
        for (y, block) in columns.chunks_mut(8 * stride).enumerate() {
            let mut square = [0; 8];
            for (line, row) in zip(&mut square, band) {
                *line = row.get(y).copied().unwrap_or(0);
            }
            for (line, byte) in
                zip(block.chunks_exact_mut(stride), transposed_square(square))
            {
                if let Some(place) = line.get_mut(x) {
                    *place = byte;
                }
            }
        }
    }
    columns
}

/// Eight rows of eight bits as eight columns: exchanges ever larger corners
/// (Warren, "Hacker's Delight", 7-3).
fn transposed_square(square: [u8; 8]) -> [u8; 8] {
    let mut bits = u64::from_be_bytes(square);
    if bits == 0 {
        return square;
    }
    for (shift, mask) in [
        (7, 0x00AA_00AA_00AA_00AA),
        (14, 0x0000_CCCC_0000_CCCC),
        (28, 0x0000_0000_F0F0_F0F0),
    ] {
        let differing = (bits ^ bits >> shift) & mask;
        bits ^= differing ^ differing << shift;
    }
    bits.to_be_bytes()
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the tests' numbers are small"
)]
mod tests {
    use super::*;
    use crate::raster::change::to_grey;
    use crate::raster::samples::{assorted, drawn, flat, random, text_like};
    use crate::units::Affine;

    fn bit(raster: &Raster, x: u32, y: u32) -> bool {
        let stride = Depth::Bilevel.row_bytes(raster.width);
        raster.samples[y as usize * stride + x as usize / 8] & (0x80 >> (x % 8)) != 0
    }

    #[test]
    fn a_right_turn_brings_each_pixel_where_the_map_says() {
        for raster in assorted().filter(|r| r.width < 300) {
            for quarter in Quarter::ALL {
                let turned = turn(&raster, quarter);
                let (width, height) = (f64::from(raster.width), f64::from(raster.height));
                let map = Affine::turn(quarter, width, height);
                let like = drawn(raster.width, raster.height, |x, y| {
                    let (x, y) = map.apply(f64::from(x) + 0.5, f64::from(y) + 0.5);
                    bit(&turned, x as u32, y as u32)
                });
                assert_eq!(like, raster, "{quarter:?}");
            }
        }
    }

    #[test]
    fn turns_of_all_depths_agree() {
        let bilevel = text_like(77, 130, 1);
        for quarter in Quarter::ALL {
            let grey = turn(&to_grey(&bilevel), quarter);
            assert_eq!(to_grey(&turn(&bilevel, quarter)), grey);
            let colour = |grey: &Raster| Raster {
                depth: Depth::Rgb,
                samples: grey.samples.iter().flat_map(|&v| [v, v / 2, 255 - v]).collect(),
                ..*grey
            };
            assert_eq!(turn(&colour(&to_grey(&bilevel)), quarter), colour(&grey));
        }
    }

    #[test]
    fn four_right_turns_change_nothing() {
        for depth in [Depth::Grey, Depth::Rgb] {
            let raster = random(131, 67, depth);
            let round = (0..4).fold(raster.clone(), |r, _| turn(&r, Quarter::Right));
            assert_eq!(round, raster);
        }
    }

    #[test]
    fn a_turned_bilevel_picture_has_white_padding() {
        let dirty = Raster { samples: vec![0xFF; 9], ..flat(5, 9, true) };
        for quarter in [Quarter::Right, Quarter::Half, Quarter::Left] {
            let clean = turn(&flat(5, 9, true), quarter);
            assert_eq!(turn(&dirty, quarter), clean, "{quarter:?}");
        }
    }
}
