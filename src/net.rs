//! The one door to the network: HTTP/1.1 and HTTPS, blocking, with every wait and
//! every length limited (RFC 9110, RFC 9112).
//!
//! Time-stamps, OCSP answers and revocation lists are signed, so that nothing
//! hangs on the line they came over, and most authorities serve them by plain
//! HTTP. For those that do not there is TLS by `rustls` ([`wire`]), with the
//! authorities that this machine trusts and those that the office names.
//! [`route`] reads addresses and knows the office's proxy, [`answer`] reads what
//! comes back.

use std::error::Error;
use std::fmt;
use std::io::{self, Write as _};
use std::time::Duration;

use crate::net::answer::{Answer, receive};
use crate::net::route::Address;
use crate::net::wire::Deadline;
use crate::say::{self, Lang, Tell};

mod answer;
pub mod route;
mod wire;

pub use crate::net::route::Proxies;
pub use crate::net::wire::{Roots, TlsFault};

/// Addresses that an address leads to.
const MOST_HOPS: usize = 3;

/// How patient a request is.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until somebody answers the call; looking up the name counts by itself.
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

/// The way out: through which proxies, and whom to believe.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// How patient requests are, unless they say so themselves.
    pub patience: Patience,
    /// The office's proxies.
    pub proxies: Proxies,
    /// Who vouches for servers asked by `https`.
    pub roots: Roots,
}

/// Why nothing came back.
#[derive(Debug)]
#[non_exhaustive]
pub enum NetError {
    /// No address that can be asked.
    Address(String),
    /// No machine of this name.
    Host(String),
    /// The proxy is none that is known here, or refused; what it said.
    Proxy(String),
    /// No safe line to the server.
    Tls(TlsFault),
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
            Self::Host(name) => say::sign::net_host(lang, name),
            Self::Proxy(said) => say::sign::net_proxy(lang, said),
            Self::Tls(fault) => fault.told(lang),
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
        if let Some(fault) = TlsFault::within(&error) {
            return Self::Tls(fault);
        }
        let slow = [io::ErrorKind::WouldBlock, io::ErrorKind::TimedOut];
        if slow.contains(&error.kind()) {
            Self::Slow
        } else if error.kind() == io::ErrorKind::UnexpectedEof {
            // RFC 9112, 8: a line cut off before the end of the answer.
            Self::Nonsense
        } else {
            Self::Io(error)
        }
    }
}

impl NetError {
    /// Whether asking again later may help: RFC 9110, 15.5.9, 15.6; RFC 6585, 4.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Io(_) | Self::Slow | Self::Host(_) => true,
            Self::Status(status, _) => matches!(status, 408 | 425 | 429 | 500..=599),
            Self::Address(_)
            | Self::Proxy(_)
            | Self::Tls(_)
            | Self::Nonsense
            | Self::TooLong(_) => false,
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

impl Door {
    /// Asks an address; what it answers.
    ///
    /// # Errors
    ///
    /// When nothing usable comes back in time.
    pub fn ask(&self, url: &str, question: Question<'_>) -> Result<Vec<u8>, NetError> {
        self.ask_for(url, question, self.patience)
    }

    /// [`Self::ask`] with a patience of its own.
    ///
    /// # Errors
    ///
    /// When nothing usable comes back in time.
    pub fn ask_for(
        &self,
        url: &str,
        question: Question<'_>,
        patience: Patience,
    ) -> Result<Vec<u8>, NetError> {
        let deadline = Deadline::after(patience.total);
        let mut address = Address::read(url)?;
        for _ in 0..=MOST_HOPS {
            match self.once(&address, question, patience, deadline)? {
                Answer::Body(body) => return Ok(body),
                Answer::Elsewhere(next) => {
                    let next = address.leads_to(&next)?;
                    // Who asked for a safe line is not sent away from it.
                    if address.secure && !next.secure {
                        return Err(NetError::Tls(TlsFault::Downgrade));
                    }
                    address = next;
                }
            }
        }
        Err(NetError::Nonsense)
    }

    fn once(
        &self,
        address: &Address,
        question: Question<'_>,
        patience: Patience,
        deadline: Deadline,
    ) -> Result<Answer, NetError> {
        let proxy = self.proxies.to(address)?;
        let mut line = wire::open(
            address,
            proxy.as_ref(),
            &self.roots,
            (patience.connect, deadline),
        )?;
        let (method, body, mut about) = match question {
            Question::Get => ("GET", &[][..], String::new()),
            Question::Post(kind, body) => {
                let length = body.len();
                let about =
                    format!("Content-Type: {kind}\r\nContent-Length: {length}\r\n");
                ("POST", body, about)
            }
        };
        // RFC 9112, 3.2.2: a proxy that passes requests on gets the whole address.
        let target = match &proxy {
            Some(proxy) if !address.secure => {
                about.push_str(&proxy.credentials());
                address.whole()
            }
            Some(_) | None => address.path.clone(),
        };
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nUser-Agent: sohoa\r\n\
             Accept: */*\r\nConnection: close\r\n{about}\r\n",
            address.authority
        );
        line.write_all(&[head.as_bytes(), body].concat())?;
        line.flush()?;
        receive(&mut line, patience.most)
    }
}

/// Waits before asking again.
pub fn wait(time: Duration) {
    std::thread::sleep(time);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::net::TcpListener;
    use std::thread::{self, JoinHandle};

    /// A server that answers once with these bytes; what it was asked.
    fn server(answer: &'static [u8]) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/tsa", listener.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 4096];
            let read = stream.read(&mut asked).unwrap();
            stream.write_all(answer).unwrap();
            String::from_utf8_lossy(&asked[..read]).into_owned()
        });
        (url, asked)
    }

    fn door(proxy: Option<&str>) -> Door {
        let total = Duration::from_millis(500);
        let patience = Patience { connect: total, total, most: 100 };
        let proxies =
            Proxies::of(|name| proxy.filter(|_| name == "all_proxy").map(str::to_owned));
        Door { patience, proxies, roots: Roots::default() }
    }

    fn answered(answer: &'static [u8]) -> Result<Vec<u8>, NetError> {
        door(None).ask(&server(answer).0, Question::Post("a/b", b"?"))
    }

    #[test]
    fn answers_of_all_lengths_are_read() {
        let plain = answered(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        assert_eq!(plain.unwrap(), b"abc");
        let closed = answered(b"HTTP/1.0 200 OK\r\n\r\nabcd");
        assert_eq!(closed.unwrap(), b"abcd");
        let chunked = answered(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n",
        );
        assert_eq!(chunked.unwrap(), b"abc");
        assert_eq!(answered(b"HTTP/1.1 204 No\r\n\r\n").unwrap(), b"");
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
        let address = listener.local_addr().unwrap();
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{address}");
            let waited = door(None).ask(&url, Question::Get).unwrap_err();
            let no_roots = matches!(waited, NetError::Tls(TlsFault::NoRoots));
            assert!(matches!(waited, NetError::Slow) || no_roots, "{url}: {waited}");
        }
        let ask = |url| door(None).ask(url, Question::Get).unwrap_err();
        assert!(matches!(ask("ftp://a/"), NetError::Address(_)));
        assert!(matches!(ask("http://khong-co.invalid/"), NetError::Host(_)));
    }

    #[test]
    fn a_proxy_passes_on_what_is_plain_and_opens_tunnels_for_the_rest() {
        let ok = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        let (url, asked) = server(ok);
        let proxy = url.replace("http://", "http://u:p@");
        let proxy = proxy.trim_end_matches("/tsa");
        let body = door(Some(proxy)).ask("http://tsa.vn/q", Question::Get);
        assert_eq!(body.unwrap(), b"abc");
        let asked = asked.join().unwrap();
        assert!(asked.starts_with("GET http://tsa.vn/q HTTP/1.1\r\nHost: tsa.vn\r\n"));
        assert!(asked.contains("Proxy-Authorization: Basic dTpw\r\n"), "{asked}");
        let (url, asked) = server(b"HTTP/1.1 403 No\r\n\r\n");
        let refused =
            door(Some(&url.replace("/tsa", ""))).ask("https://tsa.vn/q", Question::Get);
        let refused = refused.unwrap_err();
        if matches!(refused, NetError::Tls(TlsFault::NoRoots)) {
            return;
        }
        assert!(refused.to_string().contains("403"), "{refused}");
        let asked = asked.join().unwrap();
        assert!(asked.starts_with("CONNECT tsa.vn:443 HTTP/1.1\r\n"), "{asked}");
    }
}
