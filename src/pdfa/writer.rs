//! The writer: pages go out as they come, what they share at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use moxcms::ColorProfile;

use crate::digest::{Digest, Hashing};
use crate::pdfa::error::PdfaError;
use crate::pdfa::file::{File, Id, number, text_string};
use crate::pdfa::letters::Letters;
use crate::pdfa::{
    About, LONGEST, Page, Part, Picture, PictureFilter, admit, admits, layer, xmp,
};
use crate::raster::Depth;
use crate::units::Affine;

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
pub(super) fn srgb() -> Result<Vec<u8>, PdfaError> {
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
