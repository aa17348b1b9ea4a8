//! Objects of a PDF written down (ISO 32000-2, 7.3).

use crate::cos::{Dict, Object};

/// Depth of objects that are written.
const MOST_DEPTH: usize = 64;

/// Appends an object as it stands in a file. A stream is not written here: its
/// data lie elsewhere.
pub fn write(object: &Object, out: &mut Vec<u8>) {
    value(object, out, MOST_DEPTH);
}

fn value(object: &Object, out: &mut Vec<u8>, depth: usize) {
    let Some(depth) = depth.checked_sub(1) else {
        out.extend_from_slice(b"null");
        return;
    };
    match object {
        Object::Null | Object::Stream(_) => out.extend_from_slice(b"null"),
        Object::Bool(true) => out.extend_from_slice(b"true"),
        Object::Bool(false) => out.extend_from_slice(b"false"),
        Object::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Object::Real(number) => out.extend_from_slice(number.as_bytes()),
        Object::Name(text) => name(text, out),
        Object::Text(text) => string(text, out),
        Object::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b' ');
                }
                value(item, out, depth);
            }
            out.push(b']');
        }
        Object::Dict(dict) => {
            out.extend_from_slice(b"<<");
            entries(dict, out, depth);
            out.extend_from_slice(b">>");
        }
        Object::Ref(id) => {
            let text = format!("{} {} R", id.number, id.generation);
            out.extend_from_slice(text.as_bytes());
        }
    }
}

/// Appends the entries of a dictionary without its delimiters.
pub fn inner(dict: &Dict, out: &mut Vec<u8>) {
    entries(dict, out, MOST_DEPTH);
}

fn entries(dict: &Dict, out: &mut Vec<u8>, depth: usize) {
    for (key, item) in dict.entries() {
        name(key, out);
        out.push(b' ');
        value(item, out, depth);
    }
}

/// A name (7.3.5): what is no regular character is written as its number.
fn name(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in text {
        let plain = (b'!'..=b'~').contains(byte) && !b"#()<>[]{}/%".contains(byte);
        if plain {
            out.push(*byte);
        } else {
            out.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// A string (7.3.4): literal where it is readable, else hexadecimal.
fn string(text: &[u8], out: &mut Vec<u8>) {
    let plain = |byte: &u8| (b' '..=b'~').contains(byte) && !b"()\\".contains(byte);
    if text.iter().all(plain) {
        out.push(b'(');
        out.extend_from_slice(text);
        out.push(b')');
    } else {
        out.push(b'<');
        hexadecimal(text, out);
        out.push(b'>');
    }
}

/// Appends bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            out.extend(DIGITS.get(usize::from(half)));
        }
    }
}

/// A text string (7.9.2.2): ASCII as it is, all else in UTF-16 with its mark.
#[must_use]
pub fn text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::Text(text.as_bytes().into());
    }
    let mut bytes = vec![0xfe, 0xff];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    Object::Text(bytes.into())
}

/// A name.
#[must_use]
pub fn named(text: &str) -> Object {
    Object::Name(text.as_bytes().into())
}

/// A dictionary of these entries.
#[must_use]
pub fn dict<const N: usize>(entries: [(&str, Object); N]) -> Dict {
    let entry = |(key, value): (&str, Object)| (key.as_bytes().into(), value);
    Dict::new(entries.into_iter().map(entry).collect())
}

/// A length in points, to a hundredth.
#[must_use]
pub fn number(value: f64) -> Object {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.parse().map_or_else(|_| Object::Real(text.into()), Object::Int)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cos::lexer::Lexer;

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let whole = Object::Dict(dict([
            ("A B#", Object::Int(-7)),
            ("T", text("Nguyễn (Văn) \\A")),
            ("P", Object::Text(b"plain"[..].into())),
            ("X", Object::Text(b"a)b\\"[..].into())),
            ("L", Object::Array(vec![Object::Bool(true), Object::Real("1.5".into())])),
        ]));
        let mut out = Vec::new();
        write(&whole, &mut out);
        assert_eq!(Lexer::new(&out, 0).object().ok(), Some(whole));
    }
}
