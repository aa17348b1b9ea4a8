//! From stored samples to the three packings of a page.
//!
//! Every format here comes down to rows of samples of 1 to 16 bits that mean
//! grey, colour, ink or a place in a palette, perhaps with an alpha channel.
//! [`Stored`] says which, [`Converter`] turns row after row. Alpha is laid
//! over white, as on paper; colours are not managed, but for CMYK, which no
//! page can keep.

use crate::raster::icc::{CmykProfile, ToSrgb};
use crate::raster::{DecodeError, Depth};
use crate::units::Quarter;

/// How the samples of a row lie and what they mean.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// Columns.
    pub(crate) width: u32,
    /// Bits a sample: 1, 2, 4, 8 or 16.
    pub(crate) bits: u8,
    /// Samples a pixel, at least those that `ink` and `alpha` need.
    pub(crate) samples: u8,
    /// What the first samples of a pixel mean.
    pub(crate) ink: Ink,
    /// What the sample after those means.
    pub(crate) alpha: Alpha,
    /// Grey: 0 is white. CMYK: 0 is full ink.
    pub(crate) inverted: bool,
    /// Byte order of 16-bit samples.
    pub(crate) big_endian: bool,
    /// Whether left and right are exchanged.
    pub(crate) mirrored: bool,
}

/// What the colour samples of a pixel mean.
#[derive(Clone, Debug)]
pub(crate) enum Ink {
    /// One sample, 0 is black.
    Grey,
    /// Red, green, blue.
    Rgb,
    /// Luma and two colour differences over the full range (JFIF 1.02).
    YCbCr,
    /// Four inks, 0 is none; with the profile of the device, where known.
    Cmyk(Option<CmykProfile>),
    /// One sample, the place in this palette; at most 8 bits.
    Palette(Vec<[u8; 3]>),
}

impl Ink {
    /// Samples it takes.
    pub(crate) fn samples(&self) -> u8 {
        match self {
            Self::Grey | Self::Palette(_) => 1,
            Self::Rgb | Self::YCbCr => 3,
            Self::Cmyk(_) => 4,
        }
    }
}

/// What the sample after the colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alpha {
    /// There is none, or it says nothing about opacity.
    None,
    /// Opacity of a colour stored in full.
    Straight,
    /// Opacity that the stored colour has been multiplied by.
    Premultiplied,
}

impl Stored {
    /// The packing its rows are turned into.
    pub(crate) fn depth(&self) -> Depth {
        match &self.ink {
            Ink::Grey if self.bits == 1 && self.samples == 1 => Depth::Bilevel,
            Ink::Grey => Depth::Grey,
            Ink::Palette(colours) => self.depth_of_palette(colours),
            Ink::Rgb | Ink::YCbCr | Ink::Cmyk(_) => Depth::Rgb,
        }
    }

    fn depth_of_palette(&self, colours: &[[u8; 3]]) -> Depth {
        let extreme =
            |&[r, g, b]: &[u8; 3]| matches!((r, g, b), (0, 0, 0) | (255, 255, 255));
        if self.alpha == Alpha::None && colours.iter().all(extreme) {
            Depth::Bilevel
        } else if colours.iter().all(|[r, g, b]| r == g && g == b) {
            Depth::Grey
        } else {
            Depth::Rgb
        }
    }

    /// Bytes of a stored row; `None` if that overflows.
    pub(crate) fn row_bytes(&self) -> Option<usize> {
        packed_bytes(self.width, self.samples, self.bits)
    }
}

/// Bytes that hold `width` pixels of so many samples of so many bits.
pub(crate) fn packed_bytes(width: u32, samples: u8, bits: u8) -> Option<usize> {
    let bits = (width as usize).checked_mul(usize::from(samples) * usize::from(bits))?;
    Some(bits.div_ceil(8))
}

/// What an orientation value of TIFF 6.0 (page 36) or EXIF asks for: whether
/// left and right are exchanged in each row, and the turn after that. Values
/// that mean nothing ask for nothing.
pub(crate) fn upright(orientation: u64) -> (bool, Quarter) {
    match orientation {
        2 => (true, Quarter::None),
        3 => (false, Quarter::Half),
        4 => (true, Quarter::Half),
        5 => (true, Quarter::Left),
        6 => (false, Quarter::Right),
        7 => (true, Quarter::Right),
        8 => (false, Quarter::Left),
        _ => (false, Quarter::None),
    }
}

/// Turns stored rows into rows of a page, reusing its buffers.
#[derive(Debug)]
pub(crate) struct Converter<'a> {
    stored: &'a Stored,
    depth: Depth,
    to_srgb: Option<ToSrgb>,
    /// Samples of a row, one byte each.
    samples: Vec<u8>,
    /// Colours of a row where they are not the samples: RGB or grey.
    colours: Vec<u8>,
    row: Vec<u8>,
}

impl<'a> Converter<'a> {
    pub(crate) fn new(stored: &'a Stored) -> Self {
        let to_srgb = match &stored.ink {
            Ink::Cmyk(profile) => profile.as_ref().and_then(CmykProfile::to_srgb),
            Ink::Grey | Ink::Rgb | Ink::YCbCr | Ink::Palette(_) => None,
        };
        let depth = stored.depth();
        let row = vec![0; depth.row_bytes(stored.width)];
        Self { stored, depth, to_srgb, samples: Vec::new(), colours: Vec::new(), row }
    }

    /// The page's row for a stored one of [`Stored::row_bytes`].
    ///
    /// # Errors
    ///
    /// When a pixel names a colour its palette does not have.
    pub(crate) fn convert(&mut self, stored: &[u8]) -> Result<&[u8], DecodeError> {
        if !self.copies(stored) {
            self.unpack(stored);
            self.colour()?;
            self.pack();
        }
        if self.stored.mirrored {
            mirror(&mut self.row, self.depth, self.stored.width);
        }
        Ok(&self.row)
    }

    /// Takes over a row that is stored as the page wants it, but for its
    /// polarity; false if it is not.
    fn copies(&mut self, stored: &[u8]) -> bool {
        let Stored { bits, samples, width, inverted, .. } = *self.stored;
        let flip = match (&self.stored.ink, bits, samples) {
            // A bilevel page has 1 for black, a grey one 0.
            (Ink::Grey, 1, 1) if inverted => 0,
            (Ink::Grey, 1, 1) => 0xff,
            (Ink::Grey, 8, 1) if inverted => 0xff,
            (Ink::Grey, 8, 1) | (Ink::Rgb, 8, 3) => 0,
            _ => return false,
        };
        for (to, from) in self.row.iter_mut().zip(stored) {
            *to = from ^ flip;
        }
        if self.depth == Depth::Bilevel {
            clear_padding(&mut self.row, width);
        }
        true
    }

    /// Spreads the samples to a byte each, scaled to 0–255, but for places in
    /// a palette.
    fn unpack(&mut self, stored: &[u8]) {
        let scaled = !matches!(self.stored.ink, Ink::Palette(_));
        let count = self.stored.width as usize * usize::from(self.stored.samples);
        self.samples.clear();
        match self.stored.bits {
            16 => {
                let big = self.stored.big_endian;
                self.samples.extend(stored.as_chunks().0.iter().map(|&two| {
                    let value = if big {
                        u16::from_be_bytes(two)
                    } else {
                        u16::from_le_bytes(two)
                    };
                    // 65535 = 257 × 255; rounded, not cut.
                    let [low, ..] = ((u32::from(value) + 128) / 257).to_le_bytes();
                    low
                }));
            }
            8 => self.samples.extend_from_slice(stored),
            bits => {
                let most = (1_u8 << bits.min(7)) - 1;
                let scale = if scaled { 255 / most } else { 1 };
                for &byte in stored {
                    let shifts = (0..8 / bits).map(|place| 8 - bits * (place + 1));
                    self.samples
                        .extend(shifts.map(|shift| ((byte >> shift) & most) * scale));
                }
            }
        }
        self.samples.truncate(count);
    }

    /// Fills `colours` with grey or RGB, alpha laid over white.
    fn colour(&mut self) -> Result<(), DecodeError> {
        let stored = self.stored;
        let step = usize::from(stored.samples.max(1));
        self.colours.clear();
        let pixels = self.samples.chunks_exact(step);
        match &stored.ink {
            Ink::Grey => {
                let flip = if stored.inverted { 0xff } else { 0 };
                self.colours.extend(pixels.filter_map(|px| Some(px.first()? ^ flip)));
            }
            Ink::Rgb => {
                let whole = pixels.filter_map(|px| px.first_chunk::<3>());
                self.colours.extend(whole.flatten());
            }
            Ink::YCbCr => {
                let whole = pixels.filter_map(|px| px.first_chunk::<3>());
                self.colours.extend(whole.flat_map(|&px| rgb_of_ycbcr(px)));
            }
            Ink::Palette(colours) => {
                for &place in pixels.filter_map(|px| px.first()) {
                    let colour = colours.get(usize::from(place)).ok_or_else(|| {
                        let value = place.to_string();
                        DecodeError::Invalid { field: "palette index", value }
                    })?;
                    self.colours.extend_from_slice(colour);
                }
            }
            Ink::Cmyk(_) => self.colour_of_inks(step),
        }
        self.lay_over_white(step);
        Ok(())
    }

    fn colour_of_inks(&mut self, step: usize) {
        let flip = if self.stored.inverted { 0xff } else { 0 };
        let inks = self.samples.chunks_exact(step).filter_map(|px| px.first_chunk::<4>());
        let inks: Vec<u8> = inks.flatten().map(|ink| ink ^ flip).collect();
        if let Some(to_srgb) = &self.to_srgb {
            self.colours.resize(inks.len() / 4 * 3, 0);
            if to_srgb.convert(&inks, &mut self.colours).is_some() {
                return;
            }
            self.colours.clear();
        }
        // ISO 32000-2, 10.4.2.4 adds ink and black; the product, which other
        // decoders use, keeps shades that the sum clips.
        for &[c, m, y, k] in inks.as_chunks().0 {
            self.colours.extend([c, m, y].map(|ink| part(255 - ink, 255 - k)));
        }
    }

    fn lay_over_white(&mut self, step: usize) {
        let stored = self.stored;
        if stored.alpha == Alpha::None {
            return;
        }
        let at = usize::from(stored.ink.samples());
        let opacity = self.samples.chunks_exact(step).map(|px| px.get(at).copied());
        let colours = match stored.ink {
            Ink::Grey => 1,
            Ink::Rgb | Ink::YCbCr | Ink::Cmyk(_) | Ink::Palette(_) => 3,
        };
        for (pixel, opacity) in self.colours.chunks_exact_mut(colours).zip(opacity) {
            let opacity = opacity.unwrap_or(255);
            for colour in pixel {
                let shown = match stored.alpha {
                    Alpha::Premultiplied => *colour,
                    Alpha::Straight | Alpha::None => part(*colour, opacity),
                };
                *colour = shown.saturating_add(255 - opacity);
            }
        }
    }

    /// Packs `colours` into `row`.
    fn pack(&mut self) {
        let grey_of_rgb = matches!(self.stored.ink, Ink::Palette(_));
        match self.depth {
            Depth::Rgb => self.row.copy_from_slice(&self.colours),
            Depth::Grey if grey_of_rgb => {
                for (to, [red, ..]) in
                    self.row.iter_mut().zip(self.colours.as_chunks::<3>().0)
                {
                    *to = *red;
                }
            }
            Depth::Grey => self.row.copy_from_slice(&self.colours),
            Depth::Bilevel => {
                let black =
                    self.colours.as_chunks::<3>().0.iter().map(|[red, ..]| *red == 0);
                pack_bits(black, &mut self.row);
            }
        }
    }
}

/// Grey of each pixel of a row, replacing what `grey` held.
pub(crate) fn to_grey(row: &[u8], depth: Depth, width: u32, grey: &mut Vec<u8>) {
    grey.clear();
    match depth {
        Depth::Grey => grey.extend_from_slice(row),
        Depth::Rgb => grey.extend(row.as_chunks().0.iter().map(|&rgb| luma(rgb))),
        Depth::Bilevel => {
            let bits = row.iter().flat_map(|&byte| (0..8).map(move |i| byte << i & 0x80));
            grey.extend(bits.map(|bit| if bit == 0 { 255 } else { 0 }));
        }
    }
    grey.truncate(width as usize);
}

/// Luma of ITU-R BT.601, rounded.
fn luma([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 19595 * u32::from(red) + 38470 * u32::from(green) + 7471 * u32::from(blue);
    let [_, _, luma, _] = (sum + 0x8000).to_le_bytes();
    luma
}

/// The inverse of JFIF 1.02, page 3, in 16-bit fixed point.
fn rgb_of_ycbcr([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(y), i32::from(cb) - 128, i32::from(cr) - 128);
    let red = y + ((91_881 * cr + 0x8000) >> 16);
    let green = y + ((-22_554 * cb - 46_802 * cr + 0x8000) >> 16);
    let blue = y + ((116_130 * cb + 0x8000) >> 16);
    [red, green, blue].map(|value| {
        let [low, ..] = value.clamp(0, 255).to_le_bytes();
        low
    })
}

/// `a` of 255 parts of `b`, rounded.
fn part(a: u8, b: u8) -> u8 {
    let [low, ..] = ((u16::from(a) * u16::from(b) + 127) / 255).to_le_bytes();
    low
}

/// Packs truth into bits, first in the high bit; a last byte is padded with 0.
fn pack_bits(bits: impl Iterator<Item = bool>, row: &mut [u8]) {
    row.fill(0);
    let places = row.iter_mut().flat_map(|byte| {
        let cell = std::cell::Cell::from_mut(byte);
        (0..8).map(move |place| (cell, 0x80_u8 >> place))
    });
    for (bit, (byte, mask)) in bits.zip(places) {
        if bit {
            byte.set(byte.get() | mask);
        }
    }
}

/// Sets the bits after the last pixel to 0.
fn clear_padding(row: &mut [u8], width: u32) {
    if let (Some(last), used @ 1..) = (row.last_mut(), width % 8) {
        *last &= 0xff_u8 << (8 - used);
    }
}

/// Exchanges left and right.
fn mirror(row: &mut [u8], depth: Depth, width: u32) {
    match depth {
        Depth::Grey => row.reverse(),
        Depth::Rgb => row.as_chunks_mut::<3>().0.reverse(),
        Depth::Bilevel => {
            // Reversed whole, the padding comes first; then it is shifted out.
            row.reverse();
            for byte in &mut *row {
                *byte = byte.reverse_bits();
            }
            let padding = (8 - width % 8) % 8;
            if padding > 0 {
                let mut next = row.iter().skip(1).copied().collect::<Vec<_>>();
                next.push(0);
                for (byte, next) in row.iter_mut().zip(next) {
                    *byte = *byte << padding | next >> (8 - padding);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(ink: Ink, bits: u8, samples: u8) -> Stored {
        Stored {
            width: 3,
            bits,
            samples,
            ink,
            alpha: Alpha::None,
            inverted: false,
            big_endian: true,
            mirrored: false,
        }
    }

    fn converted(stored: &Stored, row: &[u8]) -> Vec<u8> {
        Converter::new(stored).convert(row).unwrap().to_vec()
    }

    #[test]
    fn one_bit_becomes_one_for_black_with_clean_padding() {
        let mut page = stored(Ink::Grey, 1, 1);
        assert_eq!(converted(&page, &[0b0101_1111]), [0b1010_0000]);
        page.inverted = true;
        assert_eq!(converted(&page, &[0b0101_1111]), [0b0100_0000]);
        page.mirrored = true;
        assert_eq!(converted(&page, &[0b1101_1111]), [0b0110_0000]);
    }

    #[test]
    fn small_samples_are_scaled_to_the_whole_range() {
        assert_eq!(converted(&stored(Ink::Grey, 2, 1), &[0b0001_1100]), [0, 85, 255]);
        assert_eq!(converted(&stored(Ink::Grey, 4, 1), &[0x0f, 0x80]), [0, 255, 136]);
        let sixteen = [0x80, 0x00, 0xff, 0xff, 0x00, 0x81];
        assert_eq!(converted(&stored(Ink::Grey, 16, 1), &sixteen), [128, 255, 1]);
    }

    #[test]
    fn a_palette_of_black_and_white_is_bilevel() {
        let ink = Ink::Palette(vec![[255; 3], [0; 3]]);
        let page = stored(ink, 1, 1);
        assert_eq!(page.depth(), Depth::Bilevel);
        assert_eq!(converted(&page, &[0b1010_0000]), [0b1010_0000]);
    }

    #[test]
    fn a_colour_the_palette_lacks_is_an_error() {
        let page = stored(Ink::Palette(vec![[9; 3]; 3]), 2, 1);
        assert!(Converter::new(&page).convert(&[0b0011_0000]).is_err());
    }

    #[test]
    fn what_is_transparent_is_white() {
        let mut page = stored(Ink::Rgb, 8, 4);
        page.alpha = Alpha::Straight;
        let row = [10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 128];
        assert_eq!(converted(&page, &row), [10, 20, 30, 255, 255, 255, 127, 127, 127]);
        page.alpha = Alpha::Premultiplied;
        let row = [10, 20, 30, 255, 0, 0, 0, 0, 64, 64, 64, 128];
        assert_eq!(converted(&page, &row), [10, 20, 30, 255, 255, 255, 191, 191, 191]);
    }

    #[test]
    fn inks_darken() {
        let page = stored(Ink::Cmyk(None), 8, 4);
        let row = [0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255];
        assert_eq!(converted(&page, &row), [255, 255, 255, 0, 255, 255, 0, 0, 0]);
    }

    #[test]
    fn orientations_agree_with_their_definition() {
        // TIFF 6.0, page 36: where row 0 and column 0 are seen. A picture of
        // 3 × 2 with only its first pixel marked, turned as asked.
        let seen = |orientation| {
            let (mirrored, turn) = upright(orientation);
            let x = if mirrored { 2.5 } else { 0.5 };
            let (x, y) = crate::units::Affine::turn(turn, 3.0, 2.0).apply(x, 0.5);
            (x > 1.0, y > 1.0)
        };
        let (left, right, top, bottom) = (false, true, false, true);
        assert_eq!(seen(1), (left, top));
        assert_eq!(seen(2), (right, top));
        assert_eq!(seen(3), (right, bottom));
        assert_eq!(seen(4), (left, bottom));
        assert_eq!(seen(5), (left, top));
        assert_eq!(seen(6), (right, top));
        assert_eq!(seen(7), (right, bottom));
        assert_eq!(seen(8), (left, bottom));
    }
}
