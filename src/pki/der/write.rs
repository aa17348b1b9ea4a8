//! Values written, and written anew, by the distinguished rules.

use crate::pki::Oid;
use crate::pki::der::{MOST_DEPTH, Tag, Tlv, gather, head, magnitude, whole};
use crate::pki::error::Malformed;

/// A value written: identifier, length, contents.
#[must_use]
pub fn encode(tag: Tag, contents: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(contents.len() + 6);
    out.push(tag.0);
    let length = contents.len().to_be_bytes();
    match u8::try_from(contents.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        Ok(_) | Err(_) => {
            let octets = magnitude(&length);
            // A length has at most eight octets.
            out.push(0x80 | u8::try_from(octets.len()).unwrap_or_default());
            out.extend_from_slice(octets);
        }
    }
    out.extend_from_slice(contents);
    out
}

/// A SEQUENCE of values already written.
#[must_use]
pub fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    encode(Tag::SEQUENCE, &parts.concat())
}

/// A SET OF values already written, in the order DER gives them (X.690, 11.6).
#[must_use]
pub fn set_of(mut parts: Vec<Vec<u8>>) -> Vec<u8> {
    parts.sort();
    encode(Tag::SET, &parts.concat())
}

/// The two INTEGERs of an ECDSA signature (RFC 3279, 2.2.2).
#[must_use]
pub fn two_numbers(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let positive = [&[0][..], bytes].concat();
        encode(Tag::INTEGER, shortest(&positive))
    };
    sequence(&[&integer(r), &integer(s)])
}

/// An OBJECT IDENTIFIER written.
#[must_use]
pub fn encode_oid(oid: Oid) -> Vec<u8> {
    encode(Tag::OID, oid.as_bytes())
}

/// The same value under the distinguished rules: shortest lengths and
/// integers, strings in one piece, sets in order.
pub fn to_der(bytes: &[u8]) -> Result<Vec<u8>, Malformed> {
    distinguished(&whole(bytes)?, MOST_DEPTH)
}

fn distinguished(value: &Tlv<'_>, depth: usize) -> Result<Vec<u8>, Malformed> {
    let depth = depth.checked_sub(1).ok_or(Malformed::Depth)?;
    if !value.tag.is_constructed() {
        let contents = match value.tag {
            Tag::BOOLEAN if value.value != [0] => &[0xff],
            Tag::INTEGER | Tag::ENUMERATED => shortest(value.value),
            _ => value.value,
        };
        return Ok(encode(value.tag, contents));
    }
    if value.tag.is_string_in_pieces() {
        let mut whole = Vec::new();
        gather(value.value, &mut whole, depth)?;
        return Ok(encode(Tag(value.tag.0 & !0x20), &whole));
    }
    let mut parts = Vec::new();
    let mut reader = value.reader();
    while !reader.is_empty() {
        parts.push(distinguished(&reader.any()?, depth)?);
    }
    if value.tag == Tag::SET {
        return Ok(set_of(parts));
    }
    Ok(encode(value.tag, &parts.concat()))
}

/// Whether `bytes` are one value written by the distinguished rules, as far as
/// that shows without knowing what the value is. Goes through them once.
#[must_use]
pub fn is_der(bytes: &[u8]) -> bool {
    whole(bytes).is_ok_and(|value| is_distinguished(&value, MOST_DEPTH))
}

fn is_distinguished(value: &Tlv<'_>, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let plain = head(value.raw).is_ok_and(|head| {
        head.content.is_some_and(|length| head.length == head_size(length))
    });
    if !plain {
        return false;
    }
    if !value.tag.is_constructed() {
        return match value.tag {
            Tag::BOOLEAN => matches!(value.value, [0 | 0xff]),
            Tag::INTEGER | Tag::ENUMERATED => shortest(value.value) == value.value,
            _ => true,
        };
    }
    if value.tag.is_string_in_pieces() {
        return false;
    }
    let mut before: &[u8] = &[];
    let mut reader = value.reader();
    while !reader.is_empty() {
        let Ok(part) = reader.any() else { return false };
        if value.tag == Tag::SET && part.raw < before || !is_distinguished(&part, depth) {
            return false;
        }
        before = part.raw;
    }
    true
}

/// Octets of identifier and length before contents of this size.
fn head_size(contents: usize) -> usize {
    if contents < 0x80 { 2 } else { 2 + magnitude(&contents.to_be_bytes()).len() }
}

/// An INTEGER without the octets that only repeat its sign (X.690, 8.3.2).
#[must_use]
pub fn shortest(mut integer: &[u8]) -> &[u8] {
    while let [first, second, ..] = integer
        && (*first == 0 && second & 0x80 == 0 || *first == 0xff && second & 0x80 != 0)
    {
        integer = integer.get(1..).unwrap_or_default();
    }
    integer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_put_in_order_and_that_is_noticed() {
        let unordered = [0x31, 6, 2, 1, 9, 2, 1, 3];
        assert_eq!(to_der(&unordered).unwrap(), [0x31, 6, 2, 1, 3, 2, 1, 9]);
        assert!(!is_der(&unordered) && is_der(&[0x31, 6, 2, 1, 3, 2, 1, 9]));
        for ber in [
            &[0x02, 0x81, 1, 1][..],
            &[0x01, 1, 1],
            &[0x02, 2, 0, 1],
            &[0x30, 0x80, 0, 0],
        ] {
            assert!(!is_der(ber) && is_der(&to_der(ber).unwrap()), "{ber:?}");
        }
    }
}
