//! Specks all over: a page on which no recogniser can find lines.
//!
//! Layout analysis looks at every connected mark, and the deadline of a
//! reading is not asked while it does. A page of print has some ten thousand
//! marks; snow from a broken scanner, or a photograph in black dots, has a
//! million, and takes minutes for no word at all. So the complexity of a page
//! is measured before it is read.

use crate::raster::Raster;
use crate::raster::tones;

/// The share of places where four pixels form a corner, above which a page is
/// specks. Dense print at 300 dpi has 0.03, at 100 dpi 0.1; specks on a
/// tenth of the page 0.3, snow 0.6.
const MOST_CORNERS: f64 = 0.2;
/// Every so many rows are looked at.
const STEP: usize = 4;

/// Whether specks cover a page that is not bilevel any more, but grey.
#[must_use]
pub fn covers(grey: &Raster) -> bool {
    corners(grey) > MOST_CORNERS
}

/// The share of places where one of four adjoining pixels differs from the
/// other three, or each from both its neighbours: the ends and bends of
/// marks, in black and white.
fn corners(grey: &Raster) -> f64 {
    let level = tones::otsu(grey);
    let (mut corners, mut places) = (0_u64, 0_u64);
    let rows: Vec<&[u8]> = grey.rows().collect();
    for pair in rows.windows(2).step_by(STEP) {
        let [above, below] = pair else { continue };
        let dark = |value: &u8| *value < level;
        let columns = || above.iter().zip(*below).map(|(a, b)| (dark(a), dark(b)));
        let bends = columns().zip(columns().skip(1)).filter(|((a, b), (c, d))| {
            let count = [a, b, c, d].into_iter().filter(|&&dark| dark).count();
            count % 2 == 1 || count == 2 && a == d
        });
        corners += bends.count() as u64;
        places += above.len().saturating_sub(1) as u64;
    }
    #[expect(clippy::cast_precision_loss, reason = "a page has fewer than 2^52 pixels")]
    let share = corners as f64 / places.max(1) as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Depth;

    fn page(value: impl Fn(u32, u32) -> u8) -> Raster {
        let (width, height) = (400, 400);
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let samples = pixels.map(|(x, y)| value(x, y)).collect();
        Raster { width, height, depth: Depth::Grey, samples }
    }

    fn snow(x: u32, y: u32) -> u8 {
        let n = x.wrapping_mul(0x9E37_79B9) ^ y.wrapping_mul(0x85EB_CA6B);
        let [value, ..] = ((n ^ n >> 15).wrapping_mul(0x2C1B_3C6D) >> 24).to_le_bytes();
        value
    }

    #[test]
    fn snow_covers_a_page() {
        assert!(covers(&page(snow)));
        assert!(covers(&page(|x, y| if snow(x, y) < 30 { 0 } else { 255 })));
    }

    #[test]
    fn print_and_single_specks_do_not() {
        let strokes = |x: u32, y: u32| x % 9 < 3 && y % 50 < 30;
        assert!(!covers(&page(|x, y| if strokes(x, y) { 20 } else { 240 })));
        assert!(!covers(&page(|x, y| if snow(x, y) == 0 { 0 } else { 255 })));
        assert!(!covers(&page(|_, _| 128)));
    }
}
