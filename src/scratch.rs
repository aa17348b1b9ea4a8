//! A folder for one test.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use crate::archive::store::list;

/// A folder of one test alone, removed with it.
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    /// An empty one.
    pub(super) fn new(name: &str) -> Self {
        let name = format!("sohoa-store-{name}-{}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        drop(fs::remove_dir_all(&dir));
        fs::create_dir(&dir).unwrap();
        Self(dir)
    }

    /// What lies in it, sorted.
    pub(super) fn names(&self) -> Vec<OsString> {
        list(&self.0).unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}
