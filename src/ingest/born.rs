//! Papers that were never paper: files that come from a computer and are filed
//! as they are, byte for byte.
//!
//! What a file is is told from its content, and its name must agree: a
//! `.docx` that is something else is a mistake or a trick. What it says is taken
//! into the catalogue where it can be read, and a secrecy marking stops it as it
//! stops a scan.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::archive::{
    Archive, ArchiveError, Change, Code, Content, Filing, NewDocument, Placed, set,
};
use crate::digest::Digest;
use crate::finding::Finding;
use crate::ingest::born::kind::{Kind, agreed};
use crate::ingest::born::words::{Read, read};
use crate::ingest::error::IngestError;
use crate::ingest::fields::Described;
use crate::ingest::outcome::{Outcome, Status};
use crate::ingest::stage::source_info;
use crate::ingest::{secrecy, source};
use crate::time::Timestamp;

mod kind;
mod words;

/// How files are to be added.
#[derive(Clone, Copy, Debug)]
pub struct Adding<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// The dossier, made if it is not there; `None` for a new one for each file.
    pub dossier: Option<&'a Code>,
    /// The title of the dossier.
    pub title: Option<&'a str>,
    /// What a person says of the document.
    pub changes: &'a [Change],
    /// The person, if known.
    pub by: Option<&'a str>,
    /// Who confirms that a paper with a secrecy marking is not secret.
    pub not_secret: Option<&'a str>,
    /// Opens encrypted PDFs, so that they can be read; they are filed as they are.
    pub password: Option<&'a str>,
    /// When.
    pub now: Timestamp,
}

impl Adding<'_> {
    /// Files one file as it is, and says how that ended.
    #[must_use]
    pub fn add(&self, path: &Path, number: usize) -> Outcome {
        let mut outcome = Outcome::begun(number, path.display().to_string());
        if let Err(fault) = self.try_add(path, &mut outcome) {
            outcome.findings.insert(0, fault);
        }
        outcome
    }

    fn try_add(&self, path: &Path, outcome: &mut Outcome) -> Result<(), Finding> {
        let bytes = source::read(path).map_err(|fault| fault.finding())?;
        outcome.bytes_in = bytes.len() as u64;
        let kind = Kind::of(&bytes).map_err(|fault| fault.finding())?;
        let suffix = agreed(path, kind)?;
        let read = read(kind, &bytes, self.password, self.now)?;
        if read.is_secret && self.not_secret.is_none() {
            secrecy::conceal(outcome);
            return Err(secrecy::stopped());
        }
        outcome.findings.clone_from(&read.findings);
        if let Some(person) = self.not_secret.filter(|_| read.is_secret) {
            outcome.findings.push(secrecy::answered_for(person));
        }
        let document = self.document(path, (kind, suffix), read, bytes);
        let filing = Filing {
            dossier: self.dossier.cloned(),
            day: self.now.day(),
            now: self.now,
            title: self.title.map(str::to_owned),
            fields: Map::new(),
        };
        let refused = |error: ArchiveError| IngestError::from(error).finding();
        let filed =
            self.archive.file(filing, vec![document], &|| false).map_err(refused)?;
        outcome.dossier = Some(filed.code.to_string());
        for placed in filed.documents {
            match placed {
                Placed::Added(file) => {
                    outcome.bytes_out = outcome.bytes_in;
                    outcome.file = Some(file);
                    outcome.status = outcome.filed();
                }
                Placed::AlreadyHeld(held) => {
                    let folder = self.archive.relative(&held.dossier);
                    outcome.dossier = Some(held.dossier.to_string());
                    outcome.file = Some(folder.join(&held.file));
                    outcome.status = Status::AlreadyFiled;
                }
            }
        }
        Ok(())
    }

    /// The document as the archive takes it.
    fn document(
        &self,
        path: &Path,
        (kind, suffix): (Kind, String),
        read: Read,
        bytes: Arc<[u8]>,
    ) -> NewDocument {
        let Described { kind: paper, mut fields, evidence, .. } = read.described;
        set::say_by_hand(&mut fields, self.changes, self.by, self.now);
        let typed = fields.get("TypeName").and_then(Value::as_str).map(str::to_owned);
        let mut record = Map::new();
        record.insert("born_digital".to_owned(), true.into());
        record.insert("findings".to_owned(), json!(read.findings));
        record.extend(evidence);
        let name = path.to_string_lossy();
        let source = source_info(&name, &bytes, Digest::of(&bytes), kind.name());
        NewDocument {
            kind_of_paper: typed.unwrap_or(paper),
            suffix,
            content: Content::Shared(bytes),
            source,
            pages: read.pages,
            companions: Vec::new(),
            fields,
            record: record.into(),
            text: (!read.text.trim().is_empty()).then_some(read.text),
        }
    }
}

/// What a file says that would be filed as it is: its fields and its text.
///
/// # Errors
///
/// When it would not be filed.
pub(crate) fn said(
    bytes: &Arc<[u8]>,
    password: Option<&str>,
    now: Timestamp,
) -> Result<(Map<String, Value>, String), Finding> {
    let kind = Kind::of(bytes).map_err(|fault| fault.finding())?;
    let read = read(kind, bytes, password, now)?;
    Ok((read.described.fields, read.text))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::zip::Writer;

    /// A ZIP container of these files.
    pub(super) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let mut zip = Writer::begin(Cursor::new(Vec::new()), now);
        for (name, text) in files {
            zip.file(name, text.len() as u64, &mut text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
