//! Bilevel pictures for tests, each from a seed.

use crate::raster::bilevel::{Ccitt, Encoded, decode_ccitt, decode_jbig2};
use crate::raster::ccitt::last_byte_mask;
use crate::raster::{Depth, Filter, Raster};

/// A small generator of repeatable numbers (xorshift64*, Vigna 2016).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32;
        high % limit.max(1)
    }
}

/// A picture whose pixel at x, y is black where `black` says so.
pub(crate) fn drawn(
    width: u32,
    height: u32,
    mut black: impl FnMut(u32, u32) -> bool,
) -> Raster {
    let stride = Depth::Bilevel.row_bytes(width);
    let mut samples = vec![0; stride * height as usize];
    for (y, row) in (0..height).zip(samples.chunks_exact_mut(stride)) {
        for x in (0..width).filter(|&x| black(x, y)) {
            row[x as usize / 8] |= 0x80 >> (x % 8);
        }
    }
    Raster { width, height, depth: Depth::Bilevel, samples }
}

/// All white or all black.
pub(crate) fn flat(width: u32, height: u32, black: bool) -> Raster {
    let byte = if black { 0xFF } else { 0 };
    let mut row = vec![byte; Depth::Bilevel.row_bytes(width)];
    *row.last_mut().unwrap() &= last_byte_mask(width);
    Raster { width, height, depth: Depth::Bilevel, samples: row.repeat(height as usize) }
}

/// Independent pixels, `percent` of them black.
pub(crate) fn noise(width: u32, height: u32, percent: u32, seed: u64) -> Raster {
    let mut dice = Dice::new(seed);
    drawn(width, height, |_, _| dice.below(100) < percent)
}

/// Bytes of any value in any depth; the size is the seed.
pub(crate) fn random(width: u32, height: u32, depth: Depth) -> Raster {
    let mut dice = Dice::new(u64::from(width * 1000 + height));
    let bytes = depth.row_bytes(width) * height as usize;
    let samples = (0..bytes).map(|_| dice.below(256).to_le_bytes()[0]).collect();
    Raster { width, height, depth, samples }
}

/// Lines of strokes about as dense as print, with specks.
pub(crate) fn text_like(width: u32, height: u32, seed: u64) -> Raster {
    let mut dice = Dice::new(seed);
    let mut page = flat(width, height, false);
    let stride = Depth::Bilevel.row_bytes(width);
    let mut ink = |x: u32, y: u32| {
        if x < width && y < height {
            page.samples[y as usize * stride + x as usize / 8] |= 0x80 >> (x % 8);
        }
    };
    for top in (4..height).step_by(40) {
        let mut x = 4;
        while x < width {
            let (tall, thick, slant) =
                (8 + dice.below(20), 2 + dice.below(3), dice.below(3));
            for y in 0..tall {
                (0..thick).for_each(|dx| {
                    ink(x + dx + y * slant / 4 + dice.below(2) / 2, top + y);
                });
            }
            (0..dice.below(12)).for_each(|dx| ink(x + dx, top + tall / 2));
            x += 6 + dice.below(14);
        }
    }
    (0..width * height / 5000).for_each(|_| ink(dice.below(width), dice.below(height)));
    page
}

/// Two hundred pictures: the awkward ones by hand, the others at random.
pub(crate) fn assorted() -> impl Iterator<Item = Raster> {
    let mut dice = Dice::new(7);
    let awkward = [
        (1, 1),
        (1, 50),
        (50, 1),
        (7, 9),
        (8, 8),
        (9, 7),
        (31, 3),
        (32, 3),
        (33, 3),
        (63, 5),
        (64, 5),
        (65, 5),
        (130, 40),
    ];
    let by_hand: Vec<Raster> = awkward
        .into_iter()
        .flat_map(|(width, height)| {
            [
                flat(width, height, false),
                flat(width, height, true),
                drawn(width, height, |x, y| (x + y) % 2 == 0),
                drawn(width, height, |x, _| x % 2 == 1),
                drawn(width, height, |_, y| y % 2 == 1),
            ]
        })
        .chain([drawn(6000, 4, |x, y| (x / 2900 + y) % 2 == 1), text_like(900, 400, 11)])
        .collect();
    let rest = 200 - by_hand.len();
    let at_random = (0..rest as u64).map(move |seed| {
        let (width, height) = (1 + dice.below(220), 1 + dice.below(90));
        match seed % 3 {
            0 => noise(width, height, dice.below(101), seed),
            1 => text_like(width, height, seed),
            _ => {
                let (a, b) = (1 + dice.below(9), 1 + dice.below(40));
                drawn(width, height, |x, y| (x / a + y / b) % 3 == 0)
            }
        }
    });
    by_hand.into_iter().chain(at_random)
}

/// Decodes what the encoder made of a picture of this size.
pub(crate) fn decoded(encoded: &Encoded, like: &Raster) -> Raster {
    let (columns, rows) = (like.width, like.height);
    match &encoded.filter {
        Filter::Jbig2 { globals: None } => {
            decode_jbig2(&encoded.bytes, None, columns, rows)
        }
        Filter::G4 { black_is_1 } => decode_ccitt(
            &encoded.bytes,
            Ccitt {
                k: -1,
                columns,
                rows,
                black_is_1: *black_is_1,
                byte_align: false,
                end_of_line: false,
                end_of_block: true,
            },
        ),
        other @ (Filter::Jpeg | Filter::Jpx | Filter::Jbig2 { .. }) => {
            panic!("{other:?}")
        }
    }
    .unwrap()
}
