//! Lengths, resolutions and the plane: the numbers that must not be confused.
//!
//! PDF measures in points (1/72 inch, origin bottom left, y up), scanners in
//! pixels (origin top left, y down), law in millimetres and dpi.

use std::fmt;

/// A length in PDF points, 1/72 inch (ISO 32000-2, 8.3.2.3).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Pt(pub f64);

/// A length in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Mm(pub f64);

impl Pt {
    /// This length in millimetres.
    #[must_use]
    pub fn to_mm(self) -> Mm {
        Mm(self.0 * 25.4 / 72.0)
    }
}

impl Mm {
    /// This length in points.
    #[must_use]
    pub fn to_pt(self) -> Pt {
        Pt(self.0 * 72.0 / 25.4)
    }
}

/// A resolution in dots per inch on each axis, finite and positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dpi {
    x: f64,
    y: f64,
}

impl Dpi {
    /// Below this a page cannot be read, and no scanner in use makes it.
    pub const LEAST: f64 = 50.0;
    /// Above this the header lies: a flatbed ends at 4 800 dpi.
    pub const MOST: f64 = 4800.0;

    /// The resolution of old screens, one dot a point: the last resort.
    pub const SCREEN: Self = Self { x: 72.0, y: 72.0 };

    /// A resolution that a scanner can have made, or `None` for an absurd one.
    #[must_use]
    pub fn plausible(x: f64, y: f64) -> Option<Self> {
        let sane = |v: f64| (Self::LEAST..=Self::MOST).contains(&v);
        (sane(x) && sane(y) && (0.33..=3.0).contains(&(x / y))).then_some(Self { x, y })
    }

    /// The same resolution on both axes; `None` if absurd.
    #[must_use]
    pub fn square(dpi: f64) -> Option<Self> {
        Self::plausible(dpi, dpi)
    }

    /// Dots per inch across.
    #[must_use]
    pub fn x(self) -> f64 {
        self.x
    }

    /// Dots per inch down.
    #[must_use]
    pub fn y(self) -> f64 {
        self.y
    }

    /// The resolution after every `factor` pixels became one.
    #[must_use]
    pub fn divided(self, factor: u32) -> Self {
        let factor = f64::from(factor.max(1));
        Self { x: self.x / factor, y: self.y / factor }
    }

    /// The resolution once the picture has this many times the pixels across and down.
    #[must_use]
    pub fn times(self, across: f64, down: f64) -> Self {
        Self { x: self.x * across, y: self.y * down }
    }

    /// The resolution across and down once the picture is turned.
    #[must_use]
    pub fn after(self, turn: Quarter) -> Self {
        if turn.swaps_axes() { Self { x: self.y, y: self.x } } else { self }
    }
}

impl fmt::Display for Dpi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if (self.x - self.y).abs() < 0.5 {
            write!(f, "{:.0}", self.x)
        } else {
            write!(f, "{:.0}×{:.0}", self.x, self.y)
        }
    }
}

/// A turn by a multiple of 90°, clockwise as seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quarter {
    /// Not turned.
    #[default]
    None,
    /// 90° clockwise.
    Right,
    /// 180°.
    Half,
    /// 270° clockwise, 90° counter-clockwise.
    Left,
}

impl Quarter {
    /// All four, clockwise from none.
    pub const ALL: [Self; 4] = [Self::None, Self::Right, Self::Half, Self::Left];

    /// Degrees clockwise: 0, 90, 180 or 270.
    #[must_use]
    pub fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Right => 90,
            Self::Half => 180,
            Self::Left => 270,
        }
    }

    /// This turn and then `next`.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let turn = (self.degrees() + next.degrees()) % 360;
        Self::ALL.into_iter().find(|q| q.degrees() == turn).unwrap_or_default()
    }

    /// The turn that brings this one back.
    #[must_use]
    pub fn undone(self) -> Self {
        match self {
            Self::None => Self::None,
            Self::Right => Self::Left,
            Self::Half => Self::Half,
            Self::Left => Self::Right,
        }
    }

    /// Whether width and height change places.
    #[must_use]
    pub fn swaps_axes(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

/// A rectangle; which corner is the origin, and the unit, is the holder's to say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Smallest x.
    pub left: f64,
    /// Smallest y.
    pub top: f64,
    /// Largest x.
    pub right: f64,
    /// Largest y.
    pub bottom: f64,
}

impl Rect {
    /// Extent along x.
    #[must_use]
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// Extent along y.
    #[must_use]
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The middle.
    #[must_use]
    pub fn centre(self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }
}

/// An affine map of the plane, in PDF's order (ISO 32000-2, 8.3.3):
/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the six names of the standard")]
pub struct Affine {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Affine {
    /// Leaves every point where it is.
    pub const IDENTITY: Self = Self::new([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// The map with these six coefficients.
    #[must_use]
    pub const fn new([a, b, c, d, e, f]: [f64; 6]) -> Self {
        Self { a, b, c, d, e, f }
    }

    /// Stretches by `x` and `y`.
    #[must_use]
    pub const fn scale(x: f64, y: f64) -> Self {
        Self::new([x, 0.0, 0.0, y, 0.0, 0.0])
    }

    /// Moves by `x` and `y`.
    #[must_use]
    pub const fn shift(x: f64, y: f64) -> Self {
        Self::new([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `next`.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Where a point goes.
    #[must_use]
    pub fn apply(self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// The way back; `None` if the map flattens the plane.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        let det = self.a * self.d - self.b * self.c;
        if !det.is_normal() {
            return None;
        }
        let (a, b, c, d) = (self.d / det, -self.b / det, -self.c / det, self.a / det);
        let e = -(self.e * a + self.f * c);
        let f = -(self.e * b + self.f * d);
        Some(Self { a, b, c, d, e, f })
    }

    /// A picture `width` × `height`, origin top left and y down, turned by
    /// `quarter` clockwise and laid with its new top left corner on the origin.
    #[must_use]
    pub fn turn(quarter: Quarter, width: f64, height: f64) -> Self {
        match quarter {
            Quarter::None => Self::IDENTITY,
            Quarter::Right => Self::new([0.0, 1.0, -1.0, 0.0, height, 0.0]),
            Quarter::Half => Self::new([-1.0, 0.0, 0.0, -1.0, width, height]),
            Quarter::Left => Self::new([0.0, -1.0, 1.0, 0.0, 0.0, width]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_point() {
        let map =
            Affine::turn(Quarter::Right, 30.0, 40.0).then(Affine::scale(0.24, -0.24));
        let (x, y) = map.apply(7.0, 9.0);
        let (x, y) = map.inverse().unwrap().apply(x, y);
        assert!((x - 7.0).abs() < 1e-9 && (y - 9.0).abs() < 1e-9);
    }

    #[test]
    fn a_right_turn_brings_the_bottom_left_corner_to_the_top_left() {
        assert_eq!(Affine::turn(Quarter::Right, 30.0, 40.0).apply(0.0, 40.0), (0.0, 0.0));
        assert_eq!(Affine::turn(Quarter::Left, 30.0, 40.0).apply(30.0, 0.0), (0.0, 0.0));
    }

    #[test]
    fn absurd_resolutions_are_refused() {
        assert_eq!(Dpi::square(1.0), None);
        assert_eq!(Dpi::square(f64::NAN), None);
        assert_eq!(
            Dpi::plausible(200.0, 100.0).map(|d| d.to_string()),
            Some("200×100".to_owned())
        );
    }

    #[test]
    fn four_right_turns_are_none() {
        let full =
            Quarter::ALL.into_iter().fold(Quarter::None, |q, _| q.then(Quarter::Right));
        assert_eq!(full, Quarter::None);
    }
}
