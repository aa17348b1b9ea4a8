//! The device that takes notes of what is painted, and paints nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::pattern::Pattern;
use hayro::hayro_interpret::{
    BlendMode, CacheKey as _, ClipPath, Device, DrawMode, DrawProps, Image,
    ImageDrawProps, Paint, SoftMask,
};
use hayro::hayro_syntax::object::{Dict, String as PdfString};
use hayro::kurbo::{self, Point, Rect, Shape as _};

use crate::pdf::document::{Document, text_string};
use crate::pdf::geometry::{Sheet, turn_of};
use crate::pdf::image::{self, Picture};
use crate::pdf::survey::work::Work;
use crate::pdf::survey::{Seen, Survey};
use crate::pdf::text::Glyph;
use crate::pdf::{PdfError, render, weigh};
use crate::raster::Depth;
use crate::units::Affine;

/// Drawing operations of a page; a dense map has a hundred thousand.
const MOST_WORK: usize = 1_500_000;
/// Units of a glyph's em.
const EM: f64 = 1000.0;
/// Points by which an edge may be off.
const SLACK: f64 = 0.75;
/// Degrees by which the one picture of a page may lean.
const MOST_LEAN: f64 = 0.5;
/// Share of the picture that may lie outside the sheet or a clip.
const MOST_HIDDEN: f64 = 0.01;

/// The device that takes notes.
pub(super) struct Notes<'d> {
    pub(super) doc: &'d Document,
    pub(super) number: usize,
    sheet: Sheet,
    bounds: Rect,
    pub(super) survey: Survey,
    /// Around all marks so far, to know when a picture covers them.
    marked: Option<Rect>,
    clips: Vec<Clip>,
    /// For each group whether it is painted as if it were none.
    groups: Vec<Veil>,
    /// What `ActualText` says for the glyphs in hand, by depth of marked content.
    actual: Vec<Option<Spoken>>,
    /// What running a pattern, mask or glyph program comes to.
    costs: BTreeMap<u128, usize>,
    pub(super) annotation: bool,
    work: usize,
    /// Set when the work passes its limit.
    busy: &'d AtomicBool,
    pub(super) trouble: Option<PdfError>,
}

#[derive(Clone, Copy)]
struct Clip {
    bounds: Rect,
    /// Whether it is exactly its bounds.
    exact: bool,
}

/// What a transparency group does to what is painted in it.
#[derive(Clone, Copy, PartialEq)]
enum Veil {
    None,
    Changes,
    Hides,
}

/// A replacement text (ISO 32000-2, 14.9.4).
struct Spoken {
    text: String,
    said: bool,
}

impl<'d> Notes<'d> {
    pub(super) fn new(
        doc: &'d Document,
        number: usize,
        sheet: Sheet,
        busy: &'d AtomicBool,
    ) -> Self {
        let survey = Survey {
            pictures: Vec::new(),
            marks: false,
            colour: false,
            glyphs: Vec::new(),
        };
        Self {
            doc,
            number,
            sheet,
            bounds: Rect::new(0.0, 0.0, sheet.width, sheet.height),
            survey,
            marked: None,
            clips: Vec::new(),
            groups: Vec::new(),
            actual: Vec::new(),
            costs: BTreeMap::new(),
            annotation: false,
            work: 0,
            busy,
            trouble: None,
        }
    }

    /// Counts operations. The interpreter cannot be told to stop, so that
    /// beyond the limit it is unwound; `guarded` stands behind.
    pub(super) fn count(&mut self, operations: usize) {
        self.work = self.work.saturating_add(operations);
        if self.work > MOST_WORK {
            self.busy.store(true, Ordering::Relaxed);
            std::panic::resume_unwind(Box::new("too much work on a page"));
        }
    }

    /// Counts what `run` comes to: by running it the first time, from memory
    /// after that, since the painter runs it each time.
    pub(super) fn count_run(&mut self, key: u128, run: impl FnOnce(&mut Work<'_, 'd>)) {
        self.count(1);
        if let Some(cost) = self.costs.get(&key) {
            return self.count(*cost);
        }
        let before = self.work;
        run(&mut Work { notes: self });
        self.costs.insert(key, self.work - before);
    }

    fn clip(&self) -> Clip {
        self.clips.last().copied().unwrap_or(Clip { bounds: self.bounds, exact: true })
    }

    fn push_clip(&mut self, bounds: Rect, exact: bool) {
        let outer = self.clip();
        let (bounds, exact) = (outer.bounds.intersect(bounds), outer.exact && exact);
        self.clips.push(Clip { bounds, exact });
    }

    fn veiled(&self) -> Veil {
        let worst = |veil: Veil| self.groups.contains(&veil);
        if worst(Veil::Hides) {
            Veil::Hides
        } else if worst(Veil::Changes) {
            Veil::Changes
        } else {
            Veil::None
        }
    }

    /// Notes something painted within `area`.
    fn mark(&mut self, area: Rect, paint: Ink) {
        let seen = area.intersect(self.clip().bounds);
        let there = seen.width() >= 0.0 && seen.height() >= 0.0;
        let blank = self.survey.pictures.is_empty() && !self.survey.marks;
        let ink = match paint {
            Ink::None => false,
            // White on an empty sheet leaves it as it was.
            Ink::White => !blank || self.veiled() == Veil::Changes,
            Ink::Grey | Ink::Colour => true,
        };
        if there && ink && self.veiled() != Veil::Hides {
            self.survey.marks = true;
            self.survey.colour |= paint == Ink::Colour;
            self.marked = Some(self.marked.map_or(seen, |marked| marked.union(seen)));
        }
    }

    /// What a paint leaves behind; patterns are run to count their work.
    pub(super) fn ink(&mut self, paint: &Paint<'_>) -> Ink {
        match paint {
            Paint::Color(color) => match color.to_rgba().to_rgba8() {
                [_, _, _, 0] => Ink::None,
                [255, 255, 255, _] => Ink::White,
                [r, g, b, _] if r == g && g == b => Ink::Grey,
                _ => Ink::Colour,
            },
            Paint::Pattern(pattern) => {
                if let Pattern::Tiling(tiling) = &**pattern {
                    self.count_run(pattern.cache_key(), |work| {
                        tiling.interpret(work, kurbo::Affine::IDENTITY, false);
                    });
                }
                Ink::Colour
            }
        }
    }

    /// Counts a mask; the painter keeps those of the page itself.
    pub(super) fn count_mask(&mut self, mask: &SoftMask<'_>, kept: bool) {
        if !kept || !self.costs.contains_key(&mask.cache_key()) {
            self.count_run(mask.cache_key(), |work| mask.interpret(work));
        }
    }

    /// A picture that covers all that was painted before it leaves nothing of it.
    fn bury(&mut self, area: Rect) {
        let covers = |rect: Rect| {
            area.x0 <= rect.x0 + SLACK
                && area.y0 <= rect.y0 + SLACK
                && area.x1 >= rect.x1 - SLACK
                && area.y1 >= rect.y1 - SLACK
        };
        let all = self.marked.is_none_or(covers);
        let whole = covers(self.bounds);
        if all || whole {
            (self.survey.marks, self.marked) = (false, None);
            self.survey.colour &= !self.survey.pictures.is_empty();
        }
        if whole {
            self.survey.pictures.clear();
            self.survey.colour = false;
        }
        for glyph in &mut self.survey.glyphs {
            let (x, y) = glyph.start;
            glyph.visible &= !area.contains(Point::new(x, y));
        }
    }

    fn note_picture(&mut self, image: &Image<'_, '_>, map: Affine) {
        let stream = match image {
            Image::Stencil(stencil) => stencil.stream(),
            Image::Raster(raster) => raster.stream(),
        };
        let Some(size @ (width, height)) = image::stated_size(stream) else { return };
        if let Err(trouble) = weigh::pixels(self.doc, size, self.number) {
            self.trouble.get_or_insert(trouble);
        }
        let quad = quad(map, width, height);
        let area = quad.intersect(self.clip().bounds);
        if area.is_zero_area() || area.width() <= 0.0 || area.height() <= 0.0 {
            return;
        }
        let upright = turn_of(map).is_some_and(|(_, lean)| lean.abs() <= MOST_LEAN);
        let hidden = 1.0 - area.area() / quad.area();
        let solid = self.veiled() == Veil::None && !image::has_mask(stream);
        let plain = solid && upright && self.clip().exact && hidden <= MOST_HIDDEN;
        let id = Some(stream.obj_id()).filter(|id| id.obj_number != 0);
        let picture = Picture::of(stream);
        let grey = picture.as_ref().is_some_and(|picture| picture.depth != Depth::Rgb);
        let resized = picture.is_some_and(|picture| picture.is_resized(size));
        let opaque =
            solid && upright && self.clip().exact && matches!(image, Image::Raster(_));
        if opaque {
            self.bury(area);
        }
        let cover = area.area() / self.sheet.area();
        self.survey.colour |= !grey;
        self.survey.pictures.push(Seen { id, map, width, height, cover, plain, resized });
    }

    fn note_glyph(
        &mut self,
        glyph: &FontGlyph<'_>,
        to_sheet: kurbo::Affine,
        visible: bool,
    ) {
        let (start, up) = (to_sheet * Point::ORIGIN, to_sheet * Point::new(0.0, EM));
        let advance = match glyph {
            FontGlyph::Outline(outline) => outline.advance_width(),
            FontGlyph::Type3(program) => program.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(500.0));
        let end = to_sheet * Point::new(advance, 0.0);
        let size = (up - start).hypot();
        if !self.bounds.inflate(size, size).contains(start) || !size.is_finite() {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let text = match self.actual.iter_mut().find_map(Option::as_mut) {
            Some(spoken) if spoken.said => return,
            Some(spoken) => {
                spoken.said = true;
                spoken.text.clone()
            }
            None => text,
        };
        let clip = self.clip().bounds.inflate(size, size);
        let visible = visible && clip.contains(start) && self.veiled() != Veil::Hides;
        let (start, end) = ((start.x, start.y), (end.x, end.y));
        let annotation = self.annotation;
        self.survey.glyphs.push(Glyph { text, start, end, size, visible, annotation });
    }
}

/// What a paint leaves on white paper.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Ink {
    None,
    White,
    Grey,
    Colour,
}

impl<'a> Device<'a> for Notes<'_> {
    fn draw_path(
        &mut self,
        path: &kurbo::BezPath,
        props: DrawProps<'a>,
        mode: &DrawMode,
    ) {
        self.count(1);
        if let Some(mask) = &props.soft_mask {
            self.count_mask(mask, true);
        }
        let grown = match mode {
            DrawMode::Fill(_) | DrawMode::Invisible => 0.0,
            DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) => {
                f64::from(stroke.line_width.abs()) / 2.0
            }
        };
        let area = path.bounding_box().inflate(grown, grown);
        let ink = self.ink(&props.paint);
        self.mark(props.transform.transform_rect_bbox(area), ink);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.count(1);
        self.push_clip(clip.path.bounding_box(), is_upright_rect(&clip.path));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.count(1);
        self.push_clip(*rect, true);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(
        &mut self,
        opacity: f32,
        mask: Option<SoftMask<'a>>,
        blend_mode: BlendMode,
    ) {
        self.count(1);
        if let Some(mask) = &mask {
            self.count_mask(mask, true);
        }
        let veil = if opacity <= 0.0 {
            Veil::Hides
        } else if opacity < 1.0 || mask.is_some() || blend_mode != BlendMode::Normal {
            Veil::Changes
        } else {
            Veil::None
        };
        self.groups.push(veil);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }

    fn draw_glyph_run(
        &mut self,
        run: &GlyphRun<'_, 'a>,
        props: DrawProps<'a>,
        mode: &DrawMode,
    ) {
        let ink = self.ink(&props.paint);
        let invisible = matches!(mode, DrawMode::Invisible);
        let visible = !invisible && ink != Ink::None;
        self.survey.colour |= visible && ink == Ink::Colour;
        for glyph in run.glyphs() {
            self.count(1);
            if let (FontGlyph::Type3(program), false) = (&**glyph, invisible) {
                self.count_run(program.cache_key(), |work| {
                    program.interpret(
                        work,
                        props.transform,
                        glyph.transform(),
                        &props.paint,
                    );
                });
                self.survey.colour = true;
            }
            self.note_glyph(glyph, props.transform * glyph.transform(), visible);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count(1);
        if self.veiled() == Veil::Hides {
            return;
        }
        self.note_picture(&image, ours(props.transform));
        let black = match &image {
            Image::Raster(_) => true,
            Image::Stencil(_) => stencil_is_black(&image),
        };
        if let (false, Some(seen)) = (black, self.survey.pictures.last_mut()) {
            seen.plain = false;
            self.survey.colour = true;
        }
    }

    fn begin_marked_content(&mut self, _: &[u8], properties: Option<&Dict<'_>>) {
        self.count(1);
        let text = properties.and_then(|dict| dict.get::<PdfString<'_>>("ActualText"));
        let spoken =
            text.map(|text| Spoken { text: text_string(text.as_bytes()), said: false });
        self.actual.push(spoken);
    }

    fn end_marked_content(&mut self) {
        self.actual.pop();
    }
}

/// Around a picture of this size under `map`.
fn quad(map: Affine, width: u32, height: u32) -> Rect {
    let size = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    render::kurbo(map).transform_rect_bbox(size)
}

fn ours(map: kurbo::Affine) -> Affine {
    Affine::new(map.as_coeffs())
}

/// Whether a stencil is painted in opaque black.
fn stencil_is_black(image: &Image<'_, '_>) -> bool {
    // The paint is told only together with the decoded stencil, whose cost
    // the smallest size keeps low; a picture of any other paint is rendered.
    let mut black = false;
    if let Image::Stencil(stencil) = image {
        stencil.with_stencil(
            |_, paint| {
                black = matches!(paint, Paint::Color(color)
                    if color.to_rgba().to_rgba8() == [0, 0, 0, 255]);
            },
            Some((1, 1)),
        );
    }
    black
}

fn is_upright_rect(path: &kurbo::BezPath) -> bool {
    let bounds = path.bounding_box();
    let on_edge = |point: Point| {
        let near = |a: f64, b: f64| (a - b).abs() < SLACK;
        (near(point.x, bounds.x0) || near(point.x, bounds.x1))
            && (near(point.y, bounds.y0) || near(point.y, bounds.y1))
    };
    let mut points = 0;
    let corners = path.elements().iter().all(|element| match element {
        kurbo::PathEl::MoveTo(point) | kurbo::PathEl::LineTo(point) => {
            points += 1;
            on_edge(*point)
        }
        kurbo::PathEl::ClosePath => true,
        kurbo::PathEl::QuadTo(..) | kurbo::PathEl::CurveTo(..) => false,
    });
    corners && (4..=5).contains(&points)
}
