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
use crate::text::fields::{Field, Name, bodies, usage};
use crate::text::fold::bare;
use crate::text::numbers::Doubt;

/// Everything said on the pages, word by word.
pub(crate) struct Said {
    words: Vec<Spoken>,
}

/// A word as it was read somewhere.
struct Spoken {
    /// Without diacritics.
    bare: String,
    /// Letters only, lower case.
    spelt: String,
    /// How much its reading weighs.
    weight: f32,
    /// Whether it is set in capitals.
    is_capitals: bool,
}

/// The readings of one word that have one spelling.
#[derive(Clone, Debug, Default)]
struct Vote {
    /// Of readings in small letters, and in capitals.
    weight: [f32; 2],
    spelt: String,
    /// Whether a reading in small letters is a good one.
    is_well_read: bool,
}

/// A reading weighs more than nothing however unsure.
const LEAST_WEIGHT: f32 = 10.0;
/// What a reading in capitals weighs against one in small letters that has a mark
/// more: capitals lose marks.
const LOST_MARK: f32 = 0.4;
/// A reading in small letters with this much confirms another.
const WELL_READ: f32 = 80.0;

impl Said {
    /// All words of `sheets`, letters only, in lower case.
    pub(crate) fn on(sheets: &[(u32, Sheet)]) -> Self {
        let pieces = sheets.iter().flat_map(|(_, sheet)| {
            sheet.left.iter().chain(&sheet.right).chain(&sheet.body)
        });
        let words = pieces.flat_map(|piece| {
            // A line's end is no boundary: names are broken over two lines.
            piece
                .words
                .iter()
                .map(|word| (plain(&word.text), word.confidence, is_capitals(&word.text)))
        });
        let words = words
            .filter(|(word, ..)| !word.is_empty())
            .map(|(spelt, confidence, is_capitals)| Spoken {
                bare: bare(&spelt),
                spelt,
                weight: confidence.max(LEAST_WEIGHT),
                is_capitals,
            })
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
        let known = bodies::known(&words);
        let mut mended: Vec<String> = Vec::new();
        let (mut is_contested, mut is_confirmed) = (false, true);
        for (at, is_known) in known.into_iter().enumerate() {
            let found = self.spelling(&words, &folded, at, is_known);
            mended.push(found.spelt);
            is_contested |= found.is_contested;
            is_confirmed &= found.is_confirmed;
        }
        let mended = mended.join(" ");
        let is_body = matches!(field.name, Name::OrganName | Name::Superior);
        let province =
            (field.name == Name::Place).then(|| bodies::province(&mended)).flatten();
        let mended = if is_body { bodies::spelt(&mended) } else { mended };
        field.value = Some(province.unwrap_or(mended));
        if is_contested && field.name != Name::Place {
            field.doubts.push(Doubt::Contradicted);
        } else if is_confirmed {
            // What the text below says as well was read well enough.
            field.doubts.retain(|doubt| *doubt != Doubt::Unsure);
        }
    }

    /// How the word at `at` is spelt, and what its other readings say of that.
    fn spelling(
        &self,
        words: &[&str],
        folded: &[String],
        at: usize,
        is_usual: bool,
    ) -> Spelling {
        let word = words.get(at).copied().unwrap_or_default();
        let own = plain(word);
        let kept = |is_contested: bool, is_confirmed: bool| Spelling {
            spelt: word.to_owned(),
            is_contested,
            is_confirmed,
        };
        let is_word = own.chars().count() >= 2 && own.chars().all(char::is_alphabetic);
        if !is_word {
            return kept(false, true);
        }
        let votes = self.votes(folded, at);
        let own_key = key(&own);
        let Some(mine) = votes.get(&own_key) else {
            // It was mended by what is usual, and is no reading of this page.
            return kept(false, is_usual);
        };
        let weight = |vote: &Vote, against: &Vote| {
            let [small, capitals] = vote.weight;
            let has_lost = marks(&vote.spelt) < marks(&against.spelt);
            small + capitals * if has_lost { LOST_MARK } else { 1.0 }
        };
        let others = votes.iter().filter(|(key, _)| **key != own_key);
        let other = others.map(|(_, vote)| vote).max_by(|a, b| {
            let sum = |vote: &Vote| vote.weight.iter().sum::<f32>();
            sum(a).total_cmp(&sum(b))
        });
        let is_confirmed = is_usual || mine.is_well_read;
        let Some(other) = other else { return kept(false, is_confirmed) };
        let (theirs, mine) = (weight(other, mine), weight(mine, other));
        let (spelt, is_confirmed_there) =
            (recased(word, &other.spelt), is_usual || other.is_well_read);
        let changed = |is_contested: bool| Spelling {
            spelt: spelt.clone(),
            is_contested,
            is_confirmed: is_confirmed_there,
        };
        if theirs > 0.6 * mine && theirs < 1.7 * mine {
            // Neither has the most readings: what is said beside its neighbours is meant.
            let near = |step: isize| {
                at.checked_add_signed(step).and_then(|at| words.get(at)).copied()
            };
            // Names are seldom said, and so are tried by readings alone.
            let may_be_name = at > 0 && word.starts_with(char::is_uppercase);
            let spellings = [own.as_str(), other.spelt.as_str()];
            let meant = usage::usual(near(-1), spellings, near(1));
            return match meant.filter(|_| !may_be_name) {
                Some(0) => kept(false, is_confirmed),
                Some(_) => changed(false),
                // Two readings against one may be wrong together.
                None if theirs > 1.5 * mine => changed(true),
                None => kept(true, is_confirmed),
            };
        }
        if theirs > mine { changed(false) } else { kept(false, is_confirmed) }
    }

    /// The spellings of the word at `at` wherever two of its neighbours stand
    /// beside it as well, with what speaks for each.
    fn votes(&self, folded: &[String], at: usize) -> BTreeMap<String, Vote> {
        let mut votes: BTreeMap<String, Vote> = BTreeMap::new();
        let Some(sought) = folded.get(at) else { return votes };
        let near = |here: usize, step: isize| {
            let there = folded.get(at.checked_add_signed(step)?)?;
            let said = &self.words.get(here.checked_add_signed(step)?)?.bare;
            (!there.is_empty() && there == said).then_some(())
        };
        for (here, spoken) in self.words.iter().enumerate() {
            if spoken.bare != *sought {
                continue;
            }
            let close = [-2, -1, 1, 2].map(|step| near(here, step).is_some());
            let [before2, before, after, after2] = close;
            let is_left = before && before2;
            let is_right = after && after2;
            if before && after || is_left || is_right {
                let vote = votes.entry(key(&spoken.spelt)).or_default();
                vote.spelt.clone_from(&spoken.spelt);
                let [small, capitals] = &mut vote.weight;
                *(if spoken.is_capitals { capitals } else { small }) += spoken.weight;
                vote.is_well_read |= !spoken.is_capitals && spoken.weight >= WELL_READ;
            }
        }
        votes
    }
}

/// What becomes of a word.
struct Spelling {
    spelt: String,
    /// Whether its readings differ too much.
    is_contested: bool,
    /// Whether it is usual, or was read well in small letters too.
    is_confirmed: bool,
}

/// Whether a word is set in capitals.
fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.all(char::is_uppercase)
}

/// How many marks a spelling has.
fn marks(spelt: &str) -> usize {
    spelt.nfd().filter(|c| !c.is_alphanumeric()).count()
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
