//! Lines of text: broken between words, set to an edge or to both.

use crate::print::{Cut, Faces, Sheet, Style};
use crate::units::{Mm, Pt};

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// How it looks.
    pub style: Style,
    /// What it says; a line feed begins a new line.
    pub text: String,
}

impl Span {
    /// `text` in `style`.
    #[must_use]
    pub fn new(style: Style, text: &str) -> Self {
        Self { style, text: text.to_owned() }
    }
}

/// Where lines stand in their column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Flush left.
    #[default]
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
    /// Flush on both sides but for the last line of a paragraph.
    Justify,
}

/// A column that text runs down in, in millimetres from the top left of the
/// sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Its left border.
    pub left: f64,
    /// Where the first line begins.
    pub top: f64,
    /// Its width.
    pub width: f64,
}

/// The form of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Form {
    /// Where its lines stand.
    pub align: Align,
    /// How far the first line is pushed in, in millimetres.
    pub indent: f64,
    /// From baseline to baseline, as a multiple of the font size.
    pub pitch: f64,
}

impl Default for Form {
    fn default() -> Self {
        Self { align: Align::Left, indent: 0.0, pitch: 1.15 }
    }
}

impl Form {
    /// Single-spaced lines that stand like this.
    #[must_use]
    pub fn aligned(align: Align) -> Self {
        Self { align, ..Self::default() }
    }
}

/// A word that is not broken, in one style.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    style: Style,
    text: String,
    width: f64,
    /// Whether a space stands before it.
    spaced: bool,
}

/// A line of a paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    words: Vec<Word>,
    /// Whether the paragraph goes on below.
    goes_on: bool,
    /// Whether it is the first of its paragraph.
    first: bool,
}

impl Line {
    /// Its width in millimetres, set without stretching.
    #[must_use]
    pub fn width(&self, faces: &Faces) -> f64 {
        let mut width = 0.0;
        for (at, word) in self.words.iter().enumerate() {
            let space =
                if word.spaced && at > 0 { space(faces, word.style) } else { 0.0 };
            width += space + word.width;
        }
        width
    }

    /// The largest size in it, in points.
    fn size(&self, least: f64) -> f64 {
        self.words.iter().map(|word| word.style.size).fold(least, f64::max)
    }
}

/// Breaks text into lines no wider than `width` millimetres. A word that is
/// wider than that is broken between letters.
#[must_use]
pub fn wrap(faces: &Faces, spans: &[Span], width: f64, indent: f64) -> Vec<Line> {
    let fresh = || Line { first: true, ..Line::default() };
    let (mut lines, mut line) = (Vec::new(), fresh());
    // How far the line reaches, and whether a space came since its last word.
    let (mut reach, mut spaced) = (indent, false);
    for span in spans {
        for (nth, hard) in span.text.split('\n').enumerate() {
            if nth > 0 {
                lines.push(std::mem::replace(&mut line, fresh()));
                (reach, spaced) = (indent, false);
            }
            for (nth, text) in hard.split(' ').enumerate() {
                spaced |= nth > 0;
                if text.is_empty() {
                    continue;
                }
                for word in unbroken(faces, span.style, text, width - indent, spaced) {
                    let starts = line.words.is_empty();
                    let gap = match word.spaced && !starts {
                        true => space(faces, word.style),
                        false => 0.0,
                    };
                    if reach + gap + word.width > width + 1e-6 && !starts {
                        line.goes_on = true;
                        lines.push(std::mem::take(&mut line));
                        reach = 0.0;
                    } else {
                        reach += gap;
                    }
                    reach += word.width;
                    line.words.push(word);
                }
                spaced = false;
            }
        }
    }
    lines.push(line);
    lines
}

/// A text as words that fit: itself, or pieces of it.
fn unbroken(
    faces: &Faces,
    style: Style,
    text: &str,
    width: f64,
    spaced: bool,
) -> Vec<Word> {
    let measured = |text: String, spaced: bool| {
        let width = style.width(faces, &text);
        Word { style, text, width, spaced }
    };
    let whole = measured(text.to_owned(), spaced);
    if whole.width <= width {
        return vec![whole];
    }
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for letter in text.chars() {
        let longer = format!("{piece}{letter}");
        if style.width(faces, &longer) > width && !piece.is_empty() {
            pieces
                .push(measured(std::mem::take(&mut piece), spaced && pieces.is_empty()));
            piece.push(letter);
        } else {
            piece = longer;
        }
    }
    let first = pieces.is_empty();
    pieces.push(measured(piece, spaced && first));
    pieces
}

/// The width of a space in millimetres.
fn space(faces: &Faces, style: Style) -> f64 {
    style.width(faces, " ")
}

impl Sheet {
    /// Sets a paragraph and says where the next may begin, in millimetres from
    /// the top of the sheet.
    pub fn paragraph(
        &mut self,
        faces: &Faces,
        spans: &[Span],
        form: Form,
        column: Column,
    ) -> f64 {
        let lines = wrap(faces, spans, column.width, form.indent);
        self.lines(faces, &lines, form, column)
    }

    /// Sets lines that were broken already.
    pub fn lines(
        &mut self,
        faces: &Faces,
        lines: &[Line],
        form: Form,
        column: Column,
    ) -> f64 {
        let mut top = column.top;
        for line in lines {
            let size = line.size(1.0);
            let pitch = Pt(size * form.pitch).to_mm().0;
            let ascent = Pt(size * 0.891).to_mm().0;
            let baseline = top + (pitch - Pt(size * 1.107).to_mm().0) / 2.0 + ascent;
            let column = Column { top: baseline, ..column };
            self.line(faces, line, form, column);
            top += pitch;
        }
        top
    }

    /// Sets one line, whose baseline is at the top of `column`.
    fn line(&mut self, faces: &Faces, line: &Line, form: Form, column: Column) {
        let baseline = column.top;
        let indent = if line.first { form.indent } else { 0.0 };
        let natural = line.width(faces);
        let slack = (column.width - indent - natural).max(0.0);
        let gaps = line.words.iter().skip(1).filter(|word| word.spaced).count();
        let (mut x, mut stretch) = (column.left + indent, 0.0);
        match form.align {
            Align::Left => {}
            Align::Centre => x += slack / 2.0,
            Align::Right => x += slack,
            Align::Justify if line.goes_on && gaps > 0 => {
                #[expect(clippy::cast_precision_loss, reason = "words of one line")]
                let count = gaps as f64;
                stretch = slack / count;
            }
            Align::Justify => {}
        }
        // Words of one style go out together when nothing stretches them, so
        // that they are found together.
        let mut run: Option<(f64, Style, String)> = None;
        for (at, word) in line.words.iter().enumerate() {
            let spaced = word.spaced && at > 0;
            if spaced {
                x += space(faces, word.style) + stretch;
            }
            run = match run.take() {
                Some((from, style, mut text))
                    if style == word.style && stretch == 0.0 =>
                {
                    text.push_str(if spaced { " " } else { "" });
                    text.push_str(&word.text);
                    Some((from, style, text))
                }
                Some((from, style, mut text)) => {
                    text.push_str(if spaced { " " } else { "" });
                    self.text(from, baseline, style, &text);
                    Some((x, word.style, word.text.clone()))
                }
                None => Some((x, word.style, word.text.clone())),
            };
            x += word.width;
        }
        if let Some((from, style, text)) = run {
            self.text(from, baseline, style, &text);
        }
    }
}

impl Style {
    /// Black letters of a cut in a size in points.
    #[must_use]
    pub fn new(cut: Cut, size: f64) -> Self {
        Self { cut, size, colour: [0.0; 3] }
    }

    /// The same in a colour: red, green and blue from 0 to 1.
    #[must_use]
    pub fn coloured(self, colour: [f64; 3]) -> Self {
        Self { colour, ..self }
    }

    /// How far `text` reaches, in millimetres.
    #[must_use]
    pub fn width(self, faces: &Faces, text: &str) -> f64 {
        let Mm(width) = Pt(faces.face(self.cut).width(text) * self.size).to_mm();
        width
    }
}
