//! Checkpoints that others vouch for, against the ledger.
//!
//! Each must be one the ledger had, signed and stamped as it says, and each that the
//! ledger notes must be there. A time-stamp is judged at the time that the one after it
//! proves (EN 319 102-1, 5.6.2): later checkpoints stand over the entries that name
//! earlier ones, so that a certificate may run out without the proof being lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::archive::check::{Checking, Fault, Stamped};
use crate::archive::ledger::attested::{Attested, DRIFT, FOLDER, MOST_BYTES, name_of};
use crate::archive::ledger::{self, Event, Happened, Ledger};
use crate::archive::{Archive, store};
use crate::digest::Digest;
use crate::finding::Weight;
use crate::say::{self, Lang, Tell as _};
use crate::time::Timestamp;

/// What the ledger says of attested checkpoints: what they hash to, and when.
#[derive(Debug, Default)]
pub(super) struct Told(BTreeMap<Digest, Timestamp>);

impl Told {
    /// Takes an event in.
    pub(super) fn hear(&mut self, event: &Event) {
        if let (Happened::Attested, Some(sha256)) = (event.event, event.sha256) {
            self.0.entry(sha256).or_insert(event.at);
        }
    }
}

/// What came of the comparison.
#[derive(Default)]
pub(super) struct Vouched {
    pub(super) faults: Vec<Fault>,
    /// What the ledger must be told of: kept by a run that was cut off then.
    pub(super) news: Vec<Event>,
    pub(super) stamped: Option<Stamped>,
}

/// Holds the attested checkpoints against what the ledger says of them.
pub(super) fn check(
    archive: &Archive,
    ledger: &Ledger,
    mut told: Told,
    checking: &Checking<'_>,
) -> Vouched {
    let folder = archive.root.join(ledger::FOLDER).join(FOLDER);
    let mut vouched = Vouched::default();
    let mut sound: Vec<(u64, Attested)> = Vec::new();
    for name in store::list(&folder).unwrap_or_default() {
        let path = folder.join(&name);
        let Some(whole) = text(&path) else {
            vouched.fault(&path, say::archive::check_extra);
            continue;
        };
        let sha256 = Digest::of(whole.as_bytes());
        let noted = told.0.remove(&sha256);
        let (head, attested) = match ledger.attested(&whole) {
            Ok(found) => found,
            Err(error) => {
                vouched.fault(&path, |lang| error.tell(lang));
                continue;
            }
        };
        if name != name_of(head.size, &whole).as_str() {
            vouched.fault(&path, say::archive::check_extra);
            continue;
        }
        let stamp = attested.stamp.as_ref().map(|stamp| stamp.time);
        match noted {
            None => {
                let at = checking.now;
                vouched.news.push(Event::file(at, Happened::Attested, sha256, None));
            }
            // It cannot have been noted before it was there.
            Some(at) if stamp.is_some_and(|time| at.unix() + DRIFT < time.unix()) => {
                vouched.fault(&path, |lang| say::archive::check_noted_early(lang, at));
            }
            Some(_) => {}
        }
        sound.push((head.size, attested));
    }
    for sha256 in told.0.into_keys() {
        vouched.fault(&folder, |lang| say::archive::check_attested_gone(lang, sha256));
    }
    vouched.judge(&folder, sound, checking);
    vouched
}

impl Vouched {
    /// Asks who is trusted, the newest first. Where nobody is, nothing is proved, and
    /// nothing wrong.
    fn judge(
        &mut self,
        folder: &Path,
        mut sound: Vec<(u64, Attested)>,
        checking: &Checking<'_>,
    ) {
        sound.sort_by_key(|(size, _)| *size);
        let mut at = checking.now;
        for (size, attested) in sound.into_iter().rev() {
            let judged = attested.judge(checking.trust, at);
            if let (Some(stamp), None) = (&attested.stamp, self.stamped) {
                let is_proven = matches!(judged.time, Some(Ok(_)));
                self.stamped = Some(Stamped { size, at: stamp.time, is_proven });
            }
            if let Some(Ok(time)) = judged.time {
                at = time;
            }
            if checking.trust.anchors().is_empty() {
                continue;
            }
            let unproved = judged.time.and_then(Result::err);
            for finding in unproved.into_iter().chain(judged.agency.and_then(Result::err))
            {
                let path = folder.to_owned();
                let say =
                    |lang| say::archive::check_unproved(lang, size, finding.tell(lang));
                self.faults.push(Fault::new(
                    path,
                    "check.attested",
                    Weight::Warning,
                    say,
                ));
            }
        }
    }

    fn fault(&mut self, path: &Path, say: impl Fn(Lang) -> String) {
        let weight = Weight::NeedsPerson;
        self.faults.push(Fault::new(path.to_owned(), "check.attested", weight, say));
    }
}

/// The text of a file; `None` where it is none.
fn text(path: &Path) -> Option<String> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let bytes = store::read(path, MOST_BYTES).ok().flatten().filter(|_| is_file)?;
    String::from_utf8(bytes).ok()
}
