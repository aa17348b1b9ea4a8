//! The rows of a picture, decoded from the file when they are asked for.

use std::io::Read;
use std::sync::Arc;

use hayro::hayro_syntax::object::ObjectIdentifier;
use mozjpeg::ColorSpace;

use crate::pdf::document::Document;
use crate::pdf::image::{How, Picture, Samples, encoded, globals, unreadable};
use crate::pdf::{filters, render};
use crate::raster::bilevel;
use crate::raster::jpeg::{Facts, Lines};
use crate::raster::{DecodeError, Depth, Rows};

/// The rows of a picture in a file.
#[derive(Debug)]
pub(super) struct PictureRows {
    pub(super) doc: Arc<Document>,
    pub(super) page: usize,
    pub(super) id: ObjectIdentifier,
    pub(super) picture: Picture,
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
