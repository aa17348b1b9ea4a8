//! Sheets of paper typeset in code: ink, and the words over it.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sheets are a few thousand pixels wide"
)]

use std::sync::OnceLock;

use ab_glyph::{Font as _, FontVec, PxScale, ScaleFont as _, point};
use sohoa::text::{Line, TextLayer, Word};
use sohoa::units::{Affine, Rect};

/// A face with the metrics of Times (Debian: fonts-croscore).
const FONT: &str = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf";

/// A sheet as a scanner would see it.
pub(crate) struct Sheet {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) dpi: f64,
    /// One byte a pixel, 1 is ink.
    pub(crate) ink: Vec<u8>,
    pub(crate) text: TextLayer,
}

/// The face, or `None` where it is not installed.
pub(crate) fn font() -> Option<&'static FontVec> {
    static FACE: OnceLock<Option<FontVec>> = OnceLock::new();
    FACE.get_or_init(|| FontVec::try_from_vec(std::fs::read(FONT).ok()?).ok()).as_ref()
}

impl Sheet {
    /// An empty A4 sheet.
    pub(crate) fn a4(dpi: f64) -> Self {
        Self::new(210.0, 297.0, dpi)
    }

    /// An empty sheet of this width and height in millimetres.
    pub(crate) fn new(width: f64, height: f64, dpi: f64) -> Self {
        let [width, height] = [width, height].map(|mm| (mm / 25.4 * dpi).round() as u32);
        let ink = vec![0; (width * height) as usize];
        Self { width, height, dpi, ink, text: TextLayer::default() }
    }

    /// Sets `text` in one line: left edge, baseline and size in points from
    /// the top left corner.
    pub(crate) fn line(&mut self, text: &str, x: f64, y: f64, size: f64) {
        let font = font().expect("tests that typeset ask for the font first");
        let pixels = self.dpi / 72.0;
        let em = font.height_unscaled() / font.units_per_em().unwrap();
        let scaled = font.as_scaled(PxScale::from((size * pixels) as f32 * em));
        let (mut at, y) = ((x * pixels) as f32, (y * pixels) as f32);
        let mut line = Line::default();
        for word in text.split(' ') {
            let mut place: Option<Rect> = None;
            for c in word.chars() {
                let glyph = scaled.scaled_glyph(c);
                let advance = scaled.h_advance(glyph.id);
                let mut glyph = glyph;
                glyph.position = point(at, y);
                at += advance;
                let Some(outline) = font.outline_glyph(glyph) else { continue };
                let bounds = outline.px_bounds();
                outline.draw(|dx, dy, cover| {
                    let (x, y) = (bounds.min.x as u32 + dx, bounds.min.y as u32 + dy);
                    if cover > 0.5 && x < self.width && y < self.height {
                        self.ink[(y * self.width + x) as usize] = 1;
                    }
                });
                let ink = Rect {
                    left: bounds.min.x.into(),
                    top: bounds.min.y.into(),
                    right: bounds.max.x.into(),
                    bottom: bounds.max.y.into(),
                };
                place = Some(place.map_or(ink, |place| place.union(ink)));
            }
            at += scaled.h_advance(scaled.glyph_id(' '));
            if let Some(place) = place {
                line.words.push(Word::new(word.to_owned(), place, 90.0));
            }
        }
        line.baseline = ((x * pixels), y.into(), at.into(), y.into());
        self.text.lines.push(line);
    }

    /// Pixels to points of an upright page.
    pub(crate) fn upright(&self) -> Affine {
        let scale = 72.0 / self.dpi;
        Affine::new([scale, 0.0, 0.0, -scale, 0.0, f64::from(self.height) * scale])
    }

    /// Width and height in points.
    pub(crate) fn points(&self) -> (f64, f64) {
        let scale = 72.0 / self.dpi;
        (f64::from(self.width) * scale, f64::from(self.height) * scale)
    }

    /// The ink packed as `Depth::Bilevel`.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let byte = |bits: &[u8]| {
            bits.iter().zip(0..).fold(0, |byte, (bit, n)| byte | bit << (7 - n))
        };
        self.ink
            .chunks(self.width as usize)
            .flat_map(|row| row.chunks(8).map(byte))
            .collect()
    }

    /// The ink as Group 4 data, black is 1.
    pub(crate) fn g4(&self) -> Vec<u8> {
        let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
        for row in self.ink.chunks(self.width as usize) {
            let pels = row.iter().map(|ink| match ink {
                0 => fax::Color::White,
                _ => fax::Color::Black,
            });
            encoder.encode_line(pels, self.width).unwrap();
        }
        encoder.finish().unwrap().finish()
    }

    /// The ink as a JBIG2 page: generic, lossless.
    pub(crate) fn jbig2(&self) -> Vec<u8> {
        let mut config = jbig2enc_rust::Jbig2Config::lossless();
        config.canonical_arithmetic_termination = true;
        let context = jbig2enc_rust::Jbig2Context::with_config(config, true);
        let encoded = jbig2enc_rust::encode_single_image_with_config(
            &self.ink,
            self.width,
            self.height,
            context,
        );
        encoded.unwrap().page_data
    }

    /// The ink as grey samples, 0 is black.
    pub(crate) fn grey(&self) -> Vec<u8> {
        self.ink.iter().map(|ink| 255 - 255 * ink).collect()
    }

    /// The ink as a JPEG of one or three components.
    pub(crate) fn jpeg(&self, components: usize) -> Vec<u8> {
        let space = match components {
            1 => mozjpeg::ColorSpace::JCS_GRAYSCALE,
            _ => mozjpeg::ColorSpace::JCS_RGB,
        };
        let mut encoder = mozjpeg::Compress::new(space);
        encoder.set_fastest_defaults();
        encoder.set_size(self.width as usize, self.height as usize);
        encoder.set_quality(90.0);
        let mut encoder = encoder.start_compress(Vec::new()).unwrap();
        let grey = self.grey();
        let samples: Vec<_> =
            grey.iter().flat_map(|v| std::iter::repeat_n(*v, components)).collect();
        encoder.write_scanlines(&samples).unwrap();
        encoder.finish().unwrap()
    }
}
