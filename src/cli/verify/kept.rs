//! What archives keep of verdicts: a document that is as it was is not judged again until
//! what its verdict rests on may have changed; and the ledger knows that all were judged.
//!
//! An archive that nobody may write is judged all the same. So is one whose moment of
//! judgement is named, with nothing written: that is a question about another day.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::archive::{Archive, Kept, Verdicts, is_archive};
use crate::cli::failure::Failure;
use crate::cli::ui::Ui;
use crate::cli::verify::Plan;
use crate::digest::Digest;
use crate::say::Lang;
use crate::time::Timestamp;
use crate::verify::report::{FileRow, indication};
use crate::verify::verdict::Indication;

/// Verdicts written at a time.
const MOST_WAITING: usize = 256;

/// An archive that is judged.
struct Place {
    /// As the line names it.
    named: PathBuf,
    archive: Archive,
    memory: Mutex<Verdicts>,
    /// Whether what is kept counts.
    recalls: bool,
    tally: Mutex<Tally>,
}

/// What was found in an archive.
#[derive(Default)]
struct Tally {
    waiting: Vec<Kept>,
    /// Of each verdict, line by line.
    found: Sha256,
    faults: u64,
}

/// The archives of a run.
#[derive(Default)]
pub(super) struct Shelf {
    places: Vec<Place>,
}

impl Shelf {
    /// The archives among the paths of the line. `recalls` is whether what they keep
    /// counts. Those that cannot be opened to be written are left out; why, if it is not
    /// simply that nobody may.
    pub(super) fn open(plan: &Plan, recalls: bool, ui: &Ui) -> Self {
        let mut places = Vec::new();
        for named in plan.paths.iter().filter(|path| is_archive(path)) {
            let opened = Archive::open(named).and_then(|(archive, _)| {
                Ok((archive.verdicts(plan.question())?, archive))
            });
            match opened {
                Ok((memory, archive)) => places.push(Place {
                    named: named.clone(),
                    archive,
                    memory: Mutex::new(memory),
                    recalls,
                    tally: Mutex::default(),
                }),
                Err(error) if error.is_forbidden() => {}
                Err(error) => ui.fail(&Failure::told(&error, ui.lang)),
            }
        }
        Self { places }
    }

    /// Whether verdicts are kept.
    pub(super) fn keeps(&self) -> bool {
        !self.places.is_empty()
    }

    /// What an archive keeps of a file, where that still holds.
    pub(super) fn recall(
        &self,
        path: &Path,
        sha256: &Digest,
        at: Timestamp,
    ) -> Option<FileRow> {
        let place = self.places.iter().find(|place| path.starts_with(&place.named))?;
        if !place.recalls {
            return None;
        }
        let memory = locked(&place.memory);
        // What cannot be read is judged anew.
        let row = memory.get(sha256, at).ok()??;
        let row: FileRow = serde_json::from_str(&row).ok()?;
        let shown = path.to_string_lossy().into_owned();
        Some(FileRow { path: shown, ..row })
    }

    /// Takes in what was said of a file, and until when that holds; `new` is whether it
    /// was judged now.
    pub(super) fn take(
        &self,
        row: &FileRow,
        (new, until): (bool, Option<Timestamp>),
        at: Timestamp,
    ) {
        let path = Path::new(&row.path);
        let of_it = |place: &&Place| path.starts_with(&place.named);
        let Some(place) = self.places.iter().find(of_it) else { return };
        let mut tally = locked(&place.tally);
        let digest = row.sha256.map(|sha256| sha256.to_string()).unwrap_or_default();
        tally.found.update(format!("{digest}  {}\n", row.verdict));
        let bad =
            matches!(indication(&row.verdict), None | Some(Indication::TotalFailed));
        tally.faults += u64::from(bad);
        if let (true, Some(sha256), None, Ok(text)) =
            (new, row.sha256, &row.signs, serde_json::to_string(row))
        {
            tally.waiting.push(Kept { sha256, until, row: text });
        }
        if tally.waiting.len() >= MOST_WAITING {
            place.keep(&mut tally, at);
        }
    }

    /// Keeps what is left, and notes in the ledgers what was found; `whole` is whether
    /// every file was reached.
    pub(super) fn close(
        &self,
        plan: &Plan,
        whole: bool,
        lang: Lang,
    ) -> Result<(), Failure> {
        for place in &self.places {
            let mut tally = locked(&place.tally);
            place.keep(&mut tally, plan.at);
            if !whole {
                continue;
            }
            let found = Digest::from_bytes(tally.found.clone().finalize().into());
            let found = (found, plan.trust.digest());
            let noted = place.archive.note_verified(plan.at, found, tally.faults);
            noted.map_err(|error| Failure::told(&error, lang))?;
        }
        Ok(())
    }
}

impl Place {
    /// Writes what waits. What cannot be written is judged anew another time.
    fn keep(&self, tally: &mut Tally, at: Timestamp) {
        let waiting = std::mem::take(&mut tally.waiting);
        locked(&self.memory).keep(at, &waiting).ok();
    }
}

fn locked<T>(of_all: &Mutex<T>) -> MutexGuard<'_, T> {
    of_all.lock().unwrap_or_else(PoisonError::into_inner)
}
