//! Roman numerals whose strokes were not all counted: recognisers take equal letters
//! beside each other for one, and the third part of a plan becomes a second `II.`.
//!
//! The strokes of such a numeral stand apart half way up, whatever their serifs do, so
//! they can be counted in the picture. Strokes are only added: two that have run together
//! are no proof of a smaller number.

use crate::page::again::Picture;
use crate::raster::Raster;
use crate::text::{Correction, TextLayer};
use crate::units::Rect;

/// No numeral has more ones beside each other.
const MOST_ONES: usize = 3;
/// The part of a letter's height, from its top, in which strokes stand apart.
const MIDDLE: (f64, f64) = (0.3, 0.7);
/// How far above and below the letters a rule would go on, in their height.
const BEYOND: f64 = 0.3;
/// Ink is at least so much darker than paper, in levels of grey.
const LEAST_CONTRAST: u8 = 60;
/// The share of a column that is dark in an upright stroke.
const UPRIGHT: f64 = 0.8;

/// Counts the strokes of numerals; returns what was changed.
pub(crate) fn count(layer: &mut TextLayer, picture: &Picture) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for word in layer.lines.iter_mut().flat_map(|line| &mut line.words) {
        let Some(numeral) = Numeral::of(&word.text) else { continue };
        let Some(seen) = upright(picture.grey, word.place) else { continue };
        if (numeral.ones + 1..=MOST_ONES).contains(&seen) {
            let written = numeral.with(seen);
            corrections.push(word.write(written));
        }
    }
    corrections
}

/// A numeral that ends in ones, and what stands around it.
struct Numeral<'a> {
    before: &'a str,
    ones: usize,
    after: &'a str,
}

impl<'a> Numeral<'a> {
    /// `II.`, `(VI)`; `None` for other words, and for `I` alone, which is a letter
    /// like others.
    fn of(word: &'a str) -> Option<Self> {
        let start = word.find('I')?;
        let (before, rest) = word.split_at_checked(start)?;
        let end = rest.find(|c| c != 'I').unwrap_or(rest.len());
        let (ones, after) = rest.split_at_checked(end)?;
        let is_around = |text: &str| !text.contains(char::is_alphanumeric);
        let tens = before.trim_start_matches(|c: char| !c.is_alphanumeric());
        let is_numeral = tens.chars().all(|c| matches!(c, 'V' | 'X'));
        let counts = !tens.is_empty() || ones.len() > 1 || after.starts_with('.');
        (is_numeral && counts && is_around(after)).then_some(Self {
            before,
            ones: ones.len(),
            after,
        })
    }

    fn with(&self, ones: usize) -> String {
        format!("{}{}{}", self.before, "I".repeat(ones), self.after)
    }
}

/// The number of upright strokes of one width in a place; `None` where that cannot be
/// told.
fn upright(grey: &Raster, place: Rect) -> Option<usize> {
    let height = place.height();
    let row = |part: f64| pixel(place.top + part * height);
    let (left, right) = (pixel(place.left - 1.0), pixel(place.right + 1.0));
    let rows = |from: usize, to: usize| -> Vec<&[u8]> {
        let rows = grey.rows().skip(from).take(to.saturating_sub(from));
        rows.filter_map(|row| row.get(left..right.min(row.len()))).collect()
    };
    let band = rows(row(MIDDLE.0), row(MIDDLE.1).max(row(MIDDLE.0) + 1));
    let levels = || band.iter().copied().flatten().copied();
    let (darkest, brightest) = (levels().min()?, levels().max()?);
    if brightest - darkest < LEAST_CONTRAST {
        return None;
    }
    let middle = darkest + (brightest - darkest) / 2;
    let is_dark = |row: &&[u8], x: usize| row.get(x).is_some_and(|level| *level < middle);
    let beyond = [row(-BEYOND), row(1.0 + BEYOND)].map(|at| rows(at, at + 1));
    let mut strokes: Vec<usize> = Vec::new();
    let mut was_dark = false;
    for x in 0..right.saturating_sub(left) {
        let dark = band.iter().filter(|row| is_dark(row, x)).count();
        #[expect(clippy::cast_precision_loss, reason = "rows of a letter")]
        let is_upright = dark as f64 >= UPRIGHT * band.len() as f64;
        // What goes on above and below is a rule.
        if is_upright && beyond.iter().all(|rows| rows.iter().any(|row| is_dark(row, x)))
        {
            return None;
        }
        match strokes.last_mut().filter(|_| was_dark) {
            Some(width) if is_upright => *width += 1,
            Some(_) | None if is_upright => strokes.push(1),
            Some(_) | None => {}
        }
        was_dark = is_upright;
    }
    let (thin, thick) = (strokes.iter().min()?, strokes.iter().max()?);
    (*thick <= 2 * thin + 1).then_some(strokes.len())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the conversion saturates"
)]
fn pixel(at: f64) -> usize {
    at.round() as usize
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::raster::Depth;
    use crate::text::{Line, Word};
    use crate::units::Dpi;

    /// What becomes of a word over strokes at these places, 30 pixels high from row 50,
    /// with serifs that run together.
    fn written(word: &str, strokes: &[u32], rule: Option<u32>) -> String {
        let (width, height) = (200, 130);
        let is_ink = |x: u32, y: u32| {
            let stroke = |from: &u32| (*from..from + 5).contains(&x);
            let serif = matches!(y, 50..52 | 78..80);
            let end = strokes.last().map_or(0, |last| last + 5);
            let inside = (50..80).contains(&y) && strokes.iter().any(stroke);
            inside || serif && (20..end).contains(&x) || rule == Some(x)
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let samples = pixels.map(|(x, y)| if is_ink(x, y) { 30 } else { 220 }).collect();
        let grey = Raster { width, height, depth: Depth::Grey, samples };
        let picture = Picture {
            grey: &grey,
            dpi: Dpi::square(300.0).unwrap(),
            budget: Duration::from_secs(1),
        };
        let place = Rect { left: 18.0, top: 50.0, right: 90.0, bottom: 80.0 };
        let word = Word::new(word.to_owned(), place, 90.0);
        let line = Line { words: vec![word], ..Line::default() };
        let mut layer = TextLayer { lines: vec![line], ..TextLayer::default() };
        count(&mut layer, &picture);
        layer.text().trim_end().to_owned()
    }

    #[test]
    fn strokes_that_were_not_counted_are_added() {
        assert_eq!(written("II.", &[20, 33, 46], None), "III.");
        assert_eq!(written("I.", &[20, 33], None), "II.");
        assert_eq!(written("(VI)", &[40, 53], None), "(VII)");
    }

    #[test]
    fn numerals_that_are_right_and_other_words_stay() {
        assert_eq!(written("II.", &[20, 33], None), "II.");
        assert_eq!(written("III.", &[20, 33], None), "III.");
        assert_eq!(written("II.", &[20, 33, 46, 59], None), "II.");
        assert_eq!(written("I", &[20, 33], None), "I");
        assert_eq!(written("BÌNH", &[20, 33, 46], None), "BÌNH");
        assert_eq!(written("IV.", &[20, 33, 46], None), "IV.");
    }

    #[test]
    fn a_rule_beside_a_numeral_is_no_stroke_of_it() {
        assert_eq!(written("II.", &[20, 33], Some(60)), "II.");
    }
}
