//! How well a page was read: the share of its words that are right, as far as
//! the recogniser's own confidence tells.
//!
//! Confidence is no share: of words read with 75, half are wrong. The table was
//! measured once on pages the project typesets and damages, against what they
//! say, before words were weighed; between its rows it is interpolated.

use crate::text::TextLayer;

/// Confidence, and the share of words right that were read with it.
const RIGHT: [(f64, f64); 10] = [
    (0.0, 0.05),
    (20.0, 0.15),
    (50.0, 0.27),
    (65.0, 0.36),
    (75.0, 0.52),
    (82.0, 0.65),
    (87.0, 0.75),
    (92.0, 0.93),
    (95.5, 0.97),
    (97.0, 0.995),
];

/// The share of a word's like that are right, its confidence being `confidence`.
#[must_use]
pub fn share_right(confidence: f32) -> f64 {
    let confidence = f64::from(confidence);
    let mut below = (0.0, 0.05);
    for (at, share) in RIGHT {
        if confidence <= at {
            let (from, was) = below;
            let way = if at > from { (confidence - from) / (at - from) } else { 1.0 };
            return was + (share - was) * way.clamp(0.0, 1.0);
        }
        below = (at, share);
    }
    below.1
}

/// The words expected to be right on a page, of a hundred; `None` without words.
#[must_use]
pub fn of(layer: &TextLayer) -> Option<f64> {
    let shares: Vec<f64> =
        layer.words().map(|word| share_right(word.confidence)).collect();
    mean(&shares)
}

/// The mean of shares, in hundredths with one decimal.
#[must_use]
pub fn mean(shares: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "words of a document")]
    let count = shares.len() as f64;
    (count > 0.0).then(|| (shares.iter().sum::<f64>() / count * 1000.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_read_with_75_is_right_half_the_time() {
        assert!((share_right(75.0) - 0.52).abs() < 1e-9);
        assert!(share_right(-3.0) < 0.06 && share_right(100.0) > 0.99);
        let rising = (0..100_u8).map(|c| share_right(f32::from(c)));
        assert!(rising.collect::<Vec<_>>().is_sorted());
    }

    #[test]
    fn an_empty_page_has_no_score() {
        assert_eq!(of(&TextLayer::default()), None);
    }
}
