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

use crate::archive::facts::{
    Components, DocumentFacts, DossierFacts, Exemption, Mark, Marks, Trait, Traits,
};
use crate::archive::settings::reporting::Reporting;
use crate::archive::state::State;
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::report::names::{Name, Names};
use crate::report::verdict::Verdict;
use crate::say::{self, Lang};
use crate::text::fold;
use crate::time::Day;
use crate::track::due::Calendar;

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

/// How rows are taken into the table.
#[derive(Clone, Copy, Debug)]
pub struct Taking {
    /// Today.
    pub today: Day,
    /// Whether subjects, recipients and signers are wanted.
    pub words: bool,
}

impl Facts {
    /// An empty table.
    #[must_use]
    pub fn new() -> Self {
        Self { verdicts: vec![Verdict::unsigned()], ..Self::default() }
    }

    /// Takes a dossier of the last agency, read at `place`.
    pub fn take(&mut self, dossier: &DossierFacts<'_>, place: &str, how: Taking) {
        let Some(last) = self.agencies.len().checked_sub(1) else { return };
        let agency = u16::try_from(last).unwrap_or(u16::MAX);
        self.look(dossier, place, how.today);
        let at = u32::try_from(self.dossiers.len()).unwrap_or(u32::MAX);
        let first = self.documents.len();
        for document in &dossier.documents {
            let row = self.document(document, at, place, how);
            self.documents.push(row);
        }
        let index = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let row = DossierRow {
            agency,
            code: dossier.code.into(),
            title: if dossier.is_secret() { "".into() } else { dossier.title.into() },
            procedure: self.names.of(dossier.procedure),
            unit: self.names.of(dossier.unit),
            receiver: self.names.of(dossier.receiver),
            handler: self.names.of(dossier.handler),
            received: dossier.received,
            due: dossier.due,
            ended: dossier.ended,
            state: dossier.state,
            channel: dossier.channel,
            supplements: dossier.supplements,
            supplement_days: dossier.supplement_days,
            marks: dossier.marks,
            components: dossier.components,
            exemption: self.exemption(&dossier.exemption, place),
            slip_minutes: dossier.slip_minutes,
            documents: index(first)..index(self.documents.len()),
        };
        self.dossiers.push(row);
    }

    fn document(
        &mut self,
        document: &DocumentFacts<'_>,
        dossier: u32,
        place: &str,
        how: Taking,
    ) -> DocumentRow {
        let way = self.way(document);
        let words = match how.words {
            true => [document.subject, document.to, document.signer]
                .map(|text| self.names.of(text)),
            false => [0; 3],
        };
        if document.issued.is_some_and(|day| day > how.today) {
            self.odd(place, "report.future", |lang| {
                say::report::odd_future(lang, "IssuedDate")
            });
        }
        DocumentRow {
            dossier,
            ordinal: document.ordinal,
            file: self.names.of(document.file),
            sha256: document.sha256,
            way,
            kind: self.names.of(document.kind),
            organ: self.names.of(document.organ),
            number: self.names.of(document.number),
            notation: self.names.of(document.notation),
            words,
            issued: document.issued,
            arrived: document.arrived,
            arrival_number: document.arrival_number,
            added: document.added.day(),
            pages: document.pages,
            textless: document.textless,
            confidence: document.confidence,
            printed: document.printed,
            printed_on: document.printed_on,
            traits: document.traits,
            exemption: self.exemption(&document.exemption, place),
            verdict: None,
        }
    }

    fn way(&self, document: &DocumentFacts<'_>) -> Way {
        if document.traits.has(Trait::Outgoing) {
            return Way::Outgoing;
        }
        if document.arrived.is_some() || document.arrival_number.is_some() {
            return Way::Incoming;
        }
        let issues =
            || self.agencies.last().is_some_and(|all| all.issues(document.organ));
        let numbered = !document.number.is_empty() && !document.notation.is_empty();
        if !document.traits.has(Trait::NotOutgoing) && numbered && issues() {
            return Way::Outgoing;
        }
        Way::Component
    }

    fn exemption(
        &mut self,
        exemption: &Exemption<'_>,
        place: &str,
    ) -> Option<ExemptionRow> {
        if exemption.code.is_empty() {
            return None;
        }
        let Some(code) = Exempt::named(exemption.code) else {
            let found = exemption.code.to_owned();
            self.odd(place, "report.exemption", |lang| {
                say::report::odd_exemption(lang, &found)
            });
            return None;
        };
        let is_secret = code == Exempt::Secret;
        let mut word = |text: &str| if is_secret { 0 } else { self.names.of(text) };
        let (reason, by) = (word(exemption.reason), word(exemption.by));
        Some(ExemptionRow { code, reason, by, on: exemption.on })
    }

    /// Notes what cannot be about a dossier.
    fn look(&mut self, dossier: &DossierFacts<'_>, place: &str, today: Day) {
        for field in &dossier.unreadable {
            self.odd(place, "report.value", |lang| say::report::odd_value(lang, field));
        }
        let DossierFacts { received, due, ended, .. } = *dossier;
        if received.is_none() {
            self.odd(place, "report.undated", say::report::odd_undated);
        }
        for (field, day) in [("NgayTiepNhan", received), ("NgayKetThucXuLy", ended)] {
            if day.is_some_and(|day| day > today) {
                self.odd(place, "report.future", |lang| {
                    say::report::odd_future(lang, field)
                });
            }
        }
        for (field, day) in [("NgayHenTra", due), ("NgayKetThucXuLy", ended)] {
            if let (Some(received), Some(day)) = (received, day)
                && day < received
            {
                self.odd(place, "report.order", |lang| {
                    say::report::odd_order(lang, field)
                });
            }
        }
        let Some(agency) = self.agencies.last() else { return };
        let strange_unit = agency.misses_unit(dossier.unit);
        let strangers: Vec<String> = [dossier.receiver, dossier.handler]
            .into_iter()
            .filter(|id| agency.misses_officer(id))
            .map(str::to_owned)
            .collect();
        if strange_unit {
            let unit = dossier.unit.to_owned();
            self.odd(place, "report.unit", |lang| say::report::odd_unit(lang, &unit));
        }
        for officer in strangers {
            self.odd(place, "report.officer", |lang| {
                say::report::odd_officer(lang, &officer)
            });
        }
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

/// One dossier out of what the archive and what a register say of it: the
/// archive's record stands, the register fills what is missing. The days on
/// which they differ are named.
pub(crate) fn merged<'a>(
    record: &DossierFacts<'a>,
    line: &DossierFacts<'a>,
) -> (DossierFacts<'a>, Vec<&'static str>) {
    let mut both = record.clone();
    let mut differ = Vec::new();
    // The code's day stands in where the record has no `NgayTiepNhan`.
    both.received = line.received.or(record.received);
    for (name, own, other) in [
        ("NgayHenTra", &mut both.due, line.due),
        ("NgayKetThucXuLy", &mut both.ended, line.ended),
    ] {
        if own.is_some() && other.is_some() && *own != other {
            differ.push(name);
        }
        *own = own.or(other);
    }
    for (own, other) in [
        (&mut both.title, line.title),
        (&mut both.procedure, line.procedure),
        (&mut both.unit, line.unit),
        (&mut both.receiver, line.receiver),
        (&mut both.handler, line.handler),
    ] {
        if own.is_empty() {
            *own = other;
        }
    }
    if both.exemption.code.is_empty() {
        both.exemption = line.exemption;
    }
    if both.state <= State::InHand {
        both.state = both.state.max(line.state);
    }
    if both.channel == 1 {
        both.channel = line.channel;
    }
    both.supplements = both.supplements.max(line.supplements);
    both.supplement_days = both.supplement_days.max(line.supplement_days);
    both.slip_minutes = both.slip_minutes.or(line.slip_minutes);
    both.marks = both.marks.or(line.marks).with(Mark::Registered, true);
    let (own, other) = (both.components, line.components);
    both.components = Components {
        all: own.all.max(other.all),
        digitised: own.digitised.max(other.digitised),
        reused: own.reused.max(other.reused),
        from_store: own.from_store.max(other.from_store),
    };
    both.unreadable.extend(&line.unreadable);
    (both, differ)
}
