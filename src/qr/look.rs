//! One look at a picture.
//!
//! `rxing` finds the corner patterns and samples the modules, `rqrr` corrects
//! and decodes them: together they read three times as many of the codes on
//! full pages as `rqrr` alone. What `rqrr` refuses, `rxing` tries as well.
//!
//! A page of noise has thousands of places that look like corner patterns, so
//! patterns and triples are counted and limited.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rqrr::{Grid, SimpleGrid};
use rxing::common::{BitMatrix, DetectorRXingResult as _, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, GenerateFinderPatternSets, SampleQR,
};
use rxing::{Binarizer as _, Luma8LuminanceSource};

use crate::qr::Correction;
use crate::qr::find::Found;
use crate::qr::windows::Corner;
use crate::raster::Raster;

/// Corner patterns looked at, the largest first: an A4 sheet of labels has 120.
const MOST_PATTERNS: usize = 1_000;
/// Triples of corner patterns tried on a page.
const MOST_TRIPLES: usize = 400;
/// Least modules on a side (version 1), and most (version 40).
const SIDES: std::ops::RangeInclusive<usize> = 21..=177;

/// What one look came to.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Corner patterns that were seen.
    pub(super) corners: Vec<Corner>,
    /// Triples of them that were tried.
    pub(super) triples: u64,
}

/// One look at a picture: its symbols, and what was seen. A fault in the decoders
/// is no code found.
pub(super) fn look(picture: &Raster) -> (Vec<Found>, Seen) {
    catch_unwind(AssertUnwindSafe(|| search(picture))).ok().flatten().unwrap_or_default()
}

fn search(picture: &Raster) -> Option<(Vec<Found>, Seen)> {
    let Raster { width, height, samples, .. } = picture.clone();
    let source = Luma8LuminanceSource::new(samples, width, height).ok()?;
    let binarizer = HybridBinarizer::new(source);
    let bits = binarizer.get_black_matrix().ok()?;
    let mut patterns = FindFinderPatterns(bits, true, 0);
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.size));
    patterns.truncate(MOST_PATTERNS);
    let corners = patterns.iter().map(|pattern| Corner {
        x: f64::from(pattern.p.x),
        y: f64::from(pattern.p.y),
        size: f64::from(pattern.size),
    });
    let mut seen = Seen { corners: corners.collect(), triples: 0 };
    let mut found: Vec<Found> = Vec::new();
    for triple in GenerateFinderPatternSets(&mut patterns).iter().take(MOST_TRIPLES) {
        seen.triples += 1;
        let Ok(sampled) = SampleQR(bits, triple) else { continue };
        let corners: Vec<_> = sampled
            .getPoints()
            .iter()
            .map(|point| (f64::from(point.x), f64::from(point.y)))
            .collect();
        // The detector tells them in reading order.
        let Ok([left, right, below_left, below_right]) = <[_; 4]>::try_from(corners)
        else {
            continue;
        };
        let corners = [left, right, below_right, below_left];
        let Some(symbol) = decode(sampled.getBits(), corners) else { continue };
        if !found.iter().any(|known| known.is_at(&symbol)) {
            found.push(symbol);
        }
    }
    Some((found, seen))
}

/// The payload of sampled modules.
fn decode(bits: &BitMatrix, corners: [(f64, f64); 4]) -> Option<Found> {
    let side = usize::try_from(bits.width()).ok()?;
    if !SIDES.contains(&side) || side % 4 != 1 {
        return None;
    }
    let version = u32::try_from((side - 17) / 4).ok()?;
    let dark = |x: usize, y: usize| match (u32::try_from(x), u32::try_from(y)) {
        (Ok(x), Ok(y)) => bits.get(x, y),
        (Err(_), _) | (_, Err(_)) => false,
    };
    let mut payload = Vec::new();
    if let Ok(about) =
        Grid::new(SimpleGrid::from_func(side, dark)).decode_to(&mut payload)
    {
        // The two bits as the symbol has them (ISO/IEC 18004, table 12).
        let correction = match about.ecc_level {
            0 => Some(Correction::M),
            1 => Some(Correction::L),
            2 => Some(Correction::H),
            3 => Some(Correction::Q),
            _ => None,
        };
        return Some(Found { payload, corners, version, correction });
    }
    let text = decoder::Decode(bits).ok()?;
    let payload = text.content().bytes().to_vec();
    Some(Found { payload, corners, version, correction: None })
}
