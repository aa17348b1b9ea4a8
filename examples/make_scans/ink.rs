//! What lies on a sheet of paper: shapes, and what they are drawn with.
//!
//! Lengths are points, the origin is the top left corner of the sheet and y
//! grows downwards. Letters, rules, stamps and signatures are all shapes, so
//! that a sheet can be laid on the scanner at any angle and any resolution
//! without being resampled.

use sohoa::units::Affine;

/// A point of the sheet.
pub(crate) type Point = (f64, f64);

/// A piece of an outline.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Curve {
    /// A straight line.
    Line(Point, Point),
    /// A quadratic curve; its control point is the second one.
    Quad(Point, Point, Point),
    /// A cubic curve; its control points are in the middle.
    Cubic(Point, Point, Point, Point),
}

impl Curve {
    /// This curve, each of its points moved by `map`.
    pub(crate) fn through(self, map: Affine) -> Self {
        let to = |(x, y): Point| map.apply(x, y);
        match self {
            Self::Line(a, b) => Self::Line(to(a), to(b)),
            Self::Quad(a, b, c) => Self::Quad(to(a), to(b), to(c)),
            Self::Cubic(a, b, c, d) => Self::Cubic(to(a), to(b), to(c), to(d)),
        }
    }

    /// The points that enclose it.
    pub(crate) fn hull(self) -> [Point; 4] {
        match self {
            Self::Line(a, b) => [a, a, b, b],
            Self::Quad(a, b, c) => [a, b, b, c],
            Self::Cubic(a, b, c, d) => [a, b, c, d],
        }
    }
}

/// A closed shape, filled by the non-zero rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape(pub(crate) Vec<Curve>);

impl Shape {
    /// The shape between these corners.
    pub(crate) fn polygon(corners: &[Point]) -> Self {
        let next = corners.iter().cycle().skip(1);
        Self(corners.iter().zip(next).map(|(&a, &b)| Curve::Line(a, b)).collect())
    }

    /// A rectangle.
    pub(crate) fn rect(left: f64, top: f64, width: f64, height: f64) -> Self {
        let (right, bottom) = (left + width, top + height);
        Self::polygon(&[(left, top), (right, top), (right, bottom), (left, bottom)])
    }

    /// The frame of a rectangle, drawn with a pen as wide as `pen`.
    pub(crate) fn frame(
        (left, top): Point,
        (width, height): (f64, f64),
        pen: f64,
    ) -> Self {
        let (right, bottom) = (left + width, top + height);
        let corners =
            [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        Self::stroke(&corners, pen)
    }

    /// A disc.
    pub(crate) fn disc(centre: Point, radius: f64) -> Self {
        Self::polygon(&around(centre, radius))
    }

    /// A ring drawn with a pen as wide as `pen`.
    pub(crate) fn ring(centre: Point, radius: f64, pen: f64) -> Self {
        let inner: Vec<Point> =
            around(centre, radius - pen / 2.0).into_iter().rev().collect();
        let mut ring = Self::polygon(&around(centre, radius + pen / 2.0));
        ring.0.extend(Self::polygon(&inner).0);
        ring
    }

    /// A line through `points`, drawn with a pen as wide as `pen`.
    pub(crate) fn stroke(points: &[Point], pen: f64) -> Self {
        let mut shape = Self::default();
        for pair in points.windows(2) {
            if let &[(ax, ay), (bx, by)] = pair {
                let length = (bx - ax).hypot(by - ay).max(1e-6);
                // Half a pen sideways, and lengthwise so that joints close.
                let (u, v) =
                    ((bx - ax) / length * pen / 2.0, (by - ay) / length * pen / 2.0);
                shape.0.extend(
                    Self::polygon(&[
                        (ax - u + v, ay - v - u),
                        (bx + u + v, by + v - u),
                        (bx + u - v, by + v + u),
                        (ax - u - v, ay - v + u),
                    ])
                    .0,
                );
            }
        }
        shape
    }

    /// This shape, moved by `map`.
    pub(crate) fn through(&self, map: Affine) -> Self {
        Self(self.0.iter().map(|curve| curve.through(map)).collect())
    }
}

/// What a shape is drawn with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    /// Its colour on white paper.
    pub(crate) colour: [u8; 3],
    /// How much of the paper it hides, 0 to 1.
    pub(crate) strength: f32,
    /// How unevenly it takes, 0 to 1: a rubber stamp misses here and there.
    pub(crate) patchy: f32,
}

impl Paint {
    /// The toner of a laser printer.
    pub(crate) const TONER: Self = Self::solid([22, 22, 24]);
    /// A blue ball pen.
    pub(crate) const PEN: Self =
        Self { colour: [28, 44, 150], strength: 0.88, patchy: 0.15 };
    /// The red ink of an agency's seal.
    pub(crate) const SEAL: Self =
        Self { colour: [212, 32, 44], strength: 0.85, patchy: 0.55 };
    /// The blue ink of a rubber stamp.
    pub(crate) const BLUE: Self =
        Self { colour: [36, 62, 196], strength: 0.82, patchy: 0.5 };
    /// The blue-black ink of a rubber stamp.
    pub(crate) const STAMP: Self =
        Self { colour: [30, 30, 48], strength: 0.8, patchy: 0.5 };
    /// A soft pencil, hardly pressed.
    pub(crate) const PENCIL: Self =
        Self { colour: [150, 150, 152], strength: 0.75, patchy: 0.5 };

    /// Paint that covers all.
    pub(crate) const fn solid(colour: [u8; 3]) -> Self {
        Self { colour, strength: 1.0, patchy: 0.0 }
    }

    /// The same paint, hiding only this share of the paper.
    pub(crate) const fn faded(self, strength: f32) -> Self {
        Self { strength, ..self }
    }
}

/// A shape in its paint.
#[derive(Clone, Debug)]
pub(crate) struct Ink {
    /// Where.
    pub(crate) shape: Shape,
    /// With what.
    pub(crate) paint: Paint,
}

/// A sheet of paper with what is on it.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Width and height in points.
    pub(crate) size: (f64, f64),
    /// From the first drawn to the last.
    pub(crate) inks: Vec<Ink>,
    /// The printed text in reading order, a paragraph or line each.
    pub(crate) lines: Vec<String>,
    /// Words that a reader may find or not: on stamps, by hand.
    pub(crate) optional: Vec<String>,
    /// What was done to it by hand: `red seal`, `punch holes`, ….
    pub(crate) marks: Vec<&'static str>,
}

impl Sheet {
    /// ISO 216 A4 upright, in points.
    pub(crate) const A4: (f64, f64) = (595.28, 841.89);

    /// An empty sheet.
    pub(crate) fn new(size: (f64, f64)) -> Self {
        Self {
            size,
            inks: Vec::new(),
            lines: Vec::new(),
            optional: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// Draws a shape.
    pub(crate) fn draw(&mut self, shape: Shape, paint: Paint) {
        self.inks.push(Ink { shape, paint });
    }
}

/// Points around a circle, close enough to look round at 600 dpi.
fn around((x, y): Point, radius: f64) -> Vec<Point> {
    (0..72)
        .map(|step| (f64::from(step) * 5.0).to_radians())
        .map(|angle| (x + radius * angle.cos(), y + radius * angle.sin()))
        .collect()
}
