//! What a look draws: its text with the letters it is set in, as far as both are known,
//! and its pictures, those of the forms within it too (ISO 32000-2, 8.10 and 9.4).

use std::collections::BTreeMap;

use crate::cos::document::View;
use crate::cos::{Dict, Object};
use crate::units::Affine;
use crate::verify::glyphs::{Font, each_operator};

/// Bytes of content that are read of all looks of a file, their forms among them.
const MOST_BYTES: usize = 4 << 20;
/// Forms within one another, and drawn by all looks of a file.
const MOST_DEPTH: usize = 6;
const MOST_FORMS: usize = 1_024;
/// Fonts of all looks of a file: what their codes mean may be long.
const MOST_FONTS: usize = 64;
/// States of graphics within one another, and different letters.
const MOST_STATES: usize = 64;
const MOST_LETTERS: usize = 32;

/// What a look draws.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Drawn {
    /// Its text, with a space wherever it moves; none where a letter is not known.
    pub(crate) text: Option<String>,
    /// How its letters are set.
    pub(crate) letters: Vec<Letters>,
    /// Whether there is a picture.
    pub(crate) picture: bool,
}

/// How letters are set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letters {
    /// `/BaseFont`.
    pub(crate) font: String,
    /// Their size in the units of the look.
    pub(crate) size: f64,
    /// Whether they are black.
    pub(crate) black: bool,
}

/// What may still be read of the looks of a file.
#[derive(Debug)]
pub(crate) struct Allowance {
    bytes: usize,
    forms: usize,
    fonts: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { bytes: MOST_BYTES, forms: MOST_FORMS, fonts: MOST_FONTS }
    }
}

/// What a look with this dictionary and content draws.
pub(crate) fn drawn(
    view: View<'_>,
    (own, content): (&Dict, &[u8]),
    left: &mut Allowance,
) -> Drawn {
    let drawn = Drawn { text: Some(String::new()), ..Drawn::default() };
    let mut reader = Reader { view, drawn, left };
    let start = State {
        font: None,
        size: 0.0,
        hidden: false,
        black: true,
        map: Affine::IDENTITY,
        text: Affine::IDENTITY,
    };
    let whole = reader.read((own, &Dict::empty()), content, (start, 0));
    if whole.is_none() {
        reader.drawn.text = None;
    }
    reader.drawn
}

/// What is known in the middle of a look.
#[derive(Clone)]
struct State {
    font: Option<Box<[u8]>>,
    size: f64,
    hidden: bool,
    black: bool,
    /// From the units of the form being read to those of the look.
    map: Affine,
    /// The matrix of text.
    text: Affine,
}

struct Reader<'d> {
    view: View<'d>,
    drawn: Drawn,
    left: &'d mut Allowance,
}

impl Reader<'_> {
    /// Reads the content of a form; none where the rest of it cannot be read.
    fn read(
        &mut self,
        (own, above): (&Dict, &Dict),
        content: &[u8],
        (mut state, depth): (State, usize),
    ) -> Option<()> {
        self.left.bytes = self.left.bytes.checked_sub(content.len())?;
        let resources = self.view.get(own, b"Resources");
        let resources = resources.dict().unwrap_or(above).clone();
        let mut fonts: BTreeMap<Box<[u8]>, (Font, String)> = BTreeMap::new();
        let mut states = Vec::new();
        each_operator(content, |word, operands| {
            match word {
                b"q" if states.len() < MOST_STATES => states.push(state.clone()),
                b"Q" => state = states.pop().unwrap_or_else(|| state.clone()),
                b"cm" => state.map = affine(operands)?.then(state.map),
                b"BT" => state.text = Affine::IDENTITY,
                b"Tm" => state.text = affine(operands)?,
                b"Tf" => {
                    let name = operands.first()?.name()?;
                    if !fonts.contains_key(name) {
                        self.left.fonts = self.left.fonts.checked_sub(1)?;
                        let font = Font::named(self.view, &resources, name);
                        let base = self.base(&resources, name);
                        fonts.insert(name.into(), (font, base));
                    }
                    state.font = Some(name.into());
                    state.size = operands.last()?.number()?;
                }
                b"Tr" => state.hidden = matches!(operands.first()?.int()?, 3 | 7),
                b"g" | b"rg" | b"k" | b"sc" | b"scn" => state.black = is_black(operands),
                b"Tj" | b"'" | b"\"" | b"TJ" if !state.hidden => {
                    let font = state.font.as_ref().and_then(|name| fonts.get(name));
                    self.set(font, &state);
                    self.say(font.map(|font| &font.0), word, operands);
                }
                b"BI" => {
                    self.drawn.picture = true;
                    // What follows are bytes.
                    return None;
                }
                b"Do" => {
                    self.draw(&resources, operands.first()?.name()?, &state, depth)?;
                }
                _ => {}
            }
            if matches!(word, b"BT" | b"Td" | b"TD" | b"Tm" | b"T*")
                && let Some(text) = &mut self.drawn.text
            {
                text.push(' ');
            }
            Some(())
        })
    }

    /// The name of a font.
    fn base(&self, resources: &Dict, name: &[u8]) -> String {
        let fonts = self.view.get(resources, b"Font");
        let font = fonts.dict().map(|fonts| self.view.get(fonts, name));
        let base = font.and_then(|font| {
            let base = self.view.get(font.dict()?, b"BaseFont");
            base.name().map(|base| String::from_utf8_lossy(base).into_owned())
        });
        base.unwrap_or_default()
    }

    /// Notes how letters are set.
    fn set(&mut self, font: Option<&(Font, String)>, state: &State) {
        let map = state.text.then(state.map);
        let size = (state.size * map.c).hypot(state.size * map.d);
        let font = font.map(|font| font.1.clone()).unwrap_or_default();
        let letters = Letters { font, size, black: state.black };
        let known = &mut self.drawn.letters;
        if known.len() < MOST_LETTERS && !known.contains(&letters) {
            known.push(letters);
        }
    }

    /// Notes what letters say.
    fn say(&mut self, font: Option<&Font>, word: &[u8], operands: &[Object]) {
        let Some(text) = &mut self.drawn.text else { return };
        if matches!(word, b"'" | b"\"") {
            text.push(' ');
        }
        let last = operands.last();
        let strings = last.and_then(Object::array).or(last.map(std::slice::from_ref));
        let mut strings = strings.unwrap_or_default().iter().filter_map(Object::text);
        let read = font.and_then(|font| {
            strings.try_for_each(|string| font.read(string, text).map(drop))
        });
        if read.is_none() {
            self.drawn.text = None;
        }
    }

    /// Draws a picture or a form.
    fn draw(
        &mut self,
        resources: &Dict,
        name: &[u8],
        state: &State,
        depth: usize,
    ) -> Option<()> {
        let objects = self.view.get(resources, b"XObject");
        let named = objects.dict()?.get(name)?.clone();
        let object = self.view.resolve(&named).ok()?;
        let stream = object.stream()?;
        if stream.dict.is(b"Subtype", b"Image") {
            self.drawn.picture = true;
            return Some(());
        }
        self.left.forms = self.left.forms.checked_sub(1)?;
        if depth == MOST_DEPTH || stream.data.len() > self.left.bytes {
            return None;
        }
        let content = self.view.data(named.reference(), stream).ok()?;
        let matrix = self.view.get(&stream.dict, b"Matrix");
        let matrix = affine(matrix.array().unwrap_or_default());
        let map = matrix.unwrap_or(Affine::IDENTITY).then(state.map);
        let state = State { map, ..state.clone() };
        self.read((&stream.dict, resources), &content, (state, depth + 1))
    }
}

/// Six numbers as a map.
pub(crate) fn affine(numbers: &[Object]) -> Option<Affine> {
    let numbers: Vec<f64> = numbers.iter().map(Object::number).collect::<Option<_>>()?;
    let [a, b, c, d, e, f] = *numbers else { return None };
    Some(Affine { a, b, c, d, e, f })
}

/// Whether a colour of one, three or four parts is black.
fn is_black(parts: &[Object]) -> bool {
    let parts: Vec<f64> = parts.iter().filter_map(Object::number).collect();
    match *parts {
        [grey] => grey < 0.1,
        [red, green, blue] => red < 0.1 && green < 0.1 && blue < 0.1,
        [cyan, magenta, yellow, black] => {
            black > 0.9 || cyan > 0.9 && magenta > 0.9 && yellow > 0.9
        }
        _ => false,
    }
}
