//! The pages of a set and what a person reads on them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A page and its transcript.
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Words that a reader may see or not: on stamps, by hand.
    pub(crate) optional: String,
}

/// The pages of a set; none if it is not there.
pub(crate) fn of(set: &str) -> Vec<Page> {
    if set == "fixtures" { fixtures() } else { corpus(set) }
}

fn corpus(set: &str) -> Vec<Page> {
    let folder = folder("SOHOA_CORPUS", "../shared/corpus");
    rows(&folder.join("ground-truth.jsonl"))
        .iter()
        .filter(|row| field(row, "kind") == set)
        .map(|row| Page {
            id: field(row, "id"),
            path: folder.join(field(row, "file")),
            text: field(row, "text"),
            optional: field(row, "optional"),
        })
        .collect()
}

/// One wrong word of fewer would be a tenth of the page.
const FEWEST_WORDS: usize = 10;

/// Our own pages, but for those that have hardly any print.
fn fixtures() -> Vec<Page> {
    let folder = folder("SOHOA_FIXTURES", "target/fixtures");
    let mut answers = folder.clone().into_os_string();
    answers.push("-answers");
    rows(&Path::new(&answers).join("answers.jsonl"))
        .iter()
        .filter(|row| field(row, "text").split_whitespace().count() >= FEWEST_WORDS)
        .map(|row| Page {
            id: field(row, "file"),
            path: folder.join(field(row, "file")),
            text: field(row, "text"),
            optional: field(row, "optional"),
        })
        .collect()
}

fn folder(variable: &str, usual: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| PathBuf::from(usual), PathBuf::from)
}

fn rows(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn field(row: &Value, name: &str) -> String {
    row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}
