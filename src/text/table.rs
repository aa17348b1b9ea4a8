//! Tables: read row by row, and each cell whole.
//!
//! A recogniser reads the lines of print across all columns of a table, so a cell
//! of two lines is torn: `Nguyễn Văn 01/02/1990 Xã … / An … Trà Giác`. Where the
//! cells are known, by their rules ([`crate::page`]) or by the white between them
//! ([`unruled`](crate::text::unruled)), rows are read from top to bottom, in a row
//! its cells from left to right, and a cell from its first line to its last. A cell
//! that runs over several rows is read in the first of them. A table whose words
//! come in this order already is left exactly as it came.

use crate::text::columns::{COLUMN_GAP, share_a_height, stacked};
use crate::text::{Line, TextLayer, Word};
use crate::units::Rect;

/// Cells whose tops are this near, in letter heights, are of one row.
const ONE_ROW: f64 = 0.6;
/// Cells that share more than this of a side both ways lie on each other.
const OVERLAP: f64 = 0.25;
/// A word this near to a cell, in its own heights, stands on its rule.
const ON_RULE: f64 = 0.8;

/// How the rows of a table fall to the right: so many pixels down a pixel across.
///
/// Sheets lie a little askew; straightened places of one row are at one height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lean(pub f64);

impl Lean {
    /// A point where it would be on a level page.
    #[must_use]
    pub fn level(self, (x, y): (f64, f64)) -> (f64, f64) {
        (x + self.0 * y, y - self.0 * x)
    }

    /// A place where it would be: as large, its middle moved.
    #[must_use]
    pub fn levelled(self, place: Rect) -> Rect {
        let (x, y) = place.centre();
        let (level_x, level_y) = self.level((x, y));
        Rect {
            left: place.left + level_x - x,
            top: place.top + level_y - y,
            right: place.right + level_x - x,
            bottom: place.bottom + level_y - y,
        }
    }
}

/// A table on a page: where its cells are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// How it leans.
    pub lean: Lean,
    /// Its cells on the page made level, in pixels; none lies on another.
    pub cells: Vec<Rect>,
}

impl Table {
    /// Whether in two of its rows cells stand side by side, and none lies on another.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let common = |a: &Rect, b: &Rect| {
            let across = a.right.min(b.right) - a.left.max(b.left);
            let down = a.bottom.min(b.bottom) - a.top.max(b.top);
            (across / a.width().min(b.width()), down / a.height().min(b.height()))
        };
        let cells = || self.cells.iter().enumerate();
        let others = |at: usize| cells().filter(move |(other, _)| *other != at);
        let beside: Vec<&Rect> = cells()
            .filter(|(at, cell)| others(*at).any(|(_, b)| common(cell, b).1 > 0.5))
            .map(|(_, cell)| cell)
            .collect();
        let overlap = cells().any(|(at, cell)| {
            others(at).any(|(_, other)| {
                let (across, down) = common(cell, other);
                across > OVERLAP && down > OVERLAP
            })
        });
        let last = beside.iter().map(|cell| cell.top).fold(f64::MIN, f64::max);
        let is_above = |cell: &&Rect| cell.bottom < last + 0.5 * cell.height();
        !overlap && beside.iter().copied().any(|cell| is_above(&cell))
    }

    /// Whether a word stands in it.
    #[must_use]
    pub fn holds(&self, word: &Word) -> bool {
        self.cell_of(word).is_some()
    }

    /// The rows: the cells that begin in each, from left to right, by number.
    fn rows(&self, letter: f64) -> Vec<Vec<usize>> {
        let mut by_top: Vec<(usize, &Rect)> = self.cells.iter().enumerate().collect();
        by_top.sort_by(|(_, a), (_, b)| a.top.total_cmp(&b.top));
        let rows = by_top.chunk_by(|(_, a), (_, b)| b.top - a.top < ONE_ROW * letter);
        let from_left = |row: &[(usize, &Rect)]| {
            let mut row = row.to_vec();
            row.sort_by(|(_, a), (_, b)| a.left.total_cmp(&b.left));
            row.into_iter().map(|(at, _)| at).collect()
        };
        rows.map(from_left).collect()
    }

    /// The number of the cell in which a word stands, or of the nearest to one on a
    /// rule; `None` outside the table.
    fn cell_of(&self, word: &Word) -> Option<usize> {
        let (x, y) = self.lean.level(word.place.centre());
        let aside = |cell: &Rect| {
            let across = (cell.left - x).max(x - cell.right).max(0.0);
            let down = (cell.top - y).max(y - cell.bottom).max(0.0);
            across.hypot(down)
        };
        let cells = self.cells.iter().map(aside).enumerate();
        let (at, apart) = cells.min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        (apart <= ON_RULE * word.place.height()).then_some(at)
    }
}

/// Puts the words of each of `tables` in the order of its cells. What is not in a
/// table keeps its place; a table comes where the first of its words did.
pub fn arrange(layer: &mut TextLayer, tables: &[Table]) {
    let Some(letter) = layer.letter_height() else { return };
    for table in tables {
        let lines = std::mem::take(&mut layer.lines);
        layer.lines = arranged(lines, table, letter);
    }
}

/// The lines of a page with those of one table in order.
fn arranged(lines: Vec<Line>, table: &Table, letter: f64) -> Vec<Line> {
    let mut cells: Vec<Vec<Line>> = vec![Vec::new(); table.cells.len()];
    let mut rest: Vec<Line> = Vec::new();
    let mut was: Vec<Rect> = Vec::new();
    let mut at = None;
    for line in &lines {
        let cell_of = |word: &Word| table.cell_of(word);
        for words in line.words.chunk_by(|a, b| cell_of(a) == cell_of(b)) {
            let part = Line { words: words.to_vec(), ..*line };
            let cell = words.first().and_then(cell_of);
            match cell.and_then(|cell| cells.get_mut(cell)) {
                Some(cell) => {
                    at.get_or_insert(rest.len());
                    was.extend(words.iter().map(|word| word.place));
                    cell.push(part);
                }
                None => rest.push(part),
            }
        }
    }
    let Some(at) = at else { return lines };
    let rows = table.rows(letter);
    let ordered: Vec<Line> =
        rows.iter().flat_map(|row| row_lines(row, &mut cells, letter)).collect();
    let is: Vec<Rect> =
        ordered.iter().flat_map(|line| &line.words).map(|word| word.place).collect();
    if is == was {
        return lines;
    }
    let mut behind = rest.split_off(at);
    if let Some(next) = behind.first_mut() {
        next.begins_paragraph = true;
    }
    rest.into_iter().chain(ordered).chain(behind).collect()
}

/// The lines of a row: one, where each of its cells is one line at the same height;
/// or else those of its cells, one cell after the other.
fn row_lines(row: &[usize], cells: &mut [Vec<Line>], letter: f64) -> Vec<Line> {
    let mut take =
        |at: &usize| Some(cell_lines(std::mem::take(cells.get_mut(*at)?), letter));
    let cells: Vec<Vec<Line>> = row.iter().filter_map(&mut take).collect();
    let lines: Vec<Line> = cells.iter().flatten().cloned().collect();
    let mut level = stacked(lines);
    if let [line] = level.as_mut_slice()
        && cells.iter().all(|cell| cell.len() <= 1)
    {
        line.begins_paragraph = true;
        return level;
    }
    let begun = |mut cell: Vec<Line>| {
        for (line, at) in cell.iter_mut().zip(0..) {
            line.begins_paragraph = at == 0;
        }
        cell
    };
    cells.into_iter().flat_map(begun).collect()
}

/// The lines of a cell, what stands at one height made one; in the order they came
/// where they are columns, as in a frame around a whole page.
fn cell_lines(parts: Vec<Line>, letter: f64) -> Vec<Line> {
    let apart = |a: &Line, b: &Line| {
        let (a, b) = (a.place(), b.place());
        (b.left - a.right).max(a.left - b.right)
    };
    let has_columns = parts.iter().enumerate().any(|(at, one)| {
        parts.iter().skip(at + 1).any(|other| {
            share_a_height(one, other) && apart(one, other) > COLUMN_GAP * letter
        })
    });
    if has_columns { parts } else { stacked(parts) }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A line at height `y`: words from each `x` on, 12 pixels a letter, 24 high.
    pub(crate) fn line(y: f64, parts: &[(f64, &str)]) -> Line {
        let mut words = Vec::new();
        for &(x, text) in parts {
            let mut left = x;
            for part in text.split(' ') {
                let right = left + 12.0 * part.chars().count() as f64;
                let place = Rect { left, top: y, right, bottom: y + 24.0 };
                words.push(Word::new(part.to_owned(), place, 95.0));
                left = right + 8.0;
            }
        }
        Line { words, ..Line::default() }
    }

    /// Cells between the rules at `xs` and `ys`.
    fn grid(xs: &[f64], ys: &[f64]) -> Vec<Rect> {
        let rows = ys.windows(2).flat_map(|y| {
            xs.windows(2).map(|x| Rect {
                left: x[0],
                top: y[0],
                right: x[1],
                bottom: y[1],
            })
        });
        rows.collect()
    }

    fn read(lines: Vec<Line>, cells: Vec<Rect>) -> Vec<String> {
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        let table = Table { lean: Lean::default(), cells };
        arrange(&mut layer, &[table]);
        layer.lines.iter().map(Line::text).collect()
    }

    #[test]
    fn a_cell_of_two_lines_is_read_whole_and_what_is_around_the_table_stays() {
        let lines = vec![
            line(40.0, &[(100.0, "Danh sách kèm theo")]),
            line(110.0, &[(110.0, "STT"), (200.0, "Họ và tên"), (400.0, "Nơi ở")]),
            line(150.0, &[(110.0, "1"), (200.0, "Nguyễn"), (400.0, "Thôn Nước Nhóc")]),
            line(180.0, &[(200.0, "Văn An"), (400.0, "xã Trà Giác")]),
            line(220.0, &[(110.0, "2"), (200.0, "Hồ Là"), (400.0, "Thôn Ba")]),
            line(300.0, &[(100.0, "Danh sách này niêm yết")]),
        ];
        let cells = grid(&[100.0, 180.0, 380.0, 700.0], &[100.0, 140.0, 210.0, 250.0]);
        assert_eq!(
            read(lines, cells),
            [
                "Danh sách kèm theo",
                "STT Họ và tên Nơi ở",
                "1",
                "Nguyễn",
                "Văn An",
                "Thôn Nước Nhóc",
                "xã Trà Giác",
                "2 Hồ Là Thôn Ba",
                "Danh sách này niêm yết",
            ]
        );
    }

    #[test]
    fn a_table_of_single_lines_is_left_as_it_came() {
        let mut lines = vec![
            line(110.0, &[(110.0, "STT"), (200.0, "Họ và tên")]),
            line(150.0, &[(110.0, "1"), (200.0, "Nguyễn Văn An")]),
        ];
        lines[0].begins_paragraph = true;
        lines[1].baseline = (110.0, 170.0, 400.0, 171.0);
        let mut layer = TextLayer { lines, ..TextLayer::default() };
        let before = layer.clone();
        let cells = grid(&[100.0, 180.0, 480.0], &[100.0, 140.0, 180.0]);
        arrange(&mut layer, &[Table { lean: Lean::default(), cells }]);
        assert_eq!(layer, before);
    }

    #[test]
    fn columns_read_one_by_one_become_rows_and_a_cell_of_two_rows_leads_them() {
        let lines = vec![
            line(125.0, &[(110.0, "STT")]),
            line(180.0, &[(110.0, "1")]),
            line(110.0, &[(260.0, "Ngày sinh")]),
            line(145.0, &[(210.0, "Nam"), (310.0, "Nữ")]),
            line(180.0, &[(310.0, "1991")]),
        ];
        let cell = |left, top, right, bottom| Rect { left, top, right, bottom };
        let cells = vec![
            cell(100.0, 100.0, 200.0, 170.0),
            cell(200.0, 100.0, 400.0, 135.0),
            cell(200.0, 135.0, 300.0, 170.0),
            cell(300.0, 135.0, 400.0, 170.0),
            cell(100.0, 170.0, 200.0, 210.0),
            cell(200.0, 170.0, 300.0, 210.0),
            cell(300.0, 170.0, 400.0, 210.0),
        ];
        assert_eq!(read(lines, cells), ["STT", "Ngày sinh", "Nam Nữ", "1 1991"]);
    }

    #[test]
    fn columns_in_a_large_cell_stay_and_what_is_beside_the_table_is_not_of_it() {
        let lines = vec![
            line(110.0, &[(120.0, "cột trái")]),
            line(150.0, &[(120.0, "dòng hai")]),
            line(110.0, &[(520.0, "cột phải")]),
            line(150.0, &[(520.0, "dòng ba")]),
            line(250.0, &[(120.0, "cuối")]),
            line(300.0, &[(520.0, "ngoài bảng")]),
            line(210.0, &[(120.0, "dưới"), (520.0, "bên")]),
        ];
        let mut cells = grid(&[100.0, 800.0], &[100.0, 200.0]);
        cells.extend(grid(&[100.0, 400.0, 800.0], &[200.0, 240.0]));
        cells.extend(grid(&[100.0, 400.0], &[240.0, 320.0]));
        assert_eq!(
            read(lines, cells),
            [
                "cột trái",
                "dòng hai",
                "cột phải",
                "dòng ba",
                "dưới bên",
                "cuối",
                "ngoài bảng",
            ]
        );
    }

    #[test]
    fn rows_that_fall_to_the_right_are_rows() {
        let lean = Lean(0.012);
        let cells = grid(&[100.0, 800.0, 1500.0], &[100.0, 140.0, 180.0]);
        let mut layer = TextLayer::default();
        let mut words = [(120.0, 110.0, "một"), (820.0, 110.0, "hai")].to_vec();
        words.extend([(120.0, 150.0, "ba"), (1400.0, 150.0, "bốn")]);
        for (x, y, text) in words.into_iter().rev() {
            layer.lines.push(line(y + lean.0 * x, &[(x, text)]));
        }
        arrange(&mut layer, &[Table { lean, cells }]);
        let text: Vec<String> = layer.words().map(|word| word.text.clone()).collect();
        assert_eq!(text, ["một", "hai", "ba", "bốn"]);
    }
}
