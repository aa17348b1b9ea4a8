//! The line to a server: name, connection, tunnel, TLS; every wait on it ends with
//! the deadline.
//!
//! TLS is `rustls` (1.2 and 1.3 alone, certificates always checked). It believes
//! the authorities of this machine, read once and only if a safe line is asked for,
//! and those that the office named.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, RootCertStore, StreamOwned,
};

use crate::net::NetError;
use crate::net::answer::status;
use crate::net::route::{Address, Proxy};
use crate::say::{self, Lang};

/// A moment by which all must be done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// After so long from now.
    #[expect(
        clippy::disallowed_methods,
        reason = "a wait is measured where it is waited"
    )]
    pub(crate) fn after(wait: Duration) -> Self {
        Self(Instant::now() + wait)
    }

    /// What is left of it.
    #[expect(
        clippy::disallowed_methods,
        reason = "a wait is measured where it is waited"
    )]
    fn left(self) -> io::Result<Duration> {
        let left = self.0.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

/// Why there is no safe line to a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsFault {
    /// Nobody who is believed vouches for the server.
    Untrusted,
    /// Its certificate is not valid now.
    Expired,
    /// Its certificate is another server's.
    OtherName,
    /// Nobody is believed: this machine has no list of authorities.
    NoRoots,
    /// A safe address leads to one that is not.
    Downgrade,
    /// Anything else, as the library says it.
    Other(String),
}

impl TlsFault {
    /// In a sentence.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Untrusted => say::sign::tls_untrusted(lang),
            Self::Expired => say::sign::tls_expired(lang),
            Self::OtherName => say::sign::tls_other_name(lang),
            Self::NoRoots => say::sign::tls_no_roots(lang),
            Self::Downgrade => say::sign::tls_downgrade(lang),
            Self::Other(why) => say::sign::tls_other(lang, why),
        }
    }

    /// The fault that an error of the line holds.
    pub(crate) fn within(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref::<rustls::Error>().map(Self::of)
    }

    fn of(error: &rustls::Error) -> Self {
        use CertificateError as Bad;
        let bad = if let rustls::Error::InvalidCertificate(bad) = error {
            Some(bad)
        } else {
            None
        };
        if matches!(bad, Some(Bad::UnknownIssuer | Bad::BadSignature)) {
            Self::Untrusted
        } else if matches!(
            bad,
            Some(
                Bad::Expired
                    | Bad::ExpiredContext { .. }
                    | Bad::NotValidYet
                    | Bad::NotValidYetContext { .. }
            )
        ) {
            Self::Expired
        } else if matches!(
            bad,
            Some(Bad::NotValidForName | Bad::NotValidForNameContext { .. })
        ) {
            Self::OtherName
        } else {
            Self::Other(error.to_string())
        }
    }
}

/// Who vouches for servers.
#[derive(Clone, Default)]
pub struct Roots(Arc<Believed>);

#[derive(Default)]
struct Believed {
    /// Certificates of the office's own authorities, in DER.
    own: Vec<Vec<u8>>,
    config: OnceLock<Result<Arc<ClientConfig>, TlsFault>>,
}

impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Roots(this machine's and {} more)", self.0.own.len())
    }
}

impl Roots {
    /// Those of this machine and these (certificates in DER).
    #[must_use]
    pub fn with(own: Vec<Vec<u8>>) -> Self {
        Self(Arc::new(Believed { own, config: OnceLock::new() }))
    }

    fn config(&self) -> Result<Arc<ClientConfig>, TlsFault> {
        self.0.config.get_or_init(|| self.read()).clone()
    }

    fn read(&self) -> Result<Arc<ClientConfig>, TlsFault> {
        let mut roots = RootCertStore::empty();
        for der in &self.0.own {
            let added = roots.add(CertificateDer::from_slice(der));
            added.map_err(|error| TlsFault::Other(error.to_string()))?;
        }
        // What of the system's list cannot be read is left out, as everywhere.
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            return Err(TlsFault::NoRoots);
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| TlsFault::of(&error))?;
        Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
    }
}

/// A line that is open.
#[derive(Debug)]
pub(crate) enum Line {
    Plain(Timed),
    Secure(Box<StreamOwned<ClientConnection, Timed>>),
}

/// A connection on which nothing waits past the deadline.
#[derive(Debug)]
pub(crate) struct Timed {
    stream: TcpStream,
    deadline: Deadline,
}

impl Read for Timed {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.deadline.left()?))?;
        self.stream.read(to)
    }
}

impl Write for Timed {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.deadline.left()?))?;
        self.stream.write(from)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Read for Line {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(line) => line.read(to),
            Self::Secure(line) => line.read(to),
        }
    }
}

impl Write for Line {
    fn write(&mut self, from: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(line) => line.write(from),
            Self::Secure(line) => line.write(from),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(line) => line.flush(),
            Self::Secure(line) => line.flush(),
        }
    }
}

/// Opens the line to an address, through a proxy if there is one.
pub(crate) fn open(
    address: &Address,
    proxy: Option<&Proxy>,
    roots: &Roots,
    (wait, deadline): (Duration, Deadline),
) -> Result<Line, NetError> {
    // Before anything is sent: without roots there is nobody to talk to.
    let config = match address.secure {
        true => Some(roots.config().map_err(NetError::Tls)?),
        false => None,
    };
    let (host, port) = match proxy {
        Some(proxy) => (&proxy.host, proxy.port),
        None => (&address.host, address.port),
    };
    let stream = connect(host, port, (wait, deadline))?;
    let mut line = Timed { stream, deadline };
    let Some(config) = config else { return Ok(Line::Plain(line)) };
    if let Some(proxy) = proxy {
        tunnel(&mut line, address, proxy)?;
    }
    let name = ServerName::try_from(address.host.clone());
    let name = name.map_err(|_bad| NetError::Address(address.whole()))?;
    let talk = ClientConnection::new(config, name);
    let talk = talk.map_err(|error| NetError::Tls(TlsFault::of(&error)))?;
    let mut line = StreamOwned::new(talk, line);
    while line.conn.is_handshaking() {
        match line.conn.complete_io(&mut line.sock) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(NetError::Tls(TlsFault::Other(error.to_string())));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Line::Secure(Box::new(line)))
}

/// Asks a proxy for a tunnel (RFC 9110, 9.3.6).
fn tunnel(line: &mut Timed, address: &Address, proxy: &Proxy) -> Result<(), NetError> {
    let host = match address.host.contains(':') {
        true => format!("[{}]:{}", address.host, address.port),
        false => format!("{}:{}", address.host, address.port),
    };
    let credentials = proxy.credentials();
    let head = format!(
        "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: sohoa\r\n{credentials}\r\n"
    );
    line.write_all(head.as_bytes())?;
    match status(line)? {
        200..=299 => Ok(()),
        status => {
            Err(NetError::Proxy(format!("{}:{}: {status}", proxy.host, proxy.port)))
        }
    }
}

fn connect(
    host: &str,
    port: u16,
    (wait, deadline): (Duration, Deadline),
) -> Result<TcpStream, NetError> {
    let mut last = io::Error::from(io::ErrorKind::HostUnreachable);
    for place in places(host, port, wait.min(deadline.left()?))? {
        match TcpStream::connect_timeout(&place, wait.min(deadline.left()?)) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last.into())
}

/// The places that a name stands for. The system's own waiting has no limit that
/// could be set, so it waits in a thread that may be left behind.
fn places(host: &str, port: u16, wait: Duration) -> Result<Vec<SocketAddr>, NetError> {
    if let Ok(number) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(number, port)]);
    }
    let name = host.to_owned();
    let (send, receive) = mpsc::sync_channel(1);
    thread::Builder::new().spawn(move || {
        let found = (name.as_str(), port).to_socket_addrs();
        // Nobody may be there any more to hear it.
        send.send(found.map(Vec::from_iter)).ok();
    })?;
    match receive.recv_timeout(wait) {
        Ok(Ok(found)) if !found.is_empty() => Ok(found),
        Ok(_) | Err(mpsc::RecvTimeoutError::Disconnected) => {
            Err(NetError::Host(host.to_owned()))
        }
        Err(mpsc::RecvTimeoutError::Timeout) => Err(NetError::Slow),
    }
}
