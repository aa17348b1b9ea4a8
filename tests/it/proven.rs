//! Whether a time-stamp proves when somebody signed: certificates that have ended
//! or were revoked by now, and tokens that prove nothing.

use sohoa::cms::timestamp::Token;
use sohoa::pki::der::{self, Tag};
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Hash, Store, oid};

use crate::afterwards::{FIELD, File, blank, simple};
use crate::authority::{
    Cms, Draft, FRESH, Office, PLAIN, Sign, UNTIL, algorithm, attribute, attributes, crl,
    signer, stamped, token,
};

/// When the tokens of the tests say that they were made.
const STAMPED: &str = "20250101000000Z";

/// An office, a signer below it, and lists from just after [`STAMPED`] and from now.
struct Case {
    office: Office,
    signer: Certificate,
    /// On the list of now: serial number, moment and reason.
    revoked: Vec<(u8, &'static str, u8)>,
}

impl Case {
    /// A signer whose certificate ended at this moment.
    fn until(end: &str) -> Self {
        let office = Office::new();
        let signer = Draft::new("Người ký", "CA", 30, &office.signer_p256_key)
            .usage(0xc0)
            .between("20240601000000Z", end)
            .issue(&office.issuing_key);
        Self { office, signer, revoked: Vec::new() }
    }

    fn revoked_at(mut self, at: &'static str) -> Self {
        self.revoked.push((30, at, 1));
        self
    }

    /// The verdict on a signature with these tokens over its value.
    fn verdict(&self, tokens: &dyn Fn(&[u8]) -> Vec<Vec<u8>>) -> &'static str {
        let mut trust = Store::default();
        let place = Place::default();
        trust.add_anchor(&place, self.office.root.clone());
        trust.add_intermediate(&place, self.office.issuing.clone());
        trust.add_crl(&place, self.office.root_list());
        let then = ("20250102000000Z", "20250201000000Z");
        let key = &self.office.issuing_key;
        trust.add_crl(&place, crl("CA", key, then, &[]));
        trust.add_crl(&place, crl("CA", key, FRESH, &self.revoked));
        let make = |covered: &[u8]| {
            let by = (&self.office.signer_p256_key, PLAIN);
            let own = || attributes(oid::DATA, covered, &self.signer);
            let value = by.0.sign(PLAIN, &der::set_of(own()));
            let stamps: Vec<_> = tokens(&value)
                .into_iter()
                .map(|token| attribute(oid::SIGNATURE_TIME_STAMP, &token))
                .collect();
            let made = signer(&self.signer, by, own(), &stamps);
            Cms::new(oid::DATA, None).with(&self.signer).signed(made).bytes()
        };
        let report = simple().signed(make).judged_by(&trust);
        let verdict = report.signatures.first().unwrap().verdict;
        verdict.sub.map_or("TOTAL-PASSED", |sub| sub.name())
    }

    fn good(&self, value: &[u8]) -> Vec<u8> {
        let (tsa, key) = (&self.office.tsa, &self.office.tsa_key);
        token(&Hash::Sha256.of(value), STAMPED, tsa, key)
    }

    /// A token by the authority's key under another certificate.
    fn under(&self, value: &[u8], draft: &Draft) -> Vec<u8> {
        let tsa = draft.issue(&self.office.issuing_key);
        token(&Hash::Sha256.of(value), STAMPED, &tsa, &self.office.tsa_key)
    }

    fn authority(&self) -> Draft {
        Draft::new("TSA", "CA", 12, &self.office.tsa_key).usage(0xc0)
    }
}

#[test]
fn a_signature_outlives_its_certificate_by_a_time_stamp() {
    let case = Case::until("20250601000000Z");
    assert_eq!(case.verdict(&|_| Vec::new()), "OUT_OF_BOUNDS_NO_POE");
    assert_eq!(case.verdict(&|value| vec![case.good(value)]), "TOTAL-PASSED");
    // Another token that proves nothing takes nothing away.
    let both = |value: &[u8]| vec![case.good(b"another"), case.good(value)];
    assert_eq!(case.verdict(&both), "TOTAL-PASSED");
}

#[test]
fn what_is_revoked_later_was_good_when_it_was_proved() {
    let verdict = |at, stamped: bool| {
        let case = Case::until(UNTIL).revoked_at(at);
        case.verdict(&|value| {
            Some(case.good(value)).filter(|_| stamped).into_iter().collect()
        })
    };
    assert_eq!(verdict("20250301000000Z", true), "TOTAL-PASSED");
    assert_eq!(verdict("20250301000000Z", false), "REVOKED_NO_POE");
    assert_eq!(verdict("20241201000000Z", true), "REVOKED_NO_POE");
    // In the second in which it was proved it was revoked.
    assert_eq!(verdict(STAMPED, true), "REVOKED_NO_POE");
}

#[test]
fn a_token_that_breaks_a_rule_proves_no_time() {
    let case = Case::until("20250601000000Z");
    let (tsa, key) = (&case.office.tsa, &case.office.tsa_key);
    let imprint = |hash: Hash, value: &[u8]| {
        let digest = der::encode(Tag::OCTET_STRING, &hash.of(value));
        der::sequence(&[&algorithm(hash.oid()), &digest])
    };
    let proves = |name: &str, make: &dyn Fn(&[u8]) -> Vec<u8>| {
        let verdict = case.verdict(&|value| vec![make(value)]);
        assert_eq!(verdict, "OUT_OF_BOUNDS_NO_POE", "{name}");
    };
    proves("of another signature", &|_| case.good(b"another"));
    proves("by a person", &|value| case.under(value, &case.authority()));
    proves("not critical", &|value| {
        case.under(value, &case.authority().purpose(oid::TIME_STAMPING, false))
    });
    proves("of an authority that had not begun", &|value| {
        let authority = case.authority().purpose(oid::TIME_STAMPING, true);
        case.under(value, &authority.between("20250301000000Z", UNTIL))
    });
    proves("of an authority that has ended", &|value| {
        let authority = case.authority().purpose(oid::TIME_STAMPING, true);
        case.under(value, &authority.between("20240101000000Z", "20250501000000Z"))
    });
    proves("from the future", &|value| {
        token(&Hash::Sha256.of(value), "20270101000000Z", tsa, key)
    });
    proves("with a broken digest", &|value| {
        stamped(&imprint(Hash::Sha1, value), &[], STAMPED, tsa, key)
    });
    proves("that refers to another certificate", &|value| {
        let info = Token::parse(&case.good(value)).unwrap().signed.content.unwrap();
        let own = attributes(oid::TST_INFO, &info, &case.signer);
        Cms::new(oid::TST_INFO, Some(info))
            .with(tsa)
            .signed(signer(tsa, (key, PLAIN), own, &[]))
            .bytes()
    });
    proves("that two signed", &|value| {
        let info = Token::parse(&case.good(value)).unwrap().signed.content.unwrap();
        let one =
            || signer(tsa, (key, PLAIN), attributes(oid::TST_INFO, &info, tsa), &[]);
        let token = Cms::new(oid::TST_INFO, Some(info.clone())).with(tsa);
        token.signed(one()).signed(one()).bytes()
    });
}

/// A document time-stamp of this moment after all there is, in a field of this number.
fn sealed(office: &Office, file: File, number: u32, at: &str) -> File {
    let fields = match number {
        20 => "6 0 R 20 0 R",
        _ => "6 0 R 20 0 R 22 0 R",
    };
    let catalog =
        format!("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[{fields}]/SigFlags 3>>>>");
    let value = number + 1;
    let field = format!("<<{FIELD}/FT/Sig/T(b{number})/Rect[0 0 0 0]/V {value} 0 R>>");
    let stamp = blank("").replace("ETSI.CAdES.detached", "ETSI.RFC3161");
    let file = file.with(&[(1, &catalog), (number, &field), (value, &stamp)]);
    file.signed(|covered| {
        token(&Hash::Sha256.of(covered), at, &office.tsa, &office.tsa_key)
    })
}

#[test]
fn time_stamps_that_contradict_each_other_prove_no_time() {
    let office = Office::new();
    let signed = |stamp: &str| {
        simple().signed(|covered: &[u8]| {
            let by = (&office.signer_key, PLAIN);
            let own = || attributes(oid::DATA, covered, &office.signer);
            let value = Hash::Sha256.of(&by.0.sign(PLAIN, &der::set_of(own())));
            let token = token(&value, stamp, &office.tsa, &office.tsa_key);
            let stamps = [attribute(oid::SIGNATURE_TIME_STAMP, &token)];
            let made = signer(&office.signer, by, own(), &stamps);
            Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
        })
    };
    let mut trust = office.store();
    trust.add_intermediate(&Place::default(), office.issuing.clone());
    for list in office.lists().crls {
        trust.add_crl(&Place::default(), list);
    }
    let told = |file: File| {
        let report = file.judged_by(&trust);
        let subs = report.signatures.iter().map(|it| it.verdict.sub.map(|it| it.name()));
        subs.collect::<Vec<_>>()
    };
    const ORDER: Option<&str> = Some("TIMESTAMP_ORDER_FAILURE");
    let [first, then, last] = ["20250601000000Z", "20250701000000Z", "20250801000000Z"];
    assert_eq!(told(sealed(&office, signed(first), 20, then)), [None, None]);
    // Over the signature, and claiming to be younger than what covers it.
    assert_eq!(told(sealed(&office, signed(then), 20, first)), [ORDER, None]);
    // Clocks of two authorities are never quite the same.
    let near = sealed(&office, signed("20250601000200Z"), 20, first);
    assert_eq!(told(near), [None, None]);
    let two = |one, other| {
        let file = sealed(&office, signed(first), 20, one);
        told(sealed(&office, file, 22, other))
    };
    assert_eq!(two(then, last), [None, None, None]);
    assert_eq!(two(last, then), [None, ORDER, None]);
}

#[test]
fn a_chain_is_as_strong_as_its_certificates() {
    let office = Office::new();
    let weak = Sign::Plain(Hash::Sha1);
    let read =
        |draft: &Draft, key, sign| Certificate::parse(&draft.sign(key, sign)).unwrap();
    let person = Draft::new("Người ký", "CA", 30, &office.signer_key).usage(0xc0);
    let authority = Draft::new("CA", "Root", 2, &office.issuing_key).authority();
    let root = Draft::new("Root", "Root", 1, &office.root_key).authority();
    let tsa = Draft::new("TSA", "CA", 12, &office.tsa_key)
        .usage(0xc0)
        .purpose(oid::TIME_STAMPING, true);
    // Which of them is signed with SHA-1: person, authority, root, time-stamps.
    let judged = |[one, two, three, four]: [bool; 4], stamped: Option<&str>| {
        let sign = |is_weak| if is_weak { weak } else { PLAIN };
        let person = read(&person, &office.issuing_key, sign(one));
        let issuing = read(&authority, &office.root_key, sign(two));
        let tsa = read(&tsa, &office.issuing_key, sign(four));
        let mut trust = Store::default();
        let root = read(&root, &office.root_key, sign(three));
        trust.add_anchor(&Place::default(), root);
        trust.add_intermediate(&Place::default(), issuing);
        for list in office.lists().crls {
            trust.add_crl(&Place::default(), list);
        }
        let make = |covered: &[u8]| {
            let by = (&office.signer_key, PLAIN);
            let own = || attributes(oid::DATA, covered, &person);
            let value = Hash::Sha256.of(&by.0.sign(PLAIN, &der::set_of(own())));
            let token = |at| token(&value, at, &tsa, &office.tsa_key);
            let stamps =
                stamped.map(|at| attribute(oid::SIGNATURE_TIME_STAMP, &token(at)));
            let stamps: Vec<_> = stamps.into_iter().collect();
            let made = signer(&person, by, own(), &stamps);
            Cms::new(oid::DATA, None).with(&person).signed(made).bytes()
        };
        let report = simple().signed(make).judged_by(&trust);
        let first = report.signatures.first().unwrap();
        let told = first.findings.iter().any(|finding| finding.code == "chain.weak");
        let sub = first.verdict.sub.map(|sub| sub.name());
        (sub, told, first.times.proven.is_some())
    };
    const WEAK: Option<&str> = Some("CRYPTO_CONSTRAINTS_FAILURE_NO_POE");
    assert_eq!(judged([false; 4], None), (None, false, false));
    assert_eq!(judged([true, false, false, false], None), (WEAK, true, false));
    assert_eq!(judged([false, true, false, false], None), (WEAK, true, false));
    // What is trusted is trusted, whoever signed it.
    assert_eq!(judged([false, false, true, false], None), (None, false, false));
    // A time-stamp of such an authority proves no time.
    let then = Some("20251231120000Z");
    assert_eq!(judged([false; 4], then), (None, false, true));
    assert_eq!(judged([false, false, false, true], then), (None, true, false));
}
