//! What the picture says about the letters of a word: what it costs to believe
//! that another word stands there.

use crate::text::fold::bare;
use crate::text::rescore::letters::{Change, base, change};
use crate::text::token::Token;
use crate::text::{Choice, Word};

/// What the picture says about the letters of a word.
pub(crate) struct Evidence {
    letters: Vec<Seen>,
}

/// A letter as seen, lower case.
#[derive(Clone)]
struct Seen {
    letter: char,
    confidence: f64,
    /// Other letters it could be: letter, confidence, rank.
    choices: Vec<(char, f64, f64)>,
}

impl Evidence {
    pub(crate) fn of(word: &Word, token: &Token<'_>) -> Self {
        let seen = |c: char, confidence: f32, choices: &[Choice]| Seen {
            letter: c.to_lowercase().next().unwrap_or(c),
            confidence: confidence.into(),
            choices: choices
                .iter()
                .zip(0_u8..)
                .filter_map(|(choice, rank)| {
                    let letter = only_letter(&choice.text)?;
                    Some((letter, choice.confidence.into(), rank.into()))
                })
                .collect(),
        };
        let all: Vec<Seen> = if word.symbols.is_empty() {
            word.text.chars().map(|c| seen(c, word.confidence, &[])).collect()
        } else {
            let each = word.symbols.iter().flat_map(|symbol| {
                // Of a symbol of several letters nobody knows which is meant.
                let is_single = symbol.text.chars().count() == 1;
                let choices = if is_single { symbol.choices.as_slice() } else { &[] };
                symbol.text.chars().map(move |c| seen(c, symbol.confidence, choices))
            });
            each.collect()
        };
        let before = token.before.chars().count();
        let core = token.core.chars().count();
        Self { letters: all.into_iter().skip(before).take(core).collect() }
    }

    /// The letters without diacritics.
    pub(crate) fn bare(&self) -> String {
        bare(&self.letters.iter().map(|seen| seen.letter).collect::<String>())
    }

    /// What it costs to believe `spelling`, which differs in diacritics only.
    pub(crate) fn cost(&self, spelling: &str) -> f64 {
        if spelling.chars().count() != self.letters.len() {
            return f64::INFINITY;
        }
        let each = self.letters.iter().zip(spelling.chars());
        each.map(|(seen, letter)| seen.cost(letter)).sum()
    }

    /// The word without one of two neighbours that are one letter read twice:
    /// `ó` and `ỏ` of `PHÓỎ`.
    pub(crate) fn without_echo(&self) -> Vec<(Self, f64)> {
        let mut found = Vec::new();
        for (at, pair) in self.letters.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            if base(first.letter) != base(second.letter) {
                continue;
            }
            for gone in [at, at + 1] {
                let each = self.letters.iter().enumerate();
                let kept = each.filter(|(i, _)| *i != gone).map(|(_, s)| s.clone());
                let sure = self.letters.get(gone).map_or(0.0, |seen| seen.confidence);
                let rest = Self { letters: kept.collect() };
                found.push((rest, certainty(sure).min(MOST_ECHO) + OTHER_BASE));
            }
        }
        found
    }

    /// The word with one letter changed for one the recogniser offers, of
    /// another base letter.
    pub(crate) fn substitutions(&self) -> Vec<(String, f64)> {
        let mut found = Vec::new();
        for (at, seen) in self.letters.iter().enumerate() {
            for &(choice, ..) in &seen.choices {
                if base(choice) == base(seen.letter) {
                    continue; // among the diacritic variants already
                }
                let letters = self.letters.iter().enumerate();
                let word = letters.map(|(i, s)| if i == at { choice } else { s.letter });
                found.push((word.collect(), seen.cost(choice) + OTHER_BASE));
            }
        }
        found
    }
}

/// The most that the certainty of a letter read twice weighs.
const MOST_ECHO: f64 = 2.0;
/// What a letter of another base costs more.
const OTHER_BASE: f64 = 0.8;

impl Seen {
    /// What it costs to believe that this is `letter`: the logarithm of the odds
    /// against it.
    fn cost(&self, letter: char) -> f64 {
        if letter == self.letter {
            return 0.0;
        }
        let offered = self.choices.iter().find(|(choice, ..)| *choice == letter);
        if base(letter) == base(self.letter) {
            let costs = costs(change(self.letter, letter));
            let (sure, missing) = match offered {
                Some((_, confidence, _)) => (*confidence, 0.0),
                None => (0.0, NOT_OFFERED),
            };
            let is_doubted = sure < HARDLY_OFFERED && self.confidence < SURE;
            let doubted = if is_doubted { DOUBTED } else { 0.0 };
            return between(&OFFERED, &costs, sure) + missing - doubted;
        }
        // A letter of another base is looked at only where it is offered.
        offered.map_or(f64::INFINITY, |(_, confidence, rank)| {
            let faint = if *confidence > HARDLY_OFFERED { 0.0 } else { 1.0 };
            certainty(self.confidence) + 0.2 + faint + 0.3 * rank
        })
    }
}

/// How sure the recogniser is, 0 to 100, of another letter than the one it reads, in the
/// middle of the ranges for which [`costs`] were counted.
pub const OFFERED: [f64; 6] = [0.0, 8.0, 22.0, 40.0, 60.0, 80.0];
/// What a letter that it does not offer at all costs more.
const NOT_OFFERED: f64 = 1.0;
/// Less is no offer.
const HARDLY_OFFERED: f64 = 0.5;
/// A symbol read with less may be any other, though none is offered…
const SURE: f64 = 99.3;
/// …which then costs so much less.
const DOUBTED: f64 = 2.0;

/// The logarithm of the odds against a letter that differs so from the one read, for
/// each of [`OFFERED`], as `make letters` counts them. Whether a symbol is right is told
/// by how sure the recogniser is of the next best letter, and hardly by how sure it is
/// of its own.
fn costs(how: Change) -> [f64; 6] {
    match how {
        Change::AddsShape => [7.4, 2.9, 2.5, 0.8, 0.2, 0.0],
        Change::AddsTone => [5.7, 3.2, 2.7, 2.1, 1.1, 0.4],
        Change::OtherTone => [7.8, 4.5, 4.2, 3.1, 2.2, 1.2],
        Change::LosesTone => [6.5, 4.8, 4.3, 3.6, 2.6, 2.5],
        Change::AddsDot => [10.0, 8.0, 6.5, 5.0, 3.5, 2.0],
        Change::LosesDot => [7.5, 5.0, 3.0, 2.0, 1.2, 0.6],
        Change::LosesShape => [9.3, 7.5, 6.5, 6.0, 4.5, 4.5],
        Change::OtherShape => [8.0, 6.5, 5.5, 5.0, 2.5, 1.8],
        Change::Both => [9.0, 7.0, 5.0, 4.5, 3.2, 2.0],
        Change::Bar => [7.0, 5.0, 2.8, 2.2, 1.2, 0.8],
    }
}

/// The value at `at` of the line through the points (`xs`, `ys`), `xs` rising.
fn between(xs: &[f64], ys: &[f64], at: f64) -> f64 {
    let mut points = xs.iter().zip(ys);
    let Some((mut x, mut y)) = points.next() else { return 0.0 };
    for (to_x, to_y) in points {
        if at <= *to_x {
            let share = if to_x > x { (at - x) / (to_x - x) } else { 1.0 };
            return y + share.clamp(0.0, 1.0) * (to_y - y);
        }
        (x, y) = (to_x, to_y);
    }
    *y
}

/// How much a symbol's confidence weighs against changing it: of symbols
/// below 97 two in five are wrong, of those above 99.5 one in a thousand.
fn certainty(confidence: f64) -> f64 {
    const AT: [f64; 12] =
        [0.0, 90.0, 95.0, 97.0, 98.0, 98.5, 99.0, 99.3, 99.45, 99.53, 99.56, 101.0];
    const COSTS: [f64; 12] = [0.2, 0.3, 0.5, 1.0, 1.3, 1.6, 2.6, 3.2, 4.5, 5.6, 6.6, 7.0];
    between(&AT, &COSTS, confidence)
}

/// The one letter of a text, lower case.
fn only_letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|c| c.is_alphabetic())?;
    letters.next().is_none().then(|| letter.to_lowercase().next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surer_the_symbol_the_more_it_costs_to_change_it() {
        let costs = [0.0, 92.0, 97.0, 98.7, 99.2, 99.5, 100.0].map(certainty);
        assert!(costs.is_sorted() && costs[0] < 0.3 && costs[6] > 6.5);
    }
}
