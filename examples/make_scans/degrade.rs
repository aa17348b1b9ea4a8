//! The office scanner: what becomes of a clean sheet on its way to a file.
//!
//! The sheet is laid on the glass at an angle and drawn at the resolution of
//! the scanner; then come the faults of its optics, lamp, sensor and copies
//! before it; then the depth it was told to keep. Nothing is resampled, so the
//! letters are as sharp as the resolution allows before the optics soften them.

use sohoa::raster::{Depth, Raster};
use sohoa::units::{Affine, Quarter};

use crate::canvas::{Canvas, byte, count};
use crate::dice::Dice;
use crate::ink::{Paint, Shape, Sheet};
use crate::marks::turned;

/// What the scanner keeps of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Black below this brightness, white above.
    Bilevel(u8),
    /// Brightness.
    Grey,
    /// Red, green and blue.
    Colour,
}

/// How evenly the sheet is lit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Light {
    /// Evenly.
    Even,
    /// By a lamp that loses this share towards the right.
    Lamp(f32),
    /// By a room: brightest off the middle, this share lost in the far corner.
    Room(f32),
}

/// A scanner and the way a sheet lies on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scanner {
    /// Dots per inch.
    pub(crate) dpi: u32,
    /// How far the sheet is turned on the glass: degrees, clockwise as seen.
    pub(crate) skew: f64,
    /// How the whole sheet lies, after the skew, clockwise as seen.
    pub(crate) turn: Quarter,
    /// What is kept.
    pub(crate) tone: Tone,
    /// The colour of the paper.
    pub(crate) paper: [u8; 3],
    /// How it is lit.
    pub(crate) light: Light,
    /// How much of a neighbour's light a pixel gets, 0 to 0.33.
    pub(crate) blur: f32,
    /// Brightness steps of noise.
    pub(crate) noise: f32,
    /// Specks of dirt on the sheet.
    pub(crate) specks: u32,
    /// Contrast around mid-grey, 1 as it is. Copiers have more.
    pub(crate) contrast: f32,
}

impl Scanner {
    /// A well-kept flatbed.
    pub(crate) const CLEAN: Self = Self {
        dpi: 200,
        skew: 0.0,
        turn: Quarter::None,
        tone: Tone::Grey,
        paper: [247, 247, 244],
        light: Light::Even,
        blur: 0.12,
        noise: 4.0,
        specks: 4,
        contrast: 1.15,
    };

    /// Scans a sheet; `dice` throw the dirt and the noise.
    pub(crate) fn scan(&self, sheet: &Sheet, dice: &mut Dice) -> Raster {
        let canvas = self.lay(sheet, dice);
        let (width, height) = (canvas.width, canvas.height);
        let mut planes = match self.tone {
            Tone::Bilevel(_) | Tone::Grey => vec![luma(&canvas)],
            Tone::Colour => split(&canvas),
        };
        for plane in &mut planes {
            soften(plane, width, self.blur);
            self.expose(plane, (width, height), dice);
        }
        let (depth, samples) = match (self.tone, planes.as_slice()) {
            (Tone::Bilevel(limit), [plane, ..]) => {
                (Depth::Bilevel, pack(plane, width, limit))
            }
            (_, [red, green, blue]) => (Depth::Rgb, join(red, green, blue)),
            _ => (Depth::Grey, planes.concat()),
        };
        let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Raster { width: whole(width), height: whole(height), depth, samples }
    }

    /// Draws the sheet as it lies on the glass.
    fn lay(&self, sheet: &Sheet, dice: &mut Dice) -> Canvas {
        let (width, height) = sheet.size;
        let (wide, high) =
            if self.turn.swaps_axes() { (height, width) } else { (width, height) };
        let scale = f64::from(self.dpi) / 72.0;
        let size = [wide, high].map(|length| count((length * scale).round()));
        // A sheet that lies askew never lies quite in the middle either.
        let (x, y) = (dice.between(-3.0, 3.0), dice.between(-3.0, 3.0));
        let (x, y) = if self.skew.abs() < 0.01 { (0.0, 0.0) } else { (x, y) };
        let map = Affine::shift(-width / 2.0, -height / 2.0)
            .then(turned(self.skew))
            .then(Affine::shift(width / 2.0 + x, height / 2.0 + y))
            .then(Affine::turn(self.turn, width, height))
            .then(Affine::scale(scale, scale));
        // The lid of most scanners is white, but not as white as paper.
        let mut canvas = Canvas::new(size[0], size[1], [238, 238, 238]);
        canvas.lay(&Shape::rect(0.0, 0.0, width, height), map, self.paper);
        for ink in &sheet.inks {
            canvas.draw(&ink.shape, map, ink.paint);
        }
        for _ in 0..self.specks {
            let place = (dice.between(0.0, width), dice.between(0.0, height));
            let speck = Shape::disc(place, dice.between(0.12, 0.55));
            canvas.draw(&speck, map, Paint::solid([50, 50, 50]));
        }
        canvas
    }

    /// Lamp, contrast and sensor.
    fn expose(&self, plane: &mut [u8], (width, height): (usize, usize), dice: &mut Dice) {
        for (row, y) in plane.chunks_exact_mut(width).zip(0_u16..) {
            let v = f32::from(y) / height as f32;
            for (four, x) in row.chunks_mut(4).zip((0_u16..).step_by(4)) {
                let u = f32::from(x) / width as f32;
                let light = self.light.at(u, v);
                for (value, grain) in four.iter_mut().zip(dice.grain()) {
                    let lit = f32::from(*value) * light;
                    let sharp = (lit - 128.0) * self.contrast + 128.0;
                    *value = byte(sharp + grain * self.noise);
                }
            }
        }
    }
}

impl Light {
    /// The share of light that arrives at a place, both 0 to 1.
    fn at(self, u: f32, v: f32) -> f32 {
        match self {
            Self::Even => 1.0,
            Self::Lamp(loss) => 1.0 - loss * u,
            Self::Room(loss) => {
                let (x, y) = (u - 0.3, v - 0.35);
                1.0 - loss * (x * x + y * y) / 0.9
            }
        }
    }
}

/// Brightness (ITU-R BT.601, 2.5.1).
fn luma(canvas: &Canvas) -> Vec<u8> {
    let weigh = |&[red, green, blue]: &[u8; 3]| {
        let [red, green, blue] = [red, green, blue].map(f32::from);
        byte(0.299 * red + 0.587 * green + 0.114 * blue)
    };
    canvas.pixels.iter().map(weigh).collect()
}

/// Red, green and blue apart.
fn split(canvas: &Canvas) -> Vec<Vec<u8>> {
    vec![
        canvas.pixels.iter().map(|&[red, _, _]| red).collect(),
        canvas.pixels.iter().map(|&[_, green, _]| green).collect(),
        canvas.pixels.iter().map(|&[_, _, blue]| blue).collect(),
    ]
}

/// Red, green and blue together.
fn join(red: &[u8], green: &[u8], blue: &[u8]) -> Vec<u8> {
    let both = red.iter().zip(green).zip(blue);
    both.flat_map(|((&red, &green), &blue)| [red, green, blue]).collect()
}

/// Lets every pixel have a `share` of each neighbour's light, first along the
/// rows, then along the columns.
fn soften(plane: &mut [u8], width: usize, share: f32) {
    // In 256ths, so that it is whole-number work and the same everywhere.
    let side = u32::from(byte(share * 256.0));
    let middle = 256 - 2 * side;
    let mix = |a: u8, b: u8, c: u8| {
        let sum = side * (u32::from(a) + u32::from(c)) + middle * u32::from(b);
        u8::try_from((sum + 128) >> 8).unwrap_or(u8::MAX)
    };
    for row in plane.chunks_exact_mut(width) {
        let old = row.to_vec();
        for (value, near) in row.iter_mut().skip(1).zip(old.windows(3)) {
            if let &[a, b, c] = near {
                *value = mix(a, b, c);
            }
        }
    }
    let old = plane.to_vec();
    let rows = || old.chunks_exact(width);
    let three = rows().zip(rows().skip(1)).zip(rows().skip(2));
    for (row, ((above, here), below)) in plane.chunks_exact_mut(width).skip(1).zip(three)
    {
        let near = above.iter().zip(here).zip(below);
        for (value, ((&a, &b), &c)) in row.iter_mut().zip(near) {
            *value = mix(a, b, c);
        }
    }
}

/// One bit a pixel, 1 is black.
fn pack(plane: &[u8], width: usize, limit: u8) -> Vec<u8> {
    let mut packed = Vec::with_capacity(plane.len() / 8 + plane.len() / width);
    for row in plane.chunks_exact(width) {
        packed.extend(row.chunks(8).map(|eight| {
            let bits = eight.iter().zip([128_u8, 64, 32, 16, 8, 4, 2, 1]);
            bits.filter(|&(&value, _)| value < limit).map(|(_, bit)| bit).sum::<u8>()
        }));
    }
    packed
}
