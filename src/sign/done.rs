//! Whether an earlier run has already done a file.
//!
//! The files tell it themselves, so that no record can be lost or contradict them:
//! an output that appears whole or not at all begins with every byte of its input,
//! and a signature names its signer.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::cms::SignedData;
use crate::cms::integrity::{Content, verify};
use crate::cos::{Document, Source};
use crate::pki::{Certificate, Hash};
use crate::sign::SignError;
use crate::sign::detached::digest;
use crate::verify::claim::{Claim, claims};
use crate::verify::imprint::{self, Imprint};

/// Bytes compared at a time.
const CHUNK: usize = 1 << 17;

/// What an earlier run left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody signed the input, and no output is there.
    Unsigned,
    /// The input bears signatures, none by this signer.
    SignedByOthers,
    /// The input bears a signature by this signer.
    SignedBefore,
    /// The output is there, made from this input and signed by this signer.
    OutputThere,
}

/// Looks at an input and its output. The two may be one file.
///
/// # Errors
///
/// When the input cannot be read.
pub fn look(
    input: &Path,
    output: &Path,
    signer: &Certificate,
    password: Option<&str>,
) -> Result<State, SignError> {
    let before = signed(input, signer, password)?;
    if before == State::SignedBefore || input == output || !output.is_file() {
        return Ok(before);
    }
    let there = begins_with(output, input)?
        && signed(output, signer, password)
            .is_ok_and(|state| state == State::SignedBefore);
    Ok(if there { State::OutputThere } else { before })
}

/// Looks at a file and the signature beside it, `.p7s`.
///
/// # Errors
///
/// When the input cannot be read.
pub fn beside(
    input: &Path,
    signature: &Path,
    signer: &Certificate,
) -> Result<State, SignError> {
    let Ok(bytes) = std::fs::read(signature) else { return Ok(State::Unsigned) };
    let Ok(data) = SignedData::parse(&bytes) else { return Ok(State::Unsigned) };
    let Some(info) = data.signers.first().filter(|info| info.id.names(signer)) else {
        return Ok(State::Unsigned);
    };
    let source = Source::open(input)?;
    let found = digest(&Imprint::whole(&source), info.hash.unwrap_or(Hash::Sha256))?;
    let content = |_: Hash| found.clone();
    let facts = verify(&data, info, Content::Detached(&content), signer);
    Ok(if facts.is_intact() { State::OutputThere } else { State::Unsigned })
}

fn signed(
    path: &Path,
    signer: &Certificate,
    password: Option<&str>,
) -> Result<State, SignError> {
    let document = Document::open(Source::open(path)?, password)?.document;
    let claims = claims(&document);
    Ok(if claims.iter().any(|claim| is_by(&document, claim, signer)) {
        State::SignedBefore
    } else if claims.is_empty() {
        State::Unsigned
    } else {
        State::SignedByOthers
    })
}

/// Whether a signature names this certificate as its signer's.
fn is_by(document: &Document, claim: &Claim, own: &Certificate) -> bool {
    let signed = data(document, claim);
    let mut signers = signed.iter().flat_map(|signed| &signed.signers);
    signers.any(|info| info.id.names(own))
}

/// The certificate of whoever made a signature, if it came with it.
#[must_use]
pub fn signer(document: &Document, claim: &Claim) -> Option<Certificate> {
    let signed = data(document, claim)?;
    let info = signed.signers.first()?;
    info.certificate(signed.certificates.iter()).cloned()
}

fn data(document: &Document, claim: &Claim) -> Option<SignedData> {
    let range = claim.range.ok()?;
    let raw = document.source().slice(range.hole.start, range.hole.end).ok()?;
    SignedData::parse(&imprint::decoded(&raw)).ok()
}

/// Whether a file begins with all bytes of another.
fn begins_with(longer: &Path, shorter: &Path) -> io::Result<bool> {
    let (mut longer, mut shorter) = (File::open(longer)?, File::open(shorter)?);
    let (mut one, mut other) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let read = shorter.read(&mut other)?;
        if read == 0 {
            return Ok(true);
        }
        let part = one.get_mut(..read).unwrap_or_default();
        match longer.read_exact(part) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        if Some(&*part) != other.get(..read) {
            return Ok(false);
        }
    }
}
