//! The picture of a place on a page, as a JPEG.

use crate::pdf;
use crate::raster::cut::cut;
use crate::raster::write_jpeg::JpegWriter;
use crate::raster::{Depth, Raster};
use crate::units::{Affine, Mm, Rect};

/// Pixels an inch: as fine as a scan, and no finer than a telephone shows.
const DPI: f64 = 150.0;
/// Longest side in pixels.
const MOST_PIXELS: f64 = 1600.0;
/// Of the JPEG.
const QUALITY: u8 = 72;

/// A page in memory, for as many pictures as are asked of it.
#[derive(Debug)]
pub struct Page {
    whole: Raster,
    /// Millimetres from the top left to pixels of `whole`.
    map: Affine,
    /// Width and height in millimetres.
    size: (f64, f64),
}

impl Page {
    /// Loads page `index` of a PDF; `None` if it cannot be seen.
    #[must_use]
    pub fn load(pdf: &pdf::Opened, index: usize) -> Option<Self> {
        let page = pdf.page(index).ok()?;
        let placed = page.scan.placed?;
        let points = 72.0 / 25.4;
        // Down from the top left in millimetres, up from the bottom left in points.
        let up = Affine::new([points, 0.0, 0.0, -points, 0.0, placed.height]);
        let map = up.then(placed.map.inverse()?);
        let whole = page.scan.load().ok()?;
        Some(Self { whole, map, size: (placed.width / points, placed.height / points) })
    }

    /// The piece of it within `place`, in millimetres from the top left.
    #[must_use]
    pub fn piece(&self, place: Rect) -> Option<Vec<u8>> {
        let place = Rect {
            left: place.left.max(0.0),
            top: place.top.max(0.0),
            right: place.right.min(self.size.0),
            bottom: place.bottom.min(self.size.1),
        };
        let per_mm = Mm(1.0).to_pt().0 / 72.0 * DPI;
        let longest = place.width().max(place.height()) * per_mm;
        let per_mm = per_mm * (MOST_PIXELS / longest).min(1.0);
        let pixels = |side: f64| {
            let pixels = (side * per_mm).round().clamp(1.0, MOST_PIXELS);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped"
            )]
            let pixels = pixels as u32;
            pixels
        };
        if place.width() <= 0.0 || place.height() <= 0.0 {
            return None;
        }
        let to_page = Affine::scale(1.0 / per_mm, 1.0 / per_mm)
            .then(Affine::shift(place.left, place.top));
        let (width, height) = (pixels(place.width()), pixels(place.height()));
        jpeg(&cut(&self.whole, to_page.then(self.map), width, height))
    }
}

/// The picture as a JPEG file.
fn jpeg(raster: &Raster) -> Option<Vec<u8>> {
    let depth = if raster.depth == Depth::Rgb { Depth::Rgb } else { Depth::Grey };
    let mut writer =
        JpegWriter::new(raster.width, raster.height, depth, QUALITY, None).ok()?;
    raster.rows().try_for_each(|row| writer.row(row)).ok()?;
    writer.finish().ok()
}
