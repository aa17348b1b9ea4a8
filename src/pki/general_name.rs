//! General names and what a name constraint makes of them
//! (RFC 5280, 4.2.1.6 and 4.2.1.10).

use crate::pki::der::{Reader, Tag, Tlv};
use crate::pki::error::Malformed;
use crate::pki::name::{self, Name};

/// Names in one list that are looked at.
const MOST_NAMES: usize = 4096;

/// A name of any of the kinds an extension may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeneralName {
    /// An address of electronic mail.
    Email(String),
    /// A host.
    Dns(String),
    /// A distinguished name.
    Directory(Name),
    /// A uniform resource identifier.
    Uri(String),
    /// An IP address, or address and mask in a constraint.
    Ip(Vec<u8>),
    /// A kind that is compared byte by byte: its tag and its contents.
    Other(Tag, Vec<u8>),
}

impl GeneralName {
    /// Reads the `GeneralName` that comes next.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::from_tlv(&reader.any()?)
    }

    /// The name this value holds.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn from_tlv(value: &Tlv<'_>) -> Result<Self, Malformed> {
        let text = || {
            let as_ia5 = Tlv { tag: Tag::IA5, ..*value };
            name::text(&as_ia5).unwrap_or_default()
        };
        match value.tag.0 {
            0x81 => Ok(Self::Email(text())),
            0x82 => Ok(Self::Dns(text())),
            0xa4 => Ok(Self::Directory(Name::read(&mut value.reader())?)),
            0x86 => Ok(Self::Uri(text())),
            0x87 => Ok(Self::Ip(value.value.to_vec())),
            0xa0 | 0xa3 | 0xa5 | 0x88 => Ok(Self::Other(value.tag, value.value.to_vec())),
            tag => Err(Malformed::Unexpected(tag)),
        }
    }

    /// Reads names until nothing is left.
    ///
    /// # Errors
    ///
    /// When the bytes are none.
    pub fn read_all(mut reader: Reader<'_>) -> Result<Vec<Self>, Malformed> {
        let mut names = Vec::new();
        while !reader.is_empty() {
            if names.len() == MOST_NAMES {
                return Err(Malformed::TooMany);
            }
            names.push(Self::read(&mut reader)?);
        }
        Ok(names)
    }

    /// Whether both are names of one kind.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Other(own, _), Self::Other(other, _)) => own == other,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// Whether `self` lies in the subtree `base` of its kind; `None` for kinds
    /// without a notion of subtree.
    #[must_use]
    pub fn is_within(&self, base: &Self) -> Option<bool> {
        match (self, base) {
            (Self::Email(own), Self::Email(base)) => Some(email_within(own, base)),
            (Self::Dns(own), Self::Dns(base)) => Some(host_within(own, base)),
            (Self::Directory(own), Self::Directory(base)) => Some(own.is_within(base)),
            (Self::Uri(own), Self::Uri(base)) => uri_within(own, base),
            (Self::Ip(own), Self::Ip(base)) => ip_within(own, base),
            _ => None,
        }
    }
}

/// RFC 5280, 4.2.1.10: a mailbox, all mailboxes of a host, or of hosts below
/// a domain.
fn email_within(own: &str, base: &str) -> bool {
    let Some((own_box, own_host)) = own.rsplit_once('@') else { return false };
    match base.rsplit_once('@') {
        Some((base_box, base_host)) => {
            own_box == base_box && own_host.eq_ignore_ascii_case(base_host)
        }
        None if base.starts_with('.') => ends_below(own_host, base),
        None => own_host.eq_ignore_ascii_case(base),
    }
}

/// The host itself or any with labels in front.
fn host_within(own: &str, base: &str) -> bool {
    let base = base.strip_prefix('.').unwrap_or(base);
    base.is_empty()
        || own.eq_ignore_ascii_case(base)
        || ends_below(own, &format!(".{base}"))
}

/// `None` where the resource names no host: then the constraint cannot be
/// honoured (RFC 5280, 4.2.1.10).
fn uri_within(own: &str, base: &str) -> Option<bool> {
    let (_, rest) = own.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next().filter(|host| !host.is_empty())?;
    if host.starts_with('[') || host.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    Some(match base.starts_with('.') {
        true => ends_below(host, base),
        false => host.eq_ignore_ascii_case(base),
    })
}

fn ends_below(own: &str, dotted: &str) -> bool {
    let (own, dotted) = (own.as_bytes(), dotted.as_bytes());
    let Some(cut) = own.len().checked_sub(dotted.len()) else { return false };
    cut > 0 && own.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(dotted))
}

fn ip_within(own: &[u8], base: &[u8]) -> Option<bool> {
    let (address, mask) = base.split_at_checked(base.len() / 2)?;
    if address.len() != mask.len() || !matches!(address.len(), 4 | 16) {
        return None;
    }
    let masked = address.iter().zip(mask).zip(own);
    Some(
        own.len() == address.len()
            && masked.into_iter().all(|((a, m), o)| a & m == o & m),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_mailboxes_and_resources_lie_in_their_subtrees() {
        assert!(host_within("a.gov.vn", "gov.vn") && host_within("gov.vn", "GOV.VN"));
        assert!(!host_within("xgov.vn", "gov.vn"));
        assert!(
            email_within("an@gov.vn", "gov.vn") && !email_within("an@a.gov.vn", "gov.vn")
        );
        assert!(
            email_within("an@a.gov.vn", ".gov.vn")
                && !email_within("an@gov.vn", ".gov.vn")
        );
        assert!(
            email_within("an@gov.vn", "an@GOV.VN")
                && !email_within("An@gov.vn", "an@gov.vn")
        );
        assert_eq!(uri_within("http://x@a.gov.vn:80/b", ".gov.vn"), Some(true));
        assert_eq!(uri_within("http://gov.vn/b", ".gov.vn"), Some(false));
        assert_eq!(uri_within("urn:a:b", "gov.vn"), None);
    }

    #[test]
    fn addresses_lie_under_their_mask() {
        let base = [10, 1, 0, 0, 255, 255, 0, 0];
        assert_eq!(ip_within(&[10, 1, 2, 3], &base), Some(true));
        assert_eq!(ip_within(&[10, 2, 2, 3], &base), Some(false));
        assert_eq!(ip_within(&[10, 1, 2, 3], &[1, 2, 3]), None);
    }
}
