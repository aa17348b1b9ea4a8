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

/// What people call a state in one or two words, without diacritics.
const SHORT: [(&str, State); 7] = [
    ("xu ly", State::InHand),
    ("xu li", State::InHand),
    ("bo sung", State::Wanting),
    ("xong", State::Done),
    ("tra", State::HandedOver),
    ("rut", State::Withdrawn),
    ("moi", State::Received),
];
/// How the names of a state begin here and in the programs of others.
const STARTS: [(&str, State); 15] = [
    ("tiep nhan", State::Received),
    ("da tiep nhan", State::Received),
    ("moi ", State::Received),
    ("dang", State::InHand),
    ("yeu cau bo sung", State::Wanting),
    ("cho bo sung", State::Wanting),
    ("cho", State::Received),
    ("da xu l", State::Done),
    ("da tra", State::HandedOver),
    ("tra ket qua", State::HandedOver),
    ("tu choi", State::Refused),
    ("dung", State::Stopped),
    ("tam dung", State::Stopped),
    ("cong dan yeu cau rut", State::Withdrawn),
    ("rut ", State::Withdrawn),
];

/// How far a dossier has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Taken in at the counter; also where nothing is said.
    #[default]
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

    /// The state that a person or another program means, in any case, with
    /// accents or without: `None` for a word that no rule knows.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let folded = bare(text.trim());
        let short = SHORT.into_iter().find(|(word, _)| *word == folded);
        let begins = || STARTS.into_iter().find(|(start, _)| folded.starts_with(start));
        short.or_else(begins).map(|(_, state)| state)
    }

    /// Whether nothing more is done about it; a stopped dossier may be taken up again.
    #[must_use]
    pub fn is_end(self) -> bool {
        match self {
            Self::Received | Self::InHand | Self::Wanting => false,
            Self::Done
            | Self::HandedOver
            | Self::Refused
            | Self::Stopped
            | Self::Withdrawn => true,
        }
    }

    /// Whether it ended with a result.
    #[must_use]
    pub fn has_result(self) -> bool {
        matches!(self, Self::Done | Self::HandedOver)
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
    fn a_state_is_read_as_people_and_programs_write_it() {
        for state in State::ALL {
            assert_eq!(State::typed(state.name()), Some(state));
        }
        assert_eq!(State::typed(" ĐANG XỬ LÝ "), Some(State::InHand));
        assert_eq!(State::typed("đã xử lí xong"), Some(State::Done));
        assert_eq!(State::typed("Yêu cầu bổ sung"), Some(State::Wanting));
        assert_eq!(State::typed("Mới đăng ký"), Some(State::Received));
        assert_eq!(State::typed("rút hồ sơ"), Some(State::Withdrawn));
        assert_eq!(State::typed("trang"), None, "only the whole word");
        assert_eq!(State::typed("linh tinh"), None);
        assert_eq!(State::typed(""), None);
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
