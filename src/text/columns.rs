//! The columns of an administrative page: agency beside motto above its text,
//! recipients beside signer below it (Nghị định 30/2020/NĐ-CP, Phụ lục I). Both are
//! found by what they say; a page that does not say it has none.

use crate::text::landmarks::{
    COUNTRY, DATE, MOTTO, country_start, is_authority, is_mostly_capitals, is_number,
    is_recipients, is_recipients_alone, is_signer, says,
};
use crate::text::{Line, Word};

/// Words farther apart than this many letter heights are in different columns.
pub(crate) const COLUMN_GAP: f64 = 1.6;
/// The header lies in this upper part of the page, the footer below it.
const HEADER_PART: f64 = 0.35;
/// The motto lies at most this many letter heights below the country's name.
const MOTTO_REACH: f64 = 5.0;
/// Number and date lie at most this many letter heights below the name.
const DATE_REACH: f64 = 9.0;
/// Lines belong together up to this many letter heights from top to top.
const NEXT_LINE: f64 = 3.0;
/// An authority that stands so far behind a word, in letter heights, begins a column.
const BEGINS: f64 = 0.8;
/// The signer's column starts within these parts of the page's width.
const SIGNER_FROM: (f64, f64) = (0.30, 0.75);

/// The scale of a page: all distances are told in letter heights.
pub(crate) struct Page {
    pub(crate) letter: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The two columns above the title.
pub(crate) struct Header {
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) split: f64,
}

/// The two columns below the text.
pub(crate) struct Footer {
    pub(crate) top: f64,
    pub(crate) split: f64,
}

impl Page {
    /// The header, if the country's name stands over its motto.
    pub(crate) fn header(&self, lines: &[Line]) -> Option<Header> {
        let pieces: Vec<Line> = lines.iter().flat_map(|line| self.pieces(line)).collect();
        let is_below = |piece: &Line, of: &Line, reach: f64| {
            let step = middle(piece) - middle(of);
            (-0.5 * self.letter..=reach * self.letter).contains(&step)
        };
        let name = pieces.iter().find(|piece| {
            middle(piece) < HEADER_PART * self.height
                && is_mostly_capitals(piece)
                && says(piece, &COUNTRY)
                && pieces.iter().any(|other| {
                    says(other, &MOTTO) && is_below(other, piece, MOTTO_REACH)
                })
        })?;
        let start = country_start(name);
        let top = name.place().top - 0.5 * self.letter;
        let near = |word: &&Word| {
            let (_, y) = word.place.centre();
            (y - middle(name)).abs() <= 2.0 * self.letter && word.place.right <= start
        };
        let agency = pieces.iter().flat_map(|piece| &piece.words).filter(near);
        let agency_end = agency.map(|word| word.place.right).fold(0.0, f64::max);
        let split = f64::midpoint(agency_end, start);
        let in_reach = |piece: &&Line| is_below(piece, name, DATE_REACH);
        let ends = pieces.iter().filter(in_reach).filter(|piece| {
            let is_right = piece.place().left >= split;
            if is_right {
                says(piece, &DATE) || says(piece, &MOTTO)
            } else {
                is_number(piece)
            }
        });
        let bottom =
            ends.map(|piece| piece.place().bottom).fold(name.place().bottom, f64::max);
        let bottom = self.extend_left(&pieces, split, bottom);
        Some(Header { top, bottom, split })
    }

    /// Follows the left column down until a line runs across both: over the
    /// subject of a letter (`V/v …`), for one.
    fn extend_left(&self, pieces: &[Line], split: f64, mut bottom: f64) -> f64 {
        let limit = HEADER_PART * self.height;
        // Rules and specks of the other column are no words.
        let said: Vec<Line> = pieces.iter().filter_map(said).collect();
        loop {
            let next: Vec<&Line> = said
                .iter()
                .filter(|piece| middle(piece) > bottom)
                .filter(|piece| piece.place().top - bottom < 0.9 * self.letter)
                .collect();
            // A stamp on the right does not end the column, a line across does.
            let crosses = |piece: &&Line| {
                piece.place().left < split && split <= piece.place().right
            };
            let left = next.iter().filter(|piece| piece.place().right < split);
            let reach = left.map(|piece| piece.place().bottom).fold(bottom, f64::max);
            if reach <= bottom || next.iter().any(crosses) || reach > limit {
                return bottom;
            }
            bottom = reach;
        }
    }

    /// The footer, if there is a list of recipients with something beside it.
    pub(crate) fn footer(&self, lines: &[Line], body_top: f64) -> Option<Footer> {
        let pieces: Vec<Line> = lines.iter().flat_map(|line| self.pieces(line)).collect();
        let list = pieces.iter().rev().find(|piece| {
            let y = middle(piece);
            // The last page of a paper may hold little but its end.
            let is_low = y > HEADER_PART * self.height || is_recipients_alone(piece);
            y > body_top && is_low && is_recipients(piece)
        })?;
        let list_left = list.place().left;
        let mut top = list.place().top - 0.8 * self.letter;
        let words = |top: f64| {
            let zone = pieces.iter().filter(move |piece| middle(piece) >= top);
            zone.flat_map(|piece| &piece.words)
        };
        // The signer's title may begin a line or two above the list.
        let titles = pieces.iter().filter(|piece| {
            let step = top - middle(piece);
            (0.0..NEXT_LINE * self.letter).contains(&step) && is_mostly_capitals(piece)
        });
        let from = list_left + 8.0 * self.letter;
        let lines = pieces.iter().filter(|piece| middle(piece) >= top).chain(titles);
        // Abbreviations in the list are no signer; a line of its own may be.
        let begins = lines.flat_map(|piece| {
            let apart = piece.place().left > from;
            let before = piece.words.iter().map(Some);
            let before = std::iter::once(None).chain(before);
            piece.words.iter().zip(before).filter_map(move |(word, before)| {
                // `TH, KT, ĐT` in the list are offices.
                let is_first = before.is_none_or(|before| {
                    word.place.left - before.place.right > BEGINS * self.letter
                });
                let is_title = is_first && is_authority(word);
                (is_title || apart && is_signer(word, self.width)).then_some(word)
            })
        });
        let signer = begins.map(|word| word.place.left).filter(|left| *left > from);
        let signer = signer.reduce(f64::min);
        let spans = words(top).map(|word| (word.place.left, word.place.right)).collect();
        let end = signer.unwrap_or(SIGNER_FROM.1 * self.width);
        let end = end.min(SIGNER_FROM.1 * self.width);
        let split = widest_gap(spans, SIGNER_FROM.0 * self.width, end + 1.0)
            .or_else(|| Some(signer? - 0.5 * self.letter))
            .unwrap_or_else(|| list.place().right + self.letter);
        while let Some(title) = pieces.iter().rev().find(|piece| {
            let step = top - middle(piece);
            (0.0..NEXT_LINE * self.letter).contains(&step)
                && piece.place().left > split
                && is_mostly_capitals(piece)
        }) {
            top = title.place().top - 0.2 * self.letter;
        }
        Some(Footer { top, split })
    }

    /// A line cut where its words are a column apart.
    pub(crate) fn pieces(&self, line: &Line) -> Vec<Line> {
        line.pieces(COLUMN_GAP * self.letter)
    }
}

impl Header {
    /// Agency; country and motto; number and subject; place and date.
    pub(crate) fn arrange(&self, lines: Vec<Line>) -> Vec<Line> {
        let (left, right) = columns(lines, self.split);
        let number = left.iter().position(is_number).unwrap_or(left.len());
        let date = right.iter().position(|line| says(line, &DATE)).unwrap_or(right.len());
        let (agency, number) = left.split_at(number);
        let (country, date) = right.split_at(date);
        [agency, country, number, date].concat()
    }
}

impl Footer {
    /// Recipients, then the signer.
    pub(crate) fn arrange(&self, lines: Vec<Line>) -> Vec<Line> {
        let (left, right) = columns(lines, self.split);
        [left, right].concat()
    }
}

/// Lines cut at `split`, each column from top to bottom; what stands at one
/// height in one column becomes one line again.
fn columns(lines: Vec<Line>, split: f64) -> (Vec<Line>, Vec<Line>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        let is_left = |word: &Word| word.place.centre().0 < split;
        let (here, there): (Vec<Word>, Vec<Word>) =
            line.words.iter().cloned().partition(is_left);
        for (words, column) in [(here, &mut left), (there, &mut right)] {
            if !words.is_empty() {
                column.push(Line { words, ..line.clone() });
            }
        }
    }
    (stacked(left), stacked(right))
}

/// One column from top to bottom.
pub(crate) fn stacked(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut stack: Vec<Line> = Vec::new();
    for line in lines {
        match stack.last_mut().filter(|last| share_a_height(last, &line)) {
            Some(last) => {
                last.words.extend(line.words);
                last.words.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
            }
            None => stack.push(line),
        }
    }
    stack
}

/// A piece without what is no word; `None` if nothing is left.
fn said(piece: &Line) -> Option<Line> {
    let is_word = |word: &&Word| word.text.contains(char::is_alphanumeric);
    let words: Vec<Word> = piece.words.iter().filter(is_word).cloned().collect();
    (!words.is_empty()).then(|| Line { words, ..piece.clone() })
}

/// Whether two pieces stand side by side on one line of print.
pub(crate) fn share_a_height(a: &Line, b: &Line) -> bool {
    let (p, q) = (a.place(), b.place());
    let common = p.bottom.min(q.bottom) - p.top.max(q.top);
    let apart = p.right <= q.left || q.right <= p.left;
    apart && common > 0.6 * p.height().min(q.height())
}

/// The middle of the widest strip between `from` and `to` that no span covers.
fn widest_gap(mut spans: Vec<(f64, f64)>, from: f64, to: f64) -> Option<f64> {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut reach, mut best) = (from, None);
    for (left, right) in spans.into_iter().chain([(to, to)]) {
        let gap = left.min(to) - reach;
        if left > reach && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, f64::midpoint(reach, left.min(to))));
        }
        reach = reach.max(right);
        if reach >= to {
            break;
        }
    }
    best.map(|(_, middle)| middle)
}

/// The height at which most of a line's ink lies.
pub(crate) fn middle(line: &Line) -> f64 {
    line.place().centre().1
}
