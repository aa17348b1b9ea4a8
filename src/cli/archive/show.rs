//! `sohoa archive show CODE`: everything a dossier's record says.

use clap::{ArgMatches, Command};
use serde_json::{Map, Value};

use crate::archive::reread::BY_HAND;
use crate::archive::{Archive, ArchiveError, Code, Dossier, Reused};
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive show`.
pub(crate) const WORDS: Words = Words {
    path: "archive show",
    about: help::SHOW_ABOUT,
    long: help::SHOW_LONG,
    usage: help::SHOW_USAGE,
    examples: help::SHOW_EXAMPLES,
};

/// `sohoa archive show CODE`.
pub(crate) fn command(lang: Lang) -> Command {
    layout::command(&WORDS, lang)
        .arg(layout::positional("code", help::VALUE_CODE, help::SHOW_CODE, lang))
        .arg(place::flag(lang))
}

/// Shows it; `--json` is the record as it lies on disk, on one line.
pub(crate) fn run(matches: &ArgMatches, ui: &Ui) -> Result<Exit, Failure> {
    let code = code(matches, ui.lang)?;
    let archive = place::consult(matches, ui)?;
    let read = archive
        .dossier(&code)
        .and_then(|found| found.ok_or_else(|| ArchiveError::NoSuchDossier(code.clone())));
    let dossier = read.map_err(|error| place::told(&error, &archive, ui.lang))?;
    if ui.json {
        ui.answer(&serde_json::to_string(&dossier).map_err(Failure::new)?)?;
    } else {
        ui.answer(&shown(&dossier, &archive, ui))?;
    }
    Ok(Exit::Yes)
}

/// The dossier code on the line.
pub(crate) fn code(matches: &ArgMatches, lang: Lang) -> Result<Code, Failure> {
    let typed = layout::value::<String>(matches, "code").unwrap_or_default();
    typed.parse().map_err(|error| Failure::told(&error, lang))
}

/// The record for people: the dossier, its documents, what happened to it.
fn shown(dossier: &Dossier, archive: &Archive, ui: &Ui) -> String {
    let lang = ui.lang;
    let title = dossier.title.as_deref().unwrap_or_default();
    let code = ui.paint(&dossier.code.to_string(), Tone::Strong);
    let mut lines = vec![format!("{code}  {}", harmless(title)).trim_end().to_owned()];
    let folder = archive.folder(&dossier.code);
    lines.push(format!("  {}", harmless(&folder.to_string_lossy())));
    fields(&dossier.fields, "  ", lang, &mut lines);
    for document in &dossier.documents {
        lines.push(String::new());
        let file = ui.paint(&harmless(&document.file), Tone::Strong);
        lines.push(format!("  {}. {file}", document.ordinal));
        lines.push(format!(
            "     {}, {}",
            say::cli::pages(lang, number::count(document.pages.into(), lang)),
            number::bytes(document.bytes, lang)
        ));
        fields(&document.fields, "     ", lang, &mut lines);
        for kept in &document.companions {
            lines.push(format!("     + {}", harmless(&kept.file)));
        }
    }
    for Reused { dossier, file, at, .. } in &dossier.reused {
        let (day, file) = (at.day().vietnamese(), harmless(file));
        lines.push(String::new());
        lines.push(format!("  {}", say::cli::shown_reused(lang, dossier, file, day)));
    }
    lines.push(String::new());
    for event in &dossier.history {
        let text = |name| event.particulars.get(name).map(plain).unwrap_or_default();
        let line = match event.event.as_str() {
            "created" => say::cli::event_created(lang),
            "documents_added" => say::cli::event_documents_added(lang, text("files")),
            "field_changed" => {
                say::cli::event_field(lang, text("field"), text("was"), text("is"))
            }
            "document_signed" => {
                say::cli::event_signed(lang, text("document"), text("by"))
            }
            "document_extended" => {
                say::cli::event_extended(lang, text("document"), text("level"))
            }
            "reused" => say::cli::event_reused(lang, text("from"), text("file")),
            other => other.to_owned(),
        };
        lines.push(format!("  {}  {}", event.at, harmless(&line)));
    }
    lines.join("\n")
}

/// A line for each field; what a person said is marked.
fn fields(
    fields: &Map<String, Value>,
    indent: &str,
    lang: Lang,
    lines: &mut Vec<String>,
) {
    let hands = fields.get(BY_HAND);
    for (name, value) in fields.iter().filter(|(name, _)| *name != BY_HAND) {
        if let Value::Object(group) = value {
            for (inner, value) in group {
                let name = format!("{name}.{inner}");
                let hand = hands.and_then(|hands| hands.get(&name));
                lines.push(field(&name, value, hand, indent, lang));
            }
        } else {
            let hand = hands.and_then(|hands| hands.get(name));
            lines.push(field(name, value, hand, indent, lang));
        }
    }
}

fn field(
    name: &str,
    value: &Value,
    hand: Option<&Value>,
    indent: &str,
    lang: Lang,
) -> String {
    let by = hand.and_then(|hand| hand.get("by")).and_then(Value::as_str);
    let marked = match (hand, by) {
        (None, _) => String::new(),
        (Some(_), None) => format!(" ({})", say::cli::by_hand(lang)),
        (Some(_), Some(by)) => format!(" ({})", say::cli::by_person(lang, by)),
    };
    harmless(&format!("{indent}{name}: {}{marked}", plain(value)))
}

/// A value as people read it: texts without quotes, lists with commas.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}
