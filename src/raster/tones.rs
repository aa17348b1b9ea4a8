//! What a page's pixels need: colour, grey, or only black and white.
//!
//! Offices scan everything in colour. A page that holds only ink and paper may
//! be stored as such, if nothing is lost: a red seal of a few square
//! millimetres decides for colour, a faint pencil note for grey. So both tests
//! lean to the richer answer, and a clean answer needs almost every pixel.

use crate::raster::change::{grey_row, luma};
use crate::raster::{Depth, Raster};

/// Counts the tones of a page, row by row.
#[derive(Clone, Debug)]
pub struct ToneCounter {
    grey: [u64; 256],
    /// Pixels by chroma, in cells of [`CELL`] on a side.
    chroma: Vec<u64>,
}

/// Steps of chroma that count as one.
const CELL: usize = 4;
/// The same in the plane.
const CELL_SIZE: f64 = 4.0;
/// Cells on a side of the chroma plane.
const CELLS: usize = 256 / CELL;

impl Default for ToneCounter {
    fn default() -> Self {
        Self { grey: [0; 256], chroma: vec![0; CELLS * CELLS] }
    }
}

impl ToneCounter {
    /// Counts a row packed as `depth` says; the padding of a bilevel row counts
    /// as its pixels do.
    pub fn row(&mut self, depth: Depth, row: &[u8]) {
        match depth {
            Depth::Bilevel => {
                let black: u64 =
                    row.iter().map(|byte| u64::from(byte.count_ones())).sum();
                let [first, .., last] = &mut self.grey;
                *first += black;
                *last += 8 * row.len() as u64 - black;
            }
            Depth::Grey => {
                row.iter().for_each(|&grey| count(&mut self.grey, grey.into()));
            }
            Depth::Rgb => {
                for &rgb in row.as_chunks().0 {
                    count(&mut self.grey, luma(rgb).into());
                    count(&mut self.chroma, cell(rgb));
                }
            }
        }
    }

    /// What has been counted.
    #[must_use]
    pub fn finish(self) -> Tones {
        // A page without a coloured row has neutral paper.
        let used = (0..).zip(&self.chroma).filter(|&(_, &pixels)| pixels > 0);
        let most = used.max_by_key(|&(_, &pixels)| pixels);
        let paper = most.map_or((0.0, 0.0), |(cell, _)| centre(cell));
        let pixels: u64 = self.grey.iter().sum();
        let of_both = Mixture { paper };
        let coloured: u64 = (0..)
            .zip(&self.chroma)
            .filter(|&(at, &n)| n > 0 && of_both.distance(centre(at)) > NOISE)
            .map(|(_, n)| n)
            .sum();
        Tones {
            grey: self.grey,
            coloured: share(coloured, pixels),
            tint: paper.0.hypot(paper.1),
        }
    }
}

/// The tones of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Tones {
    /// Pixels of each brightness, 0 black to 255 white.
    pub grey: [u64; 256],
    /// The share of pixels, 0 to 1, whose chroma is neither that of the paper,
    /// nor neutral, nor between the two.
    pub coloured: f64,
    /// The chroma of the paper: its distance from neutral in the plane of Cb
    /// and Cr, 0 to 180. Yellowed paper has some 10, pink forms 30.
    pub tint: f64,
}

/// Chroma that JPEG and scanner noise give to grey pixels.
const NOISE: f64 = 16.0;

/// The share of coloured pixels that a page of grey may hold: 3 mm² of A4.
const MOST_COLOURED: f64 = 0.000_05;

/// Paper of more chroma than this was made so.
const MOST_TINT: f64 = 20.0;

/// The share of pixels that may be neither black nor white on a page of black
/// and white: half a square millimetre of A4, less than any pencil mark.
const MOST_BETWEEN: f64 = 0.000_01;

impl Tones {
    /// Whether grey shows all that the page shows.
    #[must_use]
    pub fn is_grey(&self) -> bool {
        self.coloured <= MOST_COLOURED && self.tint <= MOST_TINT
    }

    /// Whether black and white show all that the page shows: its samples hold
    /// two levels, or lie within a JPEG's ringing of black and white.
    #[must_use]
    pub fn is_bilevel(&self) -> bool {
        const RINGING: usize = 24;
        let between: u64 = self.grey.iter().skip(RINGING).rev().skip(RINGING).sum();
        let total: u64 = self.grey.iter().sum();
        self.is_grey() && share(between, total) <= MOST_BETWEEN
    }

    /// Levels of grey in use.
    #[must_use]
    pub fn levels(&self) -> usize {
        self.grey.iter().filter(|&&pixels| pixels > 0).count()
    }

    /// The level that parts ink from paper best: pixels below it are ink
    /// (Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979).
    #[must_use]
    pub fn otsu(&self) -> u8 {
        otsu_level(&self.grey)
    }
}

/// The level that parts ink from paper best, for [`crate::raster::change::threshold`].
#[must_use]
pub fn otsu(raster: &Raster) -> u8 {
    let (mut grey, mut buffer) = ([0; 256], Vec::new());
    for row in raster.rows() {
        buffer.clear();
        grey_row(raster.depth, row, raster.width as usize, &mut buffer);
        buffer.iter().for_each(|&level| count(&mut grey, level.into()));
    }
    otsu_level(&grey)
}

/// Where the variance between the two classes is greatest; the middle of the
/// range where several levels are as good, as between two lone levels; 128
/// where there is one level only.
fn otsu_level(grey: &[u64; 256]) -> u8 {
    let float = |n: u64| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a page has fewer than 2^52 pixels"
        )]
        let float = n as f64;
        float
    };
    let weighted = |(level, &n): (u64, &u64)| level * n;
    let total: u64 = grey.iter().sum();
    let brightness: u64 = (0..).zip(grey).map(weighted).sum();
    let (mut ink, mut ink_brightness) = (0, 0);
    let (mut best, mut first, mut last) = (0.0, 128, 128);
    for (level, n) in (0_u8..=254).zip(grey) {
        ink += n;
        ink_brightness += u64::from(level) * n;
        if ink == 0 || ink == total {
            continue;
        }
        let paper = total - ink;
        let means = float(ink_brightness) / float(ink)
            - float(brightness - ink_brightness) / float(paper);
        let variance = float(ink) * float(paper) * means * means;
        // Levels nobody uses leave the classes, and so the variance, as they are.
        if variance > best {
            (best, first, last) = (variance, level, level);
        } else if *n == 0 && variance >= best {
            last = level;
        }
    }
    if best > 0.0 { first.midpoint(last).saturating_add(1) } else { 128 }
}

fn count(histogram: &mut [u64], at: usize) {
    if let Some(cell) = histogram.get_mut(at) {
        *cell += 1;
    }
}

/// The cell of the chroma plane a colour falls into (ITU-R BT.601, as in JFIF).
fn cell([r, g, b]: [u8; 3]) -> usize {
    let [r, g, b] = [r, g, b].map(i32::from);
    let place = |weighted: i32| {
        let chroma = (128 + (weighted >> 8)).clamp(0, 255);
        usize::try_from(chroma).unwrap_or_default() / CELL
    };
    place(128 * b - 43 * r - 85 * g) * CELLS + place(128 * r - 107 * g - 21 * b)
}

/// Cb and Cr in the middle of a cell, 0 being neutral.
fn centre(cell: usize) -> (f64, f64) {
    let middle = |place: usize| {
        let middle = u8::try_from(place * CELL + CELL / 2).unwrap_or_default();
        f64::from(middle) - 128.0
    };
    // The cell that holds neutral grey counts as neutral.
    let snapped = |value: f64| if value.abs() < CELL_SIZE { 0.0 } else { value };
    (snapped(middle(cell / CELLS)), snapped(middle(cell % CELLS)))
}

/// Ink and paper, and all that lies between them on the edges of letters.
struct Mixture {
    paper: (f64, f64),
}

impl Mixture {
    /// How far a chroma is from the line between neutral and the paper's.
    fn distance(&self, (cb, cr): (f64, f64)) -> f64 {
        let (x, y) = self.paper;
        let length = x * x + y * y;
        let along =
            if length > 0.0 { ((cb * x + cr * y) / length).clamp(0.0, 1.0) } else { 0.0 };
        (cb - along * x).hypot(cr - along * y)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no 53 bits")]
    let share = part as f64 / whole.max(1) as f64;
    share
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "the tests' numbers are small")]
mod tests {
    use super::*;
    use crate::raster::change::{threshold, to_grey};
    use crate::raster::samples::{Dice, text_like};
    use crate::raster::write_jpeg::JpegWriter;

    const SIZE: u32 = 600;

    /// A page of text in `ink` on `paper`, with scanner noise, and a filled
    /// square of another colour.
    fn page(ink: [u8; 3], paper: [u8; 3], mark: Option<([u8; 3], u32)>) -> Vec<Vec<u8>> {
        let mut dice = Dice::new(4);
        let text = to_grey(&text_like(SIZE, SIZE, 4));
        let mut painted = |x: u32, y: u32, grey: u8| {
            let colour = match mark {
                Some((colour, side)) if x < side && y < side => colour,
                Some(_) | None if grey == 0 => ink,
                Some(_) | None => paper,
            };
            let noise = dice.below(7) as u8;
            colour.map(|v| v.saturating_add(noise).saturating_sub(3))
        };
        (0..)
            .zip(text.rows())
            .map(|(y, row)| {
                (0..).zip(row).flat_map(|(x, &grey)| painted(x, y, grey)).collect()
            })
            .collect()
    }

    fn tones(depth: Depth, rows: &[Vec<u8>]) -> Tones {
        let mut counter = ToneCounter::default();
        rows.iter().for_each(|row| counter.row(depth, row));
        counter.finish()
    }

    /// The rows after a trip through JPEG.
    fn through_jpeg(rows: &[Vec<u8>], quality: u8) -> Vec<Vec<u8>> {
        let mut writer = JpegWriter::new(SIZE, SIZE, Depth::Rgb, quality, None).unwrap();
        rows.iter().for_each(|row| writer.row(row).unwrap());
        let jpeg = writer.finish().unwrap();
        let mut read = mozjpeg::Decompress::new_mem(&jpeg).unwrap().rgb().unwrap();
        let samples: Vec<u8> = read.read_scanlines().unwrap();
        samples.chunks(3 * SIZE as usize).map(<[u8]>::to_vec).collect()
    }

    const BLACK: [u8; 3] = [25; 3];
    const PAPER: [u8; 3] = [245; 3];
    const YELLOWED: [u8; 3] = [242, 234, 212];
    const SEAL: [u8; 3] = [205, 45, 60];
    const BLUE_PEN: [u8; 3] = [50, 70, 170];

    #[test]
    fn ink_on_white_or_yellowed_paper_is_grey() {
        for paper in [PAPER, YELLOWED] {
            for quality in [60, 75, 92] {
                let tones =
                    tones(Depth::Rgb, &through_jpeg(&page(BLACK, paper, None), quality));
                assert!(
                    tones.is_grey(),
                    "{paper:?} at {quality}: {} {}",
                    tones.coloured,
                    tones.tint
                );
                assert!(!tones.is_bilevel());
            }
        }
    }

    #[test]
    fn a_small_seal_or_signature_is_colour() {
        for mark in [SEAL, BLUE_PEN] {
            let rows = page(BLACK, PAPER, Some((mark, 10)));
            assert!(!tones(Depth::Rgb, &through_jpeg(&rows, 75)).is_grey(), "{mark:?}");
        }
    }

    #[test]
    fn paper_made_in_colour_is_colour() {
        let rows = page(BLACK, [250, 200, 205], None);
        assert!(!tones(Depth::Rgb, &rows).is_grey());
    }

    #[test]
    fn a_bilevel_page_saved_in_colour_is_bilevel() {
        let text = to_grey(&text_like(SIZE, SIZE, 5));
        let rows: Vec<Vec<u8>> =
            text.rows().map(|row| row.iter().flat_map(|&v| [v; 3]).collect()).collect();
        let tones = tones(Depth::Rgb, &rows);
        assert!(tones.is_bilevel());
        assert_eq!(tones.levels(), 2);
    }

    #[test]
    fn a_faint_pencil_line_keeps_a_page_grey() {
        let text = to_grey(&text_like(SIZE, SIZE, 6));
        let mut rows: Vec<Vec<u8>> = text.rows().map(<[u8]>::to_vec).collect();
        rows[300][200..230].fill(215);
        assert!(!tones(Depth::Grey, &rows).is_bilevel());
    }

    #[test]
    fn depths_that_hold_no_colour_are_counted_too() {
        let text = text_like(64, 50, 7);
        let packed: Vec<Vec<u8>> = text.rows().map(<[u8]>::to_vec).collect();
        let grey: Vec<Vec<u8>> = to_grey(&text).rows().map(<[u8]>::to_vec).collect();
        let bits = tones(Depth::Bilevel, &packed);
        assert_eq!(bits.grey, tones(Depth::Grey, &grey).grey);
        assert!(bits.is_bilevel());
    }

    #[test]
    fn otsu_parts_ink_from_paper() {
        let text = text_like(200, 100, 8);
        let mut faded = to_grey(&text);
        let mut dice = Dice::new(1);
        for v in &mut faded.samples {
            *v = if *v == 0 { 90 } else { 180 } + dice.below(30) as u8;
        }
        let level = otsu(&faded);
        assert!((119..=180).contains(&level), "{level}");
        assert_eq!(threshold(&faded, level), text);
    }

    #[test]
    fn otsu_of_a_page_of_one_level_is_the_middle() {
        let raster = |level| Raster {
            width: 9,
            height: 9,
            depth: Depth::Grey,
            samples: vec![level; 81],
        };
        assert_eq!([0, 77, 255].map(|level| otsu(&raster(level))), [128; 3]);
        assert_eq!(otsu(&to_grey(&text_like(50, 50, 1))), 128);
    }
}
