//! Writes image rows as a `FlateDecode` stream with PNG predictors
//! (ISO 32000-2, 7.4.4.4), for pages that must stay lossless in grey or colour.
//!
//! Each row takes the filter whose residues have the least sum of absolute
//! values, the heuristic the PNG specification recommends (W3C PNG, 12.7).

use std::io::{self, Write as _};
use std::iter::zip;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::raster::Depth;

/// A level more takes a colour page down by 2 % in twice the time, a level less
/// up by 3 % in three fifths of it.
const LEVEL: u32 = 6;

/// Takes the rows of a page and becomes a compressed stream.
#[derive(Debug)]
pub struct DeflateWriter {
    zlib: ZlibEncoder<Vec<u8>>,
    depth: Depth,
    width: u32,
    /// The row before and this row, each behind one pixel of zeroes.
    above: Vec<u8>,
    here: Vec<u8>,
    /// The best filtered row so far and the one being tried, tag first.
    best: Vec<u8>,
    tried: Vec<u8>,
}

/// A finished stream and the `DecodeParms` it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deflated {
    /// The bytes of the stream, a zlib stream.
    pub bytes: Vec<u8>,
    /// `/Predictor`: 15, each row names its own PNG filter.
    pub predictor: u8,
    /// `/Colors`: 1 or 3 components, `DeviceGray` or RGB.
    pub colors: u8,
    /// `/BitsPerComponent`: 8, or 1 for bilevel rows.
    pub bits: u8,
    /// `/Columns`: pixels in a row.
    pub columns: u32,
}

impl DeflateWriter {
    /// Starts a stream of rows of `width` pixels. Bilevel rows come out for
    /// `DeviceGray`, where a 1 is white.
    #[must_use]
    pub fn new(width: u32, depth: Depth) -> Self {
        let whole = pixel_bytes(depth) + depth.row_bytes(width);
        Self {
            zlib: ZlibEncoder::new(Vec::new(), Compression::new(LEVEL)),
            depth,
            width,
            above: vec![0; whole],
            here: vec![0; whole],
            best: Vec::new(),
            tried: Vec::new(),
        }
    }

    /// Adds the next row, packed as the depth says; what a row is too long is
    /// left out, what it is too short is filled up with zeroes.
    ///
    /// # Errors
    ///
    /// When the compressor fails, which it does not when writing to memory.
    pub fn row(&mut self, row: &[u8]) -> io::Result<()> {
        let (here, pixel) = (&mut self.here, pixel_bytes(self.depth));
        let invert = match self.depth {
            Depth::Bilevel => 0xFF,
            Depth::Grey | Depth::Rgb => 0,
        };
        here.iter_mut().skip(pixel).for_each(|byte| *byte = 0);
        zip(here.iter_mut().skip(pixel), row).for_each(|(to, from)| *to = from ^ invert);

        let neighbours = Neighbours::new(&self.here, &self.above, pixel);
        let mut least = u64::MAX;
        for filter in Filter::ALL {
            neighbours.filter(filter, &mut self.tried);
            let residues = self.tried.iter().skip(1);
            let sum = residues.map(|&v| u64::from(v.cast_signed().unsigned_abs())).sum();
            if sum < least {
                least = sum;
                std::mem::swap(&mut self.best, &mut self.tried);
            }
        }
        std::mem::swap(&mut self.here, &mut self.above);
        self.zlib.write_all(&self.best)
    }

    /// Ends the stream.
    ///
    /// # Errors
    ///
    /// As [`Self::row`].
    pub fn finish(self) -> io::Result<Deflated> {
        let bytes = self.zlib.finish()?;
        let (colors, bits) = match self.depth {
            Depth::Bilevel => (1, 1),
            Depth::Grey => (1, 8),
            Depth::Rgb => (3, 8),
        };
        Ok(Deflated { bytes, predictor: 15, colors, bits, columns: self.width })
    }
}

/// Bytes from a sample to the same sample of the pixel before (W3C PNG, 9.2).
fn pixel_bytes(depth: Depth) -> usize {
    match depth {
        Depth::Bilevel | Depth::Grey => 1,
        Depth::Rgb => 3,
    }
}

/// The filter types of PNG; the place in `ALL` is the tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    None,
    Sub,
    Up,
    Average,
    Paeth,
}

impl Filter {
    const ALL: [Self; 5] = [Self::None, Self::Sub, Self::Up, Self::Average, Self::Paeth];
}

/// A row and what its predictors look at.
struct Neighbours<'a> {
    here: &'a [u8],
    left: &'a [u8],
    up: &'a [u8],
    corner: &'a [u8],
}

impl<'a> Neighbours<'a> {
    /// Both rows stand behind `pixel` zeroes.
    fn new(here: &'a [u8], above: &'a [u8], pixel: usize) -> Self {
        let after = |row: &'a [u8]| row.get(pixel..).unwrap_or_default();
        Self { here: after(here), left: here, up: after(above), corner: above }
    }

    /// Writes the tag and the residues of one filter.
    fn filter(&self, filter: Filter, out: &mut Vec<u8>) {
        out.clear();
        out.push(filter as u8);
        let (here, left, up) = (self.here.iter(), self.left, self.up);
        match filter {
            Filter::None => out.extend(here),
            Filter::Sub => out.extend(zip(here, left).map(|(x, a)| x.wrapping_sub(*a))),
            Filter::Up => out.extend(zip(here, up).map(|(x, b)| x.wrapping_sub(*b))),
            Filter::Average => {
                let mean =
                    |(x, (a, b)): (&u8, (&u8, &u8))| x.wrapping_sub(a.midpoint(*b));
                out.extend(zip(here, zip(left, up)).map(mean));
            }
            Filter::Paeth => {
                let near = |(x, ((a, b), c)): (&u8, ((&u8, &u8), &u8))| {
                    x.wrapping_sub(paeth(*a, *b, *c))
                };
                out.extend(zip(here, zip(zip(left, up), self.corner)).map(near));
            }
        }
    }
}

/// The neighbour nearest to `a + b - c` (W3C PNG, 9.4).
fn paeth(a: u8, b: u8, c: u8) -> u8 {
    let (left, up, corner) = (i16::from(a), i16::from(b), i16::from(c));
    let to_left = (up - corner).abs();
    let to_up = (left - corner).abs();
    let to_corner = (left + up - 2 * corner).abs();
    if to_left <= to_up && to_left <= to_corner {
        a
    } else if to_up <= to_corner {
        b
    } else {
        c
    }
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "the tests' numbers are small")]
mod tests {
    use super::*;
    use crate::raster::Raster;
    use crate::raster::samples::{Dice, text_like};

    fn deflated(raster: &Raster) -> Deflated {
        let mut writer = DeflateWriter::new(raster.width, raster.depth);
        raster.rows().for_each(|row| writer.row(row).unwrap());
        writer.finish().unwrap()
    }

    /// A smooth picture with some noise.
    fn smooth(width: u32, height: u32, depth: Depth) -> Raster {
        let mut dice = Dice::new(5);
        let stride = depth.row_bytes(width) as u32;
        let samples = (0..height)
            .flat_map(|y| (0..stride).map(move |x| (x, y)))
            .map(|(x, y)| ((x + 2 * y) / 3 + dice.below(3)) as u8)
            .collect();
        Raster { width, height, depth, samples }
    }

    /// Undoes the predictors with the `png` crate, a decoder we did not write.
    fn through_png(deflated: &Deflated, height: u32) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
        let colour = if deflated.colors == 3 { 2 } else { 0 };
        let size = [deflated.columns.to_be_bytes(), height.to_be_bytes()].concat();
        let header = [size, vec![deflated.bits, colour, 0, 0, 0]].concat();
        for (name, content) in
            [(b"IHDR", &header), (b"IDAT", &deflated.bytes), (b"IEND", &vec![])]
        {
            png.extend((content.len() as u32).to_be_bytes());
            let start = png.len();
            png.extend(name);
            png.extend(content);
            let mut crc = flate2::Crc::new();
            crc.update(&png[start..]);
            png.extend(crc.sum().to_be_bytes());
        }
        image::load_from_memory(&png).unwrap().into_bytes()
    }

    #[test]
    fn grey_and_colour_come_back_through_a_png_decoder() {
        for depth in [Depth::Grey, Depth::Rgb] {
            for (width, height) in [(1, 1), (1, 9), (9, 1), (100, 37)] {
                let raster = smooth(width, height, depth);
                assert_eq!(through_png(&deflated(&raster), height), raster.samples);
            }
        }
    }

    #[test]
    fn bilevel_rows_come_out_as_device_grey_has_them() {
        let raster = text_like(77, 30, 1);
        let ink = |row: &[u8]| fax::slice_bits(row).take(77).collect::<Vec<_>>();
        let black: Vec<bool> = raster.rows().flat_map(ink).collect();
        let back = through_png(&deflated(&raster), 30);
        assert!(black.iter().zip(back).all(|(&black, grey)| black == (grey == 0)));
    }

    #[test]
    fn predictors_make_a_smooth_picture_smaller() {
        let raster = smooth(300, 200, Depth::Rgb);
        let mut plain = ZlibEncoder::new(Vec::new(), Compression::new(LEVEL));
        plain.write_all(&raster.samples).unwrap();
        let plain = plain.finish().unwrap().len();
        assert!(deflated(&raster).bytes.len() * 10 < plain * 9, "{plain}");
    }

    #[test]
    fn the_parameters_are_those_of_the_rows() {
        let parameters = |depth| {
            let d = deflated(&smooth(8, 1, depth));
            (d.predictor, d.colors, d.bits, d.columns)
        };
        assert_eq!(parameters(Depth::Grey), (15, 1, 8, 8));
        assert_eq!(parameters(Depth::Rgb), (15, 3, 8, 8));
        assert_eq!(parameters(Depth::Bilevel), (15, 1, 1, 8));
    }
}
