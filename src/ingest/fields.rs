//! What the register is told of a document: its fields and their evidence.
//!
//! Values go into the document's fields under the names of Nghị định
//! 30/2020/NĐ-CP, Phụ lục VI; where each was read, how sure that is and what is
//! doubtful about it go into its record, so that a person can check it without
//! looking for it. A doubtful number or day makes the document one that a
//! person must see.

use serde_json::{Map, Value, json};

use crate::finding::{Finding, Weight};
use crate::ingest::work::Done;
use crate::page::read::ReadPage;
use crate::page::record::{Place, TextSource};
use crate::pdf::PageText;
use crate::say::{self, Lang};
use crate::text::fields::{self, Field, Fields, Name, Read};
use crate::text::numbers::{Personal, without_persons};
use crate::text::{Line, TextLayer, Word, export, score};
use crate::time::Day;
use crate::units::{Affine, Pt, Rect};

/// A document as the register takes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Described {
    /// Its kind, for the file's name; empty where nothing says.
    pub kind: String,
    /// Its fields by their names in Phụ lục VI.
    pub fields: Map<String, Value>,
    /// Where each was read, and how surely.
    pub evidence: Map<String, Value>,
    /// What a person must know.
    pub findings: Vec<Finding>,
    /// Its pages for other programs.
    pub pages: Vec<export::Page>,
}

/// Which page the places of a document are on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// As it was decided to lie: in a PDF we write.
    Upright,
    /// As the input shows it: in a PDF that is kept.
    AsSeen,
}

/// Looks for what a register asks, on the pages of a document.
#[must_use]
pub fn describe(pages: &[Done], shown: Shown, today: Day) -> Described {
    let sheets: Vec<Sheet> =
        pages.iter().filter_map(|page| Sheet::of(page, shown)).collect();
    let reads: Vec<Read<'_>> = sheets.iter().map(Sheet::read).collect();
    let found = fields::extract(&reads, today);
    let place = |page: u32, place: Rect| {
        let sheet = sheets.iter().find(|sheet| sheet.number == page);
        sheet.map(|sheet| sheet.millimetres(place))
    };
    let mut evidence = Map::new();
    let read = found.all.iter();
    let read = read.map(|field| (field.name.key().to_owned(), witness(field, &place)));
    evidence.insert("fields".to_owned(), Value::Object(read.collect()));
    numbers(&found, &place, &mut evidence);
    evidence.insert("reading".to_owned(), reading(&sheets));
    Described {
        kind: found.kind.map_or_else(String::new, |kind| kind.name.to_owned()),
        fields: values(&found),
        findings: found.doubtful().filter_map(|field| doubtful(field, &found)).collect(),
        evidence,
        pages: sheets.iter().filter(|sheet| sheet.is_kept).map(Sheet::exported).collect(),
    }
}

/// The values for the register, those cut that are too long for it.
fn values(found: &Fields) -> Map<String, Value> {
    let mut values = Map::new();
    let mut signer = Map::new();
    for field in &found.all {
        let Some(value) = field.fitted() else { continue };
        let value = without_persons(&value);
        let key = field.name.key().to_owned();
        match field.name {
            Name::Position | Name::FullName => {
                signer.insert(key, value.into());
            }
            Name::Priority => {
                let level: u64 = value.parse().unwrap_or_default();
                values.insert(key, level.into());
            }
            Name::Recipients => {
                let places = value.replace('\n', "; ");
                let places: String = places.chars().take(MOST_PLACES).collect();
                values.insert("ToPlaces".to_owned(), places.into());
            }
            Name::TypeName
            | Name::CodeNumber
            | Name::CodeNotation
            | Name::IssuedDate
            | Name::Place
            | Name::OrganName
            | Name::Superior
            | Name::Subject
            | Name::Authority => {
                values.insert(key, value.into());
            }
        }
    }
    if !signer.is_empty() {
        values.insert("SignerInfo".to_owned(), signer.into());
    }
    values
}

/// `ToPlaces` has room for so many characters.
const MOST_PLACES: usize = 1000;

/// What the record keeps of a field.
fn witness(field: &Field, place: &impl Fn(u32, Rect) -> Option<[f64; 4]>) -> Value {
    let mut kept = Map::new();
    let value = field.value.as_deref().map(without_persons);
    kept.insert("value".to_owned(), value.into());
    if Some(&field.read) != field.value.as_ref() {
        kept.insert("read".to_owned(), without_persons(field.read.trim()).into());
    }
    kept.insert("confidence".to_owned(), tenths(field.confidence.into()).into());
    kept.insert("page".to_owned(), field.page.into());
    if let Some(place) = field.place.and_then(|at| place(field.page, at)) {
        kept.insert("place_mm".to_owned(), json!(place));
    }
    let doubts: Vec<&str> = field.doubts.iter().map(|doubt| doubt.code()).collect();
    if !doubts.is_empty() {
        kept.insert("doubts".to_owned(), json!(doubts));
    }
    kept.into()
}

/// Numbers of persons, masked, and amounts that state their words.
fn numbers(
    found: &Fields,
    place: &impl Fn(u32, Rect) -> Option<[f64; 4]>,
    evidence: &mut Map<String, Value>,
) {
    let personal: Vec<Value> = found
        .personal
        .iter()
        .map(|spot| {
            let Personal { kind, masked, doubt } = &spot.what;
            json!({
                "kind": kind.code(),
                "masked": masked,
                "page": spot.page,
                "place_mm": place(spot.page, spot.place),
                "doubts": doubt.iter().map(|doubt| doubt.code()).collect::<Vec<_>>(),
            })
        })
        .collect();
    if !personal.is_empty() {
        evidence.insert("personal".to_owned(), personal.into());
    }
    let amounts: Vec<Value> = found
        .amounts
        .iter()
        .map(|spot| {
            json!({
                "figures": spot.what.figures,
                "page": spot.page,
                "place_mm": place(spot.page, spot.place),
                "doubts": spot.what.doubt.iter().map(|doubt| doubt.code()).collect::<Vec<_>>(),
            })
        })
        .collect();
    if !amounts.is_empty() {
        evidence.insert("amounts".to_owned(), amounts.into());
    }
}

/// How well the pages were read: words right of a hundred, as far as can be told.
fn reading(sheets: &[Sheet]) -> Value {
    let recognised = || sheets.iter().filter(|sheet| sheet.is_recognised);
    let pages: Vec<Value> = recognised()
        .filter_map(|sheet| {
            Some(json!({ "page": sheet.number, "score": score::of(&sheet.text)? }))
        })
        .collect();
    let words = recognised().flat_map(|sheet| sheet.text.words());
    let shares: Vec<f64> =
        words.map(|word| score::share_right(word.confidence)).collect();
    json!({ "score": score::mean(&shares), "pages": pages })
}

/// What to say of a key field that is doubtful. Number and notation stand on
/// one line: one sentence is enough.
fn doubtful(field: &Field, found: &Fields) -> Option<Finding> {
    let number = found.get(Name::CodeNumber);
    let said_already =
        field.name == Name::CodeNotation && number.is_some_and(Field::is_doubtful);
    if said_already {
        return None;
    }
    let (code, name): (_, fn(Lang) -> String) = if field.name == Name::IssuedDate {
        ("fields.date-doubtful", say::fields::name_date)
    } else {
        ("fields.number-doubtful", say::fields::name_number)
    };
    let read = without_persons(field.read.trim());
    let read = read.trim_start_matches([':', '.']).trim();
    let say = |lang: Lang| {
        let doubts: Vec<String> =
            field.doubts.iter().map(|doubt| doubt.tell(lang)).collect();
        let doubts = doubts.join("; ");
        if read.chars().any(char::is_alphanumeric) {
            say::fields::doubtful(lang, name(lang), read, doubts)
        } else {
            say::fields::doubtful_unread(lang, name(lang), doubts)
        }
    };
    let finding = Finding::new(code, Weight::NeedsPerson, say).on_page(field.page);
    Some(finding.measured("confidence", tenths(field.confidence.into()), None))
}

/// A page with the way from its words to millimetres on the page shown.
struct Sheet {
    number: u32,
    text: TextLayer,
    /// The same with what is no word to a reader: it may be one of a field.
    whole: TextLayer,
    width: f64,
    height: f64,
    /// Width and height of the page in points.
    size: (f64, f64),
    /// Places of words to points of the page, origin top left, y down.
    map: Affine,
    /// Dots an inch.
    dpi: f64,
    /// Whether the text was recognised by us.
    is_recognised: bool,
    /// Whether the page is in the document, and not set aside.
    is_kept: bool,
}

impl Sheet {
    /// The page, if it says anything.
    fn of(page: &Done, shown: Shown) -> Option<Self> {
        let record = page.record();
        let is_kept = record.place == Place::Kept;
        let says = matches!(record.text, TextSource::Read | TextSource::Kept);
        (says || is_kept).then(|| match page {
            Done::Read(read, ..) => Self { is_kept, ..Self::of_read(read, shown) },
            Done::Kept(kept) => {
                let points = |mm: f64| mm * 72.0 / 25.4;
                Self {
                    number: record.number,
                    text: layer(&kept.text, points(record.height_mm)),
                    whole: layer(&kept.text, points(record.height_mm)),
                    width: points(record.width_mm),
                    height: points(record.height_mm),
                    size: (points(record.width_mm), points(record.height_mm)),
                    map: Affine::IDENTITY,
                    dpi: EXPORT_DPI,
                    is_recognised: false,
                    is_kept,
                }
            }
        })
    }

    fn of_read(read: &ReadPage, shown: Shown) -> Self {
        let (page, map) = match shown {
            Shown::Upright => (read.page, read.text_map),
            Shown::AsSeen => (read.seen, read.seen_text_map),
        };
        // Sides of the page in the pixels that were read.
        let side = |x: f64, y: f64| {
            let back = map.inverse().unwrap_or(Affine::IDENTITY);
            let (from, to) = (back.apply(0.0, 0.0), back.apply(x, y));
            (to.0 - from.0).hypot(to.1 - from.1)
        };
        let sides = (side(page.width, 0.0), side(0.0, page.height));
        // The words stand upright; a page as seen may lie.
        let lies = map.a.abs() < map.b.abs();
        let (width, height) = if lies { (sides.1, sides.0) } else { sides };
        let down = Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, page.height]);
        Self {
            number: read.record.number,
            whole: read.text.with_aside(),
            text: read.text.clone(),
            width,
            height,
            size: (page.width, page.height),
            map: map.then(down),
            dpi: read
                .record
                .dpi
                .first()
                .copied()
                .filter(|dpi| *dpi > 0.0)
                .unwrap_or(EXPORT_DPI),
            is_recognised: true,
            is_kept: true,
        }
    }

    /// The page with its words in millimetres.
    fn exported(&self) -> export::Page {
        let mut text = self.text.clone();
        for word in text.lines.iter_mut().flat_map(|line| &mut line.words) {
            let [left, top, right, bottom] = self.millimetres(word.place);
            word.place = Rect { left, top, right, bottom };
        }
        let (width, height) = self.size;
        let mm = |points: f64| crate::units::Mm(tenths(Pt(points).to_mm().0));
        export::Page {
            number: self.number,
            width: mm(width),
            height: mm(height),
            dpi: self.dpi,
            text,
        }
    }

    fn read(&self) -> Read<'_> {
        Read {
            number: self.number,
            text: &self.whole,
            width: self.width,
            height: self.height,
        }
    }

    /// A place on the page in millimetres: left, top, right, bottom.
    fn millimetres(&self, place: Rect) -> [f64; 4] {
        let corners = [
            (place.left, place.top),
            (place.right, place.top),
            (place.left, place.bottom),
            (place.right, place.bottom),
        ]
        .map(|(x, y)| self.map.apply(x, y));
        let mm = |points: f64| tenths(Pt(points).to_mm().0);
        let fold = |of: fn(f64, f64) -> f64, from: f64, side: usize| {
            corners.iter().map(|(x, y)| if side == 0 { *x } else { *y }).fold(from, of)
        };
        [
            mm(fold(f64::min, f64::INFINITY, 0)),
            mm(fold(f64::min, f64::INFINITY, 1)),
            mm(fold(f64::max, f64::NEG_INFINITY, 0)),
            mm(fold(f64::max, f64::NEG_INFINITY, 1)),
        ]
    }
}

/// How sure text is that a PDF states of itself, and that an earlier
/// recognition left under a picture.
const STATED: (f32, f32) = (100.0, 75.0);

/// The text of a page that had it, its lines parted into words of even letters.
fn layer(text: &PageText, height: f64) -> TextLayer {
    let confidence = if text.hidden_only { STATED.1 } else { STATED.0 };
    let own = text.lines.iter().filter(|line| !line.annotation);
    let lines = own.map(|line| {
        let words = line.text.split(' ').zip(&line.words).map(|(text, place)| {
            // Down the page, as on a picture.
            let (top, bottom) = (height - place.bottom, height - place.top);
            let place = Rect { top, bottom, ..*place };
            Word { text: text.to_owned(), place, confidence, ..Word::default() }
        });
        Line { words: words.collect(), ..Line::default() }
    });
    TextLayer { lines: lines.collect(), ..TextLayer::default() }
}

/// The resolution that pixels of a page without a picture are told in.
const EXPORT_DPI: f64 = 300.0;

/// One decimal, for the record.
fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
