//! One page of an input, done: read, or kept as it is; its picture ready.

use crate::archive::settings::Profile;
use crate::finding::{Finding, Weight};
use crate::ingest::job::{TextMode, Work};
use crate::ingest::picture;
use crate::ingest::source::{Fault, Opened, Page};
use crate::ocr::Reader;
use crate::page::codes::{self, PageCode};
use crate::page::read::{self, ReadPage};
use crate::page::record::{PageRecord, Place, TextSource};
use crate::page::secret::{self, Degree};
use crate::pdf::{self, PageText};
use crate::pdfa::{self, Picture};
use crate::qr::find::Effort;
use crate::say;
use crate::units::{Affine, Pt};

/// With this much of a page covered by one picture it is a scan…
const SCAN_COVER: f64 = 0.5;
/// …and fewer visible words than this on a scan are a stamp or a page number.
const FEW_WORDS: u32 = 20;

/// A page that is done.
#[derive(Clone, Debug)]
pub enum Done {
    /// Inspected and read; the picture is as the PDF will hold it. For a page
    /// of a PDF, also the map from the page as seen to its own coordinates.
    Read(Box<ReadPage>, Box<Picture>, Option<Affine>),
    /// Its text was there already.
    Kept(Box<KeptPage>),
}

/// A page whose text was there already.
#[derive(Clone, Debug)]
pub struct KeptPage {
    /// What is kept about it.
    pub record: PageRecord,
    /// What it says.
    pub text: PageText,
    /// A secrecy marking in that text.
    pub secret: Option<Degree>,
    /// The codes found on it.
    pub codes: Vec<PageCode>,
}

impl Done {
    /// What is kept about the page.
    #[must_use]
    pub fn record(&self) -> &PageRecord {
        match self {
            Self::Read(page, ..) => &page.record,
            Self::Kept(page) => &page.record,
        }
    }

    /// The same, to be changed.
    pub fn record_mut(&mut self) -> &mut PageRecord {
        match self {
            Self::Read(page, ..) => &mut page.record,
            Self::Kept(page) => &mut page.record,
        }
    }

    /// Whether it bears a secrecy marking.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Read(page, ..) => page.secret.is_some(),
            Self::Kept(page) => page.secret.is_some(),
        }
    }

    /// The codes on it.
    #[must_use]
    pub fn codes(&self) -> &[PageCode] {
        match self {
            Self::Read(page, ..) => &page.codes,
            Self::Kept(page) => &page.codes,
        }
    }

    /// Its text, a line break after each line.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Read(page, ..) => page.text.text(),
            Self::Kept(page) => page.text.text(),
        }
    }
}

/// Does page `index` (from 0) of an input.
///
/// # Errors
///
/// When the page is damaged.
pub fn page(
    opened: &Opened,
    index: usize,
    work: &Work,
    profile: Profile,
    reader: &mut dyn Reader,
) -> Result<Done, Fault> {
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let page = opened.page(index)?;
    if let Page::Pdf(page) = &page
        && let Some(text) =
            page.text.as_ref().filter(|text| is_kept(page, text, work.text))
    {
        let kept = kept(page, text.clone(), number);
        // Painting a typeset page only to look for a stamp costs more than all the
        // rest, so of those only the first page is looked at.
        let is_looked_at = page.picture_cover >= SCAN_COVER || index == 0;
        let look = || codes::on(&page.scan, work.rules.dpi, Effort::Usual).ok();
        // A picture that cannot be decoded is no fault of a page kept as it is.
        let codes = is_looked_at.then(look).flatten().unwrap_or_default();
        return Ok(Done::Kept(Box::new(KeptPage { codes, ..kept })));
    }
    let admit = |(width, height)| pdfa::admit(width, height).map_err(Fault::Sheet);
    if let Some(at) = page.scan().placed {
        // A sheet of kilometres takes minutes to paint.
        admit((at.width, at.height))?;
    }
    let mut read =
        read::read(page.scan(), number, &work.rules, reader).map_err(Fault::Decode)?;
    admit((read.page.width, read.page.height))?;
    if let Page::Pdf(page) = &page
        && page.assumed_size
    {
        let finding =
            Finding::new("pdf.no-page-size", Weight::Warning, say::ingest::no_page_size);
        read.record.findings.push(finding.on_page(number));
    }
    let picture =
        picture::of(page.scan(), profile, &mut read.record).map_err(Fault::Decode)?;
    let own = match &page {
        Page::Pdf(page) => Some(page.own),
        Page::Image(_) => None,
    };
    Ok(Done::Read(Box::new(read), Box::new(picture), own))
}

/// Whether the text a page has already is to stay.
fn is_kept(page: &pdf::Page, text: &PageText, mode: TextMode) -> bool {
    let is_scan = page.picture_cover >= SCAN_COVER;
    match mode {
        TextMode::Force => false,
        TextMode::Redo => !text.hidden_only && !is_scan,
        TextMode::Keep => {
            text.hidden_only || !is_scan || text.visible_words() >= FEW_WORDS as usize
        }
    }
}

/// The record of a page that stays as it is.
pub(crate) fn kept(page: &pdf::Page, text: PageText, number: u32) -> KeptPage {
    let (width, height) = page.scan.placed.map_or((0.0, 0.0), |at| (at.width, at.height));
    let dpi =
        page.scan.header.dpi.map_or([0.0; 2], |dpi| [dpi.x().round(), dpi.y().round()]);
    let tenths = |points: f64| (Pt(points).to_mm().0 * 10.0).round() / 10.0;
    let said = text.text();
    let count = said.split_whitespace().count();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let is_thin =
        text.hidden_only && page.picture_cover >= SCAN_COVER && count < FEW_WORDS;
    let thin = || {
        let say = |lang| say::ingest::thin_text(lang, count);
        Finding::new("text.thin", Weight::Warning, say)
            .measured("words", count.into(), Some(FEW_WORDS.into()))
            .on_page(number)
    };
    let record = PageRecord {
        number,
        scanned: None,
        place: Place::Kept,
        width_mm: tenths(width),
        height_mm: tenths(height),
        dpi,
        turned: 0,
        skew_degrees: 0.0,
        encoding: page.scan.header.encoding.clone(),
        kept_as: "PDF".to_owned(),
        text: TextSource::Kept,
        words: count,
        confidence: 0.0,
        corrections: Vec::new(),
        aside: Vec::new(),
        findable: Vec::new(),
        findings: is_thin.then(thin).into_iter().collect(),
    };
    KeptPage { record, secret: secret::marking_in_text(&said), text, codes: Vec::new() }
}
