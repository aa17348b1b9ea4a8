//! What a third party needs to repeat a verdict, as files in a folder.
//!
//! `trust/` is what was trusted and what addresses added; `sohoa verify --trust`
//! reads it as it stands. Beside it lies what came with each file, under the
//! file's own digest.

use std::fs;
use std::io;
use std::path::Path;

use crate::cli::failure::Failure;
use crate::digest::Digest;
use crate::pki::Store;
use crate::say::{self, Lang};
use crate::verify::examine::Report;
use crate::verify::fetch::{Fetched, Got};

/// Writes what was trusted, so that a third party can trust the same.
pub(super) fn export_trust(dir: &Path, trust: &Store, lang: Lang) -> Result<(), Failure> {
    let write = || -> io::Result<()> {
        // What a trusted list vouches for it vouches for in its own words, and until
        // a moment of its own.
        for list in trust.lists() {
            keep(&dir.join("trust"), &Digest::of(list), "xml", list)?;
        }
        for anchor in trust.anchors().iter().filter(|one| one.services.is_empty()) {
            let certificate = &anchor.certificate;
            let folder = dir.join("trust").join(&anchor.store).join("anchors");
            keep(&folder, &certificate.sha256(), "cer", certificate.der())?;
        }
        for certificate in trust.intermediates() {
            keep(
                &dir.join("trust/intermediates"),
                &certificate.sha256(),
                "cer",
                certificate.der(),
            )?;
        }
        let evidence = trust.evidence();
        for crl in &evidence.crls {
            keep(&dir.join("trust/crls"), &crl.sha256(), "crl", crl.der())?;
        }
        for ocsp in &evidence.ocsps {
            keep(&dir.join("trust/ocsp"), &ocsp.sha256(), "ocsp", ocsp.der())?;
        }
        Ok(())
    };
    write().map_err(|error| {
        Failure::io(say::verify::cannot_write_evidence(lang, dir.display()), &error, lang)
    })
}

/// Writes what came with a file: its certificates and revocation data.
pub(super) fn export(dir: &Path, file: &Digest, report: &Report) -> io::Result<()> {
    let dir = dir.join(file.to_string());
    for judged in &report.signatures {
        for certificate in &judged.facts.pool {
            keep(
                &dir.join("certificates"),
                &certificate.sha256(),
                "cer",
                certificate.der(),
            )?;
        }
    }
    let own = report.signatures.iter().map(|judged| &judged.facts.own_evidence);
    for evidence in own.chain([&report.dss.evidence]) {
        for crl in &evidence.crls {
            keep(&dir.join("crls"), &crl.sha256(), "crl", crl.der())?;
        }
        for ocsp in &evidence.ocsps {
            keep(&dir.join("ocsps"), &ocsp.sha256(), "ocsp", ocsp.der())?;
        }
    }
    Ok(())
}

/// Writes what addresses gave, beside what was trusted.
pub(super) fn export_fetched(dir: &Path, fetched: &[Fetched]) -> io::Result<()> {
    for got in fetched.iter().filter_map(|fetched| fetched.got.as_ref()) {
        let (folder, ending) = match got {
            Got::Issuer(_) => ("trust/intermediates", "cer"),
            Got::List(_) => ("trust/crls", "crl"),
            Got::Answer(_) => ("trust/ocsp", "ocsp"),
        };
        keep(&dir.join(folder), &got.sha256(), ending, got.der())?;
    }
    Ok(())
}

/// Writes bytes under their digest, unless they are there.
pub(super) fn keep(
    dir: &Path,
    sha256: &Digest,
    ending: &str,
    bytes: &[u8],
) -> io::Result<()> {
    let path = dir.join(format!("{sha256}.{ending}"));
    if path.exists() {
        return Ok(());
    }
    fs::create_dir_all(dir)?;
    match fs::File::create_new(&path) {
        Ok(mut file) => io::Write::write_all(&mut file, bytes),
        // Another thread writes the same bytes.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}
