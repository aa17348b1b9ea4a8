//! The two channels to the person: stdout is the answer, stderr the conversation.
//!
//! The only place that writes to the terminal, knows its width and colours, and
//! measures time.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::builder::StyledStr;
use console::{Style, Term};

use crate::cli::failure::Failure;
use crate::say::{self, Lang};

/// Fewer columns than this are treated as this many.
const LEAST_WIDTH: usize = 70;
/// Lines longer than this are tiring to read; a log or a pipe gets so many.
const MOST_WIDTH: usize = 120;

/// Bytes of an answer at most.
const MOST_ANSWER: u64 = 4096;

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Colour {
    /// On a terminal that has not asked for plain text.
    #[default]
    Auto,
    /// Always, for a pager.
    Always,
    /// Never.
    Never,
}

/// What a colour means. Words always say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// As it is.
    Plain,
    /// Done, or advice.
    Good,
    /// A person should look.
    Care,
    /// Something is wrong.
    Bad,
    /// A heading.
    Strong,
    /// Of less weight.
    Faint,
}

/// The person's wishes and the two channels.
#[derive(Debug)]
pub(crate) struct Ui {
    /// The language to speak.
    pub(crate) lang: Lang,
    /// Whether the answer is JSON.
    pub(crate) json: bool,
    /// Whether to speak only when a person is needed.
    pub(crate) quiet: bool,
    /// Whether a piece of the answer could not be written.
    lost: AtomicBool,
    out: Channel,
    err: Channel,
}

/// One of the two standard streams.
#[derive(Debug)]
struct Channel {
    terminal: bool,
    coloured: bool,
}

impl Channel {
    fn new(terminal: bool, colour: Colour, plain: bool) -> Self {
        let coloured = match colour {
            Colour::Auto => terminal && !plain,
            Colour::Always => true,
            Colour::Never => false,
        };
        Self { terminal, coloured }
    }
}

impl Ui {
    /// Opens the channels; `plain` is the environment's wish for no colour.
    pub(crate) fn new(lang: Lang, colour: Colour, plain: bool) -> Self {
        Self {
            lang,
            json: false,
            quiet: false,
            lost: AtomicBool::new(false),
            out: Channel::new(io::stdout().is_terminal(), colour, plain),
            err: Channel::new(io::stderr().is_terminal(), colour, plain),
        }
    }

    /// Whether the conversation is with a terminal, where a line can be redrawn.
    pub(crate) fn converses(&self) -> bool {
        self.err.terminal
    }

    /// Whether the answer goes to a terminal, which bytes would garble.
    pub(crate) fn answers_terminal(&self) -> bool {
        self.out.terminal
    }

    /// Whether somebody would have to type what standard input gives.
    pub(crate) fn stdin_is_terminal() -> bool {
        io::stdin().is_terminal()
    }

    /// clap's help, with its colours where they are wanted.
    pub(crate) fn styled(&self, help: &StyledStr) -> String {
        if self.out.coloured { help.ansi().to_string() } else { help.to_string() }
    }

    /// `text` as part of the answer, in the colour of `tone` where colour is wanted.
    pub(crate) fn paint(&self, text: &str, tone: Tone) -> String {
        paint(text, tone, self.out.coloured)
    }

    /// Columns of the answer.
    pub(crate) fn width(&self) -> usize {
        let term = Term::stdout();
        let columns = if self.out.terminal { term.size_checked() } else { None };
        columns
            .map_or(MOST_WIDTH, |(_, columns)| usize::from(columns))
            .clamp(LEAST_WIDTH, MOST_WIDTH)
    }

    /// Writes a piece of the answer and ends its line.
    ///
    /// A reader that has gone away, as `head` does, is no failure: it has read
    /// what it wanted, and the work goes on.
    ///
    /// # Errors
    ///
    /// When stdout cannot be written: a full disk behind a redirection.
    pub(crate) fn answer(&self, text: &str) -> Result<(), Failure> {
        self.answer_bytes(format!("{}\n", text.trim_end_matches('\n')).as_bytes())
    }

    /// [`Self::answer`] for bytes that are complete as they stand.
    ///
    /// Whoever starts the program with stdout closed gets no failure: the runtime has
    /// opened it on `/dev/null` before any of our code, just as a supervisor that does
    /// not want the answer does.
    pub(crate) fn answer_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::io(say::cli::cannot_answer(self.lang), &error, self.lang))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// [`Self::answer`] where the work goes on even if nobody reads of it: what is
    /// lost is told once, and the run cannot end well.
    pub(crate) fn tell(&self, text: &str) {
        if let Err(failure) = self.answer(text)
            && !self.lost.swap(true, Ordering::Relaxed)
        {
            self.fail(&failure);
        }
    }

    /// Whether a piece of the answer was lost, which has been told.
    pub(crate) fn has_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// Asks a question on the side and reads the answer, a line.
    ///
    /// # Errors
    ///
    /// When standard input cannot be read.
    pub(crate) fn ask(&self, question: &str) -> Result<String, Failure> {
        let mut err = io::stderr().lock();
        write!(err, "{question} ").and_then(|()| err.flush()).ok();
        let mut line = String::new();
        let read = io::stdin().lock().take(MOST_ANSWER).read_line(&mut line);
        read.map_err(|error| {
            Failure::io(say::cli::cannot_read_stdin(self.lang), &error, self.lang)
        })?;
        Ok(line.trim().to_owned())
    }

    /// Says a line on the side, unless asked to be quiet.
    pub(crate) fn remark(&self, line: &str) {
        if !self.quiet {
            say_aside(line);
        }
    }

    /// Says a line on the side that a person has to see, asked to be quiet or not: no
    /// command ends in anything but 0 without a word.
    pub(crate) fn insist(&self, line: &str) {
        say_aside(line);
    }

    /// Tells a failure, asked to be quiet or not.
    pub(crate) fn fail(&self, failure: &Failure) {
        let paint = |text: &str, tone| paint(text, tone, self.err.coloured);
        for line in failure.lines(self.lang, paint) {
            say_aside(&line);
        }
    }
}

/// Measures how long a run takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "the one place that measures time")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub(crate) fn elapsed(self) -> std::time::Duration {
        self.0.elapsed()
    }
}

/// `text` with what would drive a terminal made visible: control characters and
/// the marks that turn the direction of writing, which hide a file's true name.
pub(crate) fn harmless(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.chars() {
        let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if letter.is_control() || turns {
            // Writing to a `String` cannot fail.
            write!(clean, "{}", letter.escape_unicode()).ok();
        } else {
            clean.push(letter);
        }
    }
    clean
}

/// `text` in the colour of `tone`.
fn paint(text: &str, tone: Tone, coloured: bool) -> String {
    let style = match tone {
        Tone::Plain => return text.to_owned(),
        Tone::Good => Style::new().green(),
        Tone::Care => Style::new().yellow().bold(),
        Tone::Bad => Style::new().red().bold(),
        Tone::Strong => Style::new().bold(),
        Tone::Faint => Style::new().dim(),
    };
    style.force_styling(coloured).apply_to(text).to_string()
}

/// Writes to stderr. Where even that fails there is nobody left to tell.
pub(crate) fn say_aside(line: &str) {
    writeln!(io::stderr().lock(), "{line}").ok();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_for_terminals_unless_asked() {
        let coloured =
            |terminal, colour, plain| Channel::new(terminal, colour, plain).coloured;
        assert!(coloured(true, Colour::Auto, false));
        assert!(!coloured(true, Colour::Auto, true));
        assert!(!coloured(false, Colour::Auto, false));
        assert!(coloured(false, Colour::Always, true));
        assert!(!coloured(true, Colour::Never, false));
    }

    #[test]
    fn names_cannot_turn_the_direction_of_writing() {
        assert_eq!(harmless("a\u{202e}fdp.exe\n"), "a\\u{202e}fdp.exe\\u{a}");
        assert_eq!(harmless("đơn đề nghị.tif"), "đơn đề nghị.tif");
    }
}
