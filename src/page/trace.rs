//! Runs of ink that go on in each other from row to row: the rules of frames and of
//! tables.

use crate::page::ink::{Run, float, runs};

/// What counts as one rule, in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trace {
    /// A run of a rule is this long at least.
    pub(crate) stroke: f64,
    /// Gaps within a run are at most this long.
    pub(crate) speck: f64,
    /// Runs of one rule are at most this far apart along it…
    pub(crate) along: f64,
    /// …and this far across it.
    pub(crate) aside: f64,
}

/// A rule: its strokes along one axis, in points. Of an upright one, x and y of its
/// runs have changed places.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) runs: Vec<Run>,
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The first row it has a run in…
    pub(crate) top: usize,
    /// …and the last.
    pub(crate) bottom: usize,
}

impl Rule {
    fn of(run: Run) -> Self {
        Self { from: run.from, to: run.to, top: run.y, bottom: run.y, runs: vec![run] }
    }

    fn take(&mut self, run: Run) {
        self.from = self.from.min(run.from);
        self.to = self.to.max(run.to);
        self.bottom = run.y;
        self.runs.push(run);
    }
}

impl Trace {
    /// The rules in `rows`: each the number of a row and the places of ink in it.
    pub(crate) fn rules<M: Iterator<Item = usize>>(
        self,
        rows: impl Iterator<Item = (usize, M)>,
    ) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        // Those that a run of this row may go on.
        let mut open: Vec<usize> = Vec::new();
        for (y, marked) in rows {
            open.retain(|at| {
                rules.get(*at).is_some_and(|rule| float(y - rule.bottom) <= self.aside)
            });
            let runs = runs(y, marked, self.speck).into_iter();
            for run in runs.filter(|run| float(run.to - run.from) >= self.stroke) {
                let touches = |rule: &Rule| {
                    float(run.from) <= float(rule.to) + self.along
                        && float(rule.from) <= float(run.to) + self.along
                };
                let found =
                    open.iter().copied().find(|at| rules.get(*at).is_some_and(touches));
                match found.and_then(|at| rules.get_mut(at)) {
                    Some(rule) => rule.take(run),
                    None => {
                        open.push(rules.len());
                        rules.push(Rule::of(run));
                    }
                }
            }
        }
        rules
    }
}
