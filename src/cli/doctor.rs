//! `sohoa doctor`: what this machine lacks, and the command that mends it.
//!
//! It looks and changes nothing. What digitising cannot do without is *needed*;
//! the rest is advice or a note and leaves the exit code alone.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Command, ValueHint, value_parser};
use rustix::fs::{Access, access, statvfs};
use serde::Serialize;

use crate::archive::is_archive;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::surroundings::Surroundings;
use crate::cli::table::wrap;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::print::{Cut, Faces, font_folders};
use crate::say::help;
use crate::say::{self, Lang, Tell as _};

/// The words of `sohoa doctor`.
pub(crate) const WORDS: Words = Words {
    path: "doctor",
    about: help::DOCTOR_ABOUT,
    long: help::DOCTOR_LONG,
    usage: help::DOCTOR_USAGE,
    examples: help::DOCTOR_EXAMPLES,
};

/// Where Debian, Ubuntu and others keep recognition data; `libtesseract` of
/// Debian 12 and 13 and Ubuntu 22.04 and 24.04 looks into the first.
const TESSDATA: [&str; 4] = [
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
];
/// Where libraries lie.
const LIBRARY_FOLDERS: [&str; 9] = [
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/lib/softhsm",
    "/usr/lib/pkcs11",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/x86_64-linux-gnu/softhsm",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu/softhsm",
];
/// PKCS#11 libraries by the start of their file names: software tokens, smart
/// cards, and the drivers of tokens common in Vietnam.
const TOKEN_LIBRARIES: [&str; 12] = [
    "libsofthsm2.so",
    "opensc-pkcs11.so",
    "libbit4xpki.so",
    "libbit4ipki.so",
    "libeTPkcs11.so",
    "libeToken.so",
    "libcastle",
    "libshuttle_p11",
    "libvnpt",
    "libviettel",
    "libbkavca",
    "libgca",
];
/// With less room than this a day's scans may not fit.
const LEAST_SPACE: u64 = 2_000_000_000;

/// `sohoa doctor [--archive DIR]`.
pub(crate) fn command(lang: Lang) -> Command {
    let archive = layout::option("archive", help::VALUE_DIR, help::DOCTOR_ARCHIVE, lang)
        .help_heading(help::OPTIONS.in_lang(lang))
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::DirPath);
    layout::command(&WORDS, lang).arg(archive)
}

/// What a check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It is there.
    Ready,
    /// It is needed and not there.
    Missing,
    /// It is not there, and things would go better with it.
    Advised,
    /// For information.
    Note,
}

/// One check and its answer.
#[derive(Debug, Serialize)]
struct Check {
    /// A stable name for scripts.
    id: &'static str,
    state: State,
    /// What was looked for.
    what: String,
    /// What was found, or not.
    found: String,
    /// The command that mends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<String>,
}

/// Looks at this machine and tells.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let archive = layout::value::<PathBuf>(matches, "archive");
    let checks = checks(around, archive.as_deref(), ui.lang);
    let missing = checks.iter().filter(|check| check.state == State::Missing).count();
    let text = if ui.json { json(&checks, missing)? } else { text(&checks, missing, ui) };
    if !text.is_empty() {
        ui.answer(&text)?;
    }
    Ok(if missing == 0 { Exit::Yes } else { Exit::No })
}

/// All checks, what is needed first.
fn checks(around: &Surroundings, archive: Option<&Path>, lang: Lang) -> Vec<Check> {
    let data = Data { folders: tessdata_folders(around), lang };
    let mut checks =
        vec![data.check("vie", State::Missing, say::cli::check_vietnamese(lang))];
    if let Some(dir) = archive {
        checks.push(archive_check(dir, lang));
        checks.push(space_check(dir, lang));
    }
    checks.push(data.check("eng", State::Note, say::cli::check_english(lang)));
    checks.push(characters_check(around, lang));
    checks.push(font_check(around, lang));
    checks.push(tokens_check(lang));
    checks
}

/// Recognition data of one language after the other.
struct Data {
    folders: Vec<PathBuf>,
    lang: Lang,
}

impl Data {
    /// Whether the data called `name` is there; `otherwise` if not.
    fn check(&self, name: &'static str, otherwise: State, what: String) -> Check {
        let file = format!("{name}.traineddata");
        let there =
            self.folders.iter().map(|dir| dir.join(&file)).find(|path| path.is_file());
        let id = match name {
            "vie" => "ocr.vie",
            _ => "ocr.eng",
        };
        match there {
            Some(path) => Check {
                id,
                state: State::Ready,
                what,
                found: path.display().to_string(),
                remedy: None,
            },
            None => Check {
                id,
                state: otherwise,
                what,
                found: say::cli::not_found_in(self.lang, &file, self.places()),
                remedy: Some(self.remedy(name, &file)),
            },
        }
    }

    /// What brings the data: it may be installed, but out of sight.
    fn remedy(&self, name: &str, file: &str) -> String {
        let mut usual = TESSDATA.iter().map(|dir| Path::new(dir).join(file));
        if usual.any(|path| path.is_file()) {
            "unset TESSDATA_PREFIX".to_owned()
        } else {
            format!("sudo apt-get install tesseract-ocr-{name}")
        }
    }

    /// The folders looked into, the first one if there are several.
    fn places(&self) -> String {
        self.folders.first().map(|dir| format!("`{}`", dir.display())).unwrap_or_default()
    }
}

/// Where recognition data may lie: `TESSDATA_PREFIX` alone, if it is set.
fn tessdata_folders(around: &Surroundings) -> Vec<PathBuf> {
    match &around.tessdata {
        Some(only) => vec![only.clone()],
        None => TESSDATA.iter().map(PathBuf::from).collect(),
    }
}

/// Whether `dir` is an archive that may be written.
fn archive_check(dir: &Path, lang: Lang) -> Check {
    let shown = dir.display();
    let (state, found, remedy) = if !is_archive(dir) {
        let remedy = format!("sohoa archive init {} --agency … --name …", quoted(dir));
        (State::Missing, say::cli::no_archive(lang, shown), Some(remedy))
    } else if access(dir, Access::WRITE_OK | Access::EXEC_OK).is_err() {
        let remedy = format!("sudo chown -R \"$USER\" {}", quoted(dir));
        (State::Missing, say::cli::archive_not_writable(lang, shown), Some(remedy))
    } else {
        (State::Ready, shown.to_string(), None)
    };
    Check { id: "archive", state, what: say::cli::check_archive(lang), found, remedy }
}

/// Whether the disk of `dir` has room.
fn space_check(dir: &Path, lang: Lang) -> Check {
    let there = dir.ancestors().find(|path| path.is_dir()).unwrap_or(Path::new("."));
    let free =
        statvfs(there).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    let (state, found) = match free {
        Some(free) if free < LEAST_SPACE => {
            let [free, least] = [free, LEAST_SPACE].map(|size| number::bytes(size, lang));
            (State::Missing, say::cli::space_low(lang, free, least))
        }
        Some(free) => {
            (State::Ready, say::cli::space_free(lang, number::bytes(free, lang)))
        }
        None => (State::Note, say::cli::space_unknown(lang)),
    };
    let remedy = (state == State::Missing).then(|| format!("df -h {}", quoted(there)));
    Check { id: "space", state, what: say::cli::check_space(lang), found, remedy }
}

/// Whether Vietnamese letters reach the screen.
fn characters_check(around: &Surroundings, lang: Lang) -> Check {
    let locale = &around.locale;
    let (state, found) = match (around.utf8, locale.is_empty()) {
        (true, _) => (State::Ready, locale.clone()),
        (false, false) => (State::Advised, say::cli::not_utf8_locale(lang, locale)),
        (false, true) => (State::Advised, say::cli::no_locale(lang)),
    };
    let remedy = (!around.utf8).then(|| "export LC_ALL=C.UTF-8".to_owned());
    Check { id: "utf-8", state, what: say::cli::check_characters(lang), found, remedy }
}

/// Whether documents can be typeset as NĐ 30/2020/NĐ-CP, Phụ lục I, asks: in a
/// font like Times New Roman, with all Vietnamese letters.
fn font_check(around: &Surroundings, lang: Lang) -> Check {
    let faces = Faces::find(&font_folders(around.home.as_deref()));
    let (state, found, remedy) = match faces {
        Ok(faces) => (State::Ready, faces.face(Cut::Regular).name().to_owned(), None),
        Err(error) => {
            let remedy = "sudo apt-get install fonts-croscore".to_owned();
            (State::Advised, error.tell(lang), Some(remedy))
        }
    };
    Check { id: "font", state, what: say::cli::check_font(lang), found, remedy }
}

/// The libraries of signing tokens that are installed.
fn tokens_check(lang: Lang) -> Check {
    let mut found: Vec<_> = LIBRARY_FOLDERS
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten())
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            TOKEN_LIBRARIES.iter().any(|start| name.starts_with(start))
        })
        .map(|entry| entry.path().display().to_string())
        .collect();
    found.sort();
    let (state, found) = if found.is_empty() {
        (State::Note, say::cli::no_tokens(lang))
    } else {
        (State::Ready, found.join(", "))
    };
    Check { id: "tokens", state, what: say::cli::check_tokens(lang), found, remedy: None }
}

/// A path as a shell reads it back.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', "'\\''"))
}

/// The answer for a person: a line per check, its remedy below.
fn text(checks: &[Check], missing: usize, ui: &Ui) -> String {
    if ui.quiet && missing == 0 {
        return String::new();
    }
    let labels = checks.iter().map(|check| label(check.state, ui.lang).0);
    let widest =
        labels.map(|label| console::measure_text_width(&label)).max().unwrap_or(0);
    let indent = widest + 4;
    let room = ui.width().saturating_sub(indent);
    let version = env!("CARGO_PKG_VERSION");
    let mut lines = vec![say::cli::doctor_heading(ui.lang, version), String::new()];
    for check in checks {
        let (label, tone) = label(check.state, ui.lang);
        let pad = " ".repeat(widest - console::measure_text_width(&label));
        lines.push(format!(
            "  {}{pad}  {}",
            ui.paint(&label, tone),
            ui.paint(&check.what, Tone::Strong)
        ));
        for line in wrap(&harmless(&check.found), room) {
            lines.push(format!("{:indent$}{line}", ""));
        }
        if let Some(remedy) = &check.remedy {
            lines.push(format!("{:indent$}→ {}", "", harmless(remedy)));
        }
    }
    lines.push(String::new());
    lines.push(if missing == 0 {
        say::cli::doctor_ready(ui.lang)
    } else {
        say::cli::doctor_missing(ui.lang, number::many(missing, ui.lang))
    });
    lines.join("\n")
}

/// The word and the tone of a state.
fn label(state: State, lang: Lang) -> (String, Tone) {
    match state {
        State::Ready => (say::cli::state_ready(lang), Tone::Good),
        State::Missing => (say::cli::state_missing(lang), Tone::Bad),
        State::Advised => (say::cli::state_advised(lang), Tone::Care),
        State::Note => (say::cli::state_note(lang), Tone::Faint),
    }
}

/// The answer for a program.
fn json(checks: &[Check], missing: usize) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Report<'a> {
        schema: &'static str,
        version: &'static str,
        ready: bool,
        checks: &'a [Check],
    }
    let version = env!("CARGO_PKG_VERSION");
    let report =
        Report { schema: "sohoa.doctor/1", version, ready: missing == 0, checks };
    serde_json::to_string(&report).map_err(Failure::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_data_names_the_command_that_installs_it() {
        let data = Data { folders: vec!["/nowhere".into()], lang: Lang::Vi };
        let check = data.check("xyz", State::Missing, String::new());
        assert_eq!(check.state, State::Missing);
        assert!(check.found.contains("`/nowhere`"), "{}", check.found);
        assert_eq!(
            check.remedy.as_deref(),
            Some("sudo apt-get install tesseract-ocr-xyz")
        );
    }

    #[test]
    fn tessdata_prefix_is_the_only_place_when_it_is_set() {
        let mut around = Surroundings::default();
        assert_eq!(tessdata_folders(&around).len(), TESSDATA.len());
        around.tessdata = Some("/srv/tessdata".into());
        assert_eq!(tessdata_folders(&around), [PathBuf::from("/srv/tessdata")]);
    }

    #[test]
    fn a_folder_that_is_no_archive_is_missing() {
        let check = archive_check(Path::new("/nowhere/it's"), Lang::En);
        assert_eq!(check.state, State::Missing);
        assert!(
            check.remedy.is_some_and(|remedy| remedy.contains(r"'/nowhere/it'\''s'"))
        );
    }

    #[test]
    fn json_says_whether_the_machine_is_ready() {
        let checks = [characters_check(&Surroundings::default(), Lang::En)];
        let json = json(&checks, 0).unwrap();
        assert!(json.starts_with(r#"{"schema":"sohoa.doctor/1","version":""#), "{json}");
        assert!(
            json.contains(r#""ready":true,"checks":[{"id":"utf-8","state":"advised""#)
        );
    }
}
