//! Checking an archive: is everything still what was filed?
//!
//! Every byte of every dossier is read once and held against the manifests;
//! records, codes and the registers of codes are held against each other. The
//! dossiers that were not looked at for longest come first, so that a check with
//! a budget of time gets round the whole archive in the end. Checking changes
//! nothing but the notes of what was proved good, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::archive::check::bag::Verified;
use crate::archive::check::proofs::{Proof, Proofs};
use crate::archive::code::Code;
use crate::archive::error::ArchiveError;
use crate::archive::ledger::Event;
use crate::archive::{Archive, DOSSIERS, OURS, TRUST, bag as bagit, store};
use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::pki::Store;
use crate::say::{self, Lang, Tell as _};
use crate::time::{Day, Timestamp};

pub(crate) use crate::archive::check::proofs::read as proofs_of;

mod attested;
mod bag;
mod events;
mod proofs;
mod quarantine;
mod registers;

/// How often a dossier is looked at again that changed under our eyes.
const ATTEMPTS: u32 = 3;

/// How an archive is to be checked.
pub struct Checking<'a> {
    /// Dossiers proved good since then are passed over, unless they changed.
    pub since: Option<Timestamp>,
    /// Dossiers looked at at a time.
    pub jobs: NonZeroUsize,
    /// When this happens.
    pub now: Timestamp,
    /// Whom to trust about time-stamps and signatures under the ledger.
    pub trust: &'a Store,
    /// Asked again and again; `true` ends the check after the file in hand.
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// Told after each dossier how many files and bytes it had.
    pub watch: &'a (dyn Fn(u64, u64) + Sync),
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Dossiers looked at.
    pub dossiers: u64,
    /// Files read.
    pub files: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Dossiers passed over because they were proved good not long ago.
    pub passed_over: u64,
    /// Dossiers not reached, because the check was ended.
    pub not_reached: u64,
    /// Entries of the quarantine looked at.
    pub quarantined: u64,
    /// Entries of the quarantine not reached, because the check was ended.
    pub quarantine_not_reached: u64,
    /// The last time-stamped checkpoint of the ledger.
    pub stamped: Option<Stamped>,
    /// The longest time ago that a dossier, of those that are good, was proved
    /// good before or by this check.
    pub oldest_proof: Option<Timestamp>,
    /// Dossiers that have never been proved good as they are now.
    pub never_proved: u64,
    /// What is wrong, in order of paths.
    pub faults: Vec<Fault>,
    /// The dossiers there are.
    pub(crate) there: Vec<Code>,
    /// What the ledger does not know yet and is to be told.
    pub(crate) news: Vec<Event>,
}

/// How far the ledger is time-stamped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The entries under the last time-stamp.
    pub size: u64,
    /// The time it tells.
    pub at: Timestamp,
    /// Whether who is trusted proves it.
    pub is_proven: bool,
}

impl Checked {
    /// Whether nothing was left for another time.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.not_reached == 0 && self.quarantine_not_reached == 0
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_good(&self) -> bool {
        !self.faults.iter().any(|fault| fault.finding.weight == Weight::NeedsPerson)
    }
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Where, relative to the archive.
    pub path: PathBuf,
    /// What.
    pub finding: Finding,
}

impl Fault {
    pub(crate) fn new(
        path: PathBuf,
        code: &str,
        weight: Weight,
        say: impl Fn(Lang) -> String,
    ) -> Self {
        Self { path, finding: Finding::new(code, weight, say) }
    }
}

impl Archive {
    /// Checks the archive. What was proved good is noted, unless the archive
    /// was opened for looking.
    ///
    /// # Errors
    ///
    /// When the archive is gone, or the notes cannot be written. What is wrong
    /// with dossiers is an answer, not an error.
    pub fn check(&self, checking: &Checking<'_>) -> Result<Checked, ArchiveError> {
        let check = || {
            let mut checked = Checked::default();
            let days = days(self, &mut checked)?;
            // What was proved good the longest ago comes first, so that a budget
            // gets round to all of it.
            let oldest = days.first().and_then(|day| day.oldest);
            let is_first = quarantine::is_older_than(self, oldest);
            let held = is_first.then(|| quarantine::read(self, checking));
            self.check_days(days, checking, &mut checked)?;
            let held = held.unwrap_or_else(|| quarantine::read(self, checking));
            events::check(self, held, &mut checked, checking)?;
            let root = &self.root;
            for fault in &mut checked.faults {
                fault.path = bag::relative(root, std::mem::take(&mut fault.path));
            }
            checked.faults.sort_by(|a, b| a.path.cmp(&b.path));
            if !self.is_there() {
                return Err(ArchiveError::Vanished(root.clone()));
            }
            if self.run.is_some() && checked.is_whole() {
                events::note(self, &mut checked, checking.now)?;
            }
            Ok(checked)
        };
        self.told(check())
    }

    /// Looks at the dossiers of all days on several threads.
    fn check_days(
        &self,
        days: Vec<DayOfDossiers>,
        checking: &Checking<'_>,
        checked: &mut Checked,
    ) -> Result<(), ArchiveError> {
        let (give, take) = mpsc::sync_channel::<Task>(2 * checking.jobs.get());
        let (tell, hear) = mpsc::channel();
        let take = Mutex::new(take);
        thread::scope(|scope| {
            for _ in 0..checking.jobs.get() {
                let (tell, take) = (tell.clone(), &take);
                scope.spawn(move || serve(take, &tell, checking));
            }
            drop(tell);
            let mut open = Open::default();
            for day in days {
                let number = open.begin(self, &day, checking, checked)?;
                for code in day.codes {
                    let folder = self.folder(&code);
                    if open.is_recent(number, &code, &folder, checking) {
                        checked.passed_over += 1;
                        open.note(number, code, None);
                    } else if (checking.stop)() {
                        checked.not_reached += 1;
                        open.note(number, code, None);
                    } else if give.send(Task { number, code, folder }).is_err() {
                        break;
                    }
                    hear.try_iter().for_each(|done| open.hear(done, checked));
                }
                open.write_finished(self, checked)?;
            }
            drop(give);
            hear.iter().for_each(|done| open.hear(done, checked));
            open.write_finished(self, checked)
        })
    }
}

/// The dossiers of a day, and when one of them was proved good the longest ago.
struct DayOfDossiers {
    day: Day,
    codes: Vec<Code>,
    proofs: Proofs,
    /// `None` where one was never proved good.
    oldest: Option<Timestamp>,
}

/// A dossier to look at.
struct Task {
    number: usize,
    code: Code,
    folder: PathBuf,
}

/// A dossier looked at; `None` where the check was ended.
struct Done {
    number: usize,
    code: Code,
    verified: Option<Verified>,
}

/// Looks at dossiers until there are no more.
fn serve(take: &Mutex<Receiver<Task>>, tell: &Sender<Done>, checking: &Checking<'_>) {
    loop {
        let task = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Task { number, code, folder }) = task else { return };
        let verified = verify(&folder, &code, checking);
        if let Some(verified) = &verified {
            (checking.watch)(verified.files, verified.bytes);
        }
        if tell.send(Done { number, code, verified }).is_err() {
            return;
        }
    }
}

/// Looks at a dossier that may be given a new version meanwhile.
fn verify(folder: &Path, code: &Code, checking: &Checking<'_>) -> Option<Verified> {
    let identity = || fs::metadata(folder).ok().map(|found| (found.dev(), found.ino()));
    let mut verified = Verified::default();
    for _ in 0..ATTEMPTS {
        let before = identity();
        verified = bag::verify(folder, code, checking.stop)?;
        if verified.faults.is_empty() || identity() == before {
            break;
        }
    }
    Some(verified)
}

/// Days whose dossiers are being looked at.
#[derive(Default)]
struct Open {
    days: BTreeMap<usize, OpenDay>,
}

/// A day whose dossiers are being looked at.
struct OpenDay {
    day: Day,
    left: usize,
    proofs: Proofs,
    /// The proofs that stay or are new.
    now: Proofs,
    at: Timestamp,
}

impl Open {
    /// Begins a day: its register, then its dossiers.
    fn begin(
        &mut self,
        archive: &Archive,
        day: &DayOfDossiers,
        checking: &Checking<'_>,
        checked: &mut Checked,
    ) -> Result<usize, ArchiveError> {
        let agency = &archive.settings.agency_id;
        let faults = registers::faults(&archive.root, day.day, agency, &day.codes);
        checked.faults.extend(faults);
        let mut seen = BTreeMap::new();
        for code in &day.codes {
            if let Some(other) = seen.insert(code.canonical(), code) {
                let say = |lang| say::archive::check_same_code(lang, other);
                let path = archive.folder(code);
                checked.faults.push(Fault::new(
                    path,
                    "check.duplicate",
                    Weight::NeedsPerson,
                    say,
                ));
            }
            if code.unit().newer() != agency.newer() {
                let say = |lang| say::archive::check_other_agency(lang, agency);
                let path = archive.folder(code);
                checked.faults.push(Fault::new(path, "check.code", Weight::Warning, say));
            }
        }
        // What was proved good once and is gone stays known until somebody
        // explains it.
        let mut now = Proofs::default();
        for (code, proof) in &day.proofs.0 {
            if !day.codes.contains(code) {
                let say = |lang| say::archive::check_gone(lang, proof.at);
                let path = archive.folder(code);
                let weight = Weight::NeedsPerson;
                checked.faults.push(Fault::new(path, "check.missing", weight, say));
                now.0.insert(code.clone(), *proof);
            }
        }
        let number = self.days.last_key_value().map_or(0, |(number, _)| number + 1);
        let open = OpenDay {
            day: day.day,
            left: day.codes.len(),
            proofs: day.proofs.clone(),
            now,
            at: checking.now,
        };
        self.days.insert(number, open);
        Ok(number)
    }

    /// Whether a dossier was proved good not long ago and is still the same.
    fn is_recent(
        &self,
        number: usize,
        code: &Code,
        folder: &Path,
        checking: &Checking<'_>,
    ) -> bool {
        let proof = self.days.get(&number).and_then(|day| day.proofs.0.get(code));
        let (Some(since), Some(proof)) = (checking.since, proof) else { return false };
        // A clock that went back must not make a proof last for ever.
        proof.at >= since && proof.at <= checking.now && seal(folder) == Some(proof.seal)
    }

    /// Keeps the earlier proof of a dossier, or takes a new one.
    fn note(&mut self, number: usize, code: Code, proof: Option<Proof>) {
        let Some(day) = self.days.get_mut(&number) else { return };
        day.left = day.left.saturating_sub(1);
        let earlier = day.proofs.0.get(&code).copied();
        if let Some(proof) = proof.or(earlier) {
            day.now.0.insert(code, proof);
        }
    }

    /// Takes what a thread found.
    fn hear(&mut self, done: Done, checked: &mut Checked) {
        let Done { number, code, verified } = done;
        let Some(verified) = verified else {
            checked.not_reached += 1;
            return self.note(number, code, None);
        };
        checked.dossiers += 1;
        checked.files += verified.files;
        checked.bytes += verified.bytes;
        let at = self.days.get(&number).map(|day| day.at);
        let proof = match (at, verified.seal) {
            (Some(at), Some(seal)) if verified.faults.is_empty() => {
                Some(Proof { at, seal })
            }
            _ => None,
        };
        checked.faults.extend(verified.faults);
        self.note(number, code, proof);
    }

    /// Writes the notes of the days that are done.
    fn write_finished(
        &mut self,
        archive: &Archive,
        checked: &mut Checked,
    ) -> Result<(), ArchiveError> {
        let done: Vec<usize> =
            self.days.iter().filter(|(_, day)| day.left == 0).map(|(n, _)| *n).collect();
        // The last number stays, so that the next day gets another.
        let last = self.days.last_key_value().map(|(number, _)| *number);
        for number in done {
            let Some(day) = self.days.get_mut(&number) else { continue };
            let (proofs, now) =
                (std::mem::take(&mut day.proofs), std::mem::take(&mut day.now));
            if !now.0.is_empty() {
                let oldest = now.0.values().map(|proof| proof.at).min();
                checked.oldest_proof =
                    [checked.oldest_proof, oldest].into_iter().flatten().min();
                if archive.run.is_some() && proofs.0 != now.0 {
                    now.write(&archive.root, day.day)?;
                }
            }
            if Some(number) != last {
                self.days.remove(&number);
            }
        }
        Ok(())
    }
}

/// What the manifest of tag files of the dossier in `folder` hashes to.
fn seal(folder: &Path) -> Option<Digest> {
    let path = folder.join(bagit::TAG_MANIFEST_FILE);
    store::read(&path, 1 << 26).ok()?.map(|bytes| Digest::of(&bytes))
}

/// The days with dossiers or registers, those first that were not looked at
/// for longest; and what lies where nothing of the kind should.
fn days(
    archive: &Archive,
    checked: &mut Checked,
) -> Result<Vec<DayOfDossiers>, ArchiveError> {
    let root = &archive.root;
    for name in store::list(root)? {
        let path = root.join(&name);
        if !OURS.iter().any(|ours| name == *ours) {
            extra(path, checked);
        // What is trusted may be shared by archives; what is kept may not.
        } else if name != TRUST
            && fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink())
        {
            let (weight, say) = (Weight::NeedsPerson, say::archive::check_link);
            checked.faults.push(Fault::new(path, "check.link", weight, say));
        }
    }
    let known = registers::days(root)?.into_iter().chain(proofs::days(root)?);
    let mut by_day: BTreeMap<Day, Vec<Code>> =
        known.map(|day| (day, Vec::new())).collect();
    gather(archive, &root.join(DOSSIERS), 0, &mut by_day, checked)?;
    let mut days = Vec::new();
    for (day, codes) in by_day {
        let proofs = Proofs::read(root, day)?;
        let known: BTreeSet<&Code> = proofs.0.keys().collect();
        let unproved = codes.iter().filter(|code| !known.contains(code)).count();
        checked.never_proved += unproved as u64;
        let oldest = proofs.0.values().map(|proof| proof.at).min();
        let oldest = oldest.filter(|_| unproved == 0);
        checked.there.extend(codes.iter().cloned());
        days.push(DayOfDossiers { day, codes, proofs, oldest });
    }
    days.sort_by_key(|day| (day.oldest, day.day));
    Ok(days)
}

/// Collects codes from year, month and day downwards.
fn gather(
    archive: &Archive,
    folder: &Path,
    depth: usize,
    by_day: &mut BTreeMap<Day, Vec<Code>>,
    checked: &mut Checked,
) -> Result<(), ArchiveError> {
    /// Year, month, day.
    const DAY: usize = 3;
    let names = match store::list(folder) {
        Err(error) if error.is_missing() && depth == 0 => return Ok(()),
        Err(error) => {
            let say = |lang| error.tell(lang);
            let folder = folder.to_owned();
            checked.faults.push(Fault::new(
                folder,
                "check.unreadable",
                Weight::NeedsPerson,
                say,
            ));
            return Ok(());
        }
        Ok(names) => names,
    };
    for name in names {
        let path = folder.join(&name);
        let found = fs::symlink_metadata(&path);
        if found.as_ref().is_ok_and(fs::Metadata::is_symlink) {
            let say = say::archive::check_link;
            checked.faults.push(Fault::new(path, "check.link", Weight::NeedsPerson, say));
            continue;
        }
        let is_folder = found.is_ok_and(|found| found.is_dir());
        let code = name.to_str().and_then(|name| name.parse::<Code>().ok());
        let is_number = name.to_str().is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit())
        });
        match code {
            // Its folder must be where its code says, as its code is spelt.
            Some(code) if depth == DAY && is_folder && archive.folder(&code) == path => {
                by_day.entry(code.day()).or_default().push(code);
            }
            Some(_) | None if depth < DAY && is_folder && is_number => {
                gather(archive, &path, depth + 1, by_day, checked)?;
            }
            Some(code) if is_folder => {
                let say = |lang| say::archive::check_misplaced(lang, &code);
                checked.faults.push(Fault::new(
                    path,
                    "check.code",
                    Weight::NeedsPerson,
                    say,
                ));
            }
            Some(_) | None => extra(path, checked),
        }
    }
    Ok(())
}

/// Notes something that nobody filed.
fn extra(path: PathBuf, checked: &mut Checked) {
    let say = say::archive::check_extra;
    checked.faults.push(Fault::new(path, "check.extra", Weight::NeedsPerson, say));
}
