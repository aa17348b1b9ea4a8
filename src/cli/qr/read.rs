//! `sohoa qr read FILE…`: every code on every page.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{ArgAction, ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::Code;
use crate::cli::archive::place;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::digest::Digest;
use crate::ingest::source::{self, Fault, Opened};
use crate::page::codes::{self, PageCode};
use crate::pki::{Status, folder};
use crate::qr::find::Effort;
use crate::raster::Limits;
use crate::say::help;
use crate::say::{self, Lang, Tell as _};
use crate::time::Timestamp;
use crate::track::payload::{Begins, Known, Payload, Sheet, Side};
use crate::track::seal::{self, Opened as Unsealed, State, Statement, Trusted};

/// The words of `sohoa qr read`.
pub(crate) const WORDS: Words = Words {
    path: "qr read",
    about: help::QR_READ_ABOUT,
    long: help::QR_READ_LONG,
    usage: help::QR_READ_USAGE,
    examples: help::QR_READ_EXAMPLES,
};

/// Letters of a payload shown on a line.
const SHOWN: usize = 90;

/// `sohoa qr read FILE…`.
pub(crate) fn command(lang: Lang) -> Command {
    let files = layout::positional("files", help::VALUE_FILE, help::QR_FILES, lang)
        .num_args(1..)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath);
    layout::command(&WORDS, lang)
        .arg(files)
        .arg(place::flag(lang))
        .next_help_heading(help::OPTIONS.in_lang(lang))
        .arg(layout::flag("personal", help::QR_PERSONAL, lang))
        .arg(
            layout::option("trust", help::VALUE_FILE, help::QR_TRUST, lang)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .action(ArgAction::Append),
        )
        .arg(
            layout::option("against", help::VALUE_FILE, help::QR_AGAINST, lang)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
}

/// Reads the files one after the other.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    let by = By {
        now: around.now(ui.lang)?,
        known: known(matches, ui)?,
        is_personal: matches.get_flag("personal"),
        trusted: trusted(matches, ui.lang)?,
        against: against(matches, ui.lang)?,
    };
    let files = matches.get_many::<PathBuf>("files").unwrap_or_default();
    let mut answer = Answer { schema: "sohoa.qr-read/1", files: Vec::new() };
    let mut exit = Exit::Yes;
    for path in files {
        let read = read(path, &by, ui.lang);
        exit = exit.and(read.exit());
        if !ui.json {
            tell(&read, ui)?;
        }
        answer.files.push(read);
    }
    let found = answer.files.iter().any(|file| !file.codes.is_empty());
    let exit = if found { exit } else { exit.and(Exit::No) };
    if ui.json {
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    }
    Ok(exit)
}

/// What the archive, if one is named, knows about codes.
pub(crate) fn known(matches: &ArgMatches, ui: &Ui) -> Result<Known, Failure> {
    if layout::value::<PathBuf>(matches, "archive").is_none() {
        return Ok(Known::default());
    }
    let archive = place::consult(matches, ui)?;
    let settings = archive.settings();
    Ok(Known {
        address: settings.look_up.clone(),
        separators: settings.separators.clone(),
    })
}

/// What codes are read by.
struct By {
    /// The moment at which seals are judged.
    now: Timestamp,
    known: Known,
    /// Whether personal data is shown.
    is_personal: bool,
    /// The keys of seals that are believed; `None` where none was named.
    trusted: Option<Trusted>,
    /// The document a sealed code is held against.
    against: Option<Arc<[u8]>>,
}

/// The keys the line names.
fn trusted(matches: &ArgMatches, lang: Lang) -> Result<Option<Trusted>, Failure> {
    let files: Vec<&PathBuf> =
        matches.get_many::<PathBuf>("trust").unwrap_or_default().collect();
    let mut trusted = Trusted::default();
    for file in &files {
        if file.is_dir() {
            let store =
                folder::open(file).map_err(|error| Failure::told(&error, lang))?;
            trusted.add_store(store);
            continue;
        }
        if trusted.add(&bytes_of(file, lang)?) == 0 {
            return Err(Failure::new(say::track::no_public_key(lang, file.display())));
        }
    }
    Ok(Some(trusted).filter(|_| !files.is_empty()))
}

/// The document sealed codes are held against.
fn against(matches: &ArgMatches, lang: Lang) -> Result<Option<Arc<[u8]>>, Failure> {
    let file = layout::value::<PathBuf>(matches, "against");
    file.map(|file| bytes_of(&file, lang)).transpose()
}

fn bytes_of(file: &Path, lang: Lang) -> Result<Arc<[u8]>, Failure> {
    source::read(file).map_err(|fault| {
        let sentence = say::cli::cannot_read(lang, file.display());
        Failure::new(format!("{sentence}: {}", fault.tell(lang)))
    })
}

#[derive(Serialize)]
struct Answer {
    schema: &'static str,
    files: Vec<FileRead>,
}

/// What was read in a file.
#[derive(Serialize)]
struct FileRead {
    file: String,
    pages: usize,
    codes: Vec<CodeRead>,
    /// Pages that could not be read, or 0 for the whole file, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    troubles: Vec<Trouble>,
}

#[derive(Serialize)]
struct Trouble {
    page: usize,
    code: &'static str,
    reason: String,
}

/// A code that was read.
#[derive(Serialize)]
struct CodeRead {
    page: usize,
    kind: &'static str,
    /// What it says; absent where that is personal.
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<String>,
    /// Its bytes in hexadecimal digits, where they are no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_hex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dossier: Option<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<SheetRead>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<SealRead>,
    #[serde(skip_serializing_if = "Option::is_none")]
    masked: Option<String>,
    corners_mm: [(f64, f64); 4],
    side_mm: f64,
    module_mm: f64,
    turn_degrees: f64,
    version: u32,
    correction: Option<char>,
}

/// What a separator sheet announces.
#[derive(Serialize)]
struct SheetRead {
    begins: &'static str,
    documents: Option<u32>,
    pages: Option<u32>,
    serial: u32,
    side: &'static str,
}

/// What a sealed code states, and whether that is believed.
#[derive(Serialize)]
struct SealRead {
    /// `sound`, `forged`, `unknown_key`, `unchecked`, `unreadable`; where the key's
    /// certificate is the reason `revoked`, `no_chain`, `out_of_time`,
    /// `revocation_unknown` or `untrusted`.
    state: &'static str,
    /// The name in the certificate of the key.
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<u32>,
    /// The first bytes of the document's SHA-256, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256_prefix: Option<String>,
    /// Whether the document named with `--against` is the one stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    is_original: Option<bool>,
}

impl FileRead {
    /// What this file means for how the command ends.
    fn exit(&self) -> Exit {
        let exit = if self.troubles.is_empty() { Exit::Yes } else { Exit::Trouble };
        let seals = self.codes.iter().filter_map(|code| code.seal.as_ref());
        seals.fold(exit, |exit, seal| {
            let differs = seal.is_original == Some(false);
            exit.and(match seal.state {
                "forged" | "unreadable" | "revoked" => Exit::No,
                _ if differs => Exit::No,
                "sound" | "unchecked" => Exit::Yes,
                _ => Exit::Undecided,
            })
        })
    }
}

/// Opens a sealed code.
fn unseal(sealed: &str, by: &By) -> (SealRead, Option<Code>) {
    let none = Trusted::default();
    let opened = seal::open(sealed, by.trusted.as_ref().unwrap_or(&none), by.now);
    let Unsealed { state, statement, signer } = opened;
    let state = match state {
        State::Sound => "sound",
        State::Forged => "forged",
        State::UnknownKey if by.trusted.is_none() => "unchecked",
        State::UnknownKey => "unknown_key",
        State::Untrusted(Status::Revoked(_)) => "revoked",
        State::Untrusted(Status::NoChain(_)) => "no_chain",
        State::Untrusted(Status::NotYetValid(_) | Status::Expired(_)) => "out_of_time",
        State::Untrusted(Status::RevocationUnknown(_)) => "revocation_unknown",
        State::Untrusted(
            Status::General(_)
            | Status::Constraints(_)
            | Status::Crypto(_)
            | Status::Valid,
        ) => "untrusted",
        State::Unreadable => "unreadable",
    };
    let said = statement.as_ref();
    let hex = |s: &Statement| s.hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let is_original = |s: &Statement| by.against.as_ref().map(|file| s.is_of(file));
    let read = SealRead {
        state,
        signer,
        issuer: said.map(|s| s.issuer.to_string()),
        day: said.map(|s| s.day.to_string()),
        pages: said.map(|s| s.pages),
        sha256_prefix: said.map(hex),
        is_original: said.and_then(is_original),
    };
    (read, statement.map(|statement| statement.code))
}

/// Reads a file; what cannot be read is told beside what can.
fn read(path: &Path, by: &By, lang: Lang) -> FileRead {
    let mut read = FileRead {
        file: path.display().to_string(),
        pages: 0,
        codes: Vec::new(),
        troubles: Vec::new(),
    };
    let trouble = |page: usize, fault: &Fault| Trouble {
        page,
        code: fault.code(),
        reason: fault.tell(lang),
    };
    let opened = source::read(path).and_then(|bytes| {
        let digest = Digest::of(&bytes);
        Opened::of(bytes, digest, None, Limits::default())
    });
    let opened = match opened {
        Ok(opened) => opened,
        Err(fault) => {
            read.troubles.push(trouble(0, &fault));
            return read;
        }
    };
    read.pages = opened.page_count();
    for index in 0..read.pages {
        let codes = opened.page(index).and_then(|page| {
            codes::on(page.scan(), None, Effort::All).map_err(Fault::Decode)
        });
        match codes {
            Ok(codes) => read
                .codes
                .extend(codes.into_iter().map(|code| of_page(index + 1, code, by))),
            Err(fault) => read.troubles.push(trouble(index + 1, &fault)),
        }
    }
    read
}

/// A code as it is told.
fn of_page(page: usize, code: PageCode, by: &By) -> CodeRead {
    let meaning = Payload::read(&code.payload, &by.known);
    let hundredths = |value: f64| (value * 100.0).round() / 100.0;
    let (side_mm, module_mm) = (hundredths(code.side_mm()), hundredths(code.module_mm()));
    let turn_degrees = hundredths(code.turn_degrees());
    let text = String::from_utf8(code.payload);
    let is_hidden = meaning == Payload::Card && !by.is_personal;
    let masked = match &text {
        Ok(text) if meaning == Payload::Card => Some(mask(text)),
        Ok(_) | Err(_) => None,
    };
    let (payload, payload_hex) = match text {
        Ok(_) if is_hidden => (None, None),
        Ok(text) => (Some(text), None),
        Err(error) => {
            let hex = error.as_bytes().iter().map(|byte| format!("{byte:02x}"));
            (None, Some(hex.collect()))
        }
    };
    let (seal, sealed_code) = match &meaning {
        Payload::Sealed(sealed) => {
            let (seal, code) = unseal(sealed, by);
            (Some(seal), code)
        }
        Payload::Dossier(_)
        | Payload::Sheet(_)
        | Payload::Separator
        | Payload::Calibration(_)
        | Payload::Card
        | Payload::Damaged
        | Payload::Foreign => (None, None),
    };
    let (dossier, sheet) = stated(&meaning, sealed_code);
    CodeRead {
        page,
        kind: meaning.kind(),
        seal,
        dossier,
        sheet,
        payload,
        payload_hex,
        masked,
        corners_mm: code.corners_mm,
        side_mm,
        module_mm,
        turn_degrees,
        version: code.version,
        correction: code.correction.map(crate::qr::Correction::letter),
    }
}

/// The dossier a code leads to, and what it announces as a sheet.
fn stated(meaning: &Payload, sealed: Option<Code>) -> (Option<Code>, Option<SheetRead>) {
    match meaning {
        Payload::Dossier(code) => (Some(code.clone()), None),
        Payload::Sheet(sheet) => (sheet.dossier.clone(), Some(announced(sheet))),
        Payload::Sealed(_) => (sealed, None),
        Payload::Separator
        | Payload::Calibration(_)
        | Payload::Card
        | Payload::Damaged
        | Payload::Foreign => (None, None),
    }
}

/// What a sheet announces.
fn announced(sheet: &Sheet) -> SheetRead {
    SheetRead {
        begins: match sheet.begins {
            Begins::Dossier => "dossier",
            Begins::Document => "document",
        },
        documents: sheet.documents,
        pages: sheet.pages,
        serial: sheet.serial,
        side: match sheet.side {
            Side::Front => "front",
            Side::Back => "back",
        },
    }
}

/// `056090000123` as `056******123`.
fn mask(card: &str) -> String {
    let number = card.split('|').next().unwrap_or_default();
    let shown = |at: usize| at < 3 || at + 3 >= number.len();
    let letter = |(at, c): (usize, char)| if shown(at) { c } else { '*' };
    number.chars().enumerate().map(letter).collect()
}

/// Tells a person what was read in a file.
fn tell(read: &FileRead, ui: &Ui) -> Result<(), Failure> {
    let lang = ui.lang;
    let file = harmless(&read.file);
    for trouble in &read.troubles {
        let sentence = match trouble.page {
            0 => say::cli::cannot_read(lang, &file),
            page => say::track::page_unread(lang, &file, page),
        };
        ui.fail(&Failure::new(format!("{sentence}: {}", trouble.reason)));
    }
    if read.codes.is_empty() && read.troubles.is_empty() {
        ui.remark(&say::track::no_code(lang, &file));
    }
    for code in &read.codes {
        let kind = kind(code.kind, lang);
        let bytes = code.payload_hex.as_ref().map(|hex| hex.len() / 2);
        let says = match (&code.payload, &code.masked, bytes) {
            (Some(text), _, _) => harmless(&text.chars().take(SHOWN).collect::<String>()),
            (None, Some(masked), _) => masked.clone(),
            (None, None, bytes) => say::track::not_text(lang, bytes.unwrap_or(0)),
        };
        let sum = code.corners_mm.iter().fold((0.0, 0.0), |s, c| (s.0 + c.0, s.1 + c.1));
        let figure = |value: f64| number::decimal(value, 1, lang);
        let (x, y) = (figure(sum.0 / 4.0), figure(sum.1 / 4.0));
        let place = say::track::code_place(lang, code.page, x, y, figure(code.side_mm));
        let head = format!("{}  {kind}", ui.paint(&says, Tone::Strong));
        ui.answer(&format!("{head}\n  {file}, {place}"))?;
        if let Some(seal) = &code.seal {
            ui.answer(&format!("  {}", told_seal(seal, code.dossier.as_ref(), ui)))?;
        }
    }
    Ok(())
}

/// A seal in words.
fn told_seal(seal: &SealRead, code: Option<&Code>, ui: &Ui) -> String {
    let lang = ui.lang;
    let (state, tone) = match seal.state {
        "sound" => (say::track::seal_sound(lang), Tone::Good),
        "forged" => (say::track::seal_forged(lang), Tone::Bad),
        "unreadable" => (say::track::seal_unreadable(lang), Tone::Bad),
        "revoked" => (say::track::seal_revoked(lang), Tone::Bad),
        "no_chain" => (say::track::seal_no_chain(lang), Tone::Care),
        "out_of_time" => (say::track::seal_out_of_time(lang), Tone::Care),
        "revocation_unknown" => (say::track::seal_revocation_unknown(lang), Tone::Care),
        "untrusted" => (say::track::seal_untrusted(lang), Tone::Care),
        "unknown_key" => (say::track::seal_unknown(lang), Tone::Care),
        _ => (say::track::seal_unchecked(lang), Tone::Care),
    };
    let mut told = vec![ui.paint(&state, tone)];
    let signer = seal.signer.as_deref().map(harmless);
    told.extend(signer.map(|name| say::track::seal_by(lang, name)));
    if let (Some(issuer), Some(day), Some(pages)) = (&seal.issuer, &seal.day, seal.pages)
    {
        let code = code.map(ToString::to_string).unwrap_or_default();
        told.push(say::track::seal_says(lang, issuer, code, day, pages));
    }
    told.extend(seal.is_original.map(|is_original| match is_original {
        true => say::track::seal_original(lang),
        false => say::track::seal_other(lang),
    }));
    told.join("; ")
}

/// A kind in words.
fn kind(kind: &str, lang: Lang) -> String {
    match kind {
        "dossier" => say::track::kind_dossier(lang),
        "sheet" => say::track::kind_sheet(lang),
        "separator" => say::track::kind_separator(lang),
        "calibration" => say::track::kind_calibration(lang),
        "sealed" => say::track::kind_sealed(lang),
        "citizen_card" => say::track::kind_card(lang),
        "damaged" => say::track::kind_damaged(lang),
        _ => say::track::kind_foreign(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_card_is_masked() {
        assert_eq!(mask("056090000123||NGUYỄN VĂN A|01011990"), "056******123");
    }
}
