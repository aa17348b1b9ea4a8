//! Dossiers on their way out: as BagIt bags in a folder or a ZIP container, or
//! their papers as one PDF.
//!
//! What leaves is what was filed: every file is held against its manifest while
//! it is copied, in one reading, and a dossier that is not as it was promised
//! does not leave. That a dossier left is an event of the ledger, noted before
//! what was written gets its name.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write as _};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::archive::bag::{MANIFEST_FILE, Manifest, TAG_MANIFEST_FILE};
use crate::archive::code::Code;
use crate::archive::dossier::{self, Document, Dossier};
use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event, Happened};
use crate::archive::store::{self, Doing, Source, StoreError};
use crate::archive::{Archive, recover};
use crate::cos;
use crate::cos::join::{Joining, Part, Unfit};
use crate::digest::{Digest, Hashing};
use crate::pdfa::About;
use crate::time::Timestamp;
use crate::zip::Writer;

/// The form in which dossiers leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A folder with a bag for each dossier (RFC 8493).
    Folder,
    /// A ZIP container with the same (RFC 8493, 4: one base folder for each bag).
    Zip,
    /// The papers as one PDF, in order of their days, with bookmarks.
    Pdf,
}

/// What leaves, where to and in which form.
#[derive(Clone, Copy, Debug)]
pub struct Exporting<'a> {
    /// The dossiers, each once.
    pub codes: &'a [Code],
    /// Where to; nothing may be there.
    pub to: &'a Path,
    /// In which form.
    pub form: Form,
    /// When.
    pub now: Timestamp,
}

/// What left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Dossiers.
    pub dossiers: u64,
    /// Files, or for a PDF papers.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Papers that a PDF does not hold, relative to the archive.
    pub left_out: Vec<PathBuf>,
    /// For a PDF, whether it is PDF/A-2b.
    pub is_pdfa: Option<bool>,
    /// Papers by which a PDF is none, and why.
    pub unfit: Vec<(PathBuf, Unfit)>,
    /// Whether the ledger knows; it does not where nothing can be written.
    pub is_noted: bool,
}

impl Archive {
    /// Writes dossiers to a place of their own, whole or not at all.
    ///
    /// # Errors
    ///
    /// When a dossier is not there or not as it was filed, the place is taken,
    /// the disk refuses, or `interrupted` says so.
    pub fn export(
        &self,
        exporting: &Exporting<'_>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Exported, ArchiveError> {
        self.told(self.export_untold(exporting, interrupted))
    }

    fn export_untold(
        &self,
        exporting: &Exporting<'_>,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<Exported, ArchiveError> {
        let Exporting { codes, to, form, now } = *exporting;
        if fs::symlink_metadata(to).is_ok() {
            let taken = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(StoreError::new(Doing::Write, to, taken).into());
        }
        let mut bags = Vec::new();
        for code in codes {
            let found = self.find(code)?;
            let code = found.ok_or_else(|| ArchiveError::NoSuchDossier(code.clone()))?;
            bags.push(Bag::read(self, code)?);
        }
        let part = store::beside(to);
        let mut exported = Exported::default();
        let write = || -> Result<(), ArchiveError> {
            match form {
                Form::Folder => write_folder(&bags, &part, &mut exported, interrupted)?,
                Form::Zip => {
                    write_zip(&bags, &part, now, &mut exported, interrupted)?;
                }
                Form::Pdf => {
                    write_pdf(self, &bags, (&part, now), &mut exported, interrupted)?;
                }
            }
            exported.dossiers = bags.len() as u64;
            exported.is_noted = self.note_exports(&bags, now)?;
            match form {
                Form::Folder => store::rename(&part, to)?,
                Form::Zip | Form::Pdf => store::rename_new(&part, to)?,
            }
            Ok(store::sync_dir(store::folder_of(to))?)
        };
        let mut write = write;
        if let Err(error) = write() {
            // What cannot be removed bears a name that says it is unfinished.
            drop(if form == Form::Folder {
                store::remove_tree(&part)
            } else {
                store::remove_file(&part)
            });
            return Err(error);
        }
        Ok(exported)
    }

    /// Notes that dossiers leave; `false` where the archive is only looked at.
    fn note_exports(&self, bags: &[Bag], now: Timestamp) -> Result<bool, ArchiveError> {
        if self.run.is_none() {
            return Ok(false);
        }
        let _turn = self.turn(&|| false)?;
        let ledger = ledger::ensure(self, now)?;
        ledger.admit(now)?;
        for bag in bags {
            // Given a new version meanwhile: what was copied is the old one,
            // whole, and the ledger knows it by its seal.
            let event = Event::of(now, Happened::Exported, &bag.code, bag.seal);
            ledger.add(&event, self.settings.agency_id.as_str())?;
        }
        Ok(true)
    }
}

/// A dossier about to leave: what its files must hash to.
struct Bag {
    folder: PathBuf,
    code: Code,
    /// Path within the dossier and digest, in order.
    files: Vec<(String, Digest)>,
    seal: Digest,
}

impl Bag {
    /// Reads the manifests; those must fit each other already.
    fn read(archive: &Archive, code: Code) -> Result<Self, ArchiveError> {
        let folder = archive.folder(&code);
        let unsound = |file: &str| ArchiveError::Unsound(folder.join(file));
        let text = |file: &str| -> Result<String, ArchiveError> {
            let bytes = store::read(&folder.join(file), dossier::LIMIT)?;
            let bytes = bytes.ok_or_else(|| unsound(file))?;
            String::from_utf8(bytes).map_err(|_bytes| unsound(file))
        };
        let manifest =
            |file: &str, text: &str| Manifest::read(text).map_err(|_line| unsound(file));
        let own = text(TAG_MANIFEST_FILE)?;
        let seal = Digest::of(own.as_bytes());
        let tags = manifest(TAG_MANIFEST_FILE, &own)?;
        let promised = text(MANIFEST_FILE)?;
        if tags.0.get(MANIFEST_FILE) != Some(&Digest::of(promised.as_bytes())) {
            return Err(unsound(MANIFEST_FILE));
        }
        let payload = manifest(MANIFEST_FILE, &promised)?;
        let mut files: Vec<_> = tags.0.into_iter().chain(payload.0).collect();
        files.push((TAG_MANIFEST_FILE.to_owned(), seal));
        files.sort();
        Ok(Self { folder, code, files, seal })
    }

    /// Opens a file; nothing is read through a link.
    fn open(&self, archive_file: &str) -> Result<(PathBuf, File), ArchiveError> {
        let path = self.folder.join(archive_file);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        if !is_file {
            return Err(ArchiveError::Unsound(path));
        }
        let file =
            File::open(&path).map_err(|e| StoreError::new(Doing::Read, &path, e))?;
        Ok((path, file))
    }
}

/// Copies every bag into a new folder.
fn write_folder(
    bags: &[Bag],
    part: &Path,
    exported: &mut Exported,
    interrupted: &dyn Fn() -> bool,
) -> Result<(), ArchiveError> {
    store::make_dir(part)?;
    for bag in bags {
        let folder = part.join(bag.code.to_string());
        store::make_dir(&folder)?;
        // A bag without papers has the folder for them all the same.
        store::make_dirs(&folder, &[crate::archive::bag::PAYLOAD.to_owned()])?;
        for (inside, sha256) in &bag.files {
            let mut folders: Vec<String> = inside.split('/').map(str::to_owned).collect();
            folders.pop();
            store::make_dirs(&folder, &folders)?;
            let (path, mut file) = bag.open(inside)?;
            let mut source = Source { path: &path, read: &mut file };
            let written =
                store::write_new(&folder.join(inside), &mut source, interrupted)?;
            let (found, bytes) = written.ok_or(ArchiveError::Interrupted)?;
            if found != *sha256 {
                return Err(ArchiveError::Unsound(path));
            }
            exported.files += 1;
            exported.bytes += bytes;
        }
        store::sync_dir(&folder)?;
    }
    Ok(store::sync_dir(part)?)
}

/// Writes every bag into a container.
fn write_zip(
    bags: &[Bag],
    part: &Path,
    now: Timestamp,
    exported: &mut Exported,
    interrupted: &dyn Fn() -> bool,
) -> Result<(), ArchiveError> {
    let refused = |e| StoreError::new(Doing::Write, part, e);
    let mut zip = Writer::begin(BufWriter::new(store::create_new(part)?), now);
    for bag in bags {
        for (inside, sha256) in &bag.files {
            if interrupted() {
                return Err(ArchiveError::Interrupted);
            }
            let (path, file) = bag.open(inside)?;
            let size =
                file.metadata().map_err(|e| StoreError::new(Doing::Read, &path, e))?;
            let mut read = Hashed { read: file, hash: Hashing::new(io::sink()) };
            let name = format!("{}/{inside}", bag.code);
            zip.file(&name, size.len(), &mut read).map_err(refused)?;
            let (_, found, bytes) = read.hash.finish();
            if found != *sha256 {
                return Err(ArchiveError::Unsound(path));
            }
            exported.files += 1;
            exported.bytes += bytes;
        }
    }
    let file = zip.finish().and_then(|file| file.into_inner().map_err(Into::into));
    file.and_then(|file| file.sync_all()).map_err(refused)?;
    Ok(())
}

/// Hashes what is read.
struct Hashed {
    read: File,
    hash: Hashing<io::Sink>,
}

impl Read for Hashed {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.read.read(to)?;
        self.hash.write_all(to.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

/// A paper for a joined PDF.
struct Paper<'a> {
    bag: &'a Bag,
    /// The day it is from, as it is sorted: `2026-07-16`.
    day: String,
    document: Document,
}

/// Joins the papers of all bags, the earliest first.
fn write_pdf(
    archive: &Archive,
    bags: &[Bag],
    (part, now): (&Path, Timestamp),
    exported: &mut Exported,
    interrupted: &dyn Fn() -> bool,
) -> Result<(), ArchiveError> {
    let mut papers = Vec::new();
    for bag in bags {
        // What the papers must hash to is believed as the manifest has it.
        let (path, file) = bag.open(dossier::FILE)?;
        let found = Digest::of_reader(file);
        let found = found.map_err(|e| StoreError::new(Doing::Read, &path, e))?;
        let promised = bag.files.iter().find(|(name, _)| name == dossier::FILE);
        if promised.is_none_or(|(_, sha256)| *sha256 != found) {
            return Err(ArchiveError::Unsound(path));
        }
        let record = recover::read_record(&bag.folder, &bag.code)?;
        papers.extend(papers_of(bag, record));
    }
    papers.sort_by(|a, b| {
        let key = |paper: &Paper<'_>| {
            (paper.day.clone(), paper.bag.code.clone(), paper.document.ordinal)
        };
        key(a).cmp(&key(b))
    });
    let refused = |e| refused_to_join(part, e);
    let out = BufWriter::new(store::create_new(part)?);
    let mut joining = Joining::begin(out).map_err(refused)?;
    let mut origin = Vec::new();
    for paper in &papers {
        if interrupted() {
            return Err(ArchiveError::Interrupted);
        }
        let shown = archive.relative(&paper.bag.code).join(&paper.document.file);
        if !paper.document.file.ends_with(".pdf") {
            exported.left_out.push(shown);
            continue;
        }
        let (path, file) = paper.bag.open(&paper.document.file)?;
        let read = |e| StoreError::new(Doing::Read, &path, e);
        if Digest::of_reader(file).map_err(read)? != paper.document.sha256 {
            return Err(ArchiveError::Unsound(path));
        }
        let source = cos::Source::open(&path).map_err(read)?;
        let name = bookmark(paper, bags.len() > 1);
        match joining.add(&name, source).map_err(refused)? {
            Part::Taken(unfit) => {
                origin.extend(paper.document.sha256.bytes());
                exported.files += 1;
                exported.unfit.extend(unfit.map(|unfit| (shown, unfit)));
            }
            Part::LeftOut => exported.left_out.push(shown),
        }
    }
    if !joining.has_pages() {
        return Err(ArchiveError::NothingToJoin);
    }
    let codes: Vec<String> =
        bags.iter().take(3).map(|bag| bag.code.to_string()).collect();
    let title = codes.join(", ") + if bags.len() > 3 { ", …" } else { "" };
    let about = About::new(&title, now, Digest::of(&origin));
    let (out, is_pdfa) = joining.finish(&about).map_err(refused)?;
    let file = out.into_inner().map_err(|error| refused(error.into_error()))?;
    file.sync_all().map_err(refused)?;
    exported.is_pdfa = Some(is_pdfa);
    exported.bytes = file.metadata().map_err(refused)?.len();
    Ok(())
}

/// What the disk refused, or what the format does: offsets end at two gibibytes.
fn refused_to_join(part: &Path, error: io::Error) -> ArchiveError {
    if error.kind() == io::ErrorKind::FileTooLarge {
        return ArchiveError::TooMuchToJoin;
    }
    StoreError::new(Doing::Write, part, error).into()
}

fn papers_of(bag: &Bag, record: Dossier) -> impl Iterator<Item = Paper<'_>> {
    record.documents.into_iter().map(move |document| {
        let issued = document.fields.get("IssuedDate").and_then(Value::as_str);
        let day = issued.map_or_else(|| document.added.day().to_string(), str::to_owned);
        Paper { bag, day, document }
    })
}

/// What stands in the list of bookmarks: day, number, kind and subject.
fn bookmark(paper: &Paper<'_>, is_of_many: bool) -> String {
    let field = |name| paper.document.fields.get(name).and_then(Value::as_str);
    let number = field("CodeNumber").map(|number| match field("CodeNotation") {
        Some(notation) => format!("{number}/{notation}"),
        None => number.to_owned(),
    });
    let code = is_of_many.then(|| paper.bag.code.to_string());
    let own = field("TypeName").or(field("Subject")).map(str::to_owned);
    let name = own.unwrap_or_else(|| {
        let name = paper.document.file.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".pdf").to_owned()
    });
    let subject = field("TypeName").and_then(|_| field("Subject")).map(str::to_owned);
    let day = Some(paper.day.clone());
    let parts = [day, code, number, Some(name), subject];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
