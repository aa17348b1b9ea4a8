//! Pages the program prints itself: slips, separator sheets, reports, stamps.
//!
//! A [`Sheet`] is a list of marks in millimetres from its top left corner; it
//! knows no PDF and can be looked at in a test. [`print()`] makes PDF/A-2u pages
//! of sheets; [`ink()`] makes one sheet the content of a form, with the objects it
//! needs, to be placed on the page of another document.
//!
//! Letters come from a font on the system, embedded as the part in use.

use std::collections::BTreeSet;
use std::io::{self, Write};

use thiserror::Error;

use crate::pdfa::{About, PdfaError, Writer};
use crate::say::{Lang, Tell};

mod face;
mod flow;
mod ink;
mod subset;

pub use face::{Cut, Face, FaceError, Faces, font_folders};
pub use flow::{Align, Column, Form, Line, Span, wrap};
pub use ink::{Inked, ink};

/// What stands for a letter that no font has.
pub const UNKNOWN: char = '?';

/// The sides of A4, upright, in millimetres (ISO 216).
pub const A4: (f64, f64) = (210.0, 297.0);
/// The sides of A5, upright, in millimetres (ISO 216).
pub const A5: (f64, f64) = (148.0, 210.0);

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// The cut.
    pub cut: Cut,
    /// The font size in points (cỡ chữ).
    pub size: f64,
    /// Red, green and blue from 0 to 1.
    pub colour: [f64; 3],
}

/// Something on a sheet. Places are in millimetres from the top left corner.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Mark {
    /// Letters on a baseline.
    Text {
        /// Where the first letter begins.
        x: f64,
        /// The baseline.
        y: f64,
        /// How they look.
        style: Style,
        /// What they say, in NFC.
        text: String,
    },
    /// A straight line.
    Rule {
        /// One end.
        from: (f64, f64),
        /// The other end.
        to: (f64, f64),
        /// How thick, in points.
        thick: f64,
        /// Red, green and blue from 0 to 1.
        colour: [f64; 3],
    },
    /// Areas filled with one colour, each a closed polygon.
    Fill {
        /// Their corners.
        areas: Vec<Vec<(f64, f64)>>,
        /// Red, green and blue from 0 to 1.
        colour: [f64; 3],
    },
    /// A picture.
    Picture {
        /// Left, top, width and height.
        place: [f64; 4],
        /// What is seen.
        picture: Pixels,
    },
}

/// A picture in memory, eight bits a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

/// A page to be printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Width in millimetres.
    pub width: f64,
    /// Height in millimetres.
    pub height: f64,
    /// What is on it, from the bottom of the pile to the top.
    pub marks: Vec<Mark>,
}

impl Sheet {
    /// An empty sheet, sides in millimetres.
    #[must_use]
    pub fn new((width, height): (f64, f64)) -> Self {
        Self { width, height, marks: Vec::new() }
    }

    /// Letters whose baseline begins at (`x`, `y`).
    pub fn text(&mut self, x: f64, y: f64, style: Style, text: &str) {
        use unicode_normalization::UnicodeNormalization as _;
        let text: String = text.nfc().collect();
        if !text.is_empty() {
            self.marks.push(Mark::Text { x, y, style, text });
        }
    }

    /// A black line, thickness in points.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64), thick: f64) {
        self.marks.push(Mark::Rule { from, to, thick, colour: [0.0; 3] });
    }

    /// The outline of a rectangle, thickness in points.
    pub fn frame(&mut self, [left, top, width, height]: [f64; 4], thick: f64) {
        let (right, bottom) = (left + width, top + height);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        for (from, to) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
            self.rule(from, to, thick);
        }
    }

    /// A filled rectangle: left, top, width, height.
    pub fn fill(&mut self, rectangle: [f64; 4], colour: [f64; 3]) {
        self.marks.push(Mark::Fill { areas: vec![corners(rectangle)], colour });
    }

    /// Filled black rectangles, as one mark: the modules of a code.
    pub fn modules(&mut self, rectangles: impl IntoIterator<Item = [f64; 4]>) {
        let areas = rectangles.into_iter().map(corners).collect();
        self.marks.push(Mark::Fill { areas, colour: [0.0; 3] });
    }

    /// A picture: left, top, width, height of its place.
    pub fn picture(&mut self, place: [f64; 4], picture: Pixels) {
        self.marks.push(Mark::Picture { place, picture });
    }
}

/// The corners of a rectangle, clockwise from the top left.
fn corners([left, top, width, height]: [f64; 4]) -> Vec<(f64, f64)> {
    let (right, bottom) = (left + width, top + height);
    vec![(left, top), (right, top), (right, bottom), (left, bottom)]
}

/// Prints sheets as a PDF/A-2u document on `out`, and says which letters no
/// font had and [`UNKNOWN`] stands for.
///
/// # Errors
///
/// When there is no sheet, one is too small or large for PDF/A, or writing
/// fails.
pub fn print<W: Write>(
    out: W,
    about: About,
    sheets: &[Sheet],
    faces: &Faces,
) -> Result<BTreeSet<char>, PrintError> {
    let mut writer = Writer::begin(out, about)?;
    let mut press = ink::Press::new(faces);
    let contents: Vec<_> = sheets.iter().map(|sheet| press.sheet(sheet)).collect();
    let first = writer.reserve(press.count());
    let (parts, resources) = press.parts(first)?;
    for (part, number) in parts.into_iter().zip(first..) {
        writer.part(number, part)?;
    }
    for (sheet, content) in sheets.iter().zip(contents) {
        let sides = (ink::points(sheet.width), ink::points(sheet.height));
        writer.drawn(sides, &content, &resources)?;
    }
    writer.finish()?;
    Ok(press.missing())
}

/// Why something cannot be printed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum PrintError {
    /// The document cannot be written.
    #[error(transparent)]
    Document(#[from] PdfaError),
    /// A font cannot be cut down to what is needed.
    #[error("cannot embed the font: {0}")]
    Font(#[from] io::Error),
}

impl Tell for PrintError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Document(error) => error.tell(lang),
            Self::Font(error) => crate::say::print::cannot_embed(lang, error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::time::Timestamp;

    const PANGRAM: &str =
        "Ủy ban nhân dân phường Đống Đa, số 08/QĐ-UBND: “Kỷ niệm – quyền sở hữu”";

    fn faces() -> Faces {
        Faces::find(&font_folders(None))
            .expect("fonts-croscore is installed by `make test`")
    }

    fn printed(sheets: &[Sheet]) -> (Vec<u8>, BTreeSet<char>) {
        let created = Timestamp::from_unix(1_784_171_625).unwrap();
        let about = About::new("Phiếu", created, Digest::of(b"sheet"));
        let mut out = Vec::new();
        let missing = print(&mut out, about, sheets, &faces()).unwrap();
        (out, missing)
    }

    #[test]
    fn vietnamese_is_read_back_as_it_was_set() {
        let mut sheet = Sheet::new(A4);
        for (line, cut) in Cut::ALL.into_iter().enumerate() {
            let y = 30.0 + 10.0 * f64::from(u8::try_from(line).unwrap());
            sheet.text(30.0, y, Style::new(cut, 14.0), PANGRAM);
        }
        let (bytes, missing) = printed(&[sheet]);
        assert!(missing.is_empty());
        assert!(bytes.len() < 60_000, "{} bytes for four cuts", bytes.len());
        let read = lopdf::Document::load_mem(&bytes).unwrap();
        let text = read.extract_text(&[1]).unwrap();
        assert_eq!(text.matches(PANGRAM).count(), 4, "{text}");
    }

    #[test]
    fn a_letter_no_font_has_is_reported_and_not_lost() {
        let mut sheet = Sheet::new(A5);
        sheet.text(20.0, 20.0, Style::new(Cut::Regular, 12.0), "Trần 陳");
        let (bytes, missing) = printed(&[sheet]);
        assert_eq!(missing, BTreeSet::from(['陳']));
        let read = lopdf::Document::load_mem(&bytes).unwrap();
        assert!(read.extract_text(&[1]).unwrap().contains("Trần ?"));
    }

    #[test]
    fn lines_keep_within_their_column_and_lose_no_word() {
        let faces = faces();
        let style = Style::new(Cut::Regular, 13.0);
        let text = format!("{PANGRAM} {PANGRAM} {PANGRAM}");
        for width in [12.0, 40.0, 165.0] {
            let lines = wrap(&faces, &[Span::new(style, &text)], width, 10.0);
            assert!(lines.iter().all(|line| line.width(&faces) <= width + 1e-6));
            let mut sheet = Sheet::new(A4);
            let column = Column { left: 30.0, top: 20.0, width };
            let form = Form { align: Align::Justify, indent: 10.0, pitch: 1.2 };
            let bottom = sheet.lines(&faces, &lines, form, column);
            assert!(bottom > column.top);
            let mut set = String::new();
            for mark in &sheet.marks {
                if let Mark::Text { text, .. } = mark {
                    set.push_str(text);
                }
            }
            let dense = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(dense(&set), dense(&text));
        }
    }

    #[test]
    fn a_change_of_style_within_a_word_opens_no_gap() {
        let faces = faces();
        let (plain, bold) = (Style::new(Cut::Regular, 13.0), Style::new(Cut::Bold, 13.0));
        let apart =
            [Span::new(plain, "Số: "), Span::new(bold, "12"), Span::new(plain, "/QĐ")];
        let lines = wrap(&faces, &apart, 100.0, 0.0);
        let want = plain.width(&faces, "Số: /QĐ") + bold.width(&faces, "12");
        let [line] = lines.as_slice() else { panic!("one line") };
        assert!((line.width(&faces) - want).abs() < 1e-9);
    }

    #[test]
    fn the_same_sheets_are_the_same_bytes() {
        let mut sheet = Sheet::new(A5);
        sheet.frame([10.0, 10.0, 50.0, 20.0], 0.5);
        sheet.modules([[12.0, 12.0, 1.0, 1.0], [14.0, 12.0, 1.0, 1.0]]);
        let rgba = vec![255, 0, 0, 255, 0, 0, 255, 128];
        sheet.picture([70.0, 10.0, 20.0, 10.0], Pixels { width: 2, height: 1, rgba });
        let (first, _) = printed(&[sheet.clone(), sheet.clone()]);
        assert_eq!(first, printed(&[sheet.clone(), sheet]).0);
    }
}
