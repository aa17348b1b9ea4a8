//! The ledger, and the dossiers against what it says happened to them.
//!
//! What the ledger says of a dossier last must be what lies on disk now. Where
//! it is not, the two are compared once more in a turn, because a run may have
//! filed something meanwhile.

use std::collections::BTreeMap;
use std::fs;

use crate::archive::check::proofs::Proof;
use crate::archive::check::{Checked, Checking, Fault, Stamped, attested, quarantine};
use crate::archive::code::Code;
use crate::archive::error::ArchiveError;
use crate::archive::ledger::{self, Event, FOLDER, Happened, Ledger};
use crate::archive::{Archive, SETTINGS_LIMIT, settings, store};
use crate::digest::Digest;
use crate::finding::Weight;
use crate::say::{self, Tell as _};
use crate::time::Timestamp;

/// Checks the ledger and what it says; an archive that has none yet is left be.
pub(super) fn check(
    archive: &Archive,
    held: quarantine::Reading,
    checked: &mut Checked,
    checking: &Checking<'_>,
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
    let mut compared = compare(archive, &there, held, checking);
    if !compared.faults.is_empty() && archive.run.is_some() {
        let _turn = archive.turn(&|| false)?;
        let held = quarantine::read(archive, checking);
        compared = compare(archive, &there, held, checking);
    }
    checked.faults.extend(compared.faults);
    checked.news = compared.news;
    checked.stamped = compared.stamped;
    checked.quarantined = compared.quarantined;
    checked.quarantine_not_reached = compared.left.len() as u64;
    if archive.run.is_some() {
        quarantine::remember(archive, compared.good, &compared.left)?;
    }
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
    let event = Event::checked(now, faults as u64);
    let _turn = archive.turn(&|| false)?;
    let agency = archive.settings.agency_id.as_str();
    let news = std::mem::take(&mut checked.news);
    let add = || {
        let ledger = ledger::ensure(archive, now)?;
        for event in news.iter().chain([&event]) {
            ledger.add(event, agency)?;
        }
        Ok(())
    };
    // A damaged ledger has been told of; nothing can be added to it.
    match add() {
        Err(ArchiveError::Ledger(..)) if !checked.is_good() => Ok(()),
        other => other,
    }
}

/// What came of comparing the ledger with what is there.
#[derive(Default)]
struct Compared {
    faults: Vec<Fault>,
    /// What is there and the ledger does not know yet, without being wrong.
    news: Vec<Event>,
    /// Entries of the quarantine that were read.
    quarantined: u64,
    /// Entries of the quarantine that are as they were put there.
    good: Vec<(String, Proof)>,
    /// Entries of the quarantine that were not reached.
    left: Vec<String>,
    /// How far the ledger is time-stamped.
    stamped: Option<Stamped>,
}

/// What is wrong with the ledger, or with what is there in its light.
fn compare(
    archive: &Archive,
    there: &[Code],
    held: quarantine::Reading,
    checking: &Checking<'_>,
) -> Compared {
    let ledger = Ledger::of(&archive.root);
    let mut noted: BTreeMap<Code, Digest> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut last: Option<Timestamp> = None;
    let (mut told, mut settings) = (quarantine::Told::default(), None);
    let mut attested = attested::Told::default();
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
        told.hear(&event);
        attested.hear(&event);
        if event.event == Happened::Settings {
            settings = event.sha256;
        }
        let is_of_content = event.is_of_content();
        if let (true, Some(code), Some(seal)) =
            (is_of_content, event.dossier, event.sha256)
        {
            noted.insert(code, seal);
        }
    });
    if let Err(error) = audited {
        faults.push(fault(archive, |lang| error.tell(lang)));
        let left = held.left;
        return Compared { faults, left, ..Compared::default() };
    }
    if let Err(error) = ledger.check_key() {
        faults.push(fault(archive, |lang| error.tell(lang)));
    }
    compare_dossiers(archive, there, noted, &mut faults);
    let mut compared = Compared { faults, ..Compared::default() };
    compare_quarantine(archive, &told, held, checking.now, &mut compared);
    let vouched = attested::check(archive, &ledger, attested, checking);
    compared.faults.extend(vouched.faults);
    compared.news.extend(vouched.news);
    compared.stamped = vouched.stamped;
    compare_settings(archive, settings, checking.now, &mut compared);
    compared
}

/// Holds the dossiers against what the ledger says of them last.
fn compare_dossiers(
    archive: &Archive,
    there: &[Code],
    mut noted: BTreeMap<Code, Digest>,
    faults: &mut Vec<Fault>,
) {
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
}

/// Holds the quarantine against what the ledger says of it.
fn compare_quarantine(
    archive: &Archive,
    told: &quarantine::Told,
    held: quarantine::Reading,
    now: Timestamp,
    compared: &mut Compared,
) {
    compared.left.clone_from(&held.left);
    compared.quarantined = held.count();
    let judged = quarantine::judge(archive, told, held, now);
    compared.faults.extend(judged.faults);
    compared.good = judged.good;
    let entry =
        |(sha256, record)| Event::file(now, Happened::Quarantined, sha256, Some(record));
    compared.news.extend(judged.new.into_iter().map(entry));
}

/// Holds `sohoa.toml` against what was noted of it last.
fn compare_settings(
    archive: &Archive,
    noted: Option<Digest>,
    now: Timestamp,
    compared: &mut Compared,
) {
    let Some(found) = settings_found(archive).filter(|found| noted != Some(*found))
    else {
        return;
    };
    compared.news.push(Event::file(now, Happened::Settings, found, None));
    // Who has the right may change them; that it happened must be seen once.
    if noted.is_some() {
        let (path, say) =
            (archive.root.join(settings::FILE), say::archive::check_settings);
        let weight = Weight::NeedsPerson;
        compared.faults.push(Fault::new(path, "check.settings", weight, say));
    }
}

/// What `sohoa.toml` hashes to now.
fn settings_found(archive: &Archive) -> Option<Digest> {
    let path = archive.root.join(settings::FILE);
    store::read(&path, SETTINGS_LIMIT).ok()?.map(|bytes| Digest::of(&bytes))
}

impl Archive {
    /// Notes in the ledger what `sohoa.toml` says, so that later changes are seen.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be written.
    pub fn note_settings(&self, now: Timestamp) -> Result<(), ArchiveError> {
        let note = || {
            let _turn = self.turn(&|| false)?;
            let ledger = ledger::ensure(self, now)?;
            match settings_found(self) {
                Some(found) => {
                    let event = Event::file(now, Happened::Settings, found, None);
                    ledger.add(&event, self.settings.agency_id.as_str())
                }
                None => Ok(()),
            }
        };
        self.told(note())
    }
}

fn fault(archive: &Archive, say: impl Fn(say::Lang) -> String) -> Fault {
    Fault::new(archive.root.join(FOLDER), "check.ledger", Weight::NeedsPerson, say)
}
