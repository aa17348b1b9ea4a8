//! An input opened: what it is, and its pages one by one.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::pdf;
use crate::raster::open::{Kind, OpenError};
use crate::raster::{self, DecodeError, Limits, Scan};
use crate::say::{self, Lang, Tell as _};

/// Files larger than this are refused: they would not fit into memory.
const MOST_BYTES: u64 = 4 << 30;

/// An input whose header has been read.
#[derive(Debug)]
pub struct Opened {
    /// The whole file.
    pub bytes: Arc<[u8]>,
    /// What it hashes to.
    pub digest: Digest,
    /// What it is: `TIFF`, `PDF`, ….
    pub kind: &'static str,
    content: Content,
}

/// The pages, as each kind of file gives them.
#[derive(Debug)]
enum Content {
    Image(Vec<Result<Scan, DecodeError>>),
    Pdf(Box<pdf::Opened>),
}

/// One page of an input.
#[derive(Debug)]
pub enum Page<'a> {
    /// A page of an image file.
    Image(&'a Scan),
    /// A page of a PDF.
    Pdf(Box<pdf::Page>),
}

impl Page<'_> {
    /// Its pixels.
    #[must_use]
    pub fn scan(&self) -> &Scan {
        match self {
            Self::Image(scan) => scan,
            Self::Pdf(page) => &page.scan,
        }
    }
}

/// Why an input or a page of it cannot be taken.
#[derive(Debug)]
pub enum Fault {
    /// The system does not give the bytes.
    Read(io::ErrorKind),
    /// Nothing in it.
    Empty,
    /// More bytes than can be held.
    TooLong(u64),
    /// Not a scan.
    Open(OpenError),
    /// A page of an image file is damaged.
    Decode(DecodeError),
    /// The PDF, or a page of it, is damaged.
    Pdf(pdf::PdfError),
    /// A fault of this program.
    Internal,
}

/// The bytes of a file.
///
/// # Errors
///
/// When it cannot be read or is too long.
pub fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    let length = fs::metadata(path).map_err(|error| Fault::Read(error.kind()))?.len();
    if length > MOST_BYTES {
        return Err(Fault::TooLong(length));
    }
    fs::read(path).map_err(|error| Fault::Read(error.kind()))
}

impl Opened {
    /// Looks at the bytes of an input.
    ///
    /// # Errors
    ///
    /// When they are no scan that can be taken.
    pub fn of(
        bytes: Arc<[u8]>,
        digest: Digest,
        password: Option<&str>,
        limits: Limits,
    ) -> Result<Self, Fault> {
        if bytes.is_empty() {
            return Err(Fault::Empty);
        }
        let kind =
            raster::open::sniff(&bytes).ok_or(Fault::Decode(DecodeError::NotAnImage))?;
        let content = if kind == Kind::Pdf {
            let opened =
                pdf::open(Arc::clone(&bytes), password, limits).map_err(Fault::Pdf)?;
            Content::Pdf(Box::new(opened))
        } else {
            let pages =
                raster::open::open(Arc::clone(&bytes), limits).map_err(Fault::Open)?;
            Content::Image(pages)
        };
        Ok(Self { bytes, digest, kind: kind.name(), content })
    }

    /// Number of pages, at least 1.
    #[must_use]
    pub fn page_count(&self) -> usize {
        match &self.content {
            Content::Image(pages) => pages.len(),
            Content::Pdf(pdf) => pdf.page_count(),
        }
    }

    /// The page with this index, from 0.
    ///
    /// # Errors
    ///
    /// When it is damaged.
    pub fn page(&self, index: usize) -> Result<Page<'_>, Fault> {
        match &self.content {
            Content::Image(pages) => match pages.get(index) {
                Some(Ok(scan)) => Ok(Page::Image(scan)),
                Some(Err(error)) => Err(Fault::Decode(error.clone())),
                None => Err(Fault::Empty),
            },
            Content::Pdf(pdf) => {
                pdf.page(index).map(|page| Page::Pdf(Box::new(page))).map_err(Fault::Pdf)
            }
        }
    }

    /// What is known of the file as a whole, if it is a PDF.
    #[must_use]
    pub fn pdf(&self) -> Option<&pdf::Opened> {
        match &self.content {
            Content::Image(_) => None,
            Content::Pdf(pdf) => Some(pdf),
        }
    }

    /// What to say about the file itself.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let Some(pdf) = self.pdf() else { return Vec::new() };
        let mut findings = Vec::new();
        if pdf.recovered {
            findings.push(Finding::new(
                "pdf.recovered",
                Weight::Warning,
                say::ingest::recovered,
            ));
        }
        findings
    }

    /// What to say about the copy that is filed: the file as it came if `kept`,
    /// or a new PDF.
    #[must_use]
    pub fn findings_of_copy(&self, kept: bool) -> Vec<Finding> {
        let Some(pdf) = self.pdf() else { return Vec::new() };
        let mut findings = Vec::new();
        findings.extend(pdf.encryption.map(|encryption| locked(encryption, kept)));
        if pdf.has_attachments && !kept {
            findings.push(Finding::new(
                "pdf.attachments",
                Weight::Warning,
                say::ingest::has_attachments,
            ));
        }
        findings
    }
}

/// What encryption means for the copy that is filed.
fn locked(encryption: pdf::Encryption, kept: bool) -> Finding {
    let (code, weight, say): (_, _, fn(Lang) -> String) = match (encryption, kept) {
        (pdf::Encryption::NeededPassword, false) => {
            ("pdf.encrypted", Weight::Note, say::ingest::encrypted_with_password)
        }
        (pdf::Encryption::NeededPassword, true) => {
            ("pdf.encrypted", Weight::NeedsPerson, say::ingest::kept_with_password)
        }
        (pdf::Encryption::EmptyUserPassword, false) => (
            "pdf.encrypted-empty-password",
            Weight::Note,
            say::ingest::encrypted_empty_password,
        ),
        (pdf::Encryption::EmptyUserPassword, true) => (
            "pdf.encrypted-empty-password",
            Weight::Note,
            say::ingest::kept_with_empty_password,
        ),
    };
    Finding::new(code, weight, say)
}

impl Fault {
    /// A stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(_) => "input.unreadable",
            Self::Empty => "input.empty",
            Self::TooLong(_) => "input.too-long",
            Self::Decode(DecodeError::NotAnImage) => "input.not-a-scan",
            Self::Decode(DecodeError::TooLarge { .. }) => "input.too-many-pixels",
            Self::Open(_) | Self::Decode(_) => "input.damaged",
            Self::Pdf(pdf::PdfError::NeedsPassword) => "pdf.needs-password",
            Self::Pdf(pdf::PdfError::WrongPassword) => "pdf.wrong-password",
            Self::Pdf(_) => "pdf.damaged",
            Self::Internal => "program.fault",
        }
    }

    /// One sentence.
    #[must_use]
    pub fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Read(kind) => say::io_reason(lang, &io::Error::from(*kind)),
            Self::Empty => say::ingest::empty(lang),
            Self::TooLong(bytes) => say::ingest::too_long(lang, bytes, MOST_BYTES),
            Self::Open(error) => error.tell(lang),
            Self::Decode(error) => error.tell(lang),
            Self::Pdf(error) => error.tell(lang),
            Self::Internal => say::ingest::internal_fault(lang),
        }
    }

    /// As a finding that needs a person.
    #[must_use]
    pub fn finding(&self) -> Finding {
        Finding::new(self.code(), Weight::NeedsPerson, |lang| self.tell(lang))
    }
}
