//! An open PDF file: its objects, what its catalogue says, and what keeps
//! its reader from harm.
//!
//! `hayro` parses, repairs and decrypts. Around it stand three guards: a
//! thread of its own with room for deep nesting, in which a panic is an error
//! and not the end; a limit on how far object streams may inflate; and the
//! order in which passwords are tried.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use hayro::hayro_syntax::metadata::Metadata;
use hayro::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream,
};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::pdf::{Encryption, PdfError, filters};
use crate::raster::Limits;

/// Stack for the reader: nested objects and forms call themselves.
const STACK_BYTES: usize = 256 << 20;
/// Junk allowed before `%PDF-`; mail gateways and web forms add up to some kilobytes.
const MOST_JUNK: usize = 1 << 16;
/// Bytes an object stream may inflate to.
const MOST_OBJECT_STREAM: u64 = 64 << 20;
/// A Deflate block cannot inflate to more than this many times its size.
const MOST_DEFLATE_RATIO: u64 = 1032;
/// Bytes of XMP that are read.
const MOST_XMP: usize = 4 << 20;
/// Form fields looked at for a signature; the bytes are searched besides.
const MOST_FIELDS: usize = 100_000;

/// A file that could be opened.
pub(crate) struct Document {
    pdf: Pdf,
    bytes: Arc<[u8]>,
    /// What pages may ask for.
    pub(crate) limits: Limits,
    /// Whether the cross-reference table is not where the file says, so that
    /// the objects had to be searched for.
    pub(crate) was_recovered: bool,
    /// Objects that were found bearable by `weigh`.
    pub(crate) weighed: Mutex<BTreeSet<ObjectIdentifier>>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({} bytes)", self.bytes.len())
    }
}

/// Opens `bytes`; also says how an encrypted file let itself be opened.
pub(crate) fn open(
    bytes: Arc<[u8]>,
    password: Option<&str>,
    limits: Limits,
) -> Result<(Document, Option<Encryption>), PdfError> {
    if bytes.is_empty() {
        return Err(PdfError::Empty);
    }
    let head = bytes.get(..MOST_JUNK + 5).unwrap_or(&bytes);
    // A header may be lost and the rest be whole.
    if find(head, b"%PDF-").is_none() && rfind(&bytes, b"startxref").is_none() {
        return Err(PdfError::NotPdf);
    }
    if let Some(offset) = bomb_among_object_streams(&bytes) {
        return Err(PdfError::ObjectStreamTooLarge { offset });
    }
    let (pdf, encryption, bytes) = unlock(bytes, password)?;
    let found = pdf.pages().len();
    if found == 0 {
        return Err(PdfError::NoPages);
    }
    if found > limits.pages {
        return Err(PdfError::TooManyPages { found, most: limits.pages });
    }
    let weighed = Mutex::new(BTreeSet::new());
    let was_recovered = !has_table(&bytes);
    Ok((Document { pdf, bytes, limits, was_recovered, weighed }, encryption))
}

/// What was opened, what opened it, and the bytes it now refers to.
type Unlocked = (Pdf, Option<Encryption>, Arc<[u8]>);

/// Tries the empty password, which opens files that are only protected
/// against changes, and then the given one.
fn unlock(bytes: Arc<[u8]>, password: Option<&str>) -> Result<Unlocked, PdfError> {
    let encrypted = rfind(&bytes, b"/Encrypt").is_some();
    match load(&bytes, "") {
        Ok(pdf) => {
            let sealed = encrypted && is_encrypted(&pdf, &bytes);
            return Ok((pdf, sealed.then_some(Encryption::EmptyUserPassword), bytes));
        }
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {}
        // A repaired file does not say that it was the password that failed.
        Err(LoadPdfError::Invalid) if encrypted => {}
        Err(error) => return Err(refusal(error, &bytes)),
    }
    let given = password.filter(|password| !password.is_empty());
    let password = given.ok_or(PdfError::NeedsPassword)?;
    match load(&bytes, password) {
        Ok(pdf) => Ok((pdf, Some(Encryption::NeededPassword), bytes)),
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            let (pdf, bytes) =
                as_owner(&bytes, password).ok_or(PdfError::WrongPassword)?;
            Ok((pdf, Some(Encryption::NeededPassword), bytes))
        }
        Err(error) => Err(refusal(error, &bytes)),
    }
}

fn load(bytes: &Arc<[u8]>, password: &str) -> Result<Pdf, LoadPdfError> {
    guarded(|| Pdf::new_with_password(Arc::new(Arc::clone(bytes)), password))
        .unwrap_or(Err(LoadPdfError::Invalid))
}

/// Opens a file with the owner's password (ISO 32000-2, 7.6.4.4.5, algorithm
/// 7), which `hayro` tries for AES-256 only: `lopdf` writes it out in clear.
fn as_owner(bytes: &Arc<[u8]>, password: &str) -> Option<(Pdf, Arc<[u8]>)> {
    let clear = guarded(|| {
        let options = lopdf::LoadOptions::with_password(password);
        let mut doc = lopdf::Document::load_mem_with_options(bytes, options).ok()?;
        doc.trailer.remove(b"Encrypt");
        let mut clear = Vec::with_capacity(bytes.len());
        doc.save_to(&mut clear).ok()?;
        Some(Arc::from(clear))
    });
    let clear: Arc<[u8]> = clear.flatten()?;
    Some((load(&clear, "").ok()?, clear))
}

fn refusal(error: LoadPdfError, bytes: &[u8]) -> PdfError {
    match error {
        LoadPdfError::Invalid => PdfError::Damaged,
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            PdfError::NeedsPassword
        }
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            PdfError::UnsupportedEncryption { handler: security_handler(bytes) }
        }
        LoadPdfError::Decryption(
            DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption,
        ) => {
            let handler = security_handler(bytes);
            if handler == "Standard" {
                PdfError::DamagedEncryption
            } else {
                PdfError::UnsupportedEncryption { handler }
            }
        }
    }
}

/// The security handlers a file may name (ISO 32000-2, 7.6.2).
fn security_handler(bytes: &[u8]) -> String {
    let known =
        ["Adobe.PubSec", "Entrust.PPKEF", "Adobe.PPKLite", "FileOpen", "EBX_HANDLER"];
    let named = |name: &&str| find(bytes, format!("/{name}").as_bytes()).is_some();
    known.into_iter().find(named).unwrap_or("Standard").to_owned()
}

/// Whether the trailer, and not merely some text, says `/Encrypt`: the parser
/// does not tell, but an encryption dictionary is never itself encrypted.
fn is_encrypted(pdf: &Pdf, bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"/Encrypt") {
        rest = rest.get(at + 8..).unwrap_or_default();
        let value: String = rest.iter().take(24).map(|byte| char::from(*byte)).collect();
        if value.trim_start().starts_with("<<") {
            return true;
        }
        let mut parts = value.split_ascii_whitespace();
        let (number, generation) = (parts.next(), parts.next());
        let number = number.and_then(|number| number.parse().ok());
        let generation = generation.and_then(|generation| generation.parse().ok());
        if let (Some(number), Some(generation)) = (number, generation) {
            let id = ObjectIdentifier::new(number, generation);
            let dict = pdf.xref().get::<Dict<'_>>(id);
            if dict
                .is_some_and(|dict| dict.contains_key("Filter") && dict.contains_key("V"))
            {
                return true;
            }
        }
    }
    false
}

/// Runs `work` where deep recursion and panics do no harm; `None` if it panicked.
pub(crate) fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(STACK_BYTES);
        builder.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// The offset of an object or cross-reference stream that inflates without
/// measure. The parser would inflate it before anybody could object.
fn bomb_among_object_streams(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = find(bytes.get(at..)?, b"stream").map(|found| at + found) {
        at = start + 6;
        let head = bytes.get(start.saturating_sub(512)..start)?;
        let head =
            rfind(head, b" obj").map_or(head, |obj| head.get(obj..).unwrap_or_default());
        let structural = find(head, b"ObjStm").is_some() || find(head, b"XRef").is_some();
        if head.ends_with(b"end") || !structural {
            continue;
        }
        let body = bytes.get(at..)?;
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let body =
            find(body, b"endstream").and_then(|end| body.get(..end)).unwrap_or(body);
        if inflates_too_far(head, body) {
            return Some(start);
        }
    }
    None
}

fn inflates_too_far(head: &[u8], body: &[u8]) -> bool {
    let count =
        |name: &[u8]| head.windows(name.len()).filter(|word| *word == name).count();
    // Two compressions on top of each other multiply; nobody writes that.
    if count(b"FlateDecode") + count(b"LZWDecode") > 1 {
        return true;
    }
    if (body.len() as u64) * MOST_DEFLATE_RATIO <= MOST_OBJECT_STREAM {
        return false;
    }
    let mut sum = std::io::sink();
    let mut inflated =
        std::io::Read::take(flate2::read::ZlibDecoder::new(body), MOST_OBJECT_STREAM + 1);
    std::io::copy(&mut inflated, &mut sum).unwrap_or(0) > MOST_OBJECT_STREAM
}

impl Document {
    /// Number of pages, at least 1.
    pub(crate) fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The page with this index.
    pub(crate) fn page(&self, index: usize) -> Option<&Page<'_>> {
        self.pdf.pages().get(index)
    }

    /// The stream with this number.
    pub(crate) fn stream(&self, id: ObjectIdentifier) -> Option<Stream<'_>> {
        self.pdf.xref().get(id)
    }

    /// The object with this number.
    pub(crate) fn object(&self, id: ObjectIdentifier) -> Option<Object<'_>> {
        self.pdf.xref().get(id)
    }

    /// Entries of the page tree that lead to no page at all. The parser
    /// leaves them out without a word; a page must not be lost that way.
    pub(crate) fn missing_pages(&self) -> usize {
        let mut missing = 0;
        let mut seen: BTreeSet<ObjectIdentifier> = BTreeSet::new();
        let mut waiting: Vec<Dict<'_>> =
            self.catalog().get("Pages").into_iter().collect();
        while let Some(node) = waiting.pop() {
            let kids = node.get::<Array<'_>>("Kids").unwrap_or_default();
            for kid in kids.raw_iter() {
                let kid = match kid {
                    MaybeRef::Ref(reference) if !seen.insert(reference.into()) => {
                        continue;
                    }
                    MaybeRef::Ref(reference) => self.object(reference.into()),
                    MaybeRef::NotRef(kid) => Some(kid),
                };
                match kid.and_then(Object::into_dict) {
                    Some(dict) if dict.contains_key("Kids") => waiting.push(dict),
                    Some(_) => {}
                    None => missing += 1,
                }
            }
        }
        missing
    }

    /// The file, in clear where only its owner's password opened it.
    pub(crate) fn bytes(&self) -> &Arc<[u8]> {
        &self.bytes
    }

    fn catalog(&self) -> Dict<'_> {
        let xref = self.pdf.xref();
        xref.get(xref.root_id()).unwrap_or_default()
    }

    /// Whether anybody signed this file, erring towards yes: a signature
    /// field with a value, usage rights or certification (ISO 32000-2, 12.8),
    /// or the byte range that every signature needs in clear.
    pub(crate) fn is_signed(&self) -> bool {
        let catalog = self.catalog();
        catalog.contains_key("Perms")
            || find(&self.bytes, b"/ByteRange").is_some()
            || self.has_signed_field(&catalog)
    }

    fn has_signed_field(&self, catalog: &Dict<'_>) -> bool {
        let form = catalog.get::<Dict<'_>>("AcroForm").unwrap_or_default();
        let mut waiting: Vec<(Dict<'_>, bool)> = Vec::new();
        let fields = form.get::<Array<'_>>("Fields").unwrap_or_default();
        waiting.extend(
            fields.iter::<Dict<'_>>().take(MOST_FIELDS).map(|field| (field, false)),
        );
        for _ in 0..MOST_FIELDS {
            let Some((field, inherited)) = waiting.pop() else { return false };
            let kind = field.get::<Name<'_>>("FT");
            // 12.7.4.1: FT is inherited.
            let signature = kind.map_or(inherited, |kind| &*kind == b"Sig");
            if signature && field.contains_key("V") {
                return true;
            }
            let kids = field.get::<Array<'_>>("Kids").unwrap_or_default();
            let room = MOST_FIELDS.saturating_sub(waiting.len());
            waiting
                .extend(kids.iter::<Dict<'_>>().take(room).map(|kid| (kid, signature)));
        }
        false
    }

    /// Whether files are attached (7.11.4), to the document or to a page.
    pub(crate) fn has_attachments(&self) -> bool {
        let catalog = self.catalog();
        let names = catalog.get::<Dict<'_>>("Names").unwrap_or_default();
        let listed = names.get::<Dict<'_>>("EmbeddedFiles");
        listed.is_some_and(|tree| !tree.is_empty())
            || catalog
                .get::<Array<'_>>("AF")
                .is_some_and(|list| list.raw_iter().next().is_some())
            || find(&self.bytes, b"/FileAttachment").is_some()
    }

    /// The title: from the information dictionary, else from XMP; not empty.
    pub(crate) fn title(&self) -> Option<String> {
        let metadata: &Metadata = self.pdf.metadata();
        let stated = metadata.title.as_deref().map(text_string);
        let title = stated.filter(|title| !title.trim().is_empty()).or_else(|| {
            let xmp = self.xmp()?;
            let (_, rest) = xmp.split_once("<dc:title")?;
            let (_, rest) = rest.split_once("<rdf:li")?;
            let (_, rest) = rest.split_once('>')?;
            let (title, _) = rest.split_once("</rdf:li>")?;
            Some(unescaped(title))
        })?;
        Some(title.trim().to_owned()).filter(|title| !title.is_empty())
    }

    /// The part and level of PDF/A the file claims, such as `2u` or `1b`
    /// (ISO 19005-1, 6.7.11; -4, 6.7.3). Nobody has checked the claim.
    pub(crate) fn declares_pdfa(&self) -> Option<String> {
        let xmp = self.xmp()?;
        let part = property(&xmp, "pdfaid:part")?;
        let level = property(&xmp, "pdfaid:conformance").unwrap_or_default();
        Some(format!("{part}{}", level.to_lowercase()))
    }

    fn xmp(&self) -> Option<String> {
        let stream = self.catalog().get::<Stream<'_>>("Metadata")?;
        let raw = stream.raw_data();
        let bytes = filters::decode(&raw, &filters::chain(&stream), MOST_XMP)?;
        match bytes.as_slice() {
            [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => Some(text_string(&bytes)),
            _ => Some(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }
}

/// Whether a cross-reference table or stream is where `startxref` says (7.5.5).
fn has_table(bytes: &[u8]) -> bool {
    let stated = rfind(bytes, b"startxref").and_then(|at| {
        let text = bytes.get(at + 9..)?.trim_ascii_start();
        let digits = text.split(|byte| !byte.is_ascii_digit()).next()?;
        std::str::from_utf8(digits).ok()?.parse::<usize>().ok()
    });
    let there = stated.and_then(|at| bytes.get(at..)).unwrap_or_default();
    let there = there.trim_ascii_start();
    there.starts_with(b"xref") || there.first().is_some_and(u8::is_ascii_digit)
}

/// The value of an XMP property written as attribute or as element.
fn property(xmp: &str, name: &str) -> Option<String> {
    let (_, rest) = xmp.split_once(name)?;
    let value = rest.trim_start_matches([' ', '=', '>', '"', '\'', '\n', '\r', '\t']);
    let value: String =
        value.chars().take_while(char::is_ascii_alphanumeric).take(4).collect();
    (!value.is_empty()).then_some(value)
}

fn unescaped(xml: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities
        .iter()
        .fold(xml.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

/// A text string (ISO 32000-2, 7.9.2.2): UTF-16 or UTF-8 with a mark, else `PDFDocEncoding`.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|pair| <[u8; 2]>::try_from(pair).ok())
            .map(unit)
            .collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Writers forget the mark; PDFDocEncoding is seldom valid UTF-8 by chance.
        _ if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        _ => bytes.iter().map(|byte| pdf_doc_char(*byte)).collect(),
    }
}

/// `PDFDocEncoding` (ISO 32000-2, D.3): Latin-1 but for two rows.
fn pdf_doc_char(byte: u8) -> char {
    const AT_18: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const AT_80: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘',
        '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
        '\u{fffd}', '€',
    ];
    let row = |row: &[char], from: u8| {
        byte.checked_sub(from).and_then(|index| row.get(usize::from(index))).copied()
    };
    row(&AT_18, 0x18).or_else(|| row(&AT_80, 0x80)).unwrap_or(char::from(byte))
}

/// Where `needle` first stands in `hay`.
pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = 0;
    while let Some(found) = hay.get(at..)?.iter().position(|byte| *byte == first) {
        at += found;
        if hay.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where `needle` last stands in `hay`.
pub(crate) fn rfind(hay: &[u8], needle: &[u8]) -> Option<usize> {
    (0..hay.len().checked_sub(needle.len())? + 1)
        .rev()
        .find(|at| hay.get(*at..).is_some_and(|rest| rest.starts_with(needle)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_come_in_four_spellings() {
        assert_eq!(text_string(b"\xfe\xff\x01\x10\x1e\xd3"), "Đồ");
        assert_eq!(text_string("\u{feff}Đồ".as_bytes()), "Đồ");
        assert_eq!(text_string("Đồ".as_bytes()), "Đồ");
        assert_eq!(text_string(b"\x84 caf\xe9"), "— café");
    }

    #[test]
    fn the_claim_of_pdfa_is_an_attribute_or_an_element() {
        let element =
            "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>";
        assert_eq!(property(element, "pdfaid:part").as_deref(), Some("2"));
        assert_eq!(property(element, "pdfaid:conformance").as_deref(), Some("U"));
        assert_eq!(property("pdfaid:part=\"3\"", "pdfaid:part").as_deref(), Some("3"));
        assert_eq!(property("<x/>", "pdfaid:part"), None);
    }
}
