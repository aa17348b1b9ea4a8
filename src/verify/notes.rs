//! Findings about files and signatures: stable codes and their sentences.

mod chain;

use crate::cms::Trailing;
use crate::cms::attributes::SignaturePolicy;
use crate::cms::integrity::{
    AlgorithmFact, ContentTypeFact, DigestFact, Integrity, ReferenceFact,
};
use crate::cms::timestamp::ImprintFact;
use crate::cos::CosError;
use crate::finding::{Finding, Weight};
use crate::pki::{Hash, Oid, SignatureError, oid};
use crate::say::{self, Sentence, Tell as _};
use crate::time::Timestamp;
use crate::verify::agreement::Oddity;
use crate::verify::change::Kind;
use crate::verify::claim::RangeFault;
pub(crate) use crate::verify::notes::chain::{
    chain, responders, stamp_untrusted, weak_link,
};
use crate::verify::rights::{Effect, Weighed};
use crate::verify::signature::{Facts, Format, Proof, Signed, Stamp};

/// Seconds by which local time marked as universal is wrong in Vietnam.
pub(crate) const SEVEN_HOURS: i64 = 7 * 3600;
/// Seconds by which two clocks may differ.
pub(crate) const SLACK: i64 = 1800;

fn said(code: &str, weight: Weight, sentence: Sentence) -> Finding {
    Finding::new(code, weight, sentence)
}

pub(crate) fn chain_broken(error: &CosError) -> Finding {
    Finding::new("file.chain-broken", Weight::NeedsPerson, |lang| {
        say::verify::chain_broken(lang, error.tell(lang))
    })
}

pub(crate) fn sealed(foreign: bool) -> Finding {
    if foreign {
        said("file.sealed-for-recipients", Weight::Warning, say::verify::sealed_foreign)
    } else {
        said("file.sealed", Weight::Warning, say::verify::sealed)
    }
}

pub(crate) fn too_many(most: usize) -> Finding {
    Finding::new("signature.too-many", Weight::NeedsPerson, |lang| {
        say::verify::too_many_signatures(lang, most)
    })
}

pub(crate) fn none() -> Finding {
    said("signature.none", Weight::Warning, say::verify::no_signature)
}

pub(crate) fn oddity(oddity: &Oddity) -> Finding {
    placed(oddity, Weight::Note)
}

pub(crate) fn breaking_oddity(oddity: &Oddity) -> Finding {
    placed(oddity, Weight::NeedsPerson)
}

fn placed(oddity: &Oddity, weight: Weight) -> Finding {
    let code = match oddity {
        Oddity::Before { .. } => "file.before-header",
        Oddity::After(_) => "file.after-end",
        Oddity::Junk(_) => "file.junk",
        Oddity::Unlisted { .. } => "file.unlisted-object",
        Oddity::Misplaced { hidden: false, .. } => "file.misplaced-object",
        Oddity::Misplaced { hidden: true, .. } => "file.hidden-object",
        Oddity::Ahead { .. } => "file.entry-ahead",
        Oddity::Disputed { .. } => "file.disputed-object",
        Oddity::Unmarked { .. } => "file.unmarked-revision",
        Oddity::Unsound { .. } => "file.unsound-object",
    };
    Finding::new(code, weight, |lang| oddity.told(lang))
}

/// What a signature's own facts give rise to.
pub(crate) fn of(facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.claim.removed {
        found.push(said("signature.removed", Weight::NeedsPerson, say::verify::removed));
    }
    if facts.claim.holders > 1 {
        found.push(said("signature.shared", Weight::Warning, say::verify::shared));
    }
    match &facts.proof {
        Proof::NoRange(fault) => found.push(range(*fault)),
        Proof::Unreadable => {
            found.push(said(
                "cms.unreadable",
                Weight::NeedsPerson,
                say::verify::unreadable,
            ));
        }
        Proof::Bare { result, .. } => {
            found.extend(result.err().map(signature_error));
            found.push(said("format.legacy", Weight::Warning, say::verify::legacy));
        }
        Proof::Stamped(stamp) => found.extend(stamped(stamp)),
        Proof::Signed(_) => found.extend(signed(facts)),
    }
    found
}

fn range(fault: RangeFault) -> Finding {
    let (code, sentence): (&str, Sentence) = match fault {
        RangeFault::NoDictionary => {
            ("range.no-dictionary", say::verify::range_no_dictionary)
        }
        RangeFault::Missing => ("range.missing", say::verify::range_missing),
        RangeFault::NotFour => ("range.not-four-numbers", say::verify::range_not_four),
        RangeFault::LateStart => ("range.late-start", say::verify::range_late_start),
        RangeFault::Overlap => ("range.overlap", say::verify::range_overlap),
        RangeFault::BeyondFile => ("range.beyond-file", say::verify::range_beyond),
        RangeFault::NoContents => ("range.no-contents", say::verify::range_no_contents),
        RangeFault::Twice => ("range.key-twice", say::verify::range_twice),
        RangeFault::HoleNotContents => ("range.hole", say::verify::range_hole),
        RangeFault::Outside => ("range.outside", say::verify::range_outside),
        RangeFault::NoRevision => {
            ("SIGNATURE_REVISION_NOT_FOUND", say::verify::range_no_revision)
        }
        RangeFault::Rewritten => ("SIGNATURE_MODIFIED", say::verify::range_rewritten),
    };
    said(code, Weight::NeedsPerson, sentence)
}

fn signature_error(error: SignatureError) -> Finding {
    match error {
        SignatureError::Unsupported => said(
            "cms.unknown-algorithm",
            Weight::NeedsPerson,
            say::verify::unknown_algorithm,
        ),
        SignatureError::Parameters => {
            said("cms.parameters", Weight::NeedsPerson, say::verify::odd_parameters)
        }
        SignatureError::Mismatch | SignatureError::WrongKey | SignatureError::Key => {
            said("cms.signature", Weight::NeedsPerson, say::verify::bad_signature)
        }
    }
}

fn stamped(stamp: &Stamp) -> Vec<Finding> {
    let mut found = Vec::new();
    let facts = &stamp.facts;
    match facts.imprint {
        ImprintFact::Matches => {}
        ImprintFact::Differs => {
            found.push(said(
                "stamp.imprint",
                Weight::NeedsPerson,
                say::verify::bad_imprint,
            ));
        }
        ImprintFact::Unsupported(_) => found.push(said(
            "cms.unknown-algorithm",
            Weight::NeedsPerson,
            say::verify::unknown_algorithm,
        )),
    }
    match &facts.integrity {
        None => found.push(said(
            "cms.no-certificate",
            Weight::Warning,
            say::verify::no_certificate,
        )),
        Some(integrity) => {
            if let Err(error) = integrity.signature {
                found.push(signature_error(error));
            }
        }
    }
    if facts.unfit.is_some() || !facts.name_agrees {
        found.push(said("stamp.unfit", Weight::Warning, say::verify::stamp_unfit));
    }
    found
}

fn signed(facts: &Facts) -> Vec<Finding> {
    let Proof::Signed(signed) = &facts.proof else { return Vec::new() };
    let mut found = form(facts, signed);
    let archived = signed.archived.iter().map(|archived| &archived.stamp);
    for stamp in signed.stamps.iter().chain(archived) {
        if stamp.facts.imprint != ImprintFact::Matches {
            found.push(said("stamp.imprint", Weight::Warning, say::verify::bad_imprint));
        } else if !stamp.facts.is_intact() {
            found.push(said("stamp.broken", Weight::Warning, say::verify::stamp_broken));
        }
    }
    match &signed.integrity {
        None => {
            found.push(said(
                "cms.no-certificate",
                Weight::Warning,
                say::verify::no_certificate,
            ));
        }
        Some(integrity) => {
            found.extend(digest(signed, integrity));
            found.extend(reference(facts, integrity));
            found.extend(integrity.signature.err().map(signature_error));
        }
    }
    found
}

/// How the signed data are written.
fn form(facts: &Facts, signed: &Signed) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add =
        |code: &str, weight, sentence: Sentence| found.push(said(code, weight, sentence));
    if signed.data.signers.len() != 1 {
        add("cms.signers", Weight::NeedsPerson, say::verify::many_signers);
    }
    if facts.format == Format::Enclosed {
        add("cms.content-enclosed", Weight::Note, say::verify::content_enclosed);
    } else if signed.data.content.is_some() && facts.format != Format::Pkcs7Sha1 {
        add("cms.content-inside", Weight::NeedsPerson, say::verify::content_inside);
    }
    if !signed.data.is_der {
        add("cms.not-der", Weight::Note, say::verify::not_der);
    }
    if matches!(signed.data.trailing, Trailing::Other(_)) {
        add("cms.trailing", Weight::Warning, say::verify::trailing);
    }
    if facts.format == Format::Other {
        add("format.unknown", Weight::Warning, say::verify::unknown_format);
    }
    if facts.claim.id.is_some() && !facts.has_filter() {
        add("format.no-filter", Weight::Note, say::verify::no_filter);
    }
    if facts.cert_key && facts.format == Format::Cades {
        add("cms.cert-key", Weight::Note, say::verify::cert_key);
    }
    if facts.signing_time().is_some() && facts.format == Format::Cades {
        add("cms.signing-time", Weight::Note, say::verify::signing_time_attribute);
    }
    if facts.format == Format::Cades && facts.reasons_twice() {
        add("cms.reason-twice", Weight::Note, say::verify::reason_twice);
    }
    if matches!(facts.format, Format::Pkcs7Sha1 | Format::Pkcs7) {
        add("format.legacy", Weight::Note, say::verify::legacy);
    }
    if signed.bad_stamps > 0 {
        add("stamp.unreadable", Weight::Warning, say::verify::stamp_unreadable);
    }
    found.extend(attributes(facts, signed));
    found
}

/// Which attributes there are that should not be, and which stand more than once.
fn attributes(facts: &Facts, signed: &Signed) -> Vec<Finding> {
    let listed = |kinds: &[Oid]| {
        let kinds: Vec<String> = kinds.iter().map(Oid::to_string).collect();
        kinds.join(", ")
    };
    let mut found = Vec::new();
    let signer = signed.data.signers.first();
    let own = signer.and_then(|signer| signer.signed_attributes());
    if let Some(own) = own.filter(|own| !own.duplicates.is_empty()) {
        found.push(Finding::new("cms.attribute-twice", Weight::NeedsPerson, |lang| {
            say::verify::attribute_twice(lang, listed(&own.duplicates))
        }));
    }
    // EN 319 102-1, 5.2.4: this program judges by its own policy, not by a signer's.
    if let Some(SignaturePolicy::Named { policy, .. }) =
        own.and_then(|own| own.policy.as_ref())
    {
        found.push(Finding::new("cms.policy-named", Weight::Note, |lang| {
            say::verify::policy_named(lang, policy)
        }));
    }
    let mut odd = facts.not_in_pades();
    // That one is told by itself.
    odd.retain(|kind| *kind != oid::SIGNING_TIME);
    if facts.format == Format::Cades && !odd.is_empty() {
        found.push(Finding::new("cms.not-in-pades", Weight::Note, |lang| {
            say::verify::not_in_pades(lang, listed(&odd))
        }));
    }
    found
}

/// Whether what was signed is what is there.
fn digest(signed: &Signed, integrity: &Integrity) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut add = |code: &str, sentence: Sentence| {
        found.push(said(code, Weight::NeedsPerson, sentence));
    };
    match &integrity.digest {
        DigestFact::Matches | DigestFact::Signed if signed.content_matches => {}
        DigestFact::Unsupported(_) => {
            add("cms.unknown-algorithm", say::verify::unknown_algorithm);
        }
        DigestFact::Matches
        | DigestFact::Signed
        | DigestFact::Differs { .. }
        | DigestFact::Missing
        | DigestFact::NoContent => add("cms.digest", say::verify::bad_digest),
    }
    if matches!(integrity.signature_as_stored, Some(Ok(())))
        && integrity.signature.is_err()
    {
        add("cms.attributes-not-der", say::verify::attributes_not_der);
    }
    match integrity.content_type {
        ContentTypeFact::Matches | ContentTypeFact::NotNeeded => {}
        ContentTypeFact::Differs => add("cms.content-type", say::verify::content_type),
        ContentTypeFact::Missing => {
            add("cms.content-type", say::verify::no_content_type);
        }
    }
    // They are put in order to be checked (RFC 5652, 5.4); not all programs do.
    if integrity.signature_as_stored.is_some() && integrity.signature.is_ok() {
        let sentence = say::verify::attributes_not_der;
        found.push(said("cms.attributes-not-der", Weight::Note, sentence));
    }
    found
}

/// Whether the signature names its certificate and its algorithms rightly.
fn reference(facts: &Facts, integrity: &Integrity) -> Vec<Finding> {
    let mut found = Vec::new();
    match integrity.reference {
        ReferenceFact::Missing if facts.format == Format::Cades => found.push(said(
            "cms.reference-missing",
            Weight::Warning,
            say::verify::reference_missing,
        )),
        ReferenceFact::Matches | ReferenceFact::Missing => {}
        ReferenceFact::Differs
        | ReferenceFact::IssuerSerialDiffers
        | ReferenceFact::Unsupported(_) => found.push(said(
            "cms.reference-differs",
            Weight::NeedsPerson,
            say::verify::reference_differs,
        )),
    }
    match integrity.algorithms {
        AlgorithmFact::Agree => {}
        AlgorithmFact::NotAnnounced => found.push(said(
            "cms.digest-not-announced",
            Weight::Note,
            say::verify::digest_not_announced,
        )),
        AlgorithmFact::DigestsDiffer | AlgorithmFact::NotAsProtected => {
            found.push(said(
                "cms.algorithms",
                Weight::Warning,
                say::verify::algorithms_differ,
            ));
        }
    }
    found
}

pub(crate) fn stamp_order() -> Finding {
    said("stamp.order", Weight::NeedsPerson, say::verify::stamp_order)
}

/// What is to be said of the times of a signature.
pub(crate) fn times(
    claims: [Option<Timestamp>; 2],
    stamped: Option<Timestamp>,
    proven: Option<Timestamp>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for claimed in claims.into_iter().flatten() {
        let ahead = stamped.map_or(0, |stamped| claimed.unix() - stamped.unix());
        let (code, sentence): (&str, Sentence) = if (ahead - SEVEN_HOURS).abs() <= SLACK {
            ("time.seven-hours", say::verify::seven_hours)
        } else if ahead > SLACK {
            ("time.claimed-after-stamp", say::verify::claimed_later)
        } else {
            continue;
        };
        let finding = said(code, Weight::Warning, sentence);
        if !found.contains(&finding) {
            found.push(finding);
        }
    }
    let [dictionary, attribute] = claims;
    match (dictionary.or(attribute), stamped, proven) {
        (_, _, Some(_)) => {}
        (_, Some(_), None) => {
            found.push(said(
                "time.stamp-not-proven",
                Weight::Warning,
                say::verify::time_open,
            ));
        }
        (Some(_), None, None) => {
            found.push(said(
                "time.claimed-only",
                Weight::Warning,
                say::verify::claimed_only,
            ));
        }
        (None, None, None) => {
            found.push(said("time.none", Weight::Warning, say::verify::no_time));
        }
    }
    found
}

pub(crate) fn second_certification() -> Finding {
    said(
        "TOO_MANY_CERTIFICATION_SIGNATURES",
        Weight::NeedsPerson,
        say::verify::second_certification,
    )
}

pub(crate) fn raised_permission() -> Finding {
    said("ACCESS_PERMISSIONS_ADDED", Weight::Warning, say::verify::raised_permission)
}

pub(crate) fn late_certification() -> Finding {
    said("certification.late", Weight::Warning, say::verify::late_certification)
}

pub(crate) fn weak_hash(hash: Hash) -> Finding {
    Finding::new("algorithm.weak", Weight::Warning, |lang| {
        say::verify::weak_hash(lang, hash.name())
    })
}

pub(crate) fn weak_key(kind: &str, bits: usize) -> Finding {
    Finding::new("key.weak", Weight::Warning, |lang| {
        say::verify::weak_key(lang, kind, bits)
    })
}

pub(crate) fn not_tt15(scheme: &str, bits: usize, demanded: bool) -> Finding {
    let weight = if demanded { Weight::NeedsPerson } else { Weight::Warning };
    Finding::new("tt15.algorithm", weight, |lang| {
        say::verify::not_tt15(lang, scheme, bits)
    })
}

pub(crate) fn not_of_policy(scheme: &str, bits: usize) -> Finding {
    Finding::new("policy.algorithm", Weight::NeedsPerson, |lang| {
        say::verify::not_of_policy(lang, scheme, bits)
    })
}

pub(crate) fn policy_permits() -> Finding {
    said("policy.changes", Weight::NeedsPerson, say::verify::policy_permits)
}

/// Changes that are told by themselves besides.
pub(crate) fn told_of(changes: &[Weighed]) -> Vec<Finding> {
    let kinds: [(Kind, &str, Sentence); 2] = [
        (Kind::FieldShowsOther, "field.shows-other", say::verify::shows_other),
        (Kind::NotCompared, "changes.not-compared", say::verify::not_compared),
    ];
    let mut found = Vec::new();
    for (kind, code, sentence) in kinds {
        if changes.iter().any(|weighed| weighed.change.kind == kind) {
            found.push(said(code, Weight::Warning, sentence));
        }
    }
    found
}

/// One line about all changes together.
pub(crate) fn changed(changes: &[Weighed]) -> Finding {
    let worst = changes.iter().map(|change| change.effect).max().unwrap_or(Effect::Fine);
    match worst {
        Effect::Fine => said("changes.expected", Weight::Note, say::verify::changes_fine),
        Effect::Told => {
            said("changes.allowed", Weight::Warning, say::verify::changes_told)
        }
        Effect::Doubted => {
            said("changes.doubtful", Weight::NeedsPerson, say::verify::changes_doubted)
        }
        Effect::Breaks => {
            said("changes.forbidden", Weight::NeedsPerson, say::verify::changes_break)
        }
    }
}
