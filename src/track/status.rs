//! How far a dossier has come, as anybody may know it.
//!
//! State and dates are for whoever has the code; what is missing and which
//! papers there are, for whoever knows the look-up secret as well. Never a
//! name: records hold them, this does not read them.

use serde::Serialize;
use serde_json::Value;

use crate::archive::state::{self, State};
use crate::archive::{Code, Dossier};
use crate::say::{self, Lang};
use crate::time::{Day, Timestamp};
use crate::track::reception::{DUE, RECEIVED, Reception};

/// What anybody with the code may know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// The dossier.
    pub code: Code,
    /// Its state, as its record says; `None` where it says none.
    pub state: Option<String>,
    /// When it was received: a moment or a day.
    pub received: Option<String>,
    /// When its result is owed: a moment or a day.
    pub due: Option<String>,
    /// The day it was finished.
    pub finished: Option<String>,
    /// Whether the result is owed and not there.
    pub late: bool,
    /// What only the look-up secret unlocks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub particulars: Option<Particulars>,
}

/// What only the look-up secret unlocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Particulars {
    /// The procedure.
    pub procedure: Option<String>,
    /// How many documents and pages were scanned.
    pub documents: u32,
    /// Their pages.
    pub pages: u32,
    /// What is missing that no record should lack.
    pub missing: Vec<Lacking>,
    /// When its state changed, and to what.
    pub moves: Vec<(Timestamp, String)>,
}

/// What no record of a dossier should lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Lacking {
    /// `MaTTHC`.
    #[serde(rename = "MaTTHC")]
    Procedure,
    /// `NgayTiepNhan`.
    #[serde(rename = "NgayTiepNhan")]
    Receipt,
    /// `NgayHenTra`.
    #[serde(rename = "NgayHenTra")]
    Due,
    /// `TrangThai`.
    #[serde(rename = "TrangThai")]
    State,
    /// Papers that were scanned.
    #[serde(rename = "documents")]
    Documents,
}

impl Lacking {
    const ALL: [Self; 5] =
        [Self::Procedure, Self::Receipt, Self::Due, Self::State, Self::Documents];

    /// Whether a dossier lacks it.
    fn is_of(self, dossier: &Dossier) -> bool {
        let lacks = |name: &str| !dossier.fields.contains_key(name);
        match self {
            Self::Procedure => lacks("MaTTHC"),
            Self::Receipt => lacks("NgayTiepNhan"),
            Self::Due => lacks("NgayHenTra"),
            Self::State => lacks(state::FIELD),
            Self::Documents => dossier.documents.is_empty(),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Procedure => say::track::lacks_procedure(lang),
            Self::Receipt => say::track::lacks_receipt(lang),
            Self::Due => say::track::lacks_due(lang),
            Self::State => say::track::lacks_state(lang),
            Self::Documents => say::track::lacks_documents(lang),
        }
    }
}

impl Status {
    /// Of a dossier, on a day.
    #[must_use]
    pub fn of(dossier: &Dossier, today: Day) -> Self {
        let text = |name: &str| Some(dossier.fields.get(name)?.as_str()?.to_owned());
        let state = text(state::FIELD);
        let owed = text("NgayHenTra").and_then(|day| Day::typed(&day));
        let is_open = match state.as_deref().and_then(State::typed) {
            Some(State::Received | State::InHand | State::Wanting) => true,
            Some(
                State::Done
                | State::HandedOver
                | State::Refused
                | State::Stopped
                | State::Withdrawn,
            )
            | None => false,
        };
        Self {
            code: dossier.code.clone(),
            received: text(RECEIVED).or_else(|| text("NgayTiepNhan")),
            due: text(DUE).or_else(|| text("NgayHenTra")),
            finished: text("NgayKetThucXuLy"),
            late: is_open && owed.is_some_and(|owed| owed < today),
            state,
            particulars: None,
        }
    }

    /// With what the look-up secret unlocks.
    #[must_use]
    pub fn with_particulars(mut self, dossier: &Dossier) -> Self {
        let reception = Reception::of(dossier);
        let missing = Lacking::ALL.into_iter().filter(|what| what.is_of(dossier));
        let moved = |event: &&crate::archive::dossier::Event| {
            event.particulars.get("field").and_then(Value::as_str) == Some(state::FIELD)
        };
        let moves = dossier.history.iter().filter(moved).filter_map(|event| {
            let to = event.particulars.get("is")?.as_str()?;
            Some((event.at, to.to_owned()))
        });
        self.particulars = Some(Particulars {
            procedure: reception.and_then(|reception| reception.procedure),
            documents: dossier.doc_total,
            pages: dossier.page_total,
            missing: missing.collect(),
            moves: moves.collect(),
        });
        self
    }
}
