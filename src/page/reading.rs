//! A page read once, in one direction and at one scale.

use std::borrow::Cow;
use std::time::Duration;

use crate::finding::{Finding, Weight};
use crate::ocr::{Layout, ReadError, Reader};
use crate::page::secret::Degree;
use crate::page::words::Care;
use crate::raster::{Raster, change};
use crate::say::{self, Tell as _};
use crate::text::{Correction, TextLayer};
use crate::units::{Affine, Dpi, Quarter};

/// With care, a page with fewer pixels across is read larger…
const NARROW: u32 = 1500;
/// …by this: at 150 dpi, ten-point letters are then thirty pixels high.
const NARROW_SCALE: f64 = 1.5;
/// Skew below this many degrees is left to the recogniser.
const LEAST_SKEW: f64 = 0.8;
/// A reading this confident settles the direction.
const READS_WELL: f32 = 75.0;
/// Below this confidence no page is turned.
pub(crate) const LEAST_TO_TURN: f32 = 60.0;
/// Fewer words than this settle nothing.
pub(crate) const FEWEST_WORDS: usize = 3;

/// A page as seen, and who reads it.
pub(crate) struct Sight<'a> {
    pub(crate) seen: Raster,
    pub(crate) dpi: Dpi,
    /// What will be done with the words.
    pub(crate) care: Care,
    /// Longest time for one reading.
    pub(crate) budget: Duration,
    pub(crate) reader: &'a mut dyn Reader,
}

/// One reading of a page in one direction.
pub(crate) struct Reading {
    pub(crate) turn: Quarter,
    pub(crate) skew: f64,
    /// How much larger than seen the page was read.
    pub(crate) scale: f64,
    pub(crate) text: TextLayer,
    /// Width and height of the picture that was read.
    pub(crate) size: (f64, f64),
    /// Pixels of that picture to pixels of the page as seen.
    pub(crate) map: Affine,
    /// Why it is not whole, if it is not.
    pub(crate) trouble: Option<Finding>,
    /// Whether there was nothing to read.
    pub(crate) is_blank: bool,
    /// A secrecy marking among the words.
    pub(crate) secret: Option<Degree>,
    /// What was changed in the words.
    pub(crate) corrections: Vec<Correction>,
}

impl Reading {
    /// What there is to read on a blank page.
    pub(crate) fn blank() -> Self {
        Self {
            turn: Quarter::None,
            skew: 0.0,
            scale: 1.0,
            text: TextLayer::default(),
            size: (1.0, 1.0),
            map: Affine::IDENTITY,
            trouble: None,
            is_blank: true,
            secret: None,
            corrections: Vec::new(),
        }
    }

    /// Whether the text makes its direction certain.
    pub(crate) fn is_sure(&self) -> bool {
        self.text.confidence() >= READS_WELL
            && self.text.words().count() >= FEWEST_WORDS
            && !self.is_sideways()
    }

    /// How much confident text there is: what the best direction has most of.
    pub(crate) fn score(&self) -> f32 {
        if self.is_sideways() {
            return 0.0;
        }
        self.text.words().map(|word| (word.confidence - LEAST_TO_TURN).max(0.0)).sum()
    }

    /// Whether the recogniser found most words running up or down the page,
    /// which it reads as well as level ones.
    pub(crate) fn is_sideways(&self) -> bool {
        let long = self.text.words().filter(|word| word.text.chars().nth(2).is_some());
        let (tall, all) = long.fold((0, 0), |(tall, all), word| {
            (tall + usize::from(word.place.height() > word.place.width()), all + 1)
        });
        2 * tall > all
    }
}

impl Sight<'_> {
    /// Reads the page after `turn`, its lines then sloping by `skew`.
    pub(crate) fn read(&mut self, turn: Quarter, skew: f64) -> Reading {
        let narrow = self.care == Care::Careful && is_narrow(&self.seen, turn);
        let scale = if narrow { NARROW_SCALE } else { 1.0 };
        let (picture, map) = laid(&self.seen, (turn, skew), scale);
        let dpi = enlarged(self.dpi.after(turn), scale);
        let size = (f64::from(picture.width), f64::from(picture.height));
        let (text, trouble) =
            match self.reader.look(&picture, dpi, Layout::Page, self.budget) {
                Ok(text) => (text, None),
                Err(ReadError::TimedOut { budget, partial }) => {
                    let words = partial.words().count();
                    let finding =
                        Finding::new("text.timed-out", Weight::NeedsPerson, |lang| {
                            say::page::ocr_timed_out(lang, budget.as_secs(), words)
                        });
                    (partial, Some(finding))
                }
                Err(error) => {
                    let say = |lang| error.tell(lang);
                    let finding = Finding::new("text.refused", Weight::NeedsPerson, say);
                    (TextLayer::default(), Some(finding))
                }
            };
        Reading {
            turn,
            skew,
            scale,
            text,
            size,
            map,
            trouble,
            is_blank: false,
            ..Reading::blank()
        }
    }
}

/// The page as it is read: turned, level, at a larger scale; and the map from
/// that picture back to the page as seen.
pub(crate) fn laid(
    seen: &Raster,
    (turn, skew): (Quarter, f64),
    scale: f64,
) -> (Cow<'_, Raster>, Affine) {
    // The page is not copied to be left as it is: it may be large.
    let turned = match turn {
        Quarter::None => Cow::Borrowed(seen),
        Quarter::Right | Quarter::Half | Quarter::Left => {
            Cow::Owned(change::turn(seen, turn))
        }
    };
    let (width, height) = (f64::from(seen.width), f64::from(seen.height));
    let back = Affine::turn(turn, width, height).inverse().unwrap_or(Affine::IDENTITY);
    let (level, map) = if skew.abs() >= LEAST_SKEW {
        let (level, to_turned) = change::rotate_grey(&turned, -skew);
        (Cow::Owned(level), to_turned.then(back))
    } else {
        (turned, back)
    };
    if scale <= 1.0 {
        return (level, map);
    }
    let large = change::stretch(&level, scale, scale);
    (Cow::Owned(large), Affine::scale(1.0 / scale, 1.0 / scale).then(map))
}

/// Whether a page has so few pixels across that its letters are small.
fn is_narrow(seen: &Raster, turn: Quarter) -> bool {
    let width = if turn.swaps_axes() { seen.height } else { seen.width };
    width < NARROW
}

/// A resolution `scale` times as fine.
pub(crate) fn enlarged(dpi: Dpi, scale: f64) -> Dpi {
    Dpi::plausible(dpi.x() * scale, dpi.y() * scale).unwrap_or(dpi)
}
