//! Which spellings there are: all the rules allow, by what they are without
//! diacritics.

use std::sync::LazyLock;

use crate::text::fold::bare;
use crate::text::syllable;

/// The spellings by what they are without diacritics.
pub(crate) struct Speller {
    /// Bare form and spelling, sorted.
    by_bare: Vec<(String, String)>,
    /// Sorted.
    all: Vec<String>,
}

pub(crate) fn speller() -> &'static Speller {
    static SPELLER: LazyLock<Speller> = LazyLock::new(|| {
        let all = syllable::spellings();
        let mut by_bare: Vec<(String, String)> =
            all.iter().map(|spelling| (bare(spelling), spelling.clone())).collect();
        by_bare.sort_unstable();
        Speller { by_bare, all }
    });
    &SPELLER
}

impl Speller {
    pub(crate) fn is_syllable(&self, spelling: &str) -> bool {
        self.all.binary_search_by(|s| s.as_str().cmp(spelling)).is_ok()
    }

    /// The spellings with the bare form `bare`.
    pub(crate) fn spellings<'a>(
        &'a self,
        bare: &'a str,
    ) -> impl Iterator<Item = &'a str> {
        let from = self.by_bare.partition_point(|(b, _)| b.as_str() < bare);
        let rest = self.by_bare.get(from..).unwrap_or_default();
        rest.iter().take_while(move |(b, _)| b == bare).map(|(_, s)| s.as_str())
    }
}

/// Whether the rules of spelling allow `syllable`, in lower case.
#[must_use]
pub fn is_syllable(syllable: &str) -> bool {
    speller().is_syllable(syllable)
}

/// The spellings that differ from `syllable` in marks alone, itself besides.
pub fn spellings_of(syllable: &str) -> impl Iterator<Item = &'static str> {
    let bare = bare(syllable);
    let (speller, start) = (speller(), bare.clone());
    let from = speller.by_bare.partition_point(|(b, _)| *b < start);
    let rest = speller.by_bare.get(from..).unwrap_or_default();
    rest.iter().take_while(move |(b, _)| *b == bare).map(|(_, s)| s.as_str())
}

/// Whether letters without diacritics could be those of a syllable.
#[must_use]
pub fn could_be_syllable(bare: &str) -> bool {
    speller().spellings(bare).next().is_some()
}
