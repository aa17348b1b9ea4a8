//! What a person chooses among on the line of `sohoa ingest`, and the word typed
//! for each choice.

use clap::ValueEnum;
use clap::builder::PossibleValue;

/// Declares an enum that a flag names, with the word typed for each variant.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$doc])* $variant,)+ }

        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$variant),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(match self { $(Self::$variant => $word),+ }))
            }
        }
    };
}

choices! {
    /// The rule set that documents are made by.
    Profile {
        /// Copies: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II.
        #[default]
        Nd30 = "nd30",
        /// Preservation: PDF/A, 300 dpi wanted.
        Preservation = "luutru",
        /// Compact.
        Compact = "gon",
    }
}

choices! {
    /// What to do with the text a PDF already has.
    Text {
        /// Keep it.
        #[default]
        Keep = "keep",
        /// Recognise again what was recognised before.
        Redo = "redo",
        /// Take every page as a picture.
        Force = "force",
    }
}

choices! {
    /// What to do with blank pages.
    Blank {
        /// Keep them in a companion file.
        #[default]
        SetAside = "set-aside",
        /// Leave them in the document.
        Keep = "keep",
    }
}

choices! {
    /// What becomes of papers in a watched folder that are filed.
    Done {
        /// They stay where they are.
        #[default]
        Keep = "keep",
        /// They are moved aside, within the folder.
        Move = "move",
    }
}

choices! {
    /// How the backs lie in the second of two stacks.
    Collate {
        /// As the pages say.
        #[default]
        Auto = "auto",
        /// The last page first.
        Reversed = "reversed",
        /// In the order of the fronts.
        Forward = "forward",
    }
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Yes.
    Real,
    /// No, everything is only decided and told.
    Rehearse,
}

/// Whether a file that exists may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays, and the run fails.
    Stays,
    /// It is replaced.
    Replaced,
}

/// What the visible picture of a skewed page becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// It stays as scanned; only the text follows the lines.
    AsScanned,
    /// It is turned straight.
    Straightened,
}

/// What happens to a document with damaged pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damaged {
    /// It is refused as a whole.
    Refused,
    /// It is filed without them, and the record names them.
    LeftOut,
}

/// What happens to a paper that is held already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reuse {
    /// It is filed, and the copy that is held is named.
    Offered,
    /// The copy that is held is recorded instead.
    Accepted,
}
