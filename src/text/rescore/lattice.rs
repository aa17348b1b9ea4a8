//! The likeliest way through what could stand in each place (Viterbi's).

use crate::text::bigram::{self, Id, Pairs};
use crate::text::rescore::candidates::{Candidate, Slot};

/// The weight of the language against the picture.
const LANGUAGE: f64 = 1.0;

/// The way through the slots: what is taken in one, and by how much.
#[derive(Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) index: usize,
    pub(crate) won_by: f64,
}

/// The best way through the slots, and by how much each choice beats the best
/// way that keeps what was read there.
pub(crate) fn best(slots: &[Slot], steps: &[Steps]) -> Vec<Taken> {
    let forward = forward(slots, steps);
    let backward = backward(slots, steps);
    let mut taken = Vec::with_capacity(slots.len());
    for (ahead, behind) in forward.iter().zip(&backward) {
        let through: Vec<f64> = ahead.iter().zip(behind).map(|(a, b)| a + b).collect();
        let kept = through.first().copied().unwrap_or_default();
        // What was read wins a tie.
        let best = through.iter().enumerate().fold((0, kept), |best, (index, score)| {
            if *score > best.1 { (index, *score) } else { best }
        });
        taken.push(Taken { index: best.0, won_by: best.1 - kept });
    }
    taken
}

/// What coming from each candidate of one slot gives each of the next, its
/// cost apart; where a sentence begins, what its beginning gives them. It is
/// asked for in every round and in both directions, and told once.
pub(crate) enum Steps {
    Begin(Vec<f64>),
    /// By the candidate before.
    After(Vec<Vec<f64>>),
}

pub(crate) fn steps(slots: &[Slot], pairs: &Pairs) -> Vec<Steps> {
    let row = |first: Option<Id>, slot: &Slot| -> Vec<f64> {
        let chance = |candidate: &Candidate| {
            candidate.fixed.unwrap_or_else(|| pairs.log_chance(first, candidate.id))
        };
        slot.candidates.iter().map(|candidate| LANGUAGE * chance(candidate)).collect()
    };
    let mut before: Option<&Slot> = None;
    let mut all = Vec::with_capacity(slots.len());
    for slot in slots {
        all.push(match before {
            Some(before) if !slot.begins => {
                let rows = before.candidates.iter().map(|first| row(first.id, slot));
                Steps::After(rows.collect())
            }
            _ => Steps::Begin(row(Some(bigram::BEGIN), slot)),
        });
        before = Some(slot);
    }
    all
}

/// The best score from the beginning to each candidate, itself included.
fn forward(slots: &[Slot], steps: &[Steps]) -> Vec<Vec<f64>> {
    let mut scores: Vec<Vec<f64>> = Vec::with_capacity(slots.len());
    for (slot, steps) in slots.iter().zip(steps) {
        let so_far = scores.last().map(Vec::as_slice).unwrap_or_default();
        let mut reached = match steps {
            Steps::Begin(row) => {
                let reach = if so_far.is_empty() { 0.0 } else { most(so_far) };
                row.iter().map(|chance| reach + chance).collect()
            }
            Steps::After(rows) => {
                let mut reached = vec![f64::NEG_INFINITY; slot.candidates.len()];
                for (row, score) in rows.iter().zip(so_far) {
                    for (best, chance) in reached.iter_mut().zip(row) {
                        *best = best.max(score + chance);
                    }
                }
                reached
            }
        };
        for (score, candidate) in reached.iter_mut().zip(&slot.candidates) {
            *score -= candidate.cost;
        }
        scores.push(reached);
    }
    scores
}

/// The best score from behind each candidate to the end.
fn backward(slots: &[Slot], steps: &[Steps]) -> Vec<Vec<f64>> {
    let mut scores: Vec<Vec<f64>> = Vec::with_capacity(slots.len());
    // What follows a slot: its steps, and its scores with its costs taken off.
    let mut next: Option<(&Steps, Vec<f64>)> = None;
    for (slot, own) in slots.iter().zip(steps).rev() {
        let row = match &next {
            Some((Steps::Begin(row), after)) => {
                vec![onward(row, after); slot.candidates.len()]
            }
            Some((Steps::After(rows), after)) => {
                rows.iter().map(|row| onward(row, after)).collect()
            }
            None => vec![0.0; slot.candidates.len()],
        };
        let entered = row.iter().zip(&slot.candidates).map(|(s, c)| s - c.cost);
        next = Some((own, entered.collect()));
        scores.push(row);
    }
    scores.reverse();
    scores
}

/// The best of going on with a step.
fn onward(row: &[f64], after: &[f64]) -> f64 {
    let ways = row.iter().zip(after).map(|(chance, score)| chance + score);
    ways.fold(f64::NEG_INFINITY, f64::max)
}

fn most(scores: &[f64]) -> f64 {
    scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}
