//! What is on a page: its pictures, marks and letters, found by running its
//! content past a device that takes notes and paints nothing.
//!
//! The renderer's own interpreter does the running, so that what is judged
//! here is what would be painted. It also proves that painting comes to an
//! end: forms that call forms multiply, and a page of one kilobyte can ask
//! for 2⁵⁰ strokes.

use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::{InterpreterSettings, RenderContent};
use hayro::hayro_syntax::object::ObjectIdentifier;

use crate::pdf::document::{Document, guarded};
use crate::pdf::geometry::Sheet;
use crate::pdf::survey::notes::Notes;
use crate::pdf::text::Glyph;
use crate::pdf::{PdfError, render};
use crate::units::Affine;

mod notes;
mod work;

/// Share of the sheet the one picture must cover.
pub(crate) const LEAST_COVER: f64 = 0.9;
/// Share of the sheet from which a picture's resolution counts.
const NOTABLE: f64 = 0.05;

/// What was found on a page.
#[derive(Debug)]
pub(crate) struct Survey {
    /// Pictures that can be seen, in painting order.
    pub(crate) pictures: Vec<Seen>,
    /// Whether anything is painted that is neither picture nor text.
    pub(crate) marks: bool,
    /// Whether anything may have a colour.
    pub(crate) colour: bool,
    /// All letters.
    pub(crate) glyphs: Vec<Glyph>,
}

/// A picture as placed.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Its object; `None` for one written into the content.
    pub(crate) id: Option<ObjectIdentifier>,
    /// Its pixels to points on the sheet, as its dictionary counts them.
    pub(crate) map: Affine,
    /// Columns as its dictionary states them.
    pub(crate) width: u32,
    /// Rows as its dictionary states them.
    pub(crate) height: u32,
    /// The part of the sheet it covers.
    pub(crate) cover: f64,
    /// Whether it is painted plainly: opaque, unmasked, unclipped, upright.
    pub(crate) plain: bool,
    /// Whether the data are of another size than the dictionary says: the
    /// renderer would paint a part of them for the whole.
    pub(crate) resized: bool,
}

impl Survey {
    /// Runs page `index` of `doc`.
    pub(crate) fn of(
        doc: &Document,
        index: usize,
        sheet: &Sheet,
    ) -> Result<Self, PdfError> {
        let number = index + 1;
        let page = doc.page(index).ok_or(PdfError::NoSuchPage { page: number })?;
        let busy = AtomicBool::new(false);
        let run = guarded(|| {
            let mut notes = Notes::new(doc, number, *sheet, &busy);
            for part in [RenderContent::PAGE, RenderContent::ANNOTATIONS] {
                notes.annotation = part == RenderContent::ANNOTATIONS;
                let settings =
                    InterpreterSettings { render_content: part, ..Default::default() };
                render::interpret(page, sheet, settings, &mut notes);
            }
            (notes.survey, notes.trouble)
        });
        match run {
            Some((_, Some(trouble))) => Err(trouble),
            Some((survey, None)) => Ok(survey),
            None if busy.load(Ordering::Relaxed) => {
                Err(PdfError::PageTooBusy { page: number })
            }
            None => Err(PdfError::PageDamaged { page: number }),
        }
    }

    /// Whether text can be seen.
    pub(crate) fn has_visible_text(&self) -> bool {
        self.glyphs.iter().any(|glyph| glyph.visible)
    }

    /// Whether nothing can be seen.
    pub(crate) fn shows_nothing(&self) -> bool {
        self.pictures.is_empty() && !self.marks && !self.has_visible_text()
    }

    /// The picture that is all there is to see.
    pub(crate) fn only_picture(&self) -> Option<&Seen> {
        match self.pictures.as_slice() {
            [one] if !self.marks && one.plain && !self.has_visible_text() => Some(one),
            _ => None,
        }
    }

    /// Dots per inch of the finest picture that matters.
    pub(crate) fn finest(&self) -> Option<f64> {
        let notable = self.pictures.iter().filter(|seen| seen.cover >= NOTABLE);
        let dpi = notable.map(|seen| {
            let (across, down) =
                (seen.map.a.hypot(seen.map.b), seen.map.c.hypot(seen.map.d));
            72.0 / across.min(down)
        });
        dpi.filter(|dpi| dpi.is_finite()).reduce(f64::max)
    }

    /// The largest part of the sheet that one picture covers, 0 to 1.
    pub(crate) fn cover(&self) -> f64 {
        self.pictures.iter().map(|seen| seen.cover).fold(0.0, f64::max)
    }
}
