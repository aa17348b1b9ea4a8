//! What the program says, in two languages.
//!
//! `locales/` is the one table of strings, a file per module. Each entry becomes a
//! function that takes the language and the values it names, so a missing
//! translation or a misspelt value is a compile error and not a surprise at
//! the counter. This module holds the table's machinery and no strings.

use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::io;

/// The language a person reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese (tiếng Việt), the first language of this program.
    #[default]
    Vi,
    /// English, for logs that travel.
    En,
}

impl Lang {
    /// What stands between a whole number and its decimals: `12,5` in
    /// Vietnamese, `12.5` in English.
    #[must_use]
    pub fn decimal_mark(self) -> char {
        match self {
            Self::Vi => ',',
            Self::En => '.',
        }
    }
}

/// A fixed text in both languages, such as a line of help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The Vietnamese wording.
    pub vi: &'static str,
    /// The English wording.
    pub en: &'static str,
}

impl Text {
    /// The wording in `lang`.
    #[must_use]
    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// An error that can tell what happened in the reader's language.
///
/// `Display` stays English, as logs and other programs expect; the command
/// line asks `tell` instead.
pub trait Tell: Error {
    /// One sentence without its causes, lower case, values in backticks.
    fn tell(&self, lang: Lang) -> String;

    /// The error behind this one, when there is one that can also be told.
    fn cause(&self) -> Option<&dyn Tell> {
        None
    }
}

/// A sentence of the table that takes no values.
pub type Sentence = fn(Lang) -> String;

/// Why the system refused, without the number only programmers know.
///
/// `std::io::Error` speaks English, or whatever the system's C library does.
/// What is rare is told as the system tells it.
#[must_use]
pub fn io_reason(lang: Lang, error: &io::Error) -> String {
    let known = REASONS.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| cli::io_other(lang, error), |(_, sentence)| sentence(lang))
}

/// The refusals that people meet, and their sentences.
const REASONS: [(io::ErrorKind, Sentence); 21] = [
    (io::ErrorKind::NotFound, cli::io_not_found),
    (io::ErrorKind::PermissionDenied, cli::io_permission),
    (io::ErrorKind::AlreadyExists, cli::io_exists),
    (io::ErrorKind::NotADirectory, cli::io_not_a_folder),
    (io::ErrorKind::IsADirectory, cli::io_is_a_folder),
    (io::ErrorKind::DirectoryNotEmpty, cli::io_not_empty),
    (io::ErrorKind::ReadOnlyFilesystem, cli::io_read_only),
    (io::ErrorKind::StorageFull, cli::io_full),
    (io::ErrorKind::QuotaExceeded, cli::io_quota),
    (io::ErrorKind::FileTooLarge, cli::io_too_large),
    (io::ErrorKind::InvalidFilename, cli::io_bad_name),
    (io::ErrorKind::BrokenPipe, cli::io_pipe),
    (io::ErrorKind::UnexpectedEof, cli::io_ends_early),
    (io::ErrorKind::StaleNetworkFileHandle, cli::io_network),
    (io::ErrorKind::HostUnreachable, cli::io_network),
    (io::ErrorKind::NetworkUnreachable, cli::io_network),
    (io::ErrorKind::NetworkDown, cli::io_network),
    (io::ErrorKind::TimedOut, cli::io_network),
    (io::ErrorKind::ResourceBusy, cli::io_busy),
    (io::ErrorKind::OutOfMemory, cli::io_memory),
    (io::ErrorKind::NotSeekable, cli::io_device),
];

/// A value of a sentence, and the English ending that the noun it counts takes.
///
/// `{pages}` writes the value; `{pages:#}` writes `s`, and nothing where there is one:
/// `{pages} page{pages:#}` is `1 page` or `2 pages`.
struct Counted<T>(T);

impl<T: Display> Display for Counted<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return self.0.fmt(f);
        }
        if self.0.to_string() == "1" { Ok(()) } else { f.write_str("s") }
    }
}

/// Declares the table of messages: see `locales/raster.rs`.
macro_rules! messages {
    () => {};
    ($(
        $(#[$meta:meta])*
        $name:ident ( $($value:ident),* ) { vi: $vi:literal, en: $en:literal $(,)? }
    )+) => { $(
        $(#[$meta])*
        #[must_use]
        pub fn $name(lang: $crate::say::Lang $(, $value: impl ::std::fmt::Display)*) -> String {
            $( let $value = $crate::say::Counted($value); )*
            match lang {
                $crate::say::Lang::Vi => format!($vi),
                $crate::say::Lang::En => format!($en),
            }
        }
    )+ };
}

/// Declares fixed texts, each a constant `Text`, and `ALL` of them in order.
macro_rules! texts {
    ($( $name:ident { vi: $vi:literal, en: $en:literal $(,)? } )*) => {
        $(
            #[doc = concat!("The text `", stringify!($name), "`.")]
            pub const $name: $crate::say::Text = $crate::say::Text { vi: $vi, en: $en };
        )*
        /// Every text of this table.
        pub const ALL: &[$crate::say::Text] = &[$($name),*];
    };
}

/// Sentences about scans and their pages.
pub mod raster {
    include!("../locales/raster.rs");
}

/// Sentences about reading and page decisions.
pub mod page {
    include!("../locales/page.rs");
}

/// Sentences about the fields of a document.
pub mod fields {
    include!("../locales/fields.rs");
}

/// Sentences about what a person has to look at.
pub mod review {
    include!("../locales/review.rs");
}

/// Sentences about PDF files, read or written.
pub mod pdf {
    include!("../locales/pdf.rs");
}

/// Sentences about printing.
pub mod print {
    include!("../locales/print.rs");
}

/// Sentences about signatures and the files that bear them.
pub mod verify {
    include!("../locales/verify.rs");
}

/// Sentences about signing, and about what is fetched for it.
pub mod sign {
    include!("../locales/sign.rs");
}

/// Sentences about certificates and signed data.
pub mod pki {
    include!("../locales/pki.rs");
}

/// Sentences about the archive.
pub mod archive {
    include!("../locales/archive.rs");
}

/// Sentences about codes on paper.
pub mod track {
    include!("../locales/track.rs");
}

/// Sentences about an ingest run.
pub mod ingest {
    include!("../locales/ingest.rs");
}

/// Sentences of reports.
pub mod report {
    include!("../locales/report.rs");
}

/// Sentences of the command line itself.
pub mod cli {
    include!("../locales/cli.rs");
}

/// Texts of the command line's help and manual pages.
pub mod help {
    include!("../locales/help.rs");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_not_many() {
        let english = |pages: &str| track::printed(Lang::En, "a.pdf", pages);
        assert!(english("1").ends_with("(1 page)"), "{}", english("1"));
        for many in ["0", "2", "1,001"] {
            assert!(english(many).ends_with(&format!("({many} pages)")));
        }
        assert_eq!(
            cli::sign_tally(Lang::En, 1, 1, "0", "0"),
            "1 file = 1 signed + 0 + 0"
        );
    }

    /// The catalogue's English sentences, as they stand in `locales/`.
    fn english() -> Vec<(String, String)> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        let mut all = Vec::new();
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(file.path()).unwrap();
            let lines = text.lines().filter_map(|line| line.split_once("en: \""));
            all.extend(lines.map(|(_, line)| (name.clone(), line.to_owned())));
        }
        all
    }

    /// Values with which a plural may stand as it is: they are never one, or the word
    /// behind them is no noun that they count.
    const NEVER_ONE: &[&str] =
        &["{expected}", "{field}", "{limit}", "{most}", "{size}", "{speed}"];

    #[test]
    fn what_is_counted_takes_its_ending_from_the_count() {
        let nouns = [
            "bytes",
            "copies",
            "days",
            "documents",
            "dossiers",
            "entries",
            "events",
            "files",
            "inputs",
            "items",
            "minutes",
            "pages",
            "papers",
            "points",
            "rows",
            "seconds",
            "sheets",
            "signatures",
            "things",
            "totals",
            "words",
        ];
        for (file, line) in english() {
            for noun in nouns {
                for (at, _) in line.match_indices(&format!(" {noun}")) {
                    let counted = line.get(..at).unwrap().trim_end_matches('`');
                    let is_many = NEVER_ONE.iter().any(|value| counted.ends_with(value));
                    assert!(is_many || !counted.ends_with('}'), "{file}: {line}");
                }
            }
        }
    }
}
