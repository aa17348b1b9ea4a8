//! The definitions of all figures, each a function from one thing to its class.
//!
//! Sources: Quyết định 766/QĐ-TTg (groups 2 to 4) with the formulas by which the
//! national portal computes them; Nghị định 30/2020/NĐ-CP for what is signed and
//! how paper is copied; the campaigns of provinces for what need not be.
//! Where a formula leaves a choice, the choice and its reason stand at the line.

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::facts::{Mark, Trait};
use crate::report::class::{Class, Points};
use crate::report::facts::{DocumentRow, DossierRow, Exempt, Way};
use crate::report::names::Name;
use crate::report::scope::View;
use crate::report::verdict::{Signed, Verdict};
use crate::say::Sentence;
use crate::say::report as words;
use crate::text::fold;
use crate::time::Day;
use crate::verify::role::Role;

/// The definition of a figure.
#[derive(Clone, Copy)]
pub struct Indicator {
    /// Its name for programs and targets.
    pub code: &'static str,
    /// Its name.
    pub name: Sentence,
    /// The rule it is computed by.
    pub rule: Sentence,
    /// Points of Quyết định 766, where it has any.
    pub points: Option<Points>,
    /// What it counts, and how.
    pub things: Things,
}

/// What a figure counts.
#[derive(Clone, Copy)]
pub enum Things {
    /// Dossiers.
    Dossiers(fn(&View<'_>, &DossierRow) -> Class),
    /// Documents.
    Documents(fn(&View<'_>, &DossierRow, &DocumentRow) -> Class),
    /// Something else, under this name.
    Others(&'static str, fn(&View<'_>) -> Vec<(String, Class)>),
}

impl Things {
    /// What it counts, for programs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dossiers(_) => "dossiers",
            Self::Documents(_) => "documents",
            Self::Others(name, _) => name,
        }
    }
}

const fn of(
    code: &'static str,
    name: Sentence,
    rule: Sentence,
    points: Option<Points>,
    things: Things,
) -> Indicator {
    Indicator { code, name, rule, points, things }
}

const fn points(most: u32, threshold: u32) -> Option<Points> {
    Some(Points { most, threshold })
}

/// All figures.
pub const ALL: [Indicator; 17] = [
    of(
        "xu_ly_mang",
        words::fig_online_work,
        words::rule_campaign,
        None,
        Things::Documents(handled_online),
    ),
    of("ky_so", words::fig_signed, words::rule_signed, None, Things::Documents(signed)),
    of(
        "ky_so_lanh_dao",
        words::fig_leader,
        words::rule_leader,
        None,
        Things::Documents(signed_by_leader),
    ),
    of(
        "so_hoa",
        words::fig_digitised,
        words::rule_digitised,
        None,
        Things::Dossiers(digitised),
    ),
    of(
        "so_hoa_ho_so",
        words::fig_766_42,
        words::rule_766_42,
        points(4, 80),
        Things::Dossiers(digitised_766),
    ),
    of(
        "ket_qua_dien_tu",
        words::fig_766_41,
        words::rule_766_41,
        points(6, 100),
        Things::Dossiers(result_766),
    ),
    of(
        "tai_su_dung",
        words::fig_766_43,
        words::rule_766_43,
        points(2, 80),
        Things::Dossiers(reused_766),
    ),
    of(
        "chia_se",
        words::fig_766_44,
        words::rule_766_44,
        points(4, 100),
        Things::Dossiers(shared_766),
    ),
    of(
        "tthc_dan_cu",
        words::fig_766_45a,
        words::rule_766_45a,
        points(2, 100),
        Things::Others("procedures", procedures_766),
    ),
    of(
        "ho_so_dan_cu",
        words::fig_766_45b,
        words::rule_766_45b,
        points(2, 100),
        Things::Dossiers(population_766),
    ),
    of(
        "chung_thuc_dien_tu",
        words::fig_766_46,
        words::rule_766_46,
        points(2, 100),
        Things::Others("units", certified_766),
    ),
    of(
        "dung_han",
        words::fig_766_21,
        words::rule_766_21,
        points(20, 100),
        Things::Dossiers(on_time),
    ),
    of(
        "truc_tuyen",
        words::fig_766_33,
        words::rule_766_33,
        None,
        Things::Dossiers(online_766),
    ),
    of(
        "thanh_toan",
        words::fig_766_36,
        words::rule_766_36,
        None,
        Things::Dossiers(paid_766),
    ),
    of(
        "kpi",
        words::fig_kpi,
        words::rule_kpi,
        None,
        Things::Others("officers", officers),
    ),
    of(
        "da_ky_so",
        words::fig_has_signed,
        words::rule_has_signed,
        None,
        Things::Others("officers", signers),
    ),
    of("phieu_hen", words::fig_slip, words::rule_slip, None, Things::Dossiers(slip)),
];

/// The figure with this name.
#[must_use]
pub fn named(code: &str) -> Option<&'static Indicator> {
    ALL.iter().find(|indicator| indicator.code == code)
}

/// Minutes within which a slip should be in the applicant's hand.
const SLIP_MINUTES: u32 = 5;
/// Chứng thực bản sao từ bản chính.
const CERTIFIED_COPY: &str = "2.000815";

// ---------------------------------------------------------------- documents

/// What of a document is exempt: itself, or all of its dossier.
fn exempt(row: &DossierRow, document: &DocumentRow) -> Option<Exempt> {
    document.exemption.or(row.exemption).map(|exemption| exemption.code)
}

/// `ty_le_mang`: documents that arrived or were issued, handled electronically:
/// the archive has their file, and they were not issued on paper.
fn handled_online(_: &View<'_>, row: &DossierRow, document: &DocumentRow) -> Class {
    if document.way == Way::Component {
        return Class::Outside;
    }
    match exempt(row, document) {
        Some(_) => Class::Exempt,
        None if document.traits.has(Trait::OnPaper) => Class::Misses,
        None => Class::Counts,
    }
}

/// `ty_le_ky_so`: issued documents with the valid signatures of a leader and of
/// the agency (Nghị định 30/2020/NĐ-CP, Điều 5); a certified copy needs that of
/// the agency alone (Điều 25).
fn signed(view: &View<'_>, row: &DossierRow, document: &DocumentRow) -> Class {
    judged(view, row, document, |verdict| {
        verdict.has_valid(Role::Copy)
            || verdict.has_valid(Role::Person) && verdict.has_valid(Role::Agency)
    })
}

fn signed_by_leader(view: &View<'_>, row: &DossierRow, document: &DocumentRow) -> Class {
    judged(view, row, document, |verdict| verdict.has_valid(Role::Person))
}

fn judged(
    view: &View<'_>,
    row: &DossierRow,
    document: &DocumentRow,
    is_enough: fn(&Verdict) -> bool,
) -> Class {
    if document.way != Way::Outgoing {
        return Class::Outside;
    }
    if exempt(row, document).is_some() {
        return Class::Exempt;
    }
    let Some(verdict) = view.facts.verdict(document) else { return Class::Unverified };
    match verdict.signed {
        Signed::Valid if is_enough(verdict) => Class::Counts,
        Signed::Undecided => Class::Unverified,
        // Signed but invalid is unsigned; so is what bears one signature of two.
        Signed::Valid | Signed::Invalid | Signed::Unsigned => Class::Misses,
    }
}

// ----------------------------------------------------------------- dossiers

/// `ty_le_so_hoa`: dossiers received on paper whose components were all
/// digitised to the standard, or used again.
fn digitised(view: &View<'_>, row: &DossierRow) -> Class {
    if row.channel == 2 {
        return Class::Outside;
    }
    if row.exemption.is_some() {
        return Class::Exempt;
    }
    let all = row.components;
    if all.all == 0 || all.digitised.saturating_add(all.reused) < all.all {
        return Class::Misses;
    }
    if !row.marks.has(Mark::Archived) {
        // A register says so, but there is no file to prove it.
        return Class::Unverified;
    }
    let scans =
        view.facts.documents_of(row).iter().filter(|d| d.traits.has(Trait::Scanned));
    let is_below =
        |d: &DocumentRow| d.traits.has(Trait::Coarse) || d.traits.has(Trait::NotColour);
    if scans.into_iter().any(is_below) { Class::Misses } else { Class::Counts }
}

/// Whether a dossier is only to be counted.
pub(crate) fn is_secret(row: &DossierRow) -> bool {
    row.exemption.is_some_and(|exemption| exemption.code == Exempt::Secret)
}

/// Secrets are in no figure of the portal; there are no other exemptions there.
fn of_portal(row: &DossierRow, counts: bool) -> Class {
    match (is_secret(row), counts) {
        (true, _) => Class::Exempt,
        (false, true) => Class::Counts,
        (false, false) => Class::Misses,
    }
}

/// Whether the result is there as a file: linked, or in the archive.
pub(crate) fn has_result_file(view: &View<'_>, row: &DossierRow) -> bool {
    let issued = |document: &DocumentRow| document.way == Way::Outgoing;
    row.marks.has(Mark::ResultLink) || view.facts.documents_of(row).iter().any(issued)
}

/// Whether a component is there as a file.
pub(crate) fn has_component_file(view: &View<'_>, row: &DossierRow) -> bool {
    let files = view.facts.documents_of(row).iter().any(|d| d.way != Way::Outgoing);
    let all = row.components;
    // What is handed in online is a file already.
    files || all.digitised > 0 || row.channel == 2 && all.all > 0
}

fn digitised_766(view: &View<'_>, row: &DossierRow) -> Class {
    let result = row.marks.has(Mark::NoPaperResult) || has_result_file(view, row);
    of_portal(row, has_component_file(view, row) && result)
}

/// Only a dossier that ended with a result can have a file of it.
fn result_766(view: &View<'_>, row: &DossierRow) -> Class {
    if row.marks.has(Mark::NoPaperResult) || !row.state.has_result() {
        return Class::Outside;
    }
    of_portal(row, has_result_file(view, row))
}

fn reused_766(_: &View<'_>, row: &DossierRow) -> Class {
    of_portal(row, row.components.reused > 0)
}

fn shared_766(_: &View<'_>, row: &DossierRow) -> Class {
    of_portal(row, row.components.from_store > 0 || row.marks.has(Mark::Shared))
}

fn uses_population(row: &DossierRow) -> bool {
    row.marks.has(Mark::Verified)
        || row.marks.has(Mark::Database)
        || row.components.from_store > 0
}

fn population_766(_: &View<'_>, row: &DossierRow) -> Class {
    of_portal(row, uses_population(row))
}

fn online_766(_: &View<'_>, row: &DossierRow) -> Class {
    let has_result = row.marks.has(Mark::ResultCode) && row.marks.has(Mark::ResultLink);
    of_portal(row, row.channel == 2 && (row.marks.has(Mark::NoPaperResult) || has_result))
}

fn paid_766(_: &View<'_>, row: &DossierRow) -> Class {
    if !row.marks.has(Mark::Fee) {
        return Class::Outside;
    }
    of_portal(row, row.marks.has(Mark::PaidOnline))
}

/// 2.1: the end against the day promised, the applicant's time taken off; what is
/// open counts up to the end of the period; more than one request for more
/// papers is late. Nothing can be said without a day promised.
pub(crate) fn on_time(view: &View<'_>, row: &DossierRow) -> Class {
    let secret = of_portal(row, true) == Class::Exempt;
    match row.due {
        _ if secret => Class::Exempt,
        _ if row.supplements > 1 => Class::Misses,
        None => Class::Unverified,
        Some(due) => {
            let end = row.ended.unwrap_or_else(|| view.end());
            if end <= extended(view, row, due) { Class::Counts } else { Class::Misses }
        }
    }
}

/// The day promised, later by the days the applicant took; a term that would end
/// on a day off ends on the next working day (Bộ luật Dân sự 2015, Điều 148.5).
fn extended(view: &View<'_>, row: &DossierRow, due: Day) -> Day {
    if row.supplement_days == 0 {
        return due;
    }
    let later = due.plus(i32::try_from(row.supplement_days).unwrap_or(i32::MAX));
    let agency = view.facts.agencies.get(usize::from(row.agency));
    agency.and_then(|agency| agency.calendar.working_from(later)).unwrap_or(later)
}

fn slip(_: &View<'_>, row: &DossierRow) -> Class {
    match row.slip_minutes {
        None => Class::Outside,
        Some(minutes) if minutes <= SLIP_MINUTES => Class::Counts,
        Some(_) => Class::Misses,
    }
}

// ------------------------------------------------------------------- others

/// 4.5a: procedures for citizens, and those with a dossier that uses data of the
/// population.
fn procedures_766(view: &View<'_>) -> Vec<(String, Class)> {
    let mut all: BTreeMap<&str, Class> = BTreeMap::new();
    for row in view.dossiers() {
        let procedure = view.facts.names.text(row.procedure);
        if procedure.is_empty() || row.marks.has(Mark::NotForCitizens) {
            continue;
        }
        let class = all.entry(procedure).or_insert(Class::Misses);
        if uses_population(row) {
            *class = Class::Counts;
        }
    }
    all.into_iter().map(|(code, class)| (code.to_owned(), class)).collect()
}

/// 4.6: units that must provide certified electronic copies, and those that did.
fn certified_766(view: &View<'_>) -> Vec<(String, Class)> {
    let mut provide = BTreeSet::new();
    for row in view.dossiers() {
        let procedure = view.facts.names.text(row.procedure);
        if procedure.starts_with(CERTIFIED_COPY) && has_result_file(view, row) {
            provide.insert((row.agency, view.unit(row).id));
            provide.insert((row.agency, view.facts.names.text(row.unit)));
        }
    }
    let mut all = Vec::new();
    for (agency, number) in view.facts.agencies.iter().zip(0_u16..) {
        for unit in agency.reporting.units.iter().filter(|unit| unit.certifies) {
            let does = provide.contains(&(number, unit.id.as_str()));
            let class = if does { Class::Counts } else { Class::Misses };
            all.push((unit.id.clone(), class));
        }
    }
    all
}

/// `ty_le_kpi`: officers of the list about whom there is anything to count.
fn officers(view: &View<'_>) -> Vec<(String, Class)> {
    let mut seen = BTreeSet::new();
    for row in view.dossiers() {
        seen.insert((row.agency, row.receiver));
        seen.insert((row.agency, row.handler));
    }
    listed(view, &|agency, id, _| {
        view.facts.names.find(id).is_some_and(|name| seen.contains(&(agency, name)))
    })
}

/// Officers of the list who have signed at least once, validly.
fn signers(view: &View<'_>) -> Vec<(String, Class)> {
    let signed = valid_signatures(view);
    listed(view, &|_, _, name| signed.contains_key(&fold::bare(name)))
}

/// Valid signatures by the name in the certificate, without diacritics.
pub(crate) fn valid_signatures(view: &View<'_>) -> BTreeMap<String, u64> {
    let mut by_name: BTreeMap<Name, u64> = BTreeMap::new();
    for (_, document) in view.documents() {
        let Some(verdict) = view.facts.verdict(document) else { continue };
        let valid = verdict.signatures.iter().filter(|one| one.signed == Signed::Valid);
        for one in valid {
            *by_name.entry(one.name).or_default() += 1;
        }
    }
    let mut folded = BTreeMap::new();
    for (name, count) in by_name {
        let name = view.facts.names.text(name);
        *folded.entry(fold::bare(name)).or_default() += count;
    }
    folded
}

fn listed(
    view: &View<'_>,
    counts: &dyn Fn(u16, &str, &str) -> bool,
) -> Vec<(String, Class)> {
    let mut all = Vec::new();
    for (agency, number) in view.facts.agencies.iter().zip(0_u16..) {
        for officer in &agency.reporting.officers {
            let does = counts(number, &officer.id, &officer.name);
            let class = if does { Class::Counts } else { Class::Misses };
            all.push((officer.id.clone(), class));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::settings::reporting::INDICATORS;

    #[test]
    fn there_can_be_a_target_for_every_figure() {
        let codes: Vec<_> = ALL.iter().map(|indicator| indicator.code).collect();
        assert_eq!(codes, INDICATORS);
    }
}
