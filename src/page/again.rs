//! Second looks: parts of a page read again where it pays.
//!
//! Reading a part anew costs what its share of the page costs, so each look has
//! its reason and its limit. Under a coloured stamp the print is read in the
//! plane in which the stamp is as bright as paper; that is done whenever there
//! is colour. With care, the columns of header and footer are read as blocks of
//! their own, and lines with a weak word once more at a larger scale, as
//! candidates to be weighed, not as replacements.

use std::time::Duration;

use crate::ocr::{Layout, Reader};
use crate::raster::{Depth, Raster, change};
use crate::text::fold::bare;
use crate::text::{Choice, Line, TextLayer, Word};
use crate::units::{Dpi, Rect};

/// A word below this confidence is weak.
const WEAK: f32 = 85.0;
/// Below this a word under a stamp is not believed.
const LOST: f32 = 70.0;
/// The share of the pixels of a line that a stamp colours at least.
const COLOURED: f64 = 0.01;
/// How much brighter coloured ink is in its brightest plane than in grey.
const BRIGHTER: u8 = 50;
/// The most lines read again in the plane without the stamp.
const MOST_STAMPED: usize = 8;
/// The most lines read again for a weak word.
const MOST_WEAK: usize = 40;
/// White left around a line, in pixels of the page and of its copy.
const MARGIN: f64 = 8.0;
const FRAME: u32 = 10;
/// A zone is replaced only if its new reading is trusted as much and holds this
/// share of the letters.
const WHOLE: f64 = 0.85;

/// A picture that was read, and what reads it.
pub(crate) struct Picture<'a> {
    /// Grey, upright.
    pub(crate) grey: &'a Raster,
    /// Its resolution.
    pub(crate) dpi: Dpi,
    /// The time a look may take.
    pub(crate) budget: Duration,
}

impl Picture<'_> {
    /// Width and height in pixels.
    pub(crate) fn size(&self) -> (f64, f64) {
        (f64::from(self.grey.width), f64::from(self.grey.height))
    }

    /// Reads each of `zones` as a block of its own and puts what it holds in
    /// the place of what was read there.
    pub(crate) fn zones(
        &self,
        layer: &mut TextLayer,
        zones: &[Rect],
        reader: &mut dyn Reader,
    ) {
        for zone in zones {
            let Some(cut) = self.cut(self.grey, *zone) else { continue };
            let looked = reader.look(&cut.raster, self.dpi, Layout::Block, self.budget);
            let Ok(mut found) = looked else { continue };
            cut.place(&mut found);
            without_aside(&mut found, &layer.aside);
            let inside = |word: &&Word| holds(zone, word.place.centre());
            let before: usize = layer.words().filter(inside).map(letters).sum();
            let after: usize = found.words().map(letters).sum();
            #[expect(clippy::cast_precision_loss, reason = "letters of a page")]
            if (after as f64) < WHOLE * before as f64 {
                continue;
            }
            // Noise read besides is dropped later and speaks against nothing.
            let sure = |word: &Word| word_trust(word).max(0.0);
            let now: f64 = found.words().map(sure).sum();
            let was: f64 = layer.words().filter(inside).map(sure).sum();
            if now < was {
                continue;
            }
            let old: Vec<Word> = layer.words().filter(inside).cloned().collect();
            found.lines.iter_mut().flat_map(|line| &mut line.words).for_each(|word| {
                surer(word, &old);
            });
            put(layer, zone, found.lines);
        }
    }

    /// Reads lines with a weak word again, larger; what is found becomes what
    /// the words could be besides.
    pub(crate) fn weak_lines(&self, layer: &mut TextLayer, reader: &mut dyn Reader) {
        let is_weak = |word: &Word| {
            word.confidence < WEAK && word.text.contains(char::is_alphabetic)
        };
        let weak = layer.lines.iter_mut().filter(|line| line.words.iter().any(is_weak));
        for line in weak.take(MOST_WEAK) {
            let Some(found) = self.enlarged(line.place(), reader) else { continue };
            for word in line.words.iter_mut().filter(|word| is_weak(word)) {
                let over = found.iter().find(|other| overlap(word, other) > 0.6);
                word.again = over.map(|other| Choice {
                    text: other.text.clone(),
                    confidence: other.confidence,
                });
            }
        }
    }

    /// The words of a line, read at half again its size.
    fn enlarged(&self, place: Rect, reader: &mut dyn Reader) -> Option<Vec<Word>> {
        let cut = self.cut(self.grey, place)?;
        let (width, height) = (cut.raster.width, cut.raster.height);
        let large = change::scale(&cut.raster, width * 3 / 2, height * 3 / 2);
        let (framed, frame) = framed(&large);
        let dpi = Dpi::plausible(self.dpi.x() * 1.5, self.dpi.y() * 1.5)?;
        let found = reader.look(&framed, dpi, Layout::Line, self.budget).ok()?;
        let words = found.lines.into_iter().flat_map(|line| line.words).map(|word| {
            let at = |v: f64| (v - frame) / 1.5;
            let place = Rect {
                left: at(word.place.left) + cut.left,
                top: at(word.place.top) + cut.top,
                right: at(word.place.right) + cut.left,
                bottom: at(word.place.bottom) + cut.top,
            };
            Word { place, ..word }
        });
        Some(words.collect())
    }

    /// Reads lines with a lost word under coloured ink again in `plane`, where
    /// that ink is as bright as paper, and keeps what is read better.
    pub(crate) fn stamped_lines(
        &self,
        layer: &mut TextLayer,
        plane: &Raster,
        reader: &mut dyn Reader,
    ) {
        let mut looks = 0;
        for line in &mut layer.lines {
            let place = line.place();
            let is_lost = line.words.iter().any(|word| word.confidence < LOST);
            if !is_lost || looks == MOST_STAMPED || self.coloured(plane, place) < COLOURED
            {
                continue;
            }
            looks += 1;
            let Some(cut) = self.cut(plane, place) else { continue };
            let looked = reader.look(&cut.raster, self.dpi, Layout::Line, self.budget);
            let Ok(mut found) = looked else { continue };
            cut.place(&mut found);
            let words: Vec<Word> =
                found.lines.into_iter().flat_map(|line| line.words).collect();
            if trust(&words) > trust(&line.words) {
                line.words = words;
            }
        }
        layer.lines.retain(|line| !line.words.is_empty());
    }

    /// The share of the pixels in `place` that are brighter in `plane`.
    fn coloured(&self, plane: &Raster, place: Rect) -> f64 {
        let (Some(grey), Some(bright)) =
            (self.cut(self.grey, place), self.cut(plane, place))
        else {
            return 0.0;
        };
        let both = grey.raster.samples.iter().zip(&bright.raster.samples);
        let many = both.filter(|(g, b)| b.saturating_sub(**g) >= BRIGHTER).count();
        #[expect(clippy::cast_precision_loss, reason = "pixels of a line")]
        let share = many as f64 / grey.raster.samples.len().max(1) as f64;
        share
    }

    /// The part of `picture` around `place`.
    pub(crate) fn cut(&self, picture: &Raster, place: Rect) -> Option<Cut> {
        let (width, height) = (f64::from(picture.width), f64::from(picture.height));
        let left = (place.left - MARGIN).clamp(0.0, width).floor();
        let top = (place.top - MARGIN).clamp(0.0, height).floor();
        let right = (place.right + MARGIN).clamp(0.0, width).ceil();
        let bottom = (place.bottom + MARGIN).clamp(0.0, height).ceil();
        let raster = change::crop(picture, [left, top, right, bottom].map(whole))?;
        Some(Cut { raster, left, top })
    }
}

/// A part of a picture and where its corner was.
pub(crate) struct Cut {
    pub(crate) raster: Raster,
    left: f64,
    top: f64,
}

impl Cut {
    /// Moves what was read in the part to where it stands in the whole.
    pub(crate) fn place(&self, found: &mut TextLayer) {
        for line in &mut found.lines {
            let (x1, y1, x2, y2) = line.baseline;
            line.baseline =
                (x1 + self.left, y1 + self.top, x2 + self.left, y2 + self.top);
            for word in &mut line.words {
                word.place.left += self.left;
                word.place.right += self.left;
                word.place.top += self.top;
                word.place.bottom += self.top;
            }
        }
    }
}

/// The plane of a colour picture in which any one ink is brightest: red and
/// blue are paper there, black is black. `row` is red, green, blue.
pub(crate) fn brightest(row: &[u8]) -> impl Iterator<Item = u8> {
    let pixels = row.chunks_exact(3);
    pixels.map(|pixel| pixel.iter().copied().max().unwrap_or(u8::MAX))
}

/// The picture with white around it, so many pixels wide.
pub(crate) fn framed(picture: &Raster) -> (Raster, f64) {
    let (width, height) = (picture.width + 2 * FRAME, picture.height + 2 * FRAME);
    let mut samples = vec![u8::MAX; width as usize * height as usize];
    let rows = samples.chunks_exact_mut(width as usize).skip(FRAME as usize);
    for (to, from) in rows.zip(picture.rows()) {
        let inside = to.iter_mut().skip(FRAME as usize);
        inside.zip(from).for_each(|(to, from)| *to = *from);
    }
    (Raster { width, height, depth: Depth::Grey, samples }, f64::from(FRAME))
}

/// A place in pixels; places are not negative and within the picture.
fn whole(v: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the conversion saturates"
    )]
    let pixels = v as u32;
    pixels
}

/// Whether a point lies in a place.
pub(crate) fn holds(zone: &Rect, (x, y): (f64, f64)) -> bool {
    (zone.left..zone.right).contains(&x) && (zone.top..zone.bottom).contains(&y)
}

fn letters(word: &Word) -> usize {
    word.text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Puts `lines` in the place of what was read in `zone`: where its first line
/// was, or else before what stands below it.
fn put(layer: &mut TextLayer, zone: &Rect, lines: Vec<Line>) {
    let is_inside = |word: &Word| holds(zone, word.place.centre());
    let is_below = |line: &Line| {
        let place = line.place();
        place.centre().1 > zone.bottom
            && place.left < zone.right
            && zone.left < place.right
    };
    let was = layer.lines.iter().position(|line| line.words.iter().any(is_inside));
    let below = || layer.lines.iter().position(is_below);
    let at = was.or_else(below).unwrap_or(layer.lines.len());
    let behind = layer.lines.split_off(at);
    let outside = |mut line: Line| {
        line.words.retain(|word| !is_inside(word));
        (!line.words.is_empty()).then_some(line)
    };
    let before = std::mem::take(&mut layer.lines).into_iter().filter_map(outside);
    let behind = behind.into_iter().filter_map(outside);
    layer.lines = before.chain(lines).chain(behind).collect();
}

/// Drops what was set aside before the second look: a stamp read again.
fn without_aside(found: &mut TextLayer, aside: &[Line]) {
    let stamped = |word: &Word| {
        let mut words = aside.iter().flat_map(|line| &line.words);
        words.any(|aside| holds(&aside.place, word.place.centre()))
    };
    for line in &mut found.lines {
        line.words.retain(|word| !stamped(word));
    }
    found.lines.retain(|line| !line.words.is_empty());
}

/// Where both looks saw the same letters and differ in marks alone, the surer one
/// is kept: a zone is better as a whole, and not in every word.
fn surer(word: &mut Word, old: &[Word]) {
    let plain = |word: &Word| -> String {
        bare(&word.text).chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let is_same = |other: &&Word| {
        holds(&other.place, word.place.centre())
            && overlap(word, other) > SAME
            && plain(word) == plain(other)
    };
    let sure = old.iter().find(is_same).filter(|o| o.confidence >= word.confidence);
    if let Some(sure) = sure {
        *word = sure.clone();
    }
}

/// Two readings of one word cover each other so far.
const SAME: f64 = 0.6;

/// The share of the narrower of two words that lies over the other, sideways.
fn overlap(a: &Word, b: &Word) -> f64 {
    let common = a.place.right.min(b.place.right) - a.place.left.max(b.place.left);
    common / a.place.width().max(b.place.width()).max(1.0)
}

/// How much confident text there is.
pub(crate) fn trust(words: &[Word]) -> f64 {
    words.iter().map(word_trust).sum()
}

/// What a word adds to that: the surer and longer, the more.
fn word_trust(word: &Word) -> f64 {
    let sure = f64::from(word.confidence) - 50.0;
    sure * f64::from(u32::try_from(letters(word)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::ReadError;

    #[test]
    fn a_red_stamp_is_paper_in_the_brightest_plane_and_print_is_not() {
        let row = [212, 32, 44, 22, 22, 24, 28, 44, 230];
        assert_eq!(brightest(&row).collect::<Vec<_>>(), [212, 24, 230]);
    }

    #[test]
    fn a_second_look_changes_no_surer_word_and_brings_no_stamp_back() {
        let word = |text: &str, left: f64, confidence| {
            let place = Rect { left, top: 0.0, right: left + 60.0, bottom: 30.0 };
            Word::new(text.to_owned(), place, confidence)
        };
        let line = |words: Vec<Word>| Line { words, ..Line::default() };
        let old = [word("Cổng", 0.0, 91.0), word("ừ", 100.0, 60.0)];
        let again =
            [word("Công", 1.0, 80.0), word("Ủy", 100.0, 90.0), word("ĐẾN", 200.0, 95.0)];
        let mut found =
            TextLayer { lines: vec![line(again.to_vec())], ..TextLayer::default() };
        without_aside(&mut found, &[line(vec![word("ĐÊN", 198.0, 70.0)])]);
        found.lines[0].words.iter_mut().for_each(|word| surer(word, &old));
        assert_eq!(found.lines[0].text(), "Cổng Ủy");
    }

    /// Reads `under` where the print of a picture is black alone, and nothing of
    /// sense where other ink lies over it.
    struct Sees {
        under: &'static str,
        looks: usize,
    }

    impl Reader for Sees {
        fn look(
            &mut self,
            picture: &Raster,
            _: Dpi,
            layout: Layout,
            _: Duration,
        ) -> Result<TextLayer, ReadError> {
            assert_eq!(layout, Layout::Line);
            self.looks += 1;
            let is_clean =
                picture.samples.iter().all(|level| matches!(level, 0..40 | 200..));
            let (text, sure) = if is_clean { (self.under, 96.0) } else { ("§ƒ", 31.0) };
            let place = Rect { left: 8.0, top: 8.0, right: 90.0, bottom: 28.0 };
            let words = vec![Word::new(text.to_owned(), place, sure)];
            let lines = vec![Line { words, ..Line::default() }];
            Ok(TextLayer { lines, ..TextLayer::default() })
        }
    }

    #[test]
    fn print_under_red_and_under_blue_ink_is_read_in_the_plane_without_it() {
        for ink in [[212, 32, 44], [30, 60, 214]] {
            // A line of black strokes, every second column; ink over its right half.
            let pixel = |x: u32, y: u32| match (x, y) {
                (10..90, 10..26) if x % 4 < 2 => [18, 18, 20],
                (50..95, 6..30) => ink,
                _ => [250, 249, 243],
            };
            let (width, height) = (120, 40);
            let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
            let samples: Vec<u8> = places.flat_map(|(x, y)| pixel(x, y)).collect();
            let colour = Raster { width, height, depth: Depth::Rgb, samples };
            let pixels = colour.samples.chunks_exact(3);
            let luma = pixels.map(|p| {
                let sum =
                    299 * u32::from(p[0]) + 587 * u32::from(p[1]) + 114 * u32::from(p[2]);
                u8::try_from(sum / 1000).unwrap()
            });
            let grey = Raster { depth: Depth::Grey, samples: luma.collect(), ..colour };
            let picture = Picture {
                grey: &grey,
                dpi: Dpi::square(200.0).unwrap(),
                budget: Duration::from_secs(1),
            };
            let place = Rect { left: 10.0, top: 8.0, right: 92.0, bottom: 28.0 };
            let read = Word::new("Cx§".to_owned(), place, 40.0);
            let line = Line { words: vec![read], ..Line::default() };
            let layer = TextLayer { lines: vec![line], ..TextLayer::default() };
            let mut with = layer.clone();
            let mut reader = Sees { under: "Điều", looks: 0 };
            let samples = brightest(&colour.samples).collect();
            let plane = Raster { depth: Depth::Grey, samples, ..colour };
            picture.stamped_lines(&mut with, &plane, &mut reader);
            assert_eq!((with.text().as_str(), reader.looks), ("Điều\n", 1), "{ink:?}");
            // Where nothing coloured lies over the line, it is not looked at again.
            let mut without = layer;
            picture.stamped_lines(&mut without, &grey, &mut reader);
            assert_eq!((without.text().as_str(), reader.looks), ("Cx§\n", 1));
        }
    }

    #[test]
    fn a_frame_is_white_and_keeps_what_it_frames() {
        let picture =
            Raster { width: 2, height: 1, depth: Depth::Grey, samples: vec![1, 2] };
        let (framed, _) = framed(&picture);
        assert_eq!((framed.width, framed.height), (22, 21));
        let row = framed.rows().nth(10).unwrap();
        assert_eq!((row[9], row[10], row[11], row[12]), (255, 1, 2, 255));
    }
}
