//! Reads objects from bytes (ISO 32000-2, 7.2 and 7.3).
//!
//! A lexer sees a window of the file. Where the window ends before the object,
//! it says [`Stop::Short`], and the caller comes again with a longer one.

use crate::cos::object::{Dict, Id, Object, Span};
use crate::cos::{Expected, Limit};

/// Arrays and dictionaries within each other.
pub const MOST_DEPTH: usize = 100;
/// Digits of a number that are read.
const MOST_DIGITS: usize = 40;

/// Why no object came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The window ends here.
    Short,
    /// Something else was expected at this place in the window.
    Wrong(usize, Expected),
    /// A limit was passed at this place in the window.
    Much(usize, Limit),
}

/// A place in a window.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A key and where its value lies in the window.
pub type Entry = (Box<[u8]>, Span);

/// White space (7.2.3, table 1).
#[must_use]
pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

/// Delimiters (7.2.3, table 2).
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Neither white space nor a delimiter.
#[must_use]
pub fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Lexer<'a> {
    /// A lexer at this place of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where it stands.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// The byte it stands before.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// What follows.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes.
    pub fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.bytes.len());
    }

    /// Skips white space and comments.
    pub fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let end =
                    self.rest().iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                self.skip(end.unwrap_or(usize::MAX));
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Skips white space only.
    pub fn spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Takes `word` if it stands here and ends here.
    pub fn word(&mut self, word: &[u8]) -> bool {
        let there = self.rest().starts_with(word)
            && !self.rest().get(word.len()).copied().is_some_and(is_regular);
        if there {
            self.skip(word.len());
        }
        there
    }

    /// An unsigned number, if one stands here.
    pub fn unsigned(&mut self) -> Option<u64> {
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let text = self.rest().get(..digits)?;
        if digits == 0 || digits > MOST_DIGITS {
            return None;
        }
        let value = text.iter().try_fold(0u64, |value, digit| {
            value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        })?;
        self.skip(digits);
        Some(value)
    }

    /// `N G obj` (7.3.10), if it stands here.
    pub fn header(&mut self) -> Option<Id> {
        let id = self.pair()?;
        if self.word(b"obj") { Some(id) } else { None }
    }

    /// Two numbers with white space after each.
    fn pair(&mut self) -> Option<Id> {
        let number = u32::try_from(self.unsigned()?).ok()?;
        let gap = self.at;
        self.blank();
        if self.at == gap {
            return None;
        }
        let generation = u16::try_from(self.unsigned()?).ok()?;
        let gap = self.at;
        self.blank();
        (self.at > gap).then_some(Id { number, generation })
    }

    /// The object that stands here, with white space before it.
    ///
    /// # Errors
    ///
    /// When there is none, or the window is too short to tell.
    pub fn object(&mut self) -> Result<Object, Stop> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Object, Stop> {
        self.blank();
        let byte = self.peek().ok_or(Stop::Short)?;
        match byte {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal(),
            b'<' if self.rest().get(1) == Some(&b'<') => {
                self.dict(depth).map(Object::Dict)
            }
            b'<' => self.hexadecimal(),
            b'[' => self.array(depth),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            _ => self.keyword(),
        }
    }

    fn keyword(&mut self) -> Result<Object, Stop> {
        let run = self.run()?;
        let value = match run {
            b"true" => Object::Bool(true),
            b"false" => Object::Bool(false),
            b"null" => Object::Null,
            _ => return Err(Stop::Wrong(self.at, Expected::Object)),
        };
        self.skip(run.len());
        Ok(value)
    }

    /// Regular bytes up to the next that is not.
    fn run(&self) -> Result<&'a [u8], Stop> {
        let rest = self.rest();
        let end = rest.iter().position(|byte| !is_regular(*byte)).ok_or(Stop::Short)?;
        rest.get(..end).ok_or(Stop::Short)
    }

    fn name(&mut self) -> Result<Box<[u8]>, Stop> {
        self.skip(1);
        let run = self.run()?;
        self.skip(run.len());
        if !run.contains(&b'#') {
            return Ok(run.into());
        }
        let mut name = Vec::with_capacity(run.len());
        let mut rest = run;
        while let [byte, after @ ..] = rest {
            rest = after;
            let escaped = match (byte, after) {
                (b'#', [high, low, after @ ..]) => {
                    hex(*high).zip(hex(*low)).map(|(high, low)| (high << 4 | low, after))
                }
                _ => None,
            };
            match escaped {
                Some((byte, after)) => {
                    name.push(byte);
                    rest = after;
                }
                None => name.push(*byte),
            }
        }
        Ok(name.into())
    }

    fn literal(&mut self) -> Result<Object, Stop> {
        let mut text = Vec::new();
        let mut open = 0usize;
        loop {
            let byte = self.peek().ok_or(Stop::Short)?;
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    if open == 1 {
                        continue;
                    }
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(Object::Text(text.into()));
                    }
                }
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                // 7.3.4.2: an end of line is a line feed, however it is written.
                b'\r' => {
                    if self.peek().ok_or(Stop::Short)? == b'\n' {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    /// What follows a reverse solidus (7.3.4.2, table 3).
    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), Stop> {
        let byte = self.peek().ok_or(Stop::Short)?;
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\n' => {}
            b'\r' => {
                if self.peek().ok_or(Stop::Short)? == b'\n' {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = byte - b'0';
                for _ in 0..2 {
                    match self.peek().ok_or(Stop::Short)? {
                        digit @ b'0'..=b'7' => {
                            value = value.wrapping_shl(3) | (digit - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                text.push(value);
            }
            _ => text.push(byte),
        }
        Ok(())
    }

    fn hexadecimal(&mut self) -> Result<Object, Stop> {
        self.skip(1);
        let end = self.rest().iter().position(|byte| *byte == b'>').ok_or(Stop::Short)?;
        let digits = self.rest().get(..end).unwrap_or_default();
        let mut text = Vec::with_capacity(end / 2 + 1);
        let mut half = None;
        for (place, byte) in digits.iter().enumerate() {
            let Some(digit) = hex(*byte) else {
                if is_space(*byte) {
                    continue;
                }
                return Err(Stop::Wrong(self.at + place, Expected::Object));
            };
            half = match half {
                None => Some(digit << 4),
                Some(high) => {
                    text.push(high | digit);
                    None
                }
            };
        }
        text.extend(half);
        self.skip(end + 1);
        Ok(Object::Text(text.into()))
    }

    fn array(&mut self, depth: usize) -> Result<Object, Stop> {
        let depth = self.deeper(depth)?;
        self.skip(1);
        let mut items = Vec::new();
        loop {
            self.blank();
            if self.peek().ok_or(Stop::Short)? == b']' {
                self.skip(1);
                return Ok(Object::Array(items));
            }
            items.push(self.nested(depth)?);
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Dict, Stop> {
        let mut entries = Vec::new();
        self.each_entry(depth, |name, value, _| entries.push((name, value)))?;
        Ok(Dict::new(entries))
    }

    /// The entries of the dictionary that stands here, each with the bytes of
    /// its value.
    ///
    /// # Errors
    ///
    /// As [`Self::object`].
    pub fn spans(&mut self) -> Result<Vec<Entry>, Stop> {
        self.blank();
        let mut spans = Vec::new();
        self.each_entry(0, |name, _, span| spans.push((name, span)))?;
        Ok(spans)
    }

    fn each_entry(
        &mut self,
        depth: usize,
        mut with: impl FnMut(Box<[u8]>, Object, Span),
    ) -> Result<(), Stop> {
        let depth = self.deeper(depth)?;
        if !self.rest().starts_with(b"<<") {
            return Err(Stop::Wrong(self.at, Expected::Object));
        }
        self.skip(2);
        loop {
            self.blank();
            match self.peek().ok_or(Stop::Short)? {
                b'>' => {
                    if *self.rest().get(1).ok_or(Stop::Short)? != b'>' {
                        return Err(Stop::Wrong(self.at, Expected::Object));
                    }
                    self.skip(2);
                    return Ok(());
                }
                b'/' => {
                    let name = self.name()?;
                    self.blank();
                    let start = self.at;
                    let value = self.nested(depth)?;
                    with(name, value, Span { start, end: self.at });
                }
                _ => return Err(Stop::Wrong(self.at, Expected::Object)),
            }
        }
    }

    fn deeper(&self, depth: usize) -> Result<usize, Stop> {
        if depth >= MOST_DEPTH {
            return Err(Stop::Much(self.at, Limit::Depth));
        }
        Ok(depth + 1)
    }

    fn number_or_reference(&mut self) -> Result<Object, Stop> {
        let run = self.run()?;
        if run.iter().all(u8::is_ascii_digit) {
            let mut ahead = self.clone();
            if let Some(id) = ahead.pair() {
                // The window may end within `12 0 R`.
                if ahead.word(b"R") {
                    *self = ahead;
                    return Ok(Object::Ref(id));
                }
            }
            if ahead.rest().is_empty() {
                return Err(Stop::Short);
            }
        }
        let value = number(run).ok_or(Stop::Wrong(self.at, Expected::Object))?;
        self.skip(run.len());
        Ok(value)
    }
}

/// A number in its shortest spelling (7.3.3).
fn number(run: &[u8]) -> Option<Object> {
    let text = std::str::from_utf8(run).ok().filter(|text| text.len() <= MOST_DIGITS)?;
    let (negative, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (text.starts_with('-'), digits),
        None => (false, text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || whole.is_empty() && part.is_empty() {
        return None;
    }
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if part.is_empty() {
        let value = if whole.is_empty() { 0 } else { whole.parse::<i64>().ok()? };
        return Some(Object::Int(if negative { -value } else { value }));
    }
    let sign = if negative { "-" } else { "" };
    Some(Object::Real(format!("{sign}{whole}.{part}").into()))
}

/// The value of a hexadecimal digit.
#[must_use]
pub fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Object, Stop> {
        Lexer::new(text.as_bytes(), 0).object()
    }

    #[test]
    fn two_spellings_of_one_value_are_equal() {
        for (one, other) in [
            ("1.0 ", "+1 "),
            ("0.50 ", ".5 "),
            ("<4142>", "(A\\102)"),
            ("/A#42 ", "/AB "),
            ("<</A 1/B 2>>", "<< /B 2 /A 1 /C null >>"),
        ] {
            assert_eq!(read(one).unwrap(), read(other).unwrap(), "{one} {other}");
        }
    }

    #[test]
    fn a_reference_is_not_two_numbers() {
        let three = read("[1 2 3 0 R]").unwrap();
        let last = Object::Ref(Id { number: 3, generation: 0 });
        assert_eq!(three, Object::Array(vec![Object::Int(1), Object::Int(2), last]));
    }

    #[test]
    fn a_window_that_ends_early_is_told_from_nonsense() {
        for short in ["12", "12 0", "12 0 ", "<</A", "(a", "[1 ", "<</A 1>"] {
            assert_eq!(read(short), Err(Stop::Short), "{short}");
        }
        assert!(matches!(read("<<1 2>>"), Err(Stop::Wrong(2, _))));
        assert!(matches!(read(&"[".repeat(500)), Err(Stop::Much(_, Limit::Depth))));
    }

    #[test]
    fn values_tell_where_they_stand() {
        let text = b"<</A (x) /Contents <00ff> >>";
        let spans = Lexer::new(text, 0).spans().unwrap();
        assert_eq!(spans.last().unwrap().1, Span { start: 19, end: 25 });
    }
}
