//! Objects at an offset of a file, with the work that takes counted.

use std::cell::Cell;

use crate::cos::lexer::{Lexer, Stop, is_space};
use crate::cos::object::{Dict, Id, Object, Span, Stream};
use crate::cos::{CosError, Expected, Limit, Source, wrong};

/// Bytes of one object without the data of its stream.
const MOST_OBJECT: usize = 8 << 20;
/// The first window; each further one is eight times as long.
const FIRST_WINDOW: usize = 4 << 10;
/// Bytes lexed over and above four times the file, before the file counts as a trap.
const SPARE_WORK: usize = 24 << 20;
/// Bytes searched at a time.
const CHUNK: usize = 1 << 20;

/// Reads a source and counts.
#[derive(Debug)]
pub struct Reader {
    source: Source,
    work: Cell<usize>,
    /// Between these offsets no `endstream` begins; at the second one does, or
    /// the file ends.
    no_end: Cell<Span>,
}

/// An indirect object as it lies in the file.
#[derive(Clone, Debug)]
pub struct Indirect {
    /// What its header says.
    pub id: Id,
    /// Its value.
    pub object: Object,
    /// From its number to the end of `endobj`.
    pub span: Span,
    /// Whether `endobj` is there, and `endstream` where the length ends.
    pub sound: bool,
}

impl Reader {
    /// A reader that has done nothing yet.
    #[must_use]
    pub fn new(source: Source) -> Self {
        Self { source, work: Cell::new(0), no_end: Cell::new(Span { start: 0, end: 0 }) }
    }

    /// The bytes.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What `read` finds at `at`, in a window long enough, and where it ended.
    ///
    /// # Errors
    ///
    /// When something else stands there, a limit is passed, or reading fails.
    pub fn within<T>(
        &self,
        at: usize,
        most: usize,
        mut read: impl FnMut(&mut Lexer<'_>) -> Result<T, Stop>,
    ) -> Result<(T, usize), CosError> {
        let mut length = FIRST_WINDOW;
        loop {
            let window = self.source.window(at, length)?;
            // A window from memory is as long as the file; that costs nothing.
            let bytes = window.get(..most).unwrap_or(&window);
            let last = at + bytes.len() >= self.source.len() || bytes.len() >= most;
            let mut lexer = Lexer::new(bytes, 0);
            let outcome = read(&mut lexer);
            self.worked(at, lexer.at())?;
            match outcome {
                Ok(value) => return Ok((value, at + lexer.at())),
                Err(Stop::Short) if !last => length = length.saturating_mul(8).min(most),
                Err(Stop::Short) if bytes.len() >= most => {
                    return Err(CosError::TooMuch {
                        offset: at,
                        of: Limit::ObjectLength,
                    });
                }
                Err(Stop::Short) => {
                    return wrong(at + bytes.len(), Expected::Object);
                }
                Err(Stop::Wrong(place, expected)) => return wrong(at + place, expected),
                Err(Stop::Much(place, of)) => {
                    return Err(CosError::TooMuch { offset: at + place, of });
                }
            }
        }
    }

    /// Whether more work was asked for than a file of this length is worth: what
    /// was read since may be wanting.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.work.get() > self.most_work()
    }

    fn most_work(&self) -> usize {
        self.source.len().saturating_mul(4).saturating_add(SPARE_WORK)
    }

    /// Counts work done at `at`.
    fn worked(&self, at: usize, bytes: usize) -> Result<(), CosError> {
        let work = self.work.get().saturating_add(bytes).saturating_add(16);
        self.work.set(work);
        if work > self.most_work() {
            return Err(CosError::TooMuch { offset: at, of: Limit::Work });
        }
        Ok(())
    }

    /// The indirect object whose header begins at `at`, exactly. `length_of`
    /// knows the lengths that stand in objects of their own.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn indirect(
        &self,
        at: usize,
        length_of: &dyn Fn(Id) -> Option<usize>,
    ) -> Result<Indirect, CosError> {
        let ((id, object, next), end) = self.within(at, MOST_OBJECT, |lexer| {
            let begins = lexer.rest().first().is_some_and(u8::is_ascii_digit);
            let Some(id) = lexer.header().filter(|_| begins) else {
                // A window may end within the header of the last object.
                return Err(Stop::Wrong(0, Expected::IndirectObject));
            };
            let object = lexer.object()?;
            lexer.blank();
            let next = Next::of(lexer)?;
            Ok((id, object, next))
        })?;
        let close = |object, end, sound| {
            Ok(Indirect { id, object, span: Span { start: at, end }, sound })
        };
        match (next, object) {
            (Next::Stream, Object::Dict(dict)) => {
                let (stream, end, closed) = self.stream(dict, end, length_of)?;
                let sound = closed && stream.sound;
                close(Object::Stream(stream.into()), end, sound)
            }
            (Next::End, object) => close(object, end, true),
            (_, object) => close(object, end, false),
        }
    }

    /// The stream whose data begin at `start`, where it ends, and whether
    /// `endobj` follows.
    fn stream(
        &self,
        dict: Dict,
        start: usize,
        length_of: &dyn Fn(Id) -> Option<usize>,
    ) -> Result<(Stream, usize, bool), CosError> {
        let stated = match dict.get(b"Length") {
            Some(Object::Ref(id)) => length_of(*id),
            Some(length) => length.count(),
            None => None,
        };
        let stated = stated.and_then(|length| start.checked_add(length));
        let stated = stated.filter(|end| *end <= self.source.len());
        if let Some(end) = stated
            && let Some((after, closed)) = self.closes(end)?
        {
            let data = Span { start, end };
            return Ok((Stream { dict, data, sound: true }, after, closed));
        }
        // 7.3.8.2: readers that distrust the length look for the keyword.
        let end = self.end_of_stream(start)?;
        let (after, closed) = self.closes(end)?.unwrap_or((end, false));
        let data = Span { start, end };
        Ok((Stream { dict, data, sound: false }, after, closed))
    }

    /// Whether `endstream` follows at `end`; then where the object ends, and
    /// whether `endobj` follows.
    fn closes(&self, end: usize) -> Result<Option<(usize, bool)>, CosError> {
        let tail = self.source.slice(end, end.saturating_add(64))?;
        let mut lexer = Lexer::new(&tail, 0);
        // 7.3.8.1: an end of line before the keyword does not count as data.
        lexer.spaces();
        if lexer.at() > 4 || !lexer.rest().starts_with(b"endstream") {
            return Ok(None);
        }
        lexer.skip(9);
        let bare = lexer.at();
        lexer.blank();
        if lexer.rest().starts_with(b"endobj") {
            lexer.skip(6);
            return Ok(Some((end + lexer.at(), true)));
        }
        Ok(Some((end + bare, false)))
    }

    /// Where the next `endstream` from `start` begins, or the file ends.
    fn end_of_stream(&self, start: usize) -> Result<usize, CosError> {
        let known = self.no_end.get();
        if (known.start..=known.end).contains(&start) && known.end > 0 {
            return Ok(known.end);
        }
        let found = self.search(start, b"endstream")?.unwrap_or(self.source.len());
        self.no_end.set(Span { start, end: found });
        Ok(found)
    }

    /// Where `word` next stands from `start`.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub fn search(&self, start: usize, word: &[u8]) -> Result<Option<usize>, CosError> {
        let mut at = start;
        while at < self.source.len() {
            let chunk = self.source.slice(at, at.saturating_add(CHUNK))?;
            self.worked(at, chunk.len())?;
            if let Some(found) = memchr::memmem::find(&chunk, word) {
                return Ok(Some(at + found));
            }
            if chunk.len() <= word.len() {
                return Ok(None);
            }
            at += chunk.len() - word.len() + 1;
        }
        Ok(None)
    }

    /// Where `word` last stands in the final `within` bytes of `..end`.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub fn search_back(
        &self,
        end: usize,
        within: usize,
        word: &[u8],
    ) -> Result<Option<usize>, CosError> {
        let start = end.saturating_sub(within);
        let tail = self.source.slice(start, end)?;
        Ok(memchr::memmem::rfind(&tail, word).map(|found| start + found))
    }

    /// Where the first byte from `start` stands that is not white space.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub fn after_spaces(&self, start: usize) -> Result<usize, CosError> {
        let mut at = start;
        loop {
            let chunk = self.source.slice(at, at.saturating_add(FIRST_WINDOW))?;
            if let Some(found) = chunk.iter().position(|byte| !is_space(*byte)) {
                return Ok(at + found);
            }
            if chunk.is_empty() {
                return Ok(at);
            }
            at += chunk.len();
        }
    }
}

/// What follows the value of an indirect object.
enum Next {
    Stream,
    End,
    Else,
}

impl Next {
    fn of(lexer: &mut Lexer<'_>) -> Result<Self, Stop> {
        if lexer.rest().len() < 8 && !lexer.rest().starts_with(b"endobj") {
            return Err(Stop::Short);
        }
        if lexer.rest().starts_with(b"endobj") {
            lexer.skip(6);
            return Ok(Self::End);
        }
        let Some(after) = lexer.rest().strip_prefix(b"stream") else {
            return Ok(Self::Else);
        };
        // 7.3.8.1: CR LF or LF; a lone CR is an error that many readers forgive.
        lexer.skip(6);
        match after {
            [b'\r', b'\n', ..] => lexer.skip(2),
            [b'\n' | b'\r', ..] => lexer.skip(1),
            _ => {}
        }
        Ok(Self::Stream)
    }
}
