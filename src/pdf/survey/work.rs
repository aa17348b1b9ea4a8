//! The device that counts the work inside patterns, masks and glyph programs, and
//! notes nothing else.

use hayro::hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro::hayro_interpret::{
    BlendMode, CacheKey as _, ClipPath, Device, DrawMode, DrawProps, Image,
    ImageDrawProps, SoftMask,
};
use hayro::kurbo;

use crate::pdf::image;
use crate::pdf::survey::notes::Notes;
use crate::pdf::weigh;

/// Counts for these notes.
pub(super) struct Work<'n, 'd> {
    pub(super) notes: &'n mut Notes<'d>,
}

impl<'a> Device<'a> for Work<'_, '_> {
    fn draw_path(&mut self, _: &kurbo::BezPath, props: DrawProps<'a>, _: &DrawMode) {
        self.notes.count(1);
        self.notes.ink(&props.paint);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.notes.count(1);
    }

    fn push_transparency_group(
        &mut self,
        _: f32,
        mask: Option<SoftMask<'a>>,
        _: BlendMode,
    ) {
        self.notes.count(1);
        if let Some(mask) = &mask {
            self.notes.count_mask(mask, false);
        }
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        _: &DrawMode,
    ) {
        for glyph in run.glyphs() {
            self.notes.count(1);
            if let FontGlyph::Type3(program) = &**glyph {
                self.notes.count_run(program.cache_key(), |work| {
                    program.interpret(
                        work,
                        props.transform,
                        glyph.transform(),
                        &props.paint,
                    );
                });
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.notes.count(1);
        let stream = match &image {
            Image::Stencil(stencil) => stencil.stream(),
            Image::Raster(raster) => raster.stream(),
        };
        let size = image::stated_size(stream).unwrap_or_default();
        if let Err(trouble) = weigh::pixels(self.notes.doc, size, self.notes.number) {
            self.notes.trouble.get_or_insert(trouble);
        }
    }

    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
