//! A document put together from its pages, checked before it goes anywhere.

use std::collections::BTreeSet;

use crate::archive::settings::Profile;
use crate::finding::{Finding, Weight};
use crate::ingest::collate::{self, Order, Slot};
use crate::ingest::fields::{self, Described, Shown};
use crate::ingest::picture;
use crate::ingest::source::{Fault, Opened};
use crate::ingest::split::{self, Can, Home, Part, Splitting};
use crate::ingest::work::Done;
use crate::page::record::{PageRecord, Place, Stack, TextSource};
use crate::pdf;
use crate::pdf::graft::{self, Laid};
use crate::pdfa::check::{self, Expected};
use crate::pdfa::{self, About};
use crate::raster::Limits;
use crate::say;
use crate::say::{Lang, Tell};
use crate::time::Timestamp;

/// Text, font and page structure may add this much to the pictures without
/// its being remarked on: 8 KiB a document and 6 KiB a page.
const PLAIN_GROWTH: (usize, usize) = (8 << 10, 6 << 10);

/// The ending of the companion with pages set aside as blank.
const BLANK_SUFFIX: &str = ".trang-trong.pdf";
/// The ending of the companion with the separator sheets of a stack.
const SHEET_SUFFIX: &str = ".phan-cach.pdf";
/// The ending of the searchable companion of a file kept as it is.
const SEARCHABLE_SUFFIX: &str = ".tim-kiem.pdf";

/// What becomes of an input, or of a part of it, all its pages done.
#[derive(Debug)]
pub(crate) struct Made {
    /// The document's file; `None` is the input itself, byte for byte.
    pub(crate) pdf: Option<Vec<u8>>,
    /// Files that belong to it: ending and bytes.
    pub(crate) companions: Vec<(String, Vec<u8>)>,
    /// Its text, each page ended by a form feed.
    pub(crate) text: String,
    /// What is kept about its pages.
    pub(crate) pages: Vec<PageRecord>,
    /// What is to be said about it as a whole.
    pub(crate) findings: Vec<Finding>,
    /// What the register is told of it.
    pub(crate) described: Described,
    /// Which pages of the input it covers; `None` for all.
    pub(crate) span: Option<Span>,
    /// Where it goes.
    pub(crate) home: Home,
}

/// Pages of an input, in each of its stacks: first and last, from 1, as they lie
/// in the file. An input that was not collated is all fronts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// Those among the fronts.
    pub(crate) fronts: Option<[u32; 2]>,
    /// Those among the backs.
    pub(crate) backs: Option<[u32; 2]>,
}

impl Span {
    /// The pages with these records.
    fn of(pages: &[Done]) -> Self {
        let mut span = Self::default();
        for record in pages.iter().map(Done::record) {
            let lay = record.scanned;
            let page = lay.map_or(record.number, |lay| lay.page);
            let side = match lay.map(|lay| lay.stack) {
                None | Some(Stack::Fronts) => &mut span.fronts,
                Some(Stack::Backs) => &mut span.backs,
            };
            let [first, last] = side.unwrap_or([page, page]);
            *side = Some([first.min(page), last.max(page)]);
        }
        span
    }
}

impl Made {
    /// Nothing, for an input that is not read.
    pub(crate) fn nothing() -> Self {
        Self {
            pdf: None,
            companions: Vec::new(),
            text: String::new(),
            pages: Vec::new(),
            findings: Vec::new(),
            described: Described::default(),
            span: None,
            home: Home::Main,
        }
    }
}

/// Everything a document is made with, apart from its pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circumstances<'a> {
    /// When.
    pub(crate) now: Timestamp,
    /// By which rules.
    pub(crate) profile: Profile,
    /// Who converts paper into data, for the conversion mark.
    pub(crate) agency: Option<&'a str>,
    /// Whether damaged pages are left out.
    pub(crate) skip_damaged: bool,
    /// Whether the input is the fronts and then the backs of a stack.
    pub(crate) collate: Option<Order>,
    /// What opened the file, if it was encrypted.
    pub(crate) password: Option<&'a str>,
    /// How stacks are split.
    pub(crate) splitting: Splitting<'a>,
}

/// Puts the pages of an input together: one document, or as many as its
/// separator sheets say.
///
/// # Errors
///
/// The findings that say why there is no document: damaged pages, nothing but
/// sheets, or a fault of our own that the check found.
pub(crate) fn make(
    opened: &Opened,
    pages: Vec<Result<Done, Fault>>,
    with: Circumstances<'_>,
) -> Result<Vec<Made>, Vec<Finding>> {
    let mut findings = opened.findings();
    let slots = sound(pages, with.skip_damaged, &mut findings)?;
    let signed = opened.is_signed();
    let kept = signed || slots.iter().flatten().any(|page| matches!(page, Done::Kept(_)));
    let pages = in_order(opened, slots, kept, with, &mut findings)?;
    let can = match (with.agency, kept) {
        (None, _) => Can::OneFile,
        (Some(_), true) => Can::StaysAsItIs,
        (Some(_), false) => Can::Split,
    };
    // A PDF with a layer of text laid over it carries its attachments still.
    findings.extend(opened.attachments().filter(|_| !kept));
    let parts = split::split(pages, &with.splitting, can);
    let is_sheet = |page: &Done| page.record().place == Place::Sheet;
    if parts.iter().any(|part| part.pages.iter().all(is_sheet)) {
        let say = say::track::only_sheets;
        findings.push(Finding::new("stack.only-sheets", Weight::NeedsPerson, say));
        return Err(findings);
    }
    let homes: BTreeSet<_> = parts.iter().map(|part| part.home.clone()).collect();
    let made = parts.into_iter().enumerate().map(|(number, part)| {
        let scan = match (homes.len(), number) {
            (1, 0) => Scan::Beside,
            (1, _) => Scan::BesideAnother,
            (_, _) => Scan::Nowhere,
        };
        document(opened, part, with, Keeping { kept, signed, scan }, findings.clone())
    });
    made.collect()
}

/// The pages in the order of the paper.
fn in_order(
    opened: &Opened,
    slots: Vec<Slot>,
    kept: bool,
    with: Circumstances<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Done>, Vec<Finding>> {
    let Some(order) = with.collate else {
        return Ok(slots.into_iter().flatten().collect());
    };
    let first = opened.backs.is_some().then(|| opened.own_pages());
    let sheets = |page: &Done| with.splitting.sheets(page);
    let collated = if kept {
        let say = say::ingest::collated_is_kept;
        Err(Finding::new("stack.not-collated", Weight::NeedsPerson, say))
    } else if opened.stacks().filter_map(Opened::pdf).any(|pdf| pdf.missing_pages > 0) {
        let say = say::ingest::collated_lacks_pages;
        Err(Finding::new("stack.not-collated", Weight::NeedsPerson, say))
    } else {
        collate::collate(slots, first, order, sheets)
    };
    match collated {
        Ok((pages, told)) => {
            findings.extend(told);
            Ok(pages)
        }
        Err(finding) => {
            findings.push(finding);
            Err(std::mem::take(findings))
        }
    }
}

/// What is kept of the input itself.
#[derive(Clone, Copy)]
struct Keeping {
    /// Whether it is the document.
    kept: bool,
    /// Whether it carries a signature.
    signed: bool,
    /// Where the untouched scan goes.
    scan: Scan,
}

/// Where the untouched scan goes, if the profile keeps it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scan {
    /// Beside this document.
    Beside,
    /// Beside another document of the dossier, which came from the same scan.
    BesideAnother,
    /// Nowhere: it holds the papers of several dossiers.
    Nowhere,
}

/// One document.
fn document(
    opened: &Opened,
    part: Part,
    with: Circumstances<'_>,
    keeping: Keeping,
    mut findings: Vec<Finding>,
) -> Result<Made, Vec<Finding>> {
    let Part { mut pages, is_all, home, findings: said } = part;
    let span = (!is_all).then(|| Span::of(&pages));
    findings.extend(said);
    keep_something(&mut pages, &mut findings);
    let is_sheet = |page: &Done| page.record().place == Place::Sheet;
    // Pages of a text are counted by their ends, those of sheets too.
    let text = |page: &Done| if is_sheet(page) { String::new() } else { page.text() };
    let text = pages.iter().map(|page| text(page) + "\u{c}").collect();
    let shown = if keeping.kept { Shown::AsSeen } else { Shown::Upright };
    let papers: Vec<Done> =
        pages.iter().filter(|page| !is_sheet(page)).cloned().collect();
    let described = fields::describe(&papers, shown, with.now.day());
    let mut made = Made {
        pdf: None,
        companions: Vec::new(),
        text,
        pages: Vec::new(),
        findings,
        described,
        span,
        home,
    };
    if with.agency.is_some() {
        // Where there is no archive, nobody keeps a register.
        made.findings.extend(made.described.findings.clone());
    }
    if keeping.kept {
        keep(opened, &pages, keeping.signed, with, &mut made)?;
    } else {
        build(opened, &pages, with, keeping.scan, &mut made)?;
    }
    made.findings.extend(opened.encryption(made.pdf.is_none()));
    made.pages = pages.into_iter().map(|page| page.record().clone()).collect();
    Ok(made)
}

/// The pages that could be done, each in its place, if that is enough.
fn sound(
    pages: Vec<Result<Done, Fault>>,
    skip_damaged: bool,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Slot>, Vec<Finding>> {
    let mut sound = Vec::new();
    let mut faults = Vec::new();
    for (page, number) in pages.into_iter().zip(1_u32..) {
        match page {
            Ok(page) => sound.push(Some(page)),
            Err(fault) => {
                faults.push(fault.finding().on_page(number));
                sound.push(None);
            }
        }
    }
    let is_empty = sound.iter().all(Option::is_none);
    let stops = !faults.is_empty() && (!skip_damaged || is_empty);
    findings.extend(faults);
    if stops { Err(std::mem::take(findings)) } else { Ok(sound) }
}

/// A document all of whose pages are blank keeps them in their place.
fn keep_something(pages: &mut [Done], findings: &mut Vec<Finding>) {
    let mut papers = pages.iter().filter(|page| page.record().place != Place::Sheet);
    if papers.all(|page| page.record().place == Place::SetAside) {
        let papers = pages.iter_mut().filter(|page| page.record().place != Place::Sheet);
        for page in papers {
            page.record_mut().place = Place::Kept;
        }
        findings.push(Finding::new(
            "document.all-blank",
            Weight::NeedsPerson,
            say::ingest::all_blank,
        ));
    }
}

/// A file that stays as it is, with a searchable companion for the pages
/// that had no text.
fn keep(
    opened: &Opened,
    pages: &[Done],
    signed: bool,
    with: Circumstances<'_>,
    made: &mut Made,
) -> Result<(), Vec<Finding>> {
    let read: Vec<&Done> =
        pages.iter().filter(|page| page.record().text != TextSource::Kept).collect();
    let has_more = read.iter().any(|page| page.record().words > 0);
    if has_more && !signed {
        let grafted = grafted(opened, pages, with)?;
        if let Some(pdf) = grafted {
            let (laid, of) = (read.len(), pages.len());
            made.findings.push(Finding::new(
                "document.text-added",
                Weight::Note,
                |lang| say::ingest::text_added(lang, laid, of),
            ));
            made.pdf = Some(pdf);
            return Ok(());
        }
    }
    let (code, say): (_, fn(_) -> String) = if signed {
        ("document.signed", say::ingest::kept_signed)
    } else {
        ("document.has-text", say::ingest::kept_with_text)
    };
    made.findings.push(Finding::new(code, Weight::Note, say));
    if has_more {
        let mut about = about(opened, with);
        about.bound_to = Some(opened.digest);
        let bytes = write(about, &read)?;
        made.companions.push((SEARCHABLE_SUFFIX.to_owned(), bytes));
    }
    Ok(())
}

/// The file with text laid over the pages that had none; `None` if the file
/// cannot be taken apart, or does not come out with all its pages.
fn grafted(
    opened: &Opened,
    pages: &[Done],
    with: Circumstances<'_>,
) -> Result<Option<Vec<u8>>, Vec<Finding>> {
    let mut laid = Vec::new();
    let mut writer =
        pdfa::Writer::begin(Vec::new(), about(opened, with)).map_err(not_written)?;
    for page in pages {
        if let Done::Read(page, _, Some(own)) = page
            && page.record.words > 0
        {
            let onto = page.record.number.saturating_sub(1) as usize;
            laid.push(Laid { onto, map: *own });
            let text = pdfa::Page {
                width: page.seen.width,
                height: page.seen.height,
                image: None,
                image_map: page.seen.image,
                text: page.text.clone(),
                text_map: page.seen_text_map,
            };
            writer.page(&text).map_err(not_written)?;
        }
    }
    let text = writer.finish().map_err(not_written)?;
    let password = with.password.unwrap_or_default();
    let Some(bytes) = graft::lay(&opened.bytes, password, &text, &laid) else {
        return Ok(None);
    };
    let again = pdf::open(bytes.clone().into(), None, Limits::default());
    let is_whole = again.is_ok_and(|again| {
        let says =
            |laid: &Laid| again.page(laid.onto).is_ok_and(|page| page.text.is_some());
        again.page_count() == opened.page_count() && laid.iter().all(says)
    });
    Ok(is_whole.then_some(bytes))
}

/// Why a document could not be written.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn not_written(error: impl Tell) -> Vec<Finding> {
    let say = |lang| error.tell(lang);
    vec![Finding::new("pdf.not-written", Weight::NeedsPerson, say)]
}

/// A new PDF/A from pictures and text; blank pages into a companion.
fn build(
    opened: &Opened,
    pages: &[Done],
    with: Circumstances<'_>,
    scan: Scan,
    made: &mut Made,
) -> Result<(), Vec<Finding>> {
    let at = |place: Place| -> Vec<&Done> {
        pages.iter().filter(|page| page.record().place == place).collect()
    };
    let kept = at(Place::Kept);
    let pdf = write(about(opened, with), &kept)?;
    made.findings.extend(growth(opened, &kept, &pdf));
    made.pdf = Some(pdf);
    for (place, suffix) in [(Place::SetAside, BLANK_SUFFIX), (Place::Sheet, SHEET_SUFFIX)]
    {
        let aside = at(place);
        if !aside.is_empty() {
            let bytes = write(about(opened, with), &aside)?;
            made.companions.push((suffix.to_owned(), bytes));
        }
    }
    let keeps_scan = with.profile == Profile::LuuTru;
    if keeps_scan && scan == Scan::Nowhere {
        let say = say::track::source_not_kept;
        made.findings.push(Finding::new("source.not-kept", Weight::Warning, say));
    }
    if keeps_scan && scan == Scan::Beside {
        for (stack, side) in opened.stacks().zip(["", ".mat-sau"]) {
            let suffix = format!(".source{side}.{}", stack.kind.to_lowercase());
            made.companions.push((suffix, stack.bytes.to_vec()));
        }
    }
    Ok(())
}

/// What the document says about itself.
fn about(opened: &Opened, with: Circumstances<'_>) -> About {
    let title = opened.pdf().and_then(|pdf| pdf.title.clone());
    let title = title
        .unwrap_or_else(|| say::ingest::title(Lang::Vi, with.now.day().vietnamese()));
    let mut about = About::new(&title, with.now, opened.digest);
    about.conversion =
        with.agency.map(|agency| say::ingest::conversion(Lang::Vi, agency, with.now));
    about
}

/// The bytes of a document, read back and compared with what was meant.
fn write(about: About, pages: &[&Done]) -> Result<Vec<u8>, Vec<Finding>> {
    let mut expected = Expected::new(about.clone());
    let mut writer = pdfa::Writer::begin(Vec::new(), about).map_err(not_written)?;
    for page in pages {
        if let Done::Read(page, picture, _) = page {
            let page = picture::on_page(page, picture);
            writer.page(&page).map_err(not_written)?;
            expected.page(&page);
        }
    }
    let bytes = writer.finish().map_err(not_written)?;
    check::check(&bytes, &expected).map_err(not_written)?;
    Ok(bytes)
}

/// What to say when the PDF is larger than its source by more than the text.
fn growth(opened: &Opened, pages: &[&Done], pdf: &[u8]) -> Option<Finding> {
    let plain = PLAIN_GROWTH.0 + PLAIN_GROWTH.1 * pages.len();
    let from: usize = opened.stacks().map(|stack| stack.bytes.len()).sum();
    if pdf.len() <= from + plain {
        return None;
    }
    let ways: BTreeSet<String> = pages
        .iter()
        .map(|page| format!("{} → {}", page.record().encoding, page.record().kept_as))
        .collect();
    let ways = ways.into_iter().collect::<Vec<_>>().join(", ");
    let to = pdf.len();
    let say = |lang| say::ingest::grew(lang, from, to, &ways);
    #[expect(clippy::cast_precision_loss, reason = "a ratio for people")]
    let ratio = to as f64 / from as f64;
    Some(Finding::new("size.grew", Weight::Note, say).measured("ratio", ratio, None))
}
