//! `sohoa qr status CODE`: how far a dossier has come.

use clap::{ArgMatches, Command};
use serde::Serialize;

use crate::archive::ArchiveError;
use crate::cli::archive::{place, show};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::say::help;
use crate::say::{self, Lang};
use crate::time::{Day, Timestamp};
use crate::track::secret;
use crate::track::status::Status;

/// The words of `sohoa qr status`.
pub(crate) const WORDS: Words = Words {
    path: "qr status",
    about: help::QR_STATUS_ABOUT,
    long: help::QR_STATUS_LONG,
    usage: help::QR_STATUS_USAGE,
    examples: help::QR_STATUS_EXAMPLES,
};

/// `sohoa qr status CODE`.
pub(crate) fn command(lang: Lang) -> Command {
    let secret = layout::option("secret", help::VALUE_TEXT, help::QR_STATUS_SECRET, lang);
    layout::command(&WORDS, lang)
        .arg(layout::positional("code", help::VALUE_CODE, help::SHOW_CODE, lang))
        .arg(place::flag(lang))
        .arg(secret.help_heading(help::OPTIONS.in_lang(lang)))
}

/// Tells the state; a wrong secret is the answer "no".
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        #[serde(flatten)]
        status: Status,
    }
    let lang = ui.lang;
    let code = show::code(matches, lang)?;
    let secret = layout::value::<String>(matches, "secret");
    // The first secret asked for makes the key that all follow from.
    let archive = match &secret {
        Some(_) => place::writable(matches, ui)?,
        None => place::consult(matches, ui)?,
    };
    let told = |error: &ArchiveError| place::told(error, &archive, lang);
    let dossier = archive
        .dossier(&code)
        .and_then(|found| found.ok_or_else(|| ArchiveError::NoSuchDossier(code.clone())))
        .map_err(|error| told(&error))?;
    let mut status = Status::of(&dossier, around.now(lang)?.day());
    if let Some(typed) = secret {
        let key = archive.secret().map_err(|error| told(&error))?;
        if !secret::is_look_up(&key, &code, &typed) {
            ui.insist(&say::track::wrong_secret(lang));
            return Ok(Exit::No);
        }
        status = status.with_particulars(&dossier);
    }
    if ui.json {
        let answer = Answer { schema: "sohoa.qr-status/1", status };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        ui.answer(&shown(&status, ui))?;
    }
    Ok(Exit::Yes)
}

/// The status for people.
fn shown(status: &Status, ui: &Ui) -> String {
    let lang = ui.lang;
    let unknown = say::track::page_no_state(lang);
    let state = harmless(status.state.as_deref().unwrap_or(&unknown));
    let tone = if status.late { Tone::Bad } else { Tone::Strong };
    let mut lines = vec![format!("{}  {}", status.code, ui.paint(&state, tone))];
    let mut line = |label: String, value: &Option<String>| {
        if let Some(value) = value {
            lines.push(format!("  {label}: {}", harmless(&when(value))));
        }
    };
    line(say::track::page_received(lang), &status.received);
    line(say::track::page_due(lang), &status.due);
    line(say::track::page_finished(lang), &status.finished);
    if status.late {
        lines.push(format!("  {}", say::track::page_late(lang)));
    }
    if let Some(particulars) = &status.particulars {
        let (documents, pages) = (particulars.documents, particulars.pages);
        lines.push(format!("  {}", say::track::status_papers(lang, documents, pages)));
        if !particulars.missing.is_empty() {
            let missing: Vec<_> =
                particulars.missing.iter().map(|what| what.words(lang)).collect();
            let missing = missing.join(", ");
            lines.push(format!("  {}", say::track::status_missing(lang, missing)));
        }
        for (at, state) in &particulars.moves {
            lines.push(format!("  {at}  {}", harmless(state)));
        }
    }
    lines.join("\n")
}

/// A moment or a day as people read it.
fn when(text: &str) -> String {
    match (Timestamp::read(text), Day::typed(text)) {
        (Some(at), _) => {
            let (hour, minute) = at.hour_and_minute();
            format!("{hour:02}:{minute:02} {}", at.day().vietnamese())
        }
        (None, Some(day)) => day.vietnamese(),
        (None, None) => text.to_owned(),
    }
}
