//! Drafts: what is to be filed, copied beside its place while it is made.
//!
//! Copying takes long and disturbs nobody, so it happens before a turn. Every
//! file is hashed on the way and durable when [`Draft::add`] returns; a dossier
//! of hundreds of scans never has to lie in memory whole.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::archive::code::Code;
use crate::archive::dossier::{Document, SourceInfo};
use crate::archive::error::ArchiveError;
use crate::archive::same::Reused;
use crate::archive::store::{self, Doing, Source, StoreError};
use crate::archive::turn::Turn;
use crate::archive::{Archive, names};
use crate::digest::Digest;

/// The folder of copied files, in the draft's folder.
pub(crate) const NEW: &str = "new";

/// Documents on their way into one dossier; gone with it unless filed.
#[derive(Debug)]
pub struct Draft<'a> {
    pub(crate) archive: &'a Archive,
    pub(crate) dir: PathBuf,
    /// Whether the folder must stay when this goes.
    pub(crate) keep: bool,
    /// The documents without their content, and their files: first their own.
    pub(crate) documents: Vec<(NewDocument, Vec<StagedFile>)>,
    /// Papers that lie in other dossiers.
    pub(crate) reused: Vec<Reused>,
}

/// A document to be filed.
#[derive(Debug)]
pub struct NewDocument {
    /// What kind of paper it is, for the file's name; nothing personal. Empty
    /// where nothing is known.
    pub kind_of_paper: String,
    /// The ending of its file, `.pdf`.
    pub suffix: String,
    /// Its file.
    pub content: Content,
    /// What it was made from.
    pub source: SourceInfo,
    /// Its pages.
    pub pages: u32,
    /// Files that belong to it.
    pub companions: Vec<Companion>,
    /// Its fields (`TypeName`, `CodeNumber`, `Subject`, …), by their names in
    /// Phụ lục VI.
    pub fields: Map<String, Value>,
    /// How it came to be: pages, findings. Kept as it is.
    pub record: Value,
    /// Its text, pages ended by form feeds; kept beside the payload for search.
    pub text: Option<String>,
}

/// A file kept beside a document.
#[derive(Debug)]
pub struct Companion {
    /// What replaces the document's ending: `.source.tif`, `.trang-trong.pdf`.
    pub suffix: String,
    /// The file.
    pub content: Content,
}

/// The bytes of a file to be kept.
#[derive(Debug)]
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In memory, shared with whoever read it.
    Shared(Arc<[u8]>),
    /// A file to copy, which must still be what it was when it was hashed.
    File {
        /// Where it is.
        path: PathBuf,
        /// What it must hash to.
        sha256: Digest,
    },
}

impl Archive {
    /// Begins a draft.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or the archive was opened for looking.
    pub fn draft(&self) -> Result<Draft<'_>, ArchiveError> {
        let draft = || {
            let dir = self.run()?.folder()?;
            let (documents, reused) = (Vec::new(), Vec::new());
            let draft = Draft { archive: self, dir, keep: false, documents, reused };
            store::make_dir(&draft.dir.join(NEW))?;
            Ok(draft)
        };
        self.told(draft())
    }
}

impl Draft<'_> {
    /// Copies a document and what belongs to it, durably.
    ///
    /// # Errors
    ///
    /// When a source changed under our hands, the disk refuses, or
    /// `interrupted` says so.
    pub fn add(
        &mut self,
        document: NewDocument,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), ArchiveError> {
        let added = self.copy_all(document, interrupted);
        self.archive.told(added)
    }

    /// Adds a paper that another dossier holds: it is recorded and not copied.
    pub fn reuse(&mut self, reused: Reused) {
        self.reused.push(reused);
    }

    fn copy_all(
        &mut self,
        mut document: NewDocument,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(), ArchiveError> {
        if let Some(field) = Document::reserved(&document.fields) {
            return Err(ArchiveError::ReservedField(field.to_owned()));
        }
        let content =
            std::mem::replace(&mut document.content, Content::Bytes(Vec::new()));
        let own = Companion { suffix: document.suffix.clone(), content };
        let companions = std::mem::take(&mut document.companions);
        let mut files = Vec::new();
        for (file, part) in [own].into_iter().chain(companions).zip(1..) {
            let name = format!("{}.{part}", self.documents.len());
            let path = self.dir.join(NEW).join(name);
            let suffix = names::suffix(&file.suffix);
            let (sha256, bytes) = copy(&file.content, &path, interrupted)?;
            files.push(StagedFile { path, suffix, sha256, bytes });
        }
        if !self.archive.settings.record_source_names {
            document.source.name = None;
        }
        self.documents.push((document, files));
        Ok(())
    }

    /// Marks the dossier with this code as about to change: from here on, a
    /// crash makes the next writer look at it.
    pub(crate) fn mark(
        &mut self,
        turn: &Turn<'_>,
        code: &Code,
    ) -> Result<(), ArchiveError> {
        let marked = turn.run.dir().join(code.to_string());
        store::rename(&self.dir, &marked)?;
        for (_, files) in &mut self.documents {
            for file in files {
                let name = file.path.file_name().unwrap_or_default();
                file.path = marked.join(NEW).join(name);
            }
        }
        self.dir = marked;
        Ok(store::sync_dir(turn.run.dir())?)
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.keep {
            // What cannot be removed now is swept when the archive is opened.
            drop(store::remove_tree(&self.dir));
        }
    }
}

/// A file that waits for its name.
#[derive(Debug)]
pub(crate) struct StagedFile {
    pub(crate) path: PathBuf,
    pub(crate) suffix: String,
    pub(crate) sha256: Digest,
    pub(crate) bytes: u64,
}

/// Copies the content of a file to be kept.
fn copy(
    content: &Content,
    to: &Path,
    interrupted: &dyn Fn() -> bool,
) -> Result<(Digest, u64), ArchiveError> {
    let (mut bytes, mut file);
    let (path, read, expected): (&Path, &mut dyn Read, _) = match content {
        Content::Bytes(content) => {
            bytes = content.as_slice();
            (to, &mut bytes, None)
        }
        Content::Shared(content) => {
            bytes = &**content;
            (to, &mut bytes, None)
        }
        Content::File { path, sha256 } => {
            file = File::open(path).map_err(|e| StoreError::new(Doing::Read, path, e))?;
            (path, &mut file, Some(*sha256))
        }
    };
    let written = store::write_new(to, &mut Source { path, read }, interrupted)?;
    let (digest, length) = written.ok_or(ArchiveError::Interrupted)?;
    if expected.is_some_and(|expected| expected != digest) {
        return Err(ArchiveError::SourceChanged(path.to_owned()));
    }
    Ok((digest, length))
}
