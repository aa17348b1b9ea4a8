//! JPEG (ITU-T T.81): the headers read here, the rows by mozjpeg.
//!
//! libjpeg makes the best of damaged data: it warns, and fills the rest of
//! the page with grey. For an archive that is the worst of all results, so
//! its warnings are errors here, and a file without its end mark is refused
//! before decoding. Headers are read by this file, not by libjpeg, because
//! they decide on memory (frame size) and on meaning (which colours a PDF
//! reader would see).

use std::io::{BufRead, Read};
use std::ops::Range;
use std::panic::resume_unwind;
use std::ptr;
use std::sync::Arc;

use mozjpeg::ColorSpace;
use mozjpeg::decompress::{DecompressBuilder, DecompressStarted};
use mozjpeg_sys::{jpeg_common_struct, jpeg_error_mgr};

use crate::raster::pixels::{Alpha, Converter, Ink, Stored, upright};
use crate::raster::{
    DecodeError, Filter, Header, Limits, Passthrough, Rows, Scan, Slice, guarded, icc,
};
use crate::units::{Dpi, Quarter};

/// Opens a JPEG file.
pub(crate) fn page(bytes: Arc<[u8]>, limits: Limits) -> Result<Scan, DecodeError> {
    let facts = Facts::read(&bytes)?;
    limits.admit(facts.width.into(), facts.height.into())?;
    let found = bytes.len() as u64;
    let end = facts.end.ok_or(DecodeError::NoEndMark { format: "JPEG", found })?;
    let exif = facts.exif.as_ref().and_then(|at| bytes.get(at.clone()));
    let exif = exif.map(Exif::read).unwrap_or_default();
    let (mirrored, turn) = upright(exif.orientation);
    let stored = facts.stored(mirrored);
    let depth = stored.depth();
    let passthrough = (!mirrored && facts.pdf_colours().is_some())
        .then(|| Slice::new(Arc::clone(&bytes), 0, end))
        .flatten()
        .map(|bytes| Passthrough { filter: Filter::Jpeg, bytes });
    let header = Header {
        width: stored.width,
        height: facts.height.into(),
        depth,
        dpi: facts.dpi.or(exif.dpi),
        turn,
        icc: facts.icc.as_deref().and_then(|profile| icc::fitting(profile, depth)),
        passthrough,
        encoding: facts.encoding().to_owned(),
    };
    Ok(Scan { header, rows: Box::new(Jpeg { bytes, facts, stored }), placed: None })
}

/// A JPEG file and what its headers say.
#[derive(Debug)]
struct Jpeg {
    bytes: Arc<[u8]>,
    facts: Facts,
    stored: Stored,
}

impl Rows for Jpeg {
    fn decode(
        &self,
        each: &mut dyn FnMut(&[u8]) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let whole = self.facts.end.and_then(|end| self.bytes.get(..end));
        let colours = match self.stored.ink {
            Ink::Grey => ColorSpace::JCS_GRAYSCALE,
            Ink::Cmyk(_) => ColorSpace::JCS_CMYK,
            Ink::Rgb | Ink::YCbCr | Ink::Palette(_) => ColorSpace::JCS_RGB,
        };
        let mut lines =
            Lines::start([whole.unwrap_or_default(), &[]], &self.facts, Some(colours))?;
        let mut line = vec![0; lines.row_bytes()];
        let mut converter = Converter::new(&self.stored);
        for row in 0..u32::from(self.facts.height) {
            lines.next(&mut line).ok_or(DecodeError::Damaged { coding: "JPEG", row })?;
            each(converter.convert(&line)?)?;
        }
        Ok(())
    }
}

/// The rows of a JPEG stream, one by one from the top.
pub(crate) struct Lines<'a> {
    decoder: DecompressStarted<Feed<'a>>,
    samples: usize,
}

impl<'a> Lines<'a> {
    /// Begins to decode the two parts as one stream, into `colours` or else
    /// as the components are stored.
    pub(crate) fn start(
        parts: [&'a [u8]; 2],
        facts: &Facts,
        colours: Option<ColorSpace>,
    ) -> Result<Self, DecodeError> {
        let [first, second] = parts;
        // Past the end libjpeg finds an end mark; if it still wants data
        // then, that is one of the warnings.
        let feed = Feed { parts: [first, second, &[0xff, 0xd9]] };
        let decoder = guarded(|| {
            let builder = DecompressBuilder::new().with_err(strict_errors());
            let decoder = builder.from_reader(feed)?;
            let as_stored = decoder.color_space();
            let as_stored = if as_stored == ColorSpace::JCS_YCCK {
                ColorSpace::JCS_CMYK
            } else {
                as_stored
            };
            decoder.to_colorspace(colours.unwrap_or(as_stored))
        });
        let decoder = decoder
            .and_then(Result::ok)
            .filter(|decoder| {
                decoder.width() == usize::from(facts.width)
                    && decoder.height() == usize::from(facts.height)
            })
            .ok_or(DecodeError::Damaged { coding: "JPEG", row: 0 })?;
        let samples = facts.component_count();
        Ok(Self { decoder, samples })
    }

    /// Bytes of a row.
    pub(crate) fn row_bytes(&self) -> usize {
        self.decoder.width() * self.samples
    }

    /// Decodes the next row; `None` if the data is damaged or at its end.
    pub(crate) fn next(&mut self, line: &mut [u8]) -> Option<()> {
        guarded(|| self.decoder.read_scanlines_into(line).map(|_| ()))?.ok()
    }
}

/// Up to three pieces of memory read as one stream.
struct Feed<'a> {
    parts: [&'a [u8]; 3],
}

impl Read for Feed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Feed<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        Ok(self.parts.into_iter().find(|part| !part.is_empty()).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        if let Some(part) = self.parts.iter_mut().find(|part| !part.is_empty()) {
            *part = part.get(count..).unwrap_or_default();
        }
    }
}

/// libjpeg's error handler, made to stop at whatever it would forgive.
fn strict_errors() -> jpeg_error_mgr {
    jpeg_error_mgr {
        error_exit: Some(stop),
        emit_message: Some(stop_at_warning),
        output_message: Some(say_nothing),
        format_message: None,
        reset_error_mgr: Some(say_nothing),
        msg_code: 0,
        msg_parm: Default::default(),
        trace_level: 0,
        num_warnings: 0,
        jpeg_message_table: ptr::null(),
        last_jpeg_message: 0,
        addon_message_table: ptr::null(),
        first_addon_message: 0,
        last_addon_message: 0,
    }
}

extern "C-unwind" fn stop(_: &mut jpeg_common_struct) {
    // Not `panic!`, which would write to standard error.
    resume_unwind(Box::new("libjpeg"));
}

extern "C-unwind" fn stop_at_warning(state: &mut jpeg_common_struct, level: i32) {
    /// `DSTATE_READY` of jpegint.h: the header is read, no data yet. Warnings
    /// up to there are about bytes between segments and marker versions.
    const READY: i32 = 202;
    if level < 0 && state.global_state > READY {
        stop(state);
    }
}

extern "C-unwind" fn say_nothing(_: &mut jpeg_common_struct) {}

/// What the headers of a JPEG stream say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Columns, at least 1.
    pub(crate) width: u16,
    /// Rows, at least 1.
    pub(crate) height: u16,
    /// Identifiers of the components, 1, 3 or 4 of them.
    components: Vec<u8>,
    /// A resolution from JFIF.
    dpi: Option<Dpi>,
    has_jfif: bool,
    /// The transform flag of Adobe's APP14.
    adobe: Option<u8>,
    exif: Option<Range<usize>>,
    icc: Option<Vec<u8>>,
    /// Where the stream ends, after its end mark, if that is there.
    pub(crate) end: Option<usize>,
}

/// Colours as a PDF reader takes them from a JPEG stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PdfColours {
    /// One component.
    Grey,
    /// Three that are turned into RGB.
    YCbCr,
    /// Three that are RGB.
    Rgb,
}

/// Most scans a stream may have. Encoders make about ten; each costs a pass
/// over the whole page.
const MOST_SCANS: usize = 100;

impl Facts {
    /// Reads all markers of a stream, up to its end mark if it has one.
    ///
    /// # Errors
    ///
    /// When a header is damaged, or asks for what is not read here.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut facts = Self::default();
        let mut profile = ProfileParts::default();
        let mut scanned = Vec::new();
        let mut scans = 0;
        for (marker, segment) in (Markers { bytes, at: 2 }) {
            let body = bytes.get(segment.clone()).unwrap_or_default();
            match marker {
                0xc0..=0xc2 => facts.frame(body)?,
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                    let kind = format!("JPEG SOF{}", marker & 15);
                    return Err(DecodeError::Unsupported { kind });
                }
                0xda => {
                    scans += 1;
                    scanned.extend(components_of_scan(body));
                    if scans > MOST_SCANS {
                        let kind = format!("JPEG, more than {MOST_SCANS} scans");
                        return Err(DecodeError::Unsupported { kind });
                    }
                }
                0xe0 => facts.jfif(body),
                0xe1 if body.starts_with(b"Exif\0\0") && facts.exif.is_none() => {
                    facts.exif = Some(segment.start + 6..segment.end);
                }
                0xe2 => profile.add(body),
                0xee => facts.adobe(body),
                0xd9 => {
                    facts.end = Some(segment.end);
                    break;
                }
                _ => {}
            }
        }
        if facts.components.is_empty() {
            let found = bytes.len() as u64;
            return Err(DecodeError::NoEndMark { format: "JPEG", found });
        }
        // A component that no scan brings would be left grey.
        if facts.end.is_some() && facts.components.iter().any(|id| !scanned.contains(id))
        {
            return Err(DecodeError::Damaged { coding: "JPEG", row: 0 });
        }
        facts.icc = profile.join();
        Ok(facts)
    }

    /// A frame header (T.81, B.2.2).
    fn frame(&mut self, body: &[u8]) -> Result<(), DecodeError> {
        let bad = || DecodeError::BadHeader { format: "JPEG" };
        if !self.components.is_empty() {
            return Err(bad());
        }
        let (&[precision, h1, h0, w1, w0, count], rest) =
            body.split_first_chunk().ok_or_else(bad)?;
        self.width = u16::from_be_bytes([w1, w0]);
        self.height = u16::from_be_bytes([h1, h0]);
        if precision != 8 {
            let kind = format!("JPEG, {precision} bit");
            return Err(DecodeError::Unsupported { kind });
        }
        if self.width == 0 || self.height == 0 {
            let (width, height) = (self.width.into(), self.height.into());
            return Err(DecodeError::NoPixels { width, height });
        }
        if !matches!(count, 1 | 3 | 4) {
            let kind = format!("JPEG, {count} components");
            return Err(DecodeError::Unsupported { kind });
        }
        let ids = rest.as_chunks::<3>().0.iter().map(|[id, ..]| *id);
        self.components = ids.take(count.into()).collect();
        if self.components.len() < usize::from(count) {
            return Err(bad());
        }
        Ok(())
    }

    /// JFIF 1.02, page 5: units, then the density on each axis.
    fn jfif(&mut self, body: &[u8]) {
        let Some((b"JFIF\0", rest)) = body.split_first_chunk() else { return };
        self.has_jfif = true;
        let Some(&[_, _, unit, x1, x0, y1, y0]) = rest.first_chunk() else { return };
        let (x, y) = (u16::from_be_bytes([x1, x0]), u16::from_be_bytes([y1, y0]));
        let per_inch = match unit {
            1 => 1.0,
            2 => 2.54,
            _ => return,
        };
        self.dpi = Dpi::plausible(f64::from(x) * per_inch, f64::from(y) * per_inch);
    }

    /// Adobe Technical Note 5116, 18: "Adobe", version, two flags, transform.
    fn adobe(&mut self, body: &[u8]) {
        if let Some((b"Adobe", rest)) = body.split_first_chunk()
            && let Some(&transform) = rest.get(6)
        {
            self.adobe = Some(transform);
        }
    }

    /// What a reader of ISO 32000-2, 7.4.8 makes of the stream, where libjpeg
    /// makes the same; `None` where they could differ, and for CMYK.
    pub(crate) fn pdf_colours(&self) -> Option<PdfColours> {
        if let [_] = self.components.as_slice() {
            return Some(PdfColours::Grey);
        }
        let [_, _, _] = self.components.as_slice() else { return None };
        match (self.has_jfif, self.adobe) {
            (_, Some(1)) | (true, None) => Some(PdfColours::YCbCr),
            // JFIF says YCbCr, Adobe says RGB.
            (true, Some(0)) => None,
            (false, Some(0)) => Some(PdfColours::Rgb),
            // By these names libjpeg, and not the standard, takes them for RGB.
            (false, None) if self.components == *b"RGB" => None,
            (false, None) => Some(PdfColours::YCbCr),
            (_, Some(_)) => None,
        }
    }

    fn stored(&self, mirrored: bool) -> Stored {
        let ink = match self.components.len() {
            1 => Ink::Grey,
            4 => {
                let profile = self.icc.clone().map(Slice::from);
                Ink::Cmyk(profile.and_then(icc::for_cmyk))
            }
            _ => Ink::Rgb,
        };
        Stored {
            width: self.width.into(),
            bits: 8,
            samples: ink.samples(),
            // Adobe's applications write inks inverted, and others follow.
            inverted: matches!(ink, Ink::Cmyk(_)) && self.adobe.is_some(),
            ink,
            alpha: Alpha::None,
            big_endian: false,
            mirrored,
        }
    }

    fn encoding(&self) -> &'static str {
        match (self.components.len(), self.adobe) {
            (4, Some(2)) => "JPEG YCCK",
            (4, _) => "JPEG CMYK",
            _ => "JPEG",
        }
    }

    /// Components of a pixel: 1, 3 or 4.
    pub(crate) fn component_count(&self) -> usize {
        self.components.len()
    }
}

/// The identifiers in a scan header (T.81, B.2.3).
fn components_of_scan(body: &[u8]) -> impl Iterator<Item = u8> {
    let count = body.first().copied().unwrap_or_default();
    let selectors = body.get(1..).unwrap_or_default().as_chunks::<2>().0;
    selectors.iter().take(count.into()).map(|[id, _]| *id)
}

/// The marker segments of a stream in order: the marker's second byte and
/// where its parameters lie. Entropy-coded data between them is skipped.
struct Markers<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Markers<'_> {
    type Item = (u8, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            self.at += rest.iter().position(|&byte| byte == 0xff)? + 1;
            let marker = *self.bytes.get(self.at)?;
            match marker {
                // Stuffed zero, restart, temporary: no segment (T.81, B.1.1.5).
                0x00 | 0x01 | 0xd0..=0xd8 => self.at += 1,
                // Fill bytes may stand before a marker (B.1.1.2).
                0xff => {}
                0xd9 => {
                    self.at += 1;
                    return Some((marker, self.at..self.at));
                }
                _ => break,
            }
        }
        let marker = *self.bytes.get(self.at)?;
        let start = self.at + 1;
        let length = u16::from_be_bytes(*self.bytes.get(start..)?.first_chunk()?);
        let end = start + usize::from(length.max(2));
        self.bytes.get(start..end)?;
        self.at = end;
        Some((marker, start + 2..end))
    }
}

/// A profile in pieces of at most 64 KB (ICC.1:2022, B.4).
#[derive(Default)]
struct ProfileParts {
    parts: Vec<(u8, Vec<u8>)>,
    size: usize,
}

impl ProfileParts {
    fn add(&mut self, body: &[u8]) {
        let Some((b"ICC_PROFILE\0", rest)) = body.split_first_chunk() else { return };
        let Some((&[number, _count], part)) = rest.split_first_chunk() else { return };
        self.size = self.size.saturating_add(part.len());
        if self.size <= icc::MOST_BYTES {
            self.parts.push((number, part.to_vec()));
        }
    }

    fn join(mut self) -> Option<Vec<u8>> {
        self.parts.sort_by_key(|(number, _)| *number);
        let whole: Vec<u8> = self.parts.into_iter().flat_map(|(_, part)| part).collect();
        (!whole.is_empty() && self.size <= icc::MOST_BYTES).then_some(whole)
    }
}

/// What matters here of a block of EXIF data.
#[derive(Default)]
pub(crate) struct Exif {
    /// The Orientation tag, 0 if there is none.
    pub(crate) orientation: u64,
    /// The resolution, where stated and plausible.
    pub(crate) dpi: Option<Dpi>,
}

/// Largest block of EXIF data that is looked at, in bytes: a JPEG segment
/// holds no more, and other containers have no reason to.
const MOST_EXIF: usize = 1 << 16;

impl Exif {
    /// Reads the TIFF structure of the block; garbage says nothing.
    pub(crate) fn read(block: &[u8]) -> Self {
        if block.len() > MOST_EXIF {
            return Self::default();
        }
        guarded(|| Self::parse(block)).flatten().unwrap_or_default()
    }

    fn parse(block: &[u8]) -> Option<Self> {
        use exif::{In, Tag, Value};
        let mut reader = exif::Reader::new();
        reader.continue_on_error(true);
        let exif = match reader.read_raw(block.to_vec()) {
            Ok(exif) => exif,
            Err(exif::Error::PartialResult(partial)) => partial.into_inner().0,
            Err(_) => return None,
        };
        let integer = |tag| exif.get_field(tag, In::PRIMARY)?.value.get_uint(0);
        let rational = |tag| {
            let Value::Rational(values) = &exif.get_field(tag, In::PRIMARY)?.value else {
                return None;
            };
            values.first().map(|value| value.to_f64())
        };
        let per_inch = match integer(Tag::ResolutionUnit) {
            Some(3) => 2.54,
            _ => 1.0,
        };
        let dpi = rational(Tag::XResolution)
            .zip(rational(Tag::YResolution))
            .and_then(|(x, y)| Dpi::plausible(x * per_inch, y * per_inch));
        Some(Self { orientation: integer(Tag::Orientation).unwrap_or(0).into(), dpi })
    }

    /// How the picture is set upright: mirrored first, then turned.
    pub(crate) fn upright(&self) -> (bool, Quarter) {
        upright(self.orientation)
    }
}
