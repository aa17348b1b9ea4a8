//! Words that cannot be, and words that are spelt right and are not meant: `tố chức`
//! for `tổ chức`.
//!
//! A recogniser may be sure of the wrong tone. Where a word is never said beside
//! its neighbours, and one that differs from it in marks alone is said there
//! often, a person should look. Nothing is changed here: names of places are
//! seldom said too.

use crate::text::bigram::{self, Id, Pairs};
use crate::text::fold::bare;
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
        let count = |other: &str| said(pairs, before, &fold_tone(other), after);
        // A word that no text has is questioned sooner.
        let usual = if pairs.id(word).is_none() { SEEN } else { USUAL };
        count(word) <= 0.0
            && (spellings_of(word).any(|other| count(other) >= usual)
                || swapped(word).iter().any(|other| count(other) >= OFTEN))
    })
}

/// A pair seen this often is said, though not everywhere: `hộ tịch`.
const OFTEN: f64 = 15.0;

/// What a syllable could be if one `o` of it were an `e` or the other way round, the
/// pair that small print confuses under a mark.
fn swapped(word: &str) -> Vec<&'static str> {
    let letters: Vec<char> = bare(word).chars().collect();
    let other = |letter: char| match letter {
        'o' => Some('e'),
        'e' => Some('o'),
        _ => None,
    };
    let at = letters.iter().enumerate().filter_map(|(at, l)| Some((at, other(*l)?)));
    at.flat_map(|(at, other)| {
        let mut letters = letters.clone();
        if let Some(letter) = letters.get_mut(at) {
            *letter = other;
        }
        spellings_of(&letters.iter().collect::<String>()).collect::<Vec<_>>()
    })
    .collect()
}

/// A pair seen less often than this may be a slip of the texts that were counted.
const SEEN: f64 = 1.5;

/// Which of two spellings, in lower case, is meant between these neighbours: the one
/// that goes with more of them.
pub(crate) fn usual(
    before: Option<&str>,
    spellings: [&str; 2],
    after: Option<&str>,
) -> Option<usize> {
    let pairs = bigram::embedded();
    let lower = |word: &str| fold_tone(&word.to_lowercase());
    let (before, after) = (before.map(lower), after.map(lower));
    let sides = spellings.map(|word| {
        let word = lower(word);
        let behind = said(pairs, before.as_deref(), &word, None);
        let ahead = said(pairs, None, &word, after.as_deref());
        [behind, ahead].into_iter().filter(|count| *count >= SEEN).count()
    });
    match sides {
        [own, other] if own > other => Some(0),
        [own, other] if other > own => Some(1),
        _ => None,
    }
}

/// `text` with each word that its neighbours do not go with as the one spelling that
/// they go with very often; `None` if there is no such word.
pub(crate) fn mended(text: &str) -> Option<String> {
    let pairs = bigram::embedded();
    let words: Vec<&str> = text.split(' ').collect();
    let plain: Vec<Option<String>> = words
        .iter()
        .map(|word| {
            // Nothing goes with what a sign stands before.
            match small(word).as_slice() {
                [one] => one.clone(),
                _ => None,
            }
        })
        .collect();
    let mut mended: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for (at, word) in plain.iter().enumerate() {
        let Some(word) = word else { continue };
        let near = |at: Option<usize>| plain.get(at?)?.as_deref();
        let (before, after) = (near(at.checked_sub(1)), near(at.checked_add(1)));
        if said(pairs, before, word, after) > 0.0 {
            continue;
        }
        let usual: Vec<&str> = spellings_of(word)
            .filter(|other| said(pairs, before, &fold_tone(other), after) >= USUAL)
            .collect();
        if let ([one], Some(place)) = (usual.as_slice(), mended.get_mut(at)) {
            (*one).clone_into(place);
        }
    }
    let mended = mended.join(" ");
    (mended != text).then_some(mended)
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

/// Signs that titles and names have.
const USUAL_SIGNS: &str = "-–—/.,;:()[]“”\"'’‘&%+*°…§²³!?«»";
/// `nghiêng`.
const LONGEST_SYLLABLE: usize = 7;

/// Whether a word cannot be one of Vietnamese: two tones, a letter twice beside
/// itself, or one that the alphabet lacks. Numbers and signs are no matter here.
pub(crate) fn is_no_syllable(word: &str) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    let is_tone =
        |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let is_sign = |c: char| !c.is_alphanumeric() && !USUAL_SIGNS.contains(c);
    if word.nfc().any(is_sign) || word.ends_with("m?") || is_broken_number(word) {
        return true;
    }
    let parts =
        word.split(|c: char| !c.is_alphabetic()).filter(|part| part.chars().count() > 1);
    for part in parts {
        let tones = part.nfd().filter(|c| is_tone(*c)).count();
        let foreign = part.nfd().any(|c| {
            let is_mark = is_tone(c) || matches!(c, '\u{302}' | '\u{306}' | '\u{31b}');
            !is_mark && !c.is_ascii_alphabetic() && !matches!(c, 'đ' | 'Đ')
        });
        // Tones aside: `uu` is none, and the `ưu` of `Lưu` is one.
        let toneless: String =
            part.to_lowercase().nfd().filter(|c| !is_tone(*c)).nfc().collect();
        let letters: Vec<char> = toneless.chars().collect();
        let twice = letters.windows(2).any(|pair| match pair {
            [a, b] => a == b && matches!(a, 'a' | 'e' | 'i' | 'u' | 'y'),
            _ => false,
        });
        let is_roman = part.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        // `toàmrdân`: two words in one.
        let is_long = letters.len() > LONGEST_SYLLABLE && !part.is_ascii();
        // `LÂMTÂY`: marks in two groups of vowels.
        let is_glued = marked_groups(part) > 1;
        // Abbreviations such as UBMTTQ have neither vowels nor tones to judge.
        if tones > 1 || is_glued || foreign || twice && !is_roman || is_long {
            return true;
        }
    }
    false
}

/// Whether a letter stands between two digits: `29I2025ITT-BTP`.
fn is_broken_number(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| match three {
        [a, b, c] => a.is_ascii_digit() && b.is_alphabetic() && c.is_ascii_digit(),
        _ => false,
    })
}

/// How many groups of vowels, parted by consonants, bear a mark.
fn marked_groups(part: &str) -> usize {
    use unicode_normalization::UnicodeNormalization as _;
    let is_vowel = |letter: char| {
        let base = letter.to_lowercase().nfd().next();
        base.is_some_and(|base| "aeiouy".contains(base))
    };
    let letters: Vec<char> = part.nfc().collect();
    let groups = letters.chunk_by(|a, b| is_vowel(*a) == is_vowel(*b));
    groups.filter(|group| group.iter().any(|l| is_vowel(*l) && !l.is_ascii())).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_readings_the_one_that_is_said_there_is_meant() {
        assert_eq!(usual(Some("Họp"), ["bản", "bàn"], Some("về")), Some(1));
        assert_eq!(usual(Some("tổ"), ["chức", "chực"], None), Some(0));
        assert_eq!(usual(Some("Họp"), ["bàn", "bản"], Some("về")), Some(0));
        assert_eq!(
            mended("phê duyệt Phương án tố chức Ngày hội").as_deref(),
            Some("phê duyệt Phương án tổ chức Ngày hội")
        );
        assert_eq!(mended("hộ dân tại thôn Láng Nhớt trên địa bàn"), None);
    }

    #[test]
    fn a_tone_that_nobody_says_there_is_told() {
        assert!(is_unusual("phê duyệt Phương án tố chức Ngày hội đại đoàn kết"));
        assert!(!is_unusual("phê duyệt Phương án tổ chức Ngày hội đại đoàn kết"));
        assert!(is_unusual("Cấp bản sao trích lục hệ tịch"));
        assert!(is_no_syllable("LÂMTÂY") && !is_no_syllable("NGUYỄN"));
        assert!(is_no_syllable("29I2025ITT-BTP") && !is_no_syllable("29/2025/TT-BTP"));
        assert!(is_no_syllable("m?") && !is_no_syllable("2025/QH15"));
        assert!(!is_unusual("Cấp bản sao trích lục hộ tịch"));
        // Names are seldom said, and a comma parts what stands beside it.
        assert!(!is_unusual("hộ dân tại thôn Láng Nhớt trên địa bàn tỉnh Hà Xuyên"));
        assert!(!is_unusual("giám sát việc chi trả, bảo đảm đúng đối tượng"));
    }
}
