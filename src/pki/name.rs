//! Names of people, offices and authorities (X.501; RFC 5280, 4.1.2.4).
//!
//! Two names are the same when their attributes are the same without regard
//! to case, to blanks at the ends and to how many blanks stand between words
//! (RFC 5280, 7.1). Vietnamese names are compared after NFKC, so that it does
//! not matter how a program composed its marks.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

use crate::pki::der::{Reader, Tag, Tlv};
use crate::pki::error::Malformed;
use crate::pki::{Oid, oid};

/// Attributes of a name that are looked at; honest names have ten.
const MOST_ATTRIBUTES: usize = 64;

/// A distinguished name.
#[derive(Clone, Debug)]
pub struct Name {
    raw: Vec<u8>,
    parts: Vec<Vec<Attribute>>,
}

/// One attribute of a name.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// What it tells.
    pub kind: Oid,
    /// Its text; `None` where it is no string.
    pub text: Option<String>,
    /// What it is compared by.
    compared: Vec<u8>,
}

impl PartialEq for Attribute {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.compared) == (other.kind, &other.compared)
    }
}

impl Name {
    /// Reads the Name that comes next.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::from_tlv(&reader.expect(Tag::SEQUENCE)?)
    }

    /// The name this value holds, whatever its tag.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn from_tlv(value: &Tlv<'_>) -> Result<Self, Malformed> {
        let mut parts = Vec::new();
        let mut count = 0;
        let mut sets = value.reader();
        while !sets.is_empty() {
            parts.push(read_part(sets.expect(Tag::SET)?.reader(), &mut count)?);
        }
        Ok(Self { raw: value.raw.to_vec(), parts })
    }

    /// The name of something below this one: one more part
    /// (RFC 5280, 4.2.1.13, `nameRelativeToCRLIssuer`).
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn with_part(&self, set: &Tlv<'_>) -> Result<Self, Malformed> {
        let mut longer = self.clone();
        longer.parts.push(read_part(set.reader(), &mut 0)?);
        longer.raw.clear();
        Ok(longer)
    }

    /// The bytes as they stand in the file.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.raw
    }

    /// Whether it has no part.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether `self` lies in the subtree below `base` (RFC 5280, 7.1).
    #[must_use]
    pub fn is_within(&self, base: &Self) -> bool {
        self.parts.len() >= base.parts.len()
            && self.parts.iter().zip(&base.parts).all(|(own, base)| own == base)
    }

    /// The texts of this attribute, in order.
    pub fn texts(&self, kind: Oid) -> impl Iterator<Item = &str> {
        let all = self.parts.iter().flatten();
        all.filter(move |attribute| attribute.kind == kind)
            .filter_map(|attribute| attribute.text.as_deref())
    }

    /// All attributes, in order.
    pub fn attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.parts.iter().flatten()
    }

    /// The name people call it by: the common name, or the most telling other
    /// attribute.
    #[must_use]
    pub fn common(&self) -> String {
        let telling = [oid::COMMON_NAME, oid::ORGANIZATION, oid::ORGANIZATIONAL_UNIT];
        let found = telling.iter().find_map(|kind| self.texts(*kind).last());
        found.map_or_else(|| self.to_string(), str::to_owned)
    }

    /// What two names that are the same have in common.
    #[must_use]
    pub(crate) fn key(&self) -> Vec<u8> {
        let mut key = Vec::new();
        for part in &self.parts {
            key.push(0xff);
            for attribute in part {
                key.push(0xfe);
                key.extend_from_slice(attribute.kind.as_bytes());
                key.push(0xfd);
                key.extend_from_slice(&attribute.compared);
            }
        }
        key
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        !self.raw.is_empty() && self.raw == other.raw || self.parts == other.parts
    }
}

impl Eq for Name {}

/// RFC 4514, roughly: the last part first, as `CN=…, O=…, C=VN`.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for part in self.parts.iter().rev() {
            for attribute in part {
                f.write_str(between)?;
                let text = attribute.text.as_deref().unwrap_or("…");
                match short_name(attribute.kind) {
                    Some(short) => write!(f, "{short}={text}")?,
                    None => write!(f, "{}={text}", attribute.kind)?,
                }
                between = ", ";
            }
        }
        Ok(())
    }
}

fn short_name(kind: Oid) -> Option<&'static str> {
    const SHORT: [(Oid, &str); 15] = [
        (oid::COMMON_NAME, "CN"),
        (oid::SURNAME, "SN"),
        (oid::SERIAL_NUMBER, "serialNumber"),
        (oid::COUNTRY, "C"),
        (oid::LOCALITY, "L"),
        (oid::STATE, "ST"),
        (oid::STREET, "street"),
        (oid::ORGANIZATION, "O"),
        (oid::ORGANIZATIONAL_UNIT, "OU"),
        (oid::TITLE, "title"),
        (oid::GIVEN_NAME, "GN"),
        (oid::ORGANIZATION_IDENTIFIER, "organizationIdentifier"),
        (oid::EMAIL_ADDRESS, "emailAddress"),
        (oid::USER_ID, "UID"),
        (oid::DOMAIN_COMPONENT, "DC"),
    ];
    SHORT.iter().find(|(oid, _)| *oid == kind).map(|(_, short)| *short)
}

/// The attributes of one `RelativeDistinguishedName`, in a fixed order.
fn read_part(
    mut set: Reader<'_>,
    count: &mut usize,
) -> Result<Vec<Attribute>, Malformed> {
    let mut part = Vec::new();
    while !set.is_empty() {
        *count += 1;
        if *count > MOST_ATTRIBUTES {
            return Err(Malformed::TooMany);
        }
        let mut attribute = set.sequence()?;
        let kind = attribute.oid()?;
        let value = attribute.any()?;
        attribute.end()?;
        let text = text(&value);
        let compared = match &text {
            Some(text) => folded(text).into_bytes(),
            None => value.raw.to_vec(),
        };
        part.push(Attribute { kind, text, compared });
    }
    part.sort_by(|a, b| (a.kind, &a.compared).cmp(&(b.kind, &b.compared)));
    Ok(part)
}

/// The text of a string of any kind; without a byte order mark.
pub(crate) fn text(value: &Tlv<'_>) -> Option<String> {
    let text = match value.tag {
        Tag::UTF8 => String::from_utf8_lossy(value.value).into_owned(),
        // Bytes above 127 have no place here, and are UTF-8 where programs
        // put them all the same. T.61 itself is written by nobody: what is
        // not UTF-8 is Latin 1.
        Tag::PRINTABLE | Tag::IA5 | Tag::NUMERIC | Tag::VISIBLE | Tag::TELETEX => {
            match std::str::from_utf8(value.value) {
                Ok(text) => text.to_owned(),
                Err(_) => value.value.iter().map(|byte| char::from(*byte)).collect(),
            }
        }
        Tag::BMP => {
            let units = value.value.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0xfffd,
            });
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect()
        }
        Tag::UNIVERSAL => {
            let quads = value.value.chunks(4).map(|quad| match quad {
                [a, b, c, d] => u32::from_be_bytes([*a, *b, *c, *d]),
                _ => 0xfffd,
            });
            quads.map(|code| char::from_u32(code).unwrap_or('\u{fffd}')).collect()
        }
        _ => return None,
    };
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// A text without what comparison does not regard.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        for word in text.split_ascii_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
        }
        return out;
    }
    let composed: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    for word in composed.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pki::der;

    fn name(parts: &[(Oid, Tag, &[u8])]) -> Name {
        let sets: Vec<Vec<u8>> = parts
            .iter()
            .map(|(kind, tag, value)| {
                let value = der::encode(*tag, value);
                der::set_of(vec![der::sequence(&[&der::encode_oid(*kind), &value])])
            })
            .collect();
        let bytes = der::encode(Tag::SEQUENCE, &sets.concat());
        Name::read(&mut Reader::new(&bytes)).unwrap()
    }

    #[test]
    fn names_are_compared_as_people_read_them() {
        let one = name(&[(oid::COMMON_NAME, Tag::PRINTABLE, b" Good  CA")]);
        let other = name(&[(oid::COMMON_NAME, Tag::UTF8, b"good ca ")]);
        assert_eq!(one, other);
        assert_eq!(one.key(), other.key());
        assert_ne!(one, name(&[(oid::COMMON_NAME, Tag::UTF8, b"goodca")]));
        assert_ne!(one, name(&[(oid::ORGANIZATION, Tag::UTF8, b"good ca")]));
    }

    #[test]
    fn vietnamese_is_the_same_however_its_marks_are_composed() {
        let composed =
            name(&[(oid::COMMON_NAME, Tag::UTF8, "Nguyễn Thị Hồng".as_bytes())]);
        let apart: String = "NGUYỄN THỊ HỒNG".chars().flat_map(|c| [c]).collect();
        let apart: String =
            unicode_normalization::UnicodeNormalization::nfd(apart.as_str()).collect();
        assert_eq!(composed, name(&[(oid::COMMON_NAME, Tag::UTF8, apart.as_bytes())]));
        let bmp: Vec<u8> =
            "Nguyễn Thị Hồng".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(composed, name(&[(oid::COMMON_NAME, Tag::BMP, &bmp)]));
        assert_eq!(composed.common(), "Nguyễn Thị Hồng");
    }

    #[test]
    fn a_name_is_told_from_the_person_up() {
        let full = name(&[
            (oid::COUNTRY, Tag::PRINTABLE, b"VN"),
            (oid::ORGANIZATION, Tag::UTF8, "Sở Tư pháp".as_bytes()),
            (oid::USER_ID, Tag::UTF8, "\u{feff}MST:0100".as_bytes()),
        ]);
        assert_eq!(full.to_string(), "UID=MST:0100, O=Sở Tư pháp, C=VN");
        assert_eq!(full.common(), "Sở Tư pháp");
    }

    #[test]
    fn a_subtree_holds_what_begins_like_it() {
        let base = name(&[(oid::COUNTRY, Tag::PRINTABLE, b"VN")]);
        let below = name(&[
            (oid::COUNTRY, Tag::PRINTABLE, b"vn"),
            (oid::COMMON_NAME, Tag::UTF8, b"x"),
        ]);
        assert!(below.is_within(&base) && !base.is_within(&below));
    }
}
