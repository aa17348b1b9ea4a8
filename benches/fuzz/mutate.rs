//! Alterations of bytes: plain ones, and ones that keep the nested lengths of
//! ASN.1 and the words of PDF mostly in order.

/// Numbers that readers stumble over.
const ODD: [u8; 10] = [0, 1, 0x7f, 0x80, 0x81, 0x84, 0xff, 0x30, 0xa0, 0x05];

/// Alters inputs with numbers that are the same for the same seed.
pub(crate) struct Mutator(u64);

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// An input of the pool, altered one to four times.
    pub(crate) fn next(&mut self, pool: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.pick(pool).cloned().unwrap_or_default();
        for _ in 0..=self.below(4) {
            self.alter(&mut bytes, pool);
        }
        bytes
    }

    fn alter(&mut self, bytes: &mut Vec<u8>, pool: &[Vec<u8>]) {
        let at = self.below(bytes.len());
        match self.below(9) {
            0 => bytes.truncate(at),
            1 => {
                let odd = ODD.get(self.below(ODD.len())).copied().unwrap_or(0);
                bytes.insert(at.min(bytes.len()), odd);
            }
            2 if !bytes.is_empty() => {
                bytes.remove(at);
            }
            // A piece of another input, or of this one, in some place.
            3 | 4 => {
                let other = self.pick(pool).cloned().unwrap_or_default();
                let from = self.below(other.len());
                let length = self.below((other.len() - from).min(600) + 1);
                let piece = other.get(from..from + length).unwrap_or_default().to_vec();
                let until = (at + self.below(length + 1)).min(bytes.len());
                bytes.splice(at.min(until)..until, piece);
            }
            5 => {
                let odd = ODD.get(self.below(ODD.len())).copied().unwrap_or(0);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = odd;
                }
            }
            6 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = byte.wrapping_add(1);
                }
            }
            _ => {
                let bit = self.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << bit;
                }
            }
        }
    }

    fn pick<'p>(&mut self, pool: &'p [Vec<u8>]) -> Option<&'p Vec<u8>> {
        pool.get(self.below(pool.len()))
    }

    /// A number below `end`, or 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap_or(0);
        if end == 0 { 0 } else { high % end }
    }
}
