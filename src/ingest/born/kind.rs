//! What a file that was never paper is, told from its content.

use std::path::Path;

use crate::finding::{Finding, Weight};
use crate::ingest::source::Fault;
use crate::raster::open::{Kind as Scan, foreign, sniff};
use crate::say;
use crate::zip::Zip;

/// What files may be filed as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
pub(super) struct Office {
    pub(super) name: &'static str,
    ending: &'static str,
    /// The entry that makes it one.
    entry: &'static str,
    /// What its entry `mimetype` says, for `OpenDocument`.
    mimetype: &'static str,
    /// Where its words are.
    pub(super) words: &'static str,
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
    pub(super) fn of(bytes: &[u8]) -> Result<Self, Fault> {
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
    pub(super) fn name(self) -> &'static str {
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

/// The ending of the name, which must be one that the content has.
pub(super) fn agreed(path: &Path, kind: Kind) -> Result<String, Finding> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::born::tests::zip;

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
}
