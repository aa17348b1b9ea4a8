//! How fast signatures, signed data and chains are checked.
//!
//! `make bench` prints it: each thing is done over and over for a fifth of a
//! second, five times, and the best round counts, because machines are noisy.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring program for developers"
)]

#[path = "../tests/it/authority.rs"]
#[expect(dead_code, reason = "the tests need more of it")]
mod authority;

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

use sohoa::cms::{Content, SignedData, Token, verify};
use sohoa::pki::path::{self, Request};
use sohoa::pki::{Certificate, Crl, Hash, Message, PublicKey, Scheme, der, oid, pem};

use crate::authority::{Cms, FRESH, Office, PLAIN, attributes, crl, now, signer, token};

const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(200);
const CONTENT: &[u8] = b"content";

fn main() {
    let office = Office::new();
    algorithms();
    let certificate = office.signer.der().to_vec();
    measure("read a certificate", || Certificate::parse(&certificate).is_ok());
    let list = attributes(oid::DATA, CONTENT, &office.signer);
    let bytes = Cms::new(oid::DATA, None)
        .with(&office.signer)
        .with(&office.issuing)
        .signed(signer(&office.signer, (&office.signer_key, PLAIN), list, &[]))
        .bytes();
    let digest = |hash: Hash| hash.of(CONTENT);
    measure("read and check signed data, RSA 2048", || {
        let signed = SignedData::parse(&bytes).unwrap();
        let own = signed.signers.first().unwrap();
        let certificate = own.certificate(&signed.certificates).unwrap();
        verify(&signed, own, Content::Detached(&digest), certificate).is_intact()
    });
    let stamp = token(&Hash::Sha256.of(CONTENT), FRESH.0, &office.tsa, &office.tsa_key);
    measure("read and check a time-stamp, RSA 2048", || {
        Token::parse(&stamp).unwrap().verify(&digest, &[]).is_intact()
    });
    let (store, lists, pool) = (office.store(), office.lists(), [office.issuing.clone()]);
    measure("check a chain of three with two lists", || {
        let mut request = Request::new(&office.signer, &store, &lists, now());
        request.pool = &pool;
        path::validate(&request).is_valid()
    });
    let entries: Vec<(u8, &str, u8)> = vec![(200, FRESH.0, 0); 100_000];
    let long = crl("CA", &office.issuing_key, FRESH, &entries);
    let long_bytes = long.der().to_vec();
    measure("read a list of 100 000 entries", || Crl::parse(&long_bytes).is_ok());
    measure("look a number up in it", || {
        long.lookup(office.issuing.subject(), &[10]).is_ok()
    });
}

fn algorithms() {
    let wanted = [
        ("rsa-sha256", Scheme::Pkcs1(Hash::Sha256)),
        ("ecdsa-P-256-sha256", Scheme::Ecdsa(Hash::Sha256)),
        ("ecdsa-P-384-sha256", Scheme::Ecdsa(Hash::Sha256)),
        ("ecdsa-P-521-sha256", Scheme::Ecdsa(Hash::Sha256)),
        ("ecdsa-brainpoolP256r1-sha256", Scheme::Ecdsa(Hash::Sha256)),
        ("ed25519", Scheme::Ed25519),
        ("ed448", Scheme::Ed448),
        ("dsa-sha256", Scheme::Dsa(Hash::Sha256)),
    ];
    let lines = fs::read_to_string("tests/fixtures/pki/signatures.txt").unwrap();
    let message = "Hồ sơ số 0001\n".as_bytes();
    for line in lines.lines() {
        let mut parts = line.split(' ');
        let name = parts.next().unwrap();
        let Some((_, scheme)) = wanted.iter().find(|(wanted, _)| *wanted == name) else {
            continue;
        };
        let mut bytes = || pem::decode(parts.next().unwrap()).unwrap();
        let key = PublicKey::read(&mut der::Reader::new(&bytes())).unwrap();
        let signature = bytes();
        measure(&format!("verify {name}"), || {
            scheme.verify(&key, Message::Whole(message), &signature).is_ok()
        });
    }
}

fn measure(what: &str, mut work: impl FnMut() -> bool) {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut runs = 0_u32;
        while start.elapsed() < ROUND {
            assert!(black_box(work()), "{what}");
            runs += 1;
        }
        best = best.min(start.elapsed().as_secs_f64() / f64::from(runs));
    }
    println!("{what:<44} {:>10.3} ms {:>10.0} /s", best * 1e3, 1.0 / best);
}
