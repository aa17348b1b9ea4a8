//! How verdicts are told: terminal, JSON, CSV, HTML and ETSI TS 119 102-2 XML.

use crate::cli::failure::Failure;
use crate::cli::number;
use crate::cli::table::wrap;
use crate::cli::ui::{Tone, Ui, harmless};
use crate::cli::verdicts::etsi::Signers;
use crate::cos::Source;
use crate::finding::Weight;
use crate::pki::Store;
use crate::say::{self, Lang};
use crate::text::markup::escaped;
use crate::time::Timestamp;
use crate::verify::report::{
    FileRow, PolicyRow, SCHEMA, SignatureRow, TrustRow, indication,
};
use crate::verify::verdict::Indication;

mod etsi;
mod page;

/// How to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// For a person at a terminal.
    Text {
        /// With all reasons.
        reasons: bool,
    },
    /// One document.
    Json,
    /// A row a signature.
    Csv,
    /// One page that needs nothing else.
    Html,
    /// A validation report of ETSI TS 119 102-2.
    EtsiXml,
}

/// A report in the making.
pub(crate) struct Paper {
    format: Format,
    at: Timestamp,
    trust: TrustRow,
    policy: PolicyRow,
    files: usize,
    verdicts: [usize; 4],
    /// The certificates that a report of ETSI lists at its end.
    signers: Signers,
}

/// Columns of CSV; names stay as they are in every language.
const CSV_HEAD: &str = "path,sha256,file_verdict,field,kind,verdict,indication,sub_indication,\
intact,level,signer,issuer,claimed,stamped,proven,covers,codes";

impl Paper {
    /// For verdicts by what is trusted and demanded.
    pub(crate) fn new(
        format: Format,
        at: Timestamp,
        (trust, policy): (&Store, PolicyRow),
    ) -> Self {
        Self {
            format,
            at,
            trust: TrustRow::of(trust),
            policy,
            files: 0,
            verdicts: [0; 4],
            signers: Signers::default(),
        }
    }

    /// What stands before the first file.
    pub(crate) fn begin(&self, ui: &Ui) -> Result<(), Failure> {
        match self.format {
            Format::Text { .. } => Ok(()),
            Format::Json => {
                let trust = serde_json::to_string(&self.trust).map_err(Failure::new)?;
                let policy = serde_json::to_string(&self.policy).map_err(Failure::new)?;
                let head = format!(
                    "{{\"schema\":\"{SCHEMA}\",\"at\":\"{}\",\"policy\":{policy},\
                     \"trust\":{trust},\"files\":[",
                    self.at
                );
                ui.answer_bytes(head.as_bytes())
            }
            Format::Csv => ui.answer(CSV_HEAD),
            Format::Html => ui.answer(&page::head(self, ui.lang)),
            Format::EtsiXml => ui.answer(etsi::HEAD),
        }
    }

    /// One file.
    pub(crate) fn tell(&mut self, row: &FileRow, ui: &Ui) -> Result<(), Failure> {
        let place = match indication(&row.verdict) {
            Some(Indication::TotalPassed) => 0,
            Some(Indication::Indeterminate) => 1,
            Some(Indication::TotalFailed) => 2,
            None => 3,
        };
        if let Some(count) = self.verdicts.get_mut(place) {
            *count += 1;
        }
        self.files += 1;
        match self.format {
            Format::Text { reasons } => ui.answer(&text(row, reasons, ui)),
            Format::Json => {
                let json = serde_json::to_string(row).map_err(Failure::new)?;
                let comma = if self.files > 1 { "," } else { "" };
                ui.answer_bytes(format!("{comma}\n{json}").as_bytes())
            }
            Format::Csv => ui.answer(&csv(row)),
            Format::Html => ui.answer(&page::file(row, ui.lang)),
            Format::EtsiXml => ui.answer(&self.signers.file(row, self.at)),
        }
    }

    /// How many files were told.
    pub(crate) fn files(&self) -> usize {
        self.files
    }

    /// That `left` files were not reached.
    pub(crate) fn stopped(&self, left: usize, lang: Lang) -> String {
        let count = |number| number::many(number, lang);
        say::verify::stopped(lang, count(self.files), count(left))
    }

    /// What stands after the last file; `left` were not reached.
    pub(crate) fn end(&self, left: usize, ui: &Ui) -> Result<(), Failure> {
        let [passed, undecided, failed, unreadable] = self.verdicts;
        match self.format {
            Format::Text { reasons } => {
                if self.files > 1 || reasons {
                    let count = |number| number::many(number, ui.lang);
                    ui.remark(&say::verify::summary(
                        ui.lang,
                        count(passed),
                        count(undecided),
                        count(failed),
                        count(unreadable),
                    ));
                }
                if reasons {
                    let items = number::many(self.trust.items.len(), ui.lang);
                    ui.remark(&say::verify::trust_line(ui.lang, items, self.trust.sha256));
                    ui.remark(&harmless(&self.policy.told(ui.lang)));
                }
                Ok(())
            }
            Format::Json => ui.answer(&format!(
                "\n],\"summary\":{{\"files\":{},\"passed\":{passed},\"undecided\":{undecided},\
                 \"failed\":{failed},\"unreadable\":{unreadable},\"not_reached\":{left}}}}}",
                self.files
            )),
            Format::Csv => Ok(()),
            Format::Html => ui.answer(&page::foot(self, left, ui.lang)),
            Format::EtsiXml => ui.answer(&self.signers.foot()),
        }
    }
}

/// Whether a file is a PDF at all, as far as its ends show.
pub(crate) fn is_pdf(source: &Source) -> bool {
    const LOOK: usize = 1 << 16;
    let has = |at: usize, word: &[u8]| {
        source
            .slice(at, at.saturating_add(LOOK))
            .is_ok_and(|bytes| bytes.windows(word.len()).any(|window| window == word))
    };
    has(0, b"%PDF-") || has(source.len().saturating_sub(LOOK), b"startxref")
}

fn tone(verdict: &str) -> Tone {
    match indication(verdict) {
        Some(Indication::TotalPassed) => Tone::Good,
        Some(Indication::Indeterminate) => Tone::Care,
        Some(Indication::TotalFailed) | None => Tone::Bad,
    }
}

fn word(verdict: &str, lang: Lang) -> String {
    indication(verdict).map_or_else(
        || say::verify::unreadable_word(lang),
        |indication| indication.told(lang),
    )
}

// ------------------------------------------------------------------ terminal

/// A file: its verdict, then a line or two for each signature.
fn text(row: &FileRow, reasons: bool, ui: &Ui) -> String {
    let lang = ui.lang;
    let mut lines = Vec::new();
    let verdict = ui.paint(&word(&row.verdict, lang), tone(&row.verdict));
    lines.push(format!("{verdict}  {}", harmless(&row.path)));
    if let Some(signed) = &row.signs {
        let told = say::verify::signs_file(lang, &signed.path);
        lines.push(format!("  {}", harmless(&told)));
    }
    for finding in &row.findings {
        if reasons || finding.weight != Weight::Note {
            let bullet = bullet(finding.weight != Weight::Note);
            note(&mut lines, 2, bullet, finding.tell(lang), ui);
        }
    }
    for (index, signature) in row.signatures.iter().enumerate() {
        let verdict = ui.paint(&word(&signature.verdict, lang), tone(&signature.verdict));
        let signer = signature.signer.as_ref().map(|signer| signer.name.clone());
        let signer = signer.unwrap_or_else(|| say::verify::unknown_signer(lang));
        let time = when(signature, lang);
        let coverage = covers(signature, row.revisions, lang);
        let why = signature.sub_indication.as_ref().map(|sub| format!(" ({sub})"));
        let why = why.unwrap_or_default();
        lines.push(format!("  {}. {verdict}{why}: {}", index + 1, harmless(&signer)));
        lines.push(format!("     {time} · {} · {coverage}", signature.level));
        let told = Told::of(signature, lang);
        for sentence in &told.reasons {
            note(&mut lines, 5, bullet(true), sentence, ui);
        }
        for sentence in told.notes.iter().filter(|_| reasons) {
            note(&mut lines, 5, bullet(false), sentence, ui);
        }
    }
    lines.join("\n")
}

fn when(signature: &SignatureRow, lang: Lang) -> String {
    let time = &signature.time;
    if let Some(proven) = time.proven {
        say::verify::time_proven(lang, proven)
    } else if let Some(stamped) = time.stamped {
        say::verify::time_stamped(lang, stamped)
    } else if let Some(claimed) = time.claimed {
        say::verify::time_claimed(lang, claimed)
    } else {
        say::verify::time_missing(lang)
    }
}

/// What the signature covers, in words.
fn covers(signature: &SignatureRow, revisions: usize, lang: Lang) -> String {
    match &*signature.coverage.covers {
        "whole-file" => say::verify::covers_whole(lang),
        "revision" => {
            let revision = signature.coverage.revision.unwrap_or_default();
            say::verify::covers_revision(lang, revision, revisions)
        }
        "enclosed" => say::verify::covers_enclosed(lang),
        _ => say::verify::covers_nothing(lang),
    }
}

/// The sentences behind a verdict.
struct Told {
    /// What a person must know: why it is not better.
    reasons: Vec<String>,
    /// What else was found, for the record.
    notes: Vec<String>,
}

impl Told {
    /// Of findings and changes. Of several objects of one field people see one field.
    fn of(signature: &SignatureRow, lang: Lang) -> Self {
        let findings = signature.findings.iter().map(|finding| {
            let matters = finding.weight == Weight::NeedsPerson || always(&finding.code);
            (matters, finding.tell(lang).to_owned())
        });
        let changes = signature.changes.iter().map(|change| {
            let matters = matches!(&*change.effect, "doubtful" | "forbidden");
            (matters, change.weighed(lang))
        });
        let (mut reasons, mut notes) = (Vec::new(), Vec::new());
        for (matters, sentence) in findings.chain(changes) {
            let list = if matters { &mut reasons } else { &mut notes };
            if list.last() != Some(&sentence) {
                list.push(sentence);
            }
        }
        Self { reasons, notes }
    }
}

/// Findings that are short of an alarm, and that everybody should see.
fn always(code: &str) -> bool {
    const ALWAYS: [&str; 9] = [
        "appearance.other-signer",
        "appearance.other-agency",
        "appearance.other-time",
        "time.seven-hours",
        "algorithm.weak",
        "key.weak",
        "stamp.weak",
        "revocation.weak",
        "revocation.issuer-revoked",
    ];
    code.starts_with("chain.") && code != "chain.valid" || ALWAYS.contains(&code)
}

/// What stands before a sentence that matters, and before one for the record.
fn bullet(matters: bool) -> &'static str {
    if matters { "→" } else { "·" }
}

fn note(lines: &mut Vec<String>, indent: usize, bullet: &str, text: &str, ui: &Ui) {
    let room = ui.width().saturating_sub(indent + 2);
    for (place, part) in wrap(&harmless(text), room).into_iter().enumerate() {
        let bullet = if place == 0 { bullet } else { " " };
        lines.push(format!("{:indent$}{bullet} {part}", ""));
    }
}

// ------------------------------------------------------------------ CSV

fn csv(row: &FileRow) -> String {
    let codes = |signature: Option<&SignatureRow>| {
        let own = row.findings.iter().map(|finding| finding.code.clone());
        let of = signature.map(|signature| {
            let findings = signature.findings.iter().map(|finding| finding.code.clone());
            let changes =
                signature.changes.iter().map(|change| change.code.clone().into_owned());
            findings.chain(changes).collect::<Vec<_>>()
        });
        let mut codes: Vec<_> = own.chain(of.unwrap_or_default()).collect();
        codes.dedup();
        codes.join(" ")
    };
    let sha256 = row.sha256.map(|sha256| sha256.to_string()).unwrap_or_default();
    let line = |cells: &[&str]| {
        cells.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(",")
    };
    if row.signatures.is_empty() {
        let mut cells = vec![row.path.as_str(), &sha256, &row.verdict];
        cells.extend([""; 13]);
        let codes = codes(None);
        cells.push(&codes);
        return line(&cells);
    }
    let lines = row.signatures.iter().map(|signature| {
        let moment = |time: Option<Timestamp>| {
            time.map(|time| time.to_string()).unwrap_or_default()
        };
        let signer = signature.signer.as_ref();
        let intact = signature.intact.to_string();
        let times =
            [signature.time.claimed, signature.time.stamped, signature.time.proven];
        let [claimed, stamped, proven] = times.map(moment);
        line(&[
            &row.path,
            &sha256,
            &row.verdict,
            &signature.field,
            &signature.kind,
            &signature.verdict,
            &signature.indication,
            signature.sub_indication.as_deref().unwrap_or(""),
            &intact,
            &signature.level,
            signer.map_or("", |signer| &signer.name),
            signer.map_or("", |signer| &signer.issuer),
            &claimed,
            &stamped,
            &proven,
            &signature.coverage.covers,
            &codes(Some(signature)),
        ])
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// RFC 4180; a cell that a spreadsheet would compute is made text.
fn csv_cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// Text made safe for HTML and XML.
fn marked(text: &str) -> String {
    escaped(&harmless(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_neither_compute_nor_break_out() {
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(marked("<b>&\"'"), "&lt;b&gt;&amp;&quot;&#39;");
    }
}
