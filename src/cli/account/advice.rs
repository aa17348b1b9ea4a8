//! What a person has to do now, and the flag that helps where there is one.

use std::collections::BTreeSet;

use crate::cli::account::{Account, findings};
use crate::cli::ingest::{Target, Work};
use crate::cli::number;
use crate::ingest::outcome::{Status, Summary};
use crate::say::{self, Lang, Sentence};

/// Positions of secret inputs listed by number.
const MOST_POSITIONS: usize = 20;

impl Account<'_> {
    /// What a person has to do now, most pressing first.
    pub(super) fn advice(&self, lang: Lang) -> Vec<String> {
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
