//! How rows come into the table: what the archive and a register say of a dossier,
//! made one, and held against what can be.

use crate::archive::facts::{
    Components, DocumentFacts, DossierFacts, Exemption, Mark, Trait,
};
use crate::archive::state::State;
use crate::report::facts::{DocumentRow, DossierRow, Exempt, ExemptionRow, Facts, Way};
use crate::say;
use crate::time::Day;

/// How rows are taken into the table.
#[derive(Clone, Copy, Debug)]
pub struct Taking {
    /// Today.
    pub today: Day,
    /// Whether subjects, recipients and signers are wanted.
    pub words: bool,
}

impl Facts {
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
