//! The account a run gives of itself: what became of every input, the
//! conservation line, and what a person has to do now.
//!
//! Papers that bear a secrecy marking are only counted and placed by their
//! position among the inputs: their names are never said (Luật 117/2025/QH15).

use std::time::Duration;

use crate::cli::exit::Exit;
use crate::cli::ingest::{Target, Work};
use crate::cli::number;
use crate::cli::table::wrap;
use crate::cli::ui::{Tone, harmless};
use crate::finding::Finding;
use crate::ingest::outcome::{Outcome, Status, Summary};
use crate::say::{self, Lang};

mod advice;
pub(crate) mod json;
mod rows;

pub(crate) use crate::cli::account::rows::line;

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

/// Every finding about an input: the whole first, then page by page.
fn findings(outcome: &Outcome) -> impl Iterator<Item = &Finding> {
    outcome.findings.iter().chain(outcome.pages.iter().flat_map(|page| &page.findings))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use console::measure_text_width;

    use super::*;
    use crate::finding::Weight;
    use crate::ingest::outcome::Part;
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
        let input = format!("may-quet/đơn đề nghị {number}.tif");
        Outcome {
            status,
            dossier: Some(format!("H32.18-260716-{number:04}")),
            bytes_in: 1000,
            bytes_out: 900,
            seconds: 1.5,
            pages: vec![page(1, 1200)],
            ..Outcome::begun(number, input)
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
        let json = json::document(&outcomes[1]).unwrap();
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
        let json = json::document(&outcome(1, Status::Filed)).unwrap();
        assert!(
            json.starts_with(
                r#"{"schema":"sohoa.ingest/1","kind":"document","number":1,"#
            )
        );
        let json = with_account(&[outcome(1, Status::Filed)], |account| {
            json::summary(account).unwrap()
        });
        assert!(
            json.starts_with(
                r#"{"schema":"sohoa.ingest/1","kind":"summary","inputs":1,"#
            )
        );
    }
}
