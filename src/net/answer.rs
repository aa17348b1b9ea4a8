//! What comes back: status line, headers and body, read to their end and no
//! further than they may go (RFC 9112, 4 to 7).

use std::io::{self, Read};

use crate::net::NetError;

/// Bytes of status line and headers.
const MOST_HEAD: usize = 64 << 10;
/// Bytes read at a time.
const CHUNK: usize = 16 << 10;
/// How a body in chunks ends, without trailers.
const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// An answer that means something.
pub(crate) enum Answer {
    /// What was asked for.
    Body(Vec<u8>),
    /// It is at another address.
    Elsewhere(String),
}

/// Reads the answer to its end; its body has at most `most` bytes.
pub(crate) fn receive(line: &mut impl Read, most: usize) -> Result<Answer, NetError> {
    let mut bytes = Vec::new();
    let mut head;
    loop {
        head = Head::of(&bytes)?;
        if let Some(known) = &head {
            if known.status < 200 {
                // RFC 9110, 15.2: only an announcement.
                bytes.drain(..known.bytes);
                continue;
            }
            if known.is_too_long(bytes.len(), most) {
                return Err(NetError::TooLong(most));
            }
            if known.is_whole(&bytes) {
                break;
            }
        } else if bytes.len() > MOST_HEAD {
            return Err(NetError::Nonsense);
        }
        if !more(line, &mut bytes)? {
            break;
        }
    }
    let head = head.ok_or(NetError::Nonsense)?;
    let body = bytes.get(head.bytes..).unwrap_or_default();
    match head.status {
        200..=299 => {}
        301 | 302 | 303 | 307 | 308 => {
            return head.location.map(Answer::Elsewhere).ok_or(NetError::Nonsense);
        }
        status => return Err(NetError::Status(status, head.retry_after)),
    }
    let body = match (head.chunked, head.length) {
        (true, _) => chunks(body)?,
        (false, Some(length)) => body.get(..length).ok_or(NetError::Nonsense)?.to_vec(),
        (false, None) => body.to_vec(),
    };
    if body.len() > most {
        return Err(NetError::TooLong(most));
    }
    Ok(Answer::Body(body))
}

/// The status a proxy gives to a request for a tunnel. Not a byte after its head
/// is read: what follows is the tunnel's.
pub(crate) fn status(line: &mut impl Read) -> Result<u16, NetError> {
    let mut bytes = Vec::new();
    loop {
        if let Some(head) = Head::of(&bytes)? {
            return Ok(head.status);
        }
        let mut byte = [0];
        if bytes.len() > MOST_HEAD || line.read(&mut byte)? == 0 {
            return Err(NetError::Nonsense);
        }
        bytes.extend_from_slice(&byte);
    }
}

/// Reads on; whether anything came.
fn more(line: &mut impl Read, bytes: &mut Vec<u8>) -> Result<bool, NetError> {
    let mut chunk = [0; CHUNK];
    loop {
        match line.read(&mut chunk) {
            Ok(read) => {
                bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
                return Ok(read > 0);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Status line and headers.
struct Head {
    bytes: usize,
    status: u16,
    length: Option<usize>,
    chunked: bool,
    location: Option<String>,
    retry_after: Option<u64>,
}

impl Head {
    /// The head at the start of `bytes`, if all of it is there.
    fn of(bytes: &[u8]) -> Result<Option<Self>, NetError> {
        let Some(end) = memchr::memmem::find(bytes, b"\r\n\r\n") else { return Ok(None) };
        let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
        let mut lines = text.split("\r\n");
        let status = lines.next().unwrap_or_default();
        let code = status.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5));
        let status = code.and_then(|code| code.parse().ok()).ok_or(NetError::Nonsense)?;
        let mut head = Self {
            bytes: end + 4,
            status,
            length: None,
            chunked: false,
            location: None,
            retry_after: None,
        };
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => {
                    head.length = Some(value.parse().map_err(|_bad| NetError::Nonsense)?);
                }
                "transfer-encoding" => {
                    head.chunked = value.to_ascii_lowercase().ends_with("chunked");
                }
                "location" => head.location = Some(value.to_owned()),
                "retry-after" => head.retry_after = value.parse().ok(),
                _ => {}
            }
        }
        if head.chunked {
            head.length = None;
        }
        if status == 204 {
            head.length = Some(0);
        }
        Ok(Some(head))
    }

    /// Whether more is announced or came than may come. Chunks have sizes between
    /// them, which count too.
    fn is_too_long(&self, bytes: usize, most: usize) -> bool {
        self.length.is_some_and(|length| length > most)
            || bytes > self.bytes.saturating_add(most.saturating_mul(2))
    }

    /// Whether the last byte of the answer is there.
    fn is_whole(&self, bytes: &[u8]) -> bool {
        match self.length {
            Some(length) => bytes.len() >= self.bytes.saturating_add(length),
            None if self.chunked => {
                let body = bytes.get(self.bytes..).unwrap_or_default();
                body.ends_with(LAST_CHUNK) && chunks(body).is_ok()
            }
            None => false,
        }
    }
}

/// A body in chunks put together (RFC 9112, 7.1).
fn chunks(mut body: &[u8]) -> Result<Vec<u8>, NetError> {
    let mut whole = Vec::new();
    loop {
        let end = memchr::memmem::find(body, b"\r\n").ok_or(NetError::Nonsense)?;
        let (line, rest) = body.split_at_checked(end + 2).ok_or(NetError::Nonsense)?;
        let line = String::from_utf8_lossy(line);
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_bad| NetError::Nonsense)?;
        if size == 0 {
            return Ok(whole);
        }
        let (chunk, after) = rest.split_at_checked(size).ok_or(NetError::Nonsense)?;
        whole.extend_from_slice(chunk);
        body = after.strip_prefix(b"\r\n").ok_or(NetError::Nonsense)?;
    }
}
