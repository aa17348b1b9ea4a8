//! Signatures that lie beside the file they sign, or with it within: CMS and CAdES,
//! `.p7s` (RFC 5652; ETSI EN 319 122-1).
//!
//! The facts are those of any signature and [`verdict`](crate::verify::verdict)
//! judges them. What differs is where things lie: nothing can be changed after such
//! a signature without changing what it signs, every signer of the signed data is a
//! signature of its own, and validation data lie among theirs. What was signed must
//! be there: without it nothing is said at all.

use std::cell::Cell;
use std::error::Error;
use std::fmt;
use std::io;

use crate::cms::{Attributes, CmsError, Index, Parts, SignedData, SignerParts, Token};
use crate::pki::der::{self, Tag};
use crate::pki::{Certificate, Crl, Hash, Ocsp, oid, pem};
use crate::say::{self, Lang, Tell};
use crate::verify::dss::Dss;
use crate::verify::examine::{Report, Terms, judge_alone};
use crate::verify::imprint::Imprint;
use crate::verify::notes;
use crate::verify::signature::{Archived, Facts, Format, MOST_TOKENS, Proof, Stamp};
use crate::verify::verdict::Indication;

/// Bytes at the start of a file that tell whether it is signed data.
pub const LOOK: usize = 64;
/// Bytes of the largest signature that is read, with what it has within: a third
/// more than signed data may have, for their letters in base 64.
pub const MOST_BYTES: usize = (32 << 20) / 3 * 4 + 4096;
/// Bytes of signed attributes that are told from a content.
const MOST_ATTRIBUTES: usize = 1 << 20;
/// The labels of signed data in PEM (RFC 7468, 9; older programs).
const LABELS: [&str; 3] = ["CMS", "PKCS7", "PKCS #7 SIGNED DATA"];
/// What the base 64 of a SEQUENCE begins with.
const IN_LETTERS: [&[u8]; 2] = [b"MII", b"MIA"];

/// Why nothing is said of a signature.
#[derive(Debug)]
pub enum BesideError {
    /// It is no signed data.
    Cms(CmsError),
    /// It does not bring what it signs, and the file was not named.
    NoContent,
    /// What it signs cannot be read.
    Io(io::Error),
}

impl Tell for BesideError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Cms(error) => error.tell(lang),
            Self::NoContent => say::verify::beside_no_content(lang),
            Self::Io(error) => say::io_reason(lang, error),
        }
    }
}

impl fmt::Display for BesideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for BesideError {}

/// Whether a file that begins so is signed data: in DER or BER, in PEM, or in bare
/// base 64.
#[must_use]
pub fn is_signed_data(start: &[u8]) -> bool {
    let labelled = LABELS.iter().any(|label| {
        start.trim_ascii_start().starts_with(format!("-----BEGIN {label}").as_bytes())
    });
    let names = |bytes: &[u8]| {
        let kind = oid::SIGNED_DATA;
        // The identifier follows the first tag and length.
        let at =
            bytes.windows(kind.as_bytes().len()).position(|at| at == kind.as_bytes());
        bytes.first() == Some(&0x30) && at.is_some_and(|at| at <= 8)
    };
    labelled || names(start) || in_letters(start).is_some_and(|bytes| names(&bytes))
}

/// The bytes that letters at the start stand for.
fn in_letters(start: &[u8]) -> Option<Vec<u8>> {
    let start = start.trim_ascii_start();
    IN_LETTERS.iter().find(|begin| start.starts_with(begin))?;
    let whole = start.len() - start.len() % 4;
    pem::decode(std::str::from_utf8(start.get(..whole)?).ok()?)
}

/// A signature read out of its file.
#[derive(Clone, Debug)]
pub struct Beside {
    /// What it says.
    pub data: SignedData,
    /// Its parts as they stand.
    pub parts: Parts,
}

/// Signed data read out of a file, however they are written down.
///
/// # Errors
///
/// When there are none.
pub fn read(bytes: &[u8]) -> Result<Beside, CmsError> {
    let letters = unwrapped(bytes);
    let bytes = letters.as_deref().unwrap_or(bytes);
    Ok(Beside { data: SignedData::parse(bytes)?, parts: Parts::parse(bytes)? })
}

/// The bytes that letters stand for, where a file is letters.
fn unwrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.first() == Some(&0x30) {
        return None;
    }
    let mut blocks = pem::blocks(bytes).into_iter();
    let block = blocks.find(|(label, _)| LABELS.contains(&label.as_str()));
    let letters = || pem::decode(std::str::from_utf8(bytes).ok()?);
    block.and_then(|(_, der)| der).or_else(letters)
}

/// Judges a signature over the file of this imprint, or over what it has within
/// where there is no such file. One that has content within *and* a file is held against
/// the file.
///
/// # Errors
///
/// When what was signed is not there or cannot be read: then there is no verdict.
pub fn examine(
    signature: &Beside,
    imprint: Option<&Imprint<'_>>,
    terms: &Terms<'_>,
) -> Result<Report, BesideError> {
    let Beside { data, parts } = signature;
    let (format, bytes) = match (imprint, &data.content) {
        (Some(file), _) => (Format::Beside, file.end()),
        (None, Some(within)) => (Format::Enclosed, within.len()),
        (None, None) => return Err(BesideError::NoContent),
    };
    let cut = Cell::new(false);
    let digest = |hash: Hash| {
        let Some(imprint) = imprint else {
            return hash.of(data.content.as_deref().unwrap_or_default());
        };
        let value = imprint.of(hash);
        cut.set(cut.get() || value.is_empty());
        value
    };
    // A reader of signed data alone would be shown what is within.
    let same = match (imprint, &data.content) {
        (Some(_), Some(within)) => Hash::Sha256.of(within) == digest(Hash::Sha256),
        (Some(_), None) | (None, _) => true,
    };
    let attributes = || match imprint {
        Some(file) => {
            file.bytes(MOST_ATTRIBUTES).is_some_and(|file| are_attributes(&file))
        }
        None => data.content.as_deref().is_some_and(are_attributes),
    };
    // Where it lies is told by the format, and is no fault here.
    let mut shared = data.clone();
    (shared.content, shared.signers) = (None, Vec::new());
    let signers = data.signers.iter().enumerate().map(|(place, signer)| {
        let alone = SignedData { signers: vec![signer.clone()], ..shared.clone() };
        let mut facts = Facts::of_signed_data(alone, &digest, (format, bytes));
        if let Proof::Signed(signed) = &mut facts.proof {
            let bare = signer.signed.is_none();
            signed.content_matches &= same && !(bare && attributes());
        }
        if let Some(own) = parts.signers.get(place) {
            archive(&mut facts, (parts, own), &digest);
        }
        facts
    });
    let facts: Vec<Facts> = signers.collect();
    if cut.get() {
        return Err(BesideError::Io(io::ErrorKind::UnexpectedEof.into()));
    }
    let signatures = judge_alone(facts, terms);
    let mut findings = Vec::new();
    if signatures.is_empty() {
        findings.push(notes::none());
    }
    let worst = signatures.iter().map(|judged| judged.verdict.indication).max();
    Ok(Report {
        signatures,
        indication: worst.unwrap_or(Indication::Indeterminate),
        findings,
        revisions: 1,
        dss: Dss::default(),
    })
}

/// Whether what is said to be signed are the signed attributes of another signature.
/// Taken away from there they look like a content without attributes, which nobody
/// signed as such (RFC 5652, 5.4, hashes both alike).
fn are_attributes(content: &[u8]) -> bool {
    let set = der::whole(content).ok().filter(|whole| whole.tag == Tag::SET);
    let read = set.and_then(|set| Attributes::read(set.reader()).ok());
    read.is_some_and(|read| read.has(oid::MESSAGE_DIGEST))
}

/// Gathers the archive time-stamps of a signer.
fn archive(
    facts: &mut Facts,
    (parts, signer): (&Parts, &SignerParts),
    digest: &dyn Fn(Hash) -> Vec<u8>,
) {
    let Proof::Signed(signed) = &facts.proof else { return };
    let own = signed.data.signers.first().map(|signer| &signer.unsigned);
    let tokens = own.map(|own| own.archive_time_stamps.clone()).unwrap_or_default();
    let (mut found, mut bad) = (Vec::new(), 0);
    for bytes in tokens.into_iter().take(MOST_TOKENS) {
        let Ok(token) = Token::parse(&bytes) else {
            bad += 1;
            continue;
        };
        facts.learn(&token.signed);
        let index = index(&token);
        // An index by another digest, or of what is gone, proves nothing.
        let imprint = |hash: Hash| {
            let index = index.as_ref().filter(|index| index.hash == hash);
            let holds = |index: &&Index| index.holds(parts, signer).unwrap_or(false);
            let imprint = index
                .filter(holds)
                .and_then(|index| index.imprint(parts, signer, &digest(hash)).ok());
            imprint.unwrap_or_default()
        };
        let checked = token.verify(&imprint, &facts.pool);
        let covered =
            index.as_ref().map(|index| covered(index, parts, signer)).unwrap_or_default();
        found.push(Archived { stamp: Stamp { token, facts: checked }, covered });
    }
    if let Proof::Signed(signed) = &mut facts.proof {
        signed.archived = found;
        signed.bad_stamps += bad;
    }
}

/// What an archive time-stamp says that it covers.
fn index(token: &Token) -> Option<Index> {
    let signer = token.signed.signers.first()?;
    Index::read(signer.unsigned.ats_hash_index.as_deref()?).ok()
}

/// The validation data that an index lists: in the signed data, and in the tokens of
/// earlier time-stamps.
fn covered(index: &Index, parts: &Parts, signer: &SignerParts) -> Dss {
    let mut found = Dss { present: true, ..Dss::default() };
    let certificates = parts.certificates().iter();
    let certificates = certificates.filter(|one| index.lists_certificate(one));
    found
        .certificates
        .extend(certificates.filter_map(|one| Certificate::parse(one).ok()));
    for list in parts.lists().iter().filter(|one| index.lists_list(one)) {
        match der::whole(list) {
            Ok(other) if other.tag == Tag::context(1) => {
                let mut other = other.reader();
                let answer = other.oid().and_then(|_| other.any());
                found
                    .evidence
                    .ocsps
                    .extend(answer.ok().and_then(|answer| Ocsp::parse(answer.raw).ok()));
            }
            Ok(_) | Err(_) => found.evidence.crls.extend(Crl::parse(list).ok()),
        }
    }
    for (kind, value) in signer.values().unwrap_or_default() {
        if !index.lists_value((&kind, &value)) {
            continue;
        }
        if let Ok(token) = Token::parse(&value) {
            found.certificates.extend(token.signed.certificates);
            found.evidence.crls.extend(token.signed.evidence.crls);
            found.evidence.ocsps.extend(token.signed.evidence.ocsps);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_data_are_told_by_their_first_bytes() {
        let der = b"\x30\x82\x05\x10\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0";
        let endless = b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80";
        assert!(is_signed_data(der) && is_signed_data(endless));
        assert!(is_signed_data(b"MIIFEAYJKoZIhvcNAQcCoA=="));
        assert!(is_signed_data(b"\n-----BEGIN PKCS7-----\nMII"));
        let certificate = b"\x30\x82\x05\x10\x30\x82\x04\x10\xa0\x03\x02\x01\x02";
        assert!(!is_signed_data(certificate) && !is_signed_data(b"%PDF-1.7"));
        assert!(!is_signed_data(b"-----BEGIN CERTIFICATE-----\nMII"));
        assert!(
            !is_signed_data(b"") && !is_signed_data(b"MIIgibberish here, no base 64")
        );
    }
}
