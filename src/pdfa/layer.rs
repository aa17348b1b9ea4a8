//! The text layer: what was read, laid invisibly over the ink.
//!
//! One text object a line, with real spaces between the words, so that every
//! reader finds the same words and a phrase that spans them. A word begins
//! where its ink begins and is stretched to end where its ink ends. Readers
//! also guess words from gaps; so a gap is left even where boxes touch.
//!
//! Places come in pixels of the picture that was read and go through the
//! page's `text_map`, which may turn by any angle: a skewed page keeps its
//! pixels, and the text leans with them (ISO 32000-1, 9.4.4).

use unicode_normalization::UnicodeNormalization as _;

use crate::pdfa::file::number;
use crate::pdfa::letters::{Letter, Letters};
use crate::pdfa::{Page, PdfaError};
use crate::text::{Line, TextLayer, Word};
use crate::units::{Affine, Rect};

/// The least gap between words, in font sizes. Poppler glues words whose gap
/// is below 0.15.
const GAP: f64 = 0.2;
/// The same between words of one letter, which Poppler takes for a word in
/// wide letters below 0.4.
const LETTER_GAP: f64 = 0.45;
/// The least advance of a character, in font sizes, where boxes leave none.
const SQUEEZED: f64 = 0.1;
/// How far the end of a word may miss its ink, in font sizes, before the
/// stretch is written anew.
const MISS: f64 = 0.03;
/// How far an end of a line may leave its baseline, in font sizes, before a
/// direction of its own is written.
const LEAN: f64 = 0.05;
/// How far a line's font size may be from the size in force, as a share.
const SAME_SIZE: f64 = 0.06;
/// Steps of the font size, in points.
const SIZE_STEP: f64 = 0.25;
/// Sizes in points: nothing smaller is legible, nothing larger is text.
const SIZES: [f64; 2] = [1.0, 400.0];
/// Percent of its natural width a word may be stretched to.
const STRETCH: [f64; 2] = [5.0, 2000.0];
/// How far the size of a leaning line may be from what its height tells.
const FIT: [f64; 2] = [0.6, 1.25];
/// Steps of a move within a line, in thousandths of the font size.
const MOVE: f64 = 10.0;
/// No place on a page is further out, in points: a page ends at 14 400
/// (ISO 19005-2, 6.1.13).
const FAR: f64 = 100_000.0;

/// The operators that show the text of `page`, nothing where there is none.
///
/// # Errors
///
/// When a place is no number or far off the page, or codes run out.
pub(crate) fn content(page: &Page, letters: &mut Letters) -> Result<Vec<u8>, PdfaError> {
    let mut pen = None;
    for line in &page.text.lines {
        let Some(set) = Set::line(line, page.text_map)? else { continue };
        let pen = match &mut pen {
            Some(pen) => pen,
            None => pen.insert(Pen::new(letters)?),
        };
        for run in set.runs(letters)? {
            pen.write(&set, &run);
        }
    }
    Ok(pen.map(|pen: Pen| pen.to).unwrap_or_default())
}

/// The words a reader finds in what [`content`] writes for `layer`.
pub(crate) fn words(layer: &TextLayer) -> impl Iterator<Item = String> {
    let texts = layer.words().map(writable);
    texts.flat_map(|t| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

/// The characters of a word that a text layer can hold. Control characters
/// mean nothing on paper; U+FEFF and U+FFFE are forbidden (ISO 19005-2,
/// 6.2.11.7.2). Everything else stays as it was recognised.
fn writable(word: &Word) -> String {
    let bare = |c: &char| !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFE}');
    word.text.chars().filter(bare).collect()
}

/// A line on the page, measured in points along its own direction.
struct Set {
    /// The words with something to write: text, begin and end.
    words: Vec<(String, f64, f64)>,
    /// Where along the line its middle is.
    at: f64,
    /// Where on the page that is.
    middle: (f64, f64),
    /// The direction of the baseline on the page, of length 1.
    way: (f64, f64),
    /// Font size.
    size: f64,
}

/// Words that follow each other to the right: what one text object shows.
type Run = Vec<Placed>;

/// A word as letters of the font, with its begin and end along the line.
struct Placed {
    letters: Vec<Letter>,
    begin: f64,
    end: f64,
}

impl Set {
    /// `line` on the page, or `None` if it says nothing.
    fn line(line: &Line, map: Affine) -> Result<Option<Self>, PdfaError> {
        let base = Base::of(line, map);
        let texts = line.words.iter().map(|word| (writable(word), base.along(word)));
        let words: Vec<_> = texts
            .filter(|(text, _)| !text.trim().is_empty())
            .map(|(text, (begin, end))| (text, begin, end))
            .collect();
        if words.is_empty() {
            return Ok(None);
        }
        let least = words.iter().map(|(_, begin, _)| *begin).fold(f64::MAX, f64::min);
        let most = words.iter().map(|(_, _, end)| *end).fold(f64::MIN, f64::max);
        let at = f64::midpoint(least, most);
        let middle = base.on_page(at);
        let near = |v: f64| v.abs() <= FAR; // not a number is not near
        if ![least, most, middle.0, middle.1].into_iter().all(near) {
            return Err(PdfaError::MisplacedText);
        }
        let size = base.size(line).clamp(SIZES[0], SIZES[1]);
        Ok(Some(Self { words, at, middle, way: base.way, size }))
    }

    /// The words in runs, with the gaps that readers need.
    fn runs(&self, letters: &mut Letters) -> Result<Vec<Run>, PdfaError> {
        let mut runs: Vec<Run> = Vec::new();
        let spelled = self.words.iter().all(|(text, ..)| text.chars().count() == 1);
        let gap = if spelled { LETTER_GAP } else { GAP } * self.size;
        let least = SQUEEZED * self.size;
        for (text, begin, end) in &self.words {
            let coded: Option<_> = text.chars().map(|c| letters.letter(c)).collect();
            let coded = coded.ok_or(PdfaError::TooManyLetters)?;
            let mut word = Placed { letters: coded, begin: *begin, end: *end };
            let before = runs.last_mut().and_then(|run| run.last_mut());
            if !before.is_some_and(|before| word.follow(before, gap, least)) {
                runs.push(Run::new());
            }
            word.end = word.end.max(word.shortest(least));
            if let Some(run) = runs.last_mut() {
                run.push(word);
            }
        }
        Ok(runs)
    }

    /// How far an end of the line would leave the baseline if it went `way`.
    fn strays(&self, way: (f64, f64)) -> f64 {
        let ends = self.words.iter().flat_map(|(_, begin, end)| [*begin, *end]);
        let reach = ends.map(|end| (end - self.at).abs()).fold(0.0, f64::max);
        let along = self.way.0 * way.0 + self.way.1 * way.1;
        let across = self.way.0 * way.1 - self.way.1 * way.0;
        if along > 0.0 { across.abs() * reach } else { f64::INFINITY }
    }
}

impl Placed {
    /// Takes the place after `before`, which gives way; or finds that it
    /// cannot, because it stands further left.
    fn follow(&mut self, before: &mut Self, gap: f64, least: f64) -> bool {
        if self.begin < before.begin {
            return false;
        }
        self.begin = self.begin.max(before.shortest(least) + gap);
        before.end = before.end.min(self.begin - gap);
        true
    }

    /// The nearest place the word can end if a letter takes at `least` this.
    fn shortest(&self, least: f64) -> f64 {
        self.letters.iter().fold(self.begin, |end, _| end + least)
    }

    /// Its length at font size 1, unstretched.
    fn natural(&self) -> f64 {
        self.letters.iter().map(|letter| f64::from(letter.width) / 1000.0).sum()
    }
}

/// The baseline of a line: through `origin` in the direction `ahead`, both in
/// pixels, with what the page's map makes of it.
struct Base {
    map: Affine,
    origin: (f64, f64),
    ahead: (f64, f64),
    /// The same direction on the page, of length 1.
    way: (f64, f64),
    /// Points to a pixel, along the line and across.
    scale: (f64, f64),
}

impl Base {
    /// The baseline the engine found, or the bottom of the words where it
    /// found none that goes through them.
    fn of(line: &Line, map: Affine) -> Self {
        let place = line.place();
        let (x1, y1, x2, y2) = line.baseline;
        let (dx, dy) = (x2 - x1, y2 - y1);
        let length = dx.hypot(dy);
        let ahead = (dx / length, dy / length);
        let (x, y) = place.centre();
        let off = (x - x1) * ahead.1 - (y - y1) * ahead.0;
        let thick = place.width() * ahead.1.abs() + place.height() * ahead.0.abs();
        // Comparisons with what is not a number are false.
        let (origin, ahead) = if length > 0.0 && off.abs() <= thick {
            ((x1, y1), ahead)
        } else {
            ((place.left, place.bottom), (1.0, 0.0))
        };
        let way =
            (map.a * ahead.0 + map.c * ahead.1, map.b * ahead.0 + map.d * ahead.1);
        let along = way.0.hypot(way.1);
        let across = (map.a * map.d - map.b * map.c).abs() / along;
        let way = (way.0 / along, way.1 / along);
        Self { map, origin, ahead, way, scale: (along, across) }
    }

    /// Where the ink of `word` begins and ends along the line, in points. The
    /// box of a leaning word is wider than the word; the baseline between the
    /// sides of the box is not.
    fn along(&self, word: &Word) -> (f64, f64) {
        let Rect { left, top, right, bottom } = word.place;
        let ((x, y), (dx, dy)) = (self.origin, self.ahead);
        let (one, other) = if dx.abs() >= dy.abs() {
            ((left - x) / dx, (right - x) / dx)
        } else {
            ((top - y) / dy, (bottom - y) / dy)
        };
        (one.min(other) * self.scale.0, one.max(other) * self.scale.0)
    }

    /// The point of the page that is `at` points along the line.
    fn on_page(&self, at: f64) -> (f64, f64) {
        let pixels = at / self.scale.0;
        let (x, y) = self.origin;
        self.map.apply(x + self.ahead.0 * pixels, y + self.ahead.1 * pixels)
    }

    /// The font size of `line`: the median of what its words tell, each by
    /// the height of its ink and the letters that made it.
    fn size(&self, line: &Line) -> f64 {
        let heights = line.words.iter().map(|word| (word, self.thickness(word.place)));
        let mut told: Vec<_> = heights
            .filter_map(|(word, height)| Some(height / ink_height(&word.text)?))
            .collect();
        told.sort_by(f64::total_cmp);
        let median = told.get(told.len() / 2).copied();
        median.unwrap_or_else(|| self.thickness(line.place()))
    }

    /// The height of what is written in `place`, across the line, in points.
    /// The box of a leaning word is higher than the word by its rise.
    fn thickness(&self, place: Rect) -> f64 {
        let (width, height) = (place.width(), place.height());
        let (dx, dy) = (self.ahead.0.abs(), self.ahead.1.abs());
        let (gross, rise) =
            if dx >= dy { (height, width * dy / dx) } else { (width, height * dx / dy) };
        (gross - rise).max(gross / 4.0) * self.scale.1
    }
}

/// How high the ink of `text` is at font size 1 in a face like Times; `None`
/// if only marks of no certain height are in it.
fn ink_height(text: &str) -> Option<f64> {
    let (mut over, mut under) = (0.0_f64, 0.0_f64);
    for c in text.chars() {
        let mut parts = std::iter::once(c).nfd();
        let base = parts.next().unwrap_or(c);
        let height = match base {
            'b' | 'd' | 'đ' | 'f' | 'h' | 'i' | 'j' | 'k' | 'l' | 't' => 0.68,
            c if c.is_lowercase() => 0.46,
            c if c.is_alphanumeric() => 0.67,
            _ => continue,
        };
        // U+031B is the horn, U+0323 the dot below; all others stand on top.
        let marks: Vec<_> = parts.collect();
        let high = marks.iter().filter(|m| !matches!(m, '\u{31B}' | '\u{323}'));
        over = over.max(high.fold(height, |sum, _| sum + 0.2));
        if matches!(base, 'g' | 'j' | 'p' | 'q' | 'y') || marks.contains(&'\u{323}') {
            under = 0.21;
        }
    }
    (over > 0.0).then_some(over + under)
}

/// Writes runs and remembers the text state, which outlives a text object
/// (ISO 32000-1, 9.3.1).
struct Pen {
    to: Vec<u8>,
    space: Letter,
    size: f64,
    stretch: f64,
    way: (f64, f64),
}

impl Pen {
    /// A pen that writes invisibly: rendering mode 3.
    fn new(letters: &mut Letters) -> Result<Self, PdfaError> {
        let space = letters.letter(' ').ok_or(PdfaError::TooManyLetters)?;
        let to = b"3 Tr ".to_vec();
        Ok(Self { to, space, size: 0.0, stretch: 100.0, way: (1.0, 0.0) })
    }

    /// Writes `run`, a part of `set`, as a text object.
    fn write(&mut self, set: &Set, run: &Run) {
        let Some(first) = run.first() else { return };
        self.turn(set);
        let (cos, sin) = self.way;
        let manner = Manner::of(self.way);
        self.to.extend(b"BT");
        self.resize(manner, set, run);
        let ahead = first.begin - set.at;
        let (x, y) = (set.middle.0 + cos * ahead, set.middle.1 + sin * ahead);
        if manner == Manner::Upright {
            // `BT` has put the axis of x where it should be: move there.
            self.numbers(&[x, y], 1, "Td\n");
        } else {
            self.numbers(&[cos, sin, -sin, cos], 4, "");
            self.numbers(&[x, y], 1, "Tm\n");
        }
        self.show(manner, run);
        self.to.extend(b"ET\n");
    }

    /// Chooses the direction of a line: one that readers and `deflate` have
    /// seen before if it comes to the same.
    fn turn(&mut self, set: &Set) {
        let known = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), self.way];
        let same = known.into_iter().find(|way| set.strays(*way) <= LEAN * set.size);
        self.way = same.unwrap_or(set.way);
    }

    /// Sets the font size of a run, unless the one in force comes close. A
    /// leaning run gets the size that fits its length, and no stretch.
    fn resize(&mut self, manner: Manner, set: &Set, run: &Run) {
        let (wanted, miss) = match manner {
            Manner::Upright | Manner::Steep => (set.size, SAME_SIZE * set.size),
            Manner::Leaning => {
                let fit = stretch(run, set.size) / 100.0;
                (set.size * fit.clamp(FIT[0], FIT[1]), SIZE_STEP / 2.0)
            }
        };
        if (self.size - wanted).abs() > miss {
            self.size = ((wanted / SIZE_STEP).round() * SIZE_STEP).max(SIZES[0]);
            self.to.extend(b"/F ");
            self.numbers(&[self.size], 2, "Tf ");
        } else {
            self.to.push(b' ');
        }
        if manner == Manner::Leaning && (self.stretch - 100.0).abs() > 0.5 {
            self.stretch = 100.0;
            self.numbers(&[self.stretch], 0, "Tz ");
        }
    }

    /// Shows the words of a run, each with a space behind it.
    fn show(&mut self, manner: Manner, run: &Run) {
        let mut shown = Shown::default();
        let mut at = run.first().map_or(0.0, |word| word.begin);
        for (index, word) in run.iter().enumerate() {
            if manner != Manner::Leaning {
                self.stretch_to(word, &mut shown);
            }
            let unit = self.size * self.stretch / 100.0;
            shown.letters(&word.letters);
            at += word.natural() * unit;
            let next = run.get(index + 1);
            if manner == Manner::Steep && next.is_none() {
                shown.flush(&mut self.to);
            }
            shown.letters(&[self.space]);
            at += f64::from(self.space.width) / 1000.0 * unit;
            // A move is subtracted (ISO 32000-1, 9.4.3).
            let back = next.map_or(0.0, |next| (at - next.begin) / unit * 1000.0);
            let back = (back / MOVE).round() * MOVE;
            shown.back(back);
            at -= back / 1000.0 * unit;
        }
        shown.flush(&mut self.to);
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

/// How a line is written, which depends on where it runs, so that every
/// reader finds its end and its successor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// To the right: each word is stretched to its ink.
    Upright,
    /// Up or down: as upright, with the last space as a string of its own.
    /// PDFium takes strings that begin at one height of the page for one line
    /// and sorts them by x. The lines of a page on its side all begin at one
    /// height, but now the string between does not.
    Steep,
    /// Anywhere else: one string without a stretch. PDFium would again sort
    /// the end of a line and the beginning of the next, and pdf.js, when it
    /// turns places back, takes a new stretch for a new height.
    Leaning,
}

impl Manner {
    fn of(way: (f64, f64)) -> Self {
        match way {
            (1.0, 0.0) => Self::Upright,
            (cos, sin) if sin.abs() > cos.abs() => Self::Steep,
            _ => Self::Leaning,
        }
    }
}

/// The stretch in percent that gives `words` together the length of their
/// ink at font size `size`, and leaves no word without a gap behind it.
fn stretch(words: &[Placed], size: f64) -> f64 {
    let natural: f64 = words.iter().map(Placed::natural).sum();
    let ink: f64 = words.iter().map(|word| word.end - word.begin).sum();
    let room = words.windows(2).filter_map(|pair| match pair {
        [word, next] => Some((next.begin - GAP * size - word.begin) / word.natural()),
        _ => None,
    });
    let stretch = room.fold(ink / natural, f64::min) / size;
    (100.0 * stretch).clamp(STRETCH[0], STRETCH[1])
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
