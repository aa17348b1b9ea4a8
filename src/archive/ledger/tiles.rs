//! Where the log lies: tiles of hashes and bundles of entries (C2SP tlog-tiles).
//!
//! A tile holds up to 256 hashes of complete subtrees with 256, 65 536, … leaves;
//! one that is not full bears its width in its name. Adding an entry writes the
//! next width of two files and then the checkpoint; the files of the width
//! before go after that. Until the checkpoint is there, nothing was added.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::ledger::tree;
use crate::archive::store::{self, StoreError};
use crate::digest::Digest;

/// Bits of the width of a tile.
const BITS: u32 = 8;
/// Hashes of a full tile.
const WIDTH: u64 = 1 << BITS;
/// Bytes of a hash.
const HASH: usize = 32;
/// Largest bundle that is read.
const BUNDLE: u64 = WIDTH * (2 + (1 << 16));
/// The levels a log can have: 256 to the eighth are all there can be.
const LEVELS: u32 = 8;

/// The files of a log.
pub(super) struct Tiles<'a> {
    /// The folder of the log.
    pub(super) folder: &'a Path,
}

impl Tiles<'_> {
    /// The hashes of a tile of a log with `size` entries.
    fn hashes(
        &self,
        level: u32,
        index: u64,
        size: u64,
    ) -> Result<Vec<Digest>, StoreError> {
        let there = (size >> (BITS * level)).saturating_sub(index * WIDTH).min(WIDTH);
        if there == 0 {
            return Ok(Vec::new());
        }
        let path = self.path(&level.to_string(), index, there);
        let bytes = store::read(&path, WIDTH * HASH as u64)?.unwrap_or_default();
        let hashes = bytes.as_chunks::<HASH>().0.iter().copied().map(Digest::from_bytes);
        Ok(hashes.collect())
    }

    /// The entries of a bundle of a log with `size` entries.
    pub(super) fn entries(
        &self,
        index: u64,
        size: u64,
    ) -> Result<Vec<Vec<u8>>, StoreError> {
        let there = size.saturating_sub(index * WIDTH).min(WIDTH);
        if there == 0 {
            return Ok(Vec::new());
        }
        let path = self.path("entries", index, there);
        let bytes = store::read(&path, BUNDLE)?.unwrap_or_default();
        let mut rest = bytes.as_slice();
        let mut entries = Vec::new();
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let length = usize::from(u16::from_be_bytes(*length));
            let Some((entry, after)) = after.split_at_checked(length) else { break };
            entries.push(entry.to_vec());
            rest = after;
        }
        Ok(entries)
    }

    /// The hash of the `index`-th complete subtree with `1 << level` leaves.
    pub(super) fn complete(
        &self,
        level: u32,
        index: u64,
        size: u64,
    ) -> Result<Digest, StoreError> {
        let (tile_level, within) = (level / BITS, level % BITS);
        let first = index << within;
        let hashes = self.hashes(tile_level, first / WIDTH, size)?;
        let from = usize::try_from(first % WIDTH).unwrap_or(usize::MAX);
        // What is missing or damaged hashes to what cannot be right.
        let part = hashes.get(from..from + (1 << within)).unwrap_or_default();
        Ok(tree::root(part))
    }

    /// The root of the log with `size` entries.
    pub(super) fn root(&self, size: u64) -> Result<Digest, StoreError> {
        if size == 0 {
            return Ok(tree::root(&[]));
        }
        tree::range(0, size, &mut |level, index| self.complete(level, index, size))
    }

    /// Adds an entry after `size` others; nothing counts until the checkpoint
    /// says so.
    pub(super) fn add(&self, entry: &[u8], size: u64) -> Result<(), StoreError> {
        let bundle = size / WIDTH;
        let width = size % WIDTH;
        let mut bytes = Vec::new();
        for known in self.entries(bundle, size)?.iter().map(Vec::as_slice).chain([entry])
        {
            let length = u16::try_from(known.len()).unwrap_or(u16::MAX);
            bytes.extend(length.to_be_bytes());
            bytes.extend(known.iter().take(usize::from(length)));
        }
        self.write(&self.path("entries", bundle, width + 1), &bytes)?;
        let mut hash = tree::leaf(entry);
        for level in 0..LEVELS {
            let place = size >> (BITS * level);
            let mut hashes = self.hashes(level, place / WIDTH, size)?;
            hashes.push(hash);
            let bytes: Vec<u8> = hashes.iter().flat_map(|hash| *hash.bytes()).collect();
            let width = place % WIDTH + 1;
            self.write(&self.path(&level.to_string(), place / WIDTH, width), &bytes)?;
            if width < WIDTH {
                break;
            }
            hash = tree::root(&hashes);
        }
        Ok(())
    }

    /// Removes the narrower files that the last entry of a log of `size` made
    /// superfluous. What cannot be removed does no harm.
    pub(super) fn tidy(&self, size: u64) {
        let last = size.saturating_sub(1);
        self.tidy_at("entries", last);
        for level in 0..LEVELS {
            let place = last >> (BITS * level);
            self.tidy_at(&level.to_string(), place);
            // The level above grew only if this one's tile is full now.
            if place % WIDTH + 1 < WIDTH {
                break;
            }
        }
    }

    /// Removes the file that was one narrower than what now ends at `place`.
    fn tidy_at(&self, kind: &str, place: u64) {
        let before = place % WIDTH;
        if before > 0 {
            let old = self.path(kind, place / WIDTH, before);
            drop(fs::remove_file(&old));
            if before + 1 == WIDTH {
                drop(fs::remove_dir(store::folder_of(&old)));
            }
        }
    }

    /// `tile/0/x001/x234/067`, or `tile/0/x001/x234/067.p/5`.
    fn path(&self, kind: &str, index: u64, width: u64) -> PathBuf {
        let mut path = self.folder.join("tile").join(kind);
        let digits = format!("{index:03}");
        let whole = digits.len().div_ceil(3) * 3;
        let digits = format!("{index:0whole$}");
        let groups: Vec<String> = digits
            .as_bytes()
            .chunks(3)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        let last = groups.len().saturating_sub(1);
        for (group, at) in groups.into_iter().zip(0..) {
            path.push(match (at < last, width < WIDTH) {
                (true, _) => format!("x{group}"),
                (false, true) => format!("{group}.p/{width}"),
                (false, false) => group,
            });
        }
        path
    }

    /// Writes a file, and the folders it lies in.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let folder = store::folder_of(path);
        if !folder.is_dir() {
            let inside = folder.strip_prefix(self.folder).unwrap_or(folder);
            let parts: Vec<String> =
                inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            store::make_dirs(self.folder, &parts)?;
        }
        // Nothing refers to it before the checkpoint does, so that what a crash
        // leaves half written is written again.
        store::write_over(path, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_log_over_tiles_has_the_root_of_its_leaves() {
        let scratch = Scratch::within(&std::env::temp_dir(), "tiles");
        let folder = scratch.0.clone();
        let tiles = Tiles { folder: &folder };
        let mut leaves = Vec::new();
        for size in 0..600_u64 {
            let entry = format!("entry {size}");
            tiles.add(entry.as_bytes(), size).unwrap();
            tiles.tidy(size + 1);
            leaves.push(tree::leaf(entry.as_bytes()));
            if [0, 1, 2, 6, 254, 255, 256, 257, 511, 512, 599].contains(&size) {
                assert_eq!(tiles.root(size + 1).unwrap(), tree::root(&leaves), "{size}");
            }
        }
        let mut complete = |level, index| tiles.complete(level, index, 600);
        for index in [0, 255, 256, 599] {
            let proof = tree::inclusion(index, 600, &mut complete).unwrap();
            let leaf = leaves[usize::try_from(index).unwrap()];
            let root = tree::root_of_proof(&leaf, index, 600, &proof);
            assert_eq!(root, Some(tree::root(&leaves)));
        }
        assert_eq!(tiles.entries(2, 600).unwrap()[87], b"entry 599");
        assert!(folder.join("tile/entries/001").is_file());
        assert!(folder.join("tile/0/002.p/88").is_file());
        assert!(folder.join("tile/1/000.p/2").is_file());
        assert!(!folder.join("tile/0/000.p").exists());
    }

    #[test]
    fn large_indexes_are_paths_of_three_digits() {
        let tiles = Tiles { folder: Path::new("") };
        let path = |index, width| tiles.path("0", index, width);
        assert_eq!(path(1_234_067, 256), Path::new("tile/0/x001/x234/067"));
        assert_eq!(path(5, 7), Path::new("tile/0/005.p/7"));
    }
}
