//! Filing: documents go into a dossier, all of them or none.
//!
//! First the bytes are copied to the run's folder, hashed on the way and made
//! durable; that takes long and disturbs nobody. Then, in a turn, the dossier's
//! new version is put together from them by renaming and linking, and takes its
//! place in one step. An existing dossier keeps the manifest entries it has: what
//! was promised about a file is not renewed by looking at the file.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::archive::bag::{self, Info, Manifest, Oxum};
use crate::archive::catalogue::Held;
use crate::archive::code::Code;
use crate::archive::dossier::{self, Document, Dossier, DossierError, Kept, SourceInfo};
use crate::archive::error::ArchiveError;
use crate::archive::recover::{self, BAG, OLD};
use crate::archive::store::{self, Doing, Source, StoreError};
use crate::archive::turn::Turn;
use crate::archive::{Archive, DOSSIERS, day_parts, names, parts_of, register};
use crate::digest::Digest;
use crate::time::{Day, Timestamp};

/// The folder of recognised text, in the dossier's folder.
const TEXT: &str = "text";
/// The folder of copied files, in the folder of one filing.
const NEW: &str = "new";
/// Files of a bag that are written anew when documents are added.
const REWRITTEN: &[&str] =
    &[dossier::FILE, bag::INFO_FILE, bag::MANIFEST_FILE, bag::TAG_MANIFEST_FILE];
/// Largest manifest or `bag-info.txt` that is read.
const TAG_FILE_LIMIT: u64 = 64 << 20;

/// Documents to be filed together.
#[derive(Debug)]
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
    /// The documents in order.
    pub documents: Vec<NewDocument>,
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
    /// A file to copy, which must still be what it was when it was hashed.
    File {
        /// Where it is.
        path: PathBuf,
        /// What it must hash to.
        sha256: Digest,
    },
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
    /// Files documents into one dossier, all or none, durably.
    ///
    /// A source is not filed twice: not in the same dossier if the filing names
    /// one, not anywhere in the archive if it does not.
    ///
    /// # Errors
    ///
    /// When a source changed under our hands, the dossier is damaged, the disk
    /// refuses, or `interrupted` says so before the dossier is in place. Then
    /// nothing was filed.
    pub fn file(
        &self,
        filing: Filing,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Filed, ArchiveError> {
        let file = || {
            let (head, documents) = Head::of(filing)?;
            let staged = self.stage(documents, interrupted)?;
            let turn = self.turn(interrupted)?;
            commit(&turn, &head, staged)
        };
        self.told(file())
    }

    /// Copies everything to the run's folder.
    fn stage(
        &self,
        documents: Vec<NewDocument>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Staged, ArchiveError> {
        let dir = self.run()?.folder()?;
        let mut staged = Staged { dir, keep: false, documents: Vec::new() };
        let new = staged.dir.join(NEW);
        store::make_dir(&new)?;
        for (document, number) in documents.into_iter().zip(1..) {
            let mut document = document;
            let mut files = Vec::new();
            let own = (document.suffix.as_str(), &document.content);
            let companions =
                document.companions.iter().map(|c| (c.suffix.as_str(), &c.content));
            for ((suffix, content), part) in [own].into_iter().chain(companions).zip(1..)
            {
                let path = new.join(format!("{number}.{part}"));
                let (sha256, bytes) = copy(content, &path, interrupted)?;
                files.push(StagedFile {
                    path,
                    suffix: names::suffix(suffix),
                    sha256,
                    bytes,
                });
            }
            if !self.settings.record_source_names {
                document.source.name = None;
            }
            document.content = Content::Bytes(Vec::new());
            document.companions.clear();
            staged.documents.push((document, files));
        }
        Ok(staged)
    }
}

/// A filing without its documents.
struct Head {
    dossier: Option<Code>,
    day: Day,
    now: Timestamp,
    fields: Vec<(String, Value)>,
}

impl Head {
    /// Takes a filing apart and refuses fields that are not the caller's.
    fn of(filing: Filing) -> Result<(Self, Vec<NewDocument>), ArchiveError> {
        let Filing { dossier, day, now, title, fields, documents } = filing;
        let reserved = Dossier::reserved(&fields)
            .or_else(|| documents.iter().find_map(|d| Document::reserved(&d.fields)));
        if let Some(field) = reserved {
            return Err(ArchiveError::ReservedField(field.to_owned()));
        }
        let title = title.map(|title| ("Title".to_owned(), title.into()));
        let fields = title.into_iter().chain(fields).collect();
        Ok((Self { dossier, day, now, fields }, documents))
    }
}

/// What lies in the folder of one filing; removed with it unless kept.
struct Staged {
    dir: PathBuf,
    keep: bool,
    /// The documents without their content, and their files: first their own.
    documents: Vec<(NewDocument, Vec<StagedFile>)>,
}

/// A file that waits for its name.
struct StagedFile {
    path: PathBuf,
    suffix: String,
    sha256: Digest,
    bytes: u64,
}

impl Staged {
    /// Marks the dossier with this code as about to change: from here on, a
    /// crash makes the next writer look at it.
    fn mark(&mut self, turn: &Turn<'_>, code: &Code) -> Result<(), ArchiveError> {
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

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.keep {
            // What cannot be removed now is swept when the archive is opened.
            drop(store::remove_tree(&self.dir));
        }
    }
}

/// Puts the staged documents into their dossier.
fn commit(
    turn: &Turn<'_>,
    head: &Head,
    mut staged: Staged,
) -> Result<Filed, ArchiveError> {
    let archive = turn.archive;
    let existing = match &head.dossier {
        Some(code) => Existing::read(archive, code)?,
        None => None,
    };
    let held = held_already(archive, head, existing.as_ref(), &staged)?;
    if let Some(filed) = nothing_new(head, existing.as_ref(), &held) {
        return Ok(filed);
    }
    let code = match (&existing, &head.dossier) {
        (Some(existing), _) => existing.dossier.code.clone(),
        (None, Some(code)) => code.clone(),
        (None, None) => register::next(turn, head.day)?,
    };
    staged.mark(turn, &code)?;
    let mut build = Build::begin(&staged.dir, existing, &code, head.now)?;
    let mut placed = Vec::new();
    let documents = std::mem::take(&mut staged.documents);
    for ((document, files), held) in documents.into_iter().zip(held) {
        placed.push(match held.or_else(|| build.twin(&document, &files)) {
            Some(held) => Placed::AlreadyHeld(held),
            None => {
                Placed::Added(archive.relative(&code).join(build.add(document, &files)?))
            }
        });
    }
    for (field, value) in &head.fields {
        build.dossier.set(head.now, field, value.clone());
    }
    let dossier = build.finish(&archive.settings.agency_name)?;
    take_place(archive, &mut staged, &dossier)?;
    Ok(Filed { code, documents: placed })
}

/// Renames the finished dossier into place and tells the catalogue.
fn take_place(
    archive: &Archive,
    staged: &mut Staged,
    dossier: &Dossier,
) -> Result<(), ArchiveError> {
    let place = archive.folder(&dossier.code);
    let (bag, old) = (staged.dir.join(BAG), staged.dir.join(OLD));
    let is_new = !place.exists();
    let dossiers = archive.root.join(DOSSIERS);
    if is_new {
        archive.guard(&place)?;
        store::make_dirs(&dossiers, &day_parts(dossier.code.day()))?;
    }
    // From here on the mark must stay until the catalogue knows.
    staged.keep = true;
    if is_new {
        store::rename(&bag, &place)?;
    } else {
        store::exchange(&bag, &place, &old)?;
    }
    store::sync_dir(place.parent().unwrap_or(&dossiers))?;
    // The dossier is filed. If the catalogue cannot be told, the mark stays
    // and the next writer tells it.
    staged.keep = recover::index(archive, dossier).is_err();
    Ok(())
}

impl Archive {
    /// The folder of a dossier, relative to the archive's.
    fn relative(&self, code: &Code) -> PathBuf {
        let folder = self.folder(code);
        folder.strip_prefix(&self.root).unwrap_or(&folder).to_owned()
    }
}

/// Where the source of each staged document is held already, if it is.
fn held_already(
    archive: &Archive,
    head: &Head,
    existing: Option<&Existing>,
    staged: &Staged,
) -> Result<Vec<Option<Held>>, ArchiveError> {
    let mut all = Vec::new();
    for (NewDocument { source, .. }, _) in &staged.documents {
        let held = match (&head.dossier, existing) {
            (Some(_), Some(existing)) => parts_of(&existing.dossier, &source.sha256),
            (Some(_), None) => Vec::new(),
            (None, _) => archive.catalogued_parts(&source.sha256)?,
        };
        let covers = |held: &Held| held.pages.is_none() || held.pages == source.pages;
        all.push(held.into_iter().find(covers));
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

/// A dossier that is to be added to.
struct Existing {
    folder: PathBuf,
    dossier: Dossier,
    payload: Manifest,
    tags: Manifest,
    oxum: Oxum,
}

impl Existing {
    /// Reads what must be carried over; `None` where there is no such dossier.
    fn read(archive: &Archive, code: &Code) -> Result<Option<Self>, ArchiveError> {
        let Some(code) = archive.find(code)? else { return Ok(None) };
        let folder = archive.folder(&code);
        let dossier = archive.read_record(&code)?;
        let bad = |error| ArchiveError::Dossier(folder.clone(), error);
        for name in store::list(&folder)? {
            let name = name.to_string_lossy();
            let is_manifest =
                name.starts_with("manifest-") || name.starts_with("tagmanifest-");
            // Adding would make these untrue.
            if is_manifest && !REWRITTEN.contains(&name.as_ref()) || name == "fetch.txt" {
                return Err(bad(DossierError::Foreign { file: name.into_owned() }));
            }
        }
        let payload = read_manifest(&folder, bag::MANIFEST_FILE)?;
        let tags = read_manifest(&folder, bag::TAG_MANIFEST_FILE)?;
        let info = store::read(&folder.join(bag::INFO_FILE), TAG_FILE_LIMIT)?;
        let oxum = info.and_then(|info| Oxum::read(&String::from_utf8_lossy(&info)));
        let oxum = oxum.ok_or_else(|| bad(DossierError::NoOxum))?;
        Ok(Some(Self { folder, dossier, payload, tags, oxum }))
    }

    /// Whether its fields are these already.
    fn says(&self, fields: &[(String, Value)]) -> bool {
        fields.iter().all(|(field, value)| match field.as_str() {
            "Title" => self.dossier.title.as_deref() == value.as_str(),
            other => self.dossier.fields.get(other) == Some(value),
        })
    }
}

/// Reads a manifest of the bag in `folder`.
fn read_manifest(folder: &Path, name: &str) -> Result<Manifest, ArchiveError> {
    let bad = |error| ArchiveError::Dossier(folder.to_owned(), error);
    let file = name.to_owned();
    let bytes = store::read(&folder.join(name), TAG_FILE_LIMIT)?
        .ok_or_else(|| bad(DossierError::NoManifest { file: file.clone() }))?;
    Manifest::read(&String::from_utf8_lossy(&bytes))
        .map_err(|line| bad(DossierError::Manifest { file, line }))
}

/// A dossier being put together.
struct Build {
    /// Where.
    dir: PathBuf,
    /// The mark it is built in.
    mark: PathBuf,
    dossier: Dossier,
    payload: Manifest,
    tags: Manifest,
    oxum: Oxum,
    /// Tag files to write, by name.
    files: Vec<(String, Vec<u8>)>,
    /// The names of the documents added.
    added: Vec<Value>,
    /// The ordinal of the next document.
    next: u32,
    now: Timestamp,
}

impl Build {
    /// Begins with what is there.
    fn begin(
        mark: &Path,
        existing: Option<Existing>,
        code: &Code,
        now: Timestamp,
    ) -> Result<Self, ArchiveError> {
        let dir = mark.join(BAG);
        store::make_dir(&dir)?;
        let mut build = Self {
            dir,
            mark: mark.to_owned(),
            dossier: Dossier::new(code.clone(), now),
            payload: Manifest::default(),
            tags: Manifest::default(),
            oxum: Oxum::default(),
            files: Vec::new(),
            added: Vec::new(),
            next: 1,
            now,
        };
        if let Some(existing) = existing {
            store::clone_tree(&existing.folder, &build.dir, REWRITTEN)?;
            let Existing { folder: _, dossier, payload, tags, oxum } = existing;
            (build.payload, build.tags, build.oxum) = (payload, tags, oxum);
            build.dossier = dossier;
        } else {
            let declaration = bag::DECLARATION.as_bytes().to_vec();
            build.files.push((bag::DECLARATION_FILE.to_owned(), declaration));
        }
        store::make_dirs(&build.dir, &[bag::PAYLOAD.to_owned()])?;
        build.next = build.highest_ordinal()?.saturating_add(1);
        Ok(build)
    }

    /// The highest ordinal that a record, a manifest or a file claims.
    fn highest_ordinal(&self) -> Result<u32, ArchiveError> {
        let recorded = self.dossier.documents.iter().map(|document| document.ordinal);
        let name = |path: &str| path.rsplit('/').next().and_then(names::ordinal);
        let promised =
            self.payload.0.keys().chain(self.tags.0.keys()).filter_map(|p| name(p));
        let files = store::list(&self.dir.join(bag::PAYLOAD))?;
        let there = files.iter().filter_map(|file| names::ordinal(file.to_str()?));
        Ok(recorded.chain(promised).chain(there).max().unwrap_or(0))
    }

    /// Where a document is that equals this one: same source, same result.
    fn twin(&self, document: &NewDocument, files: &[StagedFile]) -> Option<Held> {
        let made = files.first()?.sha256;
        let is_twin = |other: &&Document| {
            other.sha256 == made
                && other.source.sha256 == document.source.sha256
                && other.source.pages == document.source.pages
        };
        self.dossier.documents.iter().find(is_twin).map(|twin| Held {
            dossier: self.dossier.code.clone(),
            file: twin.file.clone(),
            pages: twin.source.pages,
        })
    }

    /// Adds a document; the name of its file, relative to the dossier.
    fn add(
        &mut self,
        document: NewDocument,
        files: &[StagedFile],
    ) -> Result<String, ArchiveError> {
        let ordinal = self.next;
        self.next = ordinal.saturating_add(1);
        let stem = names::stem(ordinal, &document.kind_of_paper);
        let mut kept = Vec::new();
        for file in files {
            kept.push(self.keep(&stem, file)?);
        }
        let companions = kept.split_off(1.min(kept.len()));
        let own = kept.pop().unwrap_or(Kept {
            file: String::new(),
            bytes: 0,
            sha256: Digest::of(b""),
        });
        let text = document.text.map(|text| {
            let file = format!("{TEXT}/{stem}.txt");
            self.files.push((file.clone(), text.into_bytes()));
            file
        });
        let file = own.file.clone();
        self.added.push(file.clone().into());
        self.dossier.add(Document {
            ordinal,
            file: own.file,
            bytes: own.bytes,
            sha256: own.sha256,
            pages: document.pages,
            fields: document.fields,
            source: document.source,
            companions,
            text,
            added: self.now,
            record: document.record,
        });
        Ok(file)
    }

    /// Gives a staged file its name in the payload.
    fn keep(&mut self, stem: &str, staged: &StagedFile) -> Result<Kept, ArchiveError> {
        let StagedFile { path, suffix, sha256, bytes } = staged;
        let mut file = format!("{}/{stem}{suffix}", bag::PAYLOAD);
        let mut twin = 2;
        while self.payload.0.contains_key(&file) {
            file = format!("{}/{stem}.{twin}{suffix}", bag::PAYLOAD);
            twin += 1;
        }
        store::rename(path, &self.dir.join(&file))?;
        self.payload.0.insert(file.clone(), *sha256);
        self.oxum.add(*bytes);
        Ok(Kept { file, bytes: *bytes, sha256: *sha256 })
    }

    /// Writes the tag files and makes everything durable.
    fn finish(mut self, organisation: &str) -> Result<Dossier, ArchiveError> {
        if !self.added.is_empty() {
            let files = std::mem::take(&mut self.added).into();
            self.dossier.happened(self.now, "documents_added", [("files", files)]);
        }
        let (code, day) = (&self.dossier.code, self.now.day());
        let info = Info { organisation, code, day, oxum: self.oxum };
        self.files.extend([
            (bag::INFO_FILE.to_owned(), info.write().into_bytes()),
            (bag::MANIFEST_FILE.to_owned(), self.payload.write().into_bytes()),
            (dossier::FILE.to_owned(), self.dossier.write()),
        ]);
        for (name, bytes) in &self.files {
            self.tags.0.insert(name.clone(), Digest::of(bytes));
        }
        let tags = self.tags.write().into_bytes();
        self.files.push((bag::TAG_MANIFEST_FILE.to_owned(), tags));
        let has_text = self.files.iter().any(|(name, _)| name.starts_with(TEXT));
        if has_text {
            store::make_dirs(&self.dir, &[TEXT.to_owned()])?;
        }
        let files =
            self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        store::write_small(&self.dir, files)?;
        if has_text {
            store::sync_dir(&self.dir.join(TEXT))?;
        }
        store::sync_dir(&self.dir.join(bag::PAYLOAD))?;
        store::sync_dir(&self.dir)?;
        store::sync_dir(&self.mark)?;
        Ok(self.dossier)
    }
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
        Content::File { path, sha256 } => {
            file = File::open(path).map_err(|e| StoreError::new(Doing::Read, path, e))?;
            (path, &mut file, Some(*sha256))
        }
    };
    let written = store::write_new(to, Source { path, read }, interrupted)?;
    let (digest, length) = written.ok_or(ArchiveError::Interrupted)?;
    if expected.is_some_and(|expected| expected != digest) {
        return Err(ArchiveError::SourceChanged(path.to_owned()));
    }
    Ok((digest, length))
}
