//! How a stored image lies on its page: the maps between pixels and points.
//!
//! Four planes meet here. *Stored*: the image's own pixels, origin top left,
//! y down. *Seen*: the page in points as a viewer would show the input, y
//! down. *Upright*: the page in points after the turn that was decided, y
//! down. *Page*: the same with PDF's origin, bottom left, y up.

use crate::raster::Scan;
use crate::units::{Affine, Dpi, Quarter};

/// How the stored image of a scan lies on its page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lie {
    /// Stored pixels to the seen page.
    stored: Affine,
    /// Size of the seen page in points.
    seen: (f64, f64),
    /// The turn from stored to seen.
    pub turn: Quarter,
}

impl Lie {
    /// Where `scan` lies, its resolution being `dpi`.
    #[must_use]
    pub fn of(scan: &Scan, dpi: Dpi) -> Self {
        if let Some(placed) = scan.placed {
            let down = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, placed.height]);
            let stored = placed.map.then(down);
            let seen = (placed.width, placed.height);
            return Self { stored, seen, turn: quarter(stored) };
        }
        let header = &scan.header;
        let points = Affine::scale(72.0 / dpi.x(), 72.0 / dpi.y());
        let (width, height) =
            points.apply(f64::from(header.width), f64::from(header.height));
        let stored = points.then(Affine::turn(header.turn, width, height));
        let seen = turned((width, height), header.turn);
        Self { stored, seen, turn: header.turn }
    }

    /// The page after a further `turn`, its lines sloping by `skew` degrees,
    /// which `straighten` takes away.
    #[must_use]
    pub fn page(&self, turn: Quarter, straighten: Option<f64>) -> Page {
        let (width, height) = turned(self.seen, turn);
        let mut image = self.stored.then(Affine::turn(turn, self.seen.0, self.seen.1));
        if let Some(skew) = straighten {
            image = image.then(rotation(-skew, (width / 2.0, height / 2.0)));
        }
        let up = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, height]);
        Page { width, height, image: image.then(up) }
    }
}

/// A page and the way onto it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Stored pixels to points, origin bottom left, y up.
    pub image: Affine,
}

/// Width and height after a turn.
fn turned((width, height): (f64, f64), turn: Quarter) -> (f64, f64) {
    if turn.swaps_axes() { (height, width) } else { (width, height) }
}

/// Turning clockwise, as seen with y down, around a point.
fn rotation(degrees: f64, (x, y): (f64, f64)) -> Affine {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Affine::shift(-x, -y)
        .then(Affine::new([cos, sin, -sin, cos, 0.0, 0.0]))
        .then(Affine::shift(x, y))
}

/// The turn nearest to a map from one plane with y down to another.
fn quarter(map: Affine) -> Quarter {
    match (map.a.abs() >= map.b.abs(), map.a > 0.0, map.b > 0.0) {
        (true, true, _) => Quarter::None,
        (true, false, _) => Quarter::Half,
        (false, _, true) => Quarter::Right,
        (false, _, false) => Quarter::Left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{DecodeError, Depth, Header, Placed, Rows};

    #[derive(Debug)]
    struct NoRows;

    impl Rows for NoRows {
        fn decode(
            &self,
            _: &mut dyn FnMut(&[u8]) -> Result<(), DecodeError>,
        ) -> Result<(), DecodeError> {
            Ok(())
        }
    }

    fn scan(turn: Quarter, placed: Option<Placed>) -> Scan {
        let header = Header {
            width: 1654,
            height: 2339,
            depth: Depth::Grey,
            dpi: None,
            turn,
            icc: None,
            passthrough: None,
            encoding: String::new(),
        };
        Scan { header, rows: Box::new(NoRows), placed }
    }

    fn corner(page: Page, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = page.image.apply(x, y);
        (x.round() + 0.0, y.round() + 0.0)
    }

    #[test]
    fn an_upright_scan_fills_its_page() {
        let lie = Lie::of(&scan(Quarter::None, None), Dpi::square(200.0).unwrap());
        let page = lie.page(Quarter::None, None);
        assert_eq!((page.width.round(), page.height.round()), (595.0, 842.0));
        assert_eq!(corner(page, 0.0, 0.0), (0.0, 842.0));
        assert_eq!(corner(page, 1654.0, 2339.0), (595.0, 0.0));
    }

    #[test]
    fn exif_and_decided_turns_add_up() {
        let lie = Lie::of(&scan(Quarter::Right, None), Dpi::square(200.0).unwrap());
        let page = lie.page(Quarter::Left, None);
        assert_eq!(corner(page, 0.0, 0.0), (0.0, 842.0));
        assert_eq!(corner(page, 1654.0, 2339.0), (595.0, 0.0));
    }

    #[test]
    fn a_turned_page_of_a_pdf_is_seen_turned() {
        // The image of an A4 page with /Rotate 90.
        let map = Affine::new([0.0, -0.36, -0.36, 0.0, 842.0, 595.0]);
        let placed = Placed { width: 842.0, height: 595.0, map };
        let lie =
            Lie::of(&scan(Quarter::None, Some(placed)), Dpi::square(200.0).unwrap());
        assert_eq!(lie.turn, Quarter::Right);
        let page = lie.page(Quarter::Left, None);
        assert_eq!((page.width, page.height), (595.0, 842.0));
        assert_eq!(corner(page, 0.0, 0.0), (0.0, 842.0));
    }

    #[test]
    fn straightening_turns_around_the_middle() {
        let lie = Lie::of(&scan(Quarter::None, None), Dpi::square(200.0).unwrap());
        let page = lie.page(Quarter::None, Some(10.0));
        assert_eq!(corner(page, 827.0, 1169.5), (298.0, 421.0));
        // Lines that fell to the right run level now.
        let fall = 10_f64.to_radians().tan() * 800.0;
        let (_, y1) = page.image.apply(400.0, 1000.0);
        let (_, y2) = page.image.apply(1200.0, 1000.0 + fall);
        assert!((y1 - y2).abs() < 0.01);
    }
}
