//! The facts of a signature as a case for the verdict: what each of them means for
//! the building blocks of EN 319 102-1, before trust and later changes are asked
//! about.

use crate::cms::integrity::{ContentTypeFact, DigestFact, Integrity, ReferenceFact};
use crate::cms::timestamp::ImprintFact;
use crate::pki::oid;
use crate::pki::path::Path;
use crate::verify::signature::{Facts, Format, Proof, Signed};
use crate::verify::verdict::Case;

/// The facts of a signature as a case.
pub(crate) fn case(facts: &Facts, path: Option<&Path>, is_proven: bool) -> Case {
    let mut case = Case {
        well_formed: facts.claim.range.is_ok(),
        borne: !facts.claim.removed,
        unchanged: true,
        readable: !matches!(facts.proof, Proof::Unreadable),
        certificate: facts.certificate().is_some(),
        digest: true,
        signature: true,
        other_certificate: false,
        constraints: false,
        weak: false,
        disordered: false,
        forbidden: false,
        chain: path.map(|path| path.status.clone()),
        weak_link: false,
        above: path.is_some_and(|path| {
            path.problems
                .iter()
                .any(|problem| problem.status == path.status && problem.index > 0)
                && !path
                    .problems
                    .iter()
                    .any(|problem| problem.status == path.status && problem.index == 0)
        }),
        proven: is_proven,
        unsigned_at: None,
    };
    match &facts.proof {
        Proof::NoRange(_) | Proof::Unreadable => {}
        Proof::Bare { result, .. } => case.signature = result.is_ok(),
        Proof::Stamped(stamp) => {
            case.digest = stamp.facts.imprint == ImprintFact::Matches;
            case.signature =
                stamp.facts.integrity.as_ref().is_some_and(Integrity::is_intact);
            case.readable &= stamp.facts.signers == 1;
            case.constraints = stamp.facts.unfit.is_some() || !stamp.facts.name_agrees;
            // RFC 3161, 2.4.2: the authority refers to its certificate.
            case.other_certificate = stamp.facts.names_another();
        }
        Proof::Signed(signed) => signed_case(&mut case, facts, signed),
    }
    case
}

/// What signed data add to a case.
fn signed_case(case: &mut Case, facts: &Facts, signed: &Signed) {
    // 12.8.3.3.1: nothing within, one signer. Readers differ about files that
    // break this, so such a signature may be sound and never passes.
    let detached = signed.data.content.is_none() || facts.format == Format::Pkcs7Sha1;
    case.constraints = !detached || signed.data.signers.len() != 1;
    // RFC 5652, 11.1 and 11.2: of two digests each reader takes its own.
    let signer = signed.data.signers.first();
    let own = signer.and_then(|signer| signer.signed_attributes());
    let repeated = own.map_or(&[][..], |own| &own.duplicates);
    case.constraints |= !repeated.is_empty();
    case.signature = signed.others_intact;
    let Some(found) = &signed.integrity else { return };
    case.digest = matches!(found.digest, DigestFact::Matches | DigestFact::Signed)
        && signed.content_matches
        && !repeated.contains(&oid::MESSAGE_DIGEST);
    // RFC 5652, 5.3: what is signed says what kind of thing it is.
    case.constraints |= found.content_type == ContentTypeFact::Missing;
    case.signature &= found.signature.is_ok()
        && found.content_type != ContentTypeFact::Differs
        && !facts.has_odd_algorithms();
    case.other_certificate = matches!(
        found.reference,
        ReferenceFact::Differs | ReferenceFact::IssuerSerialDiffers
    );
    // EN 319 142-1, 6.3: a baseline signature names its certificate.
    case.constraints |=
        found.reference == ReferenceFact::Missing && facts.format == Format::Cades;
}
