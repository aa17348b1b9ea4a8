//! From the flags of `sohoa ingest` to a plan without contradictions.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{ArgMatches, ValueEnum};

use crate::cli::failure::Failure;
use crate::cli::layout;
use crate::cli::number;
use crate::page::read::USUAL_BUDGET;
use crate::page::words::Care;
use crate::raster::Limits;
use crate::say::{self, Lang};
use crate::text::export::Format;
use crate::units::Dpi;

/// The name of standard input among the sources.
const STDIN: &str = "-";
/// The longest time a page may be given, in seconds.
const MOST_PAGE_SECONDS: u64 = 3600;
/// The most pixels a page may be allowed: a square metre at 1 600 dpi.
const MOST_PIXELS: u64 = 4_000_000_000;
/// How long papers in a watched folder must keep still where nothing is said.
const USUAL_SETTLE: Duration = Duration::from_secs(5);
/// The longest that can be asked for.
const MOST_SETTLE_SECONDS: u64 = 3600;
/// The most pages worked on at a time.
const MOST_JOBS: usize = 256;

/// Declares an enum that a flag names, with the word typed for each variant.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) enum $name { $($(#[$doc])* $variant,)+ }

        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$variant),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(match self { $(Self::$variant => $word),+ }))
            }
        }
    };
}

choices! {
    /// The rule set that documents are made by.
    Profile {
        /// Copies: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II.
        #[default]
        Nd30 = "nd30",
        /// Preservation: PDF/A, 300 dpi wanted.
        Preservation = "luutru",
        /// Compact.
        Compact = "gon",
    }
}

choices! {
    /// What to do with the text a PDF already has.
    Text {
        /// Keep it.
        #[default]
        Keep = "keep",
        /// Recognise again what was recognised before.
        Redo = "redo",
        /// Take every page as a picture.
        Force = "force",
    }
}

choices! {
    /// What to do with blank pages.
    Blank {
        /// Keep them in a companion file.
        #[default]
        SetAside = "set-aside",
        /// Leave them in the document.
        Keep = "keep",
    }
}

choices! {
    /// What becomes of papers in a watched folder that are filed.
    Done {
        /// They stay where they are.
        #[default]
        Keep = "keep",
        /// They are moved aside, within the folder.
        Move = "move",
    }
}

choices! {
    /// How the backs lie in the second of two stacks.
    Collate {
        /// As the pages say.
        #[default]
        Auto = "auto",
        /// The last page first.
        Reversed = "reversed",
        /// In the order of the fronts.
        Forward = "forward",
    }
}

/// Where documents go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Into this archive.
    Archive(PathBuf),
    /// Into this one file.
    File(PathBuf),
}

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Standard input.
    Stdin,
    /// A file or a folder.
    Path(PathBuf),
    /// A folder that is one dossier.
    Dossier(PathBuf),
    /// Fronts and backs of one stack.
    Stacks(PathBuf, PathBuf),
}

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Yes.
    Real,
    /// No, everything is only decided and told.
    Rehearse,
}

/// Whether a file that exists may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays, and the run fails.
    Stays,
    /// It is replaced.
    Replaced,
}

/// What the visible picture of a skewed page becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// It stays as scanned; only the text follows the lines.
    AsScanned,
    /// It is turned straight.
    Straightened,
}

/// What happens to a document with damaged pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damaged {
    /// It is refused as a whole.
    Refused,
    /// It is filed without them, and the record names them.
    LeftOut,
}

/// What happens to a paper that is held already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reuse {
    /// It is filed, and the copy that is held is named.
    Offered,
    /// The copy that is held is recorded instead.
    Accepted,
}

/// What is to be done, without contradictions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// What is read, in this order; at least one.
    pub(crate) sources: Vec<Source>,
    /// Where it goes.
    pub(crate) target: Target,
    /// Where the text of the one document goes, and in which form.
    pub(crate) text_out: Option<(PathBuf, Format)>,
    /// Whether the file of [`Target::File`] may be replaced.
    pub(crate) existing: Existing,
    /// Whether anything is written.
    pub(crate) work: Work,
    /// The dossier everything goes into, unchecked; `None` for the next codes.
    pub(crate) dossier: Option<String>,
    /// The rule set; `None` for the archive's own.
    pub(crate) profile: Option<Profile>,
    /// What to do with text that is there.
    pub(crate) text: Text,
    /// Languages to recognise, `vie` or `vie+eng`, letters and underscores only.
    pub(crate) languages: String,
    /// The resolution to believe instead of the file's.
    pub(crate) dpi: Option<Dpi>,
    /// What to do with blank pages.
    pub(crate) blank: Blank,
    /// What becomes of skewed pictures.
    pub(crate) picture: Picture,
    /// What is done with the words that were recognised.
    pub(crate) care: Care,
    /// The file whose first line opens encrypted PDF files.
    pub(crate) password_file: Option<PathBuf>,
    /// What becomes of documents with damaged pages.
    pub(crate) damaged: Damaged,
    /// What a header may ask for.
    pub(crate) limits: Limits,
    /// The time a page may take.
    pub(crate) page_timeout: Duration,
    /// Payloads that are the office's own separator sheets.
    pub(crate) separators: Vec<String>,
    /// Whether the sources are two stacks of one paper, and how the backs lie.
    pub(crate) collate: Option<Collate>,
    /// The person who confirms that the papers are not secret.
    pub(crate) not_secret: Option<String>,
    /// Whether copies that are held are recorded instead of filed again.
    pub(crate) reuse: Reuse,
    /// How long papers must keep still, where a folder is watched.
    pub(crate) watch: Option<Duration>,
    /// What becomes of them once they are filed.
    pub(crate) done: Done,
    /// Pages worked on at a time.
    pub(crate) jobs: NonZeroUsize,
}

/// What a path leads to, as far as a plan must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// Nothing, or nothing we may see.
    Nowhere,
    /// A file; its path without links.
    File(PathBuf),
    /// A folder; its path without links.
    Folder(PathBuf),
}

/// Checks the flags against each other. `look` tells what lies at a path.
pub(super) fn plan(
    matches: &ArgMatches,
    look: impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<Plan, Failure> {
    let collate = layout::value(matches, "collate");
    let sources = sources(matches, lang)?;
    let sources = match collate {
        Some(_) => stacks(sources, &look, lang)?,
        None => sources,
    };
    let target = target(matches, lang)?;
    let existing =
        if matches.get_flag("force") { Existing::Replaced } else { Existing::Stays };
    match &target {
        Target::Archive(dir) => check_archive(dir, &sources, existing, &look, lang)?,
        Target::File(file) => check_file(file, &sources, existing, &look, lang)?,
    }
    let dossier = layout::value::<String>(matches, "dossier");
    if dossier.is_some() && matches!(target, Target::File(_)) {
        return Err(Failure::new(say::cli::needs_archive(lang, "--dossier"))
            .hint(say::cli::hint_archive(lang)));
    }
    let choose = |flag, yes, no| if matches.get_flag(flag) { yes } else { no };
    Ok(Plan {
        text_out: text_out(matches, &target, lang)?,
        existing,
        work: if matches.get_flag("dry-run") { Work::Rehearse } else { Work::Real },
        dossier,
        profile: layout::value(matches, "profile"),
        text: layout::value(matches, "text").unwrap_or_default(),
        languages: languages(matches, lang)?,
        dpi: dpi(matches, lang)?,
        blank: layout::value(matches, "blank").unwrap_or_default(),
        picture: if matches.get_flag("deskew") {
            Picture::Straightened
        } else {
            Picture::AsScanned
        },
        care: match (matches.get_flag("as-read"), matches.get_flag("careful")) {
            (true, _) => Care::AsRead,
            (false, true) => Care::Careful,
            (false, false) => Care::Usual,
        },
        password_file: password_file(matches, &sources, lang)?,
        damaged: choose("skip-damaged", Damaged::LeftOut, Damaged::Refused),
        limits: limits(matches, lang)?,
        page_timeout: page_timeout(matches, lang)?,
        separators: matches.get_many("separator").unwrap_or_default().cloned().collect(),
        collate,
        not_secret: person(matches, lang)?,
        reuse: if matches.get_flag("reuse") { Reuse::Accepted } else { Reuse::Offered },
        watch: watch_settle(matches, &sources, &look, lang)?,
        done: layout::value(matches, "done").unwrap_or_default(),
        jobs: jobs(matches, lang)?,
        sources,
        target,
    })
}

/// The sources; standard input at most once.
fn sources(matches: &ArgMatches, lang: Lang) -> Result<Vec<Source>, Failure> {
    let named = matches.get_many::<PathBuf>("sources").unwrap_or_default();
    let mut seen = BTreeSet::new();
    let mut sources = Vec::new();
    for path in named {
        if !seen.insert(path) {
            return Err(Failure::new(say::cli::source_twice(lang, path.display())));
        }
        let stdin = path.as_os_str() == STDIN;
        sources.push(if stdin { Source::Stdin } else { Source::Path(path.clone()) });
    }
    Ok(sources)
}

/// Two files are the fronts and the backs; one source is both.
fn stacks(
    mut sources: Vec<Source>,
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<Vec<Source>, Failure> {
    let is_folder = |path: &Path| matches!(look(path), Lies::Folder(_));
    if let [Source::Path(fronts), Source::Path(backs)] = sources.as_slice()
        && !is_folder(fronts)
        && !is_folder(backs)
    {
        sources = vec![Source::Stacks(fronts.clone(), backs.clone())];
    }
    match sources.as_slice() {
        [_] => Ok(sources),
        _ => Err(Failure::new(say::cli::collate_sources(lang))),
    }
}

/// Where documents go: exactly one of the two flags.
fn target(matches: &ArgMatches, lang: Lang) -> Result<Target, Failure> {
    let archive = layout::value::<PathBuf>(matches, "archive");
    let output = layout::value::<PathBuf>(matches, "output");
    match (archive, output) {
        (Some(dir), None) => Ok(Target::Archive(dir)),
        (None, Some(file)) if file.as_os_str() == STDIN => {
            Err(Failure::new(say::cli::no_pdf_on_stdout(lang)))
        }
        (None, Some(file)) => Ok(Target::File(file)),
        (Some(_), Some(_)) => Err(Failure::new(say::cli::two_targets(lang))),
        (None, None) => Err(Failure::new(say::cli::no_target(lang))
            .hint(say::cli::hint_archive(lang))
            .hint(say::cli::hint_output(lang))),
    }
}

/// The text of one document, in the form its name ends in.
fn text_out(
    matches: &ArgMatches,
    target: &Target,
    lang: Lang,
) -> Result<Option<(PathBuf, Format)>, Failure> {
    let Some(path) = layout::value::<PathBuf>(matches, "text-out") else {
        return Ok(None);
    };
    let Target::File(pdf) = target else {
        return Err(Failure::new(say::cli::needs_output(lang, "--text-out"))
            .hint(say::cli::hint_output(lang)));
    };
    match Format::of_name(&path.to_string_lossy()) {
        Some(form) if path != *pdf => Ok(Some((path, form))),
        Some(_) | None => {
            let endings = Format::ENDINGS.map(|(ending, _)| ending).join(", ");
            Err(Failure::new(say::cli::text_ending(lang, path.display(), endings)))
        }
    }
}

/// An archive must not lie in a folder it takes scans from, or it would
/// swallow its own documents at the next run.
fn check_archive(
    dir: &Path,
    sources: &[Source],
    existing: Existing,
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<(), Failure> {
    if existing == Existing::Replaced {
        return Err(Failure::new(say::cli::force_without_output(lang)));
    }
    let Lies::Folder(archive) = look(dir) else { return Ok(()) };
    for source in sources {
        let Source::Path(path) = source else { continue };
        let Lies::Folder(folder) = look(path) else { continue };
        if archive.starts_with(&folder) {
            let (dir, path) = (dir.display(), path.display());
            return Err(Failure::new(say::cli::archive_in_source(lang, dir, path))
                .hint(say::cli::hint_separate_folders(lang)));
        }
    }
    Ok(())
}

/// One file comes from one file, and replaces nothing unasked.
fn check_file(
    file: &Path,
    sources: &[Source],
    existing: Existing,
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<(), Failure> {
    let one_file = || {
        Failure::new(say::cli::output_of_many(lang, file.display()))
            .hint(say::cli::hint_archive(lang))
    };
    let [source] = sources else { return Err(one_file()) };
    let there = look(file);
    let input = match source {
        Source::Stdin => Lies::Nowhere,
        Source::Path(path) | Source::Dossier(path) | Source::Stacks(path, _) => {
            look(path)
        }
    };
    match (&input, &there) {
        (Lies::Folder(_), _) => Err(one_file()),
        (_, Lies::Folder(_)) => {
            Err(Failure::new(say::cli::output_is_folder(lang, file.display()))
                .hint(say::cli::hint_archive(lang)))
        }
        (_, Lies::File(_)) if existing == Existing::Replaced => Ok(()),
        (Lies::File(from), Lies::File(to)) if from == to => {
            Err(Failure::new(say::cli::output_is_input(lang, file.display()))
                .hint(say::cli::hint_force(lang)))
        }
        (_, Lies::File(_)) => {
            Err(Failure::new(say::cli::output_exists(lang, file.display()))
                .hint(say::cli::hint_force(lang)))
        }
        (Lies::File(_) | Lies::Nowhere, Lies::Nowhere) => Ok(()),
    }
}

/// Languages by the names of their data. They become file names, so nothing
/// else may stand in them.
fn languages(matches: &ArgMatches, lang: Lang) -> Result<String, Failure> {
    let named = layout::value::<String>(matches, "language").unwrap_or("vie".to_owned());
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if named.split('+').all(is_name) {
        return Ok(named);
    }
    Err(Failure::new(say::cli::value_unknown(lang, named, "--language"))
        .hint(say::cli::hint_language(lang)))
}

/// A resolution that a scanner can have made.
fn dpi(matches: &ArgMatches, lang: Lang) -> Result<Option<Dpi>, Failure> {
    let Some(text) = layout::value::<String>(matches, "dpi") else { return Ok(None) };
    match text.parse().ok().and_then(Dpi::square) {
        Some(dpi) => Ok(Some(dpi)),
        None => {
            let range = [Dpi::LEAST, Dpi::MOST].map(|end| number::decimal(end, 0, lang));
            let [least, most] = range;
            Err(Failure::new(say::cli::out_of_range(lang, text, "--dpi", least, most)))
        }
    }
}

/// The password's file; it cannot come from where the scan comes from.
fn password_file(
    matches: &ArgMatches,
    sources: &[Source],
    lang: Lang,
) -> Result<Option<PathBuf>, Failure> {
    let file = layout::value::<PathBuf>(matches, "password-file");
    let from_stdin = file.as_ref().is_some_and(|file| file.as_os_str() == STDIN);
    if from_stdin && sources.contains(&Source::Stdin) {
        return Err(Failure::new(say::cli::stdin_twice(lang)));
    }
    Ok(file)
}

/// How large a page may be: a number, or millions with `M`.
fn limits(matches: &ArgMatches, lang: Lang) -> Result<Limits, Failure> {
    let Some(text) = layout::value::<String>(matches, "max-pixels") else {
        return Ok(Limits::default());
    };
    let (digits, unit) = match text.strip_suffix(['M', 'm']) {
        Some(millions) => (millions, 1_000_000),
        None => (text.as_str(), 1),
    };
    let pixels = digits.parse().ok().and_then(|number: u64| number.checked_mul(unit));
    match pixels.filter(|pixels| (1..=MOST_PIXELS).contains(pixels)) {
        Some(pixels) => Ok(Limits { pixels, ..Limits::default() }),
        None => {
            let most = number::count(MOST_PIXELS, lang);
            Err(Failure::new(say::cli::out_of_range(lang, text, "--max-pixels", 1, most)))
        }
    }
}

/// How long a page may take.
fn page_timeout(matches: &ArgMatches, lang: Lang) -> Result<Duration, Failure> {
    let most = number::count(MOST_PAGE_SECONDS, lang);
    let seconds = within(matches, "page-timeout", 1..=MOST_PAGE_SECONDS, |text| {
        Failure::new(say::cli::out_of_range(lang, text, "--page-timeout", 1, &most))
    })?;
    Ok(seconds.map_or(USUAL_BUDGET, Duration::from_secs))
}

/// How long papers must keep still, where one folder is to be watched.
fn watch_settle(
    matches: &ArgMatches,
    sources: &[Source],
    look: &impl Fn(&Path) -> Lies,
    lang: Lang,
) -> Result<Option<Duration>, Failure> {
    if !matches.get_flag("watch") {
        return Ok(None);
    }
    let is_folder = match sources {
        [Source::Path(path)] => matches!(look(path), Lies::Folder(_)),
        _ => false,
    };
    if !is_folder {
        return Err(Failure::new(say::cli::watch_one_folder(lang)));
    }
    let most = number::count(MOST_SETTLE_SECONDS, lang);
    let seconds = within(matches, "settle", 0..=MOST_SETTLE_SECONDS, |text| {
        Failure::new(say::cli::out_of_range(lang, text, "--settle", 0, &most))
    })?;
    Ok(Some(seconds.map_or(USUAL_SETTLE, Duration::from_secs)))
}

/// Pages worked on at a time: as many as asked, or as the machine has cores.
pub(crate) fn jobs(matches: &ArgMatches, lang: Lang) -> Result<NonZeroUsize, Failure> {
    let jobs = within(matches, "jobs", 1..=MOST_JOBS, |text| {
        Failure::new(say::cli::out_of_range(lang, text, "--jobs", 1, MOST_JOBS))
    })?;
    let cores = || thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    Ok(jobs.and_then(NonZeroUsize::new).unwrap_or_else(cores))
}

/// The whole number of a flag, if it is given and lies in `range`.
fn within<T: std::str::FromStr + PartialOrd>(
    matches: &ArgMatches,
    flag: &str,
    range: std::ops::RangeInclusive<T>,
    refuse: impl Fn(&str) -> Failure,
) -> Result<Option<T>, Failure> {
    let Some(text) = layout::value::<String>(matches, flag) else { return Ok(None) };
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.map(Some).ok_or_else(|| refuse(&text))
}

/// A person answers for it by name.
pub(crate) fn person(
    matches: &ArgMatches,
    lang: Lang,
) -> Result<Option<String>, Failure> {
    let Some(name) = layout::value::<String>(matches, "not-secret") else {
        return Ok(None);
    };
    let name = name.trim();
    if name.chars().filter(|letter| letter.is_alphabetic()).count() < 2 {
        return Err(
            Failure::new(say::cli::no_person(lang)).hint(say::cli::hint_person(lang))
        );
    }
    Ok(Some(name.to_owned()))
}

/// What lies at a path of this machine.
pub(super) fn lies(path: &Path) -> Lies {
    match fs::canonicalize(path) {
        Ok(real) if real.is_dir() => Lies::Folder(real),
        Ok(real) => Lies::File(real),
        Err(_) => Lies::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine with a folder of scans, one scan and one PDF.
    fn look(path: &Path) -> Lies {
        match path.to_str().unwrap_or_default().trim_end_matches('/') {
            "quet" => Lies::Folder("/srv/quet".into()),
            "kho" => Lies::Folder("/srv/kho".into()),
            "quet/kho" => Lies::Folder("/srv/quet/kho".into()),
            "a.tif" => Lies::File("/srv/a.tif".into()),
            "a.pdf" | "../srv/a.pdf" => Lies::File("/srv/a.pdf".into()),
            _ => Lies::Nowhere,
        }
    }

    fn parsed(line: &[&str]) -> ArgMatches {
        let line = ["sohoa", "ingest"].iter().chain(line);
        let matches = crate::cli::command(Lang::Vi).try_get_matches_from(line).unwrap();
        matches.subcommand_matches("ingest").unwrap().clone()
    }

    fn planned(line: &str) -> Result<Plan, Failure> {
        let words: Vec<_> = line.split(' ').collect();
        plan(&parsed(&words), look, Lang::Vi)
    }

    fn refusal(line: &str) -> String {
        planned(line).unwrap_err().lines(Lang::Vi, |text, _| text.to_owned()).join("\n")
    }

    #[test]
    fn a_bare_line_gets_the_defaults() {
        let plan = planned("quet --archive kho").unwrap();
        assert_eq!(plan.sources, [Source::Path("quet".into())]);
        assert_eq!(plan.target, Target::Archive("kho".into()));
        assert_eq!((plan.profile, plan.text, plan.blank), Default::default());
        assert_eq!(plan.page_timeout, Duration::from_secs(120));
        assert_eq!(plan.limits, Limits::default());
        assert_eq!(plan.languages, "vie");
        assert_eq!(plan.care, Care::Usual);
        assert_eq!(plan.work, Work::Real);
    }

    #[test]
    fn every_flag_reaches_the_plan() {
        let plan = planned(
            "- a.tif --archive kho --dossier H32.18-260716-0001 --profile gon --text redo \
             --language vie+eng --dpi 300 --blank keep --deskew --skip-damaged --max-pixels 200M \
             --page-timeout 60 --careful --not-secret An --jobs 3 --password-file p --dry-run",
        )
        .unwrap();
        assert_eq!(plan.sources, [Source::Stdin, Source::Path("a.tif".into())]);
        assert_eq!(plan.dossier.as_deref(), Some("H32.18-260716-0001"));
        assert_eq!(plan.limits.pixels, 200_000_000);
        assert_eq!(plan.dpi, Dpi::square(300.0));
        assert_eq!((plan.profile, plan.text), (Some(Profile::Compact), Text::Redo));
        assert_eq!((plan.blank, plan.picture), (Blank::Keep, Picture::Straightened));
        assert_eq!(plan.care, Care::Careful);
        assert_eq!((plan.work, plan.damaged), (Work::Rehearse, Damaged::LeftOut));
        assert_eq!(plan.jobs.get(), 3);
        assert_eq!(plan.not_secret.as_deref(), Some("An"));
        assert_eq!(plan.password_file.as_deref(), Some(Path::new("p")));
    }

    #[test]
    fn there_is_exactly_one_place_to_go() {
        assert!(refusal("a.tif").contains("--archive"));
        assert!(refusal("a.tif --archive kho -o b.pdf").contains("-o"));
        assert!(planned("a.tif -o b.pdf").is_ok());
    }

    #[test]
    fn one_file_comes_from_one_file() {
        assert!(refusal("a.tif b.tif -o c.pdf").contains("đúng một tệp"));
        assert!(refusal("quet -o c.pdf").contains("đúng một tệp"));
        assert!(refusal("a.tif -o quet").contains("thư mục"));
    }

    #[test]
    fn nothing_is_replaced_unasked() {
        assert!(refusal("a.tif -o a.pdf").contains("đã có tệp"));
        assert!(refusal("a.pdf -o ../srv/a.pdf").contains("chính là đầu vào"));
        assert!(planned("a.pdf -o a.pdf --force").is_ok());
    }

    #[test]
    fn an_archive_does_not_swallow_itself() {
        assert!(refusal("quet --archive quet/kho").contains("`quet/kho`"));
        assert!(refusal("quet --archive quet").contains("`quet`"));
        assert!(
            planned("quet/kho --archive quet").is_ok(),
            "a quarantine can be taken again"
        );
    }

    #[test]
    fn flags_without_effect_are_refused() {
        assert!(refusal("a.tif --archive kho --force").contains("--force"));
        assert!(refusal("a.tif -o b.pdf --dossier H1-260716-0001").contains("--dossier"));
    }

    #[test]
    fn words_are_left_as_they_were_read_on_request() {
        let plan = planned("quet --archive kho --as-read").unwrap();
        assert_eq!(plan.care, Care::AsRead);
    }

    #[test]
    fn two_stacks_are_one_input_and_three_are_none() {
        let plan = planned("b.tif a.tif --archive kho --collate auto").unwrap();
        assert_eq!(plan.sources, [Source::Stacks("b.tif".into(), "a.tif".into())]);
        assert_eq!(plan.collate, Some(Collate::Auto));
        let one = planned("a.tif -o x.pdf --collate forward").unwrap();
        assert_eq!(one.sources, [Source::Path("a.tif".into())]);
        assert!(planned("a.tif b.tif -o x.pdf --collate reversed").is_ok());
        for line in ["a.tif b.tif c.tif", "quet a.tif"] {
            let told = refusal(&format!("{line} --archive kho --collate auto"));
            assert!(told.contains("--collate"), "{told}");
        }
    }

    #[test]
    fn standard_input_is_read_once() {
        assert!(refusal("- - --archive kho").contains('-'));
        assert!(refusal("- --archive kho --password-file -").contains("đầu vào chuẩn"));
    }

    #[test]
    fn numbers_out_of_range_are_refused_with_the_range() {
        for (flag, range) in [
            ("--dpi 10", "từ 50 đến 4.800"),
            ("--dpi ba", "từ 50 đến 4.800"),
            ("--dpi nan", "từ 50 đến 4.800"),
            ("--page-timeout 0", "từ 1 đến 3.600"),
            ("--jobs 0", "từ 1 đến 256"),
            ("--max-pixels 0", "từ 1 đến 4.000.000.000"),
            ("--max-pixels 99999999999999999999M", "từ 1 đến 4.000.000.000"),
        ] {
            let told = refusal(&format!("a.tif --archive kho {flag}"));
            assert!(told.contains(range), "{flag}: {told}");
        }
    }

    #[test]
    fn a_language_is_a_name_and_not_a_path() {
        for named in ["../vie", "vie+", "", "vie eng"] {
            let matches = parsed(&["a.tif", "--archive", "kho", "--language", named]);
            assert!(plan(&matches, look, Lang::Vi).is_err(), "{named}");
        }
    }

    #[test]
    fn somebody_must_answer_for_secrecy_by_name() {
        assert!(refusal("a.tif --archive kho --not-secret 1").contains("--not-secret"));
    }
}
