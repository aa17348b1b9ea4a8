//! What is told of each input: its row in the table, or its line while papers come,
//! with the reasons below it.

use crate::cli::account::{Account, findings, is_trouble, status};
use crate::cli::ingest::Work;
use crate::cli::number;
use crate::cli::table::{Cell, Row, Side, lay_out};
use crate::cli::ui::{Tone, harmless};
use crate::finding::Weight;
use crate::ingest::outcome::{Outcome, Part, Status};
use crate::say::{self, Lang};

/// Up to so many inputs, each gets a row; above, only those a person must see.
const ROWS_OF_ALL: usize = 50;
/// Rows of a table at most; `--json` has the rest.
const MOST_ROWS: usize = 200;
/// Reasons given under a row.
const MOST_REASONS: usize = 3;

impl Account<'_> {
    /// The rows a person should see.
    pub(super) fn table(
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
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_all_inputs_is_said_once() {
        assert_eq!(common_folder(["a/b/1.tif", "a/b/2.tif"].into_iter()), "a/b/");
        assert_eq!(common_folder(["a/bc/1.tif", "a/bd/2.tif"].into_iter()), "a/");
        assert_eq!(common_folder(["/1.tif", "x/2.tif"].into_iter()), "");
        assert_eq!(common_folder(["a/1.tif", "", "a/b/2.tif"].into_iter()), "a/");
        assert_eq!(common_folder(["a/1.tif"].into_iter()), "");
    }
}
