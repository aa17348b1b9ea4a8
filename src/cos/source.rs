//! The bytes of a file: in memory if they are few, in windows if they are many.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Arc;

/// Files up to this length are held in memory.
const HELD: u64 = 16 << 20;

/// The bytes of one file, which nobody changes meanwhile.
#[derive(Debug)]
pub struct Source {
    kind: Kind,
    len: usize,
}

#[derive(Debug)]
enum Kind {
    Held(Arc<[u8]>),
    Open(File),
}

impl Source {
    /// Bytes in memory.
    #[must_use]
    pub fn held(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { len: bytes.len(), kind: Kind::Held(bytes) }
    }

    /// The file at `path`; a small one is read at once.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let len = usize::try_from(about.len()).ok().ok_or(io::ErrorKind::FileTooLarge)?;
        let whole = Self { kind: Kind::Open(file), len };
        if about.len() > HELD {
            return Ok(whole);
        }
        Ok(Self::held(whole.window(0, len)?.into_owned()))
    }

    /// Number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Up to `most` bytes from `at`; fewer only at the end of the file. From
    /// memory all that follows may be given, since it costs nothing.
    ///
    /// # Errors
    ///
    /// When the system refuses, or the file has become shorter.
    pub fn window(&self, at: usize, most: usize) -> io::Result<Cow<'_, [u8]>> {
        let most = most.min(self.len.saturating_sub(at));
        match &self.kind {
            Kind::Held(bytes) => Ok(Cow::Borrowed(bytes.get(at..).unwrap_or_default())),
            Kind::Open(file) => {
                let mut bytes = vec![0; most];
                file.read_exact_at(&mut bytes, at as u64)?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    /// Exactly the bytes from `at` to `end`, or fewer at the end of the file.
    ///
    /// # Errors
    ///
    /// As [`Self::window`].
    pub fn slice(&self, at: usize, end: usize) -> io::Result<Cow<'_, [u8]>> {
        let len = end.saturating_sub(at);
        Ok(match self.window(at, len)? {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(..len).unwrap_or(bytes)),
            Cow::Owned(bytes) => Cow::Owned(bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lies_beyond_the_end() {
        let source = Source::held(*b"abc");
        assert_eq!(&*source.slice(1, 9).unwrap(), b"bc");
        assert!(source.slice(7, 9).unwrap().is_empty());
    }
}
