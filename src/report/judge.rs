//! Verdicts on the signatures of all documents, each file judged once.
//!
//! `verify` judges; here is only the order of work: what is remembered is taken,
//! the rest is examined on several threads, and what was found is remembered.
//! A file that is not there, or that no reader can make sense of, has no
//! verdict, which no figure takes for a signature.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::archive::Archive;
use crate::cos::Source;
use crate::digest::Digest;
use crate::pki::Store;
use crate::report::facts::{Facts, SignatureFact, Signed, Verdict};
use crate::say;
use crate::time::Timestamp;
use crate::verify::examine::{Judged, Policy, Terms, examine};
use crate::verify::role::Role;
use crate::verify::signature::Purpose;
use crate::verify::verdict::Indication;

/// How files are judged.
pub struct Judging<'a> {
    /// What is trusted.
    pub trust: &'a Store,
    /// The moment of judgement.
    pub at: Timestamp,
    /// Files judged at a time.
    pub jobs: NonZeroUsize,
    /// Told how many of how many files are done.
    pub watch: &'a (dyn Fn(usize, usize) + Sync),
}

/// Remembered verdicts, sought by digest.
#[derive(Default)]
struct Memory {
    /// In order of digests.
    digests: Vec<Digest>,
    verdicts: Vec<u32>,
    /// Where the digests begin whose first two bytes are the index.
    starts: Vec<u32>,
}

impl Memory {
    fn add(&mut self, digest: Digest, verdict: u32) {
        let prefix = prefix(&digest);
        let here = u32::try_from(self.digests.len()).unwrap_or(u32::MAX);
        while self.starts.len() <= prefix {
            self.starts.push(here);
        }
        self.digests.push(digest);
        self.verdicts.push(verdict);
    }

    fn find(&self, digest: &Digest) -> Option<u32> {
        let prefix = prefix(digest);
        let first = *self.starts.get(prefix)? as usize;
        let end =
            self.starts.get(prefix + 1).map_or(self.digests.len(), |end| *end as usize);
        let here = self.digests.get(first..end)?;
        let at = here.binary_search(digest).ok()?;
        self.verdicts.get(first + at).copied()
    }
}

fn prefix(digest: &Digest) -> usize {
    let [first, second, ..] = digest.bytes();
    usize::from(*first) << 8 | usize::from(*second)
}

/// Gives a verdict to every document of `archive` in the table from row
/// `first` on. Says how many files had to be examined.
///
/// # Errors
///
/// None: where nothing can be remembered, everything is examined.
pub fn judge(
    archive: &Archive,
    facts: &mut Facts,
    first: usize,
    judging: &Judging<'_>,
) -> usize {
    let trust = judging.trust.digest();
    let day = judging.at.day();
    let mut memory = Memory::default();
    let mut known: Vec<Verdict> = Vec::new();
    let base = facts.verdicts.len();
    let recall = archive.remembered(&trust, day, &mut |digest, packed| {
        let at = if packed.is_empty() {
            Some(0)
        } else {
            serde_json::from_slice(packed).ok().map(|verdict| {
                known.push(verdict);
                base + known.len() - 1
            })
        };
        if let Some(at) = at.and_then(|at| u32::try_from(at).ok()) {
            memory.add(digest, at);
        }
    });
    // A memory that cannot be read is one that is empty.
    drop(recall);
    facts.verdicts.append(&mut known);
    let unknown = unknown(archive, facts, first, &memory);
    let files: Vec<(&Digest, &Path)> =
        unknown.iter().map(|(digest, (path, _))| (digest, path.as_path())).collect();
    let judged = examine_all(&files, judging);
    let mut remembered = Vec::new();
    for ((digest, (_, rows)), verdict) in unknown.iter().zip(judged) {
        let verdict = match verdict {
            Looked::Judged(verdict) => verdict,
            Looked::Closed => continue,
            Looked::Changed => {
                rows.iter().for_each(|row| unjudged(facts, *row));
                continue;
            }
        };
        let is_signed = verdict.signed != Signed::Unsigned;
        let packed = match is_signed {
            true => serde_json::to_vec(&verdict).unwrap_or_default(),
            false => Vec::new(),
        };
        remembered.push((*digest, is_signed, packed));
        let at = if is_signed { facts.verdicts.len() } else { 0 };
        if is_signed {
            facts.verdicts.push(verdict);
        }
        for row in rows {
            if let Some(document) = facts.documents.get_mut(*row) {
                document.verdict = u32::try_from(at).ok();
            }
        }
    }
    if !remembered.is_empty() {
        // On a disk that cannot be written to, nothing is remembered.
        drop(archive.remember(&trust, day, &remembered));
    }
    unknown.len()
}

/// A file nobody has judged, and the rows that name it.
type Unknown = BTreeMap<Digest, (PathBuf, Vec<usize>)>;

/// Gives the documents from row `first` on the verdicts that are remembered; what
/// is left.
fn unknown(
    archive: &Archive,
    facts: &mut Facts,
    first: usize,
    memory: &Memory,
) -> Unknown {
    let mut unknown = Unknown::new();
    for at in first..facts.documents.len() {
        let Some(document) = facts.documents.get_mut(at) else { continue };
        document.verdict = memory.find(&document.sha256);
        if document.verdict.is_none() {
            let (digest, dossier) = (document.sha256, document.dossier as usize);
            let file = facts.names.text(document.file);
            let code = facts.dossiers.get(dossier).and_then(|row| row.code.parse().ok());
            let Some(code) = code else { continue };
            let path = archive.folder(&code).join(file);
            unknown.entry(digest).or_insert_with(|| (path, Vec::new())).1.push(at);
        }
    }
    unknown
}

/// Names a document whose file is gone, changed or unreadable.
fn unjudged(facts: &mut Facts, row: usize) {
    let Some(document) = facts.documents.get(row) else { return };
    let dossier = facts.dossiers.get(document.dossier as usize);
    let code = dossier.map(|dossier| &*dossier.code).unwrap_or_default();
    let place = format!("{code}#{}", document.ordinal);
    facts.odd(&place, "report.unjudged", say::report::odd_unjudged);
}

/// Examines files on several threads; verdicts in the order of the files.
fn examine_all(files: &[(&Digest, &Path)], judging: &Judging<'_>) -> Vec<Looked> {
    let next = AtomicUsize::new(0);
    let mut verdicts = vec![Looked::Closed; files.len()];
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..judging.jobs.get().min(files.len()) {
            let send = send.clone();
            let next = &next;
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((digest, path)) = files.get(at) else { return };
                    // A file that breaks its reader has no verdict.
                    let judged = panic::catch_unwind(AssertUnwindSafe(|| {
                        of_file(path, digest, judging)
                    }));
                    if send.send((at, judged.unwrap_or(Looked::Closed))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for (done, (at, verdict)) in receive.into_iter().enumerate() {
            if let Some(slot) = verdicts.get_mut(at) {
                *slot = verdict;
            }
            (judging.watch)(done + 1, files.len());
        }
    });
    verdicts
}

/// What came of looking at a file.
#[derive(Clone)]
enum Looked {
    /// What verification says of it.
    Judged(Verdict),
    /// It is none that signatures are looked for in, or it breaks its reader.
    Closed,
    /// It is not there, cannot be read, or is not the one the record names.
    Changed,
}

fn of_file(path: &Path, digest: &Digest, judging: &Judging<'_>) -> Looked {
    // A verdict on other bytes would be remembered under the wrong digest.
    match std::fs::File::open(path).and_then(Digest::of_reader) {
        Ok(found) if found == *digest => {}
        Ok(_) | Err(_) => return Looked::Changed,
    }
    let terms = Terms {
        trust: judging.trust,
        at: judging.at,
        policy: Policy::default(),
        password: None,
    };
    let Ok(source) = Source::open(path) else { return Looked::Changed };
    let Ok(report) = examine(source, &terms) else { return Looked::Closed };
    if report.signatures.is_empty() {
        return Looked::Judged(Verdict::unsigned());
    }
    let signatures = report.signatures.iter().map(signature).collect();
    Looked::Judged(Verdict { signed: signed(report.indication), signatures })
}

fn signature(judged: &Judged) -> SignatureFact {
    let certificate = judged.facts.certificate();
    let is_stamp = matches!(judged.facts.purpose, Purpose::TimeStamp);
    let role = certificate.filter(|_| !is_stamp);
    let role = role.map(|found| Role::of(found, judged.facts.reason.as_deref()).name());
    let times = judged.times;
    SignatureFact {
        signed: signed(judged.verdict.indication),
        role: role.unwrap_or_default().to_owned(),
        name: certificate.map(crate::pki::Certificate::display_name).unwrap_or_default(),
        level: judged.level.to_string(),
        until: certificate.map(crate::pki::Certificate::not_after),
        at: times.proven.or(times.stamped).or(times.claimed),
    }
}

fn signed(indication: Indication) -> Signed {
    match indication {
        Indication::TotalPassed => Signed::Valid,
        Indication::Indeterminate => Signed::Undecided,
        Indication::TotalFailed => Signed::Invalid,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_found_by_its_digest() {
        let mut digests: Vec<_> =
            (0..3000_u32).map(|n| Digest::of(&n.to_be_bytes())).collect();
        digests.sort();
        let mut memory = Memory::default();
        for (digest, at) in digests.iter().zip(0..) {
            memory.add(*digest, at);
        }
        for (digest, at) in digests.iter().zip(0..) {
            assert_eq!(memory.find(digest), Some(at));
        }
        assert_eq!(memory.find(&Digest::of(b"other")), None);
        assert_eq!(Memory::default().find(&Digest::of(b"x")), None);
    }
}
