//! What a scan of the calibration sheet tells of a printer and a scanner.
//!
//! The four corner symbols stand where [`CORNERS`] says; where they are found
//! gives scale, skew and the resolution there truly is. Grey patches show the
//! tint, and the smallest symbol that is read is the smallest that is worth
//! printing. Printer and scanner are measured together, as they are used.

use crate::page::codes::{self, PageCode};
use crate::qr::find::Effort;
use crate::raster::{DecodeError, Depth, Raster, Scan};
use crate::track::paper::{CORNERS, LEAST_MODULE, MODULES};
use crate::track::payload::{Known, Payload};
use crate::units::Affine;

/// How much larger or smaller than paper a scan may be: 100 % is asked for
/// (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II), with what rollers slip.
const MOST_SCALE_ERROR: f64 = 0.02;
/// Difference between the colours of a grey patch that is a tint, of 255.
pub const MOST_TINT: f64 = 12.0;

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Dots per inch of paper, across and down.
    pub dpi: (f64, f64),
    /// How much larger than paper the scan says it is, across and down: 0.01 is
    /// one per cent.
    pub scale_error: (f64, f64),
    /// Quarter turns clockwise the sheet lay in.
    pub quarters: u8,
    /// Degrees clockwise it lay askew besides.
    pub skew: f64,
    /// The largest difference between red, green and blue on a grey patch, of
    /// 255; `None` for a scan without colour.
    pub tint: Option<f64>,
    /// Modules that were read and those that were not, in hundredths of a
    /// millimetre.
    pub read: Vec<u32>,
    /// Those that were not.
    pub unread: Vec<u32>,
}

impl Measured {
    /// The smallest module that was read and below which none was missed, in
    /// hundredths of a millimetre.
    #[must_use]
    pub fn smallest(&self) -> Option<u32> {
        let largest_missed = self.unread.iter().copied().max().unwrap_or(0);
        self.read.iter().copied().filter(|module| *module > largest_missed).min()
    }

    /// Whether what the program prints will be read, at its true size.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let reads =
            self.smallest().is_some_and(|m| f64::from(m) / 100.0 <= LEAST_MODULE + 1e-9);
        let (across, down) = self.scale_error;
        reads && across.abs().max(down.abs()) <= MOST_SCALE_ERROR
    }
}

/// Measures a page; `None` if it is no calibration sheet with all its corners.
///
/// # Errors
///
/// When the picture cannot be decoded.
pub fn measure(scan: &Scan) -> Result<Option<Measured>, DecodeError> {
    let found = codes::on(scan, None, Effort::All)?;
    let known = Known::default();
    let numbered: Vec<(u32, &PageCode)> = found
        .iter()
        .filter_map(|code| match Payload::read(&code.payload, &known) {
            Payload::Calibration(number) => Some((number, code)),
            Payload::Dossier(_)
            | Payload::Sheet(_)
            | Payload::Separator
            | Payload::Sealed(_)
            | Payload::Card
            | Payload::Damaged
            | Payload::Foreign => None,
        })
        .collect();
    let middle = |wanted: u32| {
        let (_, code) = numbered.iter().find(|(number, _)| *number == wanted)?;
        let sum = code.corners_mm.iter().fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
        Some((sum.0 / 4.0, sum.1 / 4.0))
    };
    let [one, two, three, four] = CORNERS.map(|(number, _)| middle(number));
    let (Some(tl), Some(tr), Some(br), Some(bl)) = (one, two, three, four) else {
        return Ok(None);
    };
    let Some((to_stored, stated)) = codes::to_stored(scan, None) else { return Ok(None) };
    let span = |a: (f64, f64), b: (f64, f64)| (b.0 - a.0).hypot(b.1 - a.1);
    let [(_, top_left), (_, top_right), _, (_, bottom_left)] = CORNERS;
    let (width, height) = (top_right.0 - top_left.0, bottom_left.1 - top_left.1);
    let across = f64::midpoint(span(tl, tr), span(bl, br)) / width;
    let down = f64::midpoint(span(tl, bl), span(tr, br)) / height;
    let slope = |a: (f64, f64), b: (f64, f64)| (b.1 - a.1).atan2(b.0 - a.0).to_degrees();
    let angle = slope(tl, tr);
    let turns = (angle / 90.0).round();
    let quarters = if turns < -0.5 { turns + 4.0 } else { turns };
    let quarters =
        (0_u8..4).find(|q| (f64::from(*q) - quarters).abs() < 0.5).unwrap_or(0);
    let onto = Affine::new([
        (tr.0 - tl.0) / width,
        (tr.1 - tl.1) / width,
        (bl.0 - tl.0) / height,
        (bl.1 - tl.1) / height,
        0.0,
        0.0,
    ]);
    let sheet = Affine::shift(-top_left.0, -top_left.1)
        .then(onto)
        .then(Affine::shift(tl.0, tl.1))
        .then(to_stored);
    let has = |module: &u32| numbered.iter().any(|(number, _)| number == module);
    let (read, unread) = MODULES.into_iter().partition(has);
    Ok(Some(Measured {
        dpi: (stated.x() * across, stated.y() * down),
        scale_error: (across - 1.0, down - 1.0),
        quarters,
        skew: angle - turns * 90.0,
        tint: tint(scan, sheet)?,
        read,
        unread,
    }))
}

/// The largest difference between the colours of the grey patches; `sheet` maps
/// millimetres of the sheet to pixels.
fn tint(scan: &Scan, sheet: Affine) -> Result<Option<f64>, DecodeError> {
    if scan.header.depth != Depth::Rgb {
        return Ok(None);
    }
    let picture = scan.load()?;
    let patches = (0_u8..6).map(|step| {
        let middle = (59.0 + 18.0 * f64::from(step), 214.0);
        mean(&picture, sheet, middle)
    });
    let spread = |[red, green, blue]: [f64; 3]| {
        red.max(green).max(blue) - red.min(green).min(blue)
    };
    Ok(patches.flatten().map(spread).reduce(f64::max))
}

/// The mean colour of three millimetres around a place on the sheet.
fn mean(picture: &Raster, sheet: Affine, (x, y): (f64, f64)) -> Option<[f64; 3]> {
    let mut sum = [0.0; 3];
    let mut count = 0.0;
    for step in 0_u8..49 {
        let (dx, dy) = (f64::from(step % 7) - 3.0, f64::from(step / 7) - 3.0);
        let (px, py) = sheet.apply(x + dx * 0.5, y + dy * 0.5);
        if px < 0.0
            || py < 0.0
            || px >= f64::from(picture.width)
            || py >= f64::from(picture.height)
        {
            continue;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within the picture"
        )]
        let (column, row) = (px as usize, py as usize);
        let at = (row * picture.width as usize + column) * 3;
        let Some([red, green, blue]) = picture.samples.get(at..at + 3) else { continue };
        for (sum, value) in sum.iter_mut().zip([red, green, blue]) {
            *sum += f64::from(*value);
        }
        count += 1.0;
    }
    (count > 0.0).then(|| sum.map(|sum| sum / count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_module_is_the_last_before_one_was_missed() {
        let measured = |read: &[u32], unread: &[u32]| Measured {
            dpi: (300.0, 300.0),
            scale_error: (0.0, 0.005),
            quarters: 0,
            skew: 0.1,
            tint: None,
            read: read.to_vec(),
            unread: unread.to_vec(),
        };
        assert_eq!(measured(&[100, 40, 33], &[30, 20]).smallest(), Some(33));
        assert!(measured(&[100, 40, 33], &[30]).is_good());
        // One that was read below one that was missed was read by luck.
        assert_eq!(measured(&[100, 60, 30], &[50, 40]).smallest(), Some(60));
        assert!(!measured(&[100, 60, 30], &[50, 40]).is_good());
        assert_eq!(measured(&[], &[100]).smallest(), None);
    }
}
