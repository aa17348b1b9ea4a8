//! Stamps in a box: what a recogniser takes for a picture and says nothing of.
//!
//! A secrecy marking is a few capitals in a frame (Nghị định 30/2020/NĐ-CP,
//! Phụ lục I, ô 10a), stamped by hand and so a little askew. Where the frame is found
//! by its ink, what stands in it is read by itself with the frame taken away: a marking
//! that is there must not be missed because it is framed.

use std::ops::Range;

use crate::ocr::{Layout, Reader};
use crate::page::again::{Picture, framed};
use crate::page::ink::{Ink, float, whole};
use crate::page::secret::{self, Framed};
use crate::page::trace::{Rule, Trace};
use crate::raster::change;
use crate::units::Rect;

/// The part of the page, from the top, in which frames are looked for.
const PART: f64 = 0.5;
/// Frames are so wide and so high, in millimetres.
const WIDE: Range<f64> = 11.0..80.0;
const HIGH: Range<f64> = 5.0..25.0;
/// The least ink of a rule on one row: no letter has a stroke so long.
const STROKE: f64 = 3.0;
/// Stamped rules are broken up to this far, and step aside from row to row.
const BROKEN: f64 = 0.8;
/// How far rules of a frame may end apart on the side where both are whole, and how
/// much of the longer one the shorter one has where its other end is worn.
const ASKEW: f64 = 3.0;
const WORN: f64 = 0.6;
/// Half the strip in which a side is sought.
const SIDE: f64 = 1.6;
/// The share of its height on which a side shows ink.
const SIDED: f64 = 0.65;
/// The most frames that are read.
const MOST: usize = 4;
/// The most rules that are paired: pages with more are drawings.
const MOST_RULES: usize = 400;

/// The highest marking that stands in a frame of `picture`, whose ink is `ink`.
pub(crate) fn marking(
    picture: &Picture<'_>,
    ink: &Ink,
    reader: &mut dyn Reader,
) -> Framed {
    let frames = frames(ink);
    let read = frames.iter().take(MOST).map(|frame| {
        let words = inside(picture, ink, frame, reader);
        words.map_or(Framed::Other, |words| secret::framed(&words))
    });
    read.max().unwrap_or(Framed::Other)
}

/// Two rules, one above the other.
#[derive(Clone, Debug)]
struct Frame {
    over: Rule,
    under: Rule,
}

/// The frames in the upper part of a page, from the top.
fn frames(ink: &Ink) -> Vec<Frame> {
    let rules = rules(ink);
    let mm = |points: usize| float(points) / ink.per_mm;
    let fits = |rule: &&Rule| WIDE.contains(&mm(rule.to - rule.from));
    let rules: Vec<&Rule> = rules.iter().filter(fits).take(MOST_RULES).collect();
    let mut frames = Vec::new();
    for over in &rules {
        let fits = |under: &&&Rule| {
            let apart = float(under.top) - float(over.bottom);
            let ends = [(over.from, under.from), (over.to, under.to)];
            let (one, other) = (mm(over.to - over.from), mm(under.to - under.from));
            HIGH.contains(&(apart / ink.per_mm))
                && ends.iter().any(|(a, b)| mm(a.abs_diff(*b)) <= ASKEW)
                && one.min(other) >= WORN * one.max(other)
        };
        let framed =
            |under: &&Rule| Frame { over: (*over).clone(), under: (*under).clone() };
        let mut below = rules.iter().filter(fits).map(framed);
        if let Some(frame) = below.find(|frame| frame.has_sides(ink)) {
            frames.push(frame);
        }
    }
    frames
}

/// The long level rules of the upper part of the page.
fn rules(ink: &Ink) -> Vec<Rule> {
    let (stroke, gap) = (STROKE * ink.per_mm, BROKEN * ink.per_mm);
    let trace = Trace { stroke, speck: gap, along: stroke, aside: gap };
    let upper = ink.rows().zip(0_usize..);
    let upper = upper.take_while(|(_, y)| float(*y) <= PART * float(ink.height));
    trace.rules(upper.map(|(row, y)| {
        let marked = row.iter().zip(0..).filter(|(mark, _)| **mark >= 1);
        (y, marked.map(|(_, x)| x))
    }))
}

impl Frame {
    /// Whether there is ink at both ends on most rows between the rules.
    fn has_sides(&self, ink: &Ink) -> bool {
        let half = (SIDE * ink.per_mm).ceil();
        let (top, bottom) = (self.over.bottom, self.under.top);
        let side = |above: usize, below: usize| {
            let rows = (top..bottom).filter(|y| {
                let part = float(y - top) / float((bottom - top).max(1));
                let x = float(above) + part * (float(below) - float(above));
                let strip = whole((x - half).max(0.0))..whole(x + half) + 1;
                strip.into_iter().any(|x| ink.at(x, *y) >= 1)
            });
            float(rows.count()) >= SIDED * float(bottom - top)
        };
        // Where one rule is worn the other says where its end was.
        let ends = |a: usize, b: usize, outer: usize| {
            let apart = float(a.abs_diff(b)) / ink.per_mm;
            if apart <= ASKEW { (a, b) } else { (outer, outer) }
        };
        let (over, under) = (&self.over, &self.under);
        let left = ends(over.from, under.from, over.from.min(under.from));
        let right = ends(over.to, under.to, over.to.max(under.to));
        side(left.0, left.1) && side(right.0, right.1)
    }

    /// What it encloses, in points.
    fn place(&self) -> Rect {
        Rect {
            left: float(self.over.from.min(self.under.from)),
            top: float(self.over.top),
            right: float(self.over.to.max(self.under.to)),
            bottom: float(self.under.bottom),
        }
    }
}

/// The words in a frame, which itself is painted over.
fn inside(
    picture: &Picture<'_>,
    ink: &Ink,
    frame: &Frame,
    reader: &mut dyn Reader,
) -> Option<Vec<String>> {
    let scale = f64::from(ink.factor);
    let (place, aside) = (frame.place(), 0.8 * SIDE * ink.per_mm);
    let (width, height) = (picture.grey.width, picture.grey.height);
    let edge = |points: f64, most: u32| {
        let pixels = (points * scale).clamp(0.0, f64::from(most));
        u32::try_from(whole(pixels)).unwrap_or(most)
    };
    let (left, top) = (edge(place.left + aside, width), edge(place.top, height));
    let (right, bottom) =
        (edge(place.right - aside, width), edge(place.bottom + 1.0, height));
    let mut cut = change::crop(picture.grey, [left, top, right, bottom])?;
    let line = cut.width as usize;
    let paper = ink.paper;
    for run in frame.over.runs.iter().chain(&frame.under.runs) {
        // A rule's edges are grey: a point around it belongs to it.
        let side = ink.factor as usize;
        let rows = run.y.saturating_sub(1) * side..(run.y + 2) * side;
        let columns = run.from.saturating_sub(1) * side..(run.to + 1) * side;
        let columns = columns.start.saturating_sub(left as usize)
            ..columns.end.saturating_sub(left as usize).min(line);
        for y in rows {
            let Some(row) = y.checked_sub(top as usize) else { continue };
            let pixels = cut.samples.get_mut(row * line..(row + 1) * line);
            let pixels = pixels.and_then(|row| row.get_mut(columns.clone()));
            pixels.into_iter().flatten().for_each(|pixel| *pixel = paper);
        }
    }
    let (framed, _) = framed(&cut);
    let found = reader.look(&framed, picture.dpi, Layout::Line, picture.budget).ok()?;
    Some(found.words().map(|word| word.text.clone()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{Depth, Raster};
    use crate::units::Dpi;

    /// White paper at 200 dpi, 210 × 150 mm.
    fn paper() -> Raster {
        let (width, height) = (1654, 1181);
        let samples = vec![255; width as usize * height as usize];
        Raster { width, height, depth: Depth::Grey, samples }
    }

    /// A stroke 0.5 mm thick, ends in millimetres.
    fn stroke(page: &mut Raster, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        for step in 0..=4000 {
            let part = f64::from(step) / 4000.0;
            let at = |a: f64, b: f64| whole((a + part * (b - a)) / 25.4 * 200.0);
            for (dx, dy) in (0..4).flat_map(|dx| (0..4).map(move |dy| (dx, dy))) {
                let place = (at(y1, y2) + dy) * page.width as usize + at(x1, x2) + dx;
                page.samples[place] = 90;
            }
        }
    }

    type Stroke = ((f64, f64), (f64, f64));

    fn found(strokes: &[Stroke]) -> usize {
        let mut page = paper();
        for (from, to) in strokes {
            stroke(&mut page, *from, *to);
        }
        frames(&Ink::of(&page, Dpi::square(200.0).unwrap())).len()
    }

    #[test]
    fn a_frame_is_found_askew_and_with_one_rule_worn() {
        let askew = [
            ((30.0, 40.0), (60.0, 38.8)),
            ((30.2, 50.0), (60.2, 48.8)),
            ((30.0, 40.0), (30.2, 50.0)),
            ((60.0, 38.8), (60.2, 48.8)),
        ];
        assert_eq!(found(&askew), 1);
        let mut worn = askew;
        worn[1] = ((30.2, 50.0), (52.0, 49.2));
        assert_eq!(found(&worn), 1);
    }

    #[test]
    fn rules_without_sides_and_what_is_too_wide_are_no_frames() {
        assert_eq!(
            found(&[((30.0, 40.0), (60.0, 40.0)), ((30.0, 50.0), (60.0, 50.0))]),
            0
        );
        let wide = [
            ((30.0, 40.0), (180.0, 40.0)),
            ((30.0, 50.0), (180.0, 50.0)),
            ((30.0, 40.0), (30.0, 50.0)),
            ((180.0, 40.0), (180.0, 50.0)),
        ];
        assert_eq!(found(&wide), 0);
    }
}
