//! The table everything is counted from: a row for each dossier, a row for each
//! document, and the verdicts on their signatures.
//!
//! Rows hold facts, not judgements: whether a dossier is on time or a document
//! counts as signed is said by [`indicators`](crate::report::indicators) alone.
//! What cannot be is kept as an [`Oddity`] with the place it was read at; the
//! row stays as far as it goes.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::Serialize;

use crate::archive::facts::{Components, Marks, Traits};
use crate::archive::settings::reporting::Reporting;
use crate::archive::state::State;
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::report::names::{Name, Names};
use crate::report::verdict::Verdict;
use crate::say::Lang;
use crate::text::fold;
use crate::time::Day;
use crate::track::due::Calendar;

mod take;

pub use crate::report::facts::take::Taking;
pub(crate) use crate::report::facts::take::merged;

/// Oddities told one by one; further ones are counted.
const MOST_ODDITIES: usize = 10_000;

/// All facts a report is made from.
#[derive(Debug, Default)]
pub struct Facts {
    /// Texts that repeat.
    pub names: Names,
    /// The agencies whose archives were read, in order.
    pub agencies: Vec<Agency>,
    /// Dossiers, by agency and code.
    pub dossiers: Vec<DossierRow>,
    /// Documents, those of a dossier beside each other.
    pub documents: Vec<DocumentRow>,
    /// Verdicts; the first is that of a file without signatures.
    pub verdicts: Vec<Verdict>,
    /// What cannot be as it stands.
    pub oddities: Vec<Oddity>,
    /// How many more there are.
    pub more_oddities: u64,
}

impl Facts {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self { verdicts: vec![Verdict::unsigned()], ..Self::default() }
    }

    /// Notes what cannot be.
    pub fn odd(&mut self, place: &str, code: &str, say: impl Fn(Lang) -> String) {
        if self.oddities.len() >= MOST_ODDITIES {
            self.more_oddities += 1;
            return;
        }
        let finding = Finding::new(code, Weight::Warning, say);
        self.oddities.push(Oddity { at: place.to_owned(), finding });
    }

    /// The verdict on a document; `None` where its file could not be judged.
    #[must_use]
    pub fn verdict(&self, document: &DocumentRow) -> Option<&Verdict> {
        self.verdicts.get(document.verdict? as usize)
    }

    /// The dossier of a document.
    #[must_use]
    pub fn dossier_of(&self, document: &DocumentRow) -> Option<&DossierRow> {
        self.dossiers.get(document.dossier as usize)
    }

    /// The documents of a dossier.
    #[must_use]
    pub fn documents_of(&self, dossier: &DossierRow) -> &[DocumentRow] {
        let range = dossier.documents.start as usize..dossier.documents.end as usize;
        self.documents.get(range).unwrap_or_default()
    }
}

/// An agency and what its settings say.
#[derive(Debug)]
pub struct Agency {
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What its settings say for reports.
    pub reporting: Reporting,
    /// The days it works.
    pub calendar: Calendar,
    /// Its name and those of its units, without diacritics.
    issuers: Vec<String>,
    /// The identifiers of its units and of its officers: a province has 1 600.
    units: BTreeSet<String>,
    officers: BTreeSet<String>,
}

impl Agency {
    /// An agency.
    #[must_use]
    pub fn new(id: &str, name: &str, reporting: &Reporting, calendar: Calendar) -> Self {
        let units = reporting.units.iter().map(|unit| unit.name.as_str());
        let issuers = [name].into_iter().chain(units).map(fold::bare).collect();
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            reporting: reporting.clone(),
            calendar,
            issuers,
            units: reporting.units.iter().map(|unit| unit.id.clone()).collect(),
            officers: reporting.officers.iter().map(|one| one.id.clone()).collect(),
        }
    }

    /// Whether a list of units is kept that this one is missing from.
    fn misses_unit(&self, id: &str) -> bool {
        !self.units.is_empty() && !id.is_empty() && !self.units.contains(id)
    }

    /// Whether a list of officers is kept that this one is missing from.
    fn misses_officer(&self, id: &str) -> bool {
        !self.officers.is_empty() && !id.is_empty() && !self.officers.contains(id)
    }

    /// Whether a document of this issuer is one of its own.
    #[must_use]
    pub fn issues(&self, organ: &str) -> bool {
        let organ = fold::bare(organ);
        let organ = organ.trim();
        !organ.is_empty() && self.issuers.iter().any(|own| own.trim() == organ)
    }
}

/// A dossier.
#[derive(Clone, Debug)]
pub struct DossierRow {
    /// The number of its agency.
    pub agency: u16,
    /// Its code.
    pub code: Box<str>,
    /// Its title.
    pub title: Box<str>,
    /// The procedure.
    pub procedure: Name,
    /// The unit.
    pub unit: Name,
    /// Who received it.
    pub receiver: Name,
    /// Who handles it.
    pub handler: Name,
    /// Received.
    pub received: Option<Day>,
    /// Due.
    pub due: Option<Day>,
    /// Ended.
    pub ended: Option<Day>,
    /// How far it is.
    pub state: State,
    /// 1 at the counter, 2 online, 3 by post.
    pub channel: u8,
    /// Times more was asked for.
    pub supplements: u32,
    /// Days the applicant took.
    pub supplement_days: u32,
    /// What is said besides.
    pub marks: Marks,
    /// What was handed in.
    pub components: Components,
    /// Why it is exempt, if it is.
    pub exemption: Option<ExemptionRow>,
    /// Minutes to the slip.
    pub slip_minutes: Option<u32>,
    /// Its rows in the table of documents.
    pub documents: Range<u32>,
}

/// A document.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// The row of its dossier.
    pub dossier: u32,
    /// Its number there.
    pub ordinal: u32,
    /// Its file.
    pub file: Name,
    /// What the file hashes to.
    pub sha256: Digest,
    /// Which way it goes.
    pub way: Way,
    /// Its kind.
    pub kind: Name,
    /// Its issuer.
    pub organ: Name,
    /// Its number.
    pub number: Name,
    /// Its notation.
    pub notation: Name,
    /// Subject, recipients and signer, where they were asked for.
    pub words: [Name; 3],
    /// Issued.
    pub issued: Option<Day>,
    /// Arrived.
    pub arrived: Option<Day>,
    /// Its number among those that arrived.
    pub arrival_number: Option<u32>,
    /// Filed.
    pub added: Day,
    /// Pages.
    pub pages: u32,
    /// Pages with print and no text.
    pub textless: u32,
    /// Mean confidence.
    pub confidence: Option<u8>,
    /// Copies printed after signing.
    pub printed: u32,
    /// When.
    pub printed_on: Option<Day>,
    /// What is said and what is wrong.
    pub traits: Traits,
    /// Why it is exempt, if it is.
    pub exemption: Option<ExemptionRow>,
    /// The verdict on its signatures; `None` where the file could not be judged.
    pub verdict: Option<u32>,
}

impl DocumentRow {
    /// The day it counts for: issued, arrived or filed.
    #[must_use]
    pub fn day(&self) -> Day {
        let own = match self.way {
            Way::Outgoing => self.issued,
            Way::Incoming => self.arrived,
            Way::Component => None,
        };
        own.unwrap_or(self.added)
    }
}

/// Which way a document goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Văn bản đi: the agency issued it.
    Outgoing,
    /// Văn bản đến: it arrived and was registered.
    Incoming,
    /// A component of a dossier.
    Component,
}

/// An exemption.
#[derive(Clone, Copy, Debug)]
pub struct ExemptionRow {
    /// Why.
    pub code: Exempt,
    /// In words.
    pub reason: Name,
    /// Who said so.
    pub by: Name,
    /// When.
    pub on: Option<Day>,
}

/// What may stay paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exempt {
    /// State secrets (văn bản mật): only counted.
    Secret,
    /// Awards of the State (khen thưởng cấp Nhà nước).
    Award,
    /// Certificates of land use (giấy chứng nhận quyền sử dụng đất).
    Land,
    /// Maps (tài liệu bản đồ).
    Map,
    /// Plans (quy hoạch).
    Plan,
    /// Something else.
    Other,
}

impl Exempt {
    /// All, in the order of tables.
    pub const ALL: [Self; 6] =
        [Self::Secret, Self::Award, Self::Land, Self::Map, Self::Plan, Self::Other];

    /// Its code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Secret => "MAT",
            Self::Award => "KTNN",
            Self::Land => "GCNQSDD",
            Self::Map => "BANDO",
            Self::Plan => "QUYHOACH",
            Self::Other => "KHAC",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|exempt| exempt.code() == code)
    }
}

/// Something that cannot be as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Oddity {
    /// Where: a dossier, or a line of a register.
    pub at: String,
    /// What.
    pub finding: Finding,
}
