//! Whether the totals of somebody's table are what its parts come to.
//!
//! Tables that travel between offices are typed by hand, and now and then 335 and
//! 1.101 are said to make 1.406. A total is a row or a column that calls itself
//! one; which cells it adds up is not written anywhere, so the reading that fits
//! most of its cells is taken, and the cells that do not fit are named. Where no
//! reading of a column fits most rows nothing is said about it.

use crate::report::sheet::Sheet;
use crate::say::{self, Lang};
use crate::text::fold::bare;

mod amount;
mod grid;

pub use amount::Amount;
use grid::{Grid, Row};

/// Rows of a table that are looked at.
pub const MOST_ROWS: usize = 100_000;
/// Columns of a table that are looked at.
pub const MOST_COLUMNS: usize = 200;

/// What was found in a table.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Totals that were held against their parts.
    pub totals: usize,
    /// Totals that are not what their parts come to.
    pub wrong: Vec<Wrong>,
}

/// A total that is not what its parts come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The sheet; empty for a file that is one table.
    pub sheet: String,
    /// The row, as a spreadsheet counts them.
    pub row: usize,
    /// The heading of the column.
    pub column: String,
    /// What the table says.
    pub total: Amount,
    /// What the parts come to.
    pub sum: Amount,
    /// The parts: the row or the heading each stands under, and how much it is.
    pub parts: Vec<(String, Amount)>,
}

impl Wrong {
    /// Place, sum, total and parts in a sentence.
    #[must_use]
    pub fn tell(&self, lang: Lang) -> String {
        let parts =
            self.parts.iter().map(|(name, part)| format!("{name}: {}", part.tell(lang)));
        let parts = parts.collect::<Vec<_>>().join("; ");
        let (sum, total) = (self.sum.tell(lang), self.total.tell(lang));
        let what = say::report::sums_wrong(lang, sum, total, parts);
        let told = say::report::import_cell(lang, self.row, &self.column, what);
        match self.sheet.as_str() {
            "" => told,
            sheet => format!("{sheet}, {told}"),
        }
    }
}

/// Holds every total of a table against its parts.
#[must_use]
pub fn check(sheet: &Sheet) -> Checked {
    let grid = Grid::of(sheet);
    let mut checked = Checked::default();
    let mut note = |found: Found| {
        checked.totals += 1;
        if let Some(wrong) = found {
            checked.wrong.push(Wrong { sheet: sheet.name.clone(), ..wrong });
        }
    };
    total_rows(&grid).into_iter().for_each(&mut note);
    group_rows(&grid).into_iter().for_each(&mut note);
    total_columns(&grid).into_iter().for_each(&mut note);
    checked.wrong.sort_by_key(|wrong| wrong.row);
    checked
}

/// A total that was looked at, with what is wrong with it.
type Found = Option<Wrong>;

/// Rows that call themselves totals.
fn total_rows(grid: &Grid) -> Vec<Found> {
    let totals: Vec<usize> = (0..grid.rows.len())
        .filter(|at| grid.row(*at).is_some_and(|row| row.is_total))
        .collect();
    let mut found = Vec::new();
    for (order, at) in totals.iter().enumerate() {
        let before = order.checked_sub(1).and_then(|order| totals.get(order));
        let after = totals.get(order + 1);
        let readings = readings(grid, *at, before.copied(), after.copied());
        // The first of the readings that fit the most columns.
        let fits = |rows: &Vec<usize>| {
            columns_of(grid, *at, rows).iter().filter(|found| found.is_none()).count()
        };
        let best = readings.iter().rev().max_by_key(|rows| fits(rows));
        if let Some(rows) = best {
            found.extend(columns_of(grid, *at, rows));
        }
    }
    found
}

/// The sets of rows that the total in row `at` may add up, the likeliest first.
fn readings(
    grid: &Grid,
    at: usize,
    before: Option<usize>,
    after: Option<usize>,
) -> Vec<Vec<usize>> {
    let parts = |from: usize, to: usize| -> Vec<usize> {
        let is_part = |at: &usize| {
            grid.row(*at).is_some_and(|row| !row.is_total && row.has_amounts())
        };
        (from..to).filter(is_part).collect()
    };
    let totals = |from: usize, to: usize| -> Vec<usize> {
        (from..to).filter(|at| grid.row(*at).is_some_and(|row| row.is_total)).collect()
    };
    let end = grid.rows.len();
    let mut all = Vec::new();
    for rows in [
        parts(before.map_or(0, |before| before + 1), at),
        parts(0, at),
        totals(0, at),
        parts(at + 1, after.unwrap_or(end)),
        parts(at + 1, end),
        totals(at + 1, end),
    ] {
        let (groups, leaves): (Vec<usize>, Vec<usize>) =
            rows.iter().partition(|at| grid.row(**at).is_some_and(|row| row.is_group));
        let is_mixed = !groups.is_empty() && !leaves.is_empty();
        all.push(rows);
        if is_mixed {
            all.extend([groups, leaves]);
        }
    }
    all.retain(|rows| !rows.is_empty());
    all
}

/// The columns of the total in row `at`, each held against `parts`.
fn columns_of(grid: &Grid, at: usize, parts: &[usize]) -> Vec<Found> {
    let Some(total) = grid.row(at) else { return Vec::new() };
    let columns = (0..grid.headings.len()).filter(|column| grid.is_summable(*column));
    let judged = columns.filter_map(|column| {
        let stated = total.amount(column)?;
        let cells = parts.iter().filter_map(|at| {
            let row = grid.row(*at)?;
            Some((row.name(), row.amount(column)?))
        });
        let cells: Vec<_> = cells.collect();
        (!cells.is_empty()).then(|| held(grid, total, column, stated, cells))
    });
    judged.collect()
}

/// Rows under a Roman numeral, where most of them are the sums of what follows.
fn group_rows(grid: &Grid) -> Vec<Found> {
    let ends = |row: &Row| row.is_total || row.is_group;
    let mut found = Vec::new();
    for (at, row) in grid.rows.iter().enumerate().filter(|(_, row)| row.is_group) {
        let rest = grid.rows.get(at + 1..).unwrap_or_default();
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        if row.has_amounts() && length > 0 {
            let leaves: Vec<usize> = (at + 1..=at + length).collect();
            found.extend(columns_of(grid, at, &leaves));
        }
    }
    mostly(found)
}

/// Columns that call themselves totals, or that a row of numbers under the
/// headings defines: `3=1+2`.
fn total_columns(grid: &Grid) -> Vec<Found> {
    let mut found = Vec::new();
    for column in 0..grid.headings.len() {
        if let Some(parts) = grid.formulas.get(&column) {
            found.extend(rows_of(grid, column, parts));
        } else if grid.is_total_column(column) {
            let best = runs(grid, column)
                .into_iter()
                .map(|parts| mostly(rows_of(grid, column, &parts)))
                .max_by_key(|found| found.iter().filter(|found| found.is_none()).count());
            found.extend(best.into_iter().flatten());
        }
    }
    found
}

/// The runs of columns beside a total that it may add up.
fn runs(grid: &Grid, column: usize) -> Vec<Vec<usize>> {
    let is_part = |at: &usize| grid.is_summable(*at) && !grid.is_total_column(*at);
    let right: Vec<_> = (column + 1..grid.headings.len()).take_while(is_part).collect();
    let left: Vec<_> = (0..column).rev().take_while(is_part).collect();
    let longer = |run: &Vec<usize>| {
        let lengths = 2..=run.len();
        lengths.filter_map(|length| Some(run.get(..length)?.to_vec())).collect::<Vec<_>>()
    };
    [longer(&right), longer(&left)].concat()
}

/// The rows of a column of totals, each held against the columns `parts`.
fn rows_of(grid: &Grid, column: usize, parts: &[usize]) -> Vec<Found> {
    let judged = grid.rows.iter().filter_map(|row| {
        let stated = row.amount(column)?;
        let cells = parts
            .iter()
            .filter_map(|part| Some((grid.heading(*part), row.amount(*part)?)));
        let cells: Vec<_> = cells.collect();
        (!cells.is_empty()).then(|| held(grid, row, column, stated, cells))
    });
    judged.collect()
}

/// What is found, if more of it fits than does not; nothing otherwise.
fn mostly(found: Vec<Found>) -> Vec<Found> {
    let fitting = found.iter().filter(|found| found.is_none()).count();
    if fitting * 2 > found.len() { found } else { Vec::new() }
}

/// A stated total held against its parts.
fn held(
    grid: &Grid,
    row: &Row,
    column: usize,
    stated: Amount,
    parts: Vec<(String, Amount)>,
) -> Found {
    let sum = parts.iter().fold(Amount::ZERO, |sum, (_, part)| sum.plus(*part));
    if sum.is_about(stated, parts.len()) {
        return None;
    }
    Some(Wrong {
        sheet: String::new(),
        row: row.number,
        column: grid.heading(column),
        total: stated,
        sum,
        parts,
    })
}

/// Whether a row or a heading calls itself a total. `Cộng` with its mark: without
/// it the word begins `Công an`.
fn is_total(text: &str) -> bool {
    let text = crate::text::keys::nfc(text.trim()).to_lowercase();
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    let (first, second) =
        (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    match first {
        "tổng" => matches!(second, "" | "cộng" | "số" | "toàn" | "chung"),
        "cộng" => !matches!(bare(second).as_str(), "hoa" | "dong" | "tac"),
        "total" | "sum" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        let rows = text
            .lines()
            .map(|line| line.split('|').map(|c| c.trim().to_owned()).collect());
        Sheet { name: String::new(), rows: rows.collect() }
    }

    fn wrong(text: &str) -> (usize, Vec<(usize, String, String)>) {
        let checked = check(&sheet(text));
        let wrong = checked.wrong.iter();
        let told = wrong.map(|w| (w.row, w.column.clone(), w.sum.tell(Lang::Vi)));
        (checked.totals, told.collect())
    }

    #[test]
    fn a_total_that_its_parts_do_not_make_is_named() {
        let text = "Loại|Số hồ sơ\nMột phần|335\nToàn trình|1.101\nTổng cộng|1.406";
        let checked = check(&sheet(text));
        let [wrong] = checked.wrong.try_into().unwrap();
        let told = wrong.tell(Lang::Vi);
        assert!(told.contains("1.436") && told.contains("1.406"), "{told}");
        assert!(told.contains("Một phần: 335; Toàn trình: 1.101"), "{told}");
        assert_eq!(wrong.row, 4);
    }

    #[test]
    fn a_total_may_stand_before_its_parts() {
        let text = "TT|Đơn vị|Số\n|Tổng số|12\n1|Xã A|5\n2|Xã B|7";
        assert_eq!(wrong(text), (1, vec![]));
        let text = "TT|Đơn vị|Số\n|Tổng số|13\n1|Xã A|5\n2|Xã B|7";
        assert_eq!(wrong(text), (1, vec![(2, "Số".into(), "12".into())]));
    }

    #[test]
    fn subtotals_and_groups_are_not_counted_twice() {
        let text = "TT|Đơn vị|Đi|Đến\nI|Sở|10|4\n1|Sở A|4|1\n2|Sở B|6|3\nII|Xã|5|2\n1|Xã C|5|2\n\
            |Tổng cộng|15|6";
        assert_eq!(wrong(text), (6, vec![]));
        let text = "Tháng|Đi|Đến\nMột|1|2\nHai|3|4\nCộng quý I|4|6\nBa|5|6\nCộng quý II|5|7\n\
            Tổng|9|12";
        assert_eq!(wrong(text), (6, vec![(6, "Đến".into(), "6".into())]));
    }

    #[test]
    fn columns_of_totals_are_read_with_what_stands_beside_them() {
        let text = "Đơn vị|Tổng số|Trực tiếp|Trực tuyến|Tỷ lệ %\nA|10|4|6|60\nB|8|3|5|62,5\n\
            C|9|4|6|60";
        assert_eq!(wrong(text), (3, vec![(4, "Tổng số".into(), "10".into())]));
        let text = "Đơn vị|Tổng số|Cao|Thấp\nA|10|4|1\nB|8|3|2\nC|9|4|6";
        assert_eq!(wrong(text), (0, vec![]), "no reading fits most rows");
        let text = "Đơn vị|Kỳ này|Mang sang|Tất cả\nA|B|1|2|3=1+2\nX|1|2|4";
        assert_eq!(wrong(text).1, []);
    }

    #[test]
    fn a_row_of_numbers_under_the_headings_defines_sums() {
        let text = "STT|Đơn vị|Đúng hạn|Quá hạn|Đã giải quyết\n\
            (1)|(2)|(3)|(4)|(5)=(3)+(4)\n1|A|5|1|6\n2|B|4|1|6";
        assert_eq!(wrong(text), (2, vec![(4, "Đã giải quyết".into(), "5".into())]));
    }

    #[test]
    fn what_is_no_total_is_left_alone() {
        let text = "Cơ quan|2025|2026\nCông an xã|5|6\nTổng cục Thuế|7|8\nCộng đồng|1|2";
        assert_eq!(wrong(text), (0, vec![]));
        assert_eq!(wrong(""), (0, vec![]));
        assert_eq!(wrong("Tổng|5"), (0, vec![]));
    }
}
