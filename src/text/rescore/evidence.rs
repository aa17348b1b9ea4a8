//! What the picture says about the letters of a word: what it costs to believe
//! that another word stands there.

use crate::text::fold::bare;
use crate::text::rescore::letters::{base, difference, lost_tone};
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
    /// What it costs to believe that this is `letter`.
    fn cost(&self, letter: char) -> f64 {
        if letter == self.letter {
            return 0.0;
        }
        let offered = self.choices.iter().find(|(choice, ..)| *choice == letter);
        let sure = certainty(self.confidence);
        let sure =
            if lost_tone(self.letter, letter) { sure.min(MOST_LOST) } else { sure };
        match offered {
            Some((_, confidence, rank)) => {
                let faint = if *confidence > 0.5 { 0.0 } else { 1.0 };
                sure + 0.2 + faint + 0.3 * rank
            }
            None => sure + 1.2 + 0.45 * difference(self.letter, letter),
        }
    }
}

/// The most that the certainty of a letter weighs that may have lost its tone.
const MOST_LOST: f64 = 4.2;

/// How much a symbol's confidence weighs against changing it: of symbols
/// below 97 two in five are wrong, of those above 99.5 one in a thousand.
fn certainty(confidence: f64) -> f64 {
    const CURVE: [(f64, f64); 12] = [
        (0.0, 0.2),
        (90.0, 0.3),
        (95.0, 0.5),
        (97.0, 1.0),
        (98.0, 1.3),
        (98.5, 1.6),
        (99.0, 2.6),
        (99.3, 3.2),
        (99.45, 4.5),
        (99.53, 5.6),
        (99.56, 6.6),
        (101.0, 7.0),
    ];
    let (mut x, mut y) = (0.0, 0.2);
    for (to_x, to_y) in CURVE {
        if confidence <= to_x {
            let share = if to_x > x { (confidence - x) / (to_x - x) } else { 1.0 };
            return y + share.clamp(0.0, 1.0) * (to_y - y);
        }
        (x, y) = (to_x, to_y);
    }
    y
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
