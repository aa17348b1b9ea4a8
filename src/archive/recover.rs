//! What the next one does when somebody did not get to the end.
//!
//! A folder in a run that bears a dossier code was about to be renamed into
//! place, or has been. Whoever has the turn looks at the dossier, tells the
//! catalogue what is there, and removes the folder. Runs whose process is dead
//! are removed whole when the archive is opened.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::catalogue::{self, Catalogue, CatalogueError, Entry};
use crate::archive::code::Code;
use crate::archive::dossier::{self, Document, Dossier, DossierError};
use crate::archive::error::ArchiveError;
use crate::archive::ledger;
use crate::archive::store::{self, StoreError};
use crate::archive::{Archive, DOSSIERS, STAGING, TEXT_LIMIT};
use crate::finding::{Finding, Weight};
use crate::say;

/// In a folder with a code: the dossier, new before the rename, old after it.
pub(crate) const BAG: &str = "bag";
/// In a folder with a code: the old dossier, between two renames.
pub(crate) const OLD: &str = "old";

/// What opening an archive found and mended.
#[derive(Debug, Default)]
pub struct Recovered {
    /// Runs that had been killed.
    pub dead_runs: usize,
    /// Dossiers that a killed run had filed or was about to.
    pub settled: Vec<Code>,
    /// The new catalogue, where the old one was missing or unusable.
    pub reindexed: Option<Reindexed>,
}

impl Recovered {
    /// In sentences, none when there was nothing to mend.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.dead_runs > 0 {
            let say = |lang| say::archive::swept(lang, self.dead_runs);
            findings.push(Finding::new("archive.swept", Weight::Note, say));
        }
        for code in &self.settled {
            let say = |lang| say::archive::settled(lang, code);
            findings.push(Finding::new("archive.settled", Weight::Note, say));
        }
        if let Some(made) = self.reindexed.as_ref().filter(|made| made.dossiers > 0) {
            let say = |lang| say::archive::reindexed(lang, made.dossiers, made.documents);
            findings.push(Finding::new("archive.reindexed", Weight::Note, say));
        }
        for (path, _) in self.reindexed.iter().flat_map(|made| &made.unreadable) {
            let say = |lang| say::archive::bad_dossier(lang, path.display());
            findings.push(Finding::new("archive.unreadable", Weight::NeedsPerson, say));
        }
        findings
    }
}

/// A catalogue made anew.
#[derive(Debug, Default)]
pub struct Reindexed {
    /// Dossiers in it.
    pub dossiers: u64,
    /// Documents in it.
    pub documents: u64,
    /// Dossiers that could not be read, and why.
    pub unreadable: Vec<(PathBuf, ArchiveError)>,
}

/// The database of the archive in `root`.
pub(crate) fn catalogue_path(root: &Path) -> PathBuf {
    root.join(catalogue::FOLDER).join(catalogue::FILE)
}

/// Opens the catalogue, or makes it anew where it is missing or unusable. The
/// caller holds the archive's lock.
pub(crate) fn open_catalogue(
    root: &Path,
) -> Result<(Catalogue, Option<Reindexed>), ArchiveError> {
    let path = catalogue_path(root);
    let failed = |error| ArchiveError::Catalogue(path.clone(), error);
    if let Some(catalogue) = Catalogue::open(&path).map_err(failed)? {
        return Ok((catalogue, None));
    }
    store::make_dirs(root, &[catalogue::FOLDER.to_owned()])?;
    store::remove_file(&path)?;
    store::remove_file(&path.with_file_name(format!("{}-journal", catalogue::FILE)))?;
    let mut catalogue = Catalogue::create(Some(&path)).map_err(failed)?;
    let reindexed = fill(&mut catalogue, root)?;
    Ok((catalogue, Some(reindexed)))
}

/// Opens the catalogue for looking; a passing one where that cannot be.
pub(crate) fn look_at_catalogue(root: &Path) -> Result<Catalogue, ArchiveError> {
    if let Some(catalogue) = catalogue_to_look_at(root)? {
        return Ok(catalogue);
    }
    let path = catalogue_path(root);
    let mut catalogue =
        Catalogue::create(None).map_err(|e| ArchiveError::Catalogue(path, e))?;
    fill(&mut catalogue, root)?;
    Ok(catalogue)
}

/// The catalogue on disk, if it can be looked at as it is.
pub(crate) fn catalogue_to_look_at(
    root: &Path,
) -> Result<Option<Catalogue>, ArchiveError> {
    let path = catalogue_path(root);
    match Catalogue::look(&path) {
        Ok(catalogue) => Ok(catalogue),
        Err(error @ CatalogueError::Newer { .. }) => {
            Err(ArchiveError::Catalogue(path, error))
        }
        // Read-only disks: a journal that cannot be rolled back, no locks, ….
        Err(_) => Ok(None),
    }
}

/// Puts a new catalogue in the place of the archive's. The caller has the turn.
pub(crate) fn renew_catalogue(archive: &Archive) -> Result<Reindexed, ArchiveError> {
    let path = catalogue_path(&archive.root);
    let mut current = archive.catalogue();
    if current.is_in_place() {
        match fill(&mut current, &archive.root) {
            Err(ArchiveError::Catalogue(_, CatalogueError::Damaged)) => {}
            other => return other,
        }
        store::remove_file(&path)?;
    }
    let (catalogue, reindexed) = open_catalogue(&archive.root)?;
    *current = catalogue;
    Ok(reindexed.unwrap_or_default())
}

/// Removes the runs of dead processes and settles what they left. The caller
/// holds the archive's lock.
pub(crate) fn sweep(archive: &Archive) -> Result<Recovered, ArchiveError> {
    let mut recovered =
        Recovered { settled: settle_all(archive)?, ..Recovered::default() };
    let own = archive.run.as_ref().map(store::Run::dir);
    for run in store::runs(&archive.root.join(STAGING))? {
        if own != Some(run.as_path()) && store::is_dead(&run) {
            store::remove_tree(&run)?;
            recovered.dead_runs += 1;
        }
    }
    Ok(recovered)
}

/// The codes of dossiers that may be newer than the catalogue.
pub(crate) fn unsettled(root: &Path) -> Result<Vec<Code>, ArchiveError> {
    let folders = marked(root)?;
    Ok(folders.into_iter().map(|(_, code)| code).collect())
}

/// Settles every dossier a writer did not get to the end with. The caller has
/// the turn, so that no writer is at work.
pub(crate) fn settle_all(archive: &Archive) -> Result<Vec<Code>, ArchiveError> {
    let folders = marked(&archive.root)?;
    let mut settled = Vec::new();
    for (folder, code) in folders {
        settle(archive, &folder, &code)?;
        settled.push(code);
    }
    Ok(settled)
}

/// Brings the catalogue up to date about one dossier and removes its mark.
pub(crate) fn settle(
    archive: &Archive,
    folder: &Path,
    code: &Code,
) -> Result<(), ArchiveError> {
    let place = archive.folder(code);
    store::complete_exchange(&folder.join(BAG), &place, &folder.join(OLD))?;
    ledger::fulfil(archive, folder, code)?;
    if fs::symlink_metadata(&place).is_ok() {
        match archive.read_record(code) {
            Ok(dossier) => index(archive, &dossier)?,
            // Damaged by something else: no reason to stop everybody.
            Err(ArchiveError::Dossier(..)) => {}
            Err(error) => return Err(error),
        }
    } else {
        archive.of_catalogue(|catalogue| catalogue.forget(code))?;
    }
    Ok(store::remove_tree(folder)?)
}

/// Tells the catalogue about a dossier; one that turns out to be damaged is
/// made anew.
pub(crate) fn index(archive: &Archive, dossier: &Dossier) -> Result<(), ArchiveError> {
    let folder = archive.folder(&dossier.code);
    let text = |document: &Document| searched_in(&folder, document);
    let entry = Entry { dossier, text: &text };
    match archive.of_catalogue(|catalogue| catalogue.index(entry)) {
        Err(ArchiveError::Catalogue(_, CatalogueError::Damaged)) => {
            renew_catalogue(archive).map(|_| ())
        }
        other => other,
    }
}

/// Reads the record of the dossier in `folder`, which must be that of `code`.
pub(crate) fn read_record(folder: &Path, code: &Code) -> Result<Dossier, ArchiveError> {
    let bad = |error| ArchiveError::Dossier(folder.to_owned(), error);
    let bytes = store::read(&folder.join(dossier::FILE), dossier::LIMIT)?;
    let bytes = bytes.ok_or_else(|| bad(DossierError::NoRecord))?;
    let dossier = Dossier::read(&bytes).map_err(bad)?;
    if dossier.code == *code {
        Ok(dossier)
    } else {
        let found = dossier.code.to_string();
        Err(bad(DossierError::OtherCode { found }))
    }
}

/// The text of a document of the dossier in `folder`; `None` where there is
/// none that can be read, or what is there is no plain file.
pub(crate) fn text_in(folder: &Path, document: &Document) -> Option<String> {
    let path = folder.join(document.text.as_ref()?);
    // Nothing is read through a link that may lead out of the archive.
    let is_real = |path: &Path| fs::symlink_metadata(path).is_ok_and(|m| !m.is_symlink());
    if !is_real(&path) || !is_real(store::folder_of(&path)) {
        return None;
    }
    let bytes = store::read(&path, TEXT_LIMIT).ok()??;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What a document is searched by: its text, and at the end of each page what
/// stamps on it say ([`PageRecord::findable`]).
///
/// [`PageRecord::findable`]: crate::page::record::PageRecord::findable
pub(crate) fn searched_in(folder: &Path, document: &Document) -> Option<String> {
    let text = text_in(folder, document)?;
    let records = document.record.get("pages").and_then(|pages| pages.as_array());
    let said = |page: usize| {
        let lines = records?.get(page)?.get("findable")?.as_array()?;
        Some(lines.iter().filter_map(|line| line.as_str()))
    };
    let mut searched = String::with_capacity(text.len());
    for (page, number) in text.split_inclusive('\u{c}').zip(0..) {
        let words = page.strip_suffix('\u{c}').unwrap_or(page);
        searched.push_str(words);
        for line in said(number).into_iter().flatten() {
            searched.push_str(line);
            searched.push('\n');
        }
        searched.push_str(page.get(words.len()..).unwrap_or_default());
    }
    Some(searched)
}

/// Folders in runs that bear a dossier code, with that code.
fn marked(root: &Path) -> Result<Vec<(PathBuf, Code)>, StoreError> {
    let runs = match store::runs(&root.join(STAGING)) {
        Err(error) if error.is_missing() => return Ok(Vec::new()),
        other => other?,
    };
    let mut marked = Vec::new();
    for run in runs {
        // Gone since it was listed: its process has ended in good order.
        let names = match store::list(&run) {
            Err(error) if error.is_missing() => continue,
            other => other?,
        };
        for name in names {
            if let Some(code) = name.to_str().and_then(|name| name.parse().ok()) {
                marked.push((run.join(name), code));
            }
        }
    }
    Ok(marked)
}

/// Fills a catalogue from the dossiers, one after the other.
fn fill(catalogue: &mut Catalogue, root: &Path) -> Result<Reindexed, ArchiveError> {
    let failed = |error| ArchiveError::Catalogue(catalogue_path(root), error);
    let mut made = Reindexed::default();
    let rebuild = catalogue.rebuild().map_err(failed)?;
    walk(&root.join(DOSSIERS), 0, &mut |folder, code| {
        match code.and_then(|code| read_record(folder, &code)) {
            Ok(dossier) => {
                let text = |document: &Document| searched_in(folder, document);
                let entry = Entry { dossier: &dossier, text: &text };
                rebuild.add(entry).map_err(failed)?;
                made.dossiers += 1;
                made.documents += dossier.documents.len() as u64;
            }
            Err(error) => made.unreadable.push((folder.to_owned(), error)),
        }
        Ok(())
    })?;
    rebuild.finish().map_err(failed)?;
    Ok(made)
}

/// Every dossier there is, in order: its folder and code.
pub(crate) fn each_dossier(
    root: &Path,
    each: &mut dyn FnMut(&Path, &Code) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    walk(&root.join(DOSSIERS), 0, &mut |folder, code| match code {
        Ok(code) => each(folder, &code),
        Err(_) => Ok(()),
    })
}

/// What is called for each dossier: its folder and its code, or why it is not
/// to be entered.
pub(crate) type Each<'a> =
    dyn FnMut(&Path, Result<Code, ArchiveError>) -> Result<(), ArchiveError> + 'a;

/// Walks year, month and day down to the dossiers, in order. What is neither
/// is left to a check of the archive.
pub(crate) fn walk(
    folder: &Path,
    depth: usize,
    each: &mut Each<'_>,
) -> Result<(), ArchiveError> {
    /// Year, month, day.
    const DAY: usize = 3;
    let names = match store::list(folder) {
        Err(error) if error.is_missing() => return Ok(()),
        other => other?,
    };
    for name in names {
        let path = folder.join(&name);
        let Some(name) = name.to_str() else { continue };
        let code = name.parse::<Code>().ok();
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        if (depth == DAY && code.is_none()) || (depth < DAY && !is_number) {
            continue;
        }
        let Ok(found) = fs::symlink_metadata(&path) else { continue };
        if found.is_symlink() {
            each(&path, Err(ArchiveError::Link(path.clone())))?;
        } else if let Some(code) = code {
            each(&path, Ok(code))?;
        } else if found.is_dir() {
            walk(&path, depth + 1, each)?;
        }
    }
    Ok(())
}
