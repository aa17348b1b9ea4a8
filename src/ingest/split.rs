//! A stack of papers, split where its separator sheets say.
//!
//! Only what carries our mark and a right check is a separator, or what the
//! office named to the letter. Sheets leave the document and stay with it: in
//! a companion file, and in the record of the document that follows them. What
//! they announce is counted; where the count is wrong everything is filed all
//! the same, and a person is asked.

use std::collections::BTreeSet;
use std::fmt;

use crate::archive::Code;
use crate::archive::code::Unit;
use crate::finding::{Finding, Weight};
use crate::ingest::work::Done;
use crate::page::record::Place;
use crate::say;
use crate::track::payload::{Begins, Known, Payload, Sheet};

/// Which dossier a document goes into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// That of its input.
    Main,
    /// A new one: the input's so-manieth dossier that a sheet begins.
    New(usize),
    /// This one.
    Of(Code),
}

/// What splitting obeys.
#[derive(Clone, Copy)]
pub(crate) struct Splitting<'a> {
    /// What payloads are held against.
    pub(crate) known: &'a Known,
    /// The agency whose codes count; `None` where there is no archive.
    pub(crate) agency: Option<&'a Unit>,
    /// The dossier that was named for everything.
    pub(crate) dossier: Option<&'a Code>,
    /// Whether the archive has or gave out a code.
    pub(crate) is_known: &'a dyn Fn(&Code) -> bool,
}

impl fmt::Debug for Splitting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Splitting").field("agency", &self.agency).finish_non_exhaustive()
    }
}

/// Whether the pages of an input can be parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Can {
    /// Yes.
    Split,
    /// No: its file stays as it is.
    StaysAsItIs,
    /// No: one file is written.
    OneFile,
}

/// A document of a stack.
pub(crate) struct Part {
    /// Its pages and the sheets before them.
    pub(crate) pages: Vec<Done>,
    /// Whether it is the whole input.
    pub(crate) is_all: bool,
    /// Where it goes.
    pub(crate) home: Home,
    /// What is to be said about it.
    pub(crate) findings: Vec<Finding>,
}

/// Parts the pages of an input, in their order. At least one document, unless
/// there is nothing but sheets.
pub(crate) fn split(pages: Vec<Done>, by: &Splitting<'_>, can: Can) -> Vec<Part> {
    let meanings: Vec<Vec<Payload>> =
        pages.iter().map(|page| by.meanings(page)).collect();
    let is_sheet = |page: &[Payload]| {
        page.iter()
            .any(|payload| matches!(payload, Payload::Sheet(_) | Payload::Separator))
    };
    let has_sheets = meanings.iter().any(|page| is_sheet(page));
    let mut pieces = vec![Piece::default()];
    for (mut page, payloads) in pages.into_iter().zip(meanings) {
        let is_sheet = has_sheets && can == Can::Split && is_sheet(&payloads);
        if is_sheet {
            page.record_mut().place = Place::Sheet;
            if pieces.last().is_none_or(Piece::has_content) {
                pieces.push(Piece::default());
            }
        }
        if let Some(piece) = pieces.last_mut() {
            piece.take(page, payloads, is_sheet);
        }
    }
    pieces.retain(|piece| !piece.pages.is_empty());
    give_back_tail(&mut pieces);
    if has_sheets && can != Can::Split {
        let say = match can {
            Can::StaysAsItIs | Can::Split => say::track::not_split,
            Can::OneFile => say::track::not_split_into_file,
        };
        for piece in &mut pieces {
            piece.findings.push(Finding::new(
                "stack.not-split",
                Weight::NeedsPerson,
                say,
            ));
        }
    }
    by.homes(pieces)
}

/// A document on its way out of the stack.
#[derive(Default)]
struct Piece {
    pages: Vec<Done>,
    sheets: Vec<Sheet>,
    has_sheet: bool,
    codes: Vec<Code>,
    findings: Vec<Finding>,
}

impl Piece {
    /// Adds a page and what it says.
    fn take(&mut self, page: Done, payloads: Vec<Payload>, is_sheet: bool) {
        let number = page.record().number;
        for payload in payloads {
            match payload {
                Payload::Sheet(sheet) if is_sheet => self.begin(sheet, number),
                Payload::Separator if is_sheet => self.has_sheet = true,
                Payload::Dossier(code) => self.codes.push(code),
                Payload::Damaged => {
                    let say = say::track::sheet_damaged;
                    let finding = Finding::new("code.damaged", Weight::NeedsPerson, say);
                    self.findings.push(finding.on_page(number));
                }
                Payload::Sheet(_)
                | Payload::Separator
                | Payload::Calibration(_)
                | Payload::Sealed(_)
                | Payload::Card
                | Payload::Foreign => {}
            }
        }
        self.pages.push(page);
    }

    /// Notes a sheet. The other side of one, or one that went through twice, is
    /// no second one; a sheet of the same kind is, and nothing lies between.
    fn begin(&mut self, sheet: Sheet, page: u32) {
        self.has_sheet = true;
        if self.sheets.iter().any(|known| known.is_same_sheet(&sheet)) {
            return;
        }
        if self.sheets.iter().any(|known| known.begins >= sheet.begins) {
            let say = say::track::sheet_without_pages;
            let finding = Finding::new("sheet.without-pages", Weight::NeedsPerson, say);
            self.findings.push(finding.on_page(page));
            self.sheets.retain(|known| known.begins > sheet.begins);
        }
        let say = |lang| match (&sheet.dossier, sheet.begins) {
            (Some(code), _) => say::track::sheet_of(lang, code),
            (None, Begins::Dossier) => say::track::sheet_dossier(lang),
            (None, Begins::Document) => say::track::sheet_document(lang),
        };
        let finding = Finding::new("sheet.read", Weight::Note, say);
        self.findings.push(finding.on_page(page));
        self.sheets.push(sheet);
    }

    /// Whether there is a page that is neither a sheet nor blank.
    fn has_content(&self) -> bool {
        self.pages.iter().any(|page| page.record().place == Place::Kept)
    }

    /// Its pages without sheets: those with something on them, and all.
    fn count(&self) -> (usize, usize) {
        let not_sheet = |page: &&Done| page.record().place != Place::Sheet;
        let all = self.pages.iter().filter(not_sheet);
        let kept = all.clone().filter(|page| page.record().place == Place::Kept);
        (kept.count(), all.count())
    }

    /// The sheet that begins a dossier.
    fn dossier_sheet(&self) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.begins == Begins::Dossier)
    }
}

/// Sheets at the end of a stack go with the document before them.
fn give_back_tail(pieces: &mut Vec<Piece>) {
    let is_tail = pieces.len() > 1
        && pieces.last().is_some_and(|last| last.has_sheet && !last.has_content());
    if !is_tail {
        return;
    }
    let (Some(tail), Some(before)) = (pieces.pop(), pieces.last_mut()) else { return };
    // A bare sheet often closes a stack; one that announces papers misses them.
    let announces = tail.sheets.iter().any(|sheet| {
        sheet.dossier.is_some() || sheet.pages.is_some() || sheet.documents.is_some()
    });
    let weight = if announces { Weight::NeedsPerson } else { Weight::Note };
    let number = tail.pages.first().map_or(0, |page| page.record().number);
    let say = say::track::sheet_without_pages;
    let finding = Finding::new("sheet.without-pages", weight, say).on_page(number);
    before.findings.extend(tail.findings);
    before.findings.push(finding);
    before.pages.extend(tail.pages);
}

impl Splitting<'_> {
    /// The separator sheets on a page.
    pub(crate) fn sheets(&self, page: &Done) -> Vec<Sheet> {
        let sheet = |payload| match payload {
            Payload::Sheet(sheet) => Some(sheet),
            Payload::Dossier(_)
            | Payload::Separator
            | Payload::Calibration(_)
            | Payload::Sealed(_)
            | Payload::Card
            | Payload::Damaged
            | Payload::Foreign => None,
        };
        self.meanings(page).into_iter().filter_map(sheet).collect()
    }

    /// What the codes on a page say.
    fn meanings(&self, page: &Done) -> Vec<Payload> {
        page.codes().iter().map(|code| Payload::read(&code.payload, self.known)).collect()
    }

    /// Says of each piece where it goes, dossier by dossier.
    fn homes(&self, pieces: Vec<Piece>) -> Vec<Part> {
        let parted = pieces.len() > 1;
        let mut runs: Vec<Vec<Piece>> = Vec::new();
        for piece in pieces {
            let begins = piece.dossier_sheet().is_some();
            match runs.last_mut() {
                Some(run) if !begins => run.push(piece),
                Some(_) | None => runs.push(vec![piece]),
            }
        }
        let mut parts = Vec::new();
        for (number, mut run) in runs.into_iter().enumerate() {
            check_counts(&mut run);
            let home = self.home_of_run(&mut run, number);
            for mut piece in run {
                let home = self.home_of(&mut piece, &home);
                parts.push(Part {
                    is_all: !parted,
                    pages: piece.pages,
                    home,
                    findings: piece.findings,
                });
            }
        }
        if parted {
            let count = parts.len();
            for part in &mut parts {
                let say = |lang| say::track::split_into(lang, count);
                part.findings.push(Finding::new("stack.split", Weight::Note, say));
            }
        }
        parts
    }

    /// Where the papers after one dossier sheet go, unless their own codes say
    /// otherwise.
    fn home_of_run(&self, run: &mut [Piece], number: usize) -> Home {
        let sheet = run.first().and_then(Piece::dossier_sheet);
        let begun = sheet.is_some();
        let by_sheet = sheet.and_then(|sheet| sheet.dossier.clone());
        if let (Some(code), Some(first)) = (by_sheet, run.first_mut()) {
            if self.is_ours(&code) {
                self.note_unknown(&code, &mut first.findings);
                if self.is_named_otherwise(&code, &mut first.findings) {
                    return Home::Main;
                }
                return Home::Of(code);
            }
            first.findings.extend(self.foreign(&code, Weight::NeedsPerson));
        }
        let codes = run.iter().flat_map(|piece| &piece.codes);
        let ours: BTreeSet<Code> =
            codes.filter(|code| self.is_ours(code)).map(Code::canonical).collect();
        let mut ours = ours.into_iter();
        match (ours.next(), ours.next(), begun) {
            // One code for all the papers of a stack.
            (Some(code), None, _) => Home::Of(code),
            (None, _, true) | (Some(_), Some(_), true) => Home::New(number),
            (None, _, false) | (Some(_), Some(_), false) => Home::Main,
        }
    }

    /// Where a document goes, that of its run being `home`.
    fn home_of(&self, piece: &mut Piece, home: &Home) -> Home {
        let codes: BTreeSet<Code> = piece.codes.iter().map(Code::canonical).collect();
        let (ours, others): (Vec<_>, Vec<_>) =
            codes.into_iter().partition(|code| self.is_ours(code));
        let findings = &mut piece.findings;
        findings
            .extend(others.iter().filter_map(|code| self.foreign(code, Weight::Warning)));
        if self.agency.is_none() {
            return Home::Main;
        }
        if let Some(named) = self.dossier {
            for code in ours.iter().filter(|code| **code != named.canonical()) {
                findings.push(other(code, named));
            }
            return Home::Main;
        }
        match (ours.as_slice(), home) {
            ([], home) => home.clone(),
            ([code], Home::Of(by_sheet)) if *code != by_sheet.canonical() => {
                findings.push(other(code, by_sheet));
                Home::Of(by_sheet.clone())
            }
            ([code], Home::Of(_) | Home::Main | Home::New(_)) => {
                self.note_unknown(code, findings);
                let say = |lang| say::track::filed_by_code(lang, code);
                findings.push(Finding::new("code.filed", Weight::Note, say));
                Home::Of(code.clone())
            }
            (several, home) => {
                let codes: Vec<_> = several.iter().map(ToString::to_string).collect();
                let codes = codes.join(", ");
                let say = |lang| say::track::codes_differ(lang, &codes);
                findings.push(Finding::new("code.several", Weight::NeedsPerson, say));
                home.clone()
            }
        }
    }

    /// Whether a code is one of this archive's agency.
    fn is_ours(&self, code: &Code) -> bool {
        self.agency.is_some_and(|agency| agency.newer() == code.unit().newer())
    }

    /// That a code is another agency's.
    fn foreign(&self, code: &Code, weight: Weight) -> Option<Finding> {
        let agency = self.agency?;
        let say = |lang| say::track::code_foreign(lang, code, agency);
        Some(Finding::new("code.foreign", weight, say))
    }

    /// Says so where the archive never heard of a code.
    fn note_unknown(&self, code: &Code, findings: &mut Vec<Finding>) {
        if !(self.is_known)(code) {
            let say = |lang| say::track::code_unknown(lang, code);
            findings.push(Finding::new("code.unknown", Weight::Warning, say));
        }
    }

    /// Whether another dossier was named for everything; says so.
    fn is_named_otherwise(&self, code: &Code, findings: &mut Vec<Finding>) -> bool {
        let named = self.dossier;
        findings.extend(
            named
                .filter(|named| named.canonical() != code.canonical())
                .map(|named| other(code, named)),
        );
        named.is_some()
    }
}

/// That a page bears a code and was filed under another.
fn other(found: &Code, filed: &Code) -> Finding {
    let say = |lang| say::track::code_other(lang, found, filed);
    Finding::new("code.other", Weight::NeedsPerson, say)
}

/// Holds what the sheets announce against what was scanned. Whoever counted may
/// have counted blank backs or not.
fn check_counts(run: &mut [Piece]) {
    let documents = run.len();
    let whole = run
        .iter()
        .map(Piece::count)
        .fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    for piece in run {
        let own = piece.count();
        for sheet in &piece.sheets {
            let (kept, all) = if sheet.begins == Begins::Dossier { whole } else { own };
            let fits = |announced: u32| (kept..=all).contains(&(announced as usize));
            if let Some(announced) = sheet.pages.filter(|pages| !fits(*pages)) {
                let say = |lang| say::track::pages_differ(lang, announced, kept);
                let measure = f64::from(u32::try_from(kept).unwrap_or(u32::MAX));
                let finding =
                    Finding::new("sheet.pages-differ", Weight::NeedsPerson, say);
                piece.findings.push(finding.measured(
                    "pages",
                    measure,
                    Some(announced.into()),
                ));
            }
            let differs = |announced: &u32| *announced as usize != documents;
            if let Some(announced) = sheet.documents.filter(differs) {
                let say = |lang| say::track::documents_differ(lang, announced, documents);
                let measure = f64::from(u32::try_from(documents).unwrap_or(u32::MAX));
                let finding =
                    Finding::new("sheet.documents-differ", Weight::NeedsPerson, say);
                piece.findings.push(finding.measured(
                    "documents",
                    measure,
                    Some(announced.into()),
                ));
            }
        }
    }
}
