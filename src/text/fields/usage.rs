//! Words that are spelt right and are not meant: `tố chức` for `tổ chức`.
//!
//! A recogniser may be sure of the wrong tone. Where a word is never said beside
//! its neighbours, and one that differs from it in marks alone is said there
//! often, a person should look. Nothing is changed here: names of places are
//! seldom said too.

use crate::text::bigram::{self, Id, Pairs};
use crate::text::rescore::spellings_of;
use crate::text::syllable::fold_tone;
use crate::text::token::{Case, Kind, Token};

/// A pair seen so often is usual: `tổ chức`; not yet `dụng đối`, which would question
/// every `đúng đối tượng`.
const USUAL: f64 = 500.0;

/// Whether `text` holds a word that its neighbours do not go with and that would,
/// with other marks, go with one of them well.
pub(crate) fn is_unusual(text: &str) -> bool {
    let pairs = bigram::embedded();
    let words: Vec<Option<String>> = text.split_whitespace().flat_map(small).collect();
    (0..words.len()).any(|at| {
        let Some(Some(word)) = words.get(at) else { return false };
        let near = |at: Option<usize>| words.get(at?)?.as_deref();
        let (before, after) = (near(at.checked_sub(1)), near(at.checked_add(1)));
        said(pairs, before, word, after) <= 0.0
            && spellings_of(word)
                .any(|other| said(pairs, before, &fold_tone(other), after) >= USUAL)
    })
}

/// A spelling said this often beside a neighbour is meant where the other is never.
const MEANT: f64 = 5.0;

/// Which of two spellings, in lower case, stands between these neighbours, if only one
/// of them is ever said there.
pub(crate) fn usual(
    before: Option<&str>,
    spellings: [&str; 2],
    after: Option<&str>,
) -> Option<usize> {
    let pairs = bigram::embedded();
    let lower = |word: &str| fold_tone(&word.to_lowercase());
    let (before, after) = (before.map(lower), after.map(lower));
    let counts = spellings
        .map(|word| said(pairs, before.as_deref(), &lower(word), after.as_deref()));
    match counts {
        [own, other] if own >= MEANT && other <= 0.0 => Some(0),
        [own, other] if other >= MEANT && own <= 0.0 => Some(1),
        _ => None,
    }
}

/// How often `word` is said behind `before` or in front of `after`.
fn said(pairs: &Pairs, before: Option<&str>, word: &str, after: Option<&str>) -> f64 {
    let count = |first: Option<Id>, second: Option<Id>| {
        first.zip(second).map_or(0.0, |(first, second)| pairs.count(first, second))
    };
    let id = |word: &str| pairs.id(word);
    let (here, before) = (id(word), before.and_then(id));
    count(before, here).max(count(here, after.and_then(id)))
}

/// A syllable in small letters, folded, and a gap where a sign follows it; names
/// are no matter here.
fn small(word: &str) -> Vec<Option<String>> {
    let token = Token::of(word);
    let is_small = token.kind == Kind::Letters(Case::Lower);
    let gap = (!token.after.is_empty()).then_some(None);
    let syllable = is_small.then(|| token.folded()).flatten();
    std::iter::once(syllable).chain(gap).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_readings_the_one_that_is_said_there_is_meant() {
        assert_eq!(usual(Some("Họp"), ["bản", "bàn"], Some("về")), Some(1));
        assert_eq!(usual(Some("tổ"), ["chức", "chực"], None), Some(0));
        assert_eq!(usual(Some("tỉnh"), ["trường", "trương"], Some("hòa")), None);
    }

    #[test]
    fn a_tone_that_nobody_says_there_is_told() {
        assert!(is_unusual("phê duyệt Phương án tố chức Ngày hội đại đoàn kết"));
        assert!(!is_unusual("phê duyệt Phương án tổ chức Ngày hội đại đoàn kết"));
        // Names are seldom said, and a comma parts what stands beside it.
        assert!(!is_unusual("hộ dân tại thôn Láng Nhớt trên địa bàn tỉnh Hà Xuyên"));
        assert!(!is_unusual("giám sát việc chi trả, bảo đảm đúng đối tượng"));
    }
}
