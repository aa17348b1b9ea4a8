//! The invisible font: letters with a width and a meaning, but no shape.
//!
//! PDF/A-2u wants a font embedded even for text nobody sees, and wants every
//! code mapped to Unicode (ISO 19005-2, 6.2.11.7.2). One font serves all
//! pages: a TrueType program of a dozen
//! hairlines, one a width; a map from
//! codes to those glyphs; and the `ToUnicode` map of the codes in use.
//!
//! The letters of Vietnamese have fixed codes, sorted by width, so that most
//! documents carry the same few hundred bytes. Any other character takes the
//! next free code when it is first met. The widths are those of Times, which
//! Nghị định 30/2020/NĐ-CP, Phụ lục I prescribes: set in them, a word of an
//! administrative document has its true length and needs no stretching.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use crate::pdfa::file::{File, Id};

/// Widths in thousandths of the font size, and who has them. The space is
/// narrower than in Times so that it fits the narrowest gap the text layer
/// leaves between words.
const WIDTHS: &[(u16, &str)] = &[
    (200, " "),
    (250, ".,'|"),
    (280, "ijlt/:;!\\íìỉĩịÍÌỈĨỊ‘’"),
    (333, "frI()[]-`²³¹"),
    (400, "sJ°\"“”{}^•"),
    (444, "acezáàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệ?"),
    (500, "bdghknopquvxy0123456789_$#*~đóòỏõọôốồổỗộúùủũụýỳỷỹỵ–§"),
    (530, "ơớờởỡợưứừửữự"),
    (580, "FPS+=<>×÷±"),
    (611, "ELTZÉÈẺẼẸÊẾỀỂỄỆ"),
    (667, "BCR"),
    (722, "wADGHKNOQUVXYÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬĐÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ½¼¾"),
    (778, "m&%"),
    (920, "MW@—…"),
];

/// The width of every character that is not in the table.
const OTHER_WIDTH: u16 = 500;

/// A code is two bytes, and code 0 stays out of use.
const MOST_CODES: u32 = 0xFFFF;

/// The height of a glyph in thousandths of the font size.
const HAIR: u16 = 1;

/// What the font is called in the file.
const NAME: &str = "SohoaInvisible";

/// A character in its font: two bytes in a string, and a width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// The code; never 0, and neither byte needs escaping in a string.
    pub(crate) code: u16,
    /// Advance in thousandths of the font size.
    pub(crate) width: u16,
}

/// The characters of a document and their codes.
#[derive(Debug)]
pub(crate) struct Letters {
    /// The code of each character that has one.
    known: BTreeMap<char, Letter>,
    /// The characters written so far, by code.
    used: BTreeMap<u16, char>,
    /// The next code that may be given away.
    next: u32,
}

impl Letters {
    /// The letters of Vietnamese, none of them used yet.
    pub(crate) fn new() -> Self {
        let mut letters = Self { known: BTreeMap::new(), used: BTreeMap::new(), next: 1 };
        for (width, of) in WIDTHS {
            for c in of.chars() {
                letters.give(c, *width);
            }
        }
        letters
    }

    /// The code and width of `c`, which is now part of the document; `None`
    /// when all codes are taken.
    pub(crate) fn letter(&mut self, c: char) -> Option<Letter> {
        let letter = match self.known.get(&c) {
            Some(known) => *known,
            None => self.give(c, OTHER_WIDTH)?,
        };
        self.used.insert(letter.code, c);
        Some(letter)
    }

    /// Whether the document has any text.
    pub(crate) fn any(&self) -> bool {
        !self.used.is_empty()
    }

    /// Writes the font under `id`: its program, its maps, its dictionaries.
    pub(crate) fn write<W: Write>(&self, file: &mut File<W>, id: Id) -> io::Result<()> {
        let program = program();
        let used: Vec<_> = self.used.iter().map(|(code, c)| (*code, *c)).collect();
        let (file_id, map_id, unicode_id) =
            (file.reserve(), file.reserve(), file.reserve());
        let (descriptor, descendant) = (file.reserve(), file.reserve());
        file.deflated(file_id, &format!("/Length1 {}", program.len()), &program)?;
        file.deflated(map_id, "", &self.glyph_of_code())?;
        file.deflated(unicode_id, "", unicode_map(&used).as_bytes())?;
        file.object(
            descriptor,
            format!(
                "<</Type/FontDescriptor/FontName/{NAME}/Flags 4/FontBBox[0 -200 1000 800]\
                 /ItalicAngle 0/Ascent 800/Descent -200/CapHeight 660/StemV 80\
                 /FontFile2 {file_id}>>"
            ),
        )?;
        file.object(
            descendant,
            format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/{NAME}/CIDSystemInfo\
                 <</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
                 /FontDescriptor {descriptor}/DW {OTHER_WIDTH}/W[{}]\
                 /CIDToGIDMap {map_id}>>",
                self.widths()
            ),
        )?;
        file.object(
            id,
            format!(
                "<</Type/Font/Subtype/Type0/BaseFont/{NAME}/Encoding/Identity-H\
                 /DescendantFonts[{descendant}]/ToUnicode {unicode_id}>>"
            ),
        )
    }

    /// Gives `c` the next code whose bytes can stand in a string unescaped
    /// (ISO 32000-1, 7.3.4.2).
    fn give(&mut self, c: char, width: u16) -> Option<Letter> {
        let plain = |byte: u8| !matches!(byte, b'(' | b')' | b'\\' | b'\r');
        let free = (self.next..=MOST_CODES)
            .filter_map(|code| u16::try_from(code).ok())
            .find(|code| code.to_be_bytes().into_iter().all(plain))?;
        let letter = *self.known.entry(c).or_insert(Letter { code: free, width });
        if letter.code == free {
            self.next = u32::from(free) + 1;
        }
        Some(letter)
    }

    /// The `W` array: runs of codes with one width (ISO 32000-1, 9.7.4.3).
    fn widths(&self) -> String {
        let mut by_code: Vec<_> = self.known.values().copied().collect();
        by_code.sort_by_key(|letter| letter.code);
        let mut runs: Vec<(u16, u16, u16)> = Vec::new();
        for Letter { code, width } in by_code {
            match runs.last_mut() {
                Some((_, last, of)) if *of == width => *last = code,
                _ => runs.push((code, code, width)),
            }
        }
        runs.retain(|(_, _, width)| *width != OTHER_WIDTH);
        let runs: Vec<_> = runs.iter().map(|(a, b, w)| format!("{a} {b} {w}")).collect();
        runs.join(" ")
    }

    /// The `CIDToGIDMap`: two bytes a code. Codes of nobody go to glyph 0,
    /// which is never shown (ISO 19005-2, 6.2.11.8).
    fn glyph_of_code(&self) -> Vec<u8> {
        let by_code: BTreeMap<_, _> =
            self.known.values().map(|letter| (letter.code, letter.width)).collect();
        let last = by_code.last_key_value().map_or(0, |(code, _)| *code);
        (0..=last)
            .flat_map(|code| by_code.get(&code).map_or(0, |w| glyph(*w)).to_be_bytes())
            .collect()
    }
}

/// The `ToUnicode` map of codes (ISO 32000-1, 9.10.3): at most a hundred to a
/// block.
pub(crate) fn unicode_map(used: &[(u16, char)]) -> String {
    let mut map = "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n\
         /CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"
        .to_owned();
    for block in used.chunks(100) {
        writeln!(map, "{} beginbfchar", block.len()).ok();
        for (code, c) in block {
            write!(map, "<{code:04X}><").ok();
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(map, "{unit:04X}").ok();
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map + "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend"
}

/// The glyph with this width. Glyph 0 is `.notdef`.
fn glyph(width: u16) -> u16 {
    (1..).zip(WIDTHS).find(|(_, (w, _))| *w == width).map_or(0, |(gid, _)| gid)
}

/// The TrueType program: `.notdef` and a glyph for each width. The glyphs are
/// hairlines, not empty: `MuPDF` drops invisible text without extent, and a
/// reader that paints what it should not does little harm.
fn program() -> Vec<u8> {
    let count = u16::try_from(WIDTHS.len() + 1).unwrap_or(u16::MAX);
    let widths =
        std::iter::once(OTHER_WIDTH).chain(WIDTHS.iter().map(|(width, _)| *width));
    let (mut glyphs, mut places, mut advances) = (Vec::new(), vec![0], Vec::new());
    for width in widths {
        // One contour of four points on the curve, `HAIR` high; x and y as
        // differences in words (OpenType 1.9, "glyf").
        glyphs.extend(words(&[1, 0, 0, width, HAIR, 3, 0]));
        glyphs.extend([1, 1, 1, 1]);
        glyphs.extend(words(&[0, width, 0, width.wrapping_neg(), 0, 0, HAIR, 0]));
        // Places are counted in words.
        places.push(u16::try_from(glyphs.len() / 2).unwrap_or(u16::MAX));
        advances.extend([width, 0]);
    }
    sfnt(&[
        (*b"glyf", glyphs),
        // The numbers after the magic: flags, 1000 units an em, dates, box.
        (*b"head", {
            let head = [1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, 1000];
            let tail = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1000, HAIR, 0, 8, 2, 0, 0];
            [words(&head), words(&tail)].concat()
        }),
        (
            *b"hhea",
            words(&[1, 0, 800, 0xFF38, 0, 1000, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, count]),
        ),
        (*b"hmtx", words(&advances)),
        (*b"loca", words(&places)),
        (*b"maxp", words(&[1, 0, count, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])),
        (*b"post", words(&[3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    ])
}

/// A font file of these tables, sorted by tag, with its checksums (OpenType
/// 1.9, "Organization of an OpenType font").
fn sfnt(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = count.checked_ilog2().and_then(|log| u16::try_from(log).ok());
    let range = 16 << power.unwrap_or(0);
    let mut font = words(&[
        1,
        0,
        count,
        range,
        power.unwrap_or(0),
        (16 * count).wrapping_sub(range),
    ]);
    let mut offset = 12 + 16 * tables.len();
    let mut head = 0;
    for (tag, table) in tables {
        if tag == b"head" {
            head = offset;
        }
        font.extend(tag);
        font.extend(checksum(table).to_be_bytes());
        for number in [offset, table.len()] {
            font.extend(u32::try_from(number).unwrap_or(0).to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&font));
    let place = font.get_mut(head + 8..head + 12);
    if let Some(place) = place {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    font
}

/// The sum of the big-endian words of four bytes, the last one filled up.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

/// Big-endian words of two bytes.
fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_has_a_code_of_one_byte() {
        let mut letters = Letters::new();
        let base = "AaĂăÂâEeÊêIiOoÔôƠơUuƯưYy";
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        use unicode_normalization::UnicodeNormalization as _;
        for c in base.chars() {
            for tone in tones {
                let whole: String = format!("{c}{tone}").nfc().collect();
                let code = letters.letter(whole.chars().next().unwrap()).unwrap().code;
                assert!(code < 256, "{whole} has code {code}");
            }
        }
    }

    #[test]
    fn no_character_stands_in_the_table_twice() {
        let mut all: Vec<_> = WIDTHS.iter().flat_map(|(_, of)| of.chars()).collect();
        let before = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), before);
    }

    #[test]
    fn a_foreign_character_keeps_the_code_it_was_given() {
        let mut letters = Letters::new();
        let first = letters.letter('漢').unwrap();
        let second = letters.letter('😀').unwrap();
        assert_ne!(first, second);
        assert_eq!(letters.letter('漢').unwrap(), first);
        let used: Vec<_> = letters.used.iter().map(|(code, c)| (*code, *c)).collect();
        assert!(unicode_map(&used).contains("<D83DDE00>"));
    }

    #[test]
    fn codes_run_out_without_a_panic() {
        let mut letters = Letters::new();
        let given = ('\u{100}'..=char::MAX).filter(|c| letters.letter(*c).is_some());
        assert!(given.count() < 65_536);
        assert_eq!(letters.letter(char::MAX), None);
    }

    #[test]
    fn the_sum_over_the_program_is_the_magic_number() {
        assert_eq!(checksum(&program()), 0xB1B0_AFBA);
    }
}
