//! What a person demands of a file beyond sound signatures.

use crate::finding::{Finding, Weight};
use crate::say;
use crate::text::fold::bare;
use crate::verify::level::Stage;
use crate::verify::report::FileRow;

/// Demands, each of which must be met by signatures that have not failed.
#[derive(Clone, Debug, Default)]
pub struct Demands {
    /// At least one signature.
    pub signed: bool,
    /// A signer whose subject contains this.
    pub signer: Option<String>,
    /// Every signature of at least this level.
    pub at_least: Option<Stage>,
    /// Roles, in the order in which they must have signed.
    pub roles: Vec<String>,
}

impl Demands {
    /// The demands a file does not meet.
    #[must_use]
    pub fn unmet(&self, row: &FileRow) -> Vec<Finding> {
        let mut unmet = Vec::new();
        let sound: Vec<_> = row
            .signatures
            .iter()
            .filter(|signature| signature.verdict != "failed")
            .collect();
        let people: Vec<_> = sound
            .iter()
            .filter(|signature| signature.kind != "document-time-stamp")
            .collect();
        if self.signed && people.is_empty() {
            unmet.push(Finding::new(
                "require.signed",
                Weight::NeedsPerson,
                say::verify::require_signed,
            ));
        }
        if let Some(name) = &self.signer {
            let wanted = bare(name);
            let found = people
                .iter()
                .filter_map(|signature| signature.signer.as_ref())
                .any(|signer| bare(&signer.subject).contains(&wanted));
            if !found {
                unmet.push(Finding::new("require.signer", Weight::NeedsPerson, |lang| {
                    say::verify::require_signer(lang, name)
                }));
            }
        }
        if let Some(least) = self.at_least {
            for signature in
                people.iter().filter(|signature| stage(&signature.level) < least)
            {
                unmet.push(Finding::new("require.level", Weight::NeedsPerson, |lang| {
                    say::verify::require_level(lang, &signature.field, &signature.level)
                }));
            }
        }
        let mut roles = people.iter().filter_map(|signature| signature.signer.as_ref());
        for role in &self.roles {
            if !roles.by_ref().any(|signer| signer.role == *role) {
                unmet.push(Finding::new("require.role", Weight::NeedsPerson, |lang| {
                    say::verify::require_role(lang, role)
                }));
                break;
            }
        }
        unmet
    }
}

/// How far a level lasts, by its name.
#[must_use]
pub fn stage(level: &str) -> Stage {
    match level.rsplit('-').next().unwrap_or_default() {
        "LTA" => Stage::Lta,
        "LT" | "LTV" => Stage::Lt,
        "T" => Stage::T,
        _ => Stage::B,
    }
}
