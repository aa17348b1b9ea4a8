//! A code stamped onto the pages of a PDF that is there already.
//!
//! The file stays as it is and an update is appended (ISO 32000-2, 7.5.6): the
//! page gets one more content stream, which draws the modules and nothing else.
//! A place is looked for on the page as it is seen, so turned pages, cropped
//! ones and those with a unit of their own come out right. When all is done
//! the result is opened again and the code read from it; what cannot be read is
//! not handed out.
//!
//! A signed file is refused: what is drawn on a page changes what was signed,
//! and no signature permits that (ISO 32000-2, 12.8.2.2). What may be laid over
//! it `sign::annotate` knows.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream};

use crate::page::codes;
use crate::pdf::{self, PdfError};
use crate::qr::find::Effort;
use crate::qr::make::Symbol;
use crate::qr::{Correction, QUIET_ZONE};
use crate::raster::{DecodeError, Limits};
use crate::say::{self, Lang, Tell};
use crate::track::clear::{self, Corner, Wanted};
use crate::track::paper::LEAST_MODULE;
use crate::units::{Affine, Mm};

/// How far a stamp is from the edges of the page, in millimetres.
const MARGIN: f64 = 6.0;
/// The page is looked at about this finely, in dpi.
const LOOKING_DPI: f64 = 150.0;

/// A stamp.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// What it says.
    pub payload: String,
    /// How much of it may be lost.
    pub correction: Correction,
    /// Side of its modules, without the quiet zone, in millimetres.
    pub side: f64,
    /// Near which corner it is wanted.
    pub corner: Corner,
    /// On which pages.
    pub pages: Pages,
}

/// Which pages are stamped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pages {
    /// The first.
    First,
    /// All.
    All,
    /// This one, from 1.
    One(usize),
}

/// A stamped file.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamped {
    /// The file.
    pub bytes: Vec<u8>,
    /// Where each page has its stamp: the page from 1, and left and top of the
    /// symbol on the page as seen, in millimetres.
    pub places: Vec<(usize, (f64, f64))>,
}

/// Stamps a PDF, every page asked for or none.
///
/// # Errors
///
/// When the file is signed, encrypted, damaged or no PDF, the symbol is too
/// small or holds too little, a page has no clear paper, or the result cannot
/// be read back.
pub fn stamp(file: &Arc<[u8]>, stamp: &Stamp) -> Result<Stamped, StampError> {
    let opened =
        pdf::open(Arc::clone(file), None, Limits::default()).map_err(StampError::Pdf)?;
    if opened.signed {
        return Err(StampError::Signed);
    }
    drop(opened);
    let (laid, count) = lay(file, stamp)?;
    let doc = Document::load_mem(file).map_err(|_unread| StampError::Damaged)?;
    let ids: Vec<ObjectId> = doc.get_pages().into_values().collect();
    let mut update = IncrementalDocument::create_from(file.to_vec(), doc);
    for laid in &laid {
        let id = *ids.get(laid.index).ok_or(StampError::Damaged)?;
        put(&mut update, id, drawn(laid)).ok_or(StampError::Damaged)?;
    }
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).map_err(|_unwritten| StampError::Damaged)?;
    let places = laid.iter().map(|laid| (laid.index + 1, laid.place)).collect();
    let stamped = Stamped { bytes, places };
    prove(&stamped, stamp, count)?;
    Ok(stamped)
}

/// A symbol with its place on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Laid {
    /// The page, from 0.
    pub index: usize,
    /// Left and top of the symbol on the page as seen, in millimetres.
    pub place: (f64, f64),
    /// The symbol on the page as seen: left, bottom, right, top in points.
    pub seen: [f64; 4],
    /// From the page as seen to its own coordinates.
    pub own: Affine,
    /// The operators that draw it on the page as seen.
    pub modules: String,
}

/// Finds clear paper on every page asked for; the number of the file's pages too.
/// Whether the file is signed is not asked here.
///
/// # Errors
///
/// As [`stamp`].
pub fn lay(file: &Arc<[u8]>, stamp: &Stamp) -> Result<(Vec<Laid>, usize), StampError> {
    let symbol = Symbol::of(stamp.payload.as_bytes(), stamp.correction)
        .ok_or(StampError::TooLong { bytes: stamp.payload.len() })?;
    let module = stamp.side / f64::from(symbol.side);
    // Lengths people type have two digits; a module of 0.399 mm is 0.4.
    if module < LEAST_MODULE - 1e-3 {
        return Err(StampError::TooSmall {
            least: LEAST_MODULE * f64::from(symbol.side),
        });
    }
    let opened =
        pdf::open(Arc::clone(file), None, Limits::default()).map_err(StampError::Pdf)?;
    if opened.encryption.is_some() {
        return Err(StampError::Encrypted);
    }
    if opened.recovered || opened.missing_pages > 0 {
        return Err(StampError::Damaged);
    }
    let count = opened.page_count();
    let indices = match stamp.pages {
        Pages::First => 0..1,
        Pages::All => 0..count,
        Pages::One(page) if (1..=count).contains(&page) => page - 1..page,
        Pages::One(page) => return Err(StampError::NoSuchPage { page, count }),
    };
    let doc = Document::load_mem(file).map_err(|_unread| StampError::Damaged)?;
    let ids: Vec<ObjectId> = doc.get_pages().into_values().collect();
    if ids.len() != count {
        return Err(StampError::Damaged);
    }
    let mut laid = Vec::new();
    for index in indices {
        let page = opened.page(index).map_err(StampError::Pdf)?;
        let id = *ids.get(index).ok_or(StampError::Damaged)?;
        let margins = module * f64::from(2 * QUIET_ZONE);
        let wanted =
            Wanted { side: stamp.side + margins, corner: stamp.corner, margin: MARGIN };
        let taken = annotations(&doc, id, &page);
        let clear = clear_paper(&page, wanted, &taken)
            .map_err(|error| StampError::Page { page: index + 1, error })?;
        let (left, top) = clear.ok_or(StampError::NoRoom { page: index + 1 })?;
        let place = (left + margins / 2.0, top + margins / 2.0);
        laid.push(laid_on(index, &symbol, module, place, &page));
    }
    Ok((laid, count))
}

/// Where the page has clear paper, as seen.
fn clear_paper(
    page: &pdf::Page,
    wanted: Wanted,
    taken: &[[f64; 4]],
) -> Result<Option<(f64, f64)>, DecodeError> {
    let header = &page.scan.header;
    let dpi = header.dpi.map_or(LOOKING_DPI, |dpi| dpi.x().min(dpi.y()));
    let factor = (1..=16).rev().find(|factor| dpi / f64::from(*factor) >= LOOKING_DPI);
    let factor = factor.unwrap_or(1);
    let mut grey = page.scan.load_grey_reduced(factor)?;
    if header.turn != crate::units::Quarter::None {
        grey = crate::raster::change::turn(&grey, header.turn);
    }
    let (width, height) = sides(page);
    let per_mm = (f64::from(grey.width) / width, f64::from(grey.height) / height);
    Ok(clear::find(&grey, per_mm, wanted, taken))
}

/// Width and height of a page as seen, in millimetres.
fn sides(page: &pdf::Page) -> (f64, f64) {
    let (width, height) = page.scan.placed.map_or((0.0, 0.0), |at| (at.width, at.height));
    let mm = |points: f64| (points * 25.4 / 72.0).max(1.0);
    (mm(width), mm(height))
}

/// The areas of a page that annotations claim, as seen, in millimetres: what a
/// viewer lays over the page may not be painted with it.
fn annotations(doc: &Document, page: ObjectId, seen: &pdf::Page) -> Vec<[f64; 4]> {
    /// Annotations looked at.
    const MOST: usize = 2_000;
    let (_, height) = sides(seen);
    let onto = seen.own.inverse().unwrap_or(Affine::IDENTITY);
    let resolve = |object: &Object| match object.as_reference() {
        Ok(id) => doc.get_object(id).ok().cloned(),
        Err(_direct) => Some(object.clone()),
    };
    let Some(page) = doc.get_dictionary(page).ok() else { return Vec::new() };
    let Some(Object::Array(all)) = page.get(b"Annots").ok().and_then(resolve) else {
        return Vec::new();
    };
    let area = |annotation: &Object| {
        let annotation = resolve(annotation)?;
        let rect = resolve(annotation.as_dict().ok()?.get(b"Rect").ok()?)?;
        let rect = rect.as_array().ok()?.iter().map(|side| side.as_float().ok());
        let sides: Vec<f64> = rect.flatten().map(f64::from).collect();
        let [left, bottom, right, top] = <[f64; 4]>::try_from(sides).ok()?;
        let mm = |(x, y): (f64, f64)| (x * 25.4 / 72.0, height - y * 25.4 / 72.0);
        let (one, other) = (mm(onto.apply(left, bottom)), mm(onto.apply(right, top)));
        let (x, y) = ((one.0, other.0), (one.1, other.1));
        Some([x.0.min(x.1), y.0.min(y.1), x.0.max(x.1), y.0.max(y.1)])
    };
    all.iter().take(MOST).filter_map(area).collect()
}

/// The symbol at its place.
fn laid_on(
    index: usize,
    symbol: &Symbol,
    module: f64,
    place: (f64, f64),
    page: &pdf::Page,
) -> Laid {
    let (left, top) = place;
    let (_, height) = sides(page);
    let mut modules = String::new();
    let points = |mm: f64| Mm(mm).to_pt().0;
    let side = points(module);
    for row in 0..symbol.side {
        for column in 0..symbol.side {
            if symbol.is_dark(column, row) {
                let x = points(left + f64::from(column) * module);
                let y = points(height - top - f64::from(row + 1) * module);
                // Writing to a `String` cannot fail.
                writeln!(modules, "{x:.4} {y:.4} {side:.4} {side:.4} re").ok();
            }
        }
    }
    modules.push_str("f\n");
    let whole = module * f64::from(symbol.side);
    let mm = [left, height - top - whole, left + whole, height - top];
    Laid { index, place, seen: mm.map(points), own: page.own, modules }
}

/// The operators that draw the symbol, in the page's own coordinates.
fn drawn(laid: &Laid) -> Vec<u8> {
    let Affine { a, b, c, d, e, f } = laid.own;
    let modules = &laid.modules;
    let content =
        format!("\nQ q {a:.6} {b:.6} {c:.6} {d:.6} {e:.4} {f:.4} cm 0 g\n{modules}Q\n");
    content.into_bytes()
}

/// Adds content to the end of a page. What the page leaves behind in the
/// graphics state must not move it.
fn put(update: &mut IncrementalDocument, page: ObjectId, content: Vec<u8>) -> Option<()> {
    update.opt_clone_object_to_new_document(page).ok()?;
    let before = update.get_prev_documents();
    let own = match before.get_dictionary(page).ok()?.get(b"Contents") {
        Ok(Object::Array(parts)) => parts.clone(),
        Ok(Object::Reference(id)) => {
            match before.get_object(*id).and_then(Object::as_array) {
                Ok(parts) => parts.clone(),
                Err(_stream) => vec![Object::Reference(*id)],
            }
        }
        Ok(_) | Err(_) => Vec::new(),
    };
    let mut after = Stream::new(Dictionary::new(), content);
    after.compress().ok()?;
    let new = &mut update.new_document;
    let begin = new.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let end = new.add_object(after);
    let parts = [vec![begin.into()], own, vec![end.into()]].concat();
    new.get_dictionary_mut(page).ok()?.set("Contents", parts);
    Some(())
}

/// Opens the result and reads the code on every page that was stamped.
///
/// # Errors
///
/// When the result is damaged, or a code cannot be read.
pub fn prove(stamped: &Stamped, stamp: &Stamp, count: usize) -> Result<(), StampError> {
    let bytes: Arc<[u8]> = stamped.bytes.clone().into();
    let again = pdf::open(bytes, None, Limits::default()).map_err(StampError::Pdf)?;
    if again.page_count() != count || again.recovered {
        return Err(StampError::Damaged);
    }
    for (page, _) in &stamped.places {
        let read = again.page(page - 1).map_err(StampError::Pdf)?;
        let found = codes::on(&read.scan, None, Effort::Usual)
            .map_err(|error| StampError::Page { page: *page, error })?;
        let is_there = |code: &codes::PageCode| code.payload == stamp.payload.as_bytes();
        if !found.iter().any(is_there) {
            return Err(StampError::Unread { page: *page });
        }
    }
    Ok(())
}

/// Why a file was not stamped. Pages count from 1.
#[derive(Debug)]
#[expect(missing_docs, reason = "the fields are named in the sentences of the variants")]
pub enum StampError {
    /// No PDF, or a page that cannot be read.
    Pdf(PdfError),
    /// The picture of page `page` cannot be decoded.
    Page { page: usize, error: DecodeError },
    /// The file is signed.
    Signed,
    /// The file is encrypted.
    Encrypted,
    /// The file is damaged, or comes out so.
    Damaged,
    /// No symbol holds `bytes` bytes.
    TooLong { bytes: usize },
    /// The symbol must be `least` millimetres wide to be read.
    TooSmall { least: f64 },
    /// The file has `count` pages and no page `page`.
    NoSuchPage { page: usize, count: usize },
    /// Page `page` has no clear paper for it.
    NoRoom { page: usize },
    /// The code on page `page` cannot be read back.
    Unread { page: usize },
}

impl StampError {
    /// Whether the file is sound and the answer is no: it must not or cannot be
    /// stamped.
    #[must_use]
    pub fn is_answer(&self) -> bool {
        match self {
            Self::Signed | Self::NoRoom { .. } => true,
            Self::Pdf(_)
            | Self::Page { .. }
            | Self::Encrypted
            | Self::Damaged
            | Self::TooLong { .. }
            | Self::TooSmall { .. }
            | Self::NoSuchPage { .. }
            | Self::Unread { .. } => false,
        }
    }
}

impl Tell for StampError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Pdf(error) => error.tell(lang),
            Self::Page { page, error } => say::pdf::on_page(lang, page, error.tell(lang)),
            Self::Signed => say::track::stamp_signed(lang),
            Self::Encrypted => say::track::stamp_encrypted(lang),
            Self::Damaged => say::track::stamp_damaged(lang),
            Self::TooLong { bytes } => say::track::symbol_too_long(lang, bytes),
            Self::TooSmall { least } => {
                let least = format!("{:.1}", (least * 10.0).ceil() / 10.0);
                let least = least.replace('.', &lang.decimal_mark().to_string());
                say::track::symbol_too_small(lang, least)
            }
            Self::NoSuchPage { page, count } => {
                say::track::stamp_no_page(lang, page, count)
            }
            Self::NoRoom { page } => say::track::stamp_no_room(lang, page),
            Self::Unread { page } => say::track::stamp_unread(lang, page),
        }
    }
}

impl Error for StampError {}

impl fmt::Display for StampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
