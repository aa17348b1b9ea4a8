//! Which way up a page is.
//!
//! The slope of its lines says it in milliseconds ([`slope`]); the recogniser only
//! confirms, and below its confidence threshold nothing is turned.
//!
//! [`slope`]: crate::page::slope

use crate::finding::{Finding, Weight};
use crate::page::ink::Ink;
use crate::page::reading::{FEWEST_WORDS, LEAST_TO_TURN, Reading, Sight};
use crate::page::record::tenths;
use crate::page::slope::Slope;
use crate::page::told::DOUBTFUL;
use crate::raster::Raster;
use crate::say;
use crate::units::Quarter;

/// Evidence above which the slope alone settles the axis and up and down.
pub const SURE: (f64, f64) = (1.15, 1.30);
/// The share of a page that specks may print before faint ink is more than
/// what shows through from the other side.
const MOST_PRINT_OF_BACK: f64 = 0.002;

impl Sight<'_> {
    /// Reads the page in the direction its lines suggest, and in the others
    /// only while no reading is convincing.
    pub(crate) fn upright(
        &mut self,
        slope: Option<Slope>,
        findings: &mut Vec<Finding>,
    ) -> Reading {
        let Some(slope) = slope else {
            return self.read(Quarter::None, 0.0);
        };
        let (axis, feet) = (slope.axis_evidence, slope.upright_evidence);
        let upright = slope.turned.undone();
        let first = self.read(upright, slope.skew);
        let evident = axis >= SURE.0 && feet >= SURE.1;
        // What took too long in one direction takes too long in all.
        let settled = first.trouble.is_some()
            || first.is_sure()
            || evident
                && upright == Quarter::None
                && first.text.confidence() >= DOUBTFUL
                && !first.is_sideways();
        let best = if settled { first } else { self.best_of_four(first, &slope) };
        if best.turn == Quarter::None {
            return best;
        }
        let measured = |finding: Finding| {
            finding
                .measured("axis_evidence", tenths(axis), Some(SURE.0))
                .measured("upright_evidence", tenths(feet), Some(SURE.1))
                .measured(
                    "confidence",
                    best.text.confidence().into(),
                    Some(LEAST_TO_TURN.into()),
                )
        };
        let enough = best.text.words().count() >= FEWEST_WORDS;
        if enough && best.text.confidence() >= LEAST_TO_TURN {
            let degrees = best.turn.degrees();
            findings.push(measured(Finding::new("page.turned", Weight::Note, |lang| {
                say::page::page_turned(lang, degrees)
            })));
            return best;
        }
        findings.push(measured(Finding::new(
            "page.direction-unsure",
            Weight::Warning,
            say::page::page_direction_unsure,
        )));
        self.read(
            Quarter::None,
            if best.turn == Quarter::Half { slope.skew } else { 0.0 },
        )
    }

    /// Reads in the directions not yet tried, most likely first, until one is
    /// convincing, and returns the best of all.
    fn best_of_four(&mut self, first: Reading, slope: &Slope) -> Reading {
        let tried = first.turn;
        let along = |turn: Quarter| turn.swaps_axes() == tried.swaps_axes();
        let others = [Quarter::Half, Quarter::Right, Quarter::Left];
        let mut best = first;
        for turn in others.map(|more| tried.then(more)) {
            if !along(turn) && slope.axis_evidence >= SURE.0 {
                continue;
            }
            let reading = self.read(turn, if along(turn) { slope.skew } else { 0.0 });
            let reading_failed = reading.trouble.is_some();
            if reading.score() > best.score() {
                best = reading;
            }
            if best.is_sure() || reading_failed {
                break;
            }
        }
        best
    }

    /// Whether all that can be seen is the print of the other side: faint,
    /// senseless as it stands, and sensible in the mirror.
    pub(crate) fn is_show_through(&mut self, reading: &Reading, ink: &Ink) -> bool {
        let is_faint = ink.share(2) <= MOST_PRINT_OF_BACK;
        let settled = reading.trouble.is_some() || reading.text.confidence() >= DOUBTFUL;
        if !is_faint || settled {
            return false;
        }
        let mut mirrored = self.seen.samples.clone();
        let row = self.seen.depth.row_bytes(self.seen.width).max(1);
        mirrored.chunks_exact_mut(row).for_each(<[u8]>::reverse);
        let seen = Raster { samples: mirrored, ..self.seen };
        let mut mirror = Sight { seen, reader: self.reader, ..*self };
        let skew = -reading.skew;
        mirror.read(Quarter::None, skew).is_sure()
            || mirror.read(Quarter::Half, skew).is_sure()
    }
}
