//! Numbers, texts, days and moments as bytes, short and quickly read in place: the
//! form of what is kept to be made anew at any time.

use crate::time::{Day, Timestamp};

/// Bytes being packed.
#[derive(Debug, Default)]
pub(crate) struct Packing(pub(crate) Vec<u8>);

impl Packing {
    /// Seven bits a byte, the lowest first; the highest bit says that more follow.
    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(u8::try_from(number & 0x7f).unwrap_or_default() | 0x80);
            number >>= 7;
        }
        self.0.push(u8::try_from(number).unwrap_or_default());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend(text.as_bytes());
    }

    /// Days are years, months and days in one number; 0 for none.
    pub(crate) fn day(&mut self, day: Option<Day>) {
        let packed = day.and_then(|day| {
            let year = u64::try_from(day.year()).ok()?;
            let (month, day) =
                (u64::try_from(day.month()).ok()?, u64::try_from(day.day()).ok()?);
            Some((year * 16 + month) * 32 + day)
        });
        self.number(packed.unwrap_or_default());
    }

    pub(crate) fn maybe(&mut self, number: Option<u32>) {
        self.number(number.map_or(0, |number| u64::from(number) + 1));
    }

    pub(crate) fn moment(&mut self, moment: Option<Timestamp>) {
        let seconds = moment.and_then(|moment| u64::try_from(moment.unix()).ok());
        self.number(seconds.map_or(0, |seconds| seconds.saturating_add(1)));
    }
}

/// Bytes being unpacked.
#[derive(Debug)]
pub(crate) struct Unpacking<'a>(pub(crate) &'a [u8]);

impl<'a> Unpacking<'a> {
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub(crate) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    pub(crate) fn day(&mut self) -> Option<Option<Day>> {
        let packed = self.number()?;
        if packed == 0 {
            return Some(None);
        }
        let year = i16::try_from(packed / 512).ok()?;
        let (month, day) = (packed / 32 % 16, packed % 32);
        Some(Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
    }

    pub(crate) fn maybe(&mut self) -> Option<Option<u32>> {
        Some(u32::try_from(self.number()?).ok()?.checked_sub(1))
    }

    pub(crate) fn moment(&mut self) -> Option<Option<Timestamp>> {
        let Some(seconds) = self.number()?.checked_sub(1) else { return Some(None) };
        Some(Timestamp::from_unix(i64::try_from(seconds).ok()?))
    }
}
