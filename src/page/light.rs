//! Uneven light: photographs and old scanners leave one side of the paper darker
//! than the other.
//!
//! Recognisers part ink from paper by one level for the whole page. Where light
//! falls off towards an edge and there is little ink, that level lies between
//! bright paper and dark paper, and the last word of every line is lost. So the
//! light is measured on the paper itself and taken out of the picture that is
//! read; the picture that is kept stays as it is.

use crate::raster::{Depth, Raster};
use crate::units::Dpi;

/// Millimetres on a side of the cells in which the paper is measured: a line of
/// print is lower, so that each cell holds paper.
const CELL_MM: f64 = 4.0;
/// The share of pixels in a cell that may be darker than its paper: bold capitals
/// ink two fifths.
const INKED: f64 = 0.7;
/// Every so many pixels of a cell are looked at, across and down.
const STEP: usize = 2;
/// Cells on each side over which something dark on the paper is bridged: a stroke of
/// a stamp, a shaded line of a table, the black edge of a scan.
const BRIDGED: usize = 2;
/// Light that changes less than this over the page is even: one level parts ink
/// from paper everywhere.
const LEAST_CHANGE: f64 = 1.1;
/// Paper darker than this was scanned or photographed too dark; recognisers then find
/// no line on it.
const DARK: f64 = 150.0;
/// Nothing is brightened by more: what is so dark is no paper.
const MOST_GAIN: f64 = 2.5;
/// The share of cells that may be darker, or brighter, than what counts as the
/// darkest and the brightest paper.
const ODD: f64 = 0.05;

/// How the light lies on a page.
pub struct Light(Option<Gain>);

impl Light {
    /// Measures it on a grey page.
    #[must_use]
    pub fn on(grey: &Raster, dpi: Dpi) -> Self {
        let is_grey = grey.depth == Depth::Grey;
        Self(is_grey.then(|| Paper::of(grey, dpi).gain()).flatten())
    }

    /// Makes a grey picture of the same page look as it would under even light that
    /// suffices; where it is so already, nothing changes.
    pub fn even(&self, picture: &mut Raster) {
        if let Some(gain) = &self.0 {
            gain.apply(picture);
        }
    }
}

/// A value for each cell of a page.
struct Cells<T> {
    across: usize,
    down: usize,
    /// Pixels on a side.
    side: usize,
    values: Vec<T>,
}

/// How bright the paper is, 0 to 255.
struct Paper(Cells<u8>);

/// By how much the page is brightened, in 1/65536.
struct Gain(Cells<i32>);

/// One, as a gain.
const UNIT: i32 = 1 << 16;

impl Paper {
    fn of(grey: &Raster, dpi: Dpi) -> Self {
        let (width, height) = (grey.width as usize, grey.height as usize);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the conversion saturates, and a resolution is positive"
        )]
        let side = ((dpi.x().min(dpi.y()) * CELL_MM / 25.4) as usize).max(STEP);
        let (across, down) = (width.div_ceil(side), height.div_ceil(side));
        let mut values = Vec::with_capacity(across * down);
        for band in grey.samples.chunks(width.max(1) * side) {
            let mut counts = vec![[0_u32; 256]; across];
            for row in band.chunks_exact(width.max(1)).step_by(STEP) {
                for (counts, cell) in counts.iter_mut().zip(row.chunks(side)) {
                    for value in cell.iter().step_by(STEP) {
                        if let Some(count) = counts.get_mut(usize::from(*value)) {
                            *count += 1;
                        }
                    }
                }
            }
            values.extend(counts.iter().map(paper_of));
        }
        let mut cells = Cells { across, down, side, values };
        cells = cells.spread(BRIDGED, |values| values.max().unwrap_or(0));
        cells = cells.spread(BRIDGED, |values| values.min().unwrap_or(0));
        Self(cells.spread(1, |values| {
            let (sum, count) = values
                .fold((0, 0), |(sum, count), value| (sum + u32::from(value), count + 1));
            u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX)
        }))
    }

    /// What makes the light even and bright enough; `None` where it is.
    fn gain(&self) -> Option<Gain> {
        let mut sorted = self.0.values.clone();
        sorted.sort_unstable();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of the number of cells"
        )]
        let odd = (sorted.len() as f64 * ODD) as usize;
        let darkest = f64::from(*sorted.get(odd)?);
        let brightest = f64::from(*sorted.iter().rev().nth(odd)?).max(DARK);
        if brightest < darkest * LEAST_CHANGE {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "between one and `MOST_GAIN`"
        )]
        let gain = |paper: &u8| {
            ((brightest / f64::from(*paper)).clamp(1.0, MOST_GAIN) * f64::from(UNIT))
                as i32
        };
        let Cells { across, down, side, .. } = self.0;
        let values = self.0.values.iter().map(gain).collect();
        Some(Gain(Cells { across, down, side, values }))
    }
}

/// The level of the paper in a cell by its pixels of each brightness.
fn paper_of(counts: &[u32; 256]) -> u8 {
    let all: u32 = counts.iter().sum();
    let mut darker = 0;
    let levels = (0..=u8::MAX).zip(counts);
    let mut paper = levels.skip_while(|(_, count)| {
        darker += **count;
        f64::from(darker) <= f64::from(all) * INKED
    });
    paper.next().map_or(u8::MAX, |(level, _)| level)
}

impl Cells<u8> {
    /// Each cell made from those up to `reach` cells away, first across, then down.
    fn spread(
        self,
        reach: usize,
        make: impl Fn(&mut dyn Iterator<Item = u8>) -> u8,
    ) -> Self {
        self.spread_across(reach, &make).turned().spread_across(reach, &make).turned()
    }

    fn spread_across(
        mut self,
        reach: usize,
        make: impl Fn(&mut dyn Iterator<Item = u8>) -> u8,
    ) -> Self {
        let spread = |row: &[u8]| {
            let around = |at: usize| {
                let first = at.saturating_sub(reach);
                row.iter().skip(first).take(at + reach + 1 - first).copied()
            };
            (0..row.len()).map(|at| make(&mut around(at))).collect::<Vec<u8>>()
        };
        self.values = self.values.chunks(self.across.max(1)).flat_map(spread).collect();
        self
    }

    /// Rows as columns.
    fn turned(self) -> Self {
        let Self { across, down, side, values } = self;
        let column = |x: usize| values.iter().skip(x).step_by(across.max(1)).copied();
        let values = (0..across).flat_map(column).collect();
        Self { across: down, down: across, side, values }
    }
}

impl Gain {
    /// Brightens a page, between the middles of cells by what lies between their gains.
    fn apply(&self, grey: &mut Raster) {
        let Cells { across, down, side, ref values } = self.0;
        let width = grey.width as usize;
        let lines: Vec<&[i32]> = values.chunks_exact(across.max(1)).collect();
        let line = |y: usize| lines.get(y.min(down.saturating_sub(1))).copied();
        for (y, row) in grey.samples.chunks_exact_mut(width.max(1)).enumerate() {
            let y = y.saturating_sub(side / 2);
            let (Some(above), Some(below)) = (line(y / side), line(y / side + 1)) else {
                return;
            };
            let part = offset(y % side);
            let pairs = above.iter().zip(below);
            let mut gains: Vec<i32> = pairs
                .map(|(above, below)| above + slope(*above, *below, side) * part)
                .collect();
            gains.extend(gains.last().copied());
            let (margin, row) = row.split_at_mut((side / 2).min(width));
            brighten(margin, gains.first().copied().unwrap_or(UNIT), 0);
            for (cell, ends) in row.chunks_mut(side).zip(gains.windows(2)) {
                if let [left, right] = *ends {
                    brighten(cell, left, slope(left, right, side));
                }
            }
        }
    }
}

/// What a gain grows by from one pixel to the next.
fn slope(from: i32, to: i32, side: usize) -> i32 {
    (to - from) / offset(side).max(1)
}

/// A number of pixels within a cell.
fn offset(pixels: usize) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

/// Brightens pixels beside each other by a gain that grows.
fn brighten(pixels: &mut [u8], mut gain: i32, slope: i32) {
    for value in pixels {
        let bright = (i32::from(*value) * gain) / UNIT;
        *value = u8::try_from(bright).unwrap_or(u8::MAX);
        gain += slope;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DPI: f64 = 200.0;

    /// A page with words in its upper half, under light that `light` gives from 0 to 1
    /// for the place across.
    fn page(light: impl Fn(f64) -> f64) -> Raster {
        let (width, height) = (1000, 800);
        let mut samples = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let is_ink = y < 400 && y % 40 < 20 && x % 8 < 3;
                let paper = if is_ink { 40.0 } else { 230.0 };
                let level = paper * light(f64::from(x) / f64::from(width));
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a brightness"
                )]
                samples.push(level as u8);
            }
        }
        Raster { width, height, depth: Depth::Grey, samples }
    }

    fn evened(page: &Raster) -> Raster {
        let mut seen = page.clone();
        Light::on(page, Dpi::square(DPI).unwrap()).even(&mut seen);
        seen
    }

    /// The darkest paper and the brightest ink.
    fn contrast(seen: &Raster, like: &Raster) -> (u8, u8) {
        let pairs = || seen.samples.iter().zip(&like.samples);
        let paper = pairs().filter(|(_, like)| **like > 200).map(|(seen, _)| *seen).min();
        let ink = pairs().filter(|(_, like)| **like < 60).map(|(seen, _)| *seen).max();
        (paper.unwrap(), ink.unwrap())
    }

    #[test]
    fn light_that_falls_off_is_made_even() {
        let even = page(|_| 1.0);
        let dim = page(|x| if x < 0.5 { 1.0 } else { 1.5 - x });
        assert_eq!(contrast(&dim, &even).0, 115);
        let (paper, ink) = contrast(&evened(&dim), &even);
        assert!(paper > 200 && ink < 60, "{paper} {ink}");
    }

    #[test]
    fn even_light_leaves_every_pixel() {
        let even = page(|_| 0.9);
        assert_eq!(evened(&even), even);
        let nearly = page(|x| 1.0 - 0.06 * x);
        assert_eq!(evened(&nearly), nearly);
    }

    #[test]
    fn a_page_taken_too_dark_is_brightened() {
        let even = page(|_| 1.0);
        let (paper, ink) = contrast(&evened(&page(|_| 0.4)), &even);
        assert!(paper > 140 && ink < 40, "{paper} {ink}");
    }

    #[test]
    fn black_edges_and_stamps_stay_dark() {
        let light = |x: f64| 1.0 - 0.4 * x;
        let mut dim = page(light);
        let black = |x: usize, y: usize| x > 960 || (600..640).contains(&y) && x < 50;
        for (at, value) in dim.samples.iter_mut().enumerate() {
            if black(at % 1000, at / 1000) {
                *value = 10;
            }
        }
        let seen = evened(&dim);
        assert_ne!(seen, dim);
        let darkest = seen.samples[620 * 1000 + 20].max(seen.samples[100 * 1000 + 980]);
        assert!(darkest < 30, "{darkest}");
    }

    #[test]
    fn pages_of_any_size_are_taken() {
        for (width, height) in [(0, 0), (1, 1), (3, 900), (900, 1)] {
            let samples = (0..=u8::MAX).cycle().take((width * height) as usize).collect();
            let raster = Raster { width, height, depth: Depth::Grey, samples };
            assert_eq!(evened(&raster).samples.len(), (width * height) as usize);
        }
    }
}
