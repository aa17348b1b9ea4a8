//! The part of a font that a document needs, as the objects of a PDF.
//!
//! PDF/A-2u wants every font embedded, every width true and every code mapped
//! to Unicode (ISO 19005-2, 6.2.11). Codes are two bytes and equal the glyphs
//! of the subset, so `Identity-H` and an identity map serve (ISO 32000-1,
//! 9.7.4.2).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use subsetter::GlyphRemapper;

use crate::digest::Digest;
use crate::pdfa::{Part, deflate, unicode_map};
use crate::print::Face;

/// The letters of one face that are in use.
#[derive(Clone, Debug, Default)]
pub(super) struct Subset {
    remapper: GlyphRemapper,
    /// Letter and advance in thousandths by code.
    used: BTreeMap<u16, (char, f64)>,
}

impl Subset {
    /// The code of a letter and its advance in thousandths; `None` when the
    /// face has no such letter.
    pub(super) fn code(&mut self, face: &Face, letter: char) -> Option<(u16, f64)> {
        let (glyph, advance) = face.glyph(letter)?;
        // Two letters that share a glyph need two codes to be told apart in
        // `ToUnicode`; the first one wins, and such pairs (Latin and Cyrillic
        // A) look the same.
        let code = self.remapper.remap(glyph);
        self.used.entry(code).or_insert((letter, advance));
        Some((code, advance))
    }

    /// How many objects [`parts`](Self::parts) makes.
    pub(super) const PARTS: u32 = 5;

    /// The font as objects numbered from `first`, which is the font itself.
    ///
    /// # Errors
    ///
    /// When the font file is damaged.
    pub(super) fn parts(&self, face: &Face, first: u32) -> io::Result<Vec<Part>> {
        let program = subsetter::subset(face.bytes(), 0, &self.remapper)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        let [descendant, descriptor, file, unicode] = [1, 2, 3, 4].map(|n| first + n);
        let name = format!("{}+{}", tag(&program), face.name);
        let m = &face.metrics;
        let [left, bottom, right, top] = m.bounds.map(f64::round);
        let (ascent, descent, cap) =
            (m.ascent.round(), m.descent.round(), m.cap_height.round());
        // ISO 32000-1, 9.8.2: serif and symbolic, the latter because codes are
        // not those of the standard Latin set.
        let flags = 0b110 | if m.italic_angle == 0.0 { 0 } else { 1 << 6 };
        let letters: Vec<_> =
            self.used.iter().map(|(code, (c, _))| (*code, *c)).collect();
        let widths: Vec<_> = self
            .used
            .iter()
            .map(|(code, (_, w))| format!("{code}[{}]", rounded(*w)))
            .collect();
        let length = program.len();
        Ok(vec![
            Part::dictionary(format!(
                "/Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H\
                 /DescendantFonts[{descendant} 0 R]/ToUnicode {unicode} 0 R"
            )),
            Part::dictionary(format!(
                "/Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo\
                 <</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
                 /FontDescriptor {descriptor} 0 R/DW 1000/W[{}]/CIDToGIDMap/Identity",
                widths.join(" ")
            )),
            Part::dictionary(format!(
                "/Type/FontDescriptor/FontName/{name}/Flags {flags}\
                 /FontBBox[{left} {bottom} {right} {top}]/ItalicAngle {}\
                 /Ascent {ascent}/Descent {descent}/CapHeight {cap}/StemV 80\
                 /FontFile2 {file} 0 R",
                rounded(m.italic_angle)
            )),
            Part::stream(
                format!("/Length1 {length}/Filter/FlateDecode"),
                deflate(&program)?,
            ),
            Part::stream(
                "/Filter/FlateDecode".to_owned(),
                deflate(unicode_map(&letters).as_bytes())?,
            ),
        ])
    }
}

/// At most one digit after the point.
fn rounded(value: f64) -> String {
    let mut text = format!("{value:.1}");
    if let Some(whole) = text.strip_suffix(".0") {
        text = whole.to_owned();
    }
    text
}

/// Six letters that tell one subset from another (ISO 32000-1, 9.6.4).
fn tag(program: &[u8]) -> String {
    Digest::of(program).bytes().iter().take(6).fold(String::new(), |mut tag, byte| {
        write!(tag, "{}", char::from(b'A' + byte % 26)).ok();
        tag
    })
}
