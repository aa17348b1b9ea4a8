//! What of a first page is worth a second look, and what the looks agree on.
//!
//! A document is found by its number and its day. Where one look at such a line is
//! not enough, others at the same ink, larger or with the stamp over it faded,
//! are compared with it. Digits count only where two looks saw the same ones and
//! none saw others; what the looks do not agree on stays in doubt.

use crate::text::fields::code::{self, Heard};
use crate::text::fields::kind::{self, Class, Kind};
use crate::text::fields::sheet::{Heading, Piece, Sheet, around, is_date, is_number};
use crate::text::fields::{Name, agency, is_no_syllable, issued, mean, signer, subject};
use crate::text::{TextLayer, Word};
use crate::time::Day;
use crate::units::Rect;

/// A line read with less is looked at again.
const WEAK: f32 = 85.0;
/// A digit that two looks saw alike is believed from here on.
const SURE_DIGIT: f32 = 80.0;
/// A digit that another look saw otherwise with this much is in doubt.
const LEAST_OBJECTION: f32 = 60.0;
/// The confidence of what looks do not agree on: below every limit.
const CONTESTED: f32 = 0.0;

/// A line that is looked at again.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// Where it stands, its label included.
    pub(crate) place: Rect,
    /// The words that say it; none where nothing was found.
    pub(crate) words: Vec<Word>,
    /// The same with its label, as it was read.
    line: Vec<Word>,
    /// What it says.
    what: What,
    kind: Option<&'static Kind>,
    agency: Option<String>,
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Number,
    Day,
    Name,
}

/// What a look found in a line.
#[derive(Clone, Debug)]
pub(crate) enum Look {
    /// A number and its notation.
    Number(Heard),
    /// A day, how sure its digits are, and its words.
    Day(String, f32, Vec<Word>),
    /// A name that leaves no doubt.
    Name(Vec<Word>),
}

/// The weak lines of a page `width` × `height` that bears a head.
pub(crate) fn spots(layer: &TextLayer, width: f64, height: f64) -> Vec<Spot> {
    let Some(today) = distant() else { return Vec::new() };
    let sheet = Sheet::of(&layer.with_aside(), width, height);
    let kind = kind::title(&sheet).map(|title| title.kind);
    let organ = agency::fields(&sheet);
    let organ = organ.into_iter().find(|field| field.name == Name::OrganName);
    let organ = organ.and_then(|field| field.value);
    let mut spots = Vec::new();
    let fields = code::fields(&sheet, kind, organ.as_deref(), today);
    let is_weak = |confidence: f32, doubts: bool| doubts || confidence < WEAK;
    let spot = |line: Vec<Word>, words: Vec<Word>, what: What| {
        let place = around(&line).unwrap_or_default();
        Spot { place, words, line, what, kind, agency: organ.clone() }
    };
    let weak = fields.iter().any(|f| is_weak(f.confidence, f.is_doubtful()));
    match code::whole_line(&sheet).filter(|_| !fields.is_empty()) {
        // What a pen wrote is in doubt however often it is looked at.
        Some((_, words)) if !weak || code::is_filled_in(&words) => {}
        Some((piece, words)) => {
            spots.push(spot(labelled(&piece, &words), words, What::Number));
        }
        None => {
            let nothing = spot(Vec::new(), Vec::new(), What::Number);
            let place = unnumbered(&sheet, kind);
            spots.extend(place.map(|place| Spot { place, ..nothing }));
        }
    }
    if matches!(sheet.heading, Heading::State | Heading::Party) {
        let days = issued::fields(&sheet, today, false);
        let day = days.iter().find(|field| field.name == Name::IssuedDate);
        let day = day.filter(|day| is_weak(day.confidence, day.is_doubtful()));
        let lines = || sheet.right.iter().chain(&sheet.left);
        let line = day.and_then(|day| day.place).and_then(|place| {
            lines().find(|piece| {
                let (x, y) = place.centre();
                (piece.place.left..piece.place.right).contains(&x)
                    && (piece.place.top..piece.place.bottom).contains(&y)
            })
        });
        spots.extend(
            line.filter(|piece| is_date(&piece.bare))
                .map(|piece| spot(piece.words.clone(), piece.words.clone(), What::Day)),
        );
    }
    spots.extend(
        signer::weak_name(&sheet)
            .map(|(place, words)| Spot { place, ..spot(Vec::new(), words, What::Name) }),
    );
    spots
}

/// The lines of the subject that hold something which can be no word.
pub(crate) fn subject_lines(
    layer: &TextLayer,
    width: f64,
    height: f64,
) -> Vec<Vec<Word>> {
    let sheet = Sheet::of(layer, width, height);
    let title = kind::title(&sheet);
    let words = subject::words(&sheet, title.as_ref(), None).unwrap_or_default();
    let lines = words.chunk_by(|a, b| a.place.left < b.place.left);
    lines.filter(|line| oddities(line) > 0).map(<[Word]>::to_vec).collect()
}

/// How many of `words` can be none, or were hardly read.
pub(crate) fn oddities(words: &[Word]) -> usize {
    let is_odd =
        |word: &&Word| word.confidence < HARDLY_READ || is_no_syllable(&word.text);
    words.iter().filter(is_odd).count()
}

/// A word of a subject read with less is hardly read.
const HARDLY_READ: f32 = 50.0;
/// A title read with less may be set aside as noise.
const SURE_TITLE: f32 = 50.0;

/// A number with its label, without what else stands on its line.
fn labelled(piece: &Piece, words: &[Word]) -> Vec<Word> {
    let end = words.iter().map(|word| word.place.right).fold(0.0, f64::max);
    piece.words.iter().filter(|word| word.place.right <= end).cloned().collect()
}

/// Where the number of an official paper must stand that shows none: below the
/// agency, about as high as the day.
fn unnumbered(sheet: &Sheet, kind: Option<&Kind>) -> Option<Rect> {
    let is_official = matches!(sheet.heading, Heading::State | Heading::Party)
        && kind.is_none_or(|kind| {
            matches!(kind.class, Class::Administrative | Class::Legal)
        });
    let day = sheet.right.iter().find(|piece| is_date(&piece.bare))?;
    let names =
        sheet.left.iter().filter(|piece| piece.y() < day.y() && piece.is_capitals());
    let name = names.map(|piece| piece.place).reduce(Rect::union)?;
    let letter = sheet.letter;
    let left = (name.left - 3.0 * letter).max(0.0);
    let right = day.place.left - 0.5 * letter;
    let place = Rect {
        left,
        right,
        top: (name.bottom + 0.2 * letter).max(day.place.top - 1.2 * letter),
        bottom: day.place.bottom + 1.2 * letter,
    };
    (is_official && right > left && place.bottom > place.top).then_some(place)
}

impl Spot {
    /// What the page's own reading says of it.
    pub(crate) fn first(&self) -> Option<Look> {
        self.hear(&self.line)
    }

    /// Whether something stands there, and only its letters are in question.
    pub(crate) fn is_found(&self) -> bool {
        !self.words.is_empty()
    }

    /// What `words` say of it; `None` if nothing.
    pub(crate) fn hear(&self, words: &[Word]) -> Option<Look> {
        let today = distant()?;
        match self.what {
            What::Number => code::heard(words, self.kind, self.agency.as_deref(), today)
                .map(Look::Number),
            What::Day => {
                let (day, sure, words) = issued::heard(words, today)?;
                Some(Look::Day(day, sure, words))
            }
            // A name ends with what was read of it before.
            What::Name => {
                let name = signer::heard(words)?;
                let last = self.words.last()?;
                let is_it = name.last().is_some_and(|word| word.text == last.text);
                is_it.then_some(Look::Name(name))
            }
        }
    }
}

/// What looks come to.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    /// Another look is needed.
    Open,
    /// They agree: the line says these words, this surely.
    Agreed(Vec<Word>),
    /// They saw different digits.
    Contested,
}

/// What `looks` at one line come to. The first is the reading of the page where
/// there is one.
pub(crate) fn verdict(looks: &[Look]) -> Verdict {
    if let Some(Look::Name(words)) = looks.last() {
        return Verdict::Agreed(words.clone());
    }
    let keys: Vec<(&str, f32)> = looks.iter().filter_map(Look::digits).collect();
    let objects = |(digits, sure): &(&str, f32)| {
        // A look that saw no number at all speaks against none.
        let others =
            keys.iter().filter(|(other, _)| other != digits && !other.is_empty());
        let mut sure_others = others.filter(|(_, sure)| *sure >= LEAST_OBJECTION);
        !digits.is_empty() && *sure >= LEAST_OBJECTION && sure_others.next().is_some()
    };
    if keys.iter().any(objects) {
        return Verdict::Contested;
    }
    for (at, look) in looks.iter().enumerate() {
        let Some((digits, sure)) = look.digits() else { continue };
        let same: Vec<&Look> = looks
            .iter()
            .enumerate()
            .filter(|(other, look)| {
                *other != at && look.digits().is_some_and(|(seen, _)| seen == digits)
            })
            .map(|(_, look)| look)
            .collect();
        let surest = same
            .iter()
            .filter_map(|look| look.digits())
            .map(|(_, sure)| sure)
            .fold(sure, f32::max);
        if same.is_empty() || surest < SURE_DIGIT || !look.is_whole(&same) {
            continue;
        }
        return Verdict::Agreed(look.words(surest));
    }
    Verdict::Open
}

impl Look {
    /// Its digits, where they have the form of what they should be, and how sure
    /// the least of them is.
    fn digits(&self) -> Option<(&str, f32)> {
        match self {
            Self::Number(heard) if heard.is_blank() => Some(("", heard.sure)),
            Self::Number(heard) => {
                Some((heard.number.as_deref()?, heard.sure)).filter(|_| heard.has_form())
            }
            Self::Day(day, sure, _) => Some((day, *sure)),
            Self::Name(_) => None,
        }
    }

    /// Whether the rest of it can be taken as it is: abbreviations of the table, or
    /// such as `others` saw as well.
    fn is_whole(&self, others: &[&Self]) -> bool {
        let Self::Number(heard) = self else { return true };
        let is_same = |other: &&Self| match other {
            Self::Number(other) => other.notation == heard.notation,
            Self::Day(..) | Self::Name(_) => false,
        };
        (heard.is_number || heard.is_blank())
            && heard.notation.is_some()
            && (heard.is_spelt || others.iter().any(is_same))
    }

    /// The line as it is written, `sure` of its digits.
    fn words(&self, sure: f32) -> Vec<Word> {
        match self {
            Self::Number(heard) => heard.written(sure).into_iter().collect(),
            Self::Day(_, _, words) => {
                let word = |word: &Word| Word {
                    confidence: word.confidence.max(sure),
                    symbols: Vec::new(),
                    ..word.clone()
                };
                words.iter().map(word).collect()
            }
            Self::Name(words) => words.clone(),
        }
    }
}

/// The words with a confidence that leaves them in doubt.
pub(crate) fn contested(words: &[Word]) -> Vec<Word> {
    let doubt = |word: &Word| Word { confidence: CONTESTED, ..word.clone() };
    words.iter().map(doubt).collect()
}

/// A day that no paper is dated after: whether a day has come is asked elsewhere.
fn distant() -> Option<Day> {
    Day::new(2999, 12, 31)
}

/// The part of a first page to be read again as a whole, where its recogniser
/// left out what such a page must have: a heading beside the number, a day
/// below the heading, a title.
pub(crate) fn head(layer: &TextLayer, width: f64, height: f64) -> Option<Rect> {
    let sheet = Sheet::of(layer, width, height);
    let is_high = |piece: &&Piece| piece.y() < HEAD_PART * height;
    let has_code = |piece: &Piece| {
        is_number(&piece.bare) && piece.text.contains('/') && piece.text.contains('-')
    };
    let all = || sheet.left.iter().chain(&sheet.right).chain(&sheet.body).filter(is_high);
    let is_official = matches!(sheet.heading, Heading::State | Heading::Party);
    let has_number = sheet.heading == Heading::None
        && all().any(|piece| has_code(piece) && piece.place.right < 0.6 * width);
    let title = kind::title(&sheet);
    let title = title.and_then(|title| sheet.body.get(title.at));
    let has_title = title.is_some_and(|title| mean(&title.words) >= SURE_TITLE);
    let lacks_title = !has_title
        && (is_official && !subject::is_letter(&sheet)
            || sheet.heading == Heading::Middle);
    let lacks_day = is_official && !all().any(|piece| is_date(&piece.bare));
    if !(has_number || lacks_title || lacks_day) {
        return None;
    }
    let top = all().map(|piece| piece.place.top).fold(f64::INFINITY, f64::min);
    let top = (top - 2.0 * sheet.letter).max(0.0);
    let bottom = all().map(|piece| piece.place.bottom).fold(0.0, f64::max);
    (bottom > top).then_some(Rect { left: 0.0, top, right: width, bottom })
}

/// Heads lie in this upper part of a page.
const HEAD_PART: f64 = 0.4;

/// Whether a line read again bears a title that was not read before.
pub(crate) fn is_title(words: &[Word]) -> bool {
    Piece::of(words.to_vec()).is_some_and(|piece| kind::is_title(&piece))
}
