//! The account a run gives of itself: what became of every input, the
//! conservation line, and what a person has to do now.
//!
//! Papers that bear a secrecy marking are only counted and placed by their
//! position among the inputs: their names are never said (Luật 117/2025/QH15).

use std::collections::BTreeSet;
use std::time::Duration;

use serde::Serialize;

use crate::cli::exit::Exit;
use crate::cli::ingest::{Target, Work};
use crate::cli::number;
use crate::cli::table::{Cell, Row, Side, lay_out, wrap};
use crate::cli::ui::{Tone, harmless};
use crate::finding::{Finding, Weight};
use crate::ingest::outcome::{Outcome, Part, Status, Summary};
use crate::say::{self, Lang, Sentence};

/// The name and version of the JSON this writes.
const SCHEMA: &str = "sohoa.ingest/1";
/// Up to so many inputs, each gets a row; above, only those a person must see.
const ROWS_OF_ALL: usize = 50;
/// Rows of a table at most; `--json` has the rest.
const MOST_ROWS: usize = 200;
/// Reasons given under a row.
const MOST_REASONS: usize = 3;
/// Positions of secret inputs listed by number.
const MOST_POSITIONS: usize = 20;

/// A space at which no line is broken.
const SOLID: &str = "\u{a0}";

/// What the account is about.
#[derive(Debug)]
pub(crate) struct Account<'a> {
    /// How each input ended, in the order of the inputs.
    pub(crate) outcomes: &'a [Outcome],
    /// Their count.
    pub(crate) summary: Summary,
    /// Where they went.
    pub(crate) target: &'a Target,
    /// Whether it was a rehearsal.
    pub(crate) work: Work,
    /// Wall time.
    pub(crate) elapsed: Duration,
    /// Whether somebody asked the run to stop.
    pub(crate) interrupted: bool,
    /// Whether the disk or the archive ended it early.
    pub(crate) broken_off: bool,
}

impl Account<'_> {
    /// What the shell is told.
    pub(crate) fn exit(&self) -> Exit {
        let Summary { failed, needs_person, quarantined, secret, not_reached, .. } =
            self.summary;
        let told = |news: bool, exit| if news { exit } else { Exit::Yes };
        let stopped = !self.broken_off && (self.interrupted || not_reached > 0);
        told(stopped, Exit::Interrupted)
            .and(told(
                self.broken_off || failed > 0 || !self.summary.is_conserved(),
                Exit::Trouble,
            ))
            .and(told(needs_person + quarantined + secret > 0, Exit::No))
    }

    /// The account for a person. `quiet` leaves out what needs nobody, which
    /// may be everything.
    pub(crate) fn text(
        &self,
        lang: Lang,
        quiet: bool,
        width: usize,
        paint: &impl Fn(&str, Tone) -> String,
    ) -> String {
        let mut parts = Vec::new();
        parts.extend(self.table(lang, quiet, width, paint));
        if !quiet || self.exit() != Exit::Yes {
            let mut end = self.conservation(lang, width);
            end.extend(wrap(&self.closing(lang), width));
            for advice in self.advice(lang) {
                let wrapped = wrap(&harmless(&advice), width.saturating_sub(2));
                for (number, line) in wrapped.into_iter().enumerate() {
                    end.push(format!("{}{line}", if number == 0 { "• " } else { "  " }));
                }
            }
            parts.push(end.join("\n"));
        }
        parts.join("\n\n")
    }

    /// The rows a person should see.
    fn table(
        &self,
        lang: Lang,
        quiet: bool,
        width: usize,
        paint: &impl Fn(&str, Tone) -> String,
    ) -> Option<String> {
        let all = !quiet && self.outcomes.len() <= ROWS_OF_ALL;
        let mut seen =
            self.outcomes.iter().filter(|outcome| all || is_trouble(outcome.status));
        let shown: Vec<_> = seen.by_ref().take(MOST_ROWS).collect();
        let unseen = seen.count();
        if shown.is_empty() {
            return None;
        }
        let dossiers = shown.iter().any(|outcome| outcome.dossier.is_some());
        let folder = common_folder(shown.iter().map(|outcome| outcome.input.as_str()));
        let rows: Vec<_> =
            shown.iter().map(|o| self.row(o, folder, dossiers, lang)).collect();
        let mut headings = vec![
            ("#".to_owned(), Side::Right),
            (say::cli::heading_result(lang), Side::Left),
            (say::cli::heading_dossier(lang), Side::Left),
            (say::cli::heading_pages(lang), Side::Right),
            (say::cli::heading_words(lang), Side::Right),
            (heading_of_inputs(folder, lang), Side::Left),
        ];
        if !dossiers {
            headings.remove(2);
        }
        let mut text = lay_out(&headings, &rows, width, paint);
        if unseen > 0 {
            text.push('\n');
            text.push_str(&say::cli::rows_left_out(lang, number::many(unseen, lang)));
        }
        Some(text)
    }

    /// One input: how it ended, and why where that is not plain.
    /// The name stands without `folder`, which all of them lie in.
    fn row(&self, outcome: &Outcome, folder: &str, dossiers: bool, lang: Lang) -> Row {
        let secret = outcome.status == Status::Secret;
        let (status, tone) = status(outcome.status, self.work, lang);
        let words: u64 = outcome.pages.iter().map(|page| u64::from(page.words)).sum();
        let figure = |number: u64| {
            let none = outcome.pages.is_empty();
            Cell::plain(&if none { String::new() } else { number::count(number, lang) })
        };
        let pages = u64::try_from(outcome.pages.len()).unwrap_or(u64::MAX);
        let mut cells = vec![
            Cell::new(&number::many(outcome.number, lang), Tone::Faint),
            Cell::new(&status, tone),
        ];
        if dossiers {
            let dossier = outcome.dossier.as_deref().filter(|_| !secret);
            cells.push(Cell::plain(dossier.unwrap_or_default()));
        }
        cells.extend([figure(pages), figure(words)]);
        let hidden = say::cli::name_not_said(lang);
        cells.push(if secret {
            Cell::new(&hidden, Tone::Faint)
        } else {
            Cell::plain(outcome.input.strip_prefix(folder).unwrap_or(&outcome.input))
        });
        let notes = if secret { Vec::new() } else { notes(outcome, lang) };
        Row { cells, notes }
    }

    /// *inputs = filed + needs a person + already filed + quarantined + failed +
    /// secret*, broken between its terms where it must be.
    fn conservation(&self, lang: Lang, width: usize) -> Vec<String> {
        let Summary {
            inputs,
            filed,
            needs_person,
            already_filed,
            quarantined,
            failed,
            secret,
            not_reached,
            pages: _,
        } = self.summary;
        let term =
            |number, name: String| format!("{} {name}", number::many(number, lang));
        let mut terms = vec![
            term(filed, status(Status::Filed, self.work, lang).0),
            term(needs_person, say::cli::status_needs_person(lang)),
            term(already_filed, say::cli::status_already_filed(lang)),
            term(quarantined, say::cli::status_quarantined(lang)),
            term(failed, say::cli::status_failed(lang)),
            term(secret, say::cli::status_secret(lang)),
        ];
        if not_reached > 0 {
            terms.push(term(not_reached, say::cli::status_not_reached(lang)));
        }
        let inputs = say::cli::inputs(lang, number::many(inputs, lang));
        let sign = if self.summary.is_conserved() { "=" } else { "≠" };
        let solid = |term: String| term.replace(' ', SOLID);
        let terms: Vec<_> = terms.into_iter().map(solid).collect();
        let line = format!("{} {sign} {}", solid(inputs), terms.join(" + "));
        wrap(&line, width).into_iter().map(|line| line.replace(SOLID, " ")).collect()
    }

    /// The sentence that says whether the work is done.
    fn closing(&self, lang: Lang) -> String {
        let time = number::duration(self.elapsed, lang);
        let pages = number::many(self.summary.pages, lang);
        if self.broken_off {
            return say::cli::closing_broken_off(lang, time);
        }
        if self.interrupted || self.summary.not_reached > 0 {
            return say::cli::closing_interrupted(lang, time);
        }
        if self.summary.inputs == 0 {
            return say::cli::closing_nothing(lang);
        }
        match (self.exit(), self.work, self.target) {
            (Exit::Yes, Work::Rehearse, _) => {
                say::cli::closing_rehearsed(lang, pages, time)
            }
            (Exit::Yes, Work::Real, Target::Archive(dir)) => {
                let dir = harmless(&dir.to_string_lossy());
                say::cli::closing_filed(lang, pages, time, dir)
            }
            (Exit::Yes, Work::Real, Target::File(file)) => {
                let file = harmless(&file.to_string_lossy());
                say::cli::closing_written(lang, pages, time, file)
            }
            (Exit::No | Exit::Trouble | Exit::Undecided | Exit::Interrupted, _, _) => {
                say::cli::closing_with_care(lang, pages, time)
            }
        }
    }

    /// What a person has to do now, most pressing first.
    fn advice(&self, lang: Lang) -> Vec<String> {
        let Summary { needs_person, quarantined, failed, secret, .. } = self.summary;
        let number = |n| number::many(n, lang);
        let mut advice = Vec::new();
        if !self.summary.is_conserved() {
            advice.push(say::cli::not_conserved(lang));
        }
        if secret > 0 {
            advice.push(say::cli::advice_secret(
                lang,
                number(secret),
                self.positions(lang),
            ));
            advice.push(say::cli::advice_not_secret(lang));
        }
        if failed > 0 {
            advice.push(say::cli::advice_failed(lang, number(failed)));
        }
        if quarantined > 0 {
            let place = match self.target {
                Target::Archive(dir) => dir.join("quarantine").display().to_string(),
                Target::File(file) => file.display().to_string(),
            };
            advice.push(match self.work {
                Work::Real => {
                    say::cli::advice_quarantined(lang, number(quarantined), place)
                }
                Work::Rehearse => {
                    say::cli::advice_would_quarantine(lang, number(quarantined))
                }
            });
        }
        if needs_person > 0 {
            advice.push(say::cli::advice_needs_person(lang, number(needs_person)));
        }
        advice.extend(self.what_helps(lang));
        if self.work == Work::Rehearse && !advice.is_empty() {
            advice.push(say::cli::advice_rehearsed(lang));
        }
        advice
    }

    /// The positions of secret inputs among the inputs.
    fn positions(&self, lang: Lang) -> String {
        let mut numbers =
            self.outcomes.iter().filter(|o| o.status == Status::Secret).map(|o| o.number);
        let mut shown: Vec<_> = numbers
            .by_ref()
            .take(MOST_POSITIONS)
            .map(|n| number::many(n, lang))
            .collect();
        if numbers.next().is_some() {
            shown.push("…".to_owned());
        }
        shown.join(", ")
    }

    /// What a person can do about what was found: repair, or name a flag.
    fn what_helps(&self, lang: Lang) -> Vec<String> {
        let named = self.outcomes.iter().filter(|o| o.status != Status::Secret);
        let found: BTreeSet<(&str, bool)> = named
            .flat_map(findings)
            .map(|finding| (finding.code.as_str(), finding.page.is_some()))
            .collect();
        let mut hints = Vec::new();
        for (code, about, hint) in WHAT_HELPS {
            let fits = |(other, of_page): &(&str, bool)| {
                *other == code
                    && match about {
                        About::Whole => !of_page,
                        About::Page => *of_page,
                        About::Any => true,
                    }
            };
            let hint = hint(lang);
            if found.iter().any(fits) && !hints.contains(&hint) {
                hints.push(hint);
            }
        }
        hints
    }
}

/// What a finding must be about for an advice to help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// The input as a whole.
    Whole,
    /// One of its pages.
    Page,
    /// Either.
    Any,
}

/// A finding's code, what it must be about, and the advice that helps, which
/// names the flag where there is one.
const WHAT_HELPS: [(&str, About, Sentence); 16] = [
    ("input.not-a-scan", About::Any, say::cli::hint_formats),
    ("input.empty", About::Any, say::cli::hint_scan_again),
    ("input.damaged", About::Whole, say::cli::hint_scan_again),
    ("pdf.damaged", About::Whole, say::cli::hint_scan_again),
    ("input.unsupported", About::Any, say::cli::hint_unsupported),
    ("input.not-a-file", About::Any, say::cli::hint_not_a_file),
    ("input.changing", About::Any, say::cli::hint_changing),
    ("input.unreadable", About::Any, say::cli::hint_unreadable),
    ("input.too-many-pages", About::Any, say::cli::hint_too_many_pages),
    ("input.too-many-pixels", About::Any, say::cli::hint_max_pixels),
    ("pdf.needs-password", About::Any, say::cli::hint_password_file),
    ("pdf.wrong-password", About::Any, say::cli::hint_password_file),
    ("input.damaged", About::Page, say::cli::hint_skip_damaged),
    ("pdf.damaged", About::Page, say::cli::hint_skip_damaged),
    ("text.timed-out", About::Any, say::cli::hint_page_timeout),
    ("resolution.assumed", About::Any, say::cli::hint_dpi),
];

/// An input on a line of its own, and below it what a person must know.
pub(crate) fn line(
    outcome: &Outcome,
    lang: Lang,
    paint: &impl Fn(&str, Tone) -> String,
) -> String {
    let (status, tone) = status(outcome.status, Work::Real, lang);
    if outcome.status == Status::Secret {
        return format!("{}  {}", paint(&status, tone), say::cli::name_not_said(lang));
    }
    let dossier = outcome.dossier.as_deref().unwrap_or("-");
    let input = harmless(&outcome.input);
    let mut lines = vec![format!("{}  {dossier}  {input}", paint(&status, tone))];
    let notes = notes(outcome, lang);
    lines.extend(notes.iter().map(|note| format!("    → {}", harmless(note))));
    lines.join("\n")
}

/// Whether a person has to see this ending.
pub(crate) fn is_trouble(status: Status) -> bool {
    match status {
        Status::Filed | Status::AlreadyFiled => false,
        Status::NeedsPerson | Status::Quarantined | Status::Failed | Status::Secret => {
            true
        }
    }
}

/// The words and the tone of a status.
fn status(status: Status, work: Work, lang: Lang) -> (String, Tone) {
    match status {
        Status::Filed => match work {
            Work::Real => (say::cli::status_filed(lang), Tone::Good),
            Work::Rehearse => (say::cli::status_would_file(lang), Tone::Good),
        },
        Status::NeedsPerson => (say::cli::status_needs_person(lang), Tone::Care),
        Status::AlreadyFiled => (say::cli::status_already_filed(lang), Tone::Faint),
        Status::Quarantined => (say::cli::status_quarantined(lang), Tone::Care),
        Status::Failed => (say::cli::status_failed(lang), Tone::Bad),
        Status::Secret => (say::cli::status_secret(lang), Tone::Bad),
    }
}

/// The folder that all of several inputs lie in, with its slash; else nothing.
fn common_folder<'a>(inputs: impl Iterator<Item = &'a str>) -> &'a str {
    let mut inputs = inputs.filter(|input| !input.is_empty());
    let Some(first) = inputs.next() else { return "" };
    let mut folder = "";
    for (number, input) in inputs.enumerate() {
        if number == 0 {
            folder = first;
        }
        while !input.starts_with(folder) || !(folder.is_empty() || folder.ends_with('/'))
        {
            let above = folder.trim_end_matches('/').rfind('/');
            folder = above.and_then(|slash| folder.get(..=slash)).unwrap_or_default();
        }
    }
    folder
}

/// The heading over the names of inputs.
fn heading_of_inputs(folder: &str, lang: Lang) -> String {
    if folder.is_empty() {
        say::cli::heading_input(lang)
    } else {
        say::cli::heading_input_in(lang, harmless(folder))
    }
}

/// Every finding about an input: the whole first, then page by page.
fn findings(outcome: &Outcome) -> impl Iterator<Item = &Finding> {
    outcome.findings.iter().chain(outcome.pages.iter().flat_map(|page| &page.findings))
}

/// What a person must know of an input: where its parts lie if it was split, and
/// why it ended as it did.
fn notes(outcome: &Outcome, lang: Lang) -> Vec<String> {
    let mut notes: Vec<String> = parts(outcome, lang).into_iter().collect();
    notes.extend(reasons(outcome, lang));
    notes
}

/// The dossiers of an input that was split, each with the pages it got.
fn parts(outcome: &Outcome, lang: Lang) -> Option<String> {
    let part = |part: &Part| {
        let dossier = part.dossier.as_deref().unwrap_or("–");
        match part.pages {
            Some([first, last]) => say::cli::part(lang, dossier, first, last),
            None => dossier.to_owned(),
        }
    };
    let parts: Vec<String> = outcome.documents.iter().map(part).collect();
    (parts.len() > 1)
        .then(|| say::cli::parts(lang, number::many(parts.len(), lang), parts.join(", ")))
}

/// Why an input ended as it did and what was assumed about it, the weightiest
/// reasons first, each once.
fn reasons(outcome: &Outcome, lang: Lang) -> Vec<String> {
    let first = outcome.findings.first();
    let first = first.filter(|finding| {
        is_trouble(outcome.status) && finding.weight >= Weight::Warning
    });
    let mut found: Vec<_> =
        findings(outcome).filter(|finding| finding.weight >= Weight::Warning).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.weight));
    let mut reasons = Vec::new();
    for finding in first.into_iter().chain(found) {
        let reason = match finding.page {
            Some(page) => say::cli::on_page(lang, page, finding.tell(lang)),
            None => finding.tell(lang).to_owned(),
        };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let more = reasons.len().saturating_sub(MOST_REASONS);
    if more > 0 {
        reasons.truncate(MOST_REASONS);
        reasons.push(say::cli::more_reasons(lang, number::many(more, lang)));
    }
    reasons
}

/// A line of JSON about one input.
pub(crate) fn json_document(outcome: &Outcome) -> Result<String, serde_json::Error> {
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
pub(crate) fn json_summary(account: &Account<'_>) -> Result<String, serde_json::Error> {
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use console::measure_text_width;

    use super::*;
    use crate::page::record::{PageRecord, Place, TextSource};

    fn page(number: u32, words: u32) -> PageRecord {
        PageRecord {
            number,
            scanned: None,
            place: Place::Kept,
            width_mm: 210.0,
            height_mm: 297.0,
            dpi: [300.0, 300.0],
            turned: 0,
            skew_degrees: 0.0,
            encoding: "JPEG".to_owned(),
            kept_as: "JPEG".to_owned(),
            text: TextSource::Read,
            words,
            confidence: 90.0,
            corrections: Vec::new(),
            aside: Vec::new(),
            findable: Vec::new(),
            findings: Vec::new(),
        }
    }

    fn outcome(number: usize, status: Status) -> Outcome {
        Outcome {
            number,
            input: format!("may-quet/đơn đề nghị {number}.tif"),
            status,
            dossier: Some(format!("H32.18-260716-{number:04}")),
            file: None,
            documents: Vec::new(),
            bytes_in: 1000,
            bytes_out: 900,
            seconds: 1.5,
            findings: Vec::new(),
            pages: vec![page(1, 1200)],
        }
    }

    fn with_account<T>(outcomes: &[Outcome], look: impl Fn(&Account<'_>) -> T) -> T {
        let mut summary = Summary { inputs: outcomes.len(), ..Summary::default() };
        outcomes.iter().for_each(|outcome| summary.count(outcome));
        let target = Target::Archive(PathBuf::from("kho"));
        look(&Account {
            outcomes,
            summary,
            target: &target,
            work: Work::Real,
            elapsed: Duration::from_secs(65),
            interrupted: false,
            broken_off: false,
        })
    }

    fn plain(text: &str, _: Tone) -> String {
        text.to_owned()
    }

    #[test]
    fn the_worst_outcome_decides_the_exit() {
        let exit = |statuses: &[Status]| {
            let outcomes: Vec<_> =
                statuses.iter().zip(1..).map(|(s, number)| outcome(number, *s)).collect();
            with_account(&outcomes, |account| account.exit())
        };
        assert_eq!(exit(&[Status::Filed, Status::AlreadyFiled]), Exit::Yes);
        assert_eq!(exit(&[Status::Filed, Status::NeedsPerson]), Exit::No);
        assert_eq!(exit(&[Status::Secret]), Exit::No);
        assert_eq!(exit(&[Status::Quarantined, Status::Failed]), Exit::Trouble);
    }

    #[test]
    fn an_interrupted_run_says_so_whatever_else_happened() {
        let outcomes = [outcome(1, Status::Failed)];
        with_account(&outcomes, |account| {
            let mut summary = account.summary;
            summary.inputs = 3;
            summary.not_reached = 2;
            let account = Account { summary, interrupted: true, ..*account };
            assert_eq!(account.exit(), Exit::Interrupted);
            assert!(account.text(Lang::Vi, true, 80, &plain).contains("2 chưa làm"));
        });
    }

    #[test]
    fn a_run_that_a_full_disk_ended_was_not_stopped_on_request() {
        with_account(&[outcome(1, Status::Failed)], |account| {
            let summary = Summary { inputs: 3, not_reached: 2, ..account.summary };
            let account = Account { summary, broken_off: true, ..*account };
            assert_eq!(account.exit(), Exit::Trouble);
            let text = account.text(Lang::Vi, true, 80, &plain);
            assert!(text.contains("2 chưa làm") && !text.contains("theo yêu cầu"));
        });
    }

    #[test]
    fn inputs_that_went_missing_are_trouble() {
        with_account(&[outcome(1, Status::Filed)], |account| {
            let summary = Summary { inputs: 2, ..account.summary };
            let account = Account { summary, ..*account };
            assert_eq!(account.exit(), Exit::Trouble);
            assert!(account.text(Lang::Vi, false, 80, &plain).contains('≠'));
        });
    }

    #[test]
    fn the_name_of_a_secret_paper_is_never_said() {
        let outcomes = [outcome(1, Status::Filed), outcome(2, Status::Secret)];
        with_account(&outcomes, |account| {
            let text = account.text(Lang::Vi, false, 80, &plain);
            assert!(!text.contains("nghị 2") && !text.contains("260716-0002"), "{text}");
            assert!(text.contains("(thứ tự: 2)"), "{text}");
        });
        let json = json_document(&outcomes[1]).unwrap();
        assert_eq!(
            json,
            r#"{"schema":"sohoa.ingest/1","kind":"document","number":2,"status":"secret"}"#
        );
    }

    #[test]
    fn the_conservation_line_balances() {
        let outcomes = [outcome(1, Status::Filed), outcome(2, Status::Quarantined)];
        let text =
            with_account(&outcomes, |account| account.text(Lang::Vi, false, 100, &plain));
        let line = "2 đầu vào = 1 đã lưu + 0 cần người xem + 0 đã có + 1 cách ly + 0 lỗi + 0 mật";
        assert!(text.contains(line), "{text}");
        assert!(text.lines().all(|line| measure_text_width(line) <= 100), "{text}");
    }

    #[test]
    fn a_long_list_shows_only_what_a_person_must_see() {
        let mut outcomes: Vec<_> =
            (1..=60).map(|number| outcome(number, Status::Filed)).collect();
        outcomes[40].status = Status::NeedsPerson;
        let text =
            with_account(&outcomes, |account| account.text(Lang::Vi, false, 100, &plain));
        assert!(text.contains("nghị 41.tif") && !text.contains("nghị 40.tif"), "{text}");
    }

    #[test]
    fn the_folder_of_all_inputs_is_said_once() {
        assert_eq!(common_folder(["a/b/1.tif", "a/b/2.tif"].into_iter()), "a/b/");
        assert_eq!(common_folder(["a/bc/1.tif", "a/bd/2.tif"].into_iter()), "a/");
        assert_eq!(common_folder(["/1.tif", "x/2.tif"].into_iter()), "");
        assert_eq!(common_folder(["a/1.tif", "", "a/b/2.tif"].into_iter()), "a/");
        assert_eq!(common_folder(["a/1.tif"].into_iter()), "");
    }

    #[test]
    fn quiet_says_nothing_when_nobody_is_needed() {
        let outcomes = [outcome(1, Status::Filed)];
        let text =
            with_account(&outcomes, |account| account.text(Lang::Vi, true, 80, &plain));
        assert_eq!(text, "");
    }

    #[test]
    fn the_reason_stands_under_its_row_and_the_flag_that_helps_below() {
        let mut big = outcome(1, Status::Quarantined);
        big.findings.push(Finding::new(
            "input.too-many-pixels",
            Weight::NeedsPerson,
            |_| "ảnh quá lớn".to_owned(),
        ));
        let text =
            with_account(&[big], |account| account.text(Lang::Vi, false, 80, &plain));
        assert!(text.contains("    → ảnh quá lớn"), "{text}");
        assert!(text.contains("--max-pixels"), "{text}");
    }

    #[test]
    fn every_dossier_of_a_stack_that_was_split_is_shown() {
        let mut stack = outcome(1, Status::Filed);
        let part = |number: u32| Part {
            dossier: Some(format!("H32.18-260716-{number:04}")),
            file: None,
            pages: Some([number * 2 - 1, number * 2]),
        };
        stack.documents = (1..=12).map(part).collect();
        let told =
            with_account(&[stack.clone()], |a| a.text(Lang::Vi, false, 80, &plain));
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        for number in 1..=12 {
            let (first, last) = (number * 2 - 1, number * 2);
            let part = format!("H32.18-260716-{number:04} (trang {first}–{last})");
            assert!(told.contains(&part), "{part}: {told}");
            assert!(line(&stack, Lang::Vi, &plain).contains(&part));
        }
        stack.status = Status::Secret;
        assert!(!line(&stack, Lang::Vi, &plain).contains("0012"));
    }

    #[test]
    fn json_names_its_schema_first() {
        let json = json_document(&outcome(1, Status::Filed)).unwrap();
        assert!(
            json.starts_with(
                r#"{"schema":"sohoa.ingest/1","kind":"document","number":1,"#
            )
        );
        let json = with_account(&[outcome(1, Status::Filed)], |account| {
            json_summary(account).unwrap()
        });
        assert!(
            json.starts_with(
                r#"{"schema":"sohoa.ingest/1","kind":"summary","inputs":1,"#
            )
        );
    }
}
