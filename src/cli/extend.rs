//! `sohoa extend`: signatures that last longer, and which of them end when.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, ValueHint, value_parser};
use serde_json::json;

use crate::archive::store::{self, Existing};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::signing::{self, Stamping};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui};
use crate::cli::{connect, verify};
use crate::cos::Source;
use crate::say::help;
use crate::say::{self, Lang, Tell as _};
use crate::sign::SignError;
use crate::sign::extend::{Done, Order, Outlook, extend, outlook};
use crate::sign::vouch::Sources;
use crate::time::Timestamp;
use crate::verify::level::Stage;

/// The words of `sohoa extend`.
pub(crate) const WORDS: Words = Words {
    path: "extend",
    about: help::EXTEND_ABOUT,
    long: help::EXTEND_LONG,
    usage: help::EXTEND_USAGE,
    examples: help::EXTEND_EXAMPLES,
};

/// The schema of the JSON rows.
const SCHEMA: &str = "sohoa.extend/1";
/// Seconds of a day.
const DAY: i64 = 86_400;
/// Days before the end in which a file is renewed.
const WITHIN: i64 = 180;

/// `sohoa extend FILE…`.
pub(crate) fn command(lang: Lang) -> Command {
    let paths = layout::positional("paths", help::VALUE_PATH, help::EXTEND_PATHS, lang)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::AnyPath);
    layout::command(&WORDS, lang)
        .arg(paths)
        .next_help_heading(help::SIGN_PLACES.in_lang(lang))
        .arg(layout::flag("radar", help::EXTEND_RADAR, lang))
        .args(signing::places(lang))
        .next_help_heading(help::SIGN_LASTING.in_lang(lang))
        .arg(
            layout::option("level", help::VALUE_LEVEL, help::EXTEND_LEVEL, lang)
                .value_parser(["t", "lt", "lta"])
                .hide_possible_values(true),
        )
        .arg(
            layout::option("within", help::VALUE_NUMBER, help::EXTEND_WITHIN, lang)
                .value_parser(value_parser!(u16)),
        )
        .args(signing::lasting(lang))
        .arg(
            layout::option("password-file", help::VALUE_FILE, help::SIGN_PASSWORD, lang)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
}

/// Extends what the line names, or tells when it ends.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    let paths: Vec<PathBuf> =
        matches.get_many::<PathBuf>("paths").unwrap_or_default().cloned().collect();
    let password = layout::value::<PathBuf>(matches, "password-file");
    let password = password.map(|file| connect::password(&file, lang)).transpose()?;
    if matches.get_flag("radar") {
        return radar(&paths, password.as_deref(), now, ui);
    }
    let stage = signing::stage(matches).unwrap_or(Stage::Lta);
    let stamping = Stamping::of(matches, around, stage, lang)?;
    let store = signing::data(matches, lang)?;
    let sources = Sources { store: &store, online: stamping.online() };
    let Some(authorities) = &stamping.authorities else {
        return Err(Failure::new(say::cli::sign_needs_tsa(lang)));
    };
    let within = layout::value::<u16>(matches, "within").map_or(WITHIN, i64::from);
    let order = Order {
        stage,
        within: within * DAY,
        password: password.as_deref(),
        now,
        authorities,
        sources: &sources,
    };
    let tasks = places(matches, &paths, lang)?;
    let many = tasks.len() > 1;
    let (mut extended, mut lasting, mut failed) = (0, 0, 0);
    for (input, output, existing) in &tasks {
        match extend(input, output, *existing, &order) {
            Ok(done) => {
                match done {
                    Done::Nothing(_) => lasting += 1,
                    Done::Extended { .. } => extended += 1,
                }
                tell(input, output, &done, ui)?;
            }
            Err(error) if many => {
                failed += 1;
                tell_failed(input, &error, ui)?;
            }
            Err(error) => return Err(signing::failed(&error, lang)),
        }
    }
    if many && !ui.json {
        ui.answer(&say::cli::extend_tally(lang, tasks.len(), extended, lasting, failed))?;
    }
    Ok(if failed > 0 { Exit::Trouble } else { Exit::Yes })
}

type Place = (PathBuf, PathBuf, Existing);

fn places(
    matches: &ArgMatches,
    paths: &[PathBuf],
    lang: Lang,
) -> Result<Vec<Place>, Failure> {
    if let Some(archive) = paths.iter().find(|path| path.join("sohoa.toml").is_file()) {
        return Err(Failure::new(say::cli::sign_archive(lang, archive.display()))
            .hint(say::cli::hint_extend_archive(lang)));
    }
    let files = signing::files(paths, false, lang)?;
    let existing = match matches.get_flag("force") {
        true => Existing::Replace,
        false => Existing::Keep,
    };
    if let Some(output) = layout::value::<PathBuf>(matches, "output") {
        let [(input, _)] = files.as_slice() else {
            return Err(Failure::new(say::cli::sign_one_output(lang)));
        };
        if signing::same(input, &output) {
            return Err(Failure::new(say::cli::sign_same(lang))
                .hint(say::cli::hint_in_place(lang)));
        }
        return Ok(vec![(input.clone(), output, existing)]);
    }
    if let Some(dir) = layout::value::<PathBuf>(matches, "out-dir") {
        let mut places = Vec::new();
        for (input, below) in files {
            let output = dir.join(below);
            if let Some(folder) = output.parent() {
                std::fs::create_dir_all(folder).map_err(|error| {
                    let told = say::cli::sign_no_folder(lang, folder.display());
                    Failure::io(told, &error, lang)
                })?;
                store::sweep(folder);
            }
            places.push((input, output, existing));
        }
        return Ok(places);
    }
    if matches.get_flag("in-place") {
        let place =
            |(input, _): (PathBuf, PathBuf)| (input.clone(), input, Existing::Replace);
        return Ok(files.into_iter().map(place).collect());
    }
    Err(Failure::new(say::cli::sign_no_output(lang))
        .hint(say::cli::hint_sign_output(lang)))
}

/// The name of a level.
fn level(stage: Stage) -> &'static str {
    match stage {
        Stage::B => "B",
        Stage::T => "T",
        Stage::Lt => "LT",
        Stage::Lta => "LTA",
    }
}

fn tell(input: &Path, output: &Path, done: &Done, ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    let input = input.display();
    if ui.json {
        let row = match done {
            Done::Nothing(now) => json!({
                "schema": SCHEMA, "kind": "file", "input": input.to_string(),
                "status": "lasts", "level": level(now.stage), "ends": now.ends,
            }),
            Done::Extended { before, after } => json!({
                "schema": SCHEMA, "kind": "file", "input": input.to_string(),
                "output": output.display().to_string(), "status": "extended",
                "level_before": level(before.stage), "level": level(after.stage),
                "ends_before": before.ends, "ends": after.ends,
            }),
        };
        return ui.answer(&row.to_string());
    }
    ui.answer(&match done {
        Done::Nothing(now) => {
            say::cli::extend_nothing(lang, input, level(now.stage), now.ends)
        }
        Done::Extended { before, after } => say::cli::extended(
            lang,
            output.display(),
            level(before.stage),
            level(after.stage),
            after.ends,
        ),
    })
}

fn tell_failed(input: &Path, error: &SignError, ui: &Ui) -> Result<(), Failure> {
    let told = error.tell(ui.lang);
    if ui.json {
        let row = json!({
            "schema": SCHEMA, "kind": "file", "input": input.display().to_string(),
            "status": "failed", "why": told,
        });
        return ui.answer(&row.to_string());
    }
    ui.fail(&Failure::new(say::cli::extend_failed(ui.lang, input.display(), told)));
    Ok(())
}

/// Tells what ends when, the first to end first.
fn radar(
    paths: &[PathBuf],
    password: Option<&str>,
    now: Timestamp,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let mut rows: Vec<(Timestamp, PathBuf, Outlook)> = Vec::new();
    let (mut unsigned, mut failed) = (0, 0);
    for file in verify::files(paths, ui.lang)? {
        let source = Source::open(&file).map_err(SignError::Io);
        match source.and_then(|source| outlook(source, password, now)) {
            Ok((outlook, _)) => rows.push((outlook.ends, file, outlook)),
            Err(SignError::NothingSigned) => unsigned += 1,
            Err(error) => {
                failed += 1;
                tell_failed(&file, &error, ui)?;
            }
        }
    }
    rows.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    for (ends, file, outlook) in &rows {
        let left = (ends.unix() - now.unix()).div_euclid(DAY);
        let shown = file.display();
        if ui.json {
            let row = json!({
                "schema": "sohoa.radar/1", "kind": "file", "path": shown.to_string(),
                "level": level(outlook.stage), "signatures": outlook.signatures,
                "ends": ends, "days_left": left,
            });
            ui.answer(&row.to_string())?;
        } else {
            let line = say::cli::radar_line(
                ui.lang,
                ends.day().vietnamese(),
                left,
                level(outlook.stage),
                shown,
            );
            let tone = if left < WITHIN { Tone::Care } else { Tone::Plain };
            ui.answer(&ui.paint(&line, tone))?;
        }
    }
    if !ui.json {
        ui.remark(&say::cli::radar_tally(ui.lang, rows.len(), unsigned, failed));
    }
    Ok(if failed > 0 { Exit::No } else { Exit::Yes })
}
