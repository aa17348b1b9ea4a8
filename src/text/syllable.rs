//! Every syllable that Vietnamese spelling allows, made by rule.
//!
//! A written syllable is an onset, a rhyme and a tone. Which onsets go before
//! which rhymes is a matter of spelling (`k` before `e ê i y`, `c` before the
//! others); which tones a rhyme bears, of its end (only two before `c ch p t`);
//! where the tone is written, of its vowels. That gives some eighteen thousand
//! spellings, most of which no word uses: what is said is for
//! [`crate::text::bigram`] to know, this only tells a spelling from a slip.
//!
//! Both ways of placing a tone are made, `hòa` and `hoà`; [`fold_tone`] makes
//! them one.

use unicode_normalization::UnicodeNormalization as _;

/// Consonants a syllable may begin with, and none.
const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng",
    "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// What a syllable may end in, by its vowel; without tone.
const RHYMES: [&str; 22] = [
    "a ai ao au ay ac ach am an ang anh ap at",
    "ăc ăm ăn ăng ăp ăt",
    "âu ây âc âm ân âng âp ât",
    "e eo ec em en eng ep et",
    "ê êu êch êm ên ênh êp êt",
    "i ia iu ich im in inh ip it iêc iêm iên iêng iêp iêt iêu",
    "o oi oc om on ong op ot oong ooc",
    "oa oai oao oay oac oach oam oan oang oanh oap oat",
    "oăc oăm oăn oăng oăt",
    "oe oeo oem oen oet",
    "ô ôi ôc ôm ôn ông ôp ôt",
    "ơ ơi ơm ơn ơp ơt",
    "u ua ui uc um un ung up ut",
    "uôc uôi uôm uôn uông uôt",
    "uân uâng uât uây",
    "uê uêch uên uênh uêt uêu",
    "uơ",
    "uy uya uych uyn uynh uyt uyu uyp uyên uyêt",
    "ư ưa ưi ưu ưc ưm ưn ưng ưt",
    "ươi ươu ươc ươm ươn ương ươp ươt",
    "y ych yn ynh yp yt yêm yên yêng yêt yêu",
    "ôc",
];

/// The tones as combining marks: level, acute, grave, hook, tilde, dot.
const TONES: [&str; 6] = ["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"];

/// Every spelling, lower case, NFC, sorted, each once.
#[must_use]
pub fn spellings() -> Vec<String> {
    let mut all = Vec::new();
    for onset in ONSETS {
        for rhyme in RHYMES.iter().flat_map(|row| row.split(' ')) {
            if let Some((onset, rhyme)) = written(onset, rhyme) {
                with_tones(onset, rhyme, &mut all);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// How onset and rhyme are written together; `None` if they never are.
fn written<'a>(onset: &'a str, rhyme: &'a str) -> Option<(&'a str, &'a str)> {
    let first = rhyme.chars().next()?;
    let is_front = matches!(first, 'e' | 'ê' | 'i' | 'y');
    // Only behind the `u` of `qu` do `y` and a consonant follow: `quýnh`.
    if matches!(rhyme, "ych" | "yn" | "ynh" | "yp" | "yt") && onset != "qu" {
        return None;
    }
    let fits = match onset {
        "k" => is_front,
        "c" | "g" | "ng" => !is_front,
        "gh" | "ngh" => is_front && first != 'y',
        // The `u` of `qu` is the one of `uy`, `uê`, `uâ`, `uơ`, `oa`.
        "qu" => !matches!(first, 'u' | 'ư' | 'o') && (first != 'ô' || rhyme == "ôc"),
        // `gi` and `i` have one `i` together, which bears the tone of `gì` and
        // `gìn` and is no vowel in `giếng`.
        "gi" => {
            return match rhyme {
                "i" | "in" | "im" | "ip" | "it" => Some(("g", rhyme)),
                _ if rhyme.starts_with("iê") => Some((onset, rhyme.strip_prefix('i')?)),
                _ => (!matches!(first, 'i' | 'y')).then_some((onset, rhyme)),
            };
        }
        // `yê` stands where no consonant does, `iê` behind one.
        "" => !rhyme.starts_with("iê") || rhyme == "iêc",
        _ => true,
    };
    let begins_with_ye = rhyme.starts_with("yê") && !matches!(onset, "" | "qu");
    (fits && !begins_with_ye).then_some((onset, rhyme))
}

/// Adds `onset` and `rhyme` in every tone the rhyme bears.
fn with_tones(onset: &str, rhyme: &str, all: &mut Vec<String>) {
    let is_stopped = rhyme.ends_with(['c', 'p', 't']) || rhyme.ends_with("ch");
    let whole = |at: usize, tone: &str| -> String {
        let letters = rhyme.chars().enumerate().flat_map(|(i, letter)| {
            let mark = if i == at { tone } else { "" };
            std::iter::once(letter).chain(mark.chars())
        });
        onset.chars().chain(letters).nfc().collect()
    };
    for (index, tone) in TONES.iter().enumerate() {
        if is_stopped && !matches!(index, 1 | 5) {
            continue;
        }
        let at = bearer(rhyme);
        all.push(whole(at, tone));
        if has_two_places(rhyme) {
            all.push(whole(1 - at, tone));
        }
    }
}

/// Which letter of a rhyme bears the tone.
fn bearer(rhyme: &str) -> usize {
    let letters: Vec<char> = rhyme.chars().collect();
    let is_vowel = |c: &char| "aăâeêioôơuưy".contains(*c);
    let vowels = letters.iter().take_while(|c| is_vowel(c)).count();
    // A vowel with a mark of its own bears it, of two the second: `ươ`.
    if let Some(marked) = letters.iter().rposition(|c| "ăâêôơư".contains(*c)) {
        // `ưa` and `ưu` have the marked one first, and there it stays.
        return marked;
    }
    match (vowels, letters.len() > vowels) {
        (0 | 1, _) => 0,
        (_, true) => vowels - 1,
        (2, false) => 0,
        (_, false) => 1,
    }
}

/// Whether both vowels may bear the tone.
fn has_two_places(rhyme: &str) -> bool {
    matches!(rhyme, "oa" | "oe" | "uy")
}

/// The same syllable with its tone where the older spelling has it: `hoà`
/// becomes `hòa`, `thuý` `thúy`. Lower case in, lower case out.
#[must_use]
pub fn fold_tone(syllable: &str) -> String {
    let mut letters: Vec<char> = syllable.nfd().collect();
    if let [.., first, second, tone] = letters.as_slice()
        && TONES.iter().any(|t| t.chars().eq([*tone]))
        && has_two_places(&String::from_iter([first, second]))
        && !syllable.starts_with("qu")
    {
        let last = letters.len() - 1;
        letters.swap(last, last - 1);
    }
    letters.into_iter().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(syllable: &str) -> bool {
        let all = spellings();
        all.binary_search_by(|s| s.as_str().cmp(syllable)).is_ok()
    }

    #[test]
    fn what_people_write_can_be_spelt() {
        let text = "nghị quyết của ủy ban nhân dân tỉnh về giếng gìn giữ gì khuya \
            khuỷu quýnh quốc gia yêu yến oanh uyên thuở huơ nghiêng ngoằn ngoèo xoong \
            hoà hòa thuý thúy quý kỹ mỹ sỹ giặt giường rượu người ướt mứa mía \
            loắt choắt huỳnh quệch quạc ỷ lại tuýp iếc khuếch trương nguệch giỗ \
            thuế tuần chuẩn xuất khuây luỵ lũy hươu cừu bưởi chuối uống đương";
        let all = spellings();
        for word in text.split_whitespace() {
            assert!(all.binary_search_by(|s| s.as_str().cmp(word)).is_ok(), "{word}");
        }
    }

    #[test]
    fn slips_cannot() {
        for slip in ["cế", "kà", "ngê", "gà̀", "hoàc", "tàt", "qo", "giia", "đê̂", "nhân1"]
        {
            assert!(!has(slip), "{slip}");
        }
    }

    #[test]
    fn the_set_is_of_the_known_size_and_sorted() {
        let all = spellings();
        assert!((16_000..20_000).contains(&all.len()), "{}", all.len());
        assert!(all.is_sorted());
    }

    #[test]
    fn a_tone_has_one_place_when_folded() {
        for (one, other) in
            [("hoà", "hòa"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("quý", "quý")]
        {
            assert_eq!(fold_tone(one), other);
            assert_eq!(fold_tone(other), other);
        }
        assert_eq!(fold_tone("toán"), "toán");
        assert_eq!(fold_tone("oà"), "òa");
    }
}
