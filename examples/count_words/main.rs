//! Counts which syllables follow each other, and writes the table the program
//! embeds.
//!
//! ```sh
//! cargo run --release --example count_words -- src/text/words/pairs.bin \
//!     target/words/list ../shared/lm/*.txt
//! ```
//!
//! The first list tells which syllables are in use at all, seen in the texts or
//! not: the word list of Tesseract's Vietnamese data (Apache-2.0), of which
//! only what the rules of spelling allow is taken, and nothing but that it is
//! there. `make words` takes it out of the installed data.
//!
//! Beside the texts named, which are normative ones and so outside copyright,
//! it counts what was written for this project: names of people, places,
//! everyday words and sentences of papers. The texts come from web pages; words
//! that lost the space between them are parted by what is known from the
//! others, what is not Vietnamese is left out, and each line counts once. Same
//! texts, same bytes.
#![expect(clippy::print_stderr, reason = "it says what it did")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use sohoa::text::bigram::Counter;
use sohoa::text::rescore::is_syllable;
use sohoa::text::syllable::fold_tone;
use unicode_normalization::UnicodeNormalization as _;

/// What was written for this project: sentences of every trade, a file each,…
const PROSE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/count_words/prose");
/// …and lists.
const NAMES: &str = include_str!("names.txt");
const PLACES: &str = include_str!("places.txt");
const EVERYDAY: &str = include_str!("everyday.txt");
const COMMON: &str = include_str!("common.txt");

/// How often what was written for this project counts: once for itself and
/// once more, as a pair must be seen twice to be believed.
const OWN: u32 = 2;
/// A part of a glued word must have been seen this often on its own.
const KNOWN: u32 = 4;
/// The most parts of a glued word.
const MOST_PARTS: usize = 5;
/// The share of words with a Vietnamese letter below which a line is foreign.
const NATIVE: f64 = 0.3;
/// What ends a sentence.
const SENTENCE_ENDS: [char; 5] = ['.', ';', ':', '?', '!'];
/// What the web sites say of themselves among the texts.
const SITES: [&str; 3] = ["Đăng Nhập", "VĂN BẢN CỦA TÔI", "THƯ VIỆN PHÁP LUẬT"];
/// Pairs seen less often are left out of the table.
const LEAST: u32 = 1;

fn main() -> Result<()> {
    let mut paths = std::env::args_os().skip(1).map(PathBuf::from);
    let to = paths.next().context("usage: count_words TABLE LIST TEXT…")?;
    let list = paths.next().context("usage: count_words TABLE LIST TEXT…")?;
    let mut lines = BTreeSet::new();
    for path in paths {
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read `{}`", path.display()))?;
        let clean: String = text.nfc().filter(|c| !is_invisible(*c)).collect();
        lines.extend(paragraphs(&clean).into_iter().filter(|line| is_native(line)));
    }
    let seen = alone(&lines);
    let mut counter = Counter::default();
    for line in &lines {
        count(line, &seen, &mut counter);
    }
    let prose = prose()?;
    for _ in 0..OWN {
        own(&prose, &seen, &mut counter);
    }
    names(&mut counter);
    let list = fs::read_to_string(&list)
        .with_context(|| format!("cannot read `{}`", list.display()))?;
    for word in list.lines().map(|word| word.trim().to_lowercase()) {
        let word: String = word.nfc().collect();
        if is_syllable(&word) {
            counter.in_use(&fold_tone(&word));
        }
    }
    let bytes = counter.encode(LEAST)?;
    eprintln!("{} lines, {} bytes", lines.len(), bytes.len());
    File::create(&to)
        .and_then(|mut file| file.write_all(&bytes))
        .with_context(|| format!("cannot write `{}`", to.display()))
}

/// The lines of a text, with those put together that were broken within a sentence:
/// the second begins with a small letter.
fn paragraphs(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let goes_on = line.starts_with(char::is_lowercase);
        match all.last_mut().filter(|last| goes_on && !last.ends_with(SENTENCE_ENDS)) {
            Some(last) => {
                last.push(' ');
                last.push_str(line);
            }
            None => all.push(line.to_owned()),
        }
    }
    all
}

/// Soft hyphens and marks of no width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
}

/// Whether a line is Vietnamese prose, not cut short and none of a web site's own.
fn is_native(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let marked = |word: &&&str| word.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let share = words.iter().filter(marked).count() as f64 / words.len().max(1) as f64;
    share >= NATIVE
        && !line.ends_with("...")
        && !line.contains(['{', '}', '|', '<'])
        && !SITES.iter().any(|site| line.contains(site))
}

/// How often syllables stand alone.
fn alone(lines: &BTreeSet<String>) -> BTreeMap<String, u32> {
    let mut seen = BTreeMap::new();
    for word in lines.iter().flat_map(|line| line.split_whitespace()) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if is_syllable(&word) {
            *seen.entry(fold_tone(&word)).or_insert(0) += 1;
        }
    }
    seen
}

/// Counts a line: a paragraph begins with it.
fn count(line: &str, seen: &BTreeMap<String, u32>, counter: &mut Counter) {
    counter.begin();
    for word in line.split_whitespace() {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        if has_digit && word.contains(['/', '@']) {
            counter.other();
        } else {
            atoms(word, seen, counter);
        }
        if word.ends_with(SENTENCE_ENDS) {
            counter.begin();
        }
    }
}

/// Counts what is between the marks of a word.
fn atoms(word: &str, seen: &BTreeMap<String, u32>, counter: &mut Counter) {
    let mut rest = word;
    if !word.contains(char::is_alphanumeric) {
        counter.other();
        return;
    }
    while let Some(first) = rest.chars().next() {
        let run = |is: fn(char) -> bool| {
            rest.find(|c: char| !is(c)).map_or((rest, ""), |at| rest.split_at(at))
        };
        let (atom, after) = if first.is_alphabetic() {
            run(char::is_alphabetic)
        } else if first.is_ascii_digit() {
            run(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        } else {
            rest.split_at(first.len_utf8())
        };
        if first.is_alphabetic() {
            letters(atom, seen, counter);
        } else if first.is_ascii_digit() {
            counter.number();
        } else if SENTENCE_ENDS.contains(&first) {
            counter.begin();
        }
        rest = after;
    }
}

/// Counts a run of letters: a syllable, several that were glued, or neither.
fn letters(run: &str, seen: &BTreeMap<String, u32>, counter: &mut Counter) {
    let lower = run.to_lowercase();
    if is_syllable(&lower) {
        counter.syllable(&fold_tone(&lower));
        return;
    }
    let capitals = run.chars().filter(|c| c.is_uppercase()).count();
    let parts = (capitals * 2 <= run.chars().count()).then(|| parted(&lower, seen));
    match parts.flatten() {
        Some(parts) => parts.iter().for_each(|part| counter.syllable(part)),
        None => counter.other(),
    }
}

/// A glued word in the parts that are likeliest on their own.
fn parted(word: &str, seen: &BTreeMap<String, u32>) -> Option<Vec<String>> {
    let letters: Vec<char> = word.chars().collect();
    // The best way to each place: its score and its parts.
    let mut best: Vec<Option<(f64, Vec<String>)>> = vec![None; letters.len() + 1];
    *best.first_mut()? = Some((0.0, Vec::new()));
    for end in 1..=letters.len() {
        for start in end.saturating_sub(8)..end {
            let Some((score, parts)) = best.get(start).cloned().flatten() else {
                continue;
            };
            let part: String = letters.get(start..end)?.iter().collect();
            let folded = fold_tone(&part);
            let often = seen.get(&folded).copied().unwrap_or(0);
            if often < KNOWN || !is_syllable(&part) || parts.len() == MOST_PARTS {
                continue;
            }
            let score = score + f64::from(often).ln() - 14.0;
            let slot = best.get_mut(end)?;
            if slot.as_ref().is_none_or(|(other, _)| score > *other) {
                let parts = parts.into_iter().chain([folded]).collect();
                *slot = Some((score, parts));
            }
        }
    }
    best.pop().flatten().map(|(_, parts)| parts)
}

/// The sentences written for this project, in the order of their files' names.
fn prose() -> Result<Vec<String>> {
    let entries =
        fs::read_dir(PROSE).with_context(|| format!("cannot read `{PROSE}`"))?;
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    let read = |path: &PathBuf| {
        fs::read_to_string(path)
            .with_context(|| format!("cannot read `{}`", path.display()))
    };
    paths.iter().map(read).collect()
}

/// Counts what was written for this project, but for the names.
fn own(prose: &[String], seen: &BTreeMap<String, u32>, counter: &mut Counter) {
    let is_text = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let mut heading = "";
    for line in PLACES.lines().filter(is_text) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => heading = name,
            None => count(&format!("{heading} {line}"), seen, counter),
        }
    }
    let groups = EVERYDAY
        .lines()
        .chain(COMMON.lines())
        .filter(is_text)
        .filter(|line| !line.starts_with('['));
    for group in groups.flat_map(|line| line.split('|')) {
        count(group.trim(), seen, counter);
    }
    let sentences = prose.iter().flat_map(|text| text.lines()).filter(is_text);
    sentences.for_each(|line| count(line, seen, counter));
}

/// Counts the names: each part with each that may follow it.
fn names(counter: &mut Counter) {
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut heading = "";
    for line in NAMES.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(name) => heading = name,
            None => lists.entry(heading).or_default().extend(
                line.split_whitespace()
                    .map(|name| fold_tone(&name.to_lowercase()))
                    .filter(|name| is_syllable(name)),
            ),
        }
    }
    let of = |name: &str| lists.get(name).cloned().unwrap_or_default();
    for (middle, given) in [("dem-nam", "ten-nam"), ("dem-nu", "ten-nu")] {
        for middle in of(middle) {
            of("ho").iter().for_each(|family| counter.pair(family, &middle, OWN));
            of(given).iter().for_each(|given| counter.pair(&middle, given, OWN));
        }
    }
    for title in ["ông", "bà"] {
        of("ho").iter().for_each(|family| counter.pair(title, family, OWN));
    }
}
