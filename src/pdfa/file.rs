//! The file around the objects: numbers, offsets, streams, the end.
//!
//! Objects go out as they come, so that a document is never in memory whole;
//! only the places of the objects are kept. Small objects without a stream
//! are gathered into object streams (ISO 32000-1, 7.5.7), which PDF/A-2
//! allows and PDF/A-1 did not: a page costs a third of what it would outside.
//!
//! This file knows nothing of pages or text.

use std::fmt::Write as _;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::digest::Digest;

/// Objects in one object stream: enough to compress well, few enough that a
/// reader who wants one page unpacks little.
const PACKED: usize = 100;

/// Integers end here (ISO 19005-2, 6.1.13), and offsets with them.
const LAST_OFFSET: u64 = (1 << 31) - 1;

/// The number of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(u32);

impl From<u32> for Id {
    fn from(number: u32) -> Self {
        Self(number)
    }
}

/// A reference: `7 0 R`.
impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// Where an object lies.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Nowhere yet.
    Reserved,
    /// At this offset from the start of the file.
    At(u32),
    /// In an object stream, as its object number `index`.
    Packed { stream: Id, index: u8 },
}

/// A PDF being written.
#[derive(Debug)]
pub(crate) struct File<W> {
    out: W,
    /// Bytes written so far.
    length: u64,
    /// Where each object lies; object `n` is entry `n - 1`.
    places: Vec<Place>,
    /// Objects that wait for their object stream.
    waiting: Vec<(Id, String)>,
}

impl<W: Write> File<W> {
    /// Begins a file with its header.
    pub(crate) fn begin(out: W) -> io::Result<Self> {
        let mut file = Self { out, length: 0, places: Vec::new(), waiting: Vec::new() };
        // ISO 19005-2, 6.1.2: a comment of four bytes above 127 follows.
        file.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(file)
    }

    /// A number for an object that will be written later.
    pub(crate) fn reserve(&mut self) -> Id {
        self.places.push(Place::Reserved);
        Id(u32::try_from(self.places.len()).unwrap_or(u32::MAX))
    }

    /// The number the next reserved object will have.
    pub(crate) fn next(&self) -> u32 {
        u32::try_from(self.places.len() + 1).unwrap_or(u32::MAX)
    }

    /// Writes a small object: anything but a stream.
    pub(crate) fn object(&mut self, id: Id, value: String) -> io::Result<()> {
        self.waiting.push((id, value));
        if self.waiting.len() == PACKED { self.pack() } else { Ok(()) }
    }

    /// Writes `bytes` as they are under a dictionary with these `entries`,
    /// which tell the filter but not the length.
    pub(crate) fn stream(
        &mut self,
        id: Id,
        entries: &str,
        bytes: &[u8],
    ) -> io::Result<()> {
        self.begin_object(id)?;
        // ISO 19005-2, 6.1.7.1: the line ends around the bytes are not theirs.
        let length = bytes.len();
        self.put(format!("<<{entries}/Length {length}>>\nstream\n").as_bytes())?;
        self.put(bytes)?;
        self.put(b"\nendstream\nendobj\n")
    }

    /// Deflates `bytes` and writes them.
    pub(crate) fn deflated(
        &mut self,
        id: Id,
        entries: &str,
        bytes: &[u8],
    ) -> io::Result<()> {
        let small = deflate(bytes)?;
        self.stream(id, &format!("{entries}/Filter/FlateDecode"), &small)
    }

    /// Writes the cross-reference stream and the end of the file.
    pub(crate) fn finish(mut self, root: Id, info: Id, seed: Digest) -> io::Result<W> {
        self.pack()?;
        let id = self.reserve();
        let start = self.length;
        self.place_here(id)?;
        let mut table = vec![0, 0, 0, 0, 0, 0]; // object 0 is free
        for place in &self.places {
            let (kind, number, index) = match *place {
                Place::Reserved => (0, 0, 0),
                Place::At(offset) => (1, offset, 0),
                Place::Packed { stream, index } => (2, stream.0, index),
            };
            table.push(kind);
            table.extend(number.to_be_bytes());
            table.push(index);
        }
        // Nobody has changed the file since it was made, so both halves of
        // the identifier are the same (ISO 32000-1, 14.4).
        let half: String =
            seed.bytes().iter().take(16).fold(String::new(), |mut hex, byte| {
                write!(hex, "{byte:02x}").ok();
                hex
            });
        let size = self.places.len() + 1;
        let small = deflate(&table)?;
        let head = format!(
            "{} 0 obj\n<</Type/XRef/Size {size}/W[1 4 1]/Root {root}/Info {info}\
             /ID[<{half}><{half}>]/Filter/FlateDecode/Length {}>>\nstream\n",
            id.0,
            small.len()
        );
        self.put(head.as_bytes())?;
        self.put(&small)?;
        self.put(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }

    /// Writes the waiting objects as one object stream.
    fn pack(&mut self) -> io::Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let stream = self.reserve();
        let (mut heads, mut bodies) = (String::new(), String::new());
        for ((id, body), index) in waiting.iter().zip(0..) {
            write!(heads, "{} {} ", id.0, bodies.len()).map_err(io::Error::other)?;
            bodies.push_str(body);
            bodies.push('\n');
            self.settle(*id, Place::Packed { stream, index });
        }
        let (count, first) = (waiting.len(), heads.len());
        let entries = format!("/Type/ObjStm/N {count}/First {first}");
        self.deflated(stream, &entries, (heads + &bodies).as_bytes())
    }

    fn begin_object(&mut self, id: Id) -> io::Result<()> {
        self.place_here(id)?;
        self.put(format!("{} 0 obj\n", id.0).as_bytes())
    }

    fn place_here(&mut self, id: Id) -> io::Result<()> {
        if self.length > LAST_OFFSET {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let offset = u32::try_from(self.length).map_err(io::Error::other)?;
        self.settle(id, Place::At(offset));
        Ok(())
    }

    fn settle(&mut self, id: Id, place: Place) {
        if let Some(entry) = self.places.get_mut((id.0 as usize).wrapping_sub(1)) {
            *entry = place;
        }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

/// `bytes` in the form `FlateDecode` undoes, as small as it gets.
pub(crate) fn deflate(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// A text string object (ISO 32000-1, 7.9.2.2): ASCII as it is, all else in
/// UTF-16BE behind its mark.
pub(crate) fn text_string(text: &str) -> String {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b) && !b"()\\".contains(&b)) {
        return format!("({text})");
    }
    text.encode_utf16().fold("<FEFF".to_owned(), |mut hex, unit| {
        write!(hex, "{unit:04X}").ok();
        hex
    }) + ">"
}

/// Appends `value` with at most `decimals` digits after the point, none of
/// them idle.
pub(crate) fn number(to: &mut Vec<u8>, value: f64, decimals: usize) {
    let text = format!("{value:.decimals$}");
    let text = match text.split_once('.') {
        Some((whole, part)) => {
            let part = part.trim_end_matches('0');
            match (whole, part) {
                ("-0" | "0" | "-" | "", "") => "0".to_owned(),
                (_, "") => whole.to_owned(),
                ("0", _) => format!(".{part}"),
                ("-0", _) => format!("-.{part}"),
                (..) => format!("{whole}.{part}"),
            }
        }
        None if text == "-0" => "0".to_owned(),
        None => text,
    };
    to.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_no_idle_digit() {
        let show = |value, decimals| {
            let mut text = Vec::new();
            number(&mut text, value, decimals);
            String::from_utf8(text).unwrap()
        };
        assert_eq!(show(12.0, 2), "12");
        assert_eq!(show(12.30, 2), "12.3");
        assert_eq!(show(-0.004, 2), "0");
        assert_eq!(show(-0.25, 2), "-.25");
        assert_eq!(show(0.5, 1), ".5");
        assert_eq!(show(-0.4, 0), "0");
        assert_eq!(show(100.0, 0), "100");
    }

    #[test]
    fn a_vietnamese_string_is_utf_16() {
        assert_eq!(text_string("Don"), "(Don)");
        assert_eq!(text_string("(a)"), "<FEFF002800610029>");
        assert_eq!(text_string("Đơn"), "<FEFF011001A1006E>");
    }

    #[test]
    fn every_object_is_where_the_table_says() {
        let mut file = File::begin(Vec::new()).unwrap();
        let root = file.reserve();
        let info = file.reserve();
        let pages = file.reserve();
        file.object(root, format!("<</Type/Catalog/Pages {pages}>>")).unwrap();
        file.object(info, "<</Title(x)>>".to_owned()).unwrap();
        file.object(pages, "<</Type/Pages/Count 0/Kids[]>>".to_owned()).unwrap();
        let bytes = file.finish(root, info, Digest::of(b"x")).unwrap();
        let read = lopdf::Document::load_mem(&bytes).unwrap();
        assert!(read.catalog().unwrap().has(b"Pages"));
        assert_eq!(read.get_pages().len(), 0);
    }
}
