//! What people add to a printed sheet: signatures, seals, rubber stamps,
//! punch holes, a note in pencil.
//!
//! The seals name agencies that do not exist and say `MẪU THỬ` (specimen) where
//! a real one names its province.

use std::f64::consts::{FRAC_PI_2, PI};

use sohoa::units::{Affine, Mm};

use crate::dice::Dice;
use crate::fonts::{Face, Family, Fonts, Style};
use crate::ink::{Paint, Point, Shape, Sheet};

/// Draws a signature around `middle` with a blue pen.
pub(crate) fn signature(sheet: &mut Sheet, middle: Point, dice: &mut Dice) {
    let length = dice.between(66.0, 98.0);
    let swings = dice.whole(4, 7) * 2;
    let mut knots: Vec<Point> = vec![(middle.0 - length * 0.5, middle.1 + 4.0); 2];
    for swing in 0..swings {
        let along = f64::from(swing) / f64::from(swings) - 0.5;
        // Down strokes lean back over the stroke before, which makes loops.
        let (lean, height) = if swing % 2 == 0 { (7.0, -24.0) } else { (-7.0, 13.0) };
        let x = middle.0 + along * length + lean + dice.between(-4.0, 4.0);
        let y = middle.1 + height * (0.9 - along).min(1.0) * dice.between(0.35, 1.0);
        knots.push((x, y));
    }
    // The last stroke runs out to the right and back below, as a flourish.
    knots.push((middle.0 + length * 0.66, middle.1 - dice.between(2.0, 12.0)));
    let under = (middle.0 - length * 0.3, middle.1 + dice.between(12.0, 20.0));
    knots.extend([(middle.0 + length * 0.5, middle.1 + 10.0), under, under]);
    sheet.draw(Shape::stroke(&smooth(&knots), 1.1), Paint::PEN);
    mark(sheet, "signature");
}

/// Draws a round seal of 36 mm around `centre`: two rings, the agency's name
/// along them, a star in the middle.
pub(crate) fn seal(
    sheet: &mut Sheet,
    fonts: &Fonts,
    centre: Point,
    (agency, paint): (&[String], Paint),
) {
    let radius = Mm(18.0).to_pt().0;
    let style = Style { family: Family::Sans, face: Face::Bold, size: 7.6 };
    let name = agency.join(" ");
    let small = style.sized(style.size * (150.0 / fonts.width(&name, style)).min(1.0));
    sheet.draw(Shape::ring(centre, radius, 1.6), paint);
    sheet.draw(Shape::ring(centre, radius - 14.0, 0.9), paint);
    along_ring(
        sheet,
        fonts,
        (&name, small),
        Ring { centre, radius: radius - 10.0 },
        paint,
    );
    below_ring(
        sheet,
        fonts,
        ("MẪU THỬ", style),
        Ring { centre, radius: radius - 4.4 },
        paint,
    );
    sheet.draw(star(centre, 14.0), paint);
    sheet.optional.push(format!("{name} MẪU THỬ"));
    mark(
        sheet,
        if paint.colour == Paint::SEAL.colour { "red seal" } else { "black seal" },
    );
}

/// Presses a rubber stamp of a few lines in a box, its top left corner at
/// `place`, turned by a few degrees.
pub(crate) fn stamp(
    sheet: &mut Sheet,
    fonts: &Fonts,
    lines: &[&str],
    (place, degrees, paint): (Point, f64, Paint),
) {
    let style = Style { family: Family::Sans, face: Face::Bold, size: 11.0 };
    let width =
        lines.iter().map(|line| fonts.width(line, style)).fold(0.0, f64::max) + 16.0;
    let height = lines.len() as f64 * 15.0 + 8.0;
    let mut shape = Shape::frame((0.0, 0.0), (width, height), 1.3);
    for (line, row) in lines.iter().zip(1_u8..) {
        let left = (width - fonts.width(line, style)) / 2.0;
        let origin = (left, f64::from(row) * 15.0);
        shape.0.extend(fonts.outline(line, style, origin).0);
    }
    let map = turned(degrees).then(Affine::shift(place.0, place.1));
    sheet.draw(shape.through(map), paint);
    sheet.optional.push(lines.join(" "));
    let colour = match paint.colour {
        colour if colour == Paint::SEAL.colour => "red stamp",
        colour if colour == Paint::BLUE.colour => "blue stamp",
        _ => "black stamp",
    };
    mark(sheet, colour);
}

/// Presses a mark of secrecy below the number, in the box of 10a: 8 mm high
/// (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần II).
pub(crate) fn secrecy(sheet: &mut Sheet, fonts: &Fonts, level: &str) {
    let style = Style { family: Family::Serif, face: Face::Bold, size: 14.0 };
    let height = Mm(8.0).to_pt().0;
    let width = fonts.width(level, style) + 24.0;
    let corner = (98.0, 121.0);
    let mut shape = Shape::frame(corner, (width, height), 1.2);
    let origin = (corner.0 + 12.0, corner.1 + height * 0.72);
    shape.0.extend(fonts.outline(level, style, origin).0);
    sheet.draw(shape, Paint::SEAL);
    sheet.optional.push(level.to_owned());
    mark(sheet, "secrecy");
}

/// Writes a note with a pencil, hardly pressed and not quite level.
pub(crate) fn pencil(sheet: &mut Sheet, fonts: &Fonts, note: &str, place: Point) {
    let style = Style { family: Family::Serif, face: Face::Italic, size: 15.0 };
    let map = turned(-4.0).then(Affine::shift(place.0, place.1));
    sheet.draw(fonts.outline(note, style, (0.0, 0.0)).through(map), Paint::PENCIL);
    sheet.optional.push(note.to_owned());
    mark(sheet, "pencil note");
}

/// Punches two holes of 6 mm, 80 mm apart, 12 mm from the left (ISO 838).
pub(crate) fn holes(sheet: &mut Sheet) {
    let middle = sheet.size.1 / 2.0;
    let [in_by, half, radius] = [12.0, 40.0, 3.0].map(|mm| Mm(mm).to_pt().0);
    for y in [middle - half, middle + half] {
        sheet.draw(Shape::disc((in_by, y), radius), Paint::solid([40, 40, 42]));
    }
    mark(sheet, "punch holes");
}

/// The dark band a copier leaves where its lid did not close.
pub(crate) fn dark_edge(sheet: &mut Sheet, dice: &mut Dice) {
    let (width, height) = sheet.size;
    let (top, low) = (dice.between(2.0, 9.0), dice.between(6.0, 16.0));
    let corners = [
        (width - top, 0.0),
        (width + 50.0, 0.0),
        (width + 50.0, height),
        (width - low, height),
    ];
    sheet.draw(Shape::polygon(&corners), Paint::solid([24, 24, 24]));
    mark(sheet, "dark edge");
}

/// What shows through from the other side of thin paper: `front`, seen in the
/// mirror and faint.
pub(crate) fn show_through(sheet: &mut Sheet, front: &Sheet, strength: f32) {
    let mirror = Affine::scale(-1.0, 1.0).then(Affine::shift(sheet.size.0, 0.0));
    for ink in &front.inks {
        sheet.draw(ink.shape.through(mirror), ink.paint.faded(strength));
    }
    mark(sheet, "show-through");
}

/// Notes what was added, once.
fn mark(sheet: &mut Sheet, what: &'static str) {
    if !sheet.marks.contains(&what) {
        sheet.marks.push(what);
    }
}

/// A circle that text runs along; `radius` is that of the baseline.
#[derive(Clone, Copy)]
struct Ring {
    centre: Point,
    radius: f64,
}

/// Text along the upper arc, its feet towards the middle.
fn along_ring(
    sheet: &mut Sheet,
    fonts: &Fonts,
    (text, style): (&str, Style),
    ring: Ring,
    paint: Paint,
) {
    letters(fonts, text, style, |offset| {
        let angle = offset / ring.radius;
        let at = angle - FRAC_PI_2;
        let x = ring.centre.0 + ring.radius * at.cos();
        let y = ring.centre.1 + ring.radius * at.sin();
        turned(angle.to_degrees()).then(Affine::shift(x, y))
    })
    .into_iter()
    .for_each(|shape| sheet.draw(shape, paint));
}

/// Text along the lower arc, its feet outwards.
fn below_ring(
    sheet: &mut Sheet,
    fonts: &Fonts,
    (text, style): (&str, Style),
    ring: Ring,
    paint: Paint,
) {
    letters(fonts, text, style, |offset| {
        let angle = -offset / ring.radius;
        let at = angle + FRAC_PI_2;
        let x = ring.centre.0 + ring.radius * at.cos();
        let y = ring.centre.1 + ring.radius * at.sin();
        turned(angle.to_degrees()).then(Affine::shift(x, y))
    })
    .into_iter()
    .for_each(|shape| sheet.draw(shape, paint));
}

/// The letters of a text, each laid where `place` puts the middle of its
/// foot; the offset it is told counts from the middle of the text.
fn letters(
    fonts: &Fonts,
    text: &str,
    style: Style,
    place: impl Fn(f64) -> Affine,
) -> Vec<Shape> {
    let mut offset = -fonts.width(text, style) / 2.0;
    let mut shapes = Vec::new();
    for letter in text.chars().map(String::from) {
        let width = fonts.width(&letter, style);
        let outline = fonts.outline(&letter, style, (-width / 2.0, 0.0));
        shapes.push(outline.through(place(offset + width / 2.0)));
        offset += width;
    }
    shapes
}

/// A star of five points.
fn star((x, y): Point, radius: f64) -> Shape {
    let corner = |step: u8| {
        let reach = if step.is_multiple_of(2) { radius } else { radius * 0.382 };
        let angle = f64::from(step) * PI / 5.0 - FRAC_PI_2;
        (x + reach * angle.cos(), y + reach * angle.sin())
    };
    Shape::polygon(&(0..10).map(corner).collect::<Vec<Point>>())
}

/// A turn around the origin, clockwise as seen.
pub(crate) fn turned(degrees: f64) -> Affine {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Affine::new([cos, sin, -sin, cos, 0.0, 0.0])
}

/// A smooth line through knots (Catmull and Rom's spline).
fn smooth(knots: &[Point]) -> Vec<Point> {
    let mut line = Vec::new();
    for window in knots.windows(4) {
        let &[a, b, c, d] = window else { continue };
        for step in 0..12 {
            let t = f64::from(step) / 12.0;
            let blend = |a: f64, b: f64, c: f64, d: f64| {
                0.5 * (2.0 * b
                    + (c - a) * t
                    + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t
                    + (3.0 * b - a - 3.0 * c + d) * t * t * t)
            };
            line.push((blend(a.0, b.0, c.0, d.0), blend(a.1, b.1, c.1, d.1)));
        }
    }
    line
}
