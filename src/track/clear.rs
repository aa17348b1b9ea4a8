//! Clear paper on a page: where a symbol can go without covering anything.
//!
//! The page is looked at as it is seen, so whatever put the ink there counts:
//! text, pictures, drawings, forms. Specks of a single pixel do not.

use crate::raster::Raster;

/// A square of paper that is looked at as one, in millimetres.
const CELL: f64 = 0.5;
/// So much darker than the paper is ink.
const INK: u8 = 48;
/// Paper darker than this leaves a symbol no contrast.
const LEAST_PAPER: u8 = 150;
/// Dark pixels of a cell below this are specks.
const LEAST_DARK: u32 = 2;

/// Where a symbol is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corner {
    /// Top left.
    TopLeft,
    /// Top right.
    #[default]
    TopRight,
    /// Bottom right.
    BottomRight,
    /// Bottom left.
    BottomLeft,
}

/// What is wanted of a page, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Side of the square that must be clear.
    pub side: f64,
    /// Near which corner.
    pub corner: Corner,
    /// How far from the edges of the page at least.
    pub margin: f64,
}

/// Left and top of the clear square nearest to where it is wanted, in
/// millimetres; `None` where there is none. `page` is the page in grey with so
/// many pixels to the millimetre across and down; `taken` are areas (left, top,
/// right, bottom) that are not clear whatever is seen there.
#[must_use]
pub fn find(
    page: &Raster,
    per_mm: (f64, f64),
    wanted: Wanted,
    taken: &[[f64; 4]],
) -> Option<(f64, f64)> {
    let grid = Grid::of(page, per_mm, taken)?;
    let cells = |mm: f64| whole((mm / CELL).ceil());
    let (side, margin) = (cells(wanted.side), cells(wanted.margin));
    let (most_x, most_y) =
        (grid.columns.checked_sub(side + margin)?, grid.rows.checked_sub(side + margin)?);
    if most_x < margin || most_y < margin {
        return None;
    }
    let (to_x, to_y) = match wanted.corner {
        Corner::TopLeft => (margin, margin),
        Corner::TopRight => (most_x, margin),
        Corner::BottomRight => (most_x, most_y),
        Corner::BottomLeft => (margin, most_y),
    };
    let mut best: Option<(usize, usize, usize)> = None;
    for y in margin..=most_y {
        for x in margin..=most_x {
            let far = x.abs_diff(to_x).pow(2) + y.abs_diff(to_y).pow(2);
            let is_nearer = best.is_none_or(|(least, ..)| far < least);
            if is_nearer && grid.is_clear(x, y, side) {
                best = Some((far, x, y));
            }
        }
    }
    best.map(|(_, x, y)| (length(x), length(y)))
}

/// Which cells of a page have ink, summed from the top left.
struct Grid {
    columns: usize,
    rows: usize,
    /// Inked cells above and to the left, one row and column more than cells.
    sums: Vec<u32>,
}

impl Grid {
    /// `None` where the paper is too dark for any symbol.
    fn of(page: &Raster, per_mm: (f64, f64), taken: &[[f64; 4]]) -> Option<Self> {
        let paper = paper(page);
        if paper < LEAST_PAPER {
            return None;
        }
        let level = paper - INK;
        let per_cell = (per_mm.0 * CELL, per_mm.1 * CELL);
        let columns = whole(f64::from(page.width) / per_cell.0);
        let rows = whole(f64::from(page.height) / per_cell.1);
        let mut dark = vec![0_u32; columns.checked_mul(rows)?];
        for (row, y) in page.rows().zip(0_u32..) {
            let cell_y = whole(f64::from(y) / per_cell.1);
            for (pixel, x) in row.iter().zip(0_u32..) {
                if *pixel < level {
                    let cell_x = whole(f64::from(x) / per_cell.0);
                    if cell_x < columns
                        && let Some(count) = dark.get_mut(cell_y * columns + cell_x)
                    {
                        *count += 1;
                    }
                }
            }
        }
        let mut grid = Self { columns, rows, sums: vec![0; (columns + 1) * (rows + 1)] };
        for y in 0..rows {
            let mut line = 0;
            for x in 0..columns {
                let place = (length(x), length(y));
                let is_taken = taken.iter().any(|[left, top, right, bottom]| {
                    (left - CELL..=*right).contains(&place.0)
                        && (top - CELL..=*bottom).contains(&place.1)
                });
                let count = dark.get(y * columns + x).copied().unwrap_or(0);
                line += u32::from(is_taken || count >= LEAST_DARK);
                let above = grid.sum(x + 1, y);
                if let Some(sum) = grid.sums.get_mut((y + 1) * (columns + 1) + x + 1) {
                    *sum = above + line;
                }
            }
        }
        Some(grid)
    }

    fn sum(&self, x: usize, y: usize) -> u32 {
        self.sums.get(y * (self.columns + 1) + x).copied().unwrap_or(0)
    }

    /// Whether the square of cells from (x, y) on has no ink.
    fn is_clear(&self, x: usize, y: usize, side: usize) -> bool {
        let (right, bottom) = (x + side, y + side);
        self.sum(right, bottom) + self.sum(x, y)
            == self.sum(x, bottom) + self.sum(right, y)
    }
}

/// The brightness of the paper: the commonest of the brighter half.
fn paper(page: &Raster) -> u8 {
    let mut counts = [0_u32; 256];
    for pixel in &page.samples {
        if let Some(count) = counts.get_mut(usize::from(*pixel)) {
            *count += 1;
        }
    }
    let commonest = (0_u8..=255).zip(counts).max_by_key(|(_, count)| *count);
    commonest.map_or(0, |(level, _)| level)
}

/// Whole cells or pixels in a length that is not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pages have a few thousand cells; clamped"
)]
fn whole(count: f64) -> usize {
    count.clamp(0.0, 1e6) as usize
}

/// Millimetres of so many cells.
#[expect(clippy::cast_precision_loss, reason = "pages have a few thousand cells")]
fn length(cells: usize) -> f64 {
    cells as f64 * CELL
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Depth;

    /// A page of 100 by 100 mm at 4 pixels to the millimetre with ink in these
    /// areas, in millimetres.
    fn page(ink: &[[u32; 4]], paper: u8) -> Raster {
        let side = 400;
        let samples = (0..side * side)
            .map(|at| {
                let (x, y) = (at % side / 4, at / side / 4);
                let inked = ink
                    .iter()
                    .any(|[l, t, r, b]| (*l..*r).contains(&x) && (*t..*b).contains(&y));
                if inked { 20 } else { paper }
            })
            .collect();
        Raster { width: side, height: side, depth: Depth::Grey, samples }
    }

    fn found(page: &Raster, corner: Corner, taken: &[[f64; 4]]) -> Option<(f64, f64)> {
        find(page, (4.0, 4.0), Wanted { side: 20.0, corner, margin: 5.0 }, taken)
    }

    #[test]
    fn an_empty_corner_is_taken_and_an_inked_one_left_by_the_shortest_way() {
        assert_eq!(found(&page(&[], 255), Corner::TopRight, &[]), Some((75.0, 5.0)));
        let headed = page(&[[60, 0, 100, 12]], 240);
        assert_eq!(found(&headed, Corner::TopRight, &[]), Some((75.0, 12.0)));
        assert_eq!(found(&headed, Corner::BottomLeft, &[]), Some((5.0, 75.0)));
    }

    #[test]
    fn where_no_paper_is_clear_there_is_no_place() {
        let full = page(&[[0, 0, 100, 40], [0, 55, 100, 100]], 255);
        assert_eq!(found(&full, Corner::TopRight, &[]), None);
        assert_eq!(found(&page(&[], 90), Corner::TopRight, &[]), None, "dark paper");
        let taken = [[0.0, 0.0, 100.0, 100.0]];
        assert_eq!(found(&page(&[], 255), Corner::TopRight, &taken), None);
    }
}
