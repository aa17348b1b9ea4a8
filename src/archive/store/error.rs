//! What the disk refused: doing what, to which path, for which reason.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::say::{self, Lang, Tell};

/// What a run is doing when the disk refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Reading a file or its metadata.
    Read,
    /// Creating or writing a file.
    Write,
    /// Making written bytes durable.
    Sync,
    /// Creating a folder.
    Folder,
    /// Listing a folder.
    List,
    /// Renaming into place.
    Rename,
    /// Removing.
    Remove,
    /// Locking.
    Lock,
}

impl Doing {
    /// As a verb.
    fn tell(self, lang: Lang) -> String {
        match self {
            Self::Read => say::archive::doing_read(lang),
            Self::Write => say::archive::doing_write(lang),
            Self::Sync => say::archive::doing_sync(lang),
            Self::Folder => say::archive::doing_folder(lang),
            Self::List => say::archive::doing_list(lang),
            Self::Rename => say::archive::doing_rename(lang),
            Self::Remove => say::archive::doing_remove(lang),
            Self::Lock => say::archive::doing_lock(lang),
        }
    }
}

/// The disk refused.
#[derive(Debug)]
pub struct StoreError {
    /// What was being done.
    pub doing: Doing,
    /// To which path.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl StoreError {
    /// `doing` this to `path` failed with `source`.
    pub(crate) fn new(doing: Doing, path: &Path, source: io::Error) -> Self {
        Self { doing, path: path.to_owned(), source }
    }

    /// Whether there is no room left, on the disk or in the quota.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let kind = self.source.kind();
        kind == io::ErrorKind::StorageFull || kind == io::ErrorKind::QuotaExceeded
    }

    /// Whether the path was already taken.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        let kind = self.source.kind();
        kind == io::ErrorKind::AlreadyExists || kind == io::ErrorKind::DirectoryNotEmpty
    }

    /// Whether the path is not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.source.kind() == io::ErrorKind::NotFound
    }
}

impl Tell for StoreError {
    fn tell(&self, lang: Lang) -> String {
        let doing = self.doing.tell(lang);
        let path = self.path.display();
        say::archive::refused(lang, doing, path, say::io_reason(lang, &self.source))
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
