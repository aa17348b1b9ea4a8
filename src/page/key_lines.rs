//! Second looks at what a document is found by: its head, its number, its day, its
//! subject, its signer.
//!
//! A page is read once as a whole; where that left out the title or a column of the
//! head, its upper part is read again as one block, which costs what its share of
//! the page costs. A number, a day or a name in doubt is read again as a line: without
//! the colour of a stamp, at twice its size, with the grey of a stamp faded to paper,
//! and half again as large. What the looks agree on takes the place of what was read;
//! where they differ, it stays in doubt ([`again::verdict`]).

use crate::ocr::{Layout, Reader};
use crate::page::again::{Picture, framed, holds, trust};
use crate::page::words::Plane;
use crate::raster::{Raster, change};
use crate::text::fields::again::{self, Look, Spot, Verdict};
use crate::text::fold::bare;
use crate::text::{Correction, Line, TextLayer, Word};
use crate::units::{Dpi, Rect};

/// A way to look at a line again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// In the plane in which coloured ink is as bright as paper.
    Uncoloured,
    /// The same ink at so many halves of its size.
    Larger(u32),
    /// What is less dark than print is paper.
    Faded,
}

/// The ways, the most telling first. Each costs a few hundredths of a second.
const WAYS: [Way; 4] = [Way::Uncoloured, Way::Larger(4), Way::Faded, Way::Larger(3)];
/// The most lines of a subject that are read again.
const MOST_SUBJECT_LINES: usize = 4;
/// From the darkest ink to paper, what is lighter than this share is faded.
const FADED: f64 = 0.5;
/// Ink and paper that differ by less cannot be parted.
const LEAST_CONTRAST: u8 = 60;
/// Ink that is neither black nor white in this share of a line can be faded.
const SHADED: f64 = 0.02;
/// Words read again in the head are believed from here on.
const LEAST_SURE: f32 = 55.0;

impl Picture<'_> {
    /// Reads the head again where the page's reading left out part of it, and adds
    /// the words that were not read before.
    pub(crate) fn head(&self, layer: &mut TextLayer, reader: &mut dyn Reader) {
        let (width, height) = self.size();
        let Some(zone) = again::head(layer, width, height) else { return };
        let Some(cut) = self.cut(self.grey, zone) else { return };
        let picture = faded(&cut.raster).unwrap_or_else(|| cut.raster.clone());
        let looked = reader.look(&picture, self.dpi, Layout::Block, self.budget);
        let Ok(mut found) = looked else { return };
        cut.place(&mut found);
        for line in &found.lines {
            add(layer, line);
        }
    }

    /// Reads lines of the subject again that hold what can be no word.
    pub(crate) fn subject(&self, layer: &mut TextLayer, reader: &mut dyn Reader) {
        let (width, height) = self.size();
        let lines = again::subject_lines(layer, width, height);
        for words in lines.into_iter().take(MOST_SUBJECT_LINES) {
            let place = words.iter().map(|word| word.place).reduce(Rect::union);
            let Some(place) = place else { continue };
            for way in [Way::Faded, Way::Larger(3)] {
                let found = self.look_at(place, way, None, reader).unwrap_or_default();
                if is_better(&found, &words) && keeps(layer, &found, &words) {
                    replace(layer, &words, found);
                    break;
                }
            }
        }
    }

    /// Looks again at number, day and signer where they are in doubt. `plane` is the
    /// page without coloured ink. Returns what was changed.
    pub(crate) fn key_lines(
        &self,
        layer: &mut TextLayer,
        plane: &Plane<'_>,
        reader: &mut dyn Reader,
    ) -> Vec<Correction> {
        let (width, height) = self.size();
        let spots = again::spots(layer, width, height);
        let plane = if spots.is_empty() { None } else { plane.get() };
        let settle = |spot: &Spot| self.settle(spot, layer, plane, reader);
        spots.iter().filter_map(settle).collect()
    }

    /// Looks at a spot until the looks agree, and writes what they agree on.
    fn settle(
        &self,
        spot: &Spot,
        layer: &mut TextLayer,
        plane: Option<&Raster>,
        reader: &mut dyn Reader,
    ) -> Option<Correction> {
        let mut looks: Vec<Look> = spot.first().into_iter().collect();
        // Looks confirm what the page's own reading saw, and cost time where it saw nothing.
        if !spot.is_name() && !looks.first().is_some_and(Look::has_digits) {
            return None;
        }
        for way in WAYS {
            let Some(words) = self.look_at(spot.place, way, plane, reader) else {
                continue;
            };
            looks.extend(spot.hear(&words));
            match again::verdict(&looks) {
                Verdict::Open => {}
                Verdict::Contested => {
                    contest(layer, &spot.words);
                    return None;
                }
                Verdict::Agreed(words) => {
                    let (read, written) = (said(&spot.words), said(&words));
                    replace(layer, &spot.words, words);
                    let is_changed = read != written;
                    return is_changed.then_some(Correction { read, written, by: None });
                }
            }
        }
        None
    }

    /// The words of the line in `place`, read again in one way; `None` where this way
    /// shows nothing new.
    fn look_at(
        &self,
        place: Rect,
        way: Way,
        plane: Option<&Raster>,
        reader: &mut dyn Reader,
    ) -> Option<Vec<Word>> {
        let source = if way == Way::Uncoloured { plane? } else { self.grey };
        let cut = self.cut(source, place)?;
        let (picture, halves) = match way {
            Way::Uncoloured => (cut.raster.clone(), 2),
            Way::Larger(halves) => {
                let larger = |side: u32| side * halves / 2;
                let (width, height) = (cut.raster.width, cut.raster.height);
                (change::scale(&cut.raster, larger(width), larger(height)), halves)
            }
            Way::Faded => (faded(&cut.raster)?, 2),
        };
        let scale = f64::from(halves) / 2.0;
        let dpi = Dpi::plausible(self.dpi.x() * scale, self.dpi.y() * scale)?;
        let (picture, frame) = framed(&picture);
        let mut found = reader.look(&picture, dpi, Layout::Line, self.budget).ok()?;
        for word in found.lines.iter_mut().flat_map(|line| &mut line.words) {
            let at = |v: f64| (v - frame) / scale;
            let Rect { left, top, right, bottom } = word.place;
            word.place = Rect {
                left: at(left),
                top: at(top),
                right: at(right),
                bottom: at(bottom),
            };
        }
        cut.place(&mut found);
        Some(found.lines.into_iter().flat_map(|line| line.words).collect())
    }
}

/// Whether a new reading of a line has as many letters as the old one and is trusted
/// more.
fn is_better(new: &[Word], old: &[Word]) -> bool {
    let letters = |words: &[Word]| -> usize {
        let of = |word: &Word| word.text.chars().filter(|c| c.is_alphanumeric()).count();
        words.iter().map(of).sum()
    };
    again::oddities(new) < again::oddities(old)
        && letters(new) * 10 >= letters(old) * 8
        && trust(new) > trust(old)
}

/// Whether `new` says again nearly all that was well read of `old`, and lies on no other
/// word of the layer: a look mends what is odd and takes nothing away.
fn keeps(layer: &TextLayer, new: &[Word], old: &[Word]) -> bool {
    let is_odd = |word: &Word| again::oddities(std::slice::from_ref(word)) > 0;
    let sound: Vec<&Word> = old.iter().filter(|word| !is_odd(word)).collect();
    let again = |word: &&&Word| {
        let written = bare(&word.text);
        new.iter().any(|new| bare(&new.text) == written)
    };
    let said = sound.iter().filter(again).count();
    let is_other = |word: &Word| !old.iter().any(|old| old.place == word.place);
    let covers =
        |word: &Word| new.iter().any(|new| holds(&new.place, word.place.centre()));
    said * 10 >= sound.len() * 9
        && !layer.words().any(|word| is_other(word) && covers(word))
}

/// The words with one space between them.
fn said(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Puts `new` in the place of the words `old` of a layer.
fn replace(layer: &mut TextLayer, old: &[Word], new: Vec<Word>) {
    let is_old = |word: &Word| {
        old.iter().any(|old| old.place == word.place)
            || new.iter().any(|new| holds(&new.place, word.place.centre()))
    };
    let holds_old = |line: &Line| line.words.iter().any(is_old);
    // What is in doubt may have gone aside, and now comes back to its line.
    let was = layer.lines.iter().chain(&layer.aside).find(|line| holds_old(line));
    let Some(was) = was.cloned() else { return };
    let holds = |line: &Line| holds_old(line) || line.is_of(&was);
    let at = layer.lines.iter().position(holds);
    for line in layer.lines.iter_mut().chain(&mut layer.aside) {
        line.words.retain(|word| !is_old(word));
    }
    match at.and_then(|at| layer.lines.get_mut(at)) {
        Some(line) => {
            line.words.extend(new);
            line.words.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
        }
        None => insert(layer, Line { words: new, ..was }),
    }
    layer.lines.retain(|line| !line.words.is_empty());
    layer.aside.retain(|line| !line.words.is_empty());
}

/// Leaves the words `old` of a layer in doubt wherever they stand.
fn contest(layer: &mut TextLayer, old: &[Word]) {
    let lines = layer.lines.iter_mut().chain(&mut layer.aside);
    let words = lines.flat_map(|line| &mut line.words);
    let is_old = |word: &&mut Word| old.iter().any(|old| old.place == word.place);
    words.filter(is_old).for_each(|word| word.confidence = again::CONTESTED);
}

/// Adds a line above the first that stands lower and not wholly beside it.
fn insert(layer: &mut TextLayer, line: Line) {
    let place = line.place();
    let below = |other: &Line| {
        let other = other.place();
        other.centre().1 > place.bottom && other.left < place.right
    };
    let at = layer.lines.iter().position(below).unwrap_or(layer.lines.len());
    layer.lines.insert(at, line);
}

/// Adds what a second look read of a line and the first did not. A title takes the
/// place of what lay over it, and what stands beside it is a stamp's and goes aside.
fn add(layer: &mut TextLayer, line: &Line) {
    let reads = |word: &Word| {
        word.confidence >= LEAST_SURE
            && (word.text.chars().filter(|c| c.is_alphanumeric()).count() >= 2
                || word.text.chars().all(|c| c.is_ascii_digit()))
    };
    let words: Vec<Word> =
        line.words.iter().filter(|word| reads(word)).cloned().collect();
    let covers = |new: &Word, old: &Word| {
        holds(&old.place, new.place.centre()) || holds(&new.place, old.place.centre())
    };
    let place = words.iter().map(|word| word.place).reduce(Rect::union);
    if let Some(place) = place.filter(|_| again::is_title(&words)) {
        let beside = |old: &Word| {
            (place.top..place.bottom).contains(&old.place.centre().1)
                && !words.iter().any(|new| covers(new, old))
        };
        for old in &mut layer.lines {
            let stamped = old.words.iter().filter(|word| beside(word)).cloned();
            let stamped = Line { words: stamped.collect(), ..*old };
            layer.aside.extend(Some(stamped).filter(|line| !line.words.is_empty()));
            old.words.retain(|old| {
                !(place.top..place.bottom).contains(&old.place.centre().1)
                    && !words.iter().any(|new| covers(new, old))
            });
        }
        layer.lines.retain(|line| !line.words.is_empty());
    }
    let is_new = |word: &Word| !layer.words().any(|old| covers(word, old));
    // A number that the page's own reading did not see may be written by hand.
    let is_code = |word: &Word| {
        word.text.contains(['/', '-']) && word.text.contains(|c: char| c.is_ascii_digit())
    };
    let new = words.into_iter().filter(|word| is_new(word));
    let words: Vec<Word> =
        new.map(|word| Word { is_filled_in: is_code(&word), ..word }).collect();
    if !words.is_empty() {
        insert(layer, Line { words, ..*line });
    }
}

/// The picture with ink that is less dark than print as bright as paper; `None` where
/// there is none such.
fn faded(picture: &Raster) -> Option<Raster> {
    let mut sorted = picture.samples.clone();
    sorted.sort_unstable();
    let at = |hundredths: usize| sorted.get(sorted.len() * hundredths / 100).copied();
    let (ink, paper) = (at(1)?, at(50)?);
    if paper.saturating_sub(ink) < LEAST_CONTRAST {
        return None;
    }
    let span = f64::from(paper - ink);
    let shade = |v: u8| (f64::from(v) - f64::from(ink)) / span;
    let is_between = |v: &&u8| (0.25..0.75).contains(&shade(**v));
    let between = picture.samples.iter().filter(is_between).count();
    #[expect(clippy::cast_precision_loss, reason = "pixels of a line")]
    let share = between as f64 / picture.samples.len().max(1) as f64;
    let stretched = |v: &u8| {
        let lit = (shade(*v) / FADED * 255.0).clamp(0.0, 255.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped"
        )]
        let lit = lit as u8;
        lit
    };
    (share >= SHADED).then(|| {
        let samples = picture.samples.iter().map(stretched).collect();
        Raster { samples, ..*picture }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, left: f64) -> Word {
        let place = Rect { left, top: 0.0, right: left + 60.0, bottom: 30.0 };
        Word::new(text.to_owned(), place, 40.0)
    }

    /// `Số:` in the text, the number itself put aside, and a line below.
    fn set_aside() -> TextLayer {
        let baseline = (0.0, 25.0, 200.0, 25.0);
        let line = |words| Line { words, baseline, ..Line::default() };
        let mut below = word("Điều", 0.0);
        (below.place.top, below.place.bottom) = (50.0, 80.0);
        let next = Line { words: vec![below], ..Line::default() };
        TextLayer {
            lines: vec![line(vec![word("Số:", 0.0)]), next],
            aside: vec![line(vec![word("81⁄2026HĐÐKT", 70.0)])],
        }
    }

    #[test]
    fn a_number_that_went_aside_comes_back_to_its_line_when_looks_agree() {
        let mut layer = set_aside();
        let old = [word("81⁄2026HĐÐKT", 70.0)];
        replace(&mut layer, &old, vec![word("81/2026/HĐKT", 70.0)]);
        assert_eq!(layer.text(), "Số: 81/2026/HĐKT\nĐiều\n");
        assert!(layer.aside.is_empty());
    }

    #[test]
    fn a_number_that_looks_differ_on_stays_where_it_is() {
        let mut layer = set_aside();
        contest(&mut layer, &[word("81⁄2026HĐÐKT", 70.0)]);
        assert_eq!(layer.text(), "Số:\nĐiều\n");
        assert!(layer.aside[0].words[0].confidence <= 0.0);
    }
}
