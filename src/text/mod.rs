//! What was read on a page: words where they stand.
//!
//! Everything here is in NFC and exactly what was recognised; nothing is
//! folded (`m²` stays `m²`). Places are in pixels of the picture that was
//! read, origin top left, y down.

use serde::{Deserialize, Serialize};

use crate::units::Rect;

pub mod base64;
pub mod export;
pub mod fields;
pub mod fold;
pub mod keys;
pub mod markup;
pub mod numbers;
mod landmarks;
pub(crate) mod columns;
mod top_down;
pub mod order;
pub mod table;
pub mod unruled;
pub mod score;
pub mod syllable;
pub mod token;
pub mod bigram;
pub mod rescore;
pub mod repair;
mod roman;
pub mod join;
pub mod noise;
pub mod stamp;
pub mod marks;

/// One word as recognised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// The letters, NFC, without spaces, not empty.
    pub text: String,
    /// Its ink.
    pub place: Rect,
    /// The engine's confidence, 0 to 100.
    pub confidence: f32,
    /// The symbols that spell the word as it was read; empty where the engine
    /// does not tell, and once the page is done.
    pub symbols: Vec<Symbol>,
    /// What a second look took the whole word for, where it differs.
    pub again: Option<Choice>,
    /// Whether its digits stood apart from what follows them and were joined to
    /// it: a number written or stamped into the space left for it.
    pub is_filled_in: bool,
}

impl Word {
    /// A word about whose symbols nothing is known.
    #[must_use]
    pub fn new(text: String, place: Rect, confidence: f32) -> Self {
        Self { text, place, confidence, ..Self::default() }
    }

    /// Writes it otherwise, without weighing; its symbols spell it no longer.
    pub(crate) fn write(&mut self, written: String) -> Correction {
        let read = std::mem::replace(&mut self.text, written.clone());
        self.symbols.clear();
        Correction { read, written, by: None }
    }
}

/// A letter, digit or mark as recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Symbol {
    /// What it was taken for, NFC.
    pub text: String,
    /// The engine's confidence in it, 0 to 100.
    pub confidence: f32,
    /// What else it could be, likeliest first.
    pub choices: Vec<Choice>,
}

/// What a symbol could be.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The other reading, NFC.
    pub text: String,
    /// The engine's confidence in it, 0 to 100.
    pub confidence: f32,
}

/// A word that is not written as it was read. Kept in the record of its page,
/// so that a person can see and undo it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// As read.
    pub read: String,
    /// As written.
    pub written: String,
    /// By how much it won: natural logarithms of likelihood, weighed against
    /// the picture. Repairs that follow a rule have nothing to win.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub by: Option<f64>,
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

    /// The line cut where its words are more than `gap` pixels apart.
    #[must_use]
    pub fn pieces(&self, gap: f64) -> Vec<Self> {
        let cuts = self.words.chunk_by(|a, b| b.place.left - a.place.right <= gap);
        cuts.map(|words| Self { words: words.to_vec(), ..*self }).collect()
    }

    /// Whether it and `other` are parts of one line as read, and of one column.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        let ends = |(a, b, c, d): (f64, f64, f64, f64)| [a, b, c, d].map(f64::to_bits);
        let (here, there) = (self.place(), other.place());
        let gap = (there.left - here.right).max(here.left - there.right);
        ends(self.baseline) == ends(other.baseline) && gap < 3.0 * here.height()
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
    /// What a person would not read out: pieces of stamps, of signatures, of
    /// writing by hand. It stands in the record and is part of no text; what of
    /// it can be searched for is told by [`noise::findable`].
    pub aside: Vec<Line>,
}

impl TextLayer {
    /// The lines with what was put aside of them back in its place: a name under
    /// a seal may be doubtful and still be part of the name.
    #[must_use]
    pub fn with_aside(&self) -> Self {
        let mut whole = Self { lines: self.lines.clone(), aside: Vec::new() };
        for aside in &self.aside {
            let is_it = |line: &&mut Line| line.is_of(aside);
            let Some(line) = whole.lines.iter_mut().find(is_it) else { continue };
            line.words.extend(aside.words.iter().cloned());
            line.words.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
        }
        whole
    }

    /// The text, a line break after each line.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text() + "\n").collect()
    }

    /// All words in reading order.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.lines.iter().flat_map(|line| &line.words)
    }

    /// The median height of the words of more than one letter, in pixels: the
    /// scale of the page. `None` without such words.
    #[must_use]
    pub fn letter_height(&self) -> Option<f64> {
        let long = self.words().filter(|word| word.text.chars().nth(1).is_some());
        let mut heights: Vec<f64> = long.map(|word| word.place.height()).collect();
        let middle = heights.len() / 2;
        if heights.is_empty() {
            return None;
        }
        let (_, median, _) = heights.select_nth_unstable_by(middle, f64::total_cmp);
        Some(*median)
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
