//! Whether a paper is held already, though perhaps not by the same bytes.
//!
//! A scan of a paper that was filed before is another file each time. So besides
//! the bytes it is asked whether a document with the same number and issuer is
//! there, and one that says nearly the same. Forms differ in little but the names
//! and numbers that were filled in; that is why numbers must agree on their own.
//! The answer is an offer to a person and never acted upon unasked.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::archive::catalogue::Held;
use crate::archive::code::Code;
use crate::archive::dossier::{Document, Dossier, SourceInfo};
use crate::archive::error::ArchiveError;
use crate::archive::find::Filter;
use crate::archive::query::Query;
use crate::archive::{Archive, recover};
use crate::digest::Digest;
use crate::text::keys::{Tier, nfc, words};
use crate::time::Timestamp;

/// Papers with fewer words say too little to be told apart.
const LEAST_WORDS: usize = 20;
/// Places of a text that are looked for in others.
const PROBES: usize = 6;
/// Words of a probe, which must stand together.
const PROBE_WORDS: usize = 3;
/// Pages looked at for each probe.
const PAGES_OF_PROBE: usize = 20;
/// Documents whose whole text is compared.
const CANDIDATES: usize = 8;
/// Documents with a number that are looked at.
const NUMBERED: usize = 50;
/// The share of words that two scans of one paper have in common …
const WORDS_ALIKE: f64 = 0.9;
/// … and of words with digits in them.
const NUMBERS_ALIKE: f64 = 0.8;

/// A paper that may be held already.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// What its file hashes to.
    pub sha256: &'a Digest,
    /// Its fields, by their names in Phụ lục VI.
    pub fields: &'a Map<String, Value>,
    /// What it says.
    pub text: &'a str,
}

/// Why two papers are taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The same bytes.
    Bytes,
    /// The same number and notation of the same issuer.
    Number,
    /// Nearly the same text.
    Text,
}

/// A paper that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// Where.
    pub held: Held,
    /// Why it is taken for the same.
    pub why: Why,
    /// What its file hashes to.
    pub sha256: Digest,
}

/// A paper of a dossier that was not taken in anew, because another dossier
/// holds it (tái sử dụng).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reused {
    /// The dossier that holds it.
    pub dossier: Code,
    /// Its file there, relative to that dossier.
    pub file: String,
    /// What that file hashes to.
    pub sha256: Digest,
    /// Why it was taken for the same paper.
    pub why: Why,
    /// The file that was given in and not kept.
    pub source: SourceInfo,
    /// When.
    pub at: Timestamp,
}

impl Archive {
    /// The documents that are this paper, the surest first, at most one for each
    /// dossier and file.
    ///
    /// # Errors
    ///
    /// When the catalogue or a record cannot be read.
    pub fn same(&self, paper: &Paper<'_>) -> Result<Vec<Same>, ArchiveError> {
        let same = || {
            let mut found = Found::default();
            for held in self.parts(paper.sha256)? {
                let record = self.read_record(&held.dossier)?;
                let sha256 = record.documents.iter().find(|d| d.file == held.file);
                let sha256 = sha256.map_or(*paper.sha256, |document| document.sha256);
                found.add(Same { held, why: Why::Bytes, sha256 });
            }
            self.numbered(paper, &mut found)?;
            self.alike(paper, &mut found)?;
            let mut all: Vec<Same> = found.0.into_values().collect();
            all.sort_by_key(|same| same.why);
            Ok(all)
        };
        self.told(same())
    }

    /// Documents with the same number of the same issuer.
    fn numbered(&self, paper: &Paper<'_>, found: &mut Found) -> Result<(), ArchiveError> {
        let Some(wanted) = Number::of(paper.fields) else { return Ok(()) };
        let Ok(query) = Query::read(&wanted.written) else { return Ok(()) };
        let hits =
            self.of_catalogue(|it| it.find(&query, &Filter::default(), NUMBERED))?;
        let dossiers: BTreeSet<Code> = hits.into_iter().map(|hit| hit.dossier).collect();
        for code in dossiers {
            // One that is gone or damaged is no copy to offer.
            let Ok(record) = self.read_record(&code) else { continue };
            let is_it = |document: &&Document| {
                Number::of(&document.fields).is_some_and(|number| number == wanted)
            };
            for document in record.documents.iter().filter(is_it) {
                found.add(same(&record, document, paper, Why::Number));
            }
        }
        Ok(())
    }

    /// Documents that say nearly the same.
    fn alike(&self, paper: &Paper<'_>, found: &mut Found) -> Result<(), ArchiveError> {
        let text = nfc(paper.text);
        let own = Counted::of(&text);
        if own.count < LEAST_WORDS {
            return Ok(());
        }
        let mut times: BTreeMap<(Code, String), usize> = BTreeMap::new();
        for probe in probes(&text) {
            let Ok(query) = Query::read(&format!("\"{probe}\"")) else { continue };
            let hits = self.of_catalogue(|it| it.probe(&query, PAGES_OF_PROBE))?;
            let files: BTreeSet<_> = hits
                .into_iter()
                .filter_map(|hit| Some((hit.dossier, hit.file?)))
                .collect();
            files.into_iter().for_each(|file| *times.entry(file).or_default() += 1);
        }
        let mut best: Vec<_> = times.into_iter().collect();
        best.sort_by_key(|(file, times)| (usize::MAX - times, file.clone()));
        for ((code, file), _) in best.into_iter().take(CANDIDATES) {
            let Ok(record) = self.read_record(&code) else { continue };
            let document = record.documents.iter().find(|document| document.file == file);
            let Some(document) = document else { continue };
            let said =
                recover::text_in(&self.folder(&code), document).unwrap_or_default();
            if own.is_alike(&Counted::of(&nfc(&said))) {
                found.add(same(&record, document, paper, Why::Text));
            }
        }
        Ok(())
    }
}

/// What a paper is known by that is not filed yet, held against the others of its
/// run: the catalogue knows nothing of them.
#[derive(Debug)]
pub struct Print {
    sha256: Digest,
    number: Option<Number>,
    words: Counted,
}

impl Print {
    /// Of this paper.
    #[must_use]
    pub fn of(paper: &Paper<'_>) -> Self {
        Self {
            sha256: *paper.sha256,
            number: Number::of(paper.fields),
            words: Counted::of(&nfc(paper.text)),
        }
    }

    /// Why it is taken for the same paper as another one, if it is. Parts of one
    /// file have their bytes in common and are not one paper for that.
    #[must_use]
    pub fn same(&self, other: &Self, one_file: bool) -> Option<Why> {
        if self.sha256 == other.sha256 && !one_file {
            return Some(Why::Bytes);
        }
        if self.number.is_some() && self.number == other.number {
            return Some(Why::Number);
        }
        let is_long = self.words.count >= LEAST_WORDS;
        (is_long && self.words.is_alike(&other.words)).then_some(Why::Text)
    }
}

/// What was found, each document once, the surest reason for it.
#[derive(Default)]
struct Found(BTreeMap<(Code, String), Same>);

impl Found {
    fn add(&mut self, same: Same) {
        let place = (same.held.dossier.clone(), same.held.file.clone());
        let why = same.why;
        let known = self.0.entry(place).or_insert(same);
        known.why = known.why.min(why);
    }
}

/// A document that is the paper, for this reason or because it is its very file.
fn same(record: &Dossier, document: &Document, paper: &Paper<'_>, why: Why) -> Same {
    let is_its_file = document.sha256 == *paper.sha256
        || document.companions.iter().any(|kept| kept.sha256 == *paper.sha256);
    let held = Held {
        dossier: record.code.clone(),
        file: document.file.clone(),
        pages: document.source.pages,
    };
    let why = if is_its_file { Why::Bytes } else { why };
    Same { held, why, sha256: document.sha256 }
}

/// A document's number as it is compared.
#[derive(Debug)]
struct Number {
    /// As it stands on the paper.
    written: String,
    number: String,
    notation: String,
    issuer: String,
    day: Option<String>,
}

impl Number {
    /// The number, if number, notation and issuer are known.
    fn of(fields: &Map<String, Value>) -> Option<Self> {
        let text = |name: &str| match fields.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let (number, notation) = (text("CodeNumber")?, text("CodeNotation")?);
        let bare = |text: &str| Tier::Bare.keys(text);
        Some(Self {
            written: format!("{number}/{notation}"),
            number: bare(number.trim_start_matches('0')),
            notation: bare(&notation),
            issuer: bare(&text("OrganName")?),
            day: text("IssuedDate"),
        })
    }
}

impl PartialEq for Number {
    /// Numbers begin anew every year, so days that are known must agree.
    fn eq(&self, other: &Self) -> bool {
        let is_same_day = match (&self.day, &other.day) {
            (Some(day), Some(other)) => day == other,
            (None, _) | (_, None) => true,
        };
        is_same_day
            && (&self.number, &self.notation, &self.issuer)
                == (&other.number, &other.notation, &other.issuer)
    }
}

/// How often each word stands in a text; words by their hashes, because a run that
/// only looks keeps those of all its papers.
#[derive(Debug, Default)]
struct Counted {
    words: BTreeMap<u64, usize>,
    numbers: BTreeMap<u64, usize>,
    count: usize,
}

impl Counted {
    /// Counts a text in NFC.
    fn of(text: &str) -> Self {
        let mut counted = Self::default();
        for range in words(text) {
            let key = Tier::Bare.key(text.get(range).unwrap_or_default());
            counted.count += 1;
            let is_number = key.bytes().any(|byte| byte.is_ascii_digit());
            let kind = if is_number { &mut counted.numbers } else { &mut counted.words };
            let mut hash = DefaultHasher::new();
            key.hash(&mut hash);
            *kind.entry(hash.finish()).or_default() += 1;
        }
        counted
    }

    fn is_alike(&self, other: &Self) -> bool {
        // What one has in excess cannot be shared.
        let (few, many) = (self.count.min(other.count), self.count.max(other.count));
        if 2 * few < many {
            return false;
        }
        shared(&self.words, &other.words) >= WORDS_ALIKE
            && shared(&self.numbers, &other.numbers) >= NUMBERS_ALIKE
    }
}

/// What two bags of words share, of all they have (Dice); two empty ones are alike.
fn shared(a: &BTreeMap<u64, usize>, b: &BTreeMap<u64, usize>) -> f64 {
    let all: usize = a.values().chain(b.values()).sum();
    let common = a.iter().map(|(word, times)| times.min(b.get(word).unwrap_or(&0)));
    let common: usize = common.sum();
    if all == 0 {
        return 1.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words of a text")]
    let share = 2.0 * common as f64 / all as f64;
    share
}

/// Words that stand together in the text and in few others: from each part of it
/// those with digits and long words.
fn probes(text: &str) -> Vec<String> {
    let all: Vec<&str> = words(text).filter_map(|range| text.get(range)).collect();
    let part = all.len().div_ceil(PROBES).max(PROBE_WORDS);
    let weight = |window: &&[&str]| -> usize {
        let of_word = |word: &&str| {
            let digits = word.bytes().any(|byte| byte.is_ascii_digit());
            word.chars().count() + if digits { 6 } else { 0 }
        };
        window.iter().map(of_word).sum()
    };
    all.chunks(part)
        .filter_map(|part| part.windows(PROBE_WORDS).max_by_key(weight))
        .map(|window| window.join(" "))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn forms_that_were_filled_in_differently_are_not_the_same() {
        let form = "Kính gửi Ủy ban nhân dân phường Nam Nha Trang tôi tên là \
                    thường trú tại đề nghị cấp giấy phép xây dựng nhà ở riêng lẻ theo quy định";
        let paper =
            |name: &str, number: &str| Counted::of(&format!("{form} {name} {number}"));
        let first = paper("Nguyễn Văn An", "079123456789 12/03/2026");
        assert!(first.is_alike(&paper("NGUYỄN Văn An", "079123456789 12/03/2026")));
        assert!(
            first.is_alike(&paper("Nguyên Văn An", "079123456789 12/03/2026")),
            "OCR"
        );
        assert!(!first.is_alike(&paper("Nguyễn Văn An", "079999999999 15/04/2025")));
        assert!(!first.is_alike(&Counted::of("")));
    }

    #[test]
    fn papers_of_one_run_are_held_against_each_other() {
        let fields = json!({ "CodeNumber": "12", "CodeNotation": "QĐ-UBND",
            "OrganName": "UBND phường X" });
        let (numbered, none) = (fields.as_object().unwrap(), Map::new());
        let (one, other) = (Digest::of(b"1"), Digest::of(b"2"));
        let text = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(3);
        let print = |sha256, fields, text| Print::of(&Paper { sha256, fields, text });
        let first = print(&one, &none, &text);
        assert_eq!(first.same(&print(&one, &none, ""), false), Some(Why::Bytes));
        assert_eq!(first.same(&print(&one, &none, ""), true), None, "parts of a stack");
        assert_eq!(first.same(&print(&other, &none, &text), true), Some(Why::Text));
        assert_eq!(print(&one, &none, "").same(&print(&other, &none, ""), false), None);
        let numbered = [&one, &other].map(|sha256| print(sha256, numbered, ""));
        assert_eq!(numbered[0].same(&numbered[1], false), Some(Why::Number));
    }

    #[test]
    fn a_number_is_one_of_an_issuer_on_a_day() {
        let number = |value: Value| Number::of(value.as_object().unwrap());
        let base = || {
            json!({ "CodeNumber": "012", "CodeNotation": "QĐ-UBND",
            "OrganName": "UBND PHƯỜNG X", "IssuedDate": "2026-07-16" })
        };
        let with = |name: &str, value: &str| {
            let mut other = base();
            other[name] = value.into();
            number(other)
        };
        assert_eq!(number(base()), with("CodeNumber", "12"));
        assert_eq!(number(base()), with("OrganName", "Ubnd phường X"));
        assert_ne!(number(base()), with("OrganName", "UBND phường Y"));
        assert_ne!(number(base()), with("IssuedDate", "2025-07-16"));
        assert!(number(json!({ "CodeNumber": "1", "CodeNotation": "a" })).is_none());
    }

    #[test]
    fn probes_are_taken_from_all_of_the_text() {
        let text =
            "một hai ba bốn năm sáu bảy tám chín mười số 123 456 cuối cùng hết rồi nhé";
        let probes = probes(text);
        assert_eq!(probes.len(), 6);
        assert!(probes.iter().any(|probe| probe.contains("123")), "{probes:?}");
    }
}
