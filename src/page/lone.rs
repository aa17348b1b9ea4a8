//! Numbers that stand alone: the number of a page, those of the rows of a table.
//!
//! A recogniser that looks for lines takes one digit with white all around for a speck
//! and says nothing of it. Ink as high as a digit is looked for where such a number
//! stands: alone in the middle above or below the text, or in a column, each beside a
//! row of words. All that is found on a page is put side by side into one line and read
//! in one look. What is read is believed where it is a number, and in a column where it
//! goes on with the one above.

use crate::ocr::{Layout, Reader};
use crate::page::again::{Picture, framed};
use crate::page::cover::Cover;
use crate::page::ink::{Ink, float, whole};
use crate::page::trace::Trace;
use crate::raster::{Depth, Raster};
use crate::text::{Line, TextLayer, Word};
use crate::units::Rect;

/// A number is so high, in letter heights with strokes above and below: from the
/// smallest print to capitals.
const HIGH: [f64; 2] = [0.4, 1.1];
/// One digit is at least so wide, three at most.
const WIDE: [f64; 2] = [0.12, 2.2];
/// Digits up to this far apart are one number.
const NEXT: f64 = 0.4;
/// Parts of one digit stand at most so far above each other.
const PARTS: f64 = 0.12;
/// Points that touch are one mark.
const TOUCHING: Trace = Trace { stroke: 1.0, speck: 0.0, along: 0.0, aside: 1.0 };
/// A page with more marks that no word covers is one of specks.
const MOST_MARKS: usize = 1500;
/// White around a number, to the sides and above and below.
const FREE: [f64; 2] = [0.9, 0.35];
/// The share of its box that a number blackens: a rule fills it, a curl hardly any.
const BLACK: [f64; 2] = [0.15, 0.95];
/// The number of a page stands in this part of it above and below…
const MARGIN: f64 = 0.1;
/// …and between these parts of its width.
const MIDDLE: [f64; 2] = [0.35, 0.97];
/// Numbers of one column stand below each other this exactly, in letter heights.
const ALIGNED: f64 = 0.9;
/// The number of a row stands at most so far left of its words, in letter heights.
const BESIDE: f64 = 12.0;
/// A column has at least so many.
const FEWEST: usize = 2;
/// The most numbers looked at on a page.
const MOST: usize = 60;
/// White between numbers that are read side by side, in letter heights.
const APART: f64 = 3.0;
/// A number read with less is ink.
const LEAST: f32 = 60.0;
/// No number of a page or row has more digits.
const MOST_DIGITS: usize = 3;

impl Picture<'_> {
    /// Adds the numbers that stand alone on a page and were passed over.
    pub(crate) fn lone_numbers(
        &self,
        layer: &mut TextLayer,
        ink: &Ink,
        reader: &mut dyn Reader,
    ) {
        let Some(letter) = layer.letter_height() else { return };
        let (_, height) = self.size();
        let mut sought = Sought::of(&places(ink, layer, letter), layer, letter, height);
        sought.truncate(MOST);
        if sought.is_empty() {
            return;
        }
        let Some((strip, slots)) = self.strip(&sought, letter) else { return };
        let (framed, frame) = framed(&strip);
        let looked = reader.look(&framed, self.dpi, Layout::Line, self.budget);
        let Ok(found) = looked else { return };
        let mut read: Vec<(Sought, Word)> = Vec::new();
        for (place, slot) in sought.iter().zip(&slots) {
            let inside = found.words().filter(|word| {
                let middle = word.place.centre().0 - frame;
                (slot.0..slot.1).contains(&middle)
            });
            let inside: Vec<&Word> = inside.collect();
            let [word] = inside.as_slice() else { continue };
            let text = word.text.trim_end_matches(['.', ',', ')']);
            let is_number = !text.is_empty()
                && text.len() <= MOST_DIGITS
                && text.bytes().all(|b| b.is_ascii_digit());
            if is_number && word.confidence >= LEAST {
                let word =
                    Word { place: place.place, symbols: Vec::new(), ..(*word).clone() };
                read.push((*place, Word { text: text.to_owned(), ..word }));
            }
        }
        for word in believed(&read) {
            add(layer, word);
        }
    }

    /// The places side by side in one line, and from where to where each stands there.
    fn strip(&self, sought: &[Sought], letter: f64) -> Option<(Raster, Vec<(f64, f64)>)> {
        let gap = whole(APART * letter).max(1);
        let cuts: Vec<_> = sought
            .iter()
            .map(|sought| self.cut(self.grey, sought.place).map(|cut| cut.raster))
            .collect::<Option<_>>()?;
        let height = cuts.iter().map(|cut| cut.height as usize).max()?;
        let width = cuts.iter().map(|cut| cut.width as usize + gap).sum::<usize>();
        // Letters as large as the page are none.
        if width.saturating_mul(height) > self.grey.samples.len() {
            return None;
        }
        let mut samples = vec![u8::MAX; width * height];
        let (mut slots, mut at) = (Vec::new(), gap / 2);
        for cut in &cuts {
            let paper = cut.samples.iter().copied().max().unwrap_or(u8::MAX).max(1);
            let above = height - cut.height as usize;
            let rows = samples.chunks_exact_mut(width).skip(above);
            for (to, from) in rows.zip(cut.rows()) {
                let to = to.iter_mut().skip(at);
                // The paper of each is made white, or its edges would be strokes.
                to.zip(from).for_each(|(to, from)| {
                    let lit = u16::from(*from) * 255 / u16::from(paper);
                    *to = u8::try_from(lit).unwrap_or(u8::MAX);
                });
            }
            let end = at + cut.width as usize;
            slots.push((float(at) - float(gap) / 2.0, float(end) + float(gap) / 2.0));
            at = end + gap;
        }
        let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        Some((Raster { width, height, depth: Depth::Grey, samples }, slots))
    }
}

/// A place where a number may stand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Sought {
    place: Rect,
    /// Which column it stands in; the number of a page stands in none.
    column: Option<usize>,
}

impl Sought {
    /// Those of `places` where a number may stand on a page `height` pixels high.
    fn of(places: &[Rect], layer: &TextLayer, letter: f64, height: f64) -> Vec<Self> {
        let lines: Vec<Rect> = layer.lines.iter().map(Line::place).collect();
        let is_level = |place: &Rect, line: &Rect| {
            let (_, y) = place.centre();
            (line.top..line.bottom).contains(&y)
        };
        let right = lines.iter().map(|line| line.right).fold(0.0, f64::max);
        let is_of_page = |place: &&Rect| {
            let (x, y) = place.centre();
            let beyond = |line: &Rect| {
                if y < height / 2.0 {
                    line.top > place.bottom
                } else {
                    line.bottom < place.top
                }
            };
            (y < MARGIN * height || y > (1.0 - MARGIN) * height)
                && (MIDDLE[0] * right..MIDDLE[1] * right.max(1.0)).contains(&x)
                && lines.iter().all(beyond)
        };
        let of_page: Vec<&Rect> = places.iter().filter(is_of_page).collect();
        let mut found: Vec<Self> = Vec::new();
        // Two marks beside each other are none.
        if let [place] = of_page.as_slice() {
            found.push(Self { place: **place, column: None });
        }
        let of_row = places.iter().filter(|place| {
            lines.iter().any(|line| {
                let gap = line.left - place.right;
                is_level(place, line) && (0.0..BESIDE * letter).contains(&gap)
            })
        });
        let mut columns: Vec<Vec<Rect>> = Vec::new();
        for place in of_row {
            let x = place.centre().0;
            let of = columns.iter_mut().find(|column| {
                let last = column.last().map_or(f64::NAN, |last| last.centre().0);
                (last - x).abs() <= ALIGNED * letter
            });
            match of {
                Some(column) => column.push(*place),
                None => columns.push(vec![*place]),
            }
        }
        columns.retain(|column| column.len() >= FEWEST);
        for (column, places) in columns.into_iter().enumerate() {
            found.extend(
                places.into_iter().map(|place| Self { place, column: Some(column) }),
            );
        }
        found
    }
}

/// The numbers that can be believed: that of a page, and in each column those that go on
/// with another one.
fn believed(read: &[(Sought, Word)]) -> Vec<Word> {
    let value = |word: &Word| word.text.parse::<usize>().unwrap_or(0);
    let mut kept = Vec::new();
    for (at, (sought, word)) in read.iter().enumerate() {
        let Some(column) = sought.column else {
            kept.push(word.clone());
            continue;
        };
        let same = |other: Option<&(Sought, Word)>| {
            other.filter(|(other, _)| other.column == Some(column)).map(|(_, w)| value(w))
        };
        let before = same(at.checked_sub(1).and_then(|at| read.get(at)));
        let after = same(read.get(at + 1));
        let own = value(word);
        if before.is_some_and(|before| before + 1 == own)
            || after.is_some_and(|after| own + 1 == after)
        {
            kept.push(word.clone());
        }
    }
    kept
}

/// Adds a number to the row that it stands before, or else as a line of its own before
/// the first that stands lower.
fn add(layer: &mut TextLayer, word: Word) {
    let (place, y) = (word.place, word.place.centre().1);
    let gap = |line: &Line| line.place().left - place.right;
    let is_row = |line: &&mut Line| {
        let other = line.place();
        (other.top..other.bottom).contains(&y) && gap(line) >= 0.0
    };
    let rows = layer.lines.iter_mut().filter(is_row);
    if let Some(row) = rows.min_by(|a, b| gap(a).total_cmp(&gap(b))) {
        row.words.insert(0, word);
        return;
    }
    let is_behind = |other: &Line| other.place().top > y;
    let at = layer.lines.iter().position(is_behind).unwrap_or(layer.lines.len());
    let baseline = (place.left, place.bottom, place.right, place.bottom);
    layer.lines.insert(at, Line { words: vec![word], baseline, begins_paragraph: true });
}

/// The places, in pixels, of ink as high as a digit that no word covers, with white
/// around, from top to bottom.
fn places(ink: &Ink, layer: &TextLayer, letter: f64) -> Vec<Rect> {
    let scale = f64::from(ink.factor);
    let letter = letter / scale;
    let cover = Cover::of(layer, letter, scale);
    let rows = ink.rows().zip(0_usize..).map(|(row, y)| (y, cover.open(row, y)));
    let marks = TOUCHING.rules(rows).into_iter().map(|mark| {
        let place = Rect {
            left: float(mark.from),
            top: float(mark.top),
            right: float(mark.to),
            bottom: float(mark.bottom + 1),
        };
        (place, mark.runs.iter().map(|run| run.marks).sum::<usize>())
    });
    let is_small = |(place, black): &(Rect, usize)| {
        *black > 1
            && place.height() <= HIGH[1] * letter
            && place.width() <= WIDE[1] * letter
    };
    let marks: Vec<(Rect, usize)> = marks.filter(is_small).collect();
    if marks.len() > MOST_MARKS {
        return Vec::new(); // a page of specks
    }
    // Two digits of one number, the two parts of a `5`.
    let mut numbers: Vec<(Rect, usize)> = Vec::new();
    for (place, black) in marks {
        let near = numbers
            .iter_mut()
            .find(|(other, _)| touches(&place, other, letter, [NEXT, PARTS]));
        match near {
            Some((other, sum)) => (*other, *sum) = (other.union(place), *sum + black),
            None => numbers.push((place, black)),
        }
    }
    let is_number = |(place, black): &&(Rect, usize)| {
        let share = float(*black) / (place.width() * place.height()).max(1.0);
        (WIDE[0] * letter..=WIDE[1] * letter).contains(&place.width())
            && (HIGH[0] * letter..=HIGH[1] * letter).contains(&place.height())
            && (BLACK[0]..=BLACK[1]).contains(&share)
            && is_free(ink, place, letter)
    };
    let found = numbers.iter().filter(is_number).map(|(place, _)| Rect {
        left: place.left * scale,
        top: place.top * scale,
        right: place.right * scale,
        bottom: place.bottom * scale,
    });
    let mut found: Vec<Rect> = found.collect();
    found.sort_by(|a, b| a.top.total_cmp(&b.top));
    found
}

/// Whether `other` comes nearer to `place` than so many letter heights.
fn touches(place: &Rect, other: &Rect, letter: f64, [side, above]: [f64; 2]) -> bool {
    other.left < place.right + side * letter
        && other.right > place.left - side * letter
        && other.top < place.bottom + above * letter
        && other.bottom > place.top - above * letter
}

/// Whether nothing but paper lies around a place; the rules of a table may.
fn is_free(ink: &Ink, place: &Rect, letter: f64) -> bool {
    let [side, above] = FREE.map(|free| free * letter);
    let columns = whole((place.left - side).max(0.0))..whole(place.right + side);
    let rows = whole((place.top - above).max(0.0))..whole(place.bottom + above);
    let inside = |x: usize, y: usize| {
        (place.left - 1.0..place.right + 1.0).contains(&float(x))
            && (place.top - 1.0..place.bottom + 1.0).contains(&float(y))
    };
    let outside = rows.clone().flat_map(|y| columns.clone().map(move |x| (x, y)));
    let black =
        outside.filter(|&(x, y)| !inside(x, y) && ink.at(x, y) >= 2).filter(|&(x, y)| {
            // A rule goes on beyond what is looked at.
            let is_upright = rows.clone().all(|y| ink.at(x, y) >= 2);
            let is_level = columns.clone().all(|x| ink.at(x, y) >= 2);
            !is_upright && !is_level
        });
    black.take(SPECKS + 1).count() <= SPECKS
}

/// So many points of ink around a number are specks.
const SPECKS: usize = 6;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::ocr::ReadError;
    use crate::units::Dpi;

    /// Reads one of `texts` in each mark of a line, from left to right.
    struct Reads {
        texts: Vec<&'static str>,
        looks: usize,
    }

    impl Reader for Reads {
        fn look(
            &mut self,
            picture: &Raster,
            _: Dpi,
            layout: Layout,
            _: Duration,
        ) -> Result<TextLayer, ReadError> {
            assert_eq!(layout, Layout::Line);
            self.looks += 1;
            let dark: Vec<usize> = (0..picture.width as usize)
                .filter(|x| picture.rows().any(|row| row[*x] < 100))
                .collect();
            let marks: Vec<&[usize]> = dark.chunk_by(|a, b| a + 1 == *b).collect();
            assert_eq!(marks.len(), self.texts.len());
            let words = marks.iter().zip(&self.texts).map(|(mark, text)| {
                let (left, right) = (float(mark[0]), float(mark[mark.len() - 1]));
                let place = Rect { left, top: 10.0, right, bottom: 30.0 };
                Word::new((*text).to_owned(), place, 95.0)
            });
            let lines = vec![Line { words: words.collect(), ..Line::default() }];
            Ok(TextLayer { lines, ..TextLayer::default() })
        }
    }

    /// What a page of 600 × 800 pixels says whose words are at `rows` from x = 100 on,
    /// with marks as large as digits at `marks`, which `texts` are read in.
    fn read(
        rows: &[f64],
        marks: &[(usize, usize)],
        texts: &[&'static str],
    ) -> (String, usize) {
        let (width, height) = (600, 800);
        let mut samples = vec![u8::MAX; width * height];
        for &(left, top) in marks {
            for y in top..top + 10 {
                let from = y * width + left;
                samples[from..from + 5].fill(0);
                if (top + 2..top + 8).contains(&y) {
                    samples[from + 2] = u8::MAX;
                }
            }
        }
        let (width, height) = (600, 800);
        let grey = Raster { width, height, depth: Depth::Grey, samples };
        let dpi = Dpi::square(100.0).unwrap();
        let line = |top: &f64| {
            let place = Rect { left: 100.0, top: *top, right: 300.0, bottom: top + 14.0 };
            let words = vec![Word::new("chữ".to_owned(), place, 90.0)];
            Line { words, ..Line::default() }
        };
        let lines = rows.iter().map(line).collect();
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        let mut reader = Reads { texts: texts.to_vec(), looks: 0 };
        let picture = Picture { grey: &grey, dpi, budget: Duration::from_secs(1) };
        picture.lone_numbers(&mut layer, &Ink::of(&grey, dpi), &mut reader);
        (layer.text(), reader.looks)
    }

    #[test]
    fn the_number_of_a_page_is_read_above_its_text() {
        let (text, looks) = read(&[100.0, 200.0], &[(200, 40)], &["12."]);
        assert_eq!((text.as_str(), looks), ("12\nchữ\nchữ\n", 1));
        // What is no number is ink.
        let (text, _) = read(&[100.0, 200.0], &[(200, 40)], &["§"]);
        assert_eq!(text, "chữ\nchữ\n");
    }

    #[test]
    fn the_numbers_of_rows_are_read_in_one_look_where_they_count_on() {
        let rows = [200.0, 300.0, 400.0, 500.0];
        let marks = [(60, 202), (60, 302), (60, 402), (60, 502)];
        let (text, looks) = read(&rows, &marks, &["1", "2", "3", "9"]);
        assert_eq!((text.as_str(), looks), ("1 chữ\n2 chữ\n3 chữ\nchữ\n", 1));
    }

    #[test]
    fn a_mark_alone_in_the_text_is_not_looked_at() {
        let (text, looks) = read(&[100.0, 200.0], &[(450, 400)], &[]);
        assert_eq!((text.as_str(), looks), ("chữ\nchữ\n", 0));
        let (_, looks) = read(&[200.0, 300.0], &[(60, 202)], &[]);
        assert_eq!(looks, 0);
    }
}
