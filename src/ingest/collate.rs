//! Two stacks of a scanner that sees one side, put back in the order of the paper.
//!
//! The fronts go through, then the stack is turned over and the backs go through,
//! the last one first; some scanners and some clerks turn each sheet, so that the
//! backs come in the order of the fronts. Which it was is told by the separator
//! sheets printed on both sides (`track::payload::Side`), else by the numbers on
//! the pages, else it is what was asked for or what is usual. Stacks that cannot
//! belong together are refused as a whole: a page in the wrong place is found
//! years later, or never.

use crate::finding::{Finding, Weight};
use crate::ingest::work::Done;
use crate::page::record::{Scanned, Stack};
use crate::say::{self, Lang};
use crate::track::payload::Sheet;

/// The highest number that is taken for one of a page.
const LAST_NUMBER: u32 = 999;
/// What people write around the number of a page.
const AROUND_NUMBER: [char; 6] = ['-', '–', '—', '.', '(', ')'];

/// In which order the backs are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the pages say, and reversed where they say nothing.
    #[default]
    Auto,
    /// The last page first: the whole stack was turned over.
    Reversed,
    /// In the order of the fronts.
    Forward,
}

/// What is known of a page that was scanned; nothing of one that was left out.
pub(crate) type Slot = Option<Done>;

/// The pages in the order of the paper, and what is to be said about it. `first`
/// is how many of them the file of the fronts has, where the backs are another
/// file; otherwise one half is the fronts. `sheets` are the separator sheets on a
/// page.
///
/// # Errors
///
/// The finding that says why the stacks do not go together.
pub(crate) fn collate(
    slots: Vec<Slot>,
    first: Option<usize>,
    order: Order,
    sheets: impl Fn(&Done) -> Vec<Sheet>,
) -> Result<(Vec<Done>, Vec<Finding>), Finding> {
    let fronts = halves(slots.len(), first)?;
    let said: Vec<Vec<Sheet>> =
        slots.iter().map(|slot| slot.as_ref().map(&sheets).unwrap_or_default()).collect();
    let numbers: Vec<Option<u32>> =
        slots.iter().map(|slot| number_in(&slot.as_ref()?.text())).collect();
    let (chosen, by) = choose(order, fronts, &said, &numbers)?;
    let mut findings = vec![told(chosen, by, fronts, first.is_some())];
    let run = |way| in_a_row(&numbers, way, fronts);
    if run(chosen.other()) > run(chosen) {
        let say = say::ingest::collated_against_numbers;
        findings.push(Finding::new("stack.numbers-differ", Weight::NeedsPerson, say));
    }
    let mut slots = slots;
    let mut pages = Vec::new();
    for (at, number) in places(chosen, fronts).zip(1_u32..) {
        let stack = if at < fronts { Stack::Fronts } else { Stack::Backs };
        let before = if stack == Stack::Backs && first.is_some() { fronts } else { 0 };
        let page = u32::try_from(at - before + 1).unwrap_or(u32::MAX);
        let Some(mut done) = slots.get_mut(at).and_then(Option::take) else { continue };
        let record = done.record_mut();
        record.number = number;
        record.scanned = Some(Scanned { stack, page });
        for finding in &mut record.findings {
            finding.page = finding.page.map(|_| number);
        }
        pages.push(done);
    }
    Ok((pages, findings))
}

/// How the backs lie, once it is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Reversed,
    Forward,
}

impl Way {
    fn other(self) -> Self {
        match self {
            Self::Reversed => Self::Forward,
            Self::Forward => Self::Reversed,
        }
    }

    /// Which of the backs belongs to a front, both counted from 0.
    fn back(self, front: usize, fronts: usize) -> usize {
        match self {
            Self::Forward => front,
            Self::Reversed => fronts.saturating_sub(front + 1),
        }
    }
}

/// What settled it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Separator sheets printed on both sides.
    Sheets,
    /// The numbers on the pages.
    Numbers,
    /// Whoever asked.
    Asked,
    /// Nothing: it is what is usual.
    Custom,
}

/// How many fronts there are, and as many backs.
fn halves(pages: usize, first: Option<usize>) -> Result<usize, Finding> {
    let fronts = first.unwrap_or(pages / 2);
    let backs = pages.saturating_sub(fronts);
    if fronts == backs && fronts > 0 {
        return Ok(fronts);
    }
    let say = |lang| match first {
        Some(_) => say::ingest::stacks_differ(lang, fronts, backs),
        None => say::ingest::stack_is_odd(lang, pages),
    };
    let measure = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let finding = Finding::new("stack.counts-differ", Weight::NeedsPerson, say);
    Err(finding.measured("pages", measure(backs), Some(measure(fronts))))
}

/// How the backs lie, and what says so.
fn choose(
    order: Order,
    fronts: usize,
    said: &[Vec<Sheet>],
    numbers: &[Option<u32>],
) -> Result<(Way, By), Finding> {
    let contradicted = || {
        let say = say::ingest::stacks_contradict;
        Finding::new("stack.sheets-differ", Weight::NeedsPerson, say)
    };
    let asked = match order {
        Order::Auto => None,
        Order::Reversed => Some(Way::Reversed),
        Order::Forward => Some(Way::Forward),
    };
    let fits = |way| faces(said, way, fronts);
    let by_sheets = match (fits(Way::Reversed), fits(Way::Forward)) {
        (true, true) => None,
        (true, false) => Some(Way::Reversed),
        (false, true) => Some(Way::Forward),
        // A sheet went through twice, or stuck to another: counts say nothing then.
        (false, false) => return Err(contradicted()),
    };
    if let (Some(asked), Some(way)) = (asked, by_sheets)
        && asked != way
    {
        return Err(contradicted());
    }
    if let Some(way) = by_sheets {
        return Ok((way, By::Sheets));
    }
    if let Some(way) = asked {
        return Ok((way, By::Asked));
    }
    let run = |way| in_a_row(numbers, way, fronts);
    Ok(match run(Way::Reversed).cmp(&run(Way::Forward)) {
        std::cmp::Ordering::Greater => (Way::Reversed, By::Numbers),
        std::cmp::Ordering::Less => (Way::Forward, By::Numbers),
        std::cmp::Ordering::Equal => (Way::Reversed, By::Custom),
    })
}

/// Whether each sheet among the backs is behind the same sheet.
fn faces(said: &[Vec<Sheet>], way: Way, fronts: usize) -> bool {
    (0..fronts).all(|front| {
        let at = fronts + way.back(front, fronts);
        let of = |at: usize| said.get(at).map(Vec::as_slice).unwrap_or_default();
        let (front, back) = (of(front), of(at));
        back.is_empty()
            || back.iter().any(|back| front.iter().any(|it| it.is_same_sheet(back)))
    })
}

/// How often a page is followed by the one with the next number.
fn in_a_row(numbers: &[Option<u32>], way: Way, fronts: usize) -> usize {
    let number = |at: usize| numbers.get(at).copied().flatten();
    let all: Vec<Option<u32>> = places(way, fronts).map(number).collect();
    let follows = |pair: &&[Option<u32>]| match pair {
        [Some(one), Some(next)] => one.checked_add(1) == Some(*next),
        _ => false,
    };
    all.windows(2).filter(follows).count()
}

/// Where each page of the paper lies among those scanned, in the order of the paper.
fn places(way: Way, fronts: usize) -> impl Iterator<Item = usize> {
    (0..fronts).flat_map(move |front| [front, fronts + way.back(front, fronts)])
}

/// The number on a page: all that its first or its last line says.
fn number_in(text: &str) -> Option<u32> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next();
    let last = lines.next_back();
    let number = |line: &str| {
        let digits = line.trim_matches(|c: char| AROUND_NUMBER.contains(&c) || c == ' ');
        let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|n| is_number && (1..=LAST_NUMBER).contains(n))
    };
    [first, last].into_iter().flatten().find_map(number)
}

/// That two stacks were collated, how and by what.
fn told(way: Way, by: By, fronts: usize, two_files: bool) -> Finding {
    let order: fn(Lang) -> String = match way {
        Way::Reversed => say::ingest::backs_reversed,
        Way::Forward => say::ingest::backs_forward,
    };
    let reason: fn(Lang) -> String = match by {
        By::Sheets => say::ingest::collated_by_sheets,
        By::Numbers => say::ingest::collated_by_numbers,
        By::Asked => say::ingest::collated_as_asked,
        By::Custom => say::ingest::collated_as_usual,
    };
    let whose: fn(Lang) -> String =
        if two_files { say::ingest::of_two_files } else { say::ingest::of_one_file };
    let say = |lang| {
        say::ingest::collated(lang, fronts, whose(lang), order(lang), reason(lang))
    };
    // Of one sheet there is one order only.
    let is_sure = by != By::Custom || fronts == 1;
    let weight = if is_sure { Weight::Note } else { Weight::Warning };
    Finding::new("stack.collated", weight, say)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::payload::{Begins, Side};

    fn sheet(serial: u32, side: Side) -> Vec<Sheet> {
        let (begins, dossier) = (Begins::Dossier, None);
        vec![Sheet { begins, dossier, serial, documents: None, pages: None, side }]
    }

    fn chosen(
        order: Order,
        said: &[Vec<Sheet>],
        numbers: &[Option<u32>],
    ) -> Result<(Way, By), Finding> {
        choose(order, said.len().max(numbers.len()) / 2, said, numbers)
    }

    #[test]
    fn backs_come_between_the_fronts() {
        let order = |way| places(way, 3).collect::<Vec<_>>();
        assert_eq!(order(Way::Reversed), [0, 5, 1, 4, 2, 3]);
        assert_eq!(order(Way::Forward), [0, 3, 1, 4, 2, 5]);
    }

    #[test]
    fn stacks_of_different_height_are_refused() {
        assert_eq!(halves(6, None).unwrap(), 3);
        assert_eq!(halves(7, None).unwrap_err().code, "stack.counts-differ");
        assert_eq!(halves(1, None).unwrap_err().code, "stack.counts-differ");
        assert_eq!(halves(7, Some(4)).unwrap_err().code, "stack.counts-differ");
        assert_eq!(halves(8, Some(4)).unwrap(), 4);
        assert!(halves(0, None).is_err());
    }

    #[test]
    fn sheets_printed_on_both_sides_say_how_the_backs_lie() {
        let (front, back) = (|n| sheet(n, Side::Front), |n| sheet(n, Side::Back));
        let none = Vec::new;
        let reversed = [front(1), none(), none(), none(), none(), back(1)];
        let forward = [front(1), none(), none(), back(1), none(), none()];
        for order in [Order::Auto, Order::Reversed] {
            assert_eq!(
                chosen(order, &reversed, &[]).unwrap(),
                (Way::Reversed, By::Sheets)
            );
        }
        assert_eq!(
            chosen(Order::Auto, &forward, &[]).unwrap(),
            (Way::Forward, By::Sheets)
        );
        let refused = chosen(Order::Reversed, &forward, &[]).unwrap_err();
        assert_eq!(refused.code, "stack.sheets-differ", "what was asked is wrong");
        // One sheet of the backs is missing and another went through twice.
        let shifted =
            [front(1), none(), front(2), none(), none(), none(), back(2), back(1)];
        assert!(chosen(Order::Auto, &shifted, &[]).is_err());
    }

    #[test]
    fn numbers_of_pages_say_it_where_no_sheet_does() {
        let numbers = |all: [u32; 6]| all.map(|n| (n > 0).then_some(n));
        let none = vec![Vec::new(); 6];
        let reversed = numbers([0, 3, 5, 6, 4, 2]);
        let forward = numbers([0, 3, 5, 2, 4, 6]);
        let auto = |numbers: &[Option<u32>]| chosen(Order::Auto, &none, numbers).unwrap();
        assert_eq!(auto(&reversed), (Way::Reversed, By::Numbers));
        assert_eq!(auto(&forward), (Way::Forward, By::Numbers));
        assert_eq!(auto(&[None; 6]), (Way::Reversed, By::Custom));
        let asked = chosen(Order::Forward, &none, &reversed).unwrap();
        assert_eq!(asked, (Way::Forward, By::Asked), "and a person is told");
        assert_eq!(number_in("- 12 -\nCăn cứ"), Some(12));
        assert_eq!(number_in("Căn cứ\n3"), Some(3));
        assert_eq!(number_in("12/QĐ-UBND\n2026 năm"), None);
        assert_eq!(number_in(""), None);
    }
}
