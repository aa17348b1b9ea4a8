//! What a page would cost, judged before anything of it is decoded.
//!
//! A picture of 35 000 × 35 000 pixels fits into 11 kilobytes, and so does a
//! content stream of a gigabyte. Everything a page can reach is looked at:
//! the dictionaries of its pictures, the headers inside them, and how far its
//! other streams inflate. Inline pictures are judged in `survey.rs`, where
//! they appear.

use std::collections::BTreeSet;

use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::object::{MaybeRef, Object, ObjectIdentifier, Stream};
use hayro::hayro_syntax::page::Page;

use crate::pdf::document::Document;
use crate::pdf::{PdfError, filters, image};

/// Bytes a content stream, font or function may inflate to.
const MOST_STREAM: u64 = 64 << 20;
/// No filter but a chain of them inflates further than this (LZW at its best).
const MOST_RATIO: u64 = 2800;
/// Objects a page may reach.
const MOST_OBJECTS: usize = 200_000;
/// Keys that lead away from what is drawn.
const ELSEWHERE: [&[u8]; 14] = [
    b"Parent",
    b"P",
    b"Dest",
    b"A",
    b"AA",
    b"Popup",
    b"IRT",
    b"StructParents",
    b"Metadata",
    b"PieceInfo",
    b"B",
    b"Thumb",
    b"AF",
    b"FS",
];

/// Fails if drawing the page would cost more than the limits allow, or if its
/// content is not there. `number` counts from 1 and is for the message.
pub(crate) fn page(
    doc: &Document,
    page: &Page<'_>,
    number: usize,
) -> Result<(), PdfError> {
    let content = page.raw().entries().find(|(key, _)| &**key == b"Contents");
    if content.is_some_and(|(_, content)| !is_whole(doc, content)) {
        return Err(PdfError::PageDamaged { page: number });
    }
    let mut seen = BTreeSet::new();
    let mut waiting = Vec::new();
    // Resources may come from an ancestor, to which the page's own keys do not lead.
    let inherited = page.resources();
    for part in [
        &inherited.x_objects,
        &inherited.patterns,
        &inherited.fonts,
        &inherited.ext_g_states,
        &inherited.color_spaces,
        &inherited.shadings,
    ] {
        waiting.push(Object::Dict(part.clone()));
    }
    waiting.push(Object::Dict(page.raw().clone()));
    while let Some(object) = waiting.pop() {
        if seen.len() > MOST_OBJECTS || waiting.len() > MOST_OBJECTS {
            return Err(PdfError::PageTooBusy { page: number });
        }
        for child in children(&object) {
            match child {
                MaybeRef::NotRef(child) => waiting.push(child),
                MaybeRef::Ref(reference) => {
                    let id = ObjectIdentifier::from(reference);
                    let known = doc.weighed.lock().is_ok_and(|known| known.contains(&id));
                    if !known && seen.insert(id) {
                        waiting.extend(doc.object(id));
                    }
                }
            }
        }
        if let Object::Stream(stream) = &object {
            weigh(doc, stream, number)?;
        }
    }
    if let Ok(mut known) = doc.weighed.lock() {
        known.extend(seen);
    }
    Ok(())
}

/// Whether the content of a page can be had. A reference to an object that
/// does not exist means an empty page (ISO 32000-2, 7.3.10), but in fact the
/// file has lost something, and a lost page must not pass for a blank one.
fn is_whole(doc: &Document, content: MaybeRef<Object<'_>>) -> bool {
    let resolved = |item: MaybeRef<Object<'_>>| match item {
        MaybeRef::Ref(reference) => doc.object(reference.into()).map(|object| {
            // A rebuilt table hints at a torn file; else missing end marks are a habit of writers.
            let suspect = object.into_stream().filter(|_| doc.was_recovered);
            suspect.is_none_or(|stream| {
                !filters::is_cut_off(&stream.raw_data(), &filters::chain(&stream))
            })
        }),
        MaybeRef::NotRef(_) => Some(true),
    };
    let array = match &content {
        MaybeRef::Ref(reference) => doc.object((*reference).into()),
        MaybeRef::NotRef(object) => Some(object.clone()),
    };
    match array.and_then(Object::into_array) {
        Some(parts) => parts.raw_iter().all(|part| resolved(part).unwrap_or(false)),
        None => resolved(content).unwrap_or(false),
    }
}

/// Whether the page can name a picture or form that does not exist.
pub(crate) fn is_torn(doc: &Document, page: &Page<'_>) -> bool {
    page.resources().x_objects.entries().any(|(_, value)| {
        value.as_obj_ref().is_some_and(|reference| doc.object(reference.into()).is_none())
    })
}

fn children<'a>(object: &Object<'a>) -> Vec<MaybeRef<Object<'a>>> {
    let dict = match object {
        Object::Dict(dict) => dict,
        Object::Stream(stream) => stream.dict(),
        Object::Array(array) => return array.raw_iter().collect(),
        Object::Null(_)
        | Object::Boolean(_)
        | Object::Number(_)
        | Object::String(_)
        | Object::Name(_) => return Vec::new(),
    };
    let drawn = dict.entries().filter(|(key, _)| !ELSEWHERE.contains(&&**key));
    drawn.map(|(_, value)| value).collect()
}

fn weigh(doc: &Document, stream: &Stream<'_>, number: usize) -> Result<(), PdfError> {
    let chain = filters::chain(stream);
    let raw = stream.raw_data();
    if let Some((width, height)) = image::stated_size(stream) {
        pixels(doc, (width, height), number)?;
    }
    if let Some(size) = image::size_inside(&raw, &chain) {
        return pixels(doc, size, number);
    }
    if chain.iter().any(|(filter, _)| filters::carries_picture(*filter)) {
        return Ok(());
    }
    let most = image::stated_size(stream).map_or(MOST_STREAM, |(width, height)| {
        // Four samples of 16 bits a pixel, and a byte a row for a predictor.
        8 * u64::from(width) * u64::from(height) + u64::from(height) + MOST_STREAM
    });
    let inflating = chain.iter().filter(|(filter, _)| inflates(*filter)).count();
    let possible = match inflating {
        0 => return Ok(()),
        1 => (raw.len() as u64).saturating_mul(MOST_RATIO),
        _ => u64::MAX,
    };
    if possible > most && filters::exceeds(&raw, &chain, most) {
        let object = stream.obj_id().obj_number;
        return Err(PdfError::StreamTooLarge { page: number, object, most });
    }
    Ok(())
}

fn inflates(filter: Filter) -> bool {
    match filter {
        Filter::LzwDecode | Filter::FlateDecode | Filter::RunLengthDecode => true,
        Filter::AsciiHexDecode
        | Filter::Ascii85Decode
        | Filter::CcittFaxDecode
        | Filter::Jbig2Decode
        | Filter::DctDecode
        | Filter::JpxDecode
        | Filter::Crypt => false,
    }
}

/// Fails if a picture of this size is beyond the limit.
pub(crate) fn pixels(
    doc: &Document,
    (width, height): (u32, u32),
    page: usize,
) -> Result<(), PdfError> {
    let most = doc.limits.pixels;
    if u64::from(width) * u64::from(height) > most {
        return Err(PdfError::PictureTooLarge { page, width, height, most });
    }
    Ok(())
}
