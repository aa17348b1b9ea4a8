//! `sohoa find`: full-text search that understands Vietnamese accents.

use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::{Answered, Archive, Code, Filter, Found, Same, Why};
use crate::cli::archive::place;
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::digest::Digest;
use crate::ingest::alike::Unsaid;
use crate::say::help;
use crate::say::{self, Lang, Sentence};
use crate::text::keys::Tier;
use crate::time::Day;

/// The words of `sohoa find`.
pub(crate) const WORDS: Words = Words {
    path: "find",
    about: help::FIND_ABOUT,
    long: help::FIND_LONG,
    usage: help::FIND_USAGE,
    examples: help::FIND_EXAMPLES,
};

/// Hits shown where `--limit` does not say.
const USUAL_LIMIT: usize = 20;
/// Most hits that can be asked for.
const MOST: usize = 10_000;
/// How far a line of a hit stands in.
const INDENT: usize = 4;

/// `sohoa find QUERY…`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang).help_heading(help::OPTIONS.in_lang(lang))
    };
    let query = layout::positional("query", help::VALUE_QUERY, help::FIND_QUERY, lang);
    layout::command(&WORDS, lang)
        .arg(query.num_args(1..).required(false).required_unless_present("same"))
        .arg(place::flag(lang))
        .arg(option("from", help::VALUE_DAY, help::FIND_FROM))
        .arg(option("to", help::VALUE_DAY, help::FIND_TO))
        .arg(option("type", help::VALUE_TEXT, help::FIND_TYPE))
        .arg(option("issuer", help::VALUE_TEXT, help::FIND_ISSUER))
        .arg(option("limit", help::VALUE_NUMBER, help::FIND_LIMIT))
        .arg(
            option("same", help::VALUE_FILE, help::FIND_SAME)
                .conflicts_with_all(["query", "from", "to", "type", "issuer"])
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
}

/// Answers the question; no hit is the answer "no".
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    if let Some(file) = layout::value::<PathBuf>(matches, "same") {
        return same(&file, matches, around, ui);
    }
    let words: Vec<String> =
        matches.get_many("query").unwrap_or_default().cloned().collect();
    let query = words.join(" ");
    let filter = filter(matches, ui.lang)?;
    let limit = limit(matches, ui.lang)?;
    let archive = place::consult(matches, ui)?;
    // One more than is shown tells whether there are more.
    let Answered { found: mut hits, unread } = archive
        .search(&query, &filter, limit + 1)
        .map_err(|error| place::told(&error, &archive, ui.lang))?;
    let has_more = hits.len() > limit;
    hits.truncate(limit);
    if ui.json {
        answer_json(&query, &archive, (&hits, &unread), has_more, ui)?;
    } else {
        for hit in &hits {
            ui.answer(&shown(hit, &archive, ui))?;
        }
        if has_more {
            ui.remark(&say::cli::find_more(ui.lang, limit));
        }
        if hits.is_empty() {
            ui.remark(&say::cli::find_nothing(ui.lang, harmless(&query)));
        }
    }
    if !unread.is_empty() {
        for code in unread {
            ui.fail(&Failure::new(say::cli::find_unread(ui.lang, code)));
        }
        return Ok(Exit::Trouble);
    }
    Ok(if hits.is_empty() { Exit::No } else { Exit::Yes })
}

/// Says where the paper in a file is held already; nowhere is the answer "no".
fn same(
    file: &Path,
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Line<'a> {
        dossier: &'a Code,
        path: String,
        sha256: Digest,
        why: Why,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        file: String,
        held: Vec<Line<'a>>,
    }
    let lang = ui.lang;
    let mut limit = limit(matches, lang)?;
    let archive = place::consult(matches, ui)?;
    let shown = harmless(&file.to_string_lossy());
    let held =
        connect::held(&archive, file, around, lang)?.map_err(|unsaid| match unsaid {
            Unsaid::File(finding) => {
                Failure::new(say::cli::cannot_compare(lang, &shown, finding.tell(lang)))
            }
            Unsaid::Archive(error) => place::told(&error, &archive, lang),
        })?;
    limit = limit.min(held.len());
    let held = held.get(..limit).unwrap_or_default();
    let path = |same: &Same| {
        let path = archive.relative(&same.held.dossier).join(&same.held.file);
        path.to_string_lossy().into_owned()
    };
    if ui.json {
        let line = |same: &'_ Same| (path(same), same.sha256, same.why);
        let lines = held.iter().map(|same| {
            let (path, sha256, why) = line(same);
            Line { dossier: &same.held.dossier, path, sha256, why }
        });
        let held = lines.collect();
        let answer = Answer { schema: "sohoa.find-same/1", file: shown, held };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        for same in held {
            let code = ui.paint(&same.held.dossier.to_string(), Tone::Strong);
            let why: Sentence = match same.why {
                Why::Bytes => say::archive::same_bytes,
                Why::Number => say::archive::same_number,
                Why::Text => say::archive::same_text,
            };
            ui.answer(&format!("{code}  {} ({})", harmless(&path(same)), why(lang)))?;
        }
        if held.is_empty() {
            ui.remark(&say::cli::not_held(lang, shown));
        }
    }
    Ok(if held.is_empty() { Exit::No } else { Exit::Yes })
}

/// What hits must be besides.
fn filter(matches: &ArgMatches, lang: Lang) -> Result<Filter, Failure> {
    let text = |name| layout::value::<String>(matches, name);
    Ok(Filter {
        from: day(matches, "from", lang)?,
        to: day(matches, "to", lang)?,
        kind: text("type"),
        issuer: text("issuer"),
    })
}

/// The day a flag names.
pub(crate) fn day(
    matches: &ArgMatches,
    name: &str,
    lang: Lang,
) -> Result<Option<Day>, Failure> {
    let Some(typed) = layout::value::<String>(matches, name) else { return Ok(None) };
    match Day::typed(&typed) {
        Some(day) => Ok(Some(day)),
        None => {
            Err(Failure::new(say::cli::value_unknown(lang, typed, format!("--{name}")))
                .hint(say::cli::hint_day(lang)))
        }
    }
}

/// How many hits are wanted.
pub(crate) fn limit(matches: &ArgMatches, lang: Lang) -> Result<usize, Failure> {
    let Some(typed) = layout::value::<String>(matches, "limit") else {
        return Ok(USUAL_LIMIT);
    };
    let limit = typed.parse().ok().filter(|limit| (1..=MOST).contains(limit));
    limit.ok_or_else(|| {
        Failure::new(say::cli::value_unknown(lang, typed, "--limit"))
            .hint(say::cli::hint_limit(lang, MOST))
    })
}

/// A hit on two or three lines: where, and the line itself.
fn shown(hit: &Found, archive: &Archive, ui: &Ui) -> String {
    let folder = archive.relative(&hit.dossier);
    let path = hit.file.as_ref().map_or(folder.clone(), |file| folder.join(file));
    let path = harmless(&path.to_string_lossy());
    let place = match (&hit.field, hit.page) {
        (Some(field), _) => format!("{path}, {}", harmless(field)),
        (None, Some(page)) => say::cli::find_page(ui.lang, path, page),
        (None, None) => path,
    };
    let nuance: Option<Sentence> = match hit.tier {
        Tier::Exact => None,
        Tier::Toneless => Some(say::cli::find_toneless),
        Tier::Bare => Some(say::cli::find_bare),
    };
    let nuance = nuance.map_or(String::new(), |say| format!(" ({})", say(ui.lang)));
    let title = hit.title.as_deref().unwrap_or_default();
    let code = ui.paint(&hit.dossier.to_string(), Tone::Strong);
    let head = format!("{code}  {}", harmless(title));
    let line =
        excerpt(&hit.line, &hit.marks, ui.width().saturating_sub(INDENT), |word| {
            ui.paint(word, Tone::Good)
        });
    format!("{}\n  {place}{nuance}\n{:INDENT$}{line}", head.trim_end(), "")
}

/// As much of a line as fits, the first mark in it, with the marked words
/// painted.
fn excerpt(
    line: &str,
    marks: &[Range<usize>],
    width: usize,
    paint: impl Fn(&str) -> String,
) -> String {
    let letters: Vec<(usize, char)> = line.char_indices().collect();
    let first = marks.first().map_or(0, |mark| mark.start);
    let at = letters.iter().take_while(|(byte, _)| *byte < first).count();
    // A third of the room before the first mark, unless the line ends before.
    let most = letters.len().saturating_sub(width);
    let start = if letters.len() <= width { 0 } else { at.saturating_sub(width / 3) };
    let start = start.min(most);
    let mut text = String::new();
    let mut word = String::new();
    for (byte, letter) in letters.iter().skip(start).take(width) {
        if marks.iter().any(|mark| mark.contains(byte)) {
            word.push(*letter);
            continue;
        }
        if !word.is_empty() {
            text.push_str(&paint(&word));
            word.clear();
        }
        text.push_str(&harmless(letter.encode_utf8(&mut [0; 4])));
    }
    if !word.is_empty() {
        text.push_str(&paint(&word));
    }
    let (before, after) =
        (if start > 0 { "…" } else { "" }, if start < most { "…" } else { "" });
    format!("{before}{text}{after}")
}

/// All hits in one document.
fn answer_json(
    query: &str,
    archive: &Archive,
    (hits, unread): (&[Found], &[Code]),
    has_more: bool,
    ui: &Ui,
) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct Hit<'a> {
        dossier: &'a Code,
        title: Option<&'a str>,
        path: String,
        page: Option<u32>,
        field: Option<&'a str>,
        line: &'a str,
        words: Vec<&'a str>,
        matched: &'static str,
    }
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        query: &'a str,
        hits: Vec<Hit<'a>>,
        more: bool,
        unread: &'a [Code],
    }
    let hit = |hit: &'_ Found| {
        let folder = archive.relative(&hit.dossier);
        let path = hit.file.as_ref().map_or(folder.clone(), |file| folder.join(file));
        path.to_string_lossy().into_owned()
    };
    let hits = hits.iter().map(|found| Hit {
        dossier: &found.dossier,
        title: found.title.as_deref(),
        path: hit(found),
        page: found.page,
        field: found.field.as_deref(),
        line: &found.line,
        words: found
            .marks
            .iter()
            .filter_map(|mark| found.line.get(mark.clone()))
            .collect(),
        matched: match found.tier {
            Tier::Exact => "exact",
            Tier::Toneless => "toneless",
            Tier::Bare => "bare",
        },
    });
    let (schema, hits, more) = ("sohoa.find/1", hits.collect(), has_more);
    let answer = Answer { schema, query, hits, more, unread };
    ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str, word: &str, width: usize) -> String {
        let start = line.find(word).unwrap();
        let mark = start..start + word.len();
        excerpt(line, &[mark], width, |word| format!("[{word}]"))
    }

    #[test]
    fn a_long_line_is_cut_around_its_first_mark() {
        assert_eq!(cut("số 12 đường Trần Phú", "Trần", 40), "số 12 đường [Trần] Phú");
        let line = "chữ ".repeat(40) + "Trần " + &"chữ ".repeat(40);
        let cut = cut(&line, "Trần", 30);
        assert!(cut.starts_with('…') && cut.ends_with('…'), "{cut}");
        assert!(cut.contains("[Trần]"), "{cut}");
        assert_eq!(cut.chars().count(), 30 + 4, "two dots, two brackets");
    }

    #[test]
    fn a_page_cannot_drive_the_terminal() {
        assert_eq!(cut("a\u{1b}[2J b", "b", 40), "a\\u{1b}[2J [b]");
    }
}
