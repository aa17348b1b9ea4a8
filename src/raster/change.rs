//! Pictures turned into other pictures: grey, other sizes, black and white; by quarter
//! turns and small rotations in the files beside.
//!
//! Geometry speaks in continuous coordinates: the origin is the top left
//! corner of the picture, y grows downwards, and the middle of the first pixel
//! is (0.5, 0.5). What colours a page holds is told in [`crate::raster::tones`].

use std::borrow::Cow;
use std::iter::zip;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};

use crate::raster::ccitt::be_word;
pub use crate::raster::change::rotate::rotate_grey;
pub use crate::raster::change::turn::turn;
use crate::raster::{Depth, Raster};

mod rotate;
mod turn;

/// A sample of paper.
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

/// A grey picture with this many times the pixels across and down.
#[must_use]
pub fn stretch(raster: &Raster, across: f64, down: f64) -> Raster {
    let times = |side: u32, times: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the conversion saturates"
        )]
        let side = (f64::from(side) * times).round() as u32;
        side
    };
    scale(raster, times(raster.width, across), times(raster.height, down))
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
mod tests {
    use super::*;
    use crate::raster::samples::{assorted, text_like};

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
