//! The archive (kho lưu trữ): a directory that is readable without us.
//!
//! ```text
//! sohoa.toml                                 what the archive knows about its agency
//! dossiers/2026/07/16/H32.18-260716-0001/    one dossier, one BagIt bag (RFC 8493)
//! ledger/                                    what happened, append-only and signed
//! ledger/attested/                           its checkpoints that others vouch for
//! codes/2026/260716.txt                      the dossier codes given out that day
//! checks/2026/260716.txt                     when its dossiers were last proved good
//! registers/2026/07.jsonl                    dossiers of the one-stop shop, imported
//! reports/2026-08-20-qd766-1/                a frozen report
//! quarantine/<id>/                           an input that could not be taken, and why
//! runs/2026/260716-101345-1.jsonl            what became of the inputs of a run
//! stamp-later.jsonl                          signed documents that wait for a time-stamp
//! .staging/run-<process>-<n>/                what a process is building
//! .catalogue/catalogue.sqlite                an index, made from the dossiers
//! .catalogue/inputs.sqlite                   inputs known without reading them again
//! ```
//!
//! **How nothing is lost or filed twice.** A dossier is built under
//! `.staging/`, made durable and renamed into place. Before that, the folder it
//! is built in gets the dossier's code for its name, and it goes only after the
//! catalogue knows: a folder with such a name says "look at this dossier again".
//! Writers take turns on one lock, so whoever holds it and finds such a folder
//! knows that its maker did not get to the end, and finishes for it. The
//! catalogue is therefore never needed to repair anything, and can be deleted.
//!
//! Reading, deciding and recognising happen outside; this module keeps.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::digest::Digest;
use crate::time::Day;

pub mod address;
pub mod bag;
mod build;
mod catalogue;
mod check;
mod closing;
pub mod code;
mod counted;
pub mod dossier;
mod draft;
mod each;
mod error;
mod export;
pub mod facts;
pub mod fields;
mod filing;
mod find;
mod judged;
pub mod ledger;
pub mod names;
mod quarantine;
mod query;
mod recover;
mod register;
pub mod reread;
pub mod runs;
mod same;
pub mod seen;
pub mod set;
mod signed;
pub mod settings;
pub mod state;
pub mod store;
mod turn;

pub use crate::archive::catalogue::{CatalogueError, Held, Listed};
pub use crate::archive::check::{Checked, Checking, Fault, Stamped};
pub use crate::archive::closing::{Closed, Closing, Entry};
pub use crate::archive::code::{Code, CodeError};
pub use crate::archive::counted::{EachLine, Imported, Line};
pub use crate::archive::dossier::{Dossier, DossierError, SourceInfo};
pub use crate::archive::draft::{Companion, Content, Draft, NewDocument};
pub use crate::archive::error::ArchiveError;
pub use crate::archive::export::{Exported, Exporting, Form};
pub use crate::archive::filing::{Filed, Filing, Placed};
pub use crate::archive::find::{Answered, Filter, Found};
pub use crate::archive::judged::{Kept, Verdicts};
pub use crate::archive::quarantine::{Quarantined, Reason};
pub use crate::archive::query::{Query, QueryError};
pub use crate::archive::recover::{Recovered, Reindexed};
pub use crate::archive::same::{Paper, Print, Reused, Same, Why};
pub use crate::archive::set::{Change, Setting};
pub use crate::archive::settings::{Settings, SettingsError};
pub use crate::archive::signed::{Adding, Signing};

use crate::archive::catalogue::Catalogue;
use crate::archive::ledger::Ledger;
use crate::archive::store::{Doing, Run, StoreError};

/// The folder of dossiers.
const DOSSIERS: &str = "dossiers";
/// The folder of the registers of codes.
const CODES: &str = "codes";
/// The folder of what was proved good, and when.
const CHECKS: &str = "checks";
/// The folder of inputs that could not be taken.
pub const QUARANTINE: &str = "quarantine";
/// The folder of what is being built.
const STAGING: &str = ".staging";
/// What look-up secrets follow from.
const SECRET: &str = "tra-cuu.khoa";
/// Largest file of a secret that is read.
const SECRET_LIMIT: u64 = 1 << 10;
/// The folder of whom the archive trusts.
const TRUST: &str = "trust";
/// Everything that may lie in an archive's root, for [`Archive::create`].
const OURS: &[&str] = &[
    settings::FILE,
    DOSSIERS,
    CODES,
    CHECKS,
    runs::FOLDER,
    QUARANTINE,
    counted::REGISTERS,
    counted::REPORTS,
    STAGING,
    catalogue::FOLDER,
    TRUST,
    ledger::FOLDER,
    SECRET,
    "lost+found",
];
/// Largest `sohoa.toml` that is read.
const SETTINGS_LIMIT: u64 = 16 << 20;
/// Largest text of a document that is read: some ten thousand pages.
const TEXT_LIMIT: u64 = 64 << 20;

/// Whether a folder says that it is an archive.
#[must_use]
pub fn is_archive(dir: &Path) -> bool {
    dir.join(settings::FILE).is_file()
}

/// An open archive. Threads share it; processes may open the same one.
#[derive(Debug)]
pub struct Archive {
    /// Its folder, without symbolic links.
    root: PathBuf,
    settings: Settings,
    /// Where this process builds; `None` when it only looks.
    run: Option<Run>,
    /// Held by the thread whose turn it is to write.
    turns: Mutex<()>,
    catalogue: Mutex<Catalogue>,
}

impl Archive {
    /// Makes an empty archive in `dir`, which is created inside an existing
    /// folder if it is not there.
    ///
    /// # Errors
    ///
    /// When `dir` is an archive, has something else in it, or cannot be written.
    pub fn create(dir: &Path, settings: &Settings) -> Result<(), ArchiveError> {
        match store::make_dir(dir) {
            Err(error) if !error.is_taken() => return Err(error.into()),
            Ok(()) => store::sync_dir(store::folder_of(dir))?,
            Err(_) => {}
        }
        let names = store::list(dir)?;
        if names.iter().any(|name| name == settings::FILE) {
            return Err(ArchiveError::AlreadyAnArchive(dir.to_owned()));
        }
        let is_ours = |name: &std::ffi::OsString| OURS.iter().any(|ours| name == ours);
        if !names.iter().all(is_ours) {
            return Err(ArchiveError::NotEmpty(dir.to_owned()));
        }
        for folder in [DOSSIERS, CODES, QUARANTINE, STAGING] {
            store::make_dirs(dir, &[folder.to_owned()])?;
        }
        Ledger::of(dir).begin(settings.agency_id.as_str())?;
        // Last, because it is what makes the folder an archive.
        let file = dir.join(settings::FILE);
        let text = settings.write();
        match store::write_whole(&file, text.as_bytes(), store::Existing::Keep) {
            Err(error) if error.is_taken() => {
                Err(ArchiveError::AlreadyAnArchive(dir.to_owned()))
            }
            other => Ok(other?),
        }
    }

    /// Opens the archive in `dir`, finishes what a killed run left half done,
    /// and says what it found.
    ///
    /// # Errors
    ///
    /// When `dir` is no archive, its settings cannot be used, its catalogue is
    /// of a newer version, or the disk refuses.
    pub fn open(dir: &Path) -> Result<(Self, Recovered), ArchiveError> {
        let (root, settings) = read_settings(dir)?;
        for folder in [DOSSIERS, CODES, QUARANTINE, STAGING, catalogue::FOLDER] {
            store::make_dirs(&root, &[folder.to_owned()])?;
        }
        let lock = turn::lock(&root, &|| false)?;
        let (catalogue, reindexed) = recover::open_catalogue(&root)?;
        let run = Run::begin(&root.join(STAGING))?;
        let archive = Self {
            root,
            settings,
            run: Some(run),
            turns: Mutex::new(()),
            catalogue: Mutex::new(catalogue),
        };
        let mut recovered = recover::sweep(&archive)?;
        recovered.reindexed = reindexed;
        drop(lock);
        Ok((archive, recovered))
    }

    /// Opens the archive in `dir` without ever writing to it: for dry runs and
    /// for archives on read-only disks. What a killed run left stays as it is.
    ///
    /// # Errors
    ///
    /// As [`Archive::open`].
    pub fn look(dir: &Path) -> Result<Self, ArchiveError> {
        let (root, settings) = read_settings(dir)?;
        let catalogue = recover::look_at_catalogue(&root)?;
        Ok(Self {
            root,
            settings,
            run: None,
            turns: Mutex::new(()),
            catalogue: Mutex::new(catalogue),
        })
    }

    /// Opens the archive in `dir` to ask it something: for looking where
    /// that is enough, as [`Archive::open`] where the catalogue must first be
    /// made or brought up to date.
    ///
    /// # Errors
    ///
    /// As [`Archive::open`].
    pub fn consult(dir: &Path) -> Result<(Self, Recovered), ArchiveError> {
        let (root, settings) = read_settings(dir)?;
        let is_settled = recover::unsettled(&root).is_ok_and(|codes| codes.is_empty());
        if is_settled && let Some(catalogue) = recover::catalogue_to_look_at(&root)? {
            let turns = Mutex::new(());
            let catalogue = Mutex::new(catalogue);
            let archive = Self { root, settings, run: None, turns, catalogue };
            return Ok((archive, Recovered::default()));
        }
        match Self::open(dir) {
            Err(error) if error.is_forbidden() => {
                Ok((Self::look(dir)?, Recovered::default()))
            }
            other => other,
        }
    }

    /// Its folder, without symbolic links.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What its `sohoa.toml` said when it was opened.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether a source with this SHA-256 has been filed, and where: the first
    /// place of [`Archive::parts`].
    ///
    /// # Errors
    ///
    /// As [`Archive::parts`].
    pub fn held(&self, source: &Digest) -> Result<Option<Held>, ArchiveError> {
        Ok(self.parts(source)?.into_iter().next())
    }

    /// Every document made from the source with this SHA-256. The cost does
    /// not depend on the size of the archive.
    ///
    /// Never names what is not on disk, never misses what was filed before a
    /// crash.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be read or the archive is gone.
    pub fn parts(&self, source: &Digest) -> Result<Vec<Held>, ArchiveError> {
        self.told(self.parts_untold(source))
    }

    /// The dossier with this code, however it is spelt; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When its record cannot be read.
    pub fn dossier(&self, code: &Code) -> Result<Option<Dossier>, ArchiveError> {
        let dossier = || match self.find(code)? {
            Some(code) => Ok(Some(self.read_record(&code)?)),
            None => Ok(None),
        };
        self.told(dossier())
    }

    /// The newest `limit` dossiers between two days, the newest first.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be read.
    pub fn list(
        &self,
        days: (Option<Day>, Option<Day>),
        limit: usize,
    ) -> Result<Vec<Listed>, ArchiveError> {
        self.of_catalogue(|catalogue| catalogue.list(days, limit))
    }

    /// The folder of the dossier with exactly this code, whether it is there or not.
    #[must_use]
    pub fn folder(&self, code: &Code) -> PathBuf {
        let mut folder = self.root.join(DOSSIERS);
        folder.extend(day_parts(code.day()));
        folder.join(code.to_string())
    }

    /// A dossier code that nobody was or will be given, durably noted.
    ///
    /// # Errors
    ///
    /// When the day has no number left, or the register cannot be written.
    pub fn allocate(&self, day: Day) -> Result<Code, ArchiveError> {
        let allocate = || register::next(&self.turn(&|| false)?, day);
        self.told(allocate())
    }

    /// Whether there is a dossier with this code, or the code was given out.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn knows(&self, code: &Code) -> Result<bool, ArchiveError> {
        let knows = || match self.find(code)? {
            Some(_) => Ok(true),
            None => register::is_given(self, code),
        };
        self.told(knows())
    }

    /// Bytes that nobody outside the archive knows: what look-up secrets and the
    /// names of published pages follow from. Made when first asked for.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or the archive was opened for looking and has none.
    pub fn secret(&self) -> Result<[u8; 32], ArchiveError> {
        let path = self.root.join(SECRET);
        let known = || Ok::<_, ArchiveError>(store::read(&path, SECRET_LIMIT)?);
        let whole = |bytes: Option<Vec<u8>>| <[u8; 32]>::try_from(bytes?).ok();
        let secret = || {
            if let Some(secret) = whole(known()?) {
                return Ok(secret);
            }
            let _turn = self.turn(&|| false)?;
            // Somebody else may have made it meanwhile.
            if let Some(secret) = whole(known()?) {
                return Ok(secret);
            }
            let secret = store::random(&path)?;
            store::write_secret(&path, &secret)?;
            Ok(secret)
        };
        self.told(secret())
    }

    /// Makes the catalogue anew from the dossiers.
    ///
    /// # Errors
    ///
    /// When the catalogue cannot be written. Dossiers that cannot be read are
    /// listed in the answer instead.
    pub fn reindex(&self) -> Result<Reindexed, ArchiveError> {
        let reindex = || {
            let _turn = self.turn(&|| false)?;
            recover::renew_catalogue(self)
        };
        self.told(reindex())
    }

    /// [`Archive::parts`], its errors not yet explained.
    fn parts_untold(&self, source: &Digest) -> Result<Vec<Held>, ArchiveError> {
        let mut unsettled = recover::unsettled(&self.root)?;
        if self.run.is_some() {
            if !unsettled.is_empty() || !self.catalogue().is_in_place() {
                drop(self.turn(&|| false)?);
            }
            return self.catalogued_parts(source);
        }
        let mut parts = self.catalogued_parts(source)?;
        unsettled.sort();
        unsettled.dedup();
        for code in unsettled {
            parts.retain(|held| held.dossier != code);
            if fs::symlink_metadata(self.folder(&code)).is_ok() {
                parts.extend(parts_of(&self.read_record(&code)?, source));
            }
        }
        Ok(parts)
    }

    /// The parts the catalogue names, as far as they are on disk.
    fn catalogued_parts(&self, source: &Digest) -> Result<Vec<Held>, ArchiveError> {
        let mut parts = self.of_catalogue(|catalogue| catalogue.sources(source))?;
        let listed = parts.len();
        parts.retain(|held| self.folder(&held.dossier).join(&held.file).is_file());
        if parts.len() < listed && !self.is_there() {
            return Err(ArchiveError::Vanished(self.root.clone()));
        }
        Ok(parts)
    }

    /// The code under which the dossier is on disk, if it is.
    fn find(&self, code: &Code) -> Result<Option<Code>, ArchiveError> {
        for spelling in code.spellings() {
            let folder = self.folder(&spelling);
            match fs::symlink_metadata(&folder) {
                Ok(_) => {
                    self.guard(&folder)?;
                    return Ok(Some(spelling));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    return Err(StoreError::new(Doing::Read, &folder, error).into());
                }
            }
        }
        Ok(None)
    }

    /// Reads the record of the dossier in the folder of exactly this code.
    fn read_record(&self, code: &Code) -> Result<Dossier, ArchiveError> {
        let folder = self.folder(code);
        recover::read_record(&folder, code)
    }

    /// Refuses a path below the archive's folder with a symbolic link in it,
    /// which could lead anywhere.
    fn guard(&self, path: &Path) -> Result<(), ArchiveError> {
        let there = path.ancestors().find(|path| fs::symlink_metadata(path).is_ok());
        let there = there.unwrap_or(&self.root);
        let real = fs::canonicalize(there)
            .map_err(|error| StoreError::new(Doing::Read, there, error))?;
        // The root itself has been freed of links.
        if real == there { Ok(()) } else { Err(ArchiveError::Link(there.to_owned())) }
    }

    /// Whether the archive is still where it was.
    fn is_there(&self) -> bool {
        self.root.join(settings::FILE).is_file()
    }

    /// The catalogue, for as long as the guard lives.
    fn catalogue(&self) -> MutexGuard<'_, Catalogue> {
        self.catalogue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the catalogue something.
    fn of_catalogue<T>(
        &self,
        ask: impl FnOnce(&mut Catalogue) -> Result<T, CatalogueError>,
    ) -> Result<T, ArchiveError> {
        let path = || recover::catalogue_path(&self.root);
        ask(&mut self.catalogue()).map_err(|error| ArchiveError::Catalogue(path(), error))
    }

    /// The answer, or why there is none: an error of the disk may mean that
    /// the whole archive is gone.
    fn told<T>(&self, answer: Result<T, ArchiveError>) -> Result<T, ArchiveError> {
        match answer {
            Err(ArchiveError::Store(error)) if !error.is_full() && !self.is_there() => {
                Err(ArchiveError::Vanished(self.root.clone()))
            }
            other => other,
        }
    }
}

/// Where the documents of `dossier` made from this source are.
fn parts_of(dossier: &Dossier, source: &Digest) -> Vec<Held> {
    let made = dossier.documents.iter().flat_map(|document| {
        document.source.spans_of(source).map(|pages| Held {
            dossier: dossier.code.clone(),
            file: document.file.clone(),
            pages,
        })
    });
    let reused = dossier.reused.iter().filter(|one| one.source.sha256 == *source);
    let reused = reused.map(|_| Held {
        dossier: dossier.code.clone(),
        file: dossier::FILE.to_owned(),
        pages: None,
    });
    made.chain(reused).collect()
}

/// `2026/07/16`, folder by folder.
fn day_parts(day: Day) -> [String; 3] {
    [
        format!("{:04}", day.year()),
        format!("{:02}", day.month()),
        format!("{:02}", day.day()),
    ]
}

/// The archive's real folder and its settings.
fn read_settings(dir: &Path) -> Result<(PathBuf, Settings), ArchiveError> {
    let file = dir.join(settings::FILE);
    let bytes = match store::read(&file, SETTINGS_LIMIT) {
        Err(error) if error.source.kind() == ErrorKind::NotADirectory => None,
        read => read?,
    };
    let bytes = bytes.ok_or_else(|| ArchiveError::NotAnArchive(dir.to_owned()))?;
    let text = String::from_utf8_lossy(&bytes);
    // What editors on Windows put first.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let settings = Settings::read(text).map_err(|e| ArchiveError::Settings(file, e))?;
    let root = fs::canonicalize(dir)
        .map_err(|error| StoreError::new(Doing::Read, dir, error))?;
    Ok((root, settings))
}
