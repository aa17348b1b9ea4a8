//! Pages and pictures through `hayro`, the only file that paints.
//!
//! A page is painted on white in bands, so that a large sheet does not lie in
//! memory four bytes a pixel. Scales are chosen so that the last row and
//! column are whole: the sheet fills the picture exactly.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData,
    ImageDrawProps, InterpreterCache, InterpreterSettings, InterpreterWarning,
    RenderContent, SoftMask, WarningSinkFn, interpret_page,
};
use hayro::hayro_syntax::object::ObjectIdentifier;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{
    Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit,
};
use hayro::{RenderCache, RenderSettings};

use crate::pdf::document::{Document, guarded};
use crate::pdf::geometry::Sheet;
use crate::pdf::image::{Picture, unreadable};
use crate::raster::{DecodeError, Depth, Raster, Rows};
use crate::units::Affine;

/// Pixels painted at a time: 128 MB while they are four bytes each.
const BAND_PIXELS: u64 = 32 << 20;
/// The painter counts columns and rows in 16 bits.
const MOST_SIDE: u32 = 65_535;
/// What the error calls a page that could not be painted.
const PAGE: &str = "PDF page";

/// A page to be painted.
#[derive(Debug)]
pub(crate) struct Painting {
    doc: Arc<Document>,
    index: usize,
    sheet: Sheet,
    /// Columns of the picture.
    pub(crate) width: u32,
    /// Rows of the picture.
    pub(crate) height: u32,
    depth: Depth,
    layers: Layers,
}

/// What of a page is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layers {
    /// Its own content alone.
    Content,
    /// Annotations and fields as well.
    All,
}

impl Painting {
    /// The page at `dpi`, or as fine as `most` pixels and the painter allow.
    pub(crate) fn new(
        doc: &Arc<Document>,
        index: usize,
        sheet: Sheet,
        depth: Depth,
        dpi: f64,
    ) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a limit, not a count")]
        let most = doc.limits.pixels as f64;
        let area = sheet.area() / (72.0 * 72.0);
        let longest = sheet.width.max(sheet.height) / 72.0;
        let dpi = dpi.min((most / area).sqrt()).min(f64::from(MOST_SIDE) / longest);
        let pixels = |side: f64| {
            let pixels = (side / 72.0 * dpi).round().clamp(1.0, f64::from(MOST_SIDE));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped above"
            )]
            let pixels = pixels as u32;
            pixels
        };
        let (width, height) = (pixels(sheet.width), pixels(sheet.height));
        Self {
            doc: Arc::clone(doc),
            index,
            sheet,
            width,
            height,
            depth,
            layers: Layers::All,
        }
    }

    /// The same with other layers.
    pub(crate) fn of(self, layers: Layers) -> Self {
        Self { layers, ..self }
    }

    /// From its pixels to points on the sheet.
    pub(crate) fn map(&self) -> Affine {
        let across = self.sheet.width / f64::from(self.width);
        let down = self.sheet.height / f64::from(self.height);
        Affine::scale(across, -down).then(Affine::shift(0.0, self.sheet.height))
    }

    /// Rows `from..from + rows`, packed.
    fn band(&self, from: u32, rows: u32) -> Option<Vec<u8>> {
        let page = self.doc.page(self.index)?;
        let (width, height) =
            (u16::try_from(self.width).ok()?, u16::try_from(rows).ok()?);
        let mut context = RenderContext::new(width, height);
        let up = self.map().inverse()?.then(Affine::shift(0.0, -f64::from(from)));
        let whole = self.sheet.map.then(up);
        let cache = RenderCache::new();
        let failed = Arc::new(AtomicBool::new(false));
        let settings = InterpreterSettings {
            warning_sink: notice_of_failed_pictures(&failed),
            render_content: match self.layers {
                Layers::Content => RenderContent::PAGE,
                Layers::All => RenderContent::all(),
            },
            ..Default::default()
        };
        // The hinter follows the tables of damaged fonts without end, and at
        // 150 dpi and above its work cannot be seen.
        let rendering = RenderSettings { hinting: false, ..Default::default() };
        hayro::render_into(
            page,
            &cache,
            &settings,
            &rendering,
            &mut context,
            kurbo(whole),
        );
        context.flush();
        if failed.load(Ordering::Relaxed) {
            return None;
        }
        let mut pixmap = Pixmap::new(width, height);
        let on_white = RasterizerSettings {
            target_init: TargetInit::Clear(WHITE),
            ..Default::default()
        };
        context.render_with(&mut pixmap, &mut Resources::default(), on_white);
        let pixels = pixmap.data().iter();
        Some(match self.depth {
            Depth::Rgb => pixels.flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect(),
            Depth::Grey | Depth::Bilevel => pixels.map(|p| luma(p.r, p.g, p.b)).collect(),
        })
    }
}

impl Rows for Painting {
    fn decode(
        &self,
        each: &mut dyn FnMut(&[u8]) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let per_band = BAND_PIXELS / u64::from(self.width.max(1));
        let per_band = u32::try_from(per_band).unwrap_or(MOST_SIDE).clamp(1, MOST_SIDE);
        let row_bytes = self.depth.row_bytes(self.width).max(1);
        let mut from = 0;
        while from < self.height {
            let rows = per_band.min(self.height - from);
            let band = guarded(|| self.band(from, rows)).flatten();
            let band = band.ok_or_else(|| unreadable(PAGE))?;
            band.chunks_exact(row_bytes).try_for_each(&mut *each)?;
            from += rows;
        }
        Ok(())
    }
}

/// A picture that cannot be decoded would leave a hole nobody notices.
fn notice_of_failed_pictures(failed: &Arc<AtomicBool>) -> WarningSinkFn {
    let failed = Arc::clone(failed);
    Arc::new(move |warning| {
        if matches!(warning, InterpreterWarning::ImageDecodeFailure) {
            failed.store(true, Ordering::Relaxed);
        }
    })
}

/// Luma of Rec. 601, as JPEG has it; exact for grey.
fn luma(r: u8, g: u8, b: u8) -> u8 {
    let sum = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) + 500;
    u8::try_from(sum / 1000).unwrap_or(u8::MAX)
}

/// The map as the renderer writes it.
pub(crate) fn kurbo(map: Affine) -> kurbo::Affine {
    kurbo::Affine::new([map.a, map.b, map.c, map.d, map.e, map.f])
}

/// Runs the page's content past `device`, in points on the sheet.
pub(crate) fn interpret<'a>(
    page: &'a Page<'a>,
    sheet: &Sheet,
    settings: InterpreterSettings,
    device: &mut impl Device<'a>,
) {
    let bounds = kurbo::Rect::new(0.0, 0.0, sheet.width, sheet.height);
    let cache = InterpreterCache::new();
    let mut context =
        Context::new(kurbo(sheet.map), bounds, &cache, page.xref(), settings);
    interpret_page(page, &mut context, device);
}

/// The picture `id` of a page in its own pixels, colours turned into sRGB.
pub(crate) fn picture(
    doc: &Document,
    index: usize,
    id: ObjectIdentifier,
    wanted: &Picture,
) -> Result<Raster, DecodeError> {
    let found = guarded(|| {
        let page = doc.page(index)?;
        let sheet = Sheet::of(page)?;
        let mut picker = Picker { id, found: None };
        interpret(page, &sheet, InterpreterSettings::default(), &mut picker);
        picker.found
    });
    let data = found.flatten().ok_or_else(|| unreadable(wanted.encoding))?;
    let (width, height) = (data.width(), data.height());
    if (width, height) != (wanted.width, wanted.height) {
        return Err(unreadable(wanted.encoding));
    }
    let samples = match (data, wanted.depth) {
        (ImageData::Rgb(rgb), Depth::Rgb) => rgb.data,
        (ImageData::Luma(grey), Depth::Grey | Depth::Bilevel) => grey.data,
        (ImageData::Luma(grey), Depth::Rgb) => {
            grey.data.iter().flat_map(|v| [*v; 3]).collect()
        }
        (ImageData::Rgb(rgb), Depth::Grey | Depth::Bilevel) => {
            rgb.data.chunks_exact(3).map(|p| p.first().copied().unwrap_or(0)).collect()
        }
    };
    let depth = wanted.depth;
    Some(Raster { width, height, depth, samples })
        .filter(|raster| raster.samples.len() == depth.row_bytes(width) * height as usize)
        .ok_or_else(|| unreadable(wanted.encoding))
}

/// Waits for one picture and keeps its pixels.
struct Picker {
    id: ObjectIdentifier,
    found: Option<ImageData>,
}

impl<'a> Device<'a> for Picker {
    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        let Image::Raster(image) = image else { return };
        if self.found.is_none() && image.stream().obj_id() == self.id {
            image.with_rgba(
                |data, alpha| {
                    if alpha.is_none() {
                        self.found = Some(data);
                    }
                },
                None,
            );
        }
    }

    fn draw_path(&mut self, _: &kurbo::BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
    }
    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
