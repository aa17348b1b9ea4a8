//! CCITT fax coding of bilevel pictures: ITU-T T.4 (Group 3) and T.6 (Group 4).
//!
//! Decoding is `hayro-ccitt`'s work; this file counts its rows, because a fax
//! picture that ends early looks like white paper. Encoding is Group 4 only,
//! from the packed rows: the code words are those of `fax`, the walk along the
//! colour changes is ours, since `fax` asks for one pixel at a time (five times
//! slower) and overflows on rows longer than 32 767 pixels.

use std::cmp::min;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fax::maps::{EDFB_HALF, Mode, black, mode, white};
use fax::{BitWriter as _, Bits, VecWriter};

use crate::raster::{DecodeError, Depth, Raster};

/// How a fax-coded picture is laid out: the parameters of `CCITTFaxDecode`
/// (ISO 32000-2, table 11), which also express TIFF compressions 2, 3 and 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "they are PDF's and independent")]
pub struct Ccitt {
    /// `K`: negative is Group 4, 0 is Group 3 one-dimensional, positive is
    /// Group 3 two-dimensional.
    pub k: i32,
    /// Pixels in a row.
    pub columns: u32,
    /// Rows; 0 when only the data knows.
    pub rows: u32,
    /// Whether a coded black pixel becomes a 1 bit. In `DeviceGray`, and in
    /// TIFF's `BlackIsZero`, a 1 is white: the picture is then a negative, and
    /// the decoded [`Raster`] shows it as it would be seen.
    pub black_is_1: bool,
    /// Whether each row starts on a byte boundary.
    pub byte_align: bool,
    /// Whether end-of-line codes stand between the rows.
    pub end_of_line: bool,
    /// Whether an end-of-block code may stop the picture.
    pub end_of_block: bool,
}

/// Pixels a picture of unknown height may grow to: as many as
/// [`crate::raster::Limits`] allows by default.
const MOST_UNFORESEEN_PIXELS: u64 = 128_000_000;

/// Decodes a fax-coded picture; damaged Group 3 rows become white, as T.4
/// leaves to the receiver, as long as the next end-of-line code is found.
///
/// # Errors
///
/// When rows are missing, or a code word is none of T.4's.
pub fn decode(coded: &[u8], layout: Ccitt) -> Result<Raster, DecodeError> {
    let settings = hayro_ccitt::DecodeSettings {
        columns: layout.columns,
        rows: layout.rows,
        end_of_block: layout.end_of_block || layout.rows == 0,
        end_of_line: layout.end_of_line,
        rows_are_byte_aligned: layout.byte_align,
        encoding: match layout.k {
            i32::MIN..=-1 => hayro_ccitt::EncodingMode::Group4,
            0 => hayro_ccitt::EncodingMode::Group3_1D,
            1..=i32::MAX => hayro_ccitt::EncodingMode::Group3_2D,
        },
        strict: false,
    };
    let (rows, outcome) = catch_unwind(AssertUnwindSafe(|| {
        let mut sink = Sink::new(layout);
        let mut context = hayro_ccitt::DecoderContext::new(settings);
        let outcome = hayro_ccitt::decode(coded, &mut sink, &mut context);
        (sink, outcome)
    }))
    .map_err(|_panic| DecodeError::Undecodable { codec: "CCITT" })?;
    rows.finish(outcome.err())
}

/// Collects decoded rows as they come.
struct Sink {
    layout: Ccitt,
    stride: usize,
    most_rows: u32,
    /// Rows seen, those beyond `most_rows` included.
    seen: u32,
    samples: Vec<u8>,
}

impl Sink {
    fn new(layout: Ccitt) -> Self {
        let unforeseen = MOST_UNFORESEEN_PIXELS / u64::from(layout.columns.max(1));
        let most_rows = match layout.rows {
            0 => u32::try_from(unforeseen).unwrap_or(u32::MAX),
            known => known,
        };
        let stride = Depth::Bilevel.row_bytes(layout.columns);
        Self { layout, stride, most_rows, seen: 0, samples: Vec::new() }
    }

    fn finish(
        mut self,
        stopped: Option<hayro_ccitt::DecodeError>,
    ) -> Result<Raster, DecodeError> {
        let expected = if self.layout.rows == 0 { 1 } else { self.layout.rows };
        if self.seen < expected {
            return Err(match stopped {
                Some(
                    hayro_ccitt::DecodeError::InvalidCode
                    | hayro_ccitt::DecodeError::Overflow,
                ) => DecodeError::DamagedRow { codec: "CCITT", row: self.seen + 1 },
                Some(hayro_ccitt::DecodeError::UnexpectedEof) | None => {
                    ends_early(self.stride, self.seen, expected)
                }
            });
        }
        if self.seen > self.most_rows {
            return Err(DecodeError::Undecodable { codec: "CCITT" });
        }
        if self.layout.black_is_1 {
            invert(&mut self.samples, self.layout.columns);
        }
        Ok(Raster {
            width: self.layout.columns,
            height: self.seen,
            depth: Depth::Bilevel,
            samples: self.samples,
        })
    }
}

impl hayro_ccitt::Decoder for Sink {
    fn push_row(&mut self, changes: &[u32]) {
        self.seen = self.seen.saturating_add(1);
        if self.seen > self.most_rows {
            return;
        }
        let start = self.samples.len();
        self.samples.resize(start + self.stride, 0);
        let Some(row) = self.samples.get_mut(start..) else { return };
        for run in changes.chunks(2) {
            let (from, to) = match *run {
                [from, to] => (from, min(to, self.layout.columns)),
                [from] => (from, self.layout.columns),
                _ => continue,
            };
            blacken(row, from as usize, to as usize);
        }
    }
}

/// The error for a picture of `expected` rows that has `found`.
pub(crate) fn ends_early(stride: usize, found: u32, expected: u32) -> DecodeError {
    let bytes = |rows| stride as u64 * u64::from(rows);
    DecodeError::EndsEarly { found: bytes(found), expected: bytes(expected) }
}

/// Sets the bits `from..to` of a packed row.
fn blacken(row: &mut [u8], from: usize, to: usize) {
    if from >= to {
        return;
    }
    let (first, last) = (from / 8, (to - 1) / 8);
    let (head, tail) = (0xFF >> (from % 8), 0xFF << (7 - (to - 1) % 8));
    match row.get_mut(first..=last) {
        Some([only]) => *only |= head & tail,
        Some([a, middle @ .., z]) => {
            *a |= head;
            middle.fill(0xFF);
            *z |= tail;
        }
        Some([]) | None => {}
    }
}

/// Exchanges black and white, leaving the padding of each row white.
pub(crate) fn invert(samples: &mut [u8], width: u32) {
    let stride = Depth::Bilevel.row_bytes(width).max(1);
    for row in samples.chunks_exact_mut(stride) {
        row.iter_mut().for_each(|byte| *byte = !*byte);
        if let Some(last) = row.last_mut() {
            *last &= last_byte_mask(width);
        }
    }
}

/// The bits of a row's last byte that are pixels.
pub(crate) fn last_byte_mask(width: u32) -> u8 {
    0xFF << ((8 - width % 8) % 8)
}

/// Encodes a bilevel picture as Group 4 with its end-of-block code; black
/// pixels are coded black (`BlackIs1 false`).
#[must_use]
pub(crate) fn encode_g4(raster: &Raster) -> Vec<u8> {
    let mut writer = G4 { out: VecWriter::new(), width: raster.width };
    let (mut reference, mut coding) = (Vec::new(), Vec::new());
    for row in raster.rows() {
        changes(row, raster.width, &mut coding);
        writer.row(&reference, &coding);
        std::mem::swap(&mut reference, &mut coding);
    }
    // T.6, 2.2.5: the end of the facsimile block is two end-of-line codes.
    writer.put(Some(EDFB_HALF));
    writer.put(Some(EDFB_HALF));
    writer.out.finish()
}

/// Where the colour of a row changes, starting from white.
fn changes(row: &[u8], width: u32, found: &mut Vec<u32>) {
    found.clear();
    let mut left = 0_u64;
    for (word, base) in row.chunks(8).map(be_word).zip((0_u32..).step_by(64)) {
        let mut edges = word ^ (word >> 1 | left << 63);
        left = word & 1;
        while edges != 0 {
            let at = edges.leading_zeros();
            if base + at >= width {
                return;
            }
            found.push(base + at);
            edges &= !(1 << 63 >> at);
        }
    }
}

/// Up to eight bytes, the first one highest, zeroes after the last.
pub(crate) fn be_word(bytes: &[u8]) -> u64 {
    let mut whole = [0; 8];
    for (to, from) in whole.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_be_bytes(whole)
}

/// Writes two-dimensional rows (T.6, 2.2).
struct G4 {
    out: VecWriter,
    width: u32,
}

impl G4 {
    /// Codes one row against the one above; both as colour changes.
    fn row(&mut self, reference: &[u32], coding: &[u32]) {
        let width = self.width;
        let change = |row: &[u32], i: usize| row.get(i).copied().unwrap_or(width);
        // a0 stands on an imaginary white pixel left of the row at first.
        let (mut a0, mut next, mut b) = (None::<u32>, 0_usize, 0_usize);
        while a0.is_none_or(|a0| a0 < width) {
            // b1: first change right of a0, to the colour a0 does not have.
            // Changes to black have even places, so b keeps the parity of `next`.
            while reference.get(b).is_some_and(|&b1| a0.is_some_and(|a0| b1 <= a0)) {
                b += 2;
            }
            let (a1, b1, b2) =
                (change(coding, next), change(reference, b), change(reference, b + 1));
            if b2 < a1 {
                self.put(mode::encode(Mode::Pass));
                a0 = Some(b2);
                continue;
            }
            match i8::try_from(i64::from(a1) - i64::from(b1)) {
                Ok(delta @ -3..=3) => {
                    self.put(mode::encode(Mode::Vertical(delta)));
                    a0 = Some(a1);
                    next += 1;
                    b = if b == 0 { 1 } else { b - 1 };
                }
                Ok(_) | Err(_) => {
                    let a2 = change(coding, next + 1);
                    self.put(mode::encode(Mode::Horizontal));
                    let (mut now, mut then) = (&white::ENTRIES, &black::ENTRIES);
                    if next % 2 == 1 {
                        std::mem::swap(&mut now, &mut then);
                    }
                    self.run(now, a1 - a0.unwrap_or(0));
                    self.run(then, a2 - a1);
                    a0 = Some(a2);
                    next += 2;
                }
            }
        }
    }

    /// A run of one colour: make-up codes and a terminating code (T.4, 4.1.1).
    fn run(&mut self, codes: &[(u16, Bits)], mut length: u32) {
        const LONGEST: u32 = 2560;
        // The tables hold the runs 0 to 63, then the multiples of 64.
        let code = |run: u32| {
            let place = if run < 64 { run } else { 63 + run / 64 };
            codes.get(place as usize).map(|&(_, bits)| bits)
        };
        while length >= LONGEST {
            self.put(code(LONGEST));
            length -= LONGEST;
        }
        if length >= 64 {
            self.put(code(length / 64 * 64));
        }
        self.put(code(length % 64));
    }

    fn put(&mut self, code: Option<Bits>) {
        debug_assert!(code.is_some(), "T.4 has a code for every run and mode");
        if let Some(bits) = code {
            let Ok(()) = self.out.write(bits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::samples::{assorted, noise, text_like};

    fn layout(raster: &Raster) -> Ccitt {
        Ccitt {
            k: -1,
            columns: raster.width,
            rows: raster.height,
            black_is_1: false,
            byte_align: false,
            end_of_line: false,
            end_of_block: true,
        }
    }

    #[test]
    fn what_is_encoded_decodes_to_the_same_pixels() {
        for raster in assorted() {
            let coded = encode_g4(&raster);
            assert_eq!(
                decode(&coded, layout(&raster)).unwrap(),
                raster,
                "{}×{}",
                raster.width,
                raster.height
            );
        }
    }

    #[test]
    fn rows_beyond_the_range_of_16_bits_survive() {
        let raster = noise(70_001, 3, 50, 9);
        assert_eq!(decode(&encode_g4(&raster), layout(&raster)).unwrap(), raster);
    }

    #[test]
    fn our_code_is_that_of_the_fax_crate() {
        for raster in [text_like(333, 80, 1), noise(257, 33, 30, 2)] {
            let mut theirs = fax::encoder::Encoder::new(VecWriter::new());
            for row in raster.rows() {
                let pixels = fax::slice_bits(row).take(raster.width as usize);
                let pixels =
                    pixels.map(|b| if b { fax::Color::Black } else { fax::Color::White });
                theirs.encode_line(pixels, raster.width).unwrap();
            }
            assert_eq!(encode_g4(&raster), theirs.finish().unwrap().finish());
        }
    }

    #[test]
    fn an_unknown_height_is_read_from_the_data() {
        let raster = text_like(200, 90, 3);
        let layout = Ccitt { rows: 0, ..layout(&raster) };
        assert_eq!(decode(&encode_g4(&raster), layout).unwrap(), raster);
    }

    #[test]
    fn a_truncated_picture_is_an_error_and_not_white_paper() {
        let raster = text_like(400, 100, 4);
        let coded = encode_g4(&raster);
        let error = decode(&coded[..coded.len() / 2], layout(&raster)).unwrap_err();
        assert!(
            matches!(error, DecodeError::EndsEarly { expected: 5000, .. }),
            "{error}"
        );
        assert!(decode(&[], layout(&raster)).is_err());
    }

    #[test]
    fn fewer_rows_than_promised_are_an_error() {
        let raster = text_like(400, 100, 5);
        let taller = Ccitt { rows: 101, ..layout(&raster) };
        assert_eq!(
            decode(&encode_g4(&raster), taller),
            Err(DecodeError::EndsEarly { found: 5000, expected: 5050 })
        );
    }

    #[test]
    fn black_is_1_shows_the_negative() {
        let raster = text_like(77, 20, 6);
        let negative = Ccitt { black_is_1: true, ..layout(&raster) };
        let mut decoded = decode(&encode_g4(&raster), negative).unwrap();
        assert_ne!(decoded, raster);
        invert(&mut decoded.samples, decoded.width);
        assert_eq!(decoded, raster);
    }

    #[test]
    fn group_3_rows_are_read() {
        // T.4, tables 2 and 3: eight rows of 4 white, 3 black, 1 white.
        let row = "1011".to_owned() + "10" + "000111";
        let eol = "000000000001";
        let expected = vec![0b0000_1110; 8];
        let plain = Ccitt {
            k: 0,
            columns: 8,
            rows: 8,
            black_is_1: false,
            byte_align: false,
            end_of_line: false,
            end_of_block: true,
        };
        assert_eq!(decode(&bits(&row.repeat(8)), plain).unwrap().samples, expected);
        let with_eol = Ccitt { end_of_line: true, ..plain };
        assert_eq!(
            decode(&bits(&format!("{eol}{row}").repeat(8)), with_eol).unwrap().samples,
            expected
        );
        let aligned = Ccitt { byte_align: true, ..plain };
        assert_eq!(
            decode(&bits(&format!("{row}0000").repeat(8)), aligned).unwrap().samples,
            expected
        );
        // Two-dimensional: a tagged one-dimensional row, then V0 V0 V0.
        let mixed = format!("{eol}1{row}{eol}0111").repeat(4);
        let two = Ccitt { k: 4, end_of_line: true, ..plain };
        assert_eq!(decode(&bits(&mixed), two).unwrap().samples, expected);
    }

    fn bits(text: &str) -> Vec<u8> {
        let digits: Vec<u8> = text.bytes().map(|b| b - b'0').collect();
        digits
            .chunks(8)
            .map(|c| c.iter().fold(0, |v, b| v << 1 | b) << (8 - c.len()))
            .collect()
    }

    #[test]
    fn damaged_data_never_panics() {
        let raster = text_like(300, 60, 7);
        let coded = encode_g4(&raster);
        for place in 0..coded.len() {
            let mut damaged = coded.clone();
            damaged[place] ^= 0x55;
            for k in [-1, 0, 1] {
                for rows in [0, raster.height] {
                    drop(decode(&damaged, Ccitt { k, rows, ..layout(&raster) }));
                }
            }
        }
    }
}
