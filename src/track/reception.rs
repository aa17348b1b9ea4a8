//! Taking a dossier in: what its record says from the first minute.
//!
//! The record holds what the portal exchanges under its own names, and the
//! moments of receipt and of the result owed, to the minute, as ours.

use std::error::Error;
use std::fmt;

use serde_json::{Map, Value};

use crate::archive::state::{self, State};
use crate::archive::store::{self, StoreError};
use crate::archive::{Archive, Dossier};
use crate::say::{Lang, Tell};
use crate::time::Timestamp;
use crate::track::due::{
    Calendar, CalendarError, HOLIDAYS_FILE, PROCEDURES_FILE, Procedures, ProceduresError,
    Term,
};

/// When a dossier was taken in, to the second.
pub const RECEIVED: &str = "received_at";
/// When its result is owed.
pub const DUE: &str = "due_at";
/// Largest file of holidays or procedures that is read.
const LIMIT: u64 = 4 << 20;

/// What an office works by: its calendar and its procedures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Which days are worked.
    pub calendar: Calendar,
    /// How long procedures take.
    pub procedures: Procedures,
}

impl Terms {
    /// Those of an archive; what has no file is as usual.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or says what it cannot say.
    pub fn of(archive: &Archive) -> Result<Self, TermsError> {
        let procedures = text(archive, PROCEDURES_FILE)?;
        let procedures = procedures.map(|text| Procedures::read(&text)).transpose()?;
        let procedures = procedures.unwrap_or_default();
        Ok(Self { calendar: calendar(archive)?, procedures })
    }
}

/// The working days of an archive's office; the usual ones where it has no file.
///
/// # Errors
///
/// When the file of holidays cannot be read or says what it cannot say.
pub fn calendar(archive: &Archive) -> Result<Calendar, TermsError> {
    let calendar = text(archive, HOLIDAYS_FILE)?;
    let calendar = calendar.map(|text| Calendar::read(&text)).transpose()?;
    Ok(calendar.unwrap_or_default())
}

/// A file in the archive's root, if it is there.
fn text(archive: &Archive, name: &str) -> Result<Option<String>, StoreError> {
    let bytes = store::read(&archive.root().join(name), LIMIT)?;
    Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// A dossier being taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reception {
    /// The code of its procedure (mã TTHC), if it has one.
    pub procedure: Option<String>,
    /// What the procedure is called; empty where nobody knows.
    pub name: String,
    /// How long it takes, if that is known.
    pub term: Option<Term>,
    /// When it was taken in.
    pub received: Timestamp,
    /// When its result is owed.
    pub due: Option<Timestamp>,
}

impl Reception {
    /// The fields of its record.
    #[must_use]
    pub fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        if let Some(procedure) = &self.procedure {
            put("MaTTHC", procedure.as_str().into());
        }
        if !self.name.is_empty() {
            put("TenTTHC", self.name.as_str().into());
        }
        put("NgayTiepNhan", self.received.day().to_string().into());
        put(RECEIVED, self.received.to_string().into());
        if let Some(term) = self.term {
            put("ThoiGianGiaiQuyet", term.days().into());
            put("DonViTinh", "ngày làm việc".into());
        }
        if let Some(due) = self.due {
            put("NgayHenTra", due.day().to_string().into());
            put(DUE, due.to_string().into());
        }
        put(state::FIELD, State::Received.name().into());
        fields
    }

    /// What the record of a dossier says about its reception.
    #[must_use]
    pub fn of(dossier: &Dossier) -> Option<Self> {
        let text = |name: &str| Some(dossier.fields.get(name)?.as_str()?.to_owned());
        let moment = |name: &str| Timestamp::read(&text(name)?);
        let days = dossier.fields.get("ThoiGianGiaiQuyet").and_then(Value::as_u64);
        let term =
            days.and_then(|days| u32::try_from(days).ok()).map(|days| match days {
                0 => Term::SameDay,
                days => Term::Days(days),
            });
        Some(Self {
            procedure: text("MaTTHC"),
            name: text("TenTTHC").unwrap_or_default(),
            term,
            received: moment(RECEIVED)?,
            due: moment(DUE),
        })
    }
}

/// Why an office's calendar or procedures cannot be used.
#[derive(Debug)]
pub enum TermsError {
    /// A file cannot be read.
    Store(StoreError),
    /// The file of holidays.
    Calendar(CalendarError),
    /// The file of procedures.
    Procedures(ProceduresError),
}

impl From<StoreError> for TermsError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CalendarError> for TermsError {
    fn from(error: CalendarError) -> Self {
        Self::Calendar(error)
    }
}

impl From<ProceduresError> for TermsError {
    fn from(error: ProceduresError) -> Self {
        Self::Procedures(error)
    }
}

impl Tell for TermsError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Store(error) => error.tell(lang),
            Self::Calendar(error) => error.tell(lang),
            Self::Procedures(error) => error.tell(lang),
        }
    }
}

impl Error for TermsError {}

impl fmt::Display for TermsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
