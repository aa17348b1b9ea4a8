//! Whether a page is blank: nothing on it that a person put there.
//!
//! A page is kept when in doubt. One number, one stamp or a faint pencil note
//! makes it a page; the scanner's own traces do not: dust, the shadow of the
//! edge, punch holes. A blank page is set aside, never dropped.

use crate::page::ink::Ink;

/// Marks smaller than this in both directions are dust, in millimetres.
const DUST_MM: f64 = 0.9;
/// The frame in which the shadow of the paper's edge may lie, in millimetres.
const FRAME_MM: f64 = 3.0;
/// A shadow reaches this far inwards from the frame, in millimetres.
const SHADOW_MM: f64 = 12.0;
/// Punch holes lie within this distance of an edge, in millimetres.
const HOLE_ZONE_MM: f64 = 22.0;
/// The diameters of punch holes, in millimetres (ISO 838: 6 mm).
const HOLE_MM: (f64, f64) = (3.5, 8.5);
/// Share of the page that dust may cover before it is texture to look at.
const MOST_DUST: f64 = 0.004;
/// Beyond this share of ink no page is blank, and nothing is traced.
const SURELY_INKED: f64 = 0.02;

/// What was found on the page, apart from the scanner's traces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marks {
    /// Marks a person may have made; counted up to [`Marks::ENOUGH`].
    pub count: usize,
    /// The longest of them, in millimetres.
    pub longest_mm: f64,
    /// Share of the page covered by dust, 0 to 1.
    pub dust: f64,
}

impl Marks {
    /// Counting stops here: the page is not blank.
    pub const ENOUGH: usize = 20;
    /// The share of dust up to which a page can be blank.
    pub const DUST_LIMIT: f64 = MOST_DUST;

    /// Looks for marks.
    #[must_use]
    pub fn on(ink: &Ink) -> Self {
        let mut found = Self { count: 0, longest_mm: 0.0, dust: 0.0 };
        if ink.share(1) > SURELY_INKED || ink.is_dark() {
            found.count = Self::ENOUGH;
            return found;
        }
        let mut dust = 0;
        Tracer::new(ink).each(|blob| {
            match blob.kind(ink) {
                Kind::Dust => dust += blob.points,
                Kind::Trace => {}
                Kind::Mark => {
                    found.count += 1;
                    found.longest_mm = found.longest_mm.max(blob.longest() / ink.per_mm);
                }
            }
            found.count < Self::ENOUGH
        });
        found.dust = f64::from(dust) / (ink.width * ink.height).max(1) as f64;
        found
    }

    /// Whether the page is blank.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.count == 0 && self.dust <= MOST_DUST
    }
}

/// What made a blob.
enum Kind {
    Dust,
    /// The scanner or the punch.
    Trace,
    Mark,
}

/// Connected ink.
struct Blob {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
    points: u32,
}

impl Blob {
    fn width(&self) -> f64 {
        (self.right - self.left + 1) as f64
    }

    fn height(&self) -> f64 {
        (self.bottom - self.top + 1) as f64
    }

    fn longest(&self) -> f64 {
        self.width().max(self.height())
    }

    fn kind(&self, ink: &Ink) -> Kind {
        if self.longest() < DUST_MM * ink.per_mm {
            Kind::Dust
        } else if self.is_shadow(ink) || self.is_hole(ink) {
            Kind::Trace
        } else {
            Kind::Mark
        }
    }

    /// Distance of the nearest and of the farthest side of the blob from the
    /// page edge it lies closest to, in points.
    fn distance(&self, ink: &Ink) -> (usize, usize) {
        let sides = [
            (self.left, self.right),
            (self.top, self.bottom),
            (ink.width - 1 - self.right, ink.width - 1 - self.left),
            (ink.height - 1 - self.bottom, ink.height - 1 - self.top),
        ];
        sides.into_iter().min().unwrap_or_default()
    }

    /// The shadow of the paper's edge: begins in the frame, stays near it.
    fn is_shadow(&self, ink: &Ink) -> bool {
        let (near, far) = self.distance(ink);
        (near as f64) <= FRAME_MM * ink.per_mm && (far as f64) <= SHADOW_MM * ink.per_mm
    }

    /// A punch hole: round, solid, near an edge.
    fn is_hole(&self, ink: &Ink) -> bool {
        let size = |points: f64| (HOLE_MM.0..=HOLE_MM.1).contains(&(points / ink.per_mm));
        let round = (0.75..=1.33).contains(&(self.width() / self.height()));
        let filled = f64::from(self.points) / (self.width() * self.height());
        let (_, far) = self.distance(ink);
        let near_edge = (far as f64) <= HOLE_ZONE_MM * ink.per_mm;
        // A disc fills π/4 of its square; letters and rings of stamps do not.
        near_edge && round && size(self.width()) && size(self.height()) && filled >= 0.68
    }
}

/// Finds connected ink, eight neighbours.
struct Tracer<'a> {
    ink: &'a Ink,
    seen: Vec<bool>,
    open: Vec<(usize, usize)>,
}

impl<'a> Tracer<'a> {
    fn new(ink: &'a Ink) -> Self {
        Self { ink, seen: vec![false; ink.width * ink.height], open: Vec::new() }
    }

    /// Hands each blob to `each` until it says `false`.
    fn each(&mut self, mut each: impl FnMut(&Blob) -> bool) {
        for y in 0..self.ink.height {
            for x in 0..self.ink.width {
                if self.take(x, y) && !each(&self.blob(x, y)) {
                    return;
                }
            }
        }
    }

    /// Whether the point is ink not seen before; it is seen afterwards.
    fn take(&mut self, x: usize, y: usize) -> bool {
        if self.ink.at(x, y) == 0 {
            return false;
        }
        let seen = self.seen.get_mut(y * self.ink.width + x);
        seen.is_some_and(|seen| !std::mem::replace(seen, true))
    }

    fn blob(&mut self, x: usize, y: usize) -> Blob {
        let mut blob = Blob { left: x, top: y, right: x, bottom: y, points: 0 };
        self.open.push((x, y));
        while let Some((x, y)) = self.open.pop() {
            blob.left = blob.left.min(x);
            blob.right = blob.right.max(x);
            blob.top = blob.top.min(y);
            blob.bottom = blob.bottom.max(y);
            blob.points += 1;
            for ny in y.saturating_sub(1)..=y + 1 {
                for nx in x.saturating_sub(1)..=x + 1 {
                    if self.take(nx, ny) {
                        self.open.push((nx, ny));
                    }
                }
            }
        }
        blob
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{Depth, Raster};
    use crate::units::Dpi;

    const WIDTH: u32 = 827;
    const HEIGHT: u32 = 1169;

    /// A4 at 100 dpi with seeded paper texture and what `value` draws on it.
    fn marks(value: impl Fn(u32, u32) -> Option<u8>) -> Marks {
        let mut seed = 7_u32;
        let samples = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y)));
        let samples = samples.map(|(x, y)| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let texture = u8::try_from(seed >> 29).unwrap();
            value(x, y).unwrap_or(232) + texture
        });
        let samples = samples.collect();
        let raster = Raster { width: WIDTH, height: HEIGHT, depth: Depth::Grey, samples };
        Marks::on(&Ink::of(&raster, Dpi::square(100.0).unwrap()))
    }

    #[test]
    fn paper_alone_is_blank() {
        assert!(marks(|_, _| None).is_blank());
    }

    #[test]
    fn dust_edge_shadow_and_punch_holes_are_blank() {
        let found = marks(|x, y| {
            let dust = (x % 97 == 0 && y % 89 == 0).then_some(60);
            let shadow = (x < 10).then_some(40);
            let hole = |cy: i64| {
                let (dx, dy) = (i64::from(x) - 48, i64::from(y) - cy);
                (dx * dx + dy * dy <= 12 * 12).then_some(10)
            };
            dust.or(shadow).or(hole(427)).or(hole(742))
        });
        assert!(found.is_blank(), "{found:?}");
    }

    #[test]
    fn a_page_with_only_a_number_is_not_blank() {
        let two = |x: u32, y: u32| {
            (410..417).contains(&x) && (60..73).contains(&y) && (x + y) % 5 < 3
        };
        assert!(!marks(|x, y| two(x, y).then_some(30)).is_blank());
    }

    #[test]
    fn a_faint_pencil_stroke_is_not_blank() {
        let stroke =
            |x: u32, y: u32| (300..360).contains(&x) && y / 2 == (300 + x / 3) / 2;
        assert!(!marks(|x, y| stroke(x, y).then_some(205)).is_blank());
    }

    #[test]
    fn a_stamp_in_the_corner_is_not_blank() {
        let ring = |x: u32, y: u32| {
            let (dx, dy) = (f64::from(x) - 700.0, f64::from(y) - 100.0);
            (60.0..66.0).contains(&dx.hypot(dy))
        };
        assert!(!marks(|x, y| ring(x, y).then_some(150)).is_blank());
    }
}
