//! Certificates, chains and revocation: what may be trusted and what may not.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use std::fs;

use crate::authority::{
    self, Draft, FRESH, Key, Office, PLAIN, Say, Sign, crl, crl_of, extension, now, ocsp,
    ocsp_saying, time,
};
use sohoa::pki::constraints::NameError;
use sohoa::pki::der::{self, Tag};
use sohoa::pki::path::{
    self, Check, Constraint, General, NoChain, Path, Purpose, Request, Status,
};
use sohoa::pki::policy::{PolicyError, PolicyInputs};
use sohoa::pki::revocation::{Revocation, Why};
use sohoa::pki::store::{ItemKind, Place};
use sohoa::pki::{
    Certificate, Crl, Evidence, Hash, Message, Ocsp, Oddity, PublicKey, Reason, Scheme,
    SignatureError, Store, oid, pem,
};
use sohoa::time::Timestamp;

/// What is found about `target` in the office's world at the tests' moment.
fn ask(office: &Office, target: &Certificate, evidence: &Evidence) -> Path {
    ask_with(office, target, evidence, |_| {})
}

fn ask_with(
    office: &Office,
    target: &Certificate,
    evidence: &Evidence,
    change: impl FnOnce(&mut Request<'_>),
) -> Path {
    let store = office.store();
    let pool = [office.issuing.clone()];
    let mut request = Request::new(target, &store, evidence, now());
    request.pool = &pool;
    change(&mut request);
    path::validate(&request)
}

/// The same with other certificates beside the target.
fn ask_among(
    office: &Office,
    target: &Certificate,
    evidence: &Evidence,
    pool: &[Certificate],
) -> Path {
    let store = office.store();
    let mut request = Request::new(target, &store, evidence, now());
    request.pool = pool;
    path::validate(&request)
}

#[test]
fn a_signer_below_the_root_with_fresh_lists_is_valid() {
    let office = Office::new();
    for signer in [&office.signer, &office.signer_p256] {
        let path = ask(&office, signer, &office.lists());
        assert_eq!(path.status, Status::Valid, "{:?}", path.problems);
        let names: Vec<String> =
            path.links.iter().map(|link| link.certificate.display_name()).collect();
        assert_eq!(names, [signer.display_name().as_str(), "CA", "Root"]);
        let used = &path.links[0].standing.evidence;
        assert_eq!(used[0].sha256, office.list(&[]).sha256());
        assert_eq!(used[0].signer.as_ref(), Some(&office.issuing));
    }
}

#[test]
fn a_revoked_signer_is_not_valid_from_that_moment() {
    let office = Office::new();
    let entries = [(10, "20251231120000Z", 1)];
    let evidence = Evidence {
        crls: vec![office.root_list(), office.list(&entries)],
        ocsps: Vec::new(),
    };
    let Status::Revoked(entry) = ask(&office, &office.signer, &evidence).status else {
        panic!("not revoked")
    };
    assert_eq!(entry.reason, Reason::KeyCompromise);
    // The day before it was good, and what happened later is told.
    let before = Timestamp::from_unix(entry.at.unix() - 86_400).unwrap();
    let path =
        ask_with(&office, &office.signer, &evidence, |request| request.at = before);
    assert_eq!(path.status, Status::Valid);
    assert_eq!(
        path.links[0].standing.revocation,
        Revocation::Good { later: Some(entry) }
    );
}

#[test]
fn a_revoked_authority_takes_its_signers_with_it() {
    let office = Office::new();
    let root_list = crl("Root", &office.root_key, FRESH, &[(2, "20251201000000Z", 2)]);
    let evidence =
        Evidence { crls: vec![root_list, office.list(&[])], ocsps: Vec::new() };
    let path = ask(&office, &office.signer, &evidence);
    assert!(matches!(path.status, Status::Revoked(_)));
    assert_eq!(path.problems[0].index, 1);
}

#[test]
fn a_key_that_may_have_been_in_other_hands_was_not_its_holder_s() {
    let office = Office::new();
    let status = |since: &str, reason: u8, at: i64| {
        let reason = der::encode(Tag::ENUMERATED, &[reason]);
        let told = [
            extension(oid::REASON_CODE, false, &reason),
            extension(oid::INVALIDITY_DATE, false, &time(since)),
        ];
        let entry = authority::entry(10, "20251201000000Z", &told);
        let by = (&office.issuing_key, PLAIN);
        let list = crl_of("CA", by, FRESH, &[entry]);
        let crls = vec![office.root_list(), list];
        let evidence = Evidence { crls, ocsps: Vec::new() };
        let at = Timestamp::from_unix(at).unwrap();
        ask_with(&office, &office.signer, &evidence, |request| request.at = at).status
    };
    // Asked about 2025-09-01: before the list said so, and after it says it was so.
    let september = 1_756_684_800;
    assert!(matches!(status("20250801000000Z", 1, september), Status::Revoked(_)));
    assert_eq!(status("20251001000000Z", 1, september), Status::Valid);
    // A date after the revocation defers nothing.
    let middle = 1_765_756_800;
    assert!(matches!(status("20251220000000Z", 1, middle), Status::Revoked(_)));
}

#[test]
fn what_contradicts_itself_about_a_certificate_does_not_clear_it() {
    let office = Office::new();
    let by = (&office.responder, &office.responder_key, PLAIN);
    let about = (&office.signer, &office.issuing);
    let status = |crl: Option<Crl>, says: &[Say<'_>]| {
        let answer = ocsp_saying(by, &[], about, says, FRESH);
        let ocsps = Some(answer).filter(|_| !says.is_empty()).into_iter().collect();
        let crls = crl.into_iter().chain([office.root_list()]).collect();
        ask(&office, &office.signer, &Evidence { crls, ocsps }).status
    };
    let [removed, revoked] = [8, 1].map(|reason| (10, "20251230000000Z", reason));
    for entries in [[removed, revoked], [revoked, removed]] {
        let found = status(Some(office.list(&entries)), &[]);
        assert!(matches!(found, Status::Revoked(_)), "{found:?}");
    }
    let [good, revoked] = [Say::Good, Say::Revoked("20251230000000Z")];
    assert_eq!(status(None, &[good, good]), Status::Valid);
    for says in [[good, revoked], [revoked, good], [revoked, Say::Unknown]] {
        let found = status(None, &says);
        assert!(matches!(found, Status::Revoked(_)), "{found:?}");
    }
    let found = status(None, &[good, Say::Unknown]);
    assert_eq!(found, Status::RevocationUnknown(Why::UnknownToResponder));
}

#[test]
fn without_fresh_evidence_revocation_is_unknown() {
    let office = Office::new();
    let unknown = |crls| {
        let evidence = Evidence { crls, ocsps: Vec::new() };
        let status = ask(&office, &office.signer, &evidence).status;
        let Status::RevocationUnknown(why) = status else { panic!("{status:?}") };
        why
    };
    assert_eq!(unknown(Vec::new()), Why::NoEvidence);
    let stale = ("20251201000000Z", "20251208000000Z");
    let list = |window| crl("CA", &office.issuing_key, window, &[]);
    assert_eq!(unknown(vec![office.root_list(), list(stale)]), Why::Stale);
    let forged = crl("CA", &office.signer_key, FRESH, &[]);
    assert_eq!(unknown(vec![office.root_list(), forged]), Why::NotAuthorised);
    let tomorrow = ("20260102000000Z", "20260109000000Z");
    assert_eq!(unknown(vec![office.root_list(), list(tomorrow)]), Why::Unusable);
}

#[test]
fn evidence_that_is_pushed_out_by_other_evidence_is_missed() {
    let office = Office::new();
    let forged = |at: usize| {
        let made = format!("20251231{:02}{:02}00Z", 1 + at / 60, at % 60);
        crl("CA", &office.signer_p256_key, (&made, FRESH.1), &[])
    };
    let by = (&office.responder, &office.responder_key);
    let good = ocsp((&office.signer, &office.issuing), Say::Good, FRESH, by);
    let mut crls = vec![office.root_list(), office.list(&[(10, "20251230000000Z", 1)])];
    let ask_with = |crls: &[Crl]| {
        let evidence = Evidence { crls: crls.to_vec(), ocsps: vec![good.clone()] };
        ask(&office, &office.signer, &evidence).status
    };
    assert_eq!(ask_with(&crls[..1]), Status::Valid);
    assert!(matches!(ask_with(&crls), Status::Revoked(_)));
    crls.extend((0..70).map(forged));
    assert_eq!(ask_with(&crls), Status::RevocationUnknown(Why::Unusable));
}

#[test]
fn a_list_made_after_a_certificate_ended_does_not_clear_it() {
    let office = Office::new();
    let old = Draft::new("An", "CA", 10, &office.signer_key)
        .between("20240101000000Z", "20250101000000Z")
        .issue(&office.issuing_key);
    let at = Timestamp::from_unix(1_733_000_000).unwrap();
    let path = ask_with(&office, &old, &office.lists(), |request| request.at = at);
    assert_eq!(path.status, Status::RevocationUnknown(Why::MadeAfterExpiry));
}

#[test]
fn a_certificate_out_of_its_time_is_out_of_bounds() {
    let office = Office::new();
    let signer = |from, until| {
        Draft::new("An", "CA", 20, &office.signer_key)
            .between(from, until)
            .issue(&office.issuing_key)
    };
    let status =
        |signer: &Certificate| ask(&office, signer, &office.lists()).problems[0].clone();
    let expired = signer("20240101000000Z", "20251231235959Z");
    assert_eq!(status(&expired).status, Status::Expired(expired.not_after()));
    let early = signer("20260101000001Z", "20270101000000Z");
    assert_eq!(status(&early).status, Status::NotYetValid(early.not_before()));
}

#[test]
fn an_issuer_that_is_nowhere_or_not_trusted_is_told_apart() {
    let office = Office::new();
    let lists = office.lists();
    let path = ask_among(&office, &office.signer, &lists, &[]);
    assert_eq!(path.status, Status::NoChain(NoChain::IssuerMissing));
    let stranger =
        Draft::new("Lạ", "Lạ", 1, &office.tsa_key).authority().issue(&office.tsa_key);
    let path = ask(&office, &stranger, &lists);
    assert_eq!(path.status, Status::NoChain(NoChain::RootNotTrusted));
}

#[test]
fn the_right_name_with_the_wrong_key_is_no_issuer() {
    let office = Office::new();
    let forged = Draft::new("An", "CA", 10, &office.signer_key).issue(&office.tsa_key);
    let path = ask(&office, &forged, &office.lists());
    assert_eq!(path.status, Status::General(General::BadSignature));
}

#[test]
fn a_key_is_used_for_what_it_is_for() {
    let office = Office::new();
    let lists = office.lists();
    let status = |draft: Draft, purpose| {
        let target = draft.issue(&office.issuing_key);
        let change = |request: &mut Request<'_>| request.purpose = purpose;
        ask_with(&office, &target, &lists, change).status
    };
    let draft = || Draft::new("An", "CA", 20, &office.signer_key);
    let wrong = Status::Constraints(Constraint::ExtendedKeyUsage);
    let stamping = || draft().purpose(oid::TIME_STAMPING, true);
    assert_eq!(status(stamping(), Purpose::Signer), wrong);
    assert_eq!(status(stamping(), Purpose::Tsa), Status::Valid);
    // RFC 3161, 2.3: critical, and there at all.
    assert_eq!(status(draft().purpose(oid::TIME_STAMPING, false), Purpose::Tsa), wrong);
    assert_eq!(status(draft(), Purpose::Tsa), wrong);
    let emails = draft().purpose(oid::EMAIL_PROTECTION, false);
    assert_eq!(status(emails, Purpose::Signer), Status::Valid);
    let enciphering = draft().usage(0x20);
    assert_eq!(
        status(enciphering, Purpose::Signer),
        Status::Constraints(Constraint::KeyUsage)
    );
}

#[test]
fn only_an_authority_issues() {
    let office = Office::new();
    let child = Draft::new("An", "Nguyễn Thị Hồng", 30, &office.tsa_key)
        .issue(&office.signer_key);
    let pool = [office.issuing.clone(), office.signer.clone()];
    let path = ask_among(&office, &child, &office.lists(), &pool);
    assert_eq!(path.status, Status::Constraints(Constraint::NotAnAuthority));
}

#[test]
fn names_outside_the_authoritys_subtree_are_refused() {
    let office = Office::new();
    let own = authority::name("CA2");
    let base = der::encode(Tag::context(4), &own);
    let tree = der::encode(Tag::context(0), &der::sequence(&[&base]));
    let constraints = der::sequence(&[&tree]);
    let ca = Draft::new("CA2", "Root", 3, &office.tsa_key)
        .authority()
        .extension(oid::NAME_CONSTRAINTS, true, &constraints)
        .issue(&office.root_key);
    let pool = [ca];
    let signer = Draft::new("An", "CA2", 1, &office.signer_key).issue(&office.tsa_key);
    let path = ask_among(&office, &signer, &office.lists(), &pool);
    let error = NameError::NotPermitted;
    assert_eq!(path.status, Status::Constraints(Constraint::Name(error)));
}

#[test]
fn a_demanded_policy_must_be_there() {
    let office = Office::new();
    let path = ask_with(&office, &office.signer, &office.lists(), |request| {
        request.policy =
            PolicyInputs { require_explicit: true, ..PolicyInputs::default() };
    });
    let error = PolicyError::NoneLeft;
    assert_eq!(path.status, Status::Constraints(Constraint::Policy(error)));
}

#[test]
fn a_critical_extension_nobody_knows_forbids_reliance() {
    let office = Office::new();
    let signer = Draft::new("An", "CA", 20, &office.signer_key)
        .extension(sohoa::pki::Oid::new_unwrap("1.2.3.4"), true, &[5, 0])
        .issue(&office.issuing_key);
    let path = ask(&office, &signer, &office.lists());
    assert_eq!(path.status, Status::Constraints(Constraint::UnknownCritical));
}

#[test]
fn a_responder_answers_for_its_issuer_only() {
    let office = Office::new();
    let about = (&office.signer, &office.issuing);
    let answer = |say, by: (&Certificate, &Key)| {
        let evidence = Evidence {
            crls: vec![office.root_list()],
            ocsps: vec![ocsp(about, say, FRESH, by)],
        };
        ask(&office, &office.signer, &evidence)
    };
    let responder = (&office.responder, &office.responder_key);
    let path = answer(Say::Good, responder);
    assert_eq!(path.status, Status::Valid, "{:?}", path.problems);
    assert_eq!(
        path.links[0].standing.evidence[0].signer.as_ref(),
        Some(&office.responder)
    );
    assert_eq!(
        answer(Say::Good, (&office.issuing, &office.issuing_key)).status,
        Status::Valid
    );
    let revoked = answer(Say::Revoked("20251220000000Z"), responder).status;
    assert!(matches!(revoked, Status::Revoked(_)));
    let unknown = Status::RevocationUnknown(Why::UnknownToResponder);
    assert_eq!(answer(Say::Unknown, responder).status, unknown);
    // A person is no responder, nor is the responder of another authority.
    let refused = Status::RevocationUnknown(Why::NotAuthorised);
    let person = (&office.signer_p256, &office.signer_p256_key);
    assert_eq!(answer(Say::Good, person).status, refused);
    let elsewhere = Draft::new("OCSP", "Root", 9, &office.responder_key)
        .purpose(oid::OCSP_SIGNING, false)
        .issue(&office.root_key);
    assert_eq!(answer(Say::Good, (&elsewhere, &office.responder_key)).status, refused);
    // Nor one that signs with another key than its certificate's.
    assert_eq!(answer(Say::Good, (&office.responder, &office.tsa_key)).status, refused);
}

#[test]
fn an_answer_about_another_certificate_says_nothing() {
    let office = Office::new();
    let about = (&office.signer_p256, &office.issuing);
    let by = (&office.responder, &office.responder_key);
    let evidence = Evidence {
        crls: vec![office.root_list()],
        ocsps: vec![ocsp(about, Say::Good, FRESH, by)],
    };
    let path = ask(&office, &office.signer, &evidence);
    assert_eq!(path.status, Status::RevocationUnknown(Why::NoEvidence));
}

#[test]
fn cross_certificates_in_a_ring_end_the_search() {
    let office = Office::new();
    let keys = [&office.tsa_key, &office.signer_key, &office.issuing_key];
    let names = ["Vòng 1", "Vòng 2", "Vòng 3"];
    let mut pool = Vec::new();
    for serial in 0..40 {
        for (at, subject) in names.iter().enumerate() {
            for (by, issuer) in names.iter().enumerate() {
                let draft = Draft::new(subject, issuer, serial, keys[at]).authority();
                pool.push(draft.issue(keys[by]));
            }
        }
        if serial == 3 {
            break;
        }
    }
    let target = Draft::new("An", "Vòng 1", 1, &office.signer_p256_key).issue(keys[0]);
    let path = ask_among(&office, &target, &office.lists(), &pool);
    assert!(matches!(path.status, Status::NoChain(_) | Status::General(_)), "{path:?}");
    assert!(
        path.spent.steps <= 2_000 && path.spent.signatures <= 256,
        "{:?}",
        path.spent
    );
}

#[test]
fn an_anchor_itself_needs_no_chain() {
    let office = Office::new();
    let mut store = Store::default();
    store.add_anchor(&Place::default(), office.signer.clone());
    let none = Evidence::default();
    let path = path::validate(&Request::new(&office.signer, &store, &none, now()));
    assert_eq!((path.status, path.links.len()), (Status::Valid, 1));
}

#[test]
fn revocation_can_be_left_out() {
    let office = Office::new();
    let none = Evidence::default();
    let path = ask_with(&office, &office.signer, &none, |request| {
        request.check = Check::NoRevocation;
    });
    assert_eq!(path.status, Status::Valid);
    assert_eq!(path.links[0].standing.revocation, Revocation::NotAsked);
}

#[test]
fn signatures_of_openssl_hold_and_altered_ones_do_not() {
    let message = "Hồ sơ số 0001\n".as_bytes();
    let mut checked = 0;
    for line in fs::read_to_string("tests/fixtures/pki/signatures.txt").unwrap().lines() {
        let [name, key, signature] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("`{line}`")
        };
        let key =
            PublicKey::read(&mut der::Reader::new(&pem::decode(key).unwrap())).unwrap();
        let signature = pem::decode(signature).unwrap();
        let Some(scheme) = scheme(name) else { continue };
        let verify = |message: Message<'_>, signature: &[u8]| {
            scheme.verify(&key, message, signature)
        };
        let whole = Message::Whole(message);
        if name == "pss-mask-sha1" {
            assert_eq!(verify(whole, &signature), Err(SignatureError::Mismatch));
            continue;
        }
        assert_eq!(verify(whole, &signature), Ok(()), "{name}");
        if let Some(hash) = scheme.hash() {
            let digest = hash.of(message);
            assert_eq!(verify(Message::Digest(&digest), &signature), Ok(()), "{name}");
        }
        assert!(verify(Message::Whole(b"x"), &signature).is_err(), "{name}");
        for at in [0, signature.len() / 2, signature.len() - 1] {
            let mut altered = signature.clone();
            altered[at] ^= 1;
            assert!(verify(whole, &altered).is_err(), "{name} at {at}");
        }
        checked += 1;
    }
    assert_eq!(checked, 54);
}

/// The scheme that a line of the fixtures is named by.
fn scheme(name: &str) -> Option<Scheme> {
    let hash = |name: &str| {
        Some(match name.split_once('-').map_or(name, |_| name) {
            "md5" => Hash::Md5,
            "sha1" => Hash::Sha1,
            "sha224" => Hash::Sha224,
            "sha256" => Hash::Sha256,
            "sha384" => Hash::Sha384,
            "sha512" => Hash::Sha512,
            "sha512-224" => Hash::Sha512t224,
            "sha512-256" => Hash::Sha512t256,
            "sha3-256" => Hash::Sha3x256,
            "sha3-512" => Hash::Sha3x512,
            _ => return None,
        })
    };
    let pss = |hash: Hash| {
        let salt = u32::try_from(hash.length()).unwrap();
        Scheme::Pss(sohoa::pki::signature::PssParameters { hash, salt })
    };
    let (kind, rest) = name.split_once('-').unwrap_or((name, ""));
    match kind {
        "rsa" | "rsa1024" => hash(rest).map(Scheme::Pkcs1),
        "pss" if rest == "mask-sha1" => Some(pss(Hash::Sha256)),
        "pss" | "psskey" => hash(rest).map(pss),
        "ecdsa" => hash(rest.rsplit('-').next()?).map(Scheme::Ecdsa),
        "dsa" => hash(rest).map(Scheme::Dsa),
        "ed25519" => Some(Scheme::Ed25519),
        "ed448" => Some(Scheme::Ed448),
        _ => None,
    }
}

#[test]
fn parameters_of_pss_leave_no_choice() {
    let office = Office::new();
    let draft = || Draft::new("An", "CA", 20, &office.signer_key);
    let sha256 = Sign::Pss(Hash::Sha256);
    let good = Certificate::parse(&draft().sign(&office.issuing_key, sha256)).unwrap();
    assert_eq!(good.is_signed_by(office.issuing.key()), Ok(()));
    // A mask with another digest is no scheme at all.
    let mask = draft().sign(&office.issuing_key, Sign::Pss(Hash::Sha1));
    let mask = Certificate::parse(&mask).unwrap();
    assert_eq!(mask.scheme(), Scheme::BadParameters(oid::RSA_PSS));
    let path = ask(&office, &mask, &office.lists());
    assert_eq!(path.status, Status::Crypto(SignatureError::Parameters));
    // A key for PSS alone does not sign by PKCS#1 v1.5.
    let PublicKey::Rsa { modulus, exponent, negative, .. } = office.issuing.key().clone()
    else {
        panic!()
    };
    let pss = Some(sohoa::pki::key::PssKey::Any);
    let only_pss = PublicKey::Rsa { modulus, exponent, negative, pss };
    let plain = Certificate::parse(&draft().sign(&office.issuing_key, PLAIN)).unwrap();
    assert_eq!(plain.is_signed_by(&only_pss), Err(SignatureError::WrongKey));
    assert_eq!(good.is_signed_by(&only_pss), Ok(()));
}

#[test]
fn a_negative_modulus_is_read_as_it_was_meant() {
    let office = Office::new();
    // The INTEGER without the zero that makes it positive.
    let info = office.signer_key.info.clone();
    let PublicKey::Rsa { modulus, exponent, .. } = office.signer.key() else { panic!() };
    let numbers = der::sequence(&[
        &der::encode(Tag::INTEGER, modulus),
        &der::encode(Tag::INTEGER, exponent),
    ]);
    let bits = der::encode(Tag::BIT_STRING, &[&[0][..], &numbers].concat());
    let info = der::sequence(&[&authority::algorithm(oid::RSA), &bits, &info[..0]]);
    let signer = Draft::new("An", "CA", 20, &office.signer_key)
        .key_info(&info)
        .issue(&office.issuing_key);
    assert!(signer.oddities().contains(&Oddity::NegativeModulus));
    let signature = office.signer_key.sign(PLAIN, b"x");
    let scheme = Scheme::Pkcs1(Hash::Sha256);
    assert_eq!(scheme.verify(signer.key(), Message::Whole(b"x"), &signature), Ok(()));
}

#[test]
fn what_a_person_reads_of_a_certificate() {
    let office = Office::new();
    let signer = &office.signer;
    assert_eq!(signer.display_name(), "Nguyễn Thị Hồng");
    assert_eq!(signer.subject().to_string(), "CN=Nguyễn Thị Hồng, O=Sohoa Test, C=VN");
    assert_eq!((signer.key().kind(), signer.key().bits()), ("RSA", Some(2048)));
    assert_eq!(office.signer_p256.key().kind(), "P-256");
    assert!(signer.oddities().is_empty() && signer.key().weakness().is_none());
}

#[test]
fn a_folder_of_trust_is_read_by_its_rules() {
    let office = Office::new();
    let folder = std::env::temp_dir().join(format!("sohoa-trust-{}", std::process::id()));
    let inner = folder.join("neac/anchors");
    fs::create_dir_all(&inner).unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    put("root.der", office.root.der());
    put("ca.crt", office.issuing.der());
    put("ca.crl", office.list(&[]).der());
    put("notes.txt", b"not looked at");
    put("odd.pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    put("neac/anchors/signer.der", office.signer.der());
    let store = sohoa::pki::folder::open(&folder).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let anchors: Vec<(String, &str)> = store
        .anchors()
        .iter()
        .map(|anchor| (anchor.certificate.display_name(), anchor.store.as_str()))
        .collect();
    let signer = office.signer.display_name();
    assert_eq!(anchors, [(signer, "neac"), ("Root".to_owned(), "")]);
    assert_eq!(store.intermediates(), std::slice::from_ref(&office.issuing));
    assert_eq!(store.evidence().crls.len(), 1);
    let unreadable =
        store.items().iter().filter(|item| item.kind == ItemKind::Unreadable);
    assert_eq!(
        unreadable.map(|item| item.source.as_str()).collect::<Vec<_>>(),
        ["odd.pem"]
    );
}

#[test]
fn a_trusted_list_is_trusted_while_it_grants_a_service() {
    let office = Office::new();
    let list = |kind: &str, state: &str| {
        let certificate = base64(office.root.der());
        let uri = "http://uri.etsi.org/TrstSvc";
        format!(
            "<?xml version=\"1.0\"?><TrustServiceStatusList><TSPService><ServiceInformation>\
             <ServiceTypeIdentifier>{uri}/Svctype/{kind}</ServiceTypeIdentifier>\
             <ServiceDigitalIdentity><DigitalId><X509Certificate>{certificate}</X509Certificate>\
             </DigitalId></ServiceDigitalIdentity>\
             <ServiceStatus>{uri}/TrustedList/Svcstatus/{state}</ServiceStatus>\
             <StatusStartingTime>2020-01-01T00:00:00Z</StatusStartingTime>\
             </ServiceInformation></TSPService></TrustServiceStatusList>"
        )
    };
    let status = |list: String| {
        let mut store = Store::default();
        store.add(&Place::default(), list.as_bytes());
        assert_eq!(store.items()[0].kind, ItemKind::TrustedList);
        let (lists, pool) = (office.lists(), [office.issuing.clone()]);
        let mut request = Request::new(&office.signer, &store, &lists, now());
        request.pool = &pool;
        path::validate(&request).status
    };
    assert_eq!(status(list("CA/QC", "granted")), Status::Valid);
    let refused = Status::Constraints(Constraint::NotGranted);
    assert_eq!(status(list("CA/QC", "withdrawn")), refused);
    // Who stamps time does not vouch for persons.
    assert_eq!(status(list("TSA/QTST", "granted")), refused);
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let sum = group.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        let sum = sum << (8 * (3 - group.len()));
        let shifts = [18, 12, 6, 0].iter().take(group.len() + 1);
        text.extend(shifts.map(|shift| char::from(LETTERS[sum >> shift & 63])));
    }
    text
}

#[test]
fn flipped_bytes_never_panic_and_never_pass() {
    let office = Office::new();
    let list = office.list(&[(99, "20251231120000Z", 1)]);
    let by = (&office.responder, &office.responder_key);
    let answer = ocsp((&office.signer, &office.issuing), Say::Good, FRESH, by);
    let store = office.store();
    let pool = [office.issuing.clone()];
    let mut dice = Dice(1);
    for _ in 0..500 {
        let certificate = dice.alter(office.signer.der());
        if let Ok(altered) = Certificate::parse(&certificate) {
            let none = Evidence::default();
            let mut request = Request::new(&altered, &store, &none, now());
            request.pool = &pool;
            request.check = Check::NoRevocation;
            assert!(!path::validate(&request).is_valid() || altered == office.signer);
        }
        if let Ok(altered) = Crl::parse(&dice.alter(list.der())) {
            let looked_up = altered.lookup(office.issuing.subject(), &[99]);
            assert!(looked_up.is_ok() || altered != list);
            assert!(
                altered == list || altered.is_signed_by(office.issuing.key()).is_err()
            );
        }
        if let Ok(altered) = Ocsp::parse(&dice.alter(answer.der())) {
            let signed = altered.is_signed_by(office.responder.key()).is_ok();
            // Only the wrapper and the certificates beside it are unsigned.
            assert!(!signed || altered.answers().len() == 1);
        }
    }
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `end`.
    pub(crate) fn roll(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// `bytes` with one to three bytes changed, or cut, or with some twice.
    pub(crate) fn alter(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut altered = bytes.to_vec();
        match self.roll(8) {
            0 => altered.truncate(self.roll(bytes.len())),
            1 => {
                let (from, to) = (self.roll(bytes.len()), self.roll(bytes.len()));
                let piece = bytes[from.min(to)..from.max(to)].to_vec();
                let at = self.roll(bytes.len());
                altered.splice(at..at, piece);
            }
            _ => {
                for _ in 0..=self.roll(3) {
                    let at = self.roll(bytes.len());
                    altered[at] ^= u8::try_from(1 + self.roll(255)).unwrap();
                }
            }
        }
        altered
    }
}
