//! Papers that are signed and wait for their time-stamp.
//!
//! An office may sign where no authority can be reached, and have the time-stamps
//! added later. What waits stands in a plain file beside the papers, a line of JSON
//! each. The line is written before the paper is signed and goes only after the
//! stamped paper has its place, so that a crash loses none; whether a paper still
//! needs its stamp is read off the paper, so that none is stamped twice.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::store::{self, Existing};
use crate::sign::SignError;
use crate::time::Timestamp;

/// The name of the file.
pub const NAME: &str = "stamp-later.jsonl";
/// What is locked while somebody works it off.
const WORKED_ON: &str = ".stamp-later.lock";
/// Bytes of the longest queue that is read: half a million papers.
const MOST_BYTES: u64 = 128 << 20;
/// Seconds until a paper is tried again; each further wait is twice as long.
const FIRST_WAIT: i64 = 60;
/// How often the wait is doubled: the longest is about seventeen hours.
const MOST_DOUBLINGS: u32 = 10;

/// A paper that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its file, as seen from the folder of the queue.
    pub file: PathBuf,
    /// Its dossier and its ordinal there, in an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<(String, u32)>,
    /// The level it is to reach: `t`, `lt` or `lta`.
    pub level: String,
    /// Since when it waits.
    pub since: Timestamp,
    /// How often it was tried in vain.
    #[serde(default)]
    pub tries: u32,
    /// When it may be tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Timestamp>,
    /// Why it failed last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Waiting {
    /// A paper that was not tried yet.
    #[must_use]
    pub fn new(file: PathBuf, level: &str, since: Timestamp) -> Self {
        Self {
            file,
            document: None,
            level: level.to_owned(),
            since,
            tries: 0,
            next: None,
            why: None,
        }
    }

    /// Whether it may be tried now.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.next.is_none_or(|next| next <= now)
    }

    /// Notes that it was tried in vain, and puts the next try off.
    pub fn failed(&mut self, why: String, now: Timestamp) {
        let wait = FIRST_WAIT << self.tries.min(MOST_DOUBLINGS);
        self.tries = self.tries.saturating_add(1);
        self.next = Some(now.after(wait));
        self.why = Some(why);
    }
}

/// The queue of a folder or an archive.
#[derive(Clone, Debug)]
pub struct Queue {
    path: PathBuf,
}

impl Queue {
    /// The queue that a path names: the file, or the folder it lies in.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let path = if path.is_dir() { path.join(NAME) } else { path.to_owned() };
        Self { path }
    }

    /// Its file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder it lies in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// What waits, in the order in which it was signed.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is no such file; the number of its line.
    pub fn read(&self) -> Result<Vec<Waiting>, SignError> {
        let bytes = store::read(&self.path, MOST_BYTES)?.unwrap_or_default();
        let lines = bytes.split(|byte| *byte == b'\n').zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim_ascii().is_empty());
        lines
            .map(|(line, number)| {
                serde_json::from_slice(line)
                    .map_err(|_bad| SignError::Queue(self.path.clone(), number))
            })
            .collect()
    }

    /// Changes what waits, durably and as a whole; one process at a time.
    ///
    /// # Errors
    ///
    /// When the disk refuses; then it is as it was.
    pub fn change(
        &self,
        change: impl FnOnce(&mut Vec<Waiting>),
    ) -> Result<(), SignError> {
        // The folder is locked and not the file, which is replaced.
        let folder = File::open(self.folder())?;
        folder.lock()?;
        let before = self.read()?;
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(());
        }
        if after.is_empty() {
            store::remove_file(&self.path)?;
            return Ok(());
        }
        let mut text = Vec::new();
        for waiting in &after {
            serde_json::to_writer(&mut text, waiting).map_err(std::io::Error::from)?;
            text.push(b'\n');
        }
        Ok(store::write_whole(&self.path, &text, Existing::Replace)?)
    }

    /// Adds papers. One that waits already goes on waiting, for the higher of both
    /// levels, and is due now.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn add(&self, new: Vec<Waiting>) -> Result<(), SignError> {
        self.change(|all| {
            for one in new {
                match all.iter_mut().find(|other| other.file == one.file) {
                    Some(other) => {
                        let rank = |level: &str| {
                            ["t", "lt", "lta"].iter().position(|it| *it == level)
                        };
                        if rank(&other.level) < rank(&one.level) {
                            other.level = one.level;
                        }
                        (other.tries, other.next) = (0, None);
                    }
                    None => all.push(one),
                }
            }
        })
    }

    /// The right to work the queue off; nothing while somebody else does.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn turn(&self) -> Result<Option<File>, SignError> {
        let lock = store::open_lock(&self.folder().join(WORKED_ON))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(lock)),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn moment(seconds: i64) -> Timestamp {
        Timestamp::from_unix(1_784_171_625 + seconds).unwrap()
    }

    #[test]
    fn what_waits_is_kept_once_and_put_off_longer_each_time() {
        let folder = Scratch::within(&std::env::temp_dir(), "queue");
        let queue = Queue::of(&folder.0);
        let new = |level| vec![Waiting::new("a/b.pdf".into(), level, moment(0))];
        queue.add(new("t")).unwrap();
        queue.add(new("lta")).unwrap();
        queue.add(new("lt")).unwrap();
        let all = queue.read().unwrap();
        assert_eq!((all.len(), all[0].level.as_str()), (1, "lta"));
        queue
            .change(|all| {
                all.iter_mut().for_each(|one| one.failed("x".into(), moment(0)));
            })
            .unwrap();
        let mut one = queue.read().unwrap().remove(0);
        assert!(!one.is_due(moment(59)) && one.is_due(moment(60)));
        one.failed("x".into(), moment(60));
        assert!(!one.is_due(moment(179)) && one.is_due(moment(180)));
        (0..40).for_each(|_| one.failed("x".into(), moment(0)));
        assert!(one.is_due(moment(86_400)), "it is tried once a day at least");
        let turn = queue.turn().unwrap();
        assert!(turn.is_some() && queue.turn().unwrap().is_none());
        queue.change(Vec::clear).unwrap();
        assert!(!queue.path().exists());
        store::write_whole(queue.path(), b"{}\n", Existing::Keep).unwrap();
        assert!(matches!(queue.read(), Err(SignError::Queue(_, 1))));
    }
}
