//! Print that no word covers.
//!
//! A recogniser that looks for the layout of a page by itself takes narrow
//! columns for pictures and lines among dots for rules, and says nothing of
//! what stands there. Ink says it: what is left of it beside the words, if it
//! is as high as letters and as long as a few words, is print. Where it is, the
//! page is read again as a block of text, which takes everything for text.

use std::collections::BTreeMap;

use crate::page::cover::Cover;
use crate::page::ink::{self, Ink, Run, float, whole};
use crate::text::columns::COLUMN_GAP;
use crate::text::{Line, TextLayer};
use crate::units::Rect;

/// Letters and words up to this far apart are one stretch of print.
const GAP: f64 = 0.7;
/// Rows of one stretch share so much of their length, in letter heights.
const COMMON: f64 = 1.0;
/// A stretch of print is so high, in letter heights: its small letters are…
const HIGH: [f64; 2] = [0.3, 1.6];
/// …and at least so long: a few words…
const LONG: f64 = 4.0;
/// …or, next to one so long, a word.
const SHORT: f64 = 1.4;
/// The share of a stretch that its letters blacken: lines of a pen blacken less,
/// rules and pictures more.
const BLACK: [f64; 2] = [0.25, 0.75];
/// Stretches one below the other up to this far are one block.
const NEXT: f64 = 2.4;
/// The most blocks of a page.
const MOST: usize = 4;

/// The places of print on a page that no word of `layer` covers, in pixels of
/// the picture `ink` was found in: whole lines, as far as they go.
pub(crate) fn blocks(ink: &Ink, layer: &TextLayer) -> Vec<Rect> {
    let Some(letter) = layer.letter_height() else { return Vec::new() };
    let scale = f64::from(ink.factor);
    let pieces: Vec<Line> =
        layer.lines.iter().flat_map(|line| line.pieces(COLUMN_GAP * letter)).collect();
    let found = stretches(ink, layer, letter / scale).into_iter().map(|stretch| {
        // Strokes above and below the small letters stand off the stretch.
        let place = Rect {
            left: stretch.left * scale,
            top: stretch.top * scale - 0.4 * letter,
            right: stretch.right * scale,
            bottom: stretch.bottom * scale + 0.3 * letter,
        };
        let is_long = place.width() >= LONG * letter;
        Block { place: whole_line(place, &pieces, letter), is_long }
    });
    let mut blocks = joined(found.collect(), letter);
    blocks.retain(|block| block.is_long);
    blocks.sort_by(|a, b| area(&b.place).total_cmp(&area(&a.place)));
    blocks.truncate(MOST);
    blocks.into_iter().map(|block| block.place).collect()
}

/// Lines with print that was not read.
struct Block {
    place: Rect,
    /// Whether there is enough of it on one line to be print.
    is_long: bool,
}

/// The place with what was read beside it on its line.
fn whole_line(mut place: Rect, pieces: &[Line], letter: f64) -> Rect {
    loop {
        let beside = pieces.iter().map(Line::place).filter(|piece| {
            let common = place.bottom.min(piece.bottom) - place.top.max(piece.top);
            let gap = (piece.left - place.right).max(place.left - piece.right);
            common > 0.4 * piece.height().min(place.height()) && gap < COLUMN_GAP * letter
        });
        let wider = beside.fold(place, Rect::union);
        if wider == place {
            return place;
        }
        place = wider;
    }
}

/// Blocks made of what lies on or next to each other.
fn joined(mut parts: Vec<Block>, letter: f64) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    while let Some(mut block) = parts.pop() {
        let mut grew = true;
        while grew {
            let before = parts.len();
            parts.retain(|other| {
                let (here, there) = (block.place, other.place);
                let across = here.right.min(there.right) - here.left.max(there.left);
                let down = (there.top - here.bottom).max(here.top - there.bottom);
                let is_near = across > 0.0 && down < NEXT * letter;
                if is_near {
                    block.place = here.union(there);
                    block.is_long |= other.is_long;
                }
                !is_near
            });
            grew = parts.len() < before;
        }
        blocks.push(block);
    }
    blocks
}

fn area(place: &Rect) -> f64 {
    place.width() * place.height()
}

/// Stretches of print in points of the ink, letters `letter` points high.
fn stretches(ink: &Ink, layer: &TextLayer, letter: f64) -> Vec<Rect> {
    let linked =
        Linked::of(ink, &Cover::of(layer, letter, f64::from(ink.factor)), letter);
    let mut stretches: BTreeMap<usize, (Rect, usize, usize)> = BTreeMap::new();
    for (run, at) in linked.runs.iter().zip(0..) {
        let place = Rect {
            left: float(run.from),
            top: float(run.y),
            right: float(run.to),
            bottom: float(run.y + 1),
        };
        let (whole, black, points) =
            stretches.entry(linked.first(at)).or_insert((place, 0, 0));
        *whole = whole.union(place);
        *black += run.marks;
        *points += run.to - run.from;
    }
    let is_print = |(place, black, points): &(Rect, usize, usize)| {
        let black = float(*black) / float((*points).max(1));
        (HIGH[0] * letter..=HIGH[1] * letter).contains(&place.height())
            && place.width() >= SHORT * letter
            && (BLACK[0]..=BLACK[1]).contains(&black)
    };
    stretches.into_values().filter(is_print).map(|(place, ..)| place).collect()
}

/// The black runs that no word covers, those that belong together linked: each
/// to one above it that it shares much of its length with. What only touches, as
/// the tail of a letter touches the hat of one below it, stays apart.
struct Linked {
    runs: Vec<Run>,
    /// Of each run an earlier one of the same stretch, or itself.
    of: Vec<usize>,
}

impl Linked {
    fn of(ink: &Ink, cover: &Cover, letter: f64) -> Self {
        let (gap, common) = (GAP * letter, whole(COMMON * letter));
        let mut all = Self { runs: Vec::new(), of: Vec::new() };
        let mut above = 0..0;
        for (row, y) in ink.rows().zip(0_usize..) {
            let begin = all.runs.len();
            all.runs.extend(ink::runs(y, cover.open(row, y), gap));
            let here = begin..all.runs.len();
            all.of.extend(here.clone());
            for at in here.clone() {
                for over in above.clone() {
                    all.link(over, at, common);
                }
            }
            above = here;
        }
        all
    }

    /// Makes two runs one stretch, if they share enough of their length.
    fn link(&mut self, over: usize, at: usize, common: usize) {
        let (Some(a), Some(b)) = (self.runs.get(over), self.runs.get(at)) else { return };
        if a.to.min(b.to).saturating_sub(a.from.max(b.from)) < common {
            return;
        }
        let (a, b) = (self.first(over), self.first(at));
        if let Some(of) = self.of.get_mut(a.max(b)) {
            *of = a.min(b);
        }
    }

    /// The first run of the stretch that one belongs to.
    fn first(&self, mut at: usize) -> usize {
        while let Some(of) = self.of.get(at).filter(|of| **of != at) {
            at = *of;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{Depth, Raster};
    use crate::text::Word;
    use crate::units::Dpi;

    /// A page of lines of upright strokes as high as small letters, `(left, top,
    /// right)` in pixels at 100 dpi.
    fn page(lines: &[(u32, u32, u32)]) -> Ink {
        let (width, height) = (600_u32, 800_u32);
        let mut samples = vec![u8::MAX; (width * height) as usize];
        for &(left, top, right) in lines {
            for (y, x) in (top..top + 8).flat_map(|y| (left..right).map(move |x| (y, x)))
            {
                // Two of four pixels black, and a space after each seven letters.
                if x % 4 < 2 && x % 34 < 28 {
                    samples[(y * width + x) as usize] = 0;
                }
            }
        }
        let page = Raster { width, height, depth: Depth::Grey, samples };
        Ink::of(&page, Dpi::square(100.0).unwrap())
    }

    /// A line of words 13 pixels high that cover from `left` to `right`.
    fn read(left: f64, top: f64, right: f64) -> Line {
        let mut words = Vec::new();
        let mut at = left;
        while at < right {
            let place = Rect { left: at, top, right: at + 28.0, bottom: top + 13.0 };
            words.push(Word::new("chữ".to_owned(), place, 90.0));
            at += 34.0;
        }
        Line { words, ..Line::default() }
    }

    fn missed(lines: &[(u32, u32, u32)], read: Vec<Line>) -> Vec<Rect> {
        let layer = TextLayer { lines: read, ..TextLayer::default() };
        blocks(&page(lines), &layer)
    }

    #[test]
    fn a_page_read_whole_is_not_looked_at_again() {
        let lines = [(60, 100, 500), (60, 122, 500)];
        let read = vec![read(60.0, 96.0, 500.0), read(60.0, 118.0, 500.0)];
        assert_eq!(missed(&lines, read), []);
    }

    #[test]
    fn a_column_that_was_passed_over_is_one_block_with_what_was_read_of_it() {
        let lines = [(60, 100, 250), (330, 100, 520), (330, 122, 520), (330, 144, 520)];
        let read = vec![read(60.0, 96.0, 240.0), read(330.0, 118.0, 400.0)];
        let found = missed(&lines, read);
        let [block] = found.as_slice() else { panic!("{found:?}") };
        assert!(block.left > 300.0 && block.left < 332.0, "{block:?}");
        assert!(block.top < 100.0 && block.bottom > 150.0, "{block:?}");
    }

    #[test]
    fn a_rule_and_a_word_alone_are_no_print() {
        let mut samples = vec![u8::MAX; 600 * 800];
        for y in 300..302 {
            samples[y * 600 + 50..y * 600 + 550].fill(0);
        }
        let page = Raster { width: 600, height: 800, depth: Depth::Grey, samples };
        let ink = Ink::of(&page, Dpi::square(100.0).unwrap());
        let lines = vec![read(60.0, 96.0, 500.0)];
        let layer = TextLayer { lines, ..TextLayer::default() };
        assert_eq!(blocks(&ink, &layer), []);
        assert_eq!(missed(&[(60, 400, 88)], vec![read(60.0, 96.0, 500.0)]), []);
    }
}
