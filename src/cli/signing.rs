//! What `sign` and `extend` share: keys, places, time-stamps, validation data.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, ValueHint, value_parser};
use console::Term;

use crate::archive::settings::{FILE, Settings};
use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::cli::surroundings::Surroundings;
use crate::cli::ui::Ui;
use crate::cli::verify::Kinds;
use crate::cli::{connect, verify};
use crate::net::{Door, Patience, Roots};
use crate::pki::{Certificate, Store, pem};
use crate::say::help;
use crate::say::{self, Lang, Sentence, Text};
use crate::sign::key::token::Token;
use crate::sign::key::{KeyError, KeyFile, MOST_BYTES, Password};
use crate::sign::stamp::Authorities;
use crate::sign::{Identity, SignError};
use crate::time::Timestamp;
use crate::verify::demand;
use crate::verify::level::Stage;

/// The levels of PAdES, and how reports call them.
const LEVELS: [(&str, &str); 4] =
    [("b", "b-b"), ("t", "b-t"), ("lt", "b-lt"), ("lta", "b-lta")];
/// Files in a row without a time-stamp, after which no more are tried.
const MOST_UNSTAMPED: usize = 5;
/// Longest password that is read.
const MOST_PASSWORD: u64 = 4096;

/// Flags that name the key, where one is needed.
pub(crate) fn keys(lang: Lang) -> [Arg; 8] {
    keys_if_any(lang).map(|arg| match arg.get_id().as_str() {
        "key" => arg.required_unless_present("token-lib"),
        _ => arg,
    })
}

/// Flags that name the key.
pub(crate) fn keys_if_any(lang: Lang) -> [Arg; 8] {
    let file = |name, about| {
        layout::option(name, help::VALUE_FILE, about, lang)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
    };
    [
        file("key", help::SIGN_KEY).conflicts_with("token-lib"),
        file("token-lib", help::SIGN_TOKEN_LIB),
        layout::option("token-label", help::VALUE_TEXT, help::SIGN_TOKEN_LABEL, lang)
            .requires("token-lib"),
        file("cert", help::SIGN_CERT).action(ArgAction::Append),
        layout::option("signer", help::VALUE_TEXT, help::SIGN_SIGNER, lang),
        file("pin-file", help::SIGN_PIN_FILE).conflicts_with_all(["pin-env", "pin-fd"]),
        layout::option("pin-env", help::VALUE_TEXT, help::SIGN_PIN_ENV, lang)
            .conflicts_with("pin-fd"),
        layout::option("pin-fd", help::VALUE_NUMBER, help::SIGN_PIN_FD, lang)
            .value_parser(value_parser!(i32).range(3..)),
    ]
}

/// Flags about time-stamps and validation data.
pub(crate) fn lasting(lang: Lang) -> [Arg; 5] {
    let dir = |name, about| {
        layout::option(name, help::VALUE_DIR, about, lang)
            .action(ArgAction::Append)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath)
    };
    [
        tsa(lang),
        dir("trust", help::SIGN_TRUST),
        dir("validation-data", help::SIGN_DATA),
        layout::flag("offline", help::SIGN_OFFLINE, lang),
        tls_ca(lang),
    ]
}

/// The flag that names time-stamping authorities.
pub(crate) fn tsa(lang: Lang) -> Arg {
    layout::option("tsa", help::VALUE_URL, help::SIGN_TSA, lang).action(ArgAction::Append)
}

/// The authorities the line names, if any.
pub(crate) fn authorities(
    matches: &ArgMatches,
    around: &Surroundings,
    lang: Lang,
) -> Result<Option<Authorities>, Failure> {
    let urls: Vec<String> =
        matches.get_many::<String>("tsa").unwrap_or_default().cloned().collect();
    if urls.is_empty() {
        return Ok(None);
    }
    Ok(Some(Authorities::new(urls, door(matches, around, lang)?)))
}

/// The flag that names authorities of the office's own `https` servers.
pub(crate) fn tls_ca(lang: Lang) -> Arg {
    layout::option("tls-ca", help::VALUE_FILE, help::SIGN_TLS_CA, lang)
        .action(ArgAction::Append)
        .value_parser(value_parser!(PathBuf))
        .value_hint(ValueHint::FilePath)
}

/// The way to the network, as the line and the environment have it.
pub(crate) fn door(
    matches: &ArgMatches,
    around: &Surroundings,
    lang: Lang,
) -> Result<Door, Failure> {
    let mut own = Vec::new();
    let mut files: Vec<PathBuf> =
        matches.get_many::<PathBuf>("tls-ca").unwrap_or_default().cloned().collect();
    if let Some((root, settings)) = office(matches, lang)? {
        files.extend(settings.tls_ca.iter().map(|file| root.join(file)));
    }
    for path in &files {
        let found = certificates(path, lang)?;
        own.extend(found.iter().map(|authority| authority.der().to_vec()));
    }
    Ok(Door {
        patience: Patience::default(),
        proxies: around.proxies.clone(),
        roots: Roots::with(own),
    })
}

/// The archive that the line names, and what it knows of the network.
fn office(
    matches: &ArgMatches,
    lang: Lang,
) -> Result<Option<(PathBuf, Settings)>, Failure> {
    let named = |name| matches.try_get_many::<PathBuf>(name).ok().flatten();
    let paths = ["paths", "queue"].into_iter().filter_map(named).flatten();
    let mut roots = paths
        .map(|path| if path.is_file() { path.parent() } else { Some(path.as_path()) });
    let root = roots.find_map(|root| root.filter(|root| root.join(FILE).is_file()));
    let Some(root) = root else { return Ok(None) };
    let text = fs::read_to_string(root.join(FILE)).map_err(|error| {
        Failure::io(say::cli::cannot_read(lang, root.display()), &error, lang)
    })?;
    let settings = Settings::read(&text).map_err(|error| Failure::told(&error, lang))?;
    Ok(Some((root.to_owned(), settings)))
}

/// The level wanted.
pub(crate) fn stage(matches: &ArgMatches) -> Option<Stage> {
    let level = layout::value::<String>(matches, "level")?;
    Some(demand::stage(&level.to_ascii_uppercase()))
}

/// A flag that takes a level of PAdES, from this one on: `t`, `T`, `B-T`.
pub(crate) fn level_flag(name: &'static str, help: Text, from: usize, lang: Lang) -> Arg {
    let levels = LEVELS.iter().skip(from);
    let levels = levels.map(|(level, long)| PossibleValue::new(level).alias(long));
    layout::option(name, help::VALUE_LEVEL, help, lang)
        .value_parser(PossibleValuesParser::new(levels))
        .ignore_case(true)
        .hide_possible_values(true)
}

/// Who stamps time, and whether addresses may be asked.
pub(crate) struct Stamping {
    pub(crate) authorities: Option<Authorities>,
    door: Door,
    offline: bool,
}

impl Stamping {
    /// As the line says.
    pub(crate) fn of(
        matches: &ArgMatches,
        around: &Surroundings,
        stage: Stage,
        lang: Lang,
    ) -> Result<Self, Failure> {
        let mut urls: Vec<String> =
            matches.get_many::<String>("tsa").unwrap_or_default().cloned().collect();
        if urls.is_empty()
            && let Some((_, settings)) = office(matches, lang)?
        {
            urls = settings.tsa;
        }
        if stage >= Stage::T && urls.is_empty() {
            return Err(Failure::new(say::cli::sign_needs_tsa(lang))
                .hint(say::cli::hint_tsa(lang)));
        }
        let door = door(matches, around, lang)?;
        let authorities =
            (!urls.is_empty()).then(|| Authorities::new(urls, door.clone()));
        Ok(Self { authorities, door, offline: matches.get_flag("offline") })
    }

    /// The way to the addresses in certificates, if they may be asked.
    pub(crate) fn online(&self) -> Option<&Door> {
        (!self.offline).then_some(&self.door)
    }
}

/// Ends a batch whose authorities give no time-stamps: each further file would wait
/// for them as long, and in vain.
#[derive(Default)]
pub(crate) struct Unstamped(usize);

impl Unstamped {
    /// Takes note of how a file ended, and raises `stop` when too many in a row got
    /// no time-stamp.
    pub(crate) fn after(&mut self, failed: Option<&SignError>, stop: &AtomicBool) {
        match failed {
            Some(SignError::NoStamp(_)) => self.0 += 1,
            Some(_) => {}
            None => self.0 = 0,
        }
        if self.0 >= MOST_UNSTAMPED {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

/// What is trusted and known, as one store.
pub(crate) fn data(matches: &ArgMatches, lang: Lang) -> Result<Store, Failure> {
    let named = |name| matches.get_many::<PathBuf>(name).unwrap_or_default().cloned();
    let folders: Vec<PathBuf> = named("trust").chain(named("validation-data")).collect();
    verify::stores(&folders, lang)
}

/// Where the key is: in a file, or in a token that is open.
pub(crate) enum Keys {
    File(KeyFile),
    /// With certificates of issuers that the line names.
    Token(Box<Token>, Vec<Certificate>),
}

impl Keys {
    /// Opens what the line names, with its password or PIN.
    pub(crate) fn open(
        matches: &ArgMatches,
        around: &Surroundings,
        ui: &Ui,
    ) -> Result<Self, Failure> {
        let lang = ui.lang;
        let password = password(matches, around, lang)?;
        let mut more = Vec::new();
        for path in matches.get_many::<PathBuf>("cert").unwrap_or_default() {
            more.append(&mut certificates(path, lang)?);
        }
        if let Some(library) = layout::value::<PathBuf>(matches, "token-lib") {
            let label = layout::value::<String>(matches, "token-label");
            let pin = |token: &str| match &password {
                Some(pin) => Ok(pin.clone()),
                None if Ui::stdin_is_terminal() => {
                    let asked = ask(&say::cli::ask_pin(lang, token), lang);
                    asked.map_err(|_refused| KeyError::PasswordNeeded)
                }
                None => Err(KeyError::PasswordNeeded),
            };
            let token = Token::open(&library, label.as_deref(), &more, &pin)
                .map_err(|error| failed(&SignError::Key(error), lang))?;
            return Ok(Self::Token(Box::new(token), more));
        }
        let key = layout::value::<PathBuf>(matches, "key").unwrap_or_default();
        let bytes = zeroize::Zeroizing::new(read(&key, lang)?);
        let mut file = match KeyFile::read(&bytes, password.as_ref()) {
            Err(KeyError::PasswordNeeded)
                if password.is_none() && Ui::stdin_is_terminal() =>
            {
                let asked = ask(&say::cli::ask_key_password(lang, key.display()), lang)?;
                KeyFile::read(&bytes, Some(&asked))
            }
            other => other,
        }
        .map_err(|error| failed(&SignError::Key(error), lang))?;
        file.certificates.append(&mut more);
        Ok(Self::File(file))
    }

    /// The certificates that can be signed with.
    pub(crate) fn owned(&self, lang: Lang) -> Result<Vec<Certificate>, Failure> {
        match self {
            Self::File(file) => Ok(file.owned().into_iter().cloned().collect()),
            Self::Token(token, _) => {
                token.owned().map_err(|error| failed(&SignError::Key(error), lang))
            }
        }
    }

    /// The identity that the line means.
    pub(crate) fn identity(
        self,
        named: Option<&str>,
        now: Timestamp,
        lang: Lang,
    ) -> Result<Identity, Failure> {
        let identity = match self {
            Self::File(file) => file.identity(named, now),
            Self::Token(token, more) => token.identity(named, more, now),
        };
        identity.map_err(|error| failed(&SignError::Key(error), lang))
    }
}

/// The certificates of a file.
fn certificates(path: &Path, lang: Lang) -> Result<Vec<Certificate>, Failure> {
    let bytes = read(path, lang)?;
    let found: Vec<Certificate> = if pem::is_pem(&bytes) {
        let blocks = pem::blocks(&bytes).into_iter();
        blocks.filter_map(|(_, block)| Certificate::parse(&block?).ok()).collect()
    } else {
        Certificate::parse(&bytes).into_iter().collect()
    };
    if found.is_empty() {
        return Err(Failure::new(say::cli::no_certificate_in(lang, path.display())));
    }
    Ok(found)
}

fn read(path: &Path, lang: Lang) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path)
        .and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| {
        Failure::io(say::cli::cannot_read(lang, path.display()), &error, lang)
    })?;
    Ok(bytes)
}

/// The password or PIN from a file, the environment or a descriptor.
pub(crate) fn password(
    matches: &ArgMatches,
    around: &Surroundings,
    lang: Lang,
) -> Result<Option<Password>, Failure> {
    if let Some(file) = layout::value::<PathBuf>(matches, "pin-file") {
        return Ok(Some(connect::password(&file, lang)?.into()));
    }
    if let Some(name) = layout::value::<String>(matches, "pin-env") {
        let value = around.variable(&name);
        let value =
            value.ok_or_else(|| Failure::new(say::cli::no_variable(lang, &name)))?;
        return Ok(Some(value.into()));
    }
    if let Some(number) = layout::value::<i32>(matches, "pin-fd") {
        let mut text = Password::default();
        let path = PathBuf::from(format!("/dev/fd/{number}"));
        let read = fs::File::open(&path)
            .and_then(|file| file.take(MOST_PASSWORD).read_to_string(&mut text));
        read.map_err(|error| {
            Failure::io(say::cli::cannot_read(lang, path.display()), &error, lang)
        })?;
        let first = text.lines().next().unwrap_or_default().to_owned();
        return Ok(Some(first.into()));
    }
    Ok(None)
}

/// Asks on the terminal, without showing what is typed.
fn ask(question: &str, lang: Lang) -> Result<Password, Failure> {
    let term = Term::stderr();
    let asked = term.write_str(question).and_then(|()| term.read_secure_line());
    asked
        .map(Password::from)
        .map_err(|error| Failure::io(say::cli::cannot_ask(lang), &error, lang))
}

/// The files meant, each with its name below the folder it was found in.
pub(crate) fn files(
    paths: &[PathBuf],
    kinds: Kinds,
    any: bool,
    lang: Lang,
) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() && !any {
            for file in verify::files(std::slice::from_ref(path), kinds, lang)? {
                let below = file.strip_prefix(path).unwrap_or(&file).to_owned();
                files.push((file, below));
            }
        } else {
            let name = path.file_name().map(PathBuf::from).unwrap_or_default();
            files.push((path.clone(), name));
        }
    }
    Ok(files)
}

/// What stopped a signature, with what to do about it.
pub(crate) fn failed(error: &SignError, lang: Lang) -> Failure {
    let failure = Failure::told(error, lang);
    match hint(error) {
        Some(hint) => failure.hint(hint(lang)),
        None => failure,
    }
}

/// What can be done about an error.
#[expect(clippy::wildcard_enum_match_arm, reason = "most errors need no advice")]
fn hint(error: &SignError) -> Option<Sentence> {
    Some(match error {
        SignError::Sealed => say::cli::hint_sign_password,
        SignError::NotPermitted => say::cli::hint_owner_password,
        SignError::Key(KeyError::PasswordNeeded) => say::cli::hint_pin,
        SignError::Key(KeyError::NoPss) => say::cli::hint_compat,
        SignError::Key(KeyError::SeveralTokens(_) | KeyError::NoToken(_)) => {
            say::cli::hint_token_label
        }
        SignError::Key(KeyError::OldPem) => say::cli::hint_old_pem,
        SignError::Key(KeyError::NoCertificate) => say::cli::hint_cert,
        SignError::Key(KeyError::Several(_) | KeyError::NoneNamed(_)) => {
            say::cli::hint_signer
        }
        SignError::NotVouched(_) | SignError::IssuerMissing(_) => say::cli::hint_data,
        SignError::Forbidden(_) => say::cli::hint_forbidden,
        SignError::Store(error) if error.is_taken() => say::cli::hint_force,
        _ => return None,
    })
}
