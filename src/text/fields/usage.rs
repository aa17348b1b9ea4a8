//! Words that cannot be, and words that are spelt right and are not meant: `tố chức`
//! for `tổ chức`.
//!
//! A recogniser may be sure of the wrong tone. Where a word is never said beside
//! its neighbours, and one that differs from it in marks alone is said there
//! often, a person should look. Nothing is changed here: names of places are
//! seldom said too.

use crate::text::bigram::{self, Id, Pairs};
use crate::text::fold::bare;
use crate::text::rescore::{could_be_syllable, is_syllable, spellings_of};
use crate::text::syllable::fold_tone;
use crate::text::token::{Case, Kind, Token};

/// A pair seen so often is usual: `tổ chức`; not yet `dụng đối`, which would question
/// every `đúng đối tượng`.
const USUAL: f64 = 500.0;

/// Whether `text` holds a word that its neighbours do not go with and that would,
/// with other marks, go with one of them well or with both.
pub(crate) fn is_unusual(text: &str) -> bool {
    let pairs = bigram::embedded();
    let words: Vec<Option<Said>> =
        text.split_whitespace().enumerate().flat_map(said_in).collect();
    (0..words.len()).any(|at| {
        let Some(Some(word)) = words.get(at) else { return false };
        let near = near(pairs, &words, at);
        let sides = |other: &str| sides(pairs, near, &fold_tone(other));
        let [behind, ahead] = sides(&word.syllable);
        // Hardly anything begins so, and the next word never follows.
        if at == 0
            && word.case == Case::Lower
            && near[1].is_some()
            && ahead <= 0.0
            && behind < OFTEN
        {
            return true;
        }
        if behind.max(ahead) > 0.0 {
            return false;
        }
        // Nothing begins with what is said neither at a beginning nor before the next.
        if at == 0 && word.case == Case::Lower && near[1].is_some() {
            return true;
        }
        // A word that no text has is questioned sooner, and a name only where both of
        // its neighbours go with the other.
        let usual = match word.is_name {
            true => f64::INFINITY,
            false if pairs.id(&word.syllable).is_none() => SEEN,
            false => USUAL,
        };
        spellings_of(&word.syllable).any(|other| {
            let sides = sides(other);
            most(sides) >= usual
                || is_between(sides)
                || !word.is_name && is_only(near, sides, ONE_SIDED)
        }) || !word.is_name
            && swapped(&word.syllable).iter().any(|other| most(sides(other)) >= OFTEN)
    })
}

/// Whether a word goes with both of its neighbours.
fn is_between(sides: [f64; 2]) -> bool {
    sides.iter().all(|side| *side >= SEEN)
}

/// Whether a word stands beside one other alone, a sign on its other side, and goes
/// with it this often.
fn is_only(near: [Option<Id>; 2], sides: [f64; 2], often: f64) -> bool {
    near.iter().flatten().count() == 1 && most(sides) >= often
}

/// The better of both sides.
fn most([behind, ahead]: [f64; 2]) -> f64 {
    behind.max(ahead)
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

/// A pair seen this often beside a sign makes one ask after what is never said there.
const ONE_SIDED: f64 = 3.0;

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
    let near = [before, after].map(|word| pairs.id(&lower(word?)));
    let sides = spellings.map(|word| {
        let sides = sides(pairs, near, &lower(word));
        sides.into_iter().filter(|count| *count >= SEEN).count()
    });
    match sides {
        [own, other] if own > other => Some(0),
        [own, other] if other > own => Some(1),
        _ => None,
    }
}

/// `text` with each word that its neighbours do not go with as the one spelling that
/// one of them goes with very often, or both do; `None` if there is no such word.
pub(crate) fn mended(text: &str) -> Option<String> {
    let pairs = bigram::embedded();
    let words: Vec<&str> = text.split(' ').collect();
    let plain: Vec<Option<Said>> = words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            // Nothing goes with what a sign stands before.
            let mut said = said_in((at, word));
            let one = said.pop().filter(|_| said.is_empty());
            one.flatten().filter(|said| !said.is_name)
        })
        .collect();
    let mut mended: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    for (at, said) in plain.iter().enumerate() {
        let Some(said) = said else { continue };
        let near = near(pairs, &plain, at);
        let sides = |word: &str| sides(pairs, near, &fold_tone(word));
        if most(sides(&said.syllable)) > 0.0 {
            continue;
        }
        let usual: Vec<&str> = spellings_of(&said.syllable)
            .filter(|other| {
                let sides = sides(other);
                most(sides) >= USUAL || is_between(sides) || is_only(near, sides, OFTEN)
            })
            .collect();
        if let ([one], Some(place)) = (usual.as_slice(), mended.get_mut(at)) {
            let Token { before, after, .. } = Token::of(words.get(at).unwrap_or(&""));
            *place = format!("{before}{}{after}", said.case.apply(one));
        }
    }
    let mended = mended.join(" ");
    (mended != text).then_some(mended)
}

/// What stands before and behind the word at `at`; a text begins as a sentence does.
fn near(pairs: &Pairs, words: &[Option<Said>], at: usize) -> [Option<Id>; 2] {
    let id = |at: usize| pairs.id(&words.get(at)?.as_ref()?.syllable);
    let before = at.checked_sub(1).map_or(Some(bigram::BEGIN), id);
    [before, id(at + 1)]
}

/// How often `word` is said behind the one before, and in front of the one after.
fn sides(pairs: &Pairs, [before, after]: [Option<Id>; 2], word: &str) -> [f64; 2] {
    let count = |first: Option<Id>, second: Option<Id>| {
        first.zip(second).map_or(0.0, |(first, second)| pairs.count(first, second))
    };
    let here = pairs.id(word);
    [count(before, here), count(here, after)]
}

/// A word of a text that is asked after.
struct Said {
    /// In small letters, folded.
    syllable: String,
    case: Case,
    /// Whether it may be a name: it has a capital and does not begin the text.
    is_name: bool,
}

/// The syllable a word is, the `at`th of its text, and a gap where a sign follows it.
fn said_in((at, word): (usize, &str)) -> Vec<Option<Said>> {
    let token = Token::of(word);
    let case = match token.kind {
        Kind::Letters(case @ (Case::Lower | Case::Title)) => Some(case),
        Kind::Letters(Case::Upper)
        | Kind::Number
        | Kind::Roman
        | Kind::Code
        | Kind::Marks => None,
    };
    let gap = (!token.after.is_empty()).then_some(None);
    let said = case.zip(token.folded()).map(|(case, syllable)| Said {
        syllable,
        case,
        is_name: case == Case::Title && at > 0,
    });
    std::iter::once(said).chain(gap).collect()
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
        if is_no_word(part) {
            return true;
        }
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

/// Small letters without a vowel that are units.
const UNITS: [&str; 10] = ["km", "kg", "mm", "cm", "dm", "ml", "mg", "hl", "kv", "kw"];

/// Whether letters can be neither a word nor an abbreviation: small ones without a
/// vowel (`th`), a capital behind a small first one (`sAo`), marks that go together
/// in no syllable (`Bàư`), or small ones with marks that are none (`tpàn`).
fn is_no_word(part: &str) -> bool {
    let is_small = part.chars().all(char::is_lowercase);
    let has_vowel = bare(part).contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let is_mixed = part.starts_with(char::is_lowercase)
        && part.chars().count() > 2
        && part.contains(char::is_uppercase)
        && part.chars().any(char::is_lowercase)
        && has_vowel;
    let lower = part.to_lowercase();
    let is_broken = !part.is_ascii()
        && (is_small || could_be_syllable(&bare(part)))
        && !is_syllable(&lower)
        && !is_abbreviation(part);
    is_small && !has_vowel && !UNITS.contains(&part) || is_mixed || is_broken
}

/// Whether letters are capitals throughout, as in `QĐ`.
fn is_abbreviation(part: &str) -> bool {
    part.chars().all(char::is_uppercase)
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
    fn marks_around_a_word_that_is_mended_stay() {
        assert_eq!(
            mended("phê duyệt Phương án “tố chức Ngày hội”").as_deref(),
            Some("phê duyệt Phương án “tổ chức Ngày hội”")
        );
        assert_eq!(
            mended("Ngày hội (tố chức hằng năm)").as_deref(),
            Some("Ngày hội (tổ chức hằng năm)")
        );
    }

    #[test]
    fn what_goes_with_both_neighbours_is_meant() {
        assert_eq!(
            mended("47 hộ dân tại tố dân phố số 5").as_deref(),
            Some("47 hộ dân tại tổ dân phố số 5")
        );
        assert_eq!(
            mended("Kiếm tra việc số hóa hồ sơ").as_deref(),
            Some("Kiểm tra việc số hóa hồ sơ")
        );
        // What has a capital may be a name, and is asked after only.
        assert!(is_unusual("về kiện toàn Bạn Chỉ huy phòng thủ dân sự"));
        assert!(!is_unusual("về kiện toàn Ban Chỉ huy phòng thủ dân sự"));
        assert_eq!(
            mended("lấy ý kiến về sắp xếp thôn, tố dân phố").as_deref(),
            Some("lấy ý kiến về sắp xếp thôn, tổ dân phố")
        );
        assert!(!is_unusual("đề nghị cấp giấy chứng nhận tại thôn Đồng Ké, xã An Bình"));
        assert!(!is_unusual("hệ thống chiếu sáng đường Phan Chu Trinh, phường An Hòa"));
        assert_eq!(mended("về kiện toàn Bạn Chỉ huy phòng thủ dân sự"), None);
    }

    #[test]
    fn a_tone_that_nobody_says_there_is_told() {
        assert!(is_unusual("phê duyệt Phương án tố chức Ngày hội đại đoàn kết"));
        assert!(!is_unusual("phê duyệt Phương án tổ chức Ngày hội đại đoàn kết"));
        assert!(is_unusual("Cấp bản sao trích lục hệ tịch"));
        assert!(is_no_syllable("LÂMTÂY") && !is_no_syllable("NGUYỄN"));
        assert!(is_no_syllable("29I2025ITT-BTP") && !is_no_syllable("29/2025/TT-BTP"));
        assert!(is_no_syllable("m?") && !is_no_syllable("2025/QH15"));
        for odd in ["th", "sAo", "Bàư", "xã/Bàư", "an;tpàn"] {
            assert!(is_no_syllable(odd), "{odd}");
        }
        let sound = "km TTg 08-CTr/TU QĐ-UBND Đắk Krông Bàu kWh uỷ hoà thuỷ quý khuếch";
        for sound in sound.split(' ') {
            assert!(!is_no_syllable(sound), "{sound}");
        }
        assert!(!is_unusual("Cấp bản sao trích lục hộ tịch"));
        assert!(is_unusual("mi toàn Ban Chỉ huy phòng thủ dân sự"));
        assert!(!is_unusual("kiện toàn Ban Chỉ huy phòng thủ dân sự"));
        // Names are seldom said, and a comma parts what stands beside it.
        assert!(!is_unusual("hộ dân tại thôn Láng Nhớt trên địa bàn tỉnh Hà Xuyên"));
        assert!(!is_unusual("giám sát việc chi trả, bảo đảm đúng đối tượng"));
    }
}
