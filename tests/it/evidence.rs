//! What is proven to have existed when: revocation data whose algorithms were broken,
//! time-stamps over the content, and ECDSA as some programs write it.

use sohoa::pki::der::{self, Tag};
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Crl, Hash, Ocsp, Store, oid};
use sohoa::verify::examine::Report;

use crate::afterwards::{FIELD, File, blank, simple, stream};
use crate::authority::{
    Cms, Draft, FRESH, Key, Office, PLAIN, Say, Sign, UNTIL, attribute, attributes, crl,
    crl_by, ocsp_by, signer, signer_with, token,
};

const SHA1: Sign = Sign::Plain(Hash::Sha1);
const WEAK: Option<&str> = Some("CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
const ORDER: Option<&str> = Some("TIMESTAMP_ORDER_FAILURE");

/// What is said of the first signature: its sub-indication and the codes of its findings.
fn told(report: &Report) -> (Option<&'static str>, Vec<String>) {
    let first = report.signatures.first().unwrap();
    let codes = first.findings.iter().map(|finding| finding.code.clone()).collect();
    (first.verdict.sub.map(|sub| sub.name()), codes)
}

fn trusting(office: &Office, lists: Vec<Crl>, answers: Vec<Ocsp>) -> Store {
    let mut trust = office.store();
    let place = Place::default();
    trust.add_intermediate(&place, office.issuing.clone());
    for list in lists {
        trust.add_crl(&place, list);
    }
    for answer in answers {
        trust.add_ocsp(&place, answer);
    }
    trust
}

/// A signature over the whole file by an RSA key.
fn plain(certificate: &Certificate, key: &Key) -> File {
    simple().signed(|covered| {
        let own = attributes(oid::DATA, covered, certificate);
        let made = signer(certificate, (key, PLAIN), own, &[]);
        Cms::new(oid::DATA, None).with(certificate).signed(made).bytes()
    })
}

#[test]
fn broken_revocation_data_show_nobody_to_be_good() {
    let office = Office::new();
    let judged = |lists: Vec<Crl>, answers: Vec<Ocsp>| {
        let lists = [vec![office.root_list()], lists].concat();
        let trust = trusting(&office, lists, answers);
        let file = plain(&office.signer, &office.signer_key);
        let (sub, codes) = told(&file.judged_by(&trust));
        (sub, codes.iter().any(|code| code == "revocation.weak"))
    };
    let list = |sign, entries| crl_by("CA", (&office.issuing_key, sign), FRESH, entries);
    let about = (&office.signer, &office.issuing);
    let answer = |responder: &Certificate, sign| {
        let by = (responder, &office.tsa_key, sign);
        ocsp_by(by, &[], about, Say::Good, FRESH)
    };
    let delegated = |sign| {
        let draft = Draft::new("OCSP", "CA", 13, &office.tsa_key)
            .usage(0x80)
            .purpose(oid::OCSP_SIGNING, false)
            .extension(oid::OCSP_NO_CHECK, false, &[5, 0]);
        Certificate::parse(&draft.sign(&office.issuing_key, sign)).unwrap()
    };
    assert_eq!(judged(vec![list(PLAIN, &[])], vec![]), (None, false));
    assert_eq!(judged(vec![list(SHA1, &[])], vec![]), (WEAK, true));
    // Other evidence stands by itself.
    assert_eq!(judged(vec![list(SHA1, &[]), list(PLAIN, &[])], vec![]).0, None);
    let strong = answer(&delegated(PLAIN), PLAIN);
    assert_eq!(judged(vec![], vec![strong.clone()]), (None, false));
    assert_eq!(judged(vec![list(SHA1, &[])], vec![strong]).0, None);
    assert_eq!(judged(vec![], vec![answer(&delegated(PLAIN), SHA1)]), (WEAK, true));
    // The answer is sound, and whose it is rests on a broken digest.
    assert_eq!(judged(vec![], vec![answer(&delegated(SHA1), PLAIN)]), (WEAK, true));
    // What is said against somebody counts all the same.
    let entry = [(10, "20251230000000Z", 1)];
    let revoked = judged(vec![list(SHA1, &entry)], vec![]);
    assert_eq!(revoked, (Some("REVOKED_NO_POE"), false));
}

/// A signature of 2016 with lists of then in its file, and after it a document
/// time-stamp of this moment, if any.
fn of_2016(stamp: Option<&str>, sign: Sign) -> (Option<&'static str>, Vec<String>) {
    const FIRST: &str = "20100101000000Z";
    let office = Office::new();
    let key = &office.issuing_key;
    let root = Draft::new("Root", "Root", 1, &office.root_key).authority();
    let root = root.between(FIRST, UNTIL).issue(&office.root_key);
    let authority = Draft::new("CA", "Root", 2, key).authority();
    let authority = authority.between(FIRST, UNTIL).issue(&office.root_key);
    let person = Draft::new("Người ký", "CA", 30, &office.signer_key).usage(0xc0);
    let person = person.between(FIRST, "20170201000000Z").issue(key);
    let tsa = Draft::new("TSA", "CA", 12, &office.tsa_key).usage(0xc0);
    let tsa = tsa.purpose(oid::TIME_STAMPING, true).between(FIRST, UNTIL).issue(key);
    let mut trust = Store::default();
    let place = Place::default();
    trust.add_anchor(&place, root);
    trust.add_intermediate(&place, authority);
    trust.add_crl(&place, crl("Root", &office.root_key, FRESH, &[]));
    trust.add_crl(&place, crl("CA", key, FRESH, &[]));

    let then = ("20160601000000Z", "20170201000000Z");
    let list = crl_by("CA", (key, sign), then, &[]);
    let digits: String = list.der().iter().map(|byte| format!("{byte:02x}")).collect();
    let list = stream("/Filter/ASCIIHexDecode", &format!("{digits}>"));
    let dss = "/DSS<</CRLs[30 0 R]>>";
    let fields = "/Fields[6 0 R 20 0 R]/SigFlags 3";
    let catalog = format!("<</Type/Catalog/Pages 2 0 R/AcroForm<<{fields}>>{dss}>>");
    let field = format!("<<{FIELD}/FT/Sig/T(b)/Rect[0 0 0 0]/V 21 0 R>>");
    let blank = blank("").replace("ETSI.CAdES.detached", "ETSI.RFC3161");
    let alone = catalog.replace(" 20 0 R", "");
    let file = plain(&person, &office.signer_key);
    let file = match stamp {
        None => file.with(&[(1, &alone), (30, &list)]),
        Some(at) => file
            .with(&[(1, &catalog), (30, &list), (20, &field), (21, &blank)])
            .signed(|all| token(&Hash::Sha256.of(all), at, &tsa, &office.tsa_key)),
    };
    told(&file.judged_by(&trust))
}

#[test]
fn old_revocation_data_count_if_a_time_stamp_proves_that_they_are_old() {
    let (sub, codes) = of_2016(Some("20160615000000Z"), SHA1);
    assert_eq!(sub, None, "{codes:?}");
    let (sub, codes) = of_2016(Some("20170105000000Z"), SHA1);
    assert_eq!(sub, WEAK, "{codes:?}");
    assert!(codes.iter().any(|code| code == "revocation.weak"), "{codes:?}");
    // The signature is proven to be of 2016 by nothing, and so is the list.
    let (sub, codes) = of_2016(None, SHA1);
    assert_eq!(sub, Some("OUT_OF_BOUNDS_NO_POE"), "{codes:?}");
    for at in ["20160615000000Z", "20170105000000Z"] {
        let (sub, codes) = of_2016(Some(at), PLAIN);
        assert_eq!(sub, None, "{codes:?}");
    }
}

#[test]
fn a_time_stamp_over_the_content_is_told_and_proves_no_more() {
    let office = Office::new();
    let trust = trusting(&office, office.lists().crls, Vec::new());
    let judged = |content: &dyn Fn(&[u8]) -> Vec<u8>, stamped: Option<&str>| {
        let file = simple().signed(|covered| {
            let by = (&office.signer_key, PLAIN);
            let own = || {
                let mut own = attributes(oid::DATA, covered, &office.signer);
                own.push(attribute(oid::CONTENT_TIME_STAMP, &content(covered)));
                own
            };
            let value = Hash::Sha256.of(&by.0.sign(PLAIN, &der::set_of(own())));
            let token = |at| token(&value, at, &office.tsa, &office.tsa_key);
            let stamps =
                stamped.map(|at| attribute(oid::SIGNATURE_TIME_STAMP, &token(at)));
            let stamps: Vec<_> = stamps.into_iter().collect();
            let made = signer(&office.signer, by, own(), &stamps);
            Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
        });
        let report = file.judged_by(&trust);
        let first = report.signatures.first().unwrap();
        let level = first.level.to_string();
        let (sub, mut codes) = told(&report);
        codes.retain(|code| code.starts_with("content-stamp"));
        (sub, codes.join(" "), level)
    };
    let over = |at: &'static str| {
        let office = Office::new();
        move |covered: &[u8]| {
            token(&Hash::Sha256.of(covered), at, &office.tsa, &office.tsa_key)
        }
    };
    let said = |sub, codes: &str, level: &str| (sub, codes.to_owned(), level.to_owned());
    let early = over("20250601000000Z");
    assert_eq!(judged(&early, None), said(None, "content-stamp.proven", "B-B"));
    let then = Some("20250602000000Z");
    assert_eq!(judged(&early, then), said(None, "content-stamp.proven", "B-T"));
    // Made of what the signature is over, and a day after that was signed.
    let late = judged(&over("20250603000000Z"), then);
    assert_eq!(late, said(ORDER, "content-stamp.proven content-stamp.order", "B-T"));
    let other = |_: &[u8]| over("20250601000000Z")(b"another content");
    assert_eq!(judged(&other, None), said(None, "content-stamp.imprint", "B-B"));
    let broken = |covered: &[u8]| {
        let mut token = over("20250601000000Z")(covered);
        *token.last_mut().unwrap() ^= 1;
        token
    };
    assert_eq!(judged(&broken, None), said(None, "content-stamp.broken", "B-B"));
    let none = |_: &[u8]| der::encode(Tag::SEQUENCE, &[5, 0]);
    assert_eq!(judged(&none, None), said(None, "content-stamp.unreadable", "B-B"));
    let person = |covered: &[u8]| {
        let (signer, key) = (&office.signer, &office.signer_key);
        token(&Hash::Sha256.of(covered), "20250601000000Z", signer, key)
    };
    assert_eq!(judged(&person, None), said(None, "content-stamp.untrusted", "B-B"));
}

#[test]
fn ecdsa_with_bare_numbers_is_told_and_not_what_the_circular_asks_for() {
    let office = Office::new();
    let trust = trusting(&office, office.lists().crls, Vec::new());
    let judged = |is_bare: bool| {
        let (certificate, key) = (&office.signer_p256, &office.signer_p256_key);
        let file = simple().signed(|covered| {
            let set = der::set_of(attributes(oid::DATA, covered, certificate));
            let mut value = key.sign(PLAIN, &set);
            if is_bare {
                let mut numbers = der::whole_sequence(&value).unwrap();
                let mut bare = Vec::new();
                for _ in 0..2 {
                    let number = der::magnitude(numbers.integer().unwrap());
                    bare.extend(vec![0; 32 - number.len()]);
                    bare.extend(number);
                }
                value = bare;
            }
            let made = signer_with(certificate, &key.scheme(PLAIN), (&set, &value), &[]);
            Cms::new(oid::DATA, None).with(certificate).signed(made).bytes()
        });
        let (sub, mut codes) = told(&file.judged_by(&trust));
        codes.retain(|code| ["cms.ecdsa-bare", "tt15.algorithm"].contains(&&**code));
        (sub, codes.join(" "))
    };
    assert_eq!(judged(false), (None, String::new()));
    assert_eq!(judged(true), (None, "cms.ecdsa-bare tt15.algorithm".to_owned()));
}
