//! Papers that leave a watched folder once they are filed.
//!
//! They are moved inside the inbox, to `.xong/DAY/` (*xong*: done), so that it is
//! one renaming on one disk and nothing is copied or removed. Only what the
//! archive holds leaves: what was quarantined, failed or is secret stays where
//! the person who must look at it put it. A move that fails harms nothing: the
//! paper stays, is filed already, and is moved when the inbox is watched anew.

use std::path::{Path, PathBuf};

use crate::archive::store::{self, StoreError};
use crate::ingest::inbox::{self, Item};
use crate::ingest::inputs;
use crate::ingest::outcome::{Outcome, Status};
use crate::time::Day;

/// The folder in an inbox that papers leave for; hidden, so that it is no input.
pub const DONE: &str = ".xong";
/// Papers of one name on one day at most.
const MOST_NAMESAKES: u32 = 100_000;

/// What became of an item that was to leave.
#[derive(Debug)]
pub enum Left {
    /// It lies here now.
    Moved(PathBuf),
    /// It stays: not all of it is in the archive, or it changed since.
    Stays,
}

/// Moves an item away whose `outcomes` say that the archive holds all of it, on
/// the day `today`. The run that gave the outcomes must be over, so that what
/// they say is durable.
///
/// # Errors
///
/// When the disk refuses; the item then lies where it lay.
pub fn leave(
    inbox: &Path,
    item: &Item,
    outcomes: &[Outcome],
    today: Day,
) -> Result<Left, StoreError> {
    let is_of_item =
        |outcome: &&Outcome| Path::new(&outcome.input).starts_with(&item.path);
    let of_item: Vec<&Outcome> = outcomes.iter().filter(is_of_item).collect();
    let inputs = of_item.len();
    let is_held = inputs > 0 && of_item.iter().all(|outcome| is_held(outcome.status));
    // A secret paper has no name among the outcomes, so that it is missing here.
    let is_whole = |path: &Path| !item.is_folder || inputs::holds_only(path, inputs);
    if !is_held || !item.is_unchanged() || !is_whole(&item.path) {
        return Ok(Left::Stays);
    }
    let parts = [DONE.to_owned(), today.to_string()];
    let folder = store::make_dirs(inbox, &parts)?;
    let to = give_name(&item.path, &folder)?;
    if !is_whole(&to) {
        // A paper came at the very moment: it must be seen.
        store::rename_new(&to, &item.path)?;
        return Ok(Left::Stays);
    }
    // A mark without its paper says nothing; where it stays, it does no harm.
    store::rename_new(&inbox::mark(&item.path), &inbox::mark(&to)).ok();
    store::sync_dir(&folder)?;
    store::sync_dir(inbox)?;
    Ok(Left::Moved(to))
}

/// Whether the archive holds what ended like this.
fn is_held(status: Status) -> bool {
    match status {
        Status::Filed | Status::NeedsPerson | Status::AlreadyFiled => true,
        Status::Quarantined | Status::Failed | Status::Secret => false,
    }
}

/// Moves `path` into `folder` under its name, or with a number where another
/// has that name; never over anything.
fn give_name(path: &Path, folder: &Path) -> Result<PathBuf, StoreError> {
    let name = path.file_name().unwrap_or_default();
    let mut to = folder.join(name);
    for number in 2..MOST_NAMESAKES {
        match store::rename_new(path, &to) {
            Err(error) if error.is_taken() => {}
            other => return other.map(|()| to),
        }
        let (stem, ending) = (Path::new(name).file_stem(), Path::new(name).extension());
        let mut numbered = stem.unwrap_or_default().to_owned();
        numbered.push(format!(" ({number})"));
        if let Some(ending) = ending {
            numbered.push(".");
            numbered.push(ending);
        }
        to = folder.join(numbered);
    }
    store::rename_new(path, &to).map(|()| to)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::scratch::Scratch;

    fn outcome(input: &Path, status: Status) -> Outcome {
        let begun = Outcome::begun(1, input.display().to_string());
        Outcome { status, ..begun }
    }

    fn item(inbox: &Path, name: &str) -> Item {
        let items = inbox::look(inbox).unwrap();
        items.into_iter().find(|item| item.path.ends_with(name)).unwrap()
    }

    fn put(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        store::write_over(path.as_ref(), bytes.as_ref()).unwrap();
    }

    #[test]
    fn only_what_is_held_leaves_and_never_over_another() {
        let scratch = Scratch::within(&std::env::temp_dir(), "leave");
        let inbox = scratch.0.clone();
        let folder = inbox.join("hồ sơ");
        fs::create_dir_all(&folder).unwrap();
        let today = Day::new(2026, 7, 16).unwrap();
        let tried =
            |item: &Item, outcomes: &[Outcome]| leave(&inbox, item, outcomes, today);
        let leave = |item: &Item, outcomes: &[Outcome]| tried(item, outcomes).unwrap();
        let done = inbox.join(DONE).join("2026-07-16");
        let path = inbox.join("a.tif");
        for (number, name) in (1..).zip(["a.tif", "a (2).tif", "a (3).tif"]) {
            put(&path, [number]);
            put(inbox.join("a.tif.ready"), []);
            let item = item(&inbox, "a.tif");
            for status in [Status::Quarantined, Status::Failed, Status::Secret] {
                let stays = leave(&item, &[outcome(&path, status)]);
                assert!(matches!(stays, Left::Stays) && path.exists(), "{status:?}");
            }
            assert!(matches!(leave(&item, &[]), Left::Stays), "nothing is known of it");
            let left = leave(&item, &[outcome(&path, Status::Filed)]);
            assert!(matches!(left, Left::Moved(to) if to == done.join(name)));
            assert_eq!(fs::read(done.join(name)).unwrap(), [number]);
            assert!(done.join(format!("{name}.ready")).exists() && !path.exists());
        }
        put(&path, b"1");
        let grown = item(&inbox, "a.tif");
        put(&path, b"12");
        let stays = leave(&grown, &[outcome(&path, Status::Filed)]);
        assert!(matches!(stays, Left::Stays), "it changed after it was filed");
        // Of a folder all must be held, and nothing may be on its way into it.
        let papers = [folder.join("1.tif"), folder.join("2.tif")];
        papers.iter().for_each(|paper| put(paper, b"x"));
        let dossier = item(&inbox, "hồ sơ");
        let held = papers.each_ref().map(|path| outcome(path, Status::AlreadyFiled));
        assert!(matches!(leave(&dossier, &held[..1]), Left::Stays), "one is secret");
        put(folder.join("3.tif.part"), b"x");
        assert!(matches!(leave(&dossier, &held), Left::Stays), "one is being written");
        fs::remove_file(folder.join("3.tif.part")).unwrap();
        assert!(matches!(leave(&dossier, &held), Left::Moved(_)) && !folder.exists());
        assert!(done.join("hồ sơ/2.tif").exists());
        let left: Vec<_> = inbox::look(&inbox).unwrap();
        assert_eq!(left.len(), 1, "what left is no input: {left:?}");
        // Where nothing can be moved, the paper stays.
        fs::remove_dir_all(inbox.join(DONE)).unwrap();
        put(inbox.join(DONE), b"in the way");
        let item = item(&inbox, "a.tif");
        let outcomes = [outcome(&path, Status::Filed)];
        assert!(tried(&item, &outcomes).is_err() && path.exists());
    }
}
