//! `sohoa archive set CODE FIELD=VALUE…`: says something about a dossier.

use clap::{ArgMatches, Command};
use serde::Serialize;
use serde_json::Value;

use crate::archive::fields::{FIELDS, Field, Kind, Of};
use crate::archive::{Change, Code, Setting};
use crate::cli::archive::{place, show};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::say::help;
use crate::say::{self, Lang};

/// The words of `sohoa archive set`.
pub(crate) const WORDS: Words = Words {
    path: "archive set",
    about: help::SET_ABOUT,
    long: help::SET_LONG,
    usage: help::SET_USAGE,
    examples: help::SET_EXAMPLES,
};

/// `sohoa archive set CODE FIELD=VALUE…`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| {
        layout::option(name, value, help, lang).help_heading(help::OPTIONS.in_lang(lang))
    };
    let fields = layout::positional("field", help::VALUE_FIELD, help::SET_FIELD, lang);
    layout::command(&WORDS, lang)
        .arg(layout::positional("code", help::VALUE_CODE, help::SHOW_CODE, lang))
        .arg(fields.num_args(1..))
        .arg(place::flag(lang))
        .arg(option("document", help::VALUE_NUMBER, help::SET_DOCUMENT))
        .arg(option("by", help::VALUE_PERSON, help::SET_BY))
}

/// Sets the fields, all or none.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer<'a> {
        schema: &'static str,
        dossier: &'a Code,
        changed: bool,
        fields: Vec<(&'static str, Option<Value>)>,
    }
    let lang = ui.lang;
    let code = show::code(matches, lang)?;
    let document = document(matches, lang)?;
    let of = if document.is_some() { Of::Document } else { Of::Dossier };
    let typed = matches.get_many::<String>("field").unwrap_or_default();
    let changes: Result<Vec<_>, _> = typed.map(|typed| change(typed, of, lang)).collect();
    let changes = changes?;
    let by = layout::value::<String>(matches, "by");
    let setting =
        Setting { dossier: &code, document, by: by.as_deref(), now: around.now(lang)? };
    let archive = place::open(matches, ui)?;
    let (dossier, changed) = archive
        .set(&setting, &changes)
        .map_err(|error| place::told(&error, &archive, lang))?;
    if ui.json {
        let fields = changes.into_iter().map(|change| (change.field.name, change.value));
        let answer = Answer {
            schema: "sohoa.archive-set/1",
            dossier: &dossier.code,
            changed,
            fields: fields.collect(),
        };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else if changed {
        ui.remark(&say::cli::set_done(lang, &dossier.code));
    } else {
        ui.remark(&say::cli::set_nothing(lang, &dossier.code));
    }
    Ok(Exit::Yes)
}

/// The document named, if one is.
fn document(matches: &ArgMatches, lang: Lang) -> Result<Option<u32>, Failure> {
    let Some(typed) = layout::value::<String>(matches, "document") else {
        return Ok(None);
    };
    match typed.parse() {
        Ok(ordinal) => Ok(Some(ordinal)),
        Err(_) => Err(Failure::new(say::cli::value_unknown(lang, typed, "--document"))),
    }
}

/// What `FIELD=VALUE` asks for.
pub(crate) fn change(typed: &str, of: Of, lang: Lang) -> Result<Change, Failure> {
    let Some((name, value)) = typed.split_once('=') else {
        return Err(Failure::new(say::cli::no_equals(lang, typed))
            .hint(say::cli::hint_equals(lang)));
    };
    let told = |error| {
        Failure::told(&error, lang)
            .hint(say::cli::hint_fields(lang, names(of)))
            .hint(say::cli::hint_set_on(lang))
    };
    let field = Field::named(name.trim(), of).map_err(told)?;
    let value = field.read(value).map_err(|error| Failure::told(&error, lang))?;
    Ok(Change { field, value })
}

/// The fields there are.
fn names(of: Of) -> String {
    let shown = |field: &Field| match field.kind {
        Kind::Text(most) => format!("{} ({most})", field.name),
        Kind::Date | Kind::Number(_) | Kind::OneOf(_) | Kind::State => {
            field.name.to_owned()
        }
    };
    let here = FIELDS.iter().filter(|field| field.of == of);
    here.map(shown).collect::<Vec<_>>().join(", ")
}
