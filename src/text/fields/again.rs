//! What of a first page is worth a second look, and what the looks agree on.
//!
//! A document is found by its number and its day. Where one look at such a line is
//! not enough, others at the same ink, larger or with the stamp over it faded,
//! are compared with it. Digits count only where the page's own reading and another
//! look saw the same ones and none saw others; what the looks do not agree on stays
//! in doubt. Looks confirm and never discover: where the page shows no digits, or
//! digits that stand apart from their notation, a pen may have written them, and two
//! looks at what a pen wrote are wrong together.

use crate::text::fields::code::{self, Heard};
use crate::text::fields::kind::{self, Kind};
use crate::text::fields::sheet::{Heading, Piece, Sheet, around, is_date, is_number};
use crate::text::fields::usage::is_no_syllable;
use crate::text::fields::{Name, agency, issued, mean, signer, subject};
use crate::text::{TextLayer, Word};
use crate::time::Day;
use crate::units::Rect;

/// A line read with less is looked at again.
const WEAK: f32 = 85.0;
/// Of two looks that saw the same digits one is as sure as this.
const SURE_DIGIT: f32 = 85.0;
/// A look that is less sure of its digits says nothing, neither for nor against.
const LEAST_OBJECTION: f32 = 60.0;
/// The confidence of what looks do not agree on: below every limit.
pub(crate) const CONTESTED: f32 = 0.0;

/// A line that is looked at again.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// Where it stands, its label included.
    pub(crate) place: Rect,
    /// The words that say it.
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
        Some((_, words)) if !weak || words.len() > 1 || code::is_filled_in(&words) => {}
        Some((piece, words)) => {
            spots.push(spot(labelled(&piece, &words), words, What::Number));
        }
        None => {}
    }
    if matches!(sheet.heading, Heading::State | Heading::Party) {
        let days = issued::fields(&sheet, today, false);
        let day = days.iter().find(|field| field.name == Name::IssuedDate);
        let day = day.filter(|day| is_weak(day.confidence, day.is_doubtful()));
        let lines = || sheet.right.iter().chain(&sheet.left);
        let words = day.and_then(|day| day.place).map(|place| -> Vec<Word> {
            let is_in = |word: &&Word| {
                let (x, y) = word.place.centre();
                (place.left..place.right).contains(&x)
                    && (place.top..place.bottom).contains(&y)
            };
            let words = lines().flat_map(|piece| &piece.words);
            words.filter(is_in).cloned().collect()
        });
        let words = words.filter(|words| !words.is_empty());
        spots.extend(words.map(|words| spot(words.clone(), words, What::Day)));
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

impl Spot {
    /// What the page's own reading says of it.
    pub(crate) fn first(&self) -> Option<Look> {
        self.hear(&self.line)
    }

    /// Whether it is a signer's name, of which the page shows a part.
    pub(crate) fn is_name(&self) -> bool {
        self.what == What::Name
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

/// What `looks` at one line come to, the page's own reading first.
pub(crate) fn verdict(looks: &[Look]) -> Verdict {
    if let Some(Look::Name(words)) = looks.last() {
        return Verdict::Agreed(words.clone());
    }
    let Some((first, others)) = looks.split_first() else { return Verdict::Open };
    let Some((digits, sure)) = first.digits() else { return Verdict::Open };
    let seen = || others.iter().filter_map(Look::digits);
    if seen().any(|(other, sure)| other != digits && sure >= LEAST_OBJECTION) {
        return Verdict::Contested;
    }
    let mut sures: Vec<f32> =
        seen().filter(|(other, _)| *other == digits).map(|(_, sure)| sure).collect();
    sures.push(sure);
    sures.sort_by(|a, b| b.total_cmp(a));
    // One look as sure as print makes it, and one that is not at odds with it.
    let (Some(&surest), Some(&next)) = (sures.first(), sures.get(1)) else {
        return Verdict::Open;
    };
    if surest < SURE_DIGIT || next < LEAST_OBJECTION {
        return Verdict::Open;
    }
    let agree = |look: &&Look| look.digits().is_some_and(|(other, _)| other == digits);
    let all: Vec<&Look> = looks.iter().filter(agree).collect();
    let is_whole = |at: usize, look: &Look| {
        let others = all.iter().enumerate().filter(|(other, _)| *other != at);
        look.is_whole(&others.map(|(_, look)| *look).collect::<Vec<_>>())
    };
    let mut whole = all.iter().enumerate().filter(|(at, look)| is_whole(*at, look));
    match whole.next() {
        Some((_, look)) => Verdict::Agreed(look.words(first, surest)),
        None => Verdict::Open,
    }
}

impl Look {
    /// Whether there is something for other looks to confirm.
    pub(crate) fn has_digits(&self) -> bool {
        self.digits().is_some()
    }

    /// Its digits, where they have the form of what they should be, and how sure
    /// the least of them is.
    fn digits(&self) -> Option<(&str, f32)> {
        match self {
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
        heard.is_number
            && heard.notation.is_some()
            && (heard.is_spelt || others.iter().any(is_same))
    }

    /// The line as it is written, `sure` of its digits: a day in the words of the page's
    /// own reading.
    fn words(&self, first: &Self, sure: f32) -> Vec<Word> {
        match first {
            Self::Number(_) => match self {
                Self::Number(heard) => heard.written(sure).into_iter().collect(),
                Self::Day(..) | Self::Name(_) => Vec::new(),
            },
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
    let has_number = (sheet.heading == Heading::None || sheet.is_by_motto)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Choice, Symbol};

    /// A look at a line that read `code` behind its label, each digit with `sure`.
    fn look(code: &str, sure: f32) -> Look {
        let word = |text: &str, left: f64| {
            let place = Rect { left, top: 0.0, right: left + 90.0, bottom: 30.0 };
            let symbol = |c: char| Symbol {
                text: c.to_string(),
                confidence: sure,
                choices: Vec::new(),
            };
            let symbols = text.chars().map(symbol).collect();
            Word { symbols, ..Word::new(text.to_owned(), place, 40.0) }
        };
        let spot = Spot {
            place: Rect::default(),
            words: Vec::new(),
            line: Vec::new(),
            what: What::Number,
            kind: Kind::named("Giấy mời"),
            agency: None,
        };
        spot.hear(&[word("Số:", 0.0), word(code, 100.0)]).unwrap()
    }

    fn agreed(looks: &[Look]) -> Option<String> {
        match verdict(looks) {
            Verdict::Agreed(words) => words.first().map(|word| word.text.clone()),
            Verdict::Open | Verdict::Contested => None,
        }
    }

    #[test]
    fn digits_that_two_looks_saw_alike_are_believed() {
        let looks = [look("106GM-UBND", 98.0), look("106/GM-UBND", 97.0)];
        assert_eq!(agreed(&looks).as_deref(), Some("106/GM-UBND"));
        assert!(matches!(verdict(&looks[1..]), Verdict::Open), "one look is not enough");
        // What the page's own reading did not see is not discovered.
        let blank = [look("/GM-UBND", 98.0), looks[1].clone(), looks[1].clone()];
        assert_eq!(agreed(&blank), None);
        assert!(!blank[0].has_digits(), "no other look is asked then");
        let unsure = [look("106GM-UBND", 55.0), look("106/GM-UBND", 58.0)];
        assert_eq!(agreed(&unsure), None);
    }

    #[test]
    fn digits_seen_otherwise_stay_in_doubt() {
        let looks = [look("106/GM-UBND", 98.0), look("186/GM-UBND", 97.0)];
        assert!(matches!(verdict(&looks), Verdict::Contested));
        let third = [looks[0].clone(), looks[1].clone(), look("106/GM-UBND", 99.0)];
        assert!(matches!(verdict(&third), Verdict::Contested), "no majority decides");
    }

    #[test]
    fn a_stroke_read_twice_is_one_and_one_that_may_be_a_digit_is_not() {
        let stroke = |text: &str, other: &str| Symbol {
            text: text.to_owned(),
            confidence: 94.0,
            choices: vec![Choice { text: other.to_owned(), confidence: 80.0 }],
        };
        let look = |first: Symbol| {
            let Look::Number(Heard { words, .. }) = look("31/⁄2026/GM", 98.0) else {
                panic!("a number");
            };
            let mut word = words[0].clone();
            word.symbols[2] = first;
            word.symbols[3] = stroke("⁄", "/");
            let label = Word::new("Số:".to_owned(), Rect::default(), 90.0);
            let kind = Kind::named("Giấy mời");
            code::heard(&[label, word], kind, None, distant().unwrap()).unwrap()
        };
        let twice = look(stroke("/", "⁄"));
        assert!(twice.is_number && twice.number.as_deref() == Some("31"));
        assert_eq!(twice.notation.as_deref(), Some("2026/GM"));
        let digit = look(stroke("/", "7"));
        assert!(!digit.is_number, "{digit:?}");
    }

    #[test]
    fn a_notation_no_table_has_needs_two_looks_as_well() {
        let looks = [look("12GM-UBND", 98.0), look("12/GM-XQZW", 98.0)];
        assert_eq!(agreed(&looks), None);
        let looks = [look("12/GM-XQZW", 98.0), look("12/GM-XQZW", 98.0)];
        assert_eq!(agreed(&looks).as_deref(), Some("12/GM-XQZW"));
    }
}
