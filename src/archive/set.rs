//! Setting fields: a dossier's next version says something else about it.
//!
//! What a person says stays told apart from what was read by machine: beside
//! the field, `by_hand` notes who said it and when, and the history keeps what
//! was there before. The payload is not touched; the new version of the record
//! takes its place in one step, as everything does.

use serde_json::{Map, Value, json};

use crate::archive::Archive;
use crate::archive::build::{Build, Existing};
use crate::archive::code::Code;
use crate::archive::dossier::Dossier;
use crate::archive::error::ArchiveError;
use crate::archive::fields::{Field, Kind};
use crate::archive::filing::take_place;
use crate::archive::ledger::Happened;
use crate::archive::reread::BY_HAND;
use crate::archive::state;
use crate::time::Timestamp;

/// A field and what it is to hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The field.
    pub field: Field,
    /// Its new value; `None` empties it.
    pub value: Option<Value>,
}

/// What fields are set on, and by whom.
#[derive(Clone, Debug)]
pub struct Setting<'a> {
    /// The dossier, however its code is spelt.
    pub dossier: &'a Code,
    /// One of its documents by its ordinal; `None` for the dossier itself.
    pub document: Option<u32>,
    /// The person, if known.
    pub by: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

impl Archive {
    /// Sets fields of a dossier or of one of its documents, all or none,
    /// durably. Says what is there now, and whether anything changed.
    ///
    /// # Errors
    ///
    /// When there is no such dossier or document, the dossier is damaged, or
    /// the disk refuses. Then nothing was changed.
    pub fn set(
        &self,
        setting: &Setting<'_>,
        changes: &[Change],
    ) -> Result<(Dossier, bool), ArchiveError> {
        let set = || {
            let mut draft = self.draft()?;
            let turn = self.turn(&|| false)?;
            let existing = Existing::read(self, setting.dossier)?;
            let existing = existing
                .ok_or_else(|| ArchiveError::NoSuchDossier(setting.dossier.clone()))?;
            let code = existing.dossier.code.clone();
            let mut changed = existing.dossier.clone();
            let events = apply(&mut changed, setting, changes)?;
            if events.is_empty() {
                return Ok((changed, false));
            }
            draft.mark(&turn, &code)?;
            let mut build = Build::begin(&draft.dir, Some(existing), &code, setting.now)?;
            for particulars in events {
                changed.happened(setting.now, "field_changed", particulars);
            }
            build.dossier = changed;
            let dossier = build.finish(&self.settings().agency_name)?;
            let event = (Happened::Altered, setting.now);
            take_place(self, &mut draft, &dossier, event)?;
            Ok((dossier, true))
        };
        self.told(set())
    }
}

/// What an event of a change tells.
type Particulars = [(&'static str, Value); 5];

/// Makes the changes; what is to be remembered of each that is one.
fn apply(
    dossier: &mut Dossier,
    setting: &Setting<'_>,
    changes: &[Change],
) -> Result<Vec<Particulars>, ArchiveError> {
    let mut events = Vec::new();
    // The title has a place of its own in the record.
    let mut title = Map::new();
    let title_was = dossier.title.clone();
    title.extend(title_was.map(|was| ("Title".to_owned(), Value::from(was))));
    let mut document = match setting.document {
        Some(ordinal) => Some(
            dossier
                .documents
                .iter_mut()
                .find(|document| document.ordinal == ordinal)
                .ok_or_else(|| {
                    ArchiveError::NoSuchDocument(setting.dossier.clone(), ordinal)
                })?,
        ),
        None => None,
    };
    for Change { field, value } in changes {
        let fields = match &mut document {
            Some(document) => &mut document.fields,
            None if field.name == "Title" => &mut title,
            None => &mut dossier.fields,
        };
        let was = put(fields, field.name, value.clone());
        if was == *value {
            continue;
        }
        if field.kind == Kind::State {
            let text =
                |value: &Option<Value>| value.as_ref()?.as_str().map(str::to_owned);
            let (was, is) = (text(&was), text(value));
            state::check_move(was.as_deref(), is.as_deref())
                .map_err(ArchiveError::State)?;
        }
        let hand = json!({ "at": setting.now, "by": setting.by });
        let marked = match &mut document {
            Some(document) => &mut document.fields,
            None => &mut dossier.fields,
        };
        mark(marked, field.name, hand);
        let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
        events.push([
            ("document", setting.document.into()),
            ("field", field.name.into()),
            ("was", or_null(was)),
            ("is", or_null(value.clone())),
            ("by", setting.by.into()),
        ]);
    }
    if setting.document.is_none() {
        dossier.title = title.get("Title").and_then(Value::as_str).map(str::to_owned);
    }
    Ok(events)
}

/// Gives the field a value, or takes it away; what it held before.
fn put(
    fields: &mut Map<String, Value>,
    name: &str,
    value: Option<Value>,
) -> Option<Value> {
    if let Some((group, name)) = name.split_once('.') {
        let inner = fields.entry(group).or_insert_with(|| json!({}));
        if !inner.is_object() {
            *inner = json!({});
        }
        let was = inner.as_object_mut().and_then(|inner| put(inner, name, value));
        if inner.as_object().is_some_and(Map::is_empty) {
            fields.shift_remove(group);
        }
        return was;
    }
    match value {
        Some(value) => fields.insert(name.to_owned(), value),
        None => fields.shift_remove(name),
    }
}

/// Lays what a person says over the fields of a document that is not filed yet.
pub fn say_by_hand(
    fields: &mut Map<String, Value>,
    changes: &[Change],
    by: Option<&str>,
    now: Timestamp,
) {
    for Change { field, value } in changes {
        put(fields, field.name, value.clone());
        mark(fields, field.name, json!({ "at": now, "by": by }));
    }
}

/// Notes that a person said what the field holds.
fn mark(fields: &mut Map<String, Value>, name: &str, hand: Value) {
    let marks = fields.entry(BY_HAND).or_insert_with(|| json!({}));
    if let Some(marks) = marks.as_object_mut() {
        marks.insert(name.to_owned(), hand);
    }
}
