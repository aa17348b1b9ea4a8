//! How a run ends, as the shell sees it.
//!
//! One table, in the tradition of `grep` and `diff`; the manual promises it.

use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The work is done; the answer, if one was asked, is yes.
    Yes,
    /// The answer is no: an input needs a person, something needed is missing.
    No,
    /// The work could not be done: bad usage, unreadable input, full disk.
    Trouble,
    /// Not shown to be valid, not shown to be broken.
    Undecided,
    /// Stopped by Ctrl-C or SIGTERM before the end.
    Interrupted,
}

impl Exit {
    /// The worst news first. An interrupted run has not seen all its inputs, so
    /// nothing it could say about them comes before that.
    const WORST_FIRST: [Self; 4] =
        [Self::Interrupted, Self::Trouble, Self::No, Self::Undecided];

    /// The number the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::Trouble => 2,
            Self::Undecided => 3,
            Self::Interrupted => 130,
        }
    }

    /// The outcome of two pieces of work together: what the user must hear first.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::WORST_FIRST
            .into_iter()
            .find(|worst| [self, other].contains(worst))
            .unwrap_or(Self::Yes)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_news_wins() {
        use Exit::{Interrupted, No, Trouble, Undecided, Yes};
        let worst_last = [Yes, Undecided, No, Trouble, Interrupted];
        for (rank, worse) in worst_last.into_iter().enumerate() {
            for better in worst_last.into_iter().take(rank + 1) {
                assert_eq!(better.and(worse), worse);
                assert_eq!(worse.and(better), worse);
            }
        }
    }

    #[test]
    fn the_manual_promises_these_numbers() {
        let codes = [Exit::Yes, Exit::No, Exit::Trouble, Exit::Undecided].map(Exit::code);
        assert_eq!(codes, [0, 1, 2, 3]);
        assert_eq!(Exit::Interrupted.code(), 130);
    }
}
