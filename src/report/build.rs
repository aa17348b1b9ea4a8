//! From facts to a report: which kinds there are.

use crate::report::context::Context;
use crate::report::kinds;
use crate::report::table::{Report, SCHEMA};
use crate::say::{self, Lang, Sentence};

/// A kind of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How paperless the office is.
    Paperless,
    /// Quyết định 766/QĐ-TTg: digitisation, on time.
    Qd766,
    /// A campaign without paper.
    Campaign,
    /// Officers and units.
    Kpi,
    /// Signatures and certificates.
    Signatures,
    /// Incoming, outgoing, dossiers.
    Registers,
    /// Whether the archive is whole and to the standard.
    Integrity,
    /// What need not be electronic.
    Exemptions,
    /// What was saved.
    Savings,
    /// Where paper still leaks out.
    Leakage,
}

impl Kind {
    /// All kinds, in the order help shows them.
    pub const ALL: [Self; 10] = [
        Self::Paperless,
        Self::Qd766,
        Self::Campaign,
        Self::Kpi,
        Self::Signatures,
        Self::Registers,
        Self::Integrity,
        Self::Exemptions,
        Self::Savings,
        Self::Leakage,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Paperless => "paperless",
            Self::Qd766 => "qd766",
            Self::Campaign => "campaign",
            Self::Kpi => "kpi",
            Self::Signatures => "signatures",
            Self::Registers => "registers",
            Self::Integrity => "integrity",
            Self::Exemptions => "exemptions",
            Self::Savings => "savings",
            Self::Leakage => "leakage",
        }
    }

    fn title(self) -> Sentence {
        match self {
            Self::Paperless => say::report::title_paperless,
            Self::Qd766 => say::report::title_qd766,
            Self::Campaign => say::report::title_campaign,
            Self::Kpi => say::report::title_kpi,
            Self::Signatures => say::report::title_signatures,
            Self::Registers => say::report::title_registers,
            Self::Integrity => say::report::title_integrity,
            Self::Exemptions => say::report::title_exemptions,
            Self::Savings => say::report::title_savings,
            Self::Leakage => say::report::title_leakage,
        }
    }
}

/// Makes a report.
#[must_use]
pub fn build(kind: Kind, context: &Context<'_>) -> Report {
    let lang = context.lang;
    let (blocks, mut notes) = match kind {
        Kind::Paperless => kinds::paperless(context),
        Kind::Qd766 => kinds::qd766(context),
        Kind::Campaign => kinds::campaign(context),
        Kind::Kpi => kinds::kpi(context),
        Kind::Signatures => kinds::signatures(context),
        Kind::Registers => kinds::registers(context),
        Kind::Integrity => kinds::integrity(context),
        Kind::Exemptions => kinds::exemptions(context),
        Kind::Savings => kinds::savings(context),
        Kind::Leakage => kinds::leakage(context),
    };
    let view = &context.view;
    if view.undated > 0 {
        notes.push(say::report::note_undated(lang, context.count(view.undated)));
    }
    let agencies = &view.facts.agencies;
    let first = agencies.first();
    let name = first.map(|agency| agency.name.clone()).unwrap_or_default();
    let id = first.map(|agency| agency.id.clone()).unwrap_or_default();
    let others = agencies.len().saturating_sub(1);
    let many = others > 0;
    Report {
        schema: SCHEMA,
        kind: kind.name(),
        lang: match lang {
            Lang::Vi => "vi",
            Lang::En => "en",
        },
        title: match context.campaign {
            Some(campaign) => say::report::title_of_campaign(lang, &campaign.title),
            None => kind.title()(lang),
        },
        agency_id: if many { format!("{id}+{others}") } else { id },
        agency: if many { say::report::and_others(lang, name, others) } else { name },
        scope: scope(context),
        from: view.scope.from,
        to: view.scope.to,
        made: context.now,
        blocks,
        notes,
        oddities: view.facts.oddities.clone(),
        more_oddities: view.facts.more_oddities,
    }
}

/// What the report is about, in words.
fn scope(context: &Context<'_>) -> String {
    let (scope, lang) = (&context.view.scope, context.lang);
    let mut words = vec![scope.told(lang)];
    words.extend(scope.unit.as_ref().map(|unit| say::report::of_unit(lang, unit)));
    words.extend(scope.officer.as_ref().map(|one| say::report::of_officer(lang, one)));
    words
        .extend(scope.procedure.as_ref().map(|one| say::report::of_procedure(lang, one)));
    words.join("; ")
}
