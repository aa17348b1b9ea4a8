//! Whole folders: exchanged in one step, cloned, removed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use crate::archive::store::{
    Doing, Source, StoreError, folder_of, list, make_dir, rename, sync_dir, write_new,
};

/// How deep a tree may be that is cloned.
const DEPTH: usize = 16;

/// Puts the folder `new` where `place` is, whose old content is then at `new`
/// or `old`. Where the file system cannot exchange in one step, two renames
/// do, and [`complete_exchange`] repairs what a crash between them leaves.
pub(crate) fn exchange(new: &Path, place: &Path, old: &Path) -> Result<(), StoreError> {
    match renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            // Both names must be durable before anything is moved away.
            sync_dir(folder_of(new))?;
            rename(place, old)?;
            rename(new, place).inspect_err(|_| drop(fs::rename(old, place)))
        }
        Err(error) => Err(StoreError::new(Doing::Rename, place, error.into())),
    }
}

/// Repairs an [`exchange`] that was cut between its two renames. Says whether
/// there was something to repair.
pub(crate) fn complete_exchange(
    new: &Path,
    place: &Path,
    old: &Path,
) -> Result<bool, StoreError> {
    if place.exists() || !old.exists() {
        return Ok(false);
    }
    // `old` was moved away only after `new` was durable.
    rename(if new.exists() { new } else { old }, place)?;
    sync_dir(folder_of(place)).map(|()| true)
}

/// A second name for the file `from`, or a copy where there are no links.
/// The copy is durable; a link needs only its folder to be.
fn link_or_copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let Err(error) = fs::hard_link(from, to) else { return Ok(()) };
    if error.kind() == io::ErrorKind::StorageFull
        || error.kind() == io::ErrorKind::NotFound
    {
        return Err(StoreError::new(Doing::Write, to, error));
    }
    let mut read = File::open(from).map_err(|e| StoreError::new(Doing::Read, from, e))?;
    write_new(to, &mut Source { path: from, read: &mut read }, &|| false).map(|_| ())
}

/// Gives the tree `from` a second life at `to`, file by file as
/// [`link_or_copy`] does, folders durable; top-level names in `except` stay
/// behind. Links and devices are refused.
pub(crate) fn clone_tree(
    from: &Path,
    to: &Path,
    except: &[&str],
) -> Result<(), StoreError> {
    clone_level(from, to, except, DEPTH)
}

fn clone_level(
    from: &Path,
    to: &Path,
    except: &[&str],
    depth: usize,
) -> Result<(), StoreError> {
    let odd = |path: &Path| {
        let kind = io::Error::from(io::ErrorKind::InvalidInput);
        Err(StoreError::new(Doing::Read, path, kind))
    };
    if depth == 0 {
        return odd(from);
    }
    for name in list(from)? {
        if except.iter().any(|other| name == *other) {
            continue;
        }
        let (source, target) = (from.join(&name), to.join(&name));
        let kind = fs::symlink_metadata(&source)
            .map_err(|e| StoreError::new(Doing::Read, &source, e))?
            .file_type();
        if kind.is_dir() {
            make_dir(&target)?;
            clone_level(&source, &target, &[], depth - 1)?;
        } else if kind.is_file() {
            link_or_copy(&source, &target)?;
        } else {
            return odd(&source);
        }
    }
    sync_dir(to)
}

/// Removes a folder with all that is in it, if it is there.
pub(crate) fn remove_tree(dir: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::new(Doing::Remove, dir, error))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn an_exchange_cut_in_two_is_completed() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-cut");
        let [new, place, old] = ["new", "place", "old"].map(|name| scratch.0.join(name));
        fs::create_dir(&new).unwrap();
        fs::create_dir(&old).unwrap();
        assert!(complete_exchange(&new, &place, &old).unwrap());
        assert_eq!(list(&scratch.0).unwrap(), ["old", "place"]);
        assert!(!complete_exchange(&new, &place, &old).unwrap());
        fs::remove_dir(&place).unwrap();
        assert!(complete_exchange(&new, &place, &old).unwrap(), "the old one comes back");
        assert_eq!(list(&scratch.0).unwrap(), ["place"]);
    }

    #[test]
    fn a_symbolic_link_is_not_cloned() {
        let scratch = Scratch::within(&std::env::temp_dir(), "store-link");
        let [from, to] = ["from", "to"].map(|name| scratch.0.join(name));
        fs::create_dir(&from).unwrap();
        fs::create_dir(&to).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", from.join("x")).unwrap();
        assert!(clone_tree(&from, &to, &[]).is_err());
    }
}
