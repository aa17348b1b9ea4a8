//! Ctrl-C and SIGTERM: finish the page in hand; asked twice, end at once.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::say::{self, Lang};

/// A flag that turns true when somebody asks the run to stop.
///
/// A second request ends the process in the signal handler: the archive's
/// writes are atomic, so this is as safe as a power cut.
///
/// # Errors
///
/// When the system refuses a handler.
pub(crate) fn on_request(lang: Lang) -> Result<Arc<AtomicBool>, Failure> {
    let failed = |error| Failure::io(say::cli::cannot_listen(lang), &error, lang);
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Handlers run in this order: the first sees what an earlier signal set.
        let code = i32::from(Exit::Interrupted.code());
        flag::register_conditional_shutdown(signal, code, Arc::clone(&asked))
            .map_err(failed)?;
        flag::register(signal, Arc::clone(&asked)).map_err(failed)?;
    }
    Ok(asked)
}
