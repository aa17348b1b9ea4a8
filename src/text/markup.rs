//! Text within markup, and whether bytes are markup at all.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

/// Elements that are looked at before the rest is believed.
const MOST_ELEMENTS: usize = 100_000;

/// Text as it may stand anywhere in HTML and XML, within quotes of either kind
/// (HTML Living Standard, 13.1.2.4 and 13.1.4; XML 1.0, 2.4).
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Whether bytes are a well-formed piece of XML with at least one element, in
/// UTF-8 or UTF-16. Letters that are none do not count against it.
#[must_use]
pub fn is_xml(bytes: &[u8]) -> bool {
    let text = letters(bytes);
    let mut reader = Reader::from_str(text.trim_matches(['\u{feff}', '\0']).trim());
    let (mut elements, mut open) = (0, 0_usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                elements += 1;
                open += 1;
            }
            Ok(Event::End(_)) => open = open.saturating_sub(1),
            Ok(Event::Empty(_)) => elements += 1,
            Ok(Event::Eof) => return elements > 0 && open == 0,
            Ok(_) if elements > MOST_ELEMENTS => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

/// Bytes as letters, by the mark of their order where they have one.
fn letters(bytes: &[u8]) -> Cow<'_, str> {
    let of = |read: fn([u8; 2]) -> u16| {
        let pairs = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok());
        let units: Vec<u16> = pairs.map(read).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    match bytes {
        [0xfe, 0xff, ..] => of(u16::from_be_bytes),
        [0xff, 0xfe, ..] => of(u16::from_le_bytes),
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_element_and_closes_it_is_markup() {
        for good in [
            &b"<?xpacket begin=''?><x:a xmlns:x='u'><b/></x:a>\n"[..],
            b"<a>\xe9</a>\0\0",
        ] {
            assert!(is_xml(good), "{}", String::from_utf8_lossy(good));
        }
        let wide: Vec<u8> =
            "\u{feff}<a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(is_xml(&wide));
        for bad in [&b"This is bogus"[..], b"", b"<a><b></a>", b"<a>"] {
            assert!(!is_xml(bad), "{}", String::from_utf8_lossy(bad));
        }
    }

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        assert_eq!(escaped("<b a=\"1\">&'ứ"), "&lt;b a=&quot;1&quot;&gt;&amp;&#39;ứ");
    }
}
