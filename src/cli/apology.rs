//! When the program itself is at fault: a short apology and what to report,
//! instead of a stack trace in front of a queue of people.
//!
//! Decoders of other authors may panic inside `catch_unwind`, which is no
//! concern of the user. So the hook only keeps what happened, and the
//! apology is made where a panic reaches the end of the program.

use std::panic::{self, PanicHookInfo};
use std::sync::{Mutex, PoisonError};

use crate::cli::failure::Failure;
use crate::say::{self, Lang};

/// The place and message of the last panic.
static LAST: Mutex<String> = Mutex::new(String::new());

/// Keeps panics to themselves from here on.
pub(crate) fn keep_panics() {
    panic::set_hook(Box::new(|panic| {
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = description(panic);
    }));
}

/// What to tell the user after a panic has ended the run.
pub(crate) fn failure(lang: Lang) -> Failure {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    Failure::new(say::cli::apology(lang, env!("CARGO_PKG_VERSION"), &*last))
        .hint(say::cli::hint_report(lang))
        .hint(say::cli::hint_run_again(lang))
}

/// Where in the source it happened, and what the program says about it.
fn description(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let message = panic.payload_as_str().unwrap_or_default();
    format!("{place} {message}").trim().to_owned()
}
