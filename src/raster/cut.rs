//! A piece cut out of a picture, wherever and however it lies in it.

use crate::raster::{Depth, Raster};
use crate::units::Affine;

/// Points looked at across and down for each pixel of the piece.
const POINTS: u32 = 3;

/// The piece `width` × `height` whose pixels `map` takes to those of `whole`,
/// both with their origin at the top left; white beyond its edges. Colour
/// stays colour, all else becomes grey.
#[must_use]
pub fn cut(whole: &Raster, map: Affine, width: u32, height: u32) -> Raster {
    let colour = whole.depth == Depth::Rgb;
    let channels: usize = if colour { 3 } else { 1 };
    let mut samples = Vec::with_capacity(width as usize * height as usize * channels);
    for y in 0..height {
        for x in 0..width {
            let mut sum = [0_u32; 3];
            for (i, j) in (0..POINTS).flat_map(|i| (0..POINTS).map(move |j| (i, j))) {
                let within = |at: u32, part: u32| {
                    f64::from(at) + (f64::from(part) + 0.5) / f64::from(POINTS)
                };
                let (u, v) = map.apply(within(x, i), within(y, j));
                for (sum, seen) in sum.iter_mut().zip(at(whole, u, v)) {
                    *sum += u32::from(seen);
                }
            }
            let mean =
                sum.map(|sum| u8::try_from(sum / (POINTS * POINTS)).unwrap_or(u8::MAX));
            samples.extend(mean.iter().take(channels));
        }
    }
    let depth = if colour { Depth::Rgb } else { Depth::Grey };
    Raster { width, height, depth, samples }
}

/// The colour at a point; white outside.
fn at(whole: &Raster, x: f64, y: f64) -> [u8; 3] {
    const WHITE: [u8; 3] = [255; 3];
    let inside = |at: f64, side: u32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked"
        )]
        let index = (at >= 0.0 && at < f64::from(side)).then_some(at as usize);
        index
    };
    let (Some(x), Some(y)) = (inside(x, whole.width), inside(y, whole.height)) else {
        return WHITE;
    };
    let row = y * whole.depth.row_bytes(whole.width);
    let sample = |offset: usize| whole.samples.get(row + offset).copied();
    match whole.depth {
        Depth::Rgb => {
            let rgb = [0, 1, 2].map(|c| sample(3 * x + c));
            rgb.map(|sample| sample.unwrap_or(u8::MAX))
        }
        Depth::Grey => [sample(x).unwrap_or(u8::MAX); 3],
        Depth::Bilevel => {
            let byte = sample(x / 8).unwrap_or(0);
            let is_black = byte & (0x80 >> (x % 8)) != 0;
            [if is_black { 0 } else { u8::MAX }; 3]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_piece_comes_out_upright_and_white_beyond_the_edge() {
        // Two rows of three: 0 50 100 / 150 200 250.
        let whole = Raster {
            width: 3,
            height: 2,
            depth: Depth::Grey,
            samples: vec![0, 50, 100, 150, 200, 250],
        };
        let same = cut(&whole, Affine::IDENTITY, 4, 2);
        assert_eq!(same.samples, [0, 50, 100, 255, 150, 200, 250, 255]);
        // The piece's x runs down the picture.
        let turned = cut(&whole, Affine::new([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]), 2, 3);
        assert_eq!(turned.samples, [0, 150, 50, 200, 100, 250]);
    }
}
