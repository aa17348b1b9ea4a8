//! The one door through which trust is read from the disk.
//!
//! A folder of trust is a store. Certificates signed by their own key that
//! lie in it, and everything in `anchors/`, are anchors; what lies elsewhere
//! only helps. A folder within it is a store of its own name and has the same
//! form. Files are read in the order of their names; links are not followed
//! out of nowhere: a file is what the system says it is.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use crate::pki::store::{Place, Store};
use crate::say::{self, Lang, Tell};

/// Bytes of the largest file that is read: lists of large authorities have
/// tens of megabytes.
const MOST_BYTES: u64 = 256 << 20;
/// Folders within folders.
const MOST_DEPTH: usize = 4;
/// Names of folders that are no stores of their own, and whether what they
/// hold is trusted.
const ROLES: [(&str, bool); 7] = [
    ("anchors", true),
    ("roots", true),
    ("intermediates", false),
    ("certs", false),
    ("crls", false),
    ("ocsp", false),
    ("ocsps", false),
];
/// Endings of files that may hold trust.
const ENDINGS: [&str; 8] = ["pem", "crt", "cer", "der", "crl", "ors", "ocsp", "xml"];

/// Why a folder of trust cannot be read.
#[derive(Debug)]
pub struct FolderError {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system refused.
    pub error: io::Error,
}

impl Tell for FolderError {
    fn tell(&self, lang: Lang) -> String {
        let reason = say::io_reason(lang, &self.error);
        say::archive::refused(
            lang,
            say::archive::doing_read(lang),
            self.path.display(),
            reason,
        )
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for FolderError {}

/// Reads a folder of trust, or a single file of it.
///
/// # Errors
///
/// When the disk refuses, or a file is larger than anything trust is made of.
pub fn open(path: &Path) -> Result<Store, FolderError> {
    let mut store = Store::default();
    let failed = |error| FolderError { path: path.to_owned(), error };
    if fs::metadata(path).map_err(failed)?.is_dir() {
        read_folder(path, &Place::default(), MOST_DEPTH, &mut store)?;
    } else {
        let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read_file(path, &Place { source, ..Place::default() }, &mut store)?;
    }
    Ok(store)
}

fn read_folder(
    folder: &Path,
    place: &Place,
    depth: usize,
    store: &mut Store,
) -> Result<(), FolderError> {
    let failed = |error| FolderError { path: folder.to_owned(), error };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let source = if place.source.is_empty() {
            name.clone()
        } else {
            format!("{}/{name}", place.source)
        };
        let failed = |error| FolderError { path: path.clone(), error };
        if fs::metadata(&path).map_err(failed)?.is_dir() {
            let Some(depth) = depth.checked_sub(1) else { continue };
            let role = ROLES.iter().find(|(role, _)| *role == name);
            let inner = match role {
                Some((_, anchors)) => Place {
                    store: place.store.clone(),
                    source,
                    anchors: place.anchors || *anchors,
                },
                None => {
                    Place { store: joined(&place.store, &name), source, anchors: false }
                }
            };
            read_folder(&path, &inner, depth, store)?;
        } else if may_hold_trust(&path) {
            read_file(&path, &Place { source, ..place.clone() }, store)?;
        }
    }
    Ok(())
}

fn joined(store: &str, name: &str) -> String {
    if store.is_empty() { name.to_owned() } else { format!("{store}/{name}") }
}

/// Whether a file's name has an ending of trust, or none.
fn may_hold_trust(path: &Path) -> bool {
    path.extension().is_none_or(|ending| {
        ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

fn read_file(path: &Path, place: &Place, store: &mut Store) -> Result<(), FolderError> {
    let failed = |error| FolderError { path: path.to_owned(), error };
    if fs::metadata(path).map_err(failed)?.len() > MOST_BYTES {
        return Err(failed(io::ErrorKind::FileTooLarge.into()));
    }
    store.add(place, &fs::read(path).map_err(failed)?);
    Ok(())
}
