//! Chance that repeats: the same seed always throws the same numbers.
//!
//! Not for secrets. The generator is `SplitMix64` (Steele, Lea and Flood, "Fast
//! splittable pseudorandom number generators", 2014): one addition and three
//! multiplications a throw, and any seed is a good one.

use crate::canvas::single;

/// A source of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice that a seed decides.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 even bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Evenly between `low` and `high`.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * unit
    }

    /// The same, in the precision of pixels.
    pub(crate) fn share(&mut self, low: f32, high: f32) -> f32 {
        single(self.between(f64::from(low), f64::from(high)))
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn whole(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        u32::try_from(self.bits() % span).map_or(low, |n| low + n)
    }

    /// True once in `n` throws.
    pub(crate) fn one_in(&mut self, n: u32) -> bool {
        self.whole(1, n) == 1
    }

    /// One of `choices`; `None` only if there are none.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let most = u32::try_from(choices.len()).ok()?.checked_sub(1)?;
        choices.get(self.whole(0, most) as usize)
    }

    /// Four throws between -1 and 1 that crowd around 0 as the noise of a
    /// sensor does: each is the sum of two even ones.
    pub(crate) fn grain(&mut self) -> [f32; 4] {
        let [a, b, c, d, e, f, g, h] = self.bits().to_le_bytes().map(f32::from);
        [a + b, c + d, e + f, g + h].map(|sum| sum / 255.0 - 1.0)
    }
}
