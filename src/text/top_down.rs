//! From top to bottom: what stands over other text is read before it.
//!
//! Recognisers find blocks of text and put them in an order of their own; a line
//! under three columns may come before the last of them, and a headline behind
//! the first. What is beside each other keeps the order it came in: only who sees
//! the page as a whole knows whether columns or rows are meant.

use crate::text::Line;
use crate::units::Rect;

/// Lines in the order they came, but none behind one that stands below it in
/// its own column, and headlines before the columns they stand over.
pub(crate) fn top_down(lines: Vec<Line>, letter: f64) -> Vec<Line> {
    let places: Vec<Rect> = lines.iter().map(Line::place).collect();
    let mut rest: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
    let mut take = |at: usize| Some((*places.get(at)?, rest.get_mut(at)?.take()?));
    let mut ordered: Vec<(Rect, Line)> =
        headlines(&places, letter).into_iter().filter_map(&mut take).collect();
    let first = ordered.len();
    for (place, line) in (0..places.len()).filter_map(&mut take) {
        let is_over = |(there, _): &(Rect, Line)| {
            let common = place.right.min(there.right) - place.left.max(there.left);
            let narrower = place.width().min(there.width());
            place.bottom <= there.top + 0.3 * letter && common > 0.3 * narrower
        };
        let behind = ordered.get(first..).unwrap_or_default();
        let at = behind.iter().position(is_over).map_or(ordered.len(), |at| first + at);
        ordered.insert(at, (place, line));
    }
    ordered.into_iter().map(|(_, line)| line).collect()
}

/// The numbers of the lines at the top that have all their height to themselves,
/// from top to bottom.
fn headlines(places: &[Rect], letter: f64) -> Vec<usize> {
    let mut by_top: Vec<(usize, &Rect)> = places.iter().enumerate().collect();
    by_top.sort_by(|(_, a), (_, b)| a.top.total_cmp(&b.top));
    let alone = by_top.windows(2).map_while(|pair| match pair {
        [(at, head), (_, next)] => {
            (head.bottom + HEADLINE * letter <= next.top).then_some(*at)
        }
        _ => None,
    });
    alone.collect()
}

/// A headline stands off what is below it by so many letter heights.
const HEADLINE: f64 = 0.4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Word;

    /// A line from `left` on at height `y`, 20 pixels a letter, 40 high.
    fn line(y: f64, left: f64, text: &str) -> Line {
        let mut left = left;
        let words = text.split(' ').map(|text| {
            let right = left + 20.0 * text.chars().count() as f64;
            let place = Rect { left, top: y, right, bottom: y + 40.0 };
            left = right + 15.0;
            Word::new(text.to_owned(), place, 95.0)
        });
        Line { words: words.collect(), ..Line::default() }
    }

    fn ordered(lines: Vec<Line>) -> Vec<String> {
        top_down(lines, 40.0).iter().map(Line::text).collect()
    }

    #[test]
    fn a_newspaper_is_read_headline_first_then_column_by_column() {
        // As a recogniser gave it: the headline behind the first column, the last
        // column behind the line under all three.
        let read = vec![
            line(300.0, 100.0, "Mở lớp bơi"),
            line(350.0, 100.0, "cho trẻ em"),
            line(200.0, 600.0, "TIN TRONG TUẦN"),
            line(300.0, 650.0, "Thả rùa"),
            line(350.0, 650.0, "về biển"),
            line(500.0, 200.0, "Tin bài của bạn đọc xin gửi về trước thứ Năm hằng tuần"),
            line(300.0, 1150.0, "Sửa đập"),
            line(350.0, 1150.0, "xong sớm"),
        ];
        assert_eq!(
            ordered(read),
            [
                "TIN TRONG TUẦN",
                "Mở lớp bơi",
                "cho trẻ em",
                "Thả rùa",
                "về biển",
                "Sửa đập",
                "xong sớm",
                "Tin bài của bạn đọc xin gửi về trước thứ Năm hằng tuần",
            ]
        );
    }

    #[test]
    fn columns_beside_each_other_stay_as_they_came() {
        let read = [
            line(100.0, 800.0, "cột phải"),
            line(150.0, 800.0, "dòng hai"),
            line(100.0, 100.0, "cột trái"),
            line(150.0, 100.0, "dòng hai"),
        ];
        let before: Vec<String> = read.iter().map(Line::text).collect();
        assert_eq!(ordered(read.to_vec()), before);
    }
}
