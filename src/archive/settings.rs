//! `sohoa.toml`: what an archive knows about its agency.
//!
//! The file is for people: it is written with comments in Vietnamese and
//! English and read strictly. A key that is not known is an error with its
//! line, because a misspelt key would otherwise be silently ignored for years.

use std::error::Error;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::archive::address::Address;
use crate::archive::code::{Scheme, Unit};
use crate::archive::settings::reporting::Reporting;
use crate::say::{self, Lang, Tell};

pub mod reporting;

/// The name of the file, in the archive's root.
pub const FILE: &str = "sohoa.toml";
/// Longest name of an agency in characters (`OrganName String200`, Nghị định
/// 30/2020/NĐ-CP, Phụ lục VI, Phần II).
const NAME_LENGTH: usize = 200;
/// The keys there are, by section.
const KNOWN: &[(&str, &[&str])] = &[
    ("agency", &["id", "name"]),
    ("codes", &["scheme"]),
    ("ingest", &["profile", "record_source_names"]),
    ("qr", &["look_up", "separators"]),
    ("sign", &["tsa", "tls_ca"]),
];

/// What `sohoa.toml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The agency's identifier (mã định danh), as written in the file.
    pub agency_id: Unit,
    /// The agency's name, one line of at most 200 characters.
    pub agency_name: String,
    /// How new dossier codes are written.
    pub scheme: Scheme,
    /// The profile of documents where the command line names none.
    pub profile: Profile,
    /// Whether `dossier.json` keeps the name a source file had. Off by
    /// default: people put names of other people into file names.
    pub record_source_names: bool,
    /// The address of the look-up page that codes on paper lead to, with a
    /// place for the dossier code; `None` for the bare code.
    pub look_up: Option<Address>,
    /// Payloads that are the office's own separator sheets.
    pub separators: Vec<String>,
    /// Addresses of time-stamping authorities where the command line names none.
    pub tsa: Vec<String>,
    /// Files of authorities of the office's own `https` servers, as seen from the
    /// archive's root.
    pub tls_ca: Vec<String>,
    /// What reports are told.
    pub reporting: Reporting,
}

/// A set of rules for what is kept of a scan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// Electronic copies: colour, 200 dpi or more, true size (Nghị định
    /// 30/2020/NĐ-CP, Phụ lục I, Phần II).
    #[default]
    Nd30,
    /// Preservation (lưu trữ): PDF/A, 300 dpi, the untouched scan beside it.
    LuuTru,
    /// Compact (gọn): bilevel where the paper is.
    Gon,
}

impl Profile {
    /// Every profile.
    pub const ALL: [Self; 3] = [Self::Nd30, Self::LuuTru, Self::Gon];

    /// Its name on the command line and in `sohoa.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Nd30 => "nd30",
            Self::LuuTru => "luutru",
            Self::Gon => "gon",
        }
    }
}

impl Settings {
    /// The settings of an agency, everything else as it is by default.
    ///
    /// # Errors
    ///
    /// When the name is empty, too long, or not one line.
    pub fn new(agency_id: Unit, agency_name: &str) -> Result<Self, SettingsError> {
        let settings = Self {
            agency_id,
            agency_name: agency_name.trim().to_owned(),
            scheme: Scheme::default(),
            profile: Profile::default(),
            record_source_names: false,
            look_up: None,
            separators: Vec::new(),
            tsa: Vec::new(),
            tls_ca: Vec::new(),
            reporting: Reporting::default(),
        };
        settings.checked(1, 1)
    }

    /// The same with codes written this way.
    ///
    /// # Errors
    ///
    /// When the agency's identifier cannot be written so.
    pub fn with_scheme(self, scheme: Scheme) -> Result<Self, SettingsError> {
        Self { scheme, ..self }.checked(1, 1)
    }

    /// Reads the text of a `sohoa.toml`.
    ///
    /// # Errors
    ///
    /// When it is not TOML, a key is unknown or missing, or a value is not
    /// what its key takes. The error knows the line.
    pub fn read(text: &str) -> Result<Self, SettingsError> {
        let file = Text { text };
        let root = DeTable::parse(text).map_err(|error| SettingsError {
            line: error.span().map_or(1, |span| file.line(span.start)),
            problem: Problem::Syntax(error.message().to_owned()),
        })?;
        file.only_known(root.get_ref())?;
        let value = |section, key| file.value(root.get_ref(), section, key);
        let id = value("agency", "id")?.required()?;
        let name = value("agency", "name")?.required()?;
        let scheme = value("codes", "scheme")?;
        let Ok(agency_id) = id.text()?.parse() else {
            return Err(id.bad("`H32.18` · `000.00.18.H32`"));
        };
        let settings = Self {
            agency_id,
            agency_name: name.text()?.trim().to_owned(),
            scheme: scheme.one_of(&[Scheme::New, Scheme::Old], Scheme::name)?,
            profile: value("ingest", "profile")?.one_of(&Profile::ALL, Profile::name)?,
            record_source_names: value("ingest", "record_source_names")?.flag()?,
            look_up: value("qr", "look_up")?.address()?,
            separators: value("qr", "separators")?.texts()?,
            tsa: value("sign", "tsa")?.texts()?,
            tls_ca: value("sign", "tls_ca")?.texts()?,
            reporting: reporting::read(root.get_ref(), &|byte| file.line(byte))?,
        };
        settings.checked(name.line, scheme.line)
    }

    /// The text of a `sohoa.toml` that says this, with comments.
    #[must_use]
    pub fn write(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        format!(
            "# Cấu hình kho hồ sơ của sohoa. Dòng bắt đầu bằng # là ghi chú.\n\
             # Settings of a sohoa archive. Lines that begin with # are comments.\n\
             \n\
             [agency]\n\
             # Mã định danh cơ quan theo Quyết định 20/2020/QĐ-TTg.\n\
             # The agency's identifier.\n\
             id = {id}\n\
             # Tên cơ quan, như ghi trên văn bản.\n\
             # The agency's name, as on its documents.\n\
             name = {name}\n\
             \n\
             [codes]\n\
             # Cách viết mã hồ sơ mới: \"new\" = H32.18-260716-0001,\n\
             # \"old\" = 000.00.18.H32-260716-0001. Mã đã cấp không đổi.\n\
             # How new dossier codes are written. Codes given out never change.\n\
             scheme = {scheme}\n\
             \n\
             [qr]\n\
             # Trang tra cứu mà mã QR dẫn tới; không ghi thì mã QR chỉ có mã hồ sơ.\n\
             # The look-up page that QR codes lead to; without it they are the bare code.\n\
             {look_up}\n\
             # Mã QR trên tờ phân cách riêng của cơ quan, đúng từng chữ.\n\
             # What QR codes on separator sheets of the office's own say, to the letter.\n\
             separators = {separators}\n\
             \n\
             [sign]\n\
             # Máy chủ dấu thời gian khi dòng lệnh không nêu --tsa.\n\
             # Time-stamping authorities where the line names none with --tsa.\n\
             tsa = {tsa}\n\
             # Chứng thư của máy chủ https nội bộ, đường dẫn tính từ thư mục kho.\n\
             # Certificates of the office's own https servers, as seen from this folder.\n\
             tls_ca = {tls_ca}\n\
             \n\
             [ingest]\n\
             # Quy cách mặc định: \"nd30\" (bản sao theo Nghị định 30/2020), \"luutru\"\n\
             # (lưu trữ, giữ cả ảnh quét gốc), \"gon\" (gọn).\n\
             # The default profile: copies, preservation, or compact.\n\
             profile = {profile}\n\
             # Có ghi tên tệp gốc vào dossier.json không. Tên tệp thường chứa tên người.\n\
             # Whether dossier.json keeps source file names, which often name people.\n\
             record_source_names = {names}\n",
            id = quoted(self.agency_id.as_str()),
            name = quoted(&self.agency_name),
            scheme = quoted(self.scheme.name()),
            profile = quoted(self.profile.name()),
            names = self.record_source_names,
            look_up = match &self.look_up {
                Some(address) => format!("look_up = {}", quoted(address.template())),
                None => "# look_up = \"https://…/tra-cuu?ma={ma_ho_so}\"".to_owned(),
            },
            separators = toml::Value::from(self.separators.clone()),
            tsa = toml::Value::from(self.tsa.clone()),
            tls_ca = toml::Value::from(self.tls_ca.clone()),
        )
    }

    /// Itself, if its values go together; the lines are for the errors.
    fn checked(self, name: usize, scheme: usize) -> Result<Self, SettingsError> {
        let length = self.agency_name.chars().count();
        let one_line = !self.agency_name.chars().any(char::is_control);
        if !(1..=NAME_LENGTH).contains(&length) || !one_line {
            let problem = Problem::AgencyName { length };
            return Err(SettingsError { line: name, problem });
        }
        if self.scheme.write(&self.agency_id).is_none() {
            let problem = Problem::NoOldForm { id: self.agency_id.to_string() };
            return Err(SettingsError { line: scheme, problem });
        }
        Ok(self)
    }
}

/// Why the settings cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a line of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not TOML; the parser's own words.
    Syntax(String),
    /// No such section or key.
    UnknownKey {
        /// What is written.
        key: String,
        /// What could be written there.
        known: Vec<&'static str>,
    },
    /// A key that must be there is not.
    MissingKey(String),
    /// A value of another kind, or not one of those the key takes.
    BadValue {
        /// The key.
        key: String,
        /// What it takes.
        expected: String,
    },
    /// An agency's name that is empty, too long or has line breaks.
    AgencyName {
        /// Its characters.
        length: usize,
    },
    /// An identifier that cannot be written in the older form asked for.
    NoOldForm {
        /// The identifier.
        id: String,
    },
}

impl Tell for SettingsError {
    fn tell(&self, lang: Lang) -> String {
        let line = self.line;
        match &self.problem {
            Problem::Syntax(detail) => say::archive::settings_syntax(lang, line, detail),
            Problem::UnknownKey { key, known } => {
                say::archive::settings_unknown(lang, line, key, known.join(", "))
            }
            Problem::MissingKey(key) => say::archive::settings_missing(lang, key),
            Problem::BadValue { key, expected } => {
                say::archive::settings_value(lang, line, key, expected)
            }
            Problem::AgencyName { length } => {
                say::archive::settings_name(lang, line, length, NAME_LENGTH)
            }
            Problem::NoOldForm { id } => {
                say::archive::settings_no_old_form(lang, line, id)
            }
        }
    }
}

impl Error for SettingsError {}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

/// The file being read, for line numbers.
struct Text<'a> {
    text: &'a str,
}

impl Text<'_> {
    /// The line a byte lies in, from 1.
    fn line(&self, byte: usize) -> usize {
        let before = self.text.as_bytes().iter().take(byte);
        1 + before.filter(|b| **b == b'\n').count()
    }

    /// Refuses sections and keys that mean nothing.
    fn only_known(&self, root: &DeTable<'_>) -> Result<(), SettingsError> {
        let unknown = |key: String, at: usize, known: Vec<&'static str>| {
            let problem = Problem::UnknownKey { key, known };
            Err(SettingsError { line: self.line(at), problem })
        };
        for (section, content) in root {
            let name = section.get_ref().as_ref();
            let at = section.span().start;
            let all = KNOWN.iter().chain(reporting::KNOWN);
            let Some((_, keys)) = all.clone().find(|(known, _)| *known == name) else {
                let known = all.map(|(known, _)| *known).collect();
                return unknown(name.to_owned(), at, known);
            };
            if reporting::LISTS.contains(&name)
                && let Some(list) = content.get_ref().as_array()
            {
                let tables = list.iter().filter_map(|entry| entry.get_ref().as_table());
                let mut keys_of = tables.flat_map(|table| table.keys());
                let is_unknown = |key: &&Spanned<_>| {
                    !keys.contains(&AsRef::<str>::as_ref(key.get_ref()))
                };
                if let Some(key) = keys_of.find(is_unknown) {
                    let name = format!("{name}.{}", key.get_ref());
                    return unknown(name, key.span().start, keys.to_vec());
                }
                continue;
            }
            let Some(content) = content.get_ref().as_table() else {
                let problem = Problem::BadValue {
                    key: name.to_owned(),
                    expected: format!("`[{name}]`"),
                };
                return Err(SettingsError { line: self.line(at), problem });
            };
            let is_unknown =
                |key: &&Spanned<_>| !keys.contains(&AsRef::<str>::as_ref(key.get_ref()));
            if let Some(key) = content.keys().find(is_unknown) {
                let name = format!("{name}.{}", key.get_ref());
                return unknown(name, key.span().start, keys.to_vec());
            }
        }
        Ok(())
    }

    /// The value of a key, which may be missing.
    fn value<'v>(
        &self,
        root: &'v DeTable<'v>,
        section: &str,
        key: &str,
    ) -> Result<Value<'v>, SettingsError> {
        let value = root
            .get(section)
            .and_then(|section| section.get_ref().as_table())
            .and_then(|section| section.get(key));
        let line = value.map_or(1, |value| self.line(value.span().start));
        Ok(Value {
            key: format!("{section}.{key}"),
            line,
            value: value.map(Spanned::get_ref),
        })
    }
}

/// A key of the file and what it says.
struct Value<'v> {
    key: String,
    line: usize,
    value: Option<&'v DeValue<'v>>,
}

impl Value<'_> {
    /// Itself, unless it is missing.
    fn required(self) -> Result<Self, SettingsError> {
        match self.value {
            Some(_) => Ok(self),
            None => {
                let problem = Problem::MissingKey(self.key);
                Err(SettingsError { line: self.line, problem })
            }
        }
    }

    /// Its text; empty where it is missing.
    fn text(&self) -> Result<&str, SettingsError> {
        match self.value {
            None => Ok(""),
            Some(value) => value.as_str().ok_or_else(|| self.bad("\"…\"")),
        }
    }

    /// The address it gives; `None` where it is missing.
    fn address(&self) -> Result<Option<Address>, SettingsError> {
        if self.value.is_none() {
            return Ok(None);
        }
        let address = Address::read_template(self.text()?);
        address.map(Some).map_err(|_no_address| self.bad("`https://…{ma_ho_so}…`"))
    }

    /// The texts it lists, none of them empty; none where it is missing.
    fn texts(&self) -> Result<Vec<String>, SettingsError> {
        let bad = || self.bad("`[\"…\"]`");
        let Some(value) = self.value else { return Ok(Vec::new()) };
        let texts = value.as_array().ok_or_else(bad)?.iter();
        let text = |text: &Spanned<DeValue<'_>>| {
            let text = text.get_ref().as_str().filter(|text| !text.trim().is_empty());
            text.map(str::to_owned).ok_or_else(bad)
        };
        texts.map(text).collect()
    }

    /// Whether it says `true`; `false` where it is missing.
    fn flag(&self) -> Result<bool, SettingsError> {
        match self.value {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| self.bad("`true` · `false`")),
        }
    }

    /// The one of `all` it names; the default where it is missing.
    fn one_of<T: Copy + Default>(
        &self,
        all: &[T],
        name: fn(T) -> &'static str,
    ) -> Result<T, SettingsError> {
        if self.value.is_none() {
            return Ok(T::default());
        }
        let text = self.text()?;
        let names: Vec<_> = all.iter().map(|one| format!("`{}`", name(*one))).collect();
        let found = all.iter().find(|one| name(**one) == text);
        found.copied().ok_or_else(|| self.bad(&names.join(" · ")))
    }

    /// Its value is not `expected`.
    fn bad(&self, expected: &str) -> SettingsError {
        let (key, expected) = (self.key.clone(), expected.to_owned());
        SettingsError { line: self.line, problem: Problem::BadValue { key, expected } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let name = "UBND phường \"Nam Nha Trang\" \\";
        Settings::new("H32.18".parse().unwrap(), name).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut settings = settings();
        assert_eq!(Settings::read(&settings.write()), Ok(settings.clone()));
        settings.scheme = Scheme::Old;
        settings.profile = Profile::LuuTru;
        settings.record_source_names = true;
        settings.look_up =
            Some(Address::read_template("https://x.vn/?ma={ma_ho_so}").unwrap());
        settings.separators = vec!["NGĂN \"CÁCH\"".to_owned()];
        assert_eq!(Settings::read(&settings.write()), Ok(settings));
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let text = settings().write() + "recrod_source_names = true\n";
        let line = text.lines().count();
        let problem = Problem::UnknownKey {
            key: "ingest.recrod_source_names".to_owned(),
            known: vec!["profile", "record_source_names"],
        };
        assert_eq!(Settings::read(&text), Err(SettingsError { line, problem }));
    }

    #[test]
    fn what_cannot_be_meant_is_an_error_on_its_line() {
        let wrong = |text: &str| {
            let error = Settings::read(text).unwrap_err();
            assert!(!error.tell(Lang::Vi).is_empty());
            (error.line, error.problem)
        };
        assert!(matches!(wrong("\n[agency\n"), (2, Problem::Syntax(_))));
        assert!(matches!(wrong("[archive]\n"), (1, Problem::UnknownKey { .. })));
        assert!(matches!(wrong("agency = 1\n"), (1, Problem::BadValue { .. })));
        assert!(matches!(wrong("[agency]\nname = 'x'\n"), (_, Problem::MissingKey(_))));
        let head = "[agency]\nid = 'H32.8'\n";
        assert!(matches!(
            wrong("[agency]\nid='8'\nname='x'"),
            (2, Problem::BadValue { .. })
        ));
        assert!(matches!(
            wrong(&format!("{head}name = 7")),
            (3, Problem::BadValue { .. })
        ));
        assert!(matches!(
            wrong(&format!("{head}name = ''")),
            (3, Problem::AgencyName { .. })
        ));
        let old = format!("{head}name = 'x'\n[codes]\nscheme = 'old'\n");
        assert!(matches!(wrong(&old), (5, Problem::NoOldForm { .. })));
        let profile = format!("{head}name = 'x'\n[ingest]\nprofile = 'nd31'\n");
        assert!(matches!(wrong(&profile), (5, Problem::BadValue { .. })));
    }
}
