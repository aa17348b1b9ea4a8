//! Words that a document says more than once.
//!
//! A head is set in capitals, where recognisers lose accents most; the same
//! names stand in the text below in small letters. Where the words around it
//! are the same, accents aside, the spelling that most readings agree on is
//! meant. No dictionary takes part: a name nobody has heard of is mended by the
//! document's own other readings of it, and where those differ among
//! themselves, that is a doubt.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::fields::sheet::Sheet;
use crate::text::fields::{Field, Name};
use crate::text::fold::bare;
use crate::text::numbers::Doubt;

/// Everything said on the pages, word by word.
pub(crate) struct Said {
    words: Vec<(String, String, f32)>,
}

/// A reading weighs more than nothing however unsure.
const LEAST_WEIGHT: f32 = 10.0;

impl Said {
    /// All words of `sheets`, letters only, in lower case.
    pub(crate) fn on(sheets: &[(u32, Sheet)]) -> Self {
        let pieces = sheets.iter().flat_map(|(_, sheet)| {
            sheet.left.iter().chain(&sheet.right).chain(&sheet.body)
        });
        let words = pieces.flat_map(|piece| {
            // A line's end is no boundary: names are broken over two lines.
            piece.words.iter().map(|word| (plain(&word.text), word.confidence))
        });
        let words = words
            .filter(|(word, _)| !word.is_empty())
            .map(|(word, confidence)| (bare(&word), word, confidence.max(LEAST_WEIGHT)))
            .collect();
        Self { words }
    }

    /// The field with each word as most readings of it have it.
    pub(crate) fn settle(&self, field: &mut Field) {
        let settled = matches!(
            field.name,
            Name::OrganName | Name::Superior | Name::Subject | Name::Place
        );
        let Some(value) = field.value.clone().filter(|_| settled) else { return };
        let words: Vec<&str> = value.split(' ').collect();
        let folded: Vec<String> = words.iter().map(|word| bare(&plain(word))).collect();
        let mut mended: Vec<String> = Vec::new();
        let mut is_contested = false;
        for (at, word) in words.iter().enumerate() {
            let (spelt, contested) = self.spelling(word, &folded, at);
            mended.push(spelt);
            is_contested |= contested;
        }
        field.value = Some(mended.join(" "));
        if is_contested && field.name != Name::Place {
            field.doubts.push(Doubt::Contradicted);
        }
    }

    /// How the word at `at` is spelt, and whether its readings differ too much.
    fn spelling(&self, word: &str, folded: &[String], at: usize) -> (String, bool) {
        let own = plain(word);
        let is_word = own.chars().count() >= 2 && own.chars().all(char::is_alphabetic);
        if !is_word {
            return (word.to_owned(), false);
        }
        let votes = self.votes(folded, at);
        let own_key = key(&own);
        let weight = |key: &str| votes.get(key).map_or(0.0, |(weight, _)| *weight);
        let mine = weight(&own_key);
        if mine <= 0.0 {
            // It was mended by what is usual, and is no reading of this page.
            return (word.to_owned(), false);
        }
        let other = votes
            .iter()
            .filter(|(key, _)| **key != own_key)
            .max_by(|(_, (a, _)), (_, (b, _))| a.total_cmp(b));
        match other {
            Some((_, (theirs, spelt))) if *theirs > 1.5 * mine => {
                // Two readings against one may be wrong together; many are not.
                (recased(word, spelt), *theirs < 1.7 * mine)
            }
            Some((_, (theirs, _))) if *theirs > 0.6 * mine => (word.to_owned(), true),
            _ => (word.to_owned(), false),
        }
    }

    /// The spellings of the word at `at` wherever two of its neighbours stand
    /// beside it as well, with the weight of each.
    fn votes(&self, folded: &[String], at: usize) -> BTreeMap<String, (f32, String)> {
        let mut votes: BTreeMap<String, (f32, String)> = BTreeMap::new();
        let Some(sought) = folded.get(at) else { return votes };
        let near = |here: usize, step: isize| {
            let there = folded.get(at.checked_add_signed(step)?)?;
            let said = &self.words.get(here.checked_add_signed(step)?)?.0;
            (!there.is_empty() && there == said).then_some(())
        };
        for (here, (bare, spelt, weight)) in self.words.iter().enumerate() {
            if bare != sought {
                continue;
            }
            let close = [-2, -1, 1, 2].map(|step| near(here, step).is_some());
            let [before2, before, after, after2] = close;
            let is_left = before && before2;
            let is_right = after && after2;
            if before && after || is_left || is_right {
                let vote = votes.entry(key(spelt)).or_insert((0.0, spelt.clone()));
                vote.0 += weight;
            }
        }
        votes
    }
}

/// The letters of a word, signs at both ends gone, NFC and lower case.
fn plain(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.to_lowercase().nfc().collect()
}

/// The same for both places of a tone mark: `hoà` and `hòa`.
fn key(word: &str) -> String {
    let mut letters: Vec<char> = Vec::new();
    let mut tones = Vec::new();
    for letter in word.nfd() {
        match letter {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                tones.push(letter);
            }
            other => letters.push(other),
        }
    }
    letters.into_iter().chain(tones).collect()
}

/// `spelt` in the case of `word`, with the signs around it.
fn recased(word: &str, spelt: &str) -> String {
    let own = word.trim_matches(|c: char| !c.is_alphanumeric());
    let upper = own.chars().all(|c| !c.is_lowercase());
    let title = own.chars().next().is_some_and(char::is_uppercase);
    let mut letters = spelt.chars();
    let cased: String = if upper {
        spelt.to_uppercase()
    } else if title {
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    } else {
        spelt.to_owned()
    };
    word.replacen(own, &cased, 1)
}
