//! How often a letter that the recogniser offers beside the one it reads is the right
//! one: what `text::rescore::evidence` weighs letters by.
#![expect(clippy::indexing_slicing, reason = "places that were found in the same lists")]

use std::collections::BTreeMap;
use std::ops::AddAssign;

use sohoa::text::fold::bare;
use sohoa::text::rescore::{Change, OFFERED, change};
use sohoa::text::{Symbol, TextLayer, Word};
use unicode_normalization::UnicodeNormalization as _;

/// Letters offered, by how they differ from the one read and how sure the recogniser is
/// of them: how many were right, and how many there were.
#[derive(Clone, Default)]
pub(crate) struct Letters(BTreeMap<(Change, usize), (usize, usize)>);

impl Letters {
    /// Those of a page with the transcript `truth`: of words that stand in both, marks
    /// aside.
    pub(crate) fn of(truth: &str, layer: &TextLayer) -> Self {
        let truth: String = truth.nfc().collect();
        let want: Vec<&str> = truth.split_whitespace().map(core).collect();
        let read: Vec<&Word> = layer.words().collect();
        let folded = |words: &[&str]| -> Vec<String> {
            words.iter().map(|word| bare(word)).collect()
        };
        let texts: Vec<&str> = read.iter().map(|word| core(&word.text)).collect();
        let mut all = Self::default();
        for (at, other) in paired(&folded(&texts), &folded(&want)) {
            let symbols = letters(read[at]);
            let right: Vec<char> = want[other].chars().collect();
            if symbols.len() == right.len() {
                symbols.iter().zip(right).for_each(|(symbol, c)| all.count(symbol, c));
            }
        }
        all
    }

    fn count(&mut self, symbol: &Symbol, right: char) {
        let Some(read) = only(&symbol.text) else { return };
        let right = only(&right.to_string()).unwrap_or(right);
        for choice in &symbol.choices {
            let Some(offered) = only(&choice.text).filter(|c| *c != read) else {
                continue;
            };
            if bare(&offered.to_string()) != bare(&read.to_string()) {
                continue;
            }
            let sure = f64::from(choice.confidence);
            let range =
                OFFERED.windows(2).position(|pair| sure < (pair[0] + pair[1]) / 2.0);
            let range =
                if sure < HARDLY { 0 } else { range.unwrap_or(OFFERED.len() - 1).max(1) };
            let seen = self.0.entry((change(read, offered), range)).or_default();
            *seen = (seen.0 + usize::from(offered == right), seen.1 + 1);
        }
    }

    /// Prints a row a change: right of all, and the logarithm of the odds against it.
    pub(crate) fn print(&self) {
        print!("{:<12}", "offered at");
        OFFERED.iter().for_each(|sure| print!("{sure:>16.0}"));
        println!();
        let mut changes: Vec<Change> = self.0.keys().map(|(change, _)| *change).collect();
        changes.dedup();
        for change in changes {
            print!("{:<12}", format!("{change:?}"));
            for range in 0..OFFERED.len() {
                let (right, all) =
                    self.0.get(&(change, range)).copied().unwrap_or_default();
                let odds = ((all - right) as f64 + 0.5) / (right as f64 + 0.5);
                print!("{:>16}", format!("{right}/{all} {:.1}", odds.ln()));
            }
            println!();
        }
    }
}

impl AddAssign for Letters {
    fn add_assign(&mut self, other: Self) {
        for (key, (right, all)) in other.0 {
            let sum = self.0.entry(key).or_default();
            *sum = (sum.0 + right, sum.1 + all);
        }
    }
}

/// Offered with less is hardly offered.
const HARDLY: f64 = 0.5;

/// The one letter of a text, lower case.
fn only(text: &str) -> Option<char> {
    let mut letters = text.nfc();
    let letter = letters.next()?.to_lowercase().next()?;
    letters.next().is_none().then_some(letter)
}

/// A word without the signs at both ends.
fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The symbols of a word between the signs at both ends, if each is one letter.
fn letters(word: &Word) -> Vec<&Symbol> {
    let is_sign = |symbol: &&&Symbol| !symbol.text.contains(char::is_alphanumeric);
    let all: Vec<&Symbol> = word.symbols.iter().collect();
    let before = all.iter().take_while(is_sign).count();
    let behind = all.iter().rev().take_while(is_sign).count();
    all.get(before..all.len() - behind.min(all.len() - before))
        .unwrap_or_default()
        .to_vec()
}

/// The longest common sequence: places in `a` and in `b`.
fn paired(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i] == b[j] {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
