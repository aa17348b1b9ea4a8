//! What a file that was never paper says: its text, its fields, its secrecy marking.

use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::finding::{Finding, Weight};
use crate::ingest::born::kind::{Kind, Office};
use crate::ingest::fields::{self, Described, Shown};
use crate::ingest::source::{self, Fault};
use crate::ingest::work::{self, Done};
use crate::page::secret;
use crate::pdf;
use crate::raster::Limits;
use crate::say;
use crate::time::Timestamp;
use crate::zip::Zip;

/// Largest part of an office file that is read for its text.
const PART_LIMIT: u64 = 256 << 20;
/// Longest text that goes into the catalogue, in bytes.
const TEXT_LIMIT: usize = 32 << 20;
/// Elements of XML within each other.
const MOST_DEPTH: usize = 1000;

/// What was read in a file.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Its text, each page ended by a form feed.
    pub(super) text: String,
    /// Its pages, where they can be counted.
    pub(super) pages: u32,
    pub(super) described: Described,
    pub(super) findings: Vec<Finding>,
    pub(super) is_secret: bool,
}

pub(super) fn read(
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
        // What a signature shows of itself says nothing of the paper.
        let says = page.text.as_ref().is_some_and(|text| text.own_words() > 0);
        mute += usize::from(!says);
        if let Some(text) = page.text.clone() {
            let kept = Done::Kept(Box::new(work::kept(&page, text, number)));
            read.is_secret |= kept.is_secret();
            read.text.push_str(&kept.text());
            pages.push(kept);
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
    use super::*;
    use crate::ingest::born::tests::zip;

    #[test]
    fn the_words_of_office_files_are_read() {
        let xml = "<w:document><w:p><w:r><w:t>Kính </w:t></w:r><w:r><w:t>gửi &amp; \
                   ông</w:t></w:r></w:p><w:p><w:t>b&#x1EA3;n</w:t></w:p></w:document>";
        let bytes = zip(&[("word/document.xml", xml), ("word/vbaProject.bin", "x")]);
        let Ok(Kind::Office(docx)) = Kind::of(&bytes) else { panic!("no office file") };
        let read = read_office(docx, &bytes).unwrap();
        assert_eq!(read.text, "Kính gửi & ông\nbản\n");
        assert_eq!(read.findings[0].code, "input.macros");
        for broken in ["<a>", "<a></b>", "a", "", "<a>&nothing;</a>"] {
            assert_eq!(words_of_xml(broken.as_bytes()), None, "{broken}");
        }
    }
}
