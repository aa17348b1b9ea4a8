//! What is fuzzed: where its seeds come from, and what is done with an input.
//!
//! A target returns a number for what happened; inputs with a new number are
//! altered further. The coarser the number, the fewer inputs are kept.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::OnceLock;

use sohoa::cms::{Content, Index, Parts, SignedData, Token, verify};
use sohoa::cos::Source;
use sohoa::pki::path::{self, Purpose, Request};
use sohoa::pki::{Certificate, Crl, Evidence, Hash, Ocsp, oid};
use sohoa::verify::beside;
use sohoa::verify::examine::{Policy, Terms, examine};
use sohoa::verify::imprint::Imprint;

use crate::authority::{
    self, Cms, FRESH, Office, PLAIN, Say, attribute, attributes, ocsp, signer, token,
};

/// One thing that reads hostile bytes.
pub(crate) struct Target {
    /// What it is called on the command line.
    pub(crate) name: &'static str,
    /// Honest inputs.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
    /// Reads an input; returns a number for what happened.
    pub(crate) run: fn(&[u8]) -> u64,
}

/// All targets.
pub(crate) const TARGETS: [Target; 9] = [
    Target { name: "certificate", seeds: certificates, run: certificate },
    Target { name: "chain", seeds: certificates, run: chain },
    Target { name: "crl", seeds: crls, run: crl },
    Target { name: "ocsp", seeds: ocsps, run: answer },
    Target { name: "cms", seeds: signed, run: cms },
    Target { name: "beside", seeds: archived, run: lying_beside },
    Target { name: "timestamp", seeds: tokens, run: timestamp },
    Target { name: "pdf", seeds: documents, run: document },
    Target { name: "changes", seeds: changes, run: change },
];

const CONTENT: &[u8] = b"content";
/// Bytes of the longest document that is altered.
const LONGEST_DOCUMENT: usize = 60_000;

/// The office all targets share.
fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(Office::new)
}

/// Its lists, on which nobody is.
fn lists() -> &'static Evidence {
    static LISTS: OnceLock<Evidence> = OnceLock::new();
    LISTS.get_or_init(|| office().lists())
}

/// The root's list, which is the first of them.
fn root_list() -> impl Iterator<Item = Crl> {
    lists().crls.iter().take(1).cloned()
}

/// A number for anything that can be told.
fn outcome(of: impl std::fmt::Debug) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{of:?}").hash(&mut hasher);
    hasher.finish()
}

/// Files of PKITS, where the corpus is there.
fn pkits(folder: &str) -> Vec<Vec<u8>> {
    below(&Path::new(&corpus()).join("pkits").join(folder))
}

/// Where the corpus is, or would be.
fn corpus() -> String {
    std::env::var("SOHOA_CORPUS").unwrap_or_else(|_| "../shared/corpus".to_owned())
}

/// All files below a folder, in the order of their paths.
fn below(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let files = |path: &std::path::PathBuf| match path.is_dir() {
        true => below(path),
        false => vec![fs::read(path).unwrap()],
    };
    paths.iter().flat_map(files).collect()
}

/// Signed files of the corpus that are small enough to be altered often.
fn documents() -> Vec<Vec<u8>> {
    let mut files = below(&Path::new(&corpus()).join("signed"));
    files.retain(|file| file.starts_with(b"%PDF-") && file.len() <= LONGEST_DOCUMENT);
    files
}

/// A document as a verifier meets it: both readings, changes, verdict.
fn document(bytes: &[u8]) -> u64 {
    let (store, at) = (office().store(), authority::now());
    let terms =
        Terms { trust: &store, at, policy: Policy::default(), password: Some("x") };
    match examine(Source::held(bytes.to_vec()), &terms) {
        Err(error) => outcome(error),
        Ok(report) => outcome(
            report
                .signatures
                .iter()
                .map(|one| (&one.verdict, one.level, one.changes.len()))
                .collect::<Vec<_>>(),
        ),
    }
}

/// The last revision of each document that has several, behind the number of
/// the document.
fn changes() -> Vec<Vec<u8>> {
    let cut = |(number, file): (u8, &Vec<u8>)| {
        let tail = file.get(last_revision(file)?..)?;
        Some([&[number], tail].concat())
    };
    (0_u8..=255).zip(&documents()).filter_map(cut).collect()
}

/// Where the last revision begins: behind the end mark before the last.
fn last_revision(file: &[u8]) -> Option<usize> {
    let marks = file.windows(5).enumerate().filter(|(_, bytes)| *bytes == b"%%EOF");
    let ends: Vec<usize> = marks.map(|(at, _)| at + 5).collect();
    ends.iter().rev().nth(1).copied()
}

/// A sound document under an altered last revision.
fn change(bytes: &[u8]) -> u64 {
    static DOCUMENTS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    let documents = DOCUMENTS.get_or_init(documents);
    let Some((number, tail)) = bytes.split_first() else { return 0 };
    let Some(file) = documents.get(usize::from(*number)) else { return 0 };
    let end = last_revision(file).unwrap_or(file.len());
    document(&[file.get(..end).unwrap_or_default(), tail].concat())
}

fn certificates() -> Vec<Vec<u8>> {
    let office = office();
    let own = [&office.root, &office.issuing, &office.signer_p256, &office.tsa];
    own.iter().map(|own| own.der().to_vec()).chain(pkits("certs")).collect()
}

fn crls() -> Vec<Vec<u8>> {
    let own = office().list(&[(10, "20251231120000Z", 1), (11, "20251231120000Z", 6)]);
    std::iter::once(own.der().to_vec()).chain(pkits("crls")).collect()
}

fn ocsps() -> Vec<Vec<u8>> {
    let office = office();
    let about = (&office.signer, &office.issuing);
    let by = (&office.responder, &office.responder_key);
    let says = [Say::Good, Say::Revoked("20251220000000Z"), Say::Unknown];
    says.map(|say| ocsp(about, say, FRESH, by).der().to_vec()).to_vec()
}

fn signed() -> Vec<Vec<u8>> {
    let office = office();
    let stamp = |signature: &[u8]| {
        let imprint = Hash::Sha256.of(signature);
        attribute(
            oid::SIGNATURE_TIME_STAMP,
            &token(&imprint, "20260101000000Z", &office.tsa, &office.tsa_key),
        )
    };
    let signers = [
        (&office.signer, &office.signer_key),
        (&office.signer_p256, &office.signer_p256_key),
    ];
    let make = |(certificate, key)| {
        let attributes = attributes(oid::DATA, CONTENT, certificate);
        let unsigned = [stamp(b"signature")];
        Cms::new(oid::DATA, None)
            .with(certificate)
            .with(&office.issuing)
            .signed(signer(certificate, (key, PLAIN), attributes, &unsigned))
            .bytes()
    };
    signers.map(make).to_vec()
}

/// Signatures with archive time-stamps over them, as they lie beside their file.
fn archived() -> Vec<Vec<u8>> {
    let office = office();
    let archive = |bytes: Vec<u8>| {
        let mut parts = Parts::parse(&bytes).unwrap();
        let list = root_list().next().unwrap();
        parts.add_list(list.der());
        let signer = parts.signers.first().unwrap();
        let index = Index::of(Hash::Sha256, &parts, signer).unwrap();
        let content = Hash::Sha256.of(CONTENT);
        let imprint = index.imprint(&parts, signer, &content).unwrap();
        let stamp = token(&imprint, "20260101000000Z", &office.tsa, &office.tsa_key);
        let mut stamp = Parts::parse(&stamp).unwrap();
        stamp.signers.first_mut().unwrap().add(oid::ATS_HASH_INDEX_V3, index.der());
        let stamp = stamp.der();
        let signer = parts.signers.first_mut().unwrap();
        signer.add(oid::ARCHIVE_TIME_STAMP_V3, &stamp);
        parts.der()
    };
    signed().into_iter().map(archive).collect()
}

/// A signature as a verifier meets it beside its file: parts, time-stamps, verdict.
fn lying_beside(bytes: &[u8]) -> u64 {
    let signature = match beside::read(bytes) {
        Err(error) => return outcome(error),
        Ok(signature) => signature,
    };
    let (store, at) = (office().store(), authority::now());
    let terms = Terms { trust: &store, at, policy: Policy::default(), password: None };
    let source = Source::held(CONTENT.to_vec());
    let imprint = Imprint::whole(&source);
    match beside::examine(&signature, Some(&imprint), &terms) {
        Err(error) => outcome(error.to_string()),
        Ok(report) => {
            let judged = report.signatures.iter();
            outcome(judged.map(|one| (&one.verdict, one.level)).collect::<Vec<_>>())
        }
    }
}

fn tokens() -> Vec<Vec<u8>> {
    let office = office();
    let imprint = Hash::Sha256.of(CONTENT);
    vec![token(&imprint, "20260101000000.5Z", &office.tsa, &office.tsa_key)]
}

fn certificate(bytes: &[u8]) -> u64 {
    match Certificate::parse(bytes) {
        Err(error) => outcome(error),
        Ok(read) => outcome((
            read.oddities(),
            read.key().kind(),
            read.key().bits(),
            &read.extensions().present,
            &read.extensions().damaged,
            read.is_self_signed(),
            read.subject().to_string().len(),
        )),
    }
}

/// The input as target, as authority, and as root.
fn chain(bytes: &[u8]) -> u64 {
    let office = office();
    let Ok(read) = Certificate::parse(bytes) else { return 0 };
    let mut store = office.store();
    let place = sohoa::pki::store::Place::default();
    let pool = [office.issuing.clone(), read.clone()];
    let ask = |target: &Certificate, store: &sohoa::pki::Store| {
        let mut request = Request::new(target, store, lists(), authority::now());
        request.pool = &pool;
        request.purpose = Purpose::Any;
        path::validate(&request).status
    };
    let first = ask(&read, &store);
    store.add_anchor(&place, read.clone());
    outcome((first, ask(&office.signer, &store)))
}

fn crl(bytes: &[u8]) -> u64 {
    let office = office();
    match Crl::parse(bytes) {
        Err(error) => outcome(error),
        Ok(read) => {
            let listed = read.lookup(office.issuing.subject(), &[10]);
            let evidence = Evidence {
                crls: root_list().chain([read.clone()]).collect(),
                ocsps: vec![],
            };
            let status = judged(&evidence);
            outcome((
                listed,
                status,
                &read.extensions().present,
                &read.extensions().damaged,
            ))
        }
    }
}

fn answer(bytes: &[u8]) -> u64 {
    match Ocsp::parse(bytes) {
        Err(error) => outcome(error),
        Ok(read) => {
            let count = (read.answers().len(), read.certificates().len());
            let evidence = Evidence { crls: root_list().collect(), ocsps: vec![read] };
            outcome((count, judged(&evidence)))
        }
    }
}

/// What is found about the signer with this evidence.
fn judged(evidence: &Evidence) -> path::Status {
    let office = office();
    let store = office.store();
    let pool = [office.issuing.clone()];
    let mut request = Request::new(&office.signer, &store, evidence, authority::now());
    request.pool = &pool;
    path::validate(&request).status
}

fn cms(bytes: &[u8]) -> u64 {
    let signed = match SignedData::parse(bytes) {
        Err(error) => return outcome(error),
        Ok(signed) => signed,
    };
    let digest = |hash: Hash| hash.of(CONTENT);
    let mut found = Vec::new();
    for signer in &signed.signers {
        let certificate = signer.certificate(&signed.certificates);
        let certificate = certificate.unwrap_or(&office().signer);
        let facts = verify(&signed, signer, Content::Detached(&digest), certificate);
        let stamps = signer.unsigned.signature_time_stamps.iter();
        let stamps: Vec<bool> = stamps.map(|stamp| Token::parse(stamp).is_ok()).collect();
        found.push((facts.signature, facts.content_type, facts.reference, stamps));
    }
    outcome((found, signed.trailing, signed.is_der, signed.certificates.len()))
}

fn timestamp(bytes: &[u8]) -> u64 {
    match Token::parse(bytes) {
        Err(error) => outcome(error),
        Ok(token) => {
            let facts = token.verify(&|hash: Hash| hash.of(CONTENT), &[]);
            outcome((facts.imprint, facts.unfit, facts.signers, token.info.accuracy))
        }
    }
}
