//! SHA-256 of what is kept (FIPS 180-4), the one fixity of the archive.

use std::fmt;
use std::io::{self, Read, Write};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// Bytes read at once while hashing.
const CHUNK: usize = 1 << 16;

/// A SHA-256 value. Shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of everything `from` yields.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub fn of_reader(mut from: impl Read) -> io::Result<Self> {
        let mut hash = Sha256::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            match from.read(&mut chunk)? {
                0 => return Ok(Self(hash.finalize().into())),
                n => hash.update(chunk.get(..n).unwrap_or_default()),
            }
        }
    }

    /// The digest that these bytes are.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The raw 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The value written as 64 hexadecimal digits of either case.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut value = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (index, byte) in value.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * index..2 * index + 2)?, 16).ok()?;
        }
        Some(Self(value))
    }
}

/// Bytes as lower-case hexadecimal digits (RFC 4648, 8).
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(from)?;
        Self::from_hex(&hex)
            .ok_or_else(|| serde::de::Error::custom("not a SHA-256 value"))
    }
}

/// Passes bytes on and hashes them on the way, so that content is read once.
#[derive(Debug)]
pub struct Hashing<W> {
    to: W,
    hash: Sha256,
    length: u64,
}

impl<W: Write> Hashing<W> {
    /// Hashes what goes to `to`.
    pub fn new(to: W) -> Self {
        Self { to, hash: Sha256::new(), length: 0 }
    }

    /// The writer, the digest and the number of bytes that went through.
    pub fn finish(self) -> (W, Digest, u64) {
        (self.to, Digest(self.hash.finalize().into()), self.length)
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.hash.update(bytes.get(..taken).unwrap_or_default());
        self.length += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_standard_vector() {
        assert_eq!(Digest::of(b"abc").to_string(), ABC);
        assert_eq!(Digest::of_reader(&b"abc"[..]).unwrap(), Digest::of(b"abc"));
    }

    #[test]
    fn hashing_on_the_way_gives_the_same() {
        let mut through = Hashing::new(Vec::new());
        through.write_all(b"abc").unwrap();
        let (bytes, digest, length) = through.finish();
        assert_eq!(
            (bytes.as_slice(), digest, length),
            (&b"abc"[..], Digest::of(b"abc"), 3)
        );
    }

    #[test]
    fn hex_and_back() {
        assert_eq!(Digest::from_hex(ABC), Some(Digest::of(b"abc")));
        assert_eq!(Digest::from_hex("é"), None);
    }
}
