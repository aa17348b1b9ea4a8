//! Scores of a text against a transcript, and of the changes made in it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Add;

use sohoa::text::Correction;
use sohoa::text::fold::bare;
use sohoa::text::syllable::fold_tone;
use unicode_normalization::UnicodeNormalization as _;

/// How much of a transcript was found, how much of what was found is in it,
/// and the share of characters to be changed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    recall: f64,
    precision: f64,
    cer: f64,
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>7.4} {:>7.4} {:>7.4}", self.recall, self.precision, self.cer)
    }
}

impl Score {
    pub(crate) fn mean(scores: impl ExactSizeIterator<Item = Self>) -> Self {
        let n = scores.len().max(1) as f64;
        scores.fold(Self::default(), |sum, score| Self {
            recall: sum.recall + score.recall / n,
            precision: sum.precision + score.precision / n,
            cer: sum.cer + score.cer / n,
        })
    }
}

/// Character by character, white space apart. `truth` is the transcript and
/// the words that may be found or not.
pub(crate) fn exact((text, optional): (&str, &str), found: &str) -> Score {
    score(&words(text), &words(optional), &words(found))
}

/// The same with tones in one place, dashes and quotes of one kind.
pub(crate) fn folded((text, optional): (&str, &str), found: &str) -> Score {
    let fold = |text: &str| words(text).iter().map(|word| fold_word(word)).collect();
    let (text, optional, found): (Vec<_>, Vec<_>, Vec<_>) =
        (fold(text), fold(optional), fold(found));
    score(&text, &optional, &found)
}

fn score(want: &[String], optional: &[String], have: &[String]) -> Score {
    let (wanted, found) = (counted(want), counted(have));
    let hits = common(&wanted, &found);
    let mut extra = found;
    for (word, n) in &wanted {
        if let Some(count) = extra.get_mut(word) {
            *count = count.saturating_sub(*n);
        }
    }
    let forgiven = common(&extra, &counted(optional));
    let (text, read) = (want.join(" "), have.join(" "));
    Score {
        recall: ratio(hits, want.len()),
        precision: ratio(hits, have.len() - forgiven),
        cer: ratio(distance(&text, &read), text.chars().count()),
    }
}

fn fold_word(word: &str) -> String {
    let letters = word.chars().map(|c| match c {
        '–' | '—' | '−' | '‐' => '-',
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        other => other,
    });
    let plain: String = letters.collect();
    let is_letter = |c: char| c.is_alphabetic();
    let core = plain.trim_matches(|c: char| !is_letter(c));
    if core.is_empty() || !core.chars().all(is_letter) {
        return plain;
    }
    let lower = fold_tone(&core.to_lowercase());
    let same = lower.chars().count() == core.chars().count();
    let cased = core.chars().zip(lower.chars()).map(|(was, is)| {
        if was.is_uppercase() { is.to_uppercase().next().unwrap_or(is) } else { is }
    });
    let cased: String = cased.collect();
    if same { plain.replacen(core, &cased, 1) } else { plain }
}

/// What became of the words that were changed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Changes {
    /// Changed into what stands there.
    right: usize,
    /// Of those, in diacritics only.
    right_marks: usize,
    /// Right before, wrong now.
    damaged: usize,
    /// Of those, in diacritics only.
    damaged_marks: usize,
    /// Wrong before and now.
    vain: usize,
}

impl Changes {
    /// Judges the changes that led to the text `found`.
    pub(crate) fn of(text: &str, found: &str, corrections: &[Correction]) -> Self {
        let (want, have) = (counted(&words(text)), counted(&words(found)));
        let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for change in corrections {
            *pairs.entry((&change.read, &change.written)).or_default() += 1;
        }
        let count = |counts: &BTreeMap<String, usize>, word: &str| {
            counts.get(word).copied().unwrap_or(0)
        };
        let mut sum = Self::default();
        for ((read, written), n) in pairs {
            let missing = count(&want, read).saturating_sub(count(&have, read));
            let extra = count(&have, written).saturating_sub(count(&want, written));
            let damaged = n.min(missing).min(extra);
            let vain = n.min(extra) - damaged;
            let right = n - damaged - vain;
            let marks = bare(read) == bare(written);
            sum = sum
                + Self {
                    right,
                    right_marks: if marks { right } else { 0 },
                    damaged,
                    damaged_marks: if marks { damaged } else { 0 },
                    vain,
                };
        }
        sum
    }
}

impl Add for Changes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            right_marks: self.right_marks + other.right_marks,
            damaged: self.damaged + other.damaged,
            damaged_marks: self.damaged_marks + other.damaged_marks,
            vain: self.vain + other.vain,
        }
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = 100.0 * ratio(self.damaged_marks, self.right_marks);
        write!(
            f,
            "{} right, {} damaged, {} in vain; in diacritics only {} right, {} damaged: \
             {share:.1} false per 100 repairs",
            self.right, self.damaged, self.vain, self.right_marks, self.damaged_marks
        )
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    text.split_whitespace().map(str::to_owned).collect()
}

fn counted(words: &[String]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.clone()).or_default() += 1;
    }
    counts
}

fn common(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> usize {
    a.iter().map(|(word, n)| *n.min(b.get(word).unwrap_or(&0))).sum()
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let best = (corner + usize::from(x != *y)).min(left + 1).min(*cell + 1);
            corner = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
