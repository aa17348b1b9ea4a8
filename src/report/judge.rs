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

use crate::archive::{Archive, ArchiveError};
use crate::cos::Source;
use crate::digest::Digest;
use crate::pki::Store;
use crate::report::facts::{Facts, Taking};
use crate::report::gather;
use crate::report::names::{Name, Names};
use crate::report::verdict::{SignatureFact, Signed, Verdict};
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
    /// Nought for a file without signatures, else the number of what is said of
    /// them, counted from one.
    numbers: Vec<u32>,
    said: Vec<Verdict>,
    /// The texts of what is said.
    names: Names,
    /// Where the digests begin whose first two bytes are the index.
    starts: Vec<u32>,
}

impl Memory {
    /// Adds a verdict as it is kept; one that cannot be read is not remembered.
    fn add(&mut self, digest: Digest, packed: &[u8]) {
        if !packed.is_empty() {
            let Some(verdict) = Verdict::unpack(packed, &mut self.names) else { return };
            self.said.push(verdict);
        }
        let number = if packed.is_empty() { 0 } else { self.said.len() };
        self.place(digest, u32::try_from(number).unwrap_or(u32::MAX));
    }

    fn place(&mut self, digest: Digest, number: u32) {
        let prefix = prefix(&digest);
        let here = u32::try_from(self.digests.len()).unwrap_or(u32::MAX);
        while self.starts.len() <= prefix {
            self.starts.push(here);
        }
        self.digests.push(digest);
        self.numbers.push(number);
    }

    fn find(&self, digest: &Digest) -> Option<u32> {
        let prefix = prefix(digest);
        let first = *self.starts.get(prefix)? as usize;
        let end =
            self.starts.get(prefix + 1).map_or(self.digests.len(), |end| *end as usize);
        let here = self.digests.get(first..end)?;
        let at = here.binary_search(digest).ok()?;
        self.numbers.get(first + at).copied()
    }
}

fn prefix(digest: &Digest) -> usize {
    let [first, second, ..] = digest.bytes();
    usize::from(*first) << 8 | usize::from(*second)
}

/// Adds everything an archive and its registers say to the table, each document
/// with a verdict. What is remembered is read beside the facts, which take as long.
/// Says how many files had to be examined.
///
/// # Errors
///
/// When the catalogue or a register cannot be read.
pub fn gather(
    archive: &Archive,
    facts: &mut Facts,
    how: Taking,
    judging: &Judging<'_>,
) -> Result<usize, ArchiveError> {
    let first = facts.documents.len();
    let (gathered, memory) = thread::scope(|scope| {
        let memory = scope.spawn(|| recall(archive, judging));
        (gather::gather(archive, facts, how), memory.join())
    });
    gathered?;
    // What broke its reader is not remembered.
    let memory = memory.unwrap_or_default();
    Ok(judge(archive, facts, first, memory, judging))
}

/// What `archive` remembers of verdicts under this trust on this day. A memory
/// that cannot be read is one that is empty.
fn recall(archive: &Archive, judging: &Judging<'_>) -> Memory {
    let mut memory = Memory::default();
    let mut add = |digest, packed: &[u8]| memory.add(digest, packed);
    drop(archive.remembered(&judging.trust.digest(), judging.at.day(), &mut add));
    memory
}

/// Gives a verdict to every document of `archive` in the table from row
/// `first` on: the one that is remembered, or one found now. Says how many files
/// had to be examined. Where nothing can be remembered, everything is.
fn judge(
    archive: &Archive,
    facts: &mut Facts,
    first: usize,
    mut memory: Memory,
    judging: &Judging<'_>,
) -> usize {
    let trust = judging.trust.digest();
    let day = judging.at.day();
    let before = facts.verdicts.len();
    let numbers: Vec<Name> =
        memory.names.texts().map(|text| facts.names.of(text)).collect();
    memory.said.iter_mut().for_each(|verdict| verdict.renumber(&numbers));
    facts.verdicts.append(&mut memory.said);
    let unknown = unknown(archive, facts, first, before, &memory);
    drop(memory);
    let files: Vec<(&Digest, &Path)> =
        unknown.iter().map(|(digest, (path, _))| (digest, path.as_path())).collect();
    let judged = examine_all(&files, judging);
    let mut remembered = Vec::new();
    for ((digest, (_, rows)), verdict) in unknown.iter().zip(judged) {
        let packed = match verdict {
            Looked::Judged(packed) => packed,
            Looked::Closed => continue,
            Looked::Changed => {
                rows.iter().for_each(|row| unjudged(facts, *row));
                continue;
            }
        };
        let Some(verdict) = Verdict::unpack(&packed, &mut facts.names) else { continue };
        let is_signed = verdict.signed != Signed::Unsigned;
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

/// Gives the documents from row `first` on the verdicts that are remembered, which
/// stand after the first `before`; what is left.
fn unknown(
    archive: &Archive,
    facts: &mut Facts,
    first: usize,
    before: usize,
    memory: &Memory,
) -> Unknown {
    let row = |number: u32| match number {
        0 => Some(0),
        number => u32::try_from(before).ok()?.checked_add(number - 1),
    };
    let mut unknown = Unknown::new();
    for at in first..facts.documents.len() {
        let Some(document) = facts.documents.get_mut(at) else { continue };
        document.verdict = memory.find(&document.sha256).and_then(row);
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
    /// What verification says of it, packed.
    Judged(Vec<u8>),
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
        return Looked::Judged(Vec::new());
    }
    let mut names = Names::default();
    let signatures =
        report.signatures.iter().map(|one| signature(one, &mut names)).collect();
    let verdict = Verdict { signed: signed(report.indication), signatures };
    Looked::Judged(verdict.pack(&names))
}

fn signature(judged: &Judged, names: &mut Names) -> SignatureFact {
    let certificate = judged.facts.certificate();
    let is_stamp = matches!(judged.facts.purpose, Purpose::TimeStamp);
    let signer = certificate.filter(|_| !is_stamp);
    let name = certificate.map(crate::pki::Certificate::display_name);
    let times = judged.times;
    SignatureFact {
        signed: signed(judged.verdict.indication),
        role: signer.map(|found| Role::of(found, judged.facts.reason.as_deref())),
        name: names.of(&name.unwrap_or_default()),
        level: names.of(&judged.level.to_string()),
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
            memory.place(*digest, at);
        }
        for (digest, at) in digests.iter().zip(0..) {
            assert_eq!(memory.find(digest), Some(at));
        }
        assert_eq!(memory.find(&Digest::of(b"other")), None);
        assert_eq!(Memory::default().find(&Digest::of(b"x")), None);
    }
}
