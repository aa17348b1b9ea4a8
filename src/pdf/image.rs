//! The one picture of a scanned page, in its own pixels.
//!
//! What a scanner writes is decoded here row by row: JPEG, fax, JBIG2, and
//! plain samples in grey, RGB or a palette. Everything rarer (JPEG 2000,
//! CMYK, Lab, inks, odd `Decode` arrays) is decoded by the renderer, which
//! knows the colour spaces, still in the picture's own pixels. Nothing is
//! guessed: what does not add up is an error and never a wrong picture.
//!
//! The clauses are those of ISO 32000-2: 8.9 (images), 7.4 (filters), 8.6
//! (colour spaces).

use std::io::Read as _;
use std::sync::Arc;

use hayro::hayro_syntax::Filter as Coding;
use hayro::hayro_syntax::object::{Dict, ObjectIdentifier, Stream};

use crate::pdf::document::Document;
use crate::pdf::filters;
use crate::pdf::image::colour::{
    Decode, Space, decode_array, is_grey, is_inverted, is_stencil, space,
};
use crate::pdf::image::header::{jpeg_header, jpx_size};
use crate::pdf::image::rows::PictureRows;
use crate::raster::bilevel::Ccitt;
use crate::raster::{DecodeError, Depth, Filter, Passthrough, Rows, Slice};

mod colour;
mod header;
mod rows;

/// Bytes of a picture's stream that are searched for its header behind another filter.
const MOST_HEADER: u64 = 1 << 20;
/// Bytes of an encoded picture behind another filter.
const MOST_ENCODED: usize = 512 << 20;
/// Bytes of JBIG2 symbols shared between pages.
const MOST_GLOBALS: usize = 64 << 20;
/// What the record calls JPEG 2000 that can be carried as it is.
const JPX_PLAIN: &str = "JPX";

/// What the dictionary and the header of a picture say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// What its rows are turned into.
    pub(crate) depth: Depth,
    /// A profile that describes the rows.
    pub(crate) icc: Option<Vec<u8>>,
    /// For the record.
    pub(crate) encoding: &'static str,
    coding: How,
}

/// How the rows are had.
#[derive(Clone, Debug, PartialEq)]
enum How {
    /// Samples after the filters that carry bytes.
    Samples(Samples),
    /// JPEG in grey or three components.
    Jpeg,
    /// Fax; `black_is_1` when a white pixel of the fax is black on the page.
    Fax(Ccitt),
    /// JBIG2; `flip` likewise.
    Jbig2 { flip: bool },
    /// The renderer decodes it.
    Foreign,
}

/// How samples are packed and what they mean.
#[derive(Clone, Debug, PartialEq)]
struct Samples {
    components: usize,
    bits: u32,
    /// `Decode [1 0]`.
    inverted: bool,
    palette: Option<Vec<[u8; 3]>>,
}

/// Width and height a picture's dictionary states.
pub(crate) fn stated_size(stream: &Stream<'_>) -> Option<(u32, u32)> {
    let dict = stream.dict();
    let width = dict.get::<u32>("Width").or_else(|| dict.get("W"))?;
    let height = dict.get::<u32>("Height").or_else(|| dict.get("H"))?;
    Some((width, height))
}

/// Width and height in the header of an encoded picture, which a decoder
/// would believe before the dictionary.
pub(crate) fn size_inside(
    raw: &[u8],
    chain: &[(Coding, Dict<'_>)],
) -> Option<(u32, u32)> {
    let at = chain.iter().position(|(filter, _)| filters::carries_picture(*filter))?;
    let head;
    let data = if at == 0 {
        raw
    } else {
        head = head_of(raw, chain)?;
        &head
    };
    let (filter, params) = chain.get(at)?;
    match filter {
        Coding::DctDecode => {
            jpeg_header(data).map(|header| (header.width, header.height))
        }
        Coding::JpxDecode => jpx_size(data),
        Coding::Jbig2Decode => {
            let settings = hayro_jbig2::DecodeSettings::default();
            let page = hayro_jbig2::Page::new_embedded(data, None, &settings).ok()?;
            Some((page.width(), page.height()))
        }
        Coding::CcittFaxDecode => {
            let columns = params.get::<u32>("Columns").unwrap_or(1728);
            Some((columns, params.get::<u32>("Rows").unwrap_or(1)))
        }
        Coding::AsciiHexDecode
        | Coding::Ascii85Decode
        | Coding::LzwDecode
        | Coding::FlateDecode
        | Coding::RunLengthDecode
        | Coding::Crypt => None,
    }
}

/// Whether the picture is drawn through a mask of its own (8.9.6, 11.6.5.2).
pub(crate) fn has_mask(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    dict.contains_key("SMask")
        || dict.contains_key("Mask")
        || dict.get::<i32>("SMaskInData").unwrap_or(0) != 0
}

impl Picture {
    /// What `stream` holds; `None` if not even its size can be told.
    pub(crate) fn of(stream: &Stream<'_>) -> Option<Self> {
        let chain = filters::chain(stream);
        let last = chain.iter().position(|(filter, _)| filters::carries_picture(*filter));
        // A picture filter ends a chain; anything after it is a riddle.
        if last.is_some_and(|at| at + 1 != chain.len()) {
            return foreign(stream, "PDF");
        }
        let found = match last.and_then(|at| chain.get(at)) {
            None => samples(stream, &chain),
            Some((Coding::DctDecode, params)) => jpeg(stream, &chain, params),
            Some((Coding::CcittFaxDecode, params)) => fax(stream, params),
            Some((Coding::Jbig2Decode, _)) => jbig2(stream, &chain),
            Some(_) => jpx(stream, &chain),
        };
        found
            .or_else(|| foreign(stream, "PDF"))
            .filter(|it| it.width > 0 && it.height > 0)
    }

    /// The stored data, where another PDF can carry it and it will mean the same.
    pub(crate) fn passthrough(
        &self,
        doc: &Document,
        stream: &Stream<'_>,
    ) -> Option<Passthrough> {
        let filter = match &self.coding {
            How::Jpeg => Filter::Jpeg,
            How::Foreign if self.encoding == JPX_PLAIN => Filter::Jpx,
            How::Fax(fax) if fax.k < 0 && !fax.byte_align => {
                Filter::G4 { black_is_1: fax.black_is_1 }
            }
            How::Jbig2 { flip: false } => {
                let params = filters::chain(stream).pop()?.1;
                Filter::Jbig2 { globals: globals(&params).map(Slice::from) }
            }
            How::Fax(_) | How::Jbig2 { .. } | How::Samples(_) | How::Foreign => {
                return None;
            }
        };
        Some(Passthrough { filter, bytes: encoded_slice(doc, stream)? })
    }

    /// Whether it is a JPEG of another size than stated.
    pub(crate) fn is_resized(&self, stated: (u32, u32)) -> bool {
        self.coding == How::Jpeg && stated != (self.width, self.height)
    }

    /// Its rows, decoded when asked for.
    pub(crate) fn rows(
        &self,
        doc: &Arc<Document>,
        page: usize,
        id: ObjectIdentifier,
    ) -> Box<dyn Rows> {
        Box::new(PictureRows { doc: Arc::clone(doc), page, id, picture: self.clone() })
    }
}

fn foreign(stream: &Stream<'_>, encoding: &'static str) -> Option<Picture> {
    let (width, height) = stated_size(stream)?;
    let depth = if is_grey(stream.dict()) { Depth::Grey } else { Depth::Rgb };
    Some(Picture { width, height, depth, icc: None, encoding, coding: How::Foreign })
}

fn samples(stream: &Stream<'_>, chain: &[(Coding, Dict<'_>)]) -> Option<Picture> {
    let dict = stream.dict();
    let (width, height) = stated_size(stream)?;
    let mask = is_stencil(dict);
    let bits = dict.get::<u32>("BitsPerComponent").or_else(|| dict.get("BPC"));
    let bits = if mask { 1 } else { bits? };
    let space = if mask { Space::Grey(None) } else { space(dict) };
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) || chain.len() > 4 {
        return None;
    }
    let (components, palette, icc) = match space {
        Space::Grey(icc) => (1, None, icc),
        Space::Rgb(icc) => (3, None, icc),
        Space::Palette(palette) if bits <= 8 => (1, Some(palette), None),
        Space::Palette(_) | Space::Foreign => return None,
    };
    let most = palette.as_ref().map_or(1.0, |_| f64::from((1_u32 << bits) - 1));
    let inverted = match decode_array(dict, components, most) {
        Decode::Plain => false,
        Decode::Inverted if palette.is_none() => true,
        Decode::Inverted | Decode::Odd => return None,
    };
    let depth = match &palette {
        Some(palette) => depth_of(palette, bits),
        None if components == 3 => Depth::Rgb,
        None if bits == 1 => Depth::Bilevel,
        None => Depth::Grey,
    };
    let encoding = match chain.last().map(|(filter, _)| *filter) {
        Some(Coding::FlateDecode) => "PDF Flate",
        Some(Coding::LzwDecode) => "PDF LZW",
        Some(Coding::RunLengthDecode) => "PDF RunLength",
        Some(_) | None => "PDF",
    };
    let coding = How::Samples(Samples { components, bits, inverted, palette });
    let icc = icc.filter(|_| depth != Depth::Bilevel);
    Some(Picture { width, height, depth, icc, encoding, coding })
}

fn depth_of(palette: &[[u8; 3]], bits: u32) -> Depth {
    let grey = palette.iter().all(|[r, g, b]| r == g && g == b);
    let pure = palette == [[0; 3], [255; 3]] || palette == [[255; 3], [0; 3]];
    match (grey, bits) {
        (true, 1) if pure => Depth::Bilevel,
        (true, _) => Depth::Grey,
        (false, _) => Depth::Rgb,
    }
}

fn jpeg(
    stream: &Stream<'_>,
    chain: &[(Coding, Dict<'_>)],
    params: &Dict<'_>,
) -> Option<Picture> {
    let dict = stream.dict();
    let header = jpeg_header(&head_of(&stream.raw_data(), chain)?)?;
    let encoding = match header.components {
        1 => "PDF JPEG grey",
        3 => "PDF JPEG",
        4 => "PDF JPEG CMYK",
        _ => "PDF JPEG of unusual components",
    };
    let (depth, icc) = match (header.components, space(dict)) {
        (1, Space::Grey(icc)) => (Depth::Grey, icc),
        (3, Space::Rgb(icc)) => (Depth::Rgb, icc),
        _ => return foreign(stream, encoding),
    };
    // 7.4.8: the Adobe marker overrules ColorTransform; without it 1 is what decoders do.
    let transform = params.get::<i32>("ColorTransform").unwrap_or(1) == 1 || header.adobe;
    let plain = decode_array(dict, usize::from(header.components), 1.0) == Decode::Plain
        && !is_stencil(dict)
        && header.usual
        && (transform || header.components == 1)
        && agrees(stated_size(stream)?, (header.width, header.height));
    if !plain {
        return foreign(stream, encoding);
    }
    let (width, height, coding) = (header.width, header.height, How::Jpeg);
    Some(Picture { width, height, depth, icc, encoding, coding })
}

/// Whether a JPEG of size `inside` can be the picture its dictionary calls
/// `stated`: the same, or the same at another scale. Some frame headers are
/// plainly wrong; those the renderer mends.
fn agrees(stated: (u32, u32), inside: (u32, u32)) -> bool {
    let ratio = |(width, height): (u32, u32)| f64::from(width) / f64::from(height.max(1));
    stated == inside || (ratio(stated) / ratio(inside) - 1.0).abs() < 0.02
}

fn fax(stream: &Stream<'_>, params: &Dict<'_>) -> Option<Picture> {
    let dict = stream.dict();
    let (width, height) = stated_size(stream)?;
    let flag = |key: &str, default: bool| params.get::<bool>(key).unwrap_or(default);
    let columns = params.get::<u32>("Columns").unwrap_or(1728);
    if columns != width {
        return None;
    }
    let fax = Ccitt {
        k: params.get::<i32>("K").unwrap_or(0),
        columns,
        rows: height,
        black_is_1: flag("BlackIs1", false) != is_inverted(dict)?,
        byte_align: flag("EncodedByteAlign", false),
        end_of_line: flag("EndOfLine", false),
        end_of_block: flag("EndOfBlock", true),
    };
    let encoding = if fax.k < 0 { "PDF G4" } else { "PDF G3" };
    let (depth, coding) = (Depth::Bilevel, How::Fax(fax));
    Some(Picture { width, height, depth, icc: None, encoding, coding })
}

fn jbig2(stream: &Stream<'_>, chain: &[(Coding, Dict<'_>)]) -> Option<Picture> {
    let (width, height) = stated_size(stream)?;
    let flip = is_inverted(stream.dict())?;
    let inside = size_inside(&stream.raw_data(), chain)?;
    if inside != (width, height) {
        return None;
    }
    let (depth, coding) = (Depth::Bilevel, How::Jbig2 { flip });
    Some(Picture { width, height, depth, icc: None, encoding: "PDF JBIG2", coding })
}

/// JPEG 2000 is decoded by the renderer; here is only found out what it is.
fn jpx(stream: &Stream<'_>, chain: &[(Coding, Dict<'_>)]) -> Option<Picture> {
    use hayro_jpeg2000::ColorSpace;
    let raw = stream.raw_data();
    let data = encoded(&raw, chain)?;
    let settings = hayro_jpeg2000::DecodeSettings::default();
    let header = hayro_jpeg2000::Image::new(&data, &settings).ok()?;
    let dict = stream.dict();
    let stated = dict.contains_key("ColorSpace").then(|| space(dict));
    let grey = match &stated {
        Some(space) => matches!(space, Space::Grey(_)),
        None => matches!(
            header.color_space(),
            ColorSpace::Gray | ColorSpace::Icc { num_channels: 1, .. }
        ),
    };
    let plain = match header.color_space() {
        ColorSpace::Gray => matches!(stated, None | Some(Space::Grey(None))),
        ColorSpace::RGB => matches!(stated, None | Some(Space::Rgb(None))),
        ColorSpace::CMYK | ColorSpace::Unknown { .. } | ColorSpace::Icc { .. } => false,
    };
    let simple = plain
        && !header.has_alpha()
        && header.original_bit_depth() == 8
        && stated_size(stream) == Some((header.width(), header.height()))
        && decode_array(dict, if grey { 1 } else { 3 }, 1.0) == Decode::Plain;
    let mut picture = foreign(stream, if simple { JPX_PLAIN } else { "PDF JPX" })?;
    (picture.width, picture.height) = (header.width(), header.height());
    if grey {
        picture.depth = Depth::Grey;
    }
    Some(picture)
}

/// The beginning of the encoded picture, as far as a header may need it.
fn head_of(raw: &[u8], chain: &[(Coding, Dict<'_>)]) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    let _incomplete =
        filters::reader(raw, chain)?.take(MOST_HEADER).read_to_end(&mut head);
    Some(head)
}

/// The encoded picture, the filters in front of it undone.
fn encoded(raw: &[u8], chain: &[(Coding, Dict<'_>)]) -> Option<Vec<u8>> {
    filters::decode(raw, chain, MOST_ENCODED)
}

/// The encoded picture as a part of the file where it stands there as it is.
fn encoded_slice(doc: &Document, stream: &Stream<'_>) -> Option<Slice> {
    let chain = filters::chain(stream);
    let raw = stream.raw_data();
    if chain.len() > 1 {
        return encoded(&raw, &chain).map(Slice::from);
    }
    let whole = doc.bytes();
    let start = raw.as_ptr().addr().checked_sub(whole.as_ptr().addr());
    let in_place = start.and_then(|start| {
        let slice = Slice::new(Arc::clone(whole), start, start.checked_add(raw.len())?)?;
        (slice.as_bytes() == &*raw).then_some(slice)
    });
    in_place.or_else(|| Some(Slice::from(raw.into_owned())))
}

fn globals(params: &Dict<'_>) -> Option<Vec<u8>> {
    let stream = params.get::<Stream<'_>>("JBIG2Globals")?;
    filters::decode(&stream.raw_data(), &filters::chain(&stream), MOST_GLOBALS)
}

/// The error for data that its decoder refuses.
pub(crate) fn unreadable(encoding: &'static str) -> DecodeError {
    DecodeError::Undecodable { codec: encoding }
}
