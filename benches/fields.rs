//! What a register is told of scans, field by field: right, flagged, wrong or
//! missing, on papers the project typesets and damages itself, and on the
//! corpus where it states title and issuer.
//!
//! `make fields` makes the papers first. The built program reads them into an
//! archive; what lies in `dossier.json` is held against the answers. A value
//! counts as *flagged* where the record names a doubt, right or not; as *missing*
//! where there is none and no doubt either. With `SOHOA_MISSES` set, each value that is
//! not right is named.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
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

/// The fields compared.
const FIELDS: [&str; 8] = [
    "CodeNumber",
    "CodeNotation",
    "IssuedDate",
    "OrganName",
    "superior",
    "TypeName",
    "Subject",
    "FullName",
];

fn main() {
    let work = env::temp_dir().join(format!("sohoa-fields-{}", std::process::id()));
    fs::create_dir_all(&work).unwrap();
    let fixtures = env::var("SOHOA_FIELD_FIXTURES").unwrap_or_default();
    let answers = PathBuf::from(format!(
        "{}-answers/answers.jsonl",
        fixtures.trim_end_matches('/')
    ));
    match fs::read_to_string(&answers) {
        Ok(answers) => typeset(Path::new(&fixtures), &answers, &work),
        Err(_) => println!("skipped: no papers; `make fields` makes them"),
    }
    let corpus =
        env::var("SOHOA_CORPUS").unwrap_or_else(|_| "../shared/corpus".to_owned());
    match fs::read_to_string(Path::new(&corpus).join("ground-truth.jsonl")) {
        Ok(truths) => corpus_pages(Path::new(&corpus), &truths, &work),
        Err(_) => println!("skipped: no corpus at `{corpus}`; set SOHOA_CORPUS"),
    }
    fs::remove_dir_all(work).unwrap();
}

/// How often each thing happened.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    flagged: usize,
    wrong: usize,
    missing: usize,
}

/// The papers of the project.
fn typeset(folder: &Path, answers: &str, work: &Path) {
    let records = filed(folder, &work.join("typeset"));
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut pages = 0;
    for answer in answers.lines() {
        let answer: Value = serde_json::from_str(answer).unwrap();
        let Some(record) = records.get(answer["file"].as_str().unwrap()) else {
            continue;
        };
        if answer["fields"].is_null() {
            continue;
        }
        pages += 1;
        for field in FIELDS {
            count(tallies.entry(field).or_default(), field, &answer, record);
        }
    }
    println!("{pages} typeset first pages");
    println!(
        "{:<14} {:>6} {:>8} {:>6} {:>8}",
        "", "right", "flagged", "wrong", "missing"
    );
    for field in FIELDS {
        let Tally { right, flagged, wrong, missing } =
            tallies.get(field).copied().unwrap_or_default();
        let all = (right + flagged + wrong + missing).max(1) as f64;
        let share = |n: usize| 100.0 * n as f64 / all;
        println!(
            "{field:<14} {right:>6} {flagged:>8} {wrong:>6} {missing:>8}   {:>5.1} % {:>5.1} % {:>5.1} % {:>5.1} %",
            share(right),
            share(flagged),
            share(wrong),
            share(missing)
        );
    }
}

/// Counts one field of one page.
fn count(tally: &mut Tally, field: &str, answer: &Value, record: &Value) {
    let of = |fields: &Value| match field {
        "FullName" => fields["SignerInfo"][field].clone(),
        _ => fields[field].clone(),
    };
    let found = plain(of(record).as_str().unwrap_or_default());
    let wanted = plain(of(&answer["fields"]).as_str().unwrap_or_default());
    let printed = plain(answer["text"].as_str().unwrap());
    // What the page does not show cannot be read off it: it goes on overleaf, or
    // the answer is of another place.
    let shown = match field {
        "TypeName" | "CodeNumber" | "CodeNotation" | "superior" => true,
        "IssuedDate" => {
            is_printed(of(&answer["fields"]).as_str().unwrap_or_default(), &printed)
        }
        // Who signs overleaf may be named in the text.
        "FullName" => {
            let mut lines = answer["text"].as_str().unwrap().lines();
            lines.any(|line| plain(line) == wanted)
        }
        _ => printed.contains(&wanted),
    };
    let wanted = if shown { wanted } else { String::new() };
    let doubts = &record["record"]["fields"][field]["doubts"];
    let is_doubted = doubts.as_array().is_some_and(|doubts| !doubts.is_empty());
    let is_right = found == wanted && !is_doubted;
    if !is_right && env::var_os("SOHOA_MISSES").is_some() {
        println!(
            "{field} of {}: `{}` instead of `{}`, doubts {doubts}",
            answer["file"],
            of(record),
            of(&answer["fields"])
        );
    }
    match (wanted.is_empty(), found.is_empty()) {
        (true, true) => {}
        _ if is_doubted => tally.flagged += 1,
        // A contract's own number, which no register has.
        (true, false) if printed.contains(&found) && field != "IssuedDate" => {}
        (false, true) => tally.missing += 1,
        _ if found == wanted => tally.right += 1,
        _ => tally.wrong += 1,
    }
}

/// Whether a day is spelt out on the page.
fn is_printed(day: &str, printed: &str) -> bool {
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let month = if *month < "03" { *month } else { month.trim_start_matches('0') };
    printed.contains(&plain(&format!("ngày {day} tháng {month} năm {year}")))
}

/// The corpus: its titles are `Quyết định 729/QĐ-TTg`, its issuers as people say.
fn corpus_pages(corpus: &Path, truths: &str, work: &Path) {
    let files: Vec<Value> =
        truths.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let scans = work.join("corpus");
    fs::create_dir_all(&scans).unwrap();
    for truth in &files {
        let from = corpus.join(truth["file"].as_str().unwrap());
        fs::copy(&from, scans.join(from.file_name().unwrap())).unwrap();
    }
    let records = filed(&scans, &work.join("of-corpus"));
    println!("\ncorpus");
    for truth in files {
        let name = truth["file"].as_str().unwrap().rsplit('/').next().unwrap();
        let Some(record) = records.get(name) else { continue };
        let value = |field: &str| record[field].as_str().unwrap_or("–").to_owned();
        let doubts: Vec<String> = record["record"]["fields"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, field)| !field["doubts"].is_null())
            .map(|(name, _)| name.clone())
            .collect();
        println!(
            "{:<44} | {} {}/{} {} | {} | in doubt: {}",
            truth["title"].as_str().unwrap_or_default(),
            value("TypeName"),
            value("CodeNumber"),
            value("CodeNotation"),
            value("IssuedDate"),
            value("OrganName"),
            doubts.join(" "),
        );
    }
}

/// Files a folder of scans and gives the record of each by its name.
fn filed(scans: &Path, archive: &Path) -> BTreeMap<String, Value> {
    let program =
        env::var("SOHOA_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_sohoa").to_owned());
    let sohoa = |line: &[&str]| {
        let output = Command::new(&program).args(line).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let dir = archive.to_str().unwrap();
    sohoa(&[
        "archive",
        "init",
        dir,
        "--agency",
        "H32.18",
        "--name",
        "UBND phường Nam Nha Trang",
    ]);
    let told = sohoa(&["ingest", scans.to_str().unwrap(), "--archive", dir, "--json"]);
    let mut records = BTreeMap::new();
    for line in told.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let (Some(input), Some(file)) = (line["input"].as_str(), line["file"].as_str())
        else {
            continue;
        };
        let Some((folder, file)) = file.split_once("/data/") else { continue };
        let dossier = fs::read(archive.join(folder).join("dossier.json")).unwrap();
        let dossier: Value = serde_json::from_slice(&dossier).unwrap();
        let file = format!("data/{file}");
        let documents = dossier["documents"].as_array().unwrap();
        let document = documents.iter().find(|document| document["file"] == *file);
        let name = Path::new(input).file_name().unwrap().to_string_lossy().into_owned();
        records.extend(document.map(|document| (name, document.clone())));
    }
    records
}

/// A value as it is compared: letters and digits, no case, tones folded to the
/// end of each word, `m²` as `m2`.
fn plain(text: &str) -> String {
    let is_tone =
        |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let is_mark = |c: &char| is_tone(c) || matches!(c, '\u{302}' | '\u{306}' | '\u{31b}');
    let words = text.split_whitespace().map(|word| {
        let letters: Vec<char> = word.to_lowercase().nfkd().collect();
        let kept = letters.iter().filter(|c| c.is_alphanumeric() || is_mark(c));
        let (tones, others): (Vec<char>, Vec<char>) = kept.partition(|c| is_tone(c));
        others.into_iter().chain(tones).collect::<String>()
    });
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
