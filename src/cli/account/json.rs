//! The account in JSON, a line for each input and one for the run.

use serde::Serialize;

use crate::cli::account::Account;
use crate::cli::ingest::Work;
use crate::ingest::outcome::{Outcome, Status, Summary};

/// The name and version of the JSON this writes.
const SCHEMA: &str = "sohoa.ingest/1";

/// A line of JSON about one input.
pub(crate) fn document(outcome: &Outcome) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Counted {
        schema: &'static str,
        kind: &'static str,
        number: usize,
        status: Status,
    }
    #[derive(Serialize)]
    struct Document<'a> {
        schema: &'static str,
        kind: &'static str,
        #[serde(flatten)]
        outcome: &'a Outcome,
    }
    let kind = "document";
    if outcome.status == Status::Secret {
        let Outcome { number, status, .. } = *outcome;
        return serde_json::to_string(&Counted { schema: SCHEMA, kind, number, status });
    }
    serde_json::to_string(&Document { schema: SCHEMA, kind, outcome })
}

/// The last line of JSON: the count of a run.
pub(crate) fn summary(account: &Account<'_>) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Count {
        schema: &'static str,
        kind: &'static str,
        #[serde(flatten)]
        summary: Summary,
        conserved: bool,
        dry_run: bool,
        interrupted: bool,
        exit: u8,
        seconds: f64,
    }
    serde_json::to_string(&Count {
        schema: SCHEMA,
        kind: "summary",
        summary: account.summary,
        conserved: account.summary.is_conserved(),
        dry_run: account.work == Work::Rehearse,
        interrupted: account.interrupted,
        exit: account.exit().code(),
        seconds: account.elapsed.as_secs_f64(),
    })
}
