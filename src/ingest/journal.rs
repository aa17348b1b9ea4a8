//! The journal of a run: what it need not read again, and its account.
//!
//! Both are kept by the archive (`archive::seen`, `archive::runs`). Without an
//! archive, and in a rehearsal, there is neither.

use std::collections::BTreeSet;

use crate::archive::Code;
use crate::archive::runs::{Account, Counts, How};
use crate::archive::seen::{Mark, Seen};
use crate::digest::Digest;
use crate::ingest::error::IngestError;
use crate::ingest::inputs::Source;
use crate::ingest::job::Job;
use crate::ingest::outcome::{Outcome, Status, Summary};
use crate::ingest::place::Destination;
use crate::time::Timestamp;

/// The journal of a run.
#[derive(Debug)]
pub(crate) struct Journal {
    seen: Option<Seen>,
    account: Option<Account>,
}

impl Journal {
    /// No journal.
    pub(crate) fn none() -> Self {
        Self { seen: None, account: None }
    }

    /// Begins the journal of a run over so many inputs.
    pub(crate) fn begin(
        destination: &Destination,
        now: Timestamp,
        inputs: usize,
    ) -> Result<Self, IngestError> {
        let Some(archive) = destination.archive().filter(|_| inputs > 0) else {
            return Ok(Self::none());
        };
        let account = archive.begin_run(now, inputs as u64)?;
        Ok(Self { seen: archive.seen(), account: Some(account) })
    }

    /// How a file lies before it is read.
    pub(crate) fn mark(&self, source: &Source) -> Option<Mark> {
        self.seen.as_ref()?;
        match source {
            Source::File(path) => Mark::of(path),
            Source::Dossier(_)
            | Source::Stacks(..)
            | Source::Stream(_)
            | Source::Unreadable(..) => None,
        }
    }

    /// What a file hashes to, if it need not be read for that.
    pub(crate) fn known(&self, mark: Mark) -> Option<(Mark, Digest)> {
        let digest = self.seen.as_ref()?.digest(&mark)?;
        Some((mark, digest))
    }

    /// The dossier that papers of this folder went into before, if it is one.
    pub(crate) fn home(&self, sources: &[Source]) -> Option<Code> {
        let seen = self.seen.as_ref()?;
        let paths = sources.iter().filter_map(|source| match source {
            Source::File(path) => Some(path),
            Source::Dossier(_)
            | Source::Stacks(..)
            | Source::Stream(_)
            | Source::Unreadable(..) => None,
        });
        let homes: BTreeSet<Code> = paths.filter_map(|path| seen.dossier(path)).collect();
        let mut homes = homes.into_iter();
        // Where the folder's papers lie in several, nobody knows.
        homes.next().filter(|_| homes.next().is_none())
    }

    /// Notes how an input ended; of one that is in the archive, what it is known by.
    pub(crate) fn ended(&mut self, outcome: &Outcome, known: Option<(Mark, Digest)>) {
        if let Some(account) = &mut self.account {
            account.input(word(outcome.status), outcome.pages.len() as u64);
        }
        let dossier = match outcome.status {
            Status::Filed | Status::NeedsPerson | Status::AlreadyFiled => {
                &outcome.dossier
            }
            Status::Quarantined | Status::Failed | Status::Secret => &None,
        };
        if let (Some(seen), Some((mark, digest)), Some(dossier)) =
            (&self.seen, known, dossier)
        {
            seen.note(&mark, &digest, dossier);
        }
    }

    /// Closes the account.
    pub(crate) fn end(self, job: &Job<'_>, how: How, summary: &Summary) {
        let Some(account) = self.account else { return };
        let took = i64::try_from((job.clock)().as_secs()).unwrap_or(0);
        let ended = Timestamp::from_unix(job.now.unix().saturating_add(took));
        account.end(ended.unwrap_or(job.now), how, counts(summary));
    }
}

/// The word for a status in an account.
fn word(status: Status) -> &'static str {
    match status {
        Status::Filed => "filed",
        Status::NeedsPerson => "needs_person",
        Status::AlreadyFiled => "already_filed",
        Status::Quarantined => "quarantined",
        Status::Failed => "failed",
        Status::Secret => "secret",
    }
}

fn counts(summary: &Summary) -> Counts {
    Counts {
        inputs: summary.inputs as u64,
        filed: summary.filed as u64,
        needs_person: summary.needs_person as u64,
        already_filed: summary.already_filed as u64,
        quarantined: summary.quarantined as u64,
        failed: summary.failed as u64,
        secret: summary.secret as u64,
        not_reached: summary.not_reached as u64,
        pages: summary.pages as u64,
    }
}
