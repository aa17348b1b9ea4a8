//! `dossier.json`: what is known about a dossier (hồ sơ) and its papers.
//!
//! Names that Nghị định 30/2020/NĐ-CP, Phụ lục VI, Phần II gives are used as
//! they stand there (`FileCode`, `DocOrdinal`, `PageAmount`, …), so are those of
//! the one-stop shop; what is ours is in lower case. Fields this version does
//! not know are kept when a dossier is written again.

use std::error::Error;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::archive::bag;
use crate::archive::code::Code;
use crate::archive::same::Reused;
use crate::digest::Digest;
use crate::say::{self, Lang, Tell};
use crate::time::Timestamp;

/// The name of the file, in the dossier's folder.
pub const FILE: &str = "dossier.json";
/// Largest `dossier.json` that is read: some 100 000 page records.
pub const LIMIT: u64 = 64 << 20;
/// The name of this form of the file, without its version.
const SCHEMA: &str = "sohoa.dossier/";
/// The version written, and the newest one read.
const VERSION: u32 = 1;
/// Fields of a dossier that the archive fills in itself.
const RESERVED: &[&str] = &[
    "schema",
    "code",
    "FileCode",
    "Title",
    "DocTotal",
    "PageTotal",
    "documents",
    "reused",
    "history",
];
/// Fields of a document that the archive fills in itself.
const RESERVED_DOCUMENT: &[&str] = &[
    "DocOrdinal",
    "PageAmount",
    "file",
    "bytes",
    "sha256",
    "source",
    "companions",
    "text",
    "added",
    "record",
];

/// A dossier (hồ sơ) as recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// `sohoa.dossier/1`.
    pub schema: String,
    /// The dossier code (mã hồ sơ).
    pub code: Code,
    /// The code in the parts of Phụ lục VI.
    #[serde(rename = "FileCode")]
    pub file_code: FileCode,
    /// The title (tiêu đề hồ sơ).
    #[serde(rename = "Title", skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// How many documents it has.
    #[serde(rename = "DocTotal")]
    pub doc_total: u32,
    /// How many pages they have together.
    #[serde(rename = "PageTotal")]
    pub page_total: u32,
    /// Everything else known: Phụ lục VI, one-stop fields.
    #[serde(flatten)]
    pub fields: Map<String, Value>,
    /// The documents in the order they were filed.
    pub documents: Vec<Document>,
    /// Papers that belong to it and lie in other dossiers (tái sử dụng).
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub reused: Vec<Reused>,
    /// What happened to it, oldest first.
    pub history: Vec<Event>,
}

/// The dossier's code in the parts of Phụ lục VI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCode {
    /// The agency (mã định danh).
    #[serde(rename = "OrganId")]
    pub organ_id: String,
    /// The year the dossier was made (năm hình thành hồ sơ).
    #[serde(rename = "FileCatalog")]
    pub file_catalog: i16,
}

/// A document of a dossier (văn bản, tài liệu).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Its number within the dossier, from 1.
    #[serde(rename = "DocOrdinal")]
    pub ordinal: u32,
    /// Its file, relative to the dossier: `data/001-don-de-nghi.pdf`.
    pub file: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// What the file hashes to.
    pub sha256: Digest,
    /// Its pages.
    #[serde(rename = "PageAmount")]
    pub pages: u32,
    /// Everything else known: `TypeName`, `CodeNumber`, `Subject`, ….
    #[serde(flatten)]
    pub fields: Map<String, Value>,
    /// What it was made from.
    pub source: SourceInfo,
    /// Files that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub companions: Vec<Kept>,
    /// The file of its text, relative to the dossier, if it has text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
    /// When it was filed.
    pub added: Timestamp,
    /// How it came to be: pages, findings.
    #[serde(default)]
    pub record: Value,
}

/// What a document was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceInfo {
    /// What the source file hashes to.
    pub sha256: Digest,
    /// Bytes of the source file.
    pub bytes: u64,
    /// What it is: `TIFF`, `PDF`, ….
    pub kind: String,
    /// First and last page of the source that the document holds, from 1;
    /// `None` where it holds all of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pages: Option<[u32; 2]>,
    /// The file's name, kept only where `sohoa.toml` allows it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// The backs of the pages, where a scanner that sees one side made two
    /// stacks of them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub backs: Option<Box<Self>>,
}

impl SourceInfo {
    /// A whole file whose name is not kept.
    #[must_use]
    pub fn of(bytes: &[u8], sha256: Digest, kind: &str) -> Self {
        Self {
            sha256,
            bytes: bytes.len() as u64,
            kind: kind.to_owned(),
            pages: None,
            name: None,
            backs: None,
        }
    }

    /// It, and the stack of backs if there is one.
    pub fn stacks(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |stack| stack.backs.as_deref())
    }

    /// Where a document made of it lies, for whoever asks about `source`: once
    /// for each part of that file it holds.
    pub(crate) fn spans_of(
        &self,
        source: &Digest,
    ) -> impl Iterator<Item = Option<[u32; 2]>> {
        self.stacks()
            .filter(move |stack| stack.sha256 == *source)
            .map(|stack| stack.pages)
    }
}

/// A file that is kept beside a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Relative to the dossier.
    pub file: String,
    /// Its bytes.
    pub bytes: u64,
    /// What it hashes to.
    pub sha256: Digest,
}

/// Something that happened to a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What, in snake case: `created`, `documents_added`, `field_changed`.
    pub event: String,
    /// The particulars.
    #[serde(flatten)]
    pub particulars: Map<String, Value>,
}

impl Dossier {
    /// A dossier without documents.
    #[must_use]
    pub fn new(code: Code, now: Timestamp) -> Self {
        let file_code = FileCode {
            organ_id: code.unit().as_str().to_owned(),
            file_catalog: code.day().year(),
        };
        let mut dossier = Self {
            schema: format!("{SCHEMA}{VERSION}"),
            code,
            file_code,
            title: None,
            doc_total: 0,
            page_total: 0,
            fields: Map::new(),
            documents: Vec::new(),
            reused: Vec::new(),
            history: Vec::new(),
        };
        dossier.happened(now, "created", []);
        dossier
    }

    /// Reads the bytes of a `dossier.json`.
    ///
    /// # Errors
    ///
    /// When they are no such thing, a newer version, or name a file outside
    /// the dossier.
    pub fn read(bytes: &[u8]) -> Result<Self, DossierError> {
        /// What every version has.
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let bad_json = |e: serde_json::Error| DossierError::Json {
            line: e.line(),
            detail: e.to_string(),
        };
        let Head { schema } = serde_json::from_slice(bytes).map_err(bad_json)?;
        let version = schema.strip_prefix(SCHEMA).and_then(|v| v.parse::<u32>().ok());
        if version.is_none_or(|version| version == 0 || version > VERSION) {
            return Err(DossierError::Schema { found: schema });
        }
        let dossier: Self = serde_json::from_slice(bytes).map_err(bad_json)?;
        let outside = dossier.files().find(|file| !bag::is_inside(file)).cloned();
        match outside {
            Some(file) => Err(DossierError::Outside { file }),
            None => Ok(dossier),
        }
    }

    /// Every file it names, relative to the dossier.
    pub fn files(&self) -> impl Iterator<Item = &String> {
        self.documents.iter().flat_map(|document| {
            let companions = document.companions.iter().map(|kept| &kept.file);
            [&document.file].into_iter().chain(companions).chain(&document.text)
        })
    }

    /// The bytes of its `dossier.json`.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        // Nothing in a dossier can fail to be written: text keys, no foreign types.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Adds a document; the totals follow.
    pub fn add(&mut self, document: Document) {
        self.doc_total = self.doc_total.saturating_add(1);
        self.page_total = self.page_total.saturating_add(document.pages);
        self.documents.push(document);
    }

    /// Sets a field and remembers what it was, if it was something else.
    pub fn set(&mut self, now: Timestamp, field: &str, value: Value) {
        let was = if field == "Title" {
            let was = self.title.take().map(Value::from);
            self.title = value.as_str().map(str::to_owned);
            was
        } else {
            self.fields.insert(field.to_owned(), value.clone())
        };
        if let Some(was) = was.filter(|was| *was != value) {
            let particulars = [("field", field.into()), ("was", was), ("is", value)];
            self.happened(now, "field_changed", particulars);
        }
    }

    /// Adds to the history.
    pub fn happened<const N: usize>(
        &mut self,
        at: Timestamp,
        event: &str,
        particulars: [(&str, Value); N],
    ) {
        let particulars = particulars.map(|(key, value)| (key.to_owned(), value));
        let particulars = particulars.into_iter().collect();
        self.history.push(Event { at, event: event.to_owned(), particulars });
    }

    /// The first of `fields` that only the archive may set.
    #[must_use]
    pub fn reserved(fields: &Map<String, Value>) -> Option<&str> {
        fields.keys().map(String::as_str).find(|field| RESERVED.contains(field))
    }
}

impl Document {
    /// The first of `fields` that only the archive may set.
    #[must_use]
    pub fn reserved(fields: &Map<String, Value>) -> Option<&str> {
        fields.keys().map(String::as_str).find(|field| RESERVED_DOCUMENT.contains(field))
    }
}

/// Why a dossier cannot be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DossierError {
    /// `dossier.json` is not there.
    NoRecord,
    /// `dossier.json` cannot be read.
    Json {
        /// The line.
        line: usize,
        /// The parser's own words.
        detail: String,
    },
    /// `dossier.json` is of a version this program does not know.
    Schema {
        /// What it says.
        found: String,
    },
    /// `dossier.json` names a file outside the dossier.
    Outside {
        /// The file.
        file: String,
    },
    /// The code in `dossier.json` is not that of its folder.
    OtherCode {
        /// The code it states.
        found: String,
    },
    /// A manifest is missing.
    NoManifest {
        /// Its name.
        file: String,
    },
    /// A manifest has a line that is none.
    Manifest {
        /// Its name.
        file: String,
        /// The line.
        line: usize,
    },
    /// `bag-info.txt` does not say what the payload weighs.
    NoOxum,
    /// The bag has something this program would break by adding to it.
    Foreign {
        /// The file.
        file: String,
    },
}

impl Tell for DossierError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoRecord => say::archive::dossier_no_record(lang),
            Self::Json { line, detail } => say::archive::dossier_json(lang, line, detail),
            Self::Schema { found } => say::archive::dossier_schema(lang, found, VERSION),
            Self::Outside { file } => say::archive::dossier_outside(lang, file),
            Self::OtherCode { found } => say::archive::dossier_other_code(lang, found),
            Self::NoManifest { file } => say::archive::dossier_no_manifest(lang, file),
            Self::Manifest { file, line } => {
                say::archive::dossier_manifest(lang, file, line)
            }
            Self::NoOxum => say::archive::dossier_no_oxum(lang),
            Self::Foreign { file } => say::archive::dossier_foreign(lang, file),
        }
    }
}

impl Error for DossierError {}

impl fmt::Display for DossierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dossier() -> Dossier {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        Dossier::new("H32.18-260716-0001".parse().unwrap(), now)
    }

    #[test]
    fn fields_of_a_later_hand_survive() {
        let text = String::from_utf8(dossier().write()).unwrap();
        let text = text.replace("\"documents\"", "\"KenhThucHien\": 1,\n  \"documents\"");
        let read = Dossier::read(text.as_bytes()).unwrap();
        assert_eq!(read.fields["KenhThucHien"], 1);
        assert_eq!(Dossier::read(&read.write()), Ok(read));
    }

    #[test]
    fn a_newer_version_is_not_touched() {
        let text = String::from_utf8(dossier().write()).unwrap();
        for other in ["sohoa.dossier/2", "sohoa.dossier/0", "x"] {
            let text = text.replace("sohoa.dossier/1", other);
            let error = Dossier::read(text.as_bytes()).unwrap_err();
            assert_eq!(error, DossierError::Schema { found: other.to_owned() });
        }
    }

    #[test]
    fn damaged_json_is_named_with_its_line() {
        let bytes = dossier().write();
        let error = Dossier::read(&bytes[..bytes.len() / 2]).unwrap_err();
        assert!(matches!(error, DossierError::Json { line, .. } if line > 1));
    }

    #[test]
    fn what_a_field_was_is_remembered() {
        let mut dossier = dossier();
        let now = Timestamp::from_unix(1_784_171_700).unwrap();
        dossier.set(now, "Title", "a".into());
        assert_eq!(dossier.history.len(), 1);
        dossier.set(now, "Title", "b".into());
        assert_eq!(dossier.history[1].particulars["was"], "a");
        dossier.set(now, "Title", "b".into());
        assert_eq!(dossier.history.len(), 2);
    }

    #[test]
    fn numbers_in_records_stay_as_they_were() {
        let text = "0.1234567890123456789";
        let value: Value = serde_json::from_str(text).unwrap();
        let again: Value = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(value.to_string(), again.to_string());
        let exact = "-3.0517578125e-5";
        let value: Value = serde_json::from_str(exact).unwrap();
        assert_eq!(value.as_f64(), Some(-3.051_757_812_5e-5));
    }
}
