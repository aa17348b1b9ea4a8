//! What was written is read back before anybody relies on it.
//!
//! The reader is lopdf, which shares nothing with the writer. It finds what a
//! full disk, a broken share or a mistake of ours would cost: a page, a
//! picture, a word. It is no validator of PDF/A; the tests ask outside judges.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream};

use crate::digest::Digest;
use crate::pdfa::{About, Document, Page, layer, xmp};
use crate::say::{self, Lang, Tell};

/// The most bytes a stream of ours unpacks to: the text of a page of 100 000
/// words is smaller.
const UNPACKED: usize = 64 << 20;

/// The operators of our pages; any other was written by mistake.
const OPERATORS: &[&str] = &[
    "q", "cm", "Do", "Q", "Tr", "BT", "Tf", "Tz", "Td", "Tm", "Tj", "TJ", "ET", "BDC",
    "EMC",
];

/// What a file must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    about: About,
    pages: Vec<ExpectedPage>,
}

/// What a page must hold.
#[derive(Clone, Debug, PartialEq)]
struct ExpectedPage {
    sides: [f64; 2],
    picture: Option<([u32; 2], Digest)>,
    /// The words in reading order, a line break after each.
    words: String,
}

impl Expected {
    /// A document that says this about itself, so far without pages.
    #[must_use]
    pub fn new(about: About) -> Self {
        Self { about, pages: Vec::new() }
    }

    /// Expects `page` next.
    pub fn page(&mut self, page: &Page) {
        let picture = page.image.as_ref().map(|picture| {
            ([picture.width, picture.height], Digest::of(picture.bytes.as_bytes()))
        });
        let words = layer::words(&page.text).map(|word| word + "\n").collect();
        self.pages.push(ExpectedPage {
            sides: [page.width, page.height],
            picture,
            words,
        });
    }
}

impl From<&Document> for Expected {
    fn from(document: &Document) -> Self {
        let mut expected = Self::new(document.about.clone());
        document.pages.iter().for_each(|page| expected.page(page));
        expected
    }
}

/// Reads a written file back and compares it with what was meant.
///
/// # Errors
///
/// The first thing that is not as expected.
pub fn check(bytes: &[u8], expected: &Expected) -> Result<(), Fault> {
    let file = lopdf::Document::load_mem(bytes)?;
    metadata(&file, &expected.about)?;
    let pages = file.get_pages();
    if pages.len() != expected.pages.len() {
        return Err(Fault::Pages { found: pages.len(), expected: expected.pages.len() });
    }
    let mut fonts = Fonts::default();
    for ((number, id), expected) in pages.into_iter().zip(&expected.pages) {
        let page = Read { file: &file, page: file.get_dictionary(id)?, number };
        page.paper(expected)?;
        page.picture(expected)?;
        page.text(expected, &mut fonts)?;
    }
    Ok(())
}

/// Compares what the file says about itself.
fn metadata(file: &lopdf::Document, about: &About) -> Result<(), Fault> {
    let catalog = file.catalog()?;
    let packet = catalog.get_deref(b"Metadata", file)?.as_stream()?;
    if packet.content != xmp::packet(about).as_bytes() {
        return Err(Fault::Metadata { entry: "Metadata" });
    }
    let language = catalog.get_deref(b"Lang", file)?.as_str()?;
    if language != xmp::LANGUAGE.as_bytes() {
        return Err(Fault::Metadata { entry: "Lang" });
    }
    let intents = catalog.get_deref(b"OutputIntents", file)?.as_array()?;
    let intent = intents.first().ok_or(Fault::Metadata { entry: "OutputIntents" })?;
    let profile = intent.as_dict()?.get_deref(b"DestOutputProfile", file)?.as_stream()?;
    // ICC.1:2004, 7.2: the signature of a profile.
    if unpacked(profile)?.get(36..40) != Some(b"acsp") {
        return Err(Fault::Metadata { entry: "OutputIntents" });
    }
    let info = file.trailer.get_deref(b"Info", file)?.as_dict()?;
    let title = match info.get(b"Title") {
        Ok(title) => lopdf::decode_text_string(title)?,
        Err(_) => String::new(),
    };
    if title != xmp::title(&about.title) {
        return Err(Fault::Metadata { entry: "Title" });
    }
    if info.get(b"CreationDate")?.as_str()? != about.created.pdf().as_bytes() {
        return Err(Fault::Metadata { entry: "CreationDate" });
    }
    Ok(())
}

/// A page that was read back.
struct Read<'a> {
    file: &'a lopdf::Document,
    page: &'a Dictionary,
    number: u32,
}

impl Read<'_> {
    fn paper(&self, expected: &ExpectedPage) -> Result<(), Fault> {
        let sides = self.page.get_deref(b"MediaBox", self.file)?.as_array()?;
        let sides: Vec<_> =
            sides.iter().filter_map(|side| side.as_float().ok()).collect();
        let [width, height] = expected.sides;
        let wanted = [0.0, 0.0, width, height];
        // Sides are written to a hundredth of a point and read as `f32`.
        let near =
            |(found, wanted): (&f32, f64)| (f64::from(*found) - wanted).abs() < 0.02;
        if sides.len() == 4 && sides.iter().zip(wanted).all(near) {
            return Ok(());
        }
        Err(Fault::Paper { page: self.number })
    }

    fn picture(&self, expected: &ExpectedPage) -> Result<(), Fault> {
        let resources = self.page.get_deref(b"Resources", self.file)?.as_dict()?;
        let fault = || Fault::Picture { page: self.number };
        let pictures = match resources.get_deref(b"XObject", self.file) {
            Ok(pictures) => pictures.as_dict()?,
            Err(_) => &Dictionary::new(),
        };
        let found: Vec<_> = pictures.iter().map(|(_, picture)| picture).collect();
        match (found.as_slice(), expected.picture) {
            ([], None) => Ok(()),
            ([picture], Some((sides, digest))) => {
                let (_, picture) = self.file.dereference(picture)?;
                let Stream { dict, content, .. } = picture.as_stream()?;
                let [width, height] = sides.map(i64::from);
                let same = dict.get(b"Width")?.as_i64()? == width
                    && dict.get(b"Height")?.as_i64()? == height
                    && Digest::of(content) == digest;
                if same { Ok(()) } else { Err(fault()) }
            }
            ([] | [_] | [_, _, ..], _) => Err(fault()),
        }
    }

    fn text(&self, expected: &ExpectedPage, fonts: &mut Fonts) -> Result<(), Fault> {
        let content = self.page.get_deref(b"Contents", self.file)?.as_stream()?;
        let operations = Content::decode(&unpacked(content)?)?.operations;
        let resources = self.page.get_deref(b"Resources", self.file)?.as_dict()?;
        let mut text = String::new();
        if let Ok(font) = resources.get_deref(b"Font", self.file) {
            let id = font.as_dict()?.get(b"F")?.as_reference()?;
            let letters = fonts.letters(self.file, id)?;
            operations.iter().for_each(|operation| show(operation, letters, &mut text));
        }
        let known =
            |operation: &Operation| OPERATORS.contains(&operation.operator.as_str());
        if !operations.iter().all(known) {
            return Err(Fault::Text { page: self.number, word: 0 });
        }
        let mut found = text.split_whitespace();
        for (wanted, word) in expected.words.lines().zip(1..) {
            if found.next() != Some(wanted) {
                return Err(Fault::Text { page: self.number, word });
            }
        }
        let word = expected.words.lines().count() + 1;
        let more = found.next().map(|_| Fault::Text { page: self.number, word });
        more.map_or(Ok(()), Err)
    }
}

/// Appends what an operation shows; text objects are lines.
fn show(operation: &Operation, letters: &BTreeMap<u16, String>, text: &mut String) {
    let mut string = |operand: &Object| {
        for code in operand.as_str().unwrap_or_default().chunks(2) {
            let code = code.try_into().map_or(0, u16::from_be_bytes);
            text.push_str(letters.get(&code).map_or("\u{FFFD}", String::as_str));
        }
    };
    match (operation.operator.as_str(), operation.operands.first()) {
        ("Tj", Some(operand)) => string(operand),
        ("TJ", Some(Object::Array(operands))) => operands.iter().for_each(string),
        ("ET", _) => text.push('\n'),
        _ => {}
    }
}

/// The meaning of the codes of each font met so far.
#[derive(Default)]
struct Fonts(BTreeMap<ObjectId, BTreeMap<u16, String>>);

impl Fonts {
    fn letters(
        &mut self,
        file: &lopdf::Document,
        font: ObjectId,
    ) -> Result<&BTreeMap<u16, String>, Fault> {
        Ok(match self.0.entry(font) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let map = file.get_dictionary(font)?.get_deref(b"ToUnicode", file)?;
                let map = unpacked(map.as_stream()?)?;
                new.insert(meanings(&String::from_utf8_lossy(&map)))
            }
        })
    }
}

/// Reads the lines `<code><UTF-16>` of a `ToUnicode` map, the only ones that
/// begin with `<`.
fn meanings(map: &str) -> BTreeMap<u16, String> {
    let line = |line: &str| {
        let (code, units) =
            line.strip_prefix('<')?.strip_suffix('>')?.split_once("><")?;
        let code = u16::from_str_radix(code, 16).ok()?;
        let units = units
            .as_bytes()
            .chunks(4)
            .map(|unit| u16::from_str_radix(str::from_utf8(unit).ok()?, 16).ok());
        let units: Vec<u16> = units.collect::<Option<_>>()?;
        Some((code, String::from_utf16(&units).ok()?))
    };
    let inside = map.lines().skip_while(|line| *line != "endcodespacerange");
    inside.filter_map(line).collect()
}

/// The content of a stream behind its filter.
fn unpacked(stream: &Stream) -> Result<Vec<u8>, Fault> {
    Ok(stream.get_plain_content_with_limit(UNPACKED)?)
}

/// Something in a written file that is not as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The file cannot be read at all.
    Unreadable {
        /// What the reader said.
        reason: String,
    },
    /// Another number of pages.
    Pages {
        /// Pages in the file.
        found: usize,
        /// Pages meant.
        expected: usize,
    },
    /// The document says something else about itself.
    Metadata {
        /// The entry.
        entry: &'static str,
    },
    /// A page of another size.
    Paper {
        /// The page, from 1.
        page: u32,
    },
    /// A picture missing, unasked for, of another size or with other bytes.
    Picture {
        /// The page, from 1.
        page: u32,
    },
    /// Other words.
    Text {
        /// The page, from 1.
        page: u32,
        /// The first word that differs, from 1; 0 for what is no text at all.
        word: usize,
    },
}

impl From<lopdf::Error> for Fault {
    fn from(error: lopdf::Error) -> Self {
        Self::Unreadable { reason: error.to_string() }
    }
}

impl Tell for Fault {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Unreadable { reason } => say::pdf::written_unreadable(lang, reason),
            Self::Pages { found, expected } => {
                say::pdf::written_pages_differ(lang, found, expected)
            }
            Self::Metadata { entry } => say::pdf::written_metadata_differs(lang, entry),
            Self::Paper { page } => say::pdf::written_paper_differs(lang, page),
            Self::Picture { page } => say::pdf::written_picture_differs(lang, page),
            Self::Text { page, word } => say::pdf::written_text_differs(lang, page, word),
        }
    }
}

impl std::error::Error for Fault {}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
