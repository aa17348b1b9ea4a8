//! One dossier against what its manifests promise.
//!
//! Every file is read once, payload and tag files alike. Names are compared in
//! NFC, because a bag that travels through macOS comes back decomposed; two
//! names that differ in nothing else cannot both be promised, and are refused.
//!
//! The manifest of tag files is promised by nobody. It must therefore be
//! exactly as this program writes it, so that no bit of it can be another.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::archive::bag::{self, Manifest, Oxum};
use crate::archive::check::Fault;
use crate::archive::code::Code;
use crate::archive::dossier::{self, Dossier, DossierError};
use crate::archive::store;
use crate::digest::{Digest, Hashing};
use crate::finding::Weight;
use crate::say::{self, Tell as _};
use crate::text::keys::nfc;

/// Bytes read at once.
const CHUNK: usize = 1 << 18;
/// Tag files that are understood are at most so large.
const TAG_LIMIT: u64 = dossier::LIMIT;
/// How deep folders of a dossier may lie in each other.
const DEPTH: usize = 16;

/// What looking at a dossier gave.
#[derive(Debug, Default)]
pub(crate) struct Verified {
    /// Files read.
    pub(crate) files: u64,
    /// Their bytes.
    pub(crate) bytes: u64,
    /// What is wrong, nothing if the dossier is as it was filed.
    pub(crate) faults: Vec<Fault>,
    /// The digest of the manifest of tag files, which stands for the whole.
    pub(crate) seal: Option<Digest>,
}

/// Looks at every byte of the dossier in `folder`; `None` when `stop` says so.
pub(crate) fn verify(
    folder: &Path,
    code: &Code,
    stop: &dyn Fn() -> bool,
) -> Option<Verified> {
    let mut bag = Bag {
        folder,
        there: BTreeMap::new(),
        tags: BTreeMap::new(),
        verified: Verified::default(),
        stop,
    };
    bag.walk(folder, "", DEPTH)?;
    bag.judge(code);
    Some(bag.verified)
}

/// A dossier being looked at.
struct Bag<'a> {
    folder: &'a Path,
    /// What each file hashes to and its bytes, by its path in NFC.
    there: BTreeMap<String, (Digest, u64)>,
    /// Tag files that will be understood.
    tags: BTreeMap<String, Vec<u8>>,
    verified: Verified,
    stop: &'a dyn Fn() -> bool,
}

impl Bag<'_> {
    /// Reads everything in a folder; `None` when told to stop.
    fn walk(&mut self, dir: &Path, within: &str, depth: usize) -> Option<()> {
        let names = match store::list(dir) {
            Ok(names) if depth > 0 => names,
            Ok(_) => {
                self.fault(within, "check.odd", say::archive::check_odd);
                return Some(());
            }
            Err(error) => {
                let say = |lang| error.tell(lang);
                self.fault(within, "check.unreadable", say);
                return Some(());
            }
        };
        for name in names {
            if (self.stop)() {
                return None;
            }
            let path = dir.join(&name);
            let shown = name.to_string_lossy();
            let inside = if within.is_empty() {
                shown.into_owned()
            } else {
                format!("{within}/{shown}")
            };
            let kind = fs::symlink_metadata(&path).map(|found| found.file_type());
            match kind {
                Ok(kind) if kind.is_dir() => self.walk(&path, &inside, depth - 1)?,
                Ok(kind) if kind.is_file() && name.to_str().is_some() => {
                    self.read(&path, &inside)?;
                }
                Ok(kind) if kind.is_symlink() => {
                    self.fault(&inside, "check.link", say::archive::check_link);
                }
                Ok(_) => self.fault(&inside, "check.odd", say::archive::check_odd),
                Err(error) => {
                    let say = |lang| say::io_reason(lang, &error);
                    self.fault(&inside, "check.unreadable", say);
                }
            }
        }
        Some(())
    }

    /// Reads a file to its end; `None` when told to stop.
    fn read(&mut self, path: &Path, inside: &str) -> Option<()> {
        let is_understood = [
            bag::DECLARATION_FILE,
            bag::INFO_FILE,
            bag::MANIFEST_FILE,
            bag::TAG_MANIFEST_FILE,
            dossier::FILE,
        ]
        .contains(&inside);
        let mut kept = Vec::new();
        let mut hash = Hashing::new(io::sink());
        let mut chunk = vec![0; CHUNK];
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                let say = |lang| say::io_reason(lang, &error);
                self.fault(inside, "check.unreadable", say);
                return Some(());
            }
        };
        loop {
            if (self.stop)() {
                return None;
            }
            match file.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => {
                    let bytes = chunk.get(..count).unwrap_or_default();
                    // A sink takes everything.
                    hash.write_all(bytes).ok();
                    if is_understood && kept.len() as u64 <= TAG_LIMIT {
                        kept.extend_from_slice(bytes);
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    let say = |lang| say::io_reason(lang, &error);
                    self.fault(inside, "check.unreadable", say);
                    return Some(());
                }
            }
        }
        let (_, digest, bytes) = hash.finish();
        self.verified.files += 1;
        self.verified.bytes += bytes;
        if inside == bag::TAG_MANIFEST_FILE {
            self.verified.seal = Some(digest);
        }
        if is_understood {
            self.tags.insert(inside.to_owned(), kept);
        }
        if self.there.insert(nfc(inside), (digest, bytes)).is_some() {
            self.fault(inside, "check.twin", say::archive::check_twin);
        }
        Some(())
    }

    /// Holds what was read against what is promised.
    fn judge(&mut self, code: &Code) {
        let declaration = self.tags.get(bag::DECLARATION_FILE);
        if declaration.is_some_and(|text| text != bag::DECLARATION.as_bytes()) {
            let file = bag::DECLARATION_FILE;
            self.fault(file, "check.manifest", say::archive::check_declaration);
        }
        if let Some(tags) = self.manifest(bag::TAG_MANIFEST_FILE) {
            let is_as_written = self
                .tags
                .get(bag::TAG_MANIFEST_FILE)
                .is_some_and(|bytes| *bytes == tags.write().into_bytes());
            if !is_as_written {
                let file = bag::TAG_MANIFEST_FILE;
                self.fault(file, "check.manifest", say::archive::check_not_as_written);
            }
            self.compare(&tags, |path| {
                !is_payload(path) && path != bag::TAG_MANIFEST_FILE
            });
        }
        let payload = self.manifest(bag::MANIFEST_FILE);
        if let Some(payload) = &payload {
            self.compare(payload, is_payload);
        }
        self.judge_weight();
        self.judge_record(code, &payload.unwrap_or_default());
    }

    /// A manifest, if it can be read.
    fn manifest(&mut self, file: &str) -> Option<Manifest> {
        let Some(bytes) = self.tags.get(file) else {
            self.fault(file, "check.missing", say::archive::check_missing);
            return None;
        };
        match Manifest::read(&String::from_utf8_lossy(bytes)) {
            Ok(manifest) => Some(manifest),
            Err(line) => {
                let say = |lang| say::archive::dossier_manifest(lang, file, line);
                self.fault(file, "check.manifest", say);
                None
            }
        }
    }

    /// Holds the files in `scope` against a manifest.
    fn compare(&mut self, manifest: &Manifest, scope: impl Fn(&str) -> bool) {
        let mut promised = BTreeMap::new();
        for (path, digest) in &manifest.0 {
            if promised.insert(nfc(path), *digest).is_some() {
                self.fault(path, "check.twin", say::archive::check_twin);
            }
        }
        let mut extra: Vec<(String, Digest)> = self
            .there
            .iter()
            .filter(|(path, _)| scope(path) && !promised.contains_key(*path))
            .map(|(path, (digest, _))| (path.clone(), *digest))
            .collect();
        for (path, digest) in &promised {
            match self.there.get(path) {
                Some((found, _)) if found == digest => {}
                Some(_) => self.fault(path, "check.changed", say::archive::check_changed),
                None => match extra.iter().position(|(_, found)| found == digest) {
                    Some(at) => {
                        let (now, _) = extra.swap_remove(at);
                        let say = |lang| say::archive::check_renamed(lang, &now);
                        self.fault(path, "check.renamed", say);
                    }
                    None => {
                        self.fault(path, "check.missing", say::archive::check_missing);
                    }
                },
            }
        }
        extra.sort();
        for (path, _) in extra {
            self.fault(&path, "check.extra", say::archive::check_extra);
        }
    }

    /// RFC 8493, 2.2.2: `Payload-Oxum` says what the payload weighs.
    fn judge_weight(&mut self) {
        let Some(info) = self.tags.get(bag::INFO_FILE) else { return };
        let stated = Oxum::read(&String::from_utf8_lossy(info));
        let mut found = Oxum::default();
        let payload = self.there.iter().filter(|(path, _)| is_payload(path));
        payload.for_each(|(_, (_, bytes))| found.add(*bytes));
        // Where files are missing or named otherwise, that has been said.
        let is_said = !self.verified.faults.is_empty();
        if stated != Some(found) && !is_said {
            self.fault(bag::INFO_FILE, "check.manifest", say::archive::check_oxum);
        }
    }

    /// Holds the record against the manifest.
    fn judge_record(&mut self, code: &Code, payload: &Manifest) {
        let read = match self.tags.get(dossier::FILE) {
            // Its being missing has been said if it was promised.
            None => Err(DossierError::NoRecord),
            Some(bytes) => Dossier::read(bytes),
        };
        let record = match read {
            Ok(record) if record.code == *code => record,
            Ok(record) => {
                let error = DossierError::OtherCode { found: record.code.to_string() };
                self.fault(dossier::FILE, "check.record", |lang| error.tell(lang));
                return;
            }
            Err(error) => {
                self.fault(dossier::FILE, "check.record", |lang| error.tell(lang));
                return;
            }
        };
        for document in &record.documents {
            let own = [(&document.file, document.sha256)];
            let companions =
                document.companions.iter().map(|kept| (&kept.file, kept.sha256));
            for (file, sha256) in own.into_iter().chain(companions) {
                if payload.0.get(file) != Some(&sha256) {
                    self.fault(file, "check.record", say::archive::check_not_recorded);
                }
            }
        }
    }

    fn fault(&mut self, inside: &str, code: &str, say: impl Fn(say::Lang) -> String) {
        let path = if inside.is_empty() {
            self.folder.to_owned()
        } else {
            self.folder.join(inside)
        };
        self.verified.faults.push(Fault::new(path, code, Weight::NeedsPerson, say));
    }
}

/// Whether a path within a bag is that of a payload file.
fn is_payload(path: &str) -> bool {
    path.strip_prefix(bag::PAYLOAD).is_some_and(|rest| rest.starts_with('/'))
}

/// Where a fault lies, relative to the archive.
pub(crate) fn relative(root: &Path, path: PathBuf) -> PathBuf {
    path.strip_prefix(root).map(Path::to_owned).unwrap_or(path)
}
