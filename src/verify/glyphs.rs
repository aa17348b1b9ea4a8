//! The text that the content of a look shows, where every letter is certain.
//!
//! What a code means is told by `/ToUnicode` (ISO 32000-2, 9.10.3), or by the
//! encoding of a font of the usual letters (9.6.5). Anything else (other fonts,
//! pictures, forms within) leaves the text unknown.

use std::collections::BTreeMap;

use crate::cos::document::View;
use crate::cos::lexer::{Lexer, is_regular};
use crate::cos::{Dict, Object};

/// Operands of one operator.
const MOST_OPERANDS: usize = 4_096;
/// States of graphics within one another.
const MOST_STATES: usize = 64;
/// Codes of one font that are read.
const MOST_CODES: usize = 70_000;
/// Bytes of one `/ToUnicode`.
const MOST_MAP: usize = 1 << 20;
/// Fonts of one look.
const MOST_FONTS: usize = 16;

/// The text that content shows, with a space wherever it moves; none where any part
/// of it is not known. `own` is the dictionary of the stream.
pub(crate) fn text(view: View<'_>, own: &Dict, content: &[u8]) -> Option<String> {
    let resources = view.get(own, b"Resources");
    let resources = resources.dict().cloned().unwrap_or_default();
    let mut fonts: BTreeMap<Box<[u8]>, Font> = BTreeMap::new();
    let mut text = String::new();
    let mut state = State::default();
    let mut states = Vec::new();
    each_operator(content, |word, operands| {
        match word {
            b"q" if states.len() < MOST_STATES => states.push(state.clone()),
            b"Q" => state = states.pop().unwrap_or_default(),
            b"Tf" => {
                let name = operands.first()?.name()?;
                if !fonts.contains_key(name) {
                    if fonts.len() == MOST_FONTS {
                        return None;
                    }
                    fonts.insert(name.into(), Font::named(view, &resources, name));
                }
                state.font = Some(name.into());
            }
            // 9.3.6: neither filled nor stroked.
            b"Tr" => state.hidden = matches!(operands.first()?.int()?, 3 | 7),
            b"Tj" | b"'" | b"\"" | b"TJ" => {
                if word != b"Tj" && word != b"TJ" {
                    text.push(' ');
                }
                let last = std::slice::from_ref(operands.last()?);
                let strings = operands.last()?.array().unwrap_or(last);
                let font = state.font.as_ref().and_then(|name| fonts.get(name));
                for string in strings.iter().filter_map(Object::text) {
                    if !state.hidden {
                        font?.read(string, &mut text)?;
                    }
                }
            }
            b"Td" | b"TD" | b"Tm" | b"T*" | b"BT" => text.push(' '),
            // Pictures, forms, shadings, and states that name a font: who knows.
            b"Do" | b"BI" | b"ID" | b"sh" | b"gs" => return None,
            _ => {}
        }
        Some(())
    })?;
    Some(text)
}

#[derive(Clone, Default)]
struct State {
    font: Option<Box<[u8]>>,
    hidden: bool,
}

/// Gives each operator with what stands before it; none where the content cannot be
/// read to its end, or `take` gives up.
pub(crate) fn each_operator(
    content: &[u8],
    mut take: impl FnMut(&[u8], &[Object]) -> Option<()>,
) -> Option<()> {
    let mut lexer = Lexer::new(content, 0);
    let mut operands = Vec::new();
    loop {
        lexer.blank();
        let rest = lexer.rest();
        let Some(first) = rest.first() else { return Some(()) };
        let length = rest.iter().take_while(|byte| is_regular(**byte)).count();
        let operator = first.is_ascii_alphabetic() || matches!(first, b'\'' | b'"');
        let word = rest.get(..length).unwrap_or_default();
        if operator && !matches!(word, b"true" | b"false" | b"null") {
            take(word, &operands)?;
            operands.clear();
            lexer.skip(length);
            continue;
        }
        if operands.len() == MOST_OPERANDS {
            return None;
        }
        // The last of a content need not be followed by anything.
        operands.push(lexer.object().ok()?);
    }
}

/// What the codes of a font mean.
#[derive(Debug)]
pub(crate) enum Font {
    /// Codes of so many bytes, and their text.
    Told(usize, BTreeMap<u32, String>),
    /// One byte a letter as in ASCII, but for these.
    Usual(BTreeMap<u8, Option<char>>),
    /// Nobody knows.
    Unknown,
}

impl Font {
    pub(crate) fn named(view: View<'_>, resources: &Dict, name: &[u8]) -> Self {
        let fonts = view.get(resources, b"Font");
        let font = fonts.dict().map(|fonts| view.get(fonts, name));
        let font = font.as_ref().and_then(|font| font.dict());
        font.and_then(|font| Self::of(view, font)).unwrap_or(Self::Unknown)
    }

    fn of(view: View<'_>, font: &Dict) -> Option<Self> {
        let wide = match view.get(font, b"Subtype").name()? {
            b"Type0" => true,
            b"Type1" | b"TrueType" | b"MMType1" => false,
            _ => return None,
        };
        let encoding = view.get(font, b"Encoding");
        if let Some(map) = view.get(font, b"ToUnicode").stream() {
            // Other encodings than the two may have codes of any length.
            let whole = matches!(encoding.name(), Some(b"Identity-H" | b"Identity-V"));
            let id = font.get(b"ToUnicode").and_then(Object::reference);
            let map = view.data(id, map).ok().filter(|map| map.len() <= MOST_MAP)?;
            if wide && !whole {
                return None;
            }
            return Some(Self::Told(if wide { 2 } else { 1 }, told(&map)?));
        }
        let base = view.get(font, b"BaseFont");
        let base = base.name()?;
        let own_letters = [&b"Symbol"[..], b"Dingbats", b"Wingdings"]
            .iter()
            .any(|kind| base.windows(kind.len()).any(|part| part == *kind));
        let about = view.get(font, b"FontDescriptor");
        let embedded = about.dict().is_some_and(|about| {
            [&b"FontFile"[..], b"FontFile2", b"FontFile3"]
                .iter()
                .any(|key| about.has(key))
        });
        if wide || own_letters {
            return None;
        }
        let is_usual = |name: Option<&[u8]>| {
            matches!(
                name,
                Some(
                    b"WinAnsiEncoding"
                        | b"MacRomanEncoding"
                        | b"StandardEncoding"
                        | b"PDFDocEncoding"
                )
            )
        };
        if *encoding == Object::Null {
            return (!embedded).then(|| Self::Usual(BTreeMap::new()));
        }
        if encoding.name().is_some() {
            return is_usual(encoding.name()).then(|| Self::Usual(BTreeMap::new()));
        }
        let own = encoding.dict()?;
        if embedded && !is_usual(view.get(own, b"BaseEncoding").name()) {
            return None;
        }
        Some(Self::Usual(differences(view, own)?))
    }

    /// Adds the letters of a string; none where one is unknown.
    pub(crate) fn read(&self, string: &[u8], text: &mut String) -> Option<()> {
        match self {
            Self::Told(bytes, map) => {
                for code in string.chunks(*bytes) {
                    let code =
                        code.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
                    text.push_str(map.get(&code)?);
                }
            }
            Self::Usual(other) => {
                for byte in string {
                    let usual = matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
                    text.push(match other.get(byte) {
                        Some(letter) => (*letter)?,
                        None if usual => char::from(*byte),
                        None => return None,
                    });
                }
            }
            Self::Unknown => return None,
        }
        Some(())
    }
}

/// What `/Differences` say (9.6.5.1); of their names only the plainest are known.
fn differences(view: View<'_>, encoding: &Dict) -> Option<BTreeMap<u8, Option<char>>> {
    const FIGURES: [&[u8]; 10] = [
        b"zero", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight",
        b"nine",
    ];
    // Signs that are not compared.
    const SIGNS: [(&[u8], char); 8] = [
        (b"space", ' '),
        (b"quotesingle", '\''),
        (b"grave", '`'),
        (b"comma", ','),
        (b"period", '.'),
        (b"hyphen", '-'),
        (b"slash", '/'),
        (b"colon", ':'),
    ];
    let letter = |name: &[u8]| match name {
        [letter] if letter.is_ascii_alphabetic() => Some(char::from(*letter)),
        _ => {
            let figure = FIGURES.iter().position(|figure| *figure == name);
            let figure =
                figure.and_then(|at| char::from_digit(u32::try_from(at).ok()?, 10));
            let sign = SIGNS.iter().find(|(sign, _)| *sign == name);
            figure.or(sign.map(|(_, sign)| *sign))
        }
    };
    let list = view.get(encoding, b"Differences");
    let mut found = BTreeMap::new();
    let mut code = 0;
    for item in list.array().unwrap_or_default() {
        let item = view.resolve(item).ok()?;
        if let Some(number) = item.int() {
            code = u8::try_from(number).ok()?;
        } else {
            found.insert(code, letter(item.name()?));
            code = code.saturating_add(1);
        }
    }
    Some(found)
}

/// What a `/ToUnicode` map says (Adobe Technical Note 5411); none where it is larger
/// than is read, or cannot be.
fn told(map: &[u8]) -> Option<BTreeMap<u32, String>> {
    let mut found = BTreeMap::new();
    each_operator(map, |word, operands| {
        if found.len() > MOST_CODES {
            return None;
        }
        match word {
            b"endbfchar" => {
                for pair in operands.chunks_exact(2) {
                    let [from, to] = pair else { continue };
                    found.insert(code(from)?, utf16(to.text()?));
                }
            }
            b"endbfrange" => {
                for three in operands.chunks_exact(3) {
                    let [from, until, to] = three else { continue };
                    let (from, until) = (code(from)?, code(until)?);
                    let count = until.checked_sub(from)?;
                    if usize::try_from(count).ok()? > MOST_CODES {
                        return None;
                    }
                    for step in 0..=count {
                        let to = match to.array() {
                            Some(each) => {
                                let to = each.get(usize::try_from(step).ok()?);
                                utf16(to.and_then(Object::text)?)
                            }
                            None => counted(to.text()?, step)?,
                        };
                        found.insert(from + step, to);
                    }
                }
            }
            _ => {}
        }
        Some(())
    })?;
    Some(found)
}

fn code(object: &Object) -> Option<u32> {
    let bytes = object.text().filter(|bytes| bytes.len() <= 4)?;
    Some(bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        [only] => u16::from(*only),
        _ => 0,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

/// A text with its last letter so many further on.
fn counted(bytes: &[u8], step: u32) -> Option<String> {
    let mut text = utf16(bytes);
    let last = text.pop()?;
    text.push(char::from_u32(u32::from(last).checked_add(step)?)?);
    Some(text)
}
