//! From a scanned page to its text: the one path every page takes.
//!
//! Inspect first, then decide, then read; each decision leaves a finding with
//! its measure. The stored picture is never changed here: a turn and a skew
//! become maps, and the text follows the ink through them.

use std::borrow::Cow;
use std::time::Duration;

use crate::finding::{Finding, Weight};
use crate::ocr::{Layout, ReadError, Reader};
use crate::page::again::{self, Picture};
use crate::page::blank::Marks;
use crate::page::codes::{self, PageCode};
use crate::page::ink::Ink;
use crate::page::lie::Lie;
use crate::page::record::{PageRecord, Place, TextSource};
use crate::page::secret::{self, Degree, Framed};
use crate::page::slope::Slope;
use crate::page::words::{self, Care};
use crate::page::{boxed, lie, noise, resolution};
use crate::qr::find::{Effort, find};
use crate::raster::{DecodeError, Depth, Raster, Scan, change};
use crate::say::{self, Lang, Tell as _};
use crate::text::noise::findable;
use crate::text::numbers::without_persons;
use crate::text::order::reading_order;
use crate::text::{Correction, TextLayer};
use crate::units::{Affine, Dpi, Pt, Quarter};

/// What the work on each page obeys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// The user's word on resolution, against what files state.
    pub dpi: Option<Dpi>,
    /// Whether blank pages stay in their place.
    pub keep_blank: bool,
    /// Whether skewed pages are shown straight.
    pub deskew: bool,
    /// Longest time for one reading of a page.
    pub budget: Duration,
    /// What is done with the words.
    pub care: Care,
}

impl Default for Rules {
    /// What the file states is believed, blank pages are set aside, pictures
    /// stay as they lie, and a reading may take [`USUAL_BUDGET`].
    fn default() -> Self {
        Self {
            dpi: None,
            keep_blank: false,
            deskew: false,
            budget: USUAL_BUDGET,
            care: Care::Usual,
        }
    }
}

/// The time one reading of a page may take when nothing is said: even a dense
/// A3 page on a slow machine needs less.
pub const USUAL_BUDGET: Duration = Duration::from_secs(120);

/// A page inspected and read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadPage {
    /// What is kept about it; `kept_as` is filled in by whoever writes it.
    pub record: PageRecord,
    /// The page and how the stored image lies on it.
    pub page: lie::Page,
    /// The page as the input shows it, before any turn.
    pub seen: lie::Page,
    /// The words in reading order.
    pub text: TextLayer,
    /// Pixels of the words' places to points of the page.
    pub text_map: Affine,
    /// Pixels of the words' places to points of the page as seen.
    pub seen_text_map: Affine,
    /// A secrecy marking found on it.
    pub secret: Option<Degree>,
    /// The codes found on it, places as on [`ReadPage::seen`].
    pub codes: Vec<PageCode>,
}

/// Pages with more pixels are read at a whole fraction of their resolution…
const MOST_PIXELS_READ: u64 = 16_000_000;
/// …and so is what was scanned at twice this or more, in dpi.
const READING_DPI: f64 = 300.0;
/// With care, a page with fewer pixels across is read larger…
const NARROW: u32 = 1500;
/// …by this: at 150 dpi, ten-point letters are then thirty pixels high.
const NARROW_SCALE: f64 = 1.5;
/// Skew below this many degrees is left to the recogniser.
const LEAST_SKEW: f64 = 0.8;
/// Skew below this many degrees is not worth a word in the record.
const SAID_SKEW: f64 = 0.5;
/// Evidence above which the slope alone settles the axis and up and down.
pub const SURE: (f64, f64) = (1.15, 1.30);
/// A reading this confident settles the direction.
const READS_WELL: f32 = 75.0;
/// Below this confidence no page is turned.
const LEAST_TO_TURN: f32 = 60.0;
/// The share of a page that specks may print before faint ink is more than
/// what shows through from the other side.
const MOST_PRINT_OF_BACK: f64 = 0.002;
/// Below this confidence the text is called doubtful.
const DOUBTFUL: f32 = 50.0;
/// Fewer words than this settle nothing.
const FEWEST_WORDS: usize = 3;

/// Inspects and reads page `number` (from 1) of a source.
///
/// # Errors
///
/// When the picture cannot be decoded. A page on which nothing can be read is
/// no error but a finding that needs a person.
pub fn read(
    scan: &Scan,
    number: u32,
    rules: &Rules,
    reader: &mut dyn Reader,
) -> Result<ReadPage, DecodeError> {
    let (dpi, assumed) = resolution::of(&scan.header, rules.dpi);
    let lie = Lie::of(scan, dpi);
    let Seen { mut grey, factor, is_noise } = Seen::of(scan, dpi)?;
    if lie.turn != Quarter::None {
        grey = change::turn(&grey, lie.turn);
    }
    let seen_dpi = dpi.after(lie.turn).divided(factor);
    let colour = Colour { scan, factor, turn: lie.turn };
    let mut desk = Desk { seen: grey, dpi: seen_dpi, is_noise, rules, reader, colour };
    let mut findings: Vec<Finding> = assumed.into_iter().collect();
    let found = if is_noise { Vec::new() } else { find(&desk.seen, Effort::Usual) };
    let reading = desk.settle(&mut findings);
    let is_skewed = reading.skew.abs() >= SAID_SKEW;
    let straighten = (rules.deskew && is_skewed).then_some(reading.skew);
    if is_skewed {
        findings.push(skewed(reading.skew, straighten.is_some()));
    }
    let page = lie.page(reading.turn, straighten);
    let seen = lie.page(Quarter::None, None);
    let back = stored_from_seen(&desk.seen, factor, lie.turn);
    let codes = codes::placed(found, back.then(seen.image), seen);
    let stored = reading.map.then(back);
    let secret = reading.secret;
    let mut text = reading.text;
    // What the letters were weighed by is many times what they are.
    for word in text.lines.iter_mut().chain(&mut text.aside).flat_map(|l| &mut l.words) {
        word.symbols = Vec::new();
        word.again = None;
    }
    let is_aside = reading.is_blank && !rules.keep_blank;
    let record = PageRecord {
        number,
        scanned: None,
        place: if is_aside { Place::SetAside } else { Place::Kept },
        width_mm: tenths(Pt(page.width).to_mm().0),
        height_mm: tenths(Pt(page.height).to_mm().0),
        dpi: [tenths(dpi.x()), tenths(dpi.y())],
        turned: lie.turn.then(reading.turn).degrees(),
        skew_degrees: (reading.skew * 100.0).round() / 100.0,
        encoding: scan.header.encoding.clone(),
        kept_as: String::new(),
        text: match (reading.is_blank, text.lines.is_empty()) {
            (true, _) => TextSource::Blank,
            (false, true) => TextSource::Unread,
            (false, false) => TextSource::Read,
        },
        words: u32::try_from(text.words().count()).unwrap_or(u32::MAX),
        aside: text.aside.iter().map(|line| without_persons(&line.text())).collect(),
        findable: findable(&text.aside)
            .iter()
            .map(|line| without_persons(&line.text()))
            .collect(),
        confidence: tenths(text.confidence().into()),
        corrections: reading.corrections.into_iter().map(masked).collect(),
        findings: findings.into_iter().map(|finding| finding.on_page(number)).collect(),
    };
    let (text_map, seen_text_map) = (stored.then(page.image), stored.then(seen.image));
    Ok(ReadPage { record, page, seen, text, text_map, seen_text_map, secret, codes })
}

/// A correction without the numbers that persons are known by.
fn masked(correction: Correction) -> Correction {
    let Correction { read, written, by } = correction;
    Correction { read: without_persons(&read), written: without_persons(&written), by }
}

/// The page as it will be read.
struct Seen {
    grey: Raster,
    /// The whole fraction of the stored resolution it has.
    factor: u32,
    is_noise: bool,
}

impl Seen {
    fn of(scan: &Scan, dpi: Dpi) -> Result<Self, DecodeError> {
        let mut factor = factor(&scan.header, dpi);
        let mut grey = scan.load_grey_reduced(factor)?;
        let mut is_noise = noise::covers(&grey);
        // The mean of several pixels is often free of the specks on each.
        while is_noise && is_fine(dpi.divided(factor * 2)) {
            factor *= 2;
            grey = scan.load_grey_reduced(factor)?;
            is_noise = noise::covers(&grey);
        }
        Ok(Self { grey, factor, is_noise })
    }
}

/// The page being worked on, as seen, and what works on it.
struct Desk<'a> {
    seen: Raster,
    dpi: Dpi,
    /// Whether specks cover it, so that there is no use in reading.
    is_noise: bool,
    rules: &'a Rules,
    reader: &'a mut dyn Reader,
    colour: Colour<'a>,
}

/// Where the colours of the page can be had, and how it was seen.
#[derive(Clone, Copy)]
struct Colour<'a> {
    scan: &'a Scan,
    factor: u32,
    turn: Quarter,
}

impl Colour<'_> {
    /// The page as seen, in the plane in which any coloured ink is brightest;
    /// `None` where there is no colour.
    fn brightest(self) -> Option<Raster> {
        if self.scan.header.depth != Depth::Rgb {
            return None;
        }
        let plane = again::brightest(&self.scan.load().ok()?)?;
        let plane = change::reduce(&plane, self.factor);
        Some(match self.turn {
            Quarter::None => plane,
            turn @ (Quarter::Right | Quarter::Half | Quarter::Left) => {
                change::turn(&plane, turn)
            }
        })
    }
}

/// One reading of the page in one direction.
struct Reading {
    turn: Quarter,
    skew: f64,
    /// How much larger than seen the page was read.
    scale: f64,
    text: TextLayer,
    /// Width and height of the picture that was read.
    size: (f64, f64),
    /// Pixels of that picture to pixels of the page as seen.
    map: Affine,
    /// Why it is not whole, if it is not.
    trouble: Option<Finding>,
    /// Whether there was nothing to read.
    is_blank: bool,
    /// A secrecy marking among the words.
    secret: Option<Degree>,
    /// What was changed in the words.
    corrections: Vec<Correction>,
}

impl Reading {
    fn blank() -> Self {
        Self {
            turn: Quarter::None,
            skew: 0.0,
            scale: 1.0,
            text: TextLayer::default(),
            size: (1.0, 1.0),
            map: Affine::IDENTITY,
            trouble: None,
            is_blank: true,
            secret: None,
            corrections: Vec::new(),
        }
    }

    /// Whether the text makes its direction certain.
    fn is_sure(&self) -> bool {
        self.text.confidence() >= READS_WELL
            && self.text.words().count() >= FEWEST_WORDS
            && !self.is_sideways()
    }

    /// How much confident text there is: what the best direction has most of.
    fn score(&self) -> f32 {
        if self.is_sideways() {
            return 0.0;
        }
        self.text.words().map(|word| (word.confidence - LEAST_TO_TURN).max(0.0)).sum()
    }

    /// Whether the recogniser found most words running up or down the page,
    /// which it reads as well as level ones.
    fn is_sideways(&self) -> bool {
        let long = self.text.words().filter(|word| word.text.chars().nth(2).is_some());
        let (tall, all) = long.fold((0, 0), |(tall, all), word| {
            (tall + usize::from(word.place.height() > word.place.width()), all + 1)
        });
        2 * tall > all
    }
}

impl Desk<'_> {
    /// Reads the page unless it is blank, and says what was found on the way.
    fn settle(&mut self, findings: &mut Vec<Finding>) -> Reading {
        let ink = Ink::of(&self.seen, self.dpi);
        let marks = Marks::on(&ink);
        let mut reading = if marks.is_blank() {
            Reading::blank()
        } else if self.is_noise {
            findings.push(Finding::new(
                "page.noise",
                Weight::NeedsPerson,
                say::page::page_noise,
            ));
            return Reading { is_blank: false, ..Reading::blank() };
        } else {
            self.direct(Slope::of(&ink), findings)
        };
        if !reading.is_blank && self.is_show_through(&reading, &ink) {
            reading = Reading::blank();
            let say = say::page::show_through;
            findings.push(Finding::new("blank.show-through", Weight::Note, say));
        }
        if reading.is_blank {
            findings.push(blank(&marks, self.rules.keep_blank));
        }
        findings.extend(reading.trouble.take());
        if !reading.is_blank {
            let confidence = reading.text.confidence();
            self.weigh(&mut reading, findings);
            findings.extend(legibility(&reading.text, confidence, &ink));
        }
        reading
    }

    /// Makes of what was recognised what is written. A secrecy marking counts
    /// however its words were read.
    fn weigh(&mut self, reading: &mut Reading, findings: &mut Vec<Finding>) {
        let as_read = secret::marking(&reading.text, reading.size.1);
        let text = std::mem::take(&mut reading.text);
        // What took too long once is not looked at twice.
        let is_slow = reading.trouble.is_some();
        let care = match self.rules.care {
            Care::Careful if is_slow => Care::Usual,
            kept @ (Care::AsRead | Care::Usual | Care::Careful) => kept,
        };
        let way = (reading.turn, reading.skew);
        let (grey, _) = laid(&self.seen, way, reading.scale);
        let picture = Picture {
            grey: &grey,
            dpi: enlarged(self.dpi.after(reading.turn), reading.scale),
            budget: self.rules.budget,
        };
        let framed = match is_slow {
            true => Framed::Other,
            false => boxed::marking(&picture, self.reader),
        };
        if care == Care::AsRead {
            reading.text = reading_order(text, reading.size.0, reading.size.1);
        } else {
            let colour = Some(self.colour).filter(|_| !is_slow);
            let seen = (self.seen.width, self.seen.height);
            let plane = || {
                let plane = colour?.brightest()?;
                let fits = (plane.width, plane.height) == seen;
                fits.then(|| laid(&plane, way, reading.scale).0.into_owned())
            };
            let page = words::Page { picture, plane: &plane, care, is_slow };
            (reading.text, reading.corrections) = page.written(text, self.reader);
        }
        let as_written = secret::marking(&reading.text, reading.size.1);
        reading.secret = as_read.max(as_written);
        match framed {
            Framed::Marked(degree) => reading.secret = reading.secret.max(Some(degree)),
            Framed::Doubtful => findings.push(Finding::new(
                "page.frame-unread",
                Weight::NeedsPerson,
                say::page::frame_unread,
            )),
            Framed::Other => {}
        }
    }

    /// Reads the page in the direction its lines suggest, and in the others
    /// only while no reading is convincing.
    fn direct(&mut self, slope: Option<Slope>, findings: &mut Vec<Finding>) -> Reading {
        let Some(slope) = slope else {
            return self.read(Quarter::None, 0.0);
        };
        let (axis, feet) = (slope.axis_evidence, slope.upright_evidence);
        let upright = slope.turned.undone();
        let first = self.read(upright, slope.skew);
        let evident = axis >= SURE.0 && feet >= SURE.1;
        // What took too long in one direction takes too long in all.
        let settled = first.trouble.is_some()
            || first.is_sure()
            || evident
                && upright == Quarter::None
                && first.text.confidence() >= DOUBTFUL
                && !first.is_sideways();
        let best = if settled { first } else { self.best_of_four(first, &slope) };
        if best.turn == Quarter::None {
            return best;
        }
        let measured = |finding: Finding| {
            finding
                .measured("axis_evidence", tenths(axis), Some(SURE.0))
                .measured("upright_evidence", tenths(feet), Some(SURE.1))
                .measured(
                    "confidence",
                    best.text.confidence().into(),
                    Some(LEAST_TO_TURN.into()),
                )
        };
        let enough = best.text.words().count() >= FEWEST_WORDS;
        if enough && best.text.confidence() >= LEAST_TO_TURN {
            let degrees = best.turn.degrees();
            findings.push(measured(Finding::new("page.turned", Weight::Note, |lang| {
                say::page::page_turned(lang, degrees)
            })));
            return best;
        }
        findings.push(measured(Finding::new(
            "page.direction-unsure",
            Weight::Warning,
            say::page::page_direction_unsure,
        )));
        self.read(
            Quarter::None,
            if best.turn == Quarter::Half { slope.skew } else { 0.0 },
        )
    }

    /// Reads in the directions not yet tried, most likely first, until one is
    /// convincing, and returns the best of all.
    fn best_of_four(&mut self, first: Reading, slope: &Slope) -> Reading {
        let tried = first.turn;
        let along = |turn: Quarter| turn.swaps_axes() == tried.swaps_axes();
        let others = [Quarter::Half, Quarter::Right, Quarter::Left];
        let mut best = first;
        for turn in others.map(|more| tried.then(more)) {
            if !along(turn) && slope.axis_evidence >= SURE.0 {
                continue;
            }
            let reading = self.read(turn, if along(turn) { slope.skew } else { 0.0 });
            let reading_failed = reading.trouble.is_some();
            if reading.score() > best.score() {
                best = reading;
            }
            if best.is_sure() || reading_failed {
                break;
            }
        }
        best
    }

    /// Whether all that can be seen is the print of the other side: faint,
    /// senseless as it stands, and sensible in the mirror.
    fn is_show_through(&mut self, reading: &Reading, ink: &Ink) -> bool {
        let is_faint = ink.share(2) <= MOST_PRINT_OF_BACK;
        let settled = reading.trouble.is_some() || reading.text.confidence() >= DOUBTFUL;
        if !is_faint || settled {
            return false;
        }
        let mut mirrored = self.seen.samples.clone();
        let row = self.seen.depth.row_bytes(self.seen.width).max(1);
        mirrored.chunks_exact_mut(row).for_each(<[u8]>::reverse);
        let seen = Raster { samples: mirrored, ..self.seen };
        let mut desk = Desk { seen, reader: self.reader, ..*self };
        let skew = -reading.skew;
        desk.read(Quarter::None, skew).is_sure()
            || desk.read(Quarter::Half, skew).is_sure()
    }

    /// Reads the page after `turn`, its lines then sloping by `skew`.
    fn read(&mut self, turn: Quarter, skew: f64) -> Reading {
        let narrow = self.rules.care == Care::Careful && is_narrow(&self.seen, turn);
        let scale = if narrow { NARROW_SCALE } else { 1.0 };
        let (picture, map) = laid(&self.seen, (turn, skew), scale);
        let dpi = enlarged(self.dpi.after(turn), scale);
        let size = (f64::from(picture.width), f64::from(picture.height));
        let (text, trouble) =
            match self.reader.look(&picture, dpi, Layout::Page, self.rules.budget) {
                Ok(text) => (text, None),
                Err(ReadError::TimedOut { budget, partial }) => {
                    let words = partial.words().count();
                    let finding =
                        Finding::new("text.timed-out", Weight::NeedsPerson, |lang| {
                            say::page::ocr_timed_out(lang, budget.as_secs(), words)
                        });
                    (partial, Some(finding))
                }
                Err(error) => {
                    let say = |lang| error.tell(lang);
                    let finding = Finding::new("text.refused", Weight::NeedsPerson, say);
                    (TextLayer::default(), Some(finding))
                }
            };
        Reading {
            turn,
            skew,
            scale,
            text,
            size,
            map,
            trouble,
            is_blank: false,
            ..Reading::blank()
        }
    }
}

/// The page as it is read: turned, level, at a larger scale; and the map from
/// that picture back to the page as seen.
fn laid(
    seen: &Raster,
    (turn, skew): (Quarter, f64),
    scale: f64,
) -> (Cow<'_, Raster>, Affine) {
    // The page is not copied to be left as it is: it may be large.
    let turned = match turn {
        Quarter::None => Cow::Borrowed(seen),
        Quarter::Right | Quarter::Half | Quarter::Left => {
            Cow::Owned(change::turn(seen, turn))
        }
    };
    let (width, height) = (f64::from(seen.width), f64::from(seen.height));
    let back = Affine::turn(turn, width, height).inverse().unwrap_or(Affine::IDENTITY);
    let (level, map) = if skew.abs() >= LEAST_SKEW {
        let (level, to_turned) = change::rotate_grey(&turned, -skew);
        (Cow::Owned(level), to_turned.then(back))
    } else {
        (turned, back)
    };
    if scale <= 1.0 {
        return (level, map);
    }
    let larger = |side: u32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the conversion saturates"
        )]
        let side = (f64::from(side) * scale).round() as u32;
        side
    };
    let large = change::scale(&level, larger(level.width), larger(level.height));
    (Cow::Owned(large), Affine::scale(1.0 / scale, 1.0 / scale).then(map))
}

/// Whether a page has so few pixels across that its letters are small.
fn is_narrow(seen: &Raster, turn: Quarter) -> bool {
    let width = if turn.swaps_axes() { seen.height } else { seen.width };
    width < NARROW
}

/// A resolution `scale` times as fine.
fn enlarged(dpi: Dpi, scale: f64) -> Dpi {
    Dpi::plausible(dpi.x() * scale, dpi.y() * scale).unwrap_or(dpi)
}

/// Pixels of the page as seen, reduced by `factor`, to stored pixels.
fn stored_from_seen(seen: &Raster, factor: u32, turn: Quarter) -> Affine {
    let (width, height) = (f64::from(seen.width), f64::from(seen.height));
    let (width, height) =
        if turn.swaps_axes() { (height, width) } else { (width, height) };
    let back = Affine::turn(turn, width, height).inverse().unwrap_or(Affine::IDENTITY);
    back.then(Affine::scale(f64::from(factor), f64::from(factor)))
}

/// The whole fraction of the stored resolution at which the page is read.
fn factor(header: &crate::raster::Header, dpi: Dpi) -> u32 {
    let pixels = u64::from(header.width) * u64::from(header.height);
    let fits = |factor: &u32| {
        let factor = u64::from(*factor);
        pixels / (factor * factor) <= MOST_PIXELS_READ
    };
    let by_pixels = (1..=u32::from(u8::MAX)).find(fits).unwrap_or(u32::from(u8::MAX));
    let finest =
        (2..=8).rev().find(|&f| dpi.x().min(dpi.y()) / f64::from(f) >= READING_DPI);
    by_pixels.max(finest.unwrap_or(1))
}

/// Whether print can be read at this resolution.
fn is_fine(dpi: Dpi) -> bool {
    /// Ten-point letters are then fourteen pixels high.
    const LEAST_READING_DPI: f64 = 100.0;
    dpi.x().min(dpi.y()) >= LEAST_READING_DPI
}

/// What to say of a blank page.
fn blank(marks: &Marks, kept: bool) -> Finding {
    let finding = if kept {
        Finding::new("blank.kept", Weight::Note, say::page::blank_kept)
    } else {
        Finding::new("blank.set-aside", Weight::Note, say::page::blank_set_aside)
    };
    finding.measured("dust_share", marks.dust, Some(Marks::DUST_LIMIT))
}

/// What to say of a skewed page.
fn skewed(skew: f64, straightened: bool) -> Finding {
    let told = |lang: Lang| {
        let degrees = format!("{:.1}", skew.abs());
        let degrees = degrees.replace('.', &lang.decimal_mark().to_string());
        if skew > 0.0 {
            say::page::clockwise(lang, degrees)
        } else {
            say::page::counter_clockwise(lang, degrees)
        }
    };
    let finding = if straightened {
        let say = |lang| say::page::page_straightened(lang, told(lang));
        Finding::new("page.straightened", Weight::Note, say)
    } else {
        let say = |lang| say::page::page_skewed(lang, told(lang));
        Finding::new("page.skewed", Weight::Note, say)
    };
    finding.measured("skew_degrees", skew, Some(SAID_SKEW))
}

/// What to say of text that is missing or doubtful on a page with ink.
fn legibility(text: &TextLayer, confidence: f32, ink: &Ink) -> Option<Finding> {
    /// With less print than this a page may well have no words.
    const FEW_MARKS: f64 = 0.001;
    if text.lines.is_empty() && ink.is_dark() {
        let finding =
            Finding::new("page.dark", Weight::NeedsPerson, say::page::page_dark);
        return Some(finding.measured("brightest", f64::from(ink.paper), None));
    }
    if text.lines.is_empty() {
        let print = ink.share(2);
        let weight =
            if print < FEW_MARKS { Weight::Warning } else { Weight::NeedsPerson };
        let finding = Finding::new("text.none", weight, say::page::text_none);
        return Some(finding.measured("print_share", print, Some(FEW_MARKS)));
    }
    (confidence < DOUBTFUL).then(|| {
        Finding::new("text.doubtful", Weight::Warning, |lang| {
            say::page::text_doubtful(lang, confidence.round())
        })
        .measured("confidence", confidence.into(), Some(DOUBTFUL.into()))
    })
}

/// One decimal, for the record.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
