//! What the document says about itself: the XMP packet (ISO 16684-1).
//!
//! PDF/A-2 wants it uncompressed, with the part and level of the standard
//! (ISO 19005-2, 6.6.4) and in agreement with the `Info` dictionary. Everything
//! said is said in properties that ISO 16684-1 defines, so that every reader
//! knows them and no extension schema (6.6.2.3) is needed: `dc:source` names by
//! hash what a companion is bound to, `dc:description` holds the mark of a
//! conversion from paper (Luật Giao dịch điện tử 2023, Điều 12).

use crate::pdfa::About;

/// The program as `Producer` and `pdf:Producer` name it.
pub(crate) const PRODUCER: &str = concat!("sohoa ", env!("CARGO_PKG_VERSION"));

/// The language of the text, as `Lang` and `dc:language` name it (RFC 5646).
pub(crate) const LANGUAGE: &str = "vi-VN";

/// The packet of a document of ours, in which every code has its Unicode value.
pub(crate) fn packet(about: &About) -> String {
    packet_of(about, Some("U"))
}

/// The packet of a document that conforms to PDF/A-2 on this level, or claims nothing.
pub(crate) fn packet_of(about: &About, level: Option<&str>) -> String {
    let claim = level.map_or(String::new(), |level| {
        format!(
            "<pdfaid:part>2</pdfaid:part>\n\
             <pdfaid:conformance>{level}</pdfaid:conformance>\n"
        )
    });
    let title = title(&about.title);
    let titled = if title.is_empty() { String::new() } else { spoken("title", &title) };
    let mark = about.conversion.as_deref();
    let mark = mark.map_or(String::new(), |mark| spoken("description", mark));
    let source = about.bound_to.map_or(String::new(), |digest| {
        format!("<dc:source>sha256:{digest}</dc:source>\n")
    });
    let created = about.created;
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\
         \n xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\
         \n xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\
         \n xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\
         \n xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
         {claim}{titled}{mark}{source}\
         <dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>\n\
         <dc:format>application/pdf</dc:format>\n\
         <xmp:CreateDate>{created}</xmp:CreateDate>\n\
         <xmp:ModifyDate>{created}</xmp:ModifyDate>\n\
         <pdf:Producer>{PRODUCER}</pdf:Producer>\n\
         </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

/// A property of Dublin Core in the one language there is.
fn spoken(name: &str, text: &str) -> String {
    let text = escaped(text);
    format!(
        "<dc:{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></dc:{name}>\n"
    )
}

/// A title as `Info` and XMP both can hold it: in one line, without the
/// characters XML 1.0 forbids.
pub(crate) fn title(title: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let spaced: String = title.chars().filter(|c| !noncharacter(*c)).map(plain).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn noncharacter(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

/// `text` as XML character data.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars().filter(|c| !noncharacter(*c)) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::time::Timestamp;

    fn about(title: &str) -> About {
        let created = Timestamp::from_unix(1_784_171_625).unwrap();
        About::new(title, created, Digest::of(b"scan"))
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        let packet = packet(&about("Đơn </rdf:li>\u{0}& \u{FFFE}cộng"));
        assert!(packet.contains(">Đơn &lt;/rdf:li&gt; &amp; cộng</rdf:li>"));
    }

    #[test]
    fn only_what_is_known_is_said() {
        let mut about = about("x");
        assert!(!packet(&about).contains("dc:source"));
        assert!(!packet(&about).contains("dc:description"));
        about.bound_to = Some(Digest::of(b"original"));
        let digest = Digest::of(b"original");
        let source = format!("<dc:source>sha256:{digest}</dc:source>");
        assert!(packet(&about).contains(&source));
        about.conversion = Some("Chuyển đổi <1>".to_owned());
        assert!(packet(&about).contains(">Chuyển đổi &lt;1&gt;</rdf:li>"));
    }
}
