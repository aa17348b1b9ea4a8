//! Words weighed against what else they could be.
//!
//! The recogniser sees letters; it does not know that `PHÓ HÀ NỘI` says
//! nothing and `PHỐ HÀ NỘI` does. Half of its errors are diacritics, and the
//! right letter is mostly among those it considered. So each syllable gets
//! the spellings that differ in diacritics only, and those it itself offers;
//! each candidate costs what its letters differ from the picture, more the
//! surer the recogniser was of the symbol; and the sequence is chosen that is
//! likeliest together with what follows what in Vietnamese ([`bigram`]).
//!
//! Guards against making sense where there is none: words that are not
//! Vietnamese syllables have no candidates; a page whose pairs of syllables are
//! mostly unknown to the table changes only under overwhelming evidence; a
//! syllable in use gives way only to one that was seen with a neighbour.
//! Digits, codes and abbreviations are untouched by construction.
//!
//! [`bigram`]: crate::text::bigram

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;

use crate::text::bigram::{self, Id, Pairs};
use crate::text::fold::bare;
use crate::text::syllable::{self, fold_tone};
use crate::text::token::{Case, Kind, Token};
use crate::text::{Choice, Correction, TextLayer, Word};

/// The weight of the language against the picture.
const LANGUAGE: f64 = 0.7;
/// What a change must win by, by what would be changed: no syllable…
const MARGIN_NO_SYLLABLE: f64 = 1.0;
/// …a syllable never seen…
const MARGIN_UNSEEN: f64 = 2.8;
/// …a syllable in use…
const MARGIN_IN_USE: f64 = 2.5;
/// …a syllable in use that has a capital and may be a name…
const MARGIN_CAPITAL: f64 = 3.3;
/// …a syllable never seen that has a capital: names of people and places are
/// made of such.
const MARGIN_NAME: f64 = 8.0;
/// More than that on a page that is not in the table's language.
const MARGIN_ABROAD: f64 = 2.0;
/// The share of pairs the table must know for a page to be in its language.
const AT_HOME: f64 = 0.55;
/// Fewer pairs than this tell nothing about a page.
const FEWEST_PAIRS: usize = 8;
/// Candidates that cost more are not looked at.
const MOST_COST: f64 = 9.0;
/// The most candidates of a word.
const MOST_CANDIDATES: usize = 24;
/// The logarithm of the chance of a word that is no syllable.
const OTHER_CHANCE: f64 = -8.5;
/// The same where its letters could be one but its spelling is none…
const MISSPELT_CHANCE: f64 = -10.0;
/// …and what keeping it costs beyond that.
const MISSPELT_COST: f64 = 3.0;
/// A syllable in use gives way to one seen this often beside a neighbour.
const ATTESTED_PAIRS: f64 = 1.9;
/// The most rounds in which unproven changes are taken back.
const ROUNDS: usize = 12;

/// Weighs every word of `layer` and changes those that others beat. Returns
/// what was changed, in reading order.
pub fn rescore(layer: &mut TextLayer) -> Vec<Correction> {
    let speller = speller();
    let pairs = bigram::embedded();
    let mut slots = slots(layer, speller, pairs);
    let abroad = if is_at_home(&slots, pairs) { 0.0 } else { MARGIN_ABROAD };
    for slot in &mut slots {
        let margin = slot.margin() + abroad;
        slot.candidates.iter_mut().skip(1).for_each(|other| other.cost += margin);
    }
    let steps = steps(&slots, pairs);
    let mut choice = best(&slots, &steps);
    for _ in 0..ROUNDS {
        if !take_back(&mut slots, &choice, pairs) {
            break;
        }
        choice = best(&slots, &steps);
    }
    let mut corrections = Vec::new();
    let words = layer.lines.iter_mut().flat_map(|line| &mut line.words);
    for ((word, slot), taken) in words.zip(&slots).zip(&choice) {
        if taken.index == 0 {
            continue;
        }
        let Some(candidate) = slot.candidates.get(taken.index) else { continue };
        let read = word.text.clone();
        let token = Token::of(&read);
        let case = match token.kind {
            Kind::Letters(case) => case,
            Kind::Number | Kind::Roman | Kind::Code | Kind::Marks => continue,
        };
        let written = case.apply(&candidate.spelling);
        word.text = format!("{}{written}{}", token.before, token.after);
        let written = word.text.clone();
        let by = Some((taken.won_by * 100.0).round() / 100.0);
        corrections.push(Correction { read, written, by });
    }
    corrections
}

/// One place in the text and what could stand there.
struct Slot {
    /// Whether a sentence begins here.
    begins: bool,
    /// Whether what was read has a capital.
    capital: bool,
    /// What was read comes first.
    candidates: Vec<Candidate>,
}

impl Slot {
    /// What a change of what was read must win by.
    fn margin(&self) -> f64 {
        let Some(read) = self.candidates.first() else { return MARGIN_IN_USE };
        match (read.fixed.is_some(), read.id.is_some()) {
            (true, _) => MARGIN_NO_SYLLABLE,
            (false, true) if self.capital => MARGIN_CAPITAL,
            (false, true) => MARGIN_IN_USE,
            (false, false) if self.capital => MARGIN_NAME,
            (false, false) => MARGIN_UNSEEN,
        }
    }
}

/// What could stand in a place.
struct Candidate {
    /// Lower case, as it would be written.
    spelling: String,
    /// Its number in the table; of what was read, what stands for it.
    id: Option<Id>,
    /// What it costs to believe it.
    cost: f64,
    /// Its chance where the table does not tell.
    fixed: Option<f64>,
}

/// The way through the slots: what is taken in one, and by how much.
#[derive(Clone, Copy)]
struct Taken {
    index: usize,
    won_by: f64,
}

/// The spellings by what they are without diacritics.
struct Speller {
    /// Bare form and spelling, sorted.
    by_bare: Vec<(String, String)>,
    /// Sorted.
    all: Vec<String>,
}

fn speller() -> &'static Speller {
    static SPELLER: LazyLock<Speller> = LazyLock::new(|| {
        let all = syllable::spellings();
        let mut by_bare: Vec<(String, String)> =
            all.iter().map(|spelling| (bare(spelling), spelling.clone())).collect();
        by_bare.sort_unstable();
        Speller { by_bare, all }
    });
    &SPELLER
}

impl Speller {
    fn is_syllable(&self, spelling: &str) -> bool {
        self.all.binary_search_by(|s| s.as_str().cmp(spelling)).is_ok()
    }

    /// The spellings with the bare form `bare`.
    fn spellings<'a>(&'a self, bare: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.by_bare.partition_point(|(b, _)| b.as_str() < bare);
        let rest = self.by_bare.get(from..).unwrap_or_default();
        rest.iter().take_while(move |(b, _)| b == bare).map(|(_, s)| s.as_str())
    }
}

/// Whether the rules of spelling allow `syllable`, in lower case.
#[must_use]
pub fn is_syllable(syllable: &str) -> bool {
    speller().is_syllable(syllable)
}

/// The spellings that differ from `syllable` in marks alone, itself besides.
pub fn spellings_of(syllable: &str) -> impl Iterator<Item = &'static str> {
    let bare = bare(syllable);
    let (speller, start) = (speller(), bare.clone());
    let from = speller.by_bare.partition_point(|(b, _)| *b < start);
    let rest = speller.by_bare.get(from..).unwrap_or_default();
    rest.iter().take_while(move |(b, _)| *b == bare).map(|(_, s)| s.as_str())
}

/// Whether letters without diacritics could be those of a syllable.
#[must_use]
pub fn could_be_syllable(bare: &str) -> bool {
    speller().spellings(bare).next().is_some()
}

/// The slots of a page.
fn slots(layer: &TextLayer, speller: &Speller, pairs: &Pairs) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut begins = true;
    for line in &layer.lines {
        begins |= line.begins_paragraph;
        for word in &line.words {
            let token = Token::of(&word.text);
            let candidates = candidates(word, &token, speller, pairs);
            let capital = token.core.starts_with(char::is_uppercase);
            slots.push(Slot { begins, capital, candidates });
            begins = token.ends_sentence();
        }
    }
    slots
}

/// What could stand in the place of `word`, as read first.
fn candidates(
    word: &Word,
    token: &Token<'_>,
    speller: &Speller,
    pairs: &Pairs,
) -> Vec<Candidate> {
    let alone = |id: Id, fixed: Option<f64>| {
        vec![Candidate { spelling: String::new(), id: Some(id), cost: 0.0, fixed }]
    };
    match token.kind {
        Kind::Letters(_) if is_clean(token) => {}
        Kind::Number => return alone(bigram::NUMBER, None),
        Kind::Letters(_) | Kind::Roman | Kind::Code | Kind::Marks => {
            return alone(bigram::OTHER, Some(OTHER_CHANCE));
        }
    }
    if is_abbreviation(token, speller) {
        return alone(bigram::OTHER, Some(OTHER_CHANCE));
    }
    let read = token.core.to_lowercase();
    let mut offers = Offers { read: &read, found: Vec::new() };
    offers.fill(word, token, speller);
    let Offers { mut found, .. } = offers;
    let is_syllable = speller.is_syllable(&read);
    let (id, cost, fixed) = match (is_syllable, found.is_empty()) {
        (true, _) => (pairs.id(&fold_tone(&read)), 0.0, None),
        (false, true) => (Some(bigram::OTHER), 0.0, Some(OTHER_CHANCE)),
        (false, false) => (Some(bigram::OTHER), MISSPELT_COST, Some(MISSPELT_CHANCE)),
    };
    found.sort_by(|(a, x), (b, y)| x.total_cmp(y).then_with(|| a.cmp(b)));
    found.truncate(MOST_CANDIDATES);
    let others = found.into_iter().map(|(spelling, cost)| {
        let id = pairs.id(&fold_tone(&spelling));
        Candidate { spelling, id, cost, fixed: None }
    });
    std::iter::once(Candidate { spelling: read, id, cost, fixed }).chain(others).collect()
}

/// Whether a few capitals can be no syllable whatever their diacritics: `VT`.
fn is_abbreviation(token: &Token<'_>, speller: &Speller) -> bool {
    token.kind == Kind::Letters(Case::Upper)
        && token.core.chars().count() < ABBREVIATION_BELOW
        && speller.spellings(&token.bare()).next().is_none()
}

/// Capitals fewer than this are an abbreviation, unless they make a syllable.
const ABBREVIATION_BELOW: usize = 4;

/// The syllables that could stand in a place, each with its least cost.
struct Offers<'a> {
    read: &'a str,
    found: Vec<(String, f64)>,
}

impl Offers<'_> {
    /// Collects them: what differs in diacritics only, what the recogniser
    /// considered, what a second look says.
    fn fill(&mut self, word: &Word, token: &Token<'_>, speller: &Speller) {
        let evidence = Evidence::of(word, token);
        for spelling in speller.spellings(&token.bare()) {
            self.add(spelling, evidence.cost(spelling));
        }
        if !speller.is_syllable(self.read) {
            for (rest, cost) in evidence.without_echo() {
                for spelling in speller.spellings(&rest.bare()) {
                    self.add(spelling, cost + rest.cost(spelling));
                }
            }
        }
        let others = evidence.substitutions().into_iter().chain(second_look(word, token));
        for (spelling, cost) in others.filter(|(other, _)| speller.is_syllable(other)) {
            self.add(&spelling, cost);
        }
    }

    fn add(&mut self, spelling: &str, cost: f64) {
        if cost > MOST_COST || spelling == self.read {
            return;
        }
        match self.found.iter_mut().find(|(known, _)| known == spelling) {
            Some((_, known)) => *known = known.min(cost),
            None => self.found.push((spelling.to_owned(), cost)),
        }
    }
}

/// Whether nothing but usual marks stands around the core: other marks are
/// letters misread, or the word is none.
fn is_clean(token: &Token<'_>) -> bool {
    token.before.chars().all(|c| "\"'“‘«([-–".contains(c))
        && token.after.chars().all(|c| ".,;:?!…\"'”’»)]-–/".contains(c))
}

/// What a second look took the word for.
fn second_look(word: &Word, token: &Token<'_>) -> Option<(String, f64)> {
    let again = word.again.as_ref()?;
    let other = Token::of(&again.text);
    let Kind::Letters(_) = other.kind else { return None };
    // Ten points of confidence are less than one unit of evidence.
    let lead = f64::from(word.confidence - again.confidence) / 12.0;
    let is_new = other.core != token.core;
    is_new.then(|| (other.core.to_lowercase(), (lead + 0.8).max(0.2)))
}

/// What the picture says about the letters of a word.
struct Evidence {
    letters: Vec<Seen>,
}

/// A letter as seen, lower case.
#[derive(Clone)]
struct Seen {
    letter: char,
    confidence: f64,
    /// Other letters it could be: letter, confidence, rank.
    choices: Vec<(char, f64, f64)>,
}

impl Evidence {
    fn of(word: &Word, token: &Token<'_>) -> Self {
        let seen = |c: char, confidence: f32, choices: &[Choice]| Seen {
            letter: c.to_lowercase().next().unwrap_or(c),
            confidence: confidence.into(),
            choices: choices
                .iter()
                .zip(0_u8..)
                .filter_map(|(choice, rank)| {
                    let letter = only_letter(&choice.text)?;
                    Some((letter, choice.confidence.into(), rank.into()))
                })
                .collect(),
        };
        let all: Vec<Seen> = if word.symbols.is_empty() {
            word.text.chars().map(|c| seen(c, word.confidence, &[])).collect()
        } else {
            let each = word.symbols.iter().flat_map(|symbol| {
                // Of a symbol of several letters nobody knows which is meant.
                let is_single = symbol.text.chars().count() == 1;
                let choices = if is_single { symbol.choices.as_slice() } else { &[] };
                symbol.text.chars().map(move |c| seen(c, symbol.confidence, choices))
            });
            each.collect()
        };
        let before = token.before.chars().count();
        let core = token.core.chars().count();
        Self { letters: all.into_iter().skip(before).take(core).collect() }
    }

    /// The letters without diacritics.
    fn bare(&self) -> String {
        bare(&self.letters.iter().map(|seen| seen.letter).collect::<String>())
    }

    /// What it costs to believe `spelling`, which differs in diacritics only.
    fn cost(&self, spelling: &str) -> f64 {
        if spelling.chars().count() != self.letters.len() {
            return f64::INFINITY;
        }
        let each = self.letters.iter().zip(spelling.chars());
        each.map(|(seen, letter)| seen.cost(letter)).sum()
    }

    /// The word without one of two neighbours that are one letter read twice:
    /// `ó` and `ỏ` of `PHÓỎ`.
    fn without_echo(&self) -> Vec<(Self, f64)> {
        let mut found = Vec::new();
        for (at, pair) in self.letters.windows(2).enumerate() {
            let [first, second] = pair else { continue };
            if base(first.letter) != base(second.letter) {
                continue;
            }
            for gone in [at, at + 1] {
                let each = self.letters.iter().enumerate();
                let kept = each.filter(|(i, _)| *i != gone).map(|(_, s)| s.clone());
                let sure = self.letters.get(gone).map_or(0.0, |seen| seen.confidence);
                let rest = Self { letters: kept.collect() };
                found.push((rest, certainty(sure).min(MOST_ECHO) + OTHER_BASE));
            }
        }
        found
    }

    /// The word with one letter changed for one the recogniser offers, of
    /// another base letter.
    fn substitutions(&self) -> Vec<(String, f64)> {
        let mut found = Vec::new();
        for (at, seen) in self.letters.iter().enumerate() {
            for &(choice, ..) in &seen.choices {
                if base(choice) == base(seen.letter) {
                    continue; // among the diacritic variants already
                }
                let letters = self.letters.iter().enumerate();
                let word = letters.map(|(i, s)| if i == at { choice } else { s.letter });
                found.push((word.collect(), seen.cost(choice) + OTHER_BASE));
            }
        }
        found
    }
}

/// The most that the certainty of a letter read twice weighs.
const MOST_ECHO: f64 = 2.0;
/// What a letter of another base costs more.
const OTHER_BASE: f64 = 0.8;

impl Seen {
    /// What it costs to believe that this is `letter`.
    fn cost(&self, letter: char) -> f64 {
        if letter == self.letter {
            return 0.0;
        }
        let offered = self.choices.iter().find(|(choice, ..)| *choice == letter);
        let sure = certainty(self.confidence);
        let sure =
            if lost_tone(self.letter, letter) { sure.min(MOST_LOST) } else { sure };
        match offered {
            Some((_, confidence, rank)) => {
                let faint = if *confidence > 0.5 { 0.0 } else { 1.0 };
                sure + 0.2 + faint + 0.3 * rank
            }
            None => sure + 1.2 + 0.45 * difference(self.letter, letter),
        }
    }
}

/// The most that the certainty of a letter weighs that may have lost its tone.
const MOST_LOST: f64 = 4.2;

/// Whether `read` is `other` without the tone above its hat: what recognisers
/// lose in small print even where they are sure, `ô` for `ổ`.
fn lost_tone(read: char, other: char) -> bool {
    let (a, b) = (Parts::of(read), Parts::of(other));
    a.base == b.base
        && a.shape == b.shape
        && a.shape == Shape::Circumflex
        && a.tone.is_none()
        && !matches!(b.tone, None | Some(Parts::DOT))
}

/// How much a symbol's confidence weighs against changing it: of symbols
/// below 97 two in five are wrong, of those above 99.5 one in a thousand.
fn certainty(confidence: f64) -> f64 {
    const CURVE: [(f64, f64); 12] = [
        (0.0, 0.2),
        (90.0, 0.3),
        (95.0, 0.5),
        (97.0, 1.0),
        (98.0, 1.3),
        (98.5, 1.6),
        (99.0, 2.6),
        (99.3, 3.2),
        (99.45, 4.5),
        (99.53, 5.6),
        (99.56, 6.6),
        (101.0, 7.0),
    ];
    let (mut x, mut y) = (0.0, 0.2);
    for (to_x, to_y) in CURVE {
        if confidence <= to_x {
            let share = if to_x > x { (confidence - x) / (to_x - x) } else { 1.0 };
            return y + share.clamp(0.0, 1.0) * (to_y - y);
        }
        (x, y) = (to_x, to_y);
    }
    y
}

/// How far two letters of one base lie apart for the eye of the recogniser:
/// what it confuses often costs little.
fn difference(read: char, other: char) -> f64 {
    let (a, b) = (Parts::of(read), Parts::of(other));
    if a.base != b.base {
        return 6.0;
    }
    let has_hat = |shape: Shape| shape == Shape::Circumflex;
    let shape = match (a.shape, b.shape) {
        (x, y) if x == y => 0.0,
        (Shape::Bar, _) | (_, Shape::Bar) => 3.0,
        (Shape::Circumflex, Shape::Breve) | (Shape::Breve, Shape::Circumflex) => 3.0,
        (Shape::Horn, _) | (_, Shape::Horn) => 3.5,
        // A hat under a tone is what it misses most.
        (Shape::None, Shape::Circumflex)
            if !matches!(b.tone, None | Some(Parts::DOT)) && a.tone.is_some() =>
        {
            1.5
        }
        _ => 3.0,
    };
    let on_hat = has_hat(a.shape) || has_hat(b.shape);
    let tone = match (a.tone, b.tone) {
        (x, y) if x == y => 0.0,
        (Some(Parts::DOT), _) | (_, Some(Parts::DOT)) => 3.5,
        (Some(_), None) => {
            if on_hat {
                1.8
            } else {
                3.0
            }
        }
        _ => {
            if on_hat {
                1.2
            } else {
                2.2
            }
        }
    };
    shape + tone
}

/// A letter taken apart.
struct Parts {
    base: char,
    shape: Shape,
    tone: Option<char>,
}

/// What makes a base letter another letter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    None,
    Circumflex,
    Breve,
    Horn,
    Bar,
}

impl Parts {
    /// The dot below.
    const DOT: char = '\u{323}';

    fn of(letter: char) -> Self {
        let mut parts = Self { base: letter, shape: Shape::None, tone: None };
        for (index, c) in std::iter::once(letter).nfd().enumerate() {
            match c {
                'đ' => (parts.base, parts.shape) = ('d', Shape::Bar),
                _ if index == 0 => parts.base = c,
                '\u{302}' => parts.shape = Shape::Circumflex,
                '\u{306}' => parts.shape = Shape::Breve,
                '\u{31b}' => parts.shape = Shape::Horn,
                tone => parts.tone = Some(tone),
            }
        }
        parts
    }
}

fn base(letter: char) -> char {
    Parts::of(letter).base
}

/// The one letter of a text, lower case.
fn only_letter(text: &str) -> Option<char> {
    let mut letters = text.chars();
    let letter = letters.next().filter(|c| c.is_alphabetic())?;
    letters.next().is_none().then(|| letter.to_lowercase().next()).flatten()
}

/// Whether the page is written in what the table counts.
fn is_at_home(slots: &[Slot], pairs: &Pairs) -> bool {
    let read = |slot: &Slot| slot.candidates.first()?.id;
    let known = |id: Option<Id>| id.filter(|id| *id > bigram::OTHER);
    let (mut seen, mut all) = (0_usize, 0_usize);
    for pair in slots.windows(2) {
        let [first, second] = pair else { continue };
        if second.begins {
            continue;
        }
        if let (Some(a), Some(b)) = (known(read(first)), known(read(second))) {
            all += 1;
            seen += usize::from(pairs.count(a, b) > 0.0);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "words of a page")]
    let share = seen as f64 / all.max(1) as f64;
    all >= FEWEST_PAIRS && share >= AT_HOME
}

/// The best way through the slots, and by how much each choice beats the best
/// way that keeps what was read there.
fn best(slots: &[Slot], steps: &[Steps]) -> Vec<Taken> {
    let forward = forward(slots, steps);
    let backward = backward(slots, steps);
    let mut taken = Vec::with_capacity(slots.len());
    for (ahead, behind) in forward.iter().zip(&backward) {
        let through: Vec<f64> = ahead.iter().zip(behind).map(|(a, b)| a + b).collect();
        let kept = through.first().copied().unwrap_or_default();
        // What was read wins a tie.
        let best = through.iter().enumerate().fold((0, kept), |best, (index, score)| {
            if *score > best.1 { (index, *score) } else { best }
        });
        taken.push(Taken { index: best.0, won_by: best.1 - kept });
    }
    taken
}

/// What coming from each candidate of one slot gives each of the next, its
/// cost apart; where a sentence begins, what its beginning gives them. It is
/// asked for in every round and in both directions, and told once.
enum Steps {
    Begin(Vec<f64>),
    /// By the candidate before.
    After(Vec<Vec<f64>>),
}

fn steps(slots: &[Slot], pairs: &Pairs) -> Vec<Steps> {
    let row = |first: Option<Id>, slot: &Slot| -> Vec<f64> {
        let chance = |candidate: &Candidate| {
            candidate.fixed.unwrap_or_else(|| pairs.log_chance(first, candidate.id))
        };
        slot.candidates.iter().map(|candidate| LANGUAGE * chance(candidate)).collect()
    };
    let mut before: Option<&Slot> = None;
    let mut all = Vec::with_capacity(slots.len());
    for slot in slots {
        all.push(match before {
            Some(before) if !slot.begins => {
                let rows = before.candidates.iter().map(|first| row(first.id, slot));
                Steps::After(rows.collect())
            }
            _ => Steps::Begin(row(Some(bigram::BEGIN), slot)),
        });
        before = Some(slot);
    }
    all
}

/// The best score from the beginning to each candidate, itself included.
fn forward(slots: &[Slot], steps: &[Steps]) -> Vec<Vec<f64>> {
    let mut scores: Vec<Vec<f64>> = Vec::with_capacity(slots.len());
    for (slot, steps) in slots.iter().zip(steps) {
        let so_far = scores.last().map(Vec::as_slice).unwrap_or_default();
        let mut reached = match steps {
            Steps::Begin(row) => {
                let reach = if so_far.is_empty() { 0.0 } else { most(so_far) };
                row.iter().map(|chance| reach + chance).collect()
            }
            Steps::After(rows) => {
                let mut reached = vec![f64::NEG_INFINITY; slot.candidates.len()];
                for (row, score) in rows.iter().zip(so_far) {
                    for (best, chance) in reached.iter_mut().zip(row) {
                        *best = best.max(score + chance);
                    }
                }
                reached
            }
        };
        for (score, candidate) in reached.iter_mut().zip(&slot.candidates) {
            *score -= candidate.cost;
        }
        scores.push(reached);
    }
    scores
}

/// The best score from behind each candidate to the end.
fn backward(slots: &[Slot], steps: &[Steps]) -> Vec<Vec<f64>> {
    let mut scores: Vec<Vec<f64>> = Vec::with_capacity(slots.len());
    // What follows a slot: its steps, and its scores with its costs taken off.
    let mut next: Option<(&Steps, Vec<f64>)> = None;
    for (slot, own) in slots.iter().zip(steps).rev() {
        let row = match &next {
            Some((Steps::Begin(row), after)) => {
                vec![onward(row, after); slot.candidates.len()]
            }
            Some((Steps::After(rows), after)) => {
                rows.iter().map(|row| onward(row, after)).collect()
            }
            None => vec![0.0; slot.candidates.len()],
        };
        let entered = row.iter().zip(&slot.candidates).map(|(s, c)| s - c.cost);
        next = Some((own, entered.collect()));
        scores.push(row);
    }
    scores.reverse();
    scores
}

/// The best of going on with a step.
fn onward(row: &[f64], after: &[f64]) -> f64 {
    let ways = row.iter().zip(after).map(|(chance, score)| chance + score);
    ways.fold(f64::NEG_INFINITY, f64::max)
}

fn most(scores: &[f64]) -> f64 {
    scores.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// Takes away the chosen candidates that replace a syllable in use without
/// ever having been seen beside a neighbour; says whether there were any.
fn take_back(slots: &mut [Slot], choice: &[Taken], pairs: &Pairs) -> bool {
    let chosen: Vec<Option<Id>> = slots
        .iter()
        .zip(choice)
        .map(|(slot, taken)| slot.candidates.get(taken.index)?.id)
        .collect();
    let begins: Vec<bool> = slots.iter().map(|slot| slot.begins).collect();
    let mut any = false;
    for (at, (slot, taken)) in slots.iter_mut().zip(choice).enumerate() {
        let is_in_use = slot
            .candidates
            .first()
            .is_some_and(|read| read.fixed.is_none() && read.id.is_some());
        if taken.index == 0 || !is_in_use {
            continue;
        }
        let own = chosen.get(at).copied().flatten();
        let starts = begins.get(at).copied().unwrap_or(true);
        let before = if starts {
            Some(bigram::BEGIN)
        } else {
            at.checked_sub(1).and_then(|at| chosen.get(at).copied()).flatten()
        };
        let ends = begins.get(at + 1).copied().unwrap_or(true);
        let after = chosen.get(at + 1).copied().flatten().filter(|_| !ends);
        let seen = |a: Option<Id>, b: Option<Id>| match (a, b) {
            (Some(a), Some(b)) => pairs.count(a, b),
            _ => 0.0,
        };
        if seen(before, own).max(seen(own, after)) < ATTESTED_PAIRS {
            if let Some(candidate) = slot.candidates.get_mut(taken.index) {
                candidate.cost = f64::INFINITY;
            }
            any = true;
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Line, Symbol};
    use crate::units::Rect;

    /// A line of words read with `confidence` in each symbol.
    fn layer(text: &str, confidence: f32) -> TextLayer {
        let word = |text: &str| {
            let symbol =
                |c: char| Symbol { text: c.to_string(), confidence, choices: Vec::new() };
            let word = Word::new(text.to_owned(), Rect::default(), confidence);
            Word { symbols: text.chars().map(symbol).collect(), ..word }
        };
        let words = text.split(' ').map(word).collect();
        let line = Line { words, begins_paragraph: true, ..Line::default() };
        TextLayer { lines: vec![line], ..TextLayer::default() }
    }

    fn rescored(text: &str, confidence: f32) -> String {
        let mut layer = layer(text, confidence);
        rescore(&mut layer);
        layer.lines[0].text()
    }

    #[test]
    fn a_missing_hat_is_put_back_where_the_language_wants_it() {
        let read = "Ủy ban nhân dân thành phó ban hành Quyết định về việc tổ chức";
        let right = "Ủy ban nhân dân thành phố ban hành Quyết định về việc tổ chức";
        assert_eq!(rescored(read, 98.2), right);
    }

    #[test]
    fn what_was_changed_is_told_with_its_lead() {
        let mut layer =
            layer("Ủy ban nhân dân thành phó, tổ chức thực hiện theo quy định", 98.0);
        let changed = rescore(&mut layer);
        assert_eq!(changed.len(), 1);
        assert_eq!(
            (changed[0].read.as_str(), changed[0].written.as_str()),
            ("phó,", "phố,")
        );
        assert!(changed[0].by.unwrap() > 0.0);
    }

    #[test]
    fn a_name_that_was_never_seen_stays() {
        let read = "Ủy ban nhân dân xã Yên Mỗ tổ chức thực hiện theo quy định";
        assert_eq!(rescored(read, 99.0), read);
    }

    #[test]
    fn sure_symbols_stay_against_the_language() {
        let read = "Ủy ban nhân dân thành phó ban hành Quyết định về việc tổ chức";
        assert_eq!(rescored(read, 99.9), read);
    }

    #[test]
    fn digits_codes_and_abbreviations_are_never_touched() {
        let read = "Số 1O/QĐ-UBND ngày 5 thang 3 UBND TTg QH15 2O25 A4 XIV";
        let after = rescored(read, 50.0);
        for word in ["1O/QĐ-UBND", "5", "3", "UBND", "TTg", "QH15", "2O25", "A4", "XIV"]
        {
            assert!(after.split(' ').any(|w| w == word), "{word} in {after}");
        }
    }

    #[test]
    fn a_page_in_no_known_language_is_left_alone_unless_misread() {
        let read = "the quick fox ran home to see an old man do it";
        assert_eq!(rescored(read, 97.0), read);
    }

    #[test]
    fn a_letter_the_recogniser_considered_is_a_candidate() {
        let mut layer =
            layer("thực hiện nhiệm vụ phát triền kinh tế xã hội của địa phương", 99.0);
        let symbol = &mut layer.lines[0].words[5].symbols[3];
        assert_eq!(symbol.text, "ề");
        symbol.confidence = 80.0;
        symbol.choices = vec![Choice { text: "ể".to_owned(), confidence: 15.0 }];
        rescore(&mut layer);
        assert_eq!(layer.lines[0].words[5].text, "triển");
    }

    #[test]
    fn the_letters_differ_by_what_the_eye_confuses() {
        assert!(difference('ó', 'ố') < difference('o', 'ơ'));
        assert!(difference('ấ', 'ầ') < difference('á', 'à'));
        assert!(certainty(97.0) < certainty(99.5));
    }
}
