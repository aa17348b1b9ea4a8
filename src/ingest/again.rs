//! Papers that come again: another copy of what the archive, or this very run,
//! holds.
//!
//! `archive::same` says whether two papers are one. With `--reuse` the copy that is
//! held is recorded instead of the paper; without it, it is only named.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Map;

use crate::archive::{ArchiveError, Paper, Print, Same, Why};
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::ingest::document::Made;
use crate::ingest::job::Job;
use crate::ingest::place::Destination;
use crate::ingest::source::Given;
use crate::ingest::stage::{Ready, source_info};
use crate::raster::open::{Kind, sniff};
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// What a run knows of papers that come again.
pub(crate) struct Again<'a> {
    destination: &'a Destination,
    /// Whether the copy that is held is taken instead.
    reuse: bool,
    now: Timestamp,
    /// Papers that are made and not placed, with number and name of their input.
    unplaced: Vec<(usize, String, Print)>,
    /// Names of the inputs of this run by where their papers were placed in the archive.
    placed: BTreeMap<PathBuf, String>,
    /// Names of the inputs that a run which only looks would have filed, by their
    /// files: the archive never knows them.
    supposed: BTreeMap<Vec<Digest>, String>,
}

impl<'a> Again<'a> {
    /// None yet.
    pub(crate) fn new(destination: &'a Destination, job: &Job<'_>) -> Self {
        Self {
            destination,
            reuse: job.reuse,
            now: job.now,
            unplaced: Vec::new(),
            placed: BTreeMap::new(),
            supposed: BTreeMap::new(),
        }
    }

    /// The record of a file whose very bytes lie in another dossier than the one
    /// named, where that copy is to be taken.
    pub(crate) fn by_bytes(
        &self,
        given: &Given,
        number: usize,
    ) -> Result<Option<Ready>, ArchiveError> {
        let Given { name, bytes, digest } = given;
        let Some(archive) = self.destination.archive().filter(|_| self.reuse) else {
            return Ok(None);
        };
        let nothing = Map::new();
        let paper = Paper { sha256: digest, fields: &nothing, text: "" };
        let same = archive.same(&paper)?;
        let same = same.iter().find(|same| self.is_taken(same));
        Ok(same.map(|same| {
            let kind = sniff(bytes).map_or("", Kind::name);
            let source = source_info(name, bytes, *digest, kind);
            let mut made = Made::nothing();
            made.findings.push(reused_finding(same));
            let bytes = Arc::clone(bytes);
            let mut ready = Ready { source, bytes, made, reused: None, input: number };
            ready.reuse(same, self.now);
            ready
        }))
    }

    /// Whether a copy that is held is taken instead; not one of the dossier that
    /// the paper is for.
    fn is_taken(&self, same: &Same) -> bool {
        let named = self.destination.dossier();
        let is_there =
            named.is_some_and(|named| named.canonical() == same.held.dossier.canonical());
        self.reuse && !is_there
    }

    /// Looks whether a document is held already: takes the copy that is there, if
    /// that is wanted, or says a word about it.
    pub(crate) fn look(&mut self, ready: &mut Ready) -> Result<(), ArchiveError> {
        let Some(archive) = self.destination.archive() else { return Ok(()) };
        let all = archive.same(&paper(ready))?;
        if let Some(same) = all.first().filter(|same| self.is_taken(same)) {
            ready.made.findings = vec![reused_finding(same)];
            ready.made.pages = Vec::new();
            ready.reuse(same, self.now);
            return Ok(());
        }
        // Held elsewhere, it may still have been scanned twice just now.
        let place =
            |same: &Same| archive.relative(&same.held.dossier).join(&same.held.file);
        let in_run = |same: &Same| Some((self.placed.get(&place(same))?, same.why));
        let twice = all.iter().find_map(in_run).map(|(name, why)| (name.clone(), why));
        let before = all.iter().find(|same| in_run(same).is_none());
        ready.made.findings.extend(before.map(held_finding));
        self.look_in_run(ready, twice);
        Ok(())
    }

    /// Says a word where another paper of this run is the same one: one that is placed
    /// as `twice` says, or one that the archive cannot know yet.
    fn look_in_run(&mut self, ready: &mut Ready, twice: Option<(String, Why)>) {
        let print = Print::of(&paper(ready));
        let input = ready.input;
        let unplaced = self.unplaced.iter().find_map(|(number, name, other)| {
            Some((name.clone(), print.same(other, *number == input)?))
        });
        if let Some((name, found)) = unplaced.or(twice) {
            let why = why(found);
            let say = |lang| say::ingest::held_in_run(lang, &name, why(lang));
            let code = "document.held-in-run";
            ready.made.findings.push(Finding::new(code, Weight::NeedsPerson, say));
        }
        let name = ready.source.name.clone().unwrap_or_default();
        self.unplaced.push((input, name, print));
    }

    /// Notes where a paper of an input of this name was placed.
    pub(crate) fn place(&mut self, file: &Path, name: &str) {
        let name = Path::new(name).file_name().unwrap_or_default();
        self.placed.insert(file.to_owned(), name.to_string_lossy().into_owned());
    }

    /// The input of the same files that would have been filed before this one, in a
    /// run that only looks.
    pub(crate) fn supposed(&self, files: &[Digest]) -> Option<&str> {
        self.supposed.get(files).map(String::as_str)
    }

    /// Takes an input of these files for filed, in a run that only looks.
    pub(crate) fn suppose(&mut self, files: Vec<Digest>, name: &str) {
        self.supposed.insert(files, name.to_owned());
    }

    /// Forgets the papers of an input whose end is told: the archive knows them.
    pub(crate) fn forget(&mut self, number: usize) {
        self.unplaced.retain(|(other, ..)| *other != number);
    }
}

/// What a document is held against others by.
fn paper(ready: &Ready) -> Paper<'_> {
    Paper {
        sha256: &ready.source.sha256,
        fields: &ready.made.described.fields,
        text: &ready.made.text,
    }
}

/// That a paper is recorded as reused.
fn reused_finding(same: &Same) -> Finding {
    let why = why(same.why);
    let say = |lang| {
        let (dossier, file) = (&same.held.dossier, &same.held.file);
        say::ingest::reused(lang, dossier, file, why(lang))
    };
    Finding::new("input.reused", Weight::Note, say)
}

/// That a paper seems to be held already.
fn held_finding(same: &Same) -> Finding {
    let why = why(same.why);
    let say = |lang| {
        let (dossier, file) = (&same.held.dossier, &same.held.file);
        say::ingest::held_alike(lang, dossier, file, why(lang))
    };
    Finding::new("document.held", Weight::Warning, say)
}

/// Why two papers are taken for one, in words.
fn why(why: Why) -> fn(Lang) -> String {
    match why {
        Why::Bytes => say::archive::same_bytes,
        Why::Number => say::archive::same_number,
        Why::Text => say::archive::same_text,
    }
}
