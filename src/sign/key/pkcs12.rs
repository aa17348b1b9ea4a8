//! PKCS#12 (RFC 7292), as OpenSSL, Windows, Firefox and Java write it: modern and
//! legacy encryption, BER or DER, with a seal or without.

use zeroize::Zeroizing;

use crate::pki::der::{self, Reader, Tag};
use crate::pki::{Certificate, Hash, Oid, oid};
use crate::sign::key::{KeyError, KeyFile, Password, pbe, pkcs8};

/// Bags of one file that are looked at.
const MOST_BAGS: usize = 256;
/// Safes within bags within safes.
const MOST_DEPTH: usize = 4;

const ENCRYPTED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.6");
const KEY_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.1");
const SHROUDED_KEY_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.2");
const CERT_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.3");
const SAFE_BAG: Oid = Oid::new_unwrap("1.2.840.113549.1.12.10.1.6");
const X509: Oid = Oid::new_unwrap("1.2.840.113549.1.9.22.1");

/// Puts the keys and certificates of `bytes` into `file`.
///
/// # Errors
///
/// When it is no PKCS#12, or the password does not open it.
pub fn read(
    bytes: &[u8],
    password: Option<&Password>,
    file: &mut KeyFile,
) -> Result<(), KeyError> {
    let mut parts = der::whole_sequence(bytes)?;
    parts.small()?;
    let mut content = parts.sequence()?;
    if content.oid()? != oid::DATA {
        return Err(KeyError::Cipher("PKCS#12 signedData".to_owned()));
    }
    let safe = content.expect(Tag::context(0))?.reader().octets()?.into_owned();
    // No password at all is tried as an empty one.
    let empty = Password::default();
    let given = password.unwrap_or(&empty);
    if let Some(seal) = parts.optional(Tag::SEQUENCE)? {
        sealed(seal.reader(), &safe, given).map_err(|error| match (error, password) {
            (KeyError::WrongPassword, None) => KeyError::PasswordNeeded,
            (error, _) => error,
        })?;
    }
    let mut contents = der::whole_sequence(&safe)?;
    let mut bags = 0;
    while !contents.is_empty() {
        let mut info = contents.sequence()?;
        let clear = match info.oid()? {
            oid::DATA => {
                let clear = info.expect(Tag::context(0))?.reader().octets()?.into_owned();
                Zeroizing::new(clear)
            }
            ENCRYPTED_DATA => {
                let mut data = info.expect(Tag::context(0))?.reader().sequence()?;
                data.small()?;
                let mut inner = data.sequence()?;
                inner.oid()?;
                let algorithm = inner.expect(Tag::SEQUENCE)?;
                let sealed = implicit(&mut inner)?;
                pbe::decrypt(algorithm.reader(), &sealed, given)?
            }
            other => return Err(KeyError::Cipher(other.to_string())),
        };
        take(der::whole_sequence(&clear)?, given, file, (&mut bags, MOST_DEPTH))?;
    }
    Ok(())
}

/// An OCTET STRING under the tag `[0]`, perhaps in pieces.
fn implicit(reader: &mut Reader<'_>) -> Result<Vec<u8>, KeyError> {
    let value = reader.any()?;
    let as_string = if value.tag.is_constructed() {
        der::encode(Tag(0x24), value.value)
    } else {
        der::encode(Tag::OCTET_STRING, value.value)
    };
    Ok(Reader::new(&as_string).octets()?.into_owned())
}

/// Whether the seal over the safe is of this password (RFC 7292, 4).
fn sealed(
    mut seal: Reader<'_>,
    safe: &[u8],
    password: &Password,
) -> Result<(), KeyError> {
    let mut info = seal.sequence()?;
    let hash = Hash::read(&mut info)?.map_err(|oid| KeyError::Cipher(oid.to_string()))?;
    let expected = info.octets()?.into_owned();
    let salt = seal.octets()?.into_owned();
    let rounds = match seal.optional(Tag::INTEGER)? {
        Some(rounds) => pbe::rounds(der::small(rounds.value)?)?,
        None => 1,
    };
    let matches = |password: &[u8]| -> Result<bool, KeyError> {
        let key =
            pbe::derive(hash, pbe::Use::Mac, password, (&salt, rounds), hash.length());
        Ok(pbe::hmac(hash, &key, safe)? == expected)
    };
    // An empty password is written as two zeros by some and as nothing by others.
    if matches(&pbe::utf16(password))? || password.is_empty() && matches(&[])? {
        Ok(())
    } else {
        Err(KeyError::WrongPassword)
    }
}

/// Takes what bags hold (RFC 7292, 4.2).
fn take(
    mut safe: Reader<'_>,
    password: &Password,
    file: &mut KeyFile,
    (bags, depth): (&mut usize, usize),
) -> Result<(), KeyError> {
    let depth = depth.checked_sub(1).ok_or(KeyError::Damaged)?;
    while !safe.is_empty() {
        *bags += 1;
        if *bags > MOST_BAGS {
            return Err(KeyError::Damaged);
        }
        let mut bag = safe.sequence()?;
        let kind = bag.oid()?;
        let value = bag.expect(Tag::context(0))?;
        match kind {
            KEY_BAG => file.secrets.push(pkcs8::plain(value.value)?),
            SHROUDED_KEY_BAG => {
                file.secrets.push(pkcs8::encrypted(value.value, Some(password))?);
            }
            CERT_BAG => {
                let mut parts = value.reader().sequence()?;
                if parts.oid()? == X509 {
                    let der = parts.expect(Tag::context(0))?.reader().octets()?;
                    file.certificates.extend(Certificate::parse(&der));
                }
            }
            SAFE_BAG => {
                take(value.reader().sequence()?, password, file, (bags, depth))?;
            }
            // Lists and secrets of other kinds are of no use here.
            _ => {}
        }
    }
    Ok(())
}
