//! The filters of cross-reference and object streams, with a limit.
//!
//! Writers compress them with Flate, sometimes with a predictor (ISO 32000-2,
//! 7.4.4); other filters are refused rather than guessed.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::cos::object::{Dict, Object};
use crate::cos::{CosError, Expected, Limit, wrong};

/// Bytes a single stream may inflate to.
const MOST_INFLATED: usize = 48 << 20;

/// The data of a stream that begins at `offset`, out of their filters.
///
/// # Errors
///
/// When a filter is not known here, the data do not pass it, or there are too many.
pub fn decode(dict: &Dict, raw: &[u8], offset: usize) -> Result<Vec<u8>, CosError> {
    let filters = one_or_many(dict.get(b"Filter").or(dict.get(b"F")));
    let parms = one_or_many(dict.get(b"DecodeParms").or(dict.get(b"DP")));
    let mut bytes = raw.to_vec();
    for (place, filter) in filters.iter().enumerate() {
        let parm = parms.get(place).and_then(|parm| parm.dict());
        bytes = match filter.name() {
            Some(b"FlateDecode" | b"Fl") => {
                let inflated = inflate(&bytes, offset)?;
                unpredicted(inflated, parm, offset)?
            }
            Some(b"ASCIIHexDecode" | b"AHx") => hexadecimal(&bytes, offset)?,
            // 7.6.6: the crypt filter has done its work before.
            Some(b"Crypt") => bytes,
            _ => return wrong(offset, Expected::Filter),
        };
    }
    Ok(bytes)
}

fn one_or_many(object: Option<&Object>) -> Vec<&Object> {
    match object {
        None => Vec::new(),
        Some(Object::Array(items)) => items.iter().collect(),
        Some(one) => vec![one],
    }
}

fn inflate(bytes: &[u8], offset: usize) -> Result<Vec<u8>, CosError> {
    let mut out = Vec::new();
    let most = MOST_INFLATED as u64 + 1;
    let ended = ZlibDecoder::new(bytes).take(most).read_to_end(&mut out);
    if out.len() > MOST_INFLATED {
        return Err(CosError::TooMuch { offset, of: Limit::Inflated });
    }
    // A missing checksum at the very end is a habit of writers.
    match ended {
        Err(_) if out.is_empty() => wrong(offset, Expected::Filter),
        Ok(_) | Err(_) => Ok(out),
    }
}

fn hexadecimal(bytes: &[u8], offset: usize) -> Result<Vec<u8>, CosError> {
    let mut text = vec![b'<'];
    text.extend(bytes.iter().take_while(|byte| **byte != b'>'));
    text.push(b'>');
    match crate::cos::lexer::Lexer::new(&text, 0).object() {
        Ok(Object::Text(bytes)) => Ok(bytes.into()),
        Ok(_) | Err(_) => wrong(offset, Expected::Filter),
    }
}

/// Undoes a PNG predictor (7.4.4.4).
fn unpredicted(
    bytes: Vec<u8>,
    parm: Option<&Dict>,
    offset: usize,
) -> Result<Vec<u8>, CosError> {
    let of = |key: &[u8], default| {
        parm.and_then(|parm| parm.get(key)).and_then(Object::count).unwrap_or(default)
    };
    let predictor = of(b"Predictor", 1);
    if predictor < 2 {
        return Ok(bytes);
    }
    let bits = of(b"Colors", 1).saturating_mul(of(b"BitsPerComponent", 8));
    let pixel = bits.div_ceil(8).max(1);
    let row = of(b"Columns", 1).saturating_mul(bits).div_ceil(8);
    if predictor < 10 || row == 0 || row > MOST_INFLATED || pixel > row.max(64) {
        return wrong(offset, Expected::Filter);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut above = vec![0u8; row];
    for line in bytes.chunks(row + 1) {
        let Some((kind, line)) = line.split_first() else { break };
        let mut current = vec![0u8; line.len()];
        for (place, byte) in line.iter().enumerate() {
            let left = place.checked_sub(pixel).and_then(|at| current.get(at)).copied();
            let corner = place.checked_sub(pixel).and_then(|at| above.get(at)).copied();
            let up = above.get(place).copied().unwrap_or(0);
            let (left, corner) = (left.unwrap_or(0), corner.unwrap_or(0));
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => u8::try_from((u16::from(left) + u16::from(up)) / 2).unwrap_or(0),
                4 => paeth(left, up, corner),
                _ => return wrong(offset, Expected::Filter),
            };
            if let Some(to) = current.get_mut(place) {
                *to = byte.wrapping_add(guess);
            }
        }
        out.extend_from_slice(&current);
        above = current;
        above.resize(row, 0);
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let far = [(guess - a).abs(), (guess - b).abs(), (guess - c).abs()];
    if far[0] <= far[1] && far[0] <= far[2] {
        left
    } else if far[1] <= far[2] {
        up
    } else {
        corner
    }
}
