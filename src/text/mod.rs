//! What was read on a page: words where they stand.
//!
//! Everything here is in NFC and exactly what was recognised; nothing is
//! folded (`m²` stays `m²`). Places are in pixels of the picture that was
//! read, origin top left, y down.

use crate::units::Rect;

pub mod export;
pub mod fields;
pub mod fold;
pub mod numbers;
pub mod order;
pub mod score;

/// One word as recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// The letters, NFC, without spaces, not empty.
    pub text: String,
    /// Its ink.
    pub place: Rect,
    /// The engine's confidence, 0 to 100.
    pub confidence: f32,
}

/// Words on one line, from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The words, at least one.
    pub words: Vec<Word>,
    /// The baseline from its left to its right end, as `(x1, y1, x2, y2)`.
    pub baseline: (f64, f64, f64, f64),
    /// Whether a paragraph begins here.
    pub begins_paragraph: bool,
}

impl Line {
    /// The words with one space between them.
    #[must_use]
    pub fn text(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }

    /// The smallest rectangle around the words.
    #[must_use]
    pub fn place(&self) -> Rect {
        let mut places = self.words.iter().map(|word| word.place);
        let first = places.next().unwrap_or_default();
        places.fold(first, Rect::union)
    }
}

/// Everything read on one page, lines in reading order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextLayer {
    /// The lines, first to last.
    pub lines: Vec<Line>,
}

impl TextLayer {
    /// The text, a line break after each line.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text() + "\n").collect()
    }

    /// All words in reading order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.lines.iter().flat_map(|line| &line.words)
    }

    /// Mean confidence of the words, weighted by length; 0 without words.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        let mut letters = 0.0;
        let mut sum = 0.0;
        for word in self.words() {
            let n =
                f32::from(u16::try_from(word.text.chars().count()).unwrap_or(u16::MAX));
            letters += n;
            sum += n * word.confidence;
        }
        if letters > 0.0 { sum / letters } else { 0.0 }
    }
}
