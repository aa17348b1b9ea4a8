//! How well pages are read: word recall, word precision and character errors
//! of the text that other programs find in our PDFs, against transcripts made
//! by people, beside Tesseract alone on the same pixels.
//!
//! `make accuracy` runs it over the corpus (`SOHOA_CORPUS`, default
//! `../shared/corpus`) and over the project's own example scans.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

fn main() {
    let corpus =
        env::var("SOHOA_CORPUS").unwrap_or_else(|_| "../shared/corpus".to_owned());
    let corpus = Path::new(&corpus);
    let Ok(truths) = fs::read_to_string(corpus.join("ground-truth.jsonl")) else {
        println!("skipped: no corpus at `{}`; set SOHOA_CORPUS", corpus.display());
        return;
    };
    let work = env::temp_dir().join(format!("sohoa-accuracy-{}", std::process::id()));
    fs::create_dir_all(&work).unwrap();
    println!("{:<28} {:>24}   {:>24}", "", "tesseract alone", "sohoa (pdftotext -raw)");
    println!("{:<28} {HEAD}   {HEAD}", "page");
    let mut sums: BTreeMap<String, Vec<[Score; 2]>> = BTreeMap::new();
    for line in truths.lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let field =
            |name: &str| truth.get(name).and_then(Value::as_str).unwrap_or_default();
        let page = corpus.join(field("file"));
        let want = Truth::new(field("text"), field("optional"));
        let scores =
            [alone(&page, &work), ours(&page, &work)].map(|text| want.score(&text));
        println!("{:<28} {}   {}", field("id"), scores[0], scores[1]);
        sums.entry(field("kind").to_owned()).or_default().push(scores);
    }
    for (kind, scores) in &sums {
        let alone = mean(scores.iter().map(|[alone, _]| *alone));
        let ours = mean(scores.iter().map(|[_, ours]| *ours));
        println!("{:<28} {alone}   {ours}", format!("mean of {} {kind}", scores.len()));
    }
    fs::remove_dir_all(work).unwrap();
}

const HEAD: &str = "recall precis.    CER";

/// What Tesseract alone reads in the page's own pixels.
fn alone(page: &Path, work: &Path) -> String {
    let stem = work.join("alone");
    run(Command::new("pdfimages")
        .args(["-png", "-f", "1", "-l", "1"])
        .arg(page)
        .arg(&stem));
    let image = PathBuf::from(format!("{}-000.png", stem.display()));
    let mut tesseract = Command::new("tesseract");
    tesseract
        .env("OMP_THREAD_LIMIT", "1")
        .arg(&image)
        .args(["-", "-l", "vie", "--dpi", "200"]);
    run(&mut tesseract)
}

/// The program measured: the one built with this, or the one `SOHOA_BIN` names.
fn sohoa() -> String {
    env::var("SOHOA_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sohoa").to_owned())
}

/// What others find in the PDF we make of the page.
fn ours(page: &Path, work: &Path) -> String {
    let pdf = work.join("ours.pdf");
    let mut sohoa = Command::new(sohoa());
    run(sohoa.args(["ingest", "--quiet", "--force", "-o"]).arg(&pdf).arg(page));
    run(Command::new("pdftotext").arg("-raw").arg(&pdf).arg("-"))
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A transcript, and words that a reader may see or not (stamps).
struct Truth {
    words: Vec<String>,
    optional: BTreeMap<String, usize>,
}

#[derive(Clone, Copy)]
struct Score {
    recall: f64,
    precision: f64,
    cer: f64,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.4}  {:.4} {:.4}", self.recall, self.precision, self.cer)
    }
}

impl Truth {
    fn new(text: &str, optional: &str) -> Self {
        Self { words: words(text), optional: counted(&words(optional)) }
    }

    fn score(&self, text: &str) -> Score {
        let found = words(text);
        let (want, have) = (counted(&self.words), counted(&found));
        let common =
            |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| -> usize {
                a.iter().map(|(word, n)| *n.min(b.get(word).unwrap_or(&0))).sum()
            };
        let hits = common(&want, &have);
        let mut extra = have;
        for (word, n) in &want {
            if let Some(count) = extra.get_mut(word) {
                *count = count.saturating_sub(*n);
            }
        }
        let forgiven = common(&extra, &self.optional);
        let (want, have) = (self.words.join(" "), found.join(" "));
        Score {
            recall: ratio(hits, self.words.len()),
            precision: ratio(hits, found.len() - forgiven),
            cer: ratio(distance(&want, &have), want.chars().count()),
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn mean(scores: impl ExactSizeIterator<Item = Score>) -> Score {
    let n = scores.len().max(1) as f64;
    let zero = Score { recall: 0.0, precision: 0.0, cer: 0.0 };
    scores.fold(zero, |sum, score| Score {
        recall: sum.recall + score.recall / n,
        precision: sum.precision + score.precision / n,
        cer: sum.cer + score.cer / n,
    })
}

fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    text.split_whitespace().map(str::to_owned).collect()
}

fn counted(words: &[String]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.clone()).or_default() += 1;
    }
    counts
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(&b) {
            let best = (corner + usize::from(x != *y)).min(left + 1).min(*cell + 1);
            corner = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
