//! JBIG2 (ITU-T T.88) as a PDF embeds it: bare segments, no file header
//! (ISO 32000-2, 7.4.7).
//!
//! Encoding knows one shape, a lossless generic region that covers the page.
//! Symbol coding would save another tenth on clean pages, but a substituted
//! glyph in an archive is a forgery, so the door is not even there. The
//! arithmetic coder is `jbig2enc-rust`'s, fed with packed words; the two
//! segments around it are written here.
//!
//! Decoding is `hayro-jbig2`'s work. Before it starts, [`survey`] walks the
//! segment headers, so that a truncated stream is an error instead of white
//! paper and a lying one cannot ask for more memory than the page it is on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jbig2enc_rust::Jbig2ArithCoder;
use jbig2enc_rust::jbig2structs::GenericRegionConfig;

use crate::raster::ccitt::{ends_early, last_byte_mask};
use crate::raster::{DecodeError, Depth, Raster};

/// Decoders refuse a side longer than this, ours included.
const LONGEST_SIDE: u32 = 65_535;

/// Encodes a bilevel picture without loss; `None` where JBIG2 cannot: a side
/// beyond 65 535, or an encoder whose work does not decode to the same pixels.
#[must_use]
pub(crate) fn encode(raster: &Raster) -> Option<Vec<u8>> {
    if raster.width.max(raster.height) > LONGEST_SIDE {
        return None;
    }
    let coded = catch_unwind(AssertUnwindSafe(|| {
        let page = page(raster, &region(raster)?);
        same_pixels(&page, raster).then_some(page)
    }));
    coded.ok().flatten()
}

/// The arithmetic-coded pixels, template 0 with its nominal adaptive pixels
/// (T.88, 6.2.5.3).
fn region(raster: &Raster) -> Option<Vec<u8>> {
    let mut words = Vec::with_capacity(raster.samples.len().div_ceil(4));
    for row in raster.rows() {
        words.extend(row.chunks(4).map(|bytes| {
            let word = bytes.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
            word << (8 * (4 - bytes.len()))
        }));
    }
    let config = GenericRegionConfig::new(raster.width, raster.height, 0);
    let mut coder = Jbig2ArithCoder::new();
    coder.encode_generic_region_cfg(&words, &config).ok()?;
    coder.flush(true);
    // Not `into_vec`, which ends the stream a second time.
    let mut coded = coder.as_bytes().to_vec();
    // T.88, E.2.9: a last byte FF is the first byte of the marker FF AC; the
    // coder writes it twice, and readers call that an extraneous byte.
    if coded.ends_with(&[0xFF, 0xFF, 0xAC]) {
        coded.remove(coded.len() - 3);
    }
    Some(coded)
}

/// A page information segment (T.88, 7.4.8) and an immediate generic region
/// segment (7.4.6) around the coded pixels.
fn page(raster: &Raster, coded: &[u8]) -> Vec<u8> {
    const PAGE_INFORMATION: u8 = 48;
    const GENERIC_REGION: u8 = 38;
    const LOSSLESS: u8 = 1;
    const NOMINAL_PIXELS: [i8; 8] = [3, -1, -3, -1, 2, -2, -2, -2];
    let size = [raster.width.to_be_bytes(), raster.height.to_be_bytes()].concat();

    let mut information = size.clone();
    information.extend([0; 8]); // resolution unknown: the PDF says it
    information.push(LOSSLESS);
    information.extend([0; 2]); // not striped

    let mut region = size;
    region.extend([0; 8]); // at the origin
    region.extend([0, 0]); // combined by OR; arithmetic coding, template 0
    region.extend(NOMINAL_PIXELS.map(i8::cast_unsigned));
    region.extend(coded);

    let mut page = segment(0, PAGE_INFORMATION, &information);
    page.extend(segment(1, GENERIC_REGION, &region));
    page
}

/// A segment of page 1 that refers to no other (T.88, 7.2).
fn segment(number: u8, kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let mut segment = vec![0, 0, 0, number, kind, 0, 1];
    segment.extend(length.to_be_bytes());
    segment.extend(content);
    segment
}

/// Whether the page decodes to exactly these pixels.
fn same_pixels(page: &[u8], raster: &Raster) -> bool {
    let mask = last_byte_mask(raster.width);
    let same_row = |(theirs, ours): (&[u8], &[u8])| match (theirs, ours) {
        ([theirs @ .., a], [ours @ .., b]) => theirs == ours && (a ^ b) & mask == 0,
        ([], _) | (_, []) => false,
    };
    decode_whole(page, None, raster.width, raster.height)
        .is_ok_and(|decoded| decoded.rows().zip(raster.rows()).all(same_row))
}

/// Decodes an embedded JBIG2 stream, with its `JBIG2Globals` where it has
/// some, to the size its image dictionary states.
///
/// # Errors
///
/// When segments are missing or damaged, or the page is of another size.
pub fn decode(
    coded: &[u8],
    globals: Option<&[u8]>,
    width: u32,
    height: u32,
) -> Result<Raster, DecodeError> {
    let pixels = u64::from(width) * u64::from(height);
    let page = survey(coded, pixels)?;
    if page.covered == 0 {
        // Cut off before its first region, it would decode to white paper.
        return Err(DAMAGED);
    }
    let globals = globals.map(|globals| survey(globals, pixels)).transpose()?;
    let globals = globals.map(|globals| globals.segments);
    let whole = || decode_whole(page.segments, globals, width, height);
    catch_unwind(AssertUnwindSafe(whole)).unwrap_or(Err(DAMAGED))
}

const DAMAGED: DecodeError = DecodeError::Undecodable { codec: "JBIG2" };

/// Decodes segments that are known to be all there. Strictly: a lenient
/// decoder leaves a damaged region white and says nothing.
fn decode_whole(
    coded: &[u8],
    globals: Option<&[u8]>,
    width: u32,
    height: u32,
) -> Result<Raster, DecodeError> {
    let settings = hayro_jbig2::DecodeSettings { strict: true };
    let globals = globals
        .map(|globals| hayro_jbig2::Globals::new(globals, &settings))
        .transpose()
        .map_err(damaged)?;
    let page = hayro_jbig2::Page::new_embedded(coded, globals.as_ref(), &settings)
        .map_err(damaged)?;
    let stride = Depth::Bilevel.row_bytes(width);
    if page.width() == width && page.height() < height {
        return Err(ends_early(stride, page.height(), height));
    }
    if (page.width(), page.height()) != (width, height) {
        let found = (page.width(), page.height());
        return Err(DecodeError::SizeDiffers { found, expected: (width, height) });
    }
    let mut sink =
        Sink { row: 0, x: 0, stride, samples: vec![0; stride * height as usize] };
    page.decode(&mut sink).map_err(damaged)?;
    Ok(Raster { width, height, depth: Depth::Bilevel, samples: sink.samples })
}

/// The decoder's reason is English prose about the standard: for its logs.
fn damaged(_reason: hayro_jbig2::DecodeError) -> DecodeError {
    DAMAGED
}

/// Packs the pixels the decoder pushes.
struct Sink {
    /// Where the current row starts in `samples`.
    row: usize,
    x: usize,
    stride: usize,
    samples: Vec<u8>,
}

impl hayro_jbig2::Decoder for Sink {
    fn push_pixel(&mut self, black: bool) {
        if let Some(byte) = self.samples.get_mut(self.row + self.x / 8) {
            *byte |= u8::from(black) << (7 - self.x % 8);
        }
        self.x += 1;
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        let (from, count) = (self.row + self.x / 8, chunk_count as usize);
        if black && let Some(bytes) = self.samples.get_mut(from..from + count) {
            bytes.fill(0xFF);
        }
        self.x += 8 * count;
    }

    fn next_line(&mut self) {
        self.row += self.stride;
        self.x = 0;
    }
}

/// Regions of a page may cover it this many times over. A scan's text region
/// lies on its page once; a bomb stacks thousands.
const MOST_LAYERS: u64 = 16;

/// What the segment headers of a stream promise.
struct Survey<'a> {
    /// The stream up to the end of its last segment.
    segments: &'a [u8],
    /// Pixels of all regions together.
    covered: u64,
}

/// Walks the segment headers (T.88, 7.2) of a page of so many pixels. PDF
/// writers leave line ends and padding behind the last segment.
fn survey(coded: &[u8], pixels: u64) -> Result<Survey<'_>, DecodeError> {
    const LEAST_SEGMENT: usize = 11;
    let (mut rest, mut covered) = (coded, 0_u64);
    while rest.len() >= LEAST_SEGMENT {
        let header = SegmentHeader::read(&mut rest).ok_or_else(|| missing(coded, 1))?;
        // Of a length left open, only the pixels tell the end (T.88, 7.2.7).
        let length = header.length.unwrap_or(rest.len());
        let Some((content, after)) = rest.split_at_checked(length) else {
            return Err(missing(coded, length - rest.len()));
        };
        rest = after;
        if header.is_region() {
            covered = covered.saturating_add(area(content, 0));
        }
        let cells = if header.is_halftone() { area(content, HALFTONE_GRID) } else { 0 };
        if covered > pixels.saturating_mul(MOST_LAYERS) || cells > pixels {
            return Err(DAMAGED);
        }
        if header.ends_page() {
            break;
        }
    }
    if rest.len() < LEAST_SEGMENT && !rest.iter().all(|byte| b"\0\n\r ".contains(byte)) {
        return Err(missing(coded, LEAST_SEGMENT - rest.len()));
    }
    let segments = coded.get(..coded.len() - rest.len()).unwrap_or(coded);
    Ok(Survey { segments, covered })
}

/// The error for a stream that lacks `missing` bytes at its end.
fn missing(coded: &[u8], missing: usize) -> DecodeError {
    let found = coded.len() as u64;
    DecodeError::EndsEarly { found, expected: found + missing as u64 }
}

/// Where a halftone region states its grid (T.88, 7.4.5.1).
const HALFTONE_GRID: usize = 18;

/// Width times height, as two big-endian words at `offset` state them.
fn area(content: &[u8], offset: usize) -> u64 {
    let word =
        |at| Some(u64::from(u32::from_be_bytes(*content.get(at..)?.first_chunk()?)));
    word(offset).zip(word(offset + 4)).map_or(0, |(width, height)| width * height)
}

/// What a segment header says (T.88, 7.2).
struct SegmentHeader {
    kind: u8,
    /// Bytes of content; `None` where the header does not know.
    length: Option<usize>,
}

impl SegmentHeader {
    /// Reads a header and leaves its content in front; `None` at the end.
    fn read(rest: &mut &[u8]) -> Option<Self> {
        let number = take_u32(rest)?;
        let flags = take(rest, 1)?.first()?;
        let short = rest.first()? >> 5;
        let referred = if short == 7 {
            let count = take_u32(rest)? & 0x1FFF_FFFF;
            take(rest, (count as usize + 1).div_ceil(8))?;
            count as usize
        } else {
            take(rest, 1)?;
            usize::from(short)
        };
        let reference = match number {
            0..=256 => 1,
            257..=65_536 => 2,
            65_537.. => 4,
        };
        take(rest, referred.checked_mul(reference)?)?;
        take(rest, if flags & 0x40 == 0 { 1 } else { 4 })?;
        let length = take_u32(rest)?;
        let length = if length == u32::MAX { None } else { Some(length as usize) };
        Some(Self { kind: flags & 0x3F, length })
    }

    /// Text, halftone, generic and refinement regions (T.88, 7.3).
    fn is_region(&self) -> bool {
        matches!(self.kind, 4 | 6 | 7 | 20 | 22 | 23 | 36 | 38 | 39 | 40 | 42 | 43)
    }

    fn is_halftone(&self) -> bool {
        matches!(self.kind, 20 | 22 | 23)
    }

    /// End of page and end of file, which PDF forbids and writers leave in.
    fn ends_page(&self) -> bool {
        matches!(self.kind, 49 | 51)
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    rest.split_off(..count)
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(*rest.split_off(..4)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::samples::{assorted, noise, text_like};

    #[test]
    fn what_is_encoded_decodes_to_the_same_pixels() {
        for raster in assorted() {
            let coded = encode(&raster).expect("verified");
            assert_eq!(
                decode(&coded, None, raster.width, raster.height).unwrap(),
                raster
            );
        }
    }

    #[test]
    fn the_pixels_end_with_one_marker() {
        // T.88, 7.2.7 and E.2.9: FF AC, and no FF before it that belongs to it.
        for raster in assorted() {
            let coded = region(&raster).unwrap();
            assert!(coded.ends_with(&[0xFF, 0xAC]), "{coded:02X?}");
            assert!(!coded.ends_with(&[0xFF, 0xFF, 0xAC]), "{coded:02X?}");
        }
    }

    #[test]
    fn padding_bits_of_the_rows_do_not_matter() {
        let clean = text_like(77, 40, 1);
        let mut dirty = clean.clone();
        dirty.samples.chunks_exact_mut(10).for_each(|row| row[9] |= 0b111);
        assert_eq!(encode(&dirty), encode(&clean));
    }

    #[test]
    fn a_side_that_decoders_refuse_is_not_encoded() {
        assert_eq!(encode(&noise(65_536, 1, 50, 1)), None);
    }

    #[test]
    fn other_pixels_are_noticed() {
        let raster = text_like(90, 40, 2);
        let coded = encode(&raster).unwrap();
        let mut other = raster.clone();
        other.samples[100] ^= 1 << 6;
        assert!(same_pixels(&coded, &raster));
        assert!(!same_pixels(&coded, &other));
    }

    #[test]
    fn a_truncated_stream_is_an_error_and_not_white_paper() {
        let raster = text_like(400, 100, 3);
        let coded = encode(&raster).unwrap();
        for end in [0, 5, 29, 30, 40, coded.len() / 2, coded.len() - 1] {
            assert!(decode(&coded[..end], None, 400, 100).is_err(), "{end} bytes");
        }
        let error = decode(&coded[..coded.len() - 7], None, 400, 100).unwrap_err();
        let expected = coded.len() as u64;
        assert_eq!(error, DecodeError::EndsEarly { found: expected - 7, expected });
    }

    #[test]
    fn a_line_end_behind_the_segments_is_no_damage() {
        let raster = text_like(100, 30, 4);
        let mut coded = encode(&raster).unwrap();
        coded.extend(b"\r\n");
        assert_eq!(decode(&coded, None, 100, 30).unwrap(), raster);
    }

    #[test]
    fn another_size_than_the_dictionary_says_is_an_error() {
        let coded = encode(&text_like(100, 30, 5)).unwrap();
        let wider = decode(&coded, None, 101, 30).unwrap_err();
        assert_eq!(
            wider,
            DecodeError::SizeDiffers { found: (100, 30), expected: (101, 30) }
        );
        let taller = decode(&coded, None, 100, 31).unwrap_err();
        assert_eq!(taller, DecodeError::EndsEarly { found: 390, expected: 403 });
    }

    #[test]
    fn regions_larger_than_the_page_are_refused_from_their_headers() {
        let raster = text_like(64, 64, 6);
        let mut coded = encode(&raster).unwrap();
        let region = 11 + 19 + 11;
        coded[region..region + 8].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
        assert_eq!(decode(&coded, None, 64, 64), Err(DAMAGED));
    }

    #[test]
    fn damaged_data_never_panics() {
        let raster = text_like(300, 60, 7);
        let coded = encode(&raster).unwrap();
        for place in 0..coded.len() {
            for flip in [0x01, 0x80, 0xFF] {
                let mut damaged = coded.clone();
                damaged[place] ^= flip;
                drop(decode(&damaged, Some(&damaged[..place]), 300, 60));
                drop(decode(&damaged, None, 300, 60));
            }
        }
    }
}
