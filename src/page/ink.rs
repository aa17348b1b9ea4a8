//! Where there is ink: the page at about 100 dpi against its own paper.
//!
//! Paper is rarely white: it is grey, yellowed, or lit from one side. Each
//! point is therefore compared with the paper around it, not with a fixed
//! level. Everything the inspection measures starts from this picture; it is
//! small enough that all measures together cost a few milliseconds.

use crate::raster::Raster;
use crate::units::Dpi;

/// Resolution the page is brought to, in dots per inch, at most doubled.
const TARGET_DPI: f64 = 100.0;
/// Side of the square in which the paper's level is taken, in points of the
/// reduced picture: 8 mm at 100 dpi, wider than any line of print is high.
const BLOCK: usize = 32;
/// How much darker than the paper print is, as a share of the paper's level.
const PRINT: u32 = 28; // percent
/// A block this much darker than its brightest neighbour, as a share of it,
/// is covered by ink and says nothing about the paper.
const COVERED: u32 = 80; // percent
/// Contrast in grey levels at which a mark can be told from the paper's
/// texture by eye; faint pencil on a scan lies between 15 and 60.
const FAINT: u32 = 14;
/// Paper is brighter than this; black card still reflects a tenth of the light.
const DARKEST_PAPER: u8 = 50;
/// Most points the reduced picture may have, so that a mistaken resolution
/// does not make the inspection expensive.
const MOST_POINTS: u64 = 4_000_000;

/// The reduced page: how much darker than its paper each point is.
#[derive(Clone, Debug)]
pub struct Ink {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Points of the picture that became one point here, along each side.
    pub factor: u32,
    /// Points per millimetre.
    pub per_mm: f64,
    /// The level of the brightest paper on the page, 0 black to 255 white.
    pub paper: u8,
    /// Per point: 0 paper, 1 faint, 2 print.
    marks: Vec<u8>,
}

impl Ink {
    /// Finds the ink of a grey picture scanned at `dpi`.
    #[must_use]
    pub fn of(grey: &Raster, dpi: Dpi) -> Self {
        let factor = factor(grey, dpi);
        let (width, height, points) = reduce(grey, factor);
        let paper = Paper::of(&points, width, height);
        let marks = points
            .chunks_exact(width.max(1))
            .enumerate()
            .flat_map(|(y, row)| {
                let paper = &paper;
                row.iter().enumerate().map(move |(x, &value)| {
                    let level = u32::from(paper.level(x, y));
                    let darker = level.saturating_sub(u32::from(value));
                    u8::from(darker >= FAINT)
                        + u8::from(darker * 100 >= level * PRINT && darker >= FAINT)
                })
            })
            .collect();
        let per_mm = dpi.x().min(dpi.y()) / f64::from(factor) / 25.4;
        let paper = paper.levels.iter().copied().max().unwrap_or(u8::MAX);
        Self { width, height, factor, per_mm, paper, marks }
    }

    /// The rows: per point 0 paper, 1 faint, 2 print.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &[u8]> + ExactSizeIterator {
        self.marks.chunks_exact(self.width.max(1))
    }

    /// The mark at a point; paper outside.
    #[must_use]
    pub fn at(&self, x: usize, y: usize) -> u8 {
        if x < self.width && y < self.height {
            self.marks.get(y * self.width + x).copied().unwrap_or(0)
        } else {
            0
        }
    }

    /// Whether there is no paper to be seen: the lid was open, the lamp is
    /// broken, or everything is black.
    #[must_use]
    pub fn is_dark(&self) -> bool {
        self.paper < DARKEST_PAPER
    }

    /// The share of points at least as dark as `mark`, 0 to 1.
    #[must_use]
    pub fn share(&self, mark: u8) -> f64 {
        let dark = self.marks.iter().filter(|&&m| m >= mark).count();
        dark as f64 / self.marks.len().max(1) as f64
    }
}

/// Marks side by side on one row of the ink, in points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The row.
    pub(crate) y: usize,
    /// Its first column, and the one behind its last.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How many marks it has, gaps not counted.
    pub(crate) marks: usize,
}

/// The runs that marks in `columns` of row `y`, from left to right, make: gaps of up
/// to `gap` points are part of a run.
pub(crate) fn runs(y: usize, columns: impl Iterator<Item = usize>, gap: f64) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    for x in columns {
        match all.last_mut() {
            Some(run) if float(x - run.to) <= gap => {
                run.to = x + 1;
                run.marks += 1;
            }
            _ => all.push(Run { y, from: x, to: x + 1, marks: 1 }),
        }
    }
    all
}

/// A count of points as a length.
#[expect(clippy::cast_precision_loss, reason = "points of a page")]
pub(crate) fn float(points: usize) -> f64 {
    points as f64
}

/// Whole points, not fewer than none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates"
)]
pub(crate) fn whole(points: f64) -> usize {
    points as usize
}

/// The whole number that brings the picture nearest above the target.
fn factor(grey: &Raster, dpi: Dpi) -> u32 {
    let wanted = (dpi.x().min(dpi.y()) / TARGET_DPI).floor().clamp(1.0, 64.0);
    let mut factor = (1..=64).rev().find(|&f| f64::from(f) <= wanted).unwrap_or(1);
    let pixels = u64::from(grey.width) * u64::from(grey.height);
    while pixels / u64::from(factor * factor) > MOST_POINTS {
        factor += 1;
    }
    factor
}

/// Box averages of `factor` × `factor` pixels; a rest at the edge is dropped,
/// unless the picture is smaller than one box.
fn reduce(grey: &Raster, factor: u32) -> (usize, usize, Vec<u8>) {
    let side = factor as usize;
    let width = (grey.width as usize / side).max(1);
    let height = (grey.height as usize / side).max(1);
    let mut points = Vec::with_capacity(width * height);
    let mut sums = vec![0_u32; width];
    let rows: Vec<&[u8]> = grey.rows().collect();
    for band in rows.chunks(side).take(height) {
        sums.fill(0);
        for row in band {
            for (sum, pixels) in sums.iter_mut().zip(row.chunks(side)) {
                *sum += pixels.iter().map(|&p| u32::from(p)).sum::<u32>();
            }
        }
        let area =
            u32::try_from(band.len().max(1)).unwrap_or(1) * factor.min(grey.width).max(1);
        points.extend(sums.iter().map(|sum| u8::try_from(sum / area).unwrap_or(u8::MAX)));
    }
    points.resize(width * height, u8::MAX);
    (width, height, points)
}

/// The level of the paper, one value a block.
struct Paper {
    columns: usize,
    levels: Vec<u8>,
}

impl Paper {
    /// Takes the paper as the brighter part of each block; one covered by a
    /// photograph or a stamp borrows from beside it.
    fn of(points: &[u8], width: usize, height: usize) -> Self {
        let columns = width.div_ceil(BLOCK).max(1);
        let lines = height.div_ceil(BLOCK).max(1);
        let mut counts = vec![[0_u32; 256]; columns];
        let mut own = Vec::with_capacity(columns * lines);
        for band in points.chunks(width.max(1) * BLOCK) {
            counts.iter_mut().for_each(|count| count.fill(0));
            for row in band.chunks(width.max(1)) {
                for (count, block) in counts.iter_mut().zip(row.chunks(BLOCK)) {
                    for &value in block {
                        if let Some(slot) = count.get_mut(usize::from(value)) {
                            *slot += 1;
                        }
                    }
                }
            }
            own.extend(counts.iter().map(upper_quartile));
        }
        let level = |x: usize, y: usize| {
            let near = |v: usize| v.saturating_sub(1)..=v + 1;
            let around = near(y).flat_map(|y| near(x).map(move |x| (x, y)));
            let seen = around
                .filter(|&(x, _)| x < columns)
                .filter_map(|(x, y)| own.get(y * columns + x).copied());
            let brightest = seen.max().unwrap_or(u8::MAX);
            let own = own.get(y * columns + x).copied().unwrap_or(brightest);
            let is_covered = u32::from(own) * 100 < u32::from(brightest) * COVERED;
            if is_covered { brightest } else { own }
        };
        let levels = (0..lines).flat_map(|y| (0..columns).map(move |x| (x, y)));
        Self { columns, levels: levels.map(|(x, y)| level(x, y)).collect() }
    }

    /// The paper's level around a point.
    fn level(&self, x: usize, y: usize) -> u8 {
        self.levels.get(y / BLOCK * self.columns + x / BLOCK).copied().unwrap_or(u8::MAX)
    }
}

/// The level that a quarter of the points reach or exceed.
fn upper_quartile(counts: &[u32; 256]) -> u8 {
    let total: u32 = counts.iter().sum();
    let mut above = 0;
    for (count, level) in counts.iter().zip(0_u8..=255).rev() {
        above += count;
        if above * 4 >= total.max(1) {
            return level;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Depth;

    fn page(value: impl Fn(u32, u32) -> u8) -> Raster {
        let (width, height) = (400, 600);
        let samples = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .map(|(x, y)| value(x, y));
        Raster { width, height, depth: Depth::Grey, samples: samples.collect() }
    }

    fn ink(value: impl Fn(u32, u32) -> u8) -> Ink {
        Ink::of(&page(value), Dpi::square(100.0).unwrap())
    }

    #[test]
    fn grey_paper_lit_from_one_side_has_no_ink() {
        let lit = ink(|x, _| u8::try_from(120 + x / 4).unwrap());
        assert!(lit.share(1) < 0.001, "{}", lit.share(1));
    }

    #[test]
    fn print_and_pencil_are_told_apart() {
        let mixed = ink(|x, y| match (x, y) {
            (100..110, 100..110) => 20,
            (200..210, 200..210) => 205,
            _ => 230,
        });
        assert_eq!(mixed.at(105, 105), 2);
        assert_eq!(mixed.at(205, 205), 1);
        assert_eq!(mixed.at(300, 300), 0);
    }

    #[test]
    fn a_picture_of_one_pixel_has_a_size() {
        let dot = Raster { width: 1, height: 1, depth: Depth::Grey, samples: vec![0] };
        let ink = Ink::of(&dot, Dpi::square(600.0).unwrap());
        assert_eq!((ink.width, ink.height), (1, 1));
    }
}
