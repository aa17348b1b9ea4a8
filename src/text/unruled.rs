//! Tables without rules: cells between strips of white.
//!
//! Only what can be nothing else is taken for a table: at least three columns with
//! white between them from the first line to the last, and rows whose beginning is
//! seen, either numbered one after the other in the first column, or each of them
//! farther from the one above than lines of a row are. In every row all cells begin
//! on its first line. Columns of a newspaper, forms and signatures side by side are
//! none.

use crate::text::columns::{COLUMN_GAP, middle, share_a_height};
use crate::text::table::{Lean, Table};
use crate::text::{Line, TextLayer, Word};
use crate::units::Rect;

/// The white between two columns is so wide at least, in letter heights.
const STRIP: f64 = 1.0;
/// A table has so many columns…
const FEWEST_COLUMNS: usize = 3;
/// …and rows below its head.
const FEWEST_ROWS: usize = 3;
/// Lines farther apart than this, in letter heights, are not of one table.
const NEXT: f64 = 4.5;
/// How much farther the first line of a row is from the line above it than other
/// lines are.
const WIDER: f64 = 1.2;
/// Baselines shorter than this many letter heights say nothing about how a page leans.
const LEANS: f64 = 8.0;
/// The most lines of a page that are looked at.
const MOST_LINES: usize = 1000;

/// The tables without rules on a page, from the top; none in those that are `ruled`.
#[must_use]
pub fn tables(layer: &TextLayer, ruled: &[Table]) -> Vec<Table> {
    let Some(letter) = layer.letter_height() else { return Vec::new() };
    let lean = lean(layer, letter);
    let is_ruled = |piece: &Line| {
        piece.words.iter().any(|word| ruled.iter().any(|table| table.holds(word)))
    };
    let pieces = layer.lines.iter().flat_map(|line| line.pieces(COLUMN_GAP * letter));
    let lines = print_lines(pieces.filter(|piece| !is_ruled(piece)), lean);
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len().min(MOST_LINES) {
        let band = Band::from(lines.get(at..).unwrap_or_default(), letter);
        match band.as_ref().and_then(|band| band.cells(letter)) {
            Some(cells) => tables.push(Table { lean, cells }),
            None => {
                at += 1;
                continue;
            }
        }
        at += band.map_or(1, |band| band.lines.len().max(1));
    }
    tables
}

/// How lines of print lean: the middle of what their baselines say.
fn lean(layer: &TextLayer, letter: f64) -> Lean {
    let slopes = layer.lines.iter().filter_map(|line| {
        let (x1, y1, x2, y2) = line.baseline;
        (x2 - x1 > LEANS * letter).then(|| (y2 - y1) / (x2 - x1))
    });
    let mut slopes: Vec<f64> = slopes.collect();
    slopes.sort_by(f64::total_cmp);
    Lean(slopes.get(slopes.len() / 2).copied().unwrap_or(0.0))
}

/// Pieces of lines at one height of the page made level, from left to right; the
/// heights from the top.
fn print_lines(pieces: impl Iterator<Item = Line>, lean: Lean) -> Vec<Vec<Line>> {
    let levelled = |word: &Word| Word {
        place: lean.levelled(word.place),
        ..Word::new(word.text.clone(), word.place, word.confidence)
    };
    let level = |piece: Line| Line {
        words: piece.words.iter().map(levelled).collect(),
        ..Line::default()
    };
    let mut pieces: Vec<Line> = pieces.map(level).collect();
    pieces.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut lines: Vec<Vec<Line>> = Vec::new();
    for piece in pieces {
        let fits = |line: &&mut Vec<Line>| {
            line.iter().all(|other| share_a_height(other, &piece))
        };
        match lines.last_mut().filter(fits) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    for line in &mut lines {
        line.sort_by(|a, b| a.place().left.total_cmp(&b.place().left));
    }
    lines
}

/// Lines of print one below the other with strips of white through all of them.
struct Band<'a> {
    lines: &'a [Vec<Line>],
    /// From where to where each strip runs.
    strips: Vec<(f64, f64)>,
}

impl<'a> Band<'a> {
    /// The lines from the first on that leave its strips white.
    fn from(lines: &'a [Vec<Line>], letter: f64) -> Option<Self> {
        let first = lines.first().filter(|line| line.len() >= FEWEST_COLUMNS)?;
        let mut strips: Vec<(f64, f64)> = first
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some((a.place().right, b.place().left)),
                _ => None,
            })
            .collect();
        let mut count = 1;
        for pair in lines.windows(2) {
            let [above, line] = pair else { break };
            if height(line) - height(above) > NEXT * letter {
                break;
            }
            let left: Option<Vec<_>> =
                strips.iter().map(|strip| narrowed(*strip, line, letter)).collect();
            let Some(left) = left else { break };
            strips = left;
            count += 1;
        }
        let mut band = Self { lines: lines.get(..count)?, strips };
        band.without_empty();
        (band.strips.len() + 1 >= FEWEST_COLUMNS).then_some(band)
    }

    /// Makes a column of which nothing was read below its head one with the next, as
    /// happens to numbers of one digit.
    fn without_empty(&mut self) {
        let body = self.lines.get(1..).unwrap_or_default();
        let columns: Vec<Vec<Vec<&Line>>> =
            body.iter().map(|line| self.parted(line)).collect();
        let is_empty =
            |at: usize| columns.iter().all(|line| line.get(at).is_none_or(Vec::is_empty));
        let kept: Vec<(f64, f64)> = self
            .strips
            .iter()
            .enumerate()
            .filter(|(at, _)| !is_empty(*at))
            .map(|(_, strip)| *strip)
            .collect();
        self.strips = kept;
    }

    /// Its cells, if its rows are seen.
    fn cells(&self, letter: f64) -> Option<Vec<Rect>> {
        let cells: Vec<Vec<Vec<&Line>>> =
            self.lines.iter().map(|line| self.parted(line)).collect();
        let begins = self.numbered(&cells).or_else(|| self.spaced(&cells))?;
        let ends = begins.iter().skip(1).copied().chain([cells.len()]);
        let rows: Vec<(usize, usize)> = begins.iter().copied().zip(ends).collect();
        let body = rows.iter().skip(1);
        let is_level = |&(from, to): &(usize, usize)| begins_level(&cells, from, to);
        if body.clone().count() < FEWEST_ROWS || !body.clone().all(is_level) {
            return None;
        }
        // Where no cell has a second line there is nothing to put in order.
        if !rows.iter().any(|(from, to)| to - from > 1) {
            return None;
        }
        let edges = self.edges(letter);
        // Rows meet halfway between the last line of one and the first of the next.
        let meets = rows.iter().skip(1).filter_map(|(at, _)| {
            let above = self.lines.get(at.checked_sub(1)?)?;
            Some(f64::midpoint(height(above), height(self.lines.get(*at)?)))
        });
        let ends = [self.lines.first()?, self.lines.last()?].map(|line| height(line));
        let heights: Vec<f64> = [ends[0] - letter]
            .into_iter()
            .chain(meets)
            .chain([ends[1] + letter])
            .collect();
        let cells = heights.windows(2).flat_map(|y| {
            edges.windows(2).filter_map(move |x| match (x, y) {
                (&[left, right], &[top, bottom]) => {
                    Some(Rect { left, top, right, bottom })
                }
                _ => None,
            })
        });
        Some(cells.collect())
    }

    /// The pieces of a line in each column.
    fn parted<'l>(&self, line: &'l [Line]) -> Vec<Vec<&'l Line>> {
        let mut columns = vec![Vec::new(); self.strips.len() + 1];
        for piece in line {
            let (x, _) = piece.place().centre();
            let at = self.strips.iter().filter(|(from, _)| *from < x).count();
            if let Some(column) = columns.get_mut(at) {
                column.push(piece);
            }
        }
        columns
    }

    /// Where rows begin, the head first, if the first column numbers them.
    fn numbered(&self, cells: &[Vec<Vec<&Line>>]) -> Option<Vec<usize>> {
        let read = cells
            .iter()
            .zip(0..)
            .filter_map(|(line, at)| Some((at, number(line.first()?)?)));
        let first = with_missed(read.collect(), cells);
        let (head, one) = *first.first()?;
        let counts = first.iter().zip(one..).all(|((_, is), want)| *is == want);
        // Nothing else stands in the column, below the head.
        let others = cells.iter().skip(head).filter(|line| {
            line.first().is_some_and(|cell| !cell.is_empty() && number(cell).is_none())
        });
        if !counts || one != 1 || head == 0 || others.count() > 0 {
            return None;
        }
        let begins: Vec<usize> =
            [0].into_iter().chain(first.into_iter().map(|(at, _)| at)).collect();
        // Numbers may stand in the middle of their rows. They do not where the first
        // follows its head at once and its row goes on below.
        let is_first = head == 1 && begins.get(2).is_some_and(|second| *second > 2);
        (is_first || self.are_apart(&begins)).then_some(begins)
    }

    /// Where rows begin, the head first, if each is full and set off from the one
    /// above.
    fn spaced(&self, cells: &[Vec<Vec<&Line>>]) -> Option<Vec<usize>> {
        let is_full = |line: &Vec<Vec<&Line>>| line.iter().all(|cell| !cell.is_empty());
        let full = cells.iter().zip(0..).skip(1).filter(|(line, _)| is_full(line));
        let begins: Vec<usize> = [0].into_iter().chain(full.map(|(_, at)| at)).collect();
        self.are_apart(&begins).then_some(begins)
    }

    /// Whether lines that begin rows are farther from those above than others are.
    fn are_apart(&self, begins: &[usize]) -> bool {
        let (mut least, mut most) = (f64::MAX, 0.0_f64);
        for (pair, at) in self.lines.windows(2).zip(1..) {
            let [above, line] = pair else { continue };
            let step = height(line) - height(above);
            if begins.contains(&at) {
                least = least.min(step);
            } else {
                most = most.max(step);
            }
        }
        most > 0.0 && least >= WIDER * most
    }

    /// The sides of the columns.
    fn edges(&self, letter: f64) -> Vec<f64> {
        let places = self.lines.iter().flatten().map(Line::place);
        let whole = places.reduce(Rect::union).unwrap_or_default();
        let middles = self.strips.iter().map(|(from, to)| f64::midpoint(*from, *to));
        [whole.left - 0.2 * letter]
            .into_iter()
            .chain(middles)
            .chain([whole.right + 0.2 * letter])
            .collect()
    }
}

/// Numbers of rows, and one that was not read between two that were: its row is the
/// one line there that is full but for it. Recognisers take such a number for a speck.
fn with_missed(read: Vec<(usize, u32)>, cells: &[Vec<Vec<&Line>>]) -> Vec<(usize, u32)> {
    let is_full = |at: &usize| {
        cells.get(*at).is_some_and(|line| {
            line.first().is_some_and(Vec::is_empty)
                && line.iter().skip(1).all(|cell| !cell.is_empty())
        })
    };
    let mut numbers: Vec<(usize, u32)> = Vec::with_capacity(read.len());
    for (at, number) in read {
        if let Some((before, last)) = numbers.last().copied()
            && number.checked_sub(last) == Some(2)
        {
            let mut full = (before + 1..at).filter(is_full);
            if let (Some(missed), None) = (full.next(), full.next()) {
                numbers.push((missed, last + 1));
            }
        }
        numbers.push((at, number));
    }
    numbers
}

/// Whether all cells of the row of lines `from` to `to` begin on its first.
fn begins_level(cells: &[Vec<Vec<&Line>>], from: usize, to: usize) -> bool {
    let Some(first) = cells.get(from) else { return false };
    let filled = first.iter().filter(|cell| !cell.is_empty()).count();
    let is_late = |at: usize| {
        let later = cells.get(from + 1..to).unwrap_or_default().iter();
        later.filter_map(|line| line.get(at)).any(|cell| !cell.is_empty())
    };
    let mut empty =
        (0..first.len()).filter(|at| first.get(*at).is_some_and(Vec::is_empty));
    filled * 2 > first.len() && !empty.any(is_late)
}

/// The number that a cell is, and nothing else.
fn number(cell: &[&Line]) -> Option<u32> {
    let [piece] = cell else { return None };
    let [word] = piece.words.as_slice() else { return None };
    word.text.trim_end_matches(['.', ')']).parse().ok().filter(|number| *number < 10_000)
}

/// What a line leaves white of a strip, if it is wide enough.
fn narrowed((from, to): (f64, f64), line: &[Line], letter: f64) -> Option<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = line
        .iter()
        .flat_map(|piece| &piece.words)
        .map(|word| (word.place.left, word.place.right))
        .filter(|(left, right)| *right > from && *left < to)
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut reach, mut best) = (from, (from, from));
    for (left, right) in spans.into_iter().chain([(to, to)]) {
        if left - reach > best.1 - best.0 {
            best = (reach, left);
        }
        reach = reach.max(right);
    }
    (best.1 - best.0 >= STRIP * letter).then_some(best)
}

/// The height at which a line of print stands.
fn height(line: &[Line]) -> f64 {
    let middles = line.iter().map(middle);
    let (sum, count) = middles.fold((0.0, 0.0), |(sum, count), y| (sum + y, count + 1.0));
    sum / f64::max(count, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table::arrange;
    use crate::text::table::tests::line;

    fn read(lines: Vec<Line>) -> (usize, Vec<String>) {
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        let tables = tables(&layer, &[]);
        arrange(&mut layer, &tables);
        (tables.len(), layer.lines.iter().map(Line::text).collect())
    }

    const X: [f64; 3] = [100.0, 220.0, 560.0];

    fn roster() -> Vec<Line> {
        vec![
            line(
                40.0,
                &[(100.0, "Người trực có mặt từ sáng và bàn giao sổ trực cho ca sau")],
            ),
            line(100.0, &[(X[0], "STT"), (X[1], "Họ và tên"), (X[2], "Nhiệm vụ")]),
            line(140.0, &[(X[0], "1"), (X[1], "Phan Thị"), (X[2], "Nhận công văn")]),
            line(168.0, &[(X[1], "Hồng"), (X[2], "hỏa tốc")]),
            line(208.0, &[(X[0], "2"), (X[1], "Lê Bá Tùng"), (X[2], "Khóa cổng")]),
            line(248.0, &[(X[0], "3"), (X[1], "Võ Ngân"), (X[2], "Trực y tế")]),
            line(276.0, &[(X[2], "ban đêm")]),
            line(
                340.0,
                &[(100.0, "Ai đổi ca phải báo trước một ngày cho văn phòng cơ quan")],
            ),
        ]
    }

    #[test]
    fn numbered_rows_are_read_cell_by_cell() {
        let (count, text) = read(roster());
        assert_eq!(count, 1);
        assert_eq!(
            text,
            [
                "Người trực có mặt từ sáng và bàn giao sổ trực cho ca sau",
                "STT Họ và tên Nhiệm vụ",
                "1",
                "Phan Thị",
                "Hồng",
                "Nhận công văn",
                "hỏa tốc",
                "2 Lê Bá Tùng Khóa cổng",
                "3",
                "Võ Ngân",
                "Trực y tế",
                "ban đêm",
                "Ai đổi ca phải báo trước một ngày cho văn phòng cơ quan",
            ]
        );
    }

    #[test]
    fn a_number_that_was_not_read_makes_no_two_rows_one() {
        let mut lines = roster();
        for line in &mut lines {
            line.words.retain(|word| word.text != "2");
        }
        // Of two full lines either may begin the row.
        assert_eq!(read(lines.clone()).0, 0);
        for line in &mut lines {
            line.words.retain(|word| word.text != "Hồng");
        }
        assert_eq!(read(lines).0, 1);
    }

    #[test]
    fn rows_without_numbers_need_white_between_them() {
        let mut lines = roster();
        for line in &mut lines {
            if let Some(first) = line.words.first_mut()
                && first.text.parse::<u32>().is_ok()
            {
                first.text = "ca".to_owned();
            }
        }
        assert_eq!(read(lines.clone()).0, 1);
        // Set closely, who can say where a row begins?
        for (line, at) in lines.iter_mut().skip(1).take(6).zip(0_u32..) {
            let y = 100.0 + 28.0 * f64::from(at);
            for word in &mut line.words {
                word.place = Rect { top: y, bottom: y + 24.0, ..word.place };
            }
        }
        assert_eq!(read(lines).0, 0);
    }

    #[test]
    fn rows_whose_numbers_were_not_read_are_seen_by_their_white() {
        let mut lines = roster();
        let unread = |word: &Word| word.text.parse::<u32>().is_err();
        lines.iter_mut().for_each(|line| line.words.retain(unread));
        for (at, text) in [(1, "Điện thoại"), (2, "0905"), (4, "0913"), (5, "0988")]
        {
            let y = lines[at].place().top;
            lines[at].words.extend(line(y, &[(800.0, text)]).words);
        }
        let (count, text) = read(lines);
        assert_eq!((count, text[2].as_str(), text[3].as_str()), (1, "Phan Thị", "Hồng"));
    }

    #[test]
    fn columns_of_a_newspaper_and_cells_set_in_the_middle_are_none() {
        let news: Vec<Line> = (0..8_u32)
            .map(|at| {
                let y = 100.0 + 30.0 * f64::from(at);
                line(
                    y,
                    &[(100.0, "dòng của cột"), (400.0, "dòng bên"), (700.0, "cột ba")],
                )
            })
            .collect();
        assert_eq!(read(news).0, 0);
        // The number stands beside the second of three lines.
        let mut lines = roster();
        let number = lines[2].words.remove(0);
        let Rect { top, bottom, .. } = lines[3].words[0].place;
        let place = Rect { top, bottom, ..number.place };
        lines[3].words.insert(0, Word { place, ..number });
        assert_eq!(read(lines).0, 0);
    }
}
