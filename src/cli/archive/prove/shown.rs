//! What the check of a proof is told as: whether the entry is in the ledger, who
//! vouches for that, and when it was there at the latest.
//!
//! Three answers that must not be mixed up: the ledger's own key, the office's
//! signature and the time-stamp. Each is told as proved only where it is; who names
//! whom to trust asks for the last two, and leaves with "undecided" without them.

use serde::Serialize;

use crate::archive::ledger::Event;
use crate::archive::ledger::attested::Judged;
use crate::archive::ledger::proof::{ProofError, Proved};
use crate::cli::archive::log;
use crate::cli::archive::prove::Asked;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::ui::{Ui, harmless};
use crate::finding::Finding;
use crate::pki::Certificate;
use crate::say::{self, Lang, Tell as _};
use crate::time::Timestamp;

/// The answer for scripts.
#[derive(Default, Serialize)]
struct Answer<'a> {
    schema: &'static str,
    proved: Option<bool>,
    reason: Option<String>,
    origin: Option<&'a str>,
    index: Option<u64>,
    size: Option<u64>,
    event: Option<&'a Event>,
    key: Option<bool>,
    agency: Option<Who>,
    stamp: Option<Who>,
}

/// Somebody who vouches.
#[derive(Serialize)]
struct Who {
    name: String,
    serial: String,
    certificate_sha256: String,
    key_sha256: String,
    /// The time that is told, proved or not.
    time: Option<Timestamp>,
    proved: bool,
    reason: Option<String>,
}

const SCHEMA: &str = "sohoa.archive-proof/1";

/// Tells of a proof that adds up.
pub(super) fn good(proved: &Proved, asked: &Asked<'_>, ui: &Ui) -> Result<Exit, Failure> {
    let lang = ui.lang;
    let judged = proved.attested.judge(asked.trust, asked.at);
    let exit = exit(proved, &judged, asked);
    let agency = proved.attested.agency.as_ref().map(|agency| {
        let said = judged.agency.as_ref().and_then(|said| said.as_ref().err());
        who(&agency.certificate, None, said, lang)
    });
    let stamp = proved.attested.stamp.as_ref().map(|stamp| {
        let said = judged.time.as_ref().and_then(|said| said.as_ref().err());
        who(&stamp.certificate, Some(stamp.time), said, lang)
    });
    if ui.json {
        let answer = Answer {
            schema: SCHEMA,
            proved: (exit == Exit::Yes).then_some(true),
            reason: None,
            origin: Some(&proved.origin),
            index: Some(proved.index),
            size: Some(proved.size),
            event: Some(&proved.event),
            key: Some(proved.is_signed),
            agency,
            stamp,
        };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
        return Ok(exit);
    }
    let origin = harmless(&proved.origin);
    let by_office = judged.agency.as_ref().is_some_and(Result::is_ok);
    let mut lines = vec![match (proved.is_signed, by_office) {
        (true, _) => say::cli::proof_good(lang, origin),
        (false, true) => say::cli::proof_good_by_agency(lang, origin),
        (false, false) => say::cli::proof_undecided(lang, origin),
    }];
    lines.push(format!("  {}", log::line(&proved.event, lang)));
    lines.extend(agency.map(|who| told(&who, lang)));
    lines.push(match stamp {
        Some(who) => told(&who, lang),
        None => format!("  {}", say::cli::proof_no_time(lang)),
    });
    ui.answer(&lines.join("\n"))?;
    Ok(exit)
}

/// Tells of a proof that does not.
pub(super) fn bad(error: &ProofError, ui: &Ui) -> Result<Exit, Failure> {
    let reason = error.tell(ui.lang);
    if ui.json {
        let (proved, reason) = (Some(false), Some(reason));
        let answer = Answer { schema: SCHEMA, proved, reason, ..Answer::default() };
        ui.answer(&serde_json::to_string(&answer).map_err(Failure::new)?)?;
    } else {
        ui.answer(&say::cli::proof_bad(ui.lang, reason))?;
    }
    Ok(Exit::No)
}

/// Yes where a key that is believed or an office that is trusted signed; and where
/// somebody to trust is named, only with all that vouch, and with a time.
fn exit(proved: &Proved, judged: &Judged, asked: &Asked<'_>) -> Exit {
    let by_office = judged.agency.as_ref().map(Result::is_ok);
    let in_time = judged.time.as_ref().is_some_and(Result::is_ok);
    let is_signed = proved.is_signed || by_office == Some(true);
    let is_answered = !asked.is_trust_named || in_time && by_office != Some(false);
    if is_signed && is_answered { Exit::Yes } else { Exit::Undecided }
}

fn who(
    certificate: &Certificate,
    time: Option<Timestamp>,
    said: Option<&Finding>,
    lang: Lang,
) -> Who {
    Who {
        name: certificate.display_name(),
        serial: crate::digest::hex(certificate.serial()),
        certificate_sha256: certificate.sha256().to_string(),
        key_sha256: crate::digest::Digest::of(certificate.key_info()).to_string(),
        time,
        proved: said.is_none(),
        reason: said.map(|finding| finding.tell(lang).to_owned()),
    }
}

fn told(who: &Who, lang: Lang) -> String {
    let name = harmless(&who.name);
    let key = &who.certificate_sha256;
    let line = match (who.time, &who.reason) {
        (Some(time), None) => say::cli::proof_time(lang, time, name),
        (Some(time), Some(why)) => {
            say::cli::proof_time_undecided(lang, time, name, harmless(why))
        }
        (None, None) => say::cli::proof_agency(lang, name),
        (None, Some(why)) => say::cli::proof_agency_undecided(lang, name, harmless(why)),
    };
    format!("  {line}\n    {}", say::cli::proof_certificate(lang, &who.serial, key))
}
