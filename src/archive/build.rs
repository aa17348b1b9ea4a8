//! A dossier's next version, put together beside its place.
//!
//! Files that are there get a second name, new ones are renamed into their
//! own. Manifest entries that exist are carried over as they are: what was
//! promised about a file is not renewed by looking at the file.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::archive::bag::{self, Info, Manifest, Oxum};
use crate::archive::catalogue::Held;
use crate::archive::code::Code;
use crate::archive::dossier::{self, Document, Dossier, DossierError, Kept};
use crate::archive::draft::{NewDocument, StagedFile};
use crate::archive::error::ArchiveError;
use crate::archive::recover::BAG;
use crate::archive::same::Reused;
use crate::archive::{Archive, names, store};
use crate::digest::Digest;
use crate::time::Timestamp;

/// The folder of recognised text, in the dossier's folder.
const TEXT: &str = "text";
/// Files of a bag that are written anew when documents are added.
const REWRITTEN: &[&str] =
    &[dossier::FILE, bag::INFO_FILE, bag::MANIFEST_FILE, bag::TAG_MANIFEST_FILE];
/// Largest manifest or `bag-info.txt` that is read.
const TAG_FILE_LIMIT: u64 = 64 << 20;

/// A dossier being put together.
pub(crate) struct Build {
    /// Where.
    dir: PathBuf,
    pub(crate) dossier: Dossier,
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
    pub(crate) fn begin(
        mark: &Path,
        existing: Option<Existing>,
        code: &Code,
        now: Timestamp,
    ) -> Result<Self, ArchiveError> {
        let dir = mark.join(BAG);
        store::make_dir(&dir)?;
        let mut build = Self {
            dir,
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
        let recorded = self.dossier.documents.iter().map(|d| d.ordinal);
        let recorded = recorded.filter(|ordinal| *ordinal <= names::LAST);
        let name = |path: &str| path.rsplit('/').next().and_then(names::ordinal);
        let promised =
            self.payload.0.keys().chain(self.tags.0.keys()).filter_map(|p| name(p));
        let files = store::list(&self.dir.join(bag::PAYLOAD))?;
        let there = files.iter().filter_map(|file| names::ordinal(file.to_str()?));
        Ok(recorded.chain(promised).chain(there).max().unwrap_or(0))
    }

    /// Where a document is that equals this one: same source, same result.
    pub(crate) fn twin(
        &self,
        document: &NewDocument,
        files: &[StagedFile],
    ) -> Option<Held> {
        let made = files.first()?.sha256;
        let is_twin =
            |other: &&Document| {
                other.sha256 == made
                    && other.source.stacks().map(|stack| (stack.sha256, stack.pages)).eq(
                        document.source.stacks().map(|stack| (stack.sha256, stack.pages)),
                    )
            };
        self.dossier.documents.iter().find(is_twin).map(|twin| Held {
            dossier: self.dossier.code.clone(),
            file: twin.file.clone(),
            pages: twin.source.pages,
        })
    }

    /// Adds a document; the name of its file, relative to the dossier.
    pub(crate) fn add(
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

    /// Records a paper that another dossier holds.
    pub(crate) fn reuse(&mut self, reused: Reused) {
        let particulars = [
            ("from", reused.dossier.to_string().into()),
            ("file", reused.file.clone().into()),
        ];
        self.dossier.happened(self.now, "reused", particulars);
        self.dossier.reused.push(reused);
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

    /// Puts another file in the place of a document's.
    pub(crate) fn replace(
        &mut self,
        ordinal: u32,
        made: &Path,
        (sha256, bytes): (Digest, u64),
    ) -> Result<(), ArchiveError> {
        let mut documents = self.dossier.documents.iter_mut();
        let Some(document) = documents.find(|it| it.ordinal == ordinal) else {
            return Err(ArchiveError::NoSuchDocument(self.dossier.code.clone(), ordinal));
        };
        // The name is given anew; the version before keeps its file.
        store::rename(made, &self.dir.join(&document.file))?;
        self.payload.0.insert(document.file.clone(), sha256);
        self.oxum.bytes = self.oxum.bytes.saturating_sub(document.bytes);
        self.oxum.bytes = self.oxum.bytes.saturating_add(bytes);
        (document.sha256, document.bytes) = (sha256, bytes);
        Ok(())
    }

    /// Writes the tag files and makes everything durable.
    pub(crate) fn finish(mut self, organisation: &str) -> Result<Dossier, ArchiveError> {
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
        Ok(self.dossier)
    }
}

/// A dossier that is to be added to.
pub(crate) struct Existing {
    folder: PathBuf,
    pub(crate) dossier: Dossier,
    payload: Manifest,
    tags: Manifest,
    oxum: Oxum,
}

impl Existing {
    /// Reads what must be carried over; `None` where there is no such dossier.
    pub(crate) fn read(
        archive: &Archive,
        code: &Code,
    ) -> Result<Option<Self>, ArchiveError> {
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
    pub(crate) fn says(&self, fields: &[(String, Value)]) -> bool {
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
