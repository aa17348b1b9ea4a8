//! Finished verdicts of a run, so that one that was cut off goes on where it was.
//!
//! A file of lines: what the run judges by, then a row for each finished file. A
//! row counts for a file of the same name and bytes, judged by the same trust,
//! policy and moment; a line that was cut off counts for nothing.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::failure::Failure;
use crate::cli::ui::Ui;
use crate::cli::verify::Plan;
use crate::digest::Digest;
use crate::say::{self, Lang};
use crate::time::Timestamp;
use crate::verify::lasting::PROGRAM;
use crate::verify::report::{FileRow, PolicyRow};

/// The name of the form of these notes.
const SCHEMA: &str = "sohoa.verify-notes/1";
/// Bytes of one row.
const MOST_LINE: u64 = 64 << 20;

/// What a run judges by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Terms {
    schema: String,
    /// The program that judged; another may judge otherwise.
    program: String,
    at: Timestamp,
    trust: Digest,
    policy: PolicyRow,
    online: bool,
    password: bool,
}

impl Terms {
    fn of(plan: &Plan) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            program: PROGRAM.to_owned(),
            at: plan.at,
            trust: plan.trust.digest(),
            policy: plan.policy.row(),
            online: plan.online,
            password: plan.password.is_some(),
        }
    }
}

/// Rows by the name and the bytes of their file.
pub(super) type Finished = BTreeMap<(String, Digest), FileRow>;

/// The notes of a run.
#[derive(Debug)]
pub(super) struct Notes {
    file: File,
    path: PathBuf,
    finished: Finished,
}

impl Notes {
    /// Opens the notes at `path`, or begins them. A run that goes on judges at the
    /// moment at which it began, unless the line names one (`moment_named`).
    pub(super) fn open(
        path: &Path,
        plan: &mut Plan,
        moment_named: bool,
        ui: &Ui,
    ) -> Result<Self, Failure> {
        let lang = ui.lang;
        let failed = |error: io::Error| {
            Failure::io(say::verify::cannot_use_notes(lang, path.display()), &error, lang)
        };
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(failed)?;
        let mut lines = Lines { reader: BufReader::new(&file), whole: 0 };
        let first = lines.next().map_err(failed)?;
        let mut finished = Finished::new();
        if first.is_none() && file.metadata().map_err(failed)?.len() == 0 {
            write(&mut file, &Terms::of(plan)).map_err(failed)?;
            return Ok(Self { file, path: path.to_owned(), finished });
        }
        let begun: Option<Terms> =
            first.and_then(|line| serde_json::from_str(&line).ok());
        let Some(begun) = begun else {
            return Err(Failure::new(say::verify::no_notes(lang, path.display())));
        };
        if !moment_named {
            plan.at = begun.at;
        }
        if begun != Terms::of(plan) {
            return Err(Failure::new(say::verify::other_notes(lang, path.display())));
        }
        while let Some(line) = lines.next().map_err(failed)? {
            let Ok(row) = serde_json::from_str::<FileRow>(&line) else {
                return Err(Failure::new(say::verify::no_notes(lang, path.display())));
            };
            if let Some(sha256) = row.sha256 {
                finished.insert((row.path.clone(), sha256), row);
            }
        }
        // What a killed run left of its last line is no line.
        let whole = lines.whole;
        file.set_len(whole).map_err(failed)?;
        if !finished.is_empty() {
            ui.remark(&say::verify::resumed(lang, finished.len(), path.display()));
        }
        Ok(Self { file, path: path.to_owned(), finished })
    }

    /// The rows of earlier runs.
    pub(super) fn take(&mut self) -> Finished {
        std::mem::take(&mut self.finished)
    }

    /// The file of the notes.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Notes a finished row.
    pub(super) fn note(&mut self, row: &FileRow, lang: Lang) -> Result<(), Failure> {
        write(&mut self.file, row).map_err(|error| {
            let what = say::verify::cannot_use_notes(lang, self.path.display());
            Failure::io(what, &error, lang)
        })
    }
}

/// Whole lines of a file, and how many bytes they are.
struct Lines<'f> {
    reader: BufReader<&'f File>,
    whole: u64,
}

impl Lines<'_> {
    fn next(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let read =
            io::Read::take(&mut self.reader, MOST_LINE).read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Ok(None);
        }
        self.whole += read as u64;
        let line = String::from_utf8(line);
        line.map(Some).map_err(|_not_text| io::ErrorKind::InvalidData.into())
    }
}

/// Adds one line, in one write.
fn write(file: &mut File, line: &impl Serialize) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    file.write_all(&bytes)
}
