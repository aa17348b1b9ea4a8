//! ASN.1 as it lies in files: the basic encoding rules of X.690 read, the
//! distinguished ones written.
//!
//! Certificates, revocation lists and signed data should be DER. Real ones are
//! not always: lengths of unknown extent, strings in pieces, integers with
//! leading zeros. What has only one meaning is read, and [`is_der`] tells
//! whether it was written as it should be. Every value stays a slice of the
//! file, so that signatures are checked over the bytes as they stand.
#![expect(
    clippy::missing_errors_doc,
    reason = "all that is here fails in one way: the bytes are not what is asked for"
)]

use std::borrow::Cow;

use crate::pki::Oid;
use crate::pki::error::Malformed;
use crate::time::Timestamp;

mod moment;
mod write;

pub use crate::pki::der::moment::time;
pub use crate::pki::der::write::{
    encode, encode_oid, is_der, sequence, set_of, shortest, to_der, two_numbers,
};

/// Values within values; honest files stay under twenty.
const MOST_DEPTH: usize = 48;

/// The identifier octet of a value (X.690, 8.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag(pub u8);

impl Tag {
    /// BOOLEAN.
    pub const BOOLEAN: Self = Self(0x01);
    /// INTEGER.
    pub const INTEGER: Self = Self(0x02);
    /// BIT STRING.
    pub const BIT_STRING: Self = Self(0x03);
    /// OCTET STRING.
    pub const OCTET_STRING: Self = Self(0x04);
    /// NULL.
    pub const NULL: Self = Self(0x05);
    /// OBJECT IDENTIFIER.
    pub const OID: Self = Self(0x06);
    /// ENUMERATED.
    pub const ENUMERATED: Self = Self(0x0a);
    /// `UTF8String`.
    pub const UTF8: Self = Self(0x0c);
    /// `NumericString`.
    pub const NUMERIC: Self = Self(0x12);
    /// `PrintableString`.
    pub const PRINTABLE: Self = Self(0x13);
    /// `TeletexString`, also called `T61String`.
    pub const TELETEX: Self = Self(0x14);
    /// `IA5String`.
    pub const IA5: Self = Self(0x16);
    /// `UTCTime`.
    pub const UTC_TIME: Self = Self(0x17);
    /// `GeneralizedTime`.
    pub const GENERALIZED_TIME: Self = Self(0x18);
    /// `VisibleString`.
    pub const VISIBLE: Self = Self(0x1a);
    /// `UniversalString`.
    pub const UNIVERSAL: Self = Self(0x1c);
    /// `BMPString`.
    pub const BMP: Self = Self(0x1e);
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: Self = Self(0x30);
    /// SET and SET OF.
    pub const SET: Self = Self(0x31);

    /// `[number]` around another value, or in place of a SEQUENCE or SET.
    #[must_use]
    pub const fn context(number: u8) -> Self {
        Self(0xa0 | number)
    }

    /// `[number]` in place of a value without parts.
    #[must_use]
    pub const fn implicit(number: u8) -> Self {
        Self(0x80 | number)
    }

    /// Whether the value consists of values.
    #[must_use]
    pub const fn is_constructed(self) -> bool {
        self.0 & 0x20 != 0
    }

    /// Whether the value is a string in pieces: constructed, of the universal
    /// class, and neither SEQUENCE nor SET.
    const fn is_string_in_pieces(self) -> bool {
        self.is_constructed()
            && self.0 & 0xc0 == 0
            && !matches!(self.0 & 0x1f, 0x10 | 0x11)
    }

    /// The same tag for a string in pieces.
    const fn in_pieces(self) -> Self {
        Self(self.0 | 0x20)
    }
}

/// One value: what kind, all its bytes, and the bytes within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tlv<'a> {
    /// What kind of value.
    pub tag: Tag,
    /// Identifier, length and contents.
    pub raw: &'a [u8],
    /// The contents.
    pub value: &'a [u8],
}

impl<'a> Tlv<'a> {
    /// Reads the values within.
    #[must_use]
    pub fn reader(&self) -> Reader<'a> {
        Reader::new(self.value)
    }
}

/// Reads one value after another.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What is left.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next value, whatever it is.
    pub fn any(&mut self) -> Result<Tlv<'a>, Malformed> {
        let head = head(self.rest)?;
        let start = head.length;
        let (value_length, after) = match head.content {
            Some(length) => (length, 0),
            None => (indefinite(self.rest.get(start..).unwrap_or_default())?, 2),
        };
        let end = start.checked_add(value_length).ok_or(Malformed::Length)?;
        let whole = end.checked_add(after).ok_or(Malformed::Length)?;
        let raw = self.rest.get(..whole).ok_or(Malformed::Ends)?;
        let value = self.rest.get(start..end).ok_or(Malformed::Ends)?;
        self.rest = self.rest.get(whole..).unwrap_or_default();
        Ok(Tlv { tag: head.tag, raw, value })
    }

    /// The next value if it is of this kind; otherwise nothing is read.
    pub fn optional(&mut self, tag: Tag) -> Result<Option<Tlv<'a>>, Malformed> {
        if self.rest.first() == Some(&tag.0) { self.any().map(Some) } else { Ok(None) }
    }

    /// The next value, which must be of this kind.
    pub fn expect(&mut self, tag: Tag) -> Result<Tlv<'a>, Malformed> {
        self.optional(tag)?.ok_or(Malformed::Unexpected(tag.0))
    }

    /// The values of the SEQUENCE that must come next.
    pub fn sequence(&mut self) -> Result<Self, Malformed> {
        Ok(self.expect(Tag::SEQUENCE)?.reader())
    }

    /// The bytes of an INTEGER, in two's complement.
    pub fn integer(&mut self) -> Result<&'a [u8], Malformed> {
        let value = self.expect(Tag::INTEGER)?.value;
        if value.is_empty() { Err(Malformed::Value) } else { Ok(value) }
    }

    /// An INTEGER that is small and not negative.
    pub fn small(&mut self) -> Result<u32, Malformed> {
        small(self.integer()?)
    }

    /// An OBJECT IDENTIFIER.
    pub fn oid(&mut self) -> Result<Oid, Malformed> {
        oid(&self.expect(Tag::OID)?)
    }

    /// An OCTET STRING, put together if it comes in pieces.
    pub fn octets(&mut self) -> Result<Cow<'a, [u8]>, Malformed> {
        self.string(Tag::OCTET_STRING)
    }

    /// A string of this tag, put together if it comes in pieces (X.690, 8.7.3).
    pub fn string(&mut self, tag: Tag) -> Result<Cow<'a, [u8]>, Malformed> {
        if let Some(whole) = self.optional(tag)? {
            return Ok(Cow::Borrowed(whole.value));
        }
        let pieces =
            self.optional(tag.in_pieces())?.ok_or(Malformed::Unexpected(tag.0))?;
        let mut whole = Vec::new();
        gather(pieces.value, &mut whole, MOST_DEPTH)?;
        Ok(Cow::Owned(whole))
    }

    /// The bytes of a BIT STRING whose last byte is full, as keys and
    /// signatures are.
    pub fn bits(&mut self) -> Result<&'a [u8], Malformed> {
        match self.expect(Tag::BIT_STRING)?.value.split_first() {
            Some((0, bits)) => Ok(bits),
            Some(_) | None => Err(Malformed::Value),
        }
    }

    /// The bytes of a BIT STRING that is a signature: none at all where its
    /// last byte is not full, which no signature's is. So what comes with a
    /// broken signature can still be read.
    pub fn signature_bits(&mut self) -> Result<&'a [u8], Malformed> {
        match self.expect(Tag::BIT_STRING)?.value.split_first() {
            Some((0, bits)) => Ok(bits),
            Some((1..=7, _)) => Ok(&[]),
            Some(_) | None => Err(Malformed::Value),
        }
    }

    /// A BOOLEAN with DEFAULT FALSE. Every value but zero is true
    /// (X.690, 8.2.2), though DER wants 255.
    pub fn flag(&mut self) -> Result<bool, Malformed> {
        match self.optional(Tag::BOOLEAN)? {
            None => Ok(false),
            Some(Tlv { value: [byte], .. }) => Ok(*byte != 0),
            Some(_) => Err(Malformed::Value),
        }
    }

    /// A `UTCTime` or `GeneralizedTime`.
    pub fn time(&mut self) -> Result<Timestamp, Malformed> {
        time(&self.any()?)
    }

    /// Nothing may follow.
    pub fn end(&self) -> Result<(), Malformed> {
        if self.rest.is_empty() { Ok(()) } else { Err(Malformed::Trailing) }
    }
}

/// The one value that `bytes` is, with nothing after it.
pub fn whole(bytes: &[u8]) -> Result<Tlv<'_>, Malformed> {
    let mut reader = Reader::new(bytes);
    let value = reader.any()?;
    reader.end()?;
    Ok(value)
}

/// The SEQUENCE that `bytes` is, with nothing after it.
pub fn whole_sequence(bytes: &[u8]) -> Result<Reader<'_>, Malformed> {
    let mut reader = Reader::new(bytes);
    let values = reader.sequence()?;
    reader.end()?;
    Ok(values)
}

/// The identifier an OBJECT IDENTIFIER holds.
pub fn oid(value: &Tlv<'_>) -> Result<Oid, Malformed> {
    Oid::from_bytes(value.value).map_err(|_unknown| Malformed::Value)
}

/// A number that is small and not negative.
pub fn small(integer: &[u8]) -> Result<u32, Malformed> {
    if integer.first().is_none_or(|first| first & 0x80 != 0) {
        return Err(Malformed::Value);
    }
    let digits = magnitude(integer);
    if digits.len() > 4 {
        return Err(Malformed::Value);
    }
    Ok(digits.iter().fold(0, |sum, digit| sum << 8 | u32::from(*digit)))
}

/// An INTEGER without leading zeros.
#[must_use]
pub fn magnitude(integer: &[u8]) -> &[u8] {
    let zeros = integer.iter().take_while(|byte| **byte == 0).count();
    integer.get(zeros..).unwrap_or_default()
}

/// The identifier and length in front of a value.
struct Head {
    tag: Tag,
    /// Bytes of identifier and length.
    length: usize,
    /// Bytes of contents; `None` when only an end mark tells (X.690, 8.1.3.6).
    content: Option<usize>,
}

fn head(bytes: &[u8]) -> Result<Head, Malformed> {
    let (&tag, rest) = bytes.split_first().ok_or(Malformed::Ends)?;
    let tag = Tag(tag);
    // X.690, 8.1.2.4: numbers over 30 take more octets; nothing here has them.
    if tag.0 & 0x1f == 0x1f {
        return Err(Malformed::Unexpected(tag.0));
    }
    let (&first, rest) = rest.split_first().ok_or(Malformed::Ends)?;
    match first {
        0..=0x7f => Ok(Head { tag, length: 2, content: Some(usize::from(first)) }),
        0x80 if tag.is_constructed() => Ok(Head { tag, length: 2, content: None }),
        0x80 | 0xff => Err(Malformed::Length),
        0x81..=0xfe => {
            let count = usize::from(first & 0x7f);
            let octets = magnitude(rest.get(..count).ok_or(Malformed::Ends)?);
            if octets.len() > 4 {
                return Err(Malformed::Length);
            }
            let length = octets.iter().fold(0_u64, |sum, o| sum << 8 | u64::from(*o));
            let length = usize::try_from(length).map_err(|_wide| Malformed::Length)?;
            Ok(Head { tag, length: 2 + count, content: Some(length) })
        }
    }
}

/// Bytes before the end mark that belongs to the value `bytes` begins in.
fn indefinite(bytes: &[u8]) -> Result<usize, Malformed> {
    let mut open = 1_usize;
    let mut at = 0_usize;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.starts_with(&[0, 0]) {
            open -= 1;
            if open == 0 {
                return Ok(at);
            }
            at += 2;
            continue;
        }
        let head = head(rest)?;
        at = at.checked_add(head.length).ok_or(Malformed::Length)?;
        match head.content {
            Some(length) => at = at.checked_add(length).ok_or(Malformed::Length)?,
            None => open += 1,
        }
        if open > MOST_DEPTH {
            return Err(Malformed::Depth);
        }
    }
}

/// Appends the pieces of a string; a piece may itself be in pieces.
fn gather(pieces: &[u8], whole: &mut Vec<u8>, depth: usize) -> Result<(), Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed::Depth)?;
    let mut reader = Reader::new(pieces);
    while !reader.is_empty() {
        let piece = reader.any()?;
        if piece.tag.is_constructed() {
            gather(piece.value, whole, depth)?;
        } else {
            whole.extend_from_slice(piece.value);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_unknown_extent_ends_at_its_own_mark() {
        let ber = [0x30, 0x80, 0x30, 0x80, 0x05, 0, 0, 0, 0x02, 1, 7, 0, 0, 0x05, 0];
        let mut reader = Reader::new(&ber);
        let outer = reader.any().unwrap();
        assert_eq!(outer.value.len(), 9);
        assert_eq!(reader.rest(), [0x05, 0]);
        assert_eq!(to_der(outer.raw).unwrap(), [0x30, 7, 0x30, 2, 5, 0, 2, 1, 7]);
    }

    #[test]
    fn strings_in_pieces_are_put_together() {
        let pieces = [0x24, 0x80, 0x04, 1, b'a', 0x24, 3, 0x04, 1, b'b', 0, 0];
        assert_eq!(Reader::new(&pieces).octets().unwrap().as_ref(), b"ab");
        assert_eq!(to_der(&pieces).unwrap(), [0x04, 2, b'a', b'b']);
    }

    #[test]
    fn nesting_has_an_end() {
        let mut deep = Vec::new();
        for _ in 0..100 {
            deep = encode(Tag::SEQUENCE, &deep);
        }
        assert_eq!(to_der(&deep), Err(Malformed::Depth));
        let open = [0x30, 0x80].repeat(100_000);
        assert_eq!(Reader::new(&open).any(), Err(Malformed::Depth));
    }

    #[test]
    fn lengths_that_lie_are_errors() {
        for bad in
            [&[0x30, 5, 0][..], &[0x30, 0xff, 0], &[0x30], &[], &[0x04, 0x80, 0, 0]]
        {
            assert!(Reader::new(bad).any().is_err(), "{bad:?}");
        }
        let huge = [0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(Reader::new(&huge).any(), Err(Malformed::Length));
    }
}
