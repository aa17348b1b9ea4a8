//! A proof that an event is in the ledger (C2SP tlog-proof), to be carried away.
//!
//! It holds the entry itself as its extra data, the way from the entry to the
//! root, and the signed checkpoint. Whoever has it needs the public key of the
//! ledger and nothing else: no archive, no network. Where others vouch for a
//! checkpoint over the entry, that one is carried, and trust in them will do.

use std::error::Error;
use std::fmt;

use crate::archive::Archive;
use crate::archive::code::Code;
use crate::archive::error::ArchiveError;
use crate::archive::ledger::attested::{self, Attested, Flaw};
use crate::archive::ledger::note::{Believed, split};
use crate::archive::ledger::{BUNDLE, Event, Ledger, read_head, tree};
use crate::archive::store;
use crate::digest::Digest;
use crate::say::{self, Lang, Tell};
use crate::text::base64;

/// The first line.
const MAGIC: &str = "c2sp.org/tlog-proof@v1";
/// Most hashes on the way to a root: no tree is higher.
const MOST: usize = 64;

/// What a proof shows.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The event.
    pub event: Event,
    /// Its number in the ledger.
    pub index: u64,
    /// The entries the ledger had when it was signed.
    pub size: u64,
    /// Whose ledger it is, as it says itself.
    pub origin: String,
    /// Whether the signature is that of the key that is believed; `false`
    /// where no key was given to hold it against.
    pub is_signed: bool,
    /// Who else vouches for it.
    pub attested: Attested,
}

/// Why a proof shows nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProofError {
    /// Not a proof, or one cut short.
    Shape,
    /// The entry does not lead to the root that is signed.
    Root,
    /// The signature is not that of the key.
    Signature,
    /// Those who vouch besides do not vouch for this.
    Attested(Flaw),
}

impl Tell for ProofError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Shape => say::archive::proof_shape(lang),
            Self::Root => say::archive::proof_root(lang),
            Self::Signature => say::archive::proof_signature(lang),
            Self::Attested(flaw) => flaw.tell(lang),
        }
    }
}

impl Error for ProofError {}

impl fmt::Display for ProofError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Archive {
    /// A proof of the last thing that happened to a dossier; `None` where the
    /// ledger does not know it.
    ///
    /// # Errors
    ///
    /// When the ledger is damaged or not there.
    pub fn prove(&self, code: &Code) -> Result<Option<String>, ArchiveError> {
        let prove = || {
            let ledger = Ledger::of(&self.root);
            let head = ledger.head()?;
            let is_it = |entry: &[u8]| {
                let event = Event::read(entry).filter(Event::is_of_content);
                let dossier = event.and_then(|event| event.dossier);
                dossier.is_some_and(|dossier| dossier.canonical() == code.canonical())
            };
            let mut found = None;
            // From the newest bundle back: what was filed lately is asked for.
            for bundle in (0..head.size.div_ceil(BUNDLE)).rev() {
                let entries = ledger.tiles().entries(bundle, head.size)?;
                let numbered = (bundle * BUNDLE..).zip(entries);
                found = numbered.filter(|(_, entry)| is_it(entry)).last();
                if found.is_some() {
                    break;
                }
            }
            let Some((index, entry)) = found else { return Ok(None) };
            let tiles = ledger.tiles();
            let (size, note) = match attested_over(&ledger, index)? {
                Some(found) => found,
                None => (head.size, ledger.checkpoint()?),
            };
            let mut complete = |level, at| tiles.complete(level, at, head.size);
            let way = tree::inclusion(index, size, &mut complete)?;
            let way: String =
                way.iter().map(|hash| base64::encode(hash.bytes()) + "\n").collect();
            let extra = base64::encode(&entry);
            Ok(Some(format!("{MAGIC}\nextra {extra}\nindex {index}\n{way}\n{note}")))
        };
        self.told(prove())
    }

    /// The public key of the ledger, as others need it.
    ///
    /// # Errors
    ///
    /// When there is none that can be read.
    pub fn ledger_key(&self) -> Result<Believed, ArchiveError> {
        Ledger::of(&self.root).believed()
    }
}

/// The earliest checkpoint over an entry that the office signed and that is
/// time-stamped, else the earliest with a time-stamp, else with a signature: how many
/// entries it has, and its text. A damaged one proves nothing; the check tells of it.
fn attested_over(
    ledger: &Ledger,
    index: u64,
) -> Result<Option<(u64, String)>, ArchiveError> {
    let mut best: Option<(u8, u64, String)> = None;
    for path in ledger.attested_over(index)? {
        let bytes = store::read(&path, attested::MOST_BYTES)?.unwrap_or_default();
        let Ok(whole) = String::from_utf8(bytes) else { continue };
        let Ok((head, found)) = ledger.attested(&whole) else { continue };
        let worth =
            2 * u8::from(found.stamp.is_some()) + u8::from(found.agency.is_some());
        let is_better = best.as_ref().is_none_or(|(most, ..)| worth > *most);
        if head.size > index && is_better {
            best = Some((worth, head.size, whole));
        }
        if worth == 3 {
            break;
        }
    }
    Ok(best.map(|(_, size, whole)| (size, whole)))
}

/// What a proof shows, held against the key that is believed, if one is.
///
/// # Errors
///
/// When it is no proof, does not add up, or is signed by somebody else.
pub fn check(text: &str, believed: Option<&Believed>) -> Result<Proved, ProofError> {
    let (body, note) = text.split_once("\n\n").ok_or(ProofError::Shape)?;
    let mut lines = body.lines();
    if lines.next() != Some(MAGIC) {
        return Err(ProofError::Shape);
    }
    let labelled =
        |line: Option<&str>, label: &str| Some(line?.strip_prefix(label)?.to_owned());
    let entry = labelled(lines.next(), "extra ").and_then(|text| base64::decode(&text));
    let entry = entry.ok_or(ProofError::Shape)?;
    let index = labelled(lines.next(), "index ").and_then(|text| text.parse().ok());
    let index: u64 = index.ok_or(ProofError::Shape)?;
    let hash = |line: &str| {
        let bytes = <[u8; 32]>::try_from(base64::decode(line)?).ok()?;
        Some(Digest::from_bytes(bytes))
    };
    let way: Option<Vec<Digest>> = lines.take(MOST).map(hash).collect();
    let way = way.ok_or(ProofError::Shape)?;
    let text = match believed {
        Some(believed) => believed.verify(note).ok_or(ProofError::Signature)?,
        None => split(note).ok_or(ProofError::Shape)?.0,
    };
    let origin = text.lines().next().unwrap_or_default();
    let name = believed.map_or(origin, |believed| believed.name.as_str());
    let head = read_head(text, name).ok_or(ProofError::Shape)?;
    let root = tree::root_of_proof(&tree::leaf(&entry), index, head.size, &way);
    if root != Some(head.root) {
        return Err(ProofError::Root);
    }
    let attested = Attested::read(note).map_err(ProofError::Attested)?;
    let event = Event::read(&entry).ok_or(ProofError::Shape)?;
    if attested.is_before(event.at) {
        return Err(ProofError::Attested(Flaw::Dates));
    }
    Ok(Proved {
        attested,
        event,
        index,
        size: head.size,
        origin: origin.to_owned(),
        is_signed: believed.is_some(),
    })
}
