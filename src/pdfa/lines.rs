//! Lines of a page as they are to be written: where each word begins and
//! ends, on which baseline, in which size.
//!
//! Places come in pixels of the picture that was read and go through the
//! page's `text_map`, which may turn by any angle. What comes out is measured
//! in points along the direction the line is written in and across it.

use unicode_normalization::UnicodeNormalization as _;

use crate::pdfa::PdfaError;
use crate::pdfa::letters::{Letter, Letters};
use crate::text::{Line, Word};
use crate::units::{Affine, Rect};

/// The least gap between words, in font sizes. Poppler glues words whose gap
/// is below 0.15.
pub(crate) const GAP: f64 = 0.2;
/// The same between words of one letter, which Poppler takes for one word in
/// wide letters below 0.4.
const LETTER_GAP: f64 = 0.45;
/// The least advance of a character, in font sizes, where boxes leave none.
const SQUEEZED: f64 = 0.1;
/// The cosine of the angle between a line and an axis of the page up to which
/// its words stand parallel to the axis: 20°.
const SKEWED: f64 = 0.94;
/// How far an end of a line that runs to the left may leave its axis, in font
/// sizes, to count as parallel.
const LEVEL: f64 = 0.05;
/// Sizes in points: nothing smaller is legible, nothing larger is text.
pub(crate) const SIZES: [f64; 2] = [1.0, 400.0];
/// No place on a page is further out, in points: a page ends at 14 400
/// (ISO 19005-2, 6.1.13).
const FAR: f64 = 100_000.0;

/// A line on the page.
pub(crate) struct Set {
    way: (f64, f64),
    leaning: bool,
    size: f64,
    /// The words with something to write.
    words: Vec<(String, Span)>,
}

/// Words that follow each other along a line: what a text object shows.
pub(crate) struct Run {
    /// The direction of writing, of length 1.
    pub(crate) way: (f64, f64),
    /// Whether that is the direction of the line itself. If not, it is the
    /// nearest axis of the page, and each word has a baseline of its own.
    pub(crate) leaning: bool,
    /// Font size in points.
    pub(crate) size: f64,
    /// At least one word.
    pub(crate) words: Vec<Placed>,
}

/// A word in letters of the font, and its place.
pub(crate) struct Placed {
    pub(crate) letters: Vec<Letter>,
    pub(crate) span: Span,
}

/// A place in points: from where to where along the direction of writing, and
/// how far to the left of the page's origin as one looks that way.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) begin: f64,
    pub(crate) end: f64,
    pub(crate) base: f64,
}

impl Set {
    /// `line` as it is to be written, or `None` if it says nothing.
    ///
    /// # Errors
    ///
    /// When a place is no number or far off the page.
    pub(crate) fn line(line: &Line, map: Affine) -> Result<Option<Self>, PdfaError> {
        let base = Base::of(line, map);
        let words: Vec<_> =
            line.words.iter().map(|word| (writable(word), word)).collect();
        let words: Vec<_> =
            words.into_iter().filter(|(text, _)| !text.trim().is_empty()).collect();
        if words.is_empty() {
            return Ok(None);
        }
        let ends = words.iter().flat_map(|(_, word)| <[f64; 2]>::from(base.along(word)));
        let [least, most] = ends.fold([f64::MAX, f64::MIN], |[least, most], end| {
            [least.min(end), most.max(end)]
        });
        let size = base.size(line).clamp(SIZES[0], SIZES[1]);
        let (way, leaning) = direction(base.way, (most - least) / 2.0, LEVEL * size);
        let spans = words.iter().map(|(_, word)| base.span(word, way));
        let near = |v: f64| v.abs() <= FAR; // not a number is not near
        let spans: Option<Vec<_>> = spans
            .map(|s| [s.begin, s.end, s.base].into_iter().all(near).then_some(s))
            .collect();
        let spans = spans.ok_or(PdfaError::MisplacedText)?;
        let words = words.into_iter().map(|(text, _)| text).zip(spans).collect();
        Ok(Some(Self { way, leaning, size, words }))
    }

    /// The words in runs, with the gaps that readers need.
    ///
    /// # Errors
    ///
    /// When codes run out.
    pub(crate) fn runs(&self, letters: &mut Letters) -> Result<Vec<Run>, PdfaError> {
        let spelled = self.words.iter().all(|(text, _)| text.chars().count() == 1);
        let gap = if spelled { LETTER_GAP } else { GAP } * self.size;
        let least = SQUEEZED * self.size;
        let mut runs: Vec<Run> = Vec::new();
        for (text, span) in &self.words {
            let coded: Option<_> = text.chars().map(|c| letters.letter(c)).collect();
            let coded = coded.ok_or(PdfaError::TooManyLetters)?;
            let mut word = Placed { letters: coded, span: *span };
            let before = runs.last_mut().and_then(|run| run.words.last_mut());
            let follows = before.is_some_and(|before| word.follow(before, gap, least));
            word.span.end = word.span.end.max(word.shortest(least));
            match runs.last_mut().filter(|_| follows) {
                Some(run) => run.words.push(word),
                None => runs.push(self.run(word)),
            }
        }
        Ok(runs)
    }

    fn run(&self, first: Placed) -> Run {
        let Self { way, leaning, size, .. } = *self;
        Run { way, leaning, size, words: vec![first] }
    }
}

impl Placed {
    /// Takes the place after `before`, which gives way; or finds that it
    /// cannot, because it stands in front of it.
    fn follow(&mut self, before: &mut Self, gap: f64, least: f64) -> bool {
        if self.span.begin < before.span.begin {
            return false;
        }
        self.span.begin = self.span.begin.max(before.shortest(least) + gap);
        before.span.end = before.span.end.min(self.span.begin - gap);
        true
    }

    /// The nearest place the word can end if a letter takes at `least` this.
    fn shortest(&self, least: f64) -> f64 {
        self.letters.iter().fold(self.span.begin, |end, _| end + least)
    }

    /// Its length at font size 1, unstretched.
    pub(crate) fn natural(&self) -> f64 {
        self.letters.iter().map(|letter| f64::from(letter.width) / 1000.0).sum()
    }
}

/// The characters of a word that a text layer can hold. Control characters
/// mean nothing on paper; U+FEFF and U+FFFE are forbidden (ISO 19005-2,
/// 6.2.11.7.2). Everything else stays as it was recognised.
pub(crate) fn writable(word: &Word) -> String {
    let bare = |c: &char| !c.is_control() && !matches!(c, '\u{FEFF}' | '\u{FFFE}');
    word.text.chars().filter(bare).collect()
}

/// The direction to write a line in that runs `way`, `reach` to each side of
/// its middle, and whether it is the line's own.
fn direction(way: (f64, f64), reach: f64, level: f64) -> ((f64, f64), bool) {
    let along = |axis: &(f64, f64)| way.0 * axis.0 + way.1 * axis.1;
    let axes = [(1.0, 0.0), (0.0, 1.0), (0.0, -1.0)];
    if let Some(axis) = axes.into_iter().find(|axis| along(axis) >= SKEWED) {
        return (axis, false);
    }
    let left = way.0 < 0.0 && way.1.abs() * reach <= level;
    (if left { (-1.0, 0.0) } else { way }, true)
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
        let way = (map.a * ahead.0 + map.c * ahead.1, map.b * ahead.0 + map.d * ahead.1);
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

    /// The place of `word` if it is written in the direction `way`.
    fn span(&self, word: &Word, way: (f64, f64)) -> Span {
        let (begin, end) = self.along(word);
        let middle = self.on_page(f64::midpoint(begin, end));
        let half = (end - begin) / 2.0 * (self.way.0 * way.0 + self.way.1 * way.1);
        let at = middle.0 * way.0 + middle.1 * way.1;
        let base = middle.1 * way.0 - middle.0 * way.1;
        Span { begin: at - half, end: at + half, base }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn line(baseline: (f64, f64, f64, f64)) -> Line {
        let place = Rect { left: 100.0, top: 60.0, right: 200.0, bottom: 80.0 };
        let word = Word::new("Nam".to_owned(), place, 90.0);
        Line { words: vec![word], baseline, begins_paragraph: true }
    }

    /// 144 dpi on a page 500 points high.
    const MAP: Affine = Affine::new([0.5, 0.0, 0.0, -0.5, 0.0, 500.0]);

    #[test]
    fn a_baseline_that_misses_its_words_is_not_believed() {
        for baseline in [(0.0, 0.0, 0.0, 0.0), (0.0, 400.0, 900.0, 400.0)] {
            let set = Set::line(&line(baseline), MAP).unwrap().unwrap();
            assert!((set.words[0].1.base - 460.0).abs() < 1e-9);
        }
        let nan = (f64::NAN, 0.0, 1.0, 1.0);
        assert!(Set::line(&line(nan), MAP).unwrap().is_some());
    }

    #[test]
    fn words_of_a_skewed_line_stand_on_their_own_baselines() {
        let mut line = line((100.0, 80.0, 400.0, 60.0));
        let place = Rect { left: 300.0, top: 40.0, right: 400.0, bottom: 60.0 };
        line.words.push(Word::new("Định".to_owned(), place, 90.0));
        let set = Set::line(&line, MAP).unwrap().unwrap();
        assert_eq!((set.way, set.leaning), ((1.0, 0.0), false));
        let rise = set.words[1].1.base - set.words[0].1.base;
        assert!((rise - 200.0 / 300.0 * 10.0).abs() < 1e-9, "{rise}");
    }

    #[test]
    fn a_place_that_is_no_number_is_an_error() {
        let mut line = line((100.0, 80.0, 400.0, 80.0));
        line.words[0].place.right = f64::INFINITY;
        assert!(matches!(Set::line(&line, MAP), Err(PdfaError::MisplacedText)));
        let flat = Affine::scale(0.0, 0.0);
        line.words[0].place.right = 200.0;
        assert!(matches!(Set::line(&line, flat), Err(PdfaError::MisplacedText)));
    }

    #[test]
    fn the_size_is_told_by_the_letters() {
        // 20 pixels at half a point each, capitals of 0.67.
        let set = Set::line(&line((100.0, 80.0, 400.0, 80.0)), MAP).unwrap().unwrap();
        assert!((set.size - 10.0 / 0.67).abs() < 1e-9);
        assert_eq!(ink_height("xem"), Some(0.46));
        assert_eq!(ink_height("…"), None);
        assert!(ink_height("Ậ").unwrap() > ink_height("A").unwrap());
    }
}
