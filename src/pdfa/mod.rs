//! PDF/A-2u documents made of scanned pages: one picture a page and, laid
//! invisibly over it, the text that was read.
//!
//! This is a writer for that one kind of document, after ISO 19005-2 on top
//! of ISO 32000-1. Pages go out as they come, so that a document of a
//! thousand pages needs the memory of one. The same input gives the same
//! bytes. [`check`](check::check) reads back what was written.
//!
//! It compresses no picture and reads no foreign file: see `raster` and `pdf`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use moxcms::ColorProfile;

use crate::digest::{Digest, Hashing};
use crate::pdfa::file::{File, Id, text_string};
use crate::pdfa::letters::Letters;
use crate::raster::{Depth, Filter, Slice};
use crate::say::{self, Lang, Tell};
use crate::text::TextLayer;
use crate::time::Timestamp;
use crate::units::{Affine, Pt};

pub mod check;
pub(crate) mod file;
mod layer;
mod letters;
mod lines;
pub(crate) mod xmp;

pub(crate) use file::{deflate, number};
pub(crate) use letters::unicode_map;

/// A page is at least this long on each side, in points, and at most
/// [`LONGEST`] (ISO 19005-2, 6.1.13).
pub const SHORTEST: f64 = 3.0;
/// See [`SHORTEST`].
pub const LONGEST: f64 = 14_400.0;

/// Judges the size of a page, in points, before any work is spent on it.
///
/// # Errors
///
/// When no page of a PDF/A file may be so small or so large.
pub fn admit(width: f64, height: f64) -> Result<(), PdfaError> {
    let fits = |side: f64| (SHORTEST..=LONGEST).contains(&side);
    if fits(width) && fits(height) {
        Ok(())
    } else {
        Err(PdfaError::Box { width, height })
    }
}

/// A document with all its pages.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it says about itself.
    pub about: About,
    /// Its pages, first to last, at least one.
    pub pages: Vec<Page>,
}

/// What a document says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Its title, shown in the title bar of a viewer; may be empty.
    pub title: String,
    /// When it was made.
    pub created: Timestamp,
    /// The digest of the source, from which the file identifier is derived.
    pub origin: Digest,
    /// For the searchable companion of a signed file: the digest of that file.
    pub bound_to: Option<Digest>,
    /// The mark of a conversion from paper, as the agency words it (Luật Giao
    /// dịch điện tử 2023, Điều 12.1.c).
    pub conversion: Option<String>,
}

impl About {
    /// A plain document: neither a companion nor marked as a conversion.
    #[must_use]
    pub fn new(title: &str, created: Timestamp, origin: Digest) -> Self {
        Self {
            title: title.to_owned(),
            created,
            origin,
            bound_to: None,
            conversion: None,
        }
    }
}

/// A page: paper, picture, text.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width of the paper in points.
    pub width: f64,
    /// Height of the paper in points.
    pub height: f64,
    /// What is seen; `None` leaves the paper white.
    pub image: Option<Picture>,
    /// Maps pixels of the image (origin top left, y down) to points of the
    /// page (origin bottom left, y up).
    pub image_map: Affine,
    /// What was read.
    pub text: TextLayer,
    /// Maps pixels of the picture that was read to points of the page. May
    /// turn by any angle, so that text leans with a skewed page.
    pub text_map: Affine,
}

/// A compressed picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What the samples are once decoded: bilevel or grey are one component,
    /// RGB three.
    pub depth: Depth,
    /// The filter that decodes `bytes`.
    pub filter: PictureFilter,
    /// The compressed data, written as they are.
    pub bytes: Slice,
    /// The colour profile of the samples; [`admits`] says which are allowed.
    /// Without one they are sRGB, or grey of that kind.
    pub icc: Option<Vec<u8>>,
}

/// How a picture is compressed (ISO 32000-1, 7.4).
#[derive(Clone, Debug, PartialEq)]
pub enum PictureFilter {
    /// `DCTDecode`: a whole JPEG file.
    Jpeg,
    /// `JPXDecode`: a whole JP2 file.
    Jpx,
    /// `CCITTFaxDecode`, Group 4.
    G4 {
        /// The parameter `BlackIs1`.
        black_is_1: bool,
    },
    /// `JBIG2Decode`, in the embedded organisation.
    Jbig2 {
        /// The `JBIG2Globals` stream. Pages with equal ones share it.
        globals: Option<Slice>,
    },
    /// `FlateDecode`: rows as [`Depth`] packs them, in the zlib format.
    Flate {
        /// Whether each row begins with the tag of a PNG predictor
        /// (`Predictor` 15).
        predicted: bool,
    },
}

impl From<Filter> for PictureFilter {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::Jpeg => Self::Jpeg,
            Filter::Jpx => Self::Jpx,
            Filter::G4 { black_is_1 } => Self::G4 { black_is_1 },
            Filter::Jbig2 { globals } => Self::Jbig2 { globals },
        }
    }
}

/// An object another module has composed: a font, a picture, a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The entries of its dictionary. For a stream they tell the filter but
    /// not the length.
    pub entries: String,
    /// The bytes of a stream, compressed as the entries say.
    pub data: Option<Vec<u8>>,
}

impl Part {
    /// A dictionary.
    #[must_use]
    pub fn dictionary(entries: String) -> Self {
        Self { entries, data: None }
    }

    /// A stream.
    #[must_use]
    pub fn stream(entries: String, data: Vec<u8>) -> Self {
        Self { entries, data: Some(data) }
    }
}

/// Writes a document into memory.
///
/// # Errors
///
/// See [`PdfaError`]; a document without pages is [`PdfaError::NoPages`].
pub fn write(document: &Document) -> Result<Vec<u8>, PdfaError> {
    let mut writer = Writer::begin(Vec::new(), document.about.clone())?;
    for page in &document.pages {
        writer.page(page)?;
    }
    writer.finish()
}

/// Whether a picture of `depth` may carry this colour profile: one for
/// displays, scanners or printers, of version 2 or 4, with the right number of
/// components (ISO 19005-2, 6.2.4.2).
#[must_use]
pub fn admits(profile: &[u8], depth: Depth) -> bool {
    let part = |from: usize| profile.get(from..from + 4);
    let space: &[u8] = match depth {
        Depth::Bilevel | Depth::Grey => b"GRAY",
        Depth::Rgb => b"RGB ",
    };
    let class = part(12).is_some_and(|class| {
        [b"scnr", b"mntr", b"prtr", b"spac"].iter().any(|known| class == *known)
    });
    let version = part(8).and_then(<[u8]>::first).is_some_and(|major| *major <= 4);
    let length =
        part(0).and_then(|length| length.try_into().ok()).map(u32::from_be_bytes);
    let whole = length.is_some_and(|length| length as usize == profile.len());
    whole && class && version && part(16) == Some(space) && part(36) == Some(b"acsp")
}

/// A document being written, page by page.
#[derive(Debug)]
pub struct Writer<W> {
    about: About,
    file: File<W>,
    letters: Letters,
    /// Where the page tree, the font and the output profile will be.
    tree: Id,
    font: Id,
    kids: Vec<Id>,
    /// Streams several pages share: profiles and JBIG2 globals, by content.
    shared: BTreeMap<Digest, Id>,
    /// What tells this document from others of the same source.
    seed: Hashing<io::Sink>,
}

impl<W: Write> Writer<W> {
    /// Begins a document on `out`, which should be buffered.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn begin(out: W, about: About) -> Result<Self, PdfaError> {
        let mut file = File::begin(out)?;
        let (tree, font) = (file.reserve(), file.reserve());
        let mut seed = Hashing::new(io::sink());
        write!(seed, "{}\0{}\0{}\0", about.origin, about.created, about.title)?;
        let (kids, shared) = (Vec::new(), BTreeMap::new());
        Ok(Self { about, file, letters: Letters::new(), tree, font, kids, shared, seed })
    }

    /// Writes the next page.
    ///
    /// # Errors
    ///
    /// When the page cannot be in a PDF/A file (see [`PdfaError`]), or
    /// writing fails. The document cannot be used after that.
    pub fn page(&mut self, page: &Page) -> Result<(), PdfaError> {
        admit(page.width, page.height)?;
        let mut content = Vec::new();
        let mut resources = String::new();
        if let Some(picture) = &page.image {
            let id = self.picture(picture)?;
            place(picture, page.image_map, &mut content)?;
            write!(resources, "/XObject<</I {id}>>").ok();
        }
        let text = layer::content(page, &mut self.letters)?;
        if !text.is_empty() {
            content.extend(text);
            write!(resources, "/Font<</F {}>>", self.font).ok();
        }
        self.seed.write_all(&content)?;
        self.leaf((page.width, page.height), &content, &resources)
    }

    /// Sets aside `count` numbers in a row for objects another module composes,
    /// and says the first.
    pub(crate) fn reserve(&mut self, count: u32) -> u32 {
        let first = self.file.next();
        for _ in 0..count {
            self.file.reserve();
        }
        first
    }

    /// Writes an object under a number that was set aside.
    pub(crate) fn part(&mut self, number: u32, part: Part) -> Result<(), PdfaError> {
        let id = Id::from(number);
        match part.data {
            Some(data) => self.file.stream(id, &part.entries, &data)?,
            None => self.file.object(id, format!("<<{}>>", part.entries))?,
        }
        Ok(())
    }

    /// Writes the next page from operators another module composed; its sides
    /// are in points.
    pub(crate) fn drawn(
        &mut self,
        sides: (f64, f64),
        content: &[u8],
        resources: &str,
    ) -> Result<(), PdfaError> {
        admit(sides.0, sides.1)?;
        self.seed.write_all(content)?;
        self.leaf(sides, content, resources)
    }

    /// Writes the dictionary and the content of a page.
    fn leaf(
        &mut self,
        (width, height): (f64, f64),
        content: &[u8],
        resources: &str,
    ) -> Result<(), PdfaError> {
        let (id, content_id) = (self.file.reserve(), self.file.reserve());
        self.file.deflated(content_id, "", content)?;
        let mut sides = Vec::new();
        number(&mut sides, width, 2);
        sides.push(b' ');
        number(&mut sides, height, 2);
        let sides = String::from_utf8_lossy(&sides);
        let tree = self.tree;
        let entries = format!(
            "<</Type/Page/Parent {tree}/MediaBox[0 0 {sides}]/Resources<<{resources}>>\
             /Contents {content_id}>>"
        );
        self.file.object(id, entries)?;
        self.kids.push(id);
        Ok(())
    }

    /// Writes what the pages share and the end of the file.
    ///
    /// # Errors
    ///
    /// When there is no page, or writing fails.
    pub fn finish(mut self) -> Result<W, PdfaError> {
        if self.kids.is_empty() {
            return Err(PdfaError::NoPages);
        }
        if self.letters.any() {
            self.letters.write(&mut self.file, self.font)?;
        }
        let count = self.kids.len();
        let kids: Vec<_> = self.kids.iter().map(Id::to_string).collect();
        let tree = format!("<</Type/Pages/Count {count}/Kids[{}]>>", kids.join(" "));
        self.file.object(self.tree, tree)?;
        let (root, info) = self.catalog()?;
        let (_, seed, _) = self.seed.finish();
        Ok(self.file.finish(root, info, seed)?)
    }

    /// Writes the catalogue and the information dictionary.
    fn catalog(&mut self) -> Result<(Id, Id), PdfaError> {
        let file = &mut self.file;
        let (root, info, meta, profile) =
            (file.reserve(), file.reserve(), file.reserve(), file.reserve());
        // ISO 19005-2, 6.6.2.1: metadata streams have no filter.
        let packet = xmp::packet(&self.about);
        file.stream(meta, "/Type/Metadata/Subtype/XML", packet.as_bytes())?;
        file.deflated(profile, "/N 3", &srgb()?)?;
        let (tree, language) = (self.tree, xmp::LANGUAGE);
        file.object(
            root,
            format!(
                "<</Type/Catalog/Pages {tree}/Metadata {meta}/Lang({language})\
                 /ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[\
                 <</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)\
                 /Info(sRGB IEC61966-2.1)/DestOutputProfile {profile}>>]>>"
            ),
        )?;
        file.object(info, information(&self.about))?;
        Ok((root, info))
    }

    /// Writes a picture.
    fn picture(&mut self, picture: &Picture) -> Result<Id, PdfaError> {
        let Picture { width, height, depth, .. } = *picture;
        if width == 0 || height == 0 {
            return Err(PdfaError::EmptyPicture);
        }
        let bits = if depth == Depth::Bilevel { 1 } else { 8 };
        let space = match &picture.icc {
            Some(profile) if !admits(profile, depth) => {
                return Err(PdfaError::Profile);
            }
            Some(profile) => {
                let entries = format!("/N {}", components(depth));
                format!("[/ICCBased {}]", self.shared(&entries, profile, true)?)
            }
            None if components(depth) == 3 => "/DeviceRGB".to_owned(),
            None => "/DeviceGray".to_owned(),
        };
        let filter = self.filter(picture)?;
        let entries = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}\
             /ColorSpace{space}/BitsPerComponent {bits}{filter}"
        );
        let id = self.file.reserve();
        self.file.stream(id, &entries, picture.bytes.as_bytes())?;
        Ok(id)
    }

    /// The entries that tell how to decode a picture.
    fn filter(&mut self, picture: &Picture) -> Result<String, PdfaError> {
        let Picture { width, height, depth, .. } = *picture;
        Ok(match &picture.filter {
            PictureFilter::Jpeg => "/Filter/DCTDecode".to_owned(),
            PictureFilter::Jpx => "/Filter/JPXDecode".to_owned(),
            PictureFilter::G4 { black_is_1 } => format!(
                "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns {width}/Rows {height}\
                 /BlackIs1 {black_is_1}>>"
            ),
            PictureFilter::Jbig2 { globals: None } => "/Filter/JBIG2Decode".to_owned(),
            PictureFilter::Jbig2 { globals: Some(globals) } => {
                let id = self.shared("", globals.as_bytes(), false)?;
                format!("/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals {id}>>")
            }
            PictureFilter::Flate { predicted } => {
                let (colors, bits) =
                    (components(depth), if depth == Depth::Bilevel { 1 } else { 8 });
                let parms = format!(
                    "/DecodeParms<</Predictor 15/Colors {colors}/BitsPerComponent {bits}\
                     /Columns {width}>>"
                );
                let parms = if *predicted { parms.as_str() } else { "" };
                // In our rows 1 is black, in `DeviceGray` it is white.
                let turned = if depth == Depth::Bilevel { "/Decode[1 0]" } else { "" };
                format!("/Filter/FlateDecode{parms}{turned}")
            }
        })
    }

    /// Writes a stream unless one with the same bytes is in the file already.
    fn shared(&mut self, entries: &str, bytes: &[u8], deflate: bool) -> io::Result<Id> {
        let digest = Digest::of(bytes);
        if let Some(id) = self.shared.get(&digest) {
            return Ok(*id);
        }
        let id = self.file.reserve();
        if deflate {
            self.file.deflated(id, entries, bytes)?;
        } else {
            self.file.stream(id, entries, bytes)?;
        }
        self.shared.insert(digest, id);
        Ok(id)
    }
}

/// Appends the operators that draw the picture `I`: its unit square, origin
/// bottom left (ISO 32000-1, 8.9.5.1), goes where the map sends its pixels.
fn place(picture: &Picture, map: Affine, to: &mut Vec<u8>) -> Result<(), PdfaError> {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let square = Affine::new([width, 0.0, 0.0, -height, 0.0, height]).then(map);
    let Affine { a, b, c, d, e, f } = square;
    let near = |v: f64| v.abs() <= 10.0 * LONGEST; // not a number is not near
    if square.inverse().is_none() || ![a, b, c, d, e, f].into_iter().all(near) {
        return Err(PdfaError::MisplacedPicture);
    }
    to.extend(b"q ");
    for value in [a, b, c, d, e, f] {
        number(to, value, 4);
        to.push(b' ');
    }
    to.extend(b"cm/I Do Q\n");
    Ok(())
}

/// Colour components of a sample.
fn components(depth: Depth) -> u8 {
    match depth {
        Depth::Bilevel | Depth::Grey => 1,
        Depth::Rgb => 3,
    }
}

/// The information dictionary, which says what the XMP packet says.
pub(crate) fn information(about: &About) -> String {
    let title = xmp::title(&about.title);
    let titled = match title.as_str() {
        "" => String::new(),
        title => format!("/Title{}", text_string(title)),
    };
    let (created, producer) = (about.created.pdf(), xmp::PRODUCER);
    format!(
        "<<{titled}/CreationDate({created})/ModDate({created})/Producer({producer})>>"
    )
}

/// The profile of the output intent: sRGB without what ICC.1:2004 (version
/// 4.2, the last PDF 1.7 knows) has no tag for, and with the day of the
/// standard (IEC 61966-2-1) where moxcms puts the time of day.
fn srgb() -> Result<Vec<u8>, PdfaError> {
    let mut profile = ColorProfile::new_srgb();
    profile.cicp = None;
    let failed = |reason: String| PdfaError::Write(io::Error::other(reason));
    let mut bytes = profile.encode().map_err(|error| failed(error.to_string()))?;
    // ICC.1:2004, 7.2: version at 8, six words of date and time at 24.
    let day = [1999_u16, 10, 18, 0, 0, 0].map(u16::to_be_bytes);
    for (at, value) in [(8, &[4, 0x20, 0, 0][..]), (24, day.as_flattened())] {
        let place = bytes.get_mut(at..at + value.len());
        let place = place.ok_or_else(|| failed("no profile header".to_owned()))?;
        place.copy_from_slice(value);
    }
    Ok(bytes)
}

/// Why a document cannot be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum PdfaError {
    /// A document without a page.
    NoPages,
    /// A page too small or too large for PDF/A, sides in points.
    Box {
        /// Width.
        width: f64,
        /// Height.
        height: f64,
    },
    /// A picture without rows or columns.
    EmptyPicture,
    /// A colour profile PDF/A-2 does not admit for this picture.
    Profile,
    /// A picture map that is no map, or leads far off the page.
    MisplacedPicture,
    /// A word whose place is no place, or far off the page.
    MisplacedText,
    /// More different characters than a font has codes.
    TooManyLetters,
    /// The file cannot be written.
    Write(io::Error),
}

impl From<io::Error> for PdfaError {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl Tell for PdfaError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::NoPages => say::pdf::no_pages_to_write(lang),
            Self::Box { width, height } => {
                let [width, height, least, most] =
                    [*width, *height, SHORTEST, LONGEST].map(|side| Pt(side).to_mm().0);
                let sides = format!("{width:.1} × {height:.1}");
                say::pdf::page_box_out_of_range(lang, sides, least.round(), most.round())
            }
            Self::EmptyPicture => say::pdf::picture_is_empty(lang),
            Self::Profile => say::pdf::profile_not_admitted(lang),
            Self::MisplacedPicture => say::pdf::picture_off_page(lang),
            Self::MisplacedText => say::pdf::text_off_page(lang),
            Self::TooManyLetters => say::pdf::too_many_letters(lang),
            Self::Write(error) => say::pdf::cannot_write_document(lang, error),
        }
    }
}

impl std::error::Error for PdfaError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(error) => Some(error),
            Self::NoPages
            | Self::Box { .. }
            | Self::EmptyPicture
            | Self::Profile
            | Self::MisplacedPicture
            | Self::MisplacedText
            | Self::TooManyLetters => None,
        }
    }
}

impl std::fmt::Display for PdfaError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_profile_does_not_know_what_time_it_is() {
        let profile = srgb().unwrap();
        assert!(admits(&profile, Depth::Rgb));
        assert!(!admits(&profile, Depth::Grey));
        assert_eq!(profile[24..36], [0x07, 0xCF, 0, 10, 0, 18, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn a_damaged_profile_is_not_admitted() {
        let profile = srgb().unwrap();
        assert!(!admits(&profile[..100], Depth::Rgb));
        assert!(!admits(&[], Depth::Rgb));
        let mut newer = profile;
        newer[8] = 5;
        assert!(!admits(&newer, Depth::Rgb));
    }
}
