//! Where finished documents go: an archive, or one file.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::{Map, json};

use crate::archive::code::Unit;
use crate::archive::dossier::FILE as RECORD;
use crate::archive::settings::Profile;
use crate::archive::store::{self, Existing, StoreError};
use crate::archive::{
    Archive, ArchiveError, Code, Companion, Content, Draft, Filed, Filing, Held,
    NewDocument, Placed, Quarantined, Reason, Reused, Same, SourceInfo,
};
use crate::digest::Digest;
use crate::finding::Finding;
use crate::ingest::document::{Made, Span};
use crate::ingest::job::{Job, Target};
use crate::ingest::source::Opened;
use crate::ingest::split::Home;
use crate::ocr::ReadError;
use crate::page::record::Place;
use crate::say::{self, Lang, Tell};
use crate::text::export::{self, Format};
use crate::time::Timestamp;
use crate::track::payload::Known;

/// More dossiers than one stack can begin.
const STACK: usize = 1 << 20;

/// A document waiting to be placed.
#[derive(Debug)]
pub(crate) struct Ready {
    /// What it was made from.
    pub(crate) source: SourceInfo,
    /// The input itself, where the document is the input.
    pub(crate) bytes: std::sync::Arc<[u8]>,
    /// The document.
    pub(crate) made: Made,
    /// The copy that is taken instead of the document.
    pub(crate) reused: Option<Reused>,
    /// The number of its input.
    pub(crate) input: usize,
}

impl Ready {
    /// The document made from an opened input, whose files have these names.
    pub(crate) fn new(
        input: usize,
        names: &[String],
        opened: &Opened,
        made: Made,
    ) -> Self {
        let source = sources_of(names, opened, made.span);
        Self { source, bytes: opened.bytes.clone(), made, reused: None, input }
    }

    /// The same paper, held already: the copy that is there is taken instead.
    pub(crate) fn reusing(mut self, same: &Same, now: Timestamp) -> Self {
        self.reused = Some(Reused {
            dossier: same.held.dossier.clone(),
            file: same.held.file.clone(),
            sha256: same.sha256,
            why: same.why,
            source: self.source.clone(),
            at: now,
        });
        self
    }

    /// Bytes of the document.
    pub(crate) fn length(&self) -> u64 {
        if self.reused.is_some() {
            return 0;
        }
        self.made.pdf.as_ref().map_or(self.bytes.len(), Vec::len) as u64
    }
}

/// What is kept of the files of an input that a document was made from.
fn sources_of(names: &[String], opened: &Opened, span: Option<Span>) -> SourceInfo {
    let names = names.iter().map(String::as_str).chain(std::iter::repeat(""));
    let mut stacks = opened
        .stacks()
        .zip(names)
        .map(|(stack, name)| source_info(name, &stack.bytes, stack.digest, stack.kind));
    let fronts = stacks.next();
    let mut fronts = fronts.unwrap_or_else(|| source_info("", &[], opened.digest, ""));
    // The fronts and the backs may lie in one file.
    let backs = stacks.next();
    let Some(Span { fronts: first, backs: second }) = span else {
        fronts.backs = backs.map(Box::new);
        return fronts;
    };
    let backs = second.map(|pages| SourceInfo {
        pages: Some(pages),
        ..backs.unwrap_or_else(|| fronts.clone())
    });
    match (first, backs) {
        (None, Some(backs)) => backs,
        (pages, backs) => SourceInfo { pages, backs: backs.map(Box::new), ..fronts },
    }
}

/// What is kept of an input.
pub(crate) fn source_info(
    name: &str,
    bytes: &[u8],
    sha256: Digest,
    kind: &str,
) -> SourceInfo {
    let name = Path::new(name).file_name();
    SourceInfo {
        sha256,
        bytes: bytes.len() as u64,
        kind: kind.to_owned(),
        pages: None,
        name: name.map(|name| name.to_string_lossy().into_owned()),
        backs: None,
    }
}

/// Where a document was placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Its dossier, in an archive.
    pub(crate) dossier: Option<String>,
    /// Its file, relative to the archive.
    pub(crate) file: PathBuf,
    /// Whether the same source was there already, and nothing was added.
    pub(crate) was_there: bool,
}

impl Spot {
    /// Where a document lies that was filed before.
    fn of_held(archive: &Archive, held: &Held) -> Self {
        let file = archive.relative(&held.dossier).join(&held.file);
        Self { dossier: Some(held.dossier.to_string()), file, was_there: true }
    }
}

/// Where documents go.
#[derive(Debug)]
pub(crate) enum Destination {
    /// An archive; the dossier is the one named.
    Archive(Box<Archive>, Option<Code>),
    /// One file.
    File(PathBuf, Existing, Option<(PathBuf, Format)>),
}

impl Destination {
    /// Opens it, and says what was repaired.
    pub(crate) fn open(job: &Job<'_>) -> Result<(Self, Vec<Finding>), IngestError> {
        match &job.target {
            Target::File { path, overwrite, text } => {
                let existing =
                    if *overwrite { Existing::Replace } else { Existing::Keep };
                let written = [path].into_iter().chain(text.iter().map(|(path, _)| path));
                let taken = written.clone().find(|path| path.exists());
                if let Some(taken) =
                    taken.filter(|_| existing == Existing::Keep && !job.dry_run)
                {
                    return Err(IngestError::OutputExists(taken.clone()));
                }
                Ok((Self::File(path.clone(), existing, text.clone()), Vec::new()))
            }
            Target::Archive { dir, dossier } => {
                let (archive, findings) = if job.dry_run {
                    (Archive::look(dir)?, Vec::new())
                } else {
                    let (archive, recovered) = Archive::open(dir)?;
                    (archive, recovered.findings())
                };
                Ok((Self::Archive(Box::new(archive), dossier.clone()), findings))
            }
        }
    }

    /// The archive, if it is one.
    pub(crate) fn archive(&self) -> Option<&Archive> {
        match self {
            Self::Archive(archive, _) => Some(archive),
            Self::File(..) => None,
        }
    }

    /// Whether there is a dossier with exactly this code.
    pub(crate) fn has(&self, code: &Code) -> bool {
        self.archive().is_some_and(|archive| archive.folder(code).is_dir())
    }

    /// The dossier that was named.
    pub(crate) fn dossier(&self) -> Option<&Code> {
        match self {
            Self::Archive(_, dossier) => dossier.as_ref(),
            Self::File(..) => None,
        }
    }

    /// Whether all inputs belong together.
    pub(crate) fn is_one_group(&self) -> bool {
        match self {
            Self::Archive(_, dossier) => dossier.is_some(),
            Self::File(..) => true,
        }
    }

    /// The profile of documents where the job names none.
    pub(crate) fn profile(&self) -> Profile {
        match self {
            Self::Archive(archive, _) => archive.settings().profile,
            Self::File(..) => Profile::default(),
        }
    }

    /// The agency that converts.
    pub(crate) fn agency(&self) -> Option<&str> {
        match self {
            Self::Archive(archive, _) => Some(&archive.settings().agency_name),
            Self::File(..) => None,
        }
    }

    /// Where an input of these files is held already, whole: as one document,
    /// or as documents that cover all of the pages of each file together, once
    /// their number is known. The first of them is told.
    pub(crate) fn held(
        &self,
        files: &[(Digest, Option<usize>)],
    ) -> Result<Option<Spot>, ArchiveError> {
        let Self::Archive(archive, dossier) = self else { return Ok(None) };
        let mut all = Vec::new();
        for (source, _) in files {
            let mut parts = archive.parts(source)?;
            if let Some(code) = dossier {
                parts.retain(|held| held.dossier.canonical() == code.canonical());
            }
            all.push(parts);
        }
        // Stacks that were filed apart are not the paper they make together.
        let is_with = |held: &Held, parts: &Vec<Held>| {
            parts.iter().any(|other| other.is_beside(held))
        };
        let together: Vec<Vec<Held>> = all
            .iter()
            .map(|parts| {
                let held = parts.iter().filter(|it| all.iter().all(|p| is_with(it, p)));
                held.cloned().collect()
            })
            .collect();
        let mut first = None;
        for (parts, (_, pages)) in together.iter().zip(files) {
            let whole = parts.iter().find(|held| held.pages.is_none());
            let held = whole.or_else(|| parts.first().filter(|_| covers(parts, *pages)));
            let Some(held) = held else { return Ok(None) };
            first = first.or(Some(held));
        }
        Ok(first.map(|held| Spot::of_held(archive, held)))
    }

    /// What the codes on papers are held against.
    pub(crate) fn known(&self, separators: &[String]) -> Known {
        let mut separators = separators.to_vec();
        let address = match self {
            Self::Archive(archive, _) => {
                let settings = archive.settings();
                separators.extend(settings.separators.iter().cloned());
                settings.look_up.clone()
            }
            Self::File(..) => None,
        };
        Known { address, separators }
    }

    /// The agency whose codes count.
    pub(crate) fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Archive(archive, _) => Some(&archive.settings().agency_id),
            Self::File(..) => None,
        }
    }

    /// Whether the archive has or gave out a code; one that cannot be looked up
    /// is not known.
    pub(crate) fn knows(&self, code: &Code) -> bool {
        match self {
            Self::Archive(archive, _) => archive.knows(code).unwrap_or(false),
            Self::File(..) => false,
        }
    }

    /// Keeps an input that cannot be taken; `None` where there is no archive.
    pub(crate) fn quarantine(
        &self,
        bytes: &[u8],
        name: &str,
        findings: Vec<Finding>,
        now: Timestamp,
    ) -> Result<Option<Quarantined>, ArchiveError> {
        match self {
            Self::Archive(archive, _) => {
                let reason = Reason { source_name: Some(name.to_owned()), findings, now };
                let mut bytes = bytes;
                archive.quarantine(&mut bytes, &reason).map(Some)
            }
            Self::File(..) => Ok(None),
        }
    }

    /// Takes a filed source out of quarantine, if an earlier run put it there;
    /// where it lay.
    pub(crate) fn release(
        &self,
        source: &Digest,
        now: Timestamp,
    ) -> Result<Option<String>, ArchiveError> {
        match self {
            Self::Archive(archive, _) => archive.release(source, now),
            Self::File(..) => Ok(None),
        }
    }
}

/// Whether parts of a source cover all its pages without a gap.
fn covers(parts: &[Held], pages: Option<usize>) -> bool {
    let Some(pages) = pages else { return false };
    let mut spans: Vec<_> = parts.iter().filter_map(|held| held.pages).collect();
    spans.sort_unstable();
    let end = spans.into_iter().fold(0_u32, |end, [first, last]| {
        if first <= end.saturating_add(1) { end.max(last) } else { end }
    });
    end as usize >= pages
}

/// The documents of an input or of a dossier on their way to their place, in
/// their order.
#[derive(Debug)]
pub(crate) struct Stage<'a> {
    destination: &'a Destination,
    /// The dossier that earlier papers of the same folder went into.
    home: Option<Code>,
    /// For an archive: copied beside their place, by the dossier they go into.
    drafts: Vec<Drafted<'a>>,
    /// For an archive: in which of the drafts each document is.
    order: Vec<usize>,
    /// For a file.
    ready: Vec<Ready>,
}

/// The papers that go into one dossier.
#[derive(Debug)]
struct Drafted<'a> {
    home: Home,
    draft: Draft<'a>,
    /// Whether each paper is another dossier's, in their order.
    is_reused: Vec<bool>,
}

impl Drafted<'_> {
    fn add(&mut self, document: Ready) -> Result<(), IngestError> {
        self.is_reused.push(document.reused.is_some());
        match document.reused {
            Some(reused) => {
                self.draft.reuse(Reused { source: document.source, ..reused });
            }
            // What is done is filed, even when the run was asked to end.
            None => self.draft.add(new_document(document), &|| false)?,
        }
        Ok(())
    }
}

impl<'a> Stage<'a> {
    /// Begins with none.
    pub(crate) fn new(destination: &'a Destination, home: Option<Code>) -> Self {
        let home = destination.dossier().cloned().or(home);
        let (drafts, order, ready) = (Vec::new(), Vec::new(), Vec::new());
        Self { destination, home, drafts, order, ready }
    }

    /// Takes the next document.
    pub(crate) fn add(&mut self, document: Ready) -> Result<(), IngestError> {
        let Destination::Archive(archive, _) = self.destination else {
            self.ready.push(document);
            return Ok(());
        };
        let home = match &document.made.home {
            Home::New(number) => Home::New(document.input.saturating_mul(STACK) + number),
            home @ (Home::Main | Home::Of(_)) => home.clone(),
        };
        let known = self.drafts.iter().position(|drafted| drafted.home == home);
        let at = match known {
            Some(at) => at,
            None => {
                let (draft, is_reused) = (archive.draft()?, Vec::new());
                self.drafts.push(Drafted { home, draft, is_reused });
                self.drafts.len() - 1
            }
        };
        if let Some(drafted) = self.drafts.get_mut(at) {
            drafted.add(document)?;
            self.order.push(at);
        }
        Ok(())
    }

    /// Places all of them. Those of one dossier are placed together or not at
    /// all; where one dossier of several fails, a later run places the rest,
    /// because an input counts as filed when all its pages are.
    pub(crate) fn place(self, job: &Job<'_>) -> Result<Vec<Spot>, IngestError> {
        match self.destination {
            Destination::File(path, existing, text) => {
                let spot =
                    |_| Spot { dossier: None, file: path.clone(), was_there: false };
                let spots = self.ready.iter().map(spot).collect();
                for document in self.ready {
                    write_files(path, *existing, &document)?;
                    if let Some((path, form)) = text {
                        write_text(path, *form, *existing, &document, job)?;
                    }
                }
                Ok(spots)
            }
            Destination::Archive(archive, named) => {
                let mut placed = Vec::new();
                for Drafted { home, draft, is_reused } in self.drafts {
                    let dossier = match home {
                        Home::Of(code) => Some(code),
                        Home::Main => self.home.clone(),
                        Home::New(_) => named.clone(),
                    };
                    let filing = Filing {
                        dossier,
                        day: job.now.day(),
                        now: job.now,
                        title: None,
                        fields: Map::new(),
                    };
                    let filed = draft.file(filing, &|| false)?;
                    placed.push(spots(archive, filed, &is_reused).into_iter());
                }
                let spot = |at: &usize| placed.get_mut(*at).and_then(Iterator::next);
                Ok(self.order.iter().filter_map(spot).collect())
            }
        }
    }
}

/// The document as the archive takes it.
fn new_document(ready: Ready) -> NewDocument {
    let Ready { source, bytes, made, .. } = ready;
    let companion =
        |(suffix, bytes)| Companion { suffix, content: Content::Bytes(bytes) };
    let papers = made.pages.iter().filter(|page| page.place != Place::Sheet);
    let pages = papers.count();
    let described = made.described;
    let mut record = Map::new();
    record.insert("pages".to_owned(), json!(made.pages));
    record.insert("findings".to_owned(), json!(made.findings));
    record.extend(described.evidence);
    NewDocument {
        kind_of_paper: described.kind,
        suffix: ".pdf".to_owned(),
        content: made.pdf.map_or(Content::Shared(bytes), Content::Bytes),
        source,
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
        companions: made.companions.into_iter().map(companion).collect(),
        fields: described.fields,
        record: record.into(),
        text: Some(made.text),
    }
}

/// Where the archive put them.
fn spots(archive: &Archive, filed: Filed, is_reused: &[bool]) -> Vec<Spot> {
    let code = filed.code.to_string();
    let recorded = Spot {
        dossier: Some(code.clone()),
        file: archive.relative(&filed.code).join(RECORD),
        was_there: true,
    };
    let spot = |placed| match placed {
        Placed::Added(file) => {
            Spot { dossier: Some(code.clone()), file, was_there: false }
        }
        Placed::AlreadyHeld(held) => Spot::of_held(archive, &held),
    };
    let mut placed = filed.documents.into_iter().map(spot);
    let next = |is_reused: &bool| {
        if *is_reused { Some(recorded.clone()) } else { placed.next() }
    };
    is_reused.iter().filter_map(next).collect()
}

/// Writes a document and its companions beside each other.
fn write_files(
    path: &Path,
    existing: Existing,
    ready: &Ready,
) -> Result<(), IngestError> {
    // Companions first: when the document is there, all of it is.
    for (suffix, bytes) in &ready.made.companions {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let companion = path.with_file_name(format!("{stem}{suffix}"));
        store::write_whole(&companion, bytes, existing)?;
    }
    let bytes = ready.made.pdf.as_deref().unwrap_or(&ready.bytes);
    store::write_whole(path, bytes, existing)?;
    Ok(())
}

/// Writes the text of a document beside it.
fn write_text(
    path: &Path,
    form: Format,
    existing: Existing,
    ready: &Ready,
    job: &Job<'_>,
) -> Result<(), IngestError> {
    let described = &ready.made.described;
    let mut about = Map::new();
    about.insert("values".to_owned(), described.fields.clone().into());
    about.extend(described.evidence.clone());
    let software = format!("sohoa {} ({})", env!("CARGO_PKG_VERSION"), job.engine.name());
    let text = export::write(&described.pages, form, &software, &about);
    store::write_whole(path, text.as_bytes(), existing)?;
    Ok(())
}

/// Why a run cannot go on, or a document cannot be placed.
#[derive(Debug)]
#[non_exhaustive]
pub enum IngestError {
    /// The archive refuses.
    Archive(ArchiveError),
    /// The disk refuses.
    Store(StoreError),
    /// The recogniser does not start.
    Engine(ReadError),
    /// The file to write is there already.
    OutputExists(PathBuf),
    /// One file is to be written from so many inputs.
    NotOneInput(usize),
}

impl IngestError {
    /// Whether every input after this one would fare the same: the disk is
    /// full, or the archive is gone.
    #[must_use]
    pub fn ends_run(&self) -> bool {
        let is_gone = matches!(self, Self::Archive(ArchiveError::Vanished(_)));
        is_gone || self.is_disk_full()
    }

    /// Whether there is no room left.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Archive(error) => error.is_disk_full(),
            Self::Store(error) => error.is_full(),
            Self::Engine(_) | Self::OutputExists(_) | Self::NotOneInput(_) => false,
        }
    }
}

impl From<ArchiveError> for IngestError {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl From<StoreError> for IngestError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Tell for IngestError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Archive(error) => error.tell(lang),
            Self::Store(error) => error.tell(lang),
            Self::Engine(error) => error.tell(lang),
            Self::OutputExists(path) => say::ingest::output_exists(lang, path.display()),
            Self::NotOneInput(count) => say::ingest::not_one_input(lang, count),
        }
    }

    fn cause(&self) -> Option<&dyn Tell> {
        match self {
            Self::Archive(error) => Tell::cause(error),
            Self::Store(error) => Tell::cause(error),
            Self::Engine(_) | Self::OutputExists(_) | Self::NotOneInput(_) => None,
        }
    }
}

impl Error for IngestError {}

impl fmt::Display for IngestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
