//! Ruled tables: the cells between rules.
//!
//! Drawn anew without their worn spots, the rules of a page part it like walls; what
//! is walled in is a cell, however many columns or rows it takes.

use crate::page::ink::{Ink, float, whole};
use crate::page::rules::{MEET, Rules};
use crate::page::trace::Rule;
use crate::text::table::{Lean, Table};
use crate::units::Rect;

/// The least a cell measures, in millimetres.
const CELL: f64 = 2.5;
/// Cells are of one table if a rule this wide parts them, in millimetres.
const PART: f64 = 1.6;
/// A table has so many cells at least.
const FEWEST: usize = 4;
/// The most cells that are looked at.
const MOST_CELLS: usize = 4000;

/// The ruled tables of a page, from the top, in pixels of the picture whose ink is
/// `ink`.
pub(crate) fn tables(ink: &Ink) -> Vec<Table> {
    let Some(rules) = Rules::of(ink) else { return Vec::new() };
    let cells = walled(&rules, ink);
    let scale = f64::from(ink.factor);
    let mut tables: Vec<Table> = grouped(cells, PART * ink.per_mm)
        .into_iter()
        .filter(|cells| cells.len() >= FEWEST)
        .map(|cells| Table {
            lean: rules.lean,
            cells: cells.into_iter().map(|cell| scaled(cell, scale)).collect(),
        })
        .filter(Table::is_sound)
        .collect();
    let top =
        |table: &Table| table.cells.iter().map(|cell| cell.top).fold(f64::MAX, f64::min);
    tables.sort_by(|a, b| top(a).total_cmp(&top(b)));
    tables
}

/// What the rules wall in, on the page made level, in points.
fn walled(rules: &Rules, ink: &Ink) -> Vec<Rect> {
    let walls = walls(rules, ink);
    let least = CELL * ink.per_mm;
    let rooms = rooms(&walls, ink.width, rules.lean);
    let is_cell = |room: &Rect| room.width() >= least && room.height() >= least;
    rooms.into_iter().filter(is_cell).take(MOST_CELLS).collect()
}

/// The points of the page on which there is a rule.
fn walls(rules: &Rules, ink: &Ink) -> Vec<bool> {
    let mut walls = vec![false; ink.width * ink.height];
    let mut set = |x: usize, y: usize| {
        if x < ink.width
            && let Some(wall) = walls.get_mut(y * ink.width + x)
        {
            *wall = true;
        }
    };
    let meet = whole((MEET * ink.per_mm).ceil());
    for rule in &rules.level {
        trace(rule, meet, &mut set);
    }
    for rule in &rules.upright {
        trace(rule, meet, |y, x| set(x, y));
    }
    walls
}

/// Tells `set` each place of a rule, its worn spots filled, and `more` beyond both
/// ends.
fn trace(rule: &Rule, more: usize, mut set: impl FnMut(usize, usize)) {
    let mut runs = rule.runs.clone();
    runs.sort_by_key(|run| run.from);
    let mut last: Option<(usize, usize)> = None;
    for run in &runs {
        if let Some((to, y)) = last
            && to < run.from
        {
            let steps = run.from - to;
            for step in 0..=steps {
                let part = float(step) / float(steps);
                let across = float(y) + part * (float(run.y) - float(y));
                set(to + step, whole(across.round()));
                set(to + step, whole(across.round()) + 1);
            }
        }
        (run.from..run.to).for_each(|x| set(x, run.y));
        if last.is_none_or(|(to, _)| run.to > to) {
            last = Some((run.to.saturating_sub(1), run.y));
        }
    }
    let (first, end) = (rule.at(float(rule.from)), rule.at(float(rule.to)));
    for step in 0..=more {
        set(rule.from.saturating_sub(step), whole(first.round()));
        set(rule.to + step, whole(end.round()));
    }
}

/// The smallest places, made level, around what is walled in on a page `width` points
/// wide; what reaches its edge is not.
fn rooms(walls: &[bool], width: usize, lean: Lean) -> Vec<Rect> {
    let mut seen = walls.to_vec();
    let mut rooms = Vec::new();
    let height = walls.len() / width.max(1);
    let mut todo: Vec<usize> = Vec::new();
    for start in 0..walls.len() {
        if seen.get(start).is_none_or(|seen| *seen) {
            continue;
        }
        let mut room: Option<Rect> = None;
        let mut is_open = false;
        todo.push(start);
        if let Some(seen) = seen.get_mut(start) {
            *seen = true;
        }
        while let Some(at) = todo.pop() {
            let (x, y) = (at % width, at / width);
            is_open |= x == 0 || y == 0 || x + 1 == width || y + 1 == height;
            let (left, top) = lean.level((float(x), float(y)));
            let point = Rect { left, top, right: left + 1.0, bottom: top + 1.0 };
            room = Some(room.map_or(point, |room| room.union(point)));
            let beside = [
                (x > 0).then(|| at - 1),
                (x + 1 < width).then_some(at + 1),
                at.checked_sub(width),
                Some(at + width),
            ];
            for next in beside.into_iter().flatten() {
                if let Some(seen) = seen.get_mut(next).filter(|seen| !**seen) {
                    *seen = true;
                    todo.push(next);
                }
            }
        }
        rooms.extend(room.filter(|_| !is_open));
    }
    rooms
}

/// Cells that lie next to each other, together.
fn grouped(cells: Vec<Rect>, part: f64) -> Vec<Vec<Rect>> {
    let is_next = |a: &Rect, b: &Rect| {
        let across = (b.left - a.right).max(a.left - b.right);
        let down = (b.top - a.bottom).max(a.top - b.bottom);
        // What lies in another is framed by it, and no cell beside it.
        let apart = across.max(down);
        (-part..=part).contains(&apart) && across.min(down) < 0.0
    };
    let mut groups: Vec<Vec<Rect>> = Vec::new();
    for cell in cells {
        let (near, apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group: &Vec<Rect>| {
                group.iter().any(|other| is_next(other, &cell))
            });
        let mut group: Vec<Rect> = near.into_iter().flatten().collect();
        group.push(cell);
        groups = apart;
        groups.push(group);
    }
    groups
}

/// A place in points as one in pixels.
fn scaled(place: Rect, by: f64) -> Rect {
    Rect {
        left: place.left * by,
        top: place.top * by,
        right: place.right * by,
        bottom: place.bottom * by,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::{Depth, Raster};
    use crate::units::Dpi;

    /// Ends of a line, in millimetres.
    type Stroke = ((f64, f64), (f64, f64));

    /// The ink of a sheet 210 × 150 mm at 200 dpi with these strokes of 0.3 mm,
    /// turned by `degrees`.
    fn ink(strokes: &[Stroke], degrees: f64) -> Ink {
        let (width, height) = (1654_u32, 1181_u32);
        let mut samples = vec![250_u8; width as usize * height as usize];
        let (sin, cos) = degrees.to_radians().sin_cos();
        for ((x1, y1), (x2, y2)) in strokes {
            for step in 0..=3000 {
                let part = f64::from(step) / 3000.0;
                let (x, y) = (x1 + part * (x2 - x1), y1 + part * (y2 - y1));
                let (x, y) = (x * cos - y * sin, x * sin + y * cos);
                let at = |mm: f64| whole(mm / 25.4 * 200.0);
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let place = (at(y) + dy) * width as usize + at(x) + dx;
                    samples[place] = 60;
                }
            }
        }
        let page = Raster { width, height, depth: Depth::Grey, samples };
        Ink::of(&page, Dpi::square(200.0).unwrap())
    }

    /// The rules of a table of two columns and three rows.
    fn grid() -> Vec<Stroke> {
        let level = [40.0, 50.0, 60.0, 80.0].map(|y| ((30.0, y), (180.0, y)));
        let upright = [30.0, 60.0, 180.0].map(|x| ((x, 40.0), (x, 80.0)));
        level.into_iter().chain(upright).collect()
    }

    fn sizes(strokes: &[Stroke], degrees: f64) -> Vec<Vec<(i64, i64)>> {
        let tables = tables(&ink(strokes, degrees));
        let mm = |pixels: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "millimetres of a page")]
            let mm = (pixels / 200.0 * 25.4).round() as i64;
            mm
        };
        let of = |table: Table| {
            table.cells.iter().map(|c| (mm(c.width()), mm(c.height()))).collect()
        };
        tables.into_iter().map(of).collect()
    }

    #[test]
    fn what_rules_wall_in_is_a_cell_also_askew() {
        let cells = [(30, 10), (120, 10), (30, 10), (120, 10), (30, 20), (120, 20)];
        for degrees in [0.0, 0.7] {
            let found = sizes(&grid(), degrees);
            let [table] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!(table.len(), 6, "{degrees}: {table:?}");
            for (is, want) in table.iter().zip(cells) {
                let near = (is.0 - want.0).abs() <= 1 && (is.1 - want.1).abs() <= 1;
                assert!(near, "{degrees}: {table:?}");
            }
        }
    }

    #[test]
    fn a_cell_may_take_several_columns_and_a_rule_be_worn() {
        let mut strokes = grid();
        // The head is one cell; the second level rule has a hole.
        strokes[5] = ((60.0, 50.0), (60.0, 80.0));
        strokes[1] = ((30.0, 50.0), (100.0, 50.0));
        strokes.push(((103.0, 50.0), (180.0, 50.0)));
        let found = sizes(&strokes, 0.0);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].len(), 5, "{found:?}");
        assert!((found[0][0].0 - 150).abs() <= 1, "{found:?}");
    }

    #[test]
    fn frames_and_underlines_are_no_tables() {
        let frame = [
            ((30.0, 40.0), (80.0, 40.0)),
            ((30.0, 60.0), (80.0, 60.0)),
            ((30.0, 40.0), (30.0, 60.0)),
            ((80.0, 40.0), (80.0, 60.0)),
        ];
        let mut strokes = frame.to_vec();
        strokes.extend([90.0, 100.0, 110.0].map(|y| ((30.0, y), (180.0, y))));
        assert_eq!(sizes(&strokes, 0.0), Vec::<Vec<(i64, i64)>>::new());
    }

    #[test]
    fn a_stamp_pressed_on_a_table_parts_no_cell() {
        let mut strokes = grid();
        strokes.extend([
            ((20.0, 55.0), (70.0, 50.5)),
            ((21.3, 69.0), (71.3, 64.5)),
            ((20.0, 55.0), (21.3, 69.0)),
            ((70.0, 50.5), (71.3, 64.5)),
        ]);
        let found = sizes(&strokes, 0.0);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn the_broken_frame_of_a_stamp_is_no_table() {
        let strokes = [
            ((30.0, 40.0), (80.0, 40.0)),
            ((30.0, 46.0), (80.0, 46.0)),
            ((30.0, 68.0), (80.0, 68.0)),
            ((30.0, 40.0), (30.0, 68.0)),
            ((80.0, 40.0), (80.0, 68.0)),
            ((66.0, 60.0), (66.0, 68.0)),
            ((66.0, 60.0), (80.0, 60.0)),
            ((30.0, 64.0), (66.0, 64.0)),
        ];
        assert_eq!(sizes(&strokes, 0.0), Vec::<Vec<(i64, i64)>>::new());
    }

    #[test]
    fn a_table_photographed_from_below_is_a_table() {
        let level = [(40.0, 40.0), (50.0, 51.0), (60.0, 62.0), (80.0, 84.0)];
        let level = level.map(|(left, right)| ((30.0, left), (180.0, right)));
        let upright = [(30.0, 80.0), (60.0, 80.8), (180.0, 84.0)];
        let upright = upright.map(|(x, low)| ((x, 40.0), (x, low)));
        let strokes: Vec<Stroke> = level.into_iter().chain(upright).collect();
        let found = sizes(&strokes, 0.0);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [6]);
    }

    #[test]
    fn a_table_in_a_frame_is_a_table() {
        let mut strokes = grid();
        strokes.extend([
            ((20.0, 10.0), (195.0, 10.0)),
            ((20.0, 130.0), (195.0, 130.0)),
            ((20.0, 10.0), (20.0, 130.0)),
            ((195.0, 10.0), (195.0, 130.0)),
        ]);
        let found = sizes(&strokes, 0.0);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [6]);
    }
}
