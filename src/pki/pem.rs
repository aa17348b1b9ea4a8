//! PEM, the textual encoding of certificates and lists (RFC 7468).

/// What stands before each block.
const BEGIN: &str = "-----BEGIN ";

/// A block: its label and its bytes; `None` for bytes that are no base 64.
pub type Block = (String, Option<Vec<u8>>);

/// Whether these bytes look like PEM.
#[must_use]
pub fn is_pem(bytes: &[u8]) -> bool {
    bytes.windows(BEGIN.len()).any(|window| window == BEGIN.as_bytes())
}

/// All blocks of a text.
#[must_use]
pub fn blocks(bytes: &[u8]) -> Vec<Block> {
    let text = String::from_utf8_lossy(bytes);
    let mut blocks = Vec::new();
    for part in text.split(BEGIN).skip(1) {
        let Some((label, rest)) = part.split_once("-----") else { continue };
        let Some((body, _)) = rest.split_once("-----END ") else {
            blocks.push((label.to_owned(), None));
            continue;
        };
        blocks.push((label.to_owned(), decode(body)));
    }
    blocks
}

/// Base 64 with blanks anywhere (RFC 4648, 4).
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut sum, mut bits) = (0_u32, 0_u32);
    let mut ended = false;
    for letter in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                ended = true;
                continue;
            }
            _ => return None,
        };
        if ended {
            return None;
        }
        sum = sum << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(sum >> bits & 0xff).unwrap_or_default());
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_among_other_text() {
        let text = b"Subject: x\n-----BEGIN CERTIFICATE-----\nAQID\nBA==\n-----END CERTIFICATE-----\n\
            -----BEGIN X509 CRL-----\r\n!!\r\n-----END X509 CRL-----\n";
        assert!(is_pem(text));
        let blocks = blocks(text);
        assert_eq!(blocks[0], ("CERTIFICATE".to_owned(), Some(vec![1, 2, 3, 4])));
        assert_eq!(blocks[1], ("X509 CRL".to_owned(), None));
    }
}
