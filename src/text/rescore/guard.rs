//! Guards against making sense where there is none.

use crate::text::bigram::{self, Id, Pairs};
use crate::text::rescore::candidates::Slot;
use crate::text::rescore::lattice::Taken;

/// What a change must win by, by what would be changed: no syllable…
const MARGIN_NO_SYLLABLE: f64 = 0.7;
/// …a syllable never seen…
const MARGIN_UNSEEN: f64 = 2.0;
/// …a syllable in use…
const MARGIN_IN_USE: f64 = 1.75;
/// …a syllable in use that has a capital and may be a name…
const MARGIN_CAPITAL: f64 = 5.3;
/// …a syllable never seen that has a capital: names of people and places are
/// made of such.
const MARGIN_NAME: f64 = 12.8;
/// More than that on a page that is not in the table's language.
const MARGIN_ABROAD: f64 = 2.0;
/// The share of pairs the table must know for a page to be in its language.
const AT_HOME: f64 = 0.55;
/// Fewer pairs than this tell nothing about a page.
const FEWEST_PAIRS: usize = 8;
/// A syllable in use gives way to one seen this often beside a neighbour.
const ATTESTED_PAIRS: f64 = 1.9;
/// …and one in small letters that was hardly ever seen itself to one seen this often
/// in all and once beside a neighbour: `vê` to `về`.
const COMMON: f64 = 400.0;
const ONCE: f64 = 0.9;
/// A word seen no oftener than this is known from a list of words and not from texts.
const HARDLY_EVER: f64 = 1.1;

/// Asks of every change in `slots` what it must win by.
pub(crate) fn ask(slots: &mut [Slot], pairs: &Pairs) {
    let abroad = if is_at_home(slots, pairs) { 0.0 } else { MARGIN_ABROAD };
    for slot in slots {
        let margin = margin(slot) + abroad;
        slot.candidates.iter_mut().skip(1).for_each(|other| other.cost += margin);
    }
}

/// What a change of what was read in `slot` must win by.
fn margin(slot: &Slot) -> f64 {
    let Some(read) = slot.candidates.first() else { return MARGIN_IN_USE };
    match (read.fixed.is_some(), read.id.is_some()) {
        (true, _) => MARGIN_NO_SYLLABLE,
        (false, true) if slot.capital => MARGIN_CAPITAL,
        (false, true) => MARGIN_IN_USE,
        (false, false) if slot.capital => MARGIN_NAME,
        (false, false) => MARGIN_UNSEEN,
    }
}

/// Whether the page is written in what the table counts.
fn is_at_home(slots: &[Slot], pairs: &Pairs) -> bool {
    let read = |slot: &Slot| slot.candidates.first()?.id;
    let known = |id: Option<Id>| id.filter(|id| *id > bigram::OTHER);
    let (mut seen, mut all) = (0_usize, 0_usize);
    for pair in slots.windows(2) {
        let [first, second] = pair else { continue };
        if second.begins {
            continue;
        }
        if let (Some(a), Some(b)) = (known(read(first)), known(read(second))) {
            all += 1;
            seen += usize::from(pairs.count(a, b) > 0.0);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "words of a page")]
    let share = seen as f64 / all.max(1) as f64;
    all >= FEWEST_PAIRS && share >= AT_HOME
}

/// Takes away the chosen candidates that replace a syllable in use without
/// ever having been seen beside a neighbour; says whether there were any.
pub(crate) fn take_back(slots: &mut [Slot], choice: &[Taken], pairs: &Pairs) -> bool {
    let chosen: Vec<Option<Id>> = slots
        .iter()
        .zip(choice)
        .map(|(slot, taken)| slot.candidates.get(taken.index)?.id)
        .collect();
    let begins: Vec<bool> = slots.iter().map(|slot| slot.begins).collect();
    let mut any = false;
    for (at, (slot, taken)) in slots.iter_mut().zip(choice).enumerate() {
        let is_in_use = slot
            .candidates
            .first()
            .is_some_and(|read| read.fixed.is_none() && read.id.is_some());
        if taken.index == 0 || !is_in_use {
            continue;
        }
        let own = chosen.get(at).copied().flatten();
        let starts = begins.get(at).copied().unwrap_or(true);
        let before = if starts {
            Some(bigram::BEGIN)
        } else {
            at.checked_sub(1).and_then(|at| chosen.get(at).copied()).flatten()
        };
        let ends = begins.get(at + 1).copied().unwrap_or(true);
        let after = chosen.get(at + 1).copied().flatten().filter(|_| !ends);
        let seen = |a: Option<Id>, b: Option<Id>| match (a, b) {
            (Some(a), Some(b)) => pairs.count(a, b),
            _ => 0.0,
        };
        let is_rare = !slot.capital
            && slot.candidates.first().and_then(|read| read.id).is_some_and(|read| {
                pairs.seen(read) <= HARDLY_EVER
                    && own.is_some_and(|own| pairs.seen(own) >= COMMON)
            });
        let least = if is_rare { ONCE } else { ATTESTED_PAIRS };
        if seen(before, own).max(seen(own, after)) < least {
            if let Some(candidate) = slot.candidates.get_mut(taken.index) {
                candidate.cost = f64::INFINITY;
            }
            any = true;
        }
    }
    any
}
