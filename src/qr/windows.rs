//! The parts of a page that are worth a harder look.
//!
//! A corner of a symbol that was seen and belongs to nothing that was read says
//! where to look again: the symbol can only lie within its own size of it. Such a
//! window is a tenth of a page, and so can be looked at in ways that a whole page
//! of a stack could not afford.

use crate::qr::find::Found;

/// A corner pattern: its middle, and how wide it is (seven modules), in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Corner {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) size: f64,
}

/// A part of a page in pixels: left, top, right, bottom; the last two are outside.
pub(super) type Window = [u32; 4];

/// How far a symbol reaches from the middle of a corner, in widths of the corner:
/// from one end of a symbol of version 12 to the other (58 of its 65 modules down
/// and across), half a corner and the quiet zone.
const REACH: f64 = 13.0;
/// How far apart the middles of two corners of one symbol are, in widths: 14
/// modules in version 1, 82 across version 12; a little more for what is worn.
const APART: std::ops::RangeInclusive<f64> = 1.5..=12.5;
/// How much wider one corner of a symbol may look than another.
const UNLIKE: f64 = 2.0;

/// The corners that no symbol that was read has, and that could be two of one.
pub(super) fn open(corners: &[Corner], found: &[Found]) -> Vec<Corner> {
    let left: Vec<Corner> = corners
        .iter()
        .filter(|corner| !found.iter().any(|symbol| is_of(corner, symbol)))
        .copied()
        .collect();
    let has_other = |one: &Corner| left.iter().any(|other| are_of_one(one, other));
    left.iter().filter(|corner| has_other(corner)).copied().collect()
}

/// Whether a corner lies on a symbol: a look at another size sees it elsewhere by
/// a pixel or two.
fn is_of(corner: &Corner, symbol: &Found) -> bool {
    let xs = symbol.corners.map(|(x, _)| x);
    let ys = symbol.corners.map(|(_, y)| y);
    let within = |at: f64, all: [f64; 4]| {
        let low = all.into_iter().fold(f64::MAX, f64::min);
        let high = all.into_iter().fold(f64::MIN, f64::max);
        (low - corner.size / 2.0..=high + corner.size / 2.0).contains(&at)
    };
    within(corner.x, xs) && within(corner.y, ys)
}

/// Whether two corners can be those of one symbol.
fn are_of_one(one: &Corner, other: &Corner) -> bool {
    let (small, large) = (one.size.min(other.size), one.size.max(other.size));
    let distance = (one.x - other.x).hypot(one.y - other.y);
    large <= small * UNLIKE
        && (small * APART.start()..=large * APART.end()).contains(&distance)
}

/// The windows around these corners on a page, those that overlap made one.
pub(super) fn around(corners: &[Corner], width: u32, height: u32) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::new();
    for corner in corners {
        let reach = corner.size * REACH;
        let mut window = [
            within(corner.x - reach, width),
            within(corner.y - reach, height),
            within(corner.x + reach, width),
            within(corner.y + reach, height),
        ];
        // What grows may reach what it did not reach before.
        while let Some(at) = windows.iter().position(|other| overlap(&window, other)) {
            window = joined(&window, &windows.swap_remove(at));
        }
        windows.push(window);
    }
    windows.sort_unstable_by_key(|[left, top, ..]| (*top, *left));
    windows
}

/// A place on a page: whole pixels, not beyond its edge.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number between nought and the edge"
)]
fn within(at: f64, edge: u32) -> u32 {
    at.clamp(0.0, f64::from(edge)) as u32
}

fn overlap(one: &Window, other: &Window) -> bool {
    let [left, top, right, bottom] = one;
    let [other_left, other_top, other_right, other_bottom] = other;
    left < other_right && other_left < right && top < other_bottom && other_top < bottom
}

fn joined(one: &Window, other: &Window) -> Window {
    let [left, top, right, bottom] = *one;
    let [other_left, other_top, other_right, other_bottom] = *other;
    [
        left.min(other_left),
        top.min(other_top),
        right.max(other_right),
        bottom.max(other_bottom),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corner(x: f64, y: f64, size: f64) -> Corner {
        Corner { x, y, size }
    }

    #[test]
    fn only_corners_that_could_be_of_one_symbol_are_open() {
        // Two of a symbol, one far away, one much larger, one too near.
        let corners = [
            corner(100.0, 100.0, 28.0),
            corner(180.0, 100.0, 30.0),
            corner(2_000.0, 3_000.0, 28.0),
            corner(140.0, 180.0, 90.0),
            corner(2_010.0, 3_000.0, 28.0),
        ];
        assert_eq!(open(&corners, &[]), corners[..2]);
    }

    #[test]
    fn what_was_read_is_not_sought_again() {
        let corners = [corner(114.0, 114.0, 28.0), corner(186.0, 114.0, 28.0)];
        let square = [(100.0, 100.0), (200.0, 100.0), (200.0, 200.0), (100.0, 200.0)];
        let read =
            Found { payload: Vec::new(), corners: square, version: 1, correction: None };
        assert_eq!(open(&corners, &[read]), []);
    }

    #[test]
    fn windows_stay_on_the_page_and_overlap_nowhere() {
        let near = [corner(10.0, 10.0, 10.0), corner(60.0, 10.0, 10.0)];
        let far = corner(900.0, 900.0, 5.0);
        let windows = around(&[near[0], far, near[1]], 930, 2_000);
        assert_eq!(windows, [[0, 0, 190, 140], [835, 835, 930, 965]]);
    }

    #[test]
    fn a_window_that_grows_takes_in_what_it_comes_to_overlap() {
        let all = [
            corner(200.0, 1_000.0, 10.0),
            corner(520.0, 1_000.0, 10.0),
            corner(360.0, 1_000.0, 10.0),
        ];
        assert_eq!(around(&all, 2_000, 2_000), [[70, 870, 650, 1_130]]);
    }
}
