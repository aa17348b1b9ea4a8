//! Papers that were never paper: files that come from a computer and are filed
//! as they are, byte for byte.
//!
//! What a file is is told from its content, and its name must agree: a
//! `.docx` that is something else is a mistake or a trick. What it says is taken
//! into the catalogue where it can be read, and a secrecy marking stops it as it
//! stops a scan.

use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value, json};

use crate::archive::{
    Archive, Change, Code, Content, Filing, NewDocument, Placed, SourceInfo, set,
};
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::ingest::fields::{self, Described, Shown};
use crate::ingest::outcome::{Outcome, Status};
use crate::ingest::source::{self, Fault};
use crate::ingest::work::{self, Done};
use crate::page::secret;
use crate::pdf;
use crate::raster::Limits;
use crate::raster::open::{Kind as Scan, foreign, sniff};
use crate::say::{self, Lang, Tell};
use crate::time::Timestamp;
use crate::zip::Zip;

/// Largest part of an office file that is read for its text.
const PART_LIMIT: u64 = 256 << 20;
/// Longest text that goes into the catalogue, in bytes.
const TEXT_LIMIT: usize = 32 << 20;
/// Elements of XML within each other.
const MOST_DEPTH: usize = 1000;

/// What files may be filed as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// PDF.
    Pdf,
    /// A document of Office Open XML or `OpenDocument`.
    Office(&'static Office),
    /// A document of Word, Excel or `PowerPoint` before 2007.
    Old,
    /// Rich text.
    Rtf,
    /// XML: electronic invoices, forms, exchanged data.
    Xml,
    /// Plain text in UTF-8, tables with commas among it.
    Text,
}

/// An office format in a ZIP container.
#[derive(Debug, PartialEq, Eq)]
pub struct Office {
    name: &'static str,
    ending: &'static str,
    /// The entry that makes it one.
    entry: &'static str,
    /// What its entry `mimetype` says, for `OpenDocument`.
    mimetype: &'static str,
    /// Where its words are.
    words: &'static str,
}

const fn office(
    name: &'static str,
    ending: &'static str,
    entry: &'static str,
    words: &'static str,
) -> Office {
    Office { name, ending, entry, mimetype: "", words }
}

const fn open_document(
    name: &'static str,
    ending: &'static str,
    mimetype: &'static str,
) -> Office {
    Office { name, ending, entry: "content.xml", mimetype, words: "content.xml" }
}

/// The office formats there are.
const OFFICES: [Office; 6] = [
    office("DOCX", ".docx", "word/document.xml", "word/document.xml"),
    office("XLSX", ".xlsx", "xl/workbook.xml", "xl/sharedStrings.xml"),
    office("PPTX", ".pptx", "ppt/presentation.xml", "ppt/slides/slide1.xml"),
    open_document("ODT", ".odt", "application/vnd.oasis.opendocument.text"),
    open_document("ODS", ".ods", "application/vnd.oasis.opendocument.spreadsheet"),
    open_document("ODP", ".odp", "application/vnd.oasis.opendocument.presentation"),
];

impl Kind {
    /// What the bytes are.
    ///
    /// # Errors
    ///
    /// When they are nothing that is filed as it is.
    pub fn of(bytes: &[u8]) -> Result<Self, Fault> {
        let foreign = foreign(bytes);
        match sniff(bytes) {
            Some(Scan::Pdf) => return Ok(Self::Pdf),
            Some(Scan::Tiff | Scan::Jpeg | Scan::Png | Scan::WebP | Scan::Bmp) => {
                return Err(Fault::NotBornDigital);
            }
            None => {}
        }
        if bytes.is_empty() {
            return Err(Fault::Empty);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            let office = Zip::open(bytes).and_then(|zip| office_of(&zip));
            return office.map(Self::Office).ok_or(Fault::NotKept(foreign));
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Ok(Self::Old);
        }
        if bytes.starts_with(b"{\\rtf") {
            return Ok(Self::Rtf);
        }
        let text =
            std::str::from_utf8(bytes).map_err(|_bytes| Fault::NotKept(foreign))?;
        let is_control = |c: char| c.is_control() && !c.is_whitespace();
        if text.chars().any(is_control) {
            return Err(Fault::NotKept(foreign));
        }
        let text = text.trim_start_matches('\u{feff}').trim_start();
        Ok(if text.starts_with('<') { Self::Xml } else { Self::Text })
    }

    /// Its name, as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Office(office) => office.name,
            Self::Old => "DOC/XLS/PPT",
            Self::Rtf => "RTF",
            Self::Xml => "XML",
            Self::Text => "TXT",
        }
    }

    /// The endings a name may have, the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &[".pdf"],
            Self::Office(office) => match office.name {
                "DOCX" => &[".docx", ".docm"],
                "XLSX" => &[".xlsx", ".xlsm"],
                "PPTX" => &[".pptx", ".pptm"],
                "ODT" => &[".odt"],
                "ODS" => &[".ods"],
                _ => &[".odp"],
            },
            Self::Old => &[".doc", ".xls", ".ppt"],
            Self::Rtf => &[".rtf"],
            Self::Xml => &[".xml"],
            Self::Text => &[".txt", ".csv", ".json", ".md", ".xml"],
        }
    }
}

/// Which office format a container holds.
fn office_of(zip: &Zip<'_>) -> Option<&'static Office> {
    let stated = zip.read("mimetype", 200);
    let stated = stated.and_then(|bytes| String::from_utf8(bytes).ok());
    OFFICES.iter().find(|office| {
        let is_stated = match office.mimetype {
            "" => stated.is_none(),
            mimetype => stated.as_deref().map(str::trim) == Some(mimetype),
        };
        is_stated && zip.names().any(|name| name == office.entry)
    })
}

/// How files are to be added.
#[derive(Clone, Copy, Debug)]
pub struct Adding<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// The dossier, made if it is not there; `None` for a new one for each file.
    pub dossier: Option<&'a Code>,
    /// The title of the dossier.
    pub title: Option<&'a str>,
    /// What a person says of the document.
    pub changes: &'a [Change],
    /// The person, if known.
    pub by: Option<&'a str>,
    /// Who confirms that a paper with a secrecy marking is not secret.
    pub not_secret: Option<&'a str>,
    /// Opens encrypted PDFs, so that they can be read; they are filed as they are.
    pub password: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

impl Adding<'_> {
    /// Files one file as it is, and says how that ended.
    #[must_use]
    pub fn add(&self, path: &Path, number: usize) -> Outcome {
        let mut outcome = Outcome {
            number,
            input: path.display().to_string(),
            status: Status::Failed,
            dossier: None,
            file: None,
            documents: Vec::new(),
            bytes_in: 0,
            bytes_out: 0,
            seconds: 0.0,
            findings: Vec::new(),
            pages: Vec::new(),
        };
        if let Err(fault) = self.try_add(path, &mut outcome) {
            outcome.findings.insert(0, fault);
        }
        outcome
    }

    fn try_add(&self, path: &Path, outcome: &mut Outcome) -> Result<(), Finding> {
        let bytes = source::read(path).map_err(|fault| fault.finding())?;
        outcome.bytes_in = bytes.len() as u64;
        let kind = Kind::of(&bytes).map_err(|fault| fault.finding())?;
        let suffix = agreed(path, kind)?;
        let read = read(kind, &bytes, self.password, self.now)?;
        if read.is_secret && self.not_secret.is_none() {
            outcome.status = Status::Secret;
            // Counted, never named.
            outcome.input = String::new();
            outcome.bytes_in = 0;
            return Err(Finding::new(
                "input.secret",
                Weight::NeedsPerson,
                say::ingest::secret,
            ));
        }
        outcome.findings.clone_from(&read.findings);
        if let Some(person) = self.not_secret.filter(|_| read.is_secret) {
            let say = |lang| say::ingest::not_secret(lang, person);
            outcome.findings.push(Finding::new("input.not-secret", Weight::Note, say));
        }
        let document = self.document(path, (kind, suffix), read, bytes);
        let filing = Filing {
            dossier: self.dossier.cloned(),
            day: self.now.day(),
            now: self.now,
            title: self.title.map(str::to_owned),
            fields: Map::new(),
        };
        let refused = |error: crate::archive::ArchiveError| {
            let say = |lang: Lang| match Tell::cause(&error) {
                Some(cause) => format!("{}: {}", error.tell(lang), cause.tell(lang)),
                None => error.tell(lang),
            };
            let code = if error.is_disk_full() { "disk.full" } else { "archive.refused" };
            Finding::new(code, Weight::NeedsPerson, say)
        };
        let filed =
            self.archive.file(filing, vec![document], &|| false).map_err(refused)?;
        outcome.dossier = Some(filed.code.to_string());
        let worst = outcome.findings.iter().map(|finding| finding.weight).max();
        for placed in filed.documents {
            match placed {
                Placed::Added(file) => {
                    outcome.bytes_out = outcome.bytes_in;
                    outcome.file = Some(file);
                    outcome.status = if worst == Some(Weight::NeedsPerson) {
                        Status::NeedsPerson
                    } else {
                        Status::Filed
                    };
                }
                Placed::AlreadyHeld(held) => {
                    let folder = self.archive.relative(&held.dossier);
                    outcome.dossier = Some(held.dossier.to_string());
                    outcome.file = Some(folder.join(&held.file));
                    outcome.status = Status::AlreadyFiled;
                }
            }
        }
        Ok(())
    }

    /// The document as the archive takes it.
    fn document(
        &self,
        path: &Path,
        (kind, suffix): (Kind, String),
        read: Read,
        bytes: Arc<[u8]>,
    ) -> NewDocument {
        let Described { kind: paper, mut fields, evidence, .. } = read.described;
        set::say_by_hand(&mut fields, self.changes, self.by, self.now);
        let typed = fields.get("TypeName").and_then(Value::as_str).map(str::to_owned);
        let mut record = Map::new();
        record.insert("born_digital".to_owned(), true.into());
        record.insert("findings".to_owned(), json!(read.findings));
        record.extend(evidence);
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let source = SourceInfo {
            sha256: Digest::of(&bytes),
            bytes: bytes.len() as u64,
            kind: kind.name().to_owned(),
            pages: None,
            name,
            backs: None,
        };
        NewDocument {
            kind_of_paper: typed.unwrap_or(paper),
            suffix,
            content: Content::Shared(bytes),
            source,
            pages: read.pages,
            companions: Vec::new(),
            fields,
            record: record.into(),
            text: (!read.text.trim().is_empty()).then_some(read.text),
        }
    }
}

/// The ending of the name, which must be one that the content has.
fn agreed(path: &Path, kind: Kind) -> Result<String, Finding> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ending =
        name.rsplit_once('.').map_or(String::new(), |(_, end)| format!(".{end}"));
    let endings = kind.endings();
    if endings.contains(&ending.as_str()) {
        return Ok(ending);
    }
    let say =
        |lang| say::ingest::other_ending(lang, &ending, kind.name(), endings.join(", "));
    Err(Finding::new("input.other-ending", Weight::NeedsPerson, say))
}

/// What was read in a file.
#[derive(Debug, Default)]
struct Read {
    /// Its text, each page ended by a form feed.
    text: String,
    /// Its pages, where they can be counted.
    pages: u32,
    described: Described,
    findings: Vec<Finding>,
    is_secret: bool,
}

/// What a file says that would be filed as it is: its fields and its text.
///
/// # Errors
///
/// When it would not be filed.
pub(crate) fn said(
    bytes: &Arc<[u8]>,
    password: Option<&str>,
    now: Timestamp,
) -> Result<(Map<String, Value>, String), Finding> {
    let kind = Kind::of(bytes).map_err(|fault| fault.finding())?;
    let read = read(kind, bytes, password, now)?;
    Ok((read.described.fields, read.text))
}

fn read(
    kind: Kind,
    bytes: &Arc<[u8]>,
    password: Option<&str>,
    now: Timestamp,
) -> Result<Read, Finding> {
    let mut read = match kind {
        Kind::Pdf => return read_pdf(bytes, password, now),
        Kind::Office(office) => read_office(office, bytes)?,
        Kind::Old | Kind::Rtf => {
            let say = say::ingest::old_format;
            let finding = Finding::new("input.old-format", Weight::Warning, say);
            Read { findings: vec![finding], ..Read::default() }
        }
        Kind::Xml => {
            let text = words_of_xml(bytes).ok_or_else(broken)?;
            Read { text, ..Read::default() }
        }
        Kind::Text => {
            Read { text: String::from_utf8_lossy(bytes).into_owned(), ..Read::default() }
        }
    };
    cut(&mut read.text);
    read.is_secret = secret::marking_in_text(&read.text).is_some();
    if !read.text.is_empty() {
        read.text.push('\u{c}');
    }
    Ok(read)
}

fn broken() -> Finding {
    Finding::new("input.damaged", Weight::NeedsPerson, say::ingest::broken_xml)
}

/// The pages of a PDF that say something.
fn read_pdf(
    bytes: &Arc<[u8]>,
    password: Option<&str>,
    now: Timestamp,
) -> Result<Read, Finding> {
    let opened = pdf::open(Arc::clone(bytes), password, Limits::default())
        .map_err(|error| Fault::Pdf(error).finding())?;
    let mut read = Read::default();
    let mut pages = Vec::new();
    let mut mute = 0_usize;
    for (page, number) in opened.pages().zip(1_u32..) {
        let page = page.map_err(|error| Fault::Pdf(error).finding().on_page(number))?;
        if let Some(text) = page.text.clone() {
            let kept = Done::Kept(Box::new(work::kept(&page, text, number)));
            read.is_secret |= kept.is_secret();
            read.text.push_str(&kept.text());
            pages.push(kept);
        } else {
            mute += 1;
        }
        read.text.push('\u{c}');
        read.pages = number;
    }
    if mute > 0 {
        let say = |lang| say::ingest::mute_pages(lang, mute, read.pages);
        read.findings.push(Finding::new("text.none", Weight::Warning, say));
    }
    if opened.signed {
        let say = say::ingest::kept_signed;
        read.findings.push(Finding::new("document.signed", Weight::Note, say));
    }
    read.findings.extend(opened.encryption.map(|locked| source::locked(locked, true)));
    cut(&mut read.text);
    read.described = fields::describe(&pages, Shown::AsSeen, now.day());
    read.findings.extend(read.described.findings.clone());
    Ok(read)
}

fn read_office(office: &Office, bytes: &[u8]) -> Result<Read, Finding> {
    let zip = Zip::open(bytes).ok_or_else(broken)?;
    let mut read = Read::default();
    let slides = |name: &&str| {
        office.name == "PPTX"
            && name.starts_with("ppt/slides/slide")
            && name.ends_with(".xml")
    };
    let mut parts: Vec<&str> = zip.names().filter(slides).collect();
    if parts.is_empty() && zip.names().any(|name| name == office.words) {
        parts.push(office.words);
    }
    for part in parts {
        let words = zip.read(part, PART_LIMIT).and_then(|part| words_of_xml(&part));
        read.text.push_str(&words.ok_or_else(broken)?);
    }
    let counted = zip.read("docProps/app.xml", 1 << 20);
    let counted = counted.and_then(|xml| String::from_utf8(xml).ok());
    let pages = counted.as_deref().and_then(|xml| {
        xml.split_once("<Pages>")?.1.split_once('<')?.0.trim().parse().ok()
    });
    read.pages = pages.unwrap_or(0);
    if zip.names().any(|name| name.ends_with("vbaProject.bin")) {
        let say = say::ingest::has_macros;
        read.findings.push(Finding::new("input.macros", Weight::NeedsPerson, say));
    }
    Ok(read)
}

/// Cuts a text between letters where the catalogue would take no more.
fn cut(text: &mut String) {
    let end = text.floor_char_boundary(TEXT_LIMIT.min(text.len()));
    text.truncate(end);
}

/// The words of an XML document, a line for each paragraph, row or shared text;
/// `None` where it is not well-formed.
fn words_of_xml(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    reader.config_mut().check_end_names = true;
    let (mut words, mut depth, mut has_root) = (String::new(), 0_usize, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(_) => {
                depth += 1;
                has_root = true;
                if depth > MOST_DEPTH {
                    return None;
                }
            }
            Event::Empty(_) => has_root = true,
            Event::End(end) => {
                depth = depth.checked_sub(1)?;
                let name = end.local_name();
                let is_inline = matches!(name.as_ref(), "t" | "r" | "span" | "v" | "is");
                if !is_inline && !words.is_empty() && !words.ends_with(['\n', ' ']) {
                    let is_cell = matches!(name.as_ref(), "tc" | "table-cell" | "c");
                    words.push(if is_cell { ' ' } else { '\n' });
                }
            }
            Event::Text(part) => words.push_str(&part),
            Event::CData(part) => words.push_str(&part),
            Event::GeneralRef(name) => {
                words.push(match &*name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    other => letter(other)?,
                });
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
            Event::Eof => return (depth == 0 && has_root).then_some(words),
        }
        if words.len() > TEXT_LIMIT {
            cut(&mut words);
        }
    }
}

/// The letter that `#233` or `#xe9` stands for.
fn letter(reference: &str) -> Option<char> {
    let number = reference.strip_prefix('#')?;
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::zip::Writer;

    fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let mut zip = Writer::begin(Cursor::new(Vec::new()), now);
        for (name, text) in files {
            zip.file(name, text.len() as u64, &mut text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_a_file_is_stands_in_its_content() {
        let name = |bytes: &[u8]| Kind::of(bytes).map(Kind::name);
        assert_eq!(name(&zip(&[("word/document.xml", "<a/>")])).unwrap(), "DOCX");
        let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
        let ods = zip(&[("mimetype", mimetype), ("content.xml", "<a/>")]);
        assert_eq!(name(&ods).unwrap(), "ODS");
        assert_eq!(name(b"\xef\xbb\xbf<?xml version='1.0'?><a/>").unwrap(), "XML");
        assert_eq!(name("số,ngày\n1,2\n".as_bytes()).unwrap(), "TXT");
        assert_eq!(name(b"%PDF-1.7").unwrap(), "PDF");
        for bad in [b"MZ\x90\0".as_slice(), b"\xff\xd8\xff\xe0", b"", &zip(&[("a", "b")])]
        {
            assert!(Kind::of(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn the_ending_must_be_that_of_the_content() {
        let agreed = |name: &str, kind| agreed(Path::new(name), kind).ok();
        assert_eq!(agreed("a/Đơn.PDF", Kind::Pdf).as_deref(), Some(".pdf"));
        assert_eq!(agreed("a.docx", Kind::Pdf), None);
        assert_eq!(agreed("pdf", Kind::Pdf), None);
    }

    #[test]
    fn the_words_of_office_files_are_read() {
        let xml = "<w:document><w:p><w:r><w:t>Kính </w:t></w:r><w:r><w:t>gửi &amp; \
                   ông</w:t></w:r></w:p><w:p><w:t>b&#x1EA3;n</w:t></w:p></w:document>";
        let bytes = zip(&[("word/document.xml", xml), ("word/vbaProject.bin", "x")]);
        let read = read_office(&OFFICES[0], &bytes).unwrap();
        assert_eq!(read.text, "Kính gửi & ông\nbản\n");
        assert_eq!(read.findings[0].code, "input.macros");
        for broken in ["<a>", "<a></b>", "a", "", "<a>&nothing;</a>"] {
            assert_eq!(words_of_xml(broken.as_bytes()), None, "{broken}");
        }
    }
}
