//! The ledger, and the dossiers against what it says happened to them.
//!
//! What the ledger says of a dossier last must be what lies on disk now. Where
//! it is not, the two are compared once more in a turn, because a run may have
//! filed something meanwhile.

use std::collections::BTreeMap;
use std::fs;

use crate::archive::Archive;
use crate::archive::check::{Checked, Fault};
use crate::archive::code::Code;
use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event, FOLDER, Happened, Ledger};
use crate::digest::Digest;
use crate::finding::Weight;
use crate::say::{self, Tell as _};
use crate::time::Timestamp;

/// Checks the ledger and what it says; an archive that has none yet is left be.
pub(super) fn check(
    archive: &Archive,
    checked: &mut Checked,
) -> Result<(), ArchiveError> {
    if !Ledger::of(&archive.root).is_there() {
        let is_begun = archive.root.join(FOLDER).exists();
        if is_begun {
            let folder = archive.root.join(FOLDER);
            let say =
                |lang| say::archive::ledger_missing(lang, folder.display(), "checkpoint");
            checked.faults.push(fault(archive, say));
        }
        return Ok(());
    }
    let there = std::mem::take(&mut checked.there);
    let faults = compare(archive, &there);
    let faults = if faults.is_empty() || archive.run.is_none() {
        faults
    } else {
        let _turn = archive.turn(&|| false)?;
        compare(archive, &there)
    };
    checked.faults.extend(faults);
    Ok(())
}

/// Notes that a check took place, and what it came to.
pub(super) fn note(
    archive: &Archive,
    checked: &mut Checked,
    now: Timestamp,
) -> Result<(), ArchiveError> {
    let faults = checked.faults.iter();
    let faults =
        faults.filter(|fault| fault.finding.weight == Weight::NeedsPerson).count();
    let event = Event {
        at: now,
        event: Happened::Checked,
        dossier: None,
        sha256: None,
        faults: Some(faults as u64),
    };
    let _turn = archive.turn(&|| false)?;
    let agency = archive.settings.agency_id.as_str();
    // A damaged ledger has been told of; nothing can be added to it.
    match ledger::ensure(archive, now).and_then(|ledger| ledger.add(&event, agency)) {
        Err(ArchiveError::Ledger(..)) if !checked.is_good() => Ok(()),
        other => other,
    }
}

/// What is wrong with the ledger, or with dossiers in its light.
fn compare(archive: &Archive, there: &[Code]) -> Vec<Fault> {
    let ledger = Ledger::of(&archive.root);
    let mut noted: BTreeMap<Code, Digest> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut last: Option<Timestamp> = None;
    let audited = ledger::audit(&ledger, &mut |index, event| {
        let Some(event) = event else {
            let say = |lang| say::archive::check_bad_entry(lang, index);
            return faults.push(fault(archive, say));
        };
        if last.is_some_and(|last| event.at < last) {
            let say = |lang| say::archive::check_back_dated(lang, index);
            faults.push(fault(archive, say));
        }
        last = Some(event.at);
        if let (Some(code), Some(seal)) = (event.dossier, event.sha256) {
            noted.insert(code, seal);
        }
    });
    if let Err(error) = audited {
        faults.push(fault(archive, |lang| error.tell(lang)));
        return faults;
    }
    for code in there {
        let folder = archive.folder(code);
        let say: say::Sentence = match noted.remove(code) {
            Some(seal) if ledger::seal(&folder) == Some(seal) => continue,
            // Removed while the check was going on.
            _ if fs::symlink_metadata(&folder).is_err() => say::archive::check_removed,
            Some(_) => say::archive::check_unlogged,
            None => say::archive::check_not_in_ledger,
        };
        faults.push(Fault::new(folder, "check.ledger", Weight::NeedsPerson, say));
    }
    for code in noted.into_keys() {
        let folder = archive.folder(&code);
        // Filed while the check was going on.
        if fs::symlink_metadata(&folder).is_err() {
            let say = say::archive::check_removed;
            faults.push(Fault::new(folder, "check.ledger", Weight::NeedsPerson, say));
        }
    }
    faults
}

fn fault(archive: &Archive, say: impl Fn(say::Lang) -> String) -> Fault {
    Fault::new(archive.root.join(FOLDER), "check.ledger", Weight::NeedsPerson, say)
}
