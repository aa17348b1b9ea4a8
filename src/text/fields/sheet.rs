//! A page as an official paper: its head in two columns, its body, its foot.
//!
//! Nghị định 30/2020/NĐ-CP, Phụ lục I puts the agency and the number on the
//! left, the country and the date on the right (boxes 1 to 4), the type below
//! both; recipients and signer stand side by side at the end (boxes 7 and 9).
//! Papers of the Party have the same shape with another heading (Hướng dẫn
//! 36-HD/VPTW); what citizens hand in has the country's name in the middle and
//! no left column. All distances are told in letter heights.

use crate::text::fold::bare;
use crate::text::{TextLayer, Word};
use crate::units::Rect;

/// Words that stand together on one line of one column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub(crate) words: Vec<Word>,
    pub(crate) place: Rect,
    /// The words, one space between them.
    pub(crate) text: String,
    /// The same without diacritics, lower case.
    pub(crate) bare: String,
}

impl Piece {
    /// The piece these words make, left to right; `None` without a word.
    pub(crate) fn of(mut words: Vec<Word>) -> Option<Self> {
        words.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
        let place = words.iter().map(|word| word.place).reduce(Rect::union)?;
        let text =
            words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let bare = bare(&text);
        Some(Self { words, place, text, bare })
    }

    /// Its middle, up and down.
    pub(crate) fn y(&self) -> f64 {
        self.place.centre().1
    }

    /// The share of its letters that are capitals.
    pub(crate) fn capitals(&self) -> f64 {
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        let upper = letters().filter(|c| c.is_uppercase()).count();
        let all = letters().count().max(1);
        #[expect(clippy::cast_precision_loss, reason = "letters of one line")]
        let share = upper as f64 / all as f64;
        share
    }

    /// Whether it is set in capitals, a stray small letter forgiven.
    pub(crate) fn is_capitals(&self) -> bool {
        self.capitals() >= 0.8
    }

    /// The same without words that are only signs: rules, specks. The dash that
    /// begins an item stays.
    fn said(&self) -> Option<Self> {
        let says = |word: &Word| word.text.contains(char::is_alphanumeric);
        let begins_item =
            |word: &Word| matches!(word.text.as_str(), "-" | "–" | "+" | "~");
        let kept = self.words.iter().filter(|word| says(word) || begins_item(word));
        self.words.iter().any(says).then(|| Self::of(kept.cloned().collect())).flatten()
    }

    /// Its words and then those of the line below, in one.
    pub(crate) fn followed_by(&self, next: &Self) -> Option<Self> {
        let words: Vec<Word> = self.words.iter().chain(&next.words).cloned().collect();
        let place = self.place.union(next.place);
        let text = format!("{} {}", self.text, next.text);
        let bare = bare(&text);
        Some(Self { words, place, text, bare })
    }

    /// The part of it from word `from` on.
    pub(crate) fn from(&self, from: usize) -> Option<Self> {
        Self::of(self.words.get(from..)?.to_vec())
    }
}

/// Whose heading a paper bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading {
    /// The country's name, on the right: a paper of an agency.
    State,
    /// The Party's name, on the right.
    Party,
    /// The country's name in the middle: what a citizen hands in, a contract.
    Middle,
    /// None that could be read.
    None,
}

/// A page taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Median height of the words.
    pub(crate) letter: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    /// The middle of what is printed, left and right: a sheet may lie off its page.
    pub(crate) middle: f64,
    pub(crate) heading: Heading,
    /// Whether only the motto below the country's name could be read.
    pub(crate) is_by_motto: bool,
    /// The left column of the head, top to bottom; empty without a heading at the right.
    pub(crate) left: Vec<Piece>,
    /// The right column of the head.
    pub(crate) right: Vec<Piece>,
    /// Everything below the head, in reading order.
    pub(crate) body: Vec<Piece>,
}

/// The head lies in this upper part of the page.
const HEAD_PART: f64 = 0.45;
/// Words farther apart than this many letter heights are in different columns.
const COLUMN_GAP: f64 = 1.6;
/// The motto stands about so many letter heights below the country's name.
const LINE_STEP: f64 = 1.7;
/// The date stands at most this many letter heights below the heading.
const DATE_REACH: f64 = 11.0;
/// The number stands at most so many letter heights below the heading.
const NUMBER_REACH: f64 = 14.0;

/// What the country's name leaves of itself in bad scans, spaces aside.
const COUNTRY: [&str; 5] =
    ["nghoaxahoi", "xahoichunghia", "hoichunghiavi", "chunghiaviet", "nghiavietnam"];
/// The Party's.
const PARTY: [&str; 3] = ["dangcongsanv", "congsanvietnam", "gcongsanviet"];
/// Labels of a signature shown on the page, as the Government's own portal puts it.
const SIGNED: [&str; 2] = ["nguoi ky:", "ky boi:"];
/// The motto.
const MOTTO: [&str; 3] = ["doclap", "hanhphuc", "tudo"];

impl Sheet {
    /// Takes apart a page `width` × `height`, in the units of its words' places.
    pub(crate) fn of(layer: &TextLayer, width: f64, height: f64) -> Self {
        let letter = layer.letter_height().unwrap_or(1.0).max(f64::MIN_POSITIVE);
        let lines: Vec<Piece> =
            layer.lines.iter().filter_map(|line| Piece::of(line.words.clone())).collect();
        let mut sheet = Self {
            letter,
            width,
            height,
            middle: middle(&lines).unwrap_or(width / 2.0),
            heading: Heading::None,
            is_by_motto: false,
            left: Vec::new(),
            right: Vec::new(),
            body: Vec::new(),
        };
        match sheet.find_heading(&lines) {
            Some((heading, name, is_by_motto)) => {
                sheet.is_by_motto = is_by_motto;
                sheet.divide(&lines, (heading, name));
            }
            None => sheet.body = lines.iter().filter_map(Piece::said).collect(),
        }
        sheet
    }

    /// Whose heading it is, where it stands, and whether only its motto says so.
    fn find_heading(&self, lines: &[Piece]) -> Option<(Heading, Rect, bool)> {
        let mut found = None;
        for line in lines.iter().filter(|line| line.y() < HEAD_PART * self.height) {
            let tight = tight(&line.bare);
            let is_party = says(&tight, &PARTY);
            if !is_party && !says(&tight, &COUNTRY) || line.capitals() < 0.5 {
                continue;
            }
            let name = self.name(line, is_party);
            let has_motto = lines.iter().any(|other| {
                let step = other.y() - line.y();
                (-0.5 * self.letter..=5.0 * self.letter).contains(&step)
                    && says(&self::tight(&other.bare), &MOTTO)
            });
            // Running text names the country as well; its heading stands over
            // the motto, or alone in capitals near the top.
            if !is_party && !has_motto && line.y() > 0.25 * self.height {
                continue;
            }
            found = Some((is_party, name));
            break;
        }
        let is_by_motto = found.is_none();
        let (is_party, name) = found.or_else(|| Some((false, self.motto(lines)?)))?;
        // The middle of the page lies within the name of a citizen's paper,
        // and to its left in an official one. The lines of a card reach not so far as
        // the page.
        let is_near = |x: f64| (name.centre().0 - x).abs() < 0.08 * self.width;
        let in_middle = is_near(self.middle) || is_near(0.5 * self.width);
        let has_left = lines.iter().any(|line| {
            line.words.iter().any(|word| {
                word.place.right < name.left
                    && word.text.chars().filter(|c| c.is_alphabetic()).count() >= 2
                    && (word.place.centre().1 - name.centre().1).abs() < 2.5 * self.letter
            })
        });
        let heading = match (is_party, in_middle && !has_left) {
            (true, _) => Heading::Party,
            (false, true) => Heading::Middle,
            (false, false) => Heading::State,
        };
        Some((heading, name, is_by_motto))
    }

    /// Where the country's name must stand when only the motto below it could be read.
    fn motto(&self, lines: &[Piece]) -> Option<Rect> {
        let mut high = lines.iter().filter(|line| line.y() < HEAD_PART * self.height);
        let motto = high.find(|line| {
            let tight = tight(&line.bare);
            MOTTO.iter().filter(|part| tight.contains(**part)).count() >= 2
        })?;
        let is_of_it = |word: &&Word| {
            let word = bare(&word.text);
            ["doc", "lap", "tu", "do", "hanh", "phuc"]
                .iter()
                .any(|part| word.trim_matches(|c: char| !c.is_alphanumeric()) == *part)
        };
        let said = motto.words.iter().filter(is_of_it).map(|word| word.place);
        let place = said.reduce(Rect::union)?;
        Some(Rect { top: place.top - LINE_STEP * self.letter, ..place })
    }

    /// Where the country's or the Party's name stands on its line, which may
    /// run across both columns.
    fn name(&self, line: &Piece, is_party: bool) -> Rect {
        // `CỘNG HÒA`, and not the `CÔNG` of `BỘ CÔNG AN`.
        let begins = |pair: &[Word]| match pair {
            [first, second] => {
                let (first, second) = (bare(&first.text), bare(&second.text));
                if is_party {
                    first.ends_with("dang") && second.starts_with("co")
                } else {
                    first.starts_with("con") && second.starts_with("ho")
                }
            }
            _ => false,
        };
        let start = line.words.windows(2).position(begins).unwrap_or_else(|| {
            // Without its first words: after the widest gap, if there is one.
            let gap = |pair: &[Word]| match pair {
                [a, b] => b.place.left - a.place.right,
                _ => 0.0,
            };
            let widest = line.words.windows(2).map(gap).enumerate();
            let widest = widest.max_by(|(_, a), (_, b)| a.total_cmp(b));
            let is_wide = |&(_, gap): &(usize, f64)| gap > COLUMN_GAP * self.letter;
            widest.filter(is_wide).map_or(0, |(at, _)| at + 1)
        });
        let words = line.words.get(start..).unwrap_or_default();
        words.iter().map(|word| word.place).reduce(Rect::union).unwrap_or(line.place)
    }

    /// Divides the lines at the heading `name`.
    fn divide(&mut self, lines: &[Piece], (heading, name): (Heading, Rect)) {
        self.heading = heading;
        let is_middle = heading == Heading::Middle;
        if is_middle {
            self.middle = name.centre().0;
        }
        let split = if is_middle { 0.0 } else { self.split(lines, name) };
        // What says who signed the file electronically stands above the head.
        let is_signed = lines.iter().any(|line| {
            line.y() < name.top && SIGNED.iter().any(|label| line.bare.contains(label))
        });
        let reach = if is_signed { 0.8 } else { 5.0 };
        let top = name.top - reach * self.letter;
        let (mut left, mut right, mut across) = (Vec::new(), Vec::new(), Vec::new());
        for line in lines {
            if !(top..name.bottom + NUMBER_REACH * self.letter).contains(&line.y()) {
                continue;
            }
            let at = if is_middle { 0 } else { self.column_end(line, split, name) };
            // `Số:      /KH-UBND    Hà Nội, ngày`: the notation goes with the number.
            let is_notation = |word: &Word| {
                let rest = word.text.strip_prefix('/');
                rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
            };
            let at = at + usize::from(line.words.get(at).is_some_and(is_notation));
            let (here, there) =
                line.words.split_at_checked(at).unwrap_or((&line.words, &[]));
            let is_whole = here.is_empty() || there.is_empty();
            if line.place.left < split - 4.0 * self.letter
                && line.place.right > name.left + 4.0 * self.letter
                && is_whole
            {
                across.push(line.y());
            }
            left.extend(Piece::of(here.to_vec()));
            right.extend(Piece::of(there.to_vec()));
        }
        let (left, right) = (stacked(left), stacked(right));
        let bottom = if heading == Heading::Middle {
            let motto = right.iter().filter(|piece| {
                piece.y() < name.bottom + 5.0 * self.letter
                    && says(&tight(&piece.bare), &MOTTO)
            });
            motto.map(|piece| piece.place.bottom).fold(name.bottom, f64::max)
        } else {
            self.bottom(&left, &right, name, &across)
        };
        let inside = |piece: &Piece| piece.y() <= bottom;
        self.left = left.iter().filter(|p| inside(p)).filter_map(Piece::said).collect();
        self.right = right.iter().filter(|p| inside(p)).filter_map(Piece::said).collect();
        // What stands above the head, such as a received stamp, is body too.
        let outside = |line: &Piece| line.y() > bottom || line.y() < top;
        let outside = lines.iter().filter(|line| outside(line));
        let (high, low): (Vec<Piece>, Vec<Piece>) = outside
            .filter_map(Piece::said)
            .partition(|p| p.y() < HEAD_PART * self.height);
        // Above the text nothing stands side by side: lines cut by mistake are whole again.
        self.body = stacked(high).into_iter().chain(low).collect();
    }

    /// How many words of a line belong to the left column: up to the gap next
    /// to `split`; all of a line that ends before the right column begins.
    fn column_end(&self, line: &Piece, split: f64, name: Rect) -> usize {
        let gaps =
            line.words.windows(2).enumerate().filter_map(|(at, pair)| match pair {
                [a, b] => Some((
                    at + 1,
                    b.place.left - a.place.right,
                    f64::midpoint(a.place.right, b.place.left),
                )),
                _ => None,
            });
        let wide = gaps.filter(|(_, gap, middle)| {
            *gap > COLUMN_GAP * self.letter && *middle < name.left + 3.0 * self.letter
        });
        let near = wide.min_by(|(_, _, a), (_, _, b)| {
            (a - split).abs().total_cmp(&(b - split).abs())
        });
        let is_near = |middle: f64| (middle - split).abs() < 9.0 * self.letter;
        match near {
            Some((at, _, middle)) if is_near(middle) => at,
            _ if line.place.right <= name.left + 2.0 * self.letter
                && line.place.left < split =>
            {
                line.words.len()
            }
            _ if line.place.left >= split - 3.0 * self.letter
                || line.place.centre().0 > name.left && line.words.len() <= 12 =>
            {
                0
            }
            // It runs across both columns: it belongs to neither.
            _ => line.words.len(),
        }
    }

    /// Where the left column ends: half way between what stands left of the
    /// name, at its height, and the name.
    fn split(&self, lines: &[Piece], name: Rect) -> f64 {
        let (_, y) = name.centre();
        let words = lines.iter().flat_map(|line| &line.words);
        let beside = words.filter(|word| {
            (word.place.centre().1 - y).abs() <= 3.0 * self.letter
                && word.place.right <= name.left
                && word.text.contains(char::is_alphabetic)
        });
        let end = beside.map(|word| word.place.right).fold(0.0, f64::max);
        if end > 0.0 { f64::midpoint(end, name.left) } else { name.left - self.letter }
    }

    /// Where the head ends: below the number and what belongs to it on the
    /// left, and the date on the right.
    fn bottom(&self, left: &[Piece], right: &[Piece], name: Rect, across: &[f64]) -> f64 {
        let below = |piece: &&Piece, reach: f64| {
            piece.place.top - name.bottom < reach * self.letter
        };
        let mottos = right.iter().filter(|p| below(p, DATE_REACH));
        let mottos = mottos.filter(|p| says(&tight(&p.bare), &MOTTO));
        // The first of each: days and numbers of others stand in the text below.
        let mut dates = right.iter().filter(|p| below(p, DATE_REACH) && is_date(&p.bare));
        let mut numbers =
            left.iter().filter(|p| below(p, NUMBER_REACH) && is_number(&p.bare));
        let firsts = dates.next().into_iter().chain(numbers.next());
        let ends = mottos.chain(firsts).map(|piece| piece.place.bottom);
        let mut bottom = ends.fold(name.bottom + 1.5 * self.letter, f64::max);
        // A day that breaks goes on below its beginning.
        let is_cut = |p: &&Piece| {
            p.place.top - bottom < 0.8 * self.letter
                && p.y() > bottom
                && p.place.left > name.left - 8.0 * self.letter
                && (p.bare.contains("thang") || p.bare.contains("nam"))
                && p.words.len() <= 7
        };
        bottom = right.iter().find(is_cut).map_or(bottom, |p| p.place.bottom);
        // The subject of a letter goes on down the left column, until a line
        // runs across both.
        let end =
            across.iter().copied().filter(|y| *y > bottom).fold(f64::INFINITY, f64::min);
        let above: Vec<f64> =
            left.iter().filter(|p| p.y() < bottom).map(|p| p.place.centre().0).collect();
        #[expect(clippy::cast_precision_loss, reason = "lines of a head")]
        let column = above.iter().sum::<f64>() / above.len().max(1) as f64;
        for piece in left {
            let step = piece.place.top - bottom;
            let is_next = piece.y() > bottom && step < 1.6 * self.letter;
            let is_said = piece.text.contains(char::is_alphanumeric);
            // A title stands under the middle of both columns.
            let (x, _) = piece.place.centre();
            let is_under = (x - column).abs() < (x - self.middle).abs();
            let is_addressed = tight(&piece.bare).contains("kinhgui");
            if is_next
                && is_said
                && is_under
                && !is_addressed
                && piece.y() < end - 0.5 * self.letter
            {
                bottom = piece.place.bottom;
            }
        }
        bottom
    }

    /// Pieces of the lower part of the page, cut at column gaps.
    pub(crate) fn cut(&self, pieces: &[Piece]) -> Vec<Piece> {
        let gap = COLUMN_GAP * self.letter;
        let cut = |piece: &Piece| {
            let runs = piece.words.chunk_by(|a, b| b.place.left - a.place.right <= gap);
            runs.filter_map(|run| Piece::of(run.to_vec())).collect::<Vec<_>>()
        };
        pieces.iter().flat_map(cut).collect()
    }
}

/// The middle between the left and the right edge of what is printed, a few
/// lines that stick out aside.
fn middle(lines: &[Piece]) -> Option<f64> {
    let mut lefts: Vec<f64> = lines.iter().map(|line| line.place.left).collect();
    let mut rights: Vec<f64> = lines.iter().map(|line| line.place.right).collect();
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    let out = lines.len() / 20;
    let left = lefts.get(out)?;
    let right = rights.get(rights.len().checked_sub(1 + out)?)?;
    Some(f64::midpoint(*left, *right))
}

/// One column from top to bottom; what stands at one height becomes one piece.
fn stacked(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.y().total_cmp(&b.y()));
    let mut stack: Vec<Piece> = Vec::new();
    for piece in pieces {
        let level = stack.pop_if(|last| {
            let (a, b) = (last.place, piece.place);
            let common = a.bottom.min(b.bottom) - a.top.max(b.top);
            let apart = a.right <= b.left || b.right <= a.left;
            apart && common > 0.5 * a.height().min(b.height())
        });
        match level {
            Some(mut last) => {
                last.words.extend(piece.words);
                stack.extend(Piece::of(last.words));
            }
            None => stack.push(piece),
        }
    }
    stack
}

/// Bare text without its spaces: letters set wide apart are one word again.
pub(crate) fn tight(bare: &str) -> String {
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether `tight` holds one of `phrases`.
fn says(tight: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| tight.contains(phrase))
}

/// Whether bare text is the line of place and date.
pub(crate) fn is_date(bare: &str) -> bool {
    let has = |word: &str| bare.contains(word);
    (has("ngay") && (has("thang") || has("nam")))
        || (has("thang") && has("nam"))
        || has("ngay") && bare.contains(|c: char| c.is_ascii_digit())
}

/// Whether bare text begins a document number: `số: 05/qđ-ubnd`, `luật số: …`.
pub(crate) fn is_number(bare: &str) -> bool {
    label_end(bare).is_some()
}

/// What may stand before `số`.
const BEFORE_NUMBER: [&str; 6] =
    ["", "luat", "bo luat", "phap lenh", "nghi quyet", "lenh"];

/// How many bytes of bare text the label `Số:` takes, what leads up to it
/// included; `None` if it does not begin a number.
pub(crate) fn label_end(bare: &str) -> Option<usize> {
    let start = bare.find(char::is_alphanumeric)?;
    let rest = bare.get(start..)?;
    for before in BEFORE_NUMBER {
        let Some(after) = rest.strip_prefix(before) else { continue };
        let after = after.trim_start();
        // `$6:` and `sé:` are what small print leaves of `Số:`.
        let label =
            ["so", "s6", "s0", "se", "sd"].into_iter().find(|l| after.starts_with(l));
        let Some(after) = label.and_then(|label| after.strip_prefix(label)) else {
            continue;
        };
        let tail = after.trim_start();
        let is_label = match tail.chars().next() {
            None => true,
            Some(next) => {
                next.is_ascii_digit()
                    || matches!(
                        next,
                        ':' | '.' | '/' | ';' | '-' | '…' | '_' | '|' | '\''
                    )
                    || (after.len() > tail.len() && begins_code(tail))
            }
        };
        if is_label {
            return Some(bare.len() - after.len());
        }
    }
    None
}

/// Whether text has a slash where a number would end: `Sở Văn hóa … số 474/UBND`
/// has none there.
fn begins_code(text: &str) -> bool {
    const LONGEST_NUMBER: usize = 8;
    text.split_once('/').is_some_and(|(number, _)| number.len() <= LONGEST_NUMBER)
}

/// The smallest place around words.
pub(crate) fn around(words: &[Word]) -> Option<Rect> {
    words.iter().map(|word| word.place).reduce(Rect::union)
}

/// A line as a piece, for tests and for text without a head.
#[cfg(test)]
pub(crate) fn piece(line: &crate::text::Line) -> Option<Piece> {
    Piece::of(line.words.clone())
}
