//! Services of a public key infrastructure, live on this machine: a time-stamping
//! authority and an OCSP responder over HTTP, with the moods that such services have.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics is a test that fails"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use sohoa::pki::der::{self, Reader, Tag};
use sohoa::pki::{Certificate, oid, pem};

use crate::authority::{self, Key, Office, Say};

/// How a service behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// As it should.
    Well,
    /// Says that it is overloaded.
    Busy,
    /// Overloaded once, then well.
    BusyOnce,
    /// Answers with something else.
    Nonsense,
    /// Answers about another digest.
    OtherDigest,
    /// Answers another question.
    OtherNonce,
    /// Refuses.
    Refuses,
    /// Its clock is an hour ahead.
    Ahead,
}

/// A service and how often it was asked.
pub(crate) struct Service {
    /// Its address.
    pub(crate) url: String,
    /// How many requests came.
    pub(crate) asked: Arc<AtomicUsize>,
}

/// A service that answers each request with what `answer` makes of it.
fn serve(answer: impl Fn(&[u8], usize) -> (u16, Vec<u8>) + Send + 'static) -> Service {
    serve_by(None, answer)
}

/// [`serve`] behind TLS, where there is a configuration for it.
fn serve_by(
    safe: Option<Arc<ServerConfig>>,
    answer: impl Fn(&[u8], usize) -> (u16, Vec<u8>) + Send + 'static,
) -> Service {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let scheme = if safe.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{}/", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut plain = stream.unwrap();
            plain.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            match &safe {
                None => talk(&mut plain, &answer, &count),
                Some(config) => {
                    let talked = ServerConnection::new(Arc::clone(config)).unwrap();
                    let mut stream = StreamOwned::new(talked, plain);
                    talk(&mut stream, &answer, &count);
                    stream.conn.send_close_notify();
                    drop(stream.flush());
                }
            }
        }
    });
    Service { url, asked }
}

/// Answers one request; one that never comes is not counted.
fn talk(
    stream: &mut (impl Read + Write),
    answer: &impl Fn(&[u8], usize) -> (u16, Vec<u8>),
    count: &AtomicUsize,
) {
    let Some(request) = body(stream) else { return };
    let number = count.fetch_add(1, Ordering::SeqCst);
    let (status, body) = answer(&request, number);
    let head = match status {
        300..400 => format!(
            "HTTP/1.1 {status} X\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n",
            String::from_utf8_lossy(&body)
        ),
        _ => format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n", body.len()),
    };
    let body = if (300..400).contains(&status) { Vec::new() } else { body };
    drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)));
}

/// The body of a request.
fn body(stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).unwrap_or(0);
        bytes.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length:")?
                    .trim()
                    .parse()
                    .ok()
            });
            let start = head.len() + 4;
            let length: usize = length.unwrap_or(0);
            if bytes.len() >= start + length {
                return Some(bytes[start..start + length].to_vec());
            }
        }
        if read == 0 {
            return None;
        }
    }
}

/// TLS with this certificate, whose key is the fixture `key`.
pub(crate) fn safe(certificate: &Certificate, key: &str) -> Arc<ServerConfig> {
    let pem = std::fs::read(format!("tests/fixtures/pki/keys/{key}.pem")).unwrap();
    let key = pem::blocks(&pem)[0].1.clone().unwrap();
    let chain = vec![CertificateDer::from(certificate.der().to_vec())];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, PrivateKeyDer::try_from(key).unwrap());
    Arc::new(config.unwrap())
}

/// A server by TLS that says the same to everybody.
pub(crate) fn saying(config: Arc<ServerConfig>, status: u16, said: &str) -> Service {
    let said = said.as_bytes().to_vec();
    serve_by(Some(config), move |_, _| (status, said.clone()))
}

/// A time-stamping authority whose clock stands at `at` (`YYYYMMDDHHMMSSZ`).
pub(crate) fn tsa(office: &Office, at: &'static str, mood: Mood) -> Service {
    tsa_by(None, office, at, mood)
}

/// [`tsa`] behind TLS, where there is a configuration for it.
pub(crate) fn tsa_by(
    safe: Option<Arc<ServerConfig>>,
    office: &Office,
    at: &'static str,
    mood: Mood,
) -> Service {
    let key = Key::fixture("tsa");
    let certificate = office.tsa.clone();
    serve_by(safe, move |request, number| {
        answer(request, number, (&certificate, &key), at, mood)
    })
}

fn answer(
    request: &[u8],
    number: usize,
    (certificate, key): (&Certificate, &Key),
    at: &str,
    mood: Mood,
) -> (u16, Vec<u8>) {
    match mood {
        Mood::Busy => return (503, Vec::new()),
        Mood::BusyOnce if number == 0 => return (503, Vec::new()),
        Mood::Nonsense => return (200, b"<html>proxy</html>".to_vec()),
        Mood::Refuses => {
            let status =
                der::sequence(&[&der::sequence(&[&der::encode(Tag::INTEGER, &[2])])]);
            return (200, status);
        }
        Mood::Well
        | Mood::BusyOnce
        | Mood::OtherDigest
        | Mood::OtherNonce
        | Mood::Ahead => {}
    }
    let mut parts = der::whole_sequence(request).unwrap();
    parts.small().unwrap();
    let mut imprint = parts.expect(Tag::SEQUENCE).unwrap().raw.to_vec();
    let mut nonce = parts.expect(Tag::INTEGER).unwrap().raw.to_vec();
    let flip = |bytes: &mut Vec<u8>| *bytes.last_mut().unwrap() ^= 1;
    if mood == Mood::OtherDigest {
        flip(&mut imprint);
    }
    if mood == Mood::OtherNonce {
        flip(&mut nonce);
    }
    let ahead = format!("{}0413{}", &at[..8], &at[12..]);
    let at = if mood == Mood::Ahead { &ahead } else { at };
    let token = authority::stamped(&imprint, &nonce, at, certificate, key);
    let granted = der::sequence(&[&der::encode(Tag::INTEGER, &[0])]);
    (200, der::sequence(&[&granted, &token]))
}

/// An OCSP responder that vouches for, or revokes, the signer, and repeats this nonce.
pub(crate) fn responder(
    nonce: &'static [u8],
    office: &Office,
    signer: Certificate,
    say: Say<'static>,
    when: (&'static str, &'static str),
) -> Service {
    let (issuing, responder) = (office.issuing.clone(), office.responder.clone());
    let key = Key::fixture("responder");
    serve(move |request, _| {
        // The request must at least be one, with a nonce of 32 bytes (RFC 9654).
        assert!(Reader::new(request).sequence().is_ok());
        let asked =
            [&der::encode_oid(oid::OCSP_NONCE)[..], &[0x04, 0x22, 0x04, 0x20]].concat();
        assert!(request.windows(asked.len()).any(|own| own == asked));
        let about = (&signer, &issuing);
        let by = (&responder, &key);
        let answer = authority::ocsp_repeating(nonce, about, say, when, by);
        (200, answer.der().to_vec())
    })
}
