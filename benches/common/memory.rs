//! Where measured archives lie: in memory where that is possible, so that the disk is
//! not what is measured.

use std::path::{Path, PathBuf};

/// A folder of this process that is not there yet.
pub(crate) fn folder(name: &str) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base =
        if memory.is_dir() { memory } else { Path::new(env!("CARGO_TARGET_TMPDIR")) };
    let folder = base.join(format!("sohoa-{name}-{}", std::process::id()));
    drop(std::fs::remove_dir_all(&folder));
    folder
}
