//! A signed version of a document takes the place of the one before it.
//!
//! The signature is added at the end of the file, so that the document as it was
//! filed is still in it, byte for byte, and its source is still what it was made
//! from. The signing itself is not the archive's: it happens on a copy, outside any
//! turn, since an authority may take its time to answer.

use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use crate::archive::Archive;
use crate::archive::build::{Build, Existing};
use crate::archive::code::Code;
use crate::archive::draft::NEW;
use crate::archive::error::ArchiveError;
use crate::archive::filing::take_place;
use crate::archive::ledger::Happened;
use crate::archive::store::{Doing, StoreError};
use crate::digest::Digest;
use crate::time::Timestamp;

/// The signed version while it is made.
const SIGNED: &str = "signed.pdf";

/// What is added to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adding<'a> {
    /// A signature by this signer.
    Signature(&'a str),
    /// What makes its signatures last, to this level.
    Lasting(&'a str),
}

/// Which document is added to, what and when.
#[derive(Clone, Copy, Debug)]
pub struct Signing<'a> {
    /// Its dossier.
    pub dossier: &'a Code,
    /// Its ordinal there.
    pub ordinal: u32,
    /// What is added, for the history of the dossier.
    pub adding: Adding<'a>,
    /// When.
    pub now: Timestamp,
}

impl Archive {
    /// Has `make` write a signed version of a document, from its first path to its
    /// second, and puts that in the document's place, durably.
    ///
    /// # Errors
    ///
    /// When there is no such document, it is not what was filed or was changed
    /// meanwhile, or the disk refuses; within, when `make` fails. Then nothing was
    /// changed.
    pub fn sign<E>(
        &self,
        signing: &Signing<'_>,
        make: &mut dyn FnMut(&Path, &Path) -> Result<(), E>,
    ) -> Result<Result<(), E>, ArchiveError> {
        let mut sign = || {
            let code = signing.dossier;
            let missing = || ArchiveError::NoSuchDocument(code.clone(), signing.ordinal);
            let dossier = self.dossier(code)?.ok_or_else(missing)?;
            let mut documents = dossier.documents.iter();
            let document = documents.find(|it| it.ordinal == signing.ordinal);
            let document = document.ok_or_else(missing)?;
            let input = self.folder(&dossier.code).join(&document.file);
            let mut draft = self.draft()?;
            let output = draft.dir.join(NEW).join(SIGNED);
            if let Err(error) = make(&input, &output) {
                return Ok(Err(error));
            }
            let failed = |error| StoreError::new(Doing::Read, &output, error);
            let file = File::open(&output).map_err(failed)?;
            // What was signed must be what was filed.
            let before = Digest::of_reader(file.take(document.bytes)).map_err(failed)?;
            if before != document.sha256 {
                return Err(ArchiveError::SourceChanged(input));
            }
            let sha256 =
                File::open(&output).and_then(Digest::of_reader).map_err(failed)?;
            let bytes = fs::metadata(&output).map_err(failed)?.len();

            let turn = self.turn(&|| false)?;
            let existing = Existing::read(self, code)?.ok_or_else(missing)?;
            let mut now = existing.dossier.documents.iter();
            let same = now.any(|it| it.ordinal == signing.ordinal && it.sha256 == before);
            if !same {
                return Err(ArchiveError::SourceChanged(input));
            }
            let code = existing.dossier.code.clone();
            draft.mark(&turn, &code)?;
            let mut build = Build::begin(&draft.dir, Some(existing), &code, signing.now)?;
            let made = draft.dir.join(NEW).join(SIGNED);
            build.replace(signing.ordinal, &made, (sha256, bytes))?;
            let (event, how) = match signing.adding {
                Adding::Signature(signer) => ("document_signed", ("by", signer.into())),
                Adding::Lasting(level) => ("document_extended", ("level", level.into())),
            };
            let particulars = [
                ("document", signing.ordinal.into()),
                ("was", before.to_string().into()),
                how,
            ];
            build.dossier.happened(signing.now, event, particulars);
            let dossier = build.finish(&self.settings().agency_name)?;
            take_place(self, &mut draft, &dossier, (Happened::Signed, signing.now))?;
            Ok(Ok(()))
        };
        self.told(sign())
    }
}
