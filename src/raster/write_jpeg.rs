//! Writes baseline JPEG (ITU-T T.81) row by row, for grey and colour pages.
//!
//! `mozjpeg` runs in its libjpeg-turbo profile, with Huffman tables made for
//! the page where it fits in memory: a tenth smaller for some 30 ms. Progressive
//! scans would save another twentieth for twice the time, mozjpeg's own profile
//! a third for twenty times the time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mozjpeg::compress::CompressStarted;
use mozjpeg::{ColorSpace, Compress, PixelDensity, PixelDensityUnit};

use crate::raster::Depth;
use crate::say::{self, Lang, Tell};
use crate::units::Dpi;

/// From this quality on, colour keeps its full resolution.
const FULL_CHROMA_FROM: u8 = 90;

/// The longest side of a JPEG that libjpeg reads and writes.
const LONGEST_SIDE: u32 = 65_500;

/// Takes the rows of a page and becomes a JPEG file.
pub struct JpegWriter {
    /// `None` once the encoder has failed.
    encoder: Option<CompressStarted<Vec<u8>>>,
    depth: Depth,
    width: u32,
    rows_left: u32,
    /// A bilevel row as grey samples.
    grey: Vec<u8>,
}

impl JpegWriter {
    /// Starts a file. `quality` is that of libjpeg, 1 to 100; colour is halved in
    /// both directions (4:2:0) below 90. Bilevel rows are written as grey.
    ///
    /// # Errors
    ///
    /// When a side is 0 or beyond 65 500 pixels.
    pub fn new(
        width: u32,
        height: u32,
        depth: Depth,
        quality: u8,
        dpi: Option<Dpi>,
    ) -> Result<Self, JpegError> {
        let sides = 1..=LONGEST_SIDE;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(JpegError::Size { width, height });
        }
        let encoder = guarded(|| {
            let mut setup = Compress::new(match depth {
                Depth::Bilevel | Depth::Grey => ColorSpace::JCS_GRAYSCALE,
                Depth::Rgb => ColorSpace::JCS_RGB,
            });
            setup.set_size(width as usize, height as usize);
            setup.set_fastest_defaults();
            setup.set_quality(f32::from(quality.clamp(1, 100)));
            setup.set_optimize_coding(fits_in_memory(width, height, depth, quality));
            if depth == Depth::Rgb {
                let cell = if quality < FULL_CHROMA_FROM { (2, 2) } else { (1, 1) };
                setup.set_chroma_sampling_pixel_sizes(cell, cell);
            }
            if let Some(dpi) = dpi {
                setup.set_pixel_density(density(dpi));
            }
            setup.start_compress(Vec::new()).ok()
        })?;
        let encoder = Some(encoder);
        Ok(Self { encoder, depth, width, rows_left: height, grey: Vec::new() })
    }

    /// Adds the next row, packed as the depth says.
    ///
    /// # Errors
    ///
    /// When the row has another length than its depth gives it, when all rows
    /// have been written, or when the encoder fails.
    pub fn row(&mut self, row: &[u8]) -> Result<(), JpegError> {
        if row.len() != self.depth.row_bytes(self.width) || self.rows_left == 0 {
            return Err(JpegError::Refused);
        }
        let mut encoder = self.encoder.take().ok_or(JpegError::Refused)?;
        let samples = match self.depth {
            Depth::Grey | Depth::Rgb => row,
            Depth::Bilevel => {
                self.grey.clear();
                self.grey.extend(fax::slice_bits(row).map(|black| !u8::from(black) & 1));
                self.grey.iter_mut().for_each(|white| *white *= 255);
                self.grey.truncate(self.width as usize);
                &self.grey
            }
        };
        // A failed encoder is dropped with the closure, its memory freed.
        let encoder = guarded(|| {
            encoder.write_scanlines(samples).ok()?;
            Some(encoder)
        })?;
        self.encoder = Some(encoder);
        self.rows_left -= 1;
        Ok(())
    }

    /// Ends the file and returns it.
    ///
    /// # Errors
    ///
    /// When rows are missing or the encoder fails.
    pub fn finish(self) -> Result<Vec<u8>, JpegError> {
        if self.rows_left > 0 {
            return Err(JpegError::Refused);
        }
        let encoder = self.encoder.ok_or(JpegError::Refused)?;
        guarded(|| encoder.finish().ok())
    }
}

/// Coefficients that may be kept in memory until the Huffman tables are made;
/// a larger page is written row by row with the standard tables, a tenth larger.
const MOST_COEFFICIENT_BYTES: u64 = 64 << 20;

/// Whether the page's coefficients may wait for their Huffman tables.
fn fits_in_memory(width: u32, height: u32, depth: Depth, quality: u8) -> bool {
    // Two bytes a coefficient, and of chroma a quarter or all of them, twice.
    let bytes_per_pixel = match depth {
        Depth::Bilevel | Depth::Grey => 2,
        Depth::Rgb if quality < FULL_CHROMA_FROM => 3,
        Depth::Rgb => 6,
    };
    u64::from(width) * u64::from(height) * bytes_per_pixel <= MOST_COEFFICIENT_BYTES
}

/// libjpeg reports fatal errors by unwinding.
fn guarded<T>(work: impl FnOnce() -> Option<T>) -> Result<T, JpegError> {
    catch_unwind(AssertUnwindSafe(work)).ok().flatten().ok_or(JpegError::Refused)
}

fn density(dpi: Dpi) -> PixelDensity {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a `Dpi` lies between 50 and 4 800"
    )]
    let dots = |dots: f64| dots.round() as u16;
    PixelDensity { unit: PixelDensityUnit::Inches, x: dots(dpi.x()), y: dots(dpi.y()) }
}

/// Why a JPEG cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JpegError {
    /// A side that JPEG cannot have.
    Size {
        /// Columns asked for.
        width: u32,
        /// Rows asked for.
        height: u32,
    },
    /// Rows that are not the picture announced, or an encoder that fails.
    Refused,
}

impl Tell for JpegError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Size { width, height } => {
                say::raster::jpeg_size(lang, width, height, LONGEST_SIDE)
            }
            Self::Refused => say::raster::jpeg_refused(lang),
        }
    }
}

impl std::error::Error for JpegError {}

impl std::fmt::Display for JpegError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "the tests' numbers are small")]
mod tests {
    use super::*;
    use crate::raster::samples::{Dice, text_like};

    /// A grey or colour gradient with some noise, written at `quality`.
    fn written(width: u32, height: u32, depth: Depth, quality: u8) -> Vec<u8> {
        let mut dice = Dice::new(3);
        let mut writer =
            JpegWriter::new(width, height, depth, quality, Dpi::square(300.0)).unwrap();
        for y in 0..height {
            let row: Vec<u8> = (0..depth.row_bytes(width))
                .map(|i| ((i as u32 * 3 + y + dice.below(8)) % 240) as u8)
                .collect();
            writer.row(&row).unwrap();
        }
        writer.finish().unwrap()
    }

    fn opened(jpeg: &[u8]) -> mozjpeg::Decompress<&[u8]> {
        mozjpeg::Decompress::new_mem(jpeg).unwrap()
    }

    #[test]
    fn grey_and_colour_have_the_size_and_density_announced() {
        for (depth, channels) in [(Depth::Grey, 1), (Depth::Rgb, 3)] {
            let jpeg = written(100, 37, depth, 80);
            let read = opened(&jpeg);
            assert_eq!((read.width(), read.height()), (100, 37));
            assert_eq!(read.components().len(), channels);
            // JFIF (ITU-T T.871, 10.1): dots per inch, 300 by 300.
            assert_eq!(jpeg[13..18], [1, 1, 44, 1, 44]);
        }
    }

    #[test]
    fn colour_is_halved_below_quality_90_only() {
        for (quality, sampling) in [(89, 2), (90, 1)] {
            let jpeg = written(64, 64, Depth::Rgb, quality);
            assert_eq!(opened(&jpeg).components()[0].h_samp_factor, sampling);
        }
    }

    #[test]
    fn quality_100_comes_back_almost_unchanged() {
        let mut writer = JpegWriter::new(40, 16, Depth::Grey, 100, None).unwrap();
        let rows: Vec<Vec<u8>> =
            (0..16).map(|y| (0..40).map(|x| x * 4 + y).collect()).collect();
        rows.iter().for_each(|row| writer.row(row).unwrap());
        let jpeg = writer.finish().unwrap();
        let back: Vec<u8> = opened(&jpeg).grayscale().unwrap().read_scanlines().unwrap();
        let worst = rows.concat().iter().zip(&back).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst.unwrap() <= 2, "{worst:?}");
    }

    #[test]
    fn bilevel_rows_are_written_as_black_on_white() {
        let page = text_like(100, 60, 1);
        let mut writer = JpegWriter::new(100, 60, Depth::Bilevel, 95, None).unwrap();
        page.rows().for_each(|row| writer.row(row).unwrap());
        let jpeg = writer.finish().unwrap();
        let back: Vec<u8> = opened(&jpeg).grayscale().unwrap().read_scanlines().unwrap();
        let ink = |row: &[u8]| fax::slice_bits(row).take(100).collect::<Vec<_>>();
        let black: Vec<bool> = page.rows().flat_map(ink).collect();
        assert!(black.iter().zip(back).all(|(&black, grey)| black == (grey < 128)));
    }

    #[test]
    fn rows_that_are_not_the_picture_announced_are_refused() {
        let mut writer = JpegWriter::new(10, 2, Depth::Grey, 75, None).unwrap();
        assert_eq!(writer.row(&[0; 9]), Err(JpegError::Refused));
        writer.row(&[0; 10]).unwrap();
        assert_eq!(writer.finish(), Err(JpegError::Refused));
        let mut writer = JpegWriter::new(10, 1, Depth::Grey, 75, None).unwrap();
        writer.row(&[0; 10]).unwrap();
        assert_eq!(writer.row(&[0; 10]), Err(JpegError::Refused));
        assert!(writer.finish().is_ok());
    }

    #[test]
    fn a_side_beyond_jpeg_is_refused() {
        for (width, height) in [(65_501, 1), (1, 65_501), (0, 1)] {
            let refused = JpegWriter::new(width, height, Depth::Grey, 75, None).err();
            assert_eq!(refused, Some(JpegError::Size { width, height }));
        }
    }
}
