//! What a page says: its letters gathered into words and lines.
//!
//! A page is a sequence of glyphs with places; spaces are often not among
//! them. Lines follow the order in which they were painted, which for office
//! documents is the order in which they are read. A space is put where the
//! ink leaves a gap, a line ends where the pen moves off the line.

use unicode_normalization::UnicodeNormalization as _;

use crate::units::Rect;

/// A gap of this part of the size separates words.
const WORD_GAP: f64 = 0.12;
/// A step off the line of this part of the size begins another line;
/// raised and lowered letters move less.
const LINE_STEP: f64 = 0.45;
/// Going back by this part of the size begins another line; accents set
/// separately and kerning go back less.
const BACK_STEP: f64 = 0.6;
/// A gap of this many sizes is a column: the next word starts a line.
const COLUMN_GAP: f64 = 6.0;
/// The same letter this close, in parts of its size, was painted twice to look bold.
const TWICE: f64 = 0.1;
/// Letters back in which a twin is looked for.
const TWINS: usize = 24;

/// The text of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageText {
    /// The lines in the order of the page's content, annotations last.
    pub lines: Vec<TextLine>,
    /// Whether none of it can be seen: an earlier recognition under the picture.
    pub hidden_only: bool,
    /// Glyphs that do not say which letter they are. Where they are many, the
    /// text is of no use and the page must be read from its picture.
    pub unmapped: usize,
}

/// A line of a page's text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// The words, one space between them, NFC.
    pub text: String,
    /// Around the letters of each word, as many as `text` has.
    pub words: Vec<Rect>,
    /// Around its letters, in points on the page as seen, `top` the smaller y.
    pub place: Rect,
    /// Whether it can be seen.
    pub visible: bool,
    /// Whether it belongs to an annotation, such as the appearance of a signature.
    pub annotation: bool,
}

impl PageText {
    /// The text, a line break after each line.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.clone() + "\n").collect()
    }

    /// The words that belong to the page itself, seen or not.
    #[must_use]
    pub fn own_words(&self) -> usize {
        let own = self.lines.iter().filter(|line| !line.annotation);
        own.map(|line| line.words.len()).sum()
    }

    /// The visible words that belong to the page itself.
    #[must_use]
    pub fn visible_words(&self) -> usize {
        let own = self.lines.iter().filter(|line| line.visible && !line.annotation);
        own.map(|line| line.words.len()).sum()
    }
}

/// A glyph as painted, in points on the page as seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Glyph {
    /// What it says; empty if it does not say.
    pub(crate) text: String,
    /// Where it begins, on the line.
    pub(crate) start: (f64, f64),
    /// Where the next one would begin.
    pub(crate) end: (f64, f64),
    /// The height of the letters' em.
    pub(crate) size: f64,
    /// Whether it leaves ink.
    pub(crate) visible: bool,
    /// Whether it belongs to an annotation.
    pub(crate) annotation: bool,
}

/// Gathers `glyphs` into lines.
pub(crate) fn gather(glyphs: &[Glyph]) -> Option<PageText> {
    let mut lines: Vec<TextLine> = Vec::new();
    let mut line = Pending::default();
    let mut unmapped = 0;
    for (i, glyph) in glyphs.iter().enumerate() {
        let before = glyphs.get(i.saturating_sub(TWINS)..i).unwrap_or_default();
        if before.iter().any(|other| is_twin(other, glyph)) {
            continue;
        }
        let text: String = glyph.text.chars().flat_map(letters).collect();
        unmapped += usize::from(text.is_empty());
        match line.step(glyph) {
            Step::Line => lines.extend(std::mem::take(&mut line).finish()),
            Step::Word => line.is_apart = true,
            Step::None => {}
        }
        line.push(glyph, &text);
    }
    lines.extend(line.finish());
    let hidden_only = !glyphs.iter().any(|glyph| glyph.visible);
    (!lines.is_empty() || unmapped > 0).then_some(PageText {
        lines,
        hidden_only,
        unmapped,
    })
}

fn is_twin(one: &Glyph, other: &Glyph) -> bool {
    let far = (one.start.0 - other.start.0).hypot(one.start.1 - other.start.1);
    one.text == other.text && !one.text.trim().is_empty() && far < TWICE * one.size
}

/// The letters a character stands for: typographic ligatures are resolved,
/// characters without meaning dropped.
fn letters(c: char) -> impl Iterator<Item = char> {
    let resolved = match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        // No-break and other fixed spaces, tabulators.
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\t' => " ",
        // Controls, soft hyphen, zero width, private use, replacement.
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' => "",
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{feff}' => "",
        '\u{e000}'..='\u{f8ff}' | '\u{fffd}' => "",
        _ => return Letters::One(Some(c)),
    };
    Letters::Some(resolved.chars())
}

enum Letters {
    One(Option<char>),
    Some(std::str::Chars<'static>),
}

impl Iterator for Letters {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Self::One(c) => c.take(),
            Self::Some(chars) => chars.next(),
        }
    }
}

/// What lies between two glyphs.
enum Step {
    None,
    Word,
    Line,
}

/// A line being gathered.
#[derive(Default)]
struct Pending {
    words: Vec<(String, Rect)>,
    /// Whether the next letter begins a word.
    is_apart: bool,
    last: Option<Glyph>,
    visible: bool,
}

impl Pending {
    fn step(&self, next: &Glyph) -> Step {
        let Some(last) = &self.last else { return Step::None };
        let (dx, dy) = (last.end.0 - last.start.0, last.end.1 - last.start.1);
        let length = dx.hypot(dy);
        let (dx, dy) = if length > 0.0 { (dx / length, dy / length) } else { (1.0, 0.0) };
        let (x, y) = (next.start.0 - last.end.0, next.start.1 - last.end.1);
        let (along, off) = (x * dx + y * dy, (y * dx - x * dy).abs());
        let size = last.size.max(next.size);
        let (nx, ny) = (next.end.0 - next.start.0, next.end.1 - next.start.1);
        let turned =
            nx.hypot(ny) > 0.0 && length > 0.0 && nx * dx + ny * dy < 0.7 * nx.hypot(ny);
        let apart = last.visible != next.visible || last.annotation != next.annotation;
        let stays = (-BACK_STEP * size..=COLUMN_GAP * size).contains(&along);
        if apart || turned || off > LINE_STEP * size || !stays {
            Step::Line
        } else if along > WORD_GAP * size {
            Step::Word
        } else {
            Step::None
        }
    }

    fn push(&mut self, glyph: &Glyph, text: &str) {
        self.last = Some(glyph.clone());
        let said = text.trim();
        if said.is_empty() {
            self.is_apart |= !text.is_empty();
            return;
        }
        let place = place(glyph);
        self.is_apart |= text.starts_with(' ');
        match self.words.last_mut().filter(|_| !self.is_apart) {
            Some((word, around)) => {
                word.push_str(said);
                *around = around.union(place);
            }
            None => self.words.push((said.to_owned(), place)),
        }
        self.is_apart = text.ends_with(' ');
        self.visible |= glyph.visible;
    }

    fn finish(self) -> Option<TextLine> {
        let place = self.words.iter().map(|(_, place)| *place).reduce(Rect::union)?;
        let text: Vec<String> =
            self.words.iter().map(|(word, _)| word.nfc().collect()).collect();
        Some(TextLine {
            text: text.join(" "),
            words: self.words.into_iter().map(|(_, place)| place).collect(),
            place,
            visible: self.visible,
            annotation: self.last.is_some_and(|glyph| glyph.annotation),
        })
    }
}

/// Around the letters of a glyph.
fn place(glyph: &Glyph) -> Rect {
    let ((x0, y0), (x1, y1)) = (glyph.start, glyph.end);
    // Letters of Latin scripts reach from a fifth below the line to four above.
    let (rise, fall) = (0.8 * glyph.size, 0.2 * glyph.size);
    let upright = (x1 - x0).abs() >= (y1 - y0).abs();
    let (side, above) = if upright { (fall, rise) } else { (0.0, 0.0) };
    Rect {
        left: x0.min(x1) - if upright { 0.0 } else { rise },
        top: y0.min(y1) - side,
        right: x0.max(x1) + if upright { 0.0 } else { rise },
        bottom: y0.max(y1) + above,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let glyph = |(i, c): (usize, char)| {
            let x = x + 5.0 * i as f64;
            Glyph {
                text: c.to_string(),
                start: (x, y),
                end: (x + 5.0, y),
                size: 10.0,
                visible: true,
                annotation: false,
            }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn read(glyphs: &[Glyph]) -> String {
        gather(glyphs).map(|page| page.text()).unwrap_or_default()
    }

    #[test]
    fn a_gap_is_a_space_and_a_step_down_a_line() {
        let mut glyphs = set("Độc", 0.0, 100.0);
        glyphs.extend(set("lập", 17.5, 100.0));
        glyphs.extend(set("Tự do", 0.0, 88.0));
        assert_eq!(read(&glyphs), "Độc lập\nTự do\n");
    }

    #[test]
    fn every_word_has_its_place() {
        let mut glyphs = set("Số: 5", 0.0, 100.0);
        glyphs.extend(set("ngày", 40.0, 100.0));
        let page = gather(&glyphs).unwrap();
        let [line] = page.lines.as_slice() else { panic!("{page:?}") };
        assert_eq!(line.text, "Số: 5 ngày");
        let sides: Vec<_> = line.words.iter().map(|at| (at.left, at.right)).collect();
        assert_eq!(sides, [(0.0, 15.0), (20.0, 25.0), (40.0, 60.0)]);
    }

    #[test]
    fn what_an_annotation_says_is_not_the_page() {
        let mut glyphs = set("Người ký: A", 0.0, 100.0);
        glyphs.iter_mut().for_each(|glyph| glyph.annotation = true);
        assert_eq!(gather(&glyphs).unwrap().own_words(), 0);
        glyphs.extend(set("Số: 5", 0.0, 50.0));
        let page = gather(&glyphs).unwrap();
        assert_eq!((page.own_words(), page.visible_words()), (2, 2));
    }

    #[test]
    fn columns_side_by_side_are_lines_of_their_own() {
        let mut glyphs = set("ỦY BAN", 0.0, 100.0);
        glyphs.extend(set("CỘNG HÒA", 200.0, 100.0));
        assert_eq!(read(&glyphs), "ỦY BAN\nCỘNG HÒA\n");
    }

    #[test]
    fn a_raised_letter_stays_on_its_line() {
        let mut glyphs = set("m", 0.0, 100.0);
        glyphs.extend(set("²", 5.0, 103.3));
        assert_eq!(read(&glyphs), "m²\n");
    }

    #[test]
    fn letters_painted_twice_to_look_bold_are_read_once() {
        let mut glyphs = set("Số", 0.0, 100.0);
        glyphs.extend(set("Số", 0.3, 100.0));
        assert_eq!(read(&glyphs), "Số\n");
    }

    #[test]
    fn accents_set_apart_are_composed() {
        assert_eq!(read(&set("Vie\u{302}\u{323}t", 0.0, 0.0)), "Việt\n");
    }
}
