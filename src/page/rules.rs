//! The rules of a page: level and upright lines that meet.
//!
//! Rules are long runs of ink, level or upright, and only those that end where they
//! meet others are rules of a table: underlines, the line to sign on and the strokes
//! of letters are none. Neither are those of a stamp pressed by hand, which lean
//! otherwise than the page.

use crate::page::ink::{Ink, Run, float};
use crate::page::trace::{Rule, Trace};
use crate::text::table::Lean;

/// The least unbroken ink of a rule, in millimetres: no letter has a stroke so long.
const STROKE: f64 = 4.5;
/// Rules have specks of paper no longer than this in a stroke, in millimetres.
const SPECK: f64 = 0.3;
/// A worn rule goes on within this along it, and this across.
const WORN: f64 = 4.0;
const ASIDE: f64 = 0.6;
/// The least length of a rule, in millimetres.
const LONG: f64 = 5.5;
/// The most ink across a rule, in millimetres: what has more is a picture.
const THICK: f64 = 1.4;
/// How far the end of a rule may be from the one it meets, in millimetres.
pub(crate) const MEET: f64 = 1.8;
/// How far a rule leaves its straight line, in millimetres: what leaves it farther is
/// a stroke that crosses it, unless it is more than this share of the rule, which is
/// bent then.
const BENT: f64 = 1.2;
const BENT_SHARE: f64 = 0.25;
/// How far a rule may turn off the others, as a share of its length, and half
/// a point besides: the rules of a stamp pressed by hand turn more.
const ASKEW: f64 = 0.012;
/// The same of a long rule that ends just where it meets others: in a photograph the rules
/// of a table run together.
const ASLANT: f64 = 0.05;
/// Rules shorter than this say little about how they lean, in millimetres.
const LEANS: f64 = 30.0;
/// The most rules that are looked at: pages with more are drawings.
const MOST_RULES: usize = 400;

/// The rules that make the tables of a page.
pub(crate) struct Rules {
    pub(crate) level: Vec<Rule>,
    pub(crate) upright: Vec<Rule>,
    /// How the page leans.
    pub(crate) lean: Lean,
}

impl Rules {
    /// Those that meet each other; `None` where there are none.
    pub(crate) fn of(ink: &Ink) -> Option<Self> {
        let marks: Vec<&[u8]> = ink.rows().collect();
        let level = rules(ink, ink.height, |y| {
            let row = marks.get(y).copied().unwrap_or_default();
            row.iter().zip(0..).filter(|(mark, _)| **mark >= 1).map(|(_, x)| x)
        });
        let upright = rules(ink, ink.width, |x| {
            let column = marks.iter().map(move |row| row.get(x).copied().unwrap_or(0));
            column.zip(0..).filter(|(mark, _)| *mark >= 1).map(|(_, y)| y)
        });
        if level.len().min(upright.len()) < 2
            || level.len().max(upright.len()) > MOST_RULES
        {
            return None;
        }
        let lean = Lean(lean(&level, &upright, LEANS * ink.per_mm));
        let mut all = Self { level, upright, lean };
        let bent = BENT * ink.per_mm;
        all.level.iter_mut().for_each(|rule| rule.straighten(lean.0, bent));
        all.upright.iter_mut().for_each(|rule| rule.straighten(-lean.0, bent));
        let reach = MEET * ink.per_mm;
        let fits = |rule: &Rule, lean: f64, across: &[Rule]| {
            let off = (rule.slope() - lean).abs() - 0.5 / rule.length().max(1.0);
            let is_long = rule.length() >= LEANS * ink.per_mm;
            off <= ASKEW || off <= ASLANT && is_long && ends_at(rule, across, reach)
        };
        let upright = all.upright.clone();
        all.level.retain(|rule| fits(rule, lean.0, &upright));
        let level = all.level.clone();
        all.upright.retain(|rule| fits(rule, -lean.0, &level));
        all.prune(reach);
        (all.level.len() >= 2 && all.upright.len() >= 2).then_some(all)
    }

    /// Leaves out rules that do not meet two others, until all do, and of those that
    /// do what is beyond the first and the last: print on their line.
    fn prune(&mut self, reach: f64) {
        loop {
            let before = self.level.len() + self.upright.len();
            let upright = &self.upright;
            self.level.retain(|rule| met(rule, upright, reach).is_some());
            let level = &self.level;
            self.upright.retain(|rule| met(rule, level, reach).is_some());
            if self.level.len() + self.upright.len() == before {
                break;
            }
        }
        let ends = |rules: &[Rule], across: &[Rule]| -> Vec<Option<(f64, f64)>> {
            rules.iter().map(|rule| met(rule, across, reach)).collect()
        };
        let (level, upright) =
            (ends(&self.level, &self.upright), ends(&self.upright, &self.level));
        let ends = level.into_iter().chain(upright);
        for (rule, ends) in self.level.iter_mut().chain(&mut self.upright).zip(ends) {
            let Some((first, last)) = ends else { continue };
            rule.keep(|run| {
                float(run.to) >= first - reach && float(run.from) <= last + reach
            });
        }
    }
}

impl Rule {
    fn length(&self) -> f64 {
        float(self.to - self.from)
    }

    /// Leaves out the runs that are not to stay, but for the last.
    fn keep(&mut self, stays: impl Fn(&Run) -> bool) {
        let runs: Vec<Run> = self.runs.iter().copied().filter(stays).collect();
        if let (Some(from), Some(to)) =
            (runs.iter().map(|run| run.from).min(), runs.iter().map(|run| run.to).max())
        {
            (self.runs, self.from, self.to) = (runs, from, to);
        }
    }

    /// Leaves out what is farther than `bent` points from the straight line that leans
    /// by `lean`, unless that is much of it.
    fn straighten(&mut self, lean: f64, bent: f64) {
        let off = |run: &Run| {
            let middle = f64::midpoint(float(run.from), float(run.to));
            float(run.y) - lean * middle
        };
        let length = |run: &Run| float(run.to - run.from);
        let mut offs: Vec<(f64, f64)> =
            self.runs.iter().map(|run| (off(run), length(run))).collect();
        offs.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let all: f64 = offs.iter().map(|(_, length)| length).sum();
        let mut reached = 0.0;
        let middle = offs.iter().find(|(_, length)| {
            reached += length;
            2.0 * reached >= all
        });
        let Some((middle, _)) = middle else { return };
        let stays = |run: &Run| (off(run) - middle).abs() <= bent;
        let mut straight = self.clone();
        straight.keep(stays);
        if straight.length() >= (1.0 - BENT_SHARE) * self.length() {
            *self = straight;
        }
    }

    /// Its mean ink across, in points.
    fn thickness(&self) -> f64 {
        let ink: usize = self.runs.iter().map(|run| run.to - run.from).sum();
        float(ink) / self.length().max(1.0)
    }

    /// Where it lies across at `along`: on the run nearest to it, the middle of
    /// several.
    pub(crate) fn at(&self, along: f64) -> f64 {
        let apart =
            |run: &Run| (float(run.from) - along).max(along - float(run.to)).max(0.0);
        let least = self.runs.iter().map(apart).fold(f64::MAX, f64::min);
        let near = self.runs.iter().filter(|run| apart(run) <= least + 0.5);
        let (sum, count) =
            near.fold((0.0, 0.0), |(sum, count), run| (sum + float(run.y), count + 1.0));
        sum / f64::max(count, 1.0)
    }

    /// By how much it moves across in a point along: the line of least squares
    /// through the ends of its runs, long ones counting more.
    fn slope(&self) -> f64 {
        let ends = || {
            self.runs.iter().flat_map(|run| {
                let weight = float(run.to - run.from);
                let across = float(run.y);
                [(float(run.from), across, weight), (float(run.to), across, weight)]
            })
        };
        let all: f64 = ends().map(|(.., weight)| weight).sum();
        let mean = |of: fn((f64, f64, f64)) -> f64| {
            ends().map(|end| of(end) * end.2).sum::<f64>() / all.max(1.0)
        };
        let (x, y) = (mean(|end| end.0), mean(|end| end.1));
        let (mut common, mut spread) = (0.0, 0.0);
        for (along, across, weight) in ends() {
            common += weight * (along - x) * (across - y);
            spread += weight * (along - x) * (along - x);
        }
        if spread > 0.0 { common / spread } else { 0.0 }
    }
}

/// From where to where along a rule others across it are met; `None` if there are
/// not two.
fn met(rule: &Rule, across: &[Rule], reach: f64) -> Option<(f64, f64)> {
    let (from, to) = (float(rule.from), float(rule.to));
    let places = across.iter().filter_map(|other| {
        let (first, last) = (float(other.from), float(other.to));
        let here = rule.at(other.at(f64::midpoint(first, last)));
        let along = other.at(here);
        let is_met = (from - reach..=to + reach).contains(&along)
            && (first - reach..=last + reach).contains(&here);
        is_met.then_some(along)
    });
    let places: Vec<f64> = places.collect();
    let first = places.iter().copied().reduce(f64::min)?;
    let last = places.iter().copied().reduce(f64::max)?;
    (places.len() >= 2).then_some((first, last))
}

/// Whether a rule ends on both sides at one across it.
fn ends_at(rule: &Rule, across: &[Rule], reach: f64) -> bool {
    met(rule, across, reach).is_some_and(|(first, last)| {
        first - float(rule.from) <= reach && float(rule.to) - last <= reach
    })
}

/// Long runs that go on in each other; `marked` are the places of ink of a row, and
/// `rows` is how many there are.
fn rules<M: Iterator<Item = usize>>(
    ink: &Ink,
    rows: usize,
    marked: impl Fn(usize) -> M,
) -> Vec<Rule> {
    let per_mm = ink.per_mm;
    let trace = Trace {
        stroke: STROKE * per_mm,
        speck: (SPECK * per_mm).max(1.0),
        along: WORN * per_mm,
        aside: (ASIDE * per_mm).max(1.0),
    };
    let mut rules = trace.rules((0..rows).map(|y| (y, marked(y))));
    rules.retain(|rule| {
        rule.length() >= LONG * per_mm && rule.thickness() <= THICK * per_mm
    });
    rules
}

/// How the long rules of a page lean: the middle of what each says.
fn lean(level: &[Rule], upright: &[Rule], long: f64) -> f64 {
    let says = |rules: &[Rule], sign: f64| -> Vec<f64> {
        let long = rules.iter().filter(|rule| rule.length() >= long);
        long.map(|rule| sign * rule.slope()).collect()
    };
    let mut slopes = says(level, 1.0);
    if slopes.is_empty() {
        slopes = says(upright, -1.0);
    }
    slopes.sort_by(f64::total_cmp);
    slopes.get(slopes.len() / 2).copied().unwrap_or(0.0)
}
