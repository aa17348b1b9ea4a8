//! How many dots make an inch, and so how large the paper was.
//!
//! Scanners state it; phones and screenshots state nonsense (72 or 96 dpi for
//! a page of a metre and a half). What is assumed instead is said.

use crate::finding::{Finding, Weight};
use crate::raster::Header;
use crate::say;
use crate::units::{Dpi, Mm, Pt};

/// A4 in inches, short and long side (ISO 216).
const A4: (f64, f64) = (210.0 / 25.4, 297.0 / 25.4);
/// The long side of A0 and a little more: the largest paper scanned.
const LARGEST: Mm = Mm(1250.0);
/// Resolutions at or below this are what programs write who do not know.
const SCREEN_DPI: f64 = 96.0;
/// At a screen's resolution, a page longer than this was photographed.
const LARGEST_AT_SCREEN_DPI: Mm = Mm(450.0);
/// Resolutions scanners offer, to which an estimate within 2 % is rounded.
const USUAL: [f64; 8] = [100.0, 150.0, 200.0, 240.0, 300.0, 400.0, 600.0, 1200.0];

/// The resolution of a page's stored image, and what to say about it.
///
/// `given` is the user's word (`--dpi`) and wins. For an image already placed
/// on a PDF page the page's size decides.
#[must_use]
pub fn of(header: &Header, given: Option<Dpi>) -> (Dpi, Option<Finding>) {
    if let Some(dpi) = given {
        return (dpi, None);
    }
    match header.dpi {
        Some(dpi) if is_sane(header, dpi) => (dpi, None),
        stated => {
            let dpi = fitted(header);
            let finding =
                Finding::new(
                    "resolution.assumed",
                    Weight::Warning,
                    |lang| match stated {
                        None => say::page::resolution_missing(lang, dpi),
                        Some(stated) => say::page::resolution_absurd(lang, stated, dpi),
                    },
                );
            let finding = finding.measured("dpi", dpi.x(), None);
            (dpi, Some(finding))
        }
    }
}

/// Whether the paper this resolution implies can have been scanned.
fn is_sane(header: &Header, dpi: Dpi) -> bool {
    let side = |pixels: u32, dpi: f64| Pt(f64::from(pixels) * 72.0 / dpi).to_mm().0;
    let long = side(header.width, dpi.x()).max(side(header.height, dpi.y()));
    let limit =
        if dpi.x().max(dpi.y()) <= SCREEN_DPI { LARGEST_AT_SCREEN_DPI } else { LARGEST };
    long <= limit.0
}

/// The resolution at which the image just fits on A4, whichever way round.
fn fitted(header: &Header) -> Dpi {
    let (width, height) = (f64::from(header.width), f64::from(header.height));
    let fit = (width.max(height) / A4.1).max(width.min(height) / A4.0);
    let rounded = USUAL.into_iter().find(|usual| (fit / usual - 1.0).abs() < 0.02);
    let dpi = rounded.unwrap_or(fit).clamp(Dpi::LEAST, Dpi::MOST);
    Dpi::square(dpi).unwrap_or(Dpi::SCREEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Depth;
    use crate::units::Quarter;

    fn page(width: u32, height: u32, dpi: Option<f64>) -> (String, bool) {
        let header = Header {
            width,
            height,
            depth: Depth::Grey,
            dpi: dpi.and_then(Dpi::square),
            turn: Quarter::None,
            icc: None,
            passthrough: None,
            encoding: String::new(),
        };
        let (dpi, finding) = of(&header, None);
        (dpi.to_string(), finding.is_some())
    }

    #[test]
    fn a_stated_resolution_is_believed() {
        assert_eq!(page(2480, 3508, Some(300.0)), ("300".to_owned(), false));
        assert_eq!(page(827, 1169, Some(96.0)), ("96".to_owned(), false));
    }

    #[test]
    fn a_missing_one_is_fitted_to_a4_and_said() {
        assert_eq!(page(1654, 2339, None), ("200".to_owned(), true));
        assert_eq!(page(3508, 2480, None), ("300".to_owned(), true));
    }

    #[test]
    fn a_photograph_at_72_dpi_is_not_a_poster() {
        assert_eq!(page(3000, 4000, Some(72.0)), ("363".to_owned(), true));
    }
}
