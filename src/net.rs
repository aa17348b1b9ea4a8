//! The one door to the network: HTTP/1.1, blocking, with every wait and every
//! length limited (RFC 9110, RFC 9112).
//!
//! Time-stamps, OCSP answers and revocation lists are signed, so that nothing
//! hangs on the line they came over, and their authorities serve them by plain
//! HTTP. `https` addresses are refused by name rather than asked without care.

use std::error::Error;
use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::time::{Duration, Instant};

use crate::say::{self, Lang, Tell};

/// Bytes of status line and headers.
const MOST_HEAD: usize = 64 << 10;
/// Addresses that an address leads to.
const MOST_HOPS: usize = 3;
/// Bytes read at a time.
const CHUNK: usize = 16 << 10;

/// How patient a request is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until somebody answers the call.
    pub connect: Duration,
    /// Until all of the answer is there.
    pub total: Duration,
    /// Bytes of the answer.
    pub most: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(20),
            most: 1 << 20,
        }
    }
}

/// Why nothing came back.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetError {
    /// No address that can be asked.
    Address(String),
    /// TLS, which is not spoken here.
    Tls(String),
    /// The system refused, or nobody answered.
    Io(io::Error),
    /// It took too long.
    Slow,
    /// The answer is no HTTP.
    Nonsense,
    /// The answer is longer than anything expected.
    TooLong(usize),
    /// Another status than success; when to come back, where told.
    Status(u16, Option<u64>),
}

impl Tell for NetError {
    fn tell(&self, lang: Lang) -> String {
        match self {
            Self::Address(url) => say::sign::net_address(lang, url),
            Self::Tls(url) => say::sign::net_tls(lang, url),
            Self::Io(error) => say::io_reason(lang, error),
            Self::Slow => say::sign::net_slow(lang),
            Self::Nonsense => say::sign::net_nonsense(lang),
            Self::TooLong(most) => say::sign::net_too_long(lang, most),
            Self::Status(status, _) => say::sign::net_status(lang, status),
        }
    }
}

impl fmt::Display for NetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tell(Lang::En))
    }
}

impl Error for NetError {}

impl From<io::Error> for NetError {
    fn from(error: io::Error) -> Self {
        let slow = [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut];
        if slow.contains(&error.kind()) { Self::Slow } else { Self::Io(error) }
    }
}

impl NetError {
    /// Whether asking again later may help: RFC 9110, 15.5.9, 15.6; RFC 6585, 4.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Io(_) | Self::Slow => true,
            Self::Status(status, _) => matches!(status, 408 | 425 | 429 | 500..=599),
            Self::Address(_) | Self::Tls(_) | Self::Nonsense | Self::TooLong(_) => false,
        }
    }
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// Nothing: the address says it all.
    Get,
    /// A body of this type.
    Post(&'a str, &'a [u8]),
}

/// Asks an address; what it answers.
///
/// # Errors
///
/// When nothing usable comes back in time.
pub fn ask(
    url: &str,
    question: Question<'_>,
    patience: Patience,
) -> Result<Vec<u8>, NetError> {
    let deadline = Deadline::in_(patience.total);
    let mut url = url.to_owned();
    for _ in 0..=MOST_HOPS {
        match once(&url, question, patience, deadline)? {
            Answer::Body(body) => return Ok(body),
            Answer::Elsewhere(next) => url = resolved(&url, &next),
        }
    }
    Err(NetError::Nonsense)
}

enum Answer {
    Body(Vec<u8>),
    Elsewhere(String),
}

/// A moment by which all must be done.
#[derive(Clone, Copy)]
struct Deadline(Instant);

impl Deadline {
    #[expect(
        clippy::disallowed_methods,
        reason = "a wait is measured where it is waited"
    )]
    fn in_(wait: Duration) -> Self {
        Self(Instant::now() + wait)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a wait is measured where it is waited"
    )]
    fn left(self) -> Result<Duration, NetError> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(NetError::Slow) } else { Ok(left) }
    }
}

/// Waits before asking again.
pub fn wait(time: Duration) {
    std::thread::sleep(time);
}

/// Host with port, and path, of an `http` address.
fn parts(url: &str) -> Result<(String, String), NetError> {
    let bad = || NetError::Address(url.to_owned());
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic());
    let (scheme, rest) = url.split_once("://").filter(|_| plain).ok_or_else(bad)?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" => {}
        "https" => return Err(NetError::Tls(url.to_owned())),
        _ => return Err(bad()),
    }
    let (host, path) = match rest.find(['/', '?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let path = path.split('#').next().unwrap_or("/");
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    if host.is_empty() || host.contains('@') {
        return Err(bad());
    }
    Ok((host.to_owned(), path))
}

/// An address that may be relative to the one before (RFC 9110, 10.2.2).
fn resolved(before: &str, next: &str) -> String {
    if next.contains("://") {
        return next.to_owned();
    }
    let host = parts(before).map(|(host, _)| host).unwrap_or_default();
    format!("http://{host}/{}", next.trim_start_matches('/'))
}

fn once(
    url: &str,
    question: Question<'_>,
    patience: Patience,
    deadline: Deadline,
) -> Result<Answer, NetError> {
    let (host, path) = parts(url)?;
    let after_bracket = host.rsplit(']').next().unwrap_or(&host);
    let address = match after_bracket.contains(':') {
        true => host.clone(),
        false => format!("{host}:80"),
    };
    let mut stream = connect(&address, patience.connect.min(deadline.left()?))?;
    let (method, body, about) = match question {
        Question::Get => ("GET", &[][..], String::new()),
        Question::Post(kind, body) => {
            let about =
                format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
            ("POST", body, about)
        }
    };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: sohoa\r\n\
         Accept: */*\r\nConnection: close\r\n{about}\r\n"
    );
    stream.set_write_timeout(Some(deadline.left()?))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    stream.flush()?;
    receive(&mut stream, patience, deadline)
}

fn connect(address: &str, wait: Duration) -> Result<TcpStream, NetError> {
    let mut last = io::Error::from(io::ErrorKind::HostUnreachable);
    for place in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&place, wait) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// Reads the answer to its end.
fn receive(
    stream: &mut TcpStream,
    patience: Patience,
    deadline: Deadline,
) -> Result<Answer, NetError> {
    let mut bytes = Vec::new();
    let mut length = None;
    loop {
        if let Some(head) = Head::of(&bytes)? {
            let limit = match head.length {
                Some(length) => head.bytes.saturating_add(length),
                None => usize::MAX,
            };
            if head.length.is_some_and(|length| length > patience.most)
                || bytes.len() > head.bytes.saturating_add(2 * patience.most)
            {
                return Err(NetError::TooLong(patience.most));
            }
            length = Some(limit);
        } else if bytes.len() > MOST_HEAD {
            return Err(NetError::Nonsense);
        }
        if length.is_some_and(|length| bytes.len() >= length) {
            break;
        }
        stream.set_read_timeout(Some(deadline.left()?))?;
        let mut chunk = [0; CHUNK];
        let read = stream.read(&mut chunk)?;
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(chunk.get(..read).unwrap_or_default());
    }
    let head = Head::of(&bytes)?.ok_or(NetError::Nonsense)?;
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
    if body.len() > patience.most {
        return Err(NetError::TooLong(patience.most));
    }
    Ok(Answer::Body(body))
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
        Ok(Some(head))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread;

    /// A server that answers once with these bytes.
    fn server(answer: &'static [u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/tsa", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 4096];
            let _read = stream.read(&mut asked).unwrap();
            stream.write_all(answer).unwrap();
        });
        url
    }

    fn patience() -> Patience {
        let total = Duration::from_millis(500);
        Patience { connect: total, total, most: 100 }
    }

    fn answered(answer: &'static [u8]) -> Result<Vec<u8>, NetError> {
        ask(&server(answer), Question::Post("a/b", b"?"), patience())
    }

    #[test]
    fn answers_of_all_lengths_are_read() {
        let plain = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        assert_eq!(plain.unwrap(), b"abc");
        let closed = answered(b"HTTP/1.0 200 OK\r\n\r\nabcd");
        assert_eq!(closed.unwrap(), b"abcd");
        let chunked = answered(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n",
        );
        assert_eq!(chunked.unwrap(), b"abc");
    }

    #[test]
    fn nonsense_floods_and_refusals_are_told_apart() {
        assert!(matches!(answered(b"SSH-2.0-x\r\n\r\n"), Err(NetError::Nonsense)));
        let short = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";
        assert!(matches!(answered(short), Err(NetError::Nonsense)));
        let flood = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n";
        assert!(matches!(answered(flood), Err(NetError::TooLong(100))));
        let busy = b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\n\r\n";
        let busy = answered(busy).unwrap_err();
        assert!(busy.is_passing() && matches!(busy, NetError::Status(503, Some(7))));
    }

    #[test]
    fn nobody_waits_for_ever() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        assert!(matches!(ask(&url, Question::Get, patience()), Err(NetError::Slow)));
        assert!(matches!(
            ask("https://a/", Question::Get, patience()),
            Err(NetError::Tls(_))
        ));
        assert!(matches!(
            ask("ftp://a/", Question::Get, patience()),
            Err(NetError::Address(_))
        ));
    }
}
