//! The tables of the catalogue and how a dossier's rows get into them.
//!
//! A dossier is one row, and so is each of its documents. What can be searched
//! is in two full-text indexes that hold no text, only [keys](crate::text::keys):
//! `heads` what the record says, `pages` what was read on each page. A page's
//! number in the index is made of its document's number and its own, so that
//! later documents have higher numbers and the newest hits come first for free.
//!
//! The three keys of a word are three words of the index, told apart by their
//! first letter. The alternative, a column for each, makes the search for a
//! common unaccented word pay for its accented relatives.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};
use serde_json::Value;

use crate::archive::catalogue::{CatalogueError, Entry};
use crate::archive::code::Code;
use crate::archive::dossier::{self, Document, Dossier, SourceInfo};
use crate::archive::facts::DossierFacts;
use crate::archive::reread::BY_HAND;
use crate::digest::Digest;
use crate::text::keys::Tier;

/// The tables.
const TABLES: &str = "
CREATE TABLE dossiers (
    code TEXT PRIMARY KEY,
    canonical TEXT NOT NULL,
    day TEXT NOT NULL,
    title TEXT,
    documents INTEGER NOT NULL,
    pages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX dossiers_by_day ON dossiers (day, code);
CREATE INDEX dossiers_by_canonical ON dossiers (canonical);
-- The dossier itself is among its documents, with an empty file.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    dossier TEXT NOT NULL,
    file TEXT NOT NULL,
    date TEXT NOT NULL,
    type TEXT NOT NULL,
    issuer TEXT NOT NULL,
    texts INTEGER NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (dossier, file)
);
CREATE INDEX documents_by_date ON documents (date);
CREATE TABLE sources (
    sha256 BLOB NOT NULL,
    dossier TEXT NOT NULL,
    file TEXT NOT NULL,
    -- 0 and 0 for all pages.
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (sha256, dossier, file, first)
) WITHOUT ROWID;
CREATE INDEX sources_by_dossier ON sources (dossier);
-- What reports count, packed by `facts.rs`.
CREATE TABLE facts (code TEXT PRIMARY KEY, facts BLOB NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE heads USING fts5
    (keys, tokenize = 'ascii', content = '', contentless_delete = 1);
CREATE VIRTUAL TABLE pages USING fts5
    (keys, tokenize = 'ascii', content = '', contentless_delete = 1);
";
/// Every table, so that a new form can take the place of an older one.
const NAMES: &[&str] = &["heads", "pages", "sources", "documents", "dossiers", "facts"];

/// Bits of the number of a page within its document.
pub(super) const PAGE_BITS: u32 = 20;
/// The highest number of a page that can be found.
const LAST_PAGE: i64 = (1 << PAGE_BITS) - 1;

/// Makes the tables anew, empty.
pub(super) fn make_tables(transaction: &Transaction<'_>) -> Result<(), CatalogueError> {
    for name in NAMES {
        transaction.execute_batch(&format!("DROP TABLE IF EXISTS {name}"))?;
    }
    Ok(transaction.execute_batch(TABLES)?)
}

/// Makes the rows of one dossier say what it says. Documents that are as they
/// were cost next to nothing.
pub(super) fn bring_up_to_date(
    transaction: &Transaction<'_>,
    entry: Entry<'_>,
) -> Result<(), CatalogueError> {
    let dossier = entry.dossier;
    let code = dossier.code.to_string();
    let mut there = rows_of(transaction, &code)?;
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO dossiers VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            code,
            dossier.code.canonical().to_string(),
            dossier.code.day().to_string(),
            dossier.title,
            dossier.doc_total,
            dossier.page_total,
        ])?;
    transaction
        .prepare_cached("INSERT OR REPLACE INTO facts VALUES (?1, ?2)")?
        .execute(params![code, DossierFacts::of(dossier, &code).pack()])?;
    transaction
        .prepare_cached("DELETE FROM sources WHERE dossier = ?1")?
        .execute([&code])?;
    bring_part(transaction, entry, None, there.remove(""))?;
    let mut files = BTreeMap::new();
    for document in &dossier.documents {
        // A record altered by hand may name a file twice; the last one counts.
        files.insert(document.file.as_str(), document);
    }
    for (file, document) in files {
        bring_part(transaction, entry, Some(document), there.remove(file))?;
        note_sources(transaction, &code, file, &document.source)?;
    }
    for reused in &dossier.reused {
        let source = SourceInfo { pages: None, ..reused.source.clone() };
        note_sources(transaction, &code, dossier::FILE, &source)?;
    }
    there.into_values().try_for_each(|row| remove(transaction, &row))
}

/// Notes what a file was made from.
fn note_sources(
    transaction: &Transaction<'_>,
    code: &str,
    file: &str,
    source: &SourceInfo,
) -> Result<(), CatalogueError> {
    let mut row = transaction
        .prepare_cached("INSERT OR REPLACE INTO sources VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for stack in source.stacks() {
        let [first, last] = stack.pages.unwrap_or_default();
        row.execute(params![stack.sha256.bytes(), code, file, first, last])?;
    }
    Ok(())
}

/// Removes every row of one dossier.
pub(super) fn forget(
    transaction: &Transaction<'_>,
    code: &Code,
) -> Result<(), CatalogueError> {
    let code = code.to_string();
    for row in rows_of(transaction, &code)?.into_values() {
        remove(transaction, &row)?;
    }
    for delete in [
        "DELETE FROM sources WHERE dossier = ?1",
        "DELETE FROM dossiers WHERE code = ?1",
        "DELETE FROM facts WHERE code = ?1",
    ] {
        transaction.prepare_cached(delete)?.execute([&code])?;
    }
    Ok(())
}

/// A row of `documents` as far as keeping it up to date needs.
struct Row {
    id: i64,
    /// Pages in the index.
    texts: i64,
    /// A digest of everything it was made from.
    state: Vec<u8>,
}

/// The rows of a dossier by file.
fn rows_of(
    transaction: &Transaction<'_>,
    code: &str,
) -> Result<BTreeMap<String, Row>, CatalogueError> {
    let mut query = transaction.prepare_cached(
        "SELECT file, id, texts, state FROM documents WHERE dossier = ?1",
    )?;
    let rows = query.query_map([code], |row| {
        Ok((row.get(0)?, Row { id: row.get(1)?, texts: row.get(2)?, state: row.get(3)? }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes the row of one document, or of the dossier itself, say what it says.
fn bring_part(
    transaction: &Transaction<'_>,
    entry: Entry<'_>,
    document: Option<&Document>,
    there: Option<Row>,
) -> Result<(), CatalogueError> {
    let dossier = entry.dossier;
    let said = document.map_or_else(|| said_of_dossier(dossier), said_of_document);
    let said: String = said.into_iter().map(|(_, value)| value + "\n").collect();
    let state = Digest::of(&state(&said, document));
    if there.as_ref().is_some_and(|row| row.state == state.bytes()) {
        return Ok(());
    }
    if let Some(row) = &there {
        remove(transaction, row)?;
    }
    let text = document.and_then(|document| (entry.text)(document)).unwrap_or_default();
    let pages = text.split_terminator('\u{c}').zip(1..=LAST_PAGE);
    let field = |name| text_of(document?.fields.get(name)?);
    let date = field("IssuedDate").unwrap_or_else(|| dossier.code.day().to_string());
    transaction
        .prepare_cached("INSERT INTO documents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            there.map(|row| row.id),
            dossier.code.to_string(),
            document.map_or("", |document| document.file.as_str()),
            date,
            Tier::Bare.keys(&field("TypeName").unwrap_or_default()),
            Tier::Bare.keys(&field("OrganName").unwrap_or_default()),
            i64::try_from(pages.clone().count()).unwrap_or(LAST_PAGE),
            state.bytes(),
        ])?;
    let id = transaction.last_insert_rowid();
    let mut insert =
        transaction.prepare_cached("INSERT INTO heads (rowid, keys) VALUES (?1, ?2)")?;
    insert.execute(params![id, index_words(&said)])?;
    let mut insert =
        transaction.prepare_cached("INSERT INTO pages (rowid, keys) VALUES (?1, ?2)")?;
    for (page, number) in pages {
        let words = index_words(page);
        // Many pages are blank.
        if !words.is_empty() {
            insert.execute(params![(id << PAGE_BITS) | number, words])?;
        }
    }
    Ok(())
}

/// Removes the row of a document and everything that can be found of it.
fn remove(transaction: &Transaction<'_>, row: &Row) -> Result<(), CatalogueError> {
    let mut delete = transaction.prepare_cached("DELETE FROM pages WHERE rowid = ?1")?;
    for page in 1..=row.texts {
        delete.execute([(row.id << PAGE_BITS) | page])?;
    }
    for delete in
        ["DELETE FROM heads WHERE rowid = ?1", "DELETE FROM documents WHERE id = ?1"]
    {
        transaction.prepare_cached(delete)?.execute([row.id])?;
    }
    Ok(())
}

/// Everything a row is made from. A document's text never changes without its
/// file: both are written once.
fn state(said: &str, document: Option<&Document>) -> Vec<u8> {
    let mut state = said.as_bytes().to_vec();
    if let Some(document) = document {
        state.extend(document.sha256.bytes());
        state.extend(document.text.iter().flat_map(|file| file.bytes()));
    }
    state
}

/// The words of the index for `text`: each tier's keys, marked by the tier.
fn index_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len() * 4);
    for tier in Tier::ALL {
        for key in tier.keys(text).split_terminator(' ') {
            words.push(mark(tier));
            words.push_str(key);
            words.push(' ');
        }
    }
    words
}

/// The letter that a tier's words begin with in the index.
pub(super) fn mark(tier: Tier) -> char {
    match tier {
        Tier::Exact => 'e',
        Tier::Toneless => 't',
        Tier::Bare => 'b',
    }
}

/// What a dossier says about itself: field and value.
pub(crate) fn said_of_dossier(dossier: &Dossier) -> Vec<(String, String)> {
    let mut said = vec![("code".to_owned(), dossier.code.to_string())];
    said.extend(dossier.title.clone().map(|title| ("Title".to_owned(), title)));
    dossier.fields.iter().for_each(|(name, value)| values(name, value, &mut said));
    said
}

/// What the record says about a document: field and value.
pub(crate) fn said_of_document(document: &Document) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let [number, notation] = ["CodeNumber", "CodeNotation"]
        .map(|name| document.fields.get(name).and_then(text_of));
    if let (Some(number), Some(notation)) = (number, notation) {
        // As it stands on the paper, so that it is found as it stands there.
        said.push(("CodeNumber".to_owned(), format!("{number}/{notation}")));
    }
    document.fields.iter().for_each(|(name, value)| values(name, value, &mut said));
    said
}

/// A value that is a text or a number.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The texts and numbers in `value`, however deep, under their own names.
fn values(name: &str, value: &Value, said: &mut Vec<(String, String)>) {
    if name == BY_HAND {
        return;
    }
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| values(name, value, said));
        }
        Value::Array(items) => items.iter().for_each(|item| values(name, item, said)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            said.extend(text_of(value).map(|text| (name.to_owned(), text)));
        }
    }
}
