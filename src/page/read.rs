//! From a scanned page to its text: the one path every page takes.
//!
//! Inspect first, then decide, then read; each decision leaves a finding with
//! its measure. The stored picture is never changed here: a turn and a skew
//! become maps, and the text follows the ink through them.

use std::borrow::Cow;
use std::time::Duration;

use crate::finding::{Finding, Weight};
use crate::ocr::Reader;
use crate::page::again::{self, Picture};
use crate::page::blank::Marks;
use crate::page::codes::{self, PageCode};
use crate::page::ink::Ink;
use crate::page::lie::Lie;
use crate::page::light::Light;
use crate::page::reading::{Reading, Sight, enlarged, laid};
use crate::page::record::{PageRecord, Place, TextSource, tenths};
use crate::page::secret::{self, Degree, Framed};
use crate::page::slope::Slope;
use crate::page::told::{self, SAID_SKEW};
use crate::page::words::{self, Care, Plane};
use crate::page::{boxed, lie, noise, resolution};
use crate::qr::find::{Effort, find};
use crate::raster::{DecodeError, Depth, Header, Raster, Scan, change};
use crate::say;
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
const MOST_PIXELS_READ: u32 = 16_000_000;
/// …and so is what was scanned at twice this or more, in dpi.
const READING_DPI: f64 = 300.0;

/// Where one resolution is this many times the other, as in a fax of 204 × 98 dpi,
/// letters are stretched to their shape, if the picture is not too large then.
const LEAST_STRETCH: f64 = 1.4;

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
    let Seen { mut grey, light, view, is_noise } = Seen::of(scan, dpi)?;
    if lie.turn != Quarter::None {
        grey = change::turn(&grey, lie.turn);
    }
    let seen_dpi = view.dpi(dpi).after(lie.turn);
    let colour = Colour { scan, light: &light, view, turn: lie.turn };
    let Rules { care, budget, .. } = *rules;
    let sight = Sight { seen: grey, dpi: seen_dpi, care, budget, reader };
    let mut desk = Desk { sight, is_noise, keep_blank: rules.keep_blank, colour };
    let mut findings: Vec<Finding> = assumed.into_iter().collect();
    let found = if is_noise { Vec::new() } else { find(&desk.sight.seen, Effort::Usual) };
    let reading = desk.settle(&mut findings);
    let is_skewed = reading.skew.abs() >= SAID_SKEW;
    let straighten = (rules.deskew && is_skewed).then_some(reading.skew);
    if is_skewed {
        findings.push(told::skewed(reading.skew, straighten.is_some()));
    }
    let page = lie.page(reading.turn, straighten);
    let seen = lie.page(Quarter::None, None);
    let back = view.stored_from_seen(&desk.sight.seen, lie.turn);
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
    /// Under even light.
    grey: Raster,
    /// The light as it was.
    light: Light,
    view: View,
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
        let light = Light::on(&grey, dpi.divided(factor));
        light.even(&mut grey);
        let view = View::of(&grey, factor, dpi);
        Ok(Self { grey: view.stretched(grey), light, view, is_noise })
    }
}

/// How the pixels that are read come from those that are stored.
#[derive(Clone, Copy)]
struct View {
    /// So many stored pixels, across and down, became one…
    factor: u32,
    /// …and that so many, where resolutions differ: letters are then as wide as print is.
    across: f64,
    down: f64,
}

impl View {
    /// Of a picture that was reduced by `factor`.
    fn of(grey: &Raster, factor: u32, dpi: Dpi) -> Self {
        let (across, down) = (dpi.y() / dpi.x(), dpi.x() / dpi.y());
        let pixels = f64::from(grey.width) * f64::from(grey.height);
        let fits = |times: f64| {
            times >= LEAST_STRETCH && pixels * times <= f64::from(MOST_PIXELS_READ)
        };
        let times = |times: f64| if fits(times) { times } else { 1.0 };
        Self { factor, across: times(across), down: times(down) }
    }

    fn stretched(self, grey: Raster) -> Raster {
        if self.across <= 1.0 && self.down <= 1.0 {
            return grey;
        }
        change::stretch(&grey, self.across, self.down)
    }

    /// The resolution of what is read, before any turn.
    fn dpi(self, stored: Dpi) -> Dpi {
        stored.divided(self.factor).times(self.across, self.down)
    }

    /// Pixels of the page as seen, after `turn`, to stored pixels.
    fn stored_from_seen(self, seen: &Raster, turn: Quarter) -> Affine {
        let (width, height) = (f64::from(seen.width), f64::from(seen.height));
        let (width, height) =
            if turn.swaps_axes() { (height, width) } else { (width, height) };
        let back =
            Affine::turn(turn, width, height).inverse().unwrap_or(Affine::IDENTITY);
        let factor = f64::from(self.factor);
        back.then(Affine::scale(factor / self.across, factor / self.down))
    }
}

/// The page being worked on.
struct Desk<'a> {
    sight: Sight<'a>,
    /// Whether specks cover it, so that there is no use in reading.
    is_noise: bool,
    keep_blank: bool,
    colour: Colour<'a>,
}

/// Where the colours of the page can be had, and how it was seen.
#[derive(Clone, Copy)]
struct Colour<'a> {
    scan: &'a Scan,
    light: &'a Light,
    view: View,
    turn: Quarter,
}

impl Colour<'_> {
    /// The page as seen, in the plane in which any coloured ink is brightest;
    /// `None` where there is no colour.
    fn brightest(self) -> Option<Raster> {
        let Header { width, height, depth, .. } = self.scan.header;
        if depth != Depth::Rgb {
            return None;
        }
        let mut samples = Vec::with_capacity(width as usize * height as usize);
        let mut take = |row: &[u8]| samples.extend(again::brightest(row));
        self.scan.each_row(&mut take).ok()?;
        let mut plane = Raster { width, height, depth: Depth::Grey, samples };
        if self.view.factor > 1 {
            plane = change::reduce(&plane, self.view.factor);
        }
        self.light.even(&mut plane);
        plane = self.view.stretched(plane);
        Some(match self.turn {
            Quarter::None => plane,
            turn @ (Quarter::Right | Quarter::Half | Quarter::Left) => {
                change::turn(&plane, turn)
            }
        })
    }
}

impl Desk<'_> {
    /// Reads the page unless it is blank, and says what was found on the way.
    fn settle(&mut self, findings: &mut Vec<Finding>) -> Reading {
        let ink = Ink::of(&self.sight.seen, self.sight.dpi);
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
            self.sight.upright(Slope::of(&ink), findings)
        };
        if !reading.is_blank && self.sight.is_show_through(&reading, &ink) {
            reading = Reading::blank();
            let say = say::page::show_through;
            findings.push(Finding::new("blank.show-through", Weight::Note, say));
        }
        if reading.is_blank {
            findings.push(told::blank(&marks, self.keep_blank));
        }
        findings.extend(reading.trouble.clone());
        if !reading.is_blank {
            let confidence = reading.text.confidence();
            self.weigh(&mut reading, &ink, findings);
            findings.extend(told::legibility(&reading.text, confidence, &ink));
        }
        reading
    }

    /// Makes of what was recognised what is written. A secrecy marking counts
    /// however its words were read. `ink` is that of the page as seen.
    fn weigh(&mut self, reading: &mut Reading, ink: &Ink, findings: &mut Vec<Finding>) {
        let Sight { seen, dpi, care, budget, reader } = &mut self.sight;
        let (seen, reader): (&Raster, &mut dyn Reader) = (seen, &mut **reader);
        let as_read = secret::marking(&reading.text, reading.size.1);
        let text = std::mem::take(&mut reading.text);
        let way = (reading.turn, reading.skew);
        let (grey, _) = laid(seen, way, reading.scale);
        let dpi = enlarged(dpi.after(reading.turn), reading.scale);
        let picture = Picture { grey: &grey, dpi, budget: *budget };
        let ink = match &grey {
            Cow::Borrowed(_) => Cow::Borrowed(ink),
            Cow::Owned(grey) => Cow::Owned(Ink::of(grey, dpi)),
        };
        // What took too long once is not looked at twice.
        let is_slow = reading.trouble.is_some();
        let framed = match is_slow {
            true => Framed::Other,
            false => boxed::marking(&picture, &ink, reader),
        };
        if *care == Care::AsRead {
            reading.text = reading_order(text, reading.size.0, reading.size.1);
            words::tabulate(&mut reading.text, &ink);
        } else {
            let size = (seen.width, seen.height);
            let colour = self.colour;
            let make = || {
                let plane = colour.brightest()?;
                let fits = (plane.width, plane.height) == size;
                let laid = match laid(&plane, way, reading.scale).0 {
                    Cow::Owned(laid) => Some(laid),
                    Cow::Borrowed(_) => None,
                };
                fits.then(|| laid.unwrap_or(plane))
            };
            let plane = Plane::of(&make);
            let page = words::Page { picture, ink: &ink, plane, care: *care };
            (reading.text, reading.corrections) =
                page.written(text, (!is_slow).then_some(reader));
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
}

/// The whole fraction of the stored resolution at which the page is read.
fn factor(header: &Header, dpi: Dpi) -> u32 {
    let pixels = u64::from(header.width) * u64::from(header.height);
    let fits = |factor: &u32| {
        let factor = u64::from(*factor);
        pixels / (factor * factor) <= u64::from(MOST_PIXELS_READ)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::{Layout, ReadError};
    use crate::raster::Rows;
    use crate::text::{Line, Word};
    use crate::units::Rect;

    #[test]
    fn a_fax_of_half_the_lines_is_stretched_and_its_places_lie_where_they_were() {
        let samples = vec![255; 1728 * 1145];
        let fax = Raster { width: 1728, height: 1145, depth: Depth::Grey, samples };
        let dpi = Dpi::plausible(204.0, 98.0).unwrap();
        let view = View::of(&fax, 1, dpi);
        let seen = view.stretched(fax);
        assert_eq!((seen.width, seen.height), (1728, 2383));
        let read = view.dpi(dpi);
        assert!((read.x() - read.y()).abs() < 0.1, "{read}");
        let corner = view.stored_from_seen(&seen, Quarter::None).apply(1728.0, 2383.0);
        assert!((corner.0 - 1728.0).abs() < 0.5 && (corner.1 - 1145.0).abs() < 0.5);
    }

    #[test]
    fn a_fine_fax_is_read_as_it_is() {
        let samples = vec![255; 1728 * 22];
        let fax = Raster { width: 1728, height: 22, depth: Depth::Grey, samples };
        let view = View::of(&fax, 1, Dpi::plausible(204.0, 196.0).unwrap());
        assert_eq!(view.stretched(fax.clone()), fax);
    }

    /// Lines of print on white paper, 1240 × 1754 pixels.
    #[derive(Debug)]
    struct Printed;

    impl Rows for Printed {
        fn decode(
            &self,
            each: &mut dyn FnMut(&[u8]) -> Result<(), DecodeError>,
        ) -> Result<(), DecodeError> {
            for y in 0..1754 {
                let is_ink = |x: u32| {
                    (200..1400).contains(&y)
                        && y % 40 < 20
                        && (150..1050).contains(&x)
                        && x % 12 < 5
                };
                let row: Vec<u8> =
                    (0..1240).map(|x| if is_ink(x) { 20 } else { 250 }).collect();
                each(&row)?;
            }
            Ok(())
        }
    }

    /// Reads a doubtful number and stops there, out of time if `is_slow`.
    struct Reads {
        is_slow: bool,
        looks: usize,
    }

    impl Reader for Reads {
        fn look(
            &mut self,
            _: &Raster,
            _: Dpi,
            _: Layout,
            budget: Duration,
        ) -> Result<TextLayer, ReadError> {
            self.looks += 1;
            let words =
                ["CỘNG", "HÒA", "XÃ", "HỘI"].into_iter().zip(0..).map(|(t, x)| {
                    let left = f64::from(150 + 120 * x);
                    let place =
                        Rect { left, top: 196.0, right: left + 100.0, bottom: 224.0 };
                    Word::new(t.to_owned(), place, 90.0)
                });
            let lines = vec![Line { words: words.collect(), ..Line::default() }];
            let layer = TextLayer { lines, ..TextLayer::default() };
            match self.is_slow {
                true => Err(ReadError::TimedOut { budget, partial: layer }),
                false => Ok(layer),
            }
        }
    }

    fn looks(is_slow: bool) -> (usize, ReadPage) {
        let header = Header {
            width: 1240,
            height: 1754,
            depth: Depth::Grey,
            dpi: Dpi::square(150.0),
            turn: Quarter::None,
            icc: None,
            passthrough: None,
            encoding: String::new(),
        };
        let scan = Scan { header, rows: Box::new(Printed), placed: None };
        let mut reader = Reads { is_slow, looks: 0 };
        let page = read(&scan, 1, &Rules::default(), &mut reader).unwrap();
        (reader.looks, page)
    }

    #[test]
    fn a_page_that_took_too_long_is_not_looked_at_again() {
        // Print below the line that was read asks for a second look…
        let (many, _) = looks(false);
        assert!(many > 1, "{many}");
        // …but not where there was no time for the first.
        let (once, page) = looks(true);
        assert_eq!(once, 1);
        let told = page.record.findings.iter().map(|finding| finding.code.as_str());
        assert_eq!(told.filter(|code| *code == "text.timed-out").count(), 1);
        assert!(page.text.text().starts_with("CỘNG HÒA"), "{}", page.text.text());
    }
}
