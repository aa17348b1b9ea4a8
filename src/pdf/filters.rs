//! The filters that carry bytes (ISO 32000-2, 7.4.2 to 7.4.4): hexadecimal,
//! base 85, run length, LZW and Flate, with their predictors.
//!
//! They are read as a stream, so that a row of a picture is the most that
//! lies in memory and a stream that inflates without end is noticed where it
//! passes its limit. The filters that carry pictures are in `image.rs`.

use std::io::{self, Read};

use flate2::read::DeflateDecoder;
use hayro::hayro_syntax::Filter;
use hayro::hayro_syntax::object::{Array, Dict, Stream};
use weezl::{BitOrder, LzwStatus};

/// Longest row a predictor may speak of: 65 536 columns of four 16 bit samples.
const MOST_ROW_BYTES: usize = 1 << 19;
/// Filters that may follow one another; honest files use two.
const MOST_FILTERS: usize = 8;

/// The filters of a stream in order, each with its parameters.
pub(crate) fn chain<'a>(stream: &Stream<'a>) -> Vec<(Filter, Dict<'a>)> {
    let dict = stream.dict();
    let list = dict.get::<Array<'a>>("DecodeParms").or_else(|| dict.get("DP"));
    let single = dict.get::<Dict<'a>>("DecodeParms").or_else(|| dict.get("DP"));
    let mut params =
        list.map(|list| list.iter::<hayro::hayro_syntax::object::Object<'a>>());
    let mut chain = Vec::new();
    for filter in stream.filters() {
        let listed = params.as_mut().and_then(Iterator::next);
        let own = listed.and_then(|object| object.into_dict());
        let own = own.or_else(|| single.clone().filter(|_| chain.is_empty()));
        chain.push((filter, own.unwrap_or_default()));
    }
    chain
}

/// Whether a filter yields a picture rather than bytes.
pub(crate) fn carries_picture(filter: Filter) -> bool {
    match filter {
        Filter::CcittFaxDecode
        | Filter::Jbig2Decode
        | Filter::DctDecode
        | Filter::JpxDecode => true,
        Filter::AsciiHexDecode
        | Filter::Ascii85Decode
        | Filter::LzwDecode
        | Filter::FlateDecode
        | Filter::RunLengthDecode
        | Filter::Crypt => false,
    }
}

/// Undoes every filter of `chain` that carries bytes, up to the first one
/// that carries a picture; `None` for a chain or parameters nobody writes.
pub(crate) fn reader<'a>(
    raw: &'a [u8],
    chain: &[(Filter, Dict<'_>)],
) -> Option<Box<dyn Read + 'a>> {
    if chain.len() > MOST_FILTERS {
        return None;
    }
    let mut input: Box<dyn Read + 'a> = Box::new(raw);
    for (filter, params) in chain {
        input = match filter {
            Filter::AsciiHexDecode => Box::new(Hex { input: bytes(input), ended: false }),
            Filter::Ascii85Decode => Box::new(Base85::new(bytes(input))),
            Filter::RunLengthDecode => Box::new(RunLength::new(bytes(input))),
            Filter::FlateDecode => predicted(inflate(input), params)?,
            Filter::LzwDecode => predicted(Box::new(Lzw::new(input, params)), params)?,
            Filter::Crypt => input,
            Filter::CcittFaxDecode
            | Filter::Jbig2Decode
            | Filter::DctDecode
            | Filter::JpxDecode => break,
        };
    }
    Some(input)
}

/// The bytes of `chain` undone, at most `most` of them; `None` if there are
/// more, or none can be had. What comes before damage is kept.
pub(crate) fn decode(
    raw: &[u8],
    chain: &[(Filter, Dict<'_>)],
    most: usize,
) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let limit = u64::try_from(most).ok()?.checked_add(1)?;
    let read = reader(raw, chain)?.take(limit).read_to_end(&mut out);
    let usable = read.is_ok() || !out.is_empty();
    (usable && out.len() <= most).then_some(out)
}

/// Whether undoing `chain` yields more than `most` bytes.
pub(crate) fn exceeds(raw: &[u8], chain: &[(Filter, Dict<'_>)], most: u64) -> bool {
    let Some(mut input) = reader(raw, chain) else { return true };
    let mut sum = 0_u64;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match input.read(&mut buffer) {
            Ok(0) | Err(_) => return false,
            Ok(n) => sum += n as u64,
        }
        if sum > most {
            return true;
        }
    }
}

/// Whether the data of `chain` ends or breaks before its end mark.
pub(crate) fn is_cut_off(raw: &[u8], chain: &[(Filter, Dict<'_>)]) -> bool {
    reader(raw, chain)
        .is_none_or(|mut input| io::copy(&mut input, &mut io::sink()).is_err())
}

/// Zlib data, or bare Deflate where the two header bytes are wrong (RFC 1950,
/// 2.2). The checksum at the end is not looked at: it is often missing, and
/// then everything before it is right.
fn inflate<'a>(mut input: Box<dyn Read + 'a>) -> Box<dyn Read + 'a> {
    let mut head = Vec::with_capacity(2);
    if input.by_ref().take(2).read_to_end(&mut head).is_err() {
        head.clear();
    }
    let zlib = match head.as_slice() {
        [cmf, flg] => {
            cmf & 0x0f == 8 && (u16::from(*cmf) << 8 | u16::from(*flg)).is_multiple_of(31)
        }
        _ => false,
    };
    if zlib {
        head.clear();
    }
    Box::new(DeflateDecoder::new(io::Cursor::new(head).chain(input)))
}

/// Adds what the predictor took away (ISO 32000-2, 7.4.4.4).
fn predicted<'a>(
    input: Box<dyn Read + 'a>,
    params: &Dict<'_>,
) -> Option<Box<dyn Read + 'a>> {
    let number = |key: &str, default: u32| params.get::<u32>(key).unwrap_or(default);
    let predictor = number("Predictor", 1);
    if predictor < 2 {
        return Some(input);
    }
    let (colors, bits) = (number("Colors", 1), number("BitsPerComponent", 8));
    let columns = number("Columns", 1);
    let pixel_bits = colors.checked_mul(bits)?;
    let row_bits = u64::from(pixel_bits).checked_mul(u64::from(columns))?;
    let row = usize::try_from(row_bits.div_ceil(8)).ok()?;
    let sane = (1..=64).contains(&pixel_bits) && (1..=MOST_ROW_BYTES).contains(&row);
    let png = predictor >= 10;
    // Samples of 2 or 4 bits are differenced across byte borders; nobody writes that.
    if !sane || (!png && bits != 8) {
        return None;
    }
    let pixel = usize::try_from(pixel_bits.div_ceil(8)).ok()?;
    let (before, now) = (vec![0; row], Vec::with_capacity(row));
    Some(Box::new(Predictor { input, png, pixel, row, before, now, at: 0 }))
}

/// Undoes PNG (10 and above) or TIFF (2) prediction row by row.
struct Predictor<'a> {
    input: Box<dyn Read + 'a>,
    png: bool,
    pixel: usize,
    row: usize,
    before: Vec<u8>,
    now: Vec<u8>,
    at: usize,
}

impl Predictor<'_> {
    /// Reads the next row; `false` at the end.
    fn next_row(&mut self) -> io::Result<bool> {
        let mut kind = [0];
        if self.png && self.input.read(&mut kind)? == 0 {
            return Ok(false);
        }
        if !self.now.is_empty() {
            self.before.clone_from(&self.now);
            self.before.resize(self.row, 0);
        }
        self.now.clear();
        self.at = 0;
        let most = self.row as u64;
        self.input.by_ref().take(most).read_to_end(&mut self.now)?;
        if self.png {
            unfilter(kind[0], self.pixel, &self.before, &mut self.now);
        } else {
            unfilter(1, self.pixel, &[], &mut self.now);
        }
        Ok(!self.now.is_empty())
    }
}

/// Undoes one PNG row filter (PNG specification, 9.2).
fn unfilter(kind: u8, pixel: usize, before: &[u8], now: &mut [u8]) {
    for i in 0..now.len() {
        let at = |row: &[u8], i: Option<usize>| {
            i.and_then(|i| row.get(i)).copied().unwrap_or(0)
        };
        let (left, up) = (at(now, i.checked_sub(pixel)), at(before, Some(i)));
        let guess = match kind {
            1 => left,
            2 => up,
            3 => left.midpoint(up),
            4 => paeth(left, up, at(before, i.checked_sub(pixel))),
            _ => 0,
        };
        if let Some(byte) = now.get_mut(i) {
            *byte = byte.wrapping_add(guess);
        }
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |v: u8| (guess - i16::from(v)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

impl Read for Predictor<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.now.len() && !self.next_row()? {
            return Ok(0);
        }
        let mut rest = self.now.get(self.at..).unwrap_or_default();
        let n = rest.read(buffer)?;
        self.at += n;
        Ok(n)
    }
}

/// LZW of PDF: high bits first, codes of 9 to 12 bits (ISO 32000-2, 7.4.4.2).
struct Lzw<'a> {
    input: Box<dyn Read + 'a>,
    decoder: weezl::decode::Decoder,
    pending: Vec<u8>,
    ended: bool,
}

impl<'a> Lzw<'a> {
    fn new(input: Box<dyn Read + 'a>, params: &Dict<'_>) -> Self {
        // EarlyChange 1, the default, is what TIFF calls the size switch.
        let early = params.get::<i32>("EarlyChange").unwrap_or(1) != 0;
        let decoder = if early {
            weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8)
        } else {
            weezl::decode::Decoder::new(BitOrder::Msb, 8)
        };
        Self { input, decoder, pending: Vec::new(), ended: false }
    }
}

impl Read for Lzw<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.ended && !buffer.is_empty() {
            if self.pending.is_empty() {
                self.input.by_ref().take(1 << 15).read_to_end(&mut self.pending)?;
            }
            let step = self.decoder.decode_bytes(&self.pending, buffer);
            self.pending.drain(..step.consumed_in.min(self.pending.len()));
            match step.status {
                Ok(LzwStatus::Ok) => {}
                Ok(LzwStatus::NoProgress | LzwStatus::Done) => self.ended = true,
                Err(_) if step.consumed_out > 0 => self.ended = true,
                Err(error) => return Err(io::Error::other(error)),
            }
            if step.consumed_out > 0 {
                return Ok(step.consumed_out);
            }
        }
        Ok(0)
    }
}

type Bytes<'a> = io::Bytes<io::BufReader<Box<dyn Read + 'a>>>;

fn bytes<'a>(input: Box<dyn Read + 'a>) -> Bytes<'a> {
    io::BufReader::new(input).bytes()
}

/// The next byte that is not white space (ISO 32000-2, 7.2.3).
fn solid(input: &mut Bytes<'_>) -> io::Result<Option<u8>> {
    for byte in input {
        let byte = byte?;
        if !matches!(byte, 0 | 9 | 10 | 12 | 13 | 32) {
            return Ok(Some(byte));
        }
    }
    Ok(None)
}

/// Hexadecimal digits up to `>` (7.4.2).
struct Hex<'a> {
    input: Bytes<'a>,
    ended: bool,
}

impl Hex<'_> {
    fn digit(&mut self) -> io::Result<Option<u8>> {
        let digit =
            solid(&mut self.input)?.and_then(|byte| char::from(byte).to_digit(16));
        self.ended = digit.is_none();
        Ok(digit.and_then(|digit| u8::try_from(digit).ok()))
    }
}

impl Read for Hex<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        for slot in buffer {
            if self.ended {
                break;
            }
            let Some(high) = self.digit()? else { break };
            // A missing last digit counts as 0.
            *slot = high << 4 | self.digit()?.unwrap_or(0);
            n += 1;
        }
        Ok(n)
    }
}

/// Base 85 up to `~>` (7.4.3).
struct Base85<'a> {
    input: Bytes<'a>,
    ready: Vec<u8>,
    ended: bool,
}

impl<'a> Base85<'a> {
    fn new(input: Bytes<'a>) -> Self {
        Self { input, ready: Vec::new(), ended: false }
    }

    /// Decodes one group into `ready`, last byte first.
    fn group(&mut self) -> io::Result<()> {
        let mut digits = Vec::with_capacity(5);
        while digits.len() < 5 {
            match solid(&mut self.input)? {
                Some(b'z') if digits.is_empty() => {
                    self.ready.extend([0; 4]);
                    return Ok(());
                }
                Some(digit @ b'!'..=b'u') => digits.push(u64::from(digit - b'!')),
                Some(_) | None => {
                    self.ended = true;
                    break;
                }
            }
        }
        let there = digits.len().saturating_sub(1);
        digits.resize(5, 84);
        let value = digits.iter().fold(0, |sum, digit| sum * 85 + digit);
        let bytes = value.to_be_bytes();
        self.ready.extend(bytes.iter().skip(4).take(there).rev());
        Ok(())
    }
}

impl Read for Base85<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        for slot in buffer {
            if self.ready.is_empty() && !self.ended {
                self.group()?;
            }
            let Some(byte) = self.ready.pop() else { break };
            *slot = byte;
            n += 1;
        }
        Ok(n)
    }
}

/// Run lengths up to 128 (7.4.5).
struct RunLength<'a> {
    input: Bytes<'a>,
    left: usize,
    repeat: Option<u8>,
    ended: bool,
}

impl<'a> RunLength<'a> {
    fn new(input: Bytes<'a>) -> Self {
        Self { input, left: 0, repeat: None, ended: false }
    }

    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        if self.ended {
            return Ok(None);
        }
        if self.left == 0 {
            let Some(length) = self.input.next().transpose()? else { return Ok(None) };
            match length {
                0..=127 => (self.left, self.repeat) = (usize::from(length) + 1, None),
                128 => {
                    self.ended = true;
                    return Ok(None);
                }
                129..=255 => {
                    self.left = 257 - usize::from(length);
                    self.repeat = self.input.next().transpose()?;
                }
            }
        }
        self.left -= 1;
        match self.repeat {
            Some(byte) => Ok(Some(byte)),
            None => self.input.next().transpose(),
        }
    }
}

impl Read for RunLength<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut n = 0;
        for slot in buffer {
            let Some(byte) = self.next_byte()? else { break };
            *slot = byte;
            n += 1;
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: impl Read) -> Vec<u8> {
        let mut out = Vec::new();
        input.read_to_end(&mut out).unwrap();
        out
    }

    fn source(data: &[u8]) -> Bytes<'_> {
        bytes(Box::new(data))
    }

    #[test]
    fn hexadecimal_ends_at_its_mark_and_fills_a_missing_digit() {
        assert_eq!(
            all(Hex { input: source(b"48 65\n6C6c6F7>4848"), ended: false }),
            b"Hellop"
        );
    }

    #[test]
    fn base_85_decodes_whole_and_broken_groups() {
        assert_eq!(all(Base85::new(source(b"87cURD]i,\"Ebo80~>"))), b"Hello World!");
        assert_eq!(all(Base85::new(source(b"z87cUR~>"))), b"\0\0\0\0Hell");
        assert_eq!(all(Base85::new(source(b"87~>"))), b"H");
    }

    #[test]
    fn runs_and_literals_alternate() {
        assert_eq!(all(RunLength::new(source(b"\x02abc\xfex\x80zz"))), b"abcxxx");
        assert_eq!(all(RunLength::new(source(b"\x05ab"))), b"ab");
    }

    #[test]
    fn png_rows_are_restored() {
        let mut row = vec![1, 1, 1];
        unfilter(1, 1, &[0, 0, 0], &mut row);
        assert_eq!(row, [1, 2, 3]);
        let mut row = vec![1, 1, 1];
        unfilter(4, 1, &[1, 2, 3], &mut row);
        assert_eq!(row, [2, 3, 4]);
    }
}
