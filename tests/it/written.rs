//! How a signature is written: attributes that contradict, stand twice or do not
//! belong there, and the level that follows from them.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::sync::OnceLock;

use sohoa::pki::der::{self, Tag};
use sohoa::pki::store::Place;
use sohoa::pki::{Certificate, Oid, Store, oid};
use sohoa::verify::examine::Judged;

use crate::afterwards::{File, blank, simple, simple_of, stream};
use crate::authority::{
    self, Cms, Draft, FRESH, Office, PLAIN, Say, Sign, algorithm, attribute, attributes,
    ocsp, ocsp_access, reference, signer, signer_with, token,
};

fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(Office::new)
}

/// What is trusted and known: all there is.
fn trust() -> Store {
    let mut trust = office().store();
    for list in office().lists().crls {
        trust.add_crl(&Place::default(), list);
    }
    trust.add_intermediate(&Place::default(), office().issuing.clone());
    trust
}

/// Signed data with these attributes besides, but for those of a kind in `without`.
fn with(
    more: Vec<Vec<u8>>,
    without: &'static [Oid],
    unsigned: Vec<Vec<u8>>,
) -> impl Fn(&[u8]) -> Vec<u8> {
    move |covered| {
        let office = office();
        let mut own = attributes(oid::DATA, covered, &office.signer);
        let kinds: Vec<_> = without.iter().map(|kind| der::encode_oid(*kind)).collect();
        own.retain(|it| !kinds.iter().any(|kind| it[2..].starts_with(kind)));
        own.extend(more.clone());
        let by = (&office.signer_key, PLAIN);
        let made = signer(&office.signer, by, own, &unsigned);
        Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
    }
}

fn judged(file: File) -> Judged {
    file.judged_by(&trust()).signatures.remove(0)
}

/// Verdict, level and the findings of one prefix.
fn told(file: File, prefix: &str) -> (&'static str, String, Vec<String>) {
    let judged = judged(file);
    let codes = judged.findings.iter().map(|finding| finding.code.clone());
    let codes = codes.filter(|code| code.starts_with(prefix)).collect();
    (judged.verdict.indication.word(), judged.level.to_string(), codes)
}

fn by(more: &[Vec<u8>]) -> (&'static str, String, Vec<String>) {
    told(simple().signed(with(more.to_vec(), &[], Vec::new())), "cms.")
}

fn policy() -> Vec<u8> {
    let hash = der::encode(Tag::OCTET_STRING, &[7; 32]);
    let hash = der::sequence(&[&der::sequence(&[&der::encode_oid(oid::SHA256)]), &hash]);
    let named = der::encode_oid(Oid::new_unwrap("1.2.704.1.1"));
    attribute(oid::SIGNATURE_POLICY, &der::sequence(&[&named, &hash]))
}

fn commitment() -> Vec<u8> {
    let approval = der::encode_oid(Oid::new_unwrap("1.2.840.113549.1.9.16.6.5"));
    attribute(oid::COMMITMENT_TYPE, &der::sequence(&[&approval]))
}

// ----------------------------------------------------------------- what contradicts

#[test]
fn an_attribute_that_stands_twice_is_told() {
    let digest =
        attribute(oid::MESSAGE_DIGEST, &der::encode(Tag::OCTET_STRING, &[0; 32]));
    let twice = vec!["cms.attribute-twice".to_owned()];
    assert_eq!(by(&[digest]), ("failed", "PAdES-BES".to_owned(), twice.clone()));
    let certificate =
        attribute(oid::SIGNING_CERTIFICATE_V2, &reference(&office().signer));
    assert_eq!(by(&[certificate]), ("undecided", "PAdES-BES".to_owned(), twice));
}

#[test]
fn a_type_of_content_that_is_missing_is_told() {
    let file = simple().signed(with(Vec::new(), &[oid::CONTENT_TYPE], Vec::new()));
    let missing = vec!["cms.content-type".to_owned()];
    assert_eq!(told(file, "cms."), ("undecided", "PAdES-BES".to_owned(), missing));
}

#[test]
fn algorithms_are_those_that_were_protected() {
    let protection = |hash: Oid, scheme: Oid| {
        let mut named = algorithm(scheme);
        named[0] = Tag::context(1).0;
        attribute(oid::ALGORITHM_PROTECTION, &der::sequence(&[&algorithm(hash), &named]))
    };
    let whole = ("passed", "B-B".to_owned(), vec![]);
    assert_eq!(by(&[protection(oid::SHA256, oid::RSA_SHA256)]), whole);
    // The scheme by its key alone is the same with the digest told beside it.
    assert_eq!(by(&[protection(oid::SHA256, oid::RSA)]), whole);
    for other in [(oid::SHA512, oid::RSA_SHA256), (oid::SHA256, oid::RSA_SHA512)] {
        let (verdict, _, codes) = by(&[protection(other.0, other.1)]);
        assert_eq!((verdict, codes), ("failed", vec!["cms.algorithms".to_owned()]));
    }
    // RFC 6211, 2: one that protects no scheme protects nothing.
    let half = der::sequence(&[&algorithm(oid::SHA256)]);
    let (verdict, _, codes) = by(&[attribute(oid::ALGORITHM_PROTECTION, &half)]);
    assert_eq!((verdict, codes), ("failed", vec!["cms.algorithms".to_owned()]));
}

/// Signed data with this `AlgorithmIdentifier` in the place of its own.
fn called(scheme: Vec<u8>, sign: Sign) -> impl Fn(&[u8]) -> Vec<u8> {
    move |covered| {
        let office = office();
        let set = der::set_of(attributes(oid::DATA, covered, &office.signer));
        let signature = office.signer_key.sign(sign, &set);
        let made = signer_with(&office.signer, &scheme, (&set, &signature), &[]);
        Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
    }
}

#[test]
fn pss_without_its_parameters_is_not_guessed() {
    // RFC 4055, 3.1: they are there, and absent ones would mean SHA-1.
    let pss = Sign::Pss(sohoa::pki::Hash::Sha256);
    let whole = office().signer_key.scheme(pss);
    assert_eq!(told(simple().signed(called(whole, pss)), "cms.").0, "passed");
    let named = der::encode_oid(oid::RSA_PSS);
    for scheme in [der::sequence(&[&named]), der::sequence(&[&named, &[5, 0]])] {
        let (verdict, _, codes) = told(simple().signed(called(scheme, pss)), "cms.");
        assert_eq!((verdict, codes), ("failed", vec!["cms.parameters".to_owned()]));
    }
    // Those that are there and say nothing mean SHA-1, which was not used.
    let empty = der::sequence(&[&named, &der::sequence(&[])]);
    let (verdict, _, codes) = told(simple().signed(called(empty, pss)), "cms.");
    assert_eq!((verdict, codes[0].as_str()), ("failed", "cms.algorithms"));
}

#[test]
fn each_curve_of_edwards_goes_with_one_digest() {
    for scheme in [oid::ED25519, oid::ED448] {
        // The fixtures say SHA-256, which goes with neither.
        let scheme = der::sequence(&[&der::encode_oid(scheme)]);
        let (verdict, _, codes) = told(simple().signed(called(scheme, PLAIN)), "cms.");
        assert_eq!((verdict, codes[0].as_str()), ("failed", "cms.algorithms"));
    }
}

#[test]
fn a_signature_is_a_dictionary_that_says_how_it_is_checked() {
    let by = |file: File| told(file.signed(with(Vec::new(), &[], Vec::new())), "format.");
    let without = simple_of(&blank("").replace("/Filter/Adobe.PPKLite", ""));
    let codes = vec!["format.no-filter".to_owned()];
    assert_eq!(by(without), ("passed", "PAdES-BES".to_owned(), codes));
    let other = simple_of(&blank("").replace("ETSI.CAdES.detached", "Ai.do"));
    let codes = vec!["format.unknown".to_owned()];
    assert_eq!(by(other), ("passed", "PKCS7-B".to_owned(), codes));
    // A stream is none, whatever its dictionary says.
    let stream = simple_of(&format!("{}\nstream\nx\nendstream", blank("/Length 1")));
    assert_eq!(by(stream).0, "failed");
}

// ------------------------------------------------------------------------ the level

#[test]
fn a_baseline_signature_may_name_a_policy_and_gives_its_reason_once() {
    let level = |more: &[Vec<u8>], reason: &str| {
        let file = simple_of(&blank(reason));
        let (verdict, level, codes) =
            told(file.signed(with(more.to_vec(), &[], Vec::new())), "cms.");
        assert_eq!(verdict, "passed");
        (level, codes)
    };
    let (named, twice) = ("cms.policy-named", "cms.reason-twice");
    let found = |level: &str, codes: &[&str]| {
        (level.to_owned(), codes.iter().map(|code| (*code).to_owned()).collect())
    };
    assert_eq!(level(&[], ""), found("B-B", &[]));
    assert_eq!(level(&[policy()], ""), found("B-B", &[named]));
    assert_eq!(level(&[commitment()], ""), found("B-B", &[]));
    assert_eq!(level(&[], "/Reason(Duyet)"), found("B-B", &[]));
    let both = level(&[policy()], "/Reason(Duyet)");
    assert_eq!(both, found("PAdES-BES", &[twice, named]));
    let both = level(&[commitment()], "/Reason(Duyet)");
    assert_eq!(both, found("PAdES-BES", &[twice]));
}

#[test]
fn attributes_of_other_formats_make_no_baseline_signature() {
    let text = der::encode(Tag::UTF8, "text/plain".as_bytes());
    let odd = vec!["cms.not-in-pades".to_owned()];
    for kind in [oid::MIME_TYPE, oid::SIGNER_LOCATION, oid::CONTENT_HINTS] {
        let found = by(&[attribute(kind, &text)]);
        assert_eq!(found, ("passed", "PAdES-BES".to_owned(), odd.clone()));
    }
    let counter = attribute(oid::COUNTER_SIGNATURE, &der::sequence(&[]));
    let file = simple().signed(with(Vec::new(), &[], vec![counter]));
    assert_eq!(told(file, "cms."), ("passed", "PAdES-BES".to_owned(), odd));
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    stream("/Filter/ASCIIHexDecode", &format!("{digits}>"))
}

/// Signed with a time-stamp and followed by validation data of these lists.
fn lasting(more: Vec<Vec<u8>>, certificates: &[&Certificate], lists: &[&[u8]]) -> File {
    let make = move |covered: &[u8]| {
        let office = office();
        let mut own = attributes(oid::DATA, covered, &office.signer);
        own.extend(more.clone());
        let set = der::set_of(own);
        let signature = office.signer_key.sign(PLAIN, &set);
        let imprint = sohoa::pki::Hash::Sha256.of(&signature);
        let stamp = token(&imprint, "20260101000000Z", &office.tsa, &office.tsa_key);
        let stamp = attribute(oid::SIGNATURE_TIME_STAMP, &stamp);
        let scheme = office.signer_key.scheme(PLAIN);
        let made = signer_with(&office.signer, &scheme, (&set, &signature), &[stamp]);
        Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes()
    };
    let mut objects = vec![(
        1,
        "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>/DSS 20 0 R>>"
            .to_owned(),
    )];
    let named = |first: u32, count: usize| {
        let all = (first..).take(count).map(|number| format!("{number} 0 R "));
        all.collect::<String>()
    };
    let dss = format!(
        "<</Certs[{}]/CRLs[{}]>>",
        named(21, certificates.len()),
        named(31, lists.len())
    );
    objects.push((20, dss));
    objects.extend((21..).zip(certificates.iter().map(|it| hexadecimal(it.der()))));
    objects.extend((31..).zip(lists.iter().map(|it| hexadecimal(it))));
    let objects: Vec<_> = objects.iter().map(|(at, it)| (*at, it.as_str())).collect();
    simple().signed(make).with(&objects)
}

#[test]
fn what_is_trusted_needs_no_validation_data() {
    let office = office();
    let (root, issuing) = (office.root_list(), office.list(&[]));
    let whole = [root.der(), issuing.der()];
    let both = [&office.issuing, &office.root];
    let level =
        |file: File, trust: &Store| file.judged_by(trust).signatures[0].level.to_string();
    let nobody = Store::default();
    assert_eq!(level(lasting(Vec::new(), &both, &whole), &nobody), "B-LT");
    // Nothing says whether the issuing authority was revoked.
    let half = || lasting(Vec::new(), &both, &[issuing.der()]);
    assert_eq!(level(half(), &nobody), "B-T");
    assert_eq!(level(half(), &office.store()), "B-T");
    // Lists of trusted authorities name those that issue, not their roots.
    let mut trust = Store::default();
    trust.add_anchor(&Place::default(), office.issuing.clone());
    assert_eq!(level(half(), &trust), "B-LT");
    assert_eq!(level(lasting(Vec::new(), &both, &[root.der()]), &trust), "B-T");
}

#[test]
fn validation_data_in_attributes_make_no_lasting_baseline_signature() {
    let office = office();
    let (root, issuing) = (office.root_list(), office.list(&[]));
    let lists = der::encode(Tag::context(0), &der::sequence(&[issuing.der()]));
    let own = attribute(oid::ADOBE_REVOCATION, &der::sequence(&[&lists]));
    let both = [&office.issuing, &office.root];
    let file = lasting(vec![own], &both, &[root.der(), issuing.der()]);
    assert_eq!(judged(file).level.to_string(), "B-T");
}

// ---------------------------------------------------------------------- responders

#[test]
fn a_responder_that_says_how_to_ask_about_itself_must_be_asked_about() {
    let office = office();
    let draft = || {
        Draft::new("OCSP", "CA", 14, &office.responder_key)
            .usage(0x80)
            .purpose(oid::OCSP_SIGNING, false)
    };
    let place = der::encode(Tag::implicit(6), b"http://ca.example/ca.crl");
    let place = der::encode(Tag::context(0), &der::encode(Tag::context(0), &place));
    let points = der::sequence(&[&der::sequence(&[&place])]);
    let asked = |draft: Draft, list: bool| {
        let responder = draft.issue(&office.issuing_key);
        let about = (&office.signer, &office.issuing);
        let answer = ocsp(about, Say::Good, FRESH, (&responder, &office.responder_key));
        let mut trust = office.store();
        trust.add_intermediate(&Place::default(), office.issuing.clone());
        trust.add_crl(&Place::default(), office.root_list());
        trust.add_ocsp(&Place::default(), answer);
        if list {
            // It speaks of the responder, and was too old for the signer.
            let old = ("20251231000000Z", "20251231120000Z");
            let list = authority::crl("CA", &office.issuing_key, old, &[]);
            trust.add_crl(&Place::default(), list);
        }
        let made = simple().signed(with(Vec::new(), &[], Vec::new()));
        let judged = made.judged_by(&trust).signatures.remove(0);
        let codes = judged.findings.iter().map(|finding| finding.code.clone());
        let open = codes.into_iter().any(|code| code == "chain.responder-unchecked");
        let sub = judged.verdict.sub.map(sohoa::verify::verdict::Sub::name);
        (sub, open)
    };
    let lists = || draft().extension(oid::CRL_DISTRIBUTION_POINTS, false, &points);
    let access = ocsp_access("http://ca.example/ocsp");
    let answers = || draft().extension(oid::AUTHORITY_INFO_ACCESS, false, &access);
    // RFC 6960, 4.2.2.2.1: three kinds of responders.
    let vouched = draft().extension(oid::OCSP_NO_CHECK, false, &[5, 0]);
    assert_eq!(asked(vouched, false), (None, false));
    assert_eq!(asked(draft(), false), (None, true));
    assert_eq!(asked(lists(), false), (Some("TRY_LATER"), true));
    assert_eq!(asked(answers(), false), (Some("TRY_LATER"), true));
    assert_eq!(asked(lists(), true), (None, false));
}
