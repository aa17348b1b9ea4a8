//! Finished documents on their way to their place: those of one dossier arrive
//! together or not at all.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, json};

use crate::archive::dossier::FILE as RECORD;
use crate::archive::store::{self, Existing};
use crate::archive::{
    Archive, Code, Companion, Content, Draft, Filed, Filing, NewDocument, Placed, Reused,
    Same, SourceInfo,
};
use crate::digest::Digest;
use crate::ingest::document::{Made, Span};
use crate::ingest::error::IngestError;
use crate::ingest::job::Job;
use crate::ingest::place::{Destination, Spot};
use crate::ingest::source::Opened;
use crate::ingest::split::Home;
use crate::page::record::Place;
use crate::text::export::{self, Format};
use crate::time::Timestamp;

/// More dossiers than one stack can begin.
const STACK: usize = 1 << 20;

/// A document waiting to be placed.
#[derive(Debug)]
pub(crate) struct Ready {
    /// What it was made from.
    pub(crate) source: SourceInfo,
    /// The input itself, where the document is the input.
    pub(crate) bytes: Arc<[u8]>,
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
    pub(crate) fn reuse(&mut self, same: &Same, now: Timestamp) {
        self.reused = Some(Reused {
            dossier: same.held.dossier.clone(),
            file: same.held.file.clone(),
            sha256: same.sha256,
            why: same.why,
            source: self.source.clone(),
            at: now,
        });
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
    let name = name.map(|name| name.to_string_lossy().into_owned());
    SourceInfo { name, ..SourceInfo::of(bytes, sha256, kind) }
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
