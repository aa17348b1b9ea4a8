//! Shapes become pixels.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use sohoa::units::Affine;

use crate::ink::{Curve, Paint, Shape};

/// A picture in red, green and blue.
pub(crate) struct Canvas {
    /// Columns.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// The rows from the top.
    pub(crate) pixels: Vec<[u8; 3]>,
}

impl Canvas {
    /// A picture of one colour.
    pub(crate) fn new(width: usize, height: usize, colour: [u8; 3]) -> Self {
        Self { width, height, pixels: vec![colour; width * height] }
    }

    /// Draws a shape that `map` brings from the sheet to the picture. Ink lets
    /// through what lies below, so that a red seal over black type keeps both.
    pub(crate) fn draw(&mut self, shape: &Shape, map: Affine, paint: Paint) {
        self.cover(shape, map, |pixel, (x, y), covered| {
            let take = covered * paint.strength * (1.0 - paint.patchy * patch(x, y));
            for (value, ink) in pixel.iter_mut().zip(paint.colour) {
                let kept = 1.0 - take * (1.0 - f32::from(ink) / 255.0);
                *value = byte(f32::from(*value) * kept);
            }
        });
    }

    /// Lays an opaque colour over a shape.
    pub(crate) fn lay(&mut self, shape: &Shape, map: Affine, colour: [u8; 3]) {
        self.cover(shape, map, |pixel, _, covered| {
            for (value, new) in pixel.iter_mut().zip(colour) {
                let old = f32::from(*value);
                *value = byte(old + (f32::from(new) - old) * covered);
            }
        });
    }

    /// Calls `each` for every pixel the shape touches, with its place in the
    /// shape and how much of it is covered, 0 to 1.
    fn cover(
        &mut self,
        shape: &Shape,
        map: Affine,
        mut each: impl FnMut(&mut [u8; 3], (u32, u32), f32),
    ) {
        let shape = shape.through(map);
        let Some(window) = Window::around(&shape, self.width, self.height) else {
            return;
        };
        let (width, left, top) = (self.width, window.left, window.top);
        window.rasterize(&shape).for_each_pixel_2d(|x, y, covered| {
            let (column, row) = (left + x as usize, top + y as usize);
            if covered > 0.002
                && column < width
                && let Some(pixel) = self.pixels.get_mut(row * width + column)
            {
                each(pixel, (x, y), covered.min(1.0));
            }
        });
    }
}

/// The part of the picture a shape touches.
struct Window {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Window {
    /// `None` if the shape lies outside or is empty.
    fn around(shape: &Shape, width: usize, height: usize) -> Option<Self> {
        let points = || shape.0.iter().flat_map(|curve| curve.hull());
        let low = |a: f64, b: f64| a.min(b);
        let high = |a: f64, b: f64| a.max(b);
        let left = points().map(|p| p.0).fold(f64::INFINITY, low).max(0.0);
        let top = points().map(|p| p.1).fold(f64::INFINITY, low).max(0.0);
        let right = points().map(|p| p.0).fold(f64::NEG_INFINITY, high);
        let bottom = points().map(|p| p.1).fold(f64::NEG_INFINITY, high);
        let (right, bottom) = (right.min(width as f64), bottom.min(height as f64));
        if right <= left || bottom <= top {
            return None;
        }
        let (left, top) = (count(left), count(top));
        let (width, height) = (count(right) + 2 - left, count(bottom) + 2 - top);
        Some(Self { left, top, width, height })
    }

    /// Draws the shape. What sticks out is pressed against the border first:
    /// the rasteriser counts area from the left, so only there it must not be cut.
    fn rasterize(&self, shape: &Shape) -> Rasterizer {
        let mut raster = Rasterizer::new(self.width, self.height);
        let at = |(x, y): (f64, f64)| -> Point {
            let x = (x - self.left as f64).clamp(0.0, self.width as f64 - 0.01);
            let y = (y - self.top as f64).clamp(0.0, self.height as f64 - 0.01);
            point(single(x), single(y))
        };
        for curve in &shape.0 {
            match *curve {
                Curve::Line(a, b) => raster.draw_line(at(a), at(b)),
                Curve::Quad(a, b, c) => raster.draw_quad(at(a), at(b), at(c)),
                Curve::Cubic(a, b, c, d) => {
                    raster.draw_cubic(at(a), at(b), at(c), at(d));
                }
            }
        }
        raster
    }
}

/// A whole number from a length that is not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the lengths of a page, far below the limit; `as` saturates"
)]
pub(crate) fn count(length: f64) -> usize {
    length as usize
}

/// The same number in the precision of pixels.
#[expect(clippy::cast_possible_truncation, reason = "pixels need no more digits")]
pub(crate) fn single(number: f64) -> f32 {
    number as f32
}

/// A sample from a brightness, 0 to 255.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates, which is what a sensor does"
)]
pub(crate) fn byte(brightness: f32) -> u8 {
    (brightness + 0.5) as u8
}

/// How badly ink takes here, 0 to 1: smooth blotches some pixels wide, with
/// fine grain on top.
fn patch(x: u32, y: u32) -> f32 {
    let lattice = |x: u32, y: u32| {
        let mut bits = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77);
        bits = (bits ^ (bits >> 15)).wrapping_mul(0x2c1b_3c6d);
        f32::from((bits ^ (bits >> 13)).to_le_bytes()[1]) / 255.0
    };
    let blotch = |size: u32| {
        let (u, v) = ((x % size) as f32 / size as f32, (y % size) as f32 / size as f32);
        let (x, y) = (x / size, y / size);
        let top = lattice(x, y) * (1.0 - u) + lattice(x + 1, y) * u;
        let low = lattice(x, y + 1) * (1.0 - u) + lattice(x + 1, y + 1) * u;
        top * (1.0 - v) + low * v
    };
    (blotch(23) * 0.9 + blotch(5) * 0.5 - 0.2).clamp(0.0, 1.0)
}
