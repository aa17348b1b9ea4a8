//! A table that fits the terminal.
//!
//! Columns are measured as they are displayed, not in bytes or letters, because
//! a Vietnamese name may come decomposed (NFD) from another system. The last
//! column takes the room that is left and wraps; notes wrap below their row.

use console::measure_text_width;

use crate::cli::ui::{Tone, harmless};

/// Columns between two columns.
const GAP: usize = 2;
/// Room the last column gets even on a narrow terminal.
const LEAST_LAST: usize = 16;
/// How far a note stands in.
const INDENT: usize = 4;

/// On which side the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A cell and what its colour means.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A cell that cannot drive the terminal.
    pub(crate) fn new(text: &str, tone: Tone) -> Self {
        Self { text: harmless(text), tone }
    }

    /// A cell without colour.
    pub(crate) fn plain(text: &str) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// A row: a cell for each column, and what is said about it below.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// One for each column.
    pub(crate) cells: Vec<Cell>,
    /// Paragraphs below the row.
    pub(crate) notes: Vec<String>,
}

/// Lays the rows out in at most `width` columns, under headings.
pub(crate) fn lay_out(
    headings: &[(String, Side)],
    rows: &[Row],
    width: usize,
    paint: impl Fn(&str, Tone) -> String,
) -> String {
    let widths = widths(headings, rows, width);
    let sides: Vec<_> = headings.iter().map(|(_, side)| *side).collect();
    let cells: Vec<_> =
        headings.iter().map(|(text, _)| Cell::new(text, Tone::Strong)).collect();
    let mut lines = line(&cells, &sides, &widths, &paint);
    for row in rows {
        lines.extend(line(&row.cells, &sides, &widths, &paint));
        for note in &row.notes {
            let room = width.saturating_sub(INDENT + 2);
            for (part, text) in wrap(&harmless(note), room).into_iter().enumerate() {
                let bullet = if part == 0 { "→ " } else { "  " };
                lines.push(format!("{:INDENT$}{bullet}{text}", ""));
            }
        }
    }
    lines.join("\n")
}

/// The width of each column: its widest cell, and what is left for the last.
fn widths(headings: &[(String, Side)], rows: &[Row], width: usize) -> Vec<usize> {
    let mut widths: Vec<_> =
        headings.iter().map(|(text, _)| measure_text_width(text)).collect();
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(&row.cells) {
            *widest = measure_text_width(&cell.text).max(*widest);
        }
    }
    if let Some((last, others)) = widths.split_last_mut() {
        let taken: usize = others.iter().map(|column| column + GAP).sum();
        *last = width.saturating_sub(taken).max(LEAST_LAST);
    }
    widths
}

/// One row as lines: the first holds every cell, the others what the last wraps.
fn line(
    cells: &[Cell],
    sides: &[Side],
    widths: &[usize],
    paint: &impl Fn(&str, Tone) -> String,
) -> Vec<String> {
    let Some((last, others)) = cells.split_last() else { return Vec::new() };
    let mut first = String::new();
    for ((cell, side), width) in others.iter().zip(sides).zip(widths) {
        let pad = " ".repeat(width.saturating_sub(measure_text_width(&cell.text)));
        let text = paint(&cell.text, cell.tone);
        match side {
            Side::Left => first.extend([text, pad]),
            Side::Right => first.extend([pad, text]),
        }
        first.push_str(&" ".repeat(GAP));
    }
    let indent: usize = widths.iter().take(others.len()).map(|column| column + GAP).sum();
    let room = widths.last().copied().unwrap_or(LEAST_LAST);
    let mut parts = wrap(&last.text, room).into_iter();
    first.push_str(&paint(&parts.next().unwrap_or_default(), last.tone));
    let mut lines = vec![first.trim_end().to_owned()];
    lines.extend(parts.map(|part| format!("{:indent$}{}", "", paint(&part, last.tone))));
    lines
}

/// Breaks `text` into lines of at most `width` columns, between words; a word
/// that is longer breaks after a mark of its own, or where it must.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines =
        Lines { width: width.max(1), done: Vec::new(), current: String::new() };
    for word in text.split_inclusive(' ') {
        if lines.take(word) {
            continue;
        }
        for part in word.split_inclusive(['/', '-', '_', '.']) {
            if !lines.take(part) {
                part.chars().for_each(|letter| lines.force(letter));
            }
        }
    }
    let rest = lines.current.trim_end();
    if !rest.is_empty() || lines.done.is_empty() {
        lines.done.push(rest.to_owned());
    }
    lines.done
}

/// Lines being filled.
struct Lines {
    width: usize,
    done: Vec<String>,
    current: String,
}

impl Lines {
    /// Adds a piece to this line or the next; refuses one that fits no line.
    fn take(&mut self, piece: &str) -> bool {
        let wide = measure_text_width(piece.trim_end());
        if wide > self.width {
            return false;
        }
        if measure_text_width(&self.current) + wide > self.width {
            self.end();
        }
        self.current.push_str(piece);
        true
    }

    /// Adds a letter to this line or the next.
    fn force(&mut self, letter: char) {
        let wide = measure_text_width(letter.encode_utf8(&mut [0; 4]));
        if measure_text_width(&self.current) + wide > self.width {
            self.end();
        }
        self.current.push(letter);
    }

    /// Ends this line, if anything is on it.
    fn end(&mut self) {
        if !self.current.is_empty() {
            self.done.push(self.current.trim_end().to_owned());
            self.current.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_names_line_up() {
        let row = |name: &str| Row {
            cells: vec![Cell::plain(name), Cell::plain("x")],
            notes: vec![],
        };
        let headings = [("Hồ sơ".to_owned(), Side::Left), ("Tệp".to_owned(), Side::Left)];
        let text = lay_out(
            &headings,
            &[row("đơn đề nghị"), row("đơn đe\u{302}\u{300} nghi\u{323}")],
            40,
            |text, _| text.to_owned(),
        );
        assert!(
            text.lines().skip(1).all(|line| measure_text_width(line) == 14),
            "{text}"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let row = Row {
            cells: vec![Cell::plain("12"), Cell::plain(&"rat-dai_".repeat(20))],
            notes: vec!["không đọc được chữ ".repeat(9)],
        };
        let headings = [("#".to_owned(), Side::Right), ("Tệp".to_owned(), Side::Left)];
        let text = lay_out(&headings, &[row], 40, |text, _| text.to_owned());
        assert!(text.lines().all(|line| measure_text_width(line) <= 40), "{text}");
    }

    #[test]
    fn words_break_at_spaces_and_names_where_they_must() {
        assert_eq!(wrap("một hai ba", 7), ["một hai", "ba"]);
        assert_eq!(wrap("may-quet/don.tif", 10), ["may-quet/", "don.tif"]);
        assert_eq!(wrap("thêm --max-pixels", 14), ["thêm", "--max-pixels"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
    }
}
