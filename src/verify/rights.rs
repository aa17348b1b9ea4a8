//! What may be changed after a signature, and what a change means for it.
//!
//! The strictest of four counts: the permissions of the certification
//! (ISO 32000-2, 12.8.2.2), those in a signature field's lock (table 236), the
//! fields that a signature locks (12.8.2.4), and what this program allows on
//! its own after a plain approval.

use crate::cos::Dict;
use crate::cos::document::View;
use crate::pdf::text_string;
use crate::verify::change::{Change, Kind};

/// How much may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `P` is 1: nothing but what keeps signatures alive.
    Nothing,
    /// `P` is 2: forms and signatures.
    Forms,
    /// No certification: this program's own rule.
    Approval,
    /// `P` is 3: annotations too.
    Annotations,
}

/// What a change means for a signature before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Expected after a signature.
    Fine,
    /// Allowed, but the reader must know.
    Told,
    /// Allowed to the letter, while nobody can know that it shows what it should.
    Doubted,
    /// Not allowed.
    Breaks,
}

/// A change and what it means for a signature.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// The change.
    pub change: Change,
    /// What it means.
    pub effect: Effect,
    /// Which rule it comes under.
    pub code: &'static str,
}

/// Which fields a signature locks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lock {
    /// All of them.
    All,
    /// These, and the ones below them.
    These(Vec<String>),
    /// All but these and the ones below them.
    AllBut(Vec<String>),
}

/// What a signature lays down for what comes after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// `P` of a certification.
    pub certifies: Option<Level>,
    /// `P` of the field's lock.
    pub lock_level: Option<Level>,
    /// The fields locked.
    pub locks: Vec<Lock>,
}

impl Rights {
    /// What a signature lays down: its references, and the lock of its field.
    #[must_use]
    pub fn of(view: View<'_>, signature: &Dict, field: Option<&Dict>) -> Self {
        let mut rights = Self::default();
        let references = view.get(signature, b"Reference");
        for reference in references.array().unwrap_or_default() {
            let Ok(reference) = view.resolve(reference) else { continue };
            let Some(reference) = reference.dict() else { continue };
            let parameters = view.get(reference, b"TransformParams");
            let Some(parameters) = parameters.dict() else { continue };
            match view.get(reference, b"TransformMethod").name() {
                // Of several the strictest counts.
                Some(b"DocMDP") => {
                    let own = level(view, parameters);
                    let least = rights.certifies.map_or(own, |least| least.min(own));
                    rights.certifies = Some(least);
                }
                Some(b"FieldMDP") => rights.locks.extend(lock(view, parameters)),
                Some(_) | None => {}
            }
        }
        let own = field.map(|field| view.get(field, b"Lock"));
        if let Some(own) = own.as_ref().and_then(|own| own.dict()) {
            rights.locks.extend(lock(view, own));
            if own.has(b"P") {
                rights.lock_level = Some(level(view, own));
            }
        }
        rights
    }

    /// Whether a field with this name is locked.
    #[must_use]
    pub fn locked(&self, name: &str) -> bool {
        self.locks.iter().any(|lock| match lock {
            Lock::All => true,
            Lock::These(names) => names.iter().any(|locked| is_within(name, locked)),
            Lock::AllBut(names) => !names.iter().any(|free| is_within(name, free)),
        })
    }

    /// Whether a field below this one is locked by its name: values are inherited
    /// (ISO 32000-2, table 226).
    #[must_use]
    fn locks_below(&self, name: &str) -> bool {
        self.locks.iter().any(|lock| match lock {
            Lock::These(names) => names.iter().any(|locked| is_within(locked, name)),
            Lock::All | Lock::AllBut(_) => false,
        })
    }

    /// Whether a field that this one lies below is locked by its name.
    #[must_use]
    fn locks_above(&self, name: &str) -> bool {
        self.locks.iter().any(|lock| match lock {
            Lock::These(names) => {
                names.iter().any(|locked| name != locked && is_within(name, locked))
            }
            Lock::All | Lock::AllBut(_) => false,
        })
    }
}

/// What a change means under this level.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one table of all kinds")]
pub fn effect(kind: Kind, level: Level) -> Effect {
    use Level::{Annotations, Approval, Forms, Nothing};
    match kind {
        Kind::ValidationData | Kind::TimeStamp | Kind::Metadata | Kind::Version => {
            Effect::Fine
        }
        Kind::Unreferenced
        | Kind::ValidationDataShrunk
        | Kind::MetadataRemoved
        | Kind::SizeLowered => Effect::Told,
        Kind::FieldSigned | Kind::SignatureAdded => match level {
            Nothing => Effect::Breaks,
            Forms | Approval | Annotations => Effect::Fine,
        },
        Kind::EmptyFieldAdded => match level {
            Nothing | Forms => Effect::Breaks,
            Approval | Annotations => Effect::Told,
        },
        Kind::FieldFilled => match level {
            Nothing => Effect::Breaks,
            Forms | Approval | Annotations => Effect::Told,
        },
        // Another look without another value shows what nobody filled in. Filling in
        // is permitted, and programs make looks anew, so no file is called forged.
        Kind::FieldAppearance => match level {
            Nothing | Approval => Effect::Breaks,
            Forms | Annotations => Effect::Doubted,
        },
        Kind::StructureForAnnotation => match level {
            Nothing => Effect::Told,
            Forms | Approval | Annotations => Effect::Fine,
        },
        Kind::AnnotationAdded | Kind::AnnotationChanged | Kind::AnnotationRemoved => {
            match level {
                Nothing | Forms | Approval => Effect::Breaks,
                Annotations => Effect::Told,
            }
        }
        // What a certification permits never permits hiding what was certified. After an
        // approval, stamps and pictures of signatures are laid over print by honest
        // people too.
        Kind::ContentHidden => match level {
            Nothing | Forms | Annotations => Effect::Breaks,
            Approval => Effect::Doubted,
        },
        Kind::ContentUnseen => match level {
            Nothing | Forms | Annotations => Effect::Breaks,
            Approval => Effect::Told,
        },
        Kind::ContentFilledOver => match level {
            Nothing => Effect::Breaks,
            Forms | Approval | Annotations => Effect::Doubted,
        },
        // A certification vouches for what is shown; after an approval the reader is told.
        Kind::FieldShowsOther | Kind::FieldDrawnAnew => match level {
            Nothing => Effect::Breaks,
            Forms | Annotations => Effect::Doubted,
            Approval => Effect::Told,
        },
        Kind::NotCompared => Effect::Doubted,
        Kind::ActiveContent
        | Kind::ValidationDataBroken
        | Kind::MetadataBroken
        | Kind::ValidationDataRemoved
        | Kind::VersionLowered
        | Kind::ExtensionsRemoved
        | Kind::ExtensionRemoved
        | Kind::ExtensionLowered
        | Kind::FieldAdded
        | Kind::FieldRemoved
        | Kind::FormChanged
        | Kind::FormRemoved
        | Kind::SignatureRemoved
        | Kind::SignatureReplaced
        | Kind::PageAnnotations
        | Kind::Page
        | Kind::Pages
        | Kind::Tabs
        | Kind::Catalog
        | Kind::PermissionsRemoved
        | Kind::PermissionsChanged
        | Kind::Structure
        | Kind::StructureRemoved
        | Kind::StructureAdded
        | Kind::Encryption
        | Kind::KeyTwice
        | Kind::Unknown => Effect::Breaks,
    }
}

/// What a change means for a signature with these rights, under the
/// certification that was there when the change was made. The code says
/// which rule it breaks.
#[must_use]
pub fn judge(
    change: &Change,
    own: &Rights,
    certified: Option<Level>,
) -> (Effect, &'static str) {
    let level = [certified, own.certifies, own.lock_level].into_iter().flatten().min();
    let level = level.unwrap_or(Level::Approval);
    let effect = effect(change.kind, level);
    let code = change.kind.code();
    let adds = matches!(change.kind, Kind::SignatureAdded | Kind::EmptyFieldAdded);
    if adds && own.locks_above(&change.about) {
        return (Effect::Breaks, "LOCKED_FIELD_KIDS_ADDED");
    }
    let locked = own.locked(&change.about)
        || change.kind == Kind::FieldFilled && own.locks_below(&change.about);
    match locked_code(change.kind).filter(|_| locked) {
        Some(code) => (Effect::Breaks, code),
        None => (effect, code),
    }
}

/// What a change to a locked field is called, if it is one to a field.
fn locked_code(kind: Kind) -> Option<&'static str> {
    const OF_FIELDS: [Kind; 4] =
        [Kind::FieldFilled, Kind::FieldAppearance, Kind::FieldSigned, Kind::FormChanged];
    if OF_FIELDS.contains(&kind) {
        Some("LOCKED_FIELD_MODIFIED")
    } else if kind == Kind::FieldRemoved {
        Some("LOCKED_FIELD_KIDS_REMOVED")
    } else if kind == Kind::FieldAdded {
        Some("LOCKED_FIELD_KIDS_ADDED")
    } else {
        None
    }
}

/// `P` of a dictionary of parameters; 2 if it has none (table 257).
fn level(view: View<'_>, parameters: &Dict) -> Level {
    match view.get(parameters, b"P").int() {
        Some(1) => Level::Nothing,
        Some(3) => Level::Annotations,
        // An unknown permission permits no more than the usual.
        _ => Level::Forms,
    }
}

fn lock(view: View<'_>, parameters: &Dict) -> Option<Lock> {
    let names = view.get(parameters, b"Fields");
    let names = names.array().unwrap_or_default().iter();
    let names = names.filter_map(|name| view.resolve(name).ok());
    let names = names.filter_map(|name| name.text().map(text_string)).collect();
    match view.get(parameters, b"Action").name() {
        Some(b"All") => Some(Lock::All),
        Some(b"Include") => Some(Lock::These(names)),
        Some(b"Exclude") => Some(Lock::AllBut(names)),
        // A lock whose reach nobody knows reaches everything.
        Some(_) => Some(Lock::All),
        None => None,
    }
}

/// Whether a field is this one or below it.
fn is_within(name: &str, above: &str) -> bool {
    name == above || name.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_below_a_locked_one_is_locked() {
        let rights = Rights {
            locks: vec![Lock::These(vec!["a.b".to_owned()])],
            ..Rights::default()
        };
        assert!(rights.locked("a.b") && rights.locked("a.b.c"));
        assert!(!rights.locked("a") && !rights.locked("a.bc"));
    }

    #[test]
    fn nothing_is_allowed_later_that_is_forbidden_under_a_laxer_level() {
        for kind in [Kind::Page, Kind::Pages, Kind::Catalog, Kind::SignatureRemoved] {
            for level in
                [Level::Nothing, Level::Forms, Level::Approval, Level::Annotations]
            {
                assert_eq!(effect(kind, level), Effect::Breaks);
            }
        }
        assert_eq!(effect(Kind::AnnotationAdded, Level::Annotations), Effect::Told);
        assert_eq!(effect(Kind::AnnotationAdded, Level::Approval), Effect::Breaks);
    }
}
