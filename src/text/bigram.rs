//! Which syllables follow each other in administrative Vietnamese.
//!
//! One table of pairs, counted by `examples/count_words.rs` and embedded. Its
//! words are syllables in lower case with folded tones
//! ([`crate::text::syllable::fold_tone`]) and three that stand for more: the
//! beginning of a sentence, a number, and anything else.
//!
//! In the file everything is deflated: the words, sorted, one a line; a byte
//! for how often each occurs; then for each word its followers, as differences
//! of their numbers, each with a byte for how often. Counts are kept to a
//! sixth of a natural logarithm.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::sync::LazyLock;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// The number of a word in the table.
pub type Id = u16;

/// The beginning of a sentence or of a paragraph.
pub const BEGIN: Id = 0;
/// A number.
pub const NUMBER: Id = 1;
/// Anything that is neither a syllable nor a number.
pub const OTHER: Id = 2;
/// How the three are written in the table.
const SPECIAL: [&str; 3] = ["\u{1}begin", "\u{2}number", "\u{3}other"];

/// The most bytes the table unfolds to: a broken file must not fill memory.
const MOST_BYTES: u64 = 4 << 20;
/// Taken off each count for what was never seen (absolute discounting).
const DISCOUNT: f64 = 0.6;
/// Steps of a count a unit of the natural logarithm.
const STEPS: f64 = 6.0;

/// How often words and pairs of words occur.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// Sorted.
    words: Vec<String>,
    counts: Vec<f64>,
    /// By first word, sorted by second.
    followers: Vec<Vec<(Id, f64)>>,
    total: f64,
}

/// The table that comes with the program.
#[must_use]
pub fn embedded() -> &'static Pairs {
    static TABLE: LazyLock<Pairs> = LazyLock::new(|| {
        // A table that cannot be read is empty, and then nothing is changed;
        // a test reads it.
        Pairs::decode(include_bytes!("words/pairs.bin")).unwrap_or_default()
    });
    &TABLE
}

impl Pairs {
    /// The number of a folded syllable, if it was ever seen.
    #[must_use]
    pub fn id(&self, syllable: &str) -> Option<Id> {
        let at = self.words.binary_search_by(|word| word.as_str().cmp(syllable)).ok()?;
        Id::try_from(at).ok().filter(|id| *id > OTHER)
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words seen, without the three special ones.
    #[must_use]
    pub fn syllables(&self) -> &[String] {
        self.words.get(SPECIAL.len()..).unwrap_or_default()
    }

    /// How often a word was seen; 1 for one that is only known to be in use.
    #[must_use]
    pub fn seen(&self, id: Id) -> f64 {
        self.counts.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// How often `second` follows `first`.
    #[must_use]
    pub fn count(&self, first: Id, second: Id) -> f64 {
        let Some(followers) = self.followers.get(usize::from(first)) else { return 0.0 };
        let at = followers.binary_search_by_key(&second, |(id, _)| *id);
        at.ok().and_then(|at| followers.get(at)).map_or(0.0, |(_, count)| *count)
    }

    /// The natural logarithm of the chance that `second` follows `first`;
    /// `None` is a syllable never seen.
    #[must_use]
    pub fn log_chance(&self, first: Option<Id>, second: Option<Id>) -> f64 {
        let count =
            |id: Id| self.counts.get(usize::from(id)).copied().unwrap_or_default();
        // Half an occurrence more for what is a word, hardly any for a spelling.
        let seen = second.map_or(0.02, |id| count(id) + 0.5);
        let alone = seen / (self.total + 4000.0);
        let Some(first) = first else { return alone.ln() };
        let of_first = count(first) + 2.0;
        let kinds = self.followers.get(usize::from(first)).map_or(0, Vec::len);
        let pair = second.map_or(0.0, |second| self.count(first, second));
        let kinds = u32::try_from(kinds).unwrap_or(u32::MAX);
        let rest = (DISCOUNT.mul_add(f64::from(kinds), 2.0) / of_first).min(1.0);
        ((pair - DISCOUNT).max(0.0) / of_first + rest * alone).ln()
    }

    /// Reads a table.
    ///
    /// # Errors
    ///
    /// When the bytes are not one.
    pub fn decode(bytes: &[u8]) -> io::Result<Self> {
        let mut plain = Vec::new();
        ZlibDecoder::new(bytes).take(MOST_BYTES).read_to_end(&mut plain)?;
        let mut rest = Bytes(&plain);
        let words = rest.words()?;
        let mut counts = Vec::with_capacity(words.len());
        for _ in &words {
            counts.push(unquantised(rest.byte()?));
        }
        let mut followers = Vec::with_capacity(words.len());
        for _ in &words {
            let many = rest.number()?;
            let mut of_one = Vec::new();
            let mut second = 0;
            for _ in 0..many {
                second += rest.number()?;
                let id = Id::try_from(second).map_err(|_far| broken())?;
                of_one.push((id, unquantised(rest.byte()?)));
            }
            followers.push(of_one);
        }
        let total = counts.iter().sum();
        Ok(Self { words, counts, followers, total })
    }
}

/// Counts words and pairs.
#[derive(Clone, Debug, Default)]
pub struct Counter {
    words: BTreeMap<String, u32>,
    pairs: BTreeMap<(String, String), u32>,
    last: Option<String>,
}

impl Counter {
    /// A sentence begins.
    pub fn begin(&mut self) {
        let [begin, ..] = SPECIAL;
        if self.last.as_deref() != Some(begin) {
            *self.words.entry(begin.to_owned()).or_default() += 1;
            self.last = Some(begin.to_owned());
        }
    }

    /// A number follows.
    pub fn number(&mut self) {
        let [_, number, _] = SPECIAL;
        self.next(number.to_owned(), 1);
    }

    /// Something else follows.
    pub fn other(&mut self) {
        let [_, _, other] = SPECIAL;
        self.next(other.to_owned(), 1);
    }

    /// A folded syllable follows.
    pub fn syllable(&mut self, syllable: &str) {
        self.next(syllable.to_owned(), 1);
    }

    /// `second` follows `first` `times` more.
    pub fn pair(&mut self, first: &str, second: &str, times: u32) {
        self.last = Some(first.to_owned());
        *self.words.entry(first.to_owned()).or_default() += times;
        self.next(second.to_owned(), times);
        self.last = None;
    }

    /// A folded syllable is in use, if it was seen or not.
    pub fn in_use(&mut self, syllable: &str) {
        self.words.entry(syllable.to_owned()).or_default();
    }

    /// How often a syllable was seen.
    #[must_use]
    pub fn seen(&self, syllable: &str) -> u32 {
        self.words.get(syllable).copied().unwrap_or(0)
    }

    fn next(&mut self, word: String, times: u32) {
        *self.words.entry(word.clone()).or_default() += times;
        if let Some(last) = self.last.replace(word.clone()) {
            *self.pairs.entry((last, word)).or_default() += times;
        }
    }

    /// The table, with pairs seen at least `least` times.
    ///
    /// # Errors
    ///
    /// When there are too many words, or memory is out.
    pub fn encode(&self, least: u32) -> io::Result<Vec<u8>> {
        let mut words: BTreeMap<&str, u32> =
            self.words.iter().map(|(word, n)| (word.as_str(), *n)).collect();
        for special in SPECIAL {
            words.entry(special).or_insert(1);
        }
        let numbers: BTreeMap<&str, u64> = words.keys().copied().zip(0..).collect();
        Id::try_from(numbers.len()).map_err(|_many| broken())?;
        let mut plain = words.keys().copied().collect::<Vec<_>>().join("\n").into_bytes();
        plain.push(0);
        plain.extend(words.values().map(|n| quantised(*n)));
        for word in words.keys() {
            let from = ((*word).to_owned(), String::new());
            let of_one = self.pairs.range(from..).take_while(|((a, _), _)| a == word);
            let kept: Vec<(u64, u32)> = of_one
                .filter(|(_, n)| **n >= least)
                .filter_map(|((_, b), n)| Some((*numbers.get(b.as_str())?, *n)))
                .collect();
            varint(&mut plain, kept.len() as u64);
            let mut last = 0;
            for (second, n) in kept {
                varint(&mut plain, second - last);
                plain.push(quantised(n));
                last = second;
            }
        }
        let mut deflated = ZlibEncoder::new(Vec::new(), Compression::best());
        deflated.write_all(&plain)?;
        deflated.finish()
    }
}

/// A count in a byte.
fn quantised(count: u32) -> u8 {
    let steps = (f64::from(count.max(1)).ln() * STEPS).round();
    (0..=u8::MAX).rfind(|byte| f64::from(*byte) <= steps).unwrap_or(0)
}

/// The count a byte stands for.
fn unquantised(byte: u8) -> f64 {
    (f64::from(byte) / STEPS).exp()
}

/// Appends a number, seven bits a byte, the least first.
fn varint(to: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7F).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            to.push(low);
            return;
        }
        to.push(low | 0x80);
    }
}

fn broken() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

/// What is left of a table.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> io::Result<u8> {
        let (first, rest) = self.0.split_first().ok_or_else(broken)?;
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> io::Result<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(broken())
    }

    fn words(&mut self) -> io::Result<Vec<String>> {
        let end = self.0.iter().position(|byte| *byte == 0).ok_or_else(broken)?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.split_first().ok_or_else(broken)?.1;
        let text = std::str::from_utf8(text).map_err(|_bytes| broken())?;
        Ok(text.split('\n').map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Pairs {
        let mut counter = Counter::default();
        counter.begin();
        text.split(' ').for_each(|word| counter.syllable(word));
        Pairs::decode(&counter.encode(1).unwrap()).unwrap()
    }

    #[test]
    fn a_table_comes_back_with_its_counts_nearly_exact() {
        let table = table("hà nội hà nội hà nam hà nội hà nội hà");
        let [ha, noi, nam] = ["hà", "nội", "nam"].map(|word| table.id(word).unwrap());
        assert!((table.count(ha, noi) - 4.0).abs() < 0.25);
        assert!((table.count(ha, nam) - 1.0).abs() < 1e-9);
        assert!(table.count(nam, noi).abs() < 1e-9);
        assert_eq!(table.id("huế"), None);
    }

    #[test]
    fn what_was_seen_is_likelier_than_what_was_not() {
        let table = table("hà nội hà nội hà nam an giang");
        let [ha, noi, giang] = ["hà", "nội", "giang"].map(|word| table.id(word));
        assert!(table.log_chance(ha, noi) > table.log_chance(ha, giang));
        assert!(table.log_chance(ha, giang) > table.log_chance(ha, None));
    }

    #[test]
    fn the_embedded_table_is_whole_and_small() {
        assert!(include_bytes!("words/pairs.bin").len() <= 150_000);
        let table = embedded();
        let [uy, ban] = ["ủy", "ban"].map(|word| table.id(word).unwrap());
        assert!(table.count(uy, ban) > 100.0);
        assert!(table.syllables().len() > 2500);
    }

    #[test]
    fn a_broken_table_is_refused() {
        let mut whole = Counter::default();
        whole.pair("hà", "nội", 3);
        let bytes = whole.encode(1).unwrap();
        assert!(Pairs::decode(&bytes[..bytes.len() / 2]).is_err());
        assert!(Pairs::decode(b"").is_err());
    }
}
