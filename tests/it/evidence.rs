//! What is proven to have existed when: revocation data whose algorithms were broken,
//! time-stamps over the content, and ECDSA as some programs write it.

use sohoa::pki::der::{self, Tag};
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Crl, Hash, Ocsp, Store, oid};
use sohoa::verify::examine::Report;

use crate::afterwards::{FIELD, File, blank, simple, simple_of, stream};
use crate::authority::{
    Cms, Draft, FRESH, Key, Office, PLAIN, Say, Sign, UNTIL, algorithm, attribute,
    attributes, crl, crl_by, ocsp_access, ocsp_by, signer, signer_with, stamped, token,
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

/// What a signature of 2016 has: lists of then in its file, and after them a document
/// time-stamp.
#[derive(Clone, Copy)]
struct Old {
    /// How the list about the signer is signed.
    list: Sign,
    /// With which digest the signature is stamped, in June.
    stamped: Option<Hash>,
    /// When the document time-stamp says that it was made.
    sealed: Option<&'static str>,
    /// What its dictionary says that it is.
    kind: &'static str,
    /// When the root revoked the authority, as it says now.
    revoked: Option<&'static str>,
}

const OLD: Old =
    Old { list: PLAIN, stamped: None, sealed: None, kind: "", revoked: None };

impl Old {
    /// The signed data, of who signs, his authority and the one of time.
    fn signed(
        self,
        office: &Office,
        [person, authority, tsa]: [&Certificate; 3],
        covered: &[u8],
    ) -> Vec<u8> {
        let by = (&office.signer_key, PLAIN);
        let own = || attributes(oid::DATA, covered, person);
        let value = by.0.sign(PLAIN, &der::set_of(own()));
        let token = |hash: Hash| {
            let digest = der::encode(Tag::OCTET_STRING, &hash.of(&value));
            let imprint = der::sequence(&[&algorithm(hash.oid()), &digest]);
            let token = stamped(&imprint, &[], "20160610000000Z", tsa, &office.tsa_key);
            attribute(oid::SIGNATURE_TIME_STAMP, &token)
        };
        let stamps: Vec<_> = self.stamped.map(token).into_iter().collect();
        let made = signer(person, by, own(), &stamps);
        Cms::new(oid::DATA, None).with(person).with(authority).signed(made).bytes()
    }

    /// What is said of it, and its level.
    fn told(self) -> (Option<&'static str>, Vec<String>, String) {
        const FIRST: &str = "20100101000000Z";
        let office = Office::new();
        let key = &office.issuing_key;
        let root = Draft::new("Root", "Root", 1, &office.root_key).authority();
        let root = root.between(FIRST, UNTIL).issue(&office.root_key);
        let authority = Draft::new("CA", "Root", 2, key).authority();
        let authority = authority.between(FIRST, UNTIL).issue(&office.root_key);
        let person = Draft::new("Người ký", "CA", 30, &office.signer_key).usage(0xc0);
        let person = person.between(FIRST, "20170201000000Z").issue(key);
        let tsa = Draft::new("TSA", "Root", 12, &office.tsa_key).usage(0xc0);
        let tsa = tsa.purpose(oid::TIME_STAMPING, true).between(FIRST, UNTIL);
        let tsa = tsa.issue(&office.root_key);
        let revoked: Vec<_> = self.revoked.map(|at| (2, at, 2)).into_iter().collect();
        let mut trust = Store::default();
        let place = Place::default();
        trust.add_anchor(&place, root);
        trust.add_intermediate(&place, authority.clone());
        trust.add_crl(&place, crl("Root", &office.root_key, FRESH, &revoked));
        trust.add_crl(&place, crl("CA", key, FRESH, &[]));

        let chain = [&person, &authority, &tsa];
        let file = simple().signed(|covered| self.signed(&office, chain, covered));
        let then = ("20160601000000Z", "20170201000000Z");
        let lists = [
            crl_by("CA", (key, self.list), then, &[]),
            crl("Root", &office.root_key, then, &[]),
        ];
        let [first, second] = lists.map(|list| {
            let digits: String =
                list.der().iter().map(|byte| format!("{byte:02x}")).collect();
            stream("/Filter/ASCIIHexDecode", &format!("{digits}>"))
        });
        let dss = "/DSS<</CRLs[30 0 R 31 0 R]>>";
        let fields = "/Fields[6 0 R 20 0 R]/SigFlags 3";
        let catalog = format!("<</Type/Catalog/Pages 2 0 R/AcroForm<<{fields}>>{dss}>>");
        let field = format!("<<{FIELD}/FT/Sig/T(b)/Rect[0 0 0 0]/V 21 0 R>>");
        let seal = blank("").replace("ETSI.CAdES.detached", "ETSI.RFC3161");
        let seal = seal.replace("/Type/Sig", self.kind);
        let alone = catalog.replace(" 20 0 R", "");
        let file = match self.sealed {
            None => file.with(&[(1, &alone), (30, &first), (31, &second)]),
            Some(at) => file
                .with(&[
                    (1, &catalog),
                    (30, &first),
                    (31, &second),
                    (20, &field),
                    (21, &seal),
                ])
                .signed(|all| token(&Hash::Sha256.of(all), at, &tsa, &office.tsa_key)),
        };
        let report = file.judged_by(&trust);
        let (sub, codes) = told(&report);
        (sub, codes, report.signatures.first().unwrap().level.to_string())
    }
}

#[test]
fn old_revocation_data_count_if_a_time_stamp_proves_that_they_are_old() {
    let judged = |list, sealed| Old { list, sealed, ..OLD }.told();
    let (june, january) = (Some("20160615000000Z"), Some("20170105000000Z"));
    let (sub, codes, _) = judged(SHA1, june);
    assert_eq!(sub, None, "{codes:?}");
    let (sub, codes, _) = judged(SHA1, january);
    assert_eq!(sub, WEAK, "{codes:?}");
    assert!(codes.iter().any(|code| code == "revocation.weak"), "{codes:?}");
    // The signature is proven to be of 2016 by nothing, and so is the list.
    let (sub, codes, _) = judged(SHA1, None);
    assert_eq!(sub, Some("OUT_OF_BOUNDS_NO_POE"), "{codes:?}");
    for at in [june, january] {
        let (sub, codes, _) = judged(PLAIN, at);
        assert_eq!(sub, None, "{codes:?}");
    }
}

#[test]
fn what_a_revoked_authority_said_counts_from_before_it_was_revoked() {
    let judged = |sealed| {
        let revoked = Some("20161201000000Z");
        let old = Old { stamped: Some(Hash::Sha256), sealed, revoked, ..OLD };
        let (sub, codes, _) = old.told();
        (sub, codes.iter().any(|code| code == "revocation.issuer-revoked"))
    };
    const OPEN: Option<&str> = Some("REVOKED_CA_NO_POE");
    assert_eq!(judged(Some("20160615000000Z")), (None, false));
    // Whoever had its key by then could date a list as he liked.
    assert_eq!(judged(Some("20170105000000Z")), (OPEN, true));
    assert_eq!(judged(None), (OPEN, true));
}

#[test]
fn a_time_stamp_of_a_broken_digest_is_no_proof_of_its_own_age() {
    let judged = |stamped, sealed| {
        let (sub, codes, _) = Old { stamped: Some(stamped), sealed, ..OLD }.told();
        (sub, codes.iter().any(|code| code == "stamp.weak"))
    };
    const OPEN: Option<&str> = Some("OUT_OF_BOUNDS_NO_POE");
    assert_eq!(judged(Hash::Sha256, None), (None, false));
    assert_eq!(judged(Hash::Sha1, None), (OPEN, true));
    // Another one from when that was safe covers it.
    assert_eq!(judged(Hash::Sha1, Some("20160615000000Z")), (None, false));
    assert_eq!(judged(Hash::Sha1, Some("20170105000000Z")), (None, true));
}

#[test]
fn what_says_that_it_is_a_signature_is_no_document_time_stamp() {
    let level = |kind| {
        let sealed = Some("20160615000000Z");
        Old { stamped: Some(Hash::Sha256), sealed, kind, ..OLD }.told().2
    };
    assert_eq!(level("/Type/DocTimeStamp"), "B-LTA");
    assert_eq!(level(""), "B-LTA");
    assert_eq!(level("/Type/Sig"), "B-LT");
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
fn who_is_proven_to_have_signed_after_the_end_is_refused() {
    let office = Office::new();
    let judged = |until: &str, revoked: &[(u8, &str, u8)], content: &str| {
        let person = Draft::new("Người ký", "CA", 30, &office.signer_key).usage(0xc0);
        let person = person.between("20240601000000Z", until).issue(&office.issuing_key);
        let lists = vec![office.root_list(), office.list(revoked)];
        let trust = trusting(&office, lists, Vec::new());
        let file = simple().signed(|covered| {
            let imprint = Hash::Sha256.of(covered);
            let token = token(&imprint, content, &office.tsa, &office.tsa_key);
            let mut own = attributes(oid::DATA, covered, &person);
            own.push(attribute(oid::CONTENT_TIME_STAMP, &token));
            let made = signer(&person, (&office.signer_key, PLAIN), own, &[]);
            Cms::new(oid::DATA, None).with(&person).signed(made).bytes()
        });
        let report = file.judged_by(&trust);
        let verdict = report.signatures.first().unwrap().verdict;
        (verdict.indication.word(), verdict.sub.map(|sub| sub.name()).unwrap())
    };
    let march = [(30, "20250301000000Z", 1)];
    let [early, late] = ["20250201000000Z", "20250401000000Z"];
    assert_eq!(judged(UNTIL, &march, late), ("failed", "REVOKED"));
    assert_eq!(judged(UNTIL, &march, early), ("undecided", "REVOKED_NO_POE"));
    let ended = "20250301000000Z";
    assert_eq!(judged(ended, &[], late), ("failed", "EXPIRED"));
    assert_eq!(judged(ended, &[], early), ("undecided", "OUT_OF_BOUNDS_NO_POE"));
}

#[test]
fn a_certificate_that_ends_within_a_week_need_not_be_revocable() {
    let office = Office::new();
    let judged = |draft: Draft, revoked: &[(u8, &str, u8)]| {
        let person = draft.issue(&office.issuing_key);
        let mut lists = vec![office.root_list()];
        if !revoked.is_empty() {
            lists.push(office.list(revoked));
        }
        let trust = trusting(&office, lists, Vec::new());
        told(&plain(&person, &office.signer_key).judged_by(&trust)).0
    };
    let week = ("20251228000000Z", "20260104000000Z");
    let short = |kind, (from, until)| {
        let draft = Draft::new("Người ký", "CA", 30, &office.signer_key).usage(0xc0);
        draft.between(from, until).extension(kind, false, &[5, 0])
    };
    const OPEN: Option<&str> = Some("TRY_LATER");
    assert_eq!(judged(short(oid::NO_REV_AVAIL, week), &[]), None);
    assert_eq!(judged(short(oid::VALIDITY_ASSURED, week), &[]), None);
    assert_eq!(judged(short(oid::SUBJECT_INFO_ACCESS, week), &[]), OPEN);
    let month = ("20251228000000Z", "20260128000000Z");
    assert_eq!(judged(short(oid::NO_REV_AVAIL, month), &[]), OPEN);
    // It names who tells of its revocation.
    let access = ocsp_access("http://ocsp.example");
    let asked = short(oid::NO_REV_AVAIL, week).extension(
        oid::AUTHORITY_INFO_ACCESS,
        false,
        &access,
    );
    assert_eq!(judged(asked, &[]), OPEN);
    let entry = [(30, "20251229000000Z", 1)];
    let revoked = judged(short(oid::NO_REV_AVAIL, week), &entry);
    assert_eq!(revoked, Some("REVOKED_NO_POE"));
}

#[test]
fn a_code_of_the_encryption_that_is_not_checked_is_told() {
    let office = Office::new();
    let file = plain(&office.signer, &office.signer_key);
    let told = |file: File| {
        let report = file.judged();
        report.findings.iter().any(|finding| finding.code == "file.mac-unchecked")
    };
    assert!(!told(file.clone()));
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
    let more = file.saying("/AuthCode<</MACLocation/Standalone>>").with(&[(5, font)]);
    assert!(told(more));
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

#[test]
fn a_strong_signature_over_a_broken_digest_of_the_file_is_weak() {
    let office = Office::new();
    let trust = trusting(&office, office.lists().crls, Vec::new());
    let text = blank("").replace("ETSI.CAdES.detached", "adbe.pkcs7.sha1");
    let file = simple_of(&text).signed(|covered| {
        let content = Hash::Sha1.of(covered);
        let own = attributes(oid::DATA, &content, &office.signer);
        let made = signer(&office.signer, (&office.signer_key, PLAIN), own, &[]);
        Cms::new(oid::DATA, Some(content)).with(&office.signer).signed(made).bytes()
    });
    let (sub, codes) = told(&file.judged_by(&trust));
    assert_eq!(sub, WEAK, "{codes:?}");
    assert!(codes.iter().any(|code| code == "algorithm.weak"), "{codes:?}");
}
