//! Where two pictures of a page differ.

use crate::raster::Raster;
use crate::raster::cut::cut;
use crate::units::Affine;

/// Cells across a page that are compared; as fine down.
const CELLS: u32 = 72;
/// Pixels of a cell, across and down.
const PIXELS: u32 = 6;
/// Difference of a pixel that is seen, of 255; smoothing stays below.
const SEEN: u8 = 48;
/// Cells down a page at most.
const MOST_ROWS: f64 = 400.0;
/// Places that are framed; more of them are one.
const MOST_SPOTS: usize = 12;

/// A place on a page, in hundredths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// From the left.
    pub left: u32,
    /// From the top.
    pub top: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// The places where two grey pictures differ, from the top; neither needs to have
/// the size of the other.
#[must_use]
pub fn spots(before: &Raster, after: &Raster) -> Vec<Spot> {
    let height = f64::from(after.height) / f64::from(after.width) * f64::from(CELLS);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a few hundred"
    )]
    let rows = height.clamp(1.0, MOST_ROWS).round() as u32;
    let differs = cells(&even(before, rows), &even(after, rows), rows);
    let mut spots: Vec<Spot> = Vec::new();
    for found in groups(differs, rows) {
        if spots.len() == MOST_SPOTS {
            // The last one takes in the rest.
            if let Some(last) = spots.last_mut() {
                *last = last.with(found.of(rows));
            }
        } else {
            spots.push(found.of(rows));
        }
    }
    spots
}

/// The whole picture in as many pixels as are compared.
fn even(picture: &Raster, rows: u32) -> Raster {
    let (width, height) = (CELLS * PIXELS, rows * PIXELS);
    let step = |side: u32, pixels: u32| f64::from(side) / f64::from(pixels);
    let map = Affine::scale(step(picture.width, width), step(picture.height, height));
    cut(picture, map, width, height)
}

/// Whether each cell differs, row by row.
fn cells(before: &Raster, after: &Raster, rows: u32) -> Vec<bool> {
    let mut differs = vec![false; (CELLS * rows) as usize];
    let pairs = before.samples.iter().zip(&after.samples);
    for (at, (one, other)) in (0..).zip(pairs) {
        let (x, y) = (at % (CELLS * PIXELS) / PIXELS, at / (CELLS * PIXELS) / PIXELS);
        if one.abs_diff(*other) > SEEN
            && let Some(cell) = differs.get_mut((y * CELLS + x) as usize)
        {
            *cell = true;
        }
    }
    differs
}

/// A rectangle of cells, its ends not in it.
#[derive(Clone, Copy)]
struct Group {
    left: u32,
    top: u32,
    right: u32,
    bottom: u32,
}

impl Group {
    fn of(self, rows: u32) -> Spot {
        let share = |cells: u32, all: u32| cells * 100 / all;
        let up = |cells: u32, all: u32| (cells * 100).div_ceil(all);
        let (left, top) = (share(self.left, CELLS), share(self.top, rows));
        let (right, bottom) = (up(self.right, CELLS), up(self.bottom, rows));
        Spot { left, top, width: right - left, height: bottom - top }
    }
}

impl Spot {
    fn with(self, other: Self) -> Self {
        let (left, top) = (self.left.min(other.left), self.top.min(other.top));
        let right = (self.left + self.width).max(other.left + other.width);
        let bottom = (self.top + self.height).max(other.top + other.height);
        Self { left, top, width: right - left, height: bottom - top }
    }
}

/// Cells that touch or nearly touch, as one rectangle each, from the top.
fn groups(mut differs: Vec<bool>, rows: u32) -> Vec<Group> {
    let mut found = Vec::new();
    for start in 0..CELLS * rows {
        let mut group: Option<Group> = None;
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(cell) = differs.get_mut(at as usize).filter(|cell| **cell) else {
                continue;
            };
            *cell = false;
            let (x, y) = (at % CELLS, at / CELLS);
            let known = group.unwrap_or(Group { left: x, top: y, right: x, bottom: y });
            group = Some(Group {
                left: known.left.min(x),
                top: known.top.min(y),
                right: known.right.max(x + 1),
                bottom: known.bottom.max(y + 1),
            });
            let around = |at: u32, most: u32| at.saturating_sub(2)..(at + 3).min(most);
            open.extend(
                around(y, rows)
                    .flat_map(|y| around(x, CELLS).map(move |x| y * CELLS + x)),
            );
        }
        found.extend(group);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Depth;

    #[test]
    fn a_line_that_was_added_is_one_place() {
        let white = Raster {
            width: 600,
            height: 800,
            depth: Depth::Grey,
            samples: vec![255; 480_000],
        };
        let mut other = Raster {
            width: 600,
            height: 800,
            depth: Depth::Grey,
            samples: white.samples.clone(),
        };
        assert_eq!(spots(&white, &other), []);
        for x in (100..300).filter(|x| x % 20 < 12) {
            (400..410).for_each(|y| other.samples[y * 600 + x] = 0);
        }
        let [spot] = spots(&white, &other).try_into().unwrap();
        assert!(
            (14..=17).contains(&spot.left) && (49..=50).contains(&spot.top),
            "{spot:?}"
        );
        assert!((33..=38).contains(&spot.width) && spot.height <= 4, "{spot:?}");
    }

    #[test]
    fn cells_that_nearly_touch_are_one_place() {
        let rows = 100;
        let mut differs = vec![false; (CELLS * rows) as usize];
        for (x, y) in [(10, 20), (12, 21), (60, 90)] {
            differs[(y * CELLS + x) as usize] = true;
        }
        let spots: Vec<_> =
            groups(differs, rows).into_iter().map(|it| it.of(rows)).collect();
        assert_eq!(
            spots,
            [
                Spot { left: 13, top: 20, width: 6, height: 2 },
                Spot { left: 83, top: 90, width: 2, height: 1 },
            ]
        );
    }
}
