//! Filing: documents go into a dossier, all of them or none.
//!
//! The bytes lie in a [`Draft`] already. Here, in a turn, it is decided what is
//! new, the dossier's next version is put together, takes its place in one
//! step, and the catalogue is told.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::archive::build::{Build, Existing};
use crate::archive::catalogue::Held;
use crate::archive::code::Code;
use crate::archive::dossier::Dossier;
use crate::archive::draft::{Draft, NewDocument};
use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event, Happened};
use crate::archive::recover::{self, BAG, OLD};
use crate::archive::turn::Turn;
use crate::archive::{Archive, DOSSIERS, day_parts, parts_of, register, store};
use crate::time::{Day, Timestamp};

/// Which dossier documents go into, and what is said about it.
#[derive(Clone, Debug)]
pub struct Filing {
    /// The dossier, made if it is not there; `None` for a new one with the next
    /// code of the day.
    pub dossier: Option<Code>,
    /// The day the new code names.
    pub day: Day,
    /// When this happens.
    pub now: Timestamp,
    /// The dossier's title (tiêu đề hồ sơ).
    pub title: Option<String>,
    /// Other fields of the dossier (Nghị định 30/2020, Phụ lục VI; one-stop
    /// fields), by their names there. What changes is kept in the history.
    pub fields: Map<String, Value>,
}

/// What became of a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The dossier. Where nothing was new, the one that holds the first document.
    pub code: Code,
    /// What became of each document, in the order given.
    pub documents: Vec<Placed>,
}

/// What became of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It was added as this file, relative to the archive.
    Added(PathBuf),
    /// Its source had been filed before; nothing was added.
    AlreadyHeld(Held),
}

impl Archive {
    /// Files documents into one dossier, all or none, durably: a [`Draft`] of
    /// documents that are ready.
    ///
    /// # Errors
    ///
    /// As [`Draft::add`] and [`Draft::file`].
    pub fn file(
        &self,
        filing: Filing,
        documents: Vec<NewDocument>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Filed, ArchiveError> {
        let mut draft = self.draft()?;
        for document in documents {
            draft.add(document, interrupted)?;
        }
        draft.file(filing, interrupted)
    }

    /// The folder of a dossier, relative to the archive's.
    #[must_use]
    pub fn relative(&self, code: &Code) -> PathBuf {
        let folder = self.folder(code);
        folder.strip_prefix(&self.root).unwrap_or(&folder).to_owned()
    }
}

impl Draft<'_> {
    /// Files everything added into one dossier, all or none, durably.
    ///
    /// A source is not filed twice: not in the same dossier if the filing names
    /// one, not anywhere in the archive if it does not.
    ///
    /// # Errors
    ///
    /// When the dossier is damaged, the disk refuses, or `interrupted` says so
    /// before the turn comes. Then nothing was filed.
    pub fn file(
        self,
        filing: Filing,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Filed, ArchiveError> {
        let archive = self.archive;
        let file = || {
            let head = Head::of(filing)?;
            let turn = archive.turn(interrupted)?;
            commit(&turn, &head, self)
        };
        archive.told(file())
    }
}

/// A filing, checked.
struct Head {
    dossier: Option<Code>,
    day: Day,
    now: Timestamp,
    /// The title among them.
    fields: Vec<(String, Value)>,
}

impl Head {
    /// Refuses fields that are not the caller's.
    fn of(filing: Filing) -> Result<Self, ArchiveError> {
        let Filing { dossier, day, now, title, fields } = filing;
        if let Some(field) = Dossier::reserved(&fields) {
            return Err(ArchiveError::ReservedField(field.to_owned()));
        }
        let title = title.map(|title| ("Title".to_owned(), title.into()));
        let fields = title.into_iter().chain(fields).collect();
        Ok(Self { dossier, day, now, fields })
    }
}

/// Puts a draft's documents into their dossier.
fn commit(
    turn: &Turn<'_>,
    head: &Head,
    mut draft: Draft<'_>,
) -> Result<Filed, ArchiveError> {
    let archive = turn.archive;
    let existing = match &head.dossier {
        Some(code) => Existing::read(archive, code)?,
        None => None,
    };
    let held = held_already(archive, head, existing.as_ref(), &draft)?;
    let known = existing.as_ref().map(|existing| existing.dossier.reused.as_slice());
    let known = known.unwrap_or_default();
    draft
        .reused
        .retain(|new| !known.iter().any(|one| one.source.sha256 == new.source.sha256));
    if draft.reused.is_empty()
        && let Some(filed) = nothing_new(head, existing.as_ref(), &held)
    {
        return Ok(filed);
    }
    let code = match (&existing, &head.dossier) {
        (Some(existing), _) => existing.dossier.code.clone(),
        (None, Some(code)) => code.clone(),
        (None, None) => register::next(turn, head.day)?,
    };
    draft.mark(turn, &code)?;
    let mut build = Build::begin(&draft.dir, existing, &code, head.now)?;
    let mut placed = Vec::new();
    let documents = std::mem::take(&mut draft.documents);
    for ((document, files), held) in documents.into_iter().zip(held) {
        placed.push(match held.or_else(|| build.twin(&document, &files)) {
            Some(held) => Placed::AlreadyHeld(held),
            None => {
                Placed::Added(archive.relative(&code).join(build.add(document, &files)?))
            }
        });
    }
    for reused in std::mem::take(&mut draft.reused) {
        build.reuse(reused);
    }
    for (field, value) in &head.fields {
        build.dossier.set(head.now, field, value.clone());
    }
    let dossier = build.finish(&archive.settings.agency_name)?;
    take_place(archive, &mut draft, &dossier, (Happened::Filed, head.now))?;
    Ok(Filed { code, documents: placed })
}

/// Renames the finished dossier into place and tells the catalogue.
pub(crate) fn take_place(
    archive: &Archive,
    draft: &mut Draft<'_>,
    dossier: &Dossier,
    event: (Happened, Timestamp),
) -> Result<(), ArchiveError> {
    let place = archive.folder(&dossier.code);
    let (bag, old) = (draft.dir.join(BAG), draft.dir.join(OLD));
    let is_new = !place.exists();
    let dossiers = archive.root.join(DOSSIERS);
    if is_new {
        archive.guard(&place)?;
        store::make_dirs(&dossiers, &day_parts(dossier.code.day()))?;
    }
    let (happened, now) = event;
    if let Some(seal) = ledger::seal(&bag) {
        let event = Event::of(now, happened, &dossier.code, seal);
        ledger::announce(archive, &draft.dir, &event)?;
    }
    // From here on the mark must stay until ledger and catalogue know.
    draft.keep = true;
    if is_new {
        store::rename(&bag, &place)?;
    } else {
        store::exchange(&bag, &place, &old)?;
    }
    store::sync_dir(place.parent().unwrap_or(&dossiers))?;
    // The dossier is filed. If ledger or catalogue cannot be told, the mark
    // stays and the next writer tells them.
    let told = ledger::fulfil(archive, &draft.dir, &dossier.code)
        .and_then(|()| recover::index(archive, dossier));
    draft.keep = told.is_err();
    Ok(())
}

/// Where the source of each staged document is held already, if it is.
fn held_already(
    archive: &Archive,
    head: &Head,
    existing: Option<&Existing>,
    draft: &Draft<'_>,
) -> Result<Vec<Option<Held>>, ArchiveError> {
    let mut all = Vec::new();
    for (NewDocument { source, .. }, _) in &draft.documents {
        let mut covered: Option<Vec<Held>> = None;
        for stack in source.stacks() {
            let mut held = match (&head.dossier, existing) {
                (Some(_), Some(existing)) => parts_of(&existing.dossier, &stack.sha256),
                (Some(_), None) => Vec::new(),
                (None, _) => archive.catalogued_parts(&stack.sha256)?,
            };
            held.retain(|held| held.pages.is_none() || held.pages == stack.pages);
            covered = Some(match covered {
                None => held,
                // Fronts that are there without their backs are another paper.
                Some(fronts) => fronts
                    .into_iter()
                    .filter(|front| held.iter().any(|back| back.is_beside(front)))
                    .collect(),
            });
        }
        all.push(covered.and_then(|held| held.into_iter().next()));
    }
    Ok(all)
}

/// The answer where there is nothing to add or change.
fn nothing_new(
    head: &Head,
    existing: Option<&Existing>,
    held: &[Option<Held>],
) -> Option<Filed> {
    let held: Vec<_> = held.iter().cloned().collect::<Option<_>>()?;
    let code = match existing {
        Some(existing) if existing.says(&head.fields) => existing.dossier.code.clone(),
        Some(_) => return None,
        None => held.first()?.dossier.clone(),
    };
    Some(Filed { code, documents: held.into_iter().map(Placed::AlreadyHeld).collect() })
}
