//! The text files of a BagIt bag (RFC 8493): manifests and `bag-info.txt`.
//!
//! Reading and writing of lines only; no disk. A manifest that exists is
//! carried over entry by entry and never computed anew, because a manifest
//! regenerated over a damaged file would vouch for the damage.

use std::collections::BTreeMap;

use crate::archive::code::Code;
use crate::digest::Digest;
use crate::time::Day;

/// RFC 8493, 2.1.1: the bag declaration.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The name of the bag declaration.
pub const DECLARATION_FILE: &str = "bagit.txt";
/// The name of the bag's metadata.
pub const INFO_FILE: &str = "bag-info.txt";
/// The name of the payload manifest.
pub const MANIFEST_FILE: &str = "manifest-sha256.txt";
/// The name of the manifest of tag files.
pub const TAG_MANIFEST_FILE: &str = "tagmanifest-sha256.txt";
/// The folder of the payload.
pub const PAYLOAD: &str = "data";

/// A manifest: what each file must hash to, by path within the bag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<String, Digest>);

impl Manifest {
    /// Reads a manifest; the number of the first bad line, from 1, otherwise.
    ///
    /// # Errors
    ///
    /// When a line is not a SHA-256 value and a path inside the bag, or a path
    /// stands there twice.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut entries = BTreeMap::new();
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() {
                continue;
            }
            let (path, digest) = entry(line).ok_or(number)?;
            if entries.insert(path, digest).is_some() {
                return Err(number);
            }
        }
        Ok(Self(entries))
    }

    /// The lines, sorted by path. Two spaces, so that `sha256sum -c` reads them.
    #[must_use]
    pub fn write(&self) -> String {
        let lines = self.0.iter();
        lines.map(|(path, digest)| format!("{digest}  {}\n", encoded(path))).collect()
    }
}

/// `bag-info.txt`, as far as this program has something to say (RFC 8493, 2.2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info<'a> {
    /// The agency.
    pub organisation: &'a str,
    /// The dossier.
    pub code: &'a Code,
    /// The day its content was last put together.
    pub day: Day,
    /// What the payload weighs.
    pub oxum: Oxum,
}

impl Info<'_> {
    /// The lines of the file.
    #[must_use]
    pub fn write(&self) -> String {
        let Self { organisation, code, day, oxum } = self;
        format!(
            "Source-Organization: {organisation}\nExternal-Identifier: {code}\n\
             Bagging-Date: {day}\nPayload-Oxum: {}.{}\n",
            oxum.bytes, oxum.files
        )
    }
}

/// Bytes and files of the payload (`Payload-Oxum`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Oxum {
    /// Bytes of all payload files together.
    pub bytes: u64,
    /// How many payload files there are.
    pub files: u64,
}

impl Oxum {
    /// The value stated in a `bag-info.txt`, if one is.
    #[must_use]
    pub fn read(info: &str) -> Option<Self> {
        let stated = |line: &str| {
            let (label, value) = line.split_once(':')?;
            label.eq_ignore_ascii_case("Payload-Oxum").then(|| value.trim().to_owned())
        };
        let value = info.lines().find_map(stated)?;
        let (bytes, files) = value.split_once('.')?;
        Some(Self { bytes: bytes.parse().ok()?, files: files.parse().ok()? })
    }

    /// One more file of so many bytes.
    pub fn add(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.files = self.files.saturating_add(1);
    }
}

/// RFC 8493, 2.1.3: checksum, whitespace, path relative to the bag, never
/// leaving it.
fn entry(line: &str) -> Option<(String, Digest)> {
    let (hex, path) = line.split_once([' ', '\t'])?;
    // `sha256sum -b` puts an asterisk before the name.
    let path = path.trim_start_matches([' ', '\t']);
    let path = decoded(path.strip_prefix('*').unwrap_or(path));
    let path = path.strip_prefix("./").unwrap_or(&path);
    Some((is_inside(path).then(|| path.to_owned())?, Digest::from_hex(hex)?))
}

/// Whether a path with forward slashes stays inside the bag.
pub fn is_inside(path: &str) -> bool {
    !path.starts_with('~') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// RFC 8493, 2.1.3: line feed, carriage return and percent sign are encoded.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

/// The reverse of [`encoded`]; other percent signs stay as they are.
fn decoded(path: &str) -> String {
    ["%0A\n", "%0a\n", "%0D\r", "%0d\r", "%25%"].iter().fold(
        path.to_owned(),
        |path, pair| {
            let (code, letter) = pair.split_at(3);
            path.replace(code, letter)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_what_it_wrote() {
        let paths =
            ["data/001-x.pdf", "data/100%.pdf", "data/a\nb\r.pdf", "data/%0A%25.pdf"];
        let entries = paths.map(|path| (path.to_owned(), Digest::of(path.as_bytes())));
        let manifest = Manifest(entries.into());
        assert_eq!(Manifest::read(&manifest.write()), Ok(manifest));
    }

    #[test]
    fn a_path_out_of_the_bag_is_a_bad_line() {
        let digest = Digest::of(b"");
        for path in ["/etc/passwd", "data/../../x", "~/x", "", "data//x"] {
            let text = format!("{digest}  data/ok\n{digest}  {path}\n");
            assert_eq!(Manifest::read(&text), Err(2), "{path}");
        }
    }

    #[test]
    fn a_path_named_twice_is_a_bad_line() {
        let digest = Digest::of(b"");
        assert_eq!(
            Manifest::read(&format!("{digest}  data/x\n{digest} *data/x\n")),
            Err(2)
        );
    }

    #[test]
    fn payload_oxum_is_read_back() {
        let code = "H32.18-260716-0001".parse().unwrap();
        let oxum = Oxum { bytes: 1234, files: 5 };
        let day = Day::new(2026, 7, 16).unwrap();
        let info = Info { organisation: "UBND phường", code: &code, day, oxum }.write();
        assert_eq!(Oxum::read(&info), Some(oxum));
        assert_eq!(Oxum::read("Payload-Oxum: x.y"), None);
    }
}
