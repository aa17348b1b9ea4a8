//! The text layer: what was read, laid invisibly over the ink.
//!
//! One text object a line, with real spaces between the words, so that every
//! reader finds the same words and a phrase that spans them. A word begins
//! where its ink begins and is stretched to end where its ink ends.
//!
//! The words of a skewed line stand upright on steps, each on its piece of
//! the baseline. Leaning as a whole would lie nearer to the ink by a point,
//! but Poppler breaks a word whose baseline falls by half a point, and so
//! every second word of a page askew by three degrees. Its default layout
//! analysis still orders the lines of such a page as it finds them; the order
//! of the file, which all others read in, is the reading order.
//!
//! What stamps say is no part of the text and yet searched for ([`findable`]): it
//! stands at the end, and what it is to be taken out as is nothing (ISO 32000-1,
//! 14.9.4, `ActualText`). Poppler obeys, so that `pdftotext` gives the paper's own
//! words; viewers that do not obey find the stamp besides.

use crate::pdfa::file::number;
use crate::pdfa::letters::{Letter, Letters};
use crate::pdfa::lines::{GAP, Placed, Run, SIZES, Set, writable};
use crate::pdfa::{Page, PdfaError};
use crate::text::noise::findable;
use crate::text::{Line, TextLayer, Word};

/// How far the end of a word may miss its ink, in font sizes, before the
/// stretch is written anew.
const MISS: f64 = 0.03;
/// How far a word may stand off its baseline, in font sizes, before a step.
const STEP: f64 = 0.1;
/// How far the beginning of a line stands from the height of the end of the
/// line before it, in font sizes. Half is enough for pdf.js; a step less is
/// what may be missing.
const APART: f64 = 0.66;
/// How far a line may climb, in font sizes, and still count as level.
const LEVEL: f64 = 0.5;
/// How far a line's font size may be from the size in force, as a share.
const SAME_SIZE: f64 = 0.06;
/// Steps of the font size, in points.
const SIZE_STEP: f64 = 0.25;
/// Percent of its natural width a word may be stretched to.
const STRETCH: [f64; 2] = [5.0, 2000.0];
/// How far the size of a leaning line may be from what its height tells.
const FIT: [f64; 2] = [0.6, 1.25];
/// Steps of a move within a line, in thousandths of the font size.
const MOVE: f64 = 10.0;

/// The operators that show the text of `page`, nothing where there is none.
///
/// # Errors
///
/// When a place is no number or far off the page, or codes run out.
pub(crate) fn content(page: &Page, letters: &mut Letters) -> Result<Vec<u8>, PdfaError> {
    let mut all = runs(&page.text.lines, page, letters)?;
    let said = all.len();
    all.extend(runs(&findable(&page.text.aside), page, letters)?);
    if all.is_empty() {
        return Ok(Vec::new());
    }
    keep_lines_apart(&mut all);
    let mut pen = Pen::new(letters)?;
    let (said, stamps) = all.split_at(said);
    said.iter().for_each(|run| pen.write(run));
    // PDFium passes over all but the first text of a sequence: each has its own.
    for run in stamps {
        pen.to.extend(b"/Span<</ActualText()>>BDC\n");
        pen.write(run);
        pen.to.extend(b"EMC\n");
    }
    Ok(pen.to)
}

/// The runs of some lines of `page`.
fn runs(
    lines: &[Line],
    page: &Page,
    letters: &mut Letters,
) -> Result<Vec<Run>, PdfaError> {
    let mut runs = Vec::new();
    for line in lines {
        if let Some(set) = Set::line(line, page.text_map)? {
            runs.extend(set.runs(letters)?);
        }
    }
    Ok(runs)
}

/// Sets the end of a line and the beginning of the next apart in height.
///
/// On a page askew by about two degrees the one falls to the height of the
/// other, and pdf.js glues the two words because it sees neither a new line
/// nor, as the way goes back, a space. Each gives way by half.
fn keep_lines_apart(runs: &mut [Run]) {
    for index in 1..runs.len() {
        let Some([run, next]) = runs.get_mut(index - 1..=index) else { continue };
        if run.leaning || next.leaning || run.way != next.way {
            continue;
        }
        let (Some(last), Some(first)) = (run.words.last_mut(), next.words.first_mut())
        else {
            continue;
        };
        let (last, first) = (&mut last.span, &mut first.span);
        let off = first.base - last.base;
        let back = first.begin < last.end;
        if back && off.abs() < APART * run.size {
            let more = (APART * run.size).copysign(off) - off;
            last.base -= more / 2.0;
            first.base += more / 2.0;
        }
    }
}

/// The words a reader finds in what [`content`] writes for `layer`.
pub(crate) fn words(layer: &TextLayer) -> impl Iterator<Item = String> {
    let aside: Vec<Word> =
        findable(&layer.aside).into_iter().flat_map(|line| line.words).collect();
    let texts: Vec<String> = layer.words().chain(&aside).map(writable).collect();
    texts
        .into_iter()
        .flat_map(|t| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

/// Writes runs and remembers the text state, which outlives a text object
/// (ISO 32000-1, 9.3.1).
struct Pen {
    to: Vec<u8>,
    space: Letter,
    size: f64,
    stretch: f64,
}

impl Pen {
    /// A pen that writes invisibly: rendering mode 3.
    fn new(letters: &mut Letters) -> Result<Self, PdfaError> {
        let space = letters.letter(' ').ok_or(PdfaError::TooManyLetters)?;
        Ok(Self { to: b"3 Tr ".to_vec(), space, size: 0.0, stretch: 100.0 })
    }

    /// Writes `run` as a text object.
    fn write(&mut self, run: &Run) {
        let (Some(first), Some(last)) = (run.words.first(), run.words.last()) else {
            return;
        };
        let (begin, base) = (first.span.begin, first.span.base);
        self.to.extend(b"BT");
        if run.leaning {
            self.fit(run);
            self.begin(run.way, begin, f64::midpoint(base, last.span.base));
            self.show_as_one(&run.words);
        } else {
            self.resize(run.size, SAME_SIZE * run.size);
            self.begin(run.way, begin, base);
            let climb = (last.span.base - base).abs();
            let apart = run.way != (1.0, 0.0) || climb > LEVEL * self.size;
            self.show_on_steps(&run.words, apart);
        }
        self.to.extend(b"ET\n");
    }

    /// Goes to the place `at` along `way` and `base` to its left. `BT` has
    /// put the axis of x to the right: there a move is enough.
    fn begin(&mut self, way: (f64, f64), at: f64, base: f64) {
        let (cos, sin) = way;
        let place = [cos * at - sin * base, sin * at + cos * base];
        if way == (1.0, 0.0) {
            self.numbers(&place, 1, "Td\n");
        } else {
            self.numbers(&[cos, sin, -sin, cos], 4, "");
            self.numbers(&place, 1, "Tm\n");
        }
    }

    /// Shows a line parallel to an axis of the page, each word stretched to
    /// its ink and on its step, a space behind it.
    ///
    /// `PDFium` takes strings that begin at one height for one line and sorts
    /// them by x. The end of a line that falls is as high as the beginning of
    /// the next one; and the lines of a page on its side all begin at one
    /// height. Between such lines the last space goes `apart`.
    fn show_on_steps(&mut self, words: &[Placed], apart: bool) {
        let mut shown = Shown::default();
        let mut words = words.iter().peekable();
        let (mut start, mut base) = words
            .peek()
            .map_or((0.0, 0.0), |first| (tenth(first.span.begin), first.span.base));
        let mut at = start;
        while let Some(word) = words.next() {
            self.stretch_to(word, &mut shown);
            shown.letters(&word.letters);
            at += word.natural() * self.size * self.stretch / 100.0;
            let Some(next) = words.peek() else {
                if apart {
                    shown.flush(&mut self.to);
                    self.numbers(&[0.0, self.size], 1, "Td\n");
                }
                shown.letters(&[self.space]);
                break;
            };
            shown.letters(&[self.space]);
            let step = next.span.base - base;
            if step.abs() > STEP * self.size {
                shown.flush(&mut self.to);
                let move_ = [tenth(next.span.begin - start), halves(step)];
                self.numbers(&move_, 1, "Td\n");
                (start, base) = (start + move_[0], base + move_[1]);
                at = start;
            } else {
                at = self.advance(at, next, &mut shown);
            }
        }
        shown.flush(&mut self.to);
    }

    /// Shows a line that runs anyhow as one string: `PDFium` would sort several,
    /// and pdf.js takes another stretch for another height when it turns
    /// places back.
    fn show_as_one(&mut self, words: &[Placed]) {
        let mut shown = Shown::default();
        let mut words = words.iter().peekable();
        let mut at = words.peek().map_or(0.0, |first| first.span.begin);
        while let Some(word) = words.next() {
            shown.letters(&word.letters);
            shown.letters(&[self.space]);
            at += word.natural() * self.size;
            if let Some(next) = words.peek() {
                at = self.advance(at, next, &mut shown);
            }
        }
        shown.flush(&mut self.to);
    }

    /// Moves from behind the space that began `at` to the next word; returns
    /// where that is, to the precision of a move.
    fn advance(&self, at: f64, next: &Placed, shown: &mut Shown) -> f64 {
        let unit = self.size * self.stretch / 100.0;
        let at = at + f64::from(self.space.width) / 1000.0 * unit;
        // A move is subtracted (ISO 32000-1, 9.4.3).
        let back = (at - next.span.begin) / unit * 1000.0;
        let back = (back / MOVE).round() * MOVE;
        shown.back(back);
        at - back / 1000.0 * unit
    }

    /// Gives a leaning run the font size that fits its length, unstretched.
    fn fit(&mut self, run: &Run) {
        let fit = stretch(&run.words, run.size) / 100.0;
        self.resize(run.size * fit.clamp(FIT[0], FIT[1]), SIZE_STEP / 2.0);
        if (self.stretch - 100.0).abs() > 0.5 {
            self.stretch = 100.0;
            self.to.extend(b"100 Tz ");
        }
    }

    /// Sets the font size unless the one in force is no further than `miss`
    /// from `size`.
    fn resize(&mut self, size: f64, miss: f64) {
        if (self.size - size).abs() > miss {
            self.size = ((size / SIZE_STEP).round() * SIZE_STEP).max(SIZES[0]);
            self.to.extend(b"/F ");
            self.numbers(&[self.size], 2, "Tf\n");
        } else {
            self.to.push(b' ');
        }
    }

    /// Stretches `word` to the length of its ink, unless the stretch in force
    /// comes close.
    fn stretch_to(&mut self, word: &Placed, shown: &mut Shown) {
        let percent = stretch(std::slice::from_ref(word), self.size);
        let differ = (self.stretch - percent).abs() / 100.0;
        if word.natural() * differ > MISS {
            shown.flush(&mut self.to);
            self.stretch = percent.round();
            self.numbers(&[self.stretch], 0, "Tz");
        }
    }

    /// Writes numbers and an operator.
    fn numbers(&mut self, values: &[f64], decimals: usize, operator: &str) {
        for value in values {
            number(&mut self.to, *value, decimals);
            self.to.push(b' ');
        }
        self.to.extend(operator.as_bytes());
    }
}

/// The stretch in percent that gives `words` together the length of their
/// ink at font size `size`, and leaves no word without a gap behind it.
fn stretch(words: &[Placed], size: f64) -> f64 {
    let natural: f64 = words.iter().map(Placed::natural).sum();
    let ink: f64 = words.iter().map(|word| word.span.end - word.span.begin).sum();
    let room = words.windows(2).filter_map(|pair| match pair {
        [word, next] => {
            let room = next.span.begin - GAP * size - word.span.begin;
            Some(room / word.natural())
        }
        _ => None,
    });
    let stretch = room.fold(ink / natural, f64::min) / size;
    (100.0 * stretch).clamp(STRETCH[0], STRETCH[1])
}

/// `v` as it is written with one digit.
fn tenth(v: f64) -> f64 {
    (v * 10.0).round() / 10.0
}

/// `v` in halves of a point: steps of few heights compress well.
fn halves(v: f64) -> f64 {
    (v * 2.0).round() / 2.0
}

/// Strings and moves not yet written: the operand of `TJ`, or of `Tj` when it
/// is one string only.
#[derive(Default)]
struct Shown {
    operand: Vec<u8>,
    open: bool,
    moved: bool,
}

impl Shown {
    /// Adds letters to the string at hand. No code needs an escape.
    fn letters(&mut self, letters: &[Letter]) {
        if !self.open {
            self.operand.push(b'(');
            self.open = true;
        }
        self.operand.extend(letters.iter().flat_map(|letter| letter.code.to_be_bytes()));
    }

    /// Moves back by thousandths of the font size.
    fn back(&mut self, by: f64) {
        if by.abs() >= 1.0 {
            self.close();
            number(&mut self.operand, by, 0);
            self.moved = true;
        }
    }

    fn close(&mut self) {
        if self.open {
            self.operand.push(b')');
            self.open = false;
        }
    }

    /// Writes what there is.
    fn flush(&mut self, to: &mut Vec<u8>) {
        self.close();
        let Self { operand, moved, .. } = std::mem::take(self);
        if moved {
            to.push(b'[');
            to.extend(operand);
            to.extend(b"]TJ\n");
        } else if !operand.is_empty() {
            to.extend(operand);
            to.extend(b"Tj\n");
        }
    }
}
