//! Where the command line meets the work: the two calls into the library.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::cli::failure::Failure;
use crate::cli::ingest::Plan;
use crate::ingest::outcome::{Outcome, Summary, Watch};
use crate::say::{self, Lang};
use crate::time::Timestamp;

/// Carries a plan out; ends early, with what is done, when `stop` turns true.
pub(crate) fn ingest(
    _plan: &Plan,
    _now: Timestamp,
    _stop: &AtomicBool,
    _watch: &dyn Watch,
    lang: Lang,
) -> Result<(Vec<Outcome>, Summary), Failure> {
    Err(Failure::new(say::cli::not_connected(lang)))
}

/// Creates an archive for an agency.
pub(crate) fn create_archive(
    _dir: &Path,
    _agency: &str,
    _name: &str,
    _now: Timestamp,
    lang: Lang,
) -> Result<(), Failure> {
    Err(Failure::new(say::cli::not_connected(lang)))
}
