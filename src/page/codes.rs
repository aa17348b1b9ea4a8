//! QR codes on a page, and where on the paper they are.
//!
//! Places are in millimetres on the page as seen, origin top left, y down.
//! What a payload means is decided where the archive is known; here it is
//! bytes, and nothing of it goes into a record: the code on an identity card
//! is somebody's whole identity (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).

use crate::page::lie::{self, Lie};
use crate::page::resolution;
use crate::qr::Correction;
use crate::qr::find::{self, Effort, Found};
use crate::raster::{DecodeError, Scan};
use crate::units::{Affine, Dpi, Pt, Quarter};

/// Codes are looked for at this resolution or a little above, in dpi: modules
/// of 0.4 mm, the smallest we print, are then more than four pixels wide.
const LOOKING_DPI: f64 = 300.0;

/// A code on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageCode {
    /// What it says, byte for byte.
    pub payload: Vec<u8>,
    /// Its corners as printed: top left, top right, bottom right, bottom left.
    pub corners_mm: [(f64, f64); 4],
    /// Its version, 1 to 40.
    pub version: u32,
    /// How much of it may be lost, where the decoder knows.
    pub correction: Option<Correction>,
}

impl PageCode {
    /// Length of its upper side in millimetres.
    #[must_use]
    pub fn side_mm(&self) -> f64 {
        let [left, right, ..] = self.corners_mm;
        (right.0 - left.0).hypot(right.1 - left.1)
    }

    /// Millimetres a module of it is wide.
    #[must_use]
    pub fn module_mm(&self) -> f64 {
        self.side_mm() / f64::from(17 + 4 * self.version)
    }

    /// How far its upper side is turned from level, in degrees clockwise.
    #[must_use]
    pub fn turn_degrees(&self) -> f64 {
        let [left, right, ..] = self.corners_mm;
        (right.1 - left.1).atan2(right.0 - left.0).to_degrees()
    }
}

/// Every code on a page, from top to bottom. `dpi` is the user's word on the
/// resolution, against what the file states.
///
/// # Errors
///
/// When the picture cannot be decoded.
pub fn on(
    scan: &Scan,
    dpi: Option<Dpi>,
    effort: Effort,
) -> Result<Vec<PageCode>, DecodeError> {
    let (dpi, _) = resolution::of(&scan.header, dpi);
    let mut factor = 1;
    while dpi.divided(factor + 1).x() >= LOOKING_DPI {
        factor += 1;
    }
    let grey = scan.load_grey_reduced(factor)?;
    let page = Lie::of(scan, dpi).page(Quarter::None, None);
    let stored = Affine::scale(f64::from(factor), f64::from(factor));
    Ok(placed(find::find(&grey, effort), stored.then(page.image), page))
}

/// From millimetres on the page as seen to pixels of the stored picture, and the
/// resolution believed; `None` for a page that has no area.
#[must_use]
pub fn to_stored(scan: &Scan, dpi: Option<Dpi>) -> Option<(Affine, Dpi)> {
    let (dpi, _) = resolution::of(&scan.header, dpi);
    let page = Lie::of(scan, dpi).page(Quarter::None, None);
    let points = 72.0 / 25.4;
    let up = Affine::new([points, 0.0, 0.0, -points, 0.0, page.height]);
    Some((up.then(page.image.inverse()?), dpi))
}

/// Codes that were found, on the page: `map` leads from their pixels to its
/// points.
#[must_use]
pub fn placed(found: Vec<Found>, map: Affine, page: lie::Page) -> Vec<PageCode> {
    let mm = |(x, y)| {
        let (x, y) = map.apply(x, y);
        (hundredths(Pt(x).to_mm().0), hundredths(Pt(page.height - y).to_mm().0))
    };
    let on_page = |found: Found| PageCode {
        corners_mm: found.corners.map(mm),
        payload: found.payload,
        version: found.version,
        correction: found.correction,
    };
    found.into_iter().map(on_page).collect()
}

/// A hundredth of a millimetre is finer than any printer.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
