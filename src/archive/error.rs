//! Why something cannot be done with an archive.

use std::error::Error;
use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

use crate::archive::catalogue::CatalogueError;
use crate::archive::code::{Code, CodeError};
use crate::archive::dossier::DossierError;
use crate::archive::ledger::Broken;
use crate::archive::query::QueryError;
use crate::archive::settings::SettingsError;
use crate::archive::state::NoMove;
use crate::archive::store::StoreError;
use crate::say::{self, Lang, Tell};
use crate::time::Timestamp;

/// Why something cannot be done with an archive.
#[derive(Debug)]
#[non_exhaustive]
pub enum ArchiveError {
    /// A folder without `sohoa.toml`.
    NotAnArchive(PathBuf),
    /// A folder that is to become an archive and has something else in it.
    NotEmpty(PathBuf),
    /// A folder that is to become an archive and is one.
    AlreadyAnArchive(PathBuf),
    /// The archive was there when it was opened and is gone: a lost share.
    Vanished(PathBuf),
    /// The archive was opened for looking only.
    LookingOnly(PathBuf),
    /// `sohoa.toml` cannot be used.
    Settings(PathBuf, SettingsError),
    /// The disk refused.
    Store(StoreError),
    /// The file system has no locks, so that two runs would harm each other.
    NoLocks(PathBuf),
    /// Another run has held the archive's lock for too long.
    Busy(PathBuf),
    /// A symbolic link inside the archive, which could lead anywhere.
    Link(PathBuf),
    /// The catalogue cannot be used.
    Catalogue(PathBuf, CatalogueError),
    /// A dossier cannot be used as it is.
    Dossier(PathBuf, DossierError),
    /// No code can be made: the day has none left, or is not of this century.
    Code(CodeError),
    /// The ledger is damaged, or was tampered with.
    Ledger(PathBuf, Broken),
    /// The clock is before what happened last.
    ClockWentBack {
        /// What the clock says.
        now: Timestamp,
        /// When something happened last.
        last: Timestamp,
    },
    /// No dossier has this code.
    NoSuchDossier(Code),
    /// The dossier has no document with this ordinal.
    NoSuchDocument(Code, u32),
    /// No entry of the quarantine has this id.
    NoSuchEntry(String),
    /// The record of an entry of the quarantine cannot be read.
    BadReason(PathBuf, String),
    /// A question that cannot be asked.
    Query(QueryError),
    /// A field that the archive fills in itself was given by the caller.
    ReservedField(String),
    /// A dossier cannot come to this state from where it is.
    State(NoMove),
    /// A source that is no longer what it was when it was first read.
    SourceChanged(PathBuf),
    /// A file of a dossier is missing or not what was filed.
    Unsound(PathBuf),
    /// More bytes of PDF files than are joined into one.
    TooMuchToJoin,
    /// No paper that can be part of a PDF.
    NothingToJoin,
    /// The run was interrupted; nothing was filed.
    Interrupted,
}

impl ArchiveError {
    /// Whether there is no room left on the disk.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        match self {
            Self::Store(error) => error.is_full(),
            Self::Catalogue(_, error) => error.is_full(),
            Self::NotAnArchive(_)
            | Self::NotEmpty(_)
            | Self::AlreadyAnArchive(_)
            | Self::Vanished(_)
            | Self::LookingOnly(_)
            | Self::Settings(..)
            | Self::NoLocks(_)
            | Self::Busy(_)
            | Self::Link(_)
            | Self::Dossier(..)
            | Self::Code(_)
            | Self::Ledger(..)
            | Self::ClockWentBack { .. }
            | Self::NoSuchDossier(_)
            | Self::NoSuchDocument(..)
            | Self::NoSuchEntry(_)
            | Self::BadReason(..)
            | Self::Query(_)
            | Self::ReservedField(_)
            | Self::State(_)
            | Self::SourceChanged(_)
            | Self::Unsound(_)
            | Self::TooMuchToJoin
            | Self::NothingToJoin
            | Self::Interrupted => false,
        }
    }
}

impl ArchiveError {
    /// The error behind this one, where it can be told.
    fn behind(&self) -> Option<&(dyn Tell + 'static)> {
        match self {
            Self::Settings(_, error) => Some(error),
            Self::Catalogue(_, error) => Some(error),
            Self::Dossier(_, error) => Some(error),
            Self::NotAnArchive(_)
            | Self::NotEmpty(_)
            | Self::AlreadyAnArchive(_)
            | Self::Vanished(_)
            | Self::LookingOnly(_)
            | Self::Store(_)
            | Self::NoLocks(_)
            | Self::Busy(_)
            | Self::Link(_)
            | Self::Code(_)
            | Self::Ledger(..)
            | Self::ClockWentBack { .. }
            | Self::NoSuchDossier(_)
            | Self::NoSuchDocument(..)
            | Self::NoSuchEntry(_)
            | Self::BadReason(..)
            | Self::Query(_)
            | Self::ReservedField(_)
            | Self::State(_)
            | Self::SourceChanged(_)
            | Self::Unsound(_)
            | Self::TooMuchToJoin
            | Self::NothingToJoin
            | Self::Interrupted => None,
        }
    }

    /// Whether the disk, or the rights on it, let nobody write.
    pub(crate) fn is_forbidden(&self) -> bool {
        let kinds = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];
        matches!(self, Self::Store(error) if kinds.contains(&error.source.kind()))
            || matches!(self, Self::Catalogue(_, CatalogueError::Refused))
    }
}

impl Tell for ArchiveError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NotAnArchive(dir) => say::archive::not_an_archive(lang, dir.display()),
            Self::NotEmpty(dir) => say::archive::not_empty(lang, dir.display()),
            Self::AlreadyAnArchive(dir) => {
                say::archive::already_an_archive(lang, dir.display())
            }
            Self::Vanished(dir) => say::archive::vanished(lang, dir.display()),
            Self::LookingOnly(dir) => say::archive::looking_only(lang, dir.display()),
            Self::Settings(path, _) => say::archive::bad_settings(lang, path.display()),
            Self::Store(error) => error.tell(lang),
            Self::NoLocks(path) => say::archive::no_locks(lang, path.display()),
            Self::Busy(path) => say::archive::busy(lang, path.display()),
            Self::Link(path) => say::archive::symbolic_link(lang, path.display()),
            Self::Catalogue(path, _) => say::archive::bad_catalogue(lang, path.display()),
            Self::Dossier(path, _) => say::archive::bad_dossier(lang, path.display()),
            Self::Code(error) => error.tell(lang),
            Self::Ledger(path, broken) => {
                let path = path.display();
                match broken {
                    Broken::Missing(name) => {
                        say::archive::ledger_missing(lang, path, name)
                    }
                    Broken::Key => say::archive::ledger_key(lang, path),
                    Broken::Signature => say::archive::ledger_signature(lang, path),
                    Broken::Root => say::archive::ledger_root(lang, path),
                    Broken::Entry(index) => say::archive::ledger_entry(lang, path, index),
                    Broken::Attested(flaw) => flaw.tell(lang),
                }
            }
            Self::ClockWentBack { now, last } => {
                say::archive::clock_went_back(lang, now, last)
            }
            Self::NoSuchDossier(code) => say::archive::no_such_dossier(lang, code),
            Self::NoSuchDocument(code, ordinal) => {
                say::archive::no_such_document(lang, code, ordinal)
            }
            Self::NoSuchEntry(id) => say::archive::no_such_entry(lang, id),
            Self::BadReason(path, detail) => {
                say::archive::bad_reason(lang, path.display(), detail)
            }
            Self::Query(error) => error.tell(lang),
            Self::State(error) => error.tell(lang),
            Self::ReservedField(field) => say::archive::reserved_field(lang, field),
            Self::SourceChanged(path) => {
                say::archive::source_changed(lang, path.display())
            }
            Self::Unsound(path) => say::archive::unsound(lang, path.display()),
            Self::TooMuchToJoin => say::archive::too_much_to_join(lang),
            Self::NothingToJoin => say::archive::nothing_to_join(lang),
            Self::Interrupted => say::archive::interrupted(lang),
        }
    }

    fn cause(&self) -> Option<&dyn Tell> {
        self.behind().map(|error| error as &dyn Tell)
    }
}

impl Error for ArchiveError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Self::Store(error) = self {
            return Some(&error.source);
        }
        self.behind().map(|error| error as &(dyn Error + 'static))
    }
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl From<StoreError> for ArchiveError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CodeError> for ArchiveError {
    fn from(error: CodeError) -> Self {
        Self::Code(error)
    }
}
