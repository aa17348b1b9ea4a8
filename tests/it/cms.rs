//! Signed data and time-stamps: what was signed, by which key, and what does
//! not hold.
#![expect(clippy::indexing_slicing, reason = "a test that panics is a test that fails")]

use crate::authority::{
    self, Cms, FRESH, Office, PLAIN, Sign, attribute, attributes, ocsp, reference,
    signer, signer_with, token,
};
use crate::pki::Dice;
use sohoa::cms::integrity::{AlgorithmFact, ContentTypeFact, DigestFact, ReferenceFact};
use sohoa::cms::timestamp::ImprintFact;
use sohoa::cms::{
    CmsError, Content, Integrity, SignedData, Token, Trailing, legacy, verify,
};
use sohoa::pki::der::{self, Tag};
use sohoa::pki::path::Constraint;
use sohoa::pki::{Certificate, Hash, Malformed, SignatureError, oid};

const CONTENT: &[u8] = "Quyết định số 01/QĐ-UBND".as_bytes();

fn digest(hash: Hash) -> Vec<u8> {
    hash.of(CONTENT)
}

/// A detached signature of the office's signer with these attributes.
fn detached(office: &Office, attributes: Vec<Vec<u8>>) -> Vec<u8> {
    Cms::new(oid::DATA, None)
        .with(&office.signer)
        .signed(signer(&office.signer, (&office.signer_key, PLAIN), attributes, &[]))
        .bytes()
}

fn usual(office: &Office) -> Vec<Vec<u8>> {
    attributes(oid::DATA, CONTENT, &office.signer)
}

/// What is found about the first signer.
fn facts(bytes: &[u8], certificate: &Certificate) -> Integrity {
    let signed = SignedData::parse(bytes).unwrap();
    verify(&signed, &signed.signers[0], Content::Detached(&digest), certificate)
}

#[test]
fn a_signature_over_the_content_is_intact() {
    let office = Office::new();
    let bytes = detached(&office, usual(&office));
    let signed = SignedData::parse(&bytes).unwrap();
    assert!(signed.is_der && signed.content.is_none());
    assert_eq!((signed.trailing, signed.length), (Trailing::None, bytes.len()));
    let own = signed.signers[0].certificate(&signed.certificates);
    assert_eq!(own, Some(&office.signer));
    let facts = facts(&bytes, &office.signer);
    assert!(facts.is_intact(), "{facts:?}");
    assert_eq!(facts.digest, DigestFact::Matches);
    assert_eq!(facts.algorithms, AlgorithmFact::Agree);
    assert_eq!(facts.reference, ReferenceFact::Matches);
    assert_eq!(facts.signature_as_stored, None);
}

#[test]
fn every_kind_of_key_signs() {
    let office = Office::new();
    let signers = [
        (&office.signer, &office.signer_key, Sign::Pss(Hash::Sha256)),
        (&office.signer_p256, &office.signer_p256_key, PLAIN),
    ];
    for (certificate, key, sign) in signers {
        let attributes = attributes(oid::DATA, CONTENT, certificate);
        let bytes = Cms::new(oid::DATA, None)
            .signed(signer(certificate, (key, sign), attributes, &[]))
            .bytes();
        assert!(facts(&bytes, certificate).is_intact());
    }
}

#[test]
fn another_content_or_another_key_is_told_apart() {
    let office = Office::new();
    let bytes = detached(&office, attributes(oid::DATA, b"khac", &office.signer));
    let other = facts(&bytes, &office.signer);
    assert!(matches!(other.digest, DigestFact::Differs { .. }));
    assert_eq!(other.signature, Ok(()));
    assert!(!other.is_intact());
    let bytes = detached(&office, usual(&office));
    let other = facts(&bytes, &office.tsa);
    assert_eq!(other.signature, Err(SignatureError::Mismatch));
    assert_eq!(other.reference, ReferenceFact::Differs);
    assert!(!other.named && other.digest == DigestFact::Matches);
}

#[test]
fn a_reference_to_another_certificate_is_told() {
    let office = Office::new();
    let mut list = usual(&office);
    list[2] = attribute(oid::SIGNING_CERTIFICATE_V2, &reference(&office.tsa));
    let found = facts(&detached(&office, list), &office.signer);
    assert_eq!(found.reference, ReferenceFact::Differs);
    let found = facts(&detached(&office, usual(&office)[..2].to_vec()), &office.signer);
    assert_eq!(found.reference, ReferenceFact::Missing);
}

#[test]
fn attributes_out_of_order_are_checked_both_ways() {
    let office = Office::new();
    let mut parts = usual(&office);
    parts.sort();
    parts.reverse();
    let stored = der::encode(Tag::SET, &parts.concat());
    let made = |over: &[u8]| {
        let signature = office.signer_key.sign(PLAIN, over);
        let scheme = office.signer_key.scheme(PLAIN);
        let signer = signer_with(&office.signer, &scheme, (&stored, &signature), &[]);
        let bytes = Cms::new(oid::DATA, None).signed(signer).bytes();
        facts(&bytes, &office.signer)
    };
    // Signed as RFC 5652, 5.4, wants, though stored otherwise.
    let as_der = made(&der::to_der(&stored).unwrap());
    assert_eq!(as_der.signature, Ok(()));
    assert_eq!(as_der.signature_as_stored, Some(Err(SignatureError::Mismatch)));
    // Signed as it stands, which is not what should be signed.
    let as_stored = made(&stored);
    assert_eq!(as_stored.signature, Err(SignatureError::Mismatch));
    assert_eq!(as_stored.signature_as_stored, Some(Ok(())));
    assert!(!as_stored.is_intact());
}

#[test]
fn more_signers_and_content_within_are_seen() {
    let office = Office::new();
    let make =
        || signer(&office.signer, (&office.signer_key, PLAIN), usual(&office), &[]);
    let other = signer(
        &office.signer_p256,
        (&office.signer_p256_key, PLAIN),
        usual(&office),
        &[],
    );
    let bytes =
        Cms::new(oid::DATA, Some(CONTENT.to_vec())).signed(make()).signed(other).bytes();
    let signed = SignedData::parse(&bytes).unwrap();
    assert_eq!(signed.signers.len(), 2);
    assert_eq!(signed.content.as_deref(), Some(CONTENT));
}

#[test]
fn what_the_signer_says_is_read() {
    let office = Office::new();
    let mut list = usual(&office);
    list.push(attribute(
        oid::SIGNING_TIME,
        &der::encode(Tag::UTC_TIME, b"260101000000Z"),
    ));
    list.push(attribute(
        oid::SIGNING_TIME,
        &der::encode(Tag::UTC_TIME, b"260102000000Z"),
    ));
    let commitment = der::sequence(&[&der::encode_oid(oid::DATA)]);
    list.push(attribute(oid::COMMITMENT_TYPE, &commitment));
    let by = (&office.responder, &office.responder_key);
    let answer = ocsp((&office.signer, &office.issuing), authority::Say::Good, FRESH, by);
    let crls = der::encode(Tag::context(0), &der::sequence(&[office.list(&[]).der()]));
    let ocsps = der::encode(Tag::context(1), &der::sequence(&[answer.der()]));
    list.push(attribute(oid::ADOBE_REVOCATION, &der::sequence(&[&crls, &ocsps])));
    list.push(attribute(oid::SIGNATURE_POLICY, &[2, 1, 1]));
    let bytes = detached(&office, list);
    let signed = SignedData::parse(&bytes).unwrap();
    let own = signed.signers[0].signed_attributes().unwrap();
    assert_eq!(own.duplicates, [oid::SIGNING_TIME]);
    assert_eq!(own.damaged, [oid::SIGNATURE_POLICY]);
    assert_eq!(own.commitments, [oid::DATA]);
    assert_eq!(own.adobe_revocation.ocsps, [answer]);
    assert_eq!(own.adobe_revocation.crls, [office.list(&[])]);
    assert!(own.not_in_pades().any(|kind| kind == oid::SIGNING_TIME));
}

#[test]
fn what_stands_behind_signed_data_is_told() {
    let office = Office::new();
    let bytes = detached(&office, usual(&office));
    let with = |tail: &[u8]| {
        let all = [&bytes[..], tail].concat();
        SignedData::parse(&all).unwrap().trailing
    };
    assert_eq!(with(&[0; 7]), Trailing::Zeros(7));
    assert_eq!(with(&[0, 0, 1]), Trailing::Other(bytes.len() + 2));
}

#[test]
fn basic_encoding_is_read_and_flagged() {
    let office = Office::new();
    let bytes = detached(&office, usual(&office));
    let signed = der::whole(&bytes).unwrap();
    // The outermost lengths left open, as streaming writers do.
    let mut info = signed.reader();
    let kind = info.any().unwrap().raw;
    let inner = info.any().unwrap().value;
    let content = der::whole(inner).unwrap().value;
    let open =
        [&[0x30, 0x80][..], kind, &[0xa0, 0x80, 0x30, 0x80], content, &[0; 6]].concat();
    let found = SignedData::parse(&open).unwrap();
    assert!(!found.is_der);
    assert_eq!((found.length, found.trailing), (open.len(), Trailing::None));
    assert!(facts(&open, &office.signer).is_intact());
}

#[test]
fn a_content_type_that_differs_is_not_intact() {
    let office = Office::new();
    let list = attributes(oid::TST_INFO, CONTENT, &office.signer);
    let found = facts(&detached(&office, list), &office.signer);
    assert_eq!(found.content_type, ContentTypeFact::Differs);
    assert!(!found.is_intact());
}

#[test]
fn without_attributes_the_content_itself_is_signed() {
    let office = Office::new();
    let scheme = office.signer_key.scheme(PLAIN);
    let signature = office.signer_key.sign(PLAIN, CONTENT);
    let id = der::sequence(&[
        office.signer.issuer().der(),
        &der::encode(Tag::INTEGER, office.signer.serial()),
    ]);
    let bare = der::sequence(&[
        &der::encode(Tag::INTEGER, &[1]),
        &id,
        &authority::algorithm(oid::SHA256),
        &scheme,
        &der::encode(Tag::OCTET_STRING, &signature),
    ]);
    let bytes = Cms::new(oid::DATA, None).signed(bare).bytes();
    let found = facts(&bytes, &office.signer);
    assert_eq!(found.digest, DigestFact::Signed);
    assert!(found.is_intact());
}

#[test]
fn the_two_oldest_forms_are_read() {
    let office = Office::new();
    let inner = Hash::Sha1.of(CONTENT);
    let list = attributes(oid::DATA, &inner, &office.signer);
    let bytes = Cms::new(oid::DATA, Some(inner))
        .signed(signer(&office.signer, (&office.signer_key, PLAIN), list, &[]))
        .bytes();
    let signed = SignedData::parse(&bytes).unwrap();
    let found = legacy::pkcs7_sha1(&signed, &signed.signers[0], &digest, &office.signer);
    assert!(found.content_matches && found.integrity.is_intact());

    let bare = office.signer_key.sign(Sign::Plain(Hash::Sha1), CONTENT);
    let contents = der::encode(Tag::OCTET_STRING, &bare);
    assert_eq!(legacy::rsa_sha1(&contents, &digest, &office.signer), Ok(Ok(Hash::Sha1)));
    let other = legacy::rsa_sha1(&contents, &digest, &office.tsa);
    assert_eq!(other, Ok(Err(SignatureError::Mismatch)));
}

#[test]
fn a_token_proves_its_time_over_its_imprint() {
    let office = Office::new();
    let bytes =
        token(&digest(Hash::Sha256), "20260101000000.283Z", &office.tsa, &office.tsa_key);
    let token = Token::parse(&bytes).unwrap();
    assert_eq!(token.info.time, authority::now());
    assert_eq!(token.info.accuracy, Some(1_000_000));
    let found = token.verify(&digest, &[]);
    assert!(found.is_intact(), "{found:?}");
    assert_eq!((found.unfit, found.name_agrees), (None, true));
    assert_eq!(found.certificate.as_ref(), Some(&office.tsa));
    let other = token.verify(&|hash| hash.of(b"khac"), &[]);
    assert_eq!(other.imprint, ImprintFact::Differs);
    assert!(!other.is_intact());
}

#[test]
fn a_person_cannot_stamp_time() {
    let office = Office::new();
    let bytes = token(
        &digest(Hash::Sha256),
        "20260101000000Z",
        &office.signer,
        &office.signer_key,
    );
    let found = Token::parse(&bytes).unwrap().verify(&digest, &[]);
    assert_eq!(found.unfit, Some(Constraint::ExtendedKeyUsage));
}

#[test]
fn what_is_no_signed_data_says_so() {
    let office = Office::new();
    let other = der::sequence(&[&der::encode_oid(oid::DATA)]);
    assert_eq!(SignedData::parse(&other).err(), Some(CmsError::NotSignedData));
    let bytes = detached(&office, usual(&office));
    assert_eq!(Token::parse(&bytes).err(), Some(CmsError::NotAToken));
    let cut = SignedData::parse(&bytes[..bytes.len() - 1]).err();
    assert_eq!(cut, Some(CmsError::Malformed(Malformed::Ends)));
}

#[test]
fn flipped_bytes_never_panic() {
    let office = Office::new();
    let unsigned = [attribute(
        oid::SIGNATURE_TIME_STAMP,
        &token(&digest(Hash::Sha256), "20260101000000Z", &office.tsa, &office.tsa_key),
    )];
    let made =
        signer(&office.signer, (&office.signer_key, PLAIN), usual(&office), &unsigned);
    let bytes = Cms::new(oid::DATA, None).with(&office.signer).signed(made).bytes();
    let mut dice = Dice(2);
    for _ in 0..500 {
        let altered = dice.alter(&bytes);
        let rewritten = der::to_der(&altered).is_ok_and(|der| der == altered);
        assert_eq!(der::is_der(&altered), rewritten);
        let Ok(signed) = SignedData::parse(&altered) else { continue };
        for signer in &signed.signers {
            let certificate = signer.certificate(&signed.certificates);
            let certificate = certificate.unwrap_or(&office.signer);
            let found = verify(&signed, signer, Content::Detached(&digest), certificate);
            let signed = signer.signed.as_ref().map(|signed| &signed.attributes);
            let digest = signed.and_then(|signed| signed.message_digest.clone());
            assert!(
                !found.is_intact()
                    || digest == Some(Hash::Sha256.of(CONTENT))
                    || digest.is_none()
            );
            for stamp in &signer.unsigned.signature_time_stamps {
                if let Ok(token) = Token::parse(stamp) {
                    let hash = |hash: Hash| hash.of(&signer.signature);
                    assert_ne!(token.verify(&hash, &[]).imprint, ImprintFact::Matches);
                }
            }
        }
    }
}
