//! What stopped a command, and what the user can do about it.
//!
//! The library's errors state facts; hints name flags, and only `cli` knows
//! flags. So a failure is a chain of told facts, and hints beside it.

use std::fmt::Display;
use std::io;

use crate::cli::exit::Exit;
use crate::cli::ui::{Tone, harmless};
use crate::say::{self, Lang, Tell};

/// A chain of causes in the user's language, and advice.
#[derive(Debug)]
pub(crate) struct Failure {
    cause: anyhow::Error,
    hints: Vec<String>,
}

impl Failure {
    /// A failure that one sentence says, lower case and without a full stop.
    pub(crate) fn new(sentence: impl Display) -> Self {
        Self { cause: anyhow::Error::msg(sentence.to_string()), hints: Vec::new() }
    }

    /// An error of the library, with everything behind it, told in `lang`.
    pub(crate) fn told(error: &dyn Tell, lang: Lang) -> Self {
        let mut sentences = vec![error.tell(lang)];
        // `Error` has a `cause` of its own, long deprecated.
        let mut next = Tell::cause(error);
        while let Some(cause) = next {
            sentences.push(cause.tell(lang));
            next = Tell::cause(cause);
        }
        let innermost = sentences.pop().unwrap_or_default();
        let cause = sentences
            .into_iter()
            .rev()
            .fold(anyhow::Error::msg(innermost), anyhow::Error::context);
        Self { cause, hints: Vec::new() }
    }

    /// What the system refused, behind the sentence that says what we wanted.
    pub(crate) fn io(sentence: impl Display, error: &io::Error, lang: Lang) -> Self {
        let reason = anyhow::Error::msg(say::io_reason(lang, error));
        Self { cause: reason.context(sentence.to_string()), hints: Vec::new() }
    }

    /// Puts the sentence that says what we wanted, and of which file, before the reason.
    #[must_use]
    pub(crate) fn behind(self, sentence: impl Display) -> Self {
        Self { cause: self.cause.context(sentence.to_string()), ..self }
    }

    /// Adds advice.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Display) -> Self {
        self.hints.push(hint.to_string());
        self
    }

    /// How a run ends that failed.
    pub(crate) fn exit(&self) -> Exit {
        Exit::Trouble
    }

    /// `error:`, then every `because:`, then every `hint:`, a line each.
    pub(crate) fn lines(
        &self,
        lang: Lang,
        paint: impl Fn(&str, Tone) -> String,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        let labels = [
            paint(&say::cli::label_error(lang), Tone::Bad),
            format!("  {}", say::cli::label_because(lang)),
        ];
        for (depth, cause) in self.cause.chain().enumerate() {
            let label = if depth == 0 { &labels[0] } else { &labels[1] };
            lines.push(format!("{label} {}", harmless(&cause.to_string())));
        }
        for hint in &self.hints {
            let label = paint(&say::cli::label_hint(lang), Tone::Good);
            lines.push(format!("{label} {}", harmless(hint)));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, _: Tone) -> String {
        text.to_owned()
    }

    #[test]
    fn a_failure_tells_its_causes_and_then_what_to_do() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let failure =
            Failure::io("không ghi được `a.pdf`", &full, Lang::Vi).hint("dọn đĩa");
        assert_eq!(
            failure.lines(Lang::Vi, plain),
            ["lỗi: không ghi được `a.pdf`", "  vì: đĩa đã đầy", "gợi ý: dọn đĩa"]
        );
    }

    #[test]
    fn a_hostile_name_cannot_drive_the_terminal() {
        let failure = Failure::new("cannot read `\u{1b}[2Ja`");
        assert_eq!(failure.lines(Lang::En, plain), ["error: cannot read `\\u{1b}[2Ja`"]);
    }
}
