//! How far a dossier has come (trạng thái hồ sơ), and where it may go next.
//!
//! The names are those the national public service portal exchanges; a state
//! that ends a dossier is left only by emptying the field, which the history
//! remembers.

use std::error::Error;
use std::fmt;

use crate::say::{self, Lang, Tell};
use crate::text::fold::bare;

/// The field that holds it.
pub const FIELD: &str = "TrangThai";

/// How far a dossier has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Taken in at the counter.
    Received,
    /// Being worked on.
    InHand,
    /// Something is missing, and its owner was asked for it.
    Wanting,
    /// The result is there.
    Done,
    /// The result was handed over.
    HandedOver,
    /// Refused.
    Refused,
    /// Stopped by the agency.
    Stopped,
    /// Taken back by its owner.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::InHand,
        Self::Wanting,
        Self::Done,
        Self::HandedOver,
        Self::Refused,
        Self::Stopped,
        Self::Withdrawn,
    ];

    /// Its name in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "Tiếp nhận",
            Self::InHand => "Đang xử lý",
            Self::Wanting => "Yêu cầu bổ sung hồ sơ",
            Self::Done => "Đã xử lý xong",
            Self::HandedOver => "Đã trả kết quả",
            Self::Refused => "Từ chối",
            Self::Stopped => "Dừng xử lý",
            Self::Withdrawn => "Công dân yêu cầu rút hồ sơ",
        }
    }

    /// Words people use for it besides.
    fn short(self) -> &'static str {
        match self {
            Self::Received => "tiep nhan",
            Self::InHand => "xu ly",
            Self::Wanting => "bo sung",
            Self::Done => "xong",
            Self::HandedOver => "tra",
            Self::Refused => "tu choi",
            Self::Stopped => "dung",
            Self::Withdrawn => "rut",
        }
    }

    /// The state that a person means, in any case, with accents or without.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let folded = bare(text.trim());
        let is_it =
            |state: &Self| bare(state.name()) == folded || state.short() == folded;
        Self::ALL.into_iter().find(is_it).or(match folded.as_str() {
            "yeu cau bo sung" => Some(Self::Wanting),
            "dang xu li" => Some(Self::InHand),
            "da xu li xong" => Some(Self::Done),
            "rut ho so" => Some(Self::Withdrawn),
            _ => None,
        })
    }

    /// Where it may go from here.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Received => {
                &[Self::InHand, Self::Wanting, Self::Done, Self::Refused, Self::Withdrawn]
            }
            Self::InHand => &[
                Self::Wanting,
                Self::Done,
                Self::Refused,
                Self::Stopped,
                Self::Withdrawn,
            ],
            Self::Wanting => {
                &[Self::InHand, Self::Refused, Self::Stopped, Self::Withdrawn]
            }
            Self::Done => &[Self::HandedOver, Self::InHand],
            Self::Stopped => &[Self::InHand],
            Self::HandedOver | Self::Refused | Self::Withdrawn => &[],
        }
    }
}

/// A move that a dossier cannot make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMove {
    /// From here.
    pub from: State,
    /// To there.
    pub to: State,
}

/// Whether a dossier whose field holds `was` may come to hold `is`. What no
/// rule knows is let pass: records of other programs have words of their own.
///
/// # Errors
///
/// When both are states and there is no way between them.
pub fn check_move(was: Option<&str>, is: Option<&str>) -> Result<(), NoMove> {
    let state = |text: Option<&str>| text.and_then(State::typed);
    let (Some(from), Some(to)) = (state(was), state(is)) else { return Ok(()) };
    if from == to || from.next().contains(&to) {
        Ok(())
    } else {
        Err(NoMove { from, to })
    }
}

impl Tell for NoMove {
    fn tell(&self, lang: Lang) -> String {
        let next: Vec<_> =
            self.from.next().iter().map(|state| format!("`{}`", state.name())).collect();
        let (from, to) = (self.from.name(), self.to.name());
        if next.is_empty() {
            return say::track::state_final(lang, from, to);
        }
        say::track::state_no_move(lang, from, to, next.join(", "))
    }
}

impl Error for NoMove {}

impl fmt::Display for NoMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_people_type_it() {
        for state in State::ALL {
            assert_eq!(State::typed(state.name()), Some(state));
            assert_eq!(State::typed(state.short()), Some(state));
        }
        assert_eq!(State::typed(" ĐANG XỬ LÝ "), Some(State::InHand));
        assert_eq!(State::typed("Yêu cầu bổ sung"), Some(State::Wanting));
        assert_eq!(State::typed("mới"), None);
    }

    #[test]
    fn what_is_handed_over_does_not_come_back() {
        let moves = |was, is| check_move(Some(was), Some(is));
        assert_eq!(moves("Tiếp nhận", "Đang xử lý"), Ok(()));
        let (from, to) = (State::HandedOver, State::InHand);
        assert_eq!(moves("Đã trả kết quả", "đang xử lý"), Err(NoMove { from, to }));
        assert!(moves("Tiếp nhận", "Đã trả kết quả").is_err(), "there is no result yet");
        assert_eq!(check_move(None, Some("Từ chối")), Ok(()));
        assert_eq!(moves("của phần mềm khác", "Từ chối"), Ok(()));
        assert_eq!(check_move(Some("Từ chối"), None), Ok(()));
    }
}
