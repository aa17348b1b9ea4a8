//! Pictures turned into other pictures: grey, quarter turns, other sizes,
//! small rotations, black and white.
//!
//! Geometry speaks in continuous coordinates: the origin is the top left
//! corner of the picture, y grows downwards, and the middle of the first pixel
//! is (0.5, 0.5). What colours a page holds is told in [`crate::raster::tones`].

use std::borrow::Cow;
use std::iter::zip;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};

use crate::raster::ccitt::be_word;
use crate::raster::{Depth, Raster};
use crate::units::{Affine, Quarter};

const WHITE: u8 = 255;

/// The picture in grey: ink is 0, paper 255; colours by their luma.
#[must_use]
pub fn to_grey(raster: &Raster) -> Raster {
    let width = raster.width as usize;
    let mut samples = Vec::with_capacity(width * raster.height as usize);
    for row in raster.rows() {
        grey_row(raster.depth, row, width, &mut samples);
    }
    samples.resize(width * raster.height as usize, WHITE);
    Raster { depth: Depth::Grey, samples, ..*raster }
}

/// Appends a row of `width` pixels in grey.
pub(crate) fn grey_row(depth: Depth, row: &[u8], width: usize, grey: &mut Vec<u8>) {
    match depth {
        Depth::Bilevel => {
            let end = grey.len() + width;
            for byte in row {
                grey.extend((0..8).map(|bit| WHITE * (!byte >> (7 - bit) & 1)));
            }
            grey.resize(end, WHITE);
        }
        Depth::Grey => grey.extend_from_slice(row),
        Depth::Rgb => grey.extend(row.as_chunks().0.iter().map(|rgb| luma(*rgb))),
    }
}

/// Brightness of a colour (ITU-R BT.601, as in JFIF), in 256ths.
pub(crate) fn luma([r, g, b]: [u8; 3]) -> u8 {
    let sum = 77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b) + 128;
    sum.to_be_bytes()[2]
}

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

/// A grey picture whose pixels are the averages of boxes of `factor` by
/// `factor` pixels; boxes on the right and bottom edge may hold fewer.
#[must_use]
pub fn reduce(raster: &Raster, factor: u32) -> Raster {
    let factor = factor.max(1);
    let (width, height) = (raster.width.div_ceil(factor), raster.height.div_ceil(factor));
    let step = factor as usize;
    let boxes: Vec<u64> =
        (0..width).map(|x| u64::from(factor.min(raster.width - x * factor))).collect();
    let mut samples = Vec::with_capacity(width as usize * height as usize);
    let (mut rows, mut grey) = (raster.rows(), Vec::new());
    for y in 0..height {
        let high = factor.min(raster.height - y * factor);
        let mut sums = vec![0_u64; width as usize];
        for row in rows.by_ref().take(high as usize) {
            if raster.depth == Depth::Bilevel {
                let starts = (0..).step_by(step);
                for ((sum, wide), start) in zip(zip(&mut sums, &boxes), starts) {
                    *sum += (wide - black_pixels(row, start, *wide)) * u64::from(WHITE);
                }
                continue;
            }
            grey.clear();
            grey_row(raster.depth, row, raster.width as usize, &mut grey);
            for (sum, cells) in zip(&mut sums, grey.chunks(step)) {
                *sum += cells.iter().copied().map(u64::from).sum::<u64>();
            }
        }
        samples.extend(zip(sums, &boxes).map(|(sum, wide)| {
            let area = wide * u64::from(high);
            u8::try_from((sum + area / 2) / area).unwrap_or(WHITE)
        }));
    }
    Raster { width, height, depth: Depth::Grey, samples }
}

/// Black pixels among `count` from `start` on.
fn black_pixels(row: &[u8], start: usize, count: u64) -> u64 {
    // A word read at any bit offset holds 57 pixels at least.
    const AT_ONCE: u64 = 56;
    let (mut black, mut start, mut left) = (0, start, count);
    while left > 0 {
        let now = left.min(AT_ONCE);
        let word = be_word(row.get(start / 8..).unwrap_or_default()) << (start % 8);
        black += u64::from((word >> (64 - now)).count_ones());
        start += usize::try_from(now).unwrap_or_default();
        left -= now;
    }
    black
}

/// The part of a grey picture from `left` and `top` up to `right` and
/// `bottom`, in pixels; `None` where that is no part of it, or nothing.
#[must_use]
pub fn crop(grey: &Raster, [left, top, right, bottom]: [u32; 4]) -> Option<Raster> {
    let is_inside = right <= grey.width && bottom <= grey.height;
    if !is_inside || left >= right || top >= bottom || grey.depth != Depth::Grey {
        return None;
    }
    let (width, height) = (right - left, bottom - top);
    let mut samples = Vec::with_capacity(width as usize * height as usize);
    for row in grey.rows().skip(top as usize).take(height as usize) {
        samples.extend_from_slice(row.get(left as usize..right as usize)?);
    }
    Some(Raster { width, height, depth: Depth::Grey, samples })
}

/// A grey picture of another size, by Lanczos' filter over three lobes.
#[must_use]
pub fn scale(raster: &Raster, width: u32, height: u32) -> Raster {
    let (width, height) = (width.max(1), height.max(1));
    let grey = grey(raster);
    let mut scaled = Image::new(width, height, PixelType::U8);
    let source = ImageRef::new(grey.width, grey.height, &grey.samples, PixelType::U8);
    // Lanczos3 is the default filter of the resizer.
    let done = source.is_ok_and(|source| {
        Resizer::new().resize(&source, &mut scaled, &ResizeOptions::new()).is_ok()
    });
    let samples = match done {
        true => scaled.into_vec(),
        // A picture without pixels has nothing to show.
        false => vec![WHITE; width as usize * height as usize],
    };
    Raster { width, height, depth: Depth::Grey, samples }
}

fn grey(raster: &Raster) -> Cow<'_, Raster> {
    match raster.depth {
        Depth::Grey => Cow::Borrowed(raster),
        Depth::Bilevel | Depth::Rgb => Cow::Owned(to_grey(raster)),
    }
}

/// The picture in grey, turned clockwise by a small angle about its middle, on
/// a white canvas grown so that nothing is cut off; and the map from points of
/// the new picture to points of the old one.
///
/// Samples are interpolated between the four nearest pixels. Any angle is
/// rotated rightly; beyond some 15° quarter turns should come first.
#[must_use]
pub fn rotate_grey(raster: &Raster, degrees: f64) -> (Raster, Affine) {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (old_width, old_height) = (f64::from(raster.width), f64::from(raster.height));
    let width = side(old_width * cos.abs() + old_height * sin.abs());
    let height = side(old_width * sin.abs() + old_height * cos.abs());
    let back = Affine::shift(-f64::from(width) / 2.0, -f64::from(height) / 2.0)
        .then(Affine::new([cos, -sin, sin, cos, 0.0, 0.0]))
        .then(Affine::shift(old_width / 2.0, old_height / 2.0));

    let source = Framed::new(&grey(raster));
    let mut samples = vec![WHITE; width as usize * height as usize];
    for (y, row) in (0..height).zip(samples.chunks_exact_mut(width as usize)) {
        // In the framed source, the middle of a pixel has whole coordinates.
        let (u, v) = back.apply(0.5, f64::from(y) + 0.5);
        source.sample((fixed(u + 0.5), fixed(cos)), (fixed(v + 0.5), fixed(-sin)), row);
    }
    (Raster { width, height, depth: Depth::Grey, samples }, back)
}

/// The pixels that cover a length; a billionth more than a pixel is rounding.
fn side(length: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the conversion saturates"
    )]
    let whole = (length - 1e-6).ceil() as u32;
    whole.max(1)
}

/// Bits behind the point of a fixed-point coordinate: over a row of 65 536
/// pixels the rounding of the step adds up to less than a hundred-thousandth.
const FRACTION: u32 = 32;

fn fixed(coordinate: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the conversion saturates")]
    let fixed = (coordinate * 2_f64.powi(FRACTION.cast_signed())).round() as i64;
    fixed
}

/// A grey picture with a frame of white pixels, so that its edges blend into
/// the paper.
struct Framed {
    stride: usize,
    /// Exclusive ends of the coordinates between which pixels can be sampled.
    right: i64,
    bottom: i64,
    samples: Vec<u8>,
}

impl Framed {
    fn new(grey: &Raster) -> Self {
        let stride = grey.width as usize + 2;
        let mut samples = vec![WHITE; stride];
        for row in grey.rows() {
            samples.push(WHITE);
            samples.extend(row);
            samples.push(WHITE);
        }
        samples.resize(stride * (grey.height as usize + 2), WHITE);
        let end = |side: u32| (i64::from(side) + 1) << FRACTION;
        Self { stride, right: end(grey.width), bottom: end(grey.height), samples }
    }

    /// Fills a row with samples along a line; `u` and `v` are its first
    /// coordinate and its step, across and down.
    fn sample(&self, u: (i64, i64), v: (i64, i64), row: &mut [u8]) {
        let (u_from, u_to) = within(u, self.right, row.len());
        let (v_from, v_to) = within(v, self.bottom, row.len());
        let (from, to) = (u_from.max(v_from), u_to.min(v_to));
        let Some(inside) = row.get_mut(from..to.max(from)) else { return };
        let begin =
            |(start, step): (i64, i64)| start + step * i64::try_from(from).unwrap_or(0);
        let (mut x, mut y) = (begin(u), begin(v));
        for pixel in inside {
            *pixel = self.at(x.cast_unsigned(), y.cast_unsigned());
            x += u.1;
            y += v.1;
        }
    }

    /// The picture between its pixels.
    #[inline]
    fn at(&self, x: u64, y: u64) -> u8 {
        let place = |fixed: u64| usize::try_from(fixed >> FRACTION).unwrap_or(usize::MAX);
        let part = |fixed: u64| u32::from((fixed >> (FRACTION - 8)).to_le_bytes()[0]);
        let above = place(y) * self.stride + place(x);
        let (Some(&[a, b]), Some(&[c, d])) = (
            self.samples.get(above..above + 2),
            self.samples.get(above + self.stride..above + self.stride + 2),
        ) else {
            return WHITE;
        };
        let (right, down) = (part(x), part(y));
        let across = |a: u8, b: u8| u32::from(a) * (256 - right) + u32::from(b) * right;
        let sum = across(a, b) * (256 - down) + across(c, d) * down + (1 << 15);
        sum.to_be_bytes()[1]
    }
}

/// The places `from..to` among `count` at which `0 ≤ start + place · step < end`.
fn within((start, step): (i64, i64), end: i64, count: usize) -> (usize, usize) {
    let ceiling = |a: i64, b: i64| -(-a).div_euclid(b);
    let (from, to) = match step {
        0 if (0..end).contains(&start) => (0, i64::MAX),
        0 => (0, 0),
        1.. => (ceiling(-start, step), ceiling(end - start, step)),
        i64::MIN..=-1 => {
            let back = -step;
            ((start - end).div_euclid(back) + 1, start.div_euclid(back) + 1)
        }
    };
    let place =
        |place: i64| usize::try_from(place.max(0)).unwrap_or(usize::MAX).min(count);
    (place(from), place(to))
}

/// The picture in black and white: what is darker than `level` is black.
#[must_use]
pub fn threshold(raster: &Raster, level: u8) -> Raster {
    let mut samples = Vec::with_capacity(
        Depth::Bilevel.row_bytes(raster.width) * raster.height as usize,
    );
    for row in grey(raster).rows() {
        let (bytes, rest) = row.as_chunks::<8>();
        let ink = |byte: u8, grey: &u8| byte << 1 | u8::from(*grey < level);
        samples.extend(bytes.iter().map(|greys| greys.iter().fold(0, ink)));
        if !rest.is_empty() {
            samples.push(rest.iter().fold(0, ink) << (8 - rest.len()));
        }
    }
    Raster { depth: Depth::Bilevel, samples, ..*raster }
}

#[cfg(test)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "the tests' numbers are small"
)]
mod tests {
    use super::*;
    use crate::raster::samples::{Dice, assorted, drawn, flat, text_like};

    fn random(width: u32, height: u32, depth: Depth) -> Raster {
        let mut dice = Dice::new(u64::from(width * 1000 + height));
        let bytes = depth.row_bytes(width) * height as usize;
        let samples = (0..bytes).map(|_| dice.below(256) as u8).collect();
        Raster { width, height, depth, samples }
    }

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

    #[test]
    fn colours_become_grey_by_luma() {
        let rgb =
            |samples: Vec<u8>| Raster { width: 1, height: 1, depth: Depth::Rgb, samples };
        assert_eq!(to_grey(&rgb(vec![255; 3])).samples, [255]);
        assert_eq!(to_grey(&rgb(vec![0; 3])).samples, [0]);
        assert_eq!(to_grey(&rgb(vec![255, 0, 0])).samples, [77]);
    }

    #[test]
    fn boxes_are_averaged_also_at_the_edges() {
        let grey = Raster {
            width: 3,
            height: 3,
            depth: Depth::Grey,
            samples: vec![0, 10, 20, 20, 30, 40, 100, 200, 7],
        };
        let half = reduce(&grey, 2);
        assert_eq!((half.width, half.height), (2, 2));
        assert_eq!(half.samples, [15, 30, 150, 7]);
    }

    #[test]
    fn bits_and_bytes_are_reduced_alike() {
        let raster = text_like(213, 90, 2);
        for factor in [1, 2, 3, 8, 61, 500] {
            assert_eq!(reduce(&raster, factor), reduce(&to_grey(&raster), factor));
        }
    }

    #[test]
    fn a_scaled_edge_stays_where_it_was() {
        let samples = (0..100 * 60).map(|i| if i % 100 < 50 { 0 } else { 255 }).collect();
        let edge = Raster { width: 100, height: 60, depth: Depth::Grey, samples };
        let scaled = scale(&edge, 67, 40);
        assert_eq!(
            (scaled.width, scaled.height, scaled.samples.len()),
            (67, 40, 67 * 40)
        );
        assert!(scaled.rows().all(|row| row[30] < 10 && row[36] > 245));
    }

    #[test]
    fn no_angle_is_no_change() {
        let grey = random(40, 30, Depth::Grey);
        let (rotated, back) = rotate_grey(&grey, 0.0);
        assert_eq!(rotated, grey);
        assert_eq!(back, Affine::IDENTITY);
    }

    #[test]
    fn a_rotated_picture_shows_old_points_where_the_map_says() {
        // A dot of 5 × 5 pixels, found again by its centre of darkness.
        let dot = |x: u32, y: u32| (100..105).contains(&x) && (40..45).contains(&y);
        let old = to_grey(&drawn(300, 200, dot));
        for degrees in [-15.0, -3.3, -0.2, 0.7, 5.0, 15.0] {
            let (new, back) = rotate_grey(&old, degrees);
            let (mut dark, mut at) = (0.0, (0.0, 0.0));
            for (y, row) in new.rows().enumerate() {
                for (x, &v) in row.iter().enumerate() {
                    let ink = f64::from(255 - v);
                    dark += ink;
                    at.0 += ink * (x as f64 + 0.5);
                    at.1 += ink * (y as f64 + 0.5);
                }
            }
            let (x, y) = back.apply(at.0 / dark, at.1 / dark);
            assert!(
                (x - 102.5).abs() < 0.05 && (y - 42.5).abs() < 0.05,
                "{degrees}: {x}, {y}"
            );
            // A positive angle is clockwise: what is left of the middle rises.
            let middle = f64::from(new.height) / 2.0;
            let offset = at.1 / dark - middle;
            let unturned = 42.5 - 100.0;
            assert_eq!(offset < unturned * degrees.to_radians().cos(), degrees > 0.0);
        }
    }

    #[test]
    fn nothing_is_cut_off_by_a_rotation() {
        let ink = |r: &Raster| r.samples.iter().map(|&v| u64::from(255 - v)).sum::<u64>();
        let old = to_grey(&flat(200, 100, true));
        for degrees in [-15.0, -1.0, 0.3, 12.0] {
            let (new, _) = rotate_grey(&old, degrees);
            let ratio = ink(&new) as f64 / ink(&old) as f64;
            assert!((ratio - 1.0).abs() < 0.001, "{degrees}: {ratio}");
        }
    }

    #[test]
    fn the_places_within_are_those_a_search_finds() {
        let mut dice = Dice::new(9);
        for _ in 0..2000 {
            let start = i64::from(dice.below(200)) - 100;
            let step = i64::from(dice.below(21)) - 10;
            let end = i64::from(dice.below(100)) + 1;
            let inside = |i: &usize| (0..end).contains(&(start + *i as i64 * step));
            let found: Vec<usize> = (0..30).filter(inside).collect();
            let (from, to) = within((start, step), end, 30);
            assert_eq!((from..to.max(from)).collect::<Vec<_>>(), found);
        }
    }

    #[test]
    fn what_is_darker_than_the_level_is_black() {
        let samples = vec![0, 99, 100, 255, 99, 100, 99, 100, 99, 255];
        let grey = Raster { width: 10, height: 1, depth: Depth::Grey, samples };
        assert_eq!(threshold(&grey, 100).samples, [0b1100_1010, 0b1000_0000]);
    }

    #[test]
    fn black_and_white_survives_the_way_through_grey() {
        for raster in assorted() {
            assert_eq!(threshold(&to_grey(&raster), 128), raster);
        }
    }
}
