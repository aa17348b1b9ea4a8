//! What could stand in each place of a page.
//!
//! Besides what was read: the syllables that differ from it in diacritics only,
//! those that the recogniser considered, and what a second look says. Numbers,
//! codes and abbreviations have none.

use crate::text::bigram::{self, Id, Pairs};
use crate::text::rescore::evidence::Evidence;
use crate::text::rescore::speller::Speller;
use crate::text::syllable::fold_tone;
use crate::text::token::{Case, Kind, Token};
use crate::text::{Line, TextLayer, Word};

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

/// One place in the text and what could stand there.
pub(crate) struct Slot {
    /// Whether a sentence begins here.
    pub(crate) begins: bool,
    /// Whether what was read has a capital.
    pub(crate) capital: bool,
    /// What was read comes first.
    pub(crate) candidates: Vec<Candidate>,
}

/// What could stand in a place.
pub(crate) struct Candidate {
    /// Lower case, as it would be written.
    pub(crate) spelling: String,
    /// Its number in the table; of what was read, what stands for it.
    pub(crate) id: Option<Id>,
    /// What it costs to believe it.
    pub(crate) cost: f64,
    /// Its chance where the table does not tell.
    pub(crate) fixed: Option<f64>,
}

impl Candidate {
    /// What stands for any number.
    fn number() -> Self {
        Self { spelling: String::new(), id: Some(bigram::NUMBER), cost: 0.0, fixed: None }
    }

    /// What stands for anything that is neither syllable nor number.
    fn other() -> Self {
        Self { id: Some(bigram::OTHER), fixed: Some(OTHER_CHANCE), ..Self::number() }
    }
}

/// The slots of a page.
pub(crate) fn slots(layer: &TextLayer, speller: &Speller, pairs: &Pairs) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut begins = true;
    for line in &layer.lines {
        begins |= line.begins_paragraph;
        for (word, at) in line.words.iter().zip(0..) {
            let token = Token::of(&word.text);
            let candidates = if is_code_by_place(&token, line, at) {
                vec![Candidate::other()]
            } else {
                candidates(word, &token, speller, pairs)
            };
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
    match token.kind {
        Kind::Letters(_) if is_clean(token) => {}
        Kind::Number => return vec![Candidate::number()],
        Kind::Letters(_) | Kind::Roman | Kind::Code | Kind::Marks => {
            return vec![Candidate::other()];
        }
    }
    if is_abbreviation(token, speller) {
        return vec![Candidate::other()];
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

/// Whether a few capitals without diacritics stand alone among what is no
/// capitals: `LUC`, paddy land in a list of plots, is no `LỤC`.
fn is_code_by_place(token: &Token<'_>, line: &Line, at: usize) -> bool {
    let is_upper = |token: &Token<'_>| {
        token.kind == Kind::Letters(Case::Upper) && token.core.chars().nth(1).is_some()
    };
    let in_capitals = |at: usize| {
        line.words.get(at).is_some_and(|word| is_upper(&Token::of(&word.text)))
    };
    let is_short = token.core.is_ascii() && token.core.len() <= LONGEST_CODE;
    is_short
        && is_upper(token)
        && !at.checked_sub(1).is_some_and(in_capitals)
        && !in_capitals(at + 1)
}

/// Codes of letters alone have at most so many.
const LONGEST_CODE: usize = 4;

/// Whether a few capitals can be no syllable whatever their diacritics: `VT`.
fn is_abbreviation(token: &Token<'_>, speller: &Speller) -> bool {
    token.kind == Kind::Letters(Case::Upper)
        && token.core.chars().count() < ABBREVIATION_BELOW
        && speller.spellings(&token.bare()).next().is_none()
}

/// Capitals fewer than this are an abbreviation, unless they make a syllable.
const ABBREVIATION_BELOW: usize = 4;

/// What another letter costs more in a name that is no syllable.
const FOREIGN: f64 = 5.0;

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
        // What is one letter alone is told by nothing else: `H.`, `Q. 3`.
        let is_letter = token.core.chars().nth(1).is_none();
        let others = if is_letter { Vec::new() } else { evidence.substitutions() };
        let others = others.into_iter().chain(second_look(word, token));
        // `Rhông` of a name in another tongue is no `Thông`.
        let is_name = matches!(token.kind, Kind::Letters(Case::Title));
        let foreign =
            if is_name && !speller.is_syllable(self.read) { FOREIGN } else { 0.0 };
        for (spelling, cost) in others.filter(|(other, _)| speller.is_syllable(other)) {
            self.add(&spelling, cost + foreign);
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
