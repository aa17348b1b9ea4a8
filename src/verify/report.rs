//! The report of one file as data: schema `sohoa.verify/1`.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::finding::{Finding, Weight};
use crate::pki::oid;
use crate::pki::store::{ItemKind, Store};
use crate::say::{self, Lang};
use crate::time::Timestamp;
use crate::verify::appearance::Appearance;
use crate::verify::examine::{Judged, Report, Times, Weighed};
use crate::verify::pictures::Pictures;
use crate::verify::rights::Effect;
use crate::verify::role::Role;
use crate::verify::signature::{Format, Purpose};
use crate::verify::verdict::Indication;

/// The name of the schema.
pub const SCHEMA: &str = "sohoa.verify/1";
/// A word of the schema, the same in every language.
pub type Word = Cow<'static, str>;

/// Changes listed for one signature.
const MOST_CHANGES: usize = 200;

/// One file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileRow {
    /// As it was named on the command line, or below a folder named there.
    pub path: String,
    /// SHA-256 of its bytes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<Digest>,
    /// `passed`, `undecided`, `failed`, or `unreadable`.
    pub verdict: Word,
    /// The file that it signs, where it is a signature that lies beside it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signs: Option<SignedFileRow>,
    /// How many revisions it has.
    pub revisions: usize,
    /// Its signatures in the order in which they signed.
    pub signatures: Vec<SignatureRow>,
    /// What is to be said of the file as a whole.
    pub findings: Vec<Finding>,
    /// Changed pages, for reports that show pictures.
    #[serde(skip)]
    pub pictures: Pictures,
}

/// The file that a signature beside it signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedFileRow {
    /// Where it was found.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
}

/// One signature.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignatureRow {
    /// The field that bears it.
    pub field: String,
    /// `approval`, `certification` or `document-time-stamp`.
    pub kind: Word,
    /// `passed`, `undecided` or `failed`.
    pub verdict: Word,
    /// Main indication of EN 319 102-1.
    pub indication: Word,
    /// Sub-indication of EN 319 102-1.
    pub sub_indication: Option<Word>,
    /// Whether the bytes are what the key signed.
    pub intact: bool,
    /// The level reached.
    pub level: String,
    /// `/SubFilter`.
    pub format: Word,
    /// Digest and signature algorithm.
    pub algorithm: Option<String>,
    /// Who signed.
    pub signer: Option<SignerRow>,
    /// When.
    pub time: TimeRow,
    /// What it covers.
    pub coverage: CoverageRow,
    /// What it shows on its page, where that can be told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub appearance: Option<AppearanceRow>,
    /// What was changed afterwards.
    pub changes: Vec<ChangeRow>,
    /// Why the verdict is as it is, and what else is worth knowing.
    pub findings: Vec<Finding>,
}

/// A signer, as the certificate says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignerRow {
    /// The name to show.
    pub name: String,
    /// The organisation.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organization: Option<String>,
    /// The whole subject.
    pub subject: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// Its serial number.
    pub serial: String,
    /// SHA-256 of the certificate.
    pub sha256: Digest,
    /// Valid from.
    pub not_before: Timestamp,
    /// Valid until.
    pub not_after: Timestamp,
    /// `leader`, `agency` or `sao-y`, read from the names.
    pub role: Word,
    /// The chain, the signer's certificate first, by SHA-256.
    pub chain: Vec<Digest>,
    /// The named store of the anchor.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub trusted_by: Option<String>,
}

/// When something was signed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TimeRow {
    /// As the signature claims.
    pub claimed: Option<Timestamp>,
    /// As its signed attribute claims, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub attribute: Option<Timestamp>,
    /// As a time-stamp over it says.
    pub stamped: Option<Timestamp>,
    /// As a trusted time-stamp proves.
    pub proven: Option<Timestamp>,
}

/// What a signature covers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CoverageRow {
    /// `whole-file`, `revision`, `none`, or `enclosed`: what is signed lies within.
    pub covers: Word,
    /// The revision it covers, counted from 1.
    pub revision: Option<usize>,
    /// Bytes up to the end of what is covered.
    pub bytes: Option<usize>,
}

/// What a signature shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppearanceRow {
    /// `none`, `picture`, `copy`, `annex`, `labels`, `text` or `unknown`.
    pub form: Word,
    /// The page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<usize>,
    /// Millimetres from the left and the top of the page as it is seen, then width and
    /// height.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place_mm: Option<[f64; 4]>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub text: Option<String>,
}

/// A change after a signature.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeRow {
    /// Which rule it comes under.
    pub code: Word,
    /// `expected`, `allowed`, `doubtful` or `forbidden`.
    pub effect: Word,
    /// The revision that made it, counted from 1.
    pub revision: usize,
    /// The page, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub page: Option<usize>,
    /// The number of the object.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object: Option<u32>,
    /// The sentence in Vietnamese.
    pub vi: String,
    /// The sentence in English.
    pub en: String,
}

/// What was demanded besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRow {
    /// `usual`, `tt15`, or the file as the command line names it.
    pub name: String,
    /// SHA-256 of the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<Digest>,
}

/// What was trusted, by hash.
#[derive(Clone, Debug, Serialize)]
pub struct TrustRow {
    /// One value for all of it.
    pub sha256: Digest,
    /// Each thing in it.
    pub items: Vec<ItemRow>,
}

/// One thing trusted or helpful.
#[derive(Clone, Debug, Serialize)]
pub struct ItemRow {
    /// `anchor`, `intermediate`, `crl`, `ocsp`, `trusted-list` or `unreadable`.
    pub kind: &'static str,
    /// SHA-256 of it.
    pub sha256: Digest,
    /// Whom it is about.
    pub about: String,
    /// The named store.
    pub store: String,
    /// Whether its own signature was checked: that of a trusted list is not, it is
    /// trusted as the file that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature_checked: Option<bool>,
}

/// The changes that are listed, in their order: of too many, those that decide.
fn listed(changes: &[Weighed]) -> impl Iterator<Item = &Weighed> {
    let decides = |change: &Weighed| change.effect >= Effect::Doubted;
    let deciding = changes.iter().filter(|change| decides(change)).count();
    let (mut grave, mut other) = (MOST_CHANGES, MOST_CHANGES.saturating_sub(deciding));
    changes.iter().filter(move |change| {
        let room = if decides(change) { &mut grave } else { &mut other };
        let fits = *room > 0;
        *room = room.saturating_sub(1);
        fits
    })
}

impl FileRow {
    /// The row of a judged file.
    #[must_use]
    pub fn of(path: String, sha256: Option<Digest>, report: &Report) -> Self {
        Self {
            path,
            sha256,
            verdict: report.indication.word().into(),
            signs: None,
            revisions: report.revisions,
            signatures: report.signatures.iter().map(SignatureRow::of).collect(),
            findings: report.findings.clone(),
            pictures: Pictures::default(),
        }
    }

    /// The row of a file that cannot be read.
    #[must_use]
    pub fn unreadable(path: String, why: impl Fn(Lang) -> String) -> Self {
        let finding = Finding::new("file.unreadable", Weight::NeedsPerson, |lang| {
            say::verify::unreadable_file(lang, why(lang))
        });
        Self {
            path,
            sha256: None,
            verdict: "unreadable".into(),
            signs: None,
            revisions: 0,
            signatures: Vec::new(),
            findings: vec![finding],
            pictures: Pictures::default(),
        }
    }
}

impl SignatureRow {
    fn of(judged: &Judged) -> Self {
        let facts = &judged.facts;
        let range = facts.claim.range.ok();
        Self {
            field: facts.claim.field.clone(),
            kind: Word::from(match facts.purpose {
                Purpose::Approval => "approval",
                Purpose::Certification => "certification",
                Purpose::TimeStamp => "document-time-stamp",
            }),
            verdict: judged.verdict.indication.word().into(),
            indication: judged.verdict.indication.name().into(),
            sub_indication: judged.verdict.sub.map(|sub| sub.name().into()),
            intact: facts.is_intact(),
            level: judged.level.to_string(),
            format: facts.format.name().into(),
            algorithm: facts.scheme().map(crate::pki::Scheme::name),
            signer: signer(judged),
            time: TimeRow::of(judged.times),
            coverage: CoverageRow {
                covers: Word::from(match range {
                    Some(_) if facts.format == Format::Enclosed => "enclosed",
                    Some(range) if range.whole => "whole-file",
                    Some(_) => "revision",
                    None => "none",
                }),
                revision: range.map(|range| range.revision + 1),
                bytes: range.map(|range| range.end),
            },
            appearance: facts.appearance.as_ref().map(AppearanceRow::of),
            changes: listed(&judged.changes).map(ChangeRow::of).collect(),
            findings: judged.findings.clone(),
        }
    }

    /// The moment to show: proven, else stamped, else claimed.
    #[must_use]
    pub fn moment(&self) -> Option<Timestamp> {
        self.time.proven.or(self.time.stamped).or(self.time.claimed)
    }
}

fn signer(judged: &Judged) -> Option<SignerRow> {
    let certificate = judged.facts.certificate()?;
    let subject = certificate.subject();
    let path = judged.path.as_ref();
    let links = path.map(|path| path.links.as_slice()).unwrap_or_default();
    let serial = certificate.serial().iter().map(|byte| format!("{byte:02x}"));
    Some(SignerRow {
        name: certificate.display_name(),
        organization: subject.texts(oid::ORGANIZATION).next().map(str::to_owned),
        subject: subject.to_string(),
        issuer: certificate.issuer().to_string(),
        serial: serial.collect(),
        sha256: certificate.sha256(),
        not_before: certificate.not_before(),
        not_after: certificate.not_after(),
        role: Role::of(certificate, judged.facts.reason.as_deref()).name().into(),
        chain: links.iter().map(|link| link.certificate.sha256()).collect(),
        trusted_by: path
            .and_then(|path| path.anchor.as_ref())
            .map(|anchor| anchor.store.clone()),
    })
}

impl TimeRow {
    fn of(times: Times) -> Self {
        let (claimed, attribute) = (times.claimed, times.attribute);
        Self { claimed, attribute, stamped: times.stamped, proven: times.proven }
    }
}

impl AppearanceRow {
    fn of(look: &Appearance) -> Self {
        let tenth = |mm: f64| (mm * 10.0).round() / 10.0;
        let place = look.place.map(|place| {
            [place.left, place.top, place.width(), place.height()].map(tenth)
        });
        Self {
            form: look.form.name().into(),
            page: look.page,
            place_mm: place,
            text: look.text.clone().filter(|text| !text.is_empty()),
        }
    }
}

impl ChangeRow {
    fn of(weighed: &Weighed) -> Self {
        let change = &weighed.change;
        Self {
            code: weighed.code.into(),
            effect: Word::from(match weighed.effect {
                Effect::Fine => "expected",
                Effect::Told => "allowed",
                Effect::Doubted => "doubtful",
                Effect::Breaks => "forbidden",
            }),
            revision: change.revision + 1,
            page: change.page,
            object: change.object.map(|id| id.number),
            vi: change.told(Lang::Vi),
            en: change.told(Lang::En),
        }
    }

    /// The sentence in `lang`.
    #[must_use]
    pub fn told(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// The sentence in `lang`, and in front of it what the change means where that
    /// speaks against the signature.
    #[must_use]
    pub fn weighed(&self, lang: Lang) -> String {
        match &*self.effect {
            "forbidden" => say::verify::forbidden_change(lang, self.told(lang)),
            "doubtful" => say::verify::doubtful_change(lang, self.told(lang)),
            _ => self.told(lang).to_owned(),
        }
    }
}

impl TrustRow {
    /// What a store holds.
    #[must_use]
    pub fn of(store: &Store) -> Self {
        let mut items: Vec<_> = store
            .items()
            .iter()
            .map(|item| ItemRow {
                kind: match item.kind {
                    ItemKind::Anchor => "anchor",
                    ItemKind::Intermediate => "intermediate",
                    ItemKind::Crl => "crl",
                    ItemKind::Ocsp => "ocsp",
                    ItemKind::TrustedList => "trusted-list",
                    ItemKind::Unreadable => "unreadable",
                },
                sha256: item.sha256,
                about: item.about.clone(),
                store: item.store.clone(),
                signature_checked: (item.kind == ItemKind::TrustedList).then_some(false),
            })
            .collect();
        items.sort_by(|one, other| {
            (&one.store, one.sha256).cmp(&(&other.store, other.sha256))
        });
        Self { sha256: store.digest(), items }
    }
}

impl PolicyRow {
    /// Which one it is, in a line.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let name = match (self.sha256, &*self.name) {
            (Some(sha256), name) => format!("{name}, SHA-256 {sha256}"),
            (None, "tt15") => say::verify::policy_tt15(lang),
            (None, _) => say::verify::policy_usual(lang),
        };
        say::verify::policy_line(lang, name)
    }
}

impl TrustRow {
    /// What a reader must know of the trusted lists among what was trusted: their
    /// own signatures were not checked.
    #[must_use]
    pub fn unchecked(&self, lang: Lang) -> Vec<String> {
        let lists =
            self.items.iter().filter(|item| item.signature_checked == Some(false));
        lists
            .map(|list| say::verify::list_unchecked(lang, &list.about, list.sha256))
            .collect()
    }
}

/// The verdict's word as an indication; `None` for a file that was not read.
#[must_use]
pub fn indication(word: &str) -> Option<Indication> {
    [Indication::TotalPassed, Indication::Indeterminate, Indication::TotalFailed]
        .into_iter()
        .find(|indication| indication.word() == word)
}
