//! Rotations by any angle, for the grey copy that a recogniser reads level.

use crate::raster::change::{WHITE, grey};
use crate::raster::{Depth, Raster};
use crate::units::Affine;

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

#[cfg(test)]
#[expect(clippy::cast_possible_wrap, reason = "the tests' numbers are small")]
mod tests {
    use super::*;
    use crate::raster::change::to_grey;
    use crate::raster::samples::{Dice, drawn, flat, random};

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
}
