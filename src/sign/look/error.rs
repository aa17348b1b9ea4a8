//! Why a signature cannot look as it should.

use crate::pdf::PdfError;
use crate::raster::DecodeError;
use crate::say::{self, Lang, Sentence, Tell as _};

/// Why a signature cannot look so.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookError {
    /// The page cannot be looked at.
    Page(Unseen),
    /// No free place in the top margin.
    NoRoom,
    /// No position with a name below it.
    NoBlock,
    /// No leader's signature that can be seen.
    NoLeader,
    /// The agency signs after the leader.
    LeaderFirst,
    /// A copy is certified by the agency's key.
    NotAgency,
    /// An annex without the number of its document.
    NoNumber,
    /// No picture was given.
    NoPicture,
    /// The picture cannot be read.
    BadPicture,
    /// The picture hides what is under it.
    Opaque,
    /// A width that cannot be.
    Width,
    /// The font lacks letters.
    Letters(String),
    /// The field has no place on a page where it can be seen, or several.
    NoWidget,
    /// The field is too small for it.
    FieldSmall,
}

impl LookError {
    /// In a sentence.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let plain: Sentence = match self {
            Self::NoRoom => say::sign::look_no_room,
            Self::NoBlock => say::sign::look_no_block,
            Self::NoLeader => say::sign::look_no_leader,
            Self::LeaderFirst => say::sign::look_leader_first,
            Self::NotAgency => say::sign::look_not_agency,
            Self::NoNumber => say::sign::look_no_number,
            Self::NoPicture => say::sign::look_no_picture,
            Self::BadPicture => say::sign::look_bad_picture,
            Self::Opaque => say::sign::look_opaque,
            Self::Width => say::sign::look_width,
            Self::NoWidget => say::sign::look_no_widget,
            Self::FieldSmall => say::sign::look_field_small,
            Self::Page(why) => return say::sign::look_page(lang, why.told(lang)),
            Self::Letters(letters) => return say::sign::look_letters(lang, letters),
        };
        plain(lang)
    }
}

/// Why a page cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unseen {
    /// It has more bytes than a page can have.
    TooLarge,
    /// It cannot be read by itself.
    Unreadable(PdfError),
    /// It cannot be painted.
    Unpainted(DecodeError),
}

impl Unseen {
    /// In words.
    fn told(&self, lang: Lang) -> String {
        match self {
            Self::TooLarge => say::sign::too_large(lang),
            Self::Unreadable(error) => error.tell(lang),
            Self::Unpainted(error) => error.tell(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_in_the_language_of_its_sentence() {
        let needs =
            |lang| LookError::Page(Unseen::Unreadable(PdfError::Damaged)).told(lang);
        let reason = |lang| PdfError::Damaged.tell(lang);
        for (lang, other) in [(Lang::Vi, Lang::En), (Lang::En, Lang::Vi)] {
            let told = needs(lang);
            assert!(
                told.contains(&reason(lang)) && !told.contains(&reason(other)),
                "{told}"
            );
        }
    }
}
