//! The page as seen: from the boxes of a page dictionary to the sheet that a
//! reader sees (ISO 32000-2, 7.7.3.3 and 14.11.2).
//!
//! Everything after this file speaks of points on the sheet as seen, origin
//! bottom left, y up; `/Rotate` and `UserUnit` are known to nobody else.

use hayro::hayro_syntax::object::Dict;
use hayro::hayro_syntax::page::{Page, Rotation};

use crate::units::{Affine, Quarter};

/// Smallest side of a sheet in points; the standard's own lower limit is 3 units.
const LEAST_SIDE: f64 = 1.0;
/// Largest side of a sheet in points: 14 400 units at the largest unit in use.
const MOST_SIDE: f64 = 1_000_000.0;
/// Largest `UserUnit` believed: sheets of plans use up to 75.
const MOST_UNIT: f64 = 1000.0;
/// Ancestors of a page that are asked for a box.
const MOST_ANCESTORS: usize = 64;

/// A sheet as seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sheet {
    /// Width in points.
    pub(crate) width: f64,
    /// Height in points.
    pub(crate) height: f64,
    /// From the page's own coordinates to points on the sheet.
    pub(crate) map: Affine,
    /// Whether no `MediaBox` was found, so that A4 is assumed.
    pub(crate) assumed: bool,
}

impl Sheet {
    /// The sheet of `page`; `None` if nothing of it can be seen.
    pub(crate) fn of(page: &Page<'_>) -> Option<Self> {
        let seen = page.intersected_crop_box();
        let unit = page.raw().get::<f64>("UserUnit").unwrap_or(1.0);
        let unit = if unit > 0.0 && unit <= MOST_UNIT { unit } else { 1.0 };
        let (left, bottom) = (seen.x0, seen.y0);
        let (width, height) = ((seen.x1 - left) * unit, (seen.y1 - bottom) * unit);
        let sane = |side: f64| (LEAST_SIDE..=MOST_SIDE).contains(&side);
        if !sane(width) || !sane(height) || !left.is_finite() || !bottom.is_finite() {
            return None;
        }
        let upright = Affine::shift(-left, -bottom).then(Affine::scale(unit, unit));
        let turn = quarter(page.rotation());
        let turned = match turn {
            Quarter::None => Affine::IDENTITY,
            Quarter::Right => Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
            Quarter::Half => Affine::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            Quarter::Left => Affine::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
        };
        let (width, height) =
            if turn.swaps_axes() { (height, width) } else { (width, height) };
        let assumed = !has_media_box(page.raw());
        Some(Self { width, height, map: upright.then(turned), assumed })
    }

    /// Its area in square points.
    pub(crate) fn area(&self) -> f64 {
        self.width * self.height
    }
}

fn quarter(rotation: Rotation) -> Quarter {
    match rotation {
        Rotation::None => Quarter::None,
        Rotation::Horizontal => Quarter::Right,
        Rotation::Flipped => Quarter::Half,
        Rotation::FlippedHorizontal => Quarter::Left,
    }
}

/// Whether the page or an ancestor states a `MediaBox` (7.7.3.4: inherited).
fn has_media_box(page: &Dict<'_>) -> bool {
    let mut node = page.clone();
    for _ in 0..MOST_ANCESTORS {
        if node.contains_key("MediaBox") {
            return true;
        }
        let Some(parent) = node.get::<Dict<'_>>("Parent") else { return false };
        node = parent;
    }
    false
}

/// The quarter turn nearest to what `map` does to a picture whose rows run
/// down, and the angle in degrees that is left over; `None` if the map
/// mirrors, flattens or shears the picture.
pub(crate) fn turn_of(map: Affine) -> Option<(Quarter, f64)> {
    let (across, down) = (map.a.hypot(map.b), map.c.hypot(map.d));
    let area = map.a * map.d - map.b * map.c;
    // Rows run down and the sheet runs up: an unmirrored picture has a negative area.
    if !area.is_finite() || area >= -f64::EPSILON {
        return None;
    }
    let lean = (map.a * map.c + map.b * map.d) / (across * down);
    if lean.abs() > 0.01 {
        return None;
    }
    let clockwise = -map.b.atan2(map.a).to_degrees();
    let mut best = (Quarter::None, f64::MAX);
    for quarter in Quarter::ALL {
        let off =
            (clockwise - f64::from(quarter.degrees()) + 540.0).rem_euclid(360.0) - 180.0;
        if off.abs() < best.1.abs() {
            best = (quarter, off);
        }
    }
    Some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_turn_of_a_picture_is_read_from_its_map() {
        let upright = Affine::new([0.24, 0.0, 0.0, -0.24, 0.0, 842.0]);
        assert_eq!(turn_of(upright).unwrap().0, Quarter::None);
        let right = Affine::new([0.0, -0.24, -0.24, 0.0, 842.0, 595.0]);
        assert_eq!(turn_of(right).unwrap().0, Quarter::Right);
        let mirrored = Affine::new([-0.24, 0.0, 0.0, -0.24, 595.0, 842.0]);
        assert_eq!(turn_of(mirrored), None);
    }

    #[test]
    fn a_small_rotation_is_what_is_left_over() {
        let (sin, cos) = 2.0_f64.to_radians().sin_cos();
        let tilted = Affine::new([cos, -sin, -sin, -cos, 0.0, 842.0]);
        let (turn, left) = turn_of(tilted).unwrap();
        assert_eq!(turn, Quarter::None);
        assert!((left - 2.0).abs() < 1e-6, "{left}");
    }
}
