//! The ledger: what happened to the archive, in an order nobody can change.
//!
//! Every event is one entry of an append-only Merkle log in the formats of the
//! C2SP (tlog-tiles, tlog-checkpoint, signed-note, tlog-proof), under `ledger/`.
//! Whoever has an earlier checkpoint, or a proof for one dossier, can show that
//! something was changed, left out or put in later. An entry names a dossier by
//! its code and what its manifest of tag files hashed to, which stands for
//! every byte of it; it names no person and no content.
//!
//! **Linear.** Entries are added in turns. An event is first written down in the
//! folder that marks its dossier, then the dossier takes its place, then the
//! entry is added; whoever finds the mark of a writer that was killed adds what
//! is missing and nothing twice.
//!
//! **Time.** An entry's time is never before that of the one before: two runs at
//! once began at different times. A clock that went back by more than
//! [`BACK`] is refused, because it would make the order of events doubtful.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::archive::code::Code;
use crate::archive::error::ArchiveError;
use crate::archive::ledger::attested::Flaw;
use crate::archive::ledger::note::{Believed, Signer};
use crate::archive::ledger::tiles::Tiles;
use crate::archive::store::{self, Existing};
use crate::archive::{Archive, recover};
use crate::digest::Digest;
use crate::text::base64;
use crate::time::Timestamp;

pub mod attested;
pub mod note;
pub mod proof;
mod tiles;
mod tree;

/// The folder of the ledger, in the archive's root.
pub(crate) const FOLDER: &str = "ledger";
/// The signed size and root of the log.
const CHECKPOINT: &str = "checkpoint";
/// The key that signs checkpoints; its owner alone may read it.
const SECRET: &str = "signing-key";
/// What others check the signatures with.
const KEY: &str = "key";
/// What is about to happen to a dossier, in the folder that marks it.
const ANNOUNCED: &str = "event.json";
/// Largest of the small files that is read.
const LIMIT: u64 = 1 << 16;
/// Seconds by which the clock may go back: a day, for runs that take long.
const BACK: i64 = 86_400;
/// Entries of a bundle.
const BUNDLE: u64 = 256;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// A dossier was made, or papers were added to it.
    Filed,
    /// Something else is said about a dossier.
    Altered,
    /// A document of a dossier was signed.
    Signed,
    /// A dossier was there when the ledger began.
    Found,
    /// The archive was checked.
    Checked,
    /// A file left the quarantine.
    Released,
    /// A file in quarantine was discarded.
    Discarded,
    /// An input that could not be taken was put into quarantine.
    Quarantined,
    /// A copy of a dossier left the archive.
    Exported,
    /// The settings were found to be others than before.
    Settings,
    /// A register was imported.
    Imported,
    /// A report was frozen.
    Reported,
    /// Others vouched for a checkpoint of the ledger.
    Attested,
    /// The signatures of all documents were judged.
    Verified,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: Happened,
    /// To which dossier.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub dossier: Option<Code>,
    /// What its manifest of tag files hashes to, or what a file in quarantine or an
    /// attested checkpoint does; of verdicts, the SHA-256 of the lines that
    /// `sha256sum` would write with the verdict in place of the name, in their order.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<Digest>,
    /// What the record of a file in quarantine hashes to, `reason.json` or what
    /// is kept of it in the end; of verdicts, what was trusted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<Digest>,
    /// What was found wrong by a check; of verdicts, the files whose signatures do not
    /// hold or that cannot be read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub faults: Option<u64>,
}

impl Event {
    /// Something that happened to a dossier.
    pub(crate) fn of(
        at: Timestamp,
        event: Happened,
        dossier: &Code,
        seal: Digest,
    ) -> Self {
        let (dossier, sha256) = (Some(dossier.clone()), Some(seal));
        Self { at, event, dossier, sha256, record: None, faults: None }
    }

    /// Something that happened to a file that is in no dossier.
    pub(crate) fn file(
        at: Timestamp,
        event: Happened,
        sha256: Digest,
        record: Option<Digest>,
    ) -> Self {
        Self { at, event, dossier: None, sha256: Some(sha256), record, faults: None }
    }

    /// A check that found so many faults.
    pub(crate) fn checked(at: Timestamp, faults: u64) -> Self {
        let event = Happened::Checked;
        let faults = Some(faults);
        Self { at, event, dossier: None, sha256: None, record: None, faults }
    }

    /// Signatures that were judged: what was found, and by which trust.
    pub(crate) fn verified(
        at: Timestamp,
        (found, trust): (Digest, Digest),
        faults: u64,
    ) -> Self {
        let event = Happened::Verified;
        let (sha256, record, faults) = (Some(found), Some(trust), Some(faults));
        Self { at, event, dossier: None, sha256, record, faults }
    }

    /// Whether it says what its dossier is from now on.
    pub(crate) fn is_of_content(&self) -> bool {
        match self.event {
            Happened::Filed | Happened::Altered | Happened::Signed | Happened::Found => {
                true
            }
            Happened::Exported
            | Happened::Checked
            | Happened::Released
            | Happened::Discarded
            | Happened::Quarantined
            | Happened::Settings
            | Happened::Imported
            | Happened::Reported
            | Happened::Attested
            | Happened::Verified => false,
        }
    }

    /// The bytes of the entry.
    pub(crate) fn write(&self) -> Vec<u8> {
        // Nothing in an event can fail to be written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads the bytes of an entry.
    pub(crate) fn read(entry: &[u8]) -> Option<Self> {
        serde_json::from_slice(entry).ok()
    }
}

impl Archive {
    /// How many events there are, and the newest `limit` of them with their
    /// numbers, the newest first.
    ///
    /// # Errors
    ///
    /// When the ledger is damaged or not there.
    pub fn log(&self, limit: usize) -> Result<(u64, Vec<(u64, Event)>), ArchiveError> {
        let log = || {
            let ledger = Ledger::of(&self.root);
            let head = ledger.head()?;
            let mut events = Vec::new();
            let first = head.size.saturating_sub(limit as u64);
            ledger.each(&head, first, &mut |index, entry| {
                events.extend(Event::read(&entry).map(|event| (index, event)));
            })?;
            events.reverse();
            Ok((head.size, events))
        };
        self.told(log())
    }
}

/// The size and root that a checkpoint vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) size: u64,
    pub(crate) root: Digest,
}

/// The ledger of an archive.
pub(crate) struct Ledger {
    folder: PathBuf,
}

impl Ledger {
    /// The ledger of the archive in `root`, whether it is there or not.
    pub(crate) fn of(root: &Path) -> Self {
        Self { folder: root.join(FOLDER) }
    }

    /// Whether there is one.
    pub(crate) fn is_there(&self) -> bool {
        self.folder.join(CHECKPOINT).exists()
    }

    /// Begins a ledger with a new key. The caller has the turn.
    pub(crate) fn begin(&self, agency: &str) -> Result<(), ArchiveError> {
        let root = store::folder_of(&self.folder);
        store::make_dirs(root, &[FOLDER.to_owned()])?;
        let secret = self.folder.join(SECRET);
        if store::read(&secret, LIMIT)?.is_none() {
            let key: [u8; 32] = store::random(&secret)?;
            store::write_secret(&secret, base64::encode(&key).as_bytes())?;
        }
        let signer = self.signer(agency)?;
        let key = signer.believed().write() + "\n";
        store::write_whole(&self.folder.join(KEY), key.as_bytes(), Existing::Replace)?;
        self.vouch(&signer, &Head { size: 0, root: tree::root(&[]) })
    }

    /// Adds an event, durably, not before the last one. The caller has the
    /// turn.
    pub(crate) fn add(&self, event: &Event, agency: &str) -> Result<(), ArchiveError> {
        let head = self.head()?;
        let last = self.last(&head)?;
        let mut event = event.clone();
        if let Some(last) = last {
            self.refuse_clock(event.at, last.at)?;
            event.at = event.at.max(last.at);
        }
        let signer = self.signer(agency)?;
        let tiles = self.tiles();
        tiles.add(&event.write(), head.size)?;
        let size = head.size + 1;
        self.vouch(&signer, &Head { size, root: tiles.root(size)? })?;
        tiles.tidy(size);
        Ok(())
    }

    /// Refuses a clock that went back by too much, before anything is done.
    pub(crate) fn admit(&self, now: Timestamp) -> Result<(), ArchiveError> {
        match self.last(&self.head()?)? {
            Some(last) => self.refuse_clock(now, last.at),
            None => Ok(()),
        }
    }

    fn refuse_clock(&self, now: Timestamp, last: Timestamp) -> Result<(), ArchiveError> {
        if now.unix() < last.unix() - BACK {
            return Err(ArchiveError::ClockWentBack { now, last });
        }
        Ok(())
    }

    /// The last event.
    pub(crate) fn last(&self, head: &Head) -> Result<Option<Event>, ArchiveError> {
        let Some(index) = head.size.checked_sub(1) else { return Ok(None) };
        let entry = self.entry(index, head)?;
        Event::read(&entry).map(Some).ok_or_else(|| self.broken(Broken::Entry(index)))
    }

    /// What is signed, its signature checked with the ledger's own key.
    pub(crate) fn head(&self) -> Result<Head, ArchiveError> {
        let believed = self.believed()?;
        self.checked_head(&believed)
    }

    /// What is signed, its signature checked with this key.
    fn checked_head(&self, believed: &Believed) -> Result<Head, ArchiveError> {
        let note = self.checkpoint()?;
        let text =
            believed.verify(&note).ok_or_else(|| self.broken(Broken::Signature))?;
        read_head(text, &believed.name).ok_or_else(|| self.broken(Broken::Signature))
    }

    /// The signed checkpoint.
    pub(crate) fn checkpoint(&self) -> Result<String, ArchiveError> {
        self.small(CHECKPOINT)
    }

    /// The key its checkpoints are checked with.
    pub(crate) fn believed(&self) -> Result<Believed, ArchiveError> {
        Believed::read(&self.small(KEY)?).ok_or_else(|| self.broken(Broken::Key))
    }

    /// An entry.
    fn entry(&self, index: u64, head: &Head) -> Result<Vec<u8>, ArchiveError> {
        let bundle = self.tiles().entries(index / BUNDLE, head.size)?;
        let within = usize::try_from(index % BUNDLE).unwrap_or(usize::MAX);
        bundle.into_iter().nth(within).ok_or_else(|| self.broken(Broken::Entry(index)))
    }

    /// Every entry with its number, from `first` on.
    pub(crate) fn each(
        &self,
        head: &Head,
        first: u64,
        each: &mut dyn FnMut(u64, Vec<u8>),
    ) -> Result<(), ArchiveError> {
        let mut index = first;
        while index < head.size {
            let entries = self.tiles().entries(index / BUNDLE, head.size)?;
            let skip = usize::try_from(index % BUNDLE).unwrap_or(usize::MAX);
            if entries.len() <= skip {
                return Err(self.broken(Broken::Entry(index)));
            }
            for entry in entries.into_iter().skip(skip) {
                each(index, entry);
                index += 1;
            }
        }
        Ok(())
    }

    /// The root the log had when it had so many entries, no more than now.
    pub(crate) fn root_at(&self, size: u64, now: &Head) -> Result<Digest, ArchiveError> {
        if size == 0 {
            return Ok(tree::root(&[]));
        }
        let tiles = self.tiles();
        let mut complete = |level, at| tiles.complete(level, at, now.size);
        Ok(tree::range(0, size, &mut complete)?)
    }

    /// The log's files.
    fn tiles(&self) -> Tiles<'_> {
        Tiles { folder: &self.folder }
    }

    /// Signs the size and root of the log.
    fn vouch(&self, signer: &Signer, head: &Head) -> Result<(), ArchiveError> {
        let origin = signer.believed().name;
        let root = base64::encode(head.root.bytes());
        let note = signer.sign(&format!("{origin}\n{}\n{root}\n", head.size));
        let path = self.folder.join(CHECKPOINT);
        Ok(store::write_whole(&path, note.as_bytes(), Existing::Replace)?)
    }

    fn signer(&self, agency: &str) -> Result<Signer, ArchiveError> {
        let secret = base64::decode(self.small(SECRET)?.trim());
        let secret = secret.and_then(|secret| <[u8; 32]>::try_from(secret).ok());
        let secret = secret.ok_or_else(|| self.broken(Broken::Key))?;
        // The name stays that of the key that is there, if one is.
        let name = match self.believed() {
            Ok(believed) => believed.name,
            Err(_) => format!("sohoa/{agency}"),
        };
        Ok(Signer::new(&name, secret))
    }

    /// Whether the key that signs is that of the key others check with.
    pub(crate) fn check_key(&self) -> Result<(), ArchiveError> {
        let believed = self.believed()?;
        // Whoever may not read the secret cannot say.
        let Ok(secret) = self.small(SECRET) else { return Ok(()) };
        let known = base64::decode(secret.trim())
            .and_then(|secret| <[u8; 32]>::try_from(secret).ok())
            .map(|secret| Signer::new(&believed.name, secret).believed().write());
        let is_as_written = base64::decode(secret.trim())
            .is_some_and(|key| base64::encode(&key) == secret);
        let key = self.small(KEY)?;
        if is_as_written && known.is_some_and(|known| known + "\n" == key) {
            Ok(())
        } else {
            Err(self.broken(Broken::Key))
        }
    }

    /// One of the small files.
    fn small(&self, name: &'static str) -> Result<String, ArchiveError> {
        let bytes = store::read(&self.folder.join(name), LIMIT)?;
        let bytes = bytes.ok_or_else(|| self.broken(Broken::Missing(name)))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn broken(&self, broken: Broken) -> ArchiveError {
        ArchiveError::Ledger(self.folder.clone(), broken)
    }
}

/// What is wrong with a ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A file of it is not there.
    Missing(&'static str),
    /// A key cannot be read.
    Key,
    /// The checkpoint is not signed with its key.
    Signature,
    /// The hashes do not lead to the root that is signed.
    Root,
    /// The entry with this number is missing or cannot be read.
    Entry(u64),
    /// Those who vouch for a checkpoint do not vouch for this one.
    Attested(Flaw),
}

/// Reads the text of a checkpoint: origin, size, root.
fn read_head(text: &str, origin: &str) -> Option<Head> {
    let mut lines = text.lines();
    let (first, size, root) = (lines.next()?, lines.next()?, lines.next()?);
    let root = <[u8; 32]>::try_from(base64::decode(root)?).ok()?;
    let size: u64 =
        size.parse().ok().filter(|number: &u64| number.to_string() == size)?;
    (first == origin).then_some(Head { size, root: Digest::from_bytes(root) })
}

/// What is wrong with the log itself, nothing if it is what was signed; every
/// event goes to `each`.
pub(crate) fn audit(
    ledger: &Ledger,
    each: &mut dyn FnMut(u64, Option<Event>),
) -> Result<(), ArchiveError> {
    let head = ledger.head()?;
    let mut leaves: Vec<Digest> = Vec::new();
    // Complete subtrees of 256 leaves, so that a million entries need little.
    let mut bundles: Vec<Digest> = Vec::new();
    ledger.each(&head, 0, &mut |index, entry| {
        leaves.push(tree::leaf(&entry));
        if leaves.len() as u64 == BUNDLE {
            bundles.push(tree::root(&leaves));
            leaves.clear();
        }
        each(index, Event::read(&entry));
    })?;
    let root = match (bundles.is_empty(), leaves.is_empty()) {
        (_, true) => tree::root(&bundles),
        (true, false) => tree::root(&leaves),
        (false, false) => over(&bundles, &leaves),
    };
    if root != head.root || ledger.tiles().root(head.size)? != head.root {
        return Err(ledger.broken(Broken::Root));
    }
    Ok(())
}

/// The root over complete subtrees and the leaves after them.
fn over(bundles: &[Digest], leaves: &[Digest]) -> Digest {
    // RFC 6962, 2.1: the left part is the largest power of two of leaves.
    let half = (bundles.len() + 1).next_power_of_two() / 2;
    let (left, right) = bundles.split_at(half);
    let right = if right.is_empty() { tree::root(leaves) } else { over(right, leaves) };
    tree::node(&tree::root(left), &right)
}

/// Makes sure that there is a ledger, and that what was there before it is in
/// it. The caller has the turn.
pub(crate) fn ensure(archive: &Archive, now: Timestamp) -> Result<Ledger, ArchiveError> {
    let ledger = Ledger::of(&archive.root);
    if ledger.is_there() {
        return Ok(ledger);
    }
    // None is begun where a share was and only its mount point is left.
    if !archive.is_there() {
        return Err(ArchiveError::Vanished(archive.root.clone()));
    }
    let agency = archive.settings.agency_id.as_str();
    ledger.begin(agency)?;
    recover::each_dossier(&archive.root, &mut |folder, code| match seal(folder) {
        Some(seal) => ledger.add(&Event::of(now, Happened::Found, code, seal), agency),
        // The check says what is wrong with it.
        None => Ok(()),
    })?;
    Ok(ledger)
}

/// Writes down what is about to happen to a dossier, in the folder that marks
/// it. Refuses a clock that went back. The caller has the turn.
pub(crate) fn announce(
    archive: &Archive,
    mark: &Path,
    event: &Event,
) -> Result<(), ArchiveError> {
    ensure(archive, event.at)?.admit(event.at)?;
    store::write_small(mark, [(ANNOUNCED, event.write().as_slice())])?;
    Ok(store::sync_dir(mark)?)
}

/// Adds what was announced, if it has happened and is not there yet. The
/// caller has the turn, so that nothing else can have been added since.
pub(crate) fn fulfil(
    archive: &Archive,
    mark: &Path,
    code: &Code,
) -> Result<(), ArchiveError> {
    let announced = store::read(&mark.join(ANNOUNCED), LIMIT)?;
    let Some(event) = announced.and_then(|entry| Event::read(&entry)) else {
        return Ok(());
    };
    if seal(&archive.folder(code)) != event.sha256 {
        return Ok(());
    }
    let ledger = Ledger::of(&archive.root);
    let last = ledger.last(&ledger.head()?)?;
    let is_there = |last: Event| Event { at: event.at, ..last } == event;
    if last.is_some_and(is_there) {
        return Ok(());
    }
    ledger.add(&event, archive.settings.agency_id.as_str())
}

/// What the manifest of tag files of the dossier in `folder` hashes to.
pub(crate) fn seal(folder: &Path) -> Option<Digest> {
    let path = folder.join(crate::archive::bag::TAG_MANIFEST_FILE);
    store::read(&path, crate::archive::dossier::LIMIT)
        .ok()?
        .map(|bytes| Digest::of(&bytes))
}
