//! The formats of one picture a file besides JPEG: PNG, WebP and BMP.
//!
//! What a header claims is read here first, before any decoder may allocate for it.
//! WebP, and the rarer codings of BMP, come whole from `image`, which holds them in
//! memory.

use std::io::Cursor;
use std::sync::Arc;

use image::codecs::bmp::BmpDecoder;
use image::codecs::webp::WebPDecoder;
use image::{ColorType, ImageDecoder, ImageResult};

use crate::raster::pixels::{Alpha, Converter, Ink, Stored};
use crate::raster::{DecodeError, Rows, guarded};
use crate::units::Dpi;

pub(crate) mod bmp;
pub(crate) mod png;
pub(crate) mod webp;

type Each<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), DecodeError>;

/// A picture that its decoder hands out only whole.
#[derive(Debug)]
struct Whole {
    bytes: Arc<[u8]>,
    stored: Stored,
    height: u32,
    coding: Coding,
}

#[derive(Clone, Copy, Debug)]
enum Coding {
    Webp,
    Bmp,
}

impl Rows for Whole {
    fn decode(&self, each: Each<'_>) -> Result<(), DecodeError> {
        let coding = match self.coding {
            Coding::Webp => "WebP",
            Coding::Bmp => "BMP",
        };
        let row_bytes = self.stored.row_bytes().unwrap_or_default();
        let page = guarded(|| {
            let file = Cursor::new(&*self.bytes);
            match self.coding {
                Coding::Webp => self.whole(WebPDecoder::new(file)),
                Coding::Bmp => self.whole(BmpDecoder::new(file)),
            }
        });
        let page = page.flatten().ok_or(DecodeError::Damaged { coding, row: 0 })?;
        let mut converter = Converter::new(&self.stored);
        for line in page.chunks_exact(row_bytes.max(1)) {
            each(converter.convert(line)?)?;
        }
        Ok(())
    }
}

impl Whole {
    /// Decodes, if the decoder sees the picture that the header was taken for.
    fn whole(&self, decoder: ImageResult<impl ImageDecoder>) -> Option<Vec<u8>> {
        let decoder = decoder.ok()?;
        let has_alpha = self.stored.alpha != Alpha::None;
        let expected = if has_alpha { ColorType::Rgba8 } else { ColorType::Rgb8 };
        if decoder.dimensions() != (self.stored.width, self.height)
            || decoder.color_type() != expected
        {
            return None;
        }
        let mut page = vec![0; usize::try_from(decoder.total_bytes()).ok()?];
        decoder.read_image(&mut page).ok()?;
        Some(page)
    }
}

fn eight_bit_rgb(width: u32, has_alpha: bool, mirrored: bool) -> Stored {
    Stored {
        width,
        bits: 8,
        samples: if has_alpha { 4 } else { 3 },
        ink: Ink::Rgb,
        alpha: if has_alpha { Alpha::Straight } else { Alpha::None },
        inverted: false,
        big_endian: false,
        mirrored,
    }
}

fn little32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn dpi_of_metres(across: u32, down: u32) -> Option<Dpi> {
    Dpi::plausible(f64::from(across) * 0.0254, f64::from(down) * 0.0254)
}
