//! What a signature dictionary says besides the signature (ISO 32000-2, table 255).

use crate::cos::document::View;
use crate::cos::syntax::{dict, named, text};
use crate::cos::{Dict, Object};
use crate::time::Timestamp;

/// What a certification permits afterwards (`P` of table 257).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certify {
    /// Nothing.
    Nothing = 1,
    /// Forms and signatures.
    Forms = 2,
    /// Annotations too.
    Annotations = 3,
}

/// What a signature dictionary says besides the signature.
#[derive(Clone, Debug, Default)]
pub struct Sayings {
    /// Why it was signed.
    pub reason: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// How to reach the signer.
    pub contact: Option<String>,
    /// Who signs.
    pub name: Option<String>,
}

/// What is to be put into the file.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// A signature.
    Signature {
        /// What it says.
        sayings: &'a Sayings,
        /// When.
        now: Timestamp,
        /// Whether it certifies the document.
        certify: Option<Certify>,
    },
    /// A document time-stamp.
    TimeStamp,
}

/// The entries of the signature dictionary (table 255).
pub(crate) fn entries(view: View<'_>, kind: &Kind<'_>, lock: Option<&Dict>) -> Dict {
    match kind {
        Kind::TimeStamp => dict([
            ("Type", named("DocTimeStamp")),
            ("Filter", named("Adobe.PPKLite")),
            ("SubFilter", named("ETSI.RFC3161")),
            // Table 255 wants it where it is not the default.
            ("V", Object::Int(0)),
        ]),
        Kind::Signature { sayings, now, certify } => {
            let mut body = dict([
                ("Type", named("Sig")),
                ("Filter", named("Adobe.PPKLite")),
                ("SubFilter", named("ETSI.CAdES.detached")),
                ("M", text(&now.pdf())),
            ]);
            let said = [
                ("Reason", &sayings.reason),
                ("Location", &sayings.location),
                ("ContactInfo", &sayings.contact),
                ("Name", &sayings.name),
            ];
            for (key, value) in said {
                if let Some(value) = value {
                    body = body.with(key.as_bytes(), text(value));
                }
            }
            let mut references = Vec::new();
            if let Some(certify) = certify {
                references.push(reference("DocMDP", doc_mdp(*certify)));
            }
            if let Some(lock) = lock {
                references.push(reference("FieldMDP", field_mdp(view, lock)));
            }
            if !references.is_empty() {
                body = body.with(b"Reference", Object::Array(references));
            }
            body
        }
    }
}

fn reference(method: &str, parameters: Dict) -> Object {
    Object::Dict(dict([
        ("Type", named("SigRef")),
        ("TransformMethod", named(method)),
        ("TransformParams", Object::Dict(parameters)),
    ]))
}

fn doc_mdp(certify: Certify) -> Dict {
    dict([
        ("Type", named("TransformParams")),
        ("P", Object::Int(certify as i64)),
        ("V", named("1.2")),
    ])
}

/// The fields that the lock of a field locks (table 236), as the signature says it.
fn field_mdp(view: View<'_>, lock: &Dict) -> Dict {
    let mut parameters = dict([("Type", named("TransformParams")), ("V", named("1.2"))]);
    for key in [&b"Action"[..], b"Fields", b"P"] {
        let value = view.get(lock, key);
        if *value != Object::Null {
            parameters = parameters.with(key, (*value).clone());
        }
    }
    parameters
}
