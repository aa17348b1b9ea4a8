//! Readings kept in files, so that what follows them can be measured again
//! without recognising again.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sohoa::text::{Choice, Line, Symbol, TextLayer, Word};
use sohoa::units::Rect;

/// Writes a reading and the seconds it took.
pub(crate) fn save(path: &Path, layer: &TextLayer, cpu: f64) {
    let lines: Vec<Value> = layer.lines.iter().map(line).collect();
    fs::write(path, json!({ "cpu": cpu, "lines": lines }).to_string()).unwrap();
}

/// The reading in a file, if there is one.
pub(crate) fn load(path: &Path) -> Option<(TextLayer, f64)> {
    let kept: Value = serde_json::from_str(&fs::read_to_string(path).ok()?).ok()?;
    let lines = kept.get("lines")?.as_array()?.iter().map(line_of);
    let layer = TextLayer { lines: lines.collect::<Option<_>>()?, aside: Vec::new() };
    Some((layer, kept.get("cpu")?.as_f64()?))
}

fn line(line: &Line) -> Value {
    let (a, b, c, d) = line.baseline;
    let words: Vec<Value> = line.words.iter().map(word).collect();
    json!({ "base": [a, b, c, d], "begins": line.begins_paragraph, "words": words })
}

fn word(word: &Word) -> Value {
    let Rect { left, top, right, bottom } = word.place;
    let symbols = word.symbols.iter().map(|symbol| {
        let choices = symbol.choices.iter().map(|c| json!([c.text, c.confidence]));
        json!([symbol.text, symbol.confidence, choices.collect::<Vec<_>>()])
    });
    let symbols: Vec<Value> = symbols.collect();
    json!([word.text, word.confidence, [left, top, right, bottom], symbols])
}

fn line_of(kept: &Value) -> Option<Line> {
    let at = |index: usize| kept.get("base")?.get(index)?.as_f64();
    let words = kept.get("words")?.as_array()?.iter().map(word_of);
    Some(Line {
        words: words.collect::<Option<_>>()?,
        baseline: (at(0)?, at(1)?, at(2)?, at(3)?),
        begins_paragraph: kept.get("begins")?.as_bool()?,
    })
}

fn word_of(kept: &Value) -> Option<Word> {
    let at = |index: usize| kept.get(2)?.get(index)?.as_f64();
    let (left, top, right, bottom) = (at(0)?, at(1)?, at(2)?, at(3)?);
    let place = Rect { left, top, right, bottom };
    let mut word = Word::new(text(kept, 0)?, place, number(kept, 1)?);
    let symbols = kept.get(3)?.as_array()?.iter().map(|symbol| {
        let choices = symbol.get(2)?.as_array()?.iter().map(|choice| {
            Some(Choice { text: text(choice, 0)?, confidence: number(choice, 1)? })
        });
        Some(Symbol {
            text: text(symbol, 0)?,
            confidence: number(symbol, 1)?,
            choices: choices.collect::<Option<_>>()?,
        })
    });
    word.symbols = symbols.collect::<Option<_>>()?;
    Some(word)
}

fn text(kept: &Value, index: usize) -> Option<String> {
    kept.get(index)?.as_str().map(str::to_owned)
}

fn number(kept: &Value, index: usize) -> Option<f32> {
    #[expect(clippy::cast_possible_truncation, reason = "it was an f32")]
    kept.get(index)?.as_f64().map(|number| number as f32)
}
