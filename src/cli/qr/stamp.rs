//! `sohoa qr stamp IN.pdf -o OUT.pdf`: puts a code on the pages of PDFs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, ValueHint, value_parser};
use serde::Serialize;

use crate::archive::Code;
use crate::archive::address::Address;
use crate::archive::store::{self, Existing};
use crate::cli::archive::place;
use crate::cli::connect;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::layout::{self, Words};
use crate::cli::number;
use crate::cli::qr::{codes, payload_of, refuse_personal};
use crate::cli::signing::{self, Keys};
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::{Ui, harmless};
use crate::ingest::source;
use crate::pdf;
use crate::qr::Correction;
use crate::raster::Limits;
use crate::say::help;
use crate::say::{self, Lang, Tell as _};
use crate::sign::key::{KeyFile, Password};
use crate::sign::{annotate, seal};
use crate::time::Day;
use crate::track::clear::Corner;
use crate::track::seal::{Sealer, Statement};
use crate::track::stamp::{self, Pages, Stamp, StampError};

/// The words of `sohoa qr stamp`.
pub(crate) const WORDS: Words = Words {
    path: "qr stamp",
    about: help::QR_STAMP_ABOUT,
    long: help::QR_STAMP_LONG,
    usage: help::QR_STAMP_USAGE,
    examples: help::QR_STAMP_EXAMPLES,
};

/// Side of a stamp where nobody says otherwise, in millimetres.
const USUAL_SIDE: f64 = 20.0;
/// Side of a sealed stamp, which has more modules.
const SEALED_SIDE: f64 = 28.0;
/// Sides a stamp may have, in millimetres.
const SIDES: (f64, f64) = (8.0, 150.0);

impl ValueEnum for Corner {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::TopLeft, Self::TopRight, Self::BottomRight, Self::BottomLeft]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::TopLeft => "top-left",
            Self::TopRight => "top-right",
            Self::BottomRight => "bottom-right",
            Self::BottomLeft => "bottom-left",
        }))
    }
}

/// `sohoa qr stamp IN… (-o OUT | --into DIR)`.
pub(crate) fn command(lang: Lang) -> Command {
    let option = |name, value, help| layout::option(name, value, help, lang);
    let path = |arg: Arg, hint| arg.value_parser(value_parser!(PathBuf)).value_hint(hint);
    let files = layout::positional("files", help::VALUE_PDF, help::QR_STAMP_FILES, lang);
    let at = "top-left|top-right|bottom-right|bottom-left";
    layout::command(&WORDS, lang)
        .arg(path(files.num_args(1..), ValueHint::FilePath))
        .next_help_heading(help::WHERE_TO.in_lang(lang))
        .arg(
            path(
                option("output", help::VALUE_PDF, help::QR_STAMP_OUT),
                ValueHint::FilePath,
            )
            .short('o'),
        )
        .arg(path(
            option("into", help::VALUE_DIR, help::QR_STAMP_INTO),
            ValueHint::DirPath,
        ))
        .arg(layout::flag("force", help::FORCE, lang))
        .arg(place::flag(lang))
        .next_help_heading(help::OPTIONS.in_lang(lang))
        .arg(
            option("code", help::VALUE_CODE, help::QR_STAMP_CODE)
                .conflicts_with("payload"),
        )
        .arg(
            path(
                option("codes", help::VALUE_FILE, help::QR_STAMP_CODES),
                ValueHint::FilePath,
            )
            .conflicts_with_all(["code", "payload"]),
        )
        .arg(option("payload", help::VALUE_TEXT, help::QR_STAMP_PAYLOAD))
        .arg(
            option("url-template", help::VALUE_ADDRESS, help::QR_ADDRESS)
                .conflicts_with("payload"),
        )
        .args(seal_flags(lang))
        .arg(option("page", help::VALUE_PAGES, help::QR_STAMP_PAGE))
        .arg(layout::choice::<Corner>("at", at, help::QR_STAMP_AT, lang))
        .arg(option("size", help::VALUE_MM, help::QR_STAMP_SIZE))
        .next_help_heading(help::QR_STAMP_TOKEN.in_lang(lang))
        .args(token(lang))
}

/// Flags of a key in a file that seals.
fn seal_flags(lang: Lang) -> [Arg; 2] {
    let path = |name, about| {
        layout::option(name, help::VALUE_FILE, about, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
    };
    let password = path("seal-password-file", help::QR_STAMP_SEAL_PASSWORD);
    [
        path("seal", help::QR_STAMP_SEAL).conflicts_with_all(["payload", "url-template"]),
        password.requires("seal"),
    ]
}

/// Flags of a key that seals and stays in a token, as they are for `sohoa sign`.
fn token(lang: Lang) -> impl Iterator<Item = Arg> {
    let keys = signing::keys_if_any(lang).into_iter();
    keys.filter(|arg| arg.get_id() != "key").map(|arg| match arg.get_id().as_str() {
        "token-lib" => arg.conflicts_with_all(["seal", "payload", "url-template"]),
        _ => arg.requires("token-lib"),
    })
}

/// A file to be stamped and where it goes.
struct Piece {
    from: PathBuf,
    to: PathBuf,
}

/// What became of a file.
#[derive(Serialize)]
struct Told {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stamps: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Whether the file is signed, and the code an annotation that it permits.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    signed: bool,
}

/// Where a page has its stamp.
#[derive(Serialize)]
struct Place {
    page: usize,
    left_mm: f64,
    top_mm: f64,
}

/// Stamps the files one after the other; one that cannot be does not stop the
/// others.
pub(crate) fn run(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Exit, Failure> {
    #[derive(Serialize)]
    struct Answer {
        schema: &'static str,
        files: Vec<Told>,
    }
    let lang = ui.lang;
    let existing =
        if matches.get_flag("force") { Existing::Replace } else { Existing::Keep };
    let pieces = pieces(matches, existing, lang)?;
    let seal = sealing(matches, around, ui)?;
    let files: Vec<&PathBuf> = pieces.iter().map(|piece| &piece.from).collect();
    let says = says(matches, &files, seal.as_ref(), ui)?;
    let stamp = wanted(matches, seal.is_some(), lang)?;
    let mut exit = Exit::Yes;
    let mut answer = Answer { schema: "sohoa.qr-stamp/1", files: Vec::new() };
    for (piece, says) in pieces.iter().zip(&says) {
        let (told, ended) = one(piece, &stamp, says, existing, lang);
        exit = exit.and(ended);
        if !ui.json {
            tell(&told, ui);
        }
        answer.files.push(told);
    }
    if ui.json {
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    }
    Ok(exit)
}

/// The files and where they go; two never go to one place.
fn pieces(
    matches: &ArgMatches,
    existing: Existing,
    lang: Lang,
) -> Result<Vec<Piece>, Failure> {
    let files: Vec<&PathBuf> =
        matches.get_many::<PathBuf>("files").unwrap_or_default().collect();
    let output = layout::value::<PathBuf>(matches, "output");
    let into = layout::value::<PathBuf>(matches, "into");
    let pieces: Vec<Piece> = match (output, into, files.as_slice()) {
        (Some(to), None, [from]) => vec![Piece { from: (*from).clone(), to }],
        (None, Some(folder), files) => {
            let piece = |from: &&PathBuf| Piece {
                from: (*from).clone(),
                to: folder.join(from.file_name().unwrap_or_default()),
            };
            files.iter().map(piece).collect()
        }
        (Some(_), None, _) => {
            return Err(Failure::new(say::track::one_output(lang)));
        }
        (Some(_), Some(_), _) | (None, None, _) => {
            return Err(Failure::new(say::track::no_output(lang)));
        }
    };
    let real = |path: &Path| fs::canonicalize(path).ok();
    for (index, piece) in pieces.iter().enumerate() {
        let is_twice = pieces.iter().take(index).any(|other| other.to == piece.to);
        if is_twice {
            let to = piece.to.display();
            return Err(Failure::new(say::track::output_twice(lang, to)));
        }
        let is_input = real(&piece.to).is_some_and(|to| real(&piece.from) == Some(to));
        if is_input && existing == Existing::Keep {
            let to = piece.to.display();
            return Err(Failure::new(say::cli::output_is_input(lang, to))
                .hint(say::cli::hint_force(lang)));
        }
    }
    Ok(pieces)
}

/// What the stamp of a file says.
enum Says<'a> {
    /// This.
    This(String),
    /// A statement about the file, which has this code, sealed.
    Sealed(Code, &'a Seal),
}

/// What seals, and the day it seals on.
type Seal = (Sealer, Day);

/// What the flags want the stamp of each of `files` to say, in their order.
fn says<'a>(
    matches: &ArgMatches,
    files: &[&PathBuf],
    seal: Option<&'a Seal>,
    ui: &Ui,
) -> Result<Vec<Says<'a>>, Failure> {
    let lang = ui.lang;
    if let Some(payload) = layout::value::<String>(matches, "payload") {
        refuse_personal(&payload, lang)?;
        return Ok(files.iter().map(|_| Says::This(payload.clone())).collect());
    }
    let codes = if let Some(table) = layout::value::<PathBuf>(matches, "codes") {
        codes::of_files(&table, files, lang)?
    } else {
        let typed = layout::value::<String>(matches, "code")
            .ok_or_else(|| Failure::new(say::track::no_payload(lang)))?;
        let code: Code = typed.parse().map_err(|error| Failure::told(&error, lang))?;
        vec![code; files.len()]
    };
    if let Some(seal) = seal {
        return Ok(codes.into_iter().map(|code| Says::Sealed(code, seal)).collect());
    }
    let template = layout::value::<String>(matches, "url-template");
    let address = template.map(|text| Address::read_template(&text)).transpose();
    let address = address.map_err(|error| Failure::told(&error, lang))?;
    let is_named = layout::value::<PathBuf>(matches, "archive").is_some();
    let archive = if is_named { Some(place::open(matches, ui)?) } else { None };
    let payload =
        |code: &Code| payload_of(code, address.as_ref(), archive.as_ref(), lang);
    codes.iter().map(|code| payload(code).map(Says::This)).collect()
}

/// The key that the flags want stamps to be sealed with.
fn sealing(
    matches: &ArgMatches,
    around: &Surroundings,
    ui: &Ui,
) -> Result<Option<Seal>, Failure> {
    let lang = ui.lang;
    let now = around.now(lang)?;
    if let Some(library) = layout::value::<PathBuf>(matches, "token-lib") {
        let signer = layout::value::<String>(matches, "signer");
        let keys = Keys::open(matches, around, ui)?;
        let identity = keys.identity(signer.as_deref(), now, lang)?;
        identity.check(now).map_err(|error| signing::failed(&error, lang))?;
        let sealer = seal::of_identity(identity);
        let sealer = sealer.map_err(|error| Failure::new(error.about(&library, lang)))?;
        return Ok(Some((sealer, now.day())));
    }
    let Some(file) = layout::value::<PathBuf>(matches, "seal") else { return Ok(None) };
    let unread = || say::cli::cannot_read(lang, file.display());
    let bytes = source::read(&file)
        .map_err(|fault| Failure::new(format!("{}: {}", unread(), fault.tell(lang))))?;
    let password = layout::value::<PathBuf>(matches, "seal-password-file");
    let password = password.map(|file| connect::password(&file, lang)).transpose()?;
    let keys =
        KeyFile::read(&bytes, password.map(Password::new).as_ref()).map_err(|error| {
            Failure::new(format!("{}: {}", file.display(), error.tell(lang)))
        })?;
    let sealer =
        seal::sealer(keys).map_err(|error| Failure::new(error.about(&file, lang)))?;
    Ok(Some((sealer, now.day())))
}

/// The stamp the flags describe; what it says is settled file by file.
fn wanted(matches: &ArgMatches, is_sealed: bool, lang: Lang) -> Result<Stamp, Failure> {
    let usual = if is_sealed { SEALED_SIDE } else { USUAL_SIDE };
    let pages = match layout::value::<String>(matches, "page").as_deref() {
        None | Some("first") => Pages::First,
        Some("all") => Pages::All,
        Some(number) => match number.parse() {
            Ok(number) => Pages::One(number),
            Err(_) => {
                return Err(Failure::new(say::cli::value_unknown(
                    lang, number, "--page",
                ))
                .hint(say::track::hint_page(lang)));
            }
        },
    };
    Ok(Stamp {
        payload: String::new(),
        correction: Correction::M,
        side: side(matches, usual, lang)?,
        corner: layout::value(matches, "at").unwrap_or_default(),
        pages,
    })
}

/// `20mm`, `20` or `2,5cm` in millimetres.
fn side(matches: &ArgMatches, usual: f64, lang: Lang) -> Result<f64, Failure> {
    let Some(typed) = layout::value::<String>(matches, "size") else {
        return Ok(usual);
    };
    let lower = typed.trim().to_lowercase().replace(',', ".");
    let (digits, unit) = match (lower.strip_suffix("mm"), lower.strip_suffix("cm")) {
        (Some(digits), _) => (digits, 1.0),
        (None, Some(digits)) => (digits, 10.0),
        (None, None) => (lower.as_str(), 1.0),
    };
    let side = digits.trim().parse::<f64>().ok().map(|side| side * unit);
    let (least, most) = SIDES;
    side.filter(|side| (least..=most).contains(side)).ok_or_else(|| {
        let [least, most] =
            [least, most].map(|end| number::decimal(end, 0, lang) + " mm");
        Failure::new(say::cli::out_of_range(lang, typed, "--size", least, most))
    })
}

/// Stamps one file.
fn one(
    piece: &Piece,
    stamp: &Stamp,
    says: &Says<'_>,
    existing: Existing,
    lang: Lang,
) -> (Told, Exit) {
    let mut told = Told {
        file: piece.from.display().to_string(),
        output: None,
        stamps: Vec::new(),
        reason: None,
        signed: false,
    };
    let bytes = match source::read(&piece.from) {
        Ok(bytes) => bytes,
        Err(fault) => {
            told.reason = Some(fault.tell(lang));
            return (told, Exit::Trouble);
        }
    };
    let text = match says {
        Says::Sealed(code, (sealer, day)) => sealed(&bytes, sealer, code, *day, lang),
        Says::This(payload) => Ok((payload.clone(), stamp.correction)),
    };
    let stamp =
        text.map(|(payload, correction)| Stamp { payload, correction, ..stamp.clone() });
    let stamp = match stamp {
        Ok(stamp) => stamp,
        Err(reason) => {
            told.reason = Some(reason);
            return (told, Exit::Trouble);
        }
    };
    let stamped = match stamp::stamp(&bytes, &stamp) {
        Err(StampError::Signed) => {
            told.signed = true;
            annotate::stamp(&bytes, &stamp)
                .map_err(|error| (error.tell(lang), error.is_answer()))
        }
        other => other.map_err(|error| (error.tell(lang), error.is_answer())),
    };
    let stamped = match stamped {
        Ok(stamped) => stamped,
        Err((reason, is_answer)) => {
            told.reason = Some(reason);
            return (told, if is_answer { Exit::No } else { Exit::Trouble });
        }
    };
    if let Err(error) = store::write_whole(&piece.to, &stamped.bytes, existing) {
        told.reason = Some(error.tell(lang));
        return (told, Exit::Trouble);
    }
    let tenths = |mm: f64| (mm * 10.0).round() / 10.0;
    told.output = Some(piece.to.display().to_string());
    told.stamps = stamped
        .places
        .into_iter()
        .map(|(page, (left, top))| Place {
            page,
            left_mm: tenths(left),
            top_mm: tenths(top),
        })
        .collect();
    (told, Exit::Yes)
}

/// The sealed statement about a file, or why there is none.
fn sealed(
    bytes: &Arc<[u8]>,
    sealer: &Sealer,
    code: &Code,
    day: Day,
    lang: Lang,
) -> Result<(String, Correction), String> {
    let opened = pdf::open(Arc::clone(bytes), None, Limits::default())
        .map_err(|error| error.tell(lang))?;
    let pages = u32::try_from(opened.page_count()).unwrap_or(u32::MAX);
    let statement = Statement::about(bytes, code, pages, day);
    sealer.seal(&statement).map_err(|error| error.tell(lang))
}

/// Tells a person what became of a file.
fn tell(told: &Told, ui: &Ui) {
    let file = harmless(&told.file);
    match (&told.reason, &told.output) {
        (Some(reason), _) => {
            let sentence = say::track::not_stamped(ui.lang, file);
            ui.fail(&Failure::new(format!("{sentence}: {reason}")));
        }
        (None, output) => {
            let output = harmless(output.as_deref().unwrap_or_default());
            let pages = number::many(told.stamps.len(), ui.lang);
            ui.remark(&say::track::stamped(ui.lang, &output, pages));
            if told.signed {
                ui.remark(&say::track::stamped_signed(ui.lang, &output));
            }
        }
    }
}
