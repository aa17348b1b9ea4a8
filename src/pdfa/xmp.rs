//! What the document says about itself: the XMP packet (ISO 16684-1).
//!
//! PDF/A-2 wants it uncompressed, with the part and level of the standard
//! (ISO 19005-2, 6.6.4), in agreement with the `Info` dictionary, and with a
//! description of every property no standard knows (6.6.2.3). Two of those
//! are ours: the hash a companion is bound to, and the mark of a conversion
//! from paper (Luật Giao dịch điện tử 2023, Điều 12).

use std::fmt::Write as _;

use crate::pdfa::About;

/// The namespace of our own properties.
const NAMESPACE: &str = "urn:x-sohoa:xmp:1#";

/// The program as `Producer` and `pdf:Producer` name it.
pub(crate) const PRODUCER: &str = concat!("sohoa ", env!("CARGO_PKG_VERSION"));

/// The language of the text, as `Lang` and `dc:language` name it (RFC 5646).
pub(crate) const LANGUAGE: &str = "vi-VN";

/// The packet of a document.
pub(crate) fn packet(about: &About) -> String {
    let mut own = String::new();
    let mut described = String::new();
    let mut property = |name: &str, value: &str, category: &str, description: &str| {
        writeln!(own, "<sohoa:{name}>{}</sohoa:{name}>", escaped(value)).ok();
        writeln!(
            described,
            "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}\
             </pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>\
             <pdfaProperty:category>{category}</pdfaProperty:category>\
             <pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
        )
        .ok();
    };
    if let Some(digest) = about.bound_to {
        let what = "SHA-256 of the signed original this document makes searchable";
        property("boundTo", &format!("sha256:{digest}"), "internal", what);
    }
    if let Some(mark) = &about.conversion {
        let what = "Mark of the conversion of a paper document into a data message";
        property("chuyenDoi", mark, "external", what);
    }
    let title = title(&about.title);
    let titled = if title.is_empty() {
        String::new()
    } else {
        let title = escaped(&title);
        format!(
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n"
        )
    };
    let created = about.created;
    let ours = ours(&own, &described);
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\
         \n xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\
         \n xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\
         \n xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\
         \n xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n\
         <pdfaid:part>2</pdfaid:part>\n\
         <pdfaid:conformance>U</pdfaid:conformance>\n\
         {titled}\
         <dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>\n\
         <dc:format>application/pdf</dc:format>\n\
         <xmp:CreateDate>{created}</xmp:CreateDate>\n\
         <xmp:ModifyDate>{created}</xmp:ModifyDate>\n\
         <pdf:Producer>{PRODUCER}</pdf:Producer>\n\
         </rdf:Description>\n{ours}</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

/// Our properties and their description, nothing if none is in use.
fn ours(own: &str, described: &str) -> String {
    if own.is_empty() {
        return String::new();
    }
    format!(
        "<rdf:Description rdf:about=\"\" xmlns:sohoa=\"{NAMESPACE}\">\n{own}\
         </rdf:Description>\n<rdf:Description rdf:about=\"\"\
         \n xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\
         \n xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\
         \n xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n\
         <pdfaSchema:schema>sohoa</pdfaSchema:schema>\n\
         <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>\n\
         <pdfaSchema:prefix>sohoa</pdfaSchema:prefix>\n\
         <pdfaSchema:property><rdf:Seq>\n{described}</rdf:Seq></pdfaSchema:property>\n\
         </rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n"
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
    fn only_properties_in_use_are_described() {
        let mut about = about("x");
        assert!(!packet(&about).contains("pdfaSchema:schema>"));
        about.bound_to = Some(Digest::of(b"original"));
        let text = packet(&about);
        assert!(text.contains("<pdfaProperty:name>boundTo<"));
        assert!(!text.contains("<pdfaProperty:name>chuyenDoi<"));
    }
}
