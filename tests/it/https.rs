//! Servers asked by `https`: whom the door to the network believes, and whom not.
//! The server is `rustls`'s own, with certificates of the authority of the tests.

use std::time::Duration;

use sohoa::net::{Door, NetError, Patience, Question, Roots, TlsFault};
use sohoa::pki::Oid;
use sohoa::pki::der::{self, Tag};

use crate::authority::{Draft, Key};
use crate::services::{safe, saying};

/// `subjectAltName`.
pub(crate) const ALTERNATIVE_NAME: Oid = Oid::new_unwrap("2.5.29.17");

/// The names of a server at this IPv4 address (RFC 5280, 4.2.1.6).
pub(crate) fn at_address(four: [u8; 4]) -> Vec<u8> {
    der::sequence(&[&der::encode(Tag(0x87), &four)])
}

/// A door that believes these authorities besides those of the machine.
fn door(own: Vec<Vec<u8>>) -> Door {
    let patience = Patience {
        connect: Duration::from_secs(2),
        total: Duration::from_secs(5),
        most: 1000,
    };
    Door { patience, roots: Roots::with(own), ..Door::default() }
}

#[test]
fn a_server_is_believed_only_if_somebody_vouches_for_it_now_and_by_its_name() {
    let key = Key::fixture("signer-p256");
    let root = Draft::new("Noi bo", "Noi bo", 1, &key).authority().issue(&key);
    let own = || vec![root.der().to_vec()];
    let here = at_address([127, 0, 0, 1]);
    let draft = || Draft::new("may chu", "Noi bo", 2, &key);
    let good = draft().extension(ALTERNATIVE_NAME, false, &here).issue(&key);
    let old = draft()
        .between("20200101000000Z", "20210101000000Z")
        .extension(ALTERNATIVE_NAME, false, &here)
        .issue(&key);
    let away = at_address([10, 0, 0, 1]);
    let other = draft().extension(ALTERNATIVE_NAME, false, &away).issue(&key);

    let server = saying(safe(&good, "signer-p256"), 200, "xin chao");
    let answer = door(own()).ask(&server.url, Question::Post("a/b", b"?"));
    assert_eq!(answer.unwrap(), b"xin chao");
    let stranger = door(Vec::new()).ask(&server.url, Question::Get).unwrap_err();
    let unknown = [TlsFault::Untrusted, TlsFault::NoRoots];
    assert!(
        matches!(&stranger, NetError::Tls(fault) if unknown.contains(fault)),
        "{stranger}"
    );
    for (certificate, fault) in [(&old, TlsFault::Expired), (&other, TlsFault::OtherName)]
    {
        let server = saying(safe(certificate, "signer-p256"), 200, "xin chao");
        let error = door(own()).ask(&server.url, Question::Get).unwrap_err();
        assert!(matches!(&error, NetError::Tls(found) if *found == fault), "{error}");
        assert!(!error.is_passing(), "asking again does not help");
    }
    // Who asked for a safe line is not sent to one that is not.
    let away = saying(safe(&good, "signer-p256"), 302, "http://127.0.0.1:9/");
    let error = door(own()).ask(&away.url, Question::Get).unwrap_err();
    assert!(matches!(error, NetError::Tls(TlsFault::Downgrade)), "{error}");
    // Something that speaks no TLS.
    let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", plain.local_addr().unwrap());
    std::thread::spawn(move || {
        use std::io::Write as _;
        plain.accept().unwrap().0.write_all(b"HTTP/1.1 400 Bad\r\n\r\n").unwrap();
    });
    let error = door(own()).ask(&url, Question::Get).unwrap_err();
    assert!(matches!(error, NetError::Tls(TlsFault::Other(_))), "{error}");
}
