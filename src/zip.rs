//! ZIP containers: read with limits, written plainly.
//!
//! After PKWARE's APPNOTE 6.3. Office files are read this way, and dossiers
//! leave the archive in one: entries are stored as they are, because what is
//! kept is compressed already, with names in UTF-8 and, where a file, the
//! container or the number of entries asks for it, the wide fields of 4.5.3.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::time::Timestamp;

/// Entries of a container that is read.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of the comment that may follow the end record.
const MOST_COMMENT: usize = 1 << 16;
/// Bytes copied at once.
const CHUNK: usize = 1 << 17;
/// What a 32-bit field says when the wide one counts.
const WIDE: u64 = 0xffff_ffff;
/// General purpose bit 11: names are UTF-8 (APPNOTE, 4.4.4).
const UTF8: u16 = 1 << 11;
/// What a reader must be able to do: folders, and wide fields.
const VERSION: u16 = 45;
/// Made on Unix, so that the mode counts.
const MADE_BY: u16 = (3 << 8) | VERSION;
/// A plain file that its owner may write and others read.
const MODE: u32 = 0o100_644 << 16;

/// A container being read.
#[derive(Debug)]
pub struct Zip<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
}

/// An entry of a container.
#[derive(Debug)]
struct Entry {
    name: String,
    method: u16,
    packed: usize,
    at: usize,
}

impl<'a> Zip<'a> {
    /// Reads the list of entries; `None` where it is damaged, or longer than
    /// that of any office file.
    #[must_use]
    pub fn open(bytes: &'a [u8]) -> Option<Self> {
        // APPNOTE, 4.3.16: the end record, 22 bytes and a comment.
        let from = bytes.len().saturating_sub(22 + MOST_COMMENT);
        let tail = bytes.get(from..)?;
        let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06")?;
        let end = tail.get(end..)?;
        end.get(..22 + usize::from(u16_at(end, 20)?))?;
        let count = usize::from(u16_at(end, 10)?);
        let mut at = usize::try_from(u32_at(end, 16)?).ok()?;
        if count > MOST_ENTRIES {
            return None;
        }
        let mut entries = Vec::new();
        for _ in 0..count {
            // 4.3.12: the central header.
            let header = bytes.get(at..)?;
            if !header.starts_with(b"PK\x01\x02") {
                return None;
            }
            let size = |offset| u16_at(header, offset).map(usize::from);
            let (name, extra, comment) = (size(28)?, size(30)?, size(32)?);
            let text = header.get(46..46_usize.checked_add(name)?)?;
            entries.push(Entry {
                name: String::from_utf8_lossy(text).into_owned(),
                method: u16_at(header, 10)?,
                packed: usize::try_from(u32_at(header, 20)?).ok()?,
                at: usize::try_from(u32_at(header, 42)?).ok()?,
            });
            at = at.checked_add(46 + name + extra + comment)?;
        }
        Some(Self { bytes, entries })
    }

    /// The names of its entries.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// The content of an entry; `None` where there is none, it is damaged, or
    /// it is longer than `limit`.
    #[must_use]
    pub fn read(&self, name: &str, limit: u64) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        // 4.3.7: the local header has a name and an extra field of its own.
        let local = self.bytes.get(entry.at..)?;
        if !local.starts_with(b"PK\x03\x04") {
            return None;
        }
        let (name, extra) = (u16_at(local, 26)?, u16_at(local, 28)?);
        let from = 30 + usize::from(name) + usize::from(extra);
        let packed = local.get(from..from.checked_add(entry.packed)?)?;
        let mut content = Vec::new();
        let read: Box<dyn Read + '_> = match entry.method {
            0 => Box::new(packed),
            8 => Box::new(DeflateDecoder::new(packed)),
            _ => return None,
        };
        read.take(limit.saturating_add(1)).read_to_end(&mut content).ok()?;
        (content.len() as u64 <= limit).then_some(content)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// A container being written.
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    /// Bytes written so far.
    at: u64,
    /// The central headers.
    central: Vec<u8>,
    count: u64,
    /// Time and day of every entry, as DOS writes them (4.4.6).
    stamp: [u8; 4],
}

impl<W: Write + Seek> Writer<W> {
    /// Begins a container whose entries carry this time.
    pub fn begin(to: W, now: Timestamp) -> Self {
        Self { to, at: 0, central: Vec::new(), count: 0, stamp: dos(now) }
    }

    /// Adds a file of exactly `size` bytes.
    ///
    /// # Errors
    ///
    /// When reading or writing fails, or the file has another size.
    pub fn file(&mut self, name: &str, size: u64, from: &mut dyn Read) -> io::Result<()> {
        let begun = self.at;
        let is_wide = size >= WIDE;
        self.put(&self.local(name, size, is_wide, 0)?)?;
        let (mut crc, mut chunk) = (Crc::new(), vec![0; CHUNK]);
        let mut written = 0_u64;
        loop {
            let count = match from.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let bytes = chunk.get(..count).unwrap_or_default();
            crc.update(bytes);
            written = written.saturating_add(count as u64);
            self.put(bytes)?;
        }
        if written != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // The sum is known only now.
        self.to.seek(SeekFrom::Start(begun))?;
        let header = self.local(name, size, is_wide, crc.sum())?;
        self.to.write_all(&header)?;
        self.to.seek(SeekFrom::Start(self.at))?;
        self.list(name, size, begun, crc.sum())
    }

    /// Writes the list of entries, and gives the file back.
    ///
    /// # Errors
    ///
    /// When writing fails.
    pub fn finish(mut self) -> io::Result<W> {
        let (begun, size) = (self.at, self.central.len() as u64);
        let central = std::mem::take(&mut self.central);
        self.put(&central)?;
        let wide_at = self.at;
        if begun >= WIDE || size >= WIDE || self.count >= 0xffff {
            // 4.3.14 and 4.3.15: the wide end record, and where it is.
            let mut end = b"PK\x06\x06".to_vec();
            end.extend(44_u64.to_le_bytes());
            end.extend(MADE_BY.to_le_bytes());
            end.extend(VERSION.to_le_bytes());
            end.extend([0; 8]);
            for number in [self.count, self.count, size, begun] {
                end.extend(number.to_le_bytes());
            }
            end.extend(b"PK\x06\x07\0\0\0\0");
            end.extend(wide_at.to_le_bytes());
            end.extend(1_u32.to_le_bytes());
            self.put(&end)?;
        }
        let count = u16::try_from(self.count).unwrap_or(u16::MAX).to_le_bytes();
        let mut end = b"PK\x05\x06\0\0\0\0".to_vec();
        end.extend([count, count].concat());
        end.extend(narrow(size));
        end.extend(narrow(begun));
        end.extend([0; 2]);
        self.put(&end)?;
        Ok(self.to)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.at = self.at.saturating_add(bytes.len() as u64);
        Ok(())
    }

    /// A local header (4.3.7).
    fn local(&self, name: &str, size: u64, wide: bool, crc: u32) -> io::Result<Vec<u8>> {
        let mut header = b"PK\x03\x04".to_vec();
        header.extend(self.common(name, size, crc)?);
        header.extend(if wide { 20_u16 } else { 0 }.to_le_bytes());
        header.extend(name.as_bytes());
        if wide {
            header.extend([1, 0, 16, 0]);
            header.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
        }
        Ok(header)
    }

    /// What both headers of an entry say, up to the length of its name.
    fn common(&self, name: &str, size: u64, crc: u32) -> io::Result<Vec<u8>> {
        let length = u16::try_from(name.len())
            .map_err(|_long| io::Error::from(io::ErrorKind::InvalidFilename))?;
        let mut common = VERSION.to_le_bytes().to_vec();
        common.extend(UTF8.to_le_bytes());
        common.extend([0; 2]); // stored
        common.extend(self.stamp);
        common.extend(crc.to_le_bytes());
        common.extend(narrow(size));
        common.extend(narrow(size));
        common.extend(length.to_le_bytes());
        Ok(common)
    }

    /// Notes the central header of an entry (4.3.12).
    fn list(&mut self, name: &str, size: u64, begun: u64, crc: u32) -> io::Result<()> {
        let mut wide = Vec::new();
        if size >= WIDE {
            wide.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
        }
        if begun >= WIDE {
            wide.extend(begun.to_le_bytes());
        }
        let length = u16::try_from(wide.len()).unwrap_or(0);
        let extra = if wide.is_empty() { 0 } else { length + 4 };
        let mut header = b"PK\x01\x02".to_vec();
        header.extend(MADE_BY.to_le_bytes());
        header.extend(self.common(name, size, crc)?);
        header.extend(extra.to_le_bytes());
        header.extend([0; 6]);
        header.extend(MODE.to_le_bytes());
        header.extend(narrow(begun));
        header.extend(name.as_bytes());
        if !wide.is_empty() {
            header.extend([1, 0]);
            header.extend(length.to_le_bytes());
            header.extend(wide);
        }
        self.central.extend(header);
        self.count += 1;
        Ok(())
    }
}

/// A number in 32 bits, or what says that the wide field counts.
fn narrow(number: u64) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

/// Time, then day: five bits of hours, six of minutes, five of two seconds; seven
/// of years since 1980, four of months, five of days.
fn dos(now: Timestamp) -> [u8; 4] {
    let day = now.day();
    let part = |text: &str, range: std::ops::Range<usize>| -> u16 {
        text.get(range).and_then(|part| part.parse().ok()).unwrap_or(0)
    };
    let clock = now.hhmmss();
    let (hour, minute, second) =
        (part(&clock, 0..2), part(&clock, 2..4), part(&clock, 4..6));
    let years = u16::try_from(day.year().saturating_sub(1980)).unwrap_or(0).min(127);
    let small = |number: i8| u16::try_from(number).unwrap_or(1);
    let time = (hour << 11) | (minute << 5) | (second / 2);
    let day = (years << 9) | (small(day.month()) << 5) | small(day.day());
    let ([a, b], [c, d]) = (time.to_le_bytes(), day.to_le_bytes());
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn written(files: &[(&str, &[u8])]) -> Vec<u8> {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let mut zip = Writer::begin(Cursor::new(Vec::new()), now);
        for (name, bytes) in files {
            zip.file(name, bytes.len() as u64, &mut &**bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let files = [("hồ sơ/a.txt", b"first".as_slice()), ("b", b""), ("c", b"third")];
        let bytes = written(&files);
        let zip = Zip::open(&bytes).unwrap();
        assert_eq!(zip.names().collect::<Vec<_>>(), ["hồ sơ/a.txt", "b", "c"]);
        for (name, content) in files {
            assert_eq!(zip.read(name, 5).unwrap(), content);
        }
        assert_eq!((zip.read("a", 9), zip.read("c", 4)), (None, None));
    }

    #[test]
    fn a_file_that_changed_its_size_is_refused() {
        let now = Timestamp::from_unix(1_784_171_625).unwrap();
        let mut zip = Writer::begin(Cursor::new(Vec::new()), now);
        assert!(zip.file("a", 3, &mut b"four".as_slice()).is_err());
    }

    #[test]
    fn damaged_containers_are_none() {
        let bytes = written(&[("a", b"first")]);
        for cut in 0..bytes.len() {
            let zip = Zip::open(&bytes[..cut]);
            assert!(zip.is_none(), "cut at {cut}");
        }
        for at in 0..bytes.len() {
            let mut harmed = bytes.clone();
            harmed[at] ^= 0xff;
            // Whatever it says, reading ends.
            if let Some(zip) = Zip::open(&harmed) {
                drop(zip.read("a", 100));
            }
        }
    }
}
