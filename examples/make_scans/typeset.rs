//! Text becomes lines, lines become pages.
//!
//! A [`Flow`] fills sheets from the top with paragraphs and tables, as a word
//! processor does, and keeps account of the words on each sheet. It knows
//! nothing of official papers: that is `nd30`.
//!
//! In the text, `*` switches bold on and off, `_` italics, and `[` … `]`
//! encloses what was filled in by pen.

use crate::fonts::{Fonts, Style};
use crate::ink::{Paint, Shape, Sheet};

/// Where lines stand in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Flush left.
    Left,
    /// Centred.
    Centre,
    /// Flush on both sides but for the last line.
    Justify,
}

/// The form of a paragraph; lengths in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// Its letters.
    pub(crate) style: Style,
    /// Where its lines stand.
    pub(crate) align: Align,
    /// How far the first line is pushed in.
    pub(crate) indent: f64,
    /// Line pitch as a multiple of the size.
    pub(crate) pitch: f64,
    /// White space below.
    pub(crate) gap: f64,
}

impl Form {
    /// Single-spaced lines without a gap.
    pub(crate) fn plain(style: Style, align: Align) -> Self {
        Self { style, align, indent: 0.0, pitch: 1.15, gap: 0.0 }
    }

    /// The same with another gap below.
    pub(crate) fn with_gap(self, gap: f64) -> Self {
        Self { gap, ..self }
    }
}

/// A vertical strip of the sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its left border from the left of the sheet, in points.
    pub(crate) left: f64,
    /// Its width.
    pub(crate) width: f64,
}

impl Column {
    /// The middle.
    pub(crate) fn centre(self) -> f64 {
        self.left + self.width / 2.0
    }

    /// This column without a margin on both sides.
    pub(crate) fn inset(self, by: f64) -> Self {
        Self { left: self.left + by, width: self.width - 2.0 * by }
    }
}

/// The sheet and its margins, in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Width and height of the sheet.
    pub(crate) size: (f64, f64),
    /// The text column.
    pub(crate) column: Column,
    /// Top margin.
    pub(crate) top: f64,
    /// Bottom margin.
    pub(crate) bottom: f64,
}

/// One paragraph, broken into lines.
pub(crate) struct Broken {
    lines: Vec<Line>,
    form: Form,
}

impl Broken {
    /// Height without the gap, in points.
    pub(crate) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.form.style.size * self.form.pitch
    }

    /// Width of the widest line, in points.
    pub(crate) fn width(&self) -> f64 {
        self.lines.iter().map(|line| line.width).fold(0.0, f64::max)
    }

    /// The words, one space between them.
    pub(crate) fn text(&self) -> String {
        text_of(&self.lines)
    }
}

/// Words on one line.
struct Line {
    words: Vec<Word>,
    /// Natural width, single spaces included.
    width: f64,
    /// How far it is pushed in.
    indent: f64,
    last: bool,
}

/// Letters between two spaces; their styles may differ.
struct Word {
    pieces: Vec<Piece>,
    width: f64,
    space: f64,
}

/// Letters of one style.
struct Piece {
    text: String,
    style: Style,
    filled: bool,
}

/// Sheets being filled from the top.
pub(crate) struct Flow<'f> {
    /// The letters.
    pub(crate) fonts: &'f Fonts,
    /// The margins.
    pub(crate) frame: Frame,
    /// The letters of the page numbers.
    pub(crate) folio: Style,
    /// The next free height on the last sheet.
    pub(crate) y: f64,
    full: Vec<Sheet>,
    sheet: Sheet,
}

impl<'f> Flow<'f> {
    /// One empty sheet.
    pub(crate) fn new(fonts: &'f Fonts, frame: Frame, folio: Style) -> Self {
        let sheet = Sheet::new(frame.size);
        Self { fonts, frame, folio, y: frame.top, full: Vec::new(), sheet }
    }

    /// The sheets.
    pub(crate) fn finish(mut self) -> Vec<Sheet> {
        self.full.push(self.sheet);
        self.full
    }

    /// The sheet being filled.
    pub(crate) fn sheet(&mut self) -> &mut Sheet {
        &mut self.sheet
    }

    /// Goes on to the next sheet and numbers it.
    pub(crate) fn next_sheet(&mut self) {
        let next = Sheet::new(self.frame.size);
        self.full.push(std::mem::replace(&mut self.sheet, next));
        let number = (self.full.len() + 1).to_string();
        folio(&mut self.sheet, self.fonts, self.folio, &number);
        self.y = self.frame.top;
    }

    /// Goes on to the next sheet unless `height` points are free on this one.
    pub(crate) fn need(&mut self, height: f64) {
        let used = self.y > self.frame.top + 1.0;
        if used && self.y + height > self.frame.size.1 - self.frame.bottom {
            self.next_sheet();
        }
    }

    /// Sets a paragraph; it may run over several sheets.
    pub(crate) fn paragraph(&mut self, text: &str, form: Form) {
        let column = self.frame.column;
        let broken = self.broken(text, form, column.width);
        let pitch = form.style.size * form.pitch;
        let mut here = Vec::new();
        for line in broken.lines {
            if self.y + pitch > self.frame.size.1 - self.frame.bottom {
                self.sheet.lines.push(text_of(&here));
                here.clear();
                self.next_sheet();
            }
            self.set_line(&line, form, column, self.y);
            here.push(line);
            self.y += pitch;
        }
        self.sheet.lines.push(text_of(&here));
        self.sheet.lines.retain(|line| !line.is_empty());
        self.y += form.gap;
    }

    /// Sets paragraphs in a column from height `y` down, without account of
    /// their words. Returns the height below them.
    pub(crate) fn stack(
        &mut self,
        parts: &[(String, Form)],
        column: Column,
        mut y: f64,
    ) -> f64 {
        for (text, form) in parts {
            let broken = match form.align {
                Align::Centre => self.balanced(text, *form, column.width),
                Align::Left | Align::Justify => self.broken(text, *form, column.width),
            };
            self.set(&broken, column, y);
            y += broken.height() + form.gap;
        }
        y
    }

    /// Breaks a paragraph into lines no wider than `width`.
    pub(crate) fn broken(&self, text: &str, form: Form, width: f64) -> Broken {
        let mut lines = Vec::new();
        let fresh =
            |indent| Line { words: Vec::new(), width: indent, indent, last: false };
        let mut line = fresh(form.indent);
        for word in self.words(text, form.style) {
            let space = line.words.last().map_or(0.0, |before: &Word| before.space);
            if !line.words.is_empty() && line.width + space + word.width > width {
                lines.push(std::mem::replace(&mut line, fresh(0.0)));
                line.width += word.width;
            } else {
                line.width += space + word.width;
            }
            line.words.push(word);
        }
        line.last = true;
        lines.push(line);
        Broken { lines, form }
    }

    /// Breaks a short text into as few lines as fit, but lines of even length,
    /// as titles are.
    pub(crate) fn balanced(&self, text: &str, form: Form, width: f64) -> Broken {
        let mut best = self.broken(text, form, width);
        let mut narrower = width;
        while narrower > width / 3.0 {
            narrower *= 0.96;
            let next = self.broken(text, form, narrower);
            if next.lines.len() > best.lines.len() || next.width() > narrower {
                break;
            }
            best = next;
        }
        best
    }

    /// Sets the lines of a paragraph from height `y` down.
    pub(crate) fn set(&mut self, broken: &Broken, column: Column, mut y: f64) {
        for line in &broken.lines {
            self.set_line(line, broken.form, column, y);
            y += broken.form.style.size * broken.form.pitch;
        }
    }

    /// Sets one line whose top is at height `y`.
    fn set_line(&mut self, line: &Line, form: Form, column: Column, y: f64) {
        let slack = column.width - line.width;
        let gaps = line.words.len().saturating_sub(1);
        let (push, stretch) = match form.align {
            Align::Left => (0.0, 0.0),
            Align::Centre => (slack / 2.0, 0.0),
            Align::Justify if line.last || gaps == 0 => (0.0, 0.0),
            Align::Justify => (0.0, slack / gaps as f64),
        };
        let mut x = column.left + line.indent + push;
        // The baseline lies where Word puts it: the leading is above the letters.
        let baseline = y + form.style.size * (form.pitch - 0.26);
        for word in &line.words {
            x = self.set_word(word, (x, baseline)) + word.space + stretch;
        }
    }

    /// Sets one word; returns where it ends.
    fn set_word(&mut self, word: &Word, (mut x, baseline): (f64, f64)) -> f64 {
        for piece in &word.pieces {
            let outline = self.fonts.outline(&piece.text, piece.style, (x, baseline));
            let width = self.fonts.width(&piece.text, piece.style);
            if piece.filled {
                self.dots(x, width + word.space, baseline + 2.2);
                self.sheet.draw(outline, Paint::PEN);
            } else {
                self.sheet.draw(outline, Paint::TONER);
            }
            x += width;
        }
        x
    }

    /// The dotted line under what was filled in.
    fn dots(&mut self, left: f64, width: f64, y: f64) {
        let mut dots = Shape::default();
        let mut x = left;
        while x < left + width {
            dots.0.extend(Shape::rect(x, y, 0.7, 0.7).0);
            x += 2.6;
        }
        self.sheet.draw(dots, Paint::TONER);
    }

    /// Splits marked-up text into words.
    fn words(&self, text: &str, plain: Style) -> Vec<Word> {
        let (mut style, mut filled) = (plain, false);
        let mut words = Vec::new();
        for token in text.split_whitespace() {
            let mut pieces = Vec::new();
            let mut letters = String::new();
            for c in token.chars() {
                let before = (style, filled);
                match c {
                    '*' => style.face = style.face.other_weight(),
                    '_' => style.face = style.face.other_slope(),
                    '[' => (style, filled) = (plain.cut(plain.face.other_slope()), true),
                    ']' => (style, filled) = (plain, false),
                    letter => letters.push(letter),
                }
                if before != (style, filled) && !letters.is_empty() {
                    let text = std::mem::take(&mut letters);
                    pieces.push(Piece { text, style: before.0, filled: before.1 });
                }
            }
            if !letters.is_empty() {
                pieces.push(Piece { text: letters, style, filled });
            }
            if pieces.is_empty() {
                continue;
            }
            let wide = |piece: &Piece| self.fonts.width(&piece.text, piece.style);
            let width = pieces.iter().map(wide).sum();
            words.push(Word { pieces, width, space: self.fonts.width(" ", style) });
        }
        words
    }
}

/// Sets the number of a page, in the middle of the top margin from the second
/// page on (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, I.7).
pub(crate) fn folio(sheet: &mut Sheet, fonts: &Fonts, style: Style, number: &str) {
    let left = (sheet.size.0 - fonts.width(number, style)) / 2.0;
    sheet.draw(fonts.outline(number, style, (left, 45.0)), Paint::TONER);
    sheet.lines.push(number.to_owned());
}

/// The words of some lines, one space between them; rows of dots to write on are
/// none.
fn text_of(lines: &[Line]) -> String {
    let words = lines.iter().flat_map(|line| &line.words);
    let word =
        |word: &Word| word.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let words = words.map(word).filter(|word: &String| !word.starts_with("...."));
    words.collect::<Vec<String>>().join(" ")
}
