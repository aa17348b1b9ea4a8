//! Reads any PDF as input: its pages as pictures, and what they say.
//!
//! A scanned page is one picture; it is handed on in its own pixels, with its
//! compressed data where another PDF can carry that untouched. Anything else
//! that can be seen is painted. Text that is there already, visible or under
//! the picture, is told beside it; whether to keep it is for others to say.
//!
//! [`open`] judges the file, [`Opened::page`] one page, and nothing is decoded
//! before its rows are asked for. The standard is ISO 32000-2.
//!
//! ```text
//! document ── geometry ── weigh ── survey ─┬─ image  (the one picture)
//!   objects    the sheet   limits   what   ├─ render (everything else)
//!                                   is on  └─ text   (what it says)
//! ```

use std::sync::Arc;

use crate::pdf::document::Document;
use crate::pdf::geometry::{Sheet, turn_of};
use crate::pdf::image::Picture;
pub use crate::pdf::render::Layers;
use crate::pdf::render::Painting;
use crate::pdf::survey::{LEAST_COVER, Seen, Survey};
use crate::raster::{self, Depth, Header, Limits, Placed, Raster, Rows as _, Scan};
use crate::say::{self, Lang, Tell};
use crate::units::{Affine, Dpi, Quarter};

mod document;
mod filters;
pub mod graft;
mod geometry;
mod image;
mod render;
mod survey;
mod text;
mod weigh;

pub(crate) use crate::pdf::document::text_string;
pub use crate::pdf::text::{PageText, TextLine};

/// Resolution of a page that has no picture to go by, or text to be read off it.
const DRAWN_DPI: f64 = 300.0;
/// A painted page is never coarser or finer than this.
const DRAWN_DPI_RANGE: (f64, f64) = (150.0, 400.0);

/// Opens a PDF. With `password`, a file that needs none is opened without it.
///
/// # Errors
///
/// When the file is no PDF, cannot be decrypted, has no page or too many.
pub fn open(
    bytes: Arc<[u8]>,
    password: Option<&str>,
    limits: Limits,
) -> Result<Opened, PdfError> {
    let (doc, encryption) = document::open(bytes, password, limits)?;
    let facts = document::guarded(|| Opened {
        signed: doc.is_signed(),
        encryption,
        title: doc.title(),
        declares_pdfa: doc.declares_pdfa(),
        has_attachments: doc.has_attachments(),
        recovered: doc.was_recovered,
        missing_pages: doc.missing_pages(),
        doc: Arc::new(doc),
    });
    facts.ok_or(PdfError::Damaged)
}

/// A PDF whose pages can be asked for, from several threads at once.
#[derive(Debug)]
pub struct Opened {
    /// Whether the file carries a signature, erring towards yes: then its
    /// bytes must stay as they are.
    pub signed: bool,
    /// How the file was encrypted, if it was.
    pub encryption: Option<Encryption>,
    /// Its title, not empty.
    pub title: Option<String>,
    /// The PDF/A level the file claims, such as `2u`; unchecked.
    pub declares_pdfa: Option<String>,
    /// Whether files are attached to it or to a page.
    pub has_attachments: bool,
    /// Whether its table of objects was wrong and had to be rebuilt.
    pub recovered: bool,
    /// Entries of the page tree that lead to no page: pages lost before us.
    pub missing_pages: usize,
    doc: Arc<Document>,
}

/// What opened an encrypted file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// The password given.
    NeededPassword,
    /// The empty user password: anybody may read, changes are forbidden.
    EmptyUserPassword,
}

/// A page as seen.
#[derive(Debug)]
pub struct Page {
    /// Its pixels. `placed` is always there and maps them to the page as
    /// seen; `turn` is the quarter turn within that map.
    pub scan: Scan,
    /// From the page as seen, in points, to the page's own coordinates.
    pub own: Affine,
    /// What the pixels are.
    pub content: Content,
    /// What the page says already.
    pub text: Option<PageText>,
    /// The largest part of the page that a single picture covers, 0 to 1:
    /// a scan with a line of visible text on it still wants to be read.
    pub picture_cover: f64,
    /// Whether the file does not state the size of the page, so that A4 is assumed.
    pub assumed_size: bool,
}

/// A page painted.
#[derive(Debug)]
pub struct Sight {
    /// Its pixels, a byte each.
    pub grey: Raster,
    /// From its pixels to the page's own coordinates, in its own units.
    pub own: Affine,
}

/// What a page consists of, apart from hidden text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// One picture covers the page and nothing else can be seen; the rows are
    /// its own pixels.
    OneImage,
    /// Anything else that can be seen; the rows are the page painted.
    Drawn,
    /// Nothing can be seen; the rows are white.
    Empty,
}

impl Opened {
    /// Number of pages, at least 1.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.doc.page_count()
    }

    /// All pages, one after the other. A page that fails does not end it.
    pub fn pages(&self) -> impl Iterator<Item = Result<Page, PdfError>> {
        (0..self.page_count()).map(|index| self.page(index))
    }

    /// The page with this index, from 0. Nothing is decoded yet.
    ///
    /// # Errors
    ///
    /// When the page has no area, asks for more than the limits allow, or
    /// cannot be interpreted.
    pub fn page(&self, index: usize) -> Result<Page, PdfError> {
        self.page_up_to(index, f64::INFINITY)
    }

    /// [`Self::page`]; where it has to be painted, at no more than `most` dots an
    /// inch: a look at where there is ink needs few of them.
    ///
    /// # Errors
    ///
    /// As [`Self::page`].
    pub fn page_up_to(&self, index: usize, most: f64) -> Result<Page, PdfError> {
        let number = index + 1;
        let (sheet, torn) = self.sheet(index)?;
        let survey = Survey::of(&self.doc, index, &sheet)?;
        if torn && survey.shows_nothing() {
            return Err(PdfError::PageDamaged { page: number });
        }
        let one = survey.only_picture().filter(|seen| seen.cover >= LEAST_COVER);
        let one = one.and_then(|seen| self.one_image(index, &sheet, seen));
        let (scan, content) = match one {
            Some(scan) => (scan, Content::OneImage),
            None if survey.pictures.iter().any(|seen| seen.resized) => {
                return Err(PdfError::PageDamaged { page: number });
            }
            None => self.drawn(index, sheet, &survey, most),
        };
        Ok(Page {
            scan,
            own: sheet.map.inverse().unwrap_or(Affine::IDENTITY),
            content,
            text: text::gather(&survey.glyphs),
            picture_cover: survey.cover().min(1.0),
            assumed_size: sheet.assumed,
        })
    }

    /// The page with this index as it is seen, in grey, at `dpi` or as fine as
    /// the limits allow.
    ///
    /// # Errors
    ///
    /// As [`Self::page`], and when a picture on it cannot be decoded.
    pub fn sight(
        &self,
        index: usize,
        layers: Layers,
        dpi: f64,
    ) -> Result<Sight, PdfError> {
        let (sheet, _) = self.sheet(index)?;
        // Proves that painting comes to an end.
        Survey::of(&self.doc, index, &sheet)?;
        let painting =
            Painting::new(&self.doc, index, sheet, Depth::Grey, dpi).of(layers);
        let mut samples = Vec::new();
        let painted = painting.decode(&mut |row| {
            samples.extend_from_slice(row);
            Ok(())
        });
        painted.map_err(|_damaged| PdfError::PageDamaged { page: index + 1 })?;
        let (width, height) = (painting.width, painting.height);
        let grey = Raster { width, height, depth: Depth::Grey, samples };
        let own = sheet.map.inverse().unwrap_or(Affine::IDENTITY);
        Ok(Sight { grey, own: painting.map().then(own) })
    }

    /// The sheet of a page, and whether parts of the page are missing.
    fn sheet(&self, index: usize) -> Result<(Sheet, bool), PdfError> {
        let number = index + 1;
        let sheet = document::guarded(|| {
            let page =
                self.doc.page(index).ok_or(PdfError::NoSuchPage { page: number })?;
            let sheet = Sheet::of(page).ok_or(PdfError::NoArea { page: number })?;
            weigh::page(&self.doc, page, number)?;
            Ok((sheet, weigh::is_torn(&self.doc, page)))
        });
        sheet.unwrap_or(Err(PdfError::PageDamaged { page: number }))
    }

    /// The scan of a page that is one picture.
    fn one_image(&self, index: usize, sheet: &Sheet, seen: &Seen) -> Option<Scan> {
        let id = seen.id?;
        let found = document::guarded(|| {
            let stream = self.doc.stream(id)?;
            let picture = Picture::of(&stream)?;
            let passthrough = picture.passthrough(&self.doc, &stream);
            Some((picture, passthrough))
        });
        let (picture, passthrough) = found.flatten()?;
        let (width, height) = (picture.width, picture.height);
        // The map counts the pixels of the dictionary; the data may have others.
        let counted = Affine::scale(
            f64::from(seen.width) / f64::from(width),
            f64::from(seen.height) / f64::from(height),
        );
        let map = counted.then(seen.map);
        let dpi = Dpi::plausible(72.0 / map.a.hypot(map.b), 72.0 / map.c.hypot(map.d));
        let header = Header {
            width,
            height,
            depth: picture.depth,
            dpi,
            turn: turn_of(map).map_or(Quarter::None, |(turn, _)| turn),
            icc: picture.icc.clone(),
            passthrough,
            encoding: picture.encoding.to_owned(),
        };
        let rows = picture.rows(&self.doc, index, id);
        let placed = Some(Placed { width: sheet.width, height: sheet.height, map });
        Some(Scan { header, rows, placed })
    }

    /// The scan of a page that has to be painted.
    fn drawn(
        &self,
        index: usize,
        sheet: Sheet,
        survey: &Survey,
        most_dpi: f64,
    ) -> (Scan, Content) {
        let depth = if survey.colour { Depth::Rgb } else { Depth::Grey };
        let (least, most) = DRAWN_DPI_RANGE;
        let finest = survey.finest().unwrap_or(DRAWN_DPI).clamp(least, most);
        // On a scan with a stamp the scan decides; small letters want more.
        let lettered = survey.has_visible_text() && survey.cover() < LEAST_COVER;
        let dpi = if lettered { finest.max(DRAWN_DPI) } else { finest };
        let painting = Painting::new(&self.doc, index, sheet, depth, dpi.min(most_dpi));
        let map = painting.map();
        let header = Header {
            width: painting.width,
            height: painting.height,
            depth,
            dpi: Dpi::plausible(72.0 / map.a.abs(), 72.0 / map.d.abs()),
            turn: Quarter::None,
            icc: None,
            passthrough: None,
            encoding: "PDF page".to_owned(),
        };
        let placed = Some(Placed { width: sheet.width, height: sheet.height, map });
        let content =
            if survey.shows_nothing() { Content::Empty } else { Content::Drawn };
        (Scan { header, rows: Box::new(painting), placed }, content)
    }
}

/// Why a PDF or one of its pages cannot be read. Pages count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the fields are named in the sentences of the variants")]
pub enum PdfError {
    /// The file has no bytes.
    Empty,
    /// No `%PDF-` near the beginning.
    NotPdf,
    /// Neither its table of objects nor a search finds the pages.
    Damaged,
    /// The page tree is empty.
    NoPages,
    /// The file has `found` pages where `most` are allowed.
    TooManyPages { found: usize, most: usize },
    /// The file can only be read with a password, and none was given.
    NeedsPassword,
    /// The password given does not open the file.
    WrongPassword,
    /// The file is encrypted by `handler`, which is not the standard one, or
    /// with an algorithm nobody knows.
    UnsupportedEncryption { handler: String },
    /// What the file says about its encryption is incomplete.
    DamagedEncryption,
    /// The object stream at `offset` inflates without measure.
    ObjectStreamTooLarge { offset: usize },
    /// There is no page `page`.
    NoSuchPage { page: usize },
    /// Nothing of page `page` lies within its boxes.
    NoArea { page: usize },
    /// A picture of page `page` has more than `most` pixels.
    PictureTooLarge { page: usize, width: u32, height: u32, most: u64 },
    /// Object `object` of page `page` inflates to more than `most` bytes.
    StreamTooLarge { page: usize, object: u32, most: u64 },
    /// Page `page` consists of more than anybody could draw.
    PageTooBusy { page: usize },
    /// The content of page `page` cannot be interpreted.
    PageDamaged { page: usize },
}

impl PdfError {
    /// The page it is about, counted from 1, if it is about one.
    #[must_use]
    pub fn page(&self) -> Option<usize> {
        match self {
            Self::NoArea { page }
            | Self::PictureTooLarge { page, .. }
            | Self::StreamTooLarge { page, .. }
            | Self::PageTooBusy { page }
            | Self::PageDamaged { page } => Some(*page),
            Self::Empty
            | Self::NotPdf
            | Self::Damaged
            | Self::NoPages
            | Self::TooManyPages { .. }
            | Self::NeedsPassword
            | Self::WrongPassword
            | Self::UnsupportedEncryption { .. }
            | Self::DamagedEncryption
            | Self::ObjectStreamTooLarge { .. }
            | Self::NoSuchPage { .. } => None,
        }
    }

    /// What is wrong, for somebody who says himself on which page.
    #[must_use]
    pub fn fact(&self, lang: Lang) -> String {
        match self {
            Self::Empty => say::pdf::empty_file(lang),
            Self::NotPdf => say::pdf::not_pdf(lang),
            Self::Damaged => say::pdf::damaged(lang),
            Self::NoPages => say::pdf::no_pages(lang),
            Self::TooManyPages { found, most } => {
                say::pdf::too_many_pages(lang, found, most)
            }
            Self::NeedsPassword => say::pdf::needs_password(lang),
            Self::WrongPassword => say::pdf::wrong_password(lang),
            Self::UnsupportedEncryption { handler } => {
                say::pdf::unsupported_encryption(lang, handler)
            }
            Self::DamagedEncryption => say::pdf::damaged_encryption(lang),
            Self::ObjectStreamTooLarge { offset } => {
                say::pdf::object_stream_too_large(lang, offset)
            }
            Self::NoSuchPage { page } => say::pdf::no_such_page(lang, page),
            Self::NoArea { .. } => say::pdf::page_without_area(lang),
            Self::PictureTooLarge { width, height, most, .. } => {
                raster::told_too_large(lang, (*width, *height), *most)
            }
            Self::StreamTooLarge { object, most, .. } => {
                say::pdf::stream_too_large(lang, object, most)
            }
            Self::PageTooBusy { .. } => say::pdf::page_too_busy(lang),
            Self::PageDamaged { .. } => say::pdf::page_damaged(lang),
        }
    }
}

impl Tell for PdfError {
    fn tell(&self, lang: Lang) -> String {
        let fact = self.fact(lang);
        match self.page() {
            Some(page) => say::pdf::on_page(lang, page, fact),
            None => fact,
        }
    }
}

impl std::error::Error for PdfError {}

impl std::fmt::Display for PdfError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
