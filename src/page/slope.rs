//! Which way the lines of text run: skew, and the four directions.
//!
//! Letters stand on a baseline. Seen along it, the lower edges of a line's
//! ink fall into one place, and they do so more sharply than the upper edges,
//! which ascenders, capitals and the marks of Vietnamese spread out. So the
//! sharpest projection gives the skew, the axis on which it is sharper gives
//! portrait or landscape, and which of the two edges is sharper gives up and
//! down. No text has to be read for it.

use crate::page::ink::Ink;
use crate::units::Quarter;

/// How often the sharpness of feet counts against the ink above the lines;
/// found on the corpus in all four directions.
const FEET_WEIGHT: f64 = 3.0;
/// Pitch of single-spaced 13 pt lines, in millimetres.
const LINE_PITCH_MM: f64 = 5.5;
/// The frame in which the dark edge of the paper may lie, in millimetres.
const FRAME_MM: f64 = 6.0;
/// Largest skew looked for, in degrees either way.
pub const MOST_SKEW: f64 = 15.0;
/// First pass of the search, in degrees.
const COARSE: f64 = 0.5;
/// Last pass of the search, in degrees.
const FINE: f64 = 0.05;
/// Fewer edges than this say nothing about direction.
const FEWEST_EDGES: usize = 300;
/// Most edges looked at; beyond that every n-th is taken.
const MOST_EDGES: usize = 30_000;

/// What the lines of a page say about how it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// How the picture was turned, judged from its lines.
    pub turned: Quarter,
    /// Degrees the lines fall to the right once the picture is upright,
    /// -15 to 15.
    pub skew: f64,
    /// How much sharper the better axis is: 1 says nothing, 2 is certain.
    pub axis_evidence: f64,
    /// How much sharper baselines are than top lines: 1 says nothing.
    pub upright_evidence: f64,
}

impl Slope {
    /// Measures the lines; `None` on a page with too little ink.
    #[must_use]
    pub fn of(ink: &Ink) -> Option<Self> {
        let down = Edges::of(ink, |x, y| (x, y + 1));
        let up = Edges::of(ink, |x, y| (x, y.wrapping_sub(1)));
        let right = Edges::of(ink, |x, y| (x + 1, y)).turned();
        let left = Edges::of(ink, |x, y| (x.wrapping_sub(1), y)).turned();
        if down.points.len().min(right.points.len()) < FEWEST_EDGES {
            return None;
        }
        let level = Axis::of(&down, &up);
        let upright = Axis::of(&left, &right);
        let ratio = level.sharpness / upright.sharpness;
        let is_level = ratio >= 1.0;
        let axis = if is_level { level } else { upright };
        // Edges on the left are the feet of letters on a page turned right,
        // and what stands above its lines lies to the right of them.
        let overhang = overhang(&profile(ink, axis.degrees, is_level), ink.per_mm);
        let overhang = if is_level { overhang } else { 1.0 / overhang };
        let feet = overhang * (axis.first / axis.second).powf(FEET_WEIGHT);
        let turned = match (is_level, feet >= 1.0) {
            (true, true) => Quarter::None,
            (true, false) => Quarter::Half,
            (false, true) => Quarter::Right,
            (false, false) => Quarter::Left,
        };
        let evidence = |ratio: f64| if ratio >= 1.0 { ratio } else { 1.0 / ratio };
        Some(Self {
            turned,
            // Looking along columns transposes the plane and mirrors angles.
            skew: if is_level { axis.degrees } else { -axis.degrees },
            axis_evidence: evidence(ratio),
            upright_evidence: evidence(feet),
        })
    }
}

/// One axis: the best angle, and how sharp each of its edges is there.
struct Axis {
    degrees: f64,
    sharpness: f64,
    first: f64,
    second: f64,
}

impl Axis {
    fn of(first: &Edges, second: &Edges) -> Self {
        let (degrees, _) =
            search(|angle| first.sharpness(angle) + second.sharpness(angle));
        let (a, b) = (first.sharpness(degrees), second.sharpness(degrees));
        Self { degrees, sharpness: a.max(b), first: a, second: b }
    }
}

/// The angle of the highest value: coarse over the whole range, then finer
/// around the best.
fn search(value: impl Fn(f64) -> f64) -> (f64, f64) {
    let best = |from: f64, to: f64, step: f64| {
        let steps = ((to - from) / step).round().max(0.0);
        let mut found = (from, f64::MIN);
        let mut n = 0.0;
        while n <= steps {
            let angle = from + n * step;
            let here = value(angle);
            if here > found.1 {
                found = (angle, here);
            }
            n += 1.0;
        }
        found
    };
    let (coarse, _) = best(-MOST_SKEW, MOST_SKEW, COARSE);
    let (middle, _) = best(coarse - COARSE, coarse + COARSE, COARSE / 4.0);
    best(middle - COARSE / 4.0, middle + COARSE / 4.0, FINE)
}

/// Points where print ends towards one side.
struct Edges {
    points: Vec<(f64, f64)>,
    across: f64,
    along: f64,
}

impl Edges {
    /// Print points whose neighbour, as `beside` names it, is not print.
    fn of(ink: &Ink, beside: impl Fn(usize, usize) -> (usize, usize)) -> Self {
        let mut points = Vec::new();
        each_print(ink, |x, y| {
            let (bx, by) = beside(x, y);
            if ink.at(bx, by) < 2 {
                points.push((x as f64, y as f64));
            }
        });
        let step = points.len().div_ceil(MOST_EDGES).max(1);
        let points = points.into_iter().step_by(step).collect();
        Self { points, across: ink.height as f64, along: ink.width as f64 }
    }

    /// The plane transposed, so that columns are looked along.
    fn turned(self) -> Self {
        let points = self.points.into_iter().map(|(x, y)| (y, x)).collect();
        Self { points, across: self.along, along: self.across }
    }

    /// How unevenly the points fall on the axis across lines sloping by
    /// `degrees`: 1 when spread evenly, more the fewer places they share.
    fn sharpness(&self, degrees: f64) -> f64 {
        let slope = degrees.to_radians().tan();
        let reach = MOST_SKEW.to_radians().tan() * self.along;
        let mut counts = vec![0_u32; whole(self.across + 2.0 * reach) + 2];
        for &(x, y) in &self.points {
            let bin = whole(y - x * slope + reach);
            if let Some(count) = counts.get_mut(bin) {
                *count += 1;
            }
        }
        let squares: f64 = counts.iter().map(|&n| f64::from(n) * f64::from(n)).sum();
        let points = self.points.len().max(1) as f64;
        squares * self.across / (points * points)
    }
}

/// How much ink stands above the body of the lines for each bit below it.
///
/// In Vietnamese print ascenders, hats and tone marks outweigh descenders and
/// the dot below one and a half to five times, in capitals too.
fn overhang(profile: &[f64], per_mm: f64) -> f64 {
    let reach = whole(LINE_PITCH_MM * per_mm);
    let peak = |y: usize| {
        let near =
            profile.get(y.saturating_sub(reach)..(y + reach + 1).min(profile.len()));
        near.unwrap_or_default().iter().copied().fold(0.0, f64::max)
    };
    let noise = profile.iter().sum::<f64>() / profile.len().max(1) as f64 / 4.0;
    let is_body = |(y, &ink): (usize, &f64)| ink > 0.5 * peak(y) && ink > noise;
    let body: Vec<bool> = profile.iter().enumerate().map(is_body).collect();
    let (mut above, mut below, mut y) = (1.0, 1.0, 0);
    for rows in body.chunk_by(|a, b| a == b) {
        let gap = profile.get(y..y + rows.len()).unwrap_or_default();
        let (is_first, is_last) = (y == 0, y + rows.len() == profile.len());
        y += rows.len();
        if rows.first() == Some(&true) || is_first || is_last {
            continue;
        }
        let half = (gap.len() / 2).min(reach);
        below += gap.iter().take(half).sum::<f64>();
        above += gap.iter().rev().take(half).sum::<f64>();
    }
    above / below
}

/// Print per row along lines sloping by `degrees`; per column with `is_level`
/// false, in the transposed plane of [`Edges::turned`].
fn profile(ink: &Ink, degrees: f64, is_level: bool) -> Vec<f64> {
    let slope = degrees.to_radians().tan();
    let (along, across) =
        if is_level { (ink.width, ink.height) } else { (ink.height, ink.width) };
    let reach = MOST_SKEW.to_radians().tan() * along as f64;
    let mut counts = vec![0.0; whole(across as f64 + 2.0 * reach) + 2];
    each_print(ink, |x, y| {
        let (a, b) = if is_level { (x, y) } else { (y, x) };
        let bin = whole(b as f64 - a as f64 * slope + reach);
        if let Some(count) = counts.get_mut(bin) {
            *count += 1.0;
        }
    });
    counts
}

/// Hands every point of print inside the frame to `each`.
fn each_print(ink: &Ink, mut each: impl FnMut(usize, usize)) {
    let frame = whole(FRAME_MM * ink.per_mm);
    let columns = frame..ink.width.saturating_sub(frame);
    for (y, row) in ink.rows().enumerate().skip(frame) {
        if y + frame >= ink.height {
            break;
        }
        let inside = row.get(columns.clone()).unwrap_or_default();
        for (x, _) in inside.iter().enumerate().filter(|&(_, &mark)| mark == 2) {
            each(x + frame, y);
        }
    }
}

/// The whole number at or below `value`, 0 for a negative one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
fn whole(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{Depth, Raster};
    use crate::units::{Affine, Dpi};

    /// A4 at 100 dpi with lines of letters: bodies on a baseline, marks and
    /// ascenders above, few descenders, turned clockwise by `turn` after
    /// falling to the right by `skew` degrees.
    fn page(turn: Quarter, skew: f64) -> Slope {
        let (width, height) = (827_u32, 1169_u32);
        let turned = Affine::turn(turn, f64::from(width), f64::from(height));
        let back = turned.inverse().unwrap();
        let (w, h) = if turn.swaps_axes() { (height, width) } else { (width, height) };
        let tan = skew.to_radians().tan();
        let samples = (0..h).flat_map(|y| (0..w).map(move |x| (x, y))).map(|(x, y)| {
            let (x, y) = back.apply(f64::from(x) + 0.5, f64::from(y) + 0.5);
            letters(x, y - x * tan)
        });
        let samples = samples.collect();
        let raster = Raster { width: w, height: h, depth: Depth::Grey, samples };
        Slope::of(&Ink::of(&raster, Dpi::square(100.0).unwrap())).unwrap()
    }

    fn letters(x: f64, y: f64) -> u8 {
        if !(80.0..740.0).contains(&x) || !(100.0..1000.0).contains(&y) {
            return 255;
        }
        let (in_line, letter) = (y.rem_euclid(22.0), whole(x / 8.0) * 7 % 10);
        let in_letter = x.rem_euclid(8.0) < 5.0;
        let is_body = (8.0..16.0).contains(&in_line);
        let is_above = (3.0..6.0).contains(&in_line) && letter < 4;
        let is_below = (16.0..19.0).contains(&in_line) && letter == 9;
        if in_letter && letter != 6 && (is_body || is_above || is_below) {
            20
        } else {
            240
        }
    }

    #[test]
    fn all_four_directions_are_told_apart() {
        for turn in Quarter::ALL {
            assert_eq!(page(turn, 0.0).turned, turn);
        }
    }

    #[test]
    fn skew_is_found_to_a_tenth_of_a_degree_over_the_whole_range() {
        for skew in [-14.0, -7.3, -0.4, 0.0, 2.2, 14.6] {
            for turn in [Quarter::None, Quarter::Right] {
                let found = page(turn, skew);
                assert!(
                    (found.skew - skew).abs() <= 0.1,
                    "{skew} was found as {found:?}"
                );
            }
        }
    }

    #[test]
    fn a_page_with_little_ink_says_nothing() {
        let samples = vec![255; 827 * 1169];
        let raster = Raster { width: 827, height: 1169, depth: Depth::Grey, samples };
        assert_eq!(Slope::of(&Ink::of(&raster, Dpi::square(100.0).unwrap())), None);
    }
}
