//! Base 45 (RFC 9285): bytes in the letters of the alphanumeric mode of a symbol.

/// The letters (RFC 9285, 4).
const LETTERS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Base 45: two bytes in three letters, one in two (RFC 9285, 4).
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let (mut value, letters) = match pair {
            [high, low] => (usize::from(*high) * 256 + usize::from(*low), 3),
            [one, ..] => (usize::from(*one), 2),
            [] => continue,
        };
        for _ in 0..letters {
            text.push(char::from(*LETTERS.get(value % 45).unwrap_or(&b'0')));
            value /= 45;
        }
    }
    text
}

/// The way back; `None` for what is no base 45.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let place = |letter: u8| LETTERS.iter().position(|known| *known == letter);
    let places: Vec<usize> = text.bytes().map(place).collect::<Option<_>>()?;
    let mut bytes = Vec::with_capacity(places.len() * 2 / 3);
    for group in places.chunks(3) {
        let value = group.iter().rev().fold(0_usize, |value, place| value * 45 + place);
        match group.len() {
            3 => bytes.extend(u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_45_is_that_of_the_standard() {
        // RFC 9285, 4.3 and 4.4.
        assert_eq!(encode(b"AB"), "BB8");
        assert_eq!(encode(b"Hello!!"), "%69 VD92EX0");
        assert_eq!(decode("QED8WEX0"), Some(b"ietf!".to_vec()));
        for none in ["GGW", "A", "::", "a"] {
            assert_eq!(decode(none), None, "{none}");
        }
    }
}
