//! Every symbol on a picture: looked for in the ways that time allows, and harder
//! around corners that belong to no symbol that was read.

use crate::qr::Correction;
use crate::qr::look::{Seen, look};
use crate::qr::specks::{is_speckled, median};
use crate::qr::windows::{self, Corner, Window};
use crate::raster::tones::otsu;
use crate::raster::{Depth, Raster, change};

/// Pixels of a picture that is enlarged for a second look.
const MOST_ENLARGED: u64 = 5_000_000;
/// A symbol that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What it says, byte for byte.
    pub payload: Vec<u8>,
    /// Its corners as printed: top left, top right, bottom right, bottom left.
    pub corners: [(f64, f64); 4],
    /// Its version, 1 to 40.
    pub version: u32,
    /// How it was made, where the decoder knows.
    pub correction: Option<Correction>,
}

/// How hard a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// At half size where the page is fine enough for that, else as it is as well;
    /// harder around what looks like corners of a symbol that was not read. What
    /// every page of a stack can afford.
    Usual,
    /// In every way there is, and everything found is told.
    All,
}

/// A way to look at a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As it is.
    Plain,
    /// At half size: large modules, and the specks of a fax.
    Half,
    /// Each pixel the median of nine: specks and holes in modules.
    Median,
    /// At a third.
    Third,
    /// Black or white by one level for the whole page: photocopies.
    Level,
    /// At double size: modules of two pixels.
    Double,
    /// Black for white: light modules on dark ground (ISO/IEC 18004, "reflectance reversal").
    Negative,
}

/// The ways to look besides where time is no matter.
const THOROUGH: [Way; 3] = [Way::Double, Way::Level, Way::Negative];
/// The ways to look around corners that belong to no symbol that was read.
const HARDER: [Way; 5] = [Way::Plain, Way::Median, Way::Third, Way::Level, Way::Double];
/// The ways to look where specks hide the corners themselves.
const SPECKLED: [Way; 2] = [Way::Third, Way::Median];
/// What the harder looks at a page may cost in a stack, in pixels looked at: two
/// windows around codes of 25 mm at 600 dpi in every way there is, a page that is
/// full of what cannot be read in the cheap ways only. It stands for about a quarter
/// of a second of one core. A clock would read other codes on a busy machine than on
/// an idle one, and then split the same stack differently.
const HARDER_WORK: u64 = 40_000_000;
/// What sampling and decoding one triple of corners stands for, in such pixels.
const TRIPLE_WORK: u64 = 20_000;
/// From so many pixels on, a page is fine enough for corners to be seen at half
/// size: A4 at 250 dpi, where the smallest modules we print are two pixels then.
const FINE: usize = 6_000_000;

/// Every symbol on a grey picture, from top to bottom.
#[must_use]
pub fn find(picture: &Raster, effort: Effort) -> Vec<Found> {
    debug_assert_eq!(picture.depth, Depth::Grey, "codes are found on grey pictures");
    let is_fine = picture.samples.len() >= FINE;
    let usual: &[Way] = match (is_fine, effort) {
        (true, Effort::Usual) => &[Way::Half],
        (true, Effort::All) => &[Way::Half, Way::Plain],
        (false, _) => &[Way::Plain, Way::Half],
    };
    let mut found = Vec::new();
    let mut corners = Vec::new();
    for way in usual {
        corners.extend(along(*way, picture, &mut found).corners);
        // A page of text ends here. Corners that belong to nothing that was read
        // may be a smaller symbol's.
        let is_settled = windows::open(&corners, &found).is_empty();
        let is_text = found.is_empty() && !is_fine;
        if effort == Effort::Usual && is_settled && !is_text {
            if found.is_empty() && is_speckled(picture) {
                break;
            }
            return sorted(found);
        }
    }
    if effort == Effort::All {
        for way in THOROUGH {
            corners.extend(along(way, picture, &mut found).corners);
        }
    }
    // Two corners of three can be all that a stain leaves at first sight.
    let open = windows::open(&corners, &found);
    if !open.is_empty() {
        let windows = windows::around(&open, picture.width, picture.height);
        harder(&HARDER, picture, &windows, effort, &mut found);
    } else if found.is_empty() && is_speckled(picture) {
        let whole = [0, 0, picture.width, picture.height];
        harder(&SPECKLED, picture, &[whole], effort, &mut found);
    }
    sorted(found)
}

/// Looks at windows of a page in these ways; in a stack until one shows a symbol,
/// within what a page may cost.
fn harder(
    ways: &[Way],
    picture: &Raster,
    windows: &[Window],
    effort: Effort,
    found: &mut Vec<Found>,
) {
    let mut left = if effort == Effort::All { u64::MAX } else { HARDER_WORK };
    for window in windows {
        let Some(part) = change::crop(picture, *window) else { continue };
        let mut here = Vec::new();
        for way in ways {
            let cost = way.pixels(&part);
            if cost > left {
                continue;
            }
            let seen = along(*way, &part, &mut here);
            left = left.saturating_sub(cost + seen.triples * TRIPLE_WORK);
            if effort == Effort::Usual && !here.is_empty() {
                break;
            }
        }
        let [across, down, ..] = window.map(f64::from);
        for symbol in &mut here {
            for (x, y) in &mut symbol.corners {
                (*x, *y) = (*x + across, *y + down);
            }
        }
        add(here, found);
    }
}

/// From top to bottom.
fn sorted(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| a.top().total_cmp(&b.top()));
    found
}

impl Way {
    /// The pixels that are looked at in this way.
    fn pixels(self, picture: &Raster) -> u64 {
        let pixels = picture.samples.len() as u64;
        match self {
            Self::Plain | Self::Median | Self::Level | Self::Negative => pixels,
            Self::Half => pixels / 4,
            Self::Third => pixels / 9,
            Self::Double if pixels > MOST_ENLARGED => 0,
            Self::Double => pixels * 4,
        }
    }
}

/// Looks in one way, adds what is new, and says what was seen.
fn along(way: Way, picture: &Raster, found: &mut Vec<Found>) -> Seen {
    let (looked, by) = match way {
        Way::Plain => (look(picture), 1.0),
        Way::Half => (look(&change::reduce(picture, 2)), 2.0),
        Way::Third => (look(&change::reduce(picture, 3)), 3.0),
        Way::Median => (look(&median(picture)), 1.0),
        Way::Level => (look(&change::threshold(picture, otsu(picture))), 1.0),
        Way::Negative => (look(&negative(picture)), 1.0),
        Way::Double if way.pixels(picture) == 0 => return Seen::default(),
        Way::Double => {
            let (width, height) = (picture.width * 2, picture.height * 2);
            (look(&change::scale(picture, width, height)), 0.5)
        }
    };
    let (symbols, mut seen) = looked;
    for Corner { x, y, size } in &mut seen.corners {
        (*x, *y, *size) = (*x * by, *y * by, *size * by);
    }
    add(scaled(symbols, by), found);
    seen
}

/// Adds the symbols that are not known yet.
fn add(symbols: Vec<Found>, found: &mut Vec<Found>) {
    for symbol in symbols {
        if !found.iter().any(|known| known.is_at(&symbol)) {
            found.push(symbol);
        }
    }
}

/// Black for white.
fn negative(picture: &Raster) -> Raster {
    let samples = picture.samples.iter().map(|sample| 255 - sample).collect();
    Raster { samples, ..picture.clone() }
}

impl Found {
    /// The height of its highest corner.
    fn top(&self) -> f64 {
        self.corners.iter().map(|corner| corner.1).fold(f64::MAX, f64::min)
    }

    /// Whether it is the symbol that `other` is.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        let middle = |found: &Self| {
            let sum = found
                .corners
                .iter()
                .fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
            (sum.0 / 4.0, sum.1 / 4.0)
        };
        let ((x, y), (other_x, other_y)) = (middle(self), middle(other));
        let side = (self.corners[1].0 - self.corners[0].0)
            .hypot(self.corners[1].1 - self.corners[0].1);
        (x - other_x).hypot(y - other_y) < side / 2.0
    }
}

/// Places on another scale.
fn scaled(mut found: Vec<Found>, by: f64) -> Vec<Found> {
    for corner in found.iter_mut().flat_map(|found| &mut found.corners) {
        *corner = (corner.0 * by, corner.1 * by);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::make::{Symbol, paper};

    fn payloads(found: &[Found]) -> Vec<String> {
        found
            .iter()
            .map(|found| String::from_utf8(found.payload.clone()).unwrap())
            .collect()
    }

    #[test]
    fn what_is_made_is_found_where_it_lies() {
        let page = paper(400, 300, &[("H32.18-260716-0001", 120, 80)]);
        let [found] = find(&page, Effort::Usual).try_into().unwrap();
        assert_eq!(found.payload, b"H32.18-260716-0001");
        assert_eq!((found.version, found.correction), (1, Some(Correction::M)));
        // The quiet zone is twelve pixels, the symbol 63.
        let expected = [(132.0, 92.0), (195.0, 92.0), (195.0, 155.0), (132.0, 155.0)];
        for ((x, y), (there, down)) in found.corners.into_iter().zip(expected) {
            assert!((x - there).abs() < 2.0 && (y - down).abs() < 2.0, "{found:?}");
        }
    }

    #[test]
    fn every_symbol_of_a_page_is_found_from_top_to_bottom() {
        let codes = [("mot", 20, 200), ("hai", 220, 30), ("ba", 320, 320)];
        let page = paper(600, 600, &codes);
        assert_eq!(payloads(&find(&page, Effort::Usual)), ["hai", "mot", "ba"]);
        assert_eq!(payloads(&find(&page, Effort::All)), ["hai", "mot", "ba"]);
    }

    #[test]
    fn specks_and_a_stain_are_looked_through() {
        let mut page = paper(400, 300, &[("H32.18-260716-0001", 120, 80)]);
        let mut state = 7_u32;
        for sample in &mut page.samples {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 24 < 12 {
                *sample = 255 - *sample;
            }
        }
        assert_eq!(payloads(&find(&page, Effort::Usual)), ["H32.18-260716-0001"]);
    }

    #[test]
    fn any_direction_will_do() {
        let page = paper(500, 500, &[("H32.18-260716-0001", 200, 200)]);
        for degrees in [7.0, 45.0, 90.0, 133.0, 180.0, 271.0] {
            let (turned, _) = change::rotate_grey(&page, degrees);
            assert_eq!(
                payloads(&find(&turned, Effort::Usual)),
                ["H32.18-260716-0001"],
                "{degrees}"
            );
        }
    }

    #[test]
    fn light_on_dark_is_read_where_time_is_no_matter() {
        let page = paper(400, 300, &[("H32.18-260716-0001", 120, 80)]);
        let read = payloads(&find(&negative(&page), Effort::All));
        assert_eq!(read, ["H32.18-260716-0001"]);
    }

    #[test]
    fn bytes_that_are_no_text_come_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        let picture = Symbol::of(&bytes, Correction::Q).unwrap().picture(4);
        assert_eq!(find(&picture, Effort::Usual)[0].payload, bytes);
    }

    #[test]
    fn empty_paper_and_noise_have_none() {
        assert_eq!(find(&paper(300, 300, &[]), Effort::Usual), []);
        let mut noise = paper(600, 600, &[]);
        let mut state = 1_u32;
        for sample in &mut noise.samples {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *sample = if state >> 31 == 0 { 0 } else { 255 };
        }
        assert_eq!(find(&noise, Effort::All), []);
    }

    #[test]
    fn windows_are_looked_at_in_every_way_and_large_pages_in_the_cheap_ones() {
        let paper = |[wide, high]: [u32; 2], dpi: u32| {
            let side = |mm: u32| mm * dpi * 10 / 254;
            let (width, height) = (side(wide), side(high));
            let samples = vec![255; width as usize * height as usize];
            Raster { width, height, depth: Depth::Grey, samples }
        };
        let cost = |ways: &[Way], page: &Raster| {
            ways.iter().map(|way| way.pixels(page)).sum::<u64>()
        };
        // What lies around a code of 25 mm.
        let window = paper([100, 100], 600);
        assert!(cost(&HARDER, &window) < HARDER_WORK);
        let large = paper([210, 297], 590);
        assert!(cost(&SPECKLED, &large) < HARDER_WORK);
        assert!(cost(&HARDER, &large) > HARDER_WORK);
    }

    #[test]
    fn a_picture_smaller_than_a_symbol_is_no_trouble() {
        for side in 1..24 {
            assert_eq!(find(&paper(side, 3, &[]), Effort::All), []);
        }
    }
}
