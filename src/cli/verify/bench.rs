//! Files judged in parallel and handed out in order, each with all it is judged with.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::cli::crew;
use crate::cli::ui::Ui;
use crate::cli::verdicts::{self, Format};
use crate::cli::verify::evidence::{export, export_fetched};
use crate::cli::verify::kept::Shelf;
use crate::cli::verify::resume::Finished;
use crate::cli::verify::{Plan, beside, online};
use crate::cos::{CosError, Source};
use crate::digest::Digest;
use crate::pki::Store;
use crate::say::{self, Lang, Tell as _};
use crate::time::Timestamp;
use crate::verify::examine::{Report, examine};
use crate::verify::fetch::{Fetched, Fetcher, MOST_ROUNDS};
use crate::verify::lasting;
use crate::verify::pictures;
use crate::verify::report::FileRow;

/// A row, and whether it was judged now rather than by an earlier run.
pub(super) struct Judged {
    pub(super) row: FileRow,
    pub(super) new: bool,
    /// The moment from which it may be judged otherwise, if it may.
    pub(super) until: Option<Timestamp>,
}

impl Judged {
    pub(super) fn unreadable(path: &str, why: impl Fn(Lang) -> String) -> Self {
        let row = FileRow::unreadable(path.to_owned(), why);
        Self { row, new: false, until: None }
    }
}

/// Everything the files of one run are judged with.
pub(super) struct Bench<'a> {
    pub(super) plan: &'a Plan,
    /// The way to addresses, if they may be asked.
    pub(super) fetcher: Option<&'a Fetcher<'a>>,
    /// Rows of an earlier run.
    pub(super) finished: &'a Finished,
    /// What archives keep of verdicts.
    pub(super) shelf: &'a Shelf,
}

impl Bench<'_> {
    /// Judges the files on as many threads as are wanted and hands the rows out in
    /// order. No file is begun after `stop` is raised; those in hand are finished.
    pub(super) fn judge_all(
        &self,
        files: &[PathBuf],
        stop: &AtomicBool,
        ui: &Ui,
        mut hand_out: impl FnMut(Judged),
    ) {
        let lang = ui.lang;
        let files: Vec<(usize, &PathBuf)> = files.iter().enumerate().collect();
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        crew::each(
            (&files, self.plan.jobs),
            stop,
            ui,
            |(_, path)| self.judge(path, lang),
            |(index, _), judged| {
                waiting.insert(*index, judged);
                while let Some(judged) = waiting.remove(&due) {
                    hand_out(judged);
                    due += 1;
                }
            },
        );
    }

    /// The row of one file. A file that breaks its reader is unreadable, not the end.
    fn judge(&self, path: &Path, lang: Lang) -> Judged {
        let shown = path.to_string_lossy().into_owned();
        let judged =
            panic::catch_unwind(AssertUnwindSafe(|| self.judge_one(path, &shown, lang)));
        judged.unwrap_or_else(|_| Judged::unreadable(&shown, say::verify::reader_broke))
    }

    fn judge_one(&self, path: &Path, shown: &str, lang: Lang) -> Judged {
        let unreadable = |error: &io::Error| {
            Judged::unreadable(shown, |lang| say::io_reason(lang, error))
        };
        let source = match Source::open(path) {
            Ok(source) => source,
            Err(error) => return unreadable(&error),
        };
        if beside::is_one(&source) {
            return self.judge_beside(path, shown, lang);
        }
        if beside::is_named_so(path) {
            return Judged::unreadable(shown, say::pki::not_signed_data);
        }
        if source.is_empty() || !verdicts::is_pdf(&source) {
            // Whoever names a file that is no PDF means the signature beside it.
            if let Some(signature) = beside::of(path) {
                let shown = signature.to_string_lossy().into_owned();
                return self.judge_one(&signature, &shown, lang);
            }
            return Judged::unreadable(shown, say::pdf::not_pdf);
        }
        let sha256 = match fs::File::open(path).and_then(Digest::of_reader) {
            Ok(sha256) => sha256,
            Err(error) => return unreadable(&error),
        };
        if let Some(row) = self.finished.get(&(shown.to_owned(), sha256)) {
            return Judged { row: row.clone(), new: false, until: None };
        }
        if let Some(row) = self.shelf.recall(path, &sha256, self.plan.at) {
            return Judged { row, new: false, until: None };
        }
        let (report, fetched) = match self.examine(source, path) {
            Ok(found) => found,
            Err(error) => return Judged::unreadable(shown, |lang| error.tell(lang)),
        };
        if let Err(why) = self.keep(&sha256, (&report, &fetched), lang) {
            return Judged::unreadable(shown, why);
        }
        let mut row = FileRow::of(shown.to_owned(), Some(sha256), &report);
        row.findings.extend(fetched.iter().map(online::told));
        if self.plan.format == Format::Html
            && let Ok(source) = Source::open(path)
        {
            row.pictures = pictures::of(source, self.plan.password.as_deref(), &report);
        }
        let until = match self.shelf.keeps() {
            true => lasting::until(&report, &self.plan.trust, self.plan.at),
            false => None,
        };
        Judged { row, new: true, until }
    }

    /// Judges a file; where addresses may be asked, once more with what they gave.
    fn examine(
        &self,
        source: Source,
        path: &Path,
    ) -> Result<(Report, Vec<Fetched>), CosError> {
        let mut first = Some(source);
        self.until_settled(&mut |store| {
            let source = first.take().map_or_else(|| Source::open(path), Ok)?;
            examine(source, &self.plan.terms(store))
        })
    }

    /// Judges by what is trusted; where addresses may be asked, once more with what
    /// they gave, until that is nothing new.
    pub(super) fn until_settled<E>(
        &self,
        judge: &mut dyn FnMut(&Store) -> Result<Report, E>,
    ) -> Result<(Report, Vec<Fetched>), E> {
        let plan = self.plan;
        let mut report = judge(&plan.trust)?;
        let mut fetched = Vec::new();
        if let Some(fetcher) = self.fetcher {
            let mut store = plan.trust.clone();
            for _ in 0..MOST_ROUNDS {
                if !fetcher.fetch(&report, &mut store, &mut fetched) {
                    break;
                }
                report = judge(&store)?;
            }
        }
        Ok((report, fetched))
    }

    /// Writes the evidence of one file, where that is wanted; why it was not written.
    pub(super) fn keep(
        &self,
        sha256: &Digest,
        (report, fetched): (&Report, &[Fetched]),
        lang: Lang,
    ) -> Result<(), Box<dyn Fn(Lang) -> String>> {
        let Some(dir) = self.plan.evidence.clone() else { return Ok(()) };
        let written =
            export(&dir, sha256, report).and_then(|()| export_fetched(&dir, fetched));
        written.map_err(|error| -> Box<dyn Fn(Lang) -> String> {
            let why = say::io_reason(lang, &error);
            Box::new(move |lang| {
                let what = say::verify::cannot_write_evidence(lang, dir.display());
                format!("{what}: {why}")
            })
        })
    }
}
