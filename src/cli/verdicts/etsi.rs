//! Verdicts as one validation report of ETSI TS 119 102-2 V1.2.1, in the form of its
//! schema: a status for every signature of every file, and a file without any has one
//! of its own. The certificates of the signers follow at the end, each once.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::cli::verdicts::marked;
use crate::digest::Digest;
use crate::text::base64;
use crate::time::Timestamp;
use crate::verify::report::{FileRow, SignatureRow, indication};
use crate::verify::verdict::Indication;

/// What stands before the first file.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<ValidationReport xmlns=\"http://uri.etsi.org/19102/v1.2.1#\" \
xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" xmlns:sohoa=\"urn:sohoa:verify:1\">";
/// The names of SHA-256 and of what the standard lists.
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// The certificates of signers so far.
#[derive(Default)]
pub(super) struct Signers(BTreeSet<Digest>);

impl Signers {
    /// A file: a report for each of its signatures, or one that there is none.
    pub(super) fn file(&mut self, row: &FileRow, at: Timestamp) -> String {
        let signed = row.signs.as_ref().map(|signed| signed.sha256).or(row.sha256);
        if row.signatures.is_empty() {
            let document = signed.map(document).unwrap_or_default();
            let status = match indication(&row.verdict) {
                Some(verdict) => status(verdict.name(), None),
                // EN 319 102-1, table 6: the signed data cannot be obtained.
                None => status(
                    Indication::Indeterminate.name(),
                    Some("SIGNED_DATA_NOT_FOUND"),
                ),
            };
            return report(&(document + &status + &subject(row, None)));
        }
        let reports = row.signatures.iter().map(|signature| {
            // Of what lies within no digest is told.
            let is_enclosed = signature.coverage.covers == "enclosed";
            let document = signed.filter(|_| !is_enclosed).map(document);
            report(
                &[
                    time(signature, at),
                    document.unwrap_or_default(),
                    self.signer(signature),
                    status(&signature.indication, signature.sub_indication.as_deref()),
                    subject(row, Some(signature)),
                ]
                .concat(),
            )
        });
        reports.collect::<Vec<_>>().join("\n")
    }

    /// What stands after the last file.
    pub(super) fn foot(&self) -> String {
        let mut out = String::new();
        for certificate in &self.0 {
            // Writing to a `String` cannot fail.
            write!(
                out,
                "<ValidationObject id=\"{}\">\
                 <ObjectType>urn:etsi:019102:validationObject:certificate</ObjectType>\
                 <ValidationObject>{}</ValidationObject></ValidationObject>",
                name(*certificate),
                imprint(*certificate)
            )
            .ok();
        }
        if !out.is_empty() {
            out = format!(
                "<SignatureValidationObjects>{out}</SignatureValidationObjects>\n"
            );
        }
        out + "</ValidationReport>"
    }

    fn signer(&mut self, signature: &SignatureRow) -> String {
        let Some(signer) = &signature.signer else { return String::new() };
        self.0.insert(signer.sha256);
        format!(
            "<SignerInformation><SignerCertificate VOReference=\"{}\"/><Signer>{}</Signer>\
             </SignerInformation>",
            name(signer.sha256),
            marked(&signer.name)
        )
    }
}

fn report(parts: &str) -> String {
    format!("<SignatureValidationReport>{parts}</SignatureValidationReport>")
}

/// The name of a certificate within the report.
fn name(certificate: Digest) -> String {
    format!("certificate-{certificate}")
}

/// `XAdES:DigestAlgAndValueType`.
fn imprint(digest: Digest) -> String {
    format!(
        "<DigestAlgAndValue><ds:DigestMethod Algorithm=\"{SHA256}\"/>\
         <ds:DigestValue>{}</ds:DigestValue></DigestAlgAndValue>",
        base64::encode(digest.bytes())
    )
}

/// `SignersDocumentType`.
fn document(digest: Digest) -> String {
    format!("<SignersDocument>{}</SignersDocument>", imprint(digest))
}

/// `ValidationTimeInfoType`: what is proved by a token, or that it exists now.
fn time(signature: &SignatureRow, at: Timestamp) -> String {
    let best = signature.time.proven.unwrap_or(at);
    format!(
        "<ValidationTimeInfo><ValidationTime>{at}</ValidationTime><BestSignatureTime>\
         <POETime>{best}</POETime><TypeOfProof>urn:etsi:019102:poetype:validation</TypeOfProof>\
         </BestSignatureTime></ValidationTimeInfo>"
    )
}

/// `ValidationStatusType`.
fn status(main: &str, sub: Option<&str>) -> String {
    let sub = sub.map_or(String::new(), |sub| {
        format!("<SubIndication>urn:etsi:019102:subindication:{sub}</SubIndication>")
    });
    format!(
        "<SignatureValidationStatus><MainIndication>urn:etsi:019102:mainindication:{}\
         </MainIndication>{sub}</SignatureValidationStatus>",
        main.to_ascii_lowercase()
    )
}

/// Which file and field: the schema leaves room for it after the status.
fn subject(row: &FileRow, signature: Option<&SignatureRow>) -> String {
    let field = signature.map_or(String::new(), |signature| {
        format!("<sohoa:field>{}</sohoa:field>", marked(&signature.field))
    });
    format!(
        "<sohoa:subject><sohoa:path>{}</sohoa:path>{field}</sohoa:subject>",
        marked(&row.path)
    )
}
