//! The account of past runs: what went in and what became of it.
//!
//! One file a run, `runs/2026/260716-101345-1.jsonl`: when it began and how many
//! inputs it had, a line for each input as it ends, and the count at the end. A
//! run that was killed has no last line; its other lines are counted instead,
//! so that even then it is known what was done. The file is locked while the run
//! lives, which tells a killed run from one that is still at work.
//!
//! No name of an input stands here: names of scans name people.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::error::ArchiveError;
use crate::archive::store::{self, StoreError};
use crate::archive::{Archive, day_parts};
use crate::time::Timestamp;

/// The folder of the accounts, in the archive's root.
pub(crate) const FOLDER: &str = "runs";
/// The form of an account and its version.
const SCHEMA: &str = "sohoa.run/1";
/// Largest account that is read: some half a million inputs.
const LIMIT: u64 = 64 << 20;
/// Runs that may begin in the same second.
const MOST_AT_ONCE: u32 = 10_000;

/// How many inputs ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Inputs named or found.
    pub inputs: u64,
    /// Filed.
    pub filed: u64,
    /// Filed, and a person must look.
    pub needs_person: u64,
    /// In the archive before.
    pub already_filed: u64,
    /// In quarantine.
    pub quarantined: u64,
    /// Neither taken nor put aside.
    pub failed: u64,
    /// Bearing a secrecy marking; nothing was written.
    pub secret: u64,
    /// Not begun.
    pub not_reached: u64,
    /// Pages read or kept.
    pub pages: u64,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// All inputs were reached.
    Done,
    /// Somebody asked it to stop.
    Interrupted,
    /// The disk or the archive ended it.
    BrokenOff,
    /// It was killed, or the power went.
    CutShort,
    /// It has not ended.
    Running,
}

/// A past run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PastRun {
    /// The name of its account.
    pub id: String,
    /// When it began.
    pub begun: Timestamp,
    /// When it ended, where that is known.
    pub ended: Option<Timestamp>,
    /// How.
    pub how: How,
    /// What became of its inputs.
    #[serde(flatten)]
    pub counts: Counts,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct Begun {
    schema: String,
    begun: Timestamp,
    inputs: u64,
}

/// A line about an input.
#[derive(Serialize, Deserialize)]
struct Ended {
    status: String,
    pages: u64,
}

/// The last line.
#[derive(Serialize, Deserialize)]
struct Over {
    ended: Timestamp,
    how: How,
    counts: Counts,
}

/// The account of a run that is at work.
#[derive(Debug)]
pub struct Account {
    /// Locked until the run ends, however it ends.
    file: File,
}

impl Archive {
    /// Begins the account of a run.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn begin_run(
        &self,
        now: Timestamp,
        inputs: u64,
    ) -> Result<Account, ArchiveError> {
        let begin = || {
            let day = now.day();
            let [year, ..] = day_parts(day);
            let folder = store::make_dirs(&self.root, &[FOLDER.to_owned(), year])?;
            let begun = format!("{}-{}", day.yymmdd(), now.hhmmss());
            for number in 1..=MOST_AT_ONCE {
                let path = folder.join(format!("{begun}-{number}.jsonl"));
                let file = match store::create_new(&path) {
                    Err(error) if error.is_taken() => continue,
                    other => other?,
                };
                // Where there are no locks, a run at work looks cut short.
                drop(file.try_lock());
                let mut account = Account { file };
                account.line(&Begun { schema: SCHEMA.to_owned(), begun: now, inputs });
                return Ok(account);
            }
            let taken = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
            Err(StoreError::new(store::Doing::Write, &folder, taken).into())
        };
        self.told(begin())
    }

    /// The last `limit` runs, the newest first.
    ///
    /// # Errors
    ///
    /// When the folder of accounts cannot be listed.
    pub fn runs(&self, limit: usize) -> Result<Vec<PastRun>, ArchiveError> {
        let list = |folder: &Path| match store::list(folder) {
            Err(error) if error.is_missing() => Ok(Vec::new()),
            other => other,
        };
        let runs = || {
            let root = self.root.join(FOLDER);
            let mut runs = Vec::new();
            for year in list(&root)?.into_iter().rev() {
                let folder = root.join(year);
                let mut names: Vec<_> = list(&folder)?
                    .iter()
                    .filter_map(|name| name.to_str()?.strip_suffix(".jsonl"))
                    .map(str::to_owned)
                    .collect();
                names.sort_by_key(|name| order(name));
                for id in names.into_iter().rev() {
                    if runs.len() >= limit {
                        return Ok(runs);
                    }
                    runs.extend(read(&folder.join(format!("{id}.jsonl")), id)?);
                }
            }
            Ok(runs)
        };
        self.told(runs())
    }
}

/// Day, time and number of an account's name: `…-2` stands before `…-10`.
fn order(name: &str) -> (String, u32) {
    match name.rsplit_once('-') {
        Some((begun, number)) => (begun.to_owned(), number.parse().unwrap_or(0)),
        None => (name.to_owned(), 0),
    }
}

impl Account {
    /// Notes how an input ended.
    pub fn input(&mut self, status: &str, pages: u64) {
        self.line(&Ended { status: status.to_owned(), pages });
    }

    /// Notes how the run ended, durably.
    pub fn end(mut self, ended: Timestamp, how: How, counts: Counts) {
        self.line(&Over { ended, how, counts });
        // An account that is lost with the power is counted from its lines.
        drop(self.file.sync_all());
    }

    /// A line at once: what a killed run noted must be there. Where the disk
    /// refuses, the run itself is told by what it files next.
    fn line(&mut self, line: &impl Serialize) {
        let mut text = serde_json::to_vec(line).unwrap_or_default();
        text.push(b'\n');
        drop(self.file.write_all(&text));
    }
}

/// Reads an account; `None` where there is none that can be read.
fn read(path: &Path, id: String) -> Result<Option<PastRun>, StoreError> {
    let bytes = store::read(path, LIMIT)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    let begun: Option<Begun> =
        lines.next().and_then(|line| serde_json::from_str(line).ok());
    let Some(begun) = begun else { return Ok(None) };
    let mut counts = Counts { inputs: begun.inputs, ..Counts::default() };
    let mut run = PastRun {
        id,
        begun: begun.begun,
        ended: None,
        how: if is_at_work(path) { How::Running } else { How::CutShort },
        counts,
    };
    for line in lines {
        if let Ok(over) = serde_json::from_str::<Over>(line) {
            (run.ended, run.how, run.counts) = (Some(over.ended), over.how, over.counts);
            return Ok(Some(run));
        }
        if let Ok(ended) = serde_json::from_str::<Ended>(line) {
            counts.count(&ended);
        }
    }
    let reached = counts.reached();
    counts.not_reached = counts.inputs.saturating_sub(reached);
    run.counts = counts;
    Ok(Some(run))
}

impl Counts {
    fn count(&mut self, ended: &Ended) {
        let slot = match ended.status.as_str() {
            "filed" => &mut self.filed,
            "needs_person" => &mut self.needs_person,
            "already_filed" => &mut self.already_filed,
            "quarantined" => &mut self.quarantined,
            "secret" => &mut self.secret,
            _ => &mut self.failed,
        };
        *slot += 1;
        self.pages = self.pages.saturating_add(ended.pages);
    }

    /// Inputs that ended.
    fn reached(&self) -> u64 {
        self.filed
            + self.needs_person
            + self.already_filed
            + self.quarantined
            + self.failed
            + self.secret
    }
}

/// Whether a living process holds the account.
fn is_at_work(path: &Path) -> bool {
    let opened = OpenOptions::new().read(true).open(path);
    opened
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}
