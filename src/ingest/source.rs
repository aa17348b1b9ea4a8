//! An input opened: what it is, and its pages one by one.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::pdf;
use crate::pdfa::PdfaError;
use crate::raster::open::{Kind, OpenError};
use crate::raster::{self, DecodeError, Limits, Scan};
use crate::say::{self, Lang, Tell};

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
    /// The stack of backs, where it is another file.
    pub backs: Option<Box<Self>>,
    content: Content,
}

/// A file of an input, read.
pub(crate) struct Given {
    /// Its name, as the input gives it.
    pub(crate) name: String,
    /// All of it.
    pub(crate) bytes: Arc<[u8]>,
    /// What it hashes to.
    pub(crate) digest: Digest,
}

impl Given {
    /// These bytes under this name.
    pub(crate) fn of(bytes: Arc<[u8]>, name: &str) -> Self {
        let digest = Digest::of(&bytes);
        Self { name: name.to_owned(), bytes, digest }
    }
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
    /// A pipe, a device, a folder, or a link to one.
    NotAFile(Special),
    /// Bytes came or went while they were read: somebody is still writing.
    Changing,
    /// Nothing in it.
    Empty,
    /// More bytes than can be held.
    TooLong(u64),
    /// A file of another kind, which has this name if it is well known.
    NotAScan(Option<&'static str>),
    /// A picture, where a file is to be filed as it is.
    NotBornDigital,
    /// A file of a kind that is not filed as it is; its name if it is well known.
    NotKept(Option<&'static str>),
    /// Not a scan.
    Open(OpenError),
    /// A page of an image file is damaged.
    Decode(DecodeError),
    /// The PDF, or a page of it, is damaged.
    Pdf(pdf::PdfError),
    /// The page is of a size no PDF/A page can have.
    Sheet(PdfaError),
    /// A fault of this program.
    Internal,
}

/// What lies at a path where a file was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// A folder, reached through a link: links to folders may form loops.
    Folder,
    /// A pipe, a socket or a device: reading one may never end.
    Stream,
}

/// The bytes of a file, read straight to where they stay: an uncompressed
/// page may be a quarter of a gigabyte, and two of them would be too much.
///
/// # Errors
///
/// When it is no file, cannot be read, is too long or is still being written.
pub fn read(path: &Path) -> Result<Arc<[u8]>, Fault> {
    let refused = |error: io::Error| Fault::Read(error.kind());
    // Before it is opened: opening a pipe waits for somebody to write to it.
    let length = length_of_file(&fs::metadata(path).map_err(refused)?)?;
    let mut file = fs::File::open(path).map_err(refused)?;
    if length_of_file(&file.metadata().map_err(refused)?)? != length {
        return Err(Fault::Changing);
    }
    let length = usize::try_from(length).map_err(|_narrow| Fault::TooLong(length))?;
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    // Nobody else has it yet.
    let space = Arc::get_mut(&mut bytes).ok_or(Fault::Internal)?;
    match file.read_exact(space) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(Fault::Changing);
        }
        Err(error) => return Err(refused(error)),
    }
    if file.read(&mut [0]).map_err(refused)? > 0 {
        return Err(Fault::Changing);
    }
    Ok(bytes)
}

/// How long a file is, if it is a file that can be held.
fn length_of_file(about: &fs::Metadata) -> Result<u64, Fault> {
    if about.is_dir() {
        return Err(Fault::NotAFile(Special::Folder));
    }
    if !about.is_file() {
        return Err(Fault::NotAFile(Special::Stream));
    }
    if about.len() > MOST_BYTES {
        return Err(Fault::TooLong(about.len()));
    }
    Ok(about.len())
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
        let foreign = || Fault::NotAScan(raster::open::foreign(&bytes));
        let kind = raster::open::sniff(&bytes).ok_or_else(foreign)?;
        let content = if kind == Kind::Pdf {
            let opened =
                pdf::open(Arc::clone(&bytes), password, limits).map_err(Fault::Pdf)?;
            Content::Pdf(Box::new(opened))
        } else {
            let pages =
                raster::open::open(Arc::clone(&bytes), limits).map_err(Fault::Open)?;
            Content::Image(pages)
        };
        Ok(Self { bytes, digest, kind: kind.name(), backs: None, content })
    }

    /// It, and the stack of backs if there is one.
    pub fn stacks(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |opened| opened.backs.as_deref())
    }

    /// Number of pages, at least 1; those of the backs follow.
    #[must_use]
    pub fn page_count(&self) -> usize {
        self.stacks().map(Self::own_pages).sum()
    }

    /// Number of pages without those of the backs.
    #[must_use]
    pub fn own_pages(&self) -> usize {
        match &self.content {
            Content::Image(pages) => pages.len(),
            Content::Pdf(pdf) => pdf.page_count(),
        }
    }

    /// Whether a signature is on it.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.stacks().filter_map(Self::pdf).any(|pdf| pdf.signed)
    }

    /// The page with this index, from 0.
    ///
    /// # Errors
    ///
    /// When it is damaged.
    pub fn page(&self, index: usize) -> Result<Page<'_>, Fault> {
        if let (Some(index), Some(backs)) =
            (index.checked_sub(self.own_pages()), &self.backs)
        {
            return backs.page(index);
        }
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
        self.stacks().filter_map(Self::pdf).flat_map(findings_of).collect()
    }

    /// That a new PDF made of the pages loses the attachments, if there are any.
    #[must_use]
    pub fn attachments(&self) -> Option<Finding> {
        let say = say::ingest::has_attachments;
        let lost = || Finding::new("pdf.attachments", Weight::Warning, say);
        let mut pdfs = self.stacks().filter_map(Self::pdf);
        pdfs.any(|pdf| pdf.has_attachments).then(lost)
    }

    /// What the encryption of the file, if it has one, means for the copy that
    /// is filed: the file `as_it_came`, or another one.
    #[must_use]
    pub fn encryption(&self, as_it_came: bool) -> Option<Finding> {
        let encryption = self.stacks().find_map(|it| it.pdf()?.encryption)?;
        Some(locked(encryption, as_it_came))
    }
}

/// What to say about a PDF as a file.
fn findings_of(pdf: &pdf::Opened) -> Vec<Finding> {
    let mut findings = Vec::new();
    if pdf.missing_pages > 0 {
        let missing = pdf.missing_pages;
        findings.push(Finding::new("pdf.pages-missing", Weight::NeedsPerson, |lang| {
            say::ingest::pages_missing(lang, missing)
        }));
    }
    if pdf.recovered {
        findings.push(Finding::new(
            "pdf.recovered",
            Weight::Warning,
            say::ingest::recovered,
        ));
    }
    findings
}

/// What encryption means for the copy that is filed.
pub(crate) fn locked(encryption: pdf::Encryption, as_it_came: bool) -> Finding {
    let (code, weight, say): (_, _, fn(Lang) -> String) = match (encryption, as_it_came) {
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
            Self::NotAFile(_) => "input.not-a-file",
            Self::Changing => "input.changing",
            Self::Empty => "input.empty",
            Self::TooLong(_) => "input.too-long",
            Self::NotAScan(_) | Self::Open(OpenError::NotAnImage) => "input.not-a-scan",
            Self::NotBornDigital => "input.is-a-scan",
            Self::NotKept(_) => "input.not-kept",
            Self::Open(OpenError::Page {
                source: DecodeError::TooLarge { .. }, ..
            })
            | Self::Decode(DecodeError::TooLarge { .. })
            | Self::Pdf(pdf::PdfError::PictureTooLarge { .. }) => "input.too-many-pixels",
            Self::Open(OpenError::Page {
                source: DecodeError::Unsupported { .. },
                ..
            })
            | Self::Decode(DecodeError::Unsupported { .. }) => "input.unsupported",
            Self::Open(OpenError::TooManyPages { .. })
            | Self::Pdf(pdf::PdfError::TooManyPages { .. }) => "input.too-many-pages",
            Self::Open(_) | Self::Decode(_) => "input.damaged",
            Self::Pdf(pdf::PdfError::NeedsPassword) => "pdf.needs-password",
            Self::Pdf(pdf::PdfError::WrongPassword) => "pdf.wrong-password",
            Self::Pdf(_) => "pdf.damaged",
            Self::Sheet(_) => "page.size",
            Self::Internal => "program.fault",
        }
    }

    /// As a finding that needs a person.
    #[must_use]
    pub fn finding(&self) -> Finding {
        Finding::new(self.code(), Weight::NeedsPerson, |lang| self.tell(lang))
    }
}

impl Tell for Fault {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Read(kind) => say::io_reason(lang, &io::Error::from(*kind)),
            Self::NotAFile(Special::Folder) => say::ingest::linked_folder(lang),
            Self::NotAFile(Special::Stream) => say::ingest::not_a_file(lang),
            Self::Changing => say::ingest::changing(lang),
            Self::Empty => say::ingest::empty(lang),
            Self::TooLong(bytes) => say::ingest::too_long(lang, bytes, MOST_BYTES),
            Self::NotAScan(Some(kind)) => say::ingest::foreign_file(lang, kind),
            Self::NotAScan(None) => say::ingest::unknown_file(lang),
            Self::NotBornDigital => say::ingest::is_a_scan(lang),
            Self::NotKept(Some(kind)) => say::ingest::not_kept(lang, kind),
            Self::NotKept(None) => say::ingest::not_kept_unknown(lang),
            Self::Open(OpenError::Page { source, .. }) => source.tell(lang),
            Self::Open(error) => error.tell(lang),
            Self::Decode(error) => error.tell(lang),
            Self::Pdf(error) => error.fact(lang),
            Self::Sheet(error) => error.tell(lang),
            Self::Internal => say::ingest::internal_fault(lang),
        }
    }

    fn cause(&self) -> Option<&dyn Tell> {
        match self {
            Self::Open(OpenError::Page { source, .. }) => Tell::cause(source),
            Self::Open(error) => Tell::cause(error),
            Self::Decode(error) => Tell::cause(error),
            Self::Pdf(error) => Tell::cause(error),
            Self::Sheet(error) => Tell::cause(error),
            Self::Read(_)
            | Self::NotAFile(_)
            | Self::Changing
            | Self::Empty
            | Self::TooLong(_)
            | Self::NotAScan(_)
            | Self::NotBornDigital
            | Self::NotKept(_)
            | Self::Internal => None,
        }
    }
}

impl Error for Fault {}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}
