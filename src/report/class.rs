//! What a thing is to a figure, and what a share is worth.

use crate::report::value::Share;

/// What a thing is to a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// It counts: it is in numerator and denominator.
    Counts,
    /// It does not: in the denominator alone.
    Misses,
    /// Nothing here can tell (`CHUA_XAC_MINH`): in the denominator alone, and told.
    Unverified,
    /// It need not: in neither, and told.
    Exempt,
    /// The figure is not about it.
    Outside,
}

/// Points of Quyết định 766/QĐ-TTg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// The most there are.
    pub most: u32,
    /// The percentage that gives them all.
    pub threshold: u32,
}

impl Points {
    /// `diem = min(max, ty_le × max / nguong)`, in hundredths.
    #[must_use]
    pub fn of(self, share: Share) -> Option<u64> {
        let Share { part, whole } = share;
        let most = u128::from(self.most) * 100;
        let down = u128::from(whole) * u128::from(self.threshold);
        let up = u128::from(part) * 100 * most;
        let rounded = (up * 2 + down).checked_div(down * 2)?;
        u64::try_from(rounded.min(most)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_in_proportion_up_to_the_threshold() {
        let points = Points { most: 4, threshold: 80 };
        let of = |part, whole| points.of(Share { part, whole });
        assert_eq!(of(80, 100), Some(400));
        assert_eq!(of(95, 100), Some(400));
        assert_eq!(of(40, 100), Some(200));
        assert_eq!(of(1, 3), Some(167));
        assert_eq!(of(0, 0), None);
    }
}
