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

use std::fmt::Debug;
use std::io::Read;
use std::panic::catch_unwind;
use std::sync::Arc;

use hayro::hayro_syntax::Filter as Coding;
use hayro::hayro_syntax::object::{Array, Dict, Object, ObjectIdentifier, Stream};
use mozjpeg::ColorSpace;

use crate::pdf::document::Document;
use crate::pdf::{filters, render};
use crate::raster::bilevel::{self, Ccitt};
use crate::raster::jpeg::{Facts, Lines};
use crate::raster::{DecodeError, Depth, Filter, Passthrough, Rows, Slice};

/// Bytes of a picture's stream that are searched for its header behind another filter.
const MOST_HEADER: u64 = 1 << 20;
/// Bytes of an encoded picture behind another filter.
const MOST_ENCODED: usize = 512 << 20;
/// Bytes of a colour profile.
const MOST_PROFILE: usize = 4 << 20;
/// Bytes of JBIG2 symbols shared between pages.
const MOST_GLOBALS: usize = 64 << 20;

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

/// The colour spaces decoded here; the others are `Foreign`.
#[derive(Clone, Debug, PartialEq)]
enum Space {
    Grey(Option<Vec<u8>>),
    Rgb(Option<Vec<u8>>),
    Palette(Vec<[u8; 3]>),
    Foreign,
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
    let mut head = Vec::new();
    let data = if at == 0 {
        raw
    } else {
        let _incomplete =
            filters::reader(raw, chain)?.take(MOST_HEADER).read_to_end(&mut head);
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

const JPX_PLAIN: &str = "JPX";

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

/// Whether a one-bit picture is inverted by `Decode`; `None` if its bits do
/// not simply mean black and white.
fn is_inverted(dict: &Dict<'_>) -> Option<bool> {
    let bits =
        dict.get::<u32>("BitsPerComponent").or_else(|| dict.get("BPC")).unwrap_or(1);
    let plain = match space(dict) {
        Space::Grey(_) => true,
        Space::Palette(palette) => palette == [[0; 3], [255; 3]],
        Space::Rgb(_) | Space::Foreign => false,
    };
    if bits != 1 || !(plain || is_stencil(dict)) {
        return None;
    }
    match decode_array(dict, 1, 1.0) {
        Decode::Plain => Some(false),
        Decode::Inverted => Some(true),
        Decode::Odd => None,
    }
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

fn is_stencil(dict: &Dict<'_>) -> bool {
    dict.get::<bool>("ImageMask").or_else(|| dict.get("IM")).unwrap_or(false)
}

/// What a `Decode` array (8.9.5.2) does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Decode {
    Plain,
    /// Every component turned round.
    Inverted,
    Odd,
}

fn decode_array(dict: &Dict<'_>, components: usize, most: f64) -> Decode {
    let Some(array) = dict.get::<Array<'_>>("Decode").or_else(|| dict.get("D")) else {
        return Decode::Plain;
    };
    let bounds: Vec<f64> = array.iter::<f64>().collect();
    let near = |value: f64, wanted: f64| (value - wanted).abs() < 1e-4;
    let all = |low: f64, high: f64| {
        bounds.len() >= 2 * components
            && bounds.chunks_exact(2).take(components).all(
                |pair| matches!(pair, [from, to] if near(*from, low) && near(*to, high)),
            )
    };
    if all(0.0, most) {
        Decode::Plain
    } else if all(most, 0.0) {
        Decode::Inverted
    } else {
        Decode::Odd
    }
}

/// The colour space of a picture (8.6).
fn space(dict: &Dict<'_>) -> Space {
    dict.get::<Object<'_>>("ColorSpace")
        .or_else(|| dict.get("CS"))
        .map_or(Space::Foreign, |object| space_of(&object))
}

/// Whether the colour space has no colours.
fn is_grey(dict: &Dict<'_>) -> bool {
    let family = dict
        .get::<Array<'_>>("ColorSpace")
        .and_then(|array| array.iter::<Object<'_>>().next().and_then(Object::into_name));
    family.is_some_and(|name| &*name == b"CalGray")
        || matches!(space(dict), Space::Grey(_))
}

fn space_of(object: &Object<'_>) -> Space {
    if let Some(name) = object.clone().into_name() {
        return match &*name {
            b"DeviceGray" | b"G" => Space::Grey(None),
            b"DeviceRGB" | b"RGB" => Space::Rgb(None),
            _ => Space::Foreign,
        };
    }
    let Some(array) = object.clone().into_array() else { return Space::Foreign };
    let mut items = array.iter::<Object<'_>>();
    let Some(family) = items.next().and_then(Object::into_name) else {
        return Space::Foreign;
    };
    match &*family {
        b"DeviceGray" | b"G" => Space::Grey(None),
        b"DeviceRGB" | b"RGB" => Space::Rgb(None),
        b"ICCBased" => {
            items.next().and_then(Object::into_stream).map_or(Space::Foreign, profile)
        }
        b"Indexed" | b"I" => palette(&array).map_or(Space::Foreign, Space::Palette),
        _ => Space::Foreign,
    }
}

/// An ICC profile for grey or RGB (8.6.5.5); one that is damaged or for
/// something else leaves the device space of as many components.
#[expect(clippy::needless_pass_by_value, reason = "the shape of a combinator's argument")]
fn profile(stream: Stream<'_>) -> Space {
    let components = stream.dict().get::<u32>("N").unwrap_or(0);
    let raw = stream.raw_data();
    let bytes = filters::decode(&raw, &filters::chain(&stream), MOST_PROFILE);
    let describes = |wanted: moxcms::DataColorSpace| {
        let parse = |bytes: &Vec<u8>| {
            let profile =
                catch_unwind(|| moxcms::ColorProfile::new_from_slice(bytes).ok());
            profile.ok().flatten().is_some_and(|profile| profile.color_space == wanted)
        };
        bytes.clone().filter(parse)
    };
    match components {
        1 => Space::Grey(describes(moxcms::DataColorSpace::Gray)),
        3 => Space::Rgb(describes(moxcms::DataColorSpace::Rgb)),
        _ => Space::Foreign,
    }
}

/// The colours of an indexed space (8.6.6.3) over grey or RGB.
fn palette(space: &Array<'_>) -> Option<Vec<[u8; 3]>> {
    let mut items = space.iter::<Object<'_>>().skip(1);
    let width = match space_of(&items.next()?) {
        Space::Grey(None) => 1,
        Space::Rgb(None) => 3,
        // A profile of the base space would have to describe the palette.
        Space::Grey(Some(_))
        | Space::Rgb(Some(_))
        | Space::Palette(_)
        | Space::Foreign => {
            return None;
        }
    };
    let last = usize::from(items.next()?.into_u8()?);
    let table = match items.next()? {
        Object::String(string) => string.as_bytes().to_vec(),
        Object::Stream(stream) => {
            filters::decode(&stream.raw_data(), &filters::chain(&stream), 1 << 16)?
        }
        Object::Null(_)
        | Object::Boolean(_)
        | Object::Number(_)
        | Object::Name(_)
        | Object::Dict(_)
        | Object::Array(_) => return None,
    };
    let colours: Vec<[u8; 3]> = table
        .chunks_exact(width)
        .take(last + 1)
        .map(|colour| match colour {
            [r, g, b] => [*r, *g, *b],
            other => [other.first().copied().unwrap_or(0); 3],
        })
        .collect();
    (!colours.is_empty()).then_some(colours)
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

/// What the frame header of a JPEG says (ITU-T T.81, B.2.2).
struct JpegHeader {
    width: u32,
    height: u32,
    components: u8,
    /// Baseline, extended or progressive, Huffman coded, 8 bits.
    usual: bool,
    /// An Adobe marker stands before the frame.
    adobe: bool,
}

fn jpeg_header(data: &[u8]) -> Option<JpegHeader> {
    let mut at = crate::pdf::document::find(data, &[0xff, 0xd8])? + 2;
    let mut adobe = false;
    loop {
        let start = data.get(at..)?.iter().position(|byte| *byte == 0xff)? + at;
        let fill = data.get(start..)?.iter().take_while(|byte| **byte == 0xff).count();
        let marker = *data.get(start + fill)?;
        at = start + fill + 1;
        if matches!(marker, 0 | 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length =
            usize::from(u16::from_be_bytes(data.get(at..at + 2)?.try_into().ok()?));
        let segment = data.get(at + 2..)?;
        match marker {
            0xd9 | 0xda => return None,
            0xee => adobe |= segment.starts_with(b"Adobe"),
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let &[precision, h1, h0, w1, w0, components, ..] = segment else {
                    return None;
                };
                return Some(JpegHeader {
                    width: u32::from(u16::from_be_bytes([w1, w0])),
                    height: u32::from(u16::from_be_bytes([h1, h0])),
                    components,
                    usual: matches!(marker, 0xc0..=0xc2) && precision == 8,
                    adobe,
                });
            }
            _ => {}
        }
        at += length.max(2);
    }
}

/// Image size in the SIZ marker of a JPEG 2000 codestream (ITU-T T.800, A.5.1).
fn jpx_size(data: &[u8]) -> Option<(u32, u32)> {
    let at = crate::pdf::document::find(data, &[0xff, 0x4f, 0xff, 0x51])?;
    let number = |offset: usize| {
        let bytes = data.get(at + offset..at + offset + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let width = number(8)?.checked_sub(number(16)?)?;
    let height = number(12)?.checked_sub(number(20)?)?;
    Some((width, height))
}

/// The rows of a picture in a file.
#[derive(Debug)]
struct PictureRows {
    doc: Arc<Document>,
    page: usize,
    id: ObjectIdentifier,
    picture: Picture,
}

type Each<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), DecodeError>;

impl Rows for PictureRows {
    fn decode(&self, each: Each<'_>) -> Result<(), DecodeError> {
        let picture = &self.picture;
        if picture.coding == How::Foreign {
            let raster = render::picture(&self.doc, self.page, self.id, picture)?;
            return raster.rows().try_for_each(each);
        }
        let stream =
            self.doc.stream(self.id).ok_or_else(|| unreadable(picture.encoding))?;
        let raw = stream.raw_data();
        let chain = filters::chain(&stream);
        let unchained = || unreadable(picture.encoding);
        match &picture.coding {
            How::Samples(samples) => {
                let input = filters::reader(&raw, &chain).ok_or_else(unchained)?;
                decode_samples(picture, samples, input, each)
            }
            How::Jpeg => {
                decode_jpeg(picture, &encoded(&raw, &chain).ok_or_else(unchained)?, each)
            }
            How::Fax(fax) => {
                let data = encoded(&raw, &chain).ok_or_else(unchained)?;
                bilevel::decode_ccitt(&data, *fax)?.rows().try_for_each(each)
            }
            How::Jbig2 { flip } => {
                let data = encoded(&raw, &chain).ok_or_else(unchained)?;
                let shared = chain.last().and_then(|(_, params)| globals(params));
                let Picture { width, height, .. } = *picture;
                let mut page =
                    bilevel::decode_jbig2(&data, shared.as_deref(), width, height)?;
                if *flip {
                    bilevel::invert(&mut page.samples, width);
                }
                page.rows().try_for_each(each)
            }
            How::Foreign => Ok(()),
        }
    }
}

/// The error for data that its decoder refuses.
pub(crate) fn unreadable(encoding: &'static str) -> DecodeError {
    DecodeError::Undecodable { codec: encoding }
}

fn decode_samples(
    picture: &Picture,
    samples: &Samples,
    mut input: Box<dyn Read + '_>,
    each: Each<'_>,
) -> Result<(), DecodeError> {
    let per_row =
        u64::from(picture.width) * samples.components as u64 * u64::from(samples.bits);
    let row_bytes = usize::try_from(per_row.div_ceil(8)).unwrap_or(usize::MAX);
    let expected = row_bytes as u64 * u64::from(picture.height);
    let mut found = 0;
    let mut stored = Vec::with_capacity(row_bytes);
    let mut row = Vec::with_capacity(picture.depth.row_bytes(picture.width));
    for _ in 0..picture.height {
        stored.clear();
        // What comes before damage was read; its length tells.
        let _damage = input.by_ref().take(row_bytes as u64).read_to_end(&mut stored);
        found += stored.len() as u64;
        if stored.len() < row_bytes {
            return Err(DecodeError::EndsEarly { found, expected });
        }
        row.clear();
        convert(picture, samples, &stored, &mut row);
        each(&row)?;
    }
    Ok(())
}

/// One row from the file's packing to ours.
fn convert(picture: &Picture, samples: &Samples, stored: &[u8], row: &mut Vec<u8>) {
    let inverted = if samples.inverted { 0xff } else { 0 };
    if picture.depth == Depth::Bilevel {
        // A stored 0 is black unless the palette or Decode says otherwise; ours is 1.
        let first = samples.palette.as_deref().and_then(<[_]>::first);
        let flip = if first == Some(&[255; 3]) { 0 } else { 0xff } ^ inverted;
        row.extend(stored.iter().map(|byte| byte ^ flip));
        clear_padding(row, picture.width);
        return;
    }
    let count = picture.width as usize * samples.components;
    let wide = |row: &mut Vec<u8>, value: u8| match &samples.palette {
        None => row.push(value ^ inverted),
        Some(palette) => {
            // Beyond the last entry counts as the last (8.6.6.3).
            let colour =
                palette.get(usize::from(value)).or(palette.last()).unwrap_or(&[0; 3]);
            let depth = if picture.depth == Depth::Grey { 1 } else { 3 };
            row.extend(colour.iter().take(depth));
        }
    };
    match samples.bits {
        8 => stored.iter().take(count).for_each(|byte| wide(row, *byte)),
        16 => stored.iter().step_by(2).take(count).for_each(|byte| wide(row, *byte)),
        bits => {
            let most = (1_u16 << bits) - 1;
            let scale = if samples.palette.is_some() { 1 } else { 255 / most };
            let per_byte = 8 / bits;
            let values = stored.iter().flat_map(|byte| {
                (0..per_byte).rev().map(move |i| u16::from(*byte) >> (i * bits) & most)
            });
            for value in values.take(count) {
                wide(row, u8::try_from(value * scale).unwrap_or(u8::MAX));
            }
        }
    }
}

/// Makes the bits after the last column 0.
fn clear_padding(row: &mut Vec<u8>, width: u32) {
    row.truncate(Depth::Bilevel.row_bytes(width));
    let spare = (8 - width % 8) % 8;
    if let Some(last) = row.last_mut() {
        *last = *last >> spare << spare;
    }
}

fn decode_jpeg(
    picture: &Picture,
    data: &[u8],
    each: Each<'_>,
) -> Result<(), DecodeError> {
    let facts = Facts::read(data)?;
    let whole = facts.end.and_then(|end| data.get(..end)).unwrap_or_default();
    if (u32::from(facts.width), u32::from(facts.height))
        != (picture.width, picture.height)
    {
        return Err(unreadable(picture.encoding));
    }
    let colours = match picture.depth {
        Depth::Rgb => ColorSpace::JCS_RGB,
        Depth::Grey | Depth::Bilevel => ColorSpace::JCS_GRAYSCALE,
    };
    let mut lines = Lines::start([whole, &[]], &facts, Some(colours))?;
    let mut line = vec![0; picture.depth.row_bytes(picture.width)];
    for row in 0..picture.height {
        lines.next(&mut line).ok_or(DecodeError::Damaged { coding: "JPEG", row })?;
        each(&line)?;
    }
    Ok(())
}

/// Whether the picture is drawn through a mask of its own (8.9.6, 11.6.5.2).
pub(crate) fn has_mask(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    dict.contains_key("SMask")
        || dict.contains_key("Mask")
        || dict.get::<i32>("SMaskInData").unwrap_or(0) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_header_is_found_behind_other_segments() {
        let mut data = vec![0xff, 0xd8, 0xff, 0xee, 0, 8];
        data.extend(b"Adobe\0");
        data.extend([0xff, 0xff, 0xc0, 0, 17, 8, 1, 2, 3, 4, 3]);
        let header = jpeg_header(&data).unwrap();
        assert_eq!((header.width, header.height, header.components), (0x304, 0x102, 3));
        assert!(header.adobe && header.usual);
        assert!(jpeg_header(&data[..14]).is_none());
    }
}
